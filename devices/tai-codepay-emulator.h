/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-emulator-control.h"

G_BEGIN_DECLS

/**
 * TaiCodepayEmulator: a bank terminal on a pty, with customers who put their cards in and faults on demand. What it has taken
 * it knows for ever, as a real one does: an order number is good once, and asked for it tells how it stands.
 *
 * Commands (tai_codepay_emulator_command()):
 *
 * - `auto MS` (default, 300) each customer puts his card in so long after he was asked; `manual` only at `card`
 * - `card` the customer who is asked pays now · `press_cancel` or presses the terminal's cancel key
 * - `fault NAME[@N]` see below; @N: only the N-th time that it could happen · `clear` forgets all faults
 * - `unplug`, `plug` the cable is pulled and comes back (a new pty behind the same link); orders go on meanwhile
 * - `quit`
 *
 * Faults: `declined` by the bank (051) · `cancelled` by the customer (110) · `timeout` no card comes (112) · `unplug` the cable is
 * pulled when an order has come; the customer pays all the same · `power_off` the card is taken, then the terminal is dark: no
 * answer, no line until `plug` · `silence` it answers nothing · `no_ack` it acknowledges nothing · `lost` an order is acknowledged
 * and never seen · `garbage` bytes instead of an answer · `noise` around each · `split` in small pieces · `bad_checksum` of an answer
 * (sent again when it is not acknowledged) · `double` each answer twice · `other_order` an answer that names another order ·
 * `amount` one that names a fen more · `slow` an answer only after a minute · `settled` nothing is taken back any more (ET008) ·
 * `void_lost` an order is taken back, and nobody hears of it · `unmasked` the card's number in clear.
 *
 * Thread: one; the one that runs it.
 */
typedef struct _TaiCodepayEmulator TaiCodepayEmulator;

TaiCodepayEmulator *tai_codepay_emulator_new (void);
void tai_codepay_emulator_free (TaiCodepayEmulator *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiCodepayEmulator, tai_codepay_emulator_free)

/* A line for each thing that happens to money is appended to @path: "asked|paid|failed|returned NUMBER AMOUNT CURRENCY". */
void tai_codepay_emulator_set_journal (TaiCodepayEmulator *self, const char *path);

/* Errors: EMULATION; then nothing has changed. */
gboolean tai_codepay_emulator_command (TaiCodepayEmulator *self, const char *command, GError **error);
/* Makes the pty, and a symbolic link to it at @link (nullable), as tai_sdt_emulator_plug() does. */
gboolean tai_codepay_emulator_plug (TaiCodepayEmulator *self, const char *link, GError **error);
/* The pty, "/dev/pts/3"; NULL while unplugged. */
const char *tai_codepay_emulator_get_path (TaiCodepayEmulator *self);
/* Serves until "quit" (TRUE) or cancelled. A command that is refused goes to @refused (nullable) and nothing else happens. */
gboolean tai_codepay_emulator_run (TaiCodepayEmulator *self, TaiEmulatorControl *control,
                                   TaiEmulatorRefusedFunc refused, GCancellable *cancellable, GError **error);

G_END_DECLS
