/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-tcp-stream.h"

G_BEGIN_DECLS

/**
 * TaiTcpListener: waits for drivers on a loopback port (127.0.0.1 only). For emulators. Thread: the emulator's.
 */
typedef struct _TaiTcpListener TaiTcpListener;

/* @port 0: any free one. Errors: BUSY, PERMISSION, FAILED. */
TaiTcpListener *tai_tcp_listener_new (guint16 port, GError **error);
void tai_tcp_listener_free (TaiTcpListener *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTcpListener, tai_tcp_listener_free)

guint16 tai_tcp_listener_get_port (TaiTcpListener *self);
/* For poll(); stays the listener's. */
int tai_tcp_listener_get_fd (TaiTcpListener *self);
/* (transfer full) an open stream. @timeout_ms as in tai_stream_read(). Errors: TIMED_OUT, CANCELLED, FAILED. */
TaiStream *tai_tcp_listener_accept (TaiTcpListener *self, int timeout_ms, GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
