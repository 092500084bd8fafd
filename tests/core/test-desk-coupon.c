/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coupons: of this terminal's stock with or without a line, of headquarters' on line only; used once, no change, and whole. */
#include "tai-desk-rig.h"
#include "tai-fake-gateway.h"

#define DUE 5000 /* of a top-up */

typedef struct {
  TaiDeskRig *rig;
  TaiFakeGateway *hq;
} Fixture;

static void
lease (Fixture *f, const char *number, const char *worth, gint64 until_us)
{
  MUST (tai_desk_apply_lease (f->rig->desk, TAI_RESOURCE_COUPON, number, worth, until_us, &E));
}

static Fixture *
fixture_new (void)
{
  Fixture *f = g_new0 (Fixture, 1);
  gint64 now;

  f->rig = tai_desk_rig_new ();
  f->hq = tai_fake_gateway_new (TAI_CLOCK (f->rig->clock));
  tai_desk_set_gateway (f->rig->desk, TAI_TENDER_COUPON, TAI_PAYMENT_GATEWAY (f->hq));
  tai_desk_rig_start_day (f->rig);
  now = tai_clock_now (TAI_CLOCK (f->rig->clock));
  lease (f, "C-10", "10.00", now + G_TIME_SPAN_DAY);
  lease (f, "C-20", "20.00", now + G_TIME_SPAN_DAY);
  lease (f, "C-80", "80.00", now + G_TIME_SPAN_DAY);
  lease (f, "C-OLD", "10.00", now);
  lease (f, "C-BAD", "gold", now + G_TIME_SPAN_DAY);
  return f;
}

static void
fixture_free (Fixture *f)
{
  tai_desk_rig_assert_sound (f->rig);
  tai_desk_rig_free (f->rig);
  g_clear_object (&f->hq);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static TaiVisit *
place (Fixture *f)
{
  TaiVisit *visit = tai_desk_rig_begin (f->rig);

  tai_desk_rig_add_top_up (f->rig, visit, DUE);
  tai_desk_rig_place (f->rig, visit);
  return visit;
}

static gboolean
pay (Fixture *f, TaiVisit *visit, const char *number, gint64 fen, GError **error)
{
  TaiTenderRequest request = {
      .tender = TAI_TENDER_COUPON, .number = number, .amount = fen > 0 ? CNY (fen) : NONE};

  return tai_desk_pay (f->rig->desk, visit, &request, NULL, error);
}

static gint64
balance (Fixture *f, const char *account)
{
  return tai_desk_rig_number (f->rig, "SELECT coalesce (sum (minor), 0) FROM balance WHERE account = '%s'",
                              account);
}

static void
assert_state (Fixture *f, const char *number, const char *state)
{
  g_assert_cmpint (
      tai_desk_rig_number (f->rig,
                           "SELECT count (*) FROM resource WHERE kind = 'coupon' AND value = '%s' "
                           "AND state = '%s'",
                           number, state),
      ==, 1);
}

static void
test_of_stock (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiVisit) visit = place (f), next = NULL;

  MUST (pay (f, visit, "C-10", 0, &E));
  g_assert_cmpint (tai_visit_get_due (visit).minor, ==, 4000);
  assert_state (f, "C-10", "used");
  REFUSED (TAI_CORE_ERROR_COUPON_USED, pay (f, visit, "C-10", 0, &E));
  MUST (pay (f, visit, "C-20", 2000, &E));
  MUST (tai_desk_pay_cash (f->rig->desk, visit, CNY (2000), NULL, &E));
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_CLOSED);
  g_assert_cmpint (balance (f, "coupon_clearing"), ==, 3000);
  next = place (f);
  REFUSED (TAI_CORE_ERROR_COUPON_USED, pay (f, next, "C-20", 0, &E));
  MUST (tai_desk_abandon (f->rig->desk, next, &E));
  g_assert_cmpuint (tai_fake_gateway_get_n_requests (f->hq, TAI_GATEWAY_PAY), ==, 0);
}

/* Worth more than is due: all that is due, and nothing back. */
static void
test_no_change (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiVisit) visit = place (f);

  REFUSED (TAI_CORE_ERROR_PAYMENT_AMOUNT, pay (f, visit, "C-80", 8000, &E));
  REFUSED (TAI_CORE_ERROR_COUPON_AMOUNT, pay (f, visit, "C-80", 4000, &E));
  REFUSED (TAI_CORE_ERROR_COUPON_AMOUNT, pay (f, visit, "C-10", 1001, &E));
  MUST (pay (f, visit, "C-80", 0, &E));
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_CLOSED);
  g_assert_cmpint (balance (f, "coupon_clearing"), ==, DUE);
  g_assert_cmpint (balance (f, "drawer:T2"), ==, RIG_FLOAT);
  assert_state (f, "C-80", "used");
  assert_state (f, "C-10", "leased");
}

static void
test_off_line (void)
{
  static const struct {
    const char *number;
    TaiCoreError code;
  } rows[] = {{"C-404", TAI_CORE_ERROR_COUPON_UNKNOWN},
              {"C-OLD", TAI_CORE_ERROR_COUPON_EXPIRED},
              {"C-BAD", TAI_CORE_ERROR_COUPON_UNKNOWN},
              {"", TAI_CORE_ERROR_TENDER_NUMBER},
              {NULL, TAI_CORE_ERROR_TENDER_NUMBER}};
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiVisit) visit = NULL, other = NULL;
  g_autofree char *before = NULL, *after = NULL;

  tai_desk_set_on_line (f->rig->desk, FALSE);
  visit = place (f);
  before = tai_desk_rig_dump (f->rig);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    REFUSED (rows[i].code, pay (f, visit, rows[i].number, 0, &E));
  after = tai_desk_rig_dump (f->rig);
  g_assert_cmpstr (before, ==, after);
  MUST (pay (f, visit, "C-10", 0, &E));
  other = place (f);
  MUST (tai_desk_abandon (f->rig->desk, other, &E));
  MUST (tai_desk_cancel_payment (
      f->rig->desk, visit, ((TaiPayment *)g_ptr_array_index (tai_visit_get_payments (visit), 0))->id.text,
      &E));
}

/* Handed back while the visit is not covered: it is headquarters' again. */
static void
test_handed_back (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiVisit) visit = place (f);
  const TaiPayment *payment;

  MUST (pay (f, visit, "C-10", 0, &E));
  payment = g_ptr_array_index (tai_visit_get_payments (visit), 0);
  MUST (tai_desk_cancel_payment (f->rig->desk, visit, payment->id.text, &E));
  g_assert_cmpint (payment->state, ==, TAI_PAYMENT_REVERSED);
  assert_state (f, "C-10", "free");
  g_assert_cmpint (balance (f, "coupon_clearing"), ==, 0);
  tai_desk_set_on_line (f->rig->desk, FALSE);
  REFUSED (TAI_CORE_ERROR_COUPON_UNKNOWN, pay (f, visit, "C-10", 0, &E));
  lease (f, "C-10", "10.00", tai_clock_now (TAI_CLOCK (f->rig->clock)) + G_TIME_SPAN_DAY);
  MUST (pay (f, visit, "C-10", 0, &E));
  MUST (tai_desk_pay_cash (f->rig->desk, visit, CNY (4000), NULL, &E));
}

/* What is not here is asked for like any payment; an answer that is lost is no answer. */
static void
test_at_headquarters (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (TaiVisit) visit = NULL;
  const TaiPayment *payment;

  tai_desk_set_on_line (f->rig->desk, TRUE);
  visit = place (f);
  tai_fake_gateway_push (f->hq, TAI_GATEWAY_FAULT_ANSWER_LOST);
  MUST (pay (f, visit, "C-404", 1500, &E));
  payment = g_ptr_array_index (tai_visit_get_payments (visit), 0);
  REFUSED (TAI_CORE_ERROR_PAYMENT_OPEN, pay (f, visit, "C-10", 0, &E));
  tai_fake_clock_advance (f->rig->clock, 20000);
  g_assert_cmpint (payment->state, ==, TAI_PAYMENT_SUCCEEDED);
  g_assert_cmpint (tai_fake_gateway_get_charges (f->hq), ==, 1);
  g_assert_cmpint (balance (f, "coupon_clearing"), ==, 1500);
  MUST (tai_desk_cancel_payment (f->rig->desk, visit, payment->id.text, &E));
  tai_fake_clock_advance (f->rig->clock, 20000);
  g_assert_cmpint (payment->state, ==, TAI_PAYMENT_REVERSED);
  g_assert_cmpint (tai_fake_gateway_get_taken (f->hq), ==, 0);
  g_assert_cmpint (balance (f, "coupon_clearing"), ==, 0);
  MUST (tai_desk_abandon (f->rig->desk, visit, &E));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/coupon/of-stock", test_of_stock);
  g_test_add_func ("/desk/coupon/no-change", test_no_change);
  g_test_add_func ("/desk/coupon/off-line", test_off_line);
  g_test_add_func ("/desk/coupon/handed-back", test_handed_back);
  g_test_add_func ("/desk/coupon/at-headquarters", test_at_headquarters);
  return g_test_run ();
}
