/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"
#include "tai-store-port.h"

G_BEGIN_DECLS

/**
 * HqReportAsk: what a report is of, when who asks may see it.
 * @from, @until: days, both included
 * @halls: (element-type utf8) whose
 * @by_hall, @by_terminal, @by_clerk: what stays apart in the lines; else it is added up
 * @has_paid: with the lines of operation × tender
 * @place: (nullable) how it is called
 * @shift: (nullable) of that one alone, whose days @from and @until are
 * @currency: of sums that are of nothing
 */
typedef struct {
  char from[11], until[11];
  GPtrArray *halls; /* (owned) */
  gboolean by_hall, by_terminal, by_clerk, has_paid;
  char *place, *shift; /* (owned) (nullable) */
  int utc_offset_min;
  guint16 currency;
} HqReportAsk;
void hq_report_ask_clear (HqReportAsk *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqReportAsk, hq_report_ask_clear)

/* FALSE: no days, or more than HQ_REPORT_MAX_DAYS. */
gboolean hq_report_ask_set_days (HqReportAsk *self, const char *from, const char *to);
#define HQ_REPORT_MAX_DAYS 366
/* Of one shift that @hall has. FALSE: it has no such shift. Inside a transaction. */
gboolean hq_report_ask_set_shift (HqReportAsk *self, HqStore *store, const char *hall, const char *shift);
/* All halls that have terminals, of @region (nullable: any), and what they are called. Inside a transaction. */
void hq_report_ask_add_halls (HqReportAsk *self, HqStore *store, const char *region);
/* Name, offset and currency of the place, as a terminal's profile has them. */
void hq_report_ask_read_profile (HqReportAsk *self, const char *profile);

/* From the sums: what it costs depends on how many clerks and businesses the days have. Inside a transaction. (transfer full) */
TaiTillReport *hq_report_make (HqStore *store, const HqReportAsk *ask, gint64 now_us);

G_END_DECLS
