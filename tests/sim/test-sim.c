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
test_seeds (void)
{
  guint64 first = from_environment ("TAI_SIM_FIRST", 1), n = from_environment ("TAI_SIM_SEEDS", 300);
  TaiSimFigures figures = {0};

  for (guint64 seed = first; seed < first + n; seed++) {
    g_autofree char *problem = tai_sim_run (seed, &tai_sim_standard_plan, &figures);
    if (problem != NULL)
      g_error ("seed %" G_GUINT64_FORMAT ": %s", seed, problem);
  }
  g_test_message (
      "%" G_GUINT64_FORMAT " seeds: %u orders, %u refused by HQ, %u programs died, %" G_GUINT64_FORMAT
      " requests, %" G_GUINT64_FORMAT " faults of the net",
      n, figures.n_orders, figures.n_rejected, figures.n_crashes, figures.n_requests, figures.n_net_faults);
  if (n < 100)
    return;
  /* A simulator in which nothing goes wrong proves nothing. */
  g_assert_cmpuint (figures.n_rejected, >, n / 20);
  g_assert_cmpuint (figures.n_crashes, >, n / 4);
  g_assert_cmpuint (figures.n_net_faults, >, n);
}

/* The same seed twice is the same life, to the last request. */
static void
test_repeats (void)
{
  for (guint64 seed = 1; seed <= 5; seed++) {
    TaiSimFigures one = {0}, two = {0};
    g_autofree char *problem_one = tai_sim_run (seed, &tai_sim_standard_plan, &one);
    g_autofree char *problem_two = tai_sim_run (seed, &tai_sim_standard_plan, &two);

    g_assert_cmpstr (problem_one, ==, problem_two);
    g_assert_cmpuint (one.n_requests, ==, two.n_requests);
    g_assert_cmpuint (one.n_net_faults, ==, two.n_net_faults);
    g_assert_cmpuint (one.n_orders, ==, two.n_orders);
    g_assert_cmpuint (one.n_crashes, ==, two.n_crashes);
  }
}

/* The oracle sees what it is there to see. */
static void
test_sees (gconstpointer data)
{
  for (guint64 seed = 1; seed <= 10; seed++) {
    TaiSimPlan plan = tai_sim_standard_plan;
    TaiSimFigures figures = {0};
    g_autofree char *problem = NULL;

    plan.sabotage = GPOINTER_TO_UINT (data);
    plan.n_visits = 6; /* so that there is something to spoil */
    problem = tai_sim_run (seed, &plan, &figures);
    g_assert_nonnull (problem);
    g_test_message ("%s", problem);
  }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  tai_sim_prepare ();
  g_test_add_func ("/sim/seeds", test_seeds);
  g_test_add_func ("/sim/repeats", test_repeats);
  g_test_add_data_func ("/sim/sees/lost-order", GUINT_TO_POINTER (TAI_SIM_LOSE_AN_ORDER), test_sees);
  g_test_add_data_func ("/sim/sees/doubled-order", GUINT_TO_POINTER (TAI_SIM_DOUBLE_AN_ORDER), test_sees);
  g_test_add_data_func ("/sim/sees/lost-fen", GUINT_TO_POINTER (TAI_SIM_LOSE_A_FEN), test_sees);
  status = g_test_run ();
  tai_sim_finish ();
  return status;
}
