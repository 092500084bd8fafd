/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal, a page at a time; each entry with the proof that it follows from the one before. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-journal-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-journal-words.h"
#include "tai-row.h"
#include "tai-table-row.h"
#include "tai-words.h"

struct _TaiJournalScreen {
  TaiScreen parent;
  GtkEditable *search;
  GtkLabel *summary;
  GtkWidget *more;
  AdwBin *head;
  GtkListBox *list;
  TaiTable table;
  gint64 last_seq; /* of what is shown; 0: nothing */
  guint n_shown, n_broken;
};

G_DEFINE_FINAL_TYPE (TaiJournalScreen, tai_journal_screen, TAI_TYPE_SCREEN)

/* Rows --------------------------------------------------------------------------------------------------------------------- */

static void
add_row (TaiJournalScreen *self, const TaiJournalLine *line)
{
  const TaiJournalEntry *entry = line->entry;
  int offset = tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (self)))->utc_offset_min;
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, line->seq);
  g_autofree char *time = tai_words_day_and_time (entry->time_us, offset);
  g_autofree char *about = g_strjoin (entry->subject != NULL && entry->detail != NULL ? " · " : "",
                                      entry->subject != NULL ? entry->subject : "",
                                      entry->detail != NULL ? entry->detail : "", NULL);
  g_autofree char *amount = entry->amount.currency != 0 ? tai_words_money (entry->amount) : NULL;
  const char *cells[] = {seq,   time,   tai_journal_words_get (entry->kind),     entry->clerk,
                         about, amount, line->is_chained ? "✓" : _ ("✗ altered")};

  gtk_list_box_append (self->list, tai_table_new_row (&self->table, cells, entry->subject,
                                                      line->is_chained ? NULL : _ ("altered")));
  self->last_seq = line->seq;
  self->n_shown++;
  self->n_broken += !line->is_chained;
}

static void
show_summary (TaiJournalScreen *self)
{
  g_autofree char *words = NULL;

  if (self->n_broken > 0)
    words =
        g_strdup_printf (_ ("%u entries, %u of them do not follow from the one before: tell headquarters"),
                         self->n_shown, self->n_broken);
  else
    words = g_strdup_printf (_ ("%u entries, each follows from the one before ✓"), self->n_shown);
  gtk_label_set_text (self->summary, self->n_shown > 0 ? words : "");
}

/* After a page, the first of its lines, so that the walk goes on where it was. */
static void
listed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiJournalScreen *self = owner;
  GPtrArray *lines = args->result;
  guint before = self->n_shown;

  if (!tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  tai_screen_show_error (TAI_SCREEN (self), error);
  if (args->number == 0) {
    tai_row_clear_list (self->list);
    self->n_shown = self->n_broken = before = 0;
  }
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    add_row (self, g_ptr_array_index (lines, i));
  gtk_widget_set_visible (self->more, lines != NULL && lines->len > 0 && self->last_seq > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->n_shown > 0);
  show_summary (self);
  if (before > 0 && self->n_shown > before)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int)before)));
  if (lines != NULL && self->n_shown == 0)
    tai_screen_show_hint (
        TAI_SCREEN (self),
        _ ("No entry of the journal is like that. An amount or a clerk is looked for among the newest entries: "
           "add a day (2026-11-27) to look further back."));
}

/* What happened is searched for by its words; the journal has a kind for it. */
static char *
read_words (TaiJournalScreen *self)
{
  g_autofree char *text = g_strstrip (gtk_editable_get_chars (self->search, 0, -1));
  const char *whole = tai_journal_words_find (text);
  g_auto (GStrv) words = NULL;

  if (whole != NULL)
    return g_strdup (whole);
  words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    const char *kind = *words[i] != '\0' ? tai_journal_words_find (words[i]) : NULL;
    if (kind != NULL) {
      g_free (words[i]);
      words[i] = g_strdup (kind);
    }
  }
  return g_strjoinv (" ", words);
}

static void
list (TaiJournalScreen *self, gint64 before_seq)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = read_words (self);
  args->number = before_seq;
  tai_screen_call (TAI_SCREEN (self), tai_do_list_journal, args, listed_cb);
}

static void
search_cb (TaiJournalScreen *self)
{
  list (self, 0);
}

static void
more_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiJournalScreen *self = TAI_JOURNAL_SCREEN (widget);

  if (self->last_seq > 1)
    list (self, self->last_seq);
}

/* A receipt has dashes and ends in its number; orders are named by their ids. */
static void
row_activated_cb (TaiJournalScreen *self, GtkListBoxRow *row)
{
  const char *subject = tai_table_row_get_key (TAI_TABLE_ROW (row));

  if (subject == NULL)
    return;
  if (tai_uuid_is_valid (subject))
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_ORDER, subject);
  else if (strchr (subject, '-') != NULL)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_RECEIPT, subject);
}

/* Enter opens the line that the arrows marked. */
static void
activate_cb (TaiJournalScreen *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    row_activated_cb (self, row);
  else
    list (self, 0);
}

/* The screen --------------------------------------------------------------------------------------------------------------- */

static void
enter (TaiScreen *screen, const char *text)
{
  TaiJournalScreen *self = TAI_JOURNAL_SCREEN (screen);

  gtk_editable_set_text (self->search, text != NULL ? text : "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  list (self, 0);
}

static void
resume (TaiScreen *screen)
{
  TaiJournalScreen *self = TAI_JOURNAL_SCREEN (screen);

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  list (self, 0);
}

static void
leave (TaiScreen *screen)
{
  tai_row_clear_list (TAI_JOURNAL_SCREEN (screen)->list);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state,
                TaiJournalScreen *self)
{
  return tai_row_step (self->list, keyval);
}

static void
finalize (GObject *object)
{
  tai_table_clear (&TAI_JOURNAL_SCREEN (object)->table);
  G_OBJECT_CLASS (tai_journal_screen_parent_class)->finalize (object);
}

static void
tai_journal_screen_class_init (TaiJournalScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->resume = resume;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/journal.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiJournalScreen, search);
  gtk_widget_class_bind_template_child (widget_class, TaiJournalScreen, summary);
  gtk_widget_class_bind_template_child (widget_class, TaiJournalScreen, more);
  gtk_widget_class_bind_template_child (widget_class, TaiJournalScreen, head);
  gtk_widget_class_bind_template_child (widget_class, TaiJournalScreen, list);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, tai_screen_go_back);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "journal.more", NULL, more_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "journal.more",
                                       NULL);
}

static void
tai_journal_screen_init (TaiJournalScreen *self)
{
  const char *heads[] = {_ ("No."),   _ ("Time"),   _ ("What"), _ ("Clerk"),
                         _ ("About"), _ ("Amount"), _ ("Chain")};
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "report");
  tai_table_init (&self->table, heads, G_N_ELEMENTS (heads), 1 << 0 | 1 << 5, 4);
  adw_bin_set_child (self->head, tai_table_new_head (&self->table));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  tai_ui_name (GTK_WIDGET (self->search), _ ("Day, clerk, what happened or what about"));
  tai_ui_name (GTK_WIDGET (self->list), _ ("Entries of the journal"));
}
