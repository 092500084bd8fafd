/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-pty-stream.h"

G_BEGIN_DECLS

/**
 * TaiEmulatorLine: the serial line of an emulated device: a pty, a symbolic link by which drivers find it, and the cable between
 * them, which can be pulled. Thread: the emulator's.
 */
typedef struct _TaiEmulatorLine TaiEmulatorLine;

TaiEmulatorLine *tai_emulator_line_new (void);
void tai_emulator_line_free (TaiEmulatorLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiEmulatorLine, tai_emulator_line_free)

/* Makes the pty, and a symbolic link to it at @link (nullable; NULL also: the one of before); an old link there is replaced,
 * nothing else is. The link goes with the line. Not while plugged. Errors: EMULATION, and those of io/ in this domain. */
gboolean tai_emulator_line_plug (TaiEmulatorLine *self, const char *link, GError **error);
void tai_emulator_line_unplug (TaiEmulatorLine *self);
gboolean tai_emulator_line_is_plugged (TaiEmulatorLine *self);
/* "/dev/pts/3"; NULL while unplugged. */
const char *tai_emulator_line_get_path (TaiEmulatorLine *self);
int tai_emulator_line_get_fd (TaiEmulatorLine *self); /* -1 while unplugged */
guint tai_emulator_line_get_baud (TaiEmulatorLine *self);
/* What is there now; 0: nothing, -1: error. */
gssize tai_emulator_line_read (TaiEmulatorLine *self, guint8 *bytes, gsize size, GError **error);
/* To a driver that does not read, or is not there, for a second at most. */
void tai_emulator_line_write (TaiEmulatorLine *self, const guint8 *bytes, gsize size);
/* The same in pieces of 1, 2, 3 … bytes, with pauses in which the driver gets its turn. */
void tai_emulator_line_write_split (TaiEmulatorLine *self, const guint8 *bytes, gsize size);

G_END_DECLS
