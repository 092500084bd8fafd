/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HQ's list of offerings into core's catalogue: every field arrives, and any fault keeps the whole list out, by name.
 */
#include "tai-canonical.h"
#include "tai-core-error.h"
#include "tai-offering-json.h"
#include "tai-rating.h"
#include "tai-test-data.h"

#include <string.h>

static TaiCatalogue *
load (GPtrArray **problems, GError **error)
{
  g_autoptr (GBytes) text = tai_test_data_load ("catalogue.json");
  return tai_catalogue_from_text (text, "\"v1\"", problems, error);
}

static void
test_fields (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiCatalogue) catalogue = load (NULL, &error);
  const TaiOffering *plan, *service, *top_up;
  const TaiPrice *fee;
  gint64 from;

  g_assert_no_error (error);
  g_assert_cmpuint (tai_catalogue_get_n_offerings (catalogue), ==, 7);
  g_assert_cmpstr (tai_catalogue_get_etag (catalogue), ==, "\"v1\"");
  plan = tai_catalogue_find (catalogue, "plan-59");
  g_assert_cmpstr (plan->name, ==, "畅享59");
  g_assert_cmpstr (plan->name_en, ==, "Smart 59");
  g_assert_cmpstr (plan->version, ==, "3");
  g_assert_true (g_str_has_prefix (plan->key_terms, "月费59元"));
  g_assert_true (g_str_has_prefix (plan->key_terms_en, "59 yuan a month"));
  g_assert_cmpstr (tai_offering_get_terms (plan, "en"), ==, plan->key_terms_en);
  g_assert_cmpstr (tai_offering_get_terms (plan, "zh_CN"), ==, plan->key_terms);
  g_assert_cmpstr (tai_offering_get_terms (plan, NULL), ==, plan->key_terms);
  g_assert_cmpint (plan->kind, ==, TAI_OFFERING_PLAN);
  g_assert_cmpstr (plan->excludes[0], ==, "plan-99");
  g_assert_null (plan->excludes[1]);
  g_assert_cmpint (plan->contract_months, ==, 24);
  g_assert_cmpint (plan->penalty, ==, TAI_PENALTY_SHARE_OF_REST);
  g_assert_cmpint (plan->penalty_percent_x100, ==, 3000);
  g_assert_true (tai_time_from_text ("2026-01-01T00:00:00.000Z", &from));
  g_assert_cmpint (plan->valid_from_us, ==, from);
  fee = g_ptr_array_index (plan->prices, 0);
  g_assert_cmpint (fee->amount.minor, ==, 5900);
  g_assert_cmpint (fee->first_period, ==, TAI_FIRST_PERIOD_PRORATA_DAYS);
  fee = g_ptr_array_index (tai_catalogue_find (catalogue, "plan-99")->prices, 0);
  g_assert_cmpint (fee->amount.minor, ==, 9900);
  g_assert_cmpint (fee->effect, ==, TAI_EFFECT_NEXT_PERIOD);
  g_assert_cmpint (fee->rounding, ==, TAI_ROUNDING_DOWN);
  service = tai_catalogue_find (catalogue, "vas-caller");
  g_assert_cmpint (((TaiPrice *)g_ptr_array_index (service->prices, 0))->first_period, ==,
                   TAI_FIRST_PERIOD_HALF);
  top_up = tai_catalogue_find (catalogue, "topup");
  fee = g_ptr_array_index (top_up->prices, 0);
  g_assert_true (fee->is_open);
  g_assert_cmpint (fee->maximum.minor, ==, 500000);
  fee = g_ptr_array_index (tai_catalogue_find (catalogue, "off-30")->prices, 0);
  g_assert_cmpint (fee->discount.percent_x100, ==, 3000);
  g_assert_cmpint (fee->discount.months, ==, 6);
}

/* The worked figures of the house, from HQ's JSON to the fen: 21 November, 10 of 30 days left. */
static void
test_worked_figures (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiCatalogue) catalogue = load (NULL, &error);
  TaiBasketLine basket[] = {{"plan-59", 1, {0, 0}},
                            {"off-30", 1, {0, 0}},
                            {"vas-caller", 1, {0, 0}},
                            {"sim-card", 1, {0, 0}},
                            {"prepay-100", 1, {0, 0}}};
  TaiRatingContext context = {.day = {2026, 11, 21}, .currency = TAI_CNY};
  g_autoptr (TaiBill) bill = NULL;
  TaiMoney month;

  g_assert_true (tai_time_from_text ("2026-11-21T02:00:00.000Z", &context.now_us));
  bill = tai_rate (catalogue, basket, G_N_ELEMENTS (basket), &context, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bill->today.minor, ==, 12000);
  g_assert_cmpint (bill->first.minor, ==, 1377 + 500);
  g_assert_cmpint (bill->normal.minor, ==, 5900 + 1000);
  g_assert_true (tai_bill_get_month (bill, 5, &month, &error));
  g_assert_cmpint (month.minor, ==, 4130 + 1000);
  g_assert_true (tai_bill_get_month (bill, 6, &month, &error));
  g_assert_cmpint (month.minor, ==, 5900 + 1000);
}

typedef struct {
  const char *before, *after, *word;
} Fault;

/* One text changed in a good list. */
static const Fault faults[] = {
    {"\"id\": \"plan-59\", ", "", "id"},
    {"\"name\": \"畅享59\", ", "", "name"},
    {"\"kind\": \"plan\", \"keyTerms\"", "\"kind\": \"plane\", \"keyTerms\"", "plane"},
    {"\"value\": 59.00", "\"value\": 59.001", "productOfferingPrice[0]"},
    {"\"value\": 59.00", "\"value\": -59.00", "plan-59"},
    {"\"value\": 59.00", "\"value\": 5.9e1", "productOfferingPrice[0]"},
    {"\"value\": 59.00", "\"value\": 99999999999999999999", "64 bits"},
    {"{\"unit\": \"CNY\", \"value\": 59.00}", "{\"unit\": \"XYZ\", \"value\": 59.00}",
     "productOfferingPrice[0]"},
    {"{\"unit\": \"CNY\", \"value\": 59.00}", "{\"unit\": \"JPY\", \"value\": 59}", ""},
    {"\"firstPeriod\": \"prorata_days\"", "\"firstPeriod\": \"prorata\"", "prorata"},
    {"\"rounding\": \"half_up\"", "\"rounding\": \"nearest\"", "nearest"},
    {"\"priceType\": \"oneTime\"", "\"priceType\": \"once\"", "once"},
    {"\"recurringChargePeriodType\": \"month\"", "\"recurringChargePeriodType\": \"fortnight\"", "fortnight"},
    {"\"percent\": 30, \"base\"", "\"percent\": 130, \"base\"", "percent"},
    {"\"stackOrder\": 1", "\"stackOrder\": -1", "stackOrder"},
    {"2026-01-01T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "validFor"},
    {"2027-12-31T16:00:00.000Z", "2025-12-31T16:00:00.000Z", "plan-59"},
    {"\"excludes\": [\"plan-99\"]", "\"excludes\": \"plan-99\"", "excludes"},
    {"\"excludes\": [\"plan-99\"]", "\"requires\": [\"plan-unknown\"]", "plan-unknown"},
    {"\"excludes\": [\"plan-99\"]", "\"requires\": [\"plan-59\"]", "plan-59"},
    {"\"id\": \"plan-99\"", "\"id\": \"plan-59\"", "plan-59"},
    {"{\"minimum\": 1.00, \"maximum\": 5000.00}", "{\"minimum\": 5000.00, \"maximum\": 1.00}", "topup"},
    {"{\"minimum\": 1.00, \"maximum\": 5000.00}", "{\"minimum\": 1.00}", "maximum"},
    {"\"firstPeriod\": \"prorata_days\"", "\"firstPriod\": \"prorata_days\"", "unknown member firstPriod"},
    {"\"stackOrder\": 1", "\"stackorder\": 1", "x-guitai.discount: unknown member stackorder"},
    {"{\"minimum\": 1.00, ", "{\"minimum\": 1.00, \"step\": 10, ", "x-guitai.open: unknown member step"},
    {"\"contractMonths\"", "\"contractMonth\"", "x-guitai: unknown member contractMonth"},
    {"\"terms\": {\"en\"", "\"terms\": {\"fr\"", "x-guitai.terms: unknown member fr"},
    {"\"keyTerms\": \"月费", "\"keyTerms\": \"\", \"regions\": [], \"grade\": \"月费",
     "key terms in English only"},
    {"\"recurringChargePeriodType\": \"month\"", "\"recurringChargePeriod\": \"year\"", "year"},
    {"\"priceType\": \"oneTime\"",
     "\"priceType\": \"oneTime\", \"priceAlteration\": [{\"priceType\": \"discount\"}]", "priceAlteration"},
    {"\"percent\": 30}}", "\"percents\": 30}}", "x-guitai.penalty: unknown member percents"},
};

static char *
replace_first (const char *text, const char *before, const char *after)
{
  const char *at = strstr (text, before);

  if (at == NULL)
    g_error ("the good list has no %s", before);
  return g_strdup_printf ("%.*s%s%s", (int)(at - text), text, after, at + strlen (before));
}

static void
assert_kept_out (const char *text, const char *word)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiCatalogue) catalogue = tai_catalogue_from_text (bytes, NULL, &problems, &error);
  gboolean named = FALSE;

  g_assert_null (catalogue);
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE);
  g_assert_nonnull (problems);
  g_assert_cmpuint (problems->len, >, 0);
  for (guint i = 0; i < problems->len; i++)
    named |= strstr (g_ptr_array_index (problems, i), word) != NULL;
  if (!named)
    g_error ("no problem names '%s': %s", word, (char *)g_ptr_array_index (problems, 0));
}

static void
test_faults (void)
{
  g_autoptr (GBytes) good = tai_test_data_load ("catalogue.json");
  g_autofree char *text = g_strndup (g_bytes_get_data (good, NULL), g_bytes_get_size (good));

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *bad = replace_first (text, faults[i].before, faults[i].after);
    g_test_message ("%s", faults[i].after);
    assert_kept_out (bad, faults[i].word);
  }
}

/* Each reason once, whoever finds it: who reads the list, or who checks it; also several of one offering. What could not be read
 * in full is there all the same for those that name it. */
static void
test_faults_at_once (void)
{
  static const char list[] =
      "[{\"id\": \"a\", \"name\": \"A\", \"lifecycleStatus\": \"lost\", \"x-guitai\": {\"kind\": \"plan\"}, "
      "\"productOfferingPrice\": ["
      "{\"id\": \"a1\", \"priceType\": \"recurring\", \"price\": {\"unit\": \"XYZ\", \"value\": 1}}, "
      "{\"id\": \"a2\", \"priceType\": \"weekly\", \"price\": {\"unit\": \"CNY\", \"value\": 1}}]}, "
      "{\"id\": \"b\", \"name\": \"B\", \"x-guitai\": {\"kind\": \"goods\", \"requires\": [\"a\", \"nobody\"]}, "
      "\"productOfferingPrice\": [{\"id\": \"b1\", \"priceType\": \"oneTime\", "
      "\"price\": {\"unit\": \"CNY\", \"value\": -1}}]}, "
      "7, {\"id\": \"c\", \"name\": \"C\", \"x-guitai\": {\"kind\": \"dance\"}}, {\"name\": \"D\"}]";
  static const char *const wanted[] = {"offering a: lifecycleStatus: unknown word lost; ",
                                       "unknown currency \"XYZ\"; productOfferingPrice[1]",
                                       "weekly",
                                       "offering b: requires nobody, which does not exist",
                                       "is negative",
                                       "offering #3: no object",
                                       "offering c: ",
                                       "dance",
                                       "offering #5: id"};
  g_autoptr (GBytes) bytes = g_bytes_new_static (list, strlen (list));
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (TaiCatalogue) catalogue = tai_catalogue_from_text (bytes, NULL, &problems, NULL);
  g_autofree char *all = NULL;

  g_assert_null (catalogue);
  g_assert_cmpuint (problems->len, ==, 6);
  g_ptr_array_add (problems, NULL);
  all = g_strjoinv ("\n", (char **)problems->pdata);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (all, wanted[i]) == NULL)
      g_error ("\"%s\" is missing in\n%s", wanted[i], all);
  g_assert_null (strstr (all, "requires a,"));
}

/* Bundles, changes, trials, grades and the life cycle, in TMF620's words and ours. */
#define MORE                                                                                                                                                                                                                                                                                                                                      \
  "[{\"id\": \"bundle\", \"name\": \"b\", \"isBundle\": true, \"lifecycleStatus\": \"Launched\", "                                                                                                                                                                                                                                                \
  "\"x-guitai\": {\"kind\": \"plan\", \"contractMonths\": 12, \"penalty\": {\"formula\": \"fixed\", \"amount\": "                                                                                                                                                                                                                                 \
  "{\"unit\": \"CNY\", \"value\": 300.00}}}, "                                                                                                                                                                                                                                                                                                    \
  "\"bundledProductOffering\": [{\"id\": \"net\"}, {\"id\": \"card\", \"bundledProductOfferingOption\": "                                                                                                                                                                                                                                         \
  "{\"numberRelOfferLowerLimit\": 0, \"numberRelOfferUpperLimit\": 3, \"numberRelOfferDefault\": 2}, "                                                                                                                                                                                                                                            \
  "\"x-guitai\": {\"price\": \"own\"}}], \"productOfferingPrice\": [" FEE ("f", "129.00", "") ", " FEE ("g", "139.00", ", \"validFor\": {\"startDateTime\": \"2027-02-28T16:00:00.000Z\"}, \"x-guitai\": {\"replaces\": \"f\"}") "]}, {\"id\": \"net\", \"name\": \"n\", \"x-guitai\": {\"kind\": \"access\"}, \"productOfferingPrice\": [" FEE ( \
      "f", "70.00",                                                                                                                                                                                                                                                                                                                               \
      "") "]}, {\"id\": \"card\", \"name\": \"c\", \"isSellable\": false, \"x-guitai\": {\"kind\": \"access\"}, "                                                                                                                                                                                                                                 \
          "\"productOfferingPrice\": [" FEE (                                                                                                                                                                                                                                                                                                     \
              "f", "10.00",                                                                                                                                                                                                                                                                                                                       \
              "") "]}, {\"id\": \"video\", \"name\": \"v\", "                                                                                                                                                                                                                                                                                     \
                  "\"lifecycleStatus\": \"Retired\", \"x-guitai\": {\"kind\": \"service\", \"keyTerms\": \"t\"}, "                                                                                                                                                                                                                                \
                  "\"productOfferingPrice\": [" FEE (                                                                                                                                                                                                                                                                                             \
                      "f", "15.00",                                                                                                                                                                                                                                                                                                               \
                      ", \"x-guitai\": {\"trial\": {\"months\": 3}}") "]}, "                                                                                                                                                                                                                                                                      \
                                                                      "{\"id\": \"grade-a\", \"name\": \"A\", \"x-guitai\": {\"kind\": \"number_grade\", \"grade\": \"A\", "                                                                                                                                                                      \
                                                                      "\"minimumSpend\": {\"unit\": \"CNY\", \"value\": 199.00}}, \"productOfferingPrice\": []}]"
#define FEE(id, value, more)                                                                                 \
  "{\"id\": \"" id "\", \"priceType\": \"recurring\", \"price\": {\"unit\": \"CNY\", \"value\": " value      \
  "}" more "}"

static void
test_more_fields (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static (MORE, strlen (MORE));
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiCatalogue) catalogue = tai_catalogue_from_text (text, NULL, NULL, &error);
  const TaiOffering *bundle, *video, *grade;
  const TaiBundlePart *net, *card;
  const TaiPrice *next;

  g_assert_no_error (error);
  bundle = tai_catalogue_find (catalogue, "bundle");
  g_assert_false (bundle->is_withdrawn);
  g_assert_cmpint (bundle->penalty, ==, TAI_PENALTY_FIXED);
  g_assert_cmpint (bundle->penalty_amount.minor, ==, 30000);
  net = tai_offering_find_part (bundle, "net");
  g_assert_true (net->is_included);
  g_assert_cmpint (net->lower, ==, 1);
  g_assert_cmpint (net->upper, ==, 1);
  g_assert_cmpint (net->preset, ==, 1);
  card = tai_offering_find_part (bundle, "card");
  g_assert_false (card->is_included);
  g_assert_cmpint (card->lower, ==, 0);
  g_assert_cmpint (card->upper, ==, 3);
  g_assert_cmpint (card->preset, ==, 2);
  next = tai_offering_find_successor (bundle, g_ptr_array_index (bundle->prices, 0));
  g_assert_cmpint (next->amount.minor, ==, 13900);
  g_assert_true (tai_catalogue_find (catalogue, "card")->is_part_only);
  g_assert_false (tai_catalogue_find (catalogue, "net")->is_part_only);
  video = tai_catalogue_find (catalogue, "video");
  g_assert_true (video->is_withdrawn);
  g_assert_cmpint (((TaiPrice *)g_ptr_array_index (video->prices, 0))->trial_months, ==, 3);
  grade = tai_catalogue_find_grade (catalogue, "A");
  g_assert_cmpint (grade->minimum_spend.minor, ==, 19900);
  g_assert_null (tai_catalogue_find_grade (catalogue, "B"));
}

static const Fault more_faults[] = {
    {"\"isBundle\": true, ", "", "isBundle: parts of what is no bundle"},
    {"\"isBundle\": true", "\"isBundle\": 1", "isBundle"},
    {"[{\"id\": \"net\"}, ", "[{}, ", "bundledProductOffering[0]"},
    {"\"price\": \"own\"", "\"price\": \"free\"", "free"},
    {"\"numberRelOfferLowerLimit\": 0", "\"numberRelOfferLowerLimit\": 4", "from 4 to 3"},
    {"\"numberRelOfferDefault\": 2", "\"numberRelOfferDefault\": 4", "begins with 4"},
    {"\"lifecycleStatus\": \"Launched\"", "\"lifecycleStatus\": \"launched\"", "launched"},
    {"\"isSellable\": false", "\"isSellable\": \"no\"", "isSellable"},
    {"\"replaces\": \"f\"", "\"replaces\": \"x\"", "replaces x"},
    {"\"months\": 3", "\"months\": -1", "trial.months"},
    {"\"minimumSpend\": {\"unit\": \"CNY\"", "\"minimumSpend\": {\"unit\": \"QQQ\"", "minimumSpend"},
    {"\"id\": \"net\", \"name\"", "\"id\": \"net2\", \"name\"", "part net does not exist"},
};

static void
test_more_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (more_faults); i++) {
    g_autofree char *bad = replace_first (MORE, more_faults[i].before, more_faults[i].after);
    g_test_message ("%s", more_faults[i].after);
    assert_kept_out (bad, more_faults[i].word);
  }
}

static void
test_shapes (void)
{
  assert_kept_out ("", "");
  assert_kept_out ("{}", "list");
  assert_kept_out ("[1]", "object");
  assert_kept_out ("[null]", "object");
  assert_kept_out ("[{}]", "id");
  assert_kept_out ("[{\"id\":\"a\",\"name\":\"b\"}]", "x-guitai");
}

/* A line that broke in the middle: at whatever byte, nothing of the list is taken. */
static void
test_cut (void)
{
  g_autoptr (GBytes) good = tai_test_data_load ("catalogue.json");
  gsize size = g_bytes_get_size (good) - 2; /* the last newline is no loss */

  for (gsize n = 0; n < size; n += 7) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, n);
    g_autoptr (GError) error = NULL;
    g_assert_null (tai_catalogue_from_text (cut, NULL, NULL, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/offering/fields", test_fields);
  g_test_add_func ("/wire/offering/worked-figures", test_worked_figures);
  g_test_add_func ("/wire/offering/faults", test_faults);
  g_test_add_func ("/wire/offering/more-fields", test_more_fields);
  g_test_add_func ("/wire/offering/more-faults", test_more_faults);
  g_test_add_func ("/wire/offering/faults-at-once", test_faults_at_once);
  g_test_add_func ("/wire/offering/shapes", test_shapes);
  g_test_add_func ("/wire/offering/cut", test_cut);
  return g_test_run ();
}
