/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Business days of the hall that are over: each once, numbered without gaps. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"

static gboolean
check_shifts (TaiCommit *self, GError **error)
{
  static const TaiSql select = {"hall.open_shifts", "SELECT count (*) FROM shift WHERE state <> 'closed'"};
  gint64 n;

  if (!tai_database_get_int (self->db, &select, 0, &n, error, ""))
    return FALSE;
  if (n > 0)
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_SHIFT_OPEN, "a till is open");
  return n == 0;
}

/* The number is given here: nothing that is rendered needs it beforehand. */
gboolean
tai_commit_hall_close (TaiCommit *self, const TaiHallClose *fact, GError **error)
{
  static const TaiSql known = {"hall.known", "SELECT count (*) FROM hall_close WHERE business_day >= ?"};
  static const TaiSql insert = {
      "hall.insert", "INSERT INTO hall_close SELECT 1 + coalesce (max (number), 0), ?1, ?2, ?3, ?4, ?5, ?6, "
                     "?7, ?8, ?9, ?10, ?11 FROM hall_close"};
  gint64 n;

  if (!check_shifts (self, error) ||
      !tai_database_get_int (self->db, &known, 0, &n, error, "t", fact->business_day))
    return FALSE;
  if (n > 0) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DAY_CLOSED, "%s is closed", fact->business_day);
    return FALSE;
  }
  return tai_database_run (self->db, &insert, error, "ttiiiiwiiii", fact->business_day, fact->clerk,
                           fact->sales.minor, fact->drawers.minor, fact->safe.minor, fact->in_bags.minor,
                           (int)self->store->currency, fact->n_orders, fact->n_shifts, fact->n_left,
                           fact->time_us);
}

TaiHallClose *
tai_store_find_hall_close (TaiVisitStore *store, const char *business_day, GError **error)
{
  static const TaiSql select = {
      "hall.find", "SELECT number, business_day, clerk, sales_minor, drawers_minor, safe_minor, "
                   "in_bags_minor, currency, n_orders, n_shifts, n_left, time_us FROM hall_close WHERE "
                   "?1 IS NULL OR business_day = ?1 ORDER BY number DESC LIMIT 1"};
  g_autoptr (TaiQuery) query = tai_database_query (TAI_STORE (store)->db, &select, error, "t", business_day);
  guint16 currency;
  TaiHallClose *one;

  if (query == NULL || tai_query_next (query, error) <= 0)
    return NULL;
  currency = (guint16)tai_query_get_int (query, 7);
  one = g_new0 (TaiHallClose, 1);
  one->number = (gint32)tai_query_get_int (query, 0);
  one->business_day = tai_query_dup_text (query, 1);
  one->clerk = tai_query_dup_text (query, 2);
  one->sales = tai_money (tai_query_get_int (query, 3), currency);
  one->drawers = tai_money (tai_query_get_int (query, 4), currency);
  one->safe = tai_money (tai_query_get_int (query, 5), currency);
  one->in_bags = tai_money (tai_query_get_int (query, 6), currency);
  one->n_orders = tai_query_get_int (query, 8);
  one->n_shifts = tai_query_get_int (query, 9);
  one->n_left = tai_query_get_int (query, 10);
  one->time_us = tai_query_get_int (query, 11);
  return one;
}
