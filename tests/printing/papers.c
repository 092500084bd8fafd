/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers in the build folder, for people to look at and for programs of the system to judge. */
#include "papers.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "surroundings.h"

char *
papers_path (const char *name)
{
  const char *folder = g_getenv ("G_TEST_BUILDDIR");
  g_autofree char *path = g_build_filename (folder ? folder : g_get_tmp_dir (), "printing", "papers", NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  return g_build_filename (path, name, NULL);
}

char *
papers_save (GBytes *bytes, const char *name)
{
  char *path = papers_path (name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  return path;
}

/* Output of a program of the system, or NULL after marking the test as skipped. */
char *
papers_run (const char *first, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  va_list list;
  int status;

  if (!has_program (first)) {
    g_autofree char *reason = g_strdup_printf ("%s is missing (packaging/dependencies)", first);

    g_test_skip (reason);
    return NULL;
  }
  va_start (list, first);
  for (const char *arg = first; arg; arg = va_arg (list, const char *))
    g_ptr_array_add (argv, (char *)arg);
  va_end (list);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **)argv->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return output;
}

char *
papers_render_pdf (TaiDocument *doc, TaiPaper paper, const char *name)
{
  g_autoptr (TaiPage) page = tai_page_new (doc, paper);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = tai_page_render_pdf (page, &error);

  g_assert_no_error (error);
  g_assert_true (memcmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5) == 0);
  return papers_save (pdf, name);
}

char *
papers_render_png (TaiDocument *doc, TaiPaper paper, guint index, const char *name)
{
  g_autoptr (TaiPage) page = tai_page_new (doc, paper);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = tai_page_render_png (page, index, &error);

  g_assert_no_error (error);
  g_assert_true (memcmp (g_bytes_get_data (png, NULL), "\x89PNG", 4) == 0);
  return papers_save (png, name);
}

/* No ink in the outermost dots: a printer would cut it off. */
static void
assert_inside (TaiPage *page, guint index)
{
  g_autoptr (TaiImage) image = tai_page_render_image (page, index, NULL);
  const guint8 *pixels = g_bytes_get_data (image->pixels, NULL);

  for (guint y = 0; y < image->height; y++) {
    const guint8 *row = pixels + y * image->stride;

    g_assert_cmpuint (row[0], ==, 255);
    g_assert_cmpuint (row[4 * (image->width - 1)], ==, 255);
    if (y == 0 || y == image->height - 1)
      for (guint x = 0; x < image->width; x++)
        g_assert_cmpuint (row[4 * x], ==, 255);
  }
}

char *
papers_show (TaiDocument *doc, TaiPaper paper, const char *what, const char *language)
{
  static const char *const papers[] = {"a4", "58mm", "80mm"};
  g_autoptr (TaiPage) page = tai_page_new (doc, paper);
  char *path = NULL;

  for (guint i = tai_page_get_n_pages (page); i-- > 0;) {
    g_autofree char *number = i > 0 ? g_strdup_printf ("-%u", i + 1) : g_strdup ("");
    g_autofree char *name = g_strdup_printf ("%s-%.2s-%s%s.png", what, language, papers[paper], number);

    assert_inside (page, i);
    g_free (path);
    path = papers_render_png (doc, paper, i, name);
  }
  return path;
}

/* Text without blanks: pdftotext sets its own. */
char *
papers_squeeze (const char *text)
{
  GString *result = g_string_new (NULL);

  for (; *text; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (result, *text);
  return g_string_free (result, FALSE);
}
