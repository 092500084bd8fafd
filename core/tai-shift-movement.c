/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to a drawer in one shift, line by line. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-shift-movement.h"

static const char *const kinds[] = {"opened",  "sale",    "refund", "other",
                                    "no_sale", "reprint", "undo",   "closed"};

const char *
tai_movement_kind_to_text (TaiMovementKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);
  return kinds[kind];
}

TaiShiftMovement *
tai_shift_movement_new (TaiMovementKind kind, gint64 time_us)
{
  TaiShiftMovement *self = g_new0 (TaiShiftMovement, 1);

  self->kind = kind;
  self->time_us = time_us;
  return self;
}

void
tai_shift_movement_free (TaiShiftMovement *self)
{
  if (self == NULL)
    return;
  g_free (self->clerk);
  g_free (self->receipt_number);
  g_free (self->operation);
  g_free (self->tender);
  g_free (self->event);
  g_free (self);
}

static gboolean
is_of_size (TaiMoney amount, TaiMoney size)
{
  return amount.currency == size.currency && ABS (amount.minor) == ABS (size.minor);
}

gboolean
tai_shift_movement_explains (const TaiShiftMovement *self, TaiMoney difference)
{
  TaiMoney half = tai_money (difference.minor / 2, difference.currency);
  const TaiMoney amounts[] = {self->amount, self->received, self->change};

  if (difference.currency == 0 || difference.minor == 0)
    return FALSE;
  if (self->kind == TAI_MOVEMENT_NO_SALE)
    return TRUE;
  if (self->drawer.currency == 0 || self->drawer.minor == 0 || self->kind == TAI_MOVEMENT_OPENED)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    if (is_of_size (amounts[i], difference) || (difference.minor % 2 == 0 && is_of_size (amounts[i], half)))
      return TRUE;
  return FALSE;
}
