/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands at the end of a day, line by line, each with the place where it is settled. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-day-list.h"

#include <glib/gi18n.h>

#include "tai-day-words.h"
#include "tai-row.h"
#include "tai-words.h"

/* TAI_N_SCREENS: nowhere here. */
static const TaiScreenId places[] = {
    [TAI_DAY_ACT_CLOSE_TILL] = TAI_SCREEN_CLOSE_TILL, [TAI_DAY_ACT_RECALL] = TAI_SCREEN_PARKED,
    [TAI_DAY_ACT_WAIT] = TAI_SCREEN_PARKED,           [TAI_DAY_ACT_LOOK_LINE] = TAI_SCREEN_LINE,
    [TAI_DAY_ACT_LOOK_ORDERS] = TAI_SCREEN_ORDERS,    [TAI_DAY_ACT_PRINT] = TAI_SCREEN_HOME,
    [TAI_DAY_ACT_MOVE_CASH] = TAI_SCREEN_CASH_MOVE,   [TAI_DAY_ACT_NONE] = TAI_N_SCREENS,
    [TAI_DAY_ACT_LOOK_HALL] = TAI_SCREEN_REPORT,
};

static char *
describe_end (const TaiDayItem *item)
{
  if (item->amount.currency != 0)
    return tai_words_money (item->amount);
  return item->count > 0 && (item->subject == NULL || item->kind == TAI_DAY_MISSING ||
                             item->kind == TAI_DAY_KIOSK_MISSING)
             ? g_strdup_printf ("%" G_GINT64_FORMAT, item->count)
             : NULL;
}

static char *
describe_more (const TaiDayItem *item, gint64 now_us)
{
  const char *todo = tai_day_words_get_todo (item->kind);
  g_autofree char *age = item->since_us > 0 ? tai_words_age (now_us - item->since_us) : NULL;

  return age != NULL ? g_strdup_printf ("%s · %s", age, todo) : g_strdup (todo);
}

static GtkWidget *
new_row (const TaiDayItem *item, TaiDayStops stops, gint64 now_us)
{
  gboolean is_stop = (tai_day_kind_get_stops (item->kind) & stops) != 0;
  TaiScreenId place = places[tai_day_kind_get_act (item->kind)];
  g_autofree char *what = tai_day_words_describe (item);
  g_autofree char *more = describe_more (item, now_us);
  g_autofree char *end = describe_end (item);
  GtkWidget *row =
      tai_row_new (what, more, end, place != TAI_N_SCREENS ? tai_screen_id_to_name (place) : NULL);

  tai_row_set_mark (TAI_ROW (row), is_stop ? "dialog-warning-symbolic" : "object-select-symbolic",
                    is_stop ? _ ("Stops the close") : _ ("May stay"));
  return row;
}

void
tai_day_list_fill (GtkListBox *list, GPtrArray *items, TaiDayStops stops, TaiCounter *counter)
{
  gint64 now_us = tai_clock_now (tai_counter_get_clock (counter));
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (rows, new_row (g_ptr_array_index (items, i), stops, now_us));
  gtk_widget_set_visible (GTK_WIDGET (list), rows->len > 0);
  tai_row_fill_list (list, rows);
}

void
tai_day_list_focus (GtkListBox *list)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (list, 0);

  if (first == NULL)
    return;
  gtk_list_box_select_row (list, first);
  gtk_widget_grab_focus (GTK_WIDGET (first));
}

gboolean
tai_day_list_get_screen (GtkListBoxRow *row, TaiScreenId *id)
{
  const char *key = tai_row_get_key (TAI_ROW (row));

  return key != NULL && tai_screen_id_from_name (key, id);
}
