/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a report. Any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-report-tables-private.h"

#include <string.h>

#define RIGHT(i) (1 << (i))

static char *
format_count (gint64 count)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, count);
}

/* Better a mark than a wrong figure; nothing where it is not to be told. */
static char *
format_sum (TaiMoney amount)
{
  return amount.currency != 0 ? tai_pen_format_amount (amount) : g_strdup ("—");
}

void
tai_report_tables_add_part (TaiPen *pen, TaiPaperWord title)
{
  tai_document_add_space (pen->document);
  tai_pen_add_word (pen, TAI_STYLE_BOLD, title);
  tai_document_add_rule (pen->document, FALSE);
}

void
tai_report_tables_add_source (TaiPen *pen, const TaiTillReport *report)
{
  g_autofree char *as_of = tai_pen_format_time (pen, report->as_of_us);
  g_autofree char *terminals = format_count (report->n_terminals);
  g_autofree char *text = report->is_from_hq
                              ? tai_pen_fill (pen, TAI_WORD_OF_HQ, report->place, terminals, as_of)
                              : tai_pen_fill (pen, TAI_WORD_OF_TERMINAL, report->place, as_of, NULL);

  if (report->as_of_us != 0)
    tai_document_add_text (pen->document, 0, text);
}

/* Days ------------------------------------------------------------------------------------------------------------------- */

static const guint8 figure_weights[] = {4, 3, 2, 2, 3, 3};

static void
add_figure_heads (TaiPen *pen, const TaiTillReport *report)
{
  gboolean is_month = report->days != NULL;
  const char *heads[] = {"",
                         tai_pen_word (pen, TAI_WORD_SALES),
                         tai_pen_word (pen, TAI_WORD_N_ORDERS),
                         tai_pen_word (pen, TAI_WORD_N_PAYMENTS),
                         tai_pen_word (pen, TAI_WORD_DIFFERENCE),
                         tai_pen_word (pen, TAI_WORD_EXPECTED)};

  tai_document_add_row (pen->document, TAI_STYLE_BOLD, G_N_ELEMENTS (heads) - (is_month ? 1 : 0), heads,
                        figure_weights, RIGHT (1) | RIGHT (2) | RIGHT (3) | RIGHT (4) | RIGHT (5));
}

static void
add_figures (TaiPen *pen, const char *title, const TaiDayFigures *figures, gboolean is_month)
{
  g_autofree char *sales = tai_pen_format_amount (figures->sales);
  g_autofree char *orders = format_count (figures->n_orders);
  g_autofree char *payments = format_count (figures->n_payments);
  g_autofree char *difference = tai_pen_format_amount (figures->difference);
  g_autofree char *drawer = tai_pen_format_amount (figures->drawer);
  const char *cells[] = {title, sales, orders, payments, difference, drawer};

  if (figures->is_known)
    tai_document_add_row (pen->document, 0, G_N_ELEMENTS (cells) - (is_month ? 1 : 0), cells, figure_weights,
                          RIGHT (1) | RIGHT (2) | RIGHT (3) | RIGHT (4) | RIGHT (5));
}

void
tai_report_tables_add_days (TaiPen *pen, const TaiTillReport *report)
{
  gboolean is_month = report->days != NULL;
  const struct {
    const TaiDayFigures *figures;
    TaiPaperWord word;
  } rows[] = {
      {&report->day, is_month ? TAI_WORD_REPORT_MONTH : TAI_WORD_BUSINESS_DAY},
      {&report->yesterday, is_month ? TAI_WORD_MONTH_BEFORE : TAI_WORD_YESTERDAY},
      {&report->week_ago, is_month ? TAI_WORD_YEAR_AGO : TAI_WORD_WEEK_AGO},
  };

  if (!report->day.is_known)
    return;
  tai_report_tables_add_part (pen, TAI_WORD_DAY_FIGURES);
  add_figure_heads (pen, report);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *title =
        g_strdup_printf ("%s %s", tai_pen_word (pen, rows[i].word), rows[i].figures->business_day);
    add_figures (pen, title, rows[i].figures, is_month);
  }
}

void
tai_report_tables_add_month (TaiPen *pen, const TaiTillReport *report)
{
  if (report->days == NULL || report->days->len == 0)
    return;
  tai_report_tables_add_part (pen, TAI_WORD_BY_DAY);
  add_figure_heads (pen, report);
  for (guint i = 0; i < report->days->len; i++) {
    const TaiDayFigures *figures = &g_array_index (report->days, TaiDayFigures, i);
    add_figures (pen, figures->business_day, figures, TRUE);
  }
}

/* Sums ------------------------------------------------------------------------------------------------------------------- */

static const guint8 sum_weights[] = {3, 2, 4, 4, 4, 2, 3, 4};

/* "2 / 60.00": how often, and how much where that is to be told. */
static char *
format_event (const TaiReportSum *sum, TaiReportEvent event)
{
  g_autofree char *amount = NULL;

  if (sum->events[event] == 0)
    return g_strdup ("0");
  if (sum->amounts[event].minor == 0)
    return format_count (sum->events[event]);
  amount = tai_pen_format_amount (sum->amounts[event]);
  return g_strdup_printf ("%" G_GINT64_FORMAT " / %s", sum->events[event], amount);
}

static void
add_sum_row (TaiPen *pen, TaiStyle style, const char *name, const TaiReportSum *sum)
{
  g_autofree char *count = format_count (sum->count);
  g_autofree char *amount = format_sum (sum->amount);
  g_autofree char *refunds = format_event (sum, TAI_REPORT_EVENT_REFUND);
  g_autofree char *undone = format_event (sum, TAI_REPORT_EVENT_UNDONE);
  g_autofree char *reprints = format_count (sum->events[TAI_REPORT_EVENT_REPRINT]);
  g_autofree char *no_sales = format_count (sum->events[TAI_REPORT_EVENT_NO_SALE]);
  g_autofree char *overrides = format_event (sum, TAI_REPORT_EVENT_OVERRIDE);
  const char *cells[] = {name, count, amount, refunds, undone, reprints, no_sales, overrides};

  tai_document_add_row (pen->document, style, G_N_ELEMENTS (cells), cells, sum_weights, 0xfe);
}

static void
add_sum_table (TaiPen *pen, const TaiTillReport *report, TaiReportBy by, TaiPaperWord title, TaiPaperWord who)
{
  g_autoptr (GPtrArray) sums = tai_till_report_sum_up (report, by);
  g_autoptr (GPtrArray) all = tai_till_report_sum_up (report, 0);
  const TaiPaperWord heads[] = {who,
                                TAI_WORD_COUNT,
                                TAI_WORD_AMOUNT,
                                TAI_WORD_REFUNDS,
                                TAI_WORD_N_UNDONE,
                                TAI_WORD_N_REPRINTS,
                                TAI_WORD_NO_SALES,
                                TAI_WORD_OVERRIDES};
  const char *cells[G_N_ELEMENTS (heads)];

  tai_report_tables_add_part (pen, title);
  if (sums->len == 0) {
    tai_pen_add_word (pen, 0, TAI_WORD_NONE);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    cells[i] = tai_pen_word (pen, heads[i]);
  tai_document_add_row (pen->document, TAI_STYLE_BOLD, G_N_ELEMENTS (cells), cells, sum_weights, 0xfe);
  for (guint i = 0; i < sums->len; i++) {
    const TaiReportSum *sum = g_ptr_array_index (sums, i);
    add_sum_row (pen, 0, sum->name != NULL ? sum->name : report->place, sum);
  }
  add_sum_row (pen, TAI_STYLE_BOLD, tai_pen_word (pen, TAI_WORD_SUM), g_ptr_array_index (all, 0));
}

void
tai_report_tables_add_sums (TaiPen *pen, const TaiTillReport *report)
{
  if (tai_till_report_is_by_hall (report)) {
    add_sum_table (pen, report, TAI_REPORT_BY_HALL, TAI_WORD_BY_HALL, TAI_WORD_HALL);
    return;
  }
  add_sum_table (pen, report, TAI_REPORT_BY_CLERK, TAI_WORD_BY_CLERK, TAI_WORD_CLERK);
  if (report->n_terminals > 1)
    add_sum_table (pen, report, TAI_REPORT_BY_TERMINAL, TAI_WORD_BY_TERMINAL, TAI_WORD_ONE_TERMINAL);
}

/* Hours ------------------------------------------------------------------------------------------------------------------ */

void
tai_report_tables_add_hours (TaiPen *pen, const TaiTillReport *report)
{
  static const guint8 weights[] = {4, 2, 3};
  g_autoptr (GPtrArray) hours =
      tai_report_lines_group (report->by_quarter, TAI_REPORT_BY_HOUR, report->utc_offset_min);
  const char *heads[] = {tai_pen_word (pen, TAI_WORD_HOUR), tai_pen_word (pen, TAI_WORD_COUNT),
                         tai_pen_word (pen, TAI_WORD_AMOUNT)};

  if (hours->len == 0)
    return;
  tai_report_tables_add_part (pen, TAI_WORD_BY_HOUR);
  tai_document_add_row (pen->document, TAI_STYLE_BOLD, G_N_ELEMENTS (heads), heads, weights,
                        RIGHT (1) | RIGHT (2));
  for (guint i = 0; i < hours->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (hours, i);
    g_autofree char *hour =
        g_strdup_printf ("%02d:00", tai_report_line_get_hour (line, report->utc_offset_min));
    g_autofree char *count = format_count (line->count);
    g_autofree char *amount = format_sum (line->amount);
    const char *cells[] = {hour, count, amount};
    tai_document_add_row (pen->document, 0, G_N_ELEMENTS (cells), cells, weights, RIGHT (1) | RIGHT (2));
  }
}

/* Detail ----------------------------------------------------------------------------------------------------------------- */

static const guint8 detail_weights[] = {2, 4, 7, 2, 3, 3, 3};

static const TaiPaperWord movement_words[] = {
    [TAI_MOVEMENT_OPENED] = TAI_WORD_DETAIL_OPENED, [TAI_MOVEMENT_SALE] = TAI_WORD_DETAIL_SALE,
    [TAI_MOVEMENT_REFUND] = TAI_WORD_REFUNDS,       [TAI_MOVEMENT_OTHER] = TAI_WORD_DETAIL_OTHER,
    [TAI_MOVEMENT_NO_SALE] = TAI_WORD_NO_SALES,     [TAI_MOVEMENT_REPRINT] = TAI_WORD_N_REPRINTS,
    [TAI_MOVEMENT_UNDO] = TAI_WORD_N_UNDONE,        [TAI_MOVEMENT_CLOSED] = TAI_WORD_DETAIL_CLOSED,
};

/* (transfer full) */
static char *
format_what (const TaiPen *pen, const TaiShiftMovement *one)
{
  const char *kind = tai_pen_word (pen, movement_words[one->kind]);
  const char *business =
      one->operation != NULL ? tai_paper_business_name (one->operation, pen->language) : NULL;

  if (business == NULL)
    return g_strdup (kind);
  return one->kind == TAI_MOVEMENT_SALE ? g_strdup (business) : g_strdup_printf ("%s %s", kind, business);
}

static void
add_movement (TaiPen *pen, const TaiShiftMovement *one)
{
  g_autofree char *time = tai_pen_format_time (pen, one->time_us);
  g_autofree char *amount = tai_pen_format_amount (one->amount);
  g_autofree char *balance = tai_pen_format_amount (one->balance);
  const char *tender = one->tender != NULL ? tai_paper_tender (one->tender, pen->language) : NULL;
  g_autofree char *what = format_what (pen, one);
  const char *cells[] = {
      time + strlen ("2026-11-22 "), what, one->receipt_number, one->clerk, tender, amount, balance};

  tai_document_add_row (pen->document, 0, G_N_ELEMENTS (cells), cells, detail_weights, RIGHT (5) | RIGHT (6));
}

static void
add_detail_of (TaiPen *pen, const TaiShift *shift, GPtrArray *movements)
{
  g_autofree char *title = tai_pen_fill (pen, TAI_WORD_DETAIL, shift->till, shift->clerk, NULL);
  const char *heads[] = {
      tai_pen_word (pen, TAI_WORD_DETAIL_TIME),    tai_pen_word (pen, TAI_WORD_DETAIL_WHAT),
      tai_pen_word (pen, TAI_WORD_DETAIL_RECEIPT), tai_pen_word (pen, TAI_WORD_CLERK),
      tai_pen_word (pen, TAI_WORD_TENDER),         tai_pen_word (pen, TAI_WORD_AMOUNT),
      tai_pen_word (pen, TAI_WORD_EXPECTED)};

  if (movements->len == 0) /* whose count is still to come */
    return;
  tai_document_add_space (pen->document);
  tai_document_add_text (pen->document, TAI_STYLE_BOLD, title);
  tai_document_add_rule (pen->document, FALSE);
  tai_document_add_row (pen->document, TAI_STYLE_BOLD, G_N_ELEMENTS (heads), heads, detail_weights,
                        RIGHT (5) | RIGHT (6));
  for (guint i = 0; i < movements->len; i++)
    add_movement (pen, g_ptr_array_index (movements, i));
}

void
tai_report_tables_add_detail (TaiPen *pen, const TaiTillReport *report)
{
  for (guint i = 0; report->movements != NULL && i < report->movements->len; i++)
    add_detail_of (pen, g_ptr_array_index (report->shifts, i), g_ptr_array_index (report->movements, i));
}
