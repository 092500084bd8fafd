/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power cuts, disk errors, full disks, second owners: what was acknowledged is there, the rest is not. */
#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "tai-core-error.h"
#include "tai-offline-error.h"
#include "tai-store-fixture.h"

/* Every step fails once ------------------------------------------------------------------------------------------------- */

typedef struct {
  guint countdown; /* steps until the fault */
  gboolean after;
  gboolean played, at_commit;
} Fault;

static gboolean
fault_cb (const char *step, gboolean after, gpointer data)
{
  Fault *fault = data;

  if (after != fault->after || fault->played || --fault->countdown > 0)
    return FALSE;
  fault->played = TRUE;
  fault->at_commit = g_str_equal (step, "commit");
  return TRUE;
}

/* One thing to do to a store; what it needs is there. Answers whether it was done. */
typedef gboolean (*ActFunc) (TaiFixture *f, TaiFixtureSale *sale, GError **error);

static gboolean
act_sale (TaiFixture *f, TaiFixtureSale *sale, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  tai_fixture_sale_pay (sale, change);
  tai_change_add_resource (change, TAI_RESOURCE_NUMBER, "13800000009", TAI_RESOURCE_USED,
                           &((TaiOrder *)g_ptr_array_index (sale->orders, 0))->id, 0, NULL);
  tai_change_add_setting (change, "last", "x");
  return tai_fixture_commit (f, change, error);
}

static gboolean
act_mark (TaiFixture *f, TaiFixtureSale *sale, GError **error)
{
  g_autoptr (GPtrArray) rows =
      tai_outbox_due (TAI_OUTBOX (f->store), TAI_DESTINATION_HQ, f->now_us, 10, error);
  TaiOutboxMark mark = {.to = TAI_MESSAGE_IN_FLIGHT};

  if (rows == NULL)
    return FALSE;
  g_assert_cmpuint (rows->len, >, 0);
  mark.row = ((TaiOutboxRow *)g_ptr_array_index (rows, 0))->row;
  return tai_outbox_mark (TAI_OUTBOX (f->store), &mark, 1, f->now_us, error);
}

static gboolean
act_print (TaiFixture *f, TaiFixtureSale *sale, GError **error)
{
  g_autoptr (TaiPrintJob) job = tai_print_queue_next (TAI_PRINT_QUEUE (f->store), "receipt", error);

  return job != NULL;
}

static gboolean
act_staff (TaiFixture *f, TaiFixtureSale *sale, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);

  g_ptr_array_add (list, tai_staff_new ("1050", "x", TAI_ROLE_CLERK, "y"));
  return tai_visit_store_replace_staff (TAI_VISIT_STORE (f->store), list, error);
}

static gboolean
act_epoch (TaiFixture *f, TaiFixtureSale *sale, GError **error)
{
  return tai_store_advance_epoch (f->store, 40, "head", f->now_us, error);
}

static gboolean
act_purge (TaiFixture *f, TaiFixtureSale *sale, GError **error)
{
  return tai_outbox_purge_until (TAI_OUTBOX (f->store), TAI_DESTINATION_HQ, 2, error) >= 0;
}

static TaiFixture *
scene_new (TaiFixtureSale **sale)
{
  TaiFixture *f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) first = NULL, second = NULL;
  g_autoptr (TaiChange) place = tai_change_new ();

  tai_fixture_open_till (f, "2026-11-22", 1000);
  tai_fixture_lease (f, TAI_RESOURCE_NUMBER, "13800000009", 0);
  first = tai_fixture_sell (f, "13800000001", 100);
  tai_fixture_acknowledge_all (f);
  second = tai_fixture_sell (f, "13800000001", 100);
  *sale = tai_fixture_sale_new (f, "13800000009", 300);
  tai_fixture_sale_place (*sale, place);
  tai_change_add_resource (place, TAI_RESOURCE_NUMBER, "13800000009", TAI_RESOURCE_HELD, &(*sale)->visit_id,
                           0, NULL);
  tai_fixture_commit_ok (f, place);
  return f;
}

/* Fails the n-th step; FALSE when there is no such step any more. */
static gboolean
fail_at (TaiFixture *f, TaiFixtureSale *sale, ActFunc act, guint n, gboolean after)
{
  Fault fault = {n, after, FALSE, FALSE};
  g_autofree char *before = tai_fixture_dump (f), *then = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good;

  tai_store_set_fault_hook (f->store, fault_cb, &fault);
  good = act (f, sale, &error);
  tai_store_set_fault_hook (f->store, NULL, NULL);
  if (!fault.played) {
    g_assert_no_error (error);
    g_assert_true (good);
    return FALSE;
  }
  g_assert_false (good);
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_IO);
  then = tai_fixture_dump (f);
  if (fault.after && fault.at_commit) { /* a power cut after the commit: done, and only a restart tells */
    TaiHeads heads;
    g_clear_error (&error);
    g_assert_cmpstr (before, !=, then);
    g_assert_false (tai_store_get_heads (f->store, &heads, &error));
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CLOSED);
    tai_fixture_reopen (f);
    tai_fixture_assert_verified (f);
    return FALSE;
  }
  g_assert_cmpstr (before, ==, then);
  tai_fixture_assert_verified (f);
  return TRUE;
}

static void
test_every_step (gconstpointer data)
{
  ActFunc act = (ActFunc)data;

  for (int after = 0; after < 2; after++) {
    TaiFixtureSale *sale;
    g_autoptr (TaiFixture) f = scene_new (&sale);
    guint n = 1;

    while (fail_at (f, sale, act, n, after))
      g_assert_cmpuint (n++, <, 500);
    g_assert_cmpuint (n, >, 1);
    g_test_message ("%u steps", n);
    tai_fixture_sale_free (sale);
  }
}

/* kill -9 -------------------------------------------------------------------------------------------------------------- */

#define CUTS 60

/* Sells and places until it is killed; each sale goes down the pipe when it and the visit placed after it have been committed. */
G_GNUC_NORETURN static void
child (TaiFixture *f, int out)
{
  f->n_ids += (guint64)getpid () << 32;
  tai_fixture_reopen (f);
  for (;;) {
    g_autoptr (TaiFixtureSale) sale = tai_fixture_sell (f, "13800000001", 100);
    g_autoptr (TaiFixtureSale) placed = tai_fixture_sale_new (f, "13800000002", 100);
    g_autoptr (TaiChange) place = tai_change_new ();
    const TaiOrder *order = g_ptr_array_index (sale->orders, 0);

    tai_fixture_sale_add_order (placed, "top_up", 200);
    tai_fixture_sale_place (placed, place);
    tai_fixture_commit_ok (f, place);
    if (write (out, order->id.text, 36) != 36)
      _exit (1);
    if (f->n_ids % 3 == 0)
      tai_fixture_acknowledge_all (f);
    if (f->n_ids % 11 == 0)
      tai_store_checkpoint (f->store, f->n_ids % 2 ? TAI_CHECKPOINT_PASSIVE : TAI_CHECKPOINT_TRUNCATE, NULL);
  }
}

/* Reads whole ids until the child is dead; kills it after @n of them, somewhere in the next sale. */
static void
read_and_kill (int in, pid_t pid, guint n, guint delay_us, GPtrArray *acknowledged)
{
  char id[37] = "";
  gsize have = 0;
  gssize got;

  while ((got = read (in, id + have, 36 - have)) > 0) {
    have += (gsize)got;
    if (have < 36)
      continue;
    have = 0;
    g_ptr_array_add (acknowledged, g_strdup (id));
    if (--n == 0) {
      g_usleep (delay_us);
      kill (pid, SIGKILL);
    }
  }
}

/* Placed is placed: at least as many as were told of, each whole with its orders and lines. */
static void
assert_placed (TaiFixture *f, guint n_told)
{
  TaiOrderFilter filter = {.msisdn = "13800000002", .only_placed = TRUE, .limit = 100000};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = tai_visit_store_list_orders (TAI_VISIT_STORE (f->store), &filter, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (orders->len, >=, n_told);
  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);
    TaiOrderFilter all = {.visit_id = &order->visit_id, .only_placed = TRUE};
    g_autoptr (GPtrArray) visit = tai_visit_store_list_orders (TAI_VISIT_STORE (f->store), &all, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (visit->len, ==, 2);
    g_assert_cmpuint (order->items->len, >, 0);
  }
}

static void
test_kill (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GPtrArray) acknowledged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  g_autoptr (GError) error = NULL;

  tai_fixture_open_till (f, "2026-11-22", 0);
  for (guint cut = 0; cut < CUTS; cut++) {
    int pipe_fd[2], status;
    pid_t pid;

    tai_fixture_close (f);
    g_assert_cmpint (pipe (pipe_fd), ==, 0);
    pid = fork ();
    g_assert_cmpint (pid, >=, 0);
    if (pid == 0)
      child (f, pipe_fd[1]);
    close (pipe_fd[1]);
    read_and_kill (pipe_fd[0], pid, g_rand_int_range (rand, 1, 6), g_rand_int_range (rand, 0, 3000),
                   acknowledged);
    close (pipe_fd[0]);
    g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
    g_assert_true (WIFSIGNALED (status));
    tai_fixture_reopen (f); /* the dead one's lock is gone */
    tai_fixture_assert_verified (f);
  }
  assert_placed (f, acknowledged->len);
  for (guint i = 0; i < acknowledged->len; i++) {
    g_autoptr (TaiOrder) order =
        tai_visit_store_find_order (TAI_VISIT_STORE (f->store), g_ptr_array_index (acknowledged, i), &error);
    g_assert_nonnull (order);
    g_assert_nonnull (order->receipt_number);
  }
  g_test_message ("%u cuts, %u acknowledged sales, none lost", CUTS, acknowledged->len);
}

/* Full disks ----------------------------------------------------------------------------------------------------------- */

static guint
sell_until_full (TaiFixture *f)
{
  for (guint n = 0; n < 100000; n++) {
    g_autoptr (TaiFixtureSale) sale = tai_fixture_sale_new (f, "13800000001", 100);
    g_autoptr (TaiChange) change = tai_change_new ();
    g_autoptr (GError) error = NULL;
    g_autofree char *before = n % 50 == 0 ? tai_fixture_dump (f) : NULL, *after = NULL;

    sale->body_size = 20000;
    tai_fixture_sale_place (sale, change);
    tai_fixture_sale_pay (sale, change);
    if (tai_fixture_commit (f, change, &error))
      continue;
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_DISK_FULL);
    if (before) {
      after = tai_fixture_dump (f);
      g_assert_cmpstr (before, ==, after);
    }
    return n;
  }
  g_assert_not_reached ();
}

static void
test_disk_full (void)
{
  TaiFixture *f;
  g_autofree char *folder = g_dir_make_tmp ("tai-full-XXXXXX", NULL), *path = NULL, *filler = NULL;
  g_autofree char *junk = g_malloc0 (512 * 1024);
  g_autoptr (TaiFixtureSale) sale = NULL;

  if (mount ("tmpfs", folder, "tmpfs", MS_NOSUID | MS_NODEV, "size=4m") != 0) {
    g_test_skip ("no right to mount a small file system here");
    g_rmdir (folder);
    return;
  }
  filler = g_build_filename (folder, "filler", NULL);
  g_assert_true (g_file_set_contents (filler, junk, 512 * 1024, NULL));
  path = g_build_filename (folder, "terminal.db", NULL);
  f = tai_fixture_new_at (path);
  tai_fixture_open_till (f, "2026-11-22", 0);
  g_assert_cmpuint (sell_until_full (f), >, 5);
  tai_fixture_assert_verified (f);
  g_unlink (filler); /* room again: the same store goes on */
  sale = tai_fixture_sell (f, "13800000001", 100);
  tai_fixture_assert_verified (f);
  tai_fixture_free (f);
  g_assert_cmpint (umount2 (folder, MNT_DETACH), ==, 0);
  g_rmdir (folder);
}

/* Opening on a disk without room makes no half database. */
static void
test_disk_full_at_start (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tai-full-XXXXXX", NULL), *path = NULL;
  g_autoptr (TaiFixture) f = tai_fixture_new_in_memory ("terminal-of-full");
  g_autoptr (TaiStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (mount ("tmpfs", folder, "tmpfs", MS_NOSUID | MS_NODEV, "size=64k") != 0) {
    g_test_skip ("no right to mount a small file system here");
    g_rmdir (folder);
    return;
  }
  path = g_build_filename (folder, "terminal.db", NULL);
  store = tai_store_open (path, f->terminal, &error);
  g_assert_null (store);
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_DISK_FULL);
  g_assert_cmpint (umount2 (folder, MNT_DETACH), ==, 0);
  g_rmdir (folder);
}

/* Owners and places ------------------------------------------------------------------------------------------------------- */

static void
assert_refused (const char *path, const TaiTerminal *terminal, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStore) store = tai_store_open (path, terminal, &error);

  g_assert_null (store);
  g_assert_error (error, TAI_OFFLINE_ERROR, code);
}

static void
test_owners (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autofree char *name = g_strdup (f->terminal->id);

  assert_refused (f->path, f->terminal, TAI_OFFLINE_ERROR_OWNED);
  tai_fixture_open_till (f, "2026-11-22", 0); /* the first one did not notice */
  sale = tai_fixture_sell (f, "13800000001", 100);
  tai_fixture_close (f);
  f->terminal->id[0] = 'X';
  assert_refused (f->path, f->terminal, TAI_OFFLINE_ERROR_OTHER_TERMINAL);
  f->terminal->id[0] = name[0];
  tai_fixture_reopen (f);
  tai_fixture_assert_verified (f);
}

static void
test_places (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autofree char *nowhere = g_build_filename (f->folder, "no", "such", "folder.db", NULL);
  g_autofree char *none = g_build_filename (f->folder, "none.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStore) reader = NULL;

  assert_refused (nowhere, f->terminal, TAI_OFFLINE_ERROR_IO);
  assert_refused (f->folder, f->terminal, TAI_OFFLINE_ERROR_IO);
  reader = tai_store_open_readonly (none, &error);
  g_assert_null (reader);
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_IO);
  g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
}

/* A log that nobody moved is moved by a commit, before it grows without end. */
static void
test_log_limit (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autofree char *text = g_strnfill (200 * 1024, 'x');
  gint64 most = 0;

  for (int i = 0; i < 40; i++) {
    g_autoptr (TaiChange) change = tai_change_new ();
    for (int k = 0; k < 10; k++)
      tai_change_take_message (change, tai_fixture_message (f, text));
    tai_fixture_commit_ok (f, change);
    most = MAX (most, tai_store_get_log_bytes (f->store));
  }
  g_assert_cmpint (most, >, 32 * 1024 * 1024);
  g_assert_cmpint (most, <, 70 * 1024 * 1024);
}

/* More than the cache holds: pages go to the log before the commit, are read back from it, and are nobody's until then. */
static void
add_large (TaiFixture *f, TaiChange *change, guint n)
{
  g_autofree char *text = g_strnfill (250 * 1024, 'x');

  for (guint i = 0; i < n; i++) {
    text[0] = (char)('a' + i % 26);
    tai_change_take_message (change, tai_fixture_message (f, text));
  }
}

static gint64
count_messages (TaiStore *store)
{
  g_autoptr (GError) error = NULL;
  TaiOutboxCounts counts;

  tai_outbox_counts (TAI_OUTBOX (store), TAI_DESTINATION_HQ, &counts, &error);
  g_assert_no_error (error);
  return counts.waiting;
}

static void
test_large_change (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiChange) small = tai_change_new (), bad = tai_change_new (), good = tai_change_new ();
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStore) reader = NULL;
  TaiUuid nobody = tai_fixture_uuid (f);

  tai_change_take_message (small, tai_fixture_message (f, "small"));
  tai_fixture_commit_ok (f, small);
  reader = tai_store_open_readonly (f->path, &error);
  g_assert_no_error (error);
  before = tai_fixture_dump (f);
  add_large (f, bad, 100);
  tai_change_add_order_state (bad, &nobody, TAI_ORDER_PAID, NULL, 1); /* the last fact is refused */
  g_assert_false (tai_fixture_commit (f, bad, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD);
  after = tai_fixture_dump (f);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (count_messages (reader), ==, 1);
  add_large (f, good, 100);
  tai_fixture_commit_ok (f, good);
  g_assert_cmpint (count_messages (reader), ==, 101); /* at once */
  tai_fixture_assert_verified (f);
  g_clear_object (&reader);
  tai_fixture_reopen (f);
  tai_fixture_assert_verified (f);
  g_assert_cmpint (count_messages (f->store), ==, 101);
}

static void
test_checkpoint_and_backup (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autofree char *path = g_build_filename (f->folder, "copy.db", NULL);
  g_autofree char *here = NULL, *there = NULL;
  g_autoptr (TaiFixture) copy = NULL;
  g_autoptr (GError) error = NULL;

  tai_fixture_open_till (f, "2026-11-22", 0);
  sale = tai_fixture_sell (f, "13800000001", 100);
  g_assert_cmpint (tai_store_get_log_bytes (f->store), >, 0);
  g_assert_true (tai_store_checkpoint (f->store, TAI_CHECKPOINT_PASSIVE, &error));
  g_assert_cmpint (tai_store_get_log_bytes (f->store), ==, 0);
  g_assert_true (tai_store_checkpoint (f->store, TAI_CHECKPOINT_TRUNCATE, &error));
  g_assert_true (tai_store_backup (f->store, path, &error));
  g_assert_no_error (error);
  g_assert_false (tai_store_backup (f->store, path, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_EXISTS);
  copy = tai_fixture_new_at (path);
  here = tai_fixture_dump (f);
  there = tai_fixture_dump (copy);
  g_assert_cmpstr (here, ==, there);
  tai_fixture_assert_verified (copy);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store-crash/every-step/sale", act_sale, test_every_step);
  g_test_add_data_func ("/store-crash/every-step/mark", act_mark, test_every_step);
  g_test_add_data_func ("/store-crash/every-step/print", act_print, test_every_step);
  g_test_add_data_func ("/store-crash/every-step/staff", act_staff, test_every_step);
  g_test_add_data_func ("/store-crash/every-step/epoch", act_epoch, test_every_step);
  g_test_add_data_func ("/store-crash/every-step/purge", act_purge, test_every_step);
  g_test_add_func ("/store-crash/kill", test_kill);
  g_test_add_func ("/store-crash/disk-full", test_disk_full);
  g_test_add_func ("/store-crash/disk-full-at-start", test_disk_full_at_start);
  g_test_add_func ("/store-crash/owners", test_owners);
  g_test_add_func ("/store-crash/places", test_places);
  g_test_add_func ("/store-crash/log-limit", test_log_limit);
  g_test_add_func ("/store-crash/large-change", test_large_change);
  g_test_add_func ("/store-crash/checkpoint-and-backup", test_checkpoint_and_backup);
  return g_test_run ();
}
