/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-desk.h"
#include "tai-till-report.h"

G_BEGIN_DECLS

/**
 * TaiReportView: a day's report as one picture: screen, paper and file are made of it, so they say the same.
 * @report, @paper: (owned)
 * @work: (owned) (element-type TaiWorkItem) what needs a person, of whatever day
 * @n_print_trouble: papers that may not have come out, of whatever day
 */
typedef struct {
  TaiTillReport *report;
  TaiDocument *paper;
  GPtrArray *work;
  gint64 n_print_trouble;
} TaiReportView;
/* @day: (nullable) day or month; today's. @with_detail: with all that happened to the drawers. Thread: the worker. The desk's
 * errors. */
TaiReportView *tai_report_view_new (TaiDesk *desk, TaiPrintQueue *prints, const char *day,
                                    gboolean with_detail, GError **error);
void tai_report_view_free (TaiReportView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiReportView, tai_report_view_free)

/**
 * TaiShiftView: a shift and all that happened to its drawer.
 * @shift, @movements: (owned) (element-type TaiShiftMovement)
 */
typedef struct {
  TaiShift *shift;
  GPtrArray *movements;
} TaiShiftView;
TaiShiftView *tai_shift_view_new (TaiDesk *desk, const char *shift_id, GError **error);
void tai_shift_view_free (TaiShiftView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiShiftView, tai_shift_view_free)

G_END_DECLS
