/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Where SQLite has its memory from in the simulator: blocks in a few sizes that are kept for the next one of their size. It
 * asks ten thousand times a schedule, from one thread. A build that watches memory leaves it with malloc. Once, before
 * anything of SQLite runs.
 */
void tai_sim_memory_configure (void);

G_END_DECLS
