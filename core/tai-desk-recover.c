/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Placed visits after a restart: whole again from the store, all but the identity, which lies sealed in the orders. On the desk's
 * worker.
 */
#include "tai-desk-private.h"
#include "tai-tender.h"

#include <string.h>

/* Rebuilding ------------------------------------------------------------------------------------------------------- */

/* Newest first, as the store lists; a visit has them in the order in which they were added. */
static void
take_orders (TaiVisit *visit, GPtrArray *orders)
{
  while (orders->len > 0)
    g_ptr_array_add (visit->orders, g_ptr_array_steal_index (orders, orders->len - 1));
}

TaiVisit *
tai_desk_rebuild_visit (TaiDesk *self, const TaiUuid *id, GError **error)
{
  TaiOrderFilter filter = {.visit_id = id, .only_placed = TRUE, .limit = TAI_VISIT_MAX_ORDERS};
  g_autoptr (GPtrArray) orders = tai_visit_store_list_orders (self->ports.store, &filter, error);
  g_autoptr (GPtrArray) payments = NULL;
  g_autoptr (TaiVisit) visit = NULL;
  const TaiOrder *first;

  if (orders == NULL)
    return NULL;
  payments = tai_visit_store_list_payments (self->ports.store, id, error);
  if (payments == NULL)
    return NULL;
  visit = tai_visit_new (*id, self->terminal->currency);
  g_ptr_array_extend_and_steal (visit->payments, g_steal_pointer (&payments));
  if (orders->len == 0) { /* paid by other means, or given up: only a payment is still under way */
    visit->state = TAI_VISIT_CLOSED;
    return g_steal_pointer (&visit);
  }
  take_orders (visit, orders);
  first = g_ptr_array_index (visit->orders, 0);
  visit->developer = g_strdup (first->developer);
  visit->clerk = g_strdup (first->clerk);
  visit->since_us = first->placed_us;
  if (!tai_visit_update (visit, error))
    return NULL;
  visit->state = TAI_VISIT_PLACED; /* nobody listens yet */
  return g_steal_pointer (&visit);
}

/* What the power interrupted may have reached the gateway; what was only written down never left. */
static gboolean
doubt_payments (TaiDesk *self, const TaiVisit *visit, const TaiShift *shift, TaiChange *change,
                GError **error)
{
  for (guint i = 0; i < visit->payments->len; i++) {
    TaiPayment *payment = g_ptr_array_index (visit->payments, i);
    TaiPaymentState to = payment->state == TAI_PAYMENT_CREATED ? TAI_PAYMENT_FAILED : TAI_PAYMENT_UNKNOWN;

    if (!tai_tender_is_open (payment->state) || tai_tender_get_place (payment->state) == TAI_TENDER_IN_DOUBT)
      continue;
    if (!tai_desk_add_payment_moves (self, change, payment, &to, 1, "interrupted", shift, error))
      return FALSE;
    payment->state = to;
  }
  return TRUE;
}

/* The customer comes back for it: his numbers are held for him again, if nobody else got them meanwhile. */
static TaiVisit *
recover (TaiDesk *self, const TaiUuid *id, const TaiShift *shift, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiVisit) visit = tai_desk_rebuild_visit (self, id, error);

  if (visit == NULL ||
      !tai_desk_hold_visit (self, visit, TAI_VISIT_PLACED, NULL, tai_desk_now (self) + TAI_HOLD_US, change,
                            error) ||
      !doubt_payments (self, visit, shift, change, error))
    return NULL;
  tai_change_take_journal (change,
                           tai_desk_journal (self, "visit_recovered", shift, id->text, NULL, visit->total));
  if (!tai_desk_commit (self, change, error))
    return NULL;
  tai_desk_follow_attempts (self, visit);
  return g_steal_pointer (&visit);
}

static gboolean
has_visit (GPtrArray *visits, const TaiUuid *id)
{
  for (guint i = 0; i < visits->len; i++)
    if (strcmp (((TaiVisit *)g_ptr_array_index (visits, i))->id.text, id->text) == 0)
      return TRUE;
  return FALSE;
}

/* @open (element-type TaiPayment): those of visits that are not in @visits. */
static gboolean
recover_payments (TaiDesk *self, GPtrArray *open, GPtrArray *visits, const TaiShift *shift, GError **error)
{
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < open->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (open, i);
    g_autoptr (TaiChange) change = tai_change_new ();
    g_autoptr (TaiVisit) visit = NULL;

    if (has_visit (visits, &payment->visit_id) || has_visit (done, &payment->visit_id))
      continue;
    visit = tai_desk_rebuild_visit (self, &payment->visit_id, error);
    if (visit == NULL || !doubt_payments (self, visit, shift, change, error) ||
        (tai_change_get_n_facts (change) > 0 && !tai_desk_commit (self, change, error)))
      return FALSE;
    tai_desk_follow_attempts (self, visit);
    g_ptr_array_add (done, g_steal_pointer (&visit));
  }
  return TRUE;
}

GPtrArray *
tai_desk_recover_visits (TaiDesk *self, GError **error)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) orders = NULL, open = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = NULL;
  const char *last = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  shift = tai_desk_get_shift (self, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  orders = tai_desk_list_placed_orders (self, error);
  open = orders != NULL ? tai_visit_store_list_open_payments (self->ports.store, error) : NULL;
  if (open == NULL)
    return NULL;
  for (guint i = orders->len; i > 0; i--) { /* oldest first; those of one visit lie together */
    const TaiOrder *order = g_ptr_array_index (orders, i - 1);
    TaiVisit *visit;

    if (g_strcmp0 (last, order->visit_id.text) == 0)
      continue;
    last = order->visit_id.text;
    visit = recover (self, &order->visit_id, shift, error);
    if (visit == NULL)
      return NULL;
    g_ptr_array_add (visits, visit);
  }
  return recover_payments (self, open, visits, shift, error) ? g_steal_pointer (&visits) : NULL;
}

gboolean
tai_desk_recover_payments (TaiDesk *self, GError **error)
{
  g_autoptr (GPtrArray) nobodys = g_ptr_array_new (), open = NULL;
  g_autoptr (TaiShift) shift = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self), FALSE);
  if (!tai_desk_find_shift (self, &shift, error))
    return FALSE;
  open = tai_visit_store_list_open_payments (self->ports.store, error);
  return open != NULL && recover_payments (self, open, nobodys, shift, error);
}
