/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Papers that are no part of a sale's own: the notice in large letters of one that was made, a bill that was asked for. They
 * go into the print queue like every other, and the journal says who printed what. On the desk's worker.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-desk-private.h"

/* Takes @document. */
static gboolean
queue_paper (TaiDesk *self, TaiDocument *document, const char *printer, const char *kind, const char *subject,
             const char *detail, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiPrintJob *job = g_new0 (TaiPrintJob, 1);

  job->id = tai_desk_uuid (self);
  job->printer = g_strdup (printer);
  job->document = document;
  tai_change_take_print (change, job);
  tai_change_take_journal (change, tai_desk_journal (self, kind, NULL, subject, detail, tai_money (0, 0)));
  return tai_desk_commit (self, change, error);
}

gboolean
tai_desk_print_notice (TaiDesk *self, const char *receipt_number, GError **error)
{
  TaiOrderFilter filter = {.receipt_number = receipt_number};
  g_autoptr (GPtrArray) orders = NULL, none = NULL;
  const TaiOrder *first;
  TaiSale sale;

  g_return_val_if_fail (TAI_IS_DESK (self) && receipt_number != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error))
    return FALSE;
  orders = tai_visit_store_list_orders (self->ports.store, &filter, error);
  if (orders == NULL)
    return FALSE;
  if (orders->len == 0) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN, "no receipt %s here", receipt_number);
    return FALSE;
  }
  none = g_ptr_array_new ();
  first = g_ptr_array_index (orders, 0);
  sale = (TaiSale){.terminal = self->terminal,
                   .receipt_number = receipt_number,
                   .time_us = first->placed_us,
                   .clerk = first->clerk,
                   .orders = orders,
                   .payments = none};
  return queue_paper (self, tai_paperwork_notice (self->ports.paperwork, &sale), "form", "notice_printed",
                      receipt_number, NULL, error);
}

gboolean
tai_desk_print_bill (TaiDesk *self, const TaiBillPaper *bill, gboolean on_roll, GError **error)
{
  TaiDocument *document;

  g_return_val_if_fail (TAI_IS_DESK (self) && bill != NULL, FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error))
    return FALSE;
  document = tai_paperwork_bill (self->ports.paperwork, self->terminal, bill,
                                 tai_clock_now (self->ports.clock), on_roll);
  return queue_paper (self, document, on_roll ? "receipt" : "form", "bill_printed", bill->msisdn, bill->month,
                      error);
}
