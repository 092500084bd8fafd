/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of a day and of a shift for who supervises. Made on the worker, read on the main thread. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-report-view.h"

#define MAX_WORK 50

TaiReportView *
tai_report_view_new (TaiDesk *desk, TaiPrintQueue *prints, const char *day, gboolean with_detail,
                     GError **error)
{
  TaiTillReport *report = tai_desk_report (desk, day, NULL, error);
  g_autoptr (TaiReportView) self = NULL;
  g_autoptr (GError) local_error = NULL;

  if (report == NULL)
    return NULL;
  self = g_new0 (TaiReportView, 1);
  self->report = report;
  if (with_detail && !tai_desk_add_report_detail (desk, report, error))
    return NULL;
  self->paper = tai_desk_make_report_paper (desk, report);
  self->work = tai_desk_list_work (desk, MAX_WORK, error);
  if (self->work == NULL)
    return NULL;
  self->n_print_trouble = tai_print_queue_count (prints, TAI_PRINT_UNKNOWN, &local_error);
  if (local_error == NULL)
    self->n_print_trouble += tai_print_queue_count (prints, TAI_PRINT_FAILED, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
tai_report_view_free (TaiReportView *self)
{
  if (self == NULL)
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
