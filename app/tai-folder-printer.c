/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three file printers and the pictures of a page, as one printer. Blocks on the disk. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-folder-printer.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "tai-file-printer.h"
#include "tai-page.h"
#include "tai-printing-error.h"

#define MAX_PAGES 100

struct _TaiFolderPrinter {
  GObject parent;
  char *folder;         /* (owned) */
  GPtrArray *by_format; /* (owned) (element-type TaiPrinter) */
};

static void printer_init (TaiPrinterInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFolderPrinter, tai_folder_printer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PRINTER, printer_init))

static char *
picture_name (const char *folder, const char *job_id, guint page)
{
  g_autofree char *name =
      page == 0 ? g_strdup_printf ("%s.png", job_id) : g_strdup_printf ("%s-%u.png", job_id, page + 1);

  return g_build_filename (folder, name, NULL);
}

static gboolean
draw_page (TaiFolderPrinter *self, TaiPage *page, guint index, const char *job_id, GError **error)
{
  g_autofree char *path = picture_name (self->folder, job_id, index);
  g_autoptr (GBytes) png = tai_page_render_png (page, index, error);

  return png != NULL &&
         g_file_set_contents_full (path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png),
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gboolean
draw (TaiFolderPrinter *self, TaiDocument *document, const char *job_id, GError **error)
{
  g_autoptr (TaiPage) page = tai_page_new (document, tai_page_get_default_paper (document));

  for (guint i = 0; i < MIN (tai_page_get_n_pages (page), MAX_PAGES); i++)
    if (!draw_page (self, page, i, job_id, error))
      return FALSE;
  return TRUE;
}

static TaiPrintResult
print (TaiPrinter *printer, TaiDocument *document, const char *job_id, guint copies,
       GCancellable *cancellable, char **detail)
{
  TaiFolderPrinter *self = TAI_FOLDER_PRINTER (printer);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->by_format->len; i++) {
    TaiPrintResult result = tai_printer_print (g_ptr_array_index (self->by_format, i), document, job_id,
                                               copies, cancellable, detail);
    if (result.state != TAI_PRINT_PRINTED)
      return result;
  }
  if (draw (self, document, job_id, &error))
    return (TaiPrintResult){TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE};
  if (detail != NULL)
    *detail = g_strdup (error->message);
  return (TaiPrintResult){TAI_PRINT_FAILED, TAI_PRINT_REASON_DEVICE_ERROR};
}

static TaiPrintResult
open_drawer (TaiPrinter *printer, guint on_ms, guint off_ms, GCancellable *cancellable, char **detail)
{
  return (TaiPrintResult){TAI_PRINT_FAILED, TAI_PRINT_REASON_NOT_OFFERED};
}

static void
printer_init (TaiPrinterInterface *iface)
{
  iface->print = print;
  iface->open_drawer = open_drawer;
}

static void
tai_folder_printer_finalize (GObject *object)
{
  TaiFolderPrinter *self = TAI_FOLDER_PRINTER (object);

  g_clear_pointer (&self->by_format, g_ptr_array_unref);
  g_free (self->folder);
  G_OBJECT_CLASS (tai_folder_printer_parent_class)->finalize (object);
}

static void
tai_folder_printer_class_init (TaiFolderPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_folder_printer_finalize;
}

static void
tai_folder_printer_init (TaiFolderPrinter *self)
{
  self->by_format = g_ptr_array_new_with_free_func (g_object_unref);
}

TaiPrinter *
tai_folder_printer_new (const char *folder, const TaiEscposProfile *profile, GError **error)
{
  g_autoptr (TaiFolderPrinter) self = g_object_new (TAI_TYPE_FOLDER_PRINTER, NULL);

  self->folder = g_strdup (folder);
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_FILE, "%s: %s", folder, g_strerror (errno));
    return NULL;
  }
  for (TaiFileFormat format = TAI_FILE_TEXT; format <= TAI_FILE_PDF; format++) {
    TaiPrinter *printer = tai_file_printer_new (folder, format, profile, error);
    if (printer == NULL)
      return NULL;
    g_ptr_array_add (self->by_format, printer);
  }
  return TAI_PRINTER (g_steal_pointer (&self));
}

void
tai_folder_printer_list_files (const char *folder, const char *job_id, GPtrArray *files)
{
  static const char *const endings[] = {"txt", "escpos", "pdf"};

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *name = g_strdup_printf ("%s.%s", job_id, endings[i]);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_EXISTS))
      g_ptr_array_add (files, g_steal_pointer (&path));
  }
  for (guint page = 0; page < MAX_PAGES; page++) {
    g_autofree char *path = picture_name (folder, job_id, page);
    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      break;
    g_ptr_array_add (files, g_steal_pointer (&path));
  }
}
