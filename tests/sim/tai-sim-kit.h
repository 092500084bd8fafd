/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-desk.h"
#include "tai-hq-store.h"
#include "tai-sim-disk.h"
#include "tai-store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define TAI_SIM_MAX_TERMINALS 4
#define TAI_SIM_HALL          "H001"
#define TAI_SIM_CLERK         "1042"
#define TAI_SIM_FLOAT_MINOR   20000
/* Numbers and SIMs that each terminal has: one of them HQ knows nothing of, one the terminal shares with the first. */
#define TAI_SIM_N_NUMBERS      6
#define TAI_SIM_UNKNOWN_NUMBER 1
#define TAI_SIM_SHARED_NUMBER  2

/*
 * What is made once and used by all worlds: keys, catalogue, the terminals' disks as they are after enrolment and the
 * morning's opening of the till, and one headquarters that is emptied between worlds.
 */
void tai_sim_kit_make (void);
void tai_sim_kit_unmake (void);

TaiTerminal *tai_sim_kit_get_terminal (guint index); /* (transfer none) */
/* As in the morning. */
TaiSimDisk *tai_sim_kit_take_disk (guint index); /* (transfer none) */
/* Empty but for catalogue, terminals and stock; (transfer none). */
HqStore *tai_sim_kit_take_hq (guint lines_limit);
/* A headquarters on a file of its own, stocked like the other; one that is there already. (transfer full) */
HqStore *tai_sim_kit_make_hq (const char *path);
HqStore *tai_sim_kit_open_hq (const char *path);
sqlite3 *tai_sim_kit_get_hq_handle (HqStore *hq);
TaiDesk *tai_sim_kit_make_desk (TaiStore *store, const TaiTerminal *terminal, TaiClock *clock,
                                TaiEntropy *entropy);
/* The terminal's @index-th number or SIM. */
char *tai_sim_kit_number (guint terminal, guint index);
char *tai_sim_kit_sim (guint terminal, guint index);
/* Leased to the terminal, and worth that; (transfer full). */
#define TAI_SIM_N_COUPONS    12
#define TAI_SIM_COUPON_WORTH "10.00"
char *tai_sim_kit_coupon (guint terminal, guint index);

/* Bugs of the simulator itself and of the scripts in it. */
void tai_sim_must (gboolean good, const GError *error);
void tai_sim_run_sql (sqlite3 *handle, const char *sql);

G_END_DECLS
