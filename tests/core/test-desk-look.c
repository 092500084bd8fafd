/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a clerk looks up: an order's life, what waits for HQ, the papers of a receipt, what is left to sell with. */
#include "tai-desk-rig.h"

#include <string.h>

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

static TaiVisit *
sell_line (TaiDeskRig *rig)
{
  TaiVisit *visit = tai_desk_rig_begin (rig);

  tai_desk_rig_add_new_line (rig, visit, 0);
  tai_desk_rig_place (rig, visit);
  tai_fake_clock_advance (rig->clock, 1000);
  tai_desk_rig_pay (rig, visit);
  return visit;
}

static const TaiOrder *
first_order (TaiVisit *visit)
{
  return g_ptr_array_index (tai_visit_get_orders (visit), 0);
}

static void
mark (TaiDeskRig *rig, const char *path, TaiMessageState to, const char *reason)
{
  gint64 row = tai_desk_rig_number (rig, "SELECT n FROM message WHERE path = '%s' ORDER BY n LIMIT 1", path);
  TaiOutboxMark marks[] = {{.row = row, .to = TAI_MESSAGE_IN_FLIGHT},
                           {.row = row, .to = to, .error = reason, .count_attempt = TRUE}};

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    MUST (
        tai_outbox_mark (TAI_OUTBOX (rig->store), &marks[i], 1, tai_clock_now (TAI_CLOCK (rig->clock)), &E));
}

static GPtrArray *
list_unsent (TaiDeskRig *rig, guint limit)
{
  GPtrArray *items;

  MUST (items = tai_visit_store_list_unsent (TAI_VISIT_STORE (rig->store), TAI_DESTINATION_HQ, limit, &E));
  return items;
}

static void
test_life (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig);
  const char *id = first_order (visit)->id.text;
  static const TaiOrderState states[] = {TAI_ORDER_PLACED, TAI_ORDER_PAID, TAI_ORDER_SENT,
                                         TAI_ORDER_ACKNOWLEDGED, TAI_ORDER_REJECTED};
  g_autoptr (GPtrArray) events = NULL, none = NULL;
  g_autoptr (TaiOrder) order = NULL;

  mark (rig, TAI_PATH_ORDER, TAI_MESSAGE_ACKNOWLEDGED, NULL);
  tai_fake_clock_advance (rig->clock, 1000);
  MUST (tai_desk_apply_order_state (rig->desk, id, TAI_ORDER_REJECTED, "five_lines", &E));
  MUST (events = tai_visit_store_list_order_events (TAI_VISIT_STORE (rig->store), id, &E));
  g_assert_cmpuint (events->len, ==, G_N_ELEMENTS (states));
  for (guint i = 0; i < events->len; i++) {
    const TaiOrderEvent *event = g_ptr_array_index (events, i);
    g_assert_cmpint (event->state, ==, states[i]);
    g_assert_cmpstr (event->reason, ==, i == 4 ? "five_lines" : NULL);
    g_assert_cmpint (event->time_us, >=, first_order (visit)->placed_us);
  }
  MUST (order = tai_visit_store_find_order (TAI_VISIT_STORE (rig->store), id, &E));
  g_assert_cmpint (order->refund_due.minor, ==, order->today.minor);
  g_assert_cmpint (order->refund_due.currency, ==, TAI_CNY);
  MUST (none = tai_visit_store_list_order_events (TAI_VISIT_STORE (rig->store), "no such order", &E));
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_unsent (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig), other = tai_desk_rig_sell_top_up (rig, 5000);
  g_autoptr (GPtrArray) items = list_unsent (rig, 100), sorted = NULL, few = NULL;
  const TaiUnsentItem *item;

  g_assert_cmpuint (items->len, ==, 5); /* that the till was opened; an order and its money, twice */
  item = g_ptr_array_index (items, 0);
  g_assert_true (!item->is_payment && item->order_id.text[0] == '\0' && item->amount.currency == 0);
  for (guint i = 0; i < 4; i++) {
    item = g_ptr_array_index (items, i + 1);
    g_assert_cmpint (item->state, ==, TAI_MESSAGE_WAITING);
    g_assert_cmpint (item->attempts, ==, 0);
    g_assert_cmpstr (item->clerk, ==, RIG_CLERK);
    g_assert_cmpstr (item->msisdn, ==, i < 2 ? tai_desk_rig_msisdn (0) : RIG_TARGET);
    g_assert_nonnull (item->receipt_number);
    g_assert_cmpint (item->amount.minor, ==, i < 2 ? 2000 : 5000);
    g_assert_true (item->is_payment == (item->order_id.text[0] == '\0'));
  }
  mark (rig, TAI_PATH_PAYMENT, TAI_MESSAGE_ASKING, "lost");
  mark (rig, TAI_PATH_ORDER, TAI_MESSAGE_QUARANTINED, "invalid: place");
  sorted = list_unsent (rig, 100);
  item = g_ptr_array_index (sorted, 0);
  g_assert_cmpint (item->state, ==, TAI_MESSAGE_QUARANTINED);
  g_assert_cmpstr (item->last_error, ==, "invalid: place");
  g_assert_cmpstr (item->order_id.text, ==, first_order (visit)->id.text);
  g_assert_cmpstr (item->operation, ==, "new_line");
  g_assert_cmpint (item->attempts, ==, 1);
  item = g_ptr_array_index (sorted, 1);
  g_assert_cmpint (item->state, ==, TAI_MESSAGE_ASKING);
  g_assert_true (item->is_payment);
  few = list_unsent (rig, 1);
  g_assert_cmpuint (few->len, ==, 1);
  g_assert_cmpint (((TaiUnsentItem *)g_ptr_array_index (few, 0))->state, ==, TAI_MESSAGE_QUARANTINED);
}

static void
test_papers (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig);
  const char *receipt = tai_visit_get_receipt_number (visit);
  g_autoptr (GPtrArray) papers = NULL;
  const TaiPrintEntry *first;
  gint32 copy = 0;

  tai_desk_rig_print (rig);
  MUST (tai_desk_reprint_paper (rig->desk, receipt, "receipt", &copy, &E));
  g_assert_cmpint (copy, ==, 1);
  tai_desk_rig_print (rig);
  MUST (tai_desk_reprint_paper (rig->desk, receipt, "receipt", &copy, &E));
  g_assert_cmpint (copy, ==, 2);
  MUST (tai_desk_reprint_paper (rig->desk, receipt, "form", &copy, &E));
  g_assert_cmpint (copy, ==, 1);
  REFUSED (TAI_CORE_ERROR_RECEIPT_UNKNOWN, tai_desk_reprint_paper (rig->desk, receipt, "report", &copy, &E));
  REFUSED (TAI_CORE_ERROR_RECEIPT_UNKNOWN, tai_desk_reprint_paper (rig->desk, "none", "form", &copy, &E));
  MUST (papers = tai_print_queue_list_receipt (TAI_PRINT_QUEUE (rig->store), receipt, &E));
  g_assert_cmpuint (papers->len, ==, 5);
  first = g_ptr_array_index (papers, 0);
  g_assert_cmpstr (first->printer, ==, "receipt");
  g_assert_cmpint (first->copy, ==, 2);
  g_assert_cmpint (first->state, ==, TAI_PRINT_QUEUED);
  g_assert_nonnull (first->document);
  g_assert_cmpstr (((TaiPrintEntry *)g_ptr_array_index (papers, 3))->printer, ==, "form");
  tai_desk_sign_out (rig->desk);
  tai_desk_rig_sign_in (rig, RIG_AUDITOR);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_reprint_paper (rig->desk, receipt, "form", &copy, &E));
  tai_desk_rig_assert_sound (rig);
}

static void
test_stock (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (GBytes) body = g_bytes_new ("{}", 2);
  g_autoptr (TaiVisit) visit = NULL;
  TaiStockFigures figures = {0};

  MUST (tai_visit_store_get_stock (TAI_VISIT_STORE (rig->store), &figures, &E));
  g_assert_cmpint (figures.n_numbers, ==, RIG_STOCK);
  g_assert_cmpint (figures.n_sims, ==, RIG_STOCK);
  g_assert_cmpint (figures.catalogue_us, ==, 0);
  visit = sell_line (rig);
  MUST (tai_store_set_catalogue (rig->store, "1", body, 12345, &E));
  MUST (tai_visit_store_get_stock (TAI_VISIT_STORE (rig->store), &figures, &E));
  g_assert_cmpint (figures.n_numbers, ==, RIG_STOCK - 1);
  g_assert_cmpint (figures.n_sims, ==, RIG_STOCK - 1);
  g_assert_cmpint (figures.catalogue_us, ==, 12345);
}

/* The auditor sees what was done at each place where a customer's number can stand, and no number; each look is journalled. */
static void
test_auditor (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = sell_line (rig);
  g_autofree char *receipt = g_strdup (first_order (visit)->receipt_number);
  g_autofree char *id = g_strdup (first_order (visit)->id.text);
  g_autofree char *number = g_strdup (tai_order_get (first_order (visit), "MSISDN"));
  const TaiOrderFilter all = {0};

  for (gboolean audits = FALSE; audits <= TRUE; audits++) {
    g_autoptr (GPtrArray) orders = NULL, unsent = NULL, papers = NULL;
    g_autoptr (TaiOrder) order = NULL;

    if (audits)
      tai_desk_rig_sign_in (rig, RIG_AUDITOR);
    MUST (orders = tai_desk_list_orders (rig->desk, &all, &E));
    MUST (order = tai_desk_look_at_order (rig->desk, id, &E));
    MUST (unsent = tai_desk_list_unsent (rig->desk, 10, &E));
    MUST (papers = tai_desk_list_papers (rig->desk, receipt, &E));
    g_assert_cmpint (g_strcmp0 (tai_order_get (g_ptr_array_index (orders, 0), "MSISDN"), number) == 0, ==,
                     !audits);
    g_assert_cmpint (g_strcmp0 (tai_order_get (order, "MSISDN"), number) == 0, ==, !audits);
    g_assert_cmpint (g_strcmp0 (((TaiUnsentItem *)g_ptr_array_index (unsent, 1))->msisdn, number) == 0, ==,
                     !audits);
    g_assert_cmpuint (papers->len, >, 0);
    g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM journal WHERE kind = 'audit_read'"), ==,
                     audits ? 4 : 0);
  }
  g_assert_null (tai_desk_look_at_order (rig->desk, "none", NULL));
  /* what cannot be journalled is not told */
  rig->steps_left = 0;
  g_assert_null (tai_desk_list_orders (rig->desk, &all, NULL));
  rig->steps_left = 0;
  g_assert_null (tai_desk_look_at_order (rig->desk, id, NULL));
  rig->steps_left = 0;
  g_assert_null (tai_desk_list_unsent (rig->desk, 10, NULL));
  rig->steps_left = 0;
  g_assert_null (tai_desk_list_papers (rig->desk, receipt, NULL));
}

/* What a person or headquarters wrote may hold a number, too: the journal's words, and the list of unfinished work. */
static void
test_auditor_words (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  const TaiJournalFilter notes = {.kind = "news_refused"};

  tai_desk_rig_add_new_line (rig, visit, 0);
  tai_desk_rig_place (rig, visit);
  MUST (tai_desk_note (rig->desk, "news_refused", "13800138000", "called 139 0000 1234", &E));
  for (gboolean audits = FALSE; audits <= TRUE; audits++) {
    g_autoptr (GPtrArray) lines = NULL, work = NULL;
    const TaiJournalLine *line;
    const TaiWorkItem *item;

    tai_desk_rig_sign_in (rig, audits ? RIG_AUDITOR : RIG_SUPERVISOR);
    MUST (lines = tai_desk_list_journal (rig->desk, &notes, &E));
    MUST (work = tai_desk_list_work (rig->desk, 10, &E));
    line = g_ptr_array_index (lines, 0);
    item = g_ptr_array_index (work, 0);
    g_assert_cmpstr (line->entry->subject, ==, audits ? "138****8000" : "13800138000");
    g_assert_cmpstr (line->entry->detail, ==, audits ? "called 139 **** 1234" : "called 139 0000 1234");
    g_assert_true (line->is_chained); /* the proof is of the record, not of what is shown of it */
    g_assert_cmpint (strchr (item->msisdn, '*') != NULL, ==, audits);
  }
}

static guint
count_found (TaiDeskRig *rig, TaiOrderFilter filter)
{
  g_autoptr (GPtrArray) orders = NULL;

  MUST (orders = tai_desk_list_orders (rig->desk, &filter, &E));
  return orders->len;
}

/* By what was paid: the sum, the slip, the tender; each with the day, and together. */
static void
test_payments (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) cash = tai_desk_rig_sell_top_up (rig, 3000);
  g_autoptr (TaiVisit) cheque = tai_desk_rig_begin (rig);

  tai_desk_rig_add_top_up (rig, cheque, 3000);
  tai_desk_rig_place (rig, cheque);
  MUST (tai_desk_pay (
      rig->desk, cheque,
      &(TaiTenderRequest){
          .tender = TAI_TENDER_OTHER, .amount = CNY (1000), .number = "CHQ-7", .provider = "cheque"},
      NULL, &E));
  MUST (tai_desk_pay_cash (rig->desk, cheque, CNY (2000), NULL, &E));
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.paid_minor = 3000}), ==, 1);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.paid_minor = 1000}), ==, 1);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.paid_minor = 1001}), ==, 0);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.reference = "CHQ-7"}), ==, 1);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.reference = "CHQ-8"}), ==, 0);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.tender = "cash"}), ==, 2);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.tender = "other"}), ==, 1);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.tender = "cheque"}), ==, 1); /* its provider */
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.tender = "cheque", .clerk = RIG_CLERK}), ==, 1);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.tender = "cheque", .clerk = RIG_CLERK_2}), ==, 0);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.tender = "other", .business_day = "2026-11-21"}), ==,
                    0);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.tender = "wechat"}), ==, 0);
  /* of one payment, all that was said */
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.tender = "cash", .paid_minor = 1000}), ==, 0);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.reference = "CHQ-7", .paid_minor = 1000}), ==, 1);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.paid_minor = 3000, .business_day = "2026-11-22"}), ==,
                    1);
  g_assert_cmpuint (count_found (rig, (TaiOrderFilter){.paid_minor = 3000, .business_day = "2026-11-21"}), ==,
                    0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/look/life", test_life);
  g_test_add_func ("/core/look/unsent", test_unsent);
  g_test_add_func ("/core/look/papers", test_papers);
  g_test_add_func ("/core/look/stock", test_stock);
  g_test_add_func ("/core/look/payments", test_payments);
  g_test_add_func ("/core/look/auditor", test_auditor);
  g_test_add_func ("/core/look/auditor-words", test_auditor_words);
  return g_test_run ();
}
