/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The burst is kept as a list of keys; everything else is asked of that list, so that there is no second state to go stale.
 * A burst is short (a QR code is the exception), so the questions may walk it.
 */
#include "tai-wedge.h"

#include <string.h>

#define GS 0x1d

/* At TAI_WEDGE_HAND_MS: a scanner, even if it sent fewer characters than a scan has. */
#define HAND_CHARACTERS 3

typedef struct {
  TaiWedgeKeyKind kind;
  gunichar character;
  guint gap_ms; /* since the key before; 0 for the first */
} Key;

struct _TaiWedge {
  char *prefix; /* (owned) "" if none */
  char *suffix; /* (owned) "" if none */
  guint gap_ms;
  GArray *keys;    /* (owned) of Key: what is held */
  guint32 last_ms; /* of the youngest key */
  guint32 scan_ms; /* of the last scan's terminator */
  gboolean after_scan;
};

/* What a range of held keys is. */
typedef struct {
  guint n_characters;
  guint64 gaps_ms;
  guint longest_ms;
  gboolean is_varied; /* not one character over and over */
} Burst;

TaiWedge *
tai_wedge_new (const TaiWedgeProfile *profile)
{
  TaiWedge *self = g_new0 (TaiWedge, 1);

  self->prefix = g_strdup (profile != NULL && profile->prefix != NULL ? profile->prefix : "");
  self->suffix = g_strdup (profile != NULL && profile->suffix != NULL ? profile->suffix : "");
  self->gap_ms = profile != NULL && profile->gap_ms > 0 ? profile->gap_ms : TAI_WEDGE_GAP_MS;
  self->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  return self;
}

static void
forget (TaiWedge *self)
{
  if (self->keys->len > 0)
    explicit_bzero (self->keys->data, self->keys->len * sizeof (Key));
  g_array_set_size (self->keys, 0);
}

void
tai_wedge_free (TaiWedge *self)
{
  if (self == NULL)
    return;
  forget (self);
  g_array_unref (self->keys);
  g_free (self->prefix);
  g_free (self->suffix);
  g_free (self);
}

static const Key *
get_key (TaiWedge *self, guint index)
{
  return &g_array_index (self->keys, Key, index);
}

static Burst
measure (TaiWedge *self, guint from)
{
  Burst burst = {0};
  gunichar first = 0;

  for (guint i = from; i < self->keys->len; i++) {
    const Key *key = get_key (self, i);

    if (i > from) {
      burst.gaps_ms += key->gap_ms;
      burst.longest_ms = MAX (burst.longest_ms, key->gap_ms);
    }
    if (key->kind != TAI_WEDGE_KEY_CHARACTER)
      continue;
    if (burst.n_characters++ == 0)
      first = key->character;
    burst.is_varied |= key->character != first;
  }
  return burst;
}

static gboolean
is_quick (TaiWedge *self, const Burst *burst)
{
  return burst->n_characters > 1 &&
         burst->gaps_ms * 5 <= (guint64)(burst->n_characters - 1) * self->gap_ms * 3;
}

static gboolean
is_code (TaiWedge *self, const Burst *burst)
{
  return burst->n_characters >= TAI_WEDGE_CHARACTERS_MIN && burst->is_varied && is_quick (self, burst);
}

/* Characters of the held keys from @from on. */
static GString *
collect (TaiWedge *self, guint from)
{
  GString *text = g_string_sized_new (self->keys->len + 8);

  for (guint i = from; i < self->keys->len; i++)
    if (get_key (self, i)->kind == TAI_WEDGE_KEY_CHARACTER)
      g_string_append_unichar (text, get_key (self, i)->character);
  return text;
}

static gboolean
starts_with_prefix (TaiWedge *self, guint from)
{
  const char *rest = self->prefix;

  for (guint i = from; i < self->keys->len && *rest != '\0'; i++) {
    if (get_key (self, i)->kind != TAI_WEDGE_KEY_CHARACTER)
      continue;
    if (get_key (self, i)->character != g_utf8_get_char (rest))
      return FALSE;
    rest = g_utf8_next_char (rest);
  }
  return *rest == '\0';
}

/* The last key that a hand typed before the scanner began: followed by a gap that is far longer than all after it. Two keys that no
 * hand types so fast are the scanner's already; what is slow behind them is its own stumbling. */
static guint
skip_typed (TaiWedge *self)
{
  guint start = 0, longest_after = 0, first_quick = 1;

  while (first_quick < self->keys->len && get_key (self, first_quick)->gap_ms > TAI_WEDGE_HAND_MS)
    first_quick++;
  for (guint i = self->keys->len; i-- > 1;) {
    guint gap_ms = get_key (self, i)->gap_ms;

    if (i < MIN (first_quick, TAI_WEDGE_CHARACTERS_MIN) && gap_ms > 3 * longest_after)
      start = MAX (start, i);
    longest_after = MAX (longest_after, gap_ms);
  }
  return start;
}

/* Whether a scan is held, and where it begins. */
static gboolean
find_scan (TaiWedge *self, guint *start)
{
  Burst burst;

  for (guint i = 0; *self->prefix != '\0' && i < MIN (self->keys->len, TAI_WEDGE_CHARACTERS_MIN); i++) {
    burst = measure (self, i);
    if (burst.n_characters <= g_utf8_strlen (self->prefix, -1))
      break;
    if (starts_with_prefix (self, i) && is_quick (self, &burst)) {
      *start = i;
      return TRUE;
    }
  }
  *start = skip_typed (self);
  burst = measure (self, *start);
  if (is_code (self, &burst))
    return TRUE;
  *start = 0;
  burst = measure (self, 0);
  return is_code (self, &burst);
}

/* "]C1" and the like: flag, letter of the symbology, modifier. */
static gboolean
has_aim (const char *text)
{
  return text[0] == ']' && g_ascii_isalpha (text[1]) && g_ascii_isalnum (text[2]) && text[3] != '\0';
}

static void
give_scan (TaiWedge *self, guint start, TaiWedgeAnswer *answer)
{
  GString *text = collect (self, start);

  if (g_str_has_prefix (text->str, self->prefix))
    g_string_erase (text, 0, strlen (self->prefix));
  if (text->len > strlen (self->suffix) && g_str_has_suffix (text->str, self->suffix))
    g_string_truncate (text, text->len - strlen (self->suffix));
  if (has_aim (text->str)) {
    memcpy (answer->aim, text->str, 3);
    g_string_erase (text, 0, 3);
  }
  if (text->str[0] == GS) /* FNC1 in the first place only says "GS1" */
    g_string_erase (text, 0, 1);
  answer->n_replay = start;
  answer->n_swallow = self->keys->len - start;
  answer->scan = g_string_free (text, FALSE);
  forget (self);
}

static void
give_back (TaiWedge *self, TaiWedgeAnswer *answer)
{
  answer->n_replay = self->keys->len;
  forget (self);
}

static void
settle (TaiWedge *self, TaiWedgeAnswer *answer)
{
  guint start;

  if (find_scan (self, &start))
    give_scan (self, start, answer);
  else
    give_back (self, answer);
}

static gboolean
is_beyond_hands (TaiWedge *self, guint gap_ms)
{
  Burst burst = measure (self, 0);

  return burst.n_characters >= HAND_CHARACTERS && burst.is_varied &&
         MAX (burst.longest_ms, gap_ms) <= TAI_WEDGE_HAND_MS;
}

/* Enter or Tab. One that belongs to a scanner must reach no button, even after a code too short to be a scan. */
static void
terminate (TaiWedge *self, guint gap_ms, guint32 time_ms, TaiWedgeAnswer *answer)
{
  gboolean second = self->after_scan && time_ms - self->scan_ms <= self->gap_ms;
  gboolean beyond_hands = is_beyond_hands (self, gap_ms);

  settle (self, answer);
  answer->fate = answer->scan != NULL || second || beyond_hands ? TAI_WEDGE_SWALLOW : TAI_WEDGE_PASS;
  self->after_scan = answer->fate == TAI_WEDGE_SWALLOW;
  self->scan_ms = time_ms;
}

static gboolean
may_be_held (TaiWedge *self, TaiWedgeKeyKind kind, gunichar character)
{
  if (kind == TAI_WEDGE_KEY_MODIFIER)
    return TRUE;
  if (kind != TAI_WEDGE_KEY_CHARACTER || character == 0)
    return FALSE;
  if (character >= ' ')
    return TRUE;
  /* Ctrl+letter is a shortcut unless the hall's own prefix begins with it, or it stands within a burst as GS does. */
  if (*self->prefix != '\0' && character == g_utf8_get_char (self->prefix))
    return TRUE;
  return measure (self, 0).n_characters > 0 &&
         (character >= 0x1c || strchr (self->suffix, (int)character) != NULL);
}

static void
hold (TaiWedge *self, TaiWedgeKeyKind kind, gunichar character, guint gap_ms, TaiWedgeAnswer *answer)
{
  Key key = {kind, character, gap_ms};
  Burst burst = measure (self, 0);

  /* Six characters and still too slow: a quick hand. It shall not wait for the end of its burst. */
  if ((burst.n_characters >= TAI_WEDGE_CHARACTERS_MIN && !is_quick (self, &burst)) ||
      self->keys->len >= TAI_WEDGE_KEYS_MAX)
    give_back (self, answer);
  if (self->keys->len == 0)
    key.gap_ms = 0;
  g_array_append_val (self->keys, key);
  answer->fate = TAI_WEDGE_HOLD;
}

TaiWedgeAnswer
tai_wedge_take (TaiWedge *self, TaiWedgeKeyKind kind, gunichar character, guint32 time_ms)
{
  TaiWedgeAnswer answer = {0};
  guint gap_ms;

  g_return_val_if_fail (self != NULL, answer);

  gap_ms = self->keys->len > 0 ? time_ms - self->last_ms : 0;
  if (gap_ms > self->gap_ms && (kind != TAI_WEDGE_KEY_TERMINATOR || gap_ms > 2 * self->gap_ms))
    settle (self, &answer);
  self->last_ms = time_ms;
  if (kind == TAI_WEDGE_KEY_TERMINATOR && answer.n_replay + answer.n_swallow == 0) {
    terminate (self, gap_ms, time_ms, &answer);
    return answer;
  }
  if (answer.n_replay + answer.n_swallow > 0)
    gap_ms = 0;
  if (may_be_held (self, kind, character)) {
    hold (self, kind, character, gap_ms, &answer);
  } else if (self->keys->len > 0) {
    settle (self, &answer);
  }
  self->after_scan = FALSE;
  return answer;
}

TaiWedgeAnswer
tai_wedge_wait (TaiWedge *self, guint silent_ms)
{
  TaiWedgeAnswer answer = {0};

  g_return_val_if_fail (self != NULL, answer);

  if (self->keys->len > 0 && silent_ms > tai_wedge_get_patience_ms (self))
    settle (self, &answer);
  return answer;
}

guint
tai_wedge_get_patience_ms (TaiWedge *self)
{
  guint start;

  g_return_val_if_fail (self != NULL, 0);

  if (self->keys->len == 0)
    return 0;
  return find_scan (self, &start) ? 2 * self->gap_ms : self->gap_ms;
}

TaiWedgeAnswer
tai_wedge_release (TaiWedge *self)
{
  TaiWedgeAnswer answer = {0};

  g_return_val_if_fail (self != NULL, answer);

  give_back (self, &answer);
  return answer;
}

guint
tai_wedge_get_n_held (TaiWedge *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->keys->len;
}
