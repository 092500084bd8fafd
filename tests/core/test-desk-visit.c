/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Selecting: what stops a visit from being placed, what the law forbids off line, prices that cannot be made, figures that stay,
 * the limits.
 */
#include "tai-desk-rig.h"

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

static TaiOrder *
add_order (TaiDeskRig *rig, TaiVisit *visit, const char *operation)
{
  TaiOrder *order;

  MUST (order = tai_desk_add_order (rig->desk, visit, operation, &E));
  return order;
}

static TaiOrderItem *
add_offering (TaiDeskRig *rig, TaiVisit *visit, TaiOrder *order, const char *id)
{
  TaiOrderItem *item;

  MUST (item = tai_desk_add_offering (rig->desk, visit, order, id, 1, NONE, &E));
  return item;
}

/* Obstacles --------------------------------------------------------------------------------------------------------- */

static void
test_obstacles_new_line (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order;

  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_EMPTY, 0);
  REFUSED (TAI_CORE_ERROR_EMPTY, tai_desk_place (rig->desk, visit, &E));
  order = add_order (rig, visit, "new_line");
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_NUMBER_REQUIRED,
                                 TAI_CORE_ERROR_SIM_REQUIRED, TAI_CORE_ERROR_PLAN_REQUIRED,
                                 TAI_CORE_ERROR_SIGNATURE_REQUIRED, 0);
  MUST (tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (1), &E));
  MUST (tai_desk_choose_number (rig->desk, visit, order, tai_desk_rig_msisdn (0), &E));
  MUST (tai_desk_choose_sim (rig->desk, visit, order, tai_desk_rig_iccid (0), &E));
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_PLAN_REQUIRED, TAI_CORE_ERROR_SIGNATURE_REQUIRED,
                                 0);
  add_offering (rig, visit, order, "plan-59");
  add_offering (rig, visit, order, "vas-caller");
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_CONSENT_MISSING,
                                 TAI_CORE_ERROR_SIGNATURE_REQUIRED, 0);
  MUST (tai_desk_give_consent (rig->desk, visit, order, "vas-caller", &E));
  REFUSED (TAI_CORE_ERROR_SIGNATURE_REQUIRED, tai_desk_place (rig->desk, visit, &E));
  MUST (tai_desk_sign (rig->desk, visit, &E));
  tai_desk_rig_assert_obstacles (rig, visit, 0);
  MUST (tai_desk_place (rig->desk, visit, &E));
}

/* Each kind of business with nothing given, signed or read: what it asks for. */
static void
test_obstacles_by_operation (void)
{
  static const struct {
    const char *operation;
    gint missing[6];
  } rows[] = {
      {"top_up", {TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_AMOUNT_REQUIRED}},
      {"bill_payment", {TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_AMOUNT_REQUIRED}},
      {"port_in",
       {TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_SIM_REQUIRED,
        TAI_CORE_ERROR_PLAN_REQUIRED, TAI_CORE_ERROR_SIGNATURE_REQUIRED}},
      {"transfer",
       {TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_SIGNATURE_REQUIRED}},
      {"sim_replacement",
       {TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_SIM_REQUIRED,
        TAI_CORE_ERROR_SIGNATURE_REQUIRED}},
      {"esim",
       {TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_SIGNATURE_REQUIRED}},
      {"plan_change",
       {TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_PLAN_REQUIRED,
        TAI_CORE_ERROR_SIGNATURE_REQUIRED}},
      {"service_add",
       {TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_EMPTY,
        TAI_CORE_ERROR_SIGNATURE_REQUIRED}},
      {"service_remove",
       {TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_EMPTY,
        TAI_CORE_ERROR_SIGNATURE_REQUIRED}},
      {"suspend",
       {TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_SIGNATURE_REQUIRED}},
      {"resume", {TAI_CORE_ERROR_NUMBER_REQUIRED}},
      {"goods_sale", {TAI_CORE_ERROR_EMPTY}},
      {"balance", {TAI_CORE_ERROR_NUMBER_REQUIRED}},
      {"close",
       {TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_SIGNATURE_REQUIRED}},
  };
  g_autoptr (TaiDeskRig) rig = rig_at_work ();

  tai_desk_set_on_line (rig->desk, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
    const gint *m = rows[i].missing;

    g_test_message ("%s", rows[i].operation);
    add_order (rig, visit, rows[i].operation);
    tai_desk_rig_assert_obstacles (rig, visit, m[0], m[1], m[2], m[3], m[4], m[5], 0);
  }
}

static void
test_obstacles_of_each_order (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);

  tai_desk_rig_add_top_up (rig, visit, 1000);
  add_order (rig, visit, "top_up");
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_NUMBER_REQUIRED, TAI_CORE_ERROR_AMOUNT_REQUIRED,
                                 0);
  REFUSED (TAI_CORE_ERROR_NUMBER_REQUIRED, tai_desk_place (rig->desk, visit, &E));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM customer_order"), ==, 0);
}

static void
test_operations_refused (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  static const char *const without_steps[] = {"coupon", "refund", "undo", "cancel"};

  REFUSED (TAI_CORE_ERROR_OPERATION_UNKNOWN, tai_desk_add_order (rig->desk, visit, "sell_the_hall", &E));
  for (guint i = 0; i < G_N_ELEMENTS (without_steps); i++)
    REFUSED (TAI_CORE_ERROR_OPERATION_NOT_HERE, tai_desk_add_order (rig->desk, visit, without_steps[i], &E));
  g_assert_cmpuint (tai_visit_get_n_orders (visit), ==, 0);
}

static void
test_one_plan (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, 0);

  MUST (tai_desk_sign (rig->desk, visit, &E));
  tai_desk_rig_assert_obstacles (rig, visit, 0);
  REFUSED (TAI_CORE_ERROR_OFFERING_EXCLUDED,
           tai_desk_add_offering (rig->desk, visit, order, "plan-99", 1, NONE, &E));
  MUST (
      tai_desk_remove_offering (rig->desk, visit, order, tai_order_find_item (order, TAI_OFFERING_PLAN), &E));
  REFUSED (TAI_CORE_ERROR_LIMIT, tai_desk_add_offering (rig->desk, visit, order, "plan-99", 2, NONE, &E));
  MUST (tai_desk_sign (rig->desk, visit, &E));
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_PLAN_REQUIRED, 0);
}

/* Off line by law --------------------------------------------------------------------------------------------------- */

static void
test_off_line (void)
{
  static const char *const not_offered[] = {"close", "port_out_code", "detail_bill", "change_details",
                                            "balance"};
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order;

  for (guint i = 0; i < G_N_ELEMENTS (not_offered); i++)
    REFUSED (TAI_CORE_ERROR_NOT_OFFERED_OFFLINE, tai_desk_add_order (rig->desk, visit, not_offered[i], &E));
  tai_desk_set_on_line (rig->desk, TRUE);
  g_assert_true (tai_desk_is_on_line (rig->desk));
  order = add_order (rig, visit, "balance");
  MUST (tai_desk_set_target (rig->desk, visit, order, RIG_TARGET, &E));
  tai_desk_rig_assert_obstacles (rig, visit, 0);
  tai_desk_set_on_line (rig->desk, FALSE); /* the line went while it was typed in */
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_NOT_OFFERED_OFFLINE, 0);
  REFUSED (TAI_CORE_ERROR_NOT_OFFERED_OFFLINE, tai_desk_place (rig->desk, visit, &E));
}

static void
test_tighten (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  const TaiOperation *top_up = tai_operation_find ("top_up"), *line = tai_operation_find ("new_line");

  g_assert_cmpint (tai_desk_get_rule (rig->desk, top_up), ==, TAI_OFFLINE_PAID_NOT_CREDITED);
  tai_desk_tighten (rig->desk, "top_up", TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE);
  tai_desk_rig_add_top_up (rig, visit, 1000);
  tai_desk_rig_place (rig, visit);
  g_assert_cmpint (tai_visit_get_order (visit, 0)->rule, ==, TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE);
  tai_desk_tighten (rig->desk, "top_up", TAI_OFFLINE_NOT_OFFERED);
  MUST (tai_desk_abandon (rig->desk, visit, &E));
  g_clear_object (&visit);
  visit = tai_desk_rig_begin (rig);
  REFUSED (TAI_CORE_ERROR_NOT_OFFERED_OFFLINE, tai_desk_add_order (rig->desk, visit, "top_up", &E));
  /* HQ takes it back; below the table it cannot go. */
  tai_desk_tighten (rig->desk, "top_up", TAI_OFFLINE_COMPLETES);
  g_assert_cmpint (tai_desk_get_rule (rig->desk, top_up), ==, TAI_OFFLINE_PAID_NOT_CREDITED);
  tai_desk_tighten (rig->desk, "new_line", TAI_OFFLINE_COMPLETES);
  g_assert_cmpint (tai_desk_get_rule (rig->desk, line), ==, TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE);
  tai_desk_tighten (rig->desk, "no_such_business", TAI_OFFLINE_NOT_OFFERED);
}

/* Prices ------------------------------------------------------------------------------------------------------------- */

static void
assert_figures (const TaiOrder *order, gint64 today, gint64 first, gint64 normal)
{
  g_assert_cmpint (order->today.minor, ==, today);
  g_assert_cmpint (order->first.minor, ==, first);
  g_assert_cmpint (order->normal.minor, ==, normal);
}

/* 22 November: 9 of 30 days are left. */
static void
test_rating_errors_change_nothing (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, 0), *top_up;

  assert_figures (order, 2000, 1770, 5900);
  MUST (tai_desk_sign (rig->desk, visit, &E));
  REFUSED (TAI_CORE_ERROR_OFFERING_UNKNOWN,
           tai_desk_add_offering (rig->desk, visit, order, "plan-0", 1, NONE, &E));
  REFUSED (TAI_CORE_ERROR_OFFERING_EXCLUDED,
           tai_desk_add_offering (rig->desk, visit, order, "plan-99", 1, NONE, &E));
  REFUSED (TAI_CORE_ERROR_OPEN_AMOUNT,
           tai_desk_add_offering (rig->desk, visit, order, "prepay-100", 1, CNY (100), &E));
  REFUSED (TAI_CORE_ERROR_OFFERING_NOT_ON_SALE,
           tai_desk_add_offering (rig->desk, visit, order, "topup", 1, CNY (1000), &E));
  REFUSED (TAI_CORE_ERROR_LIMIT, tai_desk_add_offering (rig->desk, visit, order, "sim-card", 0, NONE, &E));
  REFUSED (TAI_CORE_ERROR_LIMIT, tai_desk_add_offering (rig->desk, visit, order, "sim-card", -1, NONE, &E));
  REFUSED (TAI_CORE_ERROR_LIMIT, tai_desk_add_offering (rig->desk, visit, order, "sim-card", 1001, NONE, &E));
  g_assert_cmpuint (order->items->len, ==, 3);
  assert_figures (order, 2000, 1770, 5900);
  g_assert_true (order->signed_);
  g_assert_cmpint (tai_visit_get_total (visit).minor, ==, 2000);
  top_up = add_order (rig, visit, "top_up");
  REFUSED (TAI_CORE_ERROR_OPEN_AMOUNT,
           tai_desk_add_offering (rig->desk, visit, top_up, "topup", 1, CNY (99), &E));
  REFUSED (TAI_CORE_ERROR_MONEY_CURRENCY,
           tai_desk_add_offering (rig->desk, visit, top_up, "topup", 1, tai_money (1000, 392), &E));
  assert_figures (top_up, 0, 0, 0);
  REFUSED (TAI_CORE_ERROR_OPEN_AMOUNT,
           tai_desk_add_offering (rig->desk, visit, top_up, "topup", 1, NONE, &E));
  REFUSED (TAI_CORE_ERROR_OFFERING_NOT_ON_SALE,
           tai_desk_add_offering (rig->desk, visit, top_up, "off-30", 1, NONE, &E));
}

/* A plan under a business that reads no document would be a line without a name. */
static void
test_sold_under_its_business (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *top_up = add_order (rig, visit, "top_up"), *goods = add_order (rig, visit, "goods_sale");
  TaiOrder *suspend = add_order (rig, visit, "suspend"), *less = add_order (rig, visit, "service_remove");

  REFUSED (TAI_CORE_ERROR_OFFERING_NOT_ON_SALE,
           tai_desk_add_offering (rig->desk, visit, top_up, "plan-59", 1, NONE, &E));
  REFUSED (TAI_CORE_ERROR_OFFERING_NOT_ON_SALE,
           tai_desk_add_offering (rig->desk, visit, goods, "plan-59", 1, NONE, &E));
  REFUSED (TAI_CORE_ERROR_OFFERING_NOT_ON_SALE,
           tai_desk_add_offering (rig->desk, visit, top_up, "vas-caller", 1, NONE, &E));
  REFUSED (TAI_CORE_ERROR_OFFERING_NOT_ON_SALE,
           tai_desk_add_offering (rig->desk, visit, suspend, "vas-caller", 1, NONE, &E));
  REFUSED (TAI_CORE_ERROR_OFFERING_NOT_ON_SALE,
           tai_desk_add_offering (rig->desk, visit, less, "sim-card", 1, NONE, &E));
  /* a card without the line that it is for would leave the stock unseen */
  REFUSED (TAI_CORE_ERROR_OFFERING_NOT_ON_SALE,
           tai_desk_add_offering (rig->desk, visit, goods, "sim-card", 1, NONE, &E));
}

static void
test_service_add_and_remove (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *more = add_order (rig, visit, "service_add"), *less = add_order (rig, visit, "service_remove");
  TaiOrderItem *item;

  MUST (tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (0), &E));
  MUST (tai_desk_set_target (rig->desk, visit, more, RIG_TARGET, &E));
  MUST (tai_desk_set_target (rig->desk, visit, less, RIG_TARGET, &E));
  item = add_offering (rig, visit, more, "vas-caller");
  g_assert_cmpstr (item->action, ==, "add");
  g_assert_true (item->consent_needed);
  assert_figures (more, 0, 500, 1000);
  item = add_offering (rig, visit, less, "vas-caller");
  g_assert_cmpstr (item->action, ==, "delete");
  g_assert_false (item->consent_needed);
  g_assert_cmpstr (item->relies_on, ==, "10");
  assert_figures (less, 0, 0, 0); /* what is taken off costs nothing */
  g_assert_cmpuint (item->prices->len, ==, 0);
  for (guint i = 0; i < 2; i++) /* and the line itself stays in both */
    g_assert_cmpstr (((TaiOrderItem *)g_ptr_array_index (tai_visit_get_order (visit, i)->items, 0))->action,
                     ==, "noChange");
  MUST (tai_desk_give_consent (rig->desk, visit, more, "vas-caller", &E));
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  tai_desk_rig_assert_sound (rig);
}

static void
test_remove_offering (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, 0);
  TaiOrderItem *prepay = add_offering (rig, visit, order, "prepay-100");

  add_offering (rig, visit, order, "off-30");
  assert_figures (order, 12000, 1239, 5900);
  /* The discount would have nothing to apply to. */
  REFUSED (
      TAI_CORE_ERROR_OFFERING_REQUIRES,
      tai_desk_remove_offering (rig->desk, visit, order, tai_order_find_item (order, TAI_OFFERING_PLAN), &E));
  g_assert_cmpuint (order->items->len, ==, 5);
  assert_figures (order, 12000, 1239, 5900);
  MUST (tai_desk_remove_offering (rig->desk, visit, order, prepay, &E));
  assert_figures (order, 2000, 1239, 5900);
  g_assert_cmpint (tai_visit_get_total (visit).minor, ==, 2000);
  tai_desk_rig_place (rig, visit);
  REFUSED (
      TAI_CORE_ERROR_STATE,
      tai_desk_remove_offering (rig->desk, visit, order, tai_order_find_item (order, TAI_OFFERING_SIM), &E));
}

/* POS-Awesome#310: figures are those that were shown, however late and whatever catalogue came meanwhile. */
static void
test_figures_frozen (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  g_autoptr (TaiOrder) stored = NULL;
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, 0);

  tai_desk_rig_place (rig, visit);
  tai_fake_clock_advance (rig->clock, 20 * 60 * 1000);
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_add_offering (rig->desk, visit, order, "prepay-100", 1, NONE, &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_give_consent (rig->desk, visit, order, "vas-caller", &E));
  REFUSED (TAI_CORE_ERROR_STATE,
           tai_desk_choose_number (rig->desk, visit, order, tai_desk_rig_msisdn (1), &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_choose_sim (rig->desk, visit, order, tai_desk_rig_iccid (1), &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_set_target (rig->desk, visit, order, RIG_TARGET, &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_remove_order (rig->desk, visit, order, &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_add_order (rig->desk, visit, "top_up", &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (2), &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_sign (rig->desk, visit, &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_place (rig->desk, visit, &E));
  MUST (stored = tai_visit_store_find_order (TAI_VISIT_STORE (rig->store), order->id.text, &E));
  assert_figures (stored, 2000, 1770, 5900);
  g_assert_cmpint (stored->state, ==, TAI_ORDER_PLACED);
  tai_desk_rig_pay (rig, visit);
  assert_figures (order, 2000, 1770, 5900);
}

static void
test_limits (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, 0); /* the line, its plan, one card */

  for (guint i = 3; i < TAI_ORDER_MAX_ITEMS; i++)
    add_offering (rig, visit, order, "sim-card");
  REFUSED (TAI_CORE_ERROR_LIMIT, tai_desk_add_offering (rig->desk, visit, order, "sim-card", 1, NONE, &E));
  g_assert_cmpint (order->today.minor, ==, 2000 * (TAI_ORDER_MAX_ITEMS - 2));
  for (guint i = 1; i < TAI_VISIT_MAX_ORDERS; i++)
    tai_desk_rig_add_top_up (rig, visit, 100);
  REFUSED (TAI_CORE_ERROR_LIMIT, tai_desk_add_order (rig->desk, visit, "top_up", &E));
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  g_assert_cmpint (
      tai_desk_rig_number (rig, "SELECT count (*) FROM order_item WHERE offering_id = 'sim-card'"), ==,
      TAI_ORDER_MAX_ITEMS - 2);
  tai_desk_rig_assert_sound (rig);
}

/* A visit that nobody could pay in one amount is stopped where it becomes so. */
static void
test_total_limit (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (GPtrArray) offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;
  g_autoptr (TaiVisit) visit = NULL;
  TaiOffering *gold = tai_offering_new ("gold", TAI_OFFERING_GOODS);
  TaiOrder *order, *second;

  gold->name = g_strdup ("gold");
  tai_offering_add_price (gold, "p", TAI_PRICE_ONE_TIME)->amount = CNY (TAI_MONEY_LIMIT_MINOR / 2);
  g_ptr_array_add (offerings, gold);
  MUST (catalogue = tai_catalogue_build (g_steal_pointer (&offerings), NULL, NULL, &E));
  tai_desk_set_catalogue (rig->desk, catalogue);
  tai_desk_rig_start_day (rig);
  visit = tai_desk_rig_begin (rig);
  order = add_order (rig, visit, "goods_sale");
  second = add_order (rig, visit, "goods_sale");
  add_offering (rig, visit, order, "gold");
  add_offering (rig, visit, second, "gold");
  REFUSED (TAI_CORE_ERROR_MONEY_RANGE, tai_desk_add_offering (rig->desk, visit, order, "gold", 1, NONE, &E));
  g_assert_cmpuint (order->items->len, ==, 1);
  g_assert_cmpint (tai_visit_get_total (visit).minor, ==, TAI_MONEY_LIMIT_MINOR);
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  tai_desk_rig_assert_sound (rig);
}

/* Screens -------------------------------------------------------------------------------------------------------------- */

static void
count_cb (TaiVisit *visit, guint *n)
{
  (*n)++;
}

static void
test_model_tells (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  guint n_changed = 0, n_orders;
  gint64 total;
  int state;

  g_signal_connect (visit, "changed", G_CALLBACK (count_cb), &n_changed);
  tai_desk_rig_add_top_up (rig, visit, 1234);
  g_assert_cmpuint (n_changed, ==, 3);
  tai_desk_rig_place (rig, visit);
  g_object_get (visit, "state", &state, "total", &total, "n-orders", &n_orders, NULL);
  g_assert_cmpint (state, ==, TAI_VISIT_PLACED);
  g_assert_cmpint (total, ==, 1234);
  g_assert_cmpuint (n_orders, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/visit/obstacles/new-line", test_obstacles_new_line);
  g_test_add_func ("/desk/visit/obstacles/by-operation", test_obstacles_by_operation);
  g_test_add_func ("/desk/visit/obstacles/of-each-order", test_obstacles_of_each_order);
  g_test_add_func ("/desk/visit/operations-refused", test_operations_refused);
  g_test_add_func ("/desk/visit/one-plan", test_one_plan);
  g_test_add_func ("/desk/visit/off-line", test_off_line);
  g_test_add_func ("/desk/visit/tighten", test_tighten);
  g_test_add_func ("/desk/visit/rating-errors-change-nothing", test_rating_errors_change_nothing);
  g_test_add_func ("/desk/visit/sold-under-its-business", test_sold_under_its_business);
  g_test_add_func ("/desk/visit/service-add-and-remove", test_service_add_and_remove);
  g_test_add_func ("/desk/visit/remove-offering", test_remove_offering);
  g_test_add_func ("/desk/visit/figures-frozen", test_figures_frozen);
  g_test_add_func ("/desk/visit/limits", test_limits);
  g_test_add_func ("/desk/visit/total-limit", test_total_limit);
  g_test_add_func ("/desk/visit/model-tells", test_model_tells);
  return g_test_run ();
}
