/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/*
 * Codes for invoices. Terminals say which code a receipt has (news of a till), the operator's page for invoices asks whether one is good
 * and says what it made of it; headquarters makes no invoice and knows no taxes. Of the codes of a receipt the last one counts, by
 * the terminal's own series, in whatever order they came.
 */
typedef enum {
  HQ_INVOICE_OPEN,     /* an invoice may be made */
  HQ_INVOICE_MADE,     /* one was */
  HQ_INVOICE_CREDITED, /* and taken back by a credit note (红字发票) */
  HQ_INVOICE_REPLACED, /* another code counts now */
  HQ_INVOICE_EMPTY     /* no money is left to invoice */
} HqInvoiceState;
const char *hq_invoice_state_to_text (HqInvoiceState state);

/* Where they are made; "": nowhere. (transfer full) */
char *hq_invoice_get_page (HqStore *store);

/* An invoice was made of a code that counts no more, and no credit note came: "invoice_replaced NUMBER AMOUNT-OF-IT AMOUNT-NOW".
 * HqFindingCheck; @subject: the receipt */
char *hq_invoice_check (HqStore *store, const char *hall, const char *subject);

/* GET /guitai/v1/invoice?receipt=…&token=…; POST: {"receiptNumber","token","invoice"|"creditNote"}. Partners only. */
void hq_invoice_get (HqCall *call);
void hq_invoice_post (HqCall *call);

G_END_DECLS
