/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Debts between the terminals of a hall in the embedded store (hall family). */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store-sqlite-private.h"

static void
read_debt (sqlite3_stmt *statement, HqDebtRow *row)
{
  GStringChunk *chunk = g_string_chunk_new (256);
  *row = (HqDebtRow){
      .hall = hq_sqlite_keep (chunk, statement, 0),
      .order = hq_sqlite_keep (chunk, statement, 1),
      .holder = hq_sqlite_keep (chunk, statement, 2),
      .hop = sqlite3_column_int64 (statement, 3),
      .claim = hq_sqlite_keep (chunk, statement, 4),
      .claimant = hq_sqlite_keep (chunk, statement, 5),
      .clerk = hq_sqlite_keep (chunk, statement, 6),
      .amount = tai_money (sqlite3_column_int64 (statement, 8), (guint16)sqlite3_column_int (statement, 7)),
      .paid_minor = sqlite3_column_int64 (statement, 9),
      .changed_us = sqlite3_column_int64 (statement, 10),
      .due_us = sqlite3_column_int64 (statement, 11),
      .chunk = chunk,
  };
}

static gboolean
debt_find (HqStore *store, const char *hall, const char *order, HqDebtRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_DEBT_FIND);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, order);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  read_debt (statement, row);
  sqlite3_reset (statement);
  return TRUE;
}

static void
debt_put (HqStore *store, const HqDebtRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_DEBT_PUT);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, row->hall);
  hq_sqlite_bind_text (statement, 2, row->order);
  hq_sqlite_bind_text (statement, 3, row->holder);
  sqlite3_bind_int64 (statement, 4, row->hop);
  hq_sqlite_bind_text (statement, 5, row->claim);
  hq_sqlite_bind_text (statement, 6, row->claimant);
  hq_sqlite_bind_text (statement, 7, row->clerk);
  sqlite3_bind_int (statement, 8, row->amount.currency);
  sqlite3_bind_int64 (statement, 9, row->amount.minor);
  sqlite3_bind_int64 (statement, 10, row->paid_minor);
  sqlite3_bind_int64 (statement, 11, row->changed_us);
  hq_sqlite_bind_time (statement, 12, row->due_us);
  hq_sqlite_run (store, statement);
}

static GPtrArray *
debt_due (HqStore *store, gint64 now_us, guint max)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_debt_row_free);
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_DEBT_DUE);
  if (statement == NULL)
    return list;
  sqlite3_bind_int64 (statement, 1, now_us);
  sqlite3_bind_int64 (statement, 2, max);
  while (hq_sqlite_step (store, statement)) {
    HqDebtRow *row = g_new0 (HqDebtRow, 1);
    read_debt (statement, row);
    g_ptr_array_add (list, row);
  }
  return list;
}

void
hq_sqlite_fill_debts (HqStoreClass *klass)
{
  klass->debt_find = debt_find;
  klass->debt_put = debt_put;
  klass->debt_due = debt_due;
}
