/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command box's memory: entries, their keys as arrays that are walked from one end to the other, and the ranking of what
 * matches. No index: a word of 64 bits an entry says which letters can be in it, and that leaves few. See the header for
 * threads.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-finder-private.h"

#include <string.h>

/* What is typed may match nearly all of a catalogue, but only some of it is wanted: more is kept than that, then cut. */
#define MIN_KEPT 64

typedef struct {
  guint64 mask;   /* as the row's, of this key alone */
  guint64 starts; /* the units that begin a word */
  guint first;    /* of the units */
  guint16 n, kind;
} Key;

typedef struct {
  guint64 mask; /* of all its characters and all letters of their readings */
  guint first_key, n_keys;
  int weight;
  TaiFinderEntry *entry; /* (owned) g_atomic_rc_box */
} Row;

typedef struct {
  guint score;
  guint row;
  int weight;
} Found;

struct _TaiFinder {
  gatomicrefcount references;
  TaiPinyinFunc pinyin;
  gpointer data;
  GHashTable *sounds; /* gunichar -> TaiFinderSound (owned) (nullable) */
  GArray *units, *keys, *rows;
  guint32 pairs[26]; /* which second letters the readings have after a first */
};

static void
clear_entry (gpointer data)
{
  TaiFinderEntry *entry = data;

  g_free ((char *)entry->id);
  g_free ((char *)entry->title);
  g_free ((char *)entry->title_en);
  g_free ((char *)entry->code);
  g_free ((char *)entry->number);
  g_free ((char *)entry->category);
  g_strfreev ((char **)entry->aliases);
}

static void
release_entry (TaiFinderEntry *entry)
{
  g_atomic_rc_box_release_full (entry, clear_entry);
}

static TaiFinderEntry *
copy_entry (const TaiFinderEntry *from)
{
  TaiFinderEntry *entry = g_atomic_rc_box_new0 (TaiFinderEntry);

  entry->kind = from->kind;
  entry->id = g_strdup (from->id);
  entry->title = g_strdup (from->title);
  entry->title_en = g_strdup (from->title_en);
  entry->code = g_strdup (from->code);
  entry->number = g_strdup (from->number);
  entry->category = g_strdup (from->category);
  entry->aliases = (const char *const *)g_strdupv ((char **)from->aliases);
  entry->weight = from->weight;
  return entry;
}

static void
clear_row (gpointer data)
{
  release_entry (((Row *)data)->entry);
}

static void
free_sound (gpointer data)
{
  if (data != NULL)
    tai_finder_sound_free (data);
}

TaiFinder *
tai_finder_new (TaiPinyinFunc pinyin, gpointer data)
{
  TaiFinder *self = g_new0 (TaiFinder, 1);

  g_atomic_ref_count_init (&self->references);
  self->pinyin = pinyin;
  self->data = data;
  self->sounds = g_hash_table_new_full (NULL, NULL, NULL, free_sound);
  self->units = g_array_new (FALSE, FALSE, sizeof (TaiFinderUnit));
  self->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
  return self;
}

TaiFinder *
tai_finder_ref (TaiFinder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
tai_finder_unref (TaiFinder *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_array_unref (self->rows);
  g_array_unref (self->keys);
  g_array_unref (self->units);
  g_hash_table_unref (self->sounds);
  g_free (self);
}

/* Adding ------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_letter (gunichar ch)
{
  return ch >= 'a' && ch <= 'z';
}

static guint64
mask_of (gunichar ch)
{
  guint bit = is_letter (ch) ? ch - 'a' : ch >= '0' && ch <= '9' ? 26 + ch - '0' : 36 + ch % 28;

  return G_GUINT64_CONSTANT (1) << bit;
}

static void
learn_pairs (TaiFinder *self, const TaiFinderSound *sound)
{
  for (guint i = 0; i < sound->n; i++)
    if (sound->sizes[i] > 1)
      self->pairs[sound->readings[i][0] - 'a'] |= 1u << (sound->readings[i][1] - 'a');
}

static const TaiFinderSound *
learn_sound (TaiFinder *self, gunichar ch)
{
  gpointer sound;

  if (g_hash_table_lookup_extended (self->sounds, GUINT_TO_POINTER (ch), NULL, &sound))
    return sound;
  sound = tai_finder_sound_new (ch, self->pinyin, self->data);
  g_hash_table_insert (self->sounds, GUINT_TO_POINTER (ch), sound);
  if (sound != NULL)
    learn_pairs (self, sound);
  return sound;
}

/* Reads on in the key that was begun; what is too long for it is not searched. */
static void
add_units (TaiFinder *self, Key *key, const char *text)
{
  gboolean is_start;
  guint last = 0;
  gunichar ch;

  while (key->n < TAI_FINDER_KEY_UNITS && (ch = tai_finder_fold (&text, &is_start, &last)) != 0) {
    const TaiFinderSound *sound = learn_sound (self, ch);
    TaiFinderUnit unit = tai_finder_unit (ch, is_start, sound);

    g_array_append_val (self->units, unit);
    key->mask |= mask_of (ch) | (sound != NULL ? sound->letters : 0);
    if (is_start)
      key->starts |= G_GUINT64_CONSTANT (1) << key->n;
    key->n++;
  }
}

static void
add_key (TaiFinder *self, Row *row, TaiFinderKeyKind kind, const char *before, const char *text)
{
  Key key = {.kind = (guint16)kind, .first = self->units->len};

  if (text == NULL)
    return;
  if (before != NULL)
    add_units (self, &key, before);
  add_units (self, &key, text);
  if (key.n == 0)
    return;
  g_array_append_val (self->keys, key);
  row->mask |= key.mask;
  row->n_keys++;
}

void
tai_finder_add (TaiFinder *self, const TaiFinderEntry *entry)
{
  Row row = {0};

  g_return_if_fail (self != NULL && entry != NULL && entry->id != NULL && entry->title != NULL);
  g_return_if_fail (entry->kind <= TAI_FINDER_OFFERING);

  row.first_key = self->keys->len;
  row.weight = entry->weight;
  row.entry = copy_entry (entry);
  add_key (self, &row, entry->kind == TAI_FINDER_OFFERING ? TAI_FINDER_KEY_TEXT : TAI_FINDER_KEY_CODE, NULL,
           entry->code);
  add_key (self, &row, TAI_FINDER_KEY_NUMBER, NULL, entry->number);
  add_key (self, &row, TAI_FINDER_KEY_TEXT, NULL, entry->title);
  add_key (self, &row, TAI_FINDER_KEY_TEXT, NULL, entry->title_en);
  for (guint i = 0; entry->aliases != NULL && entry->aliases[i] != NULL; i++)
    add_key (self, &row, g_str_is_ascii (entry->aliases[i]) ? TAI_FINDER_KEY_ALIAS : TAI_FINDER_KEY_TEXT,
             NULL, entry->aliases[i]);
  if (entry->category != NULL)
    add_key (self, &row, TAI_FINDER_KEY_CATEGORY, entry->category, entry->title);
  g_array_append_val (self->rows, row);
}

void
tai_finder_add_offering (TaiFinder *self, const TaiOffering *offering, const char *category, int weight)
{
  TaiFinderEntry entry = {.kind = TAI_FINDER_OFFERING, .category = category, .weight = weight};

  g_return_if_fail (self != NULL && offering != NULL);

  entry.id = offering->id;
  entry.code = offering->id;
  entry.title = offering->name;
  entry.title_en = offering->name_en;
  tai_finder_add (self, &entry);
}

guint
tai_finder_get_n_entries (const TaiFinder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

/* Searching ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
  TaiFinderQuery query;
  guint64 mask;
  GPtrArray *own_sounds; /* of characters that no entry has */
} Question;

/* Two letters that begin a reading. Without them pinyin finds nothing that initials don't. */
static gboolean
has_pair (TaiFinder *self, const TaiFinderQuery *query)
{
  for (guint i = 0; i + 1 < query->n; i++) {
    gunichar first = query->units[i].ch, second = query->units[i + 1].ch;

    if (is_letter (first) && is_letter (second) && (self->pairs[first - 'a'] & 1u << (second - 'a')) != 0)
      return TRUE;
  }
  return FALSE;
}

/* FALSE: nothing in it that an entry could have, or too much. */
static gboolean
read_question (TaiFinder *self, const char *text, Question *question)
{
  TaiFinderQuery *query = &question->query;
  gboolean is_start;
  guint last = 0;
  gunichar ch;

  while ((ch = tai_finder_fold (&text, &is_start, &last)) != 0) {
    gpointer sound;

    if (query->n == TAI_FINDER_QUERY_UNITS)
      return FALSE;
    if (!g_hash_table_lookup_extended (self->sounds, GUINT_TO_POINTER (ch), NULL, &sound)) {
      sound = tai_finder_sound_new (ch, self->pinyin, self->data);
      if (sound != NULL)
        g_ptr_array_add (question->own_sounds, sound);
    }
    query->units[query->n++] = tai_finder_unit (ch, is_start, sound);
    query->has_han |= sound != NULL;
    question->mask |= mask_of (ch);
  }
  query->is_spelled = has_pair (self, query);
  return query->n > 0;
}

static gboolean
may_sound_like (guint64 mask, const TaiFinderQuery *query)
{
  for (guint i = 0; i < query->n; i++)
    if ((mask & (query->units[i].initials | mask_of (query->units[i].ch))) == 0)
      return FALSE;
  return TRUE;
}

static TaiFinderKey
get_key (TaiFinder *self, const Key *stored)
{
  return (TaiFinderKey){stored->kind, stored->n, &g_array_index (self->units, TaiFinderUnit, stored->first),
                        stored->starts};
}

/* Whatever is found by its characters stands before what only sounds like it, so the second is asked only without the first. */
static guint
score_row (TaiFinder *self, const Row *row, const Question *question)
{
  const Key *keys = &g_array_index (self->keys, Key, row->first_key);
  gboolean has_all = (row->mask & question->mask) == question->mask;
  guint best = 0;

  for (guint i = 0; has_all && i < row->n_keys; i++) {
    TaiFinderKey key = get_key (self, &keys[i]);

    /* the category's key holds the title once more and can't be better than inside */
    if ((keys[i].mask & question->mask) != question->mask ||
        (key.kind == TAI_FINDER_KEY_CATEGORY && best >= 2 * TAI_FINDER_RANK_INSIDE))
      continue;
    best = MAX (best, tai_finder_match (&key, &question->query));
  }
  if (best > 0 || !question->query.has_han || !may_sound_like (row->mask, &question->query))
    return best;
  for (guint i = 0; i < row->n_keys; i++)
    if (may_sound_like (keys[i].mask, &question->query)) {
      TaiFinderKey key = get_key (self, &keys[i]);

      best = MAX (best, tai_finder_match_sound (&key, &question->query));
    }
  return best;
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *left = a, *right = b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  if (left->weight != right->weight)
    return left->weight > right->weight ? -1 : 1;
  return left->row < right->row ? -1 : left->row > right->row;
}

static void
cut (GArray *found, guint limit)
{
  g_array_sort (found, compare_found);
  if (found->len > limit)
    g_array_set_size (found, limit);
}

/* (transfer full) (element-type Found): the best, sorted. */
static GArray *
find (TaiFinder *self, const Question *question, guint limit)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Found));
  guint most = limit < G_MAXUINT / 2 ? MAX (2 * limit, MIN_KEPT) : G_MAXUINT;
  Found worst = {0};
  gboolean is_cut = FALSE;

  for (guint i = 0; i < self->rows->len; i++) {
    const Row *row = &g_array_index (self->rows, Row, i);
    Found one = {score_row (self, row, question), i, row->weight};

    if (one.score == 0 || (is_cut && compare_found (&one, &worst) > 0))
      continue;
    g_array_append_val (found, one);
    if (found->len < most)
      continue;
    cut (found, limit);
    worst = g_array_index (found, Found, found->len - 1);
    is_cut = TRUE;
  }
  cut (found, limit);
  return found;
}

static void
free_hit (gpointer data)
{
  TaiFinderHit *hit = data;

  if (hit->value != NULL)
    explicit_bzero (hit->value, strlen (hit->value));
  g_free (hit->value);
  if (hit->entry != NULL)
    release_entry ((TaiFinderEntry *)hit->entry);
  g_free (hit);
}

static void
add_found (TaiFinder *self, const Found *found, GPtrArray *hits)
{
  TaiFinderHit *hit = g_new0 (TaiFinderHit, 1);

  hit->entry = g_atomic_rc_box_acquire (g_array_index (self->rows, Row, found->row).entry);
  hit->kind = hit->entry->kind;
  hit->score = found->score;
  hit->rank = found->score / 2;
  g_ptr_array_add (hits, hit);
}

/* An entry stands before a value of the same score: a code that somebody made of eleven digits was meant. */
static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const TaiFinderHit *left = *(TaiFinderHit *const *)a, *right = *(TaiFinderHit *const *)b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  return (left->entry == NULL) - (right->entry == NULL);
}

GPtrArray *
tai_finder_search (TaiFinder *self, const char *text, guint limit)
{
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) own_sounds = NULL;
  Question question = {0};

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  hits = g_ptr_array_new_with_free_func (free_hit);
  if (limit == 0)
    return g_steal_pointer (&hits);
  own_sounds = g_ptr_array_new_with_free_func (free_sound);
  question.own_sounds = own_sounds;
  if (read_question (self, text, &question)) {
    g_autoptr (GArray) found = find (self, &question, limit);

    for (guint i = 0; i < found->len; i++)
      add_found (self, &g_array_index (found, Found, i), hits);
  }
  tai_finder_recognise (text, hits);
  g_ptr_array_sort (hits, compare_hits); /* stable: a merge sort */
  if (hits->len > limit)
    g_ptr_array_set_size (hits, (int)limit);
  return g_steal_pointer (&hits);
}
