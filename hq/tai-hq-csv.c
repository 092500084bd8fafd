/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading comma-separated values. Pure. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-csv.h"

#include <string.h>

#include "tai-hq-error.h"

#define MARK "\xef\xbb\xbf" /* spreadsheets put it in front of UTF-8 */

static gpointer
refuse (GError **error, guint line, const char *why)
{
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA, "line %u: %s", line, why);
  return NULL;
}

/* Text that is UTF-8 by chance while it is GBK does not occur in more than a few characters. */
static char *
decode (GBytes *file, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (file, &size);
  char *text;
  if (size > HQ_CSV_MAX_BYTES)
    return refuse (error, 1, "the file is too large");
  if (size > 0 && memchr (bytes, '\0', size) != NULL)
    return refuse (error, 1, "it is no text");
  if (size >= strlen (MARK) && memcmp (bytes, MARK, strlen (MARK)) == 0)
    return g_utf8_validate (bytes + 3, (gssize)size - 3, NULL) ? g_strndup (bytes + 3, size - 3)
                                                               : refuse (error, 1, "it is no UTF-8");
  if (g_utf8_validate (bytes, (gssize)size, NULL))
    return g_strndup (bytes, size);
  text = g_convert (bytes, (gssize)size, "UTF-8", "GB18030", NULL, NULL, NULL);
  return text != NULL ? text : refuse (error, 1, "it is neither UTF-8 nor GB 18030");
}

typedef struct {
  const char *at;
  guint line;
  GPtrArray *rows;
  GPtrArray *cells; /* of the row under way */
} Reader;

static void
row_free (gpointer data)
{
  HqCsvRow *row = data;
  g_strfreev (row->cells);
  g_free (row);
}

static gboolean
has_control (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text) && *text != '\t')
      return TRUE;
  return FALSE;
}

static gboolean
take_cell (Reader *self, GString *cell, GError **error)
{
  char *text = g_strstrip (g_string_free (cell, FALSE));
  g_ptr_array_add (self->cells, text);
  return !has_control (text) || refuse (error, self->line, "a control character") != NULL;
}

/* Behind the opening quote. */
static GString *
read_quoted (Reader *self, GError **error)
{
  GString *cell = g_string_new (NULL);
  for (;; self->at++) {
    if (*self->at == '\0' || *self->at == '\n') { /* nothing that we read has more than a line */
      g_string_free (cell, TRUE);
      return refuse (error, self->line, "a quote is not closed");
    }
    if (*self->at != '"')
      g_string_append_c (cell, *self->at);
    else if (*++self->at == '"')
      g_string_append_c (cell, '"');
    else
      return cell;
  }
}

static gboolean
read_cell (Reader *self, GError **error)
{
  gsize length;
  GString *cell;
  while (*self->at == ' ')
    self->at++;
  if (*self->at != '"') {
    length = strcspn (self->at, ",\r\n");
    cell = g_string_new_len (self->at, (gssize)length);
    self->at += length;
    if (strchr (cell->str, '"') == NULL)
      return take_cell (self, cell, error);
    g_string_free (cell, TRUE);
    return refuse (error, self->line, "a quote inside a cell") != NULL;
  }
  self->at++;
  cell = read_quoted (self, error);
  if (cell == NULL)
    return FALSE;
  while (*self->at == ' ')
    self->at++;
  if (strchr (",\r\n", *self->at) != NULL) /* or the end of the text */
    return take_cell (self, cell, error);
  g_string_free (cell, TRUE);
  return refuse (error, self->line, "something behind a quote") != NULL;
}

static gboolean
is_empty (GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    if (((const char *)cells->pdata[i])[0] != '\0')
      return FALSE;
  return TRUE;
}

static void
end_row (Reader *self)
{
  if (is_empty (self->cells))
    g_ptr_array_unref (self->cells);
  else {
    HqCsvRow *row = g_new0 (HqCsvRow, 1);
    g_ptr_array_set_free_func (self->cells, NULL);
    g_ptr_array_add (self->cells, NULL);
    *row = (HqCsvRow){self->line, (char **)g_ptr_array_free (self->cells, FALSE)};
    g_ptr_array_add (self->rows, row);
  }
  self->cells = g_ptr_array_new_with_free_func (g_free);
}

static gboolean
read_row (Reader *self, GError **error)
{
  for (;;) {
    if (!read_cell (self, error))
      return FALSE;
    if (*self->at != ',')
      break;
    self->at++;
  }
  end_row (self);
  self->at += *self->at == '\r';
  self->at += *self->at == '\n';
  self->line++;
  return TRUE;
}

GPtrArray *
hq_csv_parse (GBytes *file, GError **error)
{
  g_autofree char *text = decode (file, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  Reader self = {text, 1, rows, NULL};
  gboolean good = TRUE;
  if (text == NULL)
    return NULL;
  self.cells = g_ptr_array_new_with_free_func (g_free);
  while (good && *self.at != '\0')
    good = read_row (&self, error);
  g_ptr_array_unref (self.cells);
  return good ? g_steal_pointer (&rows) : NULL;
}
