/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-document.h"
#include "tai-state.h"

G_BEGIN_DECLS

/**
 * TaiPrintReason: why a job is not PRINTED.
 */
typedef enum {
  TAI_PRINT_REASON_NONE,
  TAI_PRINT_REASON_PAPER_END,
  TAI_PRINT_REASON_COVER_OPEN,
  TAI_PRINT_REASON_CUTTER,
  TAI_PRINT_REASON_DEVICE_ERROR, /* what only its maker can tell */
  TAI_PRINT_REASON_OFFLINE,      /* the printer says that it is off line, and not why */
  TAI_PRINT_REASON_NOT_REACHED,  /* off, unplugged, wrong address: nothing was sent */
  TAI_PRINT_REASON_BUSY,         /* takes no job now: nothing was sent */
  TAI_PRINT_REASON_NO_ANSWER,    /* sent, but nothing or nonsense came back in time */
  TAI_PRINT_REASON_LINE_LOST,    /* the line broke while it was sent */
  TAI_PRINT_REASON_REFUSED,      /* the printer does not take this job (format, rights) */
  TAI_PRINT_REASON_ABORTED,      /* the printer gave it up */
  TAI_PRINT_REASON_HELD,         /* it lies in the printer's queue and waits for a person */
  TAI_PRINT_REASON_CANCELLED,
  TAI_PRINT_REASON_DOCUMENT,    /* cannot be put on this paper */
  TAI_PRINT_REASON_NOT_OFFERED, /* this device cannot do that at all */
  TAI_PRINT_REASON_OTHER_PRINTER, /* of a job, not of a result: the first printer was not ready, another one took it */
  TAI_PRINT_REASON_LAST_
} TaiPrintReason;

/* "none", "paper_end" …; unknown text: FALSE and TAI_CORE_ERROR_STATE_TEXT. */
const char *tai_print_reason_to_text (TaiPrintReason reason);
gboolean tai_print_reason_from_text (const char *text, TaiPrintReason *reason, GError **error);

/**
 * TaiPrintResult: what is known about the paper.
 * @state: PRINTED: the device said so after the last of it. QUEUED: not a byte of it was sent, so it may be tried again, here
 *   or at another printer. UNKNOWN: it may be on paper, or a part of it: look, then offer a reprint marked as a copy. FAILED:
 *   it is not, or not whole, on paper. Nothing else.
 * @reason: NONE when printed
 */
typedef struct {
  TaiPrintState state;
  TaiPrintReason reason;
} TaiPrintResult;

/* What a printer complains of while a paper is under way there; NONE: not any more. Thread: the print call's. */
typedef void (*TaiPrinterWatch) (TaiPrintReason reason, gpointer data);

/**
 * TaiDrawerState: what the switch of a cash drawer says.
 * @TAI_DRAWER_UNKNOWN: there is no switch, or no answer, or the printer is at work
 */
typedef enum { TAI_DRAWER_UNKNOWN, TAI_DRAWER_SHUT, TAI_DRAWER_OPEN } TaiDrawerState;

/**
 * TaiPrinter: a device that puts documents on paper, and the one line to it: whoever has something for that device has the same
 * object. Blocks: for the print worker, one paper at a time. The drawer's calls may come from another thread meanwhile: they go
 * first, between a paper's bytes and the wait for it, never inside a document. @cancellable ends it soon; what was sent by then is
 * on its way, so the result may be UNKNOWN.
 */
#define TAI_TYPE_PRINTER (tai_printer_get_type ())
G_DECLARE_INTERFACE (TaiPrinter, tai_printer, TAI, PRINTER, GObject)
struct _TaiPrinterInterface {
  GTypeInterface parent;
  TaiPrintResult (*print) (TaiPrinter *self, TaiDocument *document, const char *job_id, guint copies,
                           GCancellable *cancellable, char **detail);
  TaiPrintResult (*open_drawer) (TaiPrinter *self, guint on_ms, guint off_ms, GCancellable *cancellable,
                                 char **detail);
  TaiDrawerState (*look_at_drawer) (TaiPrinter *self, GCancellable *cancellable); /* optional */
  void (*set_watch) (TaiPrinter *self, TaiPrinterWatch watch, gpointer data);     /* optional */
};

/* Prints @copies (1 to 9) of @document. @job_id: the print job's, shown in the printer's own queue where it has one.
 * *@detail (optional) (out) (transfer full) (nullable): English, for the log. */
TaiPrintResult tai_printer_print (TaiPrinter *self, TaiDocument *document, const char *job_id, guint copies,
                                  GCancellable *cancellable, char **detail);
/* Opens the cash drawer that hangs on the printer, also without paper; each pulse is the desk's to journal. PRINTED: the pulse is
 * sent. While a paper is under way it goes on that paper's line. @on_ms, @off_ms: 2 to 510. Printers without a drawer: FAILED,
 * NOT_OFFERED. */
TaiPrintResult tai_printer_open_drawer (TaiPrinter *self, guint on_ms, guint off_ms,
                                        GCancellable *cancellable, char **detail);
/* Never waits for a paper: UNKNOWN then. */
TaiDrawerState tai_printer_look_at_drawer (TaiPrinter *self, GCancellable *cancellable);
/* Set before a print; a printer that knows its troubles only afterwards never calls @watch. NULL: nobody. */
void tai_printer_set_watch (TaiPrinter *self, TaiPrinterWatch watch, gpointer data);

G_END_DECLS
