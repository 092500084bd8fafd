/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The resources of the standard that are nothing but their body: one table, found by kind and id, by line, by customer. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store-sqlite-private.h"

static sqlite3_stmt *
bind_row (HqStore *store, HqSql which, const HqDocumentRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, which);
  const char *text[] = {row->kind, row->hall, row->id, row->line, row->party};
  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  sqlite3_bind_int64 (statement, 6, row->created_us);
  sqlite3_bind_int64 (statement, 7, row->changed_us);
  hq_sqlite_bind_bytes (statement, 8, row->body);
  return statement;
}

static gboolean
document_insert (HqStore *store, const HqDocumentRow *row)
{
  return hq_sqlite_run (store, bind_row (store, HQ_SQL_DOCUMENT_INSERT, row));
}

static void
document_put (HqStore *store, const HqDocumentRow *row)
{
  hq_sqlite_run (store, bind_row (store, HQ_SQL_DOCUMENT_PUT, row));
}

static HqDocumentRow
read_row (sqlite3_stmt *statement)
{
  GStringChunk *chunk = g_string_chunk_new (256);
  return (HqDocumentRow){
      .kind = hq_sqlite_keep (chunk, statement, 0),
      .hall = hq_sqlite_keep (chunk, statement, 1),
      .id = hq_sqlite_keep (chunk, statement, 2),
      .line = hq_sqlite_keep (chunk, statement, 3),
      .party = hq_sqlite_keep (chunk, statement, 4),
      .created_us = sqlite3_column_int64 (statement, 5),
      .changed_us = sqlite3_column_int64 (statement, 6),
      .body = hq_sqlite_bytes (statement, 7),
      .chunk = chunk,
  };
}

static gboolean
document_find (HqStore *store, const char *kind, const char *hall, const char *id, HqDocumentRow *row)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_DOCUMENT_FIND);
  hq_sqlite_bind_text (statement, 1, kind);
  hq_sqlite_bind_text (statement, 2, hall);
  hq_sqlite_bind_text (statement, 3, id);
  if (!hq_sqlite_step (store, statement))
    return FALSE;
  *row = read_row (statement);
  sqlite3_reset (statement);
  return TRUE;
}

static void
document_list (HqStore *store, const HqDocumentFilter *filter, HqDocumentFunc func, gpointer data)
{
  HqSql which = filter->line != NULL       ? HQ_SQL_DOCUMENT_LIST_LINE
                : filter->party != NULL    ? HQ_SQL_DOCUMENT_LIST_PARTY
                : filter->original != NULL ? HQ_SQL_DOCUMENT_LIST_ORIGINAL
                : filter->hall != NULL     ? HQ_SQL_DOCUMENT_LIST_HALL
                                           : HQ_SQL_DOCUMENT_LIST;
  sqlite3_stmt *statement = hq_sqlite_use (store, which);
  const char *text[] = {filter->kind, filter->hall, filter->line, filter->party, filter->original};
  gboolean more = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    hq_sqlite_bind_text (statement, (int)i + 1, text[i]);
  while (more && hq_sqlite_step (store, statement)) {
    g_auto (HqDocumentRow) row = read_row (statement);
    more = func (&row, data);
  }
  if (!more)
    sqlite3_reset (statement);
}

static void
document_delete (HqStore *store, const char *kind, const char *hall, const char *id)
{
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_DOCUMENT_DELETE);
  hq_sqlite_bind_text (statement, 1, kind);
  hq_sqlite_bind_text (statement, 2, hall);
  hq_sqlite_bind_text (statement, 3, id);
  hq_sqlite_run (store, statement);
}

void
hq_sqlite_fill_documents (HqStoreClass *klass)
{
  klass->document_insert = document_insert;
  klass->document_put = document_put;
  klass->document_find = document_find;
  klass->document_list = document_list;
  klass->document_delete = document_delete;
}
