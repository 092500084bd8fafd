/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exact fractions of 128 bits. Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-fraction-private.h"

static __int128
common_divisor (__int128 a, __int128 b)
{
  while (b != 0) {
    __int128 rest = a % b;

    a = b;
    b = rest;
  }
  return a;
}

static TaiFraction
lowest_terms (__int128 numerator, __int128 denominator)
{
  __int128 divisor = common_divisor (numerator, denominator);

  g_assert (numerator >= 0 && denominator > 0 && divisor > 0);
  return (TaiFraction){numerator / divisor, denominator / divisor};
}

gboolean
tai_fraction_scale (TaiFraction a, gint64 numerator, gint64 denominator, TaiFraction *result)
{
  __int128 product, divisor;
  TaiFraction by;

  g_assert (numerator >= 0 && denominator > 0);
  /* Crosswise first: what can be cancelled must not overflow. */
  by = lowest_terms (numerator, a.denominator);
  a.denominator = by.denominator;
  numerator = (gint64)by.numerator;
  by = lowest_terms (a.numerator, denominator);
  a.numerator = by.numerator;
  if (__builtin_mul_overflow (a.numerator, (__int128)numerator, &product) ||
      __builtin_mul_overflow (a.denominator, by.denominator, &divisor))
    return FALSE;
  *result = (TaiFraction){product, divisor};
  return TRUE;
}

gboolean
tai_fraction_take_off (TaiFraction a, TaiFraction b, TaiFraction *result)
{
  __int128 left, right, divisor, shared = common_divisor (a.denominator, b.denominator);

  if (__builtin_mul_overflow (a.numerator, b.denominator / shared, &left) ||
      __builtin_mul_overflow (b.numerator, a.denominator / shared, &right) ||
      __builtin_mul_overflow (a.denominator, b.denominator / shared, &divisor))
    return FALSE;
  *result = left > right ? lowest_terms (left - right, divisor) : tai_fraction (0);
  return TRUE;
}

gboolean
tai_fraction_round (TaiFraction a, TaiRounding rounding, gint64 *whole)
{
  __int128 quotient = a.numerator / a.denominator;
  __int128 rest = a.numerator % a.denominator;

  g_assert (rounding == TAI_ROUNDING_HALF_UP || rounding == TAI_ROUNDING_DOWN);
  if (rounding == TAI_ROUNDING_HALF_UP && rest >= a.denominator - rest)
    quotient++;
  if (quotient > G_MAXINT64)
    return FALSE;
  *whole = (gint64)quotient;
  return TRUE;
}
