/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening and closing the till. What was counted, what was expected and the difference stay for ever; an opening
 * difference has its own account and is never booked as a loss of today (odoo#108694).
 */
#include "tai-desk-private.h"

TaiShift *
tai_desk_get_shift (TaiDesk *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  return tai_visit_store_find_open_shift (self->ports.store, self->terminal->till, error);
}

TaiShift *
tai_desk_require_shift (TaiDesk *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  TaiShift *shift = tai_desk_get_shift (self, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (shift == NULL)
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "the till is not open");
  return shift;
}

static TaiShiftFact *
shift_fact (TaiDesk *self, const TaiUuid *id, const char *business_day, TaiShiftState to)
{
  TaiShiftFact *fact = g_new0 (TaiShiftFact, 1);

  fact->id = *id;
  fact->till = g_strdup (self->terminal->till);
  fact->clerk = g_strdup (self->staff->number);
  fact->business_day = g_strdup (business_day);
  fact->to = to;
  fact->time_us = tai_desk_now (self);
  return fact;
}

static gboolean
check_count (TaiDesk *self, TaiMoney counted, GError **error)
{
  if (counted.currency != self->terminal->currency) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_CURRENCY, "not the till's currency");
    return FALSE;
  }
  if (counted.minor < 0 || counted.minor > TAI_MONEY_LIMIT_MINOR) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_MONEY_RANGE, "no amount that a drawer holds");
    return FALSE;
  }
  return TRUE;
}

/* What the drawer should hold when it is opened: what the last close counted. The very first time the hall's safe issues
 * the float. */
static gboolean
opening_postings (TaiDesk *self, TaiMoney counted, TaiPostingSet **set, TaiMoney *expected, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) last =
      tai_visit_store_find_last_closed_shift (self->ports.store, self->terminal->till, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (last == NULL) {
    *expected = counted;
    *set = counted.minor
               ? tai_posting_float (self->terminal->hall, self->terminal->till, counted, &local_error)
               : NULL;
  } else {
    *expected = last->counted;
    *set = tai_posting_opening (self->terminal->till, last->counted, counted, &local_error);
  }
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  return TRUE;
}

gboolean
tai_desk_open_till (TaiDesk *self, TaiMoney counted, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) open = NULL;
  g_autofree char *day = NULL;
  TaiPostingSet *set = NULL;
  TaiJournalEntry *entry;
  TaiShiftFact *fact;
  TaiMoney expected;
  TaiUuid id;

  g_return_val_if_fail (TAI_IS_DESK (self), FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_TILL, error) || !check_count (self, counted, error))
    return FALSE;
  open = tai_desk_get_shift (self, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (open != NULL) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_SHIFT_OPEN, "till %s is open since %s by %s",
                 open->till, open->business_day, open->clerk);
    return FALSE;
  }
  if (!opening_postings (self, counted, &set, &expected, error))
    return FALSE;

  id = tai_desk_uuid (self);
  day = tai_date_to_text (tai_desk_today (self));
  fact = shift_fact (self, &id, day, TAI_SHIFT_OPEN);
  fact->counted = counted;
  fact->expected = expected;
  tai_change_take_shift (change, fact);
  if (set != NULL)
    tai_change_add_postings (change, set, NULL, NULL, day, id.text, self->staff->number, fact->time_us);
  entry = tai_desk_journal (self, "till_opened", NULL, self->terminal->till, NULL, counted);
  entry->business_day = g_strdup (day);
  entry->shift_id = g_strdup (id.text);
  tai_change_take_journal (change, entry);
  return tai_desk_commit (self, change, error);
}

/* Counting and closed are one step here: the count was made before the call. */
static gboolean
close_change (TaiDesk *self, const TaiShift *shift, TaiMoney expected, TaiMoney counted, TaiChange *change,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) last = NULL;
  TaiPostingSet *set;
  TaiShiftFact *fact;

  last = tai_visit_store_find_last_closed_shift (self->ports.store, self->terminal->till, &local_error);
  if (local_error == NULL)
    set = tai_posting_count_difference (self->terminal->till, expected, counted, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  tai_change_take_shift (change, shift_fact (self, &shift->id, shift->business_day, TAI_SHIFT_COUNTING));
  if (set != NULL)
    tai_change_add_postings (change, set, NULL, NULL, shift->business_day, shift->id.text,
                             self->staff->number, tai_desk_now (self));
  fact = shift_fact (self, &shift->id, shift->business_day, TAI_SHIFT_CLOSED);
  fact->counted = counted;
  fact->expected = expected;
  fact->z_number = last ? last->z_number + 1 : 1;
  tai_change_take_journal (
      change, tai_desk_journal (self, "till_closed", shift, self->terminal->till, NULL, counted));
  tai_change_take_shift (change, fact);
  return TRUE;
}

TaiTillReport *
tai_desk_close_till (TaiDesk *self, TaiMoney counted, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) shift = NULL;
  TaiMoney expected;

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  if (!tai_desk_check_right (self, TAI_RIGHT_TILL, error) || !check_count (self, counted, error))
    return NULL;
  shift = tai_desk_require_shift (self, error);
  if (shift == NULL)
    return NULL;
  if (g_strcmp0 (shift->clerk, self->staff->number) != 0 &&
      !tai_desk_check_right (self, TAI_RIGHT_CLOSE_OTHERS, error))
    return NULL;
  if (!tai_desk_check_no_visits (self, error) ||
      !tai_visit_store_drawer_balance (self->ports.store, self->terminal->till, &expected, error) ||
      !close_change (self, shift, expected, counted, change, error) || !tai_desk_commit (self, change, error))
    return NULL;
  return tai_visit_store_report (self->ports.store, shift->business_day, shift->id.text, error);
}
