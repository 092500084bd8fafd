/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bills (TMF678), documents of a line: what a payment settles, and what is billed on demand. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-bill.h"

#include <string.h>

#include "tai-hq-body.h"
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
  TaiMoney rest;
  g_autoptr (TaiJson) json = hq_body_parse (row->body);
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

/* ---- a bill on demand ---- */

/* One charge that stands on no bill yet. */
typedef struct {
  char *id, *hall, *party; /* (owned) @party: (nullable) */
  gint64 created_us;
  TaiJson *json; /* (owned) */
} Charge;

typedef struct {
  GPtrArray *charges; /* (element-type Charge) */
  TaiMoney sum;
  gboolean is_over; /* the sum is no amount any more */
} ChargeList;

static void
charge_free (gpointer data)
{
  Charge *charge = data;
  g_free (charge->id);
  g_free (charge->hall);
  g_free (charge->party);
  tai_json_free (charge->json);
  g_free (charge);
}

static gboolean
collect_charge_cb (const HqDocumentRow *row, gpointer data)
{
  ChargeList *list = data;
  gboolean is_billed = TRUE;
  TaiMoney amount;
  g_autoptr (TaiJson) json = hq_body_parse (row->body);
  if (!tai_json_require_bool (json, "isBilled", &is_billed, NULL) || is_billed ||
      !tai_json_require_money (json, "taxIncludedAmount", &amount, NULL) ||
      amount.currency != list->sum.currency)
    return TRUE;
  list->is_over |= !tai_money_add (list->sum, amount, &list->sum, NULL);
  Charge *charge = g_new0 (Charge, 1);
  *charge = (Charge){g_strdup (row->id), g_strdup (row->hall), g_strdup (row->party), row->created_us,
                     g_steal_pointer (&json)};
  g_ptr_array_add (list->charges, charge);
  return TRUE;
}

static TaiJson *
make_reference (const char *id)
{
  TaiJson *json = tai_json_new_object ();
  tai_json_set (json, "id", tai_json_new_string (id));
  return json;
}

static void
put_document (HqStore *store, HqDocumentRow *row, const TaiJson *json)
{
  char *text = tai_json_to_text (json);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  row->body = body;
  store->klass->document_put (store, row);
  row->body = NULL;
}

static void
put_bill (HqStore *store, const HqDocumentRow *request, const HqLineRow *line, TaiMoney sum)
{
  static const char *const amounts[] = {"amountDue", "taxIncludedAmount", "remainingAmount"};
  g_autofree char *now = tai_time_to_text (request->created_us);
  g_autoptr (TaiJson) bill = tai_json_new_object ();
  tai_json_set (bill, "@type", tai_json_new_string ("CustomerBill"));
  tai_json_set (bill, "billNo", tai_json_new_string (request->id));
  tai_json_set (bill, "state", tai_json_new_string ("new"));
  tai_json_set (bill, "category", tai_json_new_string ("normal"));
  tai_json_set (bill, "runType", tai_json_new_string ("offCycle"));
  tai_json_set (bill, "billDate", tai_json_new_string (now));
  tai_json_set (bill, "lastUpdate", tai_json_new_string (now));
  tai_json_set (bill, "billingAccount", make_reference (line->msisdn));
  TaiJson *documents = tai_json_new_array ();
  tai_json_append (documents, make_reference (request->id));
  tai_json_set (bill, "billDocument", documents);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    tai_json_set (bill, amounts[i], make_money (sum));
  HqDocumentRow row = {.kind = "CustomerBill",
                       .hall = "",
                       .id = request->id,
                       .line = line->msisdn,
                       .party = line->customer,
                       .created_us = request->created_us,
                       .changed_us = request->created_us};
  put_document (store, &row, bill);
}

static void
put_charge (HqStore *store, const HqDocumentRow *request, Charge *charge)
{
  tai_json_set (charge->json, "isBilled", tai_json_new_bool (TRUE));
  tai_json_set (charge->json, "bill", make_reference (request->id));
  HqDocumentRow row = {.kind = "AppliedCustomerBillingRate",
                       .hall = charge->hall,
                       .id = charge->id,
                       .line = request->line,
                       .party = charge->party,
                       .created_us = charge->created_us,
                       .changed_us = request->created_us};
  put_document (store, &row, charge->json);
}

/* TRUE: what @line was charged stands on a bill now, and is owed. */
static gboolean
bill_line (HqStore *store, const HqDocumentRow *request, HqLineRow *line)
{
  g_autoptr (GPtrArray) charges = g_ptr_array_new_with_free_func (charge_free);
  ChargeList list = {charges, tai_money (0, line->arrears.currency), FALSE};
  HqDocumentFilter filter = {.kind = "AppliedCustomerBillingRate", .line = line->msisdn};
  store->klass->document_list (store, &filter, collect_charge_cb, &list);
  if (charges->len == 0 || list.is_over || list.sum.minor < 0 ||
      !tai_money_add (line->arrears, list.sum, &line->arrears, NULL))
    return FALSE;
  put_bill (store, request, line, list.sum);
  for (guint i = 0; i < charges->len; i++)
    put_charge (store, request, charges->pdata[i]);
  if (line->arrears.minor > 0 && line->arrears_since_us == 0)
    line->arrears_since_us = request->created_us;
  line->changed_us = request->created_us;
  store->klass->line_put (store, line);
  return TRUE;
}

void
hq_bill_on_demand (HqStore *store, const HqDocumentRow *row, TaiJson *body)
{
  g_auto (HqLineRow) line = {0};
  gboolean is_billed =
      row->line != NULL && store->klass->line_find (store, row->line, &line) && bill_line (store, row, &line);
  tai_json_set (body, "state", tai_json_new_string (is_billed ? "done" : "rejected"));
  if (is_billed)
    tai_json_set (body, "customerBill", make_reference (row->id));
}
