/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-contact.h"

G_BEGIN_DECLS

/**
 * A provider of payments to play with, and the customers before it: it takes play money, in memory or in a folder, and behaves
 * as the last two digits of an amount say, or, above 0, as the setting "sandbox" says of all:
 *
 *   01 the bank is slow: awaited for 8 s, then paid      06 the request is lost: it never arrived
 *   02 a password: awaited for 12 s, then paid           07 paid in the moment in which it is closed
 *   03 the customer walks off: awaited for ever          08 paid, and cannot be taken back any more
 *   04 refused: not enough money                         09 knows nothing for 20 s (SYSTEMERROR), then paid
 *   05 paid, but the answer is lost                      other: a code is paid at once, a shown QR after 3 s
 *
 * and its refunds, by the amount of the refund or the same setting:
 *
 *   01 under way for 8 s, then gone                      06 the request is lost: asked for again, it goes
 *   02 under way for 90 s, then gone                     07 under way for 8 s, then closed: the customer's account is gone
 *   03 under way for ever                                08 the customer's bank sends it back: a person must decide
 *   04 refused: the merchant's balance is short          09 knows nothing for 20 s (SYSTEM_ERROR), then gone
 *   05 gone, but the answer is lost                      other: gone at once
 *
 * Any thread.
 */
typedef struct _HqSandbox HqSandbox;

/* @folder: (nullable) what it took outlives the program there. */
HqSandbox *hq_sandbox_new (const char *folder);
HqGateway *hq_sandbox_get_gateway (HqSandbox *self); /* (transfer none); freeing it frees the sandbox */
void hq_sandbox_free (HqSandbox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqSandbox, hq_sandbox_free)

/* Of a sandbox in memory: money that is with us now; how often a customer paid, ever; how often a refund went. */
gint64 hq_sandbox_get_taken (HqSandbox *self, gint64 now_us);
guint hq_sandbox_get_n_charges (HqSandbox *self, gint64 now_us);
guint hq_sandbox_get_n_refunds (HqSandbox *self, gint64 now_us);
/* What would last for ever goes: the banks of those who wait for a refund have made up their minds. */
void hq_sandbox_end_waits (HqSandbox *self);
/* What is with us of one payment, refunds less; 0: nothing. */
gint64 hq_sandbox_get_taken_by (HqSandbox *self, const char *id, gint64 now_us);

G_END_DECLS
