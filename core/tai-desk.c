/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The desk: ports, rules in force, notes, stock and copies. The other verbs stand in files of their own (tai-desk-private.h).
 * Runs on one worker.
 */
#include "tai-desk-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (TaiDesk, tai_desk, G_TYPE_OBJECT)

static void
tai_desk_finalize (GObject *object)
{
  TaiDesk *self = TAI_DESK (object);

  g_clear_pointer (&self->terminal, tai_terminal_free);
  g_clear_pointer (&self->catalogue, tai_catalogue_unref);
  g_clear_pointer (&self->staff, tai_staff_free);
  g_clear_pointer (&self->tightened, g_hash_table_unref);
  g_clear_pointer (&self->parked, g_ptr_array_unref);
  g_clear_pointer (&self->begun, g_ptr_array_unref);
  g_clear_pointer (&self->asked, tai_approval_free);
  g_clear_pointer (&self->granted, g_ptr_array_unref);
  g_clear_pointer (&self->attempts, g_ptr_array_unref);
  for (guint i = 0; i < TAI_N_TENDERS; i++)
    g_clear_object (&self->gateways[i]);
  g_clear_object (&self->ports.store);
  g_clear_object (&self->ports.prints);
  g_clear_object (&self->ports.renderer);
  g_clear_object (&self->ports.paperwork);
  g_clear_object (&self->ports.sealer);
  g_clear_object (&self->ports.pins);
  g_clear_object (&self->ports.clock);
  g_clear_object (&self->ports.entropy);
  G_OBJECT_CLASS (tai_desk_parent_class)->finalize (object);
}

static void
tai_desk_class_init (TaiDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_desk_finalize;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
tai_desk_init (TaiDesk *self)
{
  self->tightened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->parked = g_ptr_array_new_with_free_func (g_object_unref);
  self->begun = g_ptr_array_new_with_free_func (weak_ref_free);
  self->granted = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_approval_free);
  self->attempts = g_ptr_array_new_with_free_func (tai_desk_attempt_drop);
}

TaiDesk *
tai_desk_new (const TaiTerminal *terminal, const TaiDeskPorts *ports)
{
  TaiDesk *self;

  g_return_val_if_fail (terminal != NULL && terminal->id != NULL && terminal->till != NULL, NULL);
  g_return_val_if_fail (ports->store && ports->prints && ports->renderer && ports->paperwork, NULL);
  g_return_val_if_fail (ports->sealer && ports->pins && ports->clock && ports->entropy, NULL);

  self = g_object_new (TAI_TYPE_DESK, NULL);
  self->terminal = tai_terminal_copy (terminal);
  self->ports.store = g_object_ref (ports->store);
  self->ports.prints = g_object_ref (ports->prints);
  self->ports.renderer = g_object_ref (ports->renderer);
  self->ports.paperwork = g_object_ref (ports->paperwork);
  self->ports.sealer = g_object_ref (ports->sealer);
  self->ports.pins = g_object_ref (ports->pins);
  self->ports.clock = g_object_ref (ports->clock);
  self->ports.entropy = g_object_ref (ports->entropy);
  tai_desk_load_till_policy (self);
  return self;
}

const TaiTerminal *
tai_desk_get_terminal (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  return self->terminal;
}

void
tai_desk_set_catalogue (TaiDesk *self, TaiCatalogue *catalogue)
{
  TaiCatalogue *old;

  g_return_if_fail (TAI_IS_DESK (self) && catalogue != NULL);
  old = self->catalogue;
  self->catalogue = tai_catalogue_ref (catalogue);
  g_clear_pointer (&old, tai_catalogue_unref);
}

TaiCatalogue *
tai_desk_get_catalogue (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  return self->catalogue;
}

void
tai_desk_set_on_line (TaiDesk *self, gboolean on_line)
{
  g_return_if_fail (TAI_IS_DESK (self));
  self->on_line = on_line;
}

gboolean
tai_desk_is_on_line (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), FALSE);
  return self->on_line;
}

void
tai_desk_tighten (TaiDesk *self, const char *operation_id, TaiOfflineRule rule)
{
  const TaiOperation *operation;

  g_return_if_fail (TAI_IS_DESK (self));
  operation = tai_operation_find (operation_id);
  if (operation != NULL)
    g_hash_table_insert (self->tightened, g_strdup (operation_id), GUINT_TO_POINTER (rule));
}

TaiOfflineRule
tai_desk_get_rule (TaiDesk *self, const TaiOperation *operation)
{
  TaiOfflineRule tightened;

  g_return_val_if_fail (TAI_IS_DESK (self), TAI_OFFLINE_NOT_OFFERED);
  tightened = GPOINTER_TO_UINT (g_hash_table_lookup (self->tightened, operation->id));
  return MAX (operation->offline, tightened);
}

gint64
tai_desk_now (TaiDesk *self)
{
  return tai_clock_now (self->ports.clock);
}

TaiUuid
tai_desk_uuid (TaiDesk *self)
{
  return tai_entropy_uuid (self->ports.entropy, self->ports.clock);
}

TaiDate
tai_desk_today (TaiDesk *self)
{
  return tai_time_to_date (tai_desk_now (self), self->terminal->utc_offset_min);
}

gboolean
tai_desk_commit (TaiDesk *self, TaiChange *change, GError **error)
{
  tai_change_set_last (change, tai_desk_add_news_cb, self);
  if (!tai_desk_add_supplements (self, change, error) ||
      !tai_visit_store_commit (self->ports.store, change, error))
    return FALSE;
  tai_desk_drop_used (self, change);
  return TRUE;
}

TaiJournalEntry *
tai_desk_journal (TaiDesk *self, const char *kind, const TaiShift *shift, const char *subject,
                  const char *detail, TaiMoney amount)
{
  TaiJournalEntry *entry = g_new0 (TaiJournalEntry, 1);

  entry->kind = g_strdup (kind);
  entry->business_day = shift ? g_strdup (shift->business_day) : NULL;
  entry->shift_id = shift ? g_strdup (shift->id.text) : NULL;
  entry->clerk = self->staff ? g_strdup (self->staff->number) : NULL;
  entry->subject = g_strdup (subject);
  entry->detail = g_strdup (detail);
  entry->amount = amount;
  entry->time_us = tai_desk_now (self);
  return entry;
}

gboolean
tai_desk_note (TaiDesk *self, const char *kind, const char *subject, const char *detail, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  g_return_val_if_fail (TAI_IS_DESK (self) && kind != NULL, FALSE);
  tai_change_take_journal (change, tai_desk_journal (self, kind, NULL, subject, detail, tai_money (0, 0)));
  return tai_desk_commit (self, change, error);
}

/* Stock and paper -------------------------------------------------------------------------------------------------- */

const char *
tai_desk_get_stock (const TaiOrder *order, const char *kind)
{
  gboolean is_number = g_str_equal (kind, TAI_RESOURCE_NUMBER);

  if (!(order->operation->needs & (is_number ? TAI_NEEDS_NUMBER : TAI_NEEDS_SIM)))
    return NULL;
  return tai_order_get (order, is_number ? "MSISDN" : "ICCID");
}

void
tai_desk_move_stock (TaiChange *change, const TaiOrder *order, TaiResourceState to, const TaiUuid *holder,
                     gint64 until_us)
{
  static const char *const kinds[] = {TAI_RESOURCE_NUMBER, TAI_RESOURCE_SIM};

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const char *value = tai_desk_get_stock (order, kinds[i]);
    if (value != NULL)
      tai_change_add_resource (change, kinds[i], value, to, holder, until_us, NULL);
  }
}

gboolean
tai_desk_apply_lease (TaiDesk *self, const char *kind, const char *value, const char *grade, gint64 until_us,
                      GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  g_return_val_if_fail (TAI_IS_DESK (self) && kind != NULL && value != NULL, FALSE);
  tai_change_add_resource (change, kind, value, TAI_RESOURCE_LEASED, NULL, until_us, grade);
  return tai_desk_commit (self, change, error);
}

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

static TaiPrintJob *
next_copy (TaiDesk *self, const TaiPrintJob *last)
{
  TaiPrintJob *job = g_new0 (TaiPrintJob, 1);

  job->id = tai_desk_uuid (self);
  job->visit_id = last->visit_id;
  job->receipt_number = g_strdup (last->receipt_number);
  job->copy = last->copy + 1;
  job->document = tai_document_copy_marked (last->document, job->copy);
  job->printer = g_strdup (last->printer);
  return job;
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
    if (strcmp (paper->printer, last->printer) != 0)
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
  tai_change_take_print (change, next_copy (self, last));
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
    if (paper->document == NULL || strcmp (paper->printer, printer) != 0)
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
