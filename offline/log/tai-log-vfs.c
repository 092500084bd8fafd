/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See tai-log-vfs.h. On the thread of the connection that has the file. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-log-vfs.h"

#include <sqlite3.h>
#include <string.h>

/* A sale fits; SQLite writes less than 128 KiB at once. */
#define BUFFER_BYTES (120 * 1024)

/* The real file lies behind the struct, in the memory that SQLite gives. */
typedef struct {
  sqlite3_file base; /* must be first */
  guint8 *buffer;    /* (owned) BUFFER_BYTES */
  gsize used;        /* bytes that the file lacks */
  sqlite3_int64 at;  /* where they belong */
} LogFile;

static sqlite3_vfs log_vfs;
static sqlite3_vfs *system_vfs;

static sqlite3_file *
real_file (sqlite3_file *file)
{
  return (sqlite3_file *)((guint8 *)file + sizeof (LogFile));
}

/* What could not be written is dropped: SQLite is told, takes the commit back and will write that place anew. */
static int
flush (sqlite3_file *file)
{
  LogFile *self = (LogFile *)file;
  gsize used = self->used;

  self->used = 0;
  return used == 0 ? SQLITE_OK
                   : real_file (file)->pMethods->xWrite (real_file (file), self->buffer, (int)used, self->at);
}

static int
log_close (sqlite3_file *file)
{
  int rc = flush (file), rc_close = real_file (file)->pMethods->xClose (real_file (file));

  g_free (((LogFile *)file)->buffer);
  file->pMethods = NULL;
  return rc != SQLITE_OK ? rc : rc_close;
}

static int
log_read (sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
  int rc = flush (file);

  return rc != SQLITE_OK ? rc : real_file (file)->pMethods->xRead (real_file (file), data, size, offset);
}

static int
log_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  LogFile *self = (LogFile *)file;
  gboolean fits = offset == self->at + (sqlite3_int64)self->used && self->used + (gsize)size <= BUFFER_BYTES;
  int rc = fits ? SQLITE_OK : flush (file);

  if (rc != SQLITE_OK)
    return rc;
  if ((gsize)size > BUFFER_BYTES)
    return real_file (file)->pMethods->xWrite (real_file (file), data, size, offset);
  if (self->used == 0)
    self->at = offset;
  memcpy (self->buffer + self->used, data, (gsize)size);
  self->used += (gsize)size;
  return SQLITE_OK;
}

static int
log_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int rc = flush (file);

  return rc != SQLITE_OK ? rc : real_file (file)->pMethods->xTruncate (real_file (file), size);
}

static int
log_sync (sqlite3_file *file, int flags)
{
  int rc = flush (file);

  return rc != SQLITE_OK ? rc : real_file (file)->pMethods->xSync (real_file (file), flags);
}

static int
log_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  int rc = flush (file);

  return rc != SQLITE_OK ? rc : real_file (file)->pMethods->xFileSize (real_file (file), size);
}

static int
log_lock (sqlite3_file *file, int level)
{
  return real_file (file)->pMethods->xLock (real_file (file), level);
}

static int
log_unlock (sqlite3_file *file, int level)
{
  return real_file (file)->pMethods->xUnlock (real_file (file), level);
}

static int
log_check_reserved_lock (sqlite3_file *file, int *result)
{
  return real_file (file)->pMethods->xCheckReservedLock (real_file (file), result);
}

static int
log_file_control (sqlite3_file *file, int op, void *data)
{
  return real_file (file)->pMethods->xFileControl (real_file (file), op, data);
}

static int
log_sector_size (sqlite3_file *file)
{
  return real_file (file)->pMethods->xSectorSize (real_file (file));
}

static int
log_device_characteristics (sqlite3_file *file)
{
  return real_file (file)->pMethods->xDeviceCharacteristics (real_file (file));
}

static const sqlite3_io_methods log_methods = {
    .iVersion = 1, /* shared memory and mappings are the database's, not the log's */
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_file_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_check_reserved_lock,
    .xFileControl = log_file_control,
    .xSectorSize = log_sector_size,
    .xDeviceCharacteristics = log_device_characteristics,
};

static int
log_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  LogFile *self = (LogFile *)file;
  int rc;

  if (!(flags & SQLITE_OPEN_WAL))
    return system_vfs->xOpen (system_vfs, name, file, flags, out_flags);
  *self = (LogFile){0};
  rc = system_vfs->xOpen (system_vfs, name, real_file (file), flags, out_flags);
  if (rc != SQLITE_OK)
    return rc;
  self->buffer = g_malloc (BUFFER_BYTES);
  self->base.pMethods = &log_methods;
  return SQLITE_OK;
}

const char *
tai_log_vfs_get (void)
{
  static gsize is_registered;

  if (g_once_init_enter (&is_registered)) {
    system_vfs = sqlite3_vfs_find (NULL);
    log_vfs = *system_vfs;
    log_vfs.zName = "tai-log";
    log_vfs.pNext = NULL;
    log_vfs.szOsFile = (int)sizeof (LogFile) + system_vfs->szOsFile;
    log_vfs.xOpen = log_open;
    sqlite3_vfs_register (&log_vfs, 0);
    g_once_init_leave (&is_registered, 1);
  }
  return log_vfs.zName;
}
