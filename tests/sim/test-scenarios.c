/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each way in which other people's tills have lost, doubled or blocked sales, once, by a script in the simulator's world. The
 * numbers in the comments are theirs. Where a program may die, it dies at every step in turn.
 */
#include "tai-sim-world.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tai-hq-store-sqlite.h"

#define MINUTE_MS 60000

static const TaiSimPlan quiet_plan = {.n_terminals = 2, .n_visits = 1, .lines_limit = 5};

typedef struct {
  TaiSimWorld world;
  TaiSimFigures figures;
  TaiSimTerminal *t; /* the first */
  guint n_faults;    /* for fates */
} Fixture;

static void
set_up (Fixture *f)
{
  *f = (Fixture){0};
  tai_sim_world_open (&f->world, 1, &quiet_plan, &f->figures);
  f->world.net.fate_data = f;
  f->t = &f->world.terminals[0];
}

static void
tear_down (Fixture *f)
{
  tai_sim_world_close (&f->world);
}

static void
sell (Fixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_true (tai_sim_terminal_serve (f->t, TAI_SIM_TOP_UP, 0, 5000 + i));
}

static void
assert_is_sound (Fixture *f)
{
  g_autofree char *heal = tai_sim_world_heal (&f->world);
  g_autofree char *check = heal ? NULL : tai_sim_world_check (&f->world);

  g_assert_cmpstr (heal, ==, NULL);
  g_assert_cmpstr (check, ==, NULL);
}

static void
assert_ends_well (Fixture *f, guint n_orders)
{
  assert_is_sound (f);
  g_assert_cmpuint (f->figures.n_orders, ==, n_orders);
}

static gint64
count_at_hq (Fixture *f)
{
  HqListFilter everything = {0};

  return f->world.hq->klass->order_count (f->world.hq, &everything);
}

/* Fates: what the net does to the first n, or to all until the script ends it. */

static TaiSimHqFate
dies_after_cb (gpointer data)
{
  Fixture *f = data;

  return f->n_faults > 0 && f->n_faults-- > 0 ? TAI_SIM_HQ_DIES_AFTER : TAI_SIM_HQ_LIVES;
}

static TaiSimHqFate
dies_before_cb (gpointer data)
{
  Fixture *f = data;

  return f->n_faults > 0 && f->n_faults-- > 0 ? TAI_SIM_HQ_DIES_BEFORE : TAI_SIM_HQ_LIVES;
}

static TaiSimFate
twice_cb (const TaiRequest *request, gpointer data)
{
  return TAI_SIM_TWICE;
}

static TaiSimFate
too_late_cb (const TaiRequest *request, gpointer data)
{
  Fixture *f = data;

  return f->n_faults > 0 && f->n_faults-- > 0 ? TAI_SIM_TOO_LATE : TAI_SIM_ARRIVES;
}

static TaiSimFate
no_line_cb (const TaiRequest *request, gpointer data)
{
  return TAI_SIM_NOT_REACHED;
}

/* 1: odoo#40567, #85527, #152259: HQ has it, the answer does not come, the retry doubles it. */
static void
test_answer_lost (void)
{
  Fixture f;

  set_up (&f);
  f.n_faults = 8;
  f.world.net.hq_fate = dies_after_cb;
  sell (&f, 3);
  tai_sim_world_run_ms (&f.world, 5 * MINUTE_MS);
  assert_ends_well (&f, 3);
  tear_down (&f);
}

/* 2: odoo#180278: the same order on two ways at once; one of them much later. */
static void
test_two_ways (void)
{
  Fixture f;

  set_up (&f);
  f.world.net.fate = twice_cb;
  sell (&f, 3);
  tai_sim_world_run_ms (&f.world, 1000);
  assert_ends_well (&f, 3);
  tear_down (&f);

  set_up (&f);
  f.n_faults = 3;
  f.world.net.fate = too_late_cb;
  sell (&f, 3);
  tai_sim_world_run_ms (&f.world, 2 * MINUTE_MS);
  assert_ends_well (&f, 3);
  tear_down (&f);
}

/* 3: odoo#125037, #267799: power cut while a sale is written. At every step, before and after its commit. */
static void
test_cut_in_capture (void)
{
  guint n_steps = 0, n_kept = 0;

  for (gboolean died = TRUE; died; n_steps++) {
    Fixture f;
    gboolean in_hand;

    set_up (&f);
    f.t->steps_to_live = n_steps;
    in_hand = tai_sim_terminal_serve (f.t, TAI_SIM_TOP_UP | TAI_SIM_NEW_LINE, 0, 5000);
    died = f.t->dead;
    tai_sim_terminal_restart_if_dead (f.t);
    assert_is_sound (&f); /* the oracle knows whether it must be there */
    g_assert_true (f.figures.n_orders == 0 || f.figures.n_orders == 2);
    g_assert_false (in_hand && f.figures.n_orders == 0);
    n_kept += f.figures.n_orders == 2;
    tear_down (&f);
  }
  g_test_message ("%u steps; the sale was there after %u of the cuts", n_steps, n_kept - 1);
  g_assert_cmpuint (n_steps, >, 50);
  g_assert_cmpuint (n_kept, >=, 2); /* the last one, and the cut after the commit */
}

/* 4: odoo#125037, #71455, itpp-labs/pos-addons#383: a number comes again after a restore, HQ drops the second. */
static void
test_restored_terminal (void)
{
  Fixture f;
  g_autoptr (GByteArray) copy = NULL;
  g_auto (HqTerminalRow) row = {0};
  g_auto (TaiStoreVerification) verification = {0};
  g_autoptr (GError) error = NULL;
  const char *before, *after;

  set_up (&f);
  sell (&f, 2);
  tai_sim_world_run_ms (&f.world, MINUTE_MS);
  copy = tai_sim_disk_read (f.t->disk);
  sell (&f, 2); /* these will be at HQ only */
  tai_sim_world_run_ms (&f.world, MINUTE_MS);
  g_assert_cmpint (count_at_hq (&f), ==, 4);
  tai_sim_terminal_kill (f.t);
  tai_sim_disk_write (f.t->disk, copy);
  tai_sim_terminal_start (f.t);
  g_assert_true (f.world.hq->klass->terminal_find (f.world.hq, f.t->terminal->id, &row));
  g_assert_cmpint (row.sequence.top, ==, 9); /* the opening, and two messages a sale */
  g_assert_true (tai_store_advance_epoch (f.t->store, row.sequence.top, "from a copy",
                                          tai_clock_now (f.t->clock), &error));
  sell (&f, 3);
  tai_sim_world_run_ms (&f.world, 5 * MINUTE_MS);
  g_assert_cmpint (count_at_hq (&f), ==, 7);
  g_assert_true (tai_sim_terminal_is_quiet (f.t));
  g_assert_cmpint (f.world.hq->klass->alarm_count (f.world.hq), ==, 0);
  g_assert_true (tai_store_verify (f.t->store, TAI_VERIFY_FULL, &verification, &error));
  before = g_ptr_array_index (f.world.receipts, 2);
  after = g_ptr_array_index (f.world.receipts, 4);
  g_assert_cmpstr (before, !=, after);
  g_assert_nonnull (strstr (after, "-B-"));
  tear_down (&f);
}

/* 5: odoo#288974, #161250: older news undoes what is paid. */
static void
test_old_news (void)
{
  Fixture f;

  set_up (&f);
  sell (&f, 1);
  tai_sim_world_run_ms (&f.world, MINUTE_MS);
  tai_sim_run_sql (tai_sim_kit_get_hq_handle (f.world.hq),
                   "INSERT INTO feed (hall, terminal, seq, order_id, state, at_us) SELECT hall, terminal, "
                   "(SELECT feed_seq + 1 FROM hall), id, 'acknowledged', 0 FROM product_order;"
                   "INSERT INTO feed (hall, terminal, seq, order_id, state, at_us) SELECT hall, terminal, "
                   "(SELECT feed_seq + 2 FROM hall), id, 'inProgress', 0 FROM product_order;"
                   "UPDATE hall SET feed_seq = feed_seq + 2");
  tai_sim_world_run_ms (&f.world, 5 * MINUTE_MS);
  assert_ends_well (&f, 1);
  tear_down (&f);
}

/* 7: erpnext#13388: one order that HQ does not want blocks all behind it. */
static void
test_poison (void)
{
  Fixture f;
  TaiOutboxCounts counts;

  set_up (&f);
  f.world.net.fate = no_line_cb;
  sell (&f, 5);
  tai_sim_run_sql (
      tai_sim_disk_get_handle (f.t->disk),
      "DROP TRIGGER message_purge; UPDATE message SET body = CAST ('{}' AS BLOB) WHERE n = 3"); /* an order: the opening, its payment, it */
  f.world.net.fate = NULL;
  tai_sim_world_run_ms (&f.world, 10 * MINUTE_MS);
  g_assert_true (tai_outbox_counts (TAI_OUTBOX (f.t->store), TAI_DESTINATION_HQ, &counts, NULL));
  g_assert_cmpint (counts.quarantined, ==, 1);
  g_assert_cmpint (counts.waiting + counts.asking + counts.in_flight, ==, 0);
  g_assert_cmpint (counts.acknowledged, ==, 10); /* with the opening */
  g_assert_cmpint (count_at_hq (&f), ==, 4);
  tear_down (&f);
}

/* 8: cht-core#8093: HQ comes back from an old backup, the client believes that all is there. */
static void
test_restored_hq (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tai-sim-XXXXXX", NULL);
  g_autofree char *lost = g_build_filename (folder, "lost.db", NULL);
  g_autofree char *backup = g_build_filename (folder, "backup.db", NULL);
  g_autofree char *found = g_build_filename (folder, "found.db", NULL);
  g_autoptr (HqStore) hq = tai_sim_kit_make_hq (lost);
  g_autoptr (HqStore) restored = NULL;
  g_autoptr (GError) error = NULL;
  Fixture f;

  set_up (&f);
  tai_sim_world_set_hq (&f.world, hq);
  sell (&f, 2);
  tai_sim_world_run_ms (&f.world, MINUTE_MS);
  g_assert_true (hq_store_sqlite_backup (hq, backup, &error));
  tai_sim_world_run_ms (&f.world, MINUTE_MS); /* the terminal purges what the backup has */
  sell (&f, 3);
  tai_sim_world_run_ms (&f.world, MINUTE_MS);
  g_assert_cmpint (count_at_hq (&f), ==, 5);
  g_assert_true (hq_store_sqlite_restore (backup, found, "second-epoch", &error));
  g_assert_no_error (error);
  restored = tai_sim_kit_open_hq (found);
  tai_sim_world_set_hq (&f.world, restored);
  g_assert_cmpint (count_at_hq (&f), ==, 2);
  sell (&f, 1);
  tai_sim_world_run_ms (&f.world, 5 * MINUTE_MS);
  assert_ends_well (&f, 6);
  tear_down (&f);
  g_unlink (lost);
  g_unlink (backup);
  g_unlink (found);
  g_rmdir (folder);
}

/* 9: pouchdb#1240, rxdb#5571: the cursor is saved, its data is not. A cut at every step of sending and of taking news. */
static void
test_cut_in_sync (void)
{
  guint n_steps = 0;

  for (gboolean died = TRUE; died; n_steps++) {
    Fixture f;

    set_up (&f);
    g_assert_true (tai_sim_terminal_serve (f.t, TAI_SIM_TOP_UP | TAI_SIM_NEW_LINE, 0, 5000));
    f.t->steps_to_live = n_steps;
    tai_sim_world_run_ms (&f.world, 20000);
    died = f.t->n_crashes > 0;
    assert_ends_well (&f, 2);
    tear_down (&f);
  }
  g_test_message ("%u steps", n_steps);
  g_assert_cmpuint (n_steps, >, 50);
}

/* 10: powersync-native#15, powersync-swift#160: after a failure uploads begin again only with the next sale. */
static void
test_line_returns (void)
{
  Fixture f;

  set_up (&f);
  f.world.net.fate = no_line_cb;
  sell (&f, 4);
  tai_sim_world_run_ms (&f.world, 3 * 60 * MINUTE_MS);
  g_assert_cmpint (count_at_hq (&f), ==, 0);
  assert_ends_well (&f, 4);
  g_assert_cmpint (f.figures.worst_heal_us, <, 3 * G_TIME_SPAN_MINUTE);
  tear_down (&f);
}

/* 11: rxdb#5427, #7260: a program that starts again with a full outbox. */
static void
test_full_outbox (void)
{
  Fixture f;

  set_up (&f);
  f.world.net.fate = no_line_cb;
  for (guint i = 0; i < 10; i++) {
    sell (&f, 20);
    tai_sim_terminal_kill (f.t);
    tai_sim_terminal_start (f.t);
  }
  tai_sim_world_run_ms (&f.world, 10 * MINUTE_MS);
  assert_ends_well (&f, 200);
  tear_down (&f);
}

/* 13: nats-server#7564: what HQ has said yes to is not there after its power cut. It says yes after the commit only. */
static void
test_hq_dies_before_commit (void)
{
  Fixture f;

  set_up (&f);
  f.n_faults = 10;
  f.world.net.hq_fate = dies_before_cb;
  sell (&f, 3);
  tai_sim_world_run_ms (&f.world, 500);
  g_assert_cmpint (count_at_hq (&f), ==, 0);
  assert_ends_well (&f, 3);
  tear_down (&f);
}

static gboolean
clerk_cb (const HqOrderRow *row, gpointer data)
{
  g_string_append_printf (data, "%s ", row->clerk);
  return TRUE;
}

/* 14: rocicorp/replicache#810: what one clerk sold is sent under the next one's name. */
static void
test_next_clerk (void)
{
  Fixture f;
  g_autoptr (GString) clerks = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  HqListFilter everything = {0};

  set_up (&f);
  f.world.net.fate = no_line_cb;
  sell (&f, 2);
  tai_desk_sign_out (f.t->desk);
  g_assert_true (tai_desk_sign_in (f.t->desk, "1043", "1043", &error));
  tai_sim_world_run_ms (&f.world, MINUTE_MS);
  sell (&f, 1);
  assert_ends_well (&f, 3);
  f.world.hq->klass->order_list (f.world.hq, &everything, 0, -1, clerk_cb, clerks);
  g_assert_cmpstr (clerks->str, ==, "1042 1042 1043 ");
  tear_down (&f);
}

/* I11: somebody sets the clock, by hours, both ways, while messages wait. */
static void
test_clock_set (gconstpointer data)
{
  gint64 hours = GPOINTER_TO_INT (data);
  Fixture f;

  set_up (&f);
  f.n_faults = 12;
  f.world.net.fate = too_late_cb;
  sell (&f, 2);
  tai_sim_world_run_ms (&f.world, MINUTE_MS);
  tai_sim_terminal_set_clock_wrong (f.t, hours * G_TIME_SPAN_HOUR);
  sell (&f, 2);
  tai_sim_world_run_ms (&f.world, 1000);
  tai_sim_terminal_kill (f.t);
  tai_sim_terminal_set_clock_wrong (f.t, 0);
  tai_sim_terminal_start (f.t);
  sell (&f, 1);
  assert_ends_well (&f, 5);
  tear_down (&f);
}

/* The disk is full for a while: in the middle of a sale, and while outcomes come in. No order is half there. */
static void
test_disk_full (void)
{
  for (guint n = 1; n < 400; n += 7) {
    Fixture f;
    gboolean in_hand;

    set_up (&f);
    sell (&f, 1);
    f.t->steps_to_fail = n;
    in_hand = tai_sim_terminal_serve (f.t, TAI_SIM_TOP_UP, 0, 4000);
    tai_sim_world_run_ms (&f.world, 10000);
    f.t->steps_to_fail = 0;
    sell (&f, 1);
    assert_ends_well (&f, in_hand ? 3 : 2);
    tear_down (&f);
  }
}

/* 16: the window dies at any step and comes back: the visit is there and is paid once, or the customer goes, or it never was. */
static void
test_window_comes_back (gconstpointer data)
{
  gboolean pays = GPOINTER_TO_INT (data), died = TRUE;
  guint n_settled = 0;

  for (guint n = 0; died; n += 3) {
    Fixture f;
    gboolean in_hand;
    guint settled;

    set_up (&f);
    f.t->keeps_visits = TRUE;
    sell (&f, 1);
    f.t->steps_to_live = n;
    in_hand = tai_sim_terminal_serve (f.t, TAI_SIM_TOP_UP | TAI_SIM_NEW_LINE, 0, 4000);
    died = f.t->dead;
    f.t->steps_to_live = -1;
    tai_sim_terminal_restart_if_dead (f.t);
    settled = tai_sim_terminal_settle (f.t, pays);
    g_assert_cmpuint (settled, <=, in_hand ? 0 : 1);
    n_settled += settled;
    sell (&f, 1);
    assert_is_sound (&f);
    /* Captured, and dead before the clerk heard of it: in nobody's hand, and all the same there. */
    g_assert_cmpuint (f.figures.n_orders, >=, in_hand || (settled && pays) ? 4 : 2);
    g_assert_cmpuint (f.figures.n_orders, <=, settled && !pays ? 2 : 4);
    tear_down (&f);
  }
  g_assert_cmpuint (n_settled, >, 3);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  tai_sim_kit_make ();
  g_test_add_func ("/scenario/answer-lost", test_answer_lost);
  g_test_add_func ("/scenario/two-ways", test_two_ways);
  g_test_add_func ("/scenario/cut-in-capture", test_cut_in_capture);
  g_test_add_func ("/scenario/restored-terminal", test_restored_terminal);
  g_test_add_func ("/scenario/old-news", test_old_news);
  g_test_add_func ("/scenario/poison", test_poison);
  g_test_add_func ("/scenario/restored-hq", test_restored_hq);
  g_test_add_func ("/scenario/cut-in-sync", test_cut_in_sync);
  g_test_add_func ("/scenario/line-returns", test_line_returns);
  g_test_add_func ("/scenario/full-outbox", test_full_outbox);
  g_test_add_func ("/scenario/hq-dies-before-commit", test_hq_dies_before_commit);
  g_test_add_func ("/scenario/next-clerk", test_next_clerk);
  g_test_add_data_func ("/scenario/clock-set-back", GINT_TO_POINTER (-7), test_clock_set);
  g_test_add_data_func ("/scenario/clock-set-forward", GINT_TO_POINTER (7), test_clock_set);
  g_test_add_func ("/scenario/disk-full", test_disk_full);
  g_test_add_data_func ("/scenario/window-comes-back-and-pays", GINT_TO_POINTER (TRUE),
                        test_window_comes_back);
  g_test_add_data_func ("/scenario/window-comes-back-and-goes", GINT_TO_POINTER (FALSE),
                        test_window_comes_back);
  status = g_test_run ();
  tai_sim_kit_unmake ();
  return status;
}
