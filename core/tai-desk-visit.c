/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Selecting: who the customer is, what is bought, which number and SIM. Holds of stock are written at once (two desks, one
 * SIM); all else stays in memory until the visit is placed.
 */
#include "tai-desk-private.h"
#include "tai-numbers.h"

#include <string.h>

static gboolean
require_open (TaiVisit *visit, GError **error)
{
  if (visit->state == TAI_VISIT_OPEN)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "visit: %s is not open",
               tai_state_to_text (&tai_visit_states, visit->state));
  return FALSE;
}

TaiVisit *
tai_desk_begin_visit (TaiDesk *self, GError **error)
{
  g_autoptr (TaiShift) shift = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error))
    return NULL;
  shift = tai_desk_require_shift (self, error);
  if (shift == NULL)
    return NULL;
  if (self->catalogue == NULL) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE, "no catalogue has been loaded");
    return NULL;
  }
  return tai_visit_new (tai_desk_uuid (self), self->terminal->currency);
}

/* Identity --------------------------------------------------------------------------------------------------------- */

static gboolean
check_source (TaiDesk *self, const TaiIdentity *identity, GError **error)
{
  if (identity->source != TAI_IDENTITY_READ_EMULATED || g_strcmp0 (self->terminal->klass, "production") != 0)
    return TRUE;
  /* Journalled whether or not that succeeds: the refusal stands either way. */
  tai_desk_note (self, "emulated_reader_refused", NULL, NULL, NULL);
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CLASS,
                       "an emulated reader at a production terminal");
  return FALSE;
}

gboolean
tai_desk_identify (TaiDesk *self, TaiVisit *visit, TaiIdentity *identity, GError **error)
{
  g_autoptr (TaiIdentity) taken = identity;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && identity != NULL, FALSE);
  if (!require_open (visit, error) || !check_source (self, taken, error) ||
      !tai_identity_check (taken, tai_desk_today (self), 0, error))
    return FALSE;
  for (guint i = 0; i < visit->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (visit->orders, i);
    if (!tai_identity_check (taken, tai_desk_today (self), order->operation->minimum_age, error))
      return FALSE;
  }
  tai_visit_forget_identity (visit);
  visit->identity = g_steal_pointer (&taken);
  return tai_visit_update (visit, error);
}

/* Orders ----------------------------------------------------------------------------------------------------------- */

TaiOrderItem *
tai_desk_find_line (const TaiOrder *order)
{
  for (guint i = 0; i < order->items->len; i++) {
    TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (item->offering_id == NULL)
      return item;
  }
  return NULL;
}

/* TMF622: a line of its own, and the offerings rely on it. An existing line stays as it is unless the operation says. */
static const char *
line_action (const TaiOperation *operation)
{
  if (operation->needs & (TAI_NEEDS_NUMBER | TAI_NEEDS_SIM) || strcmp (operation->action, "add") != 0)
    return operation->action;
  return "noChange";
}

/* What no verb of the desk can give yet: such a business is refused, not done without it. */
#define NEEDS_WITHOUT_A_VERB (TAI_NEEDS_COUPON | TAI_NEEDS_SALE)

static gboolean
check_new_order (TaiDesk *self, TaiVisit *visit, const TaiOperation *operation, GError **error)
{
  if (operation->needs & NEEDS_WITHOUT_A_VERB) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OPERATION_NOT_HERE, "%s has no steps here",
                 operation->id);
    return FALSE;
  }
  if (operation->minimum_age > 0 && visit->identity != NULL &&
      !tai_identity_check (visit->identity, tai_desk_today (self), operation->minimum_age, error))
    return FALSE;
  if (!self->on_line && tai_desk_get_rule (self, operation) == TAI_OFFLINE_NOT_OFFERED) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOT_OFFERED_OFFLINE, "%s is not offered off line",
                 operation->id);
    return FALSE;
  }
  if (visit->orders->len >= TAI_VISIT_MAX_ORDERS) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "a visit has at most %d orders",
                 TAI_VISIT_MAX_ORDERS);
    return FALSE;
  }
  return TRUE;
}

TaiOrder *
tai_desk_add_order (TaiDesk *self, TaiVisit *visit, const char *operation_id, GError **error)
{
  const TaiOperation *operation;
  TaiOrder *order;
  TaiMoney nothing;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && operation_id != NULL, NULL);
  if (!require_open (visit, error))
    return NULL;
  operation = tai_operation_find (operation_id);
  if (operation == NULL) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OPERATION_UNKNOWN, "no business called %s",
                 operation_id);
    return NULL;
  }
  if (!check_new_order (self, visit, operation, error))
    return NULL;

  nothing = tai_money (0, self->terminal->currency);
  order = tai_order_new (operation);
  order->id = tai_desk_uuid (self);
  order->visit_id = visit->id;
  order->desk = g_strdup (self->terminal->desk);
  order->outlet = g_strdup (self->terminal->outlet);
  order->today = order->first = order->normal = nothing;
  if (operation->needs & (TAI_NEEDS_NUMBER | TAI_NEEDS_TARGET))
    tai_order_add_item (order, line_action (operation), NULL);
  g_ptr_array_add (visit->orders, order);
  if (!tai_visit_update (visit, error))
    return NULL;
  return order;
}

/* Gives back to the stock what an order holds. */
static void
release_held (TaiChange *change, const TaiOrder *order, const TaiUuid *holder)
{
  const char *number = order->operation->needs & TAI_NEEDS_NUMBER ? tai_order_get (order, "MSISDN") : NULL;
  const char *sim = order->operation->needs & TAI_NEEDS_SIM ? tai_order_get (order, "ICCID") : NULL;

  if (number != NULL)
    tai_change_add_resource (change, TAI_RESOURCE_NUMBER, number, TAI_RESOURCE_LEASED, holder, 0, NULL);
  if (sim != NULL)
    tai_change_add_resource (change, TAI_RESOURCE_SIM, sim, TAI_RESOURCE_LEASED, holder, 0, NULL);
}

gboolean
tai_desk_remove_order (TaiDesk *self, TaiVisit *visit, TaiOrder *order, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && order != NULL, FALSE);
  if (!require_open (visit, error))
    return FALSE;
  release_held (change, order, &visit->id);
  if (tai_change_get_n_facts (change) > 0 && !tai_desk_commit (self, change, error))
    return FALSE;
  g_ptr_array_remove (visit->orders, order);
  return tai_visit_update (visit, error);
}

/* Offerings and their price ------------------------------------------------------------------------------------------ */

static guint
fill_basket (const TaiOrder *order, TaiBasketLine basket[TAI_BASKET_MAX])
{
  guint n = 0;

  for (guint i = 0; i < order->items->len && n < TAI_BASKET_MAX; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (item->offering_id != NULL)
      basket[n++] = (TaiBasketLine){item->offering_id, item->quantity, item->open_amount};
  }
  return n;
}

static TaiOrderItem *
nth_offered (const TaiOrder *order, guint index)
{
  for (guint i = 0; i < order->items->len; i++) {
    TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (item->offering_id != NULL && index-- == 0)
      return item;
  }
  return NULL;
}

/* The bill's lines become the items' prices: what was shown is what is stored, printed and sent. */
static void
take_bill (TaiOrder *order, const TaiBill *bill)
{
  for (guint i = 0; i < order->items->len; i++)
    g_ptr_array_set_size (((TaiOrderItem *)g_ptr_array_index (order->items, i))->prices, 0);
  for (guint i = 0; i < bill->lines->len; i++) {
    const TaiBillLine *line = &g_array_index (bill->lines, TaiBillLine, i);
    TaiOrderItem *item = nth_offered (order, line->basket_index);
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

static gboolean
rate_order (TaiDesk *self, TaiOrder *order, GError **error)
{
  TaiBasketLine basket[TAI_BASKET_MAX];
  TaiRatingContext context = {.group = NULL,
                              .region = self->terminal->region,
                              .day = tai_desk_today (self),
                              .now_us = tai_desk_now (self),
                              .currency = self->terminal->currency};
  guint n = fill_basket (order, basket);
  g_autoptr (TaiBill) bill = NULL;

  bill = tai_rate (self->catalogue, basket, n, &context, error);
  if (bill == NULL)
    return FALSE;
  take_bill (order, bill);
  return TRUE;
}

static TaiOrderItem *
append_offering (TaiOrder *order, const TaiOffering *offering, gint32 quantity, TaiMoney open_amount)
{
  const TaiOrderItem *line = tai_desk_find_line (order);
  TaiOrderItem *item = tai_order_add_item (order, "add", offering->id);

  item->offering_name = g_strdup (offering->name);
  item->offering_name_en = g_strdup (offering->name_en);
  item->kind = offering->kind;
  item->quantity = quantity;
  item->open_amount = open_amount;
  item->relies_on = line ? g_strdup (line->id) : NULL;
  item->consent_needed = offering->kind == TAI_OFFERING_SERVICE;
  if (offering->key_terms != NULL) {
    item->terms_hash = tai_digest_bytes (offering->key_terms, strlen (offering->key_terms));
    item->key_terms = g_strdup (offering->key_terms);
  }
  return item;
}

TaiOrderItem *
tai_desk_add_offering (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *offering_id,
                       gint32 quantity, TaiMoney open_amount, GError **error)
{
  const TaiOffering *offering;
  TaiOrderItem *item;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && order != NULL && offering_id != NULL,
                        NULL);
  if (!require_open (visit, error))
    return NULL;
  offering = tai_catalogue_find (self->catalogue, offering_id);
  if (offering == NULL) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OFFERING_UNKNOWN, "no offering %s in the catalogue",
                 offering_id);
    return NULL;
  }
  if (order->items->len >= TAI_ORDER_MAX_ITEMS) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "an order has at most %d lines",
                 TAI_ORDER_MAX_ITEMS);
    return NULL;
  }
  item = append_offering (order, offering, quantity, open_amount);
  if (!rate_order (self, order, error) || !tai_visit_update (visit, error)) {
    g_ptr_array_remove (order->items, item);
    /* What was there before costs what it cost. An order whose first line failed has no figures. */
    if (!rate_order (self, order, NULL))
      order->today = order->first = order->normal = tai_money (0, self->terminal->currency);
    return NULL;
  }
  return item;
}

gboolean
tai_desk_give_consent (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *offering_id,
                       GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && order != NULL && offering_id != NULL,
                        FALSE);
  if (!require_open (visit, error))
    return FALSE;
  for (guint i = 0; i < order->items->len; i++) {
    TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (g_strcmp0 (item->offering_id, offering_id) == 0 && item->consent_needed) {
      item->consent_given = TRUE;
      item->consent_time_us = tai_desk_now (self);
      return tai_visit_update (visit, error);
    }
  }
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OFFERING_UNKNOWN,
               "no line of this order asks consent for %s", offering_id);
  return FALSE;
}

/* Stock ------------------------------------------------------------------------------------------------------------ */

static gboolean
choose (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *kind, const char *name,
        const char *value, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiOrderItem *line = tai_desk_find_line (order);
  const char *before;

  if (!require_open (visit, error))
    return FALSE;
  if (line == NULL) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "%s has no line to carry %s",
                 order->operation->id, name);
    return FALSE;
  }
  before = tai_order_item_get (line, name);
  if (g_strcmp0 (before, value) == 0)
    return TRUE;
  tai_change_add_visit (change, &visit->id, visit->state, self->staff ? self->staff->number : NULL,
                        tai_desk_now (self));
  if (before != NULL)
    tai_change_add_resource (change, kind, before, TAI_RESOURCE_LEASED, &visit->id, 0, NULL);
  tai_change_add_resource (change, kind, value, TAI_RESOURCE_HELD, &visit->id,
                           tai_desk_now (self) + TAI_HOLD_US, NULL);
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  tai_order_item_set (line, name, value);
  return tai_visit_update (visit, error);
}

gboolean
tai_desk_choose_number (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *msisdn, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && order != NULL && msisdn != NULL, FALSE);
  return tai_msisdn_check (msisdn, error) &&
         choose (self, visit, order, TAI_RESOURCE_NUMBER, "MSISDN", msisdn, error);
}

gboolean
tai_desk_choose_sim (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *iccid, GError **error)
{
  gboolean suspicious;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && order != NULL && iccid != NULL, FALSE);
  return tai_iccid_check (iccid, &suspicious, error) &&
         choose (self, visit, order, TAI_RESOURCE_SIM, "ICCID", iccid, error);
}

gboolean
tai_desk_set_target (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *msisdn, GError **error)
{
  TaiOrderItem *line;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && order != NULL && msisdn != NULL, FALSE);
  line = tai_desk_find_line (order);
  if (!require_open (visit, error) || !tai_msisdn_check (msisdn, error))
    return FALSE;
  if (line == NULL || !(order->operation->needs & TAI_NEEDS_TARGET)) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "%s is not done for a number",
                 order->operation->id);
    return FALSE;
  }
  tai_order_item_set (line, "MSISDN", msisdn);
  return tai_visit_update (visit, error);
}

void
tai_desk_set_developer (TaiDesk *self, TaiVisit *visit, const char *staff_number)
{
  g_return_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit));
  g_free (visit->developer);
  visit->developer = g_strdup (staff_number);
}

gboolean
tai_desk_sign (TaiDesk *self, TaiVisit *visit, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit), FALSE);
  if (!require_open (visit, error))
    return FALSE;
  for (guint i = 0; i < visit->orders->len; i++)
    ((TaiOrder *)g_ptr_array_index (visit->orders, i))->signed_ = TRUE;
  return tai_visit_update (visit, error);
}

/* The end without a sale ------------------------------------------------------------------------------------------- */

gboolean
tai_desk_abandon (TaiDesk *self, TaiVisit *visit, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  gint64 now;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit), FALSE);
  if (!tai_state_check_move (&tai_visit_states, visit->state, TAI_VISIT_ABANDONED, error))
    return FALSE;
  now = tai_desk_now (self);
  for (guint i = 0; i < visit->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (visit->orders, i);
    release_held (change, order, &visit->id);
    if (order->state == TAI_ORDER_PLACED)
      tai_change_add_order_state (change, &order->id, TAI_ORDER_CANCELLED, "abandoned", now);
  }
  tai_change_add_visit (change, &visit->id, TAI_VISIT_ABANDONED, self->staff ? self->staff->number : NULL,
                        now);
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  for (guint i = 0; i < visit->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (visit->orders, i);
    if (order->state == TAI_ORDER_PLACED)
      order->state = TAI_ORDER_CANCELLED;
  }
  tai_visit_forget_identity (visit);
  tai_visit_set_state (visit, TAI_VISIT_ABANDONED);
  return TRUE;
}

/* Orders come by visit: those of one lie together. */
static void
abandon_order (TaiDesk *self, TaiChange *change, const TaiOrder *order, const char *last_visit)
{
  gint64 now = tai_desk_now (self);

  tai_change_add_order_state (change, &order->id, TAI_ORDER_CANCELLED, "interrupted", now);
  if (g_strcmp0 (last_visit, order->visit_id.text) == 0)
    return;
  tai_change_add_visit (change, &order->visit_id, TAI_VISIT_ABANDONED, order->clerk, now);
  tai_change_take_journal (change, tai_desk_journal (self, "visit_interrupted", NULL, order->visit_id.text,
                                                     NULL, tai_money (0, 0)));
}

gboolean
tai_desk_abandon_unpaid (TaiDesk *self, guint *n, GError **error)
{
  TaiOrderFilter filter = {.only_unfinished = TRUE, .limit = 1000};
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GPtrArray) orders = NULL;
  const char *last_visit = NULL;
  guint n_found = 0;

  g_return_val_if_fail (TAI_IS_DESK (self), FALSE);
  orders = tai_visit_store_list_orders (self->ports.store, &filter, error);
  if (orders == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);
    if (order->state != TAI_ORDER_PLACED)
      continue;
    abandon_order (self, change, order, last_visit);
    last_visit = order->visit_id.text;
    n_found++;
  }
  if (n != NULL)
    *n = n_found;
  return n_found == 0 || tai_desk_commit (self, change, error);
}
