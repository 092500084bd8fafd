/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days and months that a report is of, and adding up its lines. */
#include "tai-period.h"
#include "tai-till-report.h"

static void
test_texts (void)
{
  const struct {
    const char *text, *from, *until, *before, *like;
  } good[] = {
      {"2026-11-27", "2026-11-27", "2026-11-27", "2026-11-26", "2026-11-20"},
      {"20261201", "2026-12-01", "2026-12-01", "2026-11-30", "2026-11-24"},
      {"2026-11", "2026-11-01", "2026-11-30", "2026-10", "2025-11"},
      {"202601", "2026-01-01", "2026-01-31", "2025-12", "2025-01"},
      {"2028-02", "2028-02-01", "2028-02-29", "2028-01", "2027-02"},
  };
  static const char *const bad[] = {NULL,         "",        "2026",       "2026-13",
                                    "2026-00",    "2026-1",  "2026-11-31", "2026-11-",
                                    "2026-11-2x", "11-2026", "today",      "２０２６-11"};
  TaiPeriod period = {.text = "kept"};

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    TaiPeriod one, before, like;
    g_assert_true (tai_period_from_text (good[i].text, &one));
    g_assert_cmpstr (one.from, ==, good[i].from);
    g_assert_cmpstr (one.until, ==, good[i].until);
    before = tai_period_before (&one);
    like = tai_period_like (&one);
    g_assert_cmpstr (before.text, ==, good[i].before);
    g_assert_cmpstr (like.text, ==, good[i].like);
    g_assert_true (one.is_month == (before.from[9] != before.until[9] || before.from[8] != before.until[8]));
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (tai_period_from_text (bad[i], &period));
  g_assert_cmpstr (period.text, ==, "kept");
}

/* There and back again, over leap days and ends of years. */
static void
test_steps (void)
{
  TaiPeriod day, month;

  g_assert_true (tai_period_from_text ("2027-12-31", &day) && tai_period_from_text ("2027-12", &month));
  for (int i = 1; i < 500; i++) {
    TaiPeriod there = tai_period_step (&day, i), back = tai_period_step (&there, -i);
    g_assert_cmpstr (back.text, ==, day.text);
    there = tai_period_step (&month, i);
    back = tai_period_step (&there, -i);
    g_assert_cmpstr (back.text, ==, month.text);
    g_assert_true (there.is_month);
  }
}

static TaiReportLine *
line (const char *clerk, gint64 quarter, gint64 minor, guint16 currency)
{
  TaiReportLine *self = tai_report_line_new (clerk, "top_up", NULL);

  self->quarter = quarter;
  self->count = 1;
  self->amount = tai_money (minor, currency);
  return self;
}

/* An hour is the wall clock's, also where it is three quarters off, and before 1970. */
static void
test_hours (void)
{
  const struct {
    int offset;
    gint64 quarter;
    int hour;
    gint64 begins;
  } cases[] = {{0, 0, 0, 0},   {480, 0, 8, 0},    {480, 5, 9, 4},  {345, 0, 5, -3},
               {345, 1, 6, 1}, {-210, 0, 20, -2}, {0, -1, 23, -4}, {480, 65, 0, 64}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_line_free);
    g_autoptr (GPtrArray) hours = NULL;
    g_ptr_array_add (lines, line ("1", cases[i].quarter, 1, TAI_CNY));
    hours = tai_report_lines_group (lines, TAI_REPORT_BY_HOUR, cases[i].offset);
    g_assert_cmpint (tai_report_line_get_hour (lines->pdata[0], cases[i].offset), ==, cases[i].hour);
    g_assert_cmpint (((TaiReportLine *)hours->pdata[0])->quarter, ==, cases[i].begins);
  }
}

/* What is not to be told makes no sum, and neither do two currencies or too much. */
static void
test_groups (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_line_free);
  g_autoptr (GPtrArray) clerks = NULL, all = NULL;
  const TaiReportLine *first, *second;

  g_ptr_array_add (lines, line ("2", 9, 100, TAI_CNY));
  g_ptr_array_add (lines, line ("1", 8, 5, TAI_CNY));
  g_ptr_array_add (lines, line ("2", 7, -30, TAI_CNY));
  g_ptr_array_add (lines, line ("1", 6, 0, 0));
  clerks = tai_report_lines_group (lines, TAI_REPORT_BY_CLERK, 0);
  g_assert_cmpuint (clerks->len, ==, 2);
  first = clerks->pdata[0];
  second = clerks->pdata[1];
  g_assert_cmpstr (first->clerk, ==, "2");
  g_assert_cmpint (first->amount.minor, ==, 70);
  g_assert_cmpint (first->count, ==, 2);
  g_assert_cmpint (second->amount.currency, ==, 0);
  g_assert_cmpint (second->count, ==, 2);
  all = tai_report_lines_group (lines, 0, 0);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpint (((TaiReportLine *)all->pdata[0])->amount.currency, ==, 0);
}

static void
test_events (void)
{
  TaiReportEvent event;

  for (guint i = 0; i < TAI_N_REPORT_EVENTS; i++) {
    g_assert_true (tai_report_event_from_text (tai_report_event_to_text (i), &event));
    g_assert_cmpint (event, ==, i);
  }
  g_assert_false (tai_report_event_from_text ("sale", &event));
  g_assert_false (tai_report_event_from_text (NULL, &event));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/period/texts", test_texts);
  g_test_add_func ("/period/steps", test_steps);
  g_test_add_func ("/report-line/hours", test_hours);
  g_test_add_func ("/report-line/groups", test_groups);
  g_test_add_func ("/report-line/events", test_events);
  return g_test_run ();
}
