/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of a day and of a shift for who supervises. Made on the worker, read on the main thread. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-report-view.h"

#define MAX_WORK 50

TaiReportView *
tai_report_view_new_of (TaiTillReport *report)
{
  TaiReportView *self = g_new0 (TaiReportView, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->report = report;
  return self;
}

static gboolean
count_print_trouble (TaiReportView *self, TaiPrintQueue *prints, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  self->n_print_trouble = tai_print_queue_count (prints, TAI_PRINT_UNKNOWN, &local_error);
  if (local_error == NULL)
    self->n_print_trouble += tai_print_queue_count (prints, TAI_PRINT_FAILED, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
tai_report_view_fill (TaiReportView *self, TaiDesk *desk, TaiPrintQueue *prints, GError **error)
{
  if (self->report->is_from_hq && !tai_desk_receive_report (desk, self->report, error))
    return FALSE;
  self->paper = tai_desk_make_report_paper (desk, self->report);
  self->work = tai_desk_list_work (desk, MAX_WORK, error);
  return self->work != NULL && count_print_trouble (self, prints, error);
}

TaiReportView *
tai_report_view_new (TaiDesk *desk, TaiPrintQueue *prints, const char *day, gboolean with_detail,
                     GError **error)
{
  TaiTillReport *report = tai_desk_report (desk, day, NULL, error);
  g_autoptr (TaiReportView) self = report != NULL ? tai_report_view_new_of (report) : NULL;

  return self != NULL && (!with_detail || tai_desk_add_report_detail (desk, report, error)) &&
                 tai_report_view_fill (self, desk, prints, error)
             ? g_steal_pointer (&self)
             : NULL;
}

TaiReportView *
tai_report_view_ref (TaiReportView *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tai_report_view_unref (TaiReportView *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  tai_till_report_free (self->report);
  g_clear_pointer (&self->paper, tai_document_unref);
  g_clear_pointer (&self->work, g_ptr_array_unref);
  g_free (self);
}

TaiShiftView *
tai_shift_view_new (TaiDesk *desk, const char *shift_id, GError **error)
{
  TaiShift *shift = NULL;
  GPtrArray *movements = tai_desk_list_movements (desk, shift_id, &shift, error);
  TaiShiftView *self;

  if (movements == NULL)
    return NULL;
  self = g_new0 (TaiShiftView, 1);
  self->shift = shift;
  self->movements = movements;
  return self;
}

void
tai_shift_view_free (TaiShiftView *self)
{
  if (self == NULL)
    return;
  tai_shift_free (self->shift);
  g_clear_pointer (&self->movements, g_ptr_array_unref);
  g_free (self);
}
