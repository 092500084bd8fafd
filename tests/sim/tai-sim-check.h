/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"
#include "tai-sim-world.h"
#include "tai-store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _TaiSimWorld TaiSimWorld;

/* What is looked at: a terminal's store through its own reading calls, and the same database from outside. */
typedef struct {
  TaiStore *store;
  sqlite3 *disk;
  const TaiTerminal *terminal;
} TaiSimSubject;

/* The oracle. NULL, or the first thing that is not as it must be, in words. */
char *tai_sim_check (const TaiSimSubject *subjects, guint n, HqStore *hq, GPtrArray *receipts,
                     TaiSimFigures *figures);
/* Plants a bug, so that a test can see the oracle see it. */
void tai_sim_sabotage (TaiSimSabotage sabotage, const TaiSimSubject *subjects, HqStore *hq);

G_END_DECLS
