/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-money.h"

G_BEGIN_DECLS

/*
 * What a customer comes to ask about a number: what is left in it, its bills line by line, what it has. Plain values as
 * headquarters said them at this moment; nobody keeps them. Names come in the operator's language, and in English where
 * headquarters has one (nullable). All strings (owned).
 */

/* A set: what is asked for. */
typedef enum {
  TAI_LINE_PART_BUCKETS = 1 << 0,
  TAI_LINE_PART_BILLS = 1 << 1,
  TAI_LINE_PART_PRODUCTS = 1 << 2,
  TAI_LINE_PART_GROUPS = 1 << 3 /* of the customer, not of a number: asked for alone */
} TaiLineParts;

/* How headquarters writes a group of a customer (TMF629 characteristic). */
#define TAI_CHARACTERISTIC_GROUP "group"

/**
 * TaiLineBucket: money or units that can be used up.
 * @usage_type: "monetary", "data", "voice", …: headquarters' word
 * @money: what is left of a monetary one; currency 0 of others
 * @amount, @units: what is left of others ("1.5", "GB"); NULL of a monetary one
 * @until_us: 0: no end
 */
typedef struct {
  char *id, *name, *name_en, *usage_type;
  TaiMoney money;
  char *amount, *units;
  gint64 until_us;
} TaiLineBucket;
void tai_line_bucket_free (TaiLineBucket *self);

/* TaiLineBillState: TMF678's words "new", "onHold", "validated", "sent", "partiallyPaid", "settled". Unknown text is
 * TAI_CORE_ERROR_STATE_TEXT. */
typedef enum {
  TAI_LINE_BILL_NEW,
  TAI_LINE_BILL_ON_HOLD,
  TAI_LINE_BILL_VALIDATED,
  TAI_LINE_BILL_SENT,
  TAI_LINE_BILL_PARTIALLY_PAID,
  TAI_LINE_BILL_SETTLED
} TaiLineBillState;
const char *tai_line_bill_state_to_text (TaiLineBillState state);
gboolean tai_line_bill_state_from_text (const char *text, TaiLineBillState *state, GError **error);

/* TaiLineBillRow: one line of a bill; what is given back is below 0. */
typedef struct {
  char *name, *name_en;
  TaiMoney amount;
} TaiLineBillRow;
void tai_line_bill_row_free (TaiLineBillRow *self);

/**
 * TaiLineBill: one bill.
 * @number: for people; @from_us, @until_us: what it is for, until_us not included; @due_us: to be paid until, 0: not said
 * @amount: of the whole; @rest: not paid yet, 0 to @amount
 * @lines: (element-type TaiLineBillRow) as headquarters orders them; may be empty where it tells none
 */
typedef struct {
  char *id, *number;
  TaiLineBillState state;
  gint64 from_us, until_us, due_us;
  TaiMoney amount, rest;
  GPtrArray *lines;
} TaiLineBill;
void tai_line_bill_free (TaiLineBill *self);

/* TaiLineProductState: TMF637's words "created", "pendingActive", "cancelled", "active", "pendingTerminate", "terminated",
 * "suspended", "aborted". Unknown text is TAI_CORE_ERROR_STATE_TEXT. */
typedef enum {
  TAI_LINE_PRODUCT_CREATED,
  TAI_LINE_PRODUCT_PENDING_ACTIVE,
  TAI_LINE_PRODUCT_CANCELLED,
  TAI_LINE_PRODUCT_ACTIVE,
  TAI_LINE_PRODUCT_PENDING_TERMINATE,
  TAI_LINE_PRODUCT_TERMINATED,
  TAI_LINE_PRODUCT_SUSPENDED,
  TAI_LINE_PRODUCT_ABORTED
} TaiLineProductState;
const char *tai_line_product_state_to_text (TaiLineProductState state);
gboolean tai_line_product_state_from_text (const char *text, TaiLineProductState *state, GError **error);

/**
 * TaiLineProduct: the line itself with its plan, a service, or the code with which the number leaves.
 * @offering_id: (nullable)
 * @port_out_code: (nullable): the code, good until @until_us
 * @from_us, @until_us: 0: not said
 */
typedef struct {
  char *id, *name, *name_en, *offering_id, *port_out_code;
  TaiLineProductState state;
  gint64 from_us, until_us;
} TaiLineProduct;
void tai_line_product_free (TaiLineProduct *self);

/**
 * TaiLineDetails: what was asked for; parts that were not are empty.
 * @buckets: (element-type TaiLineBucket), the money first; @bills: (element-type TaiLineBill), the newest first;
 * @products: (element-type TaiLineProduct), the line itself first; @groups: (element-type utf8) of the customer
 * @msisdn: (nullable) of groups alone
 */
typedef struct {
  char *msisdn;
  TaiLineParts parts;
  GPtrArray *buckets, *bills, *products, *groups;
} TaiLineDetails;
TaiLineDetails *tai_line_details_new (const char *msisdn, TaiLineParts parts);
void tai_line_details_free (TaiLineDetails *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiLineDetails, tai_line_details_free)

G_END_DECLS
