/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-io-error.h"

G_BEGIN_DECLS

/**
 * TaiStream: bytes to and from one device.
 *
 * The base holds the state (open or not) and the checks; a subclass only says how. One owner, one thread at a time: the
 * device's worker. All calls may block; a GCancellable of the caller ends any of them.
 *
 * Time: this library has no clock. @timeout_ms is a budget for *one wait for progress* (poll), never a deadline of a
 * conversation; who needs a deadline over several calls (a frame, a command) computes it with TaiClock and hands down
 * what is left.
 */
#define TAI_TYPE_STREAM (tai_stream_get_type ())
G_DECLARE_DERIVABLE_TYPE (TaiStream, tai_stream, TAI, STREAM, GObject)

struct _TaiStreamClass {
  GObjectClass parent_class;
  gboolean (*open) (TaiStream *self, GCancellable *cancellable, GError **error);
  gssize (*read) (TaiStream *self, guint8 *bytes, gsize size, int timeout_ms, GCancellable *cancellable,
                  GError **error);
  gboolean (*write_all) (TaiStream *self, const guint8 *bytes, gsize size, int timeout_ms,
                         GCancellable *cancellable, GError **error);
  gboolean (*set_baud) (TaiStream *self, guint baud, GError **error); /* (nullable) */
  void (*set_private) (TaiStream *self, gboolean is_private);         /* (nullable) */
  void (*close) (TaiStream *self);
  gboolean (*is_emulated) (TaiStream *self);
};

/**
 * tai_stream_open:
 *
 * Opens the device; what was waiting in its buffers is thrown away. The stream must not be open. May be called again after
 * tai_stream_close().
 *
 * Errors: NOT_FOUND, PERMISSION, BUSY, UNREACHABLE, TIMED_OUT, CANCELLED, NOT_SUPPORTED, FAILED.
 */
gboolean tai_stream_open (TaiStream *self, GCancellable *cancellable, GError **error);

/**
 * tai_stream_read:
 * @timeout_ms: longest wait for the first byte; 0 = only what is there already; -1 = for ever
 *
 * Waits for bytes and returns what has arrived, at most @size.
 *
 * Errors: TIMED_OUT (the stream stays good), CLOSED, CANCELLED, FAILED.
 *
 * Returns: the number of bytes, at least 1; or -1
 */
gssize tai_stream_read (TaiStream *self, guint8 *bytes, gsize size, int timeout_ms, GCancellable *cancellable,
                        GError **error);

/**
 * tai_stream_write_all:
 * @timeout_ms: longest wait for the device to take *some* byte; a device that takes them slowly is not a time-out
 *
 * Hands all bytes to the kernel. After an error the device may have had a part of them.
 *
 * Errors: as tai_stream_read(), and NO_SPACE.
 */
gboolean tai_stream_write_all (TaiStream *self, const guint8 *bytes, gsize size, int timeout_ms,
                               GCancellable *cancellable, GError **error);

/**
 * tai_stream_set_baud:
 *
 * Speed in bit/s, now and at the next open. Errors: NOT_SUPPORTED for streams without a speed, and for unknown speeds.
 */
gboolean tai_stream_set_baud (TaiStream *self, guint baud, GError **error);

/**
 * tai_stream_set_private:
 *
 * The driver's word that from now on personal data flows (an ID card) or no longer does. A recorder in between blanks the
 * bytes; every other stream ignores it. open() begins not private.
 */
void tai_stream_set_private (TaiStream *self, gboolean is_private);

/* Closes; harmless when not open. finalize closes too. */
void tai_stream_close (TaiStream *self);
gboolean tai_stream_is_open (TaiStream *self);

/**
 * tai_stream_is_emulated:
 *
 * TRUE when no hardware stands behind it: a pty, this machine over TCP, a plain file, a replay. While open the answer is of
 * the opened descriptor, else of what the name leads to now (FALSE if to nothing).
 */
gboolean tai_stream_is_emulated (TaiStream *self);

G_END_DECLS
