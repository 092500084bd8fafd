/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-fd-stream.h"

G_BEGIN_DECLS

/**
 * TaiPtyStream: the device's end of a pseudo terminal, for emulators. The driver opens the other end as a serial line.
 *
 * A driver may come and go while the pty stays; closing the stream is what unplugging is for a driver.
 */
#define TAI_TYPE_PTY_STREAM (tai_pty_stream_get_type ())
G_DECLARE_FINAL_TYPE (TaiPtyStream, tai_pty_stream, TAI, PTY_STREAM, TaiFdStream)

TaiPtyStream *tai_pty_stream_new (void);
/* The driver's end, "/dev/pts/3"; NULL when not open. (transfer none) */
const char *tai_pty_stream_get_path (TaiPtyStream *self);
/* The speed in bit/s that the driver has set on its end; 0 = one that we do not know. The stream must be open. */
guint tai_pty_stream_get_baud (TaiPtyStream *self);

G_END_DECLS
