/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The talk with a receipt printer. Status is asked only between complete commands, never inside one. Blocks: the print
 * worker's; the stream waits and can be cancelled, the clock says how much of the budget is left.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-escpos-printer.h"

#include "tai-escpos-command.h"
#include "tai-escpos-status.h"
#include "tai-escpos.h"

#define KIB 1024
/* Between two questions while it prints. */
#define POLL_MS 400

struct _TaiEscposPrinter {
  GObject parent;
  TaiStream *stream; /* (owned) */
  TaiEscpos *escpos; /* (owned) */
  TaiBackChannel back_channel;
  TaiPrintBudget budget;
  TaiClock *clock; /* (owned) */
};

/* One job: what has come back so far. */
typedef struct {
  TaiEscposPrinter *printer;
  GCancellable *cancellable;
  TaiEscposStatusReader reader;
  gint64 deadline; /* of the wait at work */
  gboolean is_ordered_answer;
  TaiEscposStatus ordered; /* the answer to GS r */
  GError *error;           /* (owned) (nullable) of the stream, the last one */
} Job;

static void tai_escpos_printer_iface_init (TaiPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiEscposPrinter, tai_escpos_printer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PRINTER, tai_escpos_printer_iface_init))

/* --- Results ----------------------------------------------------------------------------------------------------------- */

static TaiPrintReason
translate_status (TaiEscposStatus status)
{
  static const struct {
    TaiEscposStatus bits;
    TaiPrintReason reason;
  } table[] = {
      /* the cause before its effects */
      {TAI_ESCPOS_PAPER_END, TAI_PRINT_REASON_PAPER_END},
      {TAI_ESCPOS_COVER_OPEN, TAI_PRINT_REASON_COVER_OPEN},
      {TAI_ESCPOS_CUTTER, TAI_PRINT_REASON_CUTTER},
      {TAI_ESCPOS_UNRECOVERABLE | TAI_ESCPOS_ERROR | TAI_ESCPOS_WAITING, TAI_PRINT_REASON_DEVICE_ERROR},
      {TAI_ESCPOS_OFFLINE, TAI_PRINT_REASON_OFFLINE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (status & table[i].bits)
      return table[i].reason;
  return TAI_PRINT_REASON_NONE;
}

static TaiPrintReason
translate_error (const GError *error)
{
  if (g_error_matches (error, TAI_IO_ERROR, TAI_IO_ERROR_CANCELLED))
    return TAI_PRINT_REASON_CANCELLED;
  if (g_error_matches (error, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT))
    return TAI_PRINT_REASON_NO_ANSWER;
  return TAI_PRINT_REASON_LINE_LOST;
}

static TaiPrintResult
end (TaiPrintState state, TaiPrintReason reason)
{
  return (TaiPrintResult){state, reason};
}

/* --- Talk -------------------------------------------------------------------------------------------------------------- */

static int
get_rest_ms (const Job *self)
{
  gint64 rest = (self->deadline - tai_clock_monotonic (self->printer->clock)) / 1000;

  return (int)CLAMP (rest, 0, G_MAXINT);
}

static void
start_wait (Job *self, guint ms)
{
  self->deadline = tai_clock_monotonic (self->printer->clock) + (gint64)ms * 1000;
}

static gboolean
send (Job *self, const guint8 *bytes, gsize size)
{
  g_clear_error (&self->error);
  return tai_stream_write_all (self->printer->stream, bytes, size,
                               (int)(self->printer->budget.base_ms + self->printer->budget.per_unit_ms),
                               self->cancellable, &self->error);
}

/* Reads until an answer to DLE EOT @n (n > 0) or to GS r (n = 0) is there, or the wait ends. What is said unasked counts. */
static gboolean
await (Job *self, guint n, TaiEscposStatus *status)
{
  gint64 end_of_all = self->deadline;
  guint8 byte;

  do {
    TaiEscposStatus asb = 0, answer = 0;

    g_clear_error (&self->error);
    if (tai_stream_read (self->printer->stream, &byte, 1, get_rest_ms (self), self->cancellable,
                         &self->error) < 1)
      return FALSE;
    switch (tai_escpos_status_reader_feed (&self->reader, byte, &asb)) {
    case TAI_ESCPOS_ANSWER_REALTIME:
      if (n > 0 && tai_escpos_status_parse_realtime (n, byte, &answer)) {
        *status |= answer;
        return TRUE;
      }
      break;
    case TAI_ESCPOS_ANSWER_ORDERED:
      self->is_ordered_answer = tai_escpos_status_parse_ordered (byte, &self->ordered);
      if (n == 0 && self->is_ordered_answer)
        return TRUE;
      break;
    case TAI_ESCPOS_ANSWER_ASB:
      *status |= asb;
      break;
    default:
      break;
    }
  } while (tai_clock_monotonic (self->printer->clock) < end_of_all);
  g_set_error_literal (&self->error, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT, "no status in time");
  return FALSE;
}

/* DLE EOT 1 to 4, each answered before the next is asked. */
static gboolean
ask_all (Job *self, TaiEscposStatus *status)
{
  *status = TAI_ESCPOS_OK;
  for (guint8 n = 1; n <= 4; n++) {
    g_autoptr (GByteArray) question = g_byte_array_new ();

    tai_escpos_append_status_request (question, n);
    if (!send (self, question->data, question->len))
      return FALSE;
    start_wait (self, self->printer->budget.answer_ms);
    if (!await (self, n, status))
      return FALSE;
  }
  return TRUE;
}

/* After the cut, by a printer that answers in order. Until it does, it is asked how it is. */
static TaiPrintResult
await_paper (Job *self, guint budget_ms)
{
  g_autoptr (GByteArray) question = g_byte_array_new ();
  gint64 end_of_all = tai_clock_monotonic (self->printer->clock) + (gint64)budget_ms * 1000;
  TaiEscposStatus status = TAI_ESCPOS_OK;

  tai_escpos_append_ordered_status_request (question);
  if (!send (self, question->data, question->len))
    return end (TAI_PRINT_UNKNOWN, translate_error (self->error));
  while (!self->is_ordered_answer) {
    status = TAI_ESCPOS_OK;
    start_wait (self, POLL_MS);
    if (await (self, 0, &status))
      break;
    if (!g_error_matches (self->error, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT))
      return end (TAI_PRINT_UNKNOWN, translate_error (self->error));
    if (!ask_all (self, &status) && !g_error_matches (self->error, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT))
      return end (TAI_PRINT_UNKNOWN, translate_error (self->error));
    if (!self->is_ordered_answer && status & TAI_ESCPOS_STOPPED)
      return end (TAI_PRINT_FAILED, translate_status (status));
    if (tai_clock_monotonic (self->printer->clock) >= end_of_all && !self->is_ordered_answer)
      return end (TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_NO_ANSWER);
  }
  /* All of it went through; but an end of paper or a jammed knife just then wants a look at the paper. */
  if (ask_all (self, &status))
    status |= self->ordered;
  if ((status | self->ordered) & TAI_ESCPOS_STOPPED)
    return end (TAI_PRINT_UNKNOWN, translate_status (status | self->ordered));
  return end (TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE);
}

/* After the cut, by a printer that only tells how it is: it must be well for as long as it should take. */
static TaiPrintResult
watch_paper (Job *self, guint budget_ms)
{
  gint64 end_of_all = tai_clock_monotonic (self->printer->clock) + (gint64)budget_ms * 1000;
  TaiEscposStatus status;

  do {
    if (!ask_all (self, &status))
      return end (TAI_PRINT_UNKNOWN, translate_error (self->error));
    if (status & TAI_ESCPOS_STOPPED)
      return end (TAI_PRINT_FAILED, translate_status (status));
    start_wait (self, POLL_MS);
    await (self, 0, &status); /* nobody asked: this is the pause, which a broken line or the caller ends */
    if (!g_error_matches (self->error, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT))
      return end (TAI_PRINT_UNKNOWN, translate_error (self->error));
  } while (tai_clock_monotonic (self->printer->clock) < end_of_all);
  return end (TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE);
}

/* Opens the line and asks whether it makes sense to send anything. PRINTED: yes. */
static TaiPrintResult
begin (Job *self)
{
  TaiEscposPrinter *printer = self->printer;
  TaiEscposStatus status;

  if (!tai_stream_open (printer->stream, self->cancellable, &self->error)) {
    TaiPrintReason reason = translate_error (self->error);

    if (g_error_matches (self->error, TAI_IO_ERROR, TAI_IO_ERROR_BUSY))
      reason = TAI_PRINT_REASON_BUSY;
    else if (reason != TAI_PRINT_REASON_CANCELLED)
      reason = TAI_PRINT_REASON_NOT_REACHED;
    return end (TAI_PRINT_QUEUED, reason);
  }
  if (printer->back_channel != TAI_BACK_CHANNEL_NONE) {
    if (!ask_all (self, &status))
      return end (TAI_PRINT_QUEUED, translate_error (self->error));
    if (status & TAI_ESCPOS_STOPPED)
      return end (TAI_PRINT_QUEUED, translate_status (status));
  }
  return end (TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE);
}

static TaiPrintResult
run_job (Job *self, GBytes *bytes, guint copies)
{
  TaiEscposPrinter *printer = self->printer;
  TaiPrintResult result = begin (self);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint units = (guint)((size * copies + KIB - 1) / KIB);
  guint budget_ms = printer->budget.base_ms + printer->budget.per_unit_ms * units;

  if (result.state != TAI_PRINT_PRINTED)
    return result;
  for (guint i = 0; i < copies; i++)
    if (!send (self, data, size))
      return end (TAI_PRINT_UNKNOWN, translate_error (self->error));
  switch (printer->back_channel) {
  case TAI_BACK_CHANNEL_ORDERED:
    return await_paper (self, budget_ms);
  case TAI_BACK_CHANNEL_REALTIME:
    return watch_paper (self, budget_ms);
  default: /* read what it may say all the same: closing on unread bytes would cut the line under the printer */
    start_wait (self, printer->budget.answer_ms);
    await (self, 0, &(TaiEscposStatus){0});
    return end (TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_NO_ANSWER);
  }
}

static TaiPrintResult
finish (Job *self, TaiPrintResult result, char **detail)
{
  if (detail && self->error && result.state != TAI_PRINT_PRINTED)
    *detail = g_strdup (self->error->message);
  g_clear_error (&self->error);
  tai_stream_close (self->printer->stream);
  return result;
}

static TaiPrintResult
print (TaiPrinter *printer, TaiDocument *document, const char *job_id, guint copies,
       GCancellable *cancellable, char **detail)
{
  TaiEscposPrinter *self = TAI_ESCPOS_PRINTER (printer);
  Job job = {.printer = self, .cancellable = cancellable};
  g_autoptr (GBytes) bytes = tai_escpos_encode (self->escpos, document);

  return finish (&job, run_job (&job, bytes, copies), detail);
}

/* The pulse itself has no answer. No status is asked before: the drawer must open without paper, too; the one asked after it
 * only keeps the line open until the printer has read the pulse. */
static TaiPrintResult
open_drawer (TaiPrinter *printer, guint on_ms, guint off_ms, GCancellable *cancellable, char **detail)
{
  TaiEscposPrinter *self = TAI_ESCPOS_PRINTER (printer);
  Job job = {.printer = self, .cancellable = cancellable};
  g_autoptr (GBytes) bytes = tai_escpos_encode_drawer (self->escpos, on_ms, off_ms);
  TaiPrintResult result = {TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE};

  if (!tai_stream_open (self->stream, cancellable, &job.error))
    result = end (TAI_PRINT_FAILED, g_error_matches (job.error, TAI_IO_ERROR, TAI_IO_ERROR_CANCELLED)
                                        ? TAI_PRINT_REASON_CANCELLED
                                        : TAI_PRINT_REASON_NOT_REACHED);
  else if (!send (&job, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
    result = end (TAI_PRINT_UNKNOWN, translate_error (job.error));
  else if (self->back_channel != TAI_BACK_CHANNEL_NONE)
    ask_all (&job, &(TaiEscposStatus){0});
  return finish (&job, result, detail);
}

/* --- Object ------------------------------------------------------------------------------------------------------------ */

static void
finalize (GObject *object)
{
  TaiEscposPrinter *self = TAI_ESCPOS_PRINTER (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->escpos, tai_escpos_free);
  G_OBJECT_CLASS (tai_escpos_printer_parent_class)->finalize (object);
}

static void
tai_escpos_printer_iface_init (TaiPrinterInterface *iface)
{
  iface->print = print;
  iface->open_drawer = open_drawer;
}

static void
tai_escpos_printer_class_init (TaiEscposPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_escpos_printer_init (TaiEscposPrinter *self)
{
}

TaiPrinter *
tai_escpos_printer_new (TaiStream *stream, const TaiEscposProfile *profile, TaiPrintBudget budget,
                        TaiClock *clock, GError **error)
{
  g_autoptr (TaiEscpos) escpos = NULL;
  TaiEscposPrinter *self;

  g_return_val_if_fail (TAI_IS_STREAM (stream) && TAI_IS_CLOCK (clock) && profile != NULL, NULL);

  escpos = tai_escpos_new (profile, error);
  if (escpos == NULL)
    return NULL;
  self = g_object_new (TAI_TYPE_ESCPOS_PRINTER, NULL);
  self->stream = g_object_ref (stream);
  self->escpos = g_steal_pointer (&escpos);
  self->back_channel = profile->back_channel;
  self->budget = budget;
  self->clock = g_object_ref (clock);
  return TAI_PRINTER (self);
}
