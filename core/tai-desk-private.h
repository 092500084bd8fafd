/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-core-error.h"
#include "tai-desk.h"
#include "tai-visit-private.h"

G_BEGIN_DECLS

/* One class over six files: tai-desk.c (ports, staff, notes), -till.c, -visit.c (selecting), -check.c (what still
 * is missing), -sale.c (place, pay, capture), -answer.c (HQ's). */
struct _TaiDesk {
  GObject parent;
  TaiTerminal *terminal;   /* (owned) */
  TaiDeskPorts ports;      /* (owned refs) */
  TaiCatalogue *catalogue; /* (owned) (nullable) */
  TaiStaff *staff;         /* (owned) (nullable) */
  GHashTable *tightened;   /* (owned) (element-type utf8 TaiOfflineRule) */
  gint64 locked_until_us;
  gboolean on_line;
};

/* A number or SIM chosen in a visit is kept for it this long. */
#define TAI_HOLD_US (30 * 60 * G_USEC_PER_SEC)

gint64 tai_desk_now (TaiDesk *self);
TaiUuid tai_desk_uuid (TaiDesk *self);
TaiDate tai_desk_today (TaiDesk *self);
/* Signed in, with that right. */
gboolean tai_desk_check_right (TaiDesk *self, TaiRight right, GError **error);
/* The open shift of this till or TAI_CORE_ERROR_NO_SHIFT. */
TaiShift *tai_desk_require_shift (TaiDesk *self, GError **error);
gboolean tai_desk_commit (TaiDesk *self, TaiChange *change, GError **error);
/* An entry about now, by who is signed in; @shift (nullable). */
TaiJournalEntry *tai_desk_journal (TaiDesk *self, const char *kind, const TaiShift *shift,
                                   const char *subject, const char *detail, TaiMoney amount);

/* The item that stands for the line itself: it carries number, SIM and identity; offerings rely on it. (nullable) */
TaiOrderItem *tai_desk_find_line (const TaiOrder *order);

G_END_DECLS
