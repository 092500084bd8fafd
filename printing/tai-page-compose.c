/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Documents on pages: blocks become bands of Pango layouts side by side, their lines get places, pages end between lines
 * (tai-composer.c; tables: tai-composer-table.c).
 * Line heights are ours and not the font's (Noto Sans CJK asks for half a line more than a form has). One thread at a time.
 */
#define G_LOG_DOMAIN "tai-printing"

#include <string.h>

#include "tai-composer-private.h"
#include "tai-font.h"

/* Paper that a QR code wants at each side. */
#define QR_WANTED_DOTS 280
#define QR_MAX_DOTS    8

static const TaiPageGeometry geometries[] = {
    [TAI_PAPER_A4] = {1678, 2374, 160, 150, 170, 29, 24, 35, 54, 1, 3, 64},
    [TAI_PAPER_58MM] = {384, 0, 4, 16, 40, 22, 18, 36, 36, 2, 4, 56},
    [TAI_PAPER_80MM] = {576, 0, 8, 20, 48, 24, 20, 40, 42, 2, 4, 60},
};

/* A notice for people who see little: the largest of these that has room for all of it on one page. 32 dots are 4 mm, and that
 * is the least for any letter. */
static const TaiPageGeometry notice_geometries[] = {
    {1678, 2374, 140, 140, 150, 64, 40, 82, 104, 2, 4, 64},
    {1678, 2374, 130, 130, 150, 54, 36, 70, 90, 2, 4, 64},
    {1678, 2374, 120, 120, 150, 47, 36, 60, 78, 2, 4, 64},
    {1678, 2374, 110, 110, 150, 41, 36, 52, 68, 2, 4, 64},
    {1678, 2374, 110, 110, 150, 36, 36, 46, 60, 2, 4, 64},
};

/* A form of several businesses: what is signed stands on the page that is signed, if a little less air makes room for it. */
static const TaiPageGeometry form_geometries[] = {
    {1678, 2374, 160, 150, 170, 29, 24, 35, 54, 1, 3, 64},
    {1678, 2374, 150, 110, 130, 27, 22, 35, 50, 1, 3, 56},
};

/* --- Blocks ------------------------------------------------------------------------------------------------------------ */

/* A text that starts with blanks: its other lines hang below its first word. */
static void
hang (TaiComposer *self, PangoLayout *layout, const char *text, TaiStyle style)
{
  gsize n = strspn (text, " ");
  g_autofree char *blanks = g_strndup (text, n);

  if (n > 0)
    pango_layout_set_indent (layout, -(int)MIN (tai_composer_measure (self, blanks, style), self->width / 4) *
                                         PANGO_SCALE);
}

static void
put_text_sized (TaiComposer *self, const char *text, TaiStyle style, guint size)
{
  TaiBand band = {.size = size};

  tai_band_add (&band,
                tai_composer_new_layout (self, text, size, (style & TAI_STYLE_BOLD) != 0, self->width, TRUE),
                0, self->width);
  if (!(style & (TAI_STYLE_RIGHT | TAI_STYLE_CENTER)))
    hang (self, band.layouts[0], text, style);
  band.right[0] = (style & TAI_STYLE_RIGHT) != 0;
  band.center[0] = (style & TAI_STYLE_CENTER) != 0;
  /* What is large is a heading: it stands off and stays with some of what follows. */
  if (style & TAI_STYLE_LARGE &&
      !tai_composer_make_room (self, tai_composer_get_leading (size) * (band.n_lines + 2)))
    self->y += size / 3;
  tai_composer_place_band (self, &band);
  if (style & TAI_STYLE_LARGE)
    self->y += size / 6;
}

static void
put_text (TaiComposer *self, const char *text, TaiStyle style)
{
  put_text_sized (self, text, style, tai_composer_get_size (self, style));
}

/* On a wide page dots lead the eye from the label to its value. */
static void
put_leader (TaiComposer *self, const TaiBand *band)
{
  guint n = pango_layout_get_line_count (band->layouts[0]), gap = band->size / 2;
  PangoRectangle label, value;

  pango_layout_line_get_pixel_extents (pango_layout_get_line_readonly (band->layouts[0], n - 1), NULL,
                                       &label);
  pango_layout_line_get_pixel_extents (pango_layout_get_line_readonly (band->layouts[1], 0), NULL, &value);
  if ((guint)(label.width + value.width) + 6 * gap > self->width)
    return;
  tai_composer_add_mark (self, (TaiMark){.type = TAI_MARK_DASHES,
                                         .x = self->left + label.width + gap,
                                         .y = self->y - tai_composer_get_leading (band->size) * 35 / 100,
                                         .width = self->width - label.width - value.width - 2 * gap,
                                         .height = 2,
                                         .grey = TAI_COMPOSER_GREY});
}

/* The value at the end of the label's last line, both on lines of their own when the value leaves no decent room. */
static void
put_pair (TaiComposer *self, const TaiBlock *block)
{
  TaiStyle style = block->style & ~(TAI_STYLE_RIGHT | TAI_STYLE_CENTER);
  guint size = tai_composer_get_size (self, style),
        value_width = tai_composer_measure (self, block->text[1], style), label_width;
  gboolean bold = (style & TAI_STYLE_BOLD) != 0;
  TaiBand band = {.size = size};

  if (block->text[1][0] == '\0') {
    put_text (self, block->text[0], style);
    return;
  }
  label_width = self->width > value_width + size / 2 ? self->width - value_width - size / 2 : 0;
  if (label_width < 4 * size && label_width < tai_composer_measure (self, block->text[0], style)) {
    put_text (self, block->text[0], style);
    put_text (self, block->text[1], value_width <= self->width ? style | TAI_STYLE_RIGHT : style);
    return;
  }
  tai_band_add (&band, tai_composer_new_layout (self, block->text[0], size, bold, label_width, FALSE), 0,
                label_width);
  tai_band_add (&band, tai_composer_new_layout (self, block->text[1], size, bold, 0, FALSE), 0, self->width);
  band.right[1] = TRUE;
  band.first[1] = band.n_lines - 1;
  tai_composer_place_band (self, &band);
  if (self->paper->height > 0)
    put_leader (self, &band);
}

/* A label and a line to write on, in the columns from @x on. */
static void
add_field (TaiComposer *self, TaiBand *band, const char *label, guint x, guint width)
{
  g_autofree char *text = g_strconcat (label, self->words->colon, NULL);
  guint label_width = MIN (tai_composer_measure (self, text, TAI_STYLE_NORMAL), width * 2 / 3);

  tai_band_add (band, tai_composer_new_layout (self, text, band->size, FALSE, label_width, FALSE), x,
                label_width);
}

/* Two fields share a line where a page is wide enough to sign on half of it. */
static gboolean
is_wide_enough (TaiComposer *self, const char *label)
{
  return self->paper->height > 0 &&
         tai_composer_measure (self, label, TAI_STYLE_NORMAL) < self->width * 11 / 40;
}

/* With room above it. Returns how many blocks it was: two fields may stand side by side. */
static guint
put_fields (TaiComposer *self, const char *label, const char *next)
{
  guint leading = tai_composer_get_leading (self->paper->normal), gap = self->paper->normal, n = 1,
        width = self->width;
  TaiBand band = {.size = self->paper->normal};

  if (next != NULL && is_wide_enough (self, label) && is_wide_enough (self, next)) {
    n = 2;
    width = (self->width - gap) / 2;
  }
  add_field (self, &band, label, 0, width);
  if (n == 2)
    add_field (self, &band, next, width + gap, width);
  tai_composer_make_room (self, self->paper->field + band.n_lines * leading);
  self->y += self->paper->field;
  tai_composer_place_band (self, &band);
  for (guint i = 0; i < n; i++)
    tai_composer_add_mark (self, (TaiMark){.type = TAI_MARK_RULE,
                                           .x = self->left + band.x[i] + band.width[i],
                                           .y = self->y - leading / 8,
                                           .width = width - band.width[i],
                                           .height = MAX (self->paper->rule, 2)});
  return n;
}

static void
put_qr (TaiComposer *self, const TaiBlock *block)
{
  g_autoptr (TaiQr) qr = tai_qr_new (block->text[0], TAI_QR_M, NULL);
  guint modules = qr ? tai_qr_get_size (qr) + 2 * TAI_QR_QUIET : 0;
  guint dots = qr ? CLAMP (QR_WANTED_DOTS / modules, TAI_QR_MIN_DOTS, QR_MAX_DOTS) : 0, side = modules * dots;
  const char *caption = block->n_text > 1 ? block->text[1] : NULL;

  if (qr == NULL || side > self->width) { /* no code holds it, or not this paper: it is written out */
    put_text (self, block->text[0], TAI_STYLE_NORMAL);
  } else {
    tai_composer_make_room (self, side + (caption ? tai_composer_get_leading (self->paper->normal) : 0));
    tai_composer_add_mark (self, (TaiMark){.type = TAI_MARK_QR,
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
put_picture (TaiComposer *self, const char *text)
{
  g_autoptr (TaiPicture) picture = tai_picture_from_text (text, NULL);
  guint width = picture != NULL ? tai_picture_get_width (picture) : 0;
  guint height = picture != NULL ? tai_picture_get_height (picture) : 0;

  if (picture == NULL || width > self->width)
    return;
  tai_composer_make_room (self, height + self->paper->normal / 2);
  tai_composer_add_mark (self, (TaiMark){.type = TAI_MARK_PICTURE,
                                         .x = self->left + (self->width - width) / 2,
                                         .y = self->y,
                                         .picture = picture});
  g_ptr_array_add (self->page->pictures, g_steal_pointer (&picture));
  self->y += height + self->paper->normal / 2;
}

/* --- Document ---------------------------------------------------------------------------------------------------------- */

/* The label of the field at @index; NULL: it is none. */
static const char *
get_field (const TaiComposer *self, guint index)
{
  TaiDocument *document = self->page->document;
  const TaiBlock *block =
      index < tai_document_get_n_blocks (document) ? tai_document_get_block (document, index) : NULL;

  return block != NULL && block->type == TAI_BLOCK_FIELD ? block->text[0] : NULL;
}

/* Where one signs: the sentence that one signs for and the lines stay on one page. Asked before the block at @index. */
static void
keep_fields (TaiComposer *self, guint index)
{
  guint leading = tai_composer_get_leading (self->paper->normal), height = 2 * leading, n = 0;

  if (self->paper->height == 0 || get_field (self, index) != NULL)
    return;
  while (get_field (self, index + 1 + n) != NULL) {
    const char *label = get_field (self, index + 1 + n), *next = get_field (self, index + 2 + n);

    n += next != NULL && is_wide_enough (self, label) && is_wide_enough (self, next) ? 2 : 1;
    height += self->paper->field + leading;
  }
  if (n > 0)
    tai_composer_make_room (self, height);
}

/* Returns how many blocks it was. */
static guint
put_block (TaiComposer *self, guint index)
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
    tai_composer_put_row (self, index);
    break;
  case TAI_BLOCK_RULE:
    tai_composer_put_rule (self, block->n_text > 0);
    break;
  case TAI_BLOCK_SPACE:
    self->y += tai_composer_get_leading (self->paper->normal) / 2;
    tai_composer_make_room (self, 0);
    break;
  case TAI_BLOCK_QR:
    if (block->text[0][0] == '\0')
      put_text (self, self->words->void_code, TAI_STYLE_CENTER | TAI_STYLE_BOLD);
    else
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
put_head (TaiComposer *self)
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
put_margin_line (TaiComposer *self, guint index, guint y, const char *text, gboolean center)
{
  PangoLayout *layout = tai_composer_new_layout (self, text, self->paper->small, FALSE, self->width, FALSE);
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  PangoRectangle logical;

  pango_layout_line_get_pixel_extents (line, NULL, &logical);
  self->index = index;
  tai_composer_place_line (
      self, line, self->left + (center ? (self->width - MIN ((guint)logical.width, self->width)) / 2 : 0), y,
      self->paper->small);
}

/* Page numbers below, and above from the second page on what paper this is: sheets part. */
static void
put_margins (TaiComposer *self)
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
compose (TaiPage *page, const TaiPageGeometry *paper)
{
  TaiComposer self = {.page = page, .paper = paper, .left = paper->margin_x, .header = -1};

  self.width = paper->width - 2 * paper->margin_x;
  self.words = tai_words_for_language (tai_document_get_language (page->document));
  self.context = new_context (tai_document_get_language (page->document));
  self.font = pango_font_description_from_string (TAI_FONT_FAMILIES);
  page->width = paper->width;
  tai_composer_begin_page (&self);
  for (guint i = put_head (&self); i < tai_document_get_n_blocks (page->document);)
    i += put_block (&self, i);
  if (tai_document_is_truncated (page->document))
    put_text (&self, self.words->truncated, TAI_STYLE_CENTER | TAI_STYLE_BOLD);
  tai_composer_end_page (&self);
  if (paper->height > 0)
    put_margins (&self);
  pango_font_description_free (self.font);
  g_object_unref (self.context);
}

static void
compose_anew (TaiPage *page, const TaiPageGeometry *paper)
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
compose_on_one (TaiPage *page, const TaiPageGeometry *sizes, guint n)
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
