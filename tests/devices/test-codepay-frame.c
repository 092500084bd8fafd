/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames of bank terminals: the published bytes, and lines that add, lose and cut; what is kept of an answer. */
#include "tai-codepay-frame.h"
#include "tai-codepay-message.h"

#include <string.h>

#include "tai-test-data.h"

static GByteArray *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; hex[0] != '\0'; hex += 2) {
    guint8 byte = (guint8)(g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
    g_byte_array_append (bytes, &byte, 1);
  }
  return bytes;
}

static void
put (TaiCodepayParser *parser, const guint8 *bytes, gsize size)
{
  gsize room;
  guint8 *at = tai_codepay_parser_room (parser, &room);

  g_assert_cmpuint (size, <=, room);
  memcpy (at, bytes, size);
  tai_codepay_parser_add (parser, size);
}

static void
assert_published (json_object *vectors, const char *name, TaiCodepayFrame frame)
{
  g_autoptr (GByteArray) expected = from_hex (tai_test_json_string (vectors, name));
  g_autofree TaiCodepayParser *parser = g_new0 (TaiCodepayParser, 1);
  guint8 bytes[TAI_CODEPAY_MAX_FRAME];
  gsize size = tai_codepay_frame_build (&frame, bytes);
  TaiCodepayFrame found;

  g_assert_cmpmem (bytes, size, expected->data, expected->len);
  put (parser, bytes, size);
  g_assert_cmpint (tai_codepay_parser_next (parser, &found), ==, TAI_CODEPAY_PARSE_FRAME);
  g_assert_cmpuint (found.type, ==, frame.type);
  g_assert_cmpuint (found.id, ==, frame.id);
  g_assert_cmpmem (found.data, found.size, frame.data, frame.size);
  g_assert_cmpint (tai_codepay_parser_next (parser, &found), ==, TAI_CODEPAY_PARSE_MORE);
}

static void
test_published (void)
{
  static const guint8 data[] = "{\"a\":1}";
  g_autoptr (json_object) vectors = tai_test_data_load_json ("ecr_serial_codepay.json");

  assert_published (vectors, "handshake", (TaiCodepayFrame){TAI_CODEPAY_HANDSHAKE, 0, 0, NULL, 0});
  assert_published (vectors, "confirm", (TaiCodepayFrame){TAI_CODEPAY_CONFIRM, 0, 0, NULL, 0});
  assert_published (vectors, "heartbeat", (TaiCodepayFrame){TAI_CODEPAY_NORMAL, 0, 0, NULL, 0});
  assert_published (vectors, "data_example", (TaiCodepayFrame){TAI_CODEPAY_NORMAL, 0, 1, data, 7});
}

static void
test_sizes (void)
{
  g_autofree guint8 *data = g_malloc0 (TAI_CODEPAY_MAX_DATA + 1);
  g_autofree TaiCodepayParser *parser = g_new0 (TaiCodepayParser, 1);
  guint8 bytes[TAI_CODEPAY_MAX_FRAME];
  TaiCodepayFrame frame = {TAI_CODEPAY_NORMAL, 0, 1, data, TAI_CODEPAY_MAX_DATA};
  static const guint8 too_long[] = {0x55, 0xAA, 0, 0, 1, 0x03, 0xF7, 0x55, 0xAA};

  g_assert_cmpuint (tai_codepay_frame_build (&frame, bytes), ==, TAI_CODEPAY_MAX_FRAME);
  frame.size++;
  g_assert_cmpuint (tai_codepay_frame_build (&frame, bytes), ==, 0);
  put (parser, too_long, sizeof too_long);
  g_assert_cmpint (tai_codepay_parser_next (parser, &frame), ==, TAI_CODEPAY_PARSE_DAMAGED);
  g_assert_cmpint (tai_codepay_parser_next (parser, &frame), ==, TAI_CODEPAY_PARSE_MORE);
}

/* Whatever one byte becomes, no frame is made of it; and the next one is found. */
static void
test_damage (void)
{
  static const guint8 data[] = "{\"response_code\":\"000\"}";
  g_autofree TaiCodepayParser *parser = g_new0 (TaiCodepayParser, 1);
  guint8 bytes[TAI_CODEPAY_MAX_FRAME], good[TAI_CODEPAY_MAX_FRAME];
  TaiCodepayFrame frame = {TAI_CODEPAY_NORMAL, 0, 9, data, sizeof data - 1}, found;
  gsize size = tai_codepay_frame_build (&frame, good);

  for (gsize i = 0; i < size; i++)
    for (guint bit = 0; bit < 8; bit++) {
      guint n = 0;
      memcpy (bytes, good, size);
      bytes[i] ^= (guint8)(1 << bit);
      tai_codepay_parser_wipe (parser);
      put (parser, bytes, size);
      put (parser, good, size);
      do
        while (tai_codepay_parser_next (parser, &found) == TAI_CODEPAY_PARSE_FRAME) {
          g_assert_cmpmem (found.data, found.size, data, sizeof data - 1);
          n++;
        }
      while (parser->given > 0 || tai_codepay_parser_skip (parser));
      g_assert_cmpuint (n, ==, 1);
    }
}

static void
test_pieces_and_noise (void)
{
  static const guint8 noise[] = {0x55, 0x55, 0xAA, 0x00, 0x00, 0x01, 0x03, 0x00, 0x55};
  static const guint8 data[] = "{\"note\":\"\x55\xAA in the data is none\"}";
  g_autofree TaiCodepayParser *parser = g_new0 (TaiCodepayParser, 1);
  guint8 bytes[TAI_CODEPAY_MAX_FRAME];
  TaiCodepayFrame frame = {TAI_CODEPAY_NORMAL, 7, 8, data, sizeof data - 1}, found;
  gsize size = tai_codepay_frame_build (&frame, bytes);

  for (gsize i = 0; i < size; i++) {
    put (parser, bytes + i, 1);
    g_assert_cmpint (tai_codepay_parser_next (parser, &found), ==,
                     i + 1 == size ? TAI_CODEPAY_PARSE_FRAME : TAI_CODEPAY_PARSE_MORE);
  }
  g_assert_cmpuint (found.ack, ==, 7);
  put (parser, noise, sizeof noise); /* looks like the beginning of 768 bytes */
  put (parser, bytes, size);
  g_assert_cmpint (tai_codepay_parser_next (parser, &found), ==, TAI_CODEPAY_PARSE_MORE);
  g_assert_true (tai_codepay_parser_skip (parser));
  g_assert_cmpint (tai_codepay_parser_next (parser, &found), ==, TAI_CODEPAY_PARSE_FRAME);
  g_assert_cmpmem (found.data, found.size, data, sizeof data - 1);
}

/* What comes of an answer: those of the public documents and those of a careless terminal. */
static void
test_answers (void)
{
  g_autoptr (json_object) vectors = tai_test_data_load_json ("ecr_codepay_messages.json");
  json_object *answers = tai_test_json_get (vectors, "answers", json_type_array);

  for (gsize i = 0; i < json_object_array_length (answers); i++) {
    json_object *row = json_object_array_get_idx (answers, i), *member = NULL;
    const char *text = tai_test_json_string (row, "text");
    g_autoptr (TaiCodepayReply) reply = tai_codepay_reply_parse ((const guint8 *)text, strlen (text));
    gboolean is_answer = json_object_object_get_ex (row, "code", &member);
    const char *expected[] = {"order", "status", "transaction", "card", "amount", "currency"};

    g_assert_cmpint (reply != NULL, ==, is_answer);
    if (reply == NULL)
      continue;
    const char *found[] = {reply->order, reply->status, reply->transaction,
                           reply->card,  reply->amount, reply->currency};
    g_assert_cmpstr (reply->code, ==, json_object_get_string (member));
    for (guint k = 0; k < G_N_ELEMENTS (expected); k++) {
      member = NULL;
      json_object_object_get_ex (row, expected[k], &member);
      g_assert_cmpstr (found[k], ==, member != NULL ? json_object_get_string (member) : NULL);
    }
  }
}

static void
test_order_numbers (void)
{
  TaiUuid id = {"0199b7c0-1111-7000-8000-0000000000aa"};
  char order[TAI_CODEPAY_ORDER_SIZE], undo[TAI_CODEPAY_ORDER_SIZE], again[TAI_CODEPAY_ORDER_SIZE];

  tai_codepay_order_number (&id, order);
  g_assert_cmpstr (order, ==, "0199b7c01111700080000000000000aa");
  tai_codepay_void_number (&id, undo);
  tai_codepay_void_number (&id, again);
  g_assert_cmpuint (strlen (undo), ==, 32);
  g_assert_cmpstr (undo, ==, again);
  g_assert_cmpstr (undo, !=, order);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codepay-frame/published", test_published);
  g_test_add_func ("/codepay-frame/sizes", test_sizes);
  g_test_add_func ("/codepay-frame/damage", test_damage);
  g_test_add_func ("/codepay-frame/pieces-and-noise", test_pieces_and_noise);
  g_test_add_func ("/codepay-message/answers", test_answers);
  g_test_add_func ("/codepay-message/order-numbers", test_order_numbers);
  return g_test_run ();
}
