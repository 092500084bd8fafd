/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the catalogue in force says of an order: is it on sale at all, is it for this customer, did he say yes to a service and
 * to no more of a trial than there is, does the plan reach what a pretty number asks. A terminal asks the same before it places,
 * but its list may be older, or it off line.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-check.h"

#include "tai-hq-body.h"
#include "tai-hq-group.h"
#include "tai-json-money.h"
#include "tai-order.h"

/* One item that is added. */
typedef struct {
  HqStore *store;
  const HqOrderRow *order;
  const char *owner; /* (nullable) */
  const TaiJson *item;
  const TaiOffering *offering;
} Added;

static gboolean
is_for_customer (const Added *self)
{
  if (self->offering->groups[0] == NULL)
    return TRUE;
  g_auto (GStrv) groups = self->owner != NULL ? hq_group_find (self->store, self->owner) : NULL;
  for (guint i = 0; groups != NULL && groups[i] != NULL; i++)
    if (g_strv_contains ((const char *const *)self->offering->groups, groups[i]))
      return TRUE;
  return FALSE;
}

/* The last day that costs nothing, by the list in force, of what was sold on the order's day. */
static gboolean
is_trial_kept (const Added *self)
{
  TaiDate day, said;
  const char *end = hq_item_get_characteristic (self->item, TAI_CHARACTERISTIC_TRIAL_END);
  gint32 months = 0;
  const TaiPrice *price = NULL;
  for (guint i = 0; i < self->offering->prices->len; i++) {
    const TaiPrice *each = g_ptr_array_index (self->offering->prices, i);
    if (each->trial_months > months) {
      months = each->trial_months;
      price = each;
    }
  }
  if (end == NULL) /* nothing was given, or something that is no trial any more */
    return price == NULL || hq_item_get_characteristic (self->item, TAI_CHARACTERISTIC_AFTER_TRIAL) != NULL;
  return price != NULL && self->order->day != NULL && tai_date_from_text (self->order->day, &day) &&
         tai_date_from_text (end, &said) &&
         tai_date_compare (said, tai_price_get_trial_end (price, day)) <= 0;
}

static const char *
check_service (const Added *self)
{
  if (self->offering->kind != TAI_OFFERING_SERVICE)
    return NULL;
  if (hq_item_get_characteristic (self->item, "x-guitai-consent") == NULL)
    return "consent_missing";
  return is_trial_kept (self) ? NULL : "trial_end";
}

/* What the plan comes to in a normal month, as it was told to the customer. */
static void
add_normal (const Added *self, TaiMoney *normal)
{
  const TaiJson *prices = tai_json_get_member (self->item, "itemPrice");
  if (self->offering->kind != TAI_OFFERING_PLAN)
    return;
  for (guint i = 0; i < tai_json_get_length (prices); i++) {
    TaiMoney amount;
    if (!tai_json_require_money (tai_json_get_element (prices, i), "x-guitai.normal", &amount, NULL))
      continue;
    if (normal->currency == 0)
      normal->currency = amount.currency;
    if (!tai_money_add (*normal, amount, normal, NULL))
      *normal = tai_money (0, amount.currency);
  }
}

static gboolean
take_grade_cb (const HqStockRow *row, gpointer data)
{
  *(char **)data = g_strdup (row->grade);
  return FALSE;
}

/* Of a number that comes from the stock; what the stock says, not what the order does. @normal: currency 0 where the order has
 * no plan. */
static const char *
check_grade (HqStore *store, const TaiJson *json, TaiMoney normal)
{
  TaiMoney minimum;
  g_autofree char *grade = NULL;
  HqStockFilter filter = {.kind = "msisdn", .value = hq_order_get_characteristic (json, "MSISDN")};
  if (filter.value == NULL || normal.currency == 0)
    return NULL;
  store->klass->stock_list (store, &filter, take_grade_cb, &grade);
  if (grade == NULL)
    return NULL;
  g_autofree char *text = store->klass->setting_get (store, HQ_SETTING_GRADES);
  g_autoptr (TaiJson) grades = text != NULL ? tai_json_parse (text, -1, NULL, NULL) : NULL;
  const TaiJson *asked = grades != NULL ? tai_json_get_member (grades, grade) : NULL;
  if (asked == NULL || !tai_json_require_money (asked, "", &minimum, NULL))
    return NULL;
  return minimum.currency != normal.currency || normal.minor < minimum.minor ? "minimum_spend" : NULL;
}

static const char *
check_added (HqStore *store, const HqOrderRow *order, const TaiJson *item, const char *id, const char *owner,
             TaiMoney *normal)
{
  g_autoptr (GBytes) body = NULL;
  if (!store->klass->offering_find (store, id, &body))
    return "offering_unknown";
  const TaiOffering *offering =
      order->operation != NULL ? hq_recent_parse_offering (&store->recent, id, body) : NULL;
  if (offering == NULL) /* another client's order: no operation of ours, no more to check */
    return NULL;
  Added added = {store, order, owner, item, offering};
  add_normal (&added, normal);
  return is_for_customer (&added) ? check_service (&added) : "offering_group";
}

const char *
hq_check_offerings (HqStore *store, const HqOrderRow *order, const TaiJson *json, const char *owner)
{
  const TaiJson *items = tai_json_get_member (json, "productOrderItem");
  const TaiOperation *operation = tai_operation_find (order->operation);
  TaiMoney normal = {0};
  const char *reason = NULL;
  for (guint i = 0; i < tai_json_get_length (items) && reason == NULL; i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    const char *id = tai_json_require_string (item, "productOffering.id", NULL);
    if (id != NULL && g_strcmp0 (tai_json_require_string (item, "action", NULL), "add") == 0)
      reason = check_added (store, order, item, id, owner, &normal);
  }
  gboolean picks = operation != NULL && (operation->needs & TAI_NEEDS_NUMBER);
  return reason == NULL && picks ? check_grade (store, json, normal) : reason;
}
