/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The repeat check. Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-repeat.h"

#include <string.h>

TaiRepeat *
tai_repeat_new (const char *msisdn, TaiMoney amount, gint64 time_us, const char *clerk,
                const char *receipt_number)
{
  TaiRepeat *self;

  g_return_val_if_fail (msisdn != NULL, NULL);

  self = g_new0 (TaiRepeat, 1);
  *self = (TaiRepeat){g_strdup (msisdn), amount, time_us, g_strdup (clerk), g_strdup (receipt_number)};
  return self;
}

void
tai_repeat_free (TaiRepeat *self)
{
  if (!self)
    return;
  g_free (self->msisdn);
  g_free (self->clerk);
  g_free (self->receipt_number);
  g_free (self);
}

const TaiRepeat *
tai_repeat_find (GPtrArray *records, const char *msisdn, TaiMoney amount, gint64 now_us)
{
  const TaiRepeat *newest = NULL;

  g_return_val_if_fail (records != NULL && msisdn != NULL, NULL);

  for (guint i = 0; i < records->len; i++) {
    const TaiRepeat *record = g_ptr_array_index (records, i);
    if (record->time_us >= now_us - TAI_REPEAT_WINDOW_US && record->amount.minor == amount.minor &&
        record->amount.currency == amount.currency && strcmp (record->msisdn, msisdn) == 0 &&
        (newest == NULL || record->time_us > newest->time_us))
      newest = record;
  }
  return newest;
}
