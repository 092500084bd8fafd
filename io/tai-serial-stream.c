/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Serial lines by termios. Thread: the device's worker. */
#define G_LOG_DOMAIN "tai-io"

#include "tai-serial-stream.h"
#include "tai-io-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

struct _TaiSerialStream {
  TaiFdStream parent_instance;
  char *path; /* (owned) */
  guint baud;
};

G_DEFINE_FINAL_TYPE (TaiSerialStream, tai_serial_stream, TAI_TYPE_FD_STREAM)

static const struct {
  guint baud;
  speed_t speed;
} speeds[] = {
    {1200, B1200},   {2400, B2400},   {4800, B4800},     {9600, B9600},     {19200, B19200},
    {38400, B38400}, {57600, B57600}, {115200, B115200}, {230400, B230400},
};

static gboolean
speed_of (guint baud, speed_t *speed, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i].baud == baud) {
      *speed = speeds[i].speed;
      return TRUE;
    }
  g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_SUPPORTED, "no serial speed %u", baud);
  return FALSE;
}

/* tcsetattr() reports success when any one setting took, so the speed is read back. */
static gboolean
configure (int fd, guint baud, GError **error)
{
  struct termios mode;
  speed_t speed;

  if (!speed_of (baud, &speed, error))
    return FALSE;
  if (tcgetattr (fd, &mode) != 0) {
    g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_SUPPORTED, "not a serial line: %s",
                 g_strerror (errno));
    return FALSE;
  }
  cfmakeraw (&mode);
  mode.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS | PARENB);
  mode.c_cflag |= CLOCAL | CREAD | CS8;
  mode.c_cc[VMIN] = 1;
  mode.c_cc[VTIME] = 0;
  cfsetispeed (&mode, speed);
  cfsetospeed (&mode, speed);
  if (tcsetattr (fd, TCSANOW, &mode) != 0) {
    tai_io_set_errno (error, errno, TAI_IO_OPENING, "tcsetattr");
    return FALSE;
  }
  if (tcgetattr (fd, &mode) != 0 || cfgetospeed (&mode) != speed) {
    g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_SUPPORTED, "the line does not do %u bit/s", baud);
    return FALSE;
  }
  tcflush (fd, TCIOFLUSH);
  return TRUE;
}

static gboolean
tai_serial_stream_open (TaiStream *stream, GCancellable *cancellable, GError **error)
{
  TaiSerialStream *self = TAI_SERIAL_STREAM (stream);
  int fd = open (self->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0) {
    tai_io_set_errno (error, errno, TAI_IO_OPENING, self->path);
    return FALSE;
  }
  if (flock (fd, LOCK_EX | LOCK_NB) != 0) {
    tai_io_set_errno (error, errno, TAI_IO_OPENING, self->path);
    close (fd);
    return FALSE;
  }
  if (!configure (fd, self->baud, error)) {
    close (fd);
    return FALSE;
  }
  tai_fd_stream_take (TAI_FD_STREAM (self), fd);
  return TRUE;
}

static gboolean
tai_serial_stream_set_baud (TaiStream *stream, guint baud, GError **error)
{
  TaiSerialStream *self = TAI_SERIAL_STREAM (stream);
  int fd = tai_fd_stream_get_fd (TAI_FD_STREAM (self));
  speed_t speed;

  if (!speed_of (baud, &speed, error) || (fd >= 0 && !configure (fd, baud, error)))
    return FALSE;
  self->baud = baud;
  return TRUE;
}

static gboolean
tai_serial_stream_is_emulated (TaiStream *stream)
{
  return !tai_io_is_hardware (tai_fd_stream_get_fd (TAI_FD_STREAM (stream)),
                              TAI_SERIAL_STREAM (stream)->path);
}

static void
tai_serial_stream_finalize (GObject *object)
{
  g_free (TAI_SERIAL_STREAM (object)->path);
  G_OBJECT_CLASS (tai_serial_stream_parent_class)->finalize (object);
}

static void
tai_serial_stream_class_init (TaiSerialStreamClass *klass)
{
  TaiStreamClass *stream_class = TAI_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tai_serial_stream_finalize;
  stream_class->open = tai_serial_stream_open;
  stream_class->set_baud = tai_serial_stream_set_baud;
  stream_class->is_emulated = tai_serial_stream_is_emulated;
}

static void
tai_serial_stream_init (TaiSerialStream *self)
{
}

TaiSerialStream *
tai_serial_stream_new (const char *path, guint baud)
{
  g_return_val_if_fail (path != NULL, NULL);

  TaiSerialStream *self = g_object_new (TAI_TYPE_SERIAL_STREAM, NULL);
  self->path = g_strdup (path);
  self->baud = baud;
  return self;
}
