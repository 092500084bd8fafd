/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till report of random days against sums that the test keeps by itself. */
#include "tai-store-fixture.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"
#include "tai-till-report.h"

#define DAYS 4

/* What a report must say: keyed "day|shift|kind|clerk|name" and "day|…" without a shift. */
typedef struct {
  GHashTable *count, *minor; /* (owned) text -> gint64 in a pointer */
  gint64 drawer;
} Naive;

static void
bump (GHashTable *table, const char *key, gint64 by)
{
  gint64 now = (gint64)GPOINTER_TO_SIZE (g_hash_table_lookup (table, key));

  g_hash_table_replace (table, g_strdup (key), GSIZE_TO_POINTER (now + by));
}

static void
note (Naive *naive, TaiFixture *f, const char *kind, const char *clerk, const char *name, gint64 count,
      gint64 minor)
{
  const char *shifts[] = {f->shift_id.text, ""};

  for (int i = 0; i < 2; i++) {
    g_autofree char *key = g_strdup_printf ("%s|%s|%s|%s|%s", f->business_day, shifts[i], kind, clerk, name);
    g_autofree char *sum = g_strdup_printf ("%s|%s|%s", f->business_day, shifts[i], kind);
    bump (naive->count, key, count);
    bump (naive->minor, key, minor);
    bump (naive->count, sum, count);
  }
}

static gint64
look (GHashTable *table, const char *format, ...)
{
  g_autofree char *key = NULL;
  va_list args;

  va_start (args, format);
  key = g_strdup_vprintf (format, args);
  va_end (args);
  return (gint64)GPOINTER_TO_SIZE (g_hash_table_lookup (table, key));
}

static void
note_quarter (Naive *naive, TaiFixture *f, const char *clerk, const TaiFixtureSale *sale)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, f->now_us / TAI_REPORT_QUARTER_US);

  for (guint i = 0; i < sale->orders->len; i++)
    note (naive, f, "quarter", clerk, name, 1,
          ((TaiOrder *)g_ptr_array_index (sale->orders, i))->today.minor);
}

static void
random_sale (TaiFixture *f, GRand *rand, Naive *naive)
{
  static const char *const clerks[] = {"1042", "1043", "1044"};
  static const char *const operations[] = {"top_up", "bill_payment", "plan_change"};
  const char *clerk = clerks[g_rand_int_range (rand, 0, 3)];
  g_autoptr (TaiFixtureSale) sale =
      tai_fixture_sale_new (f, "13800000001", g_rand_int_range (rand, 0, 99999));

  for (int k = g_rand_int_range (rand, 0, 4); k > 0; k--)
    tai_fixture_sale_add_order (sale, operations[g_rand_int_range (rand, 0, 3)],
                                g_rand_int_range (rand, 1, 99999));
  g_free (sale->clerk);
  sale->clerk = g_strdup (clerk);
  for (guint i = 0; i < sale->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (sale->orders, i);
    g_free (order->clerk);
    order->clerk = g_strdup (clerk);
    note (naive, f, "business", clerk, order->operation->id, 1, order->today.minor);
  }
  note (naive, f, "tender", clerk, "cash", 1, sale->total.minor);
  naive->drawer += sale->total.minor;
  tai_fixture_sale_commit (sale);
  note_quarter (naive, f, clerk, sale);
}

/* What a report tells beside sales, and entries that it does not count; with and without an amount, a clerk, a line in the text. */
static void
random_events (TaiFixture *f, GRand *rand, Naive *naive)
{
  static const char *const kinds[] = {"drawer_opened", "reprint", "override", "refund", "sign_in", "lock"};
  static const char *const clerks[] = {"1042", "9001", NULL};

  for (int k = g_rand_int_range (rand, 0, 6); k > 0; k--) {
    g_autoptr (TaiChange) change = tai_change_new ();
    TaiJournalEntry *entry =
        tai_fixture_journal (f, kinds[g_rand_int_range (rand, 0, 6)], "a\nstaff=1\namount_minor=9");
    TaiReportEvent event;

    g_free (entry->clerk);
    entry->clerk = g_strdup (clerks[g_rand_int_range (rand, 0, 3)]);
    if (g_rand_boolean (rand))
      entry->amount = tai_money (g_rand_int_range (rand, -99999, 99999), TAI_CNY);
    if (tai_report_event_from_text (entry->kind, &event))
      note (naive, f, "event", entry->clerk != NULL ? entry->clerk : "", entry->kind, 1, entry->amount.minor);
    tai_change_take_journal (change, entry);
    tai_fixture_commit_ok (f, change);
  }
}

static void
assert_lines (const Naive *naive, GPtrArray *lines, const char *day, const char *shift, const char *kind)
{
  gint64 n = 0;

  for (guint i = 0; i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    g_autofree char *quarter = g_strdup_printf ("%" G_GINT64_FORMAT, line->quarter);
    const char *name = line->business ? line->business
                       : line->tender ? line->tender
                       : line->event  ? line->event
                                      : quarter;

    g_assert_cmpint (line->count, ==,
                     look (naive->count, "%s|%s|%s|%s|%s", day, shift, kind, line->clerk, name));
    g_assert_cmpint (line->amount.minor, ==,
                     look (naive->minor, "%s|%s|%s|%s|%s", day, shift, kind, line->clerk, name));
    n += line->count;
  }
  g_assert_cmpint (n, ==, look (naive->count, "%s|%s|%s", day, shift, kind));
}

/* The same money, told in three ways. */
static void
assert_agrees (const TaiTillReport *report)
{
  g_autoptr (GPtrArray) clerks = tai_till_report_sum_up (report, TAI_REPORT_BY_CLERK);
  gint64 n_business, n_quarter, n_clerk = 0, minor = 0;
  TaiMoney business = tai_report_lines_sum (report->by_business, &n_business);
  TaiMoney quarter = tai_report_lines_sum (report->by_quarter, &n_quarter);

  for (guint i = 0; i < clerks->len; i++) {
    const TaiReportSum *sum = g_ptr_array_index (clerks, i);
    n_clerk += sum->count;
    minor += sum->amount.minor;
  }
  g_assert_cmpint (n_business, ==, n_quarter);
  g_assert_cmpint (business.minor, ==, quarter.minor);
  g_assert_cmpint (n_business, ==, n_clerk);
  g_assert_cmpint (business.minor, ==, minor);
}

/* A month is its days. */
static void
assert_month (TaiFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTillReport) month =
      tai_visit_store_report (TAI_VISIT_STORE (f->store), "2026-11", NULL, &error);
  gint64 orders = 0, sales = 0, difference = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (month->days->len, ==, DAYS);
  g_assert_cmpuint (month->shifts->len, ==, DAYS * 2);
  g_assert_null (month->by_quarter);
  g_assert_cmpint (month->drawer_expected.currency, ==, 0);
  for (guint i = 0; i < DAYS; i++) {
    const TaiDayFigures *day = &g_array_index (month->days, TaiDayFigures, i);
    g_autoptr (TaiTillReport) one =
        tai_visit_store_report (TAI_VISIT_STORE (f->store), day->business_day, NULL, &error);
    g_assert_cmpint (day->sales.minor, ==, one->day.sales.minor);
    g_assert_cmpint (day->n_orders, ==, one->n_orders);
    g_assert_cmpint (day->n_payments, ==, one->n_payments);
    g_assert_cmpint (day->difference.minor, ==, one->day.difference.minor);
    orders += day->n_orders;
    sales += day->sales.minor;
    difference += day->difference.minor;
  }
  g_assert_cmpint (month->n_orders, ==, orders);
  g_assert_cmpint (month->day.sales.minor, ==, sales);
  g_assert_cmpint (month->day.difference.minor, ==, difference);
  g_assert_false (month->yesterday.is_known);
  g_assert_cmpstr (month->yesterday.business_day, ==, "2026-10");
  g_assert_cmpstr (month->week_ago.business_day, ==, "2025-11");
}

static void
assert_report (TaiFixture *f, const Naive *naive, const char *day, const char *shift, gint64 drawer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTillReport) report =
      tai_visit_store_report (TAI_VISIT_STORE (f->store), day, shift[0] ? shift : NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (report->business_day, ==, day);
  assert_lines (naive, report->by_business, day, shift, "business");
  assert_lines (naive, report->by_tender, day, shift, "tender");
  assert_lines (naive, report->by_event, day, shift, "event");
  assert_lines (naive, report->by_quarter, day, shift, "quarter");
  assert_agrees (report);
  g_assert_cmpint (report->n_orders, ==, look (naive->count, "%s|%s|business", day, shift));
  g_assert_cmpint (report->n_payments, ==, look (naive->count, "%s|%s|tender", day, shift));
  g_assert_cmpint (report->drawer_expected.minor, ==, drawer);
}

static void
test_random_days (void)
{
  for (guint32 seed = 1; seed <= 5; seed++) {
    g_autofree char *name = g_strdup_printf ("report-%u", seed);
    g_autoptr (TaiFixture) f = tai_fixture_new_in_memory (name);
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    Naive naive = {g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                   g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), 0};
    TaiUuid shifts[DAYS * 2];
    gint64 drawers[DAYS * 2];

    for (int i = 0; i < DAYS * 2; i++) { /* two shifts a day */
      g_autofree char *day = g_strdup_printf ("2026-11-2%d", i / 2);
      tai_fixture_open_till (f, day, i ? 0 : 50000);
      shifts[i] = f->shift_id;
      naive.drawer += i ? 0 : 50000;
      for (int k = g_rand_int_range (rand, 0, 30); k > 0; k--) {
        f->now_us += g_rand_int_range (rand, 0, 3600) * G_USEC_PER_SEC;
        random_sale (f, rand, &naive);
      }
      random_events (f, rand, &naive);
      drawers[i] = naive.drawer; /* what is expected stays so, whatever is counted */
      naive.drawer -= i % 3;     /* a few fen short: the count is what is there */
      tai_fixture_close_till (f, naive.drawer);
      if (i % 2)
        tai_fixture_acknowledge_all (f);
    }
    for (int i = 0; i < DAYS * 2; i++) {
      g_autofree char *day = g_strdup_printf ("2026-11-2%d", i / 2);
      assert_report (f, &naive, day, shifts[i].text, drawers[i]);
      assert_report (f, &naive, day, "", drawers[i | 1]);
    }
    assert_month (f);
    tai_fixture_assert_verified (f);
    g_hash_table_unref (naive.count);
    g_hash_table_unref (naive.minor);
  }
}

static void
test_open_things (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTillReport) report = NULL;
  TaiOutboxMark mark = {.row = 1, .to = TAI_MESSAGE_IN_FLIGHT};
  TaiDigest head;
  char hex[65];
  gint64 seq;

  tai_fixture_open_till (f, "2026-11-22", 0);
  sale = tai_fixture_sell (f, "13800000001", 100);
  g_assert_true (tai_outbox_mark (TAI_OUTBOX (f->store), &mark, 1, 0, &error));
  mark.to = TAI_MESSAGE_QUARANTINED;
  g_assert_true (tai_outbox_mark (TAI_OUTBOX (f->store), &mark, 1, 0, &error));
  report = tai_visit_store_report (TAI_VISIT_STORE (f->store), NULL, f->shift_id.text, &error);
  g_assert_cmpint (report->n_quarantined, ==, 1);
  g_assert_cmpint (report->n_unsent, ==, 1);
  g_assert_cmpint (report->oldest_unsent_us, ==, f->now_us);
  g_assert_cmpuint (report->shifts->len, ==, 1);
  g_assert_cmpstr (report->business_day, ==, "2026-11-22");
  g_assert_true (tai_store_get_journal_head (f->store, &seq, &head, &error));
  tai_digest_to_hex (head, hex);
  g_assert_cmpstr (report->journal_head, ==, hex);
  g_assert_cmpint (report->journal_seq, ==, seq);
}

static void
test_empty_and_unknown (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTillReport) report =
      tai_visit_store_report (TAI_VISIT_STORE (f->store), "2026-11-22", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (report->n_orders, ==, 0);
  g_assert_cmpint (report->drawer_expected.minor, ==, 0);
  g_assert_cmpint (report->drawer_expected.currency, ==, TAI_CNY);
  g_assert_cmpuint (report->by_business->len, ==, 0);
  g_assert_null (tai_visit_store_report (TAI_VISIT_STORE (f->store), "2026-11-22", "no such", &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD);
  g_clear_error (&error);
  g_assert_null (tai_visit_store_report (TAI_VISIT_STORE (f->store), "whenever", NULL, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-report/random-days", test_random_days);
  g_test_add_func ("/store-report/open-things", test_open_things);
  g_test_add_func ("/store-report/empty-and-unknown", test_empty_and_unknown);
  return g_test_run ();
}
