/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands for emulators. Why one poll() for commands and device: no threads, no timers, and the order of events is the one in
 * which they were made. Thread: the emulator's. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-emulator-control.h"
#include "tai-devices-error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SOURCES 4
#define MAX_LINE    1024

typedef struct {
  int fd; /* -1 at its end */
  gboolean quits;
  GString *line; /* (owned) what came without its end of line */
} Source;

struct _TaiEmulatorControl {
  Source sources[MAX_SOURCES];
  guint n_sources;
  char *fifo; /* (owned) (nullable) */
  int fifo_fd;
};

TaiEmulatorControl *
tai_emulator_control_new (void)
{
  TaiEmulatorControl *self = g_new0 (TaiEmulatorControl, 1);

  self->fifo_fd = -1;
  return self;
}

void
tai_emulator_control_free (TaiEmulatorControl *self)
{
  for (guint i = 0; i < self->n_sources; i++)
    g_string_free (self->sources[i].line, TRUE);
  if (self->fifo != NULL)
    unlink (self->fifo);
  if (self->fifo_fd >= 0)
    close (self->fifo_fd);
  g_free (self->fifo);
  g_free (self);
}

static void
add (TaiEmulatorControl *self, int fd, gboolean quits)
{
  g_assert (self->n_sources < MAX_SOURCES);
  self->sources[self->n_sources++] = (Source){fd, quits, g_string_new (NULL)};
}

void
tai_emulator_control_add_fd (TaiEmulatorControl *self, int fd)
{
  add (self, fd, FALSE);
}

void
tai_emulator_control_add_quit_fd (TaiEmulatorControl *self, int fd)
{
  add (self, fd, TRUE);
}

/* Opened for both ways, so that it does not end when a writer leaves. */
gboolean
tai_emulator_control_add_fifo (TaiEmulatorControl *self, const char *path, GError **error)
{
  struct stat status;

  g_return_val_if_fail (self->fifo_fd < 0, FALSE);

  if (mkfifo (path, 0600) == 0)
    self->fifo = g_strdup (path);
  if (self->fifo != NULL || errno == EEXIST)
    self->fifo_fd = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
  if (self->fifo_fd < 0 || fstat (self->fifo_fd, &status) != 0 || !S_ISFIFO (status.st_mode)) {
    g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "no FIFO can be made at %s", path);
    return FALSE;
  }
  add (self, self->fifo_fd, FALSE);
  return TRUE;
}

static void
split_lines (Source *source, const char *bytes, gsize size, GPtrArray *commands)
{
  for (gsize i = 0; i < size; i++)
    if (bytes[i] != '\n' && source->line->len < MAX_LINE)
      g_string_append_c (source->line, bytes[i]);
    else if (bytes[i] == '\n') {
      g_ptr_array_add (commands, g_strstrip (g_strndup (source->line->str, source->line->len)));
      g_string_truncate (source->line, 0);
    }
}

static void
take (Source *source, GPtrArray *commands)
{
  char bytes[512];
  gssize n = read (source->fd, bytes, sizeof bytes);

  if (n > 0 && source->quits)
    g_ptr_array_add (commands, g_strdup ("quit"));
  else if (n > 0)
    split_lines (source, bytes, (gsize)n, commands);
  else if (n == 0 || (errno != EAGAIN && errno != EINTR))
    source->fd = -1;
}

gboolean
tai_emulator_control_wait (TaiEmulatorControl *self, int device_fd, int timeout_ms, GCancellable *cancellable,
                           GPtrArray **commands, gboolean *device_ready, GError **error)
{
  GPollFD fds[MAX_SOURCES + 2] = {{device_fd, G_IO_IN, 0}};
  guint n = 1;

  for (guint i = 0; i < self->n_sources; i++)
    fds[n++] = (GPollFD){self->sources[i].fd, G_IO_IN, 0};
  gboolean cancels = g_cancellable_make_pollfd (cancellable, &fds[n]);
  int result = g_poll (fds, n + (cancels ? 1 : 0), timeout_ms);
  int number = errno;
  if (cancels)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_is_cancelled (cancellable) || (result < 0 && number != EINTR)) {
    g_set_error (error, TAI_DEVICES_ERROR,
                 result < 0 ? TAI_DEVICES_ERROR_FAILED : TAI_DEVICES_ERROR_CANCELLED, "poll: %s",
                 result < 0 ? g_strerror (number) : "cancelled");
    return FALSE;
  }
  *commands = g_ptr_array_new_with_free_func (g_free);
  *device_ready = result > 0 && fds[0].revents != 0;
  for (guint i = 0; i < self->n_sources && result > 0; i++)
    if (fds[1 + i].revents != 0)
      take (&self->sources[i], *commands);
  return TRUE;
}

char *
tai_emulator_parse_fault (const char *text, guint *number, GError **error)
{
  const char *at = strchr (text, '@');
  guint64 n = 0;

  if (at != NULL && !g_ascii_string_to_unsigned (at + 1, 10, 1, G_MAXUINT32, &n, NULL)) {
    g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "no number after @ in '%s'", text);
    return NULL;
  }
  *number = (guint)n;
  return at == NULL ? g_strdup (text) : g_strndup (text, (gsize)(at - text));
}
