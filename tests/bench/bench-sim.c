/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Schedules of the simulator a second, on one core, and beside it what SQLite itself does: commits of one 2 KB row a second to
 * a database in memory, in turns in the same run. BENCH_SCHEDULES: of each turn (600).
 */
#include <sqlite3.h>
#include <time.h>

#include "tai-sim-world.h"

#define N_TURNS 5

/* The process's own time: other programs on the machine do not count. */
static gint64
cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
run_schedules (guint64 first, guint n, const TaiSimPlan *plan, TaiSimFigures *figures)
{
  gint64 start_us = cpu_us ();

  for (guint64 seed = first; seed < first + n; seed++) {
    g_autofree char *problem = tai_sim_run (seed, plan, figures);
    if (problem != NULL)
      g_error ("seed %" G_GUINT64_FORMAT ": %s", seed, problem);
  }
  return cpu_us () - start_us;
}

static gint64
run_commits (guint n)
{
  static const char body[2000];
  sqlite3_stmt *insert;
  sqlite3 *handle;
  gint64 start_us;

  g_assert_cmpint (sqlite3_open_v2 ("file:/bench?vfs=memdb", &handle,
                                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, NULL),
                   ==, SQLITE_OK);
  tai_sim_run_sql (handle, "PRAGMA journal_mode = MEMORY; CREATE TABLE t (n INTEGER PRIMARY KEY, body BLOB)");
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "INSERT INTO t (body) VALUES (?)", -1, &insert, NULL), ==,
                   SQLITE_OK);
  sqlite3_bind_blob (insert, 1, body, sizeof body, SQLITE_STATIC);
  start_us = cpu_us ();
  for (guint i = 0; i < n; i++) {
    g_assert_cmpint (sqlite3_step (insert), ==, SQLITE_DONE);
    sqlite3_reset (insert);
  }
  start_us = cpu_us () - start_us;
  sqlite3_finalize (insert);
  sqlite3_close (handle);
  return start_us;
}

static int
compare_cb (const void *a, const void *b)
{
  return *(const gint64 *)a < *(const gint64 *)b ? -1 : *(const gint64 *)a > *(const gint64 *)b;
}

static void
print_rates (const char *what, guint n, gint64 *took_us)
{
  qsort (took_us, N_TURNS, sizeof *took_us, compare_cb);
  g_print ("%s: %" G_GINT64_FORMAT " (%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ") a second of CPU\n", what,
           n * G_USEC_PER_SEC / took_us[N_TURNS / 2], n * G_USEC_PER_SEC / took_us[N_TURNS - 1],
           n * G_USEC_PER_SEC / took_us[0]);
}

int
main (int argc, char **argv)
{
  const char *text = g_getenv ("BENCH_SCHEDULES");
  guint n = text ? (guint)g_ascii_strtoull (text, NULL, 10) : 600, n_commits = n * 50;
  gint64 schedules_us[N_TURNS], cash_us[N_TURNS], commits_us[N_TURNS];
  TaiSimFigures figures = {0};
  TaiSimPlan cash_plan = tai_sim_standard_plan;

  cash_plan.qr_percent = cash_plan.card_percent = cash_plan.coupon_percent = 0;

  g_test_init (&argc, &argv, NULL); /* the catalogue's place */
  tai_sim_kit_make ();
  run_schedules (1, 50, &tai_sim_standard_plan, &(TaiSimFigures){0});
  for (guint i = 0; i < N_TURNS; i++) {
    schedules_us[i] = run_schedules (1 + (guint64)i * n, n, &tai_sim_standard_plan, &figures);
    cash_us[i] = run_schedules (1 + (guint64)i * n, n, &cash_plan, &(TaiSimFigures){0});
    commits_us[i] = run_commits (n_commits);
  }
  tai_sim_kit_unmake ();
  print_rates ("schedules", n, schedules_us);
  print_rates ("schedules of which every customer pays cash", n, cash_us);
  print_rates ("raw commits of one 2 KB row, memdb", n_commits, commits_us);
  g_print ("%u orders, %u refused, %u programs died, %" G_GUINT64_FORMAT " requests, %" G_GUINT64_FORMAT
           " faults of the net; the worst queue was empty after %" G_GINT64_FORMAT " virtual seconds\n",
           figures.n_orders, figures.n_rejected, figures.n_crashes, figures.n_requests, figures.n_net_faults,
           figures.worst_heal_us / G_USEC_PER_SEC);
  return 0;
}
