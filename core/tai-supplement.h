/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-money.h"

G_BEGIN_DECLS

/**
 * TaiSupplement: what was booked about a shift after its Z report (补充): HQ's refusal of one of its orders, money given back, a
 * doubt that was settled, and that all it had left unsent has arrived. The Z itself never changes. A plain struct with owned strings; any
 * thread.
 * @shift_id: the closed shift
 * @business_day: of the closed shift
 * @z_number, @number: of its Z; 1, 2, … within that Z without gaps
 * @event: the posting set's, or TAI_SUPPLEMENT_UPLOADED
 * @order_id, @payment_id: text[0] == 0: none
 * @amount: how much moved; currency 0: nothing did
 * @booked_day, @booked_shift_id, @clerk: (nullable) where it was booked, by whom
 */
typedef struct {
  TaiUuid shift_id;
  gint32 z_number, number;
  char *business_day, *event;
  TaiUuid order_id, payment_id;
  TaiMoney amount;
  char *booked_day, *booked_shift_id, *clerk;
  gint64 time_us;
} TaiSupplement;

#define TAI_SUPPLEMENT_UPLOADED "uploaded"

TaiSupplement *tai_supplement_new (const TaiUuid *shift_id, gint32 z_number, gint32 number,
                                   const char *event);
void tai_supplement_free (TaiSupplement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiSupplement, tai_supplement_free)

G_END_DECLS
