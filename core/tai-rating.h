/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-catalogue.h"

G_BEGIN_DECLS

/* The one rating function: window, script, receipt and HQ call it, so a basket costs the same everywhere. Pure. */

#define TAI_BASKET_MAX 64
/* Pieces of one line; of a plan and of a discount there is one. */
#define TAI_BASKET_MAX_QUANTITY 1000

typedef struct {
  const char *offering_id;
  gint32 quantity;      /* >= 1 */
  TaiMoney open_amount; /* for open prices; currency 0 = none given */
} TaiBasketLine;

typedef struct {
  const char *group;  /* (nullable) customer group */
  const char *region; /* (nullable) */
  TaiDate day;        /* business day of the sale */
  gint64 now_us;      /* for validFor */
  guint16 currency;
} TaiRatingContext;

/**
 * TaiBillReason: why a line costs what it costs; ui/ and printing/ make the sentence from it and the figures.
 */
typedef enum {
  TAI_REASON_ONE_TIME,
  TAI_REASON_DEPOSIT,
  TAI_REASON_FULL,
  TAI_REASON_HALF,
  TAI_REASON_PRORATA, /* numerator days of denominator */
  TAI_REASON_FREE,
  TAI_REASON_NEXT_PERIOD,
  TAI_REASON_OPEN_AMOUNT
} TaiBillReason;
/* "one_time" "deposit" "full" "half" "prorata" "free" "next_period" "open_amount" */
const char *tai_bill_reason_to_text (TaiBillReason reason);
gboolean tai_bill_reason_from_text (const char *text, TaiBillReason *reason, GError **error);

/**
 * TaiBillLine: one price of one basket line. A discount has no line of its own: it shows in the lines that it lowers; usage
 * prices cost nothing yet and have none either.
 * @normal: what lasts for ever, when all discounts that end have ended
 * @discounted, @discount_months: the first stretch of months with a discount in which the price stays the same; several
 * discounts that end at different times make more stretches: tai_bill_get_month()
 */
typedef struct {
  guint basket_index;
  gint32 quantity;
  const TaiOffering *offering; /* (transfer none): valid as long as the bill's catalogue */
  const TaiPrice *price;
  TaiMoney today;      /* to pay at the counter now */
  TaiMoney first;      /* on the first bill */
  TaiMoney normal;     /* per month when all discounts have ended */
  TaiMoney discounted; /* per full month while discounts last (= normal without) */
  gint32
      discount_months; /* how many months, the first period included, the discounted price lasts; 0 = none, -1 = for ever */
  TaiBillReason reason;
  gint32 numerator, denominator; /* of a pro rata first period */
} TaiBillLine;

/**
 * TaiBill: the three figures (today, first bill, normal month) and what they are made of.
 */
typedef struct {
  TaiCatalogue *catalogue; /* (owned) */
  GArray *lines;           /* (element-type TaiBillLine) */
  TaiMoney today, first, normal;
  TaiDate day;
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
 * Errors: OFFERING_UNKNOWN; OFFERING_NOT_ON_SALE (validFor, group, region); OFFERING_EXCLUDED (also the same discount
 * twice); OFFERING_REQUIRES (also a discount with nothing to apply to); OPEN_AMOUNT; LIMIT (lines, quantity);
 * MONEY_CURRENCY; MONEY_RANGE.
 */
TaiBill *tai_rate (TaiCatalogue *catalogue, const TaiBasketLine *basket, guint n,
                   const TaiRatingContext *context, GError **error);
void tai_bill_free (TaiBill *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiBill, tai_bill_free)

/* What month @month costs (0 = the first bill, 1 = the next whole month, …), discounts and their ends included. */
gboolean tai_bill_get_month (const TaiBill *self, guint month, TaiMoney *amount, GError **error);

G_END_DECLS
