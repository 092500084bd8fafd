/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-identity.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-test-data.h"

static const TaiDate today = {2026, 11, 22};

/* The error that the vector's words stand for. */
static int
code_of_reason (const char *reason)
{
  if (g_str_equal (reason, "check digit"))
    return TAI_CORE_ERROR_ID_CHECK_DIGIT;
  if (g_str_has_prefix (reason, "impossible date") || strstr (reason, "leap") != NULL)
    return TAI_CORE_ERROR_ID_DATE;
  g_assert_true (g_str_equal (reason, "17 digits") || g_str_equal (reason, "full-width digit"));
  return TAI_CORE_ERROR_ID_SYNTAX;
}

/* As it stands the full-width number is refused (parse); typed, it's put right like the leading blank and the small x. */
static void
check_number_vector (json_object *vector)
{
  const char *text = tai_test_json_string (vector, "number");
  const char *reason = json_object_get_string (json_object_object_get (vector, "reason"));
  json_object *valid = json_object_object_get (vector, "valid");
  g_autoptr (GError) error = NULL;
  char number[19] = "unchanged";

  g_test_message ("%s", text);
  if (valid != NULL && !json_object_get_boolean (valid)) {
    g_assert_false (tai_id_number_parse (text, NULL, NULL, NULL, &error));
    g_assert_error (error, TAI_CORE_ERROR, code_of_reason (reason));
    g_clear_error (&error);
    if (!g_str_equal (reason, "full-width digit")) {
      g_assert_false (tai_id_number_normalize (text, number, &error));
      g_assert_error (error, TAI_CORE_ERROR, code_of_reason (reason));
      g_assert_cmpstr (number, ==, "unchanged");
      return;
    }
  }
  tai_id_number_normalize (text, number, &error);
  g_assert_no_error (error);
  g_assert_true (tai_id_number_parse (number, NULL, NULL, NULL, &error));
  g_assert_cmpint (number[17], ==, tai_id_number_check_digit (number));
  g_assert_cmpint (g_str_equal (number, text), ==, strlen (text) == 18 && text[17] != 'x');
}

static void
test_number_vectors (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("id_numbers.json");
  gsize n = tai_test_json_length (data, "numbers");

  g_assert_cmpuint (n, >=, 20);
  for (gsize i = 0; i < n; i++)
    check_number_vector (tai_test_json_element (data, "numbers", i));
  for (gsize i = 0; i < tai_test_json_length (data, "upgrade15"); i++) {
    json_object *one = tai_test_json_element (data, "upgrade15", i);
    g_autoptr (GError) error = NULL;
    char number[19];

    tai_id_number_upgrade (tai_test_json_string (one, "fifteen"), number, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (number, ==, tai_test_json_string (one, "eighteen"));
  }
}

/* The vector's distribution: of a thousand numbers in a row each check character takes its share. */
static void
test_check_digit_distribution (void)
{
  g_autoptr (json_object) data = tai_test_data_load_json ("id_numbers.json");
  json_object *wanted = tai_test_json_get (data, "last_digit_distribution_of_1000", json_type_object);
  int counts[128] = {0};

  for (int i = 0; i < 1000; i++) {
    g_autofree char *seventeen = g_strdup_printf ("99000019900101%03d", i);

    counts[(int)tai_id_number_check_digit (seventeen)]++;
  }
  json_object_object_foreach (wanted, key, value)
  {
    g_assert_cmpint (counts[(int)key[0]], >=, 90);
    g_assert_cmpint (ABS (counts[(int)key[0]] - json_object_get_int (value)), <=, 1);
  }
}

static void
random_number (char number[19])
{
  g_snprintf (number, 18, "%06d%04d%02d%02d%03d", g_test_rand_int_range (110000, 990000),
              g_test_rand_int_range (1900, 2026), g_test_rand_int_range (1, 13),
              g_test_rand_int_range (1, 29), g_test_rand_int_range (0, 1000));
  number[17] = tai_id_number_check_digit (number);
  number[18] = '\0';
}

static void
test_every_slip_is_found (void)
{
  for (int i = 0; i < 500; i++) {
    char number[19];

    random_number (number);
    g_assert_true (tai_id_number_parse (number, NULL, NULL, NULL, NULL));
    for (int at = 0; at < 18; at++) {
      for (const char *c = "0123456789X"; *c != '\0'; c++) {
        char wrong[19], out[19];
        int code = *c == 'X' && at < 17 ? TAI_CORE_ERROR_ID_SYNTAX : TAI_CORE_ERROR_ID_CHECK_DIGIT;
        g_autoptr (GError) error = NULL;

        memcpy (wrong, number, sizeof wrong);
        wrong[at] = *c;
        if (*c == number[at])
          continue;
        g_assert_false (tai_id_number_normalize (wrong, out, &error));
        g_assert_error (error, TAI_CORE_ERROR, code);
      }
    }
    for (int at = 0; at < 17; at++) {
      char swapped[19];

      memcpy (swapped, number, sizeof swapped);
      swapped[at] = number[at + 1];
      swapped[at + 1] = number[at];
      g_assert_cmpint (tai_id_number_parse (swapped, NULL, NULL, NULL, NULL), ==,
                       number[at] == number[at + 1]);
    }
  }
}

/* Any bytes: no crash, and what is accepted is a fixed point. */
static void
test_normalize_fuzz (void)
{
  for (int i = 0; i < 20000; i++) {
    char text[32] = "", number[19], again[19];

    random_number (text);
    for (int n = g_test_rand_int_range (0, 3); n > 0; n--)
      text[g_test_rand_int_range (0, 20)] = (char)g_test_rand_int_range (0, 256);
    if (!tai_id_number_normalize (text, number, NULL))
      continue;
    g_assert_true (tai_id_number_normalize (number, again, NULL));
    g_assert_cmpstr (number, ==, again);
  }
}

static void
test_number_syntax (void)
{
  static const char *const bad[] = {"",
                                    " ",
                                    "110105",
                                    "1101051949123100２X9",
                                    "11010519491231002X 1",
                                    "110105 19491231002X",
                                    "X1010519491231002X",
                                    "11010519491231002Y",
                                    "11010519491231002\xff",
                                    "-1010519491231002X",
                                    "11010519491231002XX"};
  char number[19] = "";

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (tai_id_number_normalize (bad[i], number, &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_ID_SYNTAX);
  }
  g_assert_cmpstr (number, ==, "");
  g_assert_true (tai_id_number_normalize ("　１１０１０５１９４９１２３１００２ｘ\n", number, NULL));
  g_assert_cmpstr (number, ==, "11010519491231002X");
  g_assert_false (tai_id_number_parse ("11010519491231002x", NULL, NULL, NULL, NULL));
}

static void
test_upgrade_refused (void)
{
  static const struct {
    const char *text;
    int code;
  } cases[] = {{"", TAI_CORE_ERROR_ID_SYNTAX},
               {"99000066010112", TAI_CORE_ERROR_ID_SYNTAX},
               {"9900006601011234", TAI_CORE_ERROR_ID_SYNTAX},
               {"99000066010112X", TAI_CORE_ERROR_ID_SYNTAX},
               {"990000660230123", TAI_CORE_ERROR_ID_DATE}};

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    char number[19];

    g_assert_false (tai_id_number_upgrade (cases[i].text, number, &error));
    g_assert_error (error, TAI_CORE_ERROR, cases[i].code);
  }
}

static void
test_number_says (void)
{
  static const struct {
    const char *number;
    TaiDocumentKind kind;
    TaiDate birth;
    char sex;
  } cases[] = {
      {"11010519491231002X", TAI_DOCUMENT_CITIZEN, {1949, 12, 31}, '2'},
      {"440524188001010014", TAI_DOCUMENT_CITIZEN, {1880, 1, 1}, '1'},
      {"932682198501010017", TAI_DOCUMENT_PR_2023, {1985, 1, 1}, '1'},
      {"810000188001010015", TAI_DOCUMENT_HMT_PERMIT, {1880, 1, 1}, '1'},
      {"820000188001010025", TAI_DOCUMENT_HMT_PERMIT, {1880, 1, 1}, '2'},
      {"830000188001010035", TAI_DOCUMENT_HMT_PERMIT, {1880, 1, 1}, '1'},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TaiDocumentKind kind;
    TaiDate birth;
    char sex;

    g_assert_true (tai_id_number_parse (cases[i].number, &kind, &birth, &sex, NULL));
    g_assert_cmpint (kind, ==, cases[i].kind);
    g_assert_cmpint (tai_date_compare (birth, cases[i].birth), ==, 0);
    g_assert_cmpint (sex, ==, cases[i].sex);
  }
}

/* A good citizen, to be spoilt. */
static TaiIdentity *
citizen (void)
{
  static const guint8 photo[1024] = {'W', 'L', 'f', 0, 0xff};
  TaiIdentity *identity = tai_identity_new (TAI_DOCUMENT_CITIZEN, TAI_IDENTITY_READ);

  identity->name = g_strdup ("张\xee\xa0\x80三"); /* with a character of the private use area */
  identity->number = g_strdup ("11010519491231002X");
  identity->nationality = g_strdup ("CHN");
  identity->nation = g_strdup ("01");
  identity->address = g_strdup ("北京市\\朝阳区\n某路=1号");
  identity->issuer = g_strdup ("北京市公安局朝阳分局");
  identity->sex = '2';
  identity->birth = (TaiDate){1949, 12, 31};
  identity->valid_from = (TaiDate){2016, 11, 22};
  identity->valid_until = (TaiDate){2026, 11, 22};
  identity->photo = g_bytes_new (photo, sizeof photo);
  return identity;
}

static void
assert_check (const TaiIdentity *identity, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean good = tai_identity_check (identity, today, 16, &error);

  if (code < 0) {
    g_assert_no_error (error);
    g_assert_true (good);
    return;
  }
  g_assert_false (good);
  g_assert_error (error, TAI_CORE_ERROR, code);
  /* it goes to a log */
  g_assert_true (identity->number == NULL || identity->number[0] == '\0' ||
                 strstr (error->message, identity->number) == NULL);
}

static void
test_check_dates (void)
{
  g_autoptr (TaiIdentity) identity = citizen ();
  TaiDate none = {0, 0, 0};

  assert_check (identity, -1); /* the last day still counts */
  identity->valid_until.day = 21;
  assert_check (identity, TAI_CORE_ERROR_ID_EXPIRED);
  identity->valid_until = TAI_DATE_FOREVER;
  assert_check (identity, -1);
  identity->valid_from = (TaiDate){2026, 11, 23};
  assert_check (identity, TAI_CORE_ERROR_ID_DATE);
  identity->valid_from = (TaiDate){2026, 2, 30};
  assert_check (identity, TAI_CORE_ERROR_ID_DATE);
  identity->valid_from = none;
  assert_check (identity, -1);
  identity->valid_until = none;
  assert_check (identity, TAI_CORE_ERROR_ID_DATE);
  identity->source = TAI_IDENTITY_READ_EMULATED;
  assert_check (identity, TAI_CORE_ERROR_ID_DATE);
  identity->source = TAI_IDENTITY_TYPED;
  assert_check (identity, -1);
  identity->valid_until = (TaiDate){2016, 13, 1};
  assert_check (identity, TAI_CORE_ERROR_ID_DATE);
  identity->valid_from = (TaiDate){2016, 11, 22};
  identity->valid_until = (TaiDate){2016, 11, 21};
  assert_check (identity, TAI_CORE_ERROR_ID_DATE);
  identity->valid_until = TAI_DATE_FOREVER;
  identity->birth = (TaiDate){2026, 11, 23};
  assert_check (identity, TAI_CORE_ERROR_ID_DATE);
  identity->birth = none;
  assert_check (identity, TAI_CORE_ERROR_ID_DATE);
}

static void
test_check_numbers (void)
{
  static const struct {
    TaiDocumentKind kind;
    const char *number;
    int code;
  } cases[] = {
      {TAI_DOCUMENT_CITIZEN, "11010519491231002X", -1},
      {TAI_DOCUMENT_CITIZEN, "990000200002290001", -1}, /* a region that nobody knows */
      {TAI_DOCUMENT_CITIZEN, "110105194912310021", TAI_CORE_ERROR_ID_CHECK_DIGIT},
      {TAI_DOCUMENT_CITIZEN, "11010519491231002x", TAI_CORE_ERROR_ID_SYNTAX},
      {TAI_DOCUMENT_CITIZEN, "", TAI_CORE_ERROR_ID_SYNTAX},
      {TAI_DOCUMENT_CITIZEN, NULL, TAI_CORE_ERROR_ID_SYNTAX},
      {TAI_DOCUMENT_HMT_PERMIT, "810000188001010015", -1},
      {TAI_DOCUMENT_HMT_PERMIT, "810000188001010016", TAI_CORE_ERROR_ID_CHECK_DIGIT},
      {TAI_DOCUMENT_PR_2023, "932682198501010017", -1},
      {TAI_DOCUMENT_PR_2023, "ABC123456789012", TAI_CORE_ERROR_ID_SYNTAX},
      {TAI_DOCUMENT_PR_2017, "ABC123456789012", -1},
      {TAI_DOCUMENT_PR_2017, "ABC12345678901", TAI_CORE_ERROR_ID_SYNTAX},
      {TAI_DOCUMENT_PR_2017, "AB1234567890123", TAI_CORE_ERROR_ID_SYNTAX},
      {TAI_DOCUMENT_PR_2017, "abc123456789012", TAI_CORE_ERROR_ID_SYNTAX},
      {TAI_DOCUMENT_PASSPORT, "E00000000", -1},
      {TAI_DOCUMENT_PASSPORT, "", TAI_CORE_ERROR_ID_SYNTAX},
      {TAI_DOCUMENT_TRAVEL_PERMIT, "H12345678", -1},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiIdentity) identity = citizen ();

    identity->kind = cases[i].kind;
    g_free (identity->number);
    identity->number = g_strdup (cases[i].number);
    assert_check (identity, cases[i].code);
  }
}

static void
test_age (void)
{
  static const struct {
    TaiDate birth, on;
    int age;
  } cases[] = {
      {{2010, 11, 22}, {2026, 11, 21}, 15}, {{2010, 11, 22}, {2026, 11, 22}, 16},
      {{2010, 11, 22}, {2026, 12, 1}, 16},  {{2008, 2, 29}, {2024, 2, 28}, 15},
      {{2008, 2, 29}, {2024, 2, 29}, 16},   {{2008, 2, 29}, {2025, 2, 28}, 16},
      {{2008, 2, 29}, {2025, 3, 1}, 17},    {{2026, 11, 22}, {2026, 11, 22}, 0},
      {{2026, 11, 23}, {2026, 11, 22}, -1}, {{0, 0, 0}, {2026, 11, 22}, -1},
  };
  g_autoptr (TaiIdentity) identity = citizen ();
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    identity->birth = cases[i].birth;
    g_assert_cmpint (tai_identity_get_age (identity, cases[i].on), ==, cases[i].age);
  }
  identity->birth = (TaiDate){2010, 11, 23};
  assert_check (identity, TAI_CORE_ERROR_ID_MINOR);
  identity->birth.day = 22;
  assert_check (identity, -1);
  identity->birth = today;
  g_assert_true (tai_identity_check (identity, today, 0, &error));
}

static void
test_masks (void)
{
  static const struct {
    const char *name, *number, *masked_name, *masked_number;
  } cases[] = {
      {"张三", "110105194912310034", "张*", "…34"},
      {"\xf0\xa0\xae\xb7某", "11010519491231002X", "\xf0\xa0\xae\xb7*", "…2X"},
      {"SMITH JOHN", "E1234", "S*", "…34"},
      {"", "1234", "*", "…"},
      {NULL, NULL, "*", "…"},
      {"\xff", "\xff\xff\xff\xff\xff\xff", "*", "…"},
      {"三", "号码一二三四", "三*", "…三四"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TaiIdentity identity = {.name = (char *)cases[i].name, .number = (char *)cases[i].number};
    g_autofree char *name = tai_identity_mask_name (&identity);
    g_autofree char *number = tai_identity_mask_number (&identity);

    g_assert_cmpstr (name, ==, cases[i].masked_name);
    g_assert_cmpstr (number, ==, cases[i].masked_number);
  }
}

static void
assert_same (const TaiIdentity *a, const TaiIdentity *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->source, ==, b->source);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->latin_name, ==, b->latin_name);
  g_assert_cmpstr (a->number, ==, b->number);
  g_assert_cmpstr (a->other_number, ==, b->other_number);
  g_assert_cmpstr (a->nationality, ==, b->nationality);
  g_assert_cmpstr (a->nation, ==, b->nation);
  g_assert_cmpstr (a->address, ==, b->address);
  g_assert_cmpstr (a->issuer, ==, b->issuer);
  g_assert_cmpint (a->sex, ==, b->sex);
  g_assert_cmpint (tai_date_compare (a->birth, b->birth), ==, 0);
  g_assert_cmpint (tai_date_compare (a->valid_from, b->valid_from), ==, 0);
  g_assert_cmpint (tai_date_compare (a->valid_until, b->valid_until), ==, 0);
  g_assert_cmpint (a->photo != NULL, ==, b->photo != NULL);
  g_assert_true (a->photo == NULL || g_bytes_equal (a->photo, b->photo));
}

static void
test_canonical_round_trip (void)
{
  for (TaiDocumentKind kind = TAI_DOCUMENT_CITIZEN; kind <= TAI_DOCUMENT_TRAVEL_PERMIT; kind++) {
    for (TaiIdentitySource source = TAI_IDENTITY_READ; source <= TAI_IDENTITY_TYPED; source++) {
      g_autoptr (TaiIdentity) full = citizen ();
      g_autoptr (TaiIdentity) bare = tai_identity_new (kind, source);
      g_autoptr (GError) error = NULL;

      full->kind = kind;
      full->source = source;
      full->latin_name = g_strdup ("ZHANG SAN");
      full->other_number = g_strdup ("");

      g_autoptr (GBytes) full_bytes = tai_identity_to_canonical (full);
      g_autoptr (GBytes) bare_bytes = tai_identity_to_canonical (bare);
      g_autoptr (TaiIdentity) full_back = tai_identity_from_canonical (full_bytes, &error);

      g_assert_no_error (error);

      g_autoptr (TaiIdentity) bare_back = tai_identity_from_canonical (bare_bytes, &error);

      g_assert_no_error (error);
      assert_same (full, full_back);
      assert_same (bare, bare_back);
    }
  }
}

static void
test_canonical_form (void)
{
  g_autoptr (TaiIdentity) identity = citizen ();

  g_clear_pointer (&identity->photo, g_bytes_unref);
  identity->photo = g_bytes_new_static ("WLf", 3);

  g_autoptr (GBytes) bytes = tai_identity_to_canonical (identity);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpstr (
      text, ==,
      "version=1\nkind=citizen_card\nsource=read\nname=张\xee\xa0\x80三\nnumber=11010519491231002X\n"
      "nationality=CHN\nnation=01\naddress=北京市\\\\朝阳区\\n某路=1号\nissuer=北京市公安局朝阳分局\n"
      "sex=2\nbirth=1949-12-31\nvalid_from=2016-11-22\nvalid_until=2026-11-22\nphoto=V0xm\n");
}

static void
test_canonical_refused (void)
{
  static const struct {
    const char *text;
    int code;
  } cases[] = {
      {"", TAI_CORE_ERROR_FAILED},
      {"version=2\nkind=passport\nsource=read\nsex=0\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=visa\nsource=read\nsex=0\n", TAI_CORE_ERROR_STATE_TEXT},
      {"version=1\nkind=passport\nsource=heard\nsex=0\n", TAI_CORE_ERROR_STATE_TEXT},
      {"version=1\nkind=passport\nsource=read\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=passport\nsex=0\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nsource=read\nsex=0\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nsource=read\nkind=passport\nsex=0\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=passport\nsource=read\nsex=\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=passport\nsource=read\nsex=12\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=passport\nsource=read\nsex=0\nsex=0\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=passport\nsource=read\nname=a\nname=b\nsex=0\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=passport\nsource=read\nname=a\nname=a\nsex=0\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=passport\nsource=read\nsex=0\nshoe_size=44\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=passport\nsource=read\nsex=0\nbirth=2026-02-30\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=passport\nsource=read\nsex=0\nbirth=20260228\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=passport\nsource=read\nsex=0\nphoto=V0xm!\n", TAI_CORE_ERROR_FAILED},
      {"version=1\nkind=passport\nsource=read\nsex=0\nphoto=V0xm\nphoto=V0xm\n", TAI_CORE_ERROR_FAILED},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
    g_autoptr (GError) error = NULL;

    g_test_message ("case %d", (int)i);
    g_assert_null (tai_identity_from_canonical (bytes, &error));
    g_assert_error (error, TAI_CORE_ERROR, cases[i].code);
  }
}

/* A byte changed anywhere: refused, or read as what it now says; never a crash. */
static void
test_canonical_fuzz (void)
{
  g_autoptr (TaiIdentity) identity = citizen ();
  g_autoptr (GBytes) bytes = tai_identity_to_canonical (identity);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (int i = 0; i < 3000; i++) {
    g_autofree guint8 *copy = g_memdup2 (data, size);

    copy[g_test_rand_int_range (0, 400)] = (guint8)g_test_rand_int ();

    g_autoptr (GBytes) changed =
        g_bytes_new (copy, size - (i % 3 == 0 ? (gsize)g_test_rand_int_range (0, 400) : 0));
    g_autoptr (TaiIdentity) back = tai_identity_from_canonical (changed, NULL);

    if (back == NULL)
      continue;

    g_autoptr (GBytes) again = tai_identity_to_canonical (back);

    g_assert_true (g_bytes_equal (changed, again));
  }
}

static void
test_kind_text (void)
{
  static const char *const texts[] = {"citizen_card", "hmt_permit", "pr_2017",
                                      "pr_2023",      "passport",   "travel_permit"};
  g_autoptr (GError) error = NULL;
  TaiDocumentKind kind = TAI_DOCUMENT_PASSPORT;

  for (TaiDocumentKind i = TAI_DOCUMENT_CITIZEN; i <= TAI_DOCUMENT_TRAVEL_PERMIT; i++) {
    g_assert_cmpstr (tai_document_kind_to_text (i), ==, texts[i]);
    g_assert_true (tai_document_kind_from_text (texts[i], &kind, NULL));
    g_assert_cmpint (kind, ==, i);
  }
  g_assert_false (tai_document_kind_from_text ("Passport", &kind, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
  tai_identity_free (NULL);
}

static void
wiped_cb (gpointer data)
{
  /* called as the last holder's free function: the identity must not have touched memory that others hold */
  g_assert_cmpstr (data, ==, "photo of two holders");
  g_free (data);
}

static void
test_shared_photo (void)
{
  TaiIdentity *identity = tai_identity_new (TAI_DOCUMENT_CITIZEN, TAI_IDENTITY_READ);
  char *data = g_strdup ("photo of two holders");
  g_autoptr (GBytes) photo = g_bytes_new_with_free_func (data, strlen (data), wiped_cb, data);

  identity->photo = g_bytes_ref (photo);
  tai_identity_free (identity);
  g_assert_cmpmem (g_bytes_get_data (photo, NULL), 5, "photo", 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id-number/vectors", test_number_vectors);
  g_test_add_func ("/id-number/check-digit-distribution", test_check_digit_distribution);
  g_test_add_func ("/id-number/every-slip-is-found", test_every_slip_is_found);
  g_test_add_func ("/id-number/fuzz", test_normalize_fuzz);
  g_test_add_func ("/id-number/syntax", test_number_syntax);
  g_test_add_func ("/id-number/upgrade-refused", test_upgrade_refused);
  g_test_add_func ("/id-number/says", test_number_says);
  g_test_add_func ("/identity/check-dates", test_check_dates);
  g_test_add_func ("/identity/check-numbers", test_check_numbers);
  g_test_add_func ("/identity/age", test_age);
  g_test_add_func ("/identity/masks", test_masks);
  g_test_add_func ("/identity/canonical-round-trip", test_canonical_round_trip);
  g_test_add_func ("/identity/canonical-form", test_canonical_form);
  g_test_add_func ("/identity/canonical-refused", test_canonical_refused);
  g_test_add_func ("/identity/canonical-fuzz", test_canonical_fuzz);
  g_test_add_func ("/identity/kind-text", test_kind_text);
  g_test_add_func ("/identity/shared-photo", test_shared_photo);
  return g_test_run ();
}
