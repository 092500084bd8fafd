/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What passes between a hall and headquarters, in the embedded store: messages as they came, and the feed of news. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store-sqlite-private.h"

/* ---- messages ---- */

static void
bind_message (sqlite3_stmt *statement, const HqMessageRow *row)
{
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, row->hall);
  hq_sqlite_bind_text (statement, 2, row->key);
  hq_sqlite_bind_text (statement, 3, row->terminal);
  sqlite3_bind_int64 (statement, 4, row->seq);
  sqlite3_bind_int (statement, 5, row->kind);
  hq_sqlite_bind_text (statement, 6, row->resource);
  sqlite3_bind_int (statement, 7, row->status);
  hq_sqlite_bind_text (statement, 8, row->code);
  hq_sqlite_bind_digest (statement, 9, &row->sha256);
  sqlite3_bind_int64 (statement, 10, row->at_us);
  hq_sqlite_bind_bytes (statement, 11, row->body);
  hq_sqlite_bind_bytes (statement, 12, row->answer);
}

static gboolean
message_insert (HqStore *store, const HqMessageRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_MESSAGE_INSERT);
  bind_message (statement, row);
  return hq_sqlite_run (store, statement);
}

static void
message_update (HqStore *store, const HqMessageRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_MESSAGE_UPDATE);
  bind_message (statement, row);
  hq_sqlite_run (store, statement);
}

static HqMessageRow
keep_message (sqlite3_stmt *statement)
{
  GStringChunk *chunk = g_string_chunk_new (512);
  return (HqMessageRow){
      .hall = hq_sqlite_keep (chunk, statement, 0),
      .key = hq_sqlite_keep (chunk, statement, 1),
      .terminal = hq_sqlite_keep (chunk, statement, 2),
      .seq = sqlite3_column_int64 (statement, 3),
      .kind = (HqMessageKind)sqlite3_column_int (statement, 4),
      .resource = hq_sqlite_keep (chunk, statement, 5),
      .status = sqlite3_column_int (statement, 6),
      .code = hq_sqlite_keep (chunk, statement, 7),
      .sha256 = hq_sqlite_digest (statement, 8),
      .at_us = sqlite3_column_int64 (statement, 9),
      .body = hq_sqlite_bytes (statement, 10),
      .answer = hq_sqlite_bytes (statement, 11),
      .chunk = chunk,
  };
}

static gboolean
message_find (HqStore *store, const char *hall, const char *key, HqMessageRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_MESSAGE_FIND);
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, key);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  *row = keep_message (statement);
  sqlite3_reset (statement);
  return TRUE;
}

static void
message_list (HqStore *store, HqMessageFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_MESSAGE_LIST);
  while (hq_sqlite_step (store, statement)) {
    g_auto (HqMessageRow) row = keep_message (statement);
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

/* ---- feed ---- */

/* Of each hall once a transaction. A restored store goes on far above the numbers that the lost one gave. */
static gint64
feed_count_up (HqStore *store, const char *hall)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  gint64 *head = g_hash_table_lookup (self->feeds, hall);
  if (head == NULL) {
    sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_FEED_LAST);
    hq_sqlite_bind_text (statement, 1, hall);
    head = g_new0 (gint64, 1);
    *head = hq_sqlite_read_count (store, statement);
    if (*head == 0)
      *head = hq_store_get_number (store, "feed_base", 0);
    g_hash_table_insert (self->feeds, g_strdup (hall), head);
  }
  return ++*head;
}

void
hq_sqlite_write_feeds (HqStore *store)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  GHashTableIter iter;
  gpointer hall, head;
  g_hash_table_iter_init (&iter, self->feeds);
  while (g_hash_table_iter_next (&iter, &hall, &head)) {
    sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_FEED_SET);
    if (statement == NULL)
      break;
    hq_sqlite_bind_text (statement, 1, hall);
    sqlite3_bind_int64 (statement, 2, *(gint64 *)head);
    hq_sqlite_run (store, statement);
  }
  g_hash_table_remove_all (self->feeds);
}

static void
feed_append (HqStore *store, const char *hall, const char *terminal, const HqFeedRow *row)
{
  gint64 seq = feed_count_up (store, hall);
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_FEED_APPEND);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, terminal);
  sqlite3_bind_int64 (statement, 3, seq);
  hq_sqlite_bind_text (statement, 4, row->order);
  hq_sqlite_bind_text (statement, 5, row->state);
  hq_sqlite_bind_text (statement, 6, row->reason);
  sqlite3_bind_int64 (statement, 7, row->at_us);
  hq_sqlite_bind_text (statement, 8, row->debt);
  hq_sqlite_run (store, statement);
}

static void
feed_list (HqStore *store, const char *hall, const char *terminal, gint64 after, gint64 limit,
           HqFeedFunc func, gpointer data)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_FEED_LIST);
  if (statement == NULL)
    return;
  hq_sqlite_bind_text (statement, 1, hall);
  hq_sqlite_bind_text (statement, 2, terminal);
  sqlite3_bind_int64 (statement, 3, after);
  sqlite3_bind_int64 (statement, 4, limit);
  while (hq_sqlite_step (store, statement)) {
    HqFeedRow row = {
        .seq = sqlite3_column_int64 (statement, 0),
        .order = hq_sqlite_text (statement, 1),
        .state = hq_sqlite_text (statement, 2),
        .reason = hq_sqlite_text (statement, 3),
        .at_us = sqlite3_column_int64 (statement, 4),
        .debt = hq_sqlite_text (statement, 5),
    };
    if (!func (&row, data)) {
      sqlite3_reset (statement);
      return;
    }
  }
}

static gint64
feed_last (HqStore *store, const char *hall)
{
  gint64 *head = g_hash_table_lookup (((HqStoreSqlite *)store)->feeds, hall);
  if (head != NULL)
    return *head;
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_FEED_LAST);
  hq_sqlite_bind_text (statement, 1, hall);
  return hq_sqlite_read_count (store, statement);
}

void
hq_sqlite_fill_messages (HqStoreClass *klass)
{
  klass->message_insert = message_insert;
  klass->message_find = message_find;
  klass->message_update = message_update;
  klass->message_list = message_list;
  klass->feed_append = feed_append;
  klass->feed_list = feed_list;
  klass->feed_last = feed_last;
}
