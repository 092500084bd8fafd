/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bundles, trials and pretty numbers at the desk: parts come and go with their bundle, a trial is paid only after a second yes of
 * the same customer, a number that asks for more than the plan comes to is refused, and placed orders keep their figures whatever
 * the catalogue becomes.
 */
#include <string.h>

#include "tai-desk-rig.h"
#include "tai-offering-json.h"

#define FEE(id, value)                                                                                       \
  "{\"id\":\"" id "\",\"priceType\":\"recurring\",\"price\":{\"unit\":\"CNY\",\"value\":" value "}}"

static const char catalogue_text[] =
    "[{\"id\":\"plan\",\"name\":\"plan\",\"x-guitai\":{\"kind\":\"plan\"},\"productOfferingPrice\":[" FEE (
        "plan-fee",
        "59.00") "]},"
                 "{\"id\":\"bundle\",\"name\":\"bundle\",\"isBundle\":true,\"x-guitai\":{\"kind\":\"plan\"},"
                 " \"bundledProductOffering\":[{\"id\":\"net\"},{\"id\":\"card\",\"bundledProductOfferingOption\":"
                 "  {\"numberRelOfferLowerLimit\":0,\"numberRelOfferUpperLimit\":2,\"numberRelOfferDefault\":1},\"x-guitai\":{\"price\":\"own\"}}],"
                 " \"productOfferingPrice\":[" FEE (
                     "bundle-fee",
                     "129.00") "]},"
                               "{\"id\":\"net\",\"name\":\"net\",\"x-guitai\":{\"kind\":\"access\"},\"productOfferingPrice\":[" FEE (
                                   "net-fee",
                                   "70.00") "]},"
                                            "{\"id\":\"card\",\"name\":\"card\",\"isSellable\":false,\"x-guitai\":{\"kind\":\"access\"},\"productOfferingPrice\":[" FEE (
                                                "card-fee",
                                                "10.00") "]},"
                                                         "{\"id\":\"video\",\"name\":\"video\",\"x-guitai\":{\"kind\":\"service\",\"keyTerms\":\"free at first\"},"
                                                         " \"productOfferingPrice\":[{\"id\":\"video-fee\",\"priceType\":\"recurring\",\"price\":{\"unit\":\"CNY\",\"value\":15.00},"
                                                         "  \"x-guitai\":{\"trial\":{\"months\":1}}}]},"
                                                         "{\"id\":\"sim-card\",\"name\":\"SIM\",\"x-guitai\":{\"kind\":\"sim\"},\"productOfferingPrice\":"
                                                         " [{\"id\":\"sim-fee\",\"priceType\":\"oneTime\",\"price\":{\"unit\":\"CNY\",\"value\":20.00}}]},"
                                                         "{\"id\":\"grade-a\",\"name\":\"A\",\"x-guitai\":{\"kind\":\"number_grade\",\"grade\":\"A\",\"minimumSpend\":"
                                                         " {\"unit\":\"CNY\",\"value\":128.00}},\"productOfferingPrice\":[]}]";

#define PRETTY "15400008888"

typedef struct {
  TaiDeskRig *rig;
  TaiDesk *desk;
  TaiVisit *visit;
  TaiOrder *order;
} Fixture;

static void
load (TaiDesk *desk, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiCatalogue) catalogue = tai_catalogue_from_text (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  tai_desk_set_catalogue (desk, catalogue);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->rig = tai_desk_rig_new ();
  f->desk = f->rig->desk;
  load (f->desk, catalogue_text);
  tai_desk_rig_start_day (f->rig);
  MUST (tai_desk_apply_lease (f->desk, TAI_RESOURCE_NUMBER, PRETTY, "A", 0, &E));
  f->visit = tai_desk_rig_begin (f->rig);
  MUST (f->order = tai_desk_add_order (f->desk, f->visit, "new_line", &E));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->visit);
  tai_desk_rig_free (f->rig);
}

static TaiOrderItem *
find (Fixture *f, const char *id)
{
  for (guint i = 0; i < f->order->items->len; i++) {
    TaiOrderItem *item = g_ptr_array_index (f->order->items, i);

    if (g_strcmp0 (item->offering_id, id) == 0)
      return item;
  }
  return NULL;
}

/* --- bundles --- */

static void
test_parts_come_with_the_bundle (Fixture *f, gconstpointer data)
{
  g_autoptr (TaiBill) preview = NULL;

  MUST (preview = tai_desk_preview (f->desk, f->visit, f->order, "bundle", &E));
  g_assert_cmpint (preview->normal.minor, ==, 12900 + 1000);
  g_assert_cmpuint (f->order->items->len, ==, 1);
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "bundle", &E));
  g_assert_cmpuint (f->order->items->len, ==, 4);
  g_assert_cmpint (f->order->normal.minor, ==, 12900 + 1000);
  g_assert_cmpstr (find (f, "bundle")->relies_on, ==, "10");
  g_assert_cmpstr (find (f, "net")->relies_on, ==, find (f, "bundle")->id);
  g_assert_cmpint (((TaiItemPrice *)g_ptr_array_index (find (f, "net")->prices, 0))->reason, ==,
                   TAI_REASON_INCLUDED);
}

static void
test_parts_go_with_the_bundle (Fixture *f, gconstpointer data)
{
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "bundle", &E));
  MUST (tai_desk_add_offering (f->desk, f->visit, f->order, "card", 1, NONE, &E));
  g_assert_cmpint (f->order->normal.minor, ==, 12900 + 2000);
  REFUSED (TAI_CORE_ERROR_LIMIT, tai_desk_add_offering (f->desk, f->visit, f->order, "card", 1, NONE, &E));
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "plan", &E));
  g_assert_cmpuint (f->order->items->len, ==, 2); /* the second card, too */
  g_assert_cmpint (f->order->normal.minor, ==, 5900);
  /* and when it is taken out by hand */
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "bundle", &E));
  MUST (tai_desk_remove_offering (f->desk, f->visit, f->order, find (f, "bundle"), &E));
  g_assert_cmpuint (f->order->items->len, ==, 1);
  g_assert_cmpint (f->order->normal.minor, ==, 0);
}

static void
test_part_by_part (Fixture *f, gconstpointer data)
{
  REFUSED (TAI_CORE_ERROR_OFFERING_NOT_ON_SALE,
           tai_desk_add_offering (f->desk, f->visit, f->order, "card", 1, NONE, &E));
  MUST (tai_desk_add_offering (f->desk, f->visit, f->order, "bundle", 1, NONE,
                               &E)); /* with its parts, like choosing */
  g_assert_cmpuint (f->order->items->len, ==, 4);
  REFUSED (TAI_CORE_ERROR_OFFERING_REQUIRES,
           tai_desk_remove_offering (f->desk, f->visit, f->order, find (f, "net"), &E));
  g_assert_nonnull (find (f, "net"));
  MUST (tai_desk_remove_offering (f->desk, f->visit, f->order, find (f, "card"), &E));
  g_assert_null (find (f, "card"));
  g_assert_cmpint (f->order->normal.minor, ==, 12900);
}

/* A broadband that was there alone becomes the bundle's, or the bundle is not to be had: never two. */
static void
test_part_was_there (Fixture *f, gconstpointer data)
{
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "plan", &E));
  MUST (tai_desk_add_offering (f->desk, f->visit, f->order, "net", 1, NONE, &E));
  REFUSED (TAI_CORE_ERROR_LIMIT, tai_desk_choose_plan (f->desk, f->visit, f->order, "bundle", &E));
  g_assert_cmpstr (tai_order_find_item (f->order, TAI_OFFERING_PLAN)->offering_id, ==, "plan");
  g_assert_cmpint (f->order->normal.minor, ==, 5900 + 7000);
}

/* --- trials --- */

static void
test_trial_needs_two_yeses (Fixture *f, gconstpointer data)
{
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "plan", &E));
  MUST (tai_desk_add_offering (f->desk, f->visit, f->order, "video", 1, NONE, &E));
  g_assert_cmpstr (tai_order_item_get (find (f, "video"), TAI_CHARACTERISTIC_TRIAL_END), ==, "2026-11-30");
  REFUSED (TAI_CORE_ERROR_CONSENT_MISSING,
           tai_desk_confirm_after_trial (f->desk, f->visit, f->order, "video", TRUE,
                                         &E)); /* the first comes first */
  MUST (tai_desk_give_consent (f->desk, f->visit, f->order, "video", &E));
  g_assert_cmpint (f->order->normal.minor, ==, 5900); /* one yes makes nothing paid */
  MUST (tai_desk_confirm_after_trial (f->desk, f->visit, f->order, "video", TRUE, &E));
  g_assert_cmpint (f->order->normal.minor, ==, 5900 + 1500);
  g_assert_nonnull (tai_order_item_get (find (f, "video"), TAI_CHARACTERISTIC_AFTER_TRIAL));
  MUST (tai_desk_confirm_after_trial (f->desk, f->visit, f->order, "video", FALSE, &E));
  g_assert_cmpint (f->order->normal.minor, ==, 5900);
  REFUSED (TAI_CORE_ERROR_OFFERING_UNKNOWN,
           tai_desk_confirm_after_trial (f->desk, f->visit, f->order, "plan", TRUE, &E));
}

/* Somebody else's document is on the reader: neither yes is his. */
static void
test_second_yes_is_of_one_person (Fixture *f, gconstpointer data)
{
  MUST (tai_desk_identify (f->desk, f->visit, tai_desk_rig_identity (0), &E));
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "plan", &E));
  MUST (tai_desk_add_offering (f->desk, f->visit, f->order, "video", 1, NONE, &E));
  MUST (tai_desk_give_consent (f->desk, f->visit, f->order, "video", &E));
  MUST (tai_desk_confirm_after_trial (f->desk, f->visit, f->order, "video", TRUE, &E));
  MUST (tai_desk_identify (f->desk, f->visit, tai_desk_rig_identity (1), &E));
  g_assert_false (find (f, "video")->consent_given); /* and the visit cannot be placed */
  MUST (tai_desk_give_consent (f->desk, f->visit, f->order, "video", &E));
  g_assert_null (tai_order_item_get (find (f, "video"), TAI_CHARACTERISTIC_AFTER_TRIAL));
  g_assert_cmpint (f->order->normal.minor, ==, 5900);
}

/* --- pretty numbers --- */

static void
test_grade_asks_for_its_minimum (Fixture *f, gconstpointer data)
{
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "plan", &E));
  REFUSED (TAI_CORE_ERROR_MINIMUM_SPEND, tai_desk_choose_number (f->desk, f->visit, f->order, PRETTY, &E));
  g_assert_null (tai_order_get (f->order, "MSISDN"));
  g_assert_cmpint (tai_desk_rig_stock_state (f->rig, TAI_RESOURCE_NUMBER, PRETTY), ==, TAI_RESOURCE_LEASED);
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "bundle", &E));
  MUST (tai_desk_choose_number (f->desk, f->visit, f->order, PRETTY, &E));
  g_assert_cmpstr (tai_order_get (f->order, TAI_CHARACTERISTIC_GRADE), ==, "A");
  /* another plan afterwards: it cannot be placed so */
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "plan", &E));
  tai_desk_rig_assert_obstacles (f->rig, f->visit, TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_SIM_REQUIRED,
                                 TAI_CORE_ERROR_MINIMUM_SPEND, TAI_CORE_ERROR_SIGNATURE_REQUIRED, 0);
  /* and a plain number asks nothing */
  MUST (tai_desk_choose_number (f->desk, f->visit, f->order, tai_desk_rig_msisdn (3), &E));
  g_assert_null (tai_order_get (f->order, TAI_CHARACTERISTIC_GRADE));
  tai_desk_rig_assert_obstacles (f->rig, f->visit, TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_SIM_REQUIRED,
                                 TAI_CORE_ERROR_SIGNATURE_REQUIRED, 0);
}

static void
test_number_before_the_plan (Fixture *f, gconstpointer data)
{
  MUST (tai_desk_choose_number (f->desk, f->visit, f->order, PRETTY, &E)); /* nothing to compare yet */
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "plan", &E));
  tai_desk_rig_assert_obstacles (f->rig, f->visit, TAI_CORE_ERROR_ID_REQUIRED, TAI_CORE_ERROR_SIM_REQUIRED,
                                 TAI_CORE_ERROR_MINIMUM_SPEND, TAI_CORE_ERROR_SIGNATURE_REQUIRED, 0);
}

/* --- the record --- */

/* What was placed keeps its figures and their reasons in the store, whatever the prices become. */
static void
test_placed_figures_stay (Fixture *f, gconstpointer data)
{
  g_autofree char *dearer = NULL;
  g_auto (GStrv) parts = g_strsplit (catalogue_text, "59.00", -1);
  g_autoptr (TaiOrder) stored = NULL;
  const TaiOrderItem *plan;
  g_autoptr (GArray) months = NULL;

  MUST (tai_desk_identify (f->desk, f->visit, tai_desk_rig_identity (0), &E));
  MUST (tai_desk_choose_plan (f->desk, f->visit, f->order, "plan", &E));
  MUST (tai_desk_choose_number (f->desk, f->visit, f->order, tai_desk_rig_msisdn (0), &E));
  MUST (tai_desk_choose_sim (f->desk, f->visit, f->order, tai_desk_rig_iccid (0), &E));
  MUST (tai_desk_add_offering (f->desk, f->visit, f->order, "sim-card", 1, NONE, &E));
  tai_desk_rig_place (f->rig, f->visit);
  dearer = g_strjoinv ("99.00", parts);
  load (f->desk, dearer);
  tai_desk_rig_pay (f->rig, f->visit);
  MUST (stored = tai_visit_store_find_order (TAI_VISIT_STORE (f->rig->store), f->order->id.text, &E));
  g_assert_cmpint (stored->today.minor, ==, 2000);
  g_assert_cmpint (stored->normal.minor, ==, 5900);
  plan = tai_order_find_item (stored, TAI_OFFERING_PLAN);
  g_assert_cmpint (((TaiItemPrice *)g_ptr_array_index (plan->prices, 0))->list.minor, ==, 5900);
  MUST (months = tai_order_get_stretches (stored, &E));
  g_assert_cmpint (tai_stretch_list_get (months, 12, TAI_CNY).minor, ==, 5900);
  tai_desk_rig_assert_sound (f->rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/core/desk/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("bundle/parts-come", test_parts_come_with_the_bundle);
  ADD ("bundle/parts-go", test_parts_go_with_the_bundle);
  ADD ("bundle/part-by-part", test_part_by_part);
  ADD ("bundle/part-was-there", test_part_was_there);
  ADD ("trial/two-yeses", test_trial_needs_two_yeses);
  ADD ("trial/one-person", test_second_yes_is_of_one_person);
  ADD ("grade/minimum", test_grade_asks_for_its_minimum);
  ADD ("grade/number-first", test_number_before_the_plan);
  ADD ("placed/figures-stay", test_placed_figures_stay);
  return g_test_run ();
}
