/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RFC 6238 over RFC 4226, the HMAC is GLib's. Pure, any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-totp.h"

#include <string.h>

#include "tai-core-error.h"

#define SECRET_MIN 16

static const struct {
  const char *prefix;
  GChecksumType algorithm;
} algorithms[] = {
    {"totp-sha1:", G_CHECKSUM_SHA1},
    {"totp-sha256:", G_CHECKSUM_SHA256},
};

static int
read_base32 (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

/* Bits that are left over are 0, or the text was cut. */
static gboolean
decode (const char *text, TaiTotp *self)
{
  guint32 bits = 0;
  guint n_bits = 0;

  for (; *text != '\0'; text++) {
    int value = read_base32 (*text);
    if (value < 0)
      return FALSE;
    bits = (bits << 5 | (guint32)value) & 0xfff;
    n_bits += 5;
    if (n_bits < 8)
      continue;
    n_bits -= 8;
    if (self->length >= sizeof self->secret)
      return FALSE;
    self->secret[self->length++] = (guint8)(bits >> n_bits);
  }
  return self->length >= SECRET_MIN && n_bits < 5 && (bits & ((1u << n_bits) - 1)) == 0;
}

gboolean
tai_totp_from_record (const char *record, TaiTotp *self, GError **error)
{
  g_return_val_if_fail (record != NULL && self != NULL, FALSE);

  *self = (TaiTotp){0};
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (g_str_has_prefix (record, algorithms[i].prefix)) {
      self->algorithm = algorithms[i].algorithm;
      if (decode (record + strlen (algorithms[i].prefix), self))
        return TRUE;
    }
  tai_totp_wipe (self);
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STAFF_UNKNOWN,
                       "no record of a code device: totp-sha1: or totp-sha256: and 16 to 64 bytes in base32");
  return FALSE;
}

void
tai_totp_wipe (TaiTotp *self)
{
  explicit_bzero (self, sizeof *self);
}

gint64
tai_totp_get_step (gint64 time_us)
{
  return time_us / G_USEC_PER_SEC / TAI_TOTP_STEP_S;
}

void
tai_totp_make_code (const TaiTotp *self, gint64 step, char code[TAI_TOTP_DIGITS + 1])
{
  g_autoptr (GHmac) hmac = g_hmac_new (self->algorithm, self->secret, self->length);
  guint64 counter = GUINT64_TO_BE ((guint64)step);
  guint8 digest[32];
  gsize length = sizeof digest;
  guint32 word;

  g_hmac_update (hmac, (const guchar *)&counter, sizeof counter);
  g_hmac_get_digest (hmac, digest, &length);
  memcpy (&word, digest + (digest[length - 1] & 0xf), sizeof word);
  g_snprintf (code, TAI_TOTP_DIGITS + 1, "%06u", (GUINT32_FROM_BE (word) & 0x7fffffff) % 1000000);
}

/* The same time whether the first digit differs or the last. */
static gboolean
is_same (const char *a, const char *b)
{
  guint8 difference = 0;

  for (int i = 0; i < TAI_TOTP_DIGITS; i++)
    difference |= (guint8)(a[i] ^ b[i]);
  return difference == 0;
}

gboolean
tai_totp_find_step (const TaiTotp *self, const char *code, gint64 now_step, gint64 reach, gint64 *step)
{
  gboolean found = FALSE;

  g_return_val_if_fail (self != NULL && code != NULL && step != NULL, FALSE);
  if (strlen (code) != TAI_TOTP_DIGITS)
    return FALSE;
  for (gint64 away = reach; away >= 0; away--) /* the nearest last: it wins */
    for (int sign = -1; sign <= 1; sign += 2) {
      char expected[TAI_TOTP_DIGITS + 1];
      tai_totp_make_code (self, now_step + sign * away, expected);
      if (is_same (expected, code)) {
        *step = now_step + sign * away;
        found = TRUE;
      }
    }
  return found;
}
