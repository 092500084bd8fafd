/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Subscribers' lines at headquarters: what orders make of them, what a counter sees, who looked. */
#include "hq-fixture.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-hq-load.h"

#define LINE      TAI_PATH_LINE "/"
#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

static const char catalogue[] =
    "[{\"id\":\"plan-59\",\"name\":\"畅享59\",\"x-guitai\":{\"kind\":\"plan\",\"names\":{\"en\":\"Easy 59\"}},"
    "\"productOfferingPrice\":[{\"id\":\"fee-59\",\"name\":\"月费\",\"priceType\":\"recurring\","
    "\"recurringChargePeriodType\":\"month\",\"recurringChargePeriodLength\":1,\"price\":{\"unit\":\"CNY\",\"value\":59.00}}]},"
    "{\"id\":\"plan-99\",\"name\":\"畅享99\",\"x-guitai\":{\"kind\":\"plan\"},"
    "\"productOfferingPrice\":[{\"id\":\"fee-99\",\"name\":\"月费\",\"priceType\":\"recurring\","
    "\"recurringChargePeriodType\":\"month\",\"recurringChargePeriodLength\":1,\"price\":{\"unit\":\"CNY\",\"value\":99.00}}]},"
    "{\"id\":\"prepay\",\"name\":\"预存\",\"x-guitai\":{\"kind\":\"prepayment\"},\"productOfferingPrice\":[{\"id\":\"prepay-100\","
    "\"name\":\"预存\",\"priceType\":\"deposit\",\"price\":{\"unit\":\"CNY\",\"value\":100.00}}]}]";

static const char lines[] =
    "[{\"msisdn\":\"13800000001\",\"status\":\"active\",\"ownerMask\":\"张*\",\"customer\":\"ref-1\","
    "\"plan\":{\"id\":\"plan-59\",\"name\":\"畅享59\",\"nameEn\":\"Easy 59\"},\"balance\":{\"unit\":\"CNY\",\"value\":12.30}},"
    "{\"msisdn\":\"13800000002\",\"status\":\"suspended\",\"balance\":{\"unit\":\"CNY\",\"value\":\"0.00\"},"
    "\"arrears\":{\"unit\":\"CNY\",\"value\":33.33,\"since\":\"2026-10-01T00:00:00.000Z\"}}]";

static HqFixture *
make_hq (void)
{
  g_autoptr (GError) error = NULL;
  HqFixture *fixture = hq_fixture_new ();
  g_autoptr (GBytes) offerings = g_bytes_new_static (catalogue, strlen (catalogue));
  g_autoptr (GBytes) text = g_bytes_new_static (lines, strlen (lines));
  g_assert_cmpint (hq_load_catalogue (fixture->store, offerings, HQ_T0, &error), ==, 3);
  g_assert_no_error (error);
  g_assert_cmpint (hq_load_lines (fixture->store, text, fixture->now_us, &error), ==, 2);
  g_assert_no_error (error);
  return fixture;
}

static char *
look (HqFixture *fixture, const char *msisdn)
{
  g_autofree char *target = g_strconcat (LINE, msisdn, "?clerk=1042", NULL);
  g_assert_cmpint (hq_fixture_get (fixture, target), ==, 200);
  return tai_json_to_text (fixture->json);
}

static void
assert_amount (HqFixture *fixture, const char *path, const char *amount)
{
  g_autofree char *text = tai_json_require_decimal (fixture->json, path, NULL);
  g_assert_cmpstr (text, ==, amount);
}

/* What a look says now of balance and arrears. */
static void
assert_line (HqFixture *fixture, const char *msisdn, const char *status, const char *balance,
             const char *arrears)
{
  g_free (look (fixture, msisdn));
  g_assert_cmpstr (hq_fixture_text (fixture, "status"), ==, status);
  assert_amount (fixture, "balance.value", balance);
  assert_amount (fixture, "arrears.value", arrears);
}

/* One of our terminals' orders. @items: more of them, behind the line's own. */
typedef struct {
  const char *operation, *msisdn, *due, *terminal, *placed, *items, *customer;
} Sale;

/* The key of the order's payment. */
static char *
payment_of (const char *id)
{
  char *key = g_strdup (id);
  key[22] = 'f';
  return key;
}

static char *
render (const Sale *sale, const char *id)
{
  g_autofree char *customer =
      sale->customer != NULL
          ? g_strdup_printf (",{\"id\":\"ref-9\",\"name\":\"%s\",\"role\":\"customer\"}", sale->customer)
          : g_strdup ("");
  g_autofree char *key = payment_of (id);
  g_autofree char *payment = sale->due != NULL ? g_strdup_printf ("{\"id\":\"%s\"}", key) : g_strdup ("");
  return g_strdup_printf (
      "{\"externalId\":\"%s\",\"requestedStartDate\":\"%s\",\"relatedParty\":[{\"id\":\"1042\",\"role\":\"seller\"}%s],"
      "\"orderTotalPrice\":[{\"price\":{\"taxIncludedAmount\":{\"unit\":\"CNY\",\"value\":%s}}}],"
      "\"productOrderItem\":[{\"id\":\"10\",\"action\":\"modify\",\"product\":{\"productCharacteristic\":["
      "{\"name\":\"MSISDN\",\"value\":\"%s\"}]}}%s],"
      "\"payment\":[%s],\"x-guitai\":{\"operation\":\"%s\",\"businessDay\":\"2026-11-22\",\"receipt\":\"R-%s\"}}",
      id, sale->placed != NULL ? sale->placed : "2026-11-22T02:00:00.000Z", customer,
      sale->due != NULL ? sale->due : "0.00", sale->msisdn, sale->items != NULL ? sale->items : "", payment,
      sale->operation, id + 30);
}

static void
post (HqFixture *fixture, const Sale *sale, const char *id)
{
  g_autofree char *body = render (sale, id);
  HqHeaders headers = {.terminal = sale->terminal, .key = id, .type = "application/json"};
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_ORDER, body, &headers), ==, 201);
  if (sale->due == NULL)
    return;
  g_autofree char *key = payment_of (id);
  g_autofree char *money = hq_make_payment (key, id, sale->due);
  headers.key = key;
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_PAYMENT, money, &headers), ==, 201);
}

static void
sell (HqFixture *fixture, guint number, const Sale *sale)
{
  char id[37];
  post (fixture, sale, hq_fixture_uuid (number, id));
  hq_fixture_advance (fixture);
}

/* ---- looking ---- */

static void
test_look (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  g_autofree char *one = look (fixture, "13800000001"), *other = look (fixture, "13800000002");
  g_assert_cmpstr (
      one, ==,
      "{\"msisdn\":\"13800000001\",\"status\":\"active\",\"ownerMask\":\"张*\",\"plan\":{\"id\":\"plan-59\","
      "\"name\":\"畅享59\",\"nameEn\":\"Easy 59\"},\"balance\":{\"unit\":\"CNY\",\"value\":12.30},"
      "\"arrears\":{\"unit\":\"CNY\",\"value\":0.00},\"recentPayments\":[]}");
  g_assert_cmpstr (
      other, ==,
      "{\"msisdn\":\"13800000002\",\"status\":\"suspended\",\"balance\":{\"unit\":\"CNY\",\"value\":0.00},"
      "\"arrears\":{\"unit\":\"CNY\",\"value\":33.33,\"since\":\"2026-10-01T00:00:00.000Z\"},"
      "\"recentPayments\":[]}");
}

static void
test_not_there (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  static const char *const unknown[] = {"13800000009", "1", "138000000011", "%31", "x", "13800000001 "};
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++) {
    g_autofree char *target = g_strconcat (LINE, unknown[i], NULL);
    g_assert_cmpint (hq_fixture_get (fixture, target), ==, 404);
    g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "line_unknown");
    g_assert_cmpstr (hq_fixture_text (fixture, "status"), ==, "404");
  }
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_LINE), ==, 404);
  g_assert_cmpint (hq_fixture_get (fixture, LINE "13800000001/x"), ==, 404);
  g_assert_cmpint (hq_fixture_get (fixture, LINE "13800000001?clerk="
                                                 "123456789012345678901234567890123"),
                   ==, 400);
}

static void
test_methods (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  HqHeaders nobody = {.terminal = ""}, stranger = {.terminal = "T7"};
  static const char *const methods[] = {"POST", "PUT", "PATCH", "DELETE"};
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    g_assert_cmpint (hq_fixture_send (fixture, methods[i], LINE "13800000001", NULL, NULL), ==, 405);
    g_assert_cmpstr (fixture->response.allow, ==, "GET, HEAD");
  }
  g_assert_cmpint (hq_fixture_send (fixture, "HEAD", LINE "13800000001", NULL, NULL), ==, 200);
  g_assert_cmpint (hq_fixture_send (fixture, "GET", LINE "13800000001", NULL, &nobody), ==, 403);
  g_assert_cmpint (hq_fixture_send (fixture, "GET", LINE "13800000001", NULL, &stranger), ==, 403);
}

static gboolean
note_look_cb (const HqLookRow *row, gpointer data)
{
  g_string_append_printf (data, "%s %s %s %d; ", row->hall, row->terminal,
                          row->clerk != NULL ? row->clerk : "-", row->found);
  return TRUE;
}

static void
assert_looks (HqFixture *fixture, const char *msisdn, const char *expected)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  fixture->store->klass->begin (fixture->store);
  fixture->store->klass->look_list (fixture->store, msisdn, -1, note_look_cb, seen);
  fixture->store->klass->commit (fixture->store);
  g_assert_cmpstr (seen->str, ==, expected);
}

static void
test_looks_are_kept (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  HqHeaders far = {.terminal = "T9"}, nobody = {.terminal = ""};
  g_free (look (fixture, "13800000001"));
  hq_fixture_send (fixture, "HEAD", LINE "13800000001", NULL, &far);
  hq_fixture_send (fixture, "GET", LINE "13800000001", NULL, &nobody); /* saw nothing */
  hq_fixture_get (fixture, LINE "13800000009");
  hq_fixture_get (fixture, LINE "nonsense");
  assert_looks (fixture, "13800000001", "H099 T9 - 1; H017 T1 1042 1; ");
  assert_looks (fixture, "13800000009", "H017 T1 - 0; ");
  assert_looks (fixture, "nonsense", "");
}

/* ---- what orders do ---- */

static void
test_top_up_once (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  Sale sale = {"top_up", "13800000001", "50.00"};
  char id[37];
  sell (fixture, 1, &sale);
  assert_line (fixture, "13800000001", "active", "62.30", "0.00");
  /* the message comes again, the engine looks again, time goes on */
  post (fixture, &sale, hq_fixture_uuid (1, id));
  hq_fixture_advance (fixture);
  fixture->now_us += 60 * MINUTE_US;
  hq_fixture_advance (fixture);
  assert_line (fixture, "13800000001", "active", "62.30", "0.00");
  sell (fixture, 2, &sale);
  assert_line (fixture, "13800000001", "active", "112.30", "0.00");
}

/* ---- taking back ---- */

static void
take_back (HqFixture *fixture, guint number, const char *what, const char *more)
{
  char id[37];
  g_autofree char *body =
      g_strdup_printf ("{\"productOrder\":{\"id\":\"%s\"},\"cancellationReason\":\"wrong\",\"x-guitai\":{"
                       "\"takeBack\":\"%s\",%s}}",
                       hq_fixture_uuid (number, id), what, more);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_CANCEL, body, NULL), ==, 201);
  hq_fixture_advance (fixture);
}

/* State and reason of the newest row of the feed. */
static void
assert_told (HqFixture *fixture, const char *state, const char *reason)
{
  g_autofree char *path = NULL;
  guint n;
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_FEED "?after=0"), ==, 200);
  n = tai_json_get_length (tai_json_get (fixture->json, "events"));
  path = g_strdup_printf ("events.%u.state", n - 1);
  g_assert_cmpstr (hq_fixture_text (fixture, path), ==, state);
  g_free (path);
  path = g_strdup_printf ("events.%u.reason", n - 1);
  g_assert_cmpstr (hq_fixture_text (fixture, path), ==, reason);
}

#define TODAY "\"businessDay\":\"2026-11-22\""

static void
test_undo (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  Sale sale = {"top_up", "13800000001", "50.00"};
  char id[37];
  sell (fixture, 1, &sale);
  assert_line (fixture, "13800000001", "active", "62.30", "0.00");
  take_back (fixture, 1, "undo", "\"businessDay\":\"2026-11-23\"");
  assert_told (fixture, "completed", "undo_refused: another_day");
  take_back (fixture, 1, "undo", TODAY);
  assert_told (fixture, "undone", "undone_by_request");
  hq_fixture_assert_order (fixture, hq_fixture_uuid (1, id), "cancelled", "undone_by_request");
  assert_line (fixture, "13800000001", "active", "12.30", "0.00");
  for (guint i = 0; i < 2; i++) /* never twice, whoever asks */
    take_back (fixture, 1, i == 0 ? "undo" : "correction", TODAY ",\"target\":\"13800000002\"");
  assert_line (fixture, "13800000001", "active", "12.30", "0.00");
  assert_line (fixture, "13800000002", "suspended", "0.00", "33.33");
}

static void
test_correction (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  Sale sale = {"top_up", "13800000001", "50.00"};
  char id[37];
  sell (fixture, 1, &sale);
  take_back (fixture, 1, "correction", "\"target\":\"13800000009\"");
  assert_told (fixture, "completed", "correction_refused: line_unknown");
  take_back (fixture, 1, "correction", "\"target\":\"13800000001\"");
  assert_told (fixture, "completed", "correction_refused: line_unknown");
  take_back (fixture, 1, "correction", "\"target\":\"13800000002\"");
  assert_told (fixture, "completed", "corrected");
  assert_line (fixture, "13800000001", "active", "12.30", "0.00");
  assert_line (fixture, "13800000002", "suspended", "50.00", "33.33");
  take_back (fixture, 1, "correction", "\"target\":\"13800000002\"");
  assert_told (fixture, "completed", "correction_refused: taken_back");
  assert_line (fixture, "13800000002", "suspended", "50.00", "33.33");
  hq_fixture_assert_order (fixture, hq_fixture_uuid (1, id), "completed", "");
}

/* What was used cannot be taken back; a bill that was paid is owed again. */
static void
test_used_credit (void)
{
  static const char used[] =
      "[{\"msisdn\":\"13800000001\",\"status\":\"active\",\"balance\":{\"unit\":\"CNY\",\"value\":49.99}}]";
  g_autoptr (HqFixture) fixture = make_hq ();
  g_autoptr (GBytes) newer = g_bytes_new_static (used, strlen (used));
  Sale sale = {"top_up", "13800000001", "50.00"}, bill = {"bill_payment", "13800000002", "33.33"};
  sell (fixture, 1, &bill);
  assert_line (fixture, "13800000002", "suspended", "0.00", "0.00");
  take_back (fixture, 1, "undo", TODAY);
  assert_told (fixture, "undone", "undone_by_request");
  g_free (look (fixture, "13800000002"));
  assert_amount (fixture, "arrears.value", "33.33");
  sell (fixture, 2, &sale);
  g_assert_cmpint (hq_load_lines (fixture->store, newer, fixture->now_us, NULL), ==, 1);
  take_back (fixture, 2, "undo", TODAY);
  assert_told (fixture, "completed", "undo_refused: credit_used");
  take_back (fixture, 2, "correction", "\"target\":\"13800000002\"");
  assert_told (fixture, "completed", "correction_refused: credit_used");
  assert_line (fixture, "13800000001", "active", "49.99", "0.00");
}

/* Not before the order completes, and never when it does not. */
static void
test_only_when_completed (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  Sale sale = {"top_up", "13800000001", "50.00"};
  Sale wrong = {"top_up", "13800000001", "50.00",
                .items = ",{\"id\":\"20\",\"action\":\"add\",\"productOffering\":{\"id\":\"none\"}}"};
  fixture->store->klass->begin (fixture->store);
  fixture->store->klass->setting_put (fixture->store, "delay_ms", "1000");
  fixture->store->klass->commit (fixture->store);
  sell (fixture, 1, &sale);
  sell (fixture, 2, &wrong);
  assert_line (fixture, "13800000001", "active", "12.30", "0.00");
  /* paid for all the same: the next counter is to see it; what was refused is not */
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "recentPayments")), ==, 1);
  fixture->now_us += 1000 * 1000;
  hq_fixture_advance (fixture);
  assert_line (fixture, "13800000001", "active", "62.30", "0.00");
}

static void
test_bill_payment (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  Sale part = {"bill_payment", "13800000002", "30.00"}, rest = {"bill_payment", "13800000002", "10.00"};
  Sale resume = {"resume", "13800000002"};
  sell (fixture, 1, &part);
  assert_line (fixture, "13800000002", "suspended", "0.00", "3.33");
  g_assert_cmpstr (hq_fixture_text (fixture, "arrears.since"), ==, "2026-10-01T00:00:00.000Z");
  sell (fixture, 2, &rest);
  assert_line (fixture, "13800000002", "suspended", "6.67", "0.00");
  g_assert_false (tai_json_has (fixture->json, "arrears.since"));
  sell (fixture, 3, &resume);
  assert_line (fixture, "13800000002", "active", "6.67", "0.00");
}

/* The life of a line from its sale on. */
static void
test_life (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  char id[37];
  hq_fixture_add_stock (fixture, "msisdn", "13900000001", "T1");
  hq_fixture_add_stock (fixture, "iccid", "89860000000000000001", "T1");
  g_autofree char *plain = hq_make_line (fixture, hq_fixture_uuid (1, id), "11010519900101001X",
                                         "13900000001", "89860000000000000001");
  g_autoptr (GString) body = g_string_new (plain);
  g_string_replace (body, "{\"id\":\"c1\",", "{\"id\":\"c1\",\"name\":\"张三丰\",", 1);
  g_string_truncate (body, body->len - strlen ("]}"));
  g_string_append (
      body,
      ",{\"id\":\"20\",\"action\":\"add\",\"productOffering\":{\"id\":\"plan-59\"}},"
      "{\"id\":\"30\",\"action\":\"add\",\"productOffering\":{\"id\":\"prepay\"},\"itemPrice\":["
      "{\"productOfferingPrice\":{\"id\":\"prepay-100\"},\"x-guitai\":{\"today\":{\"unit\":\"CNY\",\"value\":100.00}}},"
      "{\"productOfferingPrice\":{\"id\":\"fee-59\"},\"x-guitai\":{\"today\":{\"unit\":\"CNY\",\"value\":7.00}}}]}]}");
  hq_fixture_post (fixture, TAI_PATH_ORDER, body->str, id, 0);
  g_assert_cmpint (hq_fixture_get (fixture, LINE "13900000001"), ==, 404); /* not in force yet */
  hq_fixture_advance (fixture);
  assert_line (fixture, "13900000001", "active", "100.00", "0.00");
  g_assert_cmpstr (hq_fixture_text (fixture, "ownerMask"), ==, "张*"); /* whatever the client wrote */
  g_assert_cmpstr (hq_fixture_text (fixture, "plan.id"), ==, "plan-59");
  g_assert_cmpstr (hq_fixture_text (fixture, "plan.nameEn"), ==, "Easy 59");

  g_autofree char *sealed = hq_make_sealed (fixture, "11010519900101001X", "1990-01-01", TAI_IDENTITY_READ);
  g_autofree char *change = g_strdup_printf (
      ",{\"id\":\"20\",\"action\":\"add\",\"productOffering\":{\"id\":\"plan-99\"},\"product\":"
      "{\"productCharacteristic\":[{\"name\":\"x-guitai-sealed\",\"value\":\"%s\"}]}}",
      sealed);
  g_autofree char *nothing =
      g_strdup_printf (",{\"id\":\"20\",\"action\":\"noChange\",\"product\":{\"productCharacteristic\":["
                       "{\"name\":\"x-guitai-sealed\",\"value\":\"%s\"}]}}",
                       sealed);
  Sale plan = {"plan_change", "13900000001", .items = change};
  Sale suspend = {"suspend", "13900000001", .items = nothing}, resume = {"resume", "13900000001"};
  Sale transfer = {"transfer", "13900000001", .items = nothing, .customer = "李四"};
  Sale close = {"close", "13900000001", .items = nothing};
  sell (fixture, 2, &plan);
  assert_line (fixture, "13900000001", "active", "100.00", "0.00");
  g_assert_cmpstr (hq_fixture_text (fixture, "plan.name"), ==, "畅享99");
  g_assert_false (tai_json_has (fixture->json, "plan.nameEn"));
  sell (fixture, 3, &suspend);
  assert_line (fixture, "13900000001", "suspended", "100.00", "0.00");
  sell (fixture, 4, &resume);
  sell (fixture, 5, &transfer);
  assert_line (fixture, "13900000001", "active", "100.00", "0.00");
  g_assert_cmpstr (hq_fixture_text (fixture, "ownerMask"), ==, "李*");
  sell (fixture, 6, &close);
  assert_line (fixture, "13900000001", "closed", "100.00", "0.00");
}

static void
test_nobodys_line (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  Sale sale = {"top_up", "13800000009", "50.00"};
  sell (fixture, 1, &sale);
  g_assert_cmpint (hq_fixture_get (fixture, LINE "13800000009"), ==, 404);
}

static void
test_amounts_that_do_not_fit (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  const char *full =
      "[{\"msisdn\":\"13800000001\",\"status\":\"active\",\"balance\":{\"unit\":\"JPY\",\"value\":5}}]";
  g_autoptr (GBytes) text = g_bytes_new_static (full, strlen (full));
  Sale sale = {"top_up", "13800000001", "50.00"};
  g_assert_cmpint (hq_load_lines (fixture->store, text, fixture->now_us, NULL), ==, 1);
  sell (fixture, 1, &sale);
  sale.operation = "bill_payment";
  sell (fixture, 2, &sale);
  assert_line (fixture, "13800000001", "active", "5", "0");
  fixture->store->klass->begin (fixture->store);
  g_assert_cmpint (fixture->store->klass->alarm_count (fixture->store), ==, 2);
  fixture->store->klass->commit (fixture->store);
}

/* ---- who took money ---- */

static guint
count_recent (HqFixture *fixture, const char *terminal)
{
  HqHeaders headers = {.terminal = terminal};
  g_assert_cmpint (hq_fixture_send (fixture, "GET", LINE "13800000001", NULL, &headers), ==, 200);
  return tai_json_get_length (tai_json_get (fixture->json, "recentPayments"));
}

static void
test_recent (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  Sale ours = {"top_up", "13800000001", "50.00"};
  Sale theirs = {"top_up", "13800000001", "30.00", .terminal = "T2", .placed = "2026-11-22T01:55:00.000Z"};
  Sale far = {"top_up", "13800000001", "20.00", .terminal = "T9"};
  Sale free_of_charge = {"interaction", "13800000001"};
  Sale late = {"top_up", "13800000001", "10.00", .placed = "2026-11-22T00:30:00.000Z"};
  Sale ahead = {"top_up", "13800000002", "11.00", .placed = "2027-11-22T00:30:00.000Z"};
  sell (fixture, 1, &theirs);
  fixture->now_us += MINUTE_US;
  sell (fixture, 2, &ours);
  sell (fixture, 3, &far);
  sell (fixture, 4, &free_of_charge);
  sell (fixture, 5, &late); /* taken an hour and a half ago, off line */
  sell (fixture, 6, &ahead);
  g_assert_cmpuint (count_recent (fixture, "T1"), ==, 2);
  g_assert_cmpuint (count_recent (fixture, "T2"), ==, 2);
  g_autofree char *second = tai_json_to_text (tai_json_get (fixture->json, "recentPayments.1"));
  g_assert_cmpstr (
      second, ==,
      "{\"amount\":{\"unit\":\"CNY\",\"value\":30.00},\"time\":\"2026-11-22T01:55:00.000Z\",\"clerk\":\"1042\","
      "\"hall\":\"H017\",\"terminal\":\"T2\",\"orderId\":\"0199f3c2-7d10-7c3a-9b1e-000000000001\","
      "\"operation\":\"top_up\",\"receipt\":\"R-000001\"}");
  g_assert_cmpuint (count_recent (fixture, "T9"), ==, 1);
  assert_amount (fixture, "recentPayments.0.amount.value", "20.00");
  g_free (look (fixture, "13800000002")); /* a clock that is ahead: when it arrived */
  g_assert_cmpstr (hq_fixture_text (fixture, "recentPayments.0.time"), ==, "2026-11-22T02:01:00.000Z");
  fixture->now_us += 56 * MINUTE_US;
  g_assert_cmpuint (count_recent (fixture, "T1"), ==, 1);
  fixture->now_us += 5 * MINUTE_US;
  g_assert_cmpuint (count_recent (fixture, "T1"), ==, 0);
}

static void
test_recent_is_bounded (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  Sale sale = {"top_up", "13800000001", "1.00"};
  for (guint i = 0; i < 30; i++) {
    char id[37];
    fixture->now_us += 1000;
    post (fixture, &sale, hq_fixture_uuid (i, id));
  }
  g_assert_cmpuint (count_recent (fixture, "T1"), ==, 20);
  g_assert_cmpstr (hq_fixture_text (fixture, "recentPayments.0.receipt"), ==, "R-000029");
}

/* ---- files ---- */

static void
test_load_refused (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
#define BALANCE "\"balance\":{\"unit\":\"CNY\",\"value\":1.00}"
  static const char *const bad[] = {
      "{}",
      "[1]",
      "[{\"msisdn\":\"13800000003\",\"status\":\"active\"}]",
      "[{\"msisdn\":\"138\",\"status\":\"active\"," BALANCE "}]",
      "[{\"msisdn\":\"13800000003\",\"status\":\"asleep\"," BALANCE "}]",
      "[{\"msisdn\":\"13800000003\",\"status\":\"active\",\"ownerMask\":\"张三丰\"," BALANCE "}]",
      "[{\"msisdn\":\"13800000003\",\"status\":\"active\",\"ownerMask\":\"张三丰*\"," BALANCE "}]",
      "[{\"msisdn\":\"13800000003\",\"status\":\"active\",\"plan\":{}," BALANCE "}]",
      "[{\"msisdn\":\"13800000003\",\"status\":\"active\",\"plan\":[]," BALANCE "}]",
      "[{\"msisdn\":\"13800000003\",\"status\":\"active\"," BALANCE
      ",\"arrears\":{\"unit\":\"CNY\",\"value\":1.00}}]",
      "[{\"msisdn\":\"13800000003\",\"status\":\"active\"," BALANCE
      ",\"arrears\":{\"unit\":\"JPY\",\"value\":1,\"since\":\"2026-10-01T00:00:00.000Z\"}}]",
      "[{\"msisdn\":\"13800000003\",\"status\":\"active\"," BALANCE
      ",\"arrears\":{\"unit\":\"CNY\",\"value\":-1.00,\"since\":\"2026-10-01T00:00:00.000Z\"}}]",
      "[{\"msisdn\":\"13800000003\",\"status\":\"active\"," BALANCE "},{}]",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
    g_test_message ("%s", bad[i]);
    g_assert_cmpint (hq_load_lines (fixture->store, bytes, fixture->now_us, &error), ==, -1);
    g_assert_nonnull (error);
    g_assert_cmpint (hq_fixture_get (fixture, LINE "13800000003"), ==, 404);
  }
  assert_line (fixture, "13800000001", "active", "12.30", "0.00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line/look", test_look);
  g_test_add_func ("/line/not-there", test_not_there);
  g_test_add_func ("/line/methods", test_methods);
  g_test_add_func ("/line/looks-are-kept", test_looks_are_kept);
  g_test_add_func ("/line/top-up-once", test_top_up_once);
  g_test_add_func ("/line/undo", test_undo);
  g_test_add_func ("/line/correction", test_correction);
  g_test_add_func ("/line/used-credit", test_used_credit);
  g_test_add_func ("/line/only-when-completed", test_only_when_completed);
  g_test_add_func ("/line/bill-payment", test_bill_payment);
  g_test_add_func ("/line/life", test_life);
  g_test_add_func ("/line/nobodys-line", test_nobodys_line);
  g_test_add_func ("/line/amounts-that-do-not-fit", test_amounts_that_do_not_fit);
  g_test_add_func ("/line/recent", test_recent);
  g_test_add_func ("/line/recent-is-bounded", test_recent_is_bounded);
  g_test_add_func ("/line/load-refused", test_load_refused);
  return g_test_run ();
}
