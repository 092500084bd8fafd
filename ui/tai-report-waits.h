/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-report-view.h"
#include "tai-screen.h"

G_BEGIN_DECLS

/*
 * What waits for who reads the report: one line each, with what to do; Enter goes where it is done. Main thread.
 */

/* @list: TaiRow */
void tai_report_waits_fill (GtkListBox *list, const TaiReportView *view, TaiCounter *counter);
/* The place that a row's key means; *@text (nullable) lives in @key. */
gboolean tai_report_waits_parse (const char *key, TaiScreenId *id, const char **text);

G_END_DECLS
