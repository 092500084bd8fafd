/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document model: what is built is what is read, limits are kept and told, the serialized form survives and refuses. */
#include <string.h>

#include "tai-core-error.h"
#include "tai-document.h"

/* One block of each kind. */
static TaiDocument *
sample (void)
{
  TaiDocument *doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "业务受理凭证", "zh_CN");
  const char *cells[] = {"畅享套餐", "1", "59.00"};
  const guint8 weights[] = {4, 1, 2};

  tai_document_add_text (doc, TAI_STYLE_BOLD | TAI_STYLE_CENTER, "城东营业厅");
  tai_document_add_pair (doc, TAI_STYLE_LARGE, "合计", "￥128.00");
  tai_document_add_row (doc, TAI_STYLE_NORMAL, 3, cells, weights, 1 << 1 | 1 << 2);
  tai_document_add_rule (doc, FALSE);
  tai_document_add_rule (doc, TRUE);
  tai_document_add_space (doc);
  tai_document_add_qr (doc, "https://example.com/i/1", "扫码开票");
  tai_document_add_qr (doc, "https://example.com/i/2", NULL);
  tai_document_add_field (doc, "客户签名");
  return doc;
}

static void
assert_same_blocks (TaiDocument *a, TaiDocument *b)
{
  g_assert_cmpuint (tai_document_get_n_blocks (a), ==, tai_document_get_n_blocks (b));
  for (guint i = 0; i < tai_document_get_n_blocks (a); i++) {
    const TaiBlock *x = tai_document_get_block (a, i), *y = tai_document_get_block (b, i);

    g_assert_cmpint (x->type, ==, y->type);
    g_assert_cmpint (x->style, ==, y->style);
    g_assert_cmpint (x->right, ==, y->right);
    g_assert_cmpuint (x->n_text, ==, y->n_text);
    for (guint j = 0; j < TAI_DOCUMENT_MAX_COLUMNS; j++) {
      g_assert_cmpstr (x->text[j], ==, y->text[j]);
      g_assert_cmpint (x->weight[j], ==, y->weight[j]);
    }
  }
}

static void
test_build (void)
{
  g_autoptr (TaiDocument) doc = sample ();
  const TaiBlock *block;

  g_assert_cmpint (tai_document_get_type_ (doc), ==, TAI_DOCUMENT_RECEIPT);
  g_assert_cmpstr (tai_document_get_title (doc), ==, "业务受理凭证");
  g_assert_cmpstr (tai_document_get_language (doc), ==, "zh_CN");
  g_assert_cmpuint (tai_document_get_copy_number (doc), ==, 0);
  g_assert_false (tai_document_is_truncated (doc));
  g_assert_cmpuint (tai_document_get_n_blocks (doc), ==, 9);

  block = tai_document_get_block (doc, 0);
  g_assert_cmpint (block->type, ==, TAI_BLOCK_TEXT);
  g_assert_cmpint (block->style, ==, TAI_STYLE_BOLD | TAI_STYLE_CENTER);
  g_assert_cmpstr (block->text[0], ==, "城东营业厅");
  block = tai_document_get_block (doc, 1);
  g_assert_cmpint (block->type, ==, TAI_BLOCK_PAIR);
  g_assert_cmpstr (block->text[1], ==, "￥128.00");
  block = tai_document_get_block (doc, 2);
  g_assert_cmpuint (block->n_text, ==, 3);
  g_assert_cmpint (block->weight[0], ==, 4);
  g_assert_cmpint (block->right, ==, 6);
  g_assert_null (tai_document_get_block (doc, 3)->text[0]);
  g_assert_cmpstr (tai_document_get_block (doc, 4)->text[0], ==, "=");
  g_assert_cmpint (tai_document_get_block (doc, 5)->type, ==, TAI_BLOCK_SPACE);
  g_assert_cmpstr (tai_document_get_block (doc, 6)->text[1], ==, "扫码开票");
  g_assert_null (tai_document_get_block (doc, 7)->text[1]);
  g_assert_cmpint (tai_document_get_block (doc, 8)->type, ==, TAI_BLOCK_FIELD);
}

/* The caller's buffers may go the moment the call returns. */
static void
test_texts_are_copied (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_SLIP, "t", "en");
  char buffer[] = "original";

  tai_document_add_text (doc, 0, buffer);
  memset (buffer, 'x', sizeof buffer - 1);
  g_assert_cmpstr (tai_document_get_block (doc, 0)->text[0], ==, "original");
}

static void
test_missing_texts (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_REPORT, NULL, NULL);
  const char *cells[] = {"a", NULL, "c"};

  g_assert_cmpstr (tai_document_get_title (doc), ==, "");
  g_assert_cmpstr (tai_document_get_language (doc), ==, "");
  tai_document_add_row (doc, 0, 3, cells, NULL, 0);
  g_assert_cmpstr (tai_document_get_block (doc, 0)->text[1], ==, "");
  g_assert_cmpint (tai_document_get_block (doc, 0)->weight[2], ==, 0);
}

static void
test_bad_utf8 (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_SLIP, "\xff\xfe", "en");

  tai_document_add_text (doc, 0, "ok\xe4\xb8"); /* half a character at the end */
  tai_document_add_text (doc, 0, "\xc0\x80\xed\xa0\x80");
  g_assert_true (g_utf8_validate (tai_document_get_title (doc), -1, NULL));
  for (guint i = 0; i < 2; i++)
    g_assert_true (g_utf8_validate (tai_document_get_block (doc, i)->text[0], -1, NULL));
  g_assert_true (g_str_has_prefix (tai_document_get_block (doc, 0)->text[0], "ok"));
}

/* Cut between characters, never inside one, at every phase of a three-byte character. */
static void
test_long_text (void)
{
  for (guint lead = 0; lead < 3; lead++) {
    g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_SLIP, "t", "en");
    g_autoptr (GString) text = g_string_new (NULL);
    const char *kept;

    for (guint i = 0; i < lead; i++)
      g_string_append_c (text, 'a');
    while (text->len < 3 * TAI_DOCUMENT_MAX_TEXT)
      g_string_append (text, "厅");
    tai_document_add_text (doc, 0, text->str);
    kept = tai_document_get_block (doc, 0)->text[0];
    g_assert_true (g_utf8_validate (kept, -1, NULL));
    g_assert_true (g_str_has_prefix (text->str, kept));
    g_assert_cmpuint (strlen (kept), >, TAI_DOCUMENT_MAX_TEXT - 3);
    g_assert_cmpuint (strlen (kept), <=, TAI_DOCUMENT_MAX_TEXT);
    g_assert_true (tai_document_is_truncated (doc));
  }
}

static void
test_text_at_the_limit (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_SLIP, "t", "en");
  g_autofree char *text = g_strnfill (TAI_DOCUMENT_MAX_TEXT, 'a');

  tai_document_add_text (doc, 0, text);
  g_assert_cmpstr (tai_document_get_block (doc, 0)->text[0], ==, text);
  g_assert_false (tai_document_is_truncated (doc));
}

/* Bad bytes grow when they are repaired (one byte becomes three): the limit holds after the repair. */
static void
test_long_bad_text (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_SLIP, "t", "en");
  g_autofree char *text = g_strnfill (TAI_DOCUMENT_MAX_TEXT, (char)0xff);

  tai_document_add_text (doc, 0, text);
  g_assert_cmpuint (strlen (tai_document_get_block (doc, 0)->text[0]), <=, TAI_DOCUMENT_MAX_TEXT);
  g_assert_true (g_utf8_validate (tai_document_get_block (doc, 0)->text[0], -1, NULL));
}

static void
test_too_many_blocks (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_REPORT, "t", "en");

  for (guint i = 0; i < TAI_DOCUMENT_MAX_BLOCKS; i++)
    tai_document_add_space (doc);
  g_assert_false (tai_document_is_truncated (doc));
  tai_document_add_text (doc, 0, "one too many");
  g_assert_cmpuint (tai_document_get_n_blocks (doc), ==, TAI_DOCUMENT_MAX_BLOCKS);
  g_assert_true (tai_document_is_truncated (doc));
}

static void
test_too_many_bytes (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_REPORT, "t", "en");
  g_autofree char *text = g_strnfill (TAI_DOCUMENT_MAX_TEXT, 'a');
  guint added = 0;

  while (!tai_document_is_truncated (doc) && added < TAI_DOCUMENT_MAX_BLOCKS) {
    tai_document_add_text (doc, 0, text);
    added++;
  }
  g_assert_true (tai_document_is_truncated (doc));
  g_assert_cmpuint (tai_document_get_n_blocks (doc), ==, TAI_DOCUMENT_MAX_BYTES / TAI_DOCUMENT_MAX_TEXT);

  g_autoptr (GBytes) bytes = tai_document_serialize (doc);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiDocument) back = tai_document_deserialize (bytes, &error);
  g_assert_no_error (error);
  g_assert_true (tai_document_is_truncated (back));
  assert_same_blocks (doc, back);
}

/* A QR code with half its payload would be a lie. */
static void
test_long_qr (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "t", "en");
  g_autofree char *payload = g_strnfill (TAI_DOCUMENT_MAX_TEXT + 1, '1');

  tai_document_add_qr (doc, payload, "caption");
  g_assert_true (tai_document_is_truncated (doc));
  g_assert_cmpuint (tai_document_get_n_blocks (doc), ==, 1);
  g_assert_cmpint (tai_document_get_block (doc, 0)->type, ==, TAI_BLOCK_TEXT);
  g_assert_cmpstr (tai_document_get_block (doc, 0)->text[0], ==, "caption");
  tai_document_add_qr (doc, payload, NULL);
  g_assert_cmpuint (tai_document_get_n_blocks (doc), ==, 1);
}

static void
test_copy_marked (void)
{
  g_autoptr (TaiDocument) doc = sample ();
  g_autoptr (TaiDocument) copy = tai_document_copy_marked (doc, 2);

  g_assert_cmpuint (tai_document_get_copy_number (copy), ==, 2);
  g_assert_cmpuint (tai_document_get_copy_number (doc), ==, 0);
  g_assert_cmpstr (tai_document_get_title (copy), ==, tai_document_get_title (doc));
  g_assert_cmpint (tai_document_get_type_ (copy), ==, TAI_DOCUMENT_RECEIPT);
  assert_same_blocks (doc, copy);
}

static void
test_reference (void)
{
  TaiDocument *doc = sample ();
  TaiDocument *second = tai_document_ref (doc);

  tai_document_unref (doc);
  g_assert_cmpstr (tai_document_get_language (second), ==, "zh_CN");
  tai_document_unref (second);
}

static void
test_round_trip (void)
{
  g_autoptr (TaiDocument) doc = sample ();
  g_autoptr (TaiDocument) copy = tai_document_copy_marked (doc, 7);
  g_autoptr (GBytes) bytes = tai_document_serialize (copy);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiDocument) back = tai_document_deserialize (bytes, &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (tai_document_get_type_ (back), ==, TAI_DOCUMENT_RECEIPT);
  g_assert_cmpstr (tai_document_get_title (back), ==, "业务受理凭证");
  g_assert_cmpstr (tai_document_get_language (back), ==, "zh_CN");
  g_assert_cmpuint (tai_document_get_copy_number (back), ==, 7);
  g_assert_false (tai_document_is_truncated (back));
  assert_same_blocks (doc, back);
  again = tai_document_serialize (back);
  g_assert_true (g_bytes_equal (bytes, again));
}

/* The database may hand the bytes at any address. */
static void
test_unaligned (void)
{
  g_autoptr (TaiDocument) doc = sample ();
  g_autoptr (GBytes) bytes = tai_document_serialize (doc);
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *room = g_malloc (size + 8);

  for (guint shift = 0; shift < 8; shift++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) moved = NULL;
    g_autoptr (TaiDocument) back = NULL;

    memcpy (room + shift, g_bytes_get_data (bytes, NULL), size);
    moved = g_bytes_new_static (room + shift, size);
    back = tai_document_deserialize (moved, &error);
    g_assert_no_error (error);
    assert_same_blocks (doc, back);
  }
}

static void
assert_refused (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiDocument) doc = tai_document_deserialize (bytes, &error);

  g_assert_null (doc);
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DOCUMENT);
}

static void
assert_text_refused (const char *variant)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value =
      g_variant_parse (G_VARIANT_TYPE ("(uyssuba(yuasayy))"), variant, NULL, NULL, &error);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_no_error (error);
  bytes = g_variant_get_data_as_bytes (value);
  assert_refused (bytes);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) big = NULL;
  g_autofree char *long_text = g_strnfill (TAI_DOCUMENT_MAX_TEXT + 1, 'a');
  g_autofree char *with_long_text =
      g_strdup_printf ("(1, 0, 't', 'en', 0, false, [(0, 0, ['%s'], [0], 0)])", long_text);

  assert_refused (empty);
  big = g_bytes_new_take (g_malloc0 (4 * TAI_DOCUMENT_MAX_BYTES), 4 * TAI_DOCUMENT_MAX_BYTES);
  assert_refused (big);
  assert_text_refused ("(2, 0, 't', 'en', 0, false, [])");                      /* newer version */
  assert_text_refused ("(1, 9, 't', 'en', 0, false, [])");                      /* unknown kind of document */
  assert_text_refused ("(1, 0, 't', 'en', 0, false, [(7, 0, ['a'], [0], 0)])"); /* unknown block */
  assert_text_refused ("(1, 0, 't', 'en', 0, false, [(1, 0, ['a'], [0], 0)])"); /* a pair of one */
  assert_text_refused ("(1, 0, 't', 'en', 0, false, [(0, 0, @as [], @ay [], 0)])");
  assert_text_refused ("(1, 0, 't', 'en', 0, false, [(0, 64, ['a'], [0], 0)])");   /* unknown style */
  assert_text_refused ("(1, 0, 't', 'en', 0, false, [(0, 0, ['a'], @ay [], 0)])"); /* no weight */
  assert_text_refused ("(1, 0, 't', 'en', 0, false, [(2, 0, ['a','a','a','a','a','a','a','a','a'],"
                       " [0,0,0,0,0,0,0,0,0], 0)])"); /* nine columns */
  assert_text_refused (with_long_text);
}

static void
test_too_many_blocks_refused (void)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(yuasayy)"));
  for (guint i = 0; i <= TAI_DOCUMENT_MAX_BLOCKS; i++)
    g_variant_builder_add_parsed (&builder, "(%y, %u, @as [], @ay [], %y)", (guchar)TAI_BLOCK_SPACE, 0, 0);
  value = g_variant_ref_sink (g_variant_new ("(uyssuba(yuasayy))", 1, 0, "t", "en", 0, FALSE, &builder));
  bytes = g_variant_get_data_as_bytes (value);
  assert_refused (bytes);
}

/* Any byte changed, any tail cut: a readable document or an error, never a crash (the sanitizers watch). */
static void
test_damaged (void)
{
  g_autoptr (TaiDocument) doc = sample ();
  g_autoptr (GBytes) bytes = tai_document_serialize (doc);
  gsize size = g_bytes_get_size (bytes);
  guint refused = 0;

  for (gsize i = 0; i < size; i++) {
    for (guint bit = 0; bit < 8; bit++) {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GBytes) damaged = NULL;
      g_autoptr (TaiDocument) back = NULL;

      data[i] ^= 1 << bit;
      damaged = g_bytes_new_take (g_steal_pointer (&data), size);
      back = tai_document_deserialize (damaged, NULL);
      refused += back == NULL;
    }
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, i);
    g_autoptr (TaiDocument) back = tai_document_deserialize (cut, NULL);
  }
  g_assert_cmpuint (refused, >, size);
}

/* Each kind of paper comes back from the print queue as what it was; a kind that nobody knows does not come back at all. */
static void
test_types (void)
{
  for (TaiDocumentType type = 0; type < TAI_DOCUMENT_N_TYPES; type++) {
    g_autoptr (TaiDocument) doc = tai_document_new (type, "纸", "zh_CN"), again = NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) error = NULL;

    tai_document_add_text (doc, TAI_STYLE_LARGE | TAI_STYLE_BOLD, "大字");
    tai_document_add_field (doc, "客户签名");
    bytes = tai_document_serialize (doc);
    again = tai_document_deserialize (bytes, &error);
    g_assert_no_error (error);
    g_assert_cmpint (tai_document_get_type_ (again), ==, type);
    g_assert_cmpstr (tai_document_get_title (again), ==, "纸");
    g_assert_cmpuint (tai_document_get_n_blocks (again), ==, 2);
    g_assert_cmpint (tai_document_get_block (again, 0)->style, ==, TAI_STYLE_LARGE | TAI_STYLE_BOLD);
    g_assert_cmpint (tai_document_get_block (again, 1)->type, ==, TAI_BLOCK_FIELD);
  }
}

/* A copy of any kind is marked, and its original is not. */
static void
test_types_copied (void)
{
  for (TaiDocumentType type = 0; type < TAI_DOCUMENT_N_TYPES; type++) {
    g_autoptr (TaiDocument) doc = tai_document_new (type, "t", "en"),
                            copy = tai_document_copy_marked (doc, 3);

    g_assert_cmpint (tai_document_get_type_ (copy), ==, type);
    g_assert_cmpuint (tai_document_get_copy_number (copy), ==, 3);
    g_assert_cmpuint (tai_document_get_copy_number (doc), ==, 0);
  }
}

/* The queue of a newer program may hold a kind of paper that this one does not know: refused, not printed as another. */
static void
test_unknown_type (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_NOTICE, "t", "en");
  g_autoptr (GBytes) bytes = tai_document_serialize (doc), changed = NULL;
  gsize size;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  guint n_refused = 0;

  for (gsize i = 0; i < size; i++) {
    g_autoptr (TaiDocument) again = NULL;
    g_autoptr (GError) error = NULL;

    if (data[i] != TAI_DOCUMENT_NOTICE)
      continue;
    data[i] = TAI_DOCUMENT_N_TYPES + 1;
    changed = g_bytes_new (data, size);
    again = tai_document_deserialize (changed, &error);
    n_refused += again == NULL;
    g_clear_pointer (&changed, g_bytes_unref);
    data[i] = TAI_DOCUMENT_NOTICE;
  }
  g_assert_cmpuint (n_refused, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/document/build", test_build);
  g_test_add_func ("/core/document/texts-are-copied", test_texts_are_copied);
  g_test_add_func ("/core/document/missing-texts", test_missing_texts);
  g_test_add_func ("/core/document/bad-utf8", test_bad_utf8);
  g_test_add_func ("/core/document/long-text", test_long_text);
  g_test_add_func ("/core/document/text-at-the-limit", test_text_at_the_limit);
  g_test_add_func ("/core/document/long-bad-text", test_long_bad_text);
  g_test_add_func ("/core/document/too-many-blocks", test_too_many_blocks);
  g_test_add_func ("/core/document/too-many-bytes", test_too_many_bytes);
  g_test_add_func ("/core/document/long-qr", test_long_qr);
  g_test_add_func ("/core/document/copy-marked", test_copy_marked);
  g_test_add_func ("/core/document/reference", test_reference);
  g_test_add_func ("/core/document/round-trip", test_round_trip);
  g_test_add_func ("/core/document/unaligned", test_unaligned);
  g_test_add_func ("/core/document/refused", test_refused);
  g_test_add_func ("/core/document/too-many-blocks-refused", test_too_many_blocks_refused);
  g_test_add_func ("/core/document/damaged", test_damaged);
  g_test_add_func ("/document/types", test_types);
  g_test_add_func ("/document/unknown-type", test_unknown_type);
  g_test_add_func ("/document/types-copied", test_types_copied);
  return g_test_run ();
}
