/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What composes a document into places on pages: the cursor, the type and bands of lines, for the parts that put blocks. One thread, for
 * as long as tai_page_compose() runs; all lengths are dots of the page, the page owns the layouts.
 */
#pragma once

#include "tai-page-private.h"
#include "tai-words.h"

#define TAI_COMPOSER_MAX_CELLS 8 /* TAI_DOCUMENT_MAX_COLUMNS */
#define TAI_COMPOSER_GREY      150
/* A picture cannot be higher than 32,767 pixels; a roll of 3.7 m becomes a second one. */
#define TAI_COMPOSER_ROLL_MAX_HEIGHT 30000

typedef struct {
  guint width, height; /* height 0: a roll */
  guint margin_x, margin_top, margin_bottom;
  guint normal, small, large, title; /* sizes of type */
  guint rule, heavy_rule, field;     /* heights; field: room to write by hand */
} TaiPageGeometry;

/* Layouts side by side that share lines: a text, a pair, a table row. */
typedef struct {
  guint n;
  PangoLayout *layouts[TAI_COMPOSER_MAX_CELLS];
  guint x[TAI_COMPOSER_MAX_CELLS], width[TAI_COMPOSER_MAX_CELLS];
  gboolean right[TAI_COMPOSER_MAX_CELLS], center[TAI_COMPOSER_MAX_CELLS];
  guint first[TAI_COMPOSER_MAX_CELLS]; /* line of the band where the layout starts */
  guint n_lines, size;
} TaiBand;

typedef struct {
  TaiPage *page;
  const TaiPageGeometry *paper;
  const TaiWords *words;
  PangoContext *context;
  PangoFontDescription *font;
  guint index, y, bottom; /* page number; cursor; where the page's text must end */
  guint left, width;      /* of the text */
  guint table_end;        /* blocks before it share column widths */
  guint table_width[TAI_COMPOSER_MAX_CELLS];
  gint header; /* block of the table's bold first row, repeated on each page; -1 none */
} TaiComposer;

/* Type */
guint tai_composer_get_size (const TaiComposer *self, TaiStyle style);
guint tai_composer_get_leading (guint size);
/* @width 0: as wide as the text. The page keeps it. */
PangoLayout *tai_composer_new_layout (TaiComposer *self, const char *text, guint size, gboolean bold,
                                      guint width, gboolean paragraphs);
guint tai_composer_measure (TaiComposer *self, const char *text, TaiStyle style);

/* Places */
void tai_composer_add_mark (TaiComposer *self, TaiMark mark);
void tai_composer_place_line (TaiComposer *self, PangoLayoutLine *line, guint x, guint y, guint size);
void tai_composer_begin_page (TaiComposer *self);
/* A roll ends where its text ends. */
void tai_composer_end_page (TaiComposer *self);
/* Goes to a new page unless @height fits this one, or this one is empty; whether it went. */
gboolean tai_composer_make_room (TaiComposer *self, guint height);
void tai_band_add (TaiBand *band, PangoLayout *layout, guint x, guint width);
/* Whole on one page if a page can hold it, else broken between lines. */
void tai_composer_place_band (TaiComposer *self, const TaiBand *band);
void tai_composer_put_rule (TaiComposer *self, gboolean heavy);

/* The row at @index; the first one of a table looks at all of them and shares the width out. */
void tai_composer_put_row (TaiComposer *self, guint index);
