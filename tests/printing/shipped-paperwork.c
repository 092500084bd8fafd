/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The templates of the source tree, read by the real reader. */
#include "shipped-paperwork.h"

#include "tai-template-text.h"

TaiTemplate *
shipped_template (const char *name, const char *find, const char *replacement)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "app", "templates", file, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *contents = NULL;
  TaiTemplate *template;

  g_assert_true (g_file_get_contents (path, &contents, NULL, &error));
  g_string_assign (text, contents);
  if (find != NULL)
    g_assert_cmpuint (g_string_replace (text, find, replacement, 1), ==, 1);
  bytes = g_bytes_new (text->str, text->len);
  template = tai_template_from_text (bytes, &error);
  g_assert_no_error (error);
  return template;
}

TaiPaperwork *
shipped_paperwork (void)
{
  g_autoptr (TaiTemplate) form = shipped_template (TAI_TEMPLATE_FORM, NULL, NULL);
  g_autoptr (TaiTemplate) notice = shipped_template (TAI_TEMPLATE_NOTICE, NULL, NULL);

  return tai_hall_paperwork_new (form, notice);
}
