/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiKey: the verbs that a counter has a key for, on every screen the same. The bar at the window's foot is made from this
 * table; a hall may bind other keys.
 */
typedef enum {
  TAI_KEY_HELP,
  TAI_KEY_FIND,
  TAI_KEY_ADD,
  TAI_KEY_PLAN,
  TAI_KEY_BILL,
  TAI_KEY_PARK,
  TAI_KEY_RECALL,
  TAI_KEY_DRAWER,
  TAI_KEY_PAY,
  TAI_KEY_PRINT,
  TAI_KEY_BACK,
  TAI_KEY_LOCK,
  TAI_KEY_ABANDON,
  TAI_N_KEYS
} TaiKey;

const char *tai_key_to_text (TaiKey key); /* "help", … in the settings */
gboolean tai_key_from_text (const char *text, TaiKey *key);
const char *tai_key_get_label (TaiKey key); /* in the desk's language, short */
/* Stands on the bar; the others have a key only. */
gboolean tai_key_is_on_bar (TaiKey key);
/* GTK's own form: "F9", "<Control>l". */
const char *tai_key_get_default_accel (TaiKey key);

G_END_DECLS
