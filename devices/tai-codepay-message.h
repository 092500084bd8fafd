/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-money.h"

G_BEGIN_DECLS

/*
 * What is said to a bank terminal in frames (tai-codepay-frame.h), and what it answers: one JSON object each way, matched by its
 * request id. Any thread.
 */

/* Letters and digits, at most so many: a payment's id without its dashes. */
#define TAI_CODEPAY_ORDER_SIZE 33
void tai_codepay_order_number (const TaiUuid *payment_id, char order[TAI_CODEPAY_ORDER_SIZE]);
/* Of the order that takes @payment_id's back: made of it, so that a second one is met as the first. */
void tai_codepay_void_number (const TaiUuid *payment_id, char order[TAI_CODEPAY_ORDER_SIZE]);

typedef enum { TAI_CODEPAY_ORDER, TAI_CODEPAY_QUERY, TAI_CODEPAY_CLOSE } TaiCodepayTopic;
const char *tai_codepay_topic_to_text (TaiCodepayTopic topic); /* "ecrhub.pay.order" … */

#define TAI_CODEPAY_REQUEST_SIZE 64

/**
 * TaiCodepayRequest:
 * @request_id: unlike any other; the answer repeats it
 * @original: ORDER: "" a sale, else the sale of which it gives money back
 * @is_refund: ORDER with @original: @amount of it, also after the day was settled; else all of it, on the same day
 * @amount: ORDER only
 * @expires_s: ORDER: how long the terminal waits for a card
 */
typedef struct {
  TaiCodepayTopic topic;
  char request_id[TAI_CODEPAY_REQUEST_SIZE];
  char order[TAI_CODEPAY_ORDER_SIZE], original[TAI_CODEPAY_ORDER_SIZE];
  TaiMoney amount;
  int expires_s;
  gboolean is_refund;
} TaiCodepayRequest;
GBytes *tai_codepay_request_render (const TaiCodepayRequest *self, const char *app_id, gint64 time_us);

/**
 * TaiCodepayReply: all members owned and nullable but the first.
 * @code: "000" (or "0"): understood and done; else why not
 * @status: trans_status: "0" and "9" under way, "1" failed, "2" paid, "3" taken back
 * @card: the last four digits, and never more
 * @amount: as text; @currency: alphabetic code
 */
typedef struct {
  char *request_id, *order, *code, *status, *transaction, *card, *amount, *currency;
} TaiCodepayReply;
/* NULL: no answer of a terminal. A card's number that comes in clear is cut here and wiped where it came from. */
TaiCodepayReply *tai_codepay_reply_parse (const guint8 *bytes, gsize size);
void tai_codepay_reply_free (TaiCodepayReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiCodepayReply, tai_codepay_reply_free)
gboolean tai_codepay_reply_is_good (const TaiCodepayReply *self); /* by its code */

G_END_DECLS
