/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trees of recent bodies: whoever asks gets the tree of the bytes that he has, whatever was kept before. */
#include "tai-hq-recent.h"

#include <string.h>

#include "tai-test-data.h"

#define ID    "01890a5d-ac96-774b-bcce-b302099a8057"
#define OTHER "01890a5d-ac96-774b-bcce-b302099a8058"

static GBytes *
make_body (guint n)
{
  char *text = g_strdup_printf ("{\"n\":%u}", n);
  return g_bytes_new_take (text, strlen (text));
}

static void
assert_number (const TaiJson *json, gint64 expected)
{
  gint64 n = -1;

  g_assert_true (tai_json_require_int (json, "n", &n, NULL));
  g_assert_cmpint (n, ==, expected);
}

static void
test_the_same_tree_again (void)
{
  g_autofree HqRecent *recent = g_new0 (HqRecent, 1);
  g_autoptr (GBytes) body = make_body (1), same = make_body (1);
  g_autoptr (TaiJson) json = tai_json_parse ("{\"n\":1}", -1, NULL, NULL);
  g_autoptr (TaiJson) other = tai_json_parse ("{\"n\":2}", -1, NULL, NULL);
  g_autoptr (TaiJson) left = NULL;
  g_autoptr (TaiJson) found = NULL;

  g_assert_null (hq_recent_keep (recent, ID, body, other));
  left = hq_recent_keep (recent, ID, body, json); /* who leaves is the caller's */
  g_assert_true (left == other);
  found = hq_recent_parse (recent, ID, same);
  g_assert_true (found == json);
  hq_recent_clear (recent);
  assert_number (found, 1); /* it is the caller's as well */
}

static void
test_other_bytes_are_parsed (void)
{
  g_autofree HqRecent *recent = g_new0 (HqRecent, 1);
  g_autoptr (GBytes) before = make_body (1), patched = make_body (2);
  g_autoptr (TaiJson) first = hq_recent_parse (recent, ID, before);
  g_autoptr (TaiJson) second = hq_recent_parse (recent, ID, patched);
  g_autoptr (TaiJson) other = hq_recent_parse (recent, OTHER, before);

  assert_number (first, 1);
  assert_number (second, 2);
  assert_number (other, 1);
  g_assert_true (other != first);
  hq_recent_clear (recent);
}

/* Many more than there are places: ids share places, no answer is another's. */
static void
test_more_than_places (void)
{
  g_autofree HqRecent *recent = g_new0 (HqRecent, 1);

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < 4 * HQ_RECENT_MAX; i++) {
      g_autofree char *id = g_strdup_printf ("01890a5d-ac96-774b-bcce-%012u", i);
      g_autoptr (GBytes) body = make_body (i);
      g_autoptr (TaiJson) json = hq_recent_parse (recent, id, body);
      assert_number (json, i);
    }
  hq_recent_clear (recent);
}

static void
test_any_id (void)
{
  g_autofree HqRecent *recent = g_new0 (HqRecent, 1);
  g_autofree char *id = g_strnfill (200, 'x');
  g_autoptr (GBytes) body = make_body (7);
  g_autoptr (TaiJson) first = hq_recent_parse (recent, id, body), second = hq_recent_parse (recent, id, body);
  g_autoptr (TaiJson) empty = hq_recent_parse (recent, "", body);

  assert_number (first, 7);
  assert_number (empty, 7);
  g_assert_true (first == second);
  hq_recent_clear (recent);
}

/* The first of that kind in the demo's catalogue. */
static GBytes *
make_offering (const char *kind)
{
  g_autoptr (GBytes) text = tai_test_data_load ("catalogue.json");
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);
  g_autoptr (TaiJson) list = tai_json_parse (bytes, (gssize)size, NULL, NULL);

  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *one = tai_json_get_element (list, i);
    char *body;

    if (g_strcmp0 (tai_json_require_string (one, "x-guitai.kind", NULL), kind) != 0)
      continue;
    body = tai_json_to_text (one);
    return g_bytes_new_take (body, strlen (body));
  }
  g_assert_not_reached ();
}

/* The catalogue was loaded anew: the offering of the new bytes, at once; what is none of ours stays none. */
static void
test_offering (void)
{
  g_autofree HqRecent *recent = g_new0 (HqRecent, 1);
  g_autoptr (GBytes) plan = make_offering ("plan"), service = make_offering ("service");
  g_autoptr (GBytes) strange = make_body (1);
  g_autoptr (TaiJson) json = NULL;
  const TaiOffering *first = hq_recent_parse_offering (recent, "p", plan);

  g_assert_cmpint (first->kind, ==, TAI_OFFERING_PLAN);
  g_assert_true (hq_recent_parse_offering (recent, "p", plan) == first);
  g_assert_cmpint (hq_recent_parse_offering (recent, "p", service)->kind, ==, TAI_OFFERING_SERVICE);
  json = hq_recent_parse (recent, "p", plan);
  g_assert_cmpint (hq_recent_parse_offering (recent, "p", plan)->kind, ==, TAI_OFFERING_PLAN);
  g_assert_null (hq_recent_parse_offering (recent, "p", strange));
  g_assert_null (hq_recent_parse_offering (recent, "p", strange));
  hq_recent_clear (recent);
}

static void
test_owner (void)
{
  g_autofree HqRecent *recent = g_new0 (HqRecent, 1);

  g_assert_null (hq_recent_find_owner (recent, "box 0"));
  for (guint i = 0; i < 4 * HQ_RECENT_MAX; i++) {
    g_autofree char *box = g_strdup_printf ("box %u", i), *owner = g_strdup_printf ("owner %u", i);
    hq_recent_keep_owner (recent, box, owner);
    g_assert_cmpstr (hq_recent_find_owner (recent, box), ==, owner);
  }
  for (guint i = 0; i < 4 * HQ_RECENT_MAX; i++) { /* forgotten, or right */
    g_autofree char *box = g_strdup_printf ("box %u", i), *owner = g_strdup_printf ("owner %u", i);
    const char *found = hq_recent_find_owner (recent, box);
    g_assert_true (found == NULL || strcmp (found, owner) == 0);
  }
  hq_recent_clear (recent);
  g_assert_null (hq_recent_find_owner (recent, "box 1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hq/recent/the-same-tree-again", test_the_same_tree_again);
  g_test_add_func ("/hq/recent/other-bytes-are-parsed", test_other_bytes_are_parsed);
  g_test_add_func ("/hq/recent/more-than-places", test_more_than_places);
  g_test_add_func ("/hq/recent/any-id", test_any_id);
  g_test_add_func ("/hq/recent/offering", test_offering);
  g_test_add_func ("/hq/recent/owner", test_owner);
  return g_test_run ();
}
