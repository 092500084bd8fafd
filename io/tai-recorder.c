/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recorder. Why: what a hall's reader did wrong once can be played to the real driver at a desk. Thread: the device's
 * worker. */
#define G_LOG_DOMAIN "tai-io"

#include "tai-recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct _TaiRecorder {
  TaiStream parent_instance;
  TaiStream *inner; /* (owned) */
  FILE *file;       /* (owned) (nullable): NULL after finish */
  TaiRecorderPrivacy privacy;
  gboolean is_private;
  gboolean lost;
};

G_DEFINE_FINAL_TYPE (TaiRecorder, tai_recorder, TAI_TYPE_STREAM)

static void G_GNUC_PRINTF (2, 3) put (TaiRecorder *self, const char *format, ...)
{
  va_list arguments;

  if (self->file == NULL)
    return;
  va_start (arguments, format);
  if (vfprintf (self->file, format, arguments) < 0)
    self->lost = TRUE;
  va_end (arguments);
}

/* Ends the event; each one reaches the kernel at once, for the program may be about to crash. */
static void
end_event (TaiRecorder *self, const GError *failure)
{
  if (failure != NULL)
    put (self, " !%s", tai_io_error_to_text (failure->code));
  put (self, "\n");
  if (self->file != NULL && fflush (self->file) != 0)
    self->lost = TRUE;
}

static void
put_bytes (TaiRecorder *self, char direction, const guint8 *bytes, gsize size)
{
  put (self, "%c ", direction);
  if (self->is_private && self->privacy == TAI_RECORDER_BLANK) {
    put (self, "?%" G_GSIZE_FORMAT, size);
    return;
  }
  for (gsize i = 0; i < size; i++)
    put (self, "%02X", bytes[i]);
}

static gboolean
tai_recorder_open (TaiStream *stream, GCancellable *cancellable, GError **error)
{
  TaiRecorder *self = TAI_RECORDER (stream);
  g_autoptr (GError) failure = NULL;

  self->is_private = FALSE;
  tai_stream_open (self->inner, cancellable, &failure);
  put (self, "open");
  end_event (self, failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gssize
tai_recorder_read (TaiStream *stream, guint8 *bytes, gsize size, int timeout_ms, GCancellable *cancellable,
                   GError **error)
{
  TaiRecorder *self = TAI_RECORDER (stream);
  g_autoptr (GError) failure = NULL;
  gssize n = tai_stream_read (self->inner, bytes, size, timeout_ms, cancellable, &failure);

  if (n > 0)
    put_bytes (self, '<', bytes, (gsize)n);
  else
    put (self, "<");
  end_event (self, failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return n;
}

static gboolean
tai_recorder_write_all (TaiStream *stream, const guint8 *bytes, gsize size, int timeout_ms,
                        GCancellable *cancellable, GError **error)
{
  TaiRecorder *self = TAI_RECORDER (stream);
  g_autoptr (GError) failure = NULL;
  gboolean done = tai_stream_write_all (self->inner, bytes, size, timeout_ms, cancellable, &failure);

  put_bytes (self, '>', bytes, size);
  end_event (self, failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return done;
}

static gboolean
tai_recorder_set_baud (TaiStream *stream, guint baud, GError **error)
{
  TaiRecorder *self = TAI_RECORDER (stream);
  g_autoptr (GError) failure = NULL;
  gboolean done = tai_stream_set_baud (self->inner, baud, &failure);

  put (self, "baud %u", baud);
  end_event (self, failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return done;
}

static void
tai_recorder_set_private (TaiStream *stream, gboolean is_private)
{
  TAI_RECORDER (stream)->is_private = is_private;
  tai_stream_set_private (TAI_RECORDER (stream)->inner, is_private);
}

static void
tai_recorder_close (TaiStream *stream)
{
  TaiRecorder *self = TAI_RECORDER (stream);

  tai_stream_close (self->inner);
  put (self, "close");
  end_event (self, NULL);
}

static gboolean
tai_recorder_is_emulated (TaiStream *stream)
{
  return tai_stream_is_emulated (TAI_RECORDER (stream)->inner);
}

static void
tai_recorder_finalize (GObject *object)
{
  TaiRecorder *self = TAI_RECORDER (object);

  g_clear_pointer (&self->file, fclose);
  g_clear_object (&self->inner);
  G_OBJECT_CLASS (tai_recorder_parent_class)->finalize (object);
}

static void
tai_recorder_class_init (TaiRecorderClass *klass)
{
  TaiStreamClass *stream_class = TAI_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tai_recorder_finalize;
  stream_class->open = tai_recorder_open;
  stream_class->read = tai_recorder_read;
  stream_class->write_all = tai_recorder_write_all;
  stream_class->set_baud = tai_recorder_set_baud;
  stream_class->set_private = tai_recorder_set_private;
  stream_class->close = tai_recorder_close;
  stream_class->is_emulated = tai_recorder_is_emulated;
}

static void
tai_recorder_init (TaiRecorder *self)
{
}

/* Not through a link that somebody else has laid, and unreadable to others. */
static FILE *
create (const char *path)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);

  return fd < 0 ? NULL : fdopen (fd, "w");
}

TaiRecorder *
tai_recorder_new (TaiStream *inner, const char *path, TaiRecorderPrivacy privacy, GError **error)
{
  g_return_val_if_fail (TAI_IS_STREAM (inner) && !tai_stream_is_open (inner), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  FILE *file = create (path);
  if (file == NULL) {
    g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_RECORDING, "%s: %s", path, g_strerror (errno));
    return NULL;
  }
  TaiRecorder *self = g_object_new (TAI_TYPE_RECORDER, NULL);
  self->inner = g_object_ref (inner);
  self->privacy = privacy;
  self->file = file;
  put (self, "guitai-recording 1");
  end_event (self, NULL);
  return self;
}

gboolean
tai_recorder_finish (TaiRecorder *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_RECORDER (self), FALSE);

  tai_stream_close (TAI_STREAM (self));
  if (self->file != NULL && fclose (g_steal_pointer (&self->file)) != 0)
    self->lost = TRUE;
  if (self->lost)
    g_set_error_literal (error, TAI_IO_ERROR, TAI_IO_ERROR_RECORDING, "events of the recording were lost");
  return !self->lost;
}
