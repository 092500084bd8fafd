/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal can rely on: a message arrives once, whatever happens to it on the way, and its number proves it. */
#include "hq-fixture.h"

#include <string.h>

#include "tai-headquarters.h"

#define ORDER   TAI_PATH_ORDER
#define PAYMENT TAI_PATH_PAYMENT

static gint64
count_orders (HqFixture *fixture)
{
  HqListFilter all = {0};
  fixture->store->klass->begin (fixture->store);
  gint64 count = fixture->store->klass->order_count (fixture->store, &all);
  fixture->store->klass->commit (fixture->store);
  return count;
}

static gint64
count_alarms (HqFixture *fixture)
{
  fixture->store->klass->begin (fixture->store);
  gint64 count = fixture->store->klass->alarm_count (fixture->store);
  fixture->store->klass->commit (fixture->store);
  return count;
}

static void
test_created_then_exists (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char id[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (1, id), NULL);
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, body, id, 1), ==, 201);
  g_assert_cmpstr (fixture->response.result, ==, "created");
  g_assert_cmpstr (hq_fixture_text (fixture, "id"), ==, id);
  g_assert_cmpstr (hq_fixture_text (fixture, "href"), ==, fixture->response.location);
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, "acknowledged");
  g_assert_cmpstr (hq_fixture_text (fixture, "orderDate"), ==, "2026-11-22T02:00:00.000Z");
  g_autoptr (GBytes) first = g_bytes_ref (fixture->response.body);

  /* the answer was lost; meanwhile the order went on: the first answer again, to the byte */
  fixture->now_us += 5 * G_USEC_PER_SEC;
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, id, "completed", "");
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, body, id, 1), ==, 201);
  g_assert_cmpstr (fixture->response.result, ==, "exists");
  g_assert_true (g_bytes_equal (first, fixture->response.body));
  g_assert_cmpint (count_orders (fixture), ==, 1);
  g_assert_cmpint (count_alarms (fixture), ==, 0);
}

static void
test_other_bytes_conflict (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char id[37], other[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (1, id), NULL);
  g_autofree char *changed = g_strconcat (body, " ", NULL);
  g_autofree char *payment = hq_make_payment (id, id, "1.00");
  hq_fixture_post (fixture, ORDER, body, id, 1);
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, changed, id, 1), ==, 422);
  g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "conflict");
  g_assert_cmpstr (hq_fixture_text (fixture, "status"), ==, "422");
  g_assert_cmpstr (fixture->response.result, ==, "conflict");
  /* the same key on another path, and the same order under another key */
  g_assert_cmpint (hq_fixture_post (fixture, PAYMENT, payment, id, 0), ==, 422);
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, body, hq_fixture_uuid (2, other), 2), ==, 422);
  g_assert_cmpint (count_orders (fixture), ==, 1);
  g_assert_cmpint (count_alarms (fixture), ==, 2);
}

static void
test_damaged_body (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char id[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (1, id), NULL);
  TaiDigest digest = tai_digest_bytes ("other", 5);
  g_autofree char *base64 = g_base64_encode (digest.byte, TAI_DIGEST_SIZE);
  g_autofree char *header = g_strdup_printf ("sha-512=:AAAA:, sha-256=:%s:", base64);
  const char *const bad[] = {header, "sha-256=:AAAA:", "sha-512=:AAAA:", "", "sha-256=:", NULL};
  for (guint i = 0; bad[i] != NULL; i++) {
    HqHeaders headers = {.key = id, .seq = "1", .digest = bad[i]};
    g_assert_cmpint (hq_fixture_send (fixture, "POST", ORDER, body, &headers), ==, 400);
    g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "digest");
  }
  /* nothing of it counts: the right bytes are taken after it, under the same key and number */
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_STATUS), ==, 200);
  g_assert_cmpint (hq_fixture_int (fixture, "high_water"), ==, 0);
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, body, id, 1), ==, 201);
  g_assert_cmpstr (fixture->response.result, ==, "created");
}

static void
test_gaps_close (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  static const gint64 order[] = {1, 2, 5, 9, 8, 4, 3, 6, 7};
  static const gint64 water[] = {1, 2, 2, 2, 2, 2, 5, 6, 9};
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    char id[37];
    g_autofree char *body = hq_make_order (hq_fixture_uuid (i, id), NULL);
    g_assert_cmpint (hq_fixture_post (fixture, ORDER, body, id, order[i]), ==, 201);
    hq_fixture_get (fixture, TAI_PATH_STATUS);
    g_assert_cmpint (hq_fixture_int (fixture, "high_water"), ==, water[i]);
  }
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "gaps")), ==, 0);
}

static void
test_number_used_twice (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char a[37], b[37];
  g_autofree char *first = hq_make_order (hq_fixture_uuid (1, a), NULL);
  g_autofree char *second = hq_make_order (hq_fixture_uuid (2, b), NULL);
  hq_fixture_post (fixture, ORDER, first, a, 1);
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, second, b, 1), ==, 409);
  g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "sequence");
  g_assert_cmpint (count_alarms (fixture), ==, 1);
  g_assert_cmpint (count_orders (fixture), ==, 1);
  /* and the first under another number */
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, first, a, 2), ==, 422);
}

static void
test_too_many_gaps (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  for (guint i = 0; i <= HQ_SEQUENCE_MAX_GAPS; i++) {
    char id[37];
    g_autofree char *body = hq_make_order (hq_fixture_uuid (i, id), NULL);
    int expected = i < HQ_SEQUENCE_MAX_GAPS ? 201 : 409;
    g_assert_cmpint (hq_fixture_post (fixture, ORDER, body, id, 2 + 2 * i), ==, expected);
  }
  g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "gaps");
  char id[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (5000, id), NULL);
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, body, id, 1), ==, 201); /* closing one always goes */
}

static void
test_refused_counts_and_is_judged_again (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char id[37];
  hq_fixture_uuid (1, id);
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, "{\"productOrderItem\":[]}", id, 1), ==, 400);
  g_assert_cmpstr (fixture->response.result, ==, "refused");
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, "{\"productOrderItem\":[]}", id, 1), ==, 400);
  hq_fixture_get (fixture, TAI_PATH_STATUS);
  g_assert_cmpint (hq_fixture_int (fixture, "high_water"), ==, 1);
  g_autofree char *question = g_strconcat (TAI_PATH_MESSAGE "?keys=", id, ",unheard-of", NULL);
  hq_fixture_get (fixture, question);
  g_assert_cmpint (hq_fixture_int (fixture, "messages.0.status"), ==, 400);
  g_assert_false (tai_json_has (fixture->json, "messages.1.status"));
  /* nothing came of it, so the key is still free for what is right */
  g_autofree char *body = hq_make_order (id, NULL);
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, body, id, 1), ==, 201);
  hq_fixture_get (fixture, question);
  g_assert_cmpint (hq_fixture_int (fixture, "messages.0.status"), ==, 201);
  g_assert_cmpstr (hq_fixture_text (fixture, "messages.0.id"), ==, id);
}

static void
test_halls_are_apart (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char id[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (1, id), NULL);
  g_autofree char *target = g_strconcat (ORDER "/", id, NULL);
  HqHeaders other = {.terminal = "T9", .key = id};
  hq_fixture_post (fixture, ORDER, body, id, 1);
  g_assert_cmpint (hq_fixture_send (fixture, "GET", target, NULL, &other), ==, 404);
  g_assert_cmpint (hq_fixture_send (fixture, "GET", ORDER, NULL, &other), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 0);
  HqHeaders neighbour = {.terminal = "T2"};
  g_assert_cmpint (hq_fixture_send (fixture, "GET", target, NULL, &neighbour), ==, 200);
}

static void
test_client_without_headers (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  const char *body = "{\"externalId\":\"PO-456\",\"state\":\"completed\",\"id\":\"mine\",\"href\":\"x\","
                     "\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\"}]}";
  g_assert_cmpint (hq_fixture_send (fixture, "POST", ORDER, body, NULL), ==, 201);
  g_assert_true (tai_uuid_is_valid (hq_fixture_text (fixture, "id")));
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, "acknowledged");
  g_assert_cmpstr (hq_fixture_text (fixture, "relatedParty.0.id"), ==, "H017");
  g_autofree char *first = g_strdup (hq_fixture_text (fixture, "id"));
  /* TMF622 promises no uniqueness of such an externalId: two posts are two orders */
  g_assert_cmpint (hq_fixture_send (fixture, "POST", ORDER, body, NULL), ==, 201);
  g_assert_cmpstr (hq_fixture_text (fixture, "id"), !=, first);
  g_assert_cmpint (hq_fixture_get (fixture, ORDER "?externalId=PO-456"), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 2);
  g_assert_cmpint (fixture->response.count, ==, 2);
}

static void
test_refusals_by_field (void)
{
  static const struct {
    const char *body, *code;
  } cases[] = {
      {"", "body"},
      {"{", "json"},
      {"[]", "json"},
      {"{\"a\":1,\"a\":2}", "json"},
      {"{}", "invalid"},
      {"{\"productOrderItem\":{}}", "invalid"},
      {"{\"productOrderItem\":[1]}", "invalid"},
      {"{\"productOrderItem\":[{\"id\":\"1\"}]}", "invalid"},
      {"{\"productOrderItem\":[{\"action\":\"add\"}]}", "invalid"},
      {"{\"productOrderItem\":[{\"id\":\"1\",\"action\":\"grow\"}]}", "invalid"},
      {"{\"productOrderItem\":[{\"id\":1,\"action\":\"add\"}]}", "invalid"},
      {"{\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\"},{\"id\":\"1\",\"action\":\"add\"}]}",
       "invalid"},
      {"{\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\",\"productOffering\":{}}]}", "invalid"},
      {"{\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\",\"product\":[]}]}", "invalid"},
      {"{\"externalId\":1,\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\"}]}", "invalid"},
      {"{\"relatedParty\":{},\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\"}]}", "invalid"},
      {"{\"relatedParty\":[{}],\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\"}]}", "invalid"},
      {"{\"payment\":[{}],\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\"}]}", "invalid"},
      {"{\"x-guitai\":1,\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\"}]}", "invalid"},
      {"{\"x-guitai\":{\"terminal\":\"T2\"},\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\"}]}",
       "other_terminal"},
  };
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    int status = hq_fixture_send (fixture, "POST", ORDER, cases[i].body, NULL);
    g_assert_cmpint (status, ==, strcmp (cases[i].code, "other_terminal") == 0 ? 403 : 400);
    g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, cases[i].code);
  }
  g_assert_cmpint (count_orders (fixture), ==, 0);
}

static void
test_payments (void)
{
  static const char *const bad[] = {
      "{}",
      "{\"account\":{},\"paymentMethod\":{}}",
      "{\"account\":{},\"paymentMethod\":{},\"totalAmount\":{}}",
      "{\"account\":{},\"paymentMethod\":{},\"totalAmount\":{\"unit\":\"CNY\",\"value\":1e3}}",
      "{\"account\":{},\"paymentMethod\":{},\"totalAmount\":{\"unit\":\"CNY\",\"value\":\"much\"}}",
      "{\"account\":{},\"paymentMethod\":{},\"totalAmount\":{\"unit\":1,\"value\":1}}",
      "{\"account\":{},\"paymentMethod\":[],\"totalAmount\":{\"unit\":\"CNY\",\"value\":1}}",
      "{\"account\":{},\"paymentMethod\":{},\"totalAmount\":{\"unit\":\"CNY\",\"value\":1},\"paymentItem\":"
      "[{\"totalAmount\":{\"unit\":\"CNY\"}}]}",
  };
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char order[37], id[37];
  hq_fixture_uuid (1, order);
  g_autofree char *body = hq_make_payment (hq_fixture_uuid (2, id), order, "19.90");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (hq_fixture_send (fixture, "POST", PAYMENT, bad[i], NULL), ==, 400);
  g_assert_cmpint (hq_fixture_post (fixture, PAYMENT, body, id, 1), ==, 201);
  g_assert_cmpstr (hq_fixture_text (fixture, "status"), ==, "done");
  g_autofree char *shown =
      g_strndup (g_bytes_get_data (fixture->response.body, NULL), g_bytes_get_size (fixture->response.body));
  g_assert_nonnull (strstr (shown, "\"value\":19.90")); /* the text of the amount is what was sent */
  g_autofree char *list = g_strconcat (PAYMENT "?correlatorId=", id, NULL);
  g_assert_cmpint (hq_fixture_get (fixture, list), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 1);
  g_autofree char *one = g_strconcat (PAYMENT "/", id, "?fields=status", NULL);
  g_assert_cmpint (hq_fixture_get (fixture, one), ==, 200);
  g_assert_false (tai_json_has (fixture->json, "totalAmount"));
}

static void
test_routes (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  HqHeaders nobody = {.terminal = ""}, stranger = {.terminal = "T77"}, text = {.type = "text/plain"};
  HqHeaders charset = {.type = "Application/JSON; charset=utf-8"};
  g_assert_cmpint (hq_fixture_send (fixture, "GET", ORDER, NULL, &nobody), ==, 403);
  g_assert_cmpint (hq_fixture_send (fixture, "GET", "/nowhere", NULL, &nobody), ==, 403);
  g_assert_cmpint (hq_fixture_send (fixture, "GET", ORDER, NULL, &stranger), ==, 403);
  g_assert_cmpint (hq_fixture_send (fixture, "GET", "/guitai/v1/ca", NULL, &nobody), ==, 200);
  g_assert_cmpint (
      hq_fixture_send (fixture, "POST", TAI_PATH_ENROL, "{\"code\":\"a\",\"csr\":\"b\"}", &nobody), ==, 403);
  g_assert_cmpint (hq_fixture_get (fixture, "/nowhere"), ==, 404);
  g_assert_cmpint (hq_fixture_get (fixture, ORDER "/a/b"), ==, 404);
  g_assert_cmpint (hq_fixture_get (fixture, ORDER "/"), ==, 200);
  g_assert_cmpint (hq_fixture_get (fixture, ORDER "//"), ==, 404);
  g_assert_cmpint (hq_fixture_get (fixture, ORDER "s"), ==, 404);
  g_assert_cmpint (hq_fixture_get (fixture, ORDER "/unknown"), ==, 404);
  g_assert_cmpint (hq_fixture_send (fixture, "DELETE", ORDER "/x", NULL, NULL), ==, 405);
  g_assert_cmpstr (fixture->response.allow, ==, "GET, HEAD, PATCH");
  g_assert_cmpint (hq_fixture_send (fixture, "PUT", ORDER, "{}", NULL), ==, 405);
  g_assert_cmpstr (fixture->response.allow, ==, "GET, HEAD, POST");
  g_assert_cmpint (hq_fixture_send (fixture, "GET", TAI_PATH_BATCH, NULL, NULL), ==, 405);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", ORDER, "{}", &text), ==, 415);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", ORDER, "{}", &charset), ==, 400);
  g_assert_cmpint (hq_fixture_send (fixture, "HEAD", ORDER, NULL, NULL), ==, 200);
}

static void
test_group_stands_alone (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char a[37], b[37];
  g_autofree char *good = hq_make_order (hq_fixture_uuid (1, a), NULL);
  g_autofree char *last = hq_make_order (hq_fixture_uuid (2, b), NULL);
  GBytes *bodies[] = {g_bytes_new (good, strlen (good)), g_bytes_new_static ("{", 1),
                      g_bytes_new (good, strlen (good)), g_bytes_new (last, strlen (last))};
  const char *keys[] = {a, "bad", a, b};
  static const int expected[] = {201, 400, 201, 201};
  HqRequest requests[4];
  HqResponse responses[4];
  for (guint i = 0; i < 4; i++)
    requests[i] = (HqRequest){.method = "POST",
                              .path = ORDER,
                              .idempotency_key = keys[i],
                              .body = bodies[i],
                              .terminal = i % 2 == 0 ? "T1" : "T2",
                              .now_us = fixture->now_us};
  g_assert_true (hq_apply (fixture->store, requests, 4, responses));
  for (guint i = 0; i < 4; i++) {
    g_assert_cmpint (responses[i].status, ==, expected[i]);
    hq_response_clear (&responses[i]);
  }
  g_assert_cmpint (count_orders (fixture), ==, 2);
  for (guint i = 0; i < 4; i++)
    g_clear_pointer (&bodies[i], g_bytes_unref);
}

static void
test_size (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  g_autofree char *big = g_strnfill (HQ_MESSAGE_MAX_BYTES + 1, ' ');
  g_assert_cmpint (hq_fixture_send (fixture, "POST", ORDER, big, NULL), ==, 413);
  g_autofree char *long_key = g_strnfill (65, 'k');
  const char *const keys[] = {"", "a b", "a/b", "ä", long_key};
  const char *const numbers[] = {
      "0", "-1", "one", "1.0", "", " 1", "9223372036854775807", "9223372036854775808"};
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    HqHeaders headers = {.key = keys[i]};
    g_assert_cmpint (hq_fixture_send (fixture, "POST", ORDER, "{}", &headers), ==, 400);
    g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "idempotency_key");
  }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    HqHeaders headers = {.key = "k", .seq = numbers[i]};
    g_assert_cmpint (hq_fixture_send (fixture, "POST", ORDER, "{}", &headers), ==, 400);
    g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "sequence");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply/created-then-exists", test_created_then_exists);
  g_test_add_func ("/apply/other-bytes-conflict", test_other_bytes_conflict);
  g_test_add_func ("/apply/damaged-body", test_damaged_body);
  g_test_add_func ("/apply/gaps-close", test_gaps_close);
  g_test_add_func ("/apply/number-used-twice", test_number_used_twice);
  g_test_add_func ("/apply/too-many-gaps", test_too_many_gaps);
  g_test_add_func ("/apply/refused-counts", test_refused_counts_and_is_judged_again);
  g_test_add_func ("/apply/halls-are-apart", test_halls_are_apart);
  g_test_add_func ("/apply/client-without-headers", test_client_without_headers);
  g_test_add_func ("/apply/refusals-by-field", test_refusals_by_field);
  g_test_add_func ("/apply/payments", test_payments);
  g_test_add_func ("/apply/routes", test_routes);
  g_test_add_func ("/apply/group-stands-alone", test_group_stands_alone);
  g_test_add_func ("/apply/size", test_size);
  return g_test_run ();
}
