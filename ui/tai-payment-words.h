/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-order.h"

G_BEGIN_DECLS

/*
 * Payments as people read them, in the desk's language: each state with an icon, a word and a colour, so that it is said three
 * ways. Constant data but where it says otherwise; main thread.
 */

/**
 * TaiPaymentLook: how a payment stands.
 * @icon: name of a symbolic one
 * @style: "waits" "doubt" "refused" "cancelled" "good": a class of the style sheet
 * @word: what it is, in a few words
 * @todo: what the clerk does about it
 */
typedef struct {
  const char *icon, *style, *word, *todo;
} TaiPaymentLook;
TaiPaymentLook tai_payment_words_look (const TaiPayment *payment);

/* "wechat", "cheque" …; what is unknown reads as it is. */
const char *tai_payment_words_provider (const char *provider);
/* The tender or provider of which the desk's words begin so: "现金", "cash", "WeChat"; as payments have it. (nullable) */
const char *tai_payment_words_find (const char *word);
/* What it was paid with: "WeChat Pay", "Cash", "Cheque C-17". (transfer full) */
char *tai_payment_words_means (const TaiPayment *payment);
/* Why no money came, by the gateway's word; NULL: nothing to say. (transfer full) */
char *tai_payment_words_reason (const TaiPayment *payment);
/* The last eight digits of the payment's number, for the telephone: "7F3A 90C1". (transfer full) */
char *tai_payment_words_reference (const TaiUuid *payment_id);

/* Why nothing came of it: @detail as the gateway or a person said it. (transfer full) (nullable) */
char *tai_payment_words_why (TaiTender tender, const char *detail);
/* The gateway's own number of money that moved, or who decided that it did. (transfer full) (nullable) */
char *tai_payment_words_transaction (const TaiPayment *payment);
/* What to do about a refund in the list of work (TaiWorkItem's reason, nullable). */
const char *tai_payment_words_refund_todo (const char *reason);

G_END_DECLS
