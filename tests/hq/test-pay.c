/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Payments through headquarters: idempotent by id, refused for ever when a question came first, each kind of sandbox customer,
 * lost answers between HQ and the provider, nothing of a payment code in the store. The function and a sandbox in memory, in
 * virtual time.
 */
#include "hq-fixture.h"
#include "tai-hq-gateway-sandbox.h"
#include "tai-headquarters.h"
#include "tai-hq-pay.h"

#include <glib/gstdio.h>

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
wait_s (Fixture *f, int seconds)
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
  return g_test_run ();
}
