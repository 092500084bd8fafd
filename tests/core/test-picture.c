/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small pictures for paper: their dots, their text form, and documents that hold one. */
#include "tai-picture.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-document.h"

static TaiPicture *
make (guint width, guint height, guint seed)
{
  g_autofree guint8 *bits = g_malloc0 ((width + 7) / 8 * height);
  g_autoptr (GError) error = NULL;
  TaiPicture *picture;

  for (guint i = 0; seed != 0 && i < (width + 7) / 8 * height; i++)
    bits[i] = (guint8)((i * 2654435761u + seed) >> 13);
  picture = tai_picture_new (width, height, bits, &error);
  g_assert_no_error (error);
  return picture;
}

static void
assert_same (const TaiPicture *a, const TaiPicture *b)
{
  g_assert_cmpuint (tai_picture_get_width (a), ==, tai_picture_get_width (b));
  g_assert_cmpuint (tai_picture_get_height (a), ==, tai_picture_get_height (b));
  for (guint y = 0; y < tai_picture_get_height (a); y++)
    for (guint x = 0; x < tai_picture_get_width (a); x++)
      g_assert_cmpint (tai_picture_is_black (a, x, y), ==, tai_picture_is_black (b, x, y));
}

static void
test_dots (void)
{
  static const guint8 bits[] = {0x80, 0x7f, 0x01, 0xff};
  g_autoptr (TaiPicture) picture = tai_picture_new (9, 2, bits, NULL);

  g_assert_true (tai_picture_is_black (picture, 0, 0));
  g_assert_false (tai_picture_is_black (picture, 1, 0));
  g_assert_false (tai_picture_is_black (picture, 8, 0));
  g_assert_true (tai_picture_is_black (picture, 7, 1));
  g_assert_true (tai_picture_is_black (picture, 8, 1));
  g_assert_cmphex (tai_picture_get_row (picture, 1)[1], ==, 0x80); /* nothing beyond the width */
  g_assert_cmphex (tai_picture_get_row (picture, 0)[1], ==, 0x00);
}

static void
test_text (void)
{
  static const guint sides[][2] = {
      {1, 1}, {8, 1}, {9, 3}, {320, 120}, {TAI_PICTURE_MAX_WIDTH, 100}, {1, TAI_PICTURE_MAX_HEIGHT}};

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    for (guint seed = 0; seed < 3; seed++) {
      g_autoptr (TaiPicture) picture = make (sides[i][0], sides[i][1], seed);
      g_autoptr (GError) error = NULL;
      g_autoptr (TaiPicture) again = tai_picture_from_text (tai_picture_get_text (picture), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (strlen (tai_picture_get_text (picture)), <=, TAI_PICTURE_MAX_TEXT);
      assert_same (picture, again);
      g_assert_cmpstr (tai_picture_get_text (again), ==, tai_picture_get_text (picture));
    }
}

static void
test_refused (void)
{
  g_autoptr (TaiPicture) good = make (16, 16, 1);
  const char *text = tai_picture_get_text (good);
  g_autofree char *cut = g_strndup (text, strlen (text) - 8),
                  *taller = g_strconcat ("16 17", strchr (text + 3, ' '), NULL);
  g_autofree char *shorter = g_strconcat ("16 15", strchr (text + 3, ' '), NULL),
                  *huge = g_strnfill (TAI_PICTURE_MAX_TEXT + 1, 'A');
  const char *const bad[] = {"",          "16",         "16 16",      "16 16 ",    "16 16 !!!!",
                             "0 16 AAAA", "385 1 AAAA", "1 161 AAAA", "-1 1 AAAA", "99999 1 AAAA",
                             cut,         taller,       shorter,      huge};
  guint8 bit = 0x80;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%.20s", bad[i]);
    g_assert_null (tai_picture_from_text (bad[i], &error));
    g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DOCUMENT);
    g_clear_error (&error);
  }
  g_assert_null (tai_picture_new (0, 1, &bit, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (tai_picture_new (TAI_PICTURE_MAX_WIDTH + 1, 1, &bit, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT);
}

/* What no deflater makes small enough is none for paper: a document is not to grow by it. */
static void
test_too_much (void)
{
  g_autofree guint8 *bits = g_malloc (TAI_PICTURE_MAX_WIDTH / 8 * TAI_PICTURE_MAX_HEIGHT);
  g_autoptr (GError) error = NULL;
  guint32 chance = 1;

  for (guint i = 0; i < TAI_PICTURE_MAX_WIDTH / 8 * TAI_PICTURE_MAX_HEIGHT; i++) {
    chance = chance * 1664525 + 1013904223;
    bits[i] = (guint8)(chance >> 24);
  }
  g_assert_null (tai_picture_new (TAI_PICTURE_MAX_WIDTH, TAI_PICTURE_MAX_HEIGHT, bits, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT);
}

/* A paper printed again looks as it did; and a queue that was tampered with holds no picture that is none. */
static void
test_document (void)
{
  g_autoptr (TaiPicture) picture = make (320, 120, 7);
  g_autoptr (TaiDocument) document = tai_document_new (TAI_DOCUMENT_RECEIPT, "t", "en");
  g_autoptr (TaiDocument) again = NULL, copy = NULL;
  g_autoptr (GBytes) bytes = NULL, broken = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *changed = NULL;
  gsize size;
  guint8 *digits;

  tai_document_add_picture (document, picture);
  tai_document_add_text (document, 0, "x");
  g_assert_false (tai_document_is_truncated (document));
  bytes = tai_document_serialize (document);
  again = tai_document_deserialize (bytes, &error);
  g_assert_no_error (error);
  copy = tai_document_copy_marked (again, 1);
  g_assert_cmpint (tai_document_get_block (copy, 0)->type, ==, TAI_BLOCK_PICTURE);
  g_assert_cmpstr (tai_document_get_block (copy, 0)->text[0], ==, tai_picture_get_text (picture));
  size = g_bytes_get_size (bytes);
  changed = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  digits = memmem (changed, size, "320 120 ", 8);
  g_assert_nonnull (digits);
  digits[1] = '9';
  broken = g_bytes_new (changed, size);
  g_assert_null (tai_document_deserialize (broken, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DOCUMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/dots", test_dots);
  g_test_add_func ("/picture/text", test_text);
  g_test_add_func ("/picture/refused", test_refused);
  g_test_add_func ("/picture/too-much", test_too_much);
  g_test_add_func ("/picture/document", test_document);
  return g_test_run ();
}
