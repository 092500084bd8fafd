/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"
#include "tai-print-budget.h"
#include "tai-printer-port.h"

G_BEGIN_DECLS

/**
 * TaiIppPrinter: A4 printers by IPP (and CUPS queues, which speak the same): PDF in a Print-Job request, then the job's state
 * until the printer calls it completed. No cupsd is needed. A job that does not end within its budget is taken back, so that
 * it does not come out later beside its reprint.
 */
#define TAI_TYPE_IPP_PRINTER (tai_ipp_printer_get_type ())
G_DECLARE_FINAL_TYPE (TaiIppPrinter, tai_ipp_printer, TAI, IPP_PRINTER, GObject)

/* @uri: ipp:// or ipps://. Error: TAI_PRINTING_ERROR_PROFILE when it is neither. */
TaiPrinter *tai_ipp_printer_new (const char *uri, TaiPrintBudget budget, TaiClock *clock, GError **error);

G_END_DECLS
