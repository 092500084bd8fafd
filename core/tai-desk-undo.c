/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking back: a paid order that is not in force yet is asked back from HQ (撤单), a credit of today is (返销), or of a wrong number
 * moved to the right one (错缴更正). Each is one change; the message to HQ is rendered with the numbers of its transaction. How money goes back
 * stands in tai-desk-refund.c. On the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-limits.h"
#include "tai-numbers.h"

#include <string.h>

TaiOrder *
tai_desk_require_order (TaiDesk *self, const char *order_id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  TaiOrder *order = tai_visit_store_find_order (self->ports.store, order_id, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (order == NULL)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN, "no order %s here", order_id);
  return order;
}

void
tai_desk_tell_order (TaiChange *change, const TaiOrder *order, gboolean is_here, const TaiUuid *key,
                     const char *path, GBytes *body, gint64 seq)
{
  TaiMessage *message = g_new0 (TaiMessage, 1);

  message->key = *key;
  message->destination = g_strdup (TAI_DESTINATION_HQ);
  message->sale_id = order->visit_id;
  if (is_here)
    message->depends_on = order->id;
  message->path = g_strdup (path);
  message->body = g_bytes_ref (body);
  message->digest = tai_digest_bytes (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  message->terminal_seq = seq;
  tai_change_take_message (change, message);
}

void
tai_desk_queue_refund_slip (TaiDesk *self, TaiChange *change, const TaiRefundSale *sale)
{
  TaiPrintJob *job = g_new0 (TaiPrintJob, 1);

  job->id = tai_desk_uuid (self);
  job->visit_id = sale->order->visit_id;
  job->document = tai_paperwork_refund (self->ports.paperwork, sale);
  job->printer = g_strdup ("receipt");
  tai_change_take_print (change, job);
}

/* A taking back on its way through its transaction. */
typedef struct {
  TaiDesk *desk;
  TaiOrder *order; /* (owned) */
  TaiShift *shift; /* (owned) (nullable) */
  TaiTakeBack what;
} Undo;

static void
undo_clear (Undo *undo)
{
  g_clear_pointer (&undo->order, tai_order_free);
  g_clear_pointer (&undo->shift, tai_shift_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Undo, undo_clear)

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

static gboolean
complete_take_back_cb (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error)
{
  Undo *undo = data;
  TaiUuid key = make_key (undo->order, undo->what.kind);
  g_autofree char *approver = NULL;
  g_autoptr (GBytes) body =
      tai_renderer_take_back (undo->desk->ports.renderer, undo->desk->terminal, &undo->what, error);

  if (body == NULL)
    return FALSE;
  approver =
      tai_desk_find_approver (undo->desk, TAI_ACTION_CORRECTION, undo->order, undo->desk->staff->number,
                              undo->order->today, tai_desk_now (undo->desk));
  tai_desk_tell_order (change, undo->order, TRUE, &key, TAI_PATH_CANCEL, body, heads->next_terminal_seq);
  if (undo->what.kind == TAI_TAKE_BACK_CORRECTION)
    tai_desk_queue_refund_slip (undo->desk, change,
                                &(TaiRefundSale){.terminal = undo->desk->terminal,
                                                 .order = undo->order,
                                                 .target = undo->what.target,
                                                 .clerk = undo->desk->staff->number,
                                                 .approver = approver,
                                                 .time_us = tai_desk_now (undo->desk)});
  return TRUE;
}

gboolean
tai_desk_check_who (TaiDesk *self, TaiChange *change, TaiRight right, const char *action,
                    const TaiOrder *order, TaiMoney amount, GError **error)
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

  undo->desk = self;
  undo->order = tai_desk_check_right (self, TAI_RIGHT_SELL, error)
                    ? tai_desk_require_order (self, order_id, error)
                    : NULL;
  if (undo->order == NULL)
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
  if (!tai_desk_check_who (self, change, TAI_RIGHT_UNDO, names[what->kind].action, undo->order,
                           undo->order->today, error))
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
