/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cash that one terminal took and another gives back: two real terminals of a hall and a real headquarters over real mutual TLS, with a line
 * that breaks and programs that die. The customer is paid once, and headquarters finds nothing that does not match.
 */
#include <string.h>

#include "tai-chopper.h"
#include "tai-core-error.h"
#include "tai-test-terminal.h"

#define FEN 5000

typedef struct {
  TaiTestHq *hq;
  TaiTestTerminal *a, *b;
  TaiUuid order;
} World;

static const TaiSyncSettings quick = {
    .poll_ms = 50, .idle_poll_ms = 100, .backoff_min_ms = 20, .backoff_max_ms = 200};

static void
start_hq (World *w)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", "catalogue.json", NULL);

  w->hq = tai_test_hq_new (file);
}

/* @a took a top-up of 50.00 in cash that will not be done: it is owed. @url: (nullable) of the line */
static void
begin (World *w, const char *url)
{
  TaiOrderFilter filter = {.limit = 1};
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GError) error = NULL;

  w->a = tai_test_terminal_new (w->hq, url, 2);
  w->b = tai_test_terminal_new_at (w->hq, url, 2, "T3");
  tai_test_terminal_sell (w->a);
  orders = tai_visit_store_list_orders (TAI_VISIT_STORE (w->a->store), &filter, &error);
  w->order = ((const TaiOrder *)g_ptr_array_index (orders, 0))->id;
  g_assert_true (
      tai_desk_apply_order_state (w->a->desk, w->order.text, TAI_ORDER_REJECTED, "line_closed", &error));
  g_assert_no_error (error);
}

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);

  start_hq (w);
  begin (w, NULL);
  return w;
}

static void
world_free (World *w)
{
  tai_test_terminal_free (w->a);
  tai_test_terminal_free (w->b);
  tai_test_hq_free (w->hq);
  g_free (w);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static gint64
balance (TaiTestTerminal *t, const char *account)
{
  TaiMoney amount;

  g_assert_true (tai_visit_store_balance (TAI_VISIT_STORE (t->store), account, &amount, NULL, NULL));
  return amount.minor;
}

static gint64
drawer (TaiTestTerminal *t)
{
  TaiMoney amount;

  g_assert_true (
      tai_visit_store_drawer_balance (TAI_VISIT_STORE (t->store), t->terminal->till, &amount, NULL));
  return amount.minor;
}

static gboolean
late_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_in (TaiTestTerminal *t, World *w, TaiDebtState state)
{
  g_autoptr (TaiDebt) debt = tai_visit_store_find_debt (TAI_VISIT_STORE (t->store), w->order.text, NULL);

  return debt != NULL && debt->state == state;
}

static void
wait_for (World *w, TaiTestTerminal *t, TaiDebtState state)
{
  gboolean is_late = FALSE;
  guint id = g_timeout_add_seconds (60, late_cb, &is_late);

  while (!is_in (t, w, state)) {
    if (is_late)
      g_error ("a debt is not %s: asked for it is %d, let go %d; %d messages wait there and %d here; %s; %s",
               tai_state_to_text (&tai_debt_states, state), is_in (w->b, w, TAI_DEBT_STATE_ASKED),
               is_in (w->a, w, TAI_DEBT_STATE_RELEASED), (int)tai_test_terminal_count (w->a).waiting,
               (int)tai_test_terminal_count (w->b).waiting, tai_sync_get_figures (w->a->sync)->detail,
               tai_sync_get_figures (w->b->sync)->detail);
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (id);
}

static void
pay (World *w, TaiTestTerminal *t)
{
  g_autoptr (GError) error = NULL;
  TaiMoney paid;

  tai_desk_pay_debt (t->desk, w->order.text, &paid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (paid.minor, ==, FEN);
}

/* What headquarters has in the end: nothing of the debt is open, and nothing does not match. */
static void
assert_settled (World *w, gint64 out_of_a, gint64 out_of_b)
{
  g_autofree char *findings = NULL;

  g_assert_true (tai_test_terminal_drain (w->a, 60 * 1000));
  g_assert_true (tai_test_terminal_drain (w->b, 60 * 1000));
  g_assert_cmpint (tai_test_terminal_count (w->a).quarantined + tai_test_terminal_count (w->b).quarantined,
                   ==, 0);
  g_assert_cmpint (balance (w->a, "refund_due") + balance (w->b, "refund_due"), ==, 0);
  g_assert_cmpint (balance (w->a, "refund_due_elsewhere") + balance (w->b, "refund_due_elsewhere"), ==, 0);
  g_assert_cmpint (drawer (w->a), ==, 20000 + FEN - out_of_a);
  g_assert_cmpint (drawer (w->b), ==, 20000 - out_of_b);
  findings = tai_test_hq_run (w->hq, "findings", NULL);
  g_assert_null (strstr (findings, "refund"));
}

static void
ask (World *w, TaiTestTerminal *t)
{
  g_autoptr (GError) error = NULL;

  tai_desk_ask_debt (t->desk, w->order.text, &error);
  g_assert_no_error (error);
}

static void
test_way (void)
{
  g_autoptr (World) w = world_new ();

  tai_test_terminal_start_sync (w->a, &quick);
  tai_test_terminal_start_sync (w->b, &quick);
  g_assert_true (tai_test_terminal_drain (w->a, 60 * 1000));
  ask (w, w->b);
  wait_for (w, w->b, TAI_DEBT_STATE_HELD);
  g_assert_true (is_in (w->a, w, TAI_DEBT_STATE_RELEASED));
  pay (w, w->b);
  assert_settled (w, 0, FEN);
}

/* The one that has it is not there: nothing is given, and B hears why when it gives up; then A pays as ever. */
static void
test_off_line (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (GError) error = NULL;

  tai_test_terminal_start_sync (w->a, &quick);
  g_assert_true (tai_test_terminal_drain (w->a, 60 * 1000));
  tai_sync_stop (w->a->sync);
  tai_test_terminal_start_sync (w->b, &quick);
  ask (w, w->b);
  g_assert_true (tai_test_terminal_drain (w->b, 60 * 1000));
  g_assert_true (is_in (w->b, w, TAI_DEBT_STATE_ASKED));
  g_assert_true (tai_desk_withdraw_debt (w->b->desk, w->order.text, &error));
  g_assert_true (tai_test_terminal_drain (w->b, 60 * 1000));
  g_assert_false (tai_desk_pay_debt (w->b->desk, w->order.text, NULL, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOTHING_DUE);
  g_clear_error (&error);
  /* it hears of it late, lets go of what nobody wants, and has it back */
  tai_test_terminal_start_sync (w->a, &quick);
  wait_for (w, w->a, TAI_DEBT_STATE_HELD);
  pay (w, w->a);
  assert_settled (w, FEN, 0);
}

/* Connections die after some random bytes, in the middle of a handshake, a request or an answer. */
static void
test_broken_lines (void)
{
  g_autoptr (World) w = g_new0 (World, 1);
  g_autoptr (TaiChopper) chopper = NULL;
  g_autofree char *url = NULL;

  start_hq (w);
  chopper = tai_chopper_new (w->hq->port, 0, 20261128);
  url = g_strdup_printf ("https://127.0.0.1:%u", tai_chopper_get_port (chopper));
  begin (w, url);
  tai_chopper_set_mean (chopper, 11000);
  tai_test_terminal_start_sync (w->a, &quick);
  g_assert_true (tai_test_terminal_drain (w->a, 60 * 1000)); /* until then headquarters knows no such order */
  tai_test_terminal_start_sync (w->b, &quick);
  ask (w, w->b);
  wait_for (w, w->b, TAI_DEBT_STATE_HELD);
  pay (w, w->b);
  g_assert_cmpuint (tai_chopper_get_n_cuts (chopper), >, 0);
  tai_chopper_set_mean (chopper, 0);
  assert_settled (w, 0, FEN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/debt-hq/way", test_way);
  g_test_add_func ("/debt-hq/off-line", test_off_line);
  g_test_add_func ("/debt-hq/broken-lines", test_broken_lines);
  return g_test_run ();
}
