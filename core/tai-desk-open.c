/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The visit in hand: what each verb asks of it before it begins, and tells it when something changed. On the desk's worker. */
#include "tai-desk-private.h"

/* More placed, unpaid visits than a hall can have; the newest are taken. */
#define MAX_ORDERS 1000

gboolean
tai_desk_require_open (TaiDesk *self, TaiVisit *visit, GError **error)
{
  if (!tai_desk_check_unlocked (self, error))
    return FALSE;
  if (visit->state == TAI_VISIT_OPEN)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "visit: %s is not open",
               tai_state_to_text (&tai_visit_states, visit->state));
  return FALSE;
}

gboolean
tai_desk_has_order (TaiVisit *visit, const TaiOrder *order)
{
  return order != NULL && g_ptr_array_find (visit->orders, order, NULL);
}

gboolean
tai_desk_tell_changed (TaiVisit *visit, GError **error)
{
  for (guint i = 0; i < visit->orders->len; i++)
    ((TaiOrder *)g_ptr_array_index (visit->orders, i))->signed_ = FALSE;
  return tai_visit_update (visit, error);
}

gboolean
tai_desk_check_payable (TaiVisit *visit, GError **error)
{
  const TaiPayment *open = tai_visit_find_open_payment (visit);

  if (visit->state != TAI_VISIT_PLACED) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "visit: %s cannot be paid",
                 tai_state_to_text (&tai_visit_states, visit->state));
    return FALSE;
  }
  if (open == NULL)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAYMENT_OPEN, "payment %s is %s", open->id.text,
               tai_state_to_text (&tai_payment_states, open->state));
  return FALSE;
}

TaiOrderItem *
tai_desk_find_line (const TaiOrder *order)
{
  for (guint i = 0; i < order->items->len; i++) {
    TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (item->offering_id == NULL)
      return item;
  }
  return NULL;
}

/* Personal data leaves memory only inside the two boxes; masks may stay in clear (I5). */
char *
tai_desk_make_customer_ref (TaiDesk *self, const TaiVisit *visit)
{
  g_return_val_if_fail (TAI_IS_DESK (self) && visit != NULL, NULL);
  return visit->identity != NULL && visit->identity->number != NULL
             ? tai_sealer_blind (self->ports.sealer, visit->identity->number)
             : NULL;
}

void
tai_desk_remember (TaiDesk *self, TaiVisit *visit)
{
  GWeakRef *ref;

  for (guint i = self->begun->len; i > 0; i--) {
    g_autoptr (TaiVisit) other = g_weak_ref_get (g_ptr_array_index (self->begun, i - 1));
    if (other == NULL || other == visit || other->state != TAI_VISIT_OPEN)
      g_ptr_array_remove_index (self->begun, i - 1);
  }
  ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, visit);
  g_ptr_array_add (self->begun, ref);
}

void
tai_desk_forget_parked (TaiDesk *self, TaiVisit *visit)
{
  g_ptr_array_remove (self->parked, visit);
}

GPtrArray *
tai_desk_list_placed_orders (TaiDesk *self, GError **error)
{
  TaiOrderFilter filter = {.only_placed = TRUE, .limit = MAX_ORDERS};

  return tai_visit_store_list_orders (self->ports.store, &filter, error);
}
