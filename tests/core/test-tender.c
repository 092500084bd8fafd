/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules of paying, written out a second time: every state × question × answer, and that each leads over edges that the
 * state table has.
 */
#include "tai-state.h"
#include "tai-tender.h"

static const char *const next_text[] = {"pay", "query", "cancel", "refund"};

/* "state question answer > state next", those that do something; a "!" after the next: without waiting. */
static const char *const rows[] = {
    "submitted pay awaiting > awaiting_customer query",
    "submitted pay succeeded > succeeded",
    "submitted pay failed > failed",
    "submitted pay reversed > failed",
    "submitted pay not_reached > failed",
    "submitted pay unknown > unknown query!",
    "submitted pay refused > unknown query!",
    "submitted refund awaiting > awaiting_customer query",
    "submitted refund succeeded > succeeded",
    "submitted refund failed > failed",
    "submitted refund refused > failed",
    "submitted refund not_reached > failed",
    "submitted refund unknown > unknown query!",
    "submitted query awaiting > awaiting_customer query",
    "submitted query unknown > unknown query",
    "submitted query succeeded > succeeded",
    "submitted query failed > failed",
    "submitted query reversed > failed",
    "awaiting_customer query succeeded > succeeded",
    "awaiting_customer query failed > failed",
    "awaiting_customer query reversed > failed",
    "unknown query succeeded > succeeded",
    "unknown query failed > failed",
    "unknown query reversed > failed",
    "reversing query failed > reversed",
    "reversing query reversed > reversed",
    "reversing query succeeded > reversing cancel!",
    "reversing query awaiting > reversing cancel",
    "reversing cancel reversed > reversing query!",
    "reversing cancel failed > reversing query!",
    "reversing cancel refused > unknown query!",
    "reversing cancel unknown > reversing cancel",
    "reversing cancel not_reached > reversing cancel",
};

static char *
describe (TaiPaymentState state, TaiGatewayVerb verb, TaiGatewayOutcome outcome)
{
  TaiTenderStep step = tai_tender_read_answer (state, verb, outcome);
  g_autofree char *next =
      step.is_over ? g_strdup ("") : g_strdup_printf (" %s%s", next_text[step.next], step.at_once ? "!" : "");

  g_assert_true (step.is_over == !tai_tender_is_open (step.to));
  g_assert_true (step.to == state || tai_state_can_move (&tai_payment_states, state, step.to));
  return g_strdup_printf ("%s %s %s > %s%s", tai_state_to_text (&tai_payment_states, state), next_text[verb],
                          tai_gateway_outcome_to_text (outcome),
                          tai_state_to_text (&tai_payment_states, step.to), next);
}

static void
test_answers (void)
{
  guint n_found = 0;

  for (TaiPaymentState state = TAI_PAYMENT_SUBMITTED; state <= TAI_PAYMENT_REVERSED; state++)
    for (TaiGatewayVerb verb = TAI_GATEWAY_PAY; verb < TAI_N_GATEWAY_VERBS; verb++)
      for (TaiGatewayOutcome outcome = TAI_GATEWAY_AWAITING; outcome <= TAI_GATEWAY_REFUSED; outcome++) {
        g_autofree char *found = describe (state, verb, outcome);
        g_autofree char *nothing =
            g_strdup_printf ("> %s query", tai_state_to_text (&tai_payment_states, state));
        gboolean is_row = FALSE;

        for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
          is_row |= g_str_equal (rows[i], found);
        n_found += is_row;
        if (!is_row && tai_tender_is_open (state) && !g_str_has_suffix (found, nothing))
          g_error ("not in the table: %s", found);
      }
  g_assert_cmpuint (n_found, ==, G_N_ELEMENTS (rows));
}

static void
test_places (void)
{
  static const TaiTenderPlace places[] = {[TAI_PAYMENT_CREATED] = TAI_TENDER_NOWHERE,
                                          [TAI_PAYMENT_SUBMITTED] = TAI_TENDER_NOWHERE,
                                          [TAI_PAYMENT_AWAITING_CUSTOMER] = TAI_TENDER_NOWHERE,
                                          [TAI_PAYMENT_UNKNOWN] = TAI_TENDER_IN_DOUBT,
                                          [TAI_PAYMENT_SUCCEEDED] = TAI_TENDER_OURS,
                                          [TAI_PAYMENT_FAILED] = TAI_TENDER_NOWHERE,
                                          [TAI_PAYMENT_REVERSING] = TAI_TENDER_IN_DOUBT,
                                          [TAI_PAYMENT_REVERSED] = TAI_TENDER_NOWHERE};

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_assert_cmpint (tai_tender_get_place (i), ==, places[i]);
}

static void
test_accounts (void)
{
  static const struct {
    TaiTender tender;
    const char *provider, *kind, *detail;
  } cases[] = {{TAI_TENDER_CASH, NULL, "drawer", "T2"},
               {TAI_TENDER_CARD, "unionpay", "card_clearing", NULL},
               {TAI_TENDER_QR, "wechat", "qr_clearing", "wechat"},
               {TAI_TENDER_COUPON, NULL, "coupon_clearing", NULL},
               {TAI_TENDER_OTHER, "cheque", "other_clearing", "cheque"}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiPayment) payment = tai_payment_new (cases[i].tender, tai_money (100, TAI_CNY));
    TaiDebit debit;

    payment->provider = g_strdup (cases[i].provider);
    debit = tai_tender_get_account (payment, "T2");
    g_assert_cmpstr (debit.kind, ==, cases[i].kind);
    g_assert_cmpstr (debit.detail, ==, cases[i].detail);
    g_assert_cmpint (debit.received.minor - debit.change.minor, ==, 100);
  }
}

/* WeChat's text: query every 5 s, reverse after 30 s, never sooner than 15 s. Alipay's: 3-5 s, 60 s. */
static void
test_times (void)
{
  const TaiTenderTimes *wechat = tai_tender_get_times (TAI_TENDER_QR, "wechat", FALSE);
  const TaiTenderTimes *alipay = tai_tender_get_times (TAI_TENDER_QR, "alipay", FALSE);
  const TaiTenderTimes *shown = tai_tender_get_times (TAI_TENDER_QR, "wechat", TRUE);

  g_assert_cmpint (wechat->query_every, ==, 5000);
  g_assert_cmpint (wechat->cancel_after, ==, 15000);
  g_assert_cmpint (wechat->patience, ==, 30000);
  g_assert_cmpint (alipay->query_every, ==, 3000);
  g_assert_cmpint (alipay->patience, ==, 60000);
  g_assert_cmpint (shown->cancel_after, ==, 0);
  g_assert_true (tai_tender_get_times (TAI_TENDER_CARD, NULL, FALSE)->patience >= 60000);
  /* a refund: WeChat wants a question a minute, and after five minutes one in 5, 10, 20, 30 */
  g_assert_true (tai_tender_get_refund_times (TAI_TENDER_CARD) ==
                 tai_tender_get_times (TAI_TENDER_CARD, NULL, FALSE));
  g_assert_cmpint (tai_tender_get_refund_times (TAI_TENDER_QR)->patience, ==, 60000);
  g_assert_cmpint (tai_tender_get_refund_times (TAI_TENDER_QR)->slowest, ==, 30 * 60 * 1000);
  g_assert_cmpint (shown->slowest, ==, 0);
}

static void
test_asks (void)
{
  g_assert_cmpint (tai_tender_get_asks (TAI_TENDER_CASH), ==, TAI_TENDER_ASKS_RECEIVED);
  g_assert_cmpint (tai_tender_get_asks (TAI_TENDER_CARD), ==, TAI_TENDER_ASKS_GATEWAY);
  g_assert_cmpint (tai_tender_get_asks (TAI_TENDER_QR), ==, TAI_TENDER_ASKS_GATEWAY | TAI_TENDER_ASKS_KIND);
  g_assert_cmpint (tai_tender_get_asks (TAI_TENDER_COUPON), ==, TAI_TENDER_ASKS_NUMBER);
  g_assert_cmpint (tai_tender_get_asks (TAI_TENDER_OTHER), ==, TAI_TENDER_ASKS_NUMBER | TAI_TENDER_ASKS_KIND);
}

/* A code that was scanned: after fifteen seconds; ours that is shown: at once; money that came: at once; what is over: never. */
static void
test_cancel_from (void)
{
  static const struct {
    TaiPaymentState state;
    gboolean shows;
    gint64 from_us;
  } cases[] = {
      {TAI_PAYMENT_SUBMITTED, FALSE, 1000 + 15 * G_USEC_PER_SEC},
      {TAI_PAYMENT_AWAITING_CUSTOMER, FALSE, 1000 + 15 * G_USEC_PER_SEC},
      {TAI_PAYMENT_AWAITING_CUSTOMER, TRUE, 1000},
      {TAI_PAYMENT_UNKNOWN, FALSE, 1000 + 15 * G_USEC_PER_SEC},
      {TAI_PAYMENT_SUCCEEDED, FALSE, 0},
      {TAI_PAYMENT_FAILED, FALSE, G_MAXINT64},
      {TAI_PAYMENT_REVERSING, FALSE, G_MAXINT64},
      {TAI_PAYMENT_REVERSED, FALSE, G_MAXINT64},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiPayment) payment = tai_payment_new (TAI_TENDER_QR, tai_money (100, TAI_CNY));

    payment->provider = g_strdup ("wechat");
    payment->created_us = 1000;
    payment->state = cases[i].state;
    payment->qr_text = cases[i].shows ? g_strdup ("weixin://") : NULL;
    g_assert_cmpint (tai_tender_get_cancel_us (payment), ==, cases[i].from_us);
  }
}

/* A face's copy shares nothing that changes. */
static void
test_copy (void)
{
  TaiPayment *payment = tai_payment_new (TAI_TENDER_OTHER, tai_money (100, TAI_CNY));
  TaiAllocation allocation = {.amount = tai_money (100, TAI_CNY)};
  g_autoptr (TaiPayment) copy = NULL;

  payment->provider = g_strdup ("cheque");
  payment->number = g_strdup ("7");
  payment->clerk = g_strdup ("1042");
  g_array_append_val (payment->allocations, allocation);
  copy = tai_payment_copy (payment);
  payment->provider[0] = 'X';
  g_array_index (payment->allocations, TaiAllocation, 0).amount.minor = 1;
  tai_payment_free (payment);
  g_assert_cmpstr (copy->provider, ==, "cheque");
  g_assert_cmpstr (copy->number, ==, "7");
  g_assert_cmpstr (copy->clerk, ==, "1042");
  g_assert_null (copy->qr_text);
  g_assert_cmpint (g_array_index (copy->allocations, TaiAllocation, 0).amount.minor, ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tender/answers", test_answers);
  g_test_add_func ("/tender/places", test_places);
  g_test_add_func ("/tender/accounts", test_accounts);
  g_test_add_func ("/tender/times", test_times);
  g_test_add_func ("/core/tender/asks", test_asks);
  g_test_add_func ("/core/tender/cancel-from", test_cancel_from);
  g_test_add_func ("/core/tender/copy", test_copy);
  return g_test_run ();
}
