/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-store-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "tai-receipt-number.h"

#define FIRST_TIME_US G_GINT64_CONSTANT (1763773200000000)

static TaiTerminal *
make_terminal (void)
{
  TaiTerminal *terminal = tai_terminal_new ();

  terminal->id = g_strdup ("H017T2");
  terminal->hall = g_strdup ("H017");
  terminal->till = g_strdup ("T2");
  terminal->desk = g_strdup ("3");
  terminal->outlet = g_strdup ("H017");
  terminal->currency = TAI_CNY;
  return terminal;
}

static void
open_store (TaiFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->store = tai_store_open (self->path, self->terminal, &error);
  g_assert_no_error (error);
}

TaiFixture *
tai_fixture_new (void)
{
  TaiFixture *self = g_new0 (TaiFixture, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("tai-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "terminal.db", NULL);
  self->terminal = make_terminal ();
  self->now_us = FIRST_TIME_US;
  open_store (self);
  return self;
}

TaiFixture *
tai_fixture_new_in_memory (const char *name)
{
  g_autofree char *path = g_strdup_printf ("file:/%s?vfs=memdb", name);

  return tai_fixture_new_at (path);
}

TaiFixture *
tai_fixture_new_at (const char *path)
{
  TaiFixture *self = g_new0 (TaiFixture, 1);

  self->path = g_strdup (path);
  self->terminal = make_terminal ();
  self->now_us = FIRST_TIME_US;
  open_store (self);
  return self;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_folder (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}

void
tai_fixture_close (TaiFixture *self)
{
  if (self->store)
    g_assert_cmpuint (G_OBJECT (self->store)->ref_count, ==, 1);
  g_clear_object (&self->store);
}

void
tai_fixture_free (TaiFixture *self)
{
  tai_fixture_close (self);
  if (self->folder)
    remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  tai_terminal_free (self->terminal);
  g_free (self);
}

void
tai_fixture_reopen (TaiFixture *self)
{
  tai_fixture_close (self);
  open_store (self);
}

gint64
tai_fixture_tick (TaiFixture *self)
{
  return self->now_us += G_USEC_PER_SEC;
}

TaiUuid
tai_fixture_uuid (TaiFixture *self)
{
  guint8 random[10] = {0};
  guint64 n = GUINT64_TO_BE (++self->n_ids);

  memcpy (random + 2, &n, sizeof n);
  return tai_uuid_v7 (self->now_us, random);
}

gboolean
tai_fixture_commit (TaiFixture *self, TaiChange *change, GError **error)
{
  return tai_visit_store_commit (TAI_VISIT_STORE (self->store), change, error);
}

void
tai_fixture_commit_ok (TaiFixture *self, TaiChange *change)
{
  g_autoptr (GError) error = NULL;
  gboolean good = tai_fixture_commit (self, change, &error);

  g_assert_no_error (error);
  g_assert_true (good);
}

/* Till ------------------------------------------------------------------------------------------------------------------ */

static TaiShiftFact *
shift_fact (TaiFixture *self, TaiShiftState to, gint64 counted)
{
  TaiShiftFact *fact = g_new0 (TaiShiftFact, 1);

  fact->id = self->shift_id;
  fact->till = g_strdup ("T2");
  fact->clerk = g_strdup ("1042");
  fact->business_day = g_strdup (self->business_day);
  fact->to = to;
  fact->time_us = self->now_us;
  fact->counted = fact->expected = tai_money (counted, TAI_CNY);
  return fact;
}

void
tai_fixture_open_till (TaiFixture *self, const char *business_day, gint64 float_minor)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GError) error = NULL;

  tai_fixture_tick (self);
  self->shift_id = tai_fixture_uuid (self);
  g_strlcpy (self->business_day, business_day, sizeof self->business_day);
  tai_change_take_shift (change, shift_fact (self, TAI_SHIFT_OPEN, float_minor));
  if (float_minor)
    tai_change_add_postings (change,
                             tai_posting_float ("H017", "T2", tai_money (float_minor, TAI_CNY), &error), NULL,
                             NULL, business_day, self->shift_id.text, "1042", self->now_us);
  tai_change_take_journal (change, tai_fixture_journal (self, "till_opened", "T2"));
  tai_fixture_commit_ok (self, change);
}

void
tai_fixture_close_till (TaiFixture *self, gint64 counted_minor)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GError) error = NULL;
  TaiMoney expected;
  TaiPostingSet *set;
  TaiShiftFact *fact;

  tai_fixture_tick (self);
  g_assert_true (tai_visit_store_drawer_balance (TAI_VISIT_STORE (self->store), "T2", &expected, &error));
  set = tai_posting_count_difference ("T2", expected, tai_money (counted_minor, TAI_CNY), &error);
  tai_change_take_shift (change, shift_fact (self, TAI_SHIFT_COUNTING, 0));
  if (set)
    tai_change_add_postings (change, set, NULL, NULL, self->business_day, self->shift_id.text, "1042",
                             self->now_us);
  tai_change_take_journal (change, tai_fixture_journal (self, "till_closed", "T2"));
  fact = shift_fact (self, TAI_SHIFT_CLOSED, counted_minor);
  fact->expected = expected;
  fact->z_number = ++self->z_number;
  tai_change_take_shift (change, fact);
  tai_fixture_commit_ok (self, change);
  self->shift_id.text[0] = '\0';
}

void
tai_fixture_lease (TaiFixture *self, const char *kind, const char *value, gint64 until_us)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  tai_change_add_resource (change, kind, value, TAI_RESOURCE_LEASED, NULL, until_us, "AAA");
  tai_fixture_commit_ok (self, change);
}

/* Sales ----------------------------------------------------------------------------------------------------------------- */

static TaiOrder *
make_order (TaiFixtureSale *self, const char *operation, const char *msisdn, gint64 amount)
{
  TaiOrder *order = tai_order_new (tai_operation_find (operation));
  TaiOrderItem *item = tai_order_add_item (order, "add", "plan-59");
  TaiItemPrice *price;

  order->id = tai_fixture_uuid (self->fixture);
  order->visit_id = self->visit_id;
  order->state = TAI_ORDER_PLACED;
  order->clerk = g_strdup (self->clerk);
  order->developer = g_strdup ("2001");
  order->desk = g_strdup ("3");
  order->outlet = g_strdup ("H017");
  order->today = tai_money (amount, TAI_CNY);
  order->first = tai_money (1967, TAI_CNY);
  order->normal = tai_money (5900, TAI_CNY);
  order->placed_us = self->fixture->now_us;
  order->business_day = g_strdup (self->fixture->business_day);
  order->shift_id = g_strdup (self->fixture->shift_id.text);
  item->offering_name = g_strdup ("畅享 59");
  item->kind = TAI_OFFERING_PLAN;
  tai_order_item_set (item, "MSISDN", msisdn);
  price = tai_order_item_add_price (item, "p1", "月费", TAI_PRICE_RECURRING);
  price->list = price->normal = tai_money (5900, TAI_CNY);
  price->today = tai_money (amount, TAI_CNY);
  price->first = tai_money (1967, TAI_CNY);
  return order;
}

TaiFixtureSale *
tai_fixture_sale_new (TaiFixture *self, const char *msisdn, gint64 amount_minor)
{
  TaiFixtureSale *sale = g_new0 (TaiFixtureSale, 1);
  TaiOrder *order;

  tai_fixture_tick (self);
  sale->fixture = self;
  sale->visit_id = tai_fixture_uuid (self);
  sale->clerk = g_strdup ("1042");
  sale->body_size = 300;
  sale->prints = sale->waits = TRUE;
  sale->total = tai_money (amount_minor, TAI_CNY);
  sale->orders = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_order_free);
  sale->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  sale->digests = g_array_new (FALSE, FALSE, sizeof (TaiDigest));
  order = make_order (sale, "top_up", msisdn, amount_minor);
  g_ptr_array_add (sale->orders, order);
  return sale;
}

TaiOrder *
tai_fixture_sale_add_order (TaiFixtureSale *self, const char *operation, gint64 amount_minor)
{
  TaiOrder *order = make_order (self, operation, "13900139000", amount_minor);

  g_ptr_array_add (self->orders, order);
  self->total.minor += amount_minor;
  return order;
}

void
tai_fixture_sale_free (TaiFixtureSale *self)
{
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->bodies);
  g_array_unref (self->digests);
  tai_payment_free (self->payment);
  g_free (self->clerk);
  g_free (self);
}

void
tai_fixture_sale_place (TaiFixtureSale *self, TaiChange *change)
{
  tai_change_add_visit (change, &self->visit_id, TAI_VISIT_PLACED, self->clerk, self->fixture->now_us);
  for (guint i = 0; i < self->orders->len; i++)
    tai_change_add_order (change, g_ptr_array_index (self->orders, i));
}

static GBytes *
make_body (TaiFixtureSale *self, const char *id)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "{\"externalId\":\"%s\",\"filler\":\"", id);
  while (text->len < self->body_size)
    g_string_append (text, "畅享套餐 0123456789 ");
  g_string_append (text, "\"}");
  return g_string_free_to_bytes (text);
}

/* Bodies hold no number of the series, so they are made with the change: a bench times the store, not this. */
static void
make_bodies (TaiFixtureSale *self)
{
  g_ptr_array_set_size (self->bodies, 0);
  g_ptr_array_add (self->bodies, make_body (self, self->payment->id.text));
  for (guint i = 0; i < self->orders->len; i++)
    g_ptr_array_add (self->bodies,
                     make_body (self, ((TaiOrder *)g_ptr_array_index (self->orders, i))->id.text));
  g_array_set_size (self->digests, 0);
  for (guint i = 0; i < self->bodies->len; i++) {
    GBytes *body = g_ptr_array_index (self->bodies, i);
    TaiDigest digest = tai_digest_bytes (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    g_array_append_val (self->digests, digest);
  }
}

/* @i: 0 the payment's, then the orders'. */
static TaiDigest
queue_message (TaiFixtureSale *self, TaiChange *change, guint i, gint64 seq)
{
  const TaiOrder *order = i > 0 ? g_ptr_array_index (self->orders, i - 1) : NULL;
  TaiMessage *message = g_new0 (TaiMessage, 1);

  message->key = self->message_key = order ? order->id : self->payment->id;
  message->destination = g_strdup (TAI_DESTINATION_HQ);
  message->sale_id = self->visit_id;
  message->step = (gint32)i + 1;
  if (order)
    message->order_id = order->id;
  if (order && self->waits)
    message->depends_on = self->payment->id;
  message->path = g_strdup (order ? "/order" : "/payment");
  message->body = g_bytes_ref (g_ptr_array_index (self->bodies, i));
  message->digest = g_array_index (self->digests, TaiDigest, i);
  message->terminal_seq = seq;
  tai_change_take_message (change, message);
  return message->digest;
}

static void
queue_print (TaiFixtureSale *self, TaiChange *change, const char *receipt)
{
  TaiPrintJob *job = g_new0 (TaiPrintJob, 1);

  job->id = tai_fixture_uuid (self->fixture);
  job->visit_id = self->visit_id;
  job->receipt_number = g_strdup (receipt);
  job->document = tai_fixture_document ();
  job->printer = g_strdup ("receipt");
  tai_change_take_print (change, job);
}

static gboolean
complete_cb (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error)
{
  TaiFixtureSale *self = data;
  gint64 seq = heads->next_terminal_seq;
  g_autofree char *receipt = tai_receipt_number_format (
      "H017", "T2", heads->epoch_letter, heads->business_day[0] ? heads->business_day : "2026-11-22",
      heads->next_receipt_seq);

  self->payment->terminal_seq = seq;
  self->payment->content_hash = queue_message (self, change, 0, seq++);
  for (guint i = 0; i < self->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (self->orders, i);
    g_free (order->receipt_number);
    order->receipt_number = g_strdup (receipt);
    order->terminal_seq = seq;
    order->content_hash = queue_message (self, change, i + 1, seq++);
  }
  if (self->prints)
    queue_print (self, change, receipt);
  tai_change_take_journal (change, tai_fixture_journal (self->fixture, "sale", receipt));
  return TRUE;
}

static void
make_payment (TaiFixtureSale *self)
{
  TaiPayment *payment = tai_payment_new (TAI_TENDER_CASH, self->total);

  payment->id = tai_fixture_uuid (self->fixture);
  payment->visit_id = self->visit_id;
  payment->received = tai_money (self->total.minor + 100, TAI_CNY);
  payment->change = tai_money (100, TAI_CNY);
  payment->clerk = g_strdup (self->clerk);
  payment->business_day = g_strdup (self->fixture->business_day);
  payment->shift_id = g_strdup (self->fixture->shift_id.text);
  payment->created_us = self->fixture->now_us;
  for (guint i = 0; i < self->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (self->orders, i);
    TaiAllocation allocation = {payment->id, order->id, order->today};
    g_array_append_val (payment->allocations, allocation);
  }
  g_clear_pointer (&self->payment, tai_payment_free);
  self->payment = payment;
}

void
tai_fixture_sale_pay (TaiFixtureSale *self, TaiChange *change)
{
  TaiFixture *fixture = self->fixture;
  TaiCredit credit = {TAI_ACCOUNT_CUSTOMER_DEPOSITS, NULL, self->total};

  make_payment (self);
  make_bodies (self);
  tai_change_add_payment (change, self->payment);
  tai_change_add_payment_event (change, &self->payment->id, TAI_PAYMENT_SUBMITTED, NULL, fixture->now_us);
  tai_change_add_payment_event (change, &self->payment->id, TAI_PAYMENT_SUCCEEDED, NULL, fixture->now_us);
  tai_change_add_postings (
      change, tai_posting_cash_sale ("T2", self->payment->received, self->payment->change, &credit, 1, NULL),
      NULL, &self->payment->id, fixture->business_day, fixture->shift_id.text, self->clerk, fixture->now_us);
  for (guint i = 0; i < self->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (self->orders, i);
    tai_change_add_order_state (change, &order->id, TAI_ORDER_PAID, NULL, fixture->now_us);
    tai_change_add_order_captured (change, order);
  }
  tai_change_add_visit (change, &self->visit_id, TAI_VISIT_PAID, self->clerk, fixture->now_us);
  tai_change_add_visit (change, &self->visit_id, TAI_VISIT_CLOSED, self->clerk, fixture->now_us);
  tai_change_set_complete (change, complete_cb, self);
}

void
tai_fixture_sale_commit (TaiFixtureSale *self)
{
  g_autoptr (TaiChange) place = tai_change_new (), pay = tai_change_new ();

  tai_fixture_sale_place (self, place);
  tai_fixture_commit_ok (self->fixture, place);
  tai_fixture_sale_pay (self, pay);
  tai_fixture_commit_ok (self->fixture, pay);
}

const char *
tai_fixture_sale_get_receipt (const TaiFixtureSale *self)
{
  return ((TaiOrder *)g_ptr_array_index (self->orders, 0))->receipt_number;
}

TaiFixtureSale *
tai_fixture_sell (TaiFixture *self, const char *msisdn, gint64 amount_minor)
{
  TaiFixtureSale *sale = tai_fixture_sale_new (self, msisdn, amount_minor);

  tai_fixture_sale_commit (sale);
  return sale;
}

static void
mark_all (TaiFixture *self, GPtrArray *rows, TaiMessageState to)
{
  g_autofree TaiOutboxMark *marks = g_new0 (TaiOutboxMark, rows->len);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < rows->len; i++)
    marks[i] = (TaiOutboxMark){.row = ((TaiOutboxRow *)g_ptr_array_index (rows, i))->row, .to = to};
  tai_outbox_mark (TAI_OUTBOX (self->store), marks, rows->len, self->now_us, &error);
  g_assert_no_error (error);
}

void
tai_fixture_acknowledge_all (TaiFixture *self)
{
  for (;;) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) rows =
        tai_outbox_due (TAI_OUTBOX (self->store), TAI_DESTINATION_HQ, self->now_us, 1000, &error);

    g_assert_no_error (error);
    if (rows->len == 0)
      return;
    mark_all (self, rows, TAI_MESSAGE_IN_FLIGHT);
    mark_all (self, rows, TAI_MESSAGE_ACKNOWLEDGED);
  }
}

/* Small things -------------------------------------------------------------------------------------------------------- */

TaiJournalEntry *
tai_fixture_journal (TaiFixture *self, const char *kind, const char *subject)
{
  TaiJournalEntry *entry = g_new0 (TaiJournalEntry, 1);

  entry->kind = g_strdup (kind);
  entry->clerk = g_strdup ("1042");
  entry->subject = g_strdup (subject);
  entry->business_day = self->shift_id.text[0] ? g_strdup (self->business_day) : NULL;
  entry->shift_id = self->shift_id.text[0] ? g_strdup (self->shift_id.text) : NULL;
  entry->time_us = self->now_us;
  return entry;
}

TaiMessage *
tai_fixture_message (TaiFixture *self, const char *text)
{
  TaiMessage *message = g_new0 (TaiMessage, 1);

  message->key = tai_fixture_uuid (self);
  message->destination = g_strdup (TAI_DESTINATION_HQ);
  message->path = g_strdup ("/x");
  message->body = g_bytes_new (text, strlen (text));
  message->digest = tai_digest_bytes (text, strlen (text));
  return message;
}

TaiDocument *
tai_fixture_document (void)
{
  TaiDocument *document = tai_document_new (TAI_DOCUMENT_RECEIPT, "收款凭证", "zh_CN");

  for (int i = 0; i < 10; i++)
    tai_document_add_pair (document, TAI_STYLE_NORMAL, "畅享套餐 59 元", "59.00");
  return document;
}

/* Behind the store's back ------------------------------------------------------------------------------------------------ */

static sqlite3 *
open_behind (TaiFixture *self)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (self->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, NULL), ==,
                   SQLITE_OK);
  sqlite3_wal_autocheckpoint (db, 0);
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return db;
}

static void
dump_table (sqlite3 *db, const char *table, GString *text)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", table);
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW) {
    g_string_append (text, table);
    for (int i = 0; i < sqlite3_column_count (statement); i++) {
      gboolean is_blob = sqlite3_column_type (statement, i) == SQLITE_BLOB;
      g_autofree char *sum =
          is_blob ? g_compute_checksum_for_data (G_CHECKSUM_MD5, sqlite3_column_blob (statement, i),
                                                 sqlite3_column_bytes (statement, i))
                  : NULL;
      g_string_append_printf (text, "|%s", is_blob ? sum : (const char *)sqlite3_column_text (statement, i));
    }
    g_string_append_c (text, '\n');
  }
  sqlite3_finalize (statement);
}

char *
tai_fixture_dump (TaiFixture *self)
{
  GString *text = g_string_new (NULL);
  sqlite3 *db = open_behind (self);
  sqlite3_stmt *tables;

  sqlite3_prepare_v2 (db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", -1, &tables,
                      NULL);
  while (sqlite3_step (tables) == SQLITE_ROW)
    dump_table (db, (const char *)sqlite3_column_text (tables, 0), text);
  sqlite3_finalize (tables);
  sqlite3_close (db);
  return g_string_free (text, FALSE);
}

int
tai_fixture_sql (TaiFixture *self, const char *sql)
{
  sqlite3 *db = open_behind (self);
  int rc = sqlite3_exec (db, sql, NULL, NULL, NULL);

  sqlite3_close (db);
  return rc;
}

int
tai_fixture_sql_new (TaiFixture *self, const char *sql)
{
  sqlite3 *db = NULL;
  int rc;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  rc = sqlite3_exec (db, sql, NULL, NULL, NULL);
  sqlite3_close (db);
  return rc;
}

void
tai_fixture_remove_store (TaiFixture *self)
{
  static const char *const endings[] = {"", "-wal", "-shm"};

  g_assert_null (self->store);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *path = g_strconcat (self->path, endings[i], NULL);
    g_unlink (path);
  }
}

gint64
tai_fixture_number (TaiFixture *self, const char *sql)
{
  sqlite3 *db = open_behind (self);
  sqlite3_stmt *statement;
  gint64 number = -1;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return number;
}

void
tai_fixture_assert_verified (TaiFixture *self)
{
  g_auto (TaiStoreVerification) report = {0};
  g_autoptr (GError) error = NULL;
  gboolean good = tai_store_verify (self->store, TAI_VERIFY_FULL, &report, &error);

  g_assert_no_error (error);
  g_assert_true (good);
}
