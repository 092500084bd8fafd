/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of headquarters for the judge of schemas: one line each, definition, tab, JSON. */
#include <stdio.h>
#include <string.h>

#include "hq-fixture.h"
#include "tai-headquarters.h"
#include "tai-hq-hub.h"
#include "tai-hq-load.h"
#include "tai-hq-south.h"

static void
print (const char *definition, const TaiJson *json)
{
  g_autofree char *text = tai_json_to_text (json);
  printf ("%s\t%s\n", definition, text);
}

static char *
read_data (const char *folder, const char *name)
{
  char *text = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "data", "tmf", folder, name, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

#define EXAMPLES 5

/* (transfer full) */
static char *
make_example (guint i)
{
  static const char *const names[EXAMPLES] = {"1_activation.v4.json", "2_plan_change.v4.json",
                                              "3_topup_as_order.v4.json", "4_suspend.v4.json",
                                              "5_terminate.v4.json"};
  g_autofree char *text = read_data ("examples", names[i]);
  g_autofree char *id = g_strdup_printf ("-5a4d2c6e8f%02u", i);
  GString *body = g_string_new (text);
  g_string_replace (body, "-5a4d2c6e8f01", id, 0); /* the examples share one */
  return g_string_free (body, FALSE);
}

static void
print_orders (HqFixture *fixture)
{
  for (guint i = 0; i < EXAMPLES; i++) {
    g_autofree char *body = make_example (i);
    g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_ORDER, body, NULL), ==, 201);
    print ("ProductOrder", fixture->json);
  }
  hq_fixture_advance (fixture);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_ORDER), ==, 200);
  for (guint i = 0; i < tai_json_get_length (fixture->json); i++)
    print ("ProductOrder", tai_json_get_element (fixture->json, i));
}

static void
print_others (HqFixture *fixture)
{
  g_autofree char *payment = read_data ("examples", "pay.tmf676.v4.json");
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_PAYMENT, payment, NULL), ==, 201);
  print ("Payment", fixture->json);
  char id[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (1, id), NULL);
  g_autofree char *cancel =
      g_strdup_printf ("{\"productOrder\":{\"id\":\"%s\"},\"cancellationReason\":\"x\"}", id);
  hq_fixture_post (fixture, TAI_PATH_ORDER, body, id, 0);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_CANCEL, cancel, NULL), ==, 201);
  print ("CancelProductOrder", fixture->json);
  hq_fixture_advance (fixture);
  hq_fixture_get (fixture, TAI_PATH_CANCEL);
  print ("CancelProductOrder", tai_json_get_element (fixture->json, 0));
  hq_fixture_get (fixture, "/nowhere");
  print ("Error", fixture->json);
  hq_fixture_send (fixture, "POST", TAI_PATH_ORDER, "{", NULL);
  print ("Error", fixture->json);
}

static void
print_offerings (HqFixture *fixture)
{
  const char *list =
      "[{\"id\":\"PLAN-59\",\"name\":\"月租59\",\"version\":\"1\",\"productOfferingPrice\":[{\"id\":\"P\","
      "\"name\":\"月租\",\"priceType\":\"recurring\",\"recurringChargePeriodType\":\"month\","
      "\"recurringChargePeriodLength\":1,\"price\":{\"unit\":\"CNY\",\"value\":59.00},\"x-guitai\":"
      "{\"firstPeriod\":\"prorata_days\",\"rounding\":\"half_up\",\"effect\":\"now\"}}],"
      "\"x-guitai\":{\"kind\":\"plan\"}}]";
  g_autoptr (GBytes) text = g_bytes_new_static (list, strlen (list));
  g_assert_cmpint (hq_load_catalogue (fixture->store, text, HQ_T0, NULL), ==, 1);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_OFFERING), ==, 200);
  print ("ProductOffering", tai_json_get_element (fixture->json, 0));
}

/* ---- what leaves for the operator's system ---- */

static void
print_bytes (const char *definition, GBytes *bytes)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  printf ("%s\t%.*s\n", definition, (int)size, text);
}

static void
settle (HqFixture *fixture, HqSouthLine *line, const HqErrand *errand)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"id\":\"1\"}", strlen ("{\"id\":\"1\"}"));
  TaiReply reply = {.line = TAI_LINE_OK, .status = 201, .body = body};
  fixture->store->klass->begin (fixture->store);
  hq_south_settle (fixture->store, line, errand, &reply, fixture->now_us);
  fixture->store->klass->commit (fixture->store);
}

static void
sell_all (HqFixture *fixture)
{
  static const char *const ids[] = {"PO-MOBILE", "PO-PLAN-S", "PO-PLAN-M", "PO-TOPUP-1000"};
  g_autoptr (GBytes) nothing = g_bytes_new_static ("{}", 2);
  fixture->store->klass->begin (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    fixture->store->klass->offering_insert (fixture->store, ids[i], i, nothing);
  fixture->store->klass->commit (fixture->store);
}

/* What is sent of it, and of its cancellation. The examples' payments never come: they are taken out. */
static void
print_leaving (HqFixture *fixture, char *example, const char *order, const char *cancel)
{
  HqSouthLine line = {0};
  gint64 next;
  sell_all (fixture);
  g_autoptr (TaiJson) json = tai_json_parse (example, -1, NULL, NULL);
  tai_json_delete (json, "payment");
  g_autofree char *body = tai_json_to_text (json);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_ORDER, body, NULL), ==, 201);
  g_autofree char *wish =
      g_strdup_printf ("{\"productOrder\":{\"id\":\"%s\"}}", hq_fixture_text (fixture, "id"));
  hq_fixture_advance (fixture);
  g_autoptr (GPtrArray) send = hq_south_take (fixture->store, &line, fixture->now_us, 1, &next);
  g_assert_cmpuint (send->len, ==, 1);
  print_bytes (order, ((HqErrand *)send->pdata[0])->body);
  settle (fixture, &line, send->pdata[0]);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_CANCEL, wish, NULL), ==, 201);
  hq_fixture_advance (fixture);
  g_autoptr (GPtrArray) undo = hq_south_take (fixture->store, &line, fixture->now_us, 1, &next);
  g_assert_cmpint (((HqErrand *)undo->pdata[0])->kind, ==, HQ_ERRAND_CANCEL);
  print_bytes (cancel, ((HqErrand *)undo->pdata[0])->body);
}

static void
print_south (void)
{
  static const struct {
    const char *more, *order, *cancel;
  } rows[] = {
      {"\"version\":4", "ProductOrder_Create", "CancelProductOrder_Create"},
      {"\"version\":4,\"plan_change\":\"modify\"", "ProductOrder_Create", "CancelProductOrder_Create"},
      {"\"version\":5", "ProductOrder_FVO", "CancelProductOrder_FVO"},
      {"\"version\":5,\"plan_change\":\"modify\"", "ProductOrder_FVO", "CancelProductOrder_FVO"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint k = 0; k < EXAMPLES; k++) {
      g_autoptr (HqFixture) fixture = hq_fixture_new ();
      g_autofree char *text = g_strdup_printf (
          "{\"southbound\":{\"base_url\":\"https://b.example\",\"settle_ms\":0,%s}}", rows[i].more);
      g_autoptr (HqProfile) profile = hq_profile_parse (text, -1, NULL);
      fixture->store->profile = profile;
      g_autofree char *example = make_example (k);
      print_leaving (fixture, example, rows[i].order, rows[i].cancel);
    }
}

/* ---- events ---- */

static void
print_events (HqFixture *fixture)
{
  char id[37];
  g_autofree char *body = hq_make_order (hq_fixture_uuid (90, id), NULL);
  g_autofree char *order = g_strconcat (TAI_PATH_ORDER "/", id, NULL);
  g_autoptr (HqProfile) profile =
      hq_profile_parse ("{\"hub\":{\"allow\":[\"http://127.0.0.1:1\"]}}", -1, NULL);
  fixture->store->profile = profile;
  hq_fixture_send (fixture, "POST", TAI_PATH_HUB, "{\"callback\":\"http://127.0.0.1:1/\"}", NULL);
  print ("EventSubscription", fixture->json);
  print ("Hub", fixture->json);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_TOPIC, "{\"name\":\"orders\"}", NULL), ==, 201);
  print ("Topic", fixture->json);
  g_autofree char *events = g_strconcat (fixture->response.location, "/event", NULL);
  hq_fixture_post (fixture, TAI_PATH_ORDER, body, id, 0);
  g_assert_cmpint (hq_fixture_send (fixture, "PATCH", order, "{\"description\":\"new\"}", NULL), ==, 200);
  hq_fixture_advance (fixture);
  g_assert_cmpint (hq_fixture_get (fixture, events), ==, 200);
  g_assert_cmpuint (tai_json_get_length (fixture->json), ==, 4);
  for (guint i = 0; i < 4; i++) {
    const TaiJson *event = tai_json_get_element (fixture->json, i);
    print (tai_json_require_string (event, "eventType", NULL), event);
    print ("Event", event);
  }
}

int
main (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  print_orders (fixture);
  print_others (fixture);
  print_offerings (fixture);
  print_south ();
  print_events (fixture);
  return 0;
}
