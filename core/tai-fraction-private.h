/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-money.h"

/*
 * Exact fractions for rating, for core's files only: numerator >= 0, denominator > 0, always in lowest terms. What 128 bits
 * don't hold is an error (FALSE), never a rounding. Any thread.
 */
typedef struct {
  __int128 numerator, denominator;
} TaiFraction;

static inline TaiFraction
tai_fraction (gint64 whole)
{
  return (TaiFraction){whole, 1};
}

/* @a × numerator ÷ denominator; @numerator >= 0, @denominator > 0. */
gboolean tai_fraction_scale (TaiFraction a, gint64 numerator, gint64 denominator, TaiFraction *result);
/* @a − @b, but never below zero. */
gboolean tai_fraction_take_off (TaiFraction a, TaiFraction b, TaiFraction *result);
/* To whole units by TAI_ROUNDING_HALF_UP or TAI_ROUNDING_DOWN; FALSE above G_MAXINT64. */
gboolean tai_fraction_round (TaiFraction a, TaiRounding rounding, gint64 *whole);
