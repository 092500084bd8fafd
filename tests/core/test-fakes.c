/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fakes are relied on by every other suite, so they are tested like code; with them the calling side of the ports. */
#include <string.h>

#include "tai-core-error.h"
#include "tai-fake-clock.h"
#include "tai-fake-directory.h"
#include "tai-fake-entropy.h"
#include "tai-fake-executor.h"
#include "tai-fake-id-reader.h"

typedef struct {
  TaiClock *clock;
  GString *log;
  char name;
  gint64 again_ms;
} Shot;

static void
fire_cb (gpointer data)
{
  Shot *shot = data;
  gint64 ms = (tai_clock_now (shot->clock) - TAI_FAKE_CLOCK_MORNING_US) / 1000;

  g_string_append_printf (shot->log, "%c%d ", shot->name, (int)ms);
  if (shot->again_ms > 0)
    tai_clock_after (shot->clock, shot->again_ms, fire_cb, shot);
}

static void
test_clock (void)
{
  g_autoptr (TaiFakeClock) fake = tai_fake_clock_new (TAI_FAKE_CLOCK_MORNING_US);
  TaiClock *clock = TAI_CLOCK (fake);
  g_autoptr (GString) log = g_string_new (NULL);
  Shot a = {clock, log, 'a', 0}, b = {clock, log, 'b', 0}, c = {clock, log, 'c', 40};
  g_autofree char *morning = tai_time_to_text (tai_clock_now (clock));

  g_assert_cmpstr (morning, ==, "2026-11-22T01:00:00.000Z");
  tai_clock_after (clock, 100, fire_cb, &a);
  tai_clock_after (clock, 100, fire_cb, &b);
  tai_clock_after (clock, 50, fire_cb, &c);

  guint dropped = tai_clock_after (clock, 60, fire_cb, &a);

  tai_clock_cancel (clock, dropped);
  tai_clock_cancel (clock, dropped);
  tai_fake_clock_advance (fake, 49);
  g_assert_cmpstr (log->str, ==, "");
  tai_fake_clock_advance (fake, 91);
  g_assert_cmpstr (log->str, ==, "c50 c90 a100 b100 c130 ");
  g_assert_cmpint (tai_clock_now (clock), ==, TAI_FAKE_CLOCK_MORNING_US + 140000);
  g_assert_cmpuint (tai_fake_clock_get_n_timers (fake), ==, 1);
  g_assert_true (tai_fake_clock_fire_next (fake));
  g_assert_true (g_str_has_suffix (log->str, "c170 "));
}

static void
test_clock_jump (void)
{
  g_autoptr (TaiFakeClock) fake = tai_fake_clock_new (0);
  TaiClock *clock = TAI_CLOCK (fake);
  g_autoptr (GString) log = g_string_new (NULL);
  Shot a = {clock, log, 'a', 0};
  gint64 before = tai_clock_monotonic (clock);

  tai_clock_after (clock, 10, fire_cb, &a);
  tai_fake_clock_set_now (fake, TAI_FAKE_CLOCK_MORNING_US);
  g_assert_cmpint (tai_clock_now (clock), ==, TAI_FAKE_CLOCK_MORNING_US);
  g_assert_cmpint (tai_clock_monotonic (clock), ==, before);
  g_assert_cmpstr (log->str, ==, "");
  tai_fake_clock_advance (fake, 10);
  g_assert_cmpstr (log->str, ==, "a10 ");
  g_assert_false (tai_fake_clock_fire_next (fake));
}

static void
test_entropy (void)
{
  g_autoptr (TaiFakeEntropy) one = tai_fake_entropy_new (7), same = tai_fake_entropy_new (7);
  g_autoptr (TaiFakeEntropy) other = tai_fake_entropy_new (8);
  g_autoptr (TaiFakeClock) clock = tai_fake_clock_new (TAI_FAKE_CLOCK_MORNING_US);
  guint8 a[50], b[50], c[50];

  tai_entropy_fill (TAI_ENTROPY (one), a, sizeof a);
  for (gsize at = 0, step = 1; at < sizeof b; at += step++)
    tai_entropy_fill (TAI_ENTROPY (same), b + at, MIN (step, sizeof b - at));
  tai_entropy_fill (TAI_ENTROPY (other), c, sizeof c);
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
  g_assert_true (memcmp (a, c, sizeof a) != 0);
  tai_entropy_fill (TAI_ENTROPY (one), NULL, 0);

  TaiUuid first = tai_entropy_uuid (TAI_ENTROPY (one), TAI_CLOCK (clock));
  TaiUuid second = tai_entropy_uuid (TAI_ENTROPY (one), TAI_CLOCK (clock));

  g_assert_true (tai_uuid_is_valid (first.text));
  g_assert_cmpstr (first.text, !=, second.text);
  g_assert_true (strncmp (first.text, second.text, 13) == 0);
}

typedef struct {
  GString *log;
  char name;
  TaiExecutor *executor; /* (nullable): submits @next when done */
  gpointer next;
} Task;

static void
run_cb (gpointer data)
{
  Task *task = data;

  g_string_append_printf (task->log, "+%c", task->name);
}

static void
done_cb (gpointer data)
{
  Task *task = data;

  g_string_append_printf (task->log, "-%c", task->name);
  if (task->next != NULL)
    tai_executor_submit (task->executor, run_cb, done_cb, task->next);
  g_string_append_printf (task->log, ".");
}

static void
test_executor_inline (void)
{
  g_autoptr (TaiFakeExecutor) fake = tai_fake_executor_new_inline ();
  TaiExecutor *executor = TAI_EXECUTOR (fake);
  g_autoptr (GString) log = g_string_new (NULL);
  Task b = {log, 'b', executor, NULL}, a = {log, 'a', executor, &b};

  tai_executor_submit (executor, run_cb, done_cb, &a);
  g_assert_cmpstr (log->str, ==, "+a-a.+b-b.");
  tai_executor_submit (executor, run_cb, NULL, &b);
  g_assert_cmpstr (log->str, ==, "+a-a.+b-b.+b");
  g_assert_cmpuint (tai_fake_executor_get_n_pending (fake), ==, 0);
}

/* Every order that a thread could give occurs; each keeps the promise: in order, one after the other. */
static void
test_executor_seeded (void)
{
  g_autoptr (GHashTable) orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint64 seed = 0; seed < 200; seed++) {
    g_autoptr (TaiFakeExecutor) fake = tai_fake_executor_new_seeded (seed);
    g_autoptr (GString) log = g_string_new (NULL);
    Task tasks[] = {{log, 'a'}, {log, 'b'}, {log, 'c'}};

    for (gsize i = 0; i < G_N_ELEMENTS (tasks); i++)
      tai_executor_submit (TAI_EXECUTOR (fake), run_cb, done_cb, &tasks[i]);
    g_assert_cmpstr (log->str, ==, "");
    g_assert_cmpuint (tai_fake_executor_get_n_pending (fake), ==, 3);
    tai_fake_executor_drain (fake);
    g_assert_false (tai_fake_executor_step (fake));
    g_assert_true (strstr (log->str, "+a") < strstr (log->str, "+b"));
    g_assert_true (strstr (log->str, "+b") < strstr (log->str, "+c"));
    g_assert_true (strstr (log->str, "-a") < strstr (log->str, "-b"));
    g_assert_true (strstr (log->str, "-b") < strstr (log->str, "-c"));
    for (char name = 'a'; name <= 'c'; name++)
      g_assert_true (strstr (log->str, (char[]){'+', name, 0}) < strstr (log->str, (char[]){'-', name, 0}));
    g_hash_table_add (orders, g_strdup (log->str));
  }
  /* ways to interleave three runs with three results: the Catalan number 5 */
  g_assert_cmpuint (g_hash_table_size (orders), ==, 5);
}

static void
test_executor_dropped (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  Task a = {log, 'a'}, b = {log, 'b'};
  TaiFakeExecutor *fake = tai_fake_executor_new_seeded (1);

  tai_executor_submit (TAI_EXECUTOR (fake), run_cb, done_cb, &a);
  tai_executor_submit (TAI_EXECUTOR (fake), run_cb, done_cb, &b);
  g_assert_true (tai_fake_executor_step (fake));
  /* power cut: what was not done is not done */
  g_object_unref (fake);
  g_assert_cmpstr (log->str, ==, "+a");
}

static void
test_id_reader (void)
{
  g_autoptr (TaiFakeIdReader) fake = tai_fake_id_reader_new (TRUE), other = tai_fake_id_reader_new (FALSE);
  TaiIdReader *reader = TAI_ID_READER (fake);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  TaiIdentity *card = tai_identity_new (TAI_DOCUMENT_CITIZEN, TAI_IDENTITY_READ_EMULATED);

  g_assert_true (tai_id_reader_is_emulated (reader));
  g_assert_false (tai_id_reader_is_emulated (TAI_ID_READER (other)));
  tai_fake_id_reader_fail (fake, g_error_new_literal (TAI_CORE_ERROR, TAI_CORE_ERROR_ID_FOREIGN_LAYOUT, "Z"));
  tai_fake_id_reader_lay (fake, card);
  tai_fake_id_reader_lay (fake, tai_identity_new (TAI_DOCUMENT_PASSPORT, TAI_IDENTITY_READ));
  g_assert_null (tai_id_reader_read (reader, NULL, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_ID_FOREIGN_LAYOUT);
  g_clear_error (&error);

  /* a cancelled read leaves the card where it is */
  g_cancellable_cancel (cancellable);
  g_assert_null (tai_id_reader_read (reader, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_autoptr (TaiIdentity) read = tai_id_reader_read (reader, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (read == card);
  g_assert_null (tai_id_reader_read (TAI_ID_READER (other), NULL, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_FAILED);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
test_directory (void)
{
  g_autoptr (TaiFakeDirectory) fake = tai_fake_directory_new ();
  TaiDirectory *directory = TAI_DIRECTORY (fake);
  g_autoptr (GAsyncResult) seen = NULL, failed = NULL, nobody = NULL, cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  tai_fake_directory_push (fake, tai_line_view_new ("13800000001"));
  tai_fake_directory_fail (fake, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no line"));
  tai_fake_directory_hold (fake, TRUE);
  tai_directory_look_up_line_async (directory, "13800000009", cancellable, looked_up_cb, &cancelled);
  tai_directory_look_up_line_async (directory, "13800000001", NULL, looked_up_cb, &seen);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (seen);
  g_cancellable_cancel (cancellable);
  tai_fake_directory_hold (fake, FALSE);
  g_assert_null (tai_directory_look_up_line_finish (directory, wait_for (&cancelled), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_autoptr (TaiLineView) view = tai_directory_look_up_line_finish (directory, wait_for (&seen), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (view->msisdn, ==, "13800000001");
  tai_directory_look_up_line_async (directory, "1", NULL, looked_up_cb, &failed);
  g_assert_null (tai_directory_look_up_line_finish (directory, wait_for (&failed), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_clear_error (&error);
  tai_directory_look_up_line_async (directory, "2", NULL, looked_up_cb, &nobody);
  g_assert_null (tai_directory_look_up_line_finish (directory, wait_for (&nobody), &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LINE_UNKNOWN);
  g_assert_cmpuint (tai_fake_directory_get_asked (fake)->len, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fakes/clock", test_clock);
  g_test_add_func ("/fakes/clock-jump", test_clock_jump);
  g_test_add_func ("/fakes/entropy", test_entropy);
  g_test_add_func ("/fakes/executor-inline", test_executor_inline);
  g_test_add_func ("/fakes/executor-seeded", test_executor_seeded);
  g_test_add_func ("/fakes/executor-dropped", test_executor_dropped);
  g_test_add_func ("/fakes/id-reader", test_id_reader);
  g_test_add_func ("/fakes/directory", test_directory);
  return g_test_run ();
}
