/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many messages a second headquarters takes, durable (WAL, synchronous=FULL), on one core: hq_apply with requests of one
 * message in groups of 64, with batches of 500, and beside them SQLite alone: the same bytes into one table, in transactions
 * of the same sizes, in the same minutes. A sale is an order of about 2 KB and its payment of about 1 KB.
 *
 * bench-hq [SALES]: smoke by default.
 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "tai-headquarters.h"
#include "tai-hq-apply.h"
#include "tai-hq-store-sqlite.h"

#define GROUP  64
#define BATCH  500
#define ROUNDS 3

typedef struct {
  char key[37];
  char seq[24];
  char digest[64];
  const char *path;
  GBytes *body;
} Message;

typedef struct {
  char *folder;
  guint n;
  Message *messages;
  gsize bytes;
} Load;

static char *
read_example (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tmf", "examples", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static GBytes *
fill (const char *text, const char *placeholder, const char *id)
{
  g_autoptr (GString) body = g_string_new (text);
  g_string_replace (body, placeholder, id, 0);
  g_string_replace (body, "\n", "", 0); /* one line, as the batch wants it */
  return g_bytes_new (body->str, body->len);
}

static void
make_message (Message *message, guint number, const char *text, const char *placeholder, const char *path)
{
  g_snprintf (message->key, sizeof message->key, "0199f3c2-7d10-7c3a-%04x-%012x", 0x8000 | (number >> 20),
              number);
  g_snprintf (message->seq, sizeof message->seq, "%u", number + 1);
  message->path = path;
  message->body = fill (text, placeholder, message->key);
  gsize size;
  const void *bytes = g_bytes_get_data (message->body, &size);
  TaiDigest digest = tai_digest_bytes (bytes, size);
  g_autofree char *base64 = g_base64_encode (digest.byte, TAI_DIGEST_SIZE);
  g_snprintf (message->digest, sizeof message->digest, "sha-256=:%s:", base64);
}

static void
make_load (Load *load, guint sales)
{
  g_autofree char *order = read_example ("1_activation.v4.json");
  g_autofree char *payment = read_example ("pay.tmf676.v4.json");
  load->n = 2 * sales;
  load->messages = g_new0 (Message, load->n);
  for (guint i = 0; i < load->n; i += 2) {
    make_message (&load->messages[i], i, payment, "0199f3c2-7d11-7f40-8a77-1b2c3d4e5f60", TAI_PATH_PAYMENT);
    make_message (&load->messages[i + 1], i + 1, order, "0199f3c2-7d10-7c3a-9b1e-5a4d2c6e8f01",
                  TAI_PATH_ORDER);
    load->bytes += g_bytes_get_size (load->messages[i].body) + g_bytes_get_size (load->messages[i + 1].body);
  }
}

static HqStore *
open_store (Load *load, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (load->folder, name, NULL);
  HqStore *store = hq_store_sqlite_new (path, "bench", &error);
  g_assert_no_error (error);
  HqTerminalRow terminal = {.id = "T1", .hall = "H017", .klass = "demo", .profile = "{}"};
  store->klass->begin (store);
  store->klass->terminal_put (store, &terminal);
  store->klass->commit (store);
  return store;
}

static void
apply_singles (Load *load, HqStore *store)
{
  HqRequest requests[GROUP];
  HqResponse responses[GROUP];
  for (guint from = 0; from < load->n; from += GROUP) {
    guint n = MIN (GROUP, load->n - from);
    for (guint i = 0; i < n; i++) {
      Message *message = &load->messages[from + i];
      requests[i] = (HqRequest){.method = "POST",
                                .path = message->path,
                                .content_type = "application/json",
                                .idempotency_key = message->key,
                                .seq = message->seq,
                                .digest = message->digest,
                                .body = message->body,
                                .terminal = "T1",
                                .now_us = 1};
    }
    hq_apply (store, requests, n, responses);
    for (guint i = 0; i < n; i++) {
      g_assert_cmpint (responses[i].status, ==, 201);
      hq_response_clear (&responses[i]);
    }
  }
}

static GBytes *
make_batch (const Message *messages, guint n)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < n; i++) {
    gsize size;
    const char *bytes = g_bytes_get_data (messages[i].body, &size);
    char hex[65];
    tai_digest_to_hex (tai_digest_bytes (bytes, size), hex);
    g_string_append_printf (text, "{\"key\":\"%s\",\"seq\":%s,\"sha256\":\"%s\",\"path\":\"%s\"}\n",
                            messages[i].key, messages[i].seq, hex, messages[i].path);
    g_string_append_len (text, bytes, (gssize)size);
    g_string_append_c (text, '\n');
  }
  return g_string_free_to_bytes (text);
}

static GPtrArray *
make_batches (Load *load)
{
  GPtrArray *batches = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  for (guint from = 0; from < load->n; from += BATCH)
    g_ptr_array_add (batches, make_batch (&load->messages[from], MIN (BATCH, load->n - from)));
  return batches;
}

static void
apply_batches (GPtrArray *batches, HqStore *store)
{
  for (guint i = 0; i < batches->len; i++) {
    HqRequest request = {.method = "POST",
                         .path = TAI_PATH_BATCH,
                         .content_type = "application/x-ndjson",
                         .body = batches->pdata[i],
                         .terminal = "T1",
                         .now_us = 1};
    HqResponse response;
    hq_apply (store, &request, 1, &response);
    g_assert_cmpint (response.status, ==, 200);
    hq_response_clear (&response);
  }
}

static sqlite3 *
open_raw (Load *load, const char *name)
{
  sqlite3 *db = NULL;
  g_autofree char *path = g_build_filename (load->folder, name, NULL);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  int result =
      sqlite3_exec (db,
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
                    "PRAGMA wal_autocheckpoint = 16384; PRAGMA locking_mode = EXCLUSIVE;"
                    "CREATE TABLE m (id TEXT PRIMARY KEY, body BLOB NOT NULL)",
                    NULL, NULL, NULL);
  g_assert_cmpint (result, ==, SQLITE_OK);
  return db;
}

static void
insert_raw (Load *load, sqlite3 *db, guint group)
{
  sqlite3_stmt *statement = NULL;
  sqlite3_prepare_v2 (db, "INSERT INTO m (id, body) VALUES (?1, ?2)", -1, &statement, NULL);
  for (guint i = 0; i < load->n; i++) {
    gsize size;
    const void *bytes = g_bytes_get_data (load->messages[i].body, &size);
    if (i % group == 0)
      sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    sqlite3_bind_text (statement, 1, load->messages[i].key, -1, SQLITE_STATIC);
    sqlite3_bind_blob (statement, 2, bytes, (int)size, SQLITE_STATIC);
    g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
    sqlite3_reset (statement);
    if (i % group == group - 1 || i + 1 == load->n)
      g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  }
  sqlite3_finalize (statement);
}

static void
check_all_there (Load *load, HqStore *store)
{
  HqListFilter all = {0};
  store->klass->begin (store);
  gint64 n = store->klass->order_count (store, &all) + store->klass->payment_count (store, &all);
  store->klass->commit (store);
  g_assert_cmpint (n, ==, load->n);
}

static void
remove_files (Load *load)
{
  GDir *dir = g_dir_open (load->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (load->folder, name, NULL);
    g_remove (path);
  }
  g_dir_close (dir);
}

static gint64
per_second (Load *load, gint64 from_us)
{
  return (gint64)load->n * G_USEC_PER_SEC / MAX (1, g_get_monotonic_time () - from_us);
}

static void
run_round (Load *load, GPtrArray *batches)
{
  HqStore *singles = open_store (load, "singles.db"), *batched = open_store (load, "batched.db");
  sqlite3 *raw_small = open_raw (load, "raw-small.db"), *raw_big = open_raw (load, "raw-big.db");
  gint64 start = g_get_monotonic_time ();
  apply_singles (load, singles);
  gint64 a = per_second (load, start);
  start = g_get_monotonic_time ();
  insert_raw (load, raw_small, GROUP);
  gint64 b = per_second (load, start);
  start = g_get_monotonic_time ();
  apply_batches (batches, batched);
  gint64 c = per_second (load, start);
  start = g_get_monotonic_time ();
  insert_raw (load, raw_big, BATCH);
  gint64 d = per_second (load, start);
  check_all_there (load, singles);
  check_all_there (load, batched);
  printf ("# messages/s: hq_apply groups of 64 %6" G_GINT64_FORMAT " (raw SQLite %6" G_GINT64_FORMAT
          ", %2" G_GINT64_FORMAT " %%), batches of 500 %6" G_GINT64_FORMAT " (raw SQLite %6" G_GINT64_FORMAT
          ", %2" G_GINT64_FORMAT " %%)\n",
          a, b, 100 * a / b, c, d, 100 * c / d);
  hq_store_free (singles);
  hq_store_free (batched);
  sqlite3_close (raw_small);
  sqlite3_close (raw_big);
  remove_files (load);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  guint64 sales = 2000;
  if (argc > 1 && !g_ascii_string_to_unsigned (argv[1], 10, 1, 1000000, &sales, NULL))
    return 2;
  Load load = {.folder = g_dir_make_tmp ("bench-hq-XXXXXX", NULL)};
  make_load (&load, (guint)sales);
  g_autoptr (GPtrArray) batches = make_batches (&load);
  printf ("# %u messages, %" G_GSIZE_FORMAT " bytes each, durable\n", load.n, load.bytes / load.n);
  for (guint i = 0; i < ROUNDS; i++)
    run_round (&load, batches);
  for (guint i = 0; i < load.n; i++)
    g_bytes_unref (load.messages[i].body);
  g_free (load.messages);
  g_rmdir (load.folder);
  g_free (load.folder);
  printf ("1..1\nok 1 - hq-apply\n");
  return 0;
}
