/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The port TaiPreview by cairo. No state but the choice of paper; any thread, each call on its own. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-page.h"

#include <string.h>

#include "tai-qr.h"

struct _TaiPagePreview {
  GObject parent;
  int paper; /* -1: the document's */
};

static void tai_page_preview_iface_init (TaiPreviewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiPagePreview, tai_page_preview, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PREVIEW, tai_page_preview_iface_init))

static TaiImage *
draw_document (TaiPreview *preview, TaiDocument *document, guint page, guint *n_pages, GError **error)
{
  TaiPagePreview *self = TAI_PAGE_PREVIEW (preview);
  TaiPaper paper = self->paper >= 0 ? (TaiPaper)self->paper : tai_page_get_default_paper (document);
  g_autoptr (TaiPage) composed = tai_page_new (document, paper);

  if (n_pages)
    *n_pages = tai_page_get_n_pages (composed);
  return tai_page_render_image (composed, page, error);
}

static TaiImage *
draw_qr (TaiPreview *preview, const char *payload, guint side, GError **error)
{
  g_autoptr (TaiQr) qr = tai_qr_new (payload, TAI_QR_M, error);
  guint modules, dots;
  guint8 *pixels;

  if (qr == NULL)
    return NULL;
  modules = tai_qr_get_size (qr) + 2 * TAI_QR_QUIET;
  dots = MAX (side / modules, 1);
  side = modules * dots;
  pixels = g_malloc ((gsize)side * side * 4);
  memset (pixels, 0xff, (gsize)side * side * 4);
  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++) {
      guint module_x = x / dots, module_y = y / dots;

      if (MIN (module_x, module_y) >= TAI_QR_QUIET && MAX (module_x, module_y) < modules - TAI_QR_QUIET &&
          tai_qr_is_dark (qr, module_x - TAI_QR_QUIET, module_y - TAI_QR_QUIET))
        memset (pixels + 4 * ((gsize)y * side + x), 0, 3);
    }
  return tai_image_new (side, side, (gsize)side * 4, g_bytes_new_take (pixels, (gsize)side * side * 4));
}

static void
tai_page_preview_iface_init (TaiPreviewInterface *iface)
{
  iface->draw_document = draw_document;
  iface->draw_qr = draw_qr;
}

static void
tai_page_preview_class_init (TaiPagePreviewClass *klass)
{
}

static void
tai_page_preview_init (TaiPagePreview *self)
{
}

TaiPreview *
tai_page_preview_new (int paper)
{
  TaiPagePreview *self;

  g_return_val_if_fail (paper >= -1 && paper <= TAI_PAPER_80MM, NULL);

  self = g_object_new (TAI_TYPE_PAGE_PREVIEW, NULL);
  self->paper = paper;
  return TAI_PREVIEW (self);
}
