/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-order.h"

G_BEGIN_DECLS

/*
 * What prices come to, as sentences that can be read to a customer. Core chooses what is told (tai-stretch.h), the words stand
 * here. Main thread. Texts are (transfer full).
 */

/* "First bill ¥13.77 = ¥59.00 − 30 % for 10 of 30 days", "then ¥41.30 …": one text a run of months. @day: of the sale.
 * (element-type utf8) */
GPtrArray *tai_price_words_list (const GArray *stretches, TaiDate day);
/* The same of all prices of an item in one line; NULL: nothing comes on later bills. */
char *tai_price_words_item (const TaiOrderItem *item, TaiDate day);
/* What it costs, short, before it is chosen: "¥15.00 a month", "30 % off", "¥20.00". Without its months where a bundle pays them:
 * then it may be "". */
char *tai_price_words_offering (const TaiOffering *offering, gint64 now_us, gboolean with_months);
/* What binds: "Contract of 24 months; leaving at once costs ¥424.80 (30 % of what is left)". @month: what it comes to.
 * NULL: nothing does. */
char *tai_price_words_contract (const TaiOffering *offering, TaiMoney month);

G_END_DECLS
