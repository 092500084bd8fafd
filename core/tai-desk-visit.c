/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Selecting: who the customer is, what is bought, which number and SIM. Holds of stock are written at once (two desks, one
 * SIM); all else stays in memory until the visit is placed.
 */
#include "tai-desk-private.h"
#include "tai-numbers.h"
#include "tai-tender.h"

#include <string.h>

TaiVisit *
tai_desk_begin_visit (TaiDesk *self, GError **error)
{
  g_autoptr (TaiShift) shift = NULL;
  TaiVisit *visit;

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error))
    return NULL;
  shift = tai_desk_require_selling (self, error);
  if (shift == NULL)
    return NULL;
  if (self->catalogue == NULL) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE, "no catalogue has been loaded");
    return NULL;
  }
  if (!tai_desk_check_cap (self, error))
    return NULL;
  visit = tai_visit_new (tai_desk_uuid (self), self->terminal->currency);
  visit->clerk = g_strdup (self->staff->number);
  visit->since_us = tai_desk_now (self);
  tai_desk_remember (self, visit);
  return visit;
}

/* Identity --------------------------------------------------------------------------------------------------------- */

/* A class that is not known counts as production. */
static gboolean
check_source (TaiDesk *self, const TaiIdentity *identity, GError **error)
{
  if (identity->source != TAI_IDENTITY_READ_EMULATED || g_strcmp0 (self->terminal->klass, "training") == 0 ||
      g_strcmp0 (self->terminal->klass, "demo") == 0)
    return TRUE;
  /* Journalled whether or not that succeeds: the refusal stands either way. */
  tai_desk_note (self, "emulated_reader_refused", NULL, NULL, NULL);
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CLASS,
                       "an emulated reader at a production terminal");
  return FALSE;
}

static gboolean
is_same_document (const TaiIdentity *a, const TaiIdentity *b)
{
  return a != NULL && a->kind == b->kind && g_strcmp0 (a->number, b->number) == 0;
}

/* The yes was another's. */
static void
withdraw_consents (TaiVisit *visit)
{
  for (guint i = 0; i < visit->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (visit->orders, i);
    for (guint j = 0; j < order->items->len; j++) {
      TaiOrderItem *item = g_ptr_array_index (order->items, j);
      item->consent_given = FALSE;
      item->consent_time_us = 0;
    }
  }
}

gboolean
tai_desk_identify (TaiDesk *self, TaiVisit *visit, TaiIdentity *identity, GError **error)
{
  g_autoptr (TaiIdentity) taken = identity;
  g_auto (GStrv) groups = NULL;
  gboolean is_same;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && identity != NULL, FALSE);
  if (!tai_desk_require_open (self, visit, error) || !check_source (self, taken, error) ||
      !tai_identity_check (taken, tai_desk_today (self), 0, error))
    return FALSE;
  for (guint i = 0; i < visit->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (visit->orders, i);
    if (!tai_identity_check (taken, tai_desk_today (self), order->operation->minimum_age, error))
      return FALSE;
  }
  is_same = is_same_document (visit->identity, taken);
  if (visit->identity != NULL && !is_same)
    withdraw_consents (visit);
  if (is_same)
    groups = g_steal_pointer (&visit->groups);
  tai_visit_forget_identity (visit);
  visit->identity = g_steal_pointer (&taken);
  visit->groups = g_steal_pointer (&groups);
  return is_same ? tai_visit_update (visit, error) : tai_desk_tell_changed (visit, error);
}

gboolean
tai_desk_set_groups (TaiDesk *self, TaiVisit *visit, const char *customer_ref, const char *const *groups,
                     GError **error)
{
  g_autofree char *identified = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && customer_ref != NULL && groups != NULL,
                        FALSE);
  if (!tai_desk_require_open (self, visit, error))
    return FALSE;
  identified = tai_desk_make_customer_ref (self, visit);
  if (g_strcmp0 (identified, customer_ref) != 0) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "another customer is identified now");
    return FALSE;
  }
  g_strfreev (visit->groups);
  visit->groups = g_strdupv ((char **)groups);
  return tai_visit_update (visit, error);
}

/* Orders ----------------------------------------------------------------------------------------------------------- */

/* TMF622: a line of its own, and the offerings rely on it. An existing line stays as it is unless the operation says. */
static const char *
line_action (const TaiOperation *operation)
{
  if (operation->needs & TAI_NEEDS_SERVICE)
    return "noChange";
  if (operation->needs & (TAI_NEEDS_NUMBER | TAI_NEEDS_SIM) || strcmp (operation->action, "add") != 0)
    return operation->action;
  return "noChange";
}

static gboolean
check_new_order (TaiDesk *self, TaiVisit *visit, const TaiOperation *operation, GError **error)
{
  if (!tai_operation_has_steps (operation)) {
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
  if (!tai_desk_require_open (self, visit, error))
    return NULL;
  operation = tai_operation_find (operation_id);
  if (operation == NULL) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OPERATION_UNKNOWN, "no business called %s",
                 operation_id);
    return NULL;
  }
  if (!check_new_order (self, visit, operation, error) ||
      ((operation->needs & TAI_NEEDS_AMOUNT) &&
       !tai_desk_check_deposit (self, tai_money (1, self->terminal->currency), error)))
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
  return tai_desk_tell_changed (visit, error) ? order : NULL;
}

gboolean
tai_desk_remove_order (TaiDesk *self, TaiVisit *visit, TaiOrder *order, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        FALSE);
  if (!tai_desk_require_open (self, visit, error))
    return FALSE;
  tai_desk_move_stock (change, order, TAI_RESOURCE_LEASED, &visit->id, 0);
  if (tai_change_get_n_facts (change) > 0 && !tai_desk_commit (self, change, error))
    return FALSE;
  g_ptr_array_remove (visit->orders, order);
  return tai_desk_tell_changed (visit, error);
}

/* Stock ------------------------------------------------------------------------------------------------------------ */

/* To the store one visit is one holder; between its orders the desk keeps them apart. */
static gboolean
check_not_in_visit (TaiVisit *visit, const TaiOrder *order, const char *kind, const char *value,
                    GError **error)
{
  for (guint i = 0; i < visit->orders->len; i++) {
    const TaiOrder *other = g_ptr_array_index (visit->orders, i);
    if (other != order && g_strcmp0 (tai_desk_get_stock (other, kind), value) == 0) {
      g_set_error (error, TAI_CORE_ERROR,
                   g_str_equal (kind, TAI_RESOURCE_SIM) ? TAI_CORE_ERROR_SIM_TAKEN
                                                        : TAI_CORE_ERROR_NUMBER_TAKEN,
                   "%s %s is in another order of this visit", kind, value);
      return FALSE;
    }
  }
  return TRUE;
}

/* What the stock says of a number; (nullable) @grade (transfer full). Its plan must bear it. */
static gboolean
find_grade (TaiDesk *self, const TaiOrder *order, const char *kind, const char *value, char **grade,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiResource) resource =
      tai_visit_store_find_resource (self->ports.store, kind, value, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  *grade = resource != NULL ? g_strdup (resource->grade) : NULL; /* none: the store will refuse it */
  return tai_desk_check_grade (self, order, *grade, error);
}

/* The same value again holds it anew. */
static gboolean
choose (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *kind, const char *value, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  gboolean is_number = g_str_equal (kind, TAI_RESOURCE_NUMBER);
  TaiOrderItem *line = tai_desk_find_line (order);
  const char *before = tai_desk_get_stock (order, kind);
  g_autofree char *grade = NULL;

  if (!tai_desk_require_open (self, visit, error))
    return FALSE;
  if (line == NULL || !(order->operation->needs & (is_number ? TAI_NEEDS_NUMBER : TAI_NEEDS_SIM))) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "%s takes no %s from the stock",
                 order->operation->id, kind);
    return FALSE;
  }
  if (!check_not_in_visit (visit, order, kind, value, error) ||
      (is_number && !find_grade (self, order, kind, value, &grade, error)))
    return FALSE;
  tai_change_add_visit (change, &visit->id, visit->state, self->staff ? self->staff->number : NULL,
                        tai_desk_now (self));
  if (before != NULL && strcmp (before, value) != 0)
    tai_change_add_resource (change, kind, before, TAI_RESOURCE_LEASED, &visit->id, 0, NULL);
  tai_change_add_resource (change, kind, value, TAI_RESOURCE_HELD, &visit->id,
                           tai_desk_now (self) + TAI_HOLD_US, NULL);
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  if (g_strcmp0 (before, value) == 0)
    return TRUE;
  tai_order_item_set (line, is_number ? "MSISDN" : "ICCID", value);
  if (is_number)
    tai_order_item_set (line, TAI_CHARACTERISTIC_GRADE, grade);
  return tai_desk_tell_changed (visit, error);
}

gboolean
tai_desk_choose_number (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *msisdn, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        FALSE);
  g_return_val_if_fail (msisdn != NULL, FALSE);
  return tai_msisdn_check (msisdn, error) && choose (self, visit, order, TAI_RESOURCE_NUMBER, msisdn, error);
}

gboolean
tai_desk_choose_sim (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *iccid, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean suspicious = FALSE;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        FALSE);
  g_return_val_if_fail (iccid != NULL, FALSE);
  if (tai_iccid_check (iccid, &suspicious, &local_error) &&
      choose (self, visit, order, TAI_RESOURCE_SIM, iccid, &local_error))
    return TRUE;
  /* a card of the stock is taken whatever its last digit; one that is not there was misread */
  if (suspicious && g_error_matches (local_error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOT_LEASED))
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_SIM_CHECK_DIGIT, "%s: the check digit is wrong",
                 iccid);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
tai_desk_set_target (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *msisdn, GError **error)
{
  TaiOrderItem *line;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit) && tai_desk_has_order (visit, order),
                        FALSE);
  g_return_val_if_fail (msisdn != NULL, FALSE);
  line = tai_desk_find_line (order);
  if (!tai_desk_require_open (self, visit, error) || !tai_msisdn_check (msisdn, error))
    return FALSE;
  if (line == NULL || !(order->operation->needs & TAI_NEEDS_TARGET)) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "%s is not done for a number",
                 order->operation->id);
    return FALSE;
  }
  tai_order_item_set (line, "MSISDN", msisdn);
  return tai_desk_tell_changed (visit, error);
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
  if (!tai_desk_require_open (self, visit, error))
    return FALSE;
  for (guint i = 0; i < visit->orders->len; i++)
    ((TaiOrder *)g_ptr_array_index (visit->orders, i))->signed_ = TRUE;
  return tai_visit_update (visit, error);
}

/* The end without a sale ------------------------------------------------------------------------------------------- */

/* Orders that stood in the books and were taken out again: an auditor asks who did that, and for how much. */
static gboolean
journal_abandoned (TaiDesk *self, TaiVisit *visit, TaiChange *change, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = tai_desk_get_shift (self, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  tai_change_take_journal (
      change, tai_desk_journal (self, "visit_abandoned", shift, visit->id.text, NULL, visit->total));
  return TRUE;
}

/* Whose money is here, or may come. */
static gboolean
check_no_money (TaiVisit *visit, GError **error)
{
  if (tai_visit_find_open_payment (visit) != NULL)
    return tai_desk_check_payable (visit, error);
  for (guint i = 0; i < visit->payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (visit->payments, i);
    if (payment->state == TAI_PAYMENT_SUCCEEDED) {
      g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAYMENT_TAKEN, "payment %s was taken",
                   payment->id.text);
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
tai_desk_abandon (TaiDesk *self, TaiVisit *visit, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  gint64 now;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit), FALSE);
  if (!tai_desk_check_unlocked (self, error) ||
      !tai_state_check_move (&tai_visit_states, visit->state, TAI_VISIT_ABANDONED, error) ||
      (visit->state == TAI_VISIT_PLACED && !check_no_money (visit, error)) ||
      (visit->state == TAI_VISIT_PLACED && !journal_abandoned (self, visit, change, error)))
    return FALSE;
  now = tai_desk_now (self);
  for (guint i = 0; i < visit->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (visit->orders, i);
    tai_desk_move_stock (change, order, TAI_RESOURCE_LEASED, &visit->id, 0);
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
  tai_desk_forget_parked (self, visit); /* may have been the last to know it */
  return TRUE;
}

/* Orders come by visit: those of one lie together. */
static void
abandon_order (TaiDesk *self, TaiChange *change, const TaiOrder *order, const char *last_visit)
{
  gint64 now = tai_desk_now (self);

  tai_change_add_order_state (change, &order->id, TAI_ORDER_CANCELLED, "interrupted", now);
  tai_desk_move_stock (change, order, TAI_RESOURCE_LEASED, &order->visit_id, 0);
  if (g_strcmp0 (last_visit, order->visit_id.text) == 0)
    return;
  tai_change_add_visit (change, &order->visit_id, TAI_VISIT_ABANDONED, order->clerk, now);
  tai_change_take_journal (change, tai_desk_journal (self, "visit_interrupted", NULL, order->visit_id.text,
                                                     NULL, tai_money (0, 0)));
}

static gboolean
has_money (TaiDesk *self, const TaiUuid *visit_id, gboolean *has, GError **error)
{
  g_autoptr (GPtrArray) payments = tai_visit_store_list_payments (self->ports.store, visit_id, error);

  *has = FALSE;
  for (guint i = 0; payments != NULL && i < payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (payments, i);
    *has |= payment->state == TAI_PAYMENT_SUCCEEDED ||
            (tai_tender_is_open (payment->state) && !payment->released);
  }
  return payments != NULL;
}

gboolean
tai_desk_abandon_unpaid (TaiDesk *self, guint *n, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GPtrArray) orders = NULL;
  const char *last_visit = NULL, *kept = NULL;
  guint n_abandoned = 0;

  g_return_val_if_fail (TAI_IS_DESK (self), FALSE);
  orders = tai_desk_list_placed_orders (self, error);
  if (orders == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);
    gboolean has = FALSE;
    if (g_strcmp0 (last_visit, order->visit_id.text) != 0 && g_strcmp0 (kept, order->visit_id.text) != 0 &&
        !has_money (self, &order->visit_id, &has, error))
      return FALSE;
    if (has)
      kept = order->visit_id.text;
    if (g_strcmp0 (kept, order->visit_id.text) == 0)
      continue;
    abandon_order (self, change, order, last_visit);
    last_visit = order->visit_id.text;
    n_abandoned++;
  }
  if (n != NULL)
    *n = n_abandoned;
  return n_abandoned == 0 || tai_desk_commit (self, change, error);
}
