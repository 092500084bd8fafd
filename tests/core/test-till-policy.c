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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/till-policy/names", test_names);
  g_test_add_func ("/till-policy/text", test_text);
  g_test_add_func ("/till-policy/bad-text", test_bad_text);
  g_test_add_func ("/till-policy/valid", test_valid);
  g_test_add_func ("/till-policy/day-kinds", test_day_kinds);
  return g_test_run ();
}
