/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Placing and paying: what is refused, what one transaction writes and that it writes all or nothing, numbers without gaps,
 * postings row by row. Reprints.
 */
#include "tai-desk-rig.h"

#define DAY_MS (24 * 3600 * 1000)

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

static void
assert_rows (TaiDeskRig *rig, const char *sql, const char *expected)
{
  g_autofree char *found = tai_desk_rig_rows (rig, "%s", sql);

  g_assert_cmpstr (found, ==, expected);
}

/* A new line with prepayment (120.00 today) and a top-up of 50.00: 170.00. */
static TaiVisit *
begin_big_visit (TaiDeskRig *rig, guint index)
{
  TaiVisit *visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, index);

  MUST (tai_desk_add_offering (rig->desk, visit, order, "prepay-100", 1, NONE, &E));
  tai_desk_rig_add_top_up (rig, visit, 5000);
  g_assert_cmpint (tai_visit_get_total (visit).minor, ==, 17000);
  return visit;
}

/* Money ------------------------------------------------------------------------------------------------------------- */

static void
test_cash (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_big_visit (rig, 0);
  g_autofree char *before = NULL, *after = NULL;
  TaiMoney change = CNY (-7);

  tai_desk_rig_place (rig, visit);
  before = tai_desk_rig_dump (rig);
  REFUSED (TAI_CORE_ERROR_CASH_SHORT, tai_desk_pay_cash (rig->desk, visit, CNY (16999), &change, &E));
  REFUSED (TAI_CORE_ERROR_CASH_SHORT, tai_desk_pay_cash (rig->desk, visit, CNY (0), &change, &E));
  REFUSED (TAI_CORE_ERROR_CASH_SHORT, tai_desk_pay_cash (rig->desk, visit, CNY (-1), &change, &E));
  REFUSED (TAI_CORE_ERROR_MONEY_CURRENCY,
           tai_desk_pay_cash (rig->desk, visit, tai_money (99999, 392), &change, &E));
  REFUSED (TAI_CORE_ERROR_MONEY_CURRENCY, tai_desk_pay_cash (rig->desk, visit, NONE, &change, &E));
  REFUSED (TAI_CORE_ERROR_MONEY_RANGE, tai_desk_pay_cash (rig->desk, visit, CNY (G_MAXINT64), &change, &E));
  REFUSED (TAI_CORE_ERROR_MONEY_RANGE,
           tai_desk_pay_cash (rig->desk, visit, CNY (TAI_MONEY_LIMIT_MINOR + 1), &change, &E));
  REFUSED (TAI_CORE_ERROR_CASH_SHORT,
           tai_desk_pay_cash (rig->desk, visit, CNY (G_MININT64 + 20000), &change, &E));
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (change.minor, ==, -7);
  MUST (tai_desk_pay_cash (rig->desk, visit, CNY (20000), &change, &E));
  g_assert_cmpint (change.minor, ==, 3000);
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 17000);
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_CLOSED);
  /* be-BOP#1622: not a second time. */
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_pay_cash (rig->desk, visit, CNY (20000), &change, &E));
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 17000);
  tai_desk_rig_assert_sound (rig);
}

static void
test_unplaced (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);

  tai_desk_rig_add_top_up (rig, visit, 1000);
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_pay_cash (rig->desk, visit, CNY (1000), NULL, &E));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM payment"), ==, 0);
}

/* Nothing to pay: accepted with a receipt, and a note that was handed over goes back whole. */
static void
test_zero_total (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order;
  TaiMoney change;

  MUST (tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (0), &E));
  MUST (order = tai_desk_add_order (rig->desk, visit, "plan_change", &E));
  MUST (tai_desk_set_target (rig->desk, visit, order, RIG_TARGET, &E));
  MUST (tai_desk_add_offering (rig->desk, visit, order, "plan-99", 1, NONE, &E));
  g_assert_cmpint (order->normal.minor, ==, 9900);
  tai_desk_rig_place (rig, visit);
  MUST (tai_desk_pay_cash (rig->desk, visit, CNY (5000), &change, &E));
  g_assert_cmpint (change.minor, ==, 5000);
  assert_rows (rig, "SELECT count (*) FROM payment", "0");
  assert_rows (rig, "SELECT count (*) FROM posting_set WHERE event = 'cash_sale'", "0");
  assert_rows (rig, "SELECT state, receipt_number, terminal_seq FROM customer_order",
               "paid|H017-T2-A-20261122-0001|2");
  assert_rows (rig, "SELECT count (*) FROM message WHERE path LIKE '/tmf-api/%%'", "1");
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT);
  tai_desk_rig_assert_sound (rig);
}

/* 11-tables: cash sale received 200.00, change 30.00; the visit of the worked figures and a top-up. */
static void
test_postings (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_big_visit (rig, 0);
  g_autofree char *found = NULL;

  tai_desk_rig_place (rig, visit);
  MUST (tai_desk_pay_cash (rig->desk, visit, CNY (20000), NULL, &E));
  found = tai_desk_rig_postings (rig, "cash_sale");
  g_assert_cmpstr (found, ==,
                   "drawer:T2|20000\nsim_and_goods|-2000\ncustomer_deposits|-10000\ncustomer_deposits|-5000\n"
                   "drawer:T2|-3000");
  assert_rows (rig,
               "SELECT clerk, business_day, payment_n = (SELECT n FROM payment), order_n IS NULL, "
               "shift_id = (SELECT id FROM shift) FROM posting_set WHERE event = 'cash_sale'",
               "1042|2026-11-22|1|1|1");
  assert_rows (rig, "SELECT tender, amount_minor, received_minor, change_minor, last_state FROM payment",
               "cash|17000|20000|3000|succeeded");
  assert_rows (rig, "SELECT state FROM payment_event ORDER BY k", "created\nsubmitted\nsucceeded");
  assert_rows (rig,
               "SELECT operation, amount_minor FROM allocation JOIN customer_order ON n = order_n ORDER BY n",
               "new_line|12000\ntop_up|5000");
}

static void
test_postings_by_business (void)
{
  static const struct {
    const char *operation, *account;
  } rows[] = {{"top_up", "customer_deposits"},
              {"bill_payment", "receivable_settled"},
              {"resume", "receivable_settled"}};
  g_autoptr (TaiDeskRig) rig = rig_at_work ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
    g_autofree char *found = NULL, *expected = g_strdup_printf ("%s|-1234", rows[i].account);
    TaiOrder *order;

    MUST (order = tai_desk_add_order (rig->desk, visit, rows[i].operation, &E));
    MUST (tai_desk_set_target (rig->desk, visit, order, RIG_TARGET, &E));
    MUST (tai_desk_add_offering (rig->desk, visit, order, "topup", 1, CNY (1234), &E));
    tai_desk_rig_place (rig, visit);
    tai_desk_rig_pay (rig, visit);
    found = tai_desk_rig_rows (rig, "SELECT account, amount_minor FROM posting WHERE set_n = (SELECT max (n) "
                                    "FROM posting_set) AND account NOT LIKE 'drawer%%'");
    g_assert_cmpstr (found, ==, expected);
  }
}

/* All of it ---------------------------------------------------------------------------------------------------------- */

static void
test_everything_is_written (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_big_visit (rig, 0);
  g_autofree char *record = NULL;

  tai_desk_set_developer (rig->desk, visit, "7007");
  tai_desk_rig_place (rig, visit);
  assert_rows (rig,
               "SELECT operation, state, today_minor, receipt_number IS NULL FROM customer_order ORDER BY n",
               "new_line|placed|12000|1\ntop_up|placed|5000|1");
  assert_rows (rig, "SELECT count (*) FROM payment", "0"); /* durable before money is asked for */
  tai_desk_rig_pay (rig, visit);
  g_assert_cmpstr (tai_visit_get_receipt_number (visit), ==, "H017-T2-A-20261122-0001");
  assert_rows (rig,
               "SELECT operation, state, clerk, developer, desk, outlet, msisdn, business_day, rule, signed, "
               "receipt_number, terminal_seq FROM customer_order ORDER BY n",
               "new_line|paid|1042|7007|3|H017|15400000000|2026-11-22|accepted_not_in_force|1|"
               "H017-T2-A-20261122-0001|3\n"
               "top_up|paid|1042|7007|3|H017|13900001234|2026-11-22|paid_not_credited|1|"
               "H017-T2-A-20261122-0001|4");
  assert_rows (
      rig, "SELECT destination, step, terminal_seq, path FROM message ORDER BY n",
      "hq|0|1|/guitai/v1/till\n" /* the till was opened */
      "hq|1|2|/tmf-api/payment/v4/payment\nhq|2|3|/tmf-api/productOrderingManagement/v4/productOrder\n"
      "hq|3|4|/tmf-api/productOrderingManagement/v4/productOrder");
  assert_rows (
      rig,
      "SELECT m.key = o.id, o.content_hash = m.digest FROM message m JOIN customer_order o ON o.n = order_n",
      "1|1\n1|1");
  assert_rows (rig, "SELECT key = (SELECT id FROM payment) FROM message WHERE n = 2", "1");
  assert_rows (rig, "SELECT printer, copy, state, receipt_number FROM print_job ORDER BY n",
               "receipt|0|queued|H017-T2-A-20261122-0001\nform|0|queued|H017-T2-A-20261122-0001");
  assert_rows (rig, "SELECT state FROM visit", "closed");
  record = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (record, "kind=sale\n"));
  g_assert_nonnull (strstr (record, "subject=H017-T2-A-20261122-0001\n"));
  g_assert_nonnull (strstr (record, "amount_minor=17000\n"));
  g_assert_nonnull (strstr (record, "business_day=2026-11-22\n"));
  tai_desk_rig_assert_sound (rig);
}

/* The bytes that wait for HQ are the ones that were hashed. */
static void
test_digests (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_big_visit (rig, 0);
  g_autoptr (GPtrArray) waiting = NULL;

  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  MUST (waiting = tai_outbox_list (TAI_OUTBOX (rig->store), TAI_DESTINATION_HQ, TAI_MESSAGE_WAITING, 10, &E));
  g_assert_cmpuint (waiting->len, ==, 4);
  for (guint i = 0; i < waiting->len; i++) {
    const TaiMessage *message = ((TaiOutboxRow *)g_ptr_array_index (waiting, i))->message;
    g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, message->body);
    char hex[65];

    tai_digest_to_hex (message->digest, hex);
    g_assert_cmpstr (hex, ==, sum);
    if (message->order_id.text[0] != '\0') {
      g_autoptr (TaiOrder) order = NULL;
      MUST (order = tai_visit_store_find_order (TAI_VISIT_STORE (rig->store), message->order_id.text, &E));
      tai_digest_to_hex (order->content_hash, hex);
      g_assert_cmpstr (hex, ==, sum);
      g_assert_cmpint (order->terminal_seq, ==, message->terminal_seq);
    }
  }
}

static void
assert_untouched (const TaiVisit *visit_, const char *before, TaiDeskRig *rig)
{
  TaiVisit *visit = (TaiVisit *)visit_;
  g_autofree char *after = tai_desk_rig_dump (rig);

  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_PLACED);
  g_assert_cmpint (tai_visit_get_total (visit).minor, ==, 17000);
  g_assert_cmpuint (tai_visit_get_payments (visit)->len, ==, 0);
  g_assert_null (tai_visit_get_receipt_number (visit));
  for (guint i = 0; i < tai_visit_get_n_orders (visit); i++) {
    g_assert_cmpint (tai_visit_get_order (visit, i)->state, ==, TAI_ORDER_PLACED);
    g_assert_null (tai_visit_get_order (visit, i)->receipt_number);
    g_assert_cmpint (tai_visit_get_order (visit, i)->terminal_seq, ==, 0);
  }
  g_assert_nonnull (tai_visit_get_identity (visit));
}

/* A disk error at every single step of the transaction: nothing of it is there, and the next try does it all with the same
 * figures and the numbers that were not burnt. */
static void
test_fault_at_each_step (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_big_visit (rig, 0);
  g_autofree char *before = NULL;
  gboolean good = FALSE;
  gint n;

  tai_desk_rig_place (rig, visit);
  before = tai_desk_rig_dump (rig);
  for (n = 0; !good; n++) {
    g_autoptr (GError) error = NULL;
    TaiMoney change = CNY (-7);

    rig->steps_left = n;
    good = tai_desk_pay_cash (rig->desk, visit, CNY (20000), &change, &error);
    rig->steps_left = -1;
    g_assert_cmpint (change.minor, ==, good ? 3000 : -7);
    if (!good) {
      g_assert_nonnull (error);
      assert_untouched (visit, before, rig);
    }
    g_assert_cmpint (n, <, 1000);
  }
  g_assert_cmpint (n, >, 30);
  g_test_message ("%d steps", n);
  g_assert_cmpstr (tai_visit_get_receipt_number (visit), ==, "H017-T2-A-20261122-0001");
  assert_rows (rig, "SELECT terminal_seq FROM message ORDER BY n", "1\n2\n3\n4");
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 17000);
  tai_desk_rig_assert_sound (rig);
}

static void
test_renderer_fails (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_big_visit (rig, 0);
  g_autofree char *before = NULL;

  tai_desk_rig_place (rig, visit);
  before = tai_desk_rig_dump (rig);
  for (gint n = 0; n < 3; n++) {
    rig->renders_left = n;
    REFUSED (TAI_CORE_ERROR_FAILED, tai_desk_pay_cash (rig->desk, visit, CNY (17000), NULL, &E));
    assert_untouched (visit, before, rig);
  }
  rig->renders_left = -1;
  tai_desk_rig_pay (rig, visit);
  g_assert_cmpstr (tai_visit_get_receipt_number (visit), ==, "H017-T2-A-20261122-0001");
  assert_rows (rig, "SELECT terminal_seq FROM message ORDER BY n", "1\n2\n3\n4");
  tai_desk_rig_assert_sound (rig);
}

/* Placing at every step: the visit stays open and as it was. */
static void
test_place_fault (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_big_visit (rig, 0);
  g_autofree char *before = NULL;
  gboolean good = FALSE;

  MUST (tai_desk_sign (rig->desk, visit, &E));
  before = tai_desk_rig_dump (rig);
  for (gint n = 0; !good; n++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *after = NULL;

    rig->steps_left = n;
    good = tai_desk_place (rig->desk, visit, &error);
    rig->steps_left = -1;
    after = tai_desk_rig_dump (rig);
    if (!good)
      g_assert_cmpstr (before, ==, after);
    g_assert_cmpint (tai_visit_get_state (visit), ==, good ? TAI_VISIT_PLACED : TAI_VISIT_OPEN);
    g_assert_cmpint (tai_visit_get_order (visit, 1)->state, ==, good ? TAI_ORDER_PLACED : TAI_ORDER_DRAFT);
  }
  tai_desk_rig_pay (rig, visit);
  tai_desk_rig_assert_sound (rig);
}

/* odoo#60939, #288974: the power goes after the commit and before anybody heard of it. It happened, once. */
static void
test_power_cut_after_commit (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_big_visit (rig, 0), next = NULL;
  g_autoptr (GError) error = NULL;

  tai_desk_rig_place (rig, visit);
  rig->fail_after_commit = TRUE;
  g_assert_false (tai_desk_pay_cash (rig->desk, visit, CNY (17000), NULL, &error));
  g_assert_nonnull (error);
  rig->fail_after_commit = FALSE;
  /* This program is dead: it cannot take the money a second time. */
  g_assert_false (tai_desk_pay_cash (rig->desk, visit, CNY (17000), NULL, NULL));
  tai_desk_rig_restart (rig);
  assert_rows (rig, "SELECT state FROM customer_order", "paid\npaid");
  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, RIG_FLOAT + 17000);
  tai_desk_rig_sign_in (rig, RIG_CLERK);
  next = tai_desk_rig_sell_top_up (rig, 1000);
  g_assert_cmpstr (tai_visit_get_receipt_number (next), ==, "H017-T2-A-20261122-0002");
  tai_desk_rig_assert_sound (rig);
}

/* Numbers and days --------------------------------------------------------------------------------------------------- */

static void
close_till (TaiDeskRig *rig)
{
  g_autoptr (TaiTillReport) report = NULL;

  MUST (report = tai_desk_close_till (rig->desk, CNY (tai_desk_rig_drawer (rig)), &E));
}

static void
sell (TaiDeskRig *rig, const char *receipt_number)
{
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 1000);

  g_assert_cmpstr (tai_visit_get_receipt_number (visit), ==, receipt_number);
}

/* odoo#2115 and three more: the day is the shift's; odoo#16781 and five more: numbers come from one place and never twice. */
static void
test_numbers_and_days (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();

  sell (rig, "H017-T2-A-20261122-0001");
  tai_fake_clock_advance (rig->clock, 15 * 3600 * 1000 + 1800 * 1000); /* half past midnight */
  sell (rig, "H017-T2-A-20261122-0002");
  assert_rows (rig, "SELECT business_day FROM customer_order ORDER BY n", "2026-11-22\n2026-11-22");
  assert_rows (rig, "SELECT placed_us / 1000000 FROM customer_order ORDER BY n DESC LIMIT 1", "1795365000");
  assert_rows (rig, "SELECT DISTINCT business_day FROM posting_set", "2026-11-22");
  close_till (rig);
  MUST (tai_desk_open_till (rig->desk, CNY (tai_desk_rig_drawer (rig)), &E));
  sell (rig, "H017-T2-A-20261123-0001");
  tai_desk_rig_restart (rig);
  tai_desk_rig_sign_in (rig, RIG_CLERK_2);
  sell (rig, "H017-T2-A-20261123-0002");
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR);
  close_till (rig);
  MUST (tai_desk_open_till (rig->desk, CNY (tai_desk_rig_drawer (rig)), &E)); /* the same day again */
  sell (rig, "H017-T2-A-20261123-0003");
  assert_rows (rig, "SELECT group_concat (terminal_seq, ' ') FROM message WHERE path LIKE '/tmf-api/%%'",
               "2 3 4 5 9 10 11 12 16 17");
  tai_desk_rig_assert_sound (rig);
}

/* Placed in one shift, paid in the next: it counts where the money is, and HQ hears the same as the store has. */
static void
test_paid_in_next_shift (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_big_visit (rig, 0);

  tai_desk_rig_place (rig, visit);
  tai_desk_rig_close_behind (rig);
  tai_fake_clock_advance (rig->clock, DAY_MS);
  MUST (tai_desk_open_till (rig->desk, CNY (RIG_FLOAT), &E));
  tai_desk_rig_pay (rig, visit);
  g_assert_cmpstr (tai_visit_get_receipt_number (visit), ==, "H017-T2-A-20261123-0001");
  assert_rows (
      rig, "SELECT DISTINCT business_day, shift_id = (SELECT id FROM shift WHERE n = 2) FROM customer_order",
      "2026-11-23|1");
  assert_rows (
      rig,
      "SELECT count (*) FROM message WHERE instr (CAST (body AS TEXT), '\"businessDay\":\"2026-11-23\"')",
      "4"); /* with the opening */
  tai_desk_rig_assert_sound (rig);
}

/* A face says how much is missing. */
static void
test_missing (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  g_autoptr (GError) error = NULL, other = NULL;
  guint16 currency = 0;
  gint64 minor = 0;

  tai_desk_rig_add_top_up (rig, visit, 5000);
  tai_desk_rig_place (rig, visit);
  g_assert_false (tai_desk_pay_cash (rig->desk, visit, CNY (4950), NULL, &error));
  g_assert_true (tai_core_error_get_missing (error, &minor, &currency));
  g_assert_cmpint (minor, ==, 50);
  g_assert_cmpuint (currency, ==, TAI_CNY);
  other = g_error_new_literal (TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "50 156: no");
  g_assert_false (tai_core_error_get_missing (other, &minor, &currency));
  other->code = TAI_CORE_ERROR_CASH_SHORT;
  g_free (other->message);
  other->message = g_strdup ("nobody knows");
  g_assert_false (tai_core_error_get_missing (other, &minor, &currency));
}

/* Copies -------------------------------------------------------------------------------------------------------------- */

static void
assert_copy (TaiDeskRig *rig, const char *receipt_number, gint32 expected)
{
  g_autoptr (TaiPrintJob) job = NULL;
  g_autofree char *record = NULL, *detail = g_strdup_printf ("detail=copy %d\n", expected);
  gint32 copy = -1;

  tai_desk_rig_print (rig);
  MUST (tai_desk_reprint (rig->desk, receipt_number, &copy, &E));
  g_assert_cmpint (copy, ==, expected);
  MUST (job = tai_print_queue_find_receipt (TAI_PRINT_QUEUE (rig->store), receipt_number, &E));
  g_assert_cmpint (job->copy, ==, expected);
  g_assert_cmpuint (tai_document_get_copy_number (job->document), ==,
                    (guint)expected); /* the mark on the paper */
  g_assert_cmpstr (tai_document_get_title (job->document), ==,
                   receipt_number); /* l10n-italy#4672: the right one */
  g_assert_cmpstr (job->printer, ==, "receipt");
  record = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (record, "kind=reprint\n"));
  g_assert_nonnull (strstr (record, detail));
  g_assert_nonnull (strstr (record, receipt_number));
}

static void
test_reprint (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) first = begin_big_visit (rig, 0), second = NULL;
  const char *number;
  g_autofree char *record = NULL, *before = NULL, *after = NULL;
  gint32 copy = -1;

  tai_desk_rig_place (rig, first);
  tai_desk_rig_pay (rig, first);
  second = tai_desk_rig_sell_top_up (rig, 1000);
  number = tai_visit_get_receipt_number (first);
  assert_copy (rig, number, 1);
  assert_copy (rig, number, 2);
  assert_copy (rig, tai_visit_get_receipt_number (second), 1);
  record = tai_desk_rig_last_journal (rig);
  g_assert_nonnull (strstr (record, "business_day=2026-11-22\n"));
  before = tai_desk_rig_dump (rig);
  REFUSED (TAI_CORE_ERROR_RECEIPT_UNKNOWN,
           tai_desk_reprint (rig->desk, "H017-T2-A-20261122-0099", &copy, &E));
  REFUSED (TAI_CORE_ERROR_RECEIPT_UNKNOWN, tai_desk_reprint (rig->desk, "", &copy, &E));
  g_assert_cmpint (copy, ==, -1);
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
  close_till (rig);
  assert_copy (rig, number, 3); /* after the close too, in no shift */
  assert_rows (rig, "SELECT count (*) FROM journal WHERE kind = 'reprint' AND shift_id IS NULL", "1");
  tai_desk_rig_sign_in (rig, RIG_KIOSK);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING, tai_desk_reprint (rig->desk, number, &copy, &E));
  tai_desk_rig_assert_sound (rig);
}

static void
test_reprint_fault (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 1000);
  gboolean good = FALSE;

  tai_desk_rig_print (rig);
  for (gint n = 0; !good; n++) {
    g_autoptr (GError) error = NULL;
    gint32 copy = -1;

    rig->steps_left = n;
    good = tai_desk_reprint (rig->desk, tai_visit_get_receipt_number (visit), &copy, &error);
    rig->steps_left = -1;
    g_assert_true (good || error != NULL);
    g_assert_cmpint (copy, ==, good ? 1 : -1); /* odoo#36967: a number is counted when its paper is queued */
  }
  assert_rows (rig, "SELECT copy FROM print_job ORDER BY n", "0\n1");
  tai_desk_rig_assert_sound (rig);
}

/* The printer is dead and the clerk asks for the paper again and again: when it is back one paper comes out, the original. */
static void
test_reprint_waiting (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 1000);
  TaiPrintQueue *queue = TAI_PRINT_QUEUE (rig->store);
  const char *number = tai_visit_get_receipt_number (visit);
  gint32 copy = -1;

  for (guint i = 0; i < 3; i++) {
    g_autoptr (TaiPrintJob) job = NULL;

    MUST (job = tai_print_queue_next (queue, "receipt", &E));
    MUST (tai_desk_reprint (rig->desk, number, &copy, &E)); /* while it is tried */
    g_assert_cmpint (copy, ==, 0);
    MUST (tai_print_queue_mark (queue, &job->id, TAI_PRINT_QUEUED, "not_reached", 1, &E));
    MUST (tai_desk_reprint_paper (rig->desk, number, "receipt", &copy, &E)); /* while it waits */
    g_assert_cmpint (copy, ==, 0);
  }
  assert_rows (rig, "SELECT copy, state, reason FROM print_job", "0|queued|not_reached");
  assert_rows (rig, "SELECT count (*) FROM journal WHERE kind = 'reprint'", "0");
  tai_desk_rig_print (rig);
  assert_rows (rig, "SELECT copy, state FROM print_job", "0|printed");
  MUST (tai_desk_reprint (rig->desk, number, &copy, &E)); /* now it is a second one */
  g_assert_cmpint (copy, ==, 1);
  tai_desk_rig_assert_sound (rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/sale/cash", test_cash);
  g_test_add_func ("/desk/sale/unplaced", test_unplaced);
  g_test_add_func ("/desk/sale/zero-total", test_zero_total);
  g_test_add_func ("/desk/sale/postings", test_postings);
  g_test_add_func ("/desk/sale/postings-by-business", test_postings_by_business);
  g_test_add_func ("/desk/sale/everything-is-written", test_everything_is_written);
  g_test_add_func ("/desk/sale/digests", test_digests);
  g_test_add_func ("/desk/sale/fault-at-each-step", test_fault_at_each_step);
  g_test_add_func ("/desk/sale/renderer-fails", test_renderer_fails);
  g_test_add_func ("/desk/sale/place-fault", test_place_fault);
  g_test_add_func ("/desk/sale/power-cut-after-commit", test_power_cut_after_commit);
  g_test_add_func ("/desk/sale/numbers-and-days", test_numbers_and_days);
  g_test_add_func ("/desk/sale/missing", test_missing);
  g_test_add_func ("/desk/sale/paid-in-next-shift", test_paid_in_next_shift);
  g_test_add_func ("/desk/sale/reprint", test_reprint);
  g_test_add_func ("/desk/sale/reprint-fault", test_reprint_fault);
  g_test_add_func ("/desk/sale/reprint-waiting", test_reprint_waiting);
  return g_test_run ();
}
