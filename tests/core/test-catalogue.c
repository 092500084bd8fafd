/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalogue: what it gives back, and that each fault keeps the whole of it out, with all reasons.
 */
#include "tai-catalogue.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-rating.h"

/* A plan, a service that requires it, a SIM, an open top-up and a discount on the plan: nothing wrong with them. */
static GPtrArray *
good_offerings (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  const struct {
    const char *id, *name;
    TaiOfferingKind kind;
    TaiPriceType type;
    gint64 minor;
  } rows[] = {
      {"plan", "畅享59", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 5900},
      {"ring", "彩铃", TAI_OFFERING_SERVICE, TAI_PRICE_RECURRING, 1000},
      {"sim", "SIM卡", TAI_OFFERING_SIM, TAI_PRICE_ONE_TIME, 2000},
      {"topup", "充值", TAI_OFFERING_TOP_UP, TAI_PRICE_DEPOSIT, 0},
      {"off30", "首半年七折", TAI_OFFERING_DISCOUNT, TAI_PRICE_RECURRING, 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    TaiOffering *offering = tai_offering_new (rows[i].id, rows[i].kind);
    TaiPrice *price = tai_offering_add_price (offering, "p", rows[i].type);

    offering->name = g_strdup (rows[i].name);
    price->amount = tai_money (rows[i].minor, TAI_CNY);
    g_ptr_array_add (offerings, offering);
  }
  return offerings;
}

static TaiOffering *
pick (GPtrArray *offerings, const char *id)
{
  for (guint i = 0; i < offerings->len; i++) {
    TaiOffering *offering = g_ptr_array_index (offerings, i);

    if (g_str_equal (offering->id, id))
      return offering;
  }
  g_assert_not_reached ();
}

static TaiPrice *
pick_price (GPtrArray *offerings, const char *id)
{
  return g_ptr_array_index (pick (offerings, id)->prices, 0);
}

static void
set_list (char ***list, const char *comma_separated)
{
  g_strfreev (*list);
  *list = g_strsplit (comma_separated, ",", -1);
}

/* The sample with its open price and its discount filled in. */
static GPtrArray *
sample (void)
{
  GPtrArray *offerings = good_offerings ();
  TaiPrice *open = pick_price (offerings, "topup");
  TaiPrice *discount = pick_price (offerings, "off30");

  open->is_open = TRUE;
  open->minimum = tai_money (100, TAI_CNY);
  open->maximum = tai_money (50000, TAI_CNY);
  discount->discount.kind = TAI_DISCOUNT_PERCENT;
  discount->discount.percent_x100 = 3000;
  discount->discount.months = 6;
  set_list (&pick (offerings, "ring")->requires, "plan");
  set_list (&pick (offerings, "off30")->applies_to, "plan");
  return offerings;
}

static TaiCatalogue *
build_good (GPtrArray *offerings)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  TaiCatalogue *catalogue = tai_catalogue_build (offerings, "\"v7\"", &problems, &error);

  g_assert_no_error (error);
  g_assert_null (problems);
  return catalogue;
}

static void
test_build (void)
{
  g_autoptr (TaiCatalogue) catalogue = build_good (sample ());

  g_assert_cmpstr (tai_catalogue_get_etag (catalogue), ==, "\"v7\"");
  g_assert_cmpuint (tai_catalogue_get_n_offerings (catalogue), ==, 5);
  g_assert_cmpstr (tai_catalogue_get_offering (catalogue, 0)->id, ==, "plan");
  g_assert_cmpstr (tai_catalogue_get_offering (catalogue, 4)->id, ==, "off30");
  g_assert_cmpstr (tai_catalogue_find (catalogue, "ring")->name, ==, "彩铃");
  g_assert_null (tai_catalogue_find (catalogue, "Ring"));
  g_assert_null (tai_catalogue_find (catalogue, ""));
  g_assert_null (tai_catalogue_find (catalogue, NULL));
}

static void
test_empty (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiCatalogue) catalogue = tai_catalogue_build (g_ptr_array_new (), NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (tai_catalogue_get_n_offerings (catalogue), ==, 0);
  g_assert_null (tai_catalogue_get_etag (catalogue));
  g_assert_null (tai_catalogue_find_kind (catalogue, TAI_OFFERING_PLAN, 1));
}

static void
test_reference (void)
{
  TaiCatalogue *catalogue = build_good (sample ());
  TaiCatalogue *second = tai_catalogue_ref (catalogue);

  tai_catalogue_unref (catalogue);
  g_assert_nonnull (tai_catalogue_find (second, "plan"));
  tai_catalogue_unref (second);
  tai_catalogue_unref (NULL);
}

static void
test_price_names (void)
{
  GPtrArray *offerings = sample ();
  g_autoptr (TaiCatalogue) catalogue = NULL;

  pick_price (offerings, "ring")->name = g_strdup ("月功能费");
  pick_price (offerings, "sim")->name = g_strdup ("");
  catalogue = build_good (offerings);
  g_assert_cmpstr (pick_price (offerings, "plan")->name, ==, "畅享59");
  g_assert_cmpstr (pick_price (offerings, "ring")->name, ==, "月功能费");
  g_assert_cmpstr (pick_price (offerings, "sim")->name, ==, "SIM卡");
}

static void
test_find_kind (void)
{
  GPtrArray *offerings = sample ();
  TaiOffering *later = tai_offering_new ("plan2", TAI_OFFERING_PLAN);
  g_autoptr (TaiCatalogue) catalogue = NULL;

  later->name = g_strdup ("畅享99");
  tai_offering_add_price (later, "p", TAI_PRICE_RECURRING)->amount = tai_money (9900, TAI_CNY);
  g_ptr_array_add (offerings, later);
  pick (offerings, "plan")->valid_from_us = 100;
  pick (offerings, "plan")->valid_until_us = 200;
  later->valid_from_us = 150;
  catalogue = build_good (offerings);
  g_assert_null (tai_catalogue_find_kind (catalogue, TAI_OFFERING_PLAN, 99));
  g_assert_cmpstr (tai_catalogue_find_kind (catalogue, TAI_OFFERING_PLAN, 100)->id, ==, "plan");
  g_assert_cmpstr (tai_catalogue_find_kind (catalogue, TAI_OFFERING_PLAN, 199)->id, ==, "plan");
  g_assert_cmpstr (tai_catalogue_find_kind (catalogue, TAI_OFFERING_PLAN, 200)->id, ==, "plan2");
  g_assert_cmpstr (tai_catalogue_find_kind (catalogue, TAI_OFFERING_TOP_UP, 0)->id, ==, "topup");
  g_assert_null (tai_catalogue_find_kind (catalogue, TAI_OFFERING_GOODS, 150));
}

/* --- faults: one change to the sample, and the words that the reason must have --- */

typedef void (*SpoilFunc) (GPtrArray *offerings);

static void
spoil_duplicate (GPtrArray *o)
{
  TaiOffering *copy = tai_offering_new ("plan", TAI_OFFERING_PLAN);

  copy->name = g_strdup ("x");
  tai_offering_add_price (copy, "p", TAI_PRICE_RECURRING)->amount = tai_money (1, TAI_CNY);
  g_ptr_array_add (o, copy);
}
static void
spoil_empty_id (GPtrArray *o)
{
  pick (o, "sim")->id[0] = '\0';
}
static void
spoil_no_name (GPtrArray *o)
{
  g_clear_pointer (&pick (o, "plan")->name, g_free);
}
static void
spoil_empty_name (GPtrArray *o)
{
  pick (o, "plan")->name[0] = '\0';
}
static void
spoil_no_price (GPtrArray *o)
{
  g_ptr_array_set_size (pick (o, "sim")->prices, 0);
}
static void
spoil_two_prices (GPtrArray *o)
{
  tai_offering_add_price (pick (o, "sim"), "p", TAI_PRICE_ONE_TIME)->amount = tai_money (1, TAI_CNY);
}
static void
spoil_many_prices (GPtrArray *o)
{
  for (guint i = 0; i < TAI_OFFERING_MAX_PRICES; i++) {
    g_autofree char *id = g_strdup_printf ("p%u", i);

    tai_offering_add_price (pick (o, "sim"), id, TAI_PRICE_ONE_TIME)->amount = tai_money (1, TAI_CNY);
  }
}
static void
spoil_empty_price_id (GPtrArray *o)
{
  pick_price (o, "sim")->id[0] = '\0';
}
static void
spoil_negative (GPtrArray *o)
{
  pick_price (o, "plan")->amount.minor = -1;
}
static void
spoil_too_much (GPtrArray *o)
{
  pick_price (o, "plan")->amount.minor = TAI_MONEY_LIMIT_MINOR + 1;
}
static void
spoil_no_currency (GPtrArray *o)
{
  pick_price (o, "plan")->amount.currency = 0;
}
static void
spoil_unknown_currency (GPtrArray *o)
{
  pick_price (o, "plan")->amount.currency = 1;
}
static void
spoil_two_currencies (GPtrArray *o)
{
  pick_price (o, "sim")->amount.currency = 392;
}
static void
spoil_requires_unknown (GPtrArray *o)
{
  set_list (&pick (o, "ring")->requires, "plan,nothing");
}
static void
spoil_requires_itself (GPtrArray *o)
{
  set_list (&pick (o, "ring")->requires, "ring");
}
static void
spoil_circle (GPtrArray *o)
{
  set_list (&pick (o, "plan")->requires, "sim");
  set_list (&pick (o, "sim")->requires, "ring");
}
static void
spoil_excludes_required (GPtrArray *o)
{
  set_list (&pick (o, "ring")->excludes, "plan");
}
static void
spoil_excluded_by_required (GPtrArray *o)
{
  set_list (&pick (o, "plan")->excludes, "topup,ring");
}
static void
spoil_required_exclude_each_other (GPtrArray *o)
{
  set_list (&pick (o, "ring")->requires, "plan,sim");
  set_list (&pick (o, "sim")->excludes, "plan");
}
static void
spoil_excludes_far_required (GPtrArray *o)
{
  set_list (&pick (o, "plan")->requires, "sim");
  set_list (&pick (o, "ring")->excludes, "sim");
}
static void
spoil_requires_too_much (GPtrArray *o)
{
  g_autoptr (GString) ids = g_string_new ("plan");

  for (guint i = 0; i < TAI_BASKET_MAX; i++) {
    g_autofree char *id = g_strdup_printf ("x%u", i);
    TaiOffering *offering = tai_offering_new (id, TAI_OFFERING_SERVICE);

    offering->name = g_strdup ("x");
    tai_offering_add_price (offering, "p", TAI_PRICE_RECURRING)->amount = tai_money (1, TAI_CNY);
    g_ptr_array_add (o, offering);
    g_string_append_printf (ids, ",%s", id);
  }
  set_list (&pick (o, "ring")->requires, ids->str);
}
static void
spoil_percent_above (GPtrArray *o)
{
  pick_price (o, "off30")->discount.percent_x100 = 10001;
}
static void
spoil_percent_below (GPtrArray *o)
{
  pick_price (o, "off30")->discount.percent_x100 = -1;
}
static void
spoil_discount_amount (GPtrArray *o)
{
  pick_price (o, "off30")->discount.kind = TAI_DISCOUNT_AMOUNT;
  pick_price (o, "off30")->discount.amount = tai_money (-1, TAI_CNY);
}
static void
spoil_discount_months (GPtrArray *o)
{
  pick_price (o, "off30")->discount.months = -1;
}
static void
spoil_discount_none (GPtrArray *o)
{
  pick_price (o, "off30")->discount.kind = TAI_DISCOUNT_NONE;
}
static void
spoil_discount_in_plan (GPtrArray *o)
{
  pick_price (o, "plan")->discount.kind = TAI_DISCOUNT_PERCENT;
}
static void
spoil_discount_one_time (GPtrArray *o)
{
  pick_price (o, "off30")->type = TAI_PRICE_ONE_TIME;
}
static void
spoil_validity (GPtrArray *o)
{
  pick (o, "plan")->valid_from_us = 200;
  pick (o, "plan")->valid_until_us = 200;
}
static void
spoil_price_validity (GPtrArray *o)
{
  pick_price (o, "plan")->valid_from_us = 201;
  pick_price (o, "plan")->valid_until_us = 200;
}
static void
spoil_open_range (GPtrArray *o)
{
  pick_price (o, "topup")->minimum.minor = 50001;
}
static void
spoil_open_negative (GPtrArray *o)
{
  pick_price (o, "topup")->minimum.minor = -1;
}
static void
spoil_open_currency (GPtrArray *o)
{
  pick_price (o, "topup")->maximum.currency = 392;
}
static void
spoil_open_recurring (GPtrArray *o)
{
  pick_price (o, "topup")->type = TAI_PRICE_RECURRING;
}
static void
spoil_two_open (GPtrArray *o)
{
  tai_offering_add_price (pick (o, "topup"), "q", TAI_PRICE_DEPOSIT)->is_open = TRUE;
}
static void
spoil_yearly (GPtrArray *o)
{
  pick_price (o, "plan")->period_months = 12;
}
static void
spoil_exact (GPtrArray *o)
{
  pick_price (o, "plan")->rounding = TAI_ROUNDING_EXACT;
}
static void
spoil_penalty_percent (GPtrArray *o)
{
  pick (o, "plan")->penalty = TAI_PENALTY_SHARE_OF_REST;
  pick (o, "plan")->penalty_percent_x100 = 10001;
}
static void
spoil_penalty_amount (GPtrArray *o)
{
  pick (o, "plan")->penalty = TAI_PENALTY_FIXED;
}
static void
spoil_contract (GPtrArray *o)
{
  pick (o, "plan")->contract_months = -12;
}

static void
spoil_penalty_alone (GPtrArray *o)
{
  pick (o, "plan")->penalty = TAI_PENALTY_SHARE_OF_REST;
}
static void
spoil_applies_to_unknown (GPtrArray *o)
{
  set_list (&pick (o, "off30")->applies_to, "plan,nothing");
}
static void
spoil_applies_to_of_plan (GPtrArray *o)
{
  set_list (&pick (o, "plan")->applies_to, "ring");
}
static void
spoil_operations (GPtrArray *o)
{
  set_list (&pick (o, "plan")->operations, "top_up,suspend");
}

/* A second monthly price of the plan that takes over at @from_us. */
static TaiPrice *
add_change (GPtrArray *o, const char *replaces, gint64 from_us)
{
  TaiPrice *price = tai_offering_add_price (pick (o, "plan"), "q", TAI_PRICE_RECURRING);

  price->amount = tai_money (6500, TAI_CNY);
  price->replaces = g_strdup (replaces);
  price->valid_from_us = from_us;
  return price;
}
static void
spoil_replaces_unknown (GPtrArray *o)
{
  add_change (o, "nothing", 1000);
}
static void
spoil_replaces_itself (GPtrArray *o)
{
  add_change (o, "q", 1000);
}
static void
spoil_replaces_never (GPtrArray *o)
{
  add_change (o, "p", 0);
}
static void
spoil_replaces_too_early (GPtrArray *o)
{
  add_change (o, "p", 1000);
  pick_price (o, "plan")->valid_from_us = 1000;
}
static void
spoil_replaces_with_gap (GPtrArray *o)
{
  add_change (o, "p", 1000);
  pick_price (o, "plan")->valid_until_us = 999;
}
static void
spoil_replaces_once (GPtrArray *o)
{
  add_change (o, "p", 1000)->type = TAI_PRICE_ONE_TIME;
}
static void
spoil_replaces_twice (GPtrArray *o)
{
  TaiPrice *price = add_change (o, "p", 1000);

  g_free (price->id);
  price->id = g_strdup ("r");
  add_change (o, "p", 2000);
}
static void
spoil_free_at_first (GPtrArray *o)
{
  pick_price (o, "ring")->first_period = TAI_FIRST_PERIOD_FREE;
}
static void
spoil_trial_of_plan (GPtrArray *o)
{
  pick_price (o, "plan")->trial_months = 1;
}
static void
spoil_trial_negative (GPtrArray *o)
{
  pick_price (o, "ring")->trial_months = -1;
}
static void
spoil_trial_without_terms (GPtrArray *o)
{
  pick_price (o, "ring")->trial_months = 1;
}

static TaiBundlePart *
make_bundle (GPtrArray *o, const char *part)
{
  return tai_offering_add_part (pick (o, "plan"), part);
}
static void
spoil_part_unknown (GPtrArray *o)
{
  make_bundle (o, "nothing");
}
static void
spoil_part_itself (GPtrArray *o)
{
  make_bundle (o, "plan");
}
static void
spoil_part_twice (GPtrArray *o)
{
  make_bundle (o, "ring");
  make_bundle (o, "ring");
}
static void
spoil_part_discount (GPtrArray *o)
{
  make_bundle (o, "off30");
}
static void
spoil_part_range (GPtrArray *o)
{
  make_bundle (o, "ring")->lower = 2;
}
static void
spoil_part_preset (GPtrArray *o)
{
  make_bundle (o, "ring")->preset = 2;
}
static void
spoil_part_excluded (GPtrArray *o)
{
  make_bundle (o, "sim");
  set_list (&pick (o, "plan")->excludes, "sim");
}
static void
spoil_bundle_of_bundle (GPtrArray *o)
{
  make_bundle (o, "ring");
  tai_offering_add_part (pick (o, "ring"), "sim");
}
static void
spoil_bundles_in_circle (GPtrArray *o)
{
  make_bundle (o, "ring");
  tai_offering_add_part (pick (o, "ring"), "plan");
}
static void
spoil_bundle_kind (GPtrArray *o)
{
  tai_offering_add_part (pick (o, "ring"), "sim");
}

static TaiOffering *
add_grade (GPtrArray *o, const char *id, const char *grade)
{
  TaiOffering *offering = tai_offering_new (id, TAI_OFFERING_NUMBER_GRADE);

  offering->name = g_strdup ("A");
  offering->grade = g_strdup (grade);
  offering->minimum_spend = tai_money (12800, TAI_CNY);
  g_ptr_array_add (o, offering);
  return offering;
}
static void
spoil_grade_nameless (GPtrArray *o)
{
  add_grade (o, "grade", NULL);
}
static void
spoil_grade_twice (GPtrArray *o)
{
  add_grade (o, "grade", "A");
  add_grade (o, "grade-2", "A");
}
static void
spoil_grade_without_minimum (GPtrArray *o)
{
  add_grade (o, "grade", "A")->minimum_spend = tai_money (0, 0);
}
static void
spoil_grade_priced (GPtrArray *o)
{
  tai_offering_add_price (add_grade (o, "grade", "A"), "p", TAI_PRICE_ONE_TIME)->amount =
      tai_money (1, TAI_CNY);
}
static void
spoil_minimum_of_plan (GPtrArray *o)
{
  pick (o, "plan")->minimum_spend = tai_money (1, TAI_CNY);
}

static const struct {
  const char *name;
  SpoilFunc spoil;
  const char *offering, *reason;
} faults[] = {
    {"duplicate", spoil_duplicate, "plan", "exists twice"},
    {"empty-id", spoil_empty_id, "", "no id"},
    {"no-name", spoil_no_name, "plan", "no name"},
    {"empty-name", spoil_empty_name, "plan", "no name"},
    {"no-price", spoil_no_price, "sim", "no price"},
    {"two-prices-of-one-id", spoil_two_prices, "sim", "two prices p"},
    {"many-prices", spoil_many_prices, "sim", "more than 64 prices"},
    {"empty-price-id", spoil_empty_price_id, "sim", "without an id"},
    {"negative", spoil_negative, "plan", "negative"},
    {"too-much", spoil_too_much, "plan", "above the limit"},
    {"no-currency", spoil_no_currency, "plan", "no known currency"},
    {"unknown-currency", spoil_unknown_currency, "plan", "no known currency"},
    {"two-currencies", spoil_two_currencies, "sim", "another currency"},
    {"requires-unknown", spoil_requires_unknown, "ring", "requires nothing, which does not exist"},
    {"requires-itself", spoil_requires_itself, "ring", "circle"},
    {"circle", spoil_circle, "plan", "circle"},
    {"excludes-required", spoil_excludes_required, "ring", "requires what is excluded"},
    {"excluded-by-required", spoil_excluded_by_required, "ring", "requires what is excluded"},
    {"required-exclude-each-other", spoil_required_exclude_each_other, "ring", "requires what is excluded"},
    {"excludes-far-required", spoil_excludes_far_required, "ring", "requires what is excluded"},
    {"requires-too-much", spoil_requires_too_much, "ring", "more than a basket holds"},
    {"percent-above", spoil_percent_above, "off30", "outside 0..100"},
    {"percent-below", spoil_percent_below, "off30", "outside 0..100"},
    {"discount-amount", spoil_discount_amount, "off30", "negative"},
    {"discount-months", spoil_discount_months, "off30", "negative number of months"},
    {"discount-none", spoil_discount_none, "off30", "takes nothing off"},
    {"discount-in-plan", spoil_discount_in_plan, "plan", "of another kind"},
    {"discount-one-time", spoil_discount_one_time, "off30", "on monthly prices"},
    {"validity", spoil_validity, "plan", "ends before it begins"},
    {"price-validity", spoil_price_validity, "plan", "ends before it begins"},
    {"open-range", spoil_open_range, "topup", "minimum above maximum"},
    {"open-negative", spoil_open_negative, "topup", "negative"},
    {"open-currency", spoil_open_currency, "topup", "another currency"},
    {"open-recurring", spoil_open_recurring, "topup", "paid at once"},
    {"two-open", spoil_two_open, "topup", "more than one open price"},
    {"yearly", spoil_yearly, "plan", "not monthly"},
    {"exact", spoil_exact, "plan", "needs a rounding"},
    {"penalty-percent", spoil_penalty_percent, "plan", "outside 0..100"},
    {"penalty-amount", spoil_penalty_amount, "plan", "no known currency"},
    {"contract", spoil_contract, "plan", "negative contract"},
    {"penalty-alone", spoil_penalty_alone, "plan", "penalty without a contract"},
    {"applies-to-unknown", spoil_applies_to_unknown, "off30", "applies to nothing, which does not exist"},
    {"applies-to-of-plan", spoil_applies_to_of_plan, "plan", "only a discount applies"},
    {"operations", spoil_operations, "plan", "none of its businesses takes a plan"},
    {"replaces-unknown", spoil_replaces_unknown, "plan", "replaces nothing, which is no other price"},
    {"replaces-itself", spoil_replaces_itself, "plan", "replaces q, which is no other price"},
    {"replaces-never", spoil_replaces_never, "plan", "does not begin after"},
    {"replaces-too-early", spoil_replaces_too_early, "plan", "does not begin after"},
    {"replaces-with-gap", spoil_replaces_with_gap, "plan", "does not begin when"},
    {"replaces-once", spoil_replaces_once, "plan", "only a monthly price can replace"},
    {"replaces-twice", spoil_replaces_twice, "plan", "another price replaces p, too"},
    {"free-at-first", spoil_free_at_first, "ring", "free at first and paid later needs a trial"},
    {"trial-of-plan", spoil_trial_of_plan, "plan", "only a service's monthly price"},
    {"trial-negative", spoil_trial_negative, "ring", "negative trial"},
    {"trial-without-terms", spoil_trial_without_terms, "ring", "trial without key terms"},
    {"part-unknown", spoil_part_unknown, "plan", "part nothing does not exist"},
    {"part-itself", spoil_part_itself, "plan", "a part of itself"},
    {"part-twice", spoil_part_twice, "plan", "part ring stands there twice"},
    {"part-discount", spoil_part_discount, "plan", "a discount is no part"},
    {"part-range", spoil_part_range, "plan", "part ring: from 2 to 1 pieces"},
    {"part-preset", spoil_part_preset, "plan", "begins with 2 pieces"},
    {"part-excluded", spoil_part_excluded, "plan", "requires what is excluded"},
    {"bundle-of-bundle", spoil_bundle_of_bundle, "plan", "part ring is a bundle itself"},
    {"bundles-in-circle", spoil_bundles_in_circle, "plan", "hold each other in a circle"},
    {"bundle-kind", spoil_bundle_kind, "ring", "a bundle is sold as a plan"},
    {"grade-nameless", spoil_grade_nameless, "grade", "without its name in the stock"},
    {"grade-twice", spoil_grade_twice, "grade-2", "grade A stands there twice"},
    {"grade-without-minimum", spoil_grade_without_minimum, "grade", "minimum has no known currency"},
    {"grade-priced", spoil_grade_priced, "grade", "no price of its own"},
    {"minimum-of-plan", spoil_minimum_of_plan, "plan", "only a number_grade"},
};

static gboolean
has_problem (GPtrArray *problems, const char *offering, const char *reason)
{
  g_autofree char *begin = g_strdup_printf ("offering %s: ", offering);

  for (guint i = 0; i < problems->len; i++) {
    const char *text = g_ptr_array_index (problems, i);

    if (g_str_has_prefix (text, begin) && strstr (text, reason))
      return TRUE;
  }
  return FALSE;
}

static void
test_fault (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  GPtrArray *offerings = sample ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  faults[i].spoil (offerings);
  g_assert_null (tai_catalogue_build (offerings, NULL, &problems, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE);
  g_assert_nonnull (problems);
  if (!has_problem (problems, faults[i].offering, faults[i].reason))
    g_error ("%s: not among the %u problems, the first is \"%s\"", faults[i].reason, problems->len,
             (const char *)g_ptr_array_index (problems, 0));
}

/* All faults that do not touch each other, at once: each is told. */
static void
test_all_reasons (void)
{
  GPtrArray *offerings = sample ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  spoil_no_name (offerings);
  spoil_negative (offerings);
  spoil_requires_unknown (offerings);
  spoil_percent_above (offerings);
  spoil_open_range (offerings);
  spoil_no_price (offerings);
  g_assert_null (tai_catalogue_build (offerings, NULL, &problems, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE);
  g_assert_cmpuint (problems->len, ==, 6);
  g_assert_true (has_problem (problems, "plan", "no name"));
  g_assert_true (has_problem (problems, "plan", "negative"));
  g_assert_true (has_problem (problems, "ring", "does not exist"));
  g_assert_true (has_problem (problems, "off30", "outside 0..100"));
  g_assert_true (has_problem (problems, "topup", "minimum above maximum"));
  g_assert_true (has_problem (problems, "sim", "no price"));
  g_assert_nonnull (strstr (error->message, "6 faults"));
}

/* Each member of a circle is named, who only leads into it is not. */
static void
test_circle_members (void)
{
  GPtrArray *offerings = sample ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  set_list (&pick (offerings, "plan")->requires, "sim");
  set_list (&pick (offerings, "sim")->requires, "plan");
  g_assert_null (tai_catalogue_build (offerings, NULL, &problems, &error));
  g_assert_true (has_problem (problems, "plan", "circle"));
  g_assert_true (has_problem (problems, "sim", "circle"));
  g_assert_false (has_problem (problems, "ring", "circle"));
  g_assert_cmpuint (problems->len, ==, 2);
}

/* Not read in full: only that is told of it, it refuses the whole alone, and who names it is not wrong to do so. */
static void
test_half_read (void)
{
  GPtrArray *offerings = sample ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  set_list (&pick (offerings, "plan")->requires, "sim");
  spoil_negative (offerings);
  pick (offerings, "sim")->fault = g_strdup ("price: no number; version: no text");
  g_ptr_array_set_size (pick (offerings, "sim")->prices, 0);
  g_assert_null (tai_catalogue_build (offerings, NULL, &problems, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE);
  g_assert_true (has_problem (problems, "sim", "price: no number; version: no text"));
  g_assert_false (has_problem (problems, "sim", "no price"));
  g_assert_false (has_problem (problems, "plan", "does not exist"));
  g_assert_cmpuint (problems->len, >=, 2); /* the negative price, too */

  g_clear_pointer (&problems, g_ptr_array_unref);
  g_clear_error (&error);
  offerings = sample ();
  pick (offerings, "sim")->fault = g_strdup ("price: no number");
  g_assert_null (tai_catalogue_build (offerings, NULL, &problems, &error));
  g_assert_cmpuint (problems->len, ==, 1);
}

static void
test_problems_are_optional (void)
{
  GPtrArray *offerings = sample ();
  g_autoptr (GError) error = NULL;

  spoil_negative (offerings);
  g_assert_null (tai_catalogue_build (offerings, NULL, NULL, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE);
}

/* What looks odd and is right: a free gift, exclusions of what this region does not sell, the edges of the ranges. */
static void
test_not_faults (void)
{
  GPtrArray *offerings = sample ();
  g_autoptr (TaiCatalogue) catalogue = NULL;

  pick_price (offerings, "sim")->amount.minor = 0;
  pick_price (offerings, "plan")->amount.minor = TAI_MONEY_LIMIT_MINOR;
  set_list (&pick (offerings, "ring")->excludes, "elsewhere");
  set_list (&pick (offerings, "plan")->excludes, "plan");
  pick_price (offerings, "off30")->discount.percent_x100 = 10000;
  pick_price (offerings, "off30")->discount.months = 0;
  pick_price (offerings, "topup")->minimum = pick_price (offerings, "topup")->maximum;
  catalogue = build_good (offerings);
  g_assert_nonnull (catalogue);
}

static void
test_open_without_bounds (void)
{
  GPtrArray *offerings = sample ();
  g_autoptr (TaiCatalogue) catalogue = NULL;

  pick_price (offerings, "topup")->minimum = (TaiMoney){0};
  pick_price (offerings, "topup")->maximum = (TaiMoney){0};
  catalogue = build_good (offerings);
  g_assert_nonnull (catalogue);
}

/* Ten thousand offerings, each service requiring its plan (design: a terminal's scale). */
static void
test_many (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) catalogue = NULL;

  for (guint i = 0; i < 10000; i++) {
    g_autofree char *id = g_strdup_printf ("o%u", i);
    TaiOffering *offering = tai_offering_new (id, i % 10 == 0 ? TAI_OFFERING_PLAN : TAI_OFFERING_SERVICE);

    offering->name = g_strdup (id);
    tai_offering_add_price (offering, "p", TAI_PRICE_RECURRING)->amount = tai_money (i, TAI_CNY);
    if (i % 10 != 0) {
      g_autofree char *plan = g_strdup_printf ("o%u", i - i % 10);

      set_list (&offering->requires, plan);
    }
    g_ptr_array_add (offerings, offering);
  }
  catalogue = build_good (offerings);
  g_assert_cmpstr (tai_catalogue_find (catalogue, "o9999")->requires[0], ==, "o9990");
}

/* A chain that never ends within a basket is refused without walking all of it from each link. */
static void
test_long_chain (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20000; i++) {
    g_autofree char *id = g_strdup_printf ("o%u", i);
    g_autofree char *next = g_strdup_printf ("o%u", (i + 1) % 20000);
    TaiOffering *offering = tai_offering_new (id, TAI_OFFERING_SERVICE);

    offering->name = g_strdup (id);
    tai_offering_add_price (offering, "p", TAI_PRICE_RECURRING)->amount = tai_money (i, TAI_CNY);
    set_list (&offering->requires, next);
    g_ptr_array_add (offerings, offering);
  }
  g_assert_null (tai_catalogue_build (offerings, NULL, &problems, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE);
  g_assert_cmpuint (problems->len, ==, 20000);
}

static void
test_too_many (void)
{
  GPtrArray *offerings = g_ptr_array_new ();
  g_autoptr (GPtrArray) problems = NULL;

  for (guint i = 0; i < 20001; i++) {
    g_autofree char *id = g_strdup_printf ("o%u", i);
    TaiOffering *offering = tai_offering_new (id, TAI_OFFERING_GOODS);

    offering->name = g_strdup (id);
    tai_offering_add_price (offering, "p", TAI_PRICE_ONE_TIME)->amount = tai_money (i, TAI_CNY);
    g_ptr_array_add (offerings, offering);
  }
  g_assert_null (tai_catalogue_build (offerings, NULL, &problems, NULL));
  g_assert_cmpuint (problems->len, ==, 1);
}

/* --- texts --- */

#define CHECK_TEXTS(Type, prefix, ...)                                                                       \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    const char *const texts[] = {__VA_ARGS__};                                                               \
    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {                                                       \
      g_autoptr (GError) error = NULL;                                                                       \
      Type value = (Type)77;                                                                                 \
      g_assert_cmpstr (prefix##_to_text ((Type)i), ==, texts[i]);                                            \
      g_assert_true (prefix##_from_text (texts[i], &value, &error));                                         \
      g_assert_no_error (error);                                                                             \
      g_assert_cmpuint (value, ==, i);                                                                       \
      g_assert_false (prefix##_from_text ("Plan", &value, &error));                                          \
      g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);                                     \
      g_assert_cmpuint (value, ==, i);                                                                       \
      g_assert_false (prefix##_from_text (NULL, &value, NULL));                                              \
    }                                                                                                        \
  }                                                                                                          \
  G_STMT_END

static void
test_texts (void)
{
  CHECK_TEXTS (TaiOfferingKind, tai_offering_kind, "plan", "service", "sim", "prepayment", "top_up",
               "discount", "goods");
  CHECK_TEXTS (TaiPriceType, tai_price_type, "recurring", "oneTime", "usage", "deposit");
  CHECK_TEXTS (TaiFirstPeriod, tai_first_period, "full", "half", "prorata_days", "free");
  CHECK_TEXTS (TaiEffect, tai_effect, "now", "nextPeriod");
}

static void
test_frees (void)
{
  g_autoptr (TaiOffering) offering = tai_offering_new ("alone", TAI_OFFERING_GOODS);

  offering->version = g_strdup ("1.0");
  offering->name_en = g_strdup ("alone");
  offering->key_terms = g_strdup ("条款");
  tai_offering_add_price (offering, "p", TAI_PRICE_ONE_TIME)->name = g_strdup ("x");
  g_assert_cmpint (((TaiPrice *)g_ptr_array_index (offering->prices, 0))->period_months, ==, 1);
  g_assert_null (offering->groups[0]);
  tai_offering_free (NULL);
}

/* What a list shows behind a plan's name: its monthly prices of that moment, nothing else. */
static void
test_month (void)
{
  g_autoptr (TaiOffering) offering = tai_offering_new ("plan", TAI_OFFERING_PLAN);
  const gint64 then = 1000, change = 2000;
  TaiPrice *fee, *later, *extra, *discount, *once;

  g_assert_cmpuint (tai_offering_get_month (offering, then).currency, ==, 0);
  once = tai_offering_add_price (offering, "activation", TAI_PRICE_ONE_TIME);
  once->amount = tai_money (2000, TAI_CNY);
  g_assert_cmpuint (tai_offering_get_month (offering, then).currency, ==, 0);
  fee = tai_offering_add_price (offering, "fee", TAI_PRICE_RECURRING);
  fee->amount = tai_money (5900, TAI_CNY);
  extra = tai_offering_add_price (offering, "extra", TAI_PRICE_RECURRING);
  extra->amount = tai_money (1000, TAI_CNY);
  discount = tai_offering_add_price (offering, "off", TAI_PRICE_RECURRING);
  discount->amount = tai_money (3000, TAI_CNY);
  discount->discount.kind = TAI_DISCOUNT_AMOUNT;
  g_assert_cmpint (tai_offering_get_month (offering, then).minor, ==, 6900);
  extra->valid_until_us = then; /* its last moment is the one before */
  g_assert_cmpint (tai_offering_get_month (offering, then).minor, ==, 5900);
  later = tai_offering_add_price (offering, "fee-2027", TAI_PRICE_RECURRING);
  later->amount = tai_money (6900, TAI_CNY);
  later->valid_from_us = change;
  later->replaces = g_strdup ("fee");
  g_assert_true (tai_offering_find_successor (offering, fee) == later);
  g_assert_null (tai_offering_find_successor (offering, later));
  g_assert_cmpint (tai_offering_get_month (offering, change - 1).minor, ==, 5900);
  g_assert_cmpint (tai_offering_get_month (offering, change).minor, ==, 6900); /* never both */
  g_assert_cmpuint (tai_offering_get_month (offering, change).currency, ==, TAI_CNY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/catalogue/build", test_build);
  g_test_add_func ("/core/catalogue/empty", test_empty);
  g_test_add_func ("/core/catalogue/reference", test_reference);
  g_test_add_func ("/core/catalogue/price-names", test_price_names);
  g_test_add_func ("/core/catalogue/find-kind", test_find_kind);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *path = g_strdup_printf ("/core/catalogue/fault/%s", faults[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_fault);
  }
  g_test_add_func ("/core/catalogue/all-reasons", test_all_reasons);
  g_test_add_func ("/core/catalogue/circle-members", test_circle_members);
  g_test_add_func ("/core/catalogue/half-read", test_half_read);
  g_test_add_func ("/core/catalogue/problems-are-optional", test_problems_are_optional);
  g_test_add_func ("/core/catalogue/not-faults", test_not_faults);
  g_test_add_func ("/core/catalogue/open-without-bounds", test_open_without_bounds);
  g_test_add_func ("/core/catalogue/many", test_many);
  g_test_add_func ("/core/catalogue/long-chain", test_long_chain);
  g_test_add_func ("/core/catalogue/too-many", test_too_many);
  g_test_add_func ("/core/catalogue/texts", test_texts);
  g_test_add_func ("/core/catalogue/frees", test_frees);
  g_test_add_func ("/core/catalogue/month", test_month);
  return g_test_run ();
}
