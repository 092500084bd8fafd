/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of papers as files. No state, any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-grey-png-private.h"

#include <png.h>

#include "tai-printing-error.h"

/* Of zlib's nine: white paper is squeezed well by the quickest ones. */
#define SQUEEZE 2

/* Papers are grey, so one of the three colours tells all; sixteen shades are enough for the edges of letters, and half to squeeze. */

/* What a jump of libpng leaves behind. */
typedef struct {
  png_structp png;
  png_infop info;
  GByteArray *out; /* (owned) */
  guint8 *row;     /* (owned) */
  char *problem;   /* (owned) (nullable) */
} Writer;

static void
write_cb (png_structp png, png_bytep data, png_size_t length)
{
  g_byte_array_append (((Writer *)png_get_io_ptr (png))->out, data, (guint)length);
}

static void
flush_cb (png_structp png)
{
}

static void
error_cb (png_structp png, png_const_charp message)
{
  Writer *self = png_get_error_ptr (png);

  self->problem = g_strdup (message);
  png_longjmp (png, 1);
}

static void
warning_cb (png_structp png, png_const_charp message)
{
}

static void
write_rows (Writer *self, cairo_surface_t *surface)
{
  guint width = (guint)cairo_image_surface_get_width (surface),
        height = (guint)cairo_image_surface_get_height (surface);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  const guint8 *pixels = cairo_image_surface_get_data (surface);

  png_set_IHDR (self->png, self->info, width, height, 4, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level (self->png, SQUEEZE);
  png_set_filter (self->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_write_info (self->png, self->info);
  for (guint y = 0; y < height; y++) {
    const guint32 *from = (const guint32 *)(pixels + y * stride); /* cairo: rows are aligned for it */

    for (guint x = 0; x + 1 < width; x += 2)
      self->row[x / 2] = (guint8)((from[x] >> 8 & 0xf0) | (from[x + 1] >> 12 & 0x0f));
    if (width % 2 == 1)
      self->row[width / 2] = (guint8)(from[width - 1] >> 8 & 0xf0);
    png_write_row (self->png, self->row);
  }
  png_write_end (self->png, NULL);
}

GBytes *
tai_grey_png_write (cairo_surface_t *surface, GError **error)
{
  Writer writer = {.out = g_byte_array_sized_new (65536),
                   .row = g_malloc (((gsize)cairo_image_surface_get_width (surface) + 1) / 2)};

  writer.png = png_create_write_struct (PNG_LIBPNG_VER_STRING, &writer, error_cb, warning_cb);
  writer.info = png_create_info_struct (writer.png);
  png_set_write_fn (writer.png, &writer, write_cb, flush_cb);
  if (setjmp (png_jmpbuf (writer.png)) == 0)
    write_rows (&writer, surface);
  png_destroy_write_struct (&writer.png, &writer.info);
  g_free (writer.row);
  if (writer.problem == NULL)
    return g_byte_array_free_to_bytes (writer.out);
  g_set_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_FAILED, "libpng: %s", writer.problem);
  g_free (writer.problem);
  g_byte_array_unref (writer.out);
  return NULL;
}
