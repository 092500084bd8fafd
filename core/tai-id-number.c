/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chinese 18-character identity numbers (GB 11643-1999) and what has the same form: residence permits of Hong Kong, Macau and
 * Taiwan, foreigners' cards of 2023. Pure functions, any thread. Numbers are personal: no message holds one.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-identity.h"

#include <string.h>

#include "tai-core-error.h"

static gboolean
fail (GError **error, TaiCoreError code, const char *message)
{
  g_set_error_literal (error, TAI_CORE_ERROR, code, message);
  return FALSE;
}

static gboolean
all_digits (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* ISO 7064 MOD 11-2: finds every wrong character and every swap of two. */
char
tai_id_number_check_digit (const char seventeen[17])
{
  int product = 0;

  g_return_val_if_fail (all_digits (seventeen, 17), '\0');
  for (int i = 0; i < 17; i++)
    product = (product + (seventeen[i] - '0')) * 2 % 11;
  return "0123456789X"[(12 - product) % 11];
}

static gboolean
read_birth (const char *number, TaiDate *birth, GError **error)
{
  char day[9] = "";

  memcpy (day, number + 6, 8);
  return tai_date_from_text (day, birth) || fail (error, TAI_CORE_ERROR_ID_DATE, "no such day of birth");
}

/* @number is in the normal form or refused. The check digit comes first: a slip of the finger mostly breaks both, and
 * "mistyped" is the better advice then. */
static gboolean
check (const char *number, TaiDate *birth, GError **error)
{
  if (strnlen (number, 19) != 18 || !all_digits (number, 17) ||
      (!g_ascii_isdigit (number[17]) && number[17] != 'X'))
    return fail (error, TAI_CORE_ERROR_ID_SYNTAX, "not 17 digits and a digit or X");
  if (number[17] != tai_id_number_check_digit (number))
    return fail (error, TAI_CORE_ERROR_ID_CHECK_DIGIT, "wrong check digit");
  return read_birth (number, birth, error);
}

/* Half width, upper case; '\0' for what can't stand in a number. */
static char
normal_char (gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xff01 - '!';
  if (c == 'x')
    c = 'X';
  return (c >= '0' && c <= '9') || c == 'X' ? (char)c : '\0';
}

gboolean
tai_id_number_normalize (const char *text, char number[19], GError **error)
{
  g_return_val_if_fail (text != NULL && number != NULL, FALSE);

  char normal[19] = "";
  int n = 0;
  const char *p = text;
  TaiDate birth;

  if (!g_utf8_validate (text, -1, NULL))
    return fail (error, TAI_CORE_ERROR_ID_SYNTAX, "not UTF-8");
  while (g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  for (; *p != '\0' && !g_unichar_isspace (g_utf8_get_char (p)); p = g_utf8_next_char (p)) {
    char c = normal_char (g_utf8_get_char (p));

    if (n == 18 || c == '\0')
      return fail (error, TAI_CORE_ERROR_ID_SYNTAX, "too long or a foreign character");
    normal[n++] = c;
  }
  for (; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return fail (error, TAI_CORE_ERROR_ID_SYNTAX, "blank inside");
  if (!check (normal, &birth, error))
    return FALSE;
  memcpy (number, normal, sizeof normal);
  return TRUE;
}

gboolean
tai_id_number_upgrade (const char *fifteen, char number[19], GError **error)
{
  g_return_val_if_fail (fifteen != NULL && number != NULL, FALSE);

  char upgraded[19] = "";
  TaiDate birth;

  if (strnlen (fifteen, 16) != 15 || !all_digits (fifteen, 15))
    return fail (error, TAI_CORE_ERROR_ID_SYNTAX, "not 15 digits");
  memcpy (upgraded, fifteen, 6);
  memcpy (upgraded + 6, "19", 2);
  memcpy (upgraded + 8, fifteen + 6, 9);
  upgraded[17] = tai_id_number_check_digit (upgraded);
  if (!read_birth (upgraded, &birth, error))
    return FALSE;
  memcpy (number, upgraded, sizeof upgraded);
  return TRUE;
}

static TaiDocumentKind
kind_by_region (const char *number)
{
  if (number[0] == '9')
    return TAI_DOCUMENT_PR_2023;
  if (number[0] == '8' && number[1] >= '1' && number[1] <= '3')
    return TAI_DOCUMENT_HMT_PERMIT;
  return TAI_DOCUMENT_CITIZEN;
}

gboolean
tai_id_number_parse (const char *number, TaiDocumentKind *kind, TaiDate *birth, char *sex, GError **error)
{
  g_return_val_if_fail (number != NULL, FALSE);

  TaiDate day;

  if (!check (number, &day, error))
    return FALSE;
  if (kind != NULL)
    *kind = kind_by_region (number);
  if (birth != NULL)
    *birth = day;
  if (sex != NULL)
    *sex = (number[16] - '0') % 2 == 1 ? '1' : '2';
  return TRUE;
}
