/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-test-shop.h"

TaiPrice *
tai_test_shop_add_offering (GPtrArray *offerings, const char *id, TaiOfferingKind kind, TaiPriceType type,
                            gint64 fen)
{
  TaiOffering *offering = tai_offering_new (id, kind);
  TaiPrice *price = tai_offering_add_price (offering, "p", type);

  offering->name = g_strdup (id);
  price->amount = CNY (fen);
  g_ptr_array_add (offerings, offering);
  return price;
}

TaiOffering *
tai_test_shop_last (GPtrArray *offerings)
{
  return g_ptr_array_index (offerings, offerings->len - 1);
}

void
tai_test_shop_set_list (char ***list, const char *comma_separated)
{
  g_strfreev (*list);
  *list = g_strsplit (comma_separated, ",", -1);
}

TaiPrice *
tai_test_shop_add_discount (GPtrArray *offerings, const char *id, TaiDiscount discount,
                            const char *applies_to)
{
  TaiPrice *price = tai_test_shop_add_offering (offerings, id, TAI_OFFERING_DISCOUNT, TAI_PRICE_RECURRING, 0);

  price->discount = discount;
  if (applies_to)
    tai_test_shop_set_list (&tai_test_shop_last (offerings)->applies_to, applies_to);
  return price;
}

TaiDiscount
tai_test_shop_percent (gint32 percent_x100, gint32 months, TaiDiscountBase base, gint32 stack_order)
{
  return (TaiDiscount){TAI_DISCOUNT_PERCENT, percent_x100, {0}, base, months, stack_order};
}

TaiDiscount
tai_test_shop_amount_off (gint64 fen, gint32 months, gint32 stack_order)
{
  return (TaiDiscount){TAI_DISCOUNT_AMOUNT, 0, CNY (fen), TAI_DISCOUNT_BASE_LIST, months, stack_order};
}

TaiCatalogue *
tai_test_shop_open (GPtrArray *offerings)
{
  g_autoptr (GError) error = NULL;
  TaiCatalogue *catalogue = tai_catalogue_build (offerings, NULL, NULL, &error);

  g_assert_no_error (error);
  return catalogue;
}

/* The shop of the worked figures. */
TaiCatalogue *
tai_test_shop_worked (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  TaiPrice *price;

  tai_test_shop_add_offering (offerings, "plan59", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 5900)
      ->first_period = TAI_FIRST_PERIOD_PRORATA_DAYS;
  tai_test_shop_add_discount (offerings, "off30", tai_test_shop_percent (3000, 6, TAI_DISCOUNT_BASE_LIST, 1),
                              "plan59");
  tai_test_shop_add_offering (offerings, "ring", TAI_OFFERING_SERVICE, TAI_PRICE_RECURRING, 1000)
      ->first_period = TAI_FIRST_PERIOD_HALF;
  tai_test_shop_add_offering (offerings, "sim", TAI_OFFERING_SIM, TAI_PRICE_ONE_TIME, 2000);
  tai_test_shop_add_offering (offerings, "prepay", TAI_OFFERING_PREPAYMENT, TAI_PRICE_DEPOSIT, 10000);
  price = tai_test_shop_add_offering (offerings, "topup", TAI_OFFERING_TOP_UP, TAI_PRICE_DEPOSIT, 0);
  price->is_open = TRUE;
  price->minimum = CNY (1000);
  price->maximum = CNY (50000);
  return tai_test_shop_open (offerings);
}

TaiRatingContext
tai_test_shop_context (TaiDate day)
{
  return (TaiRatingContext){.day = day, .now_us = 1000, .currency = TAI_CNY};
}

/* A basket of one of each, named "a,b,c". */
guint
tai_test_shop_fill (TaiBasketLine *basket, char **ids)
{
  guint n = g_strv_length (ids);

  g_assert_cmpuint (n, <=, TAI_BASKET_MAX);
  for (guint i = 0; i < n; i++)
    basket[i] = (TaiBasketLine){ids[i], 1, {0}};
  return n;
}

TaiBill *
tai_test_shop_rate (TaiCatalogue *catalogue, const char *comma_separated, TaiDate day)
{
  g_auto (GStrv) ids = g_strsplit (comma_separated, ",", -1);
  TaiBasketLine basket[TAI_BASKET_MAX];
  TaiRatingContext context = tai_test_shop_context (day);
  g_autoptr (GError) error = NULL;
  TaiBill *bill = tai_rate (catalogue, basket, tai_test_shop_fill (basket, ids), &context, &error);

  g_assert_no_error (error);
  return bill;
}

const TaiBillLine *
tai_test_shop_line (const TaiBill *bill, guint index)
{
  g_assert_cmpuint (index, <, bill->lines->len);
  return &g_array_index (bill->lines, TaiBillLine, index);
}

gint64
tai_test_shop_month (const TaiBill *bill, guint month)
{
  g_autoptr (GError) error = NULL;
  TaiMoney amount;

  g_assert_true (tai_bill_get_month (bill, month, &amount, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (amount.currency, ==, TAI_CNY);
  return amount.minor;
}

void
tai_test_shop_assert_figures (const TaiBill *bill, gint64 today, gint64 first, gint64 normal)
{
  g_assert_cmpint (bill->today.minor, ==, today);
  g_assert_cmpint (bill->first.minor, ==, first);
  g_assert_cmpint (bill->normal.minor, ==, normal);
  g_assert_cmpint (tai_test_shop_month (bill, 0), ==, first);
  g_assert_cmpint (tai_test_shop_month (bill, 100000), ==, normal);
}

gint32
tai_test_shop_discount (const TaiBill *bill, guint index, gint64 *month)
{
  const GArray *stretches = tai_test_shop_line (bill, index)->stretches;
  const TaiStretch *first = NULL, *last = NULL;

  *month = tai_test_shop_line (bill, index)->normal.minor;
  for (guint i = 0; i < stretches->len; i++) {
    const TaiStretch *stretch = &g_array_index (stretches, TaiStretch, i);

    if (first == NULL && stretch->n_discounts > 0)
      first = last = stretch;
    else if (first != NULL && last + 1 == stretch && stretch->n_discounts == first->n_discounts &&
             stretch->full.minor == first->full.minor)
      last = stretch;
  }
  if (first == NULL)
    return 0;
  *month = first->full.minor;
  return last->until == TAI_MONTH_FOREVER ? -1 : (gint32)(last->until - first->from);
}
