/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back: asked of HQ once, paid out once, exactly what came in. */
#include "tai-desk-rig.h"

#include <string.h>

static const char *
first_order (TaiVisit *visit)
{
  GPtrArray *orders = tai_visit_get_orders (visit);

  return ((TaiOrder *)g_ptr_array_index (orders, 0))->id.text;
}

/* HQ has it and works on it. */
static void
hear (TaiDeskRig *rig, const char *order, TaiOrderState state)
{
  MUST (tai_desk_apply_order_state (rig->desk, order, state, NULL, &E));
}

static TaiVisit *
sell_and_refuse (TaiDeskRig *rig, gint64 fen)
{
  TaiVisit *visit = tai_desk_rig_sell_top_up (rig, fen);

  MUST (tai_desk_apply_order_state (rig->desk, first_order (visit), TAI_ORDER_REJECTED, "line_closed", &E));
  return visit;
}

static void
test_refund (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autofree char *rows = NULL, *body = NULL;
  TaiMoney paid;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR); /* may refund */
  visit = sell_and_refuse (rig, 5000);
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 5000);
  MUST (tai_desk_pay_refund (rig->desk, first_order (visit), &paid, &E));
  g_assert_cmpint (paid.minor, ==, 5000);
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT);
  rows = tai_desk_rig_rows (
      rig, "SELECT amount_minor, original_id IS NOT NULL, last_state FROM payment ORDER BY n");
  g_assert_cmpstr (rows, ==, "5000|0|succeeded\n-5000|1|succeeded");
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT refund_due_minor FROM customer_order"), ==, 0);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT unfinished FROM customer_order"), ==, 0);
  body = tai_desk_rig_rows (rig, "SELECT CAST (body AS TEXT) FROM message WHERE path LIKE '%%/refund'");
  g_assert_nonnull (strstr (body, "\"@type\":\"Refund\""));
  g_assert_nonnull (strstr (body, "\"value\":50.00"));
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  tai_desk_rig_assert_sound (rig);
}

/* Whose order it was, and who may. */
static void
test_refund_rights (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;

  tai_desk_rig_start_day (rig);
  visit = sell_and_refuse (rig, 5000);
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  MUST (tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  g_assert_cmpint (
      tai_desk_rig_number (rig, "SELECT count (*) FROM approval WHERE state = 'used' AND action = 'refund'"),
      ==, 1);
  tai_desk_rig_assert_sound (rig);
}

static void
test_no_refund (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) good = NULL, refused = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  good = tai_desk_rig_sell_top_up (rig, 5000);
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_refund (rig->desk, first_order (good), NULL, &E));
  REFUSED (TAI_CORE_ERROR_RECEIPT_UNKNOWN,
           tai_desk_pay_refund (rig->desk, "00000000-0000-7000-8000-000000000000", NULL, &E));
  refused = sell_and_refuse (rig, 30000);
  MUST (tai_desk_move_cash (rig->desk, &(TaiCashRequest){TAI_CASH_DROP, CNY (40000), "B1"}, &E));
  REFUSED (TAI_CORE_ERROR_DRAWER_SHORT, tai_desk_pay_refund (rig->desk, first_order (refused), NULL, &E));
  tai_desk_lock (rig->desk);
  REFUSED (TAI_CORE_ERROR_LOCKED, tai_desk_pay_refund (rig->desk, first_order (refused), NULL, &E));
}

/* Two orders of one payment: each gives back its own share. */
static void
test_share_of_a_payment (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  GPtrArray *orders;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = tai_desk_rig_begin (rig);
  tai_desk_rig_add_top_up (rig, visit, 1000);
  tai_desk_rig_add_top_up (rig, visit, 2500);
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  orders = tai_visit_get_orders (visit);
  for (guint i = 0; i < 2; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);
    TaiMoney paid;
    MUST (tai_desk_apply_order_state (rig->desk, order->id.text, TAI_ORDER_REJECTED, "line_closed", &E));
    MUST (tai_desk_pay_refund (rig->desk, order->id.text, &paid, &E));
    g_assert_cmpint (paid.minor, ==, i == 0 ? 1000 : 2500);
  }
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT);
  tai_desk_rig_assert_sound (rig);
}

/* The power goes at any step: it is paid out once or not at all. */
static void
test_refund_is_whole (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = sell_and_refuse (rig, 5000);
  for (gint steps = 0; steps < 400; steps++) {
    g_autoptr (GError) error = NULL;
    rig->steps_left = steps;
    if (tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &error))
      break;
    rig->steps_left = -1;
    g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 5000);
    tai_desk_rig_assert_sound (rig);
  }
  rig->steps_left = -1;
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT);
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  tai_desk_rig_assert_sound (rig);
}

static void
test_cancel (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiOrder) order = NULL;
  g_autoptr (TaiOutboxRow) asked = NULL;
  g_autofree char *rows = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = tai_desk_rig_begin (rig);
  tai_desk_rig_add_new_line (rig, visit, 0);
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  REFUSED (TAI_CORE_ERROR_REASON_REQUIRED, tai_desk_cancel_order (rig->desk, first_order (visit), "", &E));
  MUST (tai_desk_cancel_order (rig->desk, first_order (visit), "wrong plan", &E));
  rows = tai_desk_rig_rows (
      rig, "SELECT depends_on = (SELECT id FROM customer_order), order_n IS NULL, terminal_seq FROM message "
           "WHERE path LIKE '%%cancelProductOrder'");
  g_assert_cmpstr (rows, ==, "1|1|3"); /* behind payment and order */
  REFUSED (TAI_CORE_ERROR_NOT_CANCELLABLE,
           tai_desk_cancel_order (rig->desk, first_order (visit), "again", &E));
  MUST (order = tai_visit_store_find_order (TAI_VISIT_STORE (rig->store), first_order (visit), &E));
  g_assert_cmpint (order->state, ==, TAI_ORDER_PAID); /* HQ decides */
  MUST (asked = tai_desk_find_cancel (rig->desk, order, &E));
  hear (rig, order->id.text, TAI_ORDER_CANCELLED);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT refund_due_minor FROM customer_order"), ==, 2000);
  MUST (tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (0)), ==,
                   TAI_RESOURCE_FREE);
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT);
  tai_desk_rig_assert_sound (rig);
}

static void
test_too_late (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  hear (rig, first_order (visit), TAI_ORDER_COMPLETED);
  REFUSED (TAI_CORE_ERROR_NOT_CANCELLABLE,
           tai_desk_cancel_order (rig->desk, first_order (visit), "late", &E));
}

static void
test_another_ones_order (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;

  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  tai_desk_rig_sign_in (rig, RIG_CLERK_2);
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_cancel_order (rig->desk, first_order (visit), "asked", &E));
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  MUST (tai_desk_cancel_order (rig->desk, first_order (visit), "asked", &E));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-undo/refund", test_refund);
  g_test_add_func ("/desk-undo/refund-rights", test_refund_rights);
  g_test_add_func ("/desk-undo/no-refund", test_no_refund);
  g_test_add_func ("/desk-undo/share-of-a-payment", test_share_of_a_payment);
  g_test_add_func ("/desk-undo/refund-is-whole", test_refund_is_whole);
  g_test_add_func ("/desk-undo/cancel", test_cancel);
  g_test_add_func ("/desk-undo/too-late", test_too_late);
  g_test_add_func ("/desk-undo/another-ones-order", test_another_ones_order);
  return g_test_run ();
}
