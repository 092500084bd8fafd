/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. The dialog knows its owner's answer by a closure that ends with the owner. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-line-question.h"

#include <adwaita.h>

#include "tai-accessible.h"

#define MAX_LENGTH 100
#define YES        "yes"
#define NO         "no"
#define ANSWERED   "tai-answered"

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
response_cb (AdwMessageDialog *dialog, const char *answer, gpointer owner)
{
  const TaiLineQuestion *question = g_object_get_data (G_OBJECT (dialog), ANSWERED);
  g_autofree char *line = get_line (adw_message_dialog_get_extra_child (dialog));

  if (line != NULL && g_strcmp0 (answer, YES) == 0)
    question->answered (owner, line);
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

  g_return_if_fail (GTK_IS_WIDGET (owner) && question != NULL && question->answered != NULL);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (owner)), question->title, question->body);
  message = ADW_MESSAGE_DIALOG (dialog);
  entry = new_entry (question, message);
  g_object_set_data_full (G_OBJECT (dialog), ANSWERED, g_memdup2 (question, sizeof *question), g_free);
  adw_message_dialog_set_extra_child (message, entry);
  adw_message_dialog_add_responses (message, NO, question->no, YES, question->yes, NULL);
  adw_message_dialog_set_response_appearance (message, YES, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (message, YES, FALSE);
  adw_message_dialog_set_default_response (message, YES);
  adw_message_dialog_set_close_response (message, NO);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), owner, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}
