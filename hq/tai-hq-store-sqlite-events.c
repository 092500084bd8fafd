/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of a hall's orders in the embedded store, who hears of them, and what was never taken. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store-sqlite-private.h"

/* ---- events ---- */

/* How many there are, when that is known. */
static gint64 *
get_known (HqStore *store)
{
  return &((HqStoreSqlite *)store)->n_listeners;
}

static gboolean
has_listener (HqStore *store, const char *hall)
{
  gint64 *n = get_known (store);
  if (*n < 0)
    *n = hq_sqlite_read_count (store, hq_sqlite_use (store, HQ_SQL_LISTENER_COUNT));
  if (*n == 0)
    return FALSE;
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_EVENT_WANTED);
  hq_sqlite_bind_text (statement, 1, hall);
  gboolean found = hq_sqlite_step (store, statement);
  if (statement != NULL)
    sqlite3_reset (statement);
  return found;
}

static gint64
count_up (HqStore *store, const char *hall)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_EVENT_COUNT_UP);
  hq_sqlite_bind_text (statement, 1, hall);
  return hq_sqlite_read_count (store, statement);
}

static void
wake_listeners (HqStore *store, const char *hall, gint64 at_us)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_EVENT_WAKE);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_time (statement, 2, at_us);
  hq_sqlite_run (store, statement);
}

static gint64
event_append (HqStore *store, const HqEventRow *row)
{
  if (!has_listener (store, row->hall))
    return 0;
  gint64 seq = count_up (store, row->hall);
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_EVENT_APPEND);
  if (statement == NULL)
    return 0;
  hq_sqlite_bind_text (statement, 1, row->hall);
  sqlite3_bind_int64 (statement, 2, seq);
  sqlite3_bind_int (statement, 3, (int)row->type);
  hq_sqlite_bind_text (statement, 4, row->order_id);
  hq_sqlite_bind_text (statement, 5, row->state);
  hq_sqlite_bind_text (statement, 6, row->reason);
  hq_sqlite_bind_bytes (statement, 7, row->detail);
  sqlite3_bind_int64 (statement, 8, row->at_us);
  hq_sqlite_run (store, statement);
  wake_listeners (store, row->hall, row->at_us);
  return seq;
}

static gint64
event_last (HqStore *store, const char *hall)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_EVENT_LAST);
  hq_sqlite_bind_text (statement, 1, hall);
  return hq_sqlite_read_count (store, statement);
}

static HqEventRow
read_event (sqlite3_stmt *statement)
{
  GStringChunk *chunk = g_string_chunk_new (128);
  return (HqEventRow){
      .hall = hq_sqlite_keep (chunk, statement, 0),
      .seq = sqlite3_column_int64 (statement, 1),
      .type = (HqEventType)sqlite3_column_int (statement, 2),
      .order_id = hq_sqlite_keep (chunk, statement, 3),
      .state = hq_sqlite_keep (chunk, statement, 4),
      .reason = hq_sqlite_keep (chunk, statement, 5),
      .detail = hq_sqlite_bytes (statement, 6),
      .at_us = sqlite3_column_int64 (statement, 7),
      .chunk = chunk,
  };
}

static GPtrArray *
event_after (HqStore *store, const char *hall, gint64 after, gint64 limit)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_event_row_free);
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_EVENT_AFTER);
  if (statement == NULL)
    return rows;
  hq_sqlite_bind_text (statement, 1, hall);
  sqlite3_bind_int64 (statement, 2, after);
  sqlite3_bind_int64 (statement, 3, limit);
  while (hq_sqlite_step (store, statement)) {
    HqEventRow row = read_event (statement);
    g_ptr_array_add (rows, g_memdup2 (&row, sizeof row));
  }
  return rows;
}

static void
event_purge (HqStore *store, const char *hall, gint64 before_us, gint64 max)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_EVENT_PURGE);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, hall);
  sqlite3_bind_int64 (statement, 2, before_us);
  sqlite3_bind_int64 (statement, 3, max);
  hq_sqlite_run (store, statement);
}

/* ---- listeners ---- */

static void
listener_put (HqStore *store, const HqListenerRow *row)
{
  *get_known (store) = -1;
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_LISTENER_PUT);
  if (statement == NULL)
    return;
  const char *text[] = {row->id, row->hall, row->callback, row->query, row->name};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  sqlite3_bind_int (statement, 6, row->is_stopped);
  sqlite3_bind_int64 (statement, 7, row->after_seq);
  sqlite3_bind_int64 (statement, 8, row->tries);
  sqlite3_bind_int64 (statement, 9, row->dead_in_row);
  sqlite3_bind_int64 (statement, 10, row->created_us);
  hq_sqlite_bind_time (statement, 11, row->due_us);
  hq_sqlite_bind_text (statement, 12, row->note);
  hq_sqlite_run (store, statement);
}

static HqListenerRow
read_listener (sqlite3_stmt *statement)
{
  GStringChunk *chunk = g_string_chunk_new (256);
  return (HqListenerRow){
      .id = hq_sqlite_keep (chunk, statement, 0),
      .hall = hq_sqlite_keep (chunk, statement, 1),
      .callback = hq_sqlite_keep (chunk, statement, 2),
      .query = hq_sqlite_keep (chunk, statement, 3),
      .name = hq_sqlite_keep (chunk, statement, 4),
      .is_stopped = sqlite3_column_int (statement, 5) != 0,
      .after_seq = sqlite3_column_int64 (statement, 6),
      .tries = sqlite3_column_int64 (statement, 7),
      .dead_in_row = sqlite3_column_int64 (statement, 8),
      .created_us = sqlite3_column_int64 (statement, 9),
      .due_us = sqlite3_column_int64 (statement, 10),
      .note = hq_sqlite_keep (chunk, statement, 11),
      .chunk = chunk,
  };
}

static gboolean
listener_find (HqStore *store, const char *id, HqListenerRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_LISTENER_FIND);
  hq_sqlite_bind_text (statement, 1, id);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  *row = read_listener (statement);
  sqlite3_reset (statement);
  return TRUE;
}

static void
run_with_id (HqStore *store, HqSql which, const char *id)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, which);
  hq_sqlite_bind_text (statement, 1, id);
  hq_sqlite_run (store, statement);
}

static void
dead_clear (HqStore *store, const char *listener)
{
  run_with_id (store, HQ_SQL_DEAD_CLEAR, listener);
}

static void
listener_delete (HqStore *store, const char *id)
{
  *get_known (store) = -1;
  dead_clear (store, id);
  run_with_id (store, HQ_SQL_LISTENER_DELETE, id);
}

static void
listener_list (HqStore *store, const char *hall, HqListenerFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_LISTENER_LIST);
  hq_sqlite_bind_text (statement, 1, hall);
  while (hq_sqlite_step (store, statement)) {
    g_auto (HqListenerRow) row = read_listener (statement);
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static GPtrArray *
listener_due (HqStore *store, gint64 now_us, guint max)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_listener_row_free);
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_LISTENER_DUE);
  if (statement == NULL)
    return rows;
  sqlite3_bind_int64 (statement, 1, now_us);
  sqlite3_bind_int64 (statement, 2, max);
  while (hq_sqlite_step (store, statement)) {
    HqListenerRow row = read_listener (statement);
    g_ptr_array_add (rows, g_memdup2 (&row, sizeof row));
  }
  return rows;
}

static gint64
listener_next_due (HqStore *store)
{
  return hq_sqlite_read_count (store, hq_sqlite_use (store, HQ_SQL_LISTENER_NEXT_DUE));
}

static void
dead_append (HqStore *store, const HqDeadRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_DEAD_APPEND);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, row->listener);
  sqlite3_bind_int64 (statement, 2, row->seq);
  hq_sqlite_bind_text (statement, 3, row->note);
  sqlite3_bind_int64 (statement, 4, row->at_us);
  hq_sqlite_run (store, statement);
}

static void
dead_list (HqStore *store, const char *listener, HqDeadFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_DEAD_LIST);
  hq_sqlite_bind_text (statement, 1, listener);
  while (hq_sqlite_step (store, statement)) {
    HqDeadRow row = {.listener = hq_sqlite_text (statement, 0),
                     .seq = sqlite3_column_int64 (statement, 1),
                     .note = hq_sqlite_text (statement, 2),
                     .at_us = sqlite3_column_int64 (statement, 3)};
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

void
hq_sqlite_fill_events (HqStoreClass *klass)
{
  klass->event_append = event_append;
  klass->event_last = event_last;
  klass->event_after = event_after;
  klass->event_purge = event_purge;
  klass->listener_put = listener_put;
  klass->listener_find = listener_find;
  klass->listener_delete = listener_delete;
  klass->listener_list = listener_list;
  klass->listener_due = listener_due;
  klass->listener_next_due = listener_next_due;
  klass->dead_append = dead_append;
  klass->dead_list = dead_list;
  klass->dead_clear = dead_clear;
}
