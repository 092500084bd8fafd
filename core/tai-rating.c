/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one rating function. First the basket is checked as a whole, then each price of each line is put on the bill; a month
 * of a line is always computed by the same function, so that the figures on the screen and any later month agree. Pure, any
 * thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-rating.h"

#include <string.h>

#include "tai-catalogue-private.h"
#include "tai-core-error.h"
#include "tai-fraction-private.h"
#include "tai-text-private.h"

#define PERCENT_100 10000
/* A month after all discounts that end: the longest run of months that a discount can have is G_MAXINT32 - 1, from month 1. */
#define MONTH_FOREVER G_MAXUINT

static const char *const reason_text[] = {
    [TAI_REASON_ONE_TIME] = "one_time",
    [TAI_REASON_DEPOSIT] = "deposit",
    [TAI_REASON_FULL] = "full",
    [TAI_REASON_HALF] = "half",
    [TAI_REASON_PRORATA] = "prorata",
    [TAI_REASON_FREE] = "free",
    [TAI_REASON_NEXT_PERIOD] = "next_period",
    [TAI_REASON_OPEN_AMOUNT] = "open_amount",
};

/* A discount of the basket. */
typedef struct {
  const TaiOffering *offering;
  const TaiPrice *price;
} Discount;

/* What tai_rate() works on. */
typedef struct {
  const TaiBasketLine *basket;
  guint n;
  const TaiOffering *offerings[TAI_BASKET_MAX]; /* of each basket line */
  const TaiRatingContext *context;
  TaiBill *bill;
} Rating;

static gboolean
fail (GError **error, TaiCoreError code, const TaiOffering *offering, const char *what)
{
  g_set_error (error, TAI_CORE_ERROR, code, "offering %s: %s", offering->id, what);
  return FALSE;
}

static gboolean
contains (char **list, const char *text)
{
  return text && g_strv_contains ((const char *const *)list, text);
}

static gboolean
price_is_valid (const TaiPrice *price, const TaiRatingContext *context)
{
  return tai_catalogue_is_valid_at (price->valid_from_us, price->valid_until_us, context->now_us);
}

/* --- the basket as a whole --- */

static gboolean
check_on_sale (const TaiOffering *offering, const TaiRatingContext *context, GError **error)
{
  gboolean has_price = FALSE;

  for (guint i = 0; i < offering->prices->len && !has_price; i++)
    has_price = price_is_valid (g_ptr_array_index (offering->prices, i), context);
  if (!has_price ||
      !tai_catalogue_is_valid_at (offering->valid_from_us, offering->valid_until_us, context->now_us))
    return fail (error, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE, offering, "not on sale at this time");
  if (offering->groups[0] && !contains (offering->groups, context->group))
    return fail (error, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE, offering, "not for this group of customers");
  if (offering->regions[0] && !contains (offering->regions, context->region))
    return fail (error, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE, offering, "not in this region");
  return TRUE;
}

static gboolean
check_quantity (const TaiBasketLine *line, const TaiOffering *offering, GError **error)
{
  gboolean is_single = offering->kind == TAI_OFFERING_PLAN || offering->kind == TAI_OFFERING_DISCOUNT;

  if (line->quantity < 1 || line->quantity > (is_single ? 1 : TAI_BASKET_MAX_QUANTITY))
    return fail (error, TAI_CORE_ERROR_LIMIT, offering, "quantity out of range");
  return TRUE;
}

static gboolean
check_range (const TaiPrice *price, const TaiBasketLine *line, const TaiOffering *offering,
             const TaiRatingContext *context, GError **error)
{
  TaiMoney amount = line->open_amount;
  gint64 minimum = price->minimum.currency ? MAX (price->minimum.minor, 1) : 1;
  gint64 maximum = price->maximum.currency ? price->maximum.minor : TAI_MONEY_LIMIT_MINOR;

  if (amount.currency == 0)
    return fail (error, TAI_CORE_ERROR_OPEN_AMOUNT, offering, "the customer has to name an amount");
  if (amount.currency != context->currency)
    return fail (error, TAI_CORE_ERROR_MONEY_CURRENCY, offering, "the amount is in another currency");
  if (amount.minor < minimum || amount.minor > maximum)
    return fail (error, TAI_CORE_ERROR_OPEN_AMOUNT, offering, "the amount is outside minimum and maximum");
  return TRUE;
}

static gboolean
check_open_amount (const TaiBasketLine *line, const TaiOffering *offering, const TaiRatingContext *context,
                   GError **error)
{
  gboolean is_open = FALSE;

  for (guint i = 0; i < offering->prices->len; i++) {
    const TaiPrice *price = g_ptr_array_index (offering->prices, i);

    if (!price->is_open || !price_is_valid (price, context))
      continue;
    is_open = TRUE;
    if (!check_range (price, line, offering, context, error))
      return FALSE;
  }
  if (!is_open && line->open_amount.currency != 0)
    return fail (error, TAI_CORE_ERROR_OPEN_AMOUNT, offering, "no price of it is open");
  return TRUE;
}

static gboolean
find_offerings (Rating *self, GError **error)
{
  if (self->n > TAI_BASKET_MAX) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "a basket of %u lines", self->n);
    return FALSE;
  }
  for (guint i = 0; i < self->n; i++) {
    const TaiBasketLine *line = &self->basket[i];
    const TaiOffering *offering = tai_catalogue_find (self->bill->catalogue, line->offering_id);

    if (!offering) {
      g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OFFERING_UNKNOWN, "no offering %s in the catalogue",
                   line->offering_id ? line->offering_id : "without an id");
      return FALSE;
    }
    self->offerings[i] = offering;
    if (!check_on_sale (offering, self->context, error) || !check_quantity (line, offering, error) ||
        !check_open_amount (line, offering, self->context, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_exclusions (const Rating *self, guint index, GError **error)
{
  const TaiOffering *offering = self->offerings[index];

  for (guint i = 0; i < self->n; i++) {
    if (i != index && contains (offering->excludes, self->offerings[i]->id))
      return fail (error, TAI_CORE_ERROR_OFFERING_EXCLUDED, offering, "excludes another line of the basket");
    if (i != index && offering->kind == TAI_OFFERING_DISCOUNT && self->offerings[i] == offering)
      return fail (error, TAI_CORE_ERROR_OFFERING_EXCLUDED, offering, "a discount counts once");
  }
  return TRUE;
}

static gboolean
check_requirements (const Rating *self, guint index, GError **error)
{
  const TaiOffering *offering = self->offerings[index];

  for (char **id = offering->requires; *id; id++) {
    gboolean is_there = FALSE;

    for (guint i = 0; i < self->n && !is_there; i++)
      is_there = g_str_equal (self->offerings[i]->id, *id);
    if (!is_there)
      return fail (error, TAI_CORE_ERROR_OFFERING_REQUIRES, offering, "lacks a line that it requires");
  }
  return TRUE;
}

/* --- discounts --- */

/* By stack order; equal ones by their ids, so that the order of the basket says nothing. */
static int
compare_discounts (gconstpointer a, gconstpointer b)
{
  const Discount *left = *(const Discount *const *)a, *right = *(const Discount *const *)b;
  gint32 left_order = left->price->discount.stack_order, right_order = right->price->discount.stack_order;
  int by_offering;

  if (left_order != right_order)
    return left_order < right_order ? -1 : 1;
  by_offering = strcmp (left->offering->id, right->offering->id);
  return by_offering != 0 ? by_offering : strcmp (left->price->id, right->price->id);
}

static gboolean
discount_applies (const Discount *discount, const TaiOffering *offering, const TaiPrice *price)
{
  return price->type == TAI_PRICE_RECURRING && offering->kind != TAI_OFFERING_DISCOUNT &&
         (discount->offering->applies_to[0] == NULL ||
          contains (discount->offering->applies_to, offering->id));
}

static gboolean
applies_to_something (const Rating *self, const Discount *discount)
{
  for (guint i = 0; i < self->n; i++) {
    GPtrArray *prices = self->offerings[i]->prices;

    for (guint j = 0; j < prices->len; j++)
      if (price_is_valid (g_ptr_array_index (prices, j), self->context) &&
          discount_applies (discount, self->offerings[i], g_ptr_array_index (prices, j)))
        return TRUE;
  }
  return FALSE;
}

static gboolean
collect_discounts (Rating *self, GError **error)
{
  GPtrArray *discounts = self->bill->discounts;

  for (guint i = 0; i < self->n; i++) {
    const TaiOffering *offering = self->offerings[i];

    for (guint j = 0; offering->kind == TAI_OFFERING_DISCOUNT && j < offering->prices->len; j++) {
      Discount *discount;

      if (!price_is_valid (g_ptr_array_index (offering->prices, j), self->context))
        continue;
      discount = g_new (Discount, 1);
      *discount = (Discount){offering, g_ptr_array_index (offering->prices, j)};
      g_ptr_array_add (discounts, discount);
      if (!applies_to_something (self, discount))
        return fail (error, TAI_CORE_ERROR_OFFERING_REQUIRES, offering,
                     "a discount with nothing to apply to");
    }
  }
  g_ptr_array_sort (discounts, compare_discounts);
  return TRUE;
}

/* The month in which a price is charged first. */
static guint
start_month (const TaiPrice *price)
{
  return price->effect == TAI_EFFECT_NEXT_PERIOD ? 1 : 0;
}

/* The months [*@from, *@until) in which a discount lowers a price; *@until MONTH_FOREVER = no end. */
static void
discount_span (const Discount *discount, const TaiPrice *price, guint *from, guint *until)
{
  *from = MAX (start_month (price), start_month (discount->price));
  *until =
      discount->price->discount.months > 0 ? *from + (guint)discount->price->discount.months : MONTH_FOREVER;
}

static gboolean
take_discount_off (const TaiDiscount *discount, gint64 list_minor, TaiFraction *value)
{
  TaiFraction off;

  if (discount->kind == TAI_DISCOUNT_AMOUNT)
    off = tai_fraction (discount->amount.minor);
  else if (!tai_fraction_scale (discount->base == TAI_DISCOUNT_BASE_LIST ? tai_fraction (list_minor) : *value,
                                discount->percent_x100, PERCENT_100, &off))
    return FALSE;
  return tai_fraction_take_off (*value, off, value);
}

/* --- a month of a line --- */

/* The part of a month that is charged in the first period. */
static gboolean
take_first_part (const TaiBillLine *line, TaiFraction *value)
{
  switch (line->reason) {
  case TAI_REASON_HALF:
    return tai_fraction_scale (*value, 1, 2, value);
  case TAI_REASON_PRORATA:
    return tai_fraction_scale (*value, line->numerator, line->denominator, value);
  case TAI_REASON_FREE:
    *value = tai_fraction (0);
    return TRUE;
  default:
    return TRUE;
  }
}

/* What @line costs in month @month, exactly; with the part of the first period or, for the price of a full month, without. */
static gboolean
month_value (const TaiBill *self, const TaiBillLine *line, guint month, gboolean with_part,
             TaiFraction *value)
{
  *value = tai_fraction (line->price->amount.minor);
  for (guint i = 0; i < self->discounts->len; i++) {
    const Discount *discount = g_ptr_array_index (self->discounts, i);
    guint from, until;

    if (!discount_applies (discount, line->offering, line->price))
      continue;
    discount_span (discount, line->price, &from, &until);
    if (month >= from && (month < until || until == MONTH_FOREVER) &&
        !take_discount_off (&discount->price->discount, line->price->amount.minor, value))
      return FALSE;
  }
  if (!tai_fraction_scale (*value, line->quantity, 1, value))
    return FALSE;
  return !with_part || month != 0 || take_first_part (line, value);
}

static gboolean
month_amount (const TaiBill *self, const TaiBillLine *line, guint month, gboolean with_part, TaiMoney *amount,
              GError **error)
{
  TaiFraction value;

  *amount = tai_money (0, self->today.currency);
  if (line->price->type != TAI_PRICE_RECURRING || month < start_month (line->price))
    return TRUE;
  if (month_value (self, line, month, with_part, &value) &&
      tai_fraction_round (value, line->price->rounding, &amount->minor))
    return TRUE;
  return fail (error, TAI_CORE_ERROR_MONEY_RANGE, line->offering,
               "a month's price does not fit into an amount");
}

gboolean
tai_bill_get_month (const TaiBill *self, guint month, TaiMoney *amount, GError **error)
{
  TaiMoney sum, part;

  g_return_val_if_fail (self != NULL && amount != NULL, FALSE);

  sum = tai_money (0, self->today.currency);
  for (guint i = 0; i < self->lines->len; i++)
    if (!month_amount (self, &g_array_index (self->lines, TaiBillLine, i), month, TRUE, &part, error) ||
        !tai_money_add (sum, part, &sum, error))
      return FALSE;
  *amount = sum;
  return TRUE;
}

/* --- the lines --- */

/* The first stretch of months in which discounts lower the line and stay the same: [*@from, *@until); FALSE: none. */
static gboolean
first_stretch (const TaiBill *self, const TaiBillLine *line, guint *from, guint *until)
{
  guint begin, end;

  *from = *until = MONTH_FOREVER;
  for (guint i = 0; i < self->discounts->len; i++) {
    const Discount *discount = g_ptr_array_index (self->discounts, i);

    if (!discount_applies (discount, line->offering, line->price))
      continue;
    discount_span (discount, line->price, &begin, &end);
    *from = MIN (*from, begin);
  }
  for (guint i = 0; i < self->discounts->len; i++) {
    const Discount *discount = g_ptr_array_index (self->discounts, i);

    if (!discount_applies (discount, line->offering, line->price))
      continue;
    discount_span (discount, line->price, &begin, &end);
    *until = MIN (*until, begin > *from ? begin : end);
  }
  return *from != MONTH_FOREVER;
}

static gboolean
rate_discounted (const TaiBill *bill, TaiBillLine *line, GError **error)
{
  guint from, until;

  line->discounted = line->normal;
  if (!first_stretch (bill, line, &from, &until))
    return TRUE;
  line->discount_months = until == MONTH_FOREVER ? -1 : (gint32)(until - from);
  return month_amount (bill, line, from, FALSE, &line->discounted, error);
}

static void
explain_first_period (TaiBillLine *line, TaiDate day)
{
  static const TaiBillReason reasons[] = {
      [TAI_FIRST_PERIOD_FULL] = TAI_REASON_FULL,
      [TAI_FIRST_PERIOD_HALF] = TAI_REASON_HALF,
      [TAI_FIRST_PERIOD_PRORATA_DAYS] = TAI_REASON_PRORATA,
      [TAI_FIRST_PERIOD_FREE] = TAI_REASON_FREE,
  };

  line->reason = line->price->effect == TAI_EFFECT_NEXT_PERIOD ? TAI_REASON_NEXT_PERIOD
                                                               : reasons[line->price->first_period];
  if (line->reason == TAI_REASON_PRORATA) {
    line->denominator = tai_date_days_in_month (day.year, day.month);
    line->numerator = line->denominator - day.day + 1;
  }
}

static gboolean
rate_recurring (const Rating *self, TaiBillLine *line, GError **error)
{
  explain_first_period (line, self->context->day);
  return month_amount (self->bill, line, 0, TRUE, &line->first, error) &&
         month_amount (self->bill, line, MONTH_FOREVER, FALSE, &line->normal, error) &&
         rate_discounted (self->bill, line, error);
}

/* What is paid at the counter. */
static gboolean
rate_today (const Rating *self, TaiBillLine *line, GError **error)
{
  const TaiPrice *price = line->price;
  TaiMoney unit = price->is_open ? self->basket[line->basket_index].open_amount : price->amount;

  if (price->is_open)
    line->reason = TAI_REASON_OPEN_AMOUNT;
  else
    line->reason = price->type == TAI_PRICE_DEPOSIT ? TAI_REASON_DEPOSIT : TAI_REASON_ONE_TIME;
  return tai_money_scale (unit, line->quantity, 1, TAI_ROUNDING_EXACT, &line->today, error);
}

static gboolean
add_line (Rating *self, guint basket_index, const TaiPrice *price, GError **error)
{
  TaiBill *bill = self->bill;
  TaiMoney none = tai_money (0, self->context->currency);
  TaiBillLine line = {.basket_index = basket_index,
                      .quantity = self->basket[basket_index].quantity,
                      .offering = self->offerings[basket_index],
                      .price = price,
                      .today = none,
                      .first = none,
                      .normal = none,
                      .discounted = none};

  if (!price->is_open && price->amount.currency != self->context->currency)
    return fail (error, TAI_CORE_ERROR_MONEY_CURRENCY, line.offering, "the price is in another currency");
  if (price->type == TAI_PRICE_RECURRING ? !rate_recurring (self, &line, error)
                                         : !rate_today (self, &line, error))
    return FALSE;
  g_array_append_val (bill->lines, line);
  return tai_money_add (bill->today, line.today, &bill->today, error) &&
         tai_money_add (bill->first, line.first, &bill->first, error) &&
         tai_money_add (bill->normal, line.normal, &bill->normal, error);
}

static gboolean
add_lines (Rating *self, GError **error)
{
  for (guint i = 0; i < self->n; i++) {
    const TaiOffering *offering = self->offerings[i];

    for (guint j = 0; offering->kind != TAI_OFFERING_DISCOUNT && j < offering->prices->len; j++) {
      const TaiPrice *price = g_ptr_array_index (offering->prices, j);

      if (price->type != TAI_PRICE_USAGE && price_is_valid (price, self->context) &&
          !add_line (self, i, price, error))
        return FALSE;
    }
  }
  return TRUE;
}

static TaiBill *
bill_new (TaiCatalogue *catalogue, const TaiRatingContext *context)
{
  TaiBill *self = g_new0 (TaiBill, 1);

  self->catalogue = tai_catalogue_ref (catalogue);
  self->lines = g_array_new (FALSE, FALSE, sizeof (TaiBillLine));
  self->discounts = g_ptr_array_new_with_free_func (g_free);
  self->day = context->day;
  self->today = self->first = self->normal = tai_money (0, context->currency);
  return self;
}

TaiBill *
tai_rate (TaiCatalogue *catalogue, const TaiBasketLine *basket, guint n, const TaiRatingContext *context,
          GError **error)
{
  g_autoptr (TaiBill) bill = NULL;
  Rating self = {.basket = basket, .n = n, .context = context};

  g_return_val_if_fail (catalogue != NULL && context != NULL && (basket != NULL || n == 0), NULL);
  g_return_val_if_fail (tai_date_is_valid (context->day), NULL);
  g_return_val_if_fail (tai_currency_get_decimals (context->currency) >= 0, NULL);

  bill = bill_new (catalogue, context);
  self.bill = bill;
  if (!find_offerings (&self, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    if (!check_exclusions (&self, i, error) || !check_requirements (&self, i, error))
      return NULL;
  if (!collect_discounts (&self, error) || !add_lines (&self, error))
    return NULL;
  return g_steal_pointer (&bill);
}

void
tai_bill_free (TaiBill *self)
{
  if (!self)
    return;
  g_array_unref (self->lines);
  g_ptr_array_unref (self->discounts);
  tai_catalogue_unref (self->catalogue);
  g_free (self);
}

const char *
tai_bill_reason_to_text (TaiBillReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (reason_text), NULL);

  return reason_text[reason];
}

gboolean
tai_bill_reason_from_text (const char *text, TaiBillReason *reason, GError **error)
{
  guint value;

  g_return_val_if_fail (reason != NULL, FALSE);

  if (!tai_text_find ("reason of a price", reason_text, G_N_ELEMENTS (reason_text), text, &value, error))
    return FALSE;
  *reason = value;
  return TRUE;
}
