/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The embedded store: opening, schema, transactions, backup. One connection that writes and checkpoints (SQLite's WAL-reset
 * bug wants exactly that), one thread at a time.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-store-sqlite-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "tai-hq-error.h"
#include "tai-log-vfs.h"

/* ---- transactions ---- */

static void
begin (HqStore *store)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  g_return_if_fail (!self->in_transaction);
  g_clear_error (&store->error);
  hq_sqlite_run (store, hq_sqlite_use (store, HQ_SQL_BEGIN));
  self->in_transaction = store->error == NULL;
}

/* A full disk may have ended the transaction already; the sticky error stays what it was. */
static void
rollback (HqStore *store)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  for (guint i = 0; i < HQ_SQL_LAST; i++)
    if (self->statements[i] != NULL)
      sqlite3_reset (self->statements[i]);
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, hq_store_sqlite_text[HQ_SQL_ROLLBACK], NULL, NULL, NULL);
  self->in_transaction = FALSE;
  self->n_listeners = -1;
  hq_sqlite_forget_sums (store);
  g_hash_table_remove_all (self->feeds);
  hq_recent_clear (&store->recent); /* what it knows may never have come */
  if (store->suspects != NULL)
    g_hash_table_remove_all (store->suspects);
}

static void
commit (HqStore *store)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  hq_sqlite_write_sums (store);
  hq_sqlite_write_feeds (store);
  hq_sqlite_run (store, hq_sqlite_use (store, HQ_SQL_COMMIT));
  if (store->error != NULL)
    rollback (store);
  self->in_transaction = FALSE;
}

/* ---- copies ---- */

static gboolean
is_whole (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  gboolean whole = sqlite3_prepare_v2 (db, "PRAGMA integrity_check", -1, &statement, NULL) == SQLITE_OK &&
                   sqlite3_step (statement) == SQLITE_ROW &&
                   g_strcmp0 (hq_sqlite_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);
  return whole;
}

/* One file, no log beside it, checked whole. */
static gboolean
copy_database (sqlite3 *from, const char *path, GError **error)
{
  sqlite3 *to = NULL;
  gboolean done = sqlite3_open_v2 (path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK;
  sqlite3_backup *backup = done ? sqlite3_backup_init (to, "main", from, "main") : NULL;
  done = backup != NULL && sqlite3_backup_step (backup, -1) == SQLITE_DONE;
  done = sqlite3_backup_finish (backup) == SQLITE_OK && done;
  done = done && sqlite3_exec (to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK &&
         is_whole (to);
  if (!done)
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE, "%s: the copy failed: %s", path,
                 sqlite3_errmsg (to));
  sqlite3_close (to);
  return done;
}

/* ---- opening ---- */

static void
store_free (HqStore *store)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  for (guint i = 0; i < HQ_SQL_LAST; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close (self->db);
  g_hash_table_unref (self->sums);
  g_hash_table_unref (self->feeds);
  g_free (self);
}

static gboolean
execute (sqlite3 *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE, "%s", sqlite3_errmsg (db));
  return FALSE;
}

static gint64
read_pragma (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 value = -1;
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

static gboolean
check_schema (sqlite3 *db, gint64 *version, GError **error)
{
  *version = read_pragma (db, "PRAGMA user_version");
  gint64 application = read_pragma (db, "PRAGMA application_id");
  if (*version < 0 || application < 0) {
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE, "%s", sqlite3_errmsg (db));
    return FALSE;
  }
  gboolean empty = *version == 0 && application == 0 && read_pragma (db, "PRAGMA schema_version") == 0;
  if (!empty && application != HQ_APPLICATION_ID) {
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_SCHEMA, "the file is no store of headquarters");
    return FALSE;
  }
  if (*version > HQ_SCHEMA_VERSION) {
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_SCHEMA,
                 "schema version %" G_GINT64_FORMAT ", known are up to %d", *version, HQ_SCHEMA_VERSION);
    return FALSE;
  }
  return TRUE;
}

/* What was there before a migration stays beside it as FILE.v1, FILE.v2, … */
static gboolean
keep_old (HqStoreSqlite *self, const char *path, gint64 version, GError **error)
{
  if (version == 0 || version == HQ_SCHEMA_VERSION)
    return TRUE;
  g_autofree char *kept = g_strdup_printf ("%s.v%" G_GINT64_FORMAT, path, version);
  g_autofree char *temporary = g_strconcat (kept, ".tmp", NULL);
  g_unlink (temporary); /* half a copy of a start that was cut off */
  if (!copy_database (self->db, temporary, error))
    return FALSE;
  if (g_rename (temporary, kept) == 0)
    return TRUE;
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE, "%s: %s", kept, g_strerror (errno));
  return FALSE;
}

/* Each step in one transaction of its own. */
static gboolean
migrate (HqStoreSqlite *self, const char *epoch, gint64 version, GError **error)
{
  gboolean fresh = version == 0;
  for (; version < HQ_SCHEMA_VERSION; version++) {
    g_autofree char *sql = g_strdup_printf (
        "BEGIN IMMEDIATE; %s PRAGMA application_id = %d; PRAGMA user_version = %" G_GINT64_FORMAT "; COMMIT;",
        hq_store_sqlite_schema[version], HQ_APPLICATION_ID, version + 1);
    if (!execute (self->db, sql, error))
      return FALSE;
  }
  if (!fresh)
    return TRUE;
  begin (&self->parent);
  self->parent.klass->setting_put (&self->parent, "epoch", epoch);
  commit (&self->parent);
  if (self->parent.error != NULL)
    g_propagate_error (error, g_error_copy (self->parent.error));
  return self->parent.error == NULL;
}

static const HqStoreClass *
get_class (void)
{
  static HqStoreClass klass;
  if (klass.name == NULL) {
    klass = (HqStoreClass){.free = store_free, .begin = begin, .commit = commit, .rollback = rollback};
    hq_sqlite_fill_documents (&klass);
    hq_sqlite_fill_lines (&klass);
    hq_sqlite_fill_messages (&klass);
    hq_sqlite_fill_orders (&klass);
    hq_sqlite_fill_south (&klass);
    hq_sqlite_fill_events (&klass);
    hq_sqlite_fill_things (&klass);
    hq_sqlite_fill_pays (&klass);
    hq_sqlite_fill_debts (&klass);
    hq_sqlite_fill_money (&klass);
    hq_sqlite_fill_bank (&klass);
    klass.name = "sqlite";
  }
  return &klass;
}

HqStore *
hq_store_sqlite_new (const char *path, const char *epoch, GError **error)
{
  HqStoreSqlite *self = g_new0 (HqStoreSqlite, 1);
  self->parent.klass = get_class ();
  self->n_listeners = -1;
  self->sums = hq_sqlite_new_sums ();
  self->feeds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (HqStore) store = &self->parent;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2 (path, &self->db, flags, tai_log_vfs_get ()) != SQLITE_OK) {
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE, "%s: %s", path, sqlite3_errmsg (self->db));
    return NULL;
  }
  sqlite3_extended_result_codes (self->db, 1);
  gint64 version;
  /* the check comes first: nothing is changed in a file that is not ours */
  if (!check_schema (self->db, &version, error) || !execute (self->db, hq_store_sqlite_pragmas, error) ||
      !keep_old (self, path, version, error) || !migrate (self, epoch, version, error))
    return NULL;
  return g_steal_pointer (&store);
}

void
hq_store_sqlite_checkpoint (HqStore *store)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  g_return_if_fail (!self->in_transaction);
  sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

/* ---- backup ---- */

static gboolean
must_not_exist (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_FOLDER, "%s: is there already", path);
  return FALSE;
}

gboolean
hq_store_sqlite_backup (HqStore *store, const char *path, GError **error)
{
  HqStoreSqlite *self = (HqStoreSqlite *)store;
  g_return_val_if_fail (!self->in_transaction, FALSE);
  if (!must_not_exist (path, error) || !copy_database (self->db, path, error))
    return FALSE;
  /* one writer, and it is us: the copy contains exactly what stands here */
  begin (store);
  store->klass->terminal_prove_all (store);
  commit (store);
  if (store->error != NULL)
    g_propagate_error (error, g_error_copy (store->error));
  return store->error == NULL;
}

#define FEED_JUMP (G_GINT64_CONSTANT (1) << 40)

/* The lost store gave numbers of the feed that this one has not: they must not be given twice. */
static void
begin_epoch (HqStore *store, const char *epoch)
{
  gint64 base = hq_store_get_number (store, "feed_base", 0) + FEED_JUMP;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, base);
  store->klass->setting_put (store, "epoch", epoch);
  store->klass->setting_put (store, "feed_base", text);
  store->klass->terminal_prove_all (store);
  sqlite3_stmt *statement = hq_sqlite_use (store, HQ_SQL_FEED_JUMP);
  if (statement != NULL)
    sqlite3_bind_int64 (statement, 1, FEED_JUMP);
  hq_sqlite_run (store, statement);
}

gboolean
hq_store_sqlite_restore (const char *backup, const char *path, const char *epoch, GError **error)
{
  sqlite3 *from = NULL;
  if (!must_not_exist (path, error))
    return FALSE;
  gboolean done = sqlite3_open_v2 (backup, &from, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK && is_whole (from);
  if (!done)
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_STORE, "%s: %s", backup, sqlite3_errmsg (from));
  done = done && copy_database (from, path, error);
  sqlite3_close (from);
  if (!done)
    return FALSE;
  g_autoptr (HqStore) store = hq_store_sqlite_new (path, epoch, error);
  if (store == NULL)
    return FALSE;
  begin (store);
  begin_epoch (store, epoch);
  commit (store);
  if (store->error != NULL)
    g_propagate_error (error, g_error_copy (store->error));
  return store->error == NULL;
}
