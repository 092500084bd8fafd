/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-emulator-control.h"

G_BEGIN_DECLS

/**
 * TaiPrinterEmulator: a receipt printer on a loopback port ("raw", 9100). Keeps the bytes of all jobs, one behind the other, in a
 * file; answers DLE EOT 1 to 4 at once and GS r 1, 2 in turn. One connection at a time, as the real ones. A drawer hangs on it:
 * ESC p opens it in turn, DLE DC4 1 at once, and a switch at pin 3 says whether it is open, by a high level.
 *
 * What does not stand on paper does not stand in the file: real-time queries never, and nothing that comes while the printer is off
 * line (no paper, cover open) until it is on line again.
 *
 * Commands: `fault NAME[@N]`, `clear` (paper in, cover closed; what had to wait is printed), `open` (the drawer, by its key), `shut`
 * (by hand), `quit`.
 * Faults: `paper_end` · `paper_low` · `cover_open` · `stall[@N]` takes no more bytes after N of the job (default 256) · `close_mid[@N]`
 * hangs up after N bytes of the job · `slow` works on a paper
 * until `clear`: what comes behind it has to wait · `realtime_in_data` DLE EOT is obeyed inside pictures too · `drawer_low` its switch is the other way
 * round: low when it is open · `drawer_stuck` no pulse opens it. @N of the others has no meaning and is
 * refused.
 *
 * Thread: the one that runs it.
 */
typedef struct _TaiPrinterEmulator TaiPrinterEmulator;

/* @port 0: any free one. @path: made new. Errors: BUSY, EMULATION. */
TaiPrinterEmulator *tai_printer_emulator_new (guint16 port, const char *path, GError **error);
void tai_printer_emulator_free (TaiPrinterEmulator *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPrinterEmulator, tai_printer_emulator_free)

/* Draws each job as text behind the others in the file @path, @columns of 12 dots wide, when its connection ends. A job that
 * a printer would not understand is refused instead, with the offset of the byte, there and by run's @refused. */
void tai_printer_emulator_draw (TaiPrinterEmulator *self, const char *path, guint columns);

/* What happens to the drawer is written into the file @path, a line each: "pulse" (ESC p), "pulse-now" (DLE DC4), "open", "shut". */
void tai_printer_emulator_set_drawer_log (TaiPrinterEmulator *self, const char *path);

guint16 tai_printer_emulator_get_port (TaiPrinterEmulator *self);
/* Errors: EMULATION. */
gboolean tai_printer_emulator_command (TaiPrinterEmulator *self, const char *command, GError **error);
/* Serves until "quit" (TRUE), cancelled, or the file cannot be written. */
gboolean tai_printer_emulator_run (TaiPrinterEmulator *self, TaiEmulatorControl *control,
                                   void (*refused) (const GError *error), GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
