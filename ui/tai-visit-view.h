/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-desk.h"

G_BEGIN_DECLS

/**
 * TaiVisitView: what a face shows of a visit: a picture taken on the worker after each verb, never changed afterwards. The
 * visit itself stays on the worker; a screen holds one of these and asks no questions of the desk.
 * @customer_mask, @document_mask: (nullable) "张*", "…34": nobody has been identified yet
 * @customer_ref: (nullable) what headquarters knows the customer by: for looking up what is told to an owner only
 * @groups: (nullable) what headquarters says the customer is in; NULL: not known
 * @parked_total: what it came to when it was parked, if prices have changed since; else currency 0
 * @orders: (element-type TaiOrder) copies
 * @first, @normal: over all orders: the first bill and a normal month
 * @payments: (element-type TaiPayment) copies, oldest first
 * @due: of @total, what no payment has brought yet
 * @tenders: one bit (1 << TaiTender) for each that this desk can take
 * @received, @change: of all cash; currency 0: there was none
 * @obstacles: (element-type GError) all that still stops the visit from being placed
 *
 * Reference counted; any thread.
 */
typedef struct {
  TaiUuid id;
  TaiVisitState state;
  char *customer_mask, *document_mask, *customer_ref;
  TaiDocumentKind document_kind;
  char **groups;
  TaiMoney parked_total;
  GPtrArray *orders;
  GPtrArray *payments;
  TaiMoney total, due, first, normal;
  TaiMoney received, change;
  guint tenders;
  GPtrArray *obstacles;
  char *receipt_number;
} TaiVisitView;

#define TAI_TYPE_VISIT_VIEW (tai_visit_view_get_type ())
GType tai_visit_view_get_type (void);

/* On the worker. */
TaiVisitView *tai_visit_view_new (TaiDesk *desk, TaiVisit *visit);
TaiVisitView *tai_visit_view_ref (TaiVisitView *self);
void tai_visit_view_unref (TaiVisitView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiVisitView, tai_visit_view_unref)

/* The order with that id; (nullable). */
const TaiOrder *tai_visit_view_find_order (const TaiVisitView *self, const TaiUuid *id);
/* The one that was added last; (nullable). */
const TaiOrder *tai_visit_view_get_last_order (const TaiVisitView *self);
/* The attempt whose outcome is still to come, which blocks all else; (nullable). */
const TaiPayment *tai_visit_view_get_open_payment (const TaiVisitView *self);
/* That one, or else the newest one, if no money came of it: what must be said loudly; (nullable). */
const TaiPayment *tai_visit_view_get_attempt (const TaiVisitView *self);
/* Does @code (TAI_CORE_ERROR_…) still stand in the way? */
gboolean tai_visit_view_has_obstacle (const TaiVisitView *self, int code);

G_END_DECLS
