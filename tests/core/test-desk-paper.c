/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers beside a sale: its notice in large letters, a bill. Queued and journalled together or not at all; no copies of anything. */
#include "tai-desk-rig.h"
#include "tai-fake-gateway.h"

#include <string.h>

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

static TaiVisit *
sell_line (TaiDeskRig *rig, guint index)
{
  TaiVisit *visit = tai_desk_rig_begin (rig);

  tai_desk_rig_add_new_line (rig, visit, index);
  tai_desk_rig_add_top_up (rig, visit, 3000);
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  return visit;
}

static void
assert_rows (TaiDeskRig *rig, const char *sql, const char *expected)
{
  g_autofree char *rows = tai_desk_rig_rows (rig, "%s", sql);

  g_assert_cmpstr (rows, ==, expected);
}

/* The newest job for @printer, taken from the queue as a printer does. (transfer full) */
static TaiDocument *
take_newest (TaiDeskRig *rig, const char *printer)
{
  TaiPrintQueue *queue = TAI_PRINT_QUEUE (rig->store);
  TaiDocument *newest = NULL;

  while (TRUE) {
    g_autoptr (GError) error = NULL;
    g_autoptr (TaiPrintJob) job = tai_print_queue_next (queue, printer, &error);

    g_assert_no_error (error);
    if (job == NULL)
      return newest;
    MUST (tai_print_queue_mark (queue, &job->id, TAI_PRINT_PRINTED, NULL, 1, &E));
    g_clear_pointer (&newest, tai_document_unref);
    newest = tai_document_ref (job->document);
  }
}

static void
test_notice (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig, 0), other = sell_line (rig, 1);
  const char *receipt = tai_visit_get_receipt_number (visit);
  g_autofree char *journal = NULL;
  g_autoptr (TaiDocument) notice = NULL;

  MUST (tai_desk_print_notice (rig->desk, receipt, &E));
  journal = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (journal, "kind=notice_printed\n"));
  g_assert_nonnull (strstr (journal, receipt));
  notice = take_newest (rig, "form");
  g_assert_cmpint (tai_document_get_type_ (notice), ==, TAI_DOCUMENT_NOTICE);
  g_assert_cmpstr (tai_document_get_title (notice), ==, receipt);         /* of this sale and of no other */
  g_assert_cmpstr (tai_document_get_block (notice, 0)->text[1], ==, "2"); /* the line and the top-up */
  g_assert_cmpuint (tai_document_get_copy_number (notice), ==, 0);
  REFUSED (TAI_CORE_ERROR_RECEIPT_UNKNOWN, tai_desk_print_notice (rig->desk, "H017-T2-A-20261122-0099", &E));
  REFUSED (TAI_CORE_ERROR_RECEIPT_UNKNOWN, tai_desk_print_notice (rig->desk, "", &E));
  tai_desk_rig_assert_sound (rig);
}

/* It is no form and no copy of one: the form's own series goes on as if there was no notice. */
static void
test_notice_and_form (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig, 0);
  const char *receipt = tai_visit_get_receipt_number (visit);
  gint32 copy = -1;

  tai_desk_rig_print (rig);
  for (guint i = 0; i < 2; i++)
    MUST (tai_desk_print_notice (rig->desk, receipt, &E)); /* as often as somebody wants one */
  MUST (tai_desk_reprint_paper (rig->desk, receipt, "form", &copy, &E));
  g_assert_cmpint (copy, ==, 1);
  assert_rows (rig, "SELECT printer, copy, receipt_number IS NULL FROM print_job ORDER BY n",
               "receipt|0|0\nform|0|0\nform|0|1\nform|0|1\nform|1|0");
  assert_rows (rig, "SELECT count (*) FROM journal WHERE kind = 'reprint'", "1");
  assert_rows (rig, "SELECT count (*) FROM journal WHERE kind = 'notice_printed'", "2");
  tai_desk_rig_assert_sound (rig);
}

/* Of a sale of yesterday's shift, after a restart, with the till closed: the customer asks when he is home. */
static void
test_notice_later (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig, 0);
  g_autofree char *receipt = g_strdup (tai_visit_get_receipt_number (visit));
  g_autoptr (TaiTillReport) report = NULL;

  MUST (report = tai_desk_close_till (rig->desk, CNY (tai_desk_rig_drawer (rig)), &E));
  tai_desk_rig_restart (rig);
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  MUST (tai_desk_print_notice (rig->desk, receipt, &E));
  tai_desk_rig_assert_sound (rig);
}

static void
test_bill (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiBillPaper) bill = tai_bill_paper_new ("13800138000", "2026-10");
  g_autofree char *journal = NULL;
  g_autoptr (TaiDocument) page = NULL, roll = NULL;

  MUST (tai_desk_print_bill (rig->desk, bill, FALSE, &E));
  MUST (tai_desk_print_bill (rig->desk, bill, TRUE, &E));
  journal = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (journal, "kind=bill_printed\n"));
  g_assert_nonnull (strstr (journal, "13800138000"));
  g_assert_nonnull (strstr (journal, "detail=2026-10\n"));
  page = take_newest (rig, "form");
  roll = take_newest (rig, "receipt");
  g_assert_cmpint (tai_document_get_type_ (page), ==, TAI_DOCUMENT_REPORT);
  g_assert_cmpint (tai_document_get_type_ (roll), ==, TAI_DOCUMENT_SLIP);
  tai_desk_rig_assert_sound (rig);
}

/* Who may not sell prints neither, and nothing is written of it. */
static void
test_rights (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig, 0);
  g_autoptr (TaiBillPaper) bill = tai_bill_paper_new ("13800138000", "2026-10");
  const char *receipt = tai_visit_get_receipt_number (visit);
  g_autofree char *before = NULL, *after = NULL;

  tai_desk_rig_sign_in (rig, RIG_AUDITOR);
  before = tai_desk_rig_rows (rig, "SELECT count (*) FROM print_job");
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_print_notice (rig->desk, receipt, &E));
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_print_bill (rig->desk, bill, FALSE, &E));
  tai_desk_sign_out (rig->desk);
  g_assert_false (tai_desk_print_notice (rig->desk, receipt, NULL));
  g_assert_false (tai_desk_print_bill (rig->desk, bill, TRUE, NULL));
  after = tai_desk_rig_rows (rig, "SELECT count (*) FROM print_job");
  g_assert_cmpstr (before, ==, after);
  assert_rows (rig, "SELECT count (*) FROM journal WHERE kind IN ('notice_printed', 'bill_printed')", "0");
}

/* The disk fails at any step: a job and its line of the journal, or neither. */
static void
test_faults (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig, 0);
  g_autoptr (TaiBillPaper) bill = tai_bill_paper_new ("13800138000", "2026-10");
  const char *receipt = tai_visit_get_receipt_number (visit);

  for (guint i = 0; i < 2; i++) {
    gboolean good = FALSE;

    for (gint n = 0; !good; n++) {
      g_autoptr (GError) error = NULL;

      rig->steps_left = n;
      good = i == 0 ? tai_desk_print_notice (rig->desk, receipt, &error)
                    : tai_desk_print_bill (rig->desk, bill, FALSE, &error);
      rig->steps_left = -1;
      g_assert_true (good || error != NULL);
      g_assert_cmpint (n, <, 1000);
    }
  }
  assert_rows (rig, "SELECT count (*) FROM print_job WHERE receipt_number IS NULL", "2");
  assert_rows (rig, "SELECT count (*) FROM journal WHERE kind IN ('notice_printed', 'bill_printed')", "2");
  tai_desk_rig_assert_sound (rig);
}

/* Promises ------------------------------------------------------------------------------------------------------------- */

static TaiPromise
promise_of (TaiPromiseKind kind, const char *id)
{
  TaiPromise promise = {.kind = kind};

  g_strlcpy (promise.id.text, id, sizeof promise.id.text);
  return promise;
}

static const char *
first_order (TaiVisit *visit)
{
  return tai_visit_get_order (visit, 0)->id.text;
}

/* A customer's code, and nobody knows what became of it. */
static TaiVisit *
fall_into_doubt (TaiDeskRig *rig, TaiFakeGateway *gateway)
{
  TaiVisit *visit = tai_desk_rig_begin (rig);
  TaiTenderRequest request = {.tender = TAI_TENDER_QR, .pay_code = "130000000000000001"};

  tai_desk_set_gateway (rig->desk, TAI_TENDER_QR, TAI_PAYMENT_GATEWAY (gateway));
  tai_fake_gateway_push (gateway, TAI_GATEWAY_FAULT_ANSWER_LOST);
  tai_fake_gateway_stand (gateway, TAI_GATEWAY_FAULT_BROKEN);
  tai_desk_rig_add_top_up (rig, visit, 5000);
  tai_desk_rig_place (rig, visit);
  MUST (tai_desk_pay (rig->desk, visit, &request, NULL, &E));
  tai_fake_clock_advance (rig->clock, 4000);
  return visit;
}

static void
assert_slip (TaiDeskRig *rig, const char *printer, const char *kind, const char *amount,
             const TaiPromise *promise)
{
  g_autoptr (TaiDocument) slip = take_newest (rig, printer);
  g_autofree char *text = tai_promise_to_text (promise);

  g_assert_nonnull (slip);
  g_assert_cmpint (tai_document_get_type_ (slip), ==, TAI_DOCUMENT_SLIP);
  g_assert_cmpstr (tai_document_get_block (slip, 0)->text[0], ==, kind);
  g_assert_cmpstr (tai_document_get_block (slip, 0)->text[1], ==, amount);
  g_assert_cmpstr (tai_document_get_block (slip, 1)->text[0], ==, text);
}

/* A slip leads to the sale here that it is of. */
static void
assert_leads_to (TaiDeskRig *rig, const TaiPromise *promise, const char *order_id)
{
  g_autofree char *found = NULL;

  MUST (tai_desk_follow_promise (rig->desk, promise, &found, &E));
  g_assert_cmpstr (found, ==, order_id);
}

/* In doubt: by the visit, as long as it is in doubt; the journal says until when. */
static void
test_promise_payment (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiFakeGateway) gateway = tai_fake_gateway_new (TAI_CLOCK (rig->clock));
  g_autoptr (TaiVisit) visit = fall_into_doubt (rig, gateway);
  TaiPromise promise = promise_of (TAI_PROMISE_PAYMENT, tai_visit_get_id (visit)->text);
  g_autofree char *journal = NULL;

  MUST (tai_desk_print_promise (rig->desk, &promise, "receipt", &E));
  journal = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (journal, "kind=promise_printed\n"));
  g_assert_nonnull (strstr (journal, "detail=payment until 2026-11-23T01:00:"));
  assert_slip (rig, "receipt", "payment", "50.00", &promise);
  assert_leads_to (rig, &promise, first_order (visit));
  MUST (tai_desk_set_till_policy (rig->desk, &(TaiTillPolicy){.promise_payment_hours = 2}, &E));
  MUST (tai_desk_print_promise (rig->desk, &promise, "receipt", &E));
  g_free (journal);
  journal = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (journal, "detail=payment until 2026-11-22T03:00:"));
  tai_fake_gateway_stand (gateway, TAI_GATEWAY_FAULT_NONE);
  tai_fake_clock_advance (rig->clock, 120000);
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_CLOSED);
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_print_promise (rig->desk, &promise, "receipt", &E));
  tai_desk_rig_assert_sound (rig);
}

/* Paper: of what was paid, at the other printer. */
static void
test_promise_paper (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig, 0), placed = tai_desk_rig_begin (rig);
  TaiPromise promise = promise_of (TAI_PROMISE_PAPER, first_order (visit)), unpaid;

  MUST (tai_desk_print_promise (rig->desk, &promise, "form", &E));
  assert_slip (rig, "form", "paper", "20.00", &promise);
  assert_leads_to (rig, &promise, first_order (visit));
  for (TaiPromiseKind kind = TAI_PROMISE_PAYMENT; kind <= TAI_PROMISE_MONEY; kind++) {
    TaiPromise others = promise_of (kind, "0193507f-a1c2-7b4e-9d83-61f2c5a7e940");
    g_autofree char *found = NULL;
    REFUSED (TAI_CORE_ERROR_RECEIPT_UNKNOWN, tai_desk_follow_promise (rig->desk, &others, &found, &E));
  }
  tai_desk_rig_add_top_up (rig, placed, 3000);
  tai_desk_rig_place (rig, placed);
  unpaid = promise_of (TAI_PROMISE_PAPER, first_order (placed));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_print_promise (rig->desk, &unpaid, "form", &E));
  MUST (tai_desk_abandon (rig->desk, placed, &E));
  tai_desk_rig_assert_sound (rig);
}

/* The store fails at each of its steps: slip and line of the journal are both there or both not. */
static void
test_promise_faults (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig, 0);
  TaiPromise promise = promise_of (TAI_PROMISE_PAPER, first_order (visit));
  gboolean good = FALSE;

  for (gint n = 0; !good; n++) {
    g_autoptr (GError) error = NULL;

    assert_rows (rig, "SELECT count (*) FROM print_job WHERE receipt_number IS NULL", "0");
    assert_rows (rig, "SELECT count (*) FROM journal WHERE kind = 'promise_printed'", "0");
    rig->steps_left = n;
    good = tai_desk_print_promise (rig->desk, &promise, "form", &error);
    rig->steps_left = -1;
    g_assert_true (good || error != NULL);
    g_assert_cmpint (n, <, 1000);
  }
  assert_rows (rig, "SELECT count (*) FROM print_job WHERE receipt_number IS NULL", "1");
  assert_rows (rig, "SELECT count (*) FROM journal WHERE kind = 'promise_printed'", "1");
  tai_desk_rig_assert_sound (rig);
}

/* Money: while it is owed, and not after it went out. */
static void
test_promise_money (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig, 0);
  TaiPromise promise = promise_of (TAI_PROMISE_MONEY, first_order (visit)), nobody = promise;
  TaiMoney paid;

  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_print_promise (rig->desk, &promise, "receipt", &E));
  MUST (tai_desk_apply_order_state (rig->desk, first_order (visit), TAI_ORDER_REJECTED, "five_lines", &E));
  MUST (tai_desk_print_promise (rig->desk, &promise, "receipt", &E));
  assert_slip (rig, "receipt", "money", "20.00", &promise);
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  if (!tai_desk_pay_refund (rig->desk, first_order (visit), &paid, NULL)) {
    MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
    MUST (tai_desk_pay_refund (rig->desk, first_order (visit), &paid, &E));
  }
  g_assert_cmpint (paid.minor, ==, 2000);
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_print_promise (rig->desk, &promise, "receipt", &E));
  nobody.id.text[0] = nobody.id.text[0] == '0' ? '1' : '0';
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_print_promise (rig->desk, &nobody, "receipt", &E));
  tai_desk_rig_sign_in (rig, RIG_AUDITOR);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_print_promise (rig->desk, &promise, "receipt", &E));
  tai_desk_rig_assert_sound (rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/paper/notice", test_notice);
  g_test_add_func ("/desk/paper/notice-and-form", test_notice_and_form);
  g_test_add_func ("/desk/paper/notice-later", test_notice_later);
  g_test_add_func ("/desk/paper/bill", test_bill);
  g_test_add_func ("/desk/paper/rights", test_rights);
  g_test_add_func ("/desk/paper/faults", test_faults);
  g_test_add_func ("/desk/paper/promise-payment", test_promise_payment);
  g_test_add_func ("/desk/paper/promise-paper", test_promise_paper);
  g_test_add_func ("/desk/paper/promise-faults", test_promise_faults);
  g_test_add_func ("/desk/paper/promise-money", test_promise_money);
  return g_test_run ();
}
