/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bills (TMF678) that are paid: documents of a line. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-bill.h"

#include <string.h>

#include "tai-json-money.h"

/* ---- bills ---- */

/* One bill that something is owed of. */
typedef struct {
  char *id, *hall, *party; /* (owned) @party: (nullable) */
  gint64 created_us;
  TaiJson *json; /* (owned) */
  TaiMoney rest;
} Bill;

typedef struct {
  GPtrArray *bills; /* (element-type Bill) */
  guint16 currency;
} BillList;

static void
bill_free (gpointer data)
{
  Bill *bill = data;
  g_free (bill->id);
  g_free (bill->hall);
  g_free (bill->party);
  tai_json_free (bill->json);
  g_free (bill);
}

static gboolean
collect_cb (const HqDocumentRow *row, gpointer data)
{
  BillList *list = data;
  gsize size;
  TaiMoney rest;
  const char *bytes = g_bytes_get_data (row->body, &size);
  g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  g_assert (json != NULL); /* it was parsed when it came */
  if (!tai_json_require_money (json, "remainingAmount", &rest, NULL) || rest.currency != list->currency ||
      rest.minor <= 0)
    return TRUE;
  Bill *bill = g_new0 (Bill, 1);
  *bill = (Bill){g_strdup (row->id), g_strdup (row->hall),    g_strdup (row->party),
                 row->created_us,    g_steal_pointer (&json), rest};
  g_ptr_array_add (list->bills, bill);
  return TRUE;
}

static int
compare_date_cb (gconstpointer a, gconstpointer b)
{
  const Bill *one = *(const Bill *const *)a, *other = *(const Bill *const *)b;
  const char *date = tai_json_require_string (one->json, "billDate", NULL);
  const char *next = tai_json_require_string (other->json, "billDate", NULL);
  return g_strcmp0 (date, next);
}

static TaiJson *
make_money (TaiMoney money)
{
  TaiJson *json = tai_json_new_object ();
  tai_json_set (json, "unit", tai_json_new_string (tai_currency_to_code (money.currency)));
  tai_json_set (json, "value", tai_json_new_amount (money));
  return json;
}

static void
add_payment (Bill *bill, const char *payment_id, TaiMoney part)
{
  const TaiJson *old = tai_json_get_member (bill->json, "appliedPayment");
  TaiJson *list = old != NULL ? tai_json_copy (old) : tai_json_new_array ();
  TaiJson *applied = tai_json_new_object ();
  tai_json_set (applied, "appliedAmount", make_money (part));
  if (payment_id != NULL) {
    TaiJson *payment = tai_json_new_object ();
    tai_json_set (payment, "id", tai_json_new_string (payment_id));
    tai_json_set (applied, "payment", payment);
  }
  tai_json_append (list, applied);
  tai_json_set (bill->json, "appliedPayment", list);
}

static void
pay (HqStore *store, const char *msisdn, Bill *bill, const char *payment_id, TaiMoney part, gint64 now_us)
{
  g_autofree char *now = tai_time_to_text (now_us);
  bill->rest.minor -= part.minor;
  add_payment (bill, payment_id, part);
  tai_json_set (bill->json, "remainingAmount", make_money (bill->rest));
  tai_json_set (bill->json, "state",
                tai_json_new_string (bill->rest.minor == 0 ? "settled" : "partiallyPaid"));
  tai_json_set (bill->json, "lastUpdate", tai_json_new_string (now));
  char *text = tai_json_to_text (bill->json);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  HqDocumentRow row = {.kind = "CustomerBill",
                       .hall = bill->hall,
                       .id = bill->id,
                       .line = msisdn,
                       .party = bill->party,
                       .created_us = bill->created_us,
                       .changed_us = now_us,
                       .body = body};
  store->klass->document_put (store, &row);
}

void
hq_bill_settle (HqStore *store, const HqOrderRow *order, const TaiJson *json, TaiMoney amount, gint64 now_us)
{
  g_autoptr (GPtrArray) bills = g_ptr_array_new_with_free_func (bill_free);
  BillList list = {bills, amount.currency};
  HqDocumentFilter filter = {.kind = "CustomerBill", .line = order->msisdn};
  const char *payment_id = tai_json_require_string (json, "payment.0.id", NULL);
  store->klass->document_list (store, &filter, collect_cb, &list);
  g_ptr_array_sort (bills, compare_date_cb);
  for (guint i = 0; i < bills->len && amount.minor > 0; i++) {
    Bill *bill = bills->pdata[i];
    TaiMoney part = tai_money (MIN (amount.minor, bill->rest.minor), amount.currency);
    amount.minor -= part.minor;
    pay (store, order->msisdn, bill, payment_id, part, now_us);
  }
}
