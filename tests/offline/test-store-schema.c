/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of other versions, migrations that fail, files that are not what was written. */
#include <sqlite3.h>
#include <string.h>

#include <glib/gstdio.h>

#include "tai-offline-error.h"
#include "tai-schema.h"
#include "tai-store-fixture.h"

static void
assert_refused (TaiFixture *f, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStore) store = tai_store_open (f->path, f->terminal, &error);

  g_assert_null (store);
  g_assert_error (error, TAI_OFFLINE_ERROR, code);
}

/* The bytes of the file: "not touched" means these. The log is empty after a clean close with a checkpoint. */
static char *
sum_of_file (const char *path)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)data, size);
}

static TaiFixture *
closed_store (void)
{
  TaiFixture *f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (GError) error = NULL;

  tai_fixture_open_till (f, "2026-11-22", 50000);
  sale = tai_fixture_sell (f, "13800138000", 12800);
  tai_store_checkpoint (f->store, TAI_CHECKPOINT_TRUNCATE, &error);
  g_assert_no_error (error);
  tai_fixture_close (f);
  return f;
}

/* Databases as each version wrote them when it was the last one. */
static TaiFixture *
open_old (const char *name)
{
  g_autofree char *old = g_test_build_filename (G_TEST_DIST, "data", "store", name, NULL);
  g_autofree char *data = NULL;
  TaiFixture *f = tai_fixture_new ();
  gsize size;

  tai_fixture_close (f);
  g_assert_true (g_file_get_contents (old, &data, &size, NULL));
  tai_fixture_remove_store (f);
  g_assert_true (g_file_set_contents (f->path, data, (gssize)size, NULL));
  tai_fixture_reopen (f);
  tai_fixture_assert_verified (f);
  return f;
}

/* And it goes on. */
static void
go_on (TaiFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (TaiShift) shift = tai_visit_store_find_open_shift (TAI_VISIT_STORE (f->store), "T2", &error);

  f->shift_id = shift->id;
  f->n_ids = 1000;
  g_strlcpy (f->business_day, shift->business_day, sizeof f->business_day);
  sale = tai_fixture_sell (f, "13800138001", 100);
  tai_fixture_acknowledge_all (f);
  tai_fixture_assert_verified (f);
}

static void
test_version_1 (void)
{
  g_autoptr (TaiFixture) f = open_old ("v1.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  const TaiOrder *order;

  g_assert_cmpint (tai_fixture_number (f, "PRAGMA user_version"), ==, (gint64)tai_schema.n_steps);
  orders = tai_visit_store_list_orders (TAI_VISIT_STORE (f->store), &(TaiOrderFilter){0}, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (orders->len, ==, 1);
  order = g_ptr_array_index (orders, 0);
  g_assert_cmpstr (order->receipt_number, ==, "H017-T2-A-20261122-0001");
  g_assert_cmpstr (tai_order_get (order, "MSISDN"), ==, "13800138000");
  g_assert_null (order->document_kind); /* which that version did not keep */
  for (guint i = 0; i < order->items->len; i++)
    g_assert_null (((TaiOrderItem *)g_ptr_array_index (order->items, i))->key_terms);
  go_on (f);
}

/* Another visit, placed and not paid, with all that version 2 keeps. */
static void
place_rich (TaiFixture *f)
{
  g_autoptr (TaiFixtureSale) sale = tai_fixture_sale_new (f, "13800138002", 4200);
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiOrder *order = g_ptr_array_index (sale->orders, 0);
  TaiOrderItem *item = g_ptr_array_index (order->items, 0);
  TaiItemPrice *price = tai_order_item_add_price (item, "monthly", "monthly fee", TAI_PRICE_RECURRING);

  order->document_kind = g_strdup ("citizen_card");
  item->offering_name_en = g_strdup ("Smart 59");
  item->key_terms = g_strdup ("24 months, 30 % of the rest.");
  item->terms_hash = tai_digest_bytes (item->key_terms, strlen (item->key_terms));
  price->reason = TAI_REASON_PRORATA;
  tai_fixture_sale_place (sale, change);
  tai_fixture_commit_ok (f, change);
}

static void
test_version_2 (void)
{
  g_autoptr (TaiFixture) f = open_old ("v2.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  const TaiOrderItem *item;
  const TaiItemPrice *price;
  const TaiStretch *stretch;
  const TaiOrder *order;

  orders = tai_visit_store_list_orders (TAI_VISIT_STORE (f->store), &(TaiOrderFilter){.only_placed = TRUE},
                                        &error);
  g_assert_no_error (error);
  g_assert_cmpuint (orders->len, ==, 1);
  order = g_ptr_array_index (orders, 0);
  g_assert_cmpstr (order->document_kind, ==, "citizen_card");
  item = g_ptr_array_index (order->items, 0);
  g_assert_cmpstr (item->offering_name_en, ==, "Smart 59");
  g_assert_cmpstr (item->key_terms, ==, "24 months, 30 % of the rest.");
  price = g_ptr_array_index (item->prices, item->prices->len - 1);
  g_assert_cmpint (price->reason, ==, TAI_REASON_PRORATA);
  /* written before there were stretches: they are made of what stood there */
  g_assert_cmpuint (price->stretches->len, ==, 3);
  stretch = &g_array_index (price->stretches, TaiStretch, 0);
  g_assert_cmpint (stretch->numerator, ==, 10);
  g_assert_cmpint (stretch->denominator, ==, 30);
  stretch = &g_array_index (price->stretches, TaiStretch, 1);
  g_assert_cmpint (stretch->amount.minor, ==, 4130);
  g_assert_cmpuint (stretch->until, ==, 6);
  go_on (f);
}

/* The months of a price are read back exactly or not at all: a damaged one is corruption, never another price. */
static void
test_damaged_months (void)
{
  static const char *const months[] = {
      "0 1 1377 5900 4130 156 1 3000 10 30",           /* no reason */
      "0 1 1377 5900 4130 156 1 3000 10 30 whim",      /* an unknown one */
      "1 1 1377 5900 4130 156 1 3000 10 30 prorata",   /* no month at all */
      "-1 1 1377 5900 4130 156 1 3000 10 30 prorata",  /* before the first */
      "0 1 13.77 5900 4130 156 1 3000 10 30 prorata",  /* half a fen */
      "0 1 1377 5900 4130 7 1 3000 10 30 prorata",     /* of no currency */
      "0 1 1377 5900 4130 65692 1 3000 10 30 prorata", /* of none that fits */
      "0 9999999999 1377 5900 4130 156 1 3000 10 30 prorata",
      "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (months); i++) {
    g_autoptr (TaiFixture) f = open_old ("v2.db");
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) orders = NULL;
    g_autofree char *sql = g_strdup_printf ("DROP TRIGGER order_item_update; UPDATE order_item SET prices = "
                                            "'version=1' || char (10) || 'price=p' || char (10) || "
                                            "'type=recurring' || char (10) || 'stretch=%s' || char (10)",
                                            months[i]);

    g_test_message ("%s", months[i]);
    g_assert_cmpint (tai_fixture_sql (f, sql), ==, SQLITE_OK);
    orders = tai_visit_store_list_orders (TAI_VISIT_STORE (f->store), &(TaiOrderFilter){.only_placed = TRUE},
                                          &error);
    g_assert_null (orders);
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT);
  }
}

/* A text that its hash does not name is not kept: no form ever prints terms that nobody was shown. */
static void
test_terms (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiOrderItem *item;

  tai_fixture_open_till (f, "2026-11-22", 0);
  sale = tai_fixture_sale_new (f, "13800138002", 4200);
  item = g_ptr_array_index (((TaiOrder *)g_ptr_array_index (sale->orders, 0))->items, 0);
  item->key_terms = g_strdup ("other terms");
  tai_fixture_sale_place (sale, change);
  tai_fixture_commit_ok (f, change);
  g_assert_cmpint (tai_fixture_number (f, "SELECT count (*) FROM terms"), ==, 0);
  place_rich (f);
  place_rich (f); /* the same text once */
  g_assert_cmpint (tai_fixture_number (f, "SELECT count (*) FROM terms"), ==, 1);
  g_assert_cmpint (tai_fixture_sql (f, "UPDATE terms SET text = 'x'"), !=, SQLITE_OK);
  g_assert_cmpint (tai_fixture_sql (f, "DELETE FROM terms"), !=, SQLITE_OK);
  tai_fixture_assert_verified (f);
}

static TaiPayment *
part_of (TaiFixtureSale *sale, TaiTender tender, gint64 minor)
{
  TaiPayment *payment = tai_payment_new (tender, tai_money (minor, TAI_CNY));

  payment->id = tai_fixture_uuid (sale->fixture);
  payment->visit_id = sale->visit_id;
  payment->clerk = g_strdup (sale->clerk);
  payment->business_day = g_strdup (sale->fixture->business_day);
  payment->shift_id = g_strdup (sale->fixture->shift_id.text);
  payment->created_us = sale->fixture->now_us;
  return payment;
}

/* A part was paid with a slip, and of the rest a person released what nobody knew. */
static void
pay_partly (TaiFixture *f)
{
  g_autoptr (TaiFixtureSale) sale = tai_fixture_sale_new (f, "13800138003", 4300);
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiPayment) slip = part_of (sale, TAI_TENDER_OTHER, 300);
  g_autoptr (TaiPayment) qr = part_of (sale, TAI_TENDER_QR, 4000);

  slip->number = g_strdup ("CHQ-0017");
  tai_fixture_sale_place (sale, change);
  tai_change_add_payment (change, slip);
  tai_change_add_payment_event (change, &slip->id, TAI_PAYMENT_SUCCEEDED, NULL, f->now_us);
  tai_change_add_payment (change, qr);
  tai_change_add_payment_event (change, &qr->id, TAI_PAYMENT_SUBMITTED, NULL, f->now_us);
  tai_change_add_payment_event (change, &qr->id, TAI_PAYMENT_UNKNOWN, "SYSTEMERROR", f->now_us);
  tai_change_add_payment_release (change, &qr->id, TAI_PAYMENT_REVERSING, "decided by 2001", f->now_us);
  tai_fixture_commit_ok (f, change);
}

/* With TAI_WRITE_FIXTURE=path it is made. */
static void
test_version_4 (void)
{
  const char *write = g_getenv ("TAI_WRITE_FIXTURE");
  g_autoptr (TaiFixture) f = write ? closed_store () : open_old ("v4.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = NULL, all = NULL;
  const TaiPayment *payment;

  if (write) {
    g_autofree char *data = NULL;
    gsize size;

    tai_fixture_reopen (f);
    pay_partly (f);
    tai_store_checkpoint (f->store, TAI_CHECKPOINT_TRUNCATE, &error);
    g_assert_no_error (error);
    tai_fixture_close (f);
    g_assert_true (g_file_get_contents (f->path, &data, &size, NULL));
    g_assert_true (g_file_set_contents (write, data, (gssize)size, NULL));
    return;
  }
  open = tai_visit_store_list_open_payments (TAI_VISIT_STORE (f->store), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open->len, ==, 1);
  payment = g_ptr_array_index (open, 0);
  g_assert_cmpint (payment->state, ==, TAI_PAYMENT_REVERSING);
  g_assert_true (payment->released);
  g_assert_cmpstr (payment->detail, ==, "decided by 2001");
  all = tai_visit_store_list_payments (TAI_VISIT_STORE (f->store), &payment->visit_id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  for (guint i = 0; i < all->len; i++) {
    payment = g_ptr_array_index (all, i);
    g_assert_cmpstr (payment->number, ==, payment->tender == TAI_TENDER_OTHER ? "CHQ-0017" : NULL);
  }
  tai_fixture_assert_verified (f);
}

/* Migrations ----------------------------------------------------------------------------------------------------------- */

/* Steps that do not exist yet, behind those that do. */
#define MAX_STEPS 64
#define BASE      ((int)tai_schema.n_steps)
#define STEP_A    "ALTER TABLE visit ADD COLUMN note TEXT; UPDATE visit SET note = 'from before'"
#define STEP_B                                                                                               \
  "CREATE TABLE later (n INTEGER PRIMARY KEY) STRICT; INSERT INTO later SELECT n FROM customer_order"

static char *
backup_name (TaiFixture *f, const char *suffix)
{
  g_autofree char *name = g_strdup_printf ("terminal.db.v%d%s", BASE, suffix);

  return g_build_filename (f->folder, "backup", name, NULL);
}

static TaiStore *
open_with (TaiFixture *f, guint n_steps, const char *last, GError **error)
{
  const char *steps[MAX_STEPS];
  TaiSchema schema = {steps, n_steps};

  g_assert_cmpuint (tai_schema.n_steps + 2, <=, MAX_STEPS);
  memcpy (steps, tai_schema.steps, tai_schema.n_steps * sizeof *steps);
  steps[BASE] = STEP_A;
  steps[BASE + 1] = STEP_B;
  if (last)
    steps[n_steps - 1] = last;
  return tai_store_open_schema (f->path, f->terminal, &schema, error);
}

static void
test_migrate (void)
{
  g_autoptr (TaiFixture) f = closed_store ();
  g_autofree char *copy = backup_name (f, "");
  g_autofree char *first = NULL, *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStore) store = open_with (f, (guint)BASE + 2, NULL, &error);
  g_autoptr (TaiStore) reader = NULL;
  g_auto (TaiStoreVerification) report = {0};
  g_autoptr (TaiFixture) before = NULL;

  g_assert_no_error (error);
  g_assert_true (tai_store_verify (store, TAI_VERIFY_FULL, &report, &error));
  g_assert_cmpint (tai_fixture_number (f, "SELECT count (*) FROM visit WHERE note = 'from before'"), ==, 1);
  g_assert_cmpint (tai_fixture_number (f, "SELECT count (*) FROM later"), ==, 1);
  g_assert_cmpint (tai_fixture_number (f, "SELECT count (*) FROM schema_change"), ==, BASE + 2);
  g_clear_object (&store);
  before = tai_fixture_new_at (copy); /* the copy is whole, and of the version before */
  tai_fixture_assert_verified (before);
  g_assert_cmpint (tai_fixture_number (before, "PRAGMA user_version"), ==, BASE);
  tai_fixture_close (before);
  first = sum_of_file (copy);
  store = open_with (f, (guint)BASE + 2, NULL, &error); /* nothing to do: no second copy */
  g_assert_no_error (error);
  again = sum_of_file (copy);
  g_assert_cmpstr (first, ==, again);
  g_clear_object (&store);
  assert_refused (f, TAI_OFFLINE_ERROR_NEWER_DATABASE); /* now it is newer than this program */
  reader = tai_store_open_readonly (f->path, &error);
  g_assert_null (reader);
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NEWER_DATABASE);
}

/* The first step of two works, the second does not: version 4 stays, whole, and works with a program that knows it. */
static void
test_migrate_fails (void)
{
  static const char *const bad[] = {
      "CREATE TABLE x (a INTEGER) STRICT; INSERT INTO no_such_table VALUES (1)",
      "CREATE TABLE x (a INTEGER) STRICT; DELETE FROM journal",
      "CREATE TABLE x (a INTEGER) STRICT; INSERT INTO x VALUES ('text')",
      "CREATE TABLE x (n INTEGER REFERENCES visit_of_nobody (n)) STRICT; INSERT INTO x VALUES (1)",
      "syntax error",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (TaiFixture) f = closed_store ();
    g_autofree char *copy = backup_name (f, "");
    g_autofree char *second = backup_name (f, "-2");
    g_autofree char *before = tai_fixture_dump (f), *after = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (TaiStore) store = open_with (f, (guint)BASE + 1, bad[i], &error);

    g_test_message ("%s", bad[i]);
    g_assert_null (store);
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_MIGRATION);
    after = tai_fixture_dump (f);
    g_assert_cmpstr (before, ==, after);
    g_assert_cmpint (tai_fixture_number (f, "PRAGMA user_version"), ==, BASE);
    g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
    g_clear_error (&error);
    store = open_with (f, (guint)BASE + 1, bad[i],
                       &error); /* tried again: a copy of its own, nothing is written over */
    g_assert_null (store);
    g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
    tai_fixture_reopen (f); /* the old program still works */
    tai_fixture_assert_verified (f);
  }
}

static void
test_migrate_stops_between (void)
{
  g_autoptr (TaiFixture) f = closed_store ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStore) store = open_with (f, (guint)BASE + 2, "nonsense", &error);

  g_assert_null (store);
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_MIGRATION);
  g_assert_cmpint (tai_fixture_number (f, "PRAGMA user_version"), ==, BASE + 1);
  g_clear_error (&error);
  store = open_with (f, (guint)BASE + 2, NULL, &error); /* a repaired program goes on from there */
  g_assert_no_error (error);
  g_assert_cmpint (tai_fixture_number (f, "PRAGMA user_version"), ==, BASE + 2);
}

/* No copy, no upgrade. */
static void
test_migrate_without_copy (void)
{
  g_autoptr (TaiFixture) f = closed_store ();
  g_autofree char *backup = g_build_filename (f->folder, "backup", NULL), *before = sum_of_file (f->path),
                  *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStore) store = NULL;

  g_assert_true (g_file_set_contents (backup, "a file where the folder should be", -1, NULL));
  store = open_with (f, (guint)BASE + 1, NULL, &error);
  g_assert_null (store);
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_MIGRATION);
  after = sum_of_file (f->path);
  g_assert_cmpstr (before, ==, after);
}

/* Files that are something else ----------------------------------------------------------------------------------------------- */

static void
test_newer (void)
{
  g_autoptr (TaiFixture) f = closed_store ();
  g_autofree char *before = NULL, *after = NULL;

  g_assert_cmpint (tai_fixture_sql (f, "PRAGMA user_version = 99; PRAGMA wal_checkpoint (TRUNCATE)"), ==,
                   SQLITE_OK);
  before = sum_of_file (f->path);
  assert_refused (f, TAI_OFFLINE_ERROR_NEWER_DATABASE);
  after = sum_of_file (f->path);
  g_assert_cmpstr (before, ==, after);
}

static void
test_not_ours (void)
{
  g_autoptr (TaiFixture) f = closed_store ();
  g_autofree char *before = NULL, *after = NULL;
  g_autofree char *junk = g_strnfill (5000, 'j');

  tai_fixture_remove_store (f);
  g_assert_cmpint (tai_fixture_sql_new (f, "CREATE TABLE other (a)"), ==, SQLITE_OK);
  before = sum_of_file (f->path);
  assert_refused (f, TAI_OFFLINE_ERROR_CORRUPT);
  after = sum_of_file (f->path);
  g_assert_cmpstr (before, ==, after);
  tai_fixture_remove_store (f);
  g_assert_true (g_file_set_contents (f->path, junk, 5000, NULL));
  assert_refused (f, TAI_OFFLINE_ERROR_CORRUPT);
}

static void
test_schema_changed (void)
{
  static const char *const changes[] = {"DROP TRIGGER payment_update", "DROP INDEX order_msisdn",
                                        "CREATE TABLE extra (a INTEGER) STRICT",
                                        "ALTER TABLE visit ADD COLUMN extra TEXT"};

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (TaiFixture) f = closed_store ();
    g_assert_cmpint (tai_fixture_sql (f, changes[i]), ==, SQLITE_OK);
    assert_refused (f, TAI_OFFLINE_ERROR_CORRUPT);
  }
}

/* Each kind of tampering is found and named. ----------------------------------------------------------------------------------- */

typedef struct {
  const char *sql;
  const char *problem; /* beginning of what verify says */
} Tampering;

static const Tampering tamperings[] = {
    {"DROP TRIGGER journal_update; UPDATE journal SET record = x'76657273696f6e3d310a' WHERE seq = 2",
     "journal 2: the chain is broken"},
    {"DROP TRIGGER journal_update; UPDATE journal SET subject = 'x' WHERE seq = 3",
     "journal 3: the record and its"},
    {"DROP TRIGGER journal_delete; DELETE FROM journal WHERE seq = 2", "journal 2: missing"},
    {"DROP TRIGGER journal_delete; DELETE FROM journal WHERE seq = (SELECT max (seq) FROM journal)",
     "journal "},
    {"UPDATE meta SET journal_head = zeroblob (32)", "journal 5: the head is not"},
    {"DROP TRIGGER checkpoint_update; UPDATE journal_checkpoint SET chain = zeroblob (32)",
     "journal 2: not what the checkpoint"},
    {"DROP TRIGGER posting_update; UPDATE posting SET amount_minor = amount_minor + 1 WHERE set_n = 2 AND k % 4096 = 0",
     "posting set 2: does not sum"},
    {"UPDATE balance SET minor = minor + 1 WHERE account = 'drawer:T2'", "account drawer:T2: the balance"},
    {"UPDATE customer_order SET state = 'completed'", "order 1: its state"},
    {"UPDATE customer_order SET refund_due_minor = 5", "order 1: what is owed"},
    {"UPDATE payment SET last_state = 'failed'", "payment "},
    {"UPDATE payment SET in_doubt = 1", "payment "},
    {"DROP TRIGGER allocation_update; UPDATE allocation SET amount_minor = 1", "payment "},
    {"UPDATE total SET count = count + 1 WHERE kind = 'business'", "total 2026-11-22 business top_up"},
    {"UPDATE total SET minor = 0 WHERE kind = 'tender'", "total 2026-11-22 tender cash"},
    {"DELETE FROM total WHERE kind = 'account'", "total 2026-11-22 account"},
    {"DROP TRIGGER message_purge; UPDATE message SET body = x'00' WHERE n = 2", "message 2: the body"},
    {"UPDATE message SET body = NULL WHERE n = 2", "message 2: unsent without a body"},
    {"DROP TRIGGER message_update; UPDATE message SET terminal_seq = 9 WHERE n = 2",
     "message with sequence 3"},
    {"UPDATE meta SET next_terminal_seq = 9", "message with sequence 9"},
    {"DROP TRIGGER outbox_delete; DELETE FROM outbox WHERE n = 1", "message 1: is in no queue"},
    {"PRAGMA foreign_keys = OFF; DROP TRIGGER payment_delete; DELETE FROM payment", "a row of "},
};

static void
test_tampering (gconstpointer data)
{
  const Tampering *tampering = data;
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL, second = NULL;
  g_auto (TaiStoreVerification) report = {0};
  g_autoptr (GError) error = NULL;

  tai_fixture_open_till (f, "2026-11-21", 0);
  g_assert_cmpint (f->z_number, ==, 0);
  tai_fixture_close_till (f, 0); /* a checkpoint lies behind */
  tai_fixture_open_till (f, "2026-11-22", 50000);
  sale = tai_fixture_sell (f, "13800138000", 12800);
  second = tai_fixture_sell (f, "13800138000", 12800);
  tai_fixture_assert_verified (f);
  g_assert_cmpint (tai_fixture_sql (f, tampering->sql), ==, SQLITE_OK);
  g_assert_false (tai_store_verify (f->store, TAI_VERIFY_FULL, &report, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT);
  g_test_message ("%s", report.problem);
  g_assert_true (g_str_has_prefix (report.problem, tampering->problem));
}

/* A start checks the chain since the last checkpoint, and only that. */
static void
test_recent (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_auto (TaiStoreVerification) report = {0};
  g_autoptr (GError) error = NULL;

  tai_fixture_open_till (f, "2026-11-21", 0);
  tai_fixture_close_till (f, 0);
  tai_fixture_open_till (f, "2026-11-22", 0);
  g_assert_true (tai_store_verify (f->store, TAI_VERIFY_RECENT, &report, &error));
  g_assert_cmpint (report.first_seq, ==, 3);
  g_assert_cmpint (report.n_journal, ==, 1);
  tai_fixture_close (f);
  g_assert_cmpint (
      tai_fixture_sql (f,
                       "DROP TRIGGER journal_update; UPDATE journal SET chain = zeroblob (32) WHERE seq = 3;"
                       "CREATE TRIGGER journal_update BEFORE UPDATE ON journal BEGIN SELECT RAISE (ABORT, "
                       "'append only'); END"),
      ==, SQLITE_OK);
  assert_refused (f, TAI_OFFLINE_ERROR_CORRUPT);
}

/* Pages that rot are found by the full check, or by whoever reads them; nothing crashes. */
static void
test_rotten_pages (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint n_found = 0;

  for (int i = 0; i < 60; i++) {
    g_autoptr (TaiFixture) f = closed_store ();
    g_autofree char *data = NULL;
    g_autoptr (GError) error = NULL;
    g_auto (TaiStoreVerification) report = {0};
    gsize size;

    g_assert_true (g_file_get_contents (f->path, &data, &size, NULL));
    for (int k = 0; k < 20; k++)
      data[g_rand_int_range (rand, 100, (gint32)size)] ^= (char)(1 << g_rand_int_range (rand, 0, 8));
    g_assert_true (g_file_set_contents (f->path, data, (gssize)size, NULL));
    f->store = tai_store_open (f->path, f->terminal, &error);
    if (f->store == NULL || !tai_store_verify (f->store, TAI_VERIFY_FULL, &report, &error))
      n_found++;
  }
  g_test_message ("found %u of 60", n_found);
  g_assert_cmpuint (n_found, >, 50);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-schema/version-1", test_version_1);
  g_test_add_func ("/store-schema/version-2", test_version_2);
  g_test_add_func ("/store-schema/damaged-months", test_damaged_months);
  g_test_add_func ("/store-schema/version-4", test_version_4);
  g_test_add_func ("/store-schema/terms", test_terms);
  g_test_add_func ("/store-schema/migrate", test_migrate);
  g_test_add_func ("/store-schema/migrate-fails", test_migrate_fails);
  g_test_add_func ("/store-schema/migrate-stops-between", test_migrate_stops_between);
  g_test_add_func ("/store-schema/migrate-without-copy", test_migrate_without_copy);
  g_test_add_func ("/store-schema/newer", test_newer);
  g_test_add_func ("/store-schema/not-ours", test_not_ours);
  g_test_add_func ("/store-schema/schema-changed", test_schema_changed);
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++) {
    g_autofree char *name = g_strdup_printf ("/store-schema/tampering/%u", i);
    g_test_add_data_func (name, &tamperings[i], test_tampering);
  }
  g_test_add_func ("/store-schema/recent", test_recent);
  g_test_add_func ("/store-schema/rotten-pages", test_rotten_pages);
  return g_test_run ();
}
