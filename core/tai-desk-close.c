/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The end of the day: what stops the close of the till or of the hall, and what may stay over night; the hall's business day is closed once.
 * On the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-tender.h"

static TaiDayItem *
add (GPtrArray *items, TaiDayKind kind, gint64 count)
{
  TaiDayItem *item;

  if (count <= 0)
    return NULL;
  item = tai_day_item_new (kind, count);
  g_ptr_array_add (items, item);
  return item;
}

static gboolean
add_visits (TaiDesk *self, GPtrArray *items, GError **error)
{
  g_autoptr (GPtrArray) payments = tai_visit_store_list_open_payments (self->ports.store, error);
  guint n_parked, n_placed, n_paying = 0;
  TaiDayItem *doubt;

  if (payments == NULL || !tai_desk_count_stopping (self, payments, &n_parked, &n_placed, error))
    return FALSE;
  for (guint i = 0; i < payments->len; i++)
    n_paying +=
        tai_tender_get_place (((TaiPayment *)g_ptr_array_index (payments, i))->state) != TAI_TENDER_IN_DOUBT;
  add (items, TAI_DAY_PARKED, n_parked);
  add (items, TAI_DAY_PLACED, n_placed);
  add (items, TAI_DAY_PAYING, n_paying);
  doubt = add (items, TAI_DAY_IN_DOUBT, payments->len - n_paying);
  if (doubt == NULL)
    return TRUE;
  doubt->amount = tai_money (0, self->terminal->currency);
  for (guint i = 0; i < payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (payments, i);
    if (tai_tender_get_place (payment->state) != TAI_TENDER_IN_DOUBT)
      continue;
    if (!tai_payment_is_refund (payment)) /* its money is among the refunds due */
      doubt->amount.minor += payment->amount.minor;
    doubt->since_us = doubt->since_us == 0 ? payment->created_us : MIN (doubt->since_us, payment->created_us);
  }
  return TRUE;
}

static gboolean
add_refunds (TaiDesk *self, GPtrArray *items, GError **error)
{
  TaiMoney owed;
  TaiDayItem *item;

  if (!tai_visit_store_balance (self->ports.store, TAI_ACCOUNT_REFUND_DUE, &owed, NULL, error))
    return FALSE;
  item = add (items, TAI_DAY_REFUND_DUE, owed.minor < 0);
  if (item == NULL)
    return TRUE;
  item->count = 0; /* of how many orders is for the list of orders to say */
  item->amount = tai_money_negate (owed);
  return TRUE;
}

static gboolean
add_messages (TaiDesk *self, GPtrArray *items, const TaiTillReport *report)
{
  TaiDayItem *unsent;

  add (items, TAI_DAY_REJECTED, report->n_quarantined);
  unsent = add (items, TAI_DAY_UNSENT, report->n_unsent);
  if (unsent != NULL)
    unsent->since_us = report->oldest_unsent_us;
  return TRUE;
}

static gboolean
add_papers (TaiDesk *self, GPtrArray *items, GError **error)
{
  static const TaiPrintState states[] = {TAI_PRINT_QUEUED, TAI_PRINT_UNKNOWN, TAI_PRINT_FAILED};
  gint64 n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autoptr (GError) local_error = NULL;

    n += tai_print_queue_count (self->ports.prints, states[i], &local_error);
    if (local_error != NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  }
  add (items, TAI_DAY_PAPERS, n);
  return TRUE;
}

/* What a till and the hall have in common. @report: of any day: it says what is open now */
static gboolean
add_common (TaiDesk *self, GPtrArray *items, const TaiTillReport *report, GError **error)
{
  return add_visits (self, items, error) && add_refunds (self, items, error) &&
         add_messages (self, items, report) && add_papers (self, items, error);
}

GPtrArray *
tai_desk_check_close (TaiDesk *self, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_day_item_free);
  g_autoptr (TaiTillReport) report = NULL;
  g_autofree char *day = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  if (!tai_desk_check_right (self, TAI_RIGHT_TILL, error))
    return NULL;
  day = tai_desk_find_report_day (self, error);
  report = day != NULL ? tai_visit_store_report (self->ports.store, day, NULL, error) : NULL;
  return report != NULL && add_common (self, items, report, error) ? g_steal_pointer (&items) : NULL;
}

/* The hall ------------------------------------------------------------------------------------------------------------- */

static gboolean
add_tills (TaiDesk *self, GPtrArray *items, GPtrArray *open)
{
  for (guint i = 0; i < open->len; i++) {
    const TaiShift *shift = g_ptr_array_index (open, i);
    TaiDayItem *item =
        add (items, shift->state == TAI_SHIFT_COUNTING ? TAI_DAY_TILL_COUNTING : TAI_DAY_TILL_OPEN, 1);

    item->subject = g_strdup (shift->till);
    item->detail = g_strdup (shift->clerk);
    item->since_us = shift->opened_us;
  }
  return TRUE;
}

static gboolean
is_open (GPtrArray *open, const char *till)
{
  for (guint i = 0; i < open->len; i++)
    if (g_str_equal (((TaiShift *)g_ptr_array_index (open, i))->till, till))
      return TRUE;
  return FALSE;
}

/* Those of one kind of account; of a drawer that is open nothing is told. *@sum: of all. @sign: what the list shows as above 0. */
static gboolean
add_accounts (TaiDesk *self, GPtrArray *items, TaiDayKind kind, const char *prefix, int sign, GPtrArray *open,
              TaiMoney *sum, GError **error)
{
  g_autoptr (GPtrArray) balances = tai_visit_store_list_balances (self->ports.store, prefix, error);

  *sum = tai_money (0, self->terminal->currency);
  for (guint i = 0; balances != NULL && i < balances->len; i++) {
    const TaiBalance *balance = g_ptr_array_index (balances, i);
    TaiDayItem *item;

    sum->minor += balance->amount.minor;
    if (kind == TAI_DAY_DRAWER && is_open (open, balance->detail))
      continue;
    item = add (items, kind, balance->amount.minor * sign > 0);
    if (item == NULL)
      continue;
    item->count = 0;
    item->subject = g_strdup (balance->detail);
    item->amount = tai_money (balance->amount.minor * sign, balance->amount.currency);
  }
  return balances != NULL;
}

/* The day that is not closed yet: that of the oldest open till, else of the last one. */
static char *
find_day (TaiDesk *self, GPtrArray *open, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) last = NULL;

  if (open->len > 0)
    return g_strdup (((TaiShift *)g_ptr_array_index (open, 0))->business_day);
  last = tai_visit_store_find_last_closed_shift (self->ports.store, self->terminal->till, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return last != NULL ? g_strdup (last->business_day) : tai_date_to_text (tai_desk_today (self));
}

static void
set_closing_time (TaiDesk *self, TaiHallCheck *check)
{
  gint64 minute = self->policy.closing_minute;
  TaiDate day;

  check->is_due = minute == 0; /* nobody says when: whenever one looks */
  if (minute == 0 || !tai_date_from_text (check->business_day, &day))
    return;
  check->closing_us = tai_date_to_days (day) * G_TIME_SPAN_DAY +
                      (minute - self->terminal->utc_offset_min) * G_TIME_SPAN_MINUTE;
  check->is_due = tai_desk_now (self) >= check->closing_us - TAI_DAY_CHECK_BEFORE_US;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const TaiDayItem *one = *(TaiDayItem *const *)a, *other = *(TaiDayItem *const *)b;
  int stops = ((tai_day_kind_get_stops (other->kind) & TAI_DAY_STOPS_HALL) != 0) -
              ((tai_day_kind_get_stops (one->kind) & TAI_DAY_STOPS_HALL) != 0);

  return stops != 0 ? stops : (int)one->kind - (int)other->kind;
}

/* @close: what the day comes to, as far as it is known now. */
static gboolean
look_around (TaiDesk *self, TaiHallCheck *check, GPtrArray *open, TaiHallClose *close, GError **error)
{
  g_autoptr (TaiTillReport) report =
      tai_visit_store_report (self->ports.store, check->business_day, NULL, error);

  if (report == NULL || !add_tills (self, check->items, open) ||
      !add_common (self, check->items, report, error) ||
      !add_accounts (self, check->items, TAI_DAY_BAG, TAI_ACCOUNT_IN_TRANSIT ":", 1, open, &close->in_bags,
                     error) ||
      !add_accounts (self, check->items, TAI_DAY_SAFE, TAI_ACCOUNT_SAFE ":", -1, open, &close->safe, error) ||
      !add_accounts (self, check->items, TAI_DAY_DRAWER, TAI_ACCOUNT_DRAWER ":", 1, open, &close->drawers,
                     error))
    return FALSE;
  close->sales = report->day.sales;
  close->n_orders = report->n_orders;
  close->n_shifts = report->shifts->len;
  g_ptr_array_sort (check->items, compare_items);
  for (guint i = 0; i < check->items->len; i++) {
    const TaiDayItem *item = g_ptr_array_index (check->items, i);

    if (tai_day_kind_get_stops (item->kind) & TAI_DAY_STOPS_HALL)
      check->n_stops++;
    else
      close->n_left += item->count;
  }
  return TRUE;
}

static TaiHallCheck *
check_hall (TaiDesk *self, TaiHallClose *close, GError **error)
{
  g_autoptr (TaiHallCheck) check = g_new0 (TaiHallCheck, 1);
  g_autoptr (GPtrArray) open = tai_visit_store_list_open_shifts (self->ports.store, error);
  g_autoptr (GError) local_error = NULL;

  check->items = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_day_item_free);
  check->business_day = open != NULL ? find_day (self, open, error) : NULL;
  if (check->business_day == NULL)
    return NULL;
  check->closed = tai_visit_store_find_hall_close (self->ports.store, check->business_day, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  set_closing_time (self, check);
  return look_around (self, check, open, close, error) ? g_steal_pointer (&check) : NULL;
}

TaiHallCheck *
tai_desk_check_hall (TaiDesk *self, GError **error)
{
  TaiHallClose close = {0};

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  if (!tai_desk_check_right (self, TAI_RIGHT_TILL, NULL) &&
      !tai_desk_check_right (self, TAI_RIGHT_REPORT_HALL, error))
    return NULL;
  return check_hall (self, &close, error);
}

/* The oldest thing that stops it is what one is told. */
static gboolean
check_closable (const TaiHallCheck *check, const TaiHallClose *close, GError **error)
{
  const TaiDayItem *first = check->items->len > 0 ? g_ptr_array_index (check->items, 0) : NULL;

  if (check->closed != NULL)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DAY_CLOSED, "%s is closed", check->business_day);
  else if (check->n_stops > 0)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DAY_OPEN, "%s and %u more stop it",
                 tai_day_kind_to_text (first->kind), check->n_stops - 1);
  else if (close->n_shifts == 0)
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "no till was open on %s",
                 check->business_day);
  else
    return TRUE;
  return FALSE;
}

TaiHallClose *
tai_desk_close_hall (TaiDesk *self, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiHallCheck) check = NULL;
  g_autoptr (TaiHallClose) close = g_new0 (TaiHallClose, 1);
  g_autofree char *day = NULL;
  TaiJournalEntry *entry;

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  if (!tai_desk_check_right (self, TAI_RIGHT_CLOSE_OTHERS, error))
    return NULL;
  check = check_hall (self, close, error);
  if (check == NULL || !check_closable (check, close, error))
    return NULL;
  day = g_strdup (check->business_day);
  entry = tai_desk_journal (self, "hall_closed", NULL, self->terminal->hall, NULL, close->sales);
  entry->business_day = g_strdup (day);
  close->business_day = g_strdup (day);
  close->clerk = g_strdup (self->staff->number);
  close->time_us = entry->time_us;
  tai_change_take_hall_close (change, g_steal_pointer (&close));
  tai_change_take_journal (change, entry);
  return tai_desk_commit (self, change, error)
             ? tai_visit_store_find_hall_close (self->ports.store, day, error)
             : NULL;
}
