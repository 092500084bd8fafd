/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The talk with a receipt printer. Status is asked only between complete commands, never inside one. Blocks: the print
 * worker's; the stream waits and can be cancelled, the clock says how much of the budget is left.
 *
 * The line is one, and so is who has it: a paper, a pulse for the drawer, or a look at its switch. A pulse that comes while a paper
 * has the line is handed to that paper's talk; one that comes while a paper waits for the line goes before it.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-escpos-printer.h"

#include "tai-escpos-command.h"
#include "tai-escpos-status.h"
#include "tai-escpos.h"

#define KIB 1024
/* Between two questions while it prints. */
#define POLL_MS 400
/* A pulse that comes while a paper is waited for goes out within. */
#define STEP_MS 50
/* Is the printer off line? What answers at all in real time answers in a few; then the drawer opens unasked. */
#define PULSE_ANSWER_MS 300

/* What opens the drawer, and what came of it. */
typedef struct {
  guint on_ms, off_ms;
  gboolean is_in_hand, is_done; /* (guarded by the printer's lock) a talk takes care of it; has */
  TaiPrintResult result;        /* once it is done */
} Pulse;

struct _TaiEscposPrinter {
  GObject parent;
  TaiStream *stream; /* (owned) */
  TaiEscpos *escpos; /* (owned) */
  TaiBackChannel back_channel;
  TaiDrawerSensor drawer_sensor;
  TaiPrintBudget budget;
  TaiClock *clock; /* (owned) */
  GMutex lock;
  GCond moved;       /* something of these is another */
  gboolean is_taken; /* (guarded by lock) the line */
  Pulse *pulse;      /* (guarded by lock) (nullable) not owned: the one that waits for the line */
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

/* The line ---------------------------------------------------------------------------------------------------------------- */

static void
take_line (TaiEscposPrinter *self)
{
  g_mutex_lock (&self->lock);
  while (self->is_taken || self->pulse != NULL)
    g_cond_wait (&self->moved, &self->lock);
  self->is_taken = TRUE;
  g_mutex_unlock (&self->lock);
}

/* FALSE: the talk that had it saw to @pulse. */
static gboolean
take_line_for (TaiEscposPrinter *self, Pulse *pulse)
{
  g_mutex_lock (&self->lock);
  while (!pulse->is_done && (self->is_taken || (self->pulse != NULL && self->pulse != pulse))) {
    if (self->pulse == NULL && !pulse->is_in_hand)
      self->pulse = pulse;
    g_cond_wait (&self->moved, &self->lock);
  }
  if (self->pulse == pulse)
    self->pulse = NULL;
  if (!pulse->is_done)
    self->is_taken = TRUE;
  g_mutex_unlock (&self->lock);
  return !pulse->is_done;
}

/* FALSE: somebody has it, or is about to. */
static gboolean
try_line (TaiEscposPrinter *self)
{
  gboolean is_free;

  g_mutex_lock (&self->lock);
  is_free = !self->is_taken && self->pulse == NULL;
  self->is_taken |= is_free;
  g_mutex_unlock (&self->lock);
  return is_free;
}

static void
free_line (TaiEscposPrinter *self)
{
  g_mutex_lock (&self->lock);
  self->is_taken = FALSE;
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
}

/* Answers ------------------------------------------------------------------------------------------------------------------ */

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

/* DLE EOT @n. */
static gboolean
ask (Job *self, guint8 n, guint answer_ms, TaiEscposStatus *status)
{
  g_autoptr (GByteArray) question = g_byte_array_new ();

  tai_escpos_append_status_request (question, n);
  if (!send (self, question->data, question->len))
    return FALSE;
  start_wait (self, answer_ms);
  return await (self, n, status);
}

/* DLE EOT 1 to 4, each answered before the next is asked. */
static gboolean
ask_all (Job *self, TaiEscposStatus *status)
{
  *status = TAI_ESCPOS_OK;
  for (guint8 n = 1; n <= 4; n++)
    if (!ask (self, n, self->printer->budget.answer_ms, status))
      return FALSE;
  return TRUE;
}

/* A pulse has no answer. Off line a printer obeys nothing but what is said in real time; in turn the pulse would wait for paper, and
 * open the drawer then. */
static void
send_pulse (Job *self, Pulse *pulse)
{
  TaiEscposStatus status = TAI_ESCPOS_OK;
  g_autoptr (GBytes) bytes = NULL;

  if (self->printer->back_channel != TAI_BACK_CHANNEL_NONE)
    ask (self, 1, MIN (self->printer->budget.answer_ms, PULSE_ANSWER_MS), &status);
  bytes = tai_escpos_encode_drawer (self->printer->escpos, (status & TAI_ESCPOS_STOPPED) != 0, pulse->on_ms,
                                    pulse->off_ms);
  pulse->result = send (self, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                      ? end (TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE)
                      : end (TAI_PRINT_UNKNOWN, translate_error (self->error));
}

/* Only between complete commands. */
static void
let_pulse_pass (Job *self)
{
  TaiEscposPrinter *printer = self->printer;
  Pulse *pulse;

  g_mutex_lock (&printer->lock);
  pulse = g_steal_pointer (&printer->pulse);
  if (pulse != NULL)
    pulse->is_in_hand = TRUE;
  g_mutex_unlock (&printer->lock);
  if (pulse == NULL)
    return;
  send_pulse (self, pulse);
  g_mutex_lock (&printer->lock);
  pulse->is_done = TRUE;
  g_cond_broadcast (&printer->moved);
  g_mutex_unlock (&printer->lock);
}

/* A pause of the talk, in which a pulse may pass. TRUE: the answer to GS r came. */
static gboolean
pause_talk (Job *self, TaiEscposStatus *status)
{
  for (guint i = 0; i < POLL_MS / STEP_MS; i++) {
    let_pulse_pass (self);
    if (self->is_ordered_answer)
      return TRUE;
    start_wait (self, STEP_MS);
    if (await (self, 0, status))
      return TRUE;
    if (!g_error_matches (self->error, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT))
      return FALSE;
  }
  return FALSE;
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
    if (pause_talk (self, &status))
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
    pause_talk (self, &status); /* nobody asked for an answer: a broken line or the caller ends it */
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
  let_pulse_pass (self);
  for (guint i = 0; i < copies; i++) {
    if (!send (self, data, size))
      return end (TAI_PRINT_UNKNOWN, translate_error (self->error));
    let_pulse_pass (self);
  }
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
  TaiPrintResult result;

  take_line (self);
  result = finish (&job, run_job (&job, bytes, copies), detail);
  free_line (self);
  return result;
}

/* The drawer ----------------------------------------------------------------------------------------------------------------- */

/* The status that is asked after the pulse only keeps the line open until the printer has read it. */
static void
pulse_alone (Job *self, Pulse *pulse)
{
  TaiEscposPrinter *printer = self->printer;

  if (!tai_stream_open (printer->stream, self->cancellable, &self->error)) {
    pulse->result = end (TAI_PRINT_FAILED, g_error_matches (self->error, TAI_IO_ERROR, TAI_IO_ERROR_CANCELLED)
                                               ? TAI_PRINT_REASON_CANCELLED
                                               : TAI_PRINT_REASON_NOT_REACHED);
    return;
  }
  send_pulse (self, pulse);
  if (pulse->result.state == TAI_PRINT_PRINTED && printer->back_channel != TAI_BACK_CHANNEL_NONE)
    ask_all (self, &(TaiEscposStatus){0});
}

static TaiPrintResult
open_drawer (TaiPrinter *printer, guint on_ms, guint off_ms, GCancellable *cancellable, char **detail)
{
  TaiEscposPrinter *self = TAI_ESCPOS_PRINTER (printer);
  Job job = {.printer = self, .cancellable = cancellable};
  Pulse pulse = {.on_ms = on_ms, .off_ms = off_ms};

  if (!take_line_for (self, &pulse))
    return pulse.result;
  pulse_alone (&job, &pulse);
  finish (&job, pulse.result, detail);
  free_line (self);
  return pulse.result;
}

static TaiDrawerState
look_at_drawer (TaiPrinter *printer, GCancellable *cancellable)
{
  TaiEscposPrinter *self = TAI_ESCPOS_PRINTER (printer);
  Job job = {.printer = self, .cancellable = cancellable};
  TaiEscposStatus status = TAI_ESCPOS_OK;
  gboolean is_high, is_answered;

  if (self->drawer_sensor == TAI_DRAWER_SENSOR_NONE || self->back_channel == TAI_BACK_CHANNEL_NONE ||
      !try_line (self))
    return TAI_DRAWER_UNKNOWN;
  is_answered = tai_stream_open (self->stream, cancellable, &job.error) &&
                ask (&job, 1, self->budget.answer_ms, &status);
  finish (&job, end (TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE), NULL);
  free_line (self);
  if (!is_answered)
    return TAI_DRAWER_UNKNOWN;
  is_high = (status & TAI_ESCPOS_DRAWER_HIGH) != 0;
  return is_high == (self->drawer_sensor == TAI_DRAWER_SENSOR_HIGH) ? TAI_DRAWER_OPEN : TAI_DRAWER_SHUT;
}

/* --- Object ------------------------------------------------------------------------------------------------------------ */

static void
finalize (GObject *object)
{
  TaiEscposPrinter *self = TAI_ESCPOS_PRINTER (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->escpos, tai_escpos_free);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->moved);
  G_OBJECT_CLASS (tai_escpos_printer_parent_class)->finalize (object);
}

static void
tai_escpos_printer_iface_init (TaiPrinterInterface *iface)
{
  iface->print = print;
  iface->open_drawer = open_drawer;
  iface->look_at_drawer = look_at_drawer;
}

static void
tai_escpos_printer_class_init (TaiEscposPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_escpos_printer_init (TaiEscposPrinter *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->moved);
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
  self->drawer_sensor = profile->drawer_sensor;
  self->budget = budget;
  self->clock = g_object_ref (clock);
  return TAI_PRINTER (self);
}
