/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sign in, and sign in again at a locked desk. The PIN never becomes a text that others could read. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-sign-in-screen.h"

#include <glib/gi18n.h>

#include "tai-badge.h"
#include "tai-core-error.h"
#include "tai-do.h"
#include "tai-proof-entry.h"
#include "tai-words.h"

struct _TaiSignInScreen {
  TaiScreen parent;
  GtkLabel *hall, *class_note;
  GtkEditable *number;
  AdwBin *place;
  TaiProofEntry *pin;
  GtkWidget *enter;
};

G_DEFINE_FINAL_TYPE (TaiSignInScreen, tai_sign_in_screen, TAI_TYPE_SCREEN)

/* Until when, on the wall clock: "wait a while" is no advice. */
static void
show_locked_until (TaiSignInScreen *self, const GError *error, gint64 until_us)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  const char *advice = tai_station_explain (tai_counter_get_station (counter), error);
  gint64 wait_s = (until_us - tai_clock_now (tai_counter_get_clock (counter))) / G_USEC_PER_SEC + 1;
  g_autofree char *until = tai_words_time (until_us, tai_counter_get_terminal (counter)->utc_offset_min);
  g_autofree char *words = wait_s < 120 ? g_strdup_printf (_ ("%s Again in %d seconds."), advice, (int)wait_s)
                                        : g_strdup_printf (_ ("%s Again at %s."), advice, until);

  tai_screen_show_problem (TAI_SCREEN (self), words);
}

static void
signed_in_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiSignInScreen *self = owner;
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  gint64 now = tai_clock_now (tai_counter_get_clock (counter));

  gtk_widget_set_sensitive (self->enter, TRUE);
  if (error != NULL && args->number > now)
    show_locked_until (self, error, args->number);
  else if (g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CODE_NEEDED))
    tai_screen_show_hint (TAI_SCREEN (self),
                          _ ("The PIN is right. Now the code that your code device shows."));
  else
    tai_screen_show_error (TAI_SCREEN (self), error);
  tai_proof_entry_take_answer (self->pin, args, error);
  if (error != NULL)
    return;
  gtk_editable_set_text (self->number, "");
  tai_screen_next (TAI_SCREEN (self));
}

static void
sign_in_cb (TaiSignInScreen *self)
{
  TaiCounterArgs *args;

  if (!gtk_widget_get_sensitive (self->enter))
    return;
  if (gtk_editable_get_text (self->number)[0] == '\0') {
    gtk_widget_grab_focus (GTK_WIDGET (self->number));
    return;
  }
  args = tai_counter_args_new ();
  args->text = g_strstrip (gtk_editable_get_chars (self->number, 0, -1));
  args->secret = tai_proof_entry_steal (self->pin);
  gtk_widget_set_sensitive (self->enter, FALSE);
  tai_screen_call (TAI_SCREEN (self), tai_do_sign_in, args, signed_in_cb);
}

/* A badge says who comes; that he is it, his PIN says. */
static gboolean
scanned (TaiScreen *screen, const char *text)
{
  TaiSignInScreen *self = TAI_SIGN_IN_SCREEN (screen);
  char number[TAI_BADGE_NUMBER_MAX + 1];

  if (!gtk_widget_get_sensitive (self->enter))
    return TRUE;
  if (!tai_badge_from_text (text, number)) {
    tai_screen_show_hint (screen, _ ("This is no staff badge. Scan your badge, or type your staff number."));
    return TRUE;
  }
  gtk_editable_set_text (self->number, number);
  gtk_widget_grab_focus (GTK_WIDGET (self->pin));
  return TRUE;
}

static void
number_changed_cb (TaiSignInScreen *self)
{
  tai_proof_entry_clear (self->pin);
}

static void
number_activate_cb (TaiSignInScreen *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->pin));
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiSignInScreen *self = TAI_SIGN_IN_SCREEN (screen);
  TaiCounter *counter = tai_screen_get_counter (screen);
  const TaiTerminal *terminal = tai_counter_get_terminal (counter);
  g_autofree char *title = g_strdup_printf (_ ("%s · desk %s"), terminal->hall_name, terminal->desk);
  gboolean is_live = g_strcmp0 (terminal->klass, "production") == 0;

  gtk_label_set_text (self->hall, title);
  gtk_widget_set_visible (GTK_WIDGET (self->class_note), !is_live);
  gtk_label_set_text (self->class_note, g_strcmp0 (terminal->klass, "training") == 0
                                            ? _ ("Training: nothing here is real")
                                            : _ ("Demo: nothing here is real"));
  if (text != NULL)
    gtk_editable_set_text (self->number, text);
  tai_proof_entry_clear (self->pin);
  gtk_widget_grab_focus (text != NULL ? GTK_WIDGET (self->pin) : GTK_WIDGET (self->number));
  if (tai_counter_get_visit (counter) != NULL)
    tai_screen_show_hint (screen, _ ("The desk is locked. The visit on it is kept."));
}

static void
leave (TaiScreen *screen)
{
  tai_proof_entry_clear (TAI_SIGN_IN_SCREEN (screen)->pin);
}

static void
tai_sign_in_screen_class_init (TaiSignInScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->scanned = scanned;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/sign-in.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiSignInScreen, hall);
  gtk_widget_class_bind_template_child (widget_class, TaiSignInScreen, class_note);
  gtk_widget_class_bind_template_child (widget_class, TaiSignInScreen, number);
  gtk_widget_class_bind_template_child (widget_class, TaiSignInScreen, place);
  gtk_widget_class_bind_template_child (widget_class, TaiSignInScreen, enter);
  gtk_widget_class_bind_template_callback (widget_class, number_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, number_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
tai_sign_in_screen_init (TaiSignInScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->pin = TAI_PROOF_ENTRY (tai_proof_entry_new (_ ("PIN")));
  adw_bin_set_child (self->place, GTK_WIDGET (self->pin));
  g_signal_connect_swapped (self->pin, "activate", G_CALLBACK (sign_in_cb), self);
}
