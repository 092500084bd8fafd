/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of lines in the standard's words: a line is a product (TMF637) with a bucket of money (TMF654), its owner a
 * customer (TMF629). Nothing is kept twice: these rows are made when they are asked for. A terminal sees the lines that it
 * names, each look leaves a row; a partner sees all.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-types-private.h"

#include "tai-directory.h"
#include "tai-hq-group.h"
#include "tai-line-details.h"
#include "tai-json-money.h"

typedef void (*LineCompose) (TaiJsonWriter *writer, const HqCall *call, const HqLineRow *line);

/* ---- parts ---- */

static void
add_head (TaiJsonWriter *writer, const HqCall *call, const char *id, const char *type)
{
  g_autofree char *href = g_strdup_printf ("%s/%s", call->type->path, id);
  tai_json_writer_add_string (writer, "id", id);
  tai_json_writer_add_string (writer, "href", href);
  tai_json_writer_add_string (writer, "@type", type);
}

static void
write_reference (TaiJsonWriter *writer, const char *id, const char *value, const char *type)
{
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", id);
  tai_json_writer_add_string (writer, "value", value);
  tai_json_writer_add_string (writer, "@referredType", type);
  tai_json_writer_end_object (writer);
}

static void
add_reference (TaiJsonWriter *writer, const char *name, const char *id, const char *type)
{
  tai_json_writer_key (writer, name);
  write_reference (writer, id, NULL, type);
}

static void
add_references (TaiJsonWriter *writer, const char *name, const char *id, const char *value, const char *type)
{
  tai_json_writer_add_array (writer, name);
  write_reference (writer, id, value, type);
  tai_json_writer_end_array (writer);
}

static void
add_owner (TaiJsonWriter *writer, const HqLineRow *line)
{
  tai_json_writer_add_array (writer, "relatedParty");
  if (line->customer != NULL) {
    tai_json_writer_begin_object (writer);
    tai_json_writer_add_string (writer, "id", line->customer);
    tai_json_writer_add_string (writer, "name", line->owner);
    tai_json_writer_add_string (writer, "role", "customer");
    tai_json_writer_add_string (writer, "@referredType", "Customer");
    tai_json_writer_end_object (writer);
  }
  tai_json_writer_end_array (writer);
}

static void
add_quantity (TaiJsonWriter *writer, const char *name, TaiMoney money)
{
  tai_json_writer_add_object (writer, name);
  tai_json_writer_key (writer, "amount");
  tai_json_writer_amount (writer, money);
  tai_json_writer_add_string (writer, "units", tai_currency_to_code (money.currency));
  tai_json_writer_end_object (writer);
}

/* ---- rows ---- */

static const char *
status_of_product (const HqLineRow *line)
{
  TaiLineStatus status;
  if (!tai_line_status_from_text (line->status, &status, NULL) || status == TAI_LINE_STATUS_ACTIVE)
    return "active";
  return status == TAI_LINE_STATUS_SUSPENDED ? "suspended" : "terminated";
}

static void
add_names (TaiJsonWriter *writer, const char *english)
{
  if (english == NULL)
    return;
  tai_json_writer_add_object (writer, "x-guitai");
  tai_json_writer_add_object (writer, "names");
  tai_json_writer_add_string (writer, "en", english);
  tai_json_writer_end_object (writer);
  tai_json_writer_end_object (writer);
}

static void
write_price (TaiJsonWriter *writer, const TaiJson *price)
{
  const TaiJson *amount = tai_json_get_member (price, "price");
  const char *type = tai_json_require_string (price, "priceType", NULL);
  if (g_strcmp0 (type, "recurring") != 0 || amount == NULL)
    return;
  gboolean has_tax = tai_json_has (amount, "taxIncludedAmount");
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "name", tai_json_require_string (price, "name", NULL));
  tai_json_writer_add_string (writer, "priceType", type);
  tai_json_writer_add_string (writer, "recurringChargePeriod", "month");
  tai_json_writer_add_object (writer, "price");
  tai_json_writer_key (writer, "taxIncludedAmount");
  tai_json_writer_node (writer, has_tax ? tai_json_get_member (amount, "taxIncludedAmount") : amount);
  tai_json_writer_end_object (writer);
  tai_json_writer_end_object (writer);
}

/* What the plan costs by the month, as the catalogue in force has it. */
static void
add_prices (TaiJsonWriter *writer, const HqCall *call, const char *plan)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (TaiJson) offering = NULL;
  if (plan != NULL && call->store->klass->offering_find (call->store, plan, &body))
    offering = hq_recent_parse (&call->store->recent, plan, body);
  const TaiJson *prices = offering != NULL ? tai_json_get_member (offering, "productOfferingPrice") : NULL;
  tai_json_writer_add_array (writer, "productPrice");
  for (guint i = 0; i < tai_json_get_length (prices); i++)
    write_price (writer, tai_json_get_element (prices, i));
  tai_json_writer_end_array (writer);
}

static void
write_product (TaiJsonWriter *writer, const HqCall *call, const HqLineRow *line)
{
  add_head (writer, call, line->msisdn, "Product");
  tai_json_writer_add_string (writer, "name", line->plan_name != NULL ? line->plan_name : line->msisdn);
  tai_json_writer_add_string (writer, "status", status_of_product (line));
  tai_json_writer_add_bool (writer, "isBundle", FALSE);
  tai_json_writer_add_bool (writer, "isCustomerVisible", TRUE);
  tai_json_writer_add_array (writer, "productCharacteristic");
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "name", "MSISDN");
  tai_json_writer_add_string (writer, "valueType", "string");
  tai_json_writer_add_string (writer, "value", line->msisdn);
  tai_json_writer_end_object (writer);
  tai_json_writer_end_array (writer);
  if (line->plan != NULL)
    add_reference (writer, "productOffering", line->plan, "ProductOffering");
  add_prices (writer, call, line->plan);
  add_reference (writer, "billingAccount", line->msisdn, "BillingAccount");
  add_references (writer, "realizingResource", line->msisdn, line->msisdn, "LogicalResource");
  add_owner (writer, line);
  add_names (writer, line->plan_name_en);
}

static void
add_what_it_is_of (TaiJsonWriter *writer, const HqLineRow *line)
{
  add_references (writer, "logicalResource", line->msisdn, line->msisdn, "LogicalResource");
  add_references (writer, "product", line->msisdn, NULL, "Product");
  add_reference (writer, "partyAccount", line->msisdn, "PartyAccount");
  add_owner (writer, line);
}

static void
write_bucket (TaiJsonWriter *writer, const HqCall *call, const HqLineRow *line)
{
  add_head (writer, call, line->msisdn, "Bucket");
  g_autofree char *confirmed = tai_time_to_text (line->changed_us);
  tai_json_writer_add_string (writer, "name", "main");
  tai_json_writer_add_string (writer, "usageType", "monetary");
  tai_json_writer_add_string (writer, "confirmationDate", confirmed);
  tai_json_writer_add_string (writer, "status", status_of_product (line));
  tai_json_writer_add_bool (writer, "isShared", FALSE);
  add_quantity (writer, "remainingValue", line->balance);
  add_what_it_is_of (writer, line);
}

static void
write_balance (TaiJsonWriter *writer, const HqCall *call, const HqLineRow *line)
{
  add_head (writer, call, line->msisdn, "AccumulatedBalance");
  tai_json_writer_add_string (writer, "name", line->msisdn);
  add_quantity (writer, "totalBalance", line->balance);
  add_references (writer, "bucket", line->msisdn, NULL, "Bucket");
  add_what_it_is_of (writer, line);
}

/* A counter offers a customer what is for his groups. */
static void
add_groups (TaiJsonWriter *writer, const HqCall *call, const char *customer)
{
  g_auto (GStrv) groups = hq_group_find (call->store, customer);
  if (groups == NULL)
    return;
  tai_json_writer_add_array (writer, "characteristic");
  for (guint i = 0; groups[i] != NULL; i++) {
    tai_json_writer_begin_object (writer);
    tai_json_writer_add_string (writer, "name", TAI_CHARACTERISTIC_GROUP);
    tai_json_writer_add_string (writer, "valueType", "string");
    tai_json_writer_add_string (writer, "value", groups[i]);
    tai_json_writer_end_object (writer);
  }
  tai_json_writer_end_array (writer);
}

static void
write_customer (TaiJsonWriter *writer, const HqCall *call, const HqLineRow *line)
{
  const char *name = line->owner != NULL ? line->owner : "*";
  add_head (writer, call, line->customer, "Customer");
  tai_json_writer_add_string (writer, "name", name);
  tai_json_writer_add_string (writer, "status", "active");
  tai_json_writer_add_object (writer, "engagedParty");
  tai_json_writer_add_string (writer, "id", line->customer);
  tai_json_writer_add_string (writer, "name", name);
  tai_json_writer_add_string (writer, "@referredType", "Individual");
  tai_json_writer_end_object (writer);
  add_groups (writer, call, line->customer);
}

/* ---- finding ---- */

static void
compose (GString *out, const HqCall *call, const HqLineRow *line, LineCompose write)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  write (writer, call, line);
  tai_json_writer_end_object (writer);
  g_autofree char *text = tai_json_writer_end_text (writer);
  g_string_append (out, text);
}

static gboolean
find_line (HqCall *call, GString *out, LineCompose write)
{
  g_auto (HqLineRow) line = {0};
  if (!call->store->klass->line_find (call->store, call->id, &line))
    return FALSE;
  hq_call_note_look (call, line.msisdn);
  compose (out, call, &line, write);
  return TRUE;
}

typedef struct {
  HqListing *listing;
  LineCompose write;
  GHashTable *seen; /* (nullable) customers that are listed already */
} LineList;

static gboolean
list_line_cb (const HqLineRow *line, gpointer data)
{
  LineList *self = data;
  if (self->seen != NULL &&
      (line->customer == NULL || !g_hash_table_add (self->seen, g_strdup (line->customer))))
    return TRUE;
  if (hq_listing_skip (self->listing))
    return !self->listing->is_too_wide;
  g_string_truncate (self->listing->one, 0);
  compose (self->listing->one, self->listing->call, line, self->write);
  return hq_listing_add (self->listing);
}

static void
list_named (HqCall *call, const char *msisdn, LineList *list)
{
  g_auto (HqLineRow) line = {0};
  hq_call_note_look (call, msisdn);
  if (call->store->klass->line_find (call->store, msisdn, &line))
    list_line_cb (&line, list);
}

/* Of a line, of a customer, or, for a partner, all there are. */
static void
list_lines (HqCall *call, HqListing *listing, LineCompose write)
{
  LineList list = {listing, write, NULL};
  const char *msisdn = hq_call_get_line (call);
  const char *customer = call->owner != NULL ? call->owner : hq_query_peek (call->query, "relatedParty.id");
  if (msisdn == NULL)
    msisdn = hq_query_peek (call->query, "id"); /* these rows have the line's */
  if (msisdn != NULL)
    list_named (call, msisdn, &list);
  else if (customer != NULL || hq_call_is_partner (call))
    call->store->klass->line_list (call->store, customer, list_line_cb, &list);
}

static gboolean
find_product (HqCall *call, GString *out)
{
  return find_line (call, out, write_product);
}

static void
list_products (HqCall *call, HqListing *listing)
{
  list_lines (call, listing, write_product);
}

static gboolean
find_bucket (HqCall *call, GString *out)
{
  return find_line (call, out, write_bucket);
}

static void
list_buckets (HqCall *call, HqListing *listing)
{
  list_lines (call, listing, write_bucket);
}

static gboolean
find_balance (HqCall *call, GString *out)
{
  return find_line (call, out, write_balance);
}

static void
list_balances (HqCall *call, HqListing *listing)
{
  list_lines (call, listing, write_balance);
}

const HqRowsClass hq_line_product_rows = {find_product, list_products, NULL, NULL, FALSE};
const HqRowsClass hq_line_bucket_rows = {find_bucket, list_buckets, NULL, NULL, FALSE};
const HqRowsClass hq_line_balance_rows = {find_balance, list_balances, NULL, NULL, FALSE};

/* ---- owners ---- */

typedef struct {
  const HqCall *call;
  GString *out;
} CustomerFind;

static gboolean
find_customer_cb (const HqLineRow *line, gpointer data)
{
  CustomerFind *self = data;
  compose (self->out, self->call, line, write_customer);
  return FALSE;
}

/* Somebody who has no line may be known by a group. */
static gboolean
find_member (const HqCall *call, const char *customer, HqLineRow *line)
{
  g_auto (GStrv) groups = hq_group_find (call->store, customer);
  *line = (HqLineRow){.customer = customer};
  return groups != NULL;
}

static gboolean
find_customer (HqCall *call, GString *out)
{
  HqLineRow none;
  CustomerFind find = {call, out};
  call->store->klass->line_list (call->store, call->id, find_customer_cb, &find);
  if (out->len == 0 && find_member (call, call->id, &none))
    compose (out, call, &none, write_customer);
  return out->len > 0;
}

static void
list_customers (HqCall *call, HqListing *listing)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  LineList list = {listing, write_customer, seen};
  const char *customer = hq_query_peek (call->query, "id");
  HqLineRow none;
  if (customer != NULL || hq_call_is_partner (call))
    call->store->klass->line_list (call->store, customer, list_line_cb, &list);
  if (customer != NULL && g_hash_table_size (seen) == 0 && find_member (call, customer, &none))
    list_line_cb (&none, &list);
}

const HqRowsClass hq_line_customer_rows = {find_customer, list_customers, NULL, NULL, FALSE};
