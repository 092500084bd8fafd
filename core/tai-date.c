/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calendar days. Plain integer arithmetic: no time zone, no clock, no allocation but for text. Any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-date.h"

#include <string.h>

#define MAX_YEAR 9999
/* 400 years are the period of the Gregorian calendar. */
#define DAYS_OF_400_YEARS     146097
#define EPOCH_FROM_0000_03_01 719468
#define FIRST_DAY             (-719162) /* 0001-01-01 */
#define LAST_DAY              2932896   /* 9999-12-31 */

int
tai_date_days_in_month (int year, int month)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  if (month < 1 || month > 12)
    return 0;
  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

gboolean
tai_date_is_valid (TaiDate date)
{
  return date.year >= 1 && date.year <= MAX_YEAR && date.day >= 1 &&
         date.day <= tai_date_days_in_month (date.year, date.month);
}

int
tai_date_compare (TaiDate a, TaiDate b)
{
  int left = a.year * 10000 + a.month * 100 + a.day;
  int right = b.year * 10000 + b.month * 100 + b.day;

  return (left > right) - (left < right);
}

TaiDate
tai_date_add_months (TaiDate date, int months)
{
  g_return_val_if_fail (tai_date_is_valid (date), date);

  gint64 count = (gint64)date.year * 12 + date.month - 1 + months;

  if (count < 12)
    return (TaiDate){1, 1, 1};
  if (count >= (gint64)(MAX_YEAR + 1) * 12)
    return TAI_DATE_FOREVER;

  int year = (int)(count / 12);
  int month = (int)(count % 12) + 1;

  return (TaiDate){(gint16)year, (gint8)month, (gint8)MIN (date.day, tai_date_days_in_month (year, month))};
}

static int
read_digits (const char *text, int n)
{
  int value = 0;

  for (int i = 0; i < n; i++) {
    if (!g_ascii_isdigit (text[i]))
      return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

gboolean
tai_date_from_text (const char *iso_or_basic, TaiDate *date)
{
  g_return_val_if_fail (iso_or_basic != NULL && date != NULL, FALSE);

  const char *text = iso_or_basic;
  gsize size = strlen (text);
  gsize gap = size == 10 ? 1 : 0;

  if (size != 8 && !(size == 10 && text[4] == '-' && text[7] == '-'))
    return FALSE;

  int year = read_digits (text, 4);
  int month = read_digits (text + 4 + gap, 2);
  int day = read_digits (text + 6 + 2 * gap, 2);

  if (year < 1 || day < 1 || day > tai_date_days_in_month (year, month))
    return FALSE;
  *date = (TaiDate){(gint16)year, (gint8)month, (gint8)day};
  return TRUE;
}

char *
tai_date_to_text (TaiDate date)
{
  return g_strdup_printf ("%04d-%02d-%02d", date.year, date.month, date.day);
}

/* The year is taken to begin in March: then the leap day is its last and every month has a fixed offset. */
gint64
tai_date_to_days (TaiDate date)
{
  g_return_val_if_fail (tai_date_is_valid (date), 0);

  int year = date.month <= 2 ? date.year - 1 : date.year;
  int era = year / 400;
  int of_era = year % 400;
  int of_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;

  return (gint64)era * DAYS_OF_400_YEARS + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
         EPOCH_FROM_0000_03_01;
}

TaiDate
tai_date_from_days (gint64 days)
{
  int count = (int)CLAMP (days, FIRST_DAY, LAST_DAY) + EPOCH_FROM_0000_03_01;
  int era = count / DAYS_OF_400_YEARS;
  int of_era = count % DAYS_OF_400_YEARS;
  int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (DAYS_OF_400_YEARS - 1)) / 365;
  int of_year = of_era - (365 * year + year / 4 - year / 100);
  int month = (5 * of_year + 2) / 153;
  int day = of_year - (153 * month + 2) / 5 + 1;

  year += era * 400 + (month >= 10 ? 1 : 0);
  month = month < 10 ? month + 3 : month - 9;
  return (TaiDate){(gint16)year, (gint8)month, (gint8)day};
}
