/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts between JSON and TaiMoney, by their decimal text only. Any thread. */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-json-money.h"
#include "tai-json-private.h"

/* core's reason (too many decimals, too big) under the path that the sender knows */
static void
set_money_error (GError **error, const char *path, GError *reason)
{
  tai_json_set_path_error (error, TAI_WIRE_ERROR_VALUE, path, reason->message);
  g_error_free (reason);
}

gboolean
tai_json_require_amount (const TaiJson *node, const char *path, guint16 currency, TaiMoney *money,
                         GError **error)
{
  GError *reason = NULL;
  g_autofree char *text = tai_json_require_decimal (node, path, error);
  if (text == NULL)
    return FALSE;
  if (tai_money_from_text (text, currency, money, &reason))
    return TRUE;
  set_money_error (error, path, reason);
  return FALSE;
}

gboolean
tai_json_optional_amount (const TaiJson *node, const char *path, guint16 currency, TaiMoney *money,
                          GError **error)
{
  return tai_json_get (node, path) == NULL || tai_json_require_amount (node, path, currency, money, error);
}

static gboolean
read_money (const TaiJson *object, TaiMoney *money, GError **error)
{
  gboolean topup = tai_json_get_member (object, "units") != NULL; /* TMF654's spelling */
  const char *code = tai_json_require_string (object, topup ? "units" : "unit", error);
  GError *reason = NULL;
  guint16 currency;
  if (code == NULL)
    return FALSE;
  if (!tai_currency_from_code (code, &currency, &reason)) {
    set_money_error (error, topup ? "units" : "unit", reason);
    return FALSE;
  }
  return tai_json_require_amount (object, topup ? "amount" : "value", currency, money, error);
}

gboolean
tai_json_require_money (const TaiJson *node, const char *path, TaiMoney *money, GError **error)
{
  GError *inner = NULL;
  const TaiJson *object = tai_json_require_object (node, path, error);
  if (object == NULL)
    return FALSE;
  if (read_money (object, money, &inner))
    return TRUE;
  if (*path != '\0') {
    g_autofree char *shown = tai_json_show_path (path);
    tai_json_error_within (&inner, shown, -1);
  }
  g_propagate_error (error, inner);
  return FALSE;
}

gboolean
tai_json_optional_money (const TaiJson *node, const char *path, TaiMoney *money, GError **error)
{
  return tai_json_get (node, path) == NULL || tai_json_require_money (node, path, money, error);
}

TaiJson *
tai_json_new_amount (TaiMoney money)
{
  char text[32];
  return tai_json_new_decimal (tai_money_print (money, text));
}

void
tai_json_writer_amount (TaiJsonWriter *self, TaiMoney money)
{
  char text[32];
  tai_json_writer_decimal (self, tai_money_print (money, text));
}

void
tai_json_writer_add_money (TaiJsonWriter *self, const char *name, TaiMoney money)
{
  tai_json_writer_add_object (self, name);
  tai_json_writer_add_string (self, "unit", tai_currency_to_code (money.currency));
  tai_json_writer_key (self, "value");
  tai_json_writer_amount (self, money);
  tai_json_writer_end_object (self);
}

void
tai_json_writer_add_known_money (TaiJsonWriter *self, const char *name, TaiMoney money)
{
  if (money.currency != 0)
    tai_json_writer_add_money (self, name, money);
}
