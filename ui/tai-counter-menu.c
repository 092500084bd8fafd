/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. GTK leaves the focus on the button, where letters go nowhere. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-counter-menu.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-screen.h"

struct _TaiCounterMenu {
  GtkWidget parent;
  GtkMenuButton *button;
  GWeakRef before; /* what had the focus */
  guint giver;     /* idle source; 0: none */
};

G_DEFINE_FINAL_TYPE (TaiCounterMenu, tai_counter_menu, GTK_TYPE_WIDGET)

/* Asked by GTK before the menu takes the focus. */
static void
opens_cb (GtkMenuButton *button, gpointer data)
{
  TaiCounterMenu *self = data;

  g_weak_ref_set (&self->before, gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))));
}

static gboolean
give_back_cb (gpointer data)
{
  TaiCounterMenu *self = data;
  g_autoptr (GtkWidget) before = g_weak_ref_get (&self->before);

  self->giver = 0;
  /* a page that was chosen has taken the focus, and the one that was left is not there to have it */
  if (before != NULL && gtk_widget_get_mapped (before))
    gtk_widget_grab_focus (before);
  return G_SOURCE_REMOVE;
}

/* GTK moves the focus after this. */
static void
closed_cb (TaiCounterMenu *self)
{
  if (self->giver == 0)
    self->giver = g_idle_add_full (G_PRIORITY_HIGH_IDLE, give_back_cb, self, NULL);
}

static void
tai_counter_menu_dispose (GObject *object)
{
  TaiCounterMenu *self = TAI_COUNTER_MENU (object);

  g_clear_handle_id (&self->giver, g_source_remove);
  g_weak_ref_set (&self->before, NULL);
  g_clear_pointer ((GtkWidget **)&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (tai_counter_menu_parent_class)->dispose (object);
}

static void
tai_counter_menu_finalize (GObject *object)
{
  g_weak_ref_clear (&TAI_COUNTER_MENU (object)->before);
  G_OBJECT_CLASS (tai_counter_menu_parent_class)->finalize (object);
}

static void
tai_counter_menu_class_init (TaiCounterMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_counter_menu_dispose;
  G_OBJECT_CLASS (klass)->finalize = tai_counter_menu_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tai_counter_menu_init (TaiCounterMenu *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_weak_ref_init (&self->before, NULL);
  self->button = GTK_MENU_BUTTON (button);
  for (const char *const *page = tai_screen_list_pages (); *page != NULL; page++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (tai_screen_find_page_title (*page), NULL);
    g_menu_item_set_action_and_target (item, "counter.page", "s", *page);
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_icon_name (self->button, "open-menu-symbolic");
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (menu));
  gtk_menu_button_set_create_popup_func (self->button, opens_cb, self, NULL);
  gtk_widget_set_tooltip_text (button, _ ("Menu"));
  tai_ui_name (button, _ ("Menu"));
  tai_ui_name (gtk_widget_get_first_child (button), _ ("Menu"));
  gtk_widget_set_focus_on_click (gtk_widget_get_first_child (button), FALSE);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_signal_connect_swapped (gtk_menu_button_get_popover (self->button), "closed", G_CALLBACK (closed_cb),
                            self);
}

GtkWidget *
tai_counter_menu_new (void)
{
  return g_object_new (TAI_TYPE_COUNTER_MENU, NULL);
}
