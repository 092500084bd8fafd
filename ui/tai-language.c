/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gettext looks at LANGUAGE again when it is told that something changed. Main thread. */
#include "tai-language.h"

#include <libintl.h>

#define VARIABLE "LANGUAGE"

void
tai_language_init (void)
{
  if (g_getenv (VARIABLE) == NULL)
    g_setenv (VARIABLE, g_get_language_names ()[0], TRUE);
}

void
tai_language_set (const char *language)
{
  g_return_if_fail (language != NULL);

  g_setenv (VARIABLE, language, TRUE);
  textdomain (textdomain (NULL)); /* makes gettext forget what it found */
}

const char *
tai_language_get (void)
{
  return g_get_language_names ()[0];
}

gboolean
tai_language_is_chinese (void)
{
  return g_str_has_prefix (tai_language_get (), "zh");
}
