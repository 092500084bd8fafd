/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-key-map.h"

G_BEGIN_DECLS

/**
 * TaiKeyBar: the verbs at the window's foot with their keys, in as many rows as large text needs. Each activates the action
 * "counter.key"; what does nothing now is grey. Main thread.
 */
#define TAI_TYPE_KEY_BAR (tai_key_bar_get_type ())
G_DECLARE_FINAL_TYPE (TaiKeyBar, tai_key_bar, TAI, KEY_BAR, GtkWidget)

/* @map: ref'd. @verbs: those of this window, outlive the bar; NULL: those that tai_key_is_on_bar() says */
GtkWidget *tai_key_bar_new (TaiKeyMap *map, const TaiKey *verbs, guint n);

/* FALSE: greyed, the key does nothing now. Keys that are not here are ignored. */
void tai_key_bar_set_alive (TaiKeyBar *self, TaiKey key, gboolean is_alive);

G_END_DECLS
