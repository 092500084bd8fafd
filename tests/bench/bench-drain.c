/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast a terminal's full outbox drains: sales (an order and its payment, 2 messages) captured in a real store file, sent
 * over real mutual TLS to a real guitai-hq as child process; durable at both ends (synchronous=FULL), only what HQ has
 * acknowledged and the terminal has written counts, HQ's list is counted afterwards. Beside it, in the same run: what the same
 * client reaches against nginx that answers 200 to 2 KB POSTs, the ceiling of TLS + HTTP + client on this machine.
 *
 * Arguments: number of sales (10000), requests in flight (32), messages a batch (250).
 */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "tai-loop-clock.h"
#include "tai-test-certs.h"
#include "tai-test-server.h"
#include "tai-test-terminal.h"

#define DEADLINE_MS   (120 * 1000)
#define NGINX_SECONDS 3

static gint64
cpu_us (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (gint64)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
}

/* The drain -------------------------------------------------------------------------------------------------------- */

static gint64
cpu_of_process (GSubprocess *process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/stat", g_subprocess_get_identifier (process));
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  fields = g_strsplit (strrchr (text, ')') + 2, " ", 16);
  return (g_ascii_strtoll (fields[11], NULL, 10) + g_ascii_strtoll (fields[12], NULL, 10)) * 10000;
}

/* Its one writer is what bounds a headquarters that has processors enough. */
static gint64
cpu_of_writer (GSubprocess *process)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%s/task", g_subprocess_get_identifier (process));
  g_autoptr (GDir) tasks = g_dir_open (folder, 0, NULL);
  const char *task;
  gint64 ns = 0;

  g_assert_nonnull (tasks);
  while ((task = g_dir_read_name (tasks)) != NULL) {
    g_autofree char *comm = g_build_filename (folder, task, "comm", NULL);
    g_autofree char *stat = g_build_filename (folder, task, "schedstat", NULL);
    g_autofree char *name = NULL;
    g_autofree char *text = NULL;

    if (g_file_get_contents (comm, &name, NULL, NULL) && strcmp (name, "writer\n") == 0 &&
        g_file_get_contents (stat, &text, NULL, NULL))
      ns = g_ascii_strtoll (text, NULL, 10);
  }
  return ns / 1000;
}

static void
bench_drain (const char *name, guint n, guint window, guint batch, gint64 target)
{
  g_autofree char *catalogue = g_test_build_filename (G_TEST_DIST, "data", "catalogue.json", NULL);
  g_autoptr (TaiTestHq) hq = tai_test_hq_new (catalogue);
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, NULL, window);
  TaiSyncSettings settings = {.batch = batch, .window = window};
  g_autoptr (GPtrArray) ids = NULL;
  gint64 begin_us, end_us, captured_us, ours_us, hqs_us, writers_us;

  begin_us = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    tai_test_terminal_sell (t);
  captured_us = g_get_monotonic_time () - begin_us;
  g_assert_true (tai_store_checkpoint (t->store, TAI_CHECKPOINT_TRUNCATE, NULL));
  ours_us = cpu_us (RUSAGE_SELF);
  hqs_us = cpu_of_process (hq->process);
  writers_us = cpu_of_writer (hq->process);
  begin_us = g_get_monotonic_time ();
  tai_test_terminal_start_sync (t, &settings);
  g_assert_true (tai_test_terminal_drain (t, DEADLINE_MS));
  end_us = g_get_monotonic_time ();
  ours_us = cpu_us (RUSAGE_SELF) - ours_us;
  hqs_us = cpu_of_process (hq->process) - hqs_us;
  writers_us = cpu_of_writer (hq->process) - writers_us;
  g_assert_cmpint (tai_test_terminal_count (t).acknowledged, ==,
                   2 * n + 1); /* and that the till was opened */
  ids = tai_test_hq_list_orders (hq);
  g_assert_cmpuint (ids->len, ==, n);
  g_print ("# %-22s %6" G_GINT64_FORMAT " orders/s (%u orders = %u messages in %" G_GINT64_FORMAT
           " ms; target %" G_GINT64_FORMAT "); cpu a message: terminal %" G_GINT64_FORMAT
           " us, HQ %" G_GINT64_FORMAT " us (its writer %" G_GINT64_FORMAT " us); %" G_GINT64_FORMAT
           " requests; captured at %" G_GINT64_FORMAT " sales/s\n",
           name, (gint64)n * G_USEC_PER_SEC / (end_us - begin_us), n, 2 * n, (end_us - begin_us) / 1000,
           target, ours_us / (2 * n), hqs_us / (2 * n), writers_us / (2 * n),
           tai_sync_get_figures (t->sync)->n_requests, (gint64)n * G_USEC_PER_SEC / captured_us);
}

/* nginx ------------------------------------------------------------------------------------------------------------ */

typedef struct {
  TaiHeadquarters *line;
  TaiRequest request;
  guint n_done, n_failed;
  gboolean stopping;
  guint n_open;
} Ceiling;

static void
again_cb (const TaiReply *reply, gpointer data)
{
  Ceiling *self = data;

  self->n_open--;
  if (reply->line == TAI_LINE_OK && reply->status == 200)
    self->n_done++;
  else
    self->n_failed++;
  if (!self->stopping) {
    self->n_open++;
    tai_headquarters_send (self->line, &self->request, again_cb, self);
  }
}

static gboolean
stop_cb (gpointer data)
{
  ((Ceiling *)data)->stopping = TRUE;
  return G_SOURCE_REMOVE;
}

static GSubprocess *
start_nginx (const TaiTestCerts *certs, guint16 port)
{
  g_autofree char *path = g_build_filename (certs->folder, "nginx.conf", NULL);
  g_autofree char *pid = g_build_filename (certs->folder, "nginx.pid", NULL);
  g_autofree char *text = g_strdup_printf (
      "daemon off; worker_processes 1; pid %s; error_log stderr crit;\n"
      "events { worker_connections 256; }\n"
      "http { access_log off; keepalive_requests 10000000; client_body_buffer_size 16k; client_body_temp_path %s/body;\n"
      "proxy_temp_path %s/proxy; fastcgi_temp_path %s/fcgi; uwsgi_temp_path %s/uwsgi; scgi_temp_path %s/scgi;\n"
      "server { listen 127.0.0.1:%u ssl; ssl_certificate %s; ssl_certificate_key %s; ssl_client_certificate %s;\n"
      "ssl_verify_client on; ssl_protocols TLSv1.3; location / { return 200 'ok'; } } }\n",
      pid, certs->folder, certs->folder, certs->folder, certs->folder, certs->folder, port,
      certs->server_cert, certs->server_key, certs->ca_file);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/usr/sbin/nginx", "-e", "stderr", "-c", path, NULL);
  g_assert_no_error (error);
  return process;
}

static void
bench_nginx (guint window)
{
  g_autoptr (TaiTestCerts) certs = tai_test_certs_new ("127.0.0.1", "H017T2");
  guint16 port = tai_test_closed_port ();
  g_autoptr (GSubprocess) nginx = NULL;
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autofree char *remove_all = g_strdup_printf ("rm -rf %s", certs->folder);
  g_autoptr (TaiClock) clock = TAI_CLOCK (tai_loop_clock_new ());
  TaiCurlSettings settings = {.base_url = url,
                              .ca_file = certs->ca_file,
                              .cert_file = certs->client_cert,
                              .key_file = certs->client_key,
                              .max_connections = window,
                              .clock = clock};
  g_autoptr (TaiHeadquarters) line = TAI_HEADQUARTERS (tai_curl_new (&settings, NULL));
  g_autofree char *body_text = g_strnfill (2048, 'x');
  g_autoptr (GBytes) body = g_bytes_new_static (body_text, 2048);
  TaiDigest digest = tai_digest_bytes (body_text, 2048);
  Ceiling self = {.line = line,
                  .request = {.method = "POST",
                              .path = TAI_PATH_ORDER,
                              .body = body,
                              .content_type = "application/json",
                              .idempotency_key = "01980000-0000-7000-8000-000000000001",
                              .terminal_seq = 1,
                              .digest = &digest,
                              .timeout_ms = 10000}};
  gint64 begin_us;

  if (!g_file_test ("/usr/sbin/nginx", G_FILE_TEST_IS_EXECUTABLE)) {
    g_print ("# nginx is not here: no ceiling\n");
    return;
  }
  nginx = start_nginx (certs, port);
  /* until it listens */
  for (guint i = 0; i < 200 && self.n_done == 0; i++) {
    self.stopping = TRUE;
    self.n_open = 1;
    tai_headquarters_send (line, &self.request, again_cb, &self);
    while (self.n_open > 0)
      g_main_context_iteration (NULL, TRUE);
    if (self.n_done == 0)
      g_usleep (10000);
  }
  g_assert_cmpuint (self.n_done, ==, 1);
  self = (Ceiling){.line = line, .request = self.request};
  begin_us = g_get_monotonic_time ();
  g_timeout_add (NGINX_SECONDS * 1000, stop_cb, &self);
  for (guint i = 0; i < window; i++) {
    self.n_open++;
    tai_headquarters_send (line, &self.request, again_cb, &self);
  }
  while (self.n_open > 0)
    g_main_context_iteration (NULL, TRUE);
  g_print ("# %-22s %6" G_GINT64_FORMAT
           " requests/s of 2 KB, %u failed (same client, %u connections; = %" G_GINT64_FORMAT
           " orders/s of two)\n",
           "nginx ceiling", (gint64)self.n_done * G_USEC_PER_SEC / (g_get_monotonic_time () - begin_us),
           self.n_failed, window,
           (gint64)self.n_done * G_USEC_PER_SEC / (g_get_monotonic_time () - begin_us) / 2);
  g_subprocess_send_signal (nginx, SIGTERM);
  g_subprocess_wait (nginx, NULL, NULL);
  g_assert_true (g_spawn_command_line_sync (remove_all, NULL, NULL, NULL, NULL));
}

int
main (int argc, char *argv[])
{
  guint n, window, batch;

  g_test_init (&argc, &argv, NULL);
  n = argc > 1 ? (guint)atoi (argv[1]) : 10000;
  window = argc > 2 ? (guint)atoi (argv[2]) : 32;
  batch = argc > 3 ? (guint)atoi (argv[3]) : 250;
  bench_nginx (window);
  bench_drain ("one message a request", n, window, 1, 4000);
  bench_drain ("batches", n, 4, batch, 8000);
  return 0;
}
