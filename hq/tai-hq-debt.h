/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/*
 * Cash that one terminal of a hall took and another gives back. Headquarters says whose it is (HqDebtRow.holder): one terminal's at a time, and
 * it moves only when the one that has it has let it go (docs/tables.md, "A debt at another desk").
 */

/* What is asked for and not answered so long is not waited for any more. What is let go after that comes back to who let it go. */
#define HQ_DEBT_WAITS_US (10 * G_TIME_SPAN_MINUTE)

/* News of a till: asked, withdrawn, released, kept. */
void hq_debt_take (HqIntake *self, const TaiTillNews *news);
/* A refund has come: if it is of a debt that moved, it is paid. */
void hq_debt_note_refund (HqIntake *self);
/* How many were not answered. */
guint hq_debt_expire (HqStore *store, gint64 now_us, guint max);
gboolean hq_debt_is_paid (const HqDebtRow *row);

G_END_DECLS
