/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-order.h"

G_BEGIN_DECLS

/**
 * TaiVisit: one reception of one customer (一次接待): identified once, then one or many orders, one total, one signature. A
 * model: it holds and tells, the desk (tai-desk.h) changes it. It tells by its properties "state", "total", "n-orders" and by
 * "changed".
 *
 * Thread: the desk's. A visit is read, and its signals come, on the thread that calls the desk's verbs: a program with one
 * thread may listen; a face whose desk is on a worker connects to nothing here. It takes a snapshot of the visit in the job that
 * called the verb, hands that to its own thread, and keeps the visit only as a handle for the next job.
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
GPtrArray *tai_visit_get_orders (TaiVisit *self);   /* (transfer none) (element-type TaiOrder) */
GPtrArray *tai_visit_get_payments (TaiVisit *self); /* (transfer none) (element-type TaiPayment) */
TaiMoney tai_visit_get_total (TaiVisit *self);      /* due today over all orders */
TaiMoney tai_visit_get_due (TaiVisit *self);        /* of it, what no payment has brought yet */
/* The attempt whose outcome is still to come; while there is one nothing else can be paid. (transfer none) (nullable) */
const TaiPayment *tai_visit_get_open_payment (TaiVisit *self);
const char *tai_visit_get_receipt_number (TaiVisit *self); /* (nullable) until captured */
const char *tai_visit_get_clerk (TaiVisit *self);          /* (nullable) whose it is */
gint64 tai_visit_get_since_us (TaiVisit *self);            /* begun, placed or parked */
/* Groups of who is identified, as headquarters says (tai_desk_set_groups). (transfer none) (nullable): not known */
const char *const *tai_visit_get_groups (TaiVisit *self);
/* What an open visit came to when it was parked, if prices have changed since then; else currency 0. */
TaiMoney tai_visit_get_parked_total (TaiVisit *self);

G_END_DECLS
