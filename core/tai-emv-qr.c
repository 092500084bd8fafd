/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flat table of fields; a template is read when one asks into it. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-emv-qr.h"

#include "tai-core-error.h"

#include <string.h>

#define MAX_BYTES 2048 /* the format allows 512 characters */

struct _TaiEmvQr {
  GHashTable *fields; /* (owned) (element-type utf8 utf8) */
};

guint16
tai_emv_qr_checksum (const char *bytes, gsize size)
{
  guint crc = 0xffff;

  g_return_val_if_fail (bytes != NULL || size == 0, 0);
  for (gsize i = 0; i < size; i++) {
    crc ^= (guint)(guint8)bytes[i] << 8;
    for (int bit = 0; bit < 8; bit++)
      crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return (guint16)crc;
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_QR, "merchant QR: %s", why);
  return FALSE;
}

static int
two_digits (const char *text)
{
  return g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) ? (text[0] - '0') * 10 + text[1] - '0' : -1;
}

/* The field at *@text, which moves behind it. @id of 3 bytes; @value (transfer full). */
static gboolean
read_field (const char **text, char *id, char **value, GError **error)
{
  const char *at = *text, *end;
  int length;

  if (two_digits (at) < 0 || (length = two_digits (at + 2)) < 0)
    return refuse (error, "no id and length");
  memcpy (id, at, 2);
  id[2] = '\0';
  at += 4;
  end = at;
  for (int i = 0; i < length; i++) {
    if (*end == '\0')
      return refuse (error, "cut short");
    end = g_utf8_next_char (end);
  }
  *value = g_strndup (at, (gsize)(end - at));
  *text = end;
  return TRUE;
}

static gboolean
check_sum (const char *text, const char *field, const char *value, GError **error)
{
  char expected[5];

  /* with its own id and length */
  g_snprintf (expected, sizeof expected, "%04X", tai_emv_qr_checksum (text, (gsize)(field + 4 - text)));
  return g_ascii_strcasecmp (expected, value) == 0 || refuse (error, "the check sum is wrong");
}

static gboolean
read_fields (TaiEmvQr *self, const char *text, GError **error)
{
  const char *at = text;

  for (;;) {
    const char *field = at;
    g_autofree char *value = NULL;
    char id[3];

    if (*at == '\0')
      return refuse (error, "no check sum");
    if (!read_field (&at, id, &value, error))
      return FALSE;
    if (strcmp (id, "63") == 0)
      return check_sum (text, field, value, error) &&
             (*at == '\0' || refuse (error, "more after the check sum"));
    if (g_hash_table_contains (self->fields, id))
      return refuse (error, "a field twice");
    g_hash_table_insert (self->fields, g_strdup (id), g_steal_pointer (&value));
  }
}

TaiEmvQr *
tai_emv_qr_parse (const char *text, GError **error)
{
  g_autoptr (TaiEmvQr) self = g_new0 (TaiEmvQr, 1);

  g_return_val_if_fail (text != NULL, NULL);
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (strlen (text) > MAX_BYTES || !g_utf8_validate (text, -1, NULL) || strncmp (text, "000201", 6) != 0) {
    refuse (error, "not the format");
    return NULL;
  }
  return read_fields (self, text, error) ? g_steal_pointer (&self) : NULL;
}

void
tai_emv_qr_free (TaiEmvQr *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->fields);
  g_free (self);
}

const char *
tai_emv_qr_get (const TaiEmvQr *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);
  return g_hash_table_lookup (self->fields, id);
}

char *
tai_emv_qr_dup_inner (const TaiEmvQr *self, const char *id, const char *inner_id)
{
  const char *at = tai_emv_qr_get (self, id);

  g_return_val_if_fail (inner_id != NULL, NULL);
  while (at != NULL && *at != '\0') {
    g_autofree char *value = NULL;
    char inner[3];

    if (!read_field (&at, inner, &value, NULL))
      return NULL;
    if (strcmp (inner, inner_id) == 0)
      return g_steal_pointer (&value);
  }
  return NULL;
}

gboolean
tai_emv_qr_get_amount (const TaiEmvQr *self, TaiMoney *amount, GError **error)
{
  const char *text = tai_emv_qr_get (self, "54"), *currency = tai_emv_qr_get (self, "53");
  guint64 number;

  g_return_val_if_fail (amount != NULL, FALSE);
  *amount = tai_money (0, 0);
  if (text == NULL)
    return TRUE;
  if (currency == NULL || !g_ascii_string_to_unsigned (currency, 10, 1, 999, &number, NULL))
    return refuse (error, "an amount without a currency");
  return tai_money_from_text (text, (guint16)number, amount, error);
}
