/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Resources as TMF630 wants them: lists, filters, fields, paging, PATCH, catalogue and staff with their ETags, the batch. */
#include "hq-fixture.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-hq-load.h"
#include "tai-pin.h"

#define ORDER TAI_PATH_ORDER

static void
post_orders (HqFixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++) {
    char id[37];
    hq_fixture_uuid (i, id);
    g_autofree char *body = g_strdup_printf (
        "{\"externalId\":\"%s\",\"category\":\"%s\",\"priority\":\"%u\",\"description\":\"one, two\",\"x-guitai\":{\"operation\":\"top_up\","
        "\"businessDay\":\"2026-11-%02u\",\"n\":%u.50},\"relatedParty\":[{\"id\":\"clerk-%u\",\"role\":\"seller\"},"
        "{\"id\":\"H017\",\"role\":\"salesChannel\"}],\"productOrderItem\":[{\"id\":\"10\",\"action\":\"add\"}]}",
        id, i % 2 == 0 ? "topUp" : "newActivation", i, 20 + i % 3, i, i % 4);
    g_assert_cmpint (hq_fixture_post (fixture, ORDER, body, id, 0), ==, 201);
    fixture->now_us += G_USEC_PER_SEC;
  }
}

static void
assert_list (HqFixture *fixture, const char *query, gint64 total, gint64 count)
{
  g_autofree char *target = g_strconcat (ORDER, query, NULL);
  g_assert_cmpint (hq_fixture_get (fixture, target), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, total);
  g_assert_cmpint (fixture->response.count, ==, count);
  g_assert_cmpuint (tai_json_get_length (fixture->json), ==, (guint)count);
}

static void
test_lists (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  assert_list (fixture, "", 0, 0);
  post_orders (fixture, 12);
  assert_list (fixture, "", 12, 12);
  for (guint i = 0; i < 12; i++) {
    static const char *const members[] = {"id", "href", "orderDate", "state"};
    for (guint m = 0; m < G_N_ELEMENTS (members); m++) {
      g_autofree char *path = g_strdup_printf ("%u.%s", i, members[m]);
      hq_fixture_text (fixture, path);
    }
    g_autofree char *items = g_strdup_printf ("%u.productOrderItem.0.id", i);
    g_autofree char *parties = g_strdup_printf ("%u.relatedParty.0.id", i);
    hq_fixture_text (fixture, items);
    hq_fixture_text (fixture, parties);
  }
  assert_list (fixture, "?offset=5&limit=4", 12, 4);
  g_assert_cmpstr (hq_fixture_text (fixture, "0.priority"), ==, "5");
  assert_list (fixture, "?offset=11&limit=4", 12, 1);
  assert_list (fixture, "?offset=50", 12, 0);
  assert_list (fixture, "?limit=0", 12, 0);
}

static void
test_filters (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  post_orders (fixture, 12);
  assert_list (fixture, "?category=topUp", 6, 6);
  assert_list (fixture, "?category=topUp&state=acknowledged", 6, 6);
  assert_list (fixture, "?state=completed", 0, 0);
  assert_list (fixture, "?category=topUp,newActivation", 12, 12);
  assert_list (fixture, "?externalId=0199f3c2-7d10-7c3a-9b1e-000000000003", 1, 1);
  assert_list (fixture, "?id=0199f3c2-7d10-7c3a-9b1e-000000000003", 1, 1);
  assert_list (fixture, "?x-guitai.businessDay=2026-11-20", 4, 4);
  assert_list (fixture, "?relatedParty.id=clerk-1", 3, 3);
  assert_list (fixture, "?relatedParty.id=clerk-1&limit=1&offset=1", 3, 1);
  g_assert_cmpstr (hq_fixture_text (fixture, "0.priority"), ==, "5");
  assert_list (fixture, "?productOrderItem.action=add&category=topUp&relatedParty.role=seller", 6, 6);
  assert_list (fixture, "?unknown.thing=1", 0, 0);
  assert_list (fixture, "?orderDate.gte=2026-11-22T02:00:05.000Z", 7, 7);
  assert_list (fixture, "?orderDate.gt=2026-11-22T02:00:05.000Z&orderDate.lt=2026-11-22T02:00:08Z", 2, 2);
  assert_list (fixture, "?x-guitai.n.gt=9.5", 2, 2); /* as numbers: 10.50 and 11.50 */
  assert_list (fixture, "?x-guitai.n=09.5", 1, 1);
  assert_list (fixture, "?x-guitai.n.lte=-0", 0, 0);
  assert_list (fixture, "?category.ne=topUp", 6, 6);
  assert_list (fixture, "?category.ne=topUp,newActivation", 0, 0); /* neither */
  /* TMF630's signs are its words */
  assert_list (fixture, "?orderDate%3E%3D2026-11-22T02:00:05.000Z", 7, 7);
  assert_list (fixture, "?orderDate%3e=2026-11-22T02:00:05.000Z", 7, 7);
  assert_list (fixture, "?orderDate>2026-11-22T02:00:05.000Z&orderDate%3C2026-11-22T02:00:08Z", 2, 2);
  assert_list (fixture, "?x-guitai.n<=0.50", 1, 1);
  /* a value may hold a comma, and what looks like a sign */
  assert_list (fixture, "?description=one,%20two", 12, 12);
  assert_list (fixture, "?description=one%2C%20two&category=topUp", 6, 6);
  assert_list (fixture, "?requestedNote=a%3Eb%3D", 0, 0);
  assert_list (fixture, "?category=top%55p", 6, 6);
  static const char *const bad[] = {"?limit=x",     "?limit=-1",
                                    "?offset=1.5",  "?state",
                                    "?=1",          "?a..b=1",
                                    "?a=%zz",       "?a=%00",
                                    "?a=%ff",       "?category.regex=t.*",
                                    "?category*=t", "?filter=$[?(@.state)]",
                                    "?%3E1",        "?a>"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *target = g_strconcat (ORDER, bad[i], NULL);
    g_assert_cmpint (hq_fixture_get (fixture, target), ==, 400);
    g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "query");
  }
}

static void
test_fields (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  post_orders (fixture, 2);
  assert_list (fixture, "?fields=state,relatedParty.id", 2, 2);
  g_assert_cmpuint (tai_json_get_length (tai_json_get_element (fixture->json, 0)), ==, 4);
  hq_fixture_text (fixture, "0.id");
  hq_fixture_text (fixture, "0.href");
  hq_fixture_text (fixture, "0.state");
  g_assert_cmpint (hq_fixture_get (fixture, ORDER "/0199f3c2-7d10-7c3a-9b1e-000000000001?fields=category"),
                   ==, 200);
  g_assert_cmpuint (tai_json_get_length (fixture->json), ==, 3);
}

static void
test_minimal_answer (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  const char *text = "{\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\"}]}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  HqRequest request = {.method = "POST",
                       .path = ORDER,
                       .body = body,
                       .terminal = "T1",
                       .prefer = "return=minimal",
                       .now_us = HQ_T0};
  HqResponse response;
  g_assert_true (hq_apply (fixture->store, &request, 1, &response));
  g_assert_cmpint (response.status, ==, 201);
  g_assert_nonnull (response.location);
  g_assert_cmpuint (g_bytes_get_size (response.body), <, 300);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (response.body, NULL),
                                  (gssize)g_bytes_get_size (response.body), "\"key\":\""));
  hq_response_clear (&response);
}

static int
patch (HqFixture *fixture, const char *body)
{
  HqHeaders headers = {.type = "application/merge-patch+json"};
  return hq_fixture_send (fixture, "PATCH", ORDER "/0199f3c2-7d10-7c3a-9b1e-000000000000", body, &headers);
}

static void
test_patch (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  post_orders (fixture, 1);
  g_assert_cmpint (patch (fixture, "{\"note\":[{\"text\":\"call first\"}],\"priority\":null}"), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "note.0.text"), ==, "call first");
  g_assert_false (tai_json_has (fixture->json, "priority"));
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, "acknowledged");
  hq_fixture_assert_order (fixture, "0199f3c2-7d10-7c3a-9b1e-000000000000", "acknowledged", "");
  g_assert_cmpstr (hq_fixture_text (fixture, "note.0.text"), ==, "call first");
  /* items may be repeated as they are, not changed; nor what is HQ's */
  g_assert_cmpint (patch (fixture, "{\"productOrderItem\":[{\"id\":\"10\",\"action\":\"add\"}]}"), ==, 200);
  static const char *const bad[] = {"{\"productOrderItem\":[]}",
                                    "{\"state\":\"completed\"}",
                                    "{\"externalId\":\"x\"}",
                                    "{\"x-guitai\":{}}",
                                    "{\"id\":\"x\"}",
                                    "{\"relatedParty\":null}"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_cmpint (patch (fixture, bad[i]), ==, 400);
    g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "not_changeable");
  }
  g_assert_cmpint (patch (fixture, "[]"), ==, 400);
  g_assert_cmpint (patch (fixture, "{"), ==, 400);
  g_assert_cmpint (patch (fixture, NULL), ==, 400);
  hq_fixture_advance (fixture);
  g_assert_cmpint (patch (fixture, "{\"priority\":\"1\"}"), ==, 409);
  g_assert_cmpint (hq_fixture_send (fixture, "PATCH", ORDER "/nobody", "{}", NULL), ==, 404);
}

/* ---- catalogue and staff ---- */

static const char catalogue[] =
    "[{\"id\":\"PLAN-59\",\"href\":\"x\",\"name\":\"月租59\",\"version\":\"1\",\"productOfferingPrice\":[{\"id\":\"P\","
    "\"name\":\"月租\",\"priceType\":\"recurring\",\"recurringChargePeriodType\":\"month\","
    "\"recurringChargePeriodLength\":1,\"price\":{\"unit\":\"CNY\",\"value\":59.00},"
    "\"x-guitai\":{\"firstPeriod\":\"prorata_days\",\"rounding\":\"half_up\",\"effect\":\"now\"}}],"
    "\"x-guitai\":{\"kind\":\"plan\"}}]";

static void
test_catalogue (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = g_bytes_new_static (catalogue, strlen (catalogue));
  g_autoptr (GBytes) bad = g_bytes_new_static ("[{\"id\":\"X\"}]", 12);
  g_assert_cmpint (hq_load_catalogue (fixture->store, text, HQ_T0, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_OFFERING), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "0.href"), ==, TAI_PATH_OFFERING "/PLAN-59");
  g_autofree char *etag = g_strdup (fixture->response.etag);
  g_assert_true (g_str_has_prefix (etag, "\""));
  HqHeaders known = {.none_match = etag}, other = {.none_match = "\"other\", W/\"more\""};
  g_assert_cmpint (hq_fixture_send (fixture, "GET", TAI_PATH_OFFERING, NULL, &known), ==, 304);
  g_assert_null (fixture->response.body);
  g_assert_cmpint (hq_fixture_send (fixture, "GET", TAI_PATH_OFFERING, NULL, &other), ==, 200);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_OFFERING "/PLAN-59"), ==, 200);
  g_autofree char *shown = tai_json_to_text (fixture->json);
  /* where TMF620's file has an offering's price */
  g_assert_cmpstr (hq_fixture_text (fixture, "productOfferingPrice.0.price.taxIncludedAmount.unit"), ==,
                   "CNY");
  g_assert_cmpstr (hq_fixture_text (fixture, "productOfferingPrice.0.recurringChargePeriod"), ==, "month");
  g_assert_nonnull (strstr (shown, "59.00")); /* the decimals are what HQ's people wrote */
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_OFFERING "/PLAN-X"), ==, 404);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_OFFERING "?x-guitai.kind=sim"), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 0);
  /* a malformed one changes nothing */
  g_assert_cmpint (hq_load_catalogue (fixture->store, bad, HQ_T0, &error), ==, -1);
  g_assert_nonnull (error);
  g_assert_cmpint (hq_fixture_send (fixture, "GET", TAI_PATH_OFFERING, NULL, &known), ==, 304);
}

/* What halls could not sell by, or the standard's clients not read, is refused with every reason, and the one in force stays. */
static void
test_catalogue_refused (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  g_autoptr (GBytes) good = g_bytes_new_static (catalogue, strlen (catalogue));
  static const char *const bad[][2] = {
      {"[]", "nothing is on sale"},
      {"[{\"id\":\"A\"", "cut off"},
      {"{\"a\":[]}", "array"},
  };
  g_assert_cmpint (hq_load_catalogue (fixture->store, good, HQ_T0, NULL), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GBytes) text = g_bytes_new_static (bad[i][0], strlen (bad[i][0]));
    g_autoptr (GError) error = NULL;
    g_assert_cmpint (hq_load_catalogue (fixture->store, text, HQ_T0, &error), ==, -1);
    g_assert_nonnull (strstr (error->message, bad[i][1]));
  }
  /* What the one who rates cannot read, and what only the standard's file would not have. */
  static const char *const spoilt[][3] = {
      {"59.00", "59.001", "more decimals"},
      {"\"version\":\"1\"", "\"validFor\":{\"endDateTime\":\"soon\"}", "not a time"},
      {"59.00", "\"59.00\"", "price.taxIncludedAmount.value"},
      {"\"version\":\"1\"", "\"description\":7", "description"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++) {
    g_autoptr (GString) list = g_string_new (catalogue);
    g_assert_cmpuint (g_string_replace (list, spoilt[i][0], spoilt[i][1], 0), ==, 1);
    g_autoptr (GBytes) text = g_bytes_new_static (list->str, list->len);
    g_autoptr (GError) error = NULL;
    g_assert_cmpint (hq_load_catalogue (fixture->store, text, HQ_T0, &error), ==, -1);
    g_assert_nonnull (strstr (error->message, spoilt[i][2]));
  }
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_OFFERING), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 1);
  g_assert_cmpstr (hq_fixture_text (fixture, "0.id"), ==, "PLAN-59");
}

static void
test_staff (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiPinHasher) hasher = tai_pin_new (fixture->entropy, TAI_PIN_COST_CHEAP);
  const char *list =
      "[{\"number\":\"1042\",\"name\":\"李四\",\"role\":\"clerk\",\"pin\":\"271828\"},"
      "{\"number\":\"1042\",\"name\":\"李四\",\"role\":\"supervisor\",\"pin\":\"161803\",\"hall\":\"H099\"},"
      "{\"number\":\"1\",\"name\":\"Far\",\"role\":\"auditor\",\"pin\":\"314159\",\"hall\":\"H099\"}]";
  g_autoptr (GBytes) text = g_bytes_new_static (list, strlen (list));
  g_assert_cmpint (hq_load_staff (fixture->store, text, hasher, &error), ==, 3);
  g_assert_no_error (error);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_STAFF), ==, 200);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "staff")), ==, 1);
  g_assert_true (tai_pin_hasher_verify (hasher, hq_fixture_text (fixture, "staff.0.pin"), "271828"));
  g_autofree char *etag = g_strdup (fixture->response.etag);
  HqHeaders known = {.none_match = etag}, far = {.terminal = "T9"};
  g_assert_cmpint (hq_fixture_send (fixture, "GET", TAI_PATH_STAFF, NULL, &far), ==, 200);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "staff")), ==, 2);
  g_assert_cmpstr (hq_fixture_text (fixture, "staff.1.role"), ==, "supervisor"); /* the hall's own word */
  g_assert_cmpint (hq_fixture_send (fixture, "GET", TAI_PATH_STAFF, NULL, &known), ==, 304);
  static const char *const bad[] = {
      "{}", "[1]", "[{\"number\":\"1\",\"name\":\"A\",\"role\":\"king\",\"pin\":\"271828\"}]",
      "[{\"number\":\"1\",\"name\":\"A\",\"role\":\"clerk\",\"pin\":\"123456\"}]",
      "[{\"number\":\"2\",\"name\":\"A\",\"role\":\"clerk\",\"pin\":\"271828\"},{}]"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
    g_assert_cmpint (hq_load_staff (fixture->store, bytes, hasher, &error), ==, -1);
    g_clear_error (&error);
  }
  g_assert_cmpint (hq_fixture_send (fixture, "GET", TAI_PATH_STAFF, NULL, &known), ==,
                   304); /* all or nothing */
}

/* ---- the batch ---- */

static void
add_pair (GString *out, const char *key, gint64 seq, const char *path, const char *body, gboolean good_sum)
{
  char hex[65];
  tai_digest_to_hex (tai_digest_bytes (body, strlen (body) - (good_sum ? 0 : 1)), hex);
  g_string_append_printf (
      out, "{\"key\":\"%s\",\"seq\":%" G_GINT64_FORMAT ",\"sha256\":\"%s\",\"path\":\"%s\"}\n%s\n", key, seq,
      hex, path, body);
}

static char **
send_batch (HqFixture *fixture, const char *text)
{
  HqHeaders headers = {.type = "application/x-ndjson"};
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_BATCH, text, &headers), ==, 200);
  g_autofree char *all =
      g_strndup (g_bytes_get_data (fixture->response.body, NULL), g_bytes_get_size (fixture->response.body));
  return g_strsplit (g_strchomp (all), "\n", -1);
}

static void
assert_line (const char *line, gint64 status, const char *result)
{
  g_autoptr (TaiJson) json = tai_json_parse (line, -1, NULL, NULL);
  gint64 said = 0;
  g_assert_nonnull (json);
  g_assert_true (tai_json_require_int (json, "status", &said, NULL));
  g_assert_cmpint (said, ==, status);
  g_assert_cmpstr (tai_json_require_string (json, "result", NULL), ==, result);
  g_assert_true (tai_json_has (json, status < 400 ? "id" : "error.code"));
}

/* The same whether it was read ahead or not. */
static void
test_batch (gconstpointer reads_ahead)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  fixture->reads_ahead = GPOINTER_TO_INT (reads_ahead);
  char a[37], b[37], c[37];
  g_autofree char *order = hq_make_order (hq_fixture_uuid (1, a), hq_fixture_uuid (2, b));
  g_autofree char *money = hq_make_payment (b, a, "10.00");
  g_autofree char *last = hq_make_order (hq_fixture_uuid (3, c), NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  add_pair (text, b, 1, TAI_PATH_PAYMENT, money, TRUE);
  add_pair (text, "bad-1", 2, ORDER, "{\"productOrderItem\":[]}", TRUE);
  add_pair (text, a, 3, ORDER, order, TRUE);
  add_pair (text, "bad-2", 4, ORDER, last, FALSE);
  add_pair (text, "bad-3", 0, TAI_PATH_BATCH, last, TRUE);
  add_pair (text, "bad-4", 0, "/nowhere", last, TRUE);
  g_string_append (text, "no head\n{}\n");
  add_pair (text, b, 1, TAI_PATH_PAYMENT, money, TRUE);
  add_pair (text, c, 5, ORDER, last, TRUE);
  g_string_append (text, "{\"key\":\"odd\",\"path\":\"" ORDER "\"}\n");
  g_auto (GStrv) lines = send_batch (fixture, text->str);
  g_assert_cmpuint (g_strv_length (lines), ==, 10);
  assert_line (lines[0], 201, "created");
  assert_line (lines[1], 400, "refused");
  assert_line (lines[2], 201, "created");
  assert_line (lines[3], 400, "refused");
  assert_line (lines[4], 404, "refused");
  assert_line (lines[5], 404, "refused");
  assert_line (lines[6], 400, "refused");
  assert_line (lines[7], 201, "exists");
  assert_line (lines[8], 201, "created");
  assert_line (lines[9], 400, "refused");
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, a, "completed", "");
  hq_fixture_assert_order (fixture, c, "completed", "");
  hq_fixture_get (fixture, TAI_PATH_STATUS);
  g_assert_cmpint (hq_fixture_int (fixture, "high_water"), ==, 3); /* 4 came damaged: it never arrived */
  g_assert_cmpint (hq_fixture_int (fixture, "gaps.0.0"), ==, 4);
}

static void
test_batch_limits (gconstpointer reads_ahead)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  fixture->reads_ahead = GPOINTER_TO_INT (reads_ahead);
  g_autoptr (GString) text = g_string_new (NULL);
  HqHeaders headers = {.type = "application/x-ndjson"}, wrong = {.type = "application/json"};
  for (guint i = 0; i < HQ_BATCH_MAX; i++)
    g_string_append (text, "{}\n{}\n");
  g_auto (GStrv) lines = send_batch (fixture, text->str);
  g_assert_cmpuint (g_strv_length (lines), ==, HQ_BATCH_MAX);
  g_string_append (text, "{}");
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_BATCH, text->str, &headers), ==, 413);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_BATCH, "", &headers), ==, 400);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_BATCH, "{}", &wrong), ==, 415);
}

static HqReading *
read_ahead (const char *method, const char *path, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  HqRequest request = {.method = method, .path = path, .body = body};
  return hq_read (&request);
}

/* What it takes in, and what it leaves to the writer. */
static void
test_read_ahead (void)
{
  g_autoptr (GString) tall = g_string_new ("{\"productOrderItem\":[1");
  for (guint i = 0; i < HQ_READING_VALUES_MAX; i++)
    g_string_append (tall, ",1");
  g_string_append (tall, "]}");
  g_autofree char *lines =
      g_strdup_printf ("{\"key\":\"a\"}\n{\"id\":\"1\"}\nno head\n{\nlast\n%s\nhalf", tall->str);
  g_autoptr (HqReading) batch = read_ahead ("POST", TAI_PATH_BATCH, lines);
  g_assert_nonnull (hq_reading_get (batch, 0)->head);
  g_assert_nonnull (hq_reading_get (batch, 0)->json);
  g_assert_true (
      tai_digest_equal (hq_reading_get (batch, 0)->sha256, tai_digest_bytes ("{\"id\":\"1\"}", 10)));
  g_assert_null (hq_reading_get (batch, 1)->head);
  g_assert_null (hq_reading_get (batch, 1)->json);
  g_assert_null (hq_reading_get (batch, 2)->json);
  g_assert_true (
      tai_digest_equal (hq_reading_get (batch, 2)->sha256, tai_digest_bytes (tall->str, tall->len)));
  g_assert_null (hq_reading_get (batch, 3));
  g_autoptr (HqReading) order = read_ahead ("POST", ORDER, "{}");
  g_assert_nonnull (hq_reading_get (order, 0)->json);
  g_autoptr (HqReading) till = read_ahead ("POST", TAI_PATH_TILL, "{}");
  g_assert_nonnull (hq_reading_get (till, 0)->json);
  g_autofree char *long_text = g_strnfill (HQ_MESSAGE_MAX_BYTES + 1, ' ');
  g_autoptr (HqReading) too_long = read_ahead ("POST", ORDER, long_text);
  g_assert_null (hq_reading_get (too_long, 0));
  g_assert_null (read_ahead ("PATCH", ORDER "/1", "{}"));
  g_assert_null (read_ahead ("POST", ORDER "/1", "{}"));
  g_assert_null (read_ahead ("POST", TAI_PATH_PAY, "{}"));
  g_assert_null (read_ahead ("POST", "/nowhere", "{}"));
}

static void
test_questions (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  g_autoptr (GString) many = g_string_new (TAI_PATH_MESSAGE "?keys=0");
  for (guint i = 1; i < HQ_KEYS_MAX; i++)
    g_string_append_printf (many, ",%u", i);
  g_assert_cmpint (hq_fixture_get (fixture, many->str), ==, 200);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "messages")), ==, HQ_KEYS_MAX);
  g_string_append (many, ",more");
  g_assert_cmpint (hq_fixture_get (fixture, many->str), ==, 400);
  static const char *const bad[] = {"", "?", "?keys=", "?keys=a,", "?keys=,", "?other=a", "?keys=%ff"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *target = g_strconcat (TAI_PATH_MESSAGE, bad[i], NULL);
    g_assert_cmpint (hq_fixture_get (fixture, target), ==, 400);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/resource/lists", test_lists);
  g_test_add_func ("/resource/filters", test_filters);
  g_test_add_func ("/resource/fields", test_fields);
  g_test_add_func ("/resource/minimal-answer", test_minimal_answer);
  g_test_add_func ("/resource/patch", test_patch);
  g_test_add_func ("/resource/catalogue", test_catalogue);
  g_test_add_func ("/resource/catalogue-refused", test_catalogue_refused);
  g_test_add_func ("/resource/staff", test_staff);
  g_test_add_data_func ("/resource/batch", GINT_TO_POINTER (FALSE), test_batch);
  g_test_add_data_func ("/resource/batch-read-ahead", GINT_TO_POINTER (TRUE), test_batch);
  g_test_add_data_func ("/resource/batch-limits", GINT_TO_POINTER (FALSE), test_batch_limits);
  g_test_add_data_func ("/resource/batch-limits-read-ahead", GINT_TO_POINTER (TRUE), test_batch_limits);
  g_test_add_func ("/resource/read-ahead", test_read_ahead);
  g_test_add_func ("/resource/questions", test_questions);
  return g_test_run ();
}
