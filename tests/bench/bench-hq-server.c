/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sales a second through the whole of headquarters: one message a request over TLS, order and payment, durable before the
 * 201; client (libcurl multi, 32 connections) and server share the machine. Counts only 201.
 *
 * bench-hq-server PROGRAM SALES
 */
#include <signal.h>
#include <stdio.h>

#include "hq-storm.h"

#define ROUNDS 3

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  guint64 sales = 0;
  if (argc != 3 || !g_ascii_string_to_unsigned (argv[2], 10, 1, 1000000, &sales, NULL))
    return 2;
  curl_global_init (CURL_GLOBAL_DEFAULT);
  g_autoptr (HqProcess) process = hq_process_new (argv[1]);
  hq_process_start (process);
  hq_enrol (process, "T", "H017");
  for (guint i = 0; i < ROUNDS; i++) {
    guint n = (guint)(2 * sales);
    HqStorm storm = {.identity = "T", .first = 1 + i * n, .n = n, .parallel = 32};
    HqStormResult result = hq_storm_run (process, &storm);
    g_assert_cmpuint (result.n_acknowledged, ==, n);
    g_free (result.acknowledged);
    gint64 per_second = (gint64)sales * G_USEC_PER_SEC / MAX (1, result.elapsed_us);
    printf ("# %" G_GUINT64_FORMAT " sales: %" G_GINT64_FORMAT " sales/s, %" G_GINT64_FORMAT
            " requests/s, all 201\n",
            sales, per_second, 2 * per_second);
  }
  g_assert_cmpint (hq_process_stop (process, SIGTERM), ==, 0);
  printf ("1..1\nok 1 - hq-server\n");
  return 0;
}
