/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hall's day: the list is live, what stops the close stands first, Enter on a line goes where it is settled. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-hall-close-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-day-list.h"
#include "tai-do.h"
#include "tai-report-look.h"
#include "tai-report-view.h"
#include "tai-row.h"
#include "tai-words.h"

struct _TaiHallCloseScreen {
  TaiScreen parent;
  GtkLabel *summary, *closed, *others;
  GtkListBox *list;
  GtkWidget *close;
  TaiReportLook *look; /* (owned) (nullable) headquarters is asked once a visit of this page */
  TaiReportView *hall; /* (owned) (nullable) what it knows of the other terminals and kiosks */
  gboolean is_asked;   /* the button was pressed once: the next time closes */
  gboolean is_fresh;   /* the focus goes to what was found; later on it stays where the clerk has it */
};

G_DEFINE_FINAL_TYPE (TaiHallCloseScreen, tai_hall_close_screen, TAI_TYPE_SCREEN)

static int
get_offset (TaiHallCloseScreen *self)
{
  return tai_counter_get_terminal (tai_screen_get_counter (TAI_SCREEN (self)))->utc_offset_min;
}

static void
show_summary (TaiHallCloseScreen *self, const TaiHallCheck *check)
{
  g_autofree char *time = tai_words_time (check->closing_us, get_offset (self));
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Business day %s"), check->business_day);
  if (check->closing_us > 0) {
    g_string_append (text, " · ");
    g_string_append_printf (text, _ ("the hall closes at %s"), time);
  }
  g_string_append (text, " · ");
  if (check->closed != NULL)
    g_string_append (text, _ ("closed"));
  else if (check->n_stops == 0)
    g_string_append (text, _ ("nothing stops the close"));
  else
    g_string_append_printf (
        text, g_dngettext (NULL, "%u thing stops the close", "%u things stop the close", check->n_stops),
        check->n_stops);
  gtk_label_set_text (self->summary, text->str);
}

static void
show_closed (TaiHallCloseScreen *self, const TaiHallClose *closed)
{
  g_autofree char *sales = NULL, *time = NULL, *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->closed), closed != NULL);
  if (closed == NULL)
    return;
  sales = tai_words_money (closed->sales);
  time = tai_words_day_and_time (closed->time_us, get_offset (self));
  words = g_strdup_printf (_ ("Close of the hall no. %d, %s, by %s. Sales %s · orders: %d · shifts: %d"),
                           closed->number, time, closed->clerk, sales, (int)closed->n_orders,
                           (int)closed->n_shifts);
  gtk_label_set_text (self->closed, words);
}

static void check (TaiHallCloseScreen *self);

/* How far the list reaches. */
static void
show_others (TaiHallCloseScreen *self)
{
  g_autofree char *time =
      self->hall != NULL ? tai_words_time (self->hall->report->as_of_us, get_offset (self)) : NULL;
  g_autofree char *as_of =
      time != NULL ? g_strdup_printf (_ ("Other terminals and kiosks as headquarters knew them at %s"), time)
                   : NULL;
  const char *words = _ ("Headquarters is asked about the other terminals and kiosks …");

  if (as_of != NULL)
    words = as_of;
  else if (self->look == NULL)
    words = _ ("Other terminals and kiosks stand on the supervisor's list only");
  else if (tai_report_look_get_problem (self->look) != NULL)
    words = _ ("Other terminals and kiosks are not on this list: headquarters cannot be asked now");
  gtk_label_set_text (self->others, words);
  gtk_widget_set_visible (GTK_WIDGET (self->others), TRUE);
}

static void
told_cb (gpointer owner, TaiReportView *view, const GError *error)
{
  TaiHallCloseScreen *self = owner;

  if (view != NULL && view->report->is_from_hq) {
    g_clear_pointer (&self->hall, tai_report_view_unref);
    self->hall = tai_report_view_ref (view);
    check (self);
  }
  show_others (self);
}

static void
add_others (TaiHallCloseScreen *self, TaiHallCheck *found)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));

  if (self->look == NULL && tai_report_scope_is_open (TAI_REPORT_OF_HALL, counter)) {
    self->look = tai_report_look_new (counter, TAI_REPORT_OF_HALL, told_cb, self);
    tai_report_look_ask (self->look, found->business_day, FALSE);
  }
  if (self->hall != NULL)
    tai_hall_check_add_others (found, self->hall->report, tai_counter_get_terminal (counter));
  show_others (self);
}

static void
checked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiHallCloseScreen *self = owner;
  TaiHallCheck *check = args->result;
  gboolean may = tai_counter_has_right (tai_screen_get_counter (TAI_SCREEN (self)), TAI_RIGHT_CLOSE_OTHERS);

  if (!tai_screen_is_shown (TAI_SCREEN (self)))
    return;
  if (check == NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  show_summary (self, check);
  show_closed (self, check->closed);
  add_others (self, check);
  tai_day_list_fill (self->list, check->items, TAI_DAY_STOPS_HALL,
                     tai_screen_get_counter (TAI_SCREEN (self)));
  gtk_widget_set_visible (self->close, check->closed == NULL && may);
  gtk_widget_set_sensitive (self->close, check->n_stops == 0);
  if (!self->is_fresh)
    return;
  self->is_fresh = FALSE;
  if (check->n_stops == 0 && gtk_widget_get_visible (self->close))
    gtk_widget_grab_focus (self->close);
  else
    tai_day_list_focus (self->list);
}

static void
check (TaiHallCloseScreen *self)
{
  tai_screen_call (TAI_SCREEN (self), tai_do_check_hall, NULL, checked_cb);
}

static void
closed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiHallCloseScreen *self = owner;

  tai_screen_show_error (TAI_SCREEN (self), error);
  self->is_asked = FALSE;
  self->is_fresh = TRUE;
  check (self);
}

/* It is once a day: asked once more, on the same key. */
static void
close_cb (TaiHallCloseScreen *self)
{
  if (!self->is_asked) {
    self->is_asked = TRUE;
    tai_screen_show_hint (
        TAI_SCREEN (self),
        _ ("The day is closed once and for all. Enter again closes it; Esc leaves it open."));
    return;
  }
  tai_screen_call (TAI_SCREEN (self), tai_do_close_hall, NULL, closed_cb);
}

static void
row_activated_cb (TaiHallCloseScreen *self, GtkListBoxRow *row)
{
  TaiScreenId id;

  if (tai_day_list_get_screen (row, &id))
    tai_screen_go (TAI_SCREEN (self), id, NULL);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiHallCloseScreen *self = TAI_HALL_CLOSE_SCREEN (screen);

  self->is_asked = FALSE;
  self->is_fresh = TRUE;
  tai_screen_take_focus (screen);
  check (self);
}

static void
figures_changed (TaiScreen *screen)
{
  check (TAI_HALL_CLOSE_SCREEN (screen));
}

static void
drop_others (TaiHallCloseScreen *self)
{
  g_clear_pointer (&self->look, tai_report_look_drop);
  g_clear_pointer (&self->hall, tai_report_view_unref);
}

static void
leave (TaiScreen *screen)
{
  drop_others (TAI_HALL_CLOSE_SCREEN (screen));
  tai_row_clear_list (TAI_HALL_CLOSE_SCREEN (screen)->list);
}

static void
dispose (GObject *object)
{
  drop_others (TAI_HALL_CLOSE_SCREEN (object));
  G_OBJECT_CLASS (tai_hall_close_screen_parent_class)->dispose (object);
}

static void
tai_hall_close_screen_class_init (TaiHallCloseScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  TAI_SCREEN_CLASS (klass)->figures_changed = figures_changed;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/hall-close.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiHallCloseScreen, summary);
  gtk_widget_class_bind_template_child (widget_class, TaiHallCloseScreen, closed);
  gtk_widget_class_bind_template_child (widget_class, TaiHallCloseScreen, others);
  gtk_widget_class_bind_template_child (widget_class, TaiHallCloseScreen, list);
  gtk_widget_class_bind_template_child (widget_class, TaiHallCloseScreen, close);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
tai_hall_close_screen_init (TaiHallCloseScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_name (GTK_WIDGET (self->list), _ ("What stands at the end of the day"));
}
