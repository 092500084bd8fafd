/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-canonical.h"
#include "tai-money.h"
#include "tai-pay-code.h"

G_BEGIN_DECLS

/**
 * TaiPaymentGateway: what takes money from a customer and answers later: headquarters' gateway for QR (offline/sync), a bank
 * terminal for cards (devices). No policy: when to ask, repeat or cancel is the desk's (tai-tender.h). send() never blocks; done
 * is called once, on the caller's main context, also after a failure, never from within send().
 *
 * What every gateway promises, so that money is taken once however often messages are lost, doubled or late:
 * - a payment's id is its key: PAY with an id that it knows charges nobody and answers how it stands;
 * - a QUERY or CANCEL of an id that it does not know makes it refuse that id for ever ("never_arrived"): a PAY that is still
 *   under way comes too late;
 * - CANCEL ends in no money taken: what was not paid is closed, what was paid is given back;
 * - a REFUND is a payment the other way, with an id of its own: the same promises hold for it, but it is never cancelled. All
 *   refunds of a payment together never come to more than it.
 */
#define TAI_TYPE_PAYMENT_GATEWAY (tai_payment_gateway_get_type ())
G_DECLARE_INTERFACE (TaiPaymentGateway, tai_payment_gateway, TAI, PAYMENT_GATEWAY, GObject)

typedef enum { TAI_GATEWAY_PAY, TAI_GATEWAY_QUERY, TAI_GATEWAY_CANCEL, TAI_GATEWAY_REFUND } TaiGatewayVerb;
#define TAI_N_GATEWAY_VERBS (TAI_GATEWAY_REFUND + 1)

/**
 * TaiGatewayOutcome:
 * @TAI_GATEWAY_AWAITING: the customer has to do something: scan, type a password, put a card in
 * @TAI_GATEWAY_SUCCEEDED: the money is ours; of a REFUND: the customer's
 * @TAI_GATEWAY_FAILED: no money moved, and none ever will
 * @TAI_GATEWAY_REVERSED: closed or given back
 * @TAI_GATEWAY_UNKNOWN: no answer, or none that proves anything
 * @TAI_GATEWAY_NOT_REACHED: the request certainly never left
 * @TAI_GATEWAY_REFUSED: to a CANCEL: not any more (settled, too old); to a REFUND: not this one, and nothing moved
 */
typedef enum {
  TAI_GATEWAY_AWAITING,
  TAI_GATEWAY_SUCCEEDED,
  TAI_GATEWAY_FAILED,
  TAI_GATEWAY_REVERSED,
  TAI_GATEWAY_UNKNOWN,
  TAI_GATEWAY_NOT_REACHED,
  TAI_GATEWAY_REFUSED
} TaiGatewayOutcome;
/* "awaiting" "succeeded" "failed" "reversed" "unknown" "not_reached" "refused" */
const char *tai_gateway_outcome_to_text (TaiGatewayOutcome outcome);
gboolean tai_gateway_outcome_from_text (const char *text, TaiGatewayOutcome *outcome, GError **error);

/* Borrowed for the call of send(). */
typedef struct {
  TaiGatewayVerb verb;
  const TaiUuid *payment_id;
  TaiMoney amount;        /* above 0, of a refund as well */
  const char *provider;   /* (nullable) "wechat" …; the gateway's choice */
  const char *subject;    /* what the customer reads in his app; nothing personal */
  const TaiPayCode *code; /* (nullable) PAY only: charge this; else show a QR */
  const char *number;     /* (nullable) of a coupon: it is what pays */
  /* (nullable) of a refund, whatever is asked of it: the payment whose money goes back */
  const TaiUuid *original_id;
  const TaiUuid *order_id; /* (nullable) of a refund: what the payment was for */
} TaiGatewayRequest;

typedef struct {
  TaiGatewayOutcome outcome;
  char *reason;      /* (owned) (nullable) why: a code of the gateway's, one line */
  char *transaction; /* (owned) (nullable) the gateway's own number of the money */
  char *qr_text;     /* (owned) (nullable) what the customer scans */
} TaiGatewayAnswer;
void tai_gateway_answer_clear (TaiGatewayAnswer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TaiGatewayAnswer, tai_gateway_answer_clear)

typedef void (*TaiGatewayFunc) (const TaiGatewayAnswer *answer, gpointer data);

struct _TaiPaymentGatewayInterface {
  GTypeInterface parent;
  void (*send) (TaiPaymentGateway *self, const TaiGatewayRequest *request, TaiGatewayFunc done,
                gpointer data);
  gboolean gives_back; /* knows REFUND */
};
void tai_payment_gateway_send (TaiPaymentGateway *self, const TaiGatewayRequest *request, TaiGatewayFunc done,
                               gpointer data);
/* It gives back what it took. Where it does not, somebody does it elsewhere and brings a slip. */
gboolean tai_payment_gateway_gives_back (TaiPaymentGateway *self);

G_END_DECLS
