/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-core"

#include "tai-hall-close.h"

void
tai_hall_close_free (TaiHallClose *self)
{
  if (self == NULL)
    return;
  g_free (self->business_day);
  g_free (self->clerk);
  g_free (self);
}
