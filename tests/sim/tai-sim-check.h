/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-sim-world.h"

G_BEGIN_DECLS

/*
 * The oracle. It compares five things that know nothing of each other: the receipts in the clerks' hands, the terminals'
 * stores through their reading calls, the stores' own check of postings, chain and totals, what HQ has, and which customer
 * the script sent with which order. NULL, or the first thing that is not as it must be, in words.
 */
char *tai_sim_check (TaiSimWorld *world);
/* Plants the plan's bug, so that a test can see the oracle see it; where there is nothing to spoil, it does nothing. */
void tai_sim_sabotage (TaiSimWorld *world);

G_END_DECLS
