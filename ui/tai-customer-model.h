/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-visit-view.h"

G_BEGIN_DECLS

/**
 * TaiCustomerState: what the customer's screen is about.
 * @TAI_CUSTOMER_IDLE: nobody is served: nothing but the hall's name
 * @TAI_CUSTOMER_BUYING: what is being bought and what it costs
 * @TAI_CUSTOMER_PAYING: the same, and what is left to pay, how
 * @TAI_CUSTOMER_THANKS: it is paid
 */
typedef enum {
  TAI_CUSTOMER_IDLE,
  TAI_CUSTOMER_BUYING,
  TAI_CUSTOMER_PAYING,
  TAI_CUSTOMER_THANKS
} TaiCustomerState;

/* @words: in words of the customer; @amount: what it costs today, currency 0: none */
typedef struct {
  char *words; /* (owned) */
  TaiMoney amount;
  gboolean is_business; /* else a part of the one before */
} TaiCustomerLine;

/**
 * TaiCustomerModel: all that a customer's screen may ever show, and nothing else: whoever stands behind the customer reads it,
 * too. No name, no document, no customer's reference; telephone numbers masked; nothing of the till. A window that has only
 * this cannot show more. Wiped when it is freed. Owned strings; any thread.
 * @said: what the customer is asked to do now, NULL: nothing. Constant
 * @qr_text: (nullable) what he scans to pay
 * @first, @normal: currency 0: no monthly bill comes of it
 * @received, @change: of cash; currency 0: none
 */
typedef struct {
  TaiCustomerState state;
  char *hall_name;
  GPtrArray *lines; /* (element-type TaiCustomerLine) */
  TaiMoney total, left, first, normal, received, change;
  const char *said;
  char *qr_text;
} TaiCustomerModel;

/* @visit: (nullable) what is on the desk; @is_away: the desk is locked, or nobody works there. */
TaiCustomerModel *tai_customer_model_new (const TaiVisitView *visit, const char *hall_name, gboolean is_away);
void tai_customer_model_free (TaiCustomerModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiCustomerModel, tai_customer_model_free)

G_END_DECLS
