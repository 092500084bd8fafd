/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-fd-stream.h"

G_BEGIN_DECLS

/**
 * TaiSerialStream: a serial line, 8N1, raw, no flow control (RS-232, USB-CDC, the slave of a pty).
 *
 * Opening takes an advisory lock (flock), so two programs of ours do not talk into each other: BUSY.
 */
#define TAI_TYPE_SERIAL_STREAM (tai_serial_stream_get_type ())
G_DECLARE_FINAL_TYPE (TaiSerialStream, tai_serial_stream, TAI, SERIAL_STREAM, TaiFdStream)

/* @path: "/dev/ttyUSB0", or a link to it. @baud: bit/s, one of 1200 … 230400. */
TaiSerialStream *tai_serial_stream_new (const char *path, guint baud);

G_END_DECLS
