/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 of the server while messages come in: what was acknowledged is there after it, each time, and the rest arrives. */
#include <signal.h>
#include <sys/wait.h>

#include "hq-storm.h"
#include "tai-headquarters.h"

#define CUTS     20
#define PARALLEL 8
#define MESSAGES 300 /* of one cut */

static const char *program;

static void
assert_known (HqProcess *process, guint number)
{
  char key[37];
  gboolean known = FALSE;
  g_autofree char *path = g_strconcat (TAI_PATH_MESSAGE "?keys=", hq_storm_key (number, key), NULL);
  HqAsk ask = {.method = "GET", .path = path, .identity = "T"};
  g_autoptr (HqAnswer) answer = hq_ask (process, &ask);
  g_assert_true (tai_json_require_bool (answer->json, "messages.0.known", &known, NULL));
  g_assert_true (known);
}

/* A hundred keys a question. */
static void
assert_all_known (HqProcess *process, guint first, const HqStormResult *result, guint n)
{
  for (guint from = 0; from < n; from += 100) {
    g_autoptr (GString) path = g_string_new (TAI_PATH_MESSAGE "?keys=");
    g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (guint));
    for (guint i = from; i < MIN (n, from + 100); i++) {
      char key[37];
      if (!result->acknowledged[i])
        continue;
      g_string_append_printf (path, "%s%s", asked->len > 0 ? "," : "", hq_storm_key (first + i, key));
      g_array_append_val (asked, i);
    }
    if (asked->len == 0)
      continue;
    HqAsk ask = {.method = "GET", .path = path->str, .identity = "T"};
    g_autoptr (HqAnswer) answer = hq_ask (process, &ask);
    g_assert_cmpint (answer->status, ==, 200);
    for (guint i = 0; i < asked->len; i++) {
      g_autofree char *member = g_strdup_printf ("messages.%u.known", i);
      gboolean known = FALSE;
      g_assert_true (tai_json_require_bool (answer->json, member, &known, NULL));
      g_assert_true (known);
    }
  }
}

static void
test_no_acknowledged_message_is_lost (void)
{
  g_autoptr (HqProcess) process = hq_process_new (program);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  guint acknowledged = 0, repeated = 0;
  hq_process_start (process);
  hq_enrol (process, "T", "H017");
  for (guint cut = 0; cut < CUTS; cut++) {
    guint first = 1 + cut * MESSAGES;
    guint after = (guint)g_rand_int_range (rand, 1, MESSAGES - PARALLEL);
    HqStorm storm = {.identity = "T",
                     .first = first,
                     .n = MESSAGES,
                     .parallel = PARALLEL,
                     .kill_pid = process->pid,
                     .kill_signal = SIGKILL,
                     .kill_after = after};
    HqStormResult result = hq_storm_run (process, &storm);
    int status = hq_process_stop (process, SIGKILL);
    g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
    g_assert_cmpuint (result.n_acknowledged, >=, after);
    hq_process_start (process);
    assert_all_known (process, first, &result, MESSAGES);
    acknowledged += result.n_acknowledged;
    g_free (result.acknowledged);
    /* everything again, as a terminal without memory would: each is created or exists, none twice */
    HqStorm all = {.identity = "T", .first = first, .n = MESSAGES, .parallel = PARALLEL};
    HqStormResult rest = hq_storm_run (process, &all);
    g_assert_cmpuint (rest.n_acknowledged, ==, MESSAGES);
    repeated += rest.n_acknowledged;
    g_free (rest.acknowledged);
  }
  g_test_message ("%d cuts, %u acknowledged before them, 0 lost; %u sent again", CUTS, acknowledged,
                  repeated);
  assert_known (process, CUTS * MESSAGES);
  HqAsk ask = {.method = "GET", .path = TAI_PATH_STATUS, .identity = "T"};
  g_autoptr (HqAnswer) answer = hq_ask (process, &ask);
  gint64 water = 0;
  g_assert_true (tai_json_require_int (answer->json, "high_water", &water, NULL));
  g_assert_cmpint (water, ==, CUTS * MESSAGES);
}

/* SIGTERM in the middle: what it took it answers, what it does not take it refuses, and it ends by itself. */
static void
test_ends_cleanly_under_load (void)
{
  g_autoptr (HqProcess) process = hq_process_new (program);
  hq_process_start (process);
  hq_enrol (process, "T", "H017");
  HqStorm storm = {.identity = "T",
                   .first = 1,
                   .n = MESSAGES,
                   .parallel = PARALLEL,
                   .kill_pid = process->pid,
                   .kill_signal = SIGTERM,
                   .kill_after = MESSAGES / 2};
  HqStormResult result = hq_storm_run (process, &storm);
  g_assert_cmpint (hq_process_stop (process, 0), ==, 0);
  hq_process_start (process);
  assert_all_known (process, 1, &result, MESSAGES);
  g_free (result.acknowledged);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  curl_global_init (CURL_GLOBAL_DEFAULT);
  g_test_add_func ("/cut/no-acknowledged-message-is-lost", test_no_acknowledged_message_is_lost);
  g_test_add_func ("/cut/ends-cleanly-under-load", test_ends_cleanly_under_load);
  return g_test_run ();
}
