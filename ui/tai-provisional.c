/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-provisional.h"

G_DEFINE_INTERFACE (TaiProvisional, tai_provisional, GTK_TYPE_WIDGET)

static void
tai_provisional_default_init (TaiProvisionalInterface *iface)
{
}

gboolean
tai_provisional_show (TaiProvisional *self, gunichar character)
{
  g_return_val_if_fail (TAI_IS_PROVISIONAL (self), FALSE);

  return TAI_PROVISIONAL_GET_IFACE (self)->show (self, character);
}

void
tai_provisional_let_come (TaiProvisional *self)
{
  g_return_if_fail (TAI_IS_PROVISIONAL (self));

  TAI_PROVISIONAL_GET_IFACE (self)->let_come (self);
}

void
tai_provisional_take_back (TaiProvisional *self)
{
  g_return_if_fail (TAI_IS_PROVISIONAL (self));

  TAI_PROVISIONAL_GET_IFACE (self)->take_back (self);
}
