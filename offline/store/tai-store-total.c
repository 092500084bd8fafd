/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running totals and balances: what the facts of one change add is gathered and written once, at its end. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"

gboolean
tai_commit_check_money (TaiMoney money, const char *what, GError **error)
{
  if (tai_currency_get_decimals (money.currency) >= 0)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_CURRENCY, "%s has no currency", what);
  return FALSE;
}

/* What a change adds to one row of "total"; one write for all its facts. */
typedef struct {
  char *day, *shift_id, *clerk, *name; /* (owned) */
  const char *kind;
  gint64 count;
  TaiMoney amount;
} Total;

static void
total_free (gpointer data)
{
  Total *total = data;

  g_free (total->day);
  g_free (total->shift_id);
  g_free (total->clerk);
  g_free (total->name);
  g_free (total);
}

GPtrArray *
tai_commit_new_totals (void)
{
  return g_ptr_array_new_with_free_func (total_free);
}

static Total *
find_total (TaiCommit *self, const char *day, const char *shift_id, const char *kind, const char *clerk,
            const char *name, guint16 currency)
{
  for (guint i = 0; i < self->totals->len; i++) {
    Total *total = g_ptr_array_index (self->totals, i);
    if (total->kind == kind && total->amount.currency == currency && g_str_equal (total->name, name) &&
        g_str_equal (total->clerk, clerk) && g_str_equal (total->day, day) &&
        g_str_equal (total->shift_id, shift_id))
      return total;
  }
  return NULL;
}

gboolean
tai_commit_add_total (TaiCommit *self, const char *business_day, const char *shift_id, const char *kind,
                      const char *clerk, const char *name, gint64 count, TaiMoney amount, GError **error)
{
  const char *day = business_day ? business_day : "", *shift = shift_id ? shift_id : "",
             *who = clerk ? clerk : "";
  Total *total;

  kind = g_intern_string (kind);
  total = find_total (self, day, shift, kind, who, name, amount.currency);
  if (total == NULL) {
    total = g_new0 (Total, 1);
    *total = (Total){g_strdup (day),
                     g_strdup (shift),
                     g_strdup (who),
                     g_strdup (name),
                     kind,
                     0,
                     tai_money (0, amount.currency)};
    g_ptr_array_add (self->totals, total);
  }
  total->count += count;
  return tai_money_add (total->amount, amount, &total->amount, error);
}

gint64
tai_commit_get_added (TaiCommit *self, const char *account)
{
  gint64 minor = 0;

  for (guint i = 0; i < self->totals->len; i++) {
    const Total *total = g_ptr_array_index (self->totals, i);
    if (g_str_equal (total->kind, "account") && g_str_equal (total->name, account) &&
        total->amount.currency == self->store->currency)
      minor += total->amount.minor;
  }
  return minor;
}

/* Nearly always the row is there. */
static gboolean
save_total (TaiCommit *self, const Total *total, GError **error)
{
  static const TaiSql update = {
      "total.add", "UPDATE total SET count = count + ?, minor = minor + ? WHERE business_day = ? AND "
                   "shift_id = ? AND kind = ? AND clerk = ? AND name = ? AND currency = ?"};
  static const TaiSql insert = {
      "total.insert", "INSERT INTO total (count, minor, business_day, shift_id, kind, clerk, name, currency) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
  int currency = total->amount.currency;

  if (!tai_database_run (self->db, &update, error, "iitttttw", total->count, total->amount.minor, total->day,
                         total->shift_id, total->kind, total->clerk, total->name, currency))
    return FALSE;
  return tai_database_get_changes (self->db) > 0 ||
         tai_database_run (self->db, &insert, error, "iitttttw", total->count, total->amount.minor,
                           total->day, total->shift_id, total->kind, total->clerk, total->name, currency);
}

static gboolean
save_balance (TaiCommit *self, const Total *total, GError **error)
{
  static const TaiSql update = {"balance.add",
                                "UPDATE balance SET minor = minor + ? WHERE account = ? AND currency = ?"};
  static const TaiSql insert = {"balance.insert",
                                "INSERT INTO balance (minor, account, currency) VALUES (?, ?, ?)"};
  int currency = total->amount.currency;

  if (!g_str_equal (total->kind, "account"))
    return TRUE;
  if (!tai_database_run (self->db, &update, error, "itw", total->amount.minor, total->name, currency))
    return FALSE;
  return tai_database_get_changes (self->db) > 0 ||
         tai_database_run (self->db, &insert, error, "itw", total->amount.minor, total->name, currency);
}

gboolean
tai_commit_save_totals (TaiCommit *self, GError **error)
{
  for (guint i = 0; i < self->totals->len; i++)
    if (!save_total (self, g_ptr_array_index (self->totals, i), error) ||
        !save_balance (self, g_ptr_array_index (self->totals, i), error))
      return FALSE;
  return TRUE;
}
