/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "tai-cells.h"
#include "tai-document.h"
#include "tai-qr.h"

G_BEGIN_DECLS

/* Height of a drawn line: 24 dots of the character and the gap that the printer's own lines have. */
#define TAI_ESCPOS_LINE_DOTS 30

/* Draws a line of @n_cells characters on the printer's grid (12 dots a column, twice that where @style is large) and appends
 * it as GS v 0. @context: see tai_escpos_raster_context_new(). */
void tai_escpos_append_drawn_line (GByteArray *out, PangoContext *context, const gunichar *cells,
                                   guint n_cells, guint columns, TaiStyle style);
/* The code with its quiet zone at @dots a module, as GS v 0. */
void tai_escpos_append_drawn_qr (GByteArray *out, const TaiQr *qr, guint dots);
/* Its dots as they are, as GS v 0. */
void tai_escpos_append_picture (GByteArray *out, const TaiPicture *picture);
/* (transfer full) */
PangoContext *tai_escpos_raster_context_new (void);

G_END_DECLS
