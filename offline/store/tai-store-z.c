/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Z reports: how a close found the books is written with it and never changes; what is booked about a closed shift later is a
 * numbered supplement of its Z. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"

/* The close ------------------------------------------------------------------------------------------------------------ */

/* The chain since the last checkpoint, computed anew. A broken one stops no close: the Z says so. */
static gboolean
check_chain (TaiCommit *self, gint64 *from, gint64 *broken, GError **error)
{
  g_auto (TaiStoreVerification) found = {0};
  g_autoptr (GError) local_error = NULL;

  *broken = 0;
  if (!tai_store_check_chain (self->store, self->journal_seq, self->journal_head, &found, &local_error)) {
    if (found.problem == NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    *broken = found.first_seq + found.n_journal;
  }
  *from = found.first_seq;
  return TRUE;
}

/* One statement: what a report of "now" would say at this moment, this close included. */
gboolean
tai_commit_z (TaiCommit *self, gint64 shift_n, GError **error)
{
  static const TaiSql insert = {
      "z.insert",
      "INSERT INTO z_report SELECT ?1, ?2, ?3, ?4, ?5, coalesce ((SELECT max (n) FROM message), 0), "
      "u.unsent, coalesce (u.oldest, 0), u.quarantined, d.n, coalesce (d.oldest, 0), "
      "coalesce ((SELECT sum (count) FROM total t JOIN shift s ON s.id = t.shift_id AND s.business_day = t.business_day "
      "WHERE s.n = ?1 AND t.kind = 'undone'), 0), "
      "?6 + coalesce ((SELECT minor FROM balance WHERE account = 'in_doubt_carried_over' AND currency = ?8), 0), "
      "?7 - coalesce ((SELECT minor FROM balance WHERE account = 'refund_due' AND currency = ?8), 0) FROM "
      "(SELECT count (*) FILTER (WHERE state <> 'quarantined') AS unsent, count (*) FILTER (WHERE state = "
      "'quarantined') AS quarantined, min (created_us) AS oldest FROM outbox WHERE state NOT IN "
      "('acknowledged', 'superseded')) u, (SELECT count (*) AS n, min (created_us) AS oldest FROM payment "
      "WHERE in_doubt = 1) d"};
  gint64 carried = tai_commit_get_added (self, TAI_ACCOUNT_IN_DOUBT_CARRIED);
  gint64 refund_due = tai_commit_get_added (self, TAI_ACCOUNT_REFUND_DUE);
  gint64 from, broken;

  if (!check_chain (self, &from, &broken, error))
    return FALSE;
  return tai_database_run (self->db, &insert, error, "iidiiiiw", shift_n, self->journal_seq,
                           &self->journal_head, from, broken, carried, -refund_due,
                           (int)self->store->currency);
}

/* Supplements ---------------------------------------------------------------------------------------------------------- */

/* Only of a shift that is closed, and the next number: two that are made at once cannot both be it. */
gboolean
tai_commit_supplement (TaiCommit *self, const TaiSupplement *fact, GError **error)
{
  static const TaiSql insert = {
      "z.supplement",
      "INSERT INTO z_supplement SELECT s.n, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM shift s WHERE s.id = ?1 "
      "AND s.state = 'closed' AND s.z_number = ?12 AND ?2 = 1 + coalesce ((SELECT max (k) FROM z_supplement "
      "WHERE shift_n = s.n), 0)"};

  if (!tai_commit_check_shift (self, fact->booked_shift_id, error) ||
      !tai_database_run (self->db, &insert, error, "uituuiwtttii", &fact->shift_id, (gint64)fact->number,
                         fact->event, &fact->order_id, &fact->payment_id, fact->amount.minor,
                         (int)fact->amount.currency, fact->booked_day, fact->booked_shift_id, fact->clerk,
                         fact->time_us, (gint64)fact->z_number))
    return FALSE;
  if (tai_database_get_changes (self->db) > 0)
    return TRUE;
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_SERIES,
               "supplement %d of Z %d is not the next of a closed shift", fact->number, fact->z_number);
  return FALSE;
}

/* Reading -------------------------------------------------------------------------------------------------------------- */

static TaiSupplement *
load_supplement (TaiQuery *query)
{
  TaiUuid shift_id = tai_query_get_uuid (query, 0);
  TaiSupplement *one =
      tai_supplement_new (&shift_id, (gint32)tai_query_get_int (query, 1),
                          (gint32)tai_query_get_int (query, 2), tai_query_get_text (query, 3));

  one->order_id = tai_query_get_uuid (query, 4);
  one->payment_id = tai_query_get_uuid (query, 5);
  one->amount = tai_money (tai_query_get_int (query, 6), (guint16)tai_query_get_int (query, 7));
  one->booked_day = tai_query_dup_text (query, 8);
  one->booked_shift_id = tai_query_dup_text (query, 9);
  one->clerk = tai_query_dup_text (query, 10);
  one->time_us = tai_query_get_int (query, 11);
  one->business_day = tai_query_dup_text (query, 12);
  return one;
}

GPtrArray *
tai_store_list_supplements (TaiVisitStore *store, const char *shift_id, guint limit, GError **error)
{
  static const TaiSql select = {
      "z.list_supplements",
      "SELECT * FROM (SELECT s.id, s.z_number, p.k, p.event, p.order_id, p.payment_id, p.amount_minor, p.currency, "
      "p.business_day, p.shift_id, p.clerk, p.time_us, s.business_day AS day FROM z_supplement p JOIN shift s ON s.n = p.shift_n "
      "WHERE ?1 IS NULL OR s.id = ?1 ORDER BY p.shift_n DESC, p.k DESC LIMIT ?2) ORDER BY 2, 3"};
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_supplement_free);
  g_autoptr (TaiQuery) query =
      tai_database_query (TAI_STORE (store)->db, &select, error, "ti", shift_id, (gint64)limit);
  int step = -1;

  while (query != NULL && (step = tai_query_next (query, error)) > 0)
    g_ptr_array_add (list, load_supplement (query));
  return step == 0 ? g_steal_pointer (&list) : NULL;
}

GPtrArray *
tai_store_list_arrived (TaiVisitStore *store, GError **error)
{
  static const TaiSql select = {
      "z.list_arrived",
      "SELECT s.id FROM z_report z JOIN shift s ON s.n = z.shift_n WHERE z.n_unsent + z.n_quarantined > 0 "
      "AND NOT EXISTS (SELECT 1 FROM z_supplement p WHERE p.shift_n = z.shift_n AND p.event = 'uploaded') "
      "AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.n <= z.last_message_n AND o.state NOT IN "
      "('acknowledged', 'superseded')) ORDER BY s.n"};
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free), shifts = NULL;
  int step = -1;

  {
    g_autoptr (TaiQuery) query = tai_database_query (TAI_STORE (store)->db, &select, error, "");
    while (query != NULL && (step = tai_query_next (query, error)) > 0)
      g_ptr_array_add (ids, tai_query_dup_text (query, 0));
  }
  if (step != 0)
    return NULL;
  shifts = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_free);
  for (guint i = 0; i < ids->len; i++) {
    TaiShift *shift = tai_store_find_shift (store, g_ptr_array_index (ids, i), error);
    if (shift == NULL)
      return NULL;
    g_ptr_array_add (shifts, shift);
  }
  return g_steal_pointer (&shifts);
}

/* Of a shift that was closed before there were such rows the report says what is so now. */
gboolean
tai_store_fill_z (TaiStore *self, gint64 shift_n, TaiTillReport *report, GError **error)
{
  static const TaiSql select = {
      "z.select", "SELECT journal_seq, journal_chain, checked_from, broken_seq, n_unsent, oldest_unsent_us, "
                  "n_quarantined, n_in_doubt, oldest_in_doubt_us, n_undone, carried_minor, refund_due_minor "
                  "FROM z_report WHERE shift_n = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "i", shift_n);
  int step = query != NULL ? tai_query_next (query, error) : -1;

  if (step > 0) {
    report->is_z = TRUE;
    report->journal_seq = tai_query_get_int (query, 0);
    tai_digest_to_hex (tai_query_get_digest (query, 1), report->journal_head);
    report->checked_from = tai_query_get_int (query, 2);
    report->broken_seq = tai_query_get_int (query, 3);
    report->n_unsent = tai_query_get_int (query, 4);
    report->oldest_unsent_us = tai_query_get_int (query, 5);
    report->n_quarantined = tai_query_get_int (query, 6);
    report->n_in_doubt = tai_query_get_int (query, 7);
    report->oldest_in_doubt_us = tai_query_get_int (query, 8);
    report->n_undone = tai_query_get_int (query, 9);
    report->carried_over = tai_money (tai_query_get_int (query, 10), self->currency);
    report->refund_due = tai_money (tai_query_get_int (query, 11), self->currency);
  }
  if (step < 0)
    return FALSE;
  report->supplements =
      tai_store_list_supplements (TAI_VISIT_STORE (self), report->shift_id, G_MAXINT, error);
  return report->supplements != NULL;
}
