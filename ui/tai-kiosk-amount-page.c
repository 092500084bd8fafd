/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-kiosk-amount-page.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-digit-field.h"
#include "tai-number-pad.h"
#include "tai-words.h"

#define COLUMNS 2

/* What people top up with, in whole units of the terminal's currency. */
static const int usual[] = {30, 50, 100, 200};

struct _TaiKioskAmountPage {
  TaiKioskPage parent;
  GtkBox *split;
  GtkGrid *amounts;
  GtkWidget *choosing, *typing;
  AdwBin *place, *pad_place;
  TaiDigitField *amount;
};

G_DEFINE_FINAL_TYPE (TaiKioskAmountPage, tai_kiosk_amount_page, TAI_TYPE_KIOSK_PAGE)

static const TaiPrice *
find_price (TaiKioskAmountPage *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  TaiCatalogue *catalogue = tai_counter_get_catalogue (counter);
  const TaiOperation *operation = tai_kiosk_page_get_draft (TAI_KIOSK_PAGE (self))->operation;

  return catalogue != NULL && operation != NULL
             ? tai_prepared_find_price (catalogue, operation, tai_clock_now (tai_counter_get_clock (counter)))
             : NULL;
}

static TaiMoney
of_units (TaiKioskAmountPage *self, int units)
{
  guint16 currency = tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (self)))->currency;
  gint64 minor = units;

  for (int i = tai_currency_get_decimals (currency); i > 0; i--)
    minor *= 10;
  return tai_money (minor, currency);
}

/* With the limits in words: "outside" alone is no advice. */
static void
show_limits (TaiKioskAmountPage *self, const TaiPrice *price)
{
  g_autofree char *least = price->minimum.currency != 0 ? tai_words_money (price->minimum) : NULL;
  g_autofree char *most = price->maximum.currency != 0 ? tai_words_money (price->maximum) : NULL;
  g_autofree char *words = NULL;

  if (least != NULL && most != NULL)
    words = g_strdup_printf (_ ("Please choose an amount from %s to %s."), least, most);
  else if (least != NULL)
    words = g_strdup_printf (_ ("Please choose at least %s."), least);
  else if (most != NULL)
    words = g_strdup_printf (_ ("Please choose at most %s."), most);
  else
    words = g_strdup (_ ("Please choose an amount."));
  tai_screen_show_problem (TAI_SCREEN (self), words);
}

static void
choose (TaiKioskAmountPage *self, TaiMoney amount)
{
  const TaiPrice *price = find_price (self);

  if (price == NULL) { /* the catalogue changed meanwhile */
    tai_screen_show_problem (TAI_SCREEN (self), _ ("This is not offered any more. Please go to a counter."));
    return;
  }
  if (!tai_prepared_check_amount (price, amount, NULL)) {
    show_limits (self, price);
    return;
  }
  tai_kiosk_page_get_draft (TAI_KIOSK_PAGE (self))->amount = amount;
  tai_screen_next (TAI_SCREEN (self));
}

static void
usual_cb (TaiKioskAmountPage *self, GtkWidget *button)
{
  choose (self, of_units (self, (int)g_ascii_strtoll (gtk_widget_get_name (button), NULL, 10)));
}

static void
typed_cb (TaiKioskAmountPage *self)
{
  TaiMoney amount = of_units (self, 0);

  tai_digit_field_get_amount (self->amount, amount.currency, &amount);
  choose (self, amount);
}

static void
changed_cb (TaiKioskAmountPage *self)
{
  tai_screen_clear_notice (TAI_SCREEN (self));
}

static void
set_typing (TaiKioskAmountPage *self, gboolean is_typing)
{
  tai_screen_clear_notice (TAI_SCREEN (self));
  gtk_widget_set_visible (self->choosing, !is_typing);
  gtk_widget_set_visible (self->typing, is_typing);
  gtk_widget_set_visible (GTK_WIDGET (self->pad_place), is_typing);
}

static void
other_cb (TaiKioskAmountPage *self)
{
  set_typing (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->amount));
}

static void
back_to_usual_cb (TaiKioskAmountPage *self)
{
  tai_digit_field_clear (self->amount);
  set_typing (self, FALSE);
}

static void
add_usual (TaiKioskAmountPage *self, int units, int place)
{
  g_autofree char *name = g_strdup_printf ("%d", units);
  g_autofree char *label = tai_words_money (of_units (self, units));
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_name (button, name);
  gtk_widget_add_css_class (button, "kiosk-amount");
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (usual_cb), self);
  gtk_grid_attach (self->amounts, button, place % COLUMNS, place / COLUMNS, 1, 1);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiKioskAmountPage *self = TAI_KIOSK_AMOUNT_PAGE (screen);
  const TaiPrice *price = find_price (self);
  int place = 0;

  for (guint i = 0; price != NULL && i < G_N_ELEMENTS (usual); i++)
    if (tai_prepared_check_amount (price, of_units (self, usual[i]), NULL))
      add_usual (self, usual[i], place++);
  tai_kiosk_page_set_split (TAI_KIOSK_PAGE (self), self->split);
}

static void
tai_kiosk_amount_page_class_init (TaiKioskAmountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/kiosk-amount.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiKioskAmountPage, split);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskAmountPage, amounts);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskAmountPage, choosing);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskAmountPage, typing);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskAmountPage, place);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskAmountPage, pad_place);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_to_usual_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
}

static void
tai_kiosk_amount_page_init (TaiKioskAmountPage *self)
{
  GtkWidget *pad = tai_number_pad_new (TAI_NUMBER_PAD_AMOUNT);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->amount = TAI_DIGIT_FIELD (tai_digit_field_new (_ ("Amount"), TAI_DIGIT_AMOUNT));
  adw_bin_set_child (self->place, GTK_WIDGET (self->amount));
  adw_bin_set_child (self->pad_place, pad);
  tai_number_pad_set_target (TAI_NUMBER_PAD (pad), GTK_WIDGET (self->amount));
  g_signal_connect_swapped (self->amount, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->amount, "activate", G_CALLBACK (typed_cb), self);
}
