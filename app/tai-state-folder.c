/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal's folder. Private by its mode; a folder that others may look into is refused rather than repaired, because
 * what has been looked at cannot be taken back.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-state-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX_BYTES (1024 * 1024)

struct _TaiStateFolder {
  char *path; /* (owned) */
  int fd;
  int lock_fd; /* -1: not ours */
};

static const char *const subfolders[] = {"backup", "spool", "log"};

static gboolean
fail (GError **error, TaiAppError code, const char *path, const char *what)
{
  g_set_error (error, TAI_APP_ERROR, code, "%s: %s", path, what);
  return FALSE;
}

static gboolean
make_folders (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) != 0)
    return fail (error, TAI_APP_ERROR_FOLDER, path, g_strerror (errno));
  for (guint i = 0; i < G_N_ELEMENTS (subfolders); i++) {
    g_autofree char *folder = g_build_filename (path, subfolders[i], NULL);
    if (g_mkdir (folder, 0700) != 0 && errno != EEXIST)
      return fail (error, TAI_APP_ERROR_FOLDER, folder, g_strerror (errno));
  }
  return TRUE;
}

static gboolean
check_privacy (TaiStateFolder *self, GError **error)
{
  struct stat info;

  if (fstat (self->fd, &info) != 0)
    return fail (error, TAI_APP_ERROR_FOLDER, self->path, g_strerror (errno));
  if (info.st_uid != geteuid ())
    return fail (error, TAI_APP_ERROR_FOLDER, self->path, "belongs to another user");
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return fail (error, TAI_APP_ERROR_FOLDER_OPEN, self->path, "others may look into it");
  return TRUE;
}

char *
tai_state_folder_find_standard (const char *machine)
{
  struct stat info;

  if (lstat (machine, &info) == 0 && S_ISDIR (info.st_mode) && info.st_uid == geteuid ())
    return g_strdup (machine);
  return g_build_filename (g_get_user_state_dir (), "guitai", NULL);
}

TaiStateFolder *
tai_state_folder_open (const char *path, TaiStateFolderMode mode, GError **error)
{
  g_autofree char *standard = tai_state_folder_find_standard (TAI_MACHINE_STATE);
  g_autofree char *absolute = g_canonicalize_filename (path != NULL ? path : standard, NULL);
  g_autoptr (TaiStateFolder) self = NULL;

  if (mode == TAI_STATE_FOLDER_CREATE && !make_folders (absolute, error))
    return NULL;
  self = g_new0 (TaiStateFolder, 1);
  self->lock_fd = -1;
  self->path = g_steal_pointer (&absolute);
  self->fd = open (self->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->fd < 0) {
    fail (error, TAI_APP_ERROR_FOLDER, self->path, g_strerror (errno));
    return NULL;
  }
  return check_privacy (self, error) ? g_steal_pointer (&self) : NULL;
}

void
tai_state_folder_free (TaiStateFolder *self)
{
  if (self == NULL)
    return;
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

const char *
tai_state_folder_get_path (const TaiStateFolder *self)
{
  return self->path;
}

char *
tai_state_folder_get_file (const TaiStateFolder *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

gboolean
tai_state_folder_has (const TaiStateFolder *self, const char *name)
{
  struct stat info;

  return fstatat (self->fd, name, &info, 0) == 0;
}

int
tai_state_folder_get_fd (const TaiStateFolder *self)
{
  return self->fd;
}

/* The lock -------------------------------------------------------------------------------------------------------------- */

static gboolean
fail_locked (TaiStateFolder *self, int fd, GError **error)
{
  char pid[32] = "";
  gssize n = pread (fd, pid, sizeof pid - 1, 0);

  pid[MAX (n, 0)] = '\0';
  g_strstrip (pid);
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_LOCKED, "%s: process %s has it", self->path,
               pid[0] != '\0' ? pid : "?");
  return FALSE;
}

gboolean
tai_state_folder_lock (TaiStateFolder *self, GError **error)
{
  g_autofree char *pid = g_strdup_printf ("%ld\n", (long)getpid ());
  int fd, saved;

  g_return_val_if_fail (self != NULL && self->lock_fd < 0, FALSE);

  fd = openat (self->fd, TAI_STATE_LOCK, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail (error, TAI_APP_ERROR_FOLDER, TAI_STATE_LOCK, g_strerror (errno));
  if (flock (fd, LOCK_EX | LOCK_NB) != 0) {
    saved = errno;
    if (saved == EWOULDBLOCK)
      fail_locked (self, fd, error);
    else
      fail (error, TAI_APP_ERROR_FOLDER, TAI_STATE_LOCK, g_strerror (saved));
    close (fd);
    return FALSE;
  }
  self->lock_fd = fd;
  /* The pid is for people. On a full disk the lock still holds, only without its name. */
  if (ftruncate (fd, 0) != 0 || pwrite (fd, pid, strlen (pid), 0) < 0)
    g_message ("%s: the pid could not be written: %s", TAI_STATE_LOCK, g_strerror (errno));
  return TRUE;
}

gboolean
tai_state_folder_is_locked (const TaiStateFolder *self)
{
  return self->lock_fd >= 0;
}

/* Small files ------------------------------------------------------------------------------------------------------------ */

gboolean
tai_state_folder_write (TaiStateFolder *self, const char *name, const char *text, gssize length,
                        GError **error)
{
  g_autofree char *path = tai_state_folder_get_file (self, name);
  g_autoptr (GError) local_error = NULL;

  if (g_file_set_contents_full (path, text, length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local_error))
    return TRUE;
  return fail (error, TAI_APP_ERROR_FILE, path, local_error->message);
}

GBytes *
tai_state_folder_read (TaiStateFolder *self, const char *name, GError **error)
{
  g_autofree char *path = tai_state_folder_get_file (self, name);
  g_autoptr (GError) local_error = NULL;
  struct stat info;
  char *bytes;
  gsize length;

  if (stat (path, &info) == 0 && info.st_size > FILE_MAX_BYTES) {
    fail (error, TAI_APP_ERROR_FILE, path, "is too big");
    return NULL;
  }
  if (!g_file_get_contents (path, &bytes, &length, &local_error)) {
    fail (error, TAI_APP_ERROR_FILE, path, local_error->message);
    return NULL;
  }
  return g_bytes_new_take (bytes, length);
}
