/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A top-up went to the wrong number (错缴更正): who paid shows his card, says the right number, and signs the slip. The exact amount
 * moves, once; headquarters decides. What is on the desk is not touched by it.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-correction-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-operation-words.h"
#include "tai-words.h"

#define DIGITS     11
#define REASON_MAX 100

struct _TaiCorrectionScreen {
  TaiScreen parent;
  GtkLabel *what, *card;
  GtkEditable *number, *reason;
  GtkWidget *again, *move;
  char *order;               /* (owned) (nullable) its id */
  GCancellable *cancellable; /* (owned) (nullable) while the reader waits */
  gboolean is_identified, is_asking;
};

G_DEFINE_FINAL_TYPE (TaiCorrectionScreen, tai_correction_screen, TAI_TYPE_SCREEN)

/* Digits alone, however they were typed. */
static char *
read_number (TaiCorrectionScreen *self)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = gtk_editable_get_text (self->number); *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static void
show (TaiCorrectionScreen *self)
{
  gboolean waits = self->cancellable != NULL;

  gtk_label_set_text (self->card, self->is_identified ? _ ("The customer's card was read. Give it back.")
                                  : waits ? _ ("Put the card of the customer who paid on the reader.")
                                          : _ ("No card was read."));
  gtk_widget_set_visible (self->again, !waits && !self->is_identified);
  gtk_widget_set_sensitive (self->move, self->is_identified && !self->is_asking);
}

/* The order ---------------------------------------------------------------------------------------------------------------- */

static void
looked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCorrectionScreen *self = owner;
  const TaiOrderLook *look = args->result;
  g_autofree char *number = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *words = NULL;

  if (g_strcmp0 (args->text, self->order) != 0)
    return;
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  number = tai_words_number (tai_order_get (look->order, "MSISDN"));
  amount = tai_words_money (look->order->today);
  words = g_strdup_printf ("%s %s · %s", tai_operation_words_get_title (look->order->operation->id), number,
                           amount);
  gtk_label_set_text (self->what, words);
}

/* The card ----------------------------------------------------------------------------------------------------------------- */

static void
identified_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCorrectionScreen *self = owner;

  if (!tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  tai_screen_show_error (TAI_SCREEN (self), error);
  self->is_identified = error == NULL;
  show (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TaiCorrectionScreen) self = data;
  g_autoptr (GError) error = NULL;
  TaiIdentity *identity = tai_station_read_card_finish (TAI_STATION (source), result, &error);
  TaiCounterArgs *args;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    show (self);
    return;
  }
  args = tai_counter_args_new ();
  args->identity = identity;
  tai_screen_call (TAI_SCREEN (self), tai_do_identify_apart, args, identified_cb);
}

static void
read_card (TaiCorrectionScreen *self)
{
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self)));

  if (self->cancellable != NULL)
    return;
  if (tai_station_get_figures (station)->lights[TAI_STATION_READER] == TAI_LIGHT_NONE)
    tai_screen_show_problem (TAI_SCREEN (self),
                             _ ("No card reader is set up at this terminal, and a correction needs the "
                                "card. Nothing was moved; send the customer to another desk."));
  else {
    self->cancellable = g_cancellable_new ();
    tai_station_read_card_async (station, self->cancellable, read_cb, g_object_ref (self));
  }
  show (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->number));
}

/* Moving ------------------------------------------------------------------------------------------------------------------- */

static void
moved_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCorrectionScreen *self = owner;
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self)));

  self->is_asking = FALSE;
  show (self);
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  tai_station_print (station);
  tai_station_try_line (station);
  if (tai_screen_is_shown (TAI_SCREEN (self)))
    tai_screen_go_back (TAI_SCREEN (self));
}

static void
move_cb (TaiCorrectionScreen *self)
{
  g_autofree char *number = read_number (self);
  TaiCounterArgs *args;

  if (!self->is_identified || self->is_asking)
    return;
  if (strlen (number) != DIGITS) {
    tai_screen_show_problem (TAI_SCREEN (self), _ ("The right number has eleven digits. Nothing was moved."));
    gtk_widget_grab_focus (GTK_WIDGET (self->number));
    return;
  }
  args = tai_counter_args_new ();
  args->text = g_strdup (self->order);
  args->more = g_strdup (number);
  args->reason = g_strstrip (gtk_editable_get_chars (self->reason, 0, -1));
  self->is_asking = TRUE;
  show (self);
  tai_screen_call (TAI_SCREEN (self), tai_do_correct_order, args, moved_cb);
}

static void
number_done_cb (TaiCorrectionScreen *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

static void
reason_done_cb (TaiCorrectionScreen *self)
{
  gtk_widget_grab_focus (self->move);
}

/* The screen --------------------------------------------------------------------------------------------------------------- */

static void
enter (TaiScreen *screen, const char *text)
{
  TaiCorrectionScreen *self = TAI_CORRECTION_SCREEN (screen);
  TaiCounterArgs *args = tai_counter_args_new ();

  g_free (self->order);
  self->order = g_strdup (text != NULL ? text : "");
  self->is_identified = self->is_asking = FALSE;
  gtk_label_set_text (self->what, "");
  gtk_editable_set_text (self->number, "");
  gtk_editable_set_text (self->reason, "");
  args->text = g_strdup (self->order);
  tai_screen_call (screen, tai_do_look_at_order, args, looked_cb);
  read_card (self);
}

/* Whoever it was is forgotten. */
static void
leave (TaiScreen *screen)
{
  TaiCorrectionScreen *self = TAI_CORRECTION_SCREEN (screen);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (tai_screen_get_counter (screen) != NULL && self->order != NULL)
    tai_counter_call (tai_screen_get_counter (screen), tai_do_forget_apart, NULL, NULL, NULL);
  g_clear_pointer (&self->order, g_free);
  gtk_editable_set_text (self->number, "");
}

static void
tai_correction_screen_dispose (GObject *object)
{
  TaiCorrectionScreen *self = TAI_CORRECTION_SCREEN (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->order, g_free);
  G_OBJECT_CLASS (tai_correction_screen_parent_class)->dispose (object);
}

static void
tai_correction_screen_class_init (TaiCorrectionScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_correction_screen_dispose;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/correction.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiCorrectionScreen, what);
  gtk_widget_class_bind_template_child (widget_class, TaiCorrectionScreen, card);
  gtk_widget_class_bind_template_child (widget_class, TaiCorrectionScreen, number);
  gtk_widget_class_bind_template_child (widget_class, TaiCorrectionScreen, reason);
  gtk_widget_class_bind_template_child (widget_class, TaiCorrectionScreen, again);
  gtk_widget_class_bind_template_child (widget_class, TaiCorrectionScreen, move);
  gtk_widget_class_bind_template_callback (widget_class, read_card);
  gtk_widget_class_bind_template_callback (widget_class, move_cb);
  gtk_widget_class_bind_template_callback (widget_class, number_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, reason_done_cb);
}

static void
tai_correction_screen_init (TaiCorrectionScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (GTK_ENTRY (self->reason), REASON_MAX);
  tai_ui_name (GTK_WIDGET (self->number), _ ("The right number"));
  tai_ui_name (GTK_WIDGET (self->reason), _ ("Why it is moved"));
}
