/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-sim-disk.h"

#include <string.h>

#include "tai-sim-memory.h"

#define DISK_PREFIX  "file:/sim-disk-"
#define PAGE_SLOT    (4096 + 512) /* of the larger pages, HQ's */
#define N_PAGE_SLOTS 4096
/* Of a terminal's database: what lies in memory is copied page by page, before it is changed and when it is written. An empty
 * database has its size for ever. */
#define SMALL_PAGES "PRAGMA page_size = 1024; VACUUM"
/* Where a database's header counts its writes: whoever has pages in his cache looks here whether they are still good. */
#define HEADER_CHANGE_COUNT 24
#define HEADER_VALID_FOR    92
/* More than a life writes: no count comes twice for two contents. */
#define COUNTS_OF_A_LIFE 4096

int __real_sqlite3_open_v2 (const char *name, sqlite3 **handle, int flags, const char *vfs);
int __real_sqlite3_close (sqlite3 *handle);
int __real_sqlite3_prepare_v3 (sqlite3 *handle, const char *text, int size, unsigned flags,
                               sqlite3_stmt **statement, const char **tail);
int __real_sqlite3_finalize (sqlite3_stmt *statement);
int __real_sqlite3_exec (sqlite3 *handle, const char *text, sqlite3_callback row, void *data, char **words);
int __wrap_sqlite3_open_v2 (const char *name, sqlite3 **handle, int flags, const char *vfs);
int __wrap_sqlite3_close (sqlite3 *handle);
int __wrap_sqlite3_prepare_v3 (sqlite3 *handle, const char *text, int size, unsigned flags,
                               sqlite3_stmt **statement, const char **tail);
int __wrap_sqlite3_finalize (sqlite3_stmt *statement);
int __wrap_sqlite3_exec (sqlite3 *handle, const char *text, sqlite3_callback row, void *data, char **words);

/* The pool ----------------------------------------------------------------------------------------------------------- */

typedef struct {
  sqlite3 *handle;        /* (owned) */
  GHashTable *statements; /* (owned) address of a text -> (owned) Parked: the texts are constants */
  GHashTable *pragmas;    /* (owned) set of texts that this connection has heard */
  gboolean in_use;
} Connection;

typedef struct {
  sqlite3_stmt *statement; /* (owned) */
  gboolean in_use;
} Parked;

static gboolean is_recycling;
static sqlite3 *last_opened;
static GHashTable *by_name;   /* URI -> (owned) Connection */
static GHashTable *by_handle; /* sqlite3 -> Connection */
static GHashTable *parked;    /* sqlite3_stmt -> Parked */

static void
parked_free (gpointer data)
{
  Parked *self = data;

  g_hash_table_remove (parked, self->statement);
  __real_sqlite3_finalize (self->statement);
  g_free (self);
}

static void
connection_free (Connection *self)
{
  g_hash_table_remove (by_handle, self->handle);
  g_hash_table_unref (self->statements);
  g_hash_table_unref (self->pragmas);
  __real_sqlite3_close (self->handle);
  g_free (self);
}

static Connection *
find_connection (sqlite3 *handle)
{
  return by_handle ? g_hash_table_lookup (by_handle, handle) : NULL;
}

int
__wrap_sqlite3_open_v2 (const char *name, sqlite3 **handle, int flags, const char *vfs)
{
  gboolean is_disk = is_recycling && g_str_has_prefix (name, DISK_PREFIX);
  Connection *known = is_disk ? g_hash_table_lookup (by_name, name) : NULL;
  int rc;

  if (known != NULL && !known->in_use) {
    known->in_use = TRUE;
    *handle = known->handle;
    return SQLITE_OK;
  }
  rc = __real_sqlite3_open_v2 (name, handle, flags, vfs);
  last_opened = *handle;
  if (rc != SQLITE_OK || !is_disk || known != NULL)
    return rc;
  known = g_new0 (Connection, 1);
  known->handle = *handle;
  known->statements = g_hash_table_new_full (NULL, NULL, NULL, parked_free);
  known->pragmas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  known->in_use = TRUE;
  g_hash_table_insert (by_name, g_strdup (name), known);
  g_hash_table_insert (by_handle, *handle, known);
  return rc;
}

int
__wrap_sqlite3_close (sqlite3 *handle)
{
  Connection *known = find_connection (handle);

  if (known == NULL)
    return __real_sqlite3_close (handle);
  if (!sqlite3_get_autocommit (handle))
    __real_sqlite3_exec (handle, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_wal_hook (handle, NULL, NULL);
  known->in_use = FALSE;
  return SQLITE_OK;
}

/* Texts are told apart by their address, which is checked: hashing them costs more than some statements do. */
int
__wrap_sqlite3_prepare_v3 (sqlite3 *handle, const char *text, int size, unsigned flags,
                           sqlite3_stmt **statement, const char **tail)
{
  Connection *known = size < 0 && tail == NULL ? find_connection (handle) : NULL;
  Parked *place = known ? g_hash_table_lookup (known->statements, text) : NULL;
  int rc;

  if (place != NULL && !place->in_use && strcmp (sqlite3_sql (place->statement), text) == 0) {
    place->in_use = TRUE;
    *statement = place->statement;
    return SQLITE_OK;
  }
  rc = __real_sqlite3_prepare_v3 (handle, text, size, flags, statement, tail);
  if (known == NULL || place != NULL || rc != SQLITE_OK)
    return rc;
  place = g_new (Parked, 1);
  *place = (Parked){.statement = *statement, .in_use = TRUE};
  g_hash_table_insert (known->statements, (gpointer)text, place);
  g_hash_table_insert (parked, *statement, place);
  return rc;
}

int
__wrap_sqlite3_finalize (sqlite3_stmt *statement)
{
  Parked *place = statement && parked ? g_hash_table_lookup (parked, statement) : NULL;

  if (place == NULL)
    return __real_sqlite3_finalize (statement);
  if (sqlite3_stmt_busy (statement))
    sqlite3_reset (statement);
  place->in_use = FALSE;
  return SQLITE_OK;
}

/* What was set on a connection stays set. */
int
__wrap_sqlite3_exec (sqlite3 *handle, const char *text, sqlite3_callback row, void *data, char **words)
{
  Connection *known = row == NULL && g_str_has_prefix (text, "PRAGMA") ? find_connection (handle) : NULL;
  int rc;

  if (known != NULL && g_hash_table_contains (known->pragmas, text))
    return SQLITE_OK;
  rc = __real_sqlite3_exec (handle, text, row, data, words);
  if (known != NULL && rc == SQLITE_OK)
    g_hash_table_add (known->pragmas, g_strdup (text));
  return rc;
}

void
tai_sim_disk_configure (void)
{
  g_assert (by_name == NULL);
  /* One thread, one process: no locks, no counting of bytes, pages from one block. */
  sqlite3_config (SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  tai_sim_memory_configure ();
  sqlite3_config (SQLITE_CONFIG_PAGECACHE, g_malloc ((gsize)PAGE_SLOT * N_PAGE_SLOTS), PAGE_SLOT,
                  N_PAGE_SLOTS);
  by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)connection_free);
  by_handle = g_hash_table_new (NULL, NULL);
  parked = g_hash_table_new (NULL, NULL);
  tai_sim_disk_set_recycling (g_getenv ("TAI_SIM_FRESH") == NULL);
}

void
tai_sim_disk_set_recycling (gboolean recycling)
{
  g_hash_table_remove_all (by_name);
  is_recycling = recycling;
}

sqlite3 *
tai_sim_disk_get_last_opened (void)
{
  return last_opened;
}

/* Disks -------------------------------------------------------------------------------------------------------------- */

struct _TaiSimDisk {
  char *uri;              /* (owned) */
  sqlite3 *handle;        /* (owned) keeps the database in memory */
  sqlite3_file *file;     /* of the handle */
  GHashTable *statements; /* (owned) text -> (owned) sqlite3_stmt */
  guint32 n_written;
};

TaiSimDisk *
tai_sim_disk_new (const char *name)
{
  TaiSimDisk *self = g_new0 (TaiSimDisk, 1);

  self->statements = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)__real_sqlite3_finalize);
  self->uri = g_strdup_printf (DISK_PREFIX "%s?vfs=memdb", name);
  g_assert_cmpint (__real_sqlite3_open_v2 (self->uri, &self->handle,
                                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI,
                                           NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (__real_sqlite3_exec (self->handle, SMALL_PAGES, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_FILE_POINTER, &self->file), ==,
                   SQLITE_OK);
  return self;
}

void
tai_sim_disk_free (TaiSimDisk *self)
{
  g_hash_table_remove (by_name, self->uri);
  g_hash_table_unref (self->statements);
  __real_sqlite3_close (self->handle);
  g_free (self->uri);
  g_free (self);
}

const char *
tai_sim_disk_get_uri (TaiSimDisk *self)
{
  return self->uri;
}

sqlite3 *
tai_sim_disk_get_handle (TaiSimDisk *self)
{
  return self->handle;
}

sqlite3_stmt *
tai_sim_disk_prepare (TaiSimDisk *self, const char *text)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, text);

  if (statement == NULL) {
    g_assert_cmpint (
        __real_sqlite3_prepare_v3 (self->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), ==,
        SQLITE_OK);
    g_hash_table_insert (self->statements, (gpointer)text, statement);
  }
  return statement;
}

guint32
tai_sim_disk_count_commits (TaiSimDisk *self)
{
  guint32 count = 0;

  g_assert_cmpint (self->file->pMethods->xRead (self->file, &count, sizeof count, HEADER_CHANGE_COUNT), ==,
                   SQLITE_OK);
  return GUINT32_FROM_BE (count);
}

GByteArray *
tai_sim_disk_read (TaiSimDisk *self)
{
  GByteArray *image = g_byte_array_new ();
  const sqlite3_io_methods *methods = self->file->pMethods;
  sqlite3_int64 size = 0;

  g_assert_cmpint (methods->xFileSize (self->file, &size), ==, SQLITE_OK);
  g_byte_array_set_size (image, (guint)size);
  g_assert_cmpint (methods->xRead (self->file, image->data, (int)size, 0), ==, SQLITE_OK);
  return image;
}

void
tai_sim_disk_write (TaiSimDisk *self, GByteArray *image)
{
  guint32 count = GUINT32_TO_BE (++self->n_written * COUNTS_OF_A_LIFE);
  const sqlite3_io_methods *methods = self->file->pMethods;

  memcpy (image->data + HEADER_CHANGE_COUNT, &count, sizeof count);
  memcpy (image->data + HEADER_VALID_FOR, &count, sizeof count);
  g_assert_cmpint (methods->xWrite (self->file, image->data, (int)image->len, 0), ==, SQLITE_OK);
  g_assert_cmpint (methods->xTruncate (self->file, image->len), ==, SQLITE_OK);
}
