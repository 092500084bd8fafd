/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What accounts hold, from the running balances that each commit keeps beside its postings. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include <string.h>

gboolean
tai_store_balance (TaiVisitStore *store, const char *account, TaiMoney *balance, gboolean *is_known,
                   GError **error)
{
  static const TaiSql select = {"balance.select",
                                "SELECT minor FROM balance WHERE account = ? AND currency = ?"};
  TaiStore *self = TAI_STORE (store);
  g_autoptr (TaiQuery) query =
      tai_database_query (self->db, &select, error, "tw", account, (int)self->currency);
  int step = query ? tai_query_next (query, error) : -1;

  *balance = tai_money (step > 0 ? tai_query_get_int (query, 0) : 0, self->currency);
  if (is_known != NULL)
    *is_known = step > 0;
  return step >= 0;
}

/* A range of the index: LIKE would read them all. */
GPtrArray *
tai_store_list_balances (TaiVisitStore *store, const char *prefix, GError **error)
{
  static const TaiSql select = {"balance.list",
                                "SELECT account, minor, currency FROM balance WHERE account >= ?1 AND "
                                "account < ?2 AND minor <> 0 ORDER BY rowid"};
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_balance_free);
  g_autofree char *end = g_strconcat (prefix, "\xf4\x8f\xbf\xbf", NULL);
  g_autoptr (TaiQuery) query = tai_database_query (TAI_STORE (store)->db, &select, error, "tt", prefix, end);
  int step;

  while ((step = query ? tai_query_next (query, error) : -1) > 0) {
    TaiBalance *one = g_new0 (TaiBalance, 1);
    one->detail = g_strdup (tai_query_get_text (query, 0) + strlen (prefix));
    one->amount = tai_money (tai_query_get_int (query, 1), (guint16)tai_query_get_int (query, 2));
    g_ptr_array_add (list, one);
  }
  return step == 0 ? g_steal_pointer (&list) : NULL;
}
