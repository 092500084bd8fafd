/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A parked visit whose prices have changed meanwhile, and offerings for groups of customers: what was chosen is never sold by a
 * list that is not in force, or to who it is not for. */
#include "tai-desk-rig.h"

#include <string.h>

#include "tai-offering-json.h"
#include "tai-test-data.h"

/* The rig's list with one text in place of another. */
static TaiCatalogue *
make_catalogue (const char *from, const char *to)
{
  g_autoptr (GBytes) file = tai_test_data_load ("catalogue.json");
  g_autoptr (GString) text =
      g_string_new_len (g_bytes_get_data (file, NULL), (gssize)g_bytes_get_size (file));
  g_autoptr (GBytes) bytes = NULL;
  TaiCatalogue *catalogue = NULL;

  g_assert_cmpuint (g_string_replace (text, from, to, 0), >=, 1);
  bytes = g_bytes_new (text->str, text->len);
  MUST (catalogue = tai_catalogue_from_text (bytes, "next", NULL, &E));
  return catalogue;
}

static void
take_list (TaiDeskRig *rig, const char *from, const char *to)
{
  g_autoptr (TaiCatalogue) catalogue = make_catalogue (from, to);

  tai_desk_set_catalogue (rig->desk, catalogue);
}

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

static TaiVisit *
park_line (TaiDeskRig *rig, TaiOrder **order)
{
  TaiVisit *visit = tai_desk_rig_begin (rig);

  *order = tai_desk_rig_add_new_line (rig, visit, 0);
  MUST (tai_desk_add_offering (rig->desk, visit, *order, "vas-caller", 1, NONE, &E));
  MUST (tai_desk_give_consent (rig->desk, visit, *order, "vas-caller", &E));
  MUST (tai_desk_sign (rig->desk, visit, &E));
  MUST (tai_desk_park (rig->desk, visit, &E));
  return visit;
}

/* Anew ---------------------------------------------------------------------------------------------------------------- */

static void
test_same (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiOrder *order;
  g_autoptr (TaiVisit) visit = park_line (rig, &order);
  gint64 total = tai_visit_get_total (visit).minor;

  MUST (tai_desk_recall (rig->desk, visit, &E));
  g_assert_cmpint (tai_visit_get_total (visit).minor, ==, total);
  g_assert_cmpint (tai_visit_get_parked_total (visit).currency, ==, 0);
  tai_desk_rig_assert_obstacles (rig, visit, 0); /* it is still signed */
}

static void
test_dearer (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiOrder *order;
  g_autoptr (TaiVisit) visit = park_line (rig, &order);
  gint64 total = tai_visit_get_total (visit).minor;

  take_list (rig, "20.00", "25.00"); /* the SIM */
  MUST (tai_desk_recall (rig->desk, visit, &E));
  g_assert_cmpint (tai_visit_get_total (visit).minor, ==, total + 500);
  g_assert_cmpint (tai_visit_get_parked_total (visit).minor, ==, total);
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_SIGNATURE_REQUIRED, 0);
  MUST (tai_desk_park (rig->desk, visit, &E)); /* and by the same list again */
  MUST (tai_desk_recall (rig->desk, visit, &E));
  g_assert_cmpint (tai_visit_get_parked_total (visit).currency, ==, 0);
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  tai_desk_rig_assert_sound (rig);
}

static void
test_gone (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiOrder *order;
  g_autoptr (TaiVisit) visit = park_line (rig, &order);

  take_list (rig, "\"sim-card\"", "\"sim-card-2\"");
  MUST (tai_desk_recall (rig->desk, visit, &E));
  g_assert_cmpint (tai_visit_get_total (visit).minor, ==, 0);
  g_assert_cmpint (tai_visit_get_parked_total (visit).minor, ==, 2000);
  g_assert_cmpstr (tai_order_get (order, "MSISDN"), ==, tai_desk_rig_msisdn (0)); /* the number is kept */
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_PLAN_REQUIRED, TAI_CORE_ERROR_SIGNATURE_REQUIRED,
                                 0);
  MUST (tai_desk_choose_plan (rig->desk, visit, order, "plan-59", &E));
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  tai_desk_rig_assert_sound (rig);
}

/* The yes was to another text. */
static void
test_other_terms (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiOrder *order;
  g_autoptr (TaiVisit) visit = park_line (rig, &order);
  const TaiOffering *service = tai_catalogue_find (tai_desk_get_catalogue (rig->desk), "vas-caller");
  g_autofree char *longer = g_strconcat (service->key_terms, "!", NULL);

  take_list (rig, service->key_terms, longer);
  MUST (tai_desk_recall (rig->desk, visit, &E));
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_CONSENT_MISSING,
                                 TAI_CORE_ERROR_SIGNATURE_REQUIRED, 0);
  MUST (tai_desk_give_consent (rig->desk, visit, order, "vas-caller", &E));
  tai_desk_rig_place (rig, visit);
}

/* Another day: the first month is shorter. */
static void
test_next_day (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiOrder *order;
  g_autoptr (TaiVisit) visit = park_line (rig, &order);
  gint64 first = order->first.minor;

  tai_fake_clock_advance (rig->clock, G_GINT64_CONSTANT (24) * 3600 * 1000);
  MUST (tai_desk_recall (rig->desk, visit, &E));
  g_assert_cmpint (order->first.minor, <, first);
}

/* Groups -------------------------------------------------------------------------------------------------------------- */

#define FOR_ALL      "\"appliesTo\": [\"plan-59\"]"
#define FOR_STUDENTS "\"appliesTo\": [\"plan-59\"], \"groups\": [\"student\", \"staff\"]"

static void
test_groups (void)
{
  static const char *const student[] = {"senior", "student", NULL}, *const none[] = {NULL};
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = NULL;
  g_autofree char *customer = NULL;
  TaiOrder *order;

  take_list (rig, FOR_ALL, FOR_STUDENTS);
  g_assert_true (tai_catalogue_has_groups (tai_desk_get_catalogue (rig->desk)));
  visit = tai_desk_rig_begin (rig);
  order = tai_desk_rig_add_new_line (rig, visit, 0);
  g_assert_null (tai_visit_get_groups (visit)); /* nobody has said */
  REFUSED (TAI_CORE_ERROR_OFFERING_GROUP,
           tai_desk_add_offering (rig->desk, visit, order, "off-30", 1, NONE, &E));
  customer = tai_desk_make_customer_ref (rig->desk, visit);
  REFUSED (TAI_CORE_ERROR_STATE, tai_desk_set_groups (rig->desk, visit, "somebody", student, &E));
  MUST (tai_desk_set_groups (rig->desk, visit, customer, none, &E));
  g_assert_nonnull (tai_visit_get_groups (visit));
  REFUSED (TAI_CORE_ERROR_OFFERING_GROUP,
           tai_desk_add_offering (rig->desk, visit, order, "off-30", 1, NONE, &E));
  MUST (tai_desk_set_groups (rig->desk, visit, customer, student, &E));
  MUST (tai_desk_add_offering (rig->desk, visit, order, "off-30", 1, NONE, &E));
  /* the same card again changes nothing; another person has not the same groups */
  MUST (tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (0), &E));
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_SIGNATURE_REQUIRED, 0);
  MUST (tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (1), &E));
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_OFFERING_GROUP, TAI_CORE_ERROR_SIGNATURE_REQUIRED,
                                 0);
  REFUSED (TAI_CORE_ERROR_STATE,
           tai_desk_set_groups (rig->desk, visit, customer, student, &E)); /* an answer that is late */
}

/* Who may have it is decided at the desk as at the window. */
static void
test_offered (void)
{
  static const char *const student[] = {"student", NULL};
  g_autoptr (TaiCatalogue) list = make_catalogue (FOR_ALL, FOR_STUDENTS);
  const TaiOffering *offering = tai_catalogue_find (list, "off-30");
  g_autoptr (TaiCatalogue) plain = make_catalogue (FOR_ALL, FOR_ALL);

  g_assert_false (tai_catalogue_has_groups (plain));
  g_assert_false (tai_offering_is_on_sale (offering, NULL, NULL, 1));
  g_assert_true (tai_offering_is_on_sale (offering, student, NULL, 1));
  g_assert_true (tai_offering_is_on_sale (tai_catalogue_find (plain, "off-30"), NULL, NULL, 1));
}

/* The hall's papers are English: what is read and signed is the English text, where there is one. */
static void
test_language_of_terms (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  TaiOrder *order;
  g_autoptr (TaiVisit) visit = park_line (rig, &order);
  const TaiOrderItem *plan = tai_order_find_item (order, TAI_OFFERING_PLAN);
  const TaiOrderItem *service = tai_order_find_item (order, TAI_OFFERING_SERVICE);
  TaiDigest digest = tai_digest_bytes (plan->key_terms, strlen (plan->key_terms));

  g_assert_cmpstr (rig->terminal->language, ==, "en");
  g_assert_true (g_str_has_prefix (plan->key_terms, "59 yuan a month."));
  g_assert_true (tai_digest_equal (digest, plan->terms_hash));
  g_assert_true (g_str_has_prefix (service->key_terms, "每月10元"));
  g_assert_true (service->consent_given);
  /* another text in a language that nobody signed is no other text */
  take_list (rig, "月费59元", "月租59元");
  MUST (tai_desk_recall (rig->desk, visit, &E));
  g_assert_true (tai_digest_equal (digest, plan->terms_hash));
  MUST (tai_desk_park (rig->desk, visit, &E));
  take_list (rig, "59 yuan a month", "Each month 59 yuan");
  MUST (tai_desk_recall (rig->desk, visit, &E));
  plan = tai_order_find_item (order, TAI_OFFERING_PLAN);
  g_assert_true (g_str_has_prefix (plan->key_terms, "Each month 59 yuan."));
  g_assert_false (tai_digest_equal (digest, plan->terms_hash));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-anew/same", test_same);
  g_test_add_func ("/desk-anew/dearer", test_dearer);
  g_test_add_func ("/desk-anew/gone", test_gone);
  g_test_add_func ("/desk-anew/other-terms", test_other_terms);
  g_test_add_func ("/desk-anew/language-of-terms", test_language_of_terms);
  g_test_add_func ("/desk-anew/next-day", test_next_day);
  g_test_add_func ("/desk-anew/groups", test_groups);
  g_test_add_func ("/desk-anew/offered", test_offered);
  return g_test_run ();
}
