/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TaiEmulatorControl: where an emulator gets its commands from, one a line: stdin, a FIFO, the end of a test's pipe; and the wait
 * for these and the device together. A command that was written before the device's bytes is also seen before them.
 * Thread: the emulator's.
 */
typedef struct _TaiEmulatorControl TaiEmulatorControl;

TaiEmulatorControl *tai_emulator_control_new (void);
void tai_emulator_control_free (TaiEmulatorControl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiEmulatorControl, tai_emulator_control_free)

/* A command that an emulator refuses. */
typedef void (*TaiEmulatorRefusedFunc) (const GError *error);

/* @fd: read until its end; stays the caller's. */
void tai_emulator_control_add_fd (TaiEmulatorControl *self, int fd);
/* Any byte on @fd (a signalfd) counts as the command "quit"; stays the caller's. */
void tai_emulator_control_add_quit_fd (TaiEmulatorControl *self, int fd);
/* Makes a FIFO (0600) at @path, which goes again with the control. Errors: EMULATION. */
gboolean tai_emulator_control_add_fifo (TaiEmulatorControl *self, const char *path, GError **error);

/**
 * tai_emulator_control_wait:
 * @device_fd: waited for to be readable, too; -1 = none
 * @timeout_ms: -1 = for ever; else, when it is over, no command has come and the device is not ready
 * @commands: (out) (transfer container): the complete lines that have come, to be obeyed before the device is looked at; of char*
 *
 * Returns: FALSE when cancelled or when poll() fails; else TRUE, with @device_ready
 */
gboolean tai_emulator_control_wait (TaiEmulatorControl *self, int device_fd, int timeout_ms,
                                    GCancellable *cancellable, GPtrArray **commands, gboolean *device_ready,
                                    GError **error);

/* "name" or "name@N": (transfer full) the name; @number 0 when there is none. NULL and EMULATION for nonsense. */
char *tai_emulator_parse_fault (const char *text, guint *number, GError **error);

G_END_DECLS
