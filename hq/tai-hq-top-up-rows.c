/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TMF654's topupBalance: each completed order of a top-up is one. Made of the order when it is asked for. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-types-private.h"

#include <string.h>

#include "tai-hq-body.h"
#include "tai-hq-line.h"
#include "tai-json-money.h"

static void
add_reference (TaiJsonWriter *writer, const char *name, const char *id, const char *value, const char *role,
               const char *type)
{
  if (id == NULL)
    return;
  tai_json_writer_add_object (writer, name);
  tai_json_writer_add_string (writer, "id", id);
  tai_json_writer_add_string (writer, "value", value);
  tai_json_writer_add_string (writer, "role", role);
  tai_json_writer_add_string (writer, "@referredType", type);
  tai_json_writer_end_object (writer);
}

static void
compose (GString *out, const HqCall *call, const HqOrderRow *row)
{
  TaiMoney due;
  g_autoptr (TaiJson) order = hq_body_parse (row->body);
  g_autofree char *href = g_strdup_printf ("%s/%s", call->type->path, row->id);
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", row->id);
  tai_json_writer_add_string (writer, "href", href);
  tai_json_writer_add_string (writer, "@type", "TopupBalance");
  tai_json_writer_add_string (writer, "status", "completed");
  tai_json_writer_add_string (writer, "usageType", "monetary");
  tai_json_writer_add_time (writer, "requestedDate", row->order_us);
  tai_json_writer_add_time (writer, "confirmationDate", row->changed_us);
  tai_json_writer_add_object (writer, "amount");
  if (hq_line_get_due (order, &due)) {
    tai_json_writer_key (writer, "amount");
    tai_json_writer_amount (writer, due);
    tai_json_writer_add_string (writer, "units", tai_currency_to_code (due.currency));
  }
  tai_json_writer_end_object (writer);
  add_reference (writer, "logicalResource", row->msisdn, row->msisdn, NULL, "LogicalResource");
  add_reference (writer, "payment", tai_json_require_string (order, "payment.0.id", NULL), NULL, NULL,
                 "Payment");
  add_reference (writer, "channel", row->terminal, NULL, NULL, "SalesChannel");
  add_reference (writer, "requestor", row->clerk, NULL, "seller", "Individual");
  tai_json_writer_end_object (writer);
  g_autofree char *text = tai_json_writer_end_text (writer);
  g_string_append (out, text);
}

static gboolean
find_top_up (HqCall *call, GString *out)
{
  g_auto (HqOrderRow) row = {0};
  if (!call->store->klass->order_find (call->store, hq_call_hall (call), call->id, &row) ||
      g_strcmp0 (row.operation, "top_up") != 0 || strcmp (row.state, "completed") != 0)
    return FALSE;
  compose (out, call, &row);
  return TRUE;
}

static gboolean
list_cb (const HqOrderRow *row, gpointer data)
{
  HqListing *listing = data;
  if (hq_listing_skip (listing))
    return !listing->is_too_wide;
  g_string_truncate (listing->one, 0);
  compose (listing->one, listing->call, row);
  return hq_listing_add (listing);
}

static void
list_top_ups (HqCall *call, HqListing *listing)
{
  HqListFilter filter = {.hall = hq_call_hall (call),
                         .id = hq_query_peek (call->query, "id"),
                         .operation = "top_up",
                         .state = "completed",
                         .msisdn = hq_call_get_line (call)};
  call->store->klass->order_list (call->store, &filter, 0, -1, list_cb, listing);
}

const HqRowsClass hq_top_up_rows = {find_top_up, list_top_ups, NULL, NULL, FALSE};
