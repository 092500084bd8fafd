/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Money back by the way it came: each answer and fault of a gateway that gives back, what is refused meanwhile, doubt and who ends
 * it, a close of the till in between, and power cuts at every step of the store. Real store; a fake gateway in virtual time: at the
 * end of each test what it has kept and what the books say agree.
 */
#include "tai-desk-rig.h"
#include "tai-fake-gateway.h"
#include "tai-tender.h"

/* A top-up of 50.00, 10.00 of it in cash and 40.00 by card, which headquarters refused. */
typedef struct {
  TaiDeskRig *rig;
  TaiFakeGateway *gateway;
  char *order; /* (owned) */
} Fixture;

static void
plug_in (Fixture *f)
{
  tai_desk_set_gateway (f->rig->desk, TAI_TENDER_CARD, TAI_PAYMENT_GATEWAY (f->gateway));
}

static void
wait_s (Fixture *f, gint64 seconds)
{
  tai_fake_clock_advance (f->rig->clock, seconds * 1000);
}

static void
pay (Fixture *f, TaiVisit *visit, TaiTender tender, gint64 fen)
{
  TaiTenderRequest request = {.tender = tender, .amount = fen > 0 ? CNY (fen) : NONE};

  MUST (tai_desk_pay (f->rig->desk, visit, &request, NULL, &E));
  wait_s (f, 2);
}

static const char *
id_of (TaiVisit *visit, guint i)
{
  return tai_visit_get_order (visit, i)->id.text;
}

static void
reject (Fixture *f, const char *order)
{
  MUST (tai_desk_apply_order_state (f->rig->desk, order, TAI_ORDER_REJECTED, "line_closed", &E));
}

static Fixture *
fixture_new (gint64 cash_fen)
{
  Fixture *f = g_new0 (Fixture, 1);
  g_autoptr (TaiVisit) visit = NULL;

  f->rig = tai_desk_rig_new ();
  f->gateway = tai_fake_gateway_new (TAI_CLOCK (f->rig->clock));
  plug_in (f);
  tai_desk_rig_start_day (f->rig);
  tai_desk_rig_sign_in (f->rig, RIG_SUPERVISOR); /* may refund */
  visit = tai_desk_rig_begin (f->rig);
  tai_desk_rig_add_top_up (f->rig, visit, 5000);
  tai_desk_rig_place (f->rig, visit);
  if (cash_fen > 0)
    pay (f, visit, TAI_TENDER_CASH, cash_fen);
  pay (f, visit, TAI_TENDER_CARD, 0);
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_CLOSED);
  f->order = g_strdup (id_of (visit, 0));
  reject (f, f->order);
  return f;
}

static gint64
balance (Fixture *f, const char *account)
{
  return tai_desk_rig_number (f->rig, "SELECT coalesce (sum (minor), 0) FROM balance WHERE account = '%s'",
                              account);
}

/* The oracle: what the gateway kept is what the books say, and what is not owed went back. */
static void
assert_agreed (Fixture *f, gint64 owed)
{
  g_assert_cmpint (balance (f, "card_clearing"), ==, tai_fake_gateway_get_taken (f->gateway));
  g_assert_cmpint (balance (f, "refund_due"), ==, -owed);
  g_assert_cmpint (balance (f, "in_doubt") + balance (f, "in_doubt_carried_over"), ==, 0);
  tai_desk_rig_assert_sound (f->rig);
}

static void
fixture_free (Fixture *f)
{
  tai_desk_rig_assert_sound (f->rig);
  tai_desk_rig_free (f->rig);
  g_clear_object (&f->gateway);
  g_free (f->order);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static void
assert_rows (Fixture *f, const char *sql, const char *expected)
{
  g_autofree char *found = tai_desk_rig_rows (f->rig, "%s", sql);

  g_assert_cmpstr (found, ==, expected);
}

#define EVENTS                                                                                               \
  "SELECT group_concat (state, ' ') FROM (SELECT state FROM payment_event WHERE payment_n = "                \
  "(SELECT max (n) FROM payment) ORDER BY k)"
#define REFUND_MESSAGES "SELECT count (*) FROM message WHERE path LIKE '%/refund'"
#define SLIPS           "SELECT count (*) FROM print_job WHERE printer = 'receipt'"

static void
begin (Fixture *f)
{
  MUST (tai_desk_begin_refund (f->rig->desk, f->order, NULL, &E));
}

/* What went ---------------------------------------------------------------------------------------------------------------- */

static void
test_went (void)
{
  g_autoptr (Fixture) f = fixture_new (0);
  gint64 slips = tai_desk_rig_number (f->rig, SLIPS);

  begin (f);
  assert_rows (f, EVENTS, "created submitted"); /* written before it is known, and nothing booked */
  g_assert_cmpint (balance (f, "refund_due"), ==, -5000);
  assert_rows (f, REFUND_MESSAGES, "0");
  wait_s (f, 2);
  assert_rows (f, EVENTS, "created submitted succeeded");
  assert_agreed (f, 0);
  g_assert_cmpint (balance (f, "card_clearing"), ==, 0);
  g_assert_cmpint (tai_fake_gateway_get_returns (f->gateway), ==, 1);
  g_assert_cmpint (tai_desk_rig_drawer (f->rig), ==, RIG_FLOAT);
  assert_rows (f, REFUND_MESSAGES, "1");
  assert_rows (
      f, "SELECT instr (CAST (body AS TEXT), '\"value\":50.00') > 0 FROM message WHERE path LIKE '%/refund'",
      "1");
  assert_rows (f, "SELECT terminal_seq > 0 AND content_hash IS NOT NULL FROM payment ORDER BY n DESC LIMIT 1",
               "1");
  g_assert_cmpint (tai_desk_rig_number (f->rig, SLIPS), ==, slips + 1);
  assert_rows (f, "SELECT refund_due_minor, unfinished FROM customer_order", "0|0");
  assert_rows (f, "SELECT sum (count), sum (minor) FROM total WHERE kind = 'tender' AND name = 'card'",
               "2|0");
  REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_begin_refund (f->rig->desk, f->order, NULL, &E));
  wait_s (f, 600);
  g_assert_cmpint (tai_fake_gateway_get_returns (f->gateway), ==, 1);
}

/* The card's part by the terminal, then the drawer's out of the drawer: each as it came. */
static void
test_part_cash (void)
{
  g_autoptr (Fixture) f = fixture_new (1000);
  g_autoptr (GPtrArray) parts = NULL;
  TaiMoney paid;

  MUST (parts = tai_desk_list_refund_parts (f->rig->desk, f->order, &E));
  g_assert_cmpuint (parts->len, ==, 2);
  g_assert_cmpint (((TaiRefundPart *)g_ptr_array_index (parts, 0))->way, ==, TAI_REFUND_IN_CASH);
  g_assert_cmpint (((TaiRefundPart *)g_ptr_array_index (parts, 1))->way, ==, TAI_REFUND_BY_GATEWAY);
  g_assert_cmpint (((TaiRefundPart *)g_ptr_array_index (parts, 1))->amount.minor, ==, 4000);
  REFUSED (TAI_CORE_ERROR_REFUND_TENDER, tai_desk_pay_refund (f->rig->desk, f->order, NULL, &E));
  begin (f);
  wait_s (f, 2);
  assert_agreed (f, 1000);
  REFUSED (TAI_CORE_ERROR_REFUND_TENDER, tai_desk_begin_refund (f->rig->desk, f->order, NULL, &E));
  MUST (tai_desk_pay_refund (f->rig->desk, f->order, &paid, &E));
  g_assert_cmpint (paid.minor, ==, 1000);
  g_assert_cmpint (tai_desk_rig_drawer (f->rig), ==, RIG_FLOAT);
  assert_agreed (f, 0);
}

/* Two orders of one payment: each gives back its own share, and together never more than came. */
static void
test_shares (void)
{
  g_autoptr (Fixture) f = fixture_new (0);
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (f->rig);
  static const gint64 fen[] = {1000, 2500};

  tai_desk_rig_add_top_up (f->rig, visit, fen[0]);
  tai_desk_rig_add_top_up (f->rig, visit, fen[1]);
  tai_desk_rig_place (f->rig, visit);
  pay (f, visit, TAI_TENDER_CARD, 0);
  for (guint i = 0; i < 2; i++) {
    reject (f, id_of (visit, i));
    MUST (tai_desk_begin_refund (f->rig->desk, id_of (visit, i), NULL, &E));
    wait_s (f, 2);
    assert_agreed (f, 5000);
    REFUSED (TAI_CORE_ERROR_NOTHING_DUE, tai_desk_begin_refund (f->rig->desk, id_of (visit, i), NULL, &E));
  }
  g_assert_cmpint (tai_fake_gateway_get_taken (f->gateway), ==, 5000); /* the first sale's */
  g_assert_cmpint (tai_fake_gateway_get_returns (f->gateway), ==, 2);
}

/* What did not ------------------------------------------------------------------------------------------------------------- */

/* Refused, or it never came there: owed as before, and another try or the slip settles it. */
static void
test_not_gone (gconstpointer data)
{
  TaiGatewayFault fault = GPOINTER_TO_UINT (data);
  g_autoptr (Fixture) f = fixture_new (0);
  TaiMoney paid;

  if (fault == TAI_GATEWAY_FAULT_NONE)
    tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_REFUSES);
  tai_fake_gateway_push (f->gateway, fault);
  begin (f);
  wait_s (f, 30);
  assert_rows (f, "SELECT last_state FROM payment ORDER BY n", "succeeded\nfailed");
  assert_agreed (f, 5000);
  assert_rows (f, REFUND_MESSAGES, "0");
  wait_s (f, 120); /* what was late comes too late */
  assert_agreed (f, 5000);
  g_assert_cmpint (tai_fake_gateway_get_returns (f->gateway), ==, 0);
  if (fault != TAI_GATEWAY_FAULT_NONE) {
    begin (f);
    wait_s (f, 2);
    assert_agreed (f, 0);
    return;
  }
  MUST (tai_desk_pay_refund_by_slip (f->rig->desk, f->order, "R-9", &paid, &E));
  g_assert_cmpint (paid.minor, ==, 5000);
  g_assert_cmpint (balance (f, "card_clearing"), ==, 0);
  g_assert_cmpint (balance (f, "refund_due"), ==, 0);
}

/* What was taken by slip, or by a gateway that is not there any more, goes back by slip. */
static void
test_no_gateway (void)
{
  g_autoptr (Fixture) f = fixture_new (0);
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (f->rig);
  TaiTenderRequest slip = {.tender = TAI_TENDER_CARD, .number = "000123"};

  tai_desk_rig_add_top_up (f->rig, visit, 2000);
  tai_desk_rig_place (f->rig, visit);
  MUST (tai_desk_pay (f->rig->desk, visit, &slip, NULL, &E));
  reject (f, id_of (visit, 0));
  REFUSED (TAI_CORE_ERROR_REFUND_TENDER, tai_desk_begin_refund (f->rig->desk, id_of (visit, 0), NULL, &E));
  tai_desk_set_gateway (f->rig->desk, TAI_TENDER_CARD, NULL);
  REFUSED (TAI_CORE_ERROR_REFUND_TENDER, tai_desk_begin_refund (f->rig->desk, f->order, NULL, &E));
  MUST (tai_desk_pay_refund_by_slip (f->rig->desk, f->order, "R-9", NULL, &E));
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_REFUND), ==, 0);
}

/* His own sale of the day, and the right; else another's yes, to that part. */
static void
test_rights (void)
{
  g_autoptr (Fixture) f = fixture_new (1000);

  tai_desk_rig_sign_in (f->rig, RIG_CLERK);
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_begin_refund (f->rig->desk, f->order, NULL, &E));
  g_assert_cmpint (tai_desk_get_asked (f->rig->desk)->amount.minor, ==, 4000);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_REFUND), ==, 0);
  MUST (tai_desk_approve (f->rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  begin (f);
  wait_s (f, 2);
  assert_agreed (f, 1000);
  assert_rows (f, "SELECT count (*) FROM print_job WHERE instr (document, CAST ('approver' AS BLOB)) > 0",
               "1");
}

/* Doubt ----------------------------------------------------------------------------------------------------------------- */

static void
fall_into_doubt (Fixture *f, TaiGatewayFault fault)
{
  tai_fake_gateway_push (f->gateway, fault);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_LOST);
  begin (f);
  wait_s (f, 10);
  assert_rows (f, EVENTS, "created submitted unknown");
}

/* Nothing else goes back meanwhile, nothing is taken back, and it is found in the end. */
static void
test_doubt (void)
{
  g_autoptr (Fixture) f = fixture_new (1000);
  g_autoptr (GPtrArray) open = NULL;

  fall_into_doubt (f, TAI_GATEWAY_FAULT_ANSWER_LOST);
  REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN, tai_desk_begin_refund (f->rig->desk, f->order, NULL, &E));
  REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN, tai_desk_pay_refund (f->rig->desk, f->order, NULL, &E));
  REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN,
           tai_desk_pay_refund_by_slip (f->rig->desk, f->order, "R-9", NULL, &E));
  open = tai_visit_store_list_open_payments (TAI_VISIT_STORE (f->rig->store), NULL);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpint (tai_tender_get_cancel_us (g_ptr_array_index (open, 0)), ==, G_MAXINT64);
  wait_s (f, 1000); /* beyond all patience: still asked for, and never cancelled */
  assert_rows (f, EVENTS, "created submitted unknown");
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_CANCEL), ==, 0);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_REFUND), ==, 1);
  g_assert_cmpint (balance (f, "refund_due"), ==, -5000);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  MUST (tai_desk_query_refund (f->rig->desk, f->order, &E));
  wait_s (f, 2);
  assert_agreed (f, 1000);
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_query_refund (f->rig->desk, f->order, &E));
  g_assert_cmpint (tai_fake_gateway_get_returns (f->gateway), ==, 1);
}

/* One that takes its time is in doubt after a while, so that nobody has to wait for it. */
static void
test_patience (void)
{
  g_autoptr (Fixture) f = fixture_new (0);

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  begin (f);
  wait_s (f, 10);
  assert_rows (f, EVENTS, "created submitted awaiting_customer");
  REFUSED (TAI_CORE_ERROR_STATE,
           tai_desk_decide_refund (f->rig->desk, f->order, TAI_PAYMENT_DECISION_PAID, &E));
  wait_s (f, 200);
  assert_rows (f, EVENTS, "created submitted awaiting_customer unknown");
  tai_fake_gateway_customer_pays (f->gateway);
  wait_s (f, 120);
  assert_rows (f, EVENTS, "created submitted awaiting_customer unknown succeeded");
  assert_agreed (f, 0);
}

/* A wallet may take days to a bank card: in doubt after a minute, asked for ever more seldom, settled when it went. */
static void
test_wallet (void)
{
  g_autoptr (Fixture) f = fixture_new (0);
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (f->rig);
  TaiTenderRequest request = {.tender = TAI_TENDER_QR, .pay_code = "130000000000000001"};
  guint n_asked;

  tai_desk_set_gateway (f->rig->desk, TAI_TENDER_QR, TAI_PAYMENT_GATEWAY (f->gateway));
  tai_desk_rig_add_top_up (f->rig, visit, 3000);
  tai_desk_rig_place (f->rig, visit);
  MUST (tai_desk_pay (f->rig->desk, visit, &request, NULL, &E));
  wait_s (f, 2);
  reject (f, id_of (visit, 0));
  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_WAITS);
  MUST (tai_desk_begin_refund (f->rig->desk, id_of (visit, 0), NULL, &E));
  wait_s (f, 50);
  assert_rows (f, EVENTS, "created submitted awaiting_customer");
  wait_s (f, 30);
  assert_rows (f, EVENTS, "created submitted awaiting_customer unknown");
  n_asked = tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_QUERY);
  g_assert_cmpuint (n_asked, >=, 10);
  wait_s (f, 48 * 3600);
  n_asked = tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_QUERY) - n_asked;
  g_assert_cmpuint (n_asked, >, 90); /* at least twice an hour */
  g_assert_cmpuint (n_asked, <, 140);
  g_assert_cmpint (balance (f, "qr_clearing:wechat"), ==, 3000);
  tai_fake_gateway_customer_pays (f->gateway);
  wait_s (f, 1900);
  assert_rows (f, EVENTS, "created submitted awaiting_customer unknown succeeded");
  g_assert_cmpint (balance (f, "qr_clearing:wechat"), ==, 0);
  g_assert_cmpint (balance (f, "refund_due"), ==, -5000); /* the other sale's */
  g_assert_cmpint (tai_fake_gateway_get_returns (f->gateway), ==, 1);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->gateway, TAI_GATEWAY_CANCEL), ==, 0);
}

/* Who asked for it decides of it with another's yes, and never twice. */
static void
test_decided (gconstpointer data)
{
  gboolean went = GPOINTER_TO_INT (data);
  TaiPaymentDecision decision = went ? TAI_PAYMENT_DECISION_PAID : TAI_PAYMENT_DECISION_NOT_PAID;
  g_autoptr (Fixture) f = fixture_new (0);

  fall_into_doubt (f, went ? TAI_GATEWAY_FAULT_ANSWER_LOST : TAI_GATEWAY_FAULT_LOST);
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_decide_refund (f->rig->desk, f->order, decision, &E));
  tai_desk_rig_sign_in (f->rig, RIG_CLERK);
  REFUSED (TAI_CORE_ERROR_APPROVAL, tai_desk_decide_refund (f->rig->desk, f->order, decision, &E));
  MUST (tai_desk_approve (f->rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  MUST (tai_desk_decide_refund (f->rig->desk, f->order, decision, &E));
  assert_rows (f, EVENTS,
               went ? "created submitted unknown succeeded" : "created submitted unknown reversing unknown");
  assert_agreed (f, went ? 0 : 5000);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 300); /* the gateway says the same */
  assert_rows (f, EVENTS,
               went ? "created submitted unknown succeeded"
                    : "created submitted unknown reversing unknown failed");
  assert_agreed (f, went ? 0 : 5000);
  assert_rows (f, "SELECT count (*) FROM journal WHERE kind = 'payment_decided'", "1");
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_decide_refund (f->rig->desk, f->order, decision, &E));
}

/* Over a close of the till: owed in no shift's doubt, and it counts in the one in which it went. */
static void
test_over_a_close (void)
{
  g_autoptr (Fixture) f = fixture_new (0);
  g_autoptr (TaiTillReport) z = NULL;
  g_autoptr (GPtrArray) items = NULL;

  fall_into_doubt (f, TAI_GATEWAY_FAULT_ANSWER_LOST);
  MUST (items = tai_desk_check_close (f->rig->desk, &E));
  for (guint i = 0; i < items->len; i++) {
    const TaiDayItem *item = g_ptr_array_index (items, i);
    if (item->kind == TAI_DAY_IN_DOUBT)
      g_assert_cmpint (item->amount.minor, ==, 0); /* its money is the refund that is due */
    if (item->kind == TAI_DAY_REFUND_DUE)
      g_assert_cmpint (item->amount.minor, ==, 5000);
  }
  MUST (z = tai_desk_close_till (f->rig->desk, CNY (RIG_FLOAT), &E));
  g_assert_cmpint (balance (f, "in_doubt_carried_over"), ==, 0);
  tai_fake_clock_advance (f->rig->clock, G_GINT64_CONSTANT (24) * 3600 * 1000);
  tai_desk_rig_sign_in (f->rig, RIG_SUPERVISOR);
  MUST (tai_desk_open_till (f->rig->desk, CNY (RIG_FLOAT), &E));
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 120);
  assert_agreed (f, 0);
  assert_rows (
      f,
      "SELECT business_day, name, sum (minor) FROM total WHERE kind = 'tender' GROUP BY business_day, name ORDER BY 1",
      "2026-11-22|card|5000\n2026-11-23|card|-5000");
  assert_rows (
      f,
      "SELECT instr (CAST (body AS TEXT), '\"businessDay\":\"2026-11-23\"') > 0 FROM message WHERE path LIKE '%/refund'",
      "1");
  assert_rows (f, "SELECT event FROM posting_set WHERE business_day = '2026-11-23' AND event LIKE 'refund%'",
               "refund_by_gateway");
}

static const TaiHalf *
only_half (GPtrArray *halves)
{
  g_assert_cmpuint (halves->len, ==, 1);
  return g_ptr_array_index (halves, 0);
}

static GPtrArray *
list_halves (Fixture *f)
{
  GPtrArray *halves;

  MUST (halves = tai_desk_list_halves (f->rig->desk, &E));
  return halves;
}

/* The refunds in the list of work, as "reason" or "-", in a row; the order itself as "order". */
static void
assert_work (Fixture *f, const char *expected)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  MUST (items = tai_desk_list_work (f->rig->desk, 20, &E));
  for (guint i = 0; i < items->len; i++) {
    const TaiWorkItem *item = g_ptr_array_index (items, i);
    g_assert_cmpstr (item->order_id.text, ==, f->order);
    g_assert_true (item->kind == TAI_WORK_REFUND || item->kind == TAI_WORK_REFUSED);
    g_assert_cmpint (item->amount.minor, >, 0);
    g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "",
                            item->kind == TAI_WORK_REFUSED ? "order"
                            : item->reason != NULL         ? item->reason
                                                           : "-");
  }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
give_up (Fixture *f)
{
  tai_desk_rig_sign_in (f->rig, RIG_CLERK);
  REFUSED (TAI_CORE_ERROR_APPROVAL,
           tai_desk_decide_refund (f->rig->desk, f->order, TAI_PAYMENT_DECISION_NOT_PAID, &E));
  MUST (tai_desk_approve (f->rig->desk, RIG_SUPERVISOR, RIG_SUPERVISOR, &E));
  MUST (tai_desk_decide_refund (f->rig->desk, f->order, TAI_PAYMENT_DECISION_NOT_PAID, &E));
  tai_desk_rig_sign_in (f->rig, RIG_SUPERVISOR);
}

/* "It did not go" was said, and it went: what is still owed is settled by that, and it is in the journal. */
static void
test_late (void)
{
  g_autoptr (Fixture) f = fixture_new (1000);
  g_autoptr (GPtrArray) halves = NULL;

  fall_into_doubt (f, TAI_GATEWAY_FAULT_ANSWER_LOST);
  assert_work (f, "-");
  give_up (f);
  assert_work (f, "order given_up");
  halves = list_halves (f);
  g_assert_cmpuint (halves->len, ==, 2);
  g_assert_cmpint (((TaiHalf *)g_ptr_array_index (halves, 1))->kind, ==, TAI_HALF_REFUND_OPEN);
  g_assert_cmpint (((TaiHalf *)g_ptr_array_index (halves, 1))->amount.minor, ==, 4000);
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 120);
  assert_rows (f, EVENTS, "created submitted unknown reversing unknown succeeded");
  assert_agreed (f, 1000);
  assert_rows (f, "SELECT count (*) FROM journal WHERE kind = 'refund_late'", "1");
  assert_work (f, "order");
  MUST (tai_desk_pay_refund (f->rig->desk, f->order, NULL, &E));
  assert_agreed (f, 0);
  assert_work (f, "");
}

static void restart (Fixture *f);

/* The gateway has given back all that it took; the house that gave the slip's 50.00 stands in the same account, so that this is off
 * by what is claimed until that is put right. */
static void
assert_twice (Fixture *f, gint64 claimed)
{
  g_assert_cmpint (balance (f, "in_doubt_carried_over"), ==, claimed);
  g_assert_cmpint (balance (f, "card_clearing"), ==, -claimed);
  g_assert_cmpint (tai_fake_gateway_get_taken (f->gateway), ==, 0);
  g_assert_cmpint (balance (f, "refund_due"), ==, 0);
  g_assert_cmpint (balance (f, "in_doubt"), ==, 0);
  tai_desk_rig_assert_sound (f->rig);
}

/* The claim is no shift's: the Z report tells it, and it stands there on the next day. */
static void
close_and_open (Fixture *f)
{
  g_autoptr (TaiTillReport) z = NULL;

  MUST (z = tai_desk_close_till (f->rig->desk, CNY (RIG_FLOAT), &E));
  g_assert_cmpint (z->carried_over.minor, ==, 5000);
  tai_fake_clock_advance (f->rig->clock, G_GINT64_CONSTANT (24) * 3600 * 1000);
  tai_desk_rig_sign_in (f->rig, RIG_SUPERVISOR);
  MUST (tai_desk_open_till (f->rig->desk, CNY (RIG_FLOAT), &E));
}

/* And when it was given back another way meanwhile it has gone twice: said until a person has put it right, over restarts. */
static void
test_twice (gconstpointer data)
{
  gboolean by_slip = GPOINTER_TO_INT (data);
  g_autoptr (Fixture) f = fixture_new (0);
  g_autoptr (GPtrArray) halves = NULL, none = NULL;

  fall_into_doubt (f, TAI_GATEWAY_FAULT_ANSWER_LOST);
  give_up (f);
  if (by_slip)
    MUST (tai_desk_pay_refund_by_slip (f->rig->desk, f->order, "R-9", NULL, &E));
  else {
    begin (f); /* and the new one is under way when the old one is heard of */
    wait_s (f, 5);
  }
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 200);
  if (!by_slip) { /* the fake keeps no more than it took: the second one was refused */
    g_assert_cmpint (tai_fake_gateway_get_returns (f->gateway), ==, 1);
    return;
  }
  assert_rows (f, "SELECT count (*) FROM journal WHERE kind = 'refund_twice'", "1");
  assert_work (f, "gone_twice");
  assert_twice (f, 5000);
  close_and_open (f);
  restart (f);
  wait_s (f, 200);
  assert_rows (f, "SELECT count (*) FROM journal WHERE kind = 'refund_twice'", "1");
  halves = list_halves (f);
  g_assert_cmpint (only_half (halves)->kind, ==, TAI_HALF_REFUND_TWICE);
  g_assert_cmpint (only_half (halves)->amount.minor, ==, 5000);
  g_assert_cmpstr (only_half (halves)->order_id.text, ==, f->order);
  assert_twice (f, 5000);
  REFUSED (TAI_CORE_ERROR_STATE,
           tai_desk_decide_refund (f->rig->desk, f->order, TAI_PAYMENT_DECISION_PAID, &E));
  give_up (f); /* put right */
  assert_twice (f, 0);
  assert_rows (f, "SELECT event FROM z_supplement", "refund_put_right");
  assert_work (f, "");
  none = list_halves (f);
  g_assert_cmpuint (none->len, ==, 0);
  REFUSED (TAI_CORE_ERROR_STATE,
           tai_desk_decide_refund (f->rig->desk, f->order, TAI_PAYMENT_DECISION_NOT_PAID, &E));
}

/* A face hears of it for as long as it is asked for. */
static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_visit_tells (void)
{
  g_autoptr (Fixture) f = fixture_new (0);
  g_autoptr (TaiVisit) visit = NULL;
  guint n = 0;

  MUST ((tai_desk_find_refund_visit (f->rig->desk, f->order, &E), E == NULL));
  begin (f);
  MUST (visit = tai_desk_find_refund_visit (f->rig->desk, f->order, &E));
  g_signal_connect_swapped (visit, "changed", G_CALLBACK (count_cb), &n);
  wait_s (f, 2);
  g_assert_cmpuint (n, >, 0);
  g_assert_null (tai_desk_find_refund_visit (f->rig->desk, f->order, NULL));
}

/* Each part its own way: the card's by its terminal, the cheque's and the cash with a slip; the slip is never the card's. */
static void
test_each_its_way (gconstpointer data)
{
  gboolean slip_first = GPOINTER_TO_INT (data);
  g_autoptr (Fixture) f = fixture_new (0);
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (f->rig);
  TaiTenderRequest cheque = {
      .tender = TAI_TENDER_OTHER, .provider = "cheque", .number = "7788", .amount = CNY (2000)};
  TaiMoney paid;

  begin (f); /* the fixture's own is out of the way */
  wait_s (f, 2);
  tai_desk_rig_add_top_up (f->rig, visit, 5000);
  tai_desk_rig_place (f->rig, visit);
  pay (f, visit, TAI_TENDER_CASH, 1000);
  MUST (tai_desk_pay (f->rig->desk, visit, &cheque, NULL, &E));
  pay (f, visit, TAI_TENDER_CARD, 0);
  g_free (f->order);
  f->order = g_strdup (id_of (visit, 0));
  reject (f, f->order);
  REFUSED (TAI_CORE_ERROR_REFUND_TENDER, tai_desk_pay_refund (f->rig->desk, f->order, NULL, &E));
  for (guint i = 0; i < 2; i++)
    if (slip_first == (i == 0)) {
      MUST (tai_desk_pay_refund_by_slip (f->rig->desk, f->order, "R-9", &paid, &E));
      g_assert_cmpint (paid.minor, ==, 3000);
      assert_agreed (f, i == 0 ? 2000 : 0);
    } else {
      begin (f);
      wait_s (f, 2);
      assert_agreed (f, i == 0 ? 3000 : 0);
    }
  g_assert_cmpint (tai_fake_gateway_get_returns (f->gateway), ==, 2);
  assert_rows (f, "SELECT tender, amount_minor FROM payment WHERE number = 'R-9'", "other|-2000");
}

/* What the terminal refused goes with the other slips; it says why, and may be asked once more. */
static void
test_failure (void)
{
  g_autoptr (Fixture) f = fixture_new (0);
  g_autoptr (GPtrArray) parts = NULL;

  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_REFUSES);
  begin (f);
  wait_s (f, 10);
  MUST (parts = tai_desk_list_refund_parts (f->rig->desk, f->order, &E));
  g_assert_cmpstr (((TaiRefundPart *)g_ptr_array_index (parts, 0))->failure, ==, "NOTENOUGH");
  g_assert_cmpint (((TaiRefundPart *)g_ptr_array_index (parts, 0))->way, ==, TAI_REFUND_BY_GATEWAY);
  tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_PAYS);
  begin (f);
  wait_s (f, 2);
  assert_agreed (f, 0);
}

/* Power ----------------------------------------------------------------------------------------------------------------- */

static void
restart (Fixture *f)
{
  tai_desk_rig_restart (f->rig);
  plug_in (f);
  MUST (tai_desk_recover_payments (f->rig->desk, &E));
  tai_desk_rig_sign_in (f->rig, RIG_SUPERVISOR);
}

/* Whatever became of the first try: in the end the money went exactly once. */
static void
end_story (Fixture *f)
{
  tai_fake_gateway_stand (f->gateway, TAI_GATEWAY_FAULT_NONE);
  wait_s (f, 300);
  if (balance (f, "refund_due") != 0) {
    assert_agreed (f, 5000);
    begin (f);
    wait_s (f, 10);
  }
  assert_agreed (f, 0);
  g_assert_cmpint (tai_fake_gateway_get_returns (f->gateway), ==, 1);
  assert_rows (f, REFUND_MESSAGES, "1");
  assert_rows (f, "SELECT count (*) FROM payment WHERE last_state = 'succeeded'", "2");
}

/* Until the store fails at its @n-th step and the power goes or comes back at once. FALSE: there were fewer steps. */
static gboolean
cut (gint n, TaiGatewayFault fault, gboolean power)
{
  g_autoptr (Fixture) f = fixture_new (0);
  g_autoptr (GError) error = NULL;
  gboolean failed;

  tai_fake_gateway_push (f->gateway, fault);
  f->rig->steps_left = n;
  if (tai_desk_begin_refund (f->rig->desk, f->order, NULL, &error))
    wait_s (f, 10);
  failed = f->rig->steps_left < 0;
  f->rig->steps_left = -1;
  if (power)
    restart (f);
  end_story (f);
  return failed;
}

static void
test_cut (gconstpointer data)
{
  gint n = 0;

  for (gboolean go_on = TRUE; go_on; n++) {
    go_on = cut (n, GPOINTER_TO_UINT (data), TRUE);
    cut (n, GPOINTER_TO_UINT (data), FALSE);
    g_assert_cmpint (n, <, 500);
  }
  g_test_message ("%d steps", n);
  g_assert_cmpint (n, >, 20);
}

/* And at every moment between "written" and "known". */
static void
test_cut_in_time (void)
{
  for (gint64 ms = 0; ms < 8000; ms += 100) {
    g_autoptr (Fixture) f = fixture_new (0);

    tai_fake_gateway_set_customer (f->gateway, (ms / 100) % 2 ? TAI_CUSTOMER_REFUSES : TAI_CUSTOMER_PAYS);
    if ((ms / 100) % 3 == 0)
      tai_fake_gateway_push (f->gateway, TAI_GATEWAY_FAULT_ANSWER_LOST);
    begin (f);
    tai_fake_clock_advance (f->rig->clock, ms);
    restart (f);
    tai_fake_gateway_set_customer (f->gateway, TAI_CUSTOMER_PAYS);
    end_story (f);
  }
}

#define FAULT(fault) GUINT_TO_POINTER (TAI_GATEWAY_FAULT_##fault)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/refund/went", test_went);
  g_test_add_func ("/desk/refund/part-cash", test_part_cash);
  g_test_add_func ("/desk/refund/shares", test_shares);
  g_test_add_data_func ("/desk/refund/refused", FAULT (NONE), test_not_gone);
  g_test_add_data_func ("/desk/refund/not-reached", FAULT (NOT_REACHED), test_not_gone);
  g_test_add_data_func ("/desk/refund/lost", FAULT (LOST), test_not_gone);
  g_test_add_data_func ("/desk/refund/comes-late", FAULT (LATE), test_not_gone);
  g_test_add_func ("/desk/refund/no-gateway", test_no_gateway);
  g_test_add_func ("/desk/refund/rights", test_rights);
  g_test_add_func ("/desk/refund/doubt", test_doubt);
  g_test_add_func ("/desk/refund/patience", test_patience);
  g_test_add_func ("/desk/refund/wallet", test_wallet);
  g_test_add_data_func ("/desk/refund/decided-gone", GINT_TO_POINTER (TRUE), test_decided);
  g_test_add_data_func ("/desk/refund/decided-not", GINT_TO_POINTER (FALSE), test_decided);
  g_test_add_func ("/desk/refund/late", test_late);
  g_test_add_data_func ("/desk/refund/twice-by-slip", GINT_TO_POINTER (TRUE), test_twice);
  g_test_add_data_func ("/desk/refund/twice-by-gateway", GINT_TO_POINTER (FALSE), test_twice);
  g_test_add_func ("/desk/refund/visit-tells", test_visit_tells);
  g_test_add_data_func ("/desk/refund/slip-then-gateway", GINT_TO_POINTER (TRUE), test_each_its_way);
  g_test_add_data_func ("/desk/refund/gateway-then-slip", GINT_TO_POINTER (FALSE), test_each_its_way);
  g_test_add_func ("/desk/refund/failure", test_failure);
  g_test_add_func ("/desk/refund/over-a-close", test_over_a_close);
  g_test_add_data_func ("/desk/refund/cut", FAULT (NONE), test_cut);
  g_test_add_data_func ("/desk/refund/cut-answer-lost", FAULT (ANSWER_LOST), test_cut);
  g_test_add_func ("/desk/refund/cut-in-time", test_cut_in_time);
  return g_test_run ();
}
