/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine's clock, chance and threads behind their ports. */
#include "tai-system-clock.h"
#include "tai-system-entropy.h"
#include "tai-thread-executor.h"

#include <string.h>

typedef struct {
  GMainLoop *loop;
  GString *order;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->loop = g_main_loop_new (NULL, FALSE);
  f->order = g_string_new (NULL);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_main_loop_unref (f->loop);
  g_string_free (f->order, TRUE);
}

static void
note_a_cb (gpointer data)
{
  g_string_append_c (((Fixture *)data)->order, 'a');
}

static void
note_b_cb (gpointer data)
{
  g_string_append_c (((Fixture *)data)->order, 'b');
}

static void
quit_cb (gpointer data)
{
  g_main_loop_quit (((Fixture *)data)->loop);
}

static void
test_timers (Fixture *f, gconstpointer unused)
{
  g_autoptr (TaiClock) clock = TAI_CLOCK (tai_system_clock_new ());
  guint cancelled = tai_clock_after (clock, 5, note_a_cb, f);

  tai_clock_after (clock, 20, note_b_cb, f);
  tai_clock_after (clock, 10, note_a_cb, f);
  tai_clock_after (clock, 40, quit_cb, f);
  tai_clock_cancel (clock, cancelled);
  tai_clock_cancel (clock, cancelled);
  g_main_loop_run (f->loop);
  g_assert_cmpstr (f->order->str, ==, "ab");
}

/* A clock that is freed takes its timers with it. */
static void
test_timers_end_with_clock (Fixture *f, gconstpointer unused)
{
  TaiClock *clock = TAI_CLOCK (tai_system_clock_new ());
  g_autoptr (TaiClock) other = TAI_CLOCK (tai_system_clock_new ());

  tai_clock_after (clock, 1, note_a_cb, f);
  g_object_unref (clock);
  tai_clock_after (other, 20, quit_cb, f);
  g_main_loop_run (f->loop);
  g_assert_cmpstr (f->order->str, ==, "");
}

static void
test_offset (Fixture *f, gconstpointer unused)
{
  g_autoptr (TaiClock) clock = TAI_CLOCK (tai_system_clock_new ());
  gint64 before = tai_clock_now (clock), monotonic = tai_clock_monotonic (clock);

  tai_system_clock_set_offset (TAI_SYSTEM_CLOCK (clock), -G_TIME_SPAN_HOUR);
  g_assert_cmpint (tai_clock_now (clock), <, before - G_TIME_SPAN_MINUTE * 59);
  g_assert_cmpint (tai_clock_monotonic (clock), >=, monotonic);
}

static void
test_entropy (Fixture *f, gconstpointer unused)
{
  g_autoptr (TaiEntropy) entropy = TAI_ENTROPY (tai_system_entropy_new ());
  guint8 a[4096] = {0}, b[4096] = {0};

  tai_entropy_fill (entropy, a, sizeof a);
  tai_entropy_fill (entropy, b, sizeof b);
  g_assert_cmpint (memcmp (a, b, sizeof a), !=, 0);
  g_assert_nonnull (memchr (a + sizeof a - 256, 0xff, 256) ? a : memchr (a, 0xff, sizeof a));
  tai_entropy_fill (entropy, a, 0);
}

typedef struct {
  Fixture *f;
  GThread *home;
  char letter;
} Job;

static void
run_cb (gpointer data)
{
  Job *job = data;

  g_assert_true (g_thread_self () != job->home);
  g_string_append_c (job->f->order, job->letter);
}

static void
done_cb (gpointer data)
{
  Job *job = data;

  g_assert_true (g_thread_self () == job->home);
  if (job->letter == 'e')
    g_main_loop_quit (job->f->loop);
}

static void
test_executor (Fixture *f, gconstpointer unused)
{
  g_autoptr (TaiExecutor) worker = TAI_EXECUTOR (tai_thread_executor_new ("worker"));
  Job jobs[5];

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++) {
    jobs[i] = (Job){f, g_thread_self (), (char)('a' + i)};
    tai_executor_submit (worker, run_cb, done_cb, &jobs[i]);
  }
  g_main_loop_run (f->loop);
  g_assert_cmpstr (f->order->str, ==, "abcde");
}

/* Freeing waits for what was submitted. */
static void
test_executor_finishes (Fixture *f, gconstpointer unused)
{
  TaiExecutor *worker = TAI_EXECUTOR (tai_thread_executor_new ("worker"));
  Job job = {f, g_thread_self (), 'x'};

  tai_executor_submit (worker, run_cb, NULL, &job);
  g_object_unref (worker);
  g_assert_cmpstr (f->order->str, ==, "x");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/app/clock/timers", test_timers);
  ADD ("/app/clock/end", test_timers_end_with_clock);
  ADD ("/app/clock/offset", test_offset);
  ADD ("/app/entropy", test_entropy);
  ADD ("/app/executor/order", test_executor);
  ADD ("/app/executor/finish", test_executor_finishes);
  return g_test_run ();
}
