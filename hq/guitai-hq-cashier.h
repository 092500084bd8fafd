/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-gateway.h"

G_BEGIN_DECLS

/**
 * HqCashier: the threads that ask providers of payments. What is asked about one payment is asked one after the other, in the
 * order of hq_cashier_ask(); different payments don't wait for each other (but for those of the same thread).
 */
typedef struct _HqCashier HqCashier;
/* (thread: the cashier's) @contact (transfer full), @answer is the callee's to clear */
typedef void (*HqCashierFunc) (HqContact *contact, const TaiGatewayAnswer *answer, gpointer job,
                               gpointer data);

HqCashier *hq_cashier_new (HqMerchants *merchants, HqCashierFunc done,
                           gpointer data); /* merchants: borrowed */
/* @contact (transfer full); @job comes back with the answer. */
void hq_cashier_ask (HqCashier *self, HqContact *contact, gpointer job);
/* All that is under way is answered before this returns. */
void hq_cashier_free (HqCashier *self);

G_END_DECLS
