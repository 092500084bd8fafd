/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"
#include "tai-json.h"
#include "tai-till-news.h"

G_BEGIN_DECLS

/*
 * What reports are made of: sums that grow in the transaction in which an order, a payment or news of a till come, so that a
 * report costs what a day has of clerks and businesses, never what it has of orders. Kinds and their names:
 *
 * business: operation          orders, with what was due at the counter
 * tender:   name = tender      payments and refunds (below 0), as the terminal counts them
 * paid:     operation, tender  what a payment gave to an order, once all payments of the order are here
 * event:    operation, name    refund, override, reprint, drawer_opened; undone, cancelled and refused: what became of orders
 * hour:     name = quarter     orders by the hour in which they were placed: its first quarter since the epoch
 * drawer:                      what is in a drawer, of a terminal: float, cash, moves, what a close books
 *
 * All are of the shift that the message names, and of none when it names none. An order's end counts in the order's own shift. Only what names a business day is counted: other clients' orders are not a hall's.
 */
#define HQ_SUM_BUSINESS "business"
#define HQ_SUM_TENDER   "tender"
#define HQ_SUM_PAID     "paid"
#define HQ_SUM_EVENT    "event"
#define HQ_SUM_HOUR     "hour"
#define HQ_SUM_DRAWER   "drawer"

/* An order that took effect and was undone is cancelled here with that reason; a terminal calls it so. */
#define HQ_REASON_UNDONE "undone_by_request"
#define HQ_TOLD_UNDONE   "undone"

void hq_sum_order (HqStore *store, const HqOrderRow *order, const TaiJson *json);
void hq_sum_payment (HqStore *store, const HqPaymentRow *payment, const TaiJson *json);
/* What the payments that @order names give to it: once, when all are here. @find: NULL when one is not; (transfer none) until it is
 * called again */
typedef const TaiJson *(*HqPaymentFinder) (gpointer data, const char *hall, const char *id);
void hq_sum_shares (HqStore *store, const HqOrderRow *order, const TaiJson *json, HqPaymentFinder find,
                    gpointer data);
/* Adds what @payment gives to @order to *@paid; another currency, or no amount, is nothing. FALSE: more than money can be. */
gboolean hq_sum_add_share (const TaiJson *payment, const HqOrderRow *order, TaiMoney *paid);
void hq_sum_refund (HqStore *store, const char *hall, const char *terminal, const TaiJson *json);
/* An order ends without being done, or was done and is undone: @state is what its terminal is told (undone, cancelled, rejected,
 * failed); any other is nothing. */
void hq_sum_end (HqStore *store, const HqOrderRow *order, const char *state);
void hq_sum_news (HqStore *store, const char *hall, const char *terminal, const TaiTillNews *news);
/* What should be in the drawer in that shift now; minor units. */
gint64 hq_sum_get_drawer (HqStore *store, const char *hall, const char *day, const char *shift);

/**
 * hq_sum_rebuild:
 * Adds all up anew from the messages themselves, in one transaction: for a store that was made before there were sums, and for who
 * does not believe them. FALSE: the store failed, and nothing changed.
 */
gboolean hq_sum_rebuild (HqStore *store);
/* A store of an older version whose sums are still to be made. Inside a transaction. */
gboolean hq_sum_is_due (HqStore *store);

G_END_DECLS
