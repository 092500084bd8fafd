/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-paperwork.h"
#include "tai-pen-private.h"

G_BEGIN_DECLS

/* The paper with another code for an invoice. (transfer full) Any thread. */
TaiDocument *tai_invoice_slip_write (const TaiTerminal *terminal, const TaiInvoiceSlip *slip);

/* The code within another paper; nothing is left to invoice: that it is no good any more. @claim: (nullable): nothing */
void tai_invoice_slip_add (TaiPen *pen, const TaiInvoiceClaim *claim, gboolean is_exchange);

G_END_DECLS
