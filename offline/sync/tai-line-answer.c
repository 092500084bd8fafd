/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of single values of HQ's answers about a number. Any thread. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-line-answer-private.h"

#include <string.h>

#include "tai-canonical.h"
#include "tai-limits.h"
#include "tai-offline-error.h"

gboolean
tai_line_answer_refuse (GError **error, const char *why)
{
  g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, why);
  return FALSE;
}

/* It goes to a screen as it is: bounded, and nothing that moves a cursor. */
static gboolean
is_plain (const char *text)
{
  if (strlen (text) > TAI_LIMIT_FIELD_BYTES)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

gboolean
tai_line_answer_take_optional (const TaiJson *json, const char *path, char **text, GError **error)
{
  const char *found = NULL;

  if (!tai_json_optional_string (json, path, &found, error))
    return FALSE;
  if (found != NULL && !is_plain (found))
    return tai_line_answer_refuse (error, "a text that is too long, or no text");
  *text = g_strdup (found);
  return TRUE;
}

gboolean
tai_line_answer_take_required (const TaiJson *json, const char *path, char **text, GError **error)
{
  return tai_json_require_string (json, path, error) != NULL &&
         tai_line_answer_take_optional (json, path, text, error);
}

gboolean
tai_line_answer_take_time (const TaiJson *json, const char *path, gint64 *time_us, GError **error)
{
  const char *text = tai_json_require_string (json, path, error);

  return text != NULL &&
         (tai_time_from_text (text, time_us) || tai_line_answer_refuse (error, "a time that is none"));
}

gboolean
tai_line_answer_take_optional_time (const TaiJson *json, const char *path, gint64 *time_us, GError **error)
{
  *time_us = 0;
  return tai_json_get (json, path) == NULL || tai_line_answer_take_time (json, path, time_us, error);
}
