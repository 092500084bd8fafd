/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-fake-gateway.h"
#include "tai-sim-kit.h"
#include "tai-sim-line.h"
#include "tai-sync.h"

G_BEGIN_DECLS

/*
 * One terminal: a disk that stays, a program on it that dies and is started again, and the clerk who works with it. The
 * program is the real one: store, desk, sync engine. Its wall clock may be wrong; the monotonic one and the timers are the
 * world's.
 */
typedef struct {
  guint index;
  const TaiTerminal *terminal;
  TaiSimDisk *disk;
  TaiSimNet *net;
  TaiClock *clock;      /* (owned) a TaiSimClock */
  TaiEntropy *entropy;  /* (owned) */
  GPtrArray *receipts;  /* (element-type utf8) the world's: what clerks have in their hands */
  GHashTable *people;   /* the world's: order id -> which person + 1 */
  guint first_resource; /* its numbers are given out from here on, and around */

  TaiStore *store; /* (owned) these four die with the program */
  TaiDesk *desk;
  TaiSimLine *line;
  TaiSync *sync;
  guint n_visits, n_taken;
  guint n_bags;      /* whose numbers were used */
  guint32 looked_at; /* the disk's commits when it was last seen to be quiet or not */
  gboolean was_quiet;
  gint64 steps_to_live; /* of the store; -1: does not die */
  gint64 steps_to_fail; /* so many steps find the disk full */
  gboolean dead;
  guint n_crashes;
  gboolean keeps_visits; /* as a window does: what was placed when it died is fetched by the next program */
  GPtrArray *recovered;  /* (owned) (nullable) (element-type TaiVisit) not settled yet */
  guint n_recovered;
  GPtrArray *paying;    /* (owned) (element-type TaiVisit) whose QR payments are under way, or were */
  TaiFakeGateway *bank; /* (owned) the bank terminal beside it, which no power cut here touches */
  guint n_coupons;      /* of its stock that customers have brought */
  guint n_refunds;      /* asked for, or given back at once */
  guint n_debts;        /* given back for another terminal */
  guint n_qr, n_qr_paid, n_qr_not; /* payments begun; visits that ended paid, or by other means */
} TaiSimTerminal;

/* What a customer wants. */
typedef enum {
  TAI_SIM_TOP_UP = 1 << 0,
  TAI_SIM_NEW_LINE = 1 << 1,
  TAI_SIM_CHANGES_HIS_MIND = 1 << 2, /* after placing, before paying */
  TAI_SIM_QR = 1 << 3,               /* pays by QR; what becomes of it says tai_sim_terminal_look() */
  TAI_SIM_SPLIT = 1 << 4,            /* a part of it in cash before */
  TAI_SIM_CARD = 1 << 5,             /* pays by card, likewise */
  TAI_SIM_COUPON = 1 << 6            /* gives a coupon before, sometimes one that was used */
} TaiSimWish;

void tai_sim_terminal_init (TaiSimTerminal *self, guint index, TaiSimNet *net, TaiClock *clock, guint64 seed);
void tai_sim_terminal_clear (TaiSimTerminal *self);

void tai_sim_terminal_start (TaiSimTerminal *self);
/* The plug is pulled: nothing is said goodbye to; what SQLite committed is what there is. */
void tai_sim_terminal_kill (TaiSimTerminal *self);
void tai_sim_terminal_restart_if_dead (TaiSimTerminal *self);
void tai_sim_terminal_set_clock_wrong (TaiSimTerminal *self, gint64 skew_us);
gint64 tai_sim_terminal_get_clock_wrong (const TaiSimTerminal *self);

/**
 * One visit from the greeting to the receipt. TRUE: the clerk has the receipt in his hand, and it is in @receipts. FALSE
 * only when the program died, the disk was full, the customer changed his mind or pays by QR: all else is a bug and ends the
 * program.
 * @person: who it is (0 … 9), @amount_minor: of the top-up
 */
gboolean tai_sim_terminal_serve (TaiSimTerminal *self, TaiSimWish wish, guint person, gint64 amount_minor);

/* Change money from the safe, or a drop into a sealed bag; not when the program is dead or the disk full. */
void tai_sim_terminal_move_cash (TaiSimTerminal *self, gboolean drops);

/* One of the orders that HQ did not want, if there is one: what gateways took they are asked to give back, else cash and slips are. */
void tai_sim_terminal_give_back (TaiSimTerminal *self, guint chance);

/* A customer whose money @other owes stands here: it is asked for, or not wanted any more, or given to him (tai-sim-debt.c). */
void tai_sim_terminal_fetch (TaiSimTerminal *self, TaiSimTerminal *other, guint chance);
/* What has come from other terminals, less what was let go. */
gint64 tai_sim_terminal_get_fetched (TaiSimTerminal *self);

/* The customers whose visits were there again after a restart: they pay (a receipt in the hand of each), or go. How many
 * visits were settled; one that meets a fault is left to the next program. */
guint tai_sim_terminal_settle (TaiSimTerminal *self, gboolean pays);

/* The clerk looks at the visits whose payments were under way: a receipt in the hand of who has paid; who has not pays in cash
 * what is due. */
void tai_sim_terminal_look (TaiSimTerminal *self);

/* Nothing to send, no payment under way, nothing that HQ has still to decide; looked at from outside the program. */
gboolean tai_sim_terminal_is_quiet (TaiSimTerminal *self);

G_END_DECLS
