/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How one text is matched against one key. All ways at once: a set of places in the key, one bit each, is moved on by each
 * character of the query, so several readings and several beginnings cost nothing extra. Pure functions, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-finder-private.h"

#include <string.h>

#define BIT(i) (G_GUINT64_CONSTANT (1) << (i))

enum { CLASS_NONE, CLASS_LETTER, CLASS_DIGIT, CLASS_OTHER };

static gboolean
is_letter (gunichar ch)
{
  return ch >= 'a' && ch <= 'z';
}

static gunichar
fold_one (gunichar ch)
{
  if (ch >= 0xff01 && ch <= 0xff5e) /* full width */
    ch -= 0xff01 - '!';
  ch = g_unichar_tolower (ch);
  switch (ch) {
  case 0x5e10:     /* 帐 */
  case 0x5e33:     /* 帳 */
  case 0x8cec:     /* 賬 */
    return 0x8d26; /* 账 */
  case 0xfc:       /* ü */
    return 'v';
  default:
    return ch;
  }
}

gunichar
tai_finder_fold (const char **text, gboolean *is_start, guint *last)
{
  while (**text != '\0') {
    gunichar ch = g_utf8_get_char_validated (*text, -1);
    guint class;

    if (ch == (gunichar)-1 || ch == (gunichar)-2) {
      *text += 1;
      *last = CLASS_NONE;
      continue;
    }
    *text = g_utf8_next_char (*text);
    ch = fold_one (ch);
    class = is_letter (ch)           ? CLASS_LETTER
            : g_unichar_isdigit (ch) ? CLASS_DIGIT
            : g_unichar_isalnum (ch) ? CLASS_OTHER
                                     : CLASS_NONE;
    *is_start = class == CLASS_OTHER || class != *last;
    *last = class;
    if (class != CLASS_NONE)
      return ch;
  }
  return 0;
}

TaiFinderSound *
tai_finder_sound_new (gunichar ch, TaiPinyinFunc pinyin, gpointer data)
{
  g_auto (GStrv) readings = ch >= 0x80 && pinyin != NULL ? pinyin (ch, data) : NULL;
  TaiFinderSound *self;

  if (readings == NULL || readings[0] == NULL)
    return NULL;
  self = g_new0 (TaiFinderSound, 1);
  for (guint i = 0; readings[i] != NULL && self->n < TAI_FINDER_READINGS; i++) {
    gsize size = strlen (readings[i]);

    if (size == 0 || size > G_MAXUINT8 || strspn (readings[i], "abcdefghijklmnopqrstuvwxyz") != size)
      continue;
    self->sizes[self->n] = (guint8)size;
    self->readings[self->n++] = g_strdup (readings[i]);
    self->initials |= 1u << (readings[i][0] - 'a');
    for (gsize k = 0; k < size; k++)
      self->letters |= 1u << (readings[i][k] - 'a');
  }
  return self;
}

void
tai_finder_sound_free (TaiFinderSound *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->readings[i]);
  g_free (self);
}

TaiFinderUnit
tai_finder_unit (gunichar ch, gboolean is_start, const TaiFinderSound *sound)
{
  guint32 initials = is_letter (ch) ? 1u << (ch - 'a') : sound != NULL ? sound->initials : 0;

  return (TaiFinderUnit){.ch = ch, .is_start = is_start, .initials = initials, .sound = sound};
}

/* Spots: where in the key one character of the query fits ---------------------------------------------------------------- */

typedef gboolean (*Fits) (const TaiFinderUnit *unit, const TaiFinderUnit *typed);

static inline gboolean
fits (const TaiFinderUnit *unit, const TaiFinderUnit *typed)
{
  return unit->ch == typed->ch || (is_letter (typed->ch) && (unit->initials & typed->initials) != 0);
}

static gboolean
sounds_like (const TaiFinderUnit *unit, const TaiFinderUnit *typed)
{
  if (fits (unit, typed))
    return TRUE;
  if (unit->sound == NULL || typed->sound == NULL || (unit->initials & typed->initials) == 0)
    return FALSE;
  for (guint i = 0; i < unit->sound->n; i++)
    for (guint k = 0; k < typed->sound->n; k++)
      if (strcmp (unit->sound->readings[i], typed->sound->readings[k]) == 0)
        return TRUE;
  return FALSE;
}

static inline guint64
find_spots (const TaiFinderKey *key, const TaiFinderUnit *typed, Fits does_fit)
{
  guint64 spots = 0;

  for (guint i = 0; i < key->n; i++)
    if (does_fit (&key->units[i], typed))
      spots |= BIT (i);
  return spots;
}

/* Character by character -------------------------------------------------------------------------------------------------- */

typedef struct {
  guint64 prefix, inside, gaps; /* the places of the last character, not 0: found */
  guint64 first;                /* the places of the first character */
} Walk;

static inline Walk
walk (const TaiFinderKey *key, const TaiFinderQuery *query, Fits does_fit)
{
  guint64 starts = key->starts;
  Walk all = {1, starts, starts, 0};

  for (guint i = 0; i < query->n; i++) {
    guint64 spots = find_spots (key, &query->units[i], does_fit);

    if (i == 0) {
      all.first = spots;
    } else {
      guint64 after = all.gaps & -all.gaps; /* from the first place that is reached, each later word can be */

      all.prefix <<= 1;
      all.inside <<= 1;
      all.gaps = all.gaps << 1 | (after != 0 ? starts & ~(after | (after - 1)) : 0);
    }
    all.prefix &= spots;
    all.inside &= spots;
    all.gaps &= spots;
    if (all.gaps == 0)
      break;
  }
  return all;
}

/* Pinyin: a character takes one letter or more of the query ------------------------------------------------------------- */

typedef struct {
  const TaiFinderKey *key;
  const TaiFinderQuery *query;
  gboolean is_strict; /* only whole readings, but for the last */
  guint64 reach[TAI_FINDER_QUERY_UNITS + 1];
  gboolean is_found, is_whole;
} Spelling;

static void
take (Spelling *self, guint unit, guint from, guint n, gboolean is_all)
{
  if (from + n == self->query->n) {
    self->is_found = TRUE;
    self->is_whole |= is_all && unit + 1 == self->key->n;
  } else if (unit + 1 < self->key->n) {
    self->reach[from + n] |= BIT (unit + 1);
  }
}

static guint
count_common (const char *reading, guint size, const TaiFinderQuery *query, guint from)
{
  guint n = 0;

  while (n < size && from + n < query->n && query->units[from + n].ch == (gunichar)reading[n])
    n++;
  return n;
}

static void
spell_unit (Spelling *self, guint index, guint from)
{
  const TaiFinderUnit *unit = &self->key->units[index];
  guint n_sounds = unit->sound != NULL ? unit->sound->n : 0;

  if (unit->ch == self->query->units[from].ch)
    take (self, index, from, 1, TRUE);
  for (guint i = 0; i < n_sounds; i++) {
    guint size = unit->sound->sizes[i];
    guint common = count_common (unit->sound->readings[i], size, self->query, from);

    for (guint n = 1; n <= common; n++)
      if (!self->is_strict || n == size || from + n == self->query->n)
        take (self, index, from, n, n == size);
  }
}

static gboolean
spell (Spelling *self, const TaiFinderKey *key, const TaiFinderQuery *query, guint64 from, gboolean is_strict)
{
  memset (self->reach, 0, (query->n + 1) * sizeof self->reach[0]);
  self->is_found = self->is_whole = FALSE;
  self->key = key;
  self->query = query;
  self->is_strict = is_strict;
  self->reach[0] = from;
  for (guint i = 0; i < query->n; i++)
    for (guint64 places = self->reach[i]; places != 0; places &= places - 1)
      spell_unit (self, (guint)__builtin_ctzll (places), i);
  return self->is_found;
}

/* Ranks -------------------------------------------------------------------------------------------------------------------- */

static guint
score (TaiFinderRank rank, gboolean is_whole)
{
  return 2 * (guint)rank + (is_whole ? 1 : 0);
}

static gboolean
has_sound_before (const TaiFinderKey *key, guint n)
{
  for (guint i = 0; i < n; i++)
    if (key->units[i].sound != NULL)
      return TRUE;
  return FALSE;
}

static guint
match_code (const TaiFinderKey *key, const TaiFinderQuery *query)
{
  if (query->n > key->n)
    return 0;
  for (guint i = 0; i < query->n; i++)
    if (key->units[i].ch != query->units[i].ch)
      return 0;
  if (query->n < key->n)
    return score (TAI_FINDER_RANK_INITIALS, FALSE);
  return score (key->kind == TAI_FINDER_KEY_NUMBER ? TAI_FINDER_RANK_NUMBER : TAI_FINDER_RANK_CODE,
                key->kind != TAI_FINDER_KEY_ALIAS);
}

static guint
match_text (const TaiFinderKey *key, const TaiFinderQuery *query)
{
  Walk found = walk (key, query, fits);
  guint64 from = found.first & key->starts;
  Spelling spelling;

  if (found.prefix != 0) {
    gboolean by_letters = !query->has_han && has_sound_before (key, query->n);

    return score (by_letters ? TAI_FINDER_RANK_INITIALS : TAI_FINDER_RANK_TITLE, query->n == key->n);
  }
  if (query->is_spelled && (found.first & 1) != 0) {
    if (spell (&spelling, key, query, 1, TRUE))
      return score (TAI_FINDER_RANK_PINYIN, spelling.is_whole);
    if (spell (&spelling, key, query, 1, FALSE))
      return score (TAI_FINDER_RANK_MIXED, spelling.is_whole);
  }
  if (found.inside != 0)
    return score (TAI_FINDER_RANK_INSIDE, FALSE);
  if (query->is_spelled && from != 0 && spell (&spelling, key, query, from, FALSE))
    return score (TAI_FINDER_RANK_INSIDE, FALSE);
  return found.gaps != 0 ? score (TAI_FINDER_RANK_SUBSEQUENCE, FALSE) : 0;
}

guint
tai_finder_match (const TaiFinderKey *key, const TaiFinderQuery *query)
{
  switch (key->kind) {
  case TAI_FINDER_KEY_CODE:
  case TAI_FINDER_KEY_ALIAS:
  case TAI_FINDER_KEY_NUMBER:
    return match_code (key, query);
  case TAI_FINDER_KEY_CATEGORY:
    return MIN (match_text (key, query), score (TAI_FINDER_RANK_INSIDE, FALSE));
  case TAI_FINDER_KEY_TEXT:
  default:
    return match_text (key, query);
  }
}

guint
tai_finder_match_sound (const TaiFinderKey *key, const TaiFinderQuery *query)
{
  Walk found;

  if (key->kind == TAI_FINDER_KEY_TEXT) {
    found = walk (key, query, sounds_like);
    return found.inside == 0 ? 0 : score (TAI_FINDER_RANK_SOUND, found.prefix != 0 && query->n == key->n);
  }
  if ((key->kind != TAI_FINDER_KEY_CODE && key->kind != TAI_FINDER_KEY_ALIAS) || query->n > key->n)
    return 0;
  for (guint i = 0; i < query->n; i++)
    if ((query->units[i].initials & key->units[i].initials) == 0 && query->units[i].ch != key->units[i].ch)
      return 0;
  return score (TAI_FINDER_RANK_KEYED, query->n == key->n && key->kind == TAI_FINDER_KEY_CODE);
}
