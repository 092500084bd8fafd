/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Port 9100 with a printer's manners, in a thread: keeps what it is sent, answers DLE EOT and GS r, and has one trouble.
 */
typedef enum {
  FAKE_WELL,
  FAKE_NO_PAPER,     /* from the start */
  FAKE_COVER_OPEN,   /* from the start */
  FAKE_PAPER_ENDS,   /* when the receipt comes: never answers GS r */
  FAKE_CUTTER_JAMS,  /* at the cut: GS r is answered, then the knife reports */
  FAKE_SILENT,       /* answers nothing */
  FAKE_SILENT_AFTER, /* answers before the receipt and never after */
  FAKE_HANGS_UP,     /* in the middle of the receipt */
  FAKE_STALLS,       /* reads no more in the middle of the receipt */
  FAKE_NOT_ORDERED,  /* knows no GS r */
  FAKE_SLOW,         /* answers GS r after a second */
  FAKE_CHATTERS      /* XON, ASB and noise between its answers */
} FakeTrouble;

typedef struct _FakeReceiptPrinter FakeReceiptPrinter;

FakeReceiptPrinter *fake_receipt_printer_new (FakeTrouble trouble);
guint16 fake_receipt_printer_get_port (FakeReceiptPrinter *self);
/* Ends the thread; the bytes that it was sent, without the real-time questions and GS r. (transfer full) */
GBytes *fake_receipt_printer_finish (FakeReceiptPrinter *self);

G_END_DECLS
