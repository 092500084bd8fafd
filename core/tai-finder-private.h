/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-finder.h"

G_BEGIN_DECLS

/* A bit each of a guint64 stands for a character of a key. */
#define TAI_FINDER_KEY_UNITS 64
/* Nobody types more into a box, and no entry is found by it. */
#define TAI_FINDER_QUERY_UNITS 48
/* Of one character: 和 has six. */
#define TAI_FINDER_READINGS 8

/* The readings of one character. */
typedef struct {
  guint n;
  guint32 initials; /* bit of 'a' + i */
  guint32 letters;  /* all of them */
  guint8 sizes[TAI_FINDER_READINGS];
  char *readings[TAI_FINDER_READINGS]; /* (owned) */
} TaiFinderSound;

/* One character of a key or a query, folded. */
typedef struct {
  guint32 ch : 31;
  guint32 is_start : 1;        /* begins a word; each Chinese character is one */
  guint32 initials;            /* what letters stand for it; its own bit if it is a letter */
  const TaiFinderSound *sound; /* (nullable) */
} TaiFinderUnit;

typedef enum {
  TAI_FINDER_KEY_CODE,
  TAI_FINDER_KEY_ALIAS,
  TAI_FINDER_KEY_NUMBER,
  TAI_FINDER_KEY_TEXT,
  TAI_FINDER_KEY_CATEGORY
} TaiFinderKeyKind;

typedef struct {
  TaiFinderKeyKind kind;
  guint n;
  const TaiFinderUnit *units;
  guint64 starts; /* of words */
} TaiFinderKey;

typedef struct {
  guint n;
  TaiFinderUnit units[TAI_FINDER_QUERY_UNITS];
  gboolean has_han;    /* a character that has readings */
  gboolean is_spelled; /* may hold more of a reading than its first letter */
} TaiFinderQuery;

/* The next character of *@text that counts, folded; 0 at the end. *@text may be no UTF-8. @is_start: begins a word. *@last is
 * the reader's memory, 0 at first. */
gunichar tai_finder_fold (const char **text, gboolean *is_start, guint *last);
/* (transfer full) (nullable): no readings. */
TaiFinderSound *tai_finder_sound_new (gunichar ch, TaiPinyinFunc pinyin, gpointer data);
void tai_finder_sound_free (TaiFinderSound *self);
TaiFinderUnit tai_finder_unit (gunichar ch, gboolean is_start, const TaiFinderSound *sound);

/* Score of one key, 0: not found. */
guint tai_finder_match (const TaiFinderKey *key, const TaiFinderQuery *query);
/* The same of Chinese that sounds like it or was made of a code by the input method. */
guint tai_finder_match_sound (const TaiFinderKey *key, const TaiFinderQuery *query);

/* What the text itself is: adds hits. */
void tai_finder_recognise (const char *text, GPtrArray *hits);

G_END_DECLS
