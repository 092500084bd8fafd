/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-paperwork.h"

/*
 * Sales as the desk makes them: real operations, offerings of a small catalogue, prices by the rating function on
 * 21 November 2026 (the worked figures of the tables). People and numbers are made up.
 */
typedef struct {
  TaiSale sale;
  TaiTerminal *terminal;
  TaiCatalogue *catalogue;
  GPtrArray *orders;
  GPtrArray *payments;
} Sale;

#define SALE_TIME_US G_GINT64_CONSTANT (1795223109000000) /* 2026-11-21T01:05:09Z, 09:05 in the hall */

/* The customer, who must not be on paper. */
#define SALE_NAME    "张伟国"
#define SALE_ID      "11010519491231002X"
#define SALE_ADDRESS "北京市朝阳区建国路八十八号院"

#define SALE_TERMS_59                                                                                        \
  "协议期24个月。提前解除协议的，须支付剩余月费30%的违约金。\n套餐外流量按每GB 3.00元收取，每月最多收取500.00元。"

/* @language: "zh_CN", "en". */
Sale *sale_new (const char *language, gboolean off_line);
void sale_free (Sale *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sale, sale_free)

/* @offerings: ids separated by ","; an open price as "topup=50.00", a quantity as "case*3". The customer is put on orders
 * whose operation needs an identity. (transfer none) */
TaiOrder *sale_add (Sale *self, const char *operation, const char *msisdn, const char *offerings);
/* Another offering into the catalogue, before it is sold. */
TaiOffering *sale_offer (Sale *self, const char *id, const char *name, TaiOfferingKind kind,
                         TaiPriceType type, gint64 fen);
/* Pays the total: cash of @received_fen with change, or else by @tender and @provider. */
void sale_pay_cash (Sale *self, gint64 received_fen);
TaiPayment *sale_pay (Sale *self, TaiTender tender, const char *provider, gint64 fen);
/* Gives numbers and hashes as a capture does; the sale is then @self->sale. */
void sale_capture (Sale *self);

/* The ones that people look at. */
Sale *sale_family (const char *language, gboolean off_line); /* new line with a discount, top-up, cash */
Sale *sale_top_up (const char *language, gboolean off_line);
