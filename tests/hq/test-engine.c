/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an order at headquarters: real-name and stock checks, claims, payments, delays, cancellations, the feed. */
#include "hq-fixture.h"

#include <string.h>

#include "tai-headquarters.h"

#define ORDER  "/tmf-api/productOrderingManagement/v4/productOrder"
#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static const char *const citizens[] = {"11010519900101001X", "110105199001010028", "110105199001010036"};

static void
set (HqFixture *fixture, const char *name, const char *value)
{
  fixture->store->klass->begin (fixture->store);
  fixture->store->klass->setting_put (fixture->store, name, value);
  fixture->store->klass->commit (fixture->store);
}

/* A line for citizen @who, with a number and a SIM of their own that T1 has leased. */
static void
order_line (HqFixture *fixture, guint number, guint who, char id[37])
{
  g_autofree char *msisdn = g_strdup_printf ("138000%05u", number);
  g_autofree char *iccid = g_strdup_printf ("89860012345678%05u", number);
  hq_fixture_add_stock (fixture, "msisdn", msisdn, "T1");
  hq_fixture_add_stock (fixture, "iccid", iccid, "T1");
  g_autofree char *body = hq_make_line (fixture, hq_fixture_uuid (number, id), citizens[who], msisdn, iccid);
  g_assert_cmpint (hq_fixture_post (fixture, ORDER, body, id, 0), ==, 201);
}

static void
test_new_line_completes (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char id[37];
  order_line (fixture, 1, 0, id);
  hq_fixture_assert_order (fixture, id, "acknowledged", "");
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, id, "completed", "");
  g_assert_true (tai_json_has (fixture->json, "completionDate"));
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_FEED "?after=0"), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "events.0.state"), ==, "inProgress");
  g_assert_cmpstr (hq_fixture_text (fixture, "events.1.state"), ==, "completed");
  g_assert_cmpstr (hq_fixture_text (fixture, "events.1.order"), ==, id);
  g_assert_cmpint (hq_fixture_int (fixture, "last"), ==, 2);
}

static void
test_five_lines (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char id[6][37], other[37];
  for (guint i = 0; i < 6; i++)
    order_line (fixture, i, 0, id[i]);
  order_line (fixture, 100, 1, other);
  hq_fixture_advance (fixture);
  for (guint i = 0; i < 5; i++)
    hq_fixture_assert_order (fixture, id[i], "completed", "");
  hq_fixture_assert_order (fixture, id[5], "rejected", "five_lines");
  hq_fixture_assert_order (fixture, other, "completed", "");
}

static void
test_limit_is_data (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char a[37], b[37];
  set (fixture, "lines_limit", "1");
  order_line (fixture, 1, 0, a);
  order_line (fixture, 2, 0, b);
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, a, "completed", "");
  hq_fixture_assert_order (fixture, b, "rejected", "five_lines");
}

static void
test_refusal_releases (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char a[37], b[37];
  set (fixture, "lines_limit", "1");
  hq_fixture_add_stock (fixture, "msisdn", "13900000001", "T1");
  hq_fixture_add_stock (fixture, "iccid", "89860000000000000001", "T1");
  /* takes the slot and the number, then fails at the SIM */
  g_autofree char *bad =
      hq_make_line (fixture, hq_fixture_uuid (1, a), citizens[0], "13900000001", "1111111111");
  hq_fixture_post (fixture, ORDER, bad, a, 0);
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, a, "rejected", "sim_not_leased");
  g_autofree char *good =
      hq_make_line (fixture, hq_fixture_uuid (2, b), citizens[0], "13900000001", "89860000000000000001");
  hq_fixture_post (fixture, ORDER, good, b, 0);
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, b, "completed", "");
}

static void
test_taken (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char a[37], b[37], c[37], d[37];
  order_line (fixture, 1, 0, a);
  hq_fixture_advance (fixture);
  hq_fixture_add_stock (fixture, "msisdn", "13900000001", "T1");
  hq_fixture_add_stock (fixture, "msisdn", "13900000002", "T2");
  g_autofree char *number =
      hq_make_line (fixture, hq_fixture_uuid (2, b), citizens[1], "13800000001", "8986001234567800001");
  g_autofree char *sim =
      hq_make_line (fixture, hq_fixture_uuid (3, c), citizens[1], "13900000001", "8986001234567800001");
  g_autofree char *others = hq_make_line (fixture, hq_fixture_uuid (4, d), citizens[1], "13900000002", "1");
  hq_fixture_post (fixture, ORDER, number, b, 0);
  hq_fixture_post (fixture, ORDER, sim, c, 0);
  hq_fixture_post (fixture, ORDER, others, d, 0);
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, b, "rejected", "number_taken");
  hq_fixture_assert_order (fixture, c, "rejected", "sim_taken");
  hq_fixture_assert_order (fixture, d, "rejected", "number_not_leased");
}

static char *
make_line_sealed (const char *id, const char *sealed)
{
  g_autofree char *box = sealed != NULL
                             ? g_strdup_printf ("{\"name\":\"x-guitai-sealed\",\"value\":\"%s\"}", sealed)
                             : g_strdup ("{\"name\":\"none\",\"value\":\"\"}");
  return g_strdup_printf ("{\"externalId\":\"%s\",\"x-guitai\":{\"operation\":\"new_line\"},"
                          "\"productOrderItem\":[{\"id\":\"10\",\"action\":\"add\",\"product\":"
                          "{\"productCharacteristic\":[%s]}}]}",
                          id, box);
}

static void
assert_identity (HqFixture *fixture, guint number, const char *terminal, const char *sealed,
                 const char *reason)
{
  char id[37];
  g_autofree char *body = make_line_sealed (hq_fixture_uuid (number, id), sealed);
  HqHeaders headers = {.terminal = terminal, .key = id};
  g_assert_cmpint (hq_fixture_send (fixture, "POST", ORDER, body, &headers), ==, 201);
  hq_fixture_advance (fixture);
  g_autofree char *target = g_strconcat (ORDER "/", id, NULL);
  g_assert_cmpint (hq_fixture_send (fixture, "GET", target, NULL, &headers), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, "rejected");
  g_assert_cmpstr (hq_fixture_text (fixture, "x-guitai-reason"), ==, reason);
}

static void
test_identities (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  g_autoptr (HqFixture) stranger = hq_fixture_new (); /* same seed, but more was drawn: another key */
  tai_seal_key_free (stranger->box_key);
  stranger->box_key = tai_seal_key_new (stranger->entropy);
  g_autofree char *minor = hq_make_sealed (fixture, citizens[0], "2010-11-23", TAI_IDENTITY_READ);
  g_autofree char *typed = hq_make_sealed (fixture, citizens[0], "1990-01-01", TAI_IDENTITY_TYPED);
  g_autofree char *played = hq_make_sealed (fixture, citizens[0], "1990-01-01", TAI_IDENTITY_READ_EMULATED);
  g_autofree char *foreign = hq_make_sealed (stranger, citizens[0], "1990-01-01", TAI_IDENTITY_READ);
  g_autofree char *good = hq_make_sealed (fixture, citizens[0], "1990-01-01", TAI_IDENTITY_READ);
  g_autofree char *hash = tai_seal_blind_index (fixture->blind_key, citizens[0]);
  assert_identity (fixture, 1, "T1", NULL, "identity_missing");
  assert_identity (fixture, 2, "T1", "", "identity_unreadable");
  assert_identity (fixture, 3, "T1", "no box!", "identity_unreadable");
  assert_identity (fixture, 4, "T1", foreign, "identity_unreadable");
  assert_identity (fixture, 5, "T1", minor, "minor");
  assert_identity (fixture, 6, "T1", typed, "identity_missing");
  assert_identity (fixture, 7, "T9", played, "identity_emulated"); /* a production terminal */
  fixture->store->klass->begin (fixture->store);
  fixture->store->klass->set_blocked (fixture->store, hash, TRUE);
  fixture->store->klass->commit (fixture->store);
  assert_identity (fixture, 8, "T1", good, "identity_blocked");
  fixture->store->klass->begin (fixture->store);
  fixture->store->klass->set_blocked (fixture->store, hash, FALSE);
  fixture->store->klass->commit (fixture->store);
  assert_identity (fixture, 9, "T1", good, "number_not_leased");
  /* what came of it: no personal datum anywhere in the store's answers */
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_FEED), ==, 200);
  g_autofree char *feed = tai_json_to_text (fixture->json);
  g_assert_null (strstr (feed, citizens[0]));
}

/* Sixteen years are over when the day begins where the counter stands: 2026-11-22T02:00Z is the 21st there. */
static void
test_age_by_place (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  g_autofree char *sealed = hq_make_sealed (fixture, citizens[0], "2010-11-22", TAI_IDENTITY_READ);
  hq_fixture_add_terminal_at (fixture, "T3", "H017", "test", -600);
  assert_identity (fixture, 1, "T3", sealed, "minor");
  assert_identity (fixture, 2, "T1", sealed, "number_not_leased"); /* old enough; what it asks next */
}

static void
test_offerings (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  g_autoptr (GBytes) offering = g_bytes_new_static ("{\"id\":\"PLAN\"}", 13);
  char a[37], b[37];
  const char *format =
      "{\"externalId\":\"%s\",\"productOrderItem\":[{\"id\":\"1\",\"action\":\"add\","
      "\"productOffering\":{\"id\":\"%s\"}},{\"id\":\"2\",\"action\":\"delete\",\"productOffering\":"
      "{\"id\":\"long gone\"}}]}";
  fixture->store->klass->begin (fixture->store);
  fixture->store->klass->offering_insert (fixture->store, "PLAN", 0, offering);
  fixture->store->klass->commit (fixture->store);
  hq_fixture_uuid (1, a);
  hq_fixture_uuid (2, b);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_autofree char *known = g_strdup_printf (format, a, "PLAN");
  g_autofree char *unknown = g_strdup_printf (format, b, "PLAN-X");
#pragma GCC diagnostic pop
  hq_fixture_post (fixture, ORDER, known, a, 0);
  hq_fixture_post (fixture, ORDER, unknown, b, 0);
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, a, "completed", "");
  hq_fixture_assert_order (fixture, b, "rejected", "offering_unknown");
}

/* A line that comes back after half a minute: nobody at the counter waits another half for what is paid. */
static void
test_late_payment_is_seen_soon (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char id[37], payment[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (1, id), hq_fixture_uuid (2, payment));
  g_autofree char *money = hq_make_payment (payment, id, "50.00");
  hq_fixture_post (fixture, ORDER, body, id, 0);
  for (guint i = 0; i < 33; i++) {
    hq_fixture_advance (fixture);
    fixture->now_us += G_USEC_PER_SEC;
  }
  hq_fixture_post (fixture, TAI_PATH_PAYMENT, money, payment, 0);
  fixture->now_us += 5 * G_USEC_PER_SEC;
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, id, "completed", "");
}

static void
test_waits_for_payment (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char id[37], payment[37], lost[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (1, id), hq_fixture_uuid (2, payment));
  g_autofree char *never = hq_make_order (hq_fixture_uuid (3, lost), "0199f3c2-7d10-7c3a-9b1e-00000000dead");
  g_autofree char *money = hq_make_payment (payment, id, "50.00");
  hq_fixture_post (fixture, ORDER, body, id, 0);
  hq_fixture_post (fixture, ORDER, never, lost, 0);
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, id, "acknowledged", "");
  hq_fixture_post (fixture, TAI_PATH_PAYMENT, money, payment, 0);
  fixture->now_us += 2 * G_USEC_PER_SEC;
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, id, "completed", "");
  fixture->now_us += 29 * DAY_US;
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, lost, "acknowledged", "");
  fixture->now_us += 2 * DAY_US;
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, lost, "rejected", "payment_missing");
}

/* One of our terminals says what was due: a payment that gives the order less is no payment of it. */
static void
test_short_payment (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  static const char *const amounts[] = {"50.00", "49.99", "50.01"};
  static const char *const states[] = {"completed", "rejected", "completed"};

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++) {
    char id[37], payment[37];
    g_autofree char *plain =
        hq_make_order (hq_fixture_uuid (2 * i + 1, id), hq_fixture_uuid (2 * i + 2, payment));
    g_autofree char *body = g_strdup_printf (
        "%.*s,\"x-guitai\":{\"terminal\":\"T1\",\"operation\":\"top_up\"},\"orderTotalPrice\":[{\"price\":"
        "{\"taxIncludedAmount\":{\"unit\":\"CNY\",\"value\":50.00}}}]}",
        (int)strlen (plain) - 1, plain);
    g_autofree char *money = hq_make_payment (payment, id, amounts[i]);

    hq_fixture_post (fixture, ORDER, body, id, 0);
    hq_fixture_post (fixture, TAI_PATH_PAYMENT, money, payment, 0);
    hq_fixture_advance (fixture);
    hq_fixture_assert_order (fixture, id, states[i], i == 1 ? "payment_short" : "");
  }
}

static void
test_delay (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char id[37];
  gint64 next = 0;
  set (fixture, "delay_ms", "0");
  set (fixture, "delay_ms.new_line", "1500");
  order_line (fixture, 1, 0, id);
  g_assert_cmpint (hq_advance (fixture->store, fixture->now_us, 10, &next), ==, 1);
  hq_fixture_assert_order (fixture, id, "inProgress", "");
  g_assert_cmpint (next, ==, fixture->now_us + 1500 * 1000);
  fixture->now_us = next - 1;
  g_assert_cmpint (hq_advance (fixture->store, fixture->now_us, 10, &next), ==, 0);
  fixture->now_us += 1;
  g_assert_cmpint (hq_advance (fixture->store, fixture->now_us, 10, &next), ==, 1);
  g_assert_cmpint (next, ==, 0);
  hq_fixture_assert_order (fixture, id, "completed", "");
}

static char *
cancel (HqFixture *fixture, const char *order_id, int status)
{
  g_autofree char *body =
      g_strdup_printf ("{\"productOrder\":{\"id\":\"%s\"},\"cancellationReason\":\"wrong\"}", order_id);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_CANCEL, body, NULL), ==, status);
  return status == 201 ? g_strdup (fixture->response.location) : NULL;
}

static void
test_cancel (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  char a[37], b[37], c[37];
  set (fixture, "lines_limit", "1");
  set (fixture, "delay_ms", "60000");
  order_line (fixture, 1, 0, a);
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, a, "inProgress", "");
  g_autofree char *task = cancel (fixture, a, 201);
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, "acknowledged");
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, a, "cancelled", "cancelled_by_request");
  g_assert_true (tai_json_has (fixture->json, "cancellationDate"));
  g_assert_cmpint (hq_fixture_get (fixture, task), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, "done");
  /* its slot is free again */
  order_line (fixture, 2, 0, b);
  fixture->now_us += 1;
  hq_fixture_advance (fixture);
  fixture->now_us += 61 * G_USEC_PER_SEC;
  hq_fixture_advance (fixture);
  hq_fixture_assert_order (fixture, b, "completed", "");
  hq_fixture_assert_order (fixture, a, "cancelled", "cancelled_by_request");
  /* what is over stays as it is */
  g_autofree char *late = cancel (fixture, b, 201);
  hq_fixture_advance (fixture);
  g_assert_cmpint (hq_fixture_get (fixture, late), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "state"), ==, "terminatedWithError");
  hq_fixture_assert_order (fixture, b, "completed", "");
  g_free (cancel (fixture, hq_fixture_uuid (77, c), 400));
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_CANCEL "?state=done"), ==, 200);
  g_assert_cmpint (fixture->response.total, ==, 1);
}

static void
test_leases (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  for (guint i = 0; i < 5; i++) {
    g_autofree char *value = g_strdup_printf ("1380000000%u", i);
    hq_fixture_add_stock (fixture, "msisdn", value, NULL);
  }
  const char *ask = "{\"kind\":\"msisdn\",\"count\":3}";
  g_assert_cmpint (hq_fixture_post (fixture, TAI_PATH_LEASE, ask, "lease-1", 0), ==, 201);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "resources")), ==, 3);
  g_assert_cmpstr (hq_fixture_text (fixture, "resources.0.value"), ==, "13800000000");
  g_assert_cmpstr (hq_fixture_text (fixture, "resources.0.until"), ==, "2026-12-06T02:00:00.000Z");
  g_autoptr (GBytes) first = g_bytes_ref (fixture->response.body);
  fixture->now_us += DAY_US;
  g_assert_cmpint (hq_fixture_post (fixture, TAI_PATH_LEASE, ask, "lease-1", 0), ==, 201);
  g_assert_true (g_bytes_equal (first, fixture->response.body)); /* not three more */
  HqHeaders other = {.terminal = "T2", .key = "lease-2"};
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_LEASE, ask, &other), ==, 201);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "resources")), ==,
                    2); /* the stock is low */
  static const char *const bad[] = {
      "{}", "{\"kind\":\"car\",\"count\":1}", "{\"kind\":\"iccid\",\"count\":0}",
      "{\"kind\":\"iccid\",\"count\":\"1\"}", "{\"kind\":\"iccid\",\"count\":1001}"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (hq_fixture_post (fixture, TAI_PATH_LEASE, bad[i], "lease-3", 0), ==, 400);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_LEASE, ask, NULL), ==, 400); /* no key */
}

static void
test_lease_limit (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  set (fixture, "lease_limit", "1");
  hq_fixture_add_stock (fixture, "iccid", "898600000001", NULL);
  hq_fixture_add_stock (fixture, "iccid", "898600000002", NULL);
  hq_fixture_post (fixture, TAI_PATH_LEASE, "{\"kind\":\"iccid\",\"count\":5}", "a", 0);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "resources")), ==, 1);
  hq_fixture_post (fixture, TAI_PATH_LEASE, "{\"kind\":\"iccid\",\"count\":5}", "b", 0);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "resources")), ==, 0);
}

static void
test_feed_is_the_terminals (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  HqHeaders neighbour = {.terminal = "T2"};
  for (guint i = 0; i < 4; i++) {
    char id[37];
    g_autofree char *body = hq_make_order (hq_fixture_uuid (i, id), NULL);
    HqHeaders headers = {.terminal = i % 2 == 0 ? "T1" : "T2", .key = id};
    hq_fixture_send (fixture, "POST", ORDER, body, &headers);
    hq_fixture_advance (fixture);
  }
  hq_fixture_get (fixture, TAI_PATH_FEED "?after=0&limit=3");
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "events")), ==, 3);
  gint64 last = hq_fixture_int (fixture, "last");
  g_assert_cmpint (last, ==, hq_fixture_int (fixture, "events.2.seq"));
  g_autofree char *more = g_strdup_printf (TAI_PATH_FEED "?after=%" G_GINT64_FORMAT, last);
  hq_fixture_get (fixture, more);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "events")), ==, 1);
  g_assert_cmpint (hq_fixture_int (fixture, "last"), ==, 8); /* past the neighbour's */
  hq_fixture_send (fixture, "GET", TAI_PATH_FEED, NULL, &neighbour);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "events")), ==, 4);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_FEED "?after=x"), ==, 400);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_FEED "?after=-1"), ==, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/new-line-completes", test_new_line_completes);
  g_test_add_func ("/engine/five-lines", test_five_lines);
  g_test_add_func ("/engine/limit-is-data", test_limit_is_data);
  g_test_add_func ("/engine/refusal-releases", test_refusal_releases);
  g_test_add_func ("/engine/taken", test_taken);
  g_test_add_func ("/engine/identities", test_identities);
  g_test_add_func ("/engine/age-by-place", test_age_by_place);
  g_test_add_func ("/engine/offerings", test_offerings);
  g_test_add_func ("/engine/waits-for-payment", test_waits_for_payment);
  g_test_add_func ("/engine/late-payment-is-seen-soon", test_late_payment_is_seen_soon);
  g_test_add_func ("/engine/short-payment", test_short_payment);
  g_test_add_func ("/engine/delay", test_delay);
  g_test_add_func ("/engine/cancel", test_cancel);
  g_test_add_func ("/engine/leases", test_leases);
  g_test_add_func ("/engine/lease-limit", test_lease_limit);
  g_test_add_func ("/engine/feed-is-the-terminals", test_feed_is_the_terminals);
  return g_test_run ();
}
