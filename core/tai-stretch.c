/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs of months that cost the same, and how they are told. Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-stretch.h"

#include <string.h>

#include "tai-text-private.h"

static const char *const reason_text[] = {
    [TAI_REASON_ONE_TIME] = "one_time",
    [TAI_REASON_DEPOSIT] = "deposit",
    [TAI_REASON_FULL] = "full",
    [TAI_REASON_HALF] = "half",
    [TAI_REASON_PRORATA] = "prorata",
    [TAI_REASON_FREE] = "free",
    [TAI_REASON_NEXT_PERIOD] = "next_period",
    [TAI_REASON_OPEN_AMOUNT] = "open_amount",
    [TAI_REASON_INCLUDED] = "included",
    [TAI_REASON_TRIAL] = "trial",
    [TAI_REASON_TRIAL_OVER] = "trial_over",
    [TAI_REASON_NEW_PRICE] = "new_price",
};

const char *
tai_bill_reason_to_text (TaiBillReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (reason_text), NULL);

  return reason_text[reason];
}

gboolean
tai_bill_reason_from_text (const char *text, TaiBillReason *reason, GError **error)
{
  guint value;

  g_return_val_if_fail (reason != NULL, FALSE);

  if (!tai_text_find ("reason of a price", reason_text, G_N_ELEMENTS (reason_text), text, &value, error))
    return FALSE;
  *reason = value;
  return TRUE;
}

GArray *
tai_stretch_list_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (TaiStretch));
}

static const TaiStretch *
find (const GArray *stretches, guint month)
{
  for (guint i = 0; i < stretches->len; i++) {
    const TaiStretch *stretch = &g_array_index (stretches, TaiStretch, i);

    if (month >= stretch->from && (month < stretch->until || stretch->until == TAI_MONTH_FOREVER))
      return stretch;
  }
  return NULL;
}

TaiMoney
tai_stretch_list_get (const GArray *stretches, guint month, guint16 currency)
{
  const TaiStretch *stretch;

  g_return_val_if_fail (stretches != NULL, tai_money (0, currency));

  stretch = find (stretches, month);
  return stretch ? stretch->amount : tai_money (0, currency);
}

/* Adding up ---------------------------------------------------------------------------------------------------------- */

/* The next month after @month in which any line changes. */
static guint
next_change (const GArray *const *lists, guint n, guint month)
{
  guint next = TAI_MONTH_FOREVER;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < lists[i]->len; j++) {
      const TaiStretch *stretch = &g_array_index (lists[i], TaiStretch, j);

      if (stretch->from > month)
        next = MIN (next, stretch->from);
      if (stretch->until > month)
        next = MIN (next, stretch->until);
    }
  return next;
}

static gboolean
add_month (const GArray *const *lists, guint n, TaiStretch *sum, GError **error)
{
  for (guint i = 0; i < n; i++) {
    const TaiStretch *stretch = find (lists[i], sum->from);

    if (stretch == NULL)
      continue;
    if (!tai_money_add (sum->amount, stretch->amount, &sum->amount, error) ||
        !tai_money_add (sum->list, stretch->list, &sum->list, error) ||
        !tai_money_add (sum->full, stretch->full, &sum->full, error))
      return FALSE;
  }
  return TRUE;
}

/* The first bill stands alone: it is told in its own words. */
static void
append_sum (GArray *sums, const TaiStretch *sum)
{
  TaiStretch *last = sums->len > 0 ? &g_array_index (sums, TaiStretch, sums->len - 1) : NULL;

  if (last != NULL && last->from > 0 && last->amount.minor == sum->amount.minor)
    last->until = sum->until;
  else
    g_array_append_vals (sums, sum, 1);
}

GArray *
tai_stretch_list_add_up (const GArray *const *lists, guint n, guint16 currency, GError **error)
{
  g_autoptr (GArray) sums = tai_stretch_list_new ();
  const TaiMoney none = tai_money (0, currency);

  g_return_val_if_fail (lists != NULL || n == 0, NULL);

  for (guint month = 0; n > 0 && month != TAI_MONTH_FOREVER; month = next_change (lists, n, month)) {
    TaiStretch sum = {.from = month, .amount = none, .list = none, .full = none, .reason = TAI_REASON_FULL};

    sum.until = next_change (lists, n, month);
    if (!add_month (lists, n, &sum, error))
      return NULL;
    append_sum (sums, &sum);
  }
  return g_steal_pointer (&sums);
}

/* Telling ------------------------------------------------------------------------------------------------------------ */

TaiDate
tai_stretch_month_begins (TaiDate day, guint month)
{
  TaiDate first = {day.year, day.month, 1};

  return month == 0 ? day : tai_date_add_months (first, (int)MIN (month, 12 * 9999));
}

static TaiDate
day_before (TaiDate date)
{
  return tai_date_from_days (tai_date_to_days (date) - 1);
}

/* "30", "12.5", "0.25" */
static char *
format_percent (gint32 percent_x100)
{
  if (percent_x100 % 100 == 0)
    return g_strdup_printf ("%d", percent_x100 / 100);
  if (percent_x100 % 10 == 0)
    return g_strdup_printf ("%d.%d", percent_x100 / 100, percent_x100 / 10 % 10);
  return g_strdup_printf ("%d.%02d", percent_x100 / 100, percent_x100 % 100);
}

typedef struct {
  const char *name, *value;
} Place;

/* @words with the places that are known filled in; a brace that names none stays. */
static char *
fill (const char *words, const Place *places, gsize n)
{
  GString *text = g_string_new (NULL);

  while (*words != '\0') {
    gsize i = 0, length = 0;

    for (; *words == '{' && i < n; i++) {
      length = strlen (places[i].name);
      if (strncmp (words + 1, places[i].name, length) == 0 && words[length + 1] == '}')
        break;
    }
    if (*words == '{' && i < n) {
      g_string_append (text, places[i].value);
      words += length + 2;
    } else
      g_string_append_c (text, *words++);
  }
  return g_string_free (text, FALSE);
}

/* What a whole month is made of: "59.00", "59.00 − 30 %", "59.00 − 20.00". */
static char *
tell_price (const TaiStretch *stretch, const TaiTeller *teller)
{
  TaiMoney off = tai_money (stretch->list.minor - stretch->full.minor, stretch->list.currency);
  g_autofree char *list = teller->format_money (stretch->list);
  g_autofree char *off_text = teller->format_money (off);
  g_autofree char *percent = format_percent (stretch->percent_x100);
  const Place places[] = {{"list", list}, {"off", off_text}, {"percent", percent}};

  if (stretch->n_discounts == 0 || off.minor == 0)
    return g_steal_pointer (&list);
  return fill (teller->words[stretch->percent_x100 > 0 ? TAI_TELL_LESS_PERCENT : TAI_TELL_LESS_AMOUNT],
               places, G_N_ELEMENTS (places));
}

static TaiTell
choose_first (const TaiStretch *stretch)
{
  switch (stretch->reason) {
  case TAI_REASON_PRORATA:
    return TAI_TELL_FIRST_DAYS;
  case TAI_REASON_HALF:
    return TAI_TELL_FIRST_HALF;
  case TAI_REASON_FREE:
    return TAI_TELL_FIRST_FREE;
  default:
    return stretch->n_discounts > 0 ? TAI_TELL_FIRST : TAI_TELL_FIRST_PLAIN;
  }
}

static TaiTell
choose (const TaiStretch *stretch)
{
  gboolean for_ever = stretch->until == TAI_MONTH_FOREVER;

  switch (stretch->reason) {
  case TAI_REASON_INCLUDED:
    return TAI_TELL_INCLUDED;
  case TAI_REASON_TRIAL:
    return TAI_TELL_TRIAL;
  case TAI_REASON_TRIAL_OVER:
    return TAI_TELL_ENDS;
  case TAI_REASON_NEXT_PERIOD:
    return TAI_TELL_NOT_YET;
  case TAI_REASON_NEW_PRICE:
    return for_ever ? TAI_TELL_NEW_ALWAYS : TAI_TELL_NEW_MONTHS;
  default:
    if (stretch->from == 0)
      return choose_first (stretch);
    return for_ever                              ? TAI_TELL_ALWAYS
           : stretch->until - stretch->from == 1 ? TAI_TELL_ONE_MONTH
                                                 : TAI_TELL_MONTHS;
  }
}

static char *
format_day (TaiDate day)
{
  return tai_date_is_valid (day) ? tai_date_to_text (day) : g_strdup ("");
}

/* The price of a later month with, where it is not the list price, how it comes about: "41.30 (59.00 − 30 %)". */
static char *
tell_later_price (const TaiStretch *stretch, const char *amount, const char *price, const TaiTeller *teller)
{
  const Place places[] = {{"amount", amount}, {"price", price}};

  if (stretch->n_discounts == 0 || stretch->list.minor == stretch->full.minor)
    return g_strdup (amount);
  return fill (teller->words[TAI_TELL_AMOUNT_IS], places, G_N_ELEMENTS (places));
}

static char *
tell (const TaiStretch *stretch, TaiDate day, const TaiTeller *teller)
{
  TaiTell how = choose (stretch);
  TaiDate begins = tai_stretch_month_begins (day, stretch->from);
  TaiDate ends = tai_stretch_month_begins (day, stretch->until);
  gboolean tells_end = how == TAI_TELL_TRIAL, tells_next = how == TAI_TELL_NOT_YET;
  g_autofree char *amount = teller->format_money (stretch->amount);
  g_autofree char *whole = tell_price (stretch, teller);
  g_autofree char *price =
      stretch->from > 0 ? tell_later_price (stretch, amount, whole, teller) : g_strdup (whole);
  g_autofree char *date = format_day (tells_end ? day_before (ends) : tells_next ? ends : begins);
  g_autofree char *months = g_strdup_printf ("%u", stretch->until - stretch->from);
  g_autofree char *days = g_strdup_printf ("%d", stretch->numerator);
  g_autofree char *of = g_strdup_printf ("%d", stretch->denominator);
  const Place places[] = {{"amount", amount}, {"price", price}, {"date", date},
                          {"months", months}, {"days", days},   {"of", of}};

  return fill (teller->words[how], places, G_N_ELEMENTS (places));
}

GPtrArray *
tai_stretch_list_tell (const GArray *stretches, TaiDate day, const TaiTeller *teller)
{
  GPtrArray *clauses = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (stretches != NULL && teller != NULL && tai_date_is_valid (day), clauses);

  for (guint i = 0; i < stretches->len; i++)
    g_ptr_array_add (clauses, tell (&g_array_index (stretches, TaiStretch, i), day, teller));
  return clauses;
}
