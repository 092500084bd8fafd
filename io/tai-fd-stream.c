/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and writing of a descriptor. What: poll(), then read() or write(), and errno turned into names. Why: four kinds of
 * device differ only in how they are opened. Thread: the device's worker. */
#define G_LOG_DOMAIN "tai-io"

#include "tai-fd-stream.h"
#include "tai-io-private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  int fd; /* -1 when not open */
  gboolean is_socket;
} TaiFdStreamPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TaiFdStream, tai_fd_stream, TAI_TYPE_STREAM)

static TaiFdStreamPrivate *
private_of (gpointer self)
{
  return tai_fd_stream_get_instance_private (TAI_FD_STREAM (self));
}

static gssize
tai_fd_stream_read (TaiStream *stream, guint8 *bytes, gsize size, int timeout_ms, GCancellable *cancellable,
                    GError **error)
{
  int fd = private_of (stream)->fd;

  while (tai_io_wait (fd, POLLIN, timeout_ms, cancellable, error)) {
    gssize n = read (fd, bytes, size);
    if (n > 0)
      return n;
    if (n == 0) {
      g_set_error_literal (error, TAI_IO_ERROR, TAI_IO_ERROR_CLOSED, "the other side has closed");
      return -1;
    }
    if (errno != EAGAIN && errno != EINTR) {
      tai_io_set_errno (error, errno, TAI_IO_OPEN, "read");
      return -1;
    }
  }
  return -1;
}

/* A write to a socket whose reader has gone must be an error, not the death of the program by SIGPIPE. */
static gssize
write_some (TaiFdStreamPrivate *private, const guint8 *bytes, gsize size)
{
  return private->is_socket ? send (private->fd, bytes, size, MSG_NOSIGNAL)
                            : write (private->fd, bytes, size);
}

static gboolean
tai_fd_stream_write_all (TaiStream *stream, const guint8 *bytes, gsize size, int timeout_ms,
                         GCancellable *cancellable, GError **error)
{
  TaiFdStreamPrivate *private = private_of (stream);

  while (size > 0) {
    if (!tai_io_wait (private->fd, POLLOUT, timeout_ms, cancellable, error))
      return FALSE;
    gssize n = write_some (private, bytes, size);
    if (n < 0 && errno != EAGAIN && errno != EINTR) {
      tai_io_set_errno (error, errno, TAI_IO_OPEN, "write");
      return FALSE;
    }
    if (n > 0) {
      bytes += n;
      size -= (gsize)n;
    }
  }
  return TRUE;
}

static void
tai_fd_stream_close (TaiStream *stream)
{
  g_assert (private_of (stream)->fd >= 0);
  close (private_of (stream)->fd);
  private_of (stream)->fd = -1;
}

static void
tai_fd_stream_class_init (TaiFdStreamClass *klass)
{
  TaiStreamClass *stream_class = TAI_STREAM_CLASS (klass);

  stream_class->read = tai_fd_stream_read;
  stream_class->write_all = tai_fd_stream_write_all;
  stream_class->close = tai_fd_stream_close;
}

static void
tai_fd_stream_init (TaiFdStream *self)
{
  private_of (self)->fd = -1;
}

void
tai_fd_stream_take (TaiFdStream *self, int fd)
{
  struct stat status;

  g_return_if_fail (TAI_IS_FD_STREAM (self));
  g_return_if_fail (fd >= 0 && private_of (self)->fd == -1);

  private_of (self)->fd = fd;
  private_of (self)->is_socket = fstat (fd, &status) == 0 && S_ISSOCK (status.st_mode);
  fcntl (fd, F_SETFL, fcntl (fd, F_GETFL) | O_NONBLOCK);
}

int
tai_fd_stream_get_fd (TaiFdStream *self)
{
  g_return_val_if_fail (TAI_IS_FD_STREAM (self), -1);
  return private_of (self)->fd;
}
