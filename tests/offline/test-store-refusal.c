/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store refuses leaves nothing: every table is as it was, and the series have not moved. */
#include <sqlite3.h>

#include "tai-core-error.h"
#include "tai-offline-error.h"
#include "tai-store-fixture.h"

#define HALF_HOUR (G_GINT64_CONSTANT (1800) * G_USEC_PER_SEC)

/* A shift is open; @sold is captured, @placed waits for its money. */
typedef struct {
  TaiFixture *f;
  TaiFixtureSale *sold, *placed;
  GPtrArray *litter; /* (element-type TaiPayment) */
} Scene;

static TaiOrder *
order_of (TaiFixtureSale *sale)
{
  return g_ptr_array_index (sale->orders, 0);
}

static Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);
  g_autoptr (TaiChange) place = tai_change_new ();

  scene->f = tai_fixture_new ();
  scene->litter = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  tai_fixture_open_till (scene->f, "2026-11-21", 0);
  tai_fixture_close_till (scene->f, 0);
  tai_fixture_open_till (scene->f, "2026-11-22", 1000);
  tai_fixture_lease (scene->f, TAI_RESOURCE_NUMBER, "13800138000", scene->f->now_us + HALF_HOUR);
  tai_fixture_lease (scene->f, TAI_RESOURCE_SIM, "8986", scene->f->now_us + HALF_HOUR);
  scene->sold = tai_fixture_sell (scene->f, "13800138000", 100);
  scene->placed = tai_fixture_sale_new (scene->f, "13800138001", 200);
  tai_fixture_sale_place (scene->placed, place);
  tai_fixture_commit_ok (scene->f, place);
  return scene;
}

static void
scene_free (Scene *scene)
{
  tai_fixture_sale_free (scene->sold);
  tai_fixture_sale_free (scene->placed);
  g_ptr_array_unref (scene->litter);
  tai_fixture_free (scene->f);
  g_free (scene);
}

/* Good facts come first, so that a refusal has something to take back. */
typedef void (*BadFunc) (Scene *scene, TaiChange *change);
typedef struct {
  const char *name;
  BadFunc add;
  gboolean is_core;
  int code;
} Bad;

static void
order_twice (Scene *scene, TaiChange *change)
{
  tai_change_add_order (change, order_of (scene->placed));
}

static void
order_born_paid (Scene *scene, TaiChange *change)
{
  TaiFixtureSale *sale = scene->placed;

  order_of (sale)->id = tai_fixture_uuid (scene->f);
  order_of (sale)->state = TAI_ORDER_PAID;
  tai_change_add_order (change, order_of (sale));
}

static void
order_two_currencies (Scene *scene, TaiChange *change)
{
  order_of (scene->placed)->id = tai_fixture_uuid (scene->f);
  order_of (scene->placed)->normal.currency = 840;
  tai_change_add_order (change, order_of (scene->placed));
}

static void
order_no_currency (Scene *scene, TaiChange *change)
{
  TaiOrder *order = order_of (scene->placed);

  order->id = tai_fixture_uuid (scene->f);
  order->today.currency = order->first.currency = order->normal.currency = 0;
  tai_change_add_order (change, order);
}

static void
order_too_long (Scene *scene, TaiChange *change)
{
  order_of (scene->placed)->id = tai_fixture_uuid (scene->f);
  for (int i = 0; i < 64; i++)
    tai_order_add_item (order_of (scene->placed), "add", "x");
  tai_change_add_order (change, order_of (scene->placed));
}

static void
order_closed_shift (Scene *scene, TaiChange *change)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiShift) old =
      tai_visit_store_find_last_closed_shift (TAI_VISIT_STORE (scene->f->store), "T2", &error);

  order_of (scene->placed)->id = tai_fixture_uuid (scene->f);
  g_free (order_of (scene->placed)->shift_id);
  order_of (scene->placed)->shift_id = g_strdup (old->id.text);
  tai_change_add_order (change, order_of (scene->placed));
}

static void
order_unknown_shift (Scene *scene, TaiChange *change)
{
  order_of (scene->placed)->id = tai_fixture_uuid (scene->f);
  g_free (order_of (scene->placed)->shift_id);
  order_of (scene->placed)->shift_id = g_strdup (order_of (scene->placed)->id.text);
  tai_change_add_order (change, order_of (scene->placed));
}

static void
order_bad_edge (Scene *scene, TaiChange *change)
{
  tai_change_add_order_state (change, &order_of (scene->placed)->id, TAI_ORDER_COMPLETED, NULL, 1);
}

static void
order_unknown (Scene *scene, TaiChange *change)
{
  TaiUuid id = tai_fixture_uuid (scene->f);

  tai_change_add_order_state (change, &id, TAI_ORDER_PAID, NULL, 1);
}

static void
captured_without_number (Scene *scene, TaiChange *change)
{
  tai_change_add_order_captured (change, order_of (scene->placed));
}

static void
capture_with (Scene *scene, TaiChange *change, const char *number)
{
  tai_change_add_order_state (change, &order_of (scene->placed)->id, TAI_ORDER_PAID, NULL, 1);
  order_of (scene->placed)->receipt_number = g_strdup (number);
  tai_change_add_order_captured (change, order_of (scene->placed));
}

static void
captured_gap (Scene *scene, TaiChange *change)
{
  capture_with (scene, change, "H017-T2-A-20261122-0003");
}

static void
captured_again (Scene *scene, TaiChange *change)
{
  capture_with (scene, change, "H017-T2-A-20261122-0001"); /* recycled */
}

static void
captured_other_day (Scene *scene, TaiChange *change)
{
  capture_with (scene, change, "H017-T2-A-20261123-0002");
}

static void
captured_other_epoch (Scene *scene, TaiChange *change)
{
  capture_with (scene, change, "H017-T2-B-20261122-0002");
}

static void
captured_nonsense (Scene *scene, TaiChange *change)
{
  capture_with (scene, change, "0002");
}

static void
captured_not_paid (Scene *scene, TaiChange *change)
{
  order_of (scene->placed)->receipt_number = g_strdup ("H017-T2-A-20261122-0002");
  tai_change_add_order_captured (change, order_of (scene->placed));
}

static void
captured_twice (Scene *scene, TaiChange *change)
{
  tai_change_add_order_captured (change, order_of (scene->sold));
}

static void
visit_bad_edge (Scene *scene, TaiChange *change)
{
  tai_change_add_visit (change, &scene->sold->visit_id, TAI_VISIT_OPEN, "1042", 1);
}

static void
payment_twice (Scene *scene, TaiChange *change)
{
  tai_change_add_payment (change, scene->sold->payment);
}

static void
second_attempt (Scene *scene, TaiChange *change)
{
  TaiPayment *payment = scene->sold->payment;

  g_array_set_size (payment->allocations, 0);
  for (int i = 0; i < 2; i++) {
    TaiPayment *attempt = i ? payment : tai_payment_new (TAI_TENDER_QR, payment->amount);
    attempt->id = tai_fixture_uuid (scene->f);
    attempt->visit_id = payment->visit_id;
    tai_change_add_payment (change, attempt);
    if (!i)
      g_ptr_array_add (scene->litter, attempt);
  }
}

static void
payment_wrong_allocation (Scene *scene, TaiChange *change)
{
  TaiPayment *payment = scene->sold->payment;

  payment->id = g_array_index (payment->allocations, TaiAllocation, 0).payment_id =
      tai_fixture_uuid (scene->f);
  payment->amount.minor++;
  tai_change_add_payment (change, payment);
}

static void
payment_unknown_order (Scene *scene, TaiChange *change)
{
  TaiPayment *payment = scene->sold->payment;
  TaiAllocation *allocation = &g_array_index (payment->allocations, TaiAllocation, 0);

  payment->id = allocation->payment_id = tai_fixture_uuid (scene->f);
  allocation->order_id = payment->id;
  tai_change_add_payment (change, payment);
}

static void
payment_unknown_original (Scene *scene, TaiChange *change)
{
  TaiPayment *payment = scene->sold->payment;

  payment->original_id = tai_fixture_uuid (scene->f);
  payment->id = g_array_index (payment->allocations, TaiAllocation, 0).payment_id =
      tai_fixture_uuid (scene->f);
  tai_change_add_payment (change, payment);
}

static void
payment_bad_edge (Scene *scene, TaiChange *change)
{
  tai_change_add_payment_event (change, &scene->sold->payment->id, TAI_PAYMENT_FAILED, NULL, 1);
}

static void
payment_unknown (Scene *scene, TaiChange *change)
{
  TaiUuid id = tai_fixture_uuid (scene->f);

  tai_change_add_payment_event (change, &id, TAI_PAYMENT_FAILED, NULL, 1);
}

static void
postings_unbalanced (Scene *scene, TaiChange *change)
{
  TaiPostingSet *set = tai_posting_set_new ("cash_sale");

  tai_posting_set_add (set, TAI_ACCOUNT_DRAWER, "T2", tai_money (100, TAI_CNY));
  tai_posting_set_add (set, TAI_ACCOUNT_SALES, NULL, tai_money (-99, TAI_CNY));
  tai_change_add_postings (change, set, NULL, NULL, "2026-11-22", scene->f->shift_id.text, NULL, 1);
}

static void
postings_unknown_order (Scene *scene, TaiChange *change)
{
  TaiUuid id = tai_fixture_uuid (scene->f);

  tai_change_add_postings (change, tai_posting_refund_cash ("T2", tai_money (1, TAI_CNY), NULL), &id, NULL,
                           "2026-11-22", NULL, NULL, 1);
}

static void
journal_closed_shift (Scene *scene, TaiChange *change)
{
  TaiJournalEntry *entry = tai_fixture_journal (scene->f, "note", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiShift) old =
      tai_visit_store_find_last_closed_shift (TAI_VISIT_STORE (scene->f->store), "T2", &error);

  g_free (entry->shift_id);
  entry->shift_id = g_strdup (old->id.text);
  tai_change_take_journal (change, entry);
}

static void
number_not_leased (Scene *scene, TaiChange *change)
{
  tai_change_add_resource (change, TAI_RESOURCE_NUMBER, "1", TAI_RESOURCE_HELD, &scene->placed->visit_id, 9,
                           NULL);
}

static void
sim_taken (Scene *scene, TaiChange *change)
{
  tai_change_add_resource (change, TAI_RESOURCE_SIM, "8986", TAI_RESOURCE_HELD, &scene->placed->visit_id,
                           G_MAXINT64, NULL);
  tai_change_add_resource (change, TAI_RESOURCE_SIM, "8986", TAI_RESOURCE_HELD, &scene->sold->visit_id,
                           G_MAXINT64, NULL);
}

static void
release_unknown (Scene *scene, TaiChange *change)
{
  tai_change_add_resource (change, TAI_RESOURCE_SIM, "1", TAI_RESOURCE_LEASED, &scene->sold->visit_id, 0,
                           NULL);
}

static void
free_unknown (Scene *scene, TaiChange *change)
{
  tai_change_add_resource (change, TAI_RESOURCE_SIM, "1", TAI_RESOURCE_FREE, NULL, 0, NULL);
}

static void
use_unknown (Scene *scene, TaiChange *change)
{
  tai_change_add_resource (change, TAI_RESOURCE_SIM, "1", TAI_RESOURCE_USED, &order_of (scene->placed)->id, 0,
                           NULL);
}

static void
message_gap (Scene *scene, TaiChange *change)
{
  TaiMessage *message = tai_fixture_message (scene->f, "x");

  message->terminal_seq = 9;
  tai_change_take_message (change, message);
}

static void
message_twice (Scene *scene, TaiChange *change)
{
  TaiMessage *message = tai_fixture_message (scene->f, "x");

  message->key = scene->sold->payment->id;
  tai_change_take_message (change, message);
}

static void
message_digest (Scene *scene, TaiChange *change)
{
  TaiMessage *message = tai_fixture_message (scene->f, "x");

  message->digest.byte[0] ^= 1;
  tai_change_take_message (change, message);
}

static void
message_too_long (Scene *scene, TaiChange *change)
{
  g_autofree char *text = g_strnfill (256 * 1024 + 1, 'x');

  tai_change_take_message (change, tai_fixture_message (scene->f, text));
}

static void
message_no_dependency (Scene *scene, TaiChange *change)
{
  TaiMessage *message = tai_fixture_message (scene->f, "x");

  message->depends_on = tai_fixture_uuid (scene->f);
  tai_change_take_message (change, message);
}

static void
message_no_superseded (Scene *scene, TaiChange *change)
{
  TaiMessage *message = tai_fixture_message (scene->f, "x");

  message->supersedes = tai_fixture_uuid (scene->f);
  tai_change_take_message (change, message);
}

static void
message_supersedes_waiting (Scene *scene, TaiChange *change)
{
  TaiMessage *message = tai_fixture_message (scene->f, "x");

  message->supersedes = scene->sold->payment->id;
  tai_change_take_message (change, message);
}

static void
message_unknown_order (Scene *scene, TaiChange *change)
{
  TaiMessage *message = tai_fixture_message (scene->f, "x");

  message->order_id = message->key;
  tai_change_take_message (change, message);
}

static TaiShiftFact *
shift_fact (Scene *scene, TaiShiftState to)
{
  TaiShiftFact *fact = g_new0 (TaiShiftFact, 1);

  fact->id = scene->f->shift_id;
  fact->till = g_strdup ("T2");
  fact->clerk = g_strdup ("1042");
  fact->business_day = g_strdup ("2026-11-22");
  fact->to = to;
  return fact;
}

static void
shift_second (Scene *scene, TaiChange *change)
{
  TaiShiftFact *fact = shift_fact (scene, TAI_SHIFT_OPEN);

  fact->id = tai_fixture_uuid (scene->f);
  tai_change_take_shift (change, fact);
}

static void
shift_bad_edge (Scene *scene, TaiChange *change)
{
  tai_change_take_shift (change, shift_fact (scene, TAI_SHIFT_CLOSED)); /* not counted */
}

static void
shift_z_gap (Scene *scene, TaiChange *change)
{
  TaiShiftFact *fact = shift_fact (scene, TAI_SHIFT_CLOSED);

  fact->z_number = 7;
  tai_change_take_shift (change, shift_fact (scene, TAI_SHIFT_COUNTING));
  tai_change_take_shift (change, fact);
}

static void
shift_unknown (Scene *scene, TaiChange *change)
{
  TaiShiftFact *fact = shift_fact (scene, TAI_SHIFT_COUNTING);

  fact->id = tai_fixture_uuid (scene->f);
  tai_change_take_shift (change, fact);
}

static gboolean
refuse_cb (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error)
{
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_FAILED, "cannot render");
  return FALSE;
}

static void
completion_fails (Scene *scene, TaiChange *change)
{
  tai_change_set_complete (change, refuse_cb, NULL);
}

#define CORE(code)  TRUE, TAI_CORE_ERROR_##code
#define STORE(code) FALSE, TAI_OFFLINE_ERROR_##code
static const Bad bads[] = {
    {"order twice", order_twice, STORE (EXISTS)},
    {"order born paid", order_born_paid, CORE (STATE)},
    {"order in two currencies", order_two_currencies, CORE (MONEY_CURRENCY)},
    {"order in no currency", order_no_currency, CORE (MONEY_CURRENCY)},
    {"order too long", order_too_long, CORE (LIMIT)},
    {"order in a closed shift", order_closed_shift, CORE (NO_SHIFT)},
    {"order in no known shift", order_unknown_shift, STORE (UNKNOWN_RECORD)},
    {"order: no such edge", order_bad_edge, CORE (STATE)},
    {"order: unknown", order_unknown, STORE (UNKNOWN_RECORD)},
    {"captured without a number", captured_without_number, STORE (SERIES)},
    {"captured: a gap", captured_gap, STORE (SERIES)},
    {"captured: recycled", captured_again, STORE (SERIES)},
    {"captured: other day", captured_other_day, STORE (SERIES)},
    {"captured: other epoch", captured_other_epoch, STORE (SERIES)},
    {"captured: no number", captured_nonsense, STORE (SERIES)},
    {"captured and not paid", captured_not_paid, CORE (STATE)},
    {"captured twice", captured_twice, STORE (EXISTS)},
    {"visit: no such edge", visit_bad_edge, CORE (STATE)},
    {"payment twice", payment_twice, STORE (EXISTS)},
    {"two open attempts", second_attempt, CORE (PAYMENT_OPEN)},
    {"allocation off by one", payment_wrong_allocation, CORE (UNBALANCED)},
    {"allocation to no order", payment_unknown_order, STORE (UNKNOWN_RECORD)},
    {"refund of no payment", payment_unknown_original, STORE (UNKNOWN_RECORD)},
    {"payment: no such edge", payment_bad_edge, CORE (STATE)},
    {"payment: unknown", payment_unknown, STORE (UNKNOWN_RECORD)},
    {"postings: unbalanced", postings_unbalanced, CORE (UNBALANCED)},
    {"postings for no order", postings_unknown_order, STORE (UNKNOWN_RECORD)},
    {"journal in a closed shift", journal_closed_shift, CORE (NO_SHIFT)},
    {"number not leased", number_not_leased, CORE (NOT_LEASED)},
    {"SIM taken", sim_taken, CORE (SIM_TAKEN)},
    {"SIM released and unknown", release_unknown, CORE (NOT_LEASED)},
    {"SIM freed and unknown", free_unknown, CORE (NOT_LEASED)},
    {"SIM used and unknown", use_unknown, CORE (NOT_LEASED)},
    {"message: a gap", message_gap, STORE (SERIES)},
    {"message twice", message_twice, STORE (EXISTS)},
    {"message: not its digest", message_digest, STORE (FAILED)},
    {"message too long", message_too_long, CORE (LIMIT)},
    {"message depends on nothing", message_no_dependency, STORE (UNKNOWN_RECORD)},
    {"message supersedes nothing", message_no_superseded, STORE (UNKNOWN_RECORD)},
    {"message supersedes one that waits", message_supersedes_waiting, CORE (STATE)},
    {"message for no order", message_unknown_order, STORE (UNKNOWN_RECORD)},
    {"second open shift", shift_second, CORE (SHIFT_OPEN)},
    {"shift: no such edge", shift_bad_edge, CORE (STATE)},
    {"shift: Z number with a gap", shift_z_gap, STORE (SERIES)},
    {"shift: unknown", shift_unknown, STORE (UNKNOWN_RECORD)},
    {"completion fails", completion_fails, CORE (FAILED)},
};

static void
test_bad (gconstpointer data)
{
  const Bad *bad = data;
  Scene *scene = scene_new ();
  g_autofree char *before = tai_fixture_dump (scene->f), *after = NULL;
  g_autoptr (TaiChange) change = tai_change_new (), good = tai_change_new ();
  g_autoptr (GError) error = NULL;
  TaiUuid visit = tai_fixture_uuid (scene->f);
  TaiHeads heads, heads_after;

  g_assert_true (tai_store_get_heads (scene->f->store, &heads, &error));
  tai_change_add_visit (change, &visit, TAI_VISIT_OPEN, "1042", scene->f->now_us);
  tai_change_add_setting (change, "name", "value");
  tai_change_take_journal (change, tai_fixture_journal (scene->f, "note", NULL));
  tai_change_take_message (change, tai_fixture_message (scene->f, "good"));
  bad->add (scene, change);
  g_assert_false (tai_fixture_commit (scene->f, change, &error));
  g_assert_error (error, (bad->is_core ? TAI_CORE_ERROR : TAI_OFFLINE_ERROR), bad->code);
  after = tai_fixture_dump (scene->f);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (tai_store_get_heads (scene->f->store, &heads_after, NULL));
  g_assert_cmpmem (&heads, sizeof heads, &heads_after, sizeof heads_after);
  tai_fixture_assert_verified (scene->f);
  tai_change_take_journal (good, tai_fixture_journal (scene->f, "note", NULL)); /* and the next one works */
  tai_fixture_commit_ok (scene->f, good);
  scene_free (scene);
}

/* No shift is open: nothing is captured. */
static void
test_no_shift (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (TaiChange) place = tai_change_new (), pay = tai_change_new ();
  g_autoptr (GError) error = NULL;

  tai_fixture_open_till (f, "2026-11-22", 0);
  sale = tai_fixture_sale_new (f, "13800000001", 100);
  tai_fixture_sale_place (sale, place);
  tai_fixture_commit_ok (f, place);
  tai_fixture_sale_pay (sale, pay);
  tai_fixture_close_till (f, 0);
  g_assert_false (tai_fixture_commit (f, pay, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT);
}

/* Facts are refused by the file itself, whoever writes it. */
static void
test_triggers (void)
{
  static const char *const refused[] = {
      "UPDATE payment SET amount_minor = 1",
      "UPDATE payment SET clerk = 'x'",
      "DELETE FROM payment",
      "UPDATE payment_event SET state = 'failed'",
      "DELETE FROM payment_event",
      "UPDATE allocation SET amount_minor = 1",
      "DELETE FROM allocation",
      "UPDATE posting SET amount_minor = 0",
      "DELETE FROM posting",
      "UPDATE posting_set SET event = 'x'",
      "DELETE FROM posting_set",
      "UPDATE journal SET kind = 'x'",
      "DELETE FROM journal",
      "UPDATE journal_checkpoint SET chain = zeroblob (32)",
      "DELETE FROM journal_checkpoint",
      "UPDATE order_state_event SET state = 'placed'",
      "DELETE FROM order_state_event",
      "UPDATE order_item SET quantity = 2",
      "DELETE FROM order_item",
      "DELETE FROM customer_order",
      "UPDATE customer_order SET today_minor = 1",
      "UPDATE customer_order SET receipt_number = 'x' WHERE receipt_number IS NOT NULL",
      "UPDATE customer_order SET content_hash = zeroblob (32) WHERE receipt_number IS NOT NULL",
      "UPDATE customer_order SET sealed_hq = x'00'",
      "DELETE FROM message",
      "UPDATE message SET body = x'00'",
      "UPDATE message SET path = '/other'",
      "UPDATE message SET digest = zeroblob (32)",
      "DELETE FROM outbox",
      "DELETE FROM print_job",
      "DELETE FROM shift",
      "UPDATE shift SET counted_minor = 1 WHERE state = 'closed'",
      "UPDATE shift_event SET counted_minor = 1",
      "DELETE FROM shift_event",
  };
  Scene *scene = scene_new ();

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_test_message ("%s", refused[i]);
    g_assert_cmpint (tai_fixture_sql (scene->f, refused[i]), ==, SQLITE_CONSTRAINT);
  }
  tai_fixture_assert_verified (scene->f);
  scene_free (scene);
}

/* A reader reads and does nothing else. */
static void
test_read_only (void)
{
  Scene *scene = scene_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStore) reader = tai_store_open_readonly (scene->f->path, &error);
  g_autoptr (TaiOrder) found = NULL;
  g_autoptr (TaiTillReport) report = NULL;
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GPtrArray) staff = g_ptr_array_new ();
  g_autoptr (TaiFixtureSale) more = NULL;
  g_autoptr (GBytes) body = g_bytes_new ("x", 1);
  TaiOutboxMark mark = {1, TAI_MESSAGE_IN_FLIGHT, 0, NULL, TRUE};
  g_auto (TaiStoreVerification) check = {0};

  g_assert_no_error (error);
  found = tai_visit_store_find_order (TAI_VISIT_STORE (reader), order_of (scene->sold)->id.text, &error);
  g_assert_nonnull (found);
  more = tai_fixture_sell (scene->f, "13800000009", 700); /* the owner goes on meanwhile */
  report = tai_visit_store_report (TAI_VISIT_STORE (reader), "2026-11-22", NULL, &error);
  g_assert_cmpint (report->n_orders, ==, 2);
  g_assert_true (tai_store_verify (reader, TAI_VERIFY_FULL, &check, &error));
#define REFUSED(call)                                                                                        \
  g_assert_false (call);                                                                                     \
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_READ_ONLY);                                    \
  g_clear_error (&error)
  REFUSED (tai_visit_store_commit (TAI_VISIT_STORE (reader), change, &error));
  REFUSED (tai_outbox_mark (TAI_OUTBOX (reader), &mark, 1, 1, &error));
  REFUSED (tai_outbox_recover (TAI_OUTBOX (reader), "hq", &error));
  REFUSED (tai_outbox_resend_above (TAI_OUTBOX (reader), "hq", 0, 0, &error) != -1);
  REFUSED (tai_outbox_purge_until (TAI_OUTBOX (reader), "hq", 0, &error) != -1);
  REFUSED (tai_print_queue_next (TAI_PRINT_QUEUE (reader), "receipt", &error) != NULL);
  REFUSED (tai_print_queue_recover (TAI_PRINT_QUEUE (reader), &error));
  REFUSED (tai_print_queue_mark (TAI_PRINT_QUEUE (reader), &scene->sold->visit_id, TAI_PRINT_SENDING, NULL, 0,
                                 &error));
  REFUSED (tai_visit_store_replace_staff (TAI_VISIT_STORE (reader), staff, &error));
  REFUSED (tai_visit_store_note_sign_in (TAI_VISIT_STORE (reader), "1", TRUE, 0, &error));
  REFUSED (tai_store_checkpoint (reader, TAI_CHECKPOINT_PASSIVE, &error));
  REFUSED (tai_store_set_catalogue (reader, NULL, body, 0, &error));
  REFUSED (tai_store_confirm_catalogue (reader, 0, &error));
  REFUSED (tai_store_sign_journal (reader, 1, "k", body, 0, &error));
  REFUSED (tai_store_advance_epoch (reader, 0, NULL, 0, &error));
  REFUSED (tai_store_release_holds (reader, 0, &error) != -1);
  scene_free (scene);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bads); i++) {
    g_autofree char *name = g_strdelimit (g_strdup_printf ("/store-refusal/%s", bads[i].name), " :", '-');
    g_test_add_data_func (name, &bads[i], test_bad);
  }
  g_test_add_func ("/store-refusal/no-shift", test_no_shift);
  g_test_add_func ("/store-refusal/triggers", test_triggers);
  g_test_add_func ("/store-refusal/read-only", test_read_only);
  return g_test_run ();
}
