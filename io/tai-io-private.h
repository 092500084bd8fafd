/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-io-error.h"

G_BEGIN_DECLS

/* The same errno means "not there" while opening and "gone" afterwards. */
typedef enum { TAI_IO_OPENING, TAI_IO_OPEN } TaiIoPhase;

void tai_io_set_errno (GError **error, int number, TaiIoPhase phase, const char *what);
/* Waits for @events (or hang-up) on @fd. @timeout_ms: 0 = look only, -1 = for ever. */
gboolean tai_io_wait (int fd, short events, int timeout_ms, GCancellable *cancellable, GError **error);

/* FALSE for pty slaves, /dev/null and its kin, and whatever is no character device: @fd if >= 0, else @path. What is not
 * there at all counts as hardware: it will be looked at again when it is opened. */
gboolean tai_io_is_hardware (int fd, const char *path);

G_END_DECLS
