/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Paying by anything but all in cash: each state and fault of a gateway, split payments, doubt and who ends it, the books row by
 * row, and power cuts at every step of the store. Real store; a fake gateway in virtual time keeps account of what customers
 * paid: at the end of each test it and the books agree.
 */
#include "tai-desk-rig.h"
#include "tai-fake-gateway.h"

#include <string.h>

#define CODE   "130000000000000001"
#define ALIPAY "288888888888888888"

typedef struct {
  TaiDeskRig *rig;
  TaiFakeGateway *gateway;
  TaiVisit *visit;
} Fixture;

static void
plug_in (Fixture *f)
{
  tai_desk_set_gateway (f->rig->desk, TAI_TENDER_QR, TAI_PAYMENT_GATEWAY (f->gateway));
}

/* A new line with prepayment (120.00 today) and a top-up of 50.00: 170.00, placed. */
static TaiVisit *
place_big (TaiDeskRig *rig, guint index)
{
  TaiVisit *visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, index);

  MUST (tai_desk_add_offering (rig->desk, visit, order, "prepay-100", 1, NONE, &E));
  tai_desk_rig_add_top_up (rig, visit, 5000);
  tai_desk_rig_place (rig, visit);
  g_assert_cmpint (tai_visit_get_due (visit).minor, ==, 17000);
  return visit;
}

static Fixture *
fixture_new (void)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->rig = tai_desk_rig_new ();
  f->gateway = tai_fake_gateway_new (TAI_CLOCK (f->rig->clock));
  plug_in (f);
  tai_desk_rig_start_day (f->rig);
  MUST (tai_desk_apply_lease (f->rig->desk, TAI_RESOURCE_COUPON, "C-1", "10.00", 0, &E));
  f->visit = place_big (f->rig, 0);
  return f;
}

static gint64
balance (Fixture *f, const char *account)
{
  return tai_desk_rig_number (f->rig, "SELECT coalesce (sum (minor), 0) FROM balance WHERE account = '%s'",
                              account);
}

static void
fixture_free (Fixture *f)
{
  tai_desk_rig_assert_sound (f->rig);
  g_clear_object (&f->visit);
  tai_desk_rig_free (f->rig);
  g_clear_object (&f->gateway);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static void
wait_s (Fixture *f, gint64 seconds)
{
  tai_fake_clock_advance (f->rig->clock, seconds * 1000);
}

/* By WeChat's code; @fen 0: all that is due. */
static void
pay_qr (Fixture *f, gint64 fen)
{
  TaiTenderRequest request = {.tender = TAI_TENDER_QR, .amount = fen ? CNY (fen) : NONE, .pay_code = CODE};

  MUST (tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
}

static const TaiPayment *
last_payment (Fixture *f)
{
  GPtrArray *payments = tai_visit_get_payments (f->visit);

  g_assert_cmpuint (payments->len, >, 0);
  return g_ptr_array_index (payments, payments->len - 1);
}

static void
assert_state (Fixture *f, TaiPaymentState state)
{
  g_autofree char *stored = NULL;

  g_assert_cmpstr (tai_state_to_text (&tai_payment_states, last_payment (f)->state), ==,
                   tai_state_to_text (&tai_payment_states, state));
  stored =
      tai_desk_rig_rows (f->rig, "SELECT last_state FROM payment WHERE id = '%s'", last_payment (f)->id.text);
  g_assert_cmpstr (stored, ==, tai_state_to_text (&tai_payment_states, state));
}

static void
assert_events (Fixture *f, const char *expected)
{
  g_autofree char *found =
      tai_desk_rig_rows (f->rig, "SELECT group_concat (state, ' ') FROM (SELECT state FROM payment_event "
                                 "WHERE payment_n = (SELECT max (n) FROM payment) ORDER BY k)");

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_rows (Fixture *f, const char *sql, const char *expected)
{
  g_autofree char *found = tai_desk_rig_rows (f->rig, "%s", sql);

  g_assert_cmpstr (found, ==, expected);
}

/* The oracle: what the gateway has is what the books say, nothing is in doubt, and the visit was sold once or not at all. */
static void
assert_agreed (Fixture *f, gboolean sold)
{
  gint64 taken = tai_fake_gateway_get_taken (f->gateway);

  g_assert_cmpint (balance (f, "qr_clearing:wechat"), ==, taken);
  g_assert_cmpint (balance (f, "in_doubt") + balance (f, "in_doubt_carried_over"), ==, 0);
  g_assert_cmpint (tai_visit_get_state (f->visit), ==, sold ? TAI_VISIT_CLOSED : TAI_VISIT_PLACED);
  g_assert_cmpint (-balance (f, "sim_and_goods") - balance (f, "customer_deposits"), ==, sold ? 17000 : 0);
  g_assert_cmpint (balance (f, "part_paid"), ==,
                   sold ? 0 : -(taken + tai_desk_rig_drawer (f->rig) - RIG_FLOAT));
  tai_desk_rig_assert_sound (f->rig);
}

static void
pay_cash (Fixture *f)
{
  TaiMoney due = tai_visit_get_due (f->visit);

  MUST (tai_desk_pay_cash (f->rig->desk, f->visit, due, NULL, &E));
}

/* One payment ------------------------------------------------------------------------------------------------------- */

static void
test_paid (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *postings = NULL;

  pay_qr (f, 0);
  assert_state (f, TAI_PAYMENT_SUBMITTED); /* durable before the gateway has answered */
  g_assert_cmpstr (tai_fake_gateway_get_code (f->gateway), ==, CODE);
  wait_s (f, 1);
  assert_state (f, TAI_PAYMENT_SUCCEEDED);
  assert_events (f, "created submitted succeeded");
  assert_agreed (f, TRUE);
  postings = tai_desk_rig_postings (f->rig, "qr_sale");
  g_assert_cmpstr (
      postings, ==,
      "qr_clearing:wechat|17000\nsim_and_goods|-2000\ncustomer_deposits|-10000\ncustomer_deposits|-5000");
  g_assert_cmpstr (tai_visit_get_receipt_number (f->visit), ==, "H017-T2-A-20261122-0001");
  assert_rows (f, "SELECT tender, provider, amount_minor, terminal_seq FROM payment", "qr|wechat|17000|2");
  assert_rows (f, "SELECT operation, state, terminal_seq FROM customer_order ORDER BY n",
               "new_line|paid|3\ntop_up|paid|4");
  assert_rows (f, "SELECT m.key = p.id, m.digest = p.content_hash FROM message m JOIN payment p ON m.n = 2",
               "1|1");
  assert_rows (f, "SELECT count (*) FROM message WHERE path LIKE '/tmf-api/%%'", "3");
  assert_rows (f, "SELECT kind, clerk, name, count, minor FROM total WHERE kind = 'tender'",
               "tender|1042|qr|1|17000");
  g_assert_cmpint (tai_desk_rig_drawer (f->rig), ==, RIG_FLOAT);
  g_assert_cmpuint (tai_fake_clock_get_n_timers (f->rig->clock), ==, 0);
}

static void
test_password (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  pay_qr (f, 0);
  wait_s (f, 12);
  assert_state (f, TAI_PAYMENT_AWAITING_CUSTOMER);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_QUERY), ==, 2); /* every 5 s */
  tai_fake_gateway_customer_pays (f->gateway);
  tai_desk_lock (f->rig->desk); /* the clerk has turned away */
  wait_s (f, 6);
  assert_events (f, "created submitted awaiting_customer succeeded");
  assert_agreed (f, TRUE);
}

static void
test_refused (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_REFUSES);
  pay_qr (f, 0);
  wait_s (f, 1);
  assert_events (f, "created submitted failed");
  g_assert_cmpstr (last_payment (f)->detail, ==, "NOTENOUGH");
  assert_agreed (f, FALSE);
  pay_cash (f);
  assert_agreed (f, TRUE);
  assert_rows (f, "SELECT tender, last_state FROM payment ORDER BY n", "qr|failed\ncash|succeeded");
  assert_rows (f, "SELECT count (*) FROM message WHERE path LIKE '/tmf-api/%%'",
               "3"); /* HQ hears of money, not of attempts */
}

static void
test_patience (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  pay_qr (f, 0);
  wait_s (f, 29);
  assert_state (f, TAI_PAYMENT_AWAITING_CUSTOMER);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_CANCEL), ==, 0);
  wait_s (f, 10);
  assert_events (f, "created submitted awaiting_customer unknown reversing reversed");
  assert_agreed (f, FALSE);
  pay_cash (f);
  assert_agreed (f, TRUE);
  assert_rows (f, "SELECT event FROM posting_set WHERE event LIKE '%doubt%' ORDER BY n",
               "in_doubt\ndoubt_gone");
}

/* Late success after cancel: it said closed, and then the customer had paid. */
static void
test_paid_in_cancel (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_PAYS_IN_CANCEL);
  pay_qr (f, 0);
  wait_s (f, 60);
  assert_events (f, "created submitted awaiting_customer unknown reversing reversed");
  g_assert_cmpint (tai_fake_gateway_get_charges (f->gateway), ==, 1);
  g_assert_cmpint (tai_fake_gateway_get_taken (f->gateway), ==, 0);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_CANCEL), ==, 2);
  assert_agreed (f, FALSE);
}

static void
test_shown (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  TaiTenderRequest request = {.tender = TAI_TENDER_QR, .provider = "wechat"};

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  MUST (tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
  wait_s (f, 1);
  g_assert_null (tai_fake_gateway_get_code (f->gateway));
  g_assert_cmpstr (tai_visit_get_open_payment (f->visit)->qr_text, ==,
                   "weixin://wxpay/bizpayurl?pr=EXAMPLE0");
  tai_fake_gateway_customer_pays (f->gateway);
  wait_s (f, 4);
  g_assert_null (last_payment (f)->qr_text);
  assert_agreed (f, TRUE);
}

/* Lost messages ------------------------------------------------------------------------------------------------------- */

static void
test_not_reached (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_NOT_REACHED);
  pay_qr (f, 0);
  wait_s (f, 1);
  assert_events (f, "created submitted failed");
  assert_agreed (f, FALSE);
}

/* odoo and woocommerce charged twice here: the answer is lost, the money is not. */
static void
test_answer_lost (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_ANSWER_LOST);
  tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_BROKEN);
  pay_qr (f, 0);
  wait_s (f, 4);
  assert_state (f, TAI_PAYMENT_UNKNOWN);
  g_assert_cmpint (balance (f, "in_doubt"), ==, 17000);
  g_assert_cmpint (balance (f, "part_paid"), ==, -17000);
  REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN, tai_desk_pay_cash (f->rig->desk, f->visit, CNY (17000), NULL, &E));
  REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN, tai_desk_abandon (f->rig->desk, f->visit, &E));
  wait_s (f, 12);
  assert_events (f, "created submitted unknown succeeded");
  g_assert_cmpint (tai_fake_gateway_get_charges (f->gateway), ==, 1);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_PAY), ==, 1);
  assert_agreed (f, TRUE);
  assert_rows (
      f,
      "SELECT event, (SELECT group_concat (account || ' ' || amount_minor, ', ') FROM posting WHERE set_n = n) "
      "FROM posting_set WHERE payment_n IS NOT NULL ORDER BY n",
      "in_doubt|in_doubt 17000, part_paid -17000\ndoubt_succeeded|qr_clearing:wechat 17000, in_doubt -17000\n"
      "qr_sale|part_paid 17000, sim_and_goods -2000, customer_deposits -10000, customer_deposits -5000");
}

/* The request itself is lost, or comes a minute late: a query proves that it never arrived, and then it never does. */
static void
test_request_lost (void)
{
  for (TaiGatewayFault fault = TAI_GATEWAY_FAULT_LOST; fault <= TAI_GATEWAY_FAULT_LATE; fault += 2) {
    g_autoptr (Fixture) f = fixture_new ();

    tai_fake_gateway_push (f->gateway, fault);
    pay_qr (f, 0);
    wait_s (f, 5);
    assert_events (f, "created submitted unknown failed");
    assert_agreed (f, FALSE);
    pay_cash (f);
    wait_s (f, 120);
    g_assert_cmpint (tai_fake_gateway_get_charges (f->gateway), ==, 0);
    assert_agreed (f, TRUE);
  }
}

static void
test_cancel_lost (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  pay_qr (f, 0);
  wait_s (f, 9);
  REFUSED (TAI_CORE_ERROR_PAYMENT_EARLY,
           tai_desk_cancel_payment (f->rig->desk, f->visit, last_payment (f)->id.text, &E));
  wait_s (f, 7);
  for (guint i = 0; i < 3; i++)
    tai_fake_gateway_push (f->gateway, i == 1 ? TAI_GATEWAY_FAULT_ANSWER_LOST : TAI_GATEWAY_FAULT_LOST);
  MUST (tai_desk_cancel_payment (f->rig->desk, f->visit, last_payment (f)->id.text, &E));
  assert_state (f, TAI_PAYMENT_REVERSING); /* durable before the gateway hears of it */
  REFUSED (TAI_CORE_ERROR_STATE,
           tai_desk_cancel_payment (f->rig->desk, f->visit, last_payment (f)->id.text, &E));
  REFUSED (TAI_CORE_ERROR_PAYMENT_UNKNOWN, tai_desk_cancel_payment (f->rig->desk, f->visit, "nobody", &E));
  wait_s (f, 120);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_CANCEL), ==, 4);
  assert_state (f, TAI_PAYMENT_REVERSED);
  assert_agreed (f, FALSE);
  assert_rows (f, "SELECT kind FROM journal ORDER BY seq DESC LIMIT 1", "payment_cancelled");
}

/* A line that is dead for an hour: slower and slower, then all is well. */
static void
test_dead_line (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_ANSWER_LOST);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NOT_REACHED);
  pay_qr (f, 0);
  wait_s (f, 3600);
  assert_state (f, TAI_PAYMENT_REVERSING);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_CANCEL), <, 90);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_CANCEL), >, 30);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  MUST (tai_desk_query_payment (f->rig->desk, f->visit, last_payment (f)->id.text, &E)); /* by hand */
  wait_s (f, 5);
  assert_state (f, TAI_PAYMENT_REVERSED);
  assert_agreed (f, FALSE);
}

/* It cannot be taken back any more: then it is paid. */
static void
test_no_cancel (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  tai_fake_gateway_set_no_cancel (f->gateway);
  pay_qr (f, 0);
  wait_s (f, 20);
  tai_fake_gateway_customer_pays (f->gateway);
  MUST (tai_desk_cancel_payment (f->rig->desk, f->visit, last_payment (f)->id.text, &E));
  wait_s (f, 10);
  assert_events (f, "created submitted awaiting_customer unknown reversing unknown succeeded");
  assert_agreed (f, TRUE);
}

/* In any mix ---------------------------------------------------------------------------------------------------------- */

static void
pay_part (Fixture *f, const TaiTenderRequest *request)
{
  MUST (tai_desk_pay (f->rig->desk, f->visit, request, NULL, &E));
}

static void
test_split (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  TaiMoney change;

  pay_part (f, &(TaiTenderRequest){.tender = TAI_TENDER_COUPON, .amount = CNY (1000), .number = "C-1"});
  pay_part (f, &(TaiTenderRequest){
                   .tender = TAI_TENDER_OTHER, .amount = CNY (500), .number = "CHQ-7", .provider = "cheque"});
  pay_part (f, &(TaiTenderRequest){.tender = TAI_TENDER_CARD,
                                   .amount = CNY (2500),
                                   .number = "000123"}); /* its own terminal's slip */
  pay_qr (f, 10000);
  wait_s (f, 1);
  g_assert_cmpint (tai_visit_get_due (f->visit).minor, ==, 3000);
  g_assert_cmpint (balance (f, "part_paid"), ==, -14000);
  MUST (tai_desk_pay_cash (f->rig->desk, f->visit, CNY (5000), &change, &E));
  g_assert_cmpint (change.minor, ==, 2000);
  assert_rows (
      f, "SELECT account, minor FROM balance WHERE minor <> 0 AND account <> 'safe:H017' ORDER BY account",
      "card_clearing|2500\ncoupon_clearing|1000\ncustomer_deposits|-15000\ndrawer:T2|23000\n"
      "other_clearing:cheque|500\nqr_clearing:wechat|10000\nsim_and_goods|-2000");
  assert_rows (
      f,
      "SELECT tender, operation, a.amount_minor FROM allocation a JOIN payment p ON p.n = payment_n JOIN "
      "customer_order o ON o.n = order_n ORDER BY payment_n, order_n",
      "coupon|new_line|1000\nother|new_line|500\ncard|new_line|2500\nqr|new_line|8000\nqr|top_up|2000\ncash|top_up|3000");
  assert_rows (f, "SELECT group_concat (terminal_seq, ' ') FROM message", "1 2 3 4 5 6 7 8");
  assert_rows (
      f,
      "SELECT count (*) FROM payment p JOIN message m ON m.key = p.id AND m.terminal_seq = p.terminal_seq AND "
      "m.digest = p.content_hash",
      "5");
  assert_rows (f, "SELECT count (DISTINCT receipt_number) FROM customer_order", "1");
  g_assert_cmpint (tai_visit_get_state (f->visit), ==, TAI_VISIT_CLOSED);
}

static void
test_split_refused (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  TaiTenderRequest request = {.tender = TAI_TENDER_CASH, .amount = CNY (17001)};
  g_autofree char *before = tai_desk_rig_dump (f->rig), *after = NULL;
  g_autoptr (GError) error = NULL;

  REFUSED (TAI_CORE_ERROR_PAYMENT_AMOUNT, tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
  request.amount = CNY (0);
  REFUSED (TAI_CORE_ERROR_PAYMENT_AMOUNT, tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
  request.amount = CNY (-5);
  REFUSED (TAI_CORE_ERROR_PAYMENT_AMOUNT, tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
  request.amount = tai_money (100, 392);
  REFUSED (TAI_CORE_ERROR_MONEY_CURRENCY, tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
  request = (TaiTenderRequest){.tender = TAI_TENDER_CASH, .amount = CNY (500), .received = CNY (400)};
  REFUSED (TAI_CORE_ERROR_CASH_SHORT, tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
  request = (TaiTenderRequest){
      .tender = TAI_TENDER_OTHER, .provider = "cheque", .number = "7788", .amount = CNY (17001)};
  REFUSED (TAI_CORE_ERROR_PAYMENT_AMOUNT, tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
  request = (TaiTenderRequest){.tender = TAI_TENDER_COUPON, .amount = CNY (500)};
  REFUSED (TAI_CORE_ERROR_TENDER_NUMBER, tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
  request = (TaiTenderRequest){.tender = TAI_TENDER_QR, .pay_code = "160000000000000000"};
  g_assert_false (tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_PAY_CODE);
  g_assert_null (strstr (error->message, request.pay_code)); /* whatever was scanned, nobody reads it again */
  tai_desk_set_gateway (f->rig->desk, TAI_TENDER_QR, NULL);
  request.pay_code = CODE;
  REFUSED (TAI_CORE_ERROR_TENDER_NOT_HERE, tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
  REFUSED (TAI_CORE_ERROR_CASH_SHORT, tai_desk_finish (f->rig->desk, f->visit, &E));
  after = tai_desk_rig_dump (f->rig);
  g_assert_cmpstr (before, ==, after);
}

/* The customer changes his mind: what was given is given back, then he may go. */
static void
test_give_back (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *cash = NULL, *qr = NULL;

  pay_part (f, &(TaiTenderRequest){.tender = TAI_TENDER_CASH, .amount = CNY (2000), .received = CNY (5000)});
  cash = g_strdup (last_payment (f)->id.text);
  g_assert_cmpint (tai_desk_rig_drawer (f->rig), ==, RIG_FLOAT + 2000);
  pay_qr (f, 3000);
  wait_s (f, 1);
  qr = g_strdup (last_payment (f)->id.text);
  assert_agreed (f, FALSE);
  REFUSED (TAI_CORE_ERROR_PAYMENT_TAKEN, tai_desk_abandon (f->rig->desk, f->visit, &E));
  REFUSED (TAI_CORE_ERROR_VISITS_OPEN, tai_desk_close_till (f->rig->desk, CNY (RIG_FLOAT), &E));
  MUST (tai_desk_cancel_payment (f->rig->desk, f->visit, cash, &E));
  g_assert_cmpint (tai_desk_rig_drawer (f->rig), ==, RIG_FLOAT);
  MUST (tai_desk_cancel_payment (f->rig->desk, f->visit, qr, &E));
  REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN, tai_desk_pay_cash (f->rig->desk, f->visit, CNY (17000), NULL, &E));
  wait_s (f, 2);
  assert_events (f, "created submitted succeeded reversing reversed");
  assert_agreed (f, FALSE);
  g_assert_cmpint (balance (f, "part_paid"), ==, 0);
  assert_rows (f, "SELECT name, count, minor FROM total WHERE kind = 'tender' ORDER BY name",
               "cash|0|0\nqr|0|0");
  MUST (tai_desk_abandon (f->rig->desk, f->visit, &E));
  g_assert_cmpint (tai_visit_get_state (f->visit), ==, TAI_VISIT_ABANDONED);
}

/* Doubt --------------------------------------------------------------------------------------------------------------- */

static void
fall_into_doubt (Fixture *f, TaiGatewayFault fault)
{
  tai_fake_gateway_push (f->gateway, fault);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_BROKEN);
  pay_qr (f, 0);
  wait_s (f, 4);
  assert_state (f, TAI_PAYMENT_UNKNOWN);
}

static void
test_decided_unpaid (void)
{
  for (TaiGatewayFault fault = TAI_GATEWAY_FAULT_LOST; fault <= TAI_GATEWAY_FAULT_ANSWER_LOST; fault++) {
    g_autoptr (Fixture) f = fixture_new ();
    const char *id;
    g_autofree char *record = NULL;

    fall_into_doubt (f, fault);
    id = last_payment (f)->id.text;
    REFUSED (TAI_CORE_ERROR_APPROVAL,
             tai_desk_decide_payment (f->rig->desk, f->visit, id, TAI_PAYMENT_DECISION_NOT_PAID, &E));
    tai_desk_rig_sign_in (f->rig, RIG_SUPERVISOR);
    MUST (tai_desk_decide_payment (f->rig->desk, f->visit, id, TAI_PAYMENT_DECISION_NOT_PAID, &E));
    record = tai_desk_rig_last_journal (f->rig);
    g_assert_nonnull (strstr (record, "kind=payment_released\n"));
    g_assert_nonnull (strstr (record, "detail=decided by 2001\n"));
    REFUSED (TAI_CORE_ERROR_STATE,
             tai_desk_decide_payment (f->rig->desk, f->visit, id, TAI_PAYMENT_DECISION_PAID, &E));
    pay_cash (f);
    g_assert_cmpint (tai_visit_get_state (f->visit), ==, TAI_VISIT_CLOSED);
    wait_s (f, 600);
    g_assert_cmpint (balance (f, "in_doubt"), ==, 17000); /* still nobody knows */
    assert_rows (f, "SELECT count (*) FROM payment WHERE in_doubt = 1", "1");
    tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
    wait_s (f, 200);
    assert_rows (f, "SELECT last_state FROM payment WHERE tender = 'qr'", "reversed");
    g_assert_cmpint (tai_fake_gateway_get_taken (f->gateway), ==, 0); /* whatever had become of it */
    assert_agreed (f, TRUE);
  }
}

/* In place: a supervisor's yes is for that payment and that decision, once, and both stand in the journal. */
static void
test_decided_in_place (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const char *id;

  fall_into_doubt (f, TAI_GATEWAY_FAULT_ANSWER_LOST);
  id = last_payment (f)->id.text;
  REFUSED (TAI_CORE_ERROR_APPROVAL,
           tai_desk_decide_payment (f->rig->desk, f->visit, id, TAI_PAYMENT_DECISION_NOT_PAID, &E));
  g_assert_cmpstr (tai_desk_get_asked (f->rig->desk)->action->id, ==, TAI_ACTION_PAYMENT_NOT_PAID);
  g_assert_cmpstr (tai_desk_get_asked (f->rig->desk)->subject, ==, id);
  g_assert_cmpint (tai_desk_get_asked (f->rig->desk)->amount.minor, ==, 17000);
  MUST (tai_desk_approve (f->rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  /* the other decision is another act */
  REFUSED (TAI_CORE_ERROR_APPROVAL,
           tai_desk_decide_payment (f->rig->desk, f->visit, id, TAI_PAYMENT_DECISION_PAID, &E));
  assert_state (f, TAI_PAYMENT_UNKNOWN);
  MUST (tai_desk_approve (f->rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  MUST (tai_desk_decide_payment (f->rig->desk, f->visit, id, TAI_PAYMENT_DECISION_PAID, &E));
  assert_rows (f, "SELECT action, state FROM approval ORDER BY decided_us, action",
               "payment_not_paid|granted\npayment_paid|used");
  assert_rows (f,
               "SELECT count (*) FROM journal WHERE kind IN ('override', 'payment_decided') AND subject = "
               "(SELECT id FROM payment)",
               "3");
  /* HQ hears of the yes that was used, with the payment that it was used for */
  assert_rows (f,
               "SELECT count (*) FROM message WHERE instr (CAST (body AS TEXT), '\"state\":\"used\"') AND "
               "instr (CAST (body AS TEXT), '\"act\":\"' || (SELECT id FROM payment) || '\"')",
               "1");
  g_assert_cmpint (tai_visit_get_state (f->visit), ==, TAI_VISIT_CLOSED);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 200);
  assert_agreed (f, TRUE);
}

/* What is offered: what needs nobody, always; what needs a gateway, while there is one. */
static void
test_takes (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  static const TaiTender always[] = {TAI_TENDER_CASH, TAI_TENDER_COUPON, TAI_TENDER_OTHER};

  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    g_assert_true (tai_desk_takes (f->rig->desk, always[i]));
  g_assert_true (tai_desk_takes (f->rig->desk, TAI_TENDER_QR));
  g_assert_false (tai_desk_takes (f->rig->desk, TAI_TENDER_CARD));
  tai_desk_set_gateway (f->rig->desk, TAI_TENDER_CARD, TAI_PAYMENT_GATEWAY (f->gateway));
  g_assert_true (tai_desk_takes (f->rig->desk, TAI_TENDER_CARD));
  tai_desk_set_gateway (f->rig->desk, TAI_TENDER_CARD, NULL);
  g_assert_false (tai_desk_takes (f->rig->desk, TAI_TENDER_CARD));
  pay_cash (f);
}

/* A supervisor who took the payment himself needs another. */
static void
test_decided_own (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_desk_rig_sign_in (f->rig, RIG_SUPERVISOR);
  fall_into_doubt (f, TAI_GATEWAY_FAULT_LOST);
  REFUSED (TAI_CORE_ERROR_APPROVAL,
           tai_desk_decide_payment (f->rig->desk, f->visit, last_payment (f)->id.text,
                                    TAI_PAYMENT_DECISION_NOT_PAID, &E));
  REFUSED (TAI_CORE_ERROR_APPROVAL_SELF, tai_desk_approve (f->rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 200);
  assert_state (f, TAI_PAYMENT_FAILED);
  pay_cash (f);
}

static void
test_decided_paid (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fall_into_doubt (f, TAI_GATEWAY_FAULT_ANSWER_LOST);
  tai_desk_rig_sign_in (f->rig, RIG_SUPERVISOR);
  MUST (tai_desk_decide_payment (f->rig->desk, f->visit, last_payment (f)->id.text, TAI_PAYMENT_DECISION_PAID,
                                 &E));
  assert_events (f, "created submitted unknown succeeded");
  assert_agreed (f, TRUE);
  assert_rows (f, "SELECT count (*) FROM journal WHERE kind = 'payment_decided'", "1");
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 100); /* the question that was under way finds it settled */
  assert_agreed (f, TRUE);
}

/* I9: doubt leaves the shift with its close and comes back in whatever shift knows. */
static void
test_carried_over (void)
{
  for (guint i = 0; i < 2; i++) {
    g_autoptr (Fixture) f = fixture_new ();
    g_autoptr (TaiTillReport) report = NULL;

    fall_into_doubt (f, i == 0 ? TAI_GATEWAY_FAULT_ANSWER_LOST : TAI_GATEWAY_FAULT_LOST);
    MUST (report = tai_desk_close_till (f->rig->desk, CNY (RIG_FLOAT), &E));
    g_assert_cmpint (report->n_in_doubt, ==, 1);
    g_assert_cmpint (balance (f, "in_doubt"), ==, 0);
    g_assert_cmpint (balance (f, "in_doubt_carried_over"), ==, 17000);
    tai_fake_clock_advance (f->rig->clock, 24 * 3600 * 1000);
    MUST (tai_desk_open_till (f->rig->desk, CNY (RIG_FLOAT), &E));
    tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
    wait_s (f, 120);
    assert_state (f, TAI_PAYMENT_REVERSED); /* patience had ended long ago */
    assert_agreed (f, FALSE);
    assert_rows (f, "SELECT business_day FROM posting_set WHERE event = 'doubt_gone'", "2026-11-23");
    assert_rows (f, "SELECT k, event, amount_minor, business_day FROM z_supplement",
                 "1|doubt_gone|17000|2026-11-23");
    assert_rows (f, "SELECT n_in_doubt, carried_minor FROM z_report", "1|17000");
    pay_cash (f);
    assert_agreed (f, TRUE);
  }
}

/* While the till is closed nobody can sell: the money is written down, the sale is finished later. */
static void
test_success_after_close (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiTillReport) report = NULL;

  tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_ANSWER_LOST);
  tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_BROKEN);
  pay_qr (f, 0);
  wait_s (f, 4);
  MUST (report = tai_desk_close_till (f->rig->desk, CNY (RIG_FLOAT), &E));
  wait_s (f, 15);
  assert_state (f, TAI_PAYMENT_SUCCEEDED);
  assert_agreed (f, FALSE);
  g_assert_cmpint (tai_visit_get_due (f->visit).minor, ==, 0);
  REFUSED (TAI_CORE_ERROR_NO_SHIFT, tai_desk_finish (f->rig->desk, f->visit, &E));
  MUST (tai_desk_open_till (f->rig->desk, CNY (RIG_FLOAT), &E));
  MUST (tai_desk_finish (f->rig->desk, f->visit, &E));
  assert_agreed (f, TRUE);
  assert_rows (f, "SELECT event FROM posting_set ORDER BY n DESC LIMIT 1", "part_paid_sale");
}

static void
test_close_under_way (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  pay_qr (f, 0);
  wait_s (f, 2);
  REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN, tai_desk_close_till (f->rig->desk, CNY (RIG_FLOAT), &E));
}

/* The store does not rely on the desk. */
static void
test_store_blocks (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiPayment) second = tai_payment_new (TAI_TENDER_CASH, CNY (17000));

  fall_into_doubt (f, TAI_GATEWAY_FAULT_LOST);
  second->id = tai_entropy_uuid (f->rig->entropy, TAI_CLOCK (f->rig->clock));
  second->visit_id = *tai_visit_get_id (f->visit);
  tai_change_add_payment (change, second);
  tai_change_add_payment_event (change, &second->id, TAI_PAYMENT_SUCCEEDED, NULL, 1);
  REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN, tai_visit_store_commit (TAI_VISIT_STORE (f->rig->store), change, &E));
}

/* Money until it is used: not in the database, its log, or an error. */
static void
test_code_is_nowhere (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *dump = NULL;

  fall_into_doubt (f, TAI_GATEWAY_FAULT_ANSWER_LOST);
  dump = tai_desk_rig_dump (f->rig);
  g_assert_null (strstr (dump, CODE));
  g_assert_null (strstr (dump, "3133303030303030303030303030303030")); /* in a blob */
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 60);
}

/* Power ----------------------------------------------------------------------------------------------------------------- */

static void
restart (Fixture *f)
{
  g_autoptr (GPtrArray) visits = NULL;

  g_clear_object (&f->visit);
  tai_desk_rig_restart (f->rig);
  plug_in (f);
  MUST (visits = tai_desk_recover_visits (f->rig->desk, &E));
  g_assert_cmpuint (visits->len, <=, 1);
  if (visits->len == 1)
    f->visit = g_object_ref (g_ptr_array_index (visits, 0));
  tai_desk_rig_sign_in (f->rig, RIG_CLERK);
}

static void
test_recover (void)
{
  static const struct {
    TaiGatewayFault fault;
    TaiCustomer customer;
    gint64 wait_s;
    const char *events;
    gboolean sold;
  } cases[] = {
      {TAI_GATEWAY_FAULT_ANSWER_LOST, TAI_CUSTOMER_PAYS, 0, "created submitted unknown succeeded", TRUE},
      {TAI_GATEWAY_FAULT_LATE, TAI_CUSTOMER_PAYS, 0, "created submitted unknown failed", FALSE},
      {TAI_GATEWAY_FAULT_NONE, TAI_CUSTOMER_WAITS, 2,
       "created submitted awaiting_customer unknown reversing reversed", FALSE},
      {TAI_GATEWAY_FAULT_NONE, TAI_CUSTOMER_WAITS, 40,
       "created submitted awaiting_customer unknown reversing reversed", FALSE},
      {TAI_GATEWAY_FAULT_NONE, TAI_CUSTOMER_REFUSES, 0, "created submitted unknown failed", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Fixture) f = fixture_new ();

    tai_fake_gateway_push (f->gateway, cases[i].fault);
    tai_fake_gateway_set_customer (f->gateway, cases[i].customer);
    pay_qr (f, 0);
    wait_s (f, cases[i].wait_s);
    restart (f);
    wait_s (f, 150);
    assert_events (f, cases[i].events);
    assert_agreed (f, cases[i].sold);
    if (!cases[i].sold)
      pay_cash (f);
    assert_agreed (f, TRUE);
  }
}

/* Released, its visit paid and gone: it is still pursued. */
static void
test_recover_released (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fall_into_doubt (f, TAI_GATEWAY_FAULT_ANSWER_LOST);
  tai_desk_rig_sign_in (f->rig, RIG_SUPERVISOR);
  MUST (tai_desk_decide_payment (f->rig->desk, f->visit, last_payment (f)->id.text,
                                 TAI_PAYMENT_DECISION_NOT_PAID, &E));
  pay_cash (f);
  restart (f);
  g_assert_null (f->visit);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 120);
  assert_rows (f, "SELECT last_state FROM payment ORDER BY n", "reversed\nsucceeded");
  g_assert_cmpint (tai_fake_gateway_get_taken (f->gateway), ==, 0);
  g_assert_cmpint (balance (f, "qr_clearing:wechat") + balance (f, "in_doubt"), ==, 0);
}

/* A program that keeps no visits leaves those with money in them alone. */
static void
test_abandon_unpaid (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiVisit) other = place_big (f->rig, 1);
  guint n = 99;

  tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_ANSWER_LOST);
  pay_qr (f, 0);
  g_clear_object (&f->visit);
  tai_desk_rig_restart (f->rig);
  plug_in (f);
  MUST (tai_desk_abandon_unpaid (f->rig->desk, &n, &E));
  g_assert_cmpuint (n, ==, 2); /* the other's two orders */
  MUST (tai_desk_recover_payments (f->rig->desk, &E));
  wait_s (f, 10);
  assert_rows (f, "SELECT last_state FROM payment", "succeeded"); /* written, though nobody can sell */
  g_assert_cmpint (balance (f, "qr_clearing:wechat"), ==, 17000);
  assert_rows (f, "SELECT group_concat (state, ' ') FROM customer_order",
               "placed placed cancelled cancelled");
}

typedef void (*Story) (Fixture *f);

/* What can be done about a visit when the power is back: wait, and pay what is due. */
static void
end_story (Fixture *f)
{
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 300);
  if (f->visit != NULL && tai_visit_get_state (f->visit) == TAI_VISIT_PLACED)
    pay_cash (f);
  g_assert_cmpint (tai_desk_rig_number (f->rig, "SELECT count (*) FROM customer_order WHERE state = 'paid'"),
                   ==, 2);
  g_assert_cmpint (balance (f, "qr_clearing:wechat"), ==, tai_fake_gateway_get_taken (f->gateway));
  g_assert_cmpint (balance (f, "in_doubt") + balance (f, "part_paid"), ==, 0);
  g_assert_cmpint (balance (f, "qr_clearing:wechat") + balance (f, "coupon_clearing") +
                       tai_desk_rig_drawer (f->rig) - RIG_FLOAT,
                   ==, 17000);
  tai_desk_rig_assert_sound (f->rig);
}

static void
tell_paid (Fixture *f)
{
  TaiTenderRequest request = {.tender = TAI_TENDER_QR, .pay_code = CODE};

  if (tai_desk_pay (f->rig->desk, f->visit, &request, NULL, NULL))
    wait_s (f, 3);
}

static void
tell_split (Fixture *f)
{
  TaiTenderRequest coupon = {.tender = TAI_TENDER_COUPON, .amount = CNY (1000), .number = "C-1"};
  TaiTenderRequest qr = {.tender = TAI_TENDER_QR, .amount = CNY (9000), .pay_code = CODE};

  if (!tai_desk_pay (f->rig->desk, f->visit, &coupon, NULL, NULL) ||
      !tai_desk_pay (f->rig->desk, f->visit, &qr, NULL, NULL))
    return;
  wait_s (f, 3);
  tai_desk_pay_cash (f->rig->desk, f->visit, CNY (7000), NULL, NULL);
}

static void
tell_doubt (Fixture *f)
{
  tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_ANSWER_LOST);
  tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_BROKEN);
  tell_paid (f);
  wait_s (f, 20);
}

static void
tell_patience (Fixture *f)
{
  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_PAYS_IN_CANCEL);
  tell_paid (f);
  wait_s (f, 60);
}

/* @story until its @n-th step of the store fails and the power goes, or, @after, just after the n-th commit. FALSE: it was too
 * short for that. */
static gboolean
cut (Story story, gint n, gboolean power)
{
  g_autoptr (Fixture) f = fixture_new ();
  gboolean failed;

  f->rig->steps_left = n;
  story (f);
  failed = f->rig->steps_left < 0;
  f->rig->steps_left = -1;
  if (power)
    restart (f);
  end_story (f);
  return failed;
}

static void
test_cut (gconstpointer story)
{
  gint n = 0;

  for (gboolean go_on = TRUE; go_on; n++) {
    go_on = cut ((Story)story, n, TRUE);
    cut ((Story)story, n, FALSE); /* a disk that is full for a moment: the program lives */
    g_assert_cmpint (n, <, 500);
  }
  g_test_message ("%d steps", n);
  g_assert_cmpint (n, >, 40);
}

/* And at every moment in time. */
static void
test_cut_in_time (gconstpointer story)
{
  for (gint64 ms = 0; ms < 45000; ms += 450) {
    g_autoptr (Fixture) f = fixture_new ();
    TaiTenderRequest request = {.tender = TAI_TENDER_QR, .pay_code = CODE};

    tai_fake_gateway_set_customer (f->gateway, (ms / 450) % 4);
    if ((ms / 450) % 3 == 0)
      tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_ANSWER_LOST);
    MUST (tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
    tai_fake_clock_advance (f->rig->clock, ms);
    restart (f);
    end_story (f);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/tender/paid", test_paid);
  g_test_add_func ("/desk/tender/password", test_password);
  g_test_add_func ("/desk/tender/refused", test_refused);
  g_test_add_func ("/desk/tender/patience", test_patience);
  g_test_add_func ("/desk/tender/paid-in-cancel", test_paid_in_cancel);
  g_test_add_func ("/desk/tender/shown", test_shown);
  g_test_add_func ("/desk/tender/not-reached", test_not_reached);
  g_test_add_func ("/desk/tender/answer-lost", test_answer_lost);
  g_test_add_func ("/desk/tender/request-lost", test_request_lost);
  g_test_add_func ("/desk/tender/cancel-lost", test_cancel_lost);
  g_test_add_func ("/desk/tender/dead-line", test_dead_line);
  g_test_add_func ("/desk/tender/no-cancel", test_no_cancel);
  g_test_add_func ("/desk/tender/split", test_split);
  g_test_add_func ("/desk/tender/split-refused", test_split_refused);
  g_test_add_func ("/desk/tender/give-back", test_give_back);
  g_test_add_func ("/desk/tender/decided-unpaid", test_decided_unpaid);
  g_test_add_func ("/desk/tender/decided-paid", test_decided_paid);
  g_test_add_func ("/desk/tender/decided-in-place", test_decided_in_place);
  g_test_add_func ("/desk/tender/takes", test_takes);
  g_test_add_func ("/desk/tender/decided-own", test_decided_own);
  g_test_add_func ("/desk/tender/carried-over", test_carried_over);
  g_test_add_func ("/desk/tender/success-after-close", test_success_after_close);
  g_test_add_func ("/desk/tender/close-under-way", test_close_under_way);
  g_test_add_func ("/desk/tender/store-blocks", test_store_blocks);
  g_test_add_func ("/desk/tender/code-is-nowhere", test_code_is_nowhere);
  g_test_add_func ("/desk/tender/recover", test_recover);
  g_test_add_func ("/desk/tender/recover-released", test_recover_released);
  g_test_add_func ("/desk/tender/abandon-unpaid", test_abandon_unpaid);
  g_test_add_data_func ("/desk/tender/cut/paid", tell_paid, test_cut);
  g_test_add_data_func ("/desk/tender/cut/split", tell_split, test_cut);
  g_test_add_data_func ("/desk/tender/cut/doubt", tell_doubt, test_cut);
  g_test_add_data_func ("/desk/tender/cut/patience", tell_patience, test_cut);
  g_test_add_data_func ("/desk/tender/cut/in-time", NULL, test_cut_in_time);
  return g_test_run ();
}
