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
  g_assert_cmpint (
      tai_desk_rig_number (
          rig, "SELECT count (*) FROM print_job WHERE instr (document, CAST ('approver' AS BLOB)) > 0"),
      ==, 0); /* nobody else was needed */
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

/* Slips on which the approver stands. */
static gint64
count_approved_slips (TaiDeskRig *rig)
{
  return tai_desk_rig_number (
      rig, "SELECT count (*) FROM print_job WHERE instr (document, CAST ('approver' AS BLOB)) > 0 AND "
           "instr (document, CAST ('" RIG_SUPERVISOR "' AS BLOB)) > 0");
}

/* Whose order it was, and who may; whose yes was needed stands on the slip. */
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
  g_assert_cmpint (count_approved_slips (rig), ==, 1);
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
  g_assert_cmpstr (rows, ==, "1|1|4"); /* behind the opening, payment and order */
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

/* Paid with a cheque, or in part with one: what did not come in cash does not go out in cash, and nothing of it is booked. */
static void
test_other_tender (void)
{
  static const gint64 cash_parts[] = {0, 1000};

  for (guint i = 0; i < G_N_ELEMENTS (cash_parts); i++) {
    g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
    g_autoptr (TaiVisit) visit = NULL;
    g_autofree char *before = NULL, *after = NULL;

    tai_desk_rig_start_day (rig);
    tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
    visit = tai_desk_rig_begin (rig);
    tai_desk_rig_add_top_up (rig, visit, 5000);
    tai_desk_rig_place (rig, visit);
    if (cash_parts[i] > 0)
      MUST (tai_desk_pay (rig->desk, visit,
                          &(TaiTenderRequest){.tender = TAI_TENDER_CASH, .amount = CNY (cash_parts[i])}, NULL,
                          &E));
    MUST (tai_desk_pay (
        rig->desk, visit,
        &(TaiTenderRequest){.tender = TAI_TENDER_OTHER, .provider = "cheque", .number = "CH-4711"}, NULL,
        &E));
    MUST (tai_desk_apply_order_state (rig->desk, first_order (visit), TAI_ORDER_REJECTED, "line_closed", &E));
    before = tai_desk_rig_dump (rig);
    REFUSED (TAI_CORE_ERROR_REFUND_TENDER, tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
    after = tai_desk_rig_dump (rig);
    g_assert_cmpstr (before, ==, after);
    tai_desk_rig_assert_sound (rig);
  }
}

/* Cash in two parts: each part goes back as itself. */
static void
test_two_payments (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autofree char *rows = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = tai_desk_rig_begin (rig);
  tai_desk_rig_add_top_up (rig, visit, 5000);
  tai_desk_rig_place (rig, visit);
  MUST (tai_desk_pay (rig->desk, visit, &(TaiTenderRequest){.tender = TAI_TENDER_CASH, .amount = CNY (1500)},
                      NULL, &E));
  MUST (tai_desk_pay (rig->desk, visit, &(TaiTenderRequest){.tender = TAI_TENDER_CASH}, NULL, &E));
  MUST (tai_desk_apply_order_state (rig->desk, first_order (visit), TAI_ORDER_REJECTED, "line_closed", &E));
  MUST (tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  rows = tai_desk_rig_rows (
      rig, "SELECT r.amount_minor, p.amount_minor FROM payment r JOIN payment p ON p.id = r.original_id "
           "ORDER BY p.amount_minor");
  g_assert_cmpstr (rows, ==, "-1500|1500\n-3500|3500");
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT);
  tai_desk_rig_assert_sound (rig);
}

/* Written out a second time: only what HQ has not finished, and only what is accepted or paid and not in force. */
static void
test_what_can_be_cancelled (void)
{
  static const TaiOrderState good[] = {TAI_ORDER_PAID,        TAI_ORDER_SENT, TAI_ORDER_ACKNOWLEDGED,
                                       TAI_ORDER_IN_PROGRESS, TAI_ORDER_HELD, TAI_ORDER_PENDING};
  static const TaiOrderState bad[] = {TAI_ORDER_DRAFT,     TAI_ORDER_PLACED,   TAI_ORDER_COMPLETED,
                                      TAI_ORDER_CANCELLED, TAI_ORDER_REJECTED, TAI_ORDER_FAILED,
                                      TAI_ORDER_PARTIAL,   TAI_ORDER_UNDONE};
  static const struct {
    TaiOfflineRule rule;
    gboolean can;
  } rules[] = {{TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE, TRUE},
               {TAI_OFFLINE_PAID_NOT_CREDITED, TRUE},
               {TAI_OFFLINE_COMPLETES, FALSE},
               {TAI_OFFLINE_NOT_OFFERED, FALSE}};
  g_autoptr (TaiOrder) order = tai_order_new (tai_operation_find ("new_line"));

  for (guint r = 0; r < G_N_ELEMENTS (rules); r++) {
    order->rule = rules[r].rule;
    for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
      order->state = good[i];
      g_assert_cmpint (tai_order_can_be_cancelled (order), ==, rules[r].can);
    }
    for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
      order->state = bad[i];
      g_assert_false (tai_order_can_be_cancelled (order));
    }
  }
}

/* Off line the question waits behind the order that it is about, also over a restart, and is asked once. */
static void
test_cancel_waits_for_its_order (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GPtrArray) due = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = tai_desk_rig_sell_top_up (rig, 5000);
  MUST (tai_desk_cancel_order (rig->desk, first_order (visit), "wrong number", &E));
  tai_desk_rig_restart (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  REFUSED (TAI_CORE_ERROR_NOT_CANCELLABLE,
           tai_desk_cancel_order (rig->desk, first_order (visit), "again", &E));
  MUST (due = tai_outbox_due (TAI_OUTBOX (rig->store), TAI_DESTINATION_HQ,
                              tai_clock_now (TAI_CLOCK (rig->clock)), 10, &E));
  for (guint i = 0; i < due->len; i++)
    g_assert_cmpstr (((TaiOutboxRow *)g_ptr_array_index (due, i))->message->path, !=, TAI_PATH_CANCEL);
  g_assert_cmpuint (due->len, ==, 3); /* the opening, payment and order */
  tai_desk_rig_assert_sound (rig);
}

/* What did not come in cash goes back by slip: the bank's reversal is a fact of its own, and until it is here a half is open. */
static void
test_by_slip (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GPtrArray) before = NULL, halves = NULL, after = NULL;
  const TaiHalf *half;
  TaiMoney paid;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = tai_desk_rig_begin (rig);
  tai_desk_rig_add_top_up (rig, visit, 5000);
  tai_desk_rig_place (rig, visit);
  MUST (tai_desk_pay (rig->desk, visit, &(TaiTenderRequest){.tender = TAI_TENDER_CASH, .amount = CNY (1000)},
                      NULL, &E));
  MUST (tai_desk_pay (rig->desk, visit, &(TaiTenderRequest){.tender = TAI_TENDER_CARD, .number = "000123"},
                      NULL, &E));
  before = tai_desk_list_halves (rig->desk, NULL);
  g_assert_cmpuint (before->len, ==, 0);
  MUST (tai_desk_apply_order_state (rig->desk, first_order (visit), TAI_ORDER_REJECTED, "line_closed", &E));
  halves = tai_desk_list_halves (rig->desk, NULL);
  g_assert_cmpuint (halves->len, ==, 1);
  half = g_ptr_array_index (halves, 0);
  g_assert_cmpint (half->kind, ==, TAI_HALF_BILLING_REVERSED);
  g_assert_cmpint (half->amount.minor, ==, 4000);
  g_assert_cmpint (half->tender, ==, TAI_TENDER_CARD);
  g_assert_cmpstr (half->order_id.text, ==, first_order (visit));
  REFUSED (TAI_CORE_ERROR_REFUND_TENDER, tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  REFUSED (TAI_CORE_ERROR_TENDER_NUMBER,
           tai_desk_pay_refund_by_slip (rig->desk, first_order (visit), "", NULL, &E));
  MUST (tai_desk_pay_refund_by_slip (rig->desk, first_order (visit), "R-9", &paid, &E));
  g_assert_cmpint (paid.minor, ==, 5000);
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT);
  g_assert_cmpint (tai_desk_rig_number (
                       rig, "SELECT coalesce (sum (minor), 0) FROM balance WHERE account = 'card_clearing'"),
                   ==, 0);
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE,
           tai_desk_pay_refund_by_slip (rig->desk, first_order (visit), "R-9", NULL, &E));
  after = tai_desk_list_halves (rig->desk, NULL);
  g_assert_cmpuint (after->len, ==, 0);
  tai_desk_rig_assert_sound (rig);
}

static TaiVisit *
sell_and_complete (TaiDeskRig *rig, gint64 fen)
{
  TaiVisit *visit = tai_desk_rig_sell_top_up (rig, fen);

  hear (rig, first_order (visit), TAI_ORDER_COMPLETED);
  return visit;
}

static gint64
count_asked (TaiDeskRig *rig)
{
  return tai_desk_rig_number (rig, "SELECT count (*) FROM message WHERE path LIKE '%%/cancelProductOrder'");
}

/* 返销: asked once; the money is owed when HQ says undone, and goes back once. */
static void
test_undo (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL, fresh = NULL;
  g_autofree char *body = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = sell_and_complete (rig, 5000);
  REFUSED (TAI_CORE_ERROR_NOT_CANCELLABLE,
           tai_desk_cancel_order (rig->desk, first_order (visit), "asked", &E));
  REFUSED (TAI_CORE_ERROR_REASON_REQUIRED, tai_desk_undo_order (rig->desk, first_order (visit), "", &E));
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  MUST (tai_desk_undo_order (rig->desk, first_order (visit), "wrong amount", &E));
  REFUSED (TAI_CORE_ERROR_NOT_CANCELLABLE,
           tai_desk_undo_order (rig->desk, first_order (visit), "wrong amount", &E));
  body = tai_desk_rig_rows (
      rig, "SELECT CAST (body AS TEXT) FROM message WHERE path LIKE '%%/cancelProductOrder'");
  g_assert_nonnull (strstr (body, "\"takeBack\":\"undo\""));
  g_assert_cmpint (count_asked (rig), ==, 1);
  hear (rig, first_order (visit), TAI_ORDER_UNDONE);
  hear (rig, first_order (visit), TAI_ORDER_UNDONE);
  hear (rig, first_order (visit), TAI_ORDER_COMPLETED); /* old news */
  MUST (tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT);
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  REFUSED (TAI_CORE_ERROR_NOT_CANCELLABLE,
           tai_desk_undo_order (rig->desk, first_order (visit), "again", &E)); /* of a refund */
  fresh = tai_desk_rig_sell_top_up (rig, 3000); /* not completed: it is cancelled, not undone */
  REFUSED (TAI_CORE_ERROR_NOT_CANCELLABLE, tai_desk_undo_order (rig->desk, first_order (fresh), "asked", &E));
  tai_desk_rig_assert_sound (rig);
}

static void
test_undo_refused (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiOrder) order = NULL;
  g_autofree char *none = NULL, *word = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = sell_and_complete (rig, 5000);
  MUST (tai_desk_undo_order (rig->desk, first_order (visit), "asked", &E));
  order = tai_visit_store_find_order (TAI_VISIT_STORE (rig->store), first_order (visit), NULL);
  none = tai_desk_get_take_back (rig->desk, order, NULL);
  g_assert_null (none);
  for (int i = 0; i < 2; i++)
    MUST (tai_desk_apply_order_state (rig->desk, first_order (visit), TAI_ORDER_COMPLETED,
                                      "undo_refused: credit_used", &E));
  word = tai_desk_get_take_back (rig->desk, order, NULL);
  g_assert_cmpstr (word, ==, "undo_refused: credit_used");
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM journal WHERE kind = 'take_back'"), ==,
                   1);
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
}

/* After the Z it is another day's: no undo, and a refund is booked in the shift that is open. */
static void
test_after_the_z (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (TaiTillReport) report = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = sell_and_complete (rig, 5000);
  report = tai_desk_close_till (rig->desk, CNY (RIG_FLOAT + 5000), NULL);
  g_assert_nonnull (report);
  REFUSED (TAI_CORE_ERROR_NO_SHIFT, tai_desk_undo_order (rig->desk, first_order (visit), "asked", &E));
  tai_fake_clock_advance (rig->clock, 24 * 3600 * 1000);
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT + 5000), &E));
  REFUSED (TAI_CORE_ERROR_NOT_CANCELLABLE, tai_desk_undo_order (rig->desk, first_order (visit), "asked", &E));
  hear (rig, first_order (visit), TAI_ORDER_UNDONE); /* asked for before the close */
  MUST (tai_desk_pay_refund (rig->desk, first_order (visit), NULL, &E));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (DISTINCT shift_id) FROM payment"), ==, 2);
  tai_desk_rig_assert_sound (rig);
}

static void
test_correction (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL, asker = NULL, stranger = NULL;
  g_autofree char *body = NULL;

  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  visit = sell_and_complete (rig, 5000);
  asker = tai_desk_rig_begin (rig);
  stranger = tai_desk_rig_begin (rig);
  MUST (tai_desk_identify (rig->desk, asker, tai_desk_rig_identity (0), &E));
  tai_desk_set_on_line (rig->desk, FALSE);
  REFUSED (TAI_CORE_ERROR_NOT_OFFERED_OFFLINE,
           tai_desk_correct_order (rig->desk, asker, first_order (visit), "15400000123", "typo", &E));
  tai_desk_set_on_line (rig->desk, TRUE);
  REFUSED (TAI_CORE_ERROR_ID_REQUIRED,
           tai_desk_correct_order (rig->desk, stranger, first_order (visit), "15400000123", "typo", &E));
  REFUSED (TAI_CORE_ERROR_NUMBER_SYNTAX,
           tai_desk_correct_order (rig->desk, asker, first_order (visit), "154", "typo", &E));
  MUST (tai_desk_correct_order (rig->desk, asker, first_order (visit), "15400000123", "typo", &E));
  REFUSED (TAI_CORE_ERROR_NOT_CANCELLABLE,
           tai_desk_correct_order (rig->desk, asker, first_order (visit), "15400000123", "typo", &E));
  REFUSED (TAI_CORE_ERROR_NOT_CANCELLABLE, tai_desk_undo_order (rig->desk, first_order (visit), "both", &E));
  body = tai_desk_rig_rows (
      rig, "SELECT CAST (body AS TEXT) FROM message WHERE path LIKE '%%/cancelProductOrder'");
  g_assert_nonnull (strstr (body, "\"takeBack\":\"correction\""));
  g_assert_nonnull (strstr (body, "\"target\":\"15400000123\""));
  g_assert_nonnull (strstr (body, "\"customer\":"));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM print_job"), ==,
                   2); /* receipt and slip */
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 5000);
  MUST (tai_desk_abandon (rig->desk, asker, &E));
  MUST (tai_desk_abandon (rig->desk, stranger, &E));
  tai_desk_rig_assert_sound (rig);
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
  g_test_add_func ("/desk-undo/other-tender", test_other_tender);
  g_test_add_func ("/desk-undo/two-payments", test_two_payments);
  g_test_add_func ("/desk-undo/what-can-be-cancelled", test_what_can_be_cancelled);
  g_test_add_func ("/desk-undo/cancel-waits-for-its-order", test_cancel_waits_for_its_order);
  g_test_add_func ("/desk-undo/by-slip", test_by_slip);
  g_test_add_func ("/desk-undo/undo", test_undo);
  g_test_add_func ("/desk-undo/undo-refused", test_undo_refused);
  g_test_add_func ("/desk-undo/after-the-z", test_after_the_z);
  g_test_add_func ("/desk-undo/correction", test_correction);
  return g_test_run ();
}
