/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"

G_BEGIN_DECLS

/*
 * Coupons: rows of the stock, kind "coupon", whose grade is what they are worth. One is used once, by one payment, whichever way
 * that comes: asked for here (POST /guitai/v1/pay, provider "coupon"), or told of by the terminal that had it in its lease. Called
 * within a transaction.
 */

/* What a payment wants with a coupon. */
typedef struct {
  const char *number, *payment_id, *hall, *terminal;
  TaiMoney amount;
  gint64 now_us;
} HqCouponUse;

/* NULL: it is this payment's now, or was before. Else why not: "coupon_unknown" "coupon_used" "coupon_expired" "coupon_other_hall"
 * "coupon_elsewhere" "coupon_amount". */
const char *hq_coupon_take (HqStore *store, const HqCouponUse *use);
/* The payment was taken back: the coupon is as good as new. */
void hq_coupon_give_back (HqStore *store, const HqCouponUse *use);
/* A payment that has come (TMF676 body) was made with a coupon of its terminal's lease. FALSE: another payment has used it. */
gboolean hq_coupon_settle (HqStore *store, const char *hall, const TaiJson *payment, gint64 now_us);

G_END_DECLS
