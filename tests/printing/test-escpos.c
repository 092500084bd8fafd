/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ESC/POS: the published bytes (tests/data/escpos.json), and whole receipts read back by a printer of our own
 * (escpos-reader) that refuses what it does not know.
 */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-c/json.h>
#include <string.h>

#include "tai-escpos-reader.h"
#include "surroundings.h"
#include "samples.h"
#include "tai-escpos-command.h"
#include "tai-escpos-raster.h"
#include "tai-escpos.h"
#include "tai-gb18030.h"
#include "tai-layout.h"
#include "tai-printing-error.h"
#include "tai-qr.h"

static json_object *vectors; /* of the whole run */

static GByteArray *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; hex[0] && hex[1]; hex += 2) {
    guint8 byte = g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]);

    g_byte_array_append (bytes, &byte, 1);
  }
  return bytes;
}

static const char *
member (json_object *object, const char *name)
{
  json_object *value = NULL;

  g_assert_true (json_object_object_get_ex (object, name, &value));
  return json_object_get_string (value);
}

static json_object *
section (const char *name)
{
  json_object *value = NULL;

  g_assert_true (json_object_object_get_ex (vectors, name, &value));
  return value;
}

static void
assert_bytes (GByteArray *out, const char *hex)
{
  g_autoptr (GByteArray) expected = from_hex (hex);

  g_assert_cmpmem (out->data, out->len, expected->data, expected->len);
  g_byte_array_set_size (out, 0);
}

static GPtrArray *
encode (const TaiEscposProfile *profile, TaiDocument *doc)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiEscpos) escpos = tai_escpos_new (profile, &error);
  g_autoptr (GBytes) bytes = NULL;
  GPtrArray *items;

  g_assert_no_error (error);
  bytes = tai_escpos_encode (escpos, doc);
  items = tai_escpos_read_bytes (bytes, profile->columns, &error);
  g_assert_no_error (error);
  return items;
}

/* --- Vectors ----------------------------------------------------------------------------------------------------------- */

/* Makes the command of the vector's name; FALSE: we never send it (our reader still knows it). */
static gboolean
append_named (GByteArray *out, const char *name)
{
  static const guint8 black[] = {0x80}, two[] = {0xc0, 0x00};

  if (g_str_equal (name, "init"))
    tai_escpos_append_init (out);
  else if (g_str_has_prefix (name, "bold"))
    tai_escpos_append_bold (out, g_str_equal (name, "bold on"));
  else if (g_str_equal (name, "centre"))
    tai_escpos_append_align (out, TAI_STYLE_CENTER);
  else if (g_str_equal (name, "right"))
    tai_escpos_append_align (out, TAI_STYLE_RIGHT);
  else if (g_str_equal (name, "double w+h"))
    tai_escpos_append_size (out, 2, 2);
  else if (g_str_equal (name, "normal"))
    tai_escpos_append_size (out, 1, 1);
  else if (g_str_equal (name, "feed 3 lines"))
    tai_escpos_append_feed (out, 3);
  else if (g_str_equal (name, "full cut"))
    tai_escpos_append_cut (out, TAI_CUTTER_FULL);
  else if (g_str_equal (name, "partial cut"))
    tai_escpos_append_cut (out, TAI_CUTTER_PARTIAL);
  else if (g_str_equal (name, "drawer pin2 120/240 ms"))
    tai_escpos_append_drawer (out, 2, 120, 240);
  else if (g_str_equal (name, "drawer pin5"))
    tai_escpos_append_drawer (out, 5, 120, 240);
  else if (g_str_equal (name, "drawer realtime DLE DC4 1 m t"))
    tai_escpos_append_drawer_now (out, 2, 1);
  else if (g_str_has_prefix (name, "kanji mode"))
    tai_escpos_append_chinese (out, g_str_equal (name, "kanji mode on"));
  else if (g_str_equal (name, "status printer"))
    tai_escpos_append_status_request (out, 1);
  else if (g_str_equal (name, "status offline"))
    tai_escpos_append_status_request (out, 2);
  else if (g_str_equal (name, "status error"))
    tai_escpos_append_status_request (out, 3);
  else if (g_str_equal (name, "status paper"))
    tai_escpos_append_status_request (out, 4);
  else if (g_str_equal (name, "paper sensor GS r 1"))
    tai_escpos_append_ordered_status_request (out);
  else if (g_str_equal (name, "raster 1x1 black"))
    tai_escpos_append_raster (out, 1, 1, black);
  else if (g_str_equal (name, "raster 8x2"))
    tai_escpos_append_raster (out, 1, 2, two);
  else
    return FALSE;
  return TRUE;
}

static void
test_command_vectors (void)
{
  json_object *list = section ("bytes");
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GString *not_sent = g_string_new (NULL);

  for (gsize i = 0; i < json_object_array_length (list); i++) {
    json_object *vector = json_object_array_get_idx (list, i);
    g_autoptr (GByteArray) bytes = from_hex (member (vector, "hex"));
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) items = tai_escpos_read (bytes->data, bytes->len, 48, &error);

    g_test_message ("%s", member (vector, "name"));
    g_assert_no_error (error); /* the reader is a printer: it knows all of them */
    if (append_named (out, member (vector, "name")))
      assert_bytes (out, member (vector, "hex"));
    else
      g_string_append_printf (not_sent, "%s; ", member (vector, "name"));
  }
  g_assert_cmpstr (not_sent->str, ==, "feed n=3 + full cut (GS V A n); code page PC437; ASB all; ");
  g_string_free (not_sent, TRUE);
}

static void
test_qr_vectors (void)
{
  json_object *list = section ("qr");
  g_autoptr (GByteArray) out = g_byte_array_new ();

  for (gsize i = 0; i < json_object_array_length (list); i++) {
    json_object *vector = json_object_array_get_idx (list, i);
    const char *data = member (vector, "data");

    tai_escpos_append_qr (out, data, strlen (data), atoi (member (vector, "size")),
                          member (vector, "ec")[0] == 'H' ? TAI_QR_H : TAI_QR_L);
    assert_bytes (out, member (vector, "hex"));
  }
}

/* Sent as the published two bytes where there are two, drawn where there are four; ¥ has a two-byte substitute. */
static void
test_gb18030_vectors (void)
{
  json_object *list = section ("gb18030");
  g_autoptr (TaiEscpos) escpos = tai_escpos_new (tai_escpos_profile_find ("58mm"), NULL);

  for (gsize i = 0; i < json_object_array_length (list); i++) {
    json_object *vector = json_object_array_get_idx (list, i);
    gboolean two_byte = g_str_equal (member (vector, "two_byte_only"), "true");
    const char *text = member (vector, "text");
    g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_SLIP, "", "zh_CN");
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GPtrArray) items = NULL;
    g_autoptr (GByteArray) published = from_hex (member (vector, "hex"));

    g_test_message ("%s", text);
    tai_document_add_text (doc, 0, text);
    bytes = tai_escpos_encode (escpos, doc);
    items = tai_escpos_read_bytes (bytes, 32, NULL);
    g_assert_nonnull (items);
    if (two_byte) {
      g_assert_nonnull (
          memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), published->data, published->len));
    } else if (g_str_has_prefix (text, "¥")) {
      g_assert_cmpstr (tai_escpos_find (items, TAI_ESCPOS_ITEM_LINE, 0)->text, ==, "￥199.00");
    } else {
      g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_RASTER), ==, 1);
      g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_LINE), ==, 0);
    }
  }
}

static void
test_width_vectors (void)
{
  static const char *const names[][2] = {{"58mm", "58mm"}, {"80mm", "80mm"}, {"tm-t88", "tm-t88 180dpi"}};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const TaiEscposProfile *profile = tai_escpos_profile_find (names[i][0]);
    json_object *paper = NULL;

    g_assert_true (json_object_object_get_ex (section ("widths"), names[i][1], &paper));
    g_assert_cmpint (profile->dots, ==, atoi (member (paper, "dots")));
    g_assert_cmpint (profile->columns, ==, atoi (member (paper, "fontA")));
  }
}

/* --- Table ------------------------------------------------------------------------------------------------------------- */

static void
test_gb18030_table (void)
{
  const guint16 *table = tai_gb18030_table ();
  guint n_two = 0;

  for (gunichar c = 0; c < 0x10000; c++) {
    n_two += table[c] >= 0x80;
    if (c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0) || (c >= 0xd800 && c < 0xf900))
      g_assert_cmpuint (table[c], ==, 0);
    else if (c < 0x7f)
      g_assert_cmpuint (table[c], ==, c);
    if (table[c] >= 0x80) {
      g_assert_cmpuint (table[c] >> 8, >=, 0x81);
      g_assert_cmpuint (table[c] & 0xff, >=, 0x40);
      g_assert_cmpuint (table[c] & 0xff, !=, 0x7f);
    }
  }
  for (gunichar c = 0x4e00; c < 0x9fa6; c++) /* the 20,902 ideographs of GBK */
    g_assert_cmpuint (table[c], >=, 0x8140);
  g_assert_cmpuint (n_two, >, 21000);
  g_assert_cmpuint (n_two, <, 24000);
}

/* --- Receipts ---------------------------------------------------------------------------------------------------------- */

static void
test_receipt (void)
{
  g_autoptr (TaiDocument) doc = sample_receipt_zh ();
  g_autoptr (GPtrArray) items = encode (tai_escpos_profile_find ("80mm"), doc);
  g_autofree char *text = tai_escpos_draw (items, 48);
  const TaiEscposItem *title = tai_escpos_find (items, TAI_ESCPOS_ITEM_LINE, 0),
                      *qr = tai_escpos_find (items, TAI_ESCPOS_ITEM_QR, 0);

  g_assert_cmpstr (title->text, ==, "业务受理凭证");
  g_assert_true (title->bold);
  g_assert_cmpuint (title->width, ==, 2);
  g_assert_cmpuint (title->height, ==, 2);
  g_assert_cmpuint (title->align, ==, 1);
  g_assert_false (tai_escpos_find (items, TAI_ESCPOS_ITEM_LINE, 3)->bold);
  g_assert_nonnull (strstr (text, "单号                  GZ021-03-A-20261122-000147\n"));
  g_assert_nonnull (strstr (text, "   已受理·待生效\n"));
  g_assert_nonnull (strstr (text, "大写                          人民币壹佰柒拾元整\n"));
  g_assert_nonnull (strstr (text, "终端 03 序号 000147 校验 9F3A-61C2\n"));
  g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_QR), ==, 1);
  g_assert_cmpstr (qr->text, ==, SAMPLE_QR_URL);
  g_assert_cmpuint (qr->dots, >=, TAI_QR_MIN_DOTS);
  g_assert_cmpint (qr->level, ==, 'M');
  g_assert_cmpuint (qr->align, ==, 1);
  g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_RASTER), ==, 0);
  g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_CUT), ==, 1);
  g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_DRAWER), ==, 0); /* never with a receipt */
  g_assert_cmpint (((TaiEscposItem *)g_ptr_array_index (items, items->len - 1))->type, ==,
                   TAI_ESCPOS_ITEM_CUT);
  g_assert_cmpint (((TaiEscposItem *)g_ptr_array_index (items, items->len - 2))->type, ==,
                   TAI_ESCPOS_ITEM_FEED);
}

/* The same encoder, receipt after receipt: each starts from ESC @ and none hangs on the one before. */
static void
test_encoder_is_reusable (void)
{
  g_autoptr (TaiEscpos) escpos = tai_escpos_new (tai_escpos_profile_find ("58mm"), NULL);
  g_autoptr (TaiDocument) zh = sample_receipt_zh (), rare = sample_receipt_rare ();
  g_autoptr (GBytes) first = tai_escpos_encode (escpos, zh);
  g_autoptr (GBytes) other = tai_escpos_encode (escpos, rare);
  g_autoptr (GBytes) again = tai_escpos_encode (escpos, zh);

  g_assert_true (g_bytes_equal (first, again));
  g_assert_false (g_bytes_equal (first, other));
}

static void
test_all_profiles (void)
{
  for (guint columns = TAI_LAYOUT_MIN_COLUMNS; columns <= TAI_LAYOUT_MAX_COLUMNS; columns++) {
    TaiEscposProfile profile = {"test", columns * 12 + columns % 12, columns, columns % 2, columns % 3, 3, 2};
    TaiDocument *docs[] = {sample_receipt_zh (), sample_receipt_en (), sample_receipt_rare (),
                           sample_form_zh ()};

    for (guint i = 0; i < G_N_ELEMENTS (docs); i++) {
      g_autoptr (TaiDocument) doc = docs[i];
      g_autoptr (GPtrArray) items = encode (&profile, doc);

      g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_CUT), ==,
                        profile.cutter == TAI_CUTTER_NONE ? 0 : 1);
      for (guint j = 0; j < tai_escpos_count (items, TAI_ESCPOS_ITEM_RASTER); j++)
        g_assert_cmpuint (tai_escpos_find (items, TAI_ESCPOS_ITEM_RASTER, j)->width * 8, <=,
                          profile.dots + 7);
    }
  }
}

/* A line with a character that the printer lacks is drawn on the same grid, ink where the characters are and nowhere else. */
static void
test_rare_characters (void)
{
  g_autoptr (TaiDocument) doc = sample_receipt_rare ();
  g_autoptr (GPtrArray) items = encode (tai_escpos_profile_find ("58mm"), doc);
  const TaiEscposItem *line = tai_escpos_find (items, TAI_ESCPOS_ITEM_RASTER, 0),
                      *large = tai_escpos_find (items, TAI_ESCPOS_ITEM_RASTER, 1);
  guint ink[32] = {0};

  g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_RASTER), ==, 2);
  g_assert_cmpuint (line->width, ==, 48);
  g_assert_cmpuint (line->height, ==, TAI_ESCPOS_LINE_DOTS);
  g_assert_cmpuint (large->height, ==, TAI_ESCPOS_LINE_DOTS + 24);
  for (guint y = 0; y < line->height; y++)
    for (guint x = 0; x < 384; x++)
      ink[x / 12] += tai_escpos_raster_dot (line, x, y);
  /* "客户             𠮷㐂*（尾号 02）" */
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (ink[i], >, 10);
  for (guint i = 5; i < 14; i++)
    g_assert_cmpuint (ink[i], ==, 0);
  g_assert_cmpuint (ink[16] + ink[17], >, 30);
  g_assert_cmpuint (ink[29], >, 10); /* the 2 */
}

static void
test_no_realtime_command_in_dots (void)
{
  g_autoptr (TaiEscpos) escpos = tai_escpos_new (tai_escpos_profile_find ("80mm"), NULL);

  for (gunichar c = 0x3400; c < 0x4db0; c += 24) {
    g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_SLIP, "", "zh_CN");
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GBytes) bytes = NULL;
    const guint8 *data;
    gsize size;

    for (guint i = 0; i < 24; i++)
      g_string_append_unichar (text, c + i);
    tai_document_add_text (doc, 0, text->str);
    bytes = tai_escpos_encode (escpos, doc);
    data = g_bytes_get_data (bytes, &size);
    for (gsize i = 0; i + 1 < size; i++)
      g_assert_false (data[i] == 0x10 && (data[i + 1] == 4 || data[i + 1] == 5 || data[i + 1] == 0x14));
  }
}

/* --- QR ---------------------------------------------------------------------------------------------------------------- */

/* What a telephone reads from the dots on the paper, at 203 dpi, with white paper around. */
static char *
scan_raster (const TaiEscposItem *raster, guint paper_dots)
{
  g_autofree char *path = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GString) pgm = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint left = (paper_dots - raster->width * 8) / 2;
  int fd = g_file_open_tmp ("guitai-XXXXXX.pgm", &path, &error);
  const char *argv[] = {"zbarimg", "-q", "--raw", path, NULL};

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_string_printf (pgm, "P5\n%u %u\n255\n", paper_dots, raster->height);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < paper_dots; x++)
      g_string_append_c (pgm, x >= left && x < left + raster->width * 8 &&
                                      tai_escpos_raster_dot (raster, x - left, y)
                                  ? 0
                                  : (char)0xff);
  g_file_set_contents (path, pgm->str, pgm->len, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                &output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return g_strchomp (g_steal_pointer (&output));
}

static void
test_raster_qr (void)
{
  static const char *const names[] = {"58mm", "80mm"};
  static const char *const payloads[] = {"1", SAMPLE_QR_URL, "weixin://wxpay/bizpayurl?pr=8xZ2aQ0zz",
                                         "中文内容 扫一扫",
                                         "01,32,,26112000000012345678,170.00,20261122,,9F3A"};

  if (!has_program ("zbarimg")) {
    g_test_skip ("zbarimg (zbar-tools) is missing");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; j < G_N_ELEMENTS (payloads); j++) {
      TaiEscposProfile profile = *tai_escpos_profile_find (names[i]);
      g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "票", "zh_CN");
      g_autoptr (GPtrArray) items = NULL;
      g_autofree char *read = NULL;
      const TaiEscposItem *raster;

      profile.native_qr = FALSE;
      tai_document_add_qr (doc, payloads[j], "扫码");
      items = encode (&profile, doc);
      raster = tai_escpos_find (items, TAI_ESCPOS_ITEM_RASTER, 0);
      g_assert_nonnull (raster);
      g_assert_cmpuint (raster->width * 8, <=, profile.dots + 7);
      read = scan_raster (raster, profile.dots);
      g_assert_cmpstr (read, ==, payloads[j]);
    }
}

/* The widest code that 58 mm can hold at four dots, and one byte more: that is written out instead. */
static void
test_widest_qr (void)
{
  for (guint n = 504; n <= 505; n++) {
    TaiEscposProfile profile = *tai_escpos_profile_find ("58mm");
    g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "票", "zh_CN");
    g_autofree char *payload = g_strnfill (n, 'k');
    g_autoptr (GPtrArray) drawn = NULL;
    g_autoptr (GPtrArray) native = NULL;
    g_autofree char *text = NULL;

    tai_document_add_qr (doc, payload, NULL);
    native = encode (&profile, doc);
    profile.native_qr = FALSE;
    drawn = encode (&profile, doc);
    g_assert_cmpuint (tai_escpos_count (native, TAI_ESCPOS_ITEM_QR), ==, n == 504);
    g_assert_cmpuint (tai_escpos_count (drawn, TAI_ESCPOS_ITEM_RASTER), ==, n == 504);
    if (n == 504) {
      g_assert_cmpuint (tai_escpos_find (native, TAI_ESCPOS_ITEM_QR, 0)->dots, ==, 4);
      g_assert_cmpuint (tai_escpos_find (drawn, TAI_ESCPOS_ITEM_RASTER, 0)->height, ==, (85 + 8) * 4);
    } else {
      text = tai_escpos_draw (native, 48);
      g_assert_nonnull (strstr (text, "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n"));
    }
  }
}

static void
test_qr_quiet_zone (void)
{
  TaiEscposProfile profile = *tai_escpos_profile_find ("58mm");
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "", "zh_CN");
  g_autoptr (GPtrArray) items = NULL;
  const TaiEscposItem *raster;
  guint side;

  profile.native_qr = FALSE;
  tai_document_add_qr (doc, SAMPLE_QR_URL, NULL);
  items = encode (&profile, doc);
  raster = tai_escpos_find (items, TAI_ESCPOS_ITEM_RASTER, 0);
  side = raster->height;
  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      if (x < 16 || y < 16 || x >= side - 16 || y >= side - 16)
        g_assert_false (tai_escpos_raster_dot (raster, x, y));
}

/* The size is told without making the code: the two must agree at every edge of the versions. */
static void
test_qr_sizes (void)
{
  g_autoptr (GError) error = NULL;
  guint last = 0;

  for (guint n = 1; n <= 2331; n++) {
    guint size = tai_qr_size_for_length (n);

    if (size != last || n == 2331) {
      g_autofree char *payload = g_strnfill (n, 'x');
      g_autoptr (TaiQr) qr = tai_qr_new (payload, TAI_QR_M, NULL);

      g_assert_cmpuint (tai_qr_get_size (qr), ==, size);
    }
    last = size;
  }
  g_assert_cmpuint (tai_qr_size_for_length (2332), ==, 0);

  g_autofree char *payload = g_strnfill (2332, 'x');
  g_assert_null (tai_qr_new (payload, TAI_QR_M, &error));
  g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_QR_TOO_LONG);
  g_clear_error (&error);
  g_assert_null (tai_qr_new ("", TAI_QR_M, &error));
  g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_FAILED);
}

/* --- Hostile text ------------------------------------------------------------------------------------------------------ */

/* Whatever a name or an address holds: the printer gets no command from it. */
static void
test_no_injection (void)
{
  static const char *const attacks[] = {"\x1b@",
                                        "\x1d\x56\x01",
                                        "\x10\x14\x01\x01\x01",
                                        "\x1bp0<x",
                                        "\x1c.",
                                        "\x10\x04\x01",
                                        "a\x0c\x18"
                                        "b",
                                        "\x7f",
                                        "\302\233@",
                                        "\342\200\256￥99"};

  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++) {
    g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_RECEIPT, attacks[i], attacks[i]);
    const char *cells[] = {attacks[i], attacks[i], attacks[i]};
    g_autoptr (GPtrArray) items = NULL;

    tai_document_add_text (doc, 0, attacks[i]);
    tai_document_add_pair (doc, 0, attacks[i], attacks[i]);
    tai_document_add_row (doc, 0, 3, cells, NULL, 0);
    tai_document_add_field (doc, attacks[i]);
    tai_document_add_qr (doc, attacks[i], attacks[i]);
    items = encode (tai_escpos_profile_find ("58mm"), doc);
    g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_DRAWER), ==, 0);
    g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_STATUS), ==, 0);
    g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_CUT), ==, 0); /* this profile has no cutter */
  }
}

/* A payload with control bytes keeps them: as dots, not as data. */
static void
test_qr_with_controls (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "", "zh_CN");
  g_autoptr (GPtrArray) items = NULL;

  tai_document_add_qr (doc,
                       "a\x10\x14\x01\x01\x01"
                       "b",
                       NULL);
  items = encode (tai_escpos_profile_find ("58mm"), doc);
  g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_QR), ==, 0);
  g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_RASTER), ==, 1);
}

static void
test_random_documents (void)
{
  for (guint seed = 1; seed <= 60; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_SLIP, "t", "zh_CN");
    g_autoptr (GPtrArray) items = NULL;

    for (guint i = 0; i < 40; i++) {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint n = g_rand_int_range (rand, 0, 40); n > 0; n--) {
        guint kind = g_rand_int_range (rand, 0, 12);
        gunichar c = g_rand_int_range (rand, 1, kind < 6 ? 0x80 : kind < 11 ? 0x9fff : 0x10ffff);

        g_string_append_unichar (text, g_unichar_validate (c) ? c : '?');
      }
      if (i % 3)
        tai_document_add_text (doc, g_rand_int_range (rand, 0, 32), text->str);
      else
        tai_document_add_pair (doc, g_rand_int_range (rand, 0, 32), text->str, "￥1.00");
    }
    g_test_message ("seed %u", seed);
    items = encode (tai_escpos_profile_find (seed % 2 ? "58mm" : "80mm"), doc);
    g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_DRAWER), ==, 0);
  }
}

static void
test_longest_document (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_REPORT, "日报", "zh_CN");
  g_autoptr (GPtrArray) items = NULL;
  const TaiEscposItem *last;

  for (guint i = 0; i <= TAI_DOCUMENT_MAX_BLOCKS; i++)
    tai_document_add_pair (doc, 0, "充值缴费", "￥1.00");
  items = encode (tai_escpos_profile_find ("58mm"), doc);
  last = tai_escpos_find (items, TAI_ESCPOS_ITEM_LINE, TAI_DOCUMENT_MAX_BLOCKS + 1);
  g_assert_cmpstr (last->text, ==, "（内容超出限额，未完整打印）");
}

/* --- Profiles, drawer -------------------------------------------------------------------------------------------------- */

static void
test_profiles (void)
{
  static const TaiEscposProfile wrong[] = {
      {"narrow", 384, 23, TRUE, TAI_CUTTER_NONE, 0, 2},
      {"wide", 1200, 97, TRUE, TAI_CUTTER_NONE, 0, 2},
      {"dots", 383, 32, TRUE, TAI_CUTTER_NONE, 0, 2},
      {"dots", 1201, 32, TRUE, TAI_CUTTER_NONE, 0, 2},
      {"cutter", 384, 32, TRUE, 3, 0, 2},
      {"pin", 384, 32, TRUE, TAI_CUTTER_NONE, 0, 3},
      {NULL, 0, 0, TRUE, TAI_CUTTER_NONE, 0, 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (tai_escpos_new (&wrong[i], &error));
    g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_PROFILE);
  }
  g_assert_null (tai_escpos_profile_find ("76mm"));
  g_assert_null (tai_escpos_profile_find (NULL));
  for (guint i = 0; i < 4; i++) {
    static const char *const names[] = {"58mm", "58mm-416", "80mm", "tm-t88"};

    g_assert_true (tai_escpos_profile_check (tai_escpos_profile_find (names[i]), NULL));
  }
}

static void
test_chinese_commands (void)
{
  TaiEscposProfile profile = *tai_escpos_profile_find ("58mm");
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "受理", "zh_CN");
  g_autoptr (TaiEscpos) plain = NULL;
  g_autoptr (TaiEscpos) quad = NULL;
  g_autoptr (GBytes) without = NULL;
  g_autoptr (GBytes) with = NULL;

  profile.chinese_command = FALSE;
  plain = tai_escpos_new (&profile, NULL);
  profile.chinese_command = profile.chinese_quad = TRUE;
  quad = tai_escpos_new (&profile, NULL);
  without = tai_escpos_encode (plain, doc);
  with = tai_escpos_encode (quad, doc);
  g_assert_null (memchr (g_bytes_get_data (without, NULL), 0x1c, g_bytes_get_size (without)));
  g_assert_nonnull (memmem (g_bytes_get_data (with, NULL), g_bytes_get_size (with), "\x1b@\x1c&", 4));
  g_assert_nonnull (memmem (g_bytes_get_data (with, NULL), g_bytes_get_size (with), "\x1cW\x01", 3));
  g_assert_nonnull (memmem (g_bytes_get_data (with, NULL), g_bytes_get_size (with), "\x1cW\x00", 3));
}

static void
test_drawer (void)
{
  TaiEscposProfile profile = *tai_escpos_profile_find ("58mm");
  g_autoptr (TaiEscpos) escpos = tai_escpos_new (&profile, NULL);
  g_autoptr (GBytes) bytes = tai_escpos_encode_drawer (escpos, FALSE, 120, 240);
  g_autoptr (GPtrArray) items = tai_escpos_read_bytes (bytes, 32, NULL);
  g_autoptr (TaiEscpos) at_once = NULL;
  g_autoptr (GBytes) now = NULL;

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "\x1bp0<x", 5);
  g_assert_cmpuint (tai_escpos_find (items, TAI_ESCPOS_ITEM_DRAWER, 0)->on_ms, ==, 120);
  profile.drawer_now = TRUE;
  profile.drawer_pin = 5;
  at_once = tai_escpos_new (&profile, NULL);
  now = tai_escpos_encode_drawer (at_once, FALSE, 120, 240);
  g_assert_cmpmem (g_bytes_get_data (now, NULL), g_bytes_get_size (now), "\x10\x14\x01\x01\x01", 5);
}

/* The reader is the judge here: it must be able to say no. */
static void
test_reader_refuses (void)
{
  static const struct {
    const char *bytes;
    gsize size;
    const char *offset;
  } cases[] = {
      {"abc\n\x1bZ", 6, "offset 4:"},
      {"ab\x07\n", 4, "offset 2:"},
      {"\xd3", 1, "offset 0:"},
      {"\x1dv0\0\1\0\1\0", 8, "offset 8:"},
      {"never printed", 13, "offset 13:"},
      {"\x10\x04\x09", 3, "offset 3:"},
      {"123456789012345678901234567890123", 33, "offset 32:"},
      {"\x1c.\xd3\xaa\n", 5, "offset 2:"},
      {"\x1d(k\3\0"
       "1Q0",
       8, "offset 8:"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (tai_escpos_read ((const guint8 *)cases[i].bytes, cases[i].size, 32, &error));
    g_test_message ("%s", error->message);
    g_assert_true (g_str_has_prefix (error->message, cases[i].offset));
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
  g_test_add_func ("/printing/escpos/command-vectors", test_command_vectors);
  g_test_add_func ("/printing/escpos/qr-vectors", test_qr_vectors);
  g_test_add_func ("/printing/escpos/gb18030-vectors", test_gb18030_vectors);
  g_test_add_func ("/printing/escpos/width-vectors", test_width_vectors);
  g_test_add_func ("/printing/escpos/gb18030-table", test_gb18030_table);
  g_test_add_func ("/printing/escpos/receipt", test_receipt);
  g_test_add_func ("/printing/escpos/encoder-is-reusable", test_encoder_is_reusable);
  g_test_add_func ("/printing/escpos/all-profiles", test_all_profiles);
  g_test_add_func ("/printing/escpos/rare-characters", test_rare_characters);
  g_test_add_func ("/printing/escpos/no-realtime-command-in-dots", test_no_realtime_command_in_dots);
  g_test_add_func ("/printing/escpos/raster-qr", test_raster_qr);
  g_test_add_func ("/printing/escpos/widest-qr", test_widest_qr);
  g_test_add_func ("/printing/escpos/qr-quiet-zone", test_qr_quiet_zone);
  g_test_add_func ("/printing/escpos/qr-sizes", test_qr_sizes);
  g_test_add_func ("/printing/escpos/no-injection", test_no_injection);
  g_test_add_func ("/printing/escpos/qr-with-controls", test_qr_with_controls);
  g_test_add_func ("/printing/escpos/random-documents", test_random_documents);
  g_test_add_func ("/printing/escpos/longest-document", test_longest_document);
  g_test_add_func ("/printing/escpos/profiles", test_profiles);
  g_test_add_func ("/printing/escpos/chinese-commands", test_chinese_commands);
  g_test_add_func ("/printing/escpos/drawer", test_drawer);
  g_test_add_func ("/printing/escpos/reader-refuses", test_reader_refuses);
  result = g_test_run ();
  json_object_put (vectors);
  font_caches_drop ();
  return result;
}
