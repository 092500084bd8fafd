/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Money back: what HQ refused or gave back goes to the customer, once, part by part as it was paid in, never more than came. Cash
 * goes out of the drawer and what somebody gave back elsewhere is booked by its slip, both in one change that is known at once. What
 * a gateway took it gives back itself (tai-desk-attempt.c asks it): the refund is written down before it is asked, owed until the
 * gateway says that it went, and nothing else of the visit goes back meanwhile. On the desk's worker.
 */
#include "tai-desk-payout-private.h"
#include "tai-limits.h"
#include "tai-tender.h"

#include <string.h>

/* Somebody may sell here, and no refund of the visit is under way. (transfer full) */
static GPtrArray *
begin (TaiPayOut *self, TaiDesk *desk, const char *order_id, GError **error)
{
  const TaiPayment *open;

  if (!tai_desk_check_right (desk, TAI_RIGHT_SELL, error) || !tai_pay_out_load (self, desk, order_id, error))
    return NULL;
  self->clerk = desk->staff->number;
  self->shift = tai_desk_require_selling (desk, error);
  if (self->shift == NULL)
    return NULL;
  open = tai_pay_out_find_open (self->paid, FALSE);
  if (open == NULL)
    return tai_pay_out_plan (self, error);
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAYMENT_OPEN, "refund %s is %s", open->id.text,
               tai_state_to_text (&tai_payment_states, open->state));
  return NULL;
}

GPtrArray *
tai_desk_list_refund_parts (TaiDesk *self, const char *order_id, GError **error)
{
  g_auto (TaiPayOut) out = {NULL};

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, NULL);
  return tai_pay_out_load (&out, self, order_id, error) ? tai_pay_out_plan (&out, error) : NULL;
}

/* Known at once --------------------------------------------------------------------------------------------------------- */

/* Each part goes its own way: a slip is of what goes by slip, also of what a gateway did not give back. Where there is nothing of that
 * kind it is of what gateways have taken: somebody gave it back there by hand. */
static void
leave_gateways_parts (GPtrArray *parts)
{
  gboolean has_slips = FALSE;

  for (guint i = 0; i < parts->len; i++) {
    const TaiRefundPart *part = g_ptr_array_index (parts, i);
    has_slips |= part->way == TAI_REFUND_BY_SLIP || part->failure != NULL;
  }
  for (guint i = has_slips ? parts->len : 0; i > 0; i--) {
    const TaiRefundPart *part = g_ptr_array_index (parts, i - 1);
    if (part->way == TAI_REFUND_BY_GATEWAY && part->failure == NULL)
      g_ptr_array_remove_index (parts, i - 1);
  }
}

static TaiMoney
add_up (const TaiPayOut *self, GPtrArray *parts)
{
  TaiMoney sum = tai_money (0, self->order->refund_due.currency);

  for (guint i = 0; i < parts->len; i++) /* together no more than what is owed */
    sum.minor += ((const TaiRefundPart *)g_ptr_array_index (parts, i))->amount.minor;
  return sum;
}

static gboolean
make_refunds (TaiPayOut *self, GPtrArray *parts, GError **error)
{
  self->back = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  for (guint i = 0; i < parts->len; i++) {
    const TaiRefundPart *part = g_ptr_array_index (parts, i);
    if (part->tender != TAI_TENDER_CASH && self->slip == NULL) {
      g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_REFUND_TENDER, "paid with %s",
                   tai_tender_to_text (part->tender));
      return FALSE;
    }
    tai_pay_out_make_refund (self, part)->state = TAI_PAYMENT_SUCCEEDED;
  }
  return TRUE;
}

static gboolean
pay_out (TaiDesk *self, const char *order_id, const char *slip, TaiMoney *paid, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_auto (TaiPayOut) out = {.slip = slip};
  g_autoptr (GPtrArray) parts = begin (&out, self, order_id, error);
  TaiMoney due;

  if (parts != NULL && slip != NULL)
    leave_gateways_parts (parts);
  if (parts == NULL || !make_refunds (&out, parts, error) || !tai_pay_out_check_drawer (&out, error))
    return FALSE;
  due = add_up (&out, parts);
  if (!tai_desk_check_who (self, change, TAI_RIGHT_REFUND, TAI_ACTION_REFUND, out.order, due, error) ||
      !tai_pay_out_add_facts (&out, change, error) || !tai_pay_out_finish (&out, change, due, error))
    return FALSE;
  if (paid != NULL)
    *paid = due;
  return TRUE;
}

gboolean
tai_desk_pay_refund (TaiDesk *self, const char *order_id, TaiMoney *paid, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, FALSE);
  return pay_out (self, order_id, NULL, paid, error);
}

gboolean
tai_desk_pay_refund_by_slip (TaiDesk *self, const char *order_id, const char *slip, TaiMoney *paid,
                             GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, FALSE);
  if (slip != NULL && slip[0] != '\0' && strlen (slip) <= TAI_LIMIT_FIELD_BYTES &&
      g_utf8_validate (slip, -1, NULL))
    return pay_out (self, order_id, slip, paid, error);
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_TENDER_NUMBER, "no number of the slip");
  return FALSE;
}

/* By the gateway -------------------------------------------------------------------------------------------------------- */

/* One that was not asked for yet; else one more try. */
static const TaiRefundPart *
find_gateways_part (GPtrArray *parts)
{
  const TaiRefundPart *failed = NULL;

  for (guint i = 0; i < parts->len; i++) {
    const TaiRefundPart *part = g_ptr_array_index (parts, i);
    if (part->way != TAI_REFUND_BY_GATEWAY)
      continue;
    if (part->failure == NULL)
      return part;
    failed = failed != NULL ? failed : part;
  }
  return failed;
}

/* Durable before the gateway hears of it. */
static gboolean
write_begun (TaiPayOut *self, const TaiRefundPart *part, TaiPayment *refund, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  if (!tai_desk_check_who (self->desk, change, TAI_RIGHT_REFUND, TAI_ACTION_REFUND, self->order, part->amount,
                           error))
    return FALSE;
  tai_change_add_payment (change, refund);
  tai_change_add_payment_event (change, &refund->id, TAI_PAYMENT_SUBMITTED, NULL, self->now_us);
  tai_change_take_journal (change, tai_desk_journal (self->desk, "refund_asked", self->shift,
                                                     self->order->id.text, refund->id.text, part->amount));
  return tai_desk_commit (self->desk, change, error);
}

gboolean
tai_desk_begin_refund (TaiDesk *self, const char *order_id, TaiUuid *refund_id, GError **error)
{
  g_auto (TaiPayOut) out = {NULL};
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (TaiVisit) visit = NULL;
  const TaiRefundPart *part;
  TaiPayment *refund;

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, FALSE);
  parts = begin (&out, self, order_id, error);
  if (parts == NULL)
    return FALSE;
  part = find_gateways_part (parts);
  if (part == NULL) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_REFUND_TENDER, "order %s: no gateway gives it back",
                 order_id);
    return FALSE;
  }
  visit = tai_desk_rebuild_visit (self, &out.order->visit_id, error);
  if (visit == NULL)
    return FALSE;
  out.back = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  refund = tai_pay_out_make_refund (&out, part);
  if (!write_begun (&out, part, refund, error))
    return FALSE;
  g_ptr_array_add (visit->payments, g_ptr_array_steal_index (out.back, 0));
  if (refund_id != NULL)
    *refund_id = refund->id;
  tai_desk_start_attempt (self, visit, refund, NULL);
  return TRUE;
}
