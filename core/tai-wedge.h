/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiWedge: tells a scanner that plays keyboard (a wedge) from a person's hands.
 *
 * Keys go in with their times; out comes what to do with them: hold back while a burst is undecided, give back what was
 * typed after all, or keep all of it because it was a scan. No clock: times are inputs, in milliseconds modulo 2^32 as
 * keyboards stamp them. One thread. Vectors: scanner_wedge.json.
 *
 * A scan is a burst of at least six characters, not all the same, whose gaps are at most the gap limit and whose mean gap
 * is at most three fifths of it, ended by Enter or Tab or by a silence of twice the limit. A single slower gap near its
 * beginning divides what a hand had just typed from the scan, if none before it was quicker than hands are. Held text may
 * be a PIN: it is wiped when it is let go.
 */
typedef struct _TaiWedge TaiWedge;

#define TAI_WEDGE_GAP_MS 50
/* No hand is that quick from one key to the next. */
#define TAI_WEDGE_HAND_MS        20
#define TAI_WEDGE_CHARACTERS_MIN 6
/* More than any code holds (a QR code: 7089 digits). A longer burst is given back as typed. */
#define TAI_WEDGE_KEYS_MAX 7200

/**
 * TaiWedgeProfile: how a hall's scanners are set. All zero: as they come from the factory.
 * @prefix: (nullable) what is sent before each code, taken off. With it a burst of any length is a scan, and what was
 *   typed just before it is given back. May be control characters (STX).
 * @suffix: (nullable) what is sent after each code and before the terminator, taken off if there
 * @gap_ms: longest time between two keys of a scan; 0: TAI_WEDGE_GAP_MS
 */
typedef struct {
  const char *prefix;
  const char *suffix;
  guint gap_ms;
} TaiWedgeProfile;

/**
 * TaiWedgeKeyKind:
 * @TAI_WEDGE_KEY_CHARACTER: writes a character (control characters too, as scanners send GS by Ctrl+])
 * @TAI_WEDGE_KEY_TERMINATOR: Enter, Tab
 * @TAI_WEDGE_KEY_MODIFIER: Shift, Control: part of the next character
 * @TAI_WEDGE_KEY_OTHER: arrows, function keys, shortcuts, a key that repeats because it is held down: never a scanner's
 */
typedef enum {
  TAI_WEDGE_KEY_CHARACTER,
  TAI_WEDGE_KEY_TERMINATOR,
  TAI_WEDGE_KEY_MODIFIER,
  TAI_WEDGE_KEY_OTHER,
} TaiWedgeKeyKind;

/**
 * TaiWedgeFate: what becomes of the key that was just told.
 * @TAI_WEDGE_PASS: not ours: let it through, after the replayed ones
 * @TAI_WEDGE_HOLD: keep it; it is the youngest of the held keys
 * @TAI_WEDGE_SWALLOW: drop it: it ended a scan
 */
typedef enum { TAI_WEDGE_PASS, TAI_WEDGE_HOLD, TAI_WEDGE_SWALLOW } TaiWedgeFate;

/**
 * TaiWedgeAnswer: in this order: replay, swallow, then the key's own fate.
 * @n_replay: the oldest held keys, typed after all: give them back
 * @n_swallow: the held keys after those: they were the scan
 * @scan: (nullable) (transfer full) its characters, without prefix, suffix, AIM identifier and a leading GS
 * @aim: the AIM identifier that the scanner sent ("]C1"), or ""
 * @fate: of the key itself (tai_wedge_take only)
 */
typedef struct {
  guint n_replay;
  guint n_swallow;
  char *scan;
  char aim[4];
  TaiWedgeFate fate;
} TaiWedgeAnswer;

/* Copies what @profile (nullable) points to. (transfer full) */
TaiWedge *tai_wedge_new (const TaiWedgeProfile *profile);
void tai_wedge_free (TaiWedge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiWedge, tai_wedge_free)

/* A key. @character counts for characters only; 0 is no character. */
TaiWedgeAnswer tai_wedge_take (TaiWedge *self, TaiWedgeKeyKind kind, gunichar character, guint32 time_ms);
/* No key for @silent_ms since the last one. */
TaiWedgeAnswer tai_wedge_wait (TaiWedge *self, guint silent_ms);
/* The silence after which tai_wedge_wait has something to say; 0: nothing is held. */
guint tai_wedge_get_patience_ms (TaiWedge *self);
/* Lets all go at once, as typed: the focus is leaving. */
TaiWedgeAnswer tai_wedge_release (TaiWedge *self);
guint tai_wedge_get_n_held (TaiWedge *self);

G_END_DECLS
