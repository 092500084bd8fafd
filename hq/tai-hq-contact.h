/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-payment-gateway.h"

G_BEGIN_DECLS

/**
 * HqContact: what headquarters has to ask a provider of payments before it can answer a terminal. It is made inside a
 * transaction, acted on after its commit, outside of any, and its answer is taken by hq_pay_settle() in another. A copy of its
 * own: any one thread.
 */
typedef struct {
  TaiGatewayVerb verb;
  char *hall;       /* (owned) */
  TaiUuid id;       /* of the payment or refund, and the provider's key of it */
  TaiUuid original; /* of a refund: the payment whose money goes back; else "" */
  TaiMoney paid;    /* of a refund: all of that payment */
  char *provider;   /* (owned) "wechat" "alipay" "unionpay" */
  char *subject;    /* (owned) (nullable) what the customer reads */
  char *steer;      /* (owned) (nullable) setting "sandbox" */
  TaiMoney amount;
  gboolean shows;   /* a QR is shown to the customer */
  gboolean closing; /* a QUERY after a CANCEL: is it over? */
  gboolean is_own;  /* headquarters asks by itself: no terminal waits for the answer */
  TaiPayCode *code; /* (owned) (nullable) PAY alone; never stored */
} HqContact;
void hq_contact_free (HqContact *self);

/* In whose name money is taken: */
typedef struct _HqGateway HqGateway;
typedef struct {
  const char *name;
  /* Blocks. Fills *@answer; what proves nothing is UNKNOWN. PAY comes once an id in the life of a program and before all else of
   * it; QUERY of what the provider does not know must close it there before it is FAILED. A refund cannot be closed: one that a
   * QUERY does not find is asked for once more, which the provider's own key makes one. (thread: any one at a time an id) */
  void (*send) (HqGateway *self, const HqContact *contact, gint64 now_us, TaiGatewayAnswer *answer);
  void (*free) (HqGateway *self);
} HqGatewayClass;
struct _HqGateway {
  const HqGatewayClass *klass;
};
void hq_gateway_send (HqGateway *self, const HqContact *contact, gint64 now_us, TaiGatewayAnswer *answer);
void hq_gateway_free (HqGateway *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqGateway, hq_gateway_free)

/* It is a refund that is asked for, or asked about. */
gboolean hq_contact_is_refund (const HqContact *self);

G_END_DECLS
