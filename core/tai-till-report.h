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

/* @lines of one clerk together: (transfer full) (element-type TaiReportLine) with clerk alone, in the order of their first. */
GPtrArray *tai_report_lines_by_clerk (GPtrArray *lines);
/* Currency 0: there is none, or it is not to be told. @count: (optional) */
TaiMoney tai_report_lines_sum (GPtrArray *lines, gint64 *count);
TaiReportLine *tai_report_line_new (const char *clerk, const char *business, const char *tender);
void tai_report_line_free (TaiReportLine *self);

/**
 * tai_till_report_narrow:
 * Leaves in a report what @clerk may see: his own lines and shifts, nothing of other days. While a shift of his is open the
 * count is blind: counts stay, amounts go (currency 0).
 */
void tai_till_report_narrow (TaiTillReport *self, const char *clerk);

/**
 * tai_till_report_to_csv:
 * RFC 4180, UTF-8, "kind,clerk,name,count,amount"; no customer in it. Kinds: business, tender, clerk; shift (name: "T2 float",
 * "T2 opening difference", "T2 expected", "T2 counted", "T2 difference"; count: the Z number); open (what is not finished);
 * day, yesterday, week_ago (headline figures). What is not to be told is empty. (transfer full)
 */
char *tai_till_report_to_csv (const TaiTillReport *self);

G_END_DECLS
