/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-kiosk-welcome-page.h"

#include "tai-accessible.h"
#include "tai-operation-words.h"

struct _TaiKioskWelcomePage {
  TaiKioskPage parent;
  GtkBox *split;
};

G_DEFINE_FINAL_TYPE (TaiKioskWelcomePage, tai_kiosk_welcome_page, TAI_TYPE_KIOSK_PAGE)

static void
door_cb (TaiKioskWelcomePage *self, GtkWidget *door)
{
  const char *id = gtk_widget_get_name (door);

  tai_kiosk_page_get_draft (TAI_KIOSK_PAGE (self))->operation = tai_operation_find (id);
  tai_screen_next (TAI_SCREEN (self));
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_door (TaiKioskWelcomePage *self, const char *operation_id)
{
  const char *title = tai_operation_words_get_title (operation_id);
  const char *description = tai_operation_words_get_description (operation_id);
  GtkWidget *door = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), new_label (title, "kiosk-huge"));
  gtk_box_append (GTK_BOX (box), new_label (description, NULL));
  gtk_button_set_child (GTK_BUTTON (door), box);
  gtk_widget_set_name (door, operation_id);
  gtk_widget_add_css_class (door, "kiosk-door");
  tai_ui_name (door, title);
  tai_ui_describe (door, description);
  g_signal_connect_swapped (door, "clicked", G_CALLBACK (door_cb), self);
  gtk_box_append (self->split, door);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiKioskWelcomePage *self = TAI_KIOSK_WELCOME_PAGE (screen);
  TaiCounter *counter = tai_screen_get_counter (screen);
  TaiCatalogue *catalogue = tai_counter_get_catalogue (counter);
  gint64 now = tai_clock_now (tai_counter_get_clock (counter));
  guint n;
  const TaiOperation *operations = tai_operation_get_all (&n);

  for (guint i = 0; catalogue != NULL && i < n; i++)
    if (tai_prepared_find_price (catalogue, &operations[i], now) != NULL)
      add_door (self, operations[i].id);
  tai_kiosk_page_set_split (TAI_KIOSK_PAGE (self), self->split);
}

static void
tai_kiosk_welcome_page_class_init (TaiKioskWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/kiosk-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiKioskWelcomePage, split);
}

static void
tai_kiosk_welcome_page_init (TaiKioskWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
