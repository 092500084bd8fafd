/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rating: properties over random baskets (--seed), against a second, slower arithmetic of fractions in this file.
 */
#include "tai-rating.h"

#include <string.h>

#include "tai-test-shop.h"

#define N_RANDOM 10000

/* A second way to compute a month: numerator and denominator multiplied out, as in a school book. Only for values that fit:
 * the random shop has prices below 10^6 fen and few discounts of whole percents. */
typedef struct {
  __int128 n, d;
} Slow;

static void
slow_month (const TaiOffering *const *discounts, guint n_discounts, const TaiBillLine *line, guint month,
            TaiDate day, Slow *value)
{
  guint start = line->price->effect == TAI_EFFECT_NEXT_PERIOD;

  *value = (Slow){line->price->amount.minor, 1};
  for (guint i = 0; i < n_discounts; i++) {
    const TaiPrice *price = g_ptr_array_index (discounts[i]->prices, 0);
    const TaiDiscount *discount = &price->discount;

    if (discounts[i]->applies_to[0] &&
        !g_strv_contains ((const char *const *)discounts[i]->applies_to, line->offering->id))
      continue;
    if (discount->months != 0 && month >= start + (guint)discount->months)
      continue;
    if (discount->kind == TAI_DISCOUNT_AMOUNT)
      value->n -= (__int128)discount->amount.minor * value->d;
    else if (discount->base == TAI_DISCOUNT_BASE_AFTER_PREVIOUS)
      *value = (Slow){value->n * (10000 - discount->percent_x100), value->d * 10000};
    else
      *value =
          (Slow){value->n * 10000 - (__int128)line->price->amount.minor * discount->percent_x100 * value->d,
                 value->d * 10000};
    if (value->n < 0)
      value->n = 0;
  }
  value->n *= line->quantity;
  if (month < start)
    value->n = 0;
  else if (month == 0 && line->price->first_period == TAI_FIRST_PERIOD_HALF)
    value->d *= 2;
  else if (month == 0 && line->price->first_period == TAI_FIRST_PERIOD_FREE)
    value->n = 0;
  else if (month == 0 && line->price->first_period == TAI_FIRST_PERIOD_PRORATA_DAYS) {
    value->n *= tai_date_days_in_month (day.year, day.month) - day.day + 1;
    value->d *= tai_date_days_in_month (day.year, day.month);
  }
}

static gint64
slow_round (Slow value, TaiRounding rounding)
{
  if (rounding == TAI_ROUNDING_HALF_UP)
    return (gint64)((2 * value.n + value.d) / (2 * value.d));
  return (gint64)(value.n / value.d);
}

typedef struct {
  TaiCatalogue *catalogue;
  const TaiOffering *discounts[3]; /* in stack order */
  guint n_discounts;
  TaiBasketLine basket[8];
  guint n;
  TaiRatingContext context;
} RandomShop;

static TaiDiscount
random_discount (gint32 stack_order)
{
  gint32 months = g_test_rand_int_range (0, 15);

  if (g_test_rand_bit ())
    return tai_test_shop_amount_off (g_test_rand_int_range (0, 3000), months, stack_order);
  return tai_test_shop_percent (
      g_test_rand_int_range (0, 101) * 100, months,
      g_test_rand_bit () ? TAI_DISCOUNT_BASE_LIST : TAI_DISCOUNT_BASE_AFTER_PREVIOUS, stack_order);
}

static RandomShop
random_shop (void)
{
  static const char *const ids[] = {"a", "b", "c", "d"}, *const discount_ids[] = {"x", "y", "z"};
  GPtrArray *offerings = g_ptr_array_new ();
  RandomShop self = {.n_discounts = (guint)g_test_rand_int_range (0, 4)};
  int month = g_test_rand_int_range (1, 13);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    TaiPrice *price = tai_test_shop_add_offering (offerings, ids[i], TAI_OFFERING_ACCESS, TAI_PRICE_RECURRING,
                                                  g_test_rand_int_range (0, 1000000));

    price->first_period = (TaiFirstPeriod)g_test_rand_int_range (0, 4);
    price->rounding = g_test_rand_bit () ? TAI_ROUNDING_HALF_UP : TAI_ROUNDING_DOWN;
    price->effect = (TaiEffect)g_test_rand_bit ();
    if (g_test_rand_bit ())
      tai_offering_add_price (tai_test_shop_last (offerings), "fee", TAI_PRICE_ONE_TIME)->amount =
          CNY (g_test_rand_int_range (0, 10000));
    self.basket[self.n++] = (TaiBasketLine){ids[i], g_test_rand_int_range (1, 4), {0}};
  }
  for (guint i = 0; i < self.n_discounts; i++) {
    tai_test_shop_add_discount (offerings, discount_ids[i], random_discount ((gint32)i),
                                g_test_rand_bit () ? "a,c" : NULL);
    self.discounts[i] = tai_test_shop_last (offerings);
    self.basket[self.n++] = (TaiBasketLine){discount_ids[i], 1, {0}};
  }
  self.catalogue = tai_test_shop_open (offerings);
  self.context =
      tai_test_shop_context ((TaiDate){(gint16)g_test_rand_int_range (2024, 2030), (gint8)month, 1});
  self.context.day.day =
      (gint8)g_test_rand_int_range (1, tai_date_days_in_month (self.context.day.year, month) + 1);
  return self;
}

static TaiBill *
rate_shop (const RandomShop *shop)
{
  g_autoptr (GError) error = NULL;
  TaiBill *bill = tai_rate (shop->catalogue, shop->basket, shop->n, &shop->context, &error);

  g_assert_no_error (error);
  return bill;
}

/* Every month is the exact one, rounded once a line; so a year loses at most a fen a line and month, and with half_up at
 * most half a one. */
static void
test_no_fen_is_lost (void)
{
  for (guint round = 0; round < N_RANDOM; round++) {
    RandomShop shop = random_shop ();
    g_autoptr (TaiCatalogue) catalogue = shop.catalogue;
    g_autoptr (TaiBill) bill = rate_shop (&shop);

    for (guint month = 0; month < 18; month++) {
      gint64 expected = 0;

      for (guint i = 0; i < bill->lines->len; i++) {
        const TaiBillLine *line = tai_test_shop_line (bill, i);
        Slow exact;
        gint64 rounded;

        if (line->price->type != TAI_PRICE_RECURRING)
          continue;
        slow_month (shop.discounts, shop.n_discounts, line, month, shop.context.day, &exact);
        rounded = slow_round (exact, line->price->rounding);
        g_assert_true (exact.n - rounded * exact.d < exact.d && rounded * exact.d - exact.n < exact.d);
        expected += rounded;
      }
      g_assert_cmpint (tai_test_shop_month (bill, month), ==, expected);
    }
  }
}

/* Over a year a line loses at most half a fen a month where it is rounded half up, and less than one where it is rounded down,
 * always in the customer's favour. In thousandths of a fen. */
static void
test_a_year_of_a_line (void)
{
  for (guint round = 0; round < N_RANDOM; round++) {
    RandomShop shop = random_shop ();
    g_autoptr (TaiCatalogue) catalogue = shop.catalogue;
    g_autoptr (TaiBill) bill = rate_shop (&shop);

    for (guint i = 0; i < bill->lines->len; i++) {
      const TaiBillLine *line = tai_test_shop_line (bill, i);
      gint64 charged = 0, exact_milli = 0;

      for (guint month = 0; month < 12 && line->stretches != NULL; month++) {
        Slow exact;

        slow_month (shop.discounts, shop.n_discounts, line, month, shop.context.day, &exact);
        exact_milli += (gint64)(exact.n * 1000 / exact.d);
        charged += tai_stretch_list_get (line->stretches, month, TAI_CNY).minor;
      }
      if (line->price->rounding == TAI_ROUNDING_HALF_UP) {
        g_assert_cmpint (ABS (charged * 1000 - exact_milli), <=, 12 * 501);
      } else {
        g_assert_cmpint (charged * 1000, <=, exact_milli + 12);
        g_assert_cmpint (exact_milli - charged * 1000, <, 12 * 1001);
      }
    }
  }
}

/* The figures are months of the same function: first = month 0, normal = the far future; discounted as long as it says. */
static void
test_months_agree_with_figures (void)
{
  for (guint round = 0; round < N_RANDOM; round++) {
    RandomShop shop = random_shop ();
    g_autoptr (TaiCatalogue) catalogue = shop.catalogue;
    g_autoptr (TaiBill) bill = NULL;
    const TaiBillLine *line;
    gint32 discount_months;
    gint64 discounted;
    guint start;

    /* One line and its discounts, so that the month is that line's. */
    shop.basket[1].offering_id = shop.basket[2].offering_id = shop.basket[3].offering_id = "a";
    memmove (shop.basket + 1, shop.basket + 4, shop.n_discounts * sizeof *shop.basket);
    shop.n -= 3;
    bill = rate_shop (&shop);
    line = tai_test_shop_line (bill, 0);
    start = line->price->effect == TAI_EFFECT_NEXT_PERIOD;
    g_assert_cmpint (tai_test_shop_month (bill, 0), ==, bill->first.minor);
    g_assert_cmpint (tai_test_shop_month (bill, G_MAXUINT), ==, bill->normal.minor);
    g_assert_cmpint (tai_test_shop_month (bill, 16), ==, bill->normal.minor);
    discount_months = tai_test_shop_discount (bill, 0, &discounted);
    g_assert_true ((discount_months == 0) == (shop.n_discounts == 0));
    if (discount_months == 0)
      g_assert_cmpint (discounted, ==, line->normal.minor);
    for (guint month = 1; month < start + (guint)MIN ((guint)discount_months, 20u); month++)
      g_assert_cmpint (tai_test_shop_month (bill, month), ==, discounted);
  }
}

static void
shuffle (TaiBasketLine *basket, guint n)
{
  for (guint i = n; i > 1; i--) {
    guint j = (guint)g_test_rand_int_range (0, (gint32)i);
    TaiBasketLine other = basket[i - 1];

    basket[i - 1] = basket[j];
    basket[j] = other;
  }
}

static const TaiBillLine *
find_line (const TaiBill *bill, const TaiPrice *price)
{
  for (guint i = 0; i < bill->lines->len; i++)
    if (tai_test_shop_line (bill, i)->price == price)
      return tai_test_shop_line (bill, i);
  g_assert_not_reached ();
}

static void
test_order_of_basket (void)
{
  for (guint round = 0; round < N_RANDOM; round++) {
    RandomShop shop = random_shop ();
    g_autoptr (TaiCatalogue) catalogue = shop.catalogue;
    g_autoptr (TaiBill) bill = rate_shop (&shop), other = NULL;

    shuffle (shop.basket, shop.n);
    other = rate_shop (&shop);
    tai_test_shop_assert_figures (other, bill->today.minor, bill->first.minor, bill->normal.minor);
    g_assert_cmpuint (other->lines->len, ==, bill->lines->len);
    for (guint i = 0; i < bill->lines->len; i++) {
      const TaiBillLine *line = tai_test_shop_line (bill, i), *same = find_line (other, line->price);

      g_assert_cmpint (same->today.minor, ==, line->today.minor);
      g_assert_cmpint (same->first.minor, ==, line->first.minor);
      for (guint month = 0; line->stretches != NULL && month < 20; month++)
        g_assert_cmpint (tai_stretch_list_get (same->stretches, month, TAI_CNY).minor, ==,
                         tai_stretch_list_get (line->stretches, month, TAI_CNY).minor);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/rating/no-fen-is-lost", test_no_fen_is_lost);
  g_test_add_func ("/core/rating/a-year-of-a-line", test_a_year_of_a_line);
  g_test_add_func ("/core/rating/months-agree-with-figures", test_months_agree_with_figures);
  g_test_add_func ("/core/rating/order-of-basket", test_order_of_basket);
  return g_test_run ();
}
