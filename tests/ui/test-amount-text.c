/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-amount-text.h"

#define JPY ((guint16)392)
#define KWD ((guint16)414)

static void
assert_raw (const char *typed, const char *wanted)
{
  g_autofree char *raw = tai_amount_text_to_raw (typed);

  g_assert_cmpstr (raw, ==, wanted);
}

static void
test_raw (void)
{
  assert_raw ("", "");
  assert_raw ("128", "128");
  assert_raw ("１２８。５０", "128.50");
  assert_raw ("１２８．５", "128.5");
  assert_raw ("￥1,234,567.5", "1234567.5");
  assert_raw ("¥ 1 234", "1234");
  assert_raw ("1，234", "1234");
  assert_raw (".5", "0.5");
  assert_raw ("。", "0.");
  assert_raw ("007", "7");
  assert_raw ("000", "0");
  assert_raw ("00.5", "0.5");
  assert_raw ("一百", "一百");
  assert_raw ("-5", "-5");
  assert_raw ("1.2.3", "1.2.3");
}

static void
test_check (void)
{
  TaiMoney cny = tai_money (TAI_MONEY_LIMIT_MINOR, TAI_CNY), hundred = tai_money (10000, TAI_CNY);
  static const char *const good[] = {"", "0", "1", "12.", "12.5", "12.50", "100000000000.00"};
  static const char *const letters[] = {"a", "1a", "-5", "1.2.3", "1..", "一", "1e5", "0x1"};

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpint (tai_amount_text_check (good[i], cny), ==, TAI_AMOUNT_PROBLEM_NONE);
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    g_assert_cmpint (tai_amount_text_check (letters[i], cny), ==, TAI_AMOUNT_PROBLEM_CHARACTER);
  g_assert_cmpint (tai_amount_text_check ("1.234", cny), ==, TAI_AMOUNT_PROBLEM_DECIMALS);
  g_assert_cmpint (tai_amount_text_check ("1.", tai_money (1000, JPY)), ==, TAI_AMOUNT_PROBLEM_DECIMALS);
  g_assert_cmpint (tai_amount_text_check ("1000", tai_money (1000, JPY)), ==, TAI_AMOUNT_PROBLEM_NONE);
  g_assert_cmpint (tai_amount_text_check ("1.234", tai_money (10000, KWD)), ==, TAI_AMOUNT_PROBLEM_NONE);
  g_assert_cmpint (tai_amount_text_check ("100", hundred), ==, TAI_AMOUNT_PROBLEM_NONE);
  g_assert_cmpint (tai_amount_text_check ("100.01", hundred), ==, TAI_AMOUNT_PROBLEM_LIMIT);
  g_assert_cmpint (tai_amount_text_check ("100000000000.01", cny), ==, TAI_AMOUNT_PROBLEM_LIMIT);
  g_assert_cmpint (tai_amount_text_check ("99999999999999999999999999", cny), ==, TAI_AMOUNT_PROBLEM_LIMIT);
}

static void
test_group (void)
{
  static const char *const pairs[][2] = {{"", ""},
                                         {"1", "1"},
                                         {"12", "12"},
                                         {"123", "123"},
                                         {"1234", "1,234"},
                                         {"123456", "123,456"},
                                         {"0.5", "0.5"},
                                         {"1234567.89", "1,234,567.89"},
                                         {"1000.", "1,000."},
                                         {"999.1234", "999.1234"}};

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *text = tai_amount_text_group (pairs[i][0]);

    g_assert_cmpstr (text, ==, pairs[i][1]);
  }
}

/* What is shown is read back as the same amount. */
static void
test_round_trip (void)
{
  for (int i = 0; i < 20000; i++) {
    TaiMoney amount =
        tai_money (g_test_rand_int_range (0, G_MAXINT) * (gint64)g_test_rand_int_range (1, 4000), TAI_CNY);
    TaiMoney again = {0};
    g_autofree char *text = tai_money_to_text (amount), *grouped = tai_amount_text_group (text);
    g_autofree char *raw = tai_amount_text_to_raw (grouped);

    g_assert_cmpstr (raw, ==, text);
    g_assert_cmpint (tai_amount_text_check (raw, tai_money (TAI_MONEY_LIMIT_MINOR, TAI_CNY)), ==,
                     amount.minor <= TAI_MONEY_LIMIT_MINOR ? TAI_AMOUNT_PROBLEM_NONE
                                                           : TAI_AMOUNT_PROBLEM_LIMIT);
    if (amount.minor <= TAI_MONEY_LIMIT_MINOR) {
      g_assert_true (tai_amount_text_to_money (raw, TAI_CNY, &again));
      g_assert_cmpint (again.minor, ==, amount.minor);
    }
  }
}

static void
test_beginnings (void)
{
  TaiMoney amount = {0};

  g_assert_false (tai_amount_text_to_money ("", TAI_CNY, &amount));
  g_assert_true (tai_amount_text_to_money ("12.", TAI_CNY, &amount));
  g_assert_cmpint (amount.minor, ==, 1200);
  g_assert_true (tai_amount_text_to_money ("0.", TAI_CNY, &amount));
  g_assert_cmpint (amount.minor, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/amount-text/raw", test_raw);
  g_test_add_func ("/ui/amount-text/check", test_check);
  g_test_add_func ("/ui/amount-text/group", test_group);
  g_test_add_func ("/ui/amount-text/round-trip", test_round_trip);
  g_test_add_func ("/ui/amount-text/beginnings", test_beginnings);
  return g_test_run ();
}
