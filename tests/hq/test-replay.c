/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hostile input from a seed: mutated bodies, paths, queries and headers. Whatever comes, there is an answer with a known
 * status, an error says why in the body of TMF630, and the store stays as good as it was. GUITAI_REPLAY_RUNS and
 * GUITAI_REPLAY_SEED make it longer or another one; the sanitizer build is where it counts.
 */
#include <stdlib.h>
#include <string.h>

#include "hq-fixture.h"
#include "tai-headquarters.h"

#define RUNS 4000

static const char *const methods[] = {"GET", "POST", "PATCH", "HEAD", "DELETE", "PUT", "", "get"};
static const char *const paths[] = {TAI_PATH_ORDER,
                                    TAI_PATH_PAYMENT,
                                    TAI_PATH_BATCH,
                                    TAI_PATH_CANCEL,
                                    TAI_PATH_LEASE,
                                    TAI_PATH_FEED,
                                    TAI_PATH_MESSAGE,
                                    TAI_PATH_STATUS,
                                    TAI_PATH_STAFF,
                                    TAI_PATH_OFFERING,
                                    TAI_PATH_ENROL,
                                    "/guitai/v1/ca",
                                    "/",
                                    "",
                                    TAI_PATH_ORDER "/0199f3c2-7d10-7c3a-9b1e-000000000001",
                                    TAI_PATH_OFFERING "/%00"};
static const char *const queries[] = {
    "fields=id,state",      "limit=3&offset=1", "state=acknowledged",
    "relatedParty.id=1042", "after=0",          "keys=a,b,c",
    "orderDate.gt=2026",    "x-guitai.n.lte=5", "productOrderItem.product.a.b=%41",
    "fields=&limit=&="};
static const char *const types[] = {"application/json", "application/x-ndjson",
                                    "application/merge-patch+json", "text/html", "application/json;"};
static const char *const values[] = {"0199f3c2-7d10-7c3a-9b1e-000000000001",
                                     "a",
                                     "1",
                                     "-1",
                                     "sha-256=:",
                                     "*",
                                     "\"x\"",
                                     "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:",
                                     "18446744073709551616"};

static const char *
pick (GRand *rand, const char *const *list, guint n)
{
  return list[g_rand_int_range (rand, 0, (gint32)n)];
}
#define PICK(rand, list) pick (rand, list, G_N_ELEMENTS (list))

/* Flips, cuts, repeats, inserts. */
static void
mutate (GRand *rand, GString *text)
{
  static const char *const pieces[] = {"{",    "}",     "[",       "]",    ",",  ":", "\"",
                                       "null", "1e999", "\\u0000", "\xff", "\n", "-", "%"};
  guint times = (guint)g_rand_int_range (rand, 0, 6);
  for (guint i = 0; i < times && text->len > 0; i++) {
    gssize at = g_rand_int_range (rand, 0, (gint32)text->len);
    gssize cut = g_rand_int_range (rand, 1, 20);
    switch (g_rand_int_range (rand, 0, 4)) {
    case 0:
      text->str[at] = (char)g_rand_int_range (rand, 1, 256);
      break;
    case 1:
      g_string_truncate (text, (gsize)at);
      break;
    case 2:
      g_string_insert (text, at, PICK (rand, pieces));
      break;
    default:
      g_string_erase (text, at, MIN (cut, (gssize)text->len - at));
      break;
    }
  }
}

static GString *
make_body (GRand *rand, HqFixture *fixture)
{
  char a[37], b[37];
  hq_fixture_uuid ((guint)g_rand_int_range (rand, 0, 200), a);
  hq_fixture_uuid ((guint)g_rand_int_range (rand, 200, 400), b);
  g_autofree char *order = hq_make_order (a, g_rand_boolean (rand) ? b : NULL);
  g_autofree char *payment = hq_make_payment (b, a, "19.90");
  g_autofree char *line = hq_make_line (fixture, a, "11010519900101001X", "13800000001", "8986");
  g_autofree char *cancel = g_strdup_printf ("{\"productOrder\":{\"id\":\"%s\"}}", a);
  g_autofree char *pair = g_strdup_printf ("{\"key\":\"%s\",\"seq\":%d,\"path\":\"%s\"}\n%s\n", a,
                                           g_rand_int_range (rand, 0, 50), PICK (rand, paths), order);
  const char *const seeds[] = {order,
                               payment,
                               line,
                               cancel,
                               pair,
                               "{\"kind\":\"msisdn\",\"count\":2}",
                               "{\"note\":[{\"text\":\"x\"}],\"priority\":null}",
                               "{\"code\":\"A-B\",\"csr\":\"x\"}"};
  return g_string_new (PICK (rand, seeds));
}

static const char *
maybe (GRand *rand, const char *value)
{
  return g_rand_int_range (rand, 0, 3) == 0 ? value : NULL;
}

static void
check_answer (const HqResponse *response)
{
  static const int known[] = {200, 201, 304, 400, 403, 404, 405, 409, 413, 415, 422};
  gboolean good = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    good |= response->status == known[i];
  g_assert_true (good);
  if (response->status < 400)
    return;
  gsize size;
  const char *bytes = g_bytes_get_data (response->body, &size);
  g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  g_assert_nonnull (tai_json_require_string (json, "code", NULL));
  g_assert_nonnull (tai_json_require_string (json, "reason", NULL));
}

static void
replay_one (GRand *rand, HqFixture *fixture)
{
  g_autoptr (GString) path = g_string_new (PICK (rand, paths)), query = g_string_new (PICK (rand, queries));
  GString *text = make_body (rand, fixture);
  mutate (rand, text);
  if (g_rand_int_range (rand, 0, 4) == 0)
    mutate (rand, path);
  if (g_rand_boolean (rand))
    mutate (rand, query);
  g_autoptr (GBytes) body = g_string_free_to_bytes (text);
  /* half of them come near enough to be taken */
  gboolean near = g_rand_boolean (rand);
  if (near)
    g_string_assign (path, paths[g_rand_int_range (rand, 0, 5)]);
  gboolean lines = strcmp (path->str, TAI_PATH_BATCH) == 0;
  HqRequest request = {.method = near ? "POST" : PICK (rand, methods),
                       .path = path->str,
                       .query = maybe (rand, query->str),
                       .content_type = near ? types[lines] : PICK (rand, types),
                       .idempotency_key = maybe (rand, PICK (rand, values)),
                       .seq = maybe (rand, near ? NULL : PICK (rand, values)),
                       .digest = maybe (rand, near ? NULL : PICK (rand, values)),
                       .if_none_match = maybe (rand, PICK (rand, values)),
                       .prefer = maybe (rand, "return=minimal"),
                       .body = g_rand_int_range (rand, 0, 10) == 0 ? NULL : body,
                       .terminal = g_rand_int_range (rand, 0, 20) == 0 ? NULL : "T1",
                       .now_us = fixture->now_us};
  HqResponse response;
  g_assert_true (hq_apply (fixture->store, &request, 1, &response));
  check_answer (&response);
  hq_response_clear (&response);
}

static guint
read_number (const char *name, guint fallback)
{
  const char *text = g_getenv (name);
  return text != NULL ? (guint)strtoul (text, NULL, 10) : fallback;
}

static void
test_replay (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  guint runs = read_number ("GUITAI_REPLAY_RUNS", RUNS), seed = read_number ("GUITAI_REPLAY_SEED", 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (guint i = 0; i < runs; i++) {
    replay_one (rand, fixture);
    fixture->now_us += 1000;
    if (i % 50 == 0)
      g_assert_cmpint (hq_advance (fixture->store, fixture->now_us, 100, NULL), >=, 0);
  }
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_ORDER "?limit=1000"), ==, 200);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_ORDER "?relatedParty.id=1042&fields=id"), ==, 200);
  g_assert_cmpint (fixture->response.total, >, 0); /* else nothing was tried */
  g_test_message ("%u requests from seed %u, %" G_GINT64_FORMAT " orders taken", runs, seed,
                  fixture->response.total);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay/hostile-requests", test_replay);
  return g_test_run ();
}
