/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till is opened with what was counted; what was expected is not shown before. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-open-till-screen.h"

#include <glib/gi18n.h>

#include "tai-amount-entry.h"
#include "tai-do.h"

struct _TaiOpenTillScreen {
  TaiScreen parent;
  AdwBin *place;
  TaiAmountEntry *amount; /* (nullable) until the till's currency is known */
  GtkWidget *open;
};

G_DEFINE_FINAL_TYPE (TaiOpenTillScreen, tai_open_till_screen, TAI_TYPE_SCREEN)

static void
opened_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiOpenTillScreen *self = owner;

  gtk_widget_set_sensitive (self->open, TRUE);
  tai_screen_show_error (TAI_SCREEN (self), error);
  if (error == NULL)
    tai_screen_next (TAI_SCREEN (self));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->amount));
}

static void
open_cb (TaiOpenTillScreen *self)
{
  TaiMoney counted;
  TaiCounterArgs *args;

  if (!gtk_widget_get_sensitive (self->open))
    return;
  if (!tai_amount_entry_get_amount (self->amount, &counted)) {
    tai_screen_show_problem (TAI_SCREEN (self), _ ("Type the sum that you counted. An empty drawer is 0."));
    return;
  }
  args = tai_counter_args_new ();
  args->amount = counted;
  gtk_widget_set_sensitive (self->open, FALSE);
  tai_screen_call (TAI_SCREEN (self), tai_do_open_till, args, opened_cb);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiOpenTillScreen *self = TAI_OPEN_TILL_SCREEN (screen);

  tai_amount_entry_clear (self->amount);
  gtk_widget_grab_focus (GTK_WIDGET (self->amount));
}

static void
constructed (GObject *object)
{
  TaiOpenTillScreen *self = TAI_OPEN_TILL_SCREEN (object);
  guint16 currency = tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (object)))->currency;

  G_OBJECT_CLASS (tai_open_till_screen_parent_class)->constructed (object);
  self->amount = TAI_AMOUNT_ENTRY (tai_amount_entry_new (_ ("Float counted"), currency));
  adw_bin_set_child (self->place, GTK_WIDGET (self->amount));
  g_signal_connect_swapped (self->amount, "activate", G_CALLBACK (open_cb), self);
}

static void
tai_open_till_screen_class_init (TaiOpenTillScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = constructed;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/open-till.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiOpenTillScreen, place);
  gtk_widget_class_bind_template_child (widget_class, TaiOpenTillScreen, open);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
tai_open_till_screen_init (TaiOpenTillScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
