/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys as a list: Enter on a line, then the new key. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-keys-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-key-map.h"
#include "tai-row.h"

struct _TaiKeysScreen {
  TaiScreen parent;
  GtkListBox *list;
  GtkWidget *reset;
  gboolean is_asking; /* the next key is for @asked */
  TaiKey asked;
};

G_DEFINE_FINAL_TYPE (TaiKeysScreen, tai_keys_screen, TAI_TYPE_SCREEN)

static TaiKeyMap *
get_map (TaiKeysScreen *self)
{
  return tai_counter_get_keys (tai_screen_get_counter (TAI_SCREEN (self)));
}

static void
show_keys (TaiKeysScreen *self)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint key = 0; key < TAI_N_KEYS; key++) {
    g_autofree char *label = tai_key_map_get_label (get_map (self), key);
    g_ptr_array_add (rows, tai_row_new (tai_key_get_label (key), NULL, label, tai_key_to_text (key)));
  }
  tai_row_fill_list (self->list, rows);
}

static void
row_activated_cb (TaiKeysScreen *self, GtkListBoxRow *row)
{
  g_autofree char *words = NULL;

  if (!tai_key_from_text (tai_row_get_key (TAI_ROW (row)), &self->asked))
    return;
  self->is_asking = TRUE;
  words = g_strdup_printf (_ ("Press the new key for “%s”. Esc leaves it as it is."),
                           tai_key_get_label (self->asked));
  tai_screen_show_hint (TAI_SCREEN (self), words);
}

static void
say_fault (TaiKeysScreen *self, TaiKeyMapFault fault, TaiKey other)
{
  g_autofree char *words = NULL;

  if (fault == TAI_KEY_MAP_TAKEN)
    words =
        g_strdup_printf (_ ("That key means “%s” already. Nothing was changed."), tai_key_get_label (other));
  else
    words = g_strdup (_ (
        "That key writes or moves in a field, so it cannot mean anything else. Nothing was changed. Take a function key, or one with Ctrl."));
  tai_screen_show_problem (TAI_SCREEN (self), words);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state,
                TaiKeysScreen *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  TaiKeyMapFault fault;
  TaiKey other = 0;

  if (!self->is_asking || gdk_key_event_is_modifier (event))
    return GDK_EVENT_PROPAGATE;
  self->is_asking = FALSE;
  tai_screen_clear_notice (TAI_SCREEN (self));
  if (keyval == GDK_KEY_Escape && self->asked != TAI_KEY_BACK)
    return GDK_EVENT_STOP;
  fault = tai_key_map_set (get_map (self), self->asked, keyval, state, &other);
  if (fault == TAI_KEY_MAP_GOOD)
    tai_screen_show_hint (TAI_SCREEN (self), _ ("The key is changed, here and on the bar below."));
  else
    say_fault (self, fault, other);
  show_keys (self);
  return GDK_EVENT_STOP;
}

static void
reset_cb (TaiKeysScreen *self)
{
  tai_key_map_reset (get_map (self));
  show_keys (self);
  tai_screen_show_hint (TAI_SCREEN (self), _ ("All keys are as they came."));
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiKeysScreen *self = TAI_KEYS_SCREEN (screen);
  GtkListBoxRow *first;

  self->is_asking = FALSE;
  show_keys (self);
  first = gtk_list_box_get_row_at_index (self->list, 0);
  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
tai_keys_screen_class_init (TaiKeysScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/keys.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiKeysScreen, list);
  gtk_widget_class_bind_template_child (widget_class, TaiKeysScreen, reset);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
tai_keys_screen_init (TaiKeysScreen *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_label_button (GTK_BUTTON (self->reset), _ ("As they _came"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
