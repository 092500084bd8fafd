/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-desk.h"

G_BEGIN_DECLS

/* A real desk over @store (a TaiVisitStore and TaiPrintQueue), for who needs one to write notes and order states into. It sells nothing: its renderer, paper,
 * sealer and PINs are empty. (transfer full) */
TaiDesk *tai_fake_desk_new (gpointer store, TaiClock *clock, TaiEntropy *entropy);
/* "H017T2" in hall H017, production. (transfer full) */
TaiTerminal *tai_fake_terminal_new (void);

G_END_DECLS
