/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A receipt printer for tests: takes every byte, knows what a printer knows and refuses the rest with its offset. Written
 * from the manuals and apart from printing/, so that the two can disagree.
 */
typedef enum {
  READER_LINE,   /* a printed text line */
  READER_QR,     /* native QR: text = payload */
  READER_RASTER, /* GS v 0 */
  READER_FEED,   /* n lines */
  READER_CUT,    /* n = 0 full, 1 partial, 65, 66 with feed */
  READER_DRAWER, /* n = pin 2 or 5; on_ms, off_ms */
  READER_STATUS  /* n = 1…4: DLE EOT, 'r': GS r, 'a': GS a */
} ReaderItemType;

typedef struct {
  ReaderItemType type;
  char *text; /* LINE, QR */
  guint n;
  gboolean bold;
  guint align;         /* 0 left, 1 centre, 2 right */
  guint width, height; /* LINE: factors of size; RASTER: bytes, rows */
  guint columns;       /* LINE: of 12 dots */
  guint dots;          /* QR: a module */
  char level;          /* QR: L M Q H */
  guint on_ms, off_ms;
  guint8 *rows; /* RASTER */
} ReaderItem;

/* All items, or NULL and the reason with the offset of the first byte that a printer would not understand. Text that takes
 * more than @columns columns is refused as well. (transfer full) */
GPtrArray *escpos_read (const guint8 *data, gsize size, guint columns, GError **error);
GPtrArray *escpos_read_bytes (GBytes *bytes, guint columns, GError **error);

/* All lines and captions, one below the other, as a person reads them; raster lines are "[raster]". (transfer full) */
char *escpos_read_text (GPtrArray *items);
const ReaderItem *escpos_find (GPtrArray *items, ReaderItemType type, guint nth);
guint escpos_count (GPtrArray *items, ReaderItemType type);
/* Is the dot black? */
gboolean escpos_raster_dot (const ReaderItem *raster, guint x, guint y);

G_END_DECLS
