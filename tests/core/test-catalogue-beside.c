/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Catalogues in which something could never be sold, or never be printed: what is required must find room beside the one that
 * requires it, and texts fit on paper. Each such fault keeps the whole list out and is told by name.
 */
#include <string.h>

#include "tai-core-error.h"
#include "tai-test-shop.h"

/* In this order, so that a row can name them: a plan, a service that needs it, a SIM, a top-up. */
enum { PLAN, RING, SIM, TOP_UP };

static GPtrArray *
sample (void)
{
  GPtrArray *offerings = g_ptr_array_new ();

  tai_test_shop_add_offering (offerings, "plan", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 5900);
  tai_test_shop_add_offering (offerings, "ring", TAI_OFFERING_SERVICE, TAI_PRICE_RECURRING, 1000);
  tai_test_shop_set_list (&tai_test_shop_last (offerings)->requires, "plan");
  tai_test_shop_add_offering (offerings, "sim", TAI_OFFERING_SIM, TAI_PRICE_ONE_TIME, 2000);
  tai_test_shop_add_offering (offerings, "topup", TAI_OFFERING_TOP_UP, TAI_PRICE_DEPOSIT, 100);
  return offerings;
}

static TaiOffering *
at (GPtrArray *offerings, guint index)
{
  return g_ptr_array_index (offerings, index);
}

static void
replace (char **text, char *other)
{
  g_free (*text);
  *text = other;
}

static void
spoil_grade (GPtrArray *o)
{
  TaiOffering *grade = tai_offering_new ("grade", TAI_OFFERING_NUMBER_GRADE);

  grade->name = g_strdup ("A");
  grade->grade = g_strdup ("A");
  grade->minimum_spend = CNY (12800);
  g_ptr_array_add (o, grade);
  tai_test_shop_set_list (&at (o, RING)->requires, "plan,grade");
}
static void
spoil_second_plan (GPtrArray *o)
{
  tai_test_shop_add_offering (o, "plan2", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 9900);
  tai_test_shop_set_list (&tai_test_shop_last (o)->requires, "ring");
}
static void
spoil_withdrawn (GPtrArray *o)
{
  at (o, PLAN)->is_withdrawn = TRUE;
}
static void
spoil_business (GPtrArray *o)
{
  tai_test_shop_set_list (&at (o, TOP_UP)->requires, "sim");
}
static void
spoil_own_businesses (GPtrArray *o)
{
  tai_test_shop_set_list (&at (o, PLAN)->operations, "new_line");
  tai_test_shop_set_list (&at (o, RING)->operations, "plan_change");
}
/* A handset has no place in a line's basket, whatever the bundle says; a SIM has. */
static void
spoil_part (GPtrArray *o)
{
  tai_test_shop_add_offering (o, "phone", TAI_OFFERING_GOODS, TAI_PRICE_ONE_TIME, 99900);
  tai_offering_add_part (at (o, PLAN), "phone");
  g_strfreev (at (o, RING)->requires);
  at (o, RING)->requires = g_new0 (char *, 1);
  tai_offering_add_part (at (o, PLAN), "sim");
}
static void
spoil_time (GPtrArray *o)
{
  at (o, PLAN)->valid_until_us = 1000;
  at (o, RING)->valid_from_us = 1000;
}
static void
spoil_region (GPtrArray *o)
{
  tai_test_shop_set_list (&at (o, PLAN)->regions, "north,south");
  tai_test_shop_set_list (&at (o, RING)->regions, "island");
}
static void
spoil_name_length (GPtrArray *o)
{
  replace (&at (o, PLAN)->name, g_strnfill (401, 'x'));
}
static void
spoil_english_name (GPtrArray *o)
{
  replace (&at (o, PLAN)->name_en, g_strdup ("Smart\n59"));
}
static void
spoil_price_name (GPtrArray *o)
{
  replace (&((TaiPrice *)g_ptr_array_index (at (o, PLAN)->prices, 0))->name, g_strdup ("fee\x1b@"));
}
static void
spoil_terms (GPtrArray *o)
{
  replace (&at (o, RING)->key_terms, g_strnfill (4001, 'x'));
}

static const struct {
  const char *name;
  void (*spoil) (GPtrArray *offerings);
  const char *problem;
} faults[] = {
    {"grade", spoil_grade, "offering ring: requires grade, which is in no basket"},
    {"second-plan", spoil_second_plan, "offering plan2: requires plan, which is a second plan"},
    {"withdrawn", spoil_withdrawn, "offering ring: requires plan, which is not sold"},
    {"business", spoil_business, "offering topup: requires sim, which is sold under no business of its own"},
    {"own-businesses", spoil_own_businesses,
     "offering ring: requires plan, which is sold under no business of its own"},
    {"part", spoil_part, "offering plan: requires phone, which is sold under no business of its own"},
    {"time", spoil_time, "offering ring: requires plan, which is never sold at the same time"},
    {"region", spoil_region, "offering ring: requires plan, which is sold in none of its regions"},
    {"name-length", spoil_name_length, "offering plan: a name of more than 400 bytes"},
    {"english-name", spoil_english_name, "offering plan: an English name with a control character"},
    {"price-name", spoil_price_name, "offering plan: a price's name with a control character"},
    {"terms", spoil_terms, "offering ring: key terms of more than 4000 bytes"},
};

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
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (problems, 0), ==, faults[i].problem);
}

/* What only touches: a region in common, a moment in common, a name of all the bytes that there are. */
static void
test_not_faults (void)
{
  GPtrArray *offerings = sample ();
  g_autoptr (TaiCatalogue) catalogue = NULL;

  tai_test_shop_set_list (&at (offerings, PLAN)->regions, "north,south");
  tai_test_shop_set_list (&at (offerings, RING)->regions, "south,island");
  at (offerings, PLAN)->valid_until_us = 1000;
  at (offerings, RING)->valid_from_us = 999;
  replace (&at (offerings, PLAN)->name, g_strnfill (400, 'x'));
  replace (&at (offerings, RING)->key_terms, g_strdup ("one\ntwo"));
  catalogue = tai_test_shop_open (offerings);
  g_assert_nonnull (catalogue);
}

/* Its time has come and its price's has not, or is over: nobody is shown what could not be rated. */
static void
test_on_sale (void)
{
  GPtrArray *offerings = sample ();
  TaiPrice *price = g_ptr_array_index (at (offerings, PLAN)->prices, 0);
  const TaiOffering *plan = at (offerings, PLAN);
  g_autoptr (TaiCatalogue) catalogue = NULL;

  price->valid_from_us = 100;
  price->valid_until_us = 200;
  catalogue = tai_test_shop_open (offerings);
  g_assert_false (tai_offering_is_on_sale (plan, NULL, NULL, 99));
  g_assert_true (tai_offering_is_on_sale (plan, NULL, NULL, 100));
  g_assert_true (tai_offering_is_on_sale (plan, NULL, NULL, 199));
  g_assert_false (tai_offering_is_on_sale (plan, NULL, NULL, 200));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *path = g_strdup_printf ("/core/catalogue/beside/%s", faults[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_fault);
  }
  g_test_add_func ("/core/catalogue/beside/not-faults", test_not_faults);
  g_test_add_func ("/core/catalogue/beside/on-sale", test_on_sale);
  return g_test_run ();
}
