/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Constant data and pure functions. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-tender.h"

TaiTenderPlace
tai_tender_get_place (TaiPaymentState state)
{
  switch (state) {
  case TAI_PAYMENT_UNKNOWN:
  case TAI_PAYMENT_REVERSING:
    return TAI_TENDER_IN_DOUBT;
  case TAI_PAYMENT_SUCCEEDED:
    return TAI_TENDER_OURS;
  case TAI_PAYMENT_CREATED:
  case TAI_PAYMENT_SUBMITTED:
  case TAI_PAYMENT_AWAITING_CUSTOMER:
  case TAI_PAYMENT_FAILED:
  case TAI_PAYMENT_REVERSED:
  default:
    return TAI_TENDER_NOWHERE;
  }
}

gboolean
tai_tender_is_open (TaiPaymentState state)
{
  return state != TAI_PAYMENT_SUCCEEDED && state != TAI_PAYMENT_FAILED && state != TAI_PAYMENT_REVERSED;
}

guint
tai_tender_find_moves (TaiPaymentState from, TaiPaymentState to, TaiPaymentState moves[2])
{
  guint n = 0;

  if (!tai_state_can_move (&tai_payment_states, from, to))
    moves[n++] = TAI_PAYMENT_UNKNOWN;
  moves[n++] = to;
  return n;
}

TaiDebit
tai_tender_get_account (const TaiPayment *payment, const char *till)
{
  TaiDebit debit = {NULL, NULL, payment->amount, tai_money (0, payment->amount.currency)};

  switch (payment->tender) {
  case TAI_TENDER_CASH:
    debit.kind = TAI_ACCOUNT_DRAWER;
    debit.detail = till;
    break;
  case TAI_TENDER_CARD:
    debit.kind = TAI_ACCOUNT_CARD_CLEARING;
    break;
  case TAI_TENDER_QR:
    debit.kind = TAI_ACCOUNT_QR_CLEARING;
    debit.detail = payment->provider;
    break;
  case TAI_TENDER_COUPON:
    debit.kind = TAI_ACCOUNT_COUPON_CLEARING;
    break;
  case TAI_TENDER_OTHER:
  default:
    debit.kind = TAI_ACCOUNT_OTHER_CLEARING;
    debit.detail = payment->provider;
  }
  return debit;
}

TaiTenderAsks
tai_tender_get_asks (TaiTender tender)
{
  static const TaiTenderAsks asks[TAI_N_TENDERS] = {
      [TAI_TENDER_CASH] = TAI_TENDER_ASKS_RECEIVED,
      [TAI_TENDER_CARD] = TAI_TENDER_ASKS_GATEWAY,
      [TAI_TENDER_QR] = TAI_TENDER_ASKS_GATEWAY | TAI_TENDER_ASKS_KIND,
      [TAI_TENDER_COUPON] = TAI_TENDER_ASKS_NUMBER,
      [TAI_TENDER_OTHER] = TAI_TENDER_ASKS_NUMBER | TAI_TENDER_ASKS_KIND,
  };

  g_return_val_if_fail (tender < TAI_N_TENDERS, 0);
  return asks[tender];
}

static const TaiTenderTimes card = {2000, 0, 120000, 0};

/* WeChat: ask every 5 s, reverse after 30 s, never sooner than 15 s. Alipay: every 3 s for 60 s. A QR that we show belongs to
 * nobody until it is scanned: it may be taken back at once. A card: as long as a PIN and a slow host take; its
 * terminal stands beside us and may be asked often. */
const TaiTenderTimes *
tai_tender_get_times (TaiTender tender, const char *provider, gboolean shows_qr)
{
  static const TaiTenderTimes shown = {3000, 0, 120000, 0}, alipay = {3000, 15000, 60000, 0},
                              code = {5000, 15000, 30000, 0}, coupon = {3000, 0, 30000, 0};

  if (tender == TAI_TENDER_CARD)
    return &card;
  if (tender == TAI_TENDER_COUPON)
    return &coupon;
  if (shows_qr)
    return &shown;
  return g_strcmp0 (provider, "alipay") == 0 ? &alipay : &code;
}

/* A wallet takes it to a balance at once and to a bank card in days: nobody stands here for that, so it is in doubt after a minute.
 * WeChat wants to be asked every minute then, and after five ever more seldom. */
const TaiTenderTimes *
tai_tender_get_refund_times (TaiTender tender)
{
  static const TaiTenderTimes wallet = {5000, 0, 60000, 1800000};

  return tender == TAI_TENDER_CARD ? &card : &wallet;
}

gint64
tai_tender_get_cancel_us (const TaiPayment *payment)
{
  g_return_val_if_fail (payment != NULL, G_MAXINT64);
  if (tai_payment_is_refund (payment)) /* what the customer has is his */
    return G_MAXINT64;
  switch (payment->state) {
  case TAI_PAYMENT_SUCCEEDED:
    return 0;
  case TAI_PAYMENT_FAILED:
  case TAI_PAYMENT_REVERSED:
  case TAI_PAYMENT_REVERSING:
    return G_MAXINT64;
  default:
    return payment->created_us +
           tai_tender_get_times (payment->tender, payment->provider, payment->qr_text != NULL)->cancel_after *
               1000;
  }
}

#define SAME      G_MAXUINT
#define IN(state) (1u << TAI_PAYMENT_##state)
#define ASKED     (IN (SUBMITTED) | IN (AWAITING_CUSTOMER) | IN (UNKNOWN))

typedef struct {
  guint states;
  TaiGatewayVerb verb;
  TaiGatewayOutcome outcome;
  guint to;
  TaiGatewayVerb next;
  gboolean at_once;
} Row;

/* The first row that fits. A lost query says nothing that was not known before: only a payment of which nothing but its
 * submission is known becomes unknown by it. Reversing ends when a query, not the cancel, says that it is over: a customer may
 * have paid while it was being closed. */
static const Row rows[] = {
    {IN (SUBMITTED), TAI_GATEWAY_PAY, TAI_GATEWAY_AWAITING, TAI_PAYMENT_AWAITING_CUSTOMER, TAI_GATEWAY_QUERY,
     FALSE},
    {IN (SUBMITTED), TAI_GATEWAY_PAY, TAI_GATEWAY_SUCCEEDED, TAI_PAYMENT_SUCCEEDED, 0, FALSE},
    {IN (SUBMITTED), TAI_GATEWAY_PAY, TAI_GATEWAY_FAILED, TAI_PAYMENT_FAILED, 0, FALSE},
    {IN (SUBMITTED), TAI_GATEWAY_PAY, TAI_GATEWAY_REVERSED, TAI_PAYMENT_FAILED, 0, FALSE},
    {IN (SUBMITTED), TAI_GATEWAY_PAY, TAI_GATEWAY_NOT_REACHED, TAI_PAYMENT_FAILED, 0, FALSE},
    {IN (SUBMITTED), TAI_GATEWAY_PAY, TAI_GATEWAY_UNKNOWN, TAI_PAYMENT_UNKNOWN, TAI_GATEWAY_QUERY, TRUE},
    {IN (SUBMITTED), TAI_GATEWAY_PAY, TAI_GATEWAY_REFUSED, TAI_PAYMENT_UNKNOWN, TAI_GATEWAY_QUERY, TRUE},
    {IN (SUBMITTED), TAI_GATEWAY_REFUND, TAI_GATEWAY_AWAITING, TAI_PAYMENT_AWAITING_CUSTOMER,
     TAI_GATEWAY_QUERY, FALSE},
    {IN (SUBMITTED), TAI_GATEWAY_REFUND, TAI_GATEWAY_SUCCEEDED, TAI_PAYMENT_SUCCEEDED, 0, FALSE},
    {IN (SUBMITTED), TAI_GATEWAY_REFUND, TAI_GATEWAY_FAILED, TAI_PAYMENT_FAILED, 0, FALSE},
    {IN (SUBMITTED), TAI_GATEWAY_REFUND, TAI_GATEWAY_REFUSED, TAI_PAYMENT_FAILED, 0, FALSE},
    {IN (SUBMITTED), TAI_GATEWAY_REFUND, TAI_GATEWAY_NOT_REACHED, TAI_PAYMENT_FAILED, 0, FALSE},
    {IN (SUBMITTED), TAI_GATEWAY_REFUND, TAI_GATEWAY_UNKNOWN, TAI_PAYMENT_UNKNOWN, TAI_GATEWAY_QUERY, TRUE},
    {IN (SUBMITTED), TAI_GATEWAY_QUERY, TAI_GATEWAY_AWAITING, TAI_PAYMENT_AWAITING_CUSTOMER,
     TAI_GATEWAY_QUERY, FALSE},
    {IN (SUBMITTED), TAI_GATEWAY_QUERY, TAI_GATEWAY_UNKNOWN, TAI_PAYMENT_UNKNOWN, TAI_GATEWAY_QUERY, FALSE},
    {ASKED, TAI_GATEWAY_QUERY, TAI_GATEWAY_SUCCEEDED, TAI_PAYMENT_SUCCEEDED, 0, FALSE},
    {ASKED, TAI_GATEWAY_QUERY, TAI_GATEWAY_FAILED, TAI_PAYMENT_FAILED, 0, FALSE},
    {ASKED, TAI_GATEWAY_QUERY, TAI_GATEWAY_REVERSED, TAI_PAYMENT_FAILED, 0, FALSE},
    {IN (REVERSING), TAI_GATEWAY_QUERY, TAI_GATEWAY_FAILED, TAI_PAYMENT_REVERSED, 0, FALSE},
    {IN (REVERSING), TAI_GATEWAY_QUERY, TAI_GATEWAY_REVERSED, TAI_PAYMENT_REVERSED, 0, FALSE},
    {IN (REVERSING), TAI_GATEWAY_QUERY, TAI_GATEWAY_SUCCEEDED, SAME, TAI_GATEWAY_CANCEL, TRUE},
    {IN (REVERSING), TAI_GATEWAY_QUERY, TAI_GATEWAY_AWAITING, SAME, TAI_GATEWAY_CANCEL, FALSE},
    {IN (REVERSING), TAI_GATEWAY_CANCEL, TAI_GATEWAY_REVERSED, SAME, TAI_GATEWAY_QUERY, TRUE},
    {IN (REVERSING), TAI_GATEWAY_CANCEL, TAI_GATEWAY_FAILED, SAME, TAI_GATEWAY_QUERY, TRUE},
    {IN (REVERSING), TAI_GATEWAY_CANCEL, TAI_GATEWAY_REFUSED, TAI_PAYMENT_UNKNOWN, TAI_GATEWAY_QUERY, TRUE},
    {IN (REVERSING), TAI_GATEWAY_CANCEL, TAI_GATEWAY_UNKNOWN, SAME, TAI_GATEWAY_CANCEL, FALSE},
    {IN (REVERSING), TAI_GATEWAY_CANCEL, TAI_GATEWAY_NOT_REACHED, SAME, TAI_GATEWAY_CANCEL, FALSE},
};

TaiTenderStep
tai_tender_read_answer (TaiPaymentState state, TaiGatewayVerb verb, TaiGatewayOutcome outcome)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];
    TaiPaymentState to = row->to == SAME ? state : row->to;

    if ((row->states & (1u << state)) != 0 && row->verb == verb && row->outcome == outcome)
      return (TaiTenderStep){to, row->next, !tai_tender_is_open (to), row->at_once};
  }
  /* An answer that came too late for its question: ask how it stands. */
  return (TaiTenderStep){state, TAI_GATEWAY_QUERY, !tai_tender_is_open (state), FALSE};
}
