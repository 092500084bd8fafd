/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print jobs: queued in the change that makes the paper, taken one by one; what was being sent when the power went is
 * unknown, never silently printed again. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"
#include "tai-receipt-number.h"

/* Copies of a receipt or of a Z report are numbered without a gap: the next one or none. */
static gboolean
check_copy (TaiCommit *self, const TaiPrintJob *job, GError **error)
{
  static const TaiSql select = {"print.copy",
                                "SELECT max (copy) FROM print_job WHERE receipt_number = ? AND printer = ?"};
  gint64 last;

  if (job->receipt_number == NULL)
    return TRUE;
  if ((!tai_receipt_number_is_z (job->receipt_number) &&
       !tai_commit_take_receipt (self, job->receipt_number, TRUE, error)) ||
      !tai_database_get_int (self->db, &select, -1, &last, error, "tt", job->receipt_number, job->printer))
    return FALSE;
  if (job->copy == last + 1)
    return TRUE;
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_SERIES,
               "copy %d of %s, the next is %" G_GINT64_FORMAT, job->copy, job->receipt_number, last + 1);
  return FALSE;
}

gboolean
tai_commit_print (TaiCommit *self, const TaiPrintJob *job, GError **error)
{
  static const TaiSql insert = {
      "print.insert",
      "INSERT INTO print_job (id, visit_id, receipt_number, printer, copy, state, business_day, shift_id, "
      "queued_us, changed_us, document) VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?8, ?8, ?)"};
  const char *day = self->heads.business_day, *shift_id = self->heads.shift_id;
  g_autoptr (GBytes) document = NULL;

  g_assert (job->document != NULL && job->printer != NULL); /* tai_change_take_print has seen to it */
  if (!check_copy (self, job, error))
    return FALSE;
  document = tai_document_serialize (job->document);
  return tai_database_run (self->db, &insert, error, "uuttwttib", &job->id, &job->visit_id,
                           job->receipt_number, job->printer, (int)job->copy, day[0] ? day : NULL,
                           shift_id[0] ? shift_id : NULL, self->now_us, document);
}

/* The queue -------------------------------------------------------------------------------------------------------------- */

#define COLUMNS "id, visit_id, receipt_number, printer, copy, document"

static TaiPrintJob *
load_job (TaiQuery *query, GError **error)
{
  g_autoptr (TaiPrintJob) job = g_new0 (TaiPrintJob, 1);
  g_autoptr (GBytes) document = tai_query_dup_bytes (query, 5);

  job->id = tai_query_get_uuid (query, 0);
  job->visit_id = tai_query_get_uuid (query, 1);
  job->receipt_number = tai_query_dup_text (query, 2);
  job->printer = tai_query_dup_text (query, 3);
  job->copy = (gint32)tai_query_get_int (query, 4);
  if (document == NULL) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT,
                         "a print job without a document");
    return NULL;
  }
  job->document = tai_document_deserialize (document, error);
  return job->document ? g_steal_pointer (&job) : NULL;
}

static gboolean
set_state (TaiDatabase *db, const TaiUuid *id, TaiPrintState to, const char *reason, gint64 time_us,
           GError **error)
{
  /* A handful of jobs is open at any time: the walk over them needs no index on the id. */
  static const TaiSql select = {"print.state",
                                "SELECT n, state FROM print_job WHERE state <> 'printed' AND id = ?"};
  static const TaiSql update = {
      "print.move",
      "UPDATE print_job SET state = ?, reason = ?, changed_us = max (changed_us, ?) WHERE n = ?"};
  gint64 n;
  guint from;

  {
    g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "u", id);
    int step = query ? tai_query_next (query, error) : -1;
    if (step == 0)
      g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "no open print job %s",
                   id->text);
    if (step <= 0 || !tai_store_parse_state (&tai_print_states, tai_query_get_text (query, 1), &from, error))
      return FALSE;
    n = tai_query_get_int (query, 0);
  }
  return tai_state_check_move (&tai_print_states, from, to, error) &&
         tai_database_run (db, &update, error, "ttii", tai_state_to_text (&tai_print_states, to), reason,
                           time_us, n);
}

static TaiPrintJob *
find_next (TaiDatabase *db, const char *printer, GError **error)
{
  static const TaiSql select = {"print.next",
                                "SELECT " COLUMNS " FROM print_job WHERE state <> 'printed' AND printer = ? "
                                "AND state = 'queued' ORDER BY n LIMIT 1"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &select, error, "t", printer);
  int step = query ? tai_query_next (query, error) : -1;

  return step > 0 ? load_job (query, error) : NULL;
}

static TaiPrintJob *
queue_next (TaiPrintQueue *queue, const char *printer, GError **error)
{
  TaiStore *self = TAI_STORE (queue);
  g_autoptr (TaiPrintJob) job = NULL;

  if (!tai_store_check_writable (self, error))
    return NULL;
  job = find_next (self->db, printer, error);
  if (job == NULL)
    return NULL;
  if (!tai_database_begin (self->db, error))
    return NULL;
  if (!set_state (self->db, &job->id, TAI_PRINT_SENDING, NULL, 0, error)) {
    tai_database_rollback (self->db);
    return NULL;
  }
  return tai_database_commit (self->db, error) ? g_steal_pointer (&job) : NULL;
}

static gboolean
queue_mark (TaiPrintQueue *queue, const TaiUuid *job, TaiPrintState to, const char *reason, gint64 time_us,
            GError **error)
{
  TaiStore *self = TAI_STORE (queue);

  if (!tai_store_check_writable (self, error) || !tai_database_begin (self->db, error))
    return FALSE;
  if (set_state (self->db, job, to, reason, time_us, error))
    return tai_database_commit (self->db, error);
  tai_database_rollback (self->db);
  return FALSE;
}

static gboolean
queue_recover (TaiPrintQueue *queue, GError **error)
{
  static const TaiSql update = {
      "print.recover",
      "UPDATE print_job SET state = 'unknown' WHERE state <> 'printed' AND state = 'sending'"};
  TaiStore *self = TAI_STORE (queue);

  return tai_store_check_writable (self, error) && tai_database_run (self->db, &update, error, "");
}

/* The receipt before the form, the last copy before the first. */
static TaiPrintJob *
queue_find_receipt (TaiPrintQueue *queue, const char *receipt_number, GError **error)
{
  static const TaiSql select = {"print.receipt", "SELECT " COLUMNS " FROM print_job WHERE receipt_number = ? "
                                                 "ORDER BY printer = 'receipt' DESC, copy DESC LIMIT 1"};
  g_autoptr (TaiQuery) query =
      tai_database_query (TAI_STORE (queue)->db, &select, error, "t", receipt_number);
  int step = query ? tai_query_next (query, error) : -1;

  return step > 0 ? load_job (query, error) : NULL;
}

static TaiPrintJob *
queue_find_trouble (TaiPrintQueue *queue, const char *id, GError **error)
{
  static const TaiSql select = {
      "print.trouble",
      "SELECT id, visit_id, receipt_number, printer, coalesce ((SELECT max (copy) FROM print_job l WHERE "
      "l.receipt_number = j.receipt_number AND l.printer = j.printer), copy), document FROM print_job j "
      "INDEXED BY print_trouble WHERE state IN ('unknown', 'failed') AND id = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (TAI_STORE (queue)->db, &select, error, "t", id);
  int step = query ? tai_query_next (query, error) : -1;

  return step > 0 ? load_job (query, error) : NULL;
}

static gint64
queue_count (TaiPrintQueue *queue, TaiPrintState state, GError **error)
{
  static const TaiSql open = {"print.count",
                              "SELECT count (*) FROM print_job WHERE state <> 'printed' AND state = ?"};
  static const TaiSql trouble = {
      "print.count_trouble",
      "SELECT count (*) FROM print_job WHERE state IN ('unknown', 'failed') AND state = ?"}; /* print_trouble */
  static const TaiSql done = {"print.count_done", "SELECT count (*) FROM print_job WHERE state = ?"};
  const TaiSql *count = state == TAI_PRINT_PRINTED                                ? &done
                        : state == TAI_PRINT_UNKNOWN || state == TAI_PRINT_FAILED ? &trouble
                                                                                  : &open;
  gint64 n;

  if (!tai_database_get_int (TAI_STORE (queue)->db, count, 0, &n, error, "t",
                             tai_state_to_text (&tai_print_states, state)))
    return -1;
  return n;
}

#define ENTRY_COLUMNS "id, receipt_number, printer, copy, state, reason, queued_us, changed_us, visit_id"

static TaiPrintEntry *
load_entry (TaiQuery *query, GError **error)
{
  TaiPrintEntry *entry;
  guint state;

  if (!tai_store_parse_state (&tai_print_states, tai_query_get_text (query, 4), &state, error))
    return NULL;
  entry = g_new0 (TaiPrintEntry, 1);
  entry->id = tai_query_get_uuid (query, 0);
  entry->receipt_number = tai_query_dup_text (query, 1);
  entry->printer = tai_query_dup_text (query, 2);
  entry->copy = (gint32)tai_query_get_int (query, 3);
  entry->state = state;
  entry->reason = tai_query_dup_text (query, 5);
  entry->queued_us = tai_query_get_int (query, 6);
  entry->changed_us = tai_query_get_int (query, 7);
  entry->visit_id = tai_query_get_uuid (query, 8);
  return entry;
}

GPtrArray *
tai_store_list_open_prints (TaiStore *self, guint limit, GError **error)
{
  static const TaiSql select = {"print.list", "SELECT " ENTRY_COLUMNS
                                              " FROM print_job WHERE state <> 'printed' ORDER BY n LIMIT ?"};
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_print_entry_free);
  g_autoptr (TaiQuery) query = NULL;
  int step = -1;

  g_return_val_if_fail (TAI_IS_STORE (self), NULL);
  query = tai_database_query (self->db, &select, error, "i", (gint64)limit);
  while (query != NULL && (step = tai_query_next (query, error)) > 0) {
    TaiPrintEntry *entry = load_entry (query, error);
    if (entry == NULL)
      return NULL;
    g_ptr_array_add (entries, entry);
  }
  return step == 0 ? g_steal_pointer (&entries) : NULL;
}

static TaiPrintEntry *
load_paper (TaiQuery *query, GError **error)
{
  g_autoptr (TaiPrintEntry) entry = load_entry (query, error);
  g_autoptr (GBytes) document = entry != NULL ? tai_query_dup_bytes (query, 9) : NULL;

  if (document != NULL)
    entry->document = tai_document_deserialize (document, error);
  return entry != NULL && (document == NULL || entry->document != NULL) ? g_steal_pointer (&entry) : NULL;
}

static GPtrArray *
queue_list_receipt (TaiPrintQueue *queue, const char *receipt_number, GError **error)
{
  static const TaiSql select = {
      "print.papers", "SELECT * FROM (SELECT " ENTRY_COLUMNS ", document FROM print_job WHERE "
                      "receipt_number = ?1 UNION ALL SELECT " ENTRY_COLUMNS ", document FROM "
                      "print_job WHERE receipt_number IS NULL AND visit_id IS NOT NULL AND visit_id "
                      "= (SELECT visit_id FROM print_job WHERE receipt_number = ?1 LIMIT 1)) ORDER BY "
                      "receipt_number IS NULL, printer = 'receipt' DESC, printer, copy DESC, queued_us"};
  g_autoptr (GPtrArray) papers = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_print_entry_free);
  g_autoptr (TaiQuery) query =
      tai_database_query (TAI_STORE (queue)->db, &select, error, "t", receipt_number);
  int step = -1;

  while (query != NULL && (step = tai_query_next (query, error)) > 0) {
    TaiPrintEntry *entry = load_paper (query, error);
    if (entry == NULL)
      return NULL;
    g_ptr_array_add (papers, entry);
  }
  return step == 0 ? g_steal_pointer (&papers) : NULL;
}

void
tai_store_print_queue_init (TaiPrintQueueInterface *iface)
{
  iface->next = queue_next;
  iface->mark = queue_mark;
  iface->recover = queue_recover;
  iface->find_receipt = queue_find_receipt;
  iface->find_trouble = queue_find_trouble;
  iface->list_receipt = queue_list_receipt;
  iface->count = queue_count;
}
