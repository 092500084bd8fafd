/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parser: one pass over the bytes, without recursion, straight into json-c's tree. json-c's own tokener lets NaN,
 * Infinity, U+0000 in names, lone surrogates, integers above int64 and duplicate names through, tells no byte position and
 * needs nearly twice the time; tests/wire compares the two on what both take. One thread at a time per call.
 */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-json-private.h"

#include <json-c/json.h>
#include <string.h>

#define DEFAULT_BYTES  ((gsize)1 << 20)
#define MAX_BYTES      ((gsize)64 << 20)
#define DEFAULT_VALUES 50000
#define WALK_MAX       8 /* members among which one is found faster by a walk than by its hash */
#define ARRAY_ROOM     4 /* most arrays of an order hold one to three elements; json-c would take 32 */

typedef struct {
  const guchar *start, *at, *end;
  TaiJsonLimits limits; /* no zero left */
  guint n_values;
  TaiJson *root;                     /* (owned) (nullable) */
  TaiJson *open[TAI_JSON_MAX_DEPTH]; /* the containers around @at, outermost first; owned by the root */
  guint depth;
  gboolean in_object; /* of the innermost */
  const char *name;   /* of the member whose value comes next: a constant, or in @copy */
  unsigned name_flags;
  GString *copy; /* (owned) */
  GString *text; /* (owned): a string with escapes, decoded */
} Scan;

static gboolean
fail (const Scan *s, TaiWireError code, const char *what, GError **error)
{
  g_set_error (error, TAI_WIRE_ERROR, (int)code, "byte %" G_GSIZE_FORMAT ": %s", (gsize)(s->at - s->start),
               what);
  return FALSE;
}

static void
skip_blank (Scan *s)
{
  while (s->at < s->end && (*s->at == ' ' || *s->at == '\n' || *s->at == '\r' || *s->at == '\t'))
    s->at++;
}

static int
peek (const Scan *s)
{
  return s->at < s->end ? *s->at : -1;
}

static int
hex4 (const guchar *digits)
{
  int value = 0;
  for (int i = 0; i < 4; i++) {
    int nibble = g_ascii_xdigit_value ((char)digits[i]);
    if (nibble < 0)
      return -1;
    value = value << 4 | nibble;
  }
  return value;
}

/* at: the 'u' */
static gboolean
scan_unicode_escape (Scan *s, GString *into, GError **error)
{
  if (s->end - s->at < 5)
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "cut off in a string", error);
  int unit = hex4 (s->at + 1);
  if (unit < 0)
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "\\u without four hexadecimal digits", error);
  if (unit == 0)
    return fail (s, TAI_WIRE_ERROR_UTF8, "U+0000 in a string", error);
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return fail (s, TAI_WIRE_ERROR_UTF8, "lone low surrogate", error);
  s->at += 5;
  if (unit >= 0xd800 && unit <= 0xdbff) {
    int low = s->end - s->at >= 6 && s->at[0] == '\\' && s->at[1] == 'u' ? hex4 (s->at + 2) : -1;
    if (low < 0xdc00 || low > 0xdfff)
      return fail (s, TAI_WIRE_ERROR_UTF8, "lone high surrogate", error);
    s->at += 6;
    unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
  }
  g_string_append_unichar (into, (gunichar)unit);
  return TRUE;
}

/* at: the backslash */
static gboolean
scan_escape (Scan *s, GString *into, GError **error)
{
  static const char letter[] = "\"\\/bfnrt", meaning[] = "\"\\/\b\f\n\r\t";
  s->at++;
  int c = peek (s);
  if (c == 'u')
    return scan_unicode_escape (s, into, error);
  if (c < 0)
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "cut off in a string", error);
  const char *found = c != 0 ? strchr (letter, c) : NULL;
  if (found == NULL)
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "unknown escape", error);
  g_string_append_c (into, meaning[found - letter]);
  s->at++;
  return TRUE;
}

static gboolean
scan_utf8 (Scan *s, GError **error)
{
  gunichar c = g_utf8_get_char_validated ((const char *)s->at, s->end - s->at);
  if (c == (gunichar)-1 || c == (gunichar)-2)
    return fail (s, TAI_WIRE_ERROR_UTF8, "invalid UTF-8", error);
  s->at = (const guchar *)g_utf8_next_char (s->at);
  return TRUE;
}

/* Stops at the first byte that ends the string or must be decoded. */
static gboolean
skip_plain (Scan *s, GError **error)
{
  while (TRUE) {
    while (s->at < s->end && *s->at >= 0x20 && *s->at < 0x80 && *s->at != '"' && *s->at != '\\')
      s->at++;
    int c = peek (s);
    if (c == '"' || c == '\\')
      return TRUE;
    if (c < 0x20)
      return fail (s, TAI_WIRE_ERROR_SYNTAX, c < 0 ? "cut off in a string" : "control character in a string",
                   error);
    if (!scan_utf8 (s, error))
      return FALSE;
  }
}

/* at: the opening quote. *@text is in the input when there is nothing to decode, else in @into; it is not terminated. */
static gboolean
scan_string (Scan *s, GString *into, const char **text, gsize *length, GError **error)
{
  g_assert (*s->at == '"');
  const guchar *run = ++s->at;
  g_string_truncate (into, 0);
  while (TRUE) {
    if (!skip_plain (s, error))
      return FALSE;
    if (*s->at == '"')
      break;
    g_string_append_len (into, (const char *)run, s->at - run);
    if (!scan_escape (s, into, error))
      return FALSE;
    run = s->at;
  }
  gboolean decoded = into->len > 0;
  if (decoded)
    g_string_append_len (into, (const char *)run, s->at - run);
  *text = decoded ? into->str : (const char *)run;
  *length = decoded ? into->len : (gsize)(s->at - run);
  s->at++;
  return TRUE;
}

static gboolean
read_int64 (const guchar *text, const guchar *end, gint64 *result)
{
  gboolean negative = *text == '-';
  guint64 limit = negative ? (guint64)G_MAXINT64 + 1 : (guint64)G_MAXINT64;
  guint64 value = 0;
  for (text += negative; text < end; text++) {
    guint64 digit = *text - (guint64)'0';
    if (value > (limit - digit) / 10)
      return FALSE;
    value = value * 10 + digit;
  }
  *result = (gint64)(negative ? 0 - value : value);
  return TRUE;
}

/* Takes @value; NULL is a null. */
static void
add_value (Scan *s, TaiJson *value)
{
  if (s->depth == 0)
    s->root = value;
  else if (s->in_object) /* scan_key saw that the name is new */
    json_object_object_add_ex (s->open[s->depth - 1], s->name, value, s->name_flags);
  else
    json_object_array_add (s->open[s->depth - 1], value);
}

static gboolean
scan_number (Scan *s, GError **error)
{
  const guchar *first = s->at;
  gboolean is_int;
  gint64 value;
  gsize length = tai_json_skip_number ((const char *)first, (gsize)(s->end - first), &is_int);
  s->at += length;
  if (length == 0)
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "malformed number", error);
  if (s->at - first > TAI_JSON_MAX_NUMBER)
    return fail (s, TAI_WIRE_ERROR_NUMBER, "number of too many digits", error);
  if (!is_int) {
    char text[TAI_JSON_MAX_NUMBER + 1];
    memcpy (text, first, (gsize)(s->at - first));
    text[s->at - first] = '\0';
    add_value (s, json_object_new_double_s (0, text)); /* the 0 is never read: tai_json_decimal_text */
  } else if (read_int64 (first, s->at, &value))
    add_value (s, json_object_new_int64 (value));
  else
    return fail (s, TAI_WIRE_ERROR_NUMBER, "integer outside 64 bits", error);
  return TRUE;
}

static gboolean
scan_word (Scan *s, const char *word, GError **error)
{
  gsize length = strlen (word);
  if ((gsize)(s->end - s->at) < length || memcmp (s->at, word, length) != 0)
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "unknown word", error);
  s->at += length;
  add_value (s, *word == 'n' ? NULL : json_object_new_boolean (*word == 't'));
  return TRUE;
}

static void
keep_name (Scan *s, const char *name, gsize length)
{
  s->name = tai_json_name_find (name, length);
  s->name_flags = JSON_C_OBJECT_ADD_KEY_IS_NEW | (s->name != NULL ? JSON_C_OBJECT_ADD_CONSTANT_KEY : 0);
  if (s->name != NULL)
    return;
  g_string_truncate (s->copy, 0);
  s->name = g_string_append_len (s->copy, name, (gssize)length)->str;
}

/* A usual name is the same constant wherever it stands. */
static gboolean
stands_already (const Scan *s)
{
  TaiJson *object = s->open[s->depth - 1];
  if (!(s->name_flags & JSON_C_OBJECT_ADD_CONSTANT_KEY) || json_object_object_length (object) > WALK_MAX)
    return json_object_object_get_ex (object, s->name, NULL);
  struct lh_entry *entry = lh_table_head (json_object_get_object (object));
  while (entry != NULL && lh_entry_k (entry) != s->name)
    entry = lh_entry_next (entry);
  return entry != NULL;
}

static gboolean
scan_key (Scan *s, GError **error)
{
  const char *name;
  gsize length;
  skip_blank (s);
  if (peek (s) != '"')
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "expected a member name", error);
  if (!scan_string (s, s->text, &name, &length, error))
    return FALSE;
  keep_name (s, name, length);
  if (stands_already (s))
    return fail (s, TAI_WIRE_ERROR_DUPLICATE_KEY, "a member name stands twice", error);
  skip_blank (s);
  if (peek (s) != ':')
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "expected ':'", error);
  s->at++;
  return TRUE;
}

/* *@opened: a container that is not empty; its first value comes next. */
static gboolean
scan_open (Scan *s, gboolean *opened, GError **error)
{
  gboolean object = *s->at == '{';
  if (s->depth >= s->limits.max_depth)
    return fail (s, TAI_WIRE_ERROR_DEPTH, "nested too deep", error);
  s->at++;
  TaiJson *container = object ? json_object_new_object () : json_object_new_array_ext (ARRAY_ROOM);
  add_value (s, container);
  skip_blank (s);
  if (peek (s) == (object ? '}' : ']')) {
    s->at++;
    return TRUE;
  }
  s->open[s->depth++] = container;
  s->in_object = object;
  *opened = TRUE;
  return !object || scan_key (s, error);
}

static gboolean
scan_text (Scan *s, GError **error)
{
  const char *text;
  gsize length;
  if (!scan_string (s, s->text, &text, &length, error))
    return FALSE;
  add_value (s, json_object_new_string_len (text, (int)length));
  return TRUE;
}

static gboolean
scan_value (Scan *s, gboolean *opened, GError **error)
{
  *opened = FALSE;
  skip_blank (s);
  if (++s->n_values > s->limits.max_values)
    return fail (s, TAI_WIRE_ERROR_SIZE, "too many values", error);
  switch (peek (s)) {
  case '{':
  case '[':
    return scan_open (s, opened, error);
  case '"':
    return scan_text (s, error);
  case 't':
    return scan_word (s, "true", error);
  case 'f':
    return scan_word (s, "false", error);
  case 'n':
    return scan_word (s, "null", error);
  case '-':
  case '0' ... '9':
    return scan_number (s, error);
  case -1:
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "cut off", error);
  default:
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "expected a value", error);
  }
}

/* After a value: closes what closes and stops where the next value begins, or at depth 0. */
static gboolean
scan_after_value (Scan *s, GError **error)
{
  while (s->depth > 0) {
    skip_blank (s);
    int c = peek (s);
    if (c == ',') {
      s->at++;
      return !s->in_object || scan_key (s, error);
    }
    if (c != (s->in_object ? '}' : ']'))
      return fail (s, TAI_WIRE_ERROR_SYNTAX, c < 0 ? "cut off" : "expected ',' or the closing bracket",
                   error);
    s->at++;
    s->depth--;
    s->in_object = s->depth > 0 && json_object_is_type (s->open[s->depth - 1], json_type_object);
  }
  return TRUE;
}

static gboolean
scan_document (Scan *s, GError **error)
{
  gboolean opened;
  skip_blank (s);
  if (peek (s) != '{' && peek (s) != '[')
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "expected an object or an array", error);
  do {
    if (!scan_value (s, &opened, error))
      return FALSE;
    if (!opened && !scan_after_value (s, error))
      return FALSE;
  } while (s->depth > 0);
  skip_blank (s);
  return s->at == s->end || fail (s, TAI_WIRE_ERROR_SYNTAX, "bytes after the end", error);
}

static TaiJsonLimits
fill_limits (const TaiJsonLimits *given)
{
  TaiJsonLimits limits = given != NULL ? *given : (TaiJsonLimits){0};
  limits.max_bytes = limits.max_bytes == 0 ? DEFAULT_BYTES : MIN (limits.max_bytes, MAX_BYTES);
  limits.max_depth = limits.max_depth == 0 ? TAI_JSON_MAX_DEPTH : MIN (limits.max_depth, TAI_JSON_MAX_DEPTH);
  limits.max_values = limits.max_values == 0 ? DEFAULT_VALUES : limits.max_values;
  return limits;
}

TaiJson *
tai_json_parse (const char *bytes, gssize length, const TaiJsonLimits *limits, GError **error)
{
  g_return_val_if_fail (bytes != NULL || length == 0, NULL);
  gsize size = length < 0 ? strlen (bytes) : (gsize)length;
  const guchar *start = (const guchar *)(size == 0 ? "" : bytes);
  Scan s = {.start = start, .at = start, .end = start + size, .limits = fill_limits (limits)};
  if (size > s.limits.max_bytes) {
    g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SIZE,
                 "%" G_GSIZE_FORMAT " bytes, at most %" G_GSIZE_FORMAT, size, s.limits.max_bytes);
    return NULL;
  }
  g_autoptr (GString) copy = s.copy = g_string_sized_new (64);
  g_autoptr (GString) text = s.text = g_string_sized_new (64);
  if (scan_document (&s, error))
    return s.root;
  tai_json_free (s.root);
  return NULL;
}
