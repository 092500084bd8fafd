/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_WIRE_ERROR:
 *
 * The one error domain of this library: what is wrong with bytes that came from outside. The message is English detail for a
 * log and names the place ("productOrderItem[2].action: missing", "byte 117: …"), never the value: it may be personal data.
 */
#define TAI_WIRE_ERROR (tai_wire_error_quark ())
GQuark tai_wire_error_quark (void);

typedef enum {
  TAI_WIRE_ERROR_FAILED,
  /* the text as such */
  TAI_WIRE_ERROR_SYNTAX, /* not RFC 8259 JSON, cut off, trailing bytes, root neither object nor array */
  TAI_WIRE_ERROR_DEPTH,  /* nested deeper than the limit */
  TAI_WIRE_ERROR_SIZE,   /* more bytes or more values than the limit */
  TAI_WIRE_ERROR_UTF8,   /* invalid UTF-8, lone surrogate, U+0000 */
  TAI_WIRE_ERROR_DUPLICATE_KEY, /* a member name twice in one object */
  TAI_WIRE_ERROR_NUMBER,        /* integer outside int64, or an absurdly long number */
  /* what it says */
  TAI_WIRE_ERROR_MISSING, /* a required member is not there, or is null */
  TAI_WIRE_ERROR_TYPE,    /* a member is of another JSON type */
  TAI_WIRE_ERROR_VALUE,   /* right type, impossible value: amount with an exponent, unknown word … */
  /* boxes */
  TAI_WIRE_ERROR_SEAL_FORMAT,  /* not a box of ours, or of a version we don't know */
  TAI_WIRE_ERROR_SEAL_KEY,     /* sealed for another key */
  TAI_WIRE_ERROR_SEAL_CORRUPT, /* right key, but a bit was changed */
  /* PIN */
  TAI_WIRE_ERROR_PIN_WEAK,   /* too short, not digits, all the same, a run up or down */
  TAI_WIRE_ERROR_PIN_RECORD, /* the stored record is malformed or asks more work than we allow */
} TaiWireError;
