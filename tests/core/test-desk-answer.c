/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HQ's news of an order: late, twice, skipping stations, about orders that nobody knows; and what a refusal does to money,
 * number and SIM, whether the till is open or not.
 */
#include "tai-desk-rig.h"

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

/* A paid top-up of 50.00; its order. */
static TaiUuid
sell_top_up (TaiDeskRig *rig)
{
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 5000);

  return tai_visit_get_order (visit, 0)->id;
}

/* A paid new line with prepayment: 120.00 today. */
static TaiUuid
sell_line (TaiDeskRig *rig, guint index)
{
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, index);

  MUST (tai_desk_add_offering (rig->desk, visit, order, "prepay-100", 1, NONE, &E));
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  return order->id;
}

static void
hear (TaiDeskRig *rig, TaiUuid id, TaiOrderState state, const char *reason)
{
  MUST (tai_desk_apply_order_state (rig->desk, id.text, state, reason, &E));
}

/* The stations that the order has been at, in its file. */
static void
assert_way (TaiDeskRig *rig, TaiUuid id, const char *expected)
{
  g_autofree char *found = tai_desk_rig_rows (
      rig,
      "SELECT group_concat (state, ' ') FROM (SELECT e.state FROM order_state_event e JOIN customer_order o ON "
      "o.n = order_n WHERE o.id = '%s' ORDER BY k)",
      id.text);

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_postings (TaiDeskRig *rig, const char *expected)
{
  g_autofree char *found = tai_desk_rig_postings (rig, "hq_refused");

  g_assert_cmpstr (found, ==, expected);
}

/* Roads -------------------------------------------------------------------------------------------------------------- */

static void
test_roads (void)
{
  static const struct {
    TaiOrderState news[4];
    const char *way;
  } rows[] = {
      {{TAI_ORDER_ACKNOWLEDGED}, "sent acknowledged"},
      {{TAI_ORDER_IN_PROGRESS}, "sent acknowledged inProgress"},
      {{TAI_ORDER_COMPLETED}, "sent acknowledged completed"},
      {{TAI_ORDER_ACKNOWLEDGED, TAI_ORDER_IN_PROGRESS, TAI_ORDER_COMPLETED},
       "sent acknowledged inProgress completed"},
      {{TAI_ORDER_HELD, TAI_ORDER_COMPLETED}, "sent acknowledged held completed"},
      {{TAI_ORDER_PENDING, TAI_ORDER_COMPLETED}, "sent acknowledged pending completed"},
      {{TAI_ORDER_HELD, TAI_ORDER_PENDING, TAI_ORDER_IN_PROGRESS, TAI_ORDER_COMPLETED},
       "sent acknowledged held pending inProgress completed"},
      {{TAI_ORDER_REJECTED}, "sent rejected"},
      {{TAI_ORDER_ACKNOWLEDGED, TAI_ORDER_REJECTED}, "sent acknowledged rejected"},
      {{TAI_ORDER_FAILED}, "sent acknowledged failed"},
      {{TAI_ORDER_HELD, TAI_ORDER_FAILED}, "sent acknowledged held failed"},
      {{TAI_ORDER_PARTIAL}, "sent acknowledged partial"},
      {{TAI_ORDER_CANCELLED}, "sent acknowledged cancelled"},
      /* repeats and old news */
      {{TAI_ORDER_ACKNOWLEDGED, TAI_ORDER_ACKNOWLEDGED}, "sent acknowledged"},
      {{TAI_ORDER_IN_PROGRESS, TAI_ORDER_ACKNOWLEDGED, TAI_ORDER_IN_PROGRESS},
       "sent acknowledged inProgress"},
      {{TAI_ORDER_HELD, TAI_ORDER_ACKNOWLEDGED, TAI_ORDER_HELD}, "sent acknowledged held"},
      {{TAI_ORDER_COMPLETED, TAI_ORDER_IN_PROGRESS, TAI_ORDER_COMPLETED, TAI_ORDER_ACKNOWLEDGED},
       "sent acknowledged completed"},
      {{TAI_ORDER_COMPLETED, TAI_ORDER_REJECTED}, "sent acknowledged completed"},
      {{TAI_ORDER_REJECTED, TAI_ORDER_COMPLETED, TAI_ORDER_IN_PROGRESS}, "sent rejected"},
      {{TAI_ORDER_COMPLETED, TAI_ORDER_UNDONE}, "sent acknowledged completed undone"},
      /* what is not HQ's to say */
      {{TAI_ORDER_PAID, TAI_ORDER_SENT, TAI_ORDER_PLACED}, ""},
      {{TAI_ORDER_ACKNOWLEDGED, TAI_ORDER_SENT, TAI_ORDER_PAID, TAI_ORDER_PLACED}, "sent acknowledged"},
  };
  g_autoptr (TaiDeskRig) rig = rig_at_work ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *way = g_strconcat ("placed paid", rows[i].way[0] ? " " : "", rows[i].way, NULL);
    TaiUuid id = sell_top_up (rig);

    g_test_message ("%s", way);
    for (guint j = 0; j < 4 && rows[i].news[j] != TAI_ORDER_DRAFT; j++)
      hear (rig, id, rows[i].news[j], NULL);
    assert_way (rig, id, way);
  }
  tai_desk_rig_assert_sound (rig);
}

static void
test_unknown (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autofree char *before = tai_desk_rig_dump (rig), *after = NULL;

  MUST (tai_desk_apply_order_state (rig->desk, "0193507f-0000-7000-8000-000000000000", TAI_ORDER_COMPLETED,
                                    NULL, &E));
  MUST (tai_desk_apply_order_state (rig->desk, "", TAI_ORDER_REJECTED, "x", &E));
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
}

/* Nobody paid it: HQ cannot know it, and no message from outside makes it paid. */
static void
test_unpaid (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_top_up (rig, visit, 1000);
  g_autofree char *before = NULL, *after = NULL;

  tai_desk_rig_place (rig, visit);
  before = tai_desk_rig_dump (rig);
  for (TaiOrderState state = TAI_ORDER_DRAFT; state <= TAI_ORDER_UNDONE; state++)
    hear (rig, order->id, state, "spoofed");
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
  tai_desk_rig_pay (rig, visit); /* odoo#288974 from the other side: it is still to be paid, once */
}

/* odoo#288974: "paid" stays whatever comes. */
static void
test_paid_stays_paid (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiUuid id = sell_top_up (rig);

  for (TaiOrderState state = TAI_ORDER_DRAFT; state <= TAI_ORDER_UNDONE; state++)
    hear (rig, id, state, NULL);
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 5000);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM payment WHERE last_state = 'succeeded'"),
                   ==, 1);
  tai_desk_rig_assert_sound (rig);
}

/* Refusals ------------------------------------------------------------------------------------------------------------ */

static void
test_rejected (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiUuid id = sell_line (rig, 0);
  g_autoptr (TaiOrder) order = NULL;
  g_autofree char *record = NULL, *row = NULL, *set = NULL;

  hear (rig, id, TAI_ORDER_REJECTED, "line_limit");
  /* Exactly the opposite of what the sale credited; the drawer is not touched: the money is still in it. */
  assert_postings (rig, "sim_and_goods|2000\ncustomer_deposits|10000\nrefund_due|-2000\nrefund_due|-10000");
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 12000);
  MUST (order = tai_visit_store_find_order (TAI_VISIT_STORE (rig->store), id.text, &E));
  g_assert_cmpint (order->state, ==, TAI_ORDER_REJECTED);
  g_assert_cmpstr (order->hq_reason, ==, "line_limit");
  row = tai_desk_rig_rows (rig, "SELECT refund_due_minor, unfinished FROM customer_order");
  g_assert_cmpstr (row, ==, "12000|1"); /* someone has to give it back */
  set = tai_desk_rig_rows (rig,
                           "SELECT order_n, business_day, shift_id = (SELECT id FROM shift) FROM posting_set "
                           "WHERE event = 'hq_refused'");
  g_assert_cmpstr (set, ==, "1|2026-11-22|1");
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (0)), ==,
                   TAI_RESOURCE_FREE);
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_SIM, tai_desk_rig_iccid (0)), ==,
                   TAI_RESOURCE_FREE);
  record = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (record, "kind=hq_refused\n"));
  g_assert_nonnull (strstr (record, id.text));
  g_assert_nonnull (strstr (record, "detail=line_limit\n"));
  g_assert_nonnull (strstr (record, "amount_minor=12000\n"));
  tai_desk_rig_assert_sound (rig);
}

/* Each order stands or falls alone. */
static void
test_only_one_of_a_visit (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiUuid line = tai_desk_rig_add_new_line (rig, visit, 0)->id,
          other = tai_desk_rig_add_new_line (rig, visit, 1)->id;

  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  hear (rig, line, TAI_ORDER_REJECTED, "number_taken");
  hear (rig, other, TAI_ORDER_COMPLETED, NULL);
  assert_postings (rig, "sim_and_goods|2000\nrefund_due|-2000");
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (0)), ==,
                   TAI_RESOURCE_FREE);
  g_assert_cmpint (tai_desk_rig_stock_state (rig, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (1)), ==,
                   TAI_RESOURCE_USED);
  assert_way (rig, other, "placed paid sent acknowledged completed");
  tai_desk_rig_assert_sound (rig);
}

/* What HQ failed or took back was paid as well: the customer gets it back; a partial one waits for a person. */
static void
test_failed_cancelled_partial (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiUuid failed = sell_top_up (rig), cancelled = sell_top_up (rig), partial = sell_top_up (rig);
  g_autofree char *rows = NULL, *told = NULL, *taken_back = NULL;

  hear (rig, failed, TAI_ORDER_FAILED, "network");
  hear (rig, cancelled, TAI_ORDER_CANCELLED, "customer");
  hear (rig, partial, TAI_ORDER_PARTIAL, NULL);
  assert_postings (rig, "customer_deposits|5000\nrefund_due|-5000");
  taken_back = tai_desk_rig_postings (rig, "hq_cancelled"); /* the same way, under its own name */
  g_assert_cmpstr (taken_back, ==, "customer_deposits|5000\nrefund_due|-5000");
  told = tai_desk_rig_rows (rig, "SELECT kind FROM journal WHERE kind LIKE 'hq_%%' ORDER BY seq");
  g_assert_cmpstr (told, ==, "hq_refused\nhq_cancelled");
  rows = tai_desk_rig_rows (rig, "SELECT state, refund_due_minor, unfinished FROM customer_order ORDER BY n");
  g_assert_cmpstr (rows, ==, "failed|5000|1\ncancelled|5000|1\npartial|0|1");
  tai_desk_rig_assert_sound (rig);
}

static void
test_free_of_charge (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order;

  MUST (tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (0), &E));
  MUST (order = tai_desk_add_order (rig->desk, visit, "suspend", &E));
  MUST (tai_desk_set_target (rig->desk, visit, order, RIG_TARGET, &E));
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  hear (rig, order->id, TAI_ORDER_REJECTED, "arrears");
  assert_postings (rig, ""); /* nothing to give back, but somebody reads why */
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM journal WHERE kind = 'hq_refused'"), ==,
                   1);
}

/* Two refusals at once, three times each: one refund_due an order. */
static void
test_idempotent (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiUuid id = sell_line (rig, 0);
  g_autofree char *before = NULL, *after = NULL;

  hear (rig, id, TAI_ORDER_REJECTED, "first");
  before = tai_desk_rig_dump (rig);
  hear (rig, id, TAI_ORDER_REJECTED, "first");
  hear (rig, id, TAI_ORDER_FAILED, "second");
  hear (rig, id, TAI_ORDER_CANCELLED, "third");
  tai_desk_rig_restart (rig); /* nobody signed in: news needs nobody */
  hear (rig, id, TAI_ORDER_REJECTED, "again");
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
}

/* I9: a closed shift takes no more records. */
static void
test_after_the_close (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiUuid first = sell_top_up (rig), second = sell_top_up (rig);
  g_autoptr (TaiTillReport) report = NULL, later = NULL, again = NULL;
  g_autofree char *sets = NULL;

  MUST (report = tai_desk_close_till (rig->desk, CNY (30000), &E));
  g_assert_cmpint (report->refund_due.minor, ==, 0);
  hear (rig, first, TAI_ORDER_REJECTED, NULL); /* at night */
  tai_fake_clock_advance (rig->clock, 24 * 3600 * 1000);
  MUST (tai_desk_open_till (rig->desk, CNY (30000), &E));
  hear (rig, second, TAI_ORDER_REJECTED, NULL); /* next morning */
  sets = tai_desk_rig_rows (
      rig, "SELECT business_day, shift_id = (SELECT id FROM shift WHERE n = 2) FROM posting_set "
           "WHERE event = 'hq_refused' ORDER BY n");
  g_assert_cmpstr (sets, ==, "|\n2026-11-23|1");
  /* The report of the closed shift says what it said. */
  MUST (again = tai_visit_store_report (TAI_VISIT_STORE (rig->store), "2026-11-22", report->shift_id, &E));
  g_assert_cmpint (again->drawer_expected.minor, ==, 30000);
  MUST (later = tai_desk_close_till (rig->desk, CNY (30000), &E));
  g_assert_cmpint (later->refund_due.minor, ==, 10000);
  tai_desk_rig_assert_sound (rig);
}

static void
test_disk_error (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiUuid id = sell_line (rig, 0);
  g_autofree char *before = tai_desk_rig_dump (rig);
  gboolean good = FALSE;

  for (gint n = 0; !good; n++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *after = NULL;

    rig->steps_left = n;
    good = tai_desk_apply_order_state (rig->desk, id.text, TAI_ORDER_REJECTED, "line_limit", &error);
    rig->steps_left = -1;
    after = tai_desk_rig_dump (rig);
    g_assert_true (good ==
                   !g_str_equal (before, after)); /* all or nothing, and never "done" when it is not */
    g_assert_true (good || error != NULL);
  }
  assert_postings (rig, "sim_and_goods|2000\ncustomer_deposits|10000\nrefund_due|-2000\nrefund_due|-10000");
  tai_desk_rig_assert_sound (rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/answer/roads", test_roads);
  g_test_add_func ("/desk/answer/unknown", test_unknown);
  g_test_add_func ("/desk/answer/unpaid", test_unpaid);
  g_test_add_func ("/desk/answer/paid-stays-paid", test_paid_stays_paid);
  g_test_add_func ("/desk/answer/rejected", test_rejected);
  g_test_add_func ("/desk/answer/only-one-of-a-visit", test_only_one_of_a_visit);
  g_test_add_func ("/desk/answer/failed-cancelled-partial", test_failed_cancelled_partial);
  g_test_add_func ("/desk/answer/free-of-charge", test_free_of_charge);
  g_test_add_func ("/desk/answer/idempotent", test_idempotent);
  g_test_add_func ("/desk/answer/after-the-close", test_after_the_close);
  g_test_add_func ("/desk/answer/disk-error", test_disk_error);
  return g_test_run ();
}
