/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What becomes of a payment: its events, what each posts, the money that came, and the intent to take it back. On the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-tender.h"

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

gboolean
tai_desk_add_payment_posting (TaiDesk *self, TaiChange *change, const TaiPayment *payment,
                              TaiPaymentState from, TaiPaymentState to, const TaiShift *shift, GError **error)
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
  tai_change_add_payment_events (change, &payment->id, to, n, detail, tai_desk_now (self));
  return tai_payment_is_refund (payment) ||
         tai_desk_add_payment_posting (self, change, payment, payment->state, to[n - 1], shift, error);
}

/* Taking back ---------------------------------------------------------------------------------------------------------- */

gboolean
tai_desk_reverse_payment (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, const char *detail,
                          gboolean releases, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) shift = NULL;
  TaiPaymentState moves[2];
  /* one that is released while it is under way goes back and forth, so that it is an event */
  guint n = tai_tender_find_moves (payment->state, TAI_PAYMENT_REVERSING, moves);

  if (!tai_desk_find_shift (self, &shift, error))
    return FALSE;
  if (releases) {
    if (!tai_desk_add_decision (self, change, payment, TAI_ACTION_PAYMENT_NOT_PAID, error))
      return FALSE;
    tai_change_add_payment_events (change, &payment->id, moves, n - 1, NULL, tai_desk_now (self));
    tai_change_add_payment_release (change, &payment->id, moves[n - 1], detail, tai_desk_now (self));
    if (!tai_desk_add_payment_posting (self, change, payment, payment->state, moves[n - 1], shift, error))
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

/* Success ------------------------------------------------------------------------------------------------------------- */

static TaiChange *
success_change (TaiDesk *self, const TaiPayment *payment, const char *detail, gboolean is_decided,
                const TaiShift *shift, gboolean captures, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiPaymentState moves[2];
  guint n = tai_tender_find_moves (payment->state, TAI_PAYMENT_SUCCEEDED, moves);
  gboolean is_direct = captures && tai_tender_get_place (payment->state) == TAI_TENDER_NOWHERE;

  tai_change_add_payment_events (change, &payment->id, moves, n, detail, tai_desk_now (self));
  if (!is_direct && !tai_desk_add_payment_posting (self, change, payment, payment->state,
                                                   TAI_PAYMENT_SUCCEEDED, shift, error))
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
