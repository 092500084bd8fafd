/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The movements of a shift against what the test did itself, and the figures of days beside each other. */
#include "tai-store-fixture.h"

#include "tai-offline-error.h"
#include "tai-till-report.h"

static GPtrArray *
movements (TaiFixture *f, const char *shift)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = tai_visit_store_list_movements (TAI_VISIT_STORE (f->store), shift, &error);

  g_assert_no_error (error);
  return list;
}

static const TaiShiftMovement *
at (GPtrArray *list, guint i)
{
  g_assert_cmpuint (i, <, list->len);
  return g_ptr_array_index (list, i);
}

/* As the desk notes it: without a shift. */
static void
note (TaiFixture *f, const char *kind, const char *subject)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiJournalEntry *entry = tai_fixture_journal (f, kind, subject);

  g_clear_pointer (&entry->shift_id, g_free);
  tai_change_take_journal (change, entry);
  tai_fixture_commit_ok (f, change);
}

static void
test_one_shift (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) first = NULL, second = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const TaiShiftMovement *one;
  TaiUuid shift;

  tai_fixture_open_till (f, "2026-11-22", 50000);
  shift = f->shift_id;
  first = tai_fixture_sell (f, "13800000001", 10000);
  tai_fixture_tick (f);
  note (f, "drawer_opened", NULL);
  tai_fixture_tick (f);
  second = tai_fixture_sell (f, "13800000002", 3000);
  tai_fixture_close_till (f, 50000 + first->total.minor + second->total.minor - 3000);
  note (f, "drawer_opened", NULL); /* after the close: nobody's */

  list = movements (f, shift.text);
  g_assert_cmpuint (list->len, ==, 5);
  one = at (list, 0);
  g_assert_cmpint (one->kind, ==, TAI_MOVEMENT_OPENED);
  g_assert_cmpint (one->amount.minor, ==, 50000);
  g_assert_cmpint (one->balance.minor, ==, 50000);
  one = at (list, 1);
  g_assert_cmpint (one->kind, ==, TAI_MOVEMENT_SALE);
  g_assert_cmpstr (one->tender, ==, "cash");
  g_assert_cmpint (one->amount.minor, ==, first->total.minor);
  g_assert_cmpint (one->received.minor - one->change.minor, ==, first->total.minor);
  g_assert_cmpint (one->drawer.minor, ==, first->total.minor);
  g_assert_cmpint (one->balance.minor, ==, 50000 + first->total.minor);
  g_assert_cmpint (one->n_orders, ==, first->orders->len);
  g_assert_nonnull (one->receipt_number);
  g_assert_nonnull (one->operation);
  one = at (list, 2);
  g_assert_cmpint (one->kind, ==, TAI_MOVEMENT_NO_SALE);
  g_assert_cmpint (one->drawer.currency, ==, 0);
  g_assert_cmpint (one->balance.minor, ==, at (list, 1)->balance.minor);
  one = at (list, 4);
  g_assert_cmpint (one->kind, ==, TAI_MOVEMENT_CLOSED);
  g_assert_cmpint (one->balance.minor - one->amount.minor, ==, 3000);
}

/* Each shift has its own sales, in order, and ends with what was expected. */
static void
test_many_shifts (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new_in_memory ("movements");
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  TaiUuid shifts[12];
  guint n_sales[12];
  gint64 drawer = 20000, drawers[12];

  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++) {
    g_autofree char *day = g_strdup_printf ("2026-11-%02u", 10 + i / 2);
    tai_fixture_open_till (f, day, i ? 0 : 20000);
    shifts[i] = f->shift_id;
    n_sales[i] = (guint)g_rand_int_range (rand, 0, 9);
    for (guint k = 0; k < n_sales[i]; k++) {
      g_autoptr (TaiFixtureSale) sale = tai_fixture_sell (f, "13800000001", g_rand_int_range (rand, 1, 9999));
      drawer += sale->total.minor;
      if (k % 3 == 0)
        note (f, "drawer_opened", NULL);
    }
    drawers[i] = drawer;
    tai_fixture_close_till (f, drawer);
    note (f, "clock_jump", NULL);
  }
  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++) {
    g_autoptr (GPtrArray) list = movements (f, shifts[i].text);
    guint n = 0, n_opened = 0;

    for (guint k = 0; k < list->len; k++) {
      n += at (list, k)->kind == TAI_MOVEMENT_SALE;
      n_opened += at (list, k)->kind == TAI_MOVEMENT_NO_SALE;
    }
    g_assert_cmpuint (n, ==, n_sales[i]);
    g_assert_cmpuint (n_opened, ==, (n_sales[i] + 2) / 3);
    g_assert_cmpuint (list->len, ==, n + n_opened + 2);
    g_assert_cmpint (at (list, list->len - 1)->amount.minor, ==, drawers[i]);
  }
}

static void
test_unknown_shift (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (tai_visit_store_list_movements (TAI_VISIT_STORE (f->store), "no such", &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD);
}

static void
sell_on (TaiFixture *f, const char *day, gint64 float_minor, gint64 *drawer, const gint64 *amounts, guint n)
{
  tai_fixture_open_till (f, day, float_minor);
  *drawer += float_minor;
  for (guint i = 0; i < n; i++) {
    g_autoptr (TaiFixtureSale) sale = tai_fixture_sell (f, "13800000001", amounts[i]);
    *drawer += sale->total.minor;
  }
  tai_fixture_close_till (f, *drawer);
}

static gint64
sum_of_orders (TaiFixture *f, const char *day)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT sum (today_minor) FROM customer_order WHERE business_day = '%s'", day);

  return tai_fixture_number (f, sql);
}

static void
test_days (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTillReport) report = NULL, other = NULL;
  const gint64 amounts[] = {5000, 12800, 100};
  gint64 drawer = 0, week_ago;

  sell_on (f, "2026-11-15", 50000, &drawer, amounts, 3);
  week_ago = drawer;
  sell_on (f, "2026-11-22", 0, &drawer, amounts, 2);
  report = tai_visit_store_report (TAI_VISIT_STORE (f->store), "2026-11-22", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (report->day.is_known);
  g_assert_cmpint (report->day.sales.minor, ==, sum_of_orders (f, "2026-11-22"));
  g_assert_cmpint (report->day.n_payments, ==, 2);
  g_assert_cmpint (report->day.n_orders, ==, report->n_orders);
  g_assert_cmpint (report->day.drawer.minor, ==, drawer);
  g_assert_false (report->yesterday.is_known);
  g_assert_true (report->week_ago.is_known);
  g_assert_cmpstr (report->week_ago.business_day, ==, "2026-11-15");
  g_assert_cmpint (report->week_ago.sales.minor, ==, sum_of_orders (f, "2026-11-15"));
  g_assert_cmpint (report->week_ago.n_payments, ==, 3);
  g_assert_cmpint (report->week_ago.drawer.minor, ==, week_ago);
  other = tai_visit_store_report (TAI_VISIT_STORE (f->store), "2026-11-16", NULL, &error);
  g_assert_true (other->yesterday.is_known);
  g_assert_cmpint (other->yesterday.n_payments, ==, 3);
}

static void
move_order (TaiFixture *f, TaiFixtureSale *sale, TaiOrderState to)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiOrder *order = g_ptr_array_index (sale->orders, 0);

  tai_change_add_order_state (change, &order->id, to, NULL, tai_fixture_tick (f));
  tai_fixture_commit_ok (f, change);
}

static gint64
count_undone (TaiFixture *f, const char *day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTillReport) report = tai_visit_store_report (TAI_VISIT_STORE (f->store), day, NULL, &error);

  g_assert_no_error (error);
  return report->n_undone;
}

/* It counts where the sale counted, though it was undone the day after; the check of the totals knows it. */
static void
test_undone (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) kept = NULL, undone = NULL;

  tai_fixture_open_till (f, "2026-11-22", 0);
  kept = tai_fixture_sell (f, "13800000001", 5000);
  undone = tai_fixture_sell (f, "13800000002", 3000);
  tai_fixture_acknowledge_all (f);
  tai_fixture_close_till (f, kept->total.minor + undone->total.minor);
  tai_fixture_open_till (f, "2026-11-23", 0);
  move_order (f, kept, TAI_ORDER_COMPLETED);
  move_order (f, undone, TAI_ORDER_COMPLETED);
  g_assert_cmpint (count_undone (f, "2026-11-22"), ==, 0);
  move_order (f, undone, TAI_ORDER_UNDONE);
  g_assert_cmpint (count_undone (f, "2026-11-22"), ==, 1);
  g_assert_cmpint (count_undone (f, "2026-11-23"), ==, 0);
  tai_fixture_assert_verified (f);
  /* one more than there are is found */
  g_assert_cmpint (tai_fixture_sql (f, "UPDATE total SET count = 2 WHERE kind = 'undone'"), ==, 0);
  {
    g_auto (TaiStoreVerification) found = {0};
    g_autoptr (GError) error = NULL;
    g_assert_false (tai_store_verify (f->store, TRUE, &found, &error));
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT);
  }
}

/* What is no money stands with its receipt and who did it, between the sales where it happened. */
static void
test_notes (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) first = NULL, second = NULL;
  g_autoptr (GPtrArray) list = NULL;
  static const struct {
    TaiMovementKind kind;
    const char *receipt;
  } wanted[] = {
      {TAI_MOVEMENT_OPENED, NULL},   {TAI_MOVEMENT_SALE, NULL}, {TAI_MOVEMENT_REPRINT, "H017-1"},
      {TAI_MOVEMENT_UNDO, "H017-1"}, {TAI_MOVEMENT_SALE, NULL}, {TAI_MOVEMENT_NO_SALE, NULL},
  };

  tai_fixture_open_till (f, "2026-11-22", 1000);
  note (f, "sign_in", "1042"); /* no movement */
  first = tai_fixture_sell (f, "13800000001", 5000);
  tai_fixture_tick (f);
  note (f, "reprint", "H017-1");
  tai_fixture_tick (f);
  note (f, "undo", "H017-1");
  tai_fixture_tick (f);
  second = tai_fixture_sell (f, "13800000002", 100);
  note (f, "drawer_opened", "whoever");   /* in the same moment: money first */
  list = movements (f, f->shift_id.text); /* still open: no count at its end */
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < list->len; i++) {
    g_assert_cmpint (at (list, i)->kind, ==, wanted[i].kind);
    g_assert_cmpstr (at (list, i)->clerk, ==, "1042");
    if (wanted[i].receipt != NULL)
      g_assert_cmpstr (at (list, i)->receipt_number, ==, wanted[i].receipt);
  }
  g_assert_null (at (list, 5)->receipt_number);
}

static void
add_postings (TaiFixture *f, TaiPostingSet *set)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  g_assert_nonnull (set);
  tai_change_add_postings (change, set, NULL, NULL, f->business_day, f->shift_id.text, "2001",
                           tai_fixture_tick (f));
  tai_fixture_commit_ok (f, change);
}

/* Cash that goes to the safe or back to a customer moves the drawer; HQ's refusal owes money and moves none. */
static void
test_other_money (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (GPtrArray) list = NULL;
  TaiCredit credit = {TAI_ACCOUNT_CUSTOMER_DEPOSITS, NULL, tai_money (3000, TAI_CNY)};
  gint64 drawer;

  tai_fixture_open_till (f, "2026-11-22", 50000);
  sale = tai_fixture_sell (f, "13800000001", 3000);
  drawer = 50000 + sale->total.minor;
  add_postings (f, tai_posting_owe ("hq_refused", &credit, 1, NULL));
  add_postings (f, tai_posting_float ("H017", "T2", tai_money (-40000, TAI_CNY), NULL));
  add_postings (f, tai_posting_refund_cash ("T2", tai_money (3000, TAI_CNY), NULL));
  list = movements (f, f->shift_id.text);
  g_assert_cmpuint (list->len, ==, 4);
  g_assert_cmpint (at (list, 2)->kind, ==, TAI_MOVEMENT_OTHER);
  g_assert_cmpint (at (list, 2)->drawer.minor, ==, -40000);
  g_assert_cmpint (at (list, 2)->balance.minor, ==, drawer - 40000);
  g_assert_cmpstr (at (list, 2)->clerk, ==, "2001");
  g_assert_cmpint (at (list, 3)->kind, ==, TAI_MOVEMENT_REFUND);
  g_assert_cmpint (at (list, 3)->amount.minor, ==, -3000);
  g_assert_cmpint (at (list, 3)->balance.minor, ==, drawer - 43000);
  g_assert_cmpint (at (list, 3)->balance.minor, ==,
                   tai_fixture_number (f, "SELECT minor FROM balance WHERE account = 'drawer:T2'"));
}

/* An opening difference is in the counted float already and in no movement. */
static void
test_opening_difference (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (TaiShift) shift = NULL;

  tai_fixture_open_till (f, "2026-11-22", 20000);
  tai_fixture_close_till (f, 20000);
  tai_fixture_open_till (f, "2026-11-23", 0);
  add_postings (f, tai_posting_opening ("T2", tai_money (20000, TAI_CNY), tai_money (19500, TAI_CNY), NULL));
  list = movements (f, f->shift_id.text);
  g_assert_cmpuint (list->len, ==, 1);
  shift = tai_visit_store_find_shift (TAI_VISIT_STORE (f->store), f->shift_id.text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shift->business_day, ==, "2026-11-23");
  g_assert_null (tai_visit_store_find_shift (TAI_VISIT_STORE (f->store), "no such", &error));
  g_assert_no_error (error);
}

/* A shift that is followed, and preceded, by much that belongs to none. */
static void
test_between_nothing (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (GPtrArray) first = NULL, list = NULL;
  TaiUuid shifts[2];

  for (guint i = 0; i < 40; i++)
    note (f, "drawer_opened", NULL);
  tai_fixture_open_till (f, "2026-11-22", 1000);
  shifts[0] = f->shift_id;
  tai_fixture_close_till (f, 1000);
  for (guint i = 0; i < 40; i++)
    note (f, "reprint", "H017-9");
  tai_fixture_open_till (f, "2026-11-22", 0);
  shifts[1] = f->shift_id;
  sale = tai_fixture_sell (f, "13800000001", 100);
  tai_fixture_close_till (f, 1000 + sale->total.minor);
  first = movements (f, shifts[0].text);
  g_assert_cmpuint (first->len, ==, 2);
  list = movements (f, shifts[1].text);
  g_assert_cmpuint (list->len, ==, 3);
  g_assert_cmpint (at (list, 1)->kind, ==, TAI_MOVEMENT_SALE);
}

/* Fails the step it is told. */
typedef struct {
  const char *step;
  guint n;
} Fault;

static gboolean
fault_cb (const char *step, gboolean after, gpointer data)
{
  Fault *fault = data;

  if (after || !g_str_equal (step, fault->step))
    return FALSE;
  fault->n++;
  return TRUE;
}

/* A disk error at any of its steps is an error, and the next question is answered. */
static void
test_disk_error (void)
{
  static const char *const steps[] = {"shift.find",           "movement.shift",  "movement.last_set",
                                      "movement.probe_set",   "movement.money",  "movement.last_entry",
                                      "movement.probe_entry", "movement.closed", "movement.notes"};
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (GPtrArray) list = NULL;
  TaiUuid shift;

  tai_fixture_open_till (f, "2026-11-22", 1000);
  shift = f->shift_id;
  sale = tai_fixture_sell (f, "13800000001", 100);
  note (f, "drawer_opened", NULL);
  tai_fixture_close_till (f, 1000 + sale->total.minor);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GError) error = NULL;
    Fault fault = {.step = steps[i]};

    tai_store_set_fault_hook (f->store, fault_cb, &fault);
    g_assert_null (tai_visit_store_list_movements (TAI_VISIT_STORE (f->store), shift.text, &error));
    g_assert_cmpuint (fault.n, ==, 1);
    g_assert_nonnull (error);
    tai_store_set_fault_hook (f->store, NULL, NULL);
  }
  list = movements (f, shift.text);
  g_assert_cmpuint (list->len, ==, 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-movement/one-shift", test_one_shift);
  g_test_add_func ("/store-movement/many-shifts", test_many_shifts);
  g_test_add_func ("/store-movement/unknown-shift", test_unknown_shift);
  g_test_add_func ("/store-movement/days", test_days);
  g_test_add_func ("/store-movement/undone", test_undone);
  g_test_add_func ("/store-movement/notes", test_notes);
  g_test_add_func ("/store-movement/other-money", test_other_money);
  g_test_add_func ("/store-movement/opening-difference", test_opening_difference);
  g_test_add_func ("/store-movement/between-nothing", test_between_nothing);
  g_test_add_func ("/store-movement/disk-error", test_disk_error);
  return g_test_run ();
}
