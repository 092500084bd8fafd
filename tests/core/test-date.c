/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-date.h"

#include "tai-test-data.h"

/* Every day of the range, counted by hand: days, days back, months, text. */
static void
test_every_day (void)
{
  TaiDate date = {1, 1, 1};
  gint64 days = tai_date_to_days (date);
  guint n = 0;

  g_assert_cmpint (tai_date_to_days ((TaiDate){1970, 1, 1}), ==, 0);
  g_assert_cmpint (tai_date_to_days ((TaiDate){2000, 3, 1}), ==, 11017);
  while (date.year <= 9999) {
    TaiDate back = tai_date_from_days (days);

    g_assert_true (tai_date_is_valid (date));
    g_assert_cmpint (tai_date_to_days (date), ==, days);
    g_assert_cmpint (tai_date_compare (back, date), ==, 0);
    days++;
    n++;
    if (date.year == 9999 && date.month == 12 && date.day == 31)
      break;
    if (++date.day > tai_date_days_in_month (date.year, date.month)) {
      date.day = 1;
      if (++date.month > 12) {
        date.month = 1;
        date.year++;
      }
    }
  }
  g_assert_cmpuint (n, ==, 3652059);
  g_assert_cmpint (tai_date_compare (tai_date_from_days (G_MAXINT64), TAI_DATE_FOREVER), ==, 0);
  g_assert_cmpint (tai_date_compare (tai_date_from_days (G_MININT64), (TaiDate){1, 1, 1}), ==, 0);
}

static void
test_against_glib (void)
{
  for (int i = 0; i < 5000; i++) {
    guint32 julian = (guint32)g_test_rand_int_range (1, 3652059);
    g_autoptr (GDate) wanted = g_date_new_julian (julian);
    TaiDate date = tai_date_from_days ((gint64)julian - 719163);

    g_assert_cmpint (date.year, ==, g_date_get_year (wanted));
    g_assert_cmpint (date.month, ==, g_date_get_month (wanted));
    g_assert_cmpint (date.day, ==, g_date_get_day (wanted));
    g_assert_cmpint (tai_date_days_in_month (date.year, date.month), ==,
                     g_date_get_days_in_month (g_date_get_month (wanted), g_date_get_year (wanted)));
  }
}

static void
test_valid (void)
{
  static const TaiDate bad[] = {{0, 0, 0},     {0, 1, 1},     {10000, 1, 1}, {-1, 1, 1},
                                {2026, 0, 1},  {2026, 13, 1}, {2026, 1, 0},  {2026, 1, 32},
                                {2026, 2, 29}, {1900, 2, 29}, {2026, 4, 31}, {2026, -1, 1}};

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (tai_date_is_valid (bad[i]));
  g_assert_true (tai_date_is_valid ((TaiDate){2000, 2, 29}));
  g_assert_true (tai_date_is_valid ((TaiDate){2024, 2, 29}));
  g_assert_true (tai_date_is_valid (TAI_DATE_FOREVER));
  g_assert_cmpint (tai_date_days_in_month (2026, 0), ==, 0);
  g_assert_cmpint (tai_date_days_in_month (2026, 13), ==, 0);
  g_assert_cmpint (tai_date_compare ((TaiDate){2026, 1, 31}, (TaiDate){2026, 2, 1}), ==, -1);
  g_assert_cmpint (tai_date_compare ((TaiDate){2027, 1, 1}, (TaiDate){2026, 12, 31}), ==, 1);
}

static void
test_text (void)
{
  static const char *const bad[] = {"",          "2026",       "2026-11-2",  "2026-11-222", "2026/11/22",
                                    "2026-1122", "202611-22",  "20261322",   "20261131",    "2026-02-29",
                                    "00000101",  "0000-01-01", "２０２６11", "2026-11-22 ", " 2026-11-2",
                                    "+0261122",  "2026-11--2", "长期"};
  TaiDate date = {1, 2, 3};

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%s", bad[i]);
    g_assert_false (tai_date_from_text (bad[i], &date));
    g_assert_cmpint (date.day, ==, 3);
  }
  g_assert_true (tai_date_from_text ("20261122", &date));

  g_autofree char *text = tai_date_to_text (date);

  g_assert_cmpstr (text, ==, "2026-11-22");
  g_assert_true (tai_date_from_text ("0987-06-05", &date));
  g_assert_cmpint (tai_date_compare (date, (TaiDate){987, 6, 5}), ==, 0);
}

static void
test_add_months (void)
{
  static const struct {
    TaiDate from;
    int months;
    TaiDate to;
  } cases[] = {
      {{2026, 11, 22}, 1, {2026, 12, 22}},      {{2026, 12, 22}, 1, {2027, 1, 22}},
      {{2026, 1, 31}, 1, {2026, 2, 28}},        {{2024, 1, 31}, 1, {2024, 2, 29}},
      {{2024, 2, 29}, 12, {2025, 2, 28}},       {{2026, 3, 31}, -1, {2026, 2, 28}},
      {{2026, 1, 15}, -13, {2024, 12, 15}},     {{2026, 5, 31}, 0, {2026, 5, 31}},
      {{9999, 12, 1}, 1, {9999, 12, 31}},       {{1, 1, 5}, -1, {1, 1, 1}},
      {{2026, 1, 1}, G_MAXINT, {9999, 12, 31}}, {{2026, 1, 1}, G_MININT, {1, 1, 1}},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TaiDate to = tai_date_add_months (cases[i].from, cases[i].months);

    g_assert_cmpint (tai_date_compare (to, cases[i].to), ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/every-day", test_every_day);
  g_test_add_func ("/date/against-glib", test_against_glib);
  g_test_add_func ("/date/valid", test_valid);
  g_test_add_func ("/date/text", test_text);
  g_test_add_func ("/date/add-months", test_add_months);
  return g_test_run ();
}
