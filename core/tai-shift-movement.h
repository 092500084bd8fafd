/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-money.h"

G_BEGIN_DECLS

/**
 * TaiMovementKind: what can happen to a drawer, or be a reason why it is not as it should be.
 * @TAI_MOVEMENT_OPENED: the float was counted
 * @TAI_MOVEMENT_SALE: money was taken; of a tender that is no cash the drawer stays as it is
 * @TAI_MOVEMENT_REFUND: cash was given back
 * @TAI_MOVEMENT_OTHER: any other posting to the drawer (to the safe and back)
 * @TAI_MOVEMENT_NO_SALE: the drawer was opened without a sale
 * @TAI_MOVEMENT_REPRINT: a marked copy of a receipt
 * @TAI_MOVEMENT_UNDO: an order was undone
 * @TAI_MOVEMENT_CLOSED: the drawer was counted
 */
typedef enum {
  TAI_MOVEMENT_OPENED,
  TAI_MOVEMENT_SALE,
  TAI_MOVEMENT_REFUND,
  TAI_MOVEMENT_OTHER,
  TAI_MOVEMENT_NO_SALE,
  TAI_MOVEMENT_REPRINT,
  TAI_MOVEMENT_UNDO,
  TAI_MOVEMENT_CLOSED
} TaiMovementKind;
const char *tai_movement_kind_to_text (TaiMovementKind kind); /* "opened", "sale", … */

/**
 * TaiShiftMovement: one line of a shift's life, for who looks for a difference. A plain struct; any thread. Amounts of
 * currency 0: none.
 * @event: (nullable) of what was posted ("cash_sale", "drop", …)
 * @order_id, @payment_id: text[0] == 0: none; of the first of @n_orders
 * @receipt_number, @operation, @tender: (nullable); @operation is the first of @n_orders
 * @amount: what was sold or given back; of OPENED and CLOSED what was counted
 * @received, @change: over the counter
 * @drawer: what it did to the drawer
 * @balance: what should be in the drawer after it
 */
typedef struct {
  TaiMovementKind kind;
  gint64 time_us;
  char *clerk, *receipt_number, *operation, *tender, *event;
  TaiUuid order_id, payment_id;
  gint64 n_orders;
  TaiMoney amount, received, change, drawer, balance;
} TaiShiftMovement;
TaiShiftMovement *tai_shift_movement_new (TaiMovementKind kind, gint64 time_us);
void tai_shift_movement_free (TaiShiftMovement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiShiftMovement, tai_shift_movement_free)

/* Would a slip at this one explain @difference? A change, a sale, or what was received is exactly that sum, or half of it (put
 * on the wrong side); or the drawer was opened without a sale. A hint where to look first, no finding. */
gboolean tai_shift_movement_explains (const TaiShiftMovement *self, TaiMoney difference);

G_END_DECLS
