/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers and SIMs that a visit takes from the terminal's stock: held, changed, wanted by two, running out of time, and given
 * back when the customer walks away.
 */
#include "tai-desk-rig.h"

#define MINUTE_MS (60 * 1000)

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

static void
assert_number (TaiDeskRig *rig, guint index, TaiResourceState state)
{
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (index)), ==,
                   state);
}

static void
assert_sim (TaiDeskRig *rig, guint index, TaiResourceState state)
{
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_SIM, tai_desk_rig_iccid (index)), ==, state);
}

static TaiOrder *
begin_line (TaiDeskRig *rig, TaiVisit *visit)
{
  TaiOrder *order;

  MUST (order = tai_desk_add_order (rig->desk, visit, "new_line", &E));
  return order;
}

static void
test_replace (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, 0);

  assert_number (rig, 0, TAI_RESOURCE_HELD);
  assert_sim (rig, 0, TAI_RESOURCE_HELD);
  MUST (tai_desk_choose_number (rig->desk, visit, order, tai_desk_rig_msisdn (1), &E));
  MUST (tai_desk_choose_sim (rig->desk, visit, order, tai_desk_rig_iccid (1), &E));
  assert_number (rig, 0, TAI_RESOURCE_LEASED);
  assert_sim (rig, 0, TAI_RESOURCE_LEASED);
  assert_number (rig, 1, TAI_RESOURCE_HELD);
  g_assert_cmpstr (tai_order_get (order, "MSISDN"), ==, tai_desk_rig_msisdn (1));
  g_assert_cmpstr (tai_order_get (order, "ICCID"), ==, tai_desk_rig_iccid (1));
  MUST (tai_desk_remove_order (rig->desk, visit, order, &E));
  assert_number (rig, 1, TAI_RESOURCE_LEASED);
  assert_sim (rig, 1, TAI_RESOURCE_LEASED);
  g_assert_cmpuint (tai_visit_get_n_orders (visit), ==, 0);
}

/* A number that cannot be had leaves the one that was chosen. */
static void
test_two_visits (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) first = tai_desk_rig_begin (rig), second = tai_desk_rig_begin (rig);
  TaiOrder *order;

  tai_desk_rig_add_new_line (rig, first, 0);
  order = tai_desk_rig_add_new_line (rig, second, 1);
  REFUSED (TAI_CORE_ERROR_NUMBER_TAKEN,
           tai_desk_choose_number (rig->desk, second, order, tai_desk_rig_msisdn (0), &E));
  REFUSED (TAI_CORE_ERROR_SIM_TAKEN,
           tai_desk_choose_sim (rig->desk, second, order, tai_desk_rig_iccid (0), &E));
  g_assert_cmpstr (tai_order_get (order, "MSISDN"), ==, tai_desk_rig_msisdn (1));
  assert_number (rig, 1, TAI_RESOURCE_HELD);
  MUST (tai_desk_abandon (rig->desk, first, &E));
  MUST (tai_desk_choose_number (rig->desk, second, order, tai_desk_rig_msisdn (0), &E));
}

/* Two desks are two programs' views of one terminal: the second desk object sees the first one's holds. */
static void
test_two_desks (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiDesk) next = tai_desk_rig_make_desk (rig, tai_seal_key_get_public (rig->hq_key));
  g_autoptr (TaiVisit) mine = tai_desk_rig_begin (rig), theirs = NULL;
  TaiOrder *order;

  MUST (tai_desk_sign_in (next, RIG_CLERK_2, RIG_CLERK_2, &E));
  tai_desk_rig_add_new_line (rig, mine, 0);
  MUST (theirs = tai_desk_begin_visit (next, &E));
  MUST (order = tai_desk_add_order (next, theirs, "new_line", &E));
  REFUSED (TAI_CORE_ERROR_NUMBER_TAKEN,
           tai_desk_choose_number (next, theirs, order, tai_desk_rig_msisdn (0), &E));
  MUST (tai_desk_choose_number (next, theirs, order, tai_desk_rig_msisdn (1), &E));
}

/* To the store both orders are one holder. */
static void
test_two_orders_of_a_visit (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *second, *top_up;

  tai_desk_rig_add_new_line (rig, visit, 0);
  second = begin_line (rig, visit);
  REFUSED (TAI_CORE_ERROR_NUMBER_TAKEN,
           tai_desk_choose_number (rig->desk, visit, second, tai_desk_rig_msisdn (0), &E));
  REFUSED (TAI_CORE_ERROR_SIM_TAKEN,
           tai_desk_choose_sim (rig->desk, visit, second, tai_desk_rig_iccid (0), &E));
  /* Money for the new number in the same visit is what everybody does. */
  MUST (top_up = tai_desk_add_order (rig->desk, visit, "top_up", &E));
  MUST (tai_desk_set_target (rig->desk, visit, top_up, tai_desk_rig_msisdn (0), &E));
  /* Taking that top-up out again does not let go of the number. */
  MUST (tai_desk_remove_order (rig->desk, visit, top_up, &E));
  assert_number (rig, 0, TAI_RESOURCE_HELD);
}

static void
test_not_ours (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order = begin_line (rig, visit), *top_up;

  REFUSED (TAI_CORE_ERROR_NOT_LEASED, tai_desk_choose_number (rig->desk, visit, order, "13800000000", &E));
  REFUSED (TAI_CORE_ERROR_NOT_LEASED,
           tai_desk_choose_sim (rig->desk, visit, order, "8986000000099999999", &E));
  REFUSED (TAI_CORE_ERROR_NUMBER_SYNTAX, tai_desk_choose_number (rig->desk, visit, order, "1380000000", &E));
  REFUSED (TAI_CORE_ERROR_NUMBER_NOT_FOR_PEOPLE,
           tai_desk_choose_number (rig->desk, visit, order, "14100000000", &E));
  REFUSED (TAI_CORE_ERROR_SIM_SYNTAX, tai_desk_choose_sim (rig->desk, visit, order, "123", &E));
  REFUSED (TAI_CORE_ERROR_SIM_CHECK_DIGIT,
           tai_desk_choose_sim (rig->desk, visit, order, "89860000020269999991", &E));
  REFUSED (TAI_CORE_ERROR_NOT_LEASED,
           tai_desk_choose_sim (rig->desk, visit, order, "89860000020269999990", &E));
  g_assert_null (tai_order_get (order, "MSISDN"));
  /* What takes nothing from the stock is not given any, and holds none. */
  MUST (top_up = tai_desk_add_order (rig->desk, visit, "top_up", &E));
  REFUSED (TAI_CORE_ERROR_STATE,
           tai_desk_choose_number (rig->desk, visit, top_up, tai_desk_rig_msisdn (5), &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_choose_sim (rig->desk, visit, top_up, tai_desk_rig_iccid (5), &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_set_target (rig->desk, visit, order, RIG_TARGET, &E));
  REFUSED (TAI_CORE_ERROR_NUMBER_SYNTAX, tai_desk_set_target (rig->desk, visit, top_up, "", &E));
  assert_number (rig, 5, TAI_RESOURCE_LEASED);
  assert_sim (rig, 5, TAI_RESOURCE_LEASED);
}

/* The lease of HQ ends: before it is chosen, while it is held. */
static void
test_lease_ends (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig), late = NULL;
  gint64 until_us = tai_clock_now (TAI_CLOCK (rig->clock)) + 10 * G_TIME_SPAN_MINUTE;

  MUST (tai_desk_apply_lease (rig->desk, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (0), NULL, until_us, &E));
  tai_desk_rig_add_new_line (rig, visit, 0);
  MUST (tai_desk_sign (rig->desk, visit, &E));
  tai_fake_clock_advance (rig->clock, 10 * MINUTE_MS);
  /* Before money is asked for, and the visit can go on with another one. */
  REFUSED (TAI_CORE_ERROR_NOT_LEASED, tai_desk_place (rig->desk, visit, &E));
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_OPEN);
  MUST (
      tai_desk_choose_number (rig->desk, visit, tai_visit_get_order (visit, 0), tai_desk_rig_msisdn (1), &E));
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  late = tai_desk_rig_begin (rig);
  REFUSED (TAI_CORE_ERROR_NOT_LEASED,
           tai_desk_choose_number (rig->desk, late, begin_line (rig, late), tai_desk_rig_msisdn (0), &E));
  /* HQ leases it anew. */
  until_us = tai_clock_now (TAI_CLOCK (rig->clock)) + G_TIME_SPAN_HOUR;
  MUST (tai_desk_apply_lease (rig->desk, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (0), "AAA", until_us, &E));
  MUST (tai_desk_choose_number (rig->desk, late, tai_visit_get_order (late, 0), tai_desk_rig_msisdn (0), &E));
}

/* After half an hour of nothing another customer may have it; who comes first to placing gets it. */
static void
test_hold_ends (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) slow = tai_desk_rig_begin (rig), quick = tai_desk_rig_begin (rig);

  tai_desk_rig_add_new_line (rig, slow, 0);
  MUST (tai_desk_sign (rig->desk, slow, &E));
  tai_fake_clock_advance (rig->clock, 30 * MINUTE_MS);
  tai_desk_rig_add_new_line (rig, quick, 0);
  REFUSED (TAI_CORE_ERROR_NUMBER_TAKEN, tai_desk_place (rig->desk, slow, &E));
  REFUSED (
      TAI_CORE_ERROR_NUMBER_TAKEN,
      tai_desk_choose_number (rig->desk, slow, tai_visit_get_order (slow, 0), tai_desk_rig_msisdn (0), &E));
  MUST (tai_desk_abandon (rig->desk, slow, &E)); /* gives back nothing that is another's */
  assert_number (rig, 0, TAI_RESOURCE_HELD);
  tai_desk_rig_place (rig, quick);
  tai_desk_rig_pay (rig, quick);
  assert_number (rig, 0, TAI_RESOURCE_USED);
}

static void
test_hold_renewed (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) mine = tai_desk_rig_begin (rig), theirs = tai_desk_rig_begin (rig);
  TaiOrder *other = begin_line (rig, theirs), *order = tai_desk_rig_add_new_line (rig, mine, 0);

  tai_fake_clock_advance (rig->clock, 29 * MINUTE_MS);
  MUST (tai_desk_choose_number (rig->desk, mine, order, tai_desk_rig_msisdn (0), &E)); /* the same again */
  tai_fake_clock_advance (rig->clock, 29 * MINUTE_MS);
  REFUSED (TAI_CORE_ERROR_NUMBER_TAKEN,
           tai_desk_choose_number (rig->desk, theirs, other, tai_desk_rig_msisdn (0), &E));
  /* Ended, but nobody wanted it: placing takes it again, and from then on it has the time that paying needs. */
  tai_fake_clock_advance (rig->clock, 29 * MINUTE_MS);
  g_assert_cmpint (tai_store_release_holds (rig->store, tai_clock_now (TAI_CLOCK (rig->clock)), NULL), ==, 2);
  tai_desk_rig_place (rig, mine);
  tai_fake_clock_advance (rig->clock, 29 * MINUTE_MS);
  REFUSED (TAI_CORE_ERROR_NUMBER_TAKEN,
           tai_desk_choose_number (rig->desk, theirs, other, tai_desk_rig_msisdn (0), &E));
  tai_desk_rig_pay (rig, mine);
  tai_desk_rig_assert_sound (rig);
}

static void
test_used_is_used (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) first = tai_desk_rig_begin (rig), second = NULL;
  g_autoptr (TaiResource) number = NULL;
  const TaiUuid *order_id = &tai_desk_rig_add_new_line (rig, first, 0)->id;

  tai_desk_rig_place (rig, first);
  tai_desk_rig_pay (rig, first);
  MUST (number = tai_visit_store_find_resource (TAI_VISIT_STORE (rig->store), TAI_RESOURCE_NUMBER,
                                                tai_desk_rig_msisdn (0), &E));
  g_assert_cmpint (number->state, ==, TAI_RESOURCE_USED);
  g_assert_cmpstr (number->holder.text, ==, order_id->text);
  second = tai_desk_rig_begin (rig);
  REFUSED (TAI_CORE_ERROR_NUMBER_TAKEN,
           tai_desk_choose_number (rig->desk, second, begin_line (rig, second), tai_desk_rig_msisdn (0), &E));
  REFUSED (TAI_CORE_ERROR_SIM_TAKEN, tai_desk_choose_sim (rig->desk, second, tai_visit_get_order (second, 0),
                                                          tai_desk_rig_iccid (0), &E));
}

static void
test_abandon_before_placing (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);

  tai_desk_rig_add_new_line (rig, visit, 0);
  tai_desk_rig_add_top_up (rig, visit, 1000);
  MUST (tai_desk_abandon (rig->desk, visit, &E));
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_ABANDONED);
  g_assert_null (tai_visit_get_identity (visit));
  assert_number (rig, 0, TAI_RESOURCE_LEASED);
  assert_sim (rig, 0, TAI_RESOURCE_LEASED);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM customer_order"), ==, 0);
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_abandon (rig->desk, visit, &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_add_order (rig->desk, visit, "top_up", &E));
}

/* OCA/pos#857: what stood in the books and was taken out again is in the journal. */
static void
test_abandon_after_placing (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  g_autofree char *states = NULL, *record = NULL;

  tai_desk_rig_add_new_line (rig, visit, 0);
  tai_desk_rig_add_top_up (rig, visit, 1000);
  tai_desk_rig_place (rig, visit);
  MUST (tai_desk_abandon (rig->desk, visit, &E));
  states = tai_desk_rig_rows (rig, "SELECT state, unfinished FROM customer_order");
  g_assert_cmpstr (states, ==, "cancelled|0\ncancelled|0");
  assert_number (rig, 0, TAI_RESOURCE_LEASED);
  assert_sim (rig, 0, TAI_RESOURCE_LEASED);
  g_assert_cmpint (tai_visit_get_order (visit, 0)->state, ==, TAI_ORDER_CANCELLED);
  g_assert_null (tai_visit_get_identity (visit));
  record = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (record, "kind=visit_abandoned\n"));
  g_assert_nonnull (strstr (record, "amount_minor=3000\n"));
  g_assert_nonnull (strstr (record, "staff=" RIG_CLERK "\n"));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM message WHERE path LIKE '/tmf-api/%%'"),
                   ==, 0);
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_pay_cash (rig->desk, visit, CNY (3000), NULL, &E));
  tai_desk_rig_assert_sound (rig);
}

static void
test_abandon_paid (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 1000);

  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_abandon (rig->desk, visit, &E));
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 1000);
}

/* The program died between placing and paying: nobody has that visit any more. */
static void
test_interrupted (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) paid = tai_desk_rig_begin (rig), first = tai_desk_rig_begin (rig);
  g_autoptr (TaiVisit) second = tai_desk_rig_begin (rig), again = NULL;
  g_autofree char *states = NULL, *visits = NULL, *before = NULL, *after = NULL;
  guint n = 99;

  tai_desk_rig_add_new_line (rig, paid, 2);
  tai_desk_rig_place (rig, paid);
  tai_desk_rig_pay (rig, paid);
  tai_desk_rig_add_new_line (rig, first, 0);
  tai_desk_rig_add_top_up (rig, first, 1000);
  tai_desk_rig_place (rig, first);
  tai_desk_rig_add_top_up (rig, second, 1000);
  tai_desk_rig_place (rig, second);
  tai_desk_rig_restart (rig);
  MUST (tai_desk_abandon_unpaid (rig->desk, &n, &E));
  g_assert_cmpuint (n, ==, 3);
  states = tai_desk_rig_rows (rig, "SELECT group_concat (state, ' ') FROM customer_order");
  g_assert_cmpstr (states, ==, "paid cancelled cancelled cancelled");
  visits = tai_desk_rig_rows (rig, "SELECT state, count (*) FROM visit GROUP BY state ORDER BY state");
  g_assert_cmpstr (visits, ==, "abandoned|2\nclosed|1");
  g_assert_cmpint (
      tai_desk_rig_number (rig, "SELECT count (*) FROM journal WHERE kind = 'visit_interrupted'"), ==, 2);
  assert_number (rig, 2, TAI_RESOURCE_USED);
  /* The customer still stands there and gets his number. */
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  again = tai_desk_rig_begin (rig);
  tai_desk_rig_add_new_line (rig, again, 0);
  /* Nothing is left to do; what is only being selected is none of its business. */
  before = tai_desk_rig_dump (rig);
  MUST (tai_desk_abandon_unpaid (rig->desk, &n, &E));
  g_assert_cmpuint (n, ==, 0);
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
  tai_desk_rig_assert_sound (rig);
}

/* A disk that fails while a number is chosen or given back: neither the store nor the visit has moved. */
static void
test_disk_error (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, 0);
  gboolean good = FALSE;

  for (gint n = 0; !good; n++) {
    g_autoptr (GError) error = NULL;

    rig->steps_left = n;
    good = tai_desk_choose_number (rig->desk, visit, order, tai_desk_rig_msisdn (1), &error);
    rig->steps_left = -1;
    g_assert_cmpstr (tai_order_get (order, "MSISDN"), ==, tai_desk_rig_msisdn (good ? 1 : 0));
    assert_number (rig, 0, good ? TAI_RESOURCE_LEASED : TAI_RESOURCE_HELD);
    assert_number (rig, 1, good ? TAI_RESOURCE_HELD : TAI_RESOURCE_LEASED);
  }
  good = FALSE;
  tai_desk_rig_place (rig, visit);
  for (gint n = 0; !good; n++) {
    g_autoptr (GError) error = NULL;

    rig->steps_left = n;
    good = tai_desk_abandon (rig->desk, visit, &error);
    rig->steps_left = -1;
    g_assert_cmpint (tai_visit_get_state (visit), ==, good ? TAI_VISIT_ABANDONED : TAI_VISIT_PLACED);
    assert_number (rig, 1, good ? TAI_RESOURCE_LEASED : TAI_RESOURCE_HELD);
    g_assert_cmpint (order->state, ==, good ? TAI_ORDER_CANCELLED : TAI_ORDER_PLACED);
  }
  tai_desk_rig_assert_sound (rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/stock/replace", test_replace);
  g_test_add_func ("/desk/stock/two-visits", test_two_visits);
  g_test_add_func ("/desk/stock/two-desks", test_two_desks);
  g_test_add_func ("/desk/stock/two-orders-of-a-visit", test_two_orders_of_a_visit);
  g_test_add_func ("/desk/stock/not-ours", test_not_ours);
  g_test_add_func ("/desk/stock/lease-ends", test_lease_ends);
  g_test_add_func ("/desk/stock/hold-ends", test_hold_ends);
  g_test_add_func ("/desk/stock/hold-renewed", test_hold_renewed);
  g_test_add_func ("/desk/stock/used-is-used", test_used_is_used);
  g_test_add_func ("/desk/stock/abandon-before-placing", test_abandon_before_placing);
  g_test_add_func ("/desk/stock/abandon-after-placing", test_abandon_after_placing);
  g_test_add_func ("/desk/stock/abandon-paid", test_abandon_paid);
  g_test_add_func ("/desk/stock/interrupted", test_interrupted);
  g_test_add_func ("/desk/stock/disk-error", test_disk_error);
  return g_test_run ();
}
