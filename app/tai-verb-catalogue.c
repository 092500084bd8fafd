/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs of what is sold: fetching the catalogue, staff and stock, and looking at it. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

#include "tai-catalogue.h"

/* catalogue pull ---------------------------------------------------------------------------------------------------------- */

static TaiJson *
run_pull (TaiVerbCall *call, GError **error)
{
  TaiHostPulled pulled;
  TaiCatalogue *catalogue;
  TaiJson *result;

  if (!tai_terminal_host_pull (call->host,
                               TAI_PULL_STATUS | TAI_PULL_CATALOGUE | TAI_PULL_STAFF | TAI_PULL_PAPERS |
                                   TAI_PULL_STOCK,
                               &pulled, error))
    return NULL;
  catalogue = tai_desk_get_catalogue (tai_terminal_host_get_desk (call->host));
  result = tai_json_new_object ();
  tai_result_add_flag (result, "catalogueChanged", pulled.catalogue_changed);
  tai_result_add_int (result, "offerings", catalogue != NULL ? tai_catalogue_get_n_offerings (catalogue) : 0);
  tai_result_add_flag (result, "staffChanged", pulled.staff_changed);
  tai_result_add_flag (result, "papersChanged", pulled.papers_changed);
  tai_result_add_int (result, "numbers", pulled.numbers);
  tai_result_add_int (result, "sims", pulled.sims);
  return result;
}

static void
print_pull (const TaiJson *result, GString *out)
{
  tai_result_print (out, _ ("Catalogue: %lld offers, %s\n"), tai_result_int (result, "offerings"),
                    tai_result_flag (result, "catalogueChanged") ? _ ("new") : _ ("unchanged"));
  tai_result_print (out, _ ("Staff list: %s\n"),
                    tai_result_flag (result, "staffChanged") ? _ ("new") : _ ("unchanged"));
  tai_result_print (out, _ ("Templates and logo: %s\n"),
                    tai_result_flag (result, "papersChanged") ? _ ("new") : _ ("unchanged"));
  tai_result_print (out, _ ("New in stock: %lld numbers, %lld SIM cards\n"),
                    tai_result_int (result, "numbers"), tai_result_int (result, "sims"));
}

static const TaiVerb pull = {
    .name = "catalogue pull",
    .place = TAI_VERB_WRITE,
    .summary = N_ ("Fetch catalogue, staff list, templates and stock from headquarters"),
    .run = run_pull,
    .print = print_pull,
};

/* catalogue show ---------------------------------------------------------------------------------------------------------- */

static void
add_prices (TaiJson *object, const TaiOffering *offering)
{
  TaiJson *list = tai_result_add_list (object, "prices");

  for (guint i = 0; i < offering->prices->len; i++) {
    const TaiPrice *price = g_ptr_array_index (offering->prices, i);
    TaiJson *one = tai_result_append_object (list);
    tai_result_add_text (one, "id", price->id);
    tai_result_add_text (one, "name", price->name);
    tai_result_add_text (one, "type", tai_price_type_to_text (price->type));
    if (price->is_open) {
      tai_result_add_money (one, "minimum", price->minimum);
      tai_result_add_money (one, "maximum", price->maximum);
    } else {
      tai_result_add_money (one, "amount", price->amount);
    }
    if (price->discount.kind == TAI_DISCOUNT_PERCENT)
      tai_result_add_int (one, "percentX100", price->discount.percent_x100);
    if (price->discount.kind == TAI_DISCOUNT_AMOUNT)
      tai_result_add_money (one, "discount", price->discount.amount);
    if (price->discount.kind != TAI_DISCOUNT_NONE)
      tai_result_add_int (one, "months", price->discount.months);
  }
}

static TaiJson *
run_show (TaiVerbCall *call, GError **error)
{
  TaiCatalogue *catalogue = tai_terminal_host_get_catalogue (call->host, error);
  TaiJson *result, *list;

  if (catalogue == NULL)
    return NULL;
  result = tai_json_new_object ();
  tai_result_add_text (result, "etag", tai_catalogue_get_etag (catalogue));
  list = tai_result_add_list (result, "offerings");
  for (guint i = 0; i < tai_catalogue_get_n_offerings (catalogue); i++) {
    const TaiOffering *offering = tai_catalogue_get_offering (catalogue, i);
    TaiJson *one = tai_result_append_object (list);
    tai_result_add_text (one, "id", offering->id);
    tai_result_add_text (one, "name", offering->name);
    tai_result_add_text (one, "nameEn", offering->name_en);
    tai_result_add_text (one, "kind", tai_offering_kind_to_text (offering->kind));
    tai_result_add_text (one, "keyTerms", offering->key_terms);
    tai_result_add_text (one, "keyTermsEn", offering->key_terms_en);
    add_prices (one, offering);
  }
  return result;
}

static void
print_price (const TaiJson *price, GString *out)
{
  if (tai_json_has (price, "minimum"))
    tai_result_print (out, "  %s–%s", tai_result_text (price, "minimum"), tai_result_text (price, "maximum"));
  else if (tai_json_has (price, "percentX100"))
    tai_result_print (out, "  −%lld %%", tai_result_int (price, "percentX100") / 100);
  else if (tai_json_has (price, "discount"))
    tai_result_print (out, "  −%s", tai_result_text (price, "discount"));
  else
    tai_result_print (out, "  %s", tai_result_text (price, "amount"));
}

static void
print_show (const TaiJson *result, GString *out)
{
  const TaiJson *list = tai_json_get (result, "offerings");

  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *one = tai_json_get_element (list, i);
    const TaiJson *prices = tai_json_get (one, "prices");
    tai_result_print_cell (out, tai_result_text (one, "id"), 20);
    tai_result_print_cell (out, tai_result_text (one, "kind"), 11);
    g_string_append (out, tai_result_text (one, "name"));
    for (guint j = 0; j < tai_json_get_length (prices); j++)
      print_price (tai_json_get_element (prices, j), out);
    g_string_append_c (out, '\n');
  }
}

static const TaiVerb show = {
    .name = "catalogue show",
    .place = TAI_VERB_READ,
    .summary = N_ ("List what is on sale"),
    .run = run_show,
    .print = print_show,
};

const TaiVerb *const tai_verbs_catalogue[] = {&pull, &show, NULL};
