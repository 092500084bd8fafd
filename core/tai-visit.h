/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-order.h"

G_BEGIN_DECLS

/**
 * TaiVisit: one reception of one customer (一次接待): identified once, then one or many orders, one total, one signature. A
 * model: it holds and tells, the desk (tai-desk.h) changes it. Screens bind to its properties: "state", "total", "n-orders",
 * and listen to "changed". Main thread.
 */
#define TAI_TYPE_VISIT (tai_visit_get_type ())
G_DECLARE_FINAL_TYPE (TaiVisit, tai_visit, TAI, VISIT, GObject)

#define TAI_VISIT_MAX_ORDERS   16
#define TAI_VISIT_MAX_PAYMENTS 32
#define TAI_ORDER_MAX_ITEMS    64

const TaiUuid *tai_visit_get_id (TaiVisit *self);
TaiVisitState tai_visit_get_state (TaiVisit *self);
const TaiIdentity *tai_visit_get_identity (TaiVisit *self); /* (nullable) */
guint tai_visit_get_n_orders (TaiVisit *self);
TaiOrder *tai_visit_get_order (TaiVisit *self, guint index);
GPtrArray *tai_visit_get_orders (TaiVisit *self);          /* (transfer none) (element-type TaiOrder) */
GPtrArray *tai_visit_get_payments (TaiVisit *self);        /* (transfer none) (element-type TaiPayment) */
TaiMoney tai_visit_get_total (TaiVisit *self);             /* due today over all orders */
const char *tai_visit_get_receipt_number (TaiVisit *self); /* (nullable) until captured */

G_END_DECLS
