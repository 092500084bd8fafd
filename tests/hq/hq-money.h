/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hq-fixture.h"
#include "tai-order.h"
#include "tai-till-news.h"

/* Messages of the money of the day, as T1's till in H017 sends them. */

typedef struct {
  const char *id, *payment; /* @payment: (nullable) second one: @payment_2 */
  const char *payment_2;
  const char *operation, *clerk, *day, *shift; /* @shift (nullable) */
  gint64 minor;
  const char *time; /* (nullable) when it was placed */
  const char *terminal;
} HqMoneyOrder;
char *hq_money_order (const HqMoneyOrder *order); /* (transfer full) */

typedef struct {
  const char *id, *order, *order_2; /* @order_2 (nullable) */
  gint64 minor, minor_2;            /* what goes to each */
  const char *tender, *clerk, *day, *shift;
  const char *terminal;
  const char *original, *number; /* (nullable) of a refund; @number: of its slip */
} HqMoneyPayment;
char *hq_money_payment (const HqMoneyPayment *payment);
/* Gives back @minor of @order. */
char *hq_money_refund (const HqMoneyPayment *refund);

/**
 * HqMoneySale: payment @number and order @number + 1, which is paid by it in full.
 * @terminal: (nullable) T1; @shift: (nullable); @seq: the payment's number in the series, the order has the next; 0: no series
 */
typedef struct {
  guint number;
  gint64 minor;
  const char *operation, *tender, *clerk, *day, *shift;
  const char *terminal;
  gint64 seq;
} HqMoneySale;
/* Posts both; fails when one isn't taken. */
void hq_money_sell (HqFixture *self, const HqMoneySale *sale);

/* News of terminal @terminal with the id number @number. */
TaiTillNews *hq_money_news (TaiNewsKind kind, guint number, const char *shift, gint64 time_us);
/* Posts it with the next number of the series; the status. Frees @news. */
int hq_money_post_news (HqFixture *self, TaiTillNews *news, gint64 seq);
int hq_money_post (HqFixture *self, const char *path, char *body, const char *key, gint64 seq);

/* Staff as `guitai-hq staff load` leaves them: the PIN is not looked at. @rights (nullable) JSON array */
void hq_money_add_staff (HqFixture *self, const char *hall, const char *number, const char *role,
                         const char *rights);
/* "kind subject: detail" of all that are open, oldest first, by lines. (transfer full) */
char *hq_money_list_findings (HqFixture *self);
/* "day kind terminal clerk operation name count minor" of all sums of a hall, sorted, by lines; a drawer's name is its shift. (transfer full) */
char *hq_money_list_sums (HqFixture *self, const char *hall);
