/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose a line is: what is done with it and what is told of it is the owner's, who was identified; bills that are paid; the code
 * with which a number leaves. */
#include "hq-fixture.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-hq-load.h"

#define OWNER  "11010519900101001X"
#define OTHER  "110105199001010036"
#define MINE   "13800000001"
#define DEBTOR "13800000002"
#define NOBODY "13800000003" /* HQ knows no owner of it */

static const char lines[] =
    "[{\"msisdn\":\"" MINE "\",\"status\":\"active\",\"ownerMask\":\"张*\",\"ownerDocument\":\"" OWNER "\","
    "\"plan\":{\"id\":\"plan-59\",\"name\":\"畅享59\",\"nameEn\":\"Easy 59\"},\"balance\":{\"unit\":\"CNY\",\"value\":12.30}},"
    "{\"msisdn\":\"" DEBTOR "\",\"status\":\"active\",\"ownerMask\":\"张*\",\"ownerDocument\":\"" OWNER "\","
    "\"balance\":{\"unit\":\"CNY\",\"value\":0.00},\"arrears\":{\"unit\":\"CNY\",\"value\":30.00,\"since\":"
    "\"2026-10-01T00:00:00.000Z\"}},"
    "{\"msisdn\":\"" NOBODY
    "\",\"status\":\"active\",\"ownerMask\":\"张*\",\"balance\":{\"unit\":\"CNY\",\"value\":1.00}}]";

#define BILL(id, date, due, rest, state)                                                                     \
  "{\"@type\":\"CustomerBill\",\"id\":\"" id "\",\"state\":\"" state "\",\"billDate\":\"" date "\","         \
  "\"billingAccount\":{\"id\":\"" DEBTOR "\"},\"amountDue\":{\"unit\":\"CNY\",\"value\":" due "},"           \
  "\"remainingAmount\":{\"unit\":\"CNY\",\"value\":" rest "}}"

static const char documents[] = "[" BILL ("b-10", "2026-10-31T16:00:00.000Z", "20.00", "20.00", "sent") "," BILL (
    "b-9", "2026-09-30T16:00:00.000Z", "25.00", "10.00",
    "partiallyPaid") ","
                     "{\"@type\":\"AppliedCustomerBillingRate\",\"id\":\"b-10-1\",\"name\":\"月费\",\"bill\":{\"id\":\"b-10\"},"
                     "\"billingAccount\":{\"id\":\"" DEBTOR
                     "\"},\"taxIncludedAmount\":{\"unit\":\"CNY\",\"value\":20.00}},"
                     "{\"@type\":\"Bucket\",\"id\":\"data\",\"usageType\":\"data\",\"remainingValue\":{\"amount\":1.5,\"units\":\"GB\"},"
                     "\"logicalResource\":[{\"id\":\"" MINE "\",\"value\":\"" MINE "\"}]}]";

static void
load (HqFixture *fixture, const char *text,
      gint64 (*func) (HqStore *store, GBytes *text, gint64 now_us, GError **error), gint64 expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_assert_cmpint (func (fixture->store, bytes, fixture->now_us, &error), ==, expected);
  g_assert_no_error (error);
}

static HqFixture *
make_hq (void)
{
  HqFixture *fixture = hq_fixture_new ();
  hq_fixture_add_terminal (fixture, "P1", "H000", "partner");
  load (fixture, lines, hq_load_lines, 3);
  load (fixture, documents, hq_load_documents, 4);
  return fixture;
}

/* An order for a number by somebody whose card was read (NULL: nobody's). What became of it, as "state reason". */
static void
assert_order (HqFixture *fixture, const char *operation, const char *msisdn, const char *who,
              const char *state, const char *reason)
{
  static guint n = 1;
  char id[37];
  g_autofree char *sealed =
      who != NULL ? hq_make_sealed (fixture, who, "1990-01-01", TAI_IDENTITY_READ) : NULL;
  g_autofree char *identity =
      sealed != NULL ? g_strdup_printf (",{\"name\":\"x-guitai-sealed\",\"value\":\"%s\"}", sealed) : NULL;
  g_autofree char *body = g_strdup_printf (
      "{\"externalId\":\"%s\",\"productOrderItem\":[{\"id\":\"10\",\"action\":\"noChange\",\"product\":{"
      "\"productCharacteristic\":[{\"name\":\"MSISDN\",\"value\":\"%s\"}%s]}}],\"x-guitai\":{\"operation\":\"%s\"}}",
      hq_fixture_uuid (n++, id), msisdn, identity != NULL ? identity : "", operation);
  g_test_message ("%s %s %s", operation, msisdn, who != NULL ? who : "-");
  g_assert_cmpint (hq_fixture_post (fixture, TAI_PATH_ORDER, body, id, 0), ==, 201);
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, id, state, reason);
}

static void
test_only_the_owner (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  static const char *const of_owner[] = {"detail_bill", "change_details", "port_out_code", "close"};
  for (guint i = 0; i < G_N_ELEMENTS (of_owner); i++) {
    assert_order (fixture, of_owner[i], MINE, NULL, "rejected", "identity_missing");
    assert_order (fixture, of_owner[i], MINE, OTHER, "rejected", "not_owner");
    assert_order (fixture, of_owner[i], NOBODY, OWNER, "rejected", "owner_unknown");
    assert_order (fixture, of_owner[i], "13800000009", OWNER, "rejected", "line_unknown");
    assert_order (fixture, of_owner[i], MINE, OWNER, "completed", "");
  }
  assert_order (fixture, "close", MINE, OWNER, "rejected", "line_closed"); /* it is, since the last of them */
  assert_order (fixture, "port_out_code", MINE, OWNER, "rejected", "line_closed");
  assert_order (fixture, "detail_bill", DEBTOR, OWNER, "completed", "");
  assert_order (fixture, "close", DEBTOR, OWNER, "rejected", "arrears");
  assert_order (fixture, "port_out_code", DEBTOR, OWNER, "rejected", "arrears");
}

/* Anybody may ask what is in a line, and pay for it. What is an owner's is his where HQ knows him, and the counter's to see where
 * not. */
static void
test_others (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  static const char *const soft[] = {"plan_change", "suspend", "sim_replacement", "service_add"};
  assert_order (fixture, "balance", MINE, NULL, "completed", "");
  assert_order (fixture, "balance", "13800000009", NULL, "rejected", "line_unknown");
  for (guint i = 0; i < G_N_ELEMENTS (soft); i++)
    assert_order (fixture, soft[i], MINE, OTHER, "rejected", "not_owner");
  assert_order (fixture, "plan_change", NOBODY, OTHER, "completed", "");
  assert_order (fixture, "plan_change", MINE, OWNER, "completed", "");
  assert_order (fixture, "transfer", MINE, OTHER, "completed", "");
  assert_order (fixture, "plan_change", MINE, OWNER, "rejected", "not_owner"); /* it was his */
  assert_order (fixture, "plan_change", MINE, OTHER, "completed", "");
}

/* ---- what is told ---- */

static guint
count (HqFixture *fixture, const char *terminal, const char *target)
{
  HqHeaders headers = {.terminal = terminal};
  g_assert_cmpint (hq_fixture_send (fixture, "GET", target, NULL, &headers), ==, 200);
  return tai_json_get_length (fixture->json);
}

static int
get (HqFixture *fixture, const char *terminal, const char *target)
{
  HqHeaders headers = {.terminal = terminal};
  return hq_fixture_send (fixture, "GET", target, NULL, &headers);
}

static char *
blind (HqFixture *fixture, const char *document)
{
  return tai_seal_blind_index (fixture->blind_key, document);
}

static void
test_bills_are_the_owners (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  g_autofree char *owner = blind (fixture, OWNER), *other = blind (fixture, OTHER);
  g_autofree char *his =
      g_strconcat (TAI_PATH_BILL "?billingAccount.id=" DEBTOR "&relatedParty.id=", owner, NULL);
  g_autofree char *not_his =
      g_strconcat (TAI_PATH_BILL "?billingAccount.id=" DEBTOR "&relatedParty.id=", other, NULL);
  g_autofree char *rates = g_strconcat (TAI_PATH_BILL_RATE "?bill.id=b-10&relatedParty.id=", owner, NULL);
  g_autofree char *one = g_strconcat (TAI_PATH_BILL "/b-9?relatedParty.id=", owner, NULL);
  g_assert_cmpuint (count (fixture, "T1", TAI_PATH_BILL), ==, 0);
  g_assert_cmpuint (count (fixture, "T1", TAI_PATH_BILL "?billingAccount.id=" DEBTOR), ==, 0);
  g_assert_cmpuint (count (fixture, "T1", not_his), ==, 0);
  g_assert_cmpuint (count (fixture, "T1", his), ==, 2);
  g_assert_cmpstr (hq_fixture_text (fixture, "0.relatedParty.0.id"), ==, owner);
  g_assert_cmpuint (count (fixture, "T1", rates), ==, 1);
  g_assert_cmpint (get (fixture, "T1", TAI_PATH_BILL "/b-9"), ==, 404);
  g_assert_cmpint (get (fixture, "T1", one), ==, 200);
  g_assert_cmpuint (count (fixture, "P1", TAI_PATH_BILL), ==, 2); /* another system of the operator's */
  g_assert_cmpuint (count (fixture, "P1", not_his), ==, 0);
  HqHeaders headers = {.type = "application/json"};
  g_assert_cmpint (
      hq_fixture_send (fixture, "PATCH", TAI_PATH_BILL "/b-9", "{\"state\":\"settled\"}", &headers), ==, 403);
}

static void
test_lines_are_named (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  g_autofree char *owner = blind (fixture, OWNER);
  g_autofree char *all_his = g_strconcat (TAI_PATH_PRODUCT "?relatedParty.id=", owner, NULL);
  g_autofree char *customer = g_strconcat ("/tmf-api/customerManagement/v4/customer/", owner, NULL);
  g_assert_cmpuint (count (fixture, "T1", TAI_PATH_BUCKET), ==, 0);
  g_assert_cmpuint (count (fixture, "T1", TAI_PATH_PRODUCT "?status=active"), ==, 0);
  g_assert_cmpuint (count (fixture, "P1", TAI_PATH_PRODUCT), ==, 3);
  g_assert_cmpuint (count (fixture, "T1", TAI_PATH_BUCKET "?logicalResource.value=" MINE), ==, 2);
  g_assert_cmpstr (hq_fixture_text (fixture, "0.usageType"), ==, "monetary");
  g_autofree char *amount = tai_json_to_text (tai_json_get (fixture->json, "0.remainingValue"));
  g_assert_cmpstr (amount, ==, "{\"amount\":12.30,\"units\":\"CNY\"}");
  g_assert_cmpstr (hq_fixture_text (fixture, "1.usageType"), ==, "data");
  g_assert_cmpuint (count (fixture, "T1", TAI_PATH_BUCKET "?logicalResource.value=13800000009"), ==, 0);
  g_assert_cmpuint (count (fixture, "T1", all_his), ==, 2);
  g_assert_cmpint (get (fixture, "T1", TAI_PATH_PRODUCT "/" MINE), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "productOffering.id"), ==, "plan-59");
  g_assert_cmpint (get (fixture, "T1", customer), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "name"), ==, "张*");
}

static gboolean
count_look_cb (const HqLookRow *row, gpointer data)
{
  guint *n = data;
  n[row->found ? 0 : 1]++;
  g_assert_cmpstr (row->clerk, ==, "1042");
  return TRUE;
}

/* Whichever way a counter looks at a number, it leaves a row. */
static void
test_looks_are_kept (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  guint mine[2] = {0}, nobody[2] = {0};
  get (fixture, "T1", TAI_PATH_BUCKET "?logicalResource.value=" MINE "&clerk=1042");
  get (fixture, "T1", TAI_PATH_PRODUCT "/" MINE "?clerk=1042");
  get (fixture, "T1", TAI_PATH_BUCKET "?logicalResource.value=13800000009&clerk=1042");
  get (fixture, "P1", TAI_PATH_BUCKET "?logicalResource.value=" MINE);
  get (fixture, "T1", TAI_PATH_BILL "?billingAccount.id=" MINE "&clerk=1042");
  fixture->store->klass->begin (fixture->store);
  fixture->store->klass->look_list (fixture->store, MINE, -1, count_look_cb, mine);
  fixture->store->klass->look_list (fixture->store, "13800000009", -1, count_look_cb, nobody);
  fixture->store->klass->commit (fixture->store);
  g_assert_cmpuint (mine[0], ==, 3);
  g_assert_cmpuint (mine[1], ==, 0);
  g_assert_cmpuint (nobody[0], ==, 0);
  g_assert_cmpuint (nobody[1], ==, 1);
}

/* ---- what is paid ---- */

static void
pay (HqFixture *fixture, guint number, const char *amount)
{
  char id[37], payment[37];
  hq_fixture_uuid (number, id);
  hq_fixture_uuid (number + 1, payment);
  g_autofree char *order = g_strdup_printf (
      "{\"externalId\":\"%s\",\"orderTotalPrice\":[{\"price\":{\"taxIncludedAmount\":{\"unit\":\"CNY\",\"value\":%s}}}],"
      "\"productOrderItem\":[{\"id\":\"10\",\"action\":\"add\",\"product\":{\"productCharacteristic\":[{\"name\":\"MSISDN\","
      "\"value\":\"" DEBTOR
      "\"}]}}],\"payment\":[{\"id\":\"%s\"}],\"x-guitai\":{\"operation\":\"bill_payment\"}}",
      id, amount, payment);
  g_autofree char *money = hq_make_payment (payment, id, amount);
  g_assert_cmpint (hq_fixture_post (fixture, TAI_PATH_ORDER, order, id, 0), ==, 201);
  g_assert_cmpint (hq_fixture_post (fixture, TAI_PATH_PAYMENT, money, payment, 0), ==, 201);
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, id, "completed", "");
}

static void
assert_bill (HqFixture *fixture, const char *id, const char *state, const char *rest, guint n_payments)
{
  g_autofree char *target = g_strconcat (TAI_PATH_BILL "/", id, NULL);
  g_assert_cmpint (get (fixture, "P1", target), ==, 200);
  g_autofree char *value = tai_json_require_decimal (fixture->json, "remainingAmount.value", NULL);
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, state);
  g_assert_cmpstr (value, ==, rest);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "appliedPayment")), ==, n_payments);
}

static void
test_bills_are_settled (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  pay (fixture, 100, "4.00");
  assert_bill (fixture, "b-9", "partiallyPaid", "6.00", 1);
  assert_bill (fixture, "b-10", "sent", "20.00", 0);
  pay (fixture, 110, "8.00");
  assert_bill (fixture, "b-9", "settled", "0.00", 2);
  assert_bill (fixture, "b-10", "partiallyPaid", "18.00", 1);
  g_assert_cmpstr (hq_fixture_text (fixture, "appliedPayment.0.payment.id"), ==,
                   "0199f3c2-7d10-7c3a-9b1e-000000000111");
  pay (fixture, 120, "50.00"); /* 32 too much: the customer's balance */
  assert_bill (fixture, "b-10", "settled", "0.00", 2);
  pay (fixture, 130, "5.00");
  assert_bill (fixture, "b-10", "settled", "0.00", 2);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_LINE "/" DEBTOR), ==, 200);
  g_autofree char *balance = tai_json_require_decimal (fixture->json, "balance.value", NULL);
  g_assert_cmpstr (balance, ==, "37.00");
}

/* What was charged and not billed becomes a bill that is owed, once. */
static void
test_bill_on_demand (void)
{
#define RATE(id, billed, value)                                                                              \
  "{\"@type\":\"AppliedCustomerBillingRate\",\"id\":\"" id "\",\"name\":\"x\",\"isBilled\":" billed          \
  ",\"billingAccount\":{\"id\":\"" MINE "\"},\"taxIncludedAmount\":{\"unit\":\"CNY\",\"value\":" value "}}"
  static const char path[] = "/tmf-api/customerBillManagement/v4/customerBillOnDemand";
  static const char mine[] = "{\"billingAccount\":{\"id\":\"" MINE "\"}}",
                    nobody[] = "{\"billingAccount\":{\"id\":\"A0815\"}}";
  g_autoptr (HqFixture) fixture = make_hq ();
  HqHeaders partner = {.terminal = "P1", .type = "application/json"};
  load (fixture,
        "[" RATE ("r-1", "true", "9.00") "," RATE ("r-2", "false", "12.30") "," RATE ("r-3", "false",
                                                                                      "0.70") "]",
        hq_load_documents, 3);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", path, mine, &(HqHeaders){.type = "application/json"}),
                   ==, 403);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", path, nobody, &partner), ==, 201);
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, "rejected");
  g_assert_cmpint (hq_fixture_send (fixture, "POST", path, mine, &partner), ==, 201);
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, "done");
  g_autofree char *bill = g_strdup (hq_fixture_text (fixture, "customerBill.id"));
  g_autofree char *href = g_strdup (hq_fixture_text (fixture, "href"));
  assert_bill (fixture, bill, "new", "13.00", 0);
  g_assert_cmpstr (hq_fixture_text (fixture, "runType"), ==, "offCycle");
  g_autofree char *rates = g_strconcat (TAI_PATH_BILL_RATE "?isBilled=true&bill.id=", bill, NULL);
  g_assert_cmpuint (count (fixture, "P1", rates), ==, 2);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_LINE "/" MINE), ==, 200);
  g_autofree char *arrears = tai_json_require_decimal (fixture->json, "arrears.value", NULL);
  g_assert_cmpstr (arrears, ==, "13.00");
  g_assert_cmpint (hq_fixture_send (fixture, "POST", path, mine, &partner), ==, 201);
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, "rejected"); /* nothing is left to bill */
  g_assert_cmpint (get (fixture, "P1", href), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, "done");
}

static void
test_port_out_code (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  g_autofree char *owner = blind (fixture, OWNER);
  g_autofree char *his =
      g_strconcat (TAI_PATH_PRODUCT "?realizingResource.value=" MINE "&relatedParty.id=", owner, NULL);
  g_assert_cmpuint (count (fixture, "T1", his), ==, 1);
  assert_order (fixture, "port_out_code", MINE, OWNER, "completed", "");
  g_assert_cmpuint (count (fixture, "T1", his), ==, 2);
  g_assert_cmpstr (hq_fixture_text (fixture, "1.productCharacteristic.0.name"), ==, "portOutCode");
  g_autofree char *code = g_strdup (hq_fixture_text (fixture, "1.productCharacteristic.0.value"));
  g_assert_cmpuint (strspn (code, "0123456789"), ==, 8);
  g_assert_cmpuint (strlen (code), ==, 8);
  g_assert_cmpstr (hq_fixture_text (fixture, "1.terminationDate"), ==, "2026-11-27T02:00:00.000Z");
  g_assert_cmpuint (count (fixture, "T1", TAI_PATH_PRODUCT "?realizingResource.value=" MINE), ==, 1);
  assert_order (fixture, "port_out_code", MINE, OWNER, "completed", ""); /* another order, another code */
  g_assert_cmpuint (count (fixture, "T1", his), ==, 2);
  g_assert_cmpstr (hq_fixture_text (fixture, "1.productCharacteristic.0.value"), !=, code);
}

/* ---- files ---- */

static void
test_load_refused (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  static const char *const bad[] = {
      "{}",
      "[1]",
      "[{}]",
      "[{\"@type\":\"Bucket\"}]",
      "[{\"@type\":\"ProductOrder\",\"id\":\"1\"}]",
      "[{\"@type\":\"Dragon\",\"id\":\"1\"}]",
      "[{\"@type\":\"Bucket\",\"id\":\"1\"}]",
      "[{\"@type\":\"Bucket\",\"id\":\"1\",\"usageType\":7}]",
      "[{\"@type\":\"CustomerBill\",\"id\":\"1\",\"state\":\"lost\"}]",
      "[{\"@type\":\"Bucket\",\"id\":\"new\",\"usageType\":\"data\"},{}]",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
    g_test_message ("%s", bad[i]);
    g_assert_cmpint (hq_load_documents (fixture->store, bytes, fixture->now_us, &error), ==, -1);
    g_assert_nonnull (error);
  }
  g_assert_cmpint (get (fixture, "P1", TAI_PATH_BUCKET "/new"), ==, 404); /* all or nothing */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/owner/only-the-owner", test_only_the_owner);
  g_test_add_func ("/owner/others", test_others);
  g_test_add_func ("/owner/bills-are-the-owners", test_bills_are_the_owners);
  g_test_add_func ("/owner/lines-are-named", test_lines_are_named);
  g_test_add_func ("/owner/looks-are-kept", test_looks_are_kept);
  g_test_add_func ("/owner/bills-are-settled", test_bills_are_settled);
  g_test_add_func ("/owner/bill-on-demand", test_bill_on_demand);
  g_test_add_func ("/owner/port-out-code", test_port_out_code);
  g_test_add_func ("/owner/load-refused", test_load_refused);
  return g_test_run ();
}
