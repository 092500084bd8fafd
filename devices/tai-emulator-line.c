/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of emulators. Thread: the emulator's. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-emulator-line.h"

#include "tai-devices-error.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define WRITE_MS       1000
#define SPLIT_PAUSE_MS 2

struct _TaiEmulatorLine {
  TaiPtyStream *pty; /* (owned) */
  char *link;        /* (owned) (nullable) */
};

TaiEmulatorLine *
tai_emulator_line_new (void)
{
  TaiEmulatorLine *self = g_new0 (TaiEmulatorLine, 1);

  self->pty = tai_pty_stream_new ();
  return self;
}

/* Only a link that still leads to our pty is ours to remove. */
static void
remove_link (TaiEmulatorLine *self)
{
  const char *path = tai_pty_stream_get_path (self->pty);
  g_autofree char *target = self->link != NULL ? g_file_read_link (self->link, NULL) : NULL;

  if (target != NULL && g_strcmp0 (target, path) == 0)
    unlink (self->link);
}

void
tai_emulator_line_free (TaiEmulatorLine *self)
{
  if (self == NULL)
    return;
  remove_link (self);
  g_object_unref (self->pty);
  g_free (self->link);
  g_free (self);
}

static gboolean
lay_link (TaiEmulatorLine *self, GError **error)
{
  const char *path = tai_pty_stream_get_path (self->pty);
  struct stat status;

  chmod (path, 0600);
  if (self->link == NULL)
    return TRUE;
  if (lstat (self->link, &status) == 0 && S_ISLNK (status.st_mode))
    unlink (self->link);
  if (symlink (path, self->link) == 0)
    return TRUE;
  g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "%s: %s", self->link,
               g_strerror (errno));
  return FALSE;
}

gboolean
tai_emulator_line_plug (TaiEmulatorLine *self, const char *link, GError **error)
{
  GError *cause = NULL;

  g_return_val_if_fail (!tai_emulator_line_is_plugged (self), FALSE);
  if (!tai_stream_open (TAI_STREAM (self->pty), NULL, &cause)) {
    tai_devices_propagate_io (error, cause);
    return FALSE;
  }
  if (link != NULL) {
    g_free (self->link);
    self->link = g_strdup (link);
  }
  if (lay_link (self, error))
    return TRUE;
  tai_stream_close (TAI_STREAM (self->pty));
  return FALSE;
}

void
tai_emulator_line_unplug (TaiEmulatorLine *self)
{
  remove_link (self);
  tai_stream_close (TAI_STREAM (self->pty));
}

gboolean
tai_emulator_line_is_plugged (TaiEmulatorLine *self)
{
  return tai_stream_is_open (TAI_STREAM (self->pty));
}

const char *
tai_emulator_line_get_path (TaiEmulatorLine *self)
{
  return tai_pty_stream_get_path (self->pty);
}

int
tai_emulator_line_get_fd (TaiEmulatorLine *self)
{
  return tai_fd_stream_get_fd (TAI_FD_STREAM (self->pty));
}

guint
tai_emulator_line_get_baud (TaiEmulatorLine *self)
{
  return tai_pty_stream_get_baud (self->pty);
}

gssize
tai_emulator_line_read (TaiEmulatorLine *self, guint8 *bytes, gsize size, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gssize n = tai_stream_read (TAI_STREAM (self->pty), bytes, size, 0, NULL, &cause);

  if (n >= 0)
    return n;
  if (g_error_matches (cause, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT))
    return 0;
  tai_devices_propagate_io (error, g_steal_pointer (&cause));
  return -1;
}

void
tai_emulator_line_write (TaiEmulatorLine *self, const guint8 *bytes, gsize size)
{
  if (tai_emulator_line_is_plugged (self))
    tai_stream_write_all (TAI_STREAM (self->pty), bytes, size, WRITE_MS, NULL, NULL);
}

void
tai_emulator_line_write_split (TaiEmulatorLine *self, const guint8 *bytes, gsize size)
{
  for (gsize piece = 1; size > 0; piece++) {
    gsize n = MIN (piece, size);
    tai_emulator_line_write (self, bytes, n);
    g_poll (NULL, 0, SPLIT_PAUSE_MS);
    bytes += n;
    size -= n;
  }
}
