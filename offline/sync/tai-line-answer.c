/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of single values of HQ's answers about a number. Any thread. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-line-answer-private.h"

#include "tai-canonical.h"
#include "tai-json-text.h"
#include "tai-offline-error.h"

gboolean
tai_line_answer_refuse (GError **error, const char *why)
{
  g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, why);
  return FALSE;
}

/* It goes to a screen as it is. */
gboolean
tai_line_answer_take_optional (const TaiJson *json, const char *path, char **text, GError **error)
{
  return tai_json_take_text (json, path, TAI_JSON_TEXT_PLAIN, text, error);
}

gboolean
tai_line_answer_take_required (const TaiJson *json, const char *path, char **text, GError **error)
{
  return tai_json_take_text (json, path, TAI_JSON_TEXT_PLAIN | TAI_JSON_TEXT_NEEDED, text, error);
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
