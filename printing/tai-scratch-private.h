/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-cells.h"

G_BEGIN_DECLS

/* A cleaned text in the scratch. */
typedef struct {
  guint start, n;
} TaiSpan;

/* A piece of a span that fits a line; @next is where the following one starts. */
typedef struct {
  guint start, end, next, width;
} TaiPiece;

/* Cleaned texts, one after the other: code points and their classes. Whoever has it sets @n to 0 to begin anew, and gives it no
 * more than it was made for. */
typedef struct {
  TaiCells kind;
  const guint8 *classes; /* of @kind */
  gunichar *text;        /* (owned) */
  guint8 *class;         /* (owned) TaiCell bits of each */
  guint n;
} TaiScratch;

/* @n_max: code points */
void tai_scratch_init (TaiScratch *self, TaiCells kind, guint n_max);
void tai_scratch_clear (TaiScratch *self);

/* Appends @text. Line ends stay where @paragraphs, else they are blanks; nothing else below U+0020 passes. */
TaiSpan tai_scratch_clean (TaiScratch *self, const char *text, gboolean paragraphs);
/* The longest piece from @from that takes at most @width columns. A word that is longer than a line is cut; a mark is never
 * parted from its base. */
TaiPiece tai_scratch_fit (const TaiScratch *self, TaiSpan span, guint from, guint width);
/* Columns of all of @span on one line. */
guint tai_scratch_measure (const TaiScratch *self, TaiSpan span);
/* Columns of the widest piece that no break divides. */
guint tai_scratch_measure_longest_word (const TaiScratch *self, TaiSpan span);

G_END_DECLS
