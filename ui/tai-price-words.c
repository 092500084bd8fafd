/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices as sentences. The other table of the same sentences is printing/tai-paper-words.c, in the paper's language. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-price-words.h"

#include <glib/gi18n.h>

#include "tai-words.h"

/* TRANSLATORS: the words in braces are places for figures and days; they stay as they are, in whatever order. */
/* clang-format off */
static const char *const telling[TAI_N_TELLS] = {
  [TAI_TELL_FIRST] = N_ ("first bill {amount} = {price}"),
  [TAI_TELL_FIRST_PLAIN] = N_ ("first bill {amount}"),
  [TAI_TELL_FIRST_DAYS] = N_ ("first bill {amount} = {price} for {days} of {of} days"),
  [TAI_TELL_FIRST_HALF] = N_ ("first bill {amount} = half of {price}"),
  [TAI_TELL_FIRST_FREE] = N_ ("free to the end of this month"),
  [TAI_TELL_NOT_YET] = N_ ("nothing on the first bill: begins on {date}"),
  [TAI_TELL_TRIAL] = N_ ("free trial up to {date}"),
  [TAI_TELL_ENDS] = N_ ("then it ends by itself and costs nothing"),
  [TAI_TELL_INCLUDED] = N_ ("in the price of the bundle"),
  [TAI_TELL_MONTHS] = N_ ("then {price} a month for {months} months"),
  [TAI_TELL_ONE_MONTH] = N_ ("then {price} for one month"),
  [TAI_TELL_ALWAYS] = N_ ("then {price} a month"),
  [TAI_TELL_NEW_MONTHS] = N_ ("new price from {date}: {price} a month for {months} months"),
  [TAI_TELL_NEW_ALWAYS] = N_ ("new price from {date}: {price} a month"),
  [TAI_TELL_LESS_PERCENT] = N_ ("{list} − {percent} %"),
  [TAI_TELL_LESS_AMOUNT] = N_ ("{list} − {off}"),
  [TAI_TELL_AMOUNT_IS] = N_ ("{amount} ({price})"),
};
/* clang-format on */

GPtrArray *
tai_price_words_list (const GArray *stretches, TaiDate day)
{
  TaiTeller teller = {.format_money = tai_words_money};

  for (guint i = 0; i < TAI_N_TELLS; i++)
    teller.words[i] = _ (telling[i]);
  return tai_stretch_list_tell (stretches, day, &teller);
}

char *
tai_price_words_item (const TaiOrderItem *item, TaiDate day)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < item->prices->len; i++) {
    const TaiItemPrice *price = g_ptr_array_index (item->prices, i);

    if (price->stretches != NULL)
      g_ptr_array_extend_and_steal (all, tai_price_words_list (price->stretches, day));
  }
  if (all->len == 0)
    return NULL;
  g_ptr_array_add (all, NULL);
  /* TRANSLATORS: between the parts of one sentence about a price. */
  return g_strjoinv (C_ ("between clauses", "; "), (char **)all->pdata);
}

/* One price of an offering. */
static char *
describe_price (const TaiPrice *price)
{
  g_autofree char *sum = tai_words_money (price->amount);
  g_autofree char *off = tai_words_money (price->discount.amount);
  const TaiDiscount *discount = &price->discount;
  gint32 x100 = discount->percent_x100;

  if (discount->kind == TAI_DISCOUNT_PERCENT && x100 % 100 == 0)
    return g_strdup_printf (_ ("%d %% off"), x100 / 100);
  if (discount->kind == TAI_DISCOUNT_PERCENT)
    return g_strdup_printf (_ ("%d.%02d %% off"), x100 / 100, x100 % 100);
  if (discount->kind == TAI_DISCOUNT_AMOUNT)
    return g_strdup_printf (_ ("%s off a month"), off);
  if (price->is_open)
    return g_strdup (_ ("an amount of choice"));
  return price->type == TAI_PRICE_RECURRING ? g_strdup_printf (_ ("%s a month"), sum)
                                            : g_steal_pointer (&sum);
}

char *
tai_price_words_offering (const TaiOffering *offering, gint64 now_us, gboolean with_months)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < offering->prices->len; i++) {
    const TaiPrice *price = g_ptr_array_index (offering->prices, i);
    g_autofree char *one = NULL;

    if (price->type == TAI_PRICE_USAGE || (price->type == TAI_PRICE_RECURRING && !with_months) ||
        !tai_offering_has_price_at (offering, price, now_us))
      continue;
    one = describe_price (price);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " + " : "", one);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
tai_price_words_contract (const TaiOffering *offering, TaiMoney month)
{
  g_autofree char *most = NULL;
  TaiMoney penalty;

  if (offering->contract_months == 0)
    return NULL;
  if (!tai_offering_get_penalty (offering, month, offering->contract_months, &penalty, NULL) ||
      penalty.minor == 0)
    return g_strdup_printf (g_dngettext (NULL, "Contract of %d month", "Contract of %d months",
                                         (gulong)offering->contract_months),
                            offering->contract_months);
  most = tai_words_money (penalty);
  if (offering->penalty == TAI_PENALTY_FIXED)
    return g_strdup_printf (_ ("Contract of %d months; leaving earlier costs %s"), offering->contract_months,
                            most);
  return g_strdup_printf (
      _ ("Contract of %d months; leaving earlier costs %d %% of the months left, %s at most"),
      offering->contract_months, offering->penalty_percent_x100 / 100, most);
}
