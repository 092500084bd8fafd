/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions before a visit is given up. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-abandon-dialog.h"

#include <glib/gi18n.h>

#include "tai-operation-words.h"

#define KEEP "keep"

/* When the answers stand one below the other, the focus would be on the last of them. */
static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_width (widget) > 0 &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static gboolean
focus_keep_cb (GtkWidget *dialog, GdkFrameClock *clock, gpointer data)
{
  GtkWidget *keep =
      find_button (dialog, adw_message_dialog_get_response_label (ADW_MESSAGE_DIALOG (dialog), KEEP));

  if (keep == NULL) /* not laid out yet */
    return G_SOURCE_CONTINUE;
  gtk_widget_grab_focus (keep);
  return G_SOURCE_REMOVE;
}

/* @leave_out: (nullable) the answer that is about one business only */
static void
ask (GtkWindow *owner, const char *title, const char *body, const char *keep, const char *leave_out,
     const char *abandon, TaiAbandonFunc answered)
{
  GtkWidget *dialog = adw_message_dialog_new (owner, title, body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_response (message, KEEP, keep);
  if (leave_out != NULL)
    adw_message_dialog_add_response (message, TAI_ABANDON_ORDER, leave_out);
  adw_message_dialog_add_response (message, TAI_ABANDON_VISIT, abandon);
  adw_message_dialog_set_response_appearance (message, TAI_ABANDON_VISIT, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, KEEP);
  adw_message_dialog_set_close_response (message, KEEP);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered), owner, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_add_tick_callback (dialog, focus_keep_cb, NULL, NULL);
}

void
tai_abandon_dialog_ask (GtkWindow *owner, const TaiVisitView *visit, const TaiOrder *order,
                        TaiAbandonFunc answered)
{
  g_autofree char *leave_out = NULL;

  g_return_if_fail (GTK_IS_WINDOW (owner) && visit != NULL && answered != NULL);

  if (visit->state == TAI_VISIT_OPEN && visit->orders->len > 1 && order != NULL)
    /* TRANSLATORS: a business, "Top-up" */
    leave_out = g_strdup_printf (_ ("Leave out %s"), tai_operation_words_get_title (order->operation->id));
  ask (owner, _ ("Cancel the visit?"),
       _ ("Nothing was paid. Numbers and SIM cards that were held go back into the stock."), _ ("Keep it"),
       leave_out, _ ("Cancel the visit"), answered);
}

void
tai_abandon_dialog_ask_before_close (GtkWindow *owner, TaiAbandonFunc answered)
{
  g_return_if_fail (GTK_IS_WINDOW (owner) && answered != NULL);

  ask (owner, _ ("A visit is on the desk"),
       _ ("It was not placed yet: closing cancels it, and what was held goes back into the stock."),
       _ ("Go on serving"), NULL, _ ("Cancel it and close"), answered);
}
