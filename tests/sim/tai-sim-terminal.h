/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
  guint32 looked_at; /* the disk's commits when it was last seen to be quiet or not */
  gboolean was_quiet;
  gint64 steps_to_live; /* of the store; -1: does not die */
  gint64 steps_to_fail; /* so many steps find the disk full */
  gboolean dead;
  guint n_crashes;
  gboolean keeps_visits; /* as a window does: what was placed when it died is fetched by the next program */
  GPtrArray *recovered;  /* (owned) (nullable) (element-type TaiVisit) not settled yet */
  guint n_recovered;
} TaiSimTerminal;

/* What a customer wants. */
typedef enum {
  TAI_SIM_TOP_UP = 1 << 0,
  TAI_SIM_NEW_LINE = 1 << 1,
  TAI_SIM_CHANGES_HIS_MIND = 1 << 2 /* after placing, before paying */
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
 * only when the program died, the disk was full or the customer changed his mind: all else is a bug and ends the program.
 * @person: who it is (0 … 9), @amount_minor: of the top-up
 */
gboolean tai_sim_terminal_serve (TaiSimTerminal *self, TaiSimWish wish, guint person, gint64 amount_minor);

/* The customers whose visits were there again after a restart: they pay (a receipt in the hand of each), or go. How many
 * visits were settled; one that meets a fault is left to the next program. */
guint tai_sim_terminal_settle (TaiSimTerminal *self, gboolean pays);

/* Nothing to send, nothing that HQ has still to decide; looked at from outside the program. */
gboolean tai_sim_terminal_is_quiet (TaiSimTerminal *self);

G_END_DECLS
