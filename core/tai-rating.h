/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-catalogue.h"
#include "tai-stretch.h"

G_BEGIN_DECLS

/* The one rating function: window, script, receipt and HQ call it, so a basket costs the same everywhere. Pure. */

#define TAI_BASKET_MAX 64
/* Pieces of one line; of a plan and of a discount there is one. */
#define TAI_BASKET_MAX_QUANTITY 1000

typedef struct {
  const char *offering_id;
  gint32 quantity;      /* >= 1 */
  TaiMoney open_amount; /* for open prices; currency 0 = none given */
  gboolean goes_on;     /* the customer wants it after its trial, too */
} TaiBasketLine;

typedef struct {
  const char *const *groups; /* (nullable) of the customer; NULL: none, or not known */
  const char *region;        /* (nullable) */
  TaiDate day;               /* business day of the sale */
  gint64 now_us;             /* for validFor */
  int utc_offset_min;        /* when a month begins, for prices that change */
  guint16 currency;
} TaiRatingContext;

/**
 * TaiBillLine: one price of one basket line. A discount has no line of its own: it shows in the lines that it lowers; usage
 * prices cost nothing yet and have none either.
 * @normal: what lasts for ever, when all discounts that end have ended and all price changes that are known have come
 * @stretches: (owned) (nullable) (element-type TaiStretch) of a recurring price: its first bill and all months after it
 */
typedef struct {
  guint basket_index;
  gint32 quantity;
  const TaiOffering *offering; /* (transfer none): valid as long as the bill's catalogue */
  const TaiPrice *price;       /* the one of today; its months may have another, later */
  TaiMoney today;              /* to pay at the counter now */
  TaiMoney first;              /* on the first bill */
  TaiMoney normal;             /* per month for ever */
  GArray *stretches;
  TaiBillReason reason;          /* of what is paid today, or of the first bill */
  gint32 numerator, denominator; /* of a pro rata first period */
  gboolean is_included;          /* its months are in a bundle's price */
  gboolean goes_on;              /* after its trial */
} TaiBillLine;

/**
 * TaiBill: the three figures (today, first bill, normal month) and what they are made of.
 */
typedef struct {
  TaiCatalogue *catalogue; /* (owned) */
  GArray *lines;           /* (element-type TaiBillLine) */
  TaiMoney today, first, normal;
  TaiDate day;
  int utc_offset_min;
  GPtrArray *discounts; /* private: those of the basket, in the order in which they are applied */
} TaiBill;

/**
 * tai_rate:
 * @basket: (array length=n): the order of its lines does not matter for the figures
 *
 * The monthly price of a line: list price, less the discounts of the basket that apply to it, by their stack order (percent
 * of the list price, or of what the previous ones left; or an amount), never below zero; times the quantity; of the first
 * period the part that it says. Exact fractions; rounded once, at the end, for each line and month.
 *
 * What takes effect with the next period costs nothing on the first bill and a whole month from then on; its discounts
 * count from there. One-time prices and deposits are paid today, whenever the rest takes effect.
 *
 * A price that replaces another costs from the first whole month on that begins not before it. What a bundle includes has no
 * month of its own. A service costs nothing in its trial and, unless the customer wants it to go on, nothing after it.
 *
 * Errors: OFFERING_UNKNOWN; OFFERING_NOT_ON_SALE (validFor, region, a part without its bundle); OFFERING_GROUP; OFFERING_EXCLUDED
 * (also the same discount twice); OFFERING_REQUIRES (also a discount with nothing to apply to, a bundle with too few of a
 * part); OPEN_AMOUNT; LIMIT (lines, quantity, too many of a part); MONEY_CURRENCY; MONEY_RANGE.
 */
TaiBill *tai_rate (TaiCatalogue *catalogue, const TaiBasketLine *basket, guint n,
                   const TaiRatingContext *context, GError **error);
void tai_bill_free (TaiBill *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiBill, tai_bill_free)

/* The whole bill month by month. (transfer full) (element-type TaiStretch) */
GArray *tai_bill_get_stretches (const TaiBill *self, GError **error);
/* What month @month costs (0 = the first bill, 1 = the next whole month, …), discounts and their ends included. */
gboolean tai_bill_get_month (const TaiBill *self, guint month, TaiMoney *amount, GError **error);

G_END_DECLS
