/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button for each verb, in the order of the table. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-key-bar.h"

#include <string.h>

#include "tai-accessible.h"
#include "tai-widget.h"
#include "tai-wrap-layout.h"

struct _TaiKeyBar {
  GtkWidget parent;
  TaiKeyMap *map;      /* (owned) */
  const TaiKey *verbs; /* (nullable) */
  guint n;
  gboolean is_dead[TAI_N_KEYS];
  GtkWidget *buttons[TAI_N_KEYS]; /* (nullable) the bar's */
};

G_DEFINE_FINAL_TYPE (TaiKeyBar, tai_key_bar, GTK_TYPE_WIDGET)

/* Not the button's own action: GTK would make the button sensitive with it, whatever the page says. */
static void
clicked_cb (GtkWidget *button, gpointer key)
{
  gtk_widget_activate_action (button, "counter.key", "i", (gint32)GPOINTER_TO_INT (key));
}

static void
add_button (TaiKeyBar *self, TaiKey key)
{
  g_autofree char *key_name = tai_key_map_get_label (self->map, key);
  g_autofree char *text = g_strdup_printf ("%s %s", key_name, tai_key_get_label (key));
  GtkWidget *button = gtk_button_new_with_label (text);

  tai_ui_name (button, text);
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), GINT_TO_POINTER ((int)key));
  gtk_widget_set_sensitive (button, !self->is_dead[key]);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  self->buttons[key] = button;
}

static void
clear (TaiKeyBar *self)
{
  tai_widget_unparent_children (GTK_WIDGET (self));
  memset (self->buttons, 0, sizeof self->buttons);
}

static void
fill (TaiKeyBar *self)
{
  clear (self);
  for (guint i = 0; i < self->n; i++)
    if (self->verbs != NULL || tai_key_is_on_bar (i))
      add_button (self, self->verbs != NULL ? self->verbs[i] : i);
}

static void
tai_key_bar_dispose (GObject *object)
{
  TaiKeyBar *self = TAI_KEY_BAR (object);

  clear (self);
  g_clear_object (&self->map);
  G_OBJECT_CLASS (tai_key_bar_parent_class)->dispose (object);
}

static void
tai_key_bar_class_init (TaiKeyBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_key_bar_dispose;
  gtk_widget_class_set_css_name (widget_class, "keybar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
}

static void
tai_key_bar_init (TaiKeyBar *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), tai_wrap_layout_new (0, TRUE));
}

GtkWidget *
tai_key_bar_new (TaiKeyMap *map, const TaiKey *verbs, guint n)
{
  TaiKeyBar *self = g_object_new (TAI_TYPE_KEY_BAR, NULL);

  self->map = g_object_ref (map);
  self->verbs = verbs;
  self->n = verbs != NULL ? n : TAI_N_KEYS;
  g_signal_connect_object (map, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
  return GTK_WIDGET (self);
}

void
tai_key_bar_set_alive (TaiKeyBar *self, TaiKey key, gboolean is_alive)
{
  g_return_if_fail (TAI_IS_KEY_BAR (self) && key < TAI_N_KEYS);

  self->is_dead[key] = !is_alive;
  if (self->buttons[key] != NULL)
    gtk_widget_set_sensitive (self->buttons[key], is_alive);
}
