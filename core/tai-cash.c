/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-cash.h"

/* Ten of the largest notes, in units of two decimals as all currencies of the halls have. */
#define DOUBTFUL_CHANGE_MINOR 100000

gboolean
tai_cash_is_doubtful (TaiMoney received, TaiMoney due)
{
  TaiMoney change;

  return tai_money_subtract (received, due, &change, NULL) && change.minor >= DOUBTFUL_CHANGE_MINOR;
}
