/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-money.h"
#include "tai-staff.h"
#include "tai-state.h"

G_BEGIN_DECLS

/* What the subject of an approval is: the id of an order or payment, or something of the till (shift, till, bag). */
typedef enum {
  TAI_ACTION_ABOUT_TILL,
  TAI_ACTION_ABOUT_ORDER,
  TAI_ACTION_ABOUT_PAYMENT,
} TaiActionAbout;

/**
 * TaiAction: what one person alone may not do at the till: a row of a table.
 * @right: what the approver must have beside TAI_RIGHT_APPROVE
 */
typedef struct {
  const char *id;
  TaiRight right;
  TaiActionAbout about;
} TaiAction;

#define TAI_ACTION_CASH_OUT         "cash_out" /* money leaves the drawer without a sale; subject: the till */
#define TAI_ACTION_CASH_CAP         "cash_cap" /* one more visit over the cap; subject: the shift, amount: the cap */
#define TAI_ACTION_CLOSE_DIFFERENCE "close_difference" /* subject: the shift, amount: counted − expected */
#define TAI_ACTION_BANK_DEPOSIT     "bank_deposit"     /* subject: the bag */
#define TAI_ACTION_CANCEL           "cancel"     /* an order is asked back from HQ; subject: the order */
#define TAI_ACTION_UNDO             "undo"       /* a credit of today is taken back; subject: the order */
#define TAI_ACTION_CORRECTION       "correction" /* or moved to another number; subject: the order */
#define TAI_ACTION_REFUND           "refund"     /* money that is owed goes back; subject: the order */
/* What becomes of a payment in doubt: two acts, so that a yes to the one is none to the other; subject: the payment */
#define TAI_ACTION_PAYMENT_PAID     "payment_paid"
#define TAI_ACTION_PAYMENT_NOT_PAID "payment_not_paid"
const TaiAction *tai_action_find (const char *id);
/* All rows. */
const TaiAction *tai_actions_list (guint *n);
/* A yes is good for so long. */
#define TAI_APPROVAL_US (5 * G_TIME_SPAN_MINUTE)

/**
 * TaiApproval: another person's yes to one act, bound to what it is about and to its amount. Owned strings.
 * @subject: the shift, order, receipt, till or bag
 * @asked_by, @approver: staff numbers, never the same; @approver NULL while it is asked
 * @until_us: it is used by then, or not at all
 */
typedef struct {
  TaiUuid id;
  TaiApprovalState state;
  const TaiAction *action;
  char *subject;
  TaiMoney amount;
  char *asked_by, *approver;
  gint64 asked_us, decided_us, until_us;
} TaiApproval;

TaiApproval *tai_approval_new (const TaiUuid *id, const TaiAction *action, const char *subject,
                               TaiMoney amount, const char *asked_by, gint64 asked_us);
TaiApproval *tai_approval_copy (const TaiApproval *self);
void tai_approval_free (TaiApproval *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiApproval, tai_approval_free)
/* The same act, asked for by the same person: the state and the times do not matter. */
gboolean tai_approval_is_for (const TaiApproval *self, const TaiApproval *other);

G_END_DECLS
