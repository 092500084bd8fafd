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

/* The books ---------------------------------------------------------------------------------------------------------- */

/* Doubts of a shift that is closed were carried over (I9). */
static const char *
doubt_account (const TaiPayment *payment, const TaiShift *shift)
{
  return shift != NULL && g_strcmp0 (payment->shift_id, shift->id.text) == 0 ? TAI_ACCOUNT_IN_DOUBT
                                                                             : TAI_ACCOUNT_IN_DOUBT_CARRIED;
}

static TaiDebit
account_of (TaiDesk *self, const TaiPayment *payment, TaiTenderPlace place, const TaiShift *shift)
{
  TaiDebit debit = tai_tender_get_account (payment, self->terminal->till);

  if (place != TAI_TENDER_OURS)
    debit.detail = NULL;
  if (place == TAI_TENDER_NOWHERE)
    debit.kind = TAI_ACCOUNT_PART_PAID;
  else if (place == TAI_TENDER_IN_DOUBT)
    debit.kind = doubt_account (payment, shift);
  return debit;
}

/* What the drawer sees of a part is a sale or money given back; the rest goes by where the money is now. */
static const char *
event_of (const TaiPayment *payment, TaiTenderPlace from, TaiTenderPlace to)
{
  if (payment->tender == TAI_TENDER_CASH)
    return to == TAI_TENDER_OURS ? "part_sale" : "refund_part";
  if (to == TAI_TENDER_OURS)
    return from == TAI_TENDER_IN_DOUBT ? "doubt_succeeded" : "part_sale";
  return to == TAI_TENDER_IN_DOUBT ? "in_doubt" : "doubt_gone";
}

static gboolean
add_move (TaiDesk *self, TaiChange *change, const TaiPayment *payment, TaiPaymentState from,
          TaiPaymentState to, const TaiShift *shift, GError **error)
{
  TaiTenderPlace here = tai_tender_get_place (from), there = tai_tender_get_place (to);
  TaiDebit debit = account_of (self, payment, there, shift), left = account_of (self, payment, here, shift);
  TaiCredit credit = {left.kind, left.detail, payment->amount};
  TaiPostingSet *set;

  if (here == there)
    return TRUE;
  set = tai_posting_move (event_of (payment, here, there), &credit, &debit, error);
  if (set == NULL)
    return FALSE;
  tai_change_add_postings (change, set, NULL, &payment->id, shift ? shift->business_day : NULL,
                           shift ? shift->id.text : NULL, self->staff ? self->staff->number : payment->clerk,
                           tai_desk_now (self));
  return TRUE;
}

gboolean
tai_desk_add_payment_moves (TaiDesk *self, TaiChange *change, const TaiPayment *payment,
                            const TaiPaymentState *to, guint n, const char *detail, const TaiShift *shift,
                            GError **error)
{
  for (guint i = 0; i < n; i++)
    tai_change_add_payment_event (change, &payment->id, to[i], i + 1 == n ? detail : NULL,
                                  tai_desk_now (self));
  return tai_payment_is_refund (payment) ||
         add_move (self, change, payment, payment->state, to[n - 1], shift, error);
}

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
  if (!add_move (self, change, payment, TAI_PAYMENT_CREATED, TAI_PAYMENT_SUCCEEDED, shift, error) ||
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
  if (tai_desk_now (self) < from_us && tai_desk_now (self) >= payment->created_us)
    return refuse (error, TAI_CORE_ERROR_PAYMENT_EARLY, "the customer may be typing a password");
  return TRUE;
}

gboolean
tai_desk_add_decision (TaiDesk *self, TaiChange *change, const TaiPayment *payment, const char *action,
                       GError **error)
{
  if ((self->staff->rights & TAI_RIGHT_APPROVE) && g_strcmp0 (payment->clerk, self->staff->number) != 0)
    return TRUE;
  return tai_desk_take_approval (self, change, action, payment->id.text, payment->amount, error);
}

/* By way of unknown when nobody had asked for a doubt yet. */
static guint
moves_to_reversing (TaiPaymentState from, TaiPaymentState moves[2])
{
  guint n = 0;

  if (!tai_state_can_move (&tai_payment_states, from, TAI_PAYMENT_REVERSING))
    moves[n++] = TAI_PAYMENT_UNKNOWN;
  moves[n++] = TAI_PAYMENT_REVERSING;
  return n;
}

gboolean
tai_desk_reverse_payment (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, const char *detail,
                          gboolean releases, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) shift = NULL;
  TaiPaymentState moves[3];
  guint n = 0;

  if (payment->state ==
      TAI_PAYMENT_REVERSING) { /* released while it is under way: back and forth, so that it is an event */
    moves[n++] = TAI_PAYMENT_UNKNOWN;
    moves[n++] = TAI_PAYMENT_REVERSING;
  } else
    n = moves_to_reversing (payment->state, moves);
  if (!tai_desk_find_shift (self, &shift, error))
    return FALSE;
  if (releases) {
    if (!tai_desk_add_decision (self, change, payment, TAI_ACTION_PAYMENT_NOT_PAID, error))
      return FALSE;
    for (guint i = 0; i + 1 < n; i++)
      tai_change_add_payment_event (change, &payment->id, moves[i], NULL, tai_desk_now (self));
    tai_change_add_payment_release (change, &payment->id, moves[n - 1], detail, tai_desk_now (self));
    if (!add_move (self, change, payment, payment->state, moves[n - 1], shift, error))
      return FALSE;
  } else if (!tai_desk_add_payment_moves (self, change, payment, moves, n, detail, shift, error))
    return FALSE;
  tai_change_take_journal (change,
                           tai_desk_journal (self, releases ? "payment_released" : "payment_cancelled", shift,
                                             payment->id.text, detail, payment->amount));
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  payment->state = TAI_PAYMENT_REVERSING;
  payment->released |= releases;
  tai_visit_tell (visit);
  return TRUE;
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
  if (decision == TAI_PAYMENT_DECISION_NOT_PAID && tai_payment_is_refund (payment))
    return tai_desk_give_up_refund (self, visit, payment, detail, error);
  if (decision == TAI_PAYMENT_DECISION_PAID)
    return tai_desk_settle_payment (self, visit, payment, detail, TRUE, error);
  if (!tai_desk_reverse_payment (self, visit, payment, detail, TRUE, error))
    return FALSE;
  tai_desk_press_attempt (self, visit, payment, TAI_GATEWAY_CANCEL);
  return TRUE;
}

/* Success ------------------------------------------------------------------------------------------------------------- */

static guint
moves_to_succeeded (TaiPaymentState from, TaiPaymentState moves[2])
{
  guint n = 0;

  if (!tai_state_can_move (&tai_payment_states, from, TAI_PAYMENT_SUCCEEDED))
    moves[n++] = TAI_PAYMENT_UNKNOWN;
  moves[n++] = TAI_PAYMENT_SUCCEEDED;
  return n;
}

static TaiChange *
success_change (TaiDesk *self, const TaiPayment *payment, const char *detail, gboolean is_decided,
                const TaiShift *shift, gboolean captures, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiPaymentState moves[2];
  guint n = moves_to_succeeded (payment->state, moves);
  gboolean is_direct = captures && tai_tender_get_place (payment->state) == TAI_TENDER_NOWHERE;

  for (guint i = 0; i < n; i++)
    tai_change_add_payment_event (change, &payment->id, moves[i], i + 1 == n ? detail : NULL,
                                  tai_desk_now (self));
  if (!is_direct && !add_move (self, change, payment, payment->state, TAI_PAYMENT_SUCCEEDED, shift, error))
    return NULL;
  if (is_decided) {
    if (!tai_desk_add_decision (self, change, payment, TAI_ACTION_PAYMENT_PAID, error))
      return NULL;
    tai_change_take_journal (
        change, tai_desk_journal (self, "payment_decided", shift, payment->id.text, detail, payment->amount));
  }
  return g_steal_pointer (&change);
}

static void
note_success (TaiPayment *payment, const char *detail)
{
  payment->state = TAI_PAYMENT_SUCCEEDED;
  g_free (payment->detail);
  payment->detail = g_strdup (detail);
  g_clear_pointer (&payment->qr_text, g_free);
}

static gboolean
settle_with_capture (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, const char *detail,
                     gboolean is_decided, const TaiShift *shift, GError **error)
{
  TaiPaymentState before = payment->state;
  gboolean is_direct = tai_tender_get_place (before) == TAI_TENDER_NOWHERE;
  g_autoptr (TaiChange) change = success_change (self, payment, detail, is_decided, shift, TRUE, error);
  TaiDebit debit = tai_tender_get_account (payment, self->terminal->till);

  if (change == NULL)
    return FALSE;
  payment->state = TAI_PAYMENT_SUCCEEDED; /* as the papers tell it */
  if (!tai_desk_capture (self, visit, shift, payment, is_direct ? &debit : NULL, change, error)) {
    payment->state = before;
    return FALSE;
  }
  note_success (payment, detail);
  tai_desk_end_captured (visit);
  return TRUE;
}

/* Money that came is written down even when the sale cannot be finished now. */
gboolean
tai_desk_settle_payment (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, const char *detail,
                         gboolean is_decided, GError **error)
{
  g_autoptr (TaiChange) change = NULL;
  g_autoptr (TaiShift) shift = NULL;

  if (tai_payment_is_refund (payment))
    return tai_desk_settle_refund (self, visit, payment, detail, is_decided, error);
  if (!tai_desk_find_shift (self, &shift, error))
    return FALSE;
  if (visit->state == TAI_VISIT_PLACED && shift != NULL && self->staff != NULL && !payment->released &&
      tai_visit_get_due (visit).minor == payment->amount.minor &&
      settle_with_capture (self, visit, payment, detail, is_decided, shift, NULL))
    return TRUE;
  change = success_change (self, payment, detail, is_decided, shift, FALSE, error);
  if (change == NULL || !tai_desk_commit (self, change, error))
    return FALSE;
  note_success (payment, detail);
  tai_visit_tell (visit);
  return TRUE;
}
