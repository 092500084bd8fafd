/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-cash.h"
#include "tai-money.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-test-data.h"

#define JPY ((guint16)392)
#define KWD ((guint16)414)

static void
assert_refused (const char *text, guint16 currency, int code)
{
  g_autoptr (GError) error = NULL;
  TaiMoney money = tai_money (77, JPY);

  g_test_message ("%s", text);
  g_assert_false (tai_money_from_text (text, currency, &money, &error));
  g_assert_error (error, TAI_CORE_ERROR, code);
  g_assert_cmpint (money.minor, ==, 77);
}

static void
test_text (void)
{
  static const struct {
    const char *in, *out;
    guint16 currency;
    gint64 minor;
  } cases[] = {
      {"128", "128.00", TAI_CNY, 12800},
      {"128.0", "128.00", TAI_CNY, 12800},
      {"128.05", "128.05", TAI_CNY, 12805},
      {"-0.05", "-0.05", TAI_CNY, -5},
      {"-5.50", "-5.50", TAI_CNY, -550},
      {"0", "0.00", TAI_CNY, 0},
      {"-0", "0.00", TAI_CNY, 0},
      {"007.10", "7.10", TAI_CNY, 710},
      {"19.90", "19.90", TAI_CNY, 1990},
      {"1200", "1200", JPY, 1200},
      {"-1", "-1", JPY, -1},
      {"1.234", "1.234", KWD, 1234},
      {"-0.007", "-0.007", KWD, -7},
      {"100000000000.00", "100000000000.00", TAI_CNY, TAI_MONEY_LIMIT_MINOR},
      {"-100000000000", "-100000000000.00", TAI_CNY, -TAI_MONEY_LIMIT_MINOR},
      {"000000000000000000000000000000000000000001", "1.00", TAI_CNY, 100},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    TaiMoney money;

    g_assert_true (tai_money_from_text (cases[i].in, cases[i].currency, &money, &error));
    g_assert_no_error (error);
    g_assert_cmpint (money.minor, ==, cases[i].minor);
    g_assert_cmpuint (money.currency, ==, cases[i].currency);

    g_autofree char *text = tai_money_to_text (money);

    g_assert_cmpstr (text, ==, cases[i].out);
  }
}

static void
test_text_refused (void)
{
  static const char *const syntax[] = {
      "",      "-",     "--1",   "+1",    " 1",  "1 ",   ".5",
      "5.",    "-.5",   "1.2.3", "1,00",  "1e3", "0x10", "１２",
      "¥5",    "5元",   "NaN",   "inf",   "1-",  "1.-5", "1\n",
      "1.00x", "1_000", "٣",     "1.0 0", "−5",  "１",   "9999999999999999999999x"};

  for (gsize i = 0; i < G_N_ELEMENTS (syntax); i++)
    assert_refused (syntax[i], TAI_CNY, TAI_CORE_ERROR_MONEY_SYNTAX);
  assert_refused ("1.005", TAI_CNY, TAI_CORE_ERROR_MONEY_DECIMALS);
  assert_refused ("1.000", TAI_CNY, TAI_CORE_ERROR_MONEY_DECIMALS);
  assert_refused ("1.0", JPY, TAI_CORE_ERROR_MONEY_DECIMALS);
  assert_refused ("1.0000", KWD, TAI_CORE_ERROR_MONEY_DECIMALS);
  assert_refused ("100000000000.01", TAI_CNY, TAI_CORE_ERROR_MONEY_RANGE);
  assert_refused ("-100000000000.01", TAI_CNY, TAI_CORE_ERROR_MONEY_RANGE);
  assert_refused ("100000000001", TAI_CNY, TAI_CORE_ERROR_MONEY_RANGE);
  assert_refused ("184467440737095516.16", TAI_CNY, TAI_CORE_ERROR_MONEY_RANGE);
  assert_refused ("99999999999999999999999999999999999999999999999", TAI_CNY, TAI_CORE_ERROR_MONEY_RANGE);
  assert_refused ("1.00", 0, TAI_CORE_ERROR_MONEY_CURRENCY);
  assert_refused ("1.00", 999, TAI_CORE_ERROR_MONEY_CURRENCY);
}

/* An amount as digits on paper: sign, 40 digits. The oracle for sums: no machine arithmetic above 18. */
static void
naive_add (const char *a, const char *b, char sum[40])
{
  gsize n_a = strlen (a), n_b = strlen (b), n = MAX (n_a, n_b) + 1;
  int carry = 0;

  sum[n] = '\0';
  for (gsize i = 0; i < n; i++) {
    int digit = carry + (i < n_a ? a[n_a - 1 - i] - '0' : 0) + (i < n_b ? b[n_b - 1 - i] - '0' : 0);

    sum[n - 1 - i] = (char)('0' + digit % 10);
    carry = digit / 10;
  }
  while (sum[0] == '0' && sum[1] != '\0')
    memmove (sum, sum + 1, strlen (sum));
}

static void
test_add_against_paper (void)
{
  for (int i = 0; i < 20000; i++) {
    gint64 a = (gint64)((guint64)tai_test_rand_int64 () >> (1 + g_test_rand_int_range (0, 63)));
    gint64 b = (gint64)((guint64)tai_test_rand_int64 () >> (1 + g_test_rand_int_range (0, 63)));
    g_autofree char *text_a = g_strdup_printf ("%" G_GINT64_FORMAT, a);
    g_autofree char *text_b = g_strdup_printf ("%" G_GINT64_FORMAT, b);
    char sum[40];
    TaiMoney result;

    naive_add (text_a, text_b, sum);

    gboolean fits = strlen (sum) < 19 || (strlen (sum) == 19 && strcmp (sum, "9223372036854775807") <= 0);

    g_assert_cmpint (tai_money_add (tai_money (a, JPY), tai_money (b, JPY), &result, NULL), ==, fits);
    if (!fits)
      continue;

    g_autofree char *text = tai_money_to_text (result);

    g_assert_cmpstr (text, ==, sum);
    /* and back, with the other sign as well */
    g_assert_true (tai_money_subtract (result, tai_money (b, JPY), &result, NULL));
    g_assert_cmpint (result.minor, ==, a);
    g_assert_true (tai_money_add (tai_money_negate (result), tai_money (a, JPY), &result, NULL));
    g_assert_cmpint (result.minor, ==, 0);
  }
}

static void
test_arithmetic_against_128 (void)
{
  for (int i = 0; i < 50000; i++) {
    int shift_a = g_test_rand_int_range (0, 63), shift_b = g_test_rand_int_range (0, 63);
    gint64 a = tai_test_rand_int64 () >> shift_a, b = tai_test_rand_int64 () >> shift_b;
    __int128 sum = (__int128)a + b, difference = (__int128)a - b;
    TaiMoney result = tai_money (42, TAI_CNY);
    gboolean fits = sum >= -G_MAXINT64 && sum <= G_MAXINT64;

    g_assert_cmpint (tai_money_add (tai_money (a, TAI_CNY), tai_money (b, TAI_CNY), &result, NULL), ==, fits);
    g_assert_true (result.minor == (fits ? sum : 42));
    result.minor = 42;
    fits = difference >= -G_MAXINT64 && difference <= G_MAXINT64;
    g_assert_cmpint (tai_money_subtract (tai_money (a, TAI_CNY), tai_money (b, TAI_CNY), &result, NULL), ==,
                     fits);
    g_assert_true (result.minor == (fits ? difference : 42));
  }
}

static void
test_arithmetic_edges (void)
{
  g_autoptr (GError) error = NULL;
  TaiMoney max = tai_money (G_MAXINT64, TAI_CNY), one = tai_money (1, TAI_CNY),
           result = tai_money (5, TAI_CNY);

  g_assert_false (tai_money_add (max, one, &result, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_RANGE);
  g_clear_error (&error);
  g_assert_false (tai_money_subtract (tai_money_negate (max), one, &result, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_RANGE);
  g_clear_error (&error);
  g_assert_false (tai_money_add (one, tai_money (1, JPY), &result, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_CURRENCY);
  g_clear_error (&error);
  g_assert_false (tai_money_subtract (one, tai_money (1, JPY), &result, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_CURRENCY);
  g_clear_error (&error);
  /* a zeroed struct is no money */
  g_assert_false (tai_money_add ((TaiMoney){0}, (TaiMoney){0}, &result, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_CURRENCY);
  g_clear_error (&error);
  g_assert_false (tai_money_scale (max, 2, 1, TAI_ROUNDING_DOWN, &result, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_RANGE);
  g_clear_error (&error);
  g_assert_false (tai_money_scale (tai_money (1, 0), 1, 1, TAI_ROUNDING_DOWN, &result, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_CURRENCY);
  g_assert_cmpint (result.minor, ==, 5);
  /* the sum may be one of the arguments */
  result = tai_money (5, TAI_CNY);
  g_assert_true (tai_money_add (result, one, &result, NULL));
  g_assert_cmpint (result.minor, ==, 6);
}

static gint64
scaled (gint64 minor, gint64 numerator, gint64 denominator, TaiRounding rounding)
{
  g_autoptr (GError) error = NULL;
  TaiMoney result;

  tai_money_scale (tai_money (minor, TAI_CNY), numerator, denominator, rounding, &result, &error);
  g_assert_no_error (error);
  return result.minor;
}

static void
test_scale (void)
{
  g_autoptr (GError) error = NULL;
  TaiMoney result = tai_money (5, TAI_CNY);

  /* the worked bill: 59.00 × 10 ÷ 30; 41.30 × 10 ÷ 30; 30 % off */
  g_assert_cmpint (scaled (5900, 10, 30, TAI_ROUNDING_HALF_UP), ==, 1967);
  g_assert_cmpint (scaled (5900, 10, 30, TAI_ROUNDING_DOWN), ==, 1966);
  g_assert_cmpint (scaled (5900, 70, 100, TAI_ROUNDING_EXACT), ==, 4130);
  g_assert_cmpint (scaled (4130, 10, 30, TAI_ROUNDING_HALF_UP), ==, 1377);
  g_assert_cmpint (scaled (-5900, 10, 30, TAI_ROUNDING_HALF_UP), ==, -1967);
  g_assert_cmpint (scaled (-5900, 10, 30, TAI_ROUNDING_DOWN), ==, -1966);
  /* halves go away from zero */
  g_assert_cmpint (scaled (1, 1, 2, TAI_ROUNDING_HALF_UP), ==, 1);
  g_assert_cmpint (scaled (-1, 1, 2, TAI_ROUNDING_HALF_UP), ==, -1);
  g_assert_cmpint (scaled (1, -1, 2, TAI_ROUNDING_HALF_UP), ==, -1);
  g_assert_cmpint (scaled (0, 1, 3, TAI_ROUNDING_EXACT), ==, 0);
  /* the product needs 126 bits */
  g_assert_cmpint (scaled (G_MAXINT64, G_MAXINT64, G_MAXINT64, TAI_ROUNDING_EXACT), ==, G_MAXINT64);
  g_assert_cmpint (scaled (-G_MAXINT64, G_MAXINT64, G_MAXINT64, TAI_ROUNDING_HALF_UP), ==, -G_MAXINT64);
  g_assert_false (tai_money_scale (tai_money (5900, TAI_CNY), 10, 30, TAI_ROUNDING_EXACT, &result, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_DECIMALS);
  g_assert_cmpint (result.minor, ==, 5);
}

/* By multiplication only: the result is the one whose distance to the true value is as the rounding promises. */
static void
test_scale_property (void)
{
  for (int i = 0; i < 50000; i++) {
    gint64 a = tai_test_rand_int64 () % TAI_MONEY_LIMIT_MINOR;
    gint64 numerator = tai_test_rand_int64 () % 100000;
    gint64 denominator = g_test_rand_int_range (1, 100000);
    __int128 exact = (__int128)a * numerator;
    TaiMoney up, down, same;
    gboolean fits =
        tai_money_scale (tai_money (a, TAI_CNY), numerator, denominator, TAI_ROUNDING_DOWN, &down, NULL);

    g_assert_true (fits);
    g_assert_true (
        tai_money_scale (tai_money (a, TAI_CNY), numerator, denominator, TAI_ROUNDING_HALF_UP, &up, NULL));

    __int128 rest_down = exact - (__int128)down.minor * denominator;
    __int128 rest_up = 2 * (exact - (__int128)up.minor * denominator);
    int sign = exact < 0 ? -1 : 1;

    /* towards zero: the rest has the sign of the value and is below one unit */
    g_assert_true (rest_down * sign >= 0 && rest_down * sign < denominator);
    /* nearest, a tie away from zero: -1/2 <= rest < 1/2 of a unit, seen from zero */
    g_assert_true (rest_up * sign >= -denominator && rest_up * sign < denominator);
    g_assert_cmpint (
        tai_money_scale (tai_money (a, TAI_CNY), numerator, denominator, TAI_ROUNDING_EXACT, &same, NULL), ==,
        rest_down == 0);
  }
}

static void
test_text_round_trip (void)
{
  static const guint16 currencies[] = {TAI_CNY, JPY, KWD};

  for (int i = 0; i < 50000; i++) {
    guint16 currency = currencies[i % 3];
    TaiMoney money = tai_money (tai_test_rand_int64 () % (TAI_MONEY_LIMIT_MINOR + 1) >> i % 40, currency);
    TaiMoney back;
    char buffer[32];

    g_assert_true (tai_money_from_text (tai_money_print (money, buffer), currency, &back, NULL));
    g_assert_cmpint (back.minor, ==, money.minor);
    g_assert_cmpuint (back.currency, ==, currency);
  }
}

/* Sums are printed whole even where no single amount may be. */
static void
test_print_extremes (void)
{
  char buffer[32];

  g_assert_cmpstr (tai_money_print (tai_money (G_MAXINT64, TAI_CNY), buffer), ==, "92233720368547758.07");
  g_assert_cmpstr (tai_money_print (tai_money (-G_MAXINT64, TAI_CNY), buffer), ==, "-92233720368547758.07");
  g_assert_cmpstr (tai_money_print (tai_money (G_MININT64, KWD), buffer), ==, "-9223372036854775.808");
  g_assert_cmpstr (tai_money_print (tai_money (G_MININT64, JPY), buffer), ==, "-9223372036854775808");
}

static void
test_capitals_vectors (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("rmb_capital.json");
  gsize n = tai_test_json_length (data, "cases");

  g_assert_cmpuint (n, >=, 38);
  for (gsize i = 0; i < n; i++) {
    json_object *one = tai_test_json_element (data, "cases", i);
    g_autofree char *wanted = g_strconcat ("人民币", tai_test_json_string (one, "capital"), NULL);
    TaiMoney money;

    g_assert_true (tai_money_from_text (tai_test_json_string (one, "amount"), TAI_CNY, &money, NULL));
    g_assert_cmpint (money.minor, ==, tai_test_json_int (one, "fen"));

    g_autofree char *capitals = tai_money_to_capitals (money);

    g_assert_cmpstr (capitals, ==, wanted);
  }
}

/* Reads capitals as a person does: an own way back, so that a wrong zero or a lost unit is seen. */
static gint64
read_capitals (const char *text)
{
  static const char *const digits[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
  gint64 fen = 0, high = 0, section = 0, digit = 0, sign = 1;

  g_assert_true (g_str_has_prefix (text, "人民币"));
  for (const char *p = text + strlen ("人民币"); *p != '\0'; p = g_utf8_next_char (p)) {
    gboolean found = FALSE;

    for (int i = 0; i < 10; i++) {
      if (g_str_has_prefix (p, digits[i])) {
        digit = i;
        found = TRUE;
      }
    }
    if (found)
      continue;
    if (g_str_has_prefix (p, "负"))
      sign = -1;
    else if (g_str_has_prefix (p, "拾"))
      section += digit * 10, digit = 0;
    else if (g_str_has_prefix (p, "佰"))
      section += digit * 100, digit = 0;
    else if (g_str_has_prefix (p, "仟"))
      section += digit * 1000, digit = 0;
    else if (g_str_has_prefix (p, "万"))
      high += (section + digit) * 10000, section = digit = 0;
    else if (g_str_has_prefix (p, "亿"))
      high = (high + section + digit) * 100000000, section = digit = 0;
    else if (g_str_has_prefix (p, "元"))
      fen = (high + section + digit) * 100, high = section = digit = 0;
    else if (g_str_has_prefix (p, "角"))
      fen += digit * 10, digit = 0;
    else if (g_str_has_prefix (p, "分"))
      fen += digit, digit = 0;
    else
      g_assert_true (g_str_equal (p, "整"));
  }
  return sign * fen;
}

static void
check_capitals (gint64 fen)
{
  g_autofree char *capitals = tai_money_to_capitals (tai_money (fen, TAI_CNY));

  g_assert_cmpint (read_capitals (capitals), ==, fen);
  g_assert_null (strstr (capitals, "零零"));
  g_assert_null (strstr (capitals, "零万"));
  g_assert_null (strstr (capitals, "零亿"));
  g_assert_true (fen == 0 || strstr (capitals, "零元") == NULL || strstr (capitals, "元零") != NULL);
  /* 整 ends it exactly when there are no fen */
  g_assert_cmpint (g_str_has_suffix (capitals, "整"), ==, fen % 10 == 0);
}

static void
test_capitals_property (void)
{
  for (gint64 fen = -2000; fen < 2000000; fen += 7)
    check_capitals (fen);
  for (int i = 0; i < 20000; i++) {
    gint64 fen = tai_test_rand_int64 () % TAI_MONEY_LIMIT_MINOR;

    /* many zeros: the hard part */
    if (i % 2 == 0)
      fen = fen / 100000000 * 100000000 + g_test_rand_int_range (0, 10) * (i % 4 == 0 ? 1000 : 1000000);
    check_capitals (fen);
  }
}

static void
test_capitals_edges (void)
{
  static const struct {
    gint64 fen;
    const char *text;
  } cases[] = {
      {G_GINT64_CONSTANT (10000100000), "人民币壹亿零壹仟元整"},
      {G_GINT64_CONSTANT (10010000000), "人民币壹亿零壹拾万元整"},
      {G_GINT64_CONSTANT (100000000000000), "人民币壹万亿元整"},
      {G_GINT64_CONSTANT (100001000000000), "人民币壹万亿零壹仟万元整"},
      {G_GINT64_CONSTANT (1000000000000000000), "人民币壹亿亿元整"},
      {G_MAXINT64, "人民币玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = tai_money_to_capitals (tai_money (cases[i].fen, TAI_CNY));

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_currency (void)
{
  static const struct {
    const char *alpha;
    guint16 numeric;
    int decimals;
  } cases[] = {{"CNY", 156, 2}, {"JPY", 392, 0}, {"KWD", 414, 3}, {"HKD", 344, 2}, {"MOP", 446, 2},
               {"TWD", 901, 2}, {"USD", 840, 2}, {"EUR", 978, 2}, {"KRW", 410, 0}, {"ALL", 8, 2}};
  g_autoptr (GError) error = NULL;
  guint16 currency = 7;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_true (tai_currency_from_code (cases[i].alpha, &currency, NULL));
    g_assert_cmpuint (currency, ==, cases[i].numeric);
    g_assert_cmpstr (tai_currency_to_code (currency), ==, cases[i].alpha);
    g_assert_cmpint (tai_currency_get_decimals (currency), ==, cases[i].decimals);
  }
  g_assert_false (tai_currency_from_code ("cny", &currency, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_CURRENCY);
  g_assert_null (tai_currency_to_code (0));
  g_assert_cmpint (tai_currency_get_decimals (0), ==, -1);
  /* every code is unique both ways */
  for (guint16 i = 0; i < 1000; i++) {
    const char *alpha = tai_currency_to_code (i);

    g_assert_cmpint (alpha != NULL, ==, tai_currency_get_decimals (i) >= 0);
    if (alpha != NULL) {
      g_assert_true (tai_currency_from_code (alpha, &currency, NULL));
      g_assert_cmpuint (currency, ==, i);
    }
  }
}

static void
test_rounding_text (void)
{
  g_autoptr (GError) error = NULL;
  TaiRounding rounding;

  for (TaiRounding i = TAI_ROUNDING_HALF_UP; i <= TAI_ROUNDING_EXACT; i++) {
    g_assert_true (tai_rounding_from_text (tai_rounding_to_text (i), &rounding, NULL));
    g_assert_cmpint (rounding, ==, i);
  }
  g_assert_cmpstr (tai_rounding_to_text (TAI_ROUNDING_HALF_UP), ==, "half_up");
  g_assert_false (tai_rounding_from_text ("half_even", &rounding, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
}

static void
test_doubtful (void)
{
  g_assert_false (tai_cash_is_doubtful (tai_money (5000, TAI_CNY), tai_money (3000, TAI_CNY)));
  g_assert_false (tai_cash_is_doubtful (tai_money (102999, TAI_CNY), tai_money (3000, TAI_CNY)));
  g_assert_true (tai_cash_is_doubtful (tai_money (103000, TAI_CNY), tai_money (3000, TAI_CNY)));
  g_assert_false (tai_cash_is_doubtful (tai_money (3000, TAI_CNY), tai_money (500000, TAI_CNY)));
  g_assert_false (tai_cash_is_doubtful (tai_money (G_MININT64, TAI_CNY), tai_money (1, TAI_CNY)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/text", test_text);
  g_test_add_func ("/money/text-refused", test_text_refused);
  g_test_add_func ("/money/text-round-trip", test_text_round_trip);
  g_test_add_func ("/money/print-extremes", test_print_extremes);
  g_test_add_func ("/money/add-against-paper", test_add_against_paper);
  g_test_add_func ("/money/arithmetic-against-128-bits", test_arithmetic_against_128);
  g_test_add_func ("/money/arithmetic-edges", test_arithmetic_edges);
  g_test_add_func ("/money/scale", test_scale);
  g_test_add_func ("/money/scale-property", test_scale_property);
  g_test_add_func ("/money/capitals-vectors", test_capitals_vectors);
  g_test_add_func ("/money/capitals-property", test_capitals_property);
  g_test_add_func ("/money/capitals-edges", test_capitals_edges);
  g_test_add_func ("/money/currency", test_currency);
  g_test_add_func ("/money/rounding-text", test_rounding_text);
  g_test_add_func ("/core/money/doubtful-cash", test_doubtful);
  return g_test_run ();
}
