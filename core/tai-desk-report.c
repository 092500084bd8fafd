/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reports, and who may read them: the hall's with REPORT_HALL, one's own with REPORT_OWN, and what is in an open drawer by
 * nobody who has yet to count it.
 */
#include "tai-desk-private.h"
#include "tai-receipt-number.h"
#include "tai-till-report.h"

/* *@is_hall: all of it. */
static gboolean
check_report_right (TaiDesk *self, gboolean *is_hall, GError **error)
{
  *is_hall = self->staff != NULL && tai_staff_check_right (self->staff, TAI_RIGHT_REPORT_HALL, NULL);
  return tai_desk_check_right (self, *is_hall ? TAI_RIGHT_REPORT_HALL : TAI_RIGHT_REPORT_OWN, error);
}

char *
tai_desk_find_report_day (TaiDesk *self, GError **error)
{
  const char *till = self->terminal->till;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  shift = tai_visit_store_find_open_shift (self->ports.store, till, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return shift != NULL ? g_strdup (shift->business_day) : tai_date_to_text (tai_desk_today (self));
}

TaiTillReport *
tai_desk_report (TaiDesk *self, const char *business_day, const char *shift_id, GError **error)
{
  g_autofree char *day = NULL;
  TaiTillReport *report;
  gboolean is_hall;

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  if (!check_report_right (self, &is_hall, error))
    return NULL;
  day = business_day != NULL || shift_id != NULL ? g_strdup (business_day)
                                                 : tai_desk_find_report_day (self, error);
  if (day == NULL && shift_id == NULL)
    return NULL;
  if (!tai_desk_note_reading (self, "report", shift_id != NULL ? shift_id : day, error))
    return NULL;
  report = tai_visit_store_report (self->ports.store, day, shift_id, error);
  if (report == NULL)
    return NULL;
  tai_till_report_set_source (report, FALSE, self->terminal->till, 1, tai_desk_now (self),
                              self->terminal->utc_offset_min);
  tai_till_report_make_blind (report, self->staff);
  if (!is_hall)
    tai_till_report_narrow (report, self->staff->number);
  return report;
}

gboolean
tai_desk_receive_report (TaiDesk *self, const TaiTillReport *report, GError **error)
{
  g_autofree char *detail = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && report != NULL && report->is_from_hq, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_REPORT_HALL, error))
    return FALSE;
  detail = g_strjoin (" ", report->business_day, report->place, NULL);
  return tai_desk_note_reading (self, "report", detail, error);
}

static gboolean
check_own_shift (TaiDesk *self, const TaiShift *shift, GError **error)
{
  if (g_strcmp0 (shift->clerk, self->staff->number) != 0)
    return tai_desk_check_right (self, TAI_RIGHT_REPORT_HALL, error);
  if (shift->state == TAI_SHIFT_CLOSED)
    return TRUE;
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_SHIFT_OPEN,
                       "the count is blind: what is in an open drawer is told after it was counted");
  return FALSE;
}

GPtrArray *
tai_desk_list_movements (TaiDesk *self, const char *shift_id, TaiShift **shift_out, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = NULL;
  GPtrArray *movements;
  gboolean is_hall;

  g_return_val_if_fail (TAI_IS_DESK (self) && shift_id != NULL, NULL);
  if (!check_report_right (self, &is_hall, error))
    return NULL;
  shift = tai_visit_store_find_shift (self->ports.store, shift_id, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (shift == NULL)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "no shift %s", shift_id);
  if (shift == NULL || (!is_hall && !check_own_shift (self, shift, error)))
    return NULL;
  if (!tai_desk_note_reading (self, "movements", shift_id, error))
    return NULL;
  movements = tai_visit_store_list_movements (self->ports.store, shift_id, error);
  if (movements != NULL && shift_out != NULL)
    *shift_out = g_steal_pointer (&shift);
  return movements;
}

/* A shift whose drawer is still to be counted by who asks has no detail, and the report says so elsewhere. */
static gboolean
may_tell (TaiDesk *self, const TaiTillReport *report, const TaiShift *shift)
{
  return !report->is_own || check_own_shift (self, shift, NULL);
}

gboolean
tai_desk_add_report_detail (TaiDesk *self, TaiTillReport *report, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  gboolean is_hall;

  g_return_val_if_fail (TAI_IS_DESK (self) && report != NULL && !report->is_from_hq, FALSE);
  if (!check_report_right (self, &is_hall, error))
    return FALSE;
  for (guint i = 0; i < report->shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (report->shifts, i);
    GPtrArray *movements = may_tell (self, report, shift)
                               ? tai_visit_store_list_movements (self->ports.store, shift->id.text, error)
                               : g_ptr_array_new ();
    if (movements == NULL)
      return FALSE;
    g_ptr_array_add (all, movements);
  }
  g_clear_pointer (&report->movements, g_ptr_array_unref);
  report->movements = g_steal_pointer (&all);
  return TRUE;
}

TaiDocument *
tai_desk_make_report_paper (TaiDesk *self, const TaiTillReport *report)
{
  g_return_val_if_fail (TAI_IS_DESK (self) && report != NULL, NULL);
  return tai_paperwork_report (self->ports.paperwork, self->terminal, report, tai_desk_now (self));
}

gboolean
tai_desk_print_report (TaiDesk *self, const TaiTillReport *report, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiPrintJob *job;
  gboolean is_hall;

  g_return_val_if_fail (TAI_IS_DESK (self) && report != NULL, FALSE);
  if (!check_report_right (self, &is_hall, error))
    return FALSE;
  job = g_new0 (TaiPrintJob, 1);
  job->id = tai_desk_uuid (self);
  job->printer = g_strdup ("form");
  job->document = tai_desk_make_report_paper (self, report);
  tai_change_take_print (change, job);
  tai_change_take_journal (
      change, tai_desk_journal (self, "report_printed", NULL, report->business_day, NULL, tai_money (0, 0)));
  return tai_desk_commit (self, change, error);
}

GPtrArray *
tai_desk_list_journal (TaiDesk *self, const TaiJournalFilter *filter, GError **error)
{
  gboolean audits = self->staff != NULL && (self->staff->rights & TAI_RIGHT_AUDIT) != 0;
  GPtrArray *lines;

  g_return_val_if_fail (TAI_IS_DESK (self) && filter != NULL, NULL);
  if (!tai_desk_check_right (self, audits ? TAI_RIGHT_AUDIT : TAI_RIGHT_REPORT_HALL, error) ||
      !tai_desk_note_reading (self, "journal", filter->subject != NULL ? filter->subject : filter->clerk,
                              error))
    return NULL;
  lines = tai_visit_store_list_journal (self->ports.store, filter, error);
  if (lines != NULL)
    tai_desk_mask_journal (self, lines);
  return lines;
}

/* X and Z -------------------------------------------------------------------------------------------------------------- */

/* (nullable) */
static const TaiShift *
find_in (const TaiTillReport *report)
{
  for (guint i = 0; report->shifts != NULL && i < report->shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (report->shifts, i);
    if (g_strcmp0 (shift->id.text, report->shift_id) == 0)
      return shift;
  }
  return NULL;
}

/* @z_number (nullable): of an X report. */
static gboolean
queue_till_paper (TaiDesk *self, const TaiTillReport *report, const TaiShift *shift, const char *z_number,
                  gboolean on_roll, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) open = NULL;
  TaiPrintJob *job;

  if (!tai_desk_find_shift (self, &open, error))
    return FALSE;
  job = g_new0 (TaiPrintJob, 1);
  job->id = tai_desk_uuid (self);
  job->receipt_number = g_strdup (z_number);
  job->printer = g_strdup (on_roll ? "receipt" : "form");
  job->document =
      tai_paperwork_till (self->ports.paperwork, self->terminal, report, shift, tai_desk_now (self), on_roll);
  tai_change_take_print (change, job);
  tai_change_take_journal (change, tai_desk_journal (self, z_number != NULL ? "z_printed" : "x_printed", open,
                                                     z_number != NULL ? z_number : shift->till, NULL,
                                                     tai_money (0, 0)));
  return tai_desk_commit (self, change, error);
}

gboolean
tai_desk_queue_z (TaiDesk *self, const TaiTillReport *report, GError **error)
{
  const TaiShift *shift = find_in (report);
  g_autofree char *number = tai_receipt_number_format_z (shift->till, shift->z_number);

  return queue_till_paper (self, report, shift, number, TRUE, error);
}

/* Was one made for that printer? */
static gboolean
was_printed (TaiDesk *self, const char *number, const char *printer, gboolean *was, GError **error)
{
  g_autoptr (GPtrArray) papers = tai_print_queue_list_receipt (self->ports.prints, number, error);

  *was = FALSE;
  for (guint i = 0; papers != NULL && i < papers->len; i++)
    *was |= g_str_equal (((const TaiPrintEntry *)g_ptr_array_index (papers, i))->printer, printer);
  return papers != NULL;
}

/* *@shift belongs to the report; of another clerk's one is refused. (transfer full) */
static TaiTillReport *
report_shift (TaiDesk *self, const char *shift_id, const TaiShift **shift, GError **error)
{
  g_autoptr (TaiTillReport) report = tai_desk_report (self, NULL, shift_id, error);

  *shift = report != NULL ? find_in (report) : NULL;
  if (*shift != NULL)
    return g_steal_pointer (&report);
  if (report != NULL && tai_desk_check_right (self, TAI_RIGHT_REPORT_HALL, error))
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "no shift %s in its report", shift_id);
  return NULL;
}

TaiDocument *
tai_desk_make_till_paper (TaiDesk *self, const char *shift_id, GError **error)
{
  const TaiShift *shift;
  g_autoptr (TaiTillReport) report = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && shift_id != NULL, NULL);
  report = report_shift (self, shift_id, &shift, error);
  return report != NULL ? tai_paperwork_till (self->ports.paperwork, self->terminal, report, shift,
                                              tai_desk_now (self), TRUE)
                        : NULL;
}

gboolean
tai_desk_print_till (TaiDesk *self, const char *shift_id, gboolean on_roll, gint32 *copy, GError **error)
{
  g_autoptr (TaiTillReport) report = NULL;
  g_autofree char *number = NULL;
  const char *printer = on_roll ? "receipt" : "form";
  const TaiShift *shift;
  gboolean was;

  g_return_val_if_fail (TAI_IS_DESK (self) && shift_id != NULL && copy != NULL, FALSE);
  *copy = 0;
  report = report_shift (self, shift_id, &shift, error);
  if (report == NULL)
    return FALSE;
  if (shift->state != TAI_SHIFT_CLOSED)
    return queue_till_paper (self, report, shift, NULL, on_roll, error);
  number = tai_receipt_number_format_z (shift->till, shift->z_number);
  if (!was_printed (self, number, printer, &was, error))
    return FALSE;
  return was ? tai_desk_reprint_paper (self, number, printer, copy, error)
             : queue_till_paper (self, report, shift, number, on_roll, error);
}
