/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pre-sale check of a catalogue: everything that would make a price wrong or an offering impossible to sell is found
 * here, with all reasons at once, and not at the counter. Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-catalogue-private.h"

#include <string.h>

#include "tai-limits.h"
#include "tai-rating.h"
#include "tai-selling.h"

#define PERCENT_100 10000

typedef struct {
  GHashTable *by_id;   /* id -> TaiOffering */
  GPtrArray *problems; /* texts */
  GHashTable *grades;  /* a set of those seen so far */
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

/* It stands on a line of a receipt, whatever the printer. */
static void
check_name (Check *self, const char *what, const char *name)
{
  const char *at = name;

  if (is_blank (name))
    return;
  if (strlen (name) > TAI_LIMIT_FIELD_BYTES)
    problem (self, "%s of more than %d bytes", what, TAI_LIMIT_FIELD_BYTES);
  while (*at && !g_unichar_iscntrl (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  if (*at)
    problem (self, "%s with a control character", what);
}

static void
check_terms (Check *self)
{
  const char *const terms[] = {self->offering->key_terms, self->offering->key_terms_en};

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    if (terms[i] != NULL && strlen (terms[i]) > TAI_LIMIT_TERMS_BYTES)
      problem (self, "key terms of more than %d bytes", TAI_LIMIT_TERMS_BYTES);
  if (is_blank (terms[0]) && terms[1] != NULL)
    problem (self, "key terms in English only");
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

/* A price that takes over, later, from another one of the offering. */
static void
check_successor (Check *self, const TaiPrice *price)
{
  const TaiPrice *before = NULL;
  GPtrArray *prices = self->offering->prices;

  for (guint i = 0; i < prices->len; i++) {
    const TaiPrice *other = g_ptr_array_index (prices, i);

    if (g_strcmp0 (other->id, price->replaces) == 0)
      before = other;
    if (other != price && g_strcmp0 (other->replaces, price->replaces) == 0)
      problem (self, "price %s: another price replaces %s, too", price->id, price->replaces);
  }
  if (before == NULL || before == price) {
    problem (self, "price %s: replaces %s, which is no other price of it", price->id, price->replaces);
    return;
  }
  if (price->type != TAI_PRICE_RECURRING || before->type != TAI_PRICE_RECURRING ||
      price->discount.kind != TAI_DISCOUNT_NONE)
    problem (self, "price %s: only a monthly price can replace one", price->id);
  if (price->valid_from_us == 0 || price->valid_from_us <= before->valid_from_us)
    problem (self, "price %s: does not begin after the one that it replaces", price->id);
  if (before->valid_until_us != 0 && before->valid_until_us != price->valid_from_us)
    problem (self, "price %s: does not begin when the one that it replaces ends", price->id);
}

/* Nothing that was free becomes paid without another yes of the customer's. */
static void
check_trial (Check *self, const TaiPrice *price)
{
  gboolean is_service = self->offering->kind == TAI_OFFERING_SERVICE;

  if (price->trial_months < 0)
    problem (self, "price %s: a negative trial", price->id);
  if (price->trial_months > 0 && (!is_service || price->type != TAI_PRICE_RECURRING))
    problem (self, "price %s: only a service's monthly price has a trial", price->id);
  if (price->trial_months > 0 && self->offering->key_terms == NULL)
    problem (self, "price %s: a trial without key terms", price->id);
  if (is_service && price->type == TAI_PRICE_RECURRING && price->first_period == TAI_FIRST_PERIOD_FREE &&
      price->amount.minor > 0 && price->trial_months == 0)
    problem (self, "price %s: a service that is free at first and paid later needs a trial", price->id);
}

static void
check_prices (Check *self)
{
  GPtrArray *prices = self->offering->prices;
  guint n_open = 0;

  if (prices->len == 0 && self->offering->kind != TAI_OFFERING_NUMBER_GRADE)
    problem (self, "no price");
  if (prices->len > TAI_OFFERING_MAX_PRICES) {
    problem (self, "more than %d prices", TAI_OFFERING_MAX_PRICES);
    return;
  }
  for (guint i = 0; i < prices->len; i++) {
    const TaiPrice *price = g_ptr_array_index (prices, i);

    if (is_blank (price->id))
      problem (self, "a price without an id");
    check_name (self, "a price's name", price->name);
    for (guint j = 0; j < i; j++)
      if (g_strcmp0 (price->id, ((const TaiPrice *)g_ptr_array_index (prices, j))->id) == 0)
        problem (self, "two prices %s", price->id);
    check_price (self, price);
    check_trial (self, price);
    if (price->replaces != NULL)
      check_successor (self, price);
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
  if (offering->penalty != TAI_PENALTY_NONE && offering->contract_months == 0)
    problem (self, "a penalty without a contract");
}

/* --- bundles --- */

static void
check_part (Check *self, const TaiBundlePart *part)
{
  const TaiOffering *offering = g_hash_table_lookup (self->by_id, part->id);

  if (offering == NULL)
    problem (self, "part %s does not exist", part->id);
  else if (offering == self->offering)
    problem (self, "is a part of itself");
  else if (tai_offering_is_bundle (offering))
    problem (self,
             tai_offering_find_part (offering, self->offering->id)
                 ? "part %s: the bundles hold each other in a circle"
                 : "part %s is a bundle itself",
             part->id);
  else if (offering->kind == TAI_OFFERING_DISCOUNT || offering->kind == TAI_OFFERING_TOP_UP ||
           offering->kind == TAI_OFFERING_NUMBER_GRADE || offering->kind == TAI_OFFERING_PLAN)
    problem (self, "part %s: a %s is no part of a bundle", part->id,
             tai_offering_kind_to_text (offering->kind));
  if (part->lower < 0 || part->upper < 1 || part->lower > part->upper ||
      part->upper > TAI_BASKET_MAX_QUANTITY)
    problem (self, "part %s: from %d to %d pieces", part->id, part->lower, part->upper);
  else if (part->preset < part->lower || part->preset > part->upper)
    problem (self, "part %s: begins with %d pieces, outside %d to %d", part->id, part->preset, part->lower,
             part->upper);
}

static void
check_parts (Check *self)
{
  GPtrArray *parts = self->offering->parts;

  if (parts->len > 0 && self->offering->kind != TAI_OFFERING_PLAN)
    problem (self, "a bundle is sold as a plan");
  if (parts->len >= TAI_BASKET_MAX)
    problem (self, "more parts than a basket holds");
  for (guint i = 0; i < parts->len && i < TAI_BASKET_MAX; i++) {
    const TaiBundlePart *part = g_ptr_array_index (parts, i);

    check_part (self, part);
    if (tai_offering_find_part (self->offering, part->id) != part)
      problem (self, "part %s stands there twice", part->id);
  }
}

/* --- what it is for --- */

static void
check_grade (Check *self)
{
  gboolean is_grade = self->offering->kind == TAI_OFFERING_NUMBER_GRADE;

  if (!is_grade && (self->offering->grade != NULL || self->offering->minimum_spend.currency != 0))
    problem (self, "only a number_grade asks for a minimum");
  if (!is_grade)
    return;
  if (is_blank (self->offering->grade))
    problem (self, "a grade without its name in the stock");
  else if (!g_hash_table_add (self->grades, self->offering->grade))
    problem (self, "grade %s stands there twice", self->offering->grade);
  check_amount (self, "minimum", self->offering->minimum_spend);
  if (self->offering->prices->len > 0)
    problem (self, "a grade has no price of its own");
}

/* A business that this program does not know yet is no fault; none that takes the offering is. */
static void
check_operations (Check *self)
{
  guint n = 0;

  for (char **id = self->offering->operations; *id; id++) {
    const TaiOperation *operation = tai_operation_find (*id);

    n += operation == NULL || tai_selling_is_under (self->offering, operation);
  }
  if (self->offering->operations[0] && n == 0)
    problem (self, "none of its businesses takes a %s", tai_offering_kind_to_text (self->offering->kind));
}

static void
check_applies_to (Check *self)
{
  const TaiOffering *offering = self->offering;

  if (offering->applies_to[0] && offering->kind != TAI_OFFERING_DISCOUNT)
    problem (self, "only a discount applies to others");
  for (char **id = offering->applies_to; *id; id++)
    if (!g_hash_table_contains (self->by_id, *id))
      problem (self, "applies to %s, which does not exist", *id);
}

static void
add_once (Check *self, GPtrArray *closure, const char *id)
{
  TaiOffering *required = g_hash_table_lookup (self->by_id, id);

  if (required && closure->len < TAI_BASKET_MAX && !g_ptr_array_find (closure, required, NULL))
    g_ptr_array_add (closure, required);
}

/* Adds what @offering requires, or has in it, and is known to @closure, each once. */
static void
add_required (Check *self, GPtrArray *closure, const TaiOffering *offering)
{
  for (char **id = offering->requires; *id; id++)
    add_once (self, closure, *id);
  for (guint i = 0; i < offering->parts->len; i++) {
    const TaiBundlePart *part = g_ptr_array_index (offering->parts, i);

    if (part->lower > 0)
      add_once (self, closure, part->id);
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

/* Do both stand under one business? */
static gboolean
share_a_business (const TaiOffering *a, const TaiOffering *b)
{
  guint n;
  const TaiOperation *operations = tai_operation_get_all (&n);

  for (guint i = 0; i < n; i++)
    if (tai_selling_is_under (a, &operations[i]) && tai_selling_is_under (b, &operations[i]))
      return TRUE;
  return FALSE;
}

static gboolean
share_a_region (const TaiOffering *a, const TaiOffering *b)
{
  if (a->regions[0] == NULL || b->regions[0] == NULL)
    return TRUE;
  for (char **region = a->regions; *region; region++)
    if (g_strv_contains ((const char *const *)b->regions, *region))
      return TRUE;
  return FALSE;
}

static gboolean
share_a_moment (const TaiOffering *a, const TaiOffering *b)
{
  return (a->valid_until_us == 0 || b->valid_from_us < a->valid_until_us) &&
         (b->valid_until_us == 0 || a->valid_from_us < b->valid_until_us);
}

/* Why no basket can hold both, whatever the customer says; NULL: one can. */
static const char *
why_never_beside (const TaiOffering *origin, const TaiOffering *required)
{
  if (required->kind == TAI_OFFERING_NUMBER_GRADE)
    return "is in no basket";
  if (required->kind == TAI_OFFERING_PLAN && origin->kind == TAI_OFFERING_PLAN)
    return "is a second plan";
  if (required->is_withdrawn && !origin->is_withdrawn)
    return "is not sold";
  if (!share_a_business (origin, required))
    return "is sold under no business of its own";
  if (!share_a_moment (origin, required))
    return "is never sold at the same time";
  return share_a_region (origin, required) ? NULL : "is sold in none of its regions";
}

static void
check_beside (Check *self, GPtrArray *closure)
{
  for (guint i = 0; i < closure->len; i++) {
    const TaiOffering *required = g_ptr_array_index (closure, i);
    const char *why = required == self->offering || required->fault != NULL
                          ? NULL
                          : why_never_beside (self->offering, required);

    if (why != NULL)
      problem (self, "requires %s, which %s", required->id, why);
  }
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
  check_beside (self, closure);
}

static void
check_offering (Check *self)
{
  const TaiOffering *offering = self->offering;

  if (is_blank (offering->id))
    problem (self, "no id");
  else if (g_hash_table_lookup (self->by_id, offering->id) != offering)
    problem (self, "the id exists twice");
  if (offering->fault != NULL) {
    problem (self, "%s", offering->fault);
    return;
  }
  if (is_blank (offering->name))
    problem (self, "no name");
  check_name (self, "a name", offering->name);
  check_name (self, "an English name", offering->name_en);
  check_terms (self);
  check_validity (self, "the offering", offering->valid_from_us, offering->valid_until_us);
  check_prices (self);
  check_penalty (self);
  check_parts (self);
  check_grade (self);
  check_operations (self);
  check_applies_to (self);
  check_requirements (self);
}

void
tai_catalogue_check (GPtrArray *offerings, GHashTable *by_id, GPtrArray *problems)
{
  g_autoptr (GHashTable) grades = g_hash_table_new (g_str_hash, g_str_equal);
  Check self = {.by_id = by_id, .problems = problems, .grades = grades};

  if (offerings->len > TAI_LIMIT_OFFERINGS)
    g_ptr_array_add (problems, g_strdup_printf ("more than %d offerings", TAI_LIMIT_OFFERINGS));
  for (guint i = 0; i < offerings->len; i++) {
    self.offering = g_ptr_array_index (offerings, i);
    check_offering (&self);
  }
}
