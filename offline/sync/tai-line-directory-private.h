/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-directory.h"
#include "tai-line-details.h"
#include "tai-pull-private.h"

G_BEGIN_DECLS

/* Asks for the parts of the task's number one after the other; the task (transfer full) ends with a TaiLineDetails. */
void tai_line_details_ask (GTask *task, TaiLineParts parts);

/* @clerk: (nullable) as it stands in a query. The task ends with a TaiTillReport. */
void tai_line_report_ask (GTask *task /* (transfer full) */, const TaiReportQuery *query, const char *clerk);

/* @clerk: likewise. The task ends with a TaiPromiseView. */
void tai_line_promise_ask (GTask *task /* (transfer full) */, const char *id, const char *clerk);

G_END_DECLS
