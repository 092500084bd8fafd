/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bills month by month: the stretches of a line, why each costs what it costs, and the sentences that are made of them. Prices that
 * change, trials and bundles are seen from here, because this is what a customer is told of them.
 */

#include "tai-core-error.h"
#include "tai-test-shop.h"

#define CHINA_MIN 480

/* Midnight in China before that day. */
static gint64
midnight (TaiDate day)
{
  return (tai_date_to_days (day) * 24 * 60 - CHINA_MIN) * 60 * G_USEC_PER_SEC;
}

static TaiBill *
rate (TaiCatalogue *catalogue, const char *ids, TaiDate day, gboolean goes_on)
{
  g_auto (GStrv) list = g_strsplit (ids, ",", -1);
  TaiBasketLine basket[TAI_BASKET_MAX];
  TaiRatingContext context = {
      .day = day, .now_us = midnight (day) + 1000, .utc_offset_min = CHINA_MIN, .currency = TAI_CNY};
  g_autoptr (GError) error = NULL;
  guint n = tai_test_shop_fill (basket, list);
  TaiBill *bill;

  for (guint i = 0; i < n; i++)
    basket[i].goes_on = goes_on;
  bill = tai_rate (catalogue, basket, n, &context, &error);
  g_assert_no_error (error);
  return bill;
}

static char *
print_money (TaiMoney money)
{
  char text[32];

  return g_strdup (tai_money_print (money, text));
}

static const TaiTeller teller = {
    .words =
        {
            [TAI_TELL_FIRST] = "first {amount} = {price}",
            [TAI_TELL_FIRST_PLAIN] = "first {amount}",
            [TAI_TELL_FIRST_DAYS] = "first {amount} = {price} for {days} of {of} days",
            [TAI_TELL_FIRST_HALF] = "first {amount} = half of {price}",
            [TAI_TELL_FIRST_FREE] = "first free",
            [TAI_TELL_NOT_YET] = "from {date}",
            [TAI_TELL_TRIAL] = "free until {date}",
            [TAI_TELL_ENDS] = "ends",
            [TAI_TELL_INCLUDED] = "included",
            [TAI_TELL_MONTHS] = "then {price} for {months} months",
            [TAI_TELL_ONE_MONTH] = "then {price} for one month",
            [TAI_TELL_ALWAYS] = "then {price}",
            [TAI_TELL_NEW_MONTHS] = "new from {date}: {price} for {months} months",
            [TAI_TELL_NEW_ALWAYS] = "new from {date}: {price}",
            [TAI_TELL_LESS_PERCENT] = "{list} - {percent} %",
            [TAI_TELL_LESS_AMOUNT] = "{list} - {off}",
            [TAI_TELL_AMOUNT_IS] = "{amount} ({price})",
        },
    .format_money = print_money,
};

static void
assert_told (const TaiBill *bill, guint line, const char *expected)
{
  g_autoptr (GPtrArray) clauses =
      tai_stretch_list_tell (tai_test_shop_line (bill, line)->stretches, bill->day, &teller);
  g_autofree char *all = NULL;

  g_ptr_array_add (clauses, NULL);
  all = g_strjoinv ("; ", (char **)clauses->pdata);
  g_assert_cmpstr (all, ==, expected);
}

static void
test_worked (void)
{
  g_autoptr (TaiCatalogue) catalogue = tai_test_shop_worked ();
  g_autoptr (TaiBill) bill = rate (catalogue, "plan59,off30,ring,sim", TAI_TEST_SHOP_DAY, FALSE);
  g_autoptr (TaiBill) plain = rate (catalogue, "plan59", TAI_TEST_SHOP_DAY, FALSE);

  assert_told (
      bill, 0,
      "first 13.77 = 59.00 - 30 % for 10 of 30 days; then 41.30 (59.00 - 30 %) for 5 months; then 59.00");
  assert_told (bill, 1, "first 5.00 = half of 10.00; then 10.00");
  g_assert_null (tai_test_shop_line (bill, 2)->stretches);
  assert_told (plain, 0, "first 19.67 = 59.00 for 10 of 30 days; then 59.00");
}

/* The whole: neighbours that cost the same are one run, whatever they are made of. */
static void
test_added_up (void)
{
  g_autoptr (TaiCatalogue) catalogue = tai_test_shop_worked ();
  g_autoptr (TaiBill) bill = rate (catalogue, "plan59,off30,ring", TAI_TEST_SHOP_DAY, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) all = tai_bill_get_stretches (bill, &error);
  const struct {
    guint from, until;
    gint64 fen;
  } rows[] = {{0, 1, 1877}, {1, 6, 5130}, {6, TAI_MONTH_FOREVER, 6900}};

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const TaiStretch *stretch = &g_array_index (all, TaiStretch, i);

    g_assert_cmpuint (stretch->from, ==, rows[i].from);
    g_assert_cmpuint (stretch->until, ==, rows[i].until);
    g_assert_cmpint (stretch->amount.minor, ==, rows[i].fen);
  }
  for (guint month = 0; month < 30; month++)
    g_assert_cmpint (tai_stretch_list_get (all, month, TAI_CNY).minor, ==, tai_test_shop_month (bill, month));
}

static void
test_nothing_to_add_up (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) none = tai_stretch_list_add_up (NULL, 0, TAI_CNY, &error);
  g_autoptr (GArray) one = tai_stretch_list_new (), other = tai_stretch_list_new ();
  TaiStretch huge = {.until = TAI_MONTH_FOREVER,
                     .amount = tai_money (G_MAXINT64, TAI_CNY),
                     .list = tai_money (0, TAI_CNY),
                     .full = tai_money (0, TAI_CNY)};
  const GArray *lists[] = {one, other};

  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (tai_stretch_list_get (none, 3, TAI_CNY).minor, ==, 0);
  g_array_append_val (one, huge);
  g_array_append_val (other, huge);
  g_assert_null (tai_stretch_list_add_up (lists, 2, TAI_CNY, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_RANGE);
}

static void
test_other_discounts (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiBill) both = NULL, one = NULL, nothing = NULL;

  tai_test_shop_add_offering (offerings, "x", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 10000);
  tai_test_shop_add_discount (offerings, "half", tai_test_shop_percent (1250, 0, TAI_DISCOUNT_BASE_LIST, 1),
                              NULL);
  tai_test_shop_add_discount (offerings, "off", tai_test_shop_amount_off (500, 2, 2), NULL);
  tai_test_shop_add_discount (offerings, "none", tai_test_shop_amount_off (0, 3, 2), NULL);
  catalogue = tai_test_shop_open (offerings);
  both = rate (catalogue, "x,half,off", TAI_TEST_SHOP_DAY, FALSE);
  assert_told (
      both, 0,
      "first 82.50 = 100.00 - 17.50; then 82.50 (100.00 - 17.50) for one month; then 87.50 (100.00 - 12.5 %)");
  one = rate (catalogue, "x,off", TAI_TEST_SHOP_DAY, FALSE);
  assert_told (one, 0, "first 95.00 = 100.00 - 5.00; then 95.00 (100.00 - 5.00) for one month; then 100.00");
  nothing = rate (catalogue, "x,none", TAI_TEST_SHOP_DAY, FALSE);
  assert_told (nothing, 0, "first 100.00 = 100.00; then 100.00 for 2 months; then 100.00");
}

/* --- prices that change --- */

static TaiPrice *
add_change (GPtrArray *offerings, const char *id, const char *replaces, gint64 fen, gint64 from_us)
{
  TaiPrice *price = tai_offering_add_price (tai_test_shop_last (offerings), id, TAI_PRICE_RECURRING);

  price->amount = CNY (fen);
  price->replaces = g_strdup (replaces);
  price->valid_from_us = from_us;
  return price;
}

static TaiCatalogue *
shop_of_changes (void)
{
  GPtrArray *offerings = g_ptr_array_new ();

  tai_test_shop_add_offering (offerings, "plan", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 5900)->first_period =
      TAI_FIRST_PERIOD_PRORATA_DAYS;
  add_change (offerings, "q", "p", 6500, midnight ((TaiDate){2027, 3, 1}));
  add_change (offerings, "r", "q", 6900, midnight ((TaiDate){2027, 6, 15}));
  tai_test_shop_add_discount (offerings, "off30", tai_test_shop_percent (3000, 6, TAI_DISCOUNT_BASE_LIST, 1),
                              NULL);
  return tai_test_shop_open (offerings);
}

/* November, sold on the 21st: the price of 1 March is month 4; that of 15 June begins with July, month 8. */
static void
test_price_change (void)
{
  g_autoptr (TaiCatalogue) catalogue = shop_of_changes ();
  g_autoptr (TaiBill) bill = rate (catalogue, "plan", TAI_TEST_SHOP_DAY, FALSE);
  g_autoptr (TaiBill) lowered = rate (catalogue, "plan,off30", TAI_TEST_SHOP_DAY, FALSE);

  g_assert_cmpuint (bill->lines->len, ==, 1);
  tai_test_shop_assert_figures (bill, 0, 1967, 6900);
  assert_told (
      bill, 0,
      "first 19.67 = 59.00 for 10 of 30 days; then 59.00 for 3 months; new from 2027-03-01: 65.00 for 4 months; "
      "new from 2027-07-01: 69.00");
  g_assert_cmpint (tai_test_shop_month (bill, 3), ==, 5900);
  g_assert_cmpint (tai_test_shop_month (bill, 4), ==, 6500);
  /* the discount is of the price that is in force then, and when it ends that is no new price */
  assert_told (
      lowered, 0,
      "first 13.77 = 59.00 - 30 % for 10 of 30 days; then 41.30 (59.00 - 30 %) for 3 months; "
      "new from 2027-03-01: 45.50 (65.00 - 30 %) for 2 months; then 65.00 for 2 months; new from 2027-07-01: 69.00");
}

/* On the day, and after it, only the new price is sold; a day before midnight the old one still begins. */
static void
test_price_change_arrives (void)
{
  const struct {
    TaiDate day;
    const char *told;
  } rows[] = {
      {{2027, 2, 28},
       "first 2.11 = 59.00 for 1 of 28 days; new from 2027-03-01: 65.00 for 4 months; new from 2027-07-01: 69.00"},
      {{2027, 3, 1}, "first 65.00; then 65.00 for 3 months; new from 2027-07-01: 69.00"},
      {{2027, 6, 15}, "first 69.00; then 69.00"},
      {{2031, 1, 1}, "first 69.00; then 69.00"},
  };
  g_autoptr (TaiCatalogue) catalogue = shop_of_changes ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TaiBill) bill = rate (catalogue, "plan", rows[i].day, FALSE);

    g_assert_cmpuint (bill->lines->len, ==, 1);
    assert_told (bill, 0, rows[i].told);
  }
}

/* --- trials --- */

static TaiCatalogue *
shop_of_trials (TaiEffect effect)
{
  GPtrArray *offerings = g_ptr_array_new ();
  TaiPrice *price =
      tai_test_shop_add_offering (offerings, "video", TAI_OFFERING_SERVICE, TAI_PRICE_RECURRING, 1500);

  price->trial_months = 2;
  price->effect = effect;
  price->first_period = TAI_FIRST_PERIOD_PRORATA_DAYS;
  tai_test_shop_last (offerings)->key_terms = g_strdup ("two months free, then it ends");
  return tai_test_shop_open (offerings);
}

/* Without another yes a trial never costs anything, however long one waits. */
static void
test_trial_ends (void)
{
  g_autoptr (TaiCatalogue) catalogue = shop_of_trials (TAI_EFFECT_NOW);
  g_autoptr (TaiBill) bill = rate (catalogue, "video", TAI_TEST_SHOP_DAY, FALSE);

  tai_test_shop_assert_figures (bill, 0, 0, 0);
  g_assert_cmpint (tai_test_shop_line (bill, 0)->reason, ==, TAI_REASON_TRIAL);
  assert_told (bill, 0, "free until 2026-12-31; ends");
  for (guint month = 0; month < 100; month++)
    g_assert_cmpint (tai_test_shop_month (bill, month), ==, 0);
}

static void
test_trial_goes_on (void)
{
  g_autoptr (TaiCatalogue) catalogue = shop_of_trials (TAI_EFFECT_NOW), later = NULL;
  g_autoptr (TaiBill) bill = rate (catalogue, "video", TAI_TEST_SHOP_DAY, TRUE), next = NULL;
  const TaiPrice *price = tai_test_shop_line (bill, 0)->price;
  g_autofree char *end = tai_date_to_text (tai_price_get_trial_end (price, TAI_TEST_SHOP_DAY));

  g_assert_cmpstr (end, ==, "2026-12-31");
  tai_test_shop_assert_figures (bill, 0, 0, 1500);
  assert_told (bill, 0, "free until 2026-12-31; then 15.00");
  g_assert_cmpint (tai_test_shop_month (bill, 1), ==, 0);
  g_assert_cmpint (tai_test_shop_month (bill, 2), ==, 1500);
  later = shop_of_trials (TAI_EFFECT_NEXT_PERIOD);
  next = rate (later, "video", TAI_TEST_SHOP_DAY, TRUE);
  assert_told (next, 0, "from 2026-12-01; free until 2027-01-31; then 15.00");
}

/* --- bundles --- */

static TaiCatalogue *
shop_of_bundles (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  TaiOffering *bundle;
  TaiBundlePart *part;

  tai_test_shop_add_offering (offerings, "bundle", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 12900);
  bundle = tai_test_shop_last (offerings);
  tai_offering_add_part (bundle, "net");
  part = tai_offering_add_part (bundle, "sim");
  part->lower = part->preset = 0;
  part->upper = 3;
  part->is_included = FALSE;
  tai_test_shop_add_offering (offerings, "net", TAI_OFFERING_ACCESS, TAI_PRICE_RECURRING, 7000);
  tai_offering_add_price (tai_test_shop_last (offerings), "install", TAI_PRICE_ONE_TIME)->amount =
      CNY (10000);
  tai_test_shop_add_offering (offerings, "sim", TAI_OFFERING_ACCESS, TAI_PRICE_RECURRING, 1000);
  tai_test_shop_last (offerings)->is_part_only = TRUE;
  tai_test_shop_add_offering (offerings, "plan", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 5900);
  tai_test_shop_add_discount (offerings, "net-off",
                              tai_test_shop_percent (5000, 0, TAI_DISCOUNT_BASE_LIST, 1), "net");
  tai_test_shop_add_offering (offerings, "gone", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 5900);
  tai_test_shop_last (offerings)->is_withdrawn = TRUE;
  return tai_test_shop_open (offerings);
}

static void
test_bundle (void)
{
  g_autoptr (TaiCatalogue) catalogue = shop_of_bundles ();
  g_autoptr (TaiBill) bill = rate (catalogue, "sim,net,bundle,sim", TAI_TEST_SHOP_DAY, FALSE);
  g_autoptr (TaiBill) alone = rate (catalogue, "plan,net", TAI_TEST_SHOP_DAY, FALSE);

  /* what is paid once is paid in the bundle, too */
  tai_test_shop_assert_figures (bill, 10000, 12900 + 2000, 12900 + 2000);
  assert_told (bill, 1, "included");
  g_assert_cmpint (tai_test_shop_line (bill, 1)->reason, ==, TAI_REASON_INCLUDED);
  tai_test_shop_assert_figures (alone, 10000, 5900 + 7000, 5900 + 7000);
}

static void
test_bundle_refusals (void)
{
  const struct {
    const char *ids;
    int code;
  } rows[] = {
      {"bundle", TAI_CORE_ERROR_OFFERING_REQUIRES},             /* without its broadband */
      {"bundle,net,net", TAI_CORE_ERROR_LIMIT},                 /* twice */
      {"bundle,net,sim,sim,sim,sim", TAI_CORE_ERROR_LIMIT},     /* one card too many */
      {"plan,sim", TAI_CORE_ERROR_OFFERING_NOT_ON_SALE},        /* a part alone */
      {"bundle,net,net-off", TAI_CORE_ERROR_OFFERING_REQUIRES}, /* nothing is left to take off */
      {"gone", TAI_CORE_ERROR_OFFERING_NOT_ON_SALE},            /* not sold any more */
  };
  g_autoptr (TaiCatalogue) catalogue = shop_of_bundles ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) ids = g_strsplit (rows[i].ids, ",", -1);
    TaiBasketLine basket[TAI_BASKET_MAX];
    TaiRatingContext context = tai_test_shop_context (TAI_TEST_SHOP_DAY);
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", rows[i].ids);
    g_assert_null (tai_rate (catalogue, basket, tai_test_shop_fill (basket, ids), &context, &error));
    g_assert_error (error, TAI_CORE_ERROR, rows[i].code);
  }
}

/* --- words and days --- */

/* Text and reason go both ways; what is no reason is an error, never another one. */
static void
test_reason_texts (void)
{
  g_autoptr (GError) error = NULL;
  TaiBillReason reason;

  for (TaiBillReason each = TAI_REASON_ONE_TIME; each <= TAI_REASON_NEW_PRICE; each++) {
    g_assert_true (tai_bill_reason_from_text (tai_bill_reason_to_text (each), &reason, &error));
    g_assert_no_error (error);
    g_assert_cmpint (reason, ==, each);
  }
  g_assert_false (tai_bill_reason_from_text ("whim", &reason, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
}

/* A bill's months are the calendar's, over the end of a year and whatever day it was sold on. */
static void
test_month_begins (void)
{
  const struct {
    TaiDate day;
    guint month;
    const char *begins;
  } rows[] = {{{2026, 11, 30}, 0, "2026-11-30"},
              {{2026, 11, 30}, 1, "2026-12-01"},
              {{2026, 11, 30}, 2, "2027-01-01"},
              {{2028, 1, 31}, 1, "2028-02-01"},
              {{2028, 1, 31}, 25, "2030-02-01"}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *begins = tai_date_to_text (tai_stretch_month_begins (rows[i].day, rows[i].month));

    g_assert_cmpstr (begins, ==, rows[i].begins);
  }
}

/* --- contracts --- */

static void
test_penalty (void)
{
  g_autoptr (TaiOffering) plan = tai_offering_new ("plan", TAI_OFFERING_PLAN);
  g_autoptr (GError) error = NULL;
  TaiMoney penalty;

  g_assert_true (tai_offering_get_penalty (plan, CNY (5900), 24, &penalty, &error));
  g_assert_cmpint (penalty.minor, ==, 0);
  plan->contract_months = 24;
  plan->penalty = TAI_PENALTY_SHARE_OF_REST;
  plan->penalty_percent_x100 = 3000;
  g_assert_true (tai_offering_get_penalty (plan, CNY (5900), 24, &penalty, &error));
  g_assert_cmpint (penalty.minor, ==, 42480);
  g_assert_true (tai_offering_get_penalty (plan, CNY (5901), 1, &penalty, &error));
  g_assert_cmpint (penalty.minor, ==, 1770); /* 17.703 */
  g_assert_true (
      tai_offering_get_penalty (plan, CNY (5900), 100, &penalty, &error)); /* no more than the contract */
  g_assert_cmpint (penalty.minor, ==, 42480);
  g_assert_true (tai_offering_get_penalty (plan, CNY (5900), 0, &penalty, &error));
  g_assert_cmpint (penalty.minor, ==, 0);
  plan->penalty = TAI_PENALTY_FIXED;
  plan->penalty_amount = CNY (30000);
  g_assert_true (tai_offering_get_penalty (plan, CNY (5900), 1, &penalty, &error));
  g_assert_cmpint (penalty.minor, ==, 30000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/stretch/worked", test_worked);
  g_test_add_func ("/core/stretch/added-up", test_added_up);
  g_test_add_func ("/core/stretch/nothing-to-add-up", test_nothing_to_add_up);
  g_test_add_func ("/core/stretch/other-discounts", test_other_discounts);
  g_test_add_func ("/core/stretch/price-change", test_price_change);
  g_test_add_func ("/core/stretch/price-change-arrives", test_price_change_arrives);
  g_test_add_func ("/core/stretch/trial-ends", test_trial_ends);
  g_test_add_func ("/core/stretch/trial-goes-on", test_trial_goes_on);
  g_test_add_func ("/core/stretch/bundle", test_bundle);
  g_test_add_func ("/core/stretch/bundle-refusals", test_bundle_refusals);
  g_test_add_func ("/core/stretch/reason-texts", test_reason_texts);
  g_test_add_func ("/core/stretch/month-begins", test_month_begins);
  g_test_add_func ("/core/stretch/penalty", test_penalty);
  return g_test_run ();
}
