/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiDate: a calendar day (Gregorian, years 1 to 9999); year 0 = none, 9999-12-31 = 长期 (no end). A value; any thread.
 */
typedef struct {
  gint16 year;
  gint8 month, day;
} TaiDate;
#define TAI_DATE_FOREVER ((TaiDate){9999, 12, 31})

/* FALSE for "none" too. */
gboolean tai_date_is_valid (TaiDate date);
int tai_date_compare (TaiDate a, TaiDate b);
/* 0 when @month is no month. */
int tai_date_days_in_month (int year, int month);
/* Clamps the day to the month's last, and what would lie outside the years 1 to 9999 to the first or last day of them. */
TaiDate tai_date_add_months (TaiDate date, int months);
gboolean tai_date_from_text (const char *iso_or_basic, TaiDate *date); /* "2026-11-22" or "20261122" */
char *tai_date_to_text (TaiDate date);                                 /* (transfer full) "2026-11-22" */

/* Days since 1970-01-01 (negative before). @date must be valid; days outside the years 1 to 9999 are clamped. */
gint64 tai_date_to_days (TaiDate date);
TaiDate tai_date_from_days (gint64 days);

G_END_DECLS
