/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is unfinished, and the remedies that exist: a refused message is released or given up, a paper that may not have come
 * out is printed once more as a marked copy. On the desk's worker.
 */
#include "tai-desk-private.h"

/* An order that HQ took so long ago and has not finished: somebody asks. Resuming may take 48 h by rule, all else is minutes. */
#define WAITS_TOO_LONG_US (2 * G_TIME_SPAN_HOUR)

static TaiWorkItem *
parked_item (TaiVisit *visit)
{
  TaiWorkItem *item = tai_work_item_new (TAI_WORK_PARKED);
  const TaiOrder *first = visit->orders->len > 0 ? g_ptr_array_index (visit->orders, 0) : NULL;

  item->since_us = visit->since_us;
  item->visit_id = visit->id;
  item->operation = first ? g_strdup (first->operation->id) : NULL;
  item->msisdn = first ? g_strdup (tai_order_get (first, "MSISDN")) : NULL;
  item->customer_mask = visit->identity ? tai_identity_mask_name (visit->identity) : NULL;
  item->amount = visit->total;
  item->state = g_strdup (tai_state_to_text (&tai_visit_states, visit->state));
  item->clerk = g_strdup (visit->clerk);
  return item;
}

/* (transfer none) (nullable) */
static TaiWorkItem *
find_doubt (GPtrArray *items, const TaiUuid *visit_id)
{
  for (guint i = 0; i < items->len; i++) {
    TaiWorkItem *item = g_ptr_array_index (items, i);
    if (item->kind == TAI_WORK_IN_DOUBT && g_str_equal (item->visit_id.text, visit_id->text))
      return item;
  }
  return NULL;
}

/* A placed visit whose payment is under way stands there once, as that payment, with what the visit is about. */
static void
join_placed (GPtrArray *items)
{
  for (guint i = items->len; i > 0; i--) {
    TaiWorkItem *placed = g_ptr_array_index (items, i - 1);
    TaiWorkItem *doubt = placed->kind == TAI_WORK_PLACED ? find_doubt (items, &placed->visit_id) : NULL;

    if (doubt == NULL)
      continue;
    doubt->operation = g_steal_pointer (&placed->operation);
    doubt->msisdn = g_steal_pointer (&placed->msisdn);
    doubt->customer_mask = g_steal_pointer (&placed->customer_mask);
    g_ptr_array_remove_index (items, i - 1);
  }
}

static gboolean
is_asked_for (GPtrArray *items, const TaiWorkItem *order)
{
  for (guint i = 0; i < items->len; i++) {
    const TaiWorkItem *item = g_ptr_array_index (items, i);
    if (item->kind == TAI_WORK_REFUND && item->reason == NULL &&
        g_str_equal (item->order_id.text, order->order_id.text))
      return TRUE;
  }
  return FALSE;
}

/* An order whose money is on its way back stands there once, as that refund. */
static void
join_refused (GPtrArray *items)
{
  for (guint i = items->len; i > 0; i--) {
    const TaiWorkItem *order = g_ptr_array_index (items, i - 1);
    if (order->kind == TAI_WORK_REFUSED && is_asked_for (items, order))
      g_ptr_array_remove_index (items, i - 1);
  }
}

GPtrArray *
tai_desk_list_work (TaiDesk *self, guint limit, GError **error)
{
  GPtrArray *items;

  g_return_val_if_fail (TAI_IS_DESK (self) && limit > 0, NULL);
  items =
      tai_visit_store_list_work (self->ports.store, tai_desk_now (self) - WAITS_TOO_LONG_US, limit, error);
  if (items == NULL)
    return NULL;
  join_placed (items);
  join_refused (items);
  for (guint i = 0; i < self->parked->len; i++)
    g_ptr_array_add (items, parked_item (g_ptr_array_index (self->parked, i)));
  tai_work_sort (items, limit);
  tai_desk_mask_work (self, items);
  return items;
}

/* Messages --------------------------------------------------------------------------------------------------------- */

static TaiOutboxRow *
find_quarantined (TaiDesk *self, const char *key, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiOutboxRow) row = NULL;

  if (!tai_desk_check_right (self, TAI_RIGHT_QUARANTINE, error))
    return NULL;
  row = tai_visit_store_find_message (self->ports.store, TAI_DESTINATION_HQ, key, &local_error);
  if (row != NULL && row->state == TAI_MESSAGE_QUARANTINED)
    return g_steal_pointer (&row);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MESSAGE_UNKNOWN, "no refused message %s", key);
  return NULL;
}

gboolean
tai_desk_release_message (TaiDesk *self, const char *key, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiOutboxRow) row = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && key != NULL, FALSE);
  row = find_quarantined (self, key, error);
  if (row == NULL)
    return FALSE;
  tai_change_add_message_state (change, row->row, TAI_MESSAGE_WAITING, tai_desk_now (self));
  tai_change_take_journal (
      change, tai_desk_journal (self, "quarantine_released", NULL, key, row->last_error, tai_money (0, 0)));
  return tai_desk_commit (self, change, error);
}

/* Only an order's: money that was taken must be told, whatever it takes. */
static TaiOrder *
find_given_up (TaiDesk *self, const TaiOutboxRow *row, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiOrder) order = NULL;

  if (row->message->order_id.text[0] != '\0')
    order = tai_visit_store_find_order (self->ports.store, row->message->order_id.text, &local_error);
  if (order != NULL && (order->state == TAI_ORDER_PAID || order->state == TAI_ORDER_SENT))
    return g_steal_pointer (&order);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE,
                 "message %s: only an order that HQ never took "
                 "is given up",
                 row->message->key.text);
  return NULL;
}

gboolean
tai_desk_give_up_message (TaiDesk *self, const char *key, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiOutboxRow) row = NULL;
  g_autoptr (TaiOrder) order = NULL;
  const char *reason;
  gint64 now;

  g_return_val_if_fail (TAI_IS_DESK (self) && key != NULL, FALSE);
  row = find_quarantined (self, key, error);
  order = row ? find_given_up (self, row, error) : NULL;
  if (order == NULL)
    return FALSE;
  now = tai_desk_now (self);
  reason = row->last_error ? row->last_error : "given_up";
  tai_change_add_given_up (change, row->row, row->message, reason, now);
  if (order->state == TAI_ORDER_PAID)
    tai_change_add_order_state (change, &order->id, TAI_ORDER_SENT, NULL, now);
  tai_change_add_order_state (change, &order->id, TAI_ORDER_REJECTED, reason, now);
  tai_change_take_journal (change,
                           tai_desk_journal (self, "quarantine_given_up", NULL, key, reason, order->today));
  return tai_desk_add_refusal (self, change, order, TAI_ORDER_REJECTED, reason, error) &&
         tai_desk_commit (self, change, error);
}
