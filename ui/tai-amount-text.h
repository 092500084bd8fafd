/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-money.h"

G_BEGIN_DECLS

/**
 * An amount while it is being typed. "Raw" text is ASCII digits with at most one point and no grouping: what tai_money_from_text takes,
 * and its beginnings ("", "12."). Any thread, no display.
 */

/**
 * TaiAmountProblem: why a text can't become an amount.
 * @TAI_AMOUNT_PROBLEM_CHARACTER: something else than digits and one point
 * @TAI_AMOUNT_PROBLEM_DECIMALS: more decimals than the currency has
 * @TAI_AMOUNT_PROBLEM_LIMIT: more than the limit
 */
typedef enum {
  TAI_AMOUNT_PROBLEM_NONE,
  TAI_AMOUNT_PROBLEM_CHARACTER,
  TAI_AMOUNT_PROBLEM_DECIMALS,
  TAI_AMOUNT_PROBLEM_LIMIT,
} TaiAmountProblem;

/* From what hands, input methods and the clipboard give to raw: full-width digits, 。 and ． for the point; blanks, separators of
 * thousands and ¥ go. What is no part of an amount stays, for tai_amount_text_check to refuse. (transfer full) */
char *tai_amount_text_to_raw (const char *typed);
TaiAmountProblem tai_amount_text_check (const char *raw, TaiMoney limit);
/* "1234567.5" → "1,234,567.5". (transfer full) */
char *tai_amount_text_group (const char *raw);
/* FALSE: nothing has been typed, or only a point. */
gboolean tai_amount_text_to_money (const char *raw, guint16 currency, TaiMoney *amount);

G_END_DECLS
