/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of the counter as one table. The set is the one that Chinese tills have: nothing is learnt anew. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-key.h"

#include <glib/gi18n.h>

static const struct {
  const char *text, *accel, *label;
  gboolean on_bar;
} keys[TAI_N_KEYS] = {
    [TAI_KEY_HELP] = {"help", "F1", N_ ("Help"), TRUE},
    [TAI_KEY_FIND] = {"find", "F2", N_ ("Find order"), TRUE},
    [TAI_KEY_ADD] = {"add", "F3", N_ ("Add business"), TRUE},
    [TAI_KEY_PLAN] = {"plan", "F4", N_ ("Other plan"), TRUE},
    [TAI_KEY_BILL] = {"bill", "F5", N_ ("Pay a bill"), TRUE},
    [TAI_KEY_PARK] = {"park", "F6", N_ ("Park"), TRUE},
    [TAI_KEY_RECALL] = {"recall", "F7", N_ ("Recall"), TRUE},
    [TAI_KEY_DRAWER] = {"drawer", "F8", N_ ("Open drawer"), TRUE},
    [TAI_KEY_PAY] = {"pay", "F9", N_ ("Take money"), TRUE},
    [TAI_KEY_PRINT] = {"print", "F10", N_ ("Print"), TRUE},
    [TAI_KEY_BACK] = {"back", "Escape", N_ ("Back"), TRUE},
    [TAI_KEY_LOCK] = {"lock", "<Control>l", N_ ("Lock"), FALSE},
    [TAI_KEY_ABANDON] = {"abandon", "<Control>Delete", N_ ("Cancel the visit"), FALSE},
};

const char *
tai_key_to_text (TaiKey key)
{
  g_return_val_if_fail (key < TAI_N_KEYS, NULL);
  return keys[key].text;
}

gboolean
tai_key_from_text (const char *text, TaiKey *key)
{
  for (guint i = 0; i < TAI_N_KEYS; i++)
    if (g_strcmp0 (keys[i].text, text) == 0) {
      *key = i;
      return TRUE;
    }
  return FALSE;
}

const char *
tai_key_get_label (TaiKey key)
{
  g_return_val_if_fail (key < TAI_N_KEYS, NULL);
  return _ (keys[key].label);
}

gboolean
tai_key_is_on_bar (TaiKey key)
{
  g_return_val_if_fail (key < TAI_N_KEYS, FALSE);
  return keys[key].on_bar;
}

const char *
tai_key_get_default_accel (TaiKey key)
{
  g_return_val_if_fail (key < TAI_N_KEYS, NULL);
  return keys[key].accel;
}
