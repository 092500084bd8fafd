/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cash that one terminal took and another gives back: two desks, each with a real store, and headquarters' words carried between
 * them by hand: once, twice, late, crossed. At the end of each test the accounts of both together net to zero, and what went out of drawers
 * is what was owed, once.
 */
#include "tai-desk-rig.h"
#include "tai-fake-gateway.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-till-news-json.h"

#define FEN   3000
#define CLAIM "0193507f-0000-7000-8000-000000000001"

/* @a took a top-up of 30.00 in cash that headquarters refused; the customer stands at @b. */
typedef struct {
  TaiDeskRig *a, *b;
  TaiUuid order;
} Fixture;

static void
reject (TaiDeskRig *rig, const char *order)
{
  MUST (tai_desk_apply_order_state (rig->desk, order, TAI_ORDER_REJECTED, "line_closed", &E));
}

static Fixture *
fixture_new (void)
{
  Fixture *f = g_new0 (Fixture, 1);
  g_autoptr (TaiVisit) visit = NULL;

  f->a = tai_desk_rig_new ();
  f->b = tai_desk_rig_new ();
  tai_desk_rig_start_day (f->a);
  tai_desk_rig_start_day (f->b);
  tai_desk_rig_sign_in (f->a, RIG_SUPERVISOR); /* may refund what is his own sale */
  tai_desk_rig_sign_in (f->b, RIG_SUPERVISOR);
  visit = tai_desk_rig_sell_top_up (f->a, FEN);
  f->order = tai_visit_get_order (visit, 0)->id;
  reject (f->a, f->order.text);
  return f;
}

static gint64
balance (TaiDeskRig *rig, const char *account)
{
  return tai_desk_rig_number (rig, "SELECT coalesce (sum (minor), 0) FROM balance WHERE account = '%s'",
                              account);
}

/* Over both, what is owed elsewhere is nothing, and what came is in a drawer or was given back. @out: went out of both drawers */
static void
assert_net (Fixture *f, gint64 out)
{
  g_assert_cmpint (balance (f->a, "refund_due_elsewhere") + balance (f->b, "refund_due_elsewhere"), ==, 0);
  g_assert_cmpint (balance (f->a, "refund_due") + balance (f->b, "refund_due"), ==, out - FEN);
  g_assert_cmpint (tai_desk_rig_drawer (f->a) + tai_desk_rig_drawer (f->b), ==, 2 * RIG_FLOAT + FEN - out);
}

static void
fixture_free (Fixture *f)
{
  tai_desk_rig_assert_sound (f->a);
  tai_desk_rig_assert_sound (f->b);
  tai_desk_rig_free (f->a);
  tai_desk_rig_free (f->b);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static void
assert_rows (TaiDeskRig *rig, const char *sql, const char *expected)
{
  g_autofree char *found = tai_desk_rig_rows (rig, "%s", sql);

  g_assert_cmpstr (found, ==, expected);
}

/* The last that a terminal told of a debt, and how often it told at all. (transfer full) */
static TaiDebt *
last_told (TaiDeskRig *rig, guint n)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (TaiTillNews) last = NULL;
  guint n_told = 0;

  MUST (rows = tai_outbox_list (TAI_OUTBOX (rig->store), TAI_DESTINATION_HQ, TAI_MESSAGE_WAITING, 100, &E));
  for (guint i = 0; i < rows->len; i++) {
    const TaiMessage *message = ((TaiOutboxRow *)g_ptr_array_index (rows, i))->message;
    gsize size;
    const char *bytes = g_bytes_get_data (message->body, &size);
    g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
    const char *terminal;
    TaiTillNews *news =
        strcmp (message->path, TAI_PATH_TILL) == 0 ? tai_till_news_from_json (json, &terminal, NULL) : NULL;

    if (news == NULL || news->kind != TAI_NEWS_DEBT) {
      g_clear_pointer (&news, tai_till_news_free);
      continue;
    }
    g_clear_pointer (&last, tai_till_news_free);
    last = news;
    n_told++;
  }
  g_assert_cmpuint (n_told, ==, n);
  return n > 0 ? g_steal_pointer (&last->debt) : NULL;
}

/* Headquarters' word that somebody asks. */
static void
ask (TaiDeskRig *rig, const TaiUuid *order, const char *claim)
{
  g_autoptr (TaiDebt) word = tai_debt_new (order);

  word->state = TAI_DEBT_STATE_ASKED;
  g_strlcpy (word->claim.text, claim, sizeof word->claim.text);
  word->terminal = g_strdup ("H017T3");
  word->clerk = g_strdup (RIG_CLERK_2);
  MUST (tai_desk_apply_debt_news (rig->desk, word, &E));
}

static void
hear_kept (TaiDeskRig *rig, const TaiUuid *order, const char *claim, const char *reason)
{
  g_autoptr (TaiDebt) word = tai_debt_new (order);

  word->state = TAI_DEBT_STATE_KEPT;
  g_strlcpy (word->claim.text, claim, sizeof word->claim.text);
  word->reason = g_strdup (reason);
  MUST (tai_desk_apply_debt_news (rig->desk, word, &E));
}

/* @a lets it go, and the customer's slip is another desk's from then on. (transfer full) */
static TaiDebt *
release (Fixture *f)
{
  TaiPromise slip = {.kind = TAI_PROMISE_MONEY, .id = f->order};
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  TaiDebt *debt;

  MUST (tai_desk_follow_promise (f->a->desk, &slip, &before, &E));
  g_assert_cmpstr (before, ==, f->order.text);
  ask (f->a, &f->order, CLAIM);
  debt = last_told (f->a, 1);
  g_assert_cmpint (debt->state, ==, TAI_DEBT_STATE_RELEASED);
  REFUSED (TAI_CORE_ERROR_RECEIPT_UNKNOWN, tai_desk_follow_promise (f->a->desk, &slip, &after, &E));
  return debt;
}

static void
approve (TaiDeskRig *rig)
{
  MUST (tai_desk_approve (rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
}

static void
pay_approved (TaiDeskRig *rig, const char *order)
{
  TaiMoney paid;

  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_pay_debt (rig->desk, order, &paid, &E));
  approve (rig);
  MUST (tai_desk_pay_debt (rig->desk, order, &paid, &E));
  g_assert_cmpint (paid.minor, ==, FEN);
}

static void
fetch (Fixture *f, const TaiDebt *debt)
{
  MUST (tai_desk_apply_debt_news (f->b->desk, debt, &E));
}

/* The whole way ----------------------------------------------------------------------------------------------------------- */

/* A clerk of another till, so that another's yes is needed there. */
static void
other_clerk (Fixture *f)
{
  tai_desk_rig_sign_in (f->b, RIG_CLERK_2);
}

static void
test_way (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) debt = NULL, stands = NULL;

  other_clerk (f);
  MUST (tai_desk_ask_debt (f->b->desk, f->order.text, &E));
  MUST (tai_desk_ask_debt (f->b->desk, f->order.text, &E)); /* asked already */
  debt = last_told (f->b, 1);
  g_assert_cmpint (debt->state, ==, TAI_DEBT_STATE_ASKED);
  assert_rows (f->b, "SELECT state, amount_minor FROM debt", "asked|0");
  g_clear_pointer (&debt, tai_debt_free);

  debt = release (f);
  assert_rows (f->a, "SELECT refund_due_minor, unfinished FROM customer_order", "0|0");
  g_assert_cmpint (balance (f->a, "refund_due"), ==, 0);
  g_assert_cmpint (balance (f->a, "refund_due_elsewhere"), ==, -FEN);
  g_assert_cmpint (debt->amount.minor, ==, FEN);
  g_assert_cmpuint (debt->parts->len, ==, 1);
  g_assert_cmpint (debt->hop, ==, 1);
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_refund (f->a->desk, f->order.text, NULL, &E));

  fetch (f, debt);
  g_assert_cmpint (balance (f->b, "refund_due"), ==, -FEN);
  assert_net (f, 0);
  pay_approved (f->b, f->order.text);
  assert_net (f, FEN);
  g_assert_cmpint (tai_desk_rig_drawer (f->b), ==, RIG_FLOAT - FEN);
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
  MUST (stands = tai_desk_look_at_debt (f->b->desk, f->order.text, &E));
  g_assert_cmpint (stands->state, ==, TAI_DEBT_STATE_PAID);
  assert_net (f, FEN);
}

/* What headquarters hears of it is a refund like any other: of A's payment, in B's shift, and the paper is the same. */
static void
test_told (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) debt = release (f);
  g_autofree char *payment = tai_desk_rig_rows (f->a, "SELECT id FROM payment");
  g_autofree char *expected = NULL, *body = NULL;

  fetch (f, debt);
  MUST (tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E)); /* his own sale, and he has the right */
  body = tai_desk_rig_rows (f->b, "SELECT CAST (body AS TEXT) FROM message WHERE path LIKE '%%/refund'");
  expected = g_strdup_printf ("\"original\":\"%s\",\"order\":\"%s\"", payment, f->order.text);
  g_assert_nonnull (strstr (body, expected));
  assert_rows (f->b, "SELECT elsewhere_id IS NOT NULL, original_id, amount_minor, last_state FROM payment",
               "1||-3000|succeeded");
  assert_rows (f->b, "SELECT count (*) FROM journal WHERE kind IN ('debt_fetched', 'refund')", "2");
  assert_rows (f->b, "SELECT count (*) FROM print_job WHERE printer = 'receipt'", "1");
  assert_rows (f->b, "SELECT name, count, minor FROM total WHERE kind = 'tender'", "cash|1|-3000");
  assert_rows (f->b, "SELECT name, count, minor FROM total WHERE kind = 'event'", "refund|1|3000");
  assert_rows (f->a, "SELECT name, count, minor FROM total WHERE kind = 'event'", "");
}

/* Twice and late ---------------------------------------------------------------------------------------------------------- */

static void
test_repeated (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) debt = release (f);
  g_autofree char *a = tai_desk_rig_dump (f->a), *a2 = NULL, *b = NULL, *b2 = NULL;

  ask (f->a, &f->order, CLAIM);
  a2 = tai_desk_rig_dump (f->a);
  g_assert_cmpstr (a, ==, a2);
  fetch (f, debt);
  b = tai_desk_rig_dump (f->b);
  fetch (f, debt);
  b2 = tai_desk_rig_dump (f->b);
  g_assert_cmpstr (b, ==, b2);
  MUST (tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
  fetch (f, debt); /* long after: it is not there again */
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
  assert_net (f, FEN);
}

static void
test_restarted (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) debt = release (f);

  tai_desk_rig_restart (f->a);
  ask (f->a, &f->order, CLAIM);
  tai_debt_free (last_told (f->a, 1));
  fetch (f, debt);
  tai_desk_rig_restart (f->b);
  fetch (f, debt);
  tai_desk_rig_sign_in (f->b, RIG_SUPERVISOR);
  MUST (tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
  assert_net (f, FEN);
}

/* The store fails at each of its steps: then nothing of the step is there, and the next try is the first. */
static void
test_cut (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) word = tai_debt_new (&f->order), debt = NULL;
  gboolean done = FALSE;

  word->state = TAI_DEBT_STATE_ASKED;
  g_strlcpy (word->claim.text, CLAIM, sizeof word->claim.text);
  for (gint i = 0; !done; i++) {
    f->a->steps_left = i;
    done = tai_desk_apply_debt_news (f->a->desk, word, NULL);
    f->a->steps_left = -1;
    g_assert_cmpint (balance (f->a, "refund_due"), ==, done ? 0 : -FEN);
  }
  debt = last_told (f->a, 1);
  done = FALSE;
  for (gint i = 0; !done; i++) {
    f->b->steps_left = i;
    done = tai_desk_apply_debt_news (f->b->desk, debt, NULL);
    f->b->steps_left = -1;
    g_assert_cmpint (balance (f->b, "refund_due"), ==, done ? -FEN : 0);
  }
  done = FALSE;
  for (gint i = 0; !done; i++) {
    f->b->steps_left = i;
    done = tai_desk_pay_debt (f->b->desk, f->order.text, NULL, NULL);
    f->b->steps_left = -1;
    assert_net (f, done ? FEN : 0);
  }
}

/* Kept ------------------------------------------------------------------------------------------------------------------- */

static void
assert_kept (TaiDeskRig *rig, guint n, const char *reason)
{
  g_autoptr (TaiDebt) debt = last_told (rig, n);

  g_assert_cmpint (debt->state, ==, TAI_DEBT_STATE_KEPT);
  g_assert_cmpint (debt->amount.currency, ==, 0);
  assert_rows (rig, "SELECT count (*) FROM debt WHERE state = 'released'", "0");
  {
    g_autofree char *record = tai_desk_rig_last_journal (rig);
    g_autofree char *detail = g_strdup_printf ("detail=%s\n", reason);
    g_assert_nonnull (strstr (record, "kind=debt_kept\n"));
    g_assert_nonnull (strstr (record, detail));
  }
}

static void
test_paid_already (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  MUST (tai_desk_pay_refund (f->a->desk, f->order.text, NULL, &E));
  ask (f->a, &f->order, CLAIM);
  assert_kept (f->a, 1, TAI_DEBT_NOTHING_DUE);
  assert_net (f, FEN);
}

static void
test_unknown (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  TaiUuid other = {CLAIM};

  ask (f->a, &other, CLAIM);
  assert_kept (f->a, 1, TAI_DEBT_NOTHING_DUE);
  assert_net (f, 0);
}

/* By card: it goes the way that it came, also while that is under way. */
static void
test_card (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiFakeGateway) gateway = tai_fake_gateway_new (TAI_CLOCK (f->a->clock));
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (f->a);
  TaiTenderRequest request = {.tender = TAI_TENDER_CARD};
  TaiUuid order;

  tai_desk_set_gateway (f->a->desk, TAI_TENDER_CARD, TAI_PAYMENT_GATEWAY (gateway));
  tai_desk_rig_add_top_up (f->a, visit, 5000);
  tai_desk_rig_place (f->a, visit);
  MUST (tai_desk_pay (f->a->desk, visit, &request, NULL, &E));
  tai_fake_clock_advance (f->a->clock, 2000);
  order = tai_visit_get_order (visit, 0)->id;
  reject (f->a, order.text);
  ask (f->a, &order, CLAIM);
  assert_kept (f->a, 1, TAI_DEBT_NOT_CASH);
  MUST (tai_desk_begin_refund (f->a->desk, order.text, NULL, &E));
  ask (f->a, &order, "0193507f-0000-7000-8000-000000000002");
  assert_kept (f->a, 2, TAI_DEBT_UNDER_WAY);
  tai_fake_clock_advance (f->a->clock, 2000);
}

static void
test_after_pay (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) debt = release (f);

  fetch (f, debt);
  MUST (tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
  ask (f->b, &f->order, "0193507f-0000-7000-8000-000000000003");
  assert_kept (f->b, 1, TAI_DEBT_PAID);
  assert_net (f, FEN);
}

/* On, back and crossed ---------------------------------------------------------------------------------------------------- */

/* Who does not pay it keeps it, until a third asks. */
static void
test_on (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) debt = release (f), on = NULL;
  g_autoptr (GPtrArray) work = NULL;
  const TaiWorkItem *item;

  fetch (f, debt);
  MUST (work = tai_desk_list_work (f->b->desk, 10, &E));
  g_assert_cmpuint (work->len, ==, 1);
  item = g_ptr_array_index (work, 0);
  g_assert_cmpint (item->kind, ==, TAI_WORK_DEBT);
  g_assert_cmpstr (item->state, ==, "held");
  g_assert_cmpint (item->amount.minor, ==, FEN);
  g_assert_cmpstr (item->order_id.text, ==, f->order.text);
  ask (f->b, &f->order, "0193507f-0000-7000-8000-000000000004");
  on = last_told (f->b, 1);
  g_assert_cmpint (on->state, ==, TAI_DEBT_STATE_RELEASED);
  g_assert_cmpint (on->hop, ==, 2);
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
  /* the third is the first: it is the order's again there, and is paid as before */
  MUST (tai_desk_apply_debt_news (f->a->desk, on, &E));
  assert_net (f, 0);
  assert_rows (f->a, "SELECT refund_due_minor, unfinished FROM customer_order", "3000|1");
  MUST (tai_desk_pay_debt (f->a->desk, f->order.text, NULL, &E));
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_debt (f->a->desk, f->order.text, NULL, &E));
  assert_net (f, FEN);
  ask (f->a, &f->order, "0193507f-0000-7000-8000-000000000005");
  assert_kept (f->a, 2, TAI_DEBT_NOTHING_DUE);
}

/* Withdrawn too late: it is here, and in the list of work. */
static void
test_crossed (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) debt = release (f);

  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_withdraw_debt (f->b->desk, f->order.text, &E));
  MUST (tai_desk_ask_debt (f->b->desk, f->order.text, &E));
  MUST (tai_desk_withdraw_debt (f->b->desk, f->order.text, &E));
  tai_debt_free (last_told (f->b, 2));
  /* after what it takes back, and never before */
  assert_rows (f->b, "SELECT count (*) FROM message m JOIN message w ON w.depends_on = m.key", "1");
  fetch (f, debt);
  assert_rows (f->b, "SELECT state FROM debt", "held");
  MUST (tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
  assert_net (f, FEN);
}

static void
test_not_given (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) asked = NULL, again = NULL;

  MUST (tai_desk_ask_debt (f->b->desk, f->order.text, &E));
  asked = last_told (f->b, 1);
  hear_kept (f->b, &f->order, CLAIM, TAI_DEBT_NO_ANSWER); /* of another claim */
  assert_rows (f->b, "SELECT state FROM debt", "asked");
  hear_kept (f->b, &f->order, asked->claim.text, TAI_DEBT_NO_ANSWER);
  assert_rows (f->b, "SELECT state, reason FROM debt", "kept|no_answer");
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
  MUST (tai_desk_ask_debt (f->b->desk, f->order.text, &E));
  again = last_told (f->b, 2);
  g_assert_cmpstr (again->claim.text, !=, asked->claim.text);
  assert_net (f, 0);
}

static void
test_own (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) debt = NULL;

  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_ask_debt (f->a->desk, f->order.text, &E));
  debt = release (f);
  MUST (tai_desk_ask_debt (f->a->desk, f->order.text, &E)); /* back from where it went */
  assert_rows (f->a, "SELECT state FROM debt", "asked");
}

/* Refused ---------------------------------------------------------------------------------------------------------------- */

static void
test_refused (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) debt = release (f), more = tai_debt_copy (debt);

  more->amount.minor += 1; /* parts that are not the amount */
  REFUSED (TAI_CORE_ERROR_MONEY_RANGE, tai_desk_apply_debt_news (f->b->desk, more, &E));
  assert_rows (f->b, "SELECT count (*) FROM debt", "0");
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
  fetch (f, debt);
  other_clerk (f);
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
  tai_desk_rig_sign_in (f->b, RIG_AUDITOR);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_ask_debt (f->b->desk, f->order.text, &E));
  assert_net (f, 0);
}

static void
test_drawer_short (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (f->a, 2 * RIG_FLOAT);
  TaiUuid order = tai_visit_get_order (visit, 0)->id;
  g_autoptr (TaiDebt) debt = NULL;

  reject (f->a, order.text);
  ask (f->a, &order, CLAIM);
  debt = last_told (f->a, 1);
  fetch (f, debt);
  REFUSED (TAI_CORE_ERROR_DRAWER_SHORT, tai_desk_pay_debt (f->b->desk, order.text, NULL, &E));
}

/* The till that took it is closed: what is let go is a supplement of its Z report. Where it is fetched nobody has opened yet. */
static void
test_after_close (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiDebt) debt = NULL;

  tai_desk_rig_close_behind (f->a);
  tai_desk_rig_close_behind (f->b);
  debt = release (f);
  assert_rows (f->a, "SELECT event, amount_minor FROM z_supplement WHERE event = 'debt_released'",
               "debt_released|3000");
  fetch (f, debt);
  assert_rows (f->b, "SELECT shift_id FROM posting_set WHERE event = 'debt_fetched'", "");
  REFUSED (TAI_CORE_ERROR_NO_SHIFT, tai_desk_pay_debt (f->b->desk, f->order.text, NULL, &E));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/debt/way", test_way);
  g_test_add_func ("/desk/debt/told", test_told);
  g_test_add_func ("/desk/debt/repeated", test_repeated);
  g_test_add_func ("/desk/debt/restarted", test_restarted);
  g_test_add_func ("/desk/debt/cut", test_cut);
  g_test_add_func ("/desk/debt/paid-already", test_paid_already);
  g_test_add_func ("/desk/debt/unknown", test_unknown);
  g_test_add_func ("/desk/debt/card", test_card);
  g_test_add_func ("/desk/debt/after-pay", test_after_pay);
  g_test_add_func ("/desk/debt/on", test_on);
  g_test_add_func ("/desk/debt/crossed", test_crossed);
  g_test_add_func ("/desk/debt/not-given", test_not_given);
  g_test_add_func ("/desk/debt/own", test_own);
  g_test_add_func ("/desk/debt/refused", test_refused);
  g_test_add_func ("/desk/debt/drawer-short", test_drawer_short);
  g_test_add_func ("/desk/debt/after-close", test_after_close);
  return g_test_run ();
}
