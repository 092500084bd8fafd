/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-fd-stream.h"

G_BEGIN_DECLS

/**
 * TaiTcpStream: a TCP connection to a device (a receipt printer at port 9100, an emulator on loopback). In clear: for the
 * hall's own network only.
 */
#define TAI_TYPE_TCP_STREAM (tai_tcp_stream_get_type ())
G_DECLARE_FINAL_TYPE (TaiTcpStream, tai_tcp_stream, TAI, TCP_STREAM, TaiFdStream)

/* @host: a name or an address; @connect_timeout_ms bounds each address that is tried. The name look-up is bounded by the
 * cancellable only. */
TaiTcpStream *tai_tcp_stream_new (const char *host, guint16 port, int connect_timeout_ms);
/* Of a connection that was accepted: open already, cannot be opened again. Takes @fd. */
TaiTcpStream *tai_tcp_stream_new_for_fd (int fd);

G_END_DECLS
