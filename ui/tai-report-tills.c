/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tills of a report, in words. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-report-tills.h"

#include <glib/gi18n.h>

#include "tai-row.h"
#include "tai-words.h"

const TaiShift *
tai_report_tills_find (const TaiTillReport *report, TaiCounter *counter)
{
  const TaiShift *first = NULL;

  for (guint i = 0; i < report->shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (report->shifts, i);
    if (tai_report_tills_is_elsewhere (report, shift, counter))
      continue;
    if (tai_shift_get_difference (shift).minor != 0)
      return shift;
    if (first == NULL)
      first = shift;
  }
  return first;
}

/* ", " before all but the first. */
G_GNUC_PRINTF (2, 3)
static void
add (GString *text, const char *format, ...)
{
  va_list args;

  if (text->len > 0)
    g_string_append (text, " · ");
  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
}

/* What should be in an open drawer is told to those alone who see the hall's; the report has no figure for others. */
static void
describe_open (GString *text, const TaiTillReport *report, const TaiShift *shift, int offset)
{
  g_autofree char *from = tai_words_day_and_time (shift->opened_us, offset);
  g_autofree char *float_amount = tai_words_money (shift->float_amount);
  g_autofree char *expected = tai_words_money (report->drawer_expected);
  g_autofree char *counted = tai_words_money (shift->last_count);

  add (text, shift->state == TAI_SHIFT_COUNTING ? _ ("being counted, open since %s") : _ ("open since %s"),
       from);
  add (text, _ ("float %s"), float_amount);
  if (!report->is_from_hq && report->drawer_expected.currency != 0) /* headquarters' is of all drawers */
    add (text, _ ("should be in it %s"), expected);
  if (shift->last_count.currency != 0)
    add (text, _ ("last count %s"), counted);
}

static void
describe_closed (GString *text, const TaiShift *shift, int offset, gboolean is_month)
{
  g_autofree char *from = is_month ? tai_words_day_and_time (shift->opened_us, offset)
                                   : tai_words_time (shift->opened_us, offset);
  g_autofree char *until = tai_words_time (shift->closed_us, offset);
  g_autofree char *float_amount = tai_words_money (shift->float_amount);
  g_autofree char *expected = tai_words_money (shift->expected);
  g_autofree char *counted = tai_words_money (shift->counted);

  add (text, _ ("%s–%s · float %s · expected %s · counted %s"), from, until, float_amount, expected, counted);
}

static void
describe_waiting (GString *text, const TaiTillReport *report, gint64 now_us)
{
  g_autofree char *age = tai_words_age (now_us - report->oldest_unsent_us);

  if (report->n_unsent > 0)
    add (text, _ ("waiting to upload %d, the oldest for %s"), (int)report->n_unsent, age);
}

static char *
describe_difference (const TaiShift *shift)
{
  TaiMoney by = tai_shift_get_difference (shift);
  g_autofree char *words = tai_words_money (by.minor < 0 ? tai_money_negate (by) : by);

  if (shift->state != TAI_SHIFT_CLOSED)
    return g_strdup (_ ("not counted"));
  if (by.minor == 0)
    return g_strdup (_ ("as it should be"));
  return g_strdup_printf (by.minor < 0 ? _ ("%s short") : _ ("%s too much"), words);
}

gboolean
tai_report_tills_is_elsewhere (const TaiTillReport *report, const TaiShift *shift, TaiCounter *counter)
{
  const TaiTerminal *here = tai_counter_get_terminal (counter);

  return report->is_from_hq && (g_strcmp0 (shift->till, here->till) != 0 ||
                                (shift->hall != NULL && g_strcmp0 (shift->hall, here->hall) != 0));
}

static GtkWidget *
new_row (const TaiReportView *view, const TaiShift *shift, TaiCounter *counter)
{
  const TaiTillReport *report = view->report;
  int offset = tai_counter_get_terminal (counter)->utc_offset_min;
  TaiMoney opening = tai_shift_get_opening_difference (shift);
  g_autofree char *till = tai_shift_name_till (shift);
  g_autofree char *title = g_strdup_printf (_ ("Till %s · clerk %s"), till, shift->clerk);
  g_autofree char *end = describe_difference (shift);
  g_autoptr (GString) more = g_string_new (NULL);
  gboolean is_elsewhere = tai_report_tills_is_elsewhere (report, shift, counter);
  GtkWidget *row;

  if (shift->state == TAI_SHIFT_CLOSED)
    describe_closed (more, shift, offset, report->days != NULL);
  else {
    describe_open (more, report, shift, offset);
    describe_waiting (more, report, tai_clock_now (tai_counter_get_clock (counter)));
  }
  if (opening.minor != 0) {
    g_autofree char *words = tai_words_money (opening);
    g_string_append_c (more, '\n');
    g_string_append_printf (more, _ ("Opening difference %s"), words);
  }
  if (is_elsewhere)
    add (more, "%s", _ ("what happened to it is shown at that terminal"));
  row = tai_row_new (title, more->str, end, is_elsewhere ? NULL : shift->id.text);
  if (tai_shift_get_difference (shift).minor != 0)
    tai_row_set_mark (TAI_ROW (row), "dialog-warning-symbolic", _ ("Difference"));
  return row;
}

/* How far headquarters' figures reach. */
static GtkWidget *
new_terminal_row (const TaiReportTerminal *terminal, int offset)
{
  g_autofree char *title = g_strdup_printf (_ ("Terminal %s"), terminal->terminal);
  g_autofree char *time = terminal->last_contact_us != 0
                              ? tai_words_day_and_time (terminal->last_contact_us, offset)
                              : g_strdup (_ ("never"));
  g_autofree char *heard =
      g_strdup_printf (_ ("hall %s · headquarters last heard of it: %s"), terminal->hall, time);
  g_autofree char *missing =
      g_strdup_printf (ngettext ("%d record missing", "%d records missing", (gulong)terminal->n_missing),
                       (int)terminal->n_missing);
  GtkWidget *row = tai_row_new (title, heard, terminal->n_missing > 0 ? missing : NULL, NULL);

  if (terminal->n_missing > 0)
    tai_row_set_mark (TAI_ROW (row), "dialog-warning-symbolic", missing);
  return row;
}

void
tai_report_tills_fill (GtkListBox *list, const TaiReportView *view, TaiCounter *counter)
{
  const TaiTillReport *report = view->report;
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < report->shifts->len; i++)
    g_ptr_array_add (rows, new_row (view, g_ptr_array_index (report->shifts, i), counter));
  if (rows->len == 0)
    g_ptr_array_add (rows, tai_row_new (report->days != NULL ? _ ("No till was open in this month")
                                                             : _ ("No till was open on this day"),
                                        NULL, NULL, NULL));
  for (guint i = 0; report->terminals != NULL && i < report->terminals->len; i++)
    g_ptr_array_add (rows, new_terminal_row (g_ptr_array_index (report->terminals, i),
                                             tai_counter_get_terminal (counter)->utc_offset_min));
  tai_row_fill_list (list, rows);
}
