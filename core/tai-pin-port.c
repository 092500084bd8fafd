/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calling side of the port of PINs. The implementation says how slow it is: never on the main thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-pin-port.h"

G_DEFINE_INTERFACE (TaiPinHasher, tai_pin_hasher, G_TYPE_OBJECT)

static void
tai_pin_hasher_default_init (TaiPinHasherInterface *iface)
{
}

char *
tai_pin_hasher_hash (TaiPinHasher *self, const char *pin, GError **error)
{
  g_return_val_if_fail (TAI_IS_PIN_HASHER (self), NULL);
  g_return_val_if_fail (pin != NULL, NULL);
  return TAI_PIN_HASHER_GET_IFACE (self)->hash (self, pin, error);
}

gboolean
tai_pin_hasher_verify (TaiPinHasher *self, const char *record, const char *pin)
{
  g_return_val_if_fail (TAI_IS_PIN_HASHER (self), FALSE);
  g_return_val_if_fail (record != NULL && pin != NULL, FALSE);
  return TAI_PIN_HASHER_GET_IFACE (self)->verify (self, record, pin);
}
