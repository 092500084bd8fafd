/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-money.h"

G_BEGIN_DECLS

/*
 * What is unfinished at a terminal and needs a person (待处理). Plain structs with owned strings; any thread.
 */

/**
 * TaiWorkKind, and what a person can do:
 * @TAI_WORK_PLACED: a visit was placed and not paid: pay, abandon
 * @TAI_WORK_PARKED: a visit steps aside: recall, abandon
 * @TAI_WORK_WAITING: HQ has held the order back, or has it for too long: ask HQ
 * @TAI_WORK_REFUSED: HQ refused it or did a part of it: money back to the customer, a remedy
 * @TAI_WORK_QUARANTINED: HQ refused the message: mend and release it, or give it up
 * @TAI_WORK_IN_DOUBT: a payment whose outcome is not known
 * @TAI_WORK_REFUND: a refund whose outcome is not known, @reason NULL: it keeps all else from going back; "given_up": a person said
 *   that it did not go, and it is asked for by itself; TAI_PAYMENT_GONE_TWICE: put it right with the bank or the customer
 * @TAI_WORK_PRINT: a paper that may not have come out: look, reprint
 * @TAI_WORK_DEBT: cash that is owed for another terminal's order: fetched ("held"): pay it; asked for ("asked"): wait, or withdraw
 */
typedef enum {
  TAI_WORK_PLACED,
  TAI_WORK_PARKED,
  TAI_WORK_WAITING,
  TAI_WORK_REFUSED,
  TAI_WORK_QUARANTINED,
  TAI_WORK_IN_DOUBT,
  TAI_WORK_REFUND,
  TAI_WORK_PRINT,
  TAI_WORK_DEBT
} TaiWorkKind;
/* "placed" "parked" "waiting" "refused" "quarantined" "in_doubt" "refund" "print" "debt" */
const char *tai_work_kind_to_text (TaiWorkKind kind);

/**
 * TaiWorkItem:
 * @id: of the message (its key), payment or print job; text[0] == 0: it is about the order or the visit
 * @row: the outbox's row of a message; 0: none
 * @amount: what the customer gets back if anything, else what is due or was paid; currency 0: none
 * @state: text of the order, message, payment, print job or visit (core/tai-state.h)
 * @reason: (nullable) HQ's code, or the printer's
 */
typedef struct {
  TaiWorkKind kind;
  gint64 since_us;
  TaiUuid visit_id, order_id, id; /* text[0] == 0: none */
  gint64 row;
  char *operation;      /* (nullable) of a visit: its first */
  char *msisdn;         /* (nullable) likewise */
  char *receipt_number; /* (nullable) */
  char *customer_mask;  /* (nullable) */
  TaiMoney amount;
  char *state;
  char *reason;  /* (nullable) */
  char *clerk;   /* (nullable) */
  char *printer; /* (nullable) role, of a paper */
} TaiWorkItem;
TaiWorkItem *tai_work_item_new (TaiWorkKind kind);
void tai_work_item_free (TaiWorkItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiWorkItem, tai_work_item_free)

/* Oldest first, no more than @limit; @items (element-type TaiWorkItem) */
void tai_work_sort (GPtrArray *items, guint limit);

G_END_DECLS
