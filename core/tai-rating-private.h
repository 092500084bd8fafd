/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-rating.h"

/* For core's rating only: the basket as a whole (-basket.c) and its figures (tai-rating.c). */

/* A discount of the basket. */
typedef struct {
  const TaiOffering *offering;
  const TaiPrice *price;
} TaiBasketDiscount;

/* What tai_rate() works on. */
typedef struct {
  const TaiBasketLine *basket;
  guint n;
  const TaiOffering *offerings[TAI_BASKET_MAX]; /* of each basket line */
  const TaiRatingContext *context;
  TaiBill *bill;
} TaiRating;

/* Finds the offerings and checks the basket; its discounts are the bill's then, in the order in which they are applied. */
gboolean tai_rating_check_basket (TaiRating *self, GError **error);
/* Does the basket's bundle pay for the months of @offering? */
gboolean tai_rating_is_included (const TaiRating *self, const TaiOffering *offering);
gboolean tai_basket_discount_applies (const TaiBasketDiscount *self, const TaiOffering *offering,
                                      const TaiPrice *price);
/* FALSE, with "offering …: @what". */
gboolean tai_rating_fail (GError **error, int code, const TaiOffering *offering, const char *what);
