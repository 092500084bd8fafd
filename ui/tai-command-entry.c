/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is shown beforehand really is in the text: so it is drawn, searched for and read aloud like any letter. When the key itself comes
 * and writes the same letter, that one is left out and the first one stands: nothing changes, nothing is searched for again.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-command-entry.h"

/* A key that was let come and wrote nothing within this time was meant for something else. */
#define COMING_MS 500

typedef enum { NOTHING, SHOWN, COMING } State;

struct _TaiCommandEntry {
  GtkEntry parent;
  State state;
  char *letter;     /* (owned) (nullable) what is shown */
  char *replaced;   /* (owned) (nullable) the selection that it took the place of */
  int start, end;   /* selection before; the cursor is at its end */
  int place;        /* where the letter stands, in characters */
  guint patience;   /* tick callback; 0: none */
  gint64 coming_us; /* since when, in frame time */
  gboolean is_ours; /* the change under way is our own */
  gboolean is_composing, letters_pass;
};

static void provisional_init (TaiProvisionalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiCommandEntry, tai_command_entry, GTK_TYPE_ENTRY,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PROVISIONAL, provisional_init))

static void
forget (TaiCommandEntry *self)
{
  if (self->patience != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->patience);
  self->patience = 0;
  g_clear_pointer (&self->letter, g_free);
  g_clear_pointer (&self->replaced, g_free);
  self->state = NOTHING;
}

static void
take_back (TaiProvisional *provisional)
{
  TaiCommandEntry *self = TAI_COMMAND_ENTRY (provisional);
  int place = self->place;
  g_autofree char *there = NULL;

  if (self->state == NOTHING)
    return;
  there = gtk_editable_get_chars (GTK_EDITABLE (self), place, place + 1);
  self->is_ours = TRUE;
  if (g_strcmp0 (there, self->letter) == 0) /* not, if the field was full */
    gtk_editable_delete_text (GTK_EDITABLE (self), place, place + 1);
  if (self->replaced != NULL)
    gtk_editable_insert_text (GTK_EDITABLE (self), self->replaced, -1, &place);
  gtk_editable_select_region (GTK_EDITABLE (self), self->start, self->end);
  self->is_ours = FALSE;
  forget (self);
}

static gboolean
show (TaiProvisional *provisional, gunichar character)
{
  TaiCommandEntry *self = TAI_COMMAND_ENTRY (provisional);
  GtkEditable *editable = GTK_EDITABLE (self);
  char letter[8] = {0};
  int place, after;

  if (self->state != NOTHING || self->is_composing ||
      !(self->letters_pass || g_unichar_isdigit (character)) || !gtk_editable_get_editable (editable))
    return FALSE;
  g_unichar_to_utf8 (character, letter);
  self->letter = g_strdup (letter);
  self->start = self->end = gtk_editable_get_position (editable);
  if (gtk_editable_get_selection_bounds (editable, &place, &after)) {
    self->start = place == self->end ? after : place; /* the cursor may be at either end */
    self->replaced = gtk_editable_get_chars (editable, place, after);
  }
  self->place = after = MIN (self->start, self->end);
  self->is_ours = TRUE;
  self->state = SHOWN;
  gtk_editable_delete_selection (editable);
  gtk_editable_insert_text (editable, letter, -1, &after);
  gtk_editable_set_position (editable, after);
  self->is_ours = FALSE;
  if (after > self->place)
    return TRUE;
  take_back (provisional); /* full */
  return FALSE;
}

static gboolean
patience_cb (GtkWidget *widget, GdkFrameClock *frames, gpointer data)
{
  TaiCommandEntry *self = TAI_COMMAND_ENTRY (widget);
  gint64 now = gdk_frame_clock_get_frame_time (frames);

  if (self->coming_us == 0)
    self->coming_us = now;
  if (now - self->coming_us < COMING_MS * 1000)
    return G_SOURCE_CONTINUE;
  self->patience = 0;
  take_back (TAI_PROVISIONAL (self));
  return G_SOURCE_REMOVE;
}

static void
let_come (TaiProvisional *provisional)
{
  TaiCommandEntry *self = TAI_COMMAND_ENTRY (provisional);

  if (self->state != SHOWN)
    return;
  self->state = COMING;
  self->coming_us = 0;
  self->patience = gtk_widget_add_tick_callback (GTK_WIDGET (self), patience_cb, NULL, NULL);
}

/* What comes is what was shown: it stays as it stands. Anything else takes its place. */
static void
insert_text_cb (GtkEditable *text, const char *new_text, int length, int *position, TaiCommandEntry *self)
{
  gboolean is_same;

  if (self->is_ours)
    return;
  if (self->state == NOTHING) {
    self->letters_pass |= length == 1 && g_ascii_isalpha (new_text[0]);
    return;
  }
  is_same = length == (int)strlen (self->letter) && strncmp (new_text, self->letter, (gsize)length) == 0 &&
            *position == self->place + 1;
  if (is_same) {
    g_signal_stop_emission_by_name (text, "insert-text");
  } else {
    self->is_ours = TRUE;
    gtk_editable_delete_text (text, self->place, self->place + 1);
    self->is_ours = FALSE;
    *position -= *position > self->place;
    self->letters_pass = FALSE;
  }
  forget (self);
}

/* The text is another's now: there is nothing to take back. */
static void
delete_text_cb (GtkEditable *text, int start, int end, TaiCommandEntry *self)
{
  if (!self->is_ours && start != end)
    forget (self);
}

static void
preedit_changed_cb (GtkText *text, const char *preedit, TaiCommandEntry *self)
{
  self->is_composing = *preedit != '\0';
  if (!self->is_composing)
    return;
  self->letters_pass = FALSE;
  take_back (TAI_PROVISIONAL (self));
}

static void
provisional_init (TaiProvisionalInterface *iface)
{
  iface->show = show;
  iface->let_come = let_come;
  iface->take_back = take_back;
}

static void
tai_command_entry_dispose (GObject *object)
{
  forget (TAI_COMMAND_ENTRY (object));
  G_OBJECT_CLASS (tai_command_entry_parent_class)->dispose (object);
}

static void
tai_command_entry_class_init (TaiCommandEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_command_entry_dispose;
}

static void
tai_command_entry_init (TaiCommandEntry *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self));

  gtk_editable_set_enable_undo (text, FALSE); /* it would bring back what was taken back */
  g_signal_connect_object (text, "insert-text", G_CALLBACK (insert_text_cb), self, 0);
  g_signal_connect_object (text, "delete-text", G_CALLBACK (delete_text_cb), self, 0);
  g_signal_connect_object (text, "preedit-changed", G_CALLBACK (preedit_changed_cb), self, 0);
}

GtkWidget *
tai_command_entry_new (void)
{
  return g_object_new (TAI_TYPE_COMMAND_ENTRY, NULL);
}
