/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-payment-gateway.h"
#include "tai-ports.h"
#include "tai-stream.h"

G_BEGIN_DECLS

/**
 * TaiCodepayTerminal: a bank terminal on a serial line (CodePay's framing), asked one question at a time. What a question and its
 * answer mean is tai-payment-gateway.h's; this keeps its promises whatever line and terminal do:
 *
 * - a sale is said to the terminal in one conversation and never again, by nobody: what it does not know when it is asked, after
 *   the order was closed, it will never be told (FAILED, "never_arrived");
 * - money counts as ours only when the terminal says "paid" of that order number, amount and currency;
 * - a refund is said the same way, under its own number, and counts only when the terminal says so of that number and amount;
 * - a payment is taken back by an order whose number is made of the payment's, so a repeated one meets the first.
 *
 * The line is open as long as a customer is asked for his card, so that his answer is heard at once; otherwise only for a
 * question: a terminal may be unplugged and come back. While it is open the stream is private (tai_stream_set_private()): the
 * terminal tells of cards. Of a card no more than four digits are kept, in the answer's @transaction.
 *
 * Thread: the device's worker.
 */
#define TAI_TYPE_CODEPAY_TERMINAL (tai_codepay_terminal_get_type ())
G_DECLARE_FINAL_TYPE (TaiCodepayTerminal, tai_codepay_terminal, TAI, CODEPAY_TERMINAL, GObject)

/* All in milliseconds. */
typedef struct {
  int connect_ms; /* until a handshake counts as unanswered; tried three times */
  int ack_ms;     /* until a message is sent again, three times in all */
  int linger_ms;  /* how long a PAY or QUERY stays for the customer before it says "awaiting" */
  int look_ms;    /* after which the terminal is asked although it should tell by itself */
  int answer_ms;  /* to a question that the terminal answers by itself */
  int void_ms;    /* to an order that takes one back: the terminal asks the bank */
  int alive_ms;   /* a terminal that beats every two seconds and was not heard for so long is gone */
  int stall_ms;   /* a frame comes in one piece; after such a silence it is none */
} TaiCodepayTiming;
#define TAI_CODEPAY_TIMING_DEFAULT ((TaiCodepayTiming){500, 300, 1000, 10000, 3000, 30000, 7000, 100})

/* @stream: not open; referenced. @clock: referenced. @app_id: what the terminal's bank knows this program by. */
TaiCodepayTerminal *tai_codepay_terminal_new (TaiStream *stream, TaiClock *clock, const char *app_id);
void tai_codepay_terminal_set_timing (TaiCodepayTerminal *self, TaiCodepayTiming timing);
/* At a production terminal an emulated one is asked for nothing: NOT_REACHED, "emulated". */
void tai_codepay_terminal_set_real_only (TaiCodepayTerminal *self, gboolean real_only);

typedef struct {
  TaiGatewayVerb verb;
  TaiUuid payment_id;
  TaiMoney amount;
  TaiUuid original_id; /* REFUND: of which payment */
} TaiCardQuestion;
/**
 * tai_codepay_terminal_ask:
 * @answer: (out) zeroed by the caller. Its reason is a code of the terminal's ("110") or of ours: "unplugged" "permission" "busy"
 * "no_answer" "emulated" "cancelled" "failed" "other_order" "amount_differs" "no_status" "never_arrived"
 */
void tai_codepay_terminal_ask (TaiCodepayTerminal *self, const TaiCardQuestion *question,
                               GCancellable *cancellable, TaiGatewayAnswer *answer);

G_END_DECLS
