/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-store-port.h"

G_BEGIN_DECLS

/*
 * The till report as everybody reads it: screen, paper and file take their figures from here, so that they are the same. Pure
 * functions; any thread.
 */

/* Counted − expected; currency 0: not counted yet, or not to be told. */
TaiMoney tai_shift_get_difference (const TaiShift *self);
/* What was counted at the opening − what the close before had counted; 0 at a till's first opening. Never part of the above. */
TaiMoney tai_shift_get_opening_difference (const TaiShift *self);

/* What the counts of @shifts (element-type TaiShift; of one day, oldest first) put on or took off their drawers: of each till the last shift's
 * difference, if it is closed. @shift_id (nullable): of that one alone. Minor units. */
gint64 tai_shifts_get_booked (GPtrArray *shifts, const char *shift_id);
/* Of all that are closed together; @currency where none is. */
TaiMoney tai_shifts_get_difference (GPtrArray *shifts, guint16 currency);

/* Whose figures these are and when they were so. @place (nullable) as in the report. */
void tai_till_report_set_source (TaiTillReport *self, gboolean is_from_hq, const char *place,
                                 gint64 n_terminals, gint64 as_of_us, int utc_offset_min);

/**
 * TaiReportSum: all of one clerk, or of one terminal. (owned) strings.
 * @name: (nullable) which
 * @count, @amount: what was sold; currency 0: not to be told
 * @events: of each TaiReportEvent how often
 * @amounts: and how much; currency 0: that event has none
 */
typedef struct {
  char *name;
  gint64 count;
  TaiMoney amount;
  gint64 events[TAI_N_REPORT_EVENTS];
  TaiMoney amounts[TAI_N_REPORT_EVENTS];
} TaiReportSum;
void tai_report_sum_free (TaiReportSum *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiReportSum, tai_report_sum_free)

/* The halls stay apart in its lines, instead of the clerks: it is of a region. */
gboolean tai_till_report_is_by_hall (const TaiTillReport *self);

/* @by: TAI_REPORT_BY_CLERK, TAI_REPORT_BY_TERMINAL or TAI_REPORT_BY_HALL; 0: one of all together. (transfer full) (element-type TaiReportSum), in the
 * order of their first */
GPtrArray *tai_till_report_sum_up (const TaiTillReport *self, guint by);

/**
 * TaiTakings: what came of all that was sold in the time of a report. Currency 0: not to be told.
 * @gross: what was sold, before anything went back
 * @refunds: what went back to customers in that time, whenever it was sold; not negative
 * @net: @gross − @refunds
 */
typedef struct {
  TaiMoney gross, refunds, net;
  gint64 n_orders, n_refunds;
} TaiTakings;
TaiTakings tai_till_report_get_takings (const TaiTillReport *self);

/**
 * tai_till_report_narrow:
 * Leaves in a report what @clerk may see: his own lines and shifts, nothing of other days. While a shift of his is open the
 * count is blind: counts stay, amounts go (currency 0).
 */
void tai_till_report_narrow (TaiTillReport *self, const char *clerk);

G_END_DECLS
