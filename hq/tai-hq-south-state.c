/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two tables of the way south: where an order stands on it, and what the operator's words mean here. Pure. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-south-private.h"

#include <string.h>

#define TO(step) (1u << HQ_SOUTH_##step)

static const char *const step_text[] = {
    [HQ_SOUTH_QUEUED] = "queued", [HQ_SOUTH_SENDING] = "sending", [HQ_SOUTH_ASKING] = "asking",
    [HQ_SOUTH_TAKEN] = "taken",   [HQ_SOUTH_HELD] = "held",       [HQ_SOUTH_DONE] = "done",
};
/* queued -> done: cancelled before it left. taken -> held: it is gone there, or its word is not known. */
static const guint32 step_edges[] = {
    [HQ_SOUTH_QUEUED] = TO (SENDING) | TO (HELD) | TO (DONE),
    [HQ_SOUTH_SENDING] = TO (TAKEN) | TO (ASKING) | TO (QUEUED) | TO (HELD),
    [HQ_SOUTH_ASKING] = TO (TAKEN) | TO (QUEUED) | TO (HELD),
    [HQ_SOUTH_TAKEN] = TO (DONE) | TO (HELD),
    [HQ_SOUTH_HELD] = TO (QUEUED) | TO (ASKING) | TO (TAKEN) | TO (DONE),
    [HQ_SOUTH_DONE] = 0,
};
const TaiStateTable hq_south_steps = {"southbound order", step_text, step_edges, G_N_ELEMENTS (step_text)};

void
hq_south_step (HqSouthRow *row, HqSouthStep to, gint64 due_us, gint64 now_us)
{
  g_assert (tai_state_can_move (&hq_south_steps, row->step, to));
  row->step = to;
  row->tries = 0;
  row->changed_us = now_us;
  row->due_us = due_us;
}

/* ---- their words ---- */

#define STAYS TAI_ORDER_DRAFT /* says nothing new of the order itself */

/* v4's words and the two that v5 adds. @reason: code that the terminal hears with it. */
static const struct {
  const char *word;
  TaiOrderState state;
  const char *reason;
} words[] = {
    {"draft", STAYS, NULL},
    {"acknowledged", TAI_ORDER_ACKNOWLEDGED, NULL},
    {"inProgress", TAI_ORDER_IN_PROGRESS, NULL},
    {"inProgress.accepted", TAI_ORDER_IN_PROGRESS, NULL},
    {"pending", TAI_ORDER_PENDING, "bss_pending"},
    {"held", TAI_ORDER_HELD, "bss_held"},
    {"assessingCancellation", STAYS, NULL},
    {"pendingCancellation", STAYS, NULL},
    {"completed", TAI_ORDER_COMPLETED, NULL},
    {"cancelled", TAI_ORDER_CANCELLED, "bss_cancelled"},
    {"rejected", TAI_ORDER_REJECTED, "bss_rejected"},
    {"failed", TAI_ORDER_FAILED, "bss_failed"},
    {"partial", TAI_ORDER_PARTIAL, "bss_partial"},
};

static gboolean
find_word (const char *word, TaiOrderState *state, const char **reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].word, word) == 0) {
      *state = words[i].state;
      *reason = words[i].reason;
      return TRUE;
    }
  return FALSE;
}

/* ---- the order ---- */

static gboolean
find_order (HqStore *store, const HqSouthRow *row, HqOrderRow *order)
{
  gboolean found = store->klass->order_find (store, row->hall, row->order_id, order);
  g_assert (found || store->error != NULL); /* a row is made of an order, and orders stay */
  return found;
}

/* Only along an edge of the table of orders. */
static gboolean
may_move (const HqOrderRow *order, TaiOrderState to)
{
  guint from;
  return tai_state_from_text (&tai_order_states, order->state, &from, NULL) && from != (guint)to &&
         tai_state_can_move (&tai_order_states, from, to);
}

void
hq_south_end_cancels (HqStore *store, const HqSouthRow *row, gboolean is_cancelled, gint64 now_us)
{
  g_autoptr (GPtrArray) tasks = store->klass->cancel_open (store, row->hall, row->order_id);
  for (guint i = 0; i < tasks->len; i++) {
    HqCancelRow *task = tasks->pdata[i];
    task->state = is_cancelled ? "done" : "terminatedWithError";
    task->changed_us = now_us;
    task->due_us = 0;
    store->klass->cancel_set_state (store, task);
  }
}

void
hq_south_hold (HqStore *store, HqSouthRow *row, const char *reason, const char *note, gint64 now_us)
{
  g_auto (HqOrderRow) order = {0};
  hq_south_step (row, HQ_SOUTH_HELD, 0, now_us);
  row->note = note;
  store->klass->south_put (store, row);
  if (find_order (store, row, &order) && may_move (&order, TAI_ORDER_HELD))
    hq_order_move (store, &order, "held", reason, 0, now_us);
  g_autofree char *detail = g_strdup_printf ("%s %s: %s", row->order_id, reason, note);
  store->klass->alarm_raise (store, row->hall, order.terminal != NULL ? order.terminal : "", reason, detail,
                             now_us);
}

static void
end_order (HqStore *store, HqSouthRow *row, HqOrderRow *order, TaiOrderState state, const char *reason,
           gint64 now_us)
{
  const char *text = tai_state_to_text (&tai_order_states, state);
  if (state == TAI_ORDER_COMPLETED) {
    g_autoptr (TaiJson) json = hq_body_parse (order->body);
    hq_order_complete (store, order, json, now_us);
  } else if (state == TAI_ORDER_PARTIAL)
    hq_order_move (store, order, text, reason, 0, now_us); /* some of it took effect: nothing is freed */
  else
    hq_order_refuse (store, order, text, reason, now_us);
  hq_south_step (row, HQ_SOUTH_DONE, 0, now_us);
  hq_south_end_cancels (store, row, state == TAI_ORDER_CANCELLED, now_us);
}

void
hq_south_cancel_here (HqStore *store, HqSouthRow *row, gint64 now_us)
{
  g_auto (HqOrderRow) order = {0};
  if (find_order (store, row, &order) && hq_order_is_open (&order))
    hq_order_refuse (store, &order, "cancelled", "cancelled_by_request", now_us);
  hq_south_step (row, HQ_SOUTH_DONE, 0, now_us);
  store->klass->south_put (store, row);
  hq_south_end_cancels (store, row, TRUE, now_us);
}

void
hq_south_queue (HqStore *store, HqSouthRow *row, gint64 due_us, gint64 now_us)
{
  hq_south_step (row, HQ_SOUTH_QUEUED, due_us, now_us);
  if (row->cancel != HQ_SOUTH_CANCEL_NONE)
    hq_south_cancel_here (store, row, now_us);
  else
    store->klass->south_put (store, row);
}

gint64
hq_backoff_us (gint64 least_us, gint64 most_us, gint64 tries, const char *id)
{
  gint64 delay_us = MIN (least_us << MIN (tries, 20), most_us);
  return delay_us + g_str_hash (id) % (delay_us / 4 + 1);
}

static gboolean
is_outcome (TaiOrderState state)
{
  return state == TAI_ORDER_COMPLETED || tai_state_is_final (&tai_order_states, state);
}

/* Both are known; the order moves when it may. */
static void
move_to (HqStore *store, HqSouthRow *row, HqOrderRow *order, TaiOrderState state, const char *reason,
         gint64 now_us)
{
  /* it was held here, and now it is there: on the road again */
  if (state == TAI_ORDER_ACKNOWLEDGED && strcmp (order->state, "held") == 0)
    state = TAI_ORDER_IN_PROGRESS;
  if (state == TAI_ORDER_CANCELLED && row->cancel != HQ_SOUTH_CANCEL_NONE)
    reason = "cancelled_by_request";
  if (!may_move (order, state))
    return;
  if (is_outcome (state))
    end_order (store, row, order, state, reason, now_us);
  else
    hq_order_move (store, order, tai_state_to_text (&tai_order_states, state), reason, 0, now_us);
  row->changed_us = now_us;
}

static void
hold_for_word (HqStore *store, HqSouthRow *row, HqOrderRow *order, const char *word, gint64 now_us)
{
  if (may_move (order, TAI_ORDER_HELD))
    hq_order_move (store, order, "held", "bss_state", 0, now_us);
  store->klass->alarm_raise (store, row->hall, order->terminal, "bss_state", word, now_us);
}

void
hq_south_take_state (HqStore *store, HqSouthRow *row, const char *word, gint64 now_us)
{
  g_auto (HqOrderRow) order = {0};
  TaiOrderState state = STAYS;
  const char *reason = NULL;
  gboolean is_known = find_word (word, &state, &reason);
  gboolean is_news = g_strcmp0 (row->foreign_state, word) != 0 && find_order (store, row, &order);
  row->foreign_state = word;
  if (is_news && is_known)
    move_to (store, row, &order, state, reason, now_us);
  else if (is_news)
    hold_for_word (store, row, &order, word, now_us);
  store->klass->south_put (store, row);
}
