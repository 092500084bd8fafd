/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-composer-private.h"

#include <string.h>

#include "tai-cells.h"

/* Of the em: Noto Sans CJK's ideographs stand on a baseline 88 % below their top. */
#define BASELINE_PERCENT 88
#define LEADING_PERCENT  138

/* --- Type -------------------------------------------------------------------------------------------------------------- */

guint
tai_composer_get_size (const TaiComposer *self, TaiStyle style)
{
  if (style & TAI_STYLE_LARGE)
    return self->paper->large;
  return style & TAI_STYLE_SMALL ? self->paper->small : self->paper->normal;
}

guint
tai_composer_get_leading (guint size)
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
PangoLayout *
tai_composer_new_layout (TaiComposer *self, const char *text, guint size, gboolean bold, guint width,
                         gboolean paragraphs)
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

guint
tai_composer_measure (TaiComposer *self, const char *text, TaiStyle style)
{
  PangoLayout *layout = tai_composer_new_layout (self, text, tai_composer_get_size (self, style),
                                                 (style & TAI_STYLE_BOLD) != 0, 0, FALSE);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  g_ptr_array_remove_index (self->page->layouts, self->page->layouts->len - 1);
  return (guint)width + 1;
}

/* --- Places ------------------------------------------------------------------------------------------------------------ */

void
tai_composer_add_mark (TaiComposer *self, TaiMark mark)
{
  mark.page = self->index;
  g_array_append_val (self->page->marks, mark);
}

void
tai_composer_place_line (TaiComposer *self, PangoLayoutLine *line, guint x, guint y, guint size)
{
  tai_composer_add_mark (
      self, (TaiMark){.type = TAI_MARK_LINE,
                      .x = x,
                      .y = y + (tai_composer_get_leading (size) - size) / 2 + size * BASELINE_PERCENT / 100,
                      .line = line});
}

void
tai_composer_begin_page (TaiComposer *self)
{
  guint height = self->paper->height ? self->paper->height : TAI_COMPOSER_ROLL_MAX_HEIGHT;

  self->index = self->page->heights->len;
  g_array_append_val (self->page->heights, height);
  self->y = self->paper->margin_top;
  self->bottom = height - self->paper->margin_bottom;
}

/* A roll ends where its text ends. */
void
tai_composer_end_page (TaiComposer *self)
{
  if (self->paper->height == 0)
    g_array_index (self->page->heights, guint, self->index) = self->y + self->paper->margin_bottom;
}

/* Goes to a new page unless @height fits this one, or this one is empty. */
gboolean
tai_composer_make_room (TaiComposer *self, guint height)
{
  if (self->y + height <= self->bottom || self->y == self->paper->margin_top)
    return FALSE;
  tai_composer_end_page (self);
  tai_composer_begin_page (self);
  return TRUE;
}

void
tai_band_add (TaiBand *band, PangoLayout *layout, guint x, guint width)
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
place_band_line (TaiComposer *self, const TaiBand *band, guint index)
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
    tai_composer_place_line (self, line, x, self->y, band->size);
  }
}

/* Whole on one page if a page can hold it, else broken between lines. */
void
tai_composer_place_band (TaiComposer *self, const TaiBand *band)
{
  guint leading = tai_composer_get_leading (band->size), page_height = self->bottom - self->paper->margin_top;

  if (band->n_lines * leading <= page_height)
    tai_composer_make_room (self, band->n_lines * leading);
  for (guint i = 0; i < band->n_lines; i++) {
    tai_composer_make_room (self, leading);
    place_band_line (self, band, i);
    self->y += leading;
  }
}

void
tai_composer_put_rule (TaiComposer *self, gboolean heavy)
{
  guint gap = self->paper->normal / 3, height = heavy ? self->paper->heavy_rule : self->paper->rule;
  gboolean dashed = !heavy && self->paper->height == 0;

  tai_composer_make_room (self, 2 * gap + height);
  tai_composer_add_mark (self, (TaiMark){.type = dashed ? TAI_MARK_DASHES : TAI_MARK_RULE,
                                         .x = self->left,
                                         .y = self->y + gap,
                                         .width = self->width,
                                         .height = height,
                                         .grey = heavy || dashed ? 0 : TAI_COMPOSER_GREY});
  self->y += 2 * gap + height;
}
