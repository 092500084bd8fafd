/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/**
 * hq_line_settle:
 * @json: the order's body as it is now
 *
 * What a completed order does to the line of its number. The state engine calls it in the transaction that completes the
 * order, and an order is completed once: so is this. An order for a number that is no line here changes nothing; an amount
 * that cannot be added (another currency, out of range) raises an alarm and changes nothing.
 */
void hq_line_settle (HqStore *store, const HqOrderRow *order, const TaiJson *json, gint64 now_us);

/* What was due at the counter for the order; FALSE: it does not say so in a way that we know. */
gboolean hq_line_get_due (const TaiJson *order, TaiMoney *due);

G_END_DECLS
