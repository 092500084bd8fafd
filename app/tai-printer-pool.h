/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"
#include "tai-printer-port.h"

G_BEGIN_DECLS

/**
 * TaiPrinterPool: one object for each receipt printer of a terminal, so that papers of either kind and the drawer share its one line
 * (core/tai-printer-port.h). By address, as it stands in the settings: a printer that has two addresses is two. Printers that
 * have no line of that sort (IPP, files) take several at a time by themselves, and each who asks gets one of his own.
 *
 * Thread: the terminal's worker; the printers that it hands out are the printers' threads'.
 */
typedef struct _TaiPrinterPool TaiPrinterPool;

TaiPrinterPool *tai_printer_pool_new (TaiClock *clock);
TaiPrinterPool *tai_printer_pool_ref (TaiPrinterPool *self);
void tai_printer_pool_unref (TaiPrinterPool *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPrinterPool, tai_printer_pool_unref)

/* The same for the same address. (transfer full) Errors: of tai_device_open_printer(). */
TaiPrinter *tai_printer_pool_get (TaiPrinterPool *self, const char *address, GError **error);

G_END_DECLS
