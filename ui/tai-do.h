/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-counter.h"
#include "tai-difference.h"

G_BEGIN_DECLS

/*
 * The verbs of a face, for tai_counter_call(). Each is a few calls of the desk and holds no rule of its own. What it takes
 * of TaiCounterArgs stands behind it; "→" is what it leaves in the result. Thread: the worker. Errors: the desk's.
 */

/* Staff and till */
gboolean tai_do_sign_in (TaiCounterSession *s, TaiCounterArgs *a,
                         GError **error); /* text number, secret PIN; on
                                                     LOCKED_OUT number becomes the time until when, in us */
gboolean tai_do_lock (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_sign_out (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_open_till (TaiCounterSession *s, TaiCounterArgs *a, GError **error); /* amount counted */
gboolean tai_do_close_till (TaiCounterSession *s, TaiCounterArgs *a,
                            GError **error); /* amount counted → TaiTillReport */
gboolean tai_do_resume_till (TaiCounterSession *s, TaiCounterArgs *a,
                             GError **error); /* back from counting to selling */
gboolean tai_do_move_cash (TaiCounterSession *s, TaiCounterArgs *a,
                           GError **error); /* text move, amount, bag, slip, reason */
gboolean tai_do_list_bags (TaiCounterSession *s, TaiCounterArgs *a,
                           GError **error); /* → GPtrArray of TaiBalance: not at the bank yet */
gboolean tai_do_get_asked (TaiCounterSession *s, TaiCounterArgs *a,
                           GError **error); /* → TaiAskedView, NULL: nothing is asked */
gboolean tai_do_approve (TaiCounterSession *s, TaiCounterArgs *a,
                         GError **error); /* text number, secret PIN of the approver */
gboolean tai_do_note_drawer (TaiCounterSession *s, TaiCounterArgs *a,
                             GError **error); /* the drawer is opened without a sale */
gboolean
tai_do_report (TaiCounterSession *s, TaiCounterArgs *a,
               GError **error); /* text day or month (NULL: today's), number 1: with detail → TaiReportView */
gboolean tai_do_receive_report (TaiCounterSession *s, TaiCounterArgs *a,
                                GError **error); /* report of headquarters, which is made whole */
gboolean tai_do_print_report (TaiCounterSession *s, TaiCounterArgs *a,
                              GError **error); /* report as it is shown */
gboolean tai_do_list_movements (TaiCounterSession *s, TaiCounterArgs *a,
                                GError **error); /* text shift → TaiShiftView */

/* The end of the day */
gboolean tai_do_check_close (TaiCounterSession *s, TaiCounterArgs *a,
                             GError **error); /* → GPtrArray of TaiDayItem: what stands at the till */
gboolean tai_do_hand_over (
    TaiCounterSession *s, TaiCounterArgs *a,
    GError **error); /* amount counted, text number, secret PIN of who takes it → TaiTillReport */
gboolean tai_do_list_slips (TaiCounterSession *s, TaiCounterArgs *a,
                            GError **error); /* text shift (NULL: of the day) → TaiSlipsView */
gboolean tai_do_print_till (TaiCounterSession *s, TaiCounterArgs *a,
                            GError **error); /* text shift, number 0: roll, 1: A4; number: copy */
gboolean
tai_do_find_difference (TaiCounterSession *s, TaiCounterArgs *a,
                        GError **error); /* text shift (NULL: the last one closed) → TaiDifferenceView */
gboolean tai_do_check_hall (TaiCounterSession *s, TaiCounterArgs *a, GError **error); /* → TaiHallCheck */
gboolean tai_do_close_hall (TaiCounterSession *s, TaiCounterArgs *a, GError **error); /* → TaiHallClose */
gboolean tai_do_look_ahead (TaiCounterSession *s, TaiCounterArgs *a,
                            GError **error); /* → TaiAheadView: what a clerk should know in time */

/**
 * TaiSlipsView: till preview and close slips of one business day, oldest first. All (owned).
 * @shifts, @papers: (element-type TaiShift, TaiDocument) as many of each
 */
typedef struct {
  GPtrArray *shifts, *papers;
} TaiSlipsView;
void tai_slips_view_free (TaiSlipsView *self);

/**
 * TaiDifferenceView: a shift, all that happened to its drawer, and why it can be off. All (owned).
 * @hints: (element-type TaiDifferenceHint)
 */
typedef struct {
  TaiShift *shift;
  GPtrArray *movements, *hints;
} TaiDifferenceView;
void tai_difference_view_free (TaiDifferenceView *self);

/* @closes_soon: the hall's closing time is near, and its day is not closed. */
typedef struct {
  TaiDeposit deposit;
  gboolean closes_soon;
} TaiAheadView;

gboolean tai_do_note (TaiCounterSession *s, TaiCounterArgs *a,
                      GError **error); /* text kind, more detail (nullable): a line of the journal */

/* The visit: begun with its first order. @order names the order; its id comes back when one is made. */
gboolean tai_do_add_order (TaiCounterSession *s, TaiCounterArgs *a,
                           GError **error); /* text operation; order is set */
gboolean tai_do_remove_order (TaiCounterSession *s, TaiCounterArgs *a, GError **error); /* order */
gboolean tai_do_identify (TaiCounterSession *s, TaiCounterArgs *a, GError **error);     /* identity */
gboolean tai_do_set_groups (TaiCounterSession *s, TaiCounterArgs *a,
                            GError **error); /* text customer's reference, more groups with blanks */
gboolean tai_do_set_target (TaiCounterSession *s, TaiCounterArgs *a, GError **error); /* order, text number */
gboolean tai_do_set_amount (TaiCounterSession *s, TaiCounterArgs *a, GError **error); /* order, amount */
gboolean tai_do_choose_plan (TaiCounterSession *s, TaiCounterArgs *a,
                             GError **error); /* order, text offering */
gboolean tai_do_preview (TaiCounterSession *s, TaiCounterArgs *a,
                         GError **error); /* order, text offering → TaiBill */
gboolean tai_do_choose_number (TaiCounterSession *s, TaiCounterArgs *a,
                               GError **error);                                       /* order, text number */
gboolean tai_do_choose_sim (TaiCounterSession *s, TaiCounterArgs *a, GError **error); /* order, text ICCID */
gboolean tai_do_add_offering (TaiCounterSession *s, TaiCounterArgs *a,
                              GError **error); /* order, text offering; more "yes": the
                                                     customer's own consent */
gboolean tai_do_remove_offering (TaiCounterSession *s, TaiCounterArgs *a,
                                 GError **error); /* order, text offering */
gboolean tai_do_confirm_after_trial (TaiCounterSession *s, TaiCounterArgs *a,
                                     GError **error); /* order, text offering, number 1: the customer wants it
                                                     after its trial; 0: not */
gboolean tai_do_sign (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_place (TaiCounterSession *s, TaiCounterArgs *a,
                       GError **error); /* a placed one: is all still held? */
gboolean tai_do_pay (TaiCounterSession *s, TaiCounterArgs *a,
                     GError **error); /* places first. text tender, amount: received cash, or
                                         the part of it (currency 0: all that is due), more
                                         provider, slip number, secret payment code */
gboolean tai_do_settle (TaiCounterSession *s, TaiCounterArgs *a,
                        GError **error); /* places first; nothing more is due */
/* About a payment of the visit on the desk, text its id. */
gboolean tai_do_query_payment (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_cancel_payment (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_decide_payment (TaiCounterSession *s, TaiCounterArgs *a,
                                GError **error); /* number: TaiPaymentDecision */
gboolean tai_do_abandon (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_recover (TaiCounterSession *s, TaiCounterArgs *a,
                         GError **error); /* once, after the start; number: how many */
gboolean tai_do_park (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_list_parked (TaiCounterSession *s, TaiCounterArgs *a,
                             GError **error); /* → GPtrArray of TaiVisitView */
gboolean tai_do_recall (TaiCounterSession *s, TaiCounterArgs *a,
                        GError **error); /* text visit; another one on the desk is set aside */
gboolean tai_do_print_promise (TaiCounterSession *s, TaiCounterArgs *a,
                               GError **error); /* number TaiPromiseKind, text visit or
                                                   order, more printer */
gboolean tai_do_follow_promise (TaiCounterSession *s, TaiCounterArgs *a,
                                GError **error); /* number, text likewise; → more order, or
                                                    NULL: its visit is on the desk */
/* Cash that another desk owes, text the order: → TaiDebt, NULL: it was never asked for here; asks; does not want it any more; → amount, paid out. */
gboolean tai_do_look_at_debt (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_ask_debt (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_withdraw_debt (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_pay_debt (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_print_notice (TaiCounterSession *s, TaiCounterArgs *a,
                              GError **error); /* text receipt number */
gboolean tai_do_finish (TaiCounterSession *s, TaiCounterArgs *a,
                        GError **error); /* a closed visit leaves the desk */

/* Looking */
gboolean tai_do_list_work (TaiCounterSession *s, TaiCounterArgs *a,
                           GError **error); /* number limit → GPtrArray of TaiWorkItem */
gboolean tai_do_find_repeat (TaiCounterSession *s, TaiCounterArgs *a,
                             GError **error); /* order → TaiRepeat, NULL: none */
gboolean tai_do_list_stock (TaiCounterSession *s, TaiCounterArgs *a,
                            GError **error); /* text kind, more digits anywhere in it
                                                     (nullable), number limit → GPtrArray of TaiResource, free ones */
gboolean tai_do_list_orders (TaiCounterSession *s, TaiCounterArgs *a,
                             GError **error); /* text number, receipt, day or clerk
                                                     (nullable: the newest), number limit → GPtrArray of TaiOrder */
gboolean tai_do_find_receipt (TaiCounterSession *s, TaiCounterArgs *a,
                              GError **error); /* text receipt number → TaiPrintJob */
gboolean tai_do_reprint (TaiCounterSession *s, TaiCounterArgs *a,
                         GError **error); /* text receipt number; number: copy */

gboolean tai_do_take_back (TaiCounterSession *s, TaiCounterArgs *a,
                           GError **error); /* text order, reason: what is not in force yet, or
                                               was credited today */
/* Somebody is identified beside the visit on the desk, for a correction; and forgotten. */
gboolean tai_do_identify_apart (TaiCounterSession *s, TaiCounterArgs *a, GError **error); /* identity */
gboolean tai_do_forget_apart (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_correct_order (TaiCounterSession *s, TaiCounterArgs *a,
                               GError **error); /* text order, more the right number, reason */
gboolean tai_do_pay_refund (
    TaiCounterSession *s, TaiCounterArgs *a,
    GError **error); /* text order, slip (nullable) of what did not come in cash; amount: what went
                                                back, number: of it in cash, minor units */
/* Money back by what took it; text order. */
gboolean tai_do_look_at_refund (TaiCounterSession *s, TaiCounterArgs *a,
                                GError **error); /* → TaiRefundLook */
gboolean tai_do_begin_refund (TaiCounterSession *s, TaiCounterArgs *a,
                              GError **error); /* order: the refund's id comes back */
gboolean tai_do_query_refund (TaiCounterSession *s, TaiCounterArgs *a, GError **error);
gboolean tai_do_decide_refund (TaiCounterSession *s, TaiCounterArgs *a,
                               GError **error); /* number: TaiPaymentDecision */
gboolean tai_do_print_bill (TaiCounterSession *s, TaiCounterArgs *a,
                            GError **error); /* result: TaiBillPaper, to be printed */
gboolean tai_do_look_at_order (TaiCounterSession *s, TaiCounterArgs *a,
                               GError **error); /* text order → TaiOrderLook */
gboolean tai_do_list_journal (
    TaiCounterSession *s, TaiCounterArgs *a,
    GError *
        *error); /* text words to find (nullable), number before that entry → GPtrArray of TaiJournalLine */
gboolean tai_do_list_papers (TaiCounterSession *s, TaiCounterArgs *a,
                             GError **error); /* text receipt number → GPtrArray of TaiPrintEntry */
gboolean tai_do_reprint_paper (TaiCounterSession *s, TaiCounterArgs *a,
                               GError **error); /* text receipt number, more printer; number: copy */
gboolean tai_do_exchange_invoice (TaiCounterSession *s, TaiCounterArgs *a,
                                  GError **error); /* text receipt number; amount: of the new code */
gboolean tai_do_list_unsent (TaiCounterSession *s, TaiCounterArgs *a,
                             GError **error); /* number limit → GPtrArray of TaiUnsentItem */
gboolean tai_do_release_message (TaiCounterSession *s, TaiCounterArgs *a, GError **error); /* text key */
gboolean tai_do_give_up_message (TaiCounterSession *s, TaiCounterArgs *a, GError **error); /* text key */
gboolean tai_do_get_stock (TaiCounterSession *s, TaiCounterArgs *a, GError **error); /* → TaiStockFigures */

/**
 * TaiAskedView: what waits for a second person's yes. All (owned).
 * @approvers: (element-type TaiStaff) who may give it; without their PINs' records
 * @order: (nullable) that the act is about, or of whose visit the payment is
 */
typedef struct {
  TaiApproval *asked;
  GPtrArray *approvers;
  TaiOrder *order;
} TaiAskedView;
void tai_asked_view_free (TaiAskedView *self);

/**
 * TaiRefundLook: what is owed for an order, which way each part of it goes, and what went. All (owned).
 * @parts: (element-type TaiRefundPart) still to go
 * @gone: (element-type TaiPayment) refunds, negative amounts
 * @attempt: (nullable) the refund that what took the money is asked for: it keeps all else back, has gone twice, or came to nothing
 */
typedef struct {
  TaiOrder *order;
  GPtrArray *parts, *gone;
  TaiPayment *attempt;
} TaiRefundLook;
/* On the worker. @payments: all of the order's visit */
TaiRefundLook *tai_refund_look_new (TaiCounterSession *s, const TaiOrder *order, GPtrArray *payments,
                                    GError **error);
void tai_refund_look_free (TaiRefundLook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiRefundLook, tai_refund_look_free)
/* All of it comes out of the drawer: there is nothing to choose or to wait for. */
gboolean tai_refund_look_is_in_cash (const TaiRefundLook *self);

/**
 * TaiOrderLook: an order and all that became of it. All (owned).
 * @events: (element-type TaiOrderEvent) oldest first
 * @payments: (element-type TaiPayment) of its visit
 * @message: (nullable) its way to HQ; NULL: nothing is to be sent
 * @cancel: (nullable) the message that asks it back before it is in force; @take_back: (nullable) or after, or moves it
 * @answer: (nullable) HQ's word on that
 * @back: its money on the way back
 */
typedef struct {
  TaiOrder *order;
  GPtrArray *events, *payments;
  TaiOutboxRow *message, *cancel, *take_back;
  char *answer;
  TaiRefundLook *back;
  gboolean can_undo;
} TaiOrderLook;
void tai_order_look_free (TaiOrderLook *self);

G_END_DECLS
