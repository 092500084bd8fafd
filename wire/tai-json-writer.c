/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Renders JSON into one growing buffer, without a tree. The bytes of a message are rendered once, hashed and kept, so the
 * form is fixed: no blanks, members in the order of the calls, only what RFC 8259 demands is escaped. One thread at a time.
 */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-canonical.h"
#include "tai-json-private.h"

#include <json-c/json.h>
#include <string.h>

struct _TaiJsonWriter {
  GString *text; /* (owned) */
  guint depth;
  char open[TAI_JSON_MAX_DEPTH]; /* '{' or '[' */
  gboolean filled;               /* the open container has an element already: a comma comes first */
  gboolean keyed;                /* a key waits for its value */
};

TaiJsonWriter *
tai_json_writer_new (void)
{
  TaiJsonWriter *self = g_new0 (TaiJsonWriter, 1);
  self->text = g_string_sized_new (2048);
  return self;
}

void
tai_json_writer_free (TaiJsonWriter *self)
{
  if (self == NULL)
    return;
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self);
}

static GString *
end_writer (TaiJsonWriter *self)
{
  g_assert (self->depth == 0 && self->filled);
  GString *text = g_steal_pointer (&self->text);
  tai_json_writer_free (self);
  return text;
}

GBytes *
tai_json_writer_end_bytes (TaiJsonWriter *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_string_free_to_bytes (end_writer (self));
}

char *
tai_json_writer_end_text (TaiJsonWriter *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_string_free (end_writer (self), FALSE);
}

static void
begin_value (TaiJsonWriter *self)
{
  gboolean in_object = self->depth > 0 && self->open[self->depth - 1] == '{';
  g_assert (self->keyed == in_object);
  if (self->depth == 0)
    g_assert (!self->filled); /* one root */
  else if (!in_object && self->filled)
    g_string_append_c (self->text, ',');
  self->keyed = FALSE;
  self->filled = TRUE;
}

static void
begin_container (TaiJsonWriter *self, char bracket)
{
  g_assert (self->depth < TAI_JSON_MAX_DEPTH);
  begin_value (self);
  self->open[self->depth++] = bracket;
  self->filled = FALSE;
  g_string_append_c (self->text, bracket);
}

static void
end_container (TaiJsonWriter *self, char bracket, char closing)
{
  g_assert (self->depth > 0 && self->open[self->depth - 1] == bracket && !self->keyed);
  self->depth--;
  self->filled = TRUE;
  g_string_append_c (self->text, closing);
}

void
tai_json_writer_begin_object (TaiJsonWriter *self)
{
  begin_container (self, '{');
}

void
tai_json_writer_end_object (TaiJsonWriter *self)
{
  end_container (self, '{', '}');
}

void
tai_json_writer_begin_array (TaiJsonWriter *self)
{
  begin_container (self, '[');
}

void
tai_json_writer_end_array (TaiJsonWriter *self)
{
  end_container (self, '[', ']');
}

static void
append_escaped (GString *text, guchar c)
{
  static const char short_form[] = "\bb\tt\nn\ff\rr\"\"\\\\";
  const char *pair = short_form;
  while (*pair != '\0' && (guchar)*pair != c)
    pair += 2;
  if (*pair != '\0') {
    g_string_append_c (text, '\\');
    g_string_append_c (text, pair[1]);
  } else
    g_string_append_printf (text, "\\u%04x", c);
}

/* Most are names and codes: ASCII is UTF-8, only the rest is looked at by its bytes. */
static void
append_quoted (GString *text, const char *value)
{
  g_assert (value != NULL);
  g_string_append_c (text, '"');
  guchar seen = 0;
  const char *run = value;
  const char *at = value;
  for (; *at != '\0'; at++) {
    guchar c = (guchar)*at;
    seen |= c;
    if (c >= 0x20 && c != '"' && c != '\\')
      continue;
    g_string_append_len (text, run, at - run);
    append_escaped (text, c);
    run = at + 1;
  }
  g_assert (seen < 0x80 || g_utf8_validate (value, at - value, NULL));
  g_string_append_len (text, run, at - run);
  g_string_append_c (text, '"');
}

void
tai_json_writer_key (TaiJsonWriter *self, const char *name)
{
  g_assert (self->depth > 0 && self->open[self->depth - 1] == '{' && !self->keyed);
  if (self->filled)
    g_string_append_c (self->text, ',');
  append_quoted (self->text, name);
  g_string_append_c (self->text, ':');
  self->keyed = TRUE;
}

void
tai_json_writer_string (TaiJsonWriter *self, const char *value)
{
  begin_value (self);
  append_quoted (self->text, value);
}

void
tai_json_writer_int (TaiJsonWriter *self, gint64 value)
{
  begin_value (self);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

void
tai_json_writer_bool (TaiJsonWriter *self, gboolean value)
{
  begin_value (self);
  g_string_append (self->text, value ? "true" : "false");
}

void
tai_json_writer_null (TaiJsonWriter *self)
{
  begin_value (self);
  g_string_append (self->text, "null");
}

void
tai_json_writer_decimal (TaiJsonWriter *self, const char *text)
{
  gboolean is_int;
  g_assert (tai_json_scan_number (text, strlen (text), &is_int));
  begin_value (self);
  g_string_append (self->text, text);
}

void
tai_json_writer_raw (TaiJsonWriter *self, const char *json, gssize length)
{
  g_assert (json != NULL && length != 0 && *json != '\0');
  begin_value (self);
  g_string_append_len (self->text, json, length);
}

static void
write_members (TaiJsonWriter *self, const TaiJson *object)
{
  TaiJsonIter iter;
  tai_json_writer_begin_object (self);
  tai_json_iter_init (&iter, object);
  while (tai_json_iter_next (&iter)) {
    tai_json_writer_key (self, iter.name);
    tai_json_writer_node (self, iter.value);
  }
  tai_json_writer_end_object (self);
}

static void
write_elements (TaiJsonWriter *self, const TaiJson *array)
{
  tai_json_writer_begin_array (self);
  for (guint i = 0; i < tai_json_get_length (array); i++)
    tai_json_writer_node (self, tai_json_get_element (array, i));
  tai_json_writer_end_array (self);
}

void
tai_json_writer_node (TaiJsonWriter *self, const TaiJson *node)
{
  switch (tai_json_get_kind (node)) {
  case TAI_JSON_OBJECT:
    write_members (self, node);
    break;
  case TAI_JSON_ARRAY:
    write_elements (self, node);
    break;
  case TAI_JSON_DECIMAL:
    tai_json_writer_decimal (self, tai_json_decimal_text (node));
    break;
  case TAI_JSON_STRING:
    tai_json_writer_string (self, json_object_get_string ((json_object *)node));
    break;
  case TAI_JSON_INT:
    tai_json_writer_int (self, json_object_get_int64 (node));
    break;
  case TAI_JSON_BOOL:
    tai_json_writer_bool (self, json_object_get_boolean (node));
    break;
  case TAI_JSON_NULL:
  default:
    tai_json_writer_null (self);
    break;
  }
}

char *
tai_json_to_text (const TaiJson *node)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_node (writer, node);
  return tai_json_writer_end_text (writer);
}

void
tai_json_writer_add_string (TaiJsonWriter *self, const char *name, const char *value)
{
  if (value == NULL)
    return;
  tai_json_writer_key (self, name);
  tai_json_writer_string (self, value);
}

void
tai_json_writer_add_int (TaiJsonWriter *self, const char *name, gint64 value)
{
  tai_json_writer_key (self, name);
  tai_json_writer_int (self, value);
}

void
tai_json_writer_add_bool (TaiJsonWriter *self, const char *name, gboolean value)
{
  tai_json_writer_key (self, name);
  tai_json_writer_bool (self, value);
}

void
tai_json_writer_add_time (TaiJsonWriter *self, const char *name, gint64 time_us)
{
  g_autofree char *text = time_us != 0 ? tai_time_to_text (time_us) : NULL;
  tai_json_writer_add_string (self, name, text);
}

void
tai_json_writer_add_node (TaiJsonWriter *self, const char *name, const TaiJson *node)
{
  tai_json_writer_key (self, name);
  tai_json_writer_node (self, node);
}

void
tai_json_writer_add_object (TaiJsonWriter *self, const char *name)
{
  tai_json_writer_key (self, name);
  tai_json_writer_begin_object (self);
}

void
tai_json_writer_add_array (TaiJsonWriter *self, const char *name)
{
  tai_json_writer_key (self, name);
  tai_json_writer_begin_array (self);
}
