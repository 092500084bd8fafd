/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What still stops a visit from being placed: each obstacle as its own error, so that a screen can show all of them where
 * they belong and a script can print them. Reads the operation's row; knows no single business.
 */
#include "tai-desk-private.h"
#include "tai-numbers.h"
#include "tai-qualification.h"

#include <string.h>

static void
obstacle (GPtrArray *list, TaiCoreError code, const char *text, const char *what)
{
  g_ptr_array_add (list, g_error_new (TAI_CORE_ERROR, code, "%s: %s", what, text));
}

static void
check_identity (TaiDesk *self, TaiVisit *visit, const TaiOrder *order, GPtrArray *list)
{
  GError *error = NULL;

  if (!(order->operation->needs & TAI_NEEDS_IDENTITY))
    return;
  if (visit->identity == NULL || visit->identity->source == TAI_IDENTITY_TYPED)
    obstacle (list, TAI_CORE_ERROR_ID_REQUIRED, "needs a document that was read", order->operation->id);
  else if (!tai_identity_check (visit->identity, tai_desk_today (self), order->operation->minimum_age,
                                &error))
    g_ptr_array_add (list, error);
}

static void
check_resources (const TaiOrder *order, GPtrArray *list)
{
  const TaiOrderItem *line = tai_desk_find_line (order);
  TaiNeeds needs = order->operation->needs;

  if (needs & (TAI_NEEDS_NUMBER | TAI_NEEDS_TARGET) &&
      (line == NULL || tai_order_item_get (line, "MSISDN") == NULL))
    obstacle (list, TAI_CORE_ERROR_NUMBER_REQUIRED, "no number chosen", order->operation->id);
  if (needs & TAI_NEEDS_SIM && (line == NULL || tai_order_item_get (line, "ICCID") == NULL))
    obstacle (list, TAI_CORE_ERROR_SIM_REQUIRED, "no SIM chosen", order->operation->id);
}

static void
check_items (const TaiOrder *order, GPtrArray *list)
{
  TaiNeeds needs = order->operation->needs;
  guint n_plans = 0, n_services = 0, n_offered = 0, n_amounts = 0;

  for (guint i = 0; i < order->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    if (item->offering_id == NULL)
      continue;
    n_offered++;
    n_plans += item->kind == TAI_OFFERING_PLAN;
    n_services += item->kind == TAI_OFFERING_SERVICE;
    n_amounts += item->open_amount.currency != 0 && item->open_amount.minor > 0;
    if (item->consent_needed && !item->consent_given)
      obstacle (list, TAI_CORE_ERROR_CONSENT_MISSING, "the customer's own yes is missing", item->offering_id);
  }
  if (needs & TAI_NEEDS_PLAN && n_plans != 1)
    obstacle (list, TAI_CORE_ERROR_PLAN_REQUIRED, "needs exactly one plan", order->operation->id);
  if (needs & TAI_NEEDS_AMOUNT && n_amounts == 0)
    obstacle (list, TAI_CORE_ERROR_AMOUNT_REQUIRED, "needs an amount", order->operation->id);
  if (needs & TAI_NEEDS_SERVICE ? n_services == 0 : n_offered == 0 && tai_desk_find_line (order) == NULL)
    obstacle (list, TAI_CORE_ERROR_EMPTY, "nothing chosen", order->operation->id);
}

gboolean
tai_desk_check_grade (TaiDesk *self, const TaiOrder *order, const char *grade, GError **error)
{
  const TaiOffering *asked = tai_qualification_find_unmet_grade (self->catalogue, order, grade);
  char amount[32];

  if (asked == NULL)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MINIMUM_SPEND,
               "a number of grade %s asks for %s a month", grade,
               tai_money_print (asked->minimum_spend, amount));
  return FALSE;
}

/* Who is served may have changed, or nobody may know his groups any more. */
static void
check_groups (TaiDesk *self, TaiVisit *visit, const TaiOrder *order, GPtrArray *list)
{
  for (guint i = 0; self->catalogue != NULL && i < order->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    const TaiOffering *offering =
        item->offering_id != NULL ? tai_catalogue_find (self->catalogue, item->offering_id) : NULL;
    if (offering != NULL && strcmp (item->action, "delete") != 0 &&
        !tai_offering_is_for_groups (offering, (const char *const *)visit->groups))
      obstacle (list, TAI_CORE_ERROR_OFFERING_GROUP, "for a group that the customer is not known to be in",
                item->offering_id);
  }
}

static void
check_grade (TaiDesk *self, const TaiOrder *order, GPtrArray *list)
{
  const TaiOrderItem *line = tai_desk_find_line (order);
  GError *error = NULL;

  if (line != NULL && self->catalogue != NULL &&
      !tai_desk_check_grade (self, order, tai_order_item_get (line, TAI_CHARACTERISTIC_GRADE), &error))
    g_ptr_array_add (list, error);
}

/* Of one number's newest orders so many are looked at. */
#define MAX_REPEATS 50

/* Refused ones are done again with good reason. */
static gboolean
was_taken (const TaiOrder *order)
{
  switch (order->state) {
  case TAI_ORDER_DRAFT:
  case TAI_ORDER_CANCELLED:
  case TAI_ORDER_REJECTED:
  case TAI_ORDER_FAILED:
  case TAI_ORDER_UNDONE:
    return FALSE;
  default:
    return (order->operation->needs & TAI_NEEDS_AMOUNT) != 0;
  }
}

TaiRepeat *
tai_desk_find_repeat (TaiDesk *self, const TaiOrder *order, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_repeat_free);
  g_autoptr (GPtrArray) orders = NULL;
  TaiOrderFilter filter = {.limit = MAX_REPEATS};
  const TaiRepeat *found;

  g_return_val_if_fail (TAI_IS_DESK (self) && order != NULL, NULL);
  filter.msisdn = tai_order_get (order, "MSISDN");
  if (!(order->operation->needs & TAI_NEEDS_AMOUNT) || filter.msisdn == NULL)
    return NULL;
  orders = tai_visit_store_list_orders (self->ports.store, &filter, error);
  if (orders == NULL)
    return NULL;
  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *other = g_ptr_array_index (orders, i);
    if (was_taken (other) && strcmp (other->id.text, order->id.text) != 0)
      g_ptr_array_add (records, tai_repeat_new (filter.msisdn, other->today, other->placed_us, other->clerk,
                                                other->receipt_number));
  }
  found = tai_repeat_find (records, filter.msisdn, order->today, tai_desk_now (self));
  return found ? tai_repeat_new (found->msisdn, found->amount, found->time_us, found->clerk,
                                 found->receipt_number)
               : NULL;
}

GPtrArray *
tai_desk_check_visit (TaiDesk *self, TaiVisit *visit)
{
  GError *error = NULL;
  GPtrArray *list;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit), NULL);
  list = g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
  if (visit->orders->len == 0)
    obstacle (list, TAI_CORE_ERROR_EMPTY, "no business in this visit", "visit");
  for (guint i = 0; i < visit->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (visit->orders, i);

    check_identity (self, visit, order, list);
    check_resources (order, list);
    check_items (order, list);
    check_groups (self, visit, order, list);
    check_grade (self, order, list);
    if (order->operation->needs & TAI_NEEDS_SIGNATURE && !order->signed_)
      obstacle (list, TAI_CORE_ERROR_SIGNATURE_REQUIRED, "the form is not signed", order->operation->id);
    if (!self->on_line && tai_desk_get_rule (self, order->operation) == TAI_OFFLINE_NOT_OFFERED)
      obstacle (list, TAI_CORE_ERROR_NOT_OFFERED_OFFLINE, "not offered off line", order->operation->id);
  }
  if (!tai_desk_check_deposit (self, visit->total, &error))
    g_ptr_array_add (list, error);
  return list;
}
