/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a printer understands: the published bytes, whole papers of another program, and garbage, which is refused with its
 * place and never read beyond.
 */
#include <gio/gio.h>
#include <string.h>

#include "tai-escpos-reader.h"
#include "tai-test-data.h"

static GPtrArray *
read_bytes (const char *bytes, gsize size, GError **error)
{
  return tai_escpos_read ((const guint8 *)bytes, size, 48, error);
}

/* Each command of the vectors stands alone and is consumed to its last byte. */
static void
test_published (void)
{
  json_object *json = tai_test_data_load_json ("escpos.json");

  for (gsize i = 0; i < tai_test_json_length (json, "bytes"); i++) {
    json_object *one = tai_test_json_element (json, "bytes", i);
    g_autoptr (GBytes) bytes = tai_test_from_hex (tai_test_json_string (one, "hex"));
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) items = tai_escpos_read_bytes (bytes, 48, &error);

    if (items == NULL)
      g_error ("%s: %s", tai_test_json_string (one, "name"), error->message);
  }
  json_object_put (json);
}

/* Papers of other programs: every one is read to its end; cut off anywhere it is read or refused, with a place inside it. */
static void
test_others (gconstpointer file)
{
  json_object *json = tai_test_data_load_json (file);

  for (gsize i = 0; i < tai_test_json_length (json, "streams"); i++) {
    json_object *one = tai_test_json_element (json, "streams", i);
    g_autoptr (GBytes) bytes = tai_test_from_hex (tai_test_json_string (one, "hex"));
    guint columns = (guint)tai_test_json_int (one, "columns");
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) items = tai_escpos_read_bytes (bytes, columns, &error);

    if (items == NULL)
      g_error ("%s: %s", tai_test_json_string (one, "name"), error->message);
    g_assert_cmpuint (items->len, >, 1);
    for (gsize length = 0; length < g_bytes_get_size (bytes); length++) {
      g_autoptr (GError) cut = NULL;
      g_autoptr (GPtrArray) some = tai_escpos_read (g_bytes_get_data (bytes, NULL), length, columns, &cut);
      guint64 offset = 0;

      if (some != NULL)
        continue;
      g_assert_true (g_str_has_prefix (cut->message, "offset "));
      offset = g_ascii_strtoull (cut->message + strlen ("offset "), NULL, 10);
      g_assert_cmpuint (offset, <=, length);
    }
  }
  json_object_put (json);
}

/* What two of them mean by the same: one picture as columns and as rows, codes with what they hold, amounts at their place. */
static GPtrArray *
read_named (json_object *json, const char *name, guint *columns)
{
  for (gsize i = 0; i < tai_test_json_length (json, "streams"); i++) {
    json_object *one = tai_test_json_element (json, "streams", i);

    if (strcmp (tai_test_json_string (one, "name"), name) == 0) {
      g_autoptr (GBytes) bytes = tai_test_from_hex (tai_test_json_string (one, "hex"));
      *columns = (guint)tai_test_json_int (one, "columns");
      return tai_escpos_read_bytes (bytes, *columns, NULL);
    }
  }
  g_assert_not_reached ();
}

static guint
count_dots (GPtrArray *items)
{
  guint n = 0;

  for (guint i = 0; i < tai_escpos_count (items, TAI_ESCPOS_ITEM_RASTER); i++) {
    const TaiEscposItem *raster = tai_escpos_find (items, TAI_ESCPOS_ITEM_RASTER, i);
    for (guint y = 0; y < raster->height; y++)
      for (guint x = 0; x < raster->width * 8; x++)
        n += tai_escpos_raster_dot (raster, x, y);
  }
  return n;
}

static void
test_meaning (void)
{
  json_object *json = tai_test_data_load_json ("escpos-encoders.json");
  guint columns;
  g_autoptr (GPtrArray) rows = read_named (json, "receipt-printer-encoder raster-picture-42", &columns);
  g_autoptr (GPtrArray) strips = read_named (json, "receipt-printer-encoder column-picture-42", &columns);
  g_autoptr (GPtrArray) codes = read_named (json, "receipt-printer-encoder codes-48", &columns);
  g_autoptr (GPtrArray) others = read_named (json, "node-thermal-printer codes-48", &columns);
  g_autoptr (GPtrArray) plain = read_named (json, "node-thermal-printer plain-48", &columns);
  g_autofree char *text = tai_escpos_draw (plain, columns);

  g_assert_cmpuint (count_dots (rows), ==, 32 * 32); /* its left half is black */
  g_assert_cmpuint (count_dots (strips), ==, 32 * 32);
  g_assert_cmpstr (tai_escpos_find (codes, TAI_ESCPOS_ITEM_QR, 0)->text, ==, "H017-T2-A-20261121-0001");
  g_assert_cmpuint (tai_escpos_find (codes, TAI_ESCPOS_ITEM_QR, 0)->dots, ==, 6);
  g_assert_cmpstr (tai_escpos_find (others, TAI_ESCPOS_ITEM_QR, 0)->text, ==, "H017-T2-A-20261121-0001");
  g_assert_cmpuint (tai_escpos_count (codes, TAI_ESCPOS_ITEM_BARCODE), ==, 2);
  g_assert_cmpuint (tai_escpos_count (codes, TAI_ESCPOS_ITEM_DRAWER), ==, 1);
  g_assert_cmpuint (tai_escpos_count (plain, TAI_ESCPOS_ITEM_CUT), ==, 1);
  g_assert_nonnull (strstr (text, "Plan 59                                    59.00\n"));
  json_object_put (json);
}

/* What another program gets wrong is refused at its place. */
static void
test_broken (void)
{
  json_object *json = tai_test_data_load_json ("escpos-encoders.json");

  for (gsize i = 0; i < tai_test_json_length (json, "broken"); i++) {
    json_object *one = tai_test_json_element (json, "broken", i);
    g_autoptr (GBytes) bytes = tai_test_from_hex (tai_test_json_string (one, "hex"));
    g_autoptr (GError) error = NULL;

    g_assert_null (tai_escpos_read_bytes (bytes, 48, &error));
    g_assert_cmpstr (error->message, ==, tai_test_json_string (one, "message"));
  }
  json_object_put (json);
}

/* What is on receiptline's paper, line by line. */
static void
test_drawing (void)
{
  json_object *json = tai_test_data_load_json ("escpos-receiptline.json");
  g_autofree char *text = NULL;

  for (gsize i = 0; i < tai_test_json_length (json, "streams"); i++) {
    json_object *one = tai_test_json_element (json, "streams", i);

    if (strcmp (tai_test_json_string (one, "name"), "simple-48-escpos") == 0) {
      g_autoptr (GBytes) bytes = tai_test_from_hex (tai_test_json_string (one, "hex"));
      g_autoptr (GPtrArray) items = tai_escpos_read_bytes (bytes, 48, NULL);

      text = tai_escpos_draw (items, 48);
    }
  }
  json_object_put (json);
  g_assert_nonnull (strstr (text, "H017-T2-A-20261121-0001"));
  g_assert_nonnull (strstr (text, "59.00"));
  g_assert_nonnull (strstr (text, "来电显示"));
  g_assert_nonnull (strstr (text, "[raster ")); /* its QR code */
  g_assert_true (g_str_has_suffix (text, "------------------------------------------------\n")); /* cut */
}

typedef struct {
  const char *bytes;
  gsize size;
  const char *message;
} Garbage;

#define BYTES(text) text, sizeof (text) - 1

static const Garbage garbage[] = {
    {BYTES ("ab\x07"
            "c\n"),
     "offset 2: control byte in text (byte 07)"},
    {BYTES ("\x1b@\x1bZ"), "offset 2: unknown ESC command (byte 1b)"},
    {BYTES ("\x1d~"), "offset 0: unknown GS command (byte 1d)"},
    {BYTES ("ok\n\x1cx"), "offset 3: unknown FS command (byte 1c)"},
    {BYTES ("ok\n\x1dv0\x00\x02\x00\x02\x00\xff"), "offset 11: command cut short (byte ff)"},
    {BYTES ("text"), "offset 4: text that was never printed (byte 00)"},
    {BYTES ("\x1d(k\x03\x00"
            "1Q0"),
     "offset 8: QR printed before it was stored (byte 00)"},
    {BYTES ("\xb3"), "offset 0: not a two-byte character of GB18030 (byte b3)"},
    {BYTES ("\x1c.\xb3\xa9\n"), "offset 2: Chinese character outside Chinese mode (byte b3)"},
    {BYTES ("0123456789012345678901234567890123456789012345678\n"),
     "offset 48: line wider than the paper (byte 38)"},
    {BYTES ("\x1b$\xff\xff"), "offset 4: position beyond the paper (byte 00)"},
    {BYTES ("\x1d(L\x02\x00\x30\x32"), "offset 7: graphics printed before they were stored (byte 00)"},
    {BYTES ("\x1dk\x63"), "offset 3: unknown barcode (byte 00)"},
    {BYTES ("x\x1b"
            "a\x01\n"),
     "offset 1: command needs the start of a line (byte 1b)"},
    {BYTES ("\x10\x05\x01"), "offset 0: unknown DLE command (byte 10)"},
};

static void
test_garbage (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (read_bytes (garbage[i].bytes, garbage[i].size, &error));
    g_assert_cmpstr (error->message, ==, garbage[i].message);
  }
}

/* Noise of any kind is read or refused, never a crash; so is a paper of which one byte was changed. */
static void
test_noise (void)
{
  json_object *json = tai_test_data_load_json ("escpos-receiptline.json");
  g_autoptr (GBytes) paper =
      tai_test_from_hex (tai_test_json_string (tai_test_json_element (json, "streams", 0), "hex"));
  g_autoptr (GRand) chance = g_rand_new_with_seed (20261127);
  guint n_refused = 0;

  for (guint i = 0; i < 3000; i++) {
    gsize size;
    g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (paper, &size), g_bytes_get_size (paper));
    g_autoptr (GPtrArray) items = NULL;

    if (i % 2)
      bytes[g_rand_int_range (chance, 0, (gint32)size)] = (guint8)g_rand_int_range (chance, 0, 256);
    else
      for (gsize j = 0; j < 64; j++)
        bytes[j] = (guint8)g_rand_int_range (chance, 0, 256);
    items = tai_escpos_read (bytes, size, 48, NULL);
    n_refused += items == NULL;
  }
  g_assert_cmpuint (n_refused, >, 1500);
  json_object_put (json);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/escpos-reader/published", test_published);
  g_test_add_data_func ("/devices/escpos-reader/receiptline", "escpos-receiptline.json", test_others);
  g_test_add_data_func ("/devices/escpos-reader/encoders", "escpos-encoders.json", test_others);
  g_test_add_func ("/devices/escpos-reader/meaning", test_meaning);
  g_test_add_func ("/devices/escpos-reader/broken", test_broken);
  g_test_add_func ("/devices/escpos-reader/drawing", test_drawing);
  g_test_add_func ("/devices/escpos-reader/garbage", test_garbage);
  g_test_add_func ("/devices/escpos-reader/noise", test_noise);
  return g_test_run ();
}
