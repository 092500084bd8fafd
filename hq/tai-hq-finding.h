/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"

G_BEGIN_DECLS

/*
 * What does not match. Messages come in any order, so nothing is judged when it comes: what may have become right or wrong is
 * suspected, and looked at once when all of the transaction is there. A finding is open until what was missing has come.
 *
 * kind       subject            looked at
 * approval   the approval       approver there, not disabled, had the right, is not who asked; in time; granted before; used once, and
 *                               for exactly that act, subject and amount
 * act        key of its message cash that moved, or a till that was closed, without the yes that it needs
 * bag        the bag            a deposit has its drop, once each, with the same amount
 * drawer     the shift          a close expects what the float, cash and moves that came make
 * late       the shift      money came when its close was settled, and the terminal's supplements do not tell of it
 * hall       the day        a terminal closed it with other figures than what came makes
 * gateway    the payment        a payment by QR, or a refund of one, is what HQ's gateway took or gave back: amount, state, terminal,
 *                               payment, order; money that the gateway moved is in somebody's books; and what
 *                               nobody knows and no terminal tells of, after HQ has asked in vain
 * refund     the payment        more went back of it than came, or of one of its orders than its share, over all refunds: out of drawers,
 *                               by slips, through the gateway
 * given_up   key of the message a message that a person gave up was taken here
 * invoice    the receipt        an invoice was made of a code that counts no more: a credit note is due
 * bank       hq_bank_subject()  a bank's statement and what the halls say: deposits by their slip, what cards and QR brought in a day
 */
typedef enum {
  HQ_FINDING_APPROVAL,
  HQ_FINDING_ACT,
  HQ_FINDING_BAG,
  HQ_FINDING_DRAWER,
  HQ_FINDING_LATE,
  HQ_FINDING_HALL,
  HQ_FINDING_GATEWAY,
  HQ_FINDING_REFUND,
  HQ_FINDING_GIVEN_UP,
  HQ_FINDING_BANK,
  HQ_FINDING_INVOICE,
  HQ_N_FINDINGS
} HqFindingKind;

/* As its row says it. */
const char *hq_finding_get_name (HqFindingKind kind);
/* Inside a transaction. */
void hq_finding_suspect (HqStore *store, HqFindingKind kind, const char *hall, const char *subject,
                         const char *terminal);
/* Before the commit. */
void hq_finding_settle (HqStore *store, gint64 now_us);
/* Money that the gateway took or gave back long ago and that no message tells of; for who lists. Inside a transaction. */
void hq_finding_look_around (HqStore *store, gint64 now_us);

/* What went back of a payment, over all refunds that are told of or that HQ's gateway has; without @is_known also what may still go. */
gint64 hq_finding_sum_refunds (HqStore *store, const char *hall, const char *original, gboolean is_known);

/* The payment's message says that it was for that order. */
gboolean hq_finding_pays_for (HqStore *store, const HqPaymentRow *payment, const char *order_id);

G_END_DECLS
