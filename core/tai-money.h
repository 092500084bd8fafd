/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiMoney:
 * @minor: signed amount in minor units (fen for CNY)
 * @currency: ISO 4217 numeric code (156 = CNY, 392 = JPY, 414 = KWD); 0 only in a zeroed struct, which no function accepts
 *
 * An amount. A value: passed by copy, never allocated. There is no floating point anywhere near it.
 * Any thread. Errors are TAI_CORE_ERROR_MONEY_*.
 */
typedef struct {
  gint64 minor;
  guint16 currency;
} TaiMoney;

#define TAI_CNY ((guint16)156)
/* One amount, not a sum: above it is a typing error. 10^13 minor units. */
#define TAI_MONEY_LIMIT_MINOR G_GINT64_CONSTANT (10000000000000)

/**
 * TaiRounding: the only roundings that exist, named.
 * @TAI_ROUNDING_HALF_UP: half away from zero ("half_up" on the wire)
 * @TAI_ROUNDING_DOWN: towards zero ("down")
 * @TAI_ROUNDING_EXACT: refuse what does not divide (TAI_CORE_ERROR_MONEY_DECIMALS)
 */
typedef enum { TAI_ROUNDING_HALF_UP, TAI_ROUNDING_DOWN, TAI_ROUNDING_EXACT } TaiRounding;

gboolean tai_rounding_from_text (const char *text, TaiRounding *rounding, GError **error);
const char *tai_rounding_to_text (TaiRounding rounding);

/* ISO 4217: alphabetic code ("CNY") <-> numeric, number of decimals (0, 2, 3). Unknown: FALSE / NULL / -1. */
gboolean tai_currency_from_code (const char *alpha, guint16 *currency, GError **error);
const char *tai_currency_to_code (guint16 currency);
int tai_currency_get_decimals (guint16 currency);

static inline TaiMoney
tai_money (gint64 minor, guint16 currency)
{
  return (TaiMoney){minor, currency};
}
static inline TaiMoney
tai_money_negate (TaiMoney a)
{
  return (TaiMoney){-a.minor, a.currency};
}

/* Decimal text as on the wire and on the keyboard: "128", "128.0", "-0.05"; '.' only, no grouping, no exponent, no blanks,
 * full-width digits refused. Too many decimals and more than TAI_MONEY_LIMIT_MINOR are errors, never rounded. */
gboolean tai_money_from_text (const char *text, guint16 currency, TaiMoney *money, GError **error);
/* Always with all decimals of the currency ("128.00"). (transfer full) */
char *tai_money_to_text (TaiMoney money);
/* Writes the same into @buffer (>= 32 bytes) and returns it. */
const char *tai_money_print (TaiMoney money, char buffer[32]);

/* Checked arithmetic: overflow or two currencies -> FALSE and @error, *@sum untouched. Results are within ±G_MAXINT64, so
 * that each can be negated. @sum may be one of the arguments' own. */
gboolean tai_money_add (TaiMoney a, TaiMoney b, TaiMoney *sum, GError **error);
gboolean tai_money_subtract (TaiMoney a, TaiMoney b, TaiMoney *difference, GError **error);
/* a × numerator ÷ denominator in 128 bits, rounded once by @rounding. @denominator > 0. */
gboolean tai_money_scale (TaiMoney a, gint64 numerator, gint64 denominator, TaiRounding rounding,
                          TaiMoney *result, GError **error);

/* Chinese capitals for CNY, with the prefix 人民币 and 负 for negatives ("人民币壹佰贰拾捌元整"): 正确填写票据和结算凭证的基本规定.
 * Checked against tests/data/rmb_capital.json. (transfer full) */
char *tai_money_to_capitals (TaiMoney money);

G_END_DECLS
