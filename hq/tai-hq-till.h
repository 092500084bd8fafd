/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/* A close is settled when all of the terminal's numbers up to its own have come, or so long after it came itself: until then what
 * comes is still on the way that the close was on. */
#define HQ_CLOSE_SETTLES_US (10 * G_TIME_SPAN_MINUTE)

/**
 * hq_till_note_money:
 * @shift: (nullable) text of x-guitai.shift
 * @kind: "order", "payment", "refund" or "cash"
 *
 * Money of a shift has come. What a closed drawer should have held is looked at again; behind a settled close it is late: a finding, until the
 * terminal has told of it (a supplement of its Z). A close never changes silently.
 */
void hq_till_note_money (HqCall *call, const char *shift, const char *kind, const char *id, TaiMoney amount);

/* A shift's close is final. */
gboolean hq_till_is_settled (const HqShiftRow *shift, const HqSequence *sequence, gint64 now_us);

G_END_DECLS
