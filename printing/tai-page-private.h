/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "tai-page.h"
#include "tai-qr.h"

G_BEGIN_DECLS

/* All lengths in dots, @TAI_PAGE_DPI an inch. */
typedef enum { TAI_MARK_LINE, TAI_MARK_RULE, TAI_MARK_DASHES, TAI_MARK_QR, TAI_MARK_PICTURE } TaiMarkType;

/* Something at its place: @x, @y is the baseline's start (LINE) or the top left corner (the others). */
typedef struct {
  TaiMarkType type;
  guint page;
  gint x, y;
  guint width, height; /* RULE; QR: height = dots a module */
  guint grey;          /* 0 black to 255 */
  PangoLayoutLine *line;
  TaiQr *qr;
  TaiPicture *picture;
} TaiMark;

struct _TaiPage {
  TaiDocument *document; /* (owned) */
  TaiPaper paper;
  guint width;
  GArray *heights;     /* (owned) of guint: of each page */
  GArray *marks;       /* (owned) of TaiMark */
  GPtrArray *layouts;  /* (owned) of PangoLayout: the lines are theirs */
  GPtrArray *codes;    /* (owned) of TaiQr */
  GPtrArray *pictures; /* (owned) of TaiPicture */
};

/* Fills heights, marks, layouts and codes. */
void tai_page_compose (TaiPage *self);

G_END_DECLS
