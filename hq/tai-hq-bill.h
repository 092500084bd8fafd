/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/* @amount of the order's money went to what the line owed: the bills of the line are settled with it, the oldest first. In the
 * transaction that completes the order, so once. */
void hq_bill_settle (HqStore *store, const HqOrderRow *order, const TaiJson *json, TaiMoney amount,
                     gint64 now_us);

/* TMF678's customerBillOnDemand, fulfilled at once: what the account was charged and not yet billed for (@row's line) becomes a
 * bill, and the number owes it; @body gets `state` and, when there is one, `customerBill`. Nothing to bill, or no such number:
 * rejected. */
void hq_bill_on_demand (HqStore *store, const HqDocumentRow *row, TaiJson *body);

G_END_DECLS
