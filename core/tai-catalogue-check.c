/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pre-sale check of a catalogue: everything that would make a price wrong or an offering impossible to sell is found
 * here, with all reasons at once, and not at the counter. Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-catalogue-private.h"
#include "tai-limits.h"
#include "tai-rating.h"

#define PERCENT_100 10000

typedef struct {
  GHashTable *by_id;   /* id -> TaiOffering */
  GPtrArray *problems; /* texts */
  guint16 currency;    /* of the first amount; 0 = none seen yet */
  const TaiOffering *offering;
} Check;

static void G_GNUC_PRINTF (2, 3) problem (Check *self, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->problems, g_strdup_printf ("offering %s: %s", self->offering->id, what));
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[0] == '\0';
}

static void
check_amount (Check *self, const char *what, TaiMoney amount)
{
  if (tai_currency_get_decimals (amount.currency) < 0) {
    problem (self, "%s has no known currency", what);
    return;
  }
  if (self->currency == 0)
    self->currency = amount.currency;
  if (amount.currency != self->currency)
    problem (self, "%s is in another currency than the rest", what);
  if (amount.minor < 0)
    problem (self, "%s is negative", what);
  if (amount.minor > TAI_MONEY_LIMIT_MINOR)
    problem (self, "%s is above the limit of one amount", what);
}

static void
check_validity (Check *self, const char *what, gint64 from_us, gint64 until_us)
{
  if (from_us != 0 && until_us != 0 && from_us >= until_us)
    problem (self, "%s ends before it begins", what);
}

static void
check_open (Check *self, const TaiPrice *price)
{
  if (price->type != TAI_PRICE_ONE_TIME && price->type != TAI_PRICE_DEPOSIT)
    problem (self, "price %s: only what is paid at once can be open", price->id);
  if (price->minimum.currency != 0)
    check_amount (self, "minimum", price->minimum);
  if (price->maximum.currency != 0)
    check_amount (self, "maximum", price->maximum);
  if (price->maximum.currency != 0 && price->minimum.minor > price->maximum.minor)
    problem (self, "price %s: minimum above maximum", price->id);
}

static void
check_discount (Check *self, const TaiPrice *price)
{
  const TaiDiscount *discount = &price->discount;

  if (price->type != TAI_PRICE_RECURRING)
    problem (self, "price %s: a discount is on monthly prices", price->id);
  if (discount->kind == TAI_DISCOUNT_PERCENT &&
      (discount->percent_x100 < 0 || discount->percent_x100 > PERCENT_100))
    problem (self, "price %s: a discount outside 0..100 %%", price->id);
  if (discount->kind == TAI_DISCOUNT_AMOUNT)
    check_amount (self, "amount of the discount", discount->amount);
  if (discount->months < 0)
    problem (self, "price %s: a negative number of months", price->id);
}

static void
check_price (Check *self, const TaiPrice *price)
{
  gboolean in_discount = self->offering->kind == TAI_OFFERING_DISCOUNT;

  if (in_discount != (price->discount.kind != TAI_DISCOUNT_NONE))
    problem (self, "price %s: %s", price->id,
             in_discount ? "a discount that takes nothing off" : "a discount in an offering of another kind");
  if (price->discount.kind != TAI_DISCOUNT_NONE)
    check_discount (self, price);
  else if (price->is_open)
    check_open (self, price);
  else if (!in_discount)
    check_amount (self, "price", price->amount);
  if (price->type == TAI_PRICE_RECURRING && price->period_months != 1)
    problem (self, "price %s: a recurring price that is not monthly", price->id);
  /* Most days of a month divide nothing exactly: such a price could be sold on few of them. */
  if (price->rounding == TAI_ROUNDING_EXACT)
    problem (self, "price %s: needs a rounding", price->id);
  check_validity (self, "a price", price->valid_from_us, price->valid_until_us);
}

static void
check_prices (Check *self)
{
  GPtrArray *prices = self->offering->prices;
  guint n_open = 0;

  if (prices->len == 0)
    problem (self, "no price");
  if (prices->len > TAI_OFFERING_MAX_PRICES) {
    problem (self, "more than %d prices", TAI_OFFERING_MAX_PRICES);
    return;
  }
  for (guint i = 0; i < prices->len; i++) {
    const TaiPrice *price = g_ptr_array_index (prices, i);

    if (is_blank (price->id))
      problem (self, "a price without an id");
    for (guint j = 0; j < i; j++)
      if (g_strcmp0 (price->id, ((const TaiPrice *)g_ptr_array_index (prices, j))->id) == 0)
        problem (self, "two prices %s", price->id);
    check_price (self, price);
    n_open += price->is_open;
  }
  /* One amount is named at the counter: it can't be two prices'. */
  if (n_open > 1)
    problem (self, "more than one open price");
}

static void
check_penalty (Check *self)
{
  const TaiOffering *offering = self->offering;

  if (offering->penalty == TAI_PENALTY_FIXED)
    check_amount (self, "penalty", offering->penalty_amount);
  if (offering->penalty == TAI_PENALTY_SHARE_OF_REST &&
      (offering->penalty_percent_x100 < 0 || offering->penalty_percent_x100 > PERCENT_100))
    problem (self, "a penalty outside 0..100 %%");
  if (offering->contract_months < 0)
    problem (self, "a negative contract");
}

/* Adds what @offering requires and is known to @closure, each once. */
static void
add_required (Check *self, GPtrArray *closure, const TaiOffering *offering)
{
  for (char **id = offering->requires; *id; id++) {
    TaiOffering *required = g_hash_table_lookup (self->by_id, *id);

    if (required && closure->len < TAI_BASKET_MAX && !g_ptr_array_find (closure, required, NULL))
      g_ptr_array_add (closure, required);
  }
}

/* Does @offering exclude another one of @closure? */
static gboolean
excludes_one_of (Check *self, GPtrArray *closure, const TaiOffering *offering)
{
  for (char **id = offering->excludes; *id; id++) {
    const TaiOffering *excluded = g_hash_table_lookup (self->by_id, *id);

    if (excluded && excluded != offering && g_ptr_array_find (closure, excluded, NULL))
      return TRUE;
  }
  return FALSE;
}

/* All that must be in a basket with the offering must fit into one, without a circle and without excluding each other. */
static void
check_requirements (Check *self)
{
  const TaiOffering *origin = self->offering;
  g_autoptr (GPtrArray) closure = g_ptr_array_new ();
  gboolean contradicts = FALSE;

  for (char **id = origin->requires; *id; id++)
    if (!g_hash_table_contains (self->by_id, *id))
      problem (self, "requires %s, which does not exist", *id);
  add_required (self, closure, origin);
  for (guint i = 0; i < closure->len; i++)
    if (g_ptr_array_index (closure, i) != origin)
      add_required (self, closure, g_ptr_array_index (closure, i));
  if (g_ptr_array_find (closure, origin, NULL))
    problem (self, "requires itself in a circle");
  else if (closure->len >= TAI_BASKET_MAX)
    problem (self, "requires more than a basket holds");
  else
    g_ptr_array_add (closure, (gpointer)origin);
  if (closure->len > 1)
    for (guint i = 0; i < closure->len && !contradicts; i++)
      contradicts = excludes_one_of (self, closure, g_ptr_array_index (closure, i));
  if (contradicts)
    problem (self, "requires what is excluded");
}

static void
check_offering (Check *self)
{
  const TaiOffering *offering = self->offering;

  if (is_blank (offering->id))
    problem (self, "no id");
  else if (g_hash_table_lookup (self->by_id, offering->id) != offering)
    problem (self, "the id exists twice");
  if (is_blank (offering->name))
    problem (self, "no name");
  check_validity (self, "the offering", offering->valid_from_us, offering->valid_until_us);
  check_prices (self);
  check_penalty (self);
  check_requirements (self);
}

void
tai_catalogue_check (GPtrArray *offerings, GHashTable *by_id, GPtrArray *problems)
{
  Check self = {.by_id = by_id, .problems = problems};

  if (offerings->len > TAI_LIMIT_OFFERINGS)
    g_ptr_array_add (problems, g_strdup_printf ("more than %d offerings", TAI_LIMIT_OFFERINGS));
  for (guint i = 0; i < offerings->len; i++) {
    self.offering = g_ptr_array_index (offerings, i);
    check_offering (&self);
  }
}
