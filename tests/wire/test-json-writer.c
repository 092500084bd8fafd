/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is rendered: exact bytes, exact amounts, and that the parser reads all of it back; nesting mistakes end the program. */
#include "tai-canonical.h"
#include "tai-json-money.h"

static TaiJson *
parse (const char *text)
{
  GError *error = NULL;
  TaiJson *json = tai_json_parse (text, -1, NULL, &error);
  g_assert_no_error (error);
  return json;
}

static void
test_bytes (void)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", "a\"b\\c/\b\f\n\r\t\x01\x1f\x7f中");
  tai_json_writer_add_string (writer, "none", NULL);
  tai_json_writer_add_int (writer, "n", G_MININT64);
  tai_json_writer_add_bool (writer, "yes", TRUE);
  tai_json_writer_add_array (writer, "list");
  tai_json_writer_null (writer);
  tai_json_writer_raw (writer, "{\"r\": 1}", -1);
  tai_json_writer_raw (writer, "77777", 2);
  tai_json_writer_decimal (writer, "1.50");
  tai_json_writer_begin_array (writer);
  tai_json_writer_end_array (writer);
  tai_json_writer_end_array (writer);
  tai_json_writer_add_object (writer, "o");
  tai_json_writer_end_object (writer);
  tai_json_writer_end_object (writer);
  g_autoptr (GBytes) bytes = tai_json_writer_end_bytes (writer);
  const char expected[] =
      "{\"id\":\"a\\\"b\\\\c/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f中\",\"n\":-9223372036854775808,"
      "\"yes\":true,\"list\":[null,{\"r\": 1},77,1.50,[]],\"o\":{}}";
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_assert_cmpmem (text, size, expected, sizeof expected - 1);
}

/* What is not known is left out. */
static void
test_known (void)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_time (writer, "never", 0);
  tai_json_writer_add_time (writer, "then", 1500000);
  tai_json_writer_add_known_money (writer, "unknown", tai_money (0, 0));
  tai_json_writer_add_known_money (writer, "nothing", tai_money (0, TAI_CNY));
  tai_json_writer_end_object (writer);
  g_autofree char *text = tai_json_writer_end_text (writer);
  g_autofree char *then = tai_time_to_text (1500000);
  g_autofree char *expected =
      g_strdup_printf ("{\"then\":\"%s\",\"nothing\":{\"unit\":\"CNY\",\"value\":0.00}}", then);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_amounts (void)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_money (writer, "p", tai_money (1990, TAI_CNY));
  tai_json_writer_add_money (writer, "minus", tai_money (-5, TAI_CNY));
  tai_json_writer_add_money (writer, "yen", tai_money (1990, 392));
  tai_json_writer_add_money (writer, "dinar", tai_money (1990, 414));
  tai_json_writer_end_object (writer);
  g_autofree char *text = tai_json_writer_end_text (writer);
  g_assert_cmpstr (text, ==,
                   "{\"p\":{\"unit\":\"CNY\",\"value\":19.90},\"minus\":{\"unit\":\"CNY\",\"value\":-0.05},"
                   "\"yen\":{\"unit\":\"JPY\",\"value\":1990},\"dinar\":{\"unit\":\"KWD\",\"value\":1.990}}");
  g_autoptr (TaiJson) json = parse (text);
  static const char *const path[] = {"p", "minus", "yen", "dinar"};
  const TaiMoney expected[] = {{1990, TAI_CNY}, {-5, TAI_CNY}, {1990, 392}, {1990, 414}};
  for (guint i = 0; i < G_N_ELEMENTS (path); i++) {
    TaiMoney money = {0, 0};
    g_assert_true (tai_json_require_money (json, path[i], &money, NULL));
    g_assert_cmpint (money.minor, ==, expected[i].minor);
    g_assert_cmpint (money.currency, ==, expected[i].currency);
  }
  g_autoptr (TaiJson) amount = tai_json_new_amount (tai_money (10000, TAI_CNY));
  g_autofree char *shown = tai_json_to_text (amount);
  g_assert_cmpstr (shown, ==, "100.00");
}

static void
test_amounts_refused (void)
{
  static const struct {
    const char *json, *message;
    TaiWireError code;
  } each[] = {
      {"{\"a\":[{}]}", "a[0].p: missing", TAI_WIRE_ERROR_MISSING},
      {"{\"a\":[{\"p\":19.90}]}", "a[0].p: decimal instead of object", TAI_WIRE_ERROR_TYPE},
      {"{\"a\":[{\"p\":{\"value\":1}}]}", "a[0].p.unit: missing", TAI_WIRE_ERROR_MISSING},
      {"{\"a\":[{\"p\":{\"unit\":\"CNY\"}}]}", "a[0].p.value: missing", TAI_WIRE_ERROR_MISSING},
      {"{\"a\":[{\"p\":{\"units\":\"CNY\",\"value\":1}}]}", "a[0].p.amount: missing", TAI_WIRE_ERROR_MISSING},
      {"{\"a\":[{\"p\":{\"unit\":\"XXQ\",\"value\":1}}]}", "a[0].p.unit: ", TAI_WIRE_ERROR_VALUE},
      {"{\"a\":[{\"p\":{\"unit\":\"CNY\",\"value\":19.905}}]}", "a[0].p.value: ", TAI_WIRE_ERROR_VALUE},
      {"{\"a\":[{\"p\":{\"unit\":\"CNY\",\"value\":1e2}}]}", "a[0].p.value: ", TAI_WIRE_ERROR_VALUE},
      {"{\"a\":[{\"p\":{\"unit\":\"CNY\",\"value\":\"1e2\"}}]}", "a[0].p.value: ", TAI_WIRE_ERROR_VALUE},
      {"{\"a\":[{\"p\":{\"unit\":\"CNY\",\"value\":900000000000000.00}}]}",
       "a[0].p.value: ", TAI_WIRE_ERROR_VALUE},
      {"{\"a\":[{\"p\":{\"unit\":\"CNY\",\"value\":true}}]}", "a[0].p.value: bool", TAI_WIRE_ERROR_TYPE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (each); i++) {
    g_autoptr (TaiJson) json = parse (each[i].json);
    TaiMoney money = {7, TAI_CNY};
    GError *error = NULL;
    g_assert_false (tai_json_require_money (json, "a.0.p", &money, &error));
    g_assert_error (error, TAI_WIRE_ERROR, (int)each[i].code);
    if (!g_str_has_prefix (error->message, each[i].message))
      g_error ("%s", error->message);
    g_assert_cmpint (money.minor, ==, 7);
    g_clear_error (&error);
  }
}

static void
test_amounts_optional (void)
{
  g_autoptr (TaiJson) json =
      parse ("{\"a\":\"19.90\",\"b\":128,\"c\":null,\"t\":{\"units\":\"CNY\",\"amount\":50.5},\"x\":\"?\"}");
  TaiMoney money = {7, TAI_CNY};
  GError *error = NULL;
  g_assert_true (tai_json_optional_amount (json, "c", TAI_CNY, &money, &error) && money.minor == 7);
  g_assert_true (tai_json_optional_money (json, "none", &money, &error) && money.minor == 7);
  g_assert_true (tai_json_optional_amount (json, "a", TAI_CNY, &money, &error) && money.minor == 1990);
  g_assert_true (tai_json_require_amount (json, "b", TAI_CNY, &money, &error) && money.minor == 12800);
  g_assert_true (tai_json_optional_money (json, "t", &money, &error) && money.minor == 5050);
  g_assert_no_error (error);
  g_assert_false (tai_json_optional_amount (json, "x", TAI_CNY, &money, &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE);
  g_clear_error (&error);
}

static char *
random_text (GRand *rand)
{
  static const gunichar pick[] = {'a', '"', '\\', '/', 1, 0x1f, 0x7f, '\n', 0x4e2d, 0xe000, 0x1f600, 0x2028};
  GString *text = g_string_new (NULL);
  for (int n = g_rand_int_range (rand, 0, 12); n > 0; n--)
    g_string_append_unichar (text, pick[g_rand_int_range (rand, 0, G_N_ELEMENTS (pick))]);
  return g_string_free (text, FALSE);
}

static TaiJson *
random_tree (GRand *rand, guint depth)
{
  int kind = g_rand_int_range (rand, 0, depth == 0 ? 5 : 7);
  g_autofree char *text = random_text (rand);
  if (kind <= 1)
    return kind == 0 ? NULL : tai_json_new_bool (g_rand_boolean (rand));
  if (kind == 2)
    return tai_json_new_int ((gint64)((guint64)g_rand_int (rand) << 32 | g_rand_int (rand)));
  if (kind == 3)
    return tai_json_new_amount (tai_money (g_rand_int_range (rand, -100000, 100000), TAI_CNY));
  if (kind == 4)
    return tai_json_new_string (text);
  TaiJson *container = kind == 5 ? tai_json_new_array () : tai_json_new_object ();
  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--) {
    g_autofree char *name = random_text (rand);
    if (kind == 5)
      tai_json_append (container, random_tree (rand, depth - 1));
    else
      tai_json_set (container, name, random_tree (rand, depth - 1));
  }
  return container;
}

/* Whatever tree there is: rendered, parsed, equal, rendered to the same bytes. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (guint i = 0; i < 3000; i++) {
    g_autoptr (TaiJson) root = tai_json_new_array ();
    tai_json_append (root, random_tree (rand, 6));
    g_autofree char *once = tai_json_to_text (root);
    g_autoptr (TaiJson) again = parse (once);
    g_assert_true (tai_json_equal (root, again));
    g_autofree char *twice = tai_json_to_text (again);
    g_assert_cmpstr (once, ==, twice);
  }
}

typedef void (*Mistake) (TaiJsonWriter *writer);

static void
forget_key (TaiJsonWriter *writer)
{
  tai_json_writer_begin_object (writer);
  tai_json_writer_int (writer, 1);
}

static void
forget_value (TaiJsonWriter *writer)
{
  tai_json_writer_begin_object (writer);
  tai_json_writer_key (writer, "a");
  tai_json_writer_end_object (writer);
}

static void
key_in_array (TaiJsonWriter *writer)
{
  tai_json_writer_begin_array (writer);
  tai_json_writer_key (writer, "a");
}

static void
close_wrongly (TaiJsonWriter *writer)
{
  tai_json_writer_begin_array (writer);
  tai_json_writer_end_object (writer);
}

static void
leave_open (TaiJsonWriter *writer)
{
  tai_json_writer_begin_array (writer);
  g_free (tai_json_writer_end_text (writer));
}

static void
two_roots (TaiJsonWriter *writer)
{
  tai_json_writer_int (writer, 1);
  tai_json_writer_int (writer, 2);
}

static void
bad_utf8 (TaiJsonWriter *writer)
{
  tai_json_writer_string (writer, "\xff");
}

static void
bad_decimal (TaiJsonWriter *writer)
{
  tai_json_writer_decimal (writer, "1,5");
}

static void
too_deep (TaiJsonWriter *writer)
{
  for (guint i = 0; i <= TAI_JSON_MAX_DEPTH; i++)
    tai_json_writer_begin_array (writer);
}

static void
empty_text (TaiJsonWriter *writer)
{
  g_free (tai_json_writer_end_text (writer));
}

static const Mistake mistakes[] = {forget_key, forget_value, key_in_array, close_wrongly, leave_open,
                                   two_roots,  bad_utf8,     bad_decimal,  too_deep,      empty_text};

static void
test_mistakes (gconstpointer data)
{
  if (g_test_subprocess ()) {
    mistakes[GPOINTER_TO_UINT (data)](tai_json_writer_new ());
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*assertion failed*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-writer/bytes", test_bytes);
  g_test_add_func ("/json-writer/known", test_known);
  g_test_add_func ("/json-writer/amounts", test_amounts);
  g_test_add_func ("/json-writer/amounts-refused", test_amounts_refused);
  g_test_add_func ("/json-writer/amounts-optional", test_amounts_optional);
  g_test_add_func ("/json-writer/round-trip", test_round_trip);
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++) {
    g_autofree char *path = g_strdup_printf ("/json-writer/mistakes/%u", i);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_mistakes);
  }
  return g_test_run ();
}
