/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Debts between the terminals of a hall at headquarters: words of terminals in every order, the feed that they make, and that the debt is
 * one terminal's at each moment; and what a desk sees of a customer's slip.
 */
#include "hq-money.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-hq-debt.h"
#include "tai-promise.h"
#include "tai-till-news-json.h"

#define DAY        "2026-11-22"
#define SHIFT      "0199f3c2-7d10-7c3a-9b1e-aaaaaaaaaaaa"
#define CNY(minor) tai_money (minor, TAI_CNY)

/* T1 took an order of 30.00 in cash (payment 1, order 2); T2 and T3 are of its hall, T9 is not. */
typedef struct {
  HqFixture *hq;
  char order[37], payment[37];
  guint next;      /* number of the next message */
  gint64 feed[10]; /* cursors */
} Fixture;

static void
fixture_clear (Fixture *f)
{
  hq_fixture_free (f->hq);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
fixture_init (Fixture *f)
{
  *f = (Fixture){.hq = hq_fixture_new (), .next = 100};
  hq_fixture_add_terminal (f->hq, "T3", "H017", "production");
  hq_fixture_uuid (1, f->payment);
  hq_fixture_uuid (2, f->order);
  hq_money_sell (f->hq, &(HqMoneySale){.number = 1,
                                       .minor = 3000,
                                       .operation = "top_up",
                                       .tender = "cash",
                                       .clerk = "1042",
                                       .day = DAY,
                                       .shift = SHIFT});
}

static TaiTillNews *
make (Fixture *f, TaiDebtState state, guint claim)
{
  TaiTillNews *news = hq_money_news (TAI_NEWS_DEBT, ++f->next, NULL, f->hq->now_us);
  TaiUuid order;

  g_strlcpy (order.text, f->order, sizeof order.text);
  news->name = g_strdup (tai_state_to_text (&tai_debt_states, state));
  news->subject = g_strdup (f->order);
  news->debt = tai_debt_new (&order);
  news->debt->state = state;
  hq_fixture_uuid (claim, news->debt->claim.text);
  return news;
}

/* Takes @news. */
static void
post (Fixture *f, const char *terminal, TaiTillNews *news)
{
  g_autoptr (TaiTillNews) owned = news;
  TaiTerminal sender = {.id = (char *)terminal};
  g_autoptr (GBytes) body = tai_till_news_render (news, &sender);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  int status =
      hq_fixture_send (f->hq, "POST", TAI_PATH_TILL, text,
                       &(HqHeaders){.terminal = terminal, .key = news->id.text, .type = "application/json"});

  g_assert_cmpint (status, ==, 201);
}

static void
say (Fixture *f, const char *terminal, TaiDebtState state, guint claim)
{
  post (f, terminal, make (f, state, claim));
}

static void
keep (Fixture *f, const char *terminal, guint claim, const char *reason)
{
  TaiTillNews *news = make (f, TAI_DEBT_STATE_KEPT, claim);

  news->reason = g_strdup (reason);
  post (f, terminal, news);
}

static void
let_go (Fixture *f, const char *terminal, guint claim, gint64 hop, const char *to)
{
  TaiTillNews *news = make (f, TAI_DEBT_STATE_RELEASED, claim);
  TaiUuid payment;

  g_strlcpy (payment.text, f->payment, sizeof payment.text);
  news->amount = news->debt->amount = CNY (3000);
  news->debt->hop = hop;
  news->debt->terminal = g_strdup (to);
  hq_fixture_uuid (7, news->debt->visit_id.text);
  tai_debt_add_part (news->debt, &payment, CNY (3000));
  post (f, terminal, news);
}

static void
pay_out (Fixture *f, const char *terminal, guint id)
{
  char uuid[37];
  HqMoneyPayment refund = {.id = hq_fixture_uuid (id, uuid),
                           .order = f->order,
                           .minor = 3000,
                           .tender = "cash",
                           .clerk = "1043",
                           .day = DAY,
                           .shift = NULL,
                           .terminal = terminal,
                           .original = f->payment};
  g_autofree char *body = hq_money_refund (&refund);

  g_assert_cmpint (
      hq_fixture_send (f->hq, "POST", TAI_PATH_REFUND, body, &(HqHeaders){.terminal = terminal, .key = uuid}),
      ==, 201);
}

/* What a terminal hears of debts since it looked last: "state claim hop reason", by lines. */
static void
assert_heard (Fixture *f, const char *terminal, const char *expected)
{
  gint64 *cursor = &f->feed[terminal[1] - '0'];
  g_autofree char *target = g_strdup_printf (TAI_PATH_FEED "?after=%" G_GINT64_FORMAT, *cursor);
  g_autoptr (GString) found = g_string_new (NULL);
  const TaiJson *events;

  g_assert_cmpint (hq_fixture_send (f->hq, "GET", target, NULL, &(HqHeaders){.terminal = terminal}), ==, 200);
  events = tai_json_require_array (f->hq->json, "events", NULL);
  for (guint i = 0; i < tai_json_get_length (events); i++) {
    const TaiJson *event = tai_json_get_element (events, i);
    const char *claim = tai_json_require_string (event, "debt.claim", NULL), *reason = NULL;
    gint64 hop = 0;

    if (claim == NULL)
      continue;
    g_assert_cmpstr (tai_json_require_string (event, "order", NULL), ==, f->order);
    tai_json_optional_string (event, "reason", &reason, NULL);
    tai_json_optional_int (event, "debt.hop", &hop, NULL);
    g_string_append_printf (found, "%s %d %d %s\n", tai_json_require_string (event, "state", NULL),
                            (int)g_ascii_strtoll (claim + strlen (claim) - 4, NULL, 10), (int)hop,
                            reason != NULL ? reason : "-");
  }
  *cursor = hq_fixture_int (f->hq, "last");
  g_assert_cmpstr (found->str, ==, expected);
}

static void
assert_holder (Fixture *f, const char *terminal)
{
  g_auto (HqDebtRow) row = {0};

  g_assert_true (f->hq->store->klass->debt_find (f->hq->store, "H017", f->order, &row));
  g_assert_cmpstr (row.holder, ==, terminal);
}

/* The way ----------------------------------------------------------------------------------------------------------------- */

static void
test_way (void)
{
  g_auto (Fixture) f;
  g_autofree char *findings = NULL;

  fixture_init (&f);
  assert_heard (&f, "T1", "");
  say (&f, "T2", TAI_DEBT_STATE_ASKED, 0x10);
  assert_heard (&f, "T1", "asked 16 0 -\n");
  assert_heard (&f, "T2", "");
  assert_holder (&f, "T1");
  let_go (&f, "T1", 0x10, 1, "T2");
  assert_heard (&f, "T1", "");
  assert_heard (&f, "T2", "released 16 1 -\n");
  assert_holder (&f, "T2");
  pay_out (&f, "T2", 40);
  say (&f, "T3", TAI_DEBT_STATE_ASKED, 0x11);
  assert_heard (&f, "T3", "kept 17 0 paid\n");
  assert_heard (&f, "T2", "");
  findings = hq_money_list_findings (f.hq);
  g_assert_cmpstr (findings, ==, "");
  pay_out (&f, "T1", 41); /* the one that must not be: seen, whoever paid */
  g_clear_pointer (&findings, g_free);
  findings = hq_money_list_findings (f.hq);
  g_assert_nonnull (strstr (findings, "refund_over 30.00"));
}

static void
test_on (void)
{
  g_auto (Fixture) f;

  fixture_init (&f);
  say (&f, "T2", TAI_DEBT_STATE_ASKED, 0x10);
  let_go (&f, "T1", 0x10, 1, "T2");
  say (&f, "T2", TAI_DEBT_STATE_ASKED, 0x12);
  assert_heard (&f, "T2", "released 16 1 -\nkept 18 0 here\n");
  say (&f, "T3", TAI_DEBT_STATE_ASKED, 0x11);
  assert_heard (&f, "T1", "asked 16 0 -\n");
  assert_heard (&f, "T2", "asked 17 0 -\n");
  let_go (&f, "T2", 0x11, 2, "T3");
  assert_heard (&f, "T3", "released 17 2 -\n");
  assert_holder (&f, "T3");
  say (&f, "T1", TAI_DEBT_STATE_ASKED, 0x13); /* and home */
  let_go (&f, "T3", 0x13, 3, "T1");
  assert_heard (&f, "T1", "released 19 3 -\n");
  assert_holder (&f, "T1");
}

/* Not given --------------------------------------------------------------------------------------------------------------- */

static void
test_kept (void)
{
  g_auto (Fixture) f;

  fixture_init (&f);
  say (&f, "T2", TAI_DEBT_STATE_ASKED, 0x10);
  say (&f, "T3", TAI_DEBT_STATE_ASKED, 0x11);
  assert_heard (&f, "T3", "kept 17 0 claimed\n");
  keep (&f, "T3", 0x10, TAI_DEBT_NOTHING_DUE); /* not its to say */
  keep (&f, "T1", 0x11, TAI_DEBT_NOTHING_DUE); /* nobody's claim */
  assert_heard (&f, "T2", "");
  keep (&f, "T1", 0x10, TAI_DEBT_UNDER_WAY);
  assert_heard (&f, "T2", "kept 16 0 refund_under_way\n");
  say (&f, "T3", TAI_DEBT_STATE_ASKED, 0x12);
  assert_heard (&f, "T1", "asked 16 0 -\nasked 18 0 -\n");
  assert_holder (&f, "T1");
}

static void
test_unknown (void)
{
  g_auto (Fixture) f;
  TaiTillNews *news;

  fixture_init (&f);
  hq_fixture_uuid (99, f.order);
  say (&f, "T2", TAI_DEBT_STATE_ASKED, 0x10);
  assert_heard (&f, "T2", "kept 16 0 order_unknown\n");
  hq_fixture_uuid (2, f.order); /* another hall's */
  news = make (&f, TAI_DEBT_STATE_ASKED, 0x11);
  post (&f, "T9", news);
  assert_heard (&f, "T9", "kept 17 0 order_unknown\n");
  assert_heard (&f, "T1", "");
}

static void
test_no_answer (void)
{
  g_auto (Fixture) f;

  fixture_init (&f);
  say (&f, "T2", TAI_DEBT_STATE_ASKED, 0x10);
  hq_fixture_advance (f.hq);
  assert_heard (&f, "T2", "");
  f.hq->now_us += HQ_DEBT_WAITS_US;
  hq_fixture_advance (f.hq);
  assert_heard (&f, "T2", "kept 16 0 no_answer\n");
  /* it was under way: back to who let it go, as its own again */
  let_go (&f, "T1", 0x10, 1, "T2");
  assert_heard (&f, "T2", "");
  assert_heard (&f, "T1", "asked 16 0 -\nreleased 16 2 -\n");
  assert_holder (&f, "T1");
}

/* In every order ---------------------------------------------------------------------------------------------------------- */

static void
test_withdrawn (void)
{
  g_auto (Fixture) f;

  fixture_init (&f);
  say (&f, "T2", TAI_DEBT_STATE_ASKED, 0x10);
  say (&f, "T3", TAI_DEBT_STATE_WITHDRAWN, 0x10); /* another's */
  say (&f, "T2", TAI_DEBT_STATE_WITHDRAWN, 0x10);
  let_go (&f, "T1", 0x10, 1, "T2");
  assert_heard (&f, "T2", "");
  assert_heard (&f, "T1", "asked 16 0 -\nreleased 16 2 -\n");
  assert_holder (&f, "T1");
  /* now it is asked for anew, and withdrawn when it is too late */
  say (&f, "T2", TAI_DEBT_STATE_ASKED, 0x11);
  let_go (&f, "T1", 0x11, 3, "T2");
  say (&f, "T2", TAI_DEBT_STATE_WITHDRAWN, 0x11);
  assert_heard (&f, "T2", "released 17 3 -\n");
  assert_holder (&f, "T2");
}

/* What was let go for one who does not wait any more goes to the one who does. */
static void
test_other_waits (void)
{
  g_auto (Fixture) f;

  fixture_init (&f);
  say (&f, "T2", TAI_DEBT_STATE_ASKED, 0x10);
  say (&f, "T2", TAI_DEBT_STATE_WITHDRAWN, 0x10);
  say (&f, "T3", TAI_DEBT_STATE_ASKED, 0x11);
  let_go (&f, "T1", 0x10, 1, "T2");
  assert_heard (&f, "T3", "released 17 1 -\n");
  keep (&f, "T1", 0x11, TAI_DEBT_NOTHING_DUE); /* its answer to that: too late to matter */
  assert_heard (&f, "T3", "");
  assert_heard (&f, "T2", "");
  assert_holder (&f, "T3");
}

/* A headquarters that was restored hears of old ways late: only the next counts. */
static void
test_old_ways (void)
{
  g_auto (Fixture) f;

  fixture_init (&f);
  let_go (&f, "T2", 0x11, 2, "T3");
  assert_heard (&f, "T3", "released 17 2 -\n");
  let_go (&f, "T1", 0x10, 1, "T2");
  say (&f, "T2", TAI_DEBT_STATE_ASKED, 0x10);
  assert_holder (&f, "T3");
  keep (&f, "T3", 0x10, TAI_DEBT_PAID);
  assert_heard (&f, "T2", "kept 16 0 paid\n");
}

/* The slip ---------------------------------------------------------------------------------------------------------------- */

static void
promise (Fixture *f, const char *kind, const char *id)
{
  TaiTillNews *news = hq_money_news (TAI_NEWS_PROMISE, ++f->next, NULL, f->hq->now_us);

  news->name = g_strdup (kind);
  news->subject = g_strdup (id);
  news->amount = CNY (3000);
  news->promised_us = f->hq->now_us + 72 * G_TIME_SPAN_HOUR;
  post (f, "T1", news);
}

static int
look (Fixture *f, const char *terminal, const char *id)
{
  g_autofree char *target = g_strconcat (TAI_PATH_PROMISE "/", id, "?clerk=1043", NULL);

  return hq_fixture_send (f->hq, "GET", target, NULL, &(HqHeaders){.terminal = terminal});
}

static gboolean
count_look_cb (const HqLookRow *row, gpointer data)
{
  g_assert_cmpstr (row->clerk, ==, "1043");
  ++*(guint *)data;
  return TRUE;
}

static void
test_look (void)
{
  g_auto (Fixture) f;
  g_auto (HqOrderRow) order = {0};
  guint n = 0;

  fixture_init (&f);
  promise (&f, "money", f.order);
  g_assert_cmpint (look (&f, "T2", f.order), ==, 200);
  g_assert_cmpstr (hq_fixture_text (f.hq, "kind"), ==, "money");
  g_assert_cmpstr (hq_fixture_text (f.hq, "terminal"), ==, "T1");
  g_assert_cmpstr (hq_fixture_text (f.hq, "givenBy"), ==, "1042");
  g_assert_cmpstr (hq_fixture_text (f.hq, "until"), ==, "2026-11-25T02:00:00.000Z");
  g_assert_cmpstr (hq_fixture_text (f.hq, "lastContact"), ==, "2026-11-22T02:00:00.000Z");
  g_assert_cmpstr (hq_fixture_text (f.hq, "order.operation"), ==, "top_up");
  g_assert_null (tai_json_get_member (f.hq->json, "debt"));
  g_assert_cmpint (look (&f, "T9", f.order), ==, 404); /* another hall's */
  g_assert_cmpint (look (&f, "T2", "nothing"), ==, 404);
  /* each look is a row, of the number where there is one */
  g_assert_true (f.hq->store->klass->order_find (f.hq->store, "H017", f.order, &order));
  f.hq->store->klass->look_list (f.hq->store, order.msisdn, 10, count_look_cb, &n);
  f.hq->store->klass->look_list (f.hq->store, f.order, 10, count_look_cb, &n);
  f.hq->store->klass->look_list (f.hq->store, "nothing", 10, count_look_cb, &n);
  g_assert_cmpuint (n, ==, 3);
  say (&f, "T2", TAI_DEBT_STATE_ASKED, 0x10);
  g_assert_cmpint (look (&f, "T2", f.order), ==, 200);
  g_assert_cmpstr (hq_fixture_text (f.hq, "debt.state"), ==, "asked");
  g_assert_cmpstr (hq_fixture_text (f.hq, "debt.claimant"), ==, "T2");
  let_go (&f, "T1", 0x10, 1, "T2");
  pay_out (&f, "T2", 40);
  g_assert_cmpint (look (&f, "T3", f.order), ==, 200);
  g_assert_cmpstr (hq_fixture_text (f.hq, "terminal"), ==, "T2");
  g_assert_cmpstr (hq_fixture_text (f.hq, "debt.state"), ==, "paid");
}

/* Of what headquarters has no order: a payment in doubt is a visit's. */
static void
test_look_payment (void)
{
  g_auto (Fixture) f;
  char visit[37];

  fixture_init (&f);
  promise (&f, "payment", hq_fixture_uuid (77, visit));
  g_assert_cmpint (look (&f, "T2", visit), ==, 200);
  g_assert_cmpstr (hq_fixture_text (f.hq, "kind"), ==, "payment");
  g_assert_cmpstr (hq_fixture_text (f.hq, "terminal"), ==, "T1");
  g_assert_null (tai_json_get_member (f.hq->json, "order"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hq/debt/way", test_way);
  g_test_add_func ("/hq/debt/on", test_on);
  g_test_add_func ("/hq/debt/kept", test_kept);
  g_test_add_func ("/hq/debt/unknown", test_unknown);
  g_test_add_func ("/hq/debt/no-answer", test_no_answer);
  g_test_add_func ("/hq/debt/withdrawn", test_withdrawn);
  g_test_add_func ("/hq/debt/other-waits", test_other_waits);
  g_test_add_func ("/hq/debt/old-ways", test_old_ways);
  g_test_add_func ("/hq/debt/look", test_look);
  g_test_add_func ("/hq/debt/look-payment", test_look_payment);
  return g_test_run ();
}
