/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rating: what a basket may not be, each with its own error, and the edges of what it may.
 */
#include "tai-rating.h"

#include "tai-core-error.h"
#include "tai-test-shop.h"

/* --- what a basket may not be --- */

typedef struct {
  GPtrArray *offerings;
  TaiBasketLine basket[TAI_BASKET_MAX + 1];
  guint n;
  TaiRatingContext context;
} Attempt;

/* A plan of 59.00, a service that requires it, a SIM, an open top-up, a discount for plans only: in the basket are the
 * first two. */
static Attempt
attempt_new (void)
{
  Attempt self = {
      .offerings = g_ptr_array_new (), .context = tai_test_shop_context (TAI_TEST_SHOP_DAY), .n = 2};
  TaiPrice *price;

  tai_test_shop_add_offering (self.offerings, "plan", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 5900);
  tai_test_shop_add_offering (self.offerings, "ring", TAI_OFFERING_SERVICE, TAI_PRICE_RECURRING, 1000);
  tai_test_shop_set_list (&tai_test_shop_last (self.offerings)->requires, "plan");
  tai_test_shop_add_offering (self.offerings, "sim", TAI_OFFERING_SIM, TAI_PRICE_ONE_TIME, 2000);
  price = tai_test_shop_add_offering (self.offerings, "topup", TAI_OFFERING_TOP_UP, TAI_PRICE_DEPOSIT, 0);
  price->is_open = TRUE;
  price->minimum = CNY (1000);
  price->maximum = CNY (50000);
  tai_test_shop_add_discount (self.offerings, "off",
                              tai_test_shop_percent (1000, 6, TAI_DISCOUNT_BASE_LIST, 1), "plan");
  for (guint i = 0; i < G_N_ELEMENTS (self.basket); i++)
    self.basket[i] = (TaiBasketLine){"sim", 1, {0}};
  self.basket[0].offering_id = "plan";
  self.basket[1].offering_id = "ring";
  return self;
}

static TaiOffering *
offering_of (Attempt *self, guint index)
{
  return g_ptr_array_index (self->offerings, index);
}

/* Rates it; @code -1: must be accepted. */
static void
attempt_end (Attempt *self, int code)
{
  g_autoptr (TaiCatalogue) catalogue = tai_test_shop_open (self->offerings);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiBill) bill = tai_rate (catalogue, self->basket, self->n, &self->context, &error);

  if (code < 0) {
    g_assert_no_error (error);
    g_assert_nonnull (bill);
    return;
  }
  g_assert_error (error, TAI_CORE_ERROR, code);
  g_assert_null (bill);
}

static void
test_unknown (void)
{
  const char *const ids[] = {"nothing", "", NULL};

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    Attempt attempt = attempt_new ();

    attempt.basket[1].offering_id = ids[i];
    attempt_end (&attempt, TAI_CORE_ERROR_OFFERING_UNKNOWN);
  }
}

static void
test_not_on_sale (void)
{
  const struct {
    gint64 from, until;
    int code;
  } rows[] = {{1001, 0, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE},
              {1000, 0, -1},
              {0, 1000, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE},
              {0, 1001, -1},
              {500, 900, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Attempt offering = attempt_new (), price = attempt_new ();

    offering_of (&offering, 1)->valid_from_us = rows[i].from;
    offering_of (&offering, 1)->valid_until_us = rows[i].until;
    attempt_end (&offering, rows[i].code);
    ((TaiPrice *)g_ptr_array_index (offering_of (&price, 1)->prices, 0))->valid_from_us = rows[i].from;
    ((TaiPrice *)g_ptr_array_index (offering_of (&price, 1)->prices, 0))->valid_until_us = rows[i].until;
    attempt_end (&price, rows[i].code);
  }
}

static void
test_groups_and_regions (void)
{
  const struct {
    const char *allowed, *given;
    int code;
  } rows[] = {{"", NULL, -1},
              {"", "student", -1},
              {"student,staff", "staff", -1},
              {"student,staff", "senior", TAI_CORE_ERROR_OFFERING_GROUP},
              {"student,staff", NULL, TAI_CORE_ERROR_OFFERING_GROUP},
              {"student", "Student", TAI_CORE_ERROR_OFFERING_GROUP}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Attempt group = attempt_new (), region = attempt_new ();

    if (rows[i].allowed[0]) {
      tai_test_shop_set_list (&offering_of (&group, 1)->groups, rows[i].allowed);
      tai_test_shop_set_list (&offering_of (&region, 0)->regions, rows[i].allowed);
    }
    const char *given[] = {rows[i].given, NULL};
    group.context.groups = rows[i].given != NULL ? given : NULL;
    region.context.region = rows[i].given;
    attempt_end (&group, rows[i].code);
    attempt_end (&region, rows[i].code == -1 ? -1 : TAI_CORE_ERROR_OFFERING_NOT_ON_SALE);
  }
}

/* One of several is enough. */
static void
test_many_groups (void)
{
  static const char *const groups[] = {"senior", "staff", NULL};
  Attempt attempt = attempt_new ();

  tai_test_shop_set_list (&offering_of (&attempt, 1)->groups, "student,staff");
  attempt.context.groups = groups;
  attempt_end (&attempt, -1);
}

/* Whoever of the two says it, and wherever they stand. */
static void
test_excluded (void)
{
  for (guint i = 0; i < 2; i++) {
    Attempt first = attempt_new (), second = attempt_new (), itself = attempt_new ();

    first.n = second.n = 3;
    tai_test_shop_set_list (&offering_of (&first, i ? 2 : 1)->excludes, i ? "other,ring" : "other,sim");
    attempt_end (&first, TAI_CORE_ERROR_OFFERING_EXCLUDED);
    tai_test_shop_set_list (&offering_of (&second, i ? 2 : 1)->excludes, "other,topup");
    attempt_end (&second, -1);
    /* An offering that excludes itself is there at most once. */
    tai_test_shop_set_list (&offering_of (&itself, 2)->excludes, "sim");
    itself.n = i ? 4 : 3;
    attempt_end (&itself, i ? TAI_CORE_ERROR_OFFERING_EXCLUDED : -1);
  }
}

static void
test_required (void)
{
  Attempt alone = attempt_new (), turned = attempt_new ();

  alone.basket[0].offering_id = "sim";
  attempt_end (&alone, TAI_CORE_ERROR_OFFERING_REQUIRES);
  turned.basket[0].offering_id = "ring";
  turned.basket[1].offering_id = "plan";
  attempt_end (&turned, -1);
}

static void
test_discount_in_basket (void)
{
  Attempt good = attempt_new (), twice = attempt_new (), alone = attempt_new (), two = attempt_new ();

  good.basket[1].offering_id = "off";
  attempt_end (&good, -1);
  twice.basket[1].offering_id = twice.basket[2].offering_id = "off";
  twice.n = 3;
  attempt_end (&twice, TAI_CORE_ERROR_OFFERING_EXCLUDED);
  alone.basket[0].offering_id = "off";
  alone.n = 1;
  attempt_end (&alone, TAI_CORE_ERROR_OFFERING_REQUIRES);
  two.basket[1] = (TaiBasketLine){"off", 2, {0}};
  attempt_end (&two, TAI_CORE_ERROR_LIMIT);
}

static void
test_quantities (void)
{
  const struct {
    const char *id;
    gint32 quantity;
    int code;
  } rows[] = {{"sim", 0, TAI_CORE_ERROR_LIMIT},
              {"sim", -1, TAI_CORE_ERROR_LIMIT},
              {"sim", G_MININT32, TAI_CORE_ERROR_LIMIT},
              {"sim", 1, -1},
              {"sim", TAI_BASKET_MAX_QUANTITY, -1},
              {"sim", TAI_BASKET_MAX_QUANTITY + 1, TAI_CORE_ERROR_LIMIT},
              {"sim", G_MAXINT32, TAI_CORE_ERROR_LIMIT},
              {"plan", 2, TAI_CORE_ERROR_LIMIT},
              {"ring", 3, -1}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Attempt attempt = attempt_new ();

    attempt.n = 3;
    attempt.basket[g_str_equal (rows[i].id, "plan")   ? 0
                   : g_str_equal (rows[i].id, "ring") ? 1
                                                      : 2]
        .quantity = rows[i].quantity;
    attempt_end (&attempt, rows[i].code);
  }
}

static void
test_basket_size (void)
{
  Attempt full = attempt_new (), over = attempt_new (), empty = attempt_new ();

  full.n = TAI_BASKET_MAX;
  attempt_end (&full, -1);
  over.n = TAI_BASKET_MAX + 1;
  attempt_end (&over, TAI_CORE_ERROR_LIMIT);
  empty.n = 0;
  attempt_end (&empty, -1);
}

static void
test_open_amounts (void)
{
  const struct {
    TaiMoney amount;
    int code;
  } rows[] = {
      {{0, 0}, TAI_CORE_ERROR_OPEN_AMOUNT},
      {{1000, TAI_CNY}, -1},
      {{999, TAI_CNY}, TAI_CORE_ERROR_OPEN_AMOUNT},
      {{50000, TAI_CNY}, -1},
      {{50001, TAI_CNY}, TAI_CORE_ERROR_OPEN_AMOUNT},
      {{-1000, TAI_CNY}, TAI_CORE_ERROR_OPEN_AMOUNT},
      {{1000, 392}, TAI_CORE_ERROR_MONEY_CURRENCY},
      {{G_MAXINT64, TAI_CNY}, TAI_CORE_ERROR_OPEN_AMOUNT},
      {{G_MININT64, TAI_CNY}, TAI_CORE_ERROR_OPEN_AMOUNT},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Attempt attempt = attempt_new ();

    attempt.basket[2] = (TaiBasketLine){"topup", 1, rows[i].amount};
    attempt.n = 3;
    attempt_end (&attempt, rows[i].code);
  }
}

static void
test_open_amount_not_asked (void)
{
  Attempt attempt = attempt_new ();

  attempt.basket[0].open_amount = CNY (5900);
  attempt_end (&attempt, TAI_CORE_ERROR_OPEN_AMOUNT);
}

/* Without bounds of its own an open price still takes no nothing, and no typing error. */
static void
test_open_without_bounds (void)
{
  const struct {
    gint64 fen;
    int code;
  } rows[] = {{0, TAI_CORE_ERROR_OPEN_AMOUNT},
              {1, -1},
              {TAI_MONEY_LIMIT_MINOR, -1},
              {TAI_MONEY_LIMIT_MINOR + 1, TAI_CORE_ERROR_OPEN_AMOUNT}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Attempt attempt = attempt_new ();
    TaiPrice *price = g_ptr_array_index (offering_of (&attempt, 3)->prices, 0);

    price->minimum = price->maximum = (TaiMoney){0};
    attempt.basket[2] = (TaiBasketLine){"topup", 1, CNY (rows[i].fen)};
    attempt.n = 3;
    attempt_end (&attempt, rows[i].code);
  }
}

static void
test_open_amount_figures (void)
{
  g_autoptr (TaiCatalogue) catalogue = tai_test_shop_worked ();
  TaiBasketLine basket[] = {{"topup", 1, CNY (5000)}, {"topup", 3, CNY (1000)}};
  TaiRatingContext context = tai_test_shop_context (TAI_TEST_SHOP_DAY);
  g_autoptr (TaiBill) bill = tai_rate (catalogue, basket, 2, &context, NULL);

  tai_test_shop_assert_figures (bill, 8000, 0, 0);
  g_assert_cmpint (tai_test_shop_line (bill, 0)->reason, ==, TAI_REASON_OPEN_AMOUNT);
  g_assert_cmpint (tai_test_shop_line (bill, 1)->today.minor, ==, 3000);
}

static void
test_currency (void)
{
  Attempt attempt = attempt_new ();

  attempt.context.currency = 392;
  attempt_end (&attempt, TAI_CORE_ERROR_MONEY_CURRENCY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/rating/unknown", test_unknown);
  g_test_add_func ("/core/rating/not-on-sale", test_not_on_sale);
  g_test_add_func ("/core/rating/groups-and-regions", test_groups_and_regions);
  g_test_add_func ("/core/rating/many-groups", test_many_groups);
  g_test_add_func ("/core/rating/excluded", test_excluded);
  g_test_add_func ("/core/rating/required", test_required);
  g_test_add_func ("/core/rating/discount-in-basket", test_discount_in_basket);
  g_test_add_func ("/core/rating/quantities", test_quantities);
  g_test_add_func ("/core/rating/basket-size", test_basket_size);
  g_test_add_func ("/core/rating/open-amounts", test_open_amounts);
  g_test_add_func ("/core/rating/open-amount-not-asked", test_open_amount_not_asked);
  g_test_add_func ("/core/rating/open-without-bounds", test_open_without_bounds);
  g_test_add_func ("/core/rating/open-amount-figures", test_open_amount_figures);
  g_test_add_func ("/core/rating/currency", test_currency);
  return g_test_run ();
}
