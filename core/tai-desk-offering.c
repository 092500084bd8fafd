/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Offerings of an order and their price: put in, taken out, rated anew each time, and the customer's yes. What was shown is
 * what is stored, printed and sent: figures come from the bill of the last rating. Runs on the desk's worker.
 */
#include "tai-desk-private.h"

#include <string.h>

/* What is taken off costs nothing and stands in no basket. */
static gboolean
is_rated (const TaiOrderItem *item)
{
  return item->offering_id != NULL && strcmp (item->action, "delete") != 0;
}

static guint
fill_basket (const TaiOrder *order, TaiBasketLine basket[TAI_BASKET_MAX])
{
  guint n = 0;

  for (guint i = 0; i < order->items->len && n < TAI_BASKET_MAX; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (is_rated (item))
      basket[n++] = (TaiBasketLine){item->offering_id, item->quantity, item->open_amount};
  }
  return n;
}

static TaiOrderItem *
nth_rated (const TaiOrder *order, guint index)
{
  for (guint i = 0; i < order->items->len; i++) {
    TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (is_rated (item) && index-- == 0)
      return item;
  }
  g_assert_not_reached ();
}

/* The bill's lines become the items' prices. */
static void
take_bill (TaiOrder *order, const TaiBill *bill)
{
  for (guint i = 0; i < order->items->len; i++)
    g_ptr_array_set_size (((TaiOrderItem *)g_ptr_array_index (order->items, i))->prices, 0);
  for (guint i = 0; i < bill->lines->len; i++) {
    const TaiBillLine *line = &g_array_index (bill->lines, TaiBillLine, i);
    TaiOrderItem *item = nth_rated (order, line->basket_index);
    TaiItemPrice *price =
        tai_order_item_add_price (item, line->price->id, line->price->name, line->price->type);

    price->list = line->price->is_open ? item->open_amount : line->price->amount;
    price->today = line->today;
    price->first = line->first;
    price->normal = line->normal;
    price->discounted = line->discounted;
    price->discount_months = line->discount_months;
    price->reason = line->reason;
    price->numerator = line->numerator;
    price->denominator = line->denominator;
  }
  order->today = bill->today;
  order->first = bill->first;
  order->normal = bill->normal;
}

/* What could never be paid in one amount is not taken into the visit. */
static gboolean
check_total (TaiVisit *visit, const TaiOrder *order, TaiMoney today, GError **error)
{
  TaiMoney total = today;

  for (guint i = 0; i < visit->orders->len; i++) {
    const TaiOrder *other = g_ptr_array_index (visit->orders, i);
    if (other != order && !tai_money_add (total, other->today, &total, error))
      return FALSE;
  }
  if (total.minor <= TAI_MONEY_LIMIT_MINOR)
    return TRUE;
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_RANGE,
                       "the visit is above the limit of one amount");
  return FALSE;
}

static TaiRatingContext
context_of (TaiDesk *self)
{
  return (TaiRatingContext){.group = NULL,
                            .region = self->terminal->region,
                            .day = tai_desk_today (self),
                            .now_us = tai_desk_now (self),
                            .currency = self->terminal->currency};
}

/* The bill of the order as its items stand, if the visit can bear it; nothing is changed. */
static TaiBill *
rate_order (TaiDesk *self, TaiVisit *visit, const TaiOrder *order, GError **error)
{
  TaiBasketLine basket[TAI_BASKET_MAX];
  TaiRatingContext context = context_of (self);
  guint n = fill_basket (order, basket);
  g_autoptr (TaiBill) bill = tai_rate (self->catalogue, basket, n, &context, error);

  if (bill == NULL || !check_total (visit, order, bill->today, error))
    return NULL;
  return g_steal_pointer (&bill);
}

static TaiOrderItem *
append_offering (TaiOrder *order, const TaiOffering *offering, gint32 quantity, TaiMoney open_amount)
{
  const TaiOrderItem *line = tai_desk_find_line (order);
  const char *action = order->operation->needs & TAI_NEEDS_SERVICE ? order->operation->action : "add";
  TaiOrderItem *item = tai_order_add_item (order, action, offering->id);

  item->offering_name = g_strdup (offering->name);
  item->offering_name_en = g_strdup (offering->name_en);
  item->kind = offering->kind;
  item->quantity = quantity;
  item->open_amount = open_amount;
  item->relies_on = line ? g_strdup (line->id) : NULL;
  item->consent_needed = offering->kind == TAI_OFFERING_SERVICE && is_rated (item);
  if (offering->key_terms != NULL) {
    item->terms_hash = tai_digest_bytes (offering->key_terms, strlen (offering->key_terms));
    item->key_terms = g_strdup (offering->key_terms);
  }
  return item;
}

/* A plan or a service changes a contract: only under a business that is made for it, with the document and signature that it
 * asks for. */
static gboolean
is_sold_under (TaiOfferingKind kind, const TaiOperation *operation)
{
  if (kind == TAI_OFFERING_PLAN)
    return (operation->needs & TAI_NEEDS_PLAN) != 0;
  if (kind == TAI_OFFERING_SERVICE)
    return (operation->needs & (TAI_NEEDS_PLAN | TAI_NEEDS_SERVICE)) != 0;
  return strcmp (operation->action, "delete") != 0;
}

static gboolean
check_offering (const TaiOrder *order, const TaiOffering *offering, GError **error)
{
  if (order->items->len >= TAI_ORDER_MAX_ITEMS) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "an order has at most %d lines",
                 TAI_ORDER_MAX_ITEMS);
    return FALSE;
  }
  if (!is_sold_under (offering->kind, order->operation) ||
      !tai_offering_is_for (offering, order->operation->id)) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE, "%s is not sold under %s",
                 offering->id, order->operation->id);
    return FALSE;
  }
  return TRUE;
}

static const TaiOffering *
find_offering (TaiDesk *self, const char *offering_id, GError **error)
{
  const TaiOffering *offering = tai_catalogue_find (self->catalogue, offering_id);

  if (offering == NULL)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OFFERING_UNKNOWN, "no offering %s in the catalogue",
                 offering_id);
  return offering;
}

TaiOrderItem *
tai_desk_add_offering (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *offering_id,
                       gint32 quantity, TaiMoney open_amount, GError **error)
{
  g_autoptr (TaiBill) bill = NULL;
  const TaiOffering *offering;
  TaiOrderItem *item;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        NULL);
  g_return_val_if_fail (offering_id != NULL, NULL);
  if (!tai_desk_require_open (self, visit, error))
    return NULL;
  offering = find_offering (self, offering_id, error);
  if (offering == NULL || !check_offering (order, offering, error))
    return NULL;
  item = append_offering (order, offering, quantity, open_amount);
  bill = rate_order (self, visit, order, error);
  if (bill == NULL) {
    g_ptr_array_remove (order->items, item);
    return NULL;
  }
  take_bill (order, bill);
  return tai_desk_tell_changed (visit, error) ? item : NULL;
}

gboolean
tai_desk_remove_offering (TaiDesk *self, TaiVisit *visit, TaiOrder *order, TaiOrderItem *item, GError **error)
{
  g_autoptr (TaiBill) bill = NULL;
  guint index;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        FALSE);
  g_return_val_if_fail (item != NULL && item->offering_id != NULL, FALSE);
  g_return_val_if_fail (g_ptr_array_find (order->items, item, &index), FALSE);
  if (!tai_desk_require_open (self, visit, error))
    return FALSE;
  g_ptr_array_steal_index (order->items, index);
  bill = rate_order (self, visit, order, error);
  g_ptr_array_insert (order->items, (int)index, item);
  if (bill == NULL)
    return FALSE;
  g_ptr_array_remove_index (order->items, index);
  take_bill (order, bill);
  return tai_desk_tell_changed (visit, error);
}

gboolean
tai_desk_give_consent (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *offering_id,
                       GError **error)
{
  gboolean found = FALSE;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        FALSE);
  g_return_val_if_fail (offering_id != NULL, FALSE);
  if (!tai_desk_require_open (self, visit, error))
    return FALSE;
  for (guint i = 0; i < order->items->len; i++) {
    TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (g_strcmp0 (item->offering_id, offering_id) == 0 && item->consent_needed) {
      item->consent_given = found = TRUE;
      item->consent_time_us = tai_desk_now (self);
    }
  }
  if (found)
    return tai_desk_tell_changed (visit, error);
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OFFERING_UNKNOWN,
               "no line of this order asks consent for %s", offering_id);
  return FALSE;
}

/* Exchanging ------------------------------------------------------------------------------------------------------- */

/* The line that an offering of that kind would take the place of: an order has one plan and one amount. (nullable) */
static TaiOrderItem *
find_rival (const TaiOrder *order, TaiOfferingKind kind)
{
  return kind == TAI_OFFERING_PLAN || kind == TAI_OFFERING_TOP_UP ? tai_order_find_item (order, kind) : NULL;
}

TaiBill *
tai_desk_preview (TaiDesk *self, TaiVisit *visit, const TaiOrder *order, const char *offering_id,
                  GError **error)
{
  TaiBasketLine basket[TAI_BASKET_MAX];
  TaiRatingContext context = context_of (self);
  const TaiOrderItem *rival;
  const TaiOffering *offering;
  guint n = 0;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        NULL);
  g_return_val_if_fail (offering_id != NULL, NULL);
  offering = find_offering (self, offering_id, error);
  if (offering == NULL)
    return NULL;
  rival = find_rival (order, offering->kind);
  for (guint i = 0; i < order->items->len && n < TAI_BASKET_MAX - 1; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (is_rated (item) && item != rival)
      basket[n++] = (TaiBasketLine){item->offering_id, item->quantity, item->open_amount};
  }
  basket[n++] = (TaiBasketLine){offering_id, 1, tai_money (0, 0)};
  return tai_rate (self->catalogue, basket, n, &context, error);
}

/* The old line goes, the new one comes, or the order is as it was. */
static gboolean
exchange (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const TaiOffering *offering, TaiMoney amount,
          GError **error)
{
  TaiOrderItem *rival = find_rival (order, offering->kind), *item;
  g_autoptr (TaiBill) bill = NULL;
  guint index = 0;

  if (!tai_desk_require_open (self, visit, error) || !check_offering (order, offering, error))
    return FALSE;
  if (rival != NULL) {
    g_ptr_array_find (order->items, rival, &index);
    g_ptr_array_steal_index (order->items, index);
  }
  item = append_offering (order, offering, 1, amount);
  bill = rate_order (self, visit, order, error);
  if (bill == NULL) {
    g_ptr_array_remove (order->items, item);
    if (rival != NULL)
      g_ptr_array_insert (order->items, (int)index, rival);
    return FALSE;
  }
  if (rival != NULL)
    tai_order_item_free (rival);
  take_bill (order, bill);
  return tai_desk_tell_changed (visit, error);
}

gboolean
tai_desk_choose_plan (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *offering_id,
                      GError **error)
{
  const TaiOffering *offering;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        FALSE);
  g_return_val_if_fail (offering_id != NULL, FALSE);
  offering = find_offering (self, offering_id, error);
  if (offering == NULL)
    return FALSE;
  if (offering->kind != TAI_OFFERING_PLAN) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PLAN_REQUIRED, "%s is no plan", offering_id);
    return FALSE;
  }
  return exchange (self, visit, order, offering, tai_money (0, 0), error);
}

gboolean
tai_desk_set_amount (TaiDesk *self, TaiVisit *visit, TaiOrder *order, TaiMoney amount, GError **error)
{
  const TaiOffering *offering;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        FALSE);
  offering = tai_catalogue_find_for (self->catalogue, TAI_OFFERING_TOP_UP, order->operation->id,
                                     tai_desk_now (self));
  if (offering == NULL) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OFFERING_UNKNOWN, "no offer takes an amount for %s",
                 order->operation->id);
    return FALSE;
  }
  return exchange (self, visit, order, offering, amount, error);
}
