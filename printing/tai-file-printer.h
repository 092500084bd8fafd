/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-escpos-profile.h"
#include "tai-printer-port.h"

G_BEGIN_DECLS

typedef enum { TAI_FILE_TEXT, TAI_FILE_ESCPOS, TAI_FILE_PDF } TaiFileFormat;

/**
 * TaiFilePrinter: documents as files in a folder, named after the print job: `<job id>.txt`, `.escpos`, `.pdf`; further
 * copies `<job id>-2.…`. For demonstration, tests and halls that print from elsewhere. A file is whole or not there.
 */
#define TAI_TYPE_FILE_PRINTER (tai_file_printer_get_type ())
G_DECLARE_FINAL_TYPE (TaiFilePrinter, tai_file_printer, TAI, FILE_PRINTER, GObject)

/* @folder must exist. @profile: columns of texts and everything of ESC/POS. Error: TAI_PRINTING_ERROR_PROFILE. */
TaiPrinter *tai_file_printer_new (const char *folder, TaiFileFormat format, const TaiEscposProfile *profile,
                                  GError **error);

/* A document in @format, as such a file holds it. (transfer full) */
GBytes *tai_file_printer_render (TaiDocument *document, TaiFileFormat format, const TaiEscposProfile *profile,
                                 GError **error);

G_END_DECLS
