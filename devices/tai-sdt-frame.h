/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Frames of the card readers' protocol (SDT, SAM_V), both directions:
 *
 *     AA AA AA 96 69 | LenHi LenLo | body | CHK
 *
 * Len counts what follows itself, CHK included; CHK is the XOR of LenHi up to the last byte of the body. The body of a command
 * is CMD PARA [data], of a reply SW1 SW2 SW3 [data].
 */
#define TAI_SDT_PREAMBLE_SIZE 5
#define TAI_SDT_MAX_LENGTH    4096 /* largest Len that is believed */
#define TAI_SDT_MAX_FRAME     (TAI_SDT_PREAMBLE_SIZE + 2 + TAI_SDT_MAX_LENGTH)

/* CMD and PARA as one number. */
typedef enum {
  TAI_SDT_RESET = 0x10FF,
  TAI_SDT_SAM_STATUS = 0x11FF,
  TAI_SDT_SAM_ID = 0x12FF,
  TAI_SDT_FIND = 0x2001,
  TAI_SDT_SELECT = 0x2002,
  TAI_SDT_READ = 0x3001,
  TAI_SDT_READ_ADDRESS = 0x3003,
  TAI_SDT_READ_FINGERPRINT = 0x3010,
  TAI_SDT_BAUD = 0x6000, /* + index into 115200 57600 38400 19200 9600 */
  TAI_SDT_MAX_RF = 0x61FF
} TaiSdtCommand;

/* SW3. */
typedef enum {
  TAI_SDT_CHECKSUM = 0x10,
  TAI_SDT_LENGTH = 0x11,
  TAI_SDT_BAD_COMMAND = 0x21,
  TAI_SDT_UNKNOWN = 0x24,
  TAI_SDT_CARD_REFUSES = 0x31,
  TAI_SDT_READER_REFUSES = 0x32,
  TAI_SDT_VERIFY = 0x33,
  TAI_SDT_WRONG_CARD = 0x40,
  TAI_SDT_READ_FAILED = 0x41,
  TAI_SDT_RANDOM = 0x47,
  TAI_SDT_SELF_TEST = 0x60,
  TAI_SDT_SAM_UNAUTHORISED = 0x66,
  TAI_SDT_NO_CARD = 0x80,
  TAI_SDT_SELECT_FAILED = 0x81,
  TAI_SDT_OK = 0x90,
  TAI_SDT_NO_DATA = 0x91,
  TAI_SDT_FOUND = 0x9F
} TaiSdtStatus;

/* Writes the frame around @body into @frame, which has room for @size + 8 bytes; returns its size. */
gsize tai_sdt_frame_build (const guint8 *body, gsize size, guint8 *frame);

/**
 * TaiSdtParser: takes bytes as they come and gives whole frames. The bytes may be personal data: they are in this buffer only,
 * and tai_sdt_parser_wipe() leaves none.
 */
typedef struct {
  gsize size;    /* bytes in the buffer */
  gsize given;   /* of these, bytes of the frame that the last call gave */
  gsize minimum; /* smallest Len that is believed: 3 of commands, 4 of replies */
  guint8 bytes[2 * TAI_SDT_MAX_FRAME];
} TaiSdtParser;

typedef enum {
  TAI_SDT_PARSE_MORE,     /* no whole frame yet */
  TAI_SDT_PARSE_FRAME,    /* a frame whose checksum is right */
  TAI_SDT_PARSE_CHECKSUM, /* a frame whose checksum is wrong */
  TAI_SDT_PARSE_LENGTH    /* a preamble with an impossible length */
} TaiSdtParse;

void tai_sdt_parser_init (TaiSdtParser *self, gsize minimum);
/* Where to put the next bytes, and how many; never 0 after a TAI_SDT_PARSE_MORE. Invalidates the last body. */
guint8 *tai_sdt_parser_room (TaiSdtParser *self, gsize *size);
/* Tells that @size bytes were put there. */
void tai_sdt_parser_add (TaiSdtParser *self, gsize size);
/* @body: within the parser, until the next call. After CHECKSUM or LENGTH the search goes on behind that preamble. */
TaiSdtParse tai_sdt_parser_next (TaiSdtParser *self, const guint8 **body, gsize *size);
/* Forgets all bytes, for good. */
void tai_sdt_parser_wipe (TaiSdtParser *self);

G_END_DECLS
