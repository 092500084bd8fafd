/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-money.h"
#include "tai-ports.h"

G_BEGIN_DECLS

/**
 * TaiInvoiceClaim: what lets a customer make the electronic invoice (数电票) of a sale himself: a page of the operator, the receipt's
 * number and a secret that only the paper has. No amount and nothing of the person; taxes are not a till's. A plain struct; any
 * thread.
 * @receipt_number: of the sale
 * @url: for the QR code
 * @token: SHA-256 of the secret; that is all that anybody but the customer keeps
 * @amount: what may be invoiced; 0: nothing any more
 */
typedef struct {
  char *receipt_number;
  char *url;
  TaiDigest token;
  TaiMoney amount;
} TaiInvoiceClaim;

/* @page: as tai_invoice_page_check() lets it pass. (transfer full) */
TaiInvoiceClaim *tai_invoice_claim_new (const char *page, const char *receipt_number, TaiMoney amount,
                                        TaiEntropy *entropy);
void tai_invoice_claim_free (TaiInvoiceClaim *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiInvoiceClaim, tai_invoice_claim_free)

/* An https address of printable ASCII, short enough for a code on a receipt; "": the hall has none. TAI_CORE_ERROR_LIMIT. */
gboolean tai_invoice_page_check (const char *page, GError **error);

/* The digest of the secret that a code for that receipt carries; FALSE: @url is no such code. */
gboolean tai_invoice_claim_read_url (const char *url, const char *receipt_number, TaiDigest *token);

/* The digest of a secret as the code carries it; FALSE: no such secret. */
gboolean tai_invoice_token_read (const char *text, TaiDigest *token);

G_END_DECLS
