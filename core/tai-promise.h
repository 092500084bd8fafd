/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-till-policy.h"

G_BEGIN_DECLS

/**
 * TaiPromise: what a customer was promised who left with a slip (凭条) because something could not be settled while he waited.
 * The slip has a text that is scanned at any desk of the hall and leads to where it is settled. It holds nothing of the
 * person and nothing of the money; a copy of it opens no more than a page that the clerk can find anyway. Any thread.
 *
 * @TAI_PROMISE_PAYMENT: a payment in doubt; the id is the visit's
 * @TAI_PROMISE_PAPER: a receipt that could not be printed; the id is the order's
 * @TAI_PROMISE_MONEY: money that is owed and was not given back; likewise
 */
typedef enum { TAI_PROMISE_PAYMENT, TAI_PROMISE_PAPER, TAI_PROMISE_MONEY } TaiPromiseKind;

typedef struct {
  TaiPromiseKind kind;
  TaiUuid id;
} TaiPromise;

const char *tai_promise_kind_to_text (TaiPromiseKind kind); /* "payment" "paper" "money" */
/* FALSE: @text is none of them. */
gboolean tai_promise_kind_from_text (const char *text, TaiPromiseKind *kind);

/* As it is scanned: capital letters and digits alone, so that no keyboard and no input method changes them. (transfer full) */
char *tai_promise_to_text (const TaiPromise *self);
/* FALSE: @text is no such text. */
gboolean tai_promise_from_text (const char *text, TaiPromise *self);
/* What the journal says of a slip that was printed: its kind, and by when the customer is called. (transfer full) */
char *tai_promise_to_note (TaiPromiseKind kind, gint64 until_us);
/* FALSE: @note is no such note. */
gboolean tai_promise_from_note (const char *note, TaiPromiseKind *kind, gint64 *until_us);
/* By when we call, if it was promised now: as HQ has it, else after 24 hours (payment, paper) or 72 (money). */
gint64 tai_promise_get_until_us (TaiPromiseKind kind, const TaiTillPolicy *policy, gint64 now_us);

G_END_DECLS
