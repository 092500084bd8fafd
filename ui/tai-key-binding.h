/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-key-map.h"

G_BEGIN_DECLS

/**
 * TaiKeyBinding: the keys of a window's verbs as the hall's map says, anew whenever that changes. Each activates the window's action
 * "counter.key" with its TaiKey. Main thread.
 */
typedef struct _TaiKeyBinding TaiKeyBinding;

/* @verbs: those that the window has; NULL: all. Outlives the binding. @window: outlives it, too. */
TaiKeyBinding *tai_key_binding_new (TaiKeyMap *map, GtkWidget *window, const TaiKey *verbs, guint n);
void tai_key_binding_free (TaiKeyBinding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiKeyBinding, tai_key_binding_free)

G_END_DECLS
