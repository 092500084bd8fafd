/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What our own gateway took and gave back, and what terminals say of it: both there, of the same amount, order and payment. */
#define G_LOG_DOMAIN "tai-hq"

#include <string.h>

#include "tai-hq-body.h"
#include "tai-hq-finding-private.h"
#include "tai-json-money.h"

#define ASKED_IN_VAIN 4 /* after two and a half hours in which no terminal moved it (tai-hq-pay-ask.c) */

/* An order that is here names the payment that names it. */
static gboolean
is_named_by (const TaiJson *order, const char *payment_id)
{
  const TaiJson *payments = tai_json_get_member (order, "payment");
  for (guint i = 0; i < tai_json_get_length (payments); i++)
    if (g_strcmp0 (tai_json_require_string (tai_json_get_element (payments, i), "id", NULL), payment_id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_order_of (HqStore *store, const HqPaymentRow *payment, const char *order_id)
{
  g_auto (HqOrderRow) order = {0};
  if (order_id == NULL || !store->klass->order_find (store, payment->hall, order_id, &order))
    return order_id != NULL;
  g_autoptr (TaiJson) json = hq_recent_parse (&store->recent, order.id, order.body);
  return is_named_by (json, payment->id);
}

static void
check_shares (HqStore *store, const HqPaymentRow *payment, const TaiJson *json, TaiMoney total,
              GString **codes)
{
  const TaiJson *items = tai_json_get_member (json, "paymentItem");
  TaiMoney sum = tai_money (0, total.currency), share;
  gboolean is_known = TRUE, is_whole = TRUE;
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    is_known &= is_order_of (store, payment, tai_json_require_string (item, "item.id", NULL));
    is_whole &=
        tai_json_require_money (item, "totalAmount", &share, NULL) && tai_money_add (sum, share, &sum, NULL);
  }
  if (!is_known)
    hq_finding_add (codes, "order_other");
  if (!is_whole || sum.minor != total.minor)
    hq_finding_add (codes, "shares");
}

/* @terminal: who told it */
static void
compare_row (const HqPayRow *pay, TaiMoney total, const char *terminal, GString **codes)
{
  if (pay->amount.currency != 0 &&
      (pay->amount.minor != total.minor || pay->amount.currency != total.currency))
    hq_finding_add (codes, "gateway_amount");
  if (strcmp (pay->state, "succeeded") != 0)
    hq_finding_add (codes, "gateway_state");
  if (g_strcmp0 (pay->terminal, terminal) != 0)
    hq_finding_add (codes, "gateway_terminal");
}

static void
compare_payment (HqStore *store, const HqPaymentRow *payment, const HqPayRow *pay, GString **codes)
{
  g_autoptr (TaiJson) json = hq_recent_parse (&store->recent, payment->id, payment->body);
  TaiMoney total;
  if (!tai_json_require_money (json, "totalAmount", &total, NULL))
    return; /* it was checked when it came */
  compare_row (pay, total, payment->terminal, codes);
  check_shares (store, payment, json, total, codes);
}

gboolean
hq_finding_pays_for (HqStore *store, const HqPaymentRow *payment, const char *order_id)
{
  g_autoptr (TaiJson) json = hq_recent_parse (&store->recent, payment->id, payment->body);
  const TaiJson *items = tai_json_get_member (json, "paymentItem");
  for (guint i = 0; i < tai_json_get_length (items); i++)
    if (g_strcmp0 (tai_json_require_string (tai_json_get_element (items, i), "item.id", NULL), order_id) == 0)
      return TRUE;
  return FALSE;
}

/* It is of the payment that the gateway gave back, and of an order which that was for. */
static void
compare_refund (HqStore *store, const HqDocumentRow *refund, const HqPayRow *pay, GString **codes)
{
  g_autoptr (TaiJson) json = hq_body_parse (refund->body);
  g_auto (HqPaymentRow) payment = {0};
  const char *original = NULL, *order = NULL, *terminal = NULL;
  TaiMoney total;
  if (!tai_json_require_money (json, "totalAmount", &total, NULL))
    return;
  tai_json_optional_string (json, "x-guitai.terminal", &terminal, NULL);
  tai_json_optional_string (json, "x-guitai.original", &original, NULL);
  tai_json_optional_string (json, "x-guitai.order", &order, NULL);
  compare_row (pay, total, terminal, codes);
  if (pay->original != NULL && g_strcmp0 (original, pay->original) != 0)
    hq_finding_add (codes, "payment_other");
  if (original != NULL && order != NULL &&
      store->klass->payment_find (store, refund->hall, original, &payment) &&
      !hq_finding_pays_for (store, &payment, order))
    hq_finding_add (codes, "order_other");
}

char *
hq_finding_check_gateway (HqStore *store, const char *hall, const char *subject)
{
  g_auto (HqPaymentRow) payment = {0};
  g_auto (HqDocumentRow) refund = {0};
  g_auto (HqPayRow) pay = {0};
  GString *codes = NULL;
  gboolean is_paid = store->klass->payment_find (store, hall, subject, &payment);
  gboolean is_back = !is_paid && store->klass->document_find (store, "Refund", hall, subject, &refund);
  gboolean is_ours = store->klass->pay_find (store, hall, subject, &pay);
  if (is_ours && is_paid)
    compare_payment (store, &payment, &pay, &codes);
  else if (is_ours && is_back)
    compare_refund (store, &refund, &pay, &codes);
  else if (is_paid || is_back)
    hq_finding_add (&codes, "gateway_unknown");
  else if (is_ours && strcmp (pay.state, "succeeded") == 0)
    hq_finding_add (&codes, pay.original != NULL ? "refund_missing" : "payment_missing");
  else if (is_ours && pay.asks >= ASKED_IN_VAIN)
    hq_finding_add (&codes, pay.original != NULL ? "refund_open" : "payment_open");
  return hq_finding_end (codes);
}
