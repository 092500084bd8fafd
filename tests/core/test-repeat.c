/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The repeat check: the pure rule, and what of this terminal's store counts. */
#include "tai-desk-rig.h"
#include "tai-repeat.h"

#define MINUTE_US G_TIME_SPAN_MINUTE
#define MINUTE_MS (60 * 1000)
#define NOW       (G_TIME_SPAN_DAY * 20000)

static void
test_rule (void)
{
  static const struct {
    const char *msisdn;
    gint64 fen, age_us;
    guint16 currency;
    gboolean found;
  } cases[] = {{"13900001234", 5000, 0, TAI_CNY, TRUE},
               {"13900001234", 5000, 10 * MINUTE_US, TAI_CNY, TRUE},
               {"13900001234", 5000, 10 * MINUTE_US + 1, TAI_CNY, FALSE},
               {"13900001234", 5000, -3 * MINUTE_US, TAI_CNY, TRUE}, /* the next desk's clock is ahead */
               {"13900001235", 5000, 0, TAI_CNY, FALSE},
               {"13900001234", 5001, 0, TAI_CNY, FALSE},
               {"13900001234", 5000, 0, 840, FALSE}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_repeat_free);

    g_ptr_array_add (records, tai_repeat_new (cases[i].msisdn, tai_money (cases[i].fen, cases[i].currency),
                                              NOW - cases[i].age_us, NULL, NULL));
    g_assert_true ((tai_repeat_find (records, "13900001234", CNY (5000), NOW) != NULL) == cases[i].found);
  }
}

/* Of several the newest, wherever it stands: the store's and HQ's are simply put together. */
static void
test_newest (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_repeat_free);
  static const gint64 ages[] = {7, 2, 9};

  g_assert_null (tai_repeat_find (records, RIG_TARGET, CNY (100), NOW));
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++) {
    g_autofree char *clerk = g_strdup_printf ("10%" G_GINT64_FORMAT, ages[i]);
    g_ptr_array_add (records, tai_repeat_new (RIG_TARGET, CNY (100), NOW - ages[i] * MINUTE_US, clerk, "R"));
  }
  g_assert_cmpstr (tai_repeat_find (records, RIG_TARGET, CNY (100), NOW)->clerk, ==, "102");
}

/* What a customer now wants, not placed. */
static TaiVisit *
ask (TaiDeskRig *rig, gint64 fen)
{
  TaiVisit *visit = tai_desk_rig_begin (rig);

  tai_desk_rig_add_top_up (rig, visit, fen);
  return visit;
}

static TaiRepeat *
find (TaiDeskRig *rig, TaiVisit *visit)
{
  g_autoptr (GError) error = NULL;
  TaiRepeat *repeat = tai_desk_find_repeat (rig->desk, tai_visit_get_order (visit, 0), &error);

  g_assert_no_error (error);
  return repeat;
}

static void
test_paid (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) first = NULL, again = NULL, other = NULL;
  g_autoptr (TaiRepeat) repeat = NULL, none = NULL, late = NULL;
  gint64 then;

  tai_desk_rig_start_day (rig);
  again = ask (rig, 5000);
  other = ask (rig, 5001);
  none = find (rig, again);
  g_assert_null (none);
  first = tai_desk_rig_sell_top_up (rig, 5000);
  then = tai_clock_now (TAI_CLOCK (rig->clock));
  tai_fake_clock_advance (rig->clock, 9 * MINUTE_MS);
  repeat = find (rig, again);
  g_assert_nonnull (repeat);
  g_assert_cmpstr (repeat->clerk, ==, RIG_CLERK);
  g_assert_cmpstr (repeat->receipt_number, ==, tai_visit_get_receipt_number (first));
  g_assert_cmpstr (repeat->msisdn, ==, RIG_TARGET);
  g_assert_cmpint (repeat->amount.minor, ==, 5000);
  g_assert_cmpint (repeat->time_us, ==, then);
  none = find (rig, other);
  g_assert_null (none);
  tai_fake_clock_advance (rig->clock, 2 * MINUTE_MS);
  late = find (rig, again);
  g_assert_null (late);
}

/* Placed counts, as another's it will be paid; itself does not; cancelled and refused do not. */
static void
test_states (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) placed = NULL, again = NULL, sold = NULL;
  g_autoptr (TaiRepeat) repeat = NULL, none = NULL;

  tai_desk_rig_start_day (rig);
  placed = ask (rig, 3000);
  again = ask (rig, 3000);
  tai_desk_rig_place (rig, placed);
  none = find (rig, placed);
  g_assert_null (none);
  repeat = find (rig, again);
  g_assert_nonnull (repeat);
  g_assert_null (repeat->receipt_number);
  MUST (tai_desk_abandon (rig->desk, placed, &E));
  none = find (rig, again);
  g_assert_null (none);
  sold = tai_desk_rig_sell_top_up (rig, 3000);
  MUST (tai_desk_apply_order_state (rig->desk, tai_visit_get_order (sold, 0)->id.text, TAI_ORDER_REJECTED,
                                    "x", &E));
  none = find (rig, again);
  g_assert_null (none);
}

/* Only where the customer names an amount: a line that is opened with 30.00 today repeats nothing. */
static void
test_other_business (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) sold = NULL, line = NULL, unfinished = NULL;
  g_autoptr (TaiRepeat) none = NULL;
  TaiOrder *order;

  tai_desk_rig_start_day (rig);
  line = tai_desk_rig_begin (rig);
  tai_desk_rig_add_new_line (rig, line, 0);
  none = find (rig, line);
  g_assert_null (none);
  sold = tai_desk_rig_sell_top_up (rig, 3000);
  unfinished = tai_desk_rig_begin (rig);
  MUST (order = tai_desk_add_order (rig->desk, unfinished, "top_up", &E)); /* no number, no amount yet */
  none = find (rig, unfinished);
  g_assert_null (none);
}

static void
test_disk_error (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GError) error = NULL;

  tai_desk_rig_start_day (rig);
  visit = ask (rig, 3000);
  rig->steps_left = 0;
  g_assert_null (tai_desk_find_repeat (rig->desk, tai_visit_get_order (visit, 0), &error));
  rig->steps_left = -1;
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repeat/rule", test_rule);
  g_test_add_func ("/repeat/newest", test_newest);
  g_test_add_func ("/repeat/paid", test_paid);
  g_test_add_func ("/repeat/states", test_states);
  g_test_add_func ("/repeat/other-business", test_other_business);
  g_test_add_func ("/repeat/disk-error", test_disk_error);
  return g_test_run ();
}
