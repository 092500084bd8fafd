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

/* One move of an order, with its row of the feed and its event; the row is changed, too. @reason: (nullable) a code. */
void hq_order_move (HqStore *store, HqOrderRow *order, const char *state, const char *reason, gint64 due_us,
                    gint64 now_us);
/* It will not take effect: what it claimed is free again. */
void hq_order_refuse (HqStore *store, HqOrderRow *order, const char *state, const char *reason,
                      gint64 now_us);
/* It took effect and was undone: TM Forum's word for that is cancelled, the terminal's undone. */
void hq_order_undo (HqStore *store, HqOrderRow *order, gint64 now_us);
/* The terminal hears a word about the order, which stays as it is. */
void hq_order_tell (HqStore *store, const HqOrderRow *order, const char *word, gint64 now_us);
/* It took effect: stock and line are changed in the same transaction. */
void hq_order_complete (HqStore *store, HqOrderRow *order, const TaiJson *json, gint64 now_us);

/* Acknowledged, held, …: not over yet. */
gboolean hq_order_is_open (const HqOrderRow *order);

G_END_DECLS
