/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a number, its bills, what it has: against answers that a test writes, and against a real headquarters over mutual TLS. */
#include "tai-line-fixture.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-offline-error.h"
#include "tai-test-terminal.h"

#define NUMBER   "13800000001"
#define ALL      (TAI_LINE_PART_BUCKETS | TAI_LINE_PART_BILLS | TAI_LINE_PART_PRODUCTS)
#define DOCUMENT "99000019950505008X"

static TaiLineDetails *
look_up (TaiDirectory *directory, const char *msisdn, TaiLineParts parts, const char *customer,
         GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tai_directory_look_up_details_async (directory, msisdn, parts, customer, NULL, tai_line_fixture_result_cb,
                                       &result);
  tai_line_fixture_wait (&result);
  return tai_directory_look_up_details_finish (directory, result, error);
}

/* Answers that are written down ------------------------------------------------------------------------------------- */

#define MONEY_BUCKET                                                                                         \
  "{\"id\":\"m\",\"name\":\"main\",\"usageType\":\"monetary\",\"remainingValue\":{\"amount\":12.30,\"units\":\"CNY\"}}"
#define DATA_BUCKET                                                                                                 \
  "{\"id\":\"d\",\"name\":\"流量\",\"usageType\":\"data\",\"remainingValue\":{\"amount\":1.50,\"units\":\"GB\"}," \
  "\"validFor\":{\"endDateTime\":\"2026-11-30T16:00:00.000Z\"},\"x-guitai\":{\"names\":{\"en\":\"Data\"}}}"
#define BILL_OF(id, state, due, rest)                                                                        \
  "{\"id\":\"" id "\",\"billNo\":\"N-" id "\",\"state\":\"" state "\",\"billingPeriod\":{\"startDateTime\":" \
  "\"2026-09-30T16:00:00.000Z\",\"endDateTime\":\"2026-10-31T16:00:00.000Z\"},\"paymentDueDate\":"           \
  "\"2026-11-24T16:00:00.000Z\",\"amountDue\":{\"unit\":\"CNY\",\"value\":" due "},\"remainingAmount\":"     \
  "{\"unit\":\"CNY\",\"value\":" rest "}}"
#define RATE(bill, name, value)                                                                              \
  "{\"id\":\"r\",\"name\":\"" name "\",\"bill\":{\"id\":\"" bill                                             \
  "\"},\"taxIncludedAmount\":{\"unit\":\"CNY\",\"value\":" value "}}"
#define LINE_PRODUCT                                                                                         \
  "{\"id\":\"" NUMBER "\",\"name\":\"畅享59\",\"status\":\"active\",\"productOffering\":{\"id\":\"plan-59\"}}"
#define CODE_PRODUCT                                                                                                 \
  "{\"id\":\"c\",\"name\":\"port-out code\",\"status\":\"active\",\"terminationDate\":\"2026-11-27T02:00:00.000Z\"," \
  "\"productCharacteristic\":[{\"name\":\"x\",\"value\":7},{\"name\":\"portOutCode\",\"value\":\"12345678\"}]}"

static void
test_whole (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiLineDetails) details = NULL;
  const TaiLineBucket *bucket;
  const TaiLineBill *bill;
  const TaiLineBillRow *row;
  const TaiLineProduct *product;

  tai_script_line_say (f->script, 200, NULL, "[" MONEY_BUCKET "," DATA_BUCKET "]");
  tai_script_line_say (f->script, 200, NULL,
                       "[" BILL_OF ("b2", "partiallyPaid", "61.00",
                                    "20.00") "," BILL_OF ("b1", "settled", "59.00", "0.00") "]");
  tai_script_line_say (f->script, 200, NULL,
                       "[" RATE ("b2", "月费", "59.00") "," RATE ("b1", "月费", "59.00") "," RATE (
                           "b2", "优惠", "-1.00") "," RATE ("b2", "短信", "3.00") "]");
  tai_script_line_say (f->script, 200, NULL, "[" LINE_PRODUCT "," CODE_PRODUCT "]");
  details = look_up (f->directory, NUMBER, ALL, "ref/1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (
      tai_script_line_get_asked (f->script)->str, ==,
      "GET " TAI_PATH_BUCKET "?logicalResource.value=" NUMBER "&limit=300\n"
      "GET " TAI_PATH_BILL "?billingAccount.id=" NUMBER "&sort=-billDate&limit=12&relatedParty.id=ref%2F1\n"
      "GET " TAI_PATH_BILL_RATE "?billingAccount.id=" NUMBER
      "&bill.id=b2,b1&relatedParty.id=ref%2F1&limit=300\n"
      "GET " TAI_PATH_PRODUCT "?realizingResource.value=" NUMBER "&relatedParty.id=ref%2F1&limit=300\n");
  g_assert_cmpuint (details->buckets->len, ==, 2);
  bucket = g_ptr_array_index (details->buckets, 0);
  g_assert_cmpint (bucket->money.minor, ==, 1230);
  g_assert_null (bucket->amount);
  bucket = g_ptr_array_index (details->buckets, 1);
  g_assert_cmpint (bucket->money.currency, ==, 0);
  g_assert_cmpstr (bucket->amount, ==, "1.50");
  g_assert_cmpstr (bucket->units, ==, "GB");
  g_assert_cmpstr (bucket->name_en, ==, "Data");
  g_assert_cmpint (bucket->until_us, ==, G_GINT64_CONSTANT (1796054400000000));
  g_assert_cmpuint (details->bills->len, ==, 2);
  bill = g_ptr_array_index (details->bills, 0);
  g_assert_cmpstr (bill->number, ==, "N-b2");
  g_assert_cmpint (bill->state, ==, TAI_LINE_BILL_PARTIALLY_PAID);
  g_assert_cmpint (bill->amount.minor, ==, 6100);
  g_assert_cmpint (bill->rest.minor, ==, 2000);
  g_assert_cmpint (bill->due_us, ==, G_GINT64_CONSTANT (1795536000000000));
  g_assert_cmpuint (bill->lines->len, ==, 3);
  row = g_ptr_array_index (bill->lines, 1);
  g_assert_cmpstr (row->name, ==, "优惠");
  g_assert_cmpint (row->amount.minor, ==, -100);
  bill = g_ptr_array_index (details->bills, 1);
  g_assert_cmpuint (bill->lines->len, ==, 1);
  g_assert_cmpuint (details->products->len, ==, 2);
  product = g_ptr_array_index (details->products, 0);
  g_assert_cmpstr (product->offering_id, ==, "plan-59");
  g_assert_cmpint (product->state, ==, TAI_LINE_PRODUCT_ACTIVE);
  g_assert_null (product->port_out_code);
  product = g_ptr_array_index (details->products, 1);
  g_assert_cmpstr (product->port_out_code, ==, "12345678");
  g_assert_cmpint (product->until_us, ==, G_GINT64_CONSTANT (1795744800000000));
}

/* What was not asked for costs no request; without bills nobody asks for their lines. */
static void
test_parts (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiLineDetails) money = NULL, bills = NULL;

  tai_script_line_say (f->script, 200, NULL, "[" MONEY_BUCKET "]");
  money = look_up (f->directory, NUMBER, TAI_LINE_PART_BUCKETS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (money->buckets->len, ==, 1);
  tai_script_line_say (f->script, 200, NULL, "[]");
  bills = look_up (f->directory, NUMBER, TAI_LINE_PART_BILLS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bills->bills->len, ==, 0);
  g_assert_null (strstr (tai_script_line_get_asked (f->script)->str, "relatedParty"));
  g_assert_null (look_up (f->directory, "138", ALL, NULL, &error)); /* no number: not asked for */
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NUMBER_SYNTAX);
}

typedef struct {
  TaiLineParts part;
  const char *first, *second; /* (nullable) */
} Bad;

/* Each is nearly right. */
static void
test_nonsense (TaiLineFixture *f, gconstpointer data)
{
  static const Bad bad[] = {
      {TAI_LINE_PART_BUCKETS, "{}", NULL},
      {TAI_LINE_PART_BUCKETS, "[1]", NULL},
      {TAI_LINE_PART_BUCKETS, "[{\"id\":\"m\",\"name\":\"main\",\"usageType\":\"monetary\"}]", NULL},
      {TAI_LINE_PART_BUCKETS,
       "[{\"id\":\"m\",\"name\":\"main\",\"usageType\":\"monetary\",\"remainingValue\":{\"amount\":12.305,\"units\":\"CNY\"}}]",
       NULL},
      {TAI_LINE_PART_BUCKETS,
       "[{\"id\":\"m\",\"name\":\"\\u001b[2J\",\"usageType\":\"data\",\"remainingValue\":{\"amount\":1,\"units\":\"GB\"}}]",
       NULL},
      {TAI_LINE_PART_BUCKETS,
       "[{\"id\":\"m\",\"name\":\"x\",\"usageType\":\"data\",\"remainingValue\":{\"amount\":1e9,\"units\":\"GB\"}}]",
       NULL},
      {TAI_LINE_PART_BILLS, "[" BILL_OF ("b", "lost", "1.00", "0.00") "]", NULL},
      {TAI_LINE_PART_BILLS, "[" BILL_OF ("b", "sent", "1.00", "2.00") "]", NULL},
      {TAI_LINE_PART_BILLS, "[" BILL_OF ("b", "sent", "1.00", "-1.00") "]", NULL},
      {TAI_LINE_PART_BILLS, "[" BILL_OF ("b", "sent", "1.00", "1.00") "]",
       "[" RATE ("other", "x", "1.00") "]"},
      {TAI_LINE_PART_BILLS, "[" BILL_OF ("b", "sent", "1.00", "1.00") "]", "[{\"bill\":{\"id\":\"b\"}}]"},
      {TAI_LINE_PART_BILLS, "[" BILL_OF ("b", "sent", "1.00", "1.00") "]",
       "[{\"name\":\"x\",\"bill\":{\"id\":\"b\"},\"taxIncludedAmount\":{\"unit\":\"JPY\",\"value\":1}}]"},
      {TAI_LINE_PART_PRODUCTS, "[{\"id\":\"p\",\"name\":\"x\",\"status\":\"asleep\"}]", NULL},
      {TAI_LINE_PART_PRODUCTS, "[{\"id\":\"p\",\"status\":\"active\"}]", NULL},
      {TAI_LINE_PART_PRODUCTS, "<html>", NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s %s", bad[i].first, bad[i].second != NULL ? bad[i].second : "");
    tai_script_line_say (f->script, 200, NULL, bad[i].first);
    if (bad[i].second != NULL)
      tai_script_line_say (f->script, 200, NULL, bad[i].second);
    g_assert_null (look_up (f->directory, NUMBER, bad[i].part, NULL, &error));
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ);
  }
}

static void
test_line_is_gone (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  tai_script_line_say (f->script, 200, NULL, "[" MONEY_BUCKET "]");
  tai_script_line_say (f->script, 0, NULL, NULL); /* in the middle of it */
  g_assert_null (look_up (f->directory, NUMBER, ALL, NULL, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NO_LINE);
  g_clear_error (&error);
  tai_script_line_say (f->script, 403, NULL, "{\"code\":\"no_terminal\",\"reason\":\"no\"}");
  g_assert_null (look_up (f->directory, NUMBER, ALL, NULL, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_REFUSED);
}

static void
test_cancelled (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tai_script_line_say (f->script, 200, NULL, "[]");
  tai_directory_look_up_details_async (f->directory, NUMBER, ALL, NULL, cancellable,
                                       tai_line_fixture_result_cb, &result);
  g_cancellable_cancel (cancellable);
  tai_line_fixture_wait (&result);
  g_assert_null (tai_directory_look_up_details_finish (f->directory, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A real headquarters ------------------------------------------------------------------------------------------------ */

static void
load (TaiTestHq *hq, const char *what, const char *text)
{
  g_autofree char *file = g_build_filename (hq->folder, "load.json", NULL);

  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  g_free (tai_test_hq_run (hq, what, "load", file, NULL));
}

#define HQ_BILL(id, month, rest, state)                                                                       \
  "{\"@type\":\"CustomerBill\",\"id\":\"" id "\",\"billNo\":\"N-" id "\",\"state\":\"" state                  \
  "\",\"billDate\":\"2026-" month "-28T16:00:00.000Z\",\"billingPeriod\":{\"startDateTime\":\"2026-" month    \
  "-01T00:00:00.000Z\",\"endDateTime\":\"2026-" month                                                         \
  "-28T00:00:00.000Z\"},\"billingAccount\":{\"id\":\"15900000000\"},"                                         \
  "\"amountDue\":{\"unit\":\"CNY\",\"value\":60.00},\"remainingAmount\":{\"unit\":\"CNY\",\"value\":" rest    \
  "}},"                                                                                                       \
  "{\"@type\":\"AppliedCustomerBillingRate\",\"id\":\"" id "-1\",\"name\":\"月费\",\"bill\":{\"id\":\"" id    \
  "\"},\"billingAccount\":{\"id\":\"15900000000\"},\"taxIncludedAmount\":{\"unit\":\"CNY\",\"value\":59.00}," \
  "\"x-guitai\":{\"names\":{\"en\":\"Monthly fee\"}}},"                                                       \
  "{\"@type\":\"AppliedCustomerBillingRate\",\"id\":\"" id "-2\",\"name\":\"短信\",\"bill\":{\"id\":\"" id    \
  "\"},\"billingAccount\":{\"id\":\"15900000000\"},\"taxIncludedAmount\":{\"unit\":\"CNY\",\"value\":1.00}}"

static TaiTestHq *
make_hq (void)
{
  g_autofree char *catalogue = g_test_build_filename (G_TEST_DIST, "data", "catalogue.json", NULL);
  TaiTestHq *hq = tai_test_hq_new (catalogue);

  load (
      hq, "lines",
      "[{\"msisdn\":\"15900000000\",\"status\":\"active\",\"ownerMask\":\"测*\",\"ownerDocument\":\"" DOCUMENT
      "\","
      "\"plan\":{\"id\":\"p\",\"name\":\"畅享\"},\"balance\":{\"unit\":\"CNY\",\"value\":7.50},"
      "\"arrears\":{\"unit\":\"CNY\",\"value\":45.00,\"since\":\"2026-10-01T00:00:00.000Z\"}}]");
  load (
      hq, "documents",
      "[" HQ_BILL ("b-09", "09", "0.00", "settled") "," HQ_BILL (
          "b-10", "10", "45.00",
          "partiallyPaid") ","
                           "{\"@type\":\"Bucket\",\"id\":\"data\",\"name\":\"流量\",\"usageType\":\"data\",\"remainingValue\":{\"amount\":1.5,"
                           "\"units\":\"GB\"},\"logicalResource\":[{\"id\":\"l\",\"value\":\"15900000000\"}]}]");
  return hq;
}

/* What HQ knows the customer by, as a terminal finds it: the key comes with the status. */
static char *
make_reference (TaiPullPorts *ports)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TaiPulledStatus *status;
  char *reference;

  tai_pull_status_async (ports, NULL, tai_line_fixture_result_cb, &result);
  tai_line_fixture_wait (&result);
  status = tai_pull_status_finish (result, &error);
  g_assert_no_error (error);
  reference = tai_seal_blind_index (status->blind_key, DOCUMENT);
  tai_pulled_status_free (status);
  return reference;
}

static void
test_real_hq (void)
{
  g_autoptr (TaiTestHq) hq = make_hq ();
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, NULL, 2);
  TaiPullPorts ports = tai_test_terminal_pull_ports (t);
  g_autoptr (TaiDirectory) directory = TAI_DIRECTORY (tai_line_directory_new (&ports));
  g_autofree char *owner = make_reference (&ports);
  g_autoptr (TaiLineDetails) his = NULL, strangers = NULL, nobodys = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *looks = NULL;
  const TaiLineBucket *bucket;
  const TaiLineBill *bill;
  const TaiLineBillRow *row;

  his = look_up (directory, "15900000000", ALL, owner, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (his->buckets->len, ==, 2);
  bucket = g_ptr_array_index (his->buckets, 0);
  g_assert_cmpint (bucket->money.minor, ==, 750);
  bucket = g_ptr_array_index (his->buckets, 1);
  g_assert_cmpstr (bucket->amount, ==, "1.5");
  g_assert_cmpuint (his->bills->len, ==, 2);
  bill = g_ptr_array_index (his->bills, 0);
  g_assert_cmpstr (bill->number, ==, "N-b-10"); /* the newest first */
  g_assert_cmpint (bill->rest.minor, ==, 4500);
  g_assert_cmpuint (bill->lines->len, ==, 2);
  row = g_ptr_array_index (bill->lines, 0);
  g_assert_cmpstr (row->name_en, ==, "Monthly fee");
  g_assert_cmpint (row->amount.minor, ==, 5900);
  g_assert_cmpuint (his->products->len, ==, 1);

  /* whoever else asks is told what is in it and what it is, no more */
  strangers = look_up (directory, "15900000000", ALL, "somebody", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strangers->buckets->len, ==, 2);
  g_assert_cmpuint (strangers->bills->len, ==, 0);
  g_assert_cmpuint (strangers->products->len, ==, 1);
  nobodys = look_up (directory, "15900000001", ALL, owner, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nobodys->buckets->len + nobodys->bills->len + nobodys->products->len, ==, 0);

  looks = tai_test_hq_run (hq, "looks", "15900000000", NULL);
  g_assert_nonnull (strstr (looks, "H017T2"));
  g_assert_nonnull (strstr (looks, "1042"));
}

#define ADD(name, func)                                                                                      \
  g_test_add ("/line-details/" name, TaiLineFixture, NULL, tai_line_fixture_set_up, func,                    \
              tai_line_fixture_tear_down)

/* Groups are the customer's: no number is needed, and other characteristics are not ours. */
static void
test_groups (TaiLineFixture *f, gconstpointer data)
{
  static const char *const bad[] = {"{}", "[{\"characteristic\":[{\"name\":\"group\"}]}]",
                                    "[{\"characteristic\":[{\"name\":\"group\",\"value\":7}]}]"};
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiLineDetails) some = NULL, none = NULL;

  tai_script_line_say (f->script, 200, NULL,
                       "[{\"id\":\"r\",\"characteristic\":[{\"name\":\"group\",\"value\":\"student\"},"
                       "{\"name\":\"shoe size\",\"value\":42},{\"name\":\"group\",\"value\":\"staff\"}]}]");
  some = look_up (f->directory, NULL, TAI_LINE_PART_GROUPS, "ref/1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tai_script_line_get_asked (f->script)->str, ==,
                   "GET " TAI_PATH_CUSTOMER "?id=ref%2F1&limit=300\n");
  g_assert_cmpuint (some->groups->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (some->groups, 0), ==, "student");
  g_assert_cmpstr (g_ptr_array_index (some->groups, 1), ==, "staff");
  tai_script_line_say (f->script, 200, NULL, "[]");
  none = look_up (f->directory, NULL, TAI_LINE_PART_GROUPS, "ref/1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->groups->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    tai_script_line_say (f->script, 200, NULL, bad[i]);
    g_assert_null (look_up (f->directory, NULL, TAI_LINE_PART_GROUPS, "ref/1", &error));
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ);
    g_clear_error (&error);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("TAI_GUITAI_HQ") == NULL) {
    g_test_message ("TAI_GUITAI_HQ must name the server");
    return 1;
  }
  ADD ("whole", test_whole);
  ADD ("groups", test_groups);
  ADD ("parts", test_parts);
  ADD ("nonsense", test_nonsense);
  ADD ("line-is-gone", test_line_is_gone);
  ADD ("cancelled", test_cancelled);
  g_test_add_func ("/line-details/real-hq", test_real_hq);
  return g_test_run ();
}
