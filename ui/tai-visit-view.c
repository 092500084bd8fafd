/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of a visit for the screens. Made on the worker, read anywhere. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-visit-view.h"

#include <string.h>

#include "tai-tender.h"

G_DEFINE_BOXED_TYPE (TaiVisitView, tai_visit_view, tai_visit_view_ref, tai_visit_view_unref)

/* A sum that overflows cannot be: the desk refused it before. */
static void
add_figures (TaiVisitView *self, const TaiOrder *order)
{
  TaiMoney sum;

  if (order->first.currency != 0 && tai_money_add (self->first, order->first, &sum, NULL))
    self->first = sum;
  if (order->normal.currency != 0 && tai_money_add (self->normal, order->normal, &sum, NULL))
    self->normal = sum;
}

static void
take_customer (TaiVisitView *self, TaiDesk *desk, TaiVisit *visit)
{
  const TaiIdentity *identity = tai_visit_get_identity (visit);

  if (identity != NULL) {
    self->customer_mask = tai_identity_mask_name (identity);
    self->document_mask = tai_identity_mask_number (identity);
    self->document_kind = identity->kind;
    self->customer_ref = tai_desk_make_customer_ref (desk, visit);
  }
  /* After a restart only the orders know who it was. */
  for (guint i = 0; self->customer_mask == NULL && i < self->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (self->orders, i);
    self->customer_mask = g_strdup (order->customer_mask);
    self->document_mask = g_strdup (order->document_mask);
    self->customer_ref = g_strdup (order->customer_ref);
  }
}

static void
take_payments (TaiVisitView *self, TaiDesk *desk, TaiVisit *visit)
{
  GPtrArray *payments = tai_visit_get_payments (visit);

  self->due = tai_visit_get_due (visit);
  self->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
  for (guint i = 0; i < payments->len; i++) {
    TaiPayment *copy = tai_payment_copy (g_ptr_array_index (payments, i));
    g_ptr_array_add (self->payments, copy);
    if (copy->tender != TAI_TENDER_CASH || copy->state != TAI_PAYMENT_SUCCEEDED)
      continue;
    /* each was checked against the limit of one amount */
    self->received = tai_money (self->received.minor + copy->received.minor, copy->amount.currency);
    self->change = tai_money (self->change.minor + copy->change.minor, copy->amount.currency);
  }
  for (TaiTender tender = 0; tender < TAI_N_TENDERS; tender++)
    self->tenders |= tai_desk_takes (desk, tender) ? 1u << tender : 0;
}

TaiVisitView *
tai_visit_view_new (TaiDesk *desk, TaiVisit *visit)
{
  TaiVisitView *self = g_atomic_rc_box_new0 (TaiVisitView);
  GPtrArray *orders = tai_visit_get_orders (visit);

  self->id = *tai_visit_get_id (visit);
  self->state = tai_visit_get_state (visit);
  self->total = tai_visit_get_total (visit);
  self->first = self->normal = tai_money (0, self->total.currency);
  take_payments (self, desk, visit);
  self->receipt_number = g_strdup (tai_visit_get_receipt_number (visit));
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_order_free);
  for (guint i = 0; i < orders->len; i++) {
    TaiOrder *copy = tai_order_copy (g_ptr_array_index (orders, i));
    g_ptr_array_add (self->orders, copy);
    add_figures (self, copy);
  }
  take_customer (self, desk, visit);
  self->groups = g_strdupv ((char **)tai_visit_get_groups (visit));
  self->parked_total = tai_visit_get_parked_total (visit);
  self->obstacles = self->state == TAI_VISIT_OPEN
                        ? tai_desk_check_visit (desk, visit)
                        : g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
  return self;
}

static void
view_clear (gpointer data)
{
  TaiVisitView *self = data;

  g_free (self->customer_mask);
  g_free (self->document_mask);
  g_free (self->customer_ref);
  g_free (self->receipt_number);
  g_strfreev (self->groups);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->payments);
  g_ptr_array_unref (self->obstacles);
}

TaiVisitView *
tai_visit_view_ref (TaiVisitView *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
tai_visit_view_unref (TaiVisitView *self)
{
  g_atomic_rc_box_release_full (self, view_clear);
}

const TaiOrder *
tai_visit_view_find_order (const TaiVisitView *self, const TaiUuid *id)
{
  for (guint i = 0; i < self->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (self->orders, i);
    if (strcmp (order->id.text, id->text) == 0)
      return order;
  }
  return NULL;
}

const TaiOrder *
tai_visit_view_get_last_order (const TaiVisitView *self)
{
  return self->orders->len > 0 ? g_ptr_array_index (self->orders, self->orders->len - 1) : NULL;
}

const TaiPayment *
tai_visit_view_get_open_payment (const TaiVisitView *self)
{
  for (guint i = 0; i < self->payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (self->payments, i);
    if (tai_tender_is_open (payment->state) && !payment->released)
      return payment;
  }
  return NULL;
}

const TaiPayment *
tai_visit_view_get_attempt (const TaiVisitView *self)
{
  const TaiPayment *open = tai_visit_view_get_open_payment (self), *newest = NULL;

  if (self->payments->len > 0)
    newest = g_ptr_array_index (self->payments, self->payments->len - 1);
  if (open != NULL || newest == NULL)
    return open;
  return newest->state == TAI_PAYMENT_FAILED || newest->state == TAI_PAYMENT_REVERSED ? newest : NULL;
}

gboolean
tai_visit_view_has_obstacle (const TaiVisitView *self, int code)
{
  for (guint i = 0; i < self->obstacles->len; i++)
    if (((const GError *)g_ptr_array_index (self->obstacles, i))->code == code)
      return TRUE;
  return FALSE;
}
