/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. The dialog keeps the question, and knows its owner only while that lives. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-line-question.h"

#include <adwaita.h>

#include "tai-accessible.h"

#define MAX_LENGTH 100
#define YES        "yes"
#define NO         "no"

typedef struct {
  GtkWidget *owner; /* (nullable) weak */
  TaiLineQuestion question;
} Asked;

static void
asked_free (gpointer data, GClosure *closure)
{
  Asked *self = data;

  g_clear_weak_pointer (&self->owner);
  g_free (self);
}

/* What is typed, blanks around it left out; NULL: nothing. */
static char *
get_line (GtkWidget *entry)
{
  char *line = g_strstrip (gtk_editable_get_chars (GTK_EDITABLE (entry), 0, -1));

  if (line[0] == '\0')
    g_clear_pointer (&line, g_free);
  return line;
}

static void
changed_cb (GtkWidget *entry, AdwMessageDialog *dialog)
{
  g_autofree char *line = get_line (entry);

  adw_message_dialog_set_response_enabled (dialog, YES, line != NULL);
}

static void
response_cb (AdwMessageDialog *dialog, const char *answer, gpointer data)
{
  const Asked *self = data;
  g_autofree char *line = get_line (adw_message_dialog_get_extra_child (dialog));

  if (self->owner != NULL && line != NULL && g_strcmp0 (answer, YES) == 0)
    self->question.answered (self->owner, line);
}

static GtkWidget *
new_entry (const TaiLineQuestion *question, AdwMessageDialog *dialog)
{
  GtkWidget *entry = gtk_entry_new ();

  if (question->hint != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), question->hint);
  gtk_entry_set_max_length (GTK_ENTRY (entry), MAX_LENGTH);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  tai_ui_name (entry, question->name);
  g_signal_connect (entry, "changed", G_CALLBACK (changed_cb), dialog);
  return entry;
}

void
tai_line_question_ask (GtkWidget *owner, const TaiLineQuestion *question)
{
  GtkWidget *dialog, *entry;
  AdwMessageDialog *message;
  Asked *asked;

  g_return_if_fail (GTK_IS_WIDGET (owner) && question != NULL && question->answered != NULL);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (owner)), question->title, question->body);
  message = ADW_MESSAGE_DIALOG (dialog);
  entry = new_entry (question, message);
  asked = g_new0 (Asked, 1);
  g_set_weak_pointer (&asked->owner, owner);
  asked->question = *question;
  adw_message_dialog_set_extra_child (message, entry);
  adw_message_dialog_add_responses (message, NO, question->no, YES, question->yes, NULL);
  adw_message_dialog_set_response_appearance (message, YES, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (message, YES, FALSE);
  adw_message_dialog_set_default_response (message, YES);
  adw_message_dialog_set_close_response (message, NO);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), asked, asked_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}
