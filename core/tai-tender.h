/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-order.h"
#include "tai-payment-gateway.h"

G_BEGIN_DECLS

/*
 * The rules of paying as tables: where the money of a payment is by its state, how long one waits for whom, and what an answer
 * of a gateway makes of a payment. Pure, any thread. docs/tables.md says the same in words.
 */

/* Where the money is: nowhere yet or not any more; somewhere between us and the customer; ours. */
typedef enum { TAI_TENDER_NOWHERE, TAI_TENDER_IN_DOUBT, TAI_TENDER_OURS } TaiTenderPlace;
TaiTenderPlace tai_tender_get_place (TaiPaymentState state);
/* Its outcome is still to come. */
gboolean tai_tender_is_open (TaiPaymentState state);
/* The way to another state: by way of unknown where it cannot go straight. How many. */
guint tai_tender_find_moves (TaiPaymentState from, TaiPaymentState to, TaiPaymentState moves[2]);

/* The account of money of this tender that is ours. @till: of cash. Strings live as long as the payment. */
TaiDebit tai_tender_get_account (const TaiPayment *payment, const char *till);

/**
 * TaiTenderAsks: what a tender asks of who takes it, beside the amount.
 * @TAI_TENDER_ASKS_RECEIVED: what was handed over, which may be more than is due
 * @TAI_TENDER_ASKS_NUMBER: the number that stands on it
 * @TAI_TENDER_ASKS_KIND: what it is, or whose: the provider
 * @TAI_TENDER_ASKS_GATEWAY: a gateway, which knows what became of it
 */
typedef enum {
  TAI_TENDER_ASKS_RECEIVED = 1 << 0,
  TAI_TENDER_ASKS_NUMBER = 1 << 1,
  TAI_TENDER_ASKS_KIND = 1 << 2,
  TAI_TENDER_ASKS_GATEWAY = 1 << 3
} TaiTenderAsks;
TaiTenderAsks tai_tender_get_asks (TaiTender tender);

/* All in ms from when the payment was handed to the gateway. */
typedef struct {
  gint64 query_every;  /* while the customer has to do something */
  gint64 cancel_after; /* not sooner: he may be typing his password */
  gint64 patience;     /* then it is cancelled without being asked; a refund is in doubt */
  gint64
      slowest; /* 0: asked as often as at first; else a fifth of what it has lasted lies between, up to this */
} TaiTenderTimes;
const TaiTenderTimes *tai_tender_get_times (TaiTender tender, const char *provider, gboolean shows_qr);
const TaiTenderTimes *tai_tender_get_refund_times (TaiTender tender);
/* From when on @payment may be taken back: 0: at once; G_MAXINT64: there is nothing to take back, or it is being done. */
gint64 tai_tender_get_cancel_us (const TaiPayment *payment);

/**
 * TaiTenderStep: what an answer makes of a payment, and what is asked next.
 * @to: its state from now on; the same: nothing is written
 * @next: what to send next
 * @is_over: nothing is; @next says nothing then
 * @at_once: without waiting
 */
typedef struct {
  TaiPaymentState to;
  TaiGatewayVerb next;
  gboolean is_over, at_once;
} TaiTenderStep;
TaiTenderStep tai_tender_read_answer (TaiPaymentState state, TaiGatewayVerb verb, TaiGatewayOutcome outcome);

G_END_DECLS
