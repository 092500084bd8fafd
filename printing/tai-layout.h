/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-cells.h"
#include "tai-document.h"

G_BEGIN_DECLS

/**
 * TaiLayout: a document on paper of a fixed number of columns: the one mechanism under text and ESC/POS. Words and values
 * are never cut as long as they fit a line; Chinese and Latin text share one grid (a Chinese character takes two columns).
 * Reusable: lay out as many documents as you like. One thread at a time.
 */
typedef struct _TaiLayout TaiLayout;

#define TAI_LAYOUT_MIN_COLUMNS 24
#define TAI_LAYOUT_MAX_COLUMNS 96

typedef enum { TAI_LINE_TEXT, TAI_LINE_QR, TAI_LINE_PICTURE } TaiLineType;

/**
 * TaiLayoutLine:
 * @style: bold, large, small; center or right, where the paper should move it (a table's lines are padded with blanks)
 * @raster: holds a character that the printer lacks
 * @columns: paper columns it takes; a large character takes twice its own
 * @start, @n_cells: its characters, see tai_layout_get_cells(); no blanks at the end
 * @payload: QR: what it holds; PICTURE: TaiPicture's text form. Neither has cells
 */
typedef struct {
  TaiLineType type;
  TaiStyle style;
  gboolean raster;
  guint columns;
  guint start;
  guint n_cells;
  const char *payload;
} TaiLayoutLine;

/* @columns: TAI_LAYOUT_MIN_COLUMNS to TAI_LAYOUT_MAX_COLUMNS. @max_qr_modules: the widest QR code that the paper holds, in
 * modules without quiet zone; payloads that need more (0: all) are laid out as text. */
TaiLayout *tai_layout_new (TaiCells kind, guint columns, guint max_qr_modules);
void tai_layout_free (TaiLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiLayout, tai_layout_free)

/* Lays out @document from its title to its end; the lines are valid until the next call. Keeps a reference. */
void tai_layout_run (TaiLayout *self, TaiDocument *document);
guint tai_layout_get_columns (const TaiLayout *self);
guint tai_layout_get_n_lines (const TaiLayout *self);
const TaiLayoutLine *tai_layout_get_line (const TaiLayout *self, guint index);
const gunichar *tai_layout_get_cells (const TaiLayout *self, const TaiLayoutLine *line);
/* Columns before @line that its alignment asks for. */
guint tai_layout_get_indent (const TaiLayout *self, const TaiLayoutLine *line);

G_END_DECLS
