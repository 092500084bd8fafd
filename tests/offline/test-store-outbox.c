/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue to headquarters: order, dependencies, quarantine, restarts, HQ's marks, and its price when it is long. */
#include "tai-store-fixture.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"

#define HQ        TAI_DESTINATION_HQ
#define OUTBOX(f) TAI_OUTBOX ((f)->store)

static GPtrArray *
due (TaiFixture *f, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = tai_outbox_due (OUTBOX (f), HQ, now_us, 100, &error);

  g_assert_no_error (error);
  return rows;
}

static void
mark_row (TaiFixture *f, gint64 row, TaiMessageState to, gint64 next_try_us, const char *reason)
{
  TaiOutboxMark mark = {row, to, next_try_us, reason, TRUE};
  g_autoptr (GError) error = NULL;

  tai_outbox_mark (OUTBOX (f), &mark, 1, f->now_us, &error);
  g_assert_no_error (error);
}

static void
assert_mark_refused (TaiFixture *f, gint64 row, TaiMessageState to)
{
  TaiOutboxMark mark = {.row = row, .to = to};
  g_autoptr (GError) error = NULL;

  g_assert_false (tai_outbox_mark (OUTBOX (f), &mark, 1, f->now_us, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE);
}

/* @keys: of what is due now, in order. */
static void
assert_due (TaiFixture *f, gint64 now_us, guint n, const TaiUuid *const *keys)
{
  g_autoptr (GPtrArray) rows = due (f, now_us);

  g_assert_cmpuint (rows->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (((TaiOutboxRow *)g_ptr_array_index (rows, i))->message->key.text, ==, keys[i]->text);
}
#define DUE(f, now, n, ...) assert_due (f, now, n, (const TaiUuid *const[]){__VA_ARGS__, NULL})

static TaiUuid
queue (TaiFixture *f, const TaiUuid *depends_on, const TaiUuid *supersedes)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiMessage *message = tai_fixture_message (f, "{}");
  TaiUuid key = message->key;

  if (depends_on)
    message->depends_on = *depends_on;
  if (supersedes)
    message->supersedes = *supersedes;
  tai_change_take_journal (change, tai_fixture_journal (f, "note", NULL));
  tai_change_take_message (change, message);
  tai_fixture_commit_ok (f, change);
  return key;
}

static gint64
row_of (TaiFixture *f, const TaiUuid *key)
{
  g_autofree char *sql = g_strdup_printf ("SELECT n FROM message WHERE key = '%s'", key->text);

  return tai_fixture_number (f, sql);
}

static void
send_row (TaiFixture *f, const TaiUuid *key, TaiMessageState outcome)
{
  gint64 row = row_of (f, key);

  mark_row (f, row, TAI_MESSAGE_IN_FLIGHT, 0, NULL);
  mark_row (f, row, outcome, 0, outcome == TAI_MESSAGE_QUARANTINED ? "422 conflict" : NULL);
}

static void
test_row (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const TaiOrder *order;
  TaiOutboxRow *row;

  tai_fixture_open_till (f, "2026-11-22", 0);
  sale = tai_fixture_sale_new (f, "13800000001", 100);
  sale->waits = FALSE;
  tai_fixture_sale_commit (sale);
  order = g_ptr_array_index (sale->orders, 0);
  rows = due (f, f->now_us);
  g_assert_cmpuint (rows->len, ==, 2);
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpstr (row->message->key.text, ==, order->id.text);
  g_assert_cmpstr (row->message->order_id.text, ==, order->id.text);
  g_assert_cmpstr (row->message->sale_id.text, ==, sale->visit_id.text);
  g_assert_cmpstr (row->message->destination, ==, HQ);
  g_assert_cmpstr (row->message->path, ==, "/order");
  g_assert_cmpint (row->message->step, ==, 2);
  g_assert_cmpint (row->message->terminal_seq, ==, 2);
  g_assert_true (tai_digest_equal (row->message->digest, order->content_hash));
  g_assert_true (
      tai_digest_equal (row->message->digest, tai_digest_bytes (g_bytes_get_data (row->message->body, NULL),
                                                                g_bytes_get_size (row->message->body))));
  g_assert_cmpint (row->state, ==, TAI_MESSAGE_WAITING);
  g_assert_cmpint (row->attempts, ==, 0);
  g_assert_cmpint (row->created_us, ==, f->now_us);
  g_assert_null (row->last_error);
}

static void
test_backoff (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  TaiUuid a = queue (f, NULL, NULL), b = queue (f, NULL, NULL);
  gint64 later = f->now_us + 5 * G_USEC_PER_SEC;
  TaiOutboxMark pause = {.to = TAI_MESSAGE_WAITING, .next_try_us = later};
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  DUE (f, f->now_us, 2, &a, &b);
  g_assert_cmpint (tai_outbox_next_due_us (OUTBOX (f), HQ), ==, 0);
  mark_row (f, row_of (f, &a), TAI_MESSAGE_IN_FLIGHT, 0, NULL);
  DUE (f, f->now_us, 1, &b);
  mark_row (f, row_of (f, &a), TAI_MESSAGE_ASKING, later, "time-out");
  send_row (f, &b, TAI_MESSAGE_ACKNOWLEDGED);
  DUE (f, later - 1, 0, NULL);
  g_assert_cmpint (tai_outbox_next_due_us (OUTBOX (f), HQ), ==, later);
  rows = due (f, later);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (((TaiOutboxRow *)g_ptr_array_index (rows, 0))->state, ==, TAI_MESSAGE_ASKING);
  g_assert_cmpint (((TaiOutboxRow *)g_ptr_array_index (rows, 0))->attempts, ==, 2);
  g_assert_cmpstr (((TaiOutboxRow *)g_ptr_array_index (rows, 0))->last_error, ==, "time-out");
  pause.row = row_of (f, &a); /* a pause is no attempt */
  g_assert_true (tai_outbox_mark (OUTBOX (f), &pause, 1, f->now_us, &error));
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = due (f, later);
  g_assert_cmpint (((TaiOutboxRow *)g_ptr_array_index (rows, 0))->attempts, ==, 2);
  mark_row (f, row_of (f, &a), TAI_MESSAGE_IN_FLIGHT, 0, NULL);
  g_assert_cmpint (tai_outbox_next_due_us (OUTBOX (f), HQ), ==, G_MAXINT64);
  g_assert_cmpint (tai_outbox_next_due_us (OUTBOX (f), "hall"), ==, G_MAXINT64);
}

/* A refused message blocks what depends on it and nothing else. */
static void
test_dependencies (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  TaiUuid a = queue (f, NULL, NULL), b = queue (f, &a, NULL), c = queue (f, &b, NULL),
          d = queue (f, NULL, NULL), e;

  DUE (f, f->now_us, 2, &a, &d);
  send_row (f, &a, TAI_MESSAGE_QUARANTINED);
  DUE (f, f->now_us, 1, &d);
  send_row (f, &d, TAI_MESSAGE_ACKNOWLEDGED);
  DUE (f, f->now_us, 0, NULL);
  g_assert_cmpint (tai_outbox_next_due_us (OUTBOX (f), HQ), ==, G_MAXINT64);
  mark_row (f, row_of (f, &a), TAI_MESSAGE_WAITING, 0, NULL); /* released by a person */
  DUE (f, f->now_us, 1, &a);
  send_row (f, &a, TAI_MESSAGE_ACKNOWLEDGED);
  DUE (f, f->now_us, 1, &b);
  e = queue (f, &a, NULL); /* what it waits for is done already */
  DUE (f, f->now_us, 2, &b, &e);
  send_row (f, &b, TAI_MESSAGE_ACKNOWLEDGED);
  DUE (f, f->now_us, 2, &c, &e);
}

/* A customer's sale is an order and a payment: two messages, one visit. */
static void
test_visits (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  TaiOutboxCounts counts;

  tai_fixture_open_till (f, "2026-11-22", 0);
  first = tai_fixture_sell (f, "13800000001", 100);
  second = tai_fixture_sell (f, "13800000002", 200);
  g_assert_true (tai_outbox_counts (OUTBOX (f), HQ, &counts, &error));
  g_assert_cmpint (counts.waiting, >=, 4);
  g_assert_cmpint (counts.visits, ==, 2);
  g_assert_false (counts.more_visits);
  for (int i = 0; i < TAI_OUTBOX_VISITS_AMONG; i++)
    queue (f, NULL, NULL);
  g_assert_true (tai_outbox_counts (OUTBOX (f), HQ, &counts, &error));
  g_assert_cmpint (counts.visits, ==, 2);
  g_assert_true (counts.more_visits);
  tai_fixture_acknowledge_all (f);
  g_assert_true (tai_outbox_counts (OUTBOX (f), HQ, &counts, &error));
  g_assert_cmpint (counts.visits, ==, 0);
}

/* A fix takes the place of the refused one; what waited for that waits for the fix. */
static void
test_supersede (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  TaiUuid a = queue (f, NULL, NULL), b = queue (f, &a, NULL), fix;
  TaiOutboxCounts counts;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL, quarantined = NULL;

  send_row (f, &a, TAI_MESSAGE_QUARANTINED);
  quarantined = tai_outbox_list (OUTBOX (f), HQ, TAI_MESSAGE_QUARANTINED, 0, &error);
  g_assert_cmpuint (quarantined->len, ==, 1);
  g_assert_cmpstr (((TaiOutboxRow *)g_ptr_array_index (quarantined, 0))->last_error, ==, "422 conflict");
  fix = queue (f, NULL, &a);
  DUE (f, f->now_us, 1, &fix);
  list = tai_outbox_list (OUTBOX (f), HQ, TAI_MESSAGE_SUPERSEDED, 0, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((TaiOutboxRow *)g_ptr_array_index (list, 0))->message->key.text, ==, a.text);
  assert_mark_refused (f, row_of (f, &a), TAI_MESSAGE_WAITING);
  send_row (f, &fix, TAI_MESSAGE_ACKNOWLEDGED);
  DUE (f, f->now_us, 1, &b);
  g_assert_true (tai_outbox_counts (OUTBOX (f), HQ, &counts, &error));
  g_assert_cmpint (counts.acknowledged, ==, 1);
  g_assert_cmpint (counts.waiting, ==, 1);
  g_assert_cmpint (counts.quarantined, ==, 0);
  tai_fixture_assert_verified (f);
}

static void
test_refused_marks (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  TaiUuid a = queue (f, NULL, NULL), b = queue (f, NULL, NULL);
  TaiOutboxMark marks[2] = {{.row = row_of (f, &a), .to = TAI_MESSAGE_IN_FLIGHT},
                            {.row = row_of (f, &b), .to = TAI_MESSAGE_ACKNOWLEDGED}};
  TaiOutboxMark unknown = {.row = 99, .to = TAI_MESSAGE_IN_FLIGHT};
  g_autoptr (GError) error = NULL;

  assert_mark_refused (f, row_of (f, &a), TAI_MESSAGE_ACKNOWLEDGED);
  g_assert_false (tai_outbox_mark (OUTBOX (f), marks, 2, 0, &error)); /* all or none */
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE);
  g_clear_error (&error);
  DUE (f, f->now_us, 2, &a, &b);
  g_assert_false (tai_outbox_mark (OUTBOX (f), &unknown, 1, 0, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD);
  g_assert_true (tai_outbox_mark (OUTBOX (f), NULL, 0, 0, NULL));
}

/* What was in flight when the power went may have arrived: it is asked for. */
static void
test_recover (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  TaiUuid a = queue (f, NULL, NULL), b = queue (f, NULL, NULL);
  TaiOutboxCounts counts;
  g_autoptr (GError) error = NULL;

  mark_row (f, row_of (f, &a), TAI_MESSAGE_IN_FLIGHT, 0, NULL);
  tai_fixture_reopen (f);
  DUE (f, f->now_us, 1, &b);
  /* The clock it waits by may have been set back since. */
  mark_row (f, row_of (f, &b), TAI_MESSAGE_IN_FLIGHT, 0, NULL);
  mark_row (f, row_of (f, &b), TAI_MESSAGE_WAITING, f->now_us + G_TIME_SPAN_DAY, NULL);
  DUE (f, f->now_us, 0, NULL);
  g_assert_true (tai_outbox_recover (OUTBOX (f), HQ, &error));
  DUE (f, f->now_us, 2, &a, &b);
  g_assert_true (tai_outbox_counts (OUTBOX (f), HQ, &counts, &error));
  g_assert_cmpint (counts.asking, ==, 1);
  g_assert_cmpint (counts.waiting, ==, 1);
  g_assert_cmpint (counts.in_flight, ==, 0);
  g_assert_cmpint (counts.oldest_us, ==, f->now_us);
}

static TaiOrderState
state_of (TaiFixture *f, const TaiFixtureSale *sale)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiOrder) order = tai_visit_store_find_order (
      TAI_VISIT_STORE (f->store), ((TaiOrder *)g_ptr_array_index (sale->orders, 0))->id.text, &error);

  g_assert_no_error (error);
  return order->state;
}

/* The order goes with its message, and never back. */
static void
test_order_follows (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GError) error = NULL;
  const TaiUuid *order;

  tai_fixture_open_till (f, "2026-11-22", 0);
  sale = tai_fixture_sell (f, "13800000001", 100);
  order = &((TaiOrder *)g_ptr_array_index (sale->orders, 0))->id;
  send_row (f, &sale->payment->id, TAI_MESSAGE_ACKNOWLEDGED);
  g_assert_cmpint (state_of (f, sale), ==, TAI_ORDER_PAID);
  mark_row (f, row_of (f, order), TAI_MESSAGE_IN_FLIGHT, 0, NULL);
  g_assert_cmpint (state_of (f, sale), ==, TAI_ORDER_PAID);
  mark_row (f, row_of (f, order), TAI_MESSAGE_ACKNOWLEDGED, 0, NULL);
  g_assert_cmpint (state_of (f, sale), ==, TAI_ORDER_ACKNOWLEDGED);
  g_assert_cmpint (tai_fixture_number (f, "SELECT count (*) FROM order_state_event"), ==, 4);
  tai_change_add_order_state (change, order, TAI_ORDER_IN_PROGRESS, NULL, f->now_us);
  tai_fixture_commit_ok (f, change);
  g_assert_cmpint (tai_outbox_resend_above (OUTBOX (f), HQ, 0, f->now_us, &error), ==, 2);
  tai_fixture_acknowledge_all (f);
  g_assert_cmpint (state_of (f, sale), ==, TAI_ORDER_IN_PROGRESS);
  tai_fixture_assert_verified (f);
}

/* HQ came back from a backup that lacks everything above @safe. */
static void
test_resend (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) a = NULL, b = NULL, c = NULL;
  TaiUuid note;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  tai_fixture_open_till (f, "2026-11-22", 0);
  a = tai_fixture_sell (f, "13800000001", 100);
  b = tai_fixture_sell (f, "13800000001", 100);
  note = queue (f, NULL, NULL); /* of no series: it goes with what is around it */
  tai_fixture_acknowledge_all (f);
  c = tai_fixture_sell (f, "13800000001", 100);
  g_assert_cmpint (tai_outbox_next_due_us (OUTBOX (f), HQ), ==, 0);
  g_assert_cmpint (tai_outbox_resend_above (OUTBOX (f), HQ, 2, f->now_us, &error), ==, 3);
  /* b's payment, the note, c's payment; the orders wait for their payments again */
  DUE (f, f->now_us, 3, &b->payment->id, &note, &c->payment->id);
  tai_fixture_acknowledge_all (f);
  g_assert_cmpint (tai_outbox_purge_until (OUTBOX (f), HQ, 4, &error), ==, 4);
  g_assert_cmpint (tai_outbox_resend_above (OUTBOX (f), HQ, 0, f->now_us, &error), ==,
                   3); /* what still has a body */
  rows = due (f, f->now_us);
  for (guint i = 0; i < rows->len; i++)
    g_assert_nonnull (((TaiOutboxRow *)g_ptr_array_index (rows, i))->message->body);
  tai_fixture_assert_verified (f);
}

static gint64
n_bodies (TaiFixture *f)
{
  return tai_fixture_number (f, "SELECT count (*) FROM message WHERE body IS NOT NULL");
}

/* Nothing personal stays below what HQ has proved; what is not acknowledged stays whatever HQ says. */
static void
test_purge (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GError) error = NULL;
  const char *boxes =
      "SELECT count (*) FROM customer_order WHERE sealed_hq IS NOT NULL AND sealed_terminal IS NOT NULL";

  tai_fixture_open_till (f, "2026-11-22", 0);
  for (int i = 0; i < 4; i++) {
    g_autoptr (TaiFixtureSale) sale = tai_fixture_sale_new (f, "13800000001", 100);
    TaiOrder *order = g_ptr_array_index (sale->orders, 0);
    order->sealed = g_bytes_new ("box", 3);
    order->recovery = g_bytes_new ("box", 3);
    tai_fixture_sale_commit (sale);
    if (i == 1)
      tai_fixture_acknowledge_all (f);
  }
  g_assert_cmpint (n_bodies (f), ==, 8);
  g_assert_cmpint (tai_outbox_purge_until (OUTBOX (f), HQ, 2, &error), ==, 2);
  g_assert_cmpint (n_bodies (f), ==, 6);
  g_assert_cmpint (tai_fixture_number (f, boxes), ==, 3);
  g_assert_cmpint (tai_outbox_purge_until (OUTBOX (f), HQ, 99, &error), ==, 2);
  g_assert_cmpint (n_bodies (f), ==, 4); /* unsent */
  g_assert_cmpint (tai_fixture_number (f, boxes), ==, 2);
  tai_fixture_acknowledge_all (f);
  g_assert_cmpint (tai_outbox_purge_until (OUTBOX (f), HQ, 99, &error), ==, 4);
  g_assert_cmpint (tai_outbox_purge_until (OUTBOX (f), HQ, 99, &error), ==, 0);
  g_assert_cmpint (n_bodies (f), ==, 0);
  g_assert_cmpint (tai_fixture_number (f, boxes), ==, 0);
  tai_fixture_assert_verified (f);
}

/* Each destination has its own queue; the same key may go to both. */
static void
test_destinations (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiMessage *one = tai_fixture_message (f, "x"), *two = tai_fixture_message (f, "x");
  TaiUuid key = two->key = one->key;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  g_free (two->destination);
  two->destination = g_strdup ("hall");
  tai_change_take_message (change, one);
  tai_change_take_message (change, two);
  tai_fixture_commit_ok (f, change);
  DUE (f, f->now_us, 1, &key);
  tai_fixture_acknowledge_all (f);
  DUE (f, f->now_us, 0, NULL);
  rows = tai_outbox_due (OUTBOX (f), "hall", f->now_us, 10, &error);
  g_assert_cmpuint (rows->len, ==, 1);
}

/* The limit is a named error, and room that was made counts. */
static void
test_long_queue (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new_in_memory ("long-queue");
  g_autoptr (TaiChange) more = tai_change_new (), again = tai_change_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  TaiOutboxCounts counts;
  gint64 start;

  for (int i = 0; i < 100; i++) {
    g_autoptr (TaiChange) change = tai_change_new ();
    for (int k = 0; k < 1000; k++)
      tai_change_take_message (change, tai_fixture_message (f, "x"));
    tai_fixture_commit_ok (f, change);
  }
  tai_change_take_message (more, tai_fixture_message (f, "x"));
  g_assert_false (tai_fixture_commit (f, more, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT);
  g_clear_error (&error);
  start = g_get_monotonic_time ();
  rows = due (f, f->now_us);
  g_test_message ("due of 100 among 100,000: %" G_GINT64_FORMAT " us", g_get_monotonic_time () - start);
  start = g_get_monotonic_time ();
  g_assert_true (tai_outbox_counts (OUTBOX (f), HQ, &counts, &error));
  g_test_message ("counts: %" G_GINT64_FORMAT " us", g_get_monotonic_time () - start);
  g_assert_cmpint (counts.waiting, ==, 100000);
  for (guint i = 0; i < rows->len; i++)
    send_row (f, &((TaiOutboxRow *)g_ptr_array_index (rows, i))->message->key, TAI_MESSAGE_ACKNOWLEDGED);
  start = g_get_monotonic_time ();
  g_assert_cmpint (tai_outbox_next_due_us (OUTBOX (f), HQ), ==, 0);
  g_test_message ("next_due: %" G_GINT64_FORMAT " us", g_get_monotonic_time () - start);
  tai_change_take_message (again, tai_fixture_message (f, "x"));
  tai_fixture_commit_ok (f, again);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-outbox/row", test_row);
  g_test_add_func ("/store-outbox/backoff", test_backoff);
  g_test_add_func ("/store-outbox/dependencies", test_dependencies);
  g_test_add_func ("/store-outbox/supersede", test_supersede);
  g_test_add_func ("/store-outbox/visits", test_visits);
  g_test_add_func ("/store-outbox/refused-marks", test_refused_marks);
  g_test_add_func ("/store-outbox/recover", test_recover);
  g_test_add_func ("/store-outbox/order-follows", test_order_follows);
  g_test_add_func ("/store-outbox/resend", test_resend);
  g_test_add_func ("/store-outbox/purge", test_purge);
  g_test_add_func ("/store-outbox/destinations", test_destinations);
  g_test_add_func ("/store-outbox/long-queue", test_long_queue);
  return g_test_run ();
}
