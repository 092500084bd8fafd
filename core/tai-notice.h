/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-station.h"
#include "tai-store-port.h"

G_BEGIN_DECLS

/**
 * TaiNoticeKind: what a clerk should know before the next customer comes, the most urgent first; in @value:
 * @TAI_NOTICE_NOT_LET_IN: HQ does not let this terminal in
 * @TAI_NOTICE_OFF_LINE: when HQ was heard last; 0: not since the start
 * @TAI_NOTICE_CLOCK: HQ's clock minus ours, in us; more than TAI_NOTICE_CLOCK_US
 * @TAI_NOTICE_NO_PRICES: nothing can be sold
 * @TAI_NOTICE_OLD_PRICES: the age of the price list in us; more than TAI_NOTICE_OLD_PRICES_US
 * @TAI_NOTICE_FEW_NUMBERS, @TAI_NOTICE_FEW_SIMS: how many are left
 * @TAI_NOTICE_PRICES: when the price list was loaded; there is always one about the prices
 */
typedef enum {
  TAI_NOTICE_NOT_LET_IN,
  TAI_NOTICE_OFF_LINE,
  TAI_NOTICE_CLOCK,
  TAI_NOTICE_NO_PRICES,
  TAI_NOTICE_OLD_PRICES,
  TAI_NOTICE_FEW_NUMBERS,
  TAI_NOTICE_FEW_SIMS,
  TAI_NOTICE_PRICES
} TaiNoticeKind;

typedef struct {
  TaiNoticeKind kind;
  gint64 value;
} TaiNotice;

#define TAI_NOTICE_CLOCK_US      (2 * G_TIME_SPAN_MINUTE)
#define TAI_NOTICE_OLD_PRICES_US (3 * G_TIME_SPAN_DAY)
#define TAI_NOTICE_FEW           5

/* Pure, any thread. (transfer full) (element-type TaiNotice) */
GArray *tai_notice_list (const TaiStationFigures *line, const TaiStockFigures *stock, gint64 now_us);
/* HQ's clock and ours differ so much that receipts carry a wrong time. */
gboolean tai_notice_is_clock_off (gint64 offset_us);

G_END_DECLS
