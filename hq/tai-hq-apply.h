/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-exchange.h"
#include "tai-hq-store.h"

G_BEGIN_DECLS

/*
 * Headquarters as a function: requests in, responses out, one transaction. No clock, no thread, no network: the HTTP shell
 * (guitai-hq) and the simulator call the very same. The protocol stands in docs/protocol.md.
 */

#define HQ_BATCH_MAX 500 /* messages */
#define HQ_KEYS_MAX  100 /* of one question */
#define HQ_GROUP_MAX 256 /* requests of one call that the shell makes */

/**
 * hq_read:
 *
 * What hq_apply() would find out about the bytes of messages without the store. Any thread.
 *
 * Returns: (transfer full) (nullable): there is nothing to read ahead
 */
HqReading *hq_read (const HqRequest *request);

/**
 * hq_apply:
 * @responses: (out) one each, in the order of the requests
 *
 * One transaction over all: when it returns, what was answered 2xx is durable. Each request stands or falls alone; when the
 * store fails, nothing of the group is there, every answer is 503 and FALSE comes back.
 */
gboolean hq_apply (HqStore *store, const HqRequest *requests, guint n, HqResponse *responses);

/**
 * hq_advance:
 * @max: orders and tasks looked at
 * @next_us: (out) (optional) when to call again; 0: nothing waits
 *
 * The state engine: acknowledged -> inProgress -> completed, or rejected with a reason code, and the cancel tasks; in one
 * transaction with claims and feed. How many moved, or -1 when the store failed (nothing moved).
 */
int hq_advance (HqStore *store, gint64 now_us, guint max, gint64 *next_us);

G_END_DECLS
