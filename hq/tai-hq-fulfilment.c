/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who carries an order out; and the built-in way: in progress for as long as the setting delay_ms says, then completed. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-fulfilment.h"

#include "tai-hq-order-move.h"

/* ---- who ---- */

const HqFulfilment *
hq_fulfilment_of_new (const HqStore *store)
{
  return store->profile != NULL && store->profile->south != NULL ? &hq_fulfilment_south : &hq_fulfilment_own;
}

const HqFulfilment *
hq_fulfilment_of (HqStore *store, const HqOrderRow *order)
{
  g_auto (HqSouthRow) row = {0};
  gboolean is_handed_on = store->klass->south_find (store, order->hall, order->id, &row);
  return is_handed_on ? &hq_fulfilment_south : &hq_fulfilment_own;
}

/* ---- the built-in way ---- */

/* How long it is to be seen as inProgress: "delay_ms.<operation>", else "delay_ms". */
static gint64
get_delay_us (HqStore *store, const HqOrderRow *order)
{
  gint64 delay_ms = hq_store_get_number (store, "delay_ms", 0);
  if (order->operation != NULL) {
    g_autofree char *name = g_strconcat ("delay_ms.", order->operation, NULL);
    delay_ms = hq_store_get_number (store, name, delay_ms);
  }
  return MIN (delay_ms, G_MAXINT32) * 1000;
}

/* Without a delay both moves are made at once: two events, one look. */
static int
begin_own (HqStore *store, HqOrderRow *order, const TaiJson *json, gint64 now_us)
{
  hq_order_move (store, order, "inProgress", NULL, now_us + get_delay_us (store, order), now_us);
  if (order->due_us > now_us)
    return 1;
  hq_order_complete (store, order, json, now_us);
  return 2;
}

static int
go_on_own (HqStore *store, HqOrderRow *order, const TaiJson *json, gint64 now_us)
{
  hq_order_complete (store, order, json, now_us);
  return 1;
}

static int
cancel_own (HqStore *store, HqOrderRow *order, HqCancelRow *task, gint64 now_us)
{
  hq_order_refuse (store, order, "cancelled", "cancelled_by_request", now_us);
  task->state = "done";
  return 1;
}

const HqFulfilment hq_fulfilment_own = {"built-in", begin_own, go_on_own, cancel_own};
