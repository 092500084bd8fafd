/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A change: facts keep their order and their own copies, the completion adds behind them, a second one replaces the first;
 * the journal's record is the canonical bytes of its entry.
 */
#include "tai-change.h"

#include <string.h>

#include "tai-core-error.h"

static const TaiUuid visit_id = {"01936f0e-7c00-7abc-8def-000000000001"};
static const TaiUuid order_id = {"01936f0e-7c00-7abc-8def-000000000002"};
static const TaiUuid payment_id = {"01936f0e-7c00-7abc-8def-000000000003"};

static TaiJournalEntry *
entry_new (const char *kind)
{
  TaiJournalEntry *entry = g_new0 (TaiJournalEntry, 1);

  entry->kind = g_strdup (kind);
  return entry;
}

static TaiMessage *
message_new (const char *path)
{
  TaiMessage *message = g_new0 (TaiMessage, 1);

  message->key = order_id;
  message->destination = g_strdup (TAI_DESTINATION_HQ);
  message->path = g_strdup (path);
  message->body = g_bytes_new_static ("{}", 2);
  return message;
}

static TaiPrintJob *
job_new (void)
{
  TaiPrintJob *job = g_new0 (TaiPrintJob, 1);

  job->document = tai_document_new (TAI_DOCUMENT_RECEIPT, "t", "en");
  job->printer = g_strdup ("receipt");
  job->receipt_number = g_strdup ("r");
  return job;
}

static TaiShiftFact *
shift_new (void)
{
  TaiShiftFact *shift = g_new0 (TaiShiftFact, 1);

  shift->till = g_strdup ("T2");
  shift->clerk = g_strdup ("1042");
  shift->business_day = g_strdup ("2026-11-22");
  return shift;
}

/* One fact of each kind, in the order of the enum; order and payment are the caller's. */
static TaiChange *
one_of_each (TaiOrder *order, TaiPayment *payment)
{
  TaiChange *change = tai_change_new ();

  tai_change_add_visit (change, &visit_id, TAI_VISIT_PAID, "1042", 1);
  tai_change_add_order (change, order);
  tai_change_add_order_state (change, &order_id, TAI_ORDER_REJECTED, "idLimit", 2);
  tai_change_add_order_captured (change, order);
  tai_change_add_payment (change, payment);
  tai_change_add_payment_event (change, &payment_id, TAI_PAYMENT_SUCCEEDED, "SUCCESS", 3);
  tai_change_add_payment_captured (change, payment);
  tai_change_add_postings (change, tai_posting_set_new ("cash_sale"), &order_id, NULL, "2026-11-22", "s",
                           "1042", 4);
  tai_change_add_resource (change, TAI_RESOURCE_NUMBER, "13800138000", TAI_RESOURCE_HELD, &visit_id, 5,
                           "AAA");
  tai_change_take_journal (change, entry_new ("sale"));
  tai_change_take_message (change, message_new (TAI_DESTINATION_HQ));
  tai_change_take_print (change, job_new ());
  tai_change_take_shift (change, shift_new ());
  tai_change_add_message_state (change, 7, TAI_MESSAGE_WAITING, 6);
  tai_change_take_approval (change, tai_approval_new (&order_id, tai_action_find (TAI_ACTION_CASH_OUT), "T2",
                                                      tai_money (1, TAI_CNY), "1042", 7));
  tai_change_add_setting (change, "epoch", "2");
  return change;
}

static void
test_order_of_facts (void)
{
  g_autoptr (TaiOrder) order = tai_order_new (tai_operation_find ("new_line"));
  g_autoptr (TaiPayment) payment = tai_payment_new (TAI_TENDER_CASH, tai_money (1, TAI_CNY));
  g_autoptr (TaiChange) change = one_of_each (order, payment);

  g_assert_cmpuint (tai_change_get_n_facts (change), ==, TAI_FACT_SETTING + 1);
  for (guint i = 0; i <= TAI_FACT_SETTING; i++)
    g_assert_cmpuint (tai_change_get_fact (change, i)->kind, ==, i);
}

static void
test_contents (void)
{
  g_autoptr (TaiOrder) order = tai_order_new (tai_operation_find ("new_line"));
  g_autoptr (TaiPayment) payment = tai_payment_new (TAI_TENDER_CASH, tai_money (1, TAI_CNY));
  g_autoptr (TaiChange) change = one_of_each (order, payment);
  const TaiVisitFact *visit = tai_change_get_fact (change, TAI_FACT_VISIT)->visit;
  const TaiOrderStateFact *state = tai_change_get_fact (change, TAI_FACT_ORDER_STATE)->order_state;
  const TaiPaymentEventFact *event = tai_change_get_fact (change, TAI_FACT_PAYMENT_EVENT)->payment_event;
  const TaiPostingsFact *postings = tai_change_get_fact (change, TAI_FACT_POSTINGS)->postings;
  const TaiResourceFact *resource = tai_change_get_fact (change, TAI_FACT_RESOURCE)->resource;
  const TaiSettingFact *setting = tai_change_get_fact (change, TAI_FACT_SETTING)->setting;
  const TaiMessageStateFact *message = tai_change_get_fact (change, TAI_FACT_MESSAGE_STATE)->message_state;

  g_assert_cmpint (message->row, ==, 7);
  g_assert_cmpint (message->to, ==, TAI_MESSAGE_WAITING);
  g_assert_cmpint (message->time_us, ==, 6);
  g_assert_cmpstr (visit->id.text, ==, visit_id.text);
  g_assert_cmpint (visit->state, ==, TAI_VISIT_PAID);
  g_assert_cmpstr (visit->clerk, ==, "1042");
  g_assert_cmpint (visit->time_us, ==, 1);
  g_assert_true (tai_change_get_fact (change, TAI_FACT_ORDER)->order == order);
  g_assert_true (tai_change_get_fact (change, TAI_FACT_ORDER_CAPTURED)->order == order);
  g_assert_true (tai_change_get_fact (change, TAI_FACT_PAYMENT)->payment == payment);
  g_assert_true (tai_change_get_fact (change, TAI_FACT_PAYMENT_CAPTURED)->payment == payment);
  g_assert_false (event->releases);
  g_assert_cmpstr (state->id.text, ==, order_id.text);
  g_assert_cmpint (state->to, ==, TAI_ORDER_REJECTED);
  g_assert_cmpstr (state->reason, ==, "idLimit");
  g_assert_cmpint (state->time_us, ==, 2);
  g_assert_cmpstr (event->id.text, ==, payment_id.text);
  g_assert_cmpint (event->to, ==, TAI_PAYMENT_SUCCEEDED);
  g_assert_cmpstr (event->detail, ==, "SUCCESS");
  g_assert_cmpint (event->time_us, ==, 3);
  g_assert_cmpstr (postings->set->event, ==, "cash_sale");
  g_assert_cmpstr (postings->order_id.text, ==, order_id.text);
  g_assert_cmpstr (postings->payment_id.text, ==, "");
  g_assert_cmpstr (postings->business_day, ==, "2026-11-22");
  g_assert_cmpstr (postings->shift_id, ==, "s");
  g_assert_cmpstr (postings->clerk, ==, "1042");
  g_assert_cmpint (postings->time_us, ==, 4);
  g_assert_cmpstr (resource->kind, ==, "msisdn");
  g_assert_cmpstr (resource->value, ==, "13800138000");
  g_assert_cmpint (resource->to, ==, TAI_RESOURCE_HELD);
  g_assert_cmpstr (resource->holder.text, ==, visit_id.text);
  g_assert_cmpint (resource->until_us, ==, 5);
  g_assert_cmpstr (resource->grade, ==, "AAA");
  g_assert_cmpstr (setting->name, ==, "epoch");
  g_assert_cmpstr (setting->value, ==, "2");
}

/* The caller's texts may go at once; what may be missing may be missing. */
static void
test_copies (void)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  char text[] = "text";

  tai_change_add_visit (change, &visit_id, TAI_VISIT_OPEN, text, 0);
  tai_change_add_order_state (change, &order_id, TAI_ORDER_PLACED, NULL, 0);
  tai_change_add_payment_event (change, &payment_id, TAI_PAYMENT_CREATED, NULL, 0);
  tai_change_add_postings (change, tai_posting_set_new ("float"), NULL, &payment_id, NULL, NULL, NULL, 0);
  tai_change_add_resource (change, text, text, TAI_RESOURCE_LEASED, NULL, 0, NULL);
  tai_change_add_setting (change, text, NULL);
  memset (text, 'x', 4);
  g_assert_cmpstr (tai_change_get_fact (change, 0)->visit->clerk, ==, "text");
  g_assert_null (tai_change_get_fact (change, 1)->order_state->reason);
  g_assert_null (tai_change_get_fact (change, 2)->payment_event->detail);
  g_assert_cmpstr (tai_change_get_fact (change, 3)->postings->payment_id.text, ==, payment_id.text);
  g_assert_cmpstr (tai_change_get_fact (change, 4)->resource->value, ==, "text");
  g_assert_cmpstr (tai_change_get_fact (change, 4)->resource->holder.text, ==, "");
  g_assert_cmpstr (tai_change_get_fact (change, 5)->setting->name, ==, "text");
  g_assert_null (tai_change_get_fact (change, 5)->setting->value);
}

/* Many more than the array's first room; pointers of facts stay what they were told to be. */
static void
test_many_facts (void)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  for (guint i = 0; i < 1000; i++)
    tai_change_add_visit (change, &visit_id, TAI_VISIT_OPEN, NULL, i);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpint (tai_change_get_fact (change, i)->visit->time_us, ==, i);
}

/* --- completion --- */

typedef struct {
  guint calls;
  gboolean fails;
} Completion;

static gboolean
complete_cb (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error)
{
  Completion *self = data;
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, heads->next_terminal_seq);

  self->calls++;
  tai_change_add_setting (change, "seq", seq);
  if (self->fails)
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "no shift");
  return !self->fails;
}

static void
test_complete (void)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  const TaiHeads heads = {.next_terminal_seq = 7}, later = {.next_terminal_seq = 9};
  Completion completion = {0};
  g_autoptr (GError) error = NULL;

  tai_change_add_visit (change, &visit_id, TAI_VISIT_PAID, NULL, 0);
  tai_change_set_complete (change, complete_cb, &completion);
  g_assert_cmpuint (tai_change_get_n_facts (change), ==, 1);
  g_assert_true (tai_change_complete (change, &heads, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tai_change_get_n_facts (change), ==, 2);
  g_assert_cmpstr (tai_change_get_fact (change, 1)->setting->value, ==, "7");
  /* A store that rolled back and tries again. */
  g_assert_true (tai_change_complete (change, &later, &error));
  g_assert_cmpuint (completion.calls, ==, 2);
  g_assert_cmpuint (tai_change_get_n_facts (change), ==, 2);
  g_assert_cmpint (tai_change_get_fact (change, 0)->kind, ==, TAI_FACT_VISIT);
  g_assert_cmpstr (tai_change_get_fact (change, 1)->setting->value, ==, "9");
}

static void
test_complete_fails (void)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  const TaiHeads heads = {.next_terminal_seq = 7};
  Completion completion = {.fails = TRUE};
  g_autoptr (GError) error = NULL;

  tai_change_set_complete (change, complete_cb, &completion);
  g_assert_false (tai_change_complete (change, &heads, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT);
}

static void
test_complete_nothing (void)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  const TaiHeads heads = {0};

  tai_change_add_setting (change, "a", "b");
  g_assert_true (tai_change_complete (change, &heads, NULL));
  g_assert_cmpuint (tai_change_get_n_facts (change), ==, 1);
}

/* --- journal --- */

static void
assert_record (gint64 seq, const TaiJournalEntry *entry, const char *expected)
{
  g_autoptr (GBytes) record = tai_journal_record (seq, entry);
  gsize size;
  const char *data = g_bytes_get_data (record, &size);
  g_autofree char *text = g_strndup (data, size);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_journal_record (void)
{
  const TaiJournalEntry full = {.kind = (char *)"sale",
                                .business_day = (char *)"2026-11-22",
                                .shift_id = (char *)"s1",
                                .clerk = (char *)"1042",
                                .subject = (char *)"H017T2A261122-0001",
                                .detail = (char *)"two\nlines \\ one",
                                .amount = {-12800, TAI_CNY},
                                .time_us = G_GINT64_CONSTANT (1795309200123000)};
  const TaiJournalEntry bare = {.kind = (char *)"sign_in"};

  assert_record (42, &full,
                 "version=1\nsequence=42\nkind=sale\ntime=2026-11-22T01:00:00.123Z\nbusiness_day=2026-11-22\n"
                 "shift_id=s1\nstaff=1042\nsubject=H017T2A261122-0001\ndetail=two\\nlines \\\\ one\n"
                 "amount_minor=-12800\ncurrency=CNY\n");
  assert_record (1, &bare, "version=1\nsequence=1\nkind=sign_in\ntime=1970-01-01T00:00:00.000Z\n");
}

static void
test_frees (void)
{
  tai_change_free (NULL);
  tai_message_free (NULL);
  tai_print_job_free (NULL);
  tai_journal_entry_free (NULL);
  tai_shift_fact_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/change/order-of-facts", test_order_of_facts);
  g_test_add_func ("/core/change/contents", test_contents);
  g_test_add_func ("/core/change/copies", test_copies);
  g_test_add_func ("/core/change/many-facts", test_many_facts);
  g_test_add_func ("/core/change/complete", test_complete);
  g_test_add_func ("/core/change/complete-fails", test_complete_fails);
  g_test_add_func ("/core/change/complete-nothing", test_complete_nothing);
  g_test_add_func ("/core/change/journal-record", test_journal_record);
  g_test_add_func ("/core/change/frees", test_frees);
  return g_test_run ();
}
