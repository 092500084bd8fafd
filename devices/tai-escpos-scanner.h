/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiEscposScanner: walks through ESC/POS byte by byte and knows where a command's own bytes end, so that 10 04 01 within
 * a picture is a picture. Draws nothing. Any thread.
 */
typedef struct {
  gboolean
      realtime_in_data; /* as some printers do: DLE EOT is obeyed even inside a picture, and its bytes are lost to it */
  guint8 head[8]; /* the command so far */
  guint n;
  guint64 skip;  /* bytes of data that still belong to it */
  guint8 dle[4]; /* a real-time command so far */
  guint n_dle;
} TaiEscposScanner;

typedef enum {
  TAI_ESCPOS_STORE,    /* goes to the paper */
  TAI_ESCPOS_HOLD,     /* may be the begin of a real-time command: wait for the next byte */
  TAI_ESCPOS_REALTIME, /* DLE EOT n is complete; n is in @argument; none of its bytes goes to the paper */
  TAI_ESCPOS_PULSE_NOW, /* DLE DC4 1 m t is complete; m is in @argument; obeyed at once, none of its bytes goes to the paper */
  TAI_ESCPOS_STATUS, /* GS r n is complete; n is in @argument; goes to the paper, is answered in turn */
  TAI_ESCPOS_PULSE   /* ESC p m t1 t2 is complete; goes to the paper, is obeyed in turn */
} TaiEscposEvent;

/* What @byte means. With STORE, STATUS and PULSE, @held tells how many bytes that were held back (of @dle: DLE, DLE EOT, DLE DC4 …)
 * go to the paper before it. */
TaiEscposEvent tai_escpos_scanner_take (TaiEscposScanner *self, guint8 byte, guint8 *argument, guint *held);

G_END_DECLS
