/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes to items, one after the other; what is refused ends it. Any thread. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-escpos-reader.h"

#include <string.h>

typedef struct {
  const guint8 *data;
  gsize size, at;
  guint max_columns;
  GPtrArray *items;
  GByteArray *line; /* GB18030 */
  guint columns;
  gboolean bold, chinese, has_page; /* a page of one-byte characters was chosen */
  guint align, width, height;
  char *qr;
  guint qr_dots;
  char qr_level;
  TaiEscposItem *stored; /* (owned) (nullable) a picture that waits to be printed */
} Reader;

#define COLUMN_DOTS 12
/* What changes the look of things that the reader does not look at, with the bytes behind its two; ESC and FS and GS. */
static const struct {
  guint8 prefix, letter, size;
} settings[] = {
    {0x1b, ' ', 1}, {0x1b, '!', 1}, {0x1b, '-', 1}, {0x1b, '2', 0}, {0x1b, '3', 1}, {0x1b, 'G', 1},
    {0x1b, 'M', 1}, {0x1b, 'R', 1}, {0x1b, 'V', 1}, {0x1b, '{', 1}, {0x1b, '=', 1}, {0x1b, 'r', 1},
    {0x1b, 'U', 1}, {0x1b, 'c', 2}, {0x1c, '!', 1}, {0x1c, '-', 1}, {0x1c, 'C', 1}, {0x1c, 'S', 2},
    {0x1c, 'W', 1}, {0x1d, 'B', 1}, {0x1d, 'H', 1}, {0x1d, 'L', 2}, {0x1d, 'P', 2}, {0x1d, 'W', 2},
    {0x1d, 'b', 1}, {0x1d, 'f', 1}, {0x1d, 'h', 1}, {0x1d, 'w', 1},
};

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
  TaiEscposItem *item = data;

  g_free (item->text);
  g_free (item->rows);
  g_free (item);
}

static TaiEscposItem *
new_item (const Reader *self, TaiEscposItemType type, guint n)
{
  TaiEscposItem *item = g_new0 (TaiEscposItem, 1);

  item->type = type;
  item->n = n;
  item->bold = self->bold;
  item->align = self->align;
  item->width = self->width;
  item->height = self->height;
  return item;
}

static TaiEscposItem *
add (Reader *self, TaiEscposItemType type, guint n)
{
  TaiEscposItem *item = new_item (self, type, n);

  g_ptr_array_add (self->items, item);
  return item;
}

/* The printed character: a two-byte one takes 24 dots, others 12, times the width. */
static gboolean
take_text (Reader *self, GError **error)
{
  guint8 c = self->data[self->at];
  guint n = c < 0x80 || (!self->chinese && self->has_page) ? 1 : 2;

  if (n == 2) {
    guint8 d = self->at + 1 < self->size ? self->data[self->at + 1] : 0;

    if (c == 0x80 || c == 0xff || d < 0x40 || d == 0x7f || d == 0xff)
      return refuse (self, "not a two-byte character of GB18030", error);
    if (!self->chinese)
      return refuse (self, "Chinese character outside Chinese mode", error);
  }
  if (n == 1 && c >= 0x80)
    g_byte_array_append (self->line, (const guint8 *)"?", 1); /* of a page that is not ours to know */
  else
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
  g_autofree char *text = self->line->len > 0 ? g_convert ((const char *)self->line->data, self->line->len,
                                                           "UTF-8", "GB18030", NULL, NULL, NULL)
                                              : g_strdup ("");
  TaiEscposItem *item;

  if (text == NULL)
    return refuse (self, "line is no GB18030", error);
  item = add (self, TAI_ESCPOS_ITEM_LINE, 0);
  item->text = g_steal_pointer (&text);
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

/* TRUE: it was one of the settings (or was cut short, then with @error). */
static gboolean
take_setting (Reader *self, GError **error)
{
  const guint8 *p = self->data + self->at;

  for (guint i = 0; self->at + 1 < self->size && i < G_N_ELEMENTS (settings); i++)
    if (settings[i].prefix == p[0] && settings[i].letter == p[1]) {
      parameters (self, 2, settings[i].size, error);
      return TRUE;
    }
  return FALSE;
}

/* The next character stands so many dots from the left, or from where it would have stood; back, too: then it is printed over
 * what is there. */
static gboolean
take_position (Reader *self, gboolean is_relative, GError **error)
{
  const guint8 *p = parameters (self, 2, 2, error);
  gint column;

  if (p == NULL)
    return FALSE;
  column = is_relative ? (gint)self->columns + (gint16)(p[0] | p[1] << 8) / COLUMN_DOTS
                       : (p[0] | p[1] << 8) / COLUMN_DOTS;
  if (column < 0 || column > (gint)self->max_columns)
    return refuse (self, "position beyond the paper", error);
  for (; (gint)self->columns < column; self->columns++)
    g_byte_array_append (self->line, (const guint8 *)" ", 1);
  self->columns = (guint)column;
  return TRUE;
}

/* Columns of 8 or 24 dots from the top as rows; at low density a dot is two wide or three high. */
static void
add_strip (Reader *self, const guint8 *columns, guint n, guint8 density)
{
  guint tall = density >= 32 ? 24 : 8, wide = density & 1 ? 1 : 2, high = density >= 32 ? 1 : 3;
  TaiEscposItem *item = add (self, TAI_ESCPOS_ITEM_RASTER, 0);

  item->width = (n * wide + 7) / 8;
  item->height = tall * high;
  item->rows = g_malloc0 ((gsize)MAX (item->width, 1) * item->height);
  for (guint x = 0; x < n * wide; x++)
    for (guint y = 0; y < item->height; y++)
      if (columns[x / wide * (tall / 8) + y / high / 8] & 0x80 >> y / high % 8)
        item->rows[y * item->width + x / 8] |= 0x80 >> x % 8;
}

/* ESC *: a strip of a picture within the line. */
static gboolean
take_strip (Reader *self, GError **error)
{
  const guint8 *p = parameters (self, 2, 3, error), *columns;
  guint8 density;
  guint n;

  if (p == NULL)
    return FALSE;
  n = (guint)(p[1] | p[2] << 8);
  if (p[0] != 0 && p[0] != 1 && p[0] != 32 && p[0] != 33)
    return refuse (self, "unknown density of a bit image", error);
  density = p[0];
  columns = parameters (self, 0, (gsize)n * (density >= 32 ? 3 : 1), error);
  if (columns != NULL)
    add_strip (self, columns, n, density);
  return columns != NULL;
}

static gboolean
take_esc (Reader *self, GError **error)
{
  guint8 command = self->at + 1 < self->size ? self->data[self->at + 1] : 0;
  const guint8 *p;
  TaiEscposItem *item;

  switch (command) {
  case '@':
    self->at += 2;
    self->bold = self->has_page = FALSE;
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
    add (self, TAI_ESCPOS_ITEM_FEED, p[0]);
    return TRUE;
  case 't':
    self->has_page = TRUE;
    return parameters (self, 2, 1, error) != NULL;
  case '$':
  case '\\':
    return take_position (self, command == '\\', error);
  case '*':
    return take_strip (self, error);
  case 'p':
    if (!(p = parameters (self, 2, 3, error)))
      return FALSE;
    if (p[0] != 0 && p[0] != 1 && p[0] != '0' && p[0] != '1')
      return refuse (self, "unknown drawer", error);
    item = add (self, TAI_ESCPOS_ITEM_DRAWER, p[0] & 1 ? 5 : 2);
    item->on_ms = p[1] * 2;
    item->off_ms = p[2] * 2;
    return TRUE;
  default:
    return refuse (self, "unknown ESC command", error);
  }
}

/* FS ( and GS (: a letter, two bytes of length, so many bytes; none of ours. */
static gboolean
take_counted (Reader *self, GError **error)
{
  const guint8 *p = parameters (self, 2, 3, error);

  return p != NULL && parameters (self, 0, (gsize)(p[1] | p[2] << 8), error) != NULL;
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
  case '(':
    return take_counted (self, error);
  default:
    return refuse (self, "unknown FS command", error);
  }
}

static gboolean
take_raster (Reader *self, GError **error)
{
  const guint8 *p;
  TaiEscposItem *item;
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
  item = add (self, TAI_ESCPOS_ITEM_RASTER, 0);
  item->width = width;
  item->height = height;
  item->rows = g_memdup2 (p, (gsize)width * height);
  return TRUE;
}

/* GS ( L, GS 8 L: function 112 stores a picture, function 50 prints it. @n: bytes of the function. */
static gboolean
take_graphics (Reader *self, gsize n, GError **error)
{
  const guint8 *p = parameters (self, 0, n, error);
  guint width, height;

  if (p == NULL || n < 2)
    return p != NULL && refuse (self, "graphics of wrong length", error);
  if (p[1] == 50 || p[1] == 2) {
    if (self->stored == NULL)
      return refuse (self, "graphics printed before they were stored", error);
    g_ptr_array_add (self->items, g_steal_pointer (&self->stored));
    return TRUE;
  }
  if (p[1] != 112)
    return n <= 6 || refuse (self, "unknown function of graphics", error);
  width = n >= 10 ? ((guint)(p[6] | p[7] << 8) + 7) / 8 : 0;
  height = n >= 10 ? (guint)(p[8] | p[9] << 8) : 0;
  if (width == 0 || height == 0 || n != 10 + (gsize)width * height)
    return refuse (self, "graphics of wrong length", error);
  if (width * 8 > self->max_columns * COLUMN_DOTS + 11)
    return refuse (self, "graphics wider than the paper", error);
  if (self->stored != NULL)
    item_free (self->stored);
  self->stored = new_item (self, TAI_ESCPOS_ITEM_RASTER, 0);
  self->stored->width = width;
  self->stored->height = height;
  self->stored->rows = g_memdup2 (p + 10, (gsize)width * height);
  return TRUE;
}

/* GS k: kinds below 7 end with a zero, the others are counted. */
static gboolean
take_barcode (Reader *self, GError **error)
{
  const guint8 *p = parameters (self, 2, 1, error), *data;
  gsize n;
  TaiEscposItem *item;

  if (p == NULL)
    return FALSE;
  if (p[0] > 6 && (p[0] < 65 || p[0] > 79))
    return refuse (self, "unknown barcode", error);
  if (p[0] <= 6) {
    const guint8 *zero = memchr (self->data + self->at, 0, self->size - self->at);

    n = zero != NULL ? (gsize)(zero - self->data) - self->at + 1 : G_MAXUINT32;
  } else {
    const guint8 *count = parameters (self, 0, 1, error);

    if (count == NULL)
      return FALSE;
    n = count[0];
  }
  data = parameters (self, 0, n, error);
  if (data == NULL)
    return FALSE;
  item = add (self, TAI_ESCPOS_ITEM_BARCODE, p[0]);
  item->text = g_strndup ((const char *)data, n);
  return TRUE;
}

static gboolean
print_qr (Reader *self, GError **error)
{
  TaiEscposItem *item;

  if (self->qr == NULL)
    return refuse (self, "QR printed before it was stored", error);
  item = add (self, TAI_ESCPOS_ITEM_QR, 0);
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
  if (n < 3)
    return refuse (self, "GS ( k of wrong length", error);
  if (!(p = parameters (self, 0, n, error)))
    return FALSE;
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
    add (self, TAI_ESCPOS_ITEM_CUT, p[0]);
    return TRUE;
  case 'a':
  case 'r':
    add (self, TAI_ESCPOS_ITEM_STATUS, command);
    return parameters (self, 2, 1, error) != NULL;
  case 'v':
    return third == '0' ? take_raster (self, error) : refuse (self, "unknown GS v", error);
  case '(':
    if (third == 'k')
      return take_qr (self, error);
    if (third == 'L' && (p = parameters (self, 3, 2, error)) != NULL)
      return take_graphics (self, (gsize)(p[0] | p[1] << 8), error);
    return third == 'L' ? FALSE : refuse (self, "unknown GS (", error);
  case '8':
    if (third != 'L')
      return refuse (self, "unknown GS 8", error);
    p = parameters (self, 3, 4, error);
    return p != NULL &&
           take_graphics (self, (gsize)p[0] | (gsize)p[1] << 8 | (gsize)p[2] << 16 | (gsize)p[3] << 24,
                          error);
  case 'k':
    return take_barcode (self, error);
  default:
    return refuse (self, "unknown GS command", error);
  }
}

static gboolean
take_dle (Reader *self, GError **error)
{
  guint8 command = self->at + 1 < self->size ? self->data[self->at + 1] : 0;
  const guint8 *p;
  TaiEscposItem *item;

  if (command == 0x04) {
    if (!(p = parameters (self, 2, 1, error)))
      return FALSE;
    if (p[0] < 1 || p[0] > 4)
      return refuse (self, "unknown status", error);
    add (self, TAI_ESCPOS_ITEM_STATUS, p[0]);
    return TRUE;
  }
  if (command != 0x14)
    return refuse (self, "unknown DLE command", error);
  if (!(p = parameters (self, 2, 3, error)))
    return FALSE;
  if (p[0] != 1 || p[1] > 1 || p[2] < 1 || p[2] > 8)
    return refuse (self, "DLE DC4 parameters", error);
  item = add (self, TAI_ESCPOS_ITEM_DRAWER, p[1] ? 5 : 2);
  item->on_ms = item->off_ms = p[2] * 100;
  return TRUE;
}

static gboolean
take (Reader *self, GError **error)
{
  gsize before = self->at;

  if (take_setting (self, error))
    return self->at > before;
  switch (self->data[self->at]) {
  case 0x0a:
    return end_line (self, error);
  case 0x0d: /* without automatic line feed, as printers are delivered: nothing */
    self->at++;
    return TRUE;
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
tai_escpos_read (const guint8 *data, gsize size, guint columns, GError **error)
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
  g_clear_pointer (&self.stored, item_free);
  if (!ok)
    g_clear_pointer (&self.items, g_ptr_array_unref);
  return self.items;
}

GPtrArray *
tai_escpos_read_bytes (GBytes *bytes, guint columns, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return tai_escpos_read (data, size, columns, error);
}

static void
draw_line (GString *text, const TaiEscposItem *item, guint columns)
{
  guint room = columns > item->columns ? columns - item->columns : 0;
  guint indent = item->align == 1 ? room / 2 : item->align == 2 ? room : 0;

  g_string_append_printf (text, "%*s%s\n", item->text[0] ? (int)indent : 0, "", item->text);
}

char *
tai_escpos_draw (GPtrArray *items, guint columns)
{
  g_autofree char *dashes = g_strnfill (columns, '-');
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++) {
    const TaiEscposItem *item = g_ptr_array_index (items, i);

    if (item->type == TAI_ESCPOS_ITEM_LINE)
      draw_line (text, item, columns);
    else if (item->type == TAI_ESCPOS_ITEM_RASTER)
      g_string_append_printf (text, "[raster %u×%u]\n", item->width * 8, item->height);
    else if (item->type == TAI_ESCPOS_ITEM_QR)
      g_string_append_printf (text, "[qr %s]\n", item->text);
    else if (item->type == TAI_ESCPOS_ITEM_BARCODE)
      g_string_append_printf (text, "[barcode %s]\n", item->text);
    else if (item->type == TAI_ESCPOS_ITEM_CUT)
      g_string_append_printf (text, "%s\n", dashes);
  }
  return g_string_free (text, FALSE);
}

const TaiEscposItem *
tai_escpos_find (GPtrArray *items, TaiEscposItemType type, guint nth)
{
  for (guint i = 0; i < items->len; i++) {
    const TaiEscposItem *item = g_ptr_array_index (items, i);

    if (item->type == type && nth-- == 0)
      return item;
  }
  return NULL;
}

guint
tai_escpos_count (GPtrArray *items, TaiEscposItemType type)
{
  guint n = 0;

  while (tai_escpos_find (items, type, n))
    n++;
  return n;
}

gboolean
tai_escpos_raster_dot (const TaiEscposItem *raster, guint x, guint y)
{
  return (raster->rows[y * raster->width + x / 8] & 0x80 >> x % 8) != 0;
}
