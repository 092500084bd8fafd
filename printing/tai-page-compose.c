/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Documents on pages: blocks become bands of Pango layouts side by side, their lines get places, pages end between lines.
 * Line heights are ours and not the font's (Noto Sans CJK asks for half a line more than a form has). One thread at a time.
 */
#define G_LOG_DOMAIN "tai-printing"

#include <string.h>

#include "tai-cells.h"
#include "tai-columns-private.h"
#include "tai-font.h"
#include "tai-page-private.h"
#include "tai-words.h"

#define MAX_CELLS 8 /* TAI_DOCUMENT_MAX_COLUMNS */
/* A picture cannot be higher than 32,767 pixels; a roll of 3.7 m becomes a second one. */
#define ROLL_MAX_HEIGHT 30000
/* Of the em: Noto Sans CJK's ideographs stand on a baseline 88 % below their top. */
#define BASELINE_PERCENT 88
#define LEADING_PERCENT  138
/* Paper that a QR code wants at each side. */
#define QR_WANTED_DOTS 280
#define QR_MAX_DOTS    8
#define GREY           150

typedef struct {
  guint width, height; /* height 0: a roll */
  guint margin_x, margin_top, margin_bottom;
  guint normal, small, large, title; /* sizes of type */
  guint rule, heavy_rule, field;     /* heights; field: room to write by hand */
} Geometry;

static const Geometry geometries[] = {
    [TAI_PAPER_A4] = {1678, 2374, 160, 150, 170, 29, 24, 35, 54, 1, 3, 64},
    [TAI_PAPER_58MM] = {384, 0, 4, 16, 40, 22, 18, 36, 36, 2, 4, 56},
    [TAI_PAPER_80MM] = {576, 0, 8, 20, 48, 24, 20, 40, 42, 2, 4, 60},
};

/* A notice for people who see little: the largest of these that has room for all of it on one page. 32 dots are 4 mm, and that
 * is the least for any letter. */
static const Geometry notice_geometries[] = {
    {1678, 2374, 140, 140, 150, 64, 40, 82, 104, 2, 4, 64},
    {1678, 2374, 130, 130, 150, 54, 36, 70, 90, 2, 4, 64},
    {1678, 2374, 120, 120, 150, 47, 36, 60, 78, 2, 4, 64},
    {1678, 2374, 110, 110, 150, 41, 36, 52, 68, 2, 4, 64},
    {1678, 2374, 110, 110, 150, 36, 36, 46, 60, 2, 4, 64},
};

/* A form of several businesses: what is signed stands on the page that is signed, if a little less air makes room for it. */
static const Geometry form_geometries[] = {
    {1678, 2374, 160, 150, 170, 29, 24, 35, 54, 1, 3, 64},
    {1678, 2374, 150, 110, 130, 27, 22, 35, 50, 1, 3, 56},
};

/* Layouts side by side that share lines: a text, a pair, a table row. */
typedef struct {
  guint n;
  PangoLayout *layouts[MAX_CELLS];
  guint x[MAX_CELLS], width[MAX_CELLS];
  gboolean right[MAX_CELLS], center[MAX_CELLS];
  guint first[MAX_CELLS]; /* line of the band where the layout starts */
  guint n_lines, size;
} Band;

typedef struct {
  TaiPage *page;
  const Geometry *paper;
  const TaiWords *words;
  PangoContext *context;
  PangoFontDescription *font;
  guint index, y, bottom; /* page number; cursor; where the page's text must end */
  guint left, width;      /* of the text */
  guint table_end;        /* blocks before it share column widths */
  guint table_width[MAX_CELLS];
  gint header; /* block of the table's bold first row, repeated on each page; -1 none */
} Composer;

/* --- Type -------------------------------------------------------------------------------------------------------------- */

static guint
get_size (const Composer *self, TaiStyle style)
{
  if (style & TAI_STYLE_LARGE)
    return self->paper->large;
  return style & TAI_STYLE_SMALL ? self->paper->small : self->paper->normal;
}

static guint
get_leading (guint size)
{
  return size * LEADING_PERCENT / 100;
}

/* The same cleaning as on the grid: controls become '?', direction marks (which could turn an amount around) go. */
static char *
clean (const char *text, gboolean paragraphs)
{
  GString *result = g_string_sized_new (strlen (text) + 1);

  for (; *text; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);
    guint8 class = tai_cells_classify (TAI_CELLS_TERMINAL, c);

    if (c == '\n' && paragraphs)
      g_string_append_c (result, '\n');
    else if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029)
      g_string_append_c (result, ' ');
    else if (class == TAI_CELL_REPLACE)
      g_string_append_c (result, '?');
    else if (class != TAI_CELL_DROP)
      g_string_append_unichar (result, c);
  }
  return g_string_free (result, FALSE);
}

/* A line never ends between a number and its unit (30|日, 59|元); Pango sees two words there. */
static PangoAttrList *
join_units (const char *text)
{
  PangoAttrList *list = pango_attr_list_new ();

  for (const char *p = text; *p; p = g_utf8_next_char (p)) {
    PangoAttribute *attribute;

    if (p == text || !g_ascii_isdigit (p[-1]) ||
        !(tai_cells_classify (TAI_CELLS_TERMINAL, g_utf8_get_char (p)) & TAI_CELL_UNIT))
      continue;
    attribute = pango_attr_allow_breaks_new (FALSE);
    attribute->start_index = p - 1 - text;
    attribute->end_index = g_utf8_next_char (p) - text;
    pango_attr_list_insert (list, attribute);
  }
  return list;
}

/* @width 0: as wide as the text. The page keeps it. */
static PangoLayout *
new_layout (Composer *self, const char *text, guint size, gboolean bold, guint width, gboolean paragraphs)
{
  PangoLayout *layout = pango_layout_new (self->context);
  g_autofree char *cleaned = clean (text, paragraphs);
  g_autoptr (PangoAttrList) units = join_units (cleaned);

  pango_font_description_set_absolute_size (self->font, (double)size * PANGO_SCALE);
  pango_font_description_set_weight (self->font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, self->font);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (width > 0)
    pango_layout_set_width (layout, (int)width * PANGO_SCALE);
  pango_layout_set_text (layout, cleaned, -1);
  pango_layout_set_attributes (layout, units);
  g_ptr_array_add (self->page->layouts, layout);
  return layout;
}

static guint
measure (Composer *self, const char *text, TaiStyle style)
{
  PangoLayout *layout =
      new_layout (self, text, get_size (self, style), (style & TAI_STYLE_BOLD) != 0, 0, FALSE);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  g_ptr_array_remove_index (self->page->layouts, self->page->layouts->len - 1);
  return (guint)width + 1;
}

/* --- Places ------------------------------------------------------------------------------------------------------------ */

static void
add_mark (Composer *self, TaiMark mark)
{
  mark.page = self->index;
  g_array_append_val (self->page->marks, mark);
}

static void
place_line (Composer *self, PangoLayoutLine *line, guint x, guint y, guint size)
{
  add_mark (self, (TaiMark){.type = TAI_MARK_LINE,
                            .x = x,
                            .y = y + (get_leading (size) - size) / 2 + size * BASELINE_PERCENT / 100,
                            .line = line});
}

static void
begin_page (Composer *self)
{
  guint height = self->paper->height ? self->paper->height : ROLL_MAX_HEIGHT;

  self->index = self->page->heights->len;
  g_array_append_val (self->page->heights, height);
  self->y = self->paper->margin_top;
  self->bottom = height - self->paper->margin_bottom;
}

/* A roll ends where its text ends. */
static void
end_page (Composer *self)
{
  if (self->paper->height == 0)
    g_array_index (self->page->heights, guint, self->index) = self->y + self->paper->margin_bottom;
}

/* Goes to a new page unless @height fits this one, or this one is empty. */
static gboolean
make_room (Composer *self, guint height)
{
  if (self->y + height <= self->bottom || self->y == self->paper->margin_top)
    return FALSE;
  end_page (self);
  begin_page (self);
  return TRUE;
}

static void
band_add (Band *band, PangoLayout *layout, guint x, guint width)
{
  band->layouts[band->n] = layout;
  band->x[band->n] = x;
  band->width[band->n] = width;
  band->n_lines = MAX (band->n_lines, (guint)pango_layout_get_line_count (layout));
  band->n++;
}

/* Full-width closing marks are half blank: at the right edge the ink counts, not the blank. */
static guint
get_hanging (PangoLayoutLine *line, guint size)
{
  PangoRectangle ink, logical;
  int blank;

  pango_layout_line_get_pixel_extents (line, &ink, &logical);
  blank = logical.x + logical.width - (ink.x + ink.width);
  return ink.width > 0 && blank > (int)size / 3 ? (guint)blank - size / 6 : 0;
}

static void
place_band_line (Composer *self, const Band *band, guint index)
{
  for (guint i = 0; i < band->n; i++) {
    PangoLayoutLine *line;
    PangoRectangle logical;
    guint free_width, x = self->left + band->x[i];

    if (index < band->first[i])
      continue;
    line = pango_layout_get_line_readonly (band->layouts[i], index - band->first[i]);
    if (line == NULL)
      continue;
    pango_layout_line_get_pixel_extents (line, NULL, &logical);
    if (!line->is_paragraph_start) /* hangs */
      x += PANGO_PIXELS (-pango_layout_get_indent (band->layouts[i]));
    free_width = band->width[i] > (guint)logical.width ? band->width[i] - logical.width : 0;
    if (band->right[i])
      x += free_width + get_hanging (line, band->size);
    else if (band->center[i])
      x += free_width / 2;
    place_line (self, line, x, self->y, band->size);
  }
}

/* Whole on one page if a page can hold it, else broken between lines. */
static void
place_band (Composer *self, const Band *band)
{
  guint leading = get_leading (band->size), page_height = self->bottom - self->paper->margin_top;

  if (band->n_lines * leading <= page_height)
    make_room (self, band->n_lines * leading);
  for (guint i = 0; i < band->n_lines; i++) {
    make_room (self, leading);
    place_band_line (self, band, i);
    self->y += leading;
  }
}

/* --- Blocks ------------------------------------------------------------------------------------------------------------ */

/* A text that starts with blanks: its other lines hang below its first word. */
static void
hang (Composer *self, PangoLayout *layout, const char *text, TaiStyle style)
{
  gsize n = strspn (text, " ");
  g_autofree char *blanks = g_strndup (text, n);

  if (n > 0)
    pango_layout_set_indent (layout,
                             -(int)MIN (measure (self, blanks, style), self->width / 4) * PANGO_SCALE);
}

static void
put_text_sized (Composer *self, const char *text, TaiStyle style, guint size)
{
  Band band = {.size = size};

  band_add (&band, new_layout (self, text, size, (style & TAI_STYLE_BOLD) != 0, self->width, TRUE), 0,
            self->width);
  if (!(style & (TAI_STYLE_RIGHT | TAI_STYLE_CENTER)))
    hang (self, band.layouts[0], text, style);
  band.right[0] = (style & TAI_STYLE_RIGHT) != 0;
  band.center[0] = (style & TAI_STYLE_CENTER) != 0;
  /* What is large is a heading: it stands off and stays with some of what follows. */
  if (style & TAI_STYLE_LARGE && !make_room (self, get_leading (size) * (band.n_lines + 2)))
    self->y += size / 3;
  place_band (self, &band);
  if (style & TAI_STYLE_LARGE)
    self->y += size / 6;
}

static void
put_text (Composer *self, const char *text, TaiStyle style)
{
  put_text_sized (self, text, style, get_size (self, style));
}

/* On a wide page dots lead the eye from the label to its value. */
static void
put_leader (Composer *self, const Band *band)
{
  guint n = pango_layout_get_line_count (band->layouts[0]), gap = band->size / 2;
  PangoRectangle label, value;

  pango_layout_line_get_pixel_extents (pango_layout_get_line_readonly (band->layouts[0], n - 1), NULL,
                                       &label);
  pango_layout_line_get_pixel_extents (pango_layout_get_line_readonly (band->layouts[1], 0), NULL, &value);
  if ((guint)(label.width + value.width) + 6 * gap > self->width)
    return;
  add_mark (self, (TaiMark){.type = TAI_MARK_DASHES,
                            .x = self->left + label.width + gap,
                            .y = self->y - get_leading (band->size) * 35 / 100,
                            .width = self->width - label.width - value.width - 2 * gap,
                            .height = 2,
                            .grey = GREY});
}

/* The value at the end of the label's last line, both on lines of their own when the value leaves no decent room. */
static void
put_pair (Composer *self, const TaiBlock *block)
{
  TaiStyle style = block->style & ~(TAI_STYLE_RIGHT | TAI_STYLE_CENTER);
  guint size = get_size (self, style), value_width = measure (self, block->text[1], style), label_width;
  gboolean bold = (style & TAI_STYLE_BOLD) != 0;
  Band band = {.size = size};

  if (block->text[1][0] == '\0') {
    put_text (self, block->text[0], style);
    return;
  }
  label_width = self->width > value_width + size / 2 ? self->width - value_width - size / 2 : 0;
  if (label_width < 4 * size && label_width < measure (self, block->text[0], style)) {
    put_text (self, block->text[0], style);
    put_text (self, block->text[1], value_width <= self->width ? style | TAI_STYLE_RIGHT : style);
    return;
  }
  band_add (&band, new_layout (self, block->text[0], size, bold, label_width, FALSE), 0, label_width);
  band_add (&band, new_layout (self, block->text[1], size, bold, 0, FALSE), 0, self->width);
  band.right[1] = TRUE;
  band.first[1] = band.n_lines - 1;
  place_band (self, &band);
  if (self->paper->height > 0)
    put_leader (self, &band);
}

static void
put_rule (Composer *self, gboolean heavy)
{
  guint gap = self->paper->normal / 3, height = heavy ? self->paper->heavy_rule : self->paper->rule;
  gboolean dashed = !heavy && self->paper->height == 0;

  make_room (self, 2 * gap + height);
  add_mark (self, (TaiMark){.type = dashed ? TAI_MARK_DASHES : TAI_MARK_RULE,
                            .x = self->left,
                            .y = self->y + gap,
                            .width = self->width,
                            .height = height,
                            .grey = heavy || dashed ? 0 : GREY});
  self->y += 2 * gap + height;
}

/* A label and a line to write on, in the columns from @x on. */
static void
add_field (Composer *self, Band *band, const char *label, guint x, guint width)
{
  g_autofree char *text = g_strconcat (label, self->words->colon, NULL);
  guint label_width = MIN (measure (self, text, TAI_STYLE_NORMAL), width * 2 / 3);

  band_add (band, new_layout (self, text, band->size, FALSE, label_width, FALSE), x, label_width);
}

/* Two fields share a line where a page is wide enough to sign on half of it. */
static gboolean
is_wide_enough (Composer *self, const char *label)
{
  return self->paper->height > 0 && measure (self, label, TAI_STYLE_NORMAL) < self->width * 11 / 40;
}

/* With room above it. Returns how many blocks it was: two fields may stand side by side. */
static guint
put_fields (Composer *self, const char *label, const char *next)
{
  guint leading = get_leading (self->paper->normal), gap = self->paper->normal, n = 1, width = self->width;
  Band band = {.size = self->paper->normal};

  if (next != NULL && is_wide_enough (self, label) && is_wide_enough (self, next)) {
    n = 2;
    width = (self->width - gap) / 2;
  }
  add_field (self, &band, label, 0, width);
  if (n == 2)
    add_field (self, &band, next, width + gap, width);
  make_room (self, self->paper->field + band.n_lines * leading);
  self->y += self->paper->field;
  place_band (self, &band);
  for (guint i = 0; i < n; i++)
    add_mark (self, (TaiMark){.type = TAI_MARK_RULE,
                              .x = self->left + band.x[i] + band.width[i],
                              .y = self->y - leading / 8,
                              .width = width - band.width[i],
                              .height = MAX (self->paper->rule, 2)});
  return n;
}

static void
put_qr (Composer *self, const TaiBlock *block)
{
  g_autoptr (TaiQr) qr = tai_qr_new (block->text[0], TAI_QR_M, NULL);
  guint modules = qr ? tai_qr_get_size (qr) + 2 * TAI_QR_QUIET : 0;
  guint dots = qr ? CLAMP (QR_WANTED_DOTS / modules, TAI_QR_MIN_DOTS, QR_MAX_DOTS) : 0, side = modules * dots;
  const char *caption = block->n_text > 1 ? block->text[1] : NULL;

  if (qr == NULL || side > self->width) { /* no code holds it, or not this paper: it is written out */
    put_text (self, block->text[0], TAI_STYLE_NORMAL);
  } else {
    make_room (self, side + (caption ? get_leading (self->paper->normal) : 0));
    add_mark (self, (TaiMark){.type = TAI_MARK_QR,
                              .x = self->left + (self->width - side) / 2 + TAI_QR_QUIET * dots,
                              .y = self->y + TAI_QR_QUIET * dots,
                              .height = dots,
                              .qr = qr});
    g_ptr_array_add (self->page->codes, g_steal_pointer (&qr));
    self->y += side;
  }
  if (caption)
    put_text (self, caption, TAI_STYLE_CENTER);
}

/* Dot for dot, in the middle. */
static void
put_picture (Composer *self, const char *text)
{
  g_autoptr (TaiPicture) picture = tai_picture_from_text (text, NULL);
  guint width = picture != NULL ? tai_picture_get_width (picture) : 0;
  guint height = picture != NULL ? tai_picture_get_height (picture) : 0;

  if (picture == NULL || width > self->width)
    return;
  make_room (self, height + self->paper->normal / 2);
  add_mark (self, (TaiMark){.type = TAI_MARK_PICTURE,
                            .x = self->left + (self->width - width) / 2,
                            .y = self->y,
                            .picture = picture});
  g_ptr_array_add (self->page->pictures, g_steal_pointer (&picture));
  self->y += height + self->paper->normal / 2;
}

/* --- Tables ------------------------------------------------------------------------------------------------------------ */

static gboolean
is_same_table (const TaiBlock *a, const TaiBlock *b)
{
  return b->type == TAI_BLOCK_ROW && a->n_text == b->n_text && a->right == b->right &&
         memcmp (a->weight, b->weight, sizeof a->weight) == 0;
}

/* Of the words that no line should cut: runs of narrow characters without a blank. */
static guint
measure_longest_word (Composer *self, const char *text, TaiStyle style)
{
  guint longest = 0;

  while (*text) {
    const char *end = text;
    g_autofree char *word = NULL;

    while (*end && *end != ' ' && !g_unichar_iswide (g_utf8_get_char (end)))
      end = g_utf8_next_char (end);
    word = g_strndup (text, (gsize)(end - text));
    longest = MAX (longest, *word ? measure (self, word, style) : 0);
    text = *end ? g_utf8_next_char (end) : end;
  }
  return longest;
}

/* Between columns; a narrow roll can spare half of it. */
static guint
get_gap (const Composer *self)
{
  return self->paper->height > 0 ? self->paper->normal : self->paper->normal / 2;
}

/* What a row asks of its columns: @whole, all on one line; @words, no word cut and amounts on one line. A text that runs over
 * empty cells beside it asks nothing. */
static void
add_needs (Composer *self, const TaiBlock *row, guint *whole, guint *words)
{
  for (guint i = 0; i < row->n_text; i++) {
    gboolean is_right = (row->right & 1 << i) != 0;
    guint gap = is_right || i + 1 < row->n_text ? get_gap (self) : 0;

    if (row->text[i][0] == '\0' || (!is_right && i + 1 < row->n_text && row->text[i + 1][0] == '\0'))
      continue;
    whole[i] = MAX (whole[i], measure (self, row->text[i], row->style) + gap);
    words[i] =
        MAX (words[i], is_right ? whole[i] : measure_longest_word (self, row->text[i], row->style) + gap);
  }
}

static void
begin_table (Composer *self, guint index)
{
  TaiDocument *document = self->page->document;
  const TaiBlock *first = tai_document_get_block (document, index);
  guint whole[MAX_CELLS] = {0}, words[MAX_CELLS] = {0};

  tai_columns_share (first, self->width, self->table_width);
  self->header = first->style & TAI_STYLE_BOLD ? (gint)index : -1;
  for (self->table_end = index; self->table_end < tai_document_get_n_blocks (document); self->table_end++) {
    const TaiBlock *row = tai_document_get_block (document, self->table_end);

    if (row->type == TAI_BLOCK_RULE)
      continue;
    if (!is_same_table (first, row))
      break;
    add_needs (self, row, whole, words);
  }
  if (!tai_columns_widen (first->n_text, self->table_width, whole) &&
      !tai_columns_widen (first->n_text, self->table_width, words))
    tai_columns_squeeze (first, self->table_width, words);
}

/* A row without amounts is a heading inside the table: its first cell may run over the empty ones. */
static Band
make_row_band (Composer *self, const TaiBlock *row)
{
  Band band = {.size = get_size (self, row->style)};
  guint x = 0, gap = get_gap (self);

  for (guint i = 0; i < row->n_text; i++) {
    guint width = self->table_width[i];
    guint next = i + 1;

    while (next < row->n_text && row->text[next][0] == '\0' && row->text[i][0] && !(row->right & 1 << i))
      width += self->table_width[next++];
    width = MAX (width, gap + 1) - (next < row->n_text ? gap : 0);
    if (row->text[i][0]) {
      band.right[band.n] = (row->right & 1 << i) != 0;
      band_add (&band,
                new_layout (self, row->text[i], band.size, (row->style & TAI_STYLE_BOLD) != 0, width, FALSE),
                row->right & 1 << i && i > 0 ? x + (next < row->n_text ? gap : 0) : x, width);
    }
    for (; i + 1 < next; i++)
      x += self->table_width[i];
    x += self->table_width[i];
  }
  return band;
}

static void
put_row (Composer *self, guint index)
{
  const TaiBlock *row = tai_document_get_block (self->page->document, index);
  Band band;

  if (index >= self->table_end)
    begin_table (self, index);
  band = make_row_band (self, row);
  if (make_room (self, band.n_lines * get_leading (band.size)) && self->header >= 0 &&
      (guint)self->header != index) {
    Band header = make_row_band (self, tai_document_get_block (self->page->document, self->header));

    place_band (self, &header);
    put_rule (self, FALSE);
  }
  place_band (self, &band);
}

/* --- Document ---------------------------------------------------------------------------------------------------------- */

/* The label of the field at @index; NULL: it is none. */
static const char *
get_field (const Composer *self, guint index)
{
  TaiDocument *document = self->page->document;
  const TaiBlock *block =
      index < tai_document_get_n_blocks (document) ? tai_document_get_block (document, index) : NULL;

  return block != NULL && block->type == TAI_BLOCK_FIELD ? block->text[0] : NULL;
}

/* Where one signs: the sentence that one signs for and the lines stay on one page. Asked before the block at @index. */
static void
keep_fields (Composer *self, guint index)
{
  guint leading = get_leading (self->paper->normal), height = 2 * leading, n = 0;

  if (self->paper->height == 0 || get_field (self, index) != NULL)
    return;
  while (get_field (self, index + 1 + n) != NULL) {
    const char *label = get_field (self, index + 1 + n), *next = get_field (self, index + 2 + n);

    n += next != NULL && is_wide_enough (self, label) && is_wide_enough (self, next) ? 2 : 1;
    height += self->paper->field + leading;
  }
  if (n > 0)
    make_room (self, height);
}

/* Returns how many blocks it was. */
static guint
put_block (Composer *self, guint index)
{
  const TaiBlock *block = tai_document_get_block (self->page->document, index);

  keep_fields (self, index);
  switch (block->type) {
  case TAI_BLOCK_TEXT:
    put_text (self, block->text[0], block->style);
    break;
  case TAI_BLOCK_PAIR:
    put_pair (self, block);
    break;
  case TAI_BLOCK_ROW:
    put_row (self, index);
    break;
  case TAI_BLOCK_RULE:
    put_rule (self, block->n_text > 0);
    break;
  case TAI_BLOCK_SPACE:
    self->y += get_leading (self->paper->normal) / 2;
    make_room (self, 0);
    break;
  case TAI_BLOCK_QR:
    put_qr (self, block);
    break;
  case TAI_BLOCK_PICTURE:
    put_picture (self, block->text[0]);
    break;
  case TAI_BLOCK_FIELD:
    return put_fields (self, block->text[0], get_field (self, index + 1));
  default:
    g_assert_not_reached ();
  }
  return 1;
}

/* A picture that comes first stands above the title. Returns how many blocks it was. */
static guint
put_head (Composer *self)
{
  TaiDocument *document = self->page->document;
  guint n = tai_document_get_n_blocks (document) > 0 &&
            tai_document_get_block (document, 0)->type == TAI_BLOCK_PICTURE;

  if (n > 0)
    put_picture (self, tai_document_get_block (document, 0)->text[0]);
  if (tai_document_get_title (document)[0])
    put_text_sized (self, tai_document_get_title (document), TAI_STYLE_CENTER | TAI_STYLE_BOLD,
                    self->paper->title);
  if (tai_document_get_copy_number (document) > 0) {
    g_autofree char *copy = tai_words_format_copy (self->words, tai_document_get_copy_number (document));

    put_text (self, copy, TAI_STYLE_CENTER | TAI_STYLE_BOLD);
  }
  self->y += self->paper->normal / 3;
  return n;
}

/* A small line at @y of page @index, centred or at the left edge. */
static void
put_margin_line (Composer *self, guint index, guint y, const char *text, gboolean center)
{
  PangoLayout *layout = new_layout (self, text, self->paper->small, FALSE, self->width, FALSE);
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  PangoRectangle logical;

  pango_layout_line_get_pixel_extents (line, NULL, &logical);
  self->index = index;
  place_line (self, line,
              self->left + (center ? (self->width - MIN ((guint)logical.width, self->width)) / 2 : 0), y,
              self->paper->small);
}

/* Page numbers below, and above from the second page on what paper this is: sheets part. */
static void
put_margins (Composer *self)
{
  TaiDocument *document = self->page->document;
  guint copy_number = tai_document_get_copy_number (document), n_pages = self->page->heights->len;
  g_autofree char *copy = tai_words_format_copy (self->words, copy_number);
  g_autofree char *head =
      g_strconcat (tai_document_get_title (document), copy_number ? "  " : "", copy_number ? copy : "", NULL);

  for (guint i = 0; i < n_pages; i++) {
    g_autofree char *number = tai_words_format_page (self->words, i + 1, n_pages);

    put_margin_line (self, i, self->paper->height - self->paper->margin_bottom / 2, number, TRUE);
    if (i > 0)
      put_margin_line (self, i, self->paper->margin_top / 2, head, FALSE);
  }
}

static PangoContext *
new_context (const char *language)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  /* The same places on the screen and in the PDF. */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_language (
      context, pango_language_from_string (g_str_has_prefix (language, "zh") ? "zh-cn" : "en"));
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  return context;
}

static void
compose (TaiPage *page, const Geometry *paper)
{
  Composer self = {.page = page, .paper = paper, .left = paper->margin_x, .header = -1};

  self.width = paper->width - 2 * paper->margin_x;
  self.words = tai_words_for_language (tai_document_get_language (page->document));
  self.context = new_context (tai_document_get_language (page->document));
  self.font = pango_font_description_from_string (TAI_FONT_FAMILIES);
  page->width = paper->width;
  begin_page (&self);
  for (guint i = put_head (&self); i < tai_document_get_n_blocks (page->document);)
    i += put_block (&self, i);
  if (tai_document_is_truncated (page->document))
    put_text (&self, self.words->truncated, TAI_STYLE_CENTER | TAI_STYLE_BOLD);
  end_page (&self);
  if (paper->height > 0)
    put_margins (&self);
  pango_font_description_free (self.font);
  g_object_unref (self.context);
}

static void
compose_anew (TaiPage *page, const Geometry *paper)
{
  g_array_set_size (page->heights, 0);
  g_array_set_size (page->marks, 0);
  g_ptr_array_set_size (page->layouts, 0);
  g_ptr_array_set_size (page->codes, 0);
  g_ptr_array_set_size (page->pictures, 0);
  compose (page, paper);
}

/* The largest of @sizes with which all of it stands on one page. */
static gboolean
compose_on_one (TaiPage *page, const Geometry *sizes, guint n)
{
  for (guint i = 0; i < n; i++) {
    compose_anew (page, &sizes[i]);
    if (page->heights->len == 1)
      return TRUE;
  }
  return FALSE;
}

void
tai_page_compose (TaiPage *page)
{
  TaiDocumentType type = tai_document_get_type_ (page->document);

  if (page->paper == TAI_PAPER_A4 && type == TAI_DOCUMENT_NOTICE)
    compose_on_one (page, notice_geometries, G_N_ELEMENTS (notice_geometries));
  else if (page->paper != TAI_PAPER_A4 || type != TAI_DOCUMENT_FORM ||
           !compose_on_one (page, form_geometries, G_N_ELEMENTS (form_geometries)))
    compose_anew (page, &geometries[page->paper]);
}
