/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person says of a payment or a refund that has begun: take it back, ask again, it went, it did not go. On the desk's worker.
 */
#include "tai-desk-payout-private.h"
#include "tai-tender.h"

/* Taking back -------------------------------------------------------------------------------------------------------- */

static TaiPayment *
find_payment (TaiVisit *visit, const char *payment_id, GError **error)
{
  TaiPayment *payment = tai_visit_find_payment (visit, payment_id);

  if (payment == NULL)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAYMENT_UNKNOWN, "the visit has no payment %s",
                 payment_id);
  return payment;
}

static gboolean
check_cancel (TaiDesk *self, const TaiVisit *visit, const TaiPayment *payment, GError **error)
{
  gint64 from_us = tai_tender_get_cancel_us (payment);

  if (visit->state != TAI_VISIT_PLACED || from_us == G_MAXINT64) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE,
                 "payment: a %s one of a %s visit is not cancelled",
                 tai_state_to_text (&tai_payment_states, payment->state),
                 tai_state_to_text (&tai_visit_states, visit->state));
    return FALSE;
  }
  if (tai_desk_now (self) >= from_us || tai_desk_now (self) < payment->created_us)
    return TRUE;
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAYMENT_EARLY,
                       "the customer may be typing a password");
  return FALSE;
}

/* Cash, slips and coupons of the stock: handed back, known at once. */
static gboolean
give_back (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, GError **error)
{
  static const TaiPaymentState moves[] = {TAI_PAYMENT_REVERSING, TAI_PAYMENT_REVERSED};
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) shift = tai_desk_require_shift (self, error);

  if (shift == NULL ||
      !tai_desk_add_payment_moves (self, change, payment, moves, G_N_ELEMENTS (moves), NULL, shift, error))
    return FALSE;
  if (payment->tender == TAI_TENDER_COUPON)
    tai_desk_return_coupon (change, payment);
  tai_change_take_journal (
      change, tai_desk_journal (self, "payment_returned", shift, payment->id.text, NULL, payment->amount));
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  payment->state = TAI_PAYMENT_REVERSED;
  tai_visit_tell (visit);
  return TRUE;
}

/* Has a gateway taken it? A coupon tells by the stock that it came from. */
static gboolean
is_gateways (TaiDesk *self, const TaiPayment *payment, gboolean *is, GError **error)
{
  gboolean was_here = FALSE;

  if (payment->tender == TAI_TENDER_COUPON && !tai_desk_was_coupon_here (self, payment, &was_here, error))
    return FALSE;
  *is = payment->tender == TAI_TENDER_COUPON
            ? !was_here
            : self->gateways[payment->tender] != NULL && payment->number == NULL;
  return TRUE;
}

gboolean
tai_desk_cancel_payment (TaiDesk *self, TaiVisit *visit, const char *payment_id, GError **error)
{
  TaiPayment *payment;
  gboolean by_gateway;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && payment_id != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error))
    return FALSE;
  payment = find_payment (visit, payment_id, error);
  if (payment == NULL || !check_cancel (self, visit, payment, error))
    return FALSE;
  if (payment->state == TAI_PAYMENT_SUCCEEDED && tai_visit_find_open_payment (visit) != NULL)
    return tai_desk_check_payable (visit, error);
  if (!is_gateways (self, payment, &by_gateway, error))
    return FALSE;
  if (!by_gateway)
    return give_back (self, visit, payment, error);
  if (!tai_desk_reverse_payment (self, visit, payment, "cancelled", FALSE, error))
    return FALSE;
  tai_desk_press_attempt (self, visit, payment, TAI_GATEWAY_CANCEL);
  return TRUE;
}

gboolean
tai_desk_query_payment (TaiDesk *self, TaiVisit *visit, const char *payment_id, GError **error)
{
  TaiPayment *payment;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && payment_id != NULL, FALSE);
  payment = find_payment (visit, payment_id, error);
  if (payment == NULL)
    return FALSE;
  if (!tai_tender_is_open (payment->state) || self->gateways[payment->tender] == NULL)
    return TRUE;
  tai_desk_press_attempt (self, visit, payment, TAI_GATEWAY_QUERY);
  return TRUE;
}

/* A person decides ---------------------------------------------------------------------------------------------------- */

/* One that has gone twice did go: what is left to say is that it was put right. */
static gboolean
check_decision (TaiDesk *self, const TaiPayment *payment, TaiPaymentDecision decision, GError **error)
{
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error))
    return FALSE;
  if (tai_tender_get_place (payment->state) == TAI_TENDER_IN_DOUBT && !payment->released)
    return TRUE;
  if (tai_payment_is_gone_twice (payment) && decision == TAI_PAYMENT_DECISION_NOT_PAID)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "payment: %s is not in doubt",
               tai_state_to_text (&tai_payment_states, payment->state));
  return FALSE;
}

gboolean
tai_desk_decide_payment (TaiDesk *self, TaiVisit *visit, const char *payment_id, TaiPaymentDecision decision,
                         GError **error)
{
  g_autofree char *detail = NULL;
  TaiPayment *payment;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && payment_id != NULL, FALSE);
  payment = find_payment (visit, payment_id, error);
  if (payment == NULL || !check_decision (self, payment, decision, error))
    return FALSE;
  detail = g_strdup_printf ("decided by %s", self->staff->number);
  if (decision == TAI_PAYMENT_DECISION_NOT_PAID && tai_payment_is_refund (payment)) {
    if (!tai_desk_give_up_refund (self, visit, payment, detail, error))
      return FALSE;
    if (tai_tender_is_open (payment->state))
      tai_desk_press_attempt (self, visit, payment, TAI_GATEWAY_QUERY);
    return TRUE;
  }
  if (decision == TAI_PAYMENT_DECISION_PAID)
    return tai_desk_settle_payment (self, visit, payment, detail, TRUE, error);
  if (!tai_desk_reverse_payment (self, visit, payment, detail, TRUE, error))
    return FALSE;
  tai_desk_press_attempt (self, visit, payment, TAI_GATEWAY_CANCEL);
  return TRUE;
}

/* Refunds -------------------------------------------------------------------------------------------------------------- */

/* What a person can still say something about. */
static const TaiPayment *
find_matter (const TaiPayOut *self)
{
  const TaiPayment *open = tai_pay_out_find_open (self->paid, FALSE);

  for (guint i = 0; open == NULL && i < self->paid->len; i++) {
    const TaiPayment *one = g_ptr_array_index (self->paid, i);
    if (tai_payment_is_gone_twice (one))
      return one;
  }
  return open;
}

/* The open refund of the order's visit, in the visit whose gateway is asked if there is one. *@visit (transfer full) */
static TaiPayment *
find_refund (TaiDesk *self, const char *order_id, TaiVisit **visit, GError **error)
{
  g_auto (TaiPayOut) out = {NULL};
  const TaiPayment *open;

  if (!tai_pay_out_load (&out, self, order_id, error))
    return NULL;
  open = find_matter (&out);
  if (open == NULL) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "order %s: no refund is under way", order_id);
    return NULL;
  }
  *visit = tai_desk_find_attempted (self, open);
  if (*visit == NULL)
    *visit = tai_desk_rebuild_visit (self, &open->visit_id, error);
  return *visit != NULL ? tai_visit_find_payment (*visit, open->id.text) : NULL;
}

gboolean
tai_desk_query_refund (TaiDesk *self, const char *order_id, GError **error)
{
  g_autoptr (TaiVisit) visit = NULL;
  TaiPayment *refund;

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, FALSE);
  refund = find_refund (self, order_id, &visit, error);
  return refund != NULL && tai_desk_query_payment (self, visit, refund->id.text, error);
}

gboolean
tai_desk_decide_refund (TaiDesk *self, const char *order_id, TaiPaymentDecision decision, GError **error)
{
  g_autoptr (TaiVisit) visit = NULL;
  TaiPayment *refund;

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, FALSE);
  refund = find_refund (self, order_id, &visit, error);
  return refund != NULL && tai_desk_decide_payment (self, visit, refund->id.text, decision, error);
}

TaiVisit *
tai_desk_find_refund_visit (TaiDesk *self, const char *order_id, GError **error)
{
  g_auto (TaiPayOut) out = {NULL};
  TaiVisit *visit = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, NULL);
  if (!tai_pay_out_load (&out, self, order_id, error))
    return NULL;
  for (guint i = 0; visit == NULL && i < out.paid->len; i++) {
    const TaiPayment *one = g_ptr_array_index (out.paid, i);
    if (tai_payment_is_refund (one))
      visit = tai_desk_find_attempted (self, one);
  }
  return visit;
}
