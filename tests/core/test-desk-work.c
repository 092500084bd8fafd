/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is unfinished, kind by kind, and that each remedy takes it off the list; a given-up order owes its money once and to the
 * fen.
 */
#include "tai-desk-rig.h"

#include <string.h>

#define LIMIT     100
#define MINUTE_MS (60 * 1000)

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

static GPtrArray *
list (TaiDeskRig *rig, guint n)
{
  GPtrArray *items;

  MUST (items = tai_desk_list_work (rig->desk, LIMIT, &E));
  g_assert_cmpuint (items->len, ==, n);
  return items;
}

/* The only one. */
static TaiWorkItem *
only (TaiDeskRig *rig, TaiWorkKind kind)
{
  g_autoptr (GPtrArray) items = list (rig, 1);
  TaiWorkItem *item = g_ptr_array_steal_index (items, 0);

  g_assert_cmpint (item->kind, ==, kind);
  return item;
}

static void
assert_none (TaiDeskRig *rig)
{
  g_ptr_array_unref (list (rig, 0));
}

/* The message of an order or payment is refused by HQ. */
static void
quarantine (TaiDeskRig *rig, const char *path, const char *reason)
{
  gint64 row =
      tai_desk_rig_number (rig,
                           "SELECT n FROM message JOIN outbox USING (n) WHERE path = '%s' AND state = "
                           "'waiting' ORDER BY n LIMIT 1",
                           path);
  TaiOutboxMark marks[] = {{.row = row, .to = TAI_MESSAGE_IN_FLIGHT},
                           {.row = row, .to = TAI_MESSAGE_QUARANTINED, .error = reason}};

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    MUST (
        tai_outbox_mark (TAI_OUTBOX (rig->store), &marks[i], 1, tai_clock_now (TAI_CLOCK (rig->clock)), &E));
}

static TaiVisit *
sell_line (TaiDeskRig *rig, guint index)
{
  TaiVisit *visit = tai_desk_rig_begin (rig);

  tai_desk_rig_add_new_line (rig, visit, index);
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  return visit;
}

/* Kinds --------------------------------------------------------------------------------------------------------------- */

static void
test_kinds (void)
{
  static const char *const texts[] = {"placed",      "parked",   "waiting", "refused",
                                      "quarantined", "in_doubt", "refund",  "print"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpstr (tai_work_kind_to_text (i), ==, texts[i]);
  g_assert_cmpint (TAI_WORK_PRINT, ==, G_N_ELEMENTS (texts) - 1);
}

static void
test_sort (void)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_work_item_free);
  static const gint64 times[] = {30, 10, 20, 10};
  static const TaiWorkKind kinds[] = {TAI_WORK_PLACED, TAI_WORK_PRINT, TAI_WORK_PLACED, TAI_WORK_WAITING};

  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    TaiWorkItem *item = tai_work_item_new (kinds[i]);
    item->since_us = times[i];
    g_ptr_array_add (items, item);
  }
  tai_work_sort (items, 3);
  g_assert_cmpuint (items->len, ==, 3);
  g_assert_cmpint (((TaiWorkItem *)g_ptr_array_index (items, 0))->kind, ==, TAI_WORK_WAITING);
  g_assert_cmpint (((TaiWorkItem *)g_ptr_array_index (items, 1))->kind, ==, TAI_WORK_PRINT);
  g_assert_cmpint (((TaiWorkItem *)g_ptr_array_index (items, 2))->since_us, ==, 20);
}

static void
test_placed (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig), open = tai_desk_rig_begin (rig);
  g_autoptr (TaiWorkItem) item = NULL;

  tai_desk_rig_add_top_up (rig, open, 100); /* is in a face's hands */
  assert_none (rig);
  tai_desk_rig_add_top_up (rig, visit, 3000);
  tai_desk_rig_add_new_line (rig, visit, 0);
  tai_desk_rig_place (rig, visit);
  tai_fake_clock_advance (rig->clock, MINUTE_MS);
  item = only (rig, TAI_WORK_PLACED);
  g_assert_cmpstr (item->visit_id.text, ==, tai_visit_get_id (visit)->text);
  g_assert_cmpstr (item->order_id.text, ==, "");
  g_assert_cmpstr (item->operation, ==, "top_up");
  g_assert_cmpstr (item->msisdn, ==, RIG_TARGET);
  g_assert_cmpstr (item->customer_mask, ==, "欧*");
  g_assert_cmpint (item->amount.minor, ==, tai_visit_get_total (visit).minor);
  g_assert_cmpstr (item->state, ==, "placed");
  g_assert_cmpstr (item->clerk, ==, RIG_CLERK);
  g_assert_cmpint (item->since_us, ==, tai_visit_get_since_us (visit));
  tai_desk_rig_pay (rig, visit);
  assert_none (rig);
}

static void
test_parked (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  g_autoptr (TaiWorkItem) item = NULL;

  tai_desk_rig_add_new_line (rig, visit, 0);
  MUST (tai_desk_park (rig->desk, visit, &E));
  item = only (rig, TAI_WORK_PARKED);
  g_assert_cmpstr (item->visit_id.text, ==, tai_visit_get_id (visit)->text);
  g_assert_cmpstr (item->operation, ==, "new_line");
  g_assert_cmpstr (item->msisdn, ==, tai_desk_rig_msisdn (0));
  g_assert_cmpstr (item->customer_mask, ==, "欧*");
  g_assert_cmpint (item->amount.minor, ==, 2000);
  g_assert_cmpstr (item->state, ==, "parked");
  g_assert_cmpstr (item->clerk, ==, RIG_CLERK);
  MUST (tai_desk_recall (rig->desk, visit, &E));
  assert_none (rig);
}

/* At HQ: held and pending at once, the others when it takes too long; what is not there yet is the line's matter. */
static void
test_waiting (void)
{
  static const struct {
    TaiOrderState state;
    gboolean at_once;
  } cases[] = {{TAI_ORDER_ACKNOWLEDGED, FALSE},
               {TAI_ORDER_IN_PROGRESS, FALSE},
               {TAI_ORDER_HELD, TRUE},
               {TAI_ORDER_PENDING, TRUE}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiDeskRig) rig = rig_at_work ();
    g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 5000);
    const TaiOrder *order = tai_visit_get_order (visit, 0);
    g_autoptr (TaiWorkItem) item = NULL;

    tai_fake_clock_advance (rig->clock, 300 * MINUTE_MS);
    assert_none (rig);
    MUST (tai_desk_apply_order_state (rig->desk, order->id.text, cases[i].state, "checking", &E));
    if (!cases[i].at_once) {
      tai_fake_clock_advance (rig->clock, 119 * MINUTE_MS);
      assert_none (rig);
      tai_fake_clock_advance (rig->clock, 2 * MINUTE_MS);
    }
    item = only (rig, TAI_WORK_WAITING);
    g_assert_cmpstr (item->order_id.text, ==, order->id.text);
    g_assert_cmpstr (item->state, ==, tai_state_to_text (&tai_order_states, cases[i].state));
    g_assert_cmpstr (item->reason, ==, "checking");
    g_assert_cmpstr (item->receipt_number, ==, tai_visit_get_receipt_number (visit));
    g_assert_cmpint (item->amount.minor, ==, 5000);
    MUST (tai_desk_apply_order_state (rig->desk, order->id.text, TAI_ORDER_COMPLETED, NULL, &E));
    assert_none (rig);
  }
}

static void
test_refused (void)
{
  static const TaiOrderState states[] = {TAI_ORDER_REJECTED, TAI_ORDER_FAILED, TAI_ORDER_CANCELLED,
                                         TAI_ORDER_PARTIAL};

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autoptr (TaiDeskRig) rig = rig_at_work ();
    g_autoptr (TaiVisit) visit = sell_line (rig, 0), abandoned = tai_desk_rig_begin (rig);
    g_autoptr (TaiWorkItem) item = NULL;

    tai_desk_rig_add_top_up (rig, abandoned, 100); /* cancelled here: nothing is owed */
    tai_desk_rig_place (rig, abandoned);
    MUST (tai_desk_abandon (rig->desk, abandoned, &E));
    MUST (tai_desk_apply_order_state (rig->desk, tai_visit_get_order (visit, 0)->id.text, states[i],
                                      "idLimit", &E));
    item = only (rig, TAI_WORK_REFUSED);
    g_assert_cmpstr (item->state, ==, tai_state_to_text (&tai_order_states, states[i]));
    g_assert_cmpstr (item->reason, ==, "idLimit");
    g_assert_cmpint (item->amount.minor, ==, 2000);
    g_assert_cmpstr (item->customer_mask, ==, "欧*");
  }
}

/* Taken back after it was in force, paid by card: what the bank still has to give back stands there until it did. */
static void
test_undone (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  g_autoptr (TaiWorkItem) item = NULL;
  g_autofree char *told = NULL;
  const char *order;

  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  tai_desk_rig_add_top_up (rig, visit, 5000);
  tai_desk_rig_place (rig, visit);
  MUST (tai_desk_pay (rig->desk, visit, &(TaiTenderRequest){.tender = TAI_TENDER_CARD, .number = "000123"},
                      NULL, &E));
  order = tai_visit_get_order (visit, 0)->id.text;
  MUST (tai_desk_apply_order_state (rig->desk, order, TAI_ORDER_COMPLETED, NULL, &E));
  assert_none (rig);
  MUST (tai_desk_undo_order (rig->desk, order, "wrong amount", &E));
  MUST (tai_desk_apply_order_state (rig->desk, order, TAI_ORDER_UNDONE, NULL, &E));
  item = only (rig, TAI_WORK_REFUSED);
  told = tai_desk_rig_rows (rig, "SELECT count (*) FROM journal WHERE kind = 'hq_undone'");
  g_assert_cmpstr (told, ==, "1");
  g_assert_cmpstr (item->state, ==, "undone");
  g_assert_cmpstr (item->order_id.text, ==, order);
  g_assert_cmpint (item->amount.minor, ==, 5000);
  MUST (tai_desk_pay_refund_by_slip (rig->desk, order, "R-9", NULL, &E));
  assert_none (rig);
}

/* Messages ------------------------------------------------------------------------------------------------------------ */

static void
test_release (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 5000);
  g_autoptr (TaiWorkItem) item = NULL;
  g_autofree char *record = NULL, *left = NULL;

  quarantine (rig, TAI_PATH_ORDER, "noSuchChannel");
  item = only (rig, TAI_WORK_QUARANTINED);
  g_assert_cmpstr (item->id.text, ==, tai_visit_get_order (visit, 0)->id.text); /* an order's key is its id */
  g_assert_cmpstr (item->order_id.text, ==, item->id.text);
  g_assert_cmpint (item->row, ==, 3);
  g_assert_cmpstr (item->reason, ==, "noSuchChannel");
  g_assert_cmpstr (item->state, ==, "quarantined");
  g_assert_cmpstr (item->msisdn, ==, RIG_TARGET);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_release_message (rig->desk, item->id.text, &E));
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  REFUSED (TAI_CORE_ERROR_MESSAGE_UNKNOWN, tai_desk_release_message (rig->desk, "no such", &E));
  g_assert_cmpint (tai_outbox_next_due_us (TAI_OUTBOX (rig->store), TAI_DESTINATION_HQ), ==, 0);
  MUST (tai_desk_release_message (rig->desk, item->id.text, &E));
  record = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (record, "kind=quarantine_released\n"));
  g_assert_nonnull (strstr (record, "detail=noSuchChannel\n"));
  assert_none (rig);
  left = tai_desk_rig_rows (rig, "SELECT state, next_try_us, last_error FROM outbox WHERE n = 3");
  g_assert_cmpstr (left, ==, "waiting|0|");
  REFUSED (TAI_CORE_ERROR_MESSAGE_UNKNOWN, tai_desk_release_message (rig->desk, item->id.text, &E));
  tai_desk_rig_assert_sound (rig);
}

/* When it is the only one, the queue wakes up. */
static void
test_release_wakes (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 5000);

  quarantine (rig, TAI_PATH_TILL, "x");
  quarantine (rig, TAI_PATH_ORDER, "x");
  quarantine (rig, TAI_PATH_PAYMENT, "x");
  g_assert_cmpint (tai_outbox_next_due_us (TAI_OUTBOX (rig->store), TAI_DESTINATION_HQ), ==, G_MAXINT64);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (tai_desk_release_message (rig->desk, tai_visit_get_order (visit, 0)->id.text, &E));
  g_assert_cmpint (tai_outbox_next_due_us (TAI_OUTBOX (rig->store), TAI_DESTINATION_HQ), ==, 0);
}

static void
test_give_up (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig, 0);
  const char *key = tai_visit_get_order (visit, 0)->id.text;
  g_autoptr (TaiWorkItem) item = NULL;
  g_autofree char *postings = NULL, *events = NULL, *journal = NULL;
  gint32 copy;

  quarantine (rig, TAI_PATH_ORDER, "bodyRefused");
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_give_up_message (rig->desk, key, &E));
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  MUST (tai_desk_give_up_message (rig->desk, key, &E));
  item = only (rig, TAI_WORK_REFUSED);
  g_assert_cmpstr (item->state, ==, "rejected");
  g_assert_cmpstr (item->reason, ==, "bodyRefused");
  g_assert_cmpint (item->amount.minor, ==, 2000);
  postings = tai_desk_rig_postings (rig, "hq_refused");
  g_assert_cmpstr (postings, ==, "sim_and_goods|2000\nrefund_due|-2000");
  events = tai_desk_rig_rows (rig, "SELECT group_concat (state, ' ') FROM order_state_event");
  g_assert_cmpstr (events, ==, "placed paid sent rejected");
  journal =
      tai_desk_rig_rows (rig, "SELECT group_concat (kind, ' ') FROM (SELECT kind FROM journal ORDER BY seq "
                              "DESC LIMIT 2)");
  g_assert_cmpstr (journal, ==, "hq_refused quarantine_given_up");
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (0)), ==,
                   TAI_RESOURCE_FREE);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM outbox WHERE state = 'superseded'"), ==,
                   1);
  /* Once. What HQ says of it later changes nothing, and the customer can still have his receipt. */
  REFUSED (TAI_CORE_ERROR_MESSAGE_UNKNOWN, tai_desk_give_up_message (rig->desk, key, &E));
  REFUSED (TAI_CORE_ERROR_MESSAGE_UNKNOWN, tai_desk_release_message (rig->desk, key, &E));
  MUST (tai_desk_apply_order_state (rig->desk, key, TAI_ORDER_COMPLETED, NULL, &E));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT refund_due_minor FROM customer_order"), ==, 2000);
  MUST (tai_desk_reprint (rig->desk, tai_visit_get_receipt_number (visit), &copy, &E));
  tai_desk_rig_assert_sound (rig);
}

/* Money that was taken is told, whatever it takes. */
static void
test_give_up_payment (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 5000);
  g_autoptr (TaiWorkItem) item = NULL;
  g_autofree char *before = NULL, *after = NULL;

  quarantine (rig, TAI_PATH_PAYMENT, "x");
  item = only (rig, TAI_WORK_QUARANTINED);
  g_assert_cmpstr (item->order_id.text, ==, "");
  g_assert_cmpstr (item->visit_id.text, ==, tai_visit_get_id (visit)->text);
  g_assert_cmpint (item->amount.minor, ==, 5000);
  g_assert_cmpstr (item->clerk, ==, RIG_CLERK);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  before = tai_desk_rig_dump (rig);
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_give_up_message (rig->desk, item->id.text, &E));
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
  MUST (tai_desk_release_message (rig->desk, item->id.text, &E));
}

static void
test_give_up_disk_error (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig, 0);
  gboolean good = FALSE;

  quarantine (rig, TAI_PATH_ORDER, "x");
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  for (gint n = 0; !good; n++) {
    g_autofree char *before = tai_desk_rig_dump (rig), *after = NULL;
    g_autoptr (GError) error = NULL;

    rig->steps_left = n;
    good = tai_desk_give_up_message (rig->desk, tai_visit_get_order (visit, 0)->id.text, &error);
    rig->steps_left = -1;
    after = tai_desk_rig_dump (rig);
    g_assert_true (good == (strcmp (before, after) != 0));
  }
  tai_desk_rig_assert_sound (rig);
}

/* Payments, papers ---------------------------------------------------------------------------------------------------- */

static void
test_in_doubt (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  g_autoptr (TaiPayment) payment = tai_payment_new (TAI_TENDER_QR, CNY (3000));
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GPtrArray) items = NULL;
  gint64 now = tai_clock_now (TAI_CLOCK (rig->clock));
  const TaiWorkItem *item;

  tai_desk_rig_add_top_up (rig, visit, 3000);
  tai_desk_rig_place (rig, visit);
  payment->id = tai_entropy_uuid (rig->entropy, TAI_CLOCK (rig->clock));
  payment->visit_id = *tai_visit_get_id (visit);
  payment->clerk = g_strdup (RIG_CLERK);
  payment->created_us = now;
  tai_change_add_payment (change, payment);
  tai_change_add_payment_event (change, &payment->id, TAI_PAYMENT_SUBMITTED, NULL, now);
  tai_change_add_payment_event (change, &payment->id, TAI_PAYMENT_UNKNOWN, "timeout", now);
  MUST (tai_visit_store_commit (TAI_VISIT_STORE (rig->store), change, &E));
  items = list (rig, 1); /* the visit and its money are one row */
  item = g_ptr_array_index (items, 0);
  g_assert_cmpint (item->kind, ==, TAI_WORK_IN_DOUBT);
  g_assert_cmpstr (item->id.text, ==, payment->id.text);
  g_assert_cmpstr (item->state, ==, "unknown");
  g_assert_cmpint (item->amount.minor, ==, 3000);
  g_assert_cmpstr (item->visit_id.text, ==, tai_visit_get_id (visit)->text);
  g_assert_cmpstr (item->operation, ==, "top_up");
  g_assert_cmpstr (item->msisdn, ==, RIG_TARGET);
}

/* What happened to the paper that is next. */
static void
end_print (TaiDeskRig *rig, const char *printer, TaiPrintState state)
{
  g_autoptr (TaiPrintJob) job = NULL;

  MUST (job = tai_print_queue_next (TAI_PRINT_QUEUE (rig->store), printer, &E));
  MUST (tai_print_queue_mark (TAI_PRINT_QUEUE (rig->store), &job->id, state, "noPaper",
                              tai_clock_now (TAI_CLOCK (rig->clock)), &E));
}

static void
test_prints (void)
{
  static const char *const printers[] = {"receipt", "form"};

  for (guint i = 0; i < G_N_ELEMENTS (printers); i++) {
    g_autoptr (TaiDeskRig) rig = rig_at_work ();
    g_autoptr (TaiVisit) visit = sell_line (rig, 0);
    g_autoptr (TaiWorkItem) item = NULL, again = NULL;
    g_autofree char *jobs = NULL;
    gint32 copy = -1;

    assert_none (rig); /* queued is on its way */
    end_print (rig, printers[i], i ? TAI_PRINT_FAILED : TAI_PRINT_UNKNOWN);
    item = only (rig, TAI_WORK_PRINT);
    g_assert_cmpstr (item->receipt_number, ==, tai_visit_get_receipt_number (visit));
    g_assert_cmpstr (item->printer, ==, printers[i]);
    g_assert_cmpstr (item->reason, ==, "noPaper");
    g_assert_cmpstr (item->state, ==, i ? "failed" : "unknown");
    REFUSED (TAI_CORE_ERROR_PRINT_UNKNOWN, tai_desk_reprint_job (rig->desk, "no such", &copy, &E));
    MUST (tai_desk_reprint_job (rig->desk, item->id.text, &copy, &E));
    g_assert_cmpint (copy, ==, 1);
    assert_none (rig); /* a copy of this very paper is on its way */
    jobs = tai_desk_rig_rows (rig, "SELECT copy, state FROM print_job WHERE printer = '%s' ORDER BY n",
                              printers[i]);
    g_assert_cmpstr (jobs, ==, i ? "0|failed\n1|queued" : "0|unknown\n1|queued");
    end_print (rig, printers[i], TAI_PRINT_FAILED); /* and that one fails, too */
    again = only (rig, TAI_WORK_PRINT);
    MUST (tai_desk_reprint_job (rig->desk, again->id.text, &copy, &E));
    g_assert_cmpint (copy, ==, 2);
    end_print (rig, printers[i], TAI_PRINT_PRINTED);
    assert_none (rig);
    /* From an old list: the next number all the same. */
    MUST (tai_desk_reprint_job (rig->desk, item->id.text, &copy, &E));
    g_assert_cmpint (copy, ==, 3);
    tai_desk_rig_sign_in (rig, RIG_KIOSK);
    REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_reprint_job (rig->desk, item->id.text, &copy, &E));
    tai_desk_rig_assert_sound (rig);
  }
}

/* Together ------------------------------------------------------------------------------------------------------------ */

static void
test_all (void)
{
  static const TaiWorkKind kinds[] = {TAI_WORK_QUARANTINED, TAI_WORK_REFUSED, TAI_WORK_PRINT, TAI_WORK_PARKED,
                                      TAI_WORK_PLACED};
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) first = tai_desk_rig_sell_top_up (rig, 100), second = NULL;
  g_autoptr (TaiVisit) parked = NULL, placed = NULL;
  g_autoptr (GPtrArray) items = NULL, two = NULL;

  quarantine (rig, TAI_PATH_PAYMENT, "x");
  tai_fake_clock_advance (rig->clock, MINUTE_MS);
  second = tai_desk_rig_sell_top_up (rig, 200);
  MUST (tai_desk_apply_order_state (rig->desk, tai_visit_get_order (second, 0)->id.text, TAI_ORDER_FAILED,
                                    NULL, &E));
  tai_fake_clock_advance (rig->clock, MINUTE_MS);
  end_print (rig, "receipt", TAI_PRINT_FAILED);
  tai_fake_clock_advance (rig->clock, MINUTE_MS);
  parked = tai_desk_rig_begin (rig);
  tai_desk_rig_add_top_up (rig, parked, 300);
  MUST (tai_desk_park (rig->desk, parked, &E));
  tai_fake_clock_advance (rig->clock, MINUTE_MS);
  placed = tai_desk_rig_begin (rig);
  tai_desk_rig_add_top_up (rig, placed, 400);
  tai_desk_rig_place (rig, placed);
  items = list (rig, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < items->len; i++)
    g_assert_cmpint (((TaiWorkItem *)g_ptr_array_index (items, i))->kind, ==, kinds[i]);
  MUST (two = tai_desk_list_work (rig->desk, 2, &E));
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpint (((TaiWorkItem *)g_ptr_array_index (two, 1))->kind, ==, kinds[1]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/work/kinds", test_kinds);
  g_test_add_func ("/desk/work/sort", test_sort);
  g_test_add_func ("/desk/work/placed", test_placed);
  g_test_add_func ("/desk/work/parked", test_parked);
  g_test_add_func ("/desk/work/waiting", test_waiting);
  g_test_add_func ("/desk/work/refused", test_refused);
  g_test_add_func ("/desk/work/undone", test_undone);
  g_test_add_func ("/desk/work/release", test_release);
  g_test_add_func ("/desk/work/release-wakes", test_release_wakes);
  g_test_add_func ("/desk/work/give-up", test_give_up);
  g_test_add_func ("/desk/work/give-up-payment", test_give_up_payment);
  g_test_add_func ("/desk/work/give-up-disk-error", test_give_up_disk_error);
  g_test_add_func ("/desk/work/in-doubt", test_in_doubt);
  g_test_add_func ("/desk/work/prints", test_prints);
  g_test_add_func ("/desk/work/all", test_all);
  return g_test_run ();
}
