/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-identity.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-test-data.h"

static const TaiDate today = {2026, 11, 22};

/* The lines of a vector's array with @separator between them. (transfer full) */
static char *
join (json_object *data, const char *key, const char *separator)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < tai_test_json_length (data, key); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? separator : "",
                            tai_test_json_string_element (data, key, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static TaiIdentity *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  TaiIdentity *identity = tai_mrz_parse (text, today, &error);

  g_assert_no_error (error);
  return identity;
}

static void
assert_refused (const char *text, int code)
{
  g_autofree char *shown = g_strescape (text, NULL);
  g_autoptr (GError) error = NULL;

  g_test_message ("%.100s", shown);
  g_assert_null (tai_mrz_parse (text, today, &error));
  g_assert_error (error, TAI_CORE_ERROR, code);
}

static void
assert_date (TaiDate date, int year, int month, int day)
{
  g_assert_cmpint (date.year, ==, year);
  g_assert_cmpint (date.month, ==, month);
  g_assert_cmpint (date.day, ==, day);
}

static void
test_td3 (void)
{
  static const char *const separators[] = {"\n", "\r\n", ""};
  g_autoptr (json_object) data = tai_test_data_load_json ("mrz.json");
  json_object *fields = tai_test_json_get (data, "td3_fields", json_type_object);

  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++) {
    g_autofree char *text = join (data, "td3", separators[i]);
    g_autoptr (TaiIdentity) identity = parse (text);

    g_assert_cmpint (identity->kind, ==, TAI_DOCUMENT_PASSPORT);
    g_assert_cmpint (identity->source, ==, TAI_IDENTITY_READ);
    g_assert_cmpstr (identity->name, ==, "ERIKSSON ANNA MARIA");
    g_assert_cmpstr (identity->latin_name, ==, "ERIKSSON ANNA MARIA");
    g_assert_cmpstr (identity->number, ==, tai_test_json_string (fields, "number"));
    g_assert_cmpstr (identity->nationality, ==, tai_test_json_string (fields, "nationality"));
    g_assert_cmpstr (identity->other_number, ==, tai_test_json_string (fields, "personal"));
    g_assert_cmpstr (identity->issuer, ==, "UTO");
    g_assert_cmpstr (tai_test_json_string (fields, "sex"), ==, "F");
    g_assert_cmpint (identity->sex, ==, '2');
    g_assert_cmpstr (tai_test_json_string (fields, "birth"), ==, "740812");
    assert_date (identity->birth, 1974, 8, 12);
    g_assert_cmpstr (tai_test_json_string (fields, "expiry"), ==, "120415");
    assert_date (identity->valid_until, 2012, 4, 15);
    assert_date (identity->valid_from, 0, 0, 0);
    g_assert_null (identity->address);
  }
}

static void
test_synthetic_td3 (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("mrz.json");
  g_autofree char *text = join (data, "synthetic_td3", "\n");
  g_autoptr (TaiIdentity) identity = parse (text);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (identity->name, ==, "SPECIMEN ALPHA");
  g_assert_cmpstr (identity->number, ==, "E00000000");
  g_assert_null (identity->other_number);
  g_assert_cmpint (identity->sex, ==, '1');
  assert_date (identity->birth, 1990, 1, 1);
  assert_date (identity->valid_until, 2030, 1, 1);
  tai_identity_check (identity, today, 16, &error);
  g_assert_no_error (error);

  /* the note: the check digit of the empty field may be "0" as well as "<" */
  char *digit = strrchr (text, '\n') + 1 + 42;

  g_assert_cmpint (*digit, ==, '<');
  *digit = '0';

  g_autoptr (TaiIdentity) zero = parse (text);

  g_assert_null (zero->other_number);
  *digit = '1';
  assert_refused (text, TAI_CORE_ERROR_ID_CHECK_DIGIT);
}

static void
test_td1 (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("mrz.json");
  g_autofree char *text = join (data, "td1", "\n");
  g_autofree char *run = join (data, "td1", "");
  g_autoptr (TaiIdentity) identity = parse (text);
  g_autoptr (TaiIdentity) same = parse (run);

  g_assert_cmpint (identity->kind, ==, TAI_DOCUMENT_TRAVEL_PERMIT);
  g_assert_cmpstr (identity->name, ==, "ERIKSSON ANNA MARIA");
  g_assert_cmpstr (identity->number, ==, "D23145890");
  g_assert_null (identity->other_number);
  g_assert_cmpstr (identity->nationality, ==, "UTO");
  g_assert_cmpint (identity->sex, ==, '2');
  assert_date (identity->birth, 1974, 8, 12);
  assert_date (identity->valid_until, 2012, 4, 15);
  g_assert_cmpstr (same->number, ==, identity->number);
}

static void
test_bad_vectors (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("mrz.json");
  static const int codes[] = {TAI_CORE_ERROR_ID_CHECK_DIGIT, TAI_CORE_ERROR_ID_SYNTAX};

  g_assert_cmpuint (tai_test_json_length (data, "bad"), ==, G_N_ELEMENTS (codes));
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char *text = g_strconcat (tai_test_json_string_element (data, "td3", 0), "\n",
                                         tai_test_json_string_element (data, "bad", i), NULL);

    assert_refused (text, codes[i]);
  }
}

static int
value (char c)
{
  return g_ascii_isdigit (c) ? c - '0' : g_ascii_isupper (c) ? c - 'A' + 10 : 0;
}

/* The test's own sum over the characters of @text at [from, to), weights going on from *@position. */
static int
sum (const char *text, int from, int to, int *position)
{
  int total = 0;

  for (int i = from; i < to; i++)
    total += value (text[i]) * ((int[]){7, 3, 1})[(*position)++ % 3];
  return total;
}

static char
digit (const char *text, int from, int to)
{
  int position = 0;

  return (char)('0' + sum (text, from, to, &position) % 10);
}

/* Puts right all check digits of a TD1 whose fields were changed. */
static void
seal_td1 (char zone[91])
{
  int position = 0;
  char *second = zone + 30;

  if (zone[14] != '<')
    zone[14] = digit (zone, 5, 14);
  second[6] = digit (second, 0, 6);
  second[14] = digit (second, 8, 14);
  second[29] = (char)('0' + (sum (zone, 5, 30, &position) + sum (second, 0, 7, &position) +
                             sum (second, 8, 15, &position) + sum (second, 18, 29, &position)) %
                                10);
}

static void
td1 (char zone[91], const char *birth, const char *expiry)
{
  memcpy (zone, "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
          91);
  if (birth != NULL)
    memcpy (zone + 30, birth, 6);
  if (expiry != NULL)
    memcpy (zone + 38, expiry, 6);
  seal_td1 (zone);
}

static void
test_long_number (void)
{
  char zone[91];

  /* ICAO 9303-5: D23145890734, its check digit 9 follows it in the optional data */
  td1 (zone, NULL, NULL);
  memcpy (zone + 14, "<7349<OPT<<<<<<<", 16);
  seal_td1 (zone);

  g_autoptr (TaiIdentity) identity = parse (zone);

  g_assert_cmpstr (identity->number, ==, "D23145890734");
  g_assert_cmpstr (identity->other_number, ==, "OPT");
  zone[18] = '8';
  seal_td1 (zone);
  assert_refused (zone, TAI_CORE_ERROR_ID_CHECK_DIGIT);
  /* no digit anywhere */
  memcpy (zone + 14, "<<<<<<<<<<<<<<<<", 16);
  seal_td1 (zone);
  assert_refused (zone, TAI_CORE_ERROR_ID_CHECK_DIGIT);
}

static void
test_centuries (void)
{
  static const struct {
    const char *birth, *expiry;
    int birth_year, expiry_year;
  } cases[] = {
      {"261122", "261122", 2026, 2026}, /* born today */
      {"261123", "761122", 1926, 2076}, {"270101", "761123", 1927, 1976}, {"000229", "280229", 2000, 2028},
      {"991231", "991231", 1999, 1999}, {"000101", "000101", 2000, 2000},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    char zone[91];

    td1 (zone, cases[i].birth, cases[i].expiry);

    g_autoptr (TaiIdentity) identity = parse (zone);

    g_assert_cmpint (identity->birth.year, ==, cases[i].birth_year);
    g_assert_cmpint (identity->valid_until.year, ==, cases[i].expiry_year);
  }
}

static void
test_dates (void)
{
  static const char *const bad[] = {"740230", "741301", "740001", "740100",
                                    "A40812", "74081O", "7408A<", "270229"};
  g_autoptr (GError) error = NULL;
  char zone[91];

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    td1 (zone, bad[i], NULL);
    assert_refused (zone, TAI_CORE_ERROR_ID_DATE);
    td1 (zone, NULL, bad[i]);
    assert_refused (zone, TAI_CORE_ERROR_ID_DATE);
  }
  /* a day of birth that the issuer doesn't know: read, but not enough for a new line */
  td1 (zone, "74<<<<", "300101");

  g_autoptr (TaiIdentity) identity = parse (zone);

  assert_date (identity->birth, 0, 0, 0);
  g_assert_false (tai_identity_check (identity, today, 0, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_ID_DATE);
}

static void
test_sex_and_codes (void)
{
  char zone[91];

  td1 (zone, NULL, NULL);
  zone[37] = '<';
  g_autoptr (TaiIdentity) open = parse (zone);
  zone[37] = 'X';
  g_autoptr (TaiIdentity) other = parse (zone);
  zone[37] = 'M';
  memcpy (zone + 45, "D<<", 3);
  g_autoptr (TaiIdentity) german = parse (zone);

  g_assert_cmpint (open->sex, ==, '9');
  g_assert_cmpint (other->sex, ==, '9');
  g_assert_cmpint (german->sex, ==, '1');
  g_assert_cmpstr (german->nationality, ==, "D");
  zone[37] = 'H';
  assert_refused (zone, TAI_CORE_ERROR_ID_SYNTAX);
  zone[37] = 'M';
  memcpy (zone + 45, "<<<", 3);
  assert_refused (zone, TAI_CORE_ERROR_ID_SYNTAX);
  memcpy (zone + 45, "UTO", 3);
  zone[61] = '1';
  assert_refused (zone, TAI_CORE_ERROR_ID_SYNTAX);
  memset (zone + 60, '<', 30);
  assert_refused (zone, TAI_CORE_ERROR_ID_SYNTAX);
}

static void
test_shape (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("mrz.json");
  g_autofree char *text = join (data, "td3", "");
  g_autofree char *longer = g_strconcat (text, "<", NULL);
  g_autofree char *much = g_strnfill (100000, '<');
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_autofree char *visa = g_strdup (text);
  g_autofree char *empty = g_strnfill (88, '<');
  char zone[91];

  assert_refused ("", TAI_CORE_ERROR_ID_SYNTAX);
  assert_refused ("\n\n", TAI_CORE_ERROR_ID_SYNTAX);
  assert_refused (longer, TAI_CORE_ERROR_ID_SYNTAX);
  assert_refused (much, TAI_CORE_ERROR_ID_SYNTAX);
  assert_refused (lower, TAI_CORE_ERROR_ID_SYNTAX);
  visa[0] = 'V';
  assert_refused (visa, TAI_CORE_ERROR_ID_SYNTAX);
  empty[0] = 'P';
  assert_refused (empty, TAI_CORE_ERROR_ID_SYNTAX);
  text[50] = ' ';
  assert_refused (text, TAI_CORE_ERROR_ID_SYNTAX);
  td1 (zone, NULL, NULL);
  zone[0] = 'P';
  assert_refused (zone, TAI_CORE_ERROR_ID_SYNTAX);
}

/* No single wrong digit in what is summed gets through, at any place of the second line. */
static void
test_every_digit_slip_is_found (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("mrz.json");
  g_autofree char *text = join (data, "td3", "");

  for (int at = 44; at < 88; at++) {
    char right = text[at];

    for (char c = '0'; c <= '9' && g_ascii_isdigit (right); c++) {
      if (c == right)
        continue;
      text[at] = c;
      assert_refused (text, TAI_CORE_ERROR_ID_CHECK_DIGIT);
    }
    text[at] = right;
  }
}

static void
test_fuzz (void)
{
  static const char alphabet[] = "ABCXYZ0123456789<<<<\n\r \xe4";

  for (int i = 0; i < 30000; i++) {
    char zone[91];

    td1 (zone, NULL, NULL);
    for (int n = g_test_rand_int_range (0, 6); n > 0; n--)
      zone[g_test_rand_int_range (0, 90)] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
    seal_td1 (zone);
    if (i % 5 == 0)
      zone[g_test_rand_int_range (0, 90)] = '\0';

    g_autoptr (GError) error = NULL;
    g_autoptr (TaiIdentity) identity = tai_mrz_parse (zone, today, &error);

    g_assert_true ((identity == NULL) == (error != NULL));
    if (identity != NULL)
      g_assert_nonnull (identity->number);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mrz/td3", test_td3);
  g_test_add_func ("/mrz/synthetic-td3", test_synthetic_td3);
  g_test_add_func ("/mrz/td1", test_td1);
  g_test_add_func ("/mrz/bad-vectors", test_bad_vectors);
  g_test_add_func ("/mrz/long-number", test_long_number);
  g_test_add_func ("/mrz/centuries", test_centuries);
  g_test_add_func ("/mrz/dates", test_dates);
  g_test_add_func ("/mrz/sex-and-codes", test_sex_and_codes);
  g_test_add_func ("/mrz/shape", test_shape);
  g_test_add_func ("/mrz/every-digit-slip-is-found", test_every_digit_slip_is_found);
  g_test_add_func ("/mrz/fuzz", test_fuzz);
  return g_test_run ();
}
