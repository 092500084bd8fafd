/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs about money that goes back. What a gateway gives back goes on by itself in a visit of its own, which the session keeps so that
 * the counter hears of it. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-do.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-tender.h"

void
tai_refund_look_free (TaiRefundLook *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->order, tai_order_free);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->gone, g_ptr_array_unref);
  g_clear_pointer (&self->attempt, tai_payment_free);
  g_free (self);
}

gboolean
tai_refund_look_is_in_cash (const TaiRefundLook *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  if (self->attempt != NULL && tai_tender_is_open (self->attempt->state))
    return FALSE;
  for (guint i = 0; i < self->parts->len; i++)
    if (((const TaiRefundPart *)g_ptr_array_index (self->parts, i))->way != TAI_REFUND_IN_CASH)
      return FALSE;
  return TRUE;
}

/* The counter hears of it from now on. */
static gboolean
follow (TaiCounterSession *s, const char *order_id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiVisit) visit = tai_desk_find_refund_visit (s->desk, order_id, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (visit != NULL && !g_ptr_array_find (s->refunds, visit, NULL))
    g_ptr_array_add (s->refunds, g_steal_pointer (&visit));
  return TRUE;
}

static gboolean
is_of_order (const TaiPayment *payment, const char *order_id)
{
  for (guint i = 0; i < payment->allocations->len; i++)
    if (strcmp (g_array_index (payment->allocations, TaiAllocation, i).order_id.text, order_id) == 0)
      return tai_payment_is_refund (payment);
  return FALSE;
}

/* One that keeps all else back; else one that has gone twice; else the last that came to nothing, while its money is still owed. */
static const TaiPayment *
find_attempt (const TaiRefundLook *look, GPtrArray *payments)
{
  const TaiPayment *twice = NULL, *last = NULL;

  for (guint i = 0; i < payments->len; i++) {
    const TaiPayment *one = g_ptr_array_index (payments, i);
    if (!is_of_order (one, look->order->id.text))
      continue;
    if (tai_tender_is_open (one->state) && !one->released)
      return one;
    if (tai_payment_is_gone_twice (one))
      twice = one;
    if (one->number == NULL && one->tender != TAI_TENDER_CASH)
      last = one;
  }
  if (twice != NULL)
    return twice;
  return last != NULL && last->state != TAI_PAYMENT_SUCCEEDED && look->parts->len > 0 ? last : NULL;
}

static void
take_payments (TaiRefundLook *look, GPtrArray *payments)
{
  const TaiPayment *attempt = find_attempt (look, payments);

  look->attempt = attempt != NULL ? tai_payment_copy (attempt) : NULL;
  look->gone = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  for (guint i = 0; i < payments->len; i++) {
    const TaiPayment *one = g_ptr_array_index (payments, i);
    if (one->state == TAI_PAYMENT_SUCCEEDED && is_of_order (one, look->order->id.text))
      g_ptr_array_add (look->gone, tai_payment_copy (one));
  }
}

TaiRefundLook *
tai_refund_look_new (TaiCounterSession *s, const TaiOrder *order, GPtrArray *payments, GError **error)
{
  g_autoptr (TaiRefundLook) look = g_new0 (TaiRefundLook, 1);

  look->order = tai_order_copy (order);
  look->parts = order->refund_due.currency != 0 && order->refund_due.minor > 0
                    ? tai_desk_list_refund_parts (s->desk, order->id.text, error)
                    : g_ptr_array_new_with_free_func ((GDestroyNotify)tai_refund_part_free);
  if (look->parts == NULL || !follow (s, order->id.text, error))
    return NULL;
  take_payments (look, payments);
  return g_steal_pointer (&look);
}

gboolean
tai_do_look_at_refund (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (TaiOrder) order = NULL;
  g_autoptr (GPtrArray) payments = NULL;
  g_autoptr (GError) local_error = NULL;

  order = tai_desk_look_at_order (s->desk, a->text, &local_error);
  if (order == NULL && local_error == NULL)
    g_set_error (&local_error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "no order %s here", a->text);
  if (order != NULL)
    payments = tai_visit_store_list_payments (s->store, &order->visit_id, &local_error);
  if (payments != NULL)
    a->result = tai_refund_look_new (s, order, payments, &local_error);
  a->free_result = (GDestroyNotify)tai_refund_look_free;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
tai_do_begin_refund (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_begin_refund (s->desk, a->text, &a->order, error) && follow (s, a->text, error);
}

gboolean
tai_do_query_refund (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_query_refund (s->desk, a->text, error) && follow (s, a->text, error);
}

gboolean
tai_do_decide_refund (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_decide_refund (s->desk, a->text, (TaiPaymentDecision)a->number, error);
}

gboolean
tai_do_pay_refund (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  const char *till = tai_desk_get_terminal (s->desk)->till;
  TaiMoney before, after;

  if (!tai_visit_store_drawer_balance (s->store, till, &before, error) ||
      !(a->slip != NULL ? tai_desk_pay_refund_by_slip (s->desk, a->text, a->slip, &a->amount, error)
                        : tai_desk_pay_refund (s->desk, a->text, &a->amount, error)) ||
      !tai_visit_store_drawer_balance (s->store, till, &after, error))
    return FALSE;
  a->number = before.minor - after.minor;
  return TRUE;
}

/* Of another desk ----------------------------------------------------------------------------------------------------------- */

gboolean
tai_do_look_at_debt (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  a->result = tai_desk_look_at_debt (s->desk, a->text, &local_error);
  a->free_result = (GDestroyNotify)tai_debt_free;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
tai_do_ask_debt (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_ask_debt (s->desk, a->text, error);
}

gboolean
tai_do_withdraw_debt (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_withdraw_debt (s->desk, a->text, error);
}

gboolean
tai_do_pay_debt (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  return tai_desk_pay_debt (s->desk, a->text, &a->amount, error);
}
