/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-headquarters.h"
#include "tai-hq-apply.h"
#include "tai-hq-gateway-sandbox.h"
#include "tai-ports.h"

G_BEGIN_DECLS

/*
 * The virtual net between terminals and HQ. A request may be refused, lost, delivered twice or long after its sender gave up,
 * answered late or never; HQ may die before or after its commit, and before or after it has asked a provider of payments, which
 * is the sandbox. What is delivered goes through hq_apply, in groups. All from one seed, in virtual time.
 */
typedef enum {
  TAI_SIM_ARRIVES,
  TAI_SIM_NOT_REACHED, /* never leaves */
  TAI_SIM_LOST,        /* on its way */
  TAI_SIM_ANSWER_LOST, /* taken, and the sender never hears of it */
  TAI_SIM_TWICE,       /* the second one up to a minute later */
  TAI_SIM_TOO_LATE,    /* long after its sender gave up */
  TAI_SIM_SWALLOWED,   /* answered as taken and never given to HQ: no fault, a planted bug */
  TAI_SIM_N_FATES
} TaiSimFate;

typedef enum { TAI_SIM_HQ_LIVES, TAI_SIM_HQ_DIES_BEFORE, TAI_SIM_HQ_DIES_AFTER } TaiSimHqFate;

/* A script's word on a request, on a group of HQ's. */
typedef TaiSimFate (*TaiSimFateFunc) (const TaiRequest *request, gpointer data);
typedef TaiSimHqFate (*TaiSimHqFateFunc) (gpointer data);

typedef struct {
  HqStore *hq;
  HqSandbox *sandbox; /* (owned) and the customers before it */
  TaiClock *clock;
  guint64 random;           /* state of the seeded sequence */
  guint fault_percent;      /* 0: a perfect net */
  TaiSimFateFunc fate;      /* (nullable) instead of chance */
  TaiSimHqFateFunc hq_fate; /* (nullable) likewise */
  gpointer fate_data;
  GPtrArray *inbox; /* (owned) requests that arrived and wait for HQ's next group */
  guint group_timer, advance_timer;
  guint64 n_requests, n_faults;
} TaiSimNet;

void tai_sim_net_init (TaiSimNet *self, HqStore *hq, TaiClock *clock, guint64 seed, guint fault_percent);
void tai_sim_net_clear (TaiSimNet *self);
guint tai_sim_net_draw (TaiSimNet *self, guint below); /* 0 … below - 1 */

/* One terminal's end. Cut when its program dies: who waits hears that the line is lost; what is on its way still arrives. */
#define TAI_TYPE_SIM_LINE (tai_sim_line_get_type ())
G_DECLARE_FINAL_TYPE (TaiSimLine, tai_sim_line, TAI, SIM_LINE, GObject)
TaiSimLine *tai_sim_line_new (TaiSimNet *net, const char *terminal);
void tai_sim_line_cut (TaiSimLine *self);

G_END_DECLS
