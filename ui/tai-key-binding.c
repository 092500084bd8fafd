/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys come after the focus: an input method and a field have theirs first. Cancelling comes before: an entry would take Ctrl+Del for
 * "delete a word".
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-key-binding.h"

struct _TaiKeyBinding {
  TaiKeyMap *map;    /* (owned) */
  GtkWidget *window; /* not owned */
  const TaiKey *verbs;
  guint n;
  GtkEventController *late, *early; /* (nullable) the window's */
};

static GtkEventController *
bind_anew (TaiKeyBinding *self, GtkEventController *before, GtkPropagationPhase phase)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  if (before != NULL)
    gtk_widget_remove_controller (self->window, before);
  gtk_event_controller_set_propagation_phase (keys, phase);
  gtk_widget_add_controller (self->window, keys);
  return keys;
}

static void
bind (TaiKeyBinding *self, TaiKey key)
{
  GtkEventController *keys = key == TAI_KEY_ABANDON ? self->early : self->late;
  GtkShortcut *shortcut;
  GdkModifierType mods;
  guint keyval;

  gtk_accelerator_parse (tai_key_map_get_accel (self->map, key), &keyval, &mods);
  shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keyval, mods), gtk_named_action_new ("counter.key"));
  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 ((gint32)key));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

static void
bind_all (TaiKeyBinding *self)
{
  self->late = bind_anew (self, self->late, GTK_PHASE_BUBBLE);
  self->early = bind_anew (self, self->early, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < self->n; i++)
    bind (self, self->verbs != NULL ? self->verbs[i] : i);
}

TaiKeyBinding *
tai_key_binding_new (TaiKeyMap *map, GtkWidget *window, const TaiKey *verbs, guint n)
{
  TaiKeyBinding *self = g_new0 (TaiKeyBinding, 1);

  self->map = g_object_ref (map);
  self->window = window;
  self->verbs = verbs;
  self->n = verbs != NULL ? n : TAI_N_KEYS;
  g_signal_connect_swapped (map, "changed", G_CALLBACK (bind_all), self);
  bind_all (self);
  return self;
}

void
tai_key_binding_free (TaiKeyBinding *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->map, self);
  g_object_unref (self->map);
  g_free (self);
}
