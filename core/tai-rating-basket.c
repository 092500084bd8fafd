/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The basket as a whole, before anything is computed: is all of it on sale, do its lines fit together, has a bundle the parts
 * that it asks for, which discounts apply in which order. Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-rating-private.h"

#include <string.h>

#include "tai-offering-private.h"
#include "tai-core-error.h"

gboolean
tai_rating_fail (GError **error, int code, const TaiOffering *offering, const char *what)
{
  g_set_error (error, TAI_CORE_ERROR, code, "offering %s: %s", offering->id, what);
  return FALSE;
}

static gboolean
contains (char **list, const char *text)
{
  return text && g_strv_contains ((const char *const *)list, text);
}

static gboolean
is_valid (const TaiPrice *price, const TaiRatingContext *context)
{
  return tai_offering_is_within (price->valid_from_us, price->valid_until_us, context->now_us);
}

/* --- the basket as a whole --- */

static gboolean
check_on_sale (const TaiOffering *offering, const TaiRatingContext *context, GError **error)
{
  gboolean has_price = FALSE;

  for (guint i = 0; i < offering->prices->len && !has_price; i++)
    has_price = is_valid (g_ptr_array_index (offering->prices, i), context);
  if (!has_price || offering->is_withdrawn ||
      !tai_offering_is_within (offering->valid_from_us, offering->valid_until_us, context->now_us))
    return tai_rating_fail (error, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE, offering, "not on sale at this time");
  if (!tai_offering_is_for_groups (offering, context->groups))
    return tai_rating_fail (error, TAI_CORE_ERROR_OFFERING_GROUP, offering,
                            "for a group of customers that this one is not known to be in");
  if (offering->regions[0] && !contains (offering->regions, context->region))
    return tai_rating_fail (error, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE, offering, "not in this region");
  return TRUE;
}

static gboolean
check_quantity (const TaiBasketLine *line, const TaiOffering *offering, GError **error)
{
  gboolean is_single = offering->kind == TAI_OFFERING_PLAN || offering->kind == TAI_OFFERING_DISCOUNT;

  if (line->quantity < 1 || line->quantity > (is_single ? 1 : TAI_BASKET_MAX_QUANTITY))
    return tai_rating_fail (error, TAI_CORE_ERROR_LIMIT, offering, "quantity out of range");
  return TRUE;
}

static gboolean
check_range (const TaiPrice *price, const TaiBasketLine *line, const TaiOffering *offering,
             const TaiRatingContext *context, GError **error)
{
  TaiMoney amount = line->open_amount;
  gint64 minimum = price->minimum.currency ? MAX (price->minimum.minor, 1) : 1;
  gint64 maximum = price->maximum.currency ? price->maximum.minor : TAI_MONEY_LIMIT_MINOR;

  if (amount.currency == 0)
    return tai_rating_fail (error, TAI_CORE_ERROR_OPEN_AMOUNT, offering,
                            "the customer has to name an amount");
  if (amount.currency != context->currency)
    return tai_rating_fail (error, TAI_CORE_ERROR_MONEY_CURRENCY, offering,
                            "the amount is in another currency");
  if (amount.minor < minimum || amount.minor > maximum)
    return tai_rating_fail (error, TAI_CORE_ERROR_OPEN_AMOUNT, offering,
                            "the amount is outside minimum and maximum");
  return TRUE;
}

static gboolean
check_open_amount (const TaiBasketLine *line, const TaiOffering *offering, const TaiRatingContext *context,
                   GError **error)
{
  gboolean is_open = FALSE;

  for (guint i = 0; i < offering->prices->len; i++) {
    const TaiPrice *price = g_ptr_array_index (offering->prices, i);

    if (!price->is_open || !is_valid (price, context))
      continue;
    is_open = TRUE;
    if (!check_range (price, line, offering, context, error))
      return FALSE;
  }
  if (!is_open && line->open_amount.currency != 0)
    return tai_rating_fail (error, TAI_CORE_ERROR_OPEN_AMOUNT, offering, "no price of it is open");
  return TRUE;
}

static gboolean
find_offerings (TaiRating *self, GError **error)
{
  if (self->n > TAI_BASKET_MAX) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "a basket of %u lines", self->n);
    return FALSE;
  }
  for (guint i = 0; i < self->n; i++) {
    const TaiBasketLine *line = &self->basket[i];
    const TaiOffering *offering = tai_catalogue_find (self->bill->catalogue, line->offering_id);

    if (!offering) {
      g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OFFERING_UNKNOWN, "no offering %s in the catalogue",
                   line->offering_id ? line->offering_id : "without an id");
      return FALSE;
    }
    self->offerings[i] = offering;
    if (!check_on_sale (offering, self->context, error) || !check_quantity (line, offering, error) ||
        !check_open_amount (line, offering, self->context, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_exclusions (const TaiRating *self, guint index, GError **error)
{
  const TaiOffering *offering = self->offerings[index];

  for (guint i = 0; i < self->n; i++) {
    if (i != index && contains (offering->excludes, self->offerings[i]->id))
      return tai_rating_fail (error, TAI_CORE_ERROR_OFFERING_EXCLUDED, offering,
                              "excludes another line of the basket");
    if (i != index && offering->kind == TAI_OFFERING_DISCOUNT && self->offerings[i] == offering)
      return tai_rating_fail (error, TAI_CORE_ERROR_OFFERING_EXCLUDED, offering, "a discount counts once");
  }
  return TRUE;
}

static gboolean
check_requirements (const TaiRating *self, guint index, GError **error)
{
  const TaiOffering *offering = self->offerings[index];

  for (char **id = offering->requires; *id; id++) {
    gboolean is_there = FALSE;

    for (guint i = 0; i < self->n && !is_there; i++)
      is_there = g_str_equal (self->offerings[i]->id, *id);
    if (!is_there)
      return tai_rating_fail (error, TAI_CORE_ERROR_OFFERING_REQUIRES, offering,
                              "lacks a line that it requires");
  }
  return TRUE;
}

/* --- bundles --- */

static gint64
count_pieces (const TaiRating *self, const char *id)
{
  gint64 n = 0;

  for (guint i = 0; i < self->n; i++)
    if (g_str_equal (self->offerings[i]->id, id))
      n += self->basket[i].quantity;
  return n;
}

static gboolean
check_parts (const TaiRating *self, const TaiOffering *bundle, GError **error)
{
  for (guint i = 0; i < bundle->parts->len; i++) {
    const TaiBundlePart *part = g_ptr_array_index (bundle->parts, i);
    gint64 n = count_pieces (self, part->id);

    if (n < part->lower)
      return tai_rating_fail (error, TAI_CORE_ERROR_OFFERING_REQUIRES, bundle, "too few of one of its parts");
    if (n > part->upper)
      return tai_rating_fail (error, TAI_CORE_ERROR_LIMIT, bundle, "too many of one of its parts");
  }
  return TRUE;
}

static gboolean
is_in_bundle (const TaiRating *self, const TaiOffering *offering)
{
  for (guint i = 0; i < self->n; i++)
    if (tai_offering_find_part (self->offerings[i], offering->id))
      return TRUE;
  return FALSE;
}

gboolean
tai_rating_is_included (const TaiRating *self, const TaiOffering *offering)
{
  for (guint i = 0; i < self->n; i++) {
    const TaiBundlePart *part = tai_offering_find_part (self->offerings[i], offering->id);

    if (part && part->is_included)
      return TRUE;
  }
  return FALSE;
}

static gboolean
check_bundles (const TaiRating *self, guint index, GError **error)
{
  const TaiOffering *offering = self->offerings[index];

  if (offering->is_part_only && !is_in_bundle (self, offering))
    return tai_rating_fail (error, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE, offering, "is sold in a bundle only");
  return check_parts (self, offering, error);
}

/* --- discounts --- */

/* By stack order; equal ones by their ids, so that the order of the basket says nothing. */
static int
compare_discounts (gconstpointer a, gconstpointer b)
{
  const TaiBasketDiscount *left = *(const TaiBasketDiscount *const *)a,
                          *right = *(const TaiBasketDiscount *const *)b;
  gint32 left_order = left->price->discount.stack_order, right_order = right->price->discount.stack_order;
  int by_offering;

  if (left_order != right_order)
    return left_order < right_order ? -1 : 1;
  by_offering = strcmp (left->offering->id, right->offering->id);
  return by_offering != 0 ? by_offering : strcmp (left->price->id, right->price->id);
}

gboolean
tai_basket_discount_applies (const TaiBasketDiscount *discount, const TaiOffering *offering,
                             const TaiPrice *price)
{
  return price->type == TAI_PRICE_RECURRING && offering->kind != TAI_OFFERING_DISCOUNT &&
         (discount->offering->applies_to[0] == NULL ||
          contains (discount->offering->applies_to, offering->id));
}

static gboolean
applies_to_something (const TaiRating *self, const TaiBasketDiscount *discount)
{
  for (guint i = 0; i < self->n; i++) {
    GPtrArray *prices = self->offerings[i]->prices;

    for (guint j = 0; j < prices->len && !tai_rating_is_included (self, self->offerings[i]); j++)
      if (is_valid (g_ptr_array_index (prices, j), self->context) &&
          tai_basket_discount_applies (discount, self->offerings[i], g_ptr_array_index (prices, j)))
        return TRUE;
  }
  return FALSE;
}

static gboolean
collect_discounts (TaiRating *self, GError **error)
{
  GPtrArray *discounts = self->bill->discounts;

  for (guint i = 0; i < self->n; i++) {
    const TaiOffering *offering = self->offerings[i];

    for (guint j = 0; offering->kind == TAI_OFFERING_DISCOUNT && j < offering->prices->len; j++) {
      TaiBasketDiscount *discount;

      if (!is_valid (g_ptr_array_index (offering->prices, j), self->context))
        continue;
      discount = g_new (TaiBasketDiscount, 1);
      *discount = (TaiBasketDiscount){offering, g_ptr_array_index (offering->prices, j)};
      g_ptr_array_add (discounts, discount);
      if (!applies_to_something (self, discount))
        return tai_rating_fail (error, TAI_CORE_ERROR_OFFERING_REQUIRES, offering,
                                "a discount with nothing to apply to");
    }
  }
  g_ptr_array_sort (discounts, compare_discounts);
  return TRUE;
}

gboolean
tai_rating_check_basket (TaiRating *self, GError **error)
{
  if (!find_offerings (self, error))
    return FALSE;
  for (guint i = 0; i < self->n; i++)
    if (!check_exclusions (self, i, error) || !check_requirements (self, i, error) ||
        !check_bundles (self, i, error))
      return FALSE;
  return collect_discounts (self, error);
}
