/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and SIMs of this terminal's stock: leased, held by a visit for a while, let go. On the desk's worker. */
#include "tai-desk-private.h"

#include <string.h>

const char *
tai_desk_get_stock (const TaiOrder *order, const char *kind)
{
  gboolean is_number = g_str_equal (kind, TAI_RESOURCE_NUMBER);

  if (!(order->operation->needs & (is_number ? TAI_NEEDS_NUMBER : TAI_NEEDS_SIM)))
    return NULL;
  return tai_order_get (order, is_number ? "MSISDN" : "ICCID");
}

void
tai_desk_move_stock (TaiChange *change, const TaiOrder *order, TaiResourceState to, const TaiUuid *holder,
                     gint64 until_us)
{
  static const char *const kinds[] = {TAI_RESOURCE_NUMBER, TAI_RESOURCE_SIM};

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const char *value = tai_desk_get_stock (order, kinds[i]);
    if (value != NULL)
      tai_change_add_resource (change, kinds[i], value, to, holder, until_us, NULL);
  }
}

gboolean
tai_desk_apply_lease (TaiDesk *self, const char *kind, const char *value, const char *grade, gint64 until_us,
                      GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  g_return_val_if_fail (TAI_IS_DESK (self) && kind != NULL && value != NULL, FALSE);
  tai_change_add_resource (change, kind, value, TAI_RESOURCE_LEASED, NULL, until_us, grade);
  return tai_desk_commit (self, change, error);
}

/* Holds ------------------------------------------------------------------------------------------------------------ */

static gboolean
is_over (gint64 until_us, gint64 now_us)
{
  return until_us != 0 && until_us <= now_us;
}

gboolean
tai_desk_find_hold (TaiDesk *self, const TaiVisit *visit, const char *kind, const char *value,
                    gboolean *can_hold, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiResource) resource =
      tai_visit_store_find_resource (self->ports.store, kind, value, &local_error);
  gint64 now = tai_desk_now (self);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  *can_hold = resource != NULL && !is_over (resource->lease_until_us, now) &&
              (resource->state == TAI_RESOURCE_LEASED ||
               (resource->state == TAI_RESOURCE_HELD &&
                (strcmp (resource->holder.text, visit->id.text) == 0 || is_over (resource->until_us, now))));
  return TRUE;
}

/* What is another's by now is left out. */
static gboolean
hold_order (TaiDesk *self, const TaiVisit *visit, const TaiOrder *order, gint64 until_us, TaiChange *change,
            GError **error)
{
  static const char *const kinds[] = {TAI_RESOURCE_NUMBER, TAI_RESOURCE_SIM};

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const char *value = tai_desk_get_stock (order, kinds[i]);
    gboolean can_hold = FALSE;

    if (value == NULL)
      continue;
    if (!tai_desk_find_hold (self, visit, kinds[i], value, &can_hold, error))
      return FALSE;
    if (can_hold)
      tai_change_add_resource (change, kinds[i], value, TAI_RESOURCE_HELD, &visit->id, until_us, NULL);
  }
  return TRUE;
}

gboolean
tai_desk_hold_visit (TaiDesk *self, const TaiVisit *visit, TaiVisitState state, const char *clerk,
                     gint64 until_us, TaiChange *change, GError **error)
{
  tai_change_add_visit (change, &visit->id, state, clerk, tai_desk_now (self));
  for (guint i = 0; i < visit->orders->len; i++)
    if (!hold_order (self, visit, g_ptr_array_index (visit->orders, i), until_us, change, error))
      return FALSE;
  return TRUE;
}

gboolean
tai_desk_renew_holds (TaiDesk *self, TaiVisit *visit, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  gint64 now;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit), FALSE);
  if (visit->state != TAI_VISIT_OPEN && visit->state != TAI_VISIT_PLACED)
    return tai_desk_require_open (self, visit, error);
  now = tai_desk_now (self);
  tai_change_add_visit (change, &visit->id, visit->state, NULL, now);
  for (guint i = 0; i < visit->orders->len; i++)
    tai_desk_move_stock (change, g_ptr_array_index (visit->orders, i), TAI_RESOURCE_HELD, &visit->id,
                         now + TAI_HOLD_US);
  return tai_change_get_n_facts (change) == 1 || tai_desk_commit (self, change, error);
}
