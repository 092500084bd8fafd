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
  [TAI_DAY_TILL_ELSEWHERE] = {"till_elsewhere", 0,                                     TAI_DAY_ACT_LOOK_HALL},
  [TAI_DAY_MISSING]       = {"missing",       0,                                       TAI_DAY_ACT_LOOK_HALL},
  [TAI_DAY_SILENT]        = {"silent",        0,                                       TAI_DAY_ACT_LOOK_HALL},
  [TAI_DAY_KIOSK_MISSING] = {"kiosk_missing", 0,                                       TAI_DAY_ACT_LOOK_HALL},
  [TAI_DAY_KIOSK_SILENT]  = {"kiosk_silent",  0,                                       TAI_DAY_ACT_LOOK_HALL},
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

static void
add_other (TaiHallCheck *self, TaiDayKind kind, const char *subject, const char *detail, gint64 count,
           gint64 since_us)
{
  TaiDayItem *item = tai_day_item_new (kind, count);

  item->subject = g_strdup (subject);
  item->detail = g_strdup (detail);
  item->since_us = since_us;
  g_ptr_array_add (self->items, item);
}

static void
add_terminal (TaiHallCheck *self, const TaiReportTerminal *terminal, gint64 now_us)
{
  gboolean is_silent = terminal->last_contact_us < now_us - TAI_DAY_CHECK_SILENT_US;

  if (terminal->n_missing > 0)
    add_other (self, terminal->is_kiosk ? TAI_DAY_KIOSK_MISSING : TAI_DAY_MISSING, terminal->terminal, NULL,
               terminal->n_missing, 0);
  if (is_silent)
    add_other (self, terminal->is_kiosk ? TAI_DAY_KIOSK_SILENT : TAI_DAY_SILENT, terminal->terminal, NULL, 0,
               terminal->last_contact_us);
}

void
tai_hall_check_add_others (TaiHallCheck *self, const TaiTillReport *hall, const TaiTerminal *own)
{
  g_return_if_fail (self != NULL && hall != NULL && own != NULL);
  if (!hall->is_from_hq || g_strcmp0 (hall->business_day, self->business_day) != 0)
    return;
  for (guint i = 0; i < hall->shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (hall->shifts, i);

    if (shift->state != TAI_SHIFT_CLOSED && g_strcmp0 (shift->till, own->till) != 0)
      add_other (self, TAI_DAY_TILL_ELSEWHERE, shift->till, shift->clerk, 1, shift->opened_us);
  }
  for (guint i = 0; hall->terminals != NULL && i < hall->terminals->len; i++) {
    const TaiReportTerminal *terminal = g_ptr_array_index (hall->terminals, i);

    if (g_strcmp0 (terminal->terminal, own->id) != 0)
      add_terminal (self, terminal, hall->as_of_us);
  }
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
