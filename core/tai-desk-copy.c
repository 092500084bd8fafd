/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers once more: a copy is marked, counted and in the journal; a paper that waits for its printer is not copied. On the desk's worker. */
#include "tai-desk-private.h"

#include <string.h>

static TaiPrintJob *
find_last_copy (TaiDesk *self, const char *receipt_number, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  TaiPrintJob *last = tai_print_queue_find_receipt (self->ports.prints, receipt_number, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (last == NULL)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN, "no receipt %s here", receipt_number);
  return last;
}

/* What is no longer good of the paper is not printed again. */
static TaiPrintJob *
next_copy (TaiDesk *self, const TaiPrintJob *last, GError **error)
{
  TaiPrintJob *job = g_new0 (TaiPrintJob, 1);

  job->id = tai_desk_uuid (self);
  job->visit_id = last->visit_id;
  job->receipt_number = g_strdup (last->receipt_number);
  job->copy = last->copy + 1;
  job->document = tai_document_copy_marked (last->document, job->copy);
  job->printer = g_strdup (last->printer);
  if (tai_desk_void_codes (self, job->document, job->receipt_number, error))
    return job;
  tai_print_job_free (job);
  return NULL;
}

/* *@copy: that of the newest paper of the same kind if it still waits for its printer, else -1. */
static gboolean
find_waiting (TaiDesk *self, const TaiPrintJob *last, gint32 *copy, GError **error)
{
  g_autoptr (GPtrArray) papers = NULL;

  *copy = -1;
  if (last->receipt_number == NULL)
    return TRUE;
  papers = tai_print_queue_list_receipt (self->ports.prints, last->receipt_number, error);
  for (guint i = 0; papers != NULL && i < papers->len; i++) {
    const TaiPrintEntry *paper = g_ptr_array_index (papers, i);
    if (paper->receipt_number == NULL || strcmp (paper->printer, last->printer) != 0)
      continue;
    if (paper->state == TAI_PRINT_QUEUED || paper->state == TAI_PRINT_SENDING)
      *copy = paper->copy;
    break;
  }
  return papers != NULL;
}

/* A paper that waits is not copied: it comes out itself, once, when its printer is ready. */
static gboolean
queue_copy (TaiDesk *self, const TaiPrintJob *last, gint32 *copy, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) shift = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *detail = NULL;
  TaiPrintJob *job;
  gint32 waiting;

  if (!find_waiting (self, last, &waiting, error))
    return FALSE;
  if (waiting >= 0) {
    *copy = waiting;
    return TRUE;
  }
  shift = tai_desk_get_shift (self, &local_error); /* may be closed: a copy is no sale */
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  detail = g_strdup_printf ("copy %d", last->copy + 1);
  tai_change_take_journal (
      change, tai_desk_journal (self, "reprint", shift, last->receipt_number, detail, tai_money (0, 0)));
  job = next_copy (self, last, error);
  if (job == NULL)
    return FALSE;
  tai_change_take_print (change, job);
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  *copy = last->copy + 1;
  return TRUE;
}

gboolean
tai_desk_reprint (TaiDesk *self, const char *receipt_number, gint32 *copy, GError **error)
{
  g_autoptr (TaiPrintJob) last = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && receipt_number != NULL && copy != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_REPRINT, error))
    return FALSE;
  last = find_last_copy (self, receipt_number, error);
  return last != NULL && queue_copy (self, last, copy, error);
}

/* Of the newest copy; (nullable). */
static TaiPrintJob *
find_last_of_printer (GPtrArray *papers, const char *printer)
{
  for (guint i = 0; i < papers->len; i++) {
    const TaiPrintEntry *paper = g_ptr_array_index (papers, i);
    TaiPrintJob *job;
    if (paper->document == NULL || paper->receipt_number == NULL || strcmp (paper->printer, printer) != 0)
      continue;
    job = g_new0 (TaiPrintJob, 1);
    job->id = paper->id;
    job->visit_id = paper->visit_id;
    job->receipt_number = g_strdup (paper->receipt_number);
    job->printer = g_strdup (paper->printer);
    job->copy = paper->copy;
    job->document = tai_document_ref (paper->document);
    return job;
  }
  return NULL;
}

gboolean
tai_desk_reprint_paper (TaiDesk *self, const char *receipt_number, const char *printer, gint32 *copy,
                        GError **error)
{
  g_autoptr (GPtrArray) papers = NULL;
  g_autoptr (TaiPrintJob) last = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && receipt_number && printer && copy, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_REPRINT, error))
    return FALSE;
  papers = tai_print_queue_list_receipt (self->ports.prints, receipt_number, error);
  if (papers == NULL)
    return FALSE;
  last = find_last_of_printer (papers, printer);
  if (last != NULL)
    return queue_copy (self, last, copy, error);
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN, "no %s of %s here", printer,
               receipt_number);
  return FALSE;
}

gboolean
tai_desk_reprint_job (TaiDesk *self, const char *job_id, gint32 *copy, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiPrintJob) last = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && job_id != NULL && copy != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_REPRINT, error))
    return FALSE;
  last = tai_print_queue_find_trouble (self->ports.prints, job_id, &local_error);
  if (last != NULL)
    return queue_copy (self, last, copy, error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PRINT_UNKNOWN, "no paper in trouble: %s", job_id);
  return FALSE;
}
