/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a clerk should know of line, clock, prices and stock. Pure, any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-notice.h"

static void
add (GArray *notices, gboolean holds, TaiNoticeKind kind, gint64 value)
{
  TaiNotice notice = {kind, value};

  if (holds)
    g_array_append_val (notices, notice);
}

gboolean
tai_notice_is_clock_off (gint64 offset_us)
{
  return offset_us > TAI_NOTICE_CLOCK_US || offset_us < -TAI_NOTICE_CLOCK_US;
}

GArray *
tai_notice_list (const TaiStationFigures *line, const TaiStockFigures *stock, gint64 now_us)
{
  GArray *notices = g_array_new (FALSE, FALSE, sizeof (TaiNotice));
  gboolean has_prices, is_old;

  g_return_val_if_fail (line != NULL && stock != NULL, notices);
  has_prices = stock->catalogue_us != 0;
  is_old = has_prices && now_us - stock->catalogue_us > TAI_NOTICE_OLD_PRICES_US;
  add (notices, line->paused, TAI_NOTICE_NOT_LET_IN, 0);
  add (notices, !line->paused && !line->on_line, TAI_NOTICE_OFF_LINE, line->last_contact_us);
  add (notices, tai_notice_is_clock_off (line->clock_offset_us), TAI_NOTICE_CLOCK, line->clock_offset_us);
  add (notices, !has_prices, TAI_NOTICE_NO_PRICES, 0);
  add (notices, is_old, TAI_NOTICE_OLD_PRICES, now_us - stock->catalogue_us);
  add (notices, stock->n_numbers < TAI_NOTICE_FEW, TAI_NOTICE_FEW_NUMBERS, stock->n_numbers);
  add (notices, stock->n_sims < TAI_NOTICE_FEW, TAI_NOTICE_FEW_SIMS, stock->n_sims);
  add (notices, has_prices && !is_old, TAI_NOTICE_PRICES, stock->catalogue_us);
  return notices;
}
