/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-desk.h"
#include "tai-till-report.h"

G_BEGIN_DECLS

/**
 * TaiReportView: a report as one picture: screen, paper and file are made of it, so they say the same. Once it is told to a face it never
 * changes; whoever shows, prints or saves it holds a reference, on whatever thread.
 * @report, @paper: (owned)
 * @work: (owned) (element-type TaiWorkItem) what needs a person at this terminal, of whatever day
 * @n_print_trouble: papers that may not have come out here, of whatever day
 */
typedef struct {
  gatomicrefcount ref_count;
  TaiTillReport *report;
  TaiDocument *paper;
  GPtrArray *work;
  gint64 n_print_trouble;
} TaiReportView;
/* @day: (nullable) day or month; today's. @with_detail: with all that happened to the drawers. Thread: the worker. The desk's
 * errors. */
TaiReportView *tai_report_view_new (TaiDesk *desk, TaiPrintQueue *prints, const char *day,
                                    gboolean with_detail, GError **error);
/* Of headquarters' figures, @report (transfer full), before anybody sees it: tai_report_view_fill() makes it whole. */
TaiReportView *tai_report_view_new_of (TaiTillReport *report);
/* Paper and work, if who is signed in may see the report. Thread: the worker. The desk's errors. */
gboolean tai_report_view_fill (TaiReportView *self, TaiDesk *desk, TaiPrintQueue *prints, GError **error);
TaiReportView *tai_report_view_ref (TaiReportView *self);
void tai_report_view_unref (TaiReportView *self); /* NULL: nothing */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiReportView, tai_report_view_unref)

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
