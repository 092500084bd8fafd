/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One price everywhere: random baskets of a random catalogue (--seed) go through a real desk, and what the window's picture, the
 * script's answer, the receipt and HQ's copy say of them is compared with the one rating function, asked beside it with the lines in
 * another order. In between the catalogue is swapped: what was chosen before keeps its figures.
 */
#include <string.h>

#include "tai-desk-rig.h"
#include "shipped-paperwork.h"
#include "tai-json-money.h"
#include "tai-order-result.h"
#include "tai-plain-text.h"
#include "tai-test-shop.h"
#include "tai-tmf-renderer.h"
#include "tai-visit-view.h"

#define N_BASKETS   10000
#define N_CATALOGUE 100 /* baskets of one catalogue */
#define MONTHS      20

/* --- a catalogue by chance --- */

static gboolean
chance (int percent)
{
  return g_test_rand_int_range (0, 100) < percent;
}

static void
add_monthly (GPtrArray *offerings, const char *id, TaiOfferingKind kind)
{
  TaiPrice *price =
      tai_test_shop_add_offering (offerings, id, kind, TAI_PRICE_RECURRING, g_test_rand_int_range (0, 50000));
  TaiOffering *offering = tai_test_shop_last (offerings);

  price->first_period = (TaiFirstPeriod)g_test_rand_int_range (0, kind == TAI_OFFERING_SERVICE ? 3 : 4);
  price->rounding = chance (50) ? TAI_ROUNDING_HALF_UP : TAI_ROUNDING_DOWN;
  price->effect = chance (20) ? TAI_EFFECT_NEXT_PERIOD : TAI_EFFECT_NOW;
  offering->key_terms = g_strdup ("terms");
  if (kind == TAI_OFFERING_SERVICE && chance (40))
    price->trial_months = g_test_rand_int_range (1, 4);
  if (chance (30)) {
    TaiPrice *next = tai_offering_add_price (offering, "next", TAI_PRICE_RECURRING);

    next->amount = CNY (g_test_rand_int_range (0, 50000));
    next->replaces = g_strdup ("p");
    next->valid_from_us = TAI_FAKE_CLOCK_MORNING_US + g_test_rand_int_range (1, 400) * G_TIME_SPAN_DAY;
  }
  if (chance (30))
    tai_offering_add_price (offering, "once", chance (50) ? TAI_PRICE_ONE_TIME : TAI_PRICE_DEPOSIT)->amount =
        CNY (g_test_rand_int_range (0, 20000));
}

static void
add_discount (GPtrArray *offerings, const char *id, gint32 order)
{
  static const char *const targets[] = {NULL, "plan-1", "plan-1,plan-2,bundle", "service-1,access-1"};
  gint32 months = g_test_rand_int_range (0, 15);
  TaiDiscount discount = chance (50)
                             ? tai_test_shop_amount_off (g_test_rand_int_range (0, 3000), months, order)
                             : tai_test_shop_percent (g_test_rand_int_range (0, 10001), months,
                                                      (TaiDiscountBase)g_test_rand_int_range (0, 2), order);

  tai_test_shop_add_discount (offerings, id, discount,
                              targets[g_test_rand_int_range (0, G_N_ELEMENTS (targets))]);
}

static const char *const plans[] = {"plan-1", "plan-2", "bundle"};
static const char *const extras[] = {"service-1", "service-2", "access-1", "access-2",
                                     "sim",       "prepay",    "off-1",    "off-2"};

static TaiCatalogue *
make_catalogue (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  TaiBundlePart *part;

  add_monthly (offerings, "plan-1", TAI_OFFERING_PLAN);
  add_monthly (offerings, "plan-2", TAI_OFFERING_PLAN);
  add_monthly (offerings, "bundle", TAI_OFFERING_PLAN);
  part = tai_offering_add_part (tai_test_shop_last (offerings), "access-1");
  part->is_included = chance (50);
  part->upper = 3;
  add_monthly (offerings, "service-1", TAI_OFFERING_SERVICE);
  add_monthly (offerings, "service-2", TAI_OFFERING_SERVICE);
  add_monthly (offerings, "access-1", TAI_OFFERING_ACCESS);
  add_monthly (offerings, "access-2", TAI_OFFERING_ACCESS);
  tai_test_shop_add_offering (offerings, "sim", TAI_OFFERING_SIM, TAI_PRICE_ONE_TIME, 2000);
  tai_test_shop_add_offering (offerings, "prepay", TAI_OFFERING_PREPAYMENT, TAI_PRICE_DEPOSIT, 10000);
  add_discount (offerings, "off-1", 1);
  add_discount (offerings, "off-2", 2);
  return tai_test_shop_open (offerings);
}

/* --- a basket by chance, at the desk --- */

typedef struct {
  TaiDeskRig *rig;
  TaiCatalogue *catalogue; /* (owned) */
  TaiVisit *visit;         /* (owned) */
  TaiOrder *order;
  TaiPaperwork *paperwork; /* (owned) */
  TaiRenderer *renderer;   /* (owned) */
} Hall;

/* What cannot be together is refused, and the basket stays as it was: that is another test's matter. */
static void
put_in (Hall *hall, const char *id)
{
  TaiDesk *desk = hall->rig->desk;
  TaiOrderItem *item = tai_desk_add_offering (desk, hall->visit, hall->order, id, 1, NONE, NULL);

  if (item == NULL || !item->consent_needed)
    return;
  MUST (tai_desk_give_consent (desk, hall->visit, hall->order, id, &E));
  if (tai_order_item_get (item, TAI_CHARACTERISTIC_TRIAL_END) != NULL && chance (50))
    MUST (tai_desk_confirm_after_trial (desk, hall->visit, hall->order, id, TRUE, &E));
}

static void
fill_visit (Hall *hall)
{
  TaiDesk *desk = hall->rig->desk;

  hall->visit = tai_desk_rig_begin (hall->rig);
  MUST (hall->order = tai_desk_add_order (desk, hall->visit, "new_line", &E));
  MUST (tai_desk_choose_plan (desk, hall->visit, hall->order, plans[g_test_rand_int_range (0, 3)], &E));
  for (guint n = (guint)g_test_rand_int_range (0, 7); n > 0; n--)
    put_in (hall, extras[g_test_rand_int_range (0, G_N_ELEMENTS (extras))]);
}

/* --- the five answers --- */

typedef struct {
  TaiMoney today, first, normal;
} Figures;

static void
assert_same (const char *who, Figures figures, const TaiBill *bill)
{
  if (figures.today.minor == bill->today.minor && figures.first.minor == bill->first.minor &&
      figures.normal.minor == bill->normal.minor && figures.today.currency == TAI_CNY)
    return;
  g_error ("%s says %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
           ", rated are %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
           who, figures.today.minor, figures.first.minor, figures.normal.minor, bill->today.minor,
           bill->first.minor, bill->normal.minor);
}

/* The one function, with the lines in another order. */
static TaiBill *
rate (Hall *hall)
{
  TaiBasketLine basket[TAI_BASKET_MAX];
  TaiRatingContext context = {.day = {2026, 11, 22},
                              .now_us = tai_clock_now (TAI_CLOCK (hall->rig->clock)),
                              .utc_offset_min = hall->rig->terminal->utc_offset_min,
                              .currency = TAI_CNY};
  GPtrArray *items = hall->order->items;
  TaiBill *bill;
  guint n = 0;

  for (guint i = items->len; i > 0; i--) {
    const TaiOrderItem *item = g_ptr_array_index (items, i - 1);

    if (item->offering_id != NULL)
      basket[n++] = (TaiBasketLine){item->offering_id, item->quantity, item->open_amount,
                                    tai_order_item_get (item, TAI_CHARACTERISTIC_AFTER_TRIAL) != NULL};
  }
  MUST (bill = tai_rate (hall->catalogue, basket, n, &context, &E));
  return bill;
}

/* The window reads a picture; its months are those of the bill. */
static void
check_window (Hall *hall, const TaiBill *bill)
{
  g_autoptr (TaiVisitView) view = tai_visit_view_new (hall->rig->desk, hall->visit);
  g_autoptr (GArray) months = NULL;

  assert_same ("window", (Figures){view->total, view->first, view->normal}, bill);
  MUST (months = tai_order_get_stretches (g_ptr_array_index (view->orders, 0), &E));
  for (guint month = 0; month < MONTHS; month++)
    g_assert_cmpint (tai_stretch_list_get (months, month, TAI_CNY).minor, ==,
                     tai_test_shop_month (bill, month));
}

static TaiMoney
read_text (const TaiJson *json, const char *path)
{
  TaiMoney money = {0};

  MUST (tai_money_from_text (tai_json_require_string (json, path, NULL), TAI_CNY, &money, &E));
  return money;
}

static void
check_script (Hall *hall, const TaiBill *bill)
{
  g_autoptr (TaiJson) result = tai_json_new_object ();

  tai_result_add_order (result, hall->order, TRUE);
  assert_same (
      "script",
      (Figures){read_text (result, "today"), read_text (result, "first"), read_text (result, "normal")},
      bill);
}

static TaiSale
make_sale (Hall *hall, GPtrArray *orders, GPtrArray *payments)
{
  g_ptr_array_add (orders, hall->order);
  return (TaiSale){.terminal = hall->rig->terminal,
                   .receipt_number = "H017-T2-A-20261122-0001",
                   .time_us = tai_clock_now (TAI_CLOCK (hall->rig->clock)),
                   .clerk = RIG_CLERK,
                   .orders = orders,
                   .payments = payments,
                   .total = hall->order->today};
}

/* One of @labels ("a|b") stands there with that amount. */
static void
assert_printed (const char *text, const char *labels, TaiMoney money)
{
  g_auto (GStrv) list = g_strsplit (labels, "|", -1);
  char amount[32];

  tai_money_print (money, amount);
  for (char **label = list; *label; label++) {
    g_autofree char *line = g_strdup_printf ("%s ¥%s ", *label, amount);

    if (strstr (text, line) != NULL)
      return;
  }
  g_error ("%s %s is not on the receipt:\n%s", labels, amount, text);
}

static void
check_receipt (Hall *hall, const TaiBill *bill)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new (), payments = g_ptr_array_new ();
  TaiSale sale = make_sale (hall, orders, payments);
  g_autoptr (TaiDocument) receipt = tai_paperwork_receipt (hall->paperwork, &sale);
  g_autofree char *text = tai_plain_text_render (receipt, 96);
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  g_autoptr (GString) packed = g_string_new (NULL);

  for (char **word = words; *word; word++)
    if (**word != '\0')
      g_string_append_printf (packed, "%s ", *word);
  if (bill->today.minor > 0)
    assert_printed (packed->str, "Total", bill->today);
  if (bill->first.minor == 0 && bill->normal.minor == 0)
    return;
  assert_printed (packed->str, "First bill", bill->first);
  assert_printed (packed->str, "Each month after|Monthly after discount|Monthly after change", bill->normal);
}

/* HQ keeps the body byte for byte; it never rates. */
static void
check_hq (Hall *hall, const TaiBill *bill)
{
  g_autoptr (GPtrArray) payments = g_ptr_array_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (TaiJson) json = NULL;
  Figures all = {{0}}, sum = {CNY (0), CNY (0), CNY (0)};
  const TaiJson *items;

  MUST (body = tai_renderer_order (hall->renderer, hall->rig->terminal, hall->order, payments, &E));
  MUST (json = tai_json_parse (g_bytes_get_data (body, NULL), (gssize)g_bytes_get_size (body), NULL, &E));
  MUST (tai_json_require_money (json, "orderTotalPrice.0.x-guitai.today", &all.today, &E));
  MUST (tai_json_require_money (json, "orderTotalPrice.0.x-guitai.first", &all.first, &E));
  MUST (tai_json_require_money (json, "orderTotalPrice.0.x-guitai.normal", &all.normal, &E));
  assert_same ("HQ's total", all, bill);
  items = tai_json_get (json, "productOrderItem");
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const TaiJson *prices = tai_json_get (tai_json_get_element (items, i), "itemPrice");

    for (guint j = 0; prices != NULL && j < tai_json_get_length (prices); j++) {
      const TaiJson *price = tai_json_get_element (prices, j);
      Figures one;

      MUST (tai_json_require_money (price, "x-guitai.today", &one.today, &E));
      MUST (tai_json_require_money (price, "x-guitai.first", &one.first, &E));
      MUST (tai_json_require_money (price, "x-guitai.normal", &one.normal, &E));
      sum.today.minor += one.today.minor;
      sum.first.minor += one.first.minor;
      sum.normal.minor += one.normal.minor;
    }
  }
  assert_same ("HQ's items", sum, bill);
}

/* --- the days --- */

static void
hang_out (Hall *hall)
{
  g_clear_pointer (&hall->catalogue, tai_catalogue_unref);
  hall->catalogue = make_catalogue ();
  tai_desk_set_catalogue (hall->rig->desk, hall->catalogue);
}

static void
test_same_price (void)
{
  Hall hall = {.rig = tai_desk_rig_new (),
               .paperwork = shipped_paperwork (),
               .renderer = TAI_RENDERER (tai_tmf_renderer_new ())};

  tai_desk_rig_start_day (hall.rig);
  for (guint i = 0; i < N_BASKETS; i++) {
    g_autoptr (TaiBill) bill = NULL;

    if (i % N_CATALOGUE == 0)
      hang_out (&hall);
    fill_visit (&hall);
    bill = rate (&hall);
    if (i % N_CATALOGUE == N_CATALOGUE - 1)
      hang_out (&hall); /* the prices are others now; this customer's are not */
    check_window (&hall, bill);
    check_script (&hall, bill);
    check_receipt (&hall, bill);
    check_hq (&hall, bill);
    MUST (tai_desk_abandon (hall.rig->desk, hall.visit, &E));
    g_clear_object (&hall.visit);
  }
  tai_catalogue_unref (hall.catalogue);
  g_object_unref (hall.paperwork);
  g_object_unref (hall.renderer);
  tai_desk_rig_free (hall.rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/same-price", test_same_price);
  return g_test_run ();
}
