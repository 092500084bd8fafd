/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"
#include "tai-preview.h"

G_BEGIN_DECLS

/**
 * TaiPaper: what a document is composed for.
 * @TAI_PAPER_A4: pages with margins, a header and page numbers
 * @TAI_PAPER_58MM, @TAI_PAPER_80MM: a roll, printed 384 and 576 dots wide: one long page
 */
typedef enum { TAI_PAPER_A4, TAI_PAPER_58MM, TAI_PAPER_80MM } TaiPaper;

/* Dots an inch of everything here; one dot is one pixel of a PNG. */
#define TAI_PAGE_DPI 203

/**
 * TaiPage: a document composed on pages by Pango, ready to be drawn any number of times. One thread at a time.
 */
typedef struct _TaiPage TaiPage;

TaiPage *tai_page_new (TaiDocument *document, TaiPaper paper);
void tai_page_free (TaiPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPage, tai_page_free)

/* A4 for forms and reports, the 80 mm roll for receipts and slips. */
TaiPaper tai_page_get_default_paper (TaiDocument *document);
guint tai_page_get_n_pages (const TaiPage *self);
/* All pages as a PDF with embedded fonts. Error: TAI_PRINTING_ERROR_FAILED. (transfer full) */
GBytes *tai_page_render_pdf (TaiPage *self, GError **error);
/* One page, from 0. Errors: TAI_PRINTING_ERROR_PAGE, TAI_PRINTING_ERROR_FAILED. (transfer full) */
GBytes *tai_page_render_png (TaiPage *self, guint page, GError **error);
TaiImage *tai_page_render_image (TaiPage *self, guint page, GError **error);

/**
 * TaiPagePreview: the port TaiPreview by this library.
 * @paper: -1 for the document's default
 */
#define TAI_TYPE_PAGE_PREVIEW (tai_page_preview_get_type ())
G_DECLARE_FINAL_TYPE (TaiPagePreview, tai_page_preview, TAI, PAGE_PREVIEW, GObject)
TaiPreview *tai_page_preview_new (int paper);

G_END_DECLS
