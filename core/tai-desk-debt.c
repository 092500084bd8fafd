/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cash that one terminal took and another gives back: asked for, let go, fetched and paid. Each step is one change, and its answer to
 * headquarters is in it: who has let go can prove it, who has not has it still. On the desk's worker.
 */
#include "tai-desk-payout-private.h"

#include <string.h>

/* An answer's key is made of the claim: however often it is asked for, it is answered once. */
static TaiUuid
make_answer_key (const TaiUuid *claim)
{
  g_autofree char *seed = g_strconcat ("debt ", claim->text, NULL);
  TaiDigest digest = tai_digest_bytes (seed, strlen (seed));

  return tai_uuid_v7 (0, digest.byte);
}

static gboolean
is_answered (TaiDesk *self, const TaiUuid *key, gboolean *is_answered, GError **error)
{
  GError *local_error = NULL;
  g_autoptr (TaiOutboxRow) row =
      tai_visit_store_find_message (self->ports.store, TAI_DESTINATION_HQ, key->text, &local_error);

  *is_answered = row != NULL;
  return tai_desk_pass (local_error, error);
}

/* *@debt (transfer full) (nullable) */
static gboolean
find_debt (TaiDesk *self, const char *order_id, TaiDebt **debt, GError **error)
{
  GError *local_error = NULL;

  *debt = tai_visit_store_find_debt (self->ports.store, order_id, &local_error);
  return tai_desk_pass (local_error, error);
}

/* *@order (transfer full) (nullable): not of this terminal. */
static gboolean
find_order (TaiDesk *self, const char *order_id, TaiOrder **order, GError **error)
{
  GError *local_error = NULL;

  *order = tai_visit_store_find_order (self->ports.store, order_id, &local_error);
  return tai_desk_pass (local_error, error);
}

static gboolean
refuse_state (GError **error, const char *order_id, const char *why)
{
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "debt %s: %s", order_id, why);
  return FALSE;
}

static void
move (TaiDesk *self, TaiDebt *debt, TaiDebtState to, const char *reason)
{
  char *old = debt->reason;

  debt->state = to;
  debt->reason = g_strdup (reason);
  debt->since_us = tai_desk_now (self);
  g_free (old);
}

/* Asking ---------------------------------------------------------------------------------------------------------------- */

static gboolean
check_askable (const TaiOrder *order, const TaiDebt *debt, const char *order_id, GError **error)
{
  if (order != NULL && order->refund_due.currency != 0 && order->refund_due.minor > 0)
    return refuse_state (error, order_id, "it is owed here");
  if (debt == NULL || debt->state == TAI_DEBT_STATE_ASKED)
    return TRUE;
  return tai_state_check_move (&tai_debt_states, debt->state, TAI_DEBT_STATE_ASKED, error);
}

gboolean
tai_desk_ask_debt (TaiDesk *self, const char *order_id, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiDebt) debt = NULL;
  g_autoptr (TaiOrder) order = NULL;
  g_autoptr (TaiShift) shift = NULL;
  TaiUuid id = {""};

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error) || !find_order (self, order_id, &order, error) ||
      !find_debt (self, order_id, &debt, error) || !check_askable (order, debt, order_id, error) ||
      !tai_desk_find_shift (self, &shift, error))
    return FALSE;
  if (debt != NULL && debt->state == TAI_DEBT_STATE_ASKED)
    return TRUE;
  g_strlcpy (id.text, order_id, sizeof id.text);
  if (debt == NULL)
    debt = tai_debt_new (&id);
  move (self, debt, TAI_DEBT_STATE_ASKED, NULL);
  debt->claim = tai_desk_uuid (self);
  g_free (debt->clerk);
  debt->clerk = g_strdup (self->staff->number);
  tai_change_take_journal (
      change, tai_desk_journal (self, "debt_asked", shift, order_id, debt->claim.text, tai_money (0, 0)));
  tai_change_take_debt (change, tai_debt_copy (debt), TAI_DEBT_STORED | TAI_DEBT_TOLD, &debt->claim);
  return tai_desk_commit (self, change, error);
}

gboolean
tai_desk_withdraw_debt (TaiDesk *self, const char *order_id, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiDebt) debt = NULL;
  g_autoptr (TaiShift) shift = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error) || !find_debt (self, order_id, &debt, error) ||
      !tai_desk_find_shift (self, &shift, error))
    return FALSE;
  if (debt == NULL || debt->state != TAI_DEBT_STATE_ASKED)
    return refuse_state (error, order_id, "it is not asked for");
  move (self, debt, TAI_DEBT_STATE_WITHDRAWN, NULL);
  tai_change_take_journal (
      change, tai_desk_journal (self, "debt_withdrawn", shift, order_id, debt->claim.text, tai_money (0, 0)));
  tai_change_take_debt (change, tai_debt_copy (debt), TAI_DEBT_STORED | TAI_DEBT_TOLD, NULL);
  return tai_desk_commit (self, change, error);
}

/* Letting go ------------------------------------------------------------------------------------------------------------ */

static void
fill_from_order (TaiDebt *debt, const TaiOrder *order, GPtrArray *parts)
{
  debt->visit_id = order->visit_id;
  debt->amount = tai_money (0, order->refund_due.currency);
  g_array_set_size (debt->parts, 0);
  for (guint i = 0; i < parts->len; i++) {
    const TaiRefundPart *part = g_ptr_array_index (parts, i);
    tai_debt_add_part (debt, &part->payment_id, part->amount);
    debt->amount.minor += part->amount.minor; /* together no more than what is owed */
  }
  debt->operation = g_strdup (order->operation->id);
  debt->receipt_number = g_strdup (order->receipt_number);
  debt->msisdn = g_strdup (tai_order_get (order, "MSISDN"));
  debt->customer_mask = g_strdup (order->customer_mask);
  debt->seller = g_strdup (order->clerk);
}

/* All of it came in cash, and nobody is giving any of it back: *@reason stays NULL. */
static TaiDebt *
take_from_order (TaiPayOut *out, const char **reason)
{
  g_autoptr (GPtrArray) parts = tai_pay_out_plan (out, NULL);
  TaiDebt *debt;

  if (tai_pay_out_find_open (out->paid, FALSE) != NULL)
    *reason = TAI_DEBT_UNDER_WAY;
  else if (parts == NULL || parts->len > TAI_DEBT_MAX_PARTS)
    *reason = TAI_DEBT_NOTHING_DUE;
  for (guint i = 0; *reason == NULL && i < parts->len; i++)
    if (((const TaiRefundPart *)g_ptr_array_index (parts, i))->way != TAI_REFUND_IN_CASH)
      *reason = TAI_DEBT_NOT_CASH;
  debt = tai_debt_new (&out->order->id);
  if (*reason == NULL)
    fill_from_order (debt, out->order, parts);
  return debt;
}

/* The code for an invoice of what was owed is void with it. */
static gboolean
exchange_codes (TaiPayOut *out, TaiChange *change, const TaiDebt *debt, GError **error)
{
  g_autoptr (GPtrArray) refunds = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  g_autoptr (TaiInvoiceClaim) claim = NULL;

  g_ptr_array_add (refunds, tai_payment_new (TAI_TENDER_CASH, tai_money_negate (debt->amount)));
  return tai_desk_exchange_after_refund (out->desk, change, out->shift, out->order, refunds, &claim, error);
}

static gboolean
add_release (TaiPayOut *out, TaiChange *change, const TaiDebt *debt, GError **error)
{
  TaiPostingSet *set = tai_posting_debt_released (debt->amount, error);
  const TaiShift *shift = out->shift;

  if (set == NULL)
    return FALSE;
  tai_change_add_postings (change, set, out->order != NULL ? &out->order->id : NULL, NULL,
                           shift ? shift->business_day : NULL, shift ? shift->id.text : NULL, NULL,
                           tai_desk_now (out->desk));
  return out->order == NULL || exchange_codes (out, change, debt, error);
}

/* What is owed of it here: of an order of this terminal, or fetched. @out: loaded where the order is of this terminal. (transfer full) */
static TaiDebt *
take_here (TaiPayOut *out, const TaiDebt *news, const TaiDebt *known, const char **reason)
{
  if (out->order != NULL)
    return take_from_order (out, reason);
  if (known == NULL || known->state != TAI_DEBT_STATE_HELD)
    *reason = known != NULL && known->state == TAI_DEBT_STATE_PAID ? TAI_DEBT_PAID : TAI_DEBT_NOTHING_DUE;
  return *reason == NULL ? tai_debt_copy (known) : tai_debt_new (&news->order_id);
}

static gboolean
load_own (TaiPayOut *out, TaiDesk *desk, const char *order_id, GError **error)
{
  g_autoptr (TaiOrder) order = NULL;

  out->desk = desk;
  return tai_desk_find_shift (desk, &out->shift, error) && find_order (desk, order_id, &order, error) &&
         (order == NULL || tai_pay_out_load (out, desk, order_id, error));
}

static gboolean
answer (TaiDesk *self, const TaiDebt *news, const TaiUuid *key, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiDebt) known = NULL, debt = NULL;
  g_auto (TaiPayOut) out = {NULL};
  const char *reason = NULL;

  if (!find_debt (self, news->order_id.text, &known, error) ||
      !load_own (&out, self, news->order_id.text, error))
    return FALSE;
  debt = take_here (&out, news, known, &reason);
  move (self, debt, reason == NULL ? TAI_DEBT_STATE_RELEASED : TAI_DEBT_STATE_KEPT, reason);
  debt->claim = news->claim;
  debt->hop = (known != NULL ? known->hop : 0) + (reason == NULL);
  g_free (debt->terminal);
  debt->terminal = g_strdup (news->terminal);
  if (reason == NULL && !add_release (&out, change, debt, error))
    return FALSE;
  tai_change_take_journal (change, tai_desk_journal (self, reason == NULL ? "debt_released" : "debt_kept",
                                                     out.shift, debt->order_id.text,
                                                     reason == NULL ? news->terminal : reason, debt->amount));
  tai_change_take_debt (change, tai_debt_copy (debt),
                        reason == NULL ? TAI_DEBT_STORED | TAI_DEBT_TOLD : TAI_DEBT_TOLD, key);
  return tai_desk_commit (self, change, error);
}

/* Fetching -------------------------------------------------------------------------------------------------------------- */

static gboolean
fetch (TaiDesk *self, const TaiDebt *news, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiDebt) known = NULL, debt = NULL;
  g_auto (TaiPayOut) out = {NULL};
  TaiPostingSet *set;

  if (!tai_debt_is_whole (news) || news->amount.currency != self->terminal->currency) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_RANGE, "debt %s: parts that are not its amount",
                 news->order_id.text);
    return FALSE;
  }
  if (!find_debt (self, news->order_id.text, &known, error))
    return FALSE;
  if (known != NULL && news->hop <= known->hop)
    return TRUE;
  set = load_own (&out, self, news->order_id.text, error) ? tai_posting_debt_fetched (news->amount, error)
                                                          : NULL;
  if (set == NULL)
    return FALSE;
  debt = tai_debt_copy (news);
  move (self, debt, TAI_DEBT_STATE_HELD, NULL);
  tai_change_add_postings (change, set, out.order != NULL ? &out.order->id : NULL, NULL,
                           out.shift ? out.shift->business_day : NULL, out.shift ? out.shift->id.text : NULL,
                           NULL, debt->since_us);
  tai_change_take_journal (change, tai_desk_journal (self, "debt_fetched", out.shift, debt->order_id.text,
                                                     debt->terminal, debt->amount));
  tai_change_take_debt (change, tai_debt_copy (debt), TAI_DEBT_STORED, NULL);
  return tai_desk_commit (self, change, error);
}

/* Only what is still waited for. */
static gboolean
hear_kept (TaiDesk *self, const TaiDebt *news, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiDebt) debt = NULL;

  if (!find_debt (self, news->order_id.text, &debt, error))
    return FALSE;
  if (debt == NULL || debt->state != TAI_DEBT_STATE_ASKED || strcmp (debt->claim.text, news->claim.text) != 0)
    return TRUE;
  move (self, debt, TAI_DEBT_STATE_KEPT, news->reason);
  if (news->terminal != NULL) {
    g_free (debt->terminal);
    debt->terminal = g_strdup (news->terminal);
  }
  tai_change_take_debt (change, tai_debt_copy (debt), TAI_DEBT_STORED, NULL);
  return tai_desk_commit (self, change, error);
}

gboolean
tai_desk_apply_debt_news (TaiDesk *self, const TaiDebt *news, GError **error)
{
  gboolean has_answer = FALSE;
  TaiUuid key;

  g_return_val_if_fail (TAI_IS_DESK (self) && news != NULL, FALSE);
  switch (news->state) {
  case TAI_DEBT_STATE_ASKED:
    key = make_answer_key (&news->claim);
    return is_answered (self, &key, &has_answer, error) && (has_answer || answer (self, news, &key, error));
  case TAI_DEBT_STATE_RELEASED:
    return fetch (self, news, error);
  case TAI_DEBT_STATE_KEPT:
    return hear_kept (self, news, error);
  case TAI_DEBT_STATE_WITHDRAWN:
  case TAI_DEBT_STATE_HELD:
  case TAI_DEBT_STATE_PAID:
  default:
    return refuse_state (error, news->order_id.text, "no news of it");
  }
}

/* Paying ---------------------------------------------------------------------------------------------------------------- */

/* What list and slip need of the other terminal's order. NULL: no business of that name. (transfer full) */
static TaiOrder *
make_order (const TaiDebt *debt)
{
  const TaiOperation *operation = debt->operation != NULL ? tai_operation_find (debt->operation) : NULL;
  TaiOrder *order = operation != NULL ? tai_order_new (operation) : NULL;

  if (order == NULL)
    return NULL;
  order->id = debt->order_id;
  order->visit_id = debt->visit_id;
  order->clerk = g_strdup (debt->seller);
  order->receipt_number = g_strdup (debt->receipt_number);
  order->customer_mask = g_strdup (debt->customer_mask);
  order->refund_due = order->today = debt->amount;
  if (debt->msisdn != NULL)
    tai_order_item_set (tai_order_add_item (order, "add", NULL), "MSISDN", debt->msisdn);
  return order;
}

static gboolean
begin_paying (TaiPayOut *out, TaiDesk *desk, const TaiDebt *debt, GError **error)
{
  out->desk = desk;
  out->now_us = tai_desk_now (desk);
  out->clerk = desk->staff->number;
  out->is_elsewhere = TRUE;
  out->order = make_order (debt);
  out->shift = out->order != NULL ? tai_desk_require_selling (desk, error) : NULL;
  if (out->order == NULL)
    refuse_state (error, debt->order_id.text, "of a business that is not known here");
  if (out->shift == NULL)
    return FALSE;
  out->back = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  for (guint i = 0; i < debt->parts->len; i++) {
    const TaiDebtPart *part = &g_array_index (debt->parts, TaiDebtPart, i);
    TaiRefundPart plan = {.payment_id = part->payment_id,
                          .tender = TAI_TENDER_CASH,
                          .amount = part->amount,
                          .way = TAI_REFUND_IN_CASH};
    tai_pay_out_make_refund (out, &plan)->state = TAI_PAYMENT_SUCCEEDED;
  }
  return tai_pay_out_check_drawer (out, error);
}

gboolean
tai_desk_pay_debt (TaiDesk *self, const char *order_id, TaiMoney *paid, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiDebt) debt = NULL;
  g_autoptr (TaiOrder) own = NULL;
  g_auto (TaiPayOut) out = {NULL};
  TaiMoney amount;

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error) || !find_debt (self, order_id, &debt, error) ||
      !find_order (self, order_id, &own, error))
    return FALSE;
  if (own != NULL) /* it came back, and is the order's again */
    return tai_desk_pay_refund (self, order_id, paid, error);
  if (debt == NULL || debt->state != TAI_DEBT_STATE_HELD) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOTHING_DUE, "debt %s is not here", order_id);
    return FALSE;
  }
  amount = debt->amount;
  if (!begin_paying (&out, self, debt, error) ||
      !tai_desk_check_who (self, change, TAI_RIGHT_REFUND, TAI_ACTION_REFUND, out.order, amount, error) ||
      !tai_pay_out_add_facts (&out, change, error))
    return FALSE;
  move (self, debt, TAI_DEBT_STATE_PAID, NULL);
  tai_change_take_debt (change, tai_debt_copy (debt), TAI_DEBT_STORED, NULL);
  if (!tai_pay_out_finish (&out, change, amount, error))
    return FALSE;
  if (paid != NULL)
    *paid = amount;
  return TRUE;
}
