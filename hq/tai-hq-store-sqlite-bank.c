/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements of banks in the embedded store (all of the hall family). */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store-sqlite-private.h"

static HqBankRow
peek_bank (sqlite3_stmt *statement)
{
  return (HqBankRow){
      .hall = hq_sqlite_text (statement, 0),
      .reference = hq_sqlite_text (statement, 1),
      .type = hq_sqlite_text (statement, 2),
      .number = hq_sqlite_text (statement, 3),
      .day = hq_sqlite_text (statement, 4),
      .amount = tai_money (sqlite3_column_int64 (statement, 6), (guint16)sqlite3_column_int (statement, 5)),
      .at_us = sqlite3_column_int64 (statement, 7),
  };
}

static gboolean
bank_insert (HqStore *store, const HqBankRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_BANK_INSERT);
  const char *text[] = {row->hall, row->reference, row->type, row->number, row->day};
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  sqlite3_bind_int (statement, 6, row->amount.currency);
  sqlite3_bind_int64 (statement, 7, row->amount.minor);
  sqlite3_bind_int64 (statement, 8, row->at_us);
  return hq_sqlite_run (store, statement);
}

static gboolean
bank_find (HqStore *store, const char *hall, const char *reference, HqBankRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_BANK_FIND);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, reference);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  *row = peek_bank (statement);
  row->chunk = g_string_chunk_new (128);
  const char **text[] = {&row->hall, &row->reference, &row->type, &row->number, &row->day};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    *text[i] = *text[i] != NULL ? g_string_chunk_insert (row->chunk, *text[i]) : NULL;
  sqlite3_reset (statement);
  return TRUE;
}

static void
bank_list (HqStore *store, const HqBankFilter *filter, HqBankFunc func, gpointer data)
{
  gboolean is_by_number = filter->number != NULL;
  sqlite3_stmt *statement = hq_sqlite_use (store, is_by_number ? HQ_SQL_BANK_BY_NUMBER : HQ_SQL_BANK_LIST);
  const char *text[] = {filter->hall, filter->type,
                        is_by_number           ? filter->number
                        : filter->from != NULL ? filter->from
                                               : "",
                        filter->until != NULL ? filter->until : HQ_SQLITE_LAST_TEXT};
  for (guint i = 0; i < G_N_ELEMENTS (text) - is_by_number; i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  while (hq_sqlite_step (store, statement)) {
    HqBankRow row = peek_bank (statement);
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static void
statement_put (HqStore *store, const char *hall, const char *type, const char *from, const char *until,
               gint64 at_us)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_STATEMENT_PUT);
  const char *text[] = {hall, type, from, until};
  if (statement == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  sqlite3_bind_int64 (statement, 5, at_us);
  hq_sqlite_run (store, statement);
}

static gboolean
statement_covers (HqStore *store, const char *hall, const char *type, const char *day)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_STATEMENT_COVERS);
  const char *text[] = {hall, type, day};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  sqlite3_reset (statement);
  return TRUE;
}

static void
statement_beside (HqStore *store, const char *hall, const char *type, HqNameFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_STATEMENT_BESIDE);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, type);
  while (hq_sqlite_step (store, statement))
    func (hq_sqlite_text (statement, 0), data);
}

void
hq_sqlite_fill_bank (HqStoreClass *klass)
{
  klass->bank_insert = bank_insert;
  klass->bank_find = bank_find;
  klass->bank_list = bank_list;
  klass->statement_put = statement_put;
  klass->statement_covers = statement_covers;
  klass->statement_beside = statement_beside;
}
