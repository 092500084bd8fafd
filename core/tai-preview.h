/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "tai-document.h"

G_BEGIN_DECLS

/**
 * TaiImage:
 * @width, @height: pixels
 * @stride: bytes from one row to the next, at least 4 × @width
 * @pixels: (owned) R, G, B, A, one byte each, not premultiplied; papers and codes are opaque
 *
 * A picture that needs no library to be shown. Immutable; any thread.
 */
typedef struct {
  guint width;
  guint height;
  gsize stride;
  GBytes *pixels;
} TaiImage;

/* Takes @pixels, which must hold @height rows. */
TaiImage *tai_image_new (guint width, guint height, gsize stride, GBytes *pixels);
void tai_image_free (TaiImage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiImage, tai_image_free)

/**
 * TaiPreview: how a document will look on its paper, and QR codes for the screen. Takes some ms to some 100 ms a page: for a
 * worker. Errors: the domain of the library that draws.
 */
#define TAI_TYPE_PREVIEW (tai_preview_get_type ())
G_DECLARE_INTERFACE (TaiPreview, tai_preview, TAI, PREVIEW, GObject)
struct _TaiPreviewInterface {
  GTypeInterface parent;
  TaiImage *(*draw_document) (TaiPreview *self, TaiDocument *document, guint page, guint *n_pages,
                              GError **error);
  TaiImage *(*draw_qr) (TaiPreview *self, const char *payload, guint side, GError **error);
};

/* Page @page (from 0) of @document; *@n_pages (optional) is how many there are. (transfer full) */
TaiImage *tai_preview_draw_document (TaiPreview *self, TaiDocument *document, guint page, guint *n_pages,
                                     GError **error);
/* The code with its quiet zone, square, the largest whole multiple of its modules in @side pixels (never smaller than one
 * pixel a module). (transfer full) */
TaiImage *tai_preview_draw_qr (TaiPreview *self, const char *payload, guint side, GError **error);

G_END_DECLS
