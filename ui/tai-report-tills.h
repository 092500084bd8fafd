/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-report-view.h"
#include "tai-screen.h"

G_BEGIN_DECLS

/*
 * The tills of a report, a line each: state, what should be in it, the last count, the difference, what waits. Main thread.
 */

/* @list: TaiRow, whose key is the shift */
void tai_report_tills_fill (GtkListBox *list, const TaiReportView *view, TaiCounter *counter);
/* Where to look first: the shift with a difference, else the first. (transfer none) (nullable) */
const TaiShift *tai_report_tills_find (const TaiTillReport *report);

G_END_DECLS
