/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-desk-private.h"

G_BEGIN_DECLS

/* Money on its way back through its transaction: of one order, what was paid and is given back. */
typedef struct {
  TaiDesk *desk;
  TaiOrder *order;       /* (owned) */
  TaiShift *shift;       /* (owned) (nullable) */
  GPtrArray *paid;       /* (owned) (nullable) (element-type TaiPayment) all of the visit */
  GPtrArray *back;       /* (owned) (nullable) (element-type TaiPayment) the refunds */
  const char *slip;      /* (nullable) of what goes back by other means than cash */
  const char *clerk;     /* who gives it */
  char *approver;        /* (owned) (nullable) who said yes to it */
  gboolean is_elsewhere; /* @order is another terminal's, as the debt tells of it */
  gint64 now_us;
} TaiPayOut;

void tai_pay_out_clear (TaiPayOut *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TaiPayOut, tai_pay_out_clear)

/* The order, and what was paid with it; @self is zero before. RECEIPT_UNKNOWN. */
gboolean tai_pay_out_load (TaiPayOut *self, TaiDesk *desk, const char *order_id, GError **error);
/* As it was paid in, payment by payment: what is left of the plan after a part has gone back is the same plan without that part.
 * NOTHING_DUE. (transfer full) (element-type TaiRefundPart) */
GPtrArray *tai_pay_out_plan (const TaiPayOut *self, GError **error);
/* The refund of a visit that is under way; (nullable). One that was given up keeps nobody from giving the money back another way: it
 * is looked for only with @given_up. */
const TaiPayment *tai_pay_out_find_open (GPtrArray *payments, gboolean given_up);
/* The fact of a part, submitted; it is one of @self->back. */
TaiPayment *tai_pay_out_make_refund (const TaiPayOut *self, const TaiRefundPart *part);
/* DRAWER_SHORT: what of @self->back is cash is more than the drawer should hold. */
gboolean tai_pay_out_check_drawer (const TaiPayOut *self, GError **error);
/* All of @self->back, known at once, with what it posts. */
gboolean tai_pay_out_add_facts (TaiPayOut *self, TaiChange *change, GError **error);
/* What a refund that went posts. */
gboolean tai_pay_out_add_postings (TaiPayOut *self, TaiChange *change, const TaiPayment *refund,
                                   GError **error);
/* Commits @change, in which @self->back went, with the message to headquarters, the slip and the journal's line over @sum. */
gboolean tai_pay_out_finish (TaiPayOut *self, TaiChange *change, TaiMoney sum, GError **error);

G_END_DECLS
