/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Documents on a grid of columns. Each text is cleaned once into code points with their classes (the scratch), then cut
 * into lines whose characters are appended to one array: no allocation a character, few a document. One thread at a time.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-layout.h"

#include <string.h>

#include "tai-columns-private.h"
#include "tai-qr.h"
#include "tai-scratch-private.h"
#include "tai-words.h"

#define MAX_CELLS 8 /* TAI_DOCUMENT_MAX_COLUMNS */
/* A label beside a value gets at least this many columns, else it stands above it. */
#define MIN_LABEL 8

struct _TaiLayout {
  guint columns;
  guint max_qr_modules;
  TaiDocument *document; /* (owned) (nullable) */
  const TaiWords *words;
  TaiScratch scratch; /* cleaned texts of the block at work */
  gunichar *cells;    /* (owned) of all lines */
  guint n_cells, max_cells;
  GArray *lines; /* (owned) of TaiLayoutLine */
  /* The table at work: the rows before block table_end share these widths. */
  guint table_end;
  guint table_width[MAX_CELLS];
};

TaiLayout *
tai_layout_new (TaiCells kind, guint columns, guint max_qr_modules)
{
  TaiLayout *self;

  g_return_val_if_fail (columns >= TAI_LAYOUT_MIN_COLUMNS && columns <= TAI_LAYOUT_MAX_COLUMNS, NULL);

  self = g_new0 (TaiLayout, 1);
  self->columns = columns;
  self->max_qr_modules = max_qr_modules;
  tai_scratch_init (&self->scratch, kind, MAX_CELLS * (TAI_DOCUMENT_MAX_TEXT + 1));
  self->lines = g_array_sized_new (FALSE, FALSE, sizeof (TaiLayoutLine), 64);
  return self;
}

void
tai_layout_free (TaiLayout *self)
{
  g_clear_pointer (&self->document, tai_document_unref);
  tai_scratch_clear (&self->scratch);
  g_free (self->cells);
  g_array_unref (self->lines);
  g_free (self);
}

/* --- Lines ------------------------------------------------------------------------------------------------------------- */

static guint
get_scale (const TaiLayout *self, TaiStyle style)
{
  return self->scratch.kind == TAI_CELLS_PRINTER && (style & TAI_STYLE_LARGE) ? 2 : 1;
}

/* Columns of a line in @style, counted in its own characters. */
static guint
get_room (const TaiLayout *self, TaiStyle style)
{
  return self->columns / get_scale (self, style);
}

static TaiLayoutLine
begin_line (TaiLayout *self, TaiStyle style)
{
  return (TaiLayoutLine){.type = TAI_LINE_TEXT, .style = style, .start = self->n_cells};
}

static gunichar *
reserve (TaiLayout *self, guint n)
{
  if (self->n_cells + n > self->max_cells) {
    self->max_cells = MAX (2 * self->max_cells, self->n_cells + n + 4096);
    self->cells = g_renew (gunichar, self->cells, self->max_cells);
  }
  return self->cells + self->n_cells;
}

/* Repeats an ASCII character until the line is @column wide. */
static void
pad (TaiLayout *self, TaiLayoutLine *line, guint column, char c)
{
  guint n = column > line->columns ? column - line->columns : 0;
  gunichar *cells = reserve (self, n);

  for (guint i = 0; i < n; i++)
    cells[i] = c;
  self->n_cells += n;
  line->columns += n;
}

static void
put (TaiLayout *self, TaiLayoutLine *line, TaiPiece piece)
{
  guint n = piece.end - piece.start;
  gunichar *cells = reserve (self, n);
  guint8 classes = 0;

  for (guint i = 0; i < n; i++) {
    cells[i] = self->scratch.text[piece.start + i];
    classes |= self->scratch.class[piece.start + i];
  }
  self->n_cells += n;
  line->columns += piece.width;
  line->raster = line->raster || (classes & TAI_CELL_RASTER) != 0;
}

static void
end_line (TaiLayout *self, TaiLayoutLine line)
{
  while (self->n_cells > line.start && self->cells[self->n_cells - 1] == ' ') {
    self->n_cells--;
    line.columns--;
  }
  line.n_cells = self->n_cells - line.start;
  line.columns *= get_scale (self, line.style);
  g_assert (line.columns <= self->columns);
  g_array_append_val (self->lines, line);
}

/* Blanks before a paragraph: its other lines hang below its first word. */
static guint
count_indent (const TaiLayout *self, TaiStyle style, TaiSpan span, guint from)
{
  guint n = 0;

  if (style & (TAI_STYLE_RIGHT | TAI_STYLE_CENTER))
    return 0;
  while (from + n < span.start + span.n && self->scratch.text[from + n] == ' ')
    n++;
  return MIN (n, get_room (self, style) / 4);
}

static void
put_wrapped (TaiLayout *self, TaiStyle style, TaiSpan span)
{
  guint from = span.start, indent = 0;

  do {
    TaiLayoutLine line = begin_line (self, style);
    gboolean begins = from == span.start || self->scratch.text[from - 1] == '\n';
    TaiPiece piece;

    if (begins)
      indent = count_indent (self, style, span, from);
    else
      pad (self, &line, indent, ' ');
    piece = tai_scratch_fit (&self->scratch, span, from, get_room (self, style) - (begins ? 0 : indent));
    put (self, &line, piece);
    end_line (self, line);
    from = piece.next;
  } while (from < span.start + span.n);
}

static void
put_text (TaiLayout *self, TaiStyle style, const char *text)
{
  self->scratch.n = 0;
  put_wrapped (self, style, tai_scratch_clean (&self->scratch, text, TRUE));
}

static void
put_rule (TaiLayout *self, char c)
{
  TaiLayoutLine line = begin_line (self, TAI_STYLE_NORMAL);

  pad (self, &line, self->columns, c);
  end_line (self, line);
}

static void
put_space (TaiLayout *self)
{
  end_line (self, begin_line (self, TAI_STYLE_NORMAL));
}

/* --- Blocks ------------------------------------------------------------------------------------------------------------ */

/* Alignment is made of blanks here, the paper must not move the line again. */
static TaiStyle
without_alignment (TaiStyle style)
{
  return style & ~(TAI_STYLE_CENTER | TAI_STYLE_RIGHT);
}

/* At the right edge while it fits a line; what is longer (an address) starts at the left and wraps between words. */
static void
put_value (TaiLayout *self, TaiStyle style, TaiSpan value)
{
  if (tai_scratch_measure (&self->scratch, value) <= get_room (self, style))
    put_wrapped (self, style | TAI_STYLE_RIGHT, value);
  else
    put_wrapped (self, style, value);
}

/* The value stands at the end of the label's last line; when there is no decent room for both, on lines of its own. */
static void
put_pair (TaiLayout *self, TaiStyle style, const char *label_text, const char *value_text)
{
  TaiSpan label, value;
  guint width = get_room (self, style), n_value, room, from;

  self->scratch.n = 0;
  label = tai_scratch_clean (&self->scratch, label_text, FALSE);
  value = tai_scratch_clean (&self->scratch, value_text, FALSE);
  n_value = tai_scratch_measure (&self->scratch, value);
  room = n_value > 0 ? width - MIN (n_value + 1, width) : width;
  if (n_value > width ||
      (tai_scratch_measure (&self->scratch, label) > room &&
       (room < MIN_LABEL || tai_scratch_measure_longest_word (&self->scratch, label) > room))) {
    if (label.n > 0)
      put_wrapped (self, style, label);
    if (value.n > 0)
      put_value (self, style, value);
    return;
  }
  for (from = label.start;;) {
    TaiLayoutLine line = begin_line (self, style);
    TaiPiece piece = tai_scratch_fit (&self->scratch, label, from, room);

    put (self, &line, piece);
    from = piece.next;
    if (from >= label.start + label.n) {
      pad (self, &line, width - n_value, ' ');
      put (self, &line, (TaiPiece){value.start, value.start + value.n, 0, n_value});
      end_line (self, line);
      return;
    }
    end_line (self, line);
  }
}

static void
put_field (TaiLayout *self, const char *label_text)
{
  g_autofree char *text = g_strconcat (label_text, self->words->colon, NULL);
  TaiLayoutLine line;
  gboolean beside;
  TaiSpan label;

  put_space (self);
  self->scratch.n = 0;
  label = tai_scratch_clean (&self->scratch, text, FALSE);
  beside = tai_scratch_measure (&self->scratch, label) + MIN_LABEL <= self->columns;
  if (!beside)
    put_wrapped (self, TAI_STYLE_NORMAL, label);
  line = begin_line (self, TAI_STYLE_NORMAL);
  if (beside)
    put (self, &line,
         (TaiPiece){label.start, label.start + label.n, 0, tai_scratch_measure (&self->scratch, label)});
  pad (self, &line, self->columns, '_');
  end_line (self, line);
}

static void
put_qr (TaiLayout *self, const char *payload, const char *caption)
{
  TaiLayoutLine line = begin_line (self, TAI_STYLE_CENTER);
  guint size = tai_qr_size_for_length (strlen (payload));

  if (payload[0] != '\0' && size > 0 && size <= self->max_qr_modules) {
    line.type = TAI_LINE_QR;
    line.payload = payload;
    end_line (self, line);
  } else {
    put_text (self, TAI_STYLE_NORMAL, payload);
  }
  if (caption)
    put_text (self, TAI_STYLE_CENTER, caption);
}

/* --- Tables ------------------------------------------------------------------------------------------------------------ */

static guint
get_weight (const TaiBlock *row, guint column)
{
  return row->weight[column] ? row->weight[column] : 1;
}

/* Widths by weight, one column between two cells; the rest of the division goes to the first column. */
static void
share_width (const TaiBlock *row, guint width, guint *widths)
{
  guint weights = 0, room = width - MIN (width, row->n_text - 1), rest = room;

  for (guint i = 0; i < row->n_text; i++)
    weights += get_weight (row, i);
  for (guint i = 0; i < row->n_text; i++) {
    widths[i] = room * get_weight (row, i) / weights;
    rest -= widths[i];
  }
  widths[0] += rest;
}

static gboolean
is_same_table (const TaiLayout *self, const TaiBlock *a, const TaiBlock *b)
{
  return b->type == TAI_BLOCK_ROW && b->n_text == a->n_text &&
         get_scale (self, a->style) == get_scale (self, b->style) &&
         memcmp (a->weight, b->weight, sizeof a->weight) == 0;
}

/* Widths for the rows from @index on that have the same columns; a rule between them does not end the table. */
static void
begin_table (TaiLayout *self, guint index)
{
  const TaiBlock *first = tai_document_get_block (self->document, index);
  guint needed[MAX_CELLS] = {0}, n_blocks = tai_document_get_n_blocks (self->document);

  share_width (first, get_room (self, first->style), self->table_width);
  for (self->table_end = index; self->table_end < n_blocks; self->table_end++) {
    const TaiBlock *row = tai_document_get_block (self->document, self->table_end);

    if (row->type == TAI_BLOCK_RULE)
      continue;
    if (!is_same_table (self, first, row))
      break;
    for (guint i = 0; i < row->n_text; i++) {
      self->scratch.n = 0;
      needed[i] =
          MAX (needed[i], tai_scratch_measure_longest_word (
                              &self->scratch, tai_scratch_clean (&self->scratch, row->text[i], FALSE)));
      needed[i] = MAX (needed[i], 2);
    }
  }
  tai_columns_widen (first->n_text, self->table_width, needed);
}

/* One line of a row: a piece of each cell. @from moves on; FALSE when nothing is left. */
static gboolean
put_row_line (TaiLayout *self, const TaiBlock *row, const TaiSpan *cells, guint *from)
{
  TaiLayoutLine line = begin_line (self, without_alignment (row->style));
  gboolean more = FALSE;
  guint column = 0;

  for (guint i = 0; i < row->n_text; i++) {
    guint end = cells[i].start + cells[i].n;

    if (from[i] < end) {
      TaiPiece piece = tai_scratch_fit (&self->scratch, cells[i], from[i], self->table_width[i]);

      pad (self, &line, column + (row->right & 1 << i ? self->table_width[i] - piece.width : 0), ' ');
      put (self, &line, piece);
      from[i] = piece.next;
      more = more || from[i] < end;
    }
    column += self->table_width[i] + 1;
  }
  end_line (self, line);
  return more;
}

/* A row whose words fit its columns is a line or several of cells side by side; else its cells stand one below the other. */
static void
put_row (TaiLayout *self, guint index)
{
  const TaiBlock *row = tai_document_get_block (self->document, index);
  TaiStyle style = without_alignment (row->style);
  TaiSpan cells[MAX_CELLS];
  guint from[MAX_CELLS];
  gboolean fits = TRUE;

  if (index >= self->table_end)
    begin_table (self, index);
  self->scratch.n = 0;
  for (guint i = 0; i < row->n_text; i++) {
    cells[i] = tai_scratch_clean (&self->scratch, row->text[i], FALSE);
    from[i] = cells[i].start;
    fits = fits && self->table_width[i] >= 2 &&
           tai_scratch_measure_longest_word (&self->scratch, cells[i]) <= self->table_width[i];
  }
  if (fits) {
    while (put_row_line (self, row, cells, from))
      ;
    return;
  }
  for (guint i = 0; i < row->n_text; i++)
    if (cells[i].n > 0 && row->right & 1 << i)
      put_value (self, style, cells[i]);
    else if (cells[i].n > 0)
      put_wrapped (self, style, cells[i]);
}

/* --- Document ---------------------------------------------------------------------------------------------------------- */

/* Large while it takes at most two lines and no word is cut. */
static void
put_title (TaiLayout *self)
{
  TaiStyle style = TAI_STYLE_CENTER | TAI_STYLE_BOLD;
  guint room = get_room (self, TAI_STYLE_LARGE);
  const char *title = tai_document_get_title (self->document);
  TaiSpan span;

  if (title[0] == '\0')
    return;
  self->scratch.n = 0;
  span = tai_scratch_clean (&self->scratch, title, FALSE);
  if (tai_scratch_measure_longest_word (&self->scratch, span) <= room &&
      tai_scratch_measure (&self->scratch, span) <= 2 * room)
    style |= TAI_STYLE_LARGE;
  put_wrapped (self, style, span);
}

static void
put_picture (TaiLayout *self, const char *text)
{
  TaiLayoutLine line = {
      .type = TAI_LINE_PICTURE, .start = self->n_cells, .style = TAI_STYLE_CENTER, .payload = text};

  if (self->scratch.kind == TAI_CELLS_PRINTER)
    g_array_append_val (self->lines, line);
}

static void
put_block (TaiLayout *self, guint index)
{
  const TaiBlock *block = tai_document_get_block (self->document, index);

  switch (block->type) {
  case TAI_BLOCK_TEXT:
    put_text (self, block->style, block->text[0]);
    break;
  case TAI_BLOCK_PAIR:
    put_pair (self, without_alignment (block->style), block->text[0], block->text[1]);
    break;
  case TAI_BLOCK_ROW:
    put_row (self, index);
    break;
  case TAI_BLOCK_RULE:
    put_rule (self, block->n_text > 0 ? '=' : '-');
    break;
  case TAI_BLOCK_SPACE:
    put_space (self);
    break;
  case TAI_BLOCK_QR:
    if (block->text[0][0] == '\0')
      put_text (self, TAI_STYLE_CENTER | TAI_STYLE_BOLD, self->words->void_code);
    else
      put_qr (self, block->text[0], block->n_text > 1 ? block->text[1] : NULL);
    break;
  case TAI_BLOCK_FIELD:
    put_field (self, block->text[0]);
    break;
  case TAI_BLOCK_PICTURE:
    put_picture (self, block->text[0]);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* A picture that comes first stands above the title. */
static gboolean
is_crowned (TaiDocument *document)
{
  return tai_document_get_n_blocks (document) > 0 &&
         tai_document_get_block (document, 0)->type == TAI_BLOCK_PICTURE;
}

void
tai_layout_run (TaiLayout *self, TaiDocument *document)
{
  guint first = 0;

  g_return_if_fail (self != NULL && document != NULL);

  g_clear_pointer (&self->document, tai_document_unref);
  self->document = tai_document_ref (document);
  self->words = tai_words_for_language (tai_document_get_language (document));
  self->n_cells = 0;
  self->table_end = 0;
  g_array_set_size (self->lines, 0);

  if (is_crowned (document))
    put_block (self, first++);
  put_title (self);
  if (tai_document_get_copy_number (document) > 0) {
    g_autofree char *copy = tai_words_format_copy (self->words, tai_document_get_copy_number (document));

    put_text (self, TAI_STYLE_CENTER | TAI_STYLE_BOLD, copy);
  }
  for (guint i = first; i < tai_document_get_n_blocks (document); i++)
    put_block (self, i);
  if (tai_document_is_truncated (document))
    put_text (self, TAI_STYLE_CENTER | TAI_STYLE_BOLD, self->words->truncated);
}

guint
tai_layout_get_columns (const TaiLayout *self)
{
  return self->columns;
}

guint
tai_layout_get_n_lines (const TaiLayout *self)
{
  return self->lines->len;
}

const TaiLayoutLine *
tai_layout_get_line (const TaiLayout *self, guint index)
{
  g_return_val_if_fail (index < self->lines->len, NULL);

  return &g_array_index (self->lines, TaiLayoutLine, index);
}

const gunichar *
tai_layout_get_cells (const TaiLayout *self, const TaiLayoutLine *line)
{
  return self->cells + line->start;
}

guint
tai_layout_get_indent (const TaiLayout *self, const TaiLayoutLine *line)
{
  if (line->style & TAI_STYLE_CENTER)
    return (self->columns - line->columns) / 2;
  return line->style & TAI_STYLE_RIGHT ? self->columns - line->columns : 0;
}
