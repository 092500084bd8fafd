/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * RFC 3339 times: UTC with milliseconds when written; when read, any offset and up to nine digits of a second, since
 * headquarters of other makers write theirs. Pure functions, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-canonical.h"

#include <string.h>

#include "tai-date.h"

#define US_PER_DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

char *
tai_time_to_text (gint64 time_us)
{
  static const gint64 first_us = -719162 * US_PER_DAY;
  static const gint64 last_us = (2932896 + 1) * US_PER_DAY - 1;
  gint64 time = CLAMP (time_us, first_us, last_us);
  gint64 of_day = time % US_PER_DAY;

  if (of_day < 0)
    of_day += US_PER_DAY;

  TaiDate date = tai_date_from_days ((time - of_day) / US_PER_DAY);
  int ms = (int)(of_day / 1000);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", date.year, date.month, date.day,
                          ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

/* Exactly two digits, at most @max; *@text moves behind them. -1: not so. */
static int
take_two (const char **text, int max)
{
  const char *p = *text;

  if (!g_ascii_isdigit (p[0]) || !g_ascii_isdigit (p[1]))
    return -1;

  int value = (p[0] - '0') * 10 + p[1] - '0';

  *text += 2;
  return value <= max ? value : -1;
}

static gboolean
take_char (const char **text, char wanted)
{
  if (**text != wanted)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* ".123" with one to nine digits, or nothing; what is finer than a microsecond is cut. */
static gboolean
take_fraction (const char **text, gint64 *us)
{
  gint64 unit = 100000;
  int n = 0;

  *us = 0;
  if (!take_char (text, '.'))
    return TRUE;
  for (; g_ascii_isdigit (**text) && n < 9; (*text)++, n++, unit /= 10)
    *us += (**text - '0') * unit;
  return n > 0;
}

/* "Z" or "+08:00", and the end. */
static gboolean
take_offset (const char **text, int *offset_min)
{
  int sign = **text == '-' ? -1 : 1;

  *offset_min = 0;
  if (take_char (text, 'Z'))
    return **text == '\0';
  if (!take_char (text, '+') && !take_char (text, '-'))
    return FALSE;

  int hours = take_two (text, 23);
  int minutes = hours >= 0 && take_char (text, ':') ? take_two (text, 59) : -1;

  *offset_min = sign * (hours * 60 + minutes);
  return minutes >= 0 && **text == '\0';
}

gboolean
tai_time_from_text (const char *text, gint64 *time_us)
{
  g_return_val_if_fail (text != NULL && time_us != NULL, FALSE);

  char day[11] = "";
  TaiDate date;
  const char *p = text + 11;
  int hour, minute, second, offset_min;
  gint64 us;

  if (strnlen (text, 20) < 20 || text[10] != 'T')
    return FALSE;
  memcpy (day, text, 10);
  if (!tai_date_from_text (day, &date))
    return FALSE;
  if ((hour = take_two (&p, 23)) < 0 || !take_char (&p, ':') || (minute = take_two (&p, 59)) < 0 ||
      !take_char (&p, ':') || (second = take_two (&p, 59)) < 0)
    return FALSE;
  if (!take_fraction (&p, &us) || !take_offset (&p, &offset_min))
    return FALSE;
  *time_us = tai_date_to_days (date) * US_PER_DAY +
             (hour * 3600 + (minute - offset_min) * 60 + second) * (gint64)G_USEC_PER_SEC + us;
  return TRUE;
}
