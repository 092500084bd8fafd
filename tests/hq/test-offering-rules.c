/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What headquarters holds an order against in the catalogue in force: groups, a customer's yes, trials, pretty numbers; and what
 * becomes of services on a line. */
#include "hq-fixture.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-hq-load.h"

#define STUDENT  "11010519900101001X"
#define OTHER    "110105199001010036"
#define MINE     "13800000001"
#define PRETTY   "13800008888"
#define PLAIN    "13800000317"
#define ICCID    "89860012345678901234"
#define CUSTOMER "/tmf-api/customerManagement/v4/customer"

#define PLAN(id, price)                                                                                      \
  "{\"id\":\"" id "\",\"name\":\"" id                                                                        \
  "\",\"x-guitai\":{\"kind\":\"plan\"},\"productOfferingPrice\":[{\"id\":\"" id                              \
  "-fee\",\"name\":\"fee\",\"priceType\":\"recurring\",\"recurringChargePeriodType\":\"month\","             \
  "\"recurringChargePeriodLength\":1,\"price\":{\"unit\":\"CNY\",\"value\":" price "},"                      \
  "\"x-guitai\":{\"firstPeriod\":\"full\"}}]}"

static const char catalogue[] = "[" PLAN ("plan-59", "59.00") "," PLAN (
    "plan-199",
    "199.00") ","
              "{\"id\":\"student\",\"name\":\"student\",\"x-guitai\":{\"kind\":\"discount\",\"groups\":[\"student\"]},"
              "\"productOfferingPrice\":[{\"id\":\"student-off\",\"name\":\"off\",\"priceType\":\"recurring\","
              "\"recurringChargePeriodType\":\"month\",\"recurringChargePeriodLength\":1,\"price\":{\"unit\":\"CNY\",\"value\":0.00},"
              "\"x-guitai\":{\"discount\":{\"kind\":\"percent\",\"percent\":30,\"base\":\"list\",\"months\":6,\"stackOrder\":1}}}]},"
              "{\"id\":\"music\",\"name\":\"music\",\"x-guitai\":{\"kind\":\"service\",\"keyTerms\":\"Two months free.\","
              "\"names\":{\"en\":\"Music\"}},\"productOfferingPrice\":[{\"id\":\"music-fee\",\"name\":\"fee\",\"priceType\":\"recurring\","
              "\"recurringChargePeriodType\":\"month\",\"recurringChargePeriodLength\":1,\"price\":{\"unit\":\"CNY\",\"value\":10.00},"
              "\"x-guitai\":{\"firstPeriod\":\"full\",\"trial\":{\"months\":2}}}]},"
              "{\"id\":\"grade-a\",\"name\":\"A\",\"x-guitai\":{\"kind\":\"number_grade\",\"grade\":\"A\",\"minimumSpend\":{"
              "\"unit\":\"CNY\",\"value\":199.00}},\"productOfferingPrice\":[]}]";
static const char lines[] =
    "[{\"msisdn\":\"" MINE "\",\"status\":\"active\",\"ownerMask\":\"张*\",\"ownerDocument\":\"" STUDENT
    "\",\"balance\":{\"unit\":\"CNY\",\"value\":0.00}}]";
static const char groups[] = "[{\"ownerDocument\":\"" STUDENT "\",\"groups\":[\"student\",\"staff\"]}]";
static const char stock[] = "[{\"kind\":\"msisdn\",\"value\":\"" PRETTY
                            "\",\"grade\":\"A\"},{\"kind\":\"msisdn\",\"value\":\"" PLAIN "\"}]";

typedef gint64 (*LoadFunc) (HqStore *store, GBytes *text, gint64 now_us, GError **error);

static void
load (HqFixture *fixture, const char *text, LoadFunc func, gint64 expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_assert_cmpint (func (fixture->store, bytes, fixture->now_us, &error), ==, expected);
  g_assert_no_error (error);
}

static gint64
load_stock (HqStore *store, GBytes *text, gint64 now_us, GError **error)
{
  return hq_load_stock (store, text, error);
}

static gboolean
ignore_cb (const HqStockRow *row, gpointer data)
{
  return TRUE;
}

static HqFixture *
make_hq (void)
{
  HqFixture *fixture = hq_fixture_new ();
  hq_fixture_add_terminal (fixture, "P1", "H000", "partner");
  load (fixture, catalogue, hq_load_catalogue, 5);
  load (fixture, lines, hq_load_lines, 1);
  load (fixture, groups, hq_load_groups, 1);
  load (fixture, stock, load_stock, 2);
  fixture->store->klass->begin (fixture->store);
  fixture->store->klass->stock_lease (fixture->store, "msisdn", 2, "T1", fixture->now_us,
                                      fixture->now_us + G_USEC_PER_SEC, ignore_cb, NULL);
  fixture->store->klass->commit (fixture->store);
  hq_fixture_add_stock (fixture, "iccid", ICCID, "T1");
  return fixture;
}

static char *
blind (HqFixture *fixture, const char *number)
{
  return tai_seal_blind_index (fixture->blind_key, number);
}

/* An order of @who for @msisdn with further items, as text; its id. */
static const char *
order (HqFixture *fixture, const char *operation, const char *who, const char *msisdn, const char *items)
{
  static guint n = 1;
  static char id[37];
  g_autofree char *sealed = hq_make_sealed (fixture, who, "1990-01-01", TAI_IDENTITY_READ);
  g_autofree char *body = g_strdup_printf (
      "{\"externalId\":\"%s\",\"productOrderItem\":[{\"id\":\"10\",\"action\":\"add\",\"product\":{\"productCharacteristic\":["
      "{\"name\":\"MSISDN\",\"value\":\"%s\"},{\"name\":\"ICCID\",\"value\":\"" ICCID
      "\"},{\"name\":\"x-guitai-sealed\",\"value\":\"%s\"}]}}%s],"
      "\"x-guitai\":{\"operation\":\"%s\",\"businessDay\":\"20261122\"}}",
      hq_fixture_uuid (n++, id), msisdn, sealed, items, operation);
  g_assert_cmpint (hq_fixture_post (fixture, TAI_PATH_ORDER, body, id, 0), ==, 201);
  hq_fixture_advance (fixture);
  return id;
}

#define ITEM(id, action, offering, characteristics, normal)                                                  \
  ",{\"id\":\"" id "\",\"action\":\"" action "\",\"productOffering\":{\"id\":\"" offering                    \
  "\"},\"product\":{\"productCharacteristic\":[" characteristics                                             \
  "]},\"itemPrice\":[{\"priceType\":\"recurring\","                                                          \
  "\"price\":{},\"x-guitai\":{\"normal\":{\"unit\":\"CNY\",\"value\":" normal "}}}]}"
#define YES        "{\"name\":\"x-guitai-consent\",\"value\":\"2026-11-22T02:00:00.000Z 00\"}"
#define END(day)   "{\"name\":\"x-guitai-trial-end\",\"value\":\"" day "\"}"
#define SECOND_YES "{\"name\":\"x-guitai-consent-after-trial\",\"value\":\"2026-11-22T02:00:01.000Z 00\"}"

static void
test_groups (void)
{
  static const char items[] =
      ITEM ("20", "add", "plan-59", "", "59.00") ITEM ("30", "add", "student", "", "0.00");
  g_autoptr (HqFixture) fixture = make_hq ();
  hq_fixture_assert_order (fixture, order (fixture, "plan_change", STUDENT, MINE, items), "completed", "");
  hq_fixture_assert_order (fixture, order (fixture, "plan_change", OTHER, "13800000555", items), "rejected",
                           "offering_group");
  load (fixture,
        "[{\"ownerDocument\":\"" OTHER "\",\"groups\":[\"senior\"]},{\"ownerDocument\":\"" STUDENT
        "\",\"groups\":[]}]",
        hq_load_groups, 2);
  hq_fixture_assert_order (fixture, order (fixture, "plan_change", STUDENT, MINE, items), "rejected",
                           "offering_group"); /* not any more */
}

/* A counter asks by the reference; who has no line is known all the same, and of nobody more than that. */
static void
test_groups_are_told (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  g_autofree char *student = blind (fixture, STUDENT), *other = blind (fixture, OTHER);
  g_autofree char *his = g_strconcat (CUSTOMER "?id=", student, NULL),
                  *hers = g_strconcat (CUSTOMER "?id=", other, NULL);
  g_autofree char *one = g_strconcat (CUSTOMER "/", other, NULL);
  g_assert_cmpint (hq_fixture_get (fixture, his), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "0.characteristic.0.name"), ==, "group");
  g_assert_cmpstr (hq_fixture_text (fixture, "0.characteristic.0.value"), ==, "student");
  g_assert_cmpstr (hq_fixture_text (fixture, "0.characteristic.1.value"), ==, "staff");
  g_assert_cmpint (hq_fixture_get (fixture, hers), ==, 200);
  g_assert_cmpuint (tai_json_get_length (fixture->json), ==, 0);
  g_assert_cmpint (hq_fixture_get (fixture, one), ==, 404);
  load (fixture, "[{\"ownerDocument\":\"" OTHER "\",\"groups\":[\"senior\"]}]", hq_load_groups, 1);
  g_assert_cmpint (hq_fixture_get (fixture, hers), ==, 200);
  g_assert_cmpuint (tai_json_get_length (fixture->json), ==, 1);
  g_assert_cmpstr (hq_fixture_text (fixture, "0.name"), ==, "*");
  g_assert_cmpstr (hq_fixture_text (fixture, "0.characteristic.0.value"), ==, "senior");
  g_assert_cmpint (hq_fixture_get (fixture, one), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "engagedParty.id"), ==, other);
}

static void
test_groups_refused (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  static const char *const bad[] = {"{}",
                                    "[1]",
                                    "[{}]",
                                    "[{\"groups\":[\"a\"]}]",
                                    "[{\"ownerDocument\":\"1\"}]",
                                    "[{\"ownerDocument\":\"1\",\"groups\":[7]}]",
                                    "[{\"ownerDocument\":\"1\",\"groups\":[\"\"]}]",
                                    "[{\"ownerDocument\":\"1\",\"groups\":[\"a b\"]}]",
                                    "[{\"customer\":\"\",\"groups\":[\"a\"]}]"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
    g_assert_cmpint (hq_load_groups (fixture->store, bytes, fixture->now_us, &error), ==, -1);
    g_assert_nonnull (error);
  }
}

static void
test_trials (void)
{
  static const struct {
    const char *items, *state, *reason;
  } rows[] = {
      {ITEM ("20", "add", "music", "", "0.00"), "rejected", "consent_missing"},
      {ITEM ("20", "add", "music", YES, "0.00"), "rejected", "trial_end"},
      {ITEM ("20", "add", "music", YES "," END ("2027-01-31"), "0.00"), "rejected", "trial_end"},
      {ITEM ("20", "add", "music", YES "," END ("someday"), "0.00"), "rejected", "trial_end"},
      {ITEM ("20", "add", "plan-59", YES "," END ("2027-01-31"), "0.00"), "completed", ""}, /* no service */
      {ITEM ("20", "add", "music", YES "," END ("2026-12-31"), "0.00"), "completed", ""},
      {ITEM ("20", "add", "music", YES "," END ("2026-12-31") "," SECOND_YES, "10.00"), "completed", ""},
      {ITEM ("20", "delete", "music", "", "0.00"), "completed", ""},
  };
  g_autoptr (HqFixture) fixture = make_hq ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%u: %s", i, rows[i].items);
    hq_fixture_assert_order (fixture, order (fixture, "service_add", STUDENT, MINE, rows[i].items),
                             rows[i].state, rows[i].reason);
  }
}

static void
assert_music (HqFixture *fixture, const char *status, const char *end)
{
  HqHeaders partner = {.terminal = "P1"};
  g_assert_cmpint (hq_fixture_send (fixture, "GET", TAI_PATH_PRODUCT "/" MINE "-music", NULL, &partner), ==,
                   200);
  g_assert_cmpstr (hq_fixture_text (fixture, "status"), ==, status);
  g_assert_cmpstr (hq_fixture_text (fixture, "productOffering.id"), ==, "music");
  g_assert_cmpstr (hq_fixture_text (fixture, "x-guitai.names.en"), ==, "Music");
  if (end != NULL)
    g_assert_cmpstr (hq_fixture_text (fixture, "terminationDate"), ==, end);
  else
    g_assert_false (tai_json_has (fixture->json, "terminationDate"));
  /* a list says the same, and finds it by it */
  g_autofree char *target =
      g_strconcat (TAI_PATH_PRODUCT "?status=", status, "&productOffering.id=music", NULL);
  g_assert_cmpint (hq_fixture_send (fixture, "GET", target, NULL, &partner), ==, 200);
  g_assert_cmpuint (tai_json_get_length (fixture->json), ==, 1);
}

/* The service ends with the trial, whoever looks and when; with the second yes it stays; and it goes when it is taken off. */
static void
test_services_of_a_line (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  gint64 last_moment_us;
  static const char first[] = ITEM ("20", "add", "music", YES "," END ("2026-12-31"), "0.00");
  static const char second[] =
      ITEM ("20", "add", "music", YES "," END ("2026-12-31") "," SECOND_YES, "10.00");
  static const char off[] = ITEM ("20", "delete", "music", "", "0.00");
  g_assert_true (tai_time_from_text ("2026-12-31T15:59:59.999Z", &last_moment_us));
  order (fixture, "service_add", STUDENT, MINE, first);
  assert_music (fixture, "active", "2026-12-31T16:00:00.000Z");
  gint64 today_us = fixture->now_us;
  fixture->now_us = last_moment_us;
  assert_music (fixture, "active", "2026-12-31T16:00:00.000Z");
  fixture->now_us = last_moment_us + 1000;
  assert_music (fixture, "terminated", "2026-12-31T16:00:00.000Z");
  fixture->now_us = today_us;
  order (fixture, "service_add", STUDENT, MINE, second);
  assert_music (fixture, "active", NULL);
  order (fixture, "service_remove", STUDENT, MINE, off);
  assert_music (fixture, "terminated", "2026-11-22T02:00:00.000Z");
}

/* The last day of a trial is a day of the place where it was sold. */
static void
test_trial_by_place (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  hq_fixture_add_terminal_at (fixture, "T1", "H017", "test", 360);
  order (fixture, "service_add", STUDENT, MINE,
         ITEM ("20", "add", "music", YES "," END ("2026-12-31"), "0.00"));
  assert_music (fixture, "active", "2026-12-31T18:00:00.000Z");
}

/* What the stock says of a number counts, not what an order says of it. */
static void
test_minimum_spend (void)
{
  g_autoptr (HqFixture) fixture = make_hq ();
  static const char small[] = ITEM ("20", "add", "plan-59", "", "59.00"),
                    large[] = ITEM ("20", "add", "plan-199", "", "199.00");
  hq_fixture_assert_order (fixture, order (fixture, "new_line", OTHER, PRETTY, small), "rejected",
                           "minimum_spend");
  hq_fixture_assert_order (fixture, order (fixture, "new_line", OTHER, PRETTY, large), "completed", "");
  g_autoptr (HqFixture) plain = make_hq ();
  hq_fixture_assert_order (plain, order (plain, "new_line", OTHER, PLAIN, small), "completed", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/offering-rules/groups", test_groups);
  g_test_add_func ("/offering-rules/groups-are-told", test_groups_are_told);
  g_test_add_func ("/offering-rules/groups-refused", test_groups_refused);
  g_test_add_func ("/offering-rules/trials", test_trials);
  g_test_add_func ("/offering-rules/trial-by-place", test_trial_by_place);
  g_test_add_func ("/offering-rules/services-of-a-line", test_services_of_a_line);
  g_test_add_func ("/offering-rules/minimum-spend", test_minimum_spend);
  return g_test_run ();
}
