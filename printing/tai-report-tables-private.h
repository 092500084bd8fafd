/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-pen-private.h"
#include "tai-till-report.h"

G_BEGIN_DECLS

/*
 * The tables of a report, each a part of its paper with its title; what there is nothing to say of writes nothing. Pure; any
 * thread.
 */

/* Whose figures, as of when: nobody files a report of which he does not know that. */
void tai_report_tables_add_source (TaiPen *pen, const TaiTillReport *report);
/* Day or month beside the one before and the one like it. */
void tai_report_tables_add_days (TaiPen *pen, const TaiTillReport *report);
/* Each day of a month. */
void tai_report_tables_add_month (TaiPen *pen, const TaiTillReport *report);
/* All of each clerk, and of each terminal when there are more than one: what was sold and what happened beside it. */
void tai_report_tables_add_sums (TaiPen *pen, const TaiTillReport *report);
void tai_report_tables_add_hours (TaiPen *pen, const TaiTillReport *report);
/* What happened to each drawer, if the report has it. */
void tai_report_tables_add_detail (TaiPen *pen, const TaiTillReport *report);

/* For all of the till's papers: title and rule of a part; a table's row, with its figures at the right. */
void tai_report_tables_add_part (TaiPen *pen, TaiPaperWord title);

G_END_DECLS
