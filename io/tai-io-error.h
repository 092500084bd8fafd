/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_IO_ERROR:
 *
 * The one error domain of this library. Foreign errors (errno, GResolver) are converted at its edge.
 */
#define TAI_IO_ERROR (tai_io_error_quark ())
GQuark tai_io_error_quark (void);

/**
 * TaiIoError:
 * @TAI_IO_ERROR_FAILED: what has no name of its own; the message tells
 * @TAI_IO_ERROR_NOT_FOUND: no such device, file or host name
 * @TAI_IO_ERROR_PERMISSION: the device is there, this user may not open it
 * @TAI_IO_ERROR_BUSY: another process (or another stream of this one) has it
 * @TAI_IO_ERROR_UNREACHABLE: nobody listens there, or no route
 * @TAI_IO_ERROR_TIMED_OUT: nothing happened within the call's own budget; the stream is still good
 * @TAI_IO_ERROR_CLOSED: the other side hung up, or the device was unplugged; only close() helps
 * @TAI_IO_ERROR_CANCELLED: the caller's GCancellable; the stream is still good
 * @TAI_IO_ERROR_NO_SPACE: disk full
 * @TAI_IO_ERROR_NOT_SUPPORTED: this kind of stream or device cannot do that
 * @TAI_IO_ERROR_RECORDING: a recording that cannot be read or written
 * @TAI_IO_ERROR_MISMATCH: the program did something else than the recording; the message has line and offset
 * @TAI_IO_ERROR_BLANKED: the recording has no bytes here because they were personal data
 */
typedef enum {
  TAI_IO_ERROR_FAILED,
  TAI_IO_ERROR_NOT_FOUND,
  TAI_IO_ERROR_PERMISSION,
  TAI_IO_ERROR_BUSY,
  TAI_IO_ERROR_UNREACHABLE,
  TAI_IO_ERROR_TIMED_OUT,
  TAI_IO_ERROR_CLOSED,
  TAI_IO_ERROR_CANCELLED,
  TAI_IO_ERROR_NO_SPACE,
  TAI_IO_ERROR_NOT_SUPPORTED,
  TAI_IO_ERROR_RECORDING,
  TAI_IO_ERROR_MISMATCH,
  TAI_IO_ERROR_BLANKED,
} TaiIoError;

/**
 * tai_io_error_to_text:
 *
 * Returns: (nullable): the name that stands in recordings ("timed_out"), NULL for a code that this domain lacks
 */
const char *tai_io_error_to_text (int code);
gboolean tai_io_error_from_text (const char *text, TaiIoError *code);
