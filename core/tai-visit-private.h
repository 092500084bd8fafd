/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-visit.h"

G_BEGIN_DECLS

/* The desk's hands on a visit. Only core/tai-desk*.c include this. */
struct _TaiVisit {
  GObject parent;
  TaiUuid id;
  TaiVisitState state;
  TaiIdentity *identity; /* (owned) (nullable) wiped when the visit ends */
  GPtrArray *orders;     /* (owned) (element-type TaiOrder) */
  GPtrArray *payments;   /* (owned) (element-type TaiPayment) */
  char *developer;       /* (owned) (nullable) */
  char *clerk;           /* (owned) (nullable) who serves, or parked it */
  gint64 since_us;       /* begun, placed or parked */
  char *receipt_number;  /* (owned) (nullable) */
  TaiMoney total;
  char **groups; /* (owned) (nullable) of who is identified, as headquarters says; NULL: not known */
  TaiCatalogue *parked_with; /* (owned) (nullable) the prices of when it was parked; and the day */
  TaiDate parked_day;
  TaiMoney
      parked_total; /* what it came to when it was parked, if prices have changed since; else currency 0 */
};

TaiVisit *tai_visit_new (TaiUuid id, guint16 currency);
/* Sums the orders again and tells the listeners. FALSE when the sum overflows; nothing is changed then. */
gboolean tai_visit_update (TaiVisit *self, GError **error);
/* A payment went on. */
void tai_visit_tell (TaiVisit *self);
/* (transfer none) (nullable) */
TaiPayment *tai_visit_find_payment (TaiVisit *self, const char *id);
TaiPayment *tai_visit_find_open_payment (TaiVisit *self);
void tai_visit_set_state (TaiVisit *self, TaiVisitState state);
/* The customer has gone: identity is wiped. */
void tai_visit_forget_identity (TaiVisit *self);

G_END_DECLS
