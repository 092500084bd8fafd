/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The books of the till: every row of the table of accounts in docs/tables.md, to the fen; what does not balance or
 * overflows is refused.
 */
#include "tai-posting.h"

#include <string.h>

#include "tai-core-error.h"

#define CNY(fen) tai_money (fen, TAI_CNY)

/* "account amount, account amount, …" in order. (transfer full) */
static char *
describe (const TaiPostingSet *set)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < set->postings->len; i++) {
    const TaiPosting *posting = &g_array_index (set->postings, TaiPosting, i);

    g_string_append_printf (text, "%s%s %" G_GINT64_FORMAT, i ? ", " : "", posting->account,
                            posting->amount.minor);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_set (const TaiPostingSet *set, const char *event, const char *postings)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (set);
  g_assert_true (tai_posting_set_check (set, &error));
  g_assert_no_error (error);
  text = describe (set);
  g_assert_cmpstr (set->event, ==, event);
  g_assert_cmpstr (text, ==, postings);
}

static void
assert_refused (TaiPostingSet *set, GError **failure, int code)
{
  GError *error = *failure;

  g_assert_null (set);
  g_assert_error (error, TAI_CORE_ERROR, code);
}

/* Received 200.00, change 72.00: the row of the table. */
static void
test_cash_sale (void)
{
  const TaiCredit credits[] = {{TAI_ACCOUNT_CUSTOMER_DEPOSITS, NULL, CNY (10000)},
                               {TAI_ACCOUNT_SIM_AND_GOODS, NULL, CNY (2000)},
                               {TAI_ACCOUNT_SALES, "new_line", CNY (800)}};
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiPostingSet) set = tai_posting_cash_sale ("T2", CNY (20000), CNY (7200), credits, 3, &error);

  g_assert_no_error (error);
  assert_set (
      set, "cash_sale",
      "drawer:T2 20000, customer_deposits -10000, sim_and_goods -2000, sales:new_line -800, drawer:T2 -7200");
}

static void
test_cash_sale_exact (void)
{
  const TaiCredit credit = {TAI_ACCOUNT_RECEIVABLE_SETTLED, NULL, CNY (12800)};
  g_autoptr (TaiPostingSet) set = tai_posting_cash_sale ("T2", CNY (12800), CNY (0), &credit, 1, NULL);
  g_autoptr (TaiPostingSet) free_of_charge = tai_posting_cash_sale ("T2", CNY (0), CNY (0), NULL, 0, NULL);

  assert_set (set, "cash_sale", "drawer:T2 12800, receivable_settled -12800");
  assert_set (free_of_charge, "cash_sale", "");
}

static void
test_cash_sale_refused (void)
{
  const struct {
    TaiMoney received, change, credit;
    int code;
  } rows[] = {
      {CNY (12800), CNY (1), CNY (12800), TAI_CORE_ERROR_UNBALANCED},
      {CNY (12799), CNY (0), CNY (12800), TAI_CORE_ERROR_UNBALANCED},
      {CNY (12800), CNY (0), CNY (12799), TAI_CORE_ERROR_UNBALANCED},
      {CNY (-12800), CNY (0), CNY (-12800), TAI_CORE_ERROR_UNBALANCED}, /* a refund is no negative sale */
      {CNY (0), CNY (-12800), CNY (12800), TAI_CORE_ERROR_UNBALANCED},
      {CNY (0), CNY (12800), CNY (-12800), TAI_CORE_ERROR_UNBALANCED},
      {CNY (12800), CNY (0), tai_money (12800, 392), TAI_CORE_ERROR_UNBALANCED},
      {tai_money (12800, 1), CNY (0), tai_money (12800, 1), TAI_CORE_ERROR_UNBALANCED},
      {tai_money (12800, 0), CNY (0), tai_money (12800, 0), TAI_CORE_ERROR_UNBALANCED},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const TaiCredit credit = {TAI_ACCOUNT_SALES, "new_line", rows[i].credit};
    g_autoptr (GError) error = NULL;

    assert_refused (tai_posting_cash_sale ("T2", rows[i].received, rows[i].change, &credit, 1, &error),
                    &error, rows[i].code);
  }
}

static void
test_overflow (void)
{
  const TaiCredit credits[] = {{TAI_ACCOUNT_SALES, "a", CNY (G_MAXINT64)},
                               {TAI_ACCOUNT_SALES, "b", CNY (G_MAXINT64)}};
  g_autoptr (GError) sale = NULL, refused = NULL, count = NULL;

  assert_refused (tai_posting_cash_sale ("T2", CNY (0), CNY (0), credits, 2, &sale), &sale,
                  TAI_CORE_ERROR_MONEY_RANGE);
  assert_refused (tai_posting_owe ("hq_refused", credits, 2, &refused), &refused, TAI_CORE_ERROR_MONEY_RANGE);
  assert_refused (tai_posting_count_difference ("T2", CNY (G_MAXINT64), CNY (-G_MAXINT64), &count), &count,
                  TAI_CORE_ERROR_MONEY_RANGE);
}

/* What HQ refuses or cancels is owed: the sales are taken back from where they were credited, the drawer is not touched. */
static void
test_owe (void)
{
  const TaiCredit credits[] = {{TAI_ACCOUNT_CUSTOMER_DEPOSITS, NULL, CNY (10000)},
                               {TAI_ACCOUNT_SIM_AND_GOODS, NULL, CNY (2000)}};
  const TaiCredit negative = {TAI_ACCOUNT_SALES, "x", CNY (-1)};
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiPostingSet) set = tai_posting_owe ("hq_refused", credits, 2, NULL);
  g_autoptr (TaiPostingSet) nothing = tai_posting_owe ("hq_cancelled", NULL, 0, NULL);

  assert_set (set, "hq_refused",
              "customer_deposits 10000, sim_and_goods 2000, refund_due -10000, refund_due -2000");
  assert_set (nothing, "hq_cancelled", "");
  assert_refused (tai_posting_owe ("hq_refused", &negative, 1, &error), &error, TAI_CORE_ERROR_UNBALANCED);
}

static void
test_refund_cash (void)
{
  g_autoptr (TaiPostingSet) set = tai_posting_refund_cash ("T2", CNY (12000), NULL);
  g_autoptr (GError) error = NULL;

  assert_set (set, "refund_cash", "refund_due 12000, drawer:T2 -12000");
  assert_refused (tai_posting_refund_cash ("T2", CNY (-1), &error), &error, TAI_CORE_ERROR_UNBALANCED);
}

/* The drawer is what was counted; the difference stands on its own line: opening apart from closing. */
static void
test_differences (void)
{
  g_autoptr (TaiPostingSet) opening_short = tai_posting_opening ("T2", CNY (50000), CNY (49500), NULL);
  g_autoptr (TaiPostingSet) opening_over = tai_posting_opening ("T2", CNY (50000), CNY (50001), NULL);
  g_autoptr (TaiPostingSet) count_short = tai_posting_count_difference ("T2", CNY (63000), CNY (60000), NULL);
  g_autoptr (TaiPostingSet) count_over = tai_posting_count_difference ("T2", CNY (0), CNY (5), NULL);

  assert_set (opening_short, "opening_difference", "opening_difference 500, drawer:T2 -500");
  assert_set (opening_over, "opening_difference", "opening_difference -1, drawer:T2 1");
  assert_set (count_short, "count_difference", "over_short 3000, drawer:T2 -3000");
  assert_set (count_over, "count_difference", "over_short -5, drawer:T2 5");
}

static void
test_no_difference (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tai_posting_opening ("T2", CNY (50000), CNY (50000), &error));
  g_assert_no_error (error);
  g_assert_null (tai_posting_count_difference ("T2", CNY (0), CNY (0), &error));
  g_assert_no_error (error);
  assert_refused (tai_posting_opening ("T2", CNY (1), tai_money (1, 392), &error), &error,
                  TAI_CORE_ERROR_MONEY_CURRENCY);
}

static void
test_float (void)
{
  g_autoptr (TaiPostingSet) out = tai_posting_float ("H017", "T2", CNY (50000), NULL);
  g_autoptr (TaiPostingSet) back = tai_posting_float ("H017", "T2", CNY (-50000), NULL);

  assert_set (out, "float", "drawer:T2 50000, safe:H017 -50000");
  assert_set (back, "float", "drawer:T2 -50000, safe:H017 50000");
}

/* The rows of the table that have no function of their own yet balance by the same rule. */
static void
test_other_rows (void)
{
  const struct {
    const char *event, *debit, *debit_detail, *credit, *credit_detail, *postings;
  } rows[] = {
      {"qr_sale", TAI_ACCOUNT_QR_CLEARING, "wechat", TAI_ACCOUNT_SALES, "new_line",
       "qr_clearing:wechat 12800, sales:new_line -12800"},
      {"qr_unknown", TAI_ACCOUNT_IN_DOUBT, NULL, TAI_ACCOUNT_SALES, "new_line",
       "in_doubt 12800, sales:new_line -12800"},
      {"qr_succeeded", TAI_ACCOUNT_QR_CLEARING, "alipay", TAI_ACCOUNT_IN_DOUBT, NULL,
       "qr_clearing:alipay 12800, in_doubt -12800"},
      {"carried_over", TAI_ACCOUNT_IN_DOUBT_CARRIED, NULL, TAI_ACCOUNT_IN_DOUBT, NULL,
       "in_doubt_carried_over 12800, in_doubt -12800"},
      {"card_sale", TAI_ACCOUNT_CARD_CLEARING, NULL, TAI_ACCOUNT_RECEIVABLE_SETTLED, NULL,
       "card_clearing 12800, receivable_settled -12800"},
      {"coupon", TAI_ACCOUNT_COUPON_CLEARING, NULL, TAI_ACCOUNT_ROUNDING, NULL,
       "coupon_clearing 12800, rounding -12800"},
      {"drop", TAI_ACCOUNT_IN_TRANSIT, "7", TAI_ACCOUNT_DRAWER, "T2", "in_transit:7 12800, drawer:T2 -12800"},
      {"deposit", TAI_ACCOUNT_BANK, NULL, TAI_ACCOUNT_IN_TRANSIT, "7", "bank 12800, in_transit:7 -12800"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TaiPostingSet) set = tai_posting_set_new (rows[i].event), reverse = NULL;
    g_autoptr (GError) error = NULL;

    tai_posting_set_add (set, rows[i].debit, rows[i].debit_detail, CNY (12800));
    g_assert_false (tai_posting_set_check (set, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_UNBALANCED);
    g_assert_nonnull (strstr (error->message, rows[i].event));
    tai_posting_set_add (set, rows[i].credit, rows[i].credit_detail, CNY (-12800));
    assert_set (set, rows[i].event, rows[i].postings);
    reverse = tai_posting_set_reverse (set, "undone");
    g_assert_true (tai_posting_set_check (reverse, NULL));
  }
}

static void
test_reverse (void)
{
  const TaiCredit credit = {TAI_ACCOUNT_SALES, "x", CNY (12800)};
  g_autoptr (TaiPostingSet) set = tai_posting_cash_sale ("T2", CNY (20000), CNY (7200), &credit, 1, NULL);
  g_autoptr (TaiPostingSet) reverse = tai_posting_set_reverse (set, "payment_failed");

  assert_set (reverse, "payment_failed", "drawer:T2 -20000, sales:x 12800, drawer:T2 7200");
  assert_set (set, "cash_sale", "drawer:T2 20000, sales:x -12800, drawer:T2 -7200");
}

/* Each currency by itself. */
static void
test_currencies (void)
{
  g_autoptr (TaiPostingSet) set = tai_posting_set_new ("two");
  g_autoptr (GError) error = NULL;

  tai_posting_set_add (set, "drawer", "T2", CNY (100));
  tai_posting_set_add (set, "sales", "x", tai_money (-100, 392));
  g_assert_false (tai_posting_set_check (set, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_UNBALANCED);
  tai_posting_set_add (set, "drawer", "T2", tai_money (100, 392));
  g_assert_false (tai_posting_set_check (set, NULL));
  tai_posting_set_add (set, "sales", "x", CNY (-100));
  g_assert_true (tai_posting_set_check (set, NULL));
}

/* A name that does not fit might be cut to another account's: the set is refused. */
static void
test_account_names (void)
{
  g_autofree char *fits = g_strnfill (TAI_ACCOUNT_SIZE - 1 - strlen ("sales:"), 'a');
  g_autofree char *too_long = g_strnfill (TAI_ACCOUNT_SIZE - strlen ("sales:"), 'a');
  g_autofree char *huge = g_strnfill (100000, 'a');
  const char *const details[] = {fits, too_long, huge};

  for (guint i = 0; i < G_N_ELEMENTS (details); i++) {
    g_autoptr (TaiPostingSet) set = tai_posting_set_new ("names");
    g_autoptr (GError) error = NULL;

    tai_posting_set_add (set, "sales", details[i], CNY (-1));
    tai_posting_set_add (set, "drawer", "T2", CNY (1));
    g_assert_true (tai_posting_set_check (set, &error) == (i == 0));
    if (i > 0)
      g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_UNBALANCED);
  }
}

/* Random sales: what is in the drawer is what was kept; the set always balances or is refused. */
static void
test_random_sales (void)
{
  for (guint round = 0; round < 2000; round++) {
    TaiCredit credits[5];
    guint n = (guint)g_test_rand_int_range (0, 6);
    gint64 total = 0, change = g_test_rand_int_range (0, 100000), off = g_test_rand_int_range (-2, 3);
    g_autoptr (TaiPostingSet) set = NULL;

    for (guint i = 0; i < n; i++) {
      credits[i] = (TaiCredit){TAI_ACCOUNT_SALES, "x", CNY (g_test_rand_int_range (0, 1000000))};
      total += credits[i].amount.minor;
    }
    set = tai_posting_cash_sale ("T2", CNY (MAX (total + change + off, 0)), CNY (change), credits, n, NULL);
    g_assert_true ((set != NULL) == (MAX (total + change + off, 0) == total + change));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/posting/cash-sale", test_cash_sale);
  g_test_add_func ("/core/posting/cash-sale-exact", test_cash_sale_exact);
  g_test_add_func ("/core/posting/cash-sale-refused", test_cash_sale_refused);
  g_test_add_func ("/core/posting/overflow", test_overflow);
  g_test_add_func ("/core/posting/owe", test_owe);
  g_test_add_func ("/core/posting/refund-cash", test_refund_cash);
  g_test_add_func ("/core/posting/differences", test_differences);
  g_test_add_func ("/core/posting/no-difference", test_no_difference);
  g_test_add_func ("/core/posting/float", test_float);
  g_test_add_func ("/core/posting/other-rows", test_other_rows);
  g_test_add_func ("/core/posting/reverse", test_reverse);
  g_test_add_func ("/core/posting/currencies", test_currencies);
  g_test_add_func ("/core/posting/account-names", test_account_names);
  g_test_add_func ("/core/posting/random-sales", test_random_sales);
  return g_test_run ();
}
