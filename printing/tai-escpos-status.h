/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiEscposStatus: what a receipt printer says about itself, from any of its three ways to say it.
 */
typedef enum {
  TAI_ESCPOS_OK = 0,
  TAI_ESCPOS_DRAWER_HIGH =
      1 << 0, /* pin 3 of the drawer's socket; what it means is the drawer's (calibrate) */
  TAI_ESCPOS_OFFLINE = 1 << 1,
  TAI_ESCPOS_WAITING = 1 << 2, /* for a person to recover it */
  TAI_ESCPOS_FEEDING = 1 << 3, /* by its button */
  TAI_ESCPOS_COVER_OPEN = 1 << 4,
  TAI_ESCPOS_PAPER_NEAR_END = 1 << 5,
  TAI_ESCPOS_PAPER_END = 1 << 6,
  TAI_ESCPOS_CUTTER = 1 << 7,
  TAI_ESCPOS_UNRECOVERABLE = 1 << 8,
  TAI_ESCPOS_RECOVERABLE = 1 << 9, /* head too hot and the like: goes by itself */
  TAI_ESCPOS_ERROR = 1 << 10,      /* some error, the details say which */
} TaiEscposStatus;

/* Any of these: nothing more will come on paper until a person has been there. */
#define TAI_ESCPOS_STOPPED                                                                                   \
  (TAI_ESCPOS_OFFLINE | TAI_ESCPOS_WAITING | TAI_ESCPOS_COVER_OPEN | TAI_ESCPOS_PAPER_END |                  \
   TAI_ESCPOS_CUTTER | TAI_ESCPOS_UNRECOVERABLE | TAI_ESCPOS_ERROR)

/* The answer to DLE EOT @n (1 to 4). FALSE: @byte is no such answer. */
gboolean tai_escpos_status_parse_realtime (guint n, guint8 byte, TaiEscposStatus *status);
/* The answer to GS r 1. FALSE: no such answer. */
gboolean tai_escpos_status_parse_ordered (guint8 byte, TaiEscposStatus *status);
/* The four bytes of automatic status back. FALSE: not one. */
gboolean tai_escpos_status_parse_asb (const guint8 bytes[4], TaiEscposStatus *status);

/**
 * TaiEscposStatusReader: sorts the bytes that come back from a printer, which may say things unasked (ASB, XON/XOFF).
 * A plain struct, zeroed at the start.
 */
typedef struct {
  guint8 asb[4];
  guint n_asb;
} TaiEscposStatusReader;

typedef enum {
  TAI_ESCPOS_ANSWER_NONE,     /* nothing yet, or noise */
  TAI_ESCPOS_ANSWER_REALTIME, /* answer to a DLE EOT: the byte itself */
  TAI_ESCPOS_ANSWER_ORDERED,  /* answer to a GS r: the byte itself */
  TAI_ESCPOS_ANSWER_ASB       /* @status is what a whole ASB says */
} TaiEscposAnswer;

TaiEscposAnswer tai_escpos_status_reader_feed (TaiEscposStatusReader *self, guint8 byte,
                                               TaiEscposStatus *asb);

G_END_DECLS
