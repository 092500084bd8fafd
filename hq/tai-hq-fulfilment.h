/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/**
 * HqFulfilment: who carries an order out once headquarters has found it paid and good. Two there are: the built-in engine,
 * which waits and completes, and the operator's own system (tai-hq-south.h), which is asked. Each verb runs inside the state
 * engine's transaction and gives the number of moves that it made.
 *
 * @begin: the order is acknowledged, paid and good; it is not looked at again before its due_us
 * @go_on: its due_us has come
 * @cancel: a cancellation was asked for; sets the task's state
 */
typedef struct {
  const char *name;
  int (*begin) (HqStore *store, HqOrderRow *order, const TaiJson *json, gint64 now_us);
  int (*go_on) (HqStore *store, HqOrderRow *order, const TaiJson *json, gint64 now_us);
  int (*cancel) (HqStore *store, HqOrderRow *order, HqCancelRow *task, gint64 now_us);
} HqFulfilment;

extern const HqFulfilment hq_fulfilment_own, hq_fulfilment_south;

/* Who gets a new order. */
const HqFulfilment *hq_fulfilment_of_new (const HqStore *store);
/* Who has this one: what was handed on stays there, whatever the profile says today. */
const HqFulfilment *hq_fulfilment_of (HqStore *store, const HqOrderRow *order);

G_END_DECLS
