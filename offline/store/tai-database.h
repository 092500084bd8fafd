/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "tai-canonical.h"

G_BEGIN_DECLS

/*
 * One SQLite connection: statements that are prepared once, values bound by a format, foreign errors converted here, and the
 * hook by which a test makes any step fail. Private to offline/store. One thread at a time (the store's worker).
 */
typedef struct _TaiDatabase TaiDatabase;

/* A statement: a static constant, whose address is its key in the cache. @name is what the fault hook sees. */
typedef struct {
  const char *name;
  const char *text;
} TaiSql;

/* A statement in use; ends with its scope. Not for recursion: one use of a TaiSql at a time. */
typedef struct _TaiQuery TaiQuery;

/**
 * TaiFaultFunc:
 * @step: name of the statement ("order.insert"), or "begin", "commit"
 * @after: FALSE before it runs, TRUE when it has run
 *
 * TRUE makes the step fail as a disk error does. After "commit" the change is durable: TRUE there is a power cut, and the
 * connection says TAI_OFFLINE_ERROR_CLOSED from then on.
 */
typedef gboolean (*TaiFaultFunc) (const char *step, gboolean after, gpointer data);

typedef enum { TAI_DATABASE_WRITE, TAI_DATABASE_READ } TaiDatabaseMode;

/* @path: a file, or an SQLite URI ("file:…"). */
TaiDatabase *tai_database_open (const char *path, TaiDatabaseMode mode, GError **error);
void tai_database_free (TaiDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiDatabase, tai_database_free)
sqlite3 *tai_database_get_handle (TaiDatabase *self);
gboolean tai_database_is_read_only (TaiDatabase *self);
void tai_database_set_fault_hook (TaiDatabase *self, TaiFaultFunc func, gpointer data);

/* BEGIN IMMEDIATE: a change takes the write lock first, so that it never fails half way for another writer. Commit rolls
 * back on failure. */
gboolean tai_database_begin (TaiDatabase *self, GError **error);
gboolean tai_database_commit (TaiDatabase *self, GError **error);
void tai_database_rollback (TaiDatabase *self);

/* Several statements that are run once (schema, pragmas). */
gboolean tai_database_script (TaiDatabase *self, const char *name, const char *text, GError **error);

/*
 * @format, one letter a value: t const char* (nullable, "" stays ""), u const TaiUuid* (NULL or text[0] == 0: NULL),
 * i gint64, w int, b GBytes* (nullable), d const TaiDigest* (nullable).
 */
gboolean tai_database_run (TaiDatabase *self, const TaiSql *sql, GError **error, const char *format, ...);
TaiQuery *tai_database_query (TaiDatabase *self, const TaiSql *sql, GError **error, const char *format, ...);
gint64 tai_database_get_changes (TaiDatabase *self);  /* rows of the last statement */
gint64 tai_database_get_last_row (TaiDatabase *self); /* rowid of the last insert */

void tai_query_end (TaiQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiQuery, tai_query_end)
/* 1 a row, 0 no more, -1 error. */
int tai_query_next (TaiQuery *self, GError **error);
const char *tai_query_get_text (TaiQuery *self, int column); /* until the next row; NULL */
char *tai_query_dup_text (TaiQuery *self, int column);
gint64 tai_query_get_int (TaiQuery *self, int column);
gboolean tai_query_is_null (TaiQuery *self, int column);
GBytes *tai_query_dup_bytes (TaiQuery *self, int column); /* (transfer full) (nullable) */
TaiUuid tai_query_get_uuid (TaiQuery *self, int column);
TaiDigest tai_query_get_digest (TaiQuery *self, int column); /* NULL: zeros */

/* One integer of one row; @fallback if there is none. */
gboolean tai_database_get_int (TaiDatabase *self, const TaiSql *sql, gint64 fallback, gint64 *value,
                               GError **error, const char *format, ...);

/* The log: bytes in it that the file lacks, as the last commit or checkpoint left them. */
gint64 tai_database_get_log_bytes (TaiDatabase *self);
gboolean tai_database_checkpoint (TaiDatabase *self, gboolean truncate, GError **error);

/* Sets @error from an SQLite result code; FALSE. */
gboolean tai_database_fail (TaiDatabase *self, int rc, const char *step, GError **error);

G_END_DECLS
