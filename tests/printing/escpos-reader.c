/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The receipt printer of the tests. */
#include "escpos-reader.h"

#include <string.h>

typedef struct {
  const guint8 *data;
  gsize size, at;
  guint max_columns;
  GPtrArray *items;
  GByteArray *line; /* GB18030 */
  guint columns;
  gboolean bold, chinese;
  guint align, width, height;
  char *qr;
  guint qr_dots;
  char qr_level;
} Reader;

static gboolean
refuse (const Reader *self, const char *what, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "offset %" G_GSIZE_FORMAT ": %s (byte %02x)",
               self->at, what, self->at < self->size ? self->data[self->at] : 0);
  return FALSE;
}

static void
item_free (gpointer data)
{
  ReaderItem *item = data;

  g_free (item->text);
  g_free (item->rows);
  g_free (item);
}

static ReaderItem *
add (Reader *self, ReaderItemType type, guint n)
{
  ReaderItem *item = g_new0 (ReaderItem, 1);

  item->type = type;
  item->n = n;
  item->bold = self->bold;
  item->align = self->align;
  item->width = self->width;
  item->height = self->height;
  g_ptr_array_add (self->items, item);
  return item;
}

/* The printed character: a two-byte one takes 24 dots, others 12, times the width. */
static gboolean
take_text (Reader *self, GError **error)
{
  guint8 c = self->data[self->at];
  guint n = c < 0x80 ? 1 : 2;

  if (n == 2) {
    guint8 d = self->at + 1 < self->size ? self->data[self->at + 1] : 0;

    if (c == 0x80 || c == 0xff || d < 0x40 || d == 0x7f || d == 0xff)
      return refuse (self, "not a two-byte character of GB18030", error);
    if (!self->chinese)
      return refuse (self, "Chinese character outside Chinese mode", error);
  }
  g_byte_array_append (self->line, self->data + self->at, n);
  self->columns += n * self->width;
  if (self->columns > self->max_columns)
    return refuse (self, "line wider than the paper", error);
  self->at += n;
  return TRUE;
}

static gboolean
end_line (Reader *self, GError **error)
{
  g_autofree char *text =
      g_convert ((const char *)self->line->data, self->line->len, "UTF-8", "GB18030", NULL, NULL, NULL);
  ReaderItem *item;

  if (text == NULL && self->line->len > 0)
    return refuse (self, "line is no GB18030", error);
  item = add (self, READER_LINE, 0);
  item->text = g_strdup (text ? text : "");
  item->columns = self->columns;
  g_byte_array_set_size (self->line, 0);
  self->columns = 0;
  self->at++;
  return TRUE;
}

/* @n parameter bytes behind the two of the command. */
static const guint8 *
parameters (Reader *self, gsize head, gsize n, GError **error)
{
  const guint8 *p = self->data + self->at + head;

  if (self->at + head + n > self->size) {
    refuse (self, "command cut short", error);
    return NULL;
  }
  self->at += head + n;
  return p;
}

static gboolean
at_line_start (const Reader *self, GError **error)
{
  return self->line->len == 0 || refuse (self, "command needs the start of a line", error);
}

static gboolean
take_esc (Reader *self, GError **error)
{
  guint8 command = self->at + 1 < self->size ? self->data[self->at + 1] : 0;
  const guint8 *p;
  ReaderItem *item;

  switch (command) {
  case '@':
    self->at += 2;
    self->bold = FALSE;
    self->chinese = TRUE;
    self->align = 0;
    self->width = self->height = 1;
    return TRUE;
  case 'E':
    if (!(p = parameters (self, 2, 1, error)))
      return FALSE;
    self->bold = p[0] & 1;
    return TRUE;
  case 'a':
    if (!at_line_start (self, error) || !(p = parameters (self, 2, 1, error)))
      return FALSE;
    if (p[0] > 2)
      return refuse (self, "unknown alignment", error);
    self->align = p[0];
    return TRUE;
  case 'd':
    if (!(p = parameters (self, 2, 1, error)))
      return FALSE;
    add (self, READER_FEED, p[0]);
    return TRUE;
  case 't':
    return parameters (self, 2, 1, error) != NULL;
  case 'p':
    if (!(p = parameters (self, 2, 3, error)))
      return FALSE;
    if (p[0] != 0 && p[0] != 1 && p[0] != '0' && p[0] != '1')
      return refuse (self, "unknown drawer", error);
    item = add (self, READER_DRAWER, p[0] & 1 ? 5 : 2);
    item->on_ms = p[1] * 2;
    item->off_ms = p[2] * 2;
    return TRUE;
  default:
    return refuse (self, "unknown ESC command", error);
  }
}

static gboolean
take_fs (Reader *self, GError **error)
{
  guint8 command = self->at + 1 < self->size ? self->data[self->at + 1] : 0;

  switch (command) {
  case '&':
  case '.':
    self->chinese = command == '&';
    self->at += 2;
    return TRUE;
  case 'W':
    return parameters (self, 2, 1, error) != NULL;
  default:
    return refuse (self, "unknown FS command", error);
  }
}

static gboolean
take_raster (Reader *self, GError **error)
{
  const guint8 *p;
  ReaderItem *item;
  guint width, height;

  if (!at_line_start (self, error) || !(p = parameters (self, 3, 5, error)))
    return FALSE;
  width = p[1] | p[2] << 8;
  height = p[3] | p[4] << 8;
  if ((p[0] > 3 && (p[0] < '0' || p[0] > '3')) || width == 0 || height == 0)
    return refuse (self, "raster of nothing", error);
  if (width * 8 > self->max_columns * 12 + 11)
    return refuse (self, "raster wider than the paper", error);
  if (!(p = parameters (self, 0, (gsize)width * height, error)))
    return FALSE;
  item = add (self, READER_RASTER, 0);
  item->width = width;
  item->height = height;
  item->rows = g_memdup2 (p, (gsize)width * height);
  return TRUE;
}

static gboolean
print_qr (Reader *self, GError **error)
{
  ReaderItem *item;

  if (self->qr == NULL)
    return refuse (self, "QR printed before it was stored", error);
  item = add (self, READER_QR, 0);
  item->text = g_strdup (self->qr);
  item->dots = self->qr_dots;
  item->level = self->qr_level;
  return TRUE;
}

static gboolean
take_qr (Reader *self, GError **error)
{
  const guint8 *p;
  gsize n;

  if (!at_line_start (self, error) || !(p = parameters (self, 3, 2, error)))
    return FALSE;
  n = p[0] | p[1] << 8;
  if (n < 3 || !(p = parameters (self, 0, n, error)))
    return refuse (self, "GS ( k of wrong length", error);
  if (p[0] != '1')
    return refuse (self, "GS ( k of another symbol", error);
  switch (p[1]) {
  case 'A':
    return (n == 4 && (p[2] == '1' || p[2] == '2')) || refuse (self, "QR model", error);
  case 'C':
    self->qr_dots = p[2];
    return (n == 3 && p[2] >= 1 && p[2] <= 16) || refuse (self, "QR module", error);
  case 'E':
    if (n != 3 || p[2] < '0' || p[2] > '3')
      return refuse (self, "QR level", error);
    self->qr_level = "LMQH"[p[2] - '0'];
    return TRUE;
  case 'P':
    if (n < 4 || p[2] != '0')
      return refuse (self, "QR data", error);
    g_free (self->qr);
    self->qr = g_strndup ((const char *)p + 3, n - 3);
    return TRUE;
  case 'Q':
    return print_qr (self, error);
  default:
    return refuse (self, "unknown QR function", error);
  }
}

static gboolean
take_gs (Reader *self, GError **error)
{
  guint8 command = self->at + 1 < self->size ? self->data[self->at + 1] : 0;
  guint8 third = self->at + 2 < self->size ? self->data[self->at + 2] : 0;
  const guint8 *p;

  switch (command) {
  case '!':
    if (!(p = parameters (self, 2, 1, error)))
      return FALSE;
    self->width = (p[0] >> 4) + 1;
    self->height = (p[0] & 15) + 1;
    return TRUE;
  case 'V':
    if (!at_line_start (self, error) || !(p = parameters (self, 2, third >= 65 ? 2 : 1, error)))
      return FALSE;
    if (p[0] != 0 && p[0] != 1 && p[0] != 65 && p[0] != 66)
      return refuse (self, "unknown cut", error);
    add (self, READER_CUT, p[0]);
    return TRUE;
  case 'a':
  case 'r':
    add (self, READER_STATUS, command);
    return parameters (self, 2, 1, error) != NULL;
  case 'v':
    return third == '0' ? take_raster (self, error) : refuse (self, "unknown GS v", error);
  case '(':
    return third == 'k' ? take_qr (self, error) : refuse (self, "unknown GS (", error);
  default:
    return refuse (self, "unknown GS command", error);
  }
}

static gboolean
take_dle (Reader *self, GError **error)
{
  guint8 command = self->at + 1 < self->size ? self->data[self->at + 1] : 0;
  const guint8 *p;
  ReaderItem *item;

  if (command == 0x04) {
    if (!(p = parameters (self, 2, 1, error)))
      return FALSE;
    if (p[0] < 1 || p[0] > 4)
      return refuse (self, "unknown status", error);
    add (self, READER_STATUS, p[0]);
    return TRUE;
  }
  if (command != 0x14)
    return refuse (self, "unknown DLE command", error);
  if (!(p = parameters (self, 2, 3, error)))
    return FALSE;
  if (p[0] != 1 || p[1] > 1 || p[2] < 1 || p[2] > 8)
    return refuse (self, "DLE DC4 parameters", error);
  item = add (self, READER_DRAWER, p[1] ? 5 : 2);
  item->on_ms = item->off_ms = p[2] * 100;
  return TRUE;
}

static gboolean
take (Reader *self, GError **error)
{
  switch (self->data[self->at]) {
  case 0x0a:
    return end_line (self, error);
  case 0x10:
    return take_dle (self, error);
  case 0x1b:
    return take_esc (self, error);
  case 0x1c:
    return take_fs (self, error);
  case 0x1d:
    return take_gs (self, error);
  default:
    if (self->data[self->at] < 0x20 || self->data[self->at] == 0x7f)
      return refuse (self, "control byte in text", error);
    return take_text (self, error);
  }
}

GPtrArray *
escpos_read (const guint8 *data, gsize size, guint columns, GError **error)
{
  Reader self = {
      .data = data, .size = size, .max_columns = columns, .chinese = TRUE, .width = 1, .height = 1};
  gboolean ok = TRUE;

  self.items = g_ptr_array_new_with_free_func (item_free);
  self.line = g_byte_array_new ();
  while (ok && self.at < size)
    ok = take (&self, error);
  if (ok && self.line->len > 0)
    ok = refuse (&self, "text that was never printed", error);
  g_byte_array_unref (self.line);
  g_free (self.qr);
  if (!ok)
    g_clear_pointer (&self.items, g_ptr_array_unref);
  return self.items;
}

GPtrArray *
escpos_read_bytes (GBytes *bytes, guint columns, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return escpos_read (data, size, columns, error);
}

char *
escpos_read_text (GPtrArray *items)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++) {
    const ReaderItem *item = g_ptr_array_index (items, i);

    if (item->type == READER_LINE)
      g_string_append_printf (text, "%s\n", item->text);
    else if (item->type == READER_RASTER)
      g_string_append (text, "[raster]\n");
    else if (item->type == READER_QR)
      g_string_append_printf (text, "[qr %s]\n", item->text);
  }
  return g_string_free (text, FALSE);
}

const ReaderItem *
escpos_find (GPtrArray *items, ReaderItemType type, guint nth)
{
  for (guint i = 0; i < items->len; i++) {
    const ReaderItem *item = g_ptr_array_index (items, i);

    if (item->type == type && nth-- == 0)
      return item;
  }
  return NULL;
}

guint
escpos_count (GPtrArray *items, ReaderItemType type)
{
  guint n = 0;

  while (escpos_find (items, type, n))
    n++;
  return n;
}

gboolean
escpos_raster_dot (const ReaderItem *raster, guint x, guint y)
{
  return (raster->rows[y * raster->width + x / 8] & 0x80 >> x % 8) != 0;
}
