/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order looks like when it leaves for the operator's system: v4 and v5, both dialects of a plan change. The schemas
 * are test-schema.py's; here is what no schema says. */
#include "hq-fixture.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-hq-south.h"

/* As a terminal renders it: item 10 is the line, the plan relies on it. */
#define PLAN_CHANGE                                                                                                             \
  "{\"@type\":\"ProductOrder\",\"externalId\":\"%s\",\"category\":\"planChange\","                                              \
  "\"id\":\"mine\",\"state\":\"completed\","                                                                                    \
  "\"relatedParty\":[{\"id\":\"c-1\",\"name\":\"张*\",\"role\":\"customer\",\"@referredType\":\"Customer\"},"                  \
  "{\"id\":\"1042\",\"role\":\"seller\",\"@referredType\":\"Individual\"}],"                                                    \
  "\"channel\":[{\"id\":\"T1\",\"name\":\"中山路\",\"role\":\"orderCapture\",\"@referredType\":\"SalesChannel\"}],"          \
  "\"payment\":[],\"note\":[{\"author\":\"T1\",\"date\":\"2026-11-22T02:00:00Z\",\"text\":\"R-1\"}],"                           \
  "\"orderTotalPrice\":[{\"name\":\"today\",\"priceType\":\"nonRecurring\",\"price\":{\"taxIncludedAmount\":"                   \
  "{\"unit\":\"CNY\",\"value\":19.90}},\"x-guitai\":{\"today\":1}}],"                                                           \
  "\"productOrderItem\":[{\"@type\":\"ProductOrderItem\",\"id\":\"10\",\"quantity\":1,\"action\":\"modify\",\"product\":"       \
  "{\"@type\":\"Product\",\"productCharacteristic\":[{\"name\":\"MSISDN\",\"valueType\":\"string\",\"value\":\"13800000001\"}," \
  "{\"name\":\"x-guitai-sealed\",\"valueType\":\"string\",\"value\":\"SECRET\"},{\"name\":\"slots\",\"value\":2}]}},"           \
  "{\"@type\":\"ProductOrderItem\",\"id\":\"20\",\"quantity\":1,\"action\":\"add\",\"productOffering\":{\"id\":\"PLAN-B\","     \
  "\"name\":\"B\"},\"productOrderItemRelationship\":[{\"id\":\"10\",\"relationshipType\":\"reliesOn\"}],"                       \
  "\"itemPrice\":[{\"name\":\"月租\",\"priceType\":\"recurring\",\"price\":{\"taxIncludedAmount\":{\"unit\":\"CNY\","         \
  "\"value\":59.00}},\"x-guitai\":{\"today\":1}}],\"product\":{\"@type\":\"Product\",\"productCharacteristic\":"                \
  "[{\"name\":\"x-guitai-consent\",\"value\":\"c\"}]}}],"                                                                       \
  "\"x-guitai\":{\"terminal\":\"T1\"}}"

/* The offering is sold, and the number has the plan; (nullable): no line of it is known. */
static void
know (HqFixture *fixture, const char *plan)
{
  HqStore *store = fixture->store;
  g_autoptr (GBytes) offering = g_bytes_new_static ("{\"id\":\"PLAN-B\"}", strlen ("{\"id\":\"PLAN-B\"}"));
  HqLineRow row = {.msisdn = "13800000001",
                   .plan = plan,
                   .status = "active",
                   .balance = tai_money (0, TAI_CNY),
                   .arrears = tai_money (0, TAI_CNY)};
  store->klass->begin (store);
  store->klass->offering_insert (store, "PLAN-B", 1, offering);
  if (plan != NULL)
    store->klass->line_put (store, &row);
  store->klass->commit (store);
  g_assert_no_error (store->error);
}

/* The body that leaves; @more: of the profile. */
static TaiJson *
send_order (const char *more, const char *plan)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  g_autofree char *text = g_strdup_printf (
      "{\"southbound\":{\"base_url\":\"https://bss.example/api/\",\"owner\":\"hq\",%s}}", more);
  g_autoptr (GError) error = NULL;
  g_autoptr (HqProfile) profile = hq_profile_parse (text, -1, &error);
  g_assert_no_error (error);
  HqSouthLine line = {0};
  gint64 next;
  char id[37];
  hq_fixture_uuid (1, id);
  g_autofree char *body = g_strdup_printf (PLAN_CHANGE, id);
  fixture->store->profile = profile;
  know (fixture, plan);
  g_assert_cmpint (hq_fixture_post (fixture, TAI_PATH_ORDER, body, id, 0), ==, 201);
  hq_fixture_advance (fixture);
  g_autoptr (GPtrArray) errands = hq_south_take (fixture->store, &line, fixture->now_us, 1, &next);
  g_assert_cmpuint (errands->len, ==, 1);
  const HqErrand *errand = errands->pdata[0];
  gsize size;
  const char *bytes = g_bytes_get_data (errand->body, &size);
  g_assert_cmpstr (errand->origin, ==, "https://bss.example:443");
  g_assert_cmpstr (errand->path, ==, "/api/productOrder");
  g_assert_null (g_strstr_len (bytes, (gssize)size, "x-guitai")); /* the sealed identity stays here */
  g_assert_null (g_strstr_len (bytes, (gssize)size, "SECRET"));
  return tai_json_parse (bytes, (gssize)size, NULL, NULL);
}

static const char *
text_of (const TaiJson *json, const char *path)
{
  g_autoptr (GError) error = NULL;
  const char *text = tai_json_require_string (json, path, &error);
  g_assert_no_error (error);
  return text;
}

static void
assert_items (const TaiJson *json, const char *expected)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  const TaiJson *items = tai_json_get (json, "productOrderItem");
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    const char *offering = tai_json_require_string (item, "productOffering.id", NULL);
    g_string_append_printf (seen, "%s %s %s; ", text_of (item, "id"), text_of (item, "action"),
                            offering != NULL ? offering : "-");
  }
  g_assert_cmpstr (seen->str, ==, expected);
}

static void
test_v4 (void)
{
  g_autoptr (TaiJson) json = send_order ("\"version\":4", "PLAN-A");
  g_assert_cmpstr (text_of (json, "externalId"), ==, "0199f3c2-7d10-7c3a-9b1e-000000000001");
  g_assert_false (tai_json_has (json, "id")); /* the server's to give */
  g_assert_false (tai_json_has (json, "state"));
  g_assert_cmpstr (text_of (json, "relatedParty.0.role"), ==, "customer");
  g_autofree char *value =
      tai_json_require_decimal (json, "orderTotalPrice.0.price.taxIncludedAmount.value", NULL);
  g_assert_cmpstr (value, ==, "19.90");
  /* TM Forum's form: the line as it is, the old plan goes, the new one comes */
  assert_items (json, "10 noChange -; 20-old delete PLAN-A; 20 add PLAN-B; ");
  g_assert_cmpstr (text_of (json, "productOrderItem.1.product.productCharacteristic.0.value"), ==,
                   "13800000001");
}

/* A plan that nobody knows, or that stays, cannot be named. */
static void
test_unknown_plan (void)
{
  g_autoptr (TaiJson) unknown = send_order ("\"version\":4", NULL);
  assert_items (unknown, "10 noChange -; 20 add PLAN-B; ");
  g_autoptr (TaiJson) same = send_order ("\"version\":4", "PLAN-B");
  assert_items (same, "10 noChange -; 20 add PLAN-B; ");
}

static void
test_modify (void)
{
  static const char *const profiles[] = {"\"version\":4,\"plan_change\":\"modify\"",
                                         "\"version\":5,\"plan_change\":\"modify\""};
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
    g_autoptr (TaiJson) json = send_order (profiles[i], "PLAN-A");
    assert_items (json, "10 modify PLAN-B; ");
    g_autofree char *value =
        tai_json_require_decimal (json, "productOrderItem.0.itemPrice.0.price.taxIncludedAmount.value", NULL);
    g_assert_cmpstr (value, ==, "59.00");
    g_assert_cmpstr (text_of (json, "productOrderItem.0.product.productCharacteristic.0.value"), ==,
                     "13800000001");
  }
}

static void
test_v5 (void)
{
  static const struct {
    const char *path, *value;
  } rows[] = {
      {"@type", "ProductOrder"},
      {"externalId.0.@type", "ExternalIdentifier"},
      {"externalId.0.id", "0199f3c2-7d10-7c3a-9b1e-000000000001"},
      {"externalId.0.owner", "hq"},
      {"relatedParty.0.@type", "RelatedPartyRefOrPartyRoleRef"},
      {"relatedParty.0.role", "customer"},
      {"relatedParty.0.partyOrPartyRole.@type", "PartyRoleRef"},
      {"relatedParty.0.partyOrPartyRole.id", "c-1"},
      {"relatedParty.1.partyOrPartyRole.@type", "PartyRef"},
      {"channel.0.role", "orderCapture"},
      {"channel.0.channel.id", "T1"},
      {"note.0.@type", "Note"},
      {"orderTotalPrice.0.price.@type", "Price"},
      {"productOrderItem.0.@type", "ProductOrderItem"},
      {"productOrderItem.0.product.@type", "Product"},
      {"productOrderItem.0.product.productCharacteristic.0.@type", "StringCharacteristic"},
      {"productOrderItem.0.product.productCharacteristic.1.@type", "IntegerCharacteristic"},
      {"productOrderItem.2.productOffering.@type", "ProductOfferingRef"},
      {"productOrderItem.2.productOrderItemRelationship.0.@type", "OrderItemRelationship"},
  };
  g_autoptr (TaiJson) json = send_order ("\"version\":5", "PLAN-A");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (text_of (json, rows[i].path), ==, rows[i].value);
  assert_items (json, "10 noChange -; 20-old delete PLAN-A; 20 add PLAN-B; ");
}

/* ---- the profile ---- */

static void
assert_profile (const char *json, gboolean is_good)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HqProfile) profile = hq_profile_parse (json, -1, &error);
  if (is_good)
    g_assert_no_error (error);
  else
    g_assert_nonnull (error);
  g_assert_true ((profile != NULL) == is_good);
}

static void
test_profile (void)
{
  static const char *const good[] = {
      "{}",
      "{\"southbound\":{\"base_url\":\"https://b.example\",\"version\":4}}",
      "{\"southbound\":{\"base_url\":\"http://127.0.0.1:8080/x\",\"version\":5}}",
      "{\"hub\":{\"allow\":[\"https://e.example:8443\"],\"tries\":3}}",
  };
  static const char *const bad[] = {
      "",
      "[]",
      "{\"south\":{}}",
      "{\"southbound\":{\"version\":4}}",
      "{\"southbound\":{\"base_url\":\"https://b.example\"}}",
      "{\"southbound\":{\"base_url\":\"https://b.example\",\"version\":3}}",
      "{\"southbound\":{\"base_url\":\"http://b.example\",\"version\":4}}", /* in clear, and not this machine */
      "{\"southbound\":{\"base_url\":\"https://u:p@b.example\",\"version\":4}}",
      "{\"southbound\":{\"base_url\":\"https://b.example?a=b\",\"version\":4}}",
      "{\"southbound\":{\"base_url\":\"https://b.example\",\"version\":4,\"filter_external_id\":true}}", /* a slip */
      "{\"southbound\":{\"base_url\":\"https://b.example\",\"version\":4,\"filters_external_id\":\"yes\"}}",
      "{\"southbound\":{\"base_url\":\"https://b.example\",\"version\":4,\"plan_change\":\"swap\"}}",
      "{\"southbound\":{\"base_url\":\"https://b.example\",\"version\":4,\"concurrency\":0}}",
      "{\"southbound\":{\"base_url\":\"https://b.example\",\"version\":4,\"cert_file\":\"/c\"}}",
      "{\"hub\":{\"allow\":[\"http://e.example\"]}}",
      "{\"hub\":{\"allow\":\"https://e.example\"}}",
      "{\"hub\":{\"keep_days\":0}}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    assert_profile (good[i], TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_profile (bad[i], FALSE);
}

/* Where events may go: nothing of the address may be read in two ways. */
static void
test_may_call (void)
{
  static const struct {
    const char *url;
    gboolean may;
  } rows[] = {
      {"https://e.example:8443/in?a=b", TRUE},
      {"https://E.example:8443/in", TRUE},
      {"http://127.0.0.1:9/x", TRUE},
      {"http://[::1]:9/x", FALSE},
      {"https://localhost/x", FALSE},
      {"http://127.0.0.1/x", FALSE},
      {"https://e.example:8443/in\r\nHost: x", FALSE},
      {"https://e.example:8443/i n", FALSE},
      {"https://e.example:8443\\@evil.example/", FALSE},
      {"https://e.example/in", FALSE}, /* another port */
      {"http://e.example:8443/in", FALSE},
      {"https://e.example:8443@evil.example/", FALSE},
      {"https://u:p@e.example:8443/", FALSE},
      {"https://e.example:8443.evil.example/", FALSE},
      {"https://evil.example/#e.example:8443", FALSE},
      {"http://127.0.0.1.evil.example/", FALSE},
      {"http://127.0.0.2/", FALSE},
      {"http://2130706433/", FALSE},
      {"http://0x7f.1/", FALSE},
      {"http://169.254.169.254/latest/meta-data", FALSE},
      {"file:///etc/passwd", FALSE},
      {"gopher://127.0.0.1/", FALSE},
      {"//127.0.0.1/", FALSE},
      {"", FALSE},
  };
  g_autoptr (HqProfile) profile = hq_profile_parse (
      "{\"hub\":{\"allow\":[\"https://e.example:8443/\",\"http://127.0.0.1:9\"]}}", -1, NULL);
  g_assert_nonnull (profile);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (hq_profile_may_call (profile, rows[i].url) != rows[i].may)
      g_error ("%s", rows[i].url);
    g_assert_false (hq_profile_may_call (NULL, rows[i].url));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/south-order/v4", test_v4);
  g_test_add_func ("/south-order/unknown-plan", test_unknown_plan);
  g_test_add_func ("/south-order/modify", test_modify);
  g_test_add_func ("/south-order/v5", test_v5);
  g_test_add_func ("/south-order/profile", test_profile);
  g_test_add_func ("/south-order/may-call", test_may_call);
  return g_test_run ();
}
