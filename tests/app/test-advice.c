/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every code of every room has its own words, in English and in Chinese, and an exit code. */
#include "tai-advice.h"
#include "tai-core-error.h"
#include "tai-error-enums.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

static const struct {
  const char *domain;
  GType (*codes) (void);
} domains[] = {
    {"core", tai_core_error_get_type},
    {"wire", tai_wire_error_get_type},
    {"io", tai_io_error_get_type},
    {"devices", tai_devices_error_get_type},
    {"printing", tai_printing_error_get_type},
    {"offline", tai_offline_error_get_type},
    {"hq", tai_hq_error_get_type},
    {"app", tai_app_error_get_type},
};

/* What a sentence must be, apart from being there: several sentences, no other code's. */
static void
check_words (GHashTable *seen, const char *name, const char *words, const char *stop)
{
  g_autofree char *of = g_strdup (name);

  g_test_message ("%s: %s", name, words);
  g_assert_cmpuint (strlen (words), >, 40);
  g_assert_nonnull (strstr (words, stop));
  g_assert_true (g_str_has_suffix (words, stop));
  /* a clerk has no command line; only who has made a mistake on it reads its name */
  g_assert_true (strstr (words, "guitaictl") == NULL || g_str_equal (name, "TAI_APP_ERROR_USAGE") ||
                 g_str_equal (name, "TAI_APP_ERROR_OWNER_GONE"));
  if (g_hash_table_contains (seen, words))
    g_error ("%s and %s say the same", name, (char *)g_hash_table_lookup (seen, words));
  g_hash_table_insert (seen, g_strdup (words), g_steal_pointer (&of));
}

static void
walk (const char *stop)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (domains); i++) {
    g_autoptr (GEnumClass) codes = g_type_class_ref (domains[i].codes ());
    GQuark domain = tai_advice_domain_from_text (domains[i].domain);

    g_assert_cmpuint (codes->n_values, >=, 1);
    for (guint j = 0; j < codes->n_values; j++) {
      if (!tai_advice_exists (domain, codes->values[j].value))
        g_error ("%s has no words", codes->values[j].value_name);
      check_words (seen, codes->values[j].value_name, tai_advice_for (domain, codes->values[j].value), stop);
    }
  }
}

static void
test_english (void)
{
  walk (".");
}

static void
test_chinese (void)
{
  g_assert_nonnull (setlocale (LC_ALL, "C.UTF-8"));
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("GUITAI_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_assert_cmpstr (
      gettext ("The till is not open. Nothing was done. Count the drawer and open the till first."), !=,
      "The till is not open. Nothing was done. Count the drawer and open the till first.");
  walk ("。");
}

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++) {
    g_autoptr (GEnumClass) codes = g_type_class_ref (domains[i].codes ());
    GQuark domain = tai_advice_domain_from_text (domains[i].domain);

    g_assert_cmpstr (tai_advice_domain_to_text (domain), ==, domains[i].domain);
    for (guint j = 0; j < codes->n_values; j++) {
      const char *text = tai_advice_code_to_text (domain, codes->values[j].value);
      int code = -1;
      g_assert_true (tai_advice_code_from_text (domain, text, &code));
      g_assert_cmpint (code, ==, codes->values[j].value);
      g_assert_cmpint (tai_advice_exit_code (domain, code), !=, TAI_EXIT_DONE);
    }
    g_assert_null (tai_advice_code_to_text (domain, 9999));
  }
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "no such file");
  int code;

  g_assert_nonnull (tai_advice_for_error (error));
  g_assert_false (tai_advice_exists (error->domain, error->code));
  g_assert_cmpint (tai_advice_exit_code (error->domain, error->code), ==, TAI_EXIT_INTERNAL);
  g_assert_null (tai_advice_domain_to_text (error->domain));
  g_assert_cmpuint (tai_advice_domain_from_text ("nonsense"), ==, 0);
  g_assert_false (tai_advice_code_from_text (tai_advice_domain_from_text ("core"), "nonsense", &code));
  g_assert_false (tai_advice_exists (tai_advice_domain_from_text ("core"), -1));
}

/* The figure that the error carries is in the sentence. */
static void
test_missing (void)
{
  g_autoptr (GError) error = NULL, other = g_error_new_literal (TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "x");
  g_autofree char *words = NULL, *plain = tai_advice_dup_for_error (other);

  tai_core_error_set_cash_short (&error, 12345, 156);
  words = tai_advice_dup_for_error (error);
  g_assert_true (g_str_has_prefix (words, tai_advice_for_error (error)));
  g_assert_nonnull (strstr (words, "123.45 CNY"));
  g_assert_cmpstr (plain, ==, tai_advice_for_error (other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/advice/english", test_english);
  g_test_add_func ("/advice/missing", test_missing);
  g_test_add_func ("/app/advice/names", test_names);
  g_test_add_func ("/app/advice/unknown", test_unknown);
  g_test_add_func ("/app/advice/chinese", test_chinese);
  return g_test_run ();
}
