/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SHA-256 and the hash chain of the journal; UUIDs of version 7. Pure functions, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-canonical.h"

#include <string.h>

static TaiDigest
sha256_of_glib (gconstpointer head, gsize head_size, gconstpointer data, gsize size)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  TaiDigest digest;
  gsize digest_size = sizeof digest.byte;

  if (head_size > 0)
    g_checksum_update (checksum, head, (gssize)head_size);
  if (size > 0)
    g_checksum_update (checksum, data, (gssize)size);
  g_checksum_get_digest (checksum, digest.byte, &digest_size);
  g_assert (digest_size == TAI_DIGEST_SIZE);
  return digest;
}

static TaiSha256Func sha256 = sha256_of_glib; /* changed once, at start */

void
tai_digest_set_sha256 (TaiSha256Func func)
{
  g_atomic_pointer_set (&sha256, func != NULL ? func : sha256_of_glib);
}

static TaiDigest
compute (gconstpointer head, gsize head_size, gconstpointer data, gsize size)
{
  TaiSha256Func func = (TaiSha256Func)g_atomic_pointer_get (&sha256);

  return func (head, head_size, data, size);
}

TaiDigest
tai_digest_bytes (gconstpointer data, gsize size)
{
  g_assert (data != NULL || size == 0);
  return compute (NULL, 0, data, size);
}

TaiDigest
tai_digest_chain (TaiDigest previous, GBytes *record)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (record, &size);

  return compute (previous.byte, TAI_DIGEST_SIZE, data, size);
}

static const char hex_digits[] = "0123456789abcdef";

/* Writes two digits a byte, no end. */
static char *
put_hex (char *out, const guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++) {
    *out++ = hex_digits[bytes[i] >> 4];
    *out++ = hex_digits[bytes[i] & 0xf];
  }
  return out;
}

void
tai_digest_to_hex (TaiDigest digest, char hex[65])
{
  *put_hex (hex, digest.byte, TAI_DIGEST_SIZE) = '\0';
}

gboolean
tai_digest_from_hex (const char *hex, TaiDigest *digest)
{
  g_return_val_if_fail (hex != NULL && digest != NULL, FALSE);

  TaiDigest result;

  if (strnlen (hex, 65) != 64)
    return FALSE;
  for (int i = 0; i < TAI_DIGEST_SIZE; i++) {
    int high = g_ascii_xdigit_value (hex[2 * i]);
    int low = g_ascii_xdigit_value (hex[2 * i + 1]);

    if (high < 0 || low < 0)
      return FALSE;
    result.byte[i] = (guint8)(high << 4 | low);
  }
  *digest = result;
  return TRUE;
}

gboolean
tai_digest_equal (TaiDigest a, TaiDigest b)
{
  return memcmp (a.byte, b.byte, TAI_DIGEST_SIZE) == 0;
}

TaiUuid
tai_uuid_v7 (gint64 time_us, const guint8 random[10])
{
  TaiUuid uuid;
  guint8 bytes[16];
  /* 48 bits of milliseconds reach to the year 10889; before 1970 only a broken clock is. */
  guint64 ms = (guint64)CLAMP (time_us / 1000, 0, (G_GINT64_CONSTANT (1) << 48) - 1);

  for (int i = 0; i < 6; i++)
    bytes[i] = (guint8)(ms >> (40 - 8 * i));
  memcpy (bytes + 6, random, 10);
  bytes[6] = (bytes[6] & 0x0f) | 0x70; /* version 7 */
  bytes[8] = (bytes[8] & 0x3f) | 0x80; /* variant of the RFC */

  char *out = uuid.text;
  static const gsize runs[] = {4, 2, 2, 2, 6};

  for (gsize run = 0, at = 0; run < G_N_ELEMENTS (runs); at += runs[run], run++) {
    if (run > 0)
      *out++ = '-';
    out = put_hex (out, bytes + at, runs[run]);
  }
  *out = '\0';
  return uuid;
}

gboolean
tai_uuid_is_valid (const char *text)
{
  if (text == NULL || strnlen (text, 37) != 36)
    return FALSE;
  for (int i = 0; i < 36; i++) {
    gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;

    if (dash ? text[i] != '-' : strchr (hex_digits, text[i]) == NULL)
      return FALSE;
  }
  return text[14] >= '1' && text[14] <= '8' && strchr ("89ab", text[19]) != NULL;
}
