/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every stream of this room needs of Unix. What: errno to names, poll() with a cancellable, is it hardware? Why here:
 * so that all streams convert at the same edge. Any thread. */
#include "tai-io-private.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static const struct {
  int number;
  TaiIoError opening, open;
} errnos[] = {
    {ENOENT, TAI_IO_ERROR_NOT_FOUND, TAI_IO_ERROR_NOT_FOUND},
    {ENOTDIR, TAI_IO_ERROR_NOT_FOUND, TAI_IO_ERROR_NOT_FOUND},
    {ENXIO, TAI_IO_ERROR_NOT_FOUND, TAI_IO_ERROR_CLOSED},
    {ENODEV, TAI_IO_ERROR_NOT_FOUND, TAI_IO_ERROR_CLOSED},
    {EIO, TAI_IO_ERROR_NOT_FOUND, TAI_IO_ERROR_CLOSED}, /* a tty whose other end is gone */
    {EACCES, TAI_IO_ERROR_PERMISSION, TAI_IO_ERROR_PERMISSION},
    {EPERM, TAI_IO_ERROR_PERMISSION, TAI_IO_ERROR_PERMISSION},
    {EROFS, TAI_IO_ERROR_PERMISSION, TAI_IO_ERROR_PERMISSION},
    {EBUSY, TAI_IO_ERROR_BUSY, TAI_IO_ERROR_BUSY},
    {EWOULDBLOCK, TAI_IO_ERROR_BUSY, TAI_IO_ERROR_BUSY},
    {EADDRINUSE, TAI_IO_ERROR_BUSY, TAI_IO_ERROR_BUSY},
    {ECONNREFUSED, TAI_IO_ERROR_UNREACHABLE, TAI_IO_ERROR_CLOSED},
    {EHOSTUNREACH, TAI_IO_ERROR_UNREACHABLE, TAI_IO_ERROR_CLOSED},
    {ENETUNREACH, TAI_IO_ERROR_UNREACHABLE, TAI_IO_ERROR_CLOSED},
    {ECONNRESET, TAI_IO_ERROR_CLOSED, TAI_IO_ERROR_CLOSED},
    {EPIPE, TAI_IO_ERROR_CLOSED, TAI_IO_ERROR_CLOSED},
    {ETIMEDOUT, TAI_IO_ERROR_UNREACHABLE, TAI_IO_ERROR_CLOSED},
    {ENOSPC, TAI_IO_ERROR_NO_SPACE, TAI_IO_ERROR_NO_SPACE},
};

static TaiIoError
code_of (int number, TaiIoPhase phase)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errnos); i++)
    if (errnos[i].number == number)
      return phase == TAI_IO_OPENING ? errnos[i].opening : errnos[i].open;
  return TAI_IO_ERROR_FAILED;
}

void
tai_io_set_errno (GError **error, int number, TaiIoPhase phase, const char *what)
{
  g_set_error (error, TAI_IO_ERROR, code_of (number, phase), "%s: %s", what, g_strerror (number));
}

/* poll() with a cancellable. Without a clock the budget starts anew after a signal: signals are rare on workers. */
gboolean
tai_io_wait (int fd, short events, int timeout_ms, GCancellable *cancellable, GError **error)
{
  GPollFD fds[2] = {{fd, (gushort)events, 0}};
  gboolean cancels = g_cancellable_make_pollfd (cancellable, &fds[1]);
  int n;

  do
    n = g_poll (fds, cancels ? 2 : 1, timeout_ms);
  while (n < 0 && errno == EINTR);
  int number = errno;
  if (cancels)
    g_cancellable_release_fd (cancellable);
  if (n < 0)
    tai_io_set_errno (error, number, TAI_IO_OPEN, "poll");
  else if (g_cancellable_is_cancelled (cancellable))
    g_set_error_literal (error, TAI_IO_ERROR, TAI_IO_ERROR_CANCELLED, "cancelled");
  else if (n == 0)
    g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT, "nothing within %d ms", timeout_ms);
  else
    return TRUE;
  return FALSE;
}

/* Majors 136 to 143 are Unix98 pty slaves, 3 the old BSD ones, 1 is memory: null, zero, full
 * (Documentation/admin-guide/devices.txt). */
gboolean
tai_io_is_hardware (int fd, const char *path)
{
  struct stat status;

  if ((fd >= 0 ? fstat (fd, &status) : stat (path, &status)) != 0)
    return TRUE;
  guint number = major (status.st_rdev);
  return S_ISCHR (status.st_mode) && !(number >= 136 && number <= 143) && number != 3 && number != 1;
}
