/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Kill the window at any moment and sign in again: the visit is there, or it was never placed." Rebuilt visits are paid and
 * abandoned like fresh ones, and their numbers are theirs or refused before money moves.
 */
#include "tai-desk-rig.h"

#include <string.h>

#define MINUTE_MS (60 * 1000)

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

/* As a window does it: held stock of what was placed stays, all else goes back. */
static GPtrArray *
come_back (TaiDeskRig *rig)
{
  GPtrArray *visits;

  tai_desk_rig_restart (rig);
  g_assert_cmpint (tai_store_release_lost_holds (rig->store, NULL), >=, 0);
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  MUST (visits = tai_desk_recover_visits (rig->desk, &E));
  return visits;
}

/* Line with plan, SIM card, service and prepayment, and a top-up; placed. */
static TaiVisit *
place_big_visit (TaiDeskRig *rig, guint index)
{
  TaiVisit *visit = tai_desk_rig_begin (rig);
  TaiOrder *line = tai_desk_rig_add_new_line (rig, visit, index);

  MUST (tai_desk_add_offering (rig->desk, visit, line, "vas-caller", 1, NONE, &E));
  MUST (tai_desk_give_consent (rig->desk, visit, line, "vas-caller", &E));
  MUST (tai_desk_add_offering (rig->desk, visit, line, "prepay-100", 1, NONE, &E));
  tai_desk_rig_add_top_up (rig, visit, 3000);
  tai_desk_set_developer (rig->desk, visit, "D77");
  tai_desk_rig_place (rig, visit);
  return visit;
}

static void
assert_same_price (const TaiItemPrice *a, const TaiItemPrice *b)
{
  g_assert_cmpstr (a->price_id, ==, b->price_id);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpint (a->type, ==, b->type);
  g_assert_cmpint (a->list.minor, ==, b->list.minor);
  g_assert_cmpint (a->today.minor, ==, b->today.minor);
  g_assert_cmpint (a->first.minor, ==, b->first.minor);
  g_assert_cmpint (a->normal.minor, ==, b->normal.minor);
  g_assert_cmpint (a->reason, ==, b->reason);
  g_assert_true ((a->stretches == NULL) == (b->stretches == NULL));
  if (a->stretches == NULL)
    return;
  g_assert_cmpuint (a->stretches->len, ==, b->stretches->len);
  for (guint i = 0; i < a->stretches->len; i++) {
    const TaiStretch *x = &g_array_index (a->stretches, TaiStretch, i);
    const TaiStretch *y = &g_array_index (b->stretches, TaiStretch, i);

    g_assert_cmpuint (x->from, ==, y->from);
    g_assert_cmpuint (x->until, ==, y->until);
    g_assert_cmpint (x->amount.minor, ==, y->amount.minor);
    g_assert_cmpint (x->reason, ==, y->reason);
    g_assert_cmpint (x->numerator, ==, y->numerator);
  }
}

static void
assert_same_order (const TaiOrder *a, const TaiOrder *b)
{
  g_assert_cmpstr (a->id.text, ==, b->id.text);
  g_assert_true (a->operation == b->operation);
  g_assert_cmpint (a->state, ==, b->state);
  g_assert_cmpstr (a->customer_mask, ==, b->customer_mask);
  g_assert_cmpstr (a->document_mask, ==, b->document_mask);
  g_assert_cmpstr (a->document_kind, ==, b->document_kind);
  g_assert_true ((a->sealed == NULL) == (b->sealed == NULL));
  g_assert_true (a->sealed == NULL || g_bytes_equal (a->sealed, b->sealed));
  g_assert_cmpint (a->today.minor, ==, b->today.minor);
  g_assert_true (a->signed_ == b->signed_);
  g_assert_cmpuint (a->items->len, ==, b->items->len);
  for (guint i = 0; i < a->items->len; i++) {
    const TaiOrderItem *x = g_ptr_array_index (a->items, i), *y = g_ptr_array_index (b->items, i);
    g_assert_cmpstr (x->offering_id, ==, y->offering_id);
    g_assert_cmpstr (x->offering_name, ==, y->offering_name);
    g_assert_cmpstr (x->offering_name_en, ==, y->offering_name_en);
    g_assert_cmpstr (x->key_terms, ==, y->key_terms);
    g_assert_true (x->consent_given == y->consent_given);
    g_assert_cmpuint (x->prices->len, ==, y->prices->len);
    for (guint j = 0; j < x->prices->len; j++)
      assert_same_price (g_ptr_array_index (x->prices, j), g_ptr_array_index (y->prices, j));
  }
}

static void
test_whole (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) before = place_big_visit (rig, 0);
  g_autoptr (GPtrArray) visits = come_back (rig);
  TaiVisit *after;
  guint n_terms = 0;

  g_assert_cmpuint (visits->len, ==, 1);
  after = g_ptr_array_index (visits, 0);
  g_assert_cmpint (tai_visit_get_state (after), ==, TAI_VISIT_PLACED);
  g_assert_cmpstr (tai_visit_get_id (after)->text, ==, tai_visit_get_id (before)->text);
  g_assert_cmpint (tai_visit_get_total (after).minor, ==, tai_visit_get_total (before).minor);
  g_assert_cmpstr (tai_visit_get_clerk (after), ==, RIG_CLERK);
  g_assert_cmpint (tai_visit_get_since_us (after), ==, tai_visit_get_since_us (before));
  g_assert_null (tai_visit_get_identity (after));
  g_assert_cmpuint (tai_visit_get_n_orders (after), ==, 2);
  for (guint i = 0; i < 2; i++)
    assert_same_order (tai_visit_get_order (after, i), tai_visit_get_order (before, i));
  for (guint i = 0; i < tai_visit_get_order (after, 0)->items->len; i++)
    n_terms +=
        ((TaiOrderItem *)g_ptr_array_index (tai_visit_get_order (after, 0)->items, i))->key_terms != NULL;
  g_assert_cmpuint (n_terms, >, 0);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM journal WHERE kind = 'visit_recovered'"),
                   ==, 1);
}

static void
test_pay (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) before = place_big_visit (rig, 0);
  g_autoptr (GPtrArray) visits = come_back (rig), none = NULL;
  TaiVisit *visit = g_ptr_array_index (visits, 0);
  gint64 total = tai_visit_get_total (visit).minor;
  g_autofree char *developers = NULL;
  TaiMoney change;

  MUST (tai_desk_pay_cash (rig->desk, visit, CNY (total + 500), &change, &E));
  g_assert_cmpint (change.minor, ==, 500);
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_CLOSED);
  g_assert_cmpstr (tai_visit_get_receipt_number (visit), ==, "H017-T2-A-20261122-0001");
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + total);
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (0)), ==,
                   TAI_RESOURCE_USED);
  developers = tai_desk_rig_rows (rig, "SELECT DISTINCT developer FROM customer_order");
  g_assert_cmpstr (developers, ==, "D77");
  MUST (none = tai_desk_recover_visits (rig->desk, &E));
  g_assert_cmpuint (none->len, ==, 0);
  tai_desk_rig_assert_sound (rig);
}

static void
test_abandon (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) before = place_big_visit (rig, 0), again = NULL;
  g_autoptr (GPtrArray) visits = come_back (rig);
  g_autofree char *states = NULL;

  MUST (tai_desk_abandon (rig->desk, g_ptr_array_index (visits, 0), &E));
  states = tai_desk_rig_rows (rig, "SELECT DISTINCT state FROM customer_order");
  g_assert_cmpstr (states, ==, "cancelled");
  again = tai_desk_rig_begin (rig);
  tai_desk_rig_add_new_line (rig, again, 0); /* the number is there again */
  tai_desk_rig_assert_sound (rig);
}

/* Oldest first, each with its orders; what was being selected, paid or abandoned is none of it. */
static void
test_many (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (GPtrArray) visits = NULL;
  TaiUuid ids[5];

  for (guint i = 0; i < 5; i++) {
    g_autoptr (TaiVisit) visit = place_big_visit (rig, i), paid = tai_desk_rig_sell_top_up (rig, 100);
    g_autoptr (TaiVisit) gone = place_big_visit (rig, 10 + i), open = tai_desk_rig_begin (rig);
    MUST (tai_desk_abandon (rig->desk, gone, &E));
    tai_desk_rig_add_new_line (rig, open, 20 + i);
    ids[i] = *tai_visit_get_id (visit);
  }
  visits = come_back (rig);
  g_assert_cmpuint (visits->len, ==, 5);
  for (guint i = 0; i < 5; i++) {
    TaiVisit *visit = g_ptr_array_index (visits, i);
    g_assert_cmpstr (tai_visit_get_id (visit)->text, ==, ids[i].text);
    g_assert_cmpuint (tai_visit_get_n_orders (visit), ==, 2);
    g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_SIM, tai_desk_rig_iccid (i)), ==,
                     TAI_RESOURCE_HELD);
    g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_SIM, tai_desk_rig_iccid (20 + i)), ==,
                     TAI_RESOURCE_LEASED);
    tai_desk_rig_pay (rig, visit);
  }
  tai_desk_rig_assert_sound (rig);
}

static void
test_nothing (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (GPtrArray) visits = NULL;
  g_autofree char *before = tai_desk_rig_dump (rig), *after = NULL;

  MUST (visits = tai_desk_recover_visits (rig->desk, &E));
  g_assert_cmpuint (visits->len, ==, 0);
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
}

/* Half an hour later nobody took it: it is still his. */
static void
test_hold_ended (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) before = place_big_visit (rig, 0), late = place_big_visit (rig, 1);
  g_autoptr (GPtrArray) visits = NULL;

  tai_fake_clock_advance (rig->clock, 31 * MINUTE_MS);
  g_assert_cmpint (tai_store_release_holds (rig->store, tai_clock_now (TAI_CLOCK (rig->clock)), NULL), ==, 4);
  tai_desk_rig_pay (rig, late); /* the one that never went away as well */
  visits = come_back (rig);
  g_assert_cmpuint (visits->len, ==, 1);
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (0)), ==,
                   TAI_RESOURCE_HELD);
  MUST (tai_desk_renew_holds (rig->desk, g_ptr_array_index (visits, 0), &E));
  tai_desk_rig_pay (rig, g_ptr_array_index (visits, 0));
  tai_desk_rig_assert_sound (rig);
}

/* Another has it: payment is refused with its own code and no money moves; what is left is to abandon, and that takes
 * nothing from the other. */
static void
take_away (TaiDeskRig *rig, gboolean number, TaiCoreError expected)
{
  g_autoptr (TaiVisit) before = place_big_visit (rig, 0), other = NULL;
  g_autoptr (GPtrArray) visits = NULL;
  TaiOrder *order;
  TaiVisit *visit;
  TaiMoney change = CNY (7);
  g_autofree char *then = NULL, *after = NULL;

  tai_fake_clock_advance (rig->clock, 31 * MINUTE_MS);
  visits = come_back (rig);
  visit = g_ptr_array_index (visits, 0);
  tai_fake_clock_advance (rig->clock, 31 * MINUTE_MS);
  other = tai_desk_rig_begin (rig);
  MUST (order = tai_desk_add_order (rig->desk, other, "new_line", &E));
  if (number)
    MUST (tai_desk_choose_number (rig->desk, other, order, tai_desk_rig_msisdn (0), &E));
  else
    MUST (tai_desk_choose_sim (rig->desk, other, order, tai_desk_rig_iccid (0), &E));
  then = tai_desk_rig_dump (rig);
  REFUSED (expected, tai_desk_renew_holds (rig->desk, visit, &E));
  REFUSED (expected, tai_desk_pay_cash (rig->desk, visit, CNY (100000), &change, &E));
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_PLACED);
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (then, ==, after);
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT);
  MUST (tai_desk_abandon (rig->desk, visit, &E));
  g_assert_cmpint (tai_desk_rig_stock_state (rig, number ? TAI_RESOURCE_NUMBER : TAI_RESOURCE_SIM,
                                             number ? tai_desk_rig_msisdn (0) : tai_desk_rig_iccid (0)),
                   ==, TAI_RESOURCE_HELD);
  tai_desk_rig_assert_sound (rig);
}

static void
test_number_taken (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();

  take_away (rig, TRUE, TAI_CORE_ERROR_NUMBER_TAKEN);
}

static void
test_sim_taken (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();

  take_away (rig, FALSE, TAI_CORE_ERROR_SIM_TAKEN);
}

/* Lost before the recovery: the visit comes all the same, and whoever has the number keeps it. */
static void
test_taken_before (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) before = place_big_visit (rig, 0), other = NULL;
  g_autoptr (GPtrArray) visits = NULL;
  g_autofree char *holder = NULL;

  tai_fake_clock_advance (rig->clock, 31 * MINUTE_MS);
  other = tai_desk_rig_begin (rig);
  tai_desk_rig_add_new_line (rig, other, 0);
  tai_desk_rig_place (rig, other);
  visits = come_back (rig);
  g_assert_cmpuint (visits->len, ==, 2);
  holder = tai_desk_rig_rows (rig, "SELECT DISTINCT holder FROM resource WHERE state = 'held'");
  g_assert_cmpstr (holder, ==, tai_visit_get_id (other)->text);
  REFUSED (TAI_CORE_ERROR_NUMBER_TAKEN,
           tai_desk_pay_cash (rig->desk, g_ptr_array_index (visits, 0), CNY (100000), NULL, &E));
  tai_desk_rig_pay (rig, g_ptr_array_index (visits, 1));
  MUST (tai_desk_abandon (rig->desk, g_ptr_array_index (visits, 0), &E));
  tai_desk_rig_assert_sound (rig);
}

/* Recovered twice, by mistake: the second pair of hands gets nothing. */
static void
test_twice (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) before = place_big_visit (rig, 0);
  g_autoptr (GPtrArray) first = come_back (rig), second = NULL;

  MUST (second = tai_desk_recover_visits (rig->desk, &E));
  tai_desk_rig_pay (rig, g_ptr_array_index (first, 0));
  REFUSED (TAI_CORE_ERROR_STATE,
           tai_desk_pay_cash (rig->desk, g_ptr_array_index (second, 0), CNY (100000), NULL, &E));
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_abandon (rig->desk, g_ptr_array_index (second, 0), &E));
  tai_desk_rig_assert_sound (rig);
}

/* The program dies at any step of placing: there, or never placed. */
static void
test_any_moment (void)
{
  gboolean good = FALSE;

  for (gint n = 0; !good; n++) {
    g_autoptr (TaiDeskRig) rig = rig_at_work ();
    g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
    g_autoptr (GPtrArray) visits = NULL;
    g_autoptr (GError) error = NULL;

    tai_desk_rig_add_new_line (rig, visit, 0);
    tai_desk_rig_add_top_up (rig, visit, 100);
    MUST (tai_desk_sign (rig->desk, visit, &E));
    rig->steps_left = n;
    good = tai_desk_place (rig->desk, visit, &error);
    rig->steps_left = -1;
    visits = come_back (rig);
    g_assert_cmpuint (visits->len, ==, good ? 1 : 0);
    if (good)
      g_assert_cmpuint (tai_visit_get_n_orders (g_ptr_array_index (visits, 0)), ==, 2);
    g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (0)), ==,
                     good ? TAI_RESOURCE_HELD : TAI_RESOURCE_LEASED);
    tai_desk_rig_assert_sound (rig);
  }
}

/* After the commit, before anybody heard of it: placed is placed, paid is paid. */
static void
test_after_commit (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  g_autoptr (GPtrArray) visits = NULL, none = NULL;
  g_autoptr (GError) error = NULL;

  tai_desk_rig_add_top_up (rig, visit, 100);
  rig->fail_after_commit = TRUE;
  g_assert_false (tai_desk_place (rig->desk, visit, &error));
  rig->fail_after_commit = FALSE;
  visits = come_back (rig);
  g_assert_cmpuint (visits->len, ==, 1);
  rig->fail_after_commit = TRUE;
  g_clear_error (&error);
  g_assert_false (tai_desk_pay_cash (rig->desk, g_ptr_array_index (visits, 0), CNY (100), NULL, &error));
  rig->fail_after_commit = FALSE;
  none = come_back (rig);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 100);
  tai_desk_rig_assert_sound (rig);
}

/* A disk that fails while visits are fetched: said, nothing half, and the next try has them. */
static void
test_disk_error (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = place_big_visit (rig, 0);
  gboolean good = FALSE;
  guint n_failed = 0;

  for (gint n = 0; !good; n++) {
    g_autofree char *before = tai_desk_rig_dump (rig), *after = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) visits = NULL;

    rig->steps_left = n;
    visits = tai_desk_recover_visits (rig->desk, &error);
    rig->steps_left = -1;
    good = visits != NULL;
    after = tai_desk_rig_dump (rig);
    g_assert_true (good || error != NULL);
    g_assert_true (good == (strcmp (before, after) != 0));
    n_failed += !good;
  }
  g_assert_cmpuint (n_failed, >, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/recover/whole", test_whole);
  g_test_add_func ("/desk/recover/pay", test_pay);
  g_test_add_func ("/desk/recover/abandon", test_abandon);
  g_test_add_func ("/desk/recover/many", test_many);
  g_test_add_func ("/desk/recover/nothing", test_nothing);
  g_test_add_func ("/desk/recover/hold-ended", test_hold_ended);
  g_test_add_func ("/desk/recover/number-taken", test_number_taken);
  g_test_add_func ("/desk/recover/sim-taken", test_sim_taken);
  g_test_add_func ("/desk/recover/taken-before", test_taken_before);
  g_test_add_func ("/desk/recover/twice", test_twice);
  g_test_add_func ("/desk/recover/any-moment", test_any_moment);
  g_test_add_func ("/desk/recover/after-commit", test_after_commit);
  g_test_add_func ("/desk/recover/disk-error", test_disk_error);
  return g_test_run ();
}
