/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-approval.h"
#include "tai-cash-move.h"
#include "tai-day-check.h"
#include "tai-headquarters.h"
#include "tai-paperwork.h"
#include "tai-payment-gateway.h"
#include "tai-pin-port.h"
#include "tai-ports.h"
#include "tai-repeat.h"
#include "tai-store-port.h"
#include "tai-till-policy.h"
#include "tai-visit.h"

G_BEGIN_DECLS

/**
 * TaiDesk: what can be done at a terminal. It joins the ports and turns each verb into one TaiChange; every face
 * (command line, counter, kiosk, supervisor, simulator) calls these verbs and no other way leads into the store.
 *
 * Thread: the verbs block on the store, so they belong on one worker (or a single-threaded program). A verb that fails has
 * changed nothing, neither in the store nor in the visit. Errors: TAI_CORE_ERROR, and what the store says.
 */
#define TAI_TYPE_DESK (tai_desk_get_type ())
G_DECLARE_FINAL_TYPE (TaiDesk, tai_desk, TAI, DESK, GObject)

/* The ports; all (not nullable) and ref'd by the desk. */
typedef struct {
  TaiVisitStore *store;
  TaiPrintQueue *prints;
  TaiRenderer *renderer;
  TaiPaperwork *paperwork;
  TaiSealer *sealer;
  TaiPinHasher *pins;
  TaiClock *clock;
  TaiEntropy *entropy;
} TaiDeskPorts;

TaiDesk *tai_desk_new (const TaiTerminal *terminal, const TaiDeskPorts *ports);
const TaiTerminal *tai_desk_get_terminal (TaiDesk *self);

/* Swapped whole, between visits. */
void tai_desk_set_catalogue (TaiDesk *self, TaiCatalogue *catalogue);
TaiCatalogue *tai_desk_get_catalogue (TaiDesk *self); /* (transfer none) (nullable) */
/* From the sync engine: how the last real request ended. Off line is a business rule (I7). */
void tai_desk_set_on_line (TaiDesk *self, gboolean on_line);
gboolean tai_desk_is_on_line (TaiDesk *self);
/* HQ's last word on an operation: the tighter of it and of the table holds, so that HQ can take a tightening back but never
 * loosen the law. Kept in memory: who hears it from HQ stores it and says it again at start. */
void tai_desk_tighten (TaiDesk *self, const char *operation_id, TaiOfflineRule rule);
TaiOfflineRule tai_desk_get_rule (TaiDesk *self, const TaiOperation *operation);

/* Who works here. Wrong PINs and disabled numbers are journalled and counted; unknown numbers are not. */
gboolean tai_desk_sign_in (TaiDesk *self, const char *number, const char *pin, GError **error);
void tai_desk_sign_out (TaiDesk *self); /* parked visits stay; while the desk is locked nothing happens */
const TaiStaff *tai_desk_get_staff (TaiDesk *self); /* (nullable) */
/* When the last failure was LOCKED_OUT: until when. */
gint64 tai_desk_get_locked_until_us (TaiDesk *self);

/**
 * tai_desk_lock:
 * The clerk leaves for a moment: he and his visits stay, but each verb that needs a right, changes or abandons a visit says
 * LOCKED until he gives his PIN again. Wrong PINs count and are journalled as at the sign-in. Nobody signed in: nothing happens.
 *
 * Who may close others' tills can sign in over a locked desk: the clerk is signed out, and what he was selecting is parked for
 * him (visits without an order are not worth it). Anybody else: LOCKED.
 */
void tai_desk_lock (TaiDesk *self);
gboolean tai_desk_unlock (TaiDesk *self, const char *pin, GError **error);
gboolean tai_desk_is_locked (TaiDesk *self);

/**
 * tai_desk_approve:
 * A second person's yes in place: a verb that needs one says APPROVAL, tai_desk_get_asked() tells for what, somebody of
 * tai_desk_list_approvers() gives his PIN here, and the verb is called again within five minutes, once, by the same clerk for
 * the same thing and amount. Granted and refused ones are rows and lines of the journal.
 * APPROVAL_SELF; RIGHT_MISSING: refused for good; PIN_WRONG, LOCKED_OUT as at the sign-in; STATE: nothing was asked.
 */
const TaiApproval *tai_desk_get_asked (TaiDesk *self); /* (transfer none) (nullable) */
gboolean tai_desk_approve (TaiDesk *self, const char *approver, const char *pin, GError **error);
GPtrArray *tai_desk_list_approvers (TaiDesk *self,
                                    GError **error); /* (transfer full) (element-type TaiStaff) */

/* HQ's last word; kept in the store, so that it holds after a start without a line. MONEY_RANGE: below 0. */
gboolean tai_desk_set_till_policy (TaiDesk *self, const TaiTillPolicy *policy, GError **error);
TaiTillPolicy tai_desk_get_till_policy (TaiDesk *self);

/* Where customers make their invoices themselves (tai_invoice_page_check()), "": nowhere; receipts have a code for it from now on. Kept in
 * the store. */
gboolean tai_desk_set_invoice_page (TaiDesk *self, const char *page, GError **error);
gboolean tai_desk_has_invoices (TaiDesk *self);
/* Another code (换开票码) for what was kept of a receipt's money, on a paper of its own; those before are good no more. Right: reprint.
 * RECEIPT_UNKNOWN; STATE: all of it went back; OPERATION_NOT_HERE. @amount: (out) */
gboolean tai_desk_exchange_invoice (TaiDesk *self, const char *receipt_number, TaiMoney *amount,
                                    GError **error);

/**
 * tai_desk_move_cash:
 * Cash without a sale; @move is the id of a row of tai-cash-move.h, which says what else must be given. One commit: postings and
 * journal. REASON_REQUIRED, REFERENCE, BAG_KNOWN (a number is used once, ever), BAG_UNKNOWN, MONEY_RANGE (not above 0; not what is
 * in the bag), DRAWER_SHORT, APPROVAL, NO_SHIFT, COUNTING.
 */
typedef struct {
  const char *move;
  TaiMoney amount;
  const char *bag, *slip, *reason; /* (nullable) */
} TaiCashRequest;
gboolean tai_desk_move_cash (TaiDesk *self, const TaiCashRequest *request, GError **error);
/* Sealed bags that no bank has yet: detail of the account = number. (transfer full) (element-type TaiBalance) */
GPtrArray *tai_desk_list_bags (TaiDesk *self, GError **error);
/* How full the drawer is, without telling how much is in it. */
typedef enum { TAI_CASH_LEVEL_NORMAL, TAI_CASH_LEVEL_HIGH, TAI_CASH_LEVEL_FULL } TaiCashLevel;
gboolean tai_desk_get_cash_level (TaiDesk *self, TaiCashLevel *level, GError **error);

/**
 * TaiDeposit: how an agent's deposit stands (代办押金).
 * @left: of it, before the agent must pay in; below 0: overdrawn
 * @refuses: what would pass it is not sold (DEPOSIT_SPENT, when the visit is placed and in tai_desk_check_visit)
 */
typedef enum { TAI_DEPOSIT_NONE, TAI_DEPOSIT_GOOD, TAI_DEPOSIT_LOW, TAI_DEPOSIT_SPENT } TaiDepositLevel;
typedef struct {
  TaiDepositLevel level; /* NONE: this hall has no deposit */
  TaiMoney deposit, left;
  gboolean refuses;
} TaiDeposit;
gboolean tai_desk_get_deposit (TaiDesk *self, TaiDeposit *deposit, GError **error);

/**
 * tai_desk_check_close, tai_desk_check_hall:
 * What stands at the end of the day, of this till, or of the hall as far as this terminal knows it: what stops the close first. Reads only.
 * (transfer full) (element-type TaiDayItem)
 */
GPtrArray *tai_desk_check_close (TaiDesk *self, GError **error);
TaiHallCheck *tai_desk_check_hall (TaiDesk *self, GError **error);
/* The hall's business day is over, once (right CLOSE_OTHERS). DAY_OPEN: something stops it; DAY_CLOSED; NO_SHIFT: there was none. A till
 * that is opened afterwards is open for the next day. (transfer full) */
TaiHallClose *tai_desk_close_hall (TaiDesk *self, GError **error);

/* The till. An opening difference has its own line; a closing one is over_short. Not while visits are parked or placed
 * (VISITS_OPEN): tai_desk_count_visits says how many. When the close is committed and only its
 * report cannot be read, the store's error comes and the till IS closed (tai_desk_get_shift tells).
 * RECOUNT: the count is kept, the till is being counted, count again; nobody is told by how much it was off. APPROVAL: too far
 * off, or the third figure. Each count stays for ever. While it is being counted nothing is sold (COUNTING) until
 * tai_desk_resume_till(). */
gboolean tai_desk_open_till (TaiDesk *self, TaiMoney counted, GError **error);
TaiTillReport *tai_desk_close_till (TaiDesk *self, TaiMoney counted, GError **error); /* (transfer full) */
gboolean tai_desk_resume_till (TaiDesk *self, GError **error); /* back from counting to selling */
/* One drawer goes from who is signed in to @number, whose @pin says that he has seen the count, in one change: the Z report of
 * the one, the float of the other. Errors as at a close; SAME_CLERK; PIN_WRONG, LOCKED_OUT. He is signed in then. @returns: that Z. */
TaiTillReport *tai_desk_hand_over_till (TaiDesk *self, TaiMoney counted, const char *number, const char *pin,
                                        GError **error);
TaiShift *tai_desk_get_shift (TaiDesk *self, GError **error); /* (transfer full) (nullable) */

/**
 * tai_desk_report:
 * @business_day: (nullable) a day or a month; that of @shift_id, else of the open shift, else today's
 * @shift_id: (nullable) all of the day
 *
 * The figures as far as who is signed in may see them: all with REPORT_HALL, with REPORT_OWN alone what
 * tai_till_report_narrow() leaves. The count of an open drawer is blind (tai_till_report_make_blind). (transfer full)
 */
TaiTillReport *tai_desk_report (TaiDesk *self, const char *business_day, const char *shift_id,
                                GError **error);
/* Headquarters' figures came: may who is signed in see them (REPORT_HALL)? Who audits has read them then. */
gboolean tai_desk_receive_report (TaiDesk *self, const TaiTillReport *report, GError **error);
char *tai_desk_find_report_day (TaiDesk *self, GError **error); /* (transfer full) what NULL means there */
/* What happened to the drawer in one shift: with REPORT_OWN alone one's own, and only when it is closed (SHIFT_OPEN: the
 * count is blind). @shift: (out) (optional) (transfer full). (transfer full) (element-type TaiShiftMovement) */
GPtrArray *tai_desk_list_movements (TaiDesk *self, const char *shift_id, TaiShift **shift, GError **error);
/**
 * TaiDrawerPort: the cash drawer of this desk. Whatever change moves cash over the counter opens it: a sale and the cash part of one,
 * money back, cash moves. The pulse stands in the journal in that very change ("drawer_pulse", @detail its reason: "sale", "refund",
 * "cash_in" …), before it is sent; "drawer_opened" is only what a person opens without money.
 * @is_there: asked for each of them; without a drawer nothing is written and nothing opened
 * @open: once it is written; returns at once. What came of it no verb waits for
 *
 * Thread: the desk's.
 */
typedef struct {
  gboolean (*is_there) (gpointer data);
  void (*open) (gpointer data);
  gpointer data;
} TaiDrawerPort;
void tai_desk_set_drawer (TaiDesk *self, const TaiDrawerPort *port); /* NULL: none, as at first */
/* Opens the drawer without a sale: who does is in the journal beforehand. */
gboolean tai_desk_note_drawer (TaiDesk *self, GError **error);
/* It was open for too long; in the journal with who is signed in. */
gboolean tai_desk_note_drawer_left_open (TaiDesk *self, GError **error);
/**
 * tai_desk_list_orders:
 * What a face looks up, as the store has it (tai-store-port.h). Who audits (RIGHT_AUDIT) sees no number of a customer, a document
 * or a SIM card whole, and each look is a line of the journal; when that cannot be written, nothing is told. (transfer full)
 */
GPtrArray *tai_desk_list_orders (TaiDesk *self, const TaiOrderFilter *filter, GError **error);
TaiOrder *tai_desk_look_at_order (TaiDesk *self, const char *id,
                                  GError **error); /* (nullable) no such order */
GPtrArray *tai_desk_list_unsent (TaiDesk *self, guint limit, GError **error);
GPtrArray *tai_desk_list_papers (TaiDesk *self, const char *receipt_number, GError **error);

/* The journal, for who sees the hall's reports or audits. (transfer full) (element-type TaiJournalLine), newest first */
GPtrArray *tai_desk_list_journal (TaiDesk *self, const TaiJournalFilter *filter, GError **error);
/* Adds to a report of this terminal what happened to its drawers (@movements), as far as who is signed in may see it. */
gboolean tai_desk_add_report_detail (TaiDesk *self, TaiTillReport *report, GError **error);
/* The paper of @report as it is, for a file; or into the print queue for the form printer, journalled. */
TaiDocument *tai_desk_make_report_paper (TaiDesk *self, const TaiTillReport *report);
gboolean tai_desk_print_report (TaiDesk *self, const TaiTillReport *report, GError **error);
/**
 * tai_desk_print_till:
 * The paper of one shift, for the roll or the form printer: an X report while it is open, as often as one likes, blind for whom the count is
 * blind; its Z report when it is closed, the first time the original and then marked, counted copies. *@copy: its number; 0: the original,
 * or an X. Journalled. Rights as of tai_desk_report(), REPRINT for a copy.
 */
gboolean tai_desk_print_till (TaiDesk *self, const char *shift_id, gboolean on_roll, gint32 *copy,
                              GError **error);
/* The same paper to look at. (transfer full) */
TaiDocument *tai_desk_make_till_paper (TaiDesk *self, const char *shift_id, GError **error);
/* What was booked about closed shifts after their Z; @shift_id (nullable): the newest of all. (transfer full) (element-type
 * TaiSupplement) */
GPtrArray *tai_desk_list_supplements (TaiDesk *self, const char *shift_id, GError **error);

/* A visit. */
/* APPROVAL: the drawer holds more than it may (TaiTillPolicy); a drop helps, too. */
TaiVisit *tai_desk_begin_visit (TaiDesk *self, GError **error);
/* @identity (transfer full), also on error. Another document than before takes consents and signature back. Emulated and typed ones are refused at a production terminal for what needs
 * a document; expired, minors and wrong check digits with their own codes. */
gboolean tai_desk_identify (TaiDesk *self, TaiVisit *visit, TaiIdentity *identity, GError **error);
/* What headquarters says the customer is in ("student"): until then he is in no group. @customer_ref: whom it was asked for
 * (tai_desk_make_customer_ref); STATE: another one is identified now. */
gboolean tai_desk_set_groups (TaiDesk *self, TaiVisit *visit, const char *customer_ref,
                              const char *const *groups, GError **error);
/* Blind reference of who was identified in the visit: what headquarters knows a customer by. (transfer full) (nullable) */
char *tai_desk_make_customer_ref (TaiDesk *self, const TaiVisit *visit);
TaiOrder *tai_desk_add_order (TaiDesk *self, TaiVisit *visit, const char *operation_id,
                              GError **error); /* (transfer none) */
gboolean tai_desk_remove_order (TaiDesk *self, TaiVisit *visit, TaiOrder *order, GError **error);
/* Adds a line, and with a bundle the parts that it begins with; @open_amount currency 0 where the price is not open. Re-rates the order. A plan or a service is sold only
 * under a business that asks for it (OFFERING_NOT_ON_SALE); where the business takes off, the line is taken off (action
 * delete) and costs nothing. */
TaiOrderItem *tai_desk_add_offering (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *offering_id,
                                     gint32 quantity, TaiMoney open_amount, GError **error);
/* What the order would cost with @offering_id, in place of its plan if that is a plan too; nothing is changed. For comparing.
 * (transfer full) */
TaiBill *tai_desk_preview (TaiDesk *self, TaiVisit *visit, const TaiOrder *order, const char *offering_id,
                           GError **error);
/* The plan of the order is this one from now on, and the others are as they were if it cannot be. */
gboolean tai_desk_choose_plan (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *offering_id,
                               GError **error);
/* The amount that the customer names, on the offer of the catalogue that is for this business. */
gboolean tai_desk_set_amount (TaiDesk *self, TaiVisit *visit, TaiOrder *order, TaiMoney amount,
                              GError **error);
/* Takes a line of an offering, and of a bundle its parts, out again and re-rates; refused when another line requires it. @item is gone then. */
gboolean tai_desk_remove_offering (TaiDesk *self, TaiVisit *visit, TaiOrder *order, TaiOrderItem *item,
                                   GError **error);
/* The customer's own yes to a value-added service. */
gboolean tai_desk_give_consent (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *offering_id,
                                GError **error);
/* The second yes, for what a service costs after its trial; without it the service ends with the trial. Taken back with
 * @goes_on FALSE. Re-rates. CONSENT_MISSING: it has no trial, or the first yes is missing. */
gboolean tai_desk_confirm_after_trial (TaiDesk *self, TaiVisit *visit, TaiOrder *order,
                                       const char *offering_id, gboolean goes_on, GError **error);
/* From the terminal's leased stock; held for the visit (30 min, and again from placing on), released when abandoned,
 * replaced or removed. Choosing the same again renews the hold. MINIMUM_SPEND: a pretty number asks more of its plan than the
 * chosen one comes to. */
gboolean tai_desk_choose_number (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *msisdn,
                                 GError **error);
gboolean tai_desk_choose_sim (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *iccid,
                              GError **error);
/* The existing number it is done for. */
gboolean tai_desk_set_target (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const char *msisdn,
                              GError **error);
void tai_desk_set_developer (TaiDesk *self, TaiVisit *visit, const char *staff_number);
/* One signature for all orders that need one. Comes last: whatever changes the form afterwards (another person, an order, a
 * line, a number, a consent) takes it back. */
gboolean tai_desk_sign (TaiDesk *self, TaiVisit *visit, GError **error);
/* All that still stops the visit from being placed, for a screen; empty = can be placed. (element-type GError) */
GPtrArray *tai_desk_check_visit (TaiDesk *self, TaiVisit *visit);

/* ONE transaction: the orders are durable before money is asked for. */
gboolean tai_desk_place (TaiDesk *self, TaiVisit *visit, GError **error);

/**
 * TaiTenderRequest: how a part of a placed visit is paid, or all of it.
 * @amount: of what is due; currency 0: all that is due
 * @received: cash: what was handed over; currency 0: exactly the amount
 * @provider: (nullable) QR: whose QR is shown; other: what it is ("cheque")
 * @number: (nullable) of the coupon or slip. With a slip's no gateway is asked: somebody has seen it. A coupon of this terminal's
 *   stock is known here; any other is asked for at headquarters, on line only
 * @pay_code: (nullable) QR: the code that the customer shows, charged once; else a QR is shown to him
 */
typedef struct {
  TaiTender tender;
  TaiMoney amount, received;
  const char *provider, *number, *pay_code;
} TaiTenderRequest;

/* Who takes what needs one; (nullable): nobody. Before anything is recovered. */
void tai_desk_set_gateway (TaiDesk *self, TaiTender tender, TaiPaymentGateway *gateway);
/* What needs a gateway and has none is not offered. */
gboolean tai_desk_takes (TaiDesk *self, TaiTender tender);

/**
 * tai_desk_pay:
 * Cash and what has a number is known at once. Else the attempt is durable when this returns, the gateway hears of it then, and
 * the visit tells each step ("changed"): tai_visit_get_open_payment, its state, its qr_text. It is asked for until somebody
 * knows, cancelled when patience is over, and blocks every other payment of the visit meanwhile (PAYMENT_OPEN).
 *
 * What covers the visit captures it, in ONE transaction: paid, allocated, posted, stock moved, journal, outbox, paper. When
 * the money has come from a gateway and that transaction cannot be had now (nobody signed in, till closed, number taken), the
 * payment alone is written: tai_desk_finish later.
 *
 * A coupon gives no change: it pays what it is worth, or all that is due. COUPON_UNKNOWN, COUPON_USED, COUPON_EXPIRED, COUPON_AMOUNT; what
 * headquarters says of one is the payment's detail ("coupon_used" …).
 *
 * CASH_SHORT: tai_core_error_get_missing() says how much. PAYMENT_AMOUNT, PAYMENT_OPEN, TENDER_NOT_HERE, TENDER_NUMBER, PAY_CODE,
 * LIMIT. *@change (optional): cash that goes back.
 */
gboolean tai_desk_pay (TaiDesk *self, TaiVisit *visit, const TaiTenderRequest *request, TaiMoney *change,
                       GError **error);
/* All that is due, in cash. *@change = received − due. */
gboolean tai_desk_pay_cash (TaiDesk *self, TaiVisit *visit, TaiMoney received, TaiMoney *change,
                            GError **error);
/* A visit that is covered, or costs nothing; CASH_SHORT. */
gboolean tai_desk_finish (TaiDesk *self, TaiVisit *visit, GError **error);
/* The manual query: asks the gateway now, by the payment's number. The answer is told by the visit. */
gboolean tai_desk_query_payment (TaiDesk *self, TaiVisit *visit, const char *payment_id, GError **error);
/* Takes an open attempt back, or the money of a part: cash and slips are handed back at once, a gateway is asked until it says
 * that it is over. PAYMENT_EARLY: a customer may be typing his password (15 s). */
gboolean tai_desk_cancel_payment (TaiDesk *self, TaiVisit *visit, const char *payment_id, GError **error);
/**
 * tai_desk_decide_payment:
 * What a person decides of a payment in doubt, journalled. PAID: he has seen that the money came. NOT_PAID: the
 * visit may be paid by other means from now on, and whatever became of this one is taken back; it is asked for until it is.
 * APPROVAL: who is signed in has not the right APPROVE, or took this payment himself. STATE: it is not in doubt.
 */
typedef enum { TAI_PAYMENT_DECISION_PAID, TAI_PAYMENT_DECISION_NOT_PAID } TaiPaymentDecision;
gboolean tai_desk_decide_payment (TaiDesk *self, TaiVisit *visit, const char *payment_id,
                                  TaiPaymentDecision decision, GError **error);
/* No money is here (PAYMENT_TAKEN, PAYMENT_OPEN): everything held is released; placed orders are cancelled and journalled. */
gboolean tai_desk_abandon (TaiDesk *self, TaiVisit *visit, GError **error);

/**
 * tai_desk_park, tai_desk_recall:
 * A customer steps aside (挂单) and comes back (取单). A parked visit lives in the desk's memory, with its identity, over sign-outs
 * but not over restarts; what it holds is held for 2 h. At most TAI_LIMIT_PARKED_VISITS (LIMIT). Recalled by the clerk who
 * parked it, or by who has the right RECALL; numbers and SIMs are held anew (30 min), and one that another got meanwhile is
 * no longer chosen: tai_desk_check_visit says so. Where a newer list or another day has come, it is rated anew: what cannot be sold
 * as it was chosen is no longer chosen, and tai_visit_get_parked_total() has what it came to before. Abandoning works on parked ones, too.
 */
gboolean tai_desk_park (TaiDesk *self, TaiVisit *visit, GError **error);
gboolean tai_desk_recall (TaiDesk *self, TaiVisit *visit, GError **error);
GPtrArray *tai_desk_list_parked (TaiDesk *self); /* (transfer full) (element-type TaiVisit) */
/* What keeps the till open; placed ones are counted in the store, whoever has them. */
gboolean tai_desk_count_visits (TaiDesk *self, guint *n_parked, guint *n_placed, GError **error);

/* Was the same amount for the same number taken at this terminal in the last ten minutes? For businesses in which the customer
 * names an amount. A face asks once, naming who took it; what HQ reports of the hall goes through tai_repeat_find. NULL without
 * error: no. (transfer full) */
TaiRepeat *tai_desk_find_repeat (TaiDesk *self, const TaiOrder *order, GError **error);

/* Before money is asked for a visit that has stood for a while, open or placed: all its numbers and SIMs are held for it anew
 * (30 min). NUMBER_TAKEN, SIM_TAKEN, NOT_LEASED: one is not to be had any more; nothing was held anew. */
gboolean tai_desk_renew_holds (TaiDesk *self, TaiVisit *visit, GError **error);

/**
 * tai_desk_recover_visits:
 * Once after a start, by a face that keeps visits: all that is placed and unpaid in the store (of the newest 1,000 orders),
 * oldest first, as visits that are paid and abandoned like fresh ones. The identity is gone: it lies sealed in the orders, and
 * the masks say whose they are. Numbers and SIMs are held anew (30 min); where another got one meanwhile, paying is refused
 * (NUMBER_TAKEN, SIM_TAKEN) and abandoning is what is left. (transfer full) (element-type TaiVisit)
 */
GPtrArray *tai_desk_recover_visits (TaiDesk *self, GError **error);
/* Once after a start, by a program that does not call the above: open payments are in doubt now and are asked for. (Above: also.) */
gboolean tai_desk_recover_payments (TaiDesk *self, GError **error);

/* After a start, by a program that keeps none: what was left placed, and for which no money came or may come (the newest 1,000 orders) is cancelled and its
 * visit abandoned, because nobody has that visit any more; the customer who comes back gets his number at once. *@n (optional): how many orders. */
gboolean tai_desk_abandon_unpaid (TaiDesk *self, guint *n, GError **error);

/**
 * tai_desk_cancel_order:
 * A paid order that is not in force yet is asked back from HQ (撤单), once: a message behind its own, and HQ's answer comes as news
 * (cancelled, and the money is owed; or completed, when it was too late). NOT_CANCELLABLE; REASON_REQUIRED (up to
 * TAI_LIMIT_FIELD_BYTES bytes); APPROVAL: another's order, or without the right UNDO.
 */
gboolean tai_desk_cancel_order (TaiDesk *self, const char *order_id, const char *reason, GError **error);
gboolean tai_order_can_be_cancelled (const TaiOrder *self); /* by its state and rule */
/* That message. (transfer full) (nullable) without error: it was not asked back. */
TaiOutboxRow *tai_desk_find_cancel (TaiDesk *self, const TaiOrder *order, GError **error);

/**
 * tai_desk_undo_order, tai_desk_correct_order:
 * A credit that was completed is asked back: of the same business day (返销), and the money is owed when HQ says undone; or a top-up
 * of a wrong number moves to @msisdn (错缴更正), on line only, for a customer who is identified in @visit, with a slip to sign. The
 * exact amount, one of both an order, once. HQ's no ("undo_refused: credit_used" …) and its yes to a correction are in the journal
 * and in tai_desk_get_take_back(). Otherwise as tai_desk_cancel_order(); NOT_OFFERED_OFFLINE, ID_REQUIRED.
 */
gboolean tai_desk_undo_order (TaiDesk *self, const char *order_id, const char *reason, GError **error);
gboolean tai_desk_correct_order (TaiDesk *self, TaiVisit *visit, const char *order_id, const char *msisdn,
                                 const char *reason, GError **error);
gboolean tai_order_can_be_undone (const TaiOrder *self, const char *business_day);
gboolean tai_order_can_be_corrected (const TaiOrder *self);
TaiOutboxRow *tai_desk_find_take_back (TaiDesk *self, const TaiOrder *order, GError **error);
/* HQ's word on it: "corrected", "undo_refused: …", "correction_refused: …"; NULL without error: none yet, or undone. (transfer full) */
char *tai_desk_get_take_back (TaiDesk *self, const TaiOrder *order, GError **error);

/**
 * tai_desk_pay_refund:
 * All that is owed for the order goes back over the counter: an exact negative of what was paid in, tied to it, posted, told to HQ
 * (TMF676 refund), with a slip to sign. Never more than came. *@paid (optional). NOTHING_DUE; REFUND_TENDER; DRAWER_SHORT;
 * APPROVAL: another's order, or without the right REFUND.
 */
gboolean tai_desk_pay_refund (TaiDesk *self, const char *order_id, TaiMoney *paid, GError **error);

/* The same for what goes by slip: somebody has given it back in the house's own program, or at the bank terminal which did not do it
 * for us, and @slip is its number there; what came in cash goes out of the drawer with it. What a gateway gives back itself stays
 * owed; where nothing goes by slip, it was given back there by hand. *@paid: what went. TENDER_NUMBER. */
gboolean tai_desk_pay_refund_by_slip (TaiDesk *self, const char *order_id, const char *slip, TaiMoney *paid,
                                      GError **error);

/**
 * TaiRefundPart: of what is owed for an order, what one payment brought, and the way it goes back.
 * @TAI_REFUND_IN_CASH: out of the drawer
 * @TAI_REFUND_BY_GATEWAY: what took it gives it back: tai_desk_begin_refund()
 * @TAI_REFUND_BY_SLIP: somebody gives it back elsewhere: tai_desk_pay_refund_by_slip()
 */
typedef enum { TAI_REFUND_IN_CASH, TAI_REFUND_BY_GATEWAY, TAI_REFUND_BY_SLIP } TaiRefundWay;
typedef struct {
  TaiUuid payment_id; /* the one that brought it */
  TaiTender tender;
  char *provider, *detail; /* (owned) (nullable) the slip's number, or the gateway's own */
  TaiMoney amount;         /* above 0 */
  TaiRefundWay way;
  /* (owned) (nullable) a gateway's: why nothing came of it when it was asked; asked once more, or by slip */
  char *failure;
} TaiRefundPart;
void tai_refund_part_free (TaiRefundPart *self);
/* In the order in which it was paid. NOTHING_DUE. (transfer full) (element-type TaiRefundPart) */
GPtrArray *tai_desk_list_refund_parts (TaiDesk *self, const char *order_id, GError **error);

/**
 * tai_desk_begin_refund:
 * The first part that a gateway gives back: a refund with an id of its own, written down before the gateway is asked, owed until it
 * says that the money went; then postings, message to HQ and slip come by themselves, in the shift that is open then. Asked for
 * until somebody knows, over restarts and closes of the till; meanwhile nothing else of the visit goes back (PAYMENT_OPEN) and
 * nobody takes it back. One that failed is over: the part is owed as before. *@refund_id (optional). Errors of tai_desk_pay_refund();
 * REFUND_TENDER: no part is a gateway's. An approval is bound to the part's amount.
 */
gboolean tai_desk_begin_refund (TaiDesk *self, const char *order_id, TaiUuid *refund_id, GError **error);
/* Of the refund of that order that is under way: the manual query, and what a person decides of one in doubt: it went, or it did
 * not: it is owed as before and goes another way, and its gateway is asked until it says the same. Says it that the money went after
 * all, then that settles what is still owed, or it has gone twice (journal: refund_late, refund_twice; tai_desk_list_halves), and
 * NOT_PAID says that this was put right. STATE: there is none, or it is not in doubt. Otherwise as tai_desk_decide_payment(). */
gboolean tai_desk_query_refund (TaiDesk *self, const char *order_id, GError **error);
gboolean tai_desk_decide_refund (TaiDesk *self, const char *order_id, TaiPaymentDecision decision,
                                 GError **error);
/* The visit in which a refund for that order is asked for: it tells as that goes on. NULL without error: none is. (transfer full) */
TaiVisit *tai_desk_find_refund_visit (TaiDesk *self, const char *order_id, GError **error);

/**
 * TaiHalf: billing and the bank (or house of payments) are taken back separately; what does not match yet:
 * @TAI_HALF_BILLING_REVERSED: the order is taken back, and money that did not come in cash is still to go back: pay_refund_by_slip
 * @TAI_HALF_BANK_OPEN: the visit was paid by other means, and whether the bank has taken this payment back is not known: it is
 *   asked for by itself
 * @TAI_HALF_REFUND_OPEN: a person said that this refund did not go, and whether the bank says the same is not known: likewise
 * @TAI_HALF_REFUND_TWICE: a refund that was given up went another way and then went itself: a person puts it right, and says so
 *   (tai_desk_decide_refund)
 */
typedef enum {
  TAI_HALF_BILLING_REVERSED,
  TAI_HALF_BANK_OPEN,
  TAI_HALF_REFUND_OPEN,
  TAI_HALF_REFUND_TWICE
} TaiHalfKind;
/* "billing_reversed" "bank_open" "refund_open" "refund_twice" */
const char *tai_half_kind_to_text (TaiHalfKind kind);
typedef struct {
  TaiHalfKind kind;
  TaiUuid order_id, payment_id; /* order_id.text[0] == 0: BANK_OPEN */
  char *receipt_number;         /* (owned) (nullable) */
  TaiTender tender;
  char *provider; /* (owned) (nullable) */
  TaiMoney amount;
  gint64 since_us; /* when it was paid */
} TaiHalf;
void tai_half_free (TaiHalf *self);
/* (transfer full) (element-type TaiHalf), of the newest 1,000 unfinished orders */
GPtrArray *tai_desk_list_halves (TaiDesk *self, GError **error);

/* The notice in large letters of a sale of this terminal into the print queue for the form printer, journalled. Rights: SELL. */
gboolean tai_desk_print_notice (TaiDesk *self, const char *receipt_number, GError **error);
/**
 * tai_desk_print_promise:
 * @printer: "receipt", or where that one is in trouble "form"
 *
 * The slip of a customer who leaves before it is settled, into the print queue, journalled with the time that was promised. Rights:
 * SELL. STATE: there is nothing of that kind to be settled (no payment in doubt, not paid, nothing owed).
 */
gboolean tai_desk_print_promise (TaiDesk *self, const TaiPromise *promise, const char *printer,
                                 GError **error);
/* Where it is settled: *@order_id (transfer full) of this terminal; of a visit its first. RECEIPT_UNKNOWN: another desk has it, or had
 * the sale. */
gboolean tai_desk_follow_promise (TaiDesk *self, const TaiPromise *promise, char **order_id, GError **error);
/* A bill for the form printer, or @on_roll for the receipt printer, journalled with number and month. Whether the customer may
 * have it is settled by who fetched it. Rights: SELL. */
gboolean tai_desk_print_bill (TaiDesk *self, const TaiBillPaper *bill, gboolean on_roll, GError **error);

/* A marked copy into the print queue. *@copy = its number. While the newest one (0: the original) still waits for its printer,
 * no other is made: *@copy = that one's, nothing is counted. */
gboolean tai_desk_reprint (TaiDesk *self, const char *receipt_number, gint32 *copy, GError **error);
/* The same for the paper of one printer ("receipt", "form"). */
gboolean tai_desk_reprint_paper (TaiDesk *self, const char *receipt_number, const char *printer, gint32 *copy,
                                 GError **error);
/* The same for one paper, receipt or form, that is unknown or failed (PRINT_UNKNOWN: it is not). With the copy the old job is
 * dealt with and leaves the list of work. */
gboolean tai_desk_reprint_job (TaiDesk *self, const char *job_id, gint32 *copy, GError **error);

/**
 * tai_desk_list_work:
 * What is unfinished and needs a person (待处理), oldest first: visits that are placed or parked, orders that HQ holds back or has
 * had for two hours, refused ones with money to give back, quarantined messages, payments in doubt, papers in trouble.
 * (transfer full) (element-type TaiWorkItem)
 */
GPtrArray *tai_desk_list_work (TaiDesk *self, guint limit, GError **error);
/* A message that HQ refused (right QUARANTINE; MESSAGE_UNKNOWN: none with that key): sent once more; whoever has the sync
 * engine pokes it. */
gboolean tai_desk_release_message (TaiDesk *self, const char *key, GError **error);
/* Or never again: its order is rejected with HQ's reason, the money is owed to the customer, number and SIM go back. Only an
 * order that HQ never took (STATE): a payment's message is mended, not given up. Its number stays a gap at HQ. */
gboolean tai_desk_give_up_message (TaiDesk *self, const char *key, GError **error);

/**
 * tai_desk_ask_debt:
 * Asks headquarters for cash that another terminal of the hall owes a customer who stands here; @order_id as his slip has it.
 * Written down, then sent like any message; the answer comes by the feed, and nothing here waits for it. Asked already: nothing
 * more. Rights: SELL. STATE: it is owed here, or was paid here.
 */
gboolean tai_desk_ask_debt (TaiDesk *self, const char *order_id, GError **error);
/* It is not wanted any more. Headquarters may have got it by then: it comes all the same, and stands in the list of work. STATE: it
 * is not asked for. */
gboolean tai_desk_withdraw_debt (TaiDesk *self, const char *order_id, GError **error);
/* How it stands here; NULL without error: it was never asked for or let go. (transfer full) */
TaiDebt *tai_desk_look_at_debt (TaiDesk *self, const char *order_id, GError **error);
/* One that was fetched is paid out of the drawer, as tai_desk_pay_refund() of an order of this terminal; NOTHING_DUE: there is none. */
gboolean tai_desk_pay_debt (TaiDesk *self, const char *order_id, TaiMoney *paid, GError **error);
/**
 * tai_desk_apply_debt_news:
 * @news: as the feed tells it; "asked": another terminal wants what is owed here. What came in cash and of which nothing is under way is let go,
 * else it is kept, with a reason; either is told to headquarters, once a claim. "released": it is owed here from now on. "kept": what
 * was asked for does not come. Repeated and old news change nothing.
 */
gboolean tai_desk_apply_debt_news (TaiDesk *self, const TaiDebt *news, GError **error);

/* What HQ says of an order. A paid one that it rejects, fails or cancels makes a refund_due. Unknown orders, repeated and old
 * news, and news of what was never paid are no error and change nothing. */
gboolean tai_desk_apply_order_state (TaiDesk *self, const char *order_id, TaiOrderState state,
                                     const char *reason, GError **error);
/* The same for a page of news, in order, in one commit. One that makes no sense fails all: then one by one tells which. */
typedef struct {
  const char *order_id;
  TaiOrderState state;
  const char *reason; /* (nullable) */
} TaiOrderNews;
gboolean tai_desk_apply_order_news (TaiDesk *self, const TaiOrderNews *news, guint n, GError **error);
/* A lease of stock from HQ. */
gboolean tai_desk_apply_lease (TaiDesk *self, const char *kind, const char *value, const char *grade,
                               gint64 until_us, GError **error);
/* Any one-line journal entry that belongs to no verb (clock jump, catalogue refused, purge). */
gboolean tai_desk_note (TaiDesk *self, const char *kind, const char *subject, const char *detail,
                        GError **error);

G_END_DECLS
