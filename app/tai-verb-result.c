/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results: written as JSON by the verb, read back for people by the program that was called. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include "tai-canonical.h"

/* Writing ---------------------------------------------------------------------------------------------------------------- */

void
tai_result_add_text (TaiJson *object, const char *name, const char *text)
{
  if (text != NULL)
    tai_json_set (object, name, tai_json_new_string (text));
}

void
tai_result_add_int (TaiJson *object, const char *name, gint64 value)
{
  tai_json_set (object, name, tai_json_new_int (value));
}

void
tai_result_add_flag (TaiJson *object, const char *name, gboolean value)
{
  tai_json_set (object, name, tai_json_new_bool (value));
}

void
tai_result_add_money (TaiJson *object, const char *name, TaiMoney money)
{
  char text[32];

  if (money.currency != 0)
    tai_json_set (object, name, tai_json_new_string (tai_money_print (money, text)));
}

void
tai_result_add_time (TaiJson *object, const char *name, gint64 time_us)
{
  g_autofree char *text = tai_time_to_text (time_us);

  if (time_us != 0)
    tai_json_set (object, name, tai_json_new_string (text));
}

TaiJson *
tai_result_add_object (TaiJson *object, const char *name)
{
  TaiJson *child = tai_json_new_object ();

  tai_json_set (object, name, child);
  return child;
}

TaiJson *
tai_result_add_list (TaiJson *object, const char *name)
{
  TaiJson *child = tai_json_new_array ();

  tai_json_set (object, name, child);
  return child;
}

TaiJson *
tai_result_append_object (TaiJson *list)
{
  TaiJson *child = tai_json_new_object ();

  tai_json_append (list, child);
  return child;
}

/* Reading ---------------------------------------------------------------------------------------------------------------- */

const char *
tai_result_text (const TaiJson *object, const char *path)
{
  const char *text = NULL;

  return tai_json_optional_string (object, path, &text, NULL) && text != NULL ? text : "";
}

long long
tai_result_int (const TaiJson *object, const char *path)
{
  gint64 value = 0;

  return tai_json_optional_int (object, path, &value, NULL) ? value : 0;
}

gboolean
tai_result_flag (const TaiJson *object, const char *path)
{
  gboolean value = FALSE;

  return tai_json_optional_bool (object, path, &value, NULL) && value;
}

char *
tai_result_local_time (const TaiJson *object, const char *path)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_iso8601 (tai_result_text (object, path), NULL);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup ("–");
}

void
tai_result_print (GString *out, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (out, format, arguments);
  va_end (arguments);
}

void
tai_result_print_cell (GString *out, const char *text, guint columns)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    width += g_unichar_iszerowidth (g_utf8_get_char (c)) ? 0 : g_unichar_iswide (g_utf8_get_char (c)) ? 2 : 1;
  g_string_append (out, text);
  do
    g_string_append_c (out, ' ');
  while (++width <= columns);
}

/* Orders ------------------------------------------------------------------------------------------------------------------ */

static void
add_item (TaiJson *list, const TaiOrderItem *item)
{
  TaiJson *object = tai_result_append_object (list);

  tai_result_add_text (object, "id", item->id);
  tai_result_add_text (object, "action", item->action);
  tai_result_add_text (object, "offering", item->offering_id);
  tai_result_add_text (object, "name", item->offering_name);
  tai_result_add_int (object, "quantity", item->quantity);
  if (item->consent_needed)
    tai_result_add_flag (object, "consent", item->consent_given);
  for (guint i = 0; i < item->prices->len; i++) {
    const TaiItemPrice *price = g_ptr_array_index (item->prices, i);
    TaiJson *prices =
        i == 0 ? tai_result_add_list (object, "prices") : (TaiJson *)tai_json_get (object, "prices");
    TaiJson *one = tai_result_append_object (prices);
    tai_result_add_text (one, "name", price->name);
    tai_result_add_money (one, "list", price->list);
    tai_result_add_money (one, "today", price->today);
    tai_result_add_money (one, "first", price->first);
    tai_result_add_money (one, "normal", price->normal);
  }
}

static void
add_order_details (TaiJson *object, const TaiOrder *order)
{
  char hash[65];
  TaiJson *items;

  tai_digest_to_hex (order->content_hash, hash);
  tai_result_add_text (object, "visit", order->visit_id.text);
  tai_result_add_text (object, "developer", order->developer);
  tai_result_add_text (object, "desk", order->desk);
  tai_result_add_text (object, "outlet", order->outlet);
  tai_result_add_text (object, "shift", order->shift_id);
  tai_result_add_text (object, "customer", order->customer_mask);
  tai_result_add_text (object, "document", order->document_mask);
  tai_result_add_text (object, "iccid", tai_order_get (order, "ICCID"));
  tai_result_add_flag (object, "signed", order->signed_);
  tai_result_add_text (object, "hash", hash);
  items = tai_result_add_list (object, "items");
  for (guint i = 0; i < order->items->len; i++)
    add_item (items, g_ptr_array_index (order->items, i));
}

void
tai_result_add_order (TaiJson *object, const TaiOrder *order, gboolean whole)
{
  tai_result_add_text (object, "id", order->id.text);
  tai_result_add_text (object, "operation", order->operation->id);
  tai_result_add_text (object, "state", tai_state_to_text (&tai_order_states, order->state));
  tai_result_add_text (object, "rule", tai_offline_rule_to_text (order->rule));
  tai_result_add_text (object, "msisdn", tai_order_get (order, "MSISDN"));
  tai_result_add_text (object, "receipt", order->receipt_number);
  tai_result_add_int (object, "seq", order->terminal_seq);
  tai_result_add_text (object, "clerk", order->clerk);
  tai_result_add_text (object, "businessDay", order->business_day);
  tai_result_add_time (object, "placed", order->placed_us);
  tai_result_add_money (object, "today", order->today);
  tai_result_add_money (object, "first", order->first);
  tai_result_add_money (object, "normal", order->normal);
  tai_result_add_text (object, "hqReason", order->hq_reason);
  if (whole)
    add_order_details (object, order);
}
