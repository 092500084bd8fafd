/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"
#include "tai-order.h"

G_BEGIN_DECLS

/**
 * TaiRefusal: what a customer gets in hand when a business is not done: the law asks for the reason, what to bring, and
 * where to appeal. Strings (transfer none), in the paper's language where they are sentences.
 * @reason: the sentence that screen and paper share; made from @code in app/ or ui/
 * @code: (nullable) HQ's or core's code, for whoever takes the appeal
 * @bring: (nullable) which papers are needed to try again
 * @customer_mask: (nullable)
 * @receipt_number: (nullable) of a sale that was paid and refused afterwards
 * @refund_due: currency 0: nothing was paid
 */
typedef struct {
  const TaiTerminal *terminal;
  gint64 time_us;
  const char *clerk;
  const TaiOperation *operation;
  const char *msisdn; /* (nullable) */
  const char *customer_mask;
  const char *reason;
  const char *code;
  const char *bring;
  const char *receipt_number;
  TaiMoney refund_due;
} TaiRefusal;

/* For roll paper. Any thread. (transfer full) */
TaiDocument *tai_refusal_slip_write (const TaiRefusal *refusal);

G_END_DECLS
