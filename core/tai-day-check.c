/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-core"

#include "tai-day-check.h"

/* clang-format off */
static const struct {
  const char *text;
  TaiDayStops stops;
  TaiDayAct act;
} kinds[TAI_N_DAY_KINDS] = {
  [TAI_DAY_TILL_OPEN]     = {"till_open",     TAI_DAY_STOPS_HALL,                      TAI_DAY_ACT_CLOSE_TILL},
  [TAI_DAY_TILL_COUNTING] = {"till_counting", TAI_DAY_STOPS_HALL,                      TAI_DAY_ACT_CLOSE_TILL},
  [TAI_DAY_PARKED]        = {"parked",        TAI_DAY_STOPS_TILL | TAI_DAY_STOPS_HALL, TAI_DAY_ACT_RECALL},
  [TAI_DAY_PLACED]        = {"placed",        TAI_DAY_STOPS_TILL | TAI_DAY_STOPS_HALL, TAI_DAY_ACT_RECALL},
  [TAI_DAY_PAYING]        = {"paying",        TAI_DAY_STOPS_TILL | TAI_DAY_STOPS_HALL, TAI_DAY_ACT_WAIT},
  [TAI_DAY_IN_DOUBT]      = {"in_doubt",      0,                                       TAI_DAY_ACT_LOOK_LINE},
  [TAI_DAY_REFUND_DUE]    = {"refund_due",    0,                                       TAI_DAY_ACT_LOOK_ORDERS},
  [TAI_DAY_REJECTED]      = {"rejected",      0,                                       TAI_DAY_ACT_LOOK_LINE},
  [TAI_DAY_UNSENT]        = {"unsent",        0,                                       TAI_DAY_ACT_LOOK_LINE},
  [TAI_DAY_PAPERS]        = {"papers",        0,                                       TAI_DAY_ACT_PRINT},
  [TAI_DAY_BAG]           = {"bag",           0,                                       TAI_DAY_ACT_MOVE_CASH},
  [TAI_DAY_SAFE]          = {"safe",          0,                                       TAI_DAY_ACT_NONE},
  [TAI_DAY_DRAWER]        = {"drawer",        0,                                       TAI_DAY_ACT_NONE},
};
/* clang-format on */

const char *
tai_day_kind_to_text (TaiDayKind kind)
{
  g_return_val_if_fail (kind < TAI_N_DAY_KINDS, NULL);
  return kinds[kind].text;
}

TaiDayStops
tai_day_kind_get_stops (TaiDayKind kind)
{
  g_return_val_if_fail (kind < TAI_N_DAY_KINDS, 0);
  return kinds[kind].stops;
}

TaiDayAct
tai_day_kind_get_act (TaiDayKind kind)
{
  g_return_val_if_fail (kind < TAI_N_DAY_KINDS, TAI_DAY_ACT_NONE);
  return kinds[kind].act;
}

TaiDayItem *
tai_day_item_new (TaiDayKind kind, gint64 count)
{
  TaiDayItem *self = g_new0 (TaiDayItem, 1);

  self->kind = kind;
  self->count = count;
  return self;
}

void
tai_day_item_free (TaiDayItem *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->detail);
  g_free (self);
}

void
tai_hall_check_free (TaiHallCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->business_day);
  tai_hall_close_free (self->closed);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}
