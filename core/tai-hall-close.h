/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-money.h"

G_BEGIN_DECLS

/**
 * TaiHallClose: a business day of the hall that is over (厅日结), once, numbered without gaps. Kept for ever. A plain struct with
 * owned strings; any thread.
 * @number: 1, 2, …; 0 in a fact: the store's next
 * @clerk: who closed it
 * @sales, @n_orders: what the day came to
 * @drawers, @safe, @in_bags: where cash was when it was closed; @safe below 0: floats that were issued and not returned
 * @n_shifts: that the day had, all closed
 * @n_left: of the things that it left open (unsent, in doubt, papers)
 */
typedef struct {
  gint32 number;
  char *business_day, *clerk;
  gint64 time_us;
  TaiMoney sales, drawers, safe, in_bags;
  gint64 n_orders, n_shifts, n_left;
} TaiHallClose;
void tai_hall_close_free (TaiHallClose *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiHallClose, tai_hall_close_free)

G_END_DECLS
