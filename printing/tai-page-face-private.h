/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/**
 * TaiPageFaces: the faces of one PDF, cut down to the glyphs that it shows before cairo sees them. Why: cairo embeds all
 * subroutines of a CFF face, half a megabyte each for Noto Sans CJK; HarfBuzz leaves them out. Faces that are no CFF, and
 * whatever HarfBuzz refuses, stay Pango's. Add all lines, then show them. One thread at a time.
 */
typedef struct _TaiPageFaces TaiPageFaces;

TaiPageFaces *tai_page_faces_new (void);
void tai_page_faces_free (TaiPageFaces *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPageFaces, tai_page_faces_free)

/* Before the first tai_page_faces_show(). */
void tai_page_faces_add (TaiPageFaces *self, const PangoLayoutLine *line);
/* The line at the current point, as pango_cairo_show_layout_line(); with its text, which a PDF can be searched for. */
void tai_page_faces_show (TaiPageFaces *self, cairo_t *cr, PangoLayoutLine *line);

G_END_DECLS
