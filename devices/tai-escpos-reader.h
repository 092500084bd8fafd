/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What a receipt printer makes of its bytes: takes every one, knows what a printer knows and refuses the rest with its
 * offset. Written from the manuals and apart from printing/, so that the two can disagree. No state, any thread.
 */
typedef enum {
  TAI_ESCPOS_ITEM_LINE,    /* a printed text line */
  TAI_ESCPOS_ITEM_QR,      /* native QR: text = payload */
  TAI_ESCPOS_ITEM_RASTER,  /* GS v 0, GS ( L, GS 8 L, ESC *: a picture */
  TAI_ESCPOS_ITEM_BARCODE, /* text = data, n = kind */
  TAI_ESCPOS_ITEM_FEED,    /* n lines */
  TAI_ESCPOS_ITEM_CUT,     /* n = 0 full, 1 partial, 65, 66 with feed */
  TAI_ESCPOS_ITEM_DRAWER,  /* n = pin 2 or 5; on_ms, off_ms */
  TAI_ESCPOS_ITEM_STATUS   /* n = 1…4: DLE EOT, 'r': GS r, 'a': GS a */
} TaiEscposItemType;

typedef struct {
  TaiEscposItemType type;
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
} TaiEscposItem;

/* All items, or NULL and the reason with the offset of the first byte that a printer would not understand. Text that takes
 * more than @columns columns is refused as well. (transfer full) */
GPtrArray *tai_escpos_read (const guint8 *data, gsize size, guint columns, GError **error);
GPtrArray *tai_escpos_read_bytes (GBytes *bytes, guint columns, GError **error);

/* As a person sees the paper, @columns wide: lines at their place, "[raster]", "[qr …]", a line of dashes where it is cut.
 * (transfer full) */
char *tai_escpos_draw (GPtrArray *items, guint columns);
const TaiEscposItem *tai_escpos_find (GPtrArray *items, TaiEscposItemType type, guint nth);
guint tai_escpos_count (GPtrArray *items, TaiEscposItemType type);
/* Is the dot black? */
gboolean tai_escpos_raster_dot (const TaiEscposItem *raster, guint x, guint y);

G_END_DECLS
