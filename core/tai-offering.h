/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-identity.h"
#include "tai-money.h"

G_BEGIN_DECLS

/* What is sold, as HQ's data says (TMF620 productOffering + the x-guitai extension of 11-tables). Filled by wire/, judged by the
 * catalogue that takes it, then immutable; any thread. */

typedef enum { TAI_PRICE_RECURRING, TAI_PRICE_ONE_TIME, TAI_PRICE_USAGE, TAI_PRICE_DEPOSIT } TaiPriceType;
typedef enum {
  TAI_FIRST_PERIOD_FULL,
  TAI_FIRST_PERIOD_HALF,
  TAI_FIRST_PERIOD_PRORATA_DAYS,
  TAI_FIRST_PERIOD_FREE
} TaiFirstPeriod;
typedef enum { TAI_EFFECT_NOW, TAI_EFFECT_NEXT_PERIOD } TaiEffect;
typedef enum { TAI_DISCOUNT_NONE, TAI_DISCOUNT_PERCENT, TAI_DISCOUNT_AMOUNT } TaiDiscountKind;
typedef enum { TAI_DISCOUNT_BASE_LIST, TAI_DISCOUNT_BASE_AFTER_PREVIOUS } TaiDiscountBase;
typedef enum { TAI_PENALTY_NONE, TAI_PENALTY_SHARE_OF_REST, TAI_PENALTY_FIXED } TaiPenaltyFormula;

/**
 * TaiOfferingKind: what part of a basket it is (x-guitai "kind").
 */
typedef enum {
  TAI_OFFERING_PLAN,        /* "plan" */
  TAI_OFFERING_SERVICE,     /* "service": value-added, needs the customer's own yes */
  TAI_OFFERING_SIM,         /* "sim" */
  TAI_OFFERING_PREPAYMENT,  /* "prepayment" */
  TAI_OFFERING_TOP_UP,      /* "top_up": open amount */
  TAI_OFFERING_DISCOUNT,    /* "discount" */
  TAI_OFFERING_GOODS,       /* "goods": handset, accessory, gift */
  TAI_OFFERING_ACCESS,      /* "access": what a line has beside its plan: broadband, TV, a further SIM */
  TAI_OFFERING_NUMBER_GRADE /* "number_grade": what a pretty number asks of its line; in no basket */
} TaiOfferingKind;

typedef struct {
  TaiDiscountKind kind;
  gint32 percent_x100; /* 30 % = 3000 */
  TaiMoney amount;
  TaiDiscountBase base;
  gint32 months;      /* 0 = for ever; counts from the first (partial) period */
  gint32 stack_order; /* lower is applied first */
} TaiDiscount;

typedef struct {
  char *id;
  char *name; /* NULL or "" becomes the offering's name when the catalogue is built */
  TaiPriceType type;
  gint32 period_months;      /* recurring: 1 = month, the only one that can be rated */
  TaiMoney amount;           /* >= 0; of a discount or an open price: unused */
  gboolean is_open;          /* the customer names the amount, between minimum and maximum */
  TaiMoney minimum, maximum; /* of an open price; currency 0 = none */
  TaiFirstPeriod first_period;
  TaiRounding rounding; /* once a line, at the end */
  TaiEffect effect;
  TaiDiscount discount;
  gint64 valid_from_us, valid_until_us; /* 0 = open */
  char *replaces; /* (nullable) the price of the same offering that it takes over from at @valid_from_us */
  gint32
      trial_months; /* of a service: free for so many, the first period included; then it ends, or costs with another yes */
} TaiPrice;

/* A part of a bundle (TMF620 bundledProductOffering). Pieces: at least, at most, and how many to begin with. */
typedef struct {
  char *id;
  gint32 lower, upper, preset;
  gboolean
      is_included; /* its months are in the bundle's price; else they come on top. What is paid once always does. */
} TaiBundlePart;

typedef struct {
  char *id;
  char *version;
  char *name;         /* the halls' language */
  char *name_en;      /* (nullable) */
  char *key_terms;    /* (nullable) shown large, hashed into the consent */
  char *key_terms_en; /* (nullable) the same in English, for papers in another language than Chinese */
  TaiOfferingKind kind;
  GPtrArray *prices; /* (element-type TaiPrice) */
  char **excludes;   /* ids; NULL-terminated, never NULL */
  char **requires;   /* ids */
  char **applies_to; /* discount: ids; empty = every recurring line */
  char **operations; /* businesses that it is sold under; empty = all that take its kind */
  char **groups;     /* empty = all */
  char **regions;    /* empty = all */
  TaiPenaltyFormula penalty;
  gint32 penalty_percent_x100;
  TaiMoney penalty_amount;
  gint32 contract_months; /* 0 = none */
  gint64 valid_from_us, valid_until_us;
  GPtrArray *parts;       /* (element-type TaiBundlePart) of a bundle; empty: it is none */
  gboolean is_part_only;  /* sold in a bundle and not alone (TMF620 isSellable) */
  gboolean is_withdrawn;  /* not sold any more, or not yet (TMF620 lifecycleStatus) */
  char *grade;            /* (nullable) number_grade: the grade of the stock */
  TaiMoney minimum_spend; /* number_grade: what the plan of such a number comes to at least, each month */
  char *
      fault; /* (nullable) why not all of it could be read: nothing else of it is judged, and the whole is refused */
} TaiOffering;

/* A tariff with more parts than this is no tariff. */
#define TAI_OFFERING_MAX_PRICES 64

TaiOffering *tai_offering_new (const char *id, TaiOfferingKind kind);
void tai_offering_free (TaiOffering *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiOffering, tai_offering_free)
TaiPrice *tai_offering_add_price (TaiOffering *self, const char *id, TaiPriceType type); /* (transfer none) */
TaiBundlePart *tai_offering_add_part (TaiOffering *self,
                                      const char *id); /* (transfer none) one piece, included */
/* The terms that a customer reads and signs who gets papers in @language (nullable); (transfer none, nullable). */
const char *tai_offering_get_terms (const TaiOffering *self, const char *language);
gboolean tai_offering_is_bundle (const TaiOffering *self);
const TaiBundlePart *tai_offering_find_part (const TaiOffering *self, const char *id); /* (nullable) */
/* The price that takes over from @price one day; (nullable). */
const TaiPrice *tai_offering_find_successor (const TaiOffering *self, const TaiPrice *price);
/* A price of that moment: valid, and no other has taken over from it. */
gboolean tai_offering_has_price_at (const TaiOffering *self, const TaiPrice *price, gint64 now_us);
/* The list price of a month, all its monthly prices of that moment together; currency 0: it has none. */
TaiMoney tai_offering_get_month (const TaiOffering *self, gint64 now_us);
/* The last day of a trial that begins on @day. (trial_months > 0) */
TaiDate tai_price_get_trial_end (const TaiPrice *self, TaiDate day);
/* What leaving the contract costs when @months_left of it are left and a month costs @month. Nothing without a contract. */
gboolean tai_offering_get_penalty (const TaiOffering *self, TaiMoney month, gint32 months_left,
                                   TaiMoney *penalty, GError **error);
/* Does it name @operation_id, or none at all? */
gboolean tai_offering_is_for (const TaiOffering *self, const char *operation_id);
/* On sale at that moment, in that region (nullable), for a customer of these groups (nullable: none); alone, not only in a
 * bundle. */
gboolean tai_offering_is_on_sale (const TaiOffering *self, const char *const *groups, const char *region,
                                  gint64 now_us);
/* For all, or for one of @groups (nullable: none). */
gboolean tai_offering_is_for_groups (const TaiOffering *self, const char *const *groups);

const char *tai_offering_kind_to_text (TaiOfferingKind kind);
gboolean tai_offering_kind_from_text (const char *text, TaiOfferingKind *kind, GError **error);
const char *tai_price_type_to_text (TaiPriceType type); /* "recurring" "oneTime" "usage" "deposit" */
gboolean tai_price_type_from_text (const char *text, TaiPriceType *type, GError **error);
const char *tai_first_period_to_text (TaiFirstPeriod value); /* "full" "half" "prorata_days" "free" */
gboolean tai_first_period_from_text (const char *text, TaiFirstPeriod *value, GError **error);
const char *tai_effect_to_text (TaiEffect value); /* "now" "nextPeriod" */
gboolean tai_effect_from_text (const char *text, TaiEffect *value, GError **error);

G_END_DECLS
