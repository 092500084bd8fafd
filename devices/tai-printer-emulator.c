/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An emulated receipt printer. Thread: the one that runs it. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-printer-emulator.h"

#include "tai-devices-error.h"
#include "tai-escpos-reader.h"
#include "tai-escpos-scanner.h"
#include "tai-file-stream.h"
#include "tai-tcp-listener.h"

#include <string.h>

#define MAX_WAITING  65536 /* off line: after so many bytes the printer takes no more */
#define WRITE_MS     1000
#define DEFAULT_STOP 256

typedef enum {
  FAULT_PAPER_END,
  FAULT_PAPER_LOW,
  FAULT_COVER_OPEN,
  FAULT_STALL,
  FAULT_CLOSE_MID,
  FAULT_REALTIME_IN_DATA,
  FAULT_DRAWER_LOW,
  FAULT_DRAWER_STUCK,
  FAULT_SLOW,
  N_FAULTS
} Fault;
static const char *const fault_names[] = {"paper_end",  "paper_low",    "cover_open",
                                          "stall",      "close_mid",    "realtime_in_data",
                                          "drawer_low", "drawer_stuck", "slow"};
G_STATIC_ASSERT (G_N_ELEMENTS (fault_names) == N_FAULTS);

struct _TaiPrinterEmulator {
  TaiTcpListener *listener; /* (owned) */
  TaiStream *paper;         /* (owned) */
  GByteArray *printed;      /* (owned) of the job, what is on paper */
  char *text_path;          /* (owned) (nullable) */
  guint columns, n_jobs;
  TaiStream *job; /* (owned) (nullable): the connection */
  guint64 job_bytes;
  TaiEscposScanner scanner;
  GByteArray *waiting; /* (owned): off line */
  guint8 owed;         /* argument of a GS r that waits; 0 = none */
  guint n_pulses;      /* that wait in the order of the data */
  gboolean is_drawer_open;
  char *drawer_path; /* (owned) (nullable) */
  gboolean faults[N_FAULTS];
  guint stop_at; /* of stall and close_mid, in bytes of the job */
  gboolean quit;
};

TaiPrinterEmulator *
tai_printer_emulator_new (guint16 port, const char *path, GError **error)
{
  g_autoptr (TaiStream) paper = TAI_STREAM (tai_file_stream_new (path, TAI_FILE_CREATE));
  g_autoptr (TaiTcpListener) listener = NULL;
  GError *cause = NULL;

  if (tai_stream_open (paper, NULL, &cause))
    listener = tai_tcp_listener_new (port, &cause);
  if (listener == NULL) {
    tai_devices_propagate_io (error, cause);
    return NULL;
  }
  TaiPrinterEmulator *self = g_new0 (TaiPrinterEmulator, 1);
  self->listener = g_steal_pointer (&listener);
  self->paper = g_steal_pointer (&paper);
  self->waiting = g_byte_array_new ();
  self->printed = g_byte_array_new ();
  return self;
}

void
tai_printer_emulator_free (TaiPrinterEmulator *self)
{
  g_clear_object (&self->job);
  g_clear_object (&self->paper);
  tai_tcp_listener_free (self->listener);
  g_byte_array_unref (self->waiting);
  g_byte_array_unref (self->printed);
  g_free (self->text_path);
  g_free (self->drawer_path);
  g_free (self);
}

void
tai_printer_emulator_draw (TaiPrinterEmulator *self, const char *path, guint columns)
{
  g_free (self->text_path);
  self->text_path = g_strdup (path);
  self->columns = columns;
}

void
tai_printer_emulator_set_drawer_log (TaiPrinterEmulator *self, const char *path)
{
  g_free (self->drawer_path);
  self->drawer_path = g_strdup (path);
}

guint16
tai_printer_emulator_get_port (TaiPrinterEmulator *self)
{
  return tai_tcp_listener_get_port (self->listener);
}

static gboolean
is_offline (TaiPrinterEmulator *self)
{
  return self->faults[FAULT_PAPER_END] || self->faults[FAULT_COVER_OPEN];
}

/* A line of its log; one that cannot be written is no reason to stop printing. */
static void
note_drawer (TaiPrinterEmulator *self, const char *what)
{
  g_autofree char *before = NULL, *all = NULL;

  if (self->drawer_path == NULL)
    return;
  g_file_get_contents (self->drawer_path, &before, NULL, NULL);
  all = g_strconcat (before != NULL ? before : "", what, "\n", NULL);
  g_file_set_contents (self->drawer_path, all, -1, NULL);
}

static void
move_drawer (TaiPrinterEmulator *self, gboolean open, const char *what)
{
  self->is_drawer_open = open && !(self->faults[FAULT_DRAWER_STUCK] && g_str_has_prefix (what, "pulse"));
  note_drawer (self, what);
}

/* DLE EOT n: bits 1 and 4 are always set, so that the answer is no XON or XOFF. */
static guint8
realtime_status (TaiPrinterEmulator *self, guint8 n)
{
  guint8 status = 0x12;

  if (n == 1 && is_offline (self))
    status |= 0x08;
  if (n == 1 && self->is_drawer_open != self->faults[FAULT_DRAWER_LOW])
    status |= 0x04;
  if (n == 2 && self->faults[FAULT_COVER_OPEN])
    status |= 0x04;
  if (n == 2 && self->faults[FAULT_PAPER_END])
    status |= 0x20;
  if (n == 4 && (self->faults[FAULT_PAPER_LOW] || self->faults[FAULT_PAPER_END]))
    status |= 0x0C;
  if (n == 4 && self->faults[FAULT_PAPER_END])
    status |= 0x60;
  return status;
}

static void
send_byte (TaiPrinterEmulator *self, guint8 byte)
{
  if (self->job != NULL)
    tai_stream_write_all (self->job, &byte, 1, WRITE_MS, NULL, NULL);
}

/* GS r 1 (49): paper sensor; GS r 2 (50): drawer. Others are not answered. */
static void
answer_status (TaiPrinterEmulator *self, guint8 n)
{
  if (n == 1 || n == '1')
    send_byte (self, self->faults[FAULT_PAPER_LOW] ? 0x03 : 0x00);
  else if (n == 2 || n == '2')
    send_byte (self, self->is_drawer_open != self->faults[FAULT_DRAWER_LOW] ? 0x01 : 0x00);
}

static gboolean
print (TaiPrinterEmulator *self, GError **error)
{
  GError *cause = NULL;

  if (self->waiting->len > 0 &&
      !tai_stream_write_all (self->paper, self->waiting->data, self->waiting->len, WRITE_MS, NULL, &cause)) {
    tai_devices_propagate_io (error, cause);
    return FALSE;
  }
  g_byte_array_append (self->printed, self->waiting->data, self->waiting->len);
  g_byte_array_set_size (self->waiting, 0);
  if (self->owed != 0 && self->faults[FAULT_SLOW])
    return TRUE;
  for (; self->n_pulses > 0; self->n_pulses--)
    move_drawer (self, TRUE, "pulse");
  if (self->owed != 0)
    answer_status (self, self->owed);
  self->owed = 0;
  return TRUE;
}

static gboolean
take_byte (TaiPrinterEmulator *self, guint8 byte, GError **error)
{
  guint8 argument = 0;
  guint held;

  switch (tai_escpos_scanner_take (&self->scanner, byte, &argument, &held)) {
  case TAI_ESCPOS_HOLD:
    return TRUE;
  case TAI_ESCPOS_REALTIME:
    send_byte (self, realtime_status (self, argument));
    return TRUE;
  case TAI_ESCPOS_PULSE_NOW:
    move_drawer (self, TRUE, "pulse-now");
    return TRUE;
  case TAI_ESCPOS_STATUS:
    self->owed = argument;
    break;
  case TAI_ESCPOS_PULSE:
    self->n_pulses++;
    break;
  case TAI_ESCPOS_STORE:
    break;
  }
  g_byte_array_append (self->waiting, self->scanner.dle, held);
  g_byte_array_append (self->waiting, &byte, 1);
  /* An owed status is answered where it stands: behind what was printed before, ahead of what comes after. */
  return self->owed == 0 || is_offline (self) || print (self, error);
}

/* The paper as a person sees it behind the others; what no printer understands is told with its place. */
static void
draw_job (TaiPrinterEmulator *self, void (*refused) (const GError *error))
{
  g_autoptr (GError) cause = NULL, error = NULL;
  g_autoptr (GPtrArray) items =
      tai_escpos_read (self->printed->data, self->printed->len, self->columns, &cause);
  g_autofree char *drawing = items != NULL ? tai_escpos_draw (items, self->columns) : NULL, *before = NULL,
                  *all = NULL;

  self->n_jobs++;
  if (items == NULL)
    g_set_error (&error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "job %u: %s", self->n_jobs,
                 cause->message);
  g_file_get_contents (self->text_path, &before, NULL, NULL);
  all = g_strconcat (before != NULL ? before : "", items != NULL ? drawing : error->message,
                     items != NULL ? "" : "\n", NULL);
  g_clear_error (&cause);
  if (!g_file_set_contents (self->text_path, all, -1, &cause) && error == NULL)
    g_set_error (&error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "%s", cause->message);
  if (error != NULL && refused != NULL)
    refused (error);
}

static void
hang_up (TaiPrinterEmulator *self, void (*refused) (const GError *error))
{
  if (self->text_path != NULL && self->printed->len > 0)
    draw_job (self, refused);
  g_byte_array_set_size (self->printed, 0);
  g_clear_object (&self->job);
  self->scanner = (TaiEscposScanner){.realtime_in_data = self->faults[FAULT_REALTIME_IN_DATA]};
  self->job_bytes = 0;
  self->owed = 0; /* nobody is there to be told */
}

/* How many bytes the job may still bring before a fault stops it. */
static gsize
room_of (TaiPrinterEmulator *self, gsize size)
{
  if (self->faults[FAULT_STALL] || self->faults[FAULT_CLOSE_MID])
    size = MIN (size, self->stop_at - MIN (self->stop_at, self->job_bytes));
  if (is_offline (self))
    size = MIN (size, MAX_WAITING - MIN (MAX_WAITING, self->waiting->len));
  return size;
}

static gboolean
serve (TaiPrinterEmulator *self, void (*refused) (const GError *error), GError **error)
{
  guint8 bytes[4096];
  g_autoptr (GError) cause = NULL;
  gssize n = tai_stream_read (self->job, bytes, room_of (self, sizeof bytes), 0, NULL, &cause);

  if (n < 0 && g_error_matches (cause, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT))
    return TRUE;
  if (n < 0) {
    hang_up (self, refused);
    return TRUE;
  }
  for (gssize i = 0; i < n; i++)
    if (!take_byte (self, bytes[i], error))
      return FALSE;
  self->job_bytes += (guint64)n;
  if (!is_offline (self) && !print (self, error))
    return FALSE;
  if (self->faults[FAULT_CLOSE_MID] && room_of (self, 1) == 0)
    hang_up (self, refused);
  return TRUE;
}

static gboolean
set_fault (TaiPrinterEmulator *self, const char *argument, GError **error)
{
  guint number;
  g_autofree char *name = tai_emulator_parse_fault (argument, &number, error);

  if (name == NULL)
    return FALSE;
  for (guint fault = 0; fault < N_FAULTS; fault++) {
    gboolean stops = fault == FAULT_STALL || fault == FAULT_CLOSE_MID;
    if (!g_str_equal (fault_names[fault], name) || (number != 0 && !stops))
      continue;
    self->faults[fault] = TRUE;
    if (stops)
      self->stop_at = number != 0 ? number : DEFAULT_STOP;
    self->scanner.realtime_in_data = self->faults[FAULT_REALTIME_IN_DATA];
    return TRUE;
  }
  g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "no fault '%s'", argument);
  return FALSE;
}

gboolean
tai_printer_emulator_command (TaiPrinterEmulator *self, const char *command, GError **error)
{
  if (g_str_has_prefix (command, "fault "))
    return set_fault (self, command + strlen ("fault "), error);
  if (g_str_equal (command, "clear")) {
    memset (self->faults, 0, sizeof self->faults);
    self->scanner.realtime_in_data = FALSE;
    return print (self, error);
  }
  if (g_str_equal (command, "open") || g_str_equal (command, "shut")) {
    move_drawer (self, g_str_equal (command, "open"), command);
    return TRUE;
  }
  if (g_str_equal (command, "quit")) {
    self->quit = TRUE;
    return TRUE;
  }
  g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "no command '%s'", command);
  return FALSE;
}

/* What to wait for: a job, its bytes, or (a full or stalled printer) nothing but commands. */
static int
device_fd (TaiPrinterEmulator *self)
{
  if (self->job == NULL)
    return tai_tcp_listener_get_fd (self->listener);
  return room_of (self, 1) > 0 ? tai_fd_stream_get_fd (TAI_FD_STREAM (self->job)) : -1;
}

gboolean
tai_printer_emulator_run (TaiPrinterEmulator *self, TaiEmulatorControl *control,
                          void (*refused) (const GError *error), GCancellable *cancellable, GError **error)
{
  while (!self->quit) {
    g_autoptr (GPtrArray) lines = NULL;
    gboolean ready;
    if (!tai_emulator_control_wait (control, device_fd (self), -1, cancellable, &lines, &ready, error))
      return FALSE;
    for (guint i = 0; i < lines->len; i++) {
      g_autoptr (GError) refusal = NULL;
      if (!tai_printer_emulator_command (self, lines->pdata[i], &refusal) && refused != NULL)
        refused (refusal);
    }
    if (!ready || self->quit)
      continue;
    if (self->job == NULL)
      self->job = tai_tcp_listener_accept (self->listener, 0, cancellable, NULL);
    else if (room_of (self, 1) > 0 && !serve (self, refused, error))
      return FALSE;
  }
  return TRUE;
}
