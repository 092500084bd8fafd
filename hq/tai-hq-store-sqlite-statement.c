/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statements of the store: prepared once, filled, stepped, read. Foreign errors become the sticky error here and nowhere else. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store-sqlite-private.h"

#include <string.h>

#include "tai-hq-error.h"

static void
fail (HqStore *store, const char *what)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  if (store->error == NULL)
    g_set_error (&store->error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE, "%s: %s", what, sqlite3_errmsg (self->db));
}

sqlite3_stmt *
hq_sqlite_use (HqStore *store, HqSql which)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  g_assert (which < HQ_SQL_LAST && hq_store_sqlite_text[which] != NULL);
  if (store->error != NULL)
    return NULL;
  sqlite3_stmt **slot = &self->statements[which];
  if (*slot == NULL) {
    if (sqlite3_prepare_v3 (self->db, hq_store_sqlite_text[which], -1, SQLITE_PREPARE_PERSISTENT, slot,
                            NULL) != SQLITE_OK)
      fail (store, "prepare");
    return *slot;
  }
  sqlite3_reset (*slot);
  sqlite3_clear_bindings (*slot);
  return *slot;
}

gboolean
hq_sqlite_step (HqStore *store, sqlite3_stmt *statement)
{
  if (statement == NULL)
    return FALSE;
  int result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    fail (store, "step");
  sqlite3_reset (statement);
  return FALSE;
}

gboolean
hq_sqlite_run (HqStore *store, sqlite3_stmt *statement)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  if (statement == NULL)
    return FALSE;
  while (hq_sqlite_step (store, statement))
    ;
  return store->error == NULL && sqlite3_changes (self->db) > 0;
}

void
hq_sqlite_bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  if (statement != NULL && text != NULL)
    sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
}

void
hq_sqlite_bind_bytes (sqlite3_stmt *statement, int index, GBytes *bytes)
{
  if (statement == NULL || bytes == NULL)
    return;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  sqlite3_bind_blob64 (statement, index, size > 0 ? data : "", size, SQLITE_STATIC);
}

void
hq_sqlite_bind_digest (sqlite3_stmt *statement, int index, const TaiDigest *digest)
{
  if (statement != NULL)
    sqlite3_bind_blob (statement, index, digest->byte, TAI_DIGEST_SIZE, SQLITE_STATIC);
}

void
hq_sqlite_bind_time (sqlite3_stmt *statement, int index, gint64 time_us)
{
  if (statement != NULL && time_us != 0)
    sqlite3_bind_int64 (statement, index, time_us);
}

const char *
hq_sqlite_text (sqlite3_stmt *statement, int column)
{
  return (const char *)sqlite3_column_text (statement, column);
}

GBytes *
hq_sqlite_bytes (sqlite3_stmt *statement, int column)
{
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return NULL;
  const void *data = sqlite3_column_blob (statement, column);
  return g_bytes_new (data, (gsize)sqlite3_column_bytes (statement, column));
}

TaiDigest
hq_sqlite_digest (sqlite3_stmt *statement, int column)
{
  TaiDigest digest = {{0}};
  const void *data = sqlite3_column_blob (statement, column);
  if (data != NULL && sqlite3_column_bytes (statement, column) == TAI_DIGEST_SIZE)
    memcpy (digest.byte, data, TAI_DIGEST_SIZE);
  return digest;
}

const char *
hq_sqlite_keep (GStringChunk *chunk, sqlite3_stmt *statement, int column)
{
  const char *text = hq_sqlite_text (statement, column);
  return text != NULL ? g_string_chunk_insert (chunk, text) : NULL;
}

gint64
hq_sqlite_read_count (HqStore *store, sqlite3_stmt *statement)
{
  gint64 count = hq_sqlite_step (store, statement) ? sqlite3_column_int64 (statement, 0) : 0;
  if (statement != NULL)
    sqlite3_reset (statement);
  return count;
}
