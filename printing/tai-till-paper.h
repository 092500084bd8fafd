/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"
#include "tai-store-port.h"

G_BEGIN_DECLS

/*
 * The papers of the till, in the language of @terminal. They say what the stored report says and compute nothing but sums of
 * its lines and counted − expected. Pure; any thread. @time_us: when it is printed.
 */

/* 营业日报, A4: by clerk and business, by clerk and tender, shifts with their differences, open matters, the journal's head. */
TaiDocument *tai_till_paper_report (const TaiTerminal *terminal, const TaiTillReport *report, gint64 time_us);

/* 日扎账单 of @shift for roll paper. A shift that is not closed gets 扎账预览, which tells neither what should be in the drawer
 * nor a sum that would show it: the count is blind. @report is that shift's. */
TaiDocument *tai_till_paper_slip (const TaiTerminal *terminal, const TaiTillReport *report,
                                  const TaiShift *shift, gint64 time_us, gboolean on_roll);

G_END_DECLS
