/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. GTK leaves the focus on the button, where letters go nowhere. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-counter-menu.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-screen.h"

#define BEFORE "tai-focus-before"

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* Asked by GTK before the menu takes the focus. */
static void
opens_cb (GtkMenuButton *button, gpointer before)
{
  g_weak_ref_set (before, gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (button))));
}

static gboolean
give_back_cb (gpointer button)
{
  g_autoptr (GtkWidget) before = g_weak_ref_get (g_object_get_data (button, BEFORE));

  /* a page that was chosen has taken the focus, and the one that was left is not there to have it */
  if (before != NULL && gtk_widget_get_mapped (before))
    gtk_widget_grab_focus (before);
  return G_SOURCE_REMOVE;
}

/* GTK moves the focus after this. */
static void
closed_cb (GtkPopover *popover, GtkWidget *button)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, give_back_cb, g_object_ref (button), g_object_unref);
}

GtkWidget *
tai_counter_menu_new (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkMenuButton *menu_button = GTK_MENU_BUTTON (button);
  GWeakRef *before = g_new0 (GWeakRef, 1);
  g_autoptr (GMenu) menu = g_menu_new ();

  for (const char *const *page = tai_screen_list_pages (); *page != NULL; page++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (tai_screen_find_page_title (*page), NULL);
    g_menu_item_set_action_and_target (item, "counter.page", "s", *page);
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_icon_name (menu_button, "open-menu-symbolic");
  gtk_menu_button_set_menu_model (menu_button, G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("Menu"));
  tai_ui_name (button, _ ("Menu"));
  tai_ui_name (gtk_widget_get_first_child (button), _ ("Menu"));
  gtk_widget_set_focus_on_click (gtk_widget_get_first_child (button), FALSE);
  g_weak_ref_init (before, NULL);
  g_object_set_data_full (G_OBJECT (button), BEFORE, before, weak_free);
  gtk_menu_button_set_create_popup_func (menu_button, opens_cb, before, NULL);
  g_signal_connect_object (gtk_menu_button_get_popover (menu_button), "closed", G_CALLBACK (closed_cb),
                           button, 0);
  return button;
}
