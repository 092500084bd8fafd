/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-key.h"

G_BEGIN_DECLS

/**
 * TaiKeyMap: which key means which verb at this desk. Begins with the defaults of tai-key.h; what a hall binds otherwise is kept as
 * text, which the program stores. Main thread. TaiKeyMap::changed: some key is another.
 */
#define TAI_TYPE_KEY_MAP (tai_key_map_get_type ())
G_DECLARE_FINAL_TYPE (TaiKeyMap, tai_key_map, TAI, KEY_MAP, GObject)

/**
 * TaiKeyMapFault:
 * @TAI_KEY_MAP_TYPES: the key writes text or moves in a field: it would not reach the verb, or not the field
 * @TAI_KEY_MAP_TAKEN: another verb has it
 */
typedef enum { TAI_KEY_MAP_GOOD, TAI_KEY_MAP_TYPES, TAI_KEY_MAP_TAKEN } TaiKeyMapFault;

/* @text: (nullable) as tai_key_map_to_text() gave it; what it says of unknown verbs, or what is no good, is left at the default. */
TaiKeyMap *tai_key_map_new (const char *text);
const char *tai_key_map_get_accel (TaiKeyMap *self, TaiKey key); /* GTK's form: "<Control>l" */
char *tai_key_map_get_label (TaiKeyMap *self,
                             TaiKey key); /* as it is printed on the key: "F9", "Ctrl+L", "Esc" */
/* @other: (out) (optional) who has it when it is TAKEN. GOOD: it is bound and "changed" was told. */
TaiKeyMapFault tai_key_map_set (TaiKeyMap *self, TaiKey key, guint keyval, GdkModifierType mods,
                                TaiKey *other);
void tai_key_map_reset (TaiKeyMap *self);
/* What differs from the defaults, one "verb=key" a line under [keys]. (transfer full) */
char *tai_key_map_to_text (TaiKeyMap *self);

G_END_DECLS
