/* SPDX-License-Identifier: GPL-3.0-or-later */
/* News of tills at headquarters: shifts and their copies, late money, approvals looked at again, bags, the gateway, gaps. */
#include "hq-money.h"

#include <string.h>

#include "tai-approval.h"
#include "tai-cash-move.h"
#include "tai-headquarters.h"
#include "tai-hq-finding.h"
#include "tai-hq-sum.h"
#include "tai-hq-till.h"
#include "tai-supplement.h"
#include "tai-till-news-json.h"

#define SHIFT      "0199f3c2-7d10-7c3a-9b1e-aaaaaaaaaaaa"
#define DAY        "2026-11-22"
#define MINUTE_US  G_TIME_SPAN_MINUTE
#define CNY(minor) tai_money (minor, TAI_CNY)

/* The opening is number 1 of the series, with 200.00 in the drawer. */
static void
open_shift (HqFixture *f)
{
  TaiTillNews *news = hq_money_news (TAI_NEWS_OPENED, 1, SHIFT, f->now_us);
  news->counted = CNY (20000);
  news->expected = CNY (20000);
  g_assert_cmpint (hq_money_post_news (f, news, 1), ==, 201);
}

static int
close_shift (HqFixture *f, guint number, gint64 expected, gint64 counted, gint64 seq)
{
  TaiTillNews *news = hq_money_news (TAI_NEWS_CLOSED, number, SHIFT, f->now_us);
  news->expected = CNY (expected);
  news->counted = CNY (counted);
  news->z_number = 1;
  news->journal_seq = 9;
  news->journal_head.byte[0] = 0xab;
  return hq_money_post_news (f, news, seq);
}

static TaiTillNews *
make_cash (HqFixture *f, guint number, const char *move, gint64 minor, const char *bag)
{
  TaiTillNews *news = hq_money_news (TAI_NEWS_CASH, number, SHIFT, f->now_us);
  news->name = g_strdup (move);
  news->amount = CNY (minor);
  news->subject = g_strdup (bag);
  return news;
}

static void
sell (HqFixture *f, guint number, gint64 minor, gint64 seq)
{
  HqMoneySale sale = {.number = number,
                      .minor = minor,
                      .operation = "top_up",
                      .tender = "cash",
                      .clerk = "1042",
                      .day = DAY,
                      .shift = SHIFT,
                      .seq = seq};
  hq_money_sell (f, &sale);
}

static void
assert_findings (HqFixture *f, const char *expected)
{
  g_autofree char *found = hq_money_list_findings (f);
  g_assert_cmpstr (found, ==, expected);
}

static gint64
get_drawer (HqFixture *f)
{
  return hq_sum_get_drawer (f->store, "H017", DAY, SHIFT);
}

/* ---- shifts ---- */

static void
test_shift (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_auto (HqShiftRow) shift = {0};
  TaiTillNews *count;
  open_shift (f);
  g_assert_cmpstr (f->response.result, ==, "created");
  g_assert_cmpstr (hq_fixture_text (f, "key"), ==, "0199f3c2-7d10-7c3a-9b1e-000000000001");
  sell (f, 2, 5000, 2);
  g_assert_cmpint (hq_money_post_news (f, make_cash (f, 10, TAI_CASH_IN, 3000, NULL), 4), ==, 201);
  g_assert_cmpint (hq_money_post_news (f, make_cash (f, 11, TAI_CASH_DROP, 10000, "B1"), 5), ==, 201);
  g_assert_cmpint (get_drawer (f), ==, 20000 + 5000 + 3000 - 10000);
  count = hq_money_news (TAI_NEWS_COUNTED, 12, SHIFT, f->now_us);
  count->counted = CNY (17900);
  count->expected = CNY (18000);
  g_assert_cmpint (hq_money_post_news (f, count, 6), ==, 201);
  g_assert_cmpint (close_shift (f, 13, 18000, 17970, 7), ==, 201);
  g_assert_true (f->store->klass->shift_find (f->store, "H017", SHIFT, &shift));
  g_assert_cmpstr (shift.terminal, ==, "T1");
  g_assert_cmpstr (shift.clerk, ==, "1042");
  g_assert_cmpstr (shift.day, ==, DAY);
  g_assert_cmpint (shift.float_amount.minor, ==, 20000);
  g_assert_cmpint (shift.counted.minor, ==, 17970);
  g_assert_cmpint (shift.expected.minor, ==, 18000);
  g_assert_cmpint (shift.z_number, ==, 1);
  g_assert_cmpint (shift.n_counts, ==, 1);
  g_assert_cmpint (shift.journal_seq, ==, 9);
  g_assert_true (g_str_has_prefix (shift.journal_head, "ab00"));
  g_assert_cmpint (get_drawer (f), ==, 17970); /* what was counted is what is there */
  assert_findings (f, "");
}

/* The close comes first, by whatever way: the same in the end, and until then it does not match. */
static void
test_shift_out_of_order (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_assert_cmpint (close_shift (f, 13, 25000, 25000, 5), ==, 201);
  assert_findings (f, "drawer " SHIFT ": opening_missing\n");
  open_shift (f);
  assert_findings (f, "drawer " SHIFT ": drawer_off 50.00\n");
  sell (f, 2, 5000, 2);
  assert_findings (f, "");
}

static void
test_once (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  open_shift (f);
  open_shift (f);
  g_assert_cmpstr (f->response.result, ==, "exists");
  g_assert_cmpint (get_drawer (f), ==, 20000);
  TaiTillNews *other = hq_money_news (TAI_NEWS_OPENED, 1, SHIFT, f->now_us);
  other->counted = other->expected = CNY (1);
  g_assert_cmpint (hq_money_post_news (f, other, 1), ==, 422);
  g_assert_cmpint (get_drawer (f), ==, 20000);
}

/* In a batch like any other message. */
static void
test_batch (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_autoptr (TaiTillNews) news = hq_money_news (TAI_NEWS_OPENED, 1, SHIFT, f->now_us);
  TaiTerminal terminal = {.id = (char *)"T1"};
  HqHeaders headers = {.type = "application/x-ndjson"};
  news->counted = news->expected = CNY (20000);
  g_autoptr (GBytes) body = tai_till_news_render (news, &terminal);
  g_autofree char *pair =
      g_strdup_printf ("{\"key\":\"%s\",\"seq\":1,\"path\":\"" TAI_PATH_TILL "\"}\n%.*s\n", news->id.text,
                       (int)g_bytes_get_size (body), (const char *)g_bytes_get_data (body, NULL));
  g_autofree char *feed = g_strdup_printf ("{\"key\":\"x\",\"seq\":2,\"path\":\"" TAI_PATH_LEASE "\"}\n{}\n");
  g_assert_cmpint (hq_fixture_send (f, "POST", TAI_PATH_BATCH, pair, &headers), ==, 200);
  g_assert_nonnull (
      strstr (g_bytes_get_data (f->response.body, NULL), "\"status\":201,\"result\":\"created\""));
  g_assert_cmpint (get_drawer (f), ==, 20000);
  g_assert_cmpint (hq_fixture_send (f, "POST", TAI_PATH_BATCH, feed, &headers), ==, 200);
  g_assert_nonnull (strstr (g_bytes_get_data (f->response.body, NULL), "\"status\":404"));
}

static void
test_bad_news (void)
{
  static const struct {
    const char *from, *to;
    int status;
  } cases[] = {
      {"\"kind\":\"shift_opened\"", "\"kind\":\"party\"", 400},
      {"\"terminal\":\"T1\"", "\"terminal\":\"T2\"", 403},
      {"\"businessDay\":\"2026-11-22\"", "\"businessDay\":\"2026-11-31\"", 400},
      {"\"businessDay\":\"2026-11-22\",", "", 400},
      {"\"shift\":\"" SHIFT "\"", "\"shift\":\"morning\"", 400},
      {"\"value\":200.00", "\"value\":\"much\"", 400},
      {"\"counted\"", "\"count\"", 400},
      {"\"expected\":{\"unit\":\"CNY\"", "\"expected\":{\"unit\":\"USD\"", 400},
      {"\"till\":\"T1\",", "", 400},
      {"0199f3c2-7d10-7c3a-9b1e-000000000001", "0199f3c2-7d10-7c3a-9b1e-000000000002", 400},
      {"{\"id\"", "[{\"id\"", 400},
  };
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_autoptr (TaiTillNews) news = hq_money_news (TAI_NEWS_OPENED, 1, SHIFT, f->now_us);
  TaiTerminal terminal = {.id = (char *)"T1"};
  news->counted = news->expected = CNY (20000);
  g_autoptr (GBytes) good = tai_till_news_render (news, &terminal);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) body =
        g_string_new_len (g_bytes_get_data (good, NULL), (gssize)g_bytes_get_size (good));
    g_assert_cmpuint (g_string_replace (body, cases[i].from, cases[i].to, 0), >, 0);
    g_test_message ("%s", body->str);
    g_assert_cmpint (hq_fixture_post (f, TAI_PATH_TILL, body->str, news->id.text, i + 1), ==,
                     cases[i].status);
  }
  g_assert_cmpint (get_drawer (f), ==, 0);
}

/* ---- late money ---- */

static gboolean
add_late_cb (const HqLateRow *row, gpointer data)
{
  g_string_append_printf (data, "%s %d\n", row->kind, (int)row->amount.minor);
  return TRUE;
}

static void
assert_late (HqFixture *f, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  f->store->klass->late_list (f->store, "H017", SHIFT, add_late_cb, out);
  g_assert_cmpstr (out->str, ==, expected);
}

/* What the terminal says later of a shift that is closed. @about: (nullable) number of an order or payment */
static void
supplement (HqFixture *f, guint number, gint64 in_z, const char *event, guint about, gint64 seq)
{
  TaiTillNews *news = hq_money_news (TAI_NEWS_SUPPLEMENT, number, SHIFT, f->now_us);
  char subject[37];
  news->name = g_strdup (event);
  news->z_number = 1;
  news->number = in_z;
  if (about != 0) {
    hq_fixture_uuid (about, subject);
    news->subject = g_strdup (subject);
    news->amount = CNY (1000);
  }
  g_assert_cmpint (hq_money_post_news (f, news, seq), ==, 201);
}

/* What was under way with the close belongs to it; what comes when it is settled is late, until the terminal has told of it. */
static void
test_late (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_auto (HqShiftRow) shift = {0};
  open_shift (f);
  g_assert_cmpint (close_shift (f, 13, 26000, 26000, 8), ==, 201); /* 2 to 7 are missing */
  sell (f, 2, 5000, 2);
  assert_late (f, "");
  f->now_us += HQ_CLOSE_SETTLES_US;
  sell (f, 4, 1000, 4);
  assert_late (f, "payment 1000\norder 1000\n");
  assert_findings (f, "late " SHIFT ": late 2\n");
  sell (f, 4, 1000, 4);
  assert_late (f, "payment 1000\norder 1000\n"); /* once */
  g_assert_true (f->store->klass->shift_find (f->store, "H017", SHIFT, &shift));
  g_assert_cmpint (shift.counted.minor, ==, 26000); /* the close itself stays what it was */
  supplement (f, 14, 1, "refused", 5, 9);
  assert_findings (f, "late " SHIFT ": late 1\n");
  supplement (f, 15, 2, TAI_SUPPLEMENT_UPLOADED, 0, 10);
  assert_findings (f, "");
}

/* With all numbers here it is settled at once; that all had come before says nothing of what comes after. */
static void
test_late_at_once (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  open_shift (f);
  g_assert_cmpint (close_shift (f, 13, 20000, 20000, 2), ==, 201);
  supplement (f, 14, 1, TAI_SUPPLEMENT_UPLOADED, 0, 3);
  f->now_us += MINUTE_US;
  sell (f, 4, 1000, 4);
  assert_late (f, "payment 1000\norder 1000\n");
  assert_findings (f, "drawer " SHIFT ": drawer_off -10.00\nlate " SHIFT ": late 2\n");
}

static gboolean
add_supplement_cb (const HqSupplementRow *row, gpointer data)
{
  g_string_append_printf (data, "%d %s %d\n", (int)row->number, row->event, (int)row->amount.minor);
  return TRUE;
}

/* By the terminal's own numbers, in whatever order they come, each once. */
static void
test_supplements (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (HqShiftRow) shift = {0};
  supplement (f, 15, 2, TAI_SUPPLEMENT_UPLOADED, 0, 4);
  supplement (f, 14, 1, "refund_cash", 5, 3);
  supplement (f, 14, 1, "refund_cash", 5, 3);
  g_assert_cmpint (close_shift (f, 13, 20000, 20000, 2), ==, 201);
  open_shift (f);
  f->store->klass->supplement_list (f->store, "H017", SHIFT, add_supplement_cb, out);
  g_assert_cmpstr (out->str, ==, "1 refund_cash 1000\n2 uploaded 0\n");
  g_assert_true (f->store->klass->shift_find (f->store, "H017", SHIFT, &shift));
  g_assert_cmpint (shift.n_supplements, ==, 2);
  g_assert_cmpint (shift.float_amount.currency, ==, TAI_CNY);
  assert_findings (f, "");
}

/* ---- days that are over ---- */

static TaiTillNews *
make_hall_close (HqFixture *f, guint number, gint64 sales, gint64 n_orders)
{
  TaiTillNews *news = hq_money_news (TAI_NEWS_HALL_CLOSED, number, NULL, f->now_us);
  TaiHallClose hall = {.number = 1,
                       .sales = CNY (sales),
                       .drawers = CNY (25000),
                       .safe = CNY (-20000),
                       .in_bags = CNY (0),
                       .n_orders = n_orders,
                       .n_shifts = 1};
  news->business_day = g_strdup (DAY);
  news->hall = g_memdup2 (&hall, sizeof hall);
  return news;
}

static gboolean
add_close_cb (const HqHallCloseRow *row, gpointer data)
{
  g_string_append_printf (data, "%s %s %d: %d in %d, safe %d\n", row->day, row->terminal, (int)row->number,
                          (int)row->sales.minor, (int)row->n_orders, (int)row->safe.minor);
  return TRUE;
}

/* What a hall says that its day came to is what came; what is on its way is missing until it is here. */
static void
test_hall_close (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  open_shift (f);
  sell (f, 2, 5000, 2);
  g_assert_cmpint (hq_money_post_news (f, make_hall_close (f, 20, 6000, 2), 7), ==, 201);
  assert_findings (f, "hall " DAY ": hall_off T1 10.00 1\n");
  g_assert_cmpint (close_shift (f, 13, 26000, 26000, 6), ==, 201);
  sell (f, 4, 1000, 4);
  assert_findings (f, "");
  g_assert_cmpint (hq_money_post_news (f, make_hall_close (f, 20, 6000, 2), 7), ==, 201);
  f->store->klass->hall_close_list (f->store, "H017", DAY, DAY, add_close_cb, out);
  g_assert_cmpstr (out->str, ==, DAY " T1 1: 6000 in 2, safe -20000\n");
}

/* ---- bags ---- */

static TaiTillNews *
make_deposit (HqFixture *f, guint number, gint64 minor, const char *bag)
{
  TaiTillNews *news = make_cash (f, number, TAI_CASH_BANK_DEPOSIT, minor, bag);
  g_clear_pointer (&news->shift_id, g_free);
  news->slip = g_strdup ("S1");
  return news;
}

static void
test_bags (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_autofree char *found = NULL;
  open_shift (f);
  hq_money_post_news (f, make_cash (f, 10, TAI_CASH_DROP, 10000, "B1"), 2);
  hq_money_post_news (f, make_cash (f, 11, TAI_CASH_DROP, 5000, "B2"), 3);
  hq_money_post_news (f, make_cash (f, 12, TAI_CASH_DROP, 700, "B4"), 4);
  assert_findings (f, ""); /* on their way */
  hq_money_post_news (f, make_deposit (f, 13, 10000, "B1"), 5);
  hq_money_post_news (f, make_deposit (f, 14, 4990, "B2"), 6);
  hq_money_post_news (f, make_deposit (f, 15, 100, "B3"), 7);
  hq_money_post_news (f, make_deposit (f, 16, 700, "B4"), 8);
  hq_money_post_news (f, make_deposit (f, 17, 700, "B4"), 9);
  found = hq_money_list_findings (f);
  g_assert_null (strstr (found, "bag B1"));
  g_assert_nonnull (strstr (found, "bag B2: bag_amount\n"));
  g_assert_nonnull (strstr (found, "bag B3: bag_unknown\n"));
  g_assert_nonnull (strstr (found, "bag B4: bag_twice\n"));
  hq_money_post_news (f, make_cash (f, 18, TAI_CASH_DROP, 100, "B3"), 10); /* it came late */
  g_free (found);
  found = hq_money_list_findings (f);
  g_assert_null (strstr (found, "bag B3"));
}

/* ---- approvals ---- */

typedef struct {
  const char *name, *detail;
  void (*spoil) (TaiTillNews *news);
} ApprovalCase;

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
by_himself (TaiTillNews *news)
{
  set_text (&news->approver, "1042");
}

static void
by_nobody (TaiTillNews *news)
{
  set_text (&news->approver, "7777");
}

static void
by_a_clerk (TaiTillNews *news)
{
  set_text (&news->approver, "1043");
}

static void
too_late (TaiTillNews *news)
{
  news->time_us = news->until_us;
}

static void
for_too_long (TaiTillNews *news)
{
  news->until_us = news->decided_us + TAI_APPROVAL_US + G_TIME_SPAN_MILLISECOND;
}

static void
other_amount (TaiTillNews *news)
{
  news->amount = CNY (999);
}

static void
other_subject (TaiTillNews *news)
{
  set_text (&news->subject, "T9");
}

static void
other_act (TaiTillNews *news)
{
  set_text (&news->name, TAI_ACTION_CLOSE_DIFFERENCE);
}

static void
no_act (TaiTillNews *news)
{
  hq_fixture_uuid (4711, news->act.text);
}

static const ApprovalCase approval_cases[] = {
    {"good", NULL, NULL},
    {"by himself", "self right_missing", by_himself},
    {"by nobody", "approver_unknown", by_nobody},
    {"by a clerk", "right_missing", by_a_clerk},
    {"too late", "expired", too_late},
    {"for too long", "times", for_too_long},
    {"another amount", "act_other", other_amount},
    {"another till", "act_other", other_subject},
    {"another act", "act_other", other_act},
    {"no such act", "act_missing", no_act},
};

static TaiTillNews *
make_approval (HqFixture *f, guint number, TaiApprovalState state, guint act)
{
  TaiTillNews *news = hq_money_news (TAI_NEWS_APPROVAL, number, SHIFT, f->now_us + MINUTE_US);
  news->name = g_strdup (TAI_ACTION_CASH_OUT);
  news->subject = g_strdup ("T1");
  news->amount = CNY (3000);
  hq_fixture_uuid (500, news->approval_id.text);
  news->approval_state = state;
  news->asked_by = g_strdup ("1042");
  news->approver = g_strdup ("2001");
  news->asked_us = f->now_us;
  news->decided_us = f->now_us + MINUTE_US;
  news->until_us = news->decided_us + TAI_APPROVAL_US;
  if (act != 0)
    hq_fixture_uuid (act, news->act.text);
  return news;
}

static HqFixture *
new_staffed (void)
{
  HqFixture *f = hq_fixture_new ();
  hq_money_add_staff (f, "", "1042", "clerk", NULL);
  hq_money_add_staff (f, "", "1043", "senior_clerk", NULL);
  hq_money_add_staff (f, "H017", "2001", "supervisor", NULL);
  return f;
}

static void
test_approvals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (approval_cases); i++) {
    const ApprovalCase *one = &approval_cases[i];
    g_autoptr (HqFixture) f = new_staffed ();
    g_autofree char *found = NULL, *expected = NULL;
    TaiTillNews *used = make_approval (f, 22, TAI_APPROVAL_USED, 21);
    g_test_message ("%s", one->name);
    if (one->spoil != NULL)
      one->spoil (used);
    hq_money_post_news (f, make_approval (f, 20, TAI_APPROVAL_GRANTED, 0), 1);
    hq_money_post_news (f, make_cash (f, 21, TAI_CASH_OUT, 3000, NULL), 2);
    g_assert_cmpint (hq_money_post_news (f, used, 3), ==, 201);
    found = hq_money_list_findings (f);
    expected = one->detail != NULL
                   ? g_strdup_printf ("approval 0199f3c2-7d10-7c3a-9b1e-000000000500: %s\n", one->detail)
                   : g_strdup ("");
    if (one->spoil == no_act) /* then the cash went out without one */
      g_assert_nonnull (strstr (found, "act 0199f3c2-7d10-7c3a-9b1e-000000000021: approval_missing\n"));
    else
      g_assert_cmpstr (found, ==, expected);
    g_assert_nonnull (strstr (found, expected));
  }
}

/* Used twice, and without having been granted. */
static void
test_approval_twice (void)
{
  g_autoptr (HqFixture) f = new_staffed ();
  hq_money_post_news (f, make_cash (f, 21, TAI_CASH_OUT, 3000, NULL), 1);
  assert_findings (f, "act 0199f3c2-7d10-7c3a-9b1e-000000000021: approval_missing\n");
  hq_money_post_news (f, make_approval (f, 22, TAI_APPROVAL_USED, 21), 2);
  assert_findings (f, "approval 0199f3c2-7d10-7c3a-9b1e-000000000500: grant_missing\n");
  hq_money_post_news (f, make_approval (f, 20, TAI_APPROVAL_GRANTED, 0), 3);
  assert_findings (f, "");
  hq_money_post_news (f, make_cash (f, 24, TAI_CASH_OUT, 3000, NULL), 4);
  hq_money_post_news (f, make_approval (f, 25, TAI_APPROVAL_USED, 24), 5);
  assert_findings (f, "approval 0199f3c2-7d10-7c3a-9b1e-000000000500: used_twice\n");
}

/* A close beyond the limit, a refund and a cancellation have theirs, too; the cap has no message of its own. */
static void
test_approval_of_close (void)
{
  g_autoptr (HqFixture) f = new_staffed ();
  TaiTillNews *used = make_approval (f, 22, TAI_APPROVAL_USED, 13),
              *granted = make_approval (f, 20, TAI_APPROVAL_GRANTED, 0);
  TaiTillNews *cap = make_approval (f, 30, TAI_APPROVAL_USED, 0);
  set_text (&used->name, TAI_ACTION_CLOSE_DIFFERENCE);
  set_text (&used->subject, SHIFT);
  used->amount = CNY (-3000);
  open_shift (f);
  hq_money_post_news (f, granted, 2);
  g_assert_cmpint (close_shift (f, 13, 20000, 17000, 3), ==, 201);
  hq_money_post_news (f, used, 4);
  assert_findings (f, "");
  set_text (&cap->name, TAI_ACTION_CASH_CAP);
  set_text (&cap->subject, SHIFT);
  hq_fixture_uuid (501, cap->approval_id.text);
  hq_money_post_news (f, cap, 5);
  assert_findings (f, "approval 0199f3c2-7d10-7c3a-9b1e-000000000501: grant_missing\n");
}

/* A gateway may refuse a refund, which has no message then; one that comes is what the yes was for. */
static void
test_approval_of_refund (gconstpointer data)
{
  gint64 approved = GPOINTER_TO_INT (data);
  g_autoptr (HqFixture) f = new_staffed ();
  char order[37], refund[37];
  TaiTillNews *used = make_approval (f, 22, TAI_APPROVAL_USED, 6);
  hq_fixture_uuid (3, order);
  hq_fixture_uuid (6, refund);
  HqMoneyPayment back = {.id = refund,
                         .order = order,
                         .minor = 5000,
                         .tender = "cash",
                         .clerk = "1042",
                         .day = DAY,
                         .shift = SHIFT};
  open_shift (f);
  sell (f, 2, 5000, 2);
  set_text (&used->name, TAI_ACTION_REFUND);
  set_text (&used->subject, order);
  used->amount = CNY (approved);
  hq_money_post_news (f, make_approval (f, 20, TAI_APPROVAL_GRANTED, 0), 4);
  hq_money_post_news (f, used, 5);
  assert_findings (f, "");
  g_assert_cmpint (hq_money_post (f, TAI_PATH_REFUND, hq_money_refund (&back), refund, 6), ==, 201);
  assert_findings (f, approved == 5000 ? "" : "approval 0199f3c2-7d10-7c3a-9b1e-000000000500: act_other\n");
  g_assert_cmpint (get_drawer (f), ==, 20000);
}

/* Of a refund in doubt somebody declared that it went. */
static void
test_approval_of_refund_in_doubt (void)
{
  g_autoptr (HqFixture) f = new_staffed ();
  char order[37], refund[37];
  TaiTillNews *used = make_approval (f, 22, TAI_APPROVAL_USED, 6);
  HqMoneyPayment back = {.id = hq_fixture_uuid (6, refund),
                         .order = hq_fixture_uuid (3, order),
                         .minor = 5000,
                         .tender = "card",
                         .clerk = "1042",
                         .day = DAY,
                         .shift = SHIFT};
  open_shift (f);
  sell (f, 2, 5000, 2);
  set_text (&used->name, TAI_ACTION_PAYMENT_PAID);
  set_text (&used->subject, refund);
  used->amount = CNY (-5000);
  hq_money_post_news (f, make_approval (f, 20, TAI_APPROVAL_GRANTED, 0), 4);
  g_assert_cmpint (hq_money_post (f, TAI_PATH_REFUND, hq_money_refund (&back), refund, 5), ==, 201);
  hq_money_post_news (f, used, 6);
  assert_findings (f, "");
}

/* ---- the gateway ---- */

static void
put_pay (HqFixture *f, const char *id, const char *state, gint64 minor, const char *terminal)
{
  HqPayRow row = {.hall = "H017",
                  .id = id,
                  .terminal = terminal,
                  .provider = "wechat",
                  .amount = CNY (minor),
                  .state = state,
                  .since_us = f->now_us,
                  .changed_us = f->now_us};
  f->store->klass->begin (f->store);
  f->store->klass->pay_put (f->store, &row);
  f->store->klass->commit (f->store);
}

static void
test_gateway (void)
{
  static const struct {
    const char *state, *terminal, *detail;
    gint64 minor, told;
    gboolean is_known;
  } cases[] = {
      {"succeeded", "T1", NULL, 5000, 5000, TRUE},
      {"succeeded", "T1", "gateway_amount", 5000, 5001, TRUE},
      {"reversing", "T1", "gateway_state", 5000, 5000, TRUE},
      {"succeeded", "T2", "gateway_terminal", 5000, 5000, TRUE},
      {NULL, NULL, "gateway_unknown", 0, 5000, FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (HqFixture) f = hq_fixture_new ();
    g_autofree char *expected = NULL;
    char id[37], order[37];
    hq_fixture_uuid (2, id);
    hq_fixture_uuid (3, order);
    HqMoneyPayment p = {.id = id,
                        .order = order,
                        .minor = cases[i].told,
                        .tender = "qr",
                        .clerk = "1042",
                        .day = DAY,
                        .shift = SHIFT};
    if (cases[i].is_known)
      put_pay (f, id, cases[i].state, cases[i].minor, cases[i].terminal);
    g_assert_cmpint (hq_money_post (f, TAI_PATH_PAYMENT, hq_money_payment (&p), id, 1), ==, 201);
    expected =
        cases[i].detail != NULL ? g_strdup_printf ("gateway %s: %s\n", id, cases[i].detail) : g_strdup ("");
    assert_findings (f, expected);
  }
}

/* The order that a payment names names another one. */
static void
test_gateway_order (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_autofree char *expected = NULL;
  char id[37], other[37], order[37];
  hq_fixture_uuid (2, id);
  hq_fixture_uuid (3, order);
  hq_fixture_uuid (4, other);
  HqMoneyOrder o = {
      .id = order, .payment = other, .operation = "top_up", .clerk = "1042", .day = DAY, .minor = 5000};
  HqMoneyPayment p = {.id = id, .order = order, .minor = 5000, .tender = "qr", .clerk = "1042", .day = DAY};
  put_pay (f, id, "succeeded", 5000, "T1");
  g_assert_cmpint (hq_money_post (f, TAI_PATH_ORDER, hq_money_order (&o), order, 1), ==, 201);
  g_assert_cmpint (hq_money_post (f, TAI_PATH_PAYMENT, hq_money_payment (&p), id, 2), ==, 201);
  expected = g_strdup_printf ("gateway %s: order_other\n", id);
  assert_findings (f, expected);
}

/* Money that the gateway has and that no payment tells of, until one does. */
static void
test_gateway_unclaimed (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_autofree char *expected = NULL;
  char id[37], order[37];
  hq_fixture_uuid (2, id);
  hq_fixture_uuid (3, order);
  HqMoneyPayment p = {.id = id, .order = order, .minor = 5000, .tender = "qr", .clerk = "1042", .day = DAY};
  hq_money_add_staff (f, "H017", "2001", "supervisor", NULL);
  put_pay (f, id, "succeeded", 5000, "T1");
  g_assert_cmpint (hq_fixture_get (f, TAI_PATH_FINDING "?clerk=2001"), ==, 200);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (f->json, "findings")), ==,
                    0); /* it may be on its way */
  f->now_us += G_TIME_SPAN_HOUR;
  g_assert_cmpint (hq_fixture_get (f, TAI_PATH_FINDING "?clerk=2001"), ==, 200);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (f->json, "findings")), ==, 1);
  g_assert_cmpstr (hq_fixture_text (f, "findings.0.kind"), ==, "gateway");
  g_assert_cmpstr (hq_fixture_text (f, "findings.0.detail"), ==, "payment_missing");
  expected = g_strdup_printf ("gateway %s: payment_missing\n", id);
  assert_findings (f, expected);
  g_assert_cmpint (hq_money_post (f, TAI_PATH_PAYMENT, hq_money_payment (&p), id, 1), ==, 201);
  assert_findings (f, "");
  g_assert_cmpint (hq_fixture_get (f, TAI_PATH_FINDING "?clerk=2001&all=true"), ==, 200);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (f->json, "findings")), ==, 1); /* and it is kept */
}

/* ---- money back through the gateway ---- */

static void
put_refund (HqFixture *f, const char *id, const char *original, const char *state, gint64 minor)
{
  HqPayRow row = {.hall = "H017",
                  .id = id,
                  .original = original,
                  .terminal = "T1",
                  .provider = "wechat",
                  .amount = CNY (minor),
                  .state = state,
                  .since_us = f->now_us,
                  .changed_us = f->now_us};
  f->store->klass->begin (f->store);
  f->store->klass->pay_put (f->store, &row);
  f->store->klass->commit (f->store);
}

/* Payment 2 of order 3, and refund 5 of it: as the gateway has it, and as the terminal tells it. */
static void
test_gateway_refund (void)
{
  static const struct {
    const char *state, *detail, *number;
    gint64 minor, told;
    guint original, order;
    gboolean is_known;
  } cases[] = {
      {"succeeded", NULL, NULL, 2000, 2000, 2, 3, TRUE},
      {"succeeded", "gateway_amount", NULL, 2000, 2001, 2, 3, TRUE},
      {"awaiting", "gateway_state", NULL, 2000, 2000, 2, 3, TRUE}, /* a person said that it went */
      {"failed", "gateway_state", NULL, 2000, 2000, 2, 3, TRUE},
      {"succeeded", "payment_other", NULL, 2000, 2000, 8, 3, TRUE},
      {"succeeded", "order_other", NULL, 2000, 2000, 2, 9, TRUE},
      {NULL, "gateway_unknown", NULL, 0, 2000, 2, 3, FALSE},
      {NULL, NULL, "R-77", 0, 2000, 2, 3, FALSE}, /* by slip: no gateway's affair */
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (HqFixture) f = hq_fixture_new ();
    g_autofree char *expected = NULL;
    char id[37], order[37], back[37], original[37], told_order[37];
    hq_fixture_uuid (2, id);
    hq_fixture_uuid (3, order);
    hq_fixture_uuid (5, back);
    HqMoneyPayment p = {.id = id, .order = order, .minor = 5000, .tender = "qr", .clerk = "1042", .day = DAY};
    HqMoneyPayment r = {.id = back,
                        .order = hq_fixture_uuid (cases[i].order, told_order),
                        .original = hq_fixture_uuid (cases[i].original, original),
                        .number = cases[i].number,
                        .minor = cases[i].told,
                        .tender = "qr",
                        .clerk = "1042",
                        .day = DAY};
    put_pay (f, id, "succeeded", 5000, "T1");
    if (cases[i].is_known)
      put_refund (f, back, id, cases[i].state, cases[i].minor);
    g_assert_cmpint (hq_money_post (f, TAI_PATH_PAYMENT, hq_money_payment (&p), id, 1), ==, 201);
    g_assert_cmpint (hq_money_post (f, TAI_PATH_REFUND, hq_money_refund (&r), back, 2), ==, 201);
    expected =
        cases[i].detail != NULL ? g_strdup_printf ("gateway %s: %s\n", back, cases[i].detail) : g_strdup ("");
    assert_findings (f, expected);
  }
}

/* What the gateway gave back and no terminal tells of, until one does. */
static void
test_gateway_refund_unclaimed (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  g_autofree char *expected = NULL;
  char id[37], order[37], back[37];
  hq_fixture_uuid (2, id);
  hq_fixture_uuid (3, order);
  hq_fixture_uuid (5, back);
  HqMoneyPayment p = {.id = id, .order = order, .minor = 5000, .tender = "qr", .clerk = "1042", .day = DAY};
  HqMoneyPayment r = {
      .id = back, .order = order, .original = id, .minor = 2000, .tender = "qr", .clerk = "1042", .day = DAY};
  hq_money_add_staff (f, "H017", "2001", "supervisor", NULL);
  put_pay (f, id, "succeeded", 5000, "T1");
  put_refund (f, back, id, "succeeded", 2000);
  g_assert_cmpint (hq_money_post (f, TAI_PATH_PAYMENT, hq_money_payment (&p), id, 1), ==, 201);
  f->now_us += G_TIME_SPAN_HOUR;
  g_assert_cmpint (hq_fixture_get (f, TAI_PATH_FINDING "?clerk=2001"), ==, 200);
  expected = g_strdup_printf ("gateway %s: refund_missing\n", back);
  assert_findings (f, expected);
  g_assert_cmpint (hq_money_post (f, TAI_PATH_REFUND, hq_money_refund (&r), back, 2), ==, 201);
  assert_findings (f, "");
}

/* ---- more back than came ---- */

/* 50.00 by payment 2 at terminal T1, 30.00 of it for order 3 and 20.00 for order 4; parts of it go back at two terminals that know
 * nothing of each other. */
static void
sell_two (HqFixture *f, gint64 seq)
{
  char id[37], order[37], order_2[37];
  HqMoneyPayment p = {.id = hq_fixture_uuid (2, id),
                      .order = hq_fixture_uuid (3, order),
                      .order_2 = hq_fixture_uuid (4, order_2),
                      .minor = 3000,
                      .minor_2 = 2000,
                      .tender = "cash",
                      .clerk = "1042",
                      .day = DAY};

  g_assert_cmpint (hq_money_post (f, TAI_PATH_PAYMENT, hq_money_payment (&p), id, seq), ==, 201);
}

static void
tell_refund (HqFixture *f, const char *terminal, guint number, guint order, gint64 minor)
{
  char id[37], original[37], of[37];
  HqMoneyPayment r = {.id = hq_fixture_uuid (number, id),
                      .order = hq_fixture_uuid (order, of),
                      .original = hq_fixture_uuid (2, original),
                      .minor = minor,
                      .tender = "cash",
                      .clerk = "1042",
                      .day = DAY,
                      .terminal = terminal};

  g_autofree char *body = hq_money_refund (&r);
  HqHeaders headers = {.terminal = terminal, .key = id, .type = "application/json"};

  for (guint i = 0; i < 2; i++) /* once */
    g_assert_cmpint (hq_fixture_send (f, "POST", TAI_PATH_REFUND, body, &headers), ==, 201);
}

#define PAID "0199f3c2-7d10-7c3a-9b1e-000000000002"

static void
test_refund_over (void)
{
  for (guint late = 0; late < 2; late++) { /* the payment itself may come last of all */
    g_autoptr (HqFixture) f = hq_fixture_new ();
    if (!late)
      sell_two (f, 1);
    tell_refund (f, "T1", 5, 3, 1000);
    tell_refund (f, "T2", 6, 3, 2000);
    tell_refund (f, "T1", 7, 4, 2000);
    assert_findings (f, "");
    tell_refund (f, "T2", 8, 4, 1);
    if (late)
      sell_two (f, 1);
    assert_findings (f, "refund " PAID ": refund_over 0.01\n");
    tell_refund (f, "T2", 9, 3, 1000);
    assert_findings (f, "refund " PAID ": refund_over 10.01\n");
  }
}

/* Not too much of the payment, but of one of its orders. */
static void
test_refund_over_order (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  sell_two (f, 1);
  tell_refund (f, "T1", 5, 4, 1500);
  tell_refund (f, "T2", 6, 4, 1500);
  assert_findings (f, "refund " PAID ": refund_over_order 10.00\n");
}

/* By slip, and by the gateway after all: once told of and once not; what may still go is nobody's fault yet. */
static void
test_refund_over_gateway (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  char id[37], order[37], back[37], slip[37];
  HqMoneyPayment p = {.id = hq_fixture_uuid (2, id),
                      .order = hq_fixture_uuid (3, order),
                      .minor = 5000,
                      .tender = "qr",
                      .clerk = "1042",
                      .day = DAY};
  HqMoneyPayment r = p;
  g_autofree char *missing = NULL;
  hq_fixture_uuid (5, back);
  put_pay (f, id, "succeeded", 5000, "T1");
  g_assert_cmpint (hq_money_post (f, TAI_PATH_PAYMENT, hq_money_payment (&p), id, 1), ==, 201);
  put_refund (f, back, id, "unknown", 5000);
  r.id = hq_fixture_uuid (6, slip);
  r.original = id;
  r.number = "R-77";
  g_assert_cmpint (hq_money_post (f, TAI_PATH_REFUND, hq_money_refund (&r), slip, 2), ==, 201);
  assert_findings (f, "");
  put_refund (f, back, id, "succeeded", 5000);
  f->store->klass->begin (f->store);
  hq_finding_suspect (f->store, HQ_FINDING_REFUND, "H017", id, "T1");
  hq_finding_settle (f->store, f->now_us);
  f->store->klass->commit (f->store);
  assert_findings (f, "refund " PAID ": refund_over 50.00\n");
}

/* ---- messages that were given up ---- */

static int
give_up (HqFixture *f, const char *key, gint64 seq, guint number, gint64 own_seq)
{
  TaiTillNews *news = hq_money_news (TAI_NEWS_GIVEN_UP, number, NULL, f->now_us);
  news->subject = g_strdup (key);
  news->reason = g_strdup ("invalid: bytes");
  news->message_seq = seq;
  return hq_money_post_news (f, news, own_seq);
}

static void
assert_gaps (HqFixture *f, guint n, gint64 high_water)
{
  g_assert_cmpint (hq_fixture_get (f, TAI_PATH_STATUS), ==, 200);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (f->json, "gaps")), ==, n);
  g_assert_cmpint (hq_fixture_int (f, "high_water"), ==, high_water);
}

static void
test_given_up (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  char lost[37];
  HqMoneyOrder o = {
      .id = hq_fixture_uuid (3, lost), .operation = "top_up", .clerk = "1042", .day = DAY, .minor = 5000};
  open_shift (f);
  hq_money_post_news (f, make_cash (f, 10, TAI_CASH_IN, 3000, NULL),
                      3); /* 2 never came: HQ would not keep its bytes */
  assert_gaps (f, 1, 1);
  g_assert_cmpint (give_up (f, lost, 2, 11, 4), ==, 201);
  assert_gaps (f, 0, 4);
  assert_findings (f, "");
  /* it comes after all: no, and nobody is alarmed */
  g_assert_cmpint (hq_money_post (f, TAI_PATH_ORDER, hq_money_order (&o), lost, 2), ==, 410);
  g_assert_cmpstr (hq_fixture_text (f, "code"), ==, "given_up");
  g_assert_cmpint (f->store->klass->alarm_count (f->store), ==, 0);
  assert_gaps (f, 0, 4);
}

/* One that was refused and kept is never judged again; one that was taken is a finding. */
static void
test_given_up_known (void)
{
  g_autoptr (HqFixture) f = hq_fixture_new ();
  char refused[37], taken[37];
  HqMoneyOrder o = {
      .id = hq_fixture_uuid (3, refused), .operation = "top_up", .clerk = "1042", .day = DAY, .minor = 5000};
  hq_fixture_uuid (5, taken);
  g_assert_cmpint (hq_money_post (f, TAI_PATH_ORDER, g_strdup ("{\"externalId\":7}"), refused, 1), ==, 400);
  g_assert_cmpint (give_up (f, refused, 1, 11, 2), ==, 201);
  g_assert_cmpint (hq_money_post (f, TAI_PATH_ORDER, hq_money_order (&o), refused, 1), ==, 410);
  o.id = taken;
  g_assert_cmpint (hq_money_post (f, TAI_PATH_ORDER, hq_money_order (&o), taken, 3), ==, 201);
  g_assert_cmpint (give_up (f, taken, 3, 12, 4), ==, 201);
  assert_findings (f, "given_up 0199f3c2-7d10-7c3a-9b1e-000000000005: taken\n");
  hq_fixture_assert_order (f, taken, "acknowledged", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/shift", test_shift);
  g_test_add_func ("/money/shift-out-of-order", test_shift_out_of_order);
  g_test_add_func ("/money/once", test_once);
  g_test_add_func ("/money/batch", test_batch);
  g_test_add_func ("/money/bad-news", test_bad_news);
  g_test_add_func ("/money/late", test_late);
  g_test_add_func ("/money/late-at-once", test_late_at_once);
  g_test_add_func ("/money/supplements", test_supplements);
  g_test_add_func ("/money/hall-close", test_hall_close);
  g_test_add_func ("/money/bags", test_bags);
  g_test_add_func ("/money/approvals", test_approvals);
  g_test_add_func ("/money/approval-twice", test_approval_twice);
  g_test_add_func ("/money/approval-of-close", test_approval_of_close);
  g_test_add_data_func ("/money/approval-of-refund", GINT_TO_POINTER (5000), test_approval_of_refund);
  g_test_add_data_func ("/money/approval-of-refund-of-more", GINT_TO_POINTER (4999), test_approval_of_refund);
  g_test_add_func ("/money/approval-of-refund-in-doubt", test_approval_of_refund_in_doubt);
  g_test_add_func ("/money/gateway", test_gateway);
  g_test_add_func ("/money/gateway-order", test_gateway_order);
  g_test_add_func ("/money/gateway-unclaimed", test_gateway_unclaimed);
  g_test_add_func ("/money/gateway-refund", test_gateway_refund);
  g_test_add_func ("/money/gateway-refund-unclaimed", test_gateway_refund_unclaimed);
  g_test_add_func ("/money/refund-over", test_refund_over);
  g_test_add_func ("/money/refund-over-order", test_refund_over_order);
  g_test_add_func ("/money/refund-over-gateway", test_refund_over_gateway);
  g_test_add_func ("/money/given-up", test_given_up);
  g_test_add_func ("/money/given-up-known", test_given_up_known);
  return g_test_run ();
}
