/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The series that proves nothing is missing; the store's file: a full disk, a newer schema, backup and restore. */
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>

#include "hq-money.h"
#include "tai-headquarters.h"
#include "tai-hq-error.h"
#include "tai-hq-finding.h"
#include "tai-hq-pay.h"
#include "tai-hq-sum.h"

/* Against a set of all numbers, in random order with repeats. */
static void
test_sequence (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);
  for (guint round = 0; round < 200; round++) {
    HqSequence sequence = {0}, copy = {0};
    gboolean came[66] = {FALSE};
    for (guint i = 0; i < 100; i++) {
      gint64 number = g_rand_int_range (rand, 1, 65);
      g_assert_cmpint (hq_sequence_has (&sequence, number), ==, came[number]);
      if (!came[number])
        g_assert_true (hq_sequence_may_add (&sequence, number) && hq_sequence_add (&sequence, number));
      came[number] = TRUE;
      gint64 water = 0;
      while (came[water + 1])
        water++;
      g_assert_cmpint (hq_sequence_get_high_water (&sequence), ==, water);
      g_autofree char *gaps = hq_sequence_gaps_to_text (&sequence);
      g_assert_true (hq_sequence_set (&copy, sequence.top, gaps));
      for (gint64 each = 1; each < 66; each++)
        g_assert_cmpint (hq_sequence_has (&copy, each), ==, came[each]);
    }
    hq_sequence_clear (&sequence);
    hq_sequence_clear (&copy);
  }
}

static void
test_sequence_corrupt (void)
{
  static const char *const bad[] = {"x",       "1",       "1-",   "-1",   "0-1",    "2-1",
                                    "3-4,1-2", "1-2,3-4", "1-10", "1-2,", "1-2,2-3"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    HqSequence sequence = {0};
    g_assert_false (hq_sequence_set (&sequence, 10, bad[i]));
    g_assert_cmpint (sequence.top, ==, 0);
  }
}

typedef struct {
  char *folder, *path, *copy, *restored;
} Files;

static void
files_init (Files *files)
{
  files->folder = g_dir_make_tmp ("test-hq-store-XXXXXX", NULL);
  files->path = g_build_filename (files->folder, "hq.db", NULL);
  files->copy = g_build_filename (files->folder, "copy.db", NULL);
  files->restored = g_build_filename (files->folder, "restored.db", NULL);
}

static void
files_clear (Files *files)
{
  GDir *dir = g_dir_open (files->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (files->folder, name, NULL);
    g_remove (path);
  }
  g_dir_close (dir);
  g_rmdir (files->folder);
  g_free (files->folder);
  g_free (files->path);
  g_free (files->copy);
  g_free (files->restored);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

static HqStore *
open_store (const char *path, const char *epoch)
{
  g_autoptr (GError) error = NULL;
  HqStore *store = hq_store_sqlite_new (path, epoch, &error);
  g_assert_no_error (error);
  return store;
}

static void
move_fixture (HqFixture *fixture, HqStore *store)
{
  HqSecrets secrets = fixture->store->secrets;
  hq_store_free (fixture->store);
  fixture->store = store;
  store->secrets = secrets;
}

static void
post (HqFixture *fixture, guint number, int status)
{
  char id[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (number, id), NULL);
  g_assert_cmpint (hq_fixture_post (fixture, TAI_PATH_ORDER, body, id, number), ==, status);
}

/* The system lets no file grow above @bytes: what a full disk does to a write. */
static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* The whole group is refused, nothing of it is there, and it goes on when there is room again. */
static void
test_full_disk (void)
{
  g_auto (Files) files;
  files_init (&files);
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  move_fixture (fixture, open_store (files.path, "e"));
  hq_fixture_add_terminal (fixture, "T1", "H017", "demo");
  signal (SIGXFSZ, SIG_IGN);
  limit_files (600 * 1024);
  guint taken = 0;
  char id[37];
  g_test_expect_message ("tai-hq", G_LOG_LEVEL_WARNING, "nothing of a group of 1 was taken: *");
  for (guint i = 1; i < 500; i++) {
    g_autofree char *body = hq_make_order (hq_fixture_uuid (i, id), NULL);
    int status = hq_fixture_post (fixture, TAI_PATH_ORDER, body, id, i);
    if (status != 201) {
      g_assert_cmpint (status, ==, 503);
      g_assert_cmpint (fixture->response.retry_after_s, >, 0);
      g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "store");
      break;
    }
    taken = i;
  }
  g_test_assert_expected_messages ();
  g_assert_cmpuint (taken, >, 0);
  g_assert_cmpuint (taken, <, 499);
  limit_files (RLIM_INFINITY);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_STATUS), ==, 200);
  g_assert_cmpint (hq_fixture_int (fixture, "high_water"), ==, taken);
  post (fixture, taken + 1, 201);
  g_assert_cmpstr (fixture->response.result, ==, "created"); /* the refused one left nothing */
}

static void
test_survives_reopening (void)
{
  g_auto (Files) files;
  files_init (&files);
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  move_fixture (fixture, open_store (files.path, "first"));
  hq_fixture_add_terminal (fixture, "T1", "H017", "demo");
  post (fixture, 1, 201);
  post (fixture, 3, 201);
  hq_store_free (fixture->store);
  fixture->store = open_store (files.path, "second");
  post (fixture, 1, 201);
  g_assert_cmpstr (fixture->response.result, ==, "exists");
  hq_fixture_get (fixture, TAI_PATH_STATUS);
  g_assert_cmpstr (hq_fixture_text (fixture, "epoch"), ==, "first"); /* a store keeps its name */
  g_assert_cmpint (hq_fixture_int (fixture, "high_water"), ==, 1);
}

static void
test_refuses_other_files (void)
{
  g_auto (Files) files;
  files_init (&files);
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (
      files.copy, "this is a letter to the hall, not a database at all ............", -1, NULL));
  g_assert_null (hq_store_sqlite_new (files.copy, "e", &error));
  g_assert_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE);
  g_clear_error (&error);
  hq_store_free (open_store (files.path, "e"));
  sqlite3 *db = NULL;
  sqlite3_open (files.path, &db);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 99", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_null (hq_store_sqlite_new (files.path, "e", &error));
  g_assert_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_SCHEMA);
  g_clear_error (&error);
  sqlite3_open (files.restored, &db);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE other (a)", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_null (hq_store_sqlite_new (files.restored, "e", &error));
  g_assert_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_SCHEMA);
}

/* A store as each older version left it (tests/data/hq, made by that version's own code: three sales, of which one was refused): nothing
 * is lost, it stays beside the new one, and the sums are added up from what is there. */
static gboolean
count_till_cb (const HqTillRow *row, gpointer data)
{
  ++*(guint *)data;
  return TRUE;
}

/* v10.db and later have a payment of 50.00 of which 40.00 went back by slip and 10.00 may have, and one that its customer has not paid yet. */
static void
assert_asked (HqFixture *fixture)
{
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_contact_free);
  const char *paid = "0199f3c2-7d10-7c3a-9b1e-000000000700";
  gint64 next_us;
  fixture->store->klass->begin (fixture->store);
  g_assert_cmpint (hq_finding_sum_refunds (fixture->store, "H017", paid, TRUE), ==, 4000);
  g_assert_cmpint (hq_finding_sum_refunds (fixture->store, "H017", paid, FALSE), ==, 5000);
  fixture->store->klass->commit (fixture->store);
  hq_pay_take (fixture->store, fixture->now_us, 100, contacts, &next_us);
  g_assert_cmpuint (contacts->len, ==, 2);
}

static void
test_migrates (gconstpointer data)
{
  g_auto (Files) files;
  g_autofree char *name = g_strdup_printf ("v%u.db", GPOINTER_TO_UINT (data));
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "data", "hq", name, NULL);
  g_autofree char *bytes = NULL, *old = NULL, *sums = NULL, *expected = NULL;
  gboolean has_refund = GPOINTER_TO_UINT (data) >= 10;
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  HqTillFilter deposit = {.hall = "H017", .kind = "cash", .slip = "S-1"};
  guint n_deposits = 0;
  sqlite3 *db = NULL;
  gsize size;
  files_init (&files);
  old = g_strdup_printf ("%s.v%u", files.path, GPOINTER_TO_UINT (data));
  g_assert_true (g_file_get_contents (source, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (files.path, bytes, (gssize)size, NULL));
  move_fixture (fixture, open_store (files.path, "second"));
  hq_fixture_get (fixture, TAI_PATH_STATUS);
  g_assert_cmpstr (hq_fixture_text (fixture, "epoch"), ==, "first");
  g_assert_cmpint (hq_fixture_int (fixture, "high_water"), ==, 6);
  hq_fixture_assert_order (fixture, "0199f3c2-7d10-7c3a-9b1e-000000000200", "completed", "");
  hq_fixture_assert_order (fixture, "0199f3c2-7d10-7c3a-9b1e-000000000202", "rejected", "identity_missing");
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_LINE "/13800000001"), ==, 404);
  fixture->store->klass->begin (fixture->store);
  g_assert_cmpint (hq_sum_is_due (fixture->store), ==, GPOINTER_TO_UINT (data) < 8);
  fixture->store->klass->till_list (fixture->store, &deposit, count_till_cb, &n_deposits);
  g_assert_cmpuint (n_deposits, ==, GPOINTER_TO_UINT (data) >= 8); /* what came before has its slip, too */
  fixture->store->klass->commit (fixture->store);
  g_assert_true (hq_sum_rebuild (fixture->store));
  g_assert_false (hq_sum_is_due (fixture->store));
  sums = hq_money_list_sums (fixture, "H017");
  expected = g_strconcat ("2026-11-22 business T1 1042 new_line  1 5000\n"
                          "2026-11-22 business T1 1042 top_up  2 10000\n",
                          has_refund ? "2026-11-22 event T1 1042  refund 1 4000\n" : "",
                          "2026-11-22 event T1 1042 new_line refused 1 5000\n"
                          "2026-11-22 hour T1 1042  1994792 3 15000\n"
                          "2026-11-22 paid T1 1042 new_line cash 1 5000\n"
                          "2026-11-22 paid T1 1042 top_up cash 2 10000\n"
                          "2026-11-22 tender T1 1042  cash 3 15000",
                          has_refund ? "\n2026-11-22 tender T1 1042  qr 1 -4000" : "", NULL);
  g_assert_cmpstr (sums, ==, expected);
  if (has_refund)
    assert_asked (fixture);
  post (fixture, 7, 201);
  g_assert_cmpint (sqlite3_open (old, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "SELECT count (*) FROM product_order", NULL, NULL, NULL), ==, SQLITE_OK);
  if (GPOINTER_TO_UINT (data) < 7)
    g_assert_cmpint (sqlite3_exec (db, "SELECT 1 FROM roll_up", NULL, NULL, NULL), ==, SQLITE_ERROR);
  sqlite3_close (db);
}

/* What came after the backup is lost; the terminal sends it again, and the feed gives no number twice. */
static void
test_backup_and_restore (void)
{
  g_auto (Files) files;
  files_init (&files);
  g_autoptr (GError) error = NULL;
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  move_fixture (fixture, open_store (files.path, "first"));
  hq_fixture_add_terminal (fixture, "T1", "H017", "demo");
  post (fixture, 1, 201);
  post (fixture, 3, 201);
  g_assert_true (hq_store_sqlite_backup (fixture->store, files.copy, &error));
  g_assert_no_error (error);
  hq_fixture_get (fixture, TAI_PATH_STATUS);
  g_assert_cmpint (hq_fixture_int (fixture, "safe_until"), ==, 1); /* not 3: 2 has not come */
  post (fixture, 2, 201);
  hq_fixture_advance (fixture);
  hq_fixture_get (fixture, TAI_PATH_FEED);
  gint64 last = hq_fixture_int (fixture, "last");
  g_assert_false (hq_store_sqlite_backup (fixture->store, files.copy, &error)); /* never over another */
  g_clear_error (&error);
  g_assert_true (hq_store_sqlite_restore (files.copy, files.restored, "second", &error));
  g_assert_no_error (error);
  move_fixture (fixture, open_store (files.restored, ""));
  g_autofree char *feed = g_strdup_printf (TAI_PATH_FEED "?after=%" G_GINT64_FORMAT, last);
  hq_fixture_get (fixture, feed);
  g_assert_cmpstr (hq_fixture_text (fixture, "epoch"), ==, "second");
  g_assert_cmpint (hq_fixture_int (fixture, "safe_until"), ==, 1);
  post (fixture, 2, 201);
  g_assert_cmpstr (fixture->response.result, ==, "created");
  hq_fixture_advance (fixture);
  hq_fixture_get (fixture, feed);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "events")), ==,
                    6); /* three orders, two moves */
}

static void
test_restore_refuses_damage (void)
{
  g_auto (Files) files;
  files_init (&files);
  g_autoptr (GError) error = NULL;
  HqStore *store = open_store (files.path, "e");
  g_assert_true (hq_store_sqlite_backup (store, files.copy, &error));
  hq_store_free (store);
  g_autofree char *bytes = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (files.copy, &bytes, &size, NULL));
  memset (bytes + 4096, 0x5a, 8192);
  g_assert_true (g_file_set_contents (files.copy, bytes, (gssize)size, NULL));
  g_assert_false (hq_store_sqlite_restore (files.copy, files.restored, "second", &error));
  g_assert_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE);
  g_assert_false (g_file_test (files.restored, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/sequence", test_sequence);
  g_test_add_func ("/store/sequence-corrupt", test_sequence_corrupt);
  g_test_add_func ("/store/full-disk", test_full_disk);
  g_test_add_func ("/store/survives-reopening", test_survives_reopening);
  g_test_add_func ("/store/refuses-other-files", test_refuses_other_files);
  for (guint version = 1; version < HQ_STORE_SQLITE_VERSION; version++) {
    g_autofree char *path = g_strdup_printf ("/store/migrates/%u", version);
    g_test_add_data_func (path, GUINT_TO_POINTER (version), test_migrates);
  }
  g_test_add_func ("/store/backup-and-restore", test_backup_and_restore);
  g_test_add_func ("/store/restore-refuses-damage", test_restore_refuses_damage);
  return g_test_run ();
}
