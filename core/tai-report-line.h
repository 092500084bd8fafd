/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-money.h"

G_BEGIN_DECLS

/**
 * TaiReportEvent: what happened beside selling and is counted for each clerk. As text it is the kind of the journal entry that
 * tells it, but "undone", which is a state of an order.
 * @TAI_REPORT_EVENT_REFUND: money given back, with its amount
 * @TAI_REPORT_EVENT_UNDONE: orders that were taken back, with their amount; counted in the time of their receipt
 * @TAI_REPORT_EVENT_REPRINT: marked copies
 * @TAI_REPORT_EVENT_NO_SALE: the drawer was opened without a sale
 * @TAI_REPORT_EVENT_OVERRIDE: what a second person approved, with the amount that it was about
 */
typedef enum {
  TAI_REPORT_EVENT_REFUND,
  TAI_REPORT_EVENT_UNDONE,
  TAI_REPORT_EVENT_REPRINT,
  TAI_REPORT_EVENT_NO_SALE,
  TAI_REPORT_EVENT_OVERRIDE,
  TAI_N_REPORT_EVENTS
} TaiReportEvent;
const char *tai_report_event_to_text (
    TaiReportEvent event); /* "refund", "undone", "reprint", "drawer_opened", "override" */
/* FALSE without an error: no event of a report. */
gboolean tai_report_event_from_text (const char *text, TaiReportEvent *event);

/**
 * TaiReportLine: a sum over the facts of a day, month or shift. What it is of: one of @business, @tender, @event and @quarter;
 * of @by_paid of business and tender.
 * A plain struct; any thread.
 * @hall, @terminal: (nullable) whose; NULL: of the report's own
 * @clerk: (nullable)
 * @business, @tender: (nullable) operation; how it was paid
 * @event: (nullable) TaiReportEvent
 * @quarter: quarter of an hour since the epoch in which it was sold; 0: of none
 */
typedef struct {
  char *hall, *terminal, *clerk, *business, *tender, *event;
  gint64 quarter;
  gint64 count;
  TaiMoney amount;
} TaiReportLine;
#define TAI_REPORT_QUARTER_US (G_GINT64_CONSTANT (900) * G_USEC_PER_SEC)

TaiReportLine *tai_report_line_new (const char *clerk, const char *business, const char *tender);
void tai_report_line_free (TaiReportLine *self);

/* What stays apart when lines are added up. HOUR: of the wall clock, at the place. */
typedef enum {
  TAI_REPORT_BY_TERMINAL = 1 << 0,
  TAI_REPORT_BY_CLERK = 1 << 1,
  TAI_REPORT_BY_BUSINESS = 1 << 2,
  TAI_REPORT_BY_TENDER = 1 << 3,
  TAI_REPORT_BY_EVENT = 1 << 4,
  TAI_REPORT_BY_HOUR = 1 << 5,
  TAI_REPORT_BY_HALL = 1 << 6
} TaiReportBy;

/**
 * tai_report_lines_group:
 * @lines: (nullable) (element-type TaiReportLine)
 * @by: what stays apart, a set of TaiReportBy
 * @utc_offset_min: of the place, for hours
 *
 * (transfer full) (element-type TaiReportLine) in the order of their first; with HOUR by time, @quarter being the hour's first.
 */
GPtrArray *tai_report_lines_group (GPtrArray *lines, guint by, int utc_offset_min);
/* Currency 0: there is none, or it is not to be told. @count: (optional) */
TaiMoney tai_report_lines_sum (GPtrArray *lines, gint64 *count);
/* 0 to 23: of the wall clock at the place. */
int tai_report_line_get_hour (const TaiReportLine *self, int utc_offset_min);

G_END_DECLS
