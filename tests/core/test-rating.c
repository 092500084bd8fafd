/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rating: the worked figures of docs/tables.md to the fen, every first period, discounts that stack.
 */
#include "tai-rating.h"

#include "tai-core-error.h"
#include "tai-test-shop.h"

/* --- the worked figures --- */

static void
assert_discount_months (const TaiBill *bill, guint index, gint32 months)
{
  gint64 month;

  g_assert_cmpint (tai_test_shop_discount (bill, index, &month), ==, months);
}

static void
assert_discount (const TaiBill *bill, guint index, gint64 fen, gint32 months)
{
  gint64 month;

  g_assert_cmpint (tai_test_shop_discount (bill, index, &month), ==, months);
  g_assert_cmpint (month, ==, fen);
}

static void
test_worked_plan (void)
{
  g_autoptr (TaiCatalogue) catalogue = tai_test_shop_worked ();
  g_autoptr (TaiBill) bill = tai_test_shop_rate (catalogue, "plan59", TAI_TEST_SHOP_DAY);
  const TaiBillLine *line = tai_test_shop_line (bill, 0);

  tai_test_shop_assert_figures (bill, 0, 1967, 5900);
  g_assert_cmpint (line->reason, ==, TAI_REASON_PRORATA);
  g_assert_cmpint (line->numerator, ==, 10);
  g_assert_cmpint (line->denominator, ==, 30);
  assert_discount (bill, 0, 5900, 0);
  g_assert_cmpint (tai_test_shop_month (bill, 1), ==, 5900);
}

static void
test_worked_discount (void)
{
  g_autoptr (TaiCatalogue) catalogue = tai_test_shop_worked ();
  g_autoptr (TaiBill) bill = tai_test_shop_rate (catalogue, "plan59,off30", TAI_TEST_SHOP_DAY);

  tai_test_shop_assert_figures (bill, 0, 1377, 5900);
  g_assert_cmpuint (bill->lines->len, ==, 1);
  assert_discount (bill, 0, 4130, 6);
  for (guint month = 1; month <= 5; month++)
    g_assert_cmpint (tai_test_shop_month (bill, month), ==, 4130);
  g_assert_cmpint (tai_test_shop_month (bill, 6), ==, 5900);
}

static void
test_worked_whole (void)
{
  g_autoptr (TaiCatalogue) catalogue = tai_test_shop_worked ();
  g_autoptr (TaiBill) bill =
      tai_test_shop_rate (catalogue, "plan59,off30,ring,sim,prepay", TAI_TEST_SHOP_DAY);

  tai_test_shop_assert_figures (bill, 12000, 1377 + 500, 6900);
  g_assert_cmpuint (bill->lines->len, ==, 4);
  g_assert_cmpint (tai_test_shop_line (bill, 1)->first.minor, ==, 500);
  g_assert_cmpint (tai_test_shop_line (bill, 1)->reason, ==, TAI_REASON_HALF);
  assert_discount_months (bill, 1, 0);
  g_assert_cmpint (tai_test_shop_line (bill, 2)->today.minor, ==, 2000);
  g_assert_cmpint (tai_test_shop_line (bill, 2)->reason, ==, TAI_REASON_ONE_TIME);
  g_assert_cmpint (tai_test_shop_line (bill, 3)->today.minor, ==, 10000);
  g_assert_cmpint (tai_test_shop_line (bill, 3)->reason, ==, TAI_REASON_DEPOSIT);
  g_assert_cmpuint (tai_test_shop_line (bill, 3)->basket_index, ==, 4);
  g_assert_cmpstr (tai_test_shop_line (bill, 3)->offering->id, ==, "prepay");
  g_assert_cmpint (tai_test_shop_month (bill, 1), ==, 4130 + 1000);
  g_assert_cmpint (tai_test_shop_month (bill, 5), ==, 4130 + 1000);
  g_assert_cmpint (tai_test_shop_month (bill, 6), ==, 6900);
}

/* --- first periods --- */

static void
test_prorata_days (void)
{
  const struct {
    TaiDate day;
    int numerator, denominator;
    gint64 fen; /* of 59.00 */
  } rows[] = {
      {{2026, 11, 1}, 30, 30, 5900},  {{2026, 11, 30}, 1, 30, 197},  {{2026, 12, 31}, 1, 31, 190},
      {{2026, 2, 28}, 1, 28, 211},    {{2028, 2, 29}, 1, 29, 203},   {{2028, 2, 1}, 29, 29, 5900},
      {{2026, 11, 16}, 15, 30, 2950}, {{2026, 10, 2}, 30, 31, 5710},
  };
  g_autoptr (TaiCatalogue) catalogue = tai_test_shop_worked ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TaiBill) bill = tai_test_shop_rate (catalogue, "plan59", rows[i].day);

    g_assert_cmpint (tai_test_shop_line (bill, 0)->numerator, ==, rows[i].numerator);
    g_assert_cmpint (tai_test_shop_line (bill, 0)->denominator, ==, rows[i].denominator);
    g_assert_cmpint (bill->first.minor, ==, rows[i].fen);
    g_assert_cmpint (tai_date_compare (bill->day, rows[i].day), ==, 0);
  }
}

static void
test_first_periods (void)
{
  const struct {
    TaiFirstPeriod period;
    TaiRounding rounding;
    gint64 first; /* of 10.01 on 21 November */
    TaiBillReason reason;
  } rows[] = {
      {TAI_FIRST_PERIOD_FULL, TAI_ROUNDING_HALF_UP, 1001, TAI_REASON_FULL},
      {TAI_FIRST_PERIOD_HALF, TAI_ROUNDING_HALF_UP, 501, TAI_REASON_HALF}, /* 5.005 */
      {TAI_FIRST_PERIOD_HALF, TAI_ROUNDING_DOWN, 500, TAI_REASON_HALF},
      {TAI_FIRST_PERIOD_PRORATA_DAYS, TAI_ROUNDING_HALF_UP, 334, TAI_REASON_PRORATA}, /* 3.3366… */
      {TAI_FIRST_PERIOD_PRORATA_DAYS, TAI_ROUNDING_DOWN, 333, TAI_REASON_PRORATA},
      {TAI_FIRST_PERIOD_FREE, TAI_ROUNDING_HALF_UP, 0, TAI_REASON_FREE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GPtrArray *offerings = g_ptr_array_new ();
    TaiPrice *price =
        tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_ACCESS, TAI_PRICE_RECURRING, 1001);
    g_autoptr (TaiCatalogue) catalogue = NULL;
    g_autoptr (TaiBill) bill = NULL;

    price->first_period = rows[i].period;
    price->rounding = rows[i].rounding;
    catalogue = tai_test_shop_open (offerings);
    bill = tai_test_shop_rate (catalogue, "x", TAI_TEST_SHOP_DAY);
    tai_test_shop_assert_figures (bill, 0, rows[i].first, 1001);
    g_assert_cmpint (tai_test_shop_line (bill, 0)->reason, ==, rows[i].reason);
    g_assert_cmpint (tai_test_shop_month (bill, 1), ==, 1001);
  }
}

/* What begins next month costs nothing on the first bill and whole months then; its discount begins with it. */
static void
test_next_period (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  TaiPrice *price = tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 5900);
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiBill) plain = NULL, lower = NULL;

  price->effect = TAI_EFFECT_NEXT_PERIOD;
  price->first_period = TAI_FIRST_PERIOD_HALF;
  tai_test_shop_add_discount (offerings, "d", tai_test_shop_percent (5000, 2, TAI_DISCOUNT_BASE_LIST, 1),
                              "x");
  catalogue = tai_test_shop_open (offerings);
  plain = tai_test_shop_rate (catalogue, "x", TAI_TEST_SHOP_DAY);
  tai_test_shop_assert_figures (plain, 0, 0, 5900);
  g_assert_cmpint (tai_test_shop_line (plain, 0)->reason, ==, TAI_REASON_NEXT_PERIOD);
  g_assert_cmpint (tai_test_shop_month (plain, 1), ==, 5900);
  lower = tai_test_shop_rate (catalogue, "x,d", TAI_TEST_SHOP_DAY);
  tai_test_shop_assert_figures (lower, 0, 0, 5900);
  assert_discount (lower, 0, 2950, 2);
  g_assert_cmpint (tai_test_shop_month (lower, 1), ==, 2950);
  g_assert_cmpint (tai_test_shop_month (lower, 2), ==, 2950);
  g_assert_cmpint (tai_test_shop_month (lower, 3), ==, 5900);
}

static void
test_discount_from_next_period (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiBill) bill = NULL;

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 1000);
  tai_test_shop_add_discount (offerings, "d", tai_test_shop_amount_off (300, 2, 1), NULL)->effect =
      TAI_EFFECT_NEXT_PERIOD;
  catalogue = tai_test_shop_open (offerings);
  bill = tai_test_shop_rate (catalogue, "x,d", TAI_TEST_SHOP_DAY);
  tai_test_shop_assert_figures (bill, 0, 1000, 1000);
  g_assert_cmpint (tai_test_shop_month (bill, 1), ==, 700);
  g_assert_cmpint (tai_test_shop_month (bill, 2), ==, 700);
  g_assert_cmpint (tai_test_shop_month (bill, 3), ==, 1000);
  assert_discount (bill, 0, 700, 2);
}

/* A second discount that begins next month ends the first stretch there. */
static void
test_second_begins_later (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiBill) bill = NULL;
  const gint64 months[] = {900, 700, 700, 900, 900, 1000};

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 1000);
  tai_test_shop_add_discount (offerings, "a", tai_test_shop_amount_off (100, 5, 1), NULL);
  tai_test_shop_add_discount (offerings, "b", tai_test_shop_amount_off (200, 2, 2), NULL)->effect =
      TAI_EFFECT_NEXT_PERIOD;
  catalogue = tai_test_shop_open (offerings);
  bill = tai_test_shop_rate (catalogue, "x,a,b", TAI_TEST_SHOP_DAY);
  for (guint month = 0; month < G_N_ELEMENTS (months); month++)
    g_assert_cmpint (tai_test_shop_month (bill, month), ==, months[month]);
  assert_discount (bill, 0, 900, 1);
}

/* --- discounts --- */

/* Two that end at different times: every month is exact. 100.00: −20 % of list for 3 months, then −50 % of the rest for 5. */
static void
test_stacked (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiBill) bill = NULL;
  const gint64 months[] = {4000, 4000, 4000, 5000, 5000, 10000, 10000};

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 10000);
  tai_test_shop_add_discount (offerings, "a", tai_test_shop_percent (2000, 3, TAI_DISCOUNT_BASE_LIST, 1),
                              "x");
  tai_test_shop_add_discount (offerings, "b",
                              tai_test_shop_percent (5000, 5, TAI_DISCOUNT_BASE_AFTER_PREVIOUS, 2), "x");
  catalogue = tai_test_shop_open (offerings);
  bill = tai_test_shop_rate (catalogue, "b,x,a", TAI_TEST_SHOP_DAY);
  for (guint month = 0; month < G_N_ELEMENTS (months); month++)
    g_assert_cmpint (tai_test_shop_month (bill, month), ==, months[month]);
  assert_discount (bill, 0, 4000, 3);
  g_assert_cmpint (bill->normal.minor, ==, 10000);
}

/* Base and order decide: 100.00 with −20 %, −10.00 and −50 %. */
static void
test_stack_order (void)
{
  const struct {
    TaiDiscountBase base;
    gint32 order[3]; /* of −20 %, −10.00, −50 % */
    gint64 fen;
  } rows[] = {
      {TAI_DISCOUNT_BASE_AFTER_PREVIOUS, {1, 2, 3}, 3500}, /* ((100 − 20) − 10) − 35 */
      {TAI_DISCOUNT_BASE_AFTER_PREVIOUS, {2, 1, 3}, 3600}, /* ((100 − 10) − 18) − 36 */
      {TAI_DISCOUNT_BASE_AFTER_PREVIOUS, {3, 2, 1}, 3200}, /* ((100 − 50) − 10) − 8 */
      {TAI_DISCOUNT_BASE_LIST, {1, 2, 3}, 2000},           /* 100 − 20 − 10 − 50 */
      {TAI_DISCOUNT_BASE_LIST, {3, 1, 2}, 2000},
      {TAI_DISCOUNT_BASE_LIST, {G_MININT32, 0, G_MAXINT32}, 2000},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GPtrArray *offerings = g_ptr_array_new ();
    g_autoptr (TaiCatalogue) catalogue = NULL;
    g_autoptr (TaiBill) bill = NULL;

    tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 10000);
    tai_test_shop_add_discount (offerings, "a",
                                tai_test_shop_percent (2000, 1, rows[i].base, rows[i].order[0]), NULL);
    tai_test_shop_add_discount (offerings, "b", tai_test_shop_amount_off (1000, 1, rows[i].order[1]), NULL);
    tai_test_shop_add_discount (offerings, "c",
                                tai_test_shop_percent (5000, 1, rows[i].base, rows[i].order[2]), NULL);
    catalogue = tai_test_shop_open (offerings);
    bill = tai_test_shop_rate (catalogue, "x,a,b,c", TAI_TEST_SHOP_DAY);
    g_assert_cmpint (bill->first.minor, ==, rows[i].fen);
    g_assert_cmpint (tai_test_shop_month (bill, 1), ==, 10000);
  }
}

/* Nobody is paid for taking a plan. */
static void
test_never_below_zero (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiBill) bill = NULL, none = NULL;

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 1000);
  tai_test_shop_add_discount (offerings, "a", tai_test_shop_percent (7000, 0, TAI_DISCOUNT_BASE_LIST, 1),
                              NULL);
  tai_test_shop_add_discount (offerings, "b", tai_test_shop_amount_off (500, 2, 2), NULL);
  tai_test_shop_add_discount (offerings, "all", tai_test_shop_percent (10000, 0, TAI_DISCOUNT_BASE_LIST, 1),
                              NULL);
  catalogue = tai_test_shop_open (offerings);
  bill = tai_test_shop_rate (catalogue, "x,a,b", TAI_TEST_SHOP_DAY);
  tai_test_shop_assert_figures (bill, 0, 0, 300);
  g_assert_cmpint (tai_test_shop_month (bill, 1), ==, 0);
  g_assert_cmpint (tai_test_shop_month (bill, 2), ==, 300);
  none = tai_test_shop_rate (catalogue, "x,all", TAI_TEST_SHOP_DAY);
  tai_test_shop_assert_figures (none, 0, 0, 0);
}

/* A discount without end: what lasts is the normal month. */
static void
test_for_ever (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiBill) bill = NULL, both = NULL;

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 1000);
  tai_test_shop_add_discount (offerings, "a", tai_test_shop_amount_off (100, 0, 1), NULL);
  tai_test_shop_add_discount (offerings, "b", tai_test_shop_amount_off (200, 3, 2), NULL);
  catalogue = tai_test_shop_open (offerings);
  bill = tai_test_shop_rate (catalogue, "x,a", TAI_TEST_SHOP_DAY);
  tai_test_shop_assert_figures (bill, 0, 900, 900);
  assert_discount (bill, 0, 900, -1);
  both = tai_test_shop_rate (catalogue, "x,a,b", TAI_TEST_SHOP_DAY);
  tai_test_shop_assert_figures (both, 0, 700, 900);
  assert_discount_months (both, 0, 3);
  g_assert_cmpint (tai_test_shop_month (both, 2), ==, 700);
  g_assert_cmpint (tai_test_shop_month (both, 3), ==, 900);
}

static void
test_longest_discount (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiBill) bill = NULL;

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 1000)->effect =
      TAI_EFFECT_NEXT_PERIOD;
  tai_test_shop_add_discount (offerings, "a", tai_test_shop_amount_off (100, G_MAXINT32, 1), NULL);
  catalogue = tai_test_shop_open (offerings);
  bill = tai_test_shop_rate (catalogue, "x,a", TAI_TEST_SHOP_DAY);
  assert_discount_months (bill, 0, G_MAXINT32);
  g_assert_cmpint (tai_test_shop_month (bill, (guint)G_MAXINT32), ==, 900);
  g_assert_cmpint (tai_test_shop_month (bill, (guint)G_MAXINT32 + 1), ==, 1000);
  g_assert_cmpint (bill->normal.minor, ==, 1000);
}

/* To whom it applies: the named offerings; without names every monthly line, never one-time money. */
static void
test_applies_to (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiBill) named = NULL, all = NULL;

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 1000);
  tai_offering_add_price (tai_test_shop_last (offerings), "fee", TAI_PRICE_ONE_TIME)->amount = CNY (700);
  tai_test_shop_add_offering (offerings, "y", TAI_OFFERING_SERVICE, TAI_PRICE_RECURRING, 500);
  tai_test_shop_add_offering (offerings, "z", TAI_OFFERING_SERVICE, TAI_PRICE_RECURRING, 300);
  tai_test_shop_add_discount (offerings, "named", tai_test_shop_percent (5000, 0, TAI_DISCOUNT_BASE_LIST, 1),
                              "x,z");
  tai_test_shop_add_discount (offerings, "all", tai_test_shop_percent (5000, 0, TAI_DISCOUNT_BASE_LIST, 1),
                              NULL);
  catalogue = tai_test_shop_open (offerings);
  named = tai_test_shop_rate (catalogue, "x,y,z,named", TAI_TEST_SHOP_DAY);
  tai_test_shop_assert_figures (named, 700, 500 + 500 + 150, 500 + 500 + 150);
  assert_discount_months (named, 2, 0);
  all = tai_test_shop_rate (catalogue, "all,x,y,z", TAI_TEST_SHOP_DAY);
  tai_test_shop_assert_figures (all, 700, 900, 900);
  g_assert_cmpuint (tai_test_shop_line (all, 0)->basket_index, ==, 1);
}

/* A price of a discount that is not valid now takes nothing off. */
static void
test_validity_of_prices (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  TaiPrice *new_price;
  g_autoptr (TaiCatalogue) catalogue = NULL;
  TaiBasketLine basket[] = {{"x", 1, {0}}, {"d", 1, {0}}};
  const struct {
    gint64 now_us, fen;
  } rows[] = {{999, 900}, {1000, 1000}, {1999, 1000}, {2000, 1200}, {G_MAXINT64, 1200}};

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 1000)->valid_until_us =
      2000;
  new_price = tai_offering_add_price (tai_test_shop_last (offerings), "new", TAI_PRICE_RECURRING);
  new_price->amount = CNY (1200);
  new_price->valid_from_us = 2000;
  tai_test_shop_add_discount (offerings, "d", tai_test_shop_amount_off (100, 0, 1), NULL)->valid_until_us =
      1000;
  new_price = tai_offering_add_price (tai_test_shop_last (offerings), "nothing", TAI_PRICE_RECURRING);
  new_price->discount = tai_test_shop_amount_off (0, 0, 2);
  catalogue = tai_test_shop_open (offerings);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    TaiRatingContext context = tai_test_shop_context (TAI_TEST_SHOP_DAY);
    g_autoptr (TaiBill) bill = NULL;

    context.now_us = rows[i].now_us;
    bill = tai_rate (catalogue, basket, 2, &context, NULL);
    g_assert_nonnull (bill);
    g_assert_cmpint (bill->normal.minor, ==, rows[i].fen);
  }
}

/* 33.33 % of 33.33 % of … exactly, or an error, never a rounded intermediate. */
static void
test_fractions_that_do_not_fit (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (GString) ids = g_string_new ("x");
  g_autoptr (TaiCatalogue) catalogue = NULL;
  gboolean was_refused = FALSE;

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 9999999999999);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("d%02u", i);

    tai_test_shop_add_discount (
        offerings, id,
        tai_test_shop_percent (1111 + 2 * (gint32)i, 3, TAI_DISCOUNT_BASE_AFTER_PREVIOUS, (gint32)i), NULL);
  }
  catalogue = tai_test_shop_open (offerings);
  for (guint n = 0; n < 20; n++) {
    g_auto (GStrv) names = NULL;
    TaiBasketLine basket[TAI_BASKET_MAX];
    TaiRatingContext context = tai_test_shop_context (TAI_TEST_SHOP_DAY);
    g_autoptr (GError) error = NULL;
    g_autoptr (TaiBill) bill = NULL;

    g_string_append_printf (ids, ",d%02u", n);
    names = g_strsplit (ids->str, ",", -1);
    bill = tai_rate (catalogue, basket, tai_test_shop_fill (basket, names), &context, &error);
    g_assert_true (!was_refused || bill == NULL);
    if (bill)
      continue;
    was_refused = TRUE;
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_RANGE);
    g_assert_cmpuint (n, >=, 3);
  }
  g_assert_true (was_refused);
}

/* Equal stack orders: the ids decide, not the basket. */
static void
test_equal_stack_orders (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiBill) one = NULL, other = NULL;

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 10000);
  tai_test_shop_add_discount (offerings, "a", tai_test_shop_amount_off (1000, 1, 7), NULL);
  tai_test_shop_add_discount (offerings, "b",
                              tai_test_shop_percent (5000, 1, TAI_DISCOUNT_BASE_AFTER_PREVIOUS, 7), NULL);
  catalogue = tai_test_shop_open (offerings);
  one = tai_test_shop_rate (catalogue, "x,a,b", TAI_TEST_SHOP_DAY);
  other = tai_test_shop_rate (catalogue, "b,a,x", TAI_TEST_SHOP_DAY);
  g_assert_cmpint (one->first.minor, ==, 4500);
  g_assert_cmpint (other->first.minor, ==, 4500);
}

/* Usage costs nothing yet: no line; an offering of nothing else is on sale all the same. */
static void
test_usage (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiBill) bill = NULL;

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_SERVICE, TAI_PRICE_USAGE, 29);
  catalogue = tai_test_shop_open (offerings);
  bill = tai_test_shop_rate (catalogue, "x", TAI_TEST_SHOP_DAY);
  tai_test_shop_assert_figures (bill, 0, 0, 0);
  g_assert_cmpuint (bill->lines->len, ==, 0);
}

/* The bill keeps its catalogue. */
static void
test_bill_outlives_catalogue (void)
{
  TaiCatalogue *catalogue = tai_test_shop_worked ();
  g_autoptr (TaiBill) bill = tai_test_shop_rate (catalogue, "plan59,off30", TAI_TEST_SHOP_DAY);

  tai_catalogue_unref (catalogue);
  g_assert_cmpstr (tai_test_shop_line (bill, 0)->offering->name, ==, "plan59");
  g_assert_cmpint (tai_test_shop_month (bill, 6), ==, 5900);
  tai_bill_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/rating/worked/plan", test_worked_plan);
  g_test_add_func ("/core/rating/worked/discount", test_worked_discount);
  g_test_add_func ("/core/rating/worked/whole", test_worked_whole);
  g_test_add_func ("/core/rating/prorata-days", test_prorata_days);
  g_test_add_func ("/core/rating/first-periods", test_first_periods);
  g_test_add_func ("/core/rating/next-period", test_next_period);
  g_test_add_func ("/core/rating/discount-from-next-period", test_discount_from_next_period);
  g_test_add_func ("/core/rating/second-begins-later", test_second_begins_later);
  g_test_add_func ("/core/rating/stacked", test_stacked);
  g_test_add_func ("/core/rating/stack-order", test_stack_order);
  g_test_add_func ("/core/rating/never-below-zero", test_never_below_zero);
  g_test_add_func ("/core/rating/for-ever", test_for_ever);
  g_test_add_func ("/core/rating/longest-discount", test_longest_discount);
  g_test_add_func ("/core/rating/applies-to", test_applies_to);
  g_test_add_func ("/core/rating/validity-of-prices", test_validity_of_prices);
  g_test_add_func ("/core/rating/fractions-that-do-not-fit", test_fractions_that_do_not_fit);
  g_test_add_func ("/core/rating/equal-stack-orders", test_equal_stack_orders);
  g_test_add_func ("/core/rating/usage", test_usage);
  g_test_add_func ("/core/rating/bill-outlives-catalogue", test_bill_outlives_catalogue);
  return g_test_run ();
}
