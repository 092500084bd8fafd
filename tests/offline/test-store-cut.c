/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is in the files at the moment a commit has been acknowledged, seen from outside by plain SQLite: everything that was
 * acknowledged and nothing half done. The files are copied as a power cut would leave them: whole after each commit, and
 * then with the log cut at every sector, its tail absent or junk.
 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "tai-store-fixture.h"

#define N_SALES    6
#define SECTOR     512
#define SALE_MINOR 5000

/* A copy of a store's files in a folder of its own. */
typedef struct {
  char *folder, *path, *log;
  sqlite3 *db;
} Copy;

static void
write_file (const char *path, const char *data, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, data, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static Copy *
copy_new (void)
{
  Copy *self = g_new0 (Copy, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("tai-cut-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "terminal.db", NULL);
  self->log = g_strconcat (self->path, "-wal", NULL);
  return self;
}

static void
copy_close (Copy *self)
{
  g_autofree char *shm = g_strconcat (self->path, "-shm", NULL);

  g_clear_pointer (&self->db, sqlite3_close);
  g_unlink (shm);
  g_unlink (self->log);
  g_unlink (self->path);
}

static void
copy_free (Copy *self)
{
  copy_close (self);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->log);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

/* Opens the two files with the system's own SQLite: what recovery makes of them. */
static void
copy_open (Copy *self, GBytes *file, const char *log, gsize log_size)
{
  gsize size;
  const char *data = g_bytes_get_data (file, &size);

  copy_close (self);
  write_file (self->path, data, size);
  write_file (self->log, log, log_size);
  g_assert_cmpint (sqlite3_open_v2 (self->path, &self->db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
}

static gint64
copy_number (Copy *self, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 number;

  g_assert_cmpint (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return number;
}

static void
copy_assert_sound (Copy *self)
{
  g_assert_cmpint (copy_number (self, "SELECT integrity_check = 'ok' FROM pragma_integrity_check LIMIT 1"),
                   ==, 1);
  g_assert_cmpint (copy_number (self, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
  g_assert_cmpint (copy_number (self, "SELECT count (*) FROM posting_imbalance"), ==, 0);
}

/* Whole sales: paid orders, payments, their messages and journal entries go together. */
static gint64
copy_count_sales (Copy *self)
{
  gint64 n = copy_number (self, "SELECT count (*) FROM payment");

  g_assert_cmpint (copy_number (self, "SELECT count (DISTINCT receipt_number) FROM customer_order "
                                      "WHERE receipt_number IS NOT NULL"),
                   ==, n);
  g_assert_cmpint (
      copy_number (self, "SELECT count (DISTINCT visit_id) FROM customer_order WHERE state = 'paid'"), ==, n);
  g_assert_cmpint (copy_number (self, "SELECT coalesce (max (terminal_seq), 0) = count (*) FROM message "
                                      "WHERE terminal_seq > 0"),
                   ==, 1);
  return n;
}

static TaiFixture *
fixture_with_till (void)
{
  TaiFixture *f = tai_fixture_new ();

  tai_fixture_open_till (f, "2026-11-22", 20000);
  return f;
}

static void
sell (TaiFixture *f, guint number)
{
  g_autofree char *msisdn = g_strdup_printf ("154%08u", number + 1);
  g_autoptr (TaiFixtureSale) sale = tai_fixture_sell (f, msisdn, SALE_MINOR);

  g_assert_nonnull (sale->payment);
}

/* Acknowledged means in the files, at once: no buffer of ours or of SQLite's holds any of it. */
static void
test_acknowledged_is_in_the_files (void)
{
  g_autoptr (TaiFixture) f = fixture_with_till ();
  g_autofree char *log_path = g_strconcat (f->path, "-wal", NULL);
  g_autoptr (Copy) copy = copy_new ();

  for (guint i = 0; i < N_SALES; i++) {
    g_autoptr (GBytes) file = NULL, log = NULL;
    sell (f, i);
    file = read_file (f->path);
    log = read_file (log_path);
    copy_open (copy, file, g_bytes_get_data (log, NULL), g_bytes_get_size (log));
    copy_assert_sound (copy);
    g_assert_cmpint (copy_count_sales (copy), ==, i + 1);
  }
}

/* The log up to every sector: never half a sale, never fewer with more of the log, all with all of it. */
static void
cut_everywhere (gboolean junk)
{
  g_autoptr (TaiFixture) f = fixture_with_till ();
  g_autofree char *log_path = g_strconcat (f->path, "-wal", NULL);
  g_autoptr (Copy) copy = copy_new ();
  g_autoptr (GBytes) file = NULL, log = NULL;
  g_autofree char *cut = NULL;
  gint64 before = 0;
  guint n_cuts = 0;
  gsize size;

  for (guint i = 0; i < 2; i++)
    sell (f, i);
  file = read_file (f->path);
  log = read_file (log_path);
  size = g_bytes_get_size (log);
  cut = g_malloc (size);
  for (gsize end = 0; end < size + SECTOR; end += SECTOR, n_cuts++) {
    gsize at = MIN (end, size);
    gint64 now = 0;

    memcpy (cut, g_bytes_get_data (log, NULL), size);
    for (gsize k = at; junk && k < size; k++)
      cut[k] = (char)(k * 31 + at);
    copy_open (copy, file, cut, junk ? size : at);
    if (copy_number (copy, "SELECT count (*) FROM sqlite_schema WHERE name = 'payment'") == 1) {
      now = copy_count_sales (copy);
      g_assert_cmpint (copy_number (copy, "SELECT count (*) FROM posting_imbalance"), ==, 0);
    }
    g_assert_cmpint (now, >=, before);
    before = now;
  }
  g_assert_cmpint (before, ==, 2);
  g_test_message ("%u cuts in a log of %" G_GSIZE_FORMAT " bytes", n_cuts, size);
}

static void
test_cut_with_nothing_behind (void)
{
  cut_everywhere (FALSE);
}

static void
test_cut_with_junk_behind (void)
{
  cut_everywhere (TRUE);
}

/* Another process sees each commit as soon as it is done, and none before. */
static void
test_readers_see_what_is_done (void)
{
  g_autoptr (TaiFixture) f = fixture_with_till ();
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open_v2 (f->path, &other, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < N_SALES; i++) {
    Copy look = {.db = other};
    g_autofree char *msisdn = g_strdup_printf ("154%08u", i + 1);
    g_autoptr (TaiFixtureSale) sale = tai_fixture_sale_new (f, msisdn, SALE_MINOR);
    g_autoptr (TaiChange) placed = tai_change_new (), paid = tai_change_new ();

    tai_fixture_sale_place (sale, placed);
    tai_fixture_commit_ok (f, placed);
    g_assert_cmpint (copy_number (&look, "SELECT count (DISTINCT visit_id) FROM customer_order"), ==, i + 1);
    g_assert_cmpint (copy_count_sales (&look), ==, i);
    tai_fixture_sale_pay (sale, paid);
    tai_fixture_commit_ok (f, paid);
    g_assert_cmpint (copy_count_sales (&look), ==, i + 1);
  }
  sqlite3_close (other);
}

/* The log is moved into the file and begun anew while sales go on: the same holds across it. */
static void
test_over_checkpoints (void)
{
  g_autoptr (TaiFixture) f = fixture_with_till ();
  g_autofree char *log_path = g_strconcat (f->path, "-wal", NULL);
  g_autoptr (Copy) copy = copy_new ();

  for (guint i = 0; i < N_SALES; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) file = NULL, log = NULL;

    tai_store_checkpoint (f->store, i % 2 ? TAI_CHECKPOINT_TRUNCATE : TAI_CHECKPOINT_PASSIVE, &error);
    g_assert_no_error (error);
    sell (f, i);
    file = read_file (f->path);
    log = read_file (log_path);
    copy_open (copy, file, g_bytes_get_data (log, NULL), g_bytes_get_size (log));
    copy_assert_sound (copy);
    g_assert_cmpint (copy_count_sales (copy), ==, i + 1);
  }
  tai_fixture_reopen (f);
  {
    g_auto (TaiStoreVerification) report = {0};
    g_autoptr (GError) error = NULL;
    tai_store_verify (f->store, TAI_VERIFY_FULL, &report, &error);
    g_assert_no_error (error);
    g_assert_cmpint (report.n_orders, ==, N_SALES);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/cut/acknowledged-is-in-the-files", test_acknowledged_is_in_the_files);
  g_test_add_func ("/store/cut/nothing-behind", test_cut_with_nothing_behind);
  g_test_add_func ("/store/cut/junk-behind", test_cut_with_junk_behind);
  g_test_add_func ("/store/cut/readers", test_readers_see_what_is_done);
  g_test_add_func ("/store/cut/over-checkpoints", test_over_checkpoints);
  return g_test_run ();
}
