/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports as files. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-report-file.h"

#include <string.h>

#include "tai-app-error.h"
#include "tai-page.h"

static gboolean
write_file (const char *path, const void *bytes, gsize size, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (g_file_set_contents_full (path, bytes, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                &local_error))
    return TRUE;
  g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_FILE, local_error->message);
  return FALSE;
}

gboolean
tai_report_file_write_paper (TaiDocument *paper, const char *path, GError **error)
{
  g_autoptr (TaiPage) page = tai_page_new (paper, tai_page_get_default_paper (paper));
  g_autoptr (GBytes) pdf = tai_page_render_pdf (page, error);

  return pdf != NULL && write_file (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), error);
}

gboolean
tai_report_file_write_text (const char *text, const char *path, GError **error)
{
  return write_file (path, text, strlen (text), error);
}
