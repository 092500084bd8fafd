/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-core-error.h"
#include "tai-desk.h"
#include "tai-visit-private.h"

G_BEGIN_DECLS

/*
 * One class over many files, which stand on one another in this order: -base.c (state, commit, rights, the open shift); -stock.c, -open.c
 * (the visit in hand), -pin.c, -approval.c (another's yes), -coupon.c, -deposit.c, -look.c, -news.c, -supplement.c and -drawer.c (what rides along),
 * -invoice.c;
 * the verbs: -staff.c, -till.c, -cash.c, -visit.c, -offering.c, -check.c, -park.c, -sale.c; money's life: -payout.c, -payment.c, -attempt.c,
 * -recover.c, and its verbs: -tender.c, -undo.c, -refund.c, -debt.c, -decide.c; -answer.c, -work.c, -report.c, -close.c, -copy.c, -paper.c; and
 * tai-desk.c puts them together.
 */

/* What rides along with every change, whatever verb makes it; set once, when the desk is made. @complete adds what the change books
 * about closed shifts, and the drawer's pulse, before it is written; @tell, a TaiCompleteFunc in its transaction, what headquarters hears, @data is the desk;
 * @written knows that what it used is used, and opens the drawer. */
typedef struct {
  gboolean (*complete) (TaiDesk *self, TaiChange *change, GError **error);
  TaiCompleteFunc tell;
  void (*written) (TaiDesk *self, const TaiChange *change);
} TaiDeskRiders;

struct _TaiDesk {
  GObject parent;
  const TaiDeskRiders *riders;
  TaiTerminal *terminal;   /* (owned) */
  TaiDeskPorts ports;      /* (owned refs) */
  TaiCatalogue *catalogue; /* (owned) (nullable) */
  TaiStaff *staff;         /* (owned) (nullable) */
  GHashTable *tightened;   /* (owned) (element-type utf8 TaiOfflineRule) */
  GPtrArray *parked;       /* (owned) (element-type TaiVisit) in the order in which they were parked */
  TaiPaymentGateway *gateways[TAI_N_TENDERS]; /* (owned) (nullable) */
  GPtrArray *attempts; /* (owned) (element-type TaiDeskAttempt) open payments whose gateway is asked */
  GPtrArray *begun; /* (owned) (element-type GWeakRef) of visits that a face has and that may still be open */
  TaiApproval *asked; /* (owned) (nullable) what a verb asked for last */
  GPtrArray *granted; /* (owned) (element-type TaiApproval) not yet used */
  TaiTillPolicy policy;
  TaiDrawerPort drawer; /* open NULL: none */
  char *invoice_page;   /* (owned) (nullable) of headquarters; "": none */
  gint64 locked_until_us;
  gboolean locked; /* the clerk has to give his PIN again; @staff is there then */
  gboolean on_line;
};

/* A number or SIM is kept for a visit this long after it was chosen, and once more after the visit was placed. */
#define TAI_HOLD_US (30 * G_TIME_SPAN_MINUTE)
/* And a parked one's so long: a customer who fetches his document or his money. */
#define TAI_PARK_HOLD_US (2 * G_TIME_SPAN_HOUR)

gint64 tai_desk_now (TaiDesk *self);
TaiUuid tai_desk_uuid (TaiDesk *self);
TaiDate tai_desk_today (TaiDesk *self);
gboolean tai_desk_check_unlocked (TaiDesk *self, GError **error);
/* Signed in, not locked, with that right. */
gboolean tai_desk_check_right (TaiDesk *self, TaiRight right, GError **error);
/* What a list shows of customers, for who audits (tai-desk-look.c). */
void tai_desk_mask_work (TaiDesk *self, GPtrArray *items);
void tai_desk_mask_journal (TaiDesk *self, GPtrArray *lines);
/* Somebody is signed in. Who audits leaves a line of the journal for each look; FALSE: it could not be written, so nothing is told. */
gboolean tai_desk_note_reading (TaiDesk *self, const char *subject, const char *detail, GError **error);
/* The open shift of this till or TAI_CORE_ERROR_NO_SHIFT. */
TaiShift *tai_desk_require_shift (TaiDesk *self, GError **error);
/* Another person works here from now on; what was granted to the one before is nothing. @staff (transfer full) */
void tai_desk_change_staff (TaiDesk *self, TaiStaff *staff);
/* The paper of a Z report, once, into the print queue. */
gboolean tai_desk_queue_z (TaiDesk *self, const TaiTillReport *report, GError **error);
/* The same, and nobody is counting it (COUNTING): for what moves money. */
TaiShift *tai_desk_require_selling (TaiDesk *self, GError **error);
/* Who has that number and PIN; counts and journals wrong ones, keeps to the lock-out. Nobody is signed in by it. (transfer full) */
TaiStaff *tai_desk_check_pin (TaiDesk *self, const char *number, const char *proof, GError **error);
/* The act needs another's yes: one that was granted for exactly this goes into @change as used; else APPROVAL, and
 * tai_desk_approve() is what comes next. Who is signed in asks. */
gboolean tai_desk_take_approval (TaiDesk *self, TaiChange *change, const char *action, const char *subject,
                                 TaiMoney amount, GError **error);
/* Who said yes to @action of @amount with that order, asked by @clerk, in time for @used_us. NULL: nobody was needed.
 * (transfer full) */
char *tai_desk_find_approver (TaiDesk *self, const char *action, const TaiOrder *order, const char *clerk,
                              TaiMoney amount, gint64 used_us);
void tai_desk_load_till_policy (TaiDesk *self);
void tai_desk_load_invoice_page (TaiDesk *self);
/* A code for the invoice of @amount of a receipt, with its line of the journal (@kind), of which headquarters hears. NULL: there is no page
 * for invoices, or no receipt. (transfer full) */
TaiInvoiceClaim *tai_desk_add_claim (TaiDesk *self, TaiChange *change, const TaiShift *shift,
                                     const char *kind, const char *receipt_number, TaiMoney amount);
/* In a new copy of a paper of that receipt the codes for invoices that were exchanged for another are void. */
gboolean tai_desk_void_codes (TaiDesk *self, TaiDocument *copy, const char *receipt_number, GError **error);
/* The code for what is left when @refunds (element-type TaiPayment) have gone, instead of those before. *@claim (transfer full)
 * (nullable) */
gboolean tai_desk_exchange_after_refund (TaiDesk *self, TaiChange *change, const TaiShift *shift,
                                         const TaiOrder *order, GPtrArray *refunds, TaiInvoiceClaim **claim,
                                         GError **error);
/* DEPOSIT_SPENT: HQ lets this hall take no @amount more. */
gboolean tai_desk_check_deposit (TaiDesk *self, TaiMoney amount, GError **error);
/* Visits that keep a till open: parked; placed and unpaid, without those of a payment @in_doubt (element-type TaiPayment). */
gboolean tai_desk_count_stopping (TaiDesk *self, GPtrArray *in_doubt, guint *n_parked, guint *n_placed,
                                  GError **error);
/* Before another visit: is the drawer over its cap? */
gboolean tai_desk_check_cap (TaiDesk *self, GError **error);
/* What the change books about closed shifts, as supplements of their Z reports; tai_desk_commit() does it. */
gboolean tai_desk_add_supplements (TaiDesk *self, TaiChange *change, GError **error);
/* Closed shifts whose last unsent record has arrived: a supplement each. */
gboolean tai_desk_add_arrivals (TaiDesk *self, TaiChange *change, GError **error);
/* What cash the change moves over the counter opens the drawer: the pulse's line of the journal, and once it is written the pulse. */
void tai_desk_add_drawer (TaiDesk *self, TaiChange *change);
void tai_desk_push_drawer (TaiDesk *self, const TaiChange *change);
/* After a commit: what it used is used. */
void tai_desk_drop_used (TaiDesk *self, const TaiChange *change);
void tai_desk_forget_approvals (TaiDesk *self);
gboolean tai_desk_commit (TaiDesk *self, TaiChange *change, GError **error);
/* What HQ hears of the facts of a change (tai-desk-news.c); TaiCompleteFunc, @data is the desk. */
gboolean tai_desk_add_news_cb (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error);
/* An entry about now, by who is signed in; @shift (nullable). */
TaiJournalEntry *tai_desk_journal (TaiDesk *self, const char *kind, const TaiShift *shift,
                                   const char *subject, const char *detail, TaiMoney amount);

gboolean tai_desk_require_open (TaiDesk *self, TaiVisit *visit, GError **error);
gboolean tai_desk_has_order (TaiVisit *visit, const TaiOrder *order);
/* The form says who signs and for what: whatever changes it takes the signature back. Tells the visit's listeners. */
gboolean tai_desk_tell_changed (TaiVisit *visit, GError **error);

/* The number and SIM that an order takes from the terminal's stock (not the number that it is done for) go to @to. */
void tai_desk_move_stock (TaiChange *change, const TaiOrder *order, TaiResourceState to,
                          const TaiUuid *holder, gint64 until_us);
/* A visit that is open now: whoever takes the desk over parks it. */
void tai_desk_remember (TaiDesk *self, TaiVisit *visit);
/* The open ones that anybody has and in which something was chosen; LIMIT: more than can be parked. (transfer full) */
GPtrArray *tai_desk_list_begun (TaiDesk *self, GError **error);
/* Parking for @clerk: its facts, and what is done when they are committed. */
gboolean tai_desk_add_parking (TaiDesk *self, TaiChange *change, TaiVisit *visit, const char *clerk,
                               GError **error);
void tai_desk_finish_parking (TaiDesk *self, TaiVisit *visit, const char *clerk);
void tai_desk_forget_parked (TaiDesk *self, TaiVisit *visit);
/* VISITS_OPEN: some are parked, or placed and unpaid, and not for a payment @in_doubt (element-type TaiPayment). */
gboolean tai_desk_check_no_visits (TaiDesk *self, GPtrArray *in_doubt, GError **error);

/* Can this visit hold that value, now that it asks? Its own, free, or one whose hold has ended. */
gboolean tai_desk_find_hold (TaiDesk *self, const TaiVisit *visit, const char *kind, const char *value,
                             gboolean *can_hold, GError **error);
/* Adds the visit's state and the holds that it can still have; what is another's is left out. @clerk (nullable) */
gboolean tai_desk_hold_visit (TaiDesk *self, const TaiVisit *visit, TaiVisitState state, const char *clerk,
                              gint64 until_us, TaiChange *change, GError **error);
/* Placed, no money yet; newest first, 1,000 at most. (transfer full) */
GPtrArray *tai_desk_list_placed_orders (TaiDesk *self, GError **error);
/* The value of @kind (TAI_RESOURCE_…) that the order takes from the stock; (nullable). */
const char *tai_desk_get_stock (const TaiOrder *order, const char *kind);

/* A paid order that will not be done: what was taken is owed, number and SIM go back, and the journal says so. */
gboolean tai_desk_add_refusal (TaiDesk *self, TaiChange *change, const TaiOrder *order, TaiOrderState state,
                               const char *reason, GError **error);

/* An order of this terminal or RECEIPT_UNKNOWN. (transfer full) */
TaiOrder *tai_desk_require_order (TaiDesk *self, const char *order_id, GError **error);
/* His own order a clerk takes back, or its money, with the right; anybody else's with another person's yes. */
gboolean tai_desk_check_who (TaiDesk *self, TaiChange *change, TaiRight right, const char *action,
                             const TaiOrder *order, TaiMoney amount, GError **error);
/* A message about the order, after the order's own where that @is_here. */
void tai_desk_tell_order (TaiChange *change, const TaiOrder *order, gboolean is_here, const TaiUuid *key,
                          const char *path, GBytes *body, gint64 seq);
void tai_desk_queue_refund_slip (TaiDesk *self, TaiChange *change, const TaiRefundSale *sale);
/* What a payment gave to the order, less what went back of it, in minor units; @payments: all of the visit. */
gint64 tai_desk_get_returnable (GPtrArray *payments, const TaiPayment *payment, const TaiOrder *order);
/* The refund by a gateway went, or somebody decided so: postings, message and slip are written with it. One that was given up and
 * is not owed any more has gone twice: that is written, and nothing is posted. */
gboolean tai_desk_settle_refund (TaiDesk *self, TaiVisit *visit, TaiPayment *refund, const char *detail,
                                 gboolean is_decided, GError **error);
/* A person says that it did not go: it is owed as before, and its gateway is to be asked on. Of one that has gone twice:
 * it is put right. */
gboolean tai_desk_give_up_refund (TaiDesk *self, TaiVisit *visit, TaiPayment *refund, const char *detail,
                                  GError **error);
/* A visit as it lies in the store, with its payments. (transfer full) */
TaiVisit *tai_desk_rebuild_visit (TaiDesk *self, const TaiUuid *id, GError **error);

/* All orders by the prices of now: terms that changed need another yes, what cannot be sold any more as it was chosen is gone. */
gboolean tai_desk_rate_anew (TaiDesk *self, TaiVisit *visit, GError **error);
/* MINIMUM_SPEND: the order's plan comes to less than a number of @grade (nullable) asks. */
gboolean tai_desk_check_grade (TaiDesk *self, const TaiOrder *order, const char *grade, GError **error);
/* Paying. All that @last (nullable) and the payments before it bring covers the visit: the capture, added to @change and
 * committed. @debit: what @last brings straight to an account of ours; NULL: it stands in part_paid already. After it
 * tai_desk_end_captured() tells the listeners. */
gboolean tai_desk_capture (TaiDesk *self, TaiVisit *visit, const TaiShift *shift, TaiPayment *last,
                           const TaiDebit *debit, TaiChange *change, GError **error);
void tai_desk_end_captured (TaiVisit *visit);
/* *@shift (transfer full) (nullable): none is open. */
/* For what may find nothing without an error: TRUE if @found, what it left behind, is none; else it is passed on. @found: (transfer full)
 * (nullable) */
gboolean tai_desk_pass (GError *found, GError **error);
gboolean tai_desk_find_shift (TaiDesk *self, TaiShift **shift, GError **error);
/* STATE, PAYMENT_OPEN. */
gboolean tai_desk_check_payable (TaiVisit *visit, GError **error);
/* A coupon: *@is_here: of this terminal's stock, and *@worth is known; else headquarters is to be asked. COUPON_UNKNOWN,
 * COUPON_USED, COUPON_EXPIRED. */
gboolean tai_desk_find_coupon (TaiDesk *self, const char *number, TaiMoney *worth, gboolean *is_here,
                               GError **error);
/* One of the stock: used with its payment; did this payment use it; handed back. */
void tai_desk_use_coupon (TaiChange *change, const TaiPayment *payment);
gboolean tai_desk_was_coupon_here (TaiDesk *self, const TaiPayment *payment, gboolean *was_here,
                                   GError **error);
void tai_desk_return_coupon (TaiChange *change, const TaiPayment *payment);
/* Events of a payment, one after the other, and what the last of them posts: of a refund nothing, its money is owed until it has
 * gone. @detail of the last; @shift (nullable) */
gboolean tai_desk_add_payment_moves (TaiDesk *self, TaiChange *change, const TaiPayment *payment,
                                     const TaiPaymentState *to, guint n, const char *detail,
                                     const TaiShift *shift, GError **error);
/* What it posts that the payment moves from one place to another: nothing within one. @shift (nullable) */
gboolean tai_desk_add_payment_posting (TaiDesk *self, TaiChange *change, const TaiPayment *payment,
                                       TaiPaymentState from, TaiPaymentState to, const TaiShift *shift,
                                       GError **error);
/* The money came: written, and the visit captured when it is covered now and somebody is there. */
gboolean tai_desk_settle_payment (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, const char *detail,
                                  gboolean is_decided, GError **error);
/* It is taken back from now on: the intent is durable before a gateway hears of it. */
gboolean tai_desk_reverse_payment (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, const char *detail,
                                   gboolean releases, GError **error);
/* A person's word instead of the gateway's. Who took the payment does not decide of it alone, whatever his rights: another's
 * yes goes into the same change. */
gboolean tai_desk_add_decision (TaiDesk *self, TaiChange *change, const TaiPayment *payment,
                                const char *action, GError **error);
/* @code (transfer full) (nullable) */
void tai_desk_start_attempt (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, TaiPayCode *code);
/* Asks now; what is under way is waited for. */
void tai_desk_press_attempt (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, TaiGatewayVerb verb);
/* The visit of an open payment whose gateway is asked; (transfer full) (nullable). */
TaiVisit *tai_desk_find_attempted (TaiDesk *self, const TaiPayment *payment);
/* All open payments of a recovered visit. */
void tai_desk_follow_attempts (TaiDesk *self, TaiVisit *visit);
void tai_desk_attempt_drop (gpointer attempt);

/* The item that stands for the line itself: it carries number, SIM and identity; offerings rely on it. (nullable) */
TaiOrderItem *tai_desk_find_line (const TaiOrder *order);

G_END_DECLS
