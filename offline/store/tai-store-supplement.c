/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is booked about a closed shift later is a numbered supplement of its Z. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-offline-error.h"

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
