/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-escpos-profile.h"
#include "tai-printer-port.h"

G_BEGIN_DECLS

/**
 * TaiFolderPrinter: a printer that is a folder and puts each paper there in every form we have: text (.txt), the bytes of the
 * receipt printer (.escpos), PDF (.pdf) and a picture of each page (.png, -2.png, …), named after the job. For
 * demonstrations, training and halls that print from elsewhere. Blocks; the print worker's.
 */
#define TAI_TYPE_FOLDER_PRINTER (tai_folder_printer_get_type ())
G_DECLARE_FINAL_TYPE (TaiFolderPrinter, tai_folder_printer, TAI, FOLDER_PRINTER, GObject)

/* @folder: made when it is not there. Errors: TAI_PRINTING_ERROR_PROFILE, TAI_PRINTING_ERROR_FILE. */
TaiPrinter *tai_folder_printer_new (const char *folder, const TaiEscposProfile *profile, GError **error);
/* Appends the files of @job_id that are there. @files: (element-type utf8) */
void tai_folder_printer_list_files (const char *folder, const char *job_id, GPtrArray *files);

G_END_DECLS
