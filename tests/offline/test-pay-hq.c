/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * QR payments of a real terminal through a real headquarters over mutual TLS, with sandbox customers: lost answers, connections
 * that are cut, a headquarters that is killed. At the end the sandbox has exactly what the terminal's books say, payment by
 * payment.
 */
#include <signal.h>

#include "tai-chopper.h"
#include "tai-core-error.h"
#include "tai-hq-gateway-sandbox.h"
#include "tai-line-gateway.h"
#include "tai-test-terminal.h"

#define CODE "130000000000000001"

typedef struct {
  TaiTestHq *hq;
  TaiTestTerminal *terminal;
  GPtrArray *visits; /* (element-type TaiVisit) */
} Fixture;

static void
fixture_init (Fixture *f, TaiTestHq *hq, const char *url)
{
  g_autoptr (TaiLineGateway) gateway = NULL;

  f->hq = hq;
  g_free (tai_test_hq_run (hq, "set", "sandbox", "0", NULL));
  f->terminal = tai_test_terminal_new (hq, url, 4);
  gateway = tai_line_gateway_new (f->terminal->line);
  tai_desk_set_gateway (f->terminal->desk, TAI_TENDER_QR, TAI_PAYMENT_GATEWAY (gateway));
  f->visits = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
fixture_clear (Fixture *f)
{
  g_ptr_array_unref (f->visits);
  tai_test_terminal_free (f->terminal);
  tai_test_hq_free (f->hq);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static TaiTestHq *
make_hq (void)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", "catalogue.json", NULL);

  return tai_test_hq_new (file);
}

/* A top-up of @fen, placed, and handed to the gateway; @code NULL: a QR is shown. */
static TaiVisit *
pay (Fixture *f, gint64 fen, const char *code)
{
  TaiDesk *desk = f->terminal->desk;
  TaiTenderRequest request = {.tender = TAI_TENDER_QR, .provider = "alipay", .pay_code = code};
  g_autoptr (GError) error = NULL;
  TaiVisit *visit = tai_desk_begin_visit (desk, &error);
  TaiOrder *order = tai_desk_add_order (desk, visit, "top_up", &error);
  gboolean good;

  good = tai_desk_set_target (desk, visit, order, "15900000000", &error) &&
         tai_desk_add_offering (desk, visit, order, "topup", 1, tai_money (fen, TAI_CNY), &error) != NULL &&
         tai_desk_place (desk, visit, &error) && tai_desk_pay (desk, visit, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (good);
  g_ptr_array_add (f->visits, visit);
  return visit;
}

static const TaiPayment *
payment_of (TaiVisit *visit)
{
  return g_ptr_array_index (tai_visit_get_payments (visit), 0);
}

static gboolean
late_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until nothing is open any more. */
static void
wait_for_all (Fixture *f, guint deadline_s)
{
  gboolean is_late = FALSE;
  guint id = g_timeout_add (deadline_s * 1000, late_cb, &is_late);

  for (;;) {
    guint n_open = 0;
    for (guint i = 0; i < f->visits->len; i++)
      n_open += tai_visit_get_open_payment (g_ptr_array_index (f->visits, i)) != NULL;
    if (n_open == 0)
      break;
    g_assert_false (is_late);
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (id);
}

/* What the sandbox has of each payment is what the terminal says of it. */
static void
assert_agreed (Fixture *f)
{
  g_autofree char *folder = g_build_filename (f->hq->folder, "sandbox", NULL);
  g_autoptr (HqSandbox) sandbox = hq_sandbox_new (folder);

  for (guint i = 0; i < f->visits->len; i++) {
    const TaiPayment *payment = payment_of (g_ptr_array_index (f->visits, i));
    gint64 ours = payment->state == TAI_PAYMENT_SUCCEEDED ? payment->amount.minor : 0;

    g_assert_cmpint (hq_sandbox_get_taken_by (sandbox, payment->id.text, g_get_real_time ()), ==, ours);
  }
}

static void
assert_state (TaiVisit *visit, TaiPaymentState state)
{
  g_assert_cmpstr (tai_state_to_text (&tai_payment_states, payment_of (visit)->state), ==,
                   tai_state_to_text (&tai_payment_states, state));
  g_assert_cmpint (tai_visit_get_state (visit), ==,
                   state == TAI_PAYMENT_SUCCEEDED ? TAI_VISIT_CLOSED : TAI_VISIT_PLACED);
}

static void
test_customers (void)
{
  static const struct {
    gint64 fen;
    const char *code;
    TaiPaymentState state;
  } cases[] = {{5000, CODE, TAI_PAYMENT_SUCCEEDED}, {5000, NULL, TAI_PAYMENT_SUCCEEDED},
               {5001, CODE, TAI_PAYMENT_SUCCEEDED}, {5004, CODE, TAI_PAYMENT_FAILED},
               {5005, CODE, TAI_PAYMENT_SUCCEEDED}, {5006, CODE, TAI_PAYMENT_FAILED},
               {5008, CODE, TAI_PAYMENT_SUCCEEDED}};
  g_auto (Fixture) f = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  TaiSyncSettings settings = {.batch = 20};

  fixture_init (&f, make_hq (), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    pay (&f, cases[i].fen, cases[i].code);
  wait_for_all (&f, 30);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_state (g_ptr_array_index (f.visits, i), cases[i].state);
  assert_agreed (&f);
  tai_test_terminal_start_sync (f.terminal, &settings); /* and HQ takes the sales as any others */
  g_assert_true (tai_test_terminal_drain (f.terminal, 20 * 1000));
  g_assert_cmpint (tai_test_terminal_count (f.terminal).quarantined, ==, 0);
  orders = tai_test_hq_list_orders (f.hq);
  g_assert_cmpuint (orders->len, ==, 5);
}

/* What was paid in part is given back. */
static void
test_cancel (void)
{
  g_auto (Fixture) f = {0};
  TaiTenderRequest part = {.tender = TAI_TENDER_QR, .amount = tai_money (2000, TAI_CNY), .pay_code = CODE};
  g_autoptr (GError) error = NULL;
  TaiVisit *visit;

  fixture_init (&f, make_hq (), NULL);
  visit = pay (&f, 5004, CODE); /* refused; then a part, which is regretted */
  wait_for_all (&f, 10);
  g_assert_true (tai_desk_pay (f.terminal->desk, visit, &part, NULL, &error));
  wait_for_all (&f, 10);
  g_assert_cmpint (tai_visit_get_due (visit).minor, ==, 3004);
  g_assert_true (tai_desk_cancel_payment (
      f.terminal->desk, visit, ((TaiPayment *)g_ptr_array_index (tai_visit_get_payments (visit), 1))->id.text,
      &error));
  wait_for_all (&f, 20);
  g_assert_cmpint (tai_visit_get_due (visit).minor, ==, 5004);
  g_assert_true (tai_desk_abandon (f.terminal->desk, visit, &error));
  g_assert_no_error (error);
}

/* Connections die after some random bytes: in the handshake, the request, the answer. */
static void
test_chopped (void)
{
  g_auto (Fixture) f = {0};
  TaiTestHq *hq = make_hq ();
  g_autoptr (TaiChopper) chopper = tai_chopper_new (hq->port, 0, 20261127);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", tai_chopper_get_port (chopper));
  guint n_paid = 0;

  fixture_init (&f, hq, url);
  tai_chopper_set_mean (chopper, 4000);
  for (guint i = 0; i < 40; i++)
    pay (&f, 5000, CODE);
  wait_for_all (&f, 100);
  tai_chopper_set_mean (chopper, 0);
  g_assert_cmpuint (tai_chopper_get_n_cuts (chopper), >, 5);
  assert_agreed (&f);
  for (guint i = 0; i < f.visits->len; i++)
    n_paid += payment_of (g_ptr_array_index (f.visits, i))->state == TAI_PAYMENT_SUCCEEDED;
  g_test_message ("%u cuts, %u of %u paid", tai_chopper_get_n_cuts (chopper), n_paid, f.visits->len);
  g_assert_cmpuint (n_paid, >, 0);
}

/* HQ is killed with payments under way, and comes back. */
static void
test_hq_dies (void)
{
  g_auto (Fixture) f = {0};

  fixture_init (&f, make_hq (), NULL);
  for (guint round = 0; round < 4; round++) {
    for (guint i = 0; i < 10; i++)
      pay (&f, 5000, i % 2 ? CODE : NULL);
    for (guint i = 0; i < 8 + 5 * round; i++)
      g_main_context_iteration (NULL, TRUE);
    tai_test_hq_stop (f.hq, SIGKILL);
    tai_test_hq_start (f.hq);
  }
  wait_for_all (&f, 100);
  assert_agreed (&f);
}

/* Refunds ------------------------------------------------------------------------------------------------------------------ */

static const char *
order_of (TaiVisit *visit)
{
  return ((const TaiOrder *)g_ptr_array_index (tai_visit_get_orders (visit), 0))->id.text;
}

/* @n sales by code, of which headquarters wants none; who could not pay goes. */
static void
sell_and_refuse (Fixture *f, guint n)
{
  TaiDesk *desk = f->terminal->desk;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    pay (f, 5000, CODE);
  wait_for_all (f, 100);
  for (guint i = n; i > 0; i--) {
    TaiVisit *visit = g_ptr_array_index (f->visits, i - 1);
    if (payment_of (visit)->state == TAI_PAYMENT_SUCCEEDED)
      g_assert_true (
          tai_desk_apply_order_state (desk, order_of (visit), TAI_ORDER_REJECTED, "line_closed", &error));
    else {
      g_assert_true (tai_desk_abandon (desk, visit, &error));
      g_ptr_array_remove_index (f->visits, i - 1);
    }
    g_assert_no_error (error);
  }
  g_assert_cmpuint (f->visits->len, >=, n / 2);
}

/* Where it is not under way, or known, already. */
static void
ask_back (Fixture *f, TaiVisit *visit)
{
  TaiDesk *desk = f->terminal->desk;
  g_autoptr (GError) error = NULL;

  if (tai_desk_begin_refund (desk, order_of (visit), NULL, &error))
    return;
  g_assert_true (g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOTHING_DUE) ||
                 g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAYMENT_OPEN));
}

static guint
count_due (Fixture *f)
{
  guint n = 0;

  for (guint i = 0; i < f->visits->len; i++) {
    g_autoptr (TaiOrder) order = tai_visit_store_find_order (
        TAI_VISIT_STORE (f->terminal->store), order_of (g_ptr_array_index (f->visits, i)), NULL);
    n += order->refund_due.minor > 0;
  }
  return n;
}

/* Says why the last try came to nothing. */
static void
assert_none_due (Fixture *f)
{
  for (guint i = 0; i < f->visits->len; i++) {
    TaiVisit *visit = g_ptr_array_index (f->visits, i);
    TaiVisitStore *store = TAI_VISIT_STORE (f->terminal->store);
    g_autoptr (TaiOrder) order = tai_visit_store_find_order (store, order_of (visit), NULL);
    g_autoptr (GPtrArray) payments = tai_visit_store_list_payments (store, &order->visit_id, NULL);
    for (guint k = 0; order->refund_due.minor > 0 && k < payments->len; k++) {
      const TaiPayment *one = g_ptr_array_index (payments, k);
      g_test_message ("order %u: %s %" G_GINT64_FORMAT " is %s: %s", i, one->id.text, one->amount.minor,
                      tai_state_to_text (&tai_payment_states, one->state), one->detail ? one->detail : "-");
    }
  }
  g_assert_cmpuint (count_due (f), ==, 0);
}

static guint
count_open (Fixture *f)
{
  g_autoptr (GPtrArray) open =
      tai_visit_store_list_open_payments (TAI_VISIT_STORE (f->terminal->store), NULL);

  return open->len;
}

/* Until no refund is under way. */
static void
wait_for_refunds (Fixture *f, guint deadline_s)
{
  gboolean is_late = FALSE;
  guint id = g_timeout_add (deadline_s * 1000, late_cb, &is_late);

  while (count_open (f) > 0) {
    g_assert_false (is_late);
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (id);
}

/* Of each payment the sandbox has what is not given back by the books, and gave it back once. */
static void
assert_given_back (Fixture *f)
{
  g_autofree char *folder = g_build_filename (f->hq->folder, "sandbox", NULL);
  g_autoptr (HqSandbox) sandbox = hq_sandbox_new (folder);
  gint64 now_us = g_get_real_time ();

  for (guint i = 0; i < f->visits->len; i++) {
    TaiVisit *visit = g_ptr_array_index (f->visits, i);
    g_autoptr (TaiOrder) order =
        tai_visit_store_find_order (TAI_VISIT_STORE (f->terminal->store), order_of (visit), NULL);
    g_assert_cmpint (hq_sandbox_get_taken_by (sandbox, payment_of (visit)->id.text, now_us), ==,
                     order->refund_due.minor);
  }
  g_assert_cmpuint (hq_sandbox_get_n_refunds (sandbox, now_us), ==, f->visits->len - count_due (f));
}

/* Headquarters takes the refunds as any others, and finds nothing that does not match. */
static void
assert_told (Fixture *f)
{
  TaiSyncSettings settings = {.batch = 20};
  g_autofree char *findings = NULL;

  tai_test_terminal_start_sync (f->terminal, &settings);
  g_assert_true (tai_test_terminal_drain (f->terminal, 20 * 1000));
  g_assert_cmpint (tai_test_terminal_count (f->terminal).quarantined, ==, 0);
  findings = tai_test_hq_run (f->hq, "findings", NULL);
  g_assert_cmpstr (findings, ==, "");
}

/* Each fault of the sandbox that ends by itself. */
static void
test_refund_faults (void)
{
  static const char *const faults[] = {"0", "1", "4", "5", "6", "7"};
  g_auto (Fixture) f = {0};

  fixture_init (&f, make_hq (), NULL);
  sell_and_refuse (&f, G_N_ELEMENTS (faults));
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_free (tai_test_hq_run (f.hq, "set", "sandbox", faults[i], NULL));
    ask_back (&f, g_ptr_array_index (f.visits, i));
    wait_for_refunds (&f, 60);
  }
  g_assert_cmpuint (count_due (&f), ==, 2); /* refused, and closed */
  assert_given_back (&f);
  g_free (tai_test_hq_run (f.hq, "set", "sandbox", "0", NULL));
  for (guint i = 0; i < f.visits->len; i++)
    ask_back (&f, g_ptr_array_index (f.visits, i));
  wait_for_refunds (&f, 60);
  assert_none_due (&f);
  assert_given_back (&f);
  assert_told (&f);
}

/* Connections die in the middle of it, and what came to nothing is asked for again. */
static void
test_refund_chopped (void)
{
  g_auto (Fixture) f = {0};
  TaiTestHq *hq = make_hq ();
  g_autoptr (TaiChopper) chopper = tai_chopper_new (hq->port, 0, 20261128);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", tai_chopper_get_port (chopper));

  fixture_init (&f, hq, url);
  tai_chopper_set_mean (chopper, 4000); /* a connection's end is drawn when it begins */
  sell_and_refuse (&f, 30);
  for (guint round = 0; round < 3; round++) {
    for (guint i = 0; i < f.visits->len; i++)
      ask_back (&f, g_ptr_array_index (f.visits, i));
    wait_for_refunds (&f, 100);
    assert_given_back (&f);
  }
  tai_chopper_set_mean (chopper, 0);
  g_test_message ("%u cuts, %u of %u still owed", tai_chopper_get_n_cuts (chopper), count_due (&f),
                  f.visits->len);
  g_assert_cmpuint (tai_chopper_get_n_cuts (chopper), >, 5);
  for (guint i = 0; i < f.visits->len; i++)
    ask_back (&f, g_ptr_array_index (f.visits, i));
  wait_for_refunds (&f, 60);
  assert_none_due (&f);
  assert_given_back (&f);
  assert_told (&f);
}

/* HQ is killed with refunds under way, and comes back. */
static void
test_refund_hq_dies (void)
{
  g_auto (Fixture) f = {0};

  fixture_init (&f, make_hq (), NULL);
  sell_and_refuse (&f, 20);
  for (guint round = 0; round < 4; round++) {
    for (guint i = 5 * round; i < 5 * round + 5; i++)
      ask_back (&f, g_ptr_array_index (f.visits, i));
    for (guint i = 0; i < 8 + 5 * round && count_open (&f) > 0; i++)
      g_main_context_iteration (NULL, TRUE);
    tai_test_hq_stop (f.hq, SIGKILL);
    tai_test_hq_start (f.hq);
  }
  wait_for_refunds (&f, 100);
  assert_given_back (&f);
  for (guint i = 0; i < f.visits->len; i++)
    ask_back (&f, g_ptr_array_index (f.visits, i));
  wait_for_refunds (&f, 60);
  assert_none_due (&f);
  assert_given_back (&f);
  assert_told (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("TAI_GUITAI_HQ") == NULL) {
    g_test_message ("TAI_GUITAI_HQ must name the server");
    return 1;
  }
  g_test_add_func ("/pay-hq/customers", test_customers);
  g_test_add_func ("/pay-hq/cancel", test_cancel);
  g_test_add_func ("/pay-hq/chopped", test_chopped);
  g_test_add_func ("/pay-hq/hq-dies", test_hq_dies);
  g_test_add_func ("/pay-hq/refund/faults", test_refund_faults);
  g_test_add_func ("/pay-hq/refund/chopped", test_refund_chopped);
  g_test_add_func ("/pay-hq/refund/hq-dies", test_refund_hq_dies);
  return g_test_run ();
}
