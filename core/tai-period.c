/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days and months that a report is of. Pure, any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-period.h"

#include <string.h>

#define DAYS_OF_WEEK    7
#define MONTHS_OF_YEAR  12
#define LENGTH_OF_MONTH 7 /* "2026-11" */

static void
write_day (char text[11], TaiDate date)
{
  g_autofree char *day = tai_date_to_text (date);

  g_strlcpy (text, day, 11);
}

TaiPeriod
tai_period_of_day (TaiDate date)
{
  TaiPeriod self = {.is_month = FALSE};

  g_return_val_if_fail (tai_date_is_valid (date), self);
  write_day (self.text, date);
  write_day (self.from, date);
  write_day (self.until, date);
  return self;
}

TaiPeriod
tai_period_of_month (TaiDate date)
{
  TaiPeriod self = {.is_month = TRUE};

  g_return_val_if_fail (tai_date_is_valid (date), self);
  date.day = 1;
  write_day (self.from, date);
  date.day = (gint8)tai_date_days_in_month (date.year, date.month);
  write_day (self.until, date);
  g_strlcpy (self.text, self.from, LENGTH_OF_MONTH + 1);
  return self;
}

/* The first day of a month that is written without one. */
static gboolean
read_month (const char *text, TaiDate *date)
{
  gsize length = strlen (text);
  g_autofree char *first = g_strconcat (text, length == LENGTH_OF_MONTH ? "-01" : "01", NULL);

  return (length == LENGTH_OF_MONTH || length == LENGTH_OF_MONTH - 1) && tai_date_from_text (first, date);
}

gboolean
tai_period_from_text (const char *text, TaiPeriod *period)
{
  TaiDate date;

  g_return_val_if_fail (period != NULL, FALSE);
  if (text == NULL)
    return FALSE;
  if (tai_date_from_text (text, &date))
    *period = tai_period_of_day (date);
  else if (read_month (text, &date))
    *period = tai_period_of_month (date);
  else
    return FALSE;
  return TRUE;
}

TaiPeriod
tai_period_step (const TaiPeriod *self, int by)
{
  TaiDate date;

  g_return_val_if_fail (self != NULL && tai_date_from_text (self->from, &date), (TaiPeriod){0});
  if (self->is_month)
    return tai_period_of_month (tai_date_add_months (date, by));
  return tai_period_of_day (tai_date_from_days (tai_date_to_days (date) + by));
}

TaiPeriod
tai_period_before (const TaiPeriod *self)
{
  return tai_period_step (self, -1);
}

TaiPeriod
tai_period_like (const TaiPeriod *self)
{
  g_return_val_if_fail (self != NULL, (TaiPeriod){0});
  return tai_period_step (self, self->is_month ? -MONTHS_OF_YEAR : -DAYS_OF_WEEK);
}
