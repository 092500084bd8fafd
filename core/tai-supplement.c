/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-core"

#include "tai-supplement.h"

TaiSupplement *
tai_supplement_new (const TaiUuid *shift_id, gint32 z_number, gint32 number, const char *event)
{
  TaiSupplement *self;

  g_return_val_if_fail (shift_id != NULL && z_number > 0 && number > 0 && event != NULL, NULL);
  self = g_new0 (TaiSupplement, 1);
  self->shift_id = *shift_id;
  self->z_number = z_number;
  self->number = number;
  self->event = g_strdup (event);
  return self;
}

void
tai_supplement_free (TaiSupplement *self)
{
  if (self == NULL)
    return;
  g_free (self->business_day);
  g_free (self->event);
  g_free (self->booked_day);
  g_free (self->booked_shift_id);
  g_free (self->clerk);
  g_free (self);
}
