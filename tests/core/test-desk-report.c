/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sees what of a day and of a drawer; the report's file; where to look first for a difference. */
#include "tai-desk-rig.h"

#include <string.h>

#include "tai-report-csv.h"
#include "tai-till-report.h"

static void
close_till (TaiDeskRig *rig, gint64 counted)
{
  g_autoptr (TaiTillReport) report = NULL;

  MUST (report = tai_desk_close_till (rig->desk, CNY (counted), &E));
}

static void
test_own (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) first = NULL, second = NULL;
  g_autoptr (TaiTillReport) open = NULL, closed = NULL, hall = NULL;

  tai_desk_rig_start_day (rig);
  first = tai_desk_rig_sell_top_up (rig, 5000);
  tai_desk_rig_sign_in (rig, RIG_CLERK_2);
  second = tai_desk_rig_sell_top_up (rig, 3000);
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  MUST (open = tai_desk_report (rig->desk, NULL, NULL, &E));
  g_assert_true (open->is_own && open->is_blind);
  g_assert_cmpint (open->n_orders, ==, 1);
  g_assert_cmpint (open->n_payments, ==, 1);
  g_assert_cmpint (open->day.sales.currency, ==, 0);
  g_assert_cmpint (((TaiReportLine *)open->by_tender->pdata[0])->amount.currency, ==, 0);
  g_assert_cmpint (open->drawer_expected.currency, ==, 0);
  close_till (rig, RIG_FLOAT + 8000);
  MUST (closed = tai_desk_report (rig->desk, NULL, NULL, &E));
  g_assert_true (closed->is_own && !closed->is_blind);
  g_assert_cmpint (closed->day.sales.minor, ==, 5000);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (hall = tai_desk_report (rig->desk, NULL, NULL, &E));
  g_assert_false (hall->is_own);
  g_assert_cmpint (hall->day.sales.minor, ==, 8000);
  g_assert_cmpint (hall->n_orders, ==, 2);
}

/* What should have been in the drawer stays what it was when less was counted; the next shift begins with the count. */
static void
test_expected (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiShift) first = NULL;
  g_autoptr (TaiTillReport) closed = NULL, one = NULL, again = NULL;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  MUST (first = tai_desk_get_shift (rig->desk, &E));
  close_till (rig, RIG_FLOAT + 5000 - 700);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (closed = tai_desk_report (rig->desk, NULL, NULL, &E));
  g_assert_cmpint (closed->drawer_expected.minor, ==, RIG_FLOAT + 5000);
  g_assert_cmpint (closed->day.drawer.minor, ==, RIG_FLOAT + 5000);
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT + 4300), &E));
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (again = tai_desk_report (rig->desk, NULL, NULL, &E));
  g_assert_cmpint (again->drawer_expected.minor, ==, RIG_FLOAT + 4300);
  MUST (one = tai_desk_report (rig->desk, NULL, first->id.text, &E));
  g_assert_cmpint (one->drawer_expected.minor, ==, RIG_FLOAT + 5000);
}

static void
test_movements (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiShift) shift = NULL;
  g_autoptr (TaiShift) seen = NULL;
  g_autoptr (GPtrArray) of_hall = NULL, own = NULL;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 3000);
  MUST (shift = tai_desk_get_shift (rig->desk, &E));
  REFUSED (TAI_CORE_ERROR_SHIFT_OPEN, tai_desk_list_movements (rig->desk, shift->id.text, NULL, &E));
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (of_hall = tai_desk_list_movements (rig->desk, shift->id.text, &seen, &E));
  g_assert_cmpstr (seen->id.text, ==, shift->id.text);
  g_assert_cmpuint (of_hall->len, ==, 2);
  REFUSED (TAI_CORE_ERROR_NO_SHIFT, tai_desk_list_movements (rig->desk, "no such", NULL, &E));
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  close_till (rig, RIG_FLOAT);
  MUST (own = tai_desk_list_movements (rig->desk, shift->id.text, NULL, &E));
  g_assert_cmpuint (own->len, ==, 3);
  g_assert_true (tai_shift_movement_explains (own->pdata[1], CNY (-3000)));
  tai_desk_rig_sign_in (rig, RIG_CLERK_2);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_list_movements (rig->desk, shift->id.text, NULL, &E));
  tai_desk_rig_sign_in (rig, RIG_KIOSK);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_list_movements (rig->desk, shift->id.text, NULL, &E));
}

static void
test_print (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiTillReport) report = NULL;
  g_autofree char *journal = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (report = tai_desk_report (rig->desk, NULL, NULL, &E));
  MUST (tai_desk_print_report (rig->desk, report, &E));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM print_job WHERE printer = 'form'"), ==,
                   1);
  journal = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (journal, "kind=report_printed"));
  tai_desk_rig_sign_in (rig, RIG_KIOSK);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_print_report (rig->desk, report, &E));
}

/* Looked at, a close slip says what the printed one says, and only to whom it may be told; looking prints and journals nothing. */
static void
test_till_paper (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiShift) open = NULL;
  g_autoptr (TaiDocument) preview = NULL, slip = NULL, again = NULL;
  g_autofree char *shift = NULL;
  gint64 n_journal, n_jobs;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  MUST (open = tai_desk_get_shift (rig->desk, &E));
  shift = g_strdup (open->id.text);
  n_journal = tai_desk_rig_number (rig, "SELECT count (*) FROM journal");
  MUST (preview = tai_desk_make_till_paper (rig->desk, shift, &E));
  g_assert_null (tai_desk_make_till_paper (rig->desk, "no such", NULL));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM journal"), ==, n_journal);
  close_till (rig, RIG_FLOAT + 5000 - 300);
  n_journal = tai_desk_rig_number (rig, "SELECT count (*) FROM journal");
  n_jobs = tai_desk_rig_number (rig, "SELECT count (*) FROM print_job");
  MUST (slip = tai_desk_make_till_paper (rig->desk, shift, &E));
  MUST (again = tai_desk_make_till_paper (rig->desk, shift, &E));
  g_assert_cmpuint (tai_document_get_n_blocks (again), ==, tai_document_get_n_blocks (slip));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM journal"), ==, n_journal);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM print_job"), ==, n_jobs);
  tai_desk_rig_sign_in (rig, RIG_CLERK_2);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_make_till_paper (rig->desk, shift, &E));
  tai_desk_rig_sign_in (rig, RIG_KIOSK);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_make_till_paper (rig->desk, shift, &E));
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  g_clear_pointer (&again, tai_document_unref);
  MUST (again = tai_desk_make_till_paper (rig->desk, shift, &E));
}

/* The file against the store's own rows, added up here. */
static void
test_csv (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) first = NULL, second = NULL;
  g_autoptr (TaiTillReport) report = NULL;
  g_autofree char *csv = NULL, *blind = NULL;
  static const char *const wanted[] = {
      "\r\nbusiness,T2,1042,top_up,2,178.00,,\r\n",
      "\r\ntender,T2,1042,cash,2,178.00,,\r\n",
      "\r\nhour,T2,1042,,2,178.00,20",
      "\r\nclerk,,1042,,2,178.00,,\r\n",
      "\r\nterminal,T2,,,2,178.00,,\r\n",
      "\r\nshift,T2,1042,float,1,200.00,",
      "\r\nshift,T2,1042,expected,1,378.00,",
      "\r\nshift,T2,1042,counted,1,348.00,",
      "\r\nshift,T2,1042,difference,1,-30.00,",
      "\r\nday,,,sales,,178.00,,2",
      "\r\nday,,,difference,,-30.00,,2",
  };

  tai_desk_rig_start_day (rig);
  first = tai_desk_rig_sell_top_up (rig, 5000);
  second = tai_desk_rig_sell_top_up (rig, 12800);
  close_till (rig, RIG_FLOAT + 17800 - 3000);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (report = tai_desk_report (rig->desk, NULL, NULL, &E));
  csv = tai_report_csv_write (report);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT sum (amount_minor) FROM payment"), ==, 17800);
  g_assert_true (g_str_has_prefix (
      csv, "kind,terminal,clerk,name,count,amount,time,reference\r\nsource,T2,,terminal,1,,"));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_nonnull (strstr (csv, wanted[i]));
  g_assert_null (strstr (csv, "yesterday"));
  tai_till_report_make_blind (report, NULL); /* closed: nothing to hide */
  blind = tai_report_csv_write (report);
  g_assert_cmpstr (blind, ==, csv);
}

static void
test_opening_difference (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiTillReport) report = NULL;
  const TaiShift *second;

  tai_desk_rig_start_day (rig);
  close_till (rig, RIG_FLOAT);
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT - 500), &E));
  close_till (rig, RIG_FLOAT - 500);
  MUST (report = tai_desk_report (rig->desk, NULL, NULL, &E));
  g_assert_cmpint (tai_shift_get_opening_difference (report->shifts->pdata[0]).minor, ==, 0);
  second = report->shifts->pdata[1];
  g_assert_cmpint (tai_shift_get_opening_difference (second).minor, ==, -500);
  g_assert_cmpint (tai_shift_get_difference (second).minor, ==, 0);
}

static void
test_explains (void)
{
  const struct {
    TaiMovementKind kind;
    gint64 amount, received, change;
    gboolean explains;
  } cases[] = {
      {TAI_MOVEMENT_SALE, 3000, 5000, 2000, TRUE},  /* the sale */
      {TAI_MOVEMENT_SALE, 7000, 10000, 3000, TRUE}, /* the change */
      {TAI_MOVEMENT_SALE, 1500, 2000, 500, TRUE},   /* half: put on the wrong side */
      {TAI_MOVEMENT_SALE, 12800, 20000, 7200, FALSE}, {TAI_MOVEMENT_NO_SALE, 0, 0, 0, TRUE},
      {TAI_MOVEMENT_OPENED, 3000, 0, 0, FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiShiftMovement) one = tai_shift_movement_new (cases[i].kind, 0);
    one->amount = CNY (cases[i].amount);
    one->received = CNY (cases[i].received);
    one->change = CNY (cases[i].change);
    one->drawer = CNY (cases[i].amount);
    g_assert_cmpint (tai_shift_movement_explains (one, CNY (-3000)), ==, cases[i].explains);
    g_assert_false (tai_shift_movement_explains (one, CNY (0)));
    g_assert_false (tai_shift_movement_explains (one, NONE));
  }
}

/* What was sold, what went back, and what is left: the same in the file; nothing of it while the count is blind. */
static void
test_takings (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) first = NULL, second = NULL;
  g_autoptr (TaiTillReport) report = NULL;
  g_autofree char *csv = NULL;
  const char *order;
  TaiTakings takings;

  tai_desk_rig_start_day (rig);
  first = tai_desk_rig_sell_top_up (rig, 5000);
  second = tai_desk_rig_sell_top_up (rig, 3000);
  order = ((const TaiOrder *)g_ptr_array_index (tai_visit_get_orders (second), 0))->id.text;
  MUST (tai_desk_apply_order_state (rig->desk, order, TAI_ORDER_REJECTED, "line_closed", &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_pay_refund (rig->desk, order, NULL, &E));
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  MUST (tai_desk_pay_refund (rig->desk, order, NULL, &E));
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (report = tai_desk_report (rig->desk, NULL, NULL, &E));
  takings = tai_till_report_get_takings (report);
  g_assert_cmpint (takings.gross.minor, ==, 8000);
  g_assert_cmpint (takings.refunds.minor, ==, 3000);
  g_assert_cmpint (takings.net.minor, ==, 5000);
  g_assert_cmpint (takings.n_refunds, ==, 1);
  csv = tai_report_csv_write (report);
  g_assert_nonnull (strstr (csv, "takings,,,gross,2,80.00,"));
  g_assert_nonnull (strstr (csv, "takings,,,refunds,1,30.00,"));
  g_assert_nonnull (strstr (csv, "takings,,,net,,50.00,"));
  tai_till_report_narrow (report, RIG_CLERK);
  g_assert_true (report->is_blind);
  takings = tai_till_report_get_takings (report);
  g_assert_cmpint (takings.gross.currency, ==, 0);
  g_assert_cmpint (takings.net.currency, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/report/own", test_own);
  g_test_add_func ("/desk/report/expected", test_expected);
  g_test_add_func ("/desk/report/movements", test_movements);
  g_test_add_func ("/desk/report/print", test_print);
  g_test_add_func ("/desk/report/till-paper", test_till_paper);
  g_test_add_func ("/desk/report/csv", test_csv);
  g_test_add_func ("/desk/report/opening-difference", test_opening_difference);
  g_test_add_func ("/desk/report/explains", test_explains);
  g_test_add_func ("/desk/report/takings", test_takings);
  return g_test_run ();
}
