/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-posting.h"

G_BEGIN_DECLS

/* Money that moves without a sale: between drawer, safe, sealed bag and bank. One row of a table each; the posting and what
 * must be said follow from the row. Constant data, any thread. */

typedef enum {
  TAI_CASH_NEEDS_REASON = 1 << 0,   /* why, in words, for the journal */
  TAI_CASH_NEEDS_BAG = 1 << 1,      /* the number of the sealed bag */
  TAI_CASH_NEEDS_SLIP = 1 << 2,     /* the number of the bank's slip */
  TAI_CASH_NEEDS_APPROVAL = 1 << 3, /* by another person */
  TAI_CASH_NEEDS_SHIFT = 1 << 4     /* it touches the drawer */
} TaiCashNeeds;

/**
 * TaiCashMove:
 * @id: also the event of its posting set and the kind of its journal entry
 * @from, @to: TAI_ACCOUNT_…: credited and debited
 * @action: (nullable) of the approval
 */
typedef struct {
  const char *id;
  const char *from, *to;
  TaiCashNeeds needs;
  const char *action;
} TaiCashMove;

#define TAI_CASH_IN           "cash_in"      /* change money from the safe */
#define TAI_CASH_OUT          "cash_out"     /* back to the safe, with a reason */
#define TAI_CASH_DROP         "drop"         /* into a sealed bag */
#define TAI_CASH_BANK_DEPOSIT "bank_deposit" /* a bag to the bank, with its slip */

const TaiCashMove *tai_cash_move_find (const char *id); /* NULL: unknown */
const TaiCashMove *tai_cash_move_get_all (guint *n);

/* Numbers of bags and slips: 1 to 32 letters, digits and hyphens. */
#define TAI_CASH_REFERENCE_MAX 32
gboolean tai_cash_reference_is_valid (const char *text);

/* @bag: (nullable) where the row does not need one. MONEY_RANGE: not above 0. (transfer full) */
TaiPostingSet *tai_cash_move_post (const TaiCashMove *self, const char *hall, const char *till,
                                   const char *bag, TaiMoney amount, GError **error);

G_END_DECLS
