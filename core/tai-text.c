/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts of enums, the reading side. Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-text-private.h"

#include <string.h>

#include "tai-core-error.h"

gboolean
tai_text_find (const char *what, const char *const *texts, guint n, const char *text, guint *value,
               GError **error)
{
  g_autofree char *shown = NULL;

  for (guint i = 0; text && i < n; i++) {
    if (strcmp (texts[i], text) == 0) {
      *value = i;
      return TRUE;
    }
  }
  /* It may be anything: cut, and without bytes that would spoil a log. */
  shown = text ? g_utf8_make_valid (text, strnlen (text, 32)) : NULL;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT, "unknown %s \"%s\"", what,
               shown ? shown : "");
  return FALSE;
}
