/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-shift-movement.h"
#include "tai-store-port.h"

G_BEGIN_DECLS

/*
 * Why a drawer does not hold what it should: likely causes of a difference, ranked, each with the records at which it can have
 * happened (找长短款). A table of causes; how likely one is comes from how often it happens, how well the sum fits, and how many
 * records it could have been. A hint where to look first, no finding. Pure; any thread.
 */
typedef enum {
  TAI_CAUSE_NO_CASH, /* a cash sale of that sum: its cash was not taken, or it was paid by QR, card or slip */
  TAI_CAUSE_PAID_IN_CASH,  /* a sale of that sum that is booked as QR, card or slip was paid in cash */
  TAI_CAUSE_WRONG_SIGN,    /* half of the sum: money that went out is booked as coming in, or the reverse */
  TAI_CAUSE_DIGITS,        /* two digits of an amount changed places when it was typed */
  TAI_CAUSE_REFUND_TWICE,  /* a refund of that sum was paid out twice */
  TAI_CAUSE_REFUND_KEPT,   /* a refund of that sum is booked and the cash stayed in the drawer */
  TAI_CAUSE_CHANGE,        /* change: a note too many or too few, or one taken for another */
  TAI_CAUSE_NO_CHANGE,     /* change of that sum was not given, or twice */
  TAI_CAUSE_DROP,          /* a bag is booked with another sum than is in it, or twice */
  TAI_CAUSE_DROP_UNBOOKED, /* money was put into a bag, or back into the safe, and not booked: no record */
  TAI_CAUSE_SAFE_UNBOOKED, /* change money came from the safe and was not booked: no record */
  TAI_CAUSE_DRAWER_OPENED, /* the drawer was opened without a sale */
  TAI_CAUSE_FLOAT,         /* the float was counted wrong */
  TAI_CAUSE_COUNT,         /* the last count is wrong: digits, or a bundle twice or left out */
  TAI_N_CAUSES
} TaiDifferenceCause;
const char *tai_difference_cause_to_text (TaiDifferenceCause cause); /* "no_cash", … */

/**
 * TaiDifferenceHint:
 * @score: only for comparing with others of the same list; above 0
 * @records: (owned) (element-type guint) positions in the movements, best first, at most TAI_DIFFERENCE_RECORDS; empty: what is missing
 *   is the record
 * @n_records: that it could have been
 */
typedef struct {
  TaiDifferenceCause cause;
  gint64 score;
  GArray *records;
  guint n_records;
} TaiDifferenceHint;
void tai_difference_hint_free (TaiDifferenceHint *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiDifferenceHint, tai_difference_hint_free)

/* More slips than that nobody looks through for one cause. */
#define TAI_DIFFERENCE_RECORDS 10

/* @shift: closed, or counted (its last count); @movements: all of it (element-type TaiShiftMovement). Best first, at most @limit; empty when
 * it agrees. (transfer full) (element-type TaiDifferenceHint) */
GPtrArray *tai_difference_find (const TaiShift *shift, GPtrArray *movements, guint limit);

G_END_DECLS
