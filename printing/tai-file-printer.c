/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The printer that is a folder. Blocks on the disk: the print worker's. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-file-printer.h"

#include <string.h>

#include "tai-escpos.h"
#include "tai-page.h"
#include "tai-plain-text.h"

struct _TaiFilePrinter {
  GObject parent;
  char *folder; /* (owned) */
  TaiFileFormat format;
  TaiEscposProfile profile;
};

static void tai_file_printer_iface_init (TaiPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFilePrinter, tai_file_printer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PRINTER, tai_file_printer_iface_init))

static const char *const endings[] = {
    [TAI_FILE_TEXT] = "txt", [TAI_FILE_ESCPOS] = "escpos", [TAI_FILE_PDF] = "pdf"};

GBytes *
tai_file_printer_render (TaiDocument *document, TaiFileFormat format, const TaiEscposProfile *profile,
                         GError **error)
{
  if (format == TAI_FILE_PDF) {
    g_autoptr (TaiPage) page = tai_page_new (document, tai_page_get_default_paper (document));

    return tai_page_render_pdf (page, error);
  }
  if (format == TAI_FILE_ESCPOS) {
    g_autoptr (TaiEscpos) escpos = tai_escpos_new (profile, error);

    return escpos ? tai_escpos_encode (escpos, document) : NULL;
  }
  if (!tai_escpos_profile_check (profile, error))
    return NULL;
  g_autofree char *text = tai_plain_text_render (document, profile->columns);
  gsize length = strlen (text);

  return g_bytes_new_take (g_steal_pointer (&text), length);
}

/* Only the characters of our own ids pass: a job id never leads out of the folder. */
static char *
make_path (const TaiFilePrinter *self, const char *job_id, guint copy)
{
  g_autofree char *name =
      g_strcanon (g_strdup (job_id), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-", '_');
  g_autofree char *number = copy > 1 ? g_strdup_printf ("-%u", copy) : g_strdup ("");
  g_autofree char *file = g_strdup_printf ("%s%s.%s", name, number, endings[self->format]);

  return g_build_filename (self->folder, file, NULL);
}

static TaiPrintResult
fail (TaiPrintReason reason, const GError *error, char **detail)
{
  if (detail && error)
    *detail = g_strdup (error->message);
  return (TaiPrintResult){TAI_PRINT_FAILED, reason};
}

static TaiPrintResult
print (TaiPrinter *printer, TaiDocument *document, const char *job_id, guint copies,
       GCancellable *cancellable, char **detail)
{
  TaiFilePrinter *self = TAI_FILE_PRINTER (printer);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    return fail (TAI_PRINT_REASON_CANCELLED, error, detail);
  bytes = tai_file_printer_render (document, self->format, &self->profile, &error);
  if (bytes == NULL)
    return fail (TAI_PRINT_REASON_DOCUMENT, error, detail);
  for (guint i = 1; i <= copies; i++) {
    g_autofree char *path = make_path (self, job_id, i);

    if (!g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   &error))
      return fail (TAI_PRINT_REASON_DEVICE_ERROR, error, detail);
  }
  return (TaiPrintResult){TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE};
}

static void
finalize (GObject *object)
{
  g_free (TAI_FILE_PRINTER (object)->folder);
  G_OBJECT_CLASS (tai_file_printer_parent_class)->finalize (object);
}

static void
tai_file_printer_iface_init (TaiPrinterInterface *iface)
{
  iface->print = print;
}

static void
tai_file_printer_class_init (TaiFilePrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_file_printer_init (TaiFilePrinter *self)
{
}

TaiPrinter *
tai_file_printer_new (const char *folder, TaiFileFormat format, const TaiEscposProfile *profile,
                      GError **error)
{
  TaiFilePrinter *self;

  g_return_val_if_fail (folder != NULL && format <= TAI_FILE_PDF && profile != NULL, NULL);

  if (!tai_escpos_profile_check (profile, error))
    return NULL;
  self = g_object_new (TAI_TYPE_FILE_PRINTER, NULL);
  self->folder = g_strdup (folder);
  self->format = format;
  self->profile = *profile;
  self->profile.name = g_intern_string (profile->name);
  return TAI_PRINTER (self);
}
