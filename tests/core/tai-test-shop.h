/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-rating.h"

/*
 * A small shop for the tests of rating: offerings made in one line each, baskets by names, figures in fen.
 */
#define CNY(fen) tai_money (fen, TAI_CNY)

/* The day of the worked figures: 10 of 30 days left. */
#define TAI_TEST_SHOP_DAY ((TaiDate){2026, 11, 21})

/* Appends an offering with one price "p", named as its id; (transfer none). */
TaiPrice *tai_test_shop_add_offering (GPtrArray *offerings, const char *id, TaiOfferingKind kind,
                                      TaiPriceType type, gint64 fen);
/* The offering that was added last. */
TaiOffering *tai_test_shop_last (GPtrArray *offerings);
/* Replaces a list of ids by "a,b,c". */
void tai_test_shop_set_list (char ***list, const char *comma_separated);
/* A discount with one monthly price; @applies_to "a,b,c" or NULL. */
TaiPrice *tai_test_shop_add_discount (GPtrArray *offerings, const char *id, TaiDiscount discount,
                                      const char *applies_to);
TaiDiscount tai_test_shop_percent (gint32 percent_x100, gint32 months, TaiDiscountBase base,
                                   gint32 stack_order);
TaiDiscount tai_test_shop_amount_off (gint64 fen, gint32 months, gint32 stack_order);
/* Builds the catalogue; it must have no fault. */
TaiCatalogue *tai_test_shop_open (GPtrArray *offerings);
/* The shop of the worked figures: plan59, off30, ring, sim, prepay, topup. */
TaiCatalogue *tai_test_shop_worked (void);
TaiRatingContext tai_test_shop_context (TaiDate day);
/* A basket of one of each; how many. */
guint tai_test_shop_fill (TaiBasketLine *basket, char **ids);
/* Rates one of each of "a,b,c"; must succeed. */
TaiBill *tai_test_shop_rate (TaiCatalogue *catalogue, const char *comma_separated, TaiDate day);
const TaiBillLine *tai_test_shop_line (const TaiBill *bill, guint index);
/* A month of the bill in fen; must succeed. */
gint64 tai_test_shop_month (const TaiBill *bill, guint month);
/* Today, first bill and normal month, and that the first and a far month agree with them. */
void tai_test_shop_assert_figures (const TaiBill *bill, gint64 today, gint64 first, gint64 normal);
/* The first run of months in which discounts lower the line: what a whole month costs then, and how many there are, the first
 * period included; 0 = none, -1 = for ever. */
gint32 tai_test_shop_discount (const TaiBill *bill, guint index, gint64 *month);
