/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stock in the words of TMF639: numbers are logical resources, SIM cards physical ones. A terminal sees what is free and
 * what is leased to it. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-types-private.h"

#include <string.h>

typedef struct {
  HqCall *call;
  HqListing *listing; /* (nullable): one is looked for */
  GString *out;
  gboolean found;
} StockWalk;

/* Nothing of ours is alarmed or unknown. */
static const struct {
  const char *ours, *status, *usage;
} states[] = {{"free", "available", "idle"}, {"leased", "reserved", "idle"}, {"used", "reserved", "active"}};

static guint
find_state (const char *text)
{
  guint i = 0;
  while (i + 1 < G_N_ELEMENTS (states) && strcmp (states[i].ours, text) != 0)
    i++;
  return i;
}

static void
compose (GString *out, const HqCall *call, const HqStockRow *row)
{
  gboolean is_number = strcmp (row->kind, "msisdn") == 0;
  guint state = find_state (row->state);
  g_autofree char *href = g_strdup_printf ("%s/%s", call->type->path, row->value);
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", row->value);
  tai_json_writer_add_string (writer, "href", href);
  tai_json_writer_add_string (writer, "@type", is_number ? "LogicalResource" : "PhysicalResource");
  tai_json_writer_add_string (writer, "name", row->value);
  tai_json_writer_add_string (writer, is_number ? "value" : "serialNumber", row->value);
  tai_json_writer_add_string (writer, "category", row->grade);
  tai_json_writer_add_string (writer, "resourceStatus", states[state].status);
  tai_json_writer_add_string (writer, "usageState", states[state].usage);
  tai_json_writer_add_string (writer, "administrativeState", "unlocked");
  tai_json_writer_end_object (writer);
  g_autofree char *text = tai_json_writer_end_text (writer);
  g_string_append (out, text);
}

static gboolean
may_see (const HqCall *call, const HqStockRow *row)
{
  return hq_call_is_partner (call) || strcmp (row->state, "free") == 0 ||
         g_strcmp0 (row->terminal, call->seat->row.id) == 0;
}

static gboolean
walk_cb (const HqStockRow *row, gpointer data)
{
  StockWalk *self = data;
  if (!may_see (self->call, row))
    return TRUE;
  if (self->listing == NULL) {
    compose (self->out, self->call, row);
    self->found = TRUE;
    return FALSE;
  }
  if (hq_listing_skip (self->listing))
    return !self->listing->is_too_wide;
  g_string_truncate (self->listing->one, 0);
  compose (self->listing->one, self->call, row);
  return hq_listing_add (self->listing);
}

static gboolean
find_stock (HqCall *call, const char *kind, GString *out)
{
  StockWalk walk = {.call = call, .out = out};
  HqStockFilter filter = {.kind = kind, .value = call->id};
  call->store->klass->stock_list (call->store, &filter, walk_cb, &walk);
  return walk.found;
}

/* What the table has columns for is asked of it; each row that comes is looked at all the same. */
static void
list_stock (HqCall *call, const char *kind, HqListing *listing)
{
  StockWalk walk = {.call = call, .listing = listing};
  const char *status = hq_query_peek (call->query, "resourceStatus");
  HqStockFilter filter = {.kind = kind,
                          .value = hq_query_peek (call->query, "id"),
                          .grade = hq_query_peek (call->query, "category"),
                          .state = g_strcmp0 (status, "available") == 0 ? "free" : NULL};
  if (filter.value == NULL)
    filter.value = hq_query_peek (call->query, strcmp (kind, "msisdn") == 0 ? "value" : "serialNumber");
  call->store->klass->stock_list (call->store, &filter, walk_cb, &walk);
}

static gboolean
find_number (HqCall *call, GString *out)
{
  return find_stock (call, "msisdn", out);
}

static void
list_numbers (HqCall *call, HqListing *listing)
{
  list_stock (call, "msisdn", listing);
}

static gboolean
find_card (HqCall *call, GString *out)
{
  return find_stock (call, "iccid", out);
}

static void
list_cards (HqCall *call, HqListing *listing)
{
  list_stock (call, "iccid", listing);
}

const HqRowsClass hq_stock_number_rows = {find_number, list_numbers, NULL, NULL, FALSE};
const HqRowsClass hq_stock_card_rows = {find_card, list_cards, NULL, NULL, FALSE};
