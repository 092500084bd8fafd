/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-pin-port.h"
#include "tai-ports.h"
#include "tai-wire-error.h"

G_BEGIN_DECLS

/**
 * TaiPinCost: what one guess costs. The record says which one it was made with; verify follows the record.
 * @TAI_PIN_COST_NORMAL: argon2id, 32 MiB, 2 passes: tens of milliseconds; not on the main thread
 * @TAI_PIN_COST_CHEAP: the least that argon2id allows: for tests and the simulator only
 */
typedef enum { TAI_PIN_COST_NORMAL, TAI_PIN_COST_CHEAP } TaiPinCost;

#define TAI_PIN_MIN_DIGITS 6
#define TAI_PIN_MAX_DIGITS 16

/**
 * TaiPin: the port TaiPinHasher over libsodium. A record is the usual text "$argon2id$v=19$m=32768,t=2,p=1$salt$hash", the
 * salt from the entropy port. hash() refuses weak PINs (PIN_WEAK). verify() is FALSE for a wrong PIN and for a record that
 * is malformed or asks more than 64 MiB or 4 passes; it compares in constant time. One thread at a time.
 */
#define TAI_TYPE_PIN (tai_pin_get_type ())
G_DECLARE_FINAL_TYPE (TaiPin, tai_pin, TAI, PIN, GObject)

TaiPinHasher *tai_pin_new (TaiEntropy *entropy, TaiPinCost cost);

/* PIN_WEAK: fewer than 6 or more than 16 digits, other characters, all the same, a run up or down (123456, 098765). */
gboolean tai_pin_check_strength (const char *pin, GError **error);
/* PIN_RECORD, for who takes staff lists from outside. */
gboolean tai_pin_check_record (const char *record, GError **error);

G_END_DECLS
