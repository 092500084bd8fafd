/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forms to a real IPP printer: ippeveprinter of CUPS on loopback, with its own session bus and without Avahi. The script that
 * it runs for each job plays the troubles of paper.
 */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include <cups/cups.h>

#include "surroundings.h"
#include "samples.h"
#include "tai-core-error.h"
#include "tai-file-printer.h"
#include "tai-ipp-printer.h"
#include "tai-printing-error.h"
#include "wall-clock.h"

#define IPPEVEPRINTER "/usr/sbin/ippeveprinter"
#define DEADLINE_US   (20 * G_USEC_PER_SEC)

typedef struct {
  char *folder, *spool, *log, *uri;
  GPid pid; /* of the session that holds the printer */
  guint16 port;
  TaiClock *clock;
  GString *told;
} Fixture;

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  return port;
}

static gboolean
is_listening (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

  return connection != NULL;
}

static char *
write_script (Fixture *f, const char *body)
{
  char *path = g_build_filename (f->folder, "job.sh", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", body);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  return path;
}

/* A process group of its own, so that the end of the test ends the bus, too. */
static void
child_setup (gpointer data)
{
  setpgid (0, 0);
}

/* Starts the printer; FALSE: not possible here, the test is skipped with the reason. */
static gboolean
start_printer (Fixture *f, const char *script_body)
{
  g_autofree char *script = write_script (f, script_body);
  g_autofree char *command =
      g_strdup_printf ("DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS exec " IPPEVEPRINTER
                       " -p %u -n localhost -r off -k -d %s -f application/pdf -c %s 'Hall Printer' >%s 2>&1",
                       f->port, f->spool, script, f->log);
  const char *argv[] = {"dbus-run-session", "--", "sh", "-c", command, NULL};
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  g_autoptr (GError) error = NULL;

  if (!g_file_test (IPPEVEPRINTER, G_FILE_TEST_IS_EXECUTABLE)) {
    g_test_skip (IPPEVEPRINTER " is missing (cups-ipp-utils)");
    return FALSE;
  }
  if (!has_program ("dbus-run-session")) {
    g_test_skip ("dbus-run-session is missing (dbus)");
    return FALSE;
  }
  g_spawn_async (f->folder, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, child_setup,
                 NULL, &f->pid, &error);
  g_assert_no_error (error);
  while (!is_listening (f->port)) {
    if (g_get_monotonic_time () > deadline) {
      g_autofree char *log = NULL;

      g_file_get_contents (f->log, &log, NULL, NULL);
      g_error ("ippeveprinter did not start: %s", log ? log : "no log");
    }
    g_usleep (20000);
  }
  return TRUE;
}

static void
stop_printer (Fixture *f)
{
  if (f->pid == 0)
    return;
  kill (-f->pid, SIGTERM);
  waitpid (f->pid, NULL, 0);
  f->pid = 0;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("guitai-ipp-XXXXXX", &error);
  g_assert_no_error (error);
  f->spool = g_build_filename (f->folder, "spool", NULL);
  f->log = g_build_filename (f->folder, "log", NULL);
  g_assert_cmpint (g_mkdir (f->spool, 0700), ==, 0);
  f->port = find_free_port ();
  f->uri = g_strdup_printf ("ipp://localhost:%u/ipp/print", f->port);
  f->clock = wall_clock_new ();
  f->told = g_string_new (NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  const char *argv[] = {"rm", "-r", f->folder, NULL};

  stop_printer (f);
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (f->folder);
  g_free (f->spool);
  g_free (f->log);
  g_free (f->uri);
  g_object_unref (f->clock);
  g_string_free (f->told, TRUE);
}

/* What was told while it was under way, newest last. */
static void
watch_cb (TaiPrintReason reason, gpointer data)
{
  g_string_append_printf (data, "%s ", tai_print_reason_to_text (reason));
}

static TaiPrintResult
print_form (Fixture *f, TaiPrintBudget budget, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiPrinter) printer = tai_ipp_printer_new (f->uri, budget, f->clock, &error);
  g_autoptr (TaiDocument) form = sample_form_zh ();
  g_autofree char *detail = NULL;
  TaiPrintResult result;

  g_assert_no_error (error);
  g_string_truncate (f->told, 0);
  tai_printer_set_watch (printer, watch_cb, f->told);
  result = tai_printer_print (printer, form, "0193-job", 1, cancellable, &detail);
  g_test_message ("%u %s: %s", result.state, tai_print_reason_to_text (result.reason), detail ? detail : "");
  return result;
}

static const TaiPrintBudget impatient = {2000, 5000, 1500, 0};

static void
assert_result (TaiPrintResult result, TaiPrintState state, TaiPrintReason reason)
{
  g_assert_cmpint (result.state, ==, state);
  g_assert_cmpstr (tai_print_reason_to_text (result.reason), ==, tai_print_reason_to_text (reason));
}

static void
test_printed (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  g_autofree char *text = NULL;
  const char *name;
  gboolean found = FALSE;

  if (!start_printer (f, "exit 0"))
    return;
  assert_result (print_form (f, TAI_PRINT_BUDGET_FORM, NULL), TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE);
  dir = g_dir_open (f->spool, 0, NULL);
  while ((name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (f->spool, name, NULL);
    g_autofree char *contents = NULL;
    gsize length;

    if (!g_str_has_suffix (name, ".pdf"))
      continue;
    found = TRUE;
    g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
    g_assert_cmpuint (length, >, 1000);
    g_assert_true (g_str_has_prefix (contents, "%PDF-"));
    g_assert_nonnull (memmem (contents + length - 16, 16, "%%EOF", 5)); /* whole */
    g_assert_nonnull (strstr (name, "0193"));                           /* our id in the printer's queue */
  }
  g_assert_true (found);
}

static void
test_slow_but_printed (Fixture *f, gconstpointer data)
{
  if (!start_printer (f, "sleep 2; exit 0"))
    return;
  assert_result (print_form (f, TAI_PRINT_BUDGET_FORM, NULL), TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE);
}

static void
test_aborted (Fixture *f, gconstpointer data)
{
  if (!start_printer (f, "exit 3"))
    return;
  assert_result (print_form (f, TAI_PRINT_BUDGET_FORM, NULL), TAI_PRINT_FAILED, TAI_PRINT_REASON_ABORTED);
}

/* The printer asks for paper and nobody comes: the reason is told, and nothing is called printed. */
static void
test_paper_end (Fixture *f, gconstpointer data)
{
  TaiPrintResult result;

  if (!start_printer (f, "echo 'STATE: +media-empty-error,media-needed-error' >&2; exec sleep 8"))
    return;
  result = print_form (f, impatient, NULL);
  g_assert_cmpint (result.state, !=, TAI_PRINT_PRINTED);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_PAPER_END);
}

/* Somebody comes with paper while it waits: the job goes on and is printed once. */
static void
test_paper_comes (Fixture *f, gconstpointer data)
{
  if (!start_printer (
          f, "echo 'STATE: +media-empty-error' >&2; sleep 1; echo 'STATE: -media-empty-error' >&2; exit 0"))
    return;
  assert_result (print_form (f, TAI_PRINT_BUDGET_FORM, NULL), TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE);
  g_assert_cmpstr (f->told->str, ==, "paper_end ");
}

static void
wait_for_mark (Fixture *f)
{
  g_autofree char *mark = g_build_filename (f->folder, "begun", NULL);
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (!g_file_test (mark, G_FILE_TEST_EXISTS)) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (20000);
  }
}

/* As a person at the printer, or another program, takes the job out of its queue. */
static gpointer
cancel_at_printer (gpointer data)
{
  Fixture *f = data;
  http_t *http;
  ipp_t *request;

  wait_for_mark (f);
  http = httpConnect2 ("localhost", f->port, NULL, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1, 2000, NULL);
  g_assert_nonnull (http);
  request = ippNewRequest (IPP_OP_CANCEL_JOB);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, f->uri);
  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", 1);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, "guitai");
  ippDelete (cupsDoRequest (http, request, "/ipp/print"));
  g_assert_cmpint (cupsLastError (), <=, IPP_STATUS_OK_EVENTS_COMPLETE);
  httpClose (http);
  return NULL;
}

static void
test_cancelled_at_printer (Fixture *f, gconstpointer data)
{
  GThread *person;
  TaiPrintResult result;

  if (!start_printer (f, "touch \"$(dirname \"$0\")/begun\"; sleep 2; exit 0"))
    return;
  person = g_thread_new ("person", cancel_at_printer, f);
  result = print_form (f, TAI_PRINT_BUDGET_FORM, NULL);
  g_thread_join (person);
  assert_result (result, TAI_PRINT_FAILED, TAI_PRINT_REASON_CANCELLED);
}

static void
test_cover_open (Fixture *f, gconstpointer data)
{
  TaiPrintResult result;

  if (!start_printer (f, "echo 'STATE: +cover-open-error' >&2; exec sleep 8"))
    return;
  result = print_form (f, impatient, NULL);
  g_assert_cmpint (result.state, !=, TAI_PRINT_PRINTED);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_COVER_OPEN);
}

static void
test_too_slow (Fixture *f, gconstpointer data)
{
  TaiPrintResult result;

  if (!start_printer (f, "exec sleep 8"))
    return;
  result = print_form (f, impatient, NULL);
  g_assert_cmpint (result.state, !=, TAI_PRINT_PRINTED);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_NO_ANSWER);
}

static gpointer
print_in_thread (gpointer data)
{
  print_form (data, TAI_PRINT_BUDGET_FORM, NULL);
  return NULL;
}

/* A second job while the first is on the paper: told as busy, nothing sent twice. */
static void
test_busy (Fixture *f, gconstpointer data)
{
  g_autofree char *mark = g_build_filename (f->folder, "begun", NULL);
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  GThread *first;

  if (!start_printer (f, "touch \"$(dirname \"$0\")/begun\"; sleep 3; exit 0"))
    return;
  first = g_thread_new ("first", print_in_thread, f);
  while (!g_file_test (mark, G_FILE_TEST_EXISTS)) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (20000);
  }
  assert_result (print_form (f, TAI_PRINT_BUDGET_FORM, NULL), TAI_PRINT_QUEUED, TAI_PRINT_REASON_BUSY);
  g_thread_join (first);
}

static void
test_no_such_printer (Fixture *f, gconstpointer data)
{
  if (!start_printer (f, "exit 0"))
    return;
  g_free (f->uri);
  f->uri = g_strdup_printf ("ipp://localhost:%u/no/such/printer", f->port);
  assert_result (print_form (f, TAI_PRINT_BUDGET_FORM, NULL), TAI_PRINT_FAILED, TAI_PRINT_REASON_REFUSED);
}

static void
test_not_there (Fixture *f, gconstpointer data)
{
  assert_result (print_form (f, impatient, NULL), TAI_PRINT_QUEUED, TAI_PRINT_REASON_NOT_REACHED);
}

/* Killed while it prints: nobody knows what is on the paper. */
static gpointer
kill_later (gpointer data)
{
  Fixture *f = data;
  g_autofree char *mark = g_build_filename (f->folder, "begun", NULL);
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (!g_file_test (mark, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < deadline)
    g_usleep (20000);
  kill (-f->pid, SIGKILL);
  return NULL;
}

static void
test_gone_while_printing (Fixture *f, gconstpointer data)
{
  GThread *killer;
  TaiPrintResult result;

  if (!start_printer (f, "touch \"$(dirname \"$0\")/begun\"; exec sleep 20"))
    return;
  killer = g_thread_new ("killer", kill_later, f);
  result = print_form (f, (TaiPrintBudget){2000, 2000, 4000, 0}, NULL);
  g_thread_join (killer);
  g_assert_cmpint (result.state, ==, TAI_PRINT_UNKNOWN);
}

/* Accepts and never answers. */
static void
test_silent (Fixture *f, gconstpointer data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  TaiPrintResult result;

  g_assert_true (g_socket_listener_add_inet_port (listener, f->port, NULL, NULL));
  result = print_form (f, (TaiPrintBudget){2000, 500, 500, 0}, NULL);
  assert_result (result, TAI_PRINT_QUEUED, TAI_PRINT_REASON_NO_ANSWER); /* it was only asked how it is */
}

/* A printer that answers one question, how it is, and takes nothing else. */
typedef struct {
  GSocketListener *listener;
  ipp_pstate_t state;
  gboolean accepts;
  const char *reason;
  guint n_requests;
} StillPrinter;

static ssize_t
append_cb (void *context, ipp_uchar_t *buffer, size_t bytes)
{
  g_byte_array_append (context, buffer, (guint)bytes);
  return (ssize_t)bytes;
}

static GByteArray *
make_answer (const StillPrinter *self)
{
  GByteArray *out = g_byte_array_new ();
  ipp_t *ipp = ippNew ();

  ippSetVersion (ipp, 2, 0);
  ippSetStatusCode (ipp, IPP_STATUS_OK);
  ippSetRequestId (ipp, 1);
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_CHARSET, "attributes-charset", NULL, "utf-8");
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_LANGUAGE, "attributes-natural-language", NULL, "en");
  ippAddInteger (ipp, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", (int)self->state);
  ippAddBoolean (ipp, IPP_TAG_PRINTER, "printer-is-accepting-jobs", (char)self->accepts);
  ippAddString (ipp, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons", NULL, self->reason);
  g_assert_cmpint (ippWriteIO (out, append_cb, 1, NULL, ipp), ==, IPP_STATE_DATA);
  ippDelete (ipp);
  return out;
}

static gpointer
serve_still_printer (gpointer data)
{
  StillPrinter *self = data;
  g_autoptr (GSocketConnection) line = g_socket_listener_accept (self->listener, NULL, NULL, NULL);
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (line));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (line));
  g_autoptr (GByteArray) answer = make_answer (self);
  g_autofree char *head = g_strdup_printf (
      "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: %u\r\n\r\n", answer->len);
  char buffer[8192];
  gssize n;

  while ((n = g_input_stream_read (in, buffer, sizeof buffer, NULL, NULL)) > 0) {
    if (memmem (buffer, (gsize)n, "printer-uri", strlen ("printer-uri")) == NULL)
      continue; /* the head, its question comes behind it */
    self->n_requests++;
    g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
    g_output_stream_write_all (out, answer->data, answer->len, NULL, NULL, NULL);
  }
  return NULL;
}

/* It stands still or takes no jobs: known before a byte of the form is sent, so another printer may take it. */
static void
test_stands_still (Fixture *f, gconstpointer data)
{
  static const struct {
    ipp_pstate_t state;
    gboolean accepts;
    const char *keyword;
    TaiPrintReason reason;
  } cases[] = {
      {IPP_PSTATE_STOPPED, TRUE, "media-empty-error", TAI_PRINT_REASON_PAPER_END},
      {IPP_PSTATE_STOPPED, TRUE, "cover-open-error", TAI_PRINT_REASON_COVER_OPEN},
      {IPP_PSTATE_STOPPED, TRUE, "none", TAI_PRINT_REASON_OFFLINE},
      {IPP_PSTATE_IDLE, FALSE, "none", TAI_PRINT_REASON_BUSY},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GSocketListener) listener = g_socket_listener_new ();
    StillPrinter printer = {.listener = listener,
                            .state = cases[i].state,
                            .accepts = cases[i].accepts,
                            .reason = cases[i].keyword};
    GThread *thread;

    g_free (f->uri);
    f->uri = g_strdup_printf ("ipp://localhost:%u/ipp/print",
                              g_socket_listener_add_any_inet_port (listener, NULL, NULL));
    thread = g_thread_new ("printer", serve_still_printer, &printer);
    assert_result (print_form (f, TAI_PRINT_BUDGET_FORM, NULL), TAI_PRINT_QUEUED, cases[i].reason);
    g_thread_join (thread);
    g_assert_cmpuint (printer.n_requests, ==, 1); /* no job */
  }
}

/* A queue that holds jobs, in front of a printer: what ippeveprinter does not do. */
typedef struct {
  GSocketListener *listener;
  guint released_after; /* questions about the job until somebody lets it go; 0: nobody */
  gboolean lets_cancel;
  ipp_jstate_t job;
  guint n_jobs, n_questions, n_cancels;
} HoldingPrinter;

static GByteArray *
answer_holding (HoldingPrinter *self, guint operation)
{
  GByteArray *out = g_byte_array_new ();
  ipp_t *ipp = ippNew ();
  gboolean refuses = operation == IPP_OP_CANCEL_JOB && !self->lets_cancel;

  if (operation == IPP_OP_PRINT_JOB) {
    self->n_jobs++;
    self->job = IPP_JSTATE_HELD;
  } else if (operation == IPP_OP_CANCEL_JOB) {
    self->n_cancels++;
    if (self->lets_cancel)
      self->job = IPP_JSTATE_CANCELED;
  } else if (operation == IPP_OP_GET_JOB_ATTRIBUTES && ++self->n_questions == self->released_after)
    self->job = IPP_JSTATE_COMPLETED;
  ippSetVersion (ipp, 2, 0);
  ippSetStatusCode (ipp, refuses ? IPP_STATUS_ERROR_NOT_POSSIBLE : IPP_STATUS_OK);
  ippSetRequestId (ipp, 1);
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_CHARSET, "attributes-charset", NULL, "utf-8");
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_LANGUAGE, "attributes-natural-language", NULL, "en");
  if (operation == IPP_OP_GET_PRINTER_ATTRIBUTES) {
    ippAddInteger (ipp, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", IPP_PSTATE_IDLE);
    ippAddBoolean (ipp, IPP_TAG_PRINTER, "printer-is-accepting-jobs", 1);
    ippAddString (ipp, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons", NULL, "none");
  } else {
    ippAddInteger (ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", 7);
    ippAddString (ipp, IPP_TAG_JOB, IPP_TAG_URI, "job-uri", NULL, "ipp://localhost/jobs/7");
    ippAddInteger (ipp, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", (int)self->job);
    ippAddString (ipp, IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-state-reasons", NULL,
                  self->job == IPP_JSTATE_HELD ? "job-hold-until-specified" : "none");
  }
  g_assert_cmpint (ippWriteIO (out, append_cb, 1, NULL, ipp), ==, IPP_STATE_DATA);
  ippDelete (ipp);
  return out;
}

/* One request: its head, then so many bytes. FALSE: the line is closed. */
static gboolean
read_request (GDataInputStream *in, GOutputStream *out, guint *operation)
{
  static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
  gsize length = 0, n = 0;
  gboolean waits = FALSE;
  g_autofree guint8 *body = NULL;
  char *line;

  while ((line = g_data_input_stream_read_line (in, NULL, NULL, NULL)) != NULL && line[0] != '\0' &&
         line[0] != '\r') {
    if (g_ascii_strncasecmp (line, "Content-Length:", 15) == 0)
      length = (gsize)g_ascii_strtoull (line + 15, NULL, 10);
    waits |= g_ascii_strncasecmp (line, "Expect:", 7) == 0;
    g_free (line);
  }
  if (line == NULL)
    return FALSE;
  g_free (line);
  if (waits)
    g_output_stream_write_all (out, go_on, strlen (go_on), NULL, NULL, NULL);
  body = g_malloc (MAX (length, 8));
  if (!g_input_stream_read_all (G_INPUT_STREAM (in), body, length, &n, NULL, NULL) || n < 8)
    return FALSE;
  *operation = (guint)(body[2] << 8 | body[3]);
  return TRUE;
}

static gpointer
serve_holding_printer (gpointer data)
{
  HoldingPrinter *self = data;
  g_autoptr (GSocketConnection) line = g_socket_listener_accept (self->listener, NULL, NULL, NULL);
  g_autoptr (GDataInputStream) in =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (line)));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (line));
  guint operation;

  g_data_input_stream_set_newline_type (in, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while (read_request (in, out, &operation)) {
    g_autoptr (GByteArray) answer = answer_holding (self, operation);
    g_autofree char *head = g_strdup_printf (
        "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: %u\r\n\r\n", answer->len);
    g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
    g_output_stream_write_all (out, answer->data, answer->len, NULL, NULL, NULL);
  }
  return NULL;
}

/* A held job waits for a person: let go in time it is printed; else it is taken back and told as held, and where even that does
 * not go, nobody knows whether it will come. It is sent once. */
static void
test_held (Fixture *f, gconstpointer data)
{
  static const struct {
    guint released_after;
    gboolean lets_cancel;
    TaiPrintState state;
    TaiPrintReason reason;
    guint n_cancels;
  } cases[] = {
      {3, TRUE, TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE, 0},
      {0, TRUE, TAI_PRINT_FAILED, TAI_PRINT_REASON_HELD, 1},
      {0, FALSE, TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_HELD, 1},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GSocketListener) listener = g_socket_listener_new ();
    HoldingPrinter printer = {
        .listener = listener, .released_after = cases[i].released_after, .lets_cancel = cases[i].lets_cancel};
    GThread *thread;

    g_free (f->uri);
    f->uri = g_strdup_printf ("ipp://localhost:%u/ipp/print",
                              g_socket_listener_add_any_inet_port (listener, NULL, NULL));
    thread = g_thread_new ("printer", serve_holding_printer, &printer);
    assert_result (print_form (f, i == 0 ? TAI_PRINT_BUDGET_FORM : impatient, NULL), cases[i].state,
                   cases[i].reason);
    g_thread_join (thread);
    g_assert_cmpstr (f->told->str, ==, "held ");
    g_assert_cmpuint (printer.n_jobs, ==, 1);
    g_assert_cmpuint (printer.n_cancels, ==, cases[i].n_cancels);
  }
}

static gpointer
cancel_later (gpointer data)
{
  g_usleep (300000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) while_waiting = g_cancellable_new ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  gint64 start;
  GThread *thread;

  g_cancellable_cancel (before);
  assert_result (print_form (f, TAI_PRINT_BUDGET_FORM, before), TAI_PRINT_QUEUED, TAI_PRINT_REASON_CANCELLED);

  g_assert_true (g_socket_listener_add_inet_port (listener, f->port, NULL, NULL));
  thread = g_thread_new ("cancel", cancel_later, while_waiting);
  start = g_get_monotonic_time ();
  assert_result (print_form (f, TAI_PRINT_BUDGET_FORM, while_waiting), TAI_PRINT_QUEUED,
                 TAI_PRINT_REASON_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  g_thread_join (thread);
}

static void
test_addresses (Fixture *f, gconstpointer data)
{
  static const char *const wrong[] = {"", "http://localhost/", "localhost:631", "file:///tmp/x", "ipp://"};

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (TaiPrinter) printer = tai_ipp_printer_new (wrong[i], TAI_PRINT_BUDGET_FORM, f->clock, &error);

    g_test_message ("%s", wrong[i]);
    g_assert_null (printer);
    g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_PROFILE);
  }
}

/* An A4 printer has no drawer. */
static void
test_no_drawer (Fixture *f, gconstpointer data)
{
  g_autoptr (TaiPrinter) printer = tai_ipp_printer_new (f->uri, TAI_PRINT_BUDGET_FORM, f->clock, NULL);

  assert_result (tai_printer_open_drawer (printer, 120, 240, NULL, NULL), TAI_PRINT_FAILED,
                 TAI_PRINT_REASON_NOT_OFFERED);
}

#define ADD(name, test) g_test_add ("/printing/ipp-printer/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  ADD ("printed", test_printed);
  ADD ("slow-but-printed", test_slow_but_printed);
  ADD ("aborted", test_aborted);
  ADD ("paper-end", test_paper_end);
  ADD ("stands-still", test_stands_still);
  ADD ("held", test_held);
  ADD ("paper-comes", test_paper_comes);
  ADD ("cancelled-at-printer", test_cancelled_at_printer);
  ADD ("cover-open", test_cover_open);
  ADD ("too-slow", test_too_slow);
  ADD ("busy", test_busy);
  ADD ("no-such-printer", test_no_such_printer);
  ADD ("not-there", test_not_there);
  ADD ("gone-while-printing", test_gone_while_printing);
  ADD ("silent", test_silent);
  ADD ("cancelled", test_cancelled);
  ADD ("addresses", test_addresses);
  ADD ("no-drawer", test_no_drawer);
  result = g_test_run ();
  font_caches_drop ();
  return result;
}
