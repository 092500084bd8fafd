/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forms to an IPP printer by libcups, without its daemon. Blocks: the print worker's. libcups waits in select() and asks a
 * callback now and then; there the clock and the caller's cancellable are looked at.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-ipp-printer.h"

#include "tai-cups-cleanup.h"
#include "tai-page.h"
#include "tai-printing-error.h"

#define POLL_MS    300
#define TICK_S     0.2
#define MAX_JOB_ID 255 /* octets of an IPP name */

struct _TaiIppPrinter {
  GObject parent;
  char *uri, *host, *resource; /* (owned) */
  int port;
  gboolean tls;
  TaiPrintBudget budget;
  TaiClock *clock;       /* (owned) */
  TaiPrinterWatch watch; /* (nullable) */
  gpointer watch_data;
};

/* One job on its way. */
typedef struct {
  TaiIppPrinter *printer;
  GCancellable *cancellable; /* (nullable) */
  TaiHttp *http;             /* (owned) (nullable) */
  int stop;                  /* libcups looks at it while it connects */
  gint64 deadline;           /* of the wait at work, monotonic us */
  int job_id;
  ipp_jstate_t state;
  TaiPrintReason trouble; /* what the printer or the job complains of */
  TaiPrintReason noted;   /* the last of them in @detail */
  TaiPrintReason told;    /* the last of them that the watch heard */
  GString *detail;        /* (owned) */
} Job;

static void tai_ipp_printer_iface_init (TaiPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiIppPrinter, tai_ipp_printer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PRINTER, tai_ipp_printer_iface_init))

static void
job_clear (Job *self)
{
  g_clear_pointer (&self->http, httpClose);
  g_string_free (self->detail, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static void
start_wait (Job *self, guint ms)
{
  self->deadline = tai_clock_monotonic (self->printer->clock) + (gint64)ms * 1000;
}

static gboolean
is_late (const Job *self)
{
  return tai_clock_monotonic (self->printer->clock) >= self->deadline;
}

/* libcups: 1 = wait on. */
static int
waiting_cb (http_t *http, void *data)
{
  Job *self = data;

  return !is_late (self) && !g_cancellable_is_cancelled (self->cancellable);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  g_atomic_int_set ((int *)data, 1);
}

static void note (Job *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
note (Job *self, const char *format, ...)
{
  va_list list;

  if (self->detail->len > 0)
    g_string_append (self->detail, "; ");
  va_start (list, format);
  g_string_append_vprintf (self->detail, format, list);
  va_end (list);
}

static gboolean
job_connect (Job *self)
{
  TaiIppPrinter *printer = self->printer;
  gulong handler = 0;

  if (self->cancellable)
    handler = g_cancellable_connect (self->cancellable, G_CALLBACK (cancelled_cb), &self->stop, NULL);
  self->http = httpConnect2 (printer->host, printer->port, NULL, AF_UNSPEC,
                             printer->tls ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                             (int)printer->budget.connect_ms, &self->stop);
  g_cancellable_disconnect (self->cancellable, handler);
  if (self->http == NULL) {
    note (self, "%s: %s", printer->uri, cupsLastErrorString ());
    return FALSE;
  }
  httpSetTimeout (self->http, TICK_S, waiting_cb, self);
  return TRUE;
}

static TaiIpp *
new_request (const Job *self, ipp_op_t operation)
{
  TaiIpp *request = ippNewRequest (operation);

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, self->printer->uri);
  if (self->job_id > 0)
    ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", self->job_id);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, "guitai");
  return request;
}

/* --- Reasons ----------------------------------------------------------------------------------------------------------- */

static TaiPrintReason
translate_keyword (const char *keyword)
{
  static const struct {
    const char *prefix;
    TaiPrintReason reason;
  } table[] = {
      {"media-empty", TAI_PRINT_REASON_PAPER_END},
      {"media-needed", TAI_PRINT_REASON_PAPER_END},
      {"media-jam", TAI_PRINT_REASON_DEVICE_ERROR},
      {"cover-open", TAI_PRINT_REASON_COVER_OPEN},
      {"door-open", TAI_PRINT_REASON_COVER_OPEN},
      {"interlock-open", TAI_PRINT_REASON_COVER_OPEN},
      {"toner-empty", TAI_PRINT_REASON_DEVICE_ERROR},
      {"marker-supply-empty", TAI_PRINT_REASON_DEVICE_ERROR},
      {"shutdown", TAI_PRINT_REASON_OFFLINE},
      {"paused", TAI_PRINT_REASON_OFFLINE},
      {"job-hold", TAI_PRINT_REASON_HELD},
      {"offline", TAI_PRINT_REASON_OFFLINE},
      {"document-format-error", TAI_PRINT_REASON_REFUSED},
      {"unsupported-document", TAI_PRINT_REASON_REFUSED},
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_has_prefix (keyword, table[i].prefix))
      return table[i].reason;
  return TAI_PRINT_REASON_NONE;
}

/* Remembers what stands in printer-state-reasons or job-state-reasons. */
static void
read_reasons (Job *self, TaiIpp *answer, const char *name)
{
  ipp_attribute_t *reasons = ippFindAttribute (answer, name, IPP_TAG_KEYWORD);

  for (int i = 0; reasons && i < ippGetCount (reasons); i++) {
    const char *keyword = ippGetString (reasons, i, NULL);
    TaiPrintReason reason = keyword ? translate_keyword (keyword) : TAI_PRINT_REASON_NONE;

    if (reason == TAI_PRINT_REASON_NONE)
      continue;
    if (reason != self->noted)
      note (self, "%s %s", name, keyword);
    self->trouble = self->noted = reason;
  }
}

static TaiPrintResult
fail (TaiPrintReason reason)
{
  return (TaiPrintResult){TAI_PRINT_FAILED, reason};
}

/* Nothing was sent, or the printer took none of it. */
static TaiPrintResult
keep (const Job *self, TaiPrintReason reason)
{
  return (TaiPrintResult){
      TAI_PRINT_QUEUED, g_cancellable_is_cancelled (self->cancellable) ? TAI_PRINT_REASON_CANCELLED : reason};
}

/* What passes by itself is tried again; a printer that cannot take such a job never will. */
static TaiPrintResult
translate_refusal (const Job *self, ipp_status_t status)
{
  switch (status) {
  case IPP_STATUS_ERROR_BUSY:
  case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
  case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
  case IPP_STATUS_ERROR_TEMPORARY:
    return keep (self, TAI_PRINT_REASON_BUSY);
  case IPP_STATUS_ERROR_DEVICE:
    return keep (self, TAI_PRINT_REASON_DEVICE_ERROR);
  default:
    return fail (TAI_PRINT_REASON_REFUSED);
  }
}

static TaiPrintResult
doubt (const Job *self, TaiPrintReason reason)
{
  return (TaiPrintResult){TAI_PRINT_UNKNOWN, g_cancellable_is_cancelled (self->cancellable)
                                                 ? TAI_PRINT_REASON_CANCELLED
                                                 : reason};
}

/* --- The job ----------------------------------------------------------------------------------------------------------- */

/* The answer to Print-Job, or NULL: the line broke, or it did not come in time. */
static TaiIpp *
send_job (Job *self, const char *name, guint copies, GBytes *pdf)
{
  g_autoptr (TaiIpp) request = new_request (self, IPP_OP_PRINT_JOB);
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  http_status_t status;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, name);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, "application/pdf");
  if (copies > 1)
    ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", (int)copies);
  status = cupsSendRequest (self->http, request, self->printer->resource, ippLength (request) + size);
  if (status == HTTP_STATUS_CONTINUE)
    status = cupsWriteRequestData (self->http, data, size);
  if (status != HTTP_STATUS_CONTINUE && status != HTTP_STATUS_OK) {
    note (self, "Print-Job: %s", httpStatus (status));
    return NULL;
  }
  return cupsGetResponse (self->http, self->printer->resource);
}

static TaiIpp *
ask (Job *self, ipp_op_t operation, const char *const *attributes, int n_attributes)
{
  TaiIpp *request = new_request (self, operation);

  if (n_attributes > 0)
    ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", n_attributes, NULL,
                   attributes);
  return cupsDoRequest (self->http, request, self->printer->resource); /* deletes the request */
}

static void
ask_state (Job *self)
{
  static const char *const job_wants[] = {"job-state", "job-state-reasons"};
  static const char *const printer_wants[] = {"printer-state-reasons"};
  g_autoptr (TaiIpp) job = ask (self, IPP_OP_GET_JOB_ATTRIBUTES, job_wants, G_N_ELEMENTS (job_wants));
  g_autoptr (TaiIpp) printer = NULL;
  ipp_attribute_t *state = job ? ippFindAttribute (job, "job-state", IPP_TAG_ENUM) : NULL;

  if (state)
    self->state = ippGetInteger (state, 0);
  if (job == NULL || self->state == IPP_JSTATE_COMPLETED)
    return;
  self->trouble = TAI_PRINT_REASON_NONE;
  read_reasons (self, job, "job-state-reasons");
  printer = ask (self, IPP_OP_GET_PRINTER_ATTRIBUTES, printer_wants, G_N_ELEMENTS (printer_wants));
  if (printer)
    read_reasons (self, printer, "printer-state-reasons");
}

/* Waits a little; the cancellable cuts it short. */
static void
pause_a_little (const Job *self)
{
  GPollFD fd;

  if (g_cancellable_make_pollfd (self->cancellable, &fd)) {
    g_poll (&fd, 1, POLL_MS);
    g_cancellable_release_fd (self->cancellable);
  } else {
    g_poll (NULL, 0, POLL_MS);
  }
}

/* The paper was not finished: take the job back. If the printer lets go of it, nothing (more) will come. */
static TaiPrintResult
take_back (Job *self)
{
  TaiPrintReason reason = g_cancellable_is_cancelled (self->cancellable) ? TAI_PRINT_REASON_CANCELLED
                          : self->trouble != TAI_PRINT_REASON_NONE       ? self->trouble
                          : self->state == IPP_JSTATE_HELD               ? TAI_PRINT_REASON_HELD
                                                                         : TAI_PRINT_REASON_NO_ANSWER;
  g_autoptr (TaiIpp) answer = NULL;
  GCancellable *cancellable = self->cancellable;

  self->cancellable = NULL; /* this one request is worth its wait */
  start_wait (self, self->printer->budget.answer_ms);
  answer = ask (self, IPP_OP_CANCEL_JOB, NULL, 0);
  while (answer && ippGetStatusCode (answer) <= IPP_STATUS_OK_EVENTS_COMPLETE &&
         self->state < IPP_JSTATE_CANCELED && !is_late (self)) {
    ask_state (self);
    pause_a_little (self);
  }
  self->cancellable = cancellable;
  note (self, "taken back: %s", answer ? ippErrorString (ippGetStatusCode (answer)) : cupsLastErrorString ());
  if (self->state == IPP_JSTATE_CANCELED || self->state == IPP_JSTATE_ABORTED)
    return fail (reason);
  if (self->state == IPP_JSTATE_COMPLETED)
    return (TaiPrintResult){TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE};
  return (TaiPrintResult){TAI_PRINT_UNKNOWN, reason};
}

static void
tell (Job *self)
{
  TaiPrintReason now = self->trouble != TAI_PRINT_REASON_NONE ? self->trouble
                       : self->state == IPP_JSTATE_HELD       ? TAI_PRINT_REASON_HELD
                                                              : TAI_PRINT_REASON_NONE;

  if (now != self->told && self->printer->watch != NULL)
    self->printer->watch (now, self->printer->watch_data);
  self->told = now;
}

static TaiPrintResult
follow_job (Job *self, guint n_pages)
{
  gint64 end;

  start_wait (self, self->printer->budget.base_ms + self->printer->budget.per_unit_ms * n_pages);
  end = self->deadline;
  for (;;) {
    gint64 answer_end =
        tai_clock_monotonic (self->printer->clock) + (gint64)self->printer->budget.answer_ms * 1000;

    self->deadline = MIN (answer_end, end);
    ask_state (self);
    self->deadline = end;
    switch (self->state) {
    case IPP_JSTATE_COMPLETED:
      return (TaiPrintResult){TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE};
    case IPP_JSTATE_ABORTED:
      return fail (self->trouble != TAI_PRINT_REASON_NONE ? self->trouble : TAI_PRINT_REASON_ABORTED);
    case IPP_JSTATE_CANCELED:
      return fail (TAI_PRINT_REASON_CANCELLED);
    default:
      break;
    }
    if (is_late (self) || g_cancellable_is_cancelled (self->cancellable))
      return take_back (self);
    tell (self);
    pause_a_little (self);
  }
}

/* Before anything is sent: a printer that stands still or takes no jobs is left alone, another one may be ready. PRINTED: send. */
static TaiPrintResult
ask_ready (Job *self)
{
  static const char *const wants[] = {"printer-state", "printer-is-accepting-jobs", "printer-state-reasons"};
  g_autoptr (TaiIpp) printer = NULL;
  ipp_attribute_t *state, *accepting;

  start_wait (self, self->printer->budget.answer_ms);
  printer = ask (self, IPP_OP_GET_PRINTER_ATTRIBUTES, wants, G_N_ELEMENTS (wants));
  if (printer == NULL) {
    note (self, "Get-Printer-Attributes: %s", cupsLastErrorString ());
    return keep (self, is_late (self) ? TAI_PRINT_REASON_NO_ANSWER : TAI_PRINT_REASON_LINE_LOST);
  }
  state = ippFindAttribute (printer, "printer-state", IPP_TAG_ENUM);
  accepting = ippFindAttribute (printer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
  if (state != NULL && ippGetInteger (state, 0) == IPP_PSTATE_STOPPED) {
    read_reasons (self, printer, "printer-state-reasons");
    return keep (self, self->trouble != TAI_PRINT_REASON_NONE ? self->trouble : TAI_PRINT_REASON_OFFLINE);
  }
  if (accepting != NULL && !ippGetBoolean (accepting, 0))
    return keep (self, TAI_PRINT_REASON_BUSY);
  return (TaiPrintResult){TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE};
}

static TaiPrintResult
run_job (Job *self, TaiDocument *document, const char *name, guint copies)
{
  g_autoptr (TaiPage) page = tai_page_new (document, tai_page_get_default_paper (document));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = tai_page_render_pdf (page, &error);
  g_autofree char *short_name = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_JOB_ID / 4));
  g_autoptr (TaiIpp) answer = NULL;
  TaiPrintResult ready;
  ipp_attribute_t *id;

  if (pdf == NULL) {
    note (self, "%s", error->message);
    return fail (TAI_PRINT_REASON_DOCUMENT);
  }
  if (g_cancellable_is_cancelled (self->cancellable) || !job_connect (self))
    return keep (self, TAI_PRINT_REASON_NOT_REACHED);
  ready = ask_ready (self);
  if (ready.state != TAI_PRINT_PRINTED)
    return ready;
  start_wait (self, self->printer->budget.answer_ms);
  answer = send_job (self, short_name, copies, pdf);
  if (answer == NULL)
    return doubt (self, is_late (self) ? TAI_PRINT_REASON_NO_ANSWER : TAI_PRINT_REASON_LINE_LOST);
  if (ippGetStatusCode (answer) > IPP_STATUS_OK_EVENTS_COMPLETE) {
    note (self, "Print-Job: %s", ippErrorString (ippGetStatusCode (answer)));
    return translate_refusal (self, ippGetStatusCode (answer));
  }
  id = ippFindAttribute (answer, "job-id", IPP_TAG_INTEGER);
  if (id == NULL)
    return doubt (self, TAI_PRINT_REASON_NO_ANSWER);
  self->job_id = ippGetInteger (id, 0);
  return follow_job (self, tai_page_get_n_pages (page) * copies);
}

static TaiPrintResult
print (TaiPrinter *printer, TaiDocument *document, const char *job_id, guint copies,
       GCancellable *cancellable, char **detail)
{
  g_auto (Job) job = {.printer = TAI_IPP_PRINTER (printer), .cancellable = cancellable};
  TaiPrintResult result;

  job.detail = g_string_new (NULL);
  result = run_job (&job, document, job_id, copies);
  if (detail && job.detail->len > 0)
    *detail = g_strdup (job.detail->str);
  return result;
}

/* --- Object ------------------------------------------------------------------------------------------------------------ */

static void
finalize (GObject *object)
{
  TaiIppPrinter *self = TAI_IPP_PRINTER (object);

  g_free (self->uri);
  g_free (self->host);
  g_free (self->resource);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (tai_ipp_printer_parent_class)->finalize (object);
}

static void
set_watch (TaiPrinter *printer, TaiPrinterWatch watch, gpointer data)
{
  TAI_IPP_PRINTER (printer)->watch = watch;
  TAI_IPP_PRINTER (printer)->watch_data = data;
}

static void
tai_ipp_printer_iface_init (TaiPrinterInterface *iface)
{
  iface->print = print;
  iface->set_watch = set_watch;
}

static void
tai_ipp_printer_class_init (TaiIppPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_ipp_printer_init (TaiIppPrinter *self)
{
}

TaiPrinter *
tai_ipp_printer_new (const char *uri, TaiPrintBudget budget, TaiClock *clock, GError **error)
{
  char scheme[32], user[64], host[256], resource[1024];
  TaiIppPrinter *self;
  int port;

  g_return_val_if_fail (uri != NULL && clock != NULL, NULL);

  if (httpSeparateURI (HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, host, sizeof host,
                       &port, resource, sizeof resource) < HTTP_URI_STATUS_OK ||
      (!g_str_equal (scheme, "ipp") && !g_str_equal (scheme, "ipps")) || host[0] == '\0') {
    g_set_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_PROFILE, "no ipp:// or ipps:// address: %s",
                 uri);
    return NULL;
  }
  self = g_object_new (TAI_TYPE_IPP_PRINTER, NULL);
  self->uri = g_strdup (uri);
  self->host = g_strdup (host);
  self->resource = g_strdup (resource);
  self->port = port;
  self->tls = g_str_equal (scheme, "ipps");
  self->budget = budget;
  self->clock = g_object_ref (clock);
  return TAI_PRINTER (self);
}
