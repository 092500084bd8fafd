/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-escpos-profile.h"
#include "tai-ports.h"
#include "tai-print-budget.h"
#include "tai-printer-port.h"
#include "tai-stream.h"

G_BEGIN_DECLS

/**
 * TaiEscposPrinter: a receipt printer on a byte stream (TCP 9100, serial, USB lp). Opens the stream for each job, asks for
 * the status before a byte of the receipt is sent, and after the cut until the printer has answered for all of it.
 *
 * PRINTED is said only on the printer's word. Trouble before the first byte is QUEUED: nothing is on paper; trouble that the
 * printer reports while it prints is FAILED and the paper is not whole (some printers finish it when the paper is back: the
 * reprint is marked as a copy for that reason); silence is UNKNOWN.
 *
 * The drawer's pulse takes the line before a paper that waits for it, and passes on the line of one that is under way, behind the
 * bytes of a whole document. A printer that is off line gets it in real time.
 */
#define TAI_TYPE_ESCPOS_PRINTER (tai_escpos_printer_get_type ())
G_DECLARE_FINAL_TYPE (TaiEscposPrinter, tai_escpos_printer, TAI, ESCPOS_PRINTER, GObject)

/* @stream: not open; used by nobody else. Error: TAI_PRINTING_ERROR_PROFILE. */
TaiPrinter *tai_escpos_printer_new (TaiStream *stream, const TaiEscposProfile *profile, TaiPrintBudget budget,
                                    TaiClock *clock, GError **error);

G_END_DECLS
