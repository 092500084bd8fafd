/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One count gives the drawer to a colleague: it is counted blind, he gives his number and PIN, and is signed in. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-hand-over-screen.h"

#include <glib/gi18n.h>

#include "tai-amount-entry.h"
#include "tai-badge.h"
#include "tai-core-error.h"
#include "tai-do.h"
#include "tai-proof-entry.h"

struct _TaiHandOverScreen {
  TaiScreen parent;
  AdwBin *place, *pin_place;
  TaiAmountEntry *counted;
  GtkEditable *taker;
  TaiProofEntry *pin;
  GtkWidget *give;
};

G_DEFINE_FINAL_TYPE (TaiHandOverScreen, tai_hand_over_screen, TAI_TYPE_SCREEN)

static void
given_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiHandOverScreen *self = owner;
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  const TaiStaff *staff = tai_counter_get_staff (counter);

  gtk_widget_set_sensitive (self->give, TRUE);
  tai_screen_show_error (TAI_SCREEN (self), error);
  /* handed over, and only the slip could not be made: the colleague is there */
  if (error != NULL && g_strcmp0 (staff != NULL ? staff->number : NULL, args->text) != 0) {
    gboolean is_count = error->domain == TAI_CORE_ERROR && error->code == TAI_CORE_ERROR_RECOUNT;

    tai_proof_entry_take_answer (self->pin, args, error);
    if (is_count) {
      tai_amount_entry_clear (self->counted);
      gtk_widget_grab_focus (GTK_WIDGET (self->counted));
    }
    return;
  }
  tai_station_print (tai_counter_get_station (counter));
  tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_HOME, NULL);
}

/* To the first thing that is missing. FALSE: nothing is. */
static gboolean
ask_for_missing (TaiHandOverScreen *self)
{
  TaiMoney counted;

  if (!tai_amount_entry_get_amount (self->counted, &counted)) {
    tai_screen_show_problem (TAI_SCREEN (self), _ ("Type the sum that you counted. An empty drawer is 0."));
    gtk_widget_grab_focus (GTK_WIDGET (self->counted));
  } else if (gtk_editable_get_text (self->taker)[0] == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->taker));
  else if (!tai_proof_entry_is_filled (self->pin))
    gtk_widget_grab_focus (GTK_WIDGET (self->pin));
  else
    return FALSE;
  return TRUE;
}

static void
give_cb (TaiHandOverScreen *self)
{
  TaiCounterArgs *args;

  if (!gtk_widget_get_sensitive (self->give) || ask_for_missing (self))
    return;
  args = tai_counter_args_new ();
  tai_amount_entry_get_amount (self->counted, &args->amount);
  args->text = g_strdup (gtk_editable_get_text (self->taker));
  args->secret = tai_proof_entry_steal (self->pin);
  gtk_widget_set_sensitive (self->give, FALSE);
  tai_screen_call (TAI_SCREEN (self), tai_do_hand_over, args, given_cb);
}

static gboolean
scanned (TaiScreen *screen, const char *text)
{
  TaiHandOverScreen *self = TAI_HAND_OVER_SCREEN (screen);
  char number[TAI_BADGE_NUMBER_MAX + 1];

  if (!tai_badge_from_text (text, number))
    return FALSE;
  gtk_editable_set_text (self->taker, number);
  tai_proof_entry_clear (self->pin);
  gtk_widget_grab_focus (GTK_WIDGET (self->pin));
  return TRUE;
}

/* A PIN is of whoever was named when it was typed. */
static void
taker_changed_cb (TaiHandOverScreen *self)
{
  tai_proof_entry_clear (self->pin);
}

static void
clear (TaiHandOverScreen *self)
{
  tai_amount_entry_clear (self->counted);
  gtk_editable_set_text (self->taker, "");
  tai_proof_entry_clear (self->pin);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiHandOverScreen *self = TAI_HAND_OVER_SCREEN (screen);

  clear (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->counted));
  if (tai_counter_get_shift (tai_screen_get_counter (screen)) == NULL)
    tai_screen_show_hint (screen, _ ("The till is not open."));
}

static void
leave (TaiScreen *screen)
{
  clear (TAI_HAND_OVER_SCREEN (screen));
}

static void
constructed (GObject *object)
{
  TaiHandOverScreen *self = TAI_HAND_OVER_SCREEN (object);
  guint16 currency = tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (object)))->currency;

  G_OBJECT_CLASS (tai_hand_over_screen_parent_class)->constructed (object);
  self->counted = TAI_AMOUNT_ENTRY (tai_amount_entry_new (_ ("Cash counted"), currency));
  adw_bin_set_child (self->place, GTK_WIDGET (self->counted));
  g_signal_connect_swapped (self->counted, "activate", G_CALLBACK (give_cb), self);
  self->pin = TAI_PROOF_ENTRY (tai_proof_entry_new (_ ("PIN of the colleague")));
  adw_bin_set_child (self->pin_place, GTK_WIDGET (self->pin));
  g_signal_connect_swapped (self->pin, "activate", G_CALLBACK (give_cb), self);
  g_signal_connect_swapped (self->taker, "changed", G_CALLBACK (taker_changed_cb), self);
}

static void
tai_hand_over_screen_class_init (TaiHandOverScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = constructed;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->scanned = scanned;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/hand-over.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiHandOverScreen, place);
  gtk_widget_class_bind_template_child (widget_class, TaiHandOverScreen, taker);
  gtk_widget_class_bind_template_child (widget_class, TaiHandOverScreen, pin_place);
  gtk_widget_class_bind_template_child (widget_class, TaiHandOverScreen, give);
  gtk_widget_class_bind_template_callback (widget_class, give_cb);
}

static void
tai_hand_over_screen_init (TaiHandOverScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
