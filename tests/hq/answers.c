/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of headquarters for the judge of schemas: one line each, definition, tab, JSON. */
#include <stdio.h>
#include <string.h>

#include "hq-fixture.h"
#include "tai-headquarters.h"
#include "tai-hq-load.h"

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

static void
print_orders (HqFixture *fixture)
{
  static const char *const names[] = {"1_activation.v4.json", "2_plan_change.v4.json",
                                      "3_topup_as_order.v4.json", "4_suspend.v4.json", "5_terminate.v4.json"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *text = read_data ("examples", names[i]);
    g_autofree char *id = g_strdup_printf ("-5a4d2c6e8f%02u", i);
    g_autoptr (GString) body = g_string_new (text);
    g_string_replace (body, "-5a4d2c6e8f01", id, 0); /* the examples share one */
    g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_ORDER, body->str, NULL), ==, 201);
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

int
main (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  print_orders (fixture);
  print_others (fixture);
  print_offerings (fixture);
  return 0;
}
