/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-date.h"

G_BEGIN_DECLS

/**
 * TaiPeriod: what a report is of: a business day ("2026-11-27") or a month ("2026-11"). A value; any thread.
 * @text: as it is written
 * @from, @until: its first and last day, as texts that compare like days
 */
typedef struct {
  gboolean is_month;
  char text[11], from[11], until[11];
} TaiPeriod;

/* A day in either of tai_date_from_text()'s ways, or a month "2026-11" or "202611". FALSE: neither; *@period is as it was. */
gboolean tai_period_from_text (const char *text, TaiPeriod *period);
TaiPeriod tai_period_of_day (TaiDate date);   /* @date: valid */
TaiPeriod tai_period_of_month (TaiDate date); /* the month in which it lies */
/* As many days or months on; below 0: back. */
TaiPeriod tai_period_step (const TaiPeriod *self, int by);
/* What one holds it against: for a day the day before and the same weekday, for a month the month before and the same a year ago. */
TaiPeriod tai_period_before (const TaiPeriod *self);
TaiPeriod tai_period_like (const TaiPeriod *self);

G_END_DECLS
