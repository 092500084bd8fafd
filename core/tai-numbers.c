/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers of the network: telephone numbers, SIM cards, devices. What is refused here can't be right; whether a number is
 * whose is headquarters' word. Pure functions, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-numbers.h"

#include <string.h>

#include "tai-core-error.h"

#define DIGITS "0123456789"

static gboolean
fail (GError **error, TaiCoreError code, const char *message)
{
  g_set_error_literal (error, TAI_CORE_ERROR, code, message);
  return FALSE;
}

static gboolean
is_digits (const char *text, gsize n)
{
  return strlen (text) == n && strspn (text, DIGITS) == n;
}

static gboolean
has_prefix_of (const char *text, const char *const *prefixes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (text, prefixes[i]))
      return TRUE;
  return FALSE;
}

gboolean
tai_msisdn_check (const char *msisdn, GError **error)
{
  static const char *const not_for_people[] = {
      "1349", "17400", "17401", "17402", "17403", "17404", "17405", /* satellite */
      "140",  "141",   "144",   "146",   "148",                     /* things */
  };

  g_return_val_if_fail (msisdn != NULL, FALSE);
  if (is_digits (msisdn, 13) && g_str_has_prefix (msisdn, "1064"))
    return fail (error, TAI_CORE_ERROR_NUMBER_NOT_FOR_PEOPLE, "13-digit number of a thing");
  if (!is_digits (msisdn, 11) || msisdn[0] != '1' || msisdn[1] < '3')
    return fail (error, TAI_CORE_ERROR_NUMBER_SYNTAX, "not a mobile number of 11 digits");
  if (has_prefix_of (msisdn, not_for_people, G_N_ELEMENTS (not_for_people)))
    return fail (error, TAI_CORE_ERROR_NUMBER_NOT_FOR_PEOPLE, "satellite number or number of a thing");
  return TRUE;
}

gboolean
tai_luhn_check (const char *digits)
{
  g_return_val_if_fail (digits != NULL, FALSE);

  gsize n = strspn (digits, DIGITS);
  int sum = 0;

  if (n < 2 || digits[n] != '\0')
    return FALSE;
  for (gsize i = 0; i < n; i++) {
    int digit = digits[n - 1 - i] - '0';

    if (i % 2 == 1)
      digit = digit < 5 ? digit * 2 : digit * 2 - 9;
    sum = (sum + digit) % 10;
  }
  return sum == 0;
}

gboolean
tai_iccid_check (const char *iccid, gboolean *suspicious, GError **error)
{
  g_return_val_if_fail (iccid != NULL, FALSE);

  gsize size = strlen (iccid);

  if ((size != 19 && size != 20) || strspn (iccid, DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != size)
    return fail (error, TAI_CORE_ERROR_SIM_SYNTAX, "ICCID: not 19 or 20 digits or capital letters");
  if (!g_str_has_prefix (iccid, "89"))
    return fail (error, TAI_CORE_ERROR_SIM_SYNTAX, "ICCID: doesn't begin with 89");
  if (suspicious != NULL)
    *suspicious = !tai_luhn_check (iccid);
  return TRUE;
}

gboolean
tai_iccid_from_ef (const guint8 ef[10], char iccid[21], GError **error)
{
  g_return_val_if_fail (ef != NULL && iccid != NULL, FALSE);

  char text[21] = "";

  for (int i = 0; i < 10; i++) {
    text[2 * i] = "0123456789ABCDEF"[ef[i] & 0xf];
    text[2 * i + 1] = "0123456789ABCDEF"[ef[i] >> 4];
  }
  for (int n = 20; n > 0 && text[n - 1] == 'F'; n--)
    text[n - 1] = '\0';
  if (!tai_iccid_check (text, NULL, error))
    return FALSE;
  memcpy (iccid, text, sizeof text);
  return TRUE;
}

gboolean
tai_iccid_to_ef (const char *iccid, guint8 ef[10], GError **error)
{
  g_return_val_if_fail (iccid != NULL && ef != NULL, FALSE);
  if (!tai_iccid_check (iccid, NULL, error))
    return FALSE;

  gsize size = strlen (iccid);

  if (strspn (iccid, DIGITS "ABCDEF") != size || iccid[size - 1] == 'F')
    return fail (error, TAI_CORE_ERROR_SIM_SYNTAX, "ICCID: letters that a card's file can't hold");
  for (gsize i = 0; i < 10; i++) {
    int low = g_ascii_xdigit_value (iccid[2 * i]);
    int high = 2 * i + 1 < size ? g_ascii_xdigit_value (iccid[2 * i + 1]) : 0xf;

    ef[i] = (guint8)(high << 4 | low);
  }
  return TRUE;
}

gboolean
tai_imei_check (const char *imei, GError **error)
{
  g_return_val_if_fail (imei != NULL, FALSE);
  if (!is_digits (imei, 15))
    return fail (error, TAI_CORE_ERROR_NUMBER_SYNTAX, "IMEI: not 15 digits");
  return tai_luhn_check (imei) || fail (error, TAI_CORE_ERROR_NUMBER_SYNTAX, "IMEI: wrong check digit");
}

gboolean
tai_imsi_from_ef (const guint8 ef[9], char imsi[16], GError **error)
{
  g_return_val_if_fail (ef != NULL && imsi != NULL, FALSE);

  char text[17] = "";
  int n = 0;
  int type = ef[1] & 0xf; /* identity "IMSI" and parity: 9 odd, 1 even */

  /* MCC, MNC and one digit more are the least. */
  if (ef[0] < 4 || ef[0] > 8 || (type != 9 && type != 1))
    return fail (error, TAI_CORE_ERROR_NUMBER_SYNTAX, "IMSI: empty file or other identity");
  for (int nibble = 1; nibble < 2 * ef[0]; nibble++) {
    guint8 byte = ef[1 + nibble / 2];

    text[n++] = "0123456789ABCDEF"[nibble % 2 == 1 ? byte >> 4 : byte & 0xf];
  }
  if (type == 1 && text[n - 1] == 'F')
    text[--n] = '\0';
  else if (type == 1)
    return fail (error, TAI_CORE_ERROR_NUMBER_SYNTAX, "IMSI: even, but not padded");
  if (!is_digits (text, (gsize)n))
    return fail (error, TAI_CORE_ERROR_NUMBER_SYNTAX, "IMSI: not digits");
  memcpy (imsi, text, 16);
  return TRUE;
}

char *
tai_msisdn_mask (const char *msisdn)
{
  g_return_val_if_fail (msisdn != NULL, NULL);

  char *masked = g_strdup (msisdn);
  gsize size = strlen (masked);
  gsize first = size == 11 ? 3 : 0;
  gsize end = size == 11 ? 7 : size > 4 ? size - 2 : size;

  memset (masked + first, '*', end - first);
  return masked;
}
