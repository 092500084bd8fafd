/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Amounts of money: int64 minor units and a currency. Results stay within ±G_MAXINT64 (G_MININT64 is out of range), so that
 * every amount can be negated. Pure functions, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-money.h"

#include <string.h>

#include "tai-core-error.h"

static const char *const rounding_texts[] = {
    [TAI_ROUNDING_HALF_UP] = "half_up",
    [TAI_ROUNDING_DOWN] = "down",
    [TAI_ROUNDING_EXACT] = "exact",
};

gboolean
tai_rounding_from_text (const char *text, TaiRounding *rounding, GError **error)
{
  g_return_val_if_fail (text != NULL && rounding != NULL, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (rounding_texts); i++) {
    if (strcmp (rounding_texts[i], text) == 0) {
      *rounding = (TaiRounding)i;
      return TRUE;
    }
  }
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT, "unknown rounding \"%.16s\"", text);
  return FALSE;
}

const char *
tai_rounding_to_text (TaiRounding rounding)
{
  g_return_val_if_fail ((gsize)rounding < G_N_ELEMENTS (rounding_texts), NULL);
  return rounding_texts[rounding];
}

static gboolean
fail (GError **error, TaiCoreError code, const char *message)
{
  g_set_error_literal (error, TAI_CORE_ERROR, code, message);
  return FALSE;
}

/* Appends @digit to *@minor; FALSE above the limit of one amount. */
static gboolean
append_digit (gint64 *minor, int digit)
{
  *minor = *minor * 10 + digit;
  return *minor <= TAI_MONEY_LIMIT_MINOR;
}

/* "[-]digits[.digits]": reads both digit runs; more than @decimals behind the point, or none, is refused. */
static gboolean
parse_digits (const char *text, int decimals, gint64 *minor, GError **error)
{
  const char *p = text;
  int n_fraction = 0;
  gboolean in_range = TRUE;

  if (!g_ascii_isdigit (*p))
    return fail (error, TAI_CORE_ERROR_MONEY_SYNTAX, "an amount begins with a digit");
  /* The rest of the text is still looked at when it's too big: "1e99" and "99…9x" are no numbers, not big ones. */
  for (; g_ascii_isdigit (*p); p++)
    in_range = in_range && append_digit (minor, *p - '0');
  if (*p == '.') {
    for (p++; g_ascii_isdigit (*p); p++, n_fraction++)
      if (n_fraction < decimals)
        in_range = in_range && append_digit (minor, *p - '0');
    if (n_fraction == 0)
      return fail (error, TAI_CORE_ERROR_MONEY_SYNTAX, "no digit after the decimal point");
  }
  if (*p != '\0')
    return fail (error, TAI_CORE_ERROR_MONEY_SYNTAX, "not a decimal number");
  if (n_fraction > decimals)
    return fail (error, TAI_CORE_ERROR_MONEY_DECIMALS, "more decimals than the currency has");
  for (; n_fraction < decimals; n_fraction++)
    in_range = in_range && append_digit (minor, 0);
  return in_range || fail (error, TAI_CORE_ERROR_MONEY_RANGE, "amount above the limit");
}

gboolean
tai_money_from_text (const char *text, guint16 currency, TaiMoney *money, GError **error)
{
  g_return_val_if_fail (text != NULL && money != NULL, FALSE);

  int decimals = tai_currency_get_decimals (currency);
  gboolean negative = text[0] == '-';
  gint64 minor = 0;

  if (decimals < 0)
    return fail (error, TAI_CORE_ERROR_MONEY_CURRENCY, "unknown currency");
  if (!parse_digits (negative ? text + 1 : text, decimals, &minor, error))
    return FALSE;
  *money = tai_money (negative ? -minor : minor, currency);
  return TRUE;
}

const char *
tai_money_print (TaiMoney money, char buffer[32])
{
  int decimals = tai_currency_get_decimals (money.currency);
  guint64 size = money.minor < 0 ? -(guint64)money.minor : (guint64)money.minor;
  guint64 unit = 1;

  g_return_val_if_fail (decimals >= 0, NULL);
  for (int i = 0; i < decimals; i++)
    unit *= 10;
  if (decimals == 0)
    g_snprintf (buffer, 32, "%s%" G_GUINT64_FORMAT, money.minor < 0 ? "-" : "", size);
  else
    g_snprintf (buffer, 32, "%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, money.minor < 0 ? "-" : "",
                size / unit, decimals, size % unit);
  return buffer;
}

char *
tai_money_to_text (TaiMoney money)
{
  char buffer[32];

  return g_strdup (tai_money_print (money, buffer));
}

/* The one place where a result is accepted. */
static gboolean
take (__int128 minor, guint16 currency, TaiMoney *result, GError **error)
{
  if (minor > G_MAXINT64 || minor < -(__int128)G_MAXINT64)
    return fail (error, TAI_CORE_ERROR_MONEY_RANGE, "overflow");
  *result = tai_money ((gint64)minor, currency);
  return TRUE;
}

static gboolean
same_currency (TaiMoney a, TaiMoney b, GError **error)
{
  if (a.currency == b.currency && tai_currency_get_decimals (a.currency) >= 0)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_CURRENCY, "currencies %u and %u in one operation",
               a.currency, b.currency);
  return FALSE;
}

gboolean
tai_money_add (TaiMoney a, TaiMoney b, TaiMoney *sum, GError **error)
{
  g_return_val_if_fail (sum != NULL, FALSE);
  return same_currency (a, b, error) && take ((__int128)a.minor + b.minor, a.currency, sum, error);
}

gboolean
tai_money_subtract (TaiMoney a, TaiMoney b, TaiMoney *difference, GError **error)
{
  g_return_val_if_fail (difference != NULL, FALSE);
  return same_currency (a, b, error) && take ((__int128)a.minor - b.minor, a.currency, difference, error);
}

gboolean
tai_money_scale (TaiMoney a, gint64 numerator, gint64 denominator, TaiRounding rounding, TaiMoney *result,
                 GError **error)
{
  g_return_val_if_fail (denominator > 0 && result != NULL, FALSE);
  g_return_val_if_fail ((gsize)rounding < G_N_ELEMENTS (rounding_texts), FALSE);
  if (!same_currency (a, a, error))
    return FALSE;

  /* |product| <= 2^126: it fits. C divides towards zero, the remainder has the sign of the product. */
  __int128 product = (__int128)a.minor * numerator;
  __int128 quotient = product / denominator;
  __int128 rest = product % denominator;
  __int128 twice = rest < 0 ? -2 * rest : 2 * rest;

  if (rest != 0 && rounding == TAI_ROUNDING_EXACT)
    return fail (error, TAI_CORE_ERROR_MONEY_DECIMALS, "does not divide exactly");
  if (rounding == TAI_ROUNDING_HALF_UP && twice >= denominator)
    quotient += product < 0 ? -1 : 1;
  return take (quotient, a.currency, result, error);
}
