/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-headquarters.h"
#include "tai-hq-store.h"
#include "tai-state.h"

G_BEGIN_DECLS

/*
 * The way of orders to an operator's own TMF622 server that knows no idempotency, with the same promise as everywhere: each
 * order is there once. No network and no clock in here: errands are taken from the store, carried out by whoever has a line
 * (guitai-hq's worker, a test), and what came of them is given back. docs/southbound.md tells it for operators.
 *
 * What makes it once:
 * - "sending" is durable before a POST leaves, and its outcome is believed only when an answer names the order's id there;
 * - after anything else the order is asked for by its externalId. It is sent again only when its absence is proved: the
 *   profile says that the server filters, the server showed so a moment ago with an order that it certainly has, and
 *   settle_us has gone by since the last POST ended, so that none is still on its way;
 * - what cannot be proved is held for a person.
 */
/* Of HqSouthStep. */
extern const TaiStateTable hq_south_steps;

typedef enum {
  HQ_ERRAND_SEND,   /* POST productOrder */
  HQ_ERRAND_PROVE,  /* GET a list by the externalId of an order that is known to be there */
  HQ_ERRAND_ASK,    /* GET a list by the externalId of this one */
  HQ_ERRAND_LOOK,   /* GET productOrder/{id}: its state */
  HQ_ERRAND_CANCEL, /* POST cancelProductOrder */
  HQ_ERRAND_EVENT   /* POST an event to a listener (tai-hq-hub.h) */
} HqErrandKind;

/**
 * HqErrand: one request that the worker makes. All owned.
 * @hall, @order_id: whose; of an event: the listener's hall and id
 * @witness_id, @witness_external_id: (nullable) of HQ_ERRAND_PROVE: what must be found
 * @seq: of HQ_ERRAND_EVENT
 */
typedef struct {
  HqErrandKind kind;
  char *hall, *order_id;
  char *witness_id, *witness_external_id;
  gint64 seq;
  const char *method;
  char *origin, *path;
  char *key;    /* (nullable) Idempotency-Key: who knows it uses it */
  GBytes *body; /* (nullable) */
  gint64 timeout_us;
} HqErrand;
void hq_errand_free (HqErrand *self);

/* The line to the operator's system as it is now: it rests after 401, 403, 429, 503. */
typedef struct {
  gint64 rest_until_us; /* 0: it does not */
  gint64 tries;
} HqSouthLine;

/**
 * hq_south_recover:
 *
 * Once at the start: what was on its way when the process ended may be there. FALSE: the store failed.
 */
gboolean hq_south_recover (HqStore *store, gint64 now_us);

/**
 * hq_south_take:
 * @next_us: (out) when to come again; 0: nothing waits
 *
 * At most @max errands that are due, each written as begun first: when the store fails, none is given out. Without a profile
 * none is due. (element-type HqErrand) (transfer full)
 */
GPtrArray *hq_south_take (HqStore *store, HqSouthLine *line, gint64 now_us, guint max, gint64 *next_us);

/* What came of an errand, with the order's state, feed and events: inside a transaction of the caller's, who may settle many in
 * one. When that fails, nothing is known yet: they are given back again later. */
void hq_south_settle (HqStore *store, HqSouthLine *line, const HqErrand *errand, const TaiReply *reply,
                      gint64 now_us);

/* What a person may say of an order that is held. */
typedef enum {
  HQ_SOUTH_SEND_AGAIN, /* looked there: it is not there */
  HQ_SOUTH_ASK_AGAIN,
  HQ_SOUTH_LINK,   /* looked there: it is there under this id */
  HQ_SOUTH_GIVE_UP /* it is not there and shall not be: rejected */
} HqSouthDecision;

/* Inside a transaction. FALSE: no such order is held, or (LINK) no id was given. */
gboolean hq_south_decide (HqStore *store, const char *order_id, HqSouthDecision decision,
                          const char *foreign_id, gint64 now_us);

G_END_DECLS
