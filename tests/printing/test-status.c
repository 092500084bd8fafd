/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a printer says about itself: the published bytes, and a stream of them with noise. */
#include <json-c/json.h>
#include <stdlib.h>

#include "tai-escpos-status.h"

static json_object *vectors;

static json_object *
get (json_object *object, const char *name)
{
  json_object *value = NULL;

  g_assert_true (json_object_object_get_ex (object, name, &value));
  return value;
}

/* The vectors' words for one byte of DLE EOT. */
static TaiEscposStatus
expected_realtime (const char *words)
{
  static const struct {
    const char *words;
    TaiEscposStatus status;
  } table[] = {
      {"online", TAI_ESCPOS_OK},
      {"ok", TAI_ESCPOS_OK},
      {"paper ok", TAI_ESCPOS_OK},
      {"offline", TAI_ESCPOS_OFFLINE},
      {"online, drawer pin3 high", TAI_ESCPOS_DRAWER_HIGH},
      {"cover open", TAI_ESCPOS_COVER_OPEN},
      {"feed button", TAI_ESCPOS_FEEDING},
      {"stopped, paper end", TAI_ESCPOS_PAPER_END},
      {"error", TAI_ESCPOS_ERROR},
      {"cutter error", TAI_ESCPOS_CUTTER},
      {"unrecoverable", TAI_ESCPOS_UNRECOVERABLE},
      {"auto-recoverable", TAI_ESCPOS_RECOVERABLE},
      {"near end", TAI_ESCPOS_PAPER_NEAR_END},
      {"paper end", TAI_ESCPOS_PAPER_END},
      {"near end + end", TAI_ESCPOS_PAPER_NEAR_END | TAI_ESCPOS_PAPER_END},
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].words, words))
      return table[i].status;
  g_error ("unknown words in the vectors: %s", words);
}

static void
test_realtime_vectors (void)
{
  static const char *const names[] = {"n1", "n2", "n3", "n4"};

  for (guint n = 1; n <= 4; n++) {
    json_object_object_foreach (get (get (vectors, "dle_eot"), names[n - 1]), byte, words)
    {
      TaiEscposStatus status = -1;

      g_test_message ("%s %s", names[n - 1], byte);
      g_assert_true (tai_escpos_status_parse_realtime (n, strtoul (byte, NULL, 16), &status));
      g_assert_cmphex (status, ==, expected_realtime (json_object_get_string (words)));
    }
  }
}

static void
test_realtime_pattern (void)
{
  for (guint byte = 0; byte < 256; byte++) {
    TaiEscposStatus status;

    g_assert_cmpint (tai_escpos_status_parse_realtime (1, byte, &status), ==, (byte & 0x93) == 0x12);
  }
}

static void
test_asb_vectors (void)
{
  static const struct {
    const char *byte;
    const char *bit;
    TaiEscposStatus status;
  } cases[] = {
      {"byte1", "0x04", TAI_ESCPOS_DRAWER_HIGH}, {"byte1", "0x08", TAI_ESCPOS_OFFLINE},
      {"byte1", "0x20", TAI_ESCPOS_COVER_OPEN},  {"byte1", "0x40", TAI_ESCPOS_FEEDING},
      {"byte2", "0x08", TAI_ESCPOS_CUTTER},      {"byte2", "0x20", TAI_ESCPOS_UNRECOVERABLE},
      {"byte2", "0x40", TAI_ESCPOS_RECOVERABLE}, {"byte3", "0x03", TAI_ESCPOS_PAPER_NEAR_END},
      {"byte3", "0x0C", TAI_ESCPOS_PAPER_END},
  };
  json_object *asb = get (vectors, "asb");
  guint n_vectors = 0;

  for (guint i = 1; i <= 3; i++) {
    g_autofree char *name = g_strdup_printf ("byte%u", i);

    n_vectors += json_object_object_length (get (asb, name));
  }
  g_assert_cmpuint (n_vectors, ==, G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint8 bytes[4] = {0x10, 0, 0, 0};
    TaiEscposStatus status;

    get (get (asb, cases[i].byte), cases[i].bit);
    bytes[cases[i].byte[4] - '1'] |= strtoul (cases[i].bit, NULL, 16);
    g_assert_true (tai_escpos_status_parse_asb (bytes, &status));
    g_assert_cmphex (status, ==, cases[i].status);
  }
}

static void
test_asb_refused (void)
{
  static const guint8 wrong[][4] = {
      {0x12, 0, 0, 0}, {0x00, 0, 0, 0}, {0x90, 0, 0, 0}, {0x10, 0x80, 0, 0}, {0x10, 0, 0x10, 0}};

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    TaiEscposStatus status;

    g_assert_false (tai_escpos_status_parse_asb (wrong[i], &status));
  }
}

static void
test_ordered (void)
{
  TaiEscposStatus status;

  g_assert_true (tai_escpos_status_parse_ordered (0x00, &status));
  g_assert_cmphex (status, ==, TAI_ESCPOS_OK);
  g_assert_true (tai_escpos_status_parse_ordered (0x0c, &status));
  g_assert_cmphex (status, ==, TAI_ESCPOS_PAPER_END);
  g_assert_true (tai_escpos_status_parse_ordered (0x03, &status));
  g_assert_cmphex (status, ==, TAI_ESCPOS_PAPER_NEAR_END);
  g_assert_false (tai_escpos_status_parse_ordered (0x12, &status));
  g_assert_false (tai_escpos_status_parse_ordered (0x80, &status));
}

/* ASB, flow control, noise and answers in one stream: each comes out as what it is. */
static void
test_stream (void)
{
  static const guint8 stream[] = {0x13, 0x10, 0x00, 0x12, 0x0c, 0x00, 0x11,
                                  0x00, 0x1a, 0xff, 0x10, 0x90, 0x0c};
  static const TaiEscposAnswer expected[] = {
      TAI_ESCPOS_ANSWER_NONE,     TAI_ESCPOS_ANSWER_NONE, TAI_ESCPOS_ANSWER_NONE, TAI_ESCPOS_ANSWER_REALTIME,
      TAI_ESCPOS_ANSWER_NONE,     TAI_ESCPOS_ANSWER_ASB,  TAI_ESCPOS_ANSWER_NONE, TAI_ESCPOS_ANSWER_ORDERED,
      TAI_ESCPOS_ANSWER_REALTIME, TAI_ESCPOS_ANSWER_NONE, TAI_ESCPOS_ANSWER_NONE, TAI_ESCPOS_ANSWER_NONE,
      TAI_ESCPOS_ANSWER_ORDERED,
  };
  TaiEscposStatusReader reader = {0};

  for (guint i = 0; i < G_N_ELEMENTS (stream); i++) {
    TaiEscposStatus status = 0;

    g_test_message ("byte %u", i);
    g_assert_cmpint (tai_escpos_status_reader_feed (&reader, stream[i], &status), ==, expected[i]);
    if (expected[i] == TAI_ESCPOS_ANSWER_ASB)
      g_assert_cmphex (status, ==, TAI_ESCPOS_PAPER_END);
  }
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  path = g_test_build_filename (G_TEST_DIST, "data", "escpos.json", NULL);
  vectors = json_object_from_file (path);
  g_assert_nonnull (vectors);
  g_test_add_func ("/printing/status/realtime-vectors", test_realtime_vectors);
  g_test_add_func ("/printing/status/realtime-pattern", test_realtime_pattern);
  g_test_add_func ("/printing/status/asb-vectors", test_asb_vectors);
  g_test_add_func ("/printing/status/asb-refused", test_asb_refused);
  g_test_add_func ("/printing/status/ordered", test_ordered);
  g_test_add_func ("/printing/status/stream", test_stream);
  result = g_test_run ();
  json_object_put (vectors);
  return result;
}
