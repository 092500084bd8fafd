/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening and closing the till. What was counted, what was expected and the difference stay for ever; an opening
 * difference has its own account and is never booked as a loss of today (odoo#108694).
 */
#include "tai-desk-private.h"
#include "tai-tender.h"

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

/* A till that is opened after the hall has closed its day is open for the next one. */
static char *
find_business_day (TaiDesk *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiHallClose) last = tai_visit_store_find_hall_close (self->ports.store, NULL, &local_error);
  TaiDate today = tai_desk_today (self), closed;

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  if (last != NULL && tai_date_from_text (last->business_day, &closed) &&
      tai_date_to_days (closed) >= tai_date_to_days (today))
    today = tai_date_from_days (tai_date_to_days (closed) + 1);
  return tai_date_to_text (today);
}

/* @set: (transfer full) (nullable) */
static void
add_opening (TaiDesk *self, TaiChange *change, const char *day, const char *clerk, TaiMoney counted,
             TaiMoney expected, TaiPostingSet *set)
{
  TaiUuid id = tai_desk_uuid (self);
  TaiShiftFact *fact = shift_fact (self, &id, day, TAI_SHIFT_OPEN);
  TaiJournalEntry *entry = tai_desk_journal (self, "till_opened", NULL, self->terminal->till, NULL, counted);

  g_free (fact->clerk);
  fact->clerk = g_strdup (clerk);
  fact->counted = counted;
  fact->expected = expected;
  tai_change_take_shift (change, fact);
  if (set != NULL)
    tai_change_add_postings (change, set, NULL, NULL, day, id.text, clerk, fact->time_us);
  g_free (entry->clerk);
  entry->clerk = g_strdup (clerk);
  entry->business_day = g_strdup (day);
  entry->shift_id = g_strdup (id.text);
  tai_change_take_journal (change, entry);
}

gboolean
tai_desk_open_till (TaiDesk *self, TaiMoney counted, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) open = NULL;
  g_autofree char *day = NULL;
  TaiPostingSet *set = NULL;
  TaiMoney expected;

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
  day = find_business_day (self, error);
  if (day == NULL || !opening_postings (self, counted, &set, &expected, error))
    return FALSE;
  add_opening (self, change, day, self->staff->number, counted, expected, set);
  return tai_desk_add_arrivals (self, change, error) && tai_desk_commit (self, change, error);
}

/* Closing ------------------------------------------------------------------------------------------------------------ */

/* One count: who counts again goes back to the open till first, so each count is a row of its own. */
static void
add_count (TaiDesk *self, TaiChange *change, const TaiShift *shift, TaiMoney expected, TaiMoney counted)
{
  TaiShiftFact *fact = shift_fact (self, &shift->id, shift->business_day, TAI_SHIFT_COUNTING);

  if (shift->state == TAI_SHIFT_COUNTING)
    tai_change_take_shift (change, shift_fact (self, &shift->id, shift->business_day, TAI_SHIFT_OPEN));
  fact->counted = counted;
  fact->expected = expected;
  tai_change_take_shift (change, fact);
}

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
  add_count (self, change, shift, expected, counted);
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

/* A count that does not close the till is kept like one that does: nobody tries figures until one fits. */
static gboolean
keep_count (TaiDesk *self, const TaiShift *shift, TaiMoney expected, TaiMoney counted, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  if (shift->state == TAI_SHIFT_COUNTING && shift->last_count.minor == counted.minor)
    return TRUE; /* the same again, now with an approver */
  add_count (self, change, shift, expected, counted);
  tai_change_take_journal (
      change, tai_desk_journal (self, "till_counted", shift, self->terminal->till, NULL, counted));
  return tai_desk_commit (self, change, error);
}

/* Over the limit: counted once more. Over the largest, or a third figure: another person sees the difference. */
static gboolean
check_difference (TaiDesk *self, const TaiShift *shift, TaiMoney expected, TaiMoney counted,
                  TaiChange *change, GError **error)
{
  gint64 off = ABS (counted.minor - expected.minor); /* both are amounts that a drawer holds */
  gboolean again =
      shift->n_counts == 0 && self->policy.recount_over_minor > 0 && off > self->policy.recount_over_minor;
  gboolean too_far = self->policy.max_difference_minor > 0 && off > self->policy.max_difference_minor;
  gboolean third = shift->n_counts >= 2 && off > 0 && shift->last_count.minor != counted.minor;
  TaiMoney difference;

  if (again) {
    if (keep_count (self, shift, expected, counted, error))
      g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECOUNT, "the first count is too far off");
    return FALSE;
  }
  if (!too_far && !third)
    return TRUE;
  return tai_money_subtract (counted, expected, &difference, error) &&
         keep_count (self, shift, expected, counted, error) &&
         tai_desk_take_approval (self, change, TAI_ACTION_CLOSE_DIFFERENCE, shift->id.text, difference,
                                 error);
}

/* What nobody knows yet leaves this shift's books for an account that no shift owns (I9). One that is being asked for right
 * now is waited for. */
static gboolean
carry_over (TaiDesk *self, const TaiShift *shift, GPtrArray *in_doubt, TaiChange *change, GError **error)
{
  for (guint i = 0; i < in_doubt->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (in_doubt, i);
    TaiCredit credit = {TAI_ACCOUNT_IN_DOUBT, NULL, payment->amount};
    TaiDebit debit = {TAI_ACCOUNT_IN_DOUBT_CARRIED, NULL, payment->amount,
                      tai_money (0, payment->amount.currency)};
    TaiPostingSet *set;

    if (tai_tender_get_place (payment->state) != TAI_TENDER_IN_DOUBT) {
      g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAYMENT_OPEN, "payment %s is under way",
                   payment->id.text);
      return FALSE;
    }
    if (g_strcmp0 (payment->shift_id, shift->id.text) != 0 || tai_payment_is_refund (payment))
      continue; /* was carried over by its own shift; a refund's money is owed, in any shift */
    set = tai_posting_move ("carried_over", &credit, &debit, error);
    if (set == NULL)
      return FALSE;
    tai_change_add_postings (change, set, NULL, &payment->id, shift->business_day, shift->id.text,
                             self->staff->number, tai_desk_now (self));
  }
  return TRUE;
}

/* Whose shift it is, or who may close others'. *@closed: as the count left it. */
static gboolean
prepare_close (TaiDesk *self, TaiMoney counted, TaiChange *change, TaiShift **closed, GError **error)
{
  g_autoptr (GPtrArray) in_doubt = NULL;
  g_autoptr (TaiShift) shift = NULL, now = NULL;
  TaiMoney expected;

  if (!tai_desk_check_right (self, TAI_RIGHT_TILL, error) || !check_count (self, counted, error))
    return FALSE;
  shift = tai_desk_require_shift (self, error);
  if (shift == NULL)
    return FALSE;
  if (g_strcmp0 (shift->clerk, self->staff->number) != 0 &&
      !tai_desk_check_right (self, TAI_RIGHT_CLOSE_OTHERS, error))
    return FALSE;
  in_doubt = tai_visit_store_list_open_payments (self->ports.store, error);
  if (in_doubt == NULL || !tai_desk_check_no_visits (self, in_doubt, error) ||
      !tai_visit_store_drawer_balance (self->ports.store, self->terminal->till, &expected, error) ||
      !check_difference (self, shift, expected, counted, change, error))
    return FALSE;
  now = tai_desk_require_shift (self, error); /* the count may have moved it */
  if (now == NULL || !carry_over (self, now, in_doubt, change, error) ||
      !close_change (self, now, expected, counted, change, error))
    return FALSE;
  *closed = g_steal_pointer (&now);
  return TRUE;
}

/* What is closed is closed: the figures come from what was written, and the paper is made of them. */
static TaiTillReport *
finish_close (TaiDesk *self, const TaiShift *closed, GError **error)
{
  g_autoptr (TaiTillReport) report =
      tai_visit_store_report (self->ports.store, closed->business_day, closed->id.text, error);

  return report != NULL && tai_desk_queue_z (self, report, error) ? g_steal_pointer (&report) : NULL;
}

TaiTillReport *
tai_desk_close_till (TaiDesk *self, TaiMoney counted, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) closed = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  if (!prepare_close (self, counted, change, &closed, error) || !tai_desk_commit (self, change, error))
    return NULL;
  return finish_close (self, closed, error);
}

/* Who takes the drawer has seen the count: his PIN stands for that. */
static TaiStaff *
find_taker (TaiDesk *self, const char *number, const char *pin, GError **error)
{
  g_autoptr (TaiStaff) taker = NULL;

  if (!tai_desk_check_right (self, TAI_RIGHT_TILL, error))
    return NULL;
  if (g_strcmp0 (number, self->staff->number) == 0) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_SAME_CLERK, "%s hands over to himself", number);
    return NULL;
  }
  taker = tai_desk_check_pin (self, number, pin, error);
  return taker != NULL && tai_staff_check_right (taker, TAI_RIGHT_TILL, error) ? g_steal_pointer (&taker)
                                                                               : NULL;
}

TaiTillReport *
tai_desk_hand_over_till (TaiDesk *self, TaiMoney counted, const char *number, const char *pin, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) closed = NULL;
  g_autoptr (TaiStaff) taker = NULL;
  g_autofree char *day = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && number != NULL && pin != NULL, NULL);
  taker = find_taker (self, number, pin, error);
  if (taker == NULL || !prepare_close (self, counted, change, &closed, error))
    return NULL;
  day = find_business_day (self, error);
  if (day == NULL)
    return NULL;
  tai_change_take_journal (
      change, tai_desk_journal (self, "till_handed_over", closed, self->terminal->till, number, counted));
  add_opening (self, change, day, number, counted, counted, NULL);
  if (!tai_desk_commit (self, change, error))
    return NULL;
  tai_desk_change_staff (self, g_steal_pointer (&taker));
  return finish_close (self, closed, error);
}

gboolean
tai_desk_resume_till (TaiDesk *self, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) shift = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self), FALSE);
  if (!tai_desk_check_right (self, TAI_RIGHT_TILL, error))
    return FALSE;
  shift = tai_desk_require_shift (self, error);
  if (shift == NULL || !tai_state_check_move (&tai_shift_states, shift->state, TAI_SHIFT_OPEN, error))
    return FALSE;
  tai_change_take_shift (change, shift_fact (self, &shift->id, shift->business_day, TAI_SHIFT_OPEN));
  tai_change_take_journal (
      change, tai_desk_journal (self, "till_resumed", shift, self->terminal->till, NULL, tai_money (0, 0)));
  return tai_desk_commit (self, change, error);
}
