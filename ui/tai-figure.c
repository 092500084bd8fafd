/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report's tables and charts, as rows of words and bars. Main thread. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-figure.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-operation-words.h"
#include "tai-words.h"

#define BIT(i) (1u << (i))

typedef struct {
  const TaiTillReport *report;
  TaiFigure *figure;
} Making;

/* Cells -------------------------------------------------------------------------------------------------------------------- */

static char *
format_count (gint64 count)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, count);
}

/* "2 · ¥60.00": how often, and how much where that is known. */
static char *
format_event (const TaiReportSum *sum, TaiReportEvent event)
{
  g_autofree char *amount = NULL;

  if (sum->events[event] == 0 || sum->amounts[event].minor == 0)
    return format_count (sum->events[event]);
  amount = tai_words_money (sum->amounts[event]);
  return g_strdup_printf ("%" G_GINT64_FORMAT " · %s", sum->events[event], amount);
}

static const char *
get_name (const TaiReportLine *line)
{
  TaiTender tender;

  if (line->business != NULL)
    return tai_operation_words_get_title (line->business);
  if (line->tender == NULL)
    return NULL;
  return tai_tender_from_text (line->tender, &tender, NULL) ? tai_words_tender (tender) : line->tender;
}

/* As many as the table has columns; (transfer full) each. */
static void
add_row (Making *making, char *const *cells)
{
  GStrv row = g_new0 (char *, making->figure->n_columns + 1);

  for (guint i = 0; i < making->figure->n_columns; i++)
    row[i] = cells[i] != NULL ? cells[i] : g_strdup ("");
  g_ptr_array_add (making->figure->rows, row);
}

static void
add_bar (Making *making, const char *label, TaiMoney value, gint64 other)
{
  g_autofree char *text = tai_words_money (value);

  if (value.currency != 0) /* else it is not to be told */
    g_ptr_array_add (making->figure->bars, tai_chart_bar_new (label, text, value.minor, other));
}

static void
add_line_row (Making *making, const char *first, const char *second, gint64 count, TaiMoney amount)
{
  char *cells[] = {g_strdup (first), g_strdup (second), format_count (count), tai_words_money (amount)};

  add_row (making, cells);
}

/* Kinds -------------------------------------------------------------------------------------------------------------------- */

static void
make_hours (Making *making)
{
  int offset = making->report->utc_offset_min;
  g_autoptr (GPtrArray) hours =
      tai_report_lines_group (making->report->by_quarter, TAI_REPORT_BY_HOUR, offset);
  gint64 n;
  TaiMoney sum = tai_report_lines_sum (hours, &n);

  for (guint i = 0; i < hours->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (hours, i);
    g_autofree char *hour = g_strdup_printf ("%02d:00", tai_report_line_get_hour (line, offset));
    char *cells[] = {g_strdup (hour), format_count (line->count), tai_words_money (line->amount)};
    add_row (making, cells);
    add_bar (making, hour, line->amount, 0);
  }
  if (hours->len > 0) {
    char *cells[] = {g_strdup (_ ("Sum")), format_count (n), tai_words_money (sum)};
    add_row (making, cells);
  }
}

/* The largest first: that is what a chart of names is for. */
static gint
compare_amount_cb (gconstpointer a, gconstpointer b)
{
  const TaiReportLine *x = *(TaiReportLine *const *)a, *y = *(TaiReportLine *const *)b;

  return (x->amount.minor < y->amount.minor) - (x->amount.minor > y->amount.minor);
}

static void
make_lines (Making *making, GPtrArray *lines, TaiReportBy by)
{
  gboolean is_by_hall = tai_till_report_is_by_hall (making->report);
  g_autoptr (GPtrArray) groups = tai_report_lines_group (lines, by, 0);
  g_autoptr (GPtrArray) whose =
      tai_report_lines_group (lines, by | (is_by_hall ? TAI_REPORT_BY_HALL : TAI_REPORT_BY_CLERK), 0);
  gint64 n;
  TaiMoney sum = tai_report_lines_sum (lines, &n);

  if (is_by_hall)
    making->figure->heads[0] = _ ("Hall");
  for (guint i = 0; i < whose->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (whose, i);
    add_line_row (making, is_by_hall ? line->hall : line->clerk, get_name (line), line->count, line->amount);
  }
  if (whose->len > 0)
    add_line_row (making, _ ("Sum"), NULL, n, sum);
  g_ptr_array_sort (groups, compare_amount_cb);
  for (guint i = 0; i < groups->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (groups, i);
    add_bar (making, get_name (line), line->amount, 0);
  }
}

static void
make_businesses (Making *making)
{
  make_lines (making, making->report->by_business, TAI_REPORT_BY_BUSINESS);
}

static void
make_tenders (Making *making)
{
  make_lines (making, making->report->by_tender, TAI_REPORT_BY_TENDER);
}

static void
add_sum_row (Making *making, const char *name, const TaiReportSum *sum)
{
  char *cells[] = {g_strdup (name),
                   format_count (sum->count),
                   tai_words_money (sum->amount),
                   format_event (sum, TAI_REPORT_EVENT_REFUND),
                   format_event (sum, TAI_REPORT_EVENT_UNDONE),
                   format_count (sum->events[TAI_REPORT_EVENT_REPRINT]),
                   format_count (sum->events[TAI_REPORT_EVENT_NO_SALE]),
                   format_event (sum, TAI_REPORT_EVENT_OVERRIDE)};

  add_row (making, cells);
}

/* Each beside what everybody here sells on average. */
static void
make_sums (Making *making, TaiReportBy by)
{
  g_autoptr (GPtrArray) sums = tai_till_report_sum_up (making->report, by);
  g_autoptr (GPtrArray) all = tai_till_report_sum_up (making->report, 0);
  const TaiReportSum *hall = all->len > 0 ? g_ptr_array_index (all, 0) : NULL;

  for (guint i = 0; i < sums->len; i++) {
    const TaiReportSum *sum = g_ptr_array_index (sums, i);
    const char *name = sum->name != NULL && *sum->name != '\0' ? sum->name
                       : by == TAI_REPORT_BY_TERMINAL          ? making->report->place
                                                               : "–";
    add_sum_row (making, name, sum);
    add_bar (making, name, sum->amount, hall->amount.minor / (gint64)sums->len);
  }
  if (hall != NULL)
    add_sum_row (making, _ ("Sum"), hall);
}

static void
make_clerks (Making *making)
{
  make_sums (making, TAI_REPORT_BY_CLERK);
}

static void
make_terminals (Making *making)
{
  make_sums (making, TAI_REPORT_BY_TERMINAL);
}

static void
make_halls (Making *making)
{
  make_sums (making, TAI_REPORT_BY_HALL);
}

static void
make_days (Making *making)
{
  const TaiTillReport *report = making->report;

  for (guint i = 0; i < report->days->len; i++) {
    const TaiDayFigures *day = &g_array_index (report->days, TaiDayFigures, i);
    char *cells[] = {g_strdup (day->business_day), format_count (day->n_orders),
                     format_count (day->n_payments), tai_words_money (day->sales),
                     tai_words_money (day->difference)};
    add_row (making, cells);
    add_bar (making, day->business_day + strlen ("2026-11-"), day->sales, 0);
  }
  if (report->days->len > 0) {
    char *cells[] = {g_strdup (_ ("Sum")), format_count (report->day.n_orders),
                     format_count (report->day.n_payments), tai_words_money (report->day.sales),
                     tai_words_money (report->day.difference)};
    add_row (making, cells);
  }
}

/* The table of them -------------------------------------------------------------------------------------------------------- */

/* clang-format off */
static const struct {
  const char *title;
  TaiChartKind chart;
  void (*make) (Making *making);
  guint right, wide;
  const char *value_name, *other_name; /* of a chart that holds each against the whole */
  const char *heads[TAI_TABLE_MAX_COLUMNS + 1];
} kinds[TAI_N_FIGURES] = {
  [TAI_FIGURE_HOUR] = {N_ ("Sales by hour"), TAI_CHART_UPRIGHT, make_hours, BIT (1) | BIT (2), 0, NULL, NULL,
    {N_ ("Hour"), N_ ("Count"), N_ ("Amount"), NULL}},
  [TAI_FIGURE_BUSINESS] = {N_ ("Sales by business"), TAI_CHART_LYING, make_businesses, BIT (2) | BIT (3), 1, NULL, NULL,
    {N_ ("Clerk"), N_ ("What"), N_ ("Count"), N_ ("Amount"), NULL}},
  [TAI_FIGURE_TENDER] = {N_ ("Payments by tender"), TAI_CHART_LYING, make_tenders, BIT (2) | BIT (3), 1, NULL, NULL,
    {N_ ("Clerk"), N_ ("What"), N_ ("Count"), N_ ("Amount"), NULL}},
  [TAI_FIGURE_CLERK] = {N_ ("Clerks beside the hall"), TAI_CHART_LYING, make_clerks, 0xfe, 0, N_ ("each clerk"), N_ ("average of the hall"),
    {N_ ("Clerk"), N_ ("Count"), N_ ("Amount"), N_ ("Refunds"), N_ ("Undone"), N_ ("Reprints"), N_ ("No sale"), N_ ("Overrides"), NULL}},
  [TAI_FIGURE_TERMINAL] = {N_ ("Terminals beside the hall"), TAI_CHART_LYING, make_terminals, 0xfe, 0, N_ ("each terminal"), N_ ("average of the hall"),
    {N_ ("Terminal"), N_ ("Count"), N_ ("Amount"), N_ ("Refunds"), N_ ("Undone"), N_ ("Reprints"), N_ ("No sale"), N_ ("Overrides"), NULL}},
  [TAI_FIGURE_HALL] = {N_ ("Halls beside the region"), TAI_CHART_LYING, make_halls, 0xfe, 0, N_ ("each hall"), N_ ("average of the region"),
    {N_ ("Hall"), N_ ("Count"), N_ ("Amount"), N_ ("Refunds"), N_ ("Undone"), N_ ("Reprints"), N_ ("No sale"), N_ ("Overrides"), NULL}},
  [TAI_FIGURE_DAY] = {N_ ("Sales by day"), TAI_CHART_UPRIGHT, make_days, 0x1e, 0, NULL, NULL,
    {N_ ("Day"), N_ ("Orders taken"), N_ ("Payments"), N_ ("Sales (gross)"), N_ ("Difference"), NULL}},
};
/* clang-format on */

const char *
tai_figure_get_title (TaiFigureKind kind)
{
  g_return_val_if_fail (kind < TAI_N_FIGURES, NULL);
  return _ (kinds[kind].title);
}

gboolean
tai_figure_is_of (TaiFigureKind kind, const TaiTillReport *report)
{
  g_return_val_if_fail (report != NULL, FALSE);
  switch (kind) {
  case TAI_FIGURE_HOUR:
    return report->days == NULL && report->by_quarter != NULL;
  case TAI_FIGURE_DAY:
    return report->days != NULL;
  case TAI_FIGURE_TERMINAL:
    return report->n_terminals > 1 && !tai_till_report_is_by_hall (report);
  case TAI_FIGURE_CLERK:
    return !tai_till_report_is_by_hall (report);
  case TAI_FIGURE_HALL:
    return tai_till_report_is_by_hall (report);
  default:
    return TRUE;
  }
}

TaiFigure *
tai_figure_new (TaiFigureKind kind, const TaiTillReport *report)
{
  TaiFigure *self;
  Making making;

  g_return_val_if_fail (kind < TAI_N_FIGURES && report != NULL && tai_figure_is_of (kind, report), NULL);
  self = g_new0 (TaiFigure, 1);
  self->kind = kind;
  self->chart = kinds[kind].chart;
  self->right = kinds[kind].right;
  self->wide = kinds[kind].wide;
  self->value_name = kinds[kind].value_name != NULL ? _ (kinds[kind].value_name) : NULL;
  self->other_name = kinds[kind].other_name != NULL ? _ (kinds[kind].other_name) : NULL;
  while (kinds[kind].heads[self->n_columns] != NULL) {
    self->heads[self->n_columns] = _ (kinds[kind].heads[self->n_columns]);
    self->n_columns++;
  }
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  self->bars = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_chart_bar_free);
  making = (Making){report, self};
  kinds[kind].make (&making);
  return self;
}

void
tai_figure_free (TaiFigure *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->bars);
  g_free (self);
}
