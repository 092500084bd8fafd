/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-report-view.h"
#include "tai-screen.h"

G_BEGIN_DECLS

/*
 * The tills of a report, a line each: state, what should be in it, the last count, the difference, what waits. Main thread.
 */

/* @list: TaiRow, whose key is the shift if what happened to it can be shown here. Of headquarters' figures also the terminals, with how
 * far they have been heard of. */
void tai_report_tills_fill (GtkListBox *list, const TaiReportView *view, TaiCounter *counter);
/* Where to look first: the shift with a difference, else the first; of headquarters' figures one of this till. (transfer none) (nullable) */
const TaiShift *tai_report_tills_find (const TaiTillReport *report, TaiCounter *counter);
/* What happened to its drawer only its own terminal knows. */
gboolean tai_report_tills_is_elsewhere (const TaiTillReport *report, const TaiShift *shift,
                                        TaiCounter *counter);

G_END_DECLS
