/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-identity.h"
#include "tai-money.h"
#include "tai-operation.h"
#include "tai-posting.h"
#include "tai-rating.h"
#include "tai-state.h"

G_BEGIN_DECLS

/*
 * The records of a sale: order, its items, payment, allocation. Plain structs with owned strings; one thread at a time. They
 * are what a visit holds, what a change writes, what the store reads back and what wire/ renders.
 */

/**
 * TaiTerminal: who and where this terminal is, from the enrolment; constant while the program runs. Strings (owned).
 * @klass: "production", "training", "demo": signed by HQ
 */
typedef struct {
  char *id;     /* "H017T2": terminal, also the CN of its certificate */
  char *hall;   /* "H017" */
  char *desk;   /* "3" */
  char *outlet; /* sales channel id, "H017" for an own hall */
  char *region;
  char *klass;
  char *hall_name;
  char *till; /* "T2" */
  int utc_offset_min;
  guint16 currency;
  char *language; /* of the paper: "zh_CN" */
  char *hotline;  /* (nullable) printed on paper */
} TaiTerminal;
TaiTerminal *tai_terminal_new (void);
TaiTerminal *tai_terminal_copy (const TaiTerminal *self);
void tai_terminal_free (TaiTerminal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTerminal, tai_terminal_free)

typedef struct {
  char *name; /* "MSISDN", "ICCID", … */
  char *value;
} TaiCharacteristic;
/* Beside "MSISDN" and "ICCID": the grade of a pretty number; the last day of a service's trial; the customer's second yes, for
 * what comes after it: "{time} {SHA-256 of the key terms}". */
#define TAI_CHARACTERISTIC_GRADE       "NumberGrade"
#define TAI_CHARACTERISTIC_TRIAL_END   "x-guitai-trial-end"
#define TAI_CHARACTERISTIC_AFTER_TRIAL "x-guitai-consent-after-trial"

/* One price of an item as sold: frozen at placing; HQ may reject it, never recompute it. */
typedef struct {
  char *price_id, *name;
  TaiPriceType type;
  TaiMoney list;                 /* per unit, before discounts */
  TaiMoney today, first, normal; /* for the whole quantity */
  /* Why, for screens and papers. */
  TaiBillReason reason;
  GArray *stretches; /* (owned) (nullable) (element-type TaiStretch) of a recurring price */
} TaiItemPrice;

typedef struct {
  char *id;               /* "10", "20", … */
  char *action;           /* "add" "modify" "delete" "noChange" */
  char *offering_id;      /* (nullable) */
  char *offering_name;    /* (nullable) */
  char *offering_name_en; /* (nullable) for papers in English */
  TaiOfferingKind kind;
  gint32 quantity;
  TaiMoney open_amount; /* currency 0 = none */
  char *relies_on;      /* (nullable) item id */
  gboolean consent_needed, consent_given;
  gint64 consent_time_us;
  TaiDigest terms_hash;       /* SHA-256 of the key terms that were shown; zeros if none */
  char *key_terms;            /* (nullable) the text itself, for the form */
  GPtrArray *characteristics; /* (element-type TaiCharacteristic) */
  GPtrArray *prices;          /* (element-type TaiItemPrice) */
} TaiOrderItem;

typedef struct {
  TaiUuid id;
  TaiUuid visit_id;
  const TaiOperation *operation;
  TaiOrderState state;
  /* who, where: from the first version on */
  char *clerk, *developer, *desk, *outlet; /* developer 发展人: (nullable) */
  /* customer: what may stay in clear, and the boxes */
  char *customer_ref;  /* (nullable) blind reference */
  char *customer_mask; /* (nullable) "张*" */
  char *document_mask; /* (nullable) "…34" */
  char *document_kind; /* (nullable) "citizen_card", for the form */
  GBytes *sealed;      /* (nullable) to_hq box */
  GBytes *recovery;    /* (nullable) to_terminal box */
  GPtrArray *items;    /* (element-type TaiOrderItem) */
  TaiMoney today, first, normal;
  gint64 placed_us;
  char *business_day;  /* "2026-11-22": the shift's */
  char *shift_id;      /* (nullable) */
  TaiOfflineRule rule; /* in force when it was captured */
  gboolean signed_;    /* the customer's signature was given */
  /* given at capture */
  char *receipt_number;   /* (nullable) */
  gint64 terminal_seq;    /* contiguous over all messages of a sale; 0 = none yet */
  TaiDigest content_hash; /* of the rendered body */
  /* HQ's */
  char *hq_reason;     /* (nullable) code of a refusal */
  TaiMoney refund_due; /* of what was paid, what the customer is still owed; currency 0: nothing */
} TaiOrder;

TaiOrder *tai_order_new (const TaiOperation *operation);
/* Shares nothing but the boxes, which are immutable: for a face on another thread. */
TaiOrder *tai_order_copy (const TaiOrder *self);
void tai_order_free (TaiOrder *self);
/* Of one that was taken out of its order. */
void tai_order_item_free (TaiOrderItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiOrder, tai_order_free)
TaiOrderItem *tai_order_add_item (TaiOrder *self, const char *action,
                                  const char *offering_id); /* (transfer none); ids 10, 20, … */
TaiOrderItem *tai_order_find_item (const TaiOrder *self,
                                   TaiOfferingKind kind); /* first of a kind; (nullable) */
/* @value NULL takes it out. */
void tai_order_item_set (TaiOrderItem *self, const char *name, const char *value);
const char *tai_order_item_get (const TaiOrderItem *self, const char *name);
/* First value over all items, e.g. the MSISDN; (nullable). */
const char *tai_order_get (const TaiOrder *self, const char *name);
TaiItemPrice *tai_order_item_add_price (TaiOrderItem *self, const char *price_id, const char *name,
                                        TaiPriceType type);
/* A line of the bill, as it was rated. (transfer none) */
TaiItemPrice *tai_order_item_take_line (TaiOrderItem *self, const TaiBillLine *line);
/* All that the order will cost, month by month; NULL: the sums do not fit. (transfer full) (element-type TaiStretch) */
GArray *tai_order_get_stretches (const TaiOrder *self, GError **error);
/* What the order's today figure is credited to; (element-type TaiCredit), strings live as long as @self. */
GArray *tai_order_get_credits (const TaiOrder *self);

typedef enum {
  TAI_TENDER_CASH,
  TAI_TENDER_CARD,
  TAI_TENDER_QR,
  TAI_TENDER_COUPON,
  TAI_TENDER_OTHER
} TaiTender;
#define TAI_N_TENDERS (TAI_TENDER_OTHER + 1)
const char *tai_tender_to_text (TaiTender tender); /* "cash" "card" "qr" "coupon" "other" */
gboolean tai_tender_from_text (const char *text, TaiTender *tender, GError **error);

typedef struct {
  TaiUuid payment_id, order_id;
  TaiMoney amount;
} TaiAllocation;

/* An immutable fact; its life is its events. A refund is a payment with a negative amount and @original_id. */
typedef struct {
  TaiUuid id;
  TaiUuid visit_id;
  TaiUuid original_id; /* text[0] == 0: none */
  TaiTender tender;
  char *provider;    /* (nullable) "wechat", "alipay", "unionpay", … */
  char *number;      /* (nullable) of the coupon, of the slip */
  TaiMoney amount;   /* what is allocated */
  TaiMoney received; /* cash: what was handed over */
  TaiMoney change;   /* cash: what went back */
  char *clerk;
  char *business_day, *shift_id;
  gint64 created_us;
  TaiPaymentState state; /* last event */
  char *detail;          /* (nullable) the gateway's word at its last event: a reason, or its own number */
  /* a person let the visit be paid, or its money go back, by other means while this outcome is not known */
  gboolean released;
  char *qr_text;         /* (nullable) in memory only: what the customer scans */
  gboolean is_further;   /* in memory only: a further refund of one giving back, which reports count once */
  gboolean is_elsewhere; /* a refund: what it gives back, and the order, are another terminal's */
  GArray *allocations;   /* (element-type TaiAllocation) */
  gint64 terminal_seq;
  TaiDigest content_hash;
} TaiPayment;

TaiPayment *tai_payment_new (TaiTender tender, TaiMoney amount);
TaiPayment *tai_payment_copy (const TaiPayment *self); /* for a face on another thread */
gboolean tai_payment_is_refund (const TaiPayment *self);
/* A refund that was given up, went another way, and then went itself as well: its @detail begins so, the gateway's number behind it. */
#define TAI_PAYMENT_GONE_TWICE "gone_twice"
gboolean tai_payment_is_gone_twice (const TaiPayment *self);
void tai_payment_free (TaiPayment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPayment, tai_payment_free)

G_END_DECLS
