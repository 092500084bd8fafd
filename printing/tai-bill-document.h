/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-bill-paper.h"
#include "tai-document.h"
#include "tai-order.h"

G_BEGIN_DECLS

/* The bill as paper, A4 or @on_roll. Records beyond what a document holds are left out, and the paper says so. (transfer full) */
TaiDocument *tai_bill_document_write (const TaiTerminal *terminal, const TaiBillPaper *bill, gint64 time_us,
                                      gboolean on_roll);

G_END_DECLS
