/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-change.h"
#include "tai-ports.h"
#include "tai-printer-pool.h"

G_BEGIN_DECLS

/**
 * TaiPrinterChoice: the printers of one role in the order of the settings, as one. A paper goes to the first that is ready;
 * the next one is asked only as long as not a byte of it was sent, so it never comes out of two printers.
 */
typedef struct _TaiPrinterChoice TaiPrinterChoice;

/* @addresses: at least one; what is no printer's is left out. None is left: NULL and the error of the first. */
TaiPrinterChoice *tai_printer_choice_new (const char *const *addresses, TaiPrinterPool *pool, GError **error);
void tai_printer_choice_free (TaiPrinterChoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPrinterChoice, tai_printer_choice_free)

/* "receipt-H017-T2-A-20261122-0001", and "-copy1" behind it for a reprint: of files, and in a printer's own queue.
 * (transfer full) */
char *tai_printer_choice_name_job (const TaiPrintJob *job);

/* Blocks; thread: the printers'. Returns what the last printer that was asked says; its reason is OTHER_PRINTER where it
 * printed in place of the first. *@detail: as tai_printer_print(). */
TaiPrintResult tai_printer_choice_print (TaiPrinterChoice *self, const TaiPrintJob *job,
                                         GCancellable *cancellable, char **detail);
/* As tai_printer_set_watch(), of each of them. */
void tai_printer_choice_set_watch (TaiPrinterChoice *self, TaiPrinterWatch watch, gpointer data);
/* Of the printer that was asked last. */
const char *tai_printer_choice_get_address (const TaiPrinterChoice *self);

/* What goes into the queue, of a result of tai_printer_choice_print(). */
const char *tai_printer_choice_get_reason (TaiPrintResult result); /* (nullable) */

G_END_DECLS
