/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one rating function. The basket is checked as a whole (-basket.c), then each price of each line is put on the bill; a month
 * of a line is always computed by the same function, so that the figures on the screen and any later month agree. Pure, any
 * thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-rating-private.h"

#include "tai-core-error.h"
#include "tai-fraction-private.h"
#include "tai-ports.h"

#define PERCENT_100 10000

/* --- when --- */

/* The month in which a price is charged first. */
static guint
start_month (const TaiPrice *price)
{
  return price->effect == TAI_EFFECT_NEXT_PERIOD ? 1 : 0;
}

/* The months [*@from, *@until) in which a discount lowers a price. The longest that a discount can have is G_MAXINT32. */
static void
discount_span (const TaiBasketDiscount *discount, const TaiPrice *price, guint *from, guint *until)
{
  *from = MAX (start_month (price), start_month (discount->price));
  *until = discount->price->discount.months > 0 ? *from + (guint)discount->price->discount.months
                                                : TAI_MONTH_FOREVER;
}

/* The first month after the sale's that begins at @time_us or later. */
static guint
first_month_from (const TaiBill *self, gint64 time_us)
{
  TaiDate date = tai_time_to_date (time_us, self->utc_offset_min);
  TaiDate before = tai_time_to_date (time_us - 1, self->utc_offset_min);
  int months = (date.year - self->day.year) * 12 + date.month - self->day.month;
  gboolean begins_month = date.day == 1 && before.day != 1;

  return (guint)MAX (1, begins_month ? months : months + 1);
}

/* The price of @line that is in force in @month: each one of a chain takes over from the one before. */
static const TaiPrice *
price_of_month (const TaiBill *self, const TaiBillLine *line, guint month)
{
  const TaiPrice *price = line->price, *next;

  while ((next = tai_offering_find_successor (line->offering, price)) != NULL &&
         month >= first_month_from (self, next->valid_from_us))
    price = next;
  return price;
}

static guint
trial_ends (const TaiBillLine *line)
{
  return start_month (line->price) + (guint)line->price->trial_months;
}

static TaiBillReason
reason_of_month (const TaiBillLine *line, const TaiPrice *price, guint month)
{
  if (line->is_included)
    return TAI_REASON_INCLUDED;
  if (month < start_month (line->price))
    return TAI_REASON_NEXT_PERIOD;
  if (line->price->trial_months > 0 && month < trial_ends (line))
    return TAI_REASON_TRIAL;
  if (line->price->trial_months > 0 && !line->goes_on)
    return TAI_REASON_TRIAL_OVER;
  if (month == 0)
    return line->reason;
  return price != line->price ? TAI_REASON_NEW_PRICE : TAI_REASON_FULL;
}

static gboolean
costs_nothing (TaiBillReason reason)
{
  return reason == TAI_REASON_INCLUDED || reason == TAI_REASON_NEXT_PERIOD || reason == TAI_REASON_TRIAL ||
         reason == TAI_REASON_TRIAL_OVER;
}

/* --- how much --- */

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

/* The part of a month that is charged in the first period. */
static gboolean
take_first_part (const TaiStretch *stretch, TaiFraction *value)
{
  switch (stretch->reason) {
  case TAI_REASON_HALF:
    return tai_fraction_scale (*value, 1, 2, value);
  case TAI_REASON_PRORATA:
    return tai_fraction_scale (*value, stretch->numerator, stretch->denominator, value);
  case TAI_REASON_FREE:
    *value = tai_fraction (0);
    return TRUE;
  default:
    return TRUE;
  }
}

/* A whole month of the line at @price with the discounts of @month, exactly; and which those are. */
static gboolean
whole_month (const TaiBill *self, const TaiBillLine *line, const TaiPrice *price, guint month,
             TaiStretch *stretch, TaiFraction *value)
{
  *value = tai_fraction (price->amount.minor);
  for (guint i = 0; i < self->discounts->len; i++) {
    const TaiBasketDiscount *discount = g_ptr_array_index (self->discounts, i);
    guint from, until;

    if (!tai_basket_discount_applies (discount, line->offering, price))
      continue;
    discount_span (discount, line->price, &from, &until);
    if (month < from || (month >= until && until != TAI_MONTH_FOREVER))
      continue;
    stretch->percent_x100 =
        stretch->n_discounts++ == 0 && discount->price->discount.kind == TAI_DISCOUNT_PERCENT
            ? discount->price->discount.percent_x100
            : 0;
    if (!take_discount_off (&discount->price->discount, price->amount.minor, value))
      return FALSE;
  }
  return tai_fraction_scale (*value, line->quantity, 1, value);
}

/* What @line costs in month @month and why; one month, with @from and @until still to be said. */
static gboolean
rate_month (const TaiBill *self, const TaiBillLine *line, guint month, TaiStretch *stretch, GError **error)
{
  const TaiPrice *price = price_of_month (self, line, month);
  const TaiMoney none = tai_money (0, self->today.currency);
  TaiFraction value;

  *stretch = (TaiStretch){.from = month, .amount = none, .list = none, .full = none};
  stretch->reason = reason_of_month (line, price, month);
  stretch->numerator = month == 0 ? line->numerator : 0;
  stretch->denominator = month == 0 ? line->denominator : 0;
  if (!tai_money_scale (price->amount, line->quantity, 1, TAI_ROUNDING_EXACT, &stretch->list, error))
    return FALSE;
  if (costs_nothing (stretch->reason))
    return TRUE;
  if (whole_month (self, line, price, month, stretch, &value) &&
      tai_fraction_round (value, price->rounding, &stretch->full.minor) &&
      take_first_part (stretch, &value) &&
      tai_fraction_round (value, price->rounding, &stretch->amount.minor))
    return TRUE;
  return tai_rating_fail (error, TAI_CORE_ERROR_MONEY_RANGE, line->offering,
                          "a month's price does not fit into an amount");
}

gboolean
tai_bill_get_month (const TaiBill *self, guint month, TaiMoney *amount, GError **error)
{
  TaiMoney sum;

  g_return_val_if_fail (self != NULL && amount != NULL, FALSE);

  sum = tai_money (0, self->today.currency);
  for (guint i = 0; i < self->lines->len; i++) {
    const TaiBillLine *line = &g_array_index (self->lines, TaiBillLine, i);
    TaiStretch stretch;

    if (line->price->type != TAI_PRICE_RECURRING)
      continue;
    if (!rate_month (self, line, month, &stretch, error) || !tai_money_add (sum, stretch.amount, &sum, error))
      return FALSE;
  }
  *amount = sum;
  return TRUE;
}

/* --- the stretches of a line --- */

static int
compare_months (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *)a, right = *(const guint *)b;

  return left < right ? -1 : left > right;
}

static void
add_change (GArray *changes, guint month)
{
  if (month != TAI_MONTH_FOREVER)
    g_array_append_val (changes, month);
}

/* All months in which the line could begin to cost something else. */
static GArray *
list_changes (const TaiBill *self, const TaiBillLine *line)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (guint));
  const TaiPrice *price = line->price;

  add_change (changes, 0);
  add_change (changes, 1);
  if (price->trial_months > 0)
    add_change (changes, trial_ends (line));
  while ((price = tai_offering_find_successor (line->offering, price)) != NULL)
    add_change (changes, first_month_from (self, price->valid_from_us));
  for (guint i = 0; i < self->discounts->len; i++) {
    const TaiBasketDiscount *discount = g_ptr_array_index (self->discounts, i);
    guint from, until;

    if (!tai_basket_discount_applies (discount, line->offering, line->price))
      continue;
    discount_span (discount, line->price, &from, &until);
    add_change (changes, from);
    add_change (changes, until);
  }
  g_array_sort (changes, compare_months);
  return changes;
}

/* The first bill is told in its own words, so it stands alone unless nothing is to be told. */
static gboolean
can_join (const TaiStretch *last, const TaiStretch *next)
{
  return (last->from > 0 || costs_nothing (next->reason)) && last->reason == next->reason &&
         last->amount.minor == next->amount.minor && last->list.minor == next->list.minor &&
         last->n_discounts == next->n_discounts && last->percent_x100 == next->percent_x100;
}

static void
append_stretch (GArray *stretches, const TaiStretch *next)
{
  TaiStretch *last = stretches->len > 0 ? &g_array_index (stretches, TaiStretch, stretches->len - 1) : NULL;

  if (last != NULL && can_join (last, next))
    last->until = next->until;
  else
    g_array_append_vals (stretches, next, 1);
}

/* A new price is news once, in the stretch that begins with it. */
static void
calm_down (GArray *stretches)
{
  for (guint i = stretches->len; i > 1; i--) {
    const TaiStretch *before = &g_array_index (stretches, TaiStretch, i - 2);
    TaiStretch *stretch = &g_array_index (stretches, TaiStretch, i - 1);

    if (stretch->reason == TAI_REASON_NEW_PRICE && before->reason == TAI_REASON_NEW_PRICE &&
        before->list.minor == stretch->list.minor)
      stretch->reason = TAI_REASON_FULL;
  }
}

static gboolean
make_stretches (const TaiBill *self, TaiBillLine *line, GError **error)
{
  g_autoptr (GArray) changes = list_changes (self, line);

  line->stretches = tai_stretch_list_new ();
  for (guint i = 0; i < changes->len; i++) {
    guint month = g_array_index (changes, guint, i);
    TaiStretch stretch;

    if (i + 1 < changes->len && g_array_index (changes, guint, i + 1) == month)
      continue;
    if (!rate_month (self, line, month, &stretch, error))
      return FALSE;
    stretch.until = i + 1 < changes->len ? g_array_index (changes, guint, i + 1) : TAI_MONTH_FOREVER;
    append_stretch (line->stretches, &stretch);
  }
  calm_down (line->stretches);
  return TRUE;
}

GArray *
tai_bill_get_stretches (const TaiBill *self, GError **error)
{
  g_autofree const GArray **lists = NULL;
  guint n = 0;

  g_return_val_if_fail (self != NULL, NULL);

  lists = g_new (const GArray *, self->lines->len + 1);
  for (guint i = 0; i < self->lines->len; i++) {
    const TaiBillLine *line = &g_array_index (self->lines, TaiBillLine, i);

    if (line->stretches != NULL)
      lists[n++] = line->stretches;
  }
  return tai_stretch_list_add_up (lists, n, self->today.currency, error);
}

/* --- the lines --- */

static void
explain_first_period (TaiBillLine *line, TaiDate day)
{
  static const TaiBillReason reasons[] = {
      [TAI_FIRST_PERIOD_FULL] = TAI_REASON_FULL,
      [TAI_FIRST_PERIOD_HALF] = TAI_REASON_HALF,
      [TAI_FIRST_PERIOD_PRORATA_DAYS] = TAI_REASON_PRORATA,
      [TAI_FIRST_PERIOD_FREE] = TAI_REASON_FREE,
  };

  line->reason = reasons[line->price->first_period];
  line->reason = reason_of_month (line, line->price, 0);
  if (line->reason == TAI_REASON_PRORATA) {
    line->denominator = tai_date_days_in_month (day.year, day.month);
    line->numerator = line->denominator - day.day + 1;
  }
}

static gboolean
rate_recurring (const TaiRating *self, TaiBillLine *line, GError **error)
{
  explain_first_period (line, self->context->day);
  if (!make_stretches (self->bill, line, error))
    return FALSE;
  line->first = g_array_index (line->stretches, TaiStretch, 0).amount;
  line->normal = g_array_index (line->stretches, TaiStretch, line->stretches->len - 1).amount;
  return TRUE;
}

/* What is paid at the counter. */
static gboolean
rate_today (const TaiRating *self, TaiBillLine *line, GError **error)
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
add_line (TaiRating *self, guint basket_index, const TaiPrice *price, GError **error)
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
                      .is_included = tai_rating_is_included (self, self->offerings[basket_index]),
                      .goes_on = self->basket[basket_index].goes_on};
  gboolean is_rated;

  if (!price->is_open && price->amount.currency != self->context->currency)
    return tai_rating_fail (error, TAI_CORE_ERROR_MONEY_CURRENCY, line.offering,
                            "the price is in another currency");
  is_rated = price->type == TAI_PRICE_RECURRING ? rate_recurring (self, &line, error)
                                                : rate_today (self, &line, error);
  g_array_append_val (bill->lines, line); /* and owns its stretches */
  return is_rated && tai_money_add (bill->today, line.today, &bill->today, error) &&
         tai_money_add (bill->first, line.first, &bill->first, error) &&
         tai_money_add (bill->normal, line.normal, &bill->normal, error);
}

static gboolean
add_lines (TaiRating *self, GError **error)
{
  for (guint i = 0; i < self->n; i++) {
    const TaiOffering *offering = self->offerings[i];

    for (guint j = 0; offering->kind != TAI_OFFERING_DISCOUNT && j < offering->prices->len; j++) {
      const TaiPrice *price = g_ptr_array_index (offering->prices, j);

      if (price->type != TAI_PRICE_USAGE &&
          tai_offering_has_price_at (offering, price, self->context->now_us) &&
          !add_line (self, i, price, error))
        return FALSE;
    }
  }
  return TRUE;
}

static void
clear_line (gpointer data)
{
  g_clear_pointer (&((TaiBillLine *)data)->stretches, g_array_unref);
}

static TaiBill *
bill_new (TaiCatalogue *catalogue, const TaiRatingContext *context)
{
  TaiBill *self = g_new0 (TaiBill, 1);

  self->catalogue = tai_catalogue_ref (catalogue);
  self->lines = g_array_new (FALSE, FALSE, sizeof (TaiBillLine));
  g_array_set_clear_func (self->lines, clear_line);
  self->discounts = g_ptr_array_new_with_free_func (g_free);
  self->day = context->day;
  self->utc_offset_min = context->utc_offset_min;
  self->today = self->first = self->normal = tai_money (0, context->currency);
  return self;
}

TaiBill *
tai_rate (TaiCatalogue *catalogue, const TaiBasketLine *basket, guint n, const TaiRatingContext *context,
          GError **error)
{
  g_autoptr (TaiBill) bill = NULL;
  TaiRating self = {.basket = basket, .n = n, .context = context};

  g_return_val_if_fail (catalogue != NULL && context != NULL && (basket != NULL || n == 0), NULL);
  g_return_val_if_fail (tai_date_is_valid (context->day), NULL);
  g_return_val_if_fail (tai_currency_get_decimals (context->currency) >= 0, NULL);

  bill = bill_new (catalogue, context);
  self.bill = bill;
  if (!tai_rating_check_basket (&self, error) || !add_lines (&self, error))
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
