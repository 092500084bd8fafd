/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The port behind which documents become pictures. Any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-preview.h"

G_DEFINE_INTERFACE (TaiPreview, tai_preview, G_TYPE_OBJECT)

static void
tai_preview_default_init (TaiPreviewInterface *iface)
{
}

TaiImage *
tai_image_new (guint width, guint height, gsize stride, GBytes *pixels)
{
  TaiImage *self;

  g_return_val_if_fail (width > 0 && height > 0 && stride >= (gsize)width * 4, NULL);
  g_return_val_if_fail (g_bytes_get_size (pixels) >= stride * height, NULL);

  self = g_new (TaiImage, 1);
  *self = (TaiImage){width, height, stride, pixels};
  return self;
}

void
tai_image_free (TaiImage *self)
{
  g_bytes_unref (self->pixels);
  g_free (self);
}

TaiImage *
tai_preview_draw_document (TaiPreview *self, TaiDocument *document, guint page, guint *n_pages,
                           GError **error)
{
  g_return_val_if_fail (TAI_IS_PREVIEW (self) && document != NULL, NULL);

  return TAI_PREVIEW_GET_IFACE (self)->draw_document (self, document, page, n_pages, error);
}

TaiImage *
tai_preview_draw_qr (TaiPreview *self, const char *payload, guint side, GError **error)
{
  g_return_val_if_fail (TAI_IS_PREVIEW (self) && payload != NULL, NULL);

  return TAI_PREVIEW_GET_IFACE (self)->draw_qr (self, payload, side, error);
}
