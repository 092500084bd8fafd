/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening, owning and copying the file; the ports are implemented in the files beside this one. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "tai-offline-error.h"

static void
visit_store_init (TaiVisitStoreInterface *iface)
{
  iface->commit = tai_store_commit;
  iface->find_order = tai_store_find_order;
  iface->list_orders = tai_store_list_orders;
  iface->list_payments = tai_store_list_payments;
  iface->list_open_payments = tai_store_list_open_payments;
  iface->find_open_shift = tai_store_find_open_shift;
  iface->find_last_closed_shift = tai_store_find_last_closed_shift;
  iface->list_resources = tai_store_list_resources;
  iface->find_resource = tai_store_find_resource;
  iface->report = tai_store_report;
  iface->balance = tai_store_balance;
  iface->list_balances = tai_store_list_balances;
  iface->list_movements = tai_store_list_movements;
  iface->find_shift = tai_store_find_shift;
  iface->find_approver = tai_store_find_approver;
  iface->find_z = tai_store_find_z;
  iface->find_shift_of = tai_store_find_shift_of;
  iface->list_open_shifts = tai_store_list_open_shifts;
  iface->list_arrived = tai_store_list_arrived;
  iface->list_supplements = tai_store_list_supplements;
  iface->find_hall_close = tai_store_find_hall_close;
  iface->find_debt = tai_store_find_debt;
  iface->list_debts = tai_store_list_debts;
  iface->get_setting = tai_store_get_setting;
  iface->list_work = tai_store_list_work;
  iface->find_message = tai_store_find_message;
  iface->list_unsent = tai_store_list_unsent;
  iface->list_order_events = tai_store_list_order_events;
  iface->get_stock = tai_store_get_stock;
  iface->list_journal = tai_store_list_journal;
  iface->find_staff = tai_store_find_staff;
  iface->list_staff = tai_store_list_staff;
  iface->replace_staff = tai_store_replace_staff;
  iface->note_sign_in = tai_store_note_sign_in;
  iface->use_code = tai_store_use_code;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiStore, tai_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_VISIT_STORE, visit_store_init)
                                   G_IMPLEMENT_INTERFACE (TAI_TYPE_OUTBOX, tai_store_outbox_init)
                                       G_IMPLEMENT_INTERFACE (TAI_TYPE_PRINT_QUEUE,
                                                              tai_store_print_queue_init))

static void
tai_store_finalize (GObject *object)
{
  TaiStore *self = TAI_STORE (object);

  g_clear_pointer (&self->db, tai_database_free);
  if (self->owner_fd >= 0)
    close (self->owner_fd); /* after the database: the lock outlives it */
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->next_due, g_hash_table_unref);
  G_OBJECT_CLASS (tai_store_parent_class)->finalize (object);
}

static void
tai_store_class_init (TaiStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_store_finalize;
}

static void
tai_store_init (TaiStore *self)
{
  self->owner_fd = -1;
  self->next_due = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* Opening ---------------------------------------------------------------------------------------------------------- */

static gboolean
is_uri (const char *path)
{
  return g_str_has_prefix (path, "file:");
}

/* Two writers can corrupt the log (I10), so the second is refused before SQLite sees the file. The kernel drops the lock
 * with the process, however it ends. */
static gboolean
take_ownership (TaiStore *self, GError **error)
{
  g_autofree char *name = g_strconcat (self->path, "-owner", NULL);
  int saved;

  self->owner_fd = open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->owner_fd >= 0 && flock (self->owner_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  saved = errno;
  g_set_error (error, TAI_OFFLINE_ERROR,
               saved == EWOULDBLOCK                 ? TAI_OFFLINE_ERROR_OWNED
               : saved == ENOSPC || saved == EDQUOT ? TAI_OFFLINE_ERROR_DISK_FULL
               : saved == EACCES || saved == EROFS  ? TAI_OFFLINE_ERROR_READ_ONLY
                                                    : TAI_OFFLINE_ERROR_IO,
               "%s: %s", name, g_strerror (saved));
  return FALSE;
}

/* Durable before it says yes. A database in memory has no log; its journal stays in memory, too. */
static gboolean
set_durability (TaiStore *self, GError **error)
{
  static const TaiSql wal = {"pragma.wal", "PRAGMA journal_mode = WAL"};
  g_autoptr (TaiQuery) query = NULL;

  if (!tai_database_script (self->db, "pragma", "PRAGMA synchronous = FULL; PRAGMA secure_delete = FAST",
                            error))
    return FALSE;
  if (is_uri (self->path))
    return tai_database_script (self->db, "pragma", "PRAGMA journal_mode = MEMORY", error);
  query = tai_database_query (self->db, &wal, error, "");
  if (query == NULL || tai_query_next (query, error) < 0)
    return FALSE;
  if (g_strcmp0 (tai_query_get_text (query, 0), "wal") == 0)
    return TRUE;
  g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_IO, "the file system cannot carry a log");
  return FALSE;
}

static gboolean
init_meta (TaiStore *self, const TaiTerminal *terminal, GError **error)
{
  static const TaiSql insert = {
      "meta.insert",
      "INSERT INTO meta (one, terminal, currency, epoch_letter, next_terminal_seq, receipt_day, "
      "next_receipt_seq, journal_seq, journal_head) VALUES (1, ?, ?, 'A', 1, '', 1, 0, zeroblob (32)) "
      "ON CONFLICT DO NOTHING"};

  return tai_database_run (self->db, &insert, error, "tw", terminal->id, (int)terminal->currency);
}

/* @terminal (nullable): a reader takes what it finds. */
static gboolean
check_meta (TaiStore *self, const TaiTerminal *terminal, GError **error)
{
  static const TaiSql select = {"meta.terminal", "SELECT terminal, currency FROM meta"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "");
  int step = query ? tai_query_next (query, error) : -1;

  if (step < 0)
    return FALSE;
  if (step == 0) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT,
                         "the database names no terminal");
    return FALSE;
  }
  if (terminal != NULL && g_strcmp0 (tai_query_get_text (query, 0), terminal->id) != 0) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_OTHER_TERMINAL, "the database is %s's, not %s's",
                 tai_query_get_text (query, 0), terminal->id);
    return FALSE;
  }
  self->currency = (guint16)tai_query_get_int (query, 1);
  return TRUE;
}

static gboolean
open_writer (TaiStore *self, const TaiTerminal *terminal, const TaiSchema *schema, GError **error)
{
  g_auto (TaiStoreVerification) found = {0};
  guint version;

  if (!is_uri (self->path) && !take_ownership (self, error))
    return FALSE;
  self->db = tai_database_open (self->path, TAI_DATABASE_WRITE, error);
  if (self->db == NULL || !tai_schema_check_header (self->db, schema, &version, error) ||
      !set_durability (self, error) || !tai_schema_migrate (self->db, schema, version, self->path, error))
    return FALSE;
  if (version == 0 && !init_meta (self, terminal, error))
    return FALSE;
  if (!check_meta (self, terminal, error) || !tai_store_count_open (self, error))
    return FALSE;
  /* A file that was made this moment, or one in memory, is as this program made it. */
  return version == 0 || is_uri (self->path) ||
         (tai_schema_check_objects (self->db, schema, error) &&
          tai_store_verify (self, TAI_VERIFY_RECENT, &found, error));
}

TaiStore *
tai_store_open_schema (const char *path, const TaiTerminal *terminal, const TaiSchema *schema, GError **error)
{
  g_autoptr (TaiStore) self = NULL;

  g_return_val_if_fail (path != NULL && terminal != NULL && terminal->id != NULL, NULL);

  self = g_object_new (TAI_TYPE_STORE, NULL);
  self->path = g_strdup (path);
  return open_writer (self, terminal, schema, error) ? g_steal_pointer (&self) : NULL;
}

TaiStore *
tai_store_open (const char *path, const TaiTerminal *terminal, GError **error)
{
  return tai_store_open_schema (path, terminal, &tai_schema, error);
}

TaiStore *
tai_store_open_readonly (const char *path, GError **error)
{
  g_autoptr (TaiStore) self = NULL;
  guint version;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (TAI_TYPE_STORE, NULL);
  self->path = g_strdup (path);
  self->db = tai_database_open (path, TAI_DATABASE_READ, error);
  if (self->db == NULL || !tai_schema_check_header (self->db, &tai_schema, &version, error))
    return NULL;
  if (version != tai_schema.n_steps) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_READ_ONLY,
                         "an older database is brought up to date by its owner first");
    return NULL;
  }
  return check_meta (self, NULL, error) ? g_steal_pointer (&self) : NULL;
}

void
tai_store_set_fault_hook (TaiStore *self, TaiStoreFaultFunc func, gpointer data)
{
  g_return_if_fail (TAI_IS_STORE (self));
  tai_database_set_fault_hook (self->db, func, data);
}

gboolean
tai_store_backup (TaiStore *self, const char *path, GError **error)
{
  static const TaiSql vacuum = {"store.backup", "VACUUM INTO ?"};

  g_return_val_if_fail (TAI_IS_STORE (self) && path != NULL, FALSE);
  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_EXISTS, "%s is there already", path);
    return FALSE;
  }
  return tai_database_run (self->db, &vacuum, error, "t", path);
}
