/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Papers that are no part of a sale's own: the notice in large letters of one that was made, a bill that was asked for. They
 * go into the print queue like every other, and the journal says who printed what. On the desk's worker.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-desk-private.h"
#include "tai-tender.h"

#include <string.h>

/* Takes @document. */
static gboolean
queue_paper (TaiDesk *self, TaiDocument *document, const char *printer, const char *kind, const char *subject,
             const char *detail, TaiMoney amount, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiPrintJob *job = g_new0 (TaiPrintJob, 1);

  job->id = tai_desk_uuid (self);
  job->printer = g_strdup (printer);
  job->document = document;
  tai_change_take_print (change, job);
  tai_change_take_journal (change, tai_desk_journal (self, kind, NULL, subject, detail, amount));
  return tai_desk_commit (self, change, error);
}

gboolean
tai_desk_print_notice (TaiDesk *self, const char *receipt_number, GError **error)
{
  TaiOrderFilter filter = {.receipt_number = receipt_number};
  g_autoptr (GPtrArray) orders = NULL, none = NULL;
  const TaiOrder *first;
  TaiSale sale;

  g_return_val_if_fail (TAI_IS_DESK (self) && receipt_number != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error))
    return FALSE;
  orders = tai_visit_store_list_orders (self->ports.store, &filter, error);
  if (orders == NULL)
    return FALSE;
  if (orders->len == 0) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN, "no receipt %s here", receipt_number);
    return FALSE;
  }
  none = g_ptr_array_new ();
  first = g_ptr_array_index (orders, 0);
  sale = (TaiSale){.terminal = self->terminal,
                   .receipt_number = receipt_number,
                   .time_us = first->placed_us,
                   .clerk = first->clerk,
                   .orders = orders,
                   .payments = none};
  return queue_paper (self, tai_paperwork_notice (self->ports.paperwork, &sale), "form", "notice_printed",
                      receipt_number, NULL, tai_money (0, 0), error);
}

/* Promises ------------------------------------------------------------------------------------------------------------- */

typedef struct {
  TaiOrder *order;     /* (owned) (nullable) */
  TaiPayment *payment; /* (owned) (nullable) */
} Matter;

static void
matter_clear (Matter *self)
{
  g_clear_pointer (&self->order, tai_order_free);
  g_clear_pointer (&self->payment, tai_payment_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matter, matter_clear)

/* A payment of the visit that is under way; with @order (nullable) a refund of it. *@payment (transfer full) (nullable) */
static gboolean
find_under_way (TaiDesk *self, const TaiUuid *visit_id, const TaiOrder *order, TaiPayment **payment,
                GError **error)
{
  g_autoptr (GPtrArray) payments = tai_visit_store_list_payments (self->ports.store, visit_id, error);

  for (guint i = 0; payments != NULL && *payment == NULL && i < payments->len; i++) {
    const TaiPayment *one = g_ptr_array_index (payments, i);
    gboolean is_it = order == NULL
                         ? !tai_payment_is_refund (one)
                         : tai_payment_is_refund (one) &&
                               strcmp (g_array_index (one->allocations, TaiAllocation, 0).order_id.text,
                                       order->id.text) == 0;
    if (is_it && tai_tender_is_open (one->state) && !one->released)
      *payment = tai_payment_copy (one);
  }
  return payments != NULL;
}

/* The first of a visit; NULL without error: there is none. (transfer full) */
static TaiOrder *
find_first_order (TaiDesk *self, const TaiUuid *visit_id, GError **error)
{
  TaiOrderFilter filter = {.visit_id = visit_id, .limit = TAI_VISIT_MAX_ORDERS};
  g_autoptr (GPtrArray) newest_first = tai_visit_store_list_orders (self->ports.store, &filter, error);

  return newest_first != NULL && newest_first->len > 0
             ? tai_order_copy (g_ptr_array_index (newest_first, newest_first->len - 1))
             : NULL;
}

/* What the slip is of; NULL without error: of nothing here. (transfer full) */
static TaiOrder *
find_promised (TaiDesk *self, const TaiPromise *promise, GError **error)
{
  return promise->kind == TAI_PROMISE_PAYMENT
             ? find_first_order (self, &promise->id, error)
             : tai_visit_store_find_order (self->ports.store, promise->id.text, error);
}

static gboolean
find_matter (TaiDesk *self, const TaiPromise *promise, Matter *matter, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_open;

  matter->order = find_promised (self, promise, &local_error);
  if (matter->order != NULL && promise->kind != TAI_PROMISE_PAPER)
    find_under_way (self, &matter->order->visit_id, promise->kind == TAI_PROMISE_MONEY ? matter->order : NULL,
                    &matter->payment, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  is_open = matter->order != NULL &&
            (promise->kind == TAI_PROMISE_PAYMENT ? matter->payment != NULL
             : promise->kind == TAI_PROMISE_PAPER ? matter->order->receipt_number != NULL
                                                  : matter->order->refund_due.currency != 0);
  if (!is_open)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "no open %s of %s",
                 tai_promise_kind_to_text (promise->kind), promise->id.text);
  return is_open;
}

static TaiMoney
amount_of (const TaiPromise *promise, const Matter *matter)
{
  switch (promise->kind) {
  case TAI_PROMISE_PAYMENT:
    return matter->payment->amount;
  case TAI_PROMISE_MONEY:
    return matter->order->refund_due;
  case TAI_PROMISE_PAPER:
  default:
    return matter->order->today;
  }
}

gboolean
tai_desk_print_promise (TaiDesk *self, const TaiPromise *promise, const char *printer, GError **error)
{
  g_auto (Matter) matter = {NULL};
  g_autofree char *note = NULL;
  TaiPromiseSlip slip;

  g_return_val_if_fail (TAI_IS_DESK (self) && promise != NULL && printer != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error) || !find_matter (self, promise, &matter, error))
    return FALSE;
  slip = (TaiPromiseSlip){.terminal = self->terminal,
                          .promise = *promise,
                          .order = matter.order,
                          .payment = matter.payment,
                          .amount = amount_of (promise, &matter),
                          .clerk = self->staff->number,
                          .time_us = tai_desk_now (self)};
  slip.until_us = tai_promise_get_until_us (promise->kind, &self->policy, slip.time_us);
  note = tai_promise_to_note (promise->kind, slip.until_us);
  return queue_paper (self, tai_paperwork_promise (self->ports.paperwork, &slip), printer,
                      TAI_JOURNAL_PROMISE, promise->id.text, note, slip.amount, error);
}

/* Money that was let go, or waits to come, is another desk's. */
static gboolean
is_here (const TaiDebt *debt)
{
  return debt == NULL || debt->state == TAI_DEBT_STATE_HELD;
}

gboolean
tai_desk_follow_promise (TaiDesk *self, const TaiPromise *promise, char **order_id, GError **error)
{
  g_autoptr (TaiOrder) order = NULL;
  g_autoptr (TaiDebt) debt = NULL;
  GError *local_error = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && promise != NULL && order_id != NULL, FALSE);
  order = find_promised (self, promise, &local_error);
  if (order != NULL && promise->kind == TAI_PROMISE_MONEY)
    debt = tai_visit_store_find_debt (self->ports.store, order->id.text, &local_error);
  if (!tai_desk_pass (local_error, error))
    return FALSE;
  if (order != NULL && is_here (debt)) {
    *order_id = g_strdup (order->id.text);
    return TRUE;
  }
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN, "slip %s is of no sale here",
               promise->id.text);
  return FALSE;
}

/* Bills ---------------------------------------------------------------------------------------------------------------- */

gboolean
tai_desk_print_bill (TaiDesk *self, const TaiBillPaper *bill, gboolean on_roll, GError **error)
{
  TaiDocument *document;

  g_return_val_if_fail (TAI_IS_DESK (self) && bill != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error))
    return FALSE;
  document = tai_paperwork_bill (self->ports.paperwork, self->terminal, bill,
                                 tai_clock_now (self->ports.clock), on_roll);
  return queue_paper (self, document, on_roll ? "receipt" : "form", "bill_printed", bill->msisdn, bill->month,
                      tai_money (0, 0), error);
}
