/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till report's figures, the clerk's own part of it, and its file. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-till-report.h"

TaiMoney
tai_shift_get_difference (const TaiShift *self)
{
  TaiMoney difference;

  if (self->state != TAI_SHIFT_CLOSED || self->counted.currency == 0 ||
      !tai_money_subtract (self->counted, self->expected, &difference, NULL))
    return tai_money (0, 0);
  return difference;
}

TaiMoney
tai_shift_get_opening_difference (const TaiShift *self)
{
  TaiMoney difference;

  if (self->opening_expected.currency == 0 ||
      !tai_money_subtract (self->float_amount, self->opening_expected, &difference, NULL))
    return tai_money (0, self->float_amount.currency);
  return difference;
}

/* Whether a later one of the same till follows. */
static gboolean
is_followed (GPtrArray *shifts, guint i)
{
  const TaiShift *shift = g_ptr_array_index (shifts, i);

  for (guint k = i + 1; k < shifts->len; k++)
    if (g_strcmp0 (((const TaiShift *)g_ptr_array_index (shifts, k))->till, shift->till) == 0)
      return TRUE;
  return FALSE;
}

gint64
tai_shifts_get_booked (GPtrArray *shifts, const char *shift_id)
{
  gint64 booked = 0;

  for (guint i = 0; i < shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (shifts, i);
    if (shift_id != NULL ? g_str_equal (shift->id.text, shift_id) : !is_followed (shifts, i))
      booked += tai_shift_get_difference (shift).minor;
  }
  return booked;
}

TaiMoney
tai_shifts_get_difference (GPtrArray *shifts, guint16 currency)
{
  TaiMoney sum = tai_money (0, currency);

  for (guint i = 0; shifts != NULL && i < shifts->len; i++) {
    TaiMoney one = tai_shift_get_difference (g_ptr_array_index (shifts, i));
    if (one.currency != 0 && !tai_money_add (sum, one, &sum, NULL))
      return tai_money (0, 0);
  }
  return sum;
}

void
tai_till_report_set_source (TaiTillReport *self, gboolean is_from_hq, const char *place, gint64 n_terminals,
                            gint64 as_of_us, int utc_offset_min)
{
  g_return_if_fail (self != NULL);
  self->is_from_hq = is_from_hq;
  g_free (self->place);
  self->place = g_strdup (place);
  self->n_terminals = n_terminals;
  self->as_of_us = as_of_us;
  self->utc_offset_min = utc_offset_min;
}

/* Where nothing was sold, what happened still has lines. */
gboolean
tai_till_report_is_by_hall (const TaiTillReport *self)
{
  GPtrArray *lists[] = {self->by_business, self->by_tender, self->by_event};

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i] != NULL && lists[i]->len > 0)
      return ((const TaiReportLine *)g_ptr_array_index (lists[i], 0))->hall != NULL;
  return FALSE;
}

/* Sums ------------------------------------------------------------------------------------------------------------------- */

void
tai_report_sum_free (TaiReportSum *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

static const char *
get_name (const TaiReportLine *line, guint by)
{
  return by & TAI_REPORT_BY_CLERK      ? line->clerk
         : by & TAI_REPORT_BY_TERMINAL ? line->terminal
         : by & TAI_REPORT_BY_HALL     ? line->hall
                                       : NULL;
}

static TaiReportSum *
take_sum (GPtrArray *sums, const char *name)
{
  TaiReportSum *sum;

  for (guint i = 0; i < sums->len; i++) {
    sum = g_ptr_array_index (sums, i);
    if (g_strcmp0 (sum->name, name) == 0)
      return sum;
  }
  sum = g_new0 (TaiReportSum, 1);
  sum->name = g_strdup (name);
  g_ptr_array_add (sums, sum);
  return sum;
}

GPtrArray *
tai_till_report_sum_up (const TaiTillReport *self, guint by)
{
  GPtrArray *sums = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_sum_free);
  g_autoptr (GPtrArray) sold = tai_report_lines_group (self->by_business, by, 0);
  g_autoptr (GPtrArray) events = tai_report_lines_group (self->by_event, by | TAI_REPORT_BY_EVENT, 0);
  TaiReportEvent event;

  for (guint i = 0; i < sold->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (sold, i);
    TaiReportSum *sum = take_sum (sums, get_name (line, by));
    sum->count = line->count;
    sum->amount = line->amount;
  }
  for (guint i = 0; i < events->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (events, i);
    if (tai_report_event_from_text (line->event, &event)) {
      TaiReportSum *sum = take_sum (sums, get_name (line, by));
      sum->events[event] = line->count;
      sum->amounts[event] = line->amount;
      if (sum->count == 0 && sum->amount.currency == 0) /* sold nothing */
        sum->amount = tai_money (0, line->amount.currency);
    }
  }
  return sums;
}

TaiTakings
tai_till_report_get_takings (const TaiTillReport *self)
{
  g_autoptr (GPtrArray) all = tai_till_report_sum_up (self, 0);
  const TaiReportSum *sum = all->len > 0 ? g_ptr_array_index (all, 0) : NULL;
  TaiTakings takings = {.gross = self->day.sales, .refunds = tai_money (0, self->day.sales.currency)};

  if (sum != NULL) {
    if (sum->count > 0 || sum->amount.currency != 0)
      takings.gross = sum->amount;
    takings.n_orders = sum->count;
    takings.n_refunds = sum->events[TAI_REPORT_EVENT_REFUND];
    takings.refunds =
        takings.n_refunds > 0 ? sum->amounts[TAI_REPORT_EVENT_REFUND] : tai_money (0, takings.gross.currency);
  }
  if (takings.gross.currency == 0 || takings.refunds.currency == 0 ||
      !tai_money_subtract (takings.gross, takings.refunds, &takings.net, NULL))
    takings.net = tai_money (0, 0);
  return takings;
}

/* A clerk's own part ----------------------------------------------------------------------------------------------------- */

/* TRUE: one that the report is of is open. */
static gboolean
keep_shifts (GPtrArray *shifts, const char *clerk, const char *shift_id)
{
  gboolean is_open = FALSE;

  for (guint i = shifts != NULL ? shifts->len : 0; i > 0; i--) {
    const TaiShift *shift = g_ptr_array_index (shifts, i - 1);
    if (g_strcmp0 (shift->clerk, clerk) != 0)
      g_ptr_array_remove_index (shifts, i - 1);
    else
      is_open |=
          shift->state != TAI_SHIFT_CLOSED && (shift_id == NULL || g_str_equal (shift->id.text, shift_id));
  }
  return is_open;
}

static void
keep_lines (GPtrArray *lines, const char *clerk, gboolean is_blind)
{
  for (guint i = lines != NULL ? lines->len : 0; i > 0; i--) {
    TaiReportLine *line = g_ptr_array_index (lines, i - 1);
    if (g_strcmp0 (line->clerk, clerk) != 0)
      g_ptr_array_remove_index (lines, i - 1);
    else if (is_blind)
      line->amount = tai_money (0, 0);
  }
}

static void
count_events (TaiTillReport *self)
{
  g_autoptr (GPtrArray) all = tai_till_report_sum_up (self, 0);
  const TaiReportSum *sum = all->len > 0 ? g_ptr_array_index (all, 0) : NULL;

  self->n_reprints = sum != NULL ? sum->events[TAI_REPORT_EVENT_REPRINT] : 0;
  self->n_undone = sum != NULL ? sum->events[TAI_REPORT_EVENT_UNDONE] : 0;
}

void
tai_till_report_narrow (TaiTillReport *self, const char *clerk)
{
  g_return_if_fail (self != NULL && clerk != NULL);

  self->is_own = TRUE;
  self->is_blind = keep_shifts (self->shifts, clerk, self->shift_id);
  keep_lines (self->by_business, clerk, self->is_blind);
  keep_lines (self->by_tender, clerk, self->is_blind);
  keep_lines (self->by_event, clerk, self->is_blind);
  keep_lines (self->by_quarter, clerk, self->is_blind);
  g_clear_pointer (&self->days, g_array_unref);
  self->day.sales = tai_report_lines_sum (self->by_business, &self->n_orders);
  tai_report_lines_sum (self->by_tender, &self->n_payments);
  count_events (self);
  self->day.n_orders = self->n_orders;
  self->day.n_payments = self->n_payments;
  if (self->is_blind)
    self->drawer_expected = tai_money (0, 0);
  self->refund_due = tai_money (0, 0);
  self->day.drawer = self->drawer_expected;
  self->day.difference =
      self->is_blind ? tai_money (0, 0) : tai_shifts_get_difference (self->shifts, self->day.sales.currency);
  self->yesterday.is_known = self->week_ago.is_known = FALSE;
}
