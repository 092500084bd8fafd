/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Money on its way back to the customer: what is owed of an order and by which way each part goes, the fact of a part, what it posts,
 * tells headquarters and prints, and the end of one that a gateway was asked for. On the desk's worker.
 */
#include "tai-desk-payout-private.h"
#include "tai-tender.h"

#include <string.h>

void
tai_pay_out_clear (TaiPayOut *self)
{
  g_clear_pointer (&self->order, tai_order_free);
  g_clear_pointer (&self->shift, tai_shift_free);
  g_clear_pointer (&self->paid, g_ptr_array_unref);
  g_clear_pointer (&self->back, g_ptr_array_unref);
  g_clear_pointer (&self->approver, g_free);
}

/* What is owed --------------------------------------------------------------------------------------------------------- */

/* One that was given up keeps nobody from giving the money back another way: it is looked for only with @given_up. */
const TaiPayment *
tai_pay_out_find_open (GPtrArray *payments, gboolean given_up)
{
  for (guint i = 0; i < payments->len; i++) {
    const TaiPayment *one = g_ptr_array_index (payments, i);
    if (tai_payment_is_refund (one) && tai_tender_is_open (one->state) && one->released == given_up)
      return one;
  }
  return NULL;
}

/* The last time that what took the payment was asked to give it back, if nothing came of it. */
static const TaiPayment *
find_failed (GPtrArray *payments, const TaiPayment *payment)
{
  for (guint i = payments->len; i > 0; i--) {
    const TaiPayment *one = g_ptr_array_index (payments, i - 1);
    if (strcmp (one->original_id.text, payment->id.text) == 0 && one->number == NULL)
      return one->state == TAI_PAYMENT_FAILED || one->released ? one : NULL;
  }
  return NULL;
}

gint64
tai_desk_get_returnable (GPtrArray *payments, const TaiPayment *payment, const TaiOrder *order)
{
  gint64 rest = 0;

  for (guint i = 0; i < payments->len; i++) {
    const TaiPayment *one = g_ptr_array_index (payments, i);
    gboolean counts = one == payment || strcmp (one->original_id.text, payment->id.text) == 0;

    for (guint k = 0; counts && one->state == TAI_PAYMENT_SUCCEEDED && k < one->allocations->len; k++) {
      const TaiAllocation *share = &g_array_index (one->allocations, TaiAllocation, k);
      if (strcmp (share->order_id.text, order->id.text) == 0)
        rest += share->amount.minor;
    }
  }
  return rest;
}

/* A slip's number says that no gateway has taken it. */
static TaiRefundWay
find_way (TaiDesk *self, const TaiPayment *payment)
{
  TaiPaymentGateway *gateway = self->gateways[payment->tender];

  if (payment->tender == TAI_TENDER_CASH)
    return TAI_REFUND_IN_CASH;
  return payment->number == NULL && gateway != NULL && tai_payment_gateway_gives_back (gateway)
             ? TAI_REFUND_BY_GATEWAY
             : TAI_REFUND_BY_SLIP;
}

void
tai_refund_part_free (TaiRefundPart *self)
{
  if (self == NULL)
    return;
  g_free (self->provider);
  g_free (self->detail);
  g_free (self->failure);
  g_free (self);
}

static TaiRefundPart *
part_new (const TaiPayOut *out, const TaiPayment *payment, gint64 minor)
{
  TaiRefundPart *self = g_new0 (TaiRefundPart, 1);
  const TaiPayment *failed = find_failed (out->paid, payment);

  self->payment_id = payment->id;
  self->tender = payment->tender;
  self->provider = g_strdup (payment->provider);
  self->detail = g_strdup (payment->number != NULL ? payment->number : payment->detail);
  self->amount = tai_money (minor, payment->amount.currency);
  self->way = find_way (out->desk, payment);
  if (failed != NULL && self->way == TAI_REFUND_BY_GATEWAY)
    self->failure = g_strdup (failed->detail != NULL ? failed->detail : "");
  return self;
}

/* As it was paid in, payment by payment: what is left of the plan after a part has gone back is the same plan without that part.
 * (transfer full) */
GPtrArray *
tai_pay_out_plan (const TaiPayOut *self, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_refund_part_free);
  gint64 due = self->order->refund_due.currency != 0 ? self->order->refund_due.minor : 0;

  if (due <= 0) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOTHING_DUE, "order %s: nothing is owed",
                 self->order->id.text);
    return NULL;
  }
  for (guint i = 0; i < self->paid->len && due > 0; i++) {
    const TaiPayment *one = g_ptr_array_index (self->paid, i);
    gint64 rest =
        tai_payment_is_refund (one) ? 0 : MIN (tai_desk_get_returnable (self->paid, one, self->order), due);
    if (rest > 0)
      g_ptr_array_add (parts, part_new (self, one, rest));
    due -= MAX (rest, 0);
  }
  if (due == 0)
    return g_steal_pointer (&parts);
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOTHING_DUE, "order %s: more is owed than was paid",
               self->order->id.text);
  return NULL;
}

gboolean
tai_pay_out_load (TaiPayOut *self, TaiDesk *desk, const char *order_id, GError **error)
{
  self->desk = desk;
  self->now_us = tai_desk_now (desk);
  self->order = tai_desk_require_order (desk, order_id, error);
  if (self->order != NULL)
    self->paid = tai_visit_store_list_payments (desk->ports.store, &self->order->visit_id, error);
  return self->paid != NULL;
}

TaiPayment *
tai_pay_out_make_refund (const TaiPayOut *self, const TaiRefundPart *part)
{
  TaiMoney amount = tai_money_negate (part->amount);
  TaiPayment *refund = tai_payment_new (part->tender, amount);
  TaiAllocation share;

  refund->id = tai_desk_uuid (self->desk);
  refund->visit_id = self->order->visit_id;
  refund->original_id = part->payment_id;
  refund->is_further = self->back->len > 0;
  refund->is_elsewhere = self->is_elsewhere;
  refund->provider = g_strdup (part->provider);
  refund->number = part->tender != TAI_TENDER_CASH ? g_strdup (self->slip) : NULL;
  refund->clerk = g_strdup (self->clerk);
  refund->business_day = g_strdup (self->shift->business_day);
  refund->shift_id = g_strdup (self->shift->id.text);
  refund->created_us = self->now_us;
  refund->state = TAI_PAYMENT_SUBMITTED;
  share = (TaiAllocation){refund->id, self->order->id, amount};
  g_array_append_val (refund->allocations, share);
  g_ptr_array_add (self->back, refund);
  return refund;
}

/* What went back ------------------------------------------------------------------------------------------------------- */

/* What the bank or another house gives back is owed to it no more, and to the customer neither. */
static TaiPostingSet *
make_postings (const TaiPayOut *self, const TaiPayment *refund, GError **error)
{
  TaiMoney amount = tai_money_negate (refund->amount);
  TaiDebit account = tai_tender_get_account (refund, self->desk->terminal->till);
  TaiCredit from = {account.kind, account.detail, amount};
  TaiDebit to = {TAI_ACCOUNT_REFUND_DUE, NULL, amount, tai_money (0, amount.currency)};

  if (refund->tender == TAI_TENDER_CASH)
    return tai_posting_refund_cash (self->desk->terminal->till, amount, error);
  return tai_posting_move (refund->number != NULL ? "refund_by_slip" : "refund_by_gateway", &from, &to,
                           error);
}

gboolean
tai_pay_out_add_postings (TaiPayOut *self, TaiChange *change, const TaiPayment *refund, GError **error)
{
  TaiPostingSet *set = make_postings (self, refund, error);
  const TaiShift *shift = self->shift;

  if (set == NULL)
    return FALSE;
  tai_change_add_postings (change, set, self->is_elsewhere ? NULL : &self->order->id, &refund->id,
                           shift ? shift->business_day : NULL, shift ? shift->id.text : NULL, self->clerk,
                           self->now_us);
  return TRUE;
}

gboolean
tai_pay_out_check_drawer (const TaiPayOut *self, GError **error)
{
  TaiMoney drawer;
  gint64 cash = 0;

  for (guint i = 0; i < self->back->len; i++) {
    const TaiPayment *refund = g_ptr_array_index (self->back, i);
    cash -= refund->tender == TAI_TENDER_CASH ? refund->amount.minor : 0;
  }
  if (!tai_visit_store_drawer_balance (self->desk->ports.store, self->desk->terminal->till, &drawer, error))
    return FALSE;
  if (drawer.minor >= cash)
    return TRUE;
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DRAWER_SHORT,
                       "more than the drawer should hold");
  return FALSE;
}

gboolean
tai_pay_out_add_facts (TaiPayOut *self, TaiChange *change, GError **error)
{
  for (guint i = 0; i < self->back->len; i++) {
    TaiPayment *refund = g_ptr_array_index (self->back, i);
    tai_change_add_payment (change, refund);
    tai_change_add_payment_event (change, &refund->id, TAI_PAYMENT_SUBMITTED, NULL, self->now_us);
    tai_change_add_payment_event (change, &refund->id, TAI_PAYMENT_SUCCEEDED, NULL, self->now_us);
    if (!tai_pay_out_add_postings (self, change, refund, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
complete_cb (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error)
{
  TaiPayOut *self = data;
  TaiDesk *desk = self->desk;
  g_autoptr (TaiInvoiceClaim) claim = NULL;
  gint64 seq = heads->next_terminal_seq;

  for (guint i = 0; i < self->back->len; i++) {
    TaiPayment *refund = g_ptr_array_index (self->back, i);
    g_autoptr (GBytes) body = tai_renderer_payment (desk->ports.renderer, desk->terminal, refund, error);
    if (body == NULL)
      return FALSE;
    refund->terminal_seq = seq;
    refund->content_hash = tai_digest_bytes (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    tai_desk_tell_order (change, self->order, !self->is_elsewhere, &refund->id, TAI_PATH_REFUND, body, seq++);
  }
  if (!self->is_elsewhere &&
      !tai_desk_exchange_after_refund (desk, change, self->shift, self->order, self->back, &claim, error))
    return FALSE;
  tai_desk_queue_refund_slip (desk, change,
                              &(TaiRefundSale){.terminal = desk->terminal,
                                               .order = self->order,
                                               .refunds = self->back,
                                               .invoice = claim,
                                               .clerk = self->clerk,
                                               .approver = self->approver,
                                               .time_us = self->now_us});
  return TRUE;
}

gboolean
tai_pay_out_finish (TaiPayOut *self, TaiChange *change, TaiMoney sum, GError **error)
{
  const TaiPayment *first = g_ptr_array_index (self->back, 0);

  self->approver = tai_desk_find_approver (self->desk, TAI_ACTION_REFUND, self->order, self->clerk, sum,
                                           first->created_us);
  tai_change_take_journal (change, tai_desk_journal (self->desk, "refund", self->shift, self->order->id.text,
                                                     self->order->receipt_number, sum));
  tai_change_set_complete (change, complete_cb, self);
  return tai_desk_commit (self->desk, change, error);
}

/* What a gateway was asked for ----------------------------------------------------------------------------------------- */

/* It counts in the shift that is open when it went, as the store's totals do. (transfer full) */
static TaiPayment *
copy_for_now (const TaiPayOut *self, const TaiPayment *refund, const char *detail)
{
  TaiPayment *copy = tai_payment_copy (refund);

  copy->state = TAI_PAYMENT_SUCCEEDED;
  g_free (copy->detail);
  copy->detail = g_strdup (detail);
  if (self->shift == NULL)
    return copy;
  g_free (copy->business_day);
  g_free (copy->shift_id);
  copy->business_day = g_strdup (self->shift->business_day);
  copy->shift_id = g_strdup (self->shift->id.text);
  return copy;
}

static gboolean
load_settled (TaiPayOut *self, TaiDesk *desk, const TaiPayment *refund, const char *detail, GError **error)
{
  const TaiAllocation *share = &g_array_index (refund->allocations, TaiAllocation, 0);

  if (!tai_pay_out_load (self, desk, share->order_id.text, error) ||
      !tai_desk_find_shift (desk, &self->shift, error))
    return FALSE;
  self->clerk = refund->clerk;
  self->back = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  g_ptr_array_add (self->back, copy_for_now (self, refund, detail));
  return TRUE;
}

static void
note_end (TaiVisit *visit, TaiPayment *refund, TaiPaymentState state, const char *detail)
{
  refund->state = state;
  g_free (refund->detail);
  refund->detail = g_strdup (detail);
  tai_visit_tell (visit);
}

/* What a person declares goes by way of the doubt that it was. */
static void
add_end (TaiPayOut *self, TaiChange *change, const TaiPayment *refund, TaiPaymentState to, const char *detail)
{
  TaiPaymentState moves[2];
  guint n = tai_tender_find_moves (refund->state, to, moves);

  tai_change_add_payment_events (change, &refund->id, moves, n, detail, self->now_us);
}

/* What is said of one that stays unknown and keeps nobody from anything: back and forth, so that it is an event. */
static void
add_said (TaiDesk *self, TaiChange *change, const TaiPayment *refund, const char *detail)
{
  tai_change_add_payment_event (change, &refund->id, TAI_PAYMENT_REVERSING, NULL, tai_desk_now (self));
  tai_change_add_payment_release (change, &refund->id, TAI_PAYMENT_UNKNOWN, detail, tai_desk_now (self));
}

/* Less what another refund of the order may still bring. */
static gboolean
is_owed (const TaiPayOut *self, const TaiPayment *refund)
{
  const TaiPayment *other = tai_pay_out_find_open (self->paid, FALSE);
  gint64 due = self->order->refund_due.currency != 0 ? self->order->refund_due.minor : 0;

  if (other != NULL && strcmp (other->id.text, refund->id.text) != 0)
    due += other->amount.minor;
  return due >= -refund->amount.minor;
}

/* What took the payment has paid out more than is owed to anybody: what is to come back for it stands where doubts stand that no
 * shift owns (I9), until a person says that it was put right. */
static gboolean
add_twice_postings (TaiDesk *self, TaiChange *change, const TaiPayment *refund, const TaiShift *shift,
                    gboolean is_put_right, GError **error)
{
  TaiMoney amount = tai_money_negate (refund->amount);
  TaiDebit account = tai_tender_get_account (refund, self->terminal->till);
  TaiDebit claim = {TAI_ACCOUNT_IN_DOUBT_CARRIED, NULL, amount, tai_money (0, amount.currency)};
  TaiDebit to = claim, from = account;
  TaiPostingSet *set;

  if (is_put_right) {
    to = account;
    from = claim;
  }
  to.received = amount;
  set = tai_posting_move (is_put_right ? "refund_put_right" : "refund_twice",
                          &(TaiCredit){from.kind, from.detail, amount}, &to, error);
  if (set == NULL)
    return FALSE;
  tai_change_add_postings (change, set, &g_array_index (refund->allocations, TaiAllocation, 0).order_id,
                           &refund->id, shift ? shift->business_day : NULL, shift ? shift->id.text : NULL,
                           self->staff != NULL ? self->staff->number : refund->clerk, tai_desk_now (self));
  return TRUE;
}

/* Somebody said that it did not go, it was given back another way, and then it went as well: it stands among what does not match
 * until a person has put it right with the bank or the customer. */
static gboolean
note_twice (TaiPayOut *self, TaiVisit *visit, TaiPayment *refund, const char *transaction, GError **error)
{
  g_autoptr (TaiChange) change = NULL;
  g_autofree char *detail = NULL;

  if (tai_payment_is_gone_twice (refund))
    return TRUE;
  change = tai_change_new ();
  detail = g_strjoin (transaction != NULL ? " " : "", TAI_PAYMENT_GONE_TWICE,
                      transaction != NULL ? transaction : "", NULL);
  add_said (self->desk, change, refund, detail);
  tai_change_take_journal (change, tai_desk_journal (self->desk, "refund_twice", self->shift,
                                                     self->order->id.text, detail, refund->amount));
  if (!add_twice_postings (self->desk, change, refund, self->shift, FALSE, error) ||
      !tai_desk_commit (self->desk, change, error))
    return FALSE;
  note_end (visit, refund, TAI_PAYMENT_UNKNOWN, detail);
  return TRUE;
}

/* @is_decided: a person said so. */
static gboolean
add_word (TaiPayOut *self, TaiChange *change, const TaiPayment *refund, const char *detail,
          gboolean is_decided, GError **error)
{
  const char *kind = is_decided ? "payment_decided" : refund->released ? "refund_late" : NULL;

  if (is_decided && !tai_desk_add_decision (self->desk, change, refund, TAI_ACTION_PAYMENT_PAID, error))
    return FALSE;
  if (kind != NULL)
    tai_change_take_journal (
        change, tai_desk_journal (self->desk, kind, self->shift, refund->id.text, detail, refund->amount));
  return TRUE;
}

gboolean
tai_desk_settle_refund (TaiDesk *self, TaiVisit *visit, TaiPayment *refund, const char *detail,
                        gboolean is_decided, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_auto (TaiPayOut) out = {NULL};
  TaiPayment *went;

  if (!load_settled (&out, self, refund, detail, error))
    return FALSE;
  if (refund->released && !is_owed (&out, refund))
    return note_twice (&out, visit, refund, detail, error);
  went = g_ptr_array_index (out.back, 0);
  add_end (&out, change, refund, TAI_PAYMENT_SUCCEEDED, detail);
  tai_change_add_payment_captured (change, went);
  if (!tai_pay_out_add_postings (&out, change, went, error) ||
      !add_word (&out, change, refund, detail, is_decided, error) ||
      !tai_pay_out_finish (&out, change, tai_money_negate (refund->amount), error))
    return FALSE;
  note_end (visit, refund, TAI_PAYMENT_SUCCEEDED, detail);
  return TRUE;
}

gboolean
tai_desk_give_up_refund (TaiDesk *self, TaiVisit *visit, TaiPayment *refund, const char *detail,
                         GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) shift = NULL;
  gboolean is_put_right = tai_payment_is_gone_twice (refund);

  if (!tai_desk_find_shift (self, &shift, error) ||
      !tai_desk_add_decision (self, change, refund, TAI_ACTION_PAYMENT_NOT_PAID, error))
    return FALSE;
  if (is_put_right)
    tai_change_add_payment_event (change, &refund->id, TAI_PAYMENT_FAILED, detail, tai_desk_now (self));
  else
    add_said (self, change, refund, detail);
  tai_change_take_journal (
      change, tai_desk_journal (self, "payment_decided", shift, refund->id.text, detail, refund->amount));
  if ((is_put_right && !add_twice_postings (self, change, refund, shift, TRUE, error)) ||
      !tai_desk_commit (self, change, error))
    return FALSE;
  refund->released = TRUE;
  note_end (visit, refund, is_put_right ? TAI_PAYMENT_FAILED : TAI_PAYMENT_UNKNOWN, detail);
  return TRUE;
}
