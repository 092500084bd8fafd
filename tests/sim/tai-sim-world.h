/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * One schedule of the simulator: terminals with their real stores, desks and sync engines and a real HQ, in one process, in
 * virtual time, all chance from @seed. Customers come, the net loses and doubles, programs die at any step of the store and
 * are started again; then the faults stop, the queues drain, and the invariants are checked against what each clerk had in
 * his hand (I1), what HQ has (I2) and what the drawers should hold (I3).
 */
typedef struct {
  guint n_terminals;       /* 2 */
  guint n_visits;          /* of each terminal: 3 */
  guint net_fault_percent; /* 25 */
  guint crash_percent;     /* of the visits during which the program dies: 30 */
  guint sabotage;          /* TaiSimSabotage: a bug planted on purpose, that the oracle must see */
} TaiSimPlan;

typedef enum {
  TAI_SIM_SOUND,
  TAI_SIM_LOSE_AN_ORDER,   /* an order vanishes from HQ after its acknowledgement */
  TAI_SIM_DOUBLE_AN_ORDER, /* HQ has one twice */
  TAI_SIM_LOSE_A_FEN,      /* a posting is changed behind the store's back */
  TAI_SIM_N_SABOTAGES
} TaiSimSabotage;

typedef struct {
  guint n_orders, n_rejected, n_crashes;
  guint64 n_requests, n_net_faults;
} TaiSimFigures;

/* NULL: all invariants held. Else what did not, in words. (transfer full) */
char *tai_sim_run (guint64 seed, const TaiSimPlan *plan, TaiSimFigures *figures);
/* Databases that schedules are copied from; once before the first and after the last. */
void tai_sim_prepare (void);
void tai_sim_finish (void);

extern const TaiSimPlan tai_sim_standard_plan;

G_END_DECLS
