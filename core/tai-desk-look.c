/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking things up: the same lists for everybody, but who audits leaves a line of the journal for each look and sees nobody's
 * number, whichever page asks. On the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-mask.h"

static gboolean
is_masked (TaiDesk *self)
{
  return self->staff != NULL && (self->staff->rights & TAI_RIGHT_AUDIT) != 0;
}

gboolean
tai_desk_note_reading (TaiDesk *self, const char *subject, const char *detail, GError **error)
{
  return !(self->staff->rights & TAI_RIGHT_AUDIT) ||
         tai_desk_note (self, "audit_read", subject, detail, error);
}

/* Nobody is signed in at a kiosk and at a desk that starts: then nothing is noted, and nothing was masked before either. */
static gboolean
begin_look (TaiDesk *self, const char *subject, const char *detail, GError **error)
{
  return self->staff == NULL || tai_desk_note_reading (self, subject, detail, error);
}

static void
mask_order (TaiOrder *order)
{
  for (guint i = 0; i < order->items->len; i++) {
    TaiOrderItem *item = g_ptr_array_index (order->items, i);
    for (guint k = 0; k < item->characteristics->len; k++)
      tai_mask_text (((TaiCharacteristic *)g_ptr_array_index (item->characteristics, k))->value);
  }
  tai_mask_text (order->hq_reason);
}

GPtrArray *
tai_desk_list_orders (TaiDesk *self, const TaiOrderFilter *filter, GError **error)
{
  GPtrArray *orders;

  g_return_val_if_fail (TAI_IS_DESK (self) && filter != NULL, NULL);
  if (!begin_look (self, "orders", filter->receipt_number, error))
    return NULL;
  orders = tai_visit_store_list_orders (self->ports.store, filter, error);
  for (guint i = 0; orders != NULL && is_masked (self) && i < orders->len; i++)
    mask_order (g_ptr_array_index (orders, i));
  return orders;
}

TaiOrder *
tai_desk_look_at_order (TaiDesk *self, const char *id, GError **error)
{
  TaiOrder *order;

  g_return_val_if_fail (TAI_IS_DESK (self) && id != NULL, NULL);
  if (!begin_look (self, "order", id, error))
    return NULL;
  order = tai_visit_store_find_order (self->ports.store, id, error);
  if (order != NULL && is_masked (self))
    mask_order (order);
  return order;
}

TaiDebt *
tai_desk_look_at_debt (TaiDesk *self, const char *order_id, GError **error)
{
  TaiDebt *debt;

  g_return_val_if_fail (TAI_IS_DESK (self) && order_id != NULL, NULL);
  if (!begin_look (self, "debt", order_id, error))
    return NULL;
  debt = tai_visit_store_find_debt (self->ports.store, order_id, error);
  if (debt != NULL && is_masked (self))
    tai_mask_text (debt->msisdn);
  return debt;
}

GPtrArray *
tai_desk_list_unsent (TaiDesk *self, guint limit, GError **error)
{
  GPtrArray *items;

  g_return_val_if_fail (TAI_IS_DESK (self) && limit > 0, NULL);
  if (!begin_look (self, "unsent", NULL, error))
    return NULL;
  items = tai_visit_store_list_unsent (self->ports.store, TAI_DESTINATION_HQ, limit, error);
  for (guint i = 0; items != NULL && is_masked (self) && i < items->len; i++)
    tai_mask_text (((TaiUnsentItem *)g_ptr_array_index (items, i))->msisdn);
  return items;
}

GPtrArray *
tai_desk_list_papers (TaiDesk *self, const char *receipt_number, GError **error)
{
  GPtrArray *papers;

  g_return_val_if_fail (TAI_IS_DESK (self) && receipt_number != NULL, NULL);
  if (!begin_look (self, "receipt", receipt_number, error))
    return NULL;
  papers = tai_print_queue_list_receipt (self->ports.prints, receipt_number, error);
  for (guint i = 0; papers != NULL && is_masked (self) && i < papers->len; i++) {
    TaiPrintEntry *paper = g_ptr_array_index (papers, i);
    g_autoptr (TaiDocument) whole = paper->document;

    paper->document = whole != NULL ? tai_document_copy_masked (whole) : NULL;
  }
  return papers;
}

void
tai_desk_mask_work (TaiDesk *self, GPtrArray *items)
{
  for (guint i = 0; is_masked (self) && i < items->len; i++)
    tai_mask_text (((TaiWorkItem *)g_ptr_array_index (items, i))->msisdn);
}

void
tai_desk_mask_journal (TaiDesk *self, GPtrArray *lines)
{
  for (guint i = 0; is_masked (self) && i < lines->len; i++) {
    TaiJournalEntry *entry = ((TaiJournalLine *)g_ptr_array_index (lines, i))->entry;

    tai_mask_text (entry->subject);
    tai_mask_text (entry->detail);
  }
}
