/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The calling sides of the terminal's memory (visit store, outbox, print queue) and the frees of what they hand out. Every
 * call blocks and belongs on the store's executor.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-store-port.h"

#include <string.h>

#include "tai-date.h"
#include "tai-receipt-number.h"

/* Fewer digits are what too many numbers end in. */
#define MIN_ENDING 4

G_DEFINE_INTERFACE (TaiVisitStore, tai_visit_store, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (TaiOutbox, tai_outbox, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (TaiPrintQueue, tai_print_queue, G_TYPE_OBJECT)

static void
tai_visit_store_default_init (TaiVisitStoreInterface *iface)
{
}

static void
tai_outbox_default_init (TaiOutboxInterface *iface)
{
}

static void
tai_print_queue_default_init (TaiPrintQueueInterface *iface)
{
}

void
tai_balance_free (TaiBalance *self)
{
  if (!self)
    return;
  g_free (self->detail);
  g_free (self);
}

void
tai_shift_free (TaiShift *self)
{
  if (!self)
    return;
  g_free (self->till);
  g_free (self->clerk);
  g_free (self->business_day);
  g_free (self->hall);
  g_free (self);
}

char *
tai_shift_name_till (const TaiShift *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->hall != NULL ? g_strdup_printf ("%s %s", self->hall, self->till) : g_strdup (self->till);
}

void
tai_resource_free (TaiResource *self)
{
  if (!self)
    return;
  g_free (self->kind);
  g_free (self->value);
  g_free (self->grade);
  g_free (self);
}

/* The arrays bring the frees of their elements with them. */
void
tai_till_report_free (TaiTillReport *self)
{
  if (!self)
    return;
  g_free (self->business_day);
  g_free (self->shift_id);
  g_free (self->place);
  g_clear_pointer (&self->days, g_array_unref);
  g_clear_pointer (&self->by_business, g_ptr_array_unref);
  g_clear_pointer (&self->by_tender, g_ptr_array_unref);
  g_clear_pointer (&self->by_event, g_ptr_array_unref);
  g_clear_pointer (&self->by_quarter, g_ptr_array_unref);
  g_clear_pointer (&self->shifts, g_ptr_array_unref);
  g_clear_pointer (&self->movements, g_ptr_array_unref);
  g_clear_pointer (&self->supplements, g_ptr_array_unref);
  g_clear_pointer (&self->by_paid, g_ptr_array_unref);
  g_clear_pointer (&self->terminals, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self);
}

void
tai_report_terminal_free (TaiReportTerminal *self)
{
  if (self == NULL)
    return;
  g_free (self->hall);
  g_free (self->terminal);
  g_free (self);
}

void
tai_report_finding_free (TaiReportFinding *self)
{
  if (self == NULL)
    return;
  g_free (self->hall);
  g_free (self->terminal);
  g_free (self->kind);
  g_free (self->subject);
  g_free (self->detail);
  g_free (self);
}

void
tai_till_report_make_blind (TaiTillReport *self, const TaiStaff *staff)
{
  gboolean is_open = FALSE;

  g_return_if_fail (self != NULL);
  for (guint i = 0; self->shifts != NULL && i < self->shifts->len; i++) {
    const TaiShift *shift = g_ptr_array_index (self->shifts, i);
    is_open |= shift->state != TAI_SHIFT_CLOSED &&
               (self->shift_id == NULL || g_str_equal (shift->id.text, self->shift_id));
  }
  if (is_open && (staff == NULL || !tai_staff_check_right (staff, TAI_RIGHT_REPORT_HALL, NULL)))
    self->drawer_expected = self->day.drawer = tai_money (0, 0);
}

void
tai_outbox_row_free (TaiOutboxRow *self)
{
  if (!self)
    return;
  tai_message_free (self->message);
  g_free (self->last_error);
  g_free (self);
}

void
tai_unsent_item_free (TaiUnsentItem *self)
{
  if (!self)
    return;
  g_free (self->last_error);
  g_free (self->operation);
  g_free (self->msisdn);
  g_free (self->receipt_number);
  g_free (self->clerk);
  g_free (self);
}

void
tai_order_event_free (TaiOrderEvent *self)
{
  if (!self)
    return;
  g_free (self->reason);
  g_free (self);
}

void
tai_print_entry_free (TaiPrintEntry *self)
{
  if (!self)
    return;
  g_free (self->receipt_number);
  g_free (self->printer);
  g_free (self->reason);
  g_clear_pointer (&self->document, tai_document_unref);
  g_free (self);
}

/* Whose name a tender can have, as payments have it. */
static gboolean
is_means (const char *word)
{
  static const char *const providers[] = {"wechat",   "alipay",  "unionpay", "cheque",
                                          "transfer", "voucher", NULL};
  TaiTender tender;

  return tai_tender_from_text (word, &tender, NULL) || g_strv_contains (providers, word);
}

static void
read_word (TaiOrderFilter *self, const char *word, guint16 currency, char day[11])
{
  char letter, day_of_receipt[11];
  gsize length = strlen (word);
  gboolean is_digits = strspn (word, "0123456789") == length;
  TaiMoney amount;
  gint64 sequence;
  TaiDate date;

  if (tai_receipt_number_parse (word, &letter, day_of_receipt, &sequence))
    self->receipt_number = word;
  else if (length >= 8 && tai_date_from_text (word, &date)) {
    g_snprintf (day, 11, "%04d-%02d-%02d", date.year, date.month, date.day);
    self->business_day = day;
  } else if (!is_digits && tai_money_from_text (word, currency, &amount, NULL))
    self->paid_minor = ABS (amount.minor);
  else if (is_means (word))
    self->tender = word;
  else if (!is_digits)
    self->reference = word + (word[0] == '#');
  else if (length >= 11)
    self->msisdn = word;
  else if (length >= MIN_ENDING)
    self->ending = word;
  else
    self->clerk = word;
}

void
tai_order_filter_read (TaiOrderFilter *self, char **words, guint16 currency, char day[11])
{
  g_return_if_fail (self != NULL && day != NULL);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      read_word (self, words[i], currency, day);
}

gboolean
tai_visit_store_commit (TaiVisitStore *self, TaiChange *change, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && change != NULL, FALSE);

  return TAI_VISIT_STORE_GET_IFACE (self)->commit (self, change, error);
}

TaiOrder *
tai_visit_store_find_order (TaiVisitStore *self, const char *id, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && id != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->find_order (self, id, error);
}

GPtrArray *
tai_visit_store_list_orders (TaiVisitStore *self, const TaiOrderFilter *filter, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && filter != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->list_orders (self, filter, error);
}

GPtrArray *
tai_visit_store_list_payments (TaiVisitStore *self, const TaiUuid *visit_id, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && visit_id != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->list_payments (self, visit_id, error);
}

GPtrArray *
tai_visit_store_list_open_payments (TaiVisitStore *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self), NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->list_open_payments (self, error);
}

TaiShift *
tai_visit_store_find_open_shift (TaiVisitStore *self, const char *till, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && till != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->find_open_shift (self, till, error);
}

TaiShift *
tai_visit_store_find_last_closed_shift (TaiVisitStore *self, const char *till, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && till != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->find_last_closed_shift (self, till, error);
}

GPtrArray *
tai_visit_store_list_resources (TaiVisitStore *self, const char *kind, TaiResourceState state,
                                const char *prefix, guint limit, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && kind != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->list_resources (self, kind, state, prefix, limit, error);
}

TaiResource *
tai_visit_store_find_resource (TaiVisitStore *self, const char *kind, const char *value, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && kind != NULL && value != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->find_resource (self, kind, value, error);
}

TaiTillReport *
tai_visit_store_report (TaiVisitStore *self, const char *business_day, const char *shift_id, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && (business_day != NULL || shift_id != NULL), NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->report (self, business_day, shift_id, error);
}

gboolean
tai_visit_store_balance (TaiVisitStore *self, const char *account, TaiMoney *balance, gboolean *is_known,
                         GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && account != NULL && balance != NULL, FALSE);

  return TAI_VISIT_STORE_GET_IFACE (self)->balance (self, account, balance, is_known, error);
}

GPtrArray *
tai_visit_store_list_balances (TaiVisitStore *self, const char *prefix, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && prefix != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->list_balances (self, prefix, error);
}

gboolean
tai_visit_store_drawer_balance (TaiVisitStore *self, const char *till, TaiMoney *balance, GError **error)
{
  g_autofree char *account = g_strconcat (TAI_ACCOUNT_DRAWER ":", till, NULL);

  g_return_val_if_fail (till != NULL, FALSE);
  return tai_visit_store_balance (self, account, balance, NULL, error);
}

GPtrArray *
tai_visit_store_list_movements (TaiVisitStore *self, const char *shift_id, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && shift_id != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->list_movements (self, shift_id, error);
}

TaiShift *
tai_visit_store_find_shift (TaiVisitStore *self, const char *shift_id, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && shift_id != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->find_shift (self, shift_id, error);
}

GPtrArray *
tai_visit_store_list_journal (TaiVisitStore *self, const TaiJournalFilter *filter, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && filter != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->list_journal (self, filter, error);
}

char *
tai_visit_store_find_approver (TaiVisitStore *self, const TaiApproval *asked, gint64 used_us, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && asked != NULL, NULL);
  return TAI_VISIT_STORE_GET_IFACE (self)->find_approver (self, asked, used_us, error);
}

TaiShift *
tai_visit_store_find_z (TaiVisitStore *self, const char *till, gint32 z_number, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && till != NULL, NULL);
  return TAI_VISIT_STORE_GET_IFACE (self)->find_z (self, till, z_number, error);
}

TaiShift *
tai_visit_store_find_shift_of (TaiVisitStore *self, const TaiUuid *order_id, const TaiUuid *payment_id,
                               GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self), NULL);
  return TAI_VISIT_STORE_GET_IFACE (self)->find_shift_of (self, order_id, payment_id, error);
}

GPtrArray *
tai_visit_store_list_open_shifts (TaiVisitStore *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self), NULL);
  return TAI_VISIT_STORE_GET_IFACE (self)->list_open_shifts (self, error);
}

GPtrArray *
tai_visit_store_list_arrived (TaiVisitStore *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self), NULL);
  return TAI_VISIT_STORE_GET_IFACE (self)->list_arrived (self, error);
}

GPtrArray *
tai_visit_store_list_supplements (TaiVisitStore *self, const char *shift_id, guint limit, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self), NULL);
  return TAI_VISIT_STORE_GET_IFACE (self)->list_supplements (self, shift_id, limit, error);
}

TaiHallClose *
tai_visit_store_find_hall_close (TaiVisitStore *self, const char *business_day, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self), NULL);
  return TAI_VISIT_STORE_GET_IFACE (self)->find_hall_close (self, business_day, error);
}

TaiDebt *
tai_visit_store_find_debt (TaiVisitStore *self, const char *order_id, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && order_id != NULL, NULL);
  return TAI_VISIT_STORE_GET_IFACE (self)->find_debt (self, order_id, error);
}

GPtrArray *
tai_visit_store_list_debts (TaiVisitStore *self, TaiDebtState state, guint limit, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && limit > 0, NULL);
  return TAI_VISIT_STORE_GET_IFACE (self)->list_debts (self, state, limit, error);
}

char *
tai_visit_store_get_setting (TaiVisitStore *self, const char *name, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && name != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->get_setting (self, name, error);
}

GPtrArray *
tai_visit_store_list_work (TaiVisitStore *self, gint64 waiting_before_us, guint limit, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self), NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->list_work (self, waiting_before_us, limit, error);
}

TaiOutboxRow *
tai_visit_store_find_message (TaiVisitStore *self, const char *destination, const char *key, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && destination != NULL && key != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->find_message (self, destination, key, error);
}

GPtrArray *
tai_visit_store_list_unsent (TaiVisitStore *self, const char *destination, guint limit, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && destination != NULL && limit > 0, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->list_unsent (self, destination, limit, error);
}

GPtrArray *
tai_visit_store_list_order_events (TaiVisitStore *self, const char *order_id, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && order_id != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->list_order_events (self, order_id, error);
}

gboolean
tai_visit_store_get_stock (TaiVisitStore *self, TaiStockFigures *figures, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && figures != NULL, FALSE);

  return TAI_VISIT_STORE_GET_IFACE (self)->get_stock (self, figures, error);
}

TaiStaff *
tai_visit_store_find_staff (TaiVisitStore *self, const char *number, guint *failures, gint64 *last_failure_us,
                            GError **error)
{
  g_return_val_if_fail (
      TAI_IS_VISIT_STORE (self) && number != NULL && failures != NULL && last_failure_us != NULL, NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->find_staff (self, number, failures, last_failure_us, error);
}

GPtrArray *
tai_visit_store_list_staff (TaiVisitStore *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self), NULL);

  return TAI_VISIT_STORE_GET_IFACE (self)->list_staff (self, error);
}

gboolean
tai_visit_store_replace_staff (TaiVisitStore *self, GPtrArray *staff, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && staff != NULL, FALSE);

  return TAI_VISIT_STORE_GET_IFACE (self)->replace_staff (self, staff, error);
}

gboolean
tai_visit_store_note_sign_in (TaiVisitStore *self, const char *number, gboolean good, gint64 time_us,
                              GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && number != NULL, FALSE);

  return TAI_VISIT_STORE_GET_IFACE (self)->note_sign_in (self, number, good, time_us, error);
}

gboolean
tai_visit_store_use_code (TaiVisitStore *self, const char *number, gint64 step, GError **error)
{
  g_return_val_if_fail (TAI_IS_VISIT_STORE (self) && number != NULL && step > 0, FALSE);

  return TAI_VISIT_STORE_GET_IFACE (self)->use_code (self, number, step, error);
}

GPtrArray *
tai_outbox_due (TaiOutbox *self, const char *destination, gint64 now_us, guint limit, GError **error)
{
  g_return_val_if_fail (TAI_IS_OUTBOX (self) && destination != NULL, NULL);

  return TAI_OUTBOX_GET_IFACE (self)->due (self, destination, now_us, limit, error);
}

gboolean
tai_outbox_mark (TaiOutbox *self, const TaiOutboxMark *marks, guint n, gint64 now_us, GError **error)
{
  g_return_val_if_fail (TAI_IS_OUTBOX (self) && (marks != NULL || n == 0), FALSE);

  return TAI_OUTBOX_GET_IFACE (self)->mark (self, marks, n, now_us, error);
}

gboolean
tai_outbox_recover (TaiOutbox *self, const char *destination, GError **error)
{
  g_return_val_if_fail (TAI_IS_OUTBOX (self) && destination != NULL, FALSE);

  return TAI_OUTBOX_GET_IFACE (self)->recover (self, destination, error);
}

gint64
tai_outbox_next_due_us (TaiOutbox *self, const char *destination)
{
  g_return_val_if_fail (TAI_IS_OUTBOX (self) && destination != NULL, G_MAXINT64);

  return TAI_OUTBOX_GET_IFACE (self)->next_due_us (self, destination);
}

gboolean
tai_outbox_counts (TaiOutbox *self, const char *destination, TaiOutboxCounts *counts, GError **error)
{
  g_return_val_if_fail (TAI_IS_OUTBOX (self) && destination != NULL && counts != NULL, FALSE);

  return TAI_OUTBOX_GET_IFACE (self)->counts (self, destination, counts, error);
}

GPtrArray *
tai_outbox_list (TaiOutbox *self, const char *destination, TaiMessageState state, guint limit, GError **error)
{
  g_return_val_if_fail (TAI_IS_OUTBOX (self) && destination != NULL, NULL);

  return TAI_OUTBOX_GET_IFACE (self)->list (self, destination, state, limit, error);
}

gint64
tai_outbox_resend_above (TaiOutbox *self, const char *destination, gint64 safe_seq, gint64 now_us,
                         GError **error)
{
  g_return_val_if_fail (TAI_IS_OUTBOX (self) && destination != NULL, -1);

  return TAI_OUTBOX_GET_IFACE (self)->resend_above (self, destination, safe_seq, now_us, error);
}

gint64
tai_outbox_purge_until (TaiOutbox *self, const char *destination, gint64 safe_seq, GError **error)
{
  g_return_val_if_fail (TAI_IS_OUTBOX (self) && destination != NULL, -1);

  return TAI_OUTBOX_GET_IFACE (self)->purge_until (self, destination, safe_seq, error);
}

TaiPrintJob *
tai_print_queue_next (TaiPrintQueue *self, const char *printer, GError **error)
{
  g_return_val_if_fail (TAI_IS_PRINT_QUEUE (self) && printer != NULL, NULL);

  return TAI_PRINT_QUEUE_GET_IFACE (self)->next (self, printer, error);
}

gboolean
tai_print_queue_mark (TaiPrintQueue *self, const TaiUuid *job, TaiPrintState to, const char *reason,
                      gint64 time_us, GError **error)
{
  g_return_val_if_fail (TAI_IS_PRINT_QUEUE (self) && job != NULL, FALSE);

  return TAI_PRINT_QUEUE_GET_IFACE (self)->mark (self, job, to, reason, time_us, error);
}

gboolean
tai_print_queue_recover (TaiPrintQueue *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_PRINT_QUEUE (self), FALSE);

  return TAI_PRINT_QUEUE_GET_IFACE (self)->recover (self, error);
}

TaiPrintJob *
tai_print_queue_find_receipt (TaiPrintQueue *self, const char *receipt_number, GError **error)
{
  g_return_val_if_fail (TAI_IS_PRINT_QUEUE (self) && receipt_number != NULL, NULL);

  return TAI_PRINT_QUEUE_GET_IFACE (self)->find_receipt (self, receipt_number, error);
}

TaiPrintJob *
tai_print_queue_find_trouble (TaiPrintQueue *self, const char *id, GError **error)
{
  g_return_val_if_fail (TAI_IS_PRINT_QUEUE (self) && id != NULL, NULL);

  return TAI_PRINT_QUEUE_GET_IFACE (self)->find_trouble (self, id, error);
}

GPtrArray *
tai_print_queue_list_receipt (TaiPrintQueue *self, const char *receipt_number, GError **error)
{
  g_return_val_if_fail (TAI_IS_PRINT_QUEUE (self) && receipt_number != NULL, NULL);

  return TAI_PRINT_QUEUE_GET_IFACE (self)->list_receipt (self, receipt_number, error);
}

gint64
tai_print_queue_count (TaiPrintQueue *self, TaiPrintState state, GError **error)
{
  g_return_val_if_fail (TAI_IS_PRINT_QUEUE (self), -1);

  return TAI_PRINT_QUEUE_GET_IFACE (self)->count (self, state, error);
}
