/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-canonical.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-ports.h"
#include "tai-test-data.h"

static gboolean
collect_cb (const char *name, const char *value, gpointer data, GError **error)
{
  g_ptr_array_add (data, g_strdup (name));
  g_ptr_array_add (data, g_strdup (value));
  return TRUE;
}

/* Writes the vector's fields with the typed functions where they are numbers or times. */
static GBytes *
write_record (json_object *record)
{
  TaiCanonical *canonical = tai_canonical_new (1);

  for (gsize i = 1; i < tai_test_json_length (record, "fields"); i++) {
    json_object *field = tai_test_json_element (record, "fields", i);
    const char *name = json_object_get_string (json_object_array_get_idx (field, 0));
    const char *value = json_object_get_string (json_object_array_get_idx (field, 1));
    gint64 time_us;

    if (g_str_has_suffix (name, "_minor") || g_str_equal (name, "sequence")) {
      tai_canonical_add_int (canonical, name, g_ascii_strtoll (value, NULL, 10));
    } else if (g_str_equal (name, "time")) {
      g_assert_true (tai_time_from_text (value, &time_us));
      tai_canonical_add_time (canonical, name, time_us);
    } else {
      tai_canonical_add (canonical, name, value);
      tai_canonical_add (canonical, "absent", NULL);
    }
  }
  return tai_canonical_end (canonical);
}

static void
test_chain_vectors (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("canonical.json");
  TaiDigest chain = {{0}};

  for (gsize i = 0; i < tai_test_json_length (data, "records"); i++) {
    json_object *record = tai_test_json_element (data, "records", i);
    g_autoptr (GBytes) bytes = write_record (record);
    g_autoptr (GBytes) wanted = tai_test_from_hex (tai_test_json_string (record, "bytes_hex"));
    g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GError) error = NULL;
    char hex[65];

    g_assert_true (g_bytes_equal (bytes, wanted));
    tai_digest_to_hex (tai_digest_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)), hex);
    g_assert_cmpstr (hex, ==, tai_test_json_string (record, "sha256"));
    tai_digest_to_hex (chain, hex);
    g_assert_cmpstr (hex, ==, tai_test_json_string (record, "previous"));
    chain = tai_digest_chain (chain, bytes);
    tai_digest_to_hex (chain, hex);
    g_assert_cmpstr (hex, ==, tai_test_json_string (record, "chain"));

    tai_canonical_parse (bytes, collect_cb, fields, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (fields->len, ==, 2 * tai_test_json_length (record, "fields"));
    for (gsize j = 0; j < fields->len; j++) {
      json_object *field = tai_test_json_element (record, "fields", j / 2);

      g_assert_cmpstr (fields->pdata[j], ==,
                       json_object_get_string (json_object_array_get_idx (field, j % 2)));
    }
  }
}

static void
test_malformed (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("canonical.json");
  g_autoptr (GBytes) latin = g_bytes_new_static ("version=1\nname=\xff\n", 17);
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < tai_test_json_length (data, "malformed"); i++) {
    json_object *one = tai_test_json_element (data, "malformed", i);
    json_object *text = tai_test_json_get (one, "text", json_type_string);
    g_autoptr (GBytes) bytes =
        g_bytes_new (json_object_get_string (text), (gsize)json_object_get_string_len (text));
    g_autoptr (GError) one_error = NULL;

    g_test_message ("%s", tai_test_json_string (one, "why"));
    g_assert_false (tai_canonical_parse (bytes, collect_cb, fields, &one_error));
    g_assert_error (one_error, TAI_CORE_ERROR, TAI_CORE_ERROR_FAILED);
  }
  g_assert_false (tai_canonical_parse (latin, collect_cb, fields, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_FAILED);
}

static gboolean
refuse_cb (const char *name, const char *value, gpointer data, GError **error)
{
  guint *n = data;

  if (++*n < 2)
    return TRUE;
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT, "no");
  return FALSE;
}

static void
test_parse_stops (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("version=1\na=1\nb=2\n", 18);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_false (tai_canonical_parse (bytes, refuse_cb, &n, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
  g_assert_cmpuint (n, ==, 2);
}

/* Any text comes back as it was; no text can forge a line. */
static void
test_round_trip_property (void)
{
  static const char alphabet[] = "\n\\=nab\r\t ";

  for (int i = 0; i < 3000; i++) {
    TaiCanonical *canonical = tai_canonical_new (3);
    g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GError) error = NULL;
    char value[24];
    int size = g_test_rand_int_range (0, sizeof value);

    for (int j = 0; j < size; j++)
      value[j] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
    value[size] = '\0';
    tai_canonical_add (canonical, "value", value);
    tai_canonical_add_int (canonical, "end", G_MININT64);

    g_autoptr (GBytes) bytes = tai_canonical_end (canonical);

    tai_canonical_parse (bytes, collect_cb, fields, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (fields->len, ==, 6);
    g_assert_cmpstr (fields->pdata[1], ==, "3");
    g_assert_cmpstr (fields->pdata[3], ==, value);
    g_assert_cmpstr (fields->pdata[5], ==, "-9223372036854775808");
  }
}

/* Random bytes never crash the parser, and what it accepts is what a writer writes. */
static void
test_parse_fuzz (void)
{
  static const char start[] = "version=1\nname=\\n\\\\x\nother=1\n";

  for (int i = 0; i < 20000; i++) {
    char data[sizeof start];
    g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
    gsize size = (gsize)g_test_rand_int_range (0, sizeof data);

    memcpy (data, start, sizeof data);
    for (int n = g_test_rand_int_range (0, 3); n > 0; n--)
      data[g_test_rand_int_range (0, sizeof data)] = (char)g_test_rand_int_range (0, 256);

    g_autoptr (GBytes) bytes = g_bytes_new (data, size);

    if (!tai_canonical_parse (bytes, collect_cb, fields, NULL))
      continue;

    TaiCanonical *canonical = tai_canonical_new (atoi (fields->pdata[1]));

    for (guint j = 2; j < fields->len; j += 2)
      tai_canonical_add (canonical, fields->pdata[j], fields->pdata[j + 1]);

    g_autoptr (GBytes) again = tai_canonical_end (canonical);

    g_assert_true (g_bytes_equal (bytes, again));
  }
}

static void
test_writer_edges (void)
{
  g_autoptr (TaiCanonical) dropped = tai_canonical_new (1);
  TaiCanonical *canonical = tai_canonical_new (2);
  g_autoptr (GBytes) wanted = g_bytes_new_static ("version=2\nbad=a\xef\xbf\xbd\nempty=\n", 26);

  tai_canonical_add (canonical, "bad", "a\xff");
  tai_canonical_add (canonical, "empty", "");

  g_autoptr (GBytes) bytes = tai_canonical_end (canonical);

  g_assert_true (g_bytes_equal (bytes, wanted));
  tai_canonical_add (dropped, "name", "never sealed");
  tai_canonical_free (NULL);
}

static void
test_times (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("canonical.json");
  gint64 time_us;

  for (gsize i = 0; i < tai_test_json_length (data, "times"); i++) {
    json_object *one = tai_test_json_element (data, "times", i);
    g_autofree char *text = tai_time_to_text (tai_test_json_int (one, "time_us"));

    g_assert_cmpstr (text, ==, tai_test_json_string (one, "text"));
    g_assert_true (tai_time_from_text (text, &time_us));
    g_assert_cmpint (time_us, ==, tai_test_json_int (one, "time_us"));
  }
  for (gsize i = 0; i < tai_test_json_length (data, "times_read"); i++) {
    json_object *one = tai_test_json_element (data, "times_read", i);

    g_assert_true (tai_time_from_text (tai_test_json_string (one, "text"), &time_us));
    g_assert_cmpint (time_us, ==, tai_test_json_int (one, "time_us"));
  }
  for (gsize i = 0; i < tai_test_json_length (data, "times_bad"); i++) {
    g_test_message ("%s", tai_test_json_string_element (data, "times_bad", i));
    g_assert_false (tai_time_from_text (tai_test_json_string_element (data, "times_bad", i), &time_us));
  }
}

/* Against GLib's calendar, all over the range; what is finer than a millisecond is cut downwards. */
static void
test_times_property (void)
{
  for (int i = 0; i < 20000; i++) {
    gint64 seconds = tai_test_rand_int64 () % G_GINT64_CONSTANT (60000000000);
    int us = g_test_rand_int_range (0, 1000000);
    g_autofree char *text = tai_time_to_text (seconds * G_USEC_PER_SEC + us);
    g_autoptr (GDateTime) wanted = g_date_time_new_from_unix_utc (seconds);
    g_autofree char *start = g_date_time_format (wanted, "-%m-%dT%H:%M:%S");
    g_autofree char *full = g_strdup_printf ("%04d%s.%03dZ", g_date_time_get_year (wanted), start, us / 1000);
    gint64 back;

    g_assert_cmpstr (text, ==, full);
    g_assert_true (tai_time_from_text (text, &back));
    g_assert_cmpint (back, ==, seconds * G_USEC_PER_SEC + us / 1000 * 1000);
  }
}

static void
test_times_clamped (void)
{
  g_autofree char *first = tai_time_to_text (G_MININT64);
  g_autofree char *last = tai_time_to_text (G_MAXINT64);

  g_assert_cmpstr (first, ==, "0001-01-01T00:00:00.000Z");
  g_assert_cmpstr (last, ==, "9999-12-31T23:59:59.999Z");
}

static void
test_day_of_the_hall (void)
{
  static const struct {
    const char *time, *day;
    int offset_min;
  } cases[] = {
      {"2026-11-21T15:59:59.999Z", "2026-11-21", 480}, {"2026-11-21T16:00:00.000Z", "2026-11-22", 480},
      {"2026-11-22T00:00:00.000Z", "2026-11-22", 0},   {"2026-11-22T00:00:00.000Z", "2026-11-21", -1},
      {"1969-12-31T23:59:59.999Z", "1969-12-31", 0},   {"1969-12-31T16:00:00.000Z", "1970-01-01", 480},
      {"2024-02-29T15:59:59.999Z", "2024-02-29", 480}, {"2024-02-29T16:00:00.000Z", "2024-03-01", 480},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 time_us;

    g_assert_true (tai_time_from_text (cases[i].time, &time_us));

    g_autofree char *day = tai_date_to_text (tai_time_to_date (time_us, cases[i].offset_min));

    g_assert_cmpstr (day, ==, cases[i].day);
  }
}

static void
test_digest (void)
{
  TaiDigest empty = tai_digest_bytes (NULL, 0), abc = tai_digest_bytes ("abc", 3), back;
  char hex[65];

  tai_digest_to_hex (empty, hex);
  g_assert_cmpstr (hex, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  tai_digest_to_hex (abc, hex);
  g_assert_cmpstr (hex, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_true (tai_digest_from_hex (hex, &back));
  g_assert_true (tai_digest_equal (abc, back));
  g_assert_false (tai_digest_equal (abc, empty));
  hex[63] = 'g';
  g_assert_false (tai_digest_from_hex (hex, &back));
  hex[63] = '\0';
  g_assert_false (tai_digest_from_hex (hex, &back));
  g_assert_false (tai_digest_from_hex ("", &back));
  g_assert_true (tai_digest_equal (abc, back));
}

static void
test_uuid (void)
{
  /* RFC 9562, appendix A.6: 2022-02-22T19:22:22.000Z, rand_a CC3, rand_b 18C4DC0C0C07398F */
  static const guint8 random[10] = {0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f};
  TaiUuid uuid;
  gint64 time_us;

  g_assert_true (tai_time_from_text ("2022-02-22T19:22:22.000Z", &time_us));
  uuid = tai_uuid_v7 (time_us, random);
  g_assert_cmpstr (uuid.text, ==, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  g_assert_true (tai_uuid_is_valid (uuid.text));
  uuid = tai_uuid_v7 (-1, random);
  g_assert_true (g_str_has_prefix (uuid.text, "00000000-0000-7"));
  g_assert_false (tai_uuid_is_valid (NULL));
  g_assert_false (tai_uuid_is_valid (""));
  g_assert_false (tai_uuid_is_valid ("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"));
  g_assert_false (tai_uuid_is_valid ("017f22e2-79b0-7cc3-98c4-dc0c0c07398"));
  g_assert_false (tai_uuid_is_valid ("017f22e2-79b0-7cc3-98c4-dc0c0c07398ff"));
  g_assert_false (tai_uuid_is_valid ("017f22e2-79b0-7cc3-78c4-dc0c0c07398f"));
  g_assert_false (tai_uuid_is_valid ("017f22e2-79b0-9cc3-98c4-dc0c0c07398f"));
  g_assert_false (tai_uuid_is_valid ("017f22e2079b0-7cc3-98c4-dc0c0c07398f"));
  g_assert_false (tai_uuid_is_valid ("00000000-0000-0000-0000-000000000000"));
}

static void
test_uuid_order (void)
{
  gint64 time_us = G_GINT64_CONSTANT (1795309200000000);
  TaiUuid last = {""};
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 20000; i++) {
    guint8 random[10];

    for (gsize j = 0; j < sizeof random; j++)
      random[j] = (guint8)g_test_rand_int ();
    time_us += 1000 * (gint64)g_test_rand_int_range (1, 100000);

    TaiUuid uuid = tai_uuid_v7 (time_us, random);

    g_assert_true (tai_uuid_is_valid (uuid.text));
    g_assert_cmpint (uuid.text[14], ==, '7');
    g_assert_cmpstr (uuid.text, >, last.text);
    g_assert_true (g_hash_table_add (seen, g_strdup (uuid.text)));
    last = uuid;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canonical/chain-vectors", test_chain_vectors);
  g_test_add_func ("/canonical/malformed", test_malformed);
  g_test_add_func ("/canonical/parse-stops", test_parse_stops);
  g_test_add_func ("/canonical/round-trip", test_round_trip_property);
  g_test_add_func ("/canonical/parse-fuzz", test_parse_fuzz);
  g_test_add_func ("/canonical/writer-edges", test_writer_edges);
  g_test_add_func ("/time/vectors", test_times);
  g_test_add_func ("/time/against-glib", test_times_property);
  g_test_add_func ("/time/clamped", test_times_clamped);
  g_test_add_func ("/time/day-of-the-hall", test_day_of_the_hall);
  g_test_add_func ("/digest/known", test_digest);
  g_test_add_func ("/uuid/rfc-and-validity", test_uuid);
  g_test_add_func ("/uuid/order", test_uuid_order);
  return g_test_run ();
}
