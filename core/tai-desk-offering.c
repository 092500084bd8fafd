/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Offerings of an order and their price: put in, taken out, rated anew each time, and the customer's yes. What was shown is
 * what is stored, printed and sent: figures come from the bill of the last rating. Runs on the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-selling.h"

#include <string.h>

/* What is taken off costs nothing and stands in no basket. */
static gboolean
is_rated (const TaiOrderItem *item)
{
  return item->offering_id != NULL && strcmp (item->action, "delete") != 0;
}

/* Parts of a bundle stand on it and go with it. */
static gboolean
belongs_to (const TaiOrderItem *item, const TaiOrderItem *bundle)
{
  return bundle != NULL && (item == bundle || g_strcmp0 (item->relies_on, bundle->id) == 0);
}

static TaiBasketLine
basket_line (const TaiOrderItem *item)
{
  return (TaiBasketLine){item->offering_id, item->quantity, item->open_amount,
                         tai_order_item_get (item, TAI_CHARACTERISTIC_AFTER_TRIAL) != NULL};
}

/* All that is rated but @gone and what belongs to it. */
static guint
fill_basket (const TaiOrder *order, const TaiOrderItem *gone, TaiBasketLine basket[TAI_BASKET_MAX])
{
  guint n = 0;

  for (guint i = 0; i < order->items->len && n < TAI_BASKET_MAX; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (is_rated (item) && !belongs_to (item, gone))
      basket[n++] = basket_line (item);
  }
  return n;
}

/* And @offering with what its bundle begins with, in the order in which append_offering() puts them. */
static guint
add_to_basket (const TaiOffering *offering, gint32 quantity, TaiMoney open_amount,
               TaiBasketLine basket[TAI_BASKET_MAX], guint n)
{
  if (n < TAI_BASKET_MAX)
    basket[n++] = (TaiBasketLine){offering->id, quantity, open_amount, FALSE};
  for (guint i = 0; i < offering->parts->len && n < TAI_BASKET_MAX; i++) {
    const TaiBundlePart *part = g_ptr_array_index (offering->parts, i);
    if (part->preset > 0)
      basket[n++] = (TaiBasketLine){part->id, part->preset, tai_money (0, 0), FALSE};
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
    const TaiPrice *price = line->price;

    tai_order_item_take_line (item, line);
    if (price->trial_months > 0) {
      g_autofree char *end = tai_date_to_text (tai_price_get_trial_end (price, bill->day));
      tai_order_item_set (item, TAI_CHARACTERISTIC_TRIAL_END, end);
    }
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
context_of (TaiDesk *self, const TaiVisit *visit)
{
  return (TaiRatingContext){.groups = (const char *const *)visit->groups,
                            .region = self->terminal->region,
                            .day = tai_desk_today (self),
                            .now_us = tai_desk_now (self),
                            .utc_offset_min = self->terminal->utc_offset_min,
                            .currency = self->terminal->currency};
}

/* The bill of that basket in that order, if the visit can bear it; nothing is changed. */
static TaiBill *
rate_basket (TaiDesk *self, TaiVisit *visit, const TaiOrder *order, const TaiBasketLine *basket, guint n,
             GError **error)
{
  TaiRatingContext context = context_of (self, visit);
  g_autoptr (TaiBill) bill = tai_rate (self->catalogue, basket, n, &context, error);

  if (bill == NULL || !check_total (visit, order, bill->today, error))
    return NULL;
  return g_steal_pointer (&bill);
}

/* Of the order as its items stand, but @gone (nullable). */
static TaiBill *
rate_without (TaiDesk *self, TaiVisit *visit, const TaiOrder *order, const TaiOrderItem *gone, GError **error)
{
  TaiBasketLine basket[TAI_BASKET_MAX];
  guint n = fill_basket (order, gone, basket);

  return rate_basket (self, visit, order, basket, n, error);
}

static const char *
get_action (const TaiOrder *order)
{
  return order->operation->needs & TAI_NEEDS_SERVICE ? order->operation->action : "add";
}

/* Of the order with @offering, in place of @gone (nullable). What is taken off costs nothing. */
static TaiBill *
rate_with (TaiDesk *self, TaiVisit *visit, const TaiOrder *order, const TaiOffering *offering,
           gint32 quantity, TaiMoney open_amount, const TaiOrderItem *gone, GError **error)
{
  TaiBasketLine basket[TAI_BASKET_MAX];
  guint n = fill_basket (order, gone, basket);

  if (strcmp (get_action (order), "delete") != 0)
    n = add_to_basket (offering, quantity, open_amount, basket, n);
  return rate_basket (self, visit, order, basket, n, error);
}

/* --- items --- */

static TaiOrderItem *
append_item (TaiDesk *self, TaiOrder *order, const TaiOffering *offering, gint32 quantity,
             TaiMoney open_amount, const char *relies_on)
{
  TaiOrderItem *item = tai_order_add_item (order, get_action (order), offering->id);
  const char *terms = tai_offering_get_terms (offering, self->terminal->language);

  item->offering_name = g_strdup (offering->name);
  item->offering_name_en = g_strdup (offering->name_en);
  item->kind = offering->kind;
  item->quantity = quantity;
  item->open_amount = open_amount;
  item->relies_on = g_strdup (relies_on);
  item->consent_needed = offering->kind == TAI_OFFERING_SERVICE && is_rated (item);
  if (terms != NULL) {
    item->terms_hash = tai_digest_bytes (terms, strlen (terms));
    item->key_terms = g_strdup (terms);
  }
  return item;
}

/* The offering and what its bundle begins with. */
static TaiOrderItem *
append_offering (TaiDesk *self, TaiOrder *order, const TaiOffering *offering, gint32 quantity,
                 TaiMoney open_amount)
{
  const TaiOrderItem *line = tai_desk_find_line (order);
  const TaiOrderItem *plan = tai_order_find_item (order, TAI_OFFERING_PLAN);
  const TaiOffering *bundle = plan ? tai_catalogue_find (self->catalogue, plan->offering_id) : NULL;
  gboolean is_part = bundle != NULL && tai_offering_find_part (bundle, offering->id) != NULL;
  TaiOrderItem *item = append_item (self, order, offering, quantity, open_amount,
                                    is_part ? plan->id
                                    : line  ? line->id
                                            : NULL);

  for (guint i = 0; i < offering->parts->len; i++) {
    const TaiBundlePart *part = g_ptr_array_index (offering->parts, i);
    if (part->preset > 0)
      append_item (self, order, tai_catalogue_find (self->catalogue, part->id), part->preset,
                   tai_money (0, 0), item->id);
  }
  return item;
}

static void
remove_item (TaiOrder *order, const TaiOrderItem *gone)
{
  g_autofree char *id = g_strdup (gone->id);

  for (guint i = order->items->len; i > 0; i--) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i - 1);
    if (item == gone || (item->offering_id != NULL && g_strcmp0 (item->relies_on, id) == 0))
      g_ptr_array_remove_index (order->items, i - 1);
  }
}

static gboolean
check_offering (const TaiOrder *order, const TaiOffering *offering, GError **error)
{
  if (order->items->len + 1 + offering->parts->len > TAI_ORDER_MAX_ITEMS) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "an order has at most %d lines",
                 TAI_ORDER_MAX_ITEMS);
    return FALSE;
  }
  if (!tai_selling_is_under (offering, order->operation)) {
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
  bill = rate_with (self, visit, order, offering, quantity, open_amount, NULL, error);
  if (bill == NULL)
    return NULL;
  item = append_offering (self, order, offering, quantity, open_amount);
  take_bill (order, bill);
  return tai_desk_tell_changed (visit, error) ? item : NULL;
}

gboolean
tai_desk_remove_offering (TaiDesk *self, TaiVisit *visit, TaiOrder *order, TaiOrderItem *item, GError **error)
{
  g_autoptr (TaiBill) bill = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        FALSE);
  g_return_val_if_fail (item != NULL && item->offering_id != NULL, FALSE);
  g_return_val_if_fail (g_ptr_array_find (order->items, item, NULL), FALSE);
  if (!tai_desk_require_open (self, visit, error))
    return FALSE;
  bill = rate_without (self, visit, order, item, error);
  if (bill == NULL)
    return FALSE;
  remove_item (order, item);
  take_bill (order, bill);
  return tai_desk_tell_changed (visit, error);
}

/* --- the customer's yes --- */

static void
find_consent_item (const TaiOrder *order, const char *offering_id, TaiOrderItem **found, GError **error)
{
  *found = NULL;
  for (guint i = 0; i < order->items->len && *found == NULL; i++) {
    TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (g_strcmp0 (item->offering_id, offering_id) == 0 && item->consent_needed)
      *found = item;
  }
  if (*found == NULL)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OFFERING_UNKNOWN,
                 "no line of this order asks consent for %s", offering_id);
}

/* The basket changes when a service goes on after its trial, or does not any more. */
static gboolean
set_goes_on (TaiDesk *self, TaiVisit *visit, TaiOrder *order, TaiOrderItem *item, const char *value,
             GError **error)
{
  g_autofree char *before = g_strdup (tai_order_item_get (item, TAI_CHARACTERISTIC_AFTER_TRIAL));
  g_autoptr (TaiBill) bill = NULL;

  tai_order_item_set (item, TAI_CHARACTERISTIC_AFTER_TRIAL, value);
  bill = rate_without (self, visit, order, NULL, error);
  if (bill != NULL)
    take_bill (order, bill);
  else
    tai_order_item_set (item, TAI_CHARACTERISTIC_AFTER_TRIAL, before);
  return bill != NULL;
}

gboolean
tai_desk_give_consent (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *offering_id,
                       GError **error)
{
  TaiOrderItem *item;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        FALSE);
  g_return_val_if_fail (offering_id != NULL, FALSE);
  if (!tai_desk_require_open (self, visit, error))
    return FALSE;
  find_consent_item (order, offering_id, &item, error);
  /* a second yes that stands there without the first was another person's */
  if (item == NULL ||
      (!item->consent_given && tai_order_item_get (item, TAI_CHARACTERISTIC_AFTER_TRIAL) != NULL &&
       !set_goes_on (self, visit, order, item, NULL, error)))
    return FALSE;
  for (guint i = 0; i < order->items->len; i++) {
    TaiOrderItem *same = g_ptr_array_index (order->items, i);
    if (g_strcmp0 (same->offering_id, offering_id) == 0 && same->consent_needed) {
      same->consent_given = TRUE;
      same->consent_time_us = tai_desk_now (self);
    }
  }
  return tai_desk_tell_changed (visit, error);
}

gboolean
tai_desk_confirm_after_trial (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *offering_id,
                              gboolean goes_on, GError **error)
{
  TaiOrderItem *item;
  g_autofree char *time = NULL, *value = NULL;
  char hash[65];

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        FALSE);
  g_return_val_if_fail (offering_id != NULL, FALSE);
  if (!tai_desk_require_open (self, visit, error))
    return FALSE;
  find_consent_item (order, offering_id, &item, error);
  if (item == NULL)
    return FALSE;
  if (tai_order_item_get (item, TAI_CHARACTERISTIC_TRIAL_END) == NULL || !item->consent_given) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CONSENT_MISSING,
                 "%s has no trial that the customer said yes to", offering_id);
    return FALSE;
  }
  time = tai_time_to_text (tai_desk_now (self));
  tai_digest_to_hex (item->terms_hash, hash);
  value = g_strdup_printf ("%s %s", time, hash);
  return set_goes_on (self, visit, order, item, goes_on ? value : NULL, error) &&
         tai_desk_tell_changed (visit, error);
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
  const TaiOffering *offering;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        NULL);
  g_return_val_if_fail (offering_id != NULL, NULL);
  offering = find_offering (self, offering_id, error);
  return offering ? rate_with (self, visit, order, offering, 1, tai_money (0, 0),
                               find_rival (order, offering->kind), error)
                  : NULL;
}

/* The old line goes, the new one comes, or the order is as it was. */
static gboolean
exchange (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const TaiOffering *offering, TaiMoney amount,
          GError **error)
{
  const TaiOrderItem *rival = find_rival (order, offering->kind);
  g_autoptr (TaiBill) bill = NULL;

  if (!tai_desk_require_open (self, visit, error) || !check_offering (order, offering, error))
    return FALSE;
  bill = rate_with (self, visit, order, offering, 1, amount, rival, error);
  if (bill == NULL)
    return FALSE;
  if (rival != NULL)
    remove_item (order, rival);
  append_offering (self, order, offering, 1, amount);
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

/* Anew ------------------------------------------------------------------------------------------------------------- */

/* What the customer said yes to was another text. */
static void
take_terms (TaiDesk *self, TaiOrder *order)
{
  for (guint i = 0; i < order->items->len; i++) {
    TaiOrderItem *item = g_ptr_array_index (order->items, i);
    const TaiOffering *offering =
        item->offering_id != NULL ? tai_catalogue_find (self->catalogue, item->offering_id) : NULL;
    const char *terms = offering != NULL ? tai_offering_get_terms (offering, self->terminal->language) : NULL;
    if (offering == NULL || g_strcmp0 (terms, item->key_terms) == 0)
      continue;
    g_free (item->key_terms);
    item->key_terms = g_strdup (terms);
    item->terms_hash = (TaiDigest){{0}};
    if (item->key_terms != NULL)
      item->terms_hash = tai_digest_bytes (item->key_terms, strlen (item->key_terms));
    item->consent_given = FALSE;
    item->consent_time_us = 0;
  }
}

/* What cannot be sold as it was chosen is chosen again: nothing is put in its place. */
static void
drop_choices (TaiOrder *order)
{
  for (guint i = order->items->len; i > 0; i--)
    if (is_rated (g_ptr_array_index (order->items, i - 1)))
      g_ptr_array_remove_index (order->items, i - 1);
  order->today = order->first = order->normal = tai_money (0, order->today.currency);
}

gboolean
tai_desk_rate_anew (TaiDesk *self, TaiVisit *visit, GError **error)
{
  for (guint i = 0; i < visit->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (visit->orders, i);
    g_autoptr (TaiBill) bill = NULL;
    TaiBasketLine basket[TAI_BASKET_MAX];

    if (fill_basket (order, NULL, basket) == 0)
      continue;
    bill = rate_without (self, visit, order, NULL, NULL);
    take_terms (self, order);
    if (bill != NULL)
      take_bill (order, bill);
    else
      drop_choices (order);
  }
  return tai_desk_tell_changed (visit, error);
}
