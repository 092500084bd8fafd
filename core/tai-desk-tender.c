/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Paying a placed visit: cash, card, QR, coupon or anything with a number, in any mix. Each payment is one fact with its
 * events; what it brings before the visit is covered stands in part_paid, what nobody knows yet in in_doubt; the payment that
 * covers the visit is written together with the capture. One attempt a visit is open at a time, and nothing else is taken
 * meanwhile. How a gateway is asked stands in tai-desk-attempt.c. On the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-limits.h"
#include "tai-tender.h"

#include <string.h>

/* What is due -------------------------------------------------------------------------------------------------------- */

static gboolean
refuse (GError **error, TaiCoreError code, const char *why)
{
  g_set_error_literal (error, TAI_CORE_ERROR, code, why);
  return FALSE;
}

static gboolean
check_amount (const TaiTenderRequest *request, TaiMoney due, TaiMoney *amount, GError **error)
{
  *amount = request->amount.currency != 0 ? request->amount : due;
  if (amount->currency != due.currency)
    return refuse (error, TAI_CORE_ERROR_MONEY_CURRENCY, "not the visit's currency");
  if (amount->minor > due.minor || amount->minor < 0 || (amount->minor == 0 && due.minor != 0))
    return refuse (error, TAI_CORE_ERROR_PAYMENT_AMOUNT, "nothing, or more than is due");
  return TRUE;
}

static gboolean
check_received (TaiMoney received, TaiMoney amount, TaiMoney *change, GError **error)
{
  if (received.minor > TAI_MONEY_LIMIT_MINOR)
    return refuse (error, TAI_CORE_ERROR_MONEY_RANGE, "above the limit of one amount");
  if (!tai_money_subtract (received, amount, change, error))
    return FALSE;
  if (change->minor < 0) {
    tai_core_error_set_cash_short (error, -change->minor, change->currency);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_number (const char *number, GError **error)
{
  return (number != NULL && number[0] != '\0' && strlen (number) <= TAI_LIMIT_FIELD_BYTES &&
          g_utf8_validate (number, -1, NULL)) ||
         refuse (error, TAI_CORE_ERROR_TENDER_NUMBER, "a coupon or slip without its number");
}

/* Order by order what the payments before have left; fixed with the payment, whatever becomes of the others. */
static void
allocate (TaiVisit *visit, TaiPayment *payment)
{
  gint64 left = payment->amount.minor;

  for (guint i = 0; i < visit->orders->len && left > 0; i++) {
    const TaiOrder *order = g_ptr_array_index (visit->orders, i);
    TaiAllocation allocation = {payment->id, order->id, order->today};
    for (guint p = 0; p < visit->payments->len; p++) {
      const TaiPayment *before = g_ptr_array_index (visit->payments, p);
      for (guint a = 0; before->state == TAI_PAYMENT_SUCCEEDED && a < before->allocations->len; a++) {
        const TaiAllocation *taken = &g_array_index (before->allocations, TaiAllocation, a);
        if (strcmp (taken->order_id.text, order->id.text) == 0)
          allocation.amount.minor -= taken->amount.minor;
      }
    }
    allocation.amount.minor = MIN (allocation.amount.minor, left);
    left -= allocation.amount.minor;
    if (allocation.amount.minor > 0)
      g_array_append_val (payment->allocations, allocation);
  }
}

static TaiPayment *
make_payment (TaiDesk *self, TaiVisit *visit, const TaiTenderRequest *request, TaiMoney amount,
              const TaiShift *shift)
{
  TaiPayment *payment = tai_payment_new (request->tender, amount);

  payment->id = tai_desk_uuid (self);
  payment->visit_id = visit->id;
  payment->provider = g_strdup (request->provider);
  payment->number = g_strdup (request->number);
  payment->clerk = g_strdup (self->staff->number);
  payment->business_day = g_strdup (shift->business_day);
  payment->shift_id = g_strdup (shift->id.text);
  payment->created_us = tai_desk_now (self);
  allocate (visit, payment);
  return payment;
}

/* What is known at once ---------------------------------------------------------------------------------------------- */

/* Created, handed over, counted: it ends known at once, but its life reads like any other payment's. */
static void
add_known (TaiDesk *self, TaiChange *change, TaiPayment *payment)
{
  tai_change_add_payment (change, payment);
  tai_change_add_payment_event (change, &payment->id, TAI_PAYMENT_SUBMITTED, NULL, payment->created_us);
  tai_change_add_payment_event (change, &payment->id, TAI_PAYMENT_SUCCEEDED, NULL, payment->created_us);
  if (payment->tender == TAI_TENDER_COUPON)
    tai_desk_use_coupon (change, payment);
}

static void
take (TaiVisit *visit, TaiPayment *payment)
{
  g_ptr_array_add (visit->payments, payment);
}

/* It covers the visit: with the capture, in one change. */
static gboolean
capture_with (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, const TaiShift *shift, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiPayment) owned = payment;
  TaiDebit debit = {NULL};

  if (payment != NULL) {
    debit = tai_tender_get_account (payment, self->terminal->till);
    if (payment->tender == TAI_TENDER_CASH) {
      debit.received = payment->received;
      debit.change = payment->change;
    }
    add_known (self, change, payment);
    payment->state = TAI_PAYMENT_SUCCEEDED;
  }
  if (!tai_desk_capture (self, visit, shift, payment, payment ? &debit : NULL, change, error))
    return FALSE;
  if (payment != NULL)
    take (visit, g_steal_pointer (&owned));
  tai_desk_end_captured (visit);
  return TRUE;
}

/* Something is left to pay. */
static gboolean
take_part (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, const TaiShift *shift, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiPayment) owned = payment;

  add_known (self, change, payment);
  if (!tai_desk_add_payment_posting (self, change, payment, TAI_PAYMENT_CREATED, TAI_PAYMENT_SUCCEEDED, shift,
                                     error) ||
      !tai_desk_commit (self, change, error))
    return FALSE;
  payment->state = TAI_PAYMENT_SUCCEEDED;
  take (visit, g_steal_pointer (&owned));
  tai_visit_tell (visit);
  return TRUE;
}

static gboolean
pay_known (TaiDesk *self, TaiVisit *visit, const TaiTenderRequest *request, TaiMoney amount, TaiMoney *back,
           const TaiShift *shift, GError **error)
{
  TaiPayment *payment;
  TaiMoney due = tai_visit_get_due (visit);

  *back = tai_money (0, due.currency);
  if (request->tender != TAI_TENDER_CASH
          ? !check_number (request->number, error)
          : !check_received (request->received.currency ? request->received : amount, amount, back, error))
    return FALSE;
  if (amount.minor == 0) /* what was handed over for nothing goes back and is no payment */
    return capture_with (self, visit, NULL, shift, error);
  payment = make_payment (self, visit, request, amount, shift);
  if (request->tender == TAI_TENDER_CASH) {
    payment->received = tai_money (amount.minor + back->minor, amount.currency);
    payment->change = *back;
  }
  return amount.minor == due.minor ? capture_with (self, visit, payment, shift, error)
                                   : take_part (self, visit, payment, shift, error);
}

/* What a gateway takes ------------------------------------------------------------------------------------------------ */

static gboolean
begin_attempt (TaiDesk *self, TaiVisit *visit, const TaiTenderRequest *request, TaiMoney amount,
               const TaiShift *shift, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiPayCode) code = request->pay_code ? tai_pay_code_new (request->pay_code) : NULL;
  g_autoptr (TaiPayment) payment = NULL;

  if (request->pay_code != NULL && code == NULL)
    return refuse (error, TAI_CORE_ERROR_PAY_CODE, "no payment code");
  if (amount.minor == 0)
    return refuse (error, TAI_CORE_ERROR_PAYMENT_AMOUNT, "nothing is due");
  payment = make_payment (self, visit, request, amount, shift);
  if (code != NULL) {
    g_free (payment->provider);
    payment->provider = g_strdup (tai_pay_code_get_provider (code));
  }
  tai_change_add_payment (change, payment);
  tai_change_add_payment_event (change, &payment->id, TAI_PAYMENT_SUBMITTED, NULL, payment->created_us);
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  payment->state = TAI_PAYMENT_SUBMITTED;
  take (visit, payment);
  tai_desk_start_attempt (self, visit, g_steal_pointer (&payment), g_steal_pointer (&code));
  tai_visit_tell (visit);
  return TRUE;
}

/* A coupon gives no change: it pays what it is worth, or all that is due and the rest is lost. What headquarters knows of one
 * that is not here comes with its answer; then the amount is the clerk's, who reads it. */
static gboolean
pay_coupon (TaiDesk *self, TaiVisit *visit, const TaiTenderRequest *request, TaiMoney amount, TaiMoney *back,
            const TaiShift *shift, GError **error)
{
  TaiMoney due = tai_visit_get_due (visit), worth = due;
  gboolean is_here;

  *back = tai_money (0, due.currency);
  if (!check_number (request->number, error) ||
      !tai_desk_find_coupon (self, request->number, &worth, &is_here, error))
    return FALSE;
  if (due.minor == 0)
    return refuse (error, TAI_CORE_ERROR_PAYMENT_AMOUNT, "nothing is due");
  if (!is_here)
    return begin_attempt (self, visit, request, amount, shift, error);
  if (worth.minor > due.minor)
    worth = due;
  if (request->amount.currency != 0 && request->amount.minor != worth.minor)
    return refuse (error, TAI_CORE_ERROR_COUPON_AMOUNT, "not what the coupon pays");
  return pay_known (self, visit, request, worth, back, shift, error);
}

gboolean
tai_desk_pay (TaiDesk *self, TaiVisit *visit, const TaiTenderRequest *request, TaiMoney *change,
              GError **error)
{
  g_autoptr (TaiShift) shift = NULL;
  TaiMoney amount, back;
  gboolean good;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && request != NULL, FALSE);
  g_return_val_if_fail (request->tender < TAI_N_TENDERS, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error) || !tai_desk_check_payable (visit, error) ||
      !check_amount (request, tai_visit_get_due (visit), &amount, error))
    return FALSE;
  if (visit->payments->len >= TAI_LIMIT_VISIT_PAYMENTS)
    return refuse (error, TAI_CORE_ERROR_LIMIT, "too many payments of one visit");
  shift = tai_desk_require_shift (self, error);
  if (shift == NULL)
    return FALSE;
  if (request->tender == TAI_TENDER_COUPON)
    good = pay_coupon (self, visit, request, amount, &back, shift, error);
  else if (self->gateways[request->tender] != NULL && request->number == NULL) {
    back = tai_money (0, amount.currency);
    good = begin_attempt (self, visit, request, amount, shift, error);
  } else if (request->tender == TAI_TENDER_QR)
    return refuse (error, TAI_CORE_ERROR_TENDER_NOT_HERE, "no gateway takes QR payments here");
  else
    good = pay_known (self, visit, request, amount, &back, shift, error);
  if (good && change != NULL)
    *change = back;
  return good;
}

gboolean
tai_desk_pay_cash (TaiDesk *self, TaiVisit *visit, TaiMoney received, TaiMoney *change, GError **error)
{
  TaiTenderRequest request = {.tender = TAI_TENDER_CASH, .received = received};

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit), FALSE);
  if (received.currency == 0)
    return refuse (error, TAI_CORE_ERROR_MONEY_CURRENCY, "no currency");
  return tai_desk_pay (self, visit, &request, change, error);
}

gboolean
tai_desk_finish (TaiDesk *self, TaiVisit *visit, GError **error)
{
  TaiMoney due;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit), FALSE);
  due = tai_visit_get_due (visit);
  if (due.minor > 0) {
    tai_core_error_set_cash_short (error, due.minor, due.currency);
    return FALSE;
  }
  return tai_desk_pay_cash (self, visit, tai_money (0, due.currency), NULL, error);
}
