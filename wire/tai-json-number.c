/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a number of RFC 8259 ends. */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-json-private.h"

#include <string.h>

static const char *
skip_digits (const char *at, const char *end)
{
  while (at < end && g_ascii_isdigit (*at))
    at++;
  return at;
}

static gboolean
is_one_of (const char *at, const char *end, const char *signs)
{
  return at < end && *at != '\0' && strchr (signs, *at) != NULL;
}

/* -? (0|[1-9][0-9]*) (.[0-9]+)? ([eE][+-]?[0-9]+)? */
gsize
tai_json_skip_number (const char *text, gsize length, gboolean *is_int)
{
  const char *end = text + length, *at = text + is_one_of (text, end, "-"), *digits = at;
  at = skip_digits (at, end);
  *is_int = TRUE;
  if (at == digits || (*digits == '0' && at > digits + 1))
    return 0;
  if (is_one_of (at, end, ".")) {
    *is_int = FALSE;
    digits = at + 1;
    at = skip_digits (digits, end);
    if (at == digits)
      return 0;
  }
  if (is_one_of (at, end, "eE")) {
    *is_int = FALSE;
    digits = at + 1 + is_one_of (at + 1, end, "+-");
    at = skip_digits (digits, end);
    if (at == digits)
      return 0;
  }
  return (gsize)(at - text);
}

gboolean
tai_json_scan_number (const char *text, gsize length, gboolean *is_int)
{
  gsize end = tai_json_skip_number (text, length, is_int);
  return end > 0 && end == length && length <= TAI_JSON_MAX_NUMBER;
}
