/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_DEVICES_ERROR:
 *
 * The one error domain of this library. Foreign errors are converted at its edge. The message is English detail for a log
 * and never holds what stands on a card; a clerk's advice is made from the code.
 */
#define TAI_DEVICES_ERROR (tai_devices_error_quark ())
GQuark tai_devices_error_quark (void);

/**
 * TaiDevicesError:
 * @TAI_DEVICES_ERROR_FAILED: what has no name of its own; the message tells
 * @TAI_DEVICES_ERROR_UNPLUGGED: the device is not there, or went away
 * @TAI_DEVICES_ERROR_PERMISSION: the device is there, this user may not open it
 * @TAI_DEVICES_ERROR_BUSY: another program has the device
 * @TAI_DEVICES_ERROR_TIMED_OUT: the device is there and does not answer
 * @TAI_DEVICES_ERROR_CHECKSUM: the answer was damaged on its way; the card has to be put down again
 * @TAI_DEVICES_ERROR_PROTOCOL: it answers, but not as such a device does
 * @TAI_DEVICES_ERROR_CANCELLED: the caller's GCancellable
 * @TAI_DEVICES_ERROR_NO_CARD: no (new) card came within the time
 * @TAI_DEVICES_ERROR_CARD_PULLED: the card left before it was read
 * @TAI_DEVICES_ERROR_TWO_CARDS: a card is there and cannot be selected, again and again: most often two of them
 * @TAI_DEVICES_ERROR_READ_FAILED: the card lies there and cannot be read, again and again
 * @TAI_DEVICES_ERROR_CARD_REFUSED: card and reader do not accept each other: no ID card, or not a genuine one
 * @TAI_DEVICES_ERROR_CARD_DATA: the card was read, its text is malformed
 * @TAI_DEVICES_ERROR_SAM_UNAUTHORISED: the reader's security module is not (or no longer) authorised
 * @TAI_DEVICES_ERROR_SELF_TEST: the reader's self-test failed
 * @TAI_DEVICES_ERROR_EMULATION: a command, fault or card file that an emulator does not know
 */
typedef enum {
  TAI_DEVICES_ERROR_FAILED,
  TAI_DEVICES_ERROR_UNPLUGGED,
  TAI_DEVICES_ERROR_PERMISSION,
  TAI_DEVICES_ERROR_BUSY,
  TAI_DEVICES_ERROR_TIMED_OUT,
  TAI_DEVICES_ERROR_CHECKSUM,
  TAI_DEVICES_ERROR_PROTOCOL,
  TAI_DEVICES_ERROR_CANCELLED,
  TAI_DEVICES_ERROR_NO_CARD,
  TAI_DEVICES_ERROR_CARD_PULLED,
  TAI_DEVICES_ERROR_TWO_CARDS,
  TAI_DEVICES_ERROR_READ_FAILED,
  TAI_DEVICES_ERROR_CARD_REFUSED,
  TAI_DEVICES_ERROR_CARD_DATA,
  TAI_DEVICES_ERROR_SAM_UNAUTHORISED,
  TAI_DEVICES_ERROR_SELF_TEST,
  TAI_DEVICES_ERROR_EMULATION,
} TaiDevicesError;

/* Turns an error of io/ into one of this domain; takes @cause. */
void tai_devices_propagate_io (GError **error, GError *cause);
