/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operator's mark, from a PNG to the dots of a receipt printer. Bounded before anything is unpacked. Any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-logo.h"

#include <png.h>
#include <string.h>

#include "tai-limits.h"
#include "tai-printing-error.h"

/* Shades are scattered between these two; what is nearly white or black stays clean. */
#define NEARLY_BLACK 48
#define NEARLY_WHITE 224

typedef struct {
  guint width, height;
  guint8 *grey; /* (owned) a byte a pixel, 0 = black */
} Grey;

static void
grey_clear (Grey *self)
{
  g_clear_pointer (&self->grey, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grey, grey_clear)

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_LOGO, text);
  return FALSE;
}

static gboolean
read_pixels (png_image *image, Grey *grey, GError **error)
{
  static const png_color white = {255, 255, 255};

  if (image->width > TAI_LIMIT_LOGO_SIDE || image->height > TAI_LIMIT_LOGO_SIDE)
    return refuse (error, "a logo of %u x %u pixels, at most %d x %d", image->width, image->height,
                   TAI_LIMIT_LOGO_SIDE, TAI_LIMIT_LOGO_SIDE);
  image->format = PNG_FORMAT_GRAY;
  grey->width = image->width;
  grey->height = image->height;
  grey->grey = g_malloc (PNG_IMAGE_SIZE (*image));
  return png_image_finish_read (image, &white, grey->grey, 0, NULL) ||
         refuse (error, "a logo that cannot be read: %s", image->message);
}

static gboolean
read_png (GBytes *png, Grey *grey, GError **error)
{
  png_image image = {.version = PNG_IMAGE_VERSION};
  gsize size;
  gconstpointer bytes = g_bytes_get_data (png, &size);
  gboolean good;

  if (size > TAI_LIMIT_LOGO_BYTES)
    return refuse (error, "a logo of %" G_GSIZE_FORMAT " bytes, at most %d", size, TAI_LIMIT_LOGO_BYTES);
  if (!png_image_begin_read_from_memory (&image, bytes, size))
    return refuse (error, "a logo is a PNG; this is none: %s", image.message);
  good = read_pixels (&image, grey, error);
  png_image_free (&image);
  return good;
}

/* The mean of what falls into each dot. */
static void
scale_down (const Grey *from, Grey *to)
{
  to->grey = g_malloc ((gsize)to->width * to->height);
  for (guint y = 0; y < to->height; y++)
    for (guint x = 0; x < to->width; x++) {
      guint left = x * from->width / to->width, right = MAX ((x + 1) * from->width / to->width, left + 1);
      guint top = y * from->height / to->height, bottom = MAX ((y + 1) * from->height / to->height, top + 1);
      guint64 sum = 0;

      for (guint j = top; j < bottom; j++)
        for (guint i = left; i < right; i++)
          sum += from->grey[(gsize)j * from->width + i];
      to->grey[(gsize)y * to->width + x] = (guint8)(sum / ((guint64)(right - left) * (bottom - top)));
    }
}

static void
choose_size (const Grey *from, Grey *to)
{
  guint64 wide = (guint64)from->width * TAI_LOGO_HEIGHT, high = (guint64)from->height * TAI_LOGO_WIDTH;

  to->width = from->width;
  to->height = from->height;
  if (from->width <= TAI_LOGO_WIDTH && from->height <= TAI_LOGO_HEIGHT)
    return;
  if (wide >= high) {
    to->width = TAI_LOGO_WIDTH;
    to->height = (guint)MAX (high / from->width, 1);
  } else {
    to->height = TAI_LOGO_HEIGHT;
    to->width = (guint)MAX (wide / from->height, 1);
  }
}

/* Floyd and Steinberg's way: what one dot is too dark or too light, its neighbours make up for. */
static void
scatter (const Grey *grey, guint8 *bits)
{
  gsize stride = (grey->width + 7) / 8;
  g_autofree gint *now = g_new0 (gint, grey->width + 2), *next = g_new0 (gint, grey->width + 2);

  for (guint y = 0; y < grey->height; y++) {
    for (guint x = 0; x < grey->width; x++) {
      gint pixel = grey->grey[(gsize)y * grey->width + x];
      gboolean is_clean = pixel <= NEARLY_BLACK || pixel >= NEARLY_WHITE;
      gint wanted = is_clean ? pixel : pixel + now[x + 1];
      gboolean black = wanted < 128;
      gint rest = is_clean ? 0 : wanted - (black ? 0 : 255);

      if (black)
        bits[y * stride + x / 8] |= 0x80 >> x % 8;
      now[x + 2] += rest * 7 / 16;
      next[x] += rest * 3 / 16;
      next[x + 1] += rest * 5 / 16;
      next[x + 2] += rest / 16;
    }
    memcpy (now, next, (grey->width + 2) * sizeof *now);
    memset (next, 0, (grey->width + 2) * sizeof *next);
  }
}

TaiPicture *
tai_logo_from_png (GBytes *png, GError **error)
{
  g_auto (Grey) original = {0}, small = {0};
  g_autofree guint8 *bits = NULL;
  g_autoptr (GError) why = NULL;
  TaiPicture *picture;

  g_return_val_if_fail (png != NULL, NULL);

  if (!read_png (png, &original, error))
    return NULL;
  choose_size (&original, &small);
  scale_down (&original, &small);
  bits = g_malloc0 ((small.width + 7) / 8 * (gsize)small.height);
  scatter (&small, bits);
  picture = tai_picture_new (small.width, small.height, bits, &why);
  if (picture == NULL)
    refuse (error, "a logo that is too busy for paper: %s", why->message);
  return picture;
}
