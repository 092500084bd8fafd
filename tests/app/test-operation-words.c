/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of the businesses: each has them, in both languages, and the Chinese that the command box knows is the Chinese
 * that the screen shows.
 */
#include "tai-operation-words.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "tai-journal-kind.h"
#include "tai-journal-words.h"
#include "tai-operation.h"

static const TaiOperation *
get_all (const char *language, guint *n)
{
  g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_ALL, "C.UTF-8"); /* tells gettext to look again */
  textdomain (GETTEXT_PACKAGE);
  return tai_operation_get_all (n);
}

static void
test_english (void)
{
  guint n;
  const TaiOperation *all = get_all ("en", &n);
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++) {
    const char *title = tai_operation_words_get_title (all[i].id);
    const char *description = tai_operation_words_get_description (all[i].id);

    g_test_message ("%s: %s", title, description);
    g_assert_cmpstr (title, !=, all[i].id);
    g_assert_true (g_ascii_isupper (description[0]));
    g_assert_false (g_str_has_suffix (description, "."));
    g_assert_cmpuint (strlen (description), <=, 80);
    g_assert_true (g_hash_table_add (titles, (gpointer)title)); /* no two alike */
  }
}

static gboolean
is_chinese (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

static void
test_chinese (void)
{
  g_autoptr (TaiFinder) finder = tai_finder_new (NULL, NULL);
  guint n;
  const TaiOperation *all = get_all ("zh_CN", &n);

  tai_operation_words_add_to_finder (finder);
  g_assert_cmpuint (tai_finder_get_n_entries (finder), ==, n);
  for (guint i = 0; i < n; i++) {
    g_autoptr (GPtrArray) hits = tai_finder_search (finder, all[i].code, 1);
    const TaiFinderHit *hit = g_ptr_array_index (hits, 0);

    g_assert_cmpstr (hit->entry->id, ==, all[i].id);
    g_assert_cmpstr (hit->entry->title, ==, tai_operation_words_get_title (all[i].id));
    g_assert_cmpstr (hit->entry->number, ==, all[i].number);
    g_assert_true (is_chinese (tai_operation_words_get_description (all[i].id)));
    g_assert_cmpint (g_utf8_strlen (tai_operation_words_get_description (all[i].id), -1), <=, 30);
  }
}

/* No name of one business is the title, the code or a name of another. */
static void
test_names_are_nobody_elses (void)
{
  g_autoptr (TaiFinder) finder = tai_finder_new (NULL, NULL);
  guint n;
  const TaiOperation *all = get_all ("en", &n);

  tai_operation_words_add_to_finder (finder);
  for (guint i = 0; i < n; i++) {
    g_autoptr (GPtrArray) hits = tai_finder_search (finder, all[i].code, 1);
    const TaiFinderEntry *entry = ((TaiFinderHit *)g_ptr_array_index (hits, 0))->entry;

    g_assert_nonnull (entry->aliases[0]);
    for (guint k = 0; entry->aliases[k] != NULL; k++) {
      g_autoptr (GPtrArray) named = tai_finder_search (finder, entry->aliases[k], 2);
      const TaiFinderHit *first = g_ptr_array_index (named, 0);
      const TaiFinderHit *second = named->len > 1 ? g_ptr_array_index (named, 1) : NULL;

      g_assert_cmpstr (first->entry->id, ==, all[i].id);
      g_assert_true (second == NULL || second->score < first->score);
    }
  }
}

/* Whatever the journal is told has words, and no two kinds have the same. */
static void
test_journal (void)
{
  static const char *const languages[] = {"en", "zh_CN"};
  const char *const *kinds = tai_journal_kinds_list ();
  guint n;

  for (guint k = 0; k < G_N_ELEMENTS (languages); k++) {
    g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);

    get_all (languages[k], &n);
    for (guint i = 0; kinds[i] != NULL; i++) {
      const char *words = tai_journal_words_get (kinds[i]);
      g_test_message ("%s: %s", kinds[i], words);
      g_assert_cmpstr (words, !=, kinds[i]);
      g_assert_true (is_chinese (words) == (k == 1));
      g_assert_true (g_hash_table_add (all, (gpointer)words));
    }
  }
}

static void
test_unknown (void)
{
  g_assert_cmpstr (tai_operation_words_get_title ("later"), ==, "later");
  g_assert_cmpstr (tai_operation_words_get_description ("later"), ==, "");
  g_assert_null (tai_operation_words_get_title (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("GUITAI_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_add_func ("/operation-words/english", test_english);
  g_test_add_func ("/operation-words/chinese", test_chinese);
  g_test_add_func ("/operation-words/names-are-nobody-elses", test_names_are_nobody_elses);
  g_test_add_func ("/operation-words/unknown", test_unknown);
  g_test_add_func ("/journal-words/all", test_journal);
  return g_test_run ();
}
