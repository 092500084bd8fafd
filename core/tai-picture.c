/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dots and their text form. Pure. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-picture.h"

#include <gio/gio.h>
#include <string.h>

#include "tai-core-error.h"

struct _TaiPicture {
  gatomicrefcount ref_count;
  guint width, height;
  guint8 *bits; /* (owned) */
  char *text;   /* (owned) */
};

static gsize
get_stride (guint width)
{
  return (width + 7) / 8;
}

static gboolean
check_sides (guint width, guint height, GError **error)
{
  if (width >= 1 && width <= TAI_PICTURE_MAX_WIDTH && height >= 1 && height <= TAI_PICTURE_MAX_HEIGHT)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "a picture of %u x %u dots, at most %d x %d",
               width, height, TAI_PICTURE_MAX_WIDTH, TAI_PICTURE_MAX_HEIGHT);
  return FALSE;
}

/* All of @size bytes of @input through @converter into at most @max bytes. NULL: it does not fit, or is broken. */
static GByteArray *
convert (GConverter *converter, const guint8 *input, gsize size, gsize max)
{
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint)max + 1);
  gsize n_read, written, n_written = 0, at = 0;
  GConverterResult result = G_CONVERTER_CONVERTED;

  g_byte_array_set_size (out, (guint)max + 1); /* a byte more: whoever fills it has too much */
  while (result == G_CONVERTER_CONVERTED && n_written <= max) {
    result = g_converter_convert (converter, input + at, size - at, out->data + n_written,
                                  max + 1 - n_written, G_CONVERTER_INPUT_AT_END, &n_read, &written, NULL);
    at += n_read;
    n_written += written;
  }
  if (result != G_CONVERTER_FINISHED || n_written > max)
    return NULL;
  g_byte_array_set_size (out, (guint)n_written);
  return g_steal_pointer (&out);
}

static gboolean
make_text (TaiPicture *self, GError **error)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9);
  g_autoptr (GByteArray) small = convert (G_CONVERTER (compressor), self->bits,
                                          get_stride (self->width) * self->height, TAI_PICTURE_MAX_TEXT);
  g_autofree char *base64 = small != NULL ? g_base64_encode (small->data, small->len) : NULL;

  if (base64 != NULL)
    self->text = g_strdup_printf ("%u %u %s", self->width, self->height, base64);
  if (self->text != NULL && strlen (self->text) <= TAI_PICTURE_MAX_TEXT)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT,
               "a picture with too much in it: more than %d bytes when it is compressed",
               TAI_PICTURE_MAX_TEXT);
  return FALSE;
}

static TaiPicture *
make (guint width, guint height)
{
  TaiPicture *self = g_new0 (TaiPicture, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->width = width;
  self->height = height;
  self->bits = g_malloc0 (get_stride (width) * height);
  return self;
}

/* What lies beyond the width is nobody's. */
static void
clear_rest (TaiPicture *self)
{
  gsize stride = get_stride (self->width);

  if (self->width % 8 == 0)
    return;
  for (guint y = 0; y < self->height; y++)
    self->bits[y * stride + stride - 1] &= (guint8)(0xff00 >> self->width % 8);
}

TaiPicture *
tai_picture_new (guint width, guint height, const guint8 *bits, GError **error)
{
  g_autoptr (TaiPicture) self = NULL;

  g_return_val_if_fail (bits != NULL, NULL);

  if (!check_sides (width, height, error))
    return NULL;
  self = make (width, height);
  memcpy (self->bits, bits, get_stride (width) * height);
  clear_rest (self);
  return make_text (self, error) ? g_steal_pointer (&self) : NULL;
}

TaiPicture *
tai_picture_ref (TaiPicture *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tai_picture_unref (TaiPicture *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->bits);
  g_free (self->text);
  g_free (self);
}

guint
tai_picture_get_width (const TaiPicture *self)
{
  return self->width;
}

guint
tai_picture_get_height (const TaiPicture *self)
{
  return self->height;
}

const guint8 *
tai_picture_get_row (const TaiPicture *self, guint y)
{
  g_return_val_if_fail (y < self->height, NULL);

  return self->bits + y * get_stride (self->width);
}

gboolean
tai_picture_is_black (const TaiPicture *self, guint x, guint y)
{
  g_return_val_if_fail (x < self->width, FALSE);

  return (tai_picture_get_row (self, y)[x / 8] & 0x80 >> x % 8) != 0;
}

const char *
tai_picture_get_text (const TaiPicture *self)
{
  return self->text;
}

/* Digits up to a blank; what is behind it. */
static const char *
read_side (const char *text, guint *side)
{
  gsize n = strspn (text, "0123456789");

  if (n == 0 || n > 4 || text[n] != ' ')
    return NULL;
  *side = (guint)g_ascii_strtoull (text, NULL, 10);
  return text + n + 1;
}

TaiPicture *
tai_picture_from_text (const char *text, GError **error)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  g_autoptr (GByteArray) bits = NULL;
  g_autofree guchar *small = NULL;
  guint width = 0, height = 0;
  const char *at =
      strnlen (text, TAI_PICTURE_MAX_TEXT + 1) <= TAI_PICTURE_MAX_TEXT ? read_side (text, &width) : NULL;
  gsize size, n = 0;
  TaiPicture *self = NULL;

  if (at != NULL)
    at = read_side (at, &height);
  if (at != NULL && check_sides (width, height, NULL)) {
    size = get_stride (width) * height;
    small = g_base64_decode (at, &n);
    bits = convert (G_CONVERTER (decompressor), small, n, size);
    if (bits != NULL && bits->len == size)
      self = tai_picture_new (width, height, bits->data, NULL);
  }
  if (self == NULL)
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DOCUMENT, "a picture that is none");
  return self;
}
