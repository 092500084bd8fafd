/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sees and writes what of the standard's resources, what is kept of persons, and queries that nobody sane sends. */
#include "hq-fixture.h"

#include <string.h>

#include "tai-headquarters.h"

#define CUSTOMER "/tmf-api/customerManagement/v4/customer"
#define TICKET   "/tmf-api/troubleTicket/v4/troubleTicket"
#define PRODUCT  TAI_PATH_PRODUCT
#define CATALOG  "/tmf-api/productCatalogManagement/v4/catalog"

static const char person[] =
    "{\"name\":\"张三丰\",\"engagedParty\":{\"id\":\"p-1\",\"name\":\"张三丰\",\"@referredType\":\"Individual\"},"
    "\"contactMedium\":[{\"mediumType\":\"phone\",\"characteristic\":{\"phoneNumber\":\"13800000001\"}}],"
    "\"relatedParty\":[{\"id\":\"p-2\",\"name\":\"李四\",\"@referredType\":\"Individual\"},"
    "{\"id\":\"H017\",\"name\":\"中山路营业厅\",\"@referredType\":\"Organization\"}]}";
static const char ticket[] =
    "{\"description\":\"no signal\",\"severity\":\"minor\",\"ticketType\":\"fault\"}";

static int
send (HqFixture *fixture, const char *terminal, const char *method, const char *target, const char *body)
{
  HqHeaders headers = {.terminal = terminal, .type = body != NULL ? "application/json" : NULL};
  return hq_fixture_send (fixture, method, target, body, &headers);
}

static char *
make (HqFixture *fixture, const char *terminal, const char *path, const char *body)
{
  g_assert_cmpint (send (fixture, terminal, "POST", path, body), ==, 201);
  return g_strdup (hq_fixture_text (fixture, "href"));
}

static HqFixture *
make_hq (void)
{
  HqFixture *fixture = hq_fixture_new ();
  hq_fixture_add_terminal (fixture, "P1", "H000", "partner");
  return fixture;
}

/* A hall's own are the hall's. Another system of the operator's sees all, and may end them. */
static void
test_halls (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  g_autofree char *ours = make (fixture, "T1", TICKET, ticket);
  g_autofree char *theirs = make (fixture, "T9", TICKET, ticket);
  g_assert_cmpint (send (fixture, "T2", "GET", ours, NULL), ==, 200);
  g_assert_cmpint (send (fixture, "T2", "GET", theirs, NULL), ==, 404);
  g_assert_cmpint (send (fixture, "T2", "PATCH", theirs, "{\"severity\":\"major\"}"), ==, 404);
  g_assert_cmpint (send (fixture, "T2", "DELETE", theirs, NULL), ==, 404);
  g_assert_cmpint (send (fixture, "T2", "GET", TICKET, NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 1);
  g_assert_cmpint (send (fixture, "P1", "GET", TICKET, NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 2);
  g_assert_cmpint (send (fixture, "P1", "PATCH", theirs, "{\"status\":\"rejected\"}"), ==, 200);
  g_assert_cmpint (send (fixture, "T9", "GET", theirs, NULL), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "status"), ==, "rejected");
  g_assert_cmpint (send (fixture, "P1", "DELETE", theirs, NULL), ==, 204);
  g_assert_cmpint (send (fixture, "T9", "GET", theirs, NULL), ==, 404);
}

/* What is headquarters' a counter reads. */
static void
test_classes (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  g_assert_cmpint (send (fixture, "T1", "POST", PRODUCT, "{\"status\":\"active\"}"), ==, 403);
  g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "class");
  g_assert_cmpint (send (fixture, "T9", "POST", TAI_PATH_BUCKET, "{\"usageType\":\"monetary\"}"), ==, 403);
  g_assert_cmpint (send (fixture, "T9", "POST", CATALOG, "{\"name\":\"x\"}"), ==, 403);
  g_autofree char *ours = make (fixture, "P1", CATALOG, "{\"name\":\"x\"}");
  g_assert_cmpint (send (fixture, "T1", "PATCH", ours, "{\"name\":\"y\"}"), ==, 403);
  g_assert_cmpint (send (fixture, "T1", "DELETE", ours, NULL), ==, 403);
  g_assert_cmpint (send (fixture, "", "GET", TICKET, NULL), ==, 403);
  /* what is on sale at the counter is what was loaded */
  g_autofree char *offering = make (fixture, "P1", TAI_PATH_OFFERING, "{\"name\":\"x\"}");
  g_assert_cmpint (send (fixture, "P1", "GET", TAI_PATH_OFFERING, NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 1);
  g_assert_cmpint (send (fixture, "T1", "GET", TAI_PATH_OFFERING, NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 0);
  g_assert_cmpint (send (fixture, "T1", "GET", offering, NULL), ==, 404);
  fixture->store->is_lenient = TRUE; /* for conformance kits: whoever asks is a partner */
  g_assert_cmpint (send (fixture, "T9", "POST", PRODUCT, "{\"status\":\"active\"}"), ==, 201);
}

/* A counter sees masks; a filter sees no more than the counter does, so nobody can ask for names letter by letter. */
static void
test_persons (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  g_autofree char *href = make (fixture, "T1", CUSTOMER, person);
  g_assert_cmpint (send (fixture, "T1", "GET", href, NULL), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "name"), ==, "张*");
  g_assert_cmpstr (hq_fixture_text (fixture, "engagedParty.name"), ==, "张*");
  g_assert_cmpstr (hq_fixture_text (fixture, "relatedParty.0.name"), ==, "李*");
  g_assert_cmpstr (hq_fixture_text (fixture, "relatedParty.1.name"), ==, "中山路营业厅");
  g_assert_false (tai_json_has (fixture->json, "contactMedium"));
  g_assert_cmpint (send (fixture, "T1", "GET", CUSTOMER "?name=%E5%BC%A0%E4%B8%89%E4%B8%B0", NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 0);
  g_assert_cmpint (send (fixture, "T1", "GET", CUSTOMER "?contactMedium.mediumType=phone", NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 0);
  g_assert_cmpint (send (fixture, "P1", "GET", CUSTOMER "?name=%E5%BC%A0%E4%B8%89%E4%B8%B0", NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 1);
  g_assert_cmpstr (hq_fixture_text (fixture, "0.contactMedium.0.characteristic.phoneNumber"), ==,
                   "13800000001");
  /* the version is of what the client sees, and a change keeps what it does not */
  g_assert_cmpint (send (fixture, "T1", "PATCH", href, "{\"statusReason\":\"moved\"}"), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "name"), ==, "张*");
  g_assert_cmpint (send (fixture, "P1", "GET", href, NULL), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "name"), ==, "张三丰");
  g_assert_cmpstr (hq_fixture_text (fixture, "statusReason"), ==, "moved");
}

/* Money that went out of a drawer, as a terminal tells it: by its own id, and as its own. */
static void
test_refund (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  char id[37];
  hq_fixture_uuid (5, id);
  g_autofree char *body = g_strdup_printf (
      "{\"@type\":\"Refund\",\"correlatorId\":\"%s\",\"account\":{\"id\":\"T1\",\"@referredType\":\"FinancialAccount\"},"
      "\"payment\":{\"id\":\"p\",\"@referredType\":\"Payment\"},\"paymentMethod\":{\"name\":\"cash\",\"@type\":\"Cash\","
      "\"@referredType\":\"Cash\"},\"amount\":{\"unit\":\"CNY\",\"value\":12.50},\"totalAmount\":{\"unit\":\"CNY\","
      "\"value\":12.50},\"x-guitai\":{\"terminal\":\"T1\",\"businessDay\":\"2026-11-22\",\"clerk\":\"1042\"}}",
      id);
  g_assert_cmpint (hq_fixture_post (fixture, TAI_PATH_REFUND, body, id, 1), ==, 201);
  g_assert_cmpstr (hq_fixture_text (fixture, "id"), ==, id);
  g_assert_cmpstr (hq_fixture_text (fixture, "status"), ==, "done");
  g_assert_cmpstr (hq_fixture_text (fixture, "refundDate"), ==, "2026-11-22T02:00:00.000Z");
  g_assert_cmpint (hq_fixture_post (fixture, TAI_PATH_REFUND, body, id, 1), ==, 201);
  g_assert_cmpstr (fixture->response.result, ==, "exists");
  g_assert_cmpint (send (fixture, "T1", "GET", TAI_PATH_REFUND "?payment.id=p&x-guitai.clerk=1042", NULL), ==,
                   200);
  g_assert_cmpint (fixture->response.total, ==, 1);
  g_assert_cmpint (send (fixture, "T2", "POST", TAI_PATH_REFUND, body), ==, 403);
  g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "other_terminal");
}

/* What is deleted is nowhere any more, not in the message either; its key stays used. */
static void
test_deleted (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  g_autofree char *target = NULL;
  char key[37];
  g_assert_cmpint (hq_fixture_post (fixture, CUSTOMER, person, hq_fixture_uuid (1, key), 1), ==, 201);
  target = g_strdup (hq_fixture_text (fixture, "href"));
  g_auto (HqMessageRow) row = {0};
  fixture->store->klass->begin (fixture->store);
  g_assert_true (fixture->store->klass->message_find (fixture->store, "H017", key, &row));
  fixture->store->klass->commit (fixture->store);
  g_assert_cmpuint (g_bytes_get_size (row.body), ==, 0);
  g_assert_cmpint (send (fixture, "T1", "DELETE", target, NULL), ==, 204);
  g_assert_null (fixture->response.body);
  g_assert_cmpint (hq_fixture_post (fixture, CUSTOMER, person, key, 1), ==, 409);
  g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "deleted");
  g_assert_cmpint (send (fixture, "T1", "GET", target, NULL), ==, 404);
}

/* A ticket walks; a closed one does not. */
static void
test_states (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  g_autofree char *href = make (fixture, "T1", TICKET, ticket);
  g_assert_cmpint (send (fixture, "T1", "PATCH", href, "{\"status\":\"resolved\"}"), ==, 409);
  g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "state");
  fixture->now_us += G_USEC_PER_SEC;
  g_assert_cmpint (send (fixture, "T1", "PATCH", href, "{\"priority\":\"1\"}"), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "statusChangeDate"), ==, "2026-11-22T02:00:00.000Z");
  g_assert_cmpstr (hq_fixture_text (fixture, "lastUpdate"), ==, "2026-11-22T02:00:01.000Z");
  g_assert_cmpint (send (fixture, "T1", "PATCH", href, "{\"status\":\"inProgress\"}"), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "statusChangeDate"), ==, "2026-11-22T02:00:01.000Z");
  g_assert_cmpint (send (fixture, "T1", "PATCH", href, "{\"status\":\"resolved\"}"), ==, 200);
  g_assert_cmpint (send (fixture, "T1", "PATCH", href, "{\"status\":\"closed\"}"), ==, 200);
  g_assert_cmpint (send (fixture, "T1", "PATCH", href, "{\"status\":\"inProgress\"}"), ==, 409);
  g_assert_cmpint (send (fixture, "T1", "PATCH", href, "{\"status\":\"asleep\"}"), ==, 400);
  g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "invalid");
}

/* Numbers and cards: what is free, and what is leased to who asks. */
static void
test_stock (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  const char *numbers = "/tmf-api/resourceInventoryManagement/v4/logicalResource";
  g_autofree char *free_ones = g_strconcat (numbers, "?resourceStatus=available", NULL);
  g_autofree char *leased = g_strconcat (numbers, "/13900000001", NULL);
  hq_fixture_add_stock (fixture, "msisdn", "13900000001", "T1");
  hq_fixture_add_stock (fixture, "msisdn", "13900000002", NULL);
  hq_fixture_add_stock (fixture, "iccid", "89860000000000000001", NULL);
  g_autofree char *golden = g_strconcat (numbers, "?category=Gold&resourceStatus=available", NULL);
  g_assert_cmpint (send (fixture, "T1", "GET", golden, NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 0);
  HqStockRow gold = {.kind = "msisdn", .value = "13900000099", .grade = "Gold", .state = "free"};
  fixture->store->klass->begin (fixture->store);
  fixture->store->klass->stock_add (fixture->store, &gold);
  fixture->store->klass->commit (fixture->store);
  g_assert_cmpint (send (fixture, "T1", "GET", golden, NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 1);
  g_assert_cmpstr (hq_fixture_text (fixture, "0.category"), ==, "Gold");
  fixture->store->klass->begin (fixture->store);
  fixture->store->klass->stock_set_state (fixture->store, "msisdn", "13900000099", "used");
  fixture->store->klass->commit (fixture->store);
  g_assert_cmpint (send (fixture, "T1", "GET", numbers, NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 2);
  g_assert_cmpint (send (fixture, "T2", "GET", numbers, NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 1);
  g_assert_cmpint (send (fixture, "T1", "GET", free_ones, NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 1);
  g_assert_cmpstr (hq_fixture_text (fixture, "0.value"), ==, "13900000002");
  g_assert_cmpint (send (fixture, "T1", "GET", leased, NULL), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "resourceStatus"), ==, "reserved");
  g_assert_cmpint (send (fixture, "T2", "GET", leased, NULL), ==, 404);
  g_assert_cmpint (send (fixture, "P1", "PATCH", leased, "{\"resourceStatus\":\"available\"}"), ==, 409);
  g_assert_cmpstr (hq_fixture_text (fixture, "code"), ==, "derived");
  g_assert_cmpint (send (fixture, "P1", "GET", "/tmf-api/resourceInventoryManagement/v4/resource", NULL), ==,
                   200);
  g_assert_cmpint (fixture->response.total, ==, 4);
}

/* Messages of documents travel in batches as orders do. */
static void
test_batch (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  char hex[65], key[37];
  tai_digest_to_hex (tai_digest_bytes (ticket, strlen (ticket)), hex);
  g_autofree char *text =
      g_strdup_printf ("{\"key\":\"%s\",\"seq\":1,\"sha256\":\"%s\",\"path\":\"" TICKET "\"}\n%s\n",
                       hq_fixture_uuid (7, key), hex, ticket);
  HqHeaders headers = {.type = "application/x-ndjson"};
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_BATCH, text, &headers), ==, 200);
    g_assert_cmpstr (hq_fixture_text (fixture, "result"), ==, i == 0 ? "created" : "exists");
  }
  g_assert_cmpint (send (fixture, "T1", "GET", TICKET, NULL), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 1);
}

/* ---- what nobody sane sends ---- */

static char *
make_query (void)
{
  static const char *const parts[] = {
      "fields=",       "sort=",      "offset=",  "limit=",  "id",      ".gt=",   ".ne=",
      "relatedParty.", "name",       "=",        "&",       ",",       "-",      "%",
      "%25",           "%E4%BC",     "%00",      "..",      "9999999", "-1",     "1e9",
      "status",        "a.b.c.d.e.", "2026-11-", "T02:00Z", "<>\"",    "\xff",   "x-guitai.",
      "%5B0%5D",       "true",       "null",     "+",       ";",       "%26%3D", "0"};
  GString *query = g_string_new ("?");
  for (int n = g_test_rand_int_range (1, 14); n > 0; n--)
    g_string_append (query, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
  return g_string_free (query, FALSE);
}

/* Whatever the query: 200 with a list of what is there, or 400 with the reason. */
static void
test_fuzz (void)
{
  static const char *const paths[] = {CUSTOMER,      TICKET,         PRODUCT,          TAI_PATH_BUCKET,
                                      TAI_PATH_BILL, TAI_PATH_ORDER, TAI_PATH_PAYMENT, TAI_PATH_OFFERING,
                                      CATALOG};
  g_autoptr (HqFixture) fixture = make_hq ();
  guint n_good = 0;
  g_free (make (fixture, "T1", CUSTOMER, person));
  g_free (make (fixture, "T1", TICKET, ticket));
  g_free (make (fixture, "P1", PRODUCT, "{\"status\":\"active\",\"isBundle\":false}"));
  for (guint i = 0; i < 20000; i++) {
    g_autofree char *query = make_query ();
    g_autofree char *target =
        g_strconcat (paths[g_test_rand_int_range (0, G_N_ELEMENTS (paths))], query, NULL);
    int status = send (fixture, i % 2 == 0 ? "T1" : "P1", "GET", target, NULL);
    if (status != 200)
      g_assert_cmpint (status, ==, 400);
    g_assert_nonnull (fixture->json);
    g_assert_cmpint (tai_json_get_kind (fixture->json), ==, status == 200 ? TAI_JSON_ARRAY : TAI_JSON_OBJECT);
    g_assert_cmpint (fixture->response.count, ==,
                     status == 200 ? (gint64)tai_json_get_length (fixture->json) : -1);
    n_good += status == 200;
  }
  g_assert_cmpuint (n_good, >, 500);
}

/* Bodies that were a good one once: refused, or taken and then shown as what they are. */
static void
test_fuzz_bodies (void)
{
  static const char *const bodies[] = {person, ticket};
  static const char *const targets[] = {CUSTOMER, TICKET};
  g_autoptr (HqFixture) fixture = make_hq ();
  for (guint i = 0; i < 10000; i++) {
    guint which = i % 2;
    g_autoptr (GString) body = g_string_new (bodies[which]);
    for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
      body->str[g_test_rand_int_range (0, (gint32)body->len)] = (char)g_test_rand_int_range (1, 256);
    int status = send (fixture, "P1", "POST", targets[which], body->str);
    if (status != 201)
      g_assert_cmpint (status, ==, 400);
    g_assert_nonnull (fixture->json);
    if (status != 201)
      continue;
    g_autofree char *href = g_strdup (hq_fixture_text (fixture, "href"));
    g_assert_cmpint (send (fixture, "T1", "GET", href, NULL), ==, 404); /* the partner's hall is another */
    g_assert_cmpint (send (fixture, "P1", "GET", href, NULL), ==, 200);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rest/halls", test_halls);
  g_test_add_func ("/rest/classes", test_classes);
  g_test_add_func ("/rest/persons", test_persons);
  g_test_add_func ("/rest/refund", test_refund);
  g_test_add_func ("/rest/deleted", test_deleted);
  g_test_add_func ("/rest/states", test_states);
  g_test_add_func ("/rest/stock", test_stock);
  g_test_add_func ("/rest/batch", test_batch);
  g_test_add_func ("/rest/fuzz", test_fuzz);
  g_test_add_func ("/rest/fuzz-bodies", test_fuzz_bodies);
  return g_test_run ();
}
