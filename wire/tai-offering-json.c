/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Offerings as HQ sends them. Nothing is guessed: a word that is not known, an amount with too many decimals, a date that
 * is none keeps the whole list out, because a plan that was half understood would be sold at half its price.
 */
#include "tai-offering-json.h"

#include "tai-canonical.h"
#include "tai-core-error.h"
#include "tai-json-money.h"

#define CATALOGUE_MAX_BYTES  (64 * 1024 * 1024)
#define CATALOGUE_MAX_VALUES 4000000

static gboolean
read_strings (const TaiJson *json, const char *path, char ***strings, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  const TaiJson *array = NULL;

  if (!tai_json_optional_array (json, path, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;
  list = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < tai_json_get_length (array); i++) {
    const char *text = tai_json_require_string (tai_json_get_element (array, i), "", error);
    if (text == NULL) {
      tai_json_error_within (error, path, i);
      return FALSE;
    }
    g_ptr_array_add (list, g_strdup (text));
  }
  g_ptr_array_add (list, NULL);
  g_strfreev (*strings);
  *strings = (char **)g_ptr_array_free (g_steal_pointer (&list), FALSE);
  return TRUE;
}

static gboolean
read_time (const TaiJson *json, const char *path, gint64 *time_us, GError **error)
{
  const char *text = NULL;

  if (!tai_json_optional_string (json, path, &text, error))
    return FALSE;
  if (text == NULL || tai_time_from_text (text, time_us))
    return TRUE;
  g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "%s: not a time: %s", path, text);
  return FALSE;
}

/* 30 or 12.5 (%) -> hundredths of a percent: a decimal with two places, read as such an amount is. */
static gboolean
read_percent (const TaiJson *json, const char *path, gint32 *percent_x100, GError **error)
{
  TaiMoney value = tai_money (0, TAI_CNY);

  if (!tai_json_require_amount (json, path, TAI_CNY, &value, error))
    return FALSE;
  if (value.minor < 0 || value.minor > 10000) {
    g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "%s: not within 0 and 100", path);
    return FALSE;
  }
  *percent_x100 = (gint32)value.minor;
  return TRUE;
}

static gboolean
read_int32 (const TaiJson *json, const char *path, gint32 *value, GError **error)
{
  gint64 wide = *value;

  if (!tai_json_optional_int (json, path, &wide, error))
    return FALSE;
  if (wide < 0 || wide > 1200) {
    g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "%s: not within 0 and 1200", path);
    return FALSE;
  }
  *value = (gint32)wide;
  return TRUE;
}

static gboolean
unknown_word (const char *path, const char *word, GError **error)
{
  g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "%s: unknown word %s", path, word);
  return FALSE;
}

/* A slip in a name of ours would leave a rule out without a word: what stands at @path has no member that is not one of @known. */
static gboolean
has_only (const TaiJson *json, const char *path, const char *const *known, GError **error)
{
  TaiJsonIter iter;

  tai_json_iter_init (&iter, tai_json_get (json, path));
  while (tai_json_iter_next (&iter))
    if (!g_strv_contains (known, iter.name)) {
      g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "%s: unknown member %.40s", path, iter.name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_discount (const TaiJson *json, guint16 currency, TaiDiscount *discount, GError **error)
{
  const char *kind = tai_json_require_string (json, "kind", error);
  const char *base = "list";

  if (kind == NULL || !tai_json_optional_string (json, "base", &base, error) ||
      !read_int32 (json, "months", &discount->months, error) ||
      !read_int32 (json, "stackOrder", &discount->stack_order, error))
    return FALSE;
  if (g_str_equal (base, "afterPrevious"))
    discount->base = TAI_DISCOUNT_BASE_AFTER_PREVIOUS;
  else if (!g_str_equal (base, "list"))
    return unknown_word ("base", base, error);
  if (g_str_equal (kind, "percent")) {
    discount->kind = TAI_DISCOUNT_PERCENT;
    return read_percent (json, "percent", &discount->percent_x100, error);
  }
  if (g_str_equal (kind, "amount")) {
    discount->kind = TAI_DISCOUNT_AMOUNT;
    return tai_json_require_amount (json, "amount", currency, &discount->amount, error);
  }
  return unknown_word ("kind", kind, error);
}

static gboolean
read_price_words (const TaiJson *extension, TaiPrice *price, GError **error)
{
  const char *first = NULL, *rounding = NULL, *effect = NULL;

  return tai_json_optional_string (extension, "firstPeriod", &first, error) &&
         (first == NULL || tai_first_period_from_text (first, &price->first_period, error)) &&
         tai_json_optional_string (extension, "rounding", &rounding, error) &&
         (rounding == NULL || tai_rounding_from_text (rounding, &price->rounding, error)) &&
         tai_json_optional_string (extension, "effect", &effect, error) &&
         (effect == NULL || tai_effect_from_text (effect, &price->effect, error));
}

static gboolean
has_only_price_members (const TaiJson *json, GError **error)
{
  static const char *const own[] = {"firstPeriod", "rounding", "effect",   "trial",
                                    "replaces",    "open",     "discount", NULL};
  static const char *const of_open[] = {"minimum", "maximum", NULL}, *const of_trial[] = {"months", NULL};
  static const char *const of_discount[] = {"kind",   "percent",    "amount", "base",
                                            "months", "stackOrder", NULL};

  return has_only (json, "x-guitai", own, error) && has_only (json, "x-guitai.open", of_open, error) &&
         has_only (json, "x-guitai.trial", of_trial, error) &&
         has_only (json, "x-guitai.discount", of_discount, error);
}

static gboolean
read_price_extension (const TaiJson *json, TaiPrice *price, GError **error)
{
  const TaiJson *extension = NULL, *open = NULL, *discount = NULL;
  const char *replaces = NULL;
  guint16 currency = price->amount.currency;

  if (!tai_json_optional_object (json, "x-guitai", &extension, error))
    return FALSE;
  if (extension == NULL)
    return TRUE;
  if (!has_only_price_members (json, error) || !read_price_words (extension, price, error) ||
      !tai_json_optional_string (extension, "replaces", &replaces, error) ||
      !read_int32 (extension, "trial.months", &price->trial_months, error) ||
      !tai_json_optional_object (extension, "open", &open, error) ||
      !tai_json_optional_object (extension, "discount", &discount, error))
    return FALSE;
  price->replaces = g_strdup (replaces);
  if (open != NULL) {
    price->is_open = TRUE;
    if (!tai_json_require_amount (open, "minimum", currency, &price->minimum, error) ||
        !tai_json_require_amount (open, "maximum", currency, &price->maximum, error))
      return FALSE;
  }
  return discount == NULL || read_discount (discount, currency, &price->discount, error);
}

/* {"unit","value"} or TMF620's taxIncludedAmount of it. */
static gboolean
read_price_amount (const TaiJson *json, TaiPrice *price, GError **error)
{
  if (tai_json_has (json, "price.taxIncludedAmount"))
    return tai_json_require_money (json, "price.taxIncludedAmount", &price->amount, error);
  return tai_json_require_money (json, "price", &price->amount, error);
}

/* By the month, whether it is written as an offering's price is in TMF620 or as the resource productOfferingPrice is. And what the
 * standard takes off by an alteration is a discount here: let by, it would not be taken off. */
static gboolean
check_charge (const TaiJson *json, GError **error)
{
  static const char *const names[] = {"recurringChargePeriod", "recurringChargePeriodType"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *period = "month";

    if (!tai_json_optional_string (json, names[i], &period, error))
      return FALSE;
    if (!g_str_equal (period, "month"))
      return unknown_word (names[i], period, error);
  }
  if (tai_json_get_length (tai_json_get (json, "priceAlteration")) == 0)
    return TRUE;
  g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE,
                       "priceAlteration: a discount is an offering of its own");
  return FALSE;
}

static gboolean
read_price (const TaiJson *json, TaiOffering *offering, GError **error)
{
  const char *id = tai_json_require_string (json, "id", error);
  const char *type_text = id ? tai_json_require_string (json, "priceType", error) : NULL;
  const char *name = NULL;
  TaiPriceType type;
  TaiPrice *price;

  if (type_text == NULL || !tai_price_type_from_text (type_text, &type, error) ||
      !tai_json_optional_string (json, "name", &name, error) || !check_charge (json, error))
    return FALSE;
  price = tai_offering_add_price (offering, id, type);
  g_free (price->name);
  price->name = g_strdup (name ? name : offering->name);
  if (type == TAI_PRICE_RECURRING && price->period_months == 0)
    price->period_months = 1;
  return read_price_amount (json, price, error) &&
         read_int32 (json, "recurringChargePeriodLength", &price->period_months, error) &&
         read_time (json, "validFor.startDateTime", &price->valid_from_us, error) &&
         read_time (json, "validFor.endDateTime", &price->valid_until_us, error) &&
         read_price_extension (json, price, error);
}

/* Texts of faults in one line. */
static char *
join (GPtrArray *faults)
{
  g_ptr_array_add (faults, NULL);
  return g_strjoinv ("; ", (char **)faults->pdata);
}

static gboolean
read_prices (const TaiJson *json, TaiOffering *offering, GError **error)
{
  const TaiJson *prices = tai_json_require_array (json, "productOfferingPrice", error);

  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;

  if (prices == NULL)
    return FALSE;
  for (guint i = 0; i < tai_json_get_length (prices); i++) {
    g_autoptr (GError) fault = NULL;

    if (read_price (tai_json_get_element (prices, i), offering, &fault))
      continue;
    tai_json_error_within (&fault, "productOfferingPrice", i);
    g_ptr_array_add (faults, g_strdup (fault->message));
  }
  if (faults->len == 0)
    return TRUE;
  all = join (faults);
  g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, all);
  return FALSE;
}

static gboolean
read_penalty (const TaiJson *extension, TaiOffering *offering, GError **error)
{
  const TaiJson *penalty = NULL;
  const char *formula;

  if (!tai_json_optional_object (extension, "penalty", &penalty, error))
    return FALSE;
  if (penalty == NULL)
    return TRUE;
  formula = tai_json_require_string (penalty, "formula", error);
  if (formula == NULL)
    return FALSE;
  if (g_str_equal (formula, "share_of_rest")) {
    offering->penalty = TAI_PENALTY_SHARE_OF_REST;
    return read_percent (penalty, "percent", &offering->penalty_percent_x100, error);
  }
  if (g_str_equal (formula, "fixed")) {
    offering->penalty = TAI_PENALTY_FIXED;
    return tai_json_require_money (penalty, "amount", &offering->penalty_amount, error);
  }
  return unknown_word ("penalty.formula", formula, error);
}

/* Bundles ------------------------------------------------------------------------------------------------------------ */

static gboolean
read_part_price (const TaiJson *json, TaiBundlePart *part, GError **error)
{
  static const char *const own[] = {"price", NULL};
  const char *price = "included";

  if (!has_only (json, "x-guitai", own, error) ||
      !tai_json_optional_string (json, "x-guitai.price", &price, error))
    return FALSE;
  part->is_included = g_str_equal (price, "included");
  return part->is_included || g_str_equal (price, "own") || unknown_word ("x-guitai.price", price, error);
}

/* TMF620: how many at least, at most, and to begin with; one, where nothing is said. */
static gboolean
read_part (const TaiJson *json, TaiOffering *offering, GError **error)
{
  const char *id = tai_json_require_string (json, "id", error);
  TaiBundlePart *part;

  if (id == NULL)
    return FALSE;
  part = tai_offering_add_part (offering, id);
  if (!read_int32 (json, "bundledProductOfferingOption.numberRelOfferLowerLimit", &part->lower, error) ||
      !read_int32 (json, "bundledProductOfferingOption.numberRelOfferUpperLimit", &part->upper, error))
    return FALSE;
  part->preset = part->lower;
  return read_int32 (json, "bundledProductOfferingOption.numberRelOfferDefault", &part->preset, error) &&
         read_part_price (json, part, error);
}

static gboolean
read_parts (const TaiJson *json, TaiOffering *offering, GError **error)
{
  const TaiJson *parts = NULL;
  gboolean is_bundle = FALSE;

  if (!tai_json_optional_bool (json, "isBundle", &is_bundle, error) ||
      !tai_json_optional_array (json, "bundledProductOffering", &parts, error))
    return FALSE;
  if (is_bundle != (parts != NULL && tai_json_get_length (parts) > 0)) {
    g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "isBundle: %s",
                 is_bundle ? "a bundle without parts" : "parts of what is no bundle");
    return FALSE;
  }
  for (guint i = 0; parts != NULL && i < tai_json_get_length (parts); i++)
    if (!read_part (tai_json_get_element (parts, i), offering, error)) {
      tai_json_error_within (error, "bundledProductOffering", i);
      return FALSE;
    }
  return TRUE;
}

/* isSellable false: in bundles only. A life cycle's word that TMF620 does not have is refused. */
static gboolean
read_life (const TaiJson *json, TaiOffering *offering, GError **error)
{
  static const char *const on_sale[] = {"Active", "Launched", NULL};
  static const char *const not_on_sale[] = {"In study", "In design", "In test", "Rejected",
                                            "Retired",  "Obsolete",  NULL};
  const char *status = "Active";
  gboolean is_sellable = TRUE;

  if (!tai_json_optional_string (json, "lifecycleStatus", &status, error) ||
      !tai_json_optional_bool (json, "isSellable", &is_sellable, error))
    return FALSE;
  offering->is_part_only = !is_sellable;
  offering->is_withdrawn = g_strv_contains (not_on_sale, status);
  return offering->is_withdrawn || g_strv_contains (on_sale, status) ||
         unknown_word ("lifecycleStatus", status, error);
}

static gboolean
read_grade (const TaiJson *extension, TaiOffering *offering, GError **error)
{
  const char *grade = NULL;

  if (!tai_json_optional_string (extension, "grade", &grade, error))
    return FALSE;
  offering->grade = g_strdup (grade);
  return !tai_json_has (extension, "minimumSpend") ||
         tai_json_require_money (extension, "minimumSpend", &offering->minimum_spend, error);
}

static gboolean
has_only_members (const TaiJson *json, GError **error)
{
  static const char *const own[] = {"kind",     "names",        "terms",     "keyTerms",       "operations",
                                    "excludes", "requires",     "appliesTo", "groups",         "regions",
                                    "grade",    "minimumSpend", "penalty",   "contractMonths", NULL};
  static const char *const of_names[] = {"en", NULL};
  static const char *const of_penalty[] = {"formula", "percent", "amount", NULL};

  return has_only (json, "x-guitai", own, error) && has_only (json, "x-guitai.names", of_names, error) &&
         has_only (json, "x-guitai.terms", of_names, error) &&
         has_only (json, "x-guitai.penalty", of_penalty, error);
}

static gboolean
read_extension (const TaiJson *json, TaiOffering *offering, GError **error)
{
  const TaiJson *extension = tai_json_get (json, "x-guitai");
  const char *terms = NULL, *english = NULL, *english_terms = NULL;

  if (!has_only_members (json, error) || !tai_json_optional_string (extension, "keyTerms", &terms, error) ||
      !tai_json_optional_string (extension, "names.en", &english, error) ||
      !tai_json_optional_string (extension, "terms.en", &english_terms, error))
    return FALSE;
  offering->key_terms = g_strdup (terms);
  offering->name_en = g_strdup (english);
  offering->key_terms_en = g_strdup (english_terms);
  return read_strings (extension, "excludes", &offering->excludes, error) &&
         read_strings (extension, "requires", &offering->requires, error) &&
         read_strings (extension, "appliesTo", &offering->applies_to, error) &&
         read_strings (extension, "operations", &offering->operations, error) &&
         read_strings (extension, "groups", &offering->groups, error) &&
         read_strings (extension, "regions", &offering->regions, error) &&
         read_int32 (extension, "contractMonths", &offering->contract_months, error) &&
         read_penalty (extension, offering, error) && read_grade (extension, offering, error);
}

static gboolean
read_validity (const TaiJson *json, TaiOffering *offering, GError **error)
{
  const char *version = NULL;

  if (!tai_json_optional_string (json, "version", &version, error))
    return FALSE;
  g_free (offering->version);
  offering->version = g_strdup (version);
  return read_time (json, "validFor.startDateTime", &offering->valid_from_us, error) &&
         read_time (json, "validFor.endDateTime", &offering->valid_until_us, error);
}

/* What says which offering it is. */
static TaiOffering *
read_head (const TaiJson *json, GError **error)
{
  const char *id = tai_json_require_string (json, "id", error);
  const char *name = id ? tai_json_require_string (json, "name", error) : NULL;
  const TaiJson *extension = name ? tai_json_require_object (json, "x-guitai", error) : NULL;
  const char *kind_text = extension ? tai_json_require_string (json, "x-guitai.kind", error) : NULL;
  TaiOffering *offering;
  TaiOfferingKind kind;

  if (kind_text == NULL || !tai_offering_kind_from_text (kind_text, &kind, error))
    return NULL;
  offering = tai_offering_new (id, kind);
  g_free (offering->name);
  offering->name = g_strdup (name);
  return offering;
}

/* Its parts each by itself, so that one fault does not hide another; @faults: a text of each. */
static void
read_rest (const TaiJson *json, TaiOffering *offering, GPtrArray *faults)
{
  static gboolean (*const parts[]) (const TaiJson *, TaiOffering *, GError **) = {
      read_validity, read_life, read_parts, read_extension, read_prices};

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autoptr (GError) error = NULL;

    if (!parts[i](json, offering, &error))
      g_ptr_array_add (faults, g_strdup (error->message));
  }
}

TaiOffering *
tai_offering_from_json (const TaiJson *json, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TaiOffering) offering = NULL;
  g_autofree char *all = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  offering = read_head (json, error);
  if (offering == NULL)
    return NULL;
  read_rest (json, offering, faults);
  if (faults->len == 0)
    return g_steal_pointer (&offering);
  all = join (faults);
  g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, all);
  return NULL;
}

/* What can be read of it, with its faults; the catalogue's check tells them beside its own. @index names what has no id. */
static TaiOffering *
read_with_faults (const TaiJson *json, guint index)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gboolean is_object = json != NULL && tai_json_get_kind (json) == TAI_JSON_OBJECT;
  TaiOffering *offering = is_object ? read_head (json, &error) : NULL;

  if (offering != NULL) {
    read_rest (json, offering, faults);
  } else {
    const char *id = is_object ? tai_json_require_string (json, "id", NULL) : NULL;
    g_autofree char *number = g_strdup_printf ("#%u", index + 1);

    offering = tai_offering_new (id != NULL ? id : number, TAI_OFFERING_GOODS);
    g_ptr_array_add (faults, g_strdup (error != NULL ? error->message : "no object"));
  }
  if (faults->len > 0)
    offering->fault = join (faults);
  return offering;
}

static TaiCatalogue *
refuse (const char *why, GPtrArray **problems, GError **error)
{
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE, why);
  if (problems != NULL) {
    *problems = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (*problems, g_strdup (why));
  }
  return NULL;
}

/* Reads all of them, so that the one who wrote the list hears of every fault at once. */
TaiCatalogue *
tai_catalogue_from_json (const TaiJson *list, const char *etag, GPtrArray **problems, GError **error)
{
  g_autoptr (GPtrArray) offerings = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_offering_free);

  if (list == NULL || tai_json_get_kind (list) != TAI_JSON_ARRAY)
    return refuse ("not a list of offerings", problems, error);
  for (guint i = 0; i < tai_json_get_length (list); i++)
    g_ptr_array_add (offerings, read_with_faults (tai_json_get_element (list, i), i));
  return tai_catalogue_build (g_steal_pointer (&offerings), etag, problems, error);
}

TaiCatalogue *
tai_catalogue_from_text (GBytes *text, const char *etag, GPtrArray **problems, GError **error)
{
  const TaiJsonLimits limits = {
      .max_bytes = CATALOGUE_MAX_BYTES, .max_depth = TAI_JSON_MAX_DEPTH, .max_values = CATALOGUE_MAX_VALUES};
  g_autoptr (TaiJson) json = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  json =
      tai_json_parse (g_bytes_get_data (text, NULL), (gssize)g_bytes_get_size (text), &limits, &local_error);
  if (json == NULL)
    return refuse (local_error->message, problems, error);
  return tai_catalogue_from_json (json, etag, problems, error);
}
