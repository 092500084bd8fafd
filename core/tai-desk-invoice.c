/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Codes for invoices (开票码): one with each receipt of money, where the operator has a page for them; another one instead when money goes
 * back, or when a customer's paper is gone. What headquarters hears of last for a receipt is good, and nothing else. On the desk's
 * worker.
 */
#include "tai-desk-private.h"
#include "tai-document-code.h"

#include <string.h>

#define PAGE_SETTING "invoice_page"

void
tai_desk_load_invoice_page (TaiDesk *self)
{
  g_clear_pointer (&self->invoice_page, g_free);
  self->invoice_page = tai_visit_store_get_setting (self->ports.store, PAGE_SETTING, NULL);
}

gboolean
tai_desk_set_invoice_page (TaiDesk *self, const char *page, GError **error)
{
  g_autoptr (TaiChange) change = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && page != NULL, FALSE);
  if (strcmp (page, self->invoice_page != NULL ? self->invoice_page : "") == 0)
    return TRUE;
  if (!tai_invoice_page_check (page, error))
    return FALSE;
  change = tai_change_new ();
  tai_change_add_setting (change, PAGE_SETTING, page);
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  g_free (self->invoice_page);
  self->invoice_page = g_strdup (page);
  return TRUE;
}

gboolean
tai_desk_has_invoices (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), FALSE);
  return self->invoice_page != NULL && self->invoice_page[0] != '\0';
}

TaiInvoiceClaim *
tai_desk_add_claim (TaiDesk *self, TaiChange *change, const TaiShift *shift, const char *kind,
                    const char *receipt_number, TaiMoney amount)
{
  TaiInvoiceClaim *claim;
  char token[65];

  if (!tai_desk_has_invoices (self) || receipt_number == NULL)
    return NULL;
  claim = tai_invoice_claim_new (self->invoice_page, receipt_number,
                                 tai_money (MAX (amount.minor, 0), amount.currency), self->ports.entropy);
  tai_digest_to_hex (claim->token, token);
  tai_change_take_journal (change,
                           tai_desk_journal (self, kind, shift, receipt_number, token, claim->amount));
  return claim;
}

/* What came for the visit less what went back. FALSE: @error */
static gboolean
sum_kept (TaiDesk *self, const TaiUuid *visit_id, TaiMoney *kept, GError **error)
{
  g_autoptr (GPtrArray) payments = tai_visit_store_list_payments (self->ports.store, visit_id, error);

  *kept = tai_money (0, self->terminal->currency);
  for (guint i = 0; payments != NULL && i < payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (payments, i);
    if (payment->state == TAI_PAYMENT_SUCCEEDED)
      kept->minor += payment->amount.minor;
  }
  return payments != NULL;
}

gboolean
tai_desk_exchange_after_refund (TaiDesk *self, TaiChange *change, const TaiShift *shift,
                                const TaiOrder *order, GPtrArray *refunds, TaiInvoiceClaim **claim,
                                GError **error)
{
  TaiMoney kept;

  *claim = NULL;
  if (!tai_desk_has_invoices (self) || refunds == NULL || refunds->len == 0)
    return TRUE;
  if (!sum_kept (self, &order->visit_id, &kept, error))
    return FALSE;
  for (guint i = 0; i < refunds->len; i++)
    kept.minor += ((const TaiPayment *)g_ptr_array_index (refunds, i))->amount.minor;
  *claim =
      tai_desk_add_claim (self, change, shift, TAI_JOURNAL_INVOICE_EXCHANGED, order->receipt_number, kept);
  return TRUE;
}

/* @good: the digest of the code that headquarters heard of last */
typedef struct {
  const char *receipt_number, *good;
} Codes;

static gboolean
is_exchanged_cb (const char *payload, gpointer data)
{
  const Codes *codes = data;
  char token[65];
  TaiDigest digest;

  if (!tai_invoice_claim_read_url (payload, codes->receipt_number, &digest))
    return FALSE; /* no code for an invoice */
  tai_digest_to_hex (digest, token);
  return strcmp (token, codes->good) != 0;
}

gboolean
tai_desk_void_codes (TaiDesk *self, TaiDocument *copy, const char *receipt_number, GError **error)
{
  const TaiJournalFilter filter = {
      .kind = TAI_JOURNAL_INVOICE_EXCHANGED, .subject = receipt_number, .limit = 1};
  g_autoptr (GPtrArray) lines = NULL;
  const TaiJournalEntry *last;

  if (receipt_number == NULL)
    return TRUE;
  lines = tai_visit_store_list_journal (self->ports.store, &filter, error); /* newest first */
  if (lines == NULL || lines->len == 0)
    return lines != NULL;
  last = ((const TaiJournalLine *)g_ptr_array_index (lines, 0))->entry;
  if (last->detail != NULL)
    tai_document_void_codes (copy, is_exchanged_cb, &(Codes){receipt_number, last->detail});
  return TRUE;
}

static void
queue_slip (TaiDesk *self, TaiChange *change, const TaiOrder *order, const TaiInvoiceClaim *claim)
{
  TaiPrintJob *job = g_new0 (TaiPrintJob, 1);

  job->id = tai_desk_uuid (self);
  job->visit_id = order->visit_id;
  job->document = tai_paperwork_invoice (
      self->ports.paperwork, self->terminal,
      &(TaiInvoiceSlip){.claim = claim, .clerk = self->staff->number, .time_us = tai_desk_now (self)});
  job->printer = g_strdup ("receipt");
  tai_change_take_print (change, job);
}

static TaiOrder *
find_sale (TaiDesk *self, const char *receipt_number, GError **error)
{
  TaiOrderFilter filter = {.receipt_number = receipt_number, .limit = 1};
  g_autoptr (GPtrArray) orders = tai_visit_store_list_orders (self->ports.store, &filter, error);

  if (orders != NULL && orders->len > 0)
    return g_ptr_array_steal_index (orders, 0);
  if (orders != NULL)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN, "no receipt %s here", receipt_number);
  return NULL;
}

gboolean
tai_desk_exchange_invoice (TaiDesk *self, const char *receipt_number, TaiMoney *amount, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiInvoiceClaim) claim = NULL;
  g_autoptr (TaiOrder) order = NULL;
  g_autoptr (TaiShift) shift = NULL;
  TaiMoney kept;

  g_return_val_if_fail (TAI_IS_DESK (self) && receipt_number != NULL && amount != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_REPRINT, error))
    return FALSE;
  if (!tai_desk_has_invoices (self)) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OPERATION_NOT_HERE,
                         "headquarters has given no page for invoices");
    return FALSE;
  }
  order = find_sale (self, receipt_number, error);
  if (order == NULL || !sum_kept (self, &order->visit_id, &kept, error) ||
      !tai_desk_find_shift (self, &shift, error))
    return FALSE;
  if (kept.minor <= 0) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "no money of %s is left to invoice",
                 receipt_number);
    return FALSE;
  }
  claim =
      tai_desk_add_claim (self, change, shift, TAI_JOURNAL_INVOICE_EXCHANGED, order->receipt_number, kept);
  queue_slip (self, change, order, claim);
  *amount = kept;
  return tai_desk_commit (self, change, error);
}
