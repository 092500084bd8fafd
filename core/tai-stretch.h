/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-date.h"
#include "tai-money.h"

G_BEGIN_DECLS

/*
 * What later bills come to, as runs of months that cost the same, each with its reason as figures: the preview on the screen,
 * the papers and the records all read these and none computes a month by itself. Values; any thread.
 */

/**
 * TaiBillReason: why a line, or a run of its months, costs what it costs; ui/ and printing/ have the words.
 */
typedef enum {
  TAI_REASON_ONE_TIME,
  TAI_REASON_DEPOSIT,
  TAI_REASON_FULL,
  TAI_REASON_HALF,
  TAI_REASON_PRORATA, /* numerator days of denominator */
  TAI_REASON_FREE,
  TAI_REASON_NEXT_PERIOD,
  TAI_REASON_OPEN_AMOUNT,
  TAI_REASON_INCLUDED,   /* a part of a bundle: its month is in the bundle's price */
  TAI_REASON_TRIAL,      /* free for a while; what follows needs another yes */
  TAI_REASON_TRIAL_OVER, /* that yes was not given: it ends by itself */
  TAI_REASON_NEW_PRICE   /* a price that begins later has taken over */
} TaiBillReason;
/* "one_time" "deposit" "full" "half" "prorata" "free" "next_period" "open_amount" "included" "trial" "trial_over" "new_price" */
const char *tai_bill_reason_to_text (TaiBillReason reason);
gboolean tai_bill_reason_from_text (const char *text, TaiBillReason *reason, GError **error);

#define TAI_MONTH_FOREVER G_MAXUINT

/**
 * TaiStretch: the months [@from, @until), 0 = the first bill, 1 = the next whole month; @until TAI_MONTH_FOREVER: for ever.
 * @amount: each of these months
 * @list: the price before discounts, of the whole quantity and a whole month
 * @full: a whole month with its discounts; of the first bill @amount is the part of it that @reason says
 * @n_discounts: that lower these months
 * @percent_x100: of the list price, when a percentage is the only discount; else 0
 * @numerator, @denominator: days of a pro rata month
 */
typedef struct {
  guint from, until;
  TaiMoney amount, list, full;
  guint n_discounts;
  gint32 percent_x100;
  TaiBillReason reason;
  gint32 numerator, denominator;
} TaiStretch;

/* (transfer full) (element-type TaiStretch) an empty list. */
GArray *tai_stretch_list_new (void);
/* What month @month costs; nothing outside the stretches. */
TaiMoney tai_stretch_list_get (const GArray *stretches, guint month, guint16 currency);
/* Several lines as one: every change of any of them begins a stretch, neighbours that cost the same are one. Reasons are not kept
 * (TAI_REASON_FULL). NULL: a sum does not fit (MONEY_RANGE, MONEY_CURRENCY). (transfer full) */
GArray *tai_stretch_list_add_up (const GArray *const *lists, guint n, guint16 currency, GError **error);

/* How a stretch is told. The choice is made here, the words stand in two tables: ui/ (by gettext) and printing/ (by the paper's
 * language). */
typedef enum {
  TAI_TELL_FIRST,        /* the first bill is {amount} = {price} */
  TAI_TELL_FIRST_PLAIN,  /* the first bill is {amount} */
  TAI_TELL_FIRST_DAYS,   /* {amount} = {price} for {days} of {of} days */
  TAI_TELL_FIRST_HALF,   /* {amount} = half of {price} */
  TAI_TELL_FIRST_FREE,   /* free to the end of the month */
  TAI_TELL_NOT_YET,      /* begins with {date} */
  TAI_TELL_TRIAL,        /* free up to and with {date} */
  TAI_TELL_ENDS,         /* ends by itself then, without another yes */
  TAI_TELL_INCLUDED,     /* in the bundle's price */
  TAI_TELL_MONTHS,       /* {price} for {months} months */
  TAI_TELL_ONE_MONTH,    /* {price} for one month */
  TAI_TELL_ALWAYS,       /* {price} a month, for ever */
  TAI_TELL_NEW_MONTHS,   /* a new price: from {date} {price}, for {months} months */
  TAI_TELL_NEW_ALWAYS,   /* a new price: from {date} {price} a month */
  TAI_TELL_LESS_PERCENT, /* as {price}: {list} less {percent} % */
  TAI_TELL_LESS_AMOUNT,  /* as {price}: {list} less {off} */
  TAI_TELL_AMOUNT_IS,    /* as {price} of a later month: {amount} ({price}) */
  TAI_N_TELLS
} TaiTell;

typedef struct {
  const char *words[TAI_N_TELLS]; /* with the places in braces that stand above */
  char *(*format_money) (TaiMoney amount);
} TaiTeller;

/* One clause a stretch, in their order: "first bill 13.77 = 59.00 − 30 % for 10 of 30 days", "then 41.30 (59.00 − 30 %) for 5
 * months", "then 59.00 a month". @day: of the sale. (transfer full) (element-type utf8) */
GPtrArray *tai_stretch_list_tell (const GArray *stretches, TaiDate day, const TaiTeller *teller);
/* The first day of month @month after a sale on @day; of month 0 the day itself. Far months end in the year 9999. */
TaiDate tai_stretch_month_begins (TaiDate day, guint month);

G_END_DECLS
