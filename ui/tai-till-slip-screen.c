/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Till preview and close slips of a day as they stand on paper: the preview any time, a slip as its close left it with what came later. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-till-slip-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-do.h"
#include "tai-paper-view.h"
#include "tai-reason-words.h"
#include "tai-row.h"
#include "tai-till-report.h"
#include "tai-words.h"

struct _TaiTillSlipScreen {
  TaiScreen parent;
  GtkListBox *list;
  TaiPaperView *paper;
  GtkWidget *print, *print_form, *find;
  GPtrArray *shifts, *papers; /* (owned) (nullable) */
  char *wanted;               /* (owned) (nullable) shift */
};

G_DEFINE_FINAL_TYPE (TaiTillSlipScreen, tai_till_slip_screen, TAI_TYPE_SCREEN)

/* (nullable) the one that is selected */
static const TaiShift *
get_shift (TaiTillSlipScreen *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int i = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  return i >= 0 && self->shifts != NULL && (guint)i < self->shifts->len
             ? g_ptr_array_index (self->shifts, (guint)i)
             : NULL;
}

static void
selected_cb (TaiTillSlipScreen *self)
{
  const TaiShift *shift = get_shift (self);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  tai_paper_view_show (
      self->paper, tai_screen_get_counter (TAI_SCREEN (self)),
      shift != NULL ? g_ptr_array_index (self->papers, (guint)gtk_list_box_row_get_index (row)) : NULL);
  gtk_widget_set_sensitive (self->print, shift != NULL);
  gtk_widget_set_sensitive (self->print_form, shift != NULL);
  gtk_widget_set_visible (self->find, shift != NULL && tai_shift_get_difference (shift).minor != 0);
}

static GtkWidget *
new_row (TaiTillSlipScreen *self, const TaiShift *shift)
{
  int offset = tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (self)))->utc_offset_min;
  gboolean is_open = shift->state != TAI_SHIFT_CLOSED;
  g_autofree char *from = tai_words_time (shift->opened_us, offset);
  g_autofree char *until = is_open ? g_strdup (_ ("still open")) : tai_words_time (shift->closed_us, offset);
  g_autofree char *title =
      is_open ? g_strdup (_ ("Till preview")) : g_strdup_printf (_ ("Till close slip %d"), shift->z_number);
  g_autofree char *later = shift->n_supplements > 0
                               ? g_strdup_printf (g_dngettext (NULL, " · %d supplement", " · %d supplements",
                                                               (gulong)shift->n_supplements),
                                                  (int)shift->n_supplements)
                               : g_strdup ("");
  g_autofree char *more = g_strdup_printf (_ ("clerk %s · %s–%s%s"), shift->clerk, from, until, later);

  return tai_row_new (title, more, NULL, shift->id.text);
}

static void
listed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiTillSlipScreen *self = owner;
  TaiSlipsView *view = args->result;
  GPtrArray *rows = g_ptr_array_new ();
  GtkListBoxRow *chosen = NULL;

  tai_screen_show_error (TAI_SCREEN (self), error);
  g_clear_pointer (&self->shifts, g_ptr_array_unref);
  g_clear_pointer (&self->papers, g_ptr_array_unref);
  if (view != NULL) {
    self->shifts = g_ptr_array_ref (view->shifts);
    self->papers = g_ptr_array_ref (view->papers);
  }
  for (guint i = 0; view != NULL && i < view->shifts->len; i++)
    g_ptr_array_add (rows, new_row (self, g_ptr_array_index (view->shifts, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->list), rows->len > 0);
  tai_row_fill_list (self->list, rows);
  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
    if (self->wanted == NULL || g_strcmp0 (tai_row_get_key (TAI_ROW (row)), self->wanted) == 0)
      chosen = row;
  }
  gtk_list_box_select_row (self->list, chosen);
  selected_cb (self);
  if (chosen != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (chosen));
  else
    tai_screen_take_focus (TAI_SCREEN (self));
}

static void
list_slips (TaiTillSlipScreen *self)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (self->wanted);
  tai_screen_call (TAI_SCREEN (self), tai_do_list_slips, args, listed_cb);
}

static void
printed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiTillSlipScreen *self = owner;
  g_autofree char *words = NULL;

  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  words = args->number > 0 ? tai_reason_words_copy ((int)args->number, FALSE)
                           : g_strdup (_ ("The slip goes to the printer."));
  tai_screen_show_hint (TAI_SCREEN (self), words);
  tai_station_print (tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self))));
}

static void
print_on (TaiTillSlipScreen *self, gboolean is_form)
{
  const TaiShift *shift = get_shift (self);
  TaiCounterArgs *args;

  if (shift == NULL)
    return;
  args = tai_counter_args_new ();
  args->text = g_strdup (shift->id.text);
  args->number = is_form;
  tai_screen_call (TAI_SCREEN (self), tai_do_print_till, args, printed_cb);
}

static void
print_cb (TaiTillSlipScreen *self)
{
  print_on (self, FALSE);
}

static void
print_form_cb (TaiTillSlipScreen *self)
{
  print_on (self, TRUE);
}

static void
find_cb (TaiTillSlipScreen *self)
{
  const TaiShift *shift = get_shift (self);

  if (shift != NULL)
    tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_DIFFERENCE, shift->id.text);
}

static gboolean
press (TaiScreen *screen, TaiKey key)
{
  if (key != TAI_KEY_PRINT)
    return FALSE;
  print_on (TAI_TILL_SLIP_SCREEN (screen), FALSE);
  return TRUE;
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiTillSlipScreen *self = TAI_TILL_SLIP_SCREEN (screen);

  g_free (self->wanted);
  self->wanted = g_strdup (text);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  list_slips (self);
}

/* Figures of a clerk are not the next one's. */
static void
leave (TaiScreen *screen)
{
  TaiTillSlipScreen *self = TAI_TILL_SLIP_SCREEN (screen);

  tai_row_clear_list (self->list);
  g_clear_pointer (&self->shifts, g_ptr_array_unref);
  g_clear_pointer (&self->papers, g_ptr_array_unref);
  tai_paper_view_show (self->paper, tai_screen_get_counter (screen), NULL);
}

static void
finalize (GObject *object)
{
  TaiTillSlipScreen *self = TAI_TILL_SLIP_SCREEN (object);

  g_clear_pointer (&self->shifts, g_ptr_array_unref);
  g_clear_pointer (&self->papers, g_ptr_array_unref);
  g_free (self->wanted);
  G_OBJECT_CLASS (tai_till_slip_screen_parent_class)->finalize (object);
}

static void
tai_till_slip_screen_class_init (TaiTillSlipScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->press = press;
  g_type_ensure (TAI_TYPE_PAPER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/till-slip.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiTillSlipScreen, list);
  gtk_widget_class_bind_template_child (widget_class, TaiTillSlipScreen, paper);
  gtk_widget_class_bind_template_child (widget_class, TaiTillSlipScreen, print);
  gtk_widget_class_bind_template_child (widget_class, TaiTillSlipScreen, print_form);
  gtk_widget_class_bind_template_child (widget_class, TaiTillSlipScreen, find);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_form_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_cb);
}

static void
tai_till_slip_screen_init (TaiTillSlipScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_name (GTK_WIDGET (self->list), _ ("Slips of the day"));
}
