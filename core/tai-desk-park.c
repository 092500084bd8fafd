/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Parking (挂单) and recalling (取单): a customer who fetches something steps aside, and the next one is served. Parked visits
 * live in memory with their identity, never on the disk; what they hold is held for longer. On the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-limits.h"

/* Visits under way ------------------------------------------------------------------------------------------------- */

static gboolean
check_room (TaiDesk *self, guint n, GError **error)
{
  if (self->parked->len + n <= TAI_LIMIT_PARKED_VISITS)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "at most %d visits are parked at a desk",
               TAI_LIMIT_PARKED_VISITS);
  return FALSE;
}

GPtrArray *
tai_desk_list_begun (TaiDesk *self, GError **error)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->begun->len; i++) {
    g_autoptr (TaiVisit) visit = g_weak_ref_get (g_ptr_array_index (self->begun, i));
    if (visit != NULL && visit->state == TAI_VISIT_OPEN && visit->orders->len > 0)
      g_ptr_array_add (visits, g_steal_pointer (&visit));
  }
  return check_room (self, visits->len, error) ? g_steal_pointer (&visits) : NULL;
}

/* Parking ---------------------------------------------------------------------------------------------------------- */

gboolean
tai_desk_add_parking (TaiDesk *self, TaiChange *change, TaiVisit *visit, const char *clerk, GError **error)
{
  if (!tai_desk_hold_visit (self, visit, TAI_VISIT_PARKED, clerk, tai_desk_now (self) + TAI_PARK_HOLD_US,
                            change, error))
    return FALSE;
  tai_change_take_journal (change,
                           tai_desk_journal (self, "visit_parked", NULL, visit->id.text, NULL, visit->total));
  return TRUE;
}

static void
set_clerk (TaiVisit *visit, const char *clerk, gint64 since_us)
{
  if (g_strcmp0 (visit->clerk, clerk) != 0) {
    g_free (visit->clerk);
    visit->clerk = g_strdup (clerk);
  }
  visit->since_us = since_us;
}

void
tai_desk_finish_parking (TaiDesk *self, TaiVisit *visit, const char *clerk)
{
  set_clerk (visit, clerk, tai_desk_now (self));
  g_clear_pointer (&visit->parked_with, tai_catalogue_unref);
  visit->parked_with = self->catalogue != NULL ? tai_catalogue_ref (self->catalogue) : NULL;
  visit->parked_day = tai_desk_today (self);
  g_ptr_array_add (self->parked, g_object_ref (visit));
  tai_visit_set_state (visit, TAI_VISIT_PARKED);
}

gboolean
tai_desk_park (TaiDesk *self, TaiVisit *visit, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit), FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error) ||
      !tai_state_check_move (&tai_visit_states, visit->state, TAI_VISIT_PARKED, error) ||
      !check_room (self, 1, error) ||
      !tai_desk_add_parking (self, change, visit, self->staff->number, error) ||
      !tai_desk_commit (self, change, error))
    return FALSE;
  tai_desk_finish_parking (self, visit, self->staff->number);
  return TRUE;
}

/* Recalling -------------------------------------------------------------------------------------------------------- */

/* Takes the choices out that another got meanwhile; *@lost (element-type TaiOrderItem), twice where both are gone. */
static gboolean
find_lost (TaiDesk *self, TaiVisit *visit, const char *kind, GPtrArray *lost, GError **error)
{
  for (guint i = 0; i < visit->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (visit->orders, i);
    const char *value = tai_desk_get_stock (order, kind);
    gboolean can_hold = TRUE;

    if (value != NULL && !tai_desk_find_hold (self, visit, kind, value, &can_hold, error))
      return FALSE;
    if (!can_hold)
      g_ptr_array_add (lost, tai_desk_find_line (order));
  }
  return TRUE;
}

static void
drop (GPtrArray *lost, const char *characteristic)
{
  for (guint i = 0; i < lost->len; i++)
    tai_order_item_set (g_ptr_array_index (lost, i), characteristic, NULL);
}

/* A newer list has come, or another day: what costs the same and says the same stays signed. */
static gboolean
rate_recalled (TaiDesk *self, TaiVisit *visit, GError **error)
{
  TaiMoney before = visit->total;

  if ((visit->parked_with != self->catalogue ||
       tai_date_compare (visit->parked_day, tai_desk_today (self)) != 0) &&
      !tai_desk_rate_anew (self, visit, error))
    return FALSE;
  visit->parked_total = before.minor != visit->total.minor ? before : tai_money (0, 0);
  return TRUE;
}

static gboolean
check_recall (TaiDesk *self, TaiVisit *visit, GError **error)
{
  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error))
    return FALSE;
  if (!g_ptr_array_find (self->parked, visit, NULL)) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "visit: %s is not parked here",
                 tai_state_to_text (&tai_visit_states, visit->state));
    return FALSE;
  }
  return g_strcmp0 (visit->clerk, self->staff->number) == 0 ||
         tai_desk_check_right (self, TAI_RIGHT_RECALL, error);
}

gboolean
tai_desk_recall (TaiDesk *self, TaiVisit *visit, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GPtrArray) numbers = g_ptr_array_new (), sims = g_ptr_array_new ();
  g_autoptr (TaiVisit) kept = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit), FALSE);
  if (!check_recall (self, visit, error) || !find_lost (self, visit, TAI_RESOURCE_NUMBER, numbers, error) ||
      !find_lost (self, visit, TAI_RESOURCE_SIM, sims, error) ||
      !tai_desk_hold_visit (self, visit, TAI_VISIT_OPEN, self->staff->number,
                            tai_desk_now (self) + TAI_HOLD_US, change, error))
    return FALSE;
  tai_change_take_journal (
      change, tai_desk_journal (self, "visit_recalled", NULL, visit->id.text, NULL, visit->total));
  if (!tai_desk_commit (self, change, error))
    return FALSE;
  kept = g_object_ref (visit);
  g_ptr_array_remove (self->parked, visit);
  set_clerk (visit, self->staff->number, tai_desk_now (self));
  drop (numbers, "MSISDN");
  drop (sims, "ICCID");
  tai_visit_set_state (visit, TAI_VISIT_OPEN);
  tai_desk_remember (self, visit);
  return (numbers->len + sims->len == 0 || tai_desk_tell_changed (visit, error)) &&
         rate_recalled (self, visit, error);
}

GPtrArray *
tai_desk_list_parked (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  return g_ptr_array_copy (self->parked, (GCopyFunc)g_object_ref, NULL);
}

/* Counting --------------------------------------------------------------------------------------------------------- */

gboolean
tai_desk_count_visits (TaiDesk *self, guint *n_parked, guint *n_placed, GError **error)
{
  g_autoptr (GPtrArray) orders = NULL;
  const char *last = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && n_parked != NULL && n_placed != NULL, FALSE);
  orders = tai_desk_list_placed_orders (self, error);
  if (orders == NULL)
    return FALSE;
  *n_parked = self->parked->len;
  *n_placed = 0;
  for (guint i = 0; i < orders->len; i++) { /* those of one visit lie together */
    const TaiOrder *order = g_ptr_array_index (orders, i);
    *n_placed += g_strcmp0 (last, order->visit_id.text) != 0;
    last = order->visit_id.text;
  }
  return TRUE;
}

gboolean
tai_desk_count_stopping (TaiDesk *self, GPtrArray *in_doubt, guint *n_parked, guint *n_placed, GError **error)
{
  g_autoptr (GHashTable) doubtful = g_hash_table_new (g_str_hash, g_str_equal);

  if (!tai_desk_count_visits (self, n_parked, n_placed, error))
    return FALSE;
  for (guint i = 0; i < in_doubt->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (in_doubt, i);
    if (!payment->released)
      g_hash_table_add (doubtful, (gpointer)payment->visit_id.text);
  }
  *n_placed -= MIN (*n_placed, g_hash_table_size (doubtful));
  return TRUE;
}

gboolean
tai_desk_check_no_visits (TaiDesk *self, GPtrArray *in_doubt, GError **error)
{
  guint n_parked, n_placed;

  if (!tai_desk_count_stopping (self, in_doubt, &n_parked, &n_placed, error))
    return FALSE;
  if (n_parked + n_placed == 0)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_VISITS_OPEN, "%u visits are parked and %u placed unpaid",
               n_parked, n_placed);
  return FALSE;
}
