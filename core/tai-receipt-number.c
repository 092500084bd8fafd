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
