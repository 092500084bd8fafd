/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The end of the hall's day: what stops a close of the till and of the hall and what may stay, the closing hour, the close itself, once; and the
 * deposit of an agent's hall.
 */
#include "tai-desk-rig.h"

#include <string.h>

#define DAY_MS (24 * 3600 * 1000)

static const char *
first_order (TaiVisit *visit)
{
  return ((TaiOrder *)g_ptr_array_index (tai_visit_get_orders (visit), 0))->id.text;
}

/* The kinds in order, "!" before what stops the hall. */
static void
assert_items (GPtrArray *items, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++) {
    const TaiDayItem *item = g_ptr_array_index (items, i);

    g_string_append_printf (found, "%s%s%s", i > 0 ? " " : "",
                            tai_day_kind_get_stops (item->kind) & TAI_DAY_STOPS_HALL ? "!" : "",
                            tai_day_kind_to_text (item->kind));
    if (item->subject != NULL)
      g_string_append_printf (found, ":%s", item->subject);
    if (item->count > 1)
      g_string_append_printf (found, "*%" G_GINT64_FORMAT, item->count);
    if (item->amount.currency != 0)
      g_string_append_printf (found, "=%" G_GINT64_FORMAT, item->amount.minor);
  }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
assert_till (TaiDeskRig *rig, const char *expected)
{
  g_autoptr (GPtrArray) items = NULL;

  MUST (items = tai_desk_check_close (rig->desk, &E));
  assert_items (items, expected);
}

static void
assert_hall (TaiDeskRig *rig, const char *expected)
{
  g_autoptr (TaiHallCheck) check = NULL;

  MUST (check = tai_desk_check_hall (rig->desk, &E));
  assert_items (check->items, expected);
}

static void
close_till (TaiDeskRig *rig, gint64 counted)
{
  g_autoptr (TaiTillReport) report = NULL;

  MUST (report = tai_desk_close_till (rig->desk, CNY (counted), &E));
}

static void
close_hall (TaiDeskRig *rig, gint32 number, const char *day)
{
  g_autoptr (TaiHallClose) close = NULL;

  MUST (close = tai_desk_close_hall (rig->desk, &E));
  g_assert_cmpint (close->number, ==, number);
  g_assert_cmpstr (close->business_day, ==, day);
}

/* What stands -------------------------------------------------------------------------------------------------------- */

static void
test_clean (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_check_close (rig->desk, &E));
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_check_hall (rig->desk, &E));
  tai_desk_rig_start_day (rig);
  assert_till (rig, "unsent"); /* that it was opened */
  tai_desk_rig_upload (rig);
  assert_till (rig, "");
  assert_hall (rig, "!till_open:T2 safe:H017=20000");
  close_till (rig, RIG_FLOAT);
  tai_desk_rig_print (rig);
  tai_desk_rig_upload (rig);
  assert_hall (rig, "safe:H017=20000 drawer:T2=20000");
  tai_desk_rig_sign_in (rig, RIG_KIOSK);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_check_hall (rig->desk, &E));
}

/* Each thing that can stand, one after the other, and how it goes. */
static void
test_everything (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) sold = NULL, parked = NULL, placed = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_upload (rig);
  sold = tai_desk_rig_sell_top_up (rig, 5000);
  assert_till (rig, "unsent*2 papers");
  tai_desk_rig_print (rig);
  assert_till (rig, "unsent*2");
  parked = tai_desk_rig_begin (rig);
  tai_desk_rig_add_top_up (rig, parked, 1000);
  MUST (tai_desk_park (rig->desk, parked, &E));
  placed = tai_desk_rig_begin (rig);
  tai_desk_rig_add_top_up (rig, placed, 1000);
  tai_desk_rig_place (rig, placed);
  assert_till (rig, "!parked !placed unsent*2");
  assert_hall (rig, "!till_open:T2 !parked !placed unsent*2 safe:H017=20000");
  REFUSED (TAI_CORE_ERROR_VISITS_OPEN, tai_desk_close_till (rig->desk, CNY (25000), &E));
  MUST (tai_desk_abandon (rig->desk, parked, &E));
  MUST (tai_desk_abandon (rig->desk, placed, &E));
  MUST (tai_desk_apply_order_state (rig->desk, first_order (sold), TAI_ORDER_REJECTED, "line_closed", &E));
  assert_till (rig, "refund_due=5000 unsent*2");
  MUST (tai_desk_move_cash (
      rig->desk, &(TaiCashRequest){.move = TAI_CASH_DROP, .amount = CNY (3000), .bag = "B-7"}, &E));
  close_till (rig, 22000);
  tai_desk_rig_print (rig);
  /* the sale's two, the drop, the count and the close */
  assert_hall (rig, "refund_due=5000 unsent*5 bag:B-7=3000 safe:H017=20000 drawer:T2=22000");
}

static void
test_counting (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  MUST (tai_desk_set_till_policy (rig->desk, &(TaiTillPolicy){.recount_over_minor = 500}, &E));
  REFUSED (TAI_CORE_ERROR_RECOUNT, tai_desk_close_till (rig->desk, CNY (1), &E));
  assert_hall (rig, "!till_counting:T2 unsent*2 safe:H017=20000");
}

/* The close ---------------------------------------------------------------------------------------------------------- */

static void
test_close (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiHallClose) close = NULL;
  g_autoptr (TaiHallCheck) check = NULL;
  g_autofree char *record = NULL;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  REFUSED (TAI_CORE_ERROR_DAY_OPEN, tai_desk_close_hall (rig->desk, &E));
  close_till (rig, 25000); /* the stuck shift of another */
  tai_desk_rig_print (rig);
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_close_hall (rig->desk, &E));
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (close = tai_desk_close_hall (rig->desk, &E));
  g_assert_cmpint (close->number, ==, 1);
  g_assert_cmpstr (close->business_day, ==, "2026-11-22");
  g_assert_cmpstr (close->clerk, ==, RIG_SUPERVISOR);
  g_assert_cmpint (close->sales.minor, ==, 5000);
  g_assert_cmpint (close->drawers.minor, ==, 25000);
  g_assert_cmpint (close->safe.minor, ==, -20000);
  g_assert_cmpint (close->in_bags.minor, ==, 0);
  g_assert_cmpint (close->n_orders, ==, 1);
  g_assert_cmpint (close->n_shifts, ==, 1);
  g_assert_cmpint (close->n_left, ==, 5); /* unsent: the sale's two, opened, counted, closed */
  record = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (record, "kind=hall_closed\n"));
  g_assert_nonnull (strstr (record, "business_day=2026-11-22\n"));
  g_assert_nonnull (strstr (record, "amount_minor=5000\n"));
  REFUSED (TAI_CORE_ERROR_DAY_CLOSED, tai_desk_close_hall (rig->desk, &E));
  tai_desk_rig_restart (rig); /* kept for ever */
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (check = tai_desk_check_hall (rig->desk, &E));
  g_assert_cmpint (check->closed->number, ==, 1);
  tai_desk_rig_assert_sound (rig);
}

/* Who opens after it sells for the next day; numbers have no gaps. */
static void
test_days (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autofree char *rows = NULL;

  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  REFUSED (TAI_CORE_ERROR_NO_SHIFT, tai_desk_close_hall (rig->desk, &E)); /* nobody was there */
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E));
  close_till (rig, RIG_FLOAT);
  close_hall (rig, 1, "2026-11-22");
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E)); /* the same evening */
  tai_fake_clock_advance (rig->clock, DAY_MS);
  REFUSED (TAI_CORE_ERROR_DAY_OPEN, tai_desk_close_hall (rig->desk, &E));
  close_till (rig, RIG_FLOAT);
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E)); /* the day is still open */
  close_till (rig, RIG_FLOAT);
  close_hall (rig, 2, "2026-11-23");
  tai_fake_clock_advance (rig->clock, 3 * DAY_MS);
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E));
  close_till (rig, RIG_FLOAT);
  close_hall (rig, 3, "2026-11-26");
  rows = tai_desk_rig_rows (rig, "SELECT business_day, z_number FROM shift ORDER BY n");
  g_assert_cmpstr (rows, ==, "2026-11-22|1\n2026-11-23|2\n2026-11-23|3\n2026-11-26|4");
  tai_desk_rig_assert_sound (rig);
}

/* From half an hour before the closing time of the day that is closed; also long after midnight. */
static void
test_hour (void)
{
  static const struct {
    int hours, minutes;
    gboolean is_due;
  } cases[] = {{0, 0, FALSE}, {11, 29, FALSE}, {11, 30, TRUE}, {12, 0, TRUE}, {17, 0, TRUE}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiDeskRig) rig = tai_desk_rig_new (); /* nine in the morning */
    g_autoptr (TaiHallCheck) check = NULL, any_time = NULL;

    tai_desk_rig_start_day (rig);
    MUST (any_time = tai_desk_check_hall (rig->desk, &E));
    g_assert_true (any_time->is_due); /* nobody says when */
    g_assert_cmpint (any_time->closing_us, ==, 0);
    MUST (tai_desk_set_till_policy (rig->desk, &(TaiTillPolicy){.closing_minute = 21 * 60}, &E));
    tai_fake_clock_advance (rig->clock, (cases[i].hours * 60 + cases[i].minutes) * 60000);
    MUST (check = tai_desk_check_hall (rig->desk, &E));
    g_assert_cmpstr (check->business_day, ==, "2026-11-22");
    g_assert_cmpint (check->closing_us - any_time->closing_us, >, 0);
    g_assert_cmpint (check->is_due, ==, cases[i].is_due);
  }
}

static void
test_disk_error (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  gboolean good = FALSE;

  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E));
  close_till (rig, RIG_FLOAT);
  for (gint n = 0; !good; n++) {
    g_autoptr (TaiHallClose) close = NULL;
    g_autoptr (GError) error = NULL;

    rig->steps_left = n;
    close = tai_desk_close_hall (rig->desk, &error);
    rig->steps_left = -1;
    good = close != NULL || g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DAY_CLOSED);
    g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM hall_close"), ==,
                     tai_desk_rig_number (rig, "SELECT count (*) FROM journal WHERE kind = 'hall_closed'"));
    g_assert_cmpint (n, <, 200);
  }
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM hall_close"), ==, 1);
  tai_desk_rig_assert_sound (rig);
}

/* The deposit -------------------------------------------------------------------------------------------------------- */

static void
assert_deposit (TaiDeskRig *rig, TaiDepositLevel level, gint64 left)
{
  TaiDeposit deposit;

  MUST (tai_desk_get_deposit (rig->desk, &deposit, &E));
  g_assert_cmpint (deposit.level, ==, level);
  g_assert_cmpint (deposit.left.minor, ==, left);
}

/* A float is no takings; what is at the bank is free again. */
static void
test_deposit (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) first = NULL, second = NULL;

  tai_desk_rig_start_day (rig);
  assert_deposit (rig, TAI_DEPOSIT_NONE, 0);
  MUST (tai_desk_set_till_policy (rig->desk,
                                  &(TaiTillPolicy){.deposit_minor = 10000, .deposit_warn_minor = 4000}, &E));
  assert_deposit (rig, TAI_DEPOSIT_GOOD, 10000);
  first = tai_desk_rig_sell_top_up (rig, 6000);
  assert_deposit (rig, TAI_DEPOSIT_LOW, 4000);
  MUST (tai_desk_move_cash (
      rig->desk, &(TaiCashRequest){.move = TAI_CASH_DROP, .amount = CNY (6000), .bag = "B-1"}, &E));
  assert_deposit (rig, TAI_DEPOSIT_LOW, 4000);   /* in a bag it is still here */
  second = tai_desk_rig_sell_top_up (rig, 5000); /* only said: nobody is refused */
  assert_deposit (rig, TAI_DEPOSIT_SPENT, -1000);
  REFUSED (
      TAI_CORE_ERROR_APPROVAL,
      tai_desk_move_cash (
          rig->desk,
          &(TaiCashRequest){.move = TAI_CASH_BANK_DEPOSIT, .amount = CNY (6000), .bag = "B-1", .slip = "S-1"},
          &E));
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  MUST (tai_desk_move_cash (
      rig->desk,
      &(TaiCashRequest){.move = TAI_CASH_BANK_DEPOSIT, .amount = CNY (6000), .bag = "B-1", .slip = "S-1"},
      &E));
  assert_deposit (rig, TAI_DEPOSIT_GOOD, 5000);
}

/* Where HQ says so: told before the money is asked for, and before the customer is served when nothing is left. */
static void
test_deposit_refuses (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL, more = NULL, last = NULL, next = NULL;
  TaiOrder *order;

  tai_desk_rig_start_day (rig);
  MUST (tai_desk_set_till_policy (rig->desk, &(TaiTillPolicy){.deposit_minor = 10000, .deposit_refuses = 1},
                                  &E));
  visit = tai_desk_rig_sell_top_up (rig, 6000);
  more = tai_desk_rig_begin (rig);
  order = tai_desk_rig_add_top_up (rig, more, 4001);
  tai_desk_rig_assert_obstacles (rig, more, TAI_CORE_ERROR_DEPOSIT_SPENT, 0);
  REFUSED (TAI_CORE_ERROR_DEPOSIT_SPENT, tai_desk_place (rig->desk, more, &E));
  MUST (tai_desk_set_amount (rig->desk, more, order, CNY (4000), &E)); /* to the fen */
  tai_desk_rig_place (rig, more);
  tai_desk_rig_pay (rig, more);
  assert_deposit (rig, TAI_DEPOSIT_SPENT, 0);
  next = tai_desk_rig_begin (rig);
  REFUSED (TAI_CORE_ERROR_DEPOSIT_SPENT, tai_desk_add_order (rig->desk, next, "top_up", &E));
  MUST (tai_desk_add_order (rig->desk, next, "suspend", &E)); /* what costs nothing goes on */
  tai_desk_rig_assert_sound (rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/hall/clean", test_clean);
  g_test_add_func ("/desk/hall/everything", test_everything);
  g_test_add_func ("/desk/hall/counting", test_counting);
  g_test_add_func ("/desk/hall/close", test_close);
  g_test_add_func ("/desk/hall/days", test_days);
  g_test_add_func ("/desk/hall/hour", test_hour);
  g_test_add_func ("/desk/hall/disk-error", test_disk_error);
  g_test_add_func ("/desk/hall/deposit", test_deposit);
  g_test_add_func ("/desk/hall/deposit-refuses", test_deposit_refuses);
  return g_test_run ();
}
