/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the JSON wrapper lets in, refuses and gives back; hostile input above all. */
#include "tai-json.h"

#include <json-c/json.h>
#include <string.h>

/* json-c's own tokener as second judge: what we take, it takes, and reads the same in it. */
static void
assert_same_as_tokener (const TaiJson *json, const char *bytes, gsize length)
{
  json_tokener *tokener = json_tokener_new_ex (TAI_JSON_MAX_DEPTH + 2);
  json_tokener_set_flags (tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
  g_autoptr (TaiJson) theirs = json_tokener_parse_ex (tokener, bytes, (int)length);
  g_assert_cmpint (json_tokener_get_error (tokener), ==, json_tokener_success);
  json_tokener_free (tokener);
  g_assert_true (tai_json_equal (json, theirs));
}

static char *
read_order (gsize *length)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "tmf", "examples", "1_activation.v4.json", NULL);
  char *text;
  GError *error = NULL;
  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

static void
assert_refused (const char *text, gssize length, TaiWireError code)
{
  GError *error = NULL;
  g_autoptr (TaiJson) json = tai_json_parse (text, length, NULL, &error);
  if (json != NULL)
    g_test_message ("taken: %.60s", text);
  g_assert_null (json);
  g_assert_error (error, TAI_WIRE_ERROR, (int)code);
  g_clear_error (&error);
}

/* In and out again, byte for byte. */
static void
assert_kept (const char *text)
{
  GError *error = NULL;
  g_autoptr (TaiJson) json = tai_json_parse (text, -1, NULL, &error);
  g_assert_no_error (error);
  assert_same_as_tokener (json, text, strlen (text));
  g_autofree char *again = tai_json_to_text (json);
  g_assert_cmpstr (again, ==, text);
  g_autoptr (TaiJson) copy = tai_json_copy (json);
  g_assert_true (tai_json_equal (copy, json));
  g_autofree char *copied = tai_json_to_text (copy);
  g_assert_cmpstr (copied, ==, text);
}

static void
test_accepts (void)
{
  static const char *const text[] = {
      "{}",
      "[]",
      "[null,true,false]",
      "[0,-1,9223372036854775807,-9223372036854775808]",
      "[19.90,19.9,0.1,-0.05,-0.0,100000000000.00,1e3,1E+3,1e-3,1e400,0.30000000000000004]",
      "{\"a\":{\"b\":[{\"c\":\"d\"}]},\"\":\"empty name\",\"@type\":\"x\"}",
      "[\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\",\"/\",\"中文 😀 \xee\x80\x80\"]",
      "{\"a\":{},\"b\":[],\"c\":[[],{}]}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    assert_kept (text[i]);
  GError *error = NULL;
  g_autoptr (TaiJson) blanks =
      tai_json_parse (" \r\n\t{ \"a\" : [ 1 , \"\\u4e2d\\ud83d\\ude00\\/\" ] }\n", -1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tai_json_require_string (blanks, "a.1", NULL), ==, "中😀/");
}

static void
test_syntax (void)
{
  static const char *const text[] = {
      "",
      " ",
      "1",
      "\"a\"",
      "null",
      "true",
      "[1,]",
      "[,1]",
      "[1 2]",
      "{\"a\":1,}",
      "{,}",
      "{a:1}",
      "{'a':1}",
      "['a']",
      "{\"a\"}",
      "{\"a\":}",
      "{\"a\" 1}",
      "{1:2}",
      "{null:1}",
      "[1]]",
      "{}{}",
      "{} x",
      "[1}",
      "{\"a\":1]",
      "[NaN]",
      "[nan]",
      "[Infinity]",
      "[-Infinity]",
      "[inf]",
      "[TRUE]",
      "[True]",
      "[nul]",
      "[nullx]",
      "/* */[]",
      "[/* */]",
      "[1 // x\n]",
      "[+1]",
      "[01]",
      "[-]",
      "[.5]",
      "[5.]",
      "[1e]",
      "[1e+]",
      "[0x10]",
      "[1_000]",
      "[1,000.]",
      "[--1]",
      "[-01]",
      "[\"a]",
      "[\"a\nb\"]",
      "[\"\\x41\"]",
      "[\"\\u12\"]",
      "[\"\\u12g4\"]",
      "[\"\\\"]",
      "[\"\\a\"]",
      "[\"\t\"]",
      "\xef\xbb\xbf{}",
      "{\"a\":1;}",
      "[1\x0b]",
      "\xc2\xa0[]",
      "[tru",
      "[f",
      "[n",
      "{",
      "[",
      "[[",
      "{\"a\":",
  };
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    assert_refused (text[i], -1, TAI_WIRE_ERROR_SYNTAX);
  assert_refused ("[1]\0", 4, TAI_WIRE_ERROR_SYNTAX);
  assert_refused ("[\"a\0b\"]", 7, TAI_WIRE_ERROR_SYNTAX);
  assert_refused ("[\0]", 3, TAI_WIRE_ERROR_SYNTAX);
  assert_refused (NULL, 0, TAI_WIRE_ERROR_SYNTAX);
}

static void
test_utf8 (void)
{
  static const char *const text[] = {
      "[\"\x80\"]",       "[\"\xc0\xaf\"]",       "[\"\xed\xa0\x80\"]",   "[\"\xf5\x80\x80\x80\"]",
      "[\"\xe4\xb8\"]",   "[\"\xff\"]",           "{\"\xc3\x28\":1}",     "[\"\xf4\x90\x80\x80\"]",
      "[\"\\u0000\"]",    "{\"a\\u0000b\":1}",    "[\"\\ud800\"]",        "[\"\\udc00\"]",
      "[\"\\ud800x\"]",   "[\"\\ud800\\u0041\"]", "[\"\\ud800\\ud800\"]", "[\"\\udc00\\ud800\"]",
      "[\"\\ud83d\\n\"]",
  };
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    assert_refused (text[i], -1, TAI_WIRE_ERROR_UTF8);
}

static void
test_numbers (void)
{
  assert_refused ("[9223372036854775808]", -1, TAI_WIRE_ERROR_NUMBER);
  assert_refused ("[-9223372036854775809]", -1, TAI_WIRE_ERROR_NUMBER);
  assert_refused ("[18446744073709551616]", -1, TAI_WIRE_ERROR_NUMBER); /* 2^64 */
  assert_refused ("[99999999999999999999999999999]", -1, TAI_WIRE_ERROR_NUMBER);
  assert_refused ("[0.00000000000000000000000000000000000000001]", -1, TAI_WIRE_ERROR_NUMBER);
  assert_refused ("[1e00000000000000000000000000000000000000001]", -1, TAI_WIRE_ERROR_NUMBER);

  g_autoptr (TaiJson) json =
      tai_json_parse ("[19.90,-0,1e400,\"7.5\",\"1e2\",12,\"x\",true]", -1, NULL, NULL);
  GError *error = NULL;
  g_autofree char *price = tai_json_require_decimal (json, "0", NULL);
  g_assert_cmpstr (price, ==, "19.90");
  gint64 zero = 5;
  g_assert_true (tai_json_require_int (json, "1", &zero, NULL));
  g_assert_cmpint (zero, ==, 0);
  g_assert_null (tai_json_require_decimal (json, "2", &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_false (tai_json_require_int (json, "0", &zero, &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_TYPE);
  g_clear_error (&error);
  g_autofree char *quoted = tai_json_require_decimal (json, "3", NULL);
  g_assert_cmpstr (quoted, ==, "7.5");
  g_assert_null (tai_json_require_decimal (json, "4", NULL));
  g_autofree char *whole = tai_json_require_decimal (json, "5", NULL);
  g_assert_cmpstr (whole, ==, "12");
  g_assert_null (tai_json_require_decimal (json, "6", &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_null (tai_json_require_decimal (json, "7", &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_null (tai_json_require_decimal (json, "8", &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_MISSING);
  g_clear_error (&error);
}

static void
test_duplicates (void)
{
  static const struct {
    const char *text, *place; /* behind the second name */
  } each[] = {
      {"{\"a\":1,\"a\":1}", "byte 10: "},
      {"{\"a\":1,\"\\u0061\":2}", "byte 15: "},
      {"{\"a\":{\"x\":[1]},\"b\":[{},{\"c\":1,\"d\":{\"e\":1,\"e\":{\"x\":1,\"x\":2}}}]}", "byte 44: "},
      {"[{},{\"中\":null,\"x\":1,\"中\":null}]", "byte 27: "},
      {"{\"a\":{\"b\":1},\"a\":{\"b\":1,\"b\":2}}", "byte 16: "},
  };
  for (guint i = 0; i < G_N_ELEMENTS (each); i++) {
    GError *error = NULL;
    g_assert_null (tai_json_parse (each[i].text, -1, NULL, &error));
    g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_DUPLICATE_KEY);
    g_assert_true (g_str_has_prefix (error->message, each[i].place));
    g_clear_error (&error);
  }
  assert_kept ("[{\"a\":1},{\"a\":1,\"A\":1}]");
}

static char *
nested (guint depth)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, i % 2 == 0 ? "[" : "{\"a\":");
  if (depth % 2 == 0)
    g_string_append (text, "1");
  for (guint i = depth; i > 0; i--)
    g_string_append_c (text, i % 2 == 1 ? ']' : '}');
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *just = nested (32);
  g_autofree char *over = nested (33);
  assert_kept (just);
  assert_refused (over, -1, TAI_WIRE_ERROR_DEPTH);
  g_autofree char *open = g_strnfill (100000, '[');
  assert_refused (open, -1, TAI_WIRE_ERROR_DEPTH);
  g_autofree char *far = nested (100000);
  assert_refused (far, -1, TAI_WIRE_ERROR_DEPTH);
  TaiJsonLimits flat = {.max_depth = 1};
  GError *error = NULL;
  g_assert_null (tai_json_parse ("[[]]", -1, &flat, &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_DEPTH);
  g_clear_error (&error);
  g_autoptr (TaiJson) json = tai_json_parse ("[1]", -1, &flat, &error);
  g_assert_no_error (error);
}

static void
test_size (void)
{
  g_autofree char *letters = g_strnfill (10000000, 'x');
  g_autofree char *text = g_strdup_printf ("[\"%s\"]", letters);
  assert_refused (text, -1, TAI_WIRE_ERROR_SIZE);
  TaiJsonLimits wide = {.max_bytes = 11000000};
  GError *error = NULL;
  g_autoptr (TaiJson) json = tai_json_parse (text, -1, &wide, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (tai_json_require_string (json, "0", NULL)), ==, 10000000);

  GString *many = g_string_new ("[0");
  for (guint i = 0; i < 60000; i++)
    g_string_append (many, ",[]");
  g_string_append_c (many, ']');
  assert_refused (many->str, -1, TAI_WIRE_ERROR_SIZE);
  TaiJsonLimits most = {.max_values = 60002};
  g_autoptr (TaiJson) taken = tai_json_parse (many->str, (gssize)many->len, &most, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tai_json_get_length (taken), ==, 60001);
  g_string_free (many, TRUE);
}

static void
test_truncated (void)
{
  gsize length;
  g_autofree char *text = read_order (&length);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  for (gsize cut = 0; cut < length; cut++) {
    g_autofree char *part = g_memdup2 (text, MAX (cut, 1)); /* its own block: a read past the end is seen */
    GError *error = NULL;
    g_autoptr (TaiJson) json = tai_json_parse (part, (gssize)cut, NULL, &error);
    g_assert_null (json);
    g_assert_true (error != NULL && error->domain == TAI_WIRE_ERROR);
    g_clear_error (&error);
  }
}

/* Whatever a mutation makes of a real order: an error, or a tree that renders and parses to itself. */
static void
test_mutated (void)
{
  static const char spice[] = "{}[]\",:\\u0d8e+-.eE0919tfn/'\x00\x80\xe4\xff";
  gsize length;
  g_autofree char *text = read_order (&length);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  guint taken = 0;
  for (guint round = 0; round < 20000; round++) {
    g_autofree char *bytes = g_memdup2 (text, length);
    for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
      bytes[g_rand_int_range (rand, 0, (gint32)length)] = spice[g_rand_int_range (rand, 0, sizeof spice - 1)];
    GError *error = NULL;
    g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)length, NULL, &error);
    g_assert_true ((json == NULL) == (error != NULL));
    g_clear_error (&error);
    if (json == NULL)
      continue;
    taken++;
    assert_same_as_tokener (json, bytes, length);
    g_autofree char *once = tai_json_to_text (json);
    g_autoptr (TaiJson) again = tai_json_parse (once, -1, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (tai_json_equal (again, json));
  }
  g_assert_cmpuint (taken, >, 1000);
}

static void
test_getters (void)
{
  gsize length;
  g_autofree char *text = read_order (&length);
  GError *error = NULL;
  g_autoptr (TaiJson) order = tai_json_parse (text, (gssize)length, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tai_json_require_string (order, "relatedParty.1.role", &error), ==, "seller");
  g_assert_null (tai_json_require_string (order, "relatedParty.7.role", &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_MISSING);
  g_assert_cmpstr (error->message, ==, "relatedParty[7].role: missing");
  g_clear_error (&error);
  g_assert_null (tai_json_require_object (order, "relatedParty", &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_TYPE);
  g_assert_cmpstr (error->message, ==, "relatedParty: array instead of object");
  g_clear_error (&error);
  const TaiJson *parties = tai_json_require_array (order, "relatedParty", &error);
  g_assert_cmpuint (tai_json_get_length (parties), ==, 3);
  const TaiJson *second = tai_json_get_element (parties, 1);
  g_assert_cmpstr (tai_json_require_string (second, "@referredType", NULL), ==, "Individual");
  g_assert_null (tai_json_get_element (parties, 3));
  g_assert_null (tai_json_get_element (order, 0));
  g_assert_null (tai_json_get_member (parties, "x"));
  g_assert_null (tai_json_get (order, "relatedParty.-1"));
  g_assert_null (tai_json_get (order, "relatedParty.x"));
  g_assert_null (tai_json_get (order, "category.x"));
  g_assert_true (tai_json_get (order, "") == order);

  g_assert_null (tai_json_require_string (second, "name", &error));
  tai_json_error_within (&error, "relatedParty", 1);
  tai_json_error_within (&error, "order", -1);
  g_assert_cmpstr (error->message, ==, "order.relatedParty[1].name: missing");
  g_clear_error (&error);
}

static void
test_optional (void)
{
  g_autoptr (TaiJson) json = tai_json_parse (
      "{\"n\":null,\"i\":7,\"b\":true,\"s\":\"x\",\"a\":[1],\"o\":{\"k\":\"v\"}}", -1, NULL, NULL);
  GError *error = NULL;
  const char *string = "default";
  const TaiJson *array = NULL, *object = NULL;
  gint64 number = 3;
  gboolean flag = FALSE;
  g_assert_true (tai_json_has (json, "n") && !tai_json_has (json, "m") && tai_json_get (json, "n") == NULL);
  g_assert_true (tai_json_optional_string (json, "n", &string, &error));
  g_assert_true (tai_json_optional_string (json, "m", &string, &error));
  g_assert_cmpstr (string, ==, "default");
  g_assert_true (tai_json_optional_string (json, "s", &string, &error));
  g_assert_cmpstr (string, ==, "x");
  g_assert_true (tai_json_optional_int (json, "n", &number, &error) && number == 3);
  g_assert_true (tai_json_optional_int (json, "i", &number, &error) && number == 7);
  g_assert_true (tai_json_optional_bool (json, "m", &flag, &error) && !flag);
  g_assert_true (tai_json_optional_bool (json, "b", &flag, &error) && flag);
  g_assert_true (tai_json_optional_array (json, "m", &array, &error) && array == NULL);
  g_assert_true (tai_json_optional_array (json, "a", &array, &error) && tai_json_get_length (array) == 1);
  g_assert_true (tai_json_optional_object (json, "o", &object, &error) && tai_json_get_length (object) == 1);
  g_assert_no_error (error);
  g_assert_false (tai_json_optional_int (json, "s", &number, &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_false (tai_json_optional_object (json, "a", &object, NULL));
  g_assert_false (tai_json_optional_array (json, "o", &array, NULL));
  g_assert_false (tai_json_optional_bool (json, "i", &flag, NULL));
  g_assert_false (tai_json_optional_string (json, "i", &string, NULL));
  g_assert_false (tai_json_require_bool (json, "n", &flag, &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_MISSING);
  g_clear_error (&error);
}

static void
test_iterate (void)
{
  g_autoptr (TaiJson) json = tai_json_parse ("{\"z\":1,\"a\":null,\"m\":[]}", -1, NULL, NULL);
  g_autoptr (GString) seen = g_string_new (NULL);
  TaiJsonIter iter;
  tai_json_iter_init (&iter, json);
  while (tai_json_iter_next (&iter))
    g_string_append_printf (seen, "%s=%s ", iter.name,
                            tai_json_kind_to_text (tai_json_get_kind (iter.value)));
  g_assert_cmpstr (seen->str, ==, "z=int a=null m=array ");
  tai_json_iter_init (&iter, tai_json_get (json, "m"));
  g_assert_false (tai_json_iter_next (&iter));
  tai_json_iter_init (&iter, NULL);
  g_assert_false (tai_json_iter_next (&iter));
}

static void
test_equal (void)
{
  static const struct {
    const char *a, *b;
    gboolean equal;
  } each[] = {
      {"{\"a\":1,\"b\":[2]}", "{ \"b\":[2], \"a\":1 }", TRUE},
      {"[1,2]", "[2,1]", FALSE},
      {"[1.0]", "[1.00]", FALSE},
      {"[1]", "[1.0]", FALSE},
      {"[0.1]", "[0.1000000000000000055]", FALSE},
      {"[\"a\"]", "[\"\\u0061\"]", TRUE},
      {"{\"a\":null}", "{}", FALSE},
      {"{\"a\":null}", "{\"b\":null}", FALSE},
      {"[]", "{}", FALSE},
      {"[true]", "[false]", FALSE},
      {"[null]", "[null]", TRUE},
      {"[1]", "[2]", FALSE},
      {"[[1.50]]", "[[1.50]]", TRUE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (each); i++) {
    g_autoptr (TaiJson) a = tai_json_parse (each[i].a, -1, NULL, NULL);
    g_autoptr (TaiJson) b = tai_json_parse (each[i].b, -1, NULL, NULL);
    g_assert_cmpint (tai_json_equal (a, b), ==, each[i].equal);
    g_assert_cmpint (tai_json_equal (b, a), ==, each[i].equal);
  }
}

/* The cases of RFC 7396, appendix A, that have an object or array at their root, and prices. */
static void
test_merge_patch (void)
{
  static const struct {
    const char *target, *patch, *result;
  } each[] = {
      {"{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
      {"{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}"},
      {"{\"a\":\"b\"}", "{\"a\":null}", "{}"},
      {"{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}"},
      {"{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
      {"{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}"},
      {"{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"},
      {"{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}"},
      {"[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]"},
      {"{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]"},
      {"{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}"},
      {"[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}"},
      {"{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}"},
      {"{\"p\":{\"v\":19.90,\"u\":\"CNY\"}}", "{\"p\":{\"v\":20.00}}", "{\"p\":{\"v\":20.00,\"u\":\"CNY\"}}"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (each); i++) {
    g_autoptr (TaiJson) target = tai_json_parse (each[i].target, -1, NULL, NULL);
    g_autoptr (TaiJson) patch = tai_json_parse (each[i].patch, -1, NULL, NULL);
    g_autoptr (TaiJson) result = tai_json_merge_patch (target, patch);
    g_autofree char *text = tai_json_to_text (result);
    g_autofree char *before = tai_json_to_text (target);
    g_assert_cmpstr (text, ==, each[i].result);
    g_assert_cmpstr (before, ==, each[i].target);
  }
  g_autoptr (TaiJson) patch = tai_json_parse ("{\"a\":{\"b\":1,\"c\":null}}", -1, NULL, NULL);
  g_autoptr (TaiJson) fresh = tai_json_merge_patch (NULL, patch);
  g_autofree char *text = tai_json_to_text (fresh);
  g_assert_cmpstr (text, ==, "{\"a\":{\"b\":1}}");
  g_assert_null (tai_json_merge_patch (patch, NULL));
}

static void
test_edit (void)
{
  g_autoptr (TaiJson) object = tai_json_new_object ();
  TaiJson *array = tai_json_new_array ();
  tai_json_append (array, tai_json_new_decimal ("19.90"));
  tai_json_append (array, NULL);
  tai_json_append (array, tai_json_new_bool (TRUE));
  tai_json_set (object, "s", tai_json_new_string ("中\n"));
  tai_json_set (object, "i", tai_json_new_int (G_MININT64));
  tai_json_set (object, "a", array);
  tai_json_set (object, "n", NULL);
  tai_json_set (object, "i", tai_json_new_int (5));
  tai_json_delete (object, "none");
  g_autofree char *text = tai_json_to_text (object);
  g_assert_cmpstr (text, ==, "{\"s\":\"中\\n\",\"i\":5,\"a\":[19.90,null,true],\"n\":null}");
  tai_json_delete (object, "a");
  tai_json_delete (object, "n");
  g_autofree char *less = tai_json_to_text (object);
  g_assert_cmpstr (less, ==, "{\"s\":\"中\\n\",\"i\":5}");
}

/* Usual names are constants, others are copied; neither looks at the text once it is read, and both may be taken out and put
 * in again. */
static void
test_names (void)
{
  g_autofree char *text =
      g_strdup ("{\"id\":1,\"idx\":2,\"ix\":3,\"productOrderItemRelationship\":4,"
                "\"productOrderItemRelationshipA\":5,\"\":6,\"i\\u0064d\":7,\"n\\u006fte\":8}");
  g_autoptr (TaiJson) json = tai_json_parse (text, -1, NULL, NULL);
  g_assert_nonnull (json);
  memset (text, 'x', strlen (text));
  g_autofree char *shown = tai_json_to_text (json);
  g_assert_cmpstr (shown, ==,
                   "{\"id\":1,\"idx\":2,\"ix\":3,\"productOrderItemRelationship\":4,"
                   "\"productOrderItemRelationshipA\":5,\"\":6,\"idd\":7,\"note\":8}");
  tai_json_set (json, "id", tai_json_new_string ("a"));
  tai_json_set (json, "ix", NULL);
  g_assert_cmpstr (tai_json_require_string (json, "id", NULL), ==, "a");
  g_assert_null (tai_json_parse ("{\"note\":1,\"n\\u006fte\":2}", -1, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/accepts", test_accepts);
  g_test_add_func ("/json/names", test_names);
  g_test_add_func ("/json/syntax", test_syntax);
  g_test_add_func ("/json/utf8", test_utf8);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/duplicates", test_duplicates);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/truncated", test_truncated);
  g_test_add_func ("/json/mutated", test_mutated);
  g_test_add_func ("/json/getters", test_getters);
  g_test_add_func ("/json/optional", test_optional);
  g_test_add_func ("/json/iterate", test_iterate);
  g_test_add_func ("/json/equal", test_equal);
  g_test_add_func ("/json/merge-patch", test_merge_patch);
  g_test_add_func ("/json/edit", test_edit);
  return g_test_run ();
}
