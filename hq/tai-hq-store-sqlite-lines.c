/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of the embedded store (claim family: keyed by the number), and who looked at them (append-only). */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-error.h"
#include "tai-hq-store-sqlite-private.h"

/* FALSE, and the sticky error: what stands there is no line. */
static gboolean
read_line (HqStore *store, sqlite3_stmt *statement, HqLineRow *row)
{
  GStringChunk *chunk = g_string_chunk_new (256);
  guint16 currency = (guint16)sqlite3_column_int (statement, 7);
  *row = (HqLineRow){
      .msisdn = hq_sqlite_keep (chunk, statement, 0),
      .owner = hq_sqlite_keep (chunk, statement, 1),
      .customer = hq_sqlite_keep (chunk, statement, 2),
      .plan = hq_sqlite_keep (chunk, statement, 3),
      .plan_name = hq_sqlite_keep (chunk, statement, 4),
      .plan_name_en = hq_sqlite_keep (chunk, statement, 5),
      .status = hq_sqlite_keep (chunk, statement, 6),
      .balance = tai_money (sqlite3_column_int64 (statement, 8), currency),
      .arrears = tai_money (sqlite3_column_int64 (statement, 9), currency),
      .arrears_since_us = sqlite3_column_int64 (statement, 10),
      .changed_us = sqlite3_column_int64 (statement, 11),
      .chunk = chunk,
  };
  if (tai_currency_to_code (currency) != NULL)
    return TRUE;
  if (store->error == NULL)
    g_set_error (&store->error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE, "a line in currency %u", currency);
  hq_line_row_clear (row);
  return FALSE;
}

static gboolean
line_find (HqStore *store, const char *msisdn, HqLineRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_LINE_FIND);
  hq_sqlite_bind_text (statement, 1, msisdn);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  gboolean found = read_line (store, statement, row);
  sqlite3_reset (statement);
  return found;
}

static void
line_list (HqStore *store, const char *customer, HqLineFunc func, gpointer data)
{
  HqSql which = customer != NULL ? HQ_SQL_LINE_LIST_CUSTOMER : HQ_SQL_LINE_LIST;
  sqlite3_stmt *statement = hq_sqlite_use (store, which);
  gboolean more = TRUE;
  hq_sqlite_bind_text (statement, 1, customer);
  while (more && hq_sqlite_step (store, statement)) {
    g_auto (HqLineRow) row = {0};
    more = read_line (store, statement, &row) && func (&row, data);
  }
  if (!more)
    sqlite3_reset (statement);
}

static void
line_put (HqStore *store, const HqLineRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_LINE_PUT);
  if (statement == NULL)
    return;
  g_assert (row->balance.currency == row->arrears.currency);
  hq_sqlite_bind_text (statement, 1, row->msisdn);
  hq_sqlite_bind_text (statement, 2, row->owner);
  hq_sqlite_bind_text (statement, 3, row->customer);
  hq_sqlite_bind_text (statement, 4, row->plan);
  hq_sqlite_bind_text (statement, 5, row->plan_name);
  hq_sqlite_bind_text (statement, 6, row->plan_name_en);
  hq_sqlite_bind_text (statement, 7, row->status);
  sqlite3_bind_int (statement, 8, row->balance.currency);
  sqlite3_bind_int64 (statement, 9, row->balance.minor);
  sqlite3_bind_int64 (statement, 10, row->arrears.minor);
  hq_sqlite_bind_time (statement, 11, row->arrears_since_us);
  sqlite3_bind_int64 (statement, 12, row->changed_us);
  hq_sqlite_run (store, statement);
}

static void
look_append (HqStore *store, const HqLookRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_LOOK_APPEND);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, row->hall);
  hq_sqlite_bind_text (statement, 2, row->terminal);
  hq_sqlite_bind_text (statement, 3, row->clerk);
  hq_sqlite_bind_text (statement, 4, row->msisdn);
  sqlite3_bind_int (statement, 5, row->found);
  sqlite3_bind_int64 (statement, 6, row->at_us);
  hq_sqlite_run (store, statement);
}

static void
look_list (HqStore *store, const char *msisdn, gint64 limit, HqLookFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_LOOK_LIST);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, msisdn);
  sqlite3_bind_int64 (statement, 2, limit);
  while (hq_sqlite_step (store, statement)) {
    HqLookRow row = {
        .hall = hq_sqlite_text (statement, 0),
        .terminal = hq_sqlite_text (statement, 1),
        .clerk = hq_sqlite_text (statement, 2),
        .msisdn = msisdn,
        .found = sqlite3_column_int (statement, 3) != 0,
        .at_us = sqlite3_column_int64 (statement, 4),
    };
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

void
hq_sqlite_fill_lines (HqStoreClass *klass)
{
  klass->line_find = line_find;
  klass->line_list = line_list;
  klass->line_put = line_put;
  klass->look_append = look_append;
  klass->look_list = look_list;
}
