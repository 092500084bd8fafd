/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comparing and exchanging: a preview changes nothing, another plan takes the place of the first, what cannot be leaves all as it
 * was; an amount finds the offer of the catalogue that is for its business.
 */
#include "tai-desk-rig.h"

typedef struct {
  TaiDeskRig *rig;
  TaiVisit *visit;
  TaiOrder *order;
} Fixture;

static void
set_up (Fixture *f, gconstpointer operation)
{
  f->rig = tai_desk_rig_new ();
  tai_desk_rig_start_day (f->rig);
  f->visit = tai_desk_rig_begin (f->rig);
  MUST (f->order = tai_desk_add_order (f->rig->desk, f->visit, operation, &E));
}

static void
tear_down (Fixture *f, gconstpointer operation)
{
  g_object_unref (f->visit);
  tai_desk_rig_free (f->rig);
}

static void
test_preview (Fixture *f, gconstpointer operation)
{
  g_autoptr (TaiBill) of_59 = NULL;
  g_autoptr (TaiBill) of_99 = NULL;

  MUST (tai_desk_add_offering (f->rig->desk, f->visit, f->order, "sim-card", 1, NONE, &E));
  MUST (of_59 = tai_desk_preview (f->rig->desk, f->visit, f->order, "plan-59", &E));
  g_assert_cmpint (of_59->today.minor, ==, 2000);
  g_assert_cmpint (of_59->normal.minor, ==, 5900);
  g_assert_cmpuint (f->order->items->len, ==, 2); /* the line and the SIM: nothing came of looking */
  g_assert_cmpint (f->order->normal.minor, ==, 0);

  /* beside a plan that is chosen, though the two exclude each other */
  MUST (tai_desk_choose_plan (f->rig->desk, f->visit, f->order, "plan-59", &E));
  MUST (of_99 = tai_desk_preview (f->rig->desk, f->visit, f->order, "plan-99", &E));
  g_assert_cmpint (of_99->normal.minor, ==, 9900);
  g_assert_cmpint (f->order->normal.minor, ==, 5900);
  REFUSED (TAI_CORE_ERROR_OFFERING_UNKNOWN,
           tai_desk_preview (f->rig->desk, f->visit, f->order, "plan-0", &E));
}

static void
test_choose_plan (Fixture *f, gconstpointer operation)
{
  MUST (tai_desk_choose_plan (f->rig->desk, f->visit, f->order, "plan-59", &E));
  MUST (tai_desk_choose_plan (f->rig->desk, f->visit, f->order, "plan-99", &E));
  g_assert_cmpuint (f->order->items->len, ==, 2);
  g_assert_cmpstr (tai_order_find_item (f->order, TAI_OFFERING_PLAN)->offering_id, ==, "plan-99");
  g_assert_cmpint (f->order->normal.minor, ==, 9900);
  REFUSED (TAI_CORE_ERROR_PLAN_REQUIRED,
           tai_desk_choose_plan (f->rig->desk, f->visit, f->order, "sim-card", &E));
  REFUSED (TAI_CORE_ERROR_OFFERING_UNKNOWN,
           tai_desk_choose_plan (f->rig->desk, f->visit, f->order, "plan-0", &E));
  g_assert_cmpstr (tai_order_find_item (f->order, TAI_OFFERING_PLAN)->offering_id, ==, "plan-99");
}

static void
test_amount (Fixture *f, gconstpointer operation)
{
  MUST (tai_desk_set_amount (f->rig->desk, f->visit, f->order, CNY (5000), &E));
  g_assert_cmpint (tai_visit_get_total (f->visit).minor, ==, 5000);
  MUST (tai_desk_set_amount (f->rig->desk, f->visit, f->order, CNY (10000), &E));
  g_assert_cmpint (tai_visit_get_total (f->visit).minor, ==, 10000);
  REFUSED (TAI_CORE_ERROR_OPEN_AMOUNT, tai_desk_set_amount (f->rig->desk, f->visit, f->order, CNY (0), &E));
  g_assert_cmpint (tai_visit_get_total (f->visit).minor, ==, 10000);
  g_assert_cmpuint (f->order->items->len, ==, 2);
}

/* Two offers with an open amount: the one that names the business is taken for it, and for no other. */
static void
test_offer_of_the_business (void)
{
  GPtrArray *offerings = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_offering_free);
  g_autoptr (TaiCatalogue) catalogue = NULL;

  for (guint i = 0; i < 2; i++) {
    TaiOffering *offering = tai_offering_new (i == 0 ? "any" : "bills", TAI_OFFERING_TOP_UP);
    TaiPrice *price = tai_offering_add_price (offering, "p", TAI_PRICE_DEPOSIT);
    offering->name = g_strdup ("x");
    price->amount = CNY (0);
    price->is_open = TRUE;
    g_ptr_array_add (offerings, offering);
  }
  g_strfreev (((TaiOffering *)g_ptr_array_index (offerings, 1))->operations);
  ((TaiOffering *)g_ptr_array_index (offerings, 1))->operations = g_strsplit ("bill_payment", ",", -1);
  MUST (catalogue = tai_catalogue_build (offerings, NULL, NULL, &E));
  g_assert_cmpstr (tai_catalogue_find_for (catalogue, TAI_OFFERING_TOP_UP, "bill_payment", 1)->id, ==,
                   "bills");
  g_assert_cmpstr (tai_catalogue_find_for (catalogue, TAI_OFFERING_TOP_UP, "top_up", 1)->id, ==, "any");
  g_assert_null (tai_catalogue_find_for (catalogue, TAI_OFFERING_PLAN, "new_line", 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, operation, func) g_test_add (path, Fixture, operation, set_up, func, tear_down)
  TEST ("/core/desk/exchange/preview", "new_line", test_preview);
  TEST ("/core/desk/exchange/plan", "new_line", test_choose_plan);
  TEST ("/core/desk/exchange/amount", "top_up", test_amount);
  g_test_add_func ("/core/desk/exchange/offer-of-the-business", test_offer_of_the_business);
  return g_test_run ();
}
