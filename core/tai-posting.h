/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-money.h"

G_BEGIN_DECLS

/*
 * Double entry of the till (11-tables). Debit is positive, credit negative; a set sums to 0 per currency, or it is not
 * written (TAI_CORE_ERROR_UNBALANCED). Account names are texts: kind, or kind:detail ("drawer:T1", "sales:new_line").
 */
#define TAI_ACCOUNT_DRAWER             "drawer"
#define TAI_ACCOUNT_SAFE               "safe"
#define TAI_ACCOUNT_IN_TRANSIT         "in_transit"
#define TAI_ACCOUNT_BANK               "bank"
#define TAI_ACCOUNT_CARD_CLEARING      "card_clearing"
#define TAI_ACCOUNT_QR_CLEARING        "qr_clearing"
#define TAI_ACCOUNT_COUPON_CLEARING    "coupon_clearing"
#define TAI_ACCOUNT_OTHER_CLEARING     "other_clearing"
#define TAI_ACCOUNT_CUSTOMER_DEPOSITS  "customer_deposits"
#define TAI_ACCOUNT_RECEIVABLE_SETTLED "receivable_settled"
#define TAI_ACCOUNT_SALES              "sales"
#define TAI_ACCOUNT_SIM_AND_GOODS      "sim_and_goods"
#define TAI_ACCOUNT_ROUNDING           "rounding"
#define TAI_ACCOUNT_OVER_SHORT         "over_short"
#define TAI_ACCOUNT_OPENING_DIFFERENCE "opening_difference"
#define TAI_ACCOUNT_REFUND_DUE         "refund_due"
#define TAI_ACCOUNT_REFUND_ELSEWHERE                                                                         \
  "refund_due_elsewhere" /* owed at another terminal; over all of a hall it is 0 */
#define TAI_ACCOUNT_IN_DOUBT         "in_doubt"
#define TAI_ACCOUNT_IN_DOUBT_CARRIED "in_doubt_carried_over"
#define TAI_ACCOUNT_PART_PAID        "part_paid" /* for visits whose orders are not captured yet */

#define TAI_ACCOUNT_SIZE 64

typedef struct {
  char account[TAI_ACCOUNT_SIZE];
  TaiMoney amount; /* debit > 0, credit < 0 */
} TaiPosting;

/**
 * TaiPostingSet: the postings of one event, in order.
 */
typedef struct {
  char event[32];   /* "cash_sale", "hq_refused", "count_difference", … */
  GArray *postings; /* (owned) (element-type TaiPosting) */
} TaiPostingSet;

TaiPostingSet *tai_posting_set_new (const char *event);
void tai_posting_set_free (TaiPostingSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPostingSet, tai_posting_set_free)
/* @detail (nullable): "kind:detail". */
void tai_posting_set_add (TaiPostingSet *self, const char *kind, const char *detail, TaiMoney amount);
gboolean tai_posting_set_check (const TaiPostingSet *self, GError **error);
/* A set that takes all of @self back, for @event. */
TaiPostingSet *tai_posting_set_reverse (const TaiPostingSet *self, const char *event);

/* The rules. @credits: what was sold (account kind, detail, positive amount each). */
typedef struct {
  const char *kind, *detail;
  TaiMoney amount;
} TaiCredit;
TaiPostingSet *tai_posting_cash_sale (const char *till, TaiMoney received, TaiMoney change,
                                      const TaiCredit *credits, guint n, GError **error);
/* What the customer brings with a payment: to which account, and, of cash, what he gets back. */
typedef struct {
  const char *kind, *detail; /* detail (nullable) */
  TaiMoney received, change;
} TaiDebit;
/* The capture: the last payment @debit (nullable: all had come before) and what earlier ones brought, against what was sold. */
TaiPostingSet *tai_posting_sale (const char *event, const TaiDebit *debit, TaiMoney part_paid,
                                 const TaiCredit *credits, guint n, GError **error);
/* Money of one payment moves between two accounts. */
TaiPostingSet *tai_posting_move (const char *event, const TaiCredit *from, const TaiDebit *to,
                                 GError **error);
/* What a paid order brought is owed to the customer; @event says why: "hq_refused", "hq_cancelled", "hq_undone". */
TaiPostingSet *tai_posting_owe (const char *event, const TaiCredit *credits, guint n, GError **error);
TaiPostingSet *tai_posting_refund_cash (const char *till, TaiMoney amount, GError **error);
/* What is owed is let go to another terminal, or fetched from it. */
TaiPostingSet *tai_posting_debt_released (TaiMoney amount, GError **error);
TaiPostingSet *tai_posting_debt_fetched (TaiMoney amount, GError **error);
TaiPostingSet *tai_posting_opening (const char *till, TaiMoney expected, TaiMoney counted,
                                    GError **error); /* NULL set if equal: (nullable) without error */
TaiPostingSet *tai_posting_count_difference (const char *till, TaiMoney expected, TaiMoney counted,
                                             GError **error);
TaiPostingSet *tai_posting_float (const char *hall, const char *till, TaiMoney amount,
                                  GError **error); /* safe -> drawer; negative back */

G_END_DECLS
