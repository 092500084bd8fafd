/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-receipt-number.h"

#include <string.h>

char *
tai_receipt_number_format (const char *hall, const char *till, char epoch_letter, const char *business_day,
                           gint64 sequence)
{
  g_return_val_if_fail (hall != NULL && till != NULL && g_ascii_isupper (epoch_letter) && sequence > 0, NULL);
  g_return_val_if_fail (business_day != NULL && strlen (business_day) == 10, NULL);

  return g_strdup_printf ("%s-%s-%c-%.4s%.2s%.2s-%04" G_GINT64_FORMAT, hall, till, epoch_letter, business_day,
                          business_day + 5, business_day + 8, sequence);
}

/* From the right: hall and till may hold any character, the rest is fixed. */
gboolean
tai_receipt_number_parse (const char *text, char *epoch_letter, char business_day[11], gint64 *sequence)
{
  const char *last, *day;
  guint64 value;

  g_return_val_if_fail (epoch_letter != NULL && business_day != NULL && sequence != NULL, FALSE);

  last = text != NULL ? strrchr (text, '-') : NULL;
  if (last == NULL || strlen (last + 1) < 4 ||
      !g_ascii_string_to_unsigned (last + 1, 10, 1, G_MAXINT64, &value, NULL))
    return FALSE;
  day = last - 8;
  if (last - text < 13 || day[-1] != '-' || !g_ascii_isupper (day[-2]) || day[-3] != '-')
    return FALSE;
  if (strspn (day, "0123456789") != 8)
    return FALSE;
  *epoch_letter = day[-2];
  g_snprintf (business_day, 11, "%.4s-%.2s-%.2s", day, day + 4, day + 6);
  *sequence = (gint64)value;
  return TRUE;
}

char *
tai_receipt_number_format_z (const char *till, gint32 z_number)
{
  g_return_val_if_fail (till != NULL && z_number > 0, NULL);
  return g_strdup_printf ("Z-%s-%04d", till, z_number);
}

/* No receipt of a sale ends in less than a day, a letter and a sequence, whatever its hall is called. */
gboolean
tai_receipt_number_is_z (const char *text)
{
  const char *last = text != NULL ? strrchr (text, '-') : NULL;
  char letter, day[11];
  gint64 sequence;

  return last != NULL && g_str_has_prefix (text, "Z-") && last > text + 2 && strlen (last + 1) >= 4 &&
         strspn (last + 1, "0123456789") == strlen (last + 1) &&
         !tai_receipt_number_parse (text, &letter, day, &sequence);
}
