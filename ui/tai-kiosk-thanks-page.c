/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-kiosk-thanks-page.h"

struct _TaiKioskThanksPage {
  TaiKioskPage parent;
};

G_DEFINE_FINAL_TYPE (TaiKioskThanksPage, tai_kiosk_thanks_page, TAI_TYPE_KIOSK_PAGE)

static void
tai_kiosk_thanks_page_class_init (TaiKioskThanksPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/kiosk-thanks.ui");
}

static void
tai_kiosk_thanks_page_init (TaiKioskThanksPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
