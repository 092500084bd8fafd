/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards: each vector to its fields and back, the type letter, and text that no card has. */
#include "tai-emulator-rig.h"
#include "tai-id-card.h"
#include "tai-sdt-card.h"

#include "tai-core-error.h"
#include "tai-devices-error.h"

#include <string.h>

typedef struct {
  guint8 bytes[TAI_ID_CARD_TEXT_SIZE];
} Text;

static Text
text_of (json_object *card)
{
  g_autoptr (GBytes) bytes = tai_test_from_hex (tai_test_json_string (card, "text256"));
  Text text;

  g_assert_cmpuint (g_bytes_get_size (bytes), ==, sizeof text.bytes);
  memcpy (text.bytes, g_bytes_get_data (bytes, NULL), sizeof text.bytes);
  return text;
}

static Text
first_card (void)
{
  g_autoptr (json_object) vectors = tai_test_data_load_json ("id_reader_sdt.json");

  return text_of (tai_test_json_element (vectors, "cards", 0));
}

static void
set_unit (Text *text, gsize offset, guint unit)
{
  text->bytes[offset] = (guint8)unit;
  text->bytes[offset + 1] = (guint8)(unit >> 8);
}

static void
assert_refused (const Text *text, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiIdentity) identity = tai_id_card_decode (text->bytes, NULL, TAI_IDENTITY_READ, &error);

  g_assert_null (identity);
  g_assert_error (error, domain, code);
}

static void
test_vectors (void)
{
  g_autoptr (json_object) vectors = tai_test_data_load_json ("id_reader_sdt.json");
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < tai_test_json_length (vectors, "cards"); i++) {
    json_object *vector = tai_test_json_element (vectors, "cards", i);
    Text text = text_of (vector);
    TaiSdtCard card;
    g_assert_true (tai_sdt_card_load ("prc", &card, NULL)); /* for its photo */
    g_autoptr (TaiIdentity) identity = tai_id_card_decode (text.bytes, card.photo, TAI_IDENTITY_READ, &error);
    g_assert_no_error (error);
    g_assert_cmpint (identity->source, ==, TAI_IDENTITY_READ);
    tai_test_assert_is_card (identity, i);

    /* The emulator makes the same bytes of the same fields. */
    json_object *fields = tai_test_json_get (vector, "fields", json_type_object);
    json_object_object_add (fields, "kind", json_object_new_string (tai_test_json_string (vector, "kind")));
    if (identity->kind == TAI_DOCUMENT_PR_2017) /* the vector's fields leave it out */
      json_object_object_add (fields, "version", json_object_new_string ("01"));
    g_assert_true (tai_sdt_card_from_text (json_object_to_json_string (fields), &card, &error));
    g_assert_no_error (error);
    g_assert_cmpmem (card.text, sizeof card.text, text.bytes, sizeof text.bytes);
  }
}

static void
test_no_photo (void)
{
  Text text = first_card ();
  g_autoptr (TaiIdentity) identity = tai_id_card_decode (text.bytes, NULL, TAI_IDENTITY_READ_EMULATED, NULL);

  g_assert_nonnull (identity);
  g_assert_null (identity->photo);
  g_assert_cmpint (identity->source, ==, TAI_IDENTITY_READ_EMULATED);
}

/* Of all letters that could stand at byte 248, one makes this a citizen's card, three make it another kind, and all others
 * are refused in words of their own. */
static void
test_letters (void)
{
  Text text = first_card ();

  for (guint letter = 0; letter <= 0xFFFF; letter++) {
    g_autoptr (GError) error = NULL;
    set_unit (&text, TAI_ID_CARD_LETTER_OFFSET, letter);
    g_autoptr (TaiIdentity) identity = tai_id_card_decode (text.bytes, NULL, TAI_IDENTITY_READ, &error);
    if (letter == ' ')
      g_assert_cmpint (identity->kind, ==, TAI_DOCUMENT_CITIZEN);
    else if (letter == 'I' || letter == 'J' || letter == 'Y')
      g_assert_true (identity == NULL || identity->kind != TAI_DOCUMENT_CITIZEN);
    else
      g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_ID_FOREIGN_LAYOUT);
  }
}

/* Characters from before Unicode had them, and those above U+FFFF, stay as they are. */
static void
test_rare_names (void)
{
  Text text = first_card ();

  set_unit (&text, 0, 0xE863); /* private use */
  set_unit (&text, 2, 0xD842);
  set_unit (&text, 4, 0xDFB7); /* together U+20BB7 */
  set_unit (&text, 6, 0x00B7); /* the dot of names like 阿·乙 */
  g_autoptr (TaiIdentity) identity = tai_id_card_decode (text.bytes, NULL, TAI_IDENTITY_READ, NULL);
  g_assert_nonnull (identity);
  g_assert_cmpstr (identity->name, ==, "\xEE\xA1\xA3\xF0\xA0\xAE\xB7\xC2\xB7");

  for (gsize at = 0; at < 30; at += 2)
    set_unit (&text, at, 0x4E00);
  g_autoptr (TaiIdentity) full = tai_id_card_decode (text.bytes, NULL, TAI_IDENTITY_READ, NULL);
  g_assert_cmpint (g_utf8_strlen (full->name, -1), ==, 15);
}

static void
test_malformed (void)
{
  static const struct {
    gsize offset;
    guint units[4];
    gsize n;
  } cases[] = {
      {0, {0xD842, 'x'}, 2},                /* half a surrogate pair */
      {0, {0xDFB7}, 1},                     /* the other half */
      {28, {0xD842}, 1},                    /* cut off by the end of the field */
      {2, {0x0000}, 1},                     /* control characters */
      {2, {'\n'}, 1},                       /**/
      {52, {0x1B, '['}, 2},                 /**/
      {52, {0x7F}, 1},                      /**/
      {122, {0xFFFE}, 1},                   /**/
      {30, {'3'}, 1},                       /* sex */
      {30, {' '}, 1},                       /**/
      {30, {0x4E00}, 1},                    /**/
      {36, {'2', '0', '2', 'x'}, 4},        /* birth */
      {36, {0x957F, 0x671F, ' ', ' '}, 4},  /**/
      {44, {'1', '3'}, 2},                  /* month 13 */
      {188, {' '}, 1},                      /* valid from */
      {204, {0x957F, 0x671E, ' ', ' '}, 4}, /* 长 and something else */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    Text text = first_card ();
    for (gsize unit = 0; unit < cases[i].n; unit++)
      set_unit (&text, cases[i].offset + 2 * unit, cases[i].units[unit]);
    assert_refused (&text, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_CARD_DATA);
  }
}

static void
test_blank_fields (void)
{
  static const struct {
    gsize offset, size;
    gboolean needed;
  } fields[] = {
      {0, 30, TRUE},   {30, 2, TRUE},    {32, 4, FALSE},  {36, 16, TRUE},  {52, 70, FALSE},
      {122, 36, TRUE}, {158, 30, FALSE}, {188, 16, TRUE}, {204, 16, TRUE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    Text text = first_card ();
    for (gsize at = 0; at < fields[i].size; at += 2)
      set_unit (&text, fields[i].offset + at, ' ');
    if (fields[i].needed) {
      assert_refused (&text, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_CARD_DATA);
      continue;
    }
    g_autoptr (TaiIdentity) identity = tai_id_card_decode (text.bytes, NULL, TAI_IDENTITY_READ, NULL);
    g_assert_nonnull (identity);
  }
}

/* A foreigner without a Chinese name is called what the card calls him. */
static void
test_latin_only (void)
{
  static const char *const cards[] = {
      "{\"kind\":\"pr2017\",\"name\":\"DOE, J\",\"sex\":\"1\",\"id\":\"UTO1\",\"nat\":\"UTO\",\"start\":\"20200101\","
      "\"end\":\"20300101\",\"birth\":\"19900101\"}",
      "{\"kind\":\"pr2023\",\"en\":\"DOE, J\",\"sex\":\"1\",\"id\":\"9\",\"nat\":\"UTO\",\"start\":\"20200101\","
      "\"end\":\"20300101\",\"birth\":\"19900101\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++) {
    TaiSdtCard card;
    g_assert_true (tai_sdt_card_from_text (cards[i], &card, NULL));
    g_autoptr (TaiIdentity) identity = tai_id_card_decode (card.text, card.photo, TAI_IDENTITY_READ, NULL);
    g_assert_nonnull (identity);
    g_assert_cmpstr (identity->name, ==, "DOE, J");
    g_assert_cmpstr (identity->latin_name, ==, "DOE, J");
  }
}

/* Random bytes never make a person by accident who has control characters in his name. */
static void
test_random_text (void)
{
  for (int i = 0; i < 20000; i++) {
    Text text = first_card ();
    g_autoptr (GError) error = NULL;
    for (int n = g_test_rand_int_range (1, 12); n > 0; n--)
      text.bytes[g_test_rand_int_range (0, TAI_ID_CARD_TEXT_SIZE)] = (guint8)g_test_rand_int ();
    g_autoptr (TaiIdentity) identity = tai_id_card_decode (text.bytes, NULL, TAI_IDENTITY_READ, &error);
    g_assert_true ((identity == NULL) == (error != NULL));
    if (identity == NULL)
      continue;
    g_assert_true (g_utf8_validate (identity->name, -1, NULL));
    for (const char *c = identity->name; *c != '\0'; c++)
      g_assert_false (g_ascii_iscntrl (*c));
    g_assert_true (tai_date_is_valid (identity->birth));
    g_assert_true (tai_date_is_valid (identity->valid_until));
  }
}

static void
test_built_in_cards (void)
{
  const char *const *names = tai_sdt_card_get_names ();
  TaiDate today = {2026, 11, 22};

  g_assert_cmpstr (names[0], ==, "prc");
  for (gsize i = 0; names[i] != NULL; i++) {
    TaiSdtCard card;
    g_autoptr (GError) error = NULL;
    g_assert_true (tai_sdt_card_load (names[i], &card, &error));
    g_autoptr (TaiIdentity) identity = tai_id_card_decode (card.text, card.photo, TAI_IDENTITY_READ, &error);
    g_assert_no_error (error);
    gboolean good = tai_identity_check (identity, today, 16, &error);
    if (g_str_equal (names[i], "prc-expired") || g_str_equal (names[i], "hmt"))
      g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_ID_EXPIRED);
    else if (g_str_equal (names[i], "prc-minor"))
      g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_ID_MINOR);
    else
      g_assert_true (good && error == NULL);
  }
}

static void
test_card_files (void)
{
  static const char *const bad[] = {
      "",
      "{",
      "[]",
      "{}",
      "{\"kind\":\"prc\"",
      "{\"kind\":1}",
      "{\"kind\":\"xyz\"}",
      "{\"name\":\"x\"}",
      "{\"kind\":\"prc\",\"nosuch\":\"x\"}",
      "{\"kind\":\"prc\",\"sex\":\"12\"}",
      "{\"kind\":\"prc\",\"name\":\"一二三四五六七八九十一二三四五六\"}",
      "{\"kind\":\"prc\",\"photo\":\"mine\"}",
      "{\"kind\":{\"a\":\"b\"}}",
  };
  g_autofree char *citizen =
      g_test_build_filename (G_TEST_DIST, "..", "docs", "examples", "cards", "citizen.json", NULL);
  g_autofree char *unknown =
      g_test_build_filename (G_TEST_DIST, "..", "docs", "examples", "cards", "unknown-type.json", NULL);
  g_autoptr (GError) error = NULL;
  TaiSdtCard card;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_false (tai_sdt_card_from_text (bad[i], &card, &error));
    g_assert_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION);
    g_clear_error (&error);
  }
  g_assert_false (tai_sdt_card_load ("/no/such/card.json", &card, &error));
  g_assert_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION);
  g_clear_error (&error);
  g_assert_true (tai_sdt_card_load (citizen, &card, &error));
  g_autoptr (TaiIdentity) identity = tai_id_card_decode (card.text, card.photo, TAI_IDENTITY_READ, &error);
  g_assert_no_error (error);
  g_assert_true (tai_identity_check (identity, (TaiDate){2026, 11, 22}, 18, &error));
  g_assert_true (tai_sdt_card_load (unknown, &card, &error));
  g_autoptr (TaiIdentity) none = tai_id_card_decode (card.text, card.photo, TAI_IDENTITY_READ, &error);
  g_assert_null (none);
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_ID_FOREIGN_LAYOUT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/id-card/vectors", test_vectors);
  g_test_add_func ("/devices/id-card/no-photo", test_no_photo);
  g_test_add_func ("/devices/id-card/letters", test_letters);
  g_test_add_func ("/devices/id-card/rare-names", test_rare_names);
  g_test_add_func ("/devices/id-card/malformed", test_malformed);
  g_test_add_func ("/devices/id-card/blank-fields", test_blank_fields);
  g_test_add_func ("/devices/id-card/latin-only", test_latin_only);
  g_test_add_func ("/devices/id-card/random", test_random_text);
  g_test_add_func ("/devices/id-card/built-in", test_built_in_cards);
  g_test_add_func ("/devices/id-card/files", test_card_files);
  return g_test_run ();
}
