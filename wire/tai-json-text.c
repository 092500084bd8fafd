/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts from outside, checked. */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-json-text.h"

#include <string.h>

#include "tai-limits.h"

gboolean
tai_json_refuse (GError **error, const char *path, const char *why)
{
  g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "%s: %s", path, why);
  return FALSE;
}

static gboolean
is_plain (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

gboolean
tai_json_take_text (const TaiJson *json, const char *path, TaiJsonTextFlags flags, char **text,
                    GError **error)
{
  const char *found = NULL;

  if ((flags & TAI_JSON_TEXT_NEEDED) && (found = tai_json_require_string (json, path, error)) == NULL)
    return FALSE;
  if (found == NULL && !tai_json_optional_string (json, path, &found, error))
    return FALSE;
  if (found != NULL && strlen (found) > TAI_LIMIT_FIELD_BYTES)
    return tai_json_refuse (error, path, "too long");
  if (found != NULL && (flags & TAI_JSON_TEXT_PLAIN) && !is_plain (found))
    return tai_json_refuse (error, path, "no plain text");
  *text = g_strdup (found);
  return TRUE;
}

gboolean
tai_json_take_time (const TaiJson *json, const char *path, TaiJsonTextFlags flags, gint64 *time_us,
                    GError **error)
{
  g_autofree char *text = NULL;

  if (!tai_json_take_text (json, path, flags, &text, error))
    return FALSE;
  return text == NULL || tai_time_from_text (text, time_us) || tai_json_refuse (error, path, "no time");
}

gboolean
tai_json_take_uuid (const TaiJson *json, const char *path, TaiJsonTextFlags flags, TaiUuid *id,
                    GError **error)
{
  g_autofree char *text = NULL;

  if (!tai_json_take_text (json, path, flags, &text, error))
    return FALSE;
  if (text != NULL && !tai_uuid_is_valid (text))
    return tai_json_refuse (error, path, "no UUID");
  g_strlcpy (id->text, text != NULL ? text : "", sizeof id->text);
  return TRUE;
}
