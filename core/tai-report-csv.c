/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report's file. Pure, any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-report-csv.h"

#include <string.h>

#include "tai-canonical.h"

#define NO_COUNT (-1)

/* (nullable) texts; @count below 0, @amount of no currency, @time_us 0: empty */
typedef struct {
  const char *kind, *terminal, *clerk, *name;
  gint64 count;
  TaiMoney amount;
  gint64 time_us;
  const char *reference;
} Row;

static void
add_text (GString *out, const char *text)
{
  if (text == NULL)
    return;
  if (strpbrk (text, ",\"\r\n") == NULL) {
    g_string_append (out, text);
    return;
  }
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++) {
    if (*text == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *text);
  }
  g_string_append_c (out, '"');
}

static void
add_row (GString *out, const Row *row)
{
  g_autofree char *count = row->count >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, row->count) : NULL;
  g_autofree char *amount = row->amount.currency != 0 ? tai_money_to_text (row->amount) : NULL;
  g_autofree char *time = row->time_us != 0 ? tai_time_to_text (row->time_us) : NULL;
  const char *fields[] = {row->kind, row->terminal, row->clerk, row->name,
                          count,     amount,        time,       row->reference};

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    add_text (out, fields[i]);
  }
  g_string_append (out, "\r\n");
}

static void
add_lines (GString *out, const TaiTillReport *report, const char *kind, GPtrArray *lines)
{
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    add_row (out, &(Row){.kind = kind,
                         .terminal = line->terminal != NULL ? line->terminal
                                     : line->hall != NULL   ? line->hall
                                                            : report->place,
                         .clerk = line->clerk,
                         .name = line->business != NULL ? line->business
                                 : line->tender != NULL ? line->tender
                                                        : line->event,
                         .count = line->count,
                         .amount = line->amount,
                         .time_us = line->quarter * TAI_REPORT_QUARTER_US});
  }
}

static void
add_hours (GString *out, const TaiTillReport *report)
{
  g_autoptr (GPtrArray) hours = tai_report_lines_group (report->by_quarter,
                                                        TAI_REPORT_BY_HALL | TAI_REPORT_BY_TERMINAL |
                                                            TAI_REPORT_BY_CLERK | TAI_REPORT_BY_HOUR,
                                                        report->utc_offset_min);

  add_lines (out, report, "hour", hours);
}

static void
add_sums (GString *out, const TaiTillReport *report)
{
  gboolean is_by_hall = tai_till_report_is_by_hall (report);
  g_autoptr (GPtrArray) clerks = tai_report_lines_group (report->by_business, TAI_REPORT_BY_CLERK, 0);
  g_autoptr (GPtrArray) places = tai_report_lines_group (
      report->by_business, is_by_hall ? TAI_REPORT_BY_HALL : TAI_REPORT_BY_TERMINAL, 0);

  for (guint i = 0; i < clerks->len && !is_by_hall; i++) {
    const TaiReportLine *line = g_ptr_array_index (clerks, i);
    add_row (out,
             &(Row){.kind = "clerk", .clerk = line->clerk, .count = line->count, .amount = line->amount});
  }
  add_lines (out, report, is_by_hall ? "hall" : "terminal", places);
}

/* How far headquarters' figures reach: when it last heard of a terminal, and how many of its numbers are missing. */
static void
add_terminals (GString *out, const TaiTillReport *report)
{
  for (guint i = 0; report->terminals != NULL && i < report->terminals->len; i++) {
    const TaiReportTerminal *terminal = g_ptr_array_index (report->terminals, i);
    add_row (out, &(Row){.kind = "heard",
                         .terminal = terminal->terminal,
                         .name = "missing",
                         .count = terminal->n_missing,
                         .time_us = terminal->last_contact_us,
                         .reference = terminal->hall});
  }
}

static void
add_shift (GString *out, const TaiShift *shift)
{
  gboolean is_closed = shift->state == TAI_SHIFT_CLOSED;
  g_autofree char *till = tai_shift_name_till (shift);
  const struct {
    const char *name;
    gboolean is_told;
    TaiMoney amount;
  } figures[] = {
      {"float", TRUE, shift->float_amount},
      {"opening_difference", TRUE, tai_shift_get_opening_difference (shift)},
      {"expected", is_closed, shift->expected},
      {"counted", is_closed, shift->counted},
      {"difference", is_closed, tai_shift_get_difference (shift)},
  };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    if (figures[i].is_told)
      add_row (out, &(Row){.kind = "shift",
                           .terminal = till,
                           .clerk = shift->clerk,
                           .name = figures[i].name,
                           .count = is_closed ? shift->z_number : NO_COUNT,
                           .amount = figures[i].amount,
                           .time_us = is_closed ? shift->closed_us : shift->opened_us});
}

static void
add_movements (GString *out, const TaiShift *shift, GPtrArray *movements)
{
  for (guint i = 0; i < movements->len; i++) {
    const TaiShiftMovement *one = g_ptr_array_index (movements, i);
    add_row (out, &(Row){.kind = "movement",
                         .terminal = shift->till,
                         .clerk = one->clerk,
                         .name = tai_movement_kind_to_text (one->kind),
                         .count = one->n_orders,
                         .amount = one->amount,
                         .time_us = one->time_us,
                         .reference = one->receipt_number});
  }
}

static void
add_shifts (GString *out, const TaiTillReport *report)
{
  for (guint i = 0; report->shifts != NULL && i < report->shifts->len; i++)
    add_shift (out, g_ptr_array_index (report->shifts, i));
  for (guint i = 0; report->movements != NULL && i < report->movements->len; i++)
    add_movements (out, g_ptr_array_index (report->shifts, i), g_ptr_array_index (report->movements, i));
}

static void
add_takings (GString *out, const TaiTillReport *report)
{
  TaiTakings takings = tai_till_report_get_takings (report);
  const Row rows[] = {
      {.name = "gross", .count = takings.n_orders, .amount = takings.gross},
      {.name = "refunds", .count = takings.n_refunds, .amount = takings.refunds},
      {.name = "net", .count = NO_COUNT, .amount = takings.net},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Row row = rows[i];
    row.kind = "takings";
    add_row (out, &row);
  }
}

/* What waits at a terminal headquarters cannot know; what does not match a terminal cannot. */
static void
add_open (GString *out, const TaiTillReport *report)
{
  gboolean is_own = !report->is_from_hq;
  const struct {
    gboolean is_known;
    Row row;
  } rows[] = {
      {is_own, {.name = "unsent", .count = report->n_unsent, .time_us = report->oldest_unsent_us}},
      {is_own, {.name = "in_doubt", .count = report->n_in_doubt, .time_us = report->oldest_in_doubt_us}},
      {is_own, {.name = "quarantined", .count = report->n_quarantined}},
      {is_own, {.name = "refund_due", .count = NO_COUNT, .amount = report->refund_due}},
      {!is_own, {.name = "findings", .count = report->n_findings}},
      {TRUE, {.name = "reprints", .count = report->n_reprints}},
      {TRUE, {.name = "undone", .count = report->n_undone}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Row row = rows[i].row;
    row.kind = "open";
    if (rows[i].is_known)
      add_row (out, &row);
  }
}

static void
add_figures (GString *out, const char *kind, const TaiDayFigures *figures)
{
  const Row rows[] = {
      {.name = "sales", .count = NO_COUNT, .amount = figures->sales},
      {.name = "orders", .count = figures->n_orders},
      {.name = "payments", .count = figures->n_payments},
      {.name = "drawer", .count = NO_COUNT, .amount = figures->drawer},
      {.name = "difference", .count = NO_COUNT, .amount = figures->difference},
  };

  for (guint i = 0; figures->is_known && i < G_N_ELEMENTS (rows); i++) {
    Row row = rows[i];
    row.kind = kind;
    row.reference = figures->business_day;
    add_row (out, &row);
  }
}

char *
tai_report_csv_write (const TaiTillReport *report)
{
  GString *out;

  g_return_val_if_fail (report != NULL, NULL);
  out = g_string_new ("kind,terminal,clerk,name,count,amount,time,reference\r\n");
  add_row (out, &(Row){.kind = "source",
                       .terminal = report->place,
                       .name = report->is_from_hq ? "headquarters" : "terminal",
                       .count = report->n_terminals,
                       .time_us = report->as_of_us,
                       .reference = report->business_day});
  add_takings (out, report);
  add_lines (out, report, "business", report->by_business);
  add_lines (out, report, "tender", report->by_tender);
  add_lines (out, report, "event", report->by_event);
  add_hours (out, report);
  add_sums (out, report);
  add_terminals (out, report);
  add_shifts (out, report);
  for (guint i = 0; report->days != NULL && i < report->days->len; i++)
    add_figures (out, "date", &g_array_index (report->days, TaiDayFigures, i));
  add_open (out, report);
  add_figures (out, "day", &report->day);
  add_figures (out, "yesterday", &report->yesterday);
  add_figures (out, "week_ago", &report->week_ago);
  return g_string_free (out, FALSE);
}
