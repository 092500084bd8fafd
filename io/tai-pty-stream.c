/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The master of a pty. Why the slave is held open too: else the master reads EIO whenever no driver has it open, and an
 * emulator could not tell that from an end. Thread: the emulator's. */
#define G_LOG_DOMAIN "tai-io"

#include "tai-pty-stream.h"
#include "tai-io-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

struct _TaiPtyStream {
  TaiFdStream parent_instance;
  char *path; /* (owned) (nullable) */
  int slave;  /* -1 when not open */
};

G_DEFINE_FINAL_TYPE (TaiPtyStream, tai_pty_stream, TAI_TYPE_FD_STREAM)

static int
open_slave (int master, char *path, gsize size)
{
  struct termios mode;

  if (grantpt (master) != 0 || unlockpt (master) != 0 || ptsname_r (master, path, size) != 0)
    return -1;
  int slave = open (path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (slave < 0)
    return -1;
  /* Raw from the start: an echoing line would answer the driver with its own commands. */
  if (tcgetattr (slave, &mode) == 0) {
    cfmakeraw (&mode);
    tcsetattr (slave, TCSANOW, &mode);
  }
  return slave;
}

static gboolean
tai_pty_stream_open (TaiStream *stream, GCancellable *cancellable, GError **error)
{
  TaiPtyStream *self = TAI_PTY_STREAM (stream);
  char path[64];
  int master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);

  if (master >= 0)
    self->slave = open_slave (master, path, sizeof path);
  if (master < 0 || self->slave < 0) {
    tai_io_set_errno (error, errno, TAI_IO_OPENING, "pty");
    if (master >= 0)
      close (master);
    return FALSE;
  }
  self->path = g_strdup (path);
  tai_fd_stream_take (TAI_FD_STREAM (self), master);
  return TRUE;
}

static void
tai_pty_stream_close (TaiStream *stream)
{
  TaiPtyStream *self = TAI_PTY_STREAM (stream);

  close (self->slave);
  self->slave = -1;
  g_clear_pointer (&self->path, g_free);
  TAI_STREAM_CLASS (tai_pty_stream_parent_class)->close (stream);
}

static gboolean
tai_pty_stream_is_emulated (TaiStream *stream)
{
  return TRUE;
}

static void
tai_pty_stream_class_init (TaiPtyStreamClass *klass)
{
  TaiStreamClass *stream_class = TAI_STREAM_CLASS (klass);

  stream_class->open = tai_pty_stream_open;
  stream_class->close = tai_pty_stream_close;
  stream_class->is_emulated = tai_pty_stream_is_emulated;
}

static void
tai_pty_stream_init (TaiPtyStream *self)
{
  self->slave = -1;
}

TaiPtyStream *
tai_pty_stream_new (void)
{
  return g_object_new (TAI_TYPE_PTY_STREAM, NULL);
}

const char *
tai_pty_stream_get_path (TaiPtyStream *self)
{
  g_return_val_if_fail (TAI_IS_PTY_STREAM (self), NULL);
  return self->path;
}

guint
tai_pty_stream_get_baud (TaiPtyStream *self)
{
  static const guint bauds[] = {9600, 19200, 38400, 57600, 115200};
  static const speed_t speeds[] = {B9600, B19200, B38400, B57600, B115200};
  struct termios mode;

  g_return_val_if_fail (TAI_IS_PTY_STREAM (self) && self->slave >= 0, 0);

  if (tcgetattr (self->slave, &mode) == 0)
    for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
      if (cfgetospeed (&mode) == speeds[i])
        return bauds[i];
  return 0;
}
