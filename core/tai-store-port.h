/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-change.h"
#include "tai-journal.h"
#include "tai-report-line.h"
#include "tai-shift-movement.h"
#include "tai-work.h"

G_BEGIN_DECLS

/*
 * The ports to the terminal's own memory. Implemented by offline/store (TaiStore). Every call blocks and belongs on the
 * store's executor (or in a single-threaded program). Errors: the store's own domain for the world (disk full, newer
 * database, busy), TAI_CORE_ERROR_STATE / NUMBER_TAKEN / SIM_TAKEN / NOT_LEASED for what the stored state refuses; after an
 * error nothing of the change is there.
 */
#define TAI_TYPE_VISIT_STORE (tai_visit_store_get_type ())
G_DECLARE_INTERFACE (TaiVisitStore, tai_visit_store, TAI, VISIT_STORE, GObject)

/* A shift as stored; counted/expected/difference stay for ever. @opening_expected: what the drawer should have held when the
 * float was counted. */
typedef struct {
  TaiUuid id;
  char *till, *clerk, *business_day;
  char *hall; /* (nullable) where shifts of several halls stand together; a till's name is its hall's only */
  TaiShiftState state;
  gint64 opened_us, closed_us;
  TaiMoney float_amount, counted, expected, opening_expected;
  gint32 z_number;
  gint64 n_counts;      /* that were made */
  gint64 n_supplements; /* of its Z report */
  TaiMoney last_count;  /* currency 0: none was */
} TaiShift;
void tai_shift_free (TaiShift *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiShift, tai_shift_free)
/* "T1", among several halls "H018 T1". (transfer full) */
char *tai_shift_name_till (const TaiShift *self);

typedef struct {
  char *kind, *value, *grade;
  TaiResourceState state;
  TaiUuid holder;
  gint64 until_us;       /* of the hold when it is held, else of the lease */
  gint64 lease_until_us; /* 0: for ever */
} TaiResource;
void tai_resource_free (TaiResource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiResource, tai_resource_free)

/* Filter of a listing; NULL / 0 / FALSE = any. */
typedef struct {
  const char *business_day;
  const char *receipt_number;
  const char *msisdn;
  const char *clerk;
  const char *ending; /* digits: the clerk's whole number, or what a telephone or receipt number ends in */
  const TaiUuid *visit_id;
  /* Of a payment of its visit: the amount that came or went back (0: any), the number of a coupon or slip, the text of the tender or its provider ("cash", "wechat"). */
  gint64 paid_minor;
  const char *reference, *tender;
  gboolean
      only_unfinished; /* work at HQ or money back to the customer is still to come: not completed, cancelled,
                             * undone, rejected or failed, or with a refund due */
  gboolean only_placed; /* placed, and no money has come */
  gboolean no_items;    /* for who only looks whether there are any: the orders come without their items */
  guint limit;          /* 0 = 100 */
} TaiOrderFilter;

/* Finds with what a clerk types: a receipt number, a day ("2026-11-27", "20261127"), an amount with its point ("30.00"), a
 * telephone number, a staff number or the last digits (4 to 10) of a telephone or receipt number, a tender or provider ("cash",
 * "wechat"), else the number of a coupon or slip ("#": whatever follows is one). Several words are all meant, each kind of word once.
 * Empty or NULL: all. The words live in @words, which is written to and must outlive the filter, as @day. */
void tai_order_filter_read (TaiOrderFilter *self, char **words, guint16 currency, char day[11]);

/* One step of an order's life. */
typedef struct {
  TaiOrderState state;
  char *reason; /* (owned) (nullable) HQ's code */
  gint64 time_us;
} TaiOrderEvent;
void tai_order_event_free (TaiOrderEvent *self);

/* What a terminal can still sell with. */
typedef struct {
  gint64 n_numbers, n_sims;
  gint64 catalogue_us; /* when HQ last said that these are the prices; 0: there are none */
} TaiStockFigures;

/* What one asks first of a day. @is_known: a till was open on it. @drawer: what should be in it at its end, or now; currency 0:
 * not told. @difference: what was counted less what was expected, of all tills that were closed. */
typedef struct {
  char business_day[11];
  gboolean is_known;
  TaiMoney sales, drawer, difference;
  gint64 n_orders, n_payments;
} TaiDayFigures;

/* What headquarters knows of a terminal beside its figures: what it has not sent nobody there can know. @last_contact_us: 0: never was
 * heard of; @n_missing: numbers of its series that have not come while later ones have. */
typedef struct {
  char *hall, *terminal; /* (owned) */
  gint64 last_contact_us, n_missing;
  gboolean is_kiosk; /* it was enrolled as one */
} TaiReportTerminal;
void tai_report_terminal_free (TaiReportTerminal *self);

/* What does not match at headquarters and is open, in its words: hq/tai-hq-finding.h. @kind "bank", @subject "card 2026-11-22", @detail
 * codes with their amounts, "bank_missing 250.00". All (owned). */
typedef struct {
  char *hall, *terminal, *kind, *subject, *detail; /* @terminal (nullable) */
  gint64 since_us;
} TaiReportFinding;
void tai_report_finding_free (TaiReportFinding *self);
#define TAI_REPORT_MAX_FINDINGS 200

/**
 * TaiTillReport: the figures of a day ("2026-11-27"), a month ("2026-11"), headquarters' also of other days
 * ("2026-11-01/2026-11-15"), or one shift. The functions that read it:
 * tai-till-report.h. Amounts of currency 0 are not to be told.
 * @business_day: day or month
 * @shift_id: (nullable)
 * @is_own: lines of one clerk only
 * @is_blind: whose count is still to come
 * @is_from_hq: headquarters' figures; else those of this terminal's own memory
 * @place: (nullable) the till, or the hall as headquarters calls it
 * @n_terminals: whose figures these are
 * @as_of_us: when they were so; 0: not said yet
 * @utc_offset_min: of the place
 * @day, @yesterday, @week_ago: unknown in a report of one shift; in a month's @yesterday is the month before, @week_ago the same month a year ago
 * @days: (nullable) (element-type TaiDayFigures) of a month: those on which a till was open, oldest first
 * @by_business, @by_tender, @by_event, @by_quarter: (element-type TaiReportLine) clerk × that; @by_quarter of no month
 * @drawer_expected: derived from postings; of no month
 * @n_undone: of the orders of that time
 * @oldest_unsent_us, @oldest_in_doubt_us: 0: none
 * @shifts: (element-type TaiShift)
 * @movements: (nullable) the detail, if it was asked for: (element-type GPtrArray) of each shift in @shifts its TaiShiftMovements,
 * empty where they are not to be told
 *
 * Of headquarters' alone, (nullable) else:
 * @by_paid: (element-type TaiReportLine) clerk × operation × tender: what payments gave to orders
 * @terminals: (element-type TaiReportTerminal) all of the place
 * @n_findings: what does not match there; @findings: (element-type TaiReportFinding) the oldest of them, of each hall
 */
typedef struct {
  char *business_day;
  char *shift_id;
  gboolean is_own, is_blind, is_from_hq;
  char *place;
  gint64 n_terminals, as_of_us;
  int utc_offset_min;
  TaiDayFigures day, yesterday, week_ago;
  GArray *days;
  GPtrArray *by_business, *by_tender, *by_event, *by_quarter;
  TaiMoney drawer_expected, refund_due;
  gint64 n_orders, n_payments, n_reprints, n_unsent, n_in_doubt, n_quarantined, n_undone;
  gint64 oldest_unsent_us, oldest_in_doubt_us;
  GPtrArray *shifts, *movements;
  char journal_head[65];
  gint64 journal_seq;
  gboolean is_z;          /* of one shift, as its close found all this; what came later are the supplements */
  gint64 checked_from;    /* Z: the chain was computed anew from this entry to the head */
  gint64 broken_seq;      /* Z: the first entry that is not what was written; 0: none */
  TaiMoney carried_over;  /* Z: in doubt, in no shift's books any more; currency 0: no Z */
  GPtrArray *supplements; /* (nullable) of a closed shift; (element-type TaiSupplement) */
  GPtrArray *by_paid, *terminals, *findings;
  gint64 n_findings;
} TaiTillReport;
/* What should be in the drawer of a till that is still open is told after it was counted, or to who may see the hall's report
 * (REPORT_HALL): for all others @drawer_expected has no currency afterwards. @staff (nullable) */
void tai_till_report_make_blind (TaiTillReport *self, const TaiStaff *staff);
void tai_till_report_free (TaiTillReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTillReport, tai_till_report_free)

/* What an account holds; @detail: what stands behind its colon. */
typedef struct {
  char *detail; /* (owned) */
  TaiMoney amount;
} TaiBalance;
void tai_balance_free (TaiBalance *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiBalance, tai_balance_free)

/* A message on its way, as the outbox has it. */
typedef struct {
  gint64 row;          /* the outbox's own id */
  TaiMessage *message; /* (owned) */
  TaiMessageState state;
  gint32 attempts;
  gint64 next_try_us;
  char *last_error; /* (owned) (nullable) HQ's reason or the transport's */
  gint64 created_us;
} TaiOutboxRow;
void tai_outbox_row_free (TaiOutboxRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiOutboxRow, tai_outbox_row_free)

/**
 * TaiUnsentItem: a message that HQ has not acknowledged, and what it is about, as a list shows it.
 * @is_payment: it tells of money; else of an order
 * @order_id: text[0] == 0: of a payment, or of neither
 * @amount: of the order or the payment; currency 0: neither
 */
typedef struct {
  TaiUuid key, order_id;
  gboolean is_payment;
  TaiMessageState state;
  gint32 attempts;
  gint64 created_us, next_try_us;
  char *last_error;     /* (owned) (nullable) HQ's reason or the transport's */
  char *operation;      /* (owned) (nullable) */
  char *msisdn;         /* (owned) (nullable) */
  char *receipt_number; /* (owned) (nullable) */
  char *clerk;          /* (owned) (nullable) */
  TaiMoney amount;
} TaiUnsentItem;
void tai_unsent_item_free (TaiUnsentItem *self);

struct _TaiVisitStoreInterface {
  GTypeInterface parent;
  /* The only way in. */
  gboolean (*commit) (TaiVisitStore *self, TaiChange *change, GError **error);
  /* Reading. (transfer full); NULL without error = not there. */
  TaiOrder *(*find_order) (TaiVisitStore *self, const char *id, GError **error);
  GPtrArray *(*list_orders) (TaiVisitStore *self, const TaiOrderFilter *filter,
                             GError **error); /* TaiOrder, newest first */
  GPtrArray *(*list_payments) (TaiVisitStore *self, const TaiUuid *visit_id, GError **error); /* TaiPayment */
  /* Whose outcome is still to come, oldest first; TaiPayment. */
  GPtrArray *(*list_open_payments) (TaiVisitStore *self, GError **error);
  TaiShift *(*find_open_shift) (TaiVisitStore *self, const char *till, GError **error);
  TaiShift *(*find_last_closed_shift) (TaiVisitStore *self, const char *till, GError **error);
  /* Stock of this terminal; @prefix (nullable) of the value. */
  GPtrArray *(*list_resources) (TaiVisitStore *self, const char *kind, TaiResourceState state,
                                const char *prefix, guint limit, GError **error);
  TaiResource *(*find_resource) (TaiVisitStore *self, const char *kind, const char *value, GError **error);
  /* @business_day: a day or a month (TaiPeriod); NULL when @shift_id says it. */
  TaiTillReport *(*report) (TaiVisitStore *self, const char *business_day, const char *shift_id,
                            GError **error);
  /* @is_known (optional): something was ever posted to it */
  gboolean (*balance) (TaiVisitStore *self, const char *account, TaiMoney *balance, gboolean *is_known,
                       GError **error);
  /* Those of a kind ("in_transit:") that are not 0, oldest first. (transfer full) (element-type TaiBalance) */
  GPtrArray *(*list_balances) (TaiVisitStore *self, const char *prefix, GError **error);
  /* All of one shift, oldest first; (element-type TaiShiftMovement). */
  GPtrArray *(*list_movements) (TaiVisitStore *self, const char *shift_id, GError **error);
  TaiShift *(*find_shift) (TaiVisitStore *self, const char *shift_id, GError **error);
  /* Newest first. (transfer full) (element-type TaiJournalLine) */
  GPtrArray *(*list_journal) (TaiVisitStore *self, const TaiJournalFilter *filter, GError **error);
  /* Who said yes, by then, to what is asked (action, subject, amount, who asks), in time for @used_us; NULL without @error: nobody.
   * (transfer full) */
  char *(*find_approver) (TaiVisitStore *self, const TaiApproval *asked, gint64 used_us, GError **error);
  /* By its Z number; the one that an order, or else a payment, counts in; all that are open, oldest first
   * (element-type TaiShift). */
  TaiShift *(*find_z) (TaiVisitStore *self, const char *till, gint32 z_number, GError **error);
  TaiShift *(*find_shift_of) (TaiVisitStore *self, const TaiUuid *order_id, const TaiUuid *payment_id,
                              GError **error);
  GPtrArray *(*list_open_shifts) (TaiVisitStore *self, GError **error);
  /* Closed ones that left something unsent, all of which has arrived by now, and no supplement says so yet.
   * (transfer full) (element-type TaiShift) */
  GPtrArray *(*list_arrived) (TaiVisitStore *self, GError **error);
  /* Of one shift, or (NULL) the newest @limit of all; in order. (transfer full) (element-type TaiSupplement) */
  GPtrArray *(*list_supplements) (TaiVisitStore *self, const char *shift_id, guint limit, GError **error);
  /* Of one day, or (NULL) the last one. */
  TaiHallClose *(*find_hall_close) (TaiVisitStore *self, const char *business_day, GError **error);
  /* What became here of cash that is owed for that order; NULL without error: it was never another's. */
  TaiDebt *(*find_debt) (TaiVisitStore *self, const char *order_id, GError **error);
  /* Those in that state, longest first. (transfer full) (element-type TaiDebt) */
  GPtrArray *(*list_debts) (TaiVisitStore *self, TaiDebtState state, guint limit, GError **error);
  char *(*get_setting) (TaiVisitStore *self, const char *name, GError **error);
  /* What needs a person, oldest first, without what is parked; orders that HQ has not finished since @waiting_before_us.
   * (transfer full) (element-type TaiWorkItem) */
  GPtrArray *(*list_work) (TaiVisitStore *self, gint64 waiting_before_us, guint limit, GError **error);
  TaiOutboxRow *(*find_message) (TaiVisitStore *self, const char *destination, const char *key,
                                 GError **error);
  /* What is not acknowledged: first what was refused, then what is in doubt, then the rest, each oldest first.
   * (transfer full) (element-type TaiUnsentItem) */
  GPtrArray *(*list_unsent) (TaiVisitStore *self, const char *destination, guint limit, GError **error);
  /* An order's life, oldest first. (transfer full) (element-type TaiOrderEvent); empty for an unknown one */
  GPtrArray *(*list_order_events) (TaiVisitStore *self, const char *order_id, GError **error);
  gboolean (*get_stock) (TaiVisitStore *self, TaiStockFigures *figures, GError **error);
  /* Staff (HQ's bundle) and their lock-out, which survives restarts. */
  TaiStaff *(*find_staff) (TaiVisitStore *self, const char *number, guint *failures, gint64 *last_failure_us,
                           GError **error);
  GPtrArray *(*list_staff) (TaiVisitStore *self, GError **error); /* by number; (element-type TaiStaff) */
  gboolean (*replace_staff) (TaiVisitStore *self, GPtrArray *staff, GError **error);
  gboolean (*note_sign_in) (TaiVisitStore *self, const char *number, gboolean good, gint64 time_us,
                            GError **error);
  /* The code of @step of @number's device is used up, and all before it; this outlives a change of the staff data. */
  gboolean (*use_code) (TaiVisitStore *self, const char *number, gint64 step, GError **error);
};
gboolean tai_visit_store_commit (TaiVisitStore *self, TaiChange *change, GError **error);
TaiOrder *tai_visit_store_find_order (TaiVisitStore *self, const char *id, GError **error);
GPtrArray *tai_visit_store_list_orders (TaiVisitStore *self, const TaiOrderFilter *filter, GError **error);
GPtrArray *tai_visit_store_list_payments (TaiVisitStore *self, const TaiUuid *visit_id, GError **error);
GPtrArray *tai_visit_store_list_open_payments (TaiVisitStore *self, GError **error);
TaiShift *tai_visit_store_find_open_shift (TaiVisitStore *self, const char *till, GError **error);
TaiShift *tai_visit_store_find_last_closed_shift (TaiVisitStore *self, const char *till, GError **error);
GPtrArray *tai_visit_store_list_resources (TaiVisitStore *self, const char *kind, TaiResourceState state,
                                           const char *prefix, guint limit, GError **error);
TaiResource *tai_visit_store_find_resource (TaiVisitStore *self, const char *kind, const char *value,
                                            GError **error);
TaiTillReport *tai_visit_store_report (TaiVisitStore *self, const char *business_day, const char *shift_id,
                                       GError **error);
gboolean tai_visit_store_balance (TaiVisitStore *self, const char *account, TaiMoney *balance,
                                  gboolean *is_known, GError **error);
GPtrArray *tai_visit_store_list_balances (TaiVisitStore *self, const char *prefix, GError **error);
/* Of the account "drawer:@till". */
gboolean tai_visit_store_drawer_balance (TaiVisitStore *self, const char *till, TaiMoney *balance,
                                         GError **error);
GPtrArray *tai_visit_store_list_movements (TaiVisitStore *self, const char *shift_id, GError **error);
TaiShift *tai_visit_store_find_shift (TaiVisitStore *self, const char *shift_id, GError **error);
GPtrArray *tai_visit_store_list_journal (TaiVisitStore *self, const TaiJournalFilter *filter, GError **error);
char *tai_visit_store_find_approver (TaiVisitStore *self, const TaiApproval *asked, gint64 used_us,
                                     GError **error);
TaiShift *tai_visit_store_find_z (TaiVisitStore *self, const char *till, gint32 z_number, GError **error);
TaiShift *tai_visit_store_find_shift_of (TaiVisitStore *self, const TaiUuid *order_id,
                                         const TaiUuid *payment_id, GError **error);
GPtrArray *tai_visit_store_list_open_shifts (TaiVisitStore *self, GError **error);
GPtrArray *tai_visit_store_list_arrived (TaiVisitStore *self, GError **error);
GPtrArray *tai_visit_store_list_supplements (TaiVisitStore *self, const char *shift_id, guint limit,
                                             GError **error);
TaiHallClose *tai_visit_store_find_hall_close (TaiVisitStore *self, const char *business_day, GError **error);
TaiDebt *tai_visit_store_find_debt (TaiVisitStore *self, const char *order_id, GError **error);
GPtrArray *tai_visit_store_list_debts (TaiVisitStore *self, TaiDebtState state, guint limit, GError **error);
char *tai_visit_store_get_setting (TaiVisitStore *self, const char *name, GError **error);
GPtrArray *tai_visit_store_list_work (TaiVisitStore *self, gint64 waiting_before_us, guint limit,
                                      GError **error);
TaiOutboxRow *tai_visit_store_find_message (TaiVisitStore *self, const char *destination, const char *key,
                                            GError **error);
GPtrArray *tai_visit_store_list_unsent (TaiVisitStore *self, const char *destination, guint limit,
                                        GError **error);
GPtrArray *tai_visit_store_list_order_events (TaiVisitStore *self, const char *order_id, GError **error);
gboolean tai_visit_store_get_stock (TaiVisitStore *self, TaiStockFigures *figures, GError **error);
TaiStaff *tai_visit_store_find_staff (TaiVisitStore *self, const char *number, guint *failures,
                                      gint64 *last_failure_us, GError **error);
GPtrArray *tai_visit_store_list_staff (TaiVisitStore *self, GError **error);
gboolean tai_visit_store_replace_staff (TaiVisitStore *self, GPtrArray *staff, GError **error);
gboolean tai_visit_store_note_sign_in (TaiVisitStore *self, const char *number, gboolean good, gint64 time_us,
                                       GError **error);
gboolean tai_visit_store_use_code (TaiVisitStore *self, const char *number, gint64 step, GError **error);

/**
 * TaiOutbox: the queue to each destination, as the sync engine (offline/sync) sees it. Mark-calls are one transaction each
 * and take many rows, so that a drain of 10,000 costs few commits.
 */
#define TAI_TYPE_OUTBOX (tai_outbox_get_type ())
G_DECLARE_INTERFACE (TaiOutbox, tai_outbox, TAI, OUTBOX, GObject)

/* How one row came out of an attempt. */
typedef struct {
  gint64 row;
  TaiMessageState to;
  gint64 next_try_us;     /* waiting, asking */
  const char *error;      /* (nullable) */
  gboolean count_attempt; /* FALSE for a pause: no fault of the message */
} TaiOutboxMark;

/**
 * TaiOutboxCounts: messages, by their state.
 * @oldest_us: created time of the oldest unacknowledged; 0: none
 * @visits: whose: how many customers' visits wait, of the oldest TAI_OUTBOX_VISITS_AMONG messages that are neither acknowledged nor refused
 * @more_visits: there are more messages than were looked at
 */
typedef struct {
  gint64 waiting, in_flight, asking, quarantined, acknowledged;
  gint64 oldest_us;
  gint64 visits;
  gboolean more_visits;
} TaiOutboxCounts;
#define TAI_OUTBOX_VISITS_AMONG 500

struct _TaiOutboxInterface {
  GTypeInterface parent;
  /* Rows that may be tried now (waiting or asking, due, dependency acknowledged), oldest first. */
  GPtrArray *(*due) (TaiOutbox *self, const char *destination, gint64 now_us, guint limit, GError **error);
  /* One transaction. An acknowledged order message also moves its order paid -> sent -> acknowledged. */
  gboolean (*mark) (TaiOutbox *self, const TaiOutboxMark *marks, guint n, gint64 now_us, GError **error);
  /* After a restart: what was in flight becomes asking; nothing waits for a time that the clock may have lost meanwhile. */
  gboolean (*recover) (TaiOutbox *self, const char *destination, GError **error);
  gint64 (*next_due_us) (TaiOutbox *self, const char *destination); /* G_MAXINT64: nothing to do */
  gboolean (*counts) (TaiOutbox *self, const char *destination, TaiOutboxCounts *counts, GError **error);
  GPtrArray *(*list) (TaiOutbox *self, const char *destination, TaiMessageState state, guint limit,
                      GError **error);
  /* A new store epoch at HQ: everything acknowledged above @safe_seq goes back to waiting. Returns how many, -1 on error. */
  gint64 (*resend_above) (TaiOutbox *self, const char *destination, gint64 safe_seq, gint64 now_us,
                          GError **error);
  /* Bodies and boxes of what is acknowledged and at or below HQ's safe_until are dropped (I5). How many, -1 on error. */
  gint64 (*purge_until) (TaiOutbox *self, const char *destination, gint64 safe_seq, GError **error);
};
GPtrArray *tai_outbox_due (TaiOutbox *self, const char *destination, gint64 now_us, guint limit,
                           GError **error);
gboolean tai_outbox_mark (TaiOutbox *self, const TaiOutboxMark *marks, guint n, gint64 now_us,
                          GError **error);
gboolean tai_outbox_recover (TaiOutbox *self, const char *destination, GError **error);
gint64 tai_outbox_next_due_us (TaiOutbox *self, const char *destination);
gboolean tai_outbox_counts (TaiOutbox *self, const char *destination, TaiOutboxCounts *counts,
                            GError **error);
GPtrArray *tai_outbox_list (TaiOutbox *self, const char *destination, TaiMessageState state, guint limit,
                            GError **error);
gint64 tai_outbox_resend_above (TaiOutbox *self, const char *destination, gint64 safe_seq, gint64 now_us,
                                GError **error);
gint64 tai_outbox_purge_until (TaiOutbox *self, const char *destination, gint64 safe_seq, GError **error);

/**
 * TaiPrintQueue: print jobs survive restarts; a job that was being sent when the power went is unknown, not queued.
 */
#define TAI_TYPE_PRINT_QUEUE (tai_print_queue_get_type ())
G_DECLARE_INTERFACE (TaiPrintQueue, tai_print_queue, TAI, PRINT_QUEUE, GObject)

/* A print job as a list shows it. */
typedef struct {
  TaiUuid id, visit_id;
  char *receipt_number; /* (owned) (nullable) */
  char *printer;        /* (owned) role */
  gint32 copy;
  TaiPrintState state;
  char *reason; /* (owned) (nullable) */
  gint64 queued_us, changed_us;
  TaiDocument *document; /* (owned) (nullable) only where the list says so */
} TaiPrintEntry;
void tai_print_entry_free (TaiPrintEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPrintEntry, tai_print_entry_free)

struct _TaiPrintQueueInterface {
  GTypeInterface parent;
  TaiPrintJob *(*next) (TaiPrintQueue *self, const char *printer,
                        GError **error); /* queued -> sending, in one commit */
  gboolean (*mark) (TaiPrintQueue *self, const TaiUuid *job, TaiPrintState to, const char *reason,
                    gint64 time_us, GError **error);
  gboolean (*recover) (TaiPrintQueue *self, GError **error); /* sending -> unknown */
  TaiPrintJob *(*find_receipt) (TaiPrintQueue *self, const char *receipt_number,
                                GError **error); /* copy = highest so far */
  TaiPrintJob *(*find_trouble) (TaiPrintQueue *self, const char *id,
                                GError **error); /* unknown or failed; copy = highest so far of its paper */
  /* All papers of a receipt number with their documents: the receipt's before the form's, the last copy first, then the slips of its
   * visit, which have no receipt_number and are not copied. (transfer full) (element-type TaiPrintEntry) */
  GPtrArray *(*list_receipt) (TaiPrintQueue *self, const char *receipt_number, GError **error);
  gint64 (*count) (TaiPrintQueue *self, TaiPrintState state, GError **error);
};
TaiPrintJob *tai_print_queue_next (TaiPrintQueue *self, const char *printer, GError **error);
gboolean tai_print_queue_mark (TaiPrintQueue *self, const TaiUuid *job, TaiPrintState to, const char *reason,
                               gint64 time_us, GError **error);
gboolean tai_print_queue_recover (TaiPrintQueue *self, GError **error);
TaiPrintJob *tai_print_queue_find_receipt (TaiPrintQueue *self, const char *receipt_number, GError **error);
TaiPrintJob *tai_print_queue_find_trouble (TaiPrintQueue *self, const char *id, GError **error);
GPtrArray *tai_print_queue_list_receipt (TaiPrintQueue *self, const char *receipt_number, GError **error);
gint64 tai_print_queue_count (TaiPrintQueue *self, TaiPrintState state, GError **error);

G_END_DECLS
