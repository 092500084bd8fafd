/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composed documents drawn by cairo: PDF, PNG, and pixels for the screen. One thread at a time. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-page.h"

#include <cairo-pdf.h>

#include "tai-grey-png-private.h"
#include "tai-page-face-private.h"
#include "tai-page-private.h"
#include "tai-printing-error.h"

#define POINTS_PER_INCH 72.0

TaiPage *
tai_page_new (TaiDocument *document, TaiPaper paper)
{
  TaiPage *self;

  g_return_val_if_fail (document != NULL && paper <= TAI_PAPER_80MM, NULL);

  self = g_new0 (TaiPage, 1);
  self->document = tai_document_ref (document);
  self->paper = paper;
  self->heights = g_array_new (FALSE, FALSE, sizeof (guint));
  self->marks = g_array_new (FALSE, FALSE, sizeof (TaiMark));
  self->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  self->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_qr_free);
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_picture_unref);
  tai_page_compose (self);
  return self;
}

void
tai_page_free (TaiPage *self)
{
  tai_document_unref (self->document);
  g_array_unref (self->heights);
  g_array_unref (self->marks);
  g_ptr_array_unref (self->layouts);
  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->pictures);
  g_free (self);
}

TaiPaper
tai_page_get_default_paper (TaiDocument *document)
{
  TaiDocumentType type = tai_document_get_type_ (document);

  return type == TAI_DOCUMENT_RECEIPT || type == TAI_DOCUMENT_SLIP ? TAI_PAPER_80MM : TAI_PAPER_A4;
}

guint
tai_page_get_n_pages (const TaiPage *self)
{
  return self->heights->len;
}

static void
draw_qr (cairo_t *cr, const TaiMark *mark)
{
  guint size = tai_qr_get_size (mark->qr), dots = mark->height;

  for (guint y = 0; y < size; y++)
    for (guint x = 0; x < size; x++) {
      guint run = 0;

      while (x + run < size && tai_qr_is_dark (mark->qr, x + run, y))
        run++;
      if (run > 0)
        cairo_rectangle (cr, mark->x + (int)(x * dots), mark->y + (int)(y * dots), run * dots, dots);
      x += run;
    }
  cairo_fill (cr);
}

/* As a mask of its size: a PDF holds it compressed. */
static void
draw_picture (cairo_t *cr, const TaiMark *mark)
{
  guint width = tai_picture_get_width (mark->picture), height = tai_picture_get_height (mark->picture);
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8, (int)width, (int)height);
  guint8 *bytes = cairo_image_surface_get_data (mask);
  gsize stride = (gsize)cairo_image_surface_get_stride (mask);

  for (guint y = 0; bytes != NULL && y < height; y++)
    for (guint x = 0; x < width; x++)
      bytes[y * stride + x] = tai_picture_is_black (mark->picture, x, y) ? 0xff : 0;
  cairo_surface_mark_dirty (mask);
  cairo_mask_surface (cr, mask, mark->x, mark->y);
  cairo_surface_destroy (mask);
}

/* @faces: (nullable) of a PDF. */
static void
draw_mark (cairo_t *cr, TaiPageFaces *faces, const TaiMark *mark)
{
  static const double dashes[] = {6, 6}, dots[] = {2, 8};
  double grey = mark->grey / 255.0;

  cairo_set_source_rgb (cr, grey, grey, grey);
  switch (mark->type) {
  case TAI_MARK_LINE:
    cairo_move_to (cr, mark->x, mark->y);
    if (faces != NULL)
      tai_page_faces_show (faces, cr, mark->line);
    else
      pango_cairo_show_layout_line (cr, mark->line);
    break;
  case TAI_MARK_RULE:
    cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
    cairo_fill (cr);
    break;
  case TAI_MARK_DASHES:
    cairo_set_dash (cr, mark->grey ? dots : dashes, 2, 0);
    cairo_set_line_width (cr, mark->height);
    cairo_move_to (cr, mark->x, mark->y + mark->height / 2.0);
    cairo_rel_line_to (cr, mark->width, 0);
    cairo_stroke (cr);
    break;
  case TAI_MARK_QR:
    draw_qr (cr, mark);
    break;
  case TAI_MARK_PICTURE:
    draw_picture (cr, mark);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
draw_page (const TaiPage *self, guint page, TaiPageFaces *faces, cairo_t *cr)
{
  for (guint i = 0; i < self->marks->len; i++) {
    const TaiMark *mark = &g_array_index (self->marks, TaiMark, i);

    if (mark->page == page)
      draw_mark (cr, faces, mark);
  }
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_FAILED, "cairo: %s",
                 cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static TaiPageFaces *
collect_faces (const TaiPage *self)
{
  TaiPageFaces *faces = tai_page_faces_new ();

  for (guint i = 0; i < self->marks->len; i++) {
    const TaiMark *mark = &g_array_index (self->marks, TaiMark, i);

    if (mark->type == TAI_MARK_LINE)
      tai_page_faces_add (faces, mark->line);
  }
  return faces;
}

GBytes *
tai_page_render_pdf (TaiPage *self, GError **error)
{
  const double scale = POINTS_PER_INCH / TAI_PAGE_DPI;
  g_autoptr (GByteArray) out = g_byte_array_sized_new (65536);
  g_autoptr (TaiPageFaces) faces = collect_faces (self);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, out, 1, 1);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, tai_document_get_title (self->document));
  for (guint i = 0; i < self->heights->len; i++) {
    cairo_t *cr;

    cairo_pdf_surface_set_size (surface, self->width * scale,
                                g_array_index (self->heights, guint, i) * scale);
    cr = cairo_create (surface);
    cairo_scale (cr, scale, scale);
    draw_page (self, i, faces, cr);
    cairo_show_page (cr);
    cairo_destroy (cr);
  }
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static cairo_surface_t *
draw_surface (TaiPage *self, guint page, GError **error)
{
  cairo_surface_t *surface;
  cairo_t *cr;

  if (page >= self->heights->len) {
    g_set_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_PAGE, "page %u of %u", page + 1,
                 self->heights->len);
    return NULL;
  }
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, self->width,
                                        g_array_index (self->heights, guint, page));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  draw_page (self, page, NULL, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (!check_status (cairo_surface_status (surface), error))
    g_clear_pointer (&surface, cairo_surface_destroy);
  return surface;
}

/* As the paper shows it: grey, a third of the bytes that have to be squeezed; of the rest a quick look is enough. */
GBytes *
tai_page_render_png (TaiPage *self, guint page, GError **error)
{
  cairo_surface_t *surface = draw_surface (self, page, error);
  GBytes *png;

  if (surface == NULL)
    return NULL;
  png = tai_grey_png_write (surface, error);
  cairo_surface_destroy (surface);
  return png;
}

TaiImage *
tai_page_render_image (TaiPage *self, guint page, GError **error)
{
  cairo_surface_t *surface = draw_surface (self, page, error);
  guint width, height;
  gsize stride;
  const guint8 *pixels;
  guint8 *out, *p;

  if (surface == NULL)
    return NULL;
  width = cairo_image_surface_get_width (surface);
  height = cairo_image_surface_get_height (surface);
  stride = cairo_image_surface_get_stride (surface);
  pixels = cairo_image_surface_get_data (surface);
  out = p = g_malloc ((gsize)width * height * 4);
  for (guint y = 0; y < height; y++) {
    const guint32 *row = (const guint32 *)(pixels + y * stride); /* cairo: rows are aligned for it */

    for (guint x = 0; x < width; x++, p += 4) {
      p[0] = row[x] >> 16 & 0xff;
      p[1] = row[x] >> 8 & 0xff;
      p[2] = row[x] & 0xff;
      p[3] = 0xff;
    }
  }
  cairo_surface_destroy (surface);
  return tai_image_new (width, height, (gsize)width * 4, g_bytes_new_take (out, (gsize)width * height * 4));
}
