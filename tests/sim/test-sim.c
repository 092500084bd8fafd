/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Seeds through the simulator. TAI_SIM_SEEDS: how many (300); TAI_SIM_FIRST: the first one (1). A failing seed is named and
 * repeats alone: TAI_SIM_FIRST=<seed> TAI_SIM_SEEDS=1.
 */
#include "tai-sim-world.h"

static guint64
from_environment (const char *name, guint64 standard)
{
  const char *text = g_getenv (name);

  return text ? g_ascii_strtoull (text, NULL, 10) : standard;
}

static void
report (guint64 n, const TaiSimFigures *figures, gint64 took_us)
{
  g_test_message (
      "%" G_GUINT64_FORMAT " schedules in %" G_GINT64_FORMAT " ms: %u orders, %u refused by HQ, %u programs "
      "died, %u placed visits came back, %u payments by QR and card (%u visits paid by them, %u otherwise), %u refunds, %" G_GUINT64_FORMAT
      " requests, %" G_GUINT64_FORMAT " faults of the net; the worst queue was empty after %" G_GINT64_FORMAT
      " virtual seconds",
      n, took_us / 1000, figures->n_orders, figures->n_rejected, figures->n_crashes, figures->n_recovered,
      figures->n_qr, figures->n_qr_paid, figures->n_qr_not, figures->n_refunds, figures->n_requests,
      figures->n_net_faults, figures->worst_heal_us / G_USEC_PER_SEC);
}

static void
test_seeds (void)
{
  guint64 first = from_environment ("TAI_SIM_FIRST", 1), n = from_environment ("TAI_SIM_SEEDS", 300);
  gint64 start_us = g_get_monotonic_time ();
  TaiSimFigures figures = {0};

  for (guint64 seed = first; seed < first + n; seed++) {
    g_autofree char *problem = tai_sim_run (seed, &tai_sim_standard_plan, &figures);
    if (problem != NULL)
      g_error ("seed %" G_GUINT64_FORMAT ": %s", seed, problem);
  }
  report (n, &figures, g_get_monotonic_time () - start_us);
  if (n < 100)
    return;
  /* A simulator in which nothing goes wrong proves nothing. */
  g_assert_cmpuint (figures.n_rejected, >, n / 4);
  g_assert_cmpuint (figures.n_rejected, <, figures.n_orders / 2);
  g_assert_cmpuint (figures.n_crashes, >, n / 2);
  g_assert_cmpuint (figures.n_recovered, >, n / 20);
  g_assert_cmpuint (figures.n_net_faults, >, n * 2);
  g_assert_cmpuint (figures.n_qr_paid, >, n / 3);
  g_assert_cmpuint (figures.n_qr_not, >, n / 10);
  g_assert_cmpuint (figures.n_refunds, >, n / 4);
}

/* More terminals, longer days, a worse net. */
static void
test_hard (void)
{
  TaiSimPlan plan = tai_sim_standard_plan;
  TaiSimFigures figures = {0};
  gint64 start_us = g_get_monotonic_time ();

  plan.n_terminals = 4;
  plan.n_visits = 6;
  plan.net_fault_percent = 50;
  plan.crash_percent = 60;
  plan.disk_full_percent = 15;
  plan.clock_percent = 15;
  for (guint64 seed = 1; seed <= 50; seed++) {
    g_autofree char *problem = tai_sim_run (seed, &plan, &figures);
    if (problem != NULL)
      g_error ("hard seed %" G_GUINT64_FORMAT ": %s", seed, problem);
  }
  report (50, &figures, g_get_monotonic_time () - start_us);
}

/* Customers who come for their money to another desk, are asked for, go away and come again. */
static void
test_debts (void)
{
  TaiSimPlan plan = tai_sim_standard_plan;
  TaiSimFigures figures = {0};
  guint64 first = from_environment ("TAI_SIM_FIRST", 1), n = from_environment ("TAI_SIM_SEEDS", 150);
  gint64 start_us = g_get_monotonic_time ();

  plan.n_terminals = 3;
  plan.debt_percent = 60;
  plan.qr_percent = 5;
  plan.lines_limit = 1; /* much is refused */
  for (guint64 seed = first; seed < first + n; seed++) {
    g_autofree char *problem = tai_sim_run (seed, &plan, &figures);
    if (problem != NULL)
      g_error ("debts seed %" G_GUINT64_FORMAT ": %s", seed, problem);
  }
  report (n, &figures, g_get_monotonic_time () - start_us);
  g_test_message ("%u given back at another desk", figures.n_debts);
  if (n >= 100)
    g_assert_cmpuint (figures.n_debts, >, n / 4);
}

static void
assert_same_life (guint64 seed, const TaiSimFigures *one, const TaiSimFigures *two)
{
  g_test_message ("seed %" G_GUINT64_FORMAT ": %u orders, %" G_GUINT64_FORMAT " requests", seed,
                  one->n_orders, one->n_requests);
  g_assert_cmpuint (one->n_requests, ==, two->n_requests);
  g_assert_cmpuint (one->n_net_faults, ==, two->n_net_faults);
  g_assert_cmpuint (one->n_orders, ==, two->n_orders);
  g_assert_cmpuint (one->n_rejected, ==, two->n_rejected);
  g_assert_cmpuint (one->n_crashes, ==, two->n_crashes);
  g_assert_cmpuint (one->n_recovered, ==, two->n_recovered);
  g_assert_cmpint (one->worst_heal_us, ==, two->worst_heal_us);
}

/* The same seed twice is the same life, to the last request; also when connections are opened anew and not recycled. */
static void
test_repeats (void)
{
  for (guint64 seed = 1; seed <= 20; seed++) {
    TaiSimFigures one = {0}, two = {0}, fresh = {0};
    g_autofree char *problem_one = tai_sim_run (seed, &tai_sim_standard_plan, &one);
    g_autofree char *problem_two = tai_sim_run (seed, &tai_sim_standard_plan, &two);
    g_autofree char *problem_fresh = NULL;

    tai_sim_disk_set_recycling (FALSE);
    problem_fresh = tai_sim_run (seed, &tai_sim_standard_plan, &fresh);
    tai_sim_disk_set_recycling (TRUE);
    g_assert_cmpstr (problem_one, ==, NULL);
    g_assert_cmpstr (problem_two, ==, NULL);
    g_assert_cmpstr (problem_fresh, ==, NULL);
    assert_same_life (seed, &one, &two);
    assert_same_life (seed, &one, &fresh);
  }
}

/* The oracle sees what it is there to see, within ten seeds; where a seed has nothing to spoil, it says nothing. */
static void
test_sees (gconstpointer data)
{
  TaiSimPlan plan = tai_sim_standard_plan;
  TaiSimFigures figures = {0};
  guint n_seen = 0;

  plan.sabotage = GPOINTER_TO_UINT (data);
  if (plan.sabotage == TAI_SIM_FORGET_THE_LINE_LIMIT)
    plan.lines_limit = 1;
  for (guint64 seed = 1; seed <= 10; seed++) {
    g_autofree char *problem = tai_sim_run (seed, &plan, &figures);
    if (problem != NULL && n_seen++ == 0)
      g_test_message ("seed %" G_GUINT64_FORMAT ": %s", seed, problem);
  }
  g_test_message ("seen in %u of 10 seeds", n_seen);
  g_assert_cmpuint (n_seen, >, 0);
}

static const char *const sabotages[TAI_SIM_N_SABOTAGES] = {
    [TAI_SIM_LOSE_AN_ORDER] = "lost-order",
    [TAI_SIM_SWALLOW_AN_ORDER] = "swallowed-order",
    [TAI_SIM_DOUBLE_AN_ORDER] = "doubled-order",
    [TAI_SIM_CHANGE_AN_ORDER] = "changed-order",
    [TAI_SIM_LOSE_A_PAYMENT] = "lost-payment",
    [TAI_SIM_FORGET_A_STATE] = "forgotten-state",
    [TAI_SIM_LEND_A_NUMBER_TWICE] = "number-twice",
    [TAI_SIM_FORGET_THE_LINE_LIMIT] = "too-many-lines",
    [TAI_SIM_KEEP_A_REFUSED_NUMBER] = "kept-claim",
    [TAI_SIM_USE_A_REFUSED_NUMBER] = "used-refused-number",
    [TAI_SIM_LOSE_A_FEN] = "lost-fen",
    [TAI_SIM_FORGET_A_REVERSAL] = "forgotten-reversal",
    [TAI_SIM_REUSE_A_SEQUENCE] = "reused-sequence",
    [TAI_SIM_LEAVE_A_GAP] = "gap",
    [TAI_SIM_RECEIPT_WITHOUT_PAYMENT] = "receipt-without-payment",
    [TAI_SIM_RECEIPT_TWICE] = "receipt-twice",
    [TAI_SIM_RECEIPT_WITHOUT_ORDER] = "receipt-without-order",
    [TAI_SIM_FORGET_AN_ENTRY] = "forgotten-entry",
    [TAI_SIM_CHARGE_TWICE] = "charged-twice",
    [TAI_SIM_GIVE_BACK_UNSEEN] = "given-back-unseen",
    [TAI_SIM_FORGET_A_DOUBT] = "forgotten-doubt",
    [TAI_SIM_SPOIL_A_DRAWER] = "spoiled-drawer",
    [TAI_SIM_LOSE_A_REFUND] = "lost-refund",
    [TAI_SIM_REFUND_UNSEEN] = "refund-unseen",
    [TAI_SIM_FORGET_A_REFUND] = "forgotten-refund",
};

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  tai_sim_kit_make ();
  g_test_add_func ("/sim/seeds", test_seeds);
  g_test_add_func ("/sim/hard", test_hard);
  g_test_add_func ("/sim/debts", test_debts);
  g_test_add_func ("/sim/repeats", test_repeats);
  for (guint i = TAI_SIM_SOUND + 1; i < TAI_SIM_N_SABOTAGES; i++) {
    g_autofree char *path = g_strconcat ("/sim/sees/", sabotages[i], NULL);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_sees);
  }
  status = g_test_run ();
  tai_sim_kit_unmake ();
  return status;
}
