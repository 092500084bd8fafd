/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures of the store beside their ceiling, in the same minutes on the same disk, alternating:
 * capture: whole sales (order, items, payment, postings, journal, two messages of 2 KB, receipt; one durable commit each)
 *   against raw SQLite commits, WAL and FULL, of one row with the same number of bytes
 * report: the day's till report over 100,000 orders
 * outbox: due, mark and next_due with 100,000 messages
 * close: the Z report of a shift of 2,000 sales: the journal's chain since the last close computed anew, figures, paper's facts
 * work: the list of what is unfinished beside 100,000 orders that are done, and beside 100,000 that wait for the line
 * Run: meson test --benchmark capture report --verbose; a number after the name sets how many.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "tai-store-fixture.h"

#define ROUNDS 25 /* short ones: the disk has moods that last for seconds */

static void
note (const char *what, gint64 n, gint64 us)
{
  g_print ("%-44s %8.0f /s  %7.3f ms each\n", what, (double)n * G_USEC_PER_SEC / (double)MAX (us, 1),
           (double)us / 1000.0 / (double)n);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return x < y ? -1 : x > y;
}

static gint64
median (const gint64 *values, guint n)
{
  g_autofree gint64 *sorted = g_memdup2 (values, n * sizeof *values);

  qsort (sorted, n, sizeof *sorted, compare);
  return sorted[n / 2];
}

/* Round by round, then the median. */
static double
ratio (const gint64 *ceiling, const gint64 *ours)
{
  gint64 ppm[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    ppm[i] = ceiling[i] * 1000000 / MAX (ours[i], 1);
  return (double)median (ppm, ROUNDS) / 1e6;
}

/* Changes are built before the clock runs, as a desk builds them before the drawer opens; bodies and receipt are rendered
 * inside the commit, as there. */
typedef struct {
  TaiFixtureSale *sale;
  TaiChange *changes[2];
} Work;

static Work
build (TaiFixture *f, gboolean in_two)
{
  Work work = {tai_fixture_sale_new (f, "13800138000", 12800),
               {tai_change_new (), in_two ? tai_change_new () : NULL}};

  work.sale->body_size = 2048;
  work.sale->waits = FALSE; /* the desk's messages don't */
  tai_fixture_sale_place (work.sale, work.changes[0]);
  tai_fixture_sale_pay (work.sale, work.changes[in_two ? 1 : 0]);
  return work;
}

static gint64
time_sales (TaiFixture *f, guint n, gboolean in_two)
{
  g_autofree Work *works = g_new (Work, n);
  gint64 start, us;

  for (guint i = 0; i < n; i++)
    works[i] = build (f, in_two);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++) {
    tai_fixture_commit_ok (f, works[i].changes[0]);
    if (in_two)
      tai_fixture_commit_ok (f, works[i].changes[1]);
  }
  us = g_get_monotonic_time () - start;
  for (guint i = 0; i < n; i++) {
    tai_change_free (works[i].changes[0]);
    tai_change_free (works[i].changes[1]);
    tai_fixture_sale_free (works[i].sale);
  }
  return us;
}

/* Bytes of all values that a sale wrote: what any store must write. */
static gsize
bytes_of_a_sale (TaiFixture *f, gint64 n_sales)
{
  static const char *const tables[] = {"visit",    "customer_order", "order_item", "order_state_event",
                                       "payment",  "payment_event",  "allocation", "posting_set",
                                       "posting",  "journal",        "message",    "outbox",
                                       "print_job"};
  sqlite3 *db;
  gint64 bytes = 0;

  g_assert_cmpint (sqlite3_open_v2 (f->path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", tables[i]);
    sqlite3_stmt *statement;

    g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
    while (sqlite3_step (statement) == SQLITE_ROW)
      for (int c = 0; c < sqlite3_column_count (statement); c++)
        bytes +=
            sqlite3_column_type (statement, c) == SQLITE_INTEGER ? 4 : sqlite3_column_bytes (statement, c);
    sqlite3_finalize (statement);
  }
  sqlite3_close (db);
  return (gsize)(bytes / n_sales);
}

/* The ceiling: the same number of bytes, one row, nothing else. */
typedef struct {
  sqlite3 *db;
  sqlite3_stmt *insert;
} Raw;

static Raw
raw_open (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "raw.db", NULL);
  Raw raw;

  g_assert_cmpint (sqlite3_open (path, &raw.db), ==, SQLITE_OK);
  sqlite3_exec (raw.db,
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
                "CREATE TABLE record (n INTEGER PRIMARY KEY, body BLOB)",
                NULL, NULL, NULL);
  sqlite3_prepare_v2 (raw.db, "INSERT INTO record (body) VALUES (?)", -1, &raw.insert, NULL);
  return raw;
}

static gint64
time_raw (Raw *raw, guint n, gsize size)
{
  g_autofree char *body = g_malloc (size);
  gint64 start;

  memset (body, 'x', size);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++) {
    sqlite3_bind_blob (raw->insert, 1, body, (int)size, SQLITE_STATIC);
    g_assert_cmpint (sqlite3_step (raw->insert), ==, SQLITE_DONE);
    sqlite3_reset (raw->insert);
  }
  return g_get_monotonic_time () - start;
}

static void
raw_close (Raw *raw)
{
  sqlite3_finalize (raw->insert);
  sqlite3_close (raw->db);
}

static void
bench_capture (guint n)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  Raw raw = raw_open (f->folder);
  gint64 whole[ROUNDS], two[ROUNDS], plain[ROUNDS], log_before, log_bytes = 0;
  gsize size;

  tai_fixture_open_till (f, "2026-11-22", 50000);
  time_sales (f, 200, FALSE);
  size = bytes_of_a_sale (f, 200);
  for (guint i = 0; i < ROUNDS; i++) {
    tai_store_checkpoint (f->store, TAI_CHECKPOINT_PASSIVE, NULL);
    sqlite3_wal_checkpoint_v2 (raw.db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    plain[i] = time_raw (&raw, n, size);
    log_before = tai_store_get_log_bytes (f->store);
    whole[i] = time_sales (f, n, FALSE);
    log_bytes = tai_store_get_log_bytes (f->store) - log_before;
    two[i] = time_sales (f, n, TRUE);
  }
  g_print ("a sale writes %" G_GSIZE_FORMAT " bytes of values, %" G_GINT64_FORMAT " bytes of log\n", size,
           log_bytes / n);
  note ("raw commit of the same bytes", n, median (plain, ROUNDS));
  note ("capture, whole sale in one commit", n, median (whole, ROUNDS));
  note ("capture, placed and paid in two commits", n, median (two, ROUNDS));
  g_print ("ratio capture : raw, median of %d rounds = %.2f (gate 0.40); two commits a sale: %.2f\n", ROUNDS,
           ratio (plain, whole), ratio (plain, two));
  raw_close (&raw);
}

/* A day of many sales, several to a commit: only its size matters here. */
static void
fill_day (TaiFixture *f, guint n)
{
  for (guint i = 0; i < n;) {
    g_autoptr (GPtrArray) sales = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_fixture_sale_free);
    TaiFixtureSale *sale = tai_fixture_sale_new (f, "13800138000", 100 + i);
    g_autoptr (TaiChange) change = tai_change_new ();

    g_ptr_array_add (sales, sale);
    g_free (sale->clerk);
    sale->clerk = g_strdup_printf ("10%02u", i % 20);
    sale->prints = FALSE;
    for (guint k = 1; k < 16; k++) {
      TaiOrder *order = tai_fixture_sale_add_order (sale, k % 2 ? "top_up" : "bill_payment", 1000 + k);
      g_free (order->clerk);
      order->clerk = g_strdup (sale->clerk);
    }
    tai_fixture_sale_place (sale, change);
    tai_fixture_sale_pay (sale, change);
    tai_fixture_commit_ok (f, change);
    i += sale->orders->len;
    if (f->n_ids % 5 == 0)
      tai_fixture_acknowledge_all (f);
  }
  tai_fixture_acknowledge_all (f);
}

static void
bench_report (guint n)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GError) error = NULL;
  gint64 times[ROUNDS], listings[ROUNDS];
  guint n_movements = 0;

  tai_fixture_open_till (f, "2026-11-22", 50000);
  fill_day (f, n);
  for (guint i = 0; i < ROUNDS; i++) {
    gint64 start = g_get_monotonic_time ();
    g_autoptr (TaiTillReport) report =
        tai_visit_store_report (TAI_VISIT_STORE (f->store), "2026-11-22", NULL, &error);
    times[i] = g_get_monotonic_time () - start;
    g_assert_no_error (error);
    g_assert_cmpint (report->n_orders, >=, n);
  }
  for (guint i = 0; i < ROUNDS; i++) {
    gint64 start = g_get_monotonic_time ();
    g_autoptr (GPtrArray) movements =
        tai_visit_store_list_movements (TAI_VISIT_STORE (f->store), f->shift_id.text, &error);
    listings[i] = g_get_monotonic_time () - start;
    g_assert_no_error (error);
    n_movements = movements->len;
  }
  g_print ("%u movements of a shift of %u orders: %.2f ms\n", n_movements, n,
           (double)median (listings, ROUNDS) / 1000.0);
  g_print ("day report over %u orders: %.2f ms (gate 50 ms)\n", n, (double)median (times, ROUNDS) / 1000.0);
}

/* Each round is a shift of its own: the chain is checked from the close before. */
static void
bench_close (guint n)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GError) error = NULL;
  gint64 closes[5], reports[5];

  for (guint i = 0; i < G_N_ELEMENTS (closes); i++) {
    g_autoptr (TaiTillReport) report = NULL;
    TaiUuid shift;
    gint64 start;

    tai_fixture_open_till (f, "2026-11-22", 50000);
    shift = f->shift_id;
    time_sales (f, n, FALSE);
    tai_store_checkpoint (f->store, TAI_CHECKPOINT_PASSIVE, NULL);
    start = g_get_monotonic_time ();
    tai_fixture_close_till (f, 50000);
    closes[i] = g_get_monotonic_time () - start;
    start = g_get_monotonic_time ();
    report = tai_visit_store_report (TAI_VISIT_STORE (f->store), NULL, shift.text, &error);
    reports[i] = g_get_monotonic_time () - start;
    g_assert_no_error (error);
    g_assert_true (report->is_z && report->broken_seq == 0);
    g_assert_cmpint (report->n_orders, >=, n);
    g_assert_cmpint (report->journal_seq - report->checked_from, >=, n);
  }
  qsort (closes, G_N_ELEMENTS (closes), sizeof closes[0], compare);
  qsort (reports, G_N_ELEMENTS (reports), sizeof reports[0], compare);
  g_print ("Z close of %u sales: %.1f ms (gate 200 ms), its report %.2f ms\n", n, (double)closes[2] / 1000.0,
           (double)reports[2] / 1000.0);
}

static void
bench_outbox (guint n)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree TaiOutboxMark *marks = NULL;
  gint64 start;

  for (guint i = 0; i < n; i += 1000) {
    g_autoptr (TaiChange) change = tai_change_new ();
    for (guint k = 0; k < 1000; k++)
      tai_change_take_message (change, tai_fixture_message (f, "{\"a\":1}"));
    tai_fixture_commit_ok (f, change);
  }
  start = g_get_monotonic_time ();
  tai_outbox_next_due_us (TAI_OUTBOX (f->store), "hq");
  note ("next_due_us", 1, g_get_monotonic_time () - start);
  start = g_get_monotonic_time ();
  rows = tai_outbox_due (TAI_OUTBOX (f->store), "hq", f->now_us, 1000, &error);
  note ("due, 1,000 rows at once", rows->len, g_get_monotonic_time () - start);
  marks = g_new0 (TaiOutboxMark, rows->len);
  for (guint i = 0; i < rows->len; i++)
    marks[i] = (TaiOutboxMark){.row = ((TaiOutboxRow *)g_ptr_array_index (rows, i))->row,
                               .to = TAI_MESSAGE_IN_FLIGHT};
  start = g_get_monotonic_time ();
  g_assert_true (tai_outbox_mark (TAI_OUTBOX (f->store), marks, rows->len, f->now_us, &error));
  note ("mark, 1,000 rows in one commit", rows->len, g_get_monotonic_time () - start);
}

/* One of each kind that a sale can leave behind. */
static void
litter (TaiFixture *f)
{
  g_autoptr (TaiFixtureSale) placed = tai_fixture_sale_new (f, "13800138000", 100);
  g_autoptr (TaiFixtureSale) sold = tai_fixture_sell (f, "13800138000", 100);
  g_autoptr (TaiChange) place = tai_change_new (), held = tai_change_new ();
  const TaiOrder *order = g_ptr_array_index (sold->orders, 0);
  static const TaiOrderState way[] = {TAI_ORDER_SENT, TAI_ORDER_ACKNOWLEDGED, TAI_ORDER_HELD};

  tai_fixture_sale_place (placed, place);
  tai_fixture_commit_ok (f, place);
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    tai_change_add_order_state (held, &order->id, way[i], NULL, f->now_us);
  tai_fixture_commit_ok (f, held);
}

static void
time_work (TaiFixture *f, const char *what, guint expected)
{
  g_autoptr (GError) error = NULL;
  gint64 times[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++) {
    gint64 start = g_get_monotonic_time ();
    g_autoptr (GPtrArray) items = tai_visit_store_list_work (TAI_VISIT_STORE (f->store), 0, 200, &error);
    times[i] = g_get_monotonic_time () - start;
    g_assert_no_error (error);
    g_assert_cmpuint (items->len, ==, expected);
  }
  g_print ("%-52s %.2f ms\n", what, (double)median (times, ROUNDS) / 1000.0);
}

/* Orders that HQ has acknowledged are moved on, as the feed does it. */
static void
move_all (TaiFixture *f, const char *from, const char *to)
{
  g_autofree char *sql =
      g_strdup_printf ("UPDATE customer_order SET state = '%s', unfinished = '%s' <> 'completed' "
                       "WHERE state = '%s'",
                       to, to, from);

  g_assert_cmpint (tai_fixture_sql (f, sql), ==, SQLITE_OK);
}

static void
bench_work (guint n)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();

  tai_fixture_open_till (f, "2026-11-22", 50000);
  fill_day (f, n);
  time_work (f, "all acknowledged this moment at HQ, none too long", 0);
  move_all (f, "acknowledged", "completed");
  for (guint i = 0; i < 20; i++)
    litter (f);
  time_work (f, "40 of work beside orders that are done", 40);
  move_all (f, "completed", "paid");
  time_work (f, "40 of work beside as many that wait for the line", 40);
}

int
main (int argc, char *argv[])
{
  const char *what = argc > 1 ? argv[1] : "capture";
  guint n = argc > 2 ? (guint)g_ascii_strtoull (argv[2], NULL, 10) : 0;

  if (g_str_equal (what, "capture"))
    bench_capture (n ? n : 40);
  else if (g_str_equal (what, "report"))
    bench_report (n ? n : 100000);
  else if (g_str_equal (what, "close"))
    bench_close (n ? n : 2000);
  else if (g_str_equal (what, "work"))
    bench_work (n ? n : 100000);
  else
    bench_outbox (n ? n : 100000);
  return 0;
}
