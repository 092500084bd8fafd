/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How orders move, whoever carries them out. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-order-move.h"

#include "tai-hq-check.h"
#include "tai-hq-hub.h"
#include "tai-hq-line.h"
#include "tai-hq-sum.h"
#include "tai-state.h"

gboolean
hq_order_is_open (const HqOrderRow *order)
{
  guint state;
  return tai_state_from_text (&tai_order_states, order->state, &state, NULL) &&
         !tai_state_is_final (&tai_order_states, state) && state != TAI_ORDER_COMPLETED;
}

/* To its terminal. */
static void
feed (HqStore *store, const HqOrderRow *order, const char *state, const char *reason, gint64 now_us)
{
  HqFeedRow event = {.order = order->external_id != NULL ? order->external_id : order->id,
                     .state = state,
                     .reason = reason,
                     .at_us = now_us};
  store->klass->feed_append (store, order->hall, order->terminal, &event);
}

/* @told: what the terminal calls that state. */
static void
move (HqStore *store, HqOrderRow *order, const char *state, const char *told, const char *reason,
      gint64 due_us, gint64 now_us)
{
  hq_sum_end (store, order, told);
  order->state = state;
  order->reason = reason;
  order->changed_us = now_us;
  order->due_us = due_us;
  store->klass->order_set_state (store, order);
  feed (store, order, told, reason, now_us);
  hq_event_tell (store, HQ_EVENT_STATE, order, NULL, now_us);
}

void
hq_order_move (HqStore *store, HqOrderRow *order, const char *state, const char *reason, gint64 due_us,
               gint64 now_us)
{
  move (store, order, state, state, reason, due_us, now_us);
}

void
hq_order_undo (HqStore *store, HqOrderRow *order, gint64 now_us)
{
  move (store, order, "cancelled", HQ_TOLD_UNDONE, HQ_REASON_UNDONE, 0, now_us);
}

void
hq_order_tell (HqStore *store, const HqOrderRow *order, const char *word, gint64 now_us)
{
  feed (store, order, order->state, word, now_us);
}

void
hq_order_refuse (HqStore *store, HqOrderRow *order, const char *state, const char *reason, gint64 now_us)
{
  store->klass->claim_release (store, order->hall, order->id);
  hq_order_move (store, order, state, reason, 0, now_us);
}

void
hq_order_complete (HqStore *store, HqOrderRow *order, const TaiJson *json, gint64 now_us)
{
  hq_settle_order (store, order, json);
  hq_line_settle (store, order, json, now_us);
  hq_order_move (store, order, "completed", NULL, 0, now_us);
}
