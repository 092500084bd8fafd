/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Money back: what HQ refused or gave back goes to the customer, once, part by part as it was paid in, never more than came. Cash
 * goes out of the drawer and what somebody gave back elsewhere is booked by its slip, both in one change that is known at once. What
 * a gateway took it gives back itself (tai-desk-attempt.c asks it): the refund is written down before it is asked, owed until the
 * gateway says that it went, and nothing else of the visit goes back meanwhile. On the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-limits.h"
#include "tai-tender.h"

#include <string.h>

/* Money on its way back through its transaction. */
typedef struct {
  TaiDesk *desk;
  TaiOrder *order;   /* (owned) */
  TaiShift *shift;   /* (owned) (nullable) */
  GPtrArray *paid;   /* (owned) (nullable) (element-type TaiPayment) all of the visit */
  GPtrArray *back;   /* (owned) (nullable) (element-type TaiPayment) the refunds */
  const char *slip;  /* (nullable) of what goes back by other means than cash */
  const char *clerk; /* who gives it */
  char *approver;    /* (owned) (nullable) who said yes to it */
  gint64 now_us;
} PayOut;

static void
pay_out_clear (PayOut *self)
{
  g_clear_pointer (&self->order, tai_order_free);
  g_clear_pointer (&self->shift, tai_shift_free);
  g_clear_pointer (&self->paid, g_ptr_array_unref);
  g_clear_pointer (&self->back, g_ptr_array_unref);
  g_clear_pointer (&self->approver, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PayOut, pay_out_clear)

/* What is owed ---------------------------------------------------------------------------------------------------------- */

/* One that was given up keeps nobody from giving the money back another way: it is looked for only with @given_up. */
static const TaiPayment *
find_open_refund (GPtrArray *payments, gboolean given_up)
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
part_new (const PayOut *out, const TaiPayment *payment, gint64 minor)
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
static GPtrArray *
plan (const PayOut *self, GError **error)
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

static gboolean
load (PayOut *self, TaiDesk *desk, const char *order_id, GError **error)
{
  self->desk = desk;
  self->now_us = tai_desk_now (desk);
  self->order = tai_desk_require_order (desk, order_id, error);
  if (self->order != NULL)
    self->paid = tai_visit_store_list_payments (desk->ports.store, &self->order->visit_id, error);
  return self->paid != NULL;
}

/* Somebody may sell here, and no refund of the visit is under way. (transfer full) */
static GPtrArray *
begin (PayOut *self, TaiDesk *desk, const char *order_id, GError **error)
{
  const TaiPayment *open;

  if (!tai_desk_check_right (desk, TAI_RIGHT_SELL, error) || !load (self, desk, order_id, error))
    return NULL;
  self->clerk = desk->staff->number;
  self->shift = tai_desk_require_selling (desk, error);
  if (self->shift == NULL)
    return NULL;
  open = find_open_refund (self->paid, FALSE);
  if (open == NULL)
    return plan (self, error);
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAYMENT_OPEN, "refund %s is %s", open->id.text,
               tai_state_to_text (&tai_payment_states, open->state));
  return NULL;
}

GPtrArray *
tai_desk_list_refund_parts (TaiDesk *self, const char *order_id, GError **error)
{
  g_auto (PayOut) out = {NULL};

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, NULL);
  return load (&out, self, order_id, error) ? plan (&out, error) : NULL;
}

static TaiPayment *
make_refund (const PayOut *self, const TaiRefundPart *part)
{
  TaiMoney amount = tai_money_negate (part->amount);
  TaiPayment *refund = tai_payment_new (part->tender, amount);
  TaiAllocation share;

  refund->id = tai_desk_uuid (self->desk);
  refund->visit_id = self->order->visit_id;
  refund->original_id = part->payment_id;
  refund->is_further = self->back->len > 0;
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

/* What went back ----------------------------------------------------------------------------------------------------------- */

/* What the bank or another house gives back is owed to it no more, and to the customer neither. */
static TaiPostingSet *
make_postings (const PayOut *self, const TaiPayment *refund, GError **error)
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

static gboolean
add_postings (PayOut *self, TaiChange *change, const TaiPayment *refund, GError **error)
{
  TaiPostingSet *set = make_postings (self, refund, error);
  const TaiShift *shift = self->shift;

  if (set == NULL)
    return FALSE;
  tai_change_add_postings (change, set, &self->order->id, &refund->id, shift ? shift->business_day : NULL,
                           shift ? shift->id.text : NULL, self->clerk, self->now_us);
  return TRUE;
}

static gboolean
complete_cb (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error)
{
  PayOut *self = data;
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
    tai_desk_tell_order (change, self->order, &refund->id, TAI_PATH_REFUND, body, seq++);
  }
  if (!tai_desk_exchange_after_refund (desk, change, self->shift, self->order, self->back, &claim, error))
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

static gboolean
finish (PayOut *self, TaiChange *change, TaiMoney sum, GError **error)
{
  const TaiPayment *first = g_ptr_array_index (self->back, 0);

  self->approver = tai_desk_find_approver (self->desk, TAI_ACTION_REFUND, self->order, self->clerk, sum,
                                           first->created_us);
  tai_change_take_journal (change, tai_desk_journal (self->desk, "refund", self->shift, self->order->id.text,
                                                     self->order->receipt_number, sum));
  tai_change_set_complete (change, complete_cb, self);
  return tai_desk_commit (self->desk, change, error);
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
add_up (const PayOut *self, GPtrArray *parts)
{
  TaiMoney sum = tai_money (0, self->order->refund_due.currency);

  for (guint i = 0; i < parts->len; i++) /* together no more than what is owed */
    sum.minor += ((const TaiRefundPart *)g_ptr_array_index (parts, i))->amount.minor;
  return sum;
}

static gboolean
make_refunds (PayOut *self, GPtrArray *parts, GError **error)
{
  self->back = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  for (guint i = 0; i < parts->len; i++) {
    const TaiRefundPart *part = g_ptr_array_index (parts, i);
    if (part->tender != TAI_TENDER_CASH && self->slip == NULL) {
      g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_REFUND_TENDER, "paid with %s",
                   tai_tender_to_text (part->tender));
      return FALSE;
    }
    make_refund (self, part)->state = TAI_PAYMENT_SUCCEEDED;
  }
  return TRUE;
}

static gboolean
check_drawer (const PayOut *self, GError **error)
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

static gboolean
add_facts (PayOut *self, TaiChange *change, GError **error)
{
  for (guint i = 0; i < self->back->len; i++) {
    TaiPayment *refund = g_ptr_array_index (self->back, i);
    tai_change_add_payment (change, refund);
    tai_change_add_payment_event (change, &refund->id, TAI_PAYMENT_SUBMITTED, NULL, self->now_us);
    tai_change_add_payment_event (change, &refund->id, TAI_PAYMENT_SUCCEEDED, NULL, self->now_us);
    if (!add_postings (self, change, refund, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
pay_out (TaiDesk *self, const char *order_id, const char *slip, TaiMoney *paid, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_auto (PayOut) out = {.slip = slip};
  g_autoptr (GPtrArray) parts = begin (&out, self, order_id, error);
  TaiMoney due;

  if (parts != NULL && slip != NULL)
    leave_gateways_parts (parts);
  if (parts == NULL || !make_refunds (&out, parts, error) || !check_drawer (&out, error))
    return FALSE;
  due = add_up (&out, parts);
  if (!tai_desk_check_who (self, change, TAI_RIGHT_REFUND, TAI_ACTION_REFUND, out.order, due, error) ||
      !add_facts (&out, change, error) || !finish (&out, change, due, error))
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
write_begun (PayOut *self, const TaiRefundPart *part, TaiPayment *refund, GError **error)
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
  g_auto (PayOut) out = {NULL};
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
  refund = make_refund (&out, part);
  if (!write_begun (&out, part, refund, error))
    return FALSE;
  g_ptr_array_add (visit->payments, g_ptr_array_steal_index (out.back, 0));
  if (refund_id != NULL)
    *refund_id = refund->id;
  tai_desk_start_attempt (self, visit, refund, NULL);
  return TRUE;
}

/* It counts in the shift that is open when it went, as the store's totals do. (transfer full) */
static TaiPayment *
copy_for_now (const PayOut *self, const TaiPayment *refund, const char *detail)
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
load_settled (PayOut *self, TaiDesk *desk, const TaiPayment *refund, const char *detail, GError **error)
{
  const TaiAllocation *share = &g_array_index (refund->allocations, TaiAllocation, 0);

  if (!load (self, desk, share->order_id.text, error) || !tai_desk_find_shift (desk, &self->shift, error))
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
add_end (PayOut *self, TaiChange *change, const TaiPayment *refund, TaiPaymentState to, const char *detail)
{
  if (!tai_state_can_move (&tai_payment_states, refund->state, to))
    tai_change_add_payment_event (change, &refund->id, TAI_PAYMENT_UNKNOWN, NULL, self->now_us);
  tai_change_add_payment_event (change, &refund->id, to, detail, self->now_us);
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
is_owed (const PayOut *self, const TaiPayment *refund)
{
  const TaiPayment *other = find_open_refund (self->paid, FALSE);
  gint64 due = self->order->refund_due.currency != 0 ? self->order->refund_due.minor : 0;

  if (other != NULL && strcmp (other->id.text, refund->id.text) != 0)
    due += other->amount.minor;
  return due >= -refund->amount.minor;
}

/* Somebody said that it did not go, it was given back another way, and then it went as well. No book has an account for that: it
 * stands among what does not match until a person has put it right with the bank or the customer. */
static gboolean
note_twice (PayOut *self, TaiVisit *visit, TaiPayment *refund, const char *transaction, GError **error)
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
  if (!tai_desk_commit (self->desk, change, error))
    return FALSE;
  note_end (visit, refund, TAI_PAYMENT_UNKNOWN, detail);
  return TRUE;
}

/* @is_decided: a person said so. */
static gboolean
add_word (PayOut *self, TaiChange *change, const TaiPayment *refund, const char *detail, gboolean is_decided,
          GError **error)
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
  g_auto (PayOut) out = {NULL};
  TaiPayment *went;

  if (!load_settled (&out, self, refund, detail, error))
    return FALSE;
  if (refund->released && !is_owed (&out, refund))
    return note_twice (&out, visit, refund, detail, error);
  went = g_ptr_array_index (out.back, 0);
  add_end (&out, change, refund, TAI_PAYMENT_SUCCEEDED, detail);
  tai_change_add_payment_captured (change, went);
  if (!add_postings (&out, change, went, error) ||
      !add_word (&out, change, refund, detail, is_decided, error) ||
      !finish (&out, change, tai_money_negate (refund->amount), error))
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
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  refund->released = TRUE;
  note_end (visit, refund, is_put_right ? TAI_PAYMENT_FAILED : TAI_PAYMENT_UNKNOWN, detail);
  if (!is_put_right)
    tai_desk_press_attempt (self, visit, refund, TAI_GATEWAY_QUERY);
  return TRUE;
}

/* What a person can still say something about. */
static const TaiPayment *
find_matter (const PayOut *self)
{
  const TaiPayment *open = find_open_refund (self->paid, FALSE);

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
  g_auto (PayOut) out = {NULL};
  const TaiPayment *open;

  if (!load (&out, self, order_id, error))
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
  g_auto (PayOut) out = {NULL};
  TaiVisit *visit = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, NULL);
  if (!load (&out, self, order_id, error))
    return NULL;
  for (guint i = 0; visit == NULL && i < out.paid->len; i++) {
    const TaiPayment *one = g_ptr_array_index (out.paid, i);
    if (tai_payment_is_refund (one))
      visit = tai_desk_find_attempted (self, one);
  }
  return visit;
}
