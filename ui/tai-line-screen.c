/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the line stands: what waits, since when, what is in doubt, what was refused. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-line-screen.h"

#include <glib/gi18n.h>

#include "tai-row.h"
#include "tai-words.h"

struct _TaiLineScreen {
  TaiScreen parent;
  GtkListBox *figures;
  GtkWidget *try;
};

G_DEFINE_FINAL_TYPE (TaiLineScreen, tai_line_screen, TAI_TYPE_SCREEN)

static void
add_count (TaiLineScreen *self, const char *title, const char *more, gint64 count)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  gtk_list_box_append (self->figures, tai_row_new (title, more, text, NULL));
}

static char *
describe_contact (TaiLineScreen *self, const TaiStationFigures *figures)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  g_autofree char *time = NULL;

  if (figures->last_contact_us == 0)
    return g_strdup (_ ("Not since the program was started"));
  time =
      tai_words_day_and_time (figures->last_contact_us, tai_counter_get_terminal (counter)->utc_offset_min);
  return g_strdup_printf (_ ("Last answer %s"), time);
}

static void
update (TaiScreen *screen)
{
  TaiLineScreen *self = TAI_LINE_SCREEN (screen);
  TaiCounter *counter = tai_screen_get_counter (screen);
  const TaiStationFigures *figures = tai_station_get_figures (tai_counter_get_station (counter));
  gint64 now = tai_clock_now (tai_counter_get_clock (counter));
  g_autofree char *contact = describe_contact (self, figures);
  g_autofree char *age = figures->oldest_us != 0 ? tai_words_age (now - figures->oldest_us) : NULL;
  g_autofree char *oldest = age != NULL ? g_strdup_printf (_ ("The oldest waits for %s"), age) : NULL;

  tai_row_clear_list (self->figures);
  gtk_list_box_append (self->figures,
                       tai_row_new (figures->paused    ? _ ("Headquarters does not let this terminal in")
                                    : figures->on_line ? _ ("On line")
                                                       : _ ("Off line: selling goes on, all is kept here"),
                                    contact, NULL, NULL));
  add_count (self, _ ("Waiting to upload"), oldest, figures->n_waiting);
  add_count (self, _ ("Being verified: sent, no answer yet"), NULL, figures->n_in_doubt);
  add_count (self, _ ("Rejected records"), NULL, figures->n_quarantined);
}

static void
try_cb (TaiLineScreen *self)
{
  tai_station_try_line (tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self))));
}

static void
enter (TaiScreen *screen, const char *text)
{
  update (screen);
  gtk_widget_grab_focus (TAI_LINE_SCREEN (screen)->try);
}

static void
tai_line_screen_class_init (TaiLineScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->figures_changed = update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/line.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiLineScreen, figures);
  gtk_widget_class_bind_template_child (widget_class, TaiLineScreen, try);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
}

static void
tai_line_screen_init (TaiLineScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
