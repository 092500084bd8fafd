/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames: the vectors' bytes, and whatever a line can do to them. */
#include "tai-sdt-frame.h"

#include "tai-test-data.h"

#include <string.h>

static TaiSdtParser *
parser_new (gsize minimum)
{
  TaiSdtParser *parser = g_new0 (TaiSdtParser, 1);

  tai_sdt_parser_init (parser, minimum);
  return parser;
}

static void
add (TaiSdtParser *parser, const guint8 *bytes, gsize size)
{
  gsize room;
  guint8 *to = tai_sdt_parser_room (parser, &room);

  g_assert_cmpuint (room, >=, size);
  memcpy (to, bytes, size);
  tai_sdt_parser_add (parser, size);
}

static void
assert_gives (TaiSdtParser *parser, guint8 status)
{
  const guint8 *body;
  gsize size;

  g_assert_cmpint (tai_sdt_parser_next (parser, &body, &size), ==, TAI_SDT_PARSE_FRAME);
  g_assert_cmpuint (size, >=, 3);
  g_assert_cmpuint (body[2], ==, status);
}

static void
assert_result (TaiSdtParser *parser, TaiSdtParse expected)
{
  const guint8 *body;
  gsize size;

  g_assert_cmpint (tai_sdt_parser_next (parser, &body, &size), ==, expected);
}

static void
test_commands (void)
{
  static const struct {
    const char *name;
    int command, extra; /* extra: a third byte, or -1 */
  } commands[] = {
      {"reset", TAI_SDT_RESET, -1},
      {"sam_status", TAI_SDT_SAM_STATUS, -1},
      {"sam_id", TAI_SDT_SAM_ID, -1},
      {"find", TAI_SDT_FIND, -1},
      {"select", TAI_SDT_SELECT, -1},
      {"read_base", TAI_SDT_READ, -1},
      {"read_new_address", TAI_SDT_READ_ADDRESS, -1},
      {"read_base_fp", TAI_SDT_READ_FINGERPRINT, -1},
      {"baud_115200", TAI_SDT_BAUD, -1},
      {"baud_9600", TAI_SDT_BAUD + 4, -1},
      {"max_rf_80", TAI_SDT_MAX_RF, 0x50},
  };
  g_autoptr (json_object) vectors = tai_test_data_load_json ("id_reader_sdt.json");
  json_object *expected = tai_test_json_get (vectors, "commands", json_type_object);

  g_assert_cmpint (json_object_object_length (expected), ==, G_N_ELEMENTS (commands));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    guint8 body[] = {(guint8)(commands[i].command >> 8), (guint8)commands[i].command,
                     (guint8)commands[i].extra};
    guint8 frame[16];
    gsize size = tai_sdt_frame_build (body, commands[i].extra < 0 ? 2 : 3, frame);
    g_autofree char *hex = tai_test_to_hex (frame, size);
    g_autofree char *upper = g_ascii_strup (hex, -1);
    g_assert_cmpstr (upper, ==, tai_test_json_string (expected, commands[i].name));
  }
}

static void
test_responses (void)
{
  static const struct {
    const char *name;
    guint8 status;
  } responses[] = {
      {"find_ok", TAI_SDT_FOUND},
      {"find_none", TAI_SDT_NO_CARD},
      {"select_ok", TAI_SDT_OK},
      {"select_fail", TAI_SDT_SELECT_FAILED},
      {"sam_ok", TAI_SDT_OK},
      {"read_fail", TAI_SDT_READ_FAILED},
      {"sam_unauthorised", TAI_SDT_SAM_UNAUTHORISED},
      {"bad_checksum_reply", TAI_SDT_CHECKSUM},
  };
  g_autoptr (json_object) vectors = tai_test_data_load_json ("id_reader_sdt.json");
  json_object *frames = tai_test_json_get (vectors, "responses", json_type_object);

  g_assert_cmpint (json_object_object_length (frames), ==, G_N_ELEMENTS (responses));
  for (gsize i = 0; i < G_N_ELEMENTS (responses); i++) {
    g_autoptr (GBytes) frame = tai_test_from_hex (tai_test_json_string (frames, responses[i].name));
    gsize size;
    const guint8 *bytes = g_bytes_get_data (frame, &size);
    /* cut at every place, and all of it in one */
    for (gsize cut = 0; cut <= size; cut++) {
      g_autofree TaiSdtParser *parser = parser_new (4);
      add (parser, bytes, cut);
      if (cut < size)
        assert_result (parser, TAI_SDT_PARSE_MORE);
      add (parser, bytes + cut, size - cut);
      assert_gives (parser, responses[i].status);
      assert_result (parser, TAI_SDT_PARSE_MORE);
      g_assert_cmpuint (parser->size, ==, 0);
    }
  }
}

static const guint8 no_card[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x04, 0x00, 0x00, 0x80, 0x84};

static void
test_merged_and_noisy (void)
{
  static const guint8 noise[] = {0x00, 0x96, 0x69, 0xAA, 0xAA, 0x96, 0xAA, 0xAA, 0xAA, 0xAA};
  g_autofree TaiSdtParser *parser = parser_new (4);

  add (parser, noise, sizeof noise);
  add (parser, no_card + 3, sizeof no_card - 3); /* the noise's last AA AA AA begin the frame */
  add (parser, no_card, sizeof no_card);
  add (parser, noise, 3);
  add (parser, no_card, sizeof no_card);
  assert_gives (parser, TAI_SDT_NO_CARD);
  assert_gives (parser, TAI_SDT_NO_CARD);
  assert_gives (parser, TAI_SDT_NO_CARD);
  assert_result (parser, TAI_SDT_PARSE_MORE);

  /* Noise for ever never fills the buffer. */
  for (int i = 0; i < 10000; i++) {
    add (parser, noise, sizeof noise);
    assert_result (parser, TAI_SDT_PARSE_MORE);
  }
  add (parser, no_card, sizeof no_card);
  assert_gives (parser, TAI_SDT_NO_CARD);
}

/* Every single bit that flips behind the preamble is seen. */
static void
test_wrong_checksum (void)
{
  for (gsize bit = TAI_SDT_PREAMBLE_SIZE * 8; bit < sizeof no_card * 8; bit++) {
    g_autofree TaiSdtParser *parser = parser_new (4);
    guint8 broken[sizeof no_card];
    const guint8 *body;
    gsize size;
    memcpy (broken, no_card, sizeof broken);
    broken[bit / 8] ^= (guint8)(1 << bit % 8);
    add (parser, broken, sizeof broken);
    g_assert_cmpint (tai_sdt_parser_next (parser, &body, &size), !=, TAI_SDT_PARSE_FRAME);
  }
  /* The next frame is found again. */
  g_autofree TaiSdtParser *parser = parser_new (4);
  guint8 broken[sizeof no_card];
  memcpy (broken, no_card, sizeof broken);
  broken[9] ^= 1;
  add (parser, broken, sizeof broken);
  add (parser, no_card, sizeof no_card);
  assert_result (parser, TAI_SDT_PARSE_CHECKSUM);
  assert_gives (parser, TAI_SDT_NO_CARD);
}

static void
test_lengths (void)
{
  static const struct {
    guint length;
    TaiSdtParse expected;
  } cases[] = {
      {0, TAI_SDT_PARSE_LENGTH},     {1, TAI_SDT_PARSE_LENGTH},  {3, TAI_SDT_PARSE_LENGTH},
      {4, TAI_SDT_PARSE_MORE},       {4096, TAI_SDT_PARSE_MORE}, {4097, TAI_SDT_PARSE_LENGTH},
      {65535, TAI_SDT_PARSE_LENGTH},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree TaiSdtParser *parser = parser_new (4);
    guint8 head[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, (guint8)(cases[i].length >> 8), (guint8)cases[i].length};
    add (parser, head, sizeof head);
    assert_result (parser, cases[i].expected);
  }

  g_autofree TaiSdtParser *parser = parser_new (4);
  g_autofree guint8 *body = g_malloc0 (TAI_SDT_MAX_LENGTH - 1), *frame = g_malloc (TAI_SDT_MAX_FRAME);
  gsize size = tai_sdt_frame_build (body, TAI_SDT_MAX_LENGTH - 1, frame);
  g_assert_cmpuint (size, ==, TAI_SDT_MAX_FRAME);
  add (parser, frame, size);
  assert_gives (parser, 0);
}

static void
test_wiped (void)
{
  g_autofree TaiSdtParser *parser = parser_new (4);

  add (parser, no_card, sizeof no_card);
  assert_gives (parser, TAI_SDT_NO_CARD);
  tai_sdt_parser_wipe (parser);
  for (gsize i = 0; i < sizeof parser->bytes; i++)
    g_assert_cmpuint (parser->bytes[i], ==, 0);
  assert_result (parser, TAI_SDT_PARSE_MORE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/sdt-frame/commands", test_commands);
  g_test_add_func ("/devices/sdt-frame/responses", test_responses);
  g_test_add_func ("/devices/sdt-frame/merged-and-noisy", test_merged_and_noisy);
  g_test_add_func ("/devices/sdt-frame/wrong-checksum", test_wrong_checksum);
  g_test_add_func ("/devices/sdt-frame/lengths", test_lengths);
  g_test_add_func ("/devices/sdt-frame/wiped", test_wiped);
  return g_test_run ();
}
