/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-counter.h"

G_BEGIN_DECLS

/* Whose figures: this terminal's; of all terminals of the hall, or of the region: headquarters' (rights REPORT_HALL, REPORT_REGION). */
typedef enum {
  TAI_REPORT_OF_TERMINAL,
  TAI_REPORT_OF_HALL,
  TAI_REPORT_OF_REGION,
  TAI_N_REPORT_SCOPES
} TaiReportScope;
/* For making a control insensitive; headquarters checks again. */
gboolean tai_report_scope_is_open (TaiReportScope scope, TaiCounter *counter);

/**
 * TaiReportLook: one question for a report. This terminal's figures are told at once; headquarters', if they were asked for,
 * when they come. What does not come leaves what was told. Once dropped it tells nothing any more, however late an answer is.
 * Main thread.
 */
#define TAI_TYPE_REPORT_LOOK (tai_report_look_get_type ())
G_DECLARE_FINAL_TYPE (TaiReportLook, tai_report_look, TAI, REPORT_LOOK, GObject)

/* @view: (nullable) (transfer none) the figures that are to be shown from now on. @error: (nullable) of this terminal's own; why
 * headquarters' do not come says tai_report_look_get_problem(). */
typedef void (*TaiReportLookTold) (gpointer owner, TaiReportView *view, const GError *error);

/* @owner: outlives the look. */
TaiReportLook *tai_report_look_new (TaiCounter *counter, TaiReportScope scope, TaiReportLookTold told,
                                    gpointer owner);
/* Once. @period: (nullable) day or month; today's. @with_detail: this terminal's are. It may be told before this returns. */
void tai_report_look_ask (TaiReportLook *self, const char *period, gboolean with_detail);
void tai_report_look_drop (TaiReportLook *self); /* (transfer full) (nullable) */

TaiReportScope tai_report_look_get_scope (TaiReportLook *self);
/* Headquarters has been asked and has not answered yet. */
gboolean tai_report_look_is_waiting (TaiReportLook *self);
/* (nullable) why headquarters' figures did not come. */
const GError *tai_report_look_get_problem (TaiReportLook *self);

G_END_DECLS
