/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-fulfilment.h"

G_BEGIN_DECLS

/*
 * What a cancelProductOrder asks for beside a cancellation, by its "x-guitai.takeBack": "undo" (返销) of a completed top-up or bill
 * payment of the same business day, or "correction" (错缴更正) of a top-up, whose credit moves to "x-guitai.target". Each order is
 * taken back once, whoever asks. Only what headquarters itself completed: the operator's own system has verbs of its own.
 */
typedef enum { HQ_TAKE_BACK_CANCEL, HQ_TAKE_BACK_UNDO, HQ_TAKE_BACK_CORRECTION } HqTakeBack;

/* FALSE: no word of ours. */
gboolean hq_take_back_read (const TaiJson *task, HqTakeBack *what);
/* Carries it out, or refuses it, in the engine's transaction; the task's state and the order's feed say so: "undone", or
 * "completed" with a reason: "corrected", "undo_refused" or "correction_refused" and why behind a colon. The number of moves. */
int hq_take_back_order (HqStore *store, HqOrderRow *order, HqCancelRow *task, gint64 now_us);

G_END_DECLS
