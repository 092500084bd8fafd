/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The guard in front of json-c: one pass over the bytes without recursion or copies. json-c alone lets NaN, Infinity, lone
 * surrogates, U+0000 in names, integers above int64 and duplicate names through, and tells no byte position. What passes
 * here is plain RFC 8259, so that json-c only has to build the tree. Any thread.
 */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-json-private.h"

#include <string.h>

typedef struct {
  const guchar *start, *at, *end;
  const TaiJsonLimits *limits;
  GArray *members;
  guint n_values;
  guint depth;
  guchar open[TAI_JSON_MAX_DEPTH];  /* '{' or '[' */
  guint object[TAI_JSON_MAX_DEPTH]; /* index into members of the object at this depth */
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
scan_unicode_escape (Scan *s, GError **error)
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
  if (unit < 0xd800 || unit > 0xdbff)
    return TRUE;
  int low = s->end - s->at >= 6 && s->at[0] == '\\' && s->at[1] == 'u' ? hex4 (s->at + 2) : -1;
  if (low < 0xdc00 || low > 0xdfff)
    return fail (s, TAI_WIRE_ERROR_UTF8, "lone high surrogate", error);
  s->at += 6;
  return TRUE;
}

/* at: the backslash */
static gboolean
scan_escape (Scan *s, GError **error)
{
  s->at++;
  int c = peek (s);
  if (c == 'u')
    return scan_unicode_escape (s, error);
  if (c < 0)
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "cut off in a string", error);
  if (c == 0 || strchr ("\"\\/bfnrt", c) == NULL)
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "unknown escape", error);
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

static gboolean
scan_string (Scan *s, GError **error)
{
  g_assert (*s->at == '"');
  s->at++;
  while (TRUE) {
    while (s->at < s->end && *s->at >= 0x20 && *s->at < 0x80 && *s->at != '"' && *s->at != '\\')
      s->at++;
    int c = peek (s);
    gboolean ok = TRUE;
    if (c == '"')
      break;
    if (c == '\\')
      ok = scan_escape (s, error);
    else if (c >= 0x80)
      ok = scan_utf8 (s, error);
    else
      return fail (s, TAI_WIRE_ERROR_SYNTAX, c < 0 ? "cut off in a string" : "control character in a string",
                   error);
    if (!ok)
      return FALSE;
  }
  s->at++;
  return TRUE;
}

static gsize
skip_digits (Scan *s)
{
  const guchar *first = s->at;
  while (s->at < s->end && g_ascii_isdigit (*s->at))
    s->at++;
  return (gsize)(s->at - first);
}

/* RFC 8259: -? (0|[1-9][0-9]*) (.[0-9]+)? ([eE][+-]?[0-9]+)? */
static gboolean
skip_number (Scan *s, gboolean *is_int)
{
  *is_int = TRUE;
  if (peek (s) == '-')
    s->at++;
  gboolean zero = peek (s) == '0';
  gsize whole = skip_digits (s);
  if (whole == 0 || (zero && whole > 1))
    return FALSE;
  if (peek (s) == '.') {
    *is_int = FALSE;
    s->at++;
    if (skip_digits (s) == 0)
      return FALSE;
  }
  if (peek (s) == 'e' || peek (s) == 'E') {
    *is_int = FALSE;
    s->at++;
    if (peek (s) == '+' || peek (s) == '-')
      s->at++;
    if (skip_digits (s) == 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
fits_int64 (const guchar *text, const guchar *end)
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
  return TRUE;
}

static gboolean
scan_number (Scan *s, GError **error)
{
  const guchar *first = s->at;
  gboolean is_int;
  if (!skip_number (s, &is_int))
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "malformed number", error);
  if (s->at - first > TAI_JSON_MAX_NUMBER)
    return fail (s, TAI_WIRE_ERROR_NUMBER, "number of too many digits", error);
  if (is_int && !fits_int64 (first, s->at))
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
  return TRUE;
}

static gboolean
scan_key (Scan *s, GError **error)
{
  skip_blank (s);
  if (peek (s) != '"')
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "expected a member name", error);
  if (!scan_string (s, error))
    return FALSE;
  skip_blank (s);
  if (peek (s) != ':')
    return fail (s, TAI_WIRE_ERROR_SYNTAX, "expected ':'", error);
  s->at++;
  g_array_index (s->members, guint32, s->object[s->depth - 1])++;
  return TRUE;
}

/* *@opened: a container that is not empty; its first value comes next. */
static gboolean
scan_open (Scan *s, gboolean *opened, GError **error)
{
  guchar c = *s->at;
  if (s->depth >= s->limits->max_depth)
    return fail (s, TAI_WIRE_ERROR_DEPTH, "nested too deep", error);
  s->at++;
  s->open[s->depth] = c;
  if (c == '{') {
    guint32 none = 0;
    s->object[s->depth] = s->members->len;
    g_array_append_val (s->members, none);
  }
  skip_blank (s);
  if (peek (s) == (c == '{' ? '}' : ']')) {
    s->at++;
    return TRUE;
  }
  s->depth++;
  *opened = TRUE;
  return c == '[' || scan_key (s, error);
}

static gboolean
scan_value (Scan *s, gboolean *opened, GError **error)
{
  *opened = FALSE;
  skip_blank (s);
  if (++s->n_values > s->limits->max_values)
    return fail (s, TAI_WIRE_ERROR_SIZE, "too many values", error);
  switch (peek (s)) {
  case '{':
  case '[':
    return scan_open (s, opened, error);
  case '"':
    return scan_string (s, error);
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
    gboolean in_object = s->open[s->depth - 1] == '{';
    if (c == ',') {
      s->at++;
      return !in_object || scan_key (s, error);
    }
    if (c != (in_object ? '}' : ']'))
      return fail (s, TAI_WIRE_ERROR_SYNTAX, c < 0 ? "cut off" : "expected ',' or the closing bracket",
                   error);
    s->at++;
    s->depth--;
  }
  return TRUE;
}

gboolean
tai_json_scan (TaiJsonScan *scan, const char *text, gsize length, const TaiJsonLimits *limits, GError **error)
{
  const guchar *start = (const guchar *)text;
  Scan s = {start, start, start + length, limits, scan->members, 0, 0, {0}, {0}};
  g_assert (limits->max_depth >= 1 && limits->max_depth <= TAI_JSON_MAX_DEPTH);

  skip_blank (&s);
  if (peek (&s) != '{' && peek (&s) != '[')
    return fail (&s, TAI_WIRE_ERROR_SYNTAX, "expected an object or an array", error);
  do {
    gboolean opened;
    if (!scan_value (&s, &opened, error))
      return FALSE;
    if (!opened && !scan_after_value (&s, error))
      return FALSE;
  } while (s.depth > 0);
  skip_blank (&s);
  if (s.at < s.end)
    return fail (&s, TAI_WIRE_ERROR_SYNTAX, "bytes after the end", error);
  return TRUE;
}

gboolean
tai_json_scan_number (const char *text, gsize length, gboolean *is_int)
{
  const guchar *start = (const guchar *)text;
  Scan s = {.start = start, .at = start, .end = start + length};
  return skip_number (&s, is_int) && s.at == s.end && length <= TAI_JSON_MAX_NUMBER;
}
