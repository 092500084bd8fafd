/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Halves that do not match: an order that is taken back while its money is not, or whose money the bank may have moved once more than
 * the books know. Read from what is there, kept nowhere twice. On the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-tender.h"

const char *
tai_half_kind_to_text (TaiHalfKind kind)
{
  static const char *const texts[] = {
      [TAI_HALF_BILLING_REVERSED] = "billing_reversed",
      [TAI_HALF_BANK_OPEN] = "bank_open",
      [TAI_HALF_REFUND_OPEN] = "refund_open",
      [TAI_HALF_REFUND_TWICE] = "refund_twice",
  };

  g_return_val_if_fail (kind < G_N_ELEMENTS (texts), NULL);
  return texts[kind];
}

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
half_new (TaiHalfKind kind, const TaiPayment *payment, gint64 minor, const TaiOrder *order)
{
  TaiHalf *half = g_new0 (TaiHalf, 1);

  half->kind = kind;
  half->payment_id = payment->id;
  half->tender = payment->tender;
  half->provider = g_strdup (payment->provider);
  half->amount = tai_money (minor, payment->amount.currency);
  half->since_us = payment->created_us;
  if (order == NULL)
    return half;
  half->order_id = order->id;
  half->receipt_number = g_strdup (order->receipt_number);
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
    gint64 rest = tai_payment_is_refund (one) ? 0 : tai_desk_get_returnable (paid, one, order);
    if (rest <= 0 || one->tender == TAI_TENDER_CASH)
      continue;
    g_ptr_array_add (halves, half_new (TAI_HALF_BILLING_REVERSED, one, rest, order));
  }
  return paid != NULL;
}

/* What a person let go while nobody knew what became of it. */
static gboolean
add_given_up (TaiDesk *self, const TaiPayment *payment, GPtrArray *halves, GError **error)
{
  g_autoptr (TaiOrder) order = NULL;
  TaiHalfKind kind = tai_payment_is_gone_twice (payment) ? TAI_HALF_REFUND_TWICE : TAI_HALF_REFUND_OPEN;

  if (!tai_payment_is_refund (payment)) {
    g_ptr_array_add (halves, half_new (TAI_HALF_BANK_OPEN, payment, payment->amount.minor, NULL));
    return TRUE;
  }
  order = tai_desk_require_order (self, g_array_index (payment->allocations, TaiAllocation, 0).order_id.text,
                                  error);
  if (order == NULL)
    return FALSE;
  g_ptr_array_add (halves, half_new (kind, payment, -payment->amount.minor, order));
  return TRUE;
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
    if (payment->released && !add_given_up (self, payment, halves, error))
      return NULL;
  }
  return g_steal_pointer (&halves);
}
