/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-stream.h"

G_BEGIN_DECLS

/**
 * TaiFdStream: a stream that is one non-blocking file descriptor: reading, writing and closing for serial, pty, TCP and
 * character devices. A subclass opens it and hands it over.
 */
#define TAI_TYPE_FD_STREAM (tai_fd_stream_get_type ())
G_DECLARE_DERIVABLE_TYPE (TaiFdStream, tai_fd_stream, TAI, FD_STREAM, TaiStream)

struct _TaiFdStreamClass {
  TaiStreamClass parent_class;
};

/* For subclasses, within open(): takes @fd and makes it non-blocking. */
void tai_fd_stream_take (TaiFdStream *self, int fd);
/* The descriptor while open, else -1. For emulators, which poll several at once; it stays the stream's. */
int tai_fd_stream_get_fd (TaiFdStream *self);

G_END_DECLS
