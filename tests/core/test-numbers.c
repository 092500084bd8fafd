/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-numbers.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-test-data.h"

static void
assert_msisdn (const char *msisdn, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean good = tai_msisdn_check (msisdn, &error);

  g_test_message ("%s", msisdn);
  if (code < 0) {
    g_assert_no_error (error);
    g_assert_true (good);
    return;
  }
  g_assert_false (good);
  g_assert_error (error, TAI_CORE_ERROR, code);
}

static void
test_msisdn_vectors (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("sim_numbers.json");
  json_object *msisdn = tai_test_json_get (data, "msisdn", json_type_object);

  for (gsize i = 0; i < tai_test_json_length (msisdn, "valid"); i++)
    assert_msisdn (tai_test_json_string_element (msisdn, "valid", i), -1);
  for (gsize i = 0; i < tai_test_json_length (msisdn, "invalid"); i++)
    assert_msisdn (tai_test_json_string_element (msisdn, "invalid", i), TAI_CORE_ERROR_NUMBER_SYNTAX);
  g_assert_cmpstr (tai_test_json_string (msisdn, "loose"), ==, "^1[3-9]\\d{9}$");
  /* The four lines of words of not_for_people, each as numbers. */
  g_assert_cmpuint (tai_test_json_length (msisdn, "not_for_people"), ==, 4);

  static const char *const nobody[] = {"13490000000",   "13499999999",   "17400000000",   "17405000000",
                                       "1064700000000", "1064800000000", "1064900000000", "14000000000",
                                       "14100000000",   "14400000000",   "14600000000",   "14800000000"};

  for (gsize i = 0; i < G_N_ELEMENTS (nobody); i++)
    assert_msisdn (nobody[i], TAI_CORE_ERROR_NUMBER_NOT_FOR_PEOPLE);
}

static void
test_msisdn_edges (void)
{
  static const char *const good[] = {"13480000000", "17406000000", "14500000000", "14900000000",
                                     "19999999999"};
  static const char *const bad[] = {"",
                                    "1",
                                    "12999999999",
                                    "23400000000",
                                    "1340000000a",
                                    "+8613400000000",
                                    "13４00000000",
                                    " 1340000000",
                                    "106470000000",
                                    "10647000000000"};

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_msisdn (good[i], -1);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_msisdn (bad[i], TAI_CORE_ERROR_NUMBER_SYNTAX);
}

/* Against the regular expression of the vectors. */
static void
test_msisdn_property (void)
{
  g_autoptr (GRegex) loose = g_regex_new ("^1[3-9][0-9]{9}$", 0, 0, NULL);
  g_autoptr (GRegex) nobody = g_regex_new ("^(1349|1740[0-5]|14[01468])", 0, 0, NULL);

  for (int i = 0; i < 20000; i++) {
    g_autofree char *text =
        g_strdup_printf ("%d%08d", g_test_rand_int_range (100, 2000), g_test_rand_int_range (0, 100000000));
    gboolean wanted = g_regex_match (loose, text, 0, NULL) && !g_regex_match (nobody, text, 0, NULL);

    g_assert_cmpint (tai_msisdn_check (text, NULL), ==, wanted);
  }
}

static void
test_iccid_vectors (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("sim_numbers.json");

  for (gsize i = 0; i < tai_test_json_length (data, "iccid"); i++) {
    json_object *one = tai_test_json_element (data, "iccid", i);
    const char *wanted = tai_test_json_string (one, "iccid");
    g_autoptr (GBytes) wanted_ef = tai_test_from_hex (tai_test_json_string (one, "ef_iccid_hex"));
    g_autoptr (GError) error = NULL;
    gboolean suspicious = TRUE;
    char iccid[21];
    guint8 ef[10];

    tai_iccid_check (wanted, &suspicious, &error);
    g_assert_no_error (error);
    g_assert_cmpint (suspicious, ==, !g_str_equal (tai_test_json_string (one, "luhn"), "ok"));
    g_assert_cmpuint (strlen (wanted), ==, tai_test_json_int (one, "len"));
    tai_iccid_to_ef (wanted, ef, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (ef, 10, g_bytes_get_data (wanted_ef, NULL), g_bytes_get_size (wanted_ef));
    tai_iccid_from_ef (ef, iccid, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (iccid, ==, wanted);
  }
  /* wrong Luhn: a warning, never a refusal */
  for (gsize i = 0; i < tai_test_json_length (data, "iccid_bad"); i++) {
    gboolean suspicious = FALSE;

    g_assert_true (tai_iccid_check (tai_test_json_string_element (data, "iccid_bad", i), &suspicious, NULL));
    g_assert_true (suspicious);
  }
}

static void
test_iccid_letters (void)
{
  gboolean suspicious = FALSE;
  g_autoptr (GError) error = NULL;
  char iccid[21];
  guint8 ef[10];

  g_assert_true (tai_iccid_check ("898600A0000000000001", &suspicious, NULL));
  g_assert_true (suspicious);
  g_assert_true (tai_iccid_to_ef ("898600A0000F00000001", ef, NULL));
  g_assert_true (tai_iccid_from_ef (ef, iccid, NULL));
  g_assert_cmpstr (iccid, ==, "898600A0000F00000001");
  g_assert_true (tai_iccid_check ("898600H0000000000001", &suspicious, NULL));
  g_assert_false (tai_iccid_to_ef ("898600H0000000000001", ef, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_SIM_SYNTAX);
  g_assert_false (tai_iccid_to_ef ("8986000000000000000F", ef, NULL));
}

static void
test_iccid_refused (void)
{
  static const char *const bad[] = {"",
                                    "89",
                                    "898600000000000000",
                                    "898600000000000000191",
                                    "79860000000000000019",
                                    "8986000000000000001a",
                                    "8986 000000000000001",
                                    "898600000000000000１"};
  static const guint8 files[][10] = {
      {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, /* a card that was never written */
      {0},
      {0x98, 0x68, 0, 0, 0, 0, 0, 0, 0, 0xff}, /* 18 digits */
      {0x89, 0x86, 0, 0, 0, 0, 0, 0, 0, 0x91}, /* nibbles not swapped */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    guint8 ef[10];

    g_assert_false (tai_iccid_check (bad[i], NULL, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_SIM_SYNTAX);
    g_assert_false (tai_iccid_to_ef (bad[i], ef, NULL));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;
    char iccid[21] = "unchanged";

    g_assert_false (tai_iccid_from_ef (files[i], iccid, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_SIM_SYNTAX);
    g_assert_cmpstr (iccid, ==, "unchanged");
  }
}

/* Any file: no crash; what is accepted is written back to the same bytes. */
static void
test_iccid_fuzz (void)
{
  for (int i = 0; i < 50000; i++) {
    guint8 ef[10] = {0x98}, again[10];
    char iccid[21];

    for (int j = 1; j < 10; j++)
      ef[j] = (guint8)(g_test_rand_int () & (i % 2 == 0 ? 0x77 : 0xff));
    if (i % 4 == 0)
      ef[9] |= 0xf0;
    if (!tai_iccid_from_ef (ef, iccid, NULL))
      continue;
    g_assert_true (tai_iccid_to_ef (iccid, again, NULL));
    g_assert_cmpmem (ef, 10, again, 10);
  }
}

static void
test_luhn (void)
{
  static const char *const bad[] = {"", "0", "7", "49015420323751a", "4901 54203237518", "a"};

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (tai_luhn_check (bad[i]));
  g_assert_true (tai_luhn_check ("00"));
  g_assert_true (tai_luhn_check ("79927398713"));
  /* of ten last digits exactly one is right */
  for (int i = 0; i < 2000; i++) {
    g_autofree char *text = g_strdup_printf ("%09d0", g_test_rand_int_range (0, 1000000000));
    int n = 0;

    for (text[9] = '0'; text[9] <= '9'; text[9]++)
      n += tai_luhn_check (text);
    g_assert_cmpint (n, ==, 1);
  }
}

static void
test_imei_vectors (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("sim_numbers.json");

  for (gsize i = 0; i < tai_test_json_length (data, "imei"); i++) {
    g_autoptr (GError) error = NULL;

    tai_imei_check (tai_test_json_string (tai_test_json_element (data, "imei", i), "imei"), &error);
    g_assert_no_error (error);
  }
  for (gsize i = 0; i < tai_test_json_length (data, "imei_bad"); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (tai_imei_check (tai_test_json_string_element (data, "imei_bad", i), &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NUMBER_SYNTAX);
  }
}

static void
test_imsi (void)
{
  static const struct {
    guint8 ef[9];
    const char *imsi; /* NULL: refused */
  } cases[] = {
      {{0x08, 0x41, 0x06, 0x00, 0x21, 0x43, 0x65, 0x87, 0xf9},
       "46000123456789"}, /* 14 digits: even, padded */
      {{0x04, 0x49, 0x06, 0x00, 0x21, 0xff, 0xff, 0xff, 0xff}, "4600012"},
      {{0x08, 0x49, 0x06, 0x00, 0x21, 0x43, 0x65, 0x87, 0xf9}, NULL}, /* odd, but padded */
      {{0x08, 0x41, 0x06, 0x00, 0x21, 0x43, 0x65, 0x87, 0x09}, NULL}, /* even, but not padded */
      {{0x08, 0x4a, 0x06, 0x00, 0x21, 0x43, 0x65, 0x87, 0x09}, NULL}, /* an IMEI */
      {{0x09, 0x49, 0x06, 0x00, 0x21, 0x43, 0x65, 0x87, 0x09}, NULL}, /* longer than the file */
      {{0x08, 0x49, 0x0a, 0x00, 0x21, 0x43, 0x65, 0x87, 0x09}, NULL},
      {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, NULL},
      {{0}, NULL},
  };
  g_autoptr (json_object) data = tai_test_data_load_json ("sim_numbers.json");
  char imsi[16];

  for (gsize i = 0; i < tai_test_json_length (data, "imsi"); i++) {
    json_object *one = tai_test_json_element (data, "imsi", i);
    g_autoptr (GBytes) ef = tai_test_from_hex (tai_test_json_string (one, "ef_imsi_hex"));
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (g_bytes_get_size (ef), ==, 9);
    tai_imsi_from_ef (g_bytes_get_data (ef, NULL), imsi, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (imsi, ==, tai_test_json_string (one, "imsi"));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    if (cases[i].imsi != NULL) {
      g_assert_true (tai_imsi_from_ef (cases[i].ef, imsi, &error));
      g_assert_cmpstr (imsi, ==, cases[i].imsi);
    } else {
      g_assert_false (tai_imsi_from_ef (cases[i].ef, imsi, &error));
      g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NUMBER_SYNTAX);
    }
  }
}

static void
test_tag_vectors (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("pretty_numbers.json");
  gsize n = tai_test_json_length (data, "cases");

  g_assert_cmpuint (n, >=, 12);
  for (gsize i = 0; i < n; i++) {
    json_object *one = tai_test_json_element (data, "cases", i);
    json_object *wanted = tai_test_json_get (one, "tags", json_type_array);
    g_auto (GStrv) tags = tai_msisdn_get_tags (tai_test_json_string (one, "number"));

    g_test_message ("%s", tai_test_json_string (one, "number"));
    g_assert_cmpuint (g_strv_length (tags), ==, json_object_array_length (wanted));
    for (gsize j = 0; tags[j] != NULL; j++)
      g_assert_cmpstr (tags[j], ==, json_object_get_string (json_object_array_get_idx (wanted, j)));
  }
}

static void
test_tags_more (void)
{
  static const struct {
    const char *number, *tags;
  } cases[] = {
      {"15400000888", "AAA"},
      {"15400000088", "AABB"},
      {"15400020588", ""},
      {"13999999999", "AAAAAAAA"},
      {"15012345678", "UP8"},
      {"15400000321", "DOWN3"},
      {"15409876543", "DOWN7"},
      {"15400007890", ""},
      {"15411221122", "AABB"},
      {"15412121212", "ABAB"},
      {"15412312312", "ABCABC"},
      {"154", ""},
      {"", ""},
      {"1540000888a", ""},
      {"154000008881", ""},
      {"15443214321", "DOWN4 ABCDABCD"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (GStrv) tags = tai_msisdn_get_tags (cases[i].number);
    g_autofree char *joined = g_strjoinv (" ", tags);

    g_assert_cmpstr (joined, ==, cases[i].tags);
  }
}

static void
test_mask (void)
{
  static const struct {
    const char *number, *masked;
  } cases[] = {{"13800138000", "138****8000"},
               {"10086", "***86"},
               {"1008", "****"},
               {"", ""},
               {"1064700000001", "***********01"}};

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *masked = tai_msisdn_mask (cases[i].number);

    g_assert_cmpstr (masked, ==, cases[i].masked);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/numbers/msisdn-vectors", test_msisdn_vectors);
  g_test_add_func ("/numbers/msisdn-edges", test_msisdn_edges);
  g_test_add_func ("/numbers/msisdn-property", test_msisdn_property);
  g_test_add_func ("/numbers/iccid-vectors", test_iccid_vectors);
  g_test_add_func ("/numbers/iccid-letters", test_iccid_letters);
  g_test_add_func ("/numbers/iccid-refused", test_iccid_refused);
  g_test_add_func ("/numbers/iccid-fuzz", test_iccid_fuzz);
  g_test_add_func ("/numbers/luhn", test_luhn);
  g_test_add_func ("/numbers/imei-vectors", test_imei_vectors);
  g_test_add_func ("/numbers/imsi", test_imsi);
  g_test_add_func ("/numbers/tag-vectors", test_tag_vectors);
  g_test_add_func ("/numbers/tags-more", test_tags_more);
  g_test_add_func ("/numbers/mask", test_mask);
  return g_test_run ();
}
