/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The customer's card. The reader waits as long as this screen is shown; who was read is shown masked, and in full only for
 * as long as it takes to compare the name with the card.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-identity-screen.h"

#include <glib/gi18n.h>

#include "tai-do.h"
#include "tai-words.h"

struct _TaiIdentityScreen {
  TaiScreen parent;
  GtkLabel *what, *more;
  GtkButton *button;
  GCancellable *cancellable; /* (owned) (nullable) while the reader waits */
};

G_DEFINE_FINAL_TYPE (TaiIdentityScreen, tai_identity_screen, TAI_TYPE_SCREEN)

static gboolean
is_identified (TaiIdentityScreen *self)
{
  const TaiVisitView *visit = tai_counter_get_visit (tai_screen_get_counter (TAI_SCREEN (self)));

  return visit != NULL && visit->customer_mask != NULL;
}

static void
update (TaiScreen *screen)
{
  TaiIdentityScreen *self = TAI_IDENTITY_SCREEN (screen);
  const TaiVisitView *visit = tai_counter_get_visit (tai_screen_get_counter (screen));
  g_autofree char *more = NULL;

  if (is_identified (self)) {
    more = g_strdup_printf (_ ("%s %s. Compare the name with the card, then give the card back."),
                            tai_words_document (visit->document_kind), visit->document_mask);
    gtk_label_set_text (self->what, visit->customer_mask);
    gtk_label_set_text (self->more, more);
    gtk_button_set_label (self->button, _ ("Go on"));
  } else if (self->cancellable != NULL) {
    gtk_label_set_text (self->what, _ ("Put the card on the reader"));
    gtk_label_set_text (self->more, _ ("Waiting for the card. A number cannot be typed."));
  } else {
    gtk_label_set_text (self->what, _ ("No card was read"));
    gtk_label_set_text (self->more, _ ("The visit is kept. Enter tries again, Esc goes back."));
    gtk_button_set_label (self->button, _ ("Read again"));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->button), self->cancellable == NULL);
  /* while the reader waits there is nothing to press, but the focus must be somewhere: a screen reader says it */
  if (self->cancellable != NULL && tai_screen_is_shown (screen))
    tai_screen_take_focus (screen);
  else if (self->cancellable == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

static void
identified_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiIdentityScreen *self = owner;

  if (!tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  tai_screen_show_error (TAI_SCREEN (self), error);
  update (TAI_SCREEN (self));
  if (error == NULL)
    tai_screen_next (TAI_SCREEN (self));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TaiIdentityScreen) self = data;
  g_autoptr (GError) error = NULL;
  TaiIdentity *identity = tai_station_read_card_finish (TAI_STATION (source), result, &error);
  TaiCounterArgs *args;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* nobody looks any more, or another wait has begun */
  g_clear_object (&self->cancellable);
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    update (TAI_SCREEN (self));
    return;
  }
  args = tai_counter_args_new ();
  args->identity = identity;
  tai_screen_call (TAI_SCREEN (self), tai_do_identify, args, identified_cb);
}

static void
read_card (TaiIdentityScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));

  if (self->cancellable != NULL)
    return;
  tai_screen_clear_notice (TAI_SCREEN (self));
  if (tai_station_get_figures (tai_counter_get_station (counter))->lights[TAI_STATION_READER] ==
      TAI_LIGHT_NONE) {
    tai_screen_show_problem (
        TAI_SCREEN (self),
        _ ("No card reader is set up at this terminal, and this business needs the card. Send the customer to another desk; the visit is kept."));
    update (TAI_SCREEN (self));
    return;
  }
  self->cancellable = g_cancellable_new ();
  tai_station_read_card_async (tai_counter_get_station (counter), self->cancellable, read_cb,
                               g_object_ref (self));
  update (TAI_SCREEN (self));
}

static void
button_cb (TaiIdentityScreen *self)
{
  if (is_identified (self))
    tai_screen_next (TAI_SCREEN (self));
  else
    read_card (self);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiIdentityScreen *self = TAI_IDENTITY_SCREEN (screen);

  if (is_identified (self))
    update (screen);
  else
    read_card (self);
}

static void
leave (TaiScreen *screen)
{
  TaiIdentityScreen *self = TAI_IDENTITY_SCREEN (screen);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
tai_identity_screen_dispose (GObject *object)
{
  leave (TAI_SCREEN (object));
  G_OBJECT_CLASS (tai_identity_screen_parent_class)->dispose (object);
}

static void
tai_identity_screen_class_init (TaiIdentityScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_identity_screen_dispose;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->update = update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/identity.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiIdentityScreen, what);
  gtk_widget_class_bind_template_child (widget_class, TaiIdentityScreen, more);
  gtk_widget_class_bind_template_child (widget_class, TaiIdentityScreen, button);
  gtk_widget_class_bind_template_callback (widget_class, button_cb);
}

static void
tai_identity_screen_init (TaiIdentityScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
