/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* PINs of staff: argon2id records (wire/tai-pin implements it, libsodium). hash() refuses weak PINs. Slow by intent. */
#define TAI_TYPE_PIN_HASHER (tai_pin_hasher_get_type ())
G_DECLARE_INTERFACE (TaiPinHasher, tai_pin_hasher, TAI, PIN_HASHER, GObject)
struct _TaiPinHasherInterface {
  GTypeInterface parent;
  char *(*hash) (TaiPinHasher *self, const char *pin, GError **error);
  gboolean (*verify) (TaiPinHasher *self, const char *record, const char *pin);
};
char *tai_pin_hasher_hash (TaiPinHasher *self, const char *pin, GError **error);
gboolean tai_pin_hasher_verify (TaiPinHasher *self, const char *record, const char *pin);

G_END_DECLS
