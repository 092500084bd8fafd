/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments and refunds through the gateway in the embedded store (hall family), and what was asked and answered of each (append-only). */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store-sqlite-private.h"

/* Borrowed until the next step. */
static HqPayRow
peek_pay (sqlite3_stmt *statement)
{
  return (HqPayRow){
      .hall = hq_sqlite_text (statement, 0),
      .id = hq_sqlite_text (statement, 1),
      .terminal = hq_sqlite_text (statement, 2),
      .provider = hq_sqlite_text (statement, 3),
      .amount = tai_money (sqlite3_column_int64 (statement, 5), (guint16)sqlite3_column_int (statement, 4)),
      .shows = sqlite3_column_int (statement, 6) != 0,
      .state = hq_sqlite_text (statement, 7),
      .reason = hq_sqlite_text (statement, 8),
      .transaction = hq_sqlite_text (statement, 9),
      .qr = hq_sqlite_text (statement, 10),
      .since_us = sqlite3_column_int64 (statement, 11),
      .changed_us = sqlite3_column_int64 (statement, 12),
      .original = hq_sqlite_text (statement, 13),
      .asks = (guint)sqlite3_column_int (statement, 14),
      .due_us = sqlite3_column_int64 (statement, 15),
  };
}

static gboolean
pay_find (HqStore *store, const char *hall, const char *id, HqPayRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAY_FIND);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, id);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  *row = peek_pay (statement);
  row->chunk = g_string_chunk_new (256);
  const char **text[] = {&row->hall,   &row->id,          &row->terminal, &row->provider, &row->state,
                         &row->reason, &row->transaction, &row->qr,       &row->original};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    *text[i] = *text[i] != NULL ? g_string_chunk_insert (row->chunk, *text[i]) : NULL;
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
  hq_sqlite_bind_text (statement, 14, row->original);
  sqlite3_bind_int (statement, 15, (int)row->asks);
  if (row->due_us != 0)
    sqlite3_bind_int64 (statement, 16, row->due_us);
  hq_sqlite_run (store, statement);
}

static gint64
pay_given_back (HqStore *store, const char *hall, const char *original, gboolean is_known)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAY_GIVEN_BACK);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, original);
  if (statement != NULL)
    sqlite3_bind_int (statement, 3, is_known);
  return hq_sqlite_read_count (store, statement);
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

static void
pay_claim (HqStore *store, const char *hall, const char *id)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAY_CLAIM);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, id);
  hq_sqlite_run (store, statement);
}

static gboolean
pay_is_claimed (HqStore *store, const char *hall, const char *id)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAY_IS_CLAIMED);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, id);
  return hq_sqlite_read_count (store, statement) != 0;
}

static void
tell_pays (HqStore *store, sqlite3_stmt *statement, HqPayFunc func, gpointer data)
{
  while (hq_sqlite_step (store, statement)) {
    HqPayRow row = peek_pay (statement);
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static void
pay_unclaimed (HqStore *store, gint64 before_us, HqPayFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAY_UNCLAIMED);
  if (statement == NULL)
    return;
  sqlite3_bind_int64 (statement, 1, before_us);
  tell_pays (store, statement, func, data);
}

static void
pay_due (HqStore *store, gint64 now_us, guint limit, HqPayFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_PAY_DUE);
  if (statement == NULL)
    return;
  sqlite3_bind_int64 (statement, 1, now_us);
  sqlite3_bind_int (statement, 2, (int)limit);
  tell_pays (store, statement, func, data);
}

static gint64
pay_next_due (HqStore *store)
{
  return hq_sqlite_read_count (store, hq_sqlite_use (store, HQ_SQL_PAY_NEXT_DUE));
}

void
hq_sqlite_fill_pays (HqStoreClass *klass)
{
  klass->pay_find = pay_find;
  klass->pay_put = pay_put;
  klass->pay_given_back = pay_given_back;
  klass->pay_note = pay_note;
  klass->pay_claim = pay_claim;
  klass->pay_is_claimed = pay_is_claimed;
  klass->pay_unclaimed = pay_unclaimed;
  klass->pay_due = pay_due;
  klass->pay_next_due = pay_next_due;
}
