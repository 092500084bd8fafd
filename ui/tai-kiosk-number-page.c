/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-kiosk-number-page.h"

#include <glib/gi18n.h>

#include "tai-digit-field.h"
#include "tai-number-pad.h"
#include "tai-numbers.h"

#define DIGITS 11

struct _TaiKioskNumberPage {
  TaiKioskPage parent;
  GtkBox *split;
  AdwBin *place, *pad_place;
  TaiDigitField *number;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (TaiKioskNumberPage, tai_kiosk_number_page, TAI_TYPE_KIOSK_PAGE)

static void
changed_cb (TaiKioskNumberPage *self)
{
  TaiPrepared *draft = tai_kiosk_page_get_draft (TAI_KIOSK_PAGE (self));

  g_strlcpy (draft->msisdn, tai_digit_field_get_text (self->number), sizeof draft->msisdn);
  tai_screen_clear_notice (TAI_SCREEN (self));
  gtk_widget_set_sensitive (self->next, strlen (draft->msisdn) == DIGITS);
}

static void
next_cb (TaiKioskNumberPage *self)
{
  g_autoptr (GError) error = NULL;
  const char *text = tai_digit_field_get_text (self->number);

  if (strlen (text) != DIGITS)
    tai_screen_show_problem (TAI_SCREEN (self), _ ("A mobile number has eleven digits. Some are missing."));
  else if (!tai_msisdn_check (text, &error))
    tai_screen_show_problem (
        TAI_SCREEN (self), _ ("This is not a mobile number that can be used here. Please check the digits."));
  else
    tai_screen_next (TAI_SCREEN (self));
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiKioskNumberPage *self = TAI_KIOSK_NUMBER_PAGE (screen);

  tai_digit_field_set_text (self->number, tai_kiosk_page_get_draft (TAI_KIOSK_PAGE (screen))->msisdn);
  changed_cb (self);
  tai_kiosk_page_set_split (TAI_KIOSK_PAGE (self), self->split);
  gtk_widget_grab_focus (GTK_WIDGET (self->number));
}

static void
tai_kiosk_number_page_class_init (TaiKioskNumberPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/kiosk-number.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiKioskNumberPage, split);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskNumberPage, place);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskNumberPage, pad_place);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskNumberPage, next);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
tai_kiosk_number_page_init (TaiKioskNumberPage *self)
{
  GtkWidget *pad = tai_number_pad_new (TAI_NUMBER_PAD_PIN);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->number = TAI_DIGIT_FIELD (tai_digit_field_new (_ ("Mobile number"), TAI_DIGIT_NUMBER));
  adw_bin_set_child (self->place, GTK_WIDGET (self->number));
  adw_bin_set_child (self->pad_place, pad);
  tai_number_pad_set_target (TAI_NUMBER_PAD (pad), GTK_WIDGET (self->number));
  g_signal_connect_swapped (self->number, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->number, "activate", G_CALLBACK (next_cb), self);
}
