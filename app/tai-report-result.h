/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"
#include "tai-json.h"
#include "tai-till-report.h"

G_BEGIN_DECLS

/*
 * What a script is told of a report (docs/guitaictl.md): the figures of the picture that screen, paper and file are made of. Pure;
 * any thread. @shift (nullable): of that alone.
 */

/* With its paper as "text". (transfer full) */
TaiJson *tai_report_result_new (const TaiTerminal *terminal, const TaiTillReport *report,
                                const TaiShift *shift, gint64 now_us);
/* Of one shift: the slip for the roll, which keeps the count blind while the shift is open. (transfer full) */
TaiDocument *tai_report_result_make_paper (const TaiTerminal *terminal, const TaiTillReport *report,
                                           const TaiShift *shift, gint64 now_us);
void tai_report_result_add_shift (TaiJson *object, const TaiShift *shift);
void tai_report_result_add_supplements (TaiJson *result, GPtrArray *supplements);

G_END_DECLS
