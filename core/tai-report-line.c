/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a report, and adding them up. Pure, any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-report-line.h"

#define MINUTES_OF_QUARTER 15
#define MINUTES_OF_HOUR    60
#define MINUTES_OF_DAY     (24 * MINUTES_OF_HOUR)

static const char *const event_text[] = {
    [TAI_REPORT_EVENT_REFUND] = "refund",     [TAI_REPORT_EVENT_UNDONE] = "undone",
    [TAI_REPORT_EVENT_REPRINT] = "reprint",   [TAI_REPORT_EVENT_NO_SALE] = "drawer_opened",
    [TAI_REPORT_EVENT_OVERRIDE] = "override",
};

const char *
tai_report_event_to_text (TaiReportEvent event)
{
  g_return_val_if_fail (event < TAI_N_REPORT_EVENTS, NULL);
  return event_text[event];
}

gboolean
tai_report_event_from_text (const char *text, TaiReportEvent *event)
{
  g_return_val_if_fail (event != NULL, FALSE);
  for (guint i = 0; i < TAI_N_REPORT_EVENTS; i++)
    if (g_strcmp0 (text, event_text[i]) == 0) {
      *event = i;
      return TRUE;
    }
  return FALSE;
}

TaiReportLine *
tai_report_line_new (const char *clerk, const char *business, const char *tender)
{
  TaiReportLine *line = g_new0 (TaiReportLine, 1);

  line->clerk = g_strdup (clerk);
  line->business = g_strdup (business);
  line->tender = g_strdup (tender);
  return line;
}

void
tai_report_line_free (TaiReportLine *self)
{
  if (self == NULL)
    return;
  g_free (self->hall);
  g_free (self->terminal);
  g_free (self->clerk);
  g_free (self->business);
  g_free (self->tender);
  g_free (self->event);
  g_free (self);
}

/* Time ------------------------------------------------------------------------------------------------------------------- */

/* The minute of the wall clock at which a quarter begins, counted from the epoch. */
static gint64
get_minute (gint64 quarter, int utc_offset_min)
{
  return quarter * MINUTES_OF_QUARTER + utc_offset_min;
}

/* The first quarter of the hour in which @quarter lies at the place. */
static gint64
get_hour_begin (gint64 quarter, int utc_offset_min)
{
  gint64 minute = get_minute (quarter, utc_offset_min);
  gint64 into = ((minute % MINUTES_OF_HOUR) + MINUTES_OF_HOUR) % MINUTES_OF_HOUR;

  return quarter - into / MINUTES_OF_QUARTER;
}

int
tai_report_line_get_hour (const TaiReportLine *self, int utc_offset_min)
{
  gint64 minute;

  g_return_val_if_fail (self != NULL, 0);
  minute = get_minute (self->quarter, utc_offset_min) % MINUTES_OF_DAY;
  return (int)((minute + MINUTES_OF_DAY) % MINUTES_OF_DAY / MINUTES_OF_HOUR);
}

/* Adding up -------------------------------------------------------------------------------------------------------------- */

/* A part that is not to be told makes a sum that is not either. */
static void
add_amount (TaiMoney *sum, TaiMoney amount, gboolean is_first)
{
  if (is_first)
    *sum = amount;
  else if (sum->currency == 0 || !tai_money_add (*sum, amount, sum, NULL))
    *sum = tai_money (0, 0);
}

TaiMoney
tai_report_lines_sum (GPtrArray *lines, gint64 *count)
{
  TaiMoney sum = tai_money (0, 0);
  gint64 n = 0;

  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    add_amount (&sum, line->amount, i == 0);
    n += line->count;
  }
  if (count != NULL)
    *count = n;
  return sum;
}

/* What of @line stays apart, and nothing else. */
static TaiReportLine *
strip (const TaiReportLine *line, guint by, int utc_offset_min)
{
  TaiReportLine *self = tai_report_line_new (by & TAI_REPORT_BY_CLERK ? line->clerk : NULL,
                                             by & TAI_REPORT_BY_BUSINESS ? line->business : NULL,
                                             by & TAI_REPORT_BY_TENDER ? line->tender : NULL);

  self->hall = g_strdup (by & TAI_REPORT_BY_HALL ? line->hall : NULL);
  self->terminal = g_strdup (by & TAI_REPORT_BY_TERMINAL ? line->terminal : NULL);
  self->event = g_strdup (by & TAI_REPORT_BY_EVENT ? line->event : NULL);
  self->quarter = by & TAI_REPORT_BY_HOUR ? get_hour_begin (line->quarter, utc_offset_min) : 0;
  return self;
}

static gboolean
is_same (const TaiReportLine *a, const TaiReportLine *b)
{
  return a->quarter == b->quarter && g_strcmp0 (a->hall, b->hall) == 0 &&
         g_strcmp0 (a->terminal, b->terminal) == 0 && g_strcmp0 (a->clerk, b->clerk) == 0 &&
         g_strcmp0 (a->business, b->business) == 0 && g_strcmp0 (a->tender, b->tender) == 0 &&
         g_strcmp0 (a->event, b->event) == 0;
}

static TaiReportLine *
find_same (GPtrArray *lines, const TaiReportLine *line)
{
  for (guint i = 0; i < lines->len; i++)
    if (is_same (g_ptr_array_index (lines, i), line))
      return g_ptr_array_index (lines, i);
  return NULL;
}

static gint
compare_time_cb (gconstpointer a, gconstpointer b)
{
  const TaiReportLine *x = *(TaiReportLine *const *)a, *y = *(TaiReportLine *const *)b;

  return (x->quarter > y->quarter) - (x->quarter < y->quarter);
}

GPtrArray *
tai_report_lines_group (GPtrArray *lines, guint by, int utc_offset_min)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_line_free);

  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    TaiReportLine *key = strip (line, by, utc_offset_min), *group = find_same (groups, key);

    if (group == NULL)
      g_ptr_array_add (groups, group = key);
    else
      tai_report_line_free (key);
    add_amount (&group->amount, line->amount, group == key);
    group->count += line->count;
  }
  if (by & TAI_REPORT_BY_HOUR)
    g_ptr_array_sort (groups, compare_time_cb);
  return groups;
}
