/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking back: a paid order that is not in force yet is asked back from HQ (撤单), a credit of today is (返销), or of a wrong number
 * moved to the right one (错缴更正); what HQ refused or gave back is paid out of the drawer, once, as it was paid in. Each is one change; the message to HQ is rendered with the numbers of its transaction. On the
 * desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-limits.h"
#include "tai-numbers.h"
#include "tai-tender.h"

#include <string.h>

/* A taking back on its way through its transaction. */
typedef struct {
  TaiDesk *desk;
  TaiOrder *order;     /* (owned) */
  TaiShift *shift;     /* (owned) (nullable) */
  GPtrArray *payments; /* (owned) (nullable) (element-type TaiPayment) the refunds */
  const char *slip;    /* (nullable) of what goes back by other means than cash */
  TaiTakeBack what;    /* when headquarters is asked for it */
  gint64 now_us;
} Undo;

static void
undo_clear (Undo *undo)
{
  g_clear_pointer (&undo->order, tai_order_free);
  g_clear_pointer (&undo->shift, tai_shift_free);
  g_clear_pointer (&undo->payments, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Undo, undo_clear)

static gboolean
find_order (TaiDesk *self, Undo *undo, const char *order_id, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  undo->desk = self;
  undo->now_us = tai_desk_now (self);
  undo->order = tai_visit_store_find_order (self->ports.store, order_id, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (undo->order == NULL)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN, "no order %s here", order_id);
  return undo->order != NULL;
}

static TaiMessage *
make_message (const Undo *undo, const TaiUuid *key, const char *path, GBytes *body, gint64 seq)
{
  TaiMessage *message = g_new0 (TaiMessage, 1);

  message->key = *key;
  message->destination = g_strdup (TAI_DESTINATION_HQ);
  message->sale_id = undo->order->visit_id;
  message->depends_on = undo->order->id;
  message->path = g_strdup (path);
  message->body = g_bytes_ref (body);
  message->digest = tai_digest_bytes (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  message->terminal_seq = seq;
  return message;
}

/* Asking back ---------------------------------------------------------------------------------------------------------- */

/* Made of the order's own id, so that a second one meets the first: a cancellation once an order, ever, and an undo or a correction
 * once, ever. */
static TaiUuid
make_key (const TaiOrder *order, TaiTakeBackKind kind)
{
  g_autofree char *seed =
      g_strconcat (kind == TAI_TAKE_BACK_CANCEL ? "cancel " : "take back ", order->id.text, NULL);
  TaiDigest digest = tai_digest_bytes (seed, strlen (seed));

  return tai_uuid_v7 (order->placed_us, digest.byte);
}

static TaiOutboxRow *
find_asked (TaiDesk *self, const TaiOrder *order, TaiTakeBackKind kind, GError **error)
{
  TaiUuid key = make_key (order, kind);

  return tai_visit_store_find_message (self->ports.store, TAI_DESTINATION_HQ, key.text, error);
}

TaiOutboxRow *
tai_desk_find_cancel (TaiDesk *self, const TaiOrder *order, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self) && order != NULL, NULL);
  return find_asked (self, order, TAI_TAKE_BACK_CANCEL, error);
}

TaiOutboxRow *
tai_desk_find_take_back (TaiDesk *self, const TaiOrder *order, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self) && order != NULL, NULL);
  return find_asked (self, order, TAI_TAKE_BACK_UNDO, error);
}

gboolean
tai_order_can_be_cancelled (const TaiOrder *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  if (self->rule != TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE && self->rule != TAI_OFFLINE_PAID_NOT_CREDITED)
    return FALSE;
  switch (self->state) {
  case TAI_ORDER_PAID:
  case TAI_ORDER_SENT:
  case TAI_ORDER_ACKNOWLEDGED:
  case TAI_ORDER_IN_PROGRESS:
  case TAI_ORDER_HELD:
  case TAI_ORDER_PENDING:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Money that the customer named, credited today. */
gboolean
tai_order_can_be_undone (const TaiOrder *self, const char *business_day)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->state == TAI_ORDER_COMPLETED && (self->operation->needs & TAI_NEEDS_AMOUNT) != 0 &&
         g_strcmp0 (self->business_day, business_day) == 0;
}

/* A credit that can lie on another number as well. */
gboolean
tai_order_can_be_corrected (const TaiOrder *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->state == TAI_ORDER_COMPLETED && (self->operation->needs & TAI_NEEDS_AMOUNT) != 0 &&
         g_strcmp0 (self->operation->account, TAI_ACCOUNT_CUSTOMER_DEPOSITS) == 0;
}

static gboolean
is_allowed (const TaiTakeBack *what)
{
  switch (what->kind) {
  case TAI_TAKE_BACK_CANCEL:
    return tai_order_can_be_cancelled (what->order);
  case TAI_TAKE_BACK_UNDO:
    return tai_order_can_be_undone (what->order, what->business_day);
  case TAI_TAKE_BACK_CORRECTION:
  default:
    return tai_order_can_be_corrected (what->order);
  }
}

static gboolean
check_allowed (TaiDesk *self, const TaiTakeBack *what, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiOutboxRow) asked = find_asked (self, what->order, what->kind, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (asked != NULL || !is_allowed (what))
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOT_CANCELLABLE, "order %s is %s%s",
                 what->order->id.text, tai_state_to_text (&tai_order_states, what->order->state),
                 asked ? ", asked already" : "");
  else
    return TRUE;
  return FALSE;
}

static void queue_slip (Undo *undo, TaiChange *change);

static gboolean
complete_take_back_cb (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error)
{
  Undo *undo = data;
  TaiUuid key = make_key (undo->order, undo->what.kind);
  g_autoptr (GBytes) body =
      tai_renderer_take_back (undo->desk->ports.renderer, undo->desk->terminal, &undo->what, error);

  if (body == NULL)
    return FALSE;
  tai_change_take_message (change,
                           make_message (undo, &key, TAI_PATH_CANCEL, body, heads->next_terminal_seq));
  if (undo->what.kind == TAI_TAKE_BACK_CORRECTION)
    queue_slip (undo, change);
  return TRUE;
}

/* His own order of today a clerk takes back with the right; anybody else's with another person's yes. */
static gboolean
check_who (TaiDesk *self, TaiChange *change, TaiRight right, const char *action, const TaiOrder *order,
           TaiMoney amount, GError **error)
{
  gboolean own = g_strcmp0 (order->clerk, self->staff->number) == 0;

  if (own && tai_staff_check_right (self->staff, right, NULL))
    return TRUE;
  return tai_desk_take_approval (self, change, action, order->id.text, amount, error);
}

static gboolean
take_back (TaiDesk *self, Undo *undo, const char *order_id, GError **error)
{
  static const struct {
    const char *action, *journal;
  } names[] = {
      [TAI_TAKE_BACK_CANCEL] = {TAI_ACTION_CANCEL, "cancel_asked"},
      [TAI_TAKE_BACK_UNDO] = {TAI_ACTION_UNDO, "undo_asked"},
      [TAI_TAKE_BACK_CORRECTION] = {TAI_ACTION_CORRECTION, "correction_asked"},
  };
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiTakeBack *what = &undo->what;

  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error) || !find_order (self, undo, order_id, error))
    return FALSE;
  what->order = undo->order;
  what->clerk = self->staff->number;
  undo->shift = tai_desk_require_selling (self, error);
  if (undo->shift == NULL)
    return FALSE;
  what->business_day = undo->shift->business_day;
  if (!check_allowed (self, what, error))
    return FALSE;
  if (what->reason == NULL || what->reason[0] == '\0' || strlen (what->reason) > TAI_LIMIT_FIELD_BYTES) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_REASON_REQUIRED, "no reason is given");
    return FALSE;
  }
  if (!check_who (self, change, TAI_RIGHT_UNDO, names[what->kind].action, undo->order, undo->order->today,
                  error))
    return FALSE;
  tai_change_set_complete (change, complete_take_back_cb, undo);
  tai_change_take_journal (change, tai_desk_journal (self, names[what->kind].journal, undo->shift,
                                                     undo->order->id.text, what->reason, undo->order->today));
  return tai_desk_commit (self, change, error);
}

gboolean
tai_desk_cancel_order (TaiDesk *self, const char *order_id, const char *reason, GError **error)
{
  g_auto (Undo) undo = {.what = {.kind = TAI_TAKE_BACK_CANCEL, .reason = reason}};

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, FALSE);
  return take_back (self, &undo, order_id, error);
}

gboolean
tai_desk_undo_order (TaiDesk *self, const char *order_id, const char *reason, GError **error)
{
  g_auto (Undo) undo = {.what = {.kind = TAI_TAKE_BACK_UNDO, .reason = reason}};

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, FALSE);
  return take_back (self, &undo, order_id, error);
}

gboolean
tai_desk_correct_order (TaiDesk *self, TaiVisit *visit, const char *order_id, const char *msisdn,
                        const char *reason, GError **error)
{
  g_autofree char *customer = NULL;
  g_auto (Undo) undo = {.what = {.kind = TAI_TAKE_BACK_CORRECTION, .reason = reason, .target = msisdn}};

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit), FALSE);
  g_return_val_if_fail (order_id != NULL && msisdn != NULL, FALSE);
  if (!self->on_line) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOT_OFFERED_OFFLINE,
                         "a correction needs headquarters");
    return FALSE;
  }
  if (!tai_msisdn_check (msisdn, error))
    return FALSE;
  customer = tai_desk_make_customer_ref (self, visit);
  if (customer == NULL) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_ID_REQUIRED,
                         "who asks for it was not identified");
    return FALSE;
  }
  undo.what.customer_ref = customer;
  return take_back (self, &undo, order_id, error);
}

/* Paying out ----------------------------------------------------------------------------------------------------------- */

/* What a payment gave to the order, less what went back of it. */
static gint64
get_rest (GPtrArray *payments, const TaiPayment *payment, const TaiOrder *order)
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

static TaiPayment *
make_refund (const Undo *undo, const TaiPayment *original, gint64 minor)
{
  TaiMoney amount = tai_money (-minor, original->amount.currency);
  TaiPayment *refund = tai_payment_new (original->tender, amount);
  TaiAllocation share;

  refund->id = tai_desk_uuid (undo->desk);
  refund->visit_id = original->visit_id;
  refund->original_id = original->id;
  refund->is_further = undo->payments->len > 0;
  refund->provider = g_strdup (original->provider);
  refund->number = original->tender != TAI_TENDER_CASH ? g_strdup (undo->slip) : NULL;
  refund->clerk = g_strdup (undo->desk->staff->number);
  refund->business_day = g_strdup (undo->shift->business_day);
  refund->shift_id = g_strdup (undo->shift->id.text);
  refund->created_us = undo->now_us;
  refund->state = TAI_PAYMENT_SUCCEEDED;
  share = (TaiAllocation){refund->id, undo->order->id, amount};
  g_array_append_val (refund->allocations, share);
  return refund;
}

/* As it was paid in, payment by payment. What did not come in cash goes back another way. */
static gboolean
make_refunds (Undo *undo, GError **error)
{
  gint64 due = undo->order->refund_due.minor;
  g_autoptr (GPtrArray) paid =
      tai_visit_store_list_payments (undo->desk->ports.store, &undo->order->visit_id, error);

  if (paid == NULL)
    return FALSE;
  undo->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  for (guint i = 0; i < paid->len && due > 0; i++) {
    const TaiPayment *one = g_ptr_array_index (paid, i);
    gint64 rest = one->original_id.text[0] == '\0' ? MIN (get_rest (paid, one, undo->order), due) : 0;
    if (rest <= 0)
      continue;
    if (one->tender != TAI_TENDER_CASH && undo->slip == NULL) {
      g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_REFUND_TENDER, "paid with %s",
                   tai_tender_to_text (one->tender));
      return FALSE;
    }
    g_ptr_array_add (undo->payments, make_refund (undo, one, rest));
    due -= rest;
  }
  if (due == 0)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOTHING_DUE, "order %s: more is owed than was paid",
               undo->order->id.text);
  return FALSE;
}

static gboolean
check_due (const Undo *undo, GError **error)
{
  if (undo->order->refund_due.currency != 0 && undo->order->refund_due.minor > 0)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOTHING_DUE, "order %s: nothing is owed",
               undo->order->id.text);
  return FALSE;
}

static gboolean
check_drawer (TaiDesk *self, const Undo *undo, GError **error)
{
  TaiMoney drawer;
  gint64 cash = 0;

  for (guint i = 0; i < undo->payments->len; i++) {
    const TaiPayment *refund = g_ptr_array_index (undo->payments, i);
    cash -= refund->tender == TAI_TENDER_CASH ? refund->amount.minor : 0;
  }
  if (!tai_visit_store_drawer_balance (self->ports.store, self->terminal->till, &drawer, error))
    return FALSE;
  if (drawer.minor >= cash)
    return TRUE;
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DRAWER_SHORT,
                       "more than the drawer should hold");
  return FALSE;
}

/* What the bank or another house gives back is owed to it no more, and to the customer neither. */
static TaiPostingSet *
make_refund_postings (const Undo *undo, const TaiPayment *refund, GError **error)
{
  TaiMoney amount = tai_money_negate (refund->amount);
  TaiDebit account = tai_tender_get_account (refund, undo->desk->terminal->till);
  TaiCredit from = {account.kind, account.detail, amount};
  TaiDebit to = {TAI_ACCOUNT_REFUND_DUE, NULL, amount, tai_money (0, amount.currency)};

  if (refund->tender == TAI_TENDER_CASH)
    return tai_posting_refund_cash (undo->desk->terminal->till, amount, error);
  return tai_posting_move ("refund_by_slip", &from, &to, error);
}

static gboolean
add_refund_facts (Undo *undo, TaiChange *change, TaiPayment *refund, GError **error)
{
  TaiDesk *self = undo->desk;
  TaiPostingSet *set = make_refund_postings (undo, refund, error);

  if (set == NULL)
    return FALSE;
  tai_change_add_payment (change, refund);
  tai_change_add_payment_event (change, &refund->id, TAI_PAYMENT_SUBMITTED, NULL, undo->now_us);
  tai_change_add_payment_event (change, &refund->id, TAI_PAYMENT_SUCCEEDED, NULL, undo->now_us);
  tai_change_add_postings (change, set, &undo->order->id, &refund->id, undo->shift->business_day,
                           undo->shift->id.text, self->staff->number, undo->now_us);
  return TRUE;
}

static void
queue_slip (Undo *undo, TaiChange *change)
{
  TaiDesk *self = undo->desk;
  TaiRefundSale sale = {.terminal = self->terminal,
                        .order = undo->order,
                        .refunds = undo->payments,
                        .target = undo->what.target,
                        .clerk = self->staff->number,
                        .time_us = undo->now_us};
  TaiPrintJob *job = g_new0 (TaiPrintJob, 1);

  job->id = tai_desk_uuid (self);
  job->visit_id = undo->order->visit_id;
  job->document = tai_paperwork_refund (self->ports.paperwork, &sale);
  job->printer = g_strdup ("receipt");
  tai_change_take_print (change, job);
}

static gboolean
complete_refund_cb (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error)
{
  Undo *undo = data;
  gint64 seq = heads->next_terminal_seq;

  for (guint i = 0; i < undo->payments->len; i++) {
    TaiPayment *refund = g_ptr_array_index (undo->payments, i);
    g_autoptr (GBytes) body =
        tai_renderer_payment (undo->desk->ports.renderer, undo->desk->terminal, refund, error);
    if (body == NULL)
      return FALSE;
    refund->terminal_seq = seq;
    refund->content_hash = tai_digest_bytes (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    tai_change_take_message (change, make_message (undo, &refund->id, TAI_PATH_REFUND, body, seq++));
  }
  queue_slip (undo, change);
  return TRUE;
}

static gboolean
pay_out (TaiDesk *self, const char *order_id, const char *slip, TaiMoney *paid, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_auto (Undo) undo = {.slip = slip};

  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error) || !find_order (self, &undo, order_id, error))
    return FALSE;
  undo.shift = tai_desk_require_selling (self, error);
  if (undo.shift == NULL || !check_due (&undo, error) || !make_refunds (&undo, error) ||
      !check_drawer (self, &undo, error) ||
      !check_who (self, change, TAI_RIGHT_REFUND, TAI_ACTION_REFUND, undo.order, undo.order->refund_due,
                  error))
    return FALSE;
  for (guint i = 0; i < undo.payments->len; i++)
    if (!add_refund_facts (&undo, change, g_ptr_array_index (undo.payments, i), error))
      return FALSE;
  tai_change_take_journal (change, tai_desk_journal (self, "refund", undo.shift, undo.order->id.text,
                                                     undo.order->receipt_number, undo.order->refund_due));
  tai_change_set_complete (change, complete_refund_cb, &undo);
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  if (paid != NULL)
    *paid = undo.order->refund_due;
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

/* Halves ------------------------------------------------------------------------------------------------------------------ */

void
tai_half_free (TaiHalf *self)
{
  if (self == NULL)
    return;
  g_free (self->provider);
  g_free (self->receipt_number);
  g_free (self);
}

static TaiHalf *
half_new (TaiHalfKind kind, const TaiPayment *payment, gint64 minor)
{
  TaiHalf *half = g_new0 (TaiHalf, 1);

  half->kind = kind;
  half->payment_id = payment->id;
  half->tender = payment->tender;
  half->provider = g_strdup (payment->provider);
  half->amount = tai_money (minor, payment->amount.currency);
  half->since_us = payment->created_us;
  return half;
}

/* The order is taken back, and what did not come in cash has not gone back. */
static gboolean
add_owed (TaiDesk *self, const TaiOrder *order, GPtrArray *halves, GError **error)
{
  gint64 due = order->refund_due.currency != 0 ? order->refund_due.minor : 0;
  g_autoptr (GPtrArray) paid =
      due > 0 ? tai_visit_store_list_payments (self->ports.store, &order->visit_id, error) : NULL;

  if (due <= 0)
    return TRUE;
  for (guint i = 0; paid != NULL && i < paid->len; i++) {
    const TaiPayment *one = g_ptr_array_index (paid, i);
    gint64 rest = one->original_id.text[0] == '\0' ? get_rest (paid, one, order) : 0;
    if (rest <= 0 || one->tender == TAI_TENDER_CASH)
      continue;
    g_ptr_array_add (halves, half_new (TAI_HALF_BILLING_REVERSED, one, rest));
    ((TaiHalf *)g_ptr_array_index (halves, halves->len - 1))->order_id = order->id;
    ((TaiHalf *)g_ptr_array_index (halves, halves->len - 1))->receipt_number =
        g_strdup (order->receipt_number);
  }
  return paid != NULL;
}

GPtrArray *
tai_desk_list_halves (TaiDesk *self, GError **error)
{
  TaiOrderFilter filter = {.only_unfinished = TRUE, .limit = 1000};
  g_autoptr (GPtrArray) halves = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_half_free);
  g_autoptr (GPtrArray) orders = NULL, open = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  orders = tai_visit_store_list_orders (self->ports.store, &filter, error);
  open = orders != NULL ? tai_visit_store_list_open_payments (self->ports.store, error) : NULL;
  if (open == NULL)
    return NULL;
  for (guint i = 0; i < orders->len; i++)
    if (!add_owed (self, g_ptr_array_index (orders, i), halves, error))
      return NULL;
  for (guint i = 0; i < open->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (open, i);
    if (payment->released)
      g_ptr_array_add (halves, half_new (TAI_HALF_BANK_OPEN, payment, payment->amount.minor));
  }
  return g_steal_pointer (&halves);
}
