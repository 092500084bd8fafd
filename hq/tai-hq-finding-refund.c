/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Money back, all of a payment's: what terminals tell of (out of a drawer, by slip, through the gateway) and what our own gateway gave
 * back and nobody tells of. A terminal off line knows its own refunds alone, so what is too much is seen here and nowhere else.
 */
#define G_LOG_DOMAIN "tai-hq"

#include <string.h>

#include "tai-hq-body.h"
#include "tai-hq-finding-private.h"
#include "tai-json-money.h"

/* What is told of a payment's refunds. */
typedef struct {
  HqStore *store;
  const char *order; /* (nullable) of one order alone */
  gint64 told;       /* in all */
  gint64 both;       /* of it: what the gateway's rows have as well */
  gboolean is_known; /* of those: that went */
} Told;

static gboolean
is_of_gateway (const Told *self, const HqDocumentRow *row)
{
  g_auto (HqPayRow) pay = {0};
  if (!self->store->klass->pay_find (self->store, row->hall, row->id, &pay))
    return FALSE;
  return self->is_known ? strcmp (pay.state, "succeeded") == 0 : strcmp (pay.state, "failed") != 0;
}

static gboolean
add_cb (const HqDocumentRow *row, gpointer data)
{
  Told *self = data;
  g_autoptr (TaiJson) json = hq_body_parse (row->body);
  const char *order = NULL;
  TaiMoney total;
  if (!tai_json_require_money (json, "totalAmount", &total, NULL))
    return TRUE;
  tai_json_optional_string (json, "x-guitai.order", &order, NULL);
  if (self->order != NULL && g_strcmp0 (order, self->order) != 0)
    return TRUE;
  self->told += ABS (total.minor);
  if (is_of_gateway (self, row))
    self->both += ABS (total.minor);
  return TRUE;
}

static Told
read_told (HqStore *store, const char *hall, const char *original, const char *order, gboolean is_known)
{
  Told told = {.store = store, .order = order, .is_known = is_known};
  HqDocumentFilter filter = {.kind = "Refund", .hall = hall, .original = original};
  store->klass->document_list (store, &filter, add_cb, &told);
  return told;
}

gint64
hq_finding_sum_refunds (HqStore *store, const char *hall, const char *original, gboolean is_known)
{
  Told told = read_told (store, hall, original, NULL, is_known);
  return told.told - told.both + store->klass->pay_given_back (store, hall, original, is_known);
}

static void
add_over (GString **codes, const char *what, TaiMoney paid, gint64 gone)
{
  if (gone <= paid.minor)
    return;
  g_autofree char *over = tai_money_to_text (tai_money (gone - paid.minor, paid.currency));
  g_autofree char *code = g_strdup_printf ("%s %s", what, over);
  hq_finding_add (codes, code);
}

/* Of one order no more than its share; said when it is not too much of all. */
static void
check_orders (HqStore *store, const char *hall, const char *original, const TaiJson *json, GString **codes)
{
  const TaiJson *items = tai_json_get_member (json, "paymentItem");
  for (guint i = 0; *codes == NULL && i < tai_json_get_length (items); i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    const char *order = tai_json_require_string (item, "item.id", NULL);
    TaiMoney share;
    if (order != NULL && tai_json_require_money (item, "totalAmount", &share, NULL))
      add_over (codes, "refund_over_order", share, read_told (store, hall, original, order, TRUE).told);
  }
}

char *
hq_finding_check_refund (HqStore *store, const char *hall, const char *original)
{
  g_auto (HqPaymentRow) payment = {0};
  GString *codes = NULL;
  TaiMoney total;
  gint64 gone = hq_finding_sum_refunds (store, hall, original, TRUE);
  if (gone == 0) /* as of nearly every payment: told of, or given back, is nothing */
    return NULL;
  if (!store->klass->payment_find (store, hall, original, &payment))
    return NULL; /* what its refunds are held against has not come */
  g_autoptr (TaiJson) json = hq_recent_parse (&store->recent, payment.id, payment.body);
  if (!tai_json_require_money (json, "totalAmount", &total, NULL))
    return NULL;
  add_over (&codes, "refund_over", total, gone);
  check_orders (store, hall, original, json, &codes);
  return hq_finding_end (codes);
}
