/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-sim-world.h"

#include "tai-sim-check.h"

#include <string.h>

#define N_PEOPLE          3
#define MAX_LINES         5
#define STEPS_OF_VISIT    160 /* of the store, about; the fault may come at any of them */
#define STEPS_FULL_MAX    400
#define MAX_SKEW_HOURS    9
#define ROUNDS_OF_REFUNDS 3
#define ROUNDS_OF_DEBTS   12
/* Virtual minutes until all queues must be empty: a time-out, the longest back-off, a poll, each a few times. */
#define HEAL_LIMIT_MIN 15

const TaiSimPlan tai_sim_standard_plan = {.n_terminals = 2,
                                          .n_visits = 3,
                                          .net_fault_percent = 25,
                                          .qr_percent = 25,
                                          .card_percent = 10,
                                          .coupon_percent = 10,
                                          .crash_percent = 30,
                                          .disk_full_percent = 5,
                                          .clock_percent = 5,
                                          .sabotage = TAI_SIM_SOUND};

static guint
draw (TaiSimWorld *self, guint below)
{
  return tai_sim_net_draw (&self->net, below);
}

/* Opening and closing ------------------------------------------------------------------------------------------------ */

static void
open_terminal (TaiSimWorld *self, guint index, guint64 seed)
{
  TaiSimTerminal *t = &self->terminals[index];

  tai_sim_terminal_init (t, index, &self->net, TAI_CLOCK (self->clock), seed);
  t->receipts = self->receipts;
  t->people = self->people;
  t->first_resource = (guint)(seed % TAI_SIM_N_NUMBERS);
  tai_sim_terminal_start (t);
}

void
tai_sim_world_open (TaiSimWorld *self, guint64 seed, const TaiSimPlan *plan, TaiSimFigures *figures)
{
  g_assert (plan->n_terminals >= 1 && plan->n_terminals <= TAI_SIM_MAX_TERMINALS);
  g_assert (plan->n_visits <= TAI_SIM_N_NUMBERS);

  *self = (TaiSimWorld){.plan = plan, .figures = figures};
  self->clock = tai_fake_clock_new (TAI_FAKE_CLOCK_MORNING_US);
  self->receipts = g_ptr_array_new_with_free_func (g_free);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lines_limit = plan->lines_limit ? plan->lines_limit : 1 + (guint)(seed / 7 % MAX_LINES);
  self->hq = tai_sim_kit_take_hq (plan->sabotage == TAI_SIM_FORGET_THE_LINE_LIMIT ? 100 : self->lines_limit);
  tai_sim_net_init (&self->net, self->hq, TAI_CLOCK (self->clock), seed, plan->net_fault_percent);
  for (guint i = 0; i < plan->n_terminals; i++)
    open_terminal (self, i, seed);
}

void
tai_sim_world_set_hq (TaiSimWorld *self, HqStore *hq)
{
  self->hq = self->net.hq = hq;
}

/* With the programs gone, only the net has timers: all that is on its way arrives. */
static void
land_all (TaiSimWorld *self)
{
  while (tai_fake_clock_fire_next (self->clock))
    continue;
}

void
tai_sim_world_close (TaiSimWorld *self)
{
  for (guint i = 0; i < self->plan->n_terminals; i++) {
    self->figures->n_crashes += self->terminals[i].n_crashes;
    self->figures->n_recovered += self->terminals[i].n_recovered;
    self->figures->n_qr += self->terminals[i].n_qr;
    self->figures->n_qr_paid += self->terminals[i].n_qr_paid;
    self->figures->n_qr_not += self->terminals[i].n_qr_not;
    self->figures->n_refunds += self->terminals[i].n_refunds;
    self->figures->n_debts += self->terminals[i].n_debts;
    tai_sim_terminal_clear (&self->terminals[i]);
  }
  land_all (self);
  self->figures->n_requests += self->net.n_requests;
  self->figures->n_net_faults += self->net.n_faults;
  tai_sim_net_clear (&self->net);
  g_clear_object (&self->clock);
  g_ptr_array_unref (self->receipts);
  g_hash_table_unref (self->people);
}

/* Living ------------------------------------------------------------------------------------------------------------- */

static void
restart_the_dead (TaiSimWorld *self)
{
  for (guint i = 0; i < self->plan->n_terminals; i++) {
    tai_sim_terminal_look (&self->terminals[i]);
    tai_sim_terminal_restart_if_dead (&self->terminals[i]);
  }
}

static void
set_time_limit_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
}

void
tai_sim_world_run_ms (TaiSimWorld *self, gint64 ms)
{
  gboolean over = FALSE;

  tai_clock_after (TAI_CLOCK (self->clock), ms, set_time_limit_cb, &over);
  while (!over) {
    g_assert_true (tai_fake_clock_fire_next (self->clock));
    restart_the_dead (self);
  }
}

/* What one has let go has come to another. */
static gboolean
is_quiet (TaiSimWorld *self)
{
  gint64 on_the_way = 0;

  for (guint i = 0; self->plan->debt_percent > 0 && i < self->plan->n_terminals; i++)
    on_the_way += tai_sim_terminal_get_fetched (&self->terminals[i]);
  if (on_the_way != 0)
    return FALSE;
  for (guint i = 0; i < self->plan->n_terminals; i++)
    if (!tai_sync_is_idle (self->terminals[i].sync) || !tai_sim_terminal_is_quiet (&self->terminals[i]))
      return FALSE;
  return TRUE;
}

static char *
describe_waiting (TaiSimWorld *self)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "the queues did not empty within %d virtual minutes:", HEAL_LIMIT_MIN);
  for (guint i = 0; i < self->plan->n_terminals; i++) {
    const TaiSimTerminal *t = &self->terminals[i];
    const TaiSyncFigures *figures = tai_sync_get_figures (t->sync);
    TaiOutboxCounts counts = {0};

    tai_outbox_counts (TAI_OUTBOX (t->store), TAI_DESTINATION_HQ, &counts, NULL);
    g_string_append_printf (
        text,
        " T%u (clock %+" G_GINT64_FORMAT " h, engine %d %s, next in %" G_GINT64_FORMAT
        " s): %" G_GINT64_FORMAT " waiting, %" G_GINT64_FORMAT " asking, %" G_GINT64_FORMAT
        " in flight, %" G_GINT64_FORMAT " quarantined;",
        i + 1, tai_sim_terminal_get_clock_wrong (t) / G_TIME_SPAN_HOUR, (int)figures->state, figures->detail,
        (tai_outbox_next_due_us (TAI_OUTBOX (t->store), TAI_DESTINATION_HQ) - tai_clock_now (t->clock)) /
            G_USEC_PER_SEC,
        counts.waiting, counts.asking, counts.in_flight, counts.quarantined);
  }
  return g_string_free (text, FALSE);
}

char *
tai_sim_world_heal (TaiSimWorld *self)
{
  gint64 start_us = tai_clock_monotonic (TAI_CLOCK (self->clock));
  gint64 limit_us = start_us + HEAL_LIMIT_MIN * G_TIME_SPAN_MINUTE, took_us;

  self->net.fault_percent = 0;
  self->net.hq_fate = NULL;
  if (self->plan->sabotage != TAI_SIM_SWALLOW_AN_ORDER)
    self->net.fate = NULL;
  for (guint i = 0; i < self->plan->n_terminals; i++) {
    tai_sim_terminal_restart_if_dead (&self->terminals[i]);
    self->terminals[i].steps_to_live = -1;
    self->terminals[i].steps_to_fail = 0;
    tai_fake_gateway_end_waits (self->terminals[i].bank);
  }
  hq_sandbox_end_waits (self->net.sandbox);
  while (!is_quiet (self)) {
    if (tai_clock_monotonic (TAI_CLOCK (self->clock)) > limit_us)
      return describe_waiting (self);
    g_assert_true (tai_fake_clock_fire_next (self->clock));
    for (guint i = 0; i < self->plan->n_terminals; i++)
      tai_sim_terminal_look (&self->terminals[i]);
  }
  took_us = tai_clock_monotonic (TAI_CLOCK (self->clock)) - start_us;
  self->figures->worst_heal_us = MAX (self->figures->worst_heal_us, took_us);
  return NULL;
}

char *
tai_sim_world_check (TaiSimWorld *self)
{
  /* What was sent twice or arrives late must not change anything any more. */
  for (guint i = 0; i < self->plan->n_terminals; i++)
    tai_sync_stop (self->terminals[i].sync);
  land_all (self);
  if (self->plan->sabotage != TAI_SIM_SOUND)
    tai_sim_sabotage (self);
  return tai_sim_check (self);
}

/* Nothing is drawn where nobody goes elsewhere: the other seeds stay what they are. */
static void
go_elsewhere (TaiSimWorld *self, TaiSimTerminal *t)
{
  guint other;

  if (self->plan->debt_percent == 0 || draw (self, 100) >= self->plan->debt_percent)
    return;
  other = (t->index + 1 + draw (self, self->plan->n_terminals - 1)) % self->plan->n_terminals;
  tai_sim_terminal_fetch (t, &self->terminals[other], draw (self, 1000));
}

/* Customers by chance ------------------------------------------------------------------------------------------------ */

static void
draw_faults (TaiSimWorld *self, TaiSimTerminal *t)
{
  if (draw (self, 100) < self->plan->crash_percent)
    t->steps_to_live = draw (self, STEPS_OF_VISIT);
  if (draw (self, 100) < self->plan->disk_full_percent)
    t->steps_to_fail = draw (self, STEPS_FULL_MAX);
  if (draw (self, 100) < self->plan->clock_percent)
    tai_sim_terminal_set_clock_wrong (t, ((gint64)draw (self, 2 * MAX_SKEW_HOURS + 1) - MAX_SKEW_HOURS) *
                                             G_TIME_SPAN_HOUR);
}

static void
customer_cb (gpointer data)
{
  TaiSimTerminal *t = data;
  TaiSimWorld *self = t->net->fate_data;
  static const TaiSimWish wishes[] = {TAI_SIM_TOP_UP, TAI_SIM_NEW_LINE, TAI_SIM_TOP_UP | TAI_SIM_NEW_LINE,
                                      TAI_SIM_TOP_UP | TAI_SIM_NEW_LINE};
  TaiSimWish wish = wishes[draw (self, G_N_ELEMENTS (wishes))];
  gint64 amount_minor;

  tai_sim_terminal_restart_if_dead (t);
  draw_faults (self, t);
  if (draw (self, 10) == 0)
    wish |= TAI_SIM_CHANGES_HIS_MIND;
  if (draw (self, 100) < self->plan->qr_percent)
    wish |= TAI_SIM_QR | (draw (self, 3) == 0 ? TAI_SIM_SPLIT : 0);
  else if (draw (self, 100) < self->plan->card_percent)
    wish |= TAI_SIM_CARD;
  if (draw (self, 100) < self->plan->coupon_percent)
    wish |= TAI_SIM_COUPON;
  if (t->recovered != NULL && t->recovered->len > 0)
    tai_sim_terminal_settle (t, draw (self, 3) > 0);
  /* half of those who pay by QR have an amount that makes trouble: docs/protocol.md, play money */
  amount_minor = (wish & TAI_SIM_QR) && draw (self, 2) ? 100 * (1 + draw (self, 300)) + draw (self, 10)
                                                       : 100 + draw (self, 30000);
  if (draw (self, 8) == 0)
    tai_sim_terminal_move_cash (t, draw (self, 2) == 0);
  if (draw (self, 4) == 0)
    tai_sim_terminal_give_back (t, draw (self, 1000));
  go_elsewhere (self, t);
  tai_sim_terminal_serve (t, wish, draw (self, N_PEOPLE), amount_minor);
  if (++t->n_visits < self->plan->n_visits)
    tai_clock_after (TAI_CLOCK (self->clock), 200 + draw (self, 40000), customer_cb, t);
}

/* Those whose orders HQ did not want come for their money, faults as ever. */
static void
give_back (TaiSimWorld *self)
{
  for (guint round = 0; round < (self->plan->debt_percent > 0 ? ROUNDS_OF_DEBTS : ROUNDS_OF_REFUNDS);
       round++) {
    for (guint i = 0; i < self->plan->n_terminals; i++) {
      tai_sim_terminal_restart_if_dead (&self->terminals[i]);
      draw_faults (self, &self->terminals[i]);
      if (self->plan->debt_percent == 0 || round == 0)
        tai_sim_terminal_give_back (&self->terminals[i], draw (self, 1000));
      go_elsewhere (self, &self->terminals[i]);
    }
    tai_sim_world_run_ms (self, 1000 + draw (self, 30000));
  }
}

static gboolean
has_customers (TaiSimWorld *self)
{
  for (guint i = 0; i < self->plan->n_terminals; i++)
    if (self->terminals[i].n_visits < self->plan->n_visits)
      return TRUE;
  return FALSE;
}

/* The first order that is sent alone is swallowed, and only that. */
static TaiSimFate
swallow_cb (const TaiRequest *request, gpointer data)
{
  TaiSimWorld *self = data;

  if (self->swallowed || strcmp (request->path, TAI_PATH_ORDER) != 0)
    return TAI_SIM_ARRIVES;
  self->swallowed = TRUE;
  return TAI_SIM_SWALLOWED;
}

char *
tai_sim_run (guint64 seed, const TaiSimPlan *plan, TaiSimFigures *figures)
{
  TaiSimWorld world;
  TaiSimWorld *self = &world;
  char *problem;

  tai_sim_world_open (self, seed, plan, figures);
  self->net.fate_data = self;
  if (plan->sabotage == TAI_SIM_SWALLOW_AN_ORDER)
    self->net.fate = swallow_cb;
  for (guint i = 0; i < plan->n_terminals; i++)
    tai_clock_after (TAI_CLOCK (self->clock), 100 + draw (self, 5000), customer_cb, &self->terminals[i]);
  for (guint i = 0; i < plan->n_terminals; i++) /* one behaves as a window, the next as a command line */
    self->terminals[i].keeps_visits = (seed + i) % 2 == 0;
  while (has_customers (self)) {
    g_assert_true (tai_fake_clock_fire_next (self->clock));
    restart_the_dead (self);
  }
  give_back (self);
  problem = tai_sim_world_heal (self);
  if (problem == NULL)
    problem = tai_sim_world_check (self);
  tai_sim_world_close (self);
  return problem;
}
