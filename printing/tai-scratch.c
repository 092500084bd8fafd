/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts as code points with their classes: cleaned once, then measured and cut into pieces. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-scratch-private.h"

void
tai_scratch_init (TaiScratch *self, TaiCells kind, guint n_max)
{
  self->kind = kind;
  self->classes = tai_cells_get_classes (kind);
  self->text = g_new (gunichar, n_max);
  self->class = g_new (guint8, n_max);
  self->n = 0;
}

void
tai_scratch_clear (TaiScratch *self)
{
  g_free (self->text);
  g_free (self->class);
}

/* --- Cleaning ---------------------------------------------------------------------------------------------------------- */

/* One character of valid UTF-8; g_utf8_get_char() costs a call and a loop. */
static inline gunichar
decode (const guint8 **text)
{
  const guint8 *p = *text;

  if (p[0] < 0x80) {
    *text = p + 1;
    return p[0];
  }
  if (p[0] < 0xe0) {
    *text = p + 2;
    return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
  }
  if (p[0] < 0xf0) {
    *text = p + 3;
    return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
  }
  *text = p + 4;
  return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
}

/* What the paper gets instead of @c. ¥ has four bytes in GB18030 and misprints; the full-width one has two. */
static inline gunichar
substitute (const TaiScratch *self, gunichar c)
{
  if (c == '\t' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f)
    return ' ';
  if (c == 0x2028 || c == 0x2029)
    return '\n';
  if (self->kind == TAI_CELLS_PRINTER && c == 0xa5)
    return 0xffe5;
  if (self->kind == TAI_CELLS_PRINTER && c == 0xa3)
    return 0xffe1;
  return c;
}

TaiSpan
tai_scratch_clean (TaiScratch *self, const char *text, gboolean paragraphs)
{
  const guint8 *p = (const guint8 *)text;
  guint n = self->n;
  TaiSpan span = {n, 0};

  while (*p) {
    gunichar c = decode (&p);
    guint8 class;

    if (c < 0x20 || c >= 0x7f)
      c = substitute (self, c);
    if (c == '\n') {
      self->text[n] = paragraphs ? '\n' : ' ';
      self->class[n++] = 1;
      continue;
    }
    class = c < 0x10000 ? self->classes[c] : tai_cells_classify (self->kind, c);
    if (class == TAI_CELL_DROP)
      continue;
    if (class == TAI_CELL_REPLACE) {
      c = '?';
      class = self->classes['?'];
    }
    self->text[n] = c;
    self->class[n++] = class;
  }
  span.n = n - span.start;
  self->n = n;
  return span;
}

/* --- Breaking ---------------------------------------------------------------------------------------------------------- */

/* May a line end before @i (not the first)? Blanks are the caller's. */
static inline gboolean
may_break (const TaiScratch *self, guint i)
{
  guint8 before = self->class[i - 1], after = self->class[i];

  if (self->text[i - 1] == ' ')
    return TRUE;
  if (!((before | after) & TAI_CELL_BREAK) || (before & TAI_CELL_NO_END) || (after & TAI_CELL_NO_START))
    return FALSE;
  if ((after & TAI_CELL_UNIT) && g_ascii_isdigit (MIN (self->text[i - 1], 0x7f)))
    return FALSE;
  return (after & TAI_CELL_WIDTH) != 0;
}

static TaiPiece
trim (const TaiScratch *self, TaiPiece piece)
{
  while (piece.end > piece.start && self->text[piece.end - 1] == ' ') {
    piece.end--;
    piece.width--;
  }
  return piece;
}

TaiPiece
tai_scratch_fit (const TaiScratch *self, TaiSpan span, guint from, guint width)
{
  guint end = span.start + span.n, cut = from, cut_width = 0, used = 0, next;
  gboolean solid = FALSE;

  for (guint i = from; i < end; i++) {
    guint w = self->class[i] & TAI_CELL_WIDTH;

    if (self->text[i] == '\n')
      return trim (self, (TaiPiece){from, i, i + 1, used});
    if (solid && may_break (self, i)) {
      cut = i;
      cut_width = used;
    }
    if (used + w > width) {
      if (self->text[i] == ' ' || cut == from) {
        cut = i;
        cut_width = used;
      }
      for (next = cut; next < end && self->text[next] == ' ';)
        next++;
      g_assert (next > from);
      return trim (self, (TaiPiece){from, cut, next, cut_width});
    }
    solid = solid || self->text[i] != ' ';
    used += w;
  }
  return trim (self, (TaiPiece){from, end, end, used});
}

guint
tai_scratch_measure (const TaiScratch *self, TaiSpan span)
{
  guint width = 0;

  for (guint i = span.start; i < span.start + span.n; i++)
    width += self->class[i] & TAI_CELL_WIDTH;
  return width;
}

guint
tai_scratch_measure_longest_word (const TaiScratch *self, TaiSpan span)
{
  guint longest = 0, width = 0;

  for (guint i = span.start; i < span.start + span.n; i++) {
    if (self->text[i] == ' ' || self->text[i] == '\n' || (i > span.start && may_break (self, i)))
      width = 0;
    if (self->text[i] != ' ' && self->text[i] != '\n')
      width += self->class[i] & TAI_CELL_WIDTH;
    longest = MAX (longest, width);
  }
  return longest;
}
