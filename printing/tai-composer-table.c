/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of tables: a table's columns share the width by what all its rows ask for. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-composer-private.h"

#include <string.h>

#include "tai-columns-private.h"

static gboolean
is_same_table (const TaiBlock *a, const TaiBlock *b)
{
  return b->type == TAI_BLOCK_ROW && a->n_text == b->n_text && a->right == b->right &&
         memcmp (a->weight, b->weight, sizeof a->weight) == 0;
}

/* Of the words that no line should cut: runs of narrow characters without a blank. */
static guint
measure_longest_word (TaiComposer *self, const char *text, TaiStyle style)
{
  guint longest = 0;

  while (*text) {
    const char *end = text;
    g_autofree char *word = NULL;

    while (*end && *end != ' ' && !g_unichar_iswide (g_utf8_get_char (end)))
      end = g_utf8_next_char (end);
    word = g_strndup (text, (gsize)(end - text));
    longest = MAX (longest, *word ? tai_composer_measure (self, word, style) : 0);
    text = *end ? g_utf8_next_char (end) : end;
  }
  return longest;
}

/* Between columns; a narrow roll can spare half of it. */
static guint
get_gap (const TaiComposer *self)
{
  return self->paper->height > 0 ? self->paper->normal : self->paper->normal / 2;
}

/* What a row asks of its columns: @whole, all on one line; @words, no word cut and amounts on one line. A text that runs over
 * empty cells beside it asks nothing. */
static void
add_needs (TaiComposer *self, const TaiBlock *row, guint *whole, guint *words)
{
  for (guint i = 0; i < row->n_text; i++) {
    gboolean is_right = (row->right & 1 << i) != 0;
    guint gap = is_right || i + 1 < row->n_text ? get_gap (self) : 0;

    if (row->text[i][0] == '\0' || (!is_right && i + 1 < row->n_text && row->text[i + 1][0] == '\0'))
      continue;
    whole[i] = MAX (whole[i], tai_composer_measure (self, row->text[i], row->style) + gap);
    words[i] =
        MAX (words[i], is_right ? whole[i] : measure_longest_word (self, row->text[i], row->style) + gap);
  }
}

static void
begin_table (TaiComposer *self, guint index)
{
  TaiDocument *document = self->page->document;
  const TaiBlock *first = tai_document_get_block (document, index);
  guint whole[TAI_COMPOSER_MAX_CELLS] = {0}, words[TAI_COMPOSER_MAX_CELLS] = {0};

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
static TaiBand
make_row_band (TaiComposer *self, const TaiBlock *row)
{
  TaiBand band = {.size = tai_composer_get_size (self, row->style)};
  guint x = 0, gap = get_gap (self);

  for (guint i = 0; i < row->n_text; i++) {
    guint width = self->table_width[i];
    guint next = i + 1;

    while (next < row->n_text && row->text[next][0] == '\0' && row->text[i][0] && !(row->right & 1 << i))
      width += self->table_width[next++];
    width = MAX (width, gap + 1) - (next < row->n_text ? gap : 0);
    if (row->text[i][0]) {
      band.right[band.n] = (row->right & 1 << i) != 0;
      tai_band_add (&band,
                    tai_composer_new_layout (self, row->text[i], band.size,
                                             (row->style & TAI_STYLE_BOLD) != 0, width, FALSE),
                    row->right & 1 << i && i > 0 ? x + (next < row->n_text ? gap : 0) : x, width);
    }
    for (; i + 1 < next; i++)
      x += self->table_width[i];
    x += self->table_width[i];
  }
  return band;
}

void
tai_composer_put_row (TaiComposer *self, guint index)
{
  const TaiBlock *row = tai_document_get_block (self->page->document, index);
  TaiBand band;

  if (index >= self->table_end)
    begin_table (self, index);
  band = make_row_band (self, row);
  if (tai_composer_make_room (self, band.n_lines * tai_composer_get_leading (band.size)) &&
      self->header >= 0 && (guint)self->header != index) {
    TaiBand header = make_row_band (self, tai_document_get_block (self->page->document, self->header));

    tai_composer_place_band (self, &header);
    tai_composer_put_rule (self, FALSE);
  }
  tai_composer_place_band (self, &band);
}
