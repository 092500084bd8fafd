/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Order items to rows and back. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-item.h"

#include <stdlib.h>
#include <string.h>

#include "tai-offline-error.h"

#define CONSENT_NEEDED 1
#define CONSENT_GIVEN  2

/* To lines ------------------------------------------------------------------------------------------------------------ */

/* (nullable): an item without any has no text. */
static char *
end_lines (TaiCanonical *lines)
{
  g_autoptr (GBytes) bytes = tai_canonical_end (lines);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
characteristics_to_lines (const TaiOrderItem *item)
{
  TaiCanonical *lines;

  if (item->characteristics->len == 0)
    return NULL;
  lines = tai_canonical_new (1);
  for (guint i = 0; i < item->characteristics->len; i++) {
    const TaiCharacteristic *pair = g_ptr_array_index (item->characteristics, i);
    tai_canonical_add (lines, "name", pair->name);
    tai_canonical_add (lines, "value", pair->value);
  }
  return end_lines (lines);
}

static void
add_money (TaiCanonical *lines, const char *name, TaiMoney money)
{
  char text[40];

  if (money.currency == 0)
    return;
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT " %u", money.minor, money.currency);
  tai_canonical_add (lines, name, text);
}

/* "from until amount list full currency discounts percent numerator denominator reason" */
static void
add_stretch (TaiCanonical *lines, const TaiStretch *stretch)
{
  char text[200];

  g_snprintf (text, sizeof text,
              "%u %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %u %d %d %d %s",
              stretch->from, stretch->until, stretch->amount.minor, stretch->list.minor, stretch->full.minor,
              stretch->amount.currency, stretch->n_discounts, stretch->percent_x100, stretch->numerator,
              stretch->denominator, tai_bill_reason_to_text (stretch->reason));
  tai_canonical_add (lines, "stretch", text);
}

/* What the papers say beside the figures. */
static void
add_why (TaiCanonical *lines, const TaiItemPrice *price)
{
  tai_canonical_add (lines, "reason", tai_bill_reason_to_text (price->reason));
  for (guint i = 0; price->stretches != NULL && i < price->stretches->len; i++)
    add_stretch (lines, &g_array_index (price->stretches, TaiStretch, i));
}

static char *
prices_to_lines (const TaiOrderItem *item)
{
  TaiCanonical *lines;

  if (item->prices->len == 0)
    return NULL;
  lines = tai_canonical_new (1);
  for (guint i = 0; i < item->prices->len; i++) {
    const TaiItemPrice *price = g_ptr_array_index (item->prices, i);
    tai_canonical_add (lines, "price", price->price_id ? price->price_id : "");
    tai_canonical_add (lines, "name", price->name);
    tai_canonical_add (lines, "type", tai_price_type_to_text (price->type));
    add_money (lines, "list", price->list);
    add_money (lines, "today", price->today);
    add_money (lines, "first", price->first);
    add_money (lines, "normal", price->normal);
    add_why (lines, price);
  }
  return end_lines (lines);
}

static const TaiDigest *
digest_or_null (const TaiDigest *digest)
{
  static const TaiDigest zeros;

  return tai_digest_equal (*digest, zeros) ? NULL : digest;
}

static gboolean
insert_item (TaiDatabase *db, gint64 order_n, int k, const TaiOrderItem *item, GError **error)
{
  static const TaiSql insert = {
      "order_item.insert",
      "INSERT INTO order_item (order_n, k, id, action, offering_id, offering_name, kind, quantity, "
      "open_minor, open_currency, relies_on, consent, consent_us, terms_hash, characteristics, "
      "prices, offering_name_en) VALUES (?1, ?1 * 64 + ?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0), ?, ?, ?, ?, ?, ?, ?)"};
  g_autofree char *characteristics = characteristics_to_lines (item), *prices = prices_to_lines (item);

  return tai_database_run (
      db, &insert, error, "iwtttttwiwtwidttt", order_n, k, item->id, item->action, item->offering_id,
      item->offering_name, tai_offering_kind_to_text (item->kind), (int)item->quantity,
      item->open_amount.minor, (int)item->open_amount.currency, item->relies_on,
      (item->consent_needed ? CONSENT_NEEDED : 0) | (item->consent_given ? CONSENT_GIVEN : 0),
      item->consent_time_us, digest_or_null (&item->terms_hash), characteristics, prices,
      item->offering_name_en);
}

/* Only what the hash is of: who gives another text with it has a bug, and the form must not print that. */
static gboolean
insert_terms (TaiDatabase *db, const TaiOrderItem *item, GError **error)
{
  static const TaiSql insert = {"terms.insert",
                                "INSERT INTO terms (hash, text) VALUES (?, ?) ON CONFLICT DO NOTHING"};

  if (item->key_terms == NULL ||
      !tai_digest_equal (tai_digest_bytes (item->key_terms, strlen (item->key_terms)), item->terms_hash))
    return TRUE;
  return tai_database_run (db, &insert, error, "dt", &item->terms_hash, item->key_terms);
}

gboolean
tai_item_rows_insert (TaiDatabase *db, gint64 order_n, const TaiOrder *order, GError **error)
{
  for (guint i = 0; i < order->items->len; i++)
    if (!insert_item (db, order_n, (int)i, g_ptr_array_index (order->items, i), error) ||
        !insert_terms (db, g_ptr_array_index (order->items, i), error))
      return FALSE;
  return TRUE;
}

/* And back ------------------------------------------------------------------------------------------------------------- */

static gboolean
corrupt (const char *what, GError **error)
{
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT, "order item: bad %s", what);
  return FALSE;
}

typedef struct {
  TaiOrderItem *item;
  TaiItemPrice *price; /* the one whose lines come now */
  TaiMoney discounted; /* of a price that was written before there were stretches */
  gint32 months, numerator, denominator;
  char *name; /* (owned) of the characteristic whose value comes next */
} Reader;

static gboolean
read_characteristic_cb (const char *name, const char *value, gpointer data, GError **error)
{
  Reader *reader = data;

  if (g_str_equal (name, "version"))
    return TRUE;
  if (g_str_equal (name, "name") && reader->name == NULL) {
    reader->name = g_strdup (value);
    return TRUE;
  }
  if (!g_str_equal (name, "value") || reader->name == NULL)
    return corrupt ("characteristics", error);
  tai_order_item_set (reader->item, reader->name, value);
  g_clear_pointer (&reader->name, g_free);
  return TRUE;
}

static gboolean
read_money (const char *text, TaiMoney *money, GError **error)
{
  char *end;

  money->minor = g_ascii_strtoll (text, &end, 10);
  if (end == text || *end != ' ')
    return corrupt ("amount", error);
  money->currency = (guint16)g_ascii_strtoull (end + 1, NULL, 10);
  return tai_currency_get_decimals (money->currency) >= 0 || corrupt ("currency", error);
}

static gboolean
read_number (const char *text, gint32 *number, GError **error)
{
  gint64 value;

  if (!g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &value, NULL))
    return corrupt ("number", error);
  *number = (gint32)value;
  return TRUE;
}

#define STRETCH_FIELDS 11

static gboolean
read_stretch (const char *text, TaiItemPrice *price, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (text, " ", STRETCH_FIELDS);
  TaiStretch stretch = {0};
  gint64 n[STRETCH_FIELDS - 1];
  guint16 currency;

  if (g_strv_length (fields) != STRETCH_FIELDS)
    return corrupt ("stretch", error);
  for (guint i = 0; i < G_N_ELEMENTS (n); i++)
    if (!g_ascii_string_to_signed (fields[i], 10, G_MININT64, G_MAXINT64, &n[i], NULL))
      return corrupt ("stretch", error);
  currency = (guint16)n[5];
  if (n[5] != currency || tai_currency_get_decimals (currency) < 0 || n[0] < 0 || n[1] <= n[0] ||
      n[1] > G_MAXUINT || !tai_bill_reason_from_text (fields[STRETCH_FIELDS - 1], &stretch.reason, NULL))
    return corrupt ("stretch", error);
  stretch.from = (guint)n[0];
  stretch.until = (guint)n[1];
  stretch.amount = tai_money (n[2], currency);
  stretch.list = tai_money (n[3], currency);
  stretch.full = tai_money (n[4], currency);
  stretch.n_discounts = (guint)n[6];
  stretch.percent_x100 = (gint32)n[7];
  stretch.numerator = (gint32)n[8];
  stretch.denominator = (gint32)n[9];
  if (price->stretches == NULL)
    price->stretches = tai_stretch_list_new ();
  g_array_append_val (price->stretches, stretch);
  return TRUE;
}

static gboolean
read_why (Reader *reader, const char *name, const char *value, GError **error)
{
  TaiItemPrice *price = reader->price;

  if (g_str_equal (name, "reason"))
    return tai_bill_reason_from_text (value, &price->reason, NULL) || corrupt ("reason", error);
  if (g_str_equal (name, "stretch"))
    return read_stretch (value, price, error);
  if (g_str_equal (name, "discounted"))
    return read_money (value, &reader->discounted, error);
  if (g_str_equal (name, "months"))
    return read_number (value, &reader->months, error);
  if (g_str_equal (name, "numerator"))
    return read_number (value, &reader->numerator, error);
  if (g_str_equal (name, "denominator"))
    return read_number (value, &reader->denominator, error);
  return corrupt ("price", error);
}

static void
append_old (Reader *reader, guint from, guint until, TaiMoney amount)
{
  const TaiItemPrice *price = reader->price;
  TaiMoney list = price->list.currency != 0 ? price->list : price->normal;
  TaiStretch stretch = {.from = from, .until = until, .amount = amount, .reason = TAI_REASON_FULL};

  stretch.list = tai_money (list.minor * reader->item->quantity, price->normal.currency);
  stretch.full = from > 0 ? amount : reader->months != 0 ? reader->discounted : price->normal;
  stretch.n_discounts = stretch.full.minor != stretch.list.minor;
  if (from == 0) {
    stretch.reason = price->reason;
    stretch.numerator = reader->numerator;
    stretch.denominator = reader->denominator;
  }
  if (from != until)
    g_array_append_val (reader->price->stretches, stretch);
}

/* Prices that were written before there were stretches: the first bill, the discount's months, and what lasts. */
static void
end_price (Reader *reader)
{
  TaiItemPrice *price = reader->price;
  guint end = (guint)MAX (1, reader->months + (price && price->reason == TAI_REASON_NEXT_PERIOD));

  if (price != NULL && price->stretches == NULL && reader->discounted.currency != 0 &&
      price->type == TAI_PRICE_RECURRING) {
    price->stretches = tai_stretch_list_new ();
    append_old (reader, 0, 1, price->first);
    append_old (reader, 1, end, reader->discounted);
    append_old (reader, end, TAI_MONTH_FOREVER, price->normal);
  }
  reader->discounted = tai_money (0, 0);
  reader->months = reader->numerator = reader->denominator = 0;
}

static gboolean
read_price_field (Reader *reader, const char *name, const char *value, GError **error)
{
  TaiItemPrice *price = reader->price;

  if (g_str_equal (name, "name")) {
    g_free (price->name);
    price->name = g_strdup (value);
    return TRUE;
  }
  if (g_str_equal (name, "type"))
    return tai_price_type_from_text (value, &price->type, NULL) || corrupt ("price type", error);
  if (g_str_equal (name, "list"))
    return read_money (value, &price->list, error);
  if (g_str_equal (name, "today"))
    return read_money (value, &price->today, error);
  if (g_str_equal (name, "first"))
    return read_money (value, &price->first, error);
  if (g_str_equal (name, "normal"))
    return read_money (value, &price->normal, error);
  return read_why (reader, name, value, error);
}

static gboolean
read_price_cb (const char *name, const char *value, gpointer data, GError **error)
{
  Reader *reader = data;

  if (g_str_equal (name, "version"))
    return TRUE;
  if (g_str_equal (name, "price")) {
    end_price (reader);
    reader->price =
        tai_order_item_add_price (reader->item, value[0] ? value : NULL, NULL, TAI_PRICE_ONE_TIME);
    return TRUE;
  }
  return reader->price != NULL ? read_price_field (reader, name, value, error) : corrupt ("price", error);
}

static gboolean
read_lines (const char *text, TaiCanonicalFunc func, TaiOrderItem *item, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) reason = NULL;
  Reader reader = {.item = item};
  gboolean good;

  if (text == NULL)
    return TRUE;
  bytes = g_bytes_new (text, strlen (text));
  good = tai_canonical_parse (bytes, func, &reader, &reason) && reader.name == NULL;
  g_free (reader.name);
  end_price (&reader);
  return good || corrupt (reason ? reason->message : "lines", error);
}

static gboolean
load_item (TaiQuery *query, TaiOrder *order, GError **error)
{
  TaiOrderItem *item =
      tai_order_add_item (order, tai_query_get_text (query, 1), tai_query_get_text (query, 2));
  gint64 consent = tai_query_get_int (query, 9);

  g_free (item->id);
  item->id = tai_query_dup_text (query, 0);
  item->offering_name = tai_query_dup_text (query, 3);
  item->quantity = (gint32)tai_query_get_int (query, 5);
  item->open_amount = tai_money (tai_query_get_int (query, 6), (guint16)tai_query_get_int (query, 7));
  item->relies_on = tai_query_dup_text (query, 8);
  item->consent_needed = (consent & CONSENT_NEEDED) != 0;
  item->consent_given = (consent & CONSENT_GIVEN) != 0;
  item->consent_time_us = tai_query_get_int (query, 10);
  item->terms_hash = tai_query_get_digest (query, 11);
  if (!tai_offering_kind_from_text (tai_query_get_text (query, 4), &item->kind, NULL))
    return corrupt ("kind", error);
  item->offering_name_en = tai_query_dup_text (query, 14);
  item->key_terms = tai_query_dup_text (query, 15);
  return read_lines (tai_query_get_text (query, 12), read_characteristic_cb, item, error) &&
         read_lines (tai_query_get_text (query, 13), read_price_cb, item, error);
}

gboolean
tai_item_rows_load (TaiDatabase *db, gint64 order_n, TaiOrder *order, GError **error)
{
  static const TaiSql select = {
      "order_item.select",
      "SELECT id, action, offering_id, offering_name, kind, quantity, open_minor, open_currency, "
      "relies_on, consent, consent_us, terms_hash, characteristics, prices, offering_name_en, text "
      "FROM order_item LEFT JOIN terms ON hash = terms_hash "
      "WHERE k BETWEEN ?1 * 64 AND ?1 * 64 + 63 ORDER BY k"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "i", order_n);
  int step;

  if (query == NULL)
    return FALSE;
  while ((step = tai_query_next (query, error)) > 0)
    if (!load_item (query, order, error))
      return FALSE;
  return step == 0;
}
