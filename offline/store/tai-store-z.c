/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Z reports: how a close found the books is written with it and never changes. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

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
  return step >= 0;
}
