/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-fake-clock.h"
#include "tai-sim-terminal.h"

G_BEGIN_DECLS

/* A bug planted on purpose, that the oracle must see. */
typedef enum {
  TAI_SIM_SOUND,
  TAI_SIM_LOSE_AN_ORDER,         /* at HQ, after its acknowledgement */
  TAI_SIM_SWALLOW_AN_ORDER,      /* HQ acknowledges and never takes it */
  TAI_SIM_DOUBLE_AN_ORDER,       /* at HQ */
  TAI_SIM_CHANGE_AN_ORDER,       /* HQ's bytes are not the terminal's */
  TAI_SIM_LOSE_A_PAYMENT,        /* at HQ */
  TAI_SIM_FORGET_A_STATE,        /* HQ completed it and says otherwise */
  TAI_SIM_LEND_A_NUMBER_TWICE,   /* two orders in force at HQ with one number */
  TAI_SIM_FORGET_THE_LINE_LIMIT, /* HQ takes any number of lines of one person */
  TAI_SIM_KEEP_A_REFUSED_NUMBER, /* HQ's claim outlives the refusal */
  TAI_SIM_USE_A_REFUSED_NUMBER,  /* the terminal does not give it back */
  TAI_SIM_LOSE_A_FEN,            /* in a posting */
  TAI_SIM_FORGET_A_REVERSAL,     /* a refusal without its postings */
  TAI_SIM_REUSE_A_SEQUENCE,
  TAI_SIM_LEAVE_A_GAP,
  TAI_SIM_RECEIPT_WITHOUT_PAYMENT,
  TAI_SIM_RECEIPT_TWICE,         /* one number for two visits */
  TAI_SIM_RECEIPT_WITHOUT_ORDER, /* printed before the commit that failed */
  TAI_SIM_FORGET_AN_ENTRY,       /* of the journal */
  TAI_SIM_CHARGE_TWICE,          /* a customer paid twice at the gateway for one payment in the books */
  TAI_SIM_GIVE_BACK_UNSEEN,      /* money went back at the gateway, and the books do not know */
  TAI_SIM_FORGET_A_DOUBT,        /* of a payment, in the books */
  TAI_SIM_SPOIL_A_DRAWER,        /* HQ's copy of it */
  TAI_SIM_LOSE_A_REFUND,         /* at HQ */
  TAI_SIM_REFUND_UNSEEN,         /* a part went back at the gateway, and the books do not know */
  TAI_SIM_FORGET_A_REFUND,       /* it went, and the books say that it did not */
  TAI_SIM_N_SABOTAGES
} TaiSimSabotage;

/**
 * One schedule of the simulator: terminals with their real stores, desks and sync engines and a real HQ, in one process, in
 * virtual time, all chance from a seed. Customers come, the net loses and doubles, disks are full, clocks are wrong,
 * programs die at any step of the store and are started again; then the faults stop, the queues drain, and the invariants
 * are checked.
 */
typedef struct {
  guint n_terminals;       /* 2 */
  guint n_visits;          /* of each terminal: 3 */
  guint net_fault_percent; /* 25 */
  guint qr_percent;        /* of the customers who pay by QR: 25 */
  guint card_percent;      /* by card: 10 */
  guint coupon_percent;    /* who bring a coupon: 10 */
  guint debt_percent;      /* before a visit: who wants money that another terminal owes: 0 */
  guint crash_percent;     /* of the visits during which the program dies: 30 */
  guint disk_full_percent; /* of the visits that begin a while of full disk: 5 */
  guint clock_percent;     /* of the visits before which somebody sets the clock: 5 */
  guint lines_limit;       /* of a person at HQ; 0: 1 … 5, by the seed */
  TaiSimSabotage sabotage;
} TaiSimPlan;

extern const TaiSimPlan tai_sim_standard_plan;

typedef struct {
  guint n_orders, n_rejected, n_crashes, n_recovered, n_qr, n_qr_paid, n_qr_not, n_refunds, n_debts;
  guint64 n_requests, n_net_faults;
  gint64 worst_heal_us; /* from the last fault to the last news */
} TaiSimFigures;

/* NULL: all invariants held. Else what did not, in words. (transfer full). tai_sim_kit_make() comes first. */
char *tai_sim_run (guint64 seed, const TaiSimPlan *plan, TaiSimFigures *figures);

/* A world for scripts: nothing happens in it unless the script says so. */
typedef struct {
  const TaiSimPlan *plan;
  TaiFakeClock *clock;
  HqStore *hq;        /* (transfer none) */
  gboolean swallowed; /* an order, for TAI_SIM_SWALLOW_AN_ORDER */
  TaiSimNet net;
  TaiSimTerminal terminals[TAI_SIM_MAX_TERMINALS];
  GPtrArray *receipts;
  GHashTable *people;
  guint lines_limit;
  TaiSimFigures *figures;
} TaiSimWorld;

void tai_sim_world_open (TaiSimWorld *self, guint64 seed, const TaiSimPlan *plan, TaiSimFigures *figures);
void tai_sim_world_close (TaiSimWorld *self);
/* Another headquarters answers from now on; (transfer none). */
void tai_sim_world_set_hq (TaiSimWorld *self, HqStore *hq);
/* All programs live on for @ms; who dies is started again. */
void tai_sim_world_run_ms (TaiSimWorld *self, gint64 ms);
/* No more faults; until nothing waits anywhere. NULL, or what still waits. */
char *tai_sim_world_heal (TaiSimWorld *self);
/* Lands what is still in the air and asks the oracle. The programs do not send any more after it. */
char *tai_sim_world_check (TaiSimWorld *self);

G_END_DECLS
