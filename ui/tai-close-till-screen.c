/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drawer is counted blind: what it should hold is told after the count, not before. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-close-till-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-amount-entry.h"
#include "tai-core-error.h"
#include "tai-day-list.h"
#include "tai-do.h"
#include "tai-till-report.h"
#include "tai-words.h"

struct _TaiCloseTillScreen {
  TaiScreen parent;
  GtkLabel *unsent, *result;
  GtkWidget *question, *close, *resume, *find;
  GtkListBox *items;
  AdwBin *place;
  TaiAmountEntry *counted;
  gboolean is_closed;
  gint64 asked_about_minor; /* the count that was read back; -1: none */
};

G_DEFINE_FINAL_TYPE (TaiCloseTillScreen, tai_close_till_screen, TAI_TYPE_SCREEN)

/* What stands, before it is counted ------------------------------------------------------------------------------------- */

static void
checked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCloseTillScreen *self = owner;
  GPtrArray *items = args->result;

  if (items != NULL && !self->is_closed)
    tai_day_list_fill (self->items, items, TAI_DAY_STOPS_TILL, tai_screen_get_counter (TAI_SCREEN (self)));
}

static void
check (TaiCloseTillScreen *self)
{
  tai_screen_call (TAI_SCREEN (self), tai_do_check_close, NULL, checked_cb);
}

static void
item_activated_cb (TaiCloseTillScreen *self, GtkListBoxRow *row)
{
  TaiScreenId id;

  if (tai_day_list_get_screen (row, &id))
    tai_screen_go (TAI_SCREEN (self), id, NULL);
}

static void
find_cb (TaiCloseTillScreen *self)
{
  tai_screen_go (TAI_SCREEN (self), TAI_SCREEN_DIFFERENCE, NULL);
}

/* Counting ---------------------------------------------------------------------------------------------------------------- */

/* Who has begun to count can go back to selling. */
static void
show_resume (TaiCloseTillScreen *self)
{
  const TaiShift *shift = tai_counter_get_shift (tai_screen_get_counter (TAI_SCREEN (self)));

  gtk_widget_set_visible (self->resume, shift != NULL && shift->state == TAI_SHIFT_COUNTING);
}

static void
show_closed (TaiCloseTillScreen *self, gboolean is_closed)
{
  self->is_closed = is_closed;
  gtk_widget_set_visible (self->question, !is_closed);
  gtk_widget_set_visible (GTK_WIDGET (self->place), !is_closed);
  gtk_widget_set_visible (GTK_WIDGET (self->result), is_closed);
  gtk_widget_set_visible (self->find, FALSE);
  if (is_closed)
    gtk_widget_set_visible (GTK_WIDGET (self->items), FALSE);
  show_resume (self);
  gtk_button_set_label (GTK_BUTTON (self->close), is_closed ? _ ("Sign out") : _ ("Close the till"));
}

/* The last shift of the report is the one that was closed just now. (nullable) */
static const TaiShift *
get_closed (const TaiTillReport *report)
{
  return report != NULL && report->shifts->len > 0
             ? g_ptr_array_index (report->shifts, report->shifts->len - 1)
             : NULL;
}

static char *
describe_result (const TaiTillReport *report)
{
  const TaiShift *shift = get_closed (report);
  g_autofree char *counted = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *difference = NULL;
  TaiMoney by;

  if (shift == NULL || !tai_money_subtract (shift->counted, shift->expected, &by, NULL))
    return g_strdup ("");
  counted = tai_words_money (shift->counted);
  expected = tai_words_money (shift->expected);
  difference = tai_words_money (by.minor < 0 ? tai_money_negate (by) : by);
  if (by.minor == 0)
    return g_strdup_printf (_ ("Counted %s, as it should be."), counted);
  return g_strdup_printf (by.minor > 0 ? _ ("Counted %s, expected %s: %s too much.")
                                       : _ ("Counted %s, expected %s: %s short."),
                          counted, expected, difference);
}

static void
closed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiCloseTillScreen *self = owner;
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  g_autofree char *words = NULL;

  gtk_widget_set_sensitive (self->close, TRUE);
  tai_screen_show_error (TAI_SCREEN (self), error);
  show_resume (self);
  if (tai_counter_get_shift (counter) != NULL) {
    if (g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECOUNT)) {
      self->asked_about_minor = -1;
      tai_amount_entry_clear (self->counted);
    }
    gtk_widget_grab_focus (GTK_WIDGET (self->counted));
    return;
  }
  words = args->result != NULL ? describe_result (args->result) : g_strdup (_ ("The till is closed."));
  gtk_label_set_text (self->result, words);
  show_closed (self, TRUE);
  tai_screen_keys_changed (TAI_SCREEN (self));
  gtk_widget_set_visible (self->find, get_closed (args->result) != NULL &&
                                          tai_shift_get_difference (get_closed (args->result)).minor != 0);
  gtk_widget_grab_focus (self->close);
  tai_station_print (tai_counter_get_station (counter));
  tai_station_try_line (tai_counter_get_station (counter));
}

static void
signed_out_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  tai_screen_go (owner, TAI_SCREEN_SIGN_IN, NULL);
}

/* A closed till stays closed: the count is read back before, still without what it should be. */
static void
ask_again (TaiCloseTillScreen *self, TaiMoney counted)
{
  g_autofree char *sum = tai_words_money (counted);
  g_autofree char *words =
      g_strdup_printf (_ ("You counted %s. Enter again closes the till; type to correct it."), sum);

  self->asked_about_minor = counted.minor;
  tai_screen_show_hint (TAI_SCREEN (self), words);
  gtk_widget_grab_focus (GTK_WIDGET (self->counted));
}

static void
close_cb (TaiCloseTillScreen *self)
{
  TaiCounterArgs *args;
  TaiMoney counted;

  if (!gtk_widget_get_sensitive (self->close))
    return;
  if (self->is_closed) {
    tai_screen_call (TAI_SCREEN (self), tai_do_sign_out, NULL, signed_out_cb);
    return;
  }
  if (!tai_amount_entry_get_amount (self->counted, &counted)) {
    tai_screen_show_problem (TAI_SCREEN (self), _ ("Type the sum that you counted. An empty drawer is 0."));
    return;
  }
  if (counted.minor != self->asked_about_minor) {
    ask_again (self, counted);
    return;
  }
  args = tai_counter_args_new ();
  args->amount = counted;
  gtk_widget_set_sensitive (self->close, FALSE);
  tai_screen_call (TAI_SCREEN (self), tai_do_close_till, args, closed_cb);
}

static void
resumed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  tai_screen_show_error (owner, error);
  if (error == NULL)
    tai_screen_go (owner, TAI_SCREEN_HOME, NULL);
}

static void
resume_cb (TaiCloseTillScreen *self)
{
  tai_screen_call (TAI_SCREEN (self), tai_do_resume_till, NULL, resumed_cb);
}

static void
update (TaiScreen *screen)
{
  TaiCloseTillScreen *self = TAI_CLOSE_TILL_SCREEN (screen);
  const TaiStationFigures *figures =
      tai_station_get_figures (tai_counter_get_station (tai_screen_get_counter (screen)));
  gint64 n = figures->n_visits;
  g_autofree char *words =
      n > 0
          ? g_strdup_printf (
                g_dngettext (NULL, "%d%s sale waits to be uploaded. It stays here and is sent later.",
                             "%d%s sales wait to be uploaded. They stay here and are sent later.", (gulong)n),
                (int)n, figures->more_visits ? "+" : "")
      : figures->n_waiting + figures->n_in_doubt > 0
          ? g_strdup (_ ("Something is still to be uploaded. It stays here and is sent later."))
          : g_strdup (_ ("Everything is uploaded."));

  gtk_label_set_text (self->unsent, words);
  check (self);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiCloseTillScreen *self = TAI_CLOSE_TILL_SCREEN (screen);

  self->asked_about_minor = -1;
  tai_amount_entry_clear (self->counted);
  show_closed (self, FALSE);
  update (screen);
  gtk_widget_grab_focus (GTK_WIDGET (self->counted));
  if (tai_counter_get_shift (tai_screen_get_counter (screen)) == NULL)
    tai_screen_show_hint (screen, _ ("The till is not open."));
  else if (gtk_widget_get_visible (self->resume))
    tai_screen_show_hint (screen, _ ("The till is being counted: count it once more."));
}

static void
constructed (GObject *object)
{
  TaiCloseTillScreen *self = TAI_CLOSE_TILL_SCREEN (object);
  guint16 currency = tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (object)))->currency;

  G_OBJECT_CLASS (tai_close_till_screen_parent_class)->constructed (object);
  self->counted = TAI_AMOUNT_ENTRY (tai_amount_entry_new (_ ("Cash counted"), currency));
  adw_bin_set_child (self->place, GTK_WIDGET (self->counted));
  g_signal_connect_swapped (self->counted, "activate", G_CALLBACK (close_cb), self);
}

static void
tai_close_till_screen_class_init (TaiCloseTillScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = constructed;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->figures_changed = update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/close-till.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiCloseTillScreen, unsent);
  gtk_widget_class_bind_template_child (widget_class, TaiCloseTillScreen, question);
  gtk_widget_class_bind_template_child (widget_class, TaiCloseTillScreen, place);
  gtk_widget_class_bind_template_child (widget_class, TaiCloseTillScreen, close);
  gtk_widget_class_bind_template_child (widget_class, TaiCloseTillScreen, result);
  gtk_widget_class_bind_template_child (widget_class, TaiCloseTillScreen, resume);
  gtk_widget_class_bind_template_child (widget_class, TaiCloseTillScreen, find);
  gtk_widget_class_bind_template_child (widget_class, TaiCloseTillScreen, items);
  gtk_widget_class_bind_template_callback (widget_class, item_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, resume_cb);
}

static void
tai_close_till_screen_init (TaiCloseTillScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_name (GTK_WIDGET (self->items), _ ("What stands at the end of the day"));
}
