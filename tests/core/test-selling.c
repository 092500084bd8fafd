/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is sold under which business: the table written out a second time, and what the desk and the faces ask of it.
 */
#include "tai-qualification.h"
#include "tai-selling.h"

#include "tai-test-shop.h"

/* Each kind and the businesses that take it; the first is where one begins who asks for it by name ("" : nowhere). */
static const struct {
  TaiOfferingKind kind;
  const char *usual, *under;
} rows[] = {
    {TAI_OFFERING_PLAN, "new_line", "new_line port_in plan_change"},
    {TAI_OFFERING_SERVICE, "service_add", "new_line port_in plan_change service_add service_remove"},
    {TAI_OFFERING_SIM, "new_line", "new_line port_in sim_replacement"},
    {TAI_OFFERING_PREPAYMENT, "new_line", "new_line port_in plan_change"},
    {TAI_OFFERING_TOP_UP, "top_up", "top_up bill_payment resume"},
    {TAI_OFFERING_DISCOUNT, "new_line", "new_line port_in plan_change"},
    {TAI_OFFERING_GOODS, "goods_sale", "goods_sale"},
    {TAI_OFFERING_ACCESS, "new_line", "new_line port_in plan_change"},
    {TAI_OFFERING_NUMBER_GRADE, "", ""},
};

static void
test_table (void)
{
  guint n;
  const TaiOperation *operations = tai_operation_get_all (&n);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TaiOffering) offering = tai_offering_new ("x", rows[i].kind);
    g_auto (GStrv) under = g_strsplit (rows[i].under, " ", -1);
    const TaiOperation *usual = tai_selling_find_operation (offering);

    g_assert_cmpint (rows[i].kind, ==, (int)i); /* no kind is left out */
    g_assert_cmpstr (usual != NULL ? usual->id : "", ==, rows[i].usual);
    for (guint j = 0; j < n; j++) {
      gboolean listed = g_strv_contains ((const char *const *)under, operations[j].id);

      g_test_message ("%s under %s", tai_offering_kind_to_text (rows[i].kind), operations[j].id);
      g_assert_true (tai_selling_is_under (offering, &operations[j]) == listed);
    }
  }
}

static void
test_own_list (void)
{
  g_autoptr (TaiOffering) service = tai_offering_new ("x", TAI_OFFERING_SERVICE);

  tai_test_shop_set_list (&service->operations, "suspend,plan_change,new_line");
  g_assert_cmpstr (tai_selling_find_operation (service)->id, ==, "plan_change"); /* the first that takes it */
  g_assert_false (tai_selling_is_under (service, tai_operation_find ("service_add")));
  g_assert_false (tai_selling_is_under (service, tai_operation_find ("suspend")));
  tai_test_shop_set_list (&service->operations, "new_line");
  service->is_part_only = TRUE;
  g_assert_null (tai_selling_find_operation (service));
}

typedef struct {
  TaiCatalogue *catalogue;
  TaiOrder *order;
} Fixture;

static void
choose (Fixture *f, const char *plan)
{
  TaiOrderItem *item = tai_order_find_item (f->order, TAI_OFFERING_PLAN);

  if (item != NULL)
    g_ptr_array_remove (f->order->items, item);
  item = tai_order_add_item (f->order, "add", plan);
  item->kind = TAI_OFFERING_PLAN;
  tai_order_item_add_price (item, "p", "p", TAI_PRICE_RECURRING)->normal = CNY (5900);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  GPtrArray *offerings = g_ptr_array_new ();

  tai_test_shop_add_offering (offerings, "plan", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 5900);
  tai_test_shop_add_offering (offerings, "bundle", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 12900);
  tai_offering_add_part (tai_test_shop_last (offerings), "tv");
  tai_test_shop_add_offering (offerings, "tv", TAI_OFFERING_ACCESS, TAI_PRICE_RECURRING, 2000);
  tai_test_shop_last (offerings)->is_part_only = TRUE;
  tai_test_shop_add_offering (offerings, "ring", TAI_OFFERING_SERVICE, TAI_PRICE_RECURRING, 500);
  tai_test_shop_add_discount (offerings, "off-plan",
                              tai_test_shop_percent (1000, 0, TAI_DISCOUNT_BASE_LIST, 1), "plan");
  tai_test_shop_add_discount (offerings, "off-ring",
                              tai_test_shop_percent (1000, 0, TAI_DISCOUNT_BASE_LIST, 1), "ring");
  g_ptr_array_add (offerings, tai_offering_new ("grade-a", TAI_OFFERING_NUMBER_GRADE));
  tai_test_shop_last (offerings)->name = g_strdup ("A");
  tai_test_shop_last (offerings)->grade = g_strdup ("A");
  tai_test_shop_last (offerings)->minimum_spend = CNY (5901);
  f->catalogue = tai_test_shop_open (offerings);
  f->order = tai_order_new (tai_operation_find ("new_line"));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  tai_catalogue_unref (f->catalogue);
  tai_order_free (f->order);
}

static gboolean
is_offered (Fixture *f, const char *id)
{
  return tai_qualification_is_offered (f->catalogue, tai_catalogue_find (f->catalogue, id), f->order, NULL,
                                       NULL, 1000);
}

static void
test_offered (Fixture *f, gconstpointer data)
{
  g_assert_true (is_offered (f, "plan"));
  g_assert_false (is_offered (f, "tv")); /* no bundle yet */
  g_assert_true (is_offered (f, "ring"));
  g_assert_false (is_offered (f, "grade-a"));
  choose (f, "plan");
  g_assert_true (is_offered (f, "off-plan"));
  g_assert_true (is_offered (f, "off-ring"));
  g_assert_false (is_offered (f, "tv"));
  choose (f, "bundle");
  g_assert_true (is_offered (f, "tv"));
  g_assert_nonnull (
      tai_qualification_find_part (f->catalogue, f->order, tai_catalogue_find (f->catalogue, "tv")));
  g_assert_false (is_offered (f, "off-plan")); /* of another plan only */
  g_assert_true (is_offered (f, "off-ring"));
}

static void
test_grade (Fixture *f, gconstpointer data)
{
  TaiItemPrice *more;

  g_assert_null (
      tai_qualification_find_unmet_grade (f->catalogue, f->order, "A")); /* no plan, nothing to compare */
  choose (f, "plan");
  g_assert_cmpstr (tai_qualification_find_unmet_grade (f->catalogue, f->order, "A")->id, ==, "grade-a");
  g_assert_null (tai_qualification_find_unmet_grade (f->catalogue, f->order, "B")); /* asks nothing */
  g_assert_null (tai_qualification_find_unmet_grade (f->catalogue, f->order, NULL));
  more = tai_order_item_add_price (tai_order_find_item (f->order, TAI_OFFERING_PLAN), "q", "q",
                                   TAI_PRICE_RECURRING);
  more->normal = CNY (1); /* all monthly prices of the plan, to the fen */
  g_assert_null (tai_qualification_find_unmet_grade (f->catalogue, f->order, "A"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/selling/table", test_table);
  g_test_add_func ("/core/selling/own-list", test_own_list);
  g_test_add ("/core/selling/offered", Fixture, NULL, set_up, test_offered, tear_down);
  g_test_add ("/core/selling/grade", Fixture, NULL, set_up, test_grade, tear_down);
  return g_test_run ();
}
