/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-kiosk-check-page.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-core-error.h"
#include "tai-words.h"

struct _TaiKioskCheckPage {
  TaiKioskPage parent;
  GtkBox *split;
  GtkLabel *number, *owner;
  GtkWidget *yes;
  GCancellable *cancellable; /* (owned) (nullable) a look is under way */
};

G_DEFINE_FINAL_TYPE (TaiKioskCheckPage, tai_kiosk_check_page, TAI_TYPE_KIOSK_PAGE)

static void
yes_cb (TaiKioskCheckPage *self)
{
  tai_screen_next (TAI_SCREEN (self));
}

static void
change_cb (TaiKioskCheckPage *self)
{
  tai_kiosk_page_go (TAI_KIOSK_PAGE (self), TAI_KIOSK_NUMBER);
}

/* Strangers type numbers here: of what headquarters says only the mask is shown, never plan, balance or arrears. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TaiKioskCheckPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiLineView) view = tai_directory_look_up_line_finish (TAI_DIRECTORY (source), result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (view != NULL && view->owner_mask != NULL)
    words = g_strdup_printf (_ ("Registered to %s"), view->owner_mask);
  else if (g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LINE_UNKNOWN))
    words = g_strdup (_ ("This number is not known to us. Please check every digit."));
  gtk_label_set_text (self->owner, words != NULL ? words : "");
}

static void
look_up (TaiKioskCheckPage *self, const char *msisdn)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));

  self->cancellable = g_cancellable_new ();
  tai_directory_look_up_line_async (tai_counter_get_directory (counter), msisdn, self->cancellable, looked_cb,
                                    g_object_ref (self));
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiKioskCheckPage *self = TAI_KIOSK_CHECK_PAGE (screen);
  g_autofree char *shown = tai_words_number (tai_kiosk_page_get_draft (TAI_KIOSK_PAGE (screen))->msisdn);

  gtk_label_set_text (self->number, shown);
  tai_ui_describe (self->yes, shown);
  tai_kiosk_page_set_split (TAI_KIOSK_PAGE (self), self->split);
  gtk_widget_grab_focus (self->yes);
  look_up (self, tai_kiosk_page_get_draft (TAI_KIOSK_PAGE (screen))->msisdn);
}

static void
leave (TaiScreen *screen)
{
  TaiKioskCheckPage *self = TAI_KIOSK_CHECK_PAGE (screen);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
tai_kiosk_check_page_class_init (TaiKioskCheckPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/kiosk-check.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiKioskCheckPage, split);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskCheckPage, number);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskCheckPage, owner);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskCheckPage, yes);
  gtk_widget_class_bind_template_callback (widget_class, yes_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_cb);
}

static void
tai_kiosk_check_page_init (TaiKioskCheckPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
