/* SPDX-License-Identifier: GPL-3.0-or-later */
/* USB printers (usblp) and plain files. Thread: the device's worker. */
#define G_LOG_DOMAIN "tai-io"

#include "tai-file-stream.h"
#include "tai-io-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct _TaiFileStream {
  TaiFdStream parent_instance;
  char *path; /* (owned) */
  TaiFileMode mode;
  gboolean readable; /* (while open) some usblp devices have no way back */
};

G_DEFINE_FINAL_TYPE (TaiFileStream, tai_file_stream, TAI_TYPE_FD_STREAM)

static int
open_path (TaiFileStream *self)
{
  int flags = O_NOCTTY | O_NONBLOCK | O_CLOEXEC;

  self->readable = self->mode == TAI_FILE_DEVICE;
  if (self->mode == TAI_FILE_CREATE)
    return open (self->path, flags | O_WRONLY | O_CREAT | O_TRUNC, 0600);
  int fd = open (self->path, flags | O_RDWR | O_APPEND);
  if (fd >= 0 || (errno != EACCES && errno != EINVAL))
    return fd;
  self->readable = FALSE;
  return open (self->path, flags | O_WRONLY | O_APPEND);
}

static gboolean
tai_file_stream_open (TaiStream *stream, GCancellable *cancellable, GError **error)
{
  TaiFileStream *self = TAI_FILE_STREAM (stream);
  struct stat status;
  int fd = open_path (self);

  if (fd < 0) {
    tai_io_set_errno (error, errno, TAI_IO_OPENING, self->path);
    return FALSE;
  }
  /* No FIFOs: a reader that leaves would end the program by SIGPIPE. */
  if (fstat (fd, &status) != 0 || !(S_ISCHR (status.st_mode) || S_ISREG (status.st_mode))) {
    g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_SUPPORTED, "%s: neither device nor plain file",
                 self->path);
    close (fd);
    return FALSE;
  }
  tai_fd_stream_take (TAI_FD_STREAM (self), fd);
  return TRUE;
}

static gssize
tai_file_stream_read (TaiStream *stream, guint8 *bytes, gsize size, int timeout_ms, GCancellable *cancellable,
                      GError **error)
{
  if (TAI_FILE_STREAM (stream)->readable)
    return TAI_STREAM_CLASS (tai_file_stream_parent_class)
        ->read (stream, bytes, size, timeout_ms, cancellable, error);
  g_set_error_literal (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_SUPPORTED, "the device only takes bytes");
  return -1;
}

static gboolean
tai_file_stream_is_emulated (TaiStream *stream)
{
  TaiFileStream *self = TAI_FILE_STREAM (stream);

  return self->mode == TAI_FILE_CREATE ||
         !tai_io_is_hardware (tai_fd_stream_get_fd (TAI_FD_STREAM (self)), self->path);
}

static void
tai_file_stream_finalize (GObject *object)
{
  g_free (TAI_FILE_STREAM (object)->path);
  G_OBJECT_CLASS (tai_file_stream_parent_class)->finalize (object);
}

static void
tai_file_stream_class_init (TaiFileStreamClass *klass)
{
  TaiStreamClass *stream_class = TAI_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tai_file_stream_finalize;
  stream_class->open = tai_file_stream_open;
  stream_class->read = tai_file_stream_read;
  stream_class->is_emulated = tai_file_stream_is_emulated;
}

static void
tai_file_stream_init (TaiFileStream *self)
{
}

TaiFileStream *
tai_file_stream_new (const char *path, TaiFileMode mode)
{
  g_return_val_if_fail (path != NULL, NULL);

  TaiFileStream *self = g_object_new (TAI_TYPE_FILE_STREAM, NULL);
  self->path = g_strdup (path);
  self->mode = mode;
  return self;
}
