/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments through the gateway in the embedded store (hall family), and what was asked and answered of each (append-only). */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store-sqlite-private.h"

static gboolean
pay_find (HqStore *store, const char *hall, const char *id, HqPayRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAY_FIND);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, id);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  GStringChunk *chunk = g_string_chunk_new (256);
  *row = (HqPayRow){
      .hall = hq_sqlite_keep (chunk, statement, 0),
      .id = hq_sqlite_keep (chunk, statement, 1),
      .terminal = hq_sqlite_keep (chunk, statement, 2),
      .provider = hq_sqlite_keep (chunk, statement, 3),
      .amount = tai_money (sqlite3_column_int64 (statement, 5), (guint16)sqlite3_column_int (statement, 4)),
      .shows = sqlite3_column_int (statement, 6) != 0,
      .state = hq_sqlite_keep (chunk, statement, 7),
      .reason = hq_sqlite_keep (chunk, statement, 8),
      .transaction = hq_sqlite_keep (chunk, statement, 9),
      .qr = hq_sqlite_keep (chunk, statement, 10),
      .since_us = sqlite3_column_int64 (statement, 11),
      .changed_us = sqlite3_column_int64 (statement, 12),
      .chunk = chunk,
  };
  sqlite3_reset (statement);
  return TRUE;
}

static void
pay_put (HqStore *store, const HqPayRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAY_PUT);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, row->hall);
  hq_sqlite_bind_text (statement, 2, row->id);
  hq_sqlite_bind_text (statement, 3, row->terminal);
  hq_sqlite_bind_text (statement, 4, row->provider);
  sqlite3_bind_int (statement, 5, row->amount.currency);
  sqlite3_bind_int64 (statement, 6, row->amount.minor);
  sqlite3_bind_int (statement, 7, row->shows);
  hq_sqlite_bind_text (statement, 8, row->state);
  hq_sqlite_bind_text (statement, 9, row->reason);
  hq_sqlite_bind_text (statement, 10, row->transaction);
  hq_sqlite_bind_text (statement, 11, row->qr);
  sqlite3_bind_int64 (statement, 12, row->since_us);
  sqlite3_bind_int64 (statement, 13, row->changed_us);
  hq_sqlite_run (store, statement);
}

static void
pay_note (HqStore *store, const HqPayRow *row, const char *what)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAY_NOTE);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, row->hall);
  hq_sqlite_bind_text (statement, 2, row->id);
  hq_sqlite_bind_text (statement, 3, what);
  hq_sqlite_bind_text (statement, 4, row->state);
  hq_sqlite_bind_text (statement, 5, row->reason);
  sqlite3_bind_int64 (statement, 6, row->changed_us);
  hq_sqlite_run (store, statement);
}

void
hq_sqlite_fill_pays (HqStoreClass *klass)
{
  klass->pay_find = pay_find;
  klass->pay_put = pay_put;
  klass->pay_note = pay_note;
}
