/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Payments through headquarters: idempotent by id, refused for ever when a question came first, each kind of sandbox customer,
 * lost answers between HQ and the provider, nothing of a payment code in the store. The function and a sandbox in memory, in
 * virtual time.
 */
#include "hq-money.h"
#include "tai-hq-gateway-sandbox.h"
#include "tai-headquarters.h"
#include "tai-hq-pay.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define CODE "130000000000000001"
#define ID   "01940000-0000-7000-8000-000000000001"

typedef struct {
  HqFixture *hq;
  HqSandbox *sandbox;
  gboolean is_cut; /* the provider hears nothing, HQ dies before it is asked */
  guint n_asked;
} Fixture;

static Fixture *
fixture_new (const char *steer)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->hq = hq_fixture_new ();
  f->sandbox = hq_sandbox_new (NULL);
  f->hq->store->klass->begin (f->hq->store);
  f->hq->store->klass->setting_put (f->hq->store, "sandbox", steer);
  f->hq->store->klass->commit (f->hq->store);
  return f;
}

static void
fixture_free (Fixture *f)
{
  hq_fixture_free (f->hq);
  hq_sandbox_free (f->sandbox);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

/* What the server does with a contact, at one moment. */
static const char *
send (Fixture *f, const char *path, const char *body)
{
  g_auto (TaiGatewayAnswer) answer = {TAI_GATEWAY_UNKNOWN};
  HqContact *contact;

  g_assert_cmpint (hq_fixture_send (f->hq, "POST", path, body, &(HqHeaders){0}), ==, 200);
  contact = g_steal_pointer (&f->hq->response.contact);
  if (contact == NULL)
    return hq_fixture_text (f->hq, "outcome");
  g_assert_cmpstr (hq_fixture_text (f->hq, "outcome"), !=, "failed");
  f->n_asked++;
  if (!f->is_cut) {
    hq_gateway_send (hq_sandbox_get_gateway (f->sandbox), contact, f->hq->now_us, &answer);
    hq_response_clear (&f->hq->response);
    f->hq->response = (HqResponse){0};
    hq_pay_settle (f->hq->store, contact, &answer, f->hq->now_us, &f->hq->response);
    g_assert_cmpint (f->hq->response.status, ==, 200);
    g_clear_pointer (&f->hq->json, tai_json_free);
    f->hq->json = tai_json_parse (g_bytes_get_data (f->hq->response.body, NULL),
                                  (gssize)g_bytes_get_size (f->hq->response.body), NULL, NULL);
  }
  hq_contact_free (contact);
  return hq_fixture_text (f->hq, "outcome");
}

static const char *
pay (Fixture *f, const char *amount, const char *more)
{
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"" ID "\",\"amount\":{\"unit\":\"CNY\",\"value\":%s},\"subject\":\"Hall 17\"%s}", amount,
      more);

  return send (f, TAI_PATH_PAY, body);
}

static const char *
query (Fixture *f)
{
  return send (f, TAI_PATH_PAY_QUERY, "{\"id\":\"" ID "\"}");
}

static const char *
cancel (Fixture *f)
{
  return send (f, TAI_PATH_PAY_CANCEL, "{\"id\":\"" ID "\"}");
}

static void
wait_s (Fixture *f, gint64 seconds)
{
  f->hq->now_us += seconds * G_USEC_PER_SEC;
}

static gint64
taken (Fixture *f)
{
  return hq_sandbox_get_taken (f->sandbox, f->hq->now_us);
}

#define WITH_CODE ",\"code\":\"" CODE "\""

static void
test_paid (void)
{
  g_autoptr (Fixture) f = fixture_new ("on");

  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "succeeded");
  g_assert_cmpstr (hq_fixture_text (f->hq, "transaction"), ==, "SANDBOX01940000");
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==,
                     "succeeded"); /* doubled: nobody is asked, nobody charged */
    g_assert_cmpstr (query (f), ==, "succeeded");
  }
  g_assert_cmpuint (f->n_asked, ==, 1);
  g_assert_cmpuint (hq_sandbox_get_n_charges (f->sandbox, f->hq->now_us), ==, 1);
  g_assert_cmpint (taken (f), ==, 17000);
  g_assert_cmpint (
      hq_fixture_send (f->hq, "POST", TAI_PATH_PAY,
                       "{\"id\":\"" ID
                       "\",\"amount\":{\"unit\":\"CNY\",\"value\":170.01},\"provider\":\"wechat\"}",
                       &(HqHeaders){0}),
      ==, 422);
  g_assert_cmpstr (cancel (f), ==, "reversed");
  g_assert_cmpstr (query (f), ==, "reversed");
  g_assert_cmpint (taken (f), ==, 0);
  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "reversed");
  g_assert_cmpint (taken (f), ==, 0);
}

static void
test_shown (void)
{
  g_autoptr (Fixture) f = fixture_new ("on");

  g_assert_cmpstr (pay (f, "20.00", ",\"provider\":\"alipay\""), ==, "awaiting");
  g_assert_cmpstr (hq_fixture_text (f->hq, "qr"), ==, "weixin://wxpay/bizpayurl?pr=SANDBOX01940000");
  g_assert_cmpstr (query (f), ==, "awaiting");
  g_assert_cmpstr (hq_fixture_text (f->hq, "qr"), ==, "weixin://wxpay/bizpayurl?pr=SANDBOX01940000");
  wait_s (f, 4);
  g_assert_cmpstr (query (f), ==, "succeeded");
  g_assert_false (tai_json_has (f->hq->json, "qr"));
}

/* A question that overtakes its payment: it never arrived, and it never will. */
static void
test_question_first (void)
{
  for (guint i = 0; i < 2; i++) {
    g_autoptr (Fixture) f = fixture_new ("on");

    g_assert_cmpstr (i == 0 ? query (f) : cancel (f), ==, "failed");
    g_assert_cmpstr (hq_fixture_text (f->hq, "reason"), ==, "never_arrived");
    g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "failed");
    g_assert_cmpuint (f->n_asked, ==, 0);
    g_assert_cmpint (taken (f), ==, 0);
  }
}

/* HQ dies between its store and the provider: the code is gone, the provider never heard of it. */
static void
test_died_before (void)
{
  g_autoptr (Fixture) f = fixture_new ("on");

  f->is_cut = TRUE;
  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "unknown");
  f->is_cut = FALSE;
  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "failed"); /* never charged twice, so: not at all */
  g_assert_cmpint (taken (f), ==, 0);
  g_assert_cmpstr (query (f), ==, "failed");
}

/* HQ dies between the provider's yes and its store. */
static void
test_died_after (void)
{
  g_autoptr (Fixture) f = fixture_new ("05");

  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "unknown");
  g_assert_cmpint (taken (f), ==, 17000);
  g_assert_cmpstr (query (f), ==, "succeeded");
  g_assert_cmpuint (hq_sandbox_get_n_charges (f->sandbox, f->hq->now_us), ==, 1);
}

/* The table of customers, by the last digits and by the setting. */
static void
test_customers (void)
{
  static const struct {
    const char *amount, *at_once, *after_6_s, *after_25_s;
    gint64 taken;
  } cases[] = {
      {"50.01", "awaiting", "awaiting", "succeeded", 5001},
      {"50.02", "awaiting", "awaiting", "succeeded", 5002},
      {"50.03", "awaiting", "awaiting", "awaiting", 0},
      {"50.04", "failed", "failed", "failed", 0},
      {"50.05", "unknown", "succeeded", "succeeded", 5005},
      {"50.06", "unknown", "failed", "failed", 0},
      {"50.07", "awaiting", "awaiting", "awaiting", 0},
      {"50.08", "succeeded", "succeeded", "succeeded", 5008},
      {"50.09", "unknown", "unknown", "succeeded", 5009},
      {"50.10", "succeeded", "succeeded", "succeeded", 5010},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Fixture) f = fixture_new ("on");

    g_assert_cmpstr (pay (f, cases[i].amount, WITH_CODE), ==, cases[i].at_once);
    wait_s (f, 6);
    g_assert_cmpstr (query (f), ==, cases[i].after_6_s);
    wait_s (f, 19);
    g_assert_cmpstr (query (f), ==, cases[i].after_25_s);
    g_assert_cmpint (taken (f), ==, cases[i].taken);
  }
}

/* 07: closed, then paid, then given back; and only the query says that it is over. */
static void
test_paid_in_closing (void)
{
  g_autoptr (Fixture) f = fixture_new ("07");

  g_assert_cmpstr (pay (f, "50.00", WITH_CODE), ==, "awaiting");
  wait_s (f, 20);
  g_assert_cmpstr (cancel (f), ==, "reversed");
  g_assert_cmpint (taken (f), ==, 5000);
  g_assert_cmpstr (query (f), ==, "succeeded");
  g_assert_cmpstr (cancel (f), ==, "reversed");
  g_assert_cmpstr (query (f), ==, "reversed");
  g_assert_cmpint (taken (f), ==, 0);
}

static void
test_settled (void)
{
  g_autoptr (Fixture) f = fixture_new ("08");

  g_assert_cmpstr (pay (f, "50.00", WITH_CODE), ==, "succeeded");
  g_assert_cmpstr (cancel (f), ==, "refused");
  g_assert_cmpstr (query (f), ==, "succeeded");
  g_assert_cmpint (taken (f), ==, 5000);
}

static void
test_refused_requests (void)
{
  g_autoptr (Fixture) f = fixture_new ("on");
  static const char *const bad[] = {
      "",
      "{}",
      "{\"id\":\"7\"}",
      "{\"id\":\"" ID "\"}",
      "{\"id\":\"" ID "\",\"amount\":{\"unit\":\"CNY\",\"value\":0},\"provider\":\"wechat\"}",
      "{\"id\":\"" ID "\",\"amount\":{\"unit\":\"CNY\",\"value\":-1},\"provider\":\"wechat\"}",
      "{\"id\":\"" ID "\",\"amount\":{\"unit\":\"CNY\",\"value\":1.00}}",
      "{\"id\":\"" ID "\",\"amount\":{\"unit\":\"CNY\",\"value\":1.00},\"provider\":\"nobody\"}",
      "{\"id\":\"" ID "\",\"amount\":{\"unit\":\"CNY\",\"value\":1.00},\"code\":\"160000000000000000\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_PAY, bad[i], &(HqHeaders){0}), ==, 400);
    g_assert_null (f->hq->response.contact);
  }
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_PAY, "{}", &(HqHeaders){.terminal = ""}), ==,
                   403);
  g_assert_cmpint (hq_fixture_send (f->hq, "GET", TAI_PATH_PAY, NULL, &(HqHeaders){0}), ==, 405);
}

/* Another hall's payment is another payment; a terminal in production plays with no money. */
static void
test_halls (void)
{
  g_autoptr (Fixture) f = fixture_new ("on");
  HqContact *contact;

  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "succeeded");
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_PAY_QUERY, "{\"id\":\"" ID "\"}",
                                    &(HqHeaders){.terminal = "T9"}),
                   ==, 200);
  g_assert_cmpstr (hq_fixture_text (f->hq, "reason"), ==, "never_arrived");
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_PAY_QUERY, "{\"id\":\"" ID "\"}",
                                    &(HqHeaders){.terminal = "T2"}),
                   ==, 200);
  g_assert_cmpstr (hq_fixture_text (f->hq, "outcome"), ==, "succeeded");
  hq_fixture_add_terminal (f->hq, "P1", "H500", "production");
  g_assert_cmpint (
      hq_fixture_send (f->hq, "POST", TAI_PATH_PAY,
                       "{\"id\":\"" ID
                       "\",\"amount\":{\"unit\":\"CNY\",\"value\":1.00},\"provider\":\"wechat\"}",
                       &(HqHeaders){.terminal = "P1"}),
      ==, 200);
  contact = f->hq->response.contact;
  g_assert_nonnull (contact);
  g_assert_null (contact->steer);
}

/* The sandbox of a program outlives it. */
static void
test_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hq-sandbox-XXXXXX", NULL);
  HqContact contact = {.verb = TAI_GATEWAY_PAY, .id = {ID}, .amount = tai_money (700, TAI_CNY)};
  g_autofree char *path = g_build_filename (folder, ID, NULL);

  for (guint i = 0; i < 3; i++) {
    g_autoptr (HqSandbox) sandbox = hq_sandbox_new (folder);
    g_auto (TaiGatewayAnswer) answer = {TAI_GATEWAY_UNKNOWN};

    contact.verb = i;
    hq_gateway_send (hq_sandbox_get_gateway (sandbox), &contact, HQ_T0 + i, &answer);
    g_assert_cmpint (answer.outcome, ==, i < 2 ? TAI_GATEWAY_SUCCEEDED : TAI_GATEWAY_REVERSED);
    g_assert_cmpint (hq_sandbox_get_taken (sandbox, HQ_T0 + i), ==, i < 2 ? 700 : 0);
  }
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_remove (folder), ==, 0);
}

/* ---- refunds ---- */

#define REFUND  "01940000-0000-7000-8000-0000000000a1"
#define REFUND2 "01940000-0000-7000-8000-0000000000a2"

static void
steer (Fixture *f, const char *how)
{
  f->hq->store->klass->begin (f->hq->store);
  f->hq->store->klass->setting_put (f->hq->store, "sandbox", how);
  f->hq->store->klass->commit (f->hq->store);
}

static const char *
refund_as (Fixture *f, const char *id, const char *original, const char *amount)
{
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%s\",\"amount\":{\"unit\":\"CNY\",\"value\":%s},\"original\":\"%s\"}", id, amount, original);

  return send (f, TAI_PATH_PAY_REFUND, body);
}

static const char *
refund (Fixture *f, const char *amount)
{
  return refund_as (f, REFUND, ID, amount);
}

static const char *
query_refund (Fixture *f)
{
  return send (f, TAI_PATH_PAY_QUERY, "{\"id\":\"" REFUND "\"}");
}

static const char *
reason (Fixture *f)
{
  return hq_fixture_text (f->hq, "reason");
}

static guint
n_refunds (Fixture *f)
{
  return hq_sandbox_get_n_refunds (f->sandbox, f->hq->now_us);
}

static Fixture *
paid_new (void)
{
  Fixture *f = fixture_new ("on");

  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "succeeded");
  return f;
}

static void
test_refunded (void)
{
  g_autoptr (Fixture) f = paid_new ();

  for (guint i = 0; i < 3; i++) {
    g_assert_cmpstr (refund (f, "170.00"), ==, "succeeded"); /* doubled: nobody is asked, nothing goes back */
    g_assert_cmpstr (query_refund (f), ==, "succeeded");
    g_assert_cmpstr (hq_fixture_text (f->hq, "transaction"), ==, "SANDBOX01940000");
  }
  g_assert_cmpuint (f->n_asked, ==, 2);
  g_assert_cmpuint (n_refunds (f), ==, 1);
  g_assert_cmpint (taken (f), ==, 0);
  g_assert_cmpstr (query (f), ==, "succeeded"); /* the payment stays what it was */
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_PAY_REFUND,
                                    "{\"id\":\"" REFUND "\",\"amount\":{\"unit\":\"CNY\",\"value\":1.00},"
                                    "\"original\":\"" ID "\"}",
                                    &(HqHeaders){0}),
                   ==, 422);
}

/* In parts, to the fen, and never more over all of them; what failed gives its part free again. */
static void
test_refund_parts (void)
{
  g_autoptr (Fixture) f = paid_new ();

  g_assert_cmpstr (refund (f, "100.00"), ==, "succeeded");
  g_assert_cmpstr (refund_as (f, REFUND2, ID, "70.10"), ==, "failed");
  g_assert_cmpstr (reason (f), ==, "refund_amount");
  g_assert_cmpstr (refund_as (f, REFUND2, ID, "70.10"), ==, "failed"); /* and for ever under that id */
  steer (f, "4");
  g_assert_cmpstr (refund_as (f, "01940000-0000-7000-8000-0000000000a3", ID, "70.00"), ==, "failed");
  g_assert_cmpstr (reason (f), ==, "NOT_ENOUGH");
  steer (f, "on");
  g_assert_cmpstr (refund_as (f, "01940000-0000-7000-8000-0000000000a4", ID, "70.00"), ==, "succeeded");
  g_assert_cmpstr (refund_as (f, "01940000-0000-7000-8000-0000000000a5", ID, "0.10"), ==, "failed");
  g_assert_cmpint (taken (f), ==, 0);
  g_assert_cmpuint (n_refunds (f), ==, 2);
}

/* What is under way holds its part. */
static void
test_refund_under_way (void)
{
  g_autoptr (Fixture) f = paid_new ();

  steer (f, "2");
  g_assert_cmpstr (refund (f, "170.00"), ==, "awaiting");
  g_assert_cmpstr (reason (f), ==, "PROCESSING");
  g_assert_cmpstr (refund_as (f, REFUND2, ID, "0.10"), ==, "failed");
  g_assert_cmpstr (cancel (f), ==, "refused"); /* nor is it given back whole */
  g_assert_cmpstr (send (f, TAI_PATH_PAY_CANCEL, "{\"id\":\"" REFUND "\"}"), ==, "refused");
  wait_s (f, 60);
  g_assert_cmpstr (query_refund (f), ==, "awaiting");
  g_assert_cmpint (taken (f), ==, 17000);
  wait_s (f, 60);
  g_assert_cmpstr (query_refund (f), ==, "succeeded");
  g_assert_cmpint (taken (f), ==, 0);
  g_assert_cmpstr (cancel (f), ==, "refused");
}

/* Each fault of the table, by the setting: at once, after 30 s, after 120 s. */
static void
test_refund_faults (void)
{
  static const struct {
    const char *steer, *at_once, *after_30_s, *after_120_s;
    gint64 taken;
  } cases[] = {
      {"0", "succeeded", "succeeded", "succeeded", 0}, {"1", "awaiting", "succeeded", "succeeded", 0},
      {"2", "awaiting", "awaiting", "succeeded", 0},   {"3", "awaiting", "awaiting", "awaiting", 17000},
      {"4", "failed", "failed", "failed", 17000},      {"5", "unknown", "succeeded", "succeeded", 0},
      {"6", "unknown", "succeeded", "succeeded", 0},   {"7", "awaiting", "failed", "failed", 17000},
      {"8", "unknown", "unknown", "unknown", 17000},   {"9", "unknown", "succeeded", "succeeded", 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Fixture) f = paid_new ();

    steer (f, cases[i].steer);
    g_test_message ("sandbox %s", cases[i].steer);
    g_assert_cmpstr (refund (f, "170.00"), ==, cases[i].at_once);
    wait_s (f, 30);
    g_assert_cmpstr (query_refund (f), ==, cases[i].after_30_s);
    wait_s (f, 90);
    g_assert_cmpstr (refund (f, "170.00"), ==, cases[i].after_120_s);
    g_assert_cmpint (taken (f), ==, cases[i].taken);
    g_assert_cmpuint (n_refunds (f), ==, cases[i].taken == 0);
  }
}

/* HQ dies before or after it has asked: the question finds it, or asks for it once more, and it goes once. */
static void
test_refund_died (void)
{
  for (guint i = 0; i < 2; i++) {
    g_autoptr (Fixture) f = paid_new ();

    if (i == 0)
      f->is_cut = TRUE;
    else
      steer (f, "5");
    g_assert_cmpstr (refund (f, "170.00"), ==, "unknown");
    f->is_cut = FALSE;
    g_assert_cmpstr (query_refund (f), ==, "succeeded");
    g_assert_cmpuint (n_refunds (f), ==, 1);
    g_assert_cmpint (taken (f), ==, 0);
  }
}

/* A question that overtakes its refund: it never arrived, and it never will. */
static void
test_refund_question_first (void)
{
  g_autoptr (Fixture) f = paid_new ();

  g_assert_cmpstr (query_refund (f), ==, "failed");
  g_assert_cmpstr (reason (f), ==, "never_arrived");
  g_assert_cmpint (taken (f), ==, 17000);
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_PAY_REFUND,
                                    "{\"id\":\"" REFUND "\",\"amount\":{\"unit\":\"CNY\",\"value\":170.00},"
                                    "\"original\":\"" ID "\"}",
                                    &(HqHeaders){0}),
                   ==, 200);
  g_assert_null (f->hq->response.contact);
  g_assert_cmpstr (hq_fixture_text (f->hq, "outcome"), ==, "failed");
}

static void
put_message (Fixture *f, const char *order)
{
  g_autofree char *body = hq_make_payment (ID, order, "170.00");

  g_assert_cmpint (hq_fixture_post (f->hq, TAI_PATH_PAYMENT, body, ID, 1), ==, 201);
}

/* Of nobody's payment, another hall's, a refund's, one that was not paid, or another order's. */
static void
test_refund_refused (void)
{
  g_autoptr (Fixture) f = paid_new ();
  char order[37], other[37];
  g_autofree char *body =
      g_strdup_printf ("{\"id\":\"" REFUND "\",\"amount\":{\"unit\":\"CNY\",\"value\":170.00},"
                       "\"original\":\"" ID "\",\"order\":\"%s\"}",
                       hq_fixture_uuid (8, other));

  g_assert_cmpstr (refund_as (f, REFUND2, REFUND, "1.00"), ==, "failed");
  g_assert_cmpstr (reason (f), ==, "payment_unknown");
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_PAY_REFUND,
                                    "{\"id\":\"" REFUND "\",\"amount\":{\"unit\":\"CNY\",\"value\":1.00},"
                                    "\"original\":\"" ID "\"}",
                                    &(HqHeaders){.terminal = "T9"}),
                   ==, 200);
  g_assert_null (f->hq->response.contact);
  g_assert_cmpstr (reason (f), ==, "payment_unknown");
  put_message (f, hq_fixture_uuid (7, order));
  g_assert_cmpstr (send (f, TAI_PATH_PAY_REFUND, body), ==, "failed");
  g_assert_cmpstr (reason (f), ==, "order_other");
  g_assert_cmpint (taken (f), ==, 17000);
  g_assert_cmpstr (refund_as (f, "01940000-0000-7000-8000-0000000000a3", ID, "100.00"), ==, "succeeded");
  g_assert_cmpstr (
      refund_as (f, "01940000-0000-7000-8000-0000000000a4", "01940000-0000-7000-8000-0000000000a3", "1.00"),
      ==, "failed");
  g_assert_cmpstr (reason (f), ==, "payment_kind");
  g_assert_cmpint (taken (f), ==, 7000);
}

/* What was not paid, and what is being taken back whole. */
static void
test_refund_not_paid (void)
{
  g_autoptr (Fixture) f = fixture_new ("3");

  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "awaiting");
  g_assert_cmpstr (refund (f, "170.00"), ==, "failed");
  g_assert_cmpstr (reason (f), ==, "not_paid");
  g_assert_cmpstr (cancel (f), ==, "reversed");
  g_assert_cmpstr (refund_as (f, REFUND2, ID, "170.00"), ==, "failed");
  g_assert_cmpuint (n_refunds (f), ==, 0);
}

static void
test_refund_bad (void)
{
  g_autoptr (Fixture) f = paid_new ();
  static const char *const bad[] = {
      "{}",
      "{\"id\":\"" REFUND "\"}",
      "{\"id\":\"" REFUND "\",\"original\":\"" ID "\"}",
      "{\"id\":\"" REFUND "\",\"amount\":{\"unit\":\"CNY\",\"value\":1.00}}",
      "{\"id\":\"" REFUND "\",\"amount\":{\"unit\":\"CNY\",\"value\":1.00},\"original\":\"7\"}",
      "{\"id\":\"" REFUND "\",\"amount\":{\"unit\":\"CNY\",\"value\":0},\"original\":\"" ID "\"}",
      "{\"id\":\"" REFUND "\",\"amount\":{\"unit\":\"CNY\",\"value\":-1.00},\"original\":\"" ID "\"}",
      "{\"id\":\"" REFUND "\",\"amount\":{\"unit\":\"CNY\",\"value\":1.00},\"original\":\"" REFUND "\"}",
      "{\"id\":\"" REFUND "\",\"amount\":{\"unit\":\"CNY\",\"value\":1.00},\"original\":\"" ID
      "\",\"order\":7}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_PAY_REFUND, bad[i], &(HqHeaders){0}), ==, 400);
    g_assert_null (f->hq->response.contact);
  }
  g_assert_cmpint (taken (f), ==, 17000);
}

static int
add_row_cb (void *data, int n, char **values, char **names)
{
  g_string_append_printf (data, "%s %s %s\n", values[0], values[1], values[2] != NULL ? values[2] : "-");
  return 0;
}

/* Each answer for ever, in order. */
static void
test_refund_journal (void)
{
  g_autoptr (Fixture) f = paid_new ();
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autofree char *folder = g_dir_make_tmp ("hq-pay-XXXXXX", NULL),
                  *path = g_build_filename (folder, "copy", NULL);
  sqlite3 *db = NULL;

  steer (f, "1");
  refund (f, "170.00");
  wait_s (f, 10);
  query_refund (f);
  g_assert_true (hq_store_sqlite_backup (f->hq->store, path, NULL));
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, "SELECT what, state, reason FROM pay_event WHERE id = '" REFUND "' ORDER BY n",
                add_row_cb, rows, NULL);
  sqlite3_close (db);
  g_assert_cmpstr (rows->str, ==, "refund wanted -\nanswer awaiting PROCESSING\nanswer succeeded SUCCESS\n");
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_remove (folder), ==, 0);
}

/* The play money of a program outlives it with its refunds. */
static void
test_refund_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hq-sandbox-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, ID, NULL);
  HqContact contact = {.verb = TAI_GATEWAY_PAY, .id = {ID}, .amount = tai_money (700, TAI_CNY)};
  static const gint64 left[] = {700, 400, 400, 400};

  for (guint i = 0; i < G_N_ELEMENTS (left); i++) {
    g_autoptr (HqSandbox) sandbox = hq_sandbox_new (folder);
    g_auto (TaiGatewayAnswer) answer = {TAI_GATEWAY_UNKNOWN};

    hq_gateway_send (hq_sandbox_get_gateway (sandbox), &contact, HQ_T0 + i, &answer);
    g_assert_cmpint (answer.outcome, ==, i < 3 ? TAI_GATEWAY_SUCCEEDED : TAI_GATEWAY_REFUSED);
    g_assert_cmpint (hq_sandbox_get_taken_by (sandbox, ID, HQ_T0 + i), ==, left[i]);
    contact = (HqContact){.verb = TAI_GATEWAY_REFUND,
                          .id = {REFUND},
                          .original = {ID},
                          .paid = tai_money (700, TAI_CNY),
                          .amount = tai_money (i < 2 ? 300 : 500, TAI_CNY)};
    if (i == 2)
      g_strlcpy (contact.id.text, REFUND2, sizeof contact.id.text);
  }
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_remove (folder), ==, 0);
}

/* ---- headquarters asks by itself ---- */

/* All that is due is asked, as the server does; how many that were. */
static guint
ask_by_itself (Fixture *f, gint64 *next_us)
{
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_contact_free);

  hq_pay_take (f->hq->store, f->hq->now_us, 100, contacts, next_us);
  for (guint i = 0; i < contacts->len; i++) {
    g_auto (TaiGatewayAnswer) answer = {TAI_GATEWAY_UNKNOWN};
    HqResponse response = {0};
    HqContact *contact = g_ptr_array_index (contacts, i);

    g_assert_cmpint (contact->verb, ==, TAI_GATEWAY_QUERY);
    hq_gateway_send (hq_sandbox_get_gateway (f->sandbox), contact, f->hq->now_us, &answer);
    hq_pay_settle (f->hq->store, contact, &answer, f->hq->now_us, &response);
    g_assert_cmpint (response.status, ==, 200);
    hq_response_clear (&response);
  }
  return contacts->len;
}

static void
assert_findings (Fixture *f, const char *expected)
{
  g_autofree char *found = hq_money_list_findings (f->hq);

  g_assert_cmpstr (found, ==, expected);
}

/* The terminal is broken for good: what its customer paid is known, and found with nobody. Until its message comes after all. */
static void
test_asked_by_itself (void)
{
  g_autoptr (Fixture) f = fixture_new ("5"); /* paid, and the answer is lost */
  HqMoneyPayment told = {.id = ID, .minor = 17000, .tender = "qr", .clerk = "1042", .day = "2026-11-22"};
  gint64 next_us;
  char order[37];

  told.order = hq_fixture_uuid (3, order);
  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "unknown");
  g_assert_cmpuint (ask_by_itself (f, &next_us), ==, 0); /* it is its terminal's for a while */
  g_assert_cmpint (next_us, ==, f->hq->now_us + 600 * G_USEC_PER_SEC);
  wait_s (f, 599);
  g_assert_cmpuint (ask_by_itself (f, &next_us), ==, 0);
  wait_s (f, 1);
  g_assert_cmpuint (ask_by_itself (f, &next_us), ==, 1);
  g_assert_cmpint (next_us, ==,
                   f->hq->now_us + 1200 * G_USEC_PER_SEC); /* as taken: it is settled after that */
  g_assert_cmpuint (ask_by_itself (f, &next_us), ==, 0);
  g_assert_cmpint (next_us, ==, 0);
  assert_findings (f, "gateway " ID ": payment_missing\n");
  g_assert_cmpstr (query (f), ==, "succeeded"); /* who comes back hears it, and nobody is asked */
  g_assert_cmpint (hq_money_post (f->hq, TAI_PATH_PAYMENT, hq_money_payment (&told), ID, 1), ==, 201);
  assert_findings (f, "");
  g_assert_cmpint (taken (f), ==, 17000);
}

/* Ever more seldom, and found when it was asked in vain: nobody will say what became of it. */
static void
test_asked_in_vain (void)
{
  static const gint64 waits_min[] = {10, 20, 40, 80, 160, 320, 360, 360, 360};
  g_autoptr (Fixture) f = fixture_new ("3"); /* the customer walked off */
  gint64 next_us;

  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "awaiting");
  for (guint i = 0; i < G_N_ELEMENTS (waits_min); i++) {
    wait_s (f, waits_min[i] * 60 - 1);
    g_assert_cmpuint (ask_by_itself (f, &next_us), ==, 0);
    g_assert_cmpint (next_us, ==, f->hq->now_us + G_USEC_PER_SEC);
    wait_s (f, 1);
    g_assert_cmpuint (ask_by_itself (f, &next_us), ==, 1);
    assert_findings (f, i + 1 < 4 ? "" : "gateway " ID ": payment_open\n");
  }
  g_assert_cmpstr (cancel (f), !=, "succeeded"); /* its terminal came back and closes it */
  query (f);
  ask_by_itself (f, &next_us);
  g_assert_cmpint (next_us, ==, 0);
  assert_findings (f, ""); /* no money came, and all know it */
}

/* Found as money that nobody tells of; its terminal comes back and gives it up: it went back, and nothing is found any more. */
static void
test_asked_then_taken_back (void)
{
  g_autoptr (Fixture) f = fixture_new ("5");
  gint64 next_us;

  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "unknown");
  wait_s (f, 600);
  g_assert_cmpuint (ask_by_itself (f, &next_us), ==, 1);
  assert_findings (f, "gateway " ID ": payment_missing\n");
  cancel (f);
  g_assert_cmpstr (query (f), ==, "reversed");
  g_assert_cmpint (taken (f), ==, 0);
  assert_findings (f, "");
}

/* Refunds the same way: the one that nobody heard of goes once, and is found; the one that headquarters died before asking, too. */
static void
test_refund_asked_by_itself (void)
{
  for (guint i = 0; i < 2; i++) {
    g_autoptr (Fixture) f = paid_new ();
    gint64 next_us;

    steer (f, i == 0 ? "5" : "0");
    f->is_cut = i == 1;
    g_assert_cmpstr (refund (f, "170.00"), ==, "unknown");
    wait_s (f, 600);
    g_assert_cmpuint (ask_by_itself (f, &next_us), ==, 1);
    g_assert_cmpuint (ask_by_itself (f, &next_us), ==, 0);
    g_assert_cmpint (next_us, ==, 0);
    g_assert_cmpuint (n_refunds (f), ==, 1);
    g_assert_cmpint (taken (f), ==, 0);
    assert_findings (f, "gateway " REFUND ": refund_missing\n");
    f->is_cut = FALSE;
    g_assert_cmpstr (query_refund (f), ==, "succeeded");
  }
}

/* What nobody heard of is asked about when headquarters is there again, and by play money no terminal in production. */
static void
test_asked_by_whom (void)
{
  g_autoptr (Fixture) f = fixture_new ("5");
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_contact_free);
  gint64 next_us;

  g_assert_cmpstr (pay (f, "170.00", WITH_CODE), ==, "unknown");
  hq_fixture_add_terminal (f->hq, "T1", "H017", "production");
  wait_s (f, 24 * 3600);
  hq_pay_take (f->hq->store, f->hq->now_us, 100, contacts, &next_us);
  g_assert_cmpuint (contacts->len, ==, 1);
  g_assert_null (((HqContact *)g_ptr_array_index (contacts, 0))->steer);
  g_assert_null (((HqContact *)g_ptr_array_index (contacts, 0))->code);
}

/* ---- what was told to have gone back ---- */

static int
tell_refund (Fixture *f, const char *id, const char *number, gint64 minor, gint64 seq)
{
  char order[37];
  HqMoneyPayment back = {.id = id,
                         .order = hq_fixture_uuid (3, order),
                         .original = ID,
                         .number = number,
                         .minor = minor,
                         .tender = "qr",
                         .clerk = "1042",
                         .day = "2026-11-22"};

  return hq_money_post (f->hq, TAI_PATH_REFUND, hq_money_refund (&back), id, seq);
}

/* Given back by hand off line: the gateway gives back no more than what is left of it, whoever asks; and not whole. */
static void
test_refund_beside_slip (void)
{
  g_autoptr (Fixture) f = paid_new ();

  g_assert_cmpint (tell_refund (f, "01940000-0000-7000-8000-0000000000b1", "R-77", 10000, 1), ==, 201);
  g_assert_cmpstr (refund (f, "70.10"), ==, "failed");
  g_assert_cmpstr (reason (f), ==, "refund_amount");
  g_assert_cmpstr (cancel (f), ==, "refused");
  g_assert_cmpuint (n_refunds (f), ==, 0);
  g_assert_cmpstr (refund_as (f, REFUND2, ID, "70.00"), ==, "succeeded");
  g_assert_cmpint (tell_refund (f, REFUND2, NULL, 7000, 2), ==, 201); /* the same one, not one more */
  g_assert_cmpstr (refund_as (f, "01940000-0000-7000-8000-0000000000b2", ID, "0.10"), ==, "failed");
  g_assert_cmpuint (n_refunds (f), ==, 1);
}

/* What the gateway gave back and its terminal tells of is one refund, whichever comes first: the rest may still go, to the fen, and nobody
 * finds anything. */
static void
test_refund_told_once (void)
{
  static const char *const rest = "01940000-0000-7000-8000-0000000000b2";

  for (guint told_first = 0; told_first < 2; told_first++) {
    g_autoptr (Fixture) f = paid_new ();
    HqMoneyPayment paid = {.id = ID, .minor = 17000, .tender = "qr", .clerk = "1042", .day = "2026-11-22"};
    char order[37];

    paid.order = hq_fixture_uuid (3, order);
    if (told_first) /* the payment's message is the last to come */
      steer (f, "1");
    else
      g_assert_cmpint (hq_money_post (f->hq, TAI_PATH_PAYMENT, hq_money_payment (&paid), ID, 1), ==, 201);
    g_assert_cmpstr (refund (f, "100.00"), ==, told_first ? "awaiting" : "succeeded");
    g_assert_cmpint (tell_refund (f, REFUND, NULL, 10000, 2), ==,
                     201); /* a person may have said that it went */
    wait_s (f, 10);
    g_assert_cmpstr (query_refund (f), ==, "succeeded");
    steer (f, "on");
    g_assert_cmpstr (refund_as (f, REFUND2, ID, "70.01"), ==, "failed");
    g_assert_cmpstr (refund_as (f, rest, ID, "70.00"), ==, "succeeded");
    g_assert_cmpint (tell_refund (f, rest, NULL, 7000, 3), ==, 201);
    if (told_first)
      g_assert_cmpint (hq_money_post (f->hq, TAI_PATH_PAYMENT, hq_money_payment (&paid), ID, 1), ==, 201);
    assert_findings (f, "");
    g_assert_cmpint (taken (f), ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hq-pay/paid", test_paid);
  g_test_add_func ("/hq-pay/shown", test_shown);
  g_test_add_func ("/hq-pay/question-first", test_question_first);
  g_test_add_func ("/hq-pay/died-before", test_died_before);
  g_test_add_func ("/hq-pay/died-after", test_died_after);
  g_test_add_func ("/hq-pay/customers", test_customers);
  g_test_add_func ("/hq-pay/paid-in-closing", test_paid_in_closing);
  g_test_add_func ("/hq-pay/settled", test_settled);
  g_test_add_func ("/hq-pay/refused-requests", test_refused_requests);
  g_test_add_func ("/hq-pay/halls", test_halls);
  g_test_add_func ("/hq-pay/folder", test_folder);
  g_test_add_func ("/hq-pay/refund", test_refunded);
  g_test_add_func ("/hq-pay/refund/parts", test_refund_parts);
  g_test_add_func ("/hq-pay/refund/under-way", test_refund_under_way);
  g_test_add_func ("/hq-pay/refund/faults", test_refund_faults);
  g_test_add_func ("/hq-pay/refund/died", test_refund_died);
  g_test_add_func ("/hq-pay/refund/question-first", test_refund_question_first);
  g_test_add_func ("/hq-pay/refund/refused", test_refund_refused);
  g_test_add_func ("/hq-pay/refund/not-paid", test_refund_not_paid);
  g_test_add_func ("/hq-pay/refund/bad", test_refund_bad);
  g_test_add_func ("/hq-pay/refund/journal", test_refund_journal);
  g_test_add_func ("/hq-pay/refund/folder", test_refund_folder);
  g_test_add_func ("/hq-pay/refund/beside-slip", test_refund_beside_slip);
  g_test_add_func ("/hq-pay/refund/told-once", test_refund_told_once);
  g_test_add_func ("/hq-pay/by-itself/known", test_asked_by_itself);
  g_test_add_func ("/hq-pay/by-itself/in-vain", test_asked_in_vain);
  g_test_add_func ("/hq-pay/by-itself/taken-back", test_asked_then_taken_back);
  g_test_add_func ("/hq-pay/by-itself/refund", test_refund_asked_by_itself);
  g_test_add_func ("/hq-pay/by-itself/whose", test_asked_by_whom);
  return g_test_run ();
}
