/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders that are handed on to the operator's own system, in the embedded store. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-error.h"
#include "tai-hq-south-private.h"
#include "tai-hq-store-sqlite-private.h"

static void
bind_row (sqlite3_stmt *statement, const HqSouthRow *row)
{
  hq_sqlite_bind_text (statement, 1, row->hall);
  hq_sqlite_bind_text (statement, 2, row->order_id);
  hq_sqlite_bind_text (statement, 3, row->external_id);
  hq_sqlite_bind_text (statement, 4, tai_state_to_text (&hq_south_steps, row->step));
  sqlite3_bind_int (statement, 5, (int)row->proof);
  sqlite3_bind_int (statement, 6, (int)row->cancel);
  hq_sqlite_bind_text (statement, 7, row->foreign_id);
  hq_sqlite_bind_text (statement, 8, row->foreign_state);
  hq_sqlite_bind_text (statement, 9, row->note);
  sqlite3_bind_int64 (statement, 10, row->sends);
  sqlite3_bind_int64 (statement, 11, row->tries);
  sqlite3_bind_int64 (statement, 12, row->sent_us);
  sqlite3_bind_int64 (statement, 13, row->changed_us);
  hq_sqlite_bind_time (statement, 14, row->due_us);
}

static gboolean
south_insert (HqStore *store, const HqSouthRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SOUTH_INSERT);
  if (statement == NULL)
    return FALSE;
  bind_row (statement, row);
  return hq_sqlite_run (store, statement);
}

static void
south_put (HqStore *store, const HqSouthRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SOUTH_PUT);
  if (statement == NULL)
    return;
  bind_row (statement, row);
  hq_sqlite_run (store, statement);
}

static HqSouthRow
read_row (HqStore *store, sqlite3_stmt *statement)
{
  GStringChunk *chunk = g_string_chunk_new (256);
  guint step = HQ_SOUTH_HELD;
  if (!tai_state_from_text (&hq_south_steps, hq_sqlite_text (statement, 3), &step, NULL) &&
      store->error == NULL)
    g_set_error (&store->error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE, "a step that no order can have");
  return (HqSouthRow){
      .hall = hq_sqlite_keep (chunk, statement, 0),
      .order_id = hq_sqlite_keep (chunk, statement, 1),
      .external_id = hq_sqlite_keep (chunk, statement, 2),
      .step = (HqSouthStep)step,
      .proof = (HqSouthProof)sqlite3_column_int (statement, 4),
      .cancel = (HqSouthCancel)sqlite3_column_int (statement, 5),
      .foreign_id = hq_sqlite_keep (chunk, statement, 6),
      .foreign_state = hq_sqlite_keep (chunk, statement, 7),
      .note = hq_sqlite_keep (chunk, statement, 8),
      .sends = sqlite3_column_int64 (statement, 9),
      .tries = sqlite3_column_int64 (statement, 10),
      .sent_us = sqlite3_column_int64 (statement, 11),
      .changed_us = sqlite3_column_int64 (statement, 12),
      .due_us = sqlite3_column_int64 (statement, 13),
      .chunk = chunk,
  };
}

static gboolean
find_one (HqStore *store, sqlite3_stmt *statement, HqSouthRow *row)
{
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  *row = read_row (store, statement);
  sqlite3_reset (statement);
  return store->error == NULL;
}

static gboolean
find_of (HqStore *store, HqSql which, const char *hall, const char *order_id, HqSouthRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, which);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, order_id);
  return find_one (store, statement, row);
}

static gboolean
south_find (HqStore *store, const char *hall, const char *order_id, HqSouthRow *row)
{
  return find_of (store, HQ_SQL_SOUTH_FIND, hall, order_id, row);
}

static gboolean
south_witness (HqStore *store, const char *hall, const char *order_id, HqSouthRow *row)
{
  return find_of (store, HQ_SQL_SOUTH_WITNESS, hall, order_id, row);
}

static gboolean
south_find_held (HqStore *store, const char *order_id, HqSouthRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SOUTH_FIND_HELD);
  hq_sqlite_bind_text (statement, 1, order_id);
  return find_one (store, statement, row);
}

static GPtrArray *
south_due (HqStore *store, gint64 now_us, guint max)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_south_row_free);
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SOUTH_DUE);
  if (statement == NULL)
    return rows;
  sqlite3_bind_int64 (statement, 1, now_us);
  sqlite3_bind_int64 (statement, 2, max);
  while (hq_sqlite_step (store, statement)) {
    HqSouthRow row = read_row (store, statement);
    g_ptr_array_add (rows, g_memdup2 (&row, sizeof row));
  }
  return rows;
}

static gint64
south_next_due (HqStore *store)
{
  return hq_sqlite_read_count (store, hq_sqlite_use (store, HQ_SQL_SOUTH_NEXT_DUE));
}

static void
south_list (HqStore *store, HqSouthStep step, gint64 limit, HqSouthFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SOUTH_LIST);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, tai_state_to_text (&hq_south_steps, step));
  sqlite3_bind_int64 (statement, 2, limit);
  while (hq_sqlite_step (store, statement)) {
    g_auto (HqSouthRow) row = read_row (store, statement);
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static gint64
south_count (HqStore *store, HqSouthStep step)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_SOUTH_COUNT);
  hq_sqlite_bind_text (statement, 1, tai_state_to_text (&hq_south_steps, step));
  return hq_sqlite_read_count (store, statement);
}

static GPtrArray *
cancel_open (HqStore *store, const char *hall, const char *order_id)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_CANCEL_OPEN);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, order_id);
  return hq_sqlite_read_cancels (store, statement);
}

void
hq_sqlite_fill_south (HqStoreClass *klass)
{
  klass->south_insert = south_insert;
  klass->south_find = south_find;
  klass->south_find_held = south_find_held;
  klass->south_put = south_put;
  klass->south_due = south_due;
  klass->south_next_due = south_next_due;
  klass->south_witness = south_witness;
  klass->south_list = south_list;
  klass->south_count = south_count;
  klass->cancel_open = cancel_open;
}
