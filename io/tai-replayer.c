/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The replayer. Why: tests drive the real driver through what a real device did, without the device. Thread: any one. */
#define G_LOG_DOMAIN "tai-io"

#include "tai-replayer.h"

#include <stdlib.h>
#include <string.h>

#define MAX_RECORDING_BYTES (16 * 1024 * 1024)

typedef enum { EVENT_OPEN, EVENT_CLOSE, EVENT_BAUD, EVENT_WRITE, EVENT_READ } EventKind;
static const char *const kind_names[] = {"open", "close", "baud", ">", "<"};

typedef struct {
  EventKind kind;
  guint line;
  guint baud;
  gsize size;
  guint8 *bytes; /* (owned) (nullable): NULL when blanked or none */
  gboolean blanked, failed;
  TaiIoError code; /* when failed */
} Event;

struct _TaiReplayer {
  TaiStream parent_instance;
  GArray *events; /* (owned) of Event */
  guint next;
  gsize taken;  /* bytes of the next read event that were given already */
  gsize offset; /* bytes written in all, for messages */
};

G_DEFINE_FINAL_TYPE (TaiReplayer, tai_replayer, TAI_TYPE_STREAM)

static void
clear_event (gpointer data)
{
  g_free (((Event *)data)->bytes);
}

static gboolean
parse_hex (const char *text, Event *event)
{
  gsize digits = strlen (text);

  if (digits % 2 != 0)
    return FALSE;
  event->size = digits / 2;
  event->bytes = g_malloc (event->size + 1);
  for (gsize i = 0; i < event->size; i++) {
    int high = g_ascii_xdigit_value (text[2 * i]), low = g_ascii_xdigit_value (text[2 * i + 1]);
    if (high < 0 || low < 0)
      return FALSE;
    event->bytes[i] = (guint8)(high << 4 | low);
  }
  return TRUE;
}

static gboolean
parse_number (const char *text, guint64 max, guint64 *number)
{
  return g_ascii_string_to_unsigned (text, 10, 0, max, number, NULL);
}

static gboolean
parse_word (const char *word, Event *event)
{
  guint64 number;

  if (*word == '!')
    return (event->failed = tai_io_error_from_text (word + 1, &event->code));
  if (event->kind == EVENT_BAUD && parse_number (word, 10000000, &number)) {
    event->baud = (guint)number;
    return TRUE;
  }
  if (event->kind != EVENT_READ && event->kind != EVENT_WRITE)
    return FALSE;
  if (event->bytes != NULL || event->blanked)
    return FALSE;
  if (*word != '?')
    return parse_hex (word, event);
  if (!parse_number (word + 1, MAX_RECORDING_BYTES, &number))
    return FALSE;
  event->size = (gsize)number;
  return (event->blanked = TRUE);
}

/* Parses one line that is no remark. A read event without bytes and without an error would make no sense. */
static gboolean
parse_line (const char *line, Event *event)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  gsize kind = 0;

  while (kind < G_N_ELEMENTS (kind_names) && !g_str_equal (words[0], kind_names[kind]))
    kind++;
  if (kind == G_N_ELEMENTS (kind_names))
    return FALSE;
  event->kind = (EventKind)kind;
  for (char **word = words + 1; *word != NULL; word++)
    if (**word != '\0' && !parse_word (*word, event))
      return FALSE;
  return event->kind != EVENT_READ || event->failed != (event->size > 0);
}

static gboolean
parse (TaiReplayer *self, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  if (lines[0] == NULL || !g_str_equal (lines[0], "guitai-recording 1")) {
    g_set_error_literal (error, TAI_IO_ERROR, TAI_IO_ERROR_RECORDING, "line 1: not a recording of version 1");
    return FALSE;
  }
  for (guint i = 1; lines[i] != NULL; i++) {
    Event event = {.line = i + 1};
    if (*lines[i] == '\0' || *lines[i] == '#')
      continue;
    gboolean good = parse_line (lines[i], &event);
    g_array_append_val (self->events, event);
    if (!good) {
      g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_RECORDING, "line %u: no such event", i + 1);
      return FALSE;
    }
  }
  return TRUE;
}

/* The next event if it is of @kind; else NULL and MISMATCH. */
static Event *
expect (TaiReplayer *self, EventKind kind, GError **error)
{
  if (self->next == self->events->len) {
    g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_MISMATCH, "'%s' after the end of the recording",
                 kind_names[kind]);
    return NULL;
  }
  Event *event = &g_array_index (self->events, Event, self->next);
  if (event->kind == kind)
    return event;
  g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_MISMATCH,
               "line %u: '%s' recorded, '%s' done (offset %" G_GSIZE_FORMAT ")", event->line,
               kind_names[event->kind], kind_names[kind], self->offset);
  return NULL;
}

/* Passes on the error of an event, if it had one. */
static gboolean
leave (TaiReplayer *self, const Event *event, GError **error)
{
  self->next++;
  self->taken = 0;
  if (event->failed)
    g_set_error (error, TAI_IO_ERROR, (int)event->code, "recorded in line %u", event->line);
  return !event->failed;
}

static gboolean
tai_replayer_open (TaiStream *stream, GCancellable *cancellable, GError **error)
{
  Event *event = expect (TAI_REPLAYER (stream), EVENT_OPEN, error);

  return event != NULL && leave (TAI_REPLAYER (stream), event, error);
}

static gssize
tai_replayer_read (TaiStream *stream, guint8 *bytes, gsize size, int timeout_ms, GCancellable *cancellable,
                   GError **error)
{
  TaiReplayer *self = TAI_REPLAYER (stream);
  Event *event = expect (self, EVENT_READ, error);

  if (event == NULL || (event->failed && !leave (self, event, error)))
    return -1;
  if (event->blanked) {
    g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_BLANKED, "line %u: private bytes were not recorded",
                 event->line);
    return -1;
  }
  gsize n = MIN (size, event->size - self->taken);
  memcpy (bytes, event->bytes + self->taken, n);
  self->taken += n;
  if (self->taken == event->size)
    leave (self, event, NULL);
  return (gssize)n;
}

static gboolean
check_written (TaiReplayer *self, const Event *event, const guint8 *bytes, gsize size, GError **error)
{
  gsize same = 0;

  while (!event->blanked && same < size && same < event->size && bytes[same] == event->bytes[same])
    same++;
  if (size == event->size && (event->blanked || same == size))
    return TRUE;
  g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_MISMATCH,
               "line %u: written bytes differ at offset %" G_GSIZE_FORMAT " of the recording's writes",
               event->line, self->offset + same);
  return FALSE;
}

static gboolean
tai_replayer_write_all (TaiStream *stream, const guint8 *bytes, gsize size, int timeout_ms,
                        GCancellable *cancellable, GError **error)
{
  TaiReplayer *self = TAI_REPLAYER (stream);
  Event *event = expect (self, EVENT_WRITE, error);

  if (event == NULL || !check_written (self, event, bytes, size, error))
    return FALSE;
  self->offset += size;
  return leave (self, event, error);
}

static gboolean
tai_replayer_set_baud (TaiStream *stream, guint baud, GError **error)
{
  TaiReplayer *self = TAI_REPLAYER (stream);
  Event *event = expect (self, EVENT_BAUD, error);

  if (event == NULL)
    return FALSE;
  if (event->baud != baud) {
    g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_MISMATCH, "line %u: %u bit/s recorded, %u asked for",
                 event->line, event->baud, baud);
    return FALSE;
  }
  return leave (self, event, error);
}

/* close() cannot fail; one that was not recorded shows in tai_replayer_finish(). */
static void
tai_replayer_close (TaiStream *stream)
{
  Event *event = expect (TAI_REPLAYER (stream), EVENT_CLOSE, NULL);

  if (event != NULL)
    leave (TAI_REPLAYER (stream), event, NULL);
}

static gboolean
tai_replayer_is_emulated (TaiStream *stream)
{
  return TRUE;
}

static void
tai_replayer_finalize (GObject *object)
{
  g_array_unref (TAI_REPLAYER (object)->events);
  G_OBJECT_CLASS (tai_replayer_parent_class)->finalize (object);
}

static void
tai_replayer_class_init (TaiReplayerClass *klass)
{
  TaiStreamClass *stream_class = TAI_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tai_replayer_finalize;
  stream_class->open = tai_replayer_open;
  stream_class->read = tai_replayer_read;
  stream_class->write_all = tai_replayer_write_all;
  stream_class->set_baud = tai_replayer_set_baud;
  stream_class->close = tai_replayer_close;
  stream_class->is_emulated = tai_replayer_is_emulated;
}

static void
tai_replayer_init (TaiReplayer *self)
{
  self->events = g_array_new (FALSE, FALSE, sizeof (Event));
  g_array_set_clear_func (self->events, clear_event);
}

TaiReplayer *
tai_replayer_new_from_text (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (TaiReplayer) self = g_object_new (TAI_TYPE_REPLAYER, NULL);
  return parse (self, text, error) ? g_steal_pointer (&self) : NULL;
}

TaiReplayer *
tai_replayer_new (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  file = g_mapped_file_new (path, FALSE, &cause);
  if (file == NULL) {
    g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_FOUND, "%s", cause->message);
    return NULL;
  }
  if (g_mapped_file_get_length (file) > MAX_RECORDING_BYTES) {
    g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_RECORDING, "%s: larger than %d bytes", path,
                 MAX_RECORDING_BYTES);
    return NULL;
  }
  g_autofree char *text = g_strndup (g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
  return tai_replayer_new_from_text (text, error);
}

gboolean
tai_replayer_finish (TaiReplayer *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_REPLAYER (self), FALSE);

  if (self->next == self->events->len)
    return TRUE;
  Event *event = &g_array_index (self->events, Event, self->next);
  g_set_error (error, TAI_IO_ERROR, TAI_IO_ERROR_MISMATCH, "line %u: '%s' was never asked for", event->line,
               kind_names[event->kind]);
  return FALSE;
}
