/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Frames of the bank terminals' serial protocol (CodePay, PayCloud), both directions:
 *
 *     55 AA | type | ack | id | LenHi LenLo | data | CRC | CC 33
 *
 * CRC is the XOR of all from the type to the last byte of the data. A frame with an id carries data and is acknowledged: by an
 * empty one whose ack is that id, or by one that says something itself. Neither ack nor id nor data: a heartbeat.
 */
#define TAI_CODEPAY_MAX_FRAME 1024
#define TAI_CODEPAY_OVERHEAD  10
#define TAI_CODEPAY_MAX_DATA  (TAI_CODEPAY_MAX_FRAME - TAI_CODEPAY_OVERHEAD)

typedef enum { TAI_CODEPAY_NORMAL, TAI_CODEPAY_HANDSHAKE, TAI_CODEPAY_CONFIRM } TaiCodepayType;

/* @ack, @id: 0: none. @data: borrowed. */
typedef struct {
  guint8 type, ack, id;
  const guint8 *data;
  gsize size;
} TaiCodepayFrame;

/* Writes @frame into @bytes, which has room for TAI_CODEPAY_MAX_FRAME; returns its size, 0 for too much data. */
gsize tai_codepay_frame_build (const TaiCodepayFrame *frame, guint8 *bytes);

/**
 * TaiCodepayParser: takes bytes as they come and gives whole frames. What it holds may be of a card (masked): wiped when it was
 * given and by tai_codepay_parser_wipe().
 */
typedef struct {
  gsize size;  /* bytes in the buffer */
  gsize given; /* of these, bytes of what the last call gave */
  guint8 bytes[2 * TAI_CODEPAY_MAX_FRAME];
} TaiCodepayParser;

typedef enum {
  TAI_CODEPAY_PARSE_MORE,   /* no whole frame yet */
  TAI_CODEPAY_PARSE_FRAME,  /* @frame is good until the next call */
  TAI_CODEPAY_PARSE_DAMAGED /* what looked like one is none: its length, CRC or end is wrong */
} TaiCodepayParse;

/* Where to put the next bytes, and how many; never 0 after a MORE. */
guint8 *tai_codepay_parser_room (TaiCodepayParser *self, gsize *size);
void tai_codepay_parser_add (TaiCodepayParser *self, gsize size);
TaiCodepayParse tai_codepay_parser_next (TaiCodepayParser *self, TaiCodepayFrame *frame);
/* The line has been silent: what began is no frame, and the search goes on behind its start. FALSE: nothing had begun. */
gboolean tai_codepay_parser_skip (TaiCodepayParser *self);
void tai_codepay_parser_wipe (TaiCodepayParser *self);

G_END_DECLS
