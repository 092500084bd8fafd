/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events: written with what they tell, told in order, at least once; what nobody takes is seen and can be told again. */
#include "hq-fixture.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-hq-hub.h"

#define ORDERS 3

typedef struct {
  HqFixture *hq;
  HqProfile *profile;
  char *hub; /* path of the subscription */
} Fixture;

static void
set_up (Fixture *f, gconstpointer query)
{
  f->hq = hq_fixture_new ();
  f->profile =
      hq_profile_parse ("{\"hub\":{\"allow\":[\"https://e.example\"],\"tries\":3,\"backoff_ms\":1000,"
                        "\"backoff_max_ms\":4000,\"keep_days\":1}}",
                        -1, NULL);
  g_assert_nonnull (f->profile);
  f->hq->store->profile = f->profile;
  g_autofree char *body = g_strdup_printf (
      "{\"callback\":\"https://e.example/in?key=1\"%s%s%s}", query != NULL ? ",\"query\":\"" : "",
      query != NULL ? (const char *)query : "", query != NULL ? "\"" : "");
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_HUB, body, NULL), ==, 201);
  f->hub = g_strdup (f->hq->response.location);
}

static void
tear_down (Fixture *f, gconstpointer query)
{
  hq_fixture_free (f->hq);
  hq_profile_free (f->profile);
  g_free (f->hub);
}

static void
order (Fixture *f, guint number)
{
  char id[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (number, id), NULL);
  g_assert_cmpint (hq_fixture_post (f->hq, TAI_PATH_ORDER, body, id, 0), ==, 201);
  hq_fixture_advance (f->hq);
}

/* NULL: nothing is to be told now. */
static HqErrand *
take (Fixture *f)
{
  gint64 next;
  g_autoptr (GPtrArray) errands = hq_hub_take (f->hq->store, f->hq->now_us, 5, &next);
  g_assert_cmpuint (errands->len, <=, 1);
  g_ptr_array_set_free_func (errands, NULL);
  return errands->len > 0 ? errands->pdata[0] : NULL;
}

static void
answer (Fixture *f, HqErrand *errand, TaiLine line, int status)
{
  TaiReply reply = {.line = line, .status = status};
  f->hq->store->klass->begin (f->hq->store);
  hq_hub_settle (f->hq->store, errand, &reply, f->hq->now_us);
  f->hq->store->klass->commit (f->hq->store);
  g_assert_no_error (f->hq->store->error);
  hq_errand_free (errand);
}

/* "type state" of what is told now, answered with @status. */
static char *
hear (Fixture *f, int status)
{
  HqErrand *errand = take (f);
  if (errand == NULL)
    return NULL;
  gsize size;
  const char *text = g_bytes_get_data (errand->body, &size);
  g_autoptr (TaiJson) json = tai_json_parse (text, (gssize)size, NULL, NULL);
  char *heard = g_strdup_printf ("%s %s", tai_json_require_string (json, "eventType", NULL),
                                 tai_json_require_string (json, "event.productOrder.state", NULL));
  answer (f, errand, TAI_LINE_OK, status);
  return heard;
}

static void
assert_hears (Fixture *f, const char *expected)
{
  g_autofree char *heard = hear (f, 204);
  g_assert_cmpstr (heard, ==, expected);
}

static void
test_in_order (Fixture *f, gconstpointer query)
{
  order (f, 1);
  HqErrand *first = take (f);
  g_assert_cmpstr (first->origin, ==, "https://e.example:443");
  g_assert_cmpstr (first->path, ==, "/in?key=1");
  g_assert_null (take (f)); /* one at a time */
  answer (f, first, TAI_LINE_OK, 201);
  assert_hears (f, "ProductOrderStateChangeEvent inProgress");
  assert_hears (f, "ProductOrderStateChangeEvent completed");
  g_assert_null (take (f));
  order (f, 2);
  assert_hears (f, "ProductOrderCreateEvent acknowledged");
}

static void
test_query (Fixture *f, gconstpointer query)
{
  order (f, 1);
  order (f, 2);
  assert_hears (f, "ProductOrderStateChangeEvent completed");
  assert_hears (f, "ProductOrderStateChangeEvent completed");
  g_assert_null (take (f));
}

/* Lost answers: the same event with the same id, later and later. */
static void
test_again (Fixture *f, gconstpointer query)
{
  order (f, 1);
  HqErrand *first = take (f);
  g_autoptr (GBytes) body = g_bytes_ref (first->body);
  answer (f, first, TAI_LINE_LOST, 0);
  f->hq->now_us += 999 * 1000;
  g_assert_null (take (f));
  f->hq->now_us += 300 * 1000; /* and a little apart */
  HqErrand *second = take (f);
  g_assert_nonnull (second);
  g_assert_true (g_bytes_equal (body, second->body));
  answer (f, second, TAI_LINE_OK, 503);
  f->hq->now_us += 1999 * 1000;
  g_assert_null (take (f));
  f->hq->now_us += 600 * 1000;
  HqErrand *third = take (f);
  g_assert_nonnull (third);
  /* the process ended in between: nobody answers for it, it comes again by itself */
  hq_errand_free (third);
  f->hq->now_us += 60 * G_USEC_PER_SEC;
  assert_hears (f, "ProductOrderCreateEvent acknowledged");
  assert_hears (f, "ProductOrderStateChangeEvent inProgress");
}

static void
fail_event (Fixture *f)
{
  for (guint i = 0; i < 3; i++) {
    g_autofree char *heard = hear (f, 500);
    g_assert_nonnull (heard);
    f->hq->now_us += 6 * G_USEC_PER_SEC;
  }
}

/* Given up, seen, stopped, told again from there. */
static void
test_dead (Fixture *f, gconstpointer query)
{
  order (f, 1);
  fail_event (f);
  g_assert_cmpint (hq_fixture_get (f->hq, f->hub), ==, 200);
  g_assert_cmpint (hq_fixture_int (f->hq, "x-guitai.dead.0.seq"), ==, 1);
  g_assert_cmpstr (hq_fixture_text (f->hq, "x-guitai.state"), ==, "active");
  assert_hears (f, "ProductOrderStateChangeEvent inProgress"); /* the next is not held up */
  fail_event (f);
  order (f, 2);
  fail_event (f);
  fail_event (f);
  g_assert_null (take (f)); /* three in a row */
  hq_fixture_get (f->hq, f->hub);
  g_assert_cmpstr (hq_fixture_text (f->hq, "x-guitai.state"), ==, "stopped");
  g_assert_nonnull (strstr (hq_fixture_text (f->hq, "x-guitai.note"), "500"));
  order (f, 3);
  g_assert_null (take (f));
  f->hq->store->klass->begin (f->hq->store);
  g_assert_true (hq_hub_retry (f->hq->store, strrchr (f->hub, '/') + 1, f->hq->now_us));
  g_assert_false (hq_hub_retry (f->hq->store, "nobody", f->hq->now_us));
  f->hq->store->klass->commit (f->hq->store);
  for (guint i = 0; i < ORDERS; i++) {
    assert_hears (f, "ProductOrderCreateEvent acknowledged");
    assert_hears (f, "ProductOrderStateChangeEvent inProgress");
    assert_hears (f, "ProductOrderStateChangeEvent completed");
  }
  g_assert_null (take (f));
}

/* A refused order leaves no event, a store that fails takes its events along. */
static void
test_with_the_transaction (Fixture *f, gconstpointer query)
{
  char id[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (1, id), NULL);
  g_assert_cmpint (hq_fixture_post (f->hq, TAI_PATH_ORDER, "{\"productOrderItem\":[]}", id, 0), ==, 400);
  g_assert_null (take (f));
  g_assert_cmpint (hq_fixture_post (f->hq, TAI_PATH_ORDER, body, id, 0), ==, 201);
  g_assert_cmpint (hq_fixture_post (f->hq, TAI_PATH_ORDER, body, id, 0), ==,
                   201); /* exists: no second event */
  assert_hears (f, "ProductOrderCreateEvent acknowledged");
  g_assert_null (take (f));
}

static void
test_changes (Fixture *f, gconstpointer query)
{
  char id[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (1, id), NULL);
  g_autofree char *path = g_strconcat (TAI_PATH_ORDER "/", id, NULL);
  hq_fixture_post (f->hq, TAI_PATH_ORDER, body, id, 0);
  g_assert_cmpint (
      hq_fixture_send (f->hq, "PATCH", path, "{\"description\":\"later\",\"priority\":\"1\"}", NULL), ==,
      200);
  HqErrand *create = take (f);
  g_assert_null (
      g_strstr_len (g_bytes_get_data (create->body, NULL), (gssize)g_bytes_get_size (create->body), "later"));
  answer (f, create, TAI_LINE_OK, 200);
  HqErrand *change = take (f);
  const char *text = g_bytes_get_data (change->body, NULL);
  g_assert_nonnull (
      g_strstr_len (text, (gssize)g_bytes_get_size (change->body), "ProductOrderAttributeValueChangeEvent"));
  g_assert_nonnull (
      g_strstr_len (text, (gssize)g_bytes_get_size (change->body), "\"description\":\"later\""));
  answer (f, change, TAI_LINE_OK, 200);
}

static void
test_resources (Fixture *f, gconstpointer query)
{
  HqHeaders neighbour = {.terminal = "T9"};
  static const char *const bad[] = {
      "{}",
      "[]",
      "{\"callback\":1}",
      "{\"callback\":\"https://e.example/\",\"query\":\"colour=red\"}",
      "{\"callback\":\"https://e.example/\",\"query\":\"eventType=\"}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_HUB, bad[i], NULL), ==, 400);
  g_assert_cmpint (
      hq_fixture_send (f->hq, "POST", TAI_PATH_HUB, "{\"callback\":\"https://evil.example/\"}", NULL), ==,
      403);
  g_assert_cmpint (
      hq_fixture_send (f->hq, "POST", TAI_PATH_HUB, "{\"callback\":\"http://e.example/\"}", NULL), ==, 403);
  g_assert_cmpint (hq_fixture_get (f->hq, TAI_PATH_HUB), ==, 200);
  g_assert_cmpint (f->hq->response.total, ==, 1);
  /* another hall's business */
  g_assert_cmpint (hq_fixture_send (f->hq, "GET", f->hub, NULL, &neighbour), ==, 404);
  g_assert_cmpint (hq_fixture_send (f->hq, "DELETE", f->hub, NULL, &neighbour), ==, 404);
  g_assert_cmpint (hq_fixture_send (f->hq, "PUT", f->hub, NULL, NULL), ==, 405);
  g_assert_cmpstr (f->hq->response.allow, ==, "GET, HEAD, DELETE");
  g_assert_cmpint (hq_fixture_send (f->hq, "DELETE", f->hub, NULL, NULL), ==, 204);
  g_assert_null (f->hq->response.body);
  g_assert_cmpint (hq_fixture_send (f->hq, "DELETE", f->hub, NULL, NULL), ==, 404);
  order (f, 1);
  g_assert_null (take (f));
}

static void
test_topic (Fixture *f, gconstpointer query)
{
  order (f, 1); /* before the topic: not in it */
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_TOPIC, "{\"name\":\"orders\"}", NULL), ==, 201);
  g_autofree char *topic = g_strdup (f->hq->response.location);
  g_autofree char *events = g_strconcat (topic, "/event", NULL);
  g_autofree char *page = g_strconcat (events, "?offset=2&limit=2", NULL);
  g_assert_cmpint (hq_fixture_get (f->hq, events), ==, 200);
  g_assert_cmpint (f->hq->response.count, ==, 0);
  order (f, 2);
  g_assert_cmpint (hq_fixture_get (f->hq, events), ==, 200);
  g_assert_cmpint (f->hq->response.total, ==, 3);
  g_assert_cmpstr (hq_fixture_text (f->hq, "0.eventType"), ==, "ProductOrderCreateEvent");
  g_autofree char *first = g_strdup (hq_fixture_text (f->hq, "0.eventId"));
  hq_fixture_get (f->hq, events);
  g_assert_cmpstr (hq_fixture_text (f->hq, "0.eventId"), ==, first);
  hq_fixture_get (f->hq, page);
  g_assert_cmpint (f->hq->response.count, ==, 1);
  g_assert_cmpstr (hq_fixture_text (f->hq, "0.event.productOrder.state"), ==, "completed");
  g_assert_cmpint (hq_fixture_get (f->hq, TAI_PATH_TOPIC), ==, 200);
  g_assert_cmpint (f->hq->response.total, ==, 1);
  /* the hub and the topic are not each other */
  g_autofree char *as_hub = g_strconcat (TAI_PATH_HUB, strrchr (topic, '/'), NULL);
  g_assert_cmpint (hq_fixture_get (f->hq, as_hub), ==, 404);
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_TOPIC, "{\"contentQuery\":\"a\"}", NULL), ==,
                   400);
  g_assert_cmpint (hq_fixture_send (f->hq, "DELETE", topic, NULL, NULL), ==, 204);
  g_assert_cmpint (hq_fixture_get (f->hq, events), ==, 404);
}

/* TMF688: who is told of a topic's events stands below the topic, and goes with it. */
static void
test_topic_hub (Fixture *f, gconstpointer query)
{
  const char *wanted = "{\"callback\":\"https://e.example/b\",\"query\":\"state=completed\"}";
  g_assert_cmpint (hq_fixture_send (f->hq, "DELETE", f->hub, NULL, NULL), ==, 204);
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_TOPIC, "{}", NULL), ==, 201);
  g_autofree char *topic = g_strdup (f->hq->response.location);
  g_autofree char *hubs = g_strconcat (topic, "/hub", NULL);
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", hubs, "{}", NULL), ==, 400);
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", hubs, "{\"callback\":\"https://far.example/\"}", NULL), ==,
                   403);
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", hubs, wanted, NULL), ==, 201);
  g_autofree char *hub = g_strdup (f->hq->response.location);
  g_assert_true (g_str_has_prefix (hub, hubs));
  g_assert_cmpstr (hq_fixture_text (f->hq, "href"), ==, hub);
  g_assert_cmpint (hq_fixture_get (f->hq, hub), ==, 200);
  g_assert_cmpstr (hq_fixture_text (f->hq, "callback"), ==, "https://e.example/b");
  g_assert_false (tai_json_has (f->hq->json, "name"));
  g_assert_cmpint (hq_fixture_get (f->hq, hubs), ==, 200);
  g_assert_cmpint (f->hq->response.total, ==, 1);
  g_assert_cmpint (hq_fixture_get (f->hq, TAI_PATH_HUB), ==, 200);
  g_assert_cmpint (f->hq->response.total, ==, 0);
  /* it is not another topic's, nor a subscription of TMF622's */
  g_autofree char *as_hub = g_strconcat (TAI_PATH_HUB, strrchr (hub, '/'), NULL);
  g_assert_cmpint (hq_fixture_get (f->hq, as_hub), ==, 404);
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_TOPIC, "{}", NULL), ==, 201);
  g_autofree char *elsewhere = g_strconcat (f->hq->response.location, "/hub", strrchr (hub, '/'), NULL);
  g_assert_cmpint (hq_fixture_get (f->hq, elsewhere), ==, 404);
  g_assert_cmpint (hq_fixture_send (f->hq, "DELETE", elsewhere, NULL, NULL), ==, 404);
  g_assert_cmpint (hq_fixture_send (f->hq, "PATCH", hub, "{}", NULL), ==, 405);
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_TOPIC "/nobody/hub", wanted, NULL), ==, 404);
  order (f, 1);
  assert_hears (f, "ProductOrderStateChangeEvent completed");
  g_assert_null (take (f));
  g_assert_cmpint (hq_fixture_send (f->hq, "DELETE", topic, NULL, NULL), ==, 204);
  g_assert_cmpint (hq_fixture_get (f->hq, hub), ==, 404);
  order (f, 2);
  g_assert_null (take (f));
}

static void
test_limits (Fixture *f, gconstpointer query)
{
  for (guint i = 1; i < 20; i++)
    g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_TOPIC, "{}", NULL), ==, 201);
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_TOPIC, "{}", NULL), ==, 409);
  HqHeaders neighbour = {.terminal = "T9"};
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_TOPIC, "{}", &neighbour), ==, 201);
}

/* Old events go, by and by; who reads late goes on with what is left. */
static void
test_purge (Fixture *f, gconstpointer query)
{
  g_assert_cmpint (hq_fixture_send (f->hq, "POST", TAI_PATH_TOPIC, "{}", NULL), ==, 201);
  g_autofree char *events = g_strconcat (f->hq->response.location, "/event?limit=1000", NULL);
  for (guint i = 0; i < 40; i++)
    order (f, i);
  hq_fixture_get (f->hq, events);
  g_assert_cmpint (f->hq->response.count, ==, 120);
  f->hq->now_us += G_GINT64_CONSTANT (2 * 86400) * G_USEC_PER_SEC;
  for (guint i = 40; i < 80; i++)
    order (f, i);
  hq_fixture_get (f->hq, events);
  g_assert_cmpint (f->hq->response.count, ==, 120); /* the first half is gone, not more */
  g_assert_cmpint (f->hq->response.total, ==, 240);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, query, func) g_test_add ("/hub/" name, Fixture, query, set_up, func, tear_down)
  ADD ("in-order", NULL, test_in_order);
  ADD ("query", "eventType=ProductOrderStateChangeEvent,ProductOrderDeleteEvent&state=completed,failed",
       test_query);
  ADD ("again", NULL, test_again);
  ADD ("dead", NULL, test_dead);
  ADD ("with-the-transaction", NULL, test_with_the_transaction);
  ADD ("changes", NULL, test_changes);
  ADD ("resources", NULL, test_resources);
  ADD ("topic", NULL, test_topic);
  ADD ("topic-hub", NULL, test_topic_hub);
  ADD ("limits", NULL, test_limits);
  ADD ("purge", NULL, test_purge);
  return g_test_run ();
}
