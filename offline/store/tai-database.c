/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * See tai-database.h. SQLite 3.40.1 corrupts a WAL when two connections checkpoint it (sqlite.org/wal.html#walresetbug):
 * automatic checkpoints are off here for writers and readers alike, the store's one writer runs them when it is idle.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-database.h"

#include <stdarg.h>
#include <string.h>

#include "tai-log-vfs.h"
#include "tai-offline-error.h"

/* Only readers of other processes can be in the way, and only for a moment. */
#define BUSY_TIMEOUT_MS 2000
#define CACHE_KIB       16384
/* Small pages: a sale touches 35 of them, and what is logged is what its commit waits for. */
#define PAGE_SIZE 1024

struct _TaiDatabase {
  sqlite3 *handle;        /* (owned) */
  GHashTable *statements; /* (owned): TaiSql -> (owned) TaiQuery */
  TaiFaultFunc fault;     /* (nullable) */
  gpointer fault_data;
  gint64 log_pages;
  gboolean read_only;
  gboolean played_fault_after; /* the last step had run when the hook made it fail */
  gboolean is_dead;            /* a power cut was played */
};

struct _TaiQuery {
  TaiDatabase *db;
  sqlite3_stmt *statement; /* (owned) */
  const char *name;
  gboolean in_use;
};

static TaiOfflineError
error_code (int rc)
{
  switch (rc & 0xff) {
  case SQLITE_FULL:
    return TAI_OFFLINE_ERROR_DISK_FULL;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return TAI_OFFLINE_ERROR_OWNED;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_FORMAT:
    return TAI_OFFLINE_ERROR_CORRUPT;
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_AUTH:
    return TAI_OFFLINE_ERROR_READ_ONLY;
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
    return TAI_OFFLINE_ERROR_IO;
  case SQLITE_CONSTRAINT:
    return rc == SQLITE_CONSTRAINT_FOREIGNKEY ? TAI_OFFLINE_ERROR_UNKNOWN_RECORD
           : rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY ? TAI_OFFLINE_ERROR_EXISTS
                                                                                  : TAI_OFFLINE_ERROR_FAILED;
  default:
    return TAI_OFFLINE_ERROR_FAILED;
  }
}

gboolean
tai_database_fail (TaiDatabase *self, int rc, const char *step, GError **error)
{
  const char *message = self->handle && sqlite3_extended_errcode (self->handle) == rc
                            ? sqlite3_errmsg (self->handle)
                            : sqlite3_errstr (rc);

  g_set_error (error, TAI_OFFLINE_ERROR, error_code (rc), "%s: %s (%d)", step, message, rc);
  return FALSE;
}

static gboolean
fail_dead (const char *step, GError **error)
{
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CLOSED, "%s: the connection is gone", step);
  return FALSE;
}

static gboolean
is_faulty (TaiDatabase *self, const char *step, gboolean after)
{
  return self->fault != NULL && self->fault (step, after, self->fault_data);
}

/* Opening ---------------------------------------------------------------------------------------------------------- */

/* Defensive: nobody writes the schema by hand, and a schema from outside calls no functions. */
static void
configure (sqlite3 *handle)
{
  sqlite3_extended_result_codes (handle, 1);
  sqlite3_busy_timeout (handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
  /* The last reader or writer that closes would checkpoint; only the owner does, and says when. */
  sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

/* Instead of SQLite's own hook, which would checkpoint on a sale. */
static int
log_grew_cb (void *data, sqlite3 *handle, const char *name, int n_pages)
{
  TaiDatabase *self = data;

  self->log_pages = n_pages;
  return SQLITE_OK;
}

TaiDatabase *
tai_database_open (const char *path, TaiDatabaseMode mode, GError **error)
{
  g_autoptr (TaiDatabase) self = g_new0 (TaiDatabase, 1);
  int flags = mode == TAI_DATABASE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  int rc;

  self->read_only = mode == TAI_DATABASE_READ;
  rc = sqlite3_open_v2 (
      path, &self->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE,
      mode == TAI_DATABASE_WRITE && !g_str_has_prefix (path, "file:") ? tai_log_vfs_get () : NULL);
  if (rc != SQLITE_OK) {
    tai_database_fail (self, rc, path, error);
    return NULL;
  }
  self->statements = g_hash_table_new (NULL, NULL);
  configure (self->handle);
  sqlite3_wal_hook (self->handle, log_grew_cb, self);
  if (!tai_database_script (
          self, "pragma",
          "PRAGMA page_size = " G_STRINGIFY (
              PAGE_SIZE) "; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
                         "PRAGMA cache_size = -" G_STRINGIFY (CACHE_KIB),
          error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
query_free (TaiQuery *self)
{
  sqlite3_finalize (self->statement);
  g_free (self);
}

void
tai_database_free (TaiDatabase *self)
{
  GHashTableIter iter;
  gpointer query;

  if (!self)
    return;
  if (self->statements) {
    g_hash_table_iter_init (&iter, self->statements);
    while (g_hash_table_iter_next (&iter, NULL, &query))
      query_free (query);
    g_hash_table_unref (self->statements);
  }
  if (self->handle)
    tai_database_rollback (self);
  sqlite3_close (self->handle);
  g_free (self);
}

sqlite3 *
tai_database_get_handle (TaiDatabase *self)
{
  return self->handle;
}

gboolean
tai_database_is_read_only (TaiDatabase *self)
{
  return self->read_only;
}

void
tai_database_set_fault_hook (TaiDatabase *self, TaiFaultFunc func, gpointer data)
{
  self->fault = func;
  self->fault_data = data;
}

gint64
tai_database_get_log_bytes (TaiDatabase *self)
{
  return self->log_pages * PAGE_SIZE;
}

gboolean
tai_database_checkpoint (TaiDatabase *self, gboolean truncate, GError **error)
{
  int n_log = 0, n_moved = 0, rc;

  if (self->is_dead)
    return fail_dead ("checkpoint", error);
  rc = is_faulty (self, "checkpoint", FALSE)
           ? SQLITE_IOERR
           : sqlite3_wal_checkpoint_v2 (self->handle, "main",
                                        truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
                                        &n_log, &n_moved);
  if (rc != SQLITE_OK)
    return tai_database_fail (self, rc, "checkpoint", error);
  self->log_pages = n_log - n_moved;
  return TRUE;
}

/* Transactions ------------------------------------------------------------------------------------------------------ */

gboolean
tai_database_begin (TaiDatabase *self, GError **error)
{
  static const TaiSql begin = {"begin", "BEGIN IMMEDIATE"};

  g_assert (self->is_dead || sqlite3_get_autocommit (self->handle));
  if (tai_database_run (self, &begin, error, ""))
    return TRUE;
  tai_database_rollback (self); /* a fault after it */
  return FALSE;
}

gboolean
tai_database_commit (TaiDatabase *self, GError **error)
{
  static const TaiSql commit = {"commit", "COMMIT"};
  gboolean good = tai_database_run (self, &commit, error, "");

  if (!good && self->played_fault_after) /* durable, yet the caller is told that it failed */
    self->is_dead = TRUE;
  if (!good)
    tai_database_rollback (self);
  return good;
}

/* Nothing can be done if it fails, and nothing needs to be: what was not committed is not there after a reopening. */
void
tai_database_rollback (TaiDatabase *self)
{
  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
tai_database_script (TaiDatabase *self, const char *name, const char *text, GError **error)
{
  int rc;

  if (self->is_dead)
    return fail_dead (name, error);
  rc = is_faulty (self, name, FALSE) ? SQLITE_IOERR : sqlite3_exec (self->handle, text, NULL, NULL, NULL);
  if (rc == SQLITE_OK && is_faulty (self, name, TRUE))
    rc = SQLITE_IOERR;
  return rc == SQLITE_OK || tai_database_fail (self, rc, name, error);
}

/* Statements --------------------------------------------------------------------------------------------------------- */

static TaiQuery *
find_query (TaiDatabase *self, const TaiSql *sql, GError **error)
{
  TaiQuery *query;
  int rc;

  if (self->is_dead) {
    fail_dead (sql->name, error);
    return NULL;
  }
  query = g_hash_table_lookup (self->statements, sql);
  if (query == NULL) {
    query = g_new0 (TaiQuery, 1);
    *query = (TaiQuery){.db = self, .name = sql->name};
    rc = sqlite3_prepare_v3 (self->handle, sql->text, -1, SQLITE_PREPARE_PERSISTENT, &query->statement, NULL);
    if (rc != SQLITE_OK) {
      query_free (query);
      tai_database_fail (self, rc, sql->name, error);
      return NULL;
    }
    g_hash_table_insert (self->statements, (gpointer)sql, query);
  }
  g_assert (!query->in_use);
  query->in_use = TRUE;
  return query;
}

static int
bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  return text ? sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC)
              : sqlite3_bind_null (statement, index);
}

static int
bind_bytes (sqlite3_stmt *statement, int index, GBytes *bytes)
{
  gsize size;
  gconstpointer data;

  if (bytes == NULL)
    return sqlite3_bind_null (statement, index);
  data = g_bytes_get_data (bytes, &size);
  return data ? sqlite3_bind_blob64 (statement, index, data, size, SQLITE_STATIC)
              : sqlite3_bind_zeroblob (statement, index, 0);
}

static int
bind_digest (sqlite3_stmt *statement, int index, const TaiDigest *digest)
{
  return digest ? sqlite3_bind_blob (statement, index, digest->byte, TAI_DIGEST_SIZE, SQLITE_STATIC)
                : sqlite3_bind_null (statement, index);
}

/* Nothing is copied: what is bound lives until the statement has run, which is within the caller's scope. */
static int
bind_value (sqlite3_stmt *statement, int index, char letter, va_list *values)
{
  const TaiUuid *uuid;

  switch (letter) {
  case 't':
    return bind_text (statement, index, va_arg (*values, const char *));
  case 'u':
    uuid = va_arg (*values, const TaiUuid *);
    return bind_text (statement, index, uuid && uuid->text[0] ? uuid->text : NULL);
  case 'i':
    return sqlite3_bind_int64 (statement, index, va_arg (*values, gint64));
  case 'w':
    return sqlite3_bind_int (statement, index, va_arg (*values, int));
  case 'b':
    return bind_bytes (statement, index, va_arg (*values, GBytes *));
  case 'd':
    return bind_digest (statement, index, va_arg (*values, const TaiDigest *));
  default:
    g_assert_not_reached ();
  }
}

static gboolean
bind_values (TaiQuery *query, const char *format, va_list *values, GError **error)
{
  int rc = SQLITE_OK;

  g_assert ((int)strlen (format) == sqlite3_bind_parameter_count (query->statement));
  for (int i = 0; format[i] && rc == SQLITE_OK; i++)
    rc = bind_value (query->statement, i + 1, format[i], values);
  return rc == SQLITE_OK || tai_database_fail (query->db, rc, query->name, error);
}

static TaiQuery *
query_valist (TaiDatabase *self, const TaiSql *sql, GError **error, const char *format, va_list *values)
{
  g_autoptr (TaiQuery) query = find_query (self, sql, error);

  if (query == NULL || !bind_values (query, format, values, error))
    return NULL;
  return g_steal_pointer (&query);
}

TaiQuery *
tai_database_query (TaiDatabase *self, const TaiSql *sql, GError **error, const char *format, ...)
{
  TaiQuery *query;
  va_list values;

  va_start (values, format);
  query = query_valist (self, sql, error, format, &values);
  va_end (values);
  return query;
}

gboolean
tai_database_run (TaiDatabase *self, const TaiSql *sql, GError **error, const char *format, ...)
{
  g_autoptr (TaiQuery) query = NULL;
  va_list values;

  va_start (values, format);
  query = query_valist (self, sql, error, format, &values);
  va_end (values);
  return query != NULL && tai_query_next (query, error) >= 0;
}

gboolean
tai_database_get_int (TaiDatabase *self, const TaiSql *sql, gint64 fallback, gint64 *value, GError **error,
                      const char *format, ...)
{
  g_autoptr (TaiQuery) query = NULL;
  va_list values;
  int step;

  va_start (values, format);
  query = query_valist (self, sql, error, format, &values);
  va_end (values);
  step = query ? tai_query_next (query, error) : -1;
  if (step < 0)
    return FALSE;
  *value = step > 0 && !tai_query_is_null (query, 0) ? tai_query_get_int (query, 0) : fallback;
  return TRUE;
}

gint64
tai_database_get_changes (TaiDatabase *self)
{
  return sqlite3_changes64 (self->handle);
}

gint64
tai_database_get_last_row (TaiDatabase *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

void
tai_query_end (TaiQuery *self)
{
  if (!self)
    return;
  sqlite3_reset (self->statement);
  sqlite3_clear_bindings (self->statement);
  self->in_use = FALSE;
}

int
tai_query_next (TaiQuery *self, GError **error)
{
  int rc = is_faulty (self->db, self->name, FALSE) ? SQLITE_IOERR : sqlite3_step (self->statement);

  self->db->played_fault_after =
      (rc == SQLITE_ROW || rc == SQLITE_DONE) && is_faulty (self->db, self->name, TRUE);
  if (self->db->played_fault_after)
    rc = SQLITE_IOERR;
  if (rc == SQLITE_ROW)
    return 1;
  if (rc == SQLITE_DONE)
    return 0;
  tai_database_fail (self->db, rc, self->name, error);
  return -1;
}

const char *
tai_query_get_text (TaiQuery *self, int column)
{
  return (const char *)sqlite3_column_text (self->statement, column);
}

char *
tai_query_dup_text (TaiQuery *self, int column)
{
  return g_strdup (tai_query_get_text (self, column));
}

gint64
tai_query_get_int (TaiQuery *self, int column)
{
  return sqlite3_column_int64 (self->statement, column);
}

gboolean
tai_query_is_null (TaiQuery *self, int column)
{
  return sqlite3_column_type (self->statement, column) == SQLITE_NULL;
}

GBytes *
tai_query_dup_bytes (TaiQuery *self, int column)
{
  if (tai_query_is_null (self, column))
    return NULL;
  return g_bytes_new (sqlite3_column_blob (self->statement, column),
                      sqlite3_column_bytes (self->statement, column));
}

TaiUuid
tai_query_get_uuid (TaiQuery *self, int column)
{
  TaiUuid uuid = {""};
  const char *text = tai_query_get_text (self, column);

  if (text != NULL)
    g_strlcpy (uuid.text, text, sizeof uuid.text);
  return uuid;
}

TaiDigest
tai_query_get_digest (TaiQuery *self, int column)
{
  TaiDigest digest = {{0}};
  const void *data = sqlite3_column_blob (self->statement, column);

  if (data != NULL && sqlite3_column_bytes (self->statement, column) == TAI_DIGEST_SIZE)
    memcpy (digest.byte, data, TAI_DIGEST_SIZE);
  return digest;
}
