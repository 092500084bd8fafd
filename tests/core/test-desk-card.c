/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards at a bank terminal, by the desk's own rules: asked often, cancelled at once, given up after two minutes, over midnight, over
 * a power cut; and amounts that nobody can mean. */
#include "tai-desk-rig.h"
#include "tai-fake-gateway.h"

#include <string.h>

typedef struct {
  TaiDeskRig *rig;
  TaiFakeGateway *bank;
  TaiVisit *visit;
} Fixture;

static Fixture *
fixture_new (void)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->rig = tai_desk_rig_new ();
  f->bank = tai_fake_gateway_new (TAI_CLOCK (f->rig->clock));
  tai_desk_set_gateway (f->rig->desk, TAI_TENDER_CARD, TAI_PAYMENT_GATEWAY (f->bank));
  tai_desk_rig_start_day (f->rig);
  f->visit = tai_desk_rig_begin (f->rig);
  tai_desk_rig_add_top_up (f->rig, f->visit, 5000);
  tai_desk_rig_place (f->rig, f->visit);
  return f;
}

static void
fixture_free (Fixture *f)
{
  tai_desk_rig_assert_sound (f->rig);
  g_clear_object (&f->visit);
  tai_desk_rig_free (f->rig);
  g_clear_object (&f->bank);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static gint64
balance (Fixture *f, const char *account)
{
  return tai_desk_rig_number (f->rig, "SELECT coalesce (sum (minor), 0) FROM balance WHERE account = '%s'",
                              account);
}

static void
pay (Fixture *f)
{
  MUST (tai_desk_pay (f->rig->desk, f->visit, &(TaiTenderRequest){.tender = TAI_TENDER_CARD}, NULL, &E));
}

static TaiPayment *
payment (Fixture *f)
{
  return g_ptr_array_index (tai_visit_get_payments (f->visit), 0);
}

static void
wait_s (Fixture *f, gint64 seconds)
{
  tai_fake_clock_advance (f->rig->clock, seconds * 1000);
}

static void
test_paid (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  tai_fake_gateway_set_customer (f->bank, TAI_CUSTOMER_WAITS);
  pay (f);
  wait_s (f, 10);
  g_assert_cmpint (payment (f)->state, ==, TAI_PAYMENT_AWAITING_CUSTOMER);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->bank, TAI_GATEWAY_QUERY), >=, 4);
  REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN, tai_desk_pay_cash (f->rig->desk, f->visit, CNY (5000), NULL, &E));
  tai_fake_gateway_customer_pays (f->bank);
  wait_s (f, 3);
  g_assert_cmpint (tai_visit_get_state (f->visit), ==, TAI_VISIT_CLOSED);
  g_assert_cmpint (balance (f, "card_clearing"), ==, 5000);
  g_assert_cmpint (balance (f, "in_doubt"), ==, 0);
}

/* A customer who changes his mind is not kept waiting; one who never comes is given up. */
static void
test_not_paid (void)
{
  static const gboolean by_clerk[] = {TRUE, FALSE};

  for (guint i = 0; i < G_N_ELEMENTS (by_clerk); i++) {
    g_autoptr (Fixture) f = fixture_new ();
    tai_fake_gateway_set_customer (f->bank, TAI_CUSTOMER_WAITS);
    pay (f);
    wait_s (f, by_clerk[i] ? 1 : 130);
    if (by_clerk[i])
      MUST (tai_desk_cancel_payment (f->rig->desk, f->visit, payment (f)->id.text, &E));
    wait_s (f, 10);
    g_assert_cmpint (payment (f)->state, ==, TAI_PAYMENT_REVERSED);
    g_assert_cmpint (tai_fake_gateway_get_charges (f->bank), ==, 0);
    MUST (tai_desk_pay_cash (f->rig->desk, f->visit, CNY (5000), NULL, &E));
  }
}

/* Between "card taken" and the answer the power goes: asked for, never charged again. */
static void
test_power_cut (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) visits = NULL;

  tai_fake_gateway_push (f->bank, TAI_GATEWAY_FAULT_ANSWER_LOST);
  pay (f);
  g_clear_object (&f->visit);
  tai_desk_rig_restart (f->rig);
  tai_desk_set_gateway (f->rig->desk, TAI_TENDER_CARD, TAI_PAYMENT_GATEWAY (f->bank));
  tai_desk_rig_sign_in (f->rig, RIG_CLERK);
  visits = tai_desk_recover_visits (f->rig->desk, NULL);
  g_assert_cmpuint (visits->len, ==, 1);
  f->visit = g_object_ref (g_ptr_array_index (visits, 0));
  g_assert_cmpint (payment (f)->state, ==, TAI_PAYMENT_UNKNOWN);
  wait_s (f, 10);
  g_assert_cmpint (tai_visit_get_state (f->visit), ==, TAI_VISIT_CLOSED);
  g_assert_cmpint (tai_fake_gateway_get_charges (f->bank), ==, 1);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->bank, TAI_GATEWAY_PAY), ==, 1);
  g_assert_cmpint (balance (f, "card_clearing"), ==, 5000);
}

/* The business day is the shift's, whatever the calendar says when the money comes. */
static void
test_midnight (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *days = NULL;

  tai_fake_clock_advance (f->rig->clock, 14 * 3600 * 1000);
  MUST (tai_desk_renew_holds (f->rig->desk, f->visit, &E));
  tai_fake_gateway_set_customer (f->bank, TAI_CUSTOMER_WAITS);
  pay (f);
  tai_fake_gateway_customer_pays (f->bank);
  wait_s (f, 5);
  g_assert_cmpint (tai_visit_get_state (f->visit), ==, TAI_VISIT_CLOSED);
  days =
      tai_desk_rig_rows (f->rig, "SELECT DISTINCT business_day FROM payment UNION SELECT business_day FROM "
                                 "customer_order UNION SELECT business_day FROM shift");
  g_assert_null (strchr (days, '\n'));
}

/* As typed at the counter, in currencies of two, no and three decimals: none of these is an amount. */
static void
test_typed (void)
{
  static const struct {
    guint16 currency;
    const char *text;
    TaiCoreError code;
  } rows[] = {
      {TAI_CNY, "10.001", TAI_CORE_ERROR_MONEY_DECIMALS},
      {TAI_CNY, "1,000", TAI_CORE_ERROR_MONEY_SYNTAX},
      {TAI_CNY, "１０", TAI_CORE_ERROR_MONEY_SYNTAX},
      {TAI_CNY, "", TAI_CORE_ERROR_MONEY_SYNTAX},
      {TAI_CNY, "1e3", TAI_CORE_ERROR_MONEY_SYNTAX},
      {TAI_CNY, "100000000000.01", TAI_CORE_ERROR_MONEY_RANGE},
      {392, "10.5", TAI_CORE_ERROR_MONEY_DECIMALS},
      {414, "1.2345", TAI_CORE_ERROR_MONEY_DECIMALS},
      {TAI_CNY, "99999999999999999999", TAI_CORE_ERROR_MONEY_RANGE},
  };
  g_autoptr (Fixture) f = fixture_new ();
  static const gint64 fen[] = {-1, 0, 5001, G_MAXINT64, G_MININT64};
  g_autofree char *before = tai_desk_rig_dump (f->rig), *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    TaiMoney money = {7, 7};
    REFUSED (rows[i].code, tai_money_from_text (rows[i].text, rows[i].currency, &money, &E));
  }
  for (guint i = 0; i < G_N_ELEMENTS (fen); i++)
    for (TaiTender tender = TAI_TENDER_CASH; tender < TAI_N_TENDERS; tender++) {
      TaiTenderRequest request = {
          .tender = tender, .amount = CNY (fen[i]), .number = tender > TAI_TENDER_QR ? "N-1" : NULL};
      REFUSED (TAI_CORE_ERROR_PAYMENT_AMOUNT, tai_desk_pay (f->rig->desk, f->visit, &request, NULL, &E));
    }
  after = tai_desk_rig_dump (f->rig);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->bank, TAI_GATEWAY_PAY), ==, 0);
  MUST (tai_desk_abandon (f->rig->desk, f->visit, &E));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-card/paid", test_paid);
  g_test_add_func ("/desk-card/not-paid", test_not_paid);
  g_test_add_func ("/desk-card/power-cut", test_power_cut);
  g_test_add_func ("/desk-card/midnight", test_midnight);
  g_test_add_func ("/desk-card/typed", test_typed);
  return g_test_run ();
}
