/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-database.h"
#include "tai-schema.h"
#include "tai-store.h"

G_BEGIN_DECLS

struct _TaiStore {
  GObject parent_instance;
  TaiDatabase *db;  /* (owned) */
  char *path;       /* (owned) */
  int owner_fd;     /* lock on "<path>-owner"; -1 none */
  guint16 currency; /* of the terminal */
  GHashTable
      *next_due;     /* (owned): destination -> (owned) gint64: known next_due_us; absent: ask the database */
  gint64 n_open;     /* upper bound of unacknowledged messages */
  gint64 first_body; /* no message before this row has a body */
};

/* FALSE with READ_ONLY on a reader. */
gboolean tai_store_check_writable (TaiStore *self, GError **error);
/* After each commit: a log that has grown too long is moved now rather than when idle. */
void tai_store_limit_log (TaiStore *self);

/* A commit on its way --------------------------------------------------------------------------------------------- */

/* A visit that gets a payment with this change. */
typedef struct {
  TaiUuid visit_id;
  gint64 payment_n;
} TaiPaying;

/**
 * TaiCommit: what one transaction knows.
 * @heads: as given to the completion; the next_ values advance while facts are applied
 * @now_us: the latest time that a fact names; the only clock there is; 0 none
 */
typedef struct {
  TaiStore *store;
  TaiDatabase *db;
  TaiHeads heads;
  gint64 now_us;
  gint64 first_terminal_seq; /* the next one when the transaction began */
  gint64 journal_seq;
  TaiDigest journal_head;
  char receipt_number[64];  /* the one that this change has taken from the series; "" none */
  gboolean is_other_day;    /* the series in meta is another day's */
  GHashTable *own_shifts;   /* (owned) shifts that this change moves: they may still take records */
  GArray *captured;         /* (owned) of gint64: orders that must be paid at the end */
  GPtrArray *paying_visits; /* (owned) (element-type TaiPaying) */
  GHashTable *moved;        /* (owned): payment id -> last state by now; written once, at the end */
  GHashTable *visits; /* (owned): visit id -> its fact by now (transfer none); written once, at the end */
  TaiUuid last_order; /* most facts of a sale speak of the order before */
  gint64 last_order_n;
  GPtrArray *totals; /* (owned): what is added to the running totals, written once, at the end */
  gint64 n_messages;
  gboolean wakes_outbox; /* a message that lay still goes on */
} TaiCommit;

gboolean tai_commit_begin (TaiCommit *self, TaiStore *store, GError **error);
gboolean tai_commit_end (TaiCommit *self, GError **error);
void tai_commit_clear (TaiCommit *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TaiCommit, tai_commit_clear)

gboolean tai_commit_visit (TaiCommit *self, const TaiVisitFact *fact, GError **error);
gboolean tai_commit_order (TaiCommit *self, const TaiOrder *order, GError **error);
gboolean tai_commit_order_state (TaiCommit *self, const TaiOrderStateFact *fact, GError **error);
gboolean tai_commit_order_captured (TaiCommit *self, const TaiOrder *order, GError **error);
gboolean tai_commit_payment (TaiCommit *self, const TaiPayment *payment, GError **error);
gboolean tai_commit_payment_event (TaiCommit *self, const TaiPaymentEventFact *fact, GError **error);
gboolean tai_commit_payment_captured (TaiCommit *self, const TaiPayment *payment, GError **error);
gboolean tai_commit_postings (TaiCommit *self, const TaiPostingsFact *fact, GError **error);
gboolean tai_commit_resource (TaiCommit *self, const TaiResourceFact *fact, GError **error);
gboolean tai_commit_journal (TaiCommit *self, const TaiJournalEntry *entry, GError **error);
gboolean tai_commit_message (TaiCommit *self, const TaiMessage *message, GError **error);
gboolean tai_commit_message_state (TaiCommit *self, const TaiMessageStateFact *fact, GError **error);
gboolean tai_commit_print (TaiCommit *self, const TaiPrintJob *job, GError **error);
gboolean tai_commit_shift (TaiCommit *self, const TaiShiftFact *fact, GError **error);
gboolean tai_commit_approval (TaiCommit *self, const TaiApproval *approval, GError **error);
char *tai_store_find_approver (TaiVisitStore *store, const TaiApproval *asked, gint64 used_us,
                               GError **error);
gboolean tai_commit_setting (TaiCommit *self, const TaiSettingFact *fact, GError **error);
gboolean tai_commit_supplement (TaiCommit *self, const TaiSupplement *fact, GError **error);
gboolean tai_commit_hall_close (TaiCommit *self, const TaiHallClose *fact, GError **error);
gboolean tai_commit_debt (TaiCommit *self, const TaiDebtFact *fact, GError **error);

/* How the close of a shift found the books: after all that the change posts before it. */
gboolean tai_commit_z (TaiCommit *self, gint64 shift_n, GError **error);

/* A closed shift takes no more records (I9): TAI_CORE_ERROR_NO_SHIFT. @shift_id (nullable). */
gboolean tai_commit_check_shift (TaiCommit *self, const char *shift_id, GError **error);
/* The heads as they stand, into the commit; and what became of them. */
gboolean tai_commit_load_heads (TaiCommit *self, GError **error);
gboolean tai_commit_save_heads (TaiCommit *self, GError **error);
/* A receipt number must be the next of the series, or the one this change took already. */
gboolean tai_commit_take_receipt (TaiCommit *self, const char *number, gboolean may_be_old, GError **error);
/* Money must be in one of ISO's currencies. */
gboolean tai_commit_check_money (TaiMoney money, const char *what, GError **error);
/* What this change adds to an account so far: balances are written at its end. */
gint64 tai_commit_get_added (TaiCommit *self, const char *account);
gboolean tai_commit_add_total (TaiCommit *self, const char *business_day, const char *shift_id,
                               const char *kind, const char *clerk, const char *name, gint64 count,
                               TaiMoney amount, GError **error);
GPtrArray *tai_commit_new_totals (void);
/* Writes what was added, balances too. */
gboolean tai_commit_save_totals (TaiCommit *self, GError **error);
/* Writes the last states of payments that moved; then no visit may have two open attempts. */
gboolean tai_commit_end_payments (TaiCommit *self, GError **error);
gboolean tai_commit_check_captured (TaiCommit *self, GError **error);

/* Orders by their row: also the outbox moves them. */
gboolean tai_order_row_move (TaiDatabase *db, gint64 order_n, TaiOrderState to, const char *reason,
                             gint64 time_us, GError **error);
/* HQ has it: sent and acknowledged are two events and one row. News may come twice and late: an order that is further on stays
 * where it is. */
gboolean tai_order_row_acknowledge (TaiDatabase *db, gint64 order_n, gint64 time_us, GError **error);
/* 0 without error: there is no such order. */
gboolean tai_commit_find_order (TaiCommit *self, const TaiUuid *id, gint64 *order_n, GError **error);
/* Money that HQ's refusal owes; refund_due postings of an order. */
gboolean tai_order_row_add_refund_due (TaiDatabase *db, gint64 order_n, gint64 minor, GError **error);

/* Texts of states; unknown text is CORRUPT. */
gboolean tai_store_parse_state (const TaiStateTable *table, const char *text, guint *state, GError **error);

/* Ports, each in its file. */
void tai_store_outbox_init (TaiOutboxInterface *iface);
void tai_store_print_queue_init (TaiPrintQueueInterface *iface);

void tai_store_forget_next_due (TaiStore *self);
gboolean tai_store_count_open (TaiStore *self, GError **error);

TaiOrder *tai_store_find_order (TaiVisitStore *store, const char *id, GError **error);
GPtrArray *tai_store_list_orders (TaiVisitStore *store, const TaiOrderFilter *filter, GError **error);
GPtrArray *tai_store_list_payments (TaiVisitStore *store, const TaiUuid *visit_id, GError **error);
gboolean tai_store_balance (TaiVisitStore *store, const char *account, TaiMoney *balance, gboolean *is_known,
                            GError **error);
GPtrArray *tai_store_list_balances (TaiVisitStore *store, const char *prefix, GError **error);
GPtrArray *tai_store_list_open_payments (TaiVisitStore *store, GError **error);
TaiShift *tai_store_find_open_shift (TaiVisitStore *store, const char *till, GError **error);
TaiShift *tai_store_find_last_closed_shift (TaiVisitStore *store, const char *till, GError **error);
/* Of the business days @from to @until. */
GPtrArray *tai_store_list_shifts (TaiDatabase *db, const char *from, const char *until, GError **error);
GPtrArray *tai_store_list_resources (TaiVisitStore *store, const char *kind, TaiResourceState state,
                                     const char *prefix, guint limit, GError **error);
TaiResource *tai_store_find_resource (TaiVisitStore *store, const char *kind, const char *value,
                                      GError **error);
TaiTillReport *tai_store_report (TaiVisitStore *store, const char *business_day, const char *shift_id,
                                 GError **error);
GPtrArray *tai_store_list_work (TaiVisitStore *store, gint64 waiting_before_us, guint limit, GError **error);
GPtrArray *tai_store_list_unsent (TaiVisitStore *store, const char *destination, guint limit, GError **error);
GPtrArray *tai_store_list_order_events (TaiVisitStore *store, const char *order_id, GError **error);
gboolean tai_store_get_stock (TaiVisitStore *store, TaiStockFigures *figures, GError **error);
TaiOutboxRow *tai_store_find_message (TaiVisitStore *store, const char *destination, const char *key,
                                      GError **error);
GPtrArray *tai_store_list_movements (TaiVisitStore *store, const char *shift_id, GError **error);
GPtrArray *tai_store_list_journal (TaiVisitStore *store, const TaiJournalFilter *filter, GError **error);
TaiShift *tai_store_find_shift (TaiVisitStore *store, const char *shift_id, GError **error);
TaiShift *tai_store_find_z (TaiVisitStore *store, const char *till, gint32 z_number, GError **error);
TaiShift *tai_store_find_shift_of (TaiVisitStore *store, const TaiUuid *order_id, const TaiUuid *payment_id,
                                   GError **error);
GPtrArray *tai_store_list_open_shifts (TaiVisitStore *store, GError **error);
GPtrArray *tai_store_list_arrived (TaiVisitStore *store, GError **error);
GPtrArray *tai_store_list_supplements (TaiVisitStore *store, const char *shift_id, guint limit,
                                       GError **error);
/* Of a closed shift: what its Z keeps, in place of how things stand now. */
gboolean tai_store_fill_z (TaiStore *self, gint64 shift_n, TaiTillReport *report, GError **error);
/* Since the last checkpoint, as far as @seq, whose chain is @head. @report->problem, when it is not what was written. */
gboolean tai_store_check_chain (TaiStore *self, gint64 seq, TaiDigest head, TaiStoreVerification *report,
                                GError **error);
TaiDebt *tai_store_find_debt (TaiVisitStore *store, const char *order_id, GError **error);
GPtrArray *tai_store_list_debts (TaiVisitStore *store, TaiDebtState state, guint limit, GError **error);
TaiHallClose *tai_store_find_hall_close (TaiVisitStore *store, const char *business_day, GError **error);
char *tai_store_get_setting (TaiVisitStore *store, const char *name, GError **error);
TaiStaff *tai_store_find_staff (TaiVisitStore *store, const char *number, guint *failures,
                                gint64 *last_failure_us, GError **error);
GPtrArray *tai_store_list_staff (TaiVisitStore *store, GError **error);
gboolean tai_store_replace_staff (TaiVisitStore *store, GPtrArray *staff, GError **error);
gboolean tai_store_note_sign_in (TaiVisitStore *store, const char *number, gboolean good, gint64 time_us,
                                 GError **error);
gboolean tai_store_use_code (TaiVisitStore *store, const char *number, gint64 step, GError **error);
gboolean tai_store_commit (TaiVisitStore *store, TaiChange *change, GError **error);

G_END_DECLS
