/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-emulator-control.h"

G_BEGIN_DECLS

/**
 * TaiSdtEmulator: a card reader on a pty, with a person who puts cards down and faults on demand.
 *
 * It keeps the order of a real one: find, select, read; after a good read the card has to leave before it is found again.
 *
 * Commands (tai_sdt_emulator_command()):
 *
 * - `card NAME|FILE` puts a card into the field (at once a new one, as if taken away and put down)
 * - `remove` takes it away
 * - `auto NAME|FILE…` from now on the cards come by themselves, one a visit, over and over: each lies there until it was read (or
 *   lost by a fault), is missing at the next find and there is another at the one after
 * - `fault NAME[@N]` see below; @N: only the N-th time that it could happen
 * - `clear` forgets all faults
 * - `unplug`, `plug` the reader goes and comes (a new pty behind the same link)
 * - `quit`
 *
 * Faults: `silence` no answer · `noise` bytes before and after each answer · `split` answers in small pieces · `double` each answer
 * twice · `garbage` bytes without any frame · `bad_checksum`, `long_length` of the answer with the card's data · `pulled` the card
 * leaves between select and read (41), `pulled_select` between find and select (81) · `two_cards` select fails again and again (81) ·
 * `read_failed` the card stays and cannot be read (41) · `refused` no identity card (40) · `sam_unauthorised` (66) · `self_test` (60) ·
 * `unplug` in the middle of the card's data · `baud[@SPEED]` the reader talks at SPEED, 9600 if none is given.
 *
 * Thread: one; in tests and programs the one that runs it.
 */
typedef struct _TaiSdtEmulator TaiSdtEmulator;

TaiSdtEmulator *tai_sdt_emulator_new (void);
void tai_sdt_emulator_free (TaiSdtEmulator *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiSdtEmulator, tai_sdt_emulator_free)

/* Errors: EMULATION; then nothing has changed. */
gboolean tai_sdt_emulator_command (TaiSdtEmulator *self, const char *command, GError **error);
/* Makes the pty, and a symbolic link to it at @link (nullable); an old link there is replaced, nothing else is. The link goes with
 * the emulator. */
gboolean tai_sdt_emulator_plug (TaiSdtEmulator *self, const char *link, GError **error);
/* The pty, "/dev/pts/3"; NULL while unplugged. */
const char *tai_sdt_emulator_get_path (TaiSdtEmulator *self);
/* Serves until "quit" (TRUE) or cancelled. A command that is refused goes to @refused (nullable) and nothing else happens. */
gboolean tai_sdt_emulator_run (TaiSdtEmulator *self, TaiEmulatorControl *control,
                               TaiEmulatorRefusedFunc refused, GCancellable *cancellable, GError **error);

G_END_DECLS
