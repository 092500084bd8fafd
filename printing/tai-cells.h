/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiCells: how wide a character is, in columns, and where a line may break beside it.
 * @TAI_CELLS_TERMINAL: as terminals count: East Asian Wide and Fullwidth = 2, the rest 1, marks 0
 * @TAI_CELLS_PRINTER: as a Chinese receipt printer counts: each two-byte character = 2, so also “ ” · ① é. ¥ and £ become
 *   their full-width forms, which the printer has
 */
typedef enum { TAI_CELLS_TERMINAL, TAI_CELLS_PRINTER } TaiCells;

/* Class of a character: width in the low two bits, then flags. */
#define TAI_CELL_WIDTH    0x03
#define TAI_CELL_BREAK    0x04 /* ideograph: a line may break before and after it */
#define TAI_CELL_NO_START 0x08 /* closing mark: never at the start of a line */
#define TAI_CELL_NO_END   0x10 /* opening mark, currency sign: never at the end of a line */
#define TAI_CELL_RASTER   0x20 /* the printer lacks it: its line is drawn */
#define TAI_CELL_UNIT     0x40 /* 元, ％ …: stays with the digit before it */
#define TAI_CELL_DROP     0x80 /* invisible or dangerous (direction marks): left out */
#define TAI_CELL_REPLACE  0x81 /* control, not a character: printed as '?' */

/* 65,536 classes of the basic plane; made once, constant, any thread. */
const guint8 *tai_cells_get_classes (TaiCells kind);
/* Any character, also beyond the basic plane. Slower. */
guint8 tai_cells_classify (TaiCells kind, gunichar c);

G_END_DECLS
