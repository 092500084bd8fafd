/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Coupons. One that is leased to this terminal is known here, with or without a line, and is used up in the change of its
 * payment; any other is headquarters' to know, and is paid with like through a gateway. Either way it is used once: the lease is
 * one terminal's, and headquarters counts each number once. On the desk's worker.
 */
#include "tai-desk-private.h"

#include <string.h>

static gboolean
refuse (GError **error, TaiCoreError code, const char *number)
{
  g_set_error (error, TAI_CORE_ERROR, (int)code, "coupon %s", number);
  return FALSE;
}

/* Who holds no coupon asks HQ, when there is a line. */
static gboolean
ask_headquarters (TaiDesk *self, const char *number, TaiCoreError otherwise, GError **error)
{
  return (self->gateways[TAI_TENDER_COUPON] != NULL && self->on_line) || refuse (error, otherwise, number);
}

gboolean
tai_desk_find_coupon (TaiDesk *self, const char *number, TaiMoney *worth, gboolean *is_here, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiResource) coupon =
      tai_visit_store_find_resource (self->ports.store, TAI_RESOURCE_COUPON, number, &local_error);

  *is_here = FALSE;
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (coupon == NULL || coupon->state == TAI_RESOURCE_FREE)
    return ask_headquarters (self, number, TAI_CORE_ERROR_COUPON_UNKNOWN, error);
  if (coupon->state != TAI_RESOURCE_LEASED)
    return refuse (error, TAI_CORE_ERROR_COUPON_USED, number);
  if (coupon->lease_until_us != 0 && coupon->lease_until_us <= tai_desk_now (self))
    return ask_headquarters (self, number, TAI_CORE_ERROR_COUPON_EXPIRED, error);
  if (coupon->grade == NULL || !tai_money_from_text (coupon->grade, self->terminal->currency, worth, NULL) ||
      worth->minor <= 0)
    return refuse (error, TAI_CORE_ERROR_COUPON_UNKNOWN, number);
  *is_here = TRUE;
  return TRUE;
}

/* The order that its payment was allocated to first has it from now on. */
void
tai_desk_use_coupon (TaiChange *change, const TaiPayment *payment)
{
  const TaiUuid *order = &g_array_index (payment->allocations, TaiAllocation, 0).order_id;

  tai_change_add_resource (change, TAI_RESOURCE_COUPON, payment->number, TAI_RESOURCE_HELD,
                           &payment->visit_id, G_MAXINT64, NULL);
  tai_change_add_resource (change, TAI_RESOURCE_COUPON, payment->number, TAI_RESOURCE_USED, order, 0, NULL);
}

gboolean
tai_desk_was_coupon_here (TaiDesk *self, const TaiPayment *payment, gboolean *was_here, GError **error)
{
  GError *local_error = NULL;
  g_autoptr (TaiResource) coupon =
      tai_visit_store_find_resource (self->ports.store, TAI_RESOURCE_COUPON, payment->number, &local_error);

  *was_here =
      coupon != NULL && coupon->state == TAI_RESOURCE_USED && payment->allocations->len > 0 &&
      strcmp (coupon->holder.text, g_array_index (payment->allocations, TaiAllocation, 0).order_id.text) == 0;
  return tai_desk_pass (local_error, error);
}

/* Headquarters may lease it again. */
void
tai_desk_return_coupon (TaiChange *change, const TaiPayment *payment)
{
  tai_change_add_resource (change, TAI_RESOURCE_COUPON, payment->number, TAI_RESOURCE_FREE,
                           &g_array_index (payment->allocations, TaiAllocation, 0).order_id, 0, NULL);
}
