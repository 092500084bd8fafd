/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HQ's limits as one table: names, text, what a version before wrote; and the table of the end of the day. */
#include "tai-day-check.h"
#include "tai-till-policy.h"

static void
test_names (void)
{
  static const char *const names[] = {"cash_warn_minor",      "cash_cap_minor",     "recount_over_minor",
                                      "max_difference_minor", "deposit_minor",      "deposit_warn_minor",
                                      "deposit_refuses",      "closing_minute",     "promise_payment_hours",
                                      "promise_paper_hours",  "promise_money_hours"};
  TaiTillPolicy policy = {1, 2, 3, 4, 5, 6, 1, 8, 9, 10, 11};
  static const gint64 values[] = {1, 2, 3, 4, 5, 6, 1, 8, 9, 10, 11};

  g_assert_cmpuint (tai_till_policy_count_fields (), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_cmpstr (tai_till_policy_get_name (i), ==, names[i]);
    g_assert_cmpint (*tai_till_policy_get_field (&policy, i), ==, values[i]);
  }
  *tai_till_policy_get_field (&policy, 7) = 1260;
  g_assert_cmpint (policy.closing_minute, ==, 1260);
}

static void
test_text (void)
{
  TaiTillPolicy policy = {1, 2, 3, 4, 5, 6, 1, 1260, 24, 48, 720}, read = {0};
  g_autofree char *text = tai_till_policy_to_text (&policy);

  g_assert_cmpstr (text, ==, "1 2 3 4 5 6 1 1260 24 48 720");
  g_assert_true (tai_till_policy_from_text (text, &read));
  g_assert_cmpmem (&read, sizeof read, &policy, sizeof policy);
  /* as the version before wrote it */
  g_assert_true (tai_till_policy_from_text ("0 10000 1000 2000", &read));
  g_assert_cmpint (read.cash_cap_minor, ==, 10000);
  g_assert_cmpint (read.max_difference_minor, ==, 2000);
  g_assert_cmpint (read.deposit_minor, ==, 0);
  g_assert_cmpint (read.closing_minute, ==, 0);
  g_assert_true (tai_till_policy_from_text ("1 2 3 4 5 6 1 1260", &read));
  g_assert_cmpint (read.closing_minute, ==, 1260);
  g_assert_cmpint (read.promise_payment_hours, ==, 0);
}

static void
test_bad_text (void)
{
  static const char *const bad[] = {"",
                                    "x",
                                    "1 2 x",
                                    "-1",
                                    "1  2",
                                    "1 2 3 4 5 6 2",
                                    "1.5",
                                    " 1",
                                    "1 2 3 4 5 6 1 1440",
                                    "1 2 3 4 5 6 7 8 9",
                                    "1 2 3 4 5 6 1 8 721",
                                    "1 2 3 4 5 6 1 8 9 10 11 12",
                                    "99999999999999999999"};
  TaiTillPolicy policy = {1, 2, 3, 4, 5, 6, 1, 8}, before = policy;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (tai_till_policy_from_text (bad[i], &policy))
      g_error ("\"%s\" was read", bad[i]);
  g_assert_cmpmem (&policy, sizeof policy, &before, sizeof before);
}

static void
test_valid (void)
{
  const struct {
    TaiTillPolicy policy;
    gboolean good;
  } cases[] = {{{0}, TRUE},
               {{.cash_warn_minor = 1, .cash_cap_minor = 2}, TRUE},
               {{.cash_cap_minor = -1}, FALSE},
               {{.deposit_minor = -1}, FALSE},
               {{.deposit_refuses = 1}, TRUE},
               {{.deposit_refuses = 2}, FALSE},
               {{.closing_minute = 1439}, TRUE},
               {{.closing_minute = 1440}, FALSE},
               {{.closing_minute = -1}, FALSE},
               {{.promise_payment_hours = 720, .promise_paper_hours = 1}, TRUE},
               {{.promise_paper_hours = 721}, FALSE},
               {{.promise_money_hours = -1}, FALSE}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (tai_till_policy_is_valid (&cases[i].policy), ==, cases[i].good);
}

/* Who has money or a customer open stops it; what is only late does not. */
static void
test_day_kinds (void)
{
  static const struct {
    const char *text;
    TaiDayStops stops;
    TaiDayAct act;
  } rows[TAI_N_DAY_KINDS] = {
      {"till_open", TAI_DAY_STOPS_HALL, TAI_DAY_ACT_CLOSE_TILL},
      {"till_counting", TAI_DAY_STOPS_HALL, TAI_DAY_ACT_CLOSE_TILL},
      {"parked", TAI_DAY_STOPS_TILL | TAI_DAY_STOPS_HALL, TAI_DAY_ACT_RECALL},
      {"placed", TAI_DAY_STOPS_TILL | TAI_DAY_STOPS_HALL, TAI_DAY_ACT_RECALL},
      {"paying", TAI_DAY_STOPS_TILL | TAI_DAY_STOPS_HALL, TAI_DAY_ACT_WAIT},
      {"in_doubt", 0, TAI_DAY_ACT_LOOK_LINE},
      {"refund_due", 0, TAI_DAY_ACT_LOOK_ORDERS},
      {"rejected", 0, TAI_DAY_ACT_LOOK_LINE},
      {"unsent", 0, TAI_DAY_ACT_LOOK_LINE},
      {"papers", 0, TAI_DAY_ACT_PRINT},
      {"bag", 0, TAI_DAY_ACT_MOVE_CASH},
      {"safe", 0, TAI_DAY_ACT_NONE},
      {"drawer", 0, TAI_DAY_ACT_NONE},
      {"till_elsewhere", 0, TAI_DAY_ACT_LOOK_HALL},
      {"missing", 0, TAI_DAY_ACT_LOOK_HALL},
      {"silent", 0, TAI_DAY_ACT_LOOK_HALL},
      {"kiosk_missing", 0, TAI_DAY_ACT_LOOK_HALL},
      {"kiosk_silent", 0, TAI_DAY_ACT_LOOK_HALL},
  };

  for (guint i = 0; i < TAI_N_DAY_KINDS; i++) {
    g_assert_cmpstr (tai_day_kind_to_text (i), ==, rows[i].text);
    g_assert_cmpint (tai_day_kind_get_stops (i), ==, rows[i].stops);
    g_assert_cmpint (tai_day_kind_get_act (i), ==, rows[i].act);
  }
  tai_day_item_free (NULL);
  tai_hall_check_free (NULL);
  tai_hall_close_free (NULL);
}

/* Others ---------------------------------------------------------------------------------------------------------------- */

#define NOW_US (2000 * G_TIME_SPAN_HOUR)

static void
add_terminal (TaiTillReport *hall, const char *id, gint64 seen_us, gint64 n_missing)
{
  TaiReportTerminal *terminal = g_new0 (TaiReportTerminal, 1);

  terminal->hall = g_strdup ("H017");
  terminal->terminal = g_strdup (id);
  terminal->last_contact_us = seen_us;
  terminal->n_missing = n_missing;
  terminal->is_kiosk = strstr (id, "K") != NULL;
  g_ptr_array_add (hall->terminals, terminal);
}

static void
add_shift (TaiTillReport *hall, const char *till, TaiShiftState state)
{
  TaiShift *shift = g_new0 (TaiShift, 1);

  shift->till = g_strdup (till);
  shift->clerk = g_strdup ("1042");
  shift->state = state;
  shift->opened_us = 5;
  g_ptr_array_add (hall->shifts, shift);
}

/* T1 is this terminal, K1 a kiosk that is well, K2 one that is not. */
static TaiTillReport *
new_hall (const char *day, gboolean is_from_hq)
{
  TaiTillReport *hall = g_new0 (TaiTillReport, 1);

  hall->business_day = g_strdup (day);
  hall->is_from_hq = is_from_hq;
  hall->as_of_us = NOW_US;
  hall->shifts = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_free);
  hall->terminals = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_terminal_free);
  add_shift (hall, "T1", TAI_SHIFT_OPEN);
  add_shift (hall, "T2", TAI_SHIFT_CLOSED);
  add_shift (hall, "T2", TAI_SHIFT_COUNTING);
  add_terminal (hall, "H017T1", 0, 9);
  add_terminal (hall, "H017K1", NOW_US - TAI_DAY_CHECK_SILENT_US, 0);
  add_terminal (hall, "H017K2", NOW_US - TAI_DAY_CHECK_SILENT_US - 1, 3);
  add_terminal (hall, "H017T3", 0, 0);
  return hall;
}

static char *
list_others (const char *day, gboolean is_from_hq)
{
  g_autoptr (TaiHallCheck) check = g_new0 (TaiHallCheck, 1);
  g_autoptr (TaiTillReport) hall = new_hall (day, is_from_hq);
  TaiTerminal own = {.id = (char *)"H017T1", .till = (char *)"T1"};
  GString *text = g_string_new (NULL);

  check->business_day = g_strdup ("2026-11-22");
  check->items = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_day_item_free);
  tai_hall_check_add_others (check, hall, &own);
  for (guint i = 0; i < check->items->len; i++) {
    const TaiDayItem *item = g_ptr_array_index (check->items, i);
    g_string_append_printf (text, "%s %s %s %d %d; ", tai_day_kind_to_text (item->kind), item->subject,
                            item->detail != NULL ? item->detail : "-", (int)item->count, item->since_us > 0);
  }
  g_assert_cmpuint (check->n_stops, ==, 0);
  return g_string_free (text, FALSE);
}

static void
test_others (void)
{
  g_autofree char *all = list_others ("2026-11-22", TRUE);
  g_autofree char *other_day = list_others ("2026-11-21", TRUE);
  g_autofree char *own = list_others ("2026-11-22", FALSE);

  g_assert_cmpstr (
      all, ==,
      "till_elsewhere T2 1042 1 1; kiosk_missing H017K2 - 3 0; kiosk_silent H017K2 - 0 1; silent H017T3 - 0 0; ");
  g_assert_cmpstr (other_day, ==, "");
  g_assert_cmpstr (own, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/till-policy/names", test_names);
  g_test_add_func ("/till-policy/text", test_text);
  g_test_add_func ("/till-policy/bad-text", test_bad_text);
  g_test_add_func ("/till-policy/valid", test_valid);
  g_test_add_func ("/till-policy/others", test_others);
  g_test_add_func ("/till-policy/day-kinds", test_day_kinds);
  return g_test_run ();
}
