/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Canonical bytes: what is hashed, signed and sealed. One value has one spelling, so that two programs that never met get
 * the same hash. Pure functions; a TaiCanonical belongs to one thread at a time.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-canonical.h"

#include <string.h>

#include "tai-core-error.h"

struct _TaiCanonical {
  GString *bytes; /* (owned) */
};

/* Not strspn(): it makes a table of the set for each short name. */
static gboolean
is_name (const char *name)
{
  const char *p = name;

  while (g_ascii_isalnum (*p) || *p == '_' || *p == '.' || *p == '-')
    p++;
  return p > name && *p == '\0';
}

TaiCanonical *
tai_canonical_new (int version)
{
  TaiCanonical *self = g_new0 (TaiCanonical, 1);

  g_assert (version > 0);
  self->bytes = g_string_new (NULL);
  tai_canonical_add_int (self, "version", version);
  return self;
}

static void
append_escaped (GString *bytes, const char *value)
{
  for (const char *p = value; *p != '\0'; p++) {
    if (*p == '\n')
      g_string_append (bytes, "\\n");
    else if (*p == '\\')
      g_string_append (bytes, "\\\\");
    else
      g_string_append_c (bytes, *p);
  }
}

void
tai_canonical_add (TaiCanonical *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && is_name (name));
  if (value == NULL)
    return;

  g_autofree char *valid = g_utf8_validate (value, -1, NULL) ? NULL : g_utf8_make_valid (value, -1);

  g_string_append (self->bytes, name);
  g_string_append_c (self->bytes, '=');
  append_escaped (self->bytes, valid != NULL ? valid : value);
  g_string_append_c (self->bytes, '\n');
}

void
tai_canonical_add_int (TaiCanonical *self, const char *name, gint64 value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  tai_canonical_add (self, name, text);
}

void
tai_canonical_add_time (TaiCanonical *self, const char *name, gint64 time_us)
{
  g_autofree char *text = tai_time_to_text (time_us);

  tai_canonical_add (self, name, text);
}

GBytes *
tai_canonical_end (TaiCanonical *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GBytes *bytes = g_string_free_to_bytes (g_steal_pointer (&self->bytes));

  g_free (self);
  return bytes;
}

void
tai_canonical_free (TaiCanonical *self)
{
  if (self == NULL)
    return;
  /* It may hold personal data. */
  explicit_bzero (self->bytes->str, self->bytes->allocated_len);
  g_string_free (self->bytes, TRUE);
  g_free (self);
}

static gboolean
fail (GError **error, const char *message, guint line)
{
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_FAILED, "canonical bytes: %s in line %u", message, line);
  return FALSE;
}

/* In place; FALSE for an escape that no writer writes. */
static gboolean
unescape (char *value)
{
  char *out = value;

  for (const char *p = value; *p != '\0'; p++) {
    if (*p != '\\') {
      *out++ = *p;
      continue;
    }
    p++;
    if (*p != 'n' && *p != '\\')
      return FALSE;
    *out++ = *p == 'n' ? '\n' : '\\';
  }
  *out = '\0';
  return TRUE;
}

/* As a writer writes it: a positive decimal number that fits an int. */
static gboolean
is_version (const char *value)
{
  gsize size = strspn (value, "0123456789");

  return size > 0 && size < 10 && value[size] == '\0' && value[0] != '0';
}

/* @text: one line without its newline, changed in place. */
static gboolean
parse_line (char *text, guint line, TaiCanonicalFunc func, gpointer data, GError **error)
{
  char *equals = strchr (text, '=');

  if (equals == NULL)
    return fail (error, "no '='", line);
  *equals = '\0';
  if (!is_name (text))
    return fail (error, "bad name", line);
  if ((strcmp (text, "version") == 0) != (line == 1))
    return fail (error, "version missing or not first", line);
  if (!unescape (equals + 1))
    return fail (error, "bad escape", line);
  if (line == 1 && !is_version (equals + 1))
    return fail (error, "bad version", line);
  return func (text, equals + 1, data, error);
}

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

gboolean
tai_canonical_parse (GBytes *bytes, TaiCanonicalFunc func, gpointer data, GError **error)
{
  g_return_val_if_fail (bytes != NULL && func != NULL, FALSE);

  gsize size;
  const char *p = g_bytes_get_data (bytes, &size);
  const char *end = p != NULL ? p + size : NULL;

  if (size == 0 || end[-1] != '\n' || !g_utf8_validate_len (p, size, NULL))
    return fail (error, "empty, cut or not UTF-8", 0);
  for (guint line = 1; p < end; line++) {
    const char *newline = memchr (p, '\n', (gsize)(end - p));
    char *text = g_strndup (p, (gsize)(newline - p));
    gboolean good = parse_line (text, line, func, data, error);

    wipe (text);
    if (!good)
      return FALSE;
    p = newline + 1;
  }
  return TRUE;
}
