/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-kiosk-closed-page.h"

#include <glib/gi18n.h>

#include "tai-kiosk.h"

struct _TaiKioskClosedPage {
  TaiKioskPage parent;
  GtkLabel *reason;
};

G_DEFINE_FINAL_TYPE (TaiKioskClosedPage, tai_kiosk_closed_page, TAI_TYPE_KIOSK_PAGE)

/* For the colleague who is asked to look at it. */
static const char *
explain (TaiKioskState state)
{
  switch (state) {
  case TAI_KIOSK_NO_CATALOGUE:
    return _ (
        "For staff: there is no price list on this terminal. It comes by itself when headquarters can be reached.");
  case TAI_KIOSK_NOTHING_ON_SALE:
    return _ ("For staff: the price list has nothing for a kiosk at this time.");
  case TAI_KIOSK_CLOCK_WRONG:
    return _ ("For staff: this machine's clock is wrong. Set date and time.");
  case TAI_KIOSK_NOT_LET_IN:
    return _ ("For staff: headquarters does not let this terminal in. Call the hall's support.");
  case TAI_KIOSK_OPEN:
  default:
    return "";
  }
}

static void
update (TaiScreen *screen)
{
  TaiCounter *counter = tai_screen_get_counter (screen);
  TaiKioskState state = tai_kiosk_get_state (tai_counter_get_catalogue (counter),
                                             tai_station_get_figures (tai_counter_get_station (counter)),
                                             tai_clock_now (tai_counter_get_clock (counter)));

  gtk_label_set_text (TAI_KIOSK_CLOSED_PAGE (screen)->reason, explain (state));
}

static void
enter (TaiScreen *screen, const char *text)
{
  update (screen);
}

static void
tai_kiosk_closed_page_class_init (TaiKioskClosedPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->update = update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/kiosk-closed.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiKioskClosedPage, reason);
}

static void
tai_kiosk_closed_page_init (TaiKioskClosedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
