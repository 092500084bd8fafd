/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-payment-gateway.h"
#include "tai-ports.h"

G_BEGIN_DECLS

/**
 * TaiFakeGateway: a payment gateway and the customers before it, in the clock's virtual time. It keeps what a gateway promises
 * (tai-payment-gateway.h) and fails on the way there and back as a test programs it. A programmed customer pays, refuses or
 * waits. One thread.
 */
#define TAI_TYPE_FAKE_GATEWAY (tai_fake_gateway_get_type ())
G_DECLARE_FINAL_TYPE (TaiFakeGateway, tai_fake_gateway, TAI, FAKE_GATEWAY, GObject)

/* What becomes of one request. */
typedef enum {
  TAI_GATEWAY_FAULT_NONE,
  TAI_GATEWAY_FAULT_NOT_REACHED,
  TAI_GATEWAY_FAULT_LOST,        /* on the way there */
  TAI_GATEWAY_FAULT_ANSWER_LOST, /* on the way back */
  TAI_GATEWAY_FAULT_LATE,        /* LOST for the caller; arrives a minute later */
  TAI_GATEWAY_FAULT_BROKEN       /* it is there and knows nothing (SYSTEMERROR) */
} TaiGatewayFault;

/* What the customer does; later ones only as long as nothing is over. */
typedef enum {
  TAI_CUSTOMER_PAYS,
  TAI_CUSTOMER_WAITS,         /* USERPAYING until told otherwise */
  TAI_CUSTOMER_REFUSES,       /* no money on his account */
  TAI_CUSTOMER_PAYS_IN_CANCEL /* in the moment in which it is closed */
} TaiCustomer;

TaiFakeGateway *tai_fake_gateway_new (TaiClock *clock);
/* The next request meets it; called again: the one after that. */
void tai_fake_gateway_push (TaiFakeGateway *self, TaiGatewayFault fault);
void tai_fake_gateway_stand (TaiFakeGateway *self, TaiGatewayFault fault); /* all when none is pushed */
void tai_fake_gateway_set_customer (TaiFakeGateway *self, TaiCustomer customer);
void tai_fake_gateway_set_time_out (TaiFakeGateway *self, gint64 ms); /* of what was lost; else 3 s */
void tai_fake_gateway_set_no_cancel (TaiFakeGateway *self);           /* refuses to cancel what was paid */
/* The customer of the one payment that waits pays now, whatever he did before; a refund that takes its time goes. */
void tai_fake_gateway_customer_pays (TaiFakeGateway *self);
/* The same of all that wait; how many. */
guint tai_fake_gateway_end_waits (TaiFakeGateway *self);

/* Money that it has taken and not given back, by payment (refunds apart) and in all. */
gint64 tai_fake_gateway_get_taken (TaiFakeGateway *self);
gint64 tai_fake_gateway_get_taken_by (TaiFakeGateway *self, const char *payment_id);
gint64 tai_fake_gateway_get_charges (TaiFakeGateway *self); /* how often a customer was charged */
gint64 tai_fake_gateway_get_returns (TaiFakeGateway *self); /* how often money went back by a REFUND */
guint tai_fake_gateway_get_n_requests (TaiFakeGateway *self, TaiGatewayVerb verb);
const char *tai_fake_gateway_get_code (TaiFakeGateway *self); /* (nullable) of the last PAY */

G_END_DECLS
