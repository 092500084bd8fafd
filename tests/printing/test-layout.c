/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid: what a clerk sees of it (values whole, edges straight, nothing lost), and properties over hostile documents. */
#include <string.h>

#include "samples.h"
#include "tai-cells.h"
#include "tai-layout.h"
#include "tai-plain-text.h"

static char *
line_text (const TaiLayout *layout, guint index)
{
  const TaiLayoutLine *line = tai_layout_get_line (layout, index);

  return g_ucs4_to_utf8 (tai_layout_get_cells (layout, line), line->n_cells, NULL, NULL, NULL);
}

/* Columns as the paper counts them, apart from the layout's own sums. */
static guint
count_columns (const TaiLayout *layout, TaiCells kind, const TaiLayoutLine *line)
{
  const gunichar *cells = tai_layout_get_cells (layout, line);
  guint width = 0, scale = kind == TAI_CELLS_PRINTER && line->style & TAI_STYLE_LARGE ? 2 : 1;

  for (guint i = 0; i < line->n_cells; i++)
    width += tai_cells_classify (kind, cells[i]) & TAI_CELL_WIDTH;
  return width * scale;
}

static void
assert_text (TaiDocument *doc, guint columns, const char *expected)
{
  g_autofree char *text = tai_plain_text_render (doc, columns);

  g_assert_cmpstr (text, ==, expected);
}

static TaiDocument *
new_document (void)
{
  return tai_document_new (TAI_DOCUMENT_SLIP, "", "zh_CN");
}

/* --- Widths ------------------------------------------------------------------------------------------------------------ */

static void
test_widths (void)
{
  static const struct {
    gunichar c;
    guint terminal, printer;
  } cases[] = {
      {'a', 1, 1},
      {' ', 1, 1},
      {0x8425, 2, 2} /* 营 */,
      {0xff0c, 2, 2} /* ， */,
      {0xffe5, 2, 2} /* ￥ */,
      {0xb7, 1, 2},
      {0x201c, 1, 2},
      {0x2460, 1, 2} /* ① */,
      {0xe9, 1, 2} /* é */,
      {0x301, 0, 0} /* combining */,
      {0x20bb7, 2, 2},
      {0x3402, 2, 2},
      {0xe000, 1, 2} /* PUA */,
      {0x1f600, 2, 2} /* emoji */,
      {0xfe0f, 0, 0},
      {0xe0100, 0, 0},
      {0xf1, 1, 1} /* ñ: drawn in its own column */,
      {0xff71, 1, 1} /* half-width kana */,
      {0x5d0, 1, 1} /* Hebrew */,
      {0x10ffff - 2, 1, 2},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("U+%04X", cases[i].c);
    g_assert_cmpuint (tai_cells_classify (TAI_CELLS_TERMINAL, cases[i].c) & TAI_CELL_WIDTH, ==,
                      cases[i].terminal);
    g_assert_cmpuint (tai_cells_classify (TAI_CELLS_PRINTER, cases[i].c) & TAI_CELL_WIDTH, ==,
                      cases[i].printer);
  }
}

static void
test_dangerous_characters (void)
{
  static const gunichar replaced[] = {0, 7, 0x1b, 0x1d, 0x7f, 0x80, 0x9b, 0xfffd, 0xfffe};
  static const gunichar dropped[] = {0x200b, 0x200e, 0x200f, 0x202a, 0x202e, 0x2066, 0x2069, 0xfeff, 0xad};

  for (guint i = 0; i < G_N_ELEMENTS (replaced); i++)
    g_assert_cmpuint (tai_cells_classify (TAI_CELLS_PRINTER, replaced[i]), ==, TAI_CELL_REPLACE);
  for (guint i = 0; i < G_N_ELEMENTS (dropped); i++)
    g_assert_cmpuint (tai_cells_classify (TAI_CELLS_TERMINAL, dropped[i]), ==, TAI_CELL_DROP);
}

/* The table of the basic plane and the function say the same. */
static void
test_classes (void)
{
  for (guint kind = 0; kind < 2; kind++)
    for (gunichar c = 0; c < 0x10000; c++)
      g_assert_cmpuint (tai_cells_get_classes (kind)[c], ==, tai_cells_classify (kind, c));
}

/* --- Blocks ------------------------------------------------------------------------------------------------------------ */

static void
test_pair (void)
{
  g_autoptr (TaiDocument) doc = new_document ();

  tai_document_add_pair (doc, 0, "合计", "￥128.00");
  tai_document_add_pair (doc, 0, "Total", "128.00");
  tai_document_add_pair (doc, 0, "首期账单（11月22日至30日）", "￥24.67");
  assert_text (doc, 32,
               "合计                    ￥128.00\n"
               "Total                     128.00\n"
               "首期账单（11月22日至\n"
               "30日）                   ￥24.67\n");
}

static void
test_pair_wraps_label (void)
{
  g_autoptr (TaiDocument) doc = new_document ();

  tai_document_add_pair (doc, 0, "来电显示增值业务首月半价次月起每月十元", "5.00");
  assert_text (doc, 24,
               "来电显示增值业务首\n"
               "月半价次月起每月十\n"
               "元                  5.00\n");
}

static void
test_pair_long_value (void)
{
  g_autoptr (TaiDocument) doc = new_document ();

  tai_document_add_pair (doc, 0, "受理单号", "GZ021-03-A-20261122-000147");
  tai_document_add_pair (doc, 0, "受理单号", "GZ021-03-A-20261122");
  tai_document_add_pair (doc, 0, "地址", "Room 1203, Building 4, Tiyu West Road 191");
  assert_text (doc, 28,
               "受理单号\n"
               "  GZ021-03-A-20261122-000147\n"
               "受理单号 GZ021-03-A-20261122\n"
               "地址\n"
               "Room 1203, Building 4, Tiyu\n"
               "West Road 191\n");
}

static void
test_pair_empty (void)
{
  g_autoptr (TaiDocument) doc = new_document ();

  tai_document_add_pair (doc, 0, "", "5.00");
  tai_document_add_pair (doc, 0, "abc", "");
  tai_document_add_pair (doc, 0, "", "");
  tai_document_add_pair (doc, 0, "", "1234567890123456789012345678");
  assert_text (doc, 24,
               "                    5.00\n"
               "abc\n"
               "\n"
               "123456789012345678901234\n"
               "5678\n");
}

static void
test_row (void)
{
  g_autoptr (TaiDocument) doc = new_document ();
  const guint8 weights[] = {5, 2, 3};
  const char *head[] = {"项目", "数量", "金额"};
  const char *one[] = {"畅享套餐", "1", "59.00"};
  const char *two[] = {"SIM card", "2", "40.00"};
  const char *big[] = {"预存话费返还计划甲", "10", "1234567.00"};

  tai_document_add_row (doc, 0, 3, head, weights, 6);
  tai_document_add_rule (doc, FALSE);
  tai_document_add_row (doc, 0, 3, one, weights, 6);
  tai_document_add_row (doc, 0, 3, two, weights, 6);
  tai_document_add_row (doc, 0, 3, big, weights, 6);
  /* The amount needs ten columns: all rows give them. */
  assert_text (doc, 32,
               "项目             数量       金额\n"
               "--------------------------------\n"
               "畅享套餐            1      59.00\n"
               "SIM card            2      40.00\n"
               "预存话费返还计     10 1234567.00\n"
               "划甲\n");
}

static void
test_row_stacks (void)
{
  g_autoptr (TaiDocument) doc = new_document ();
  const char *cells[] = {"GZ021-03-A-20261122", "19400001234", "1234567.00"};

  tai_document_add_row (doc, 0, 3, cells, NULL, 1 << 2);
  assert_text (doc, 24,
               "GZ021-03-A-20261122\n"
               "19400001234\n"
               "              1234567.00\n");
}

static void
test_text_alignment (void)
{
  g_autoptr (TaiDocument) doc = new_document ();

  tai_document_add_text (doc, TAI_STYLE_CENTER, "体育西路营业厅");
  tai_document_add_text (doc, TAI_STYLE_RIGHT, "page 1");
  tai_document_add_text (doc, TAI_STYLE_LARGE, "large is normal here");
  assert_text (doc, 24,
               "     体育西路营业厅\n"
               "                  page 1\n"
               "large is normal here\n");
}

static void
test_paragraphs (void)
{
  g_autoptr (TaiDocument) doc = new_document ();

  tai_document_add_text (doc, 0, "one\ntwo\n\nfour\tfive\r\nsix");
  tai_document_add_text (doc, 0, "");
  tai_document_add_pair (doc, 0, "two\nlines", "1\n2");
  assert_text (doc, 24, "one\ntwo\n\nfour five?\nsix\n\ntwo lines            1 2\n");
}

/* Closing marks never start a line, opening ones and signs of money never end one, units stay with their number. */
static void
test_chinese_breaks (void)
{
  g_autoptr (TaiDocument) doc = new_document ();

  tai_document_add_text (doc, 0, "新开户须经总部实名核验，然后生效");   /* the 12th character is the comma */
  tai_document_add_text (doc, 0, "本月应付的全部费用合计￥128.00元整"); /* ￥ at the edge */
  tai_document_add_text (doc, 0, "协议期间提前解除应付违约30%的剩余");
  tai_document_add_text (doc, 0, "一二三四五六七八九十一“甲”");
  assert_text (doc, 24,
               "新开户须经总部实名核验，\n然后生效\n"
               "本月应付的全部费用合计\n￥128.00元整\n"
               "协议期间提前解除应付违约\n30%的剩余\n"
               "一二三四五六七八九十一\n“甲”\n");
}

static void
test_values_stay_whole (void)
{
  g_autoptr (TaiDocument) doc = new_document ();

  tai_document_add_text (doc, 0, "您的号码 19400001234 于 2026-11-22 10:33:05 收款 1,234.56 元");
  assert_text (doc, 24,
               "您的号码 19400001234 于\n"
               "2026-11-22 10:33:05 收款\n"
               "1,234.56 元\n");
}

static void
test_field_and_rules (void)
{
  g_autoptr (TaiDocument) doc = new_document ();
  g_autoptr (TaiDocument) english = tai_document_new (TAI_DOCUMENT_SLIP, "", "en");

  tai_document_add_rule (doc, TRUE);
  tai_document_add_field (doc, "客户签名");
  tai_document_add_field (doc, "本人已阅读并同意上述全部内容签名");
  assert_text (doc, 24,
               "========================\n"
               "\n"
               "客户签名：______________\n"
               "\n"
               "本人已阅读并同意上述全部\n"
               "内容签名：\n"
               "________________________\n");
  tai_document_add_field (english, "Signature");
  assert_text (english, 24, "\nSignature: _____________\n");
}

static void
test_title_and_marks (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "业务受理凭证", "zh_CN");
  g_autoptr (TaiDocument) copy = tai_document_copy_marked (doc, 2);
  g_autoptr (TaiDocument) english = tai_document_new (TAI_DOCUMENT_RECEIPT, "Receipt", "en_GB");
  g_autoptr (TaiDocument) english_copy = tai_document_copy_marked (english, 1);
  g_autofree char *text = NULL;

  assert_text (copy, 24, "      业务受理凭证\n      补打 第 2 次\n");
  assert_text (english_copy, 24, "        Receipt\n         COPY 1\n");

  for (guint i = 0; i <= TAI_DOCUMENT_MAX_BLOCKS; i++)
    tai_document_add_space (doc);
  text = tai_plain_text_render (doc, 32);
  g_assert_nonnull (strstr (text, "（内容超出限额，未完整打印）"));
}

/* Large text: half the columns on paper, never wider; a title whose words are too long for that is not large. */
/* What starts with blanks hangs below its first word, paragraph by paragraph; what is centred does not. */
static void
test_hanging (void)
{
  g_autoptr (TaiDocument) doc = new_document ();
  g_autofree char *blanks = g_strnfill (40, ' ');
  g_autofree char *deep = g_strconcat (blanks, "首月账单13.77", NULL);

  tai_document_add_text (doc, 0, "  首月账单13.77（59.00减30%，按10/30天计）");
  tai_document_add_text (doc, 0, "  one two three four five six\nand flush to the left edge again");
  tai_document_add_text (doc, TAI_STYLE_RIGHT, "  one two three four five six seven");
  assert_text (doc, 24,
               "  首月账单13.77（59.00减\n"
               "  30%，按10/30天计）\n"
               "  one two three four\n"
               "  five six\n"
               "and flush to the left\n"
               "edge again\n"
               "      one two three four\n"
               "          five six seven\n");
  for (guint columns = 24; columns <= 96; columns++) { /* more blanks than a line has */
    g_autoptr (TaiDocument) narrow = new_document ();
    g_autofree char *text = NULL;

    tai_document_add_text (narrow, 0, deep);
    text = tai_plain_text_render (narrow, columns);
    g_assert_nonnull (strstr (text, "13.77"));
  }
}

static void
test_large (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "业务受理凭证", "zh_CN");
  g_autoptr (TaiDocument) wordy = tai_document_new (TAI_DOCUMENT_RECEIPT, "Telecommunications receipt", "en");
  g_autoptr (TaiLayout) layout = tai_layout_new (TAI_CELLS_PRINTER, 32, 0);
  g_autofree char *total = NULL;

  tai_document_add_pair (doc, TAI_STYLE_LARGE, "合计", "￥128.00");
  tai_layout_run (layout, doc);
  g_assert_cmpuint (tai_layout_get_n_lines (layout), ==, 2);
  g_assert_cmpuint (tai_layout_get_line (layout, 0)->columns, ==, 24);
  g_assert_true (tai_layout_get_line (layout, 0)->style & TAI_STYLE_LARGE);
  total = line_text (layout, 1);
  g_assert_cmpstr (total, ==, "合计    ￥128.00");
  g_assert_cmpuint (tai_layout_get_line (layout, 1)->columns, ==, 32);

  tai_layout_run (layout, wordy);
  g_assert_false (tai_layout_get_line (layout, 0)->style & TAI_STYLE_LARGE);
}

static void
test_qr (void)
{
  g_autoptr (TaiDocument) doc = new_document ();
  g_autoptr (TaiLayout) layout = tai_layout_new (TAI_CELLS_PRINTER, 32, 29);
  g_autofree char *as_text = NULL;

  tai_document_add_qr (doc, "https://example.cn/1", "caption"); /* 20 bytes: 25 modules */
  tai_document_add_qr (doc, SAMPLE_QR_URL, NULL);               /* 69 bytes: 37 modules */
  tai_document_add_qr (doc, "", NULL);
  tai_layout_run (layout, doc);
  g_assert_cmpint (tai_layout_get_line (layout, 0)->type, ==, TAI_LINE_QR);
  g_assert_cmpstr (tai_layout_get_line (layout, 0)->payload, ==, "https://example.cn/1");
  g_assert_cmpint (tai_layout_get_line (layout, 1)->style, ==, TAI_STYLE_CENTER);
  g_assert_cmpint (tai_layout_get_line (layout, 2)->type, ==, TAI_LINE_TEXT);
  as_text = line_text (layout, 2);
  g_assert_true (g_str_has_prefix (SAMPLE_QR_URL, as_text));
}

static void
test_yuan (void)
{
  g_autoptr (TaiDocument) doc = new_document ();
  g_autoptr (TaiLayout) layout = tai_layout_new (TAI_CELLS_PRINTER, 24, 0);
  g_autofree char *text = NULL;

  tai_document_add_text (doc, 0, "¥199.00");
  tai_layout_run (layout, doc);
  text = line_text (layout, 0);
  g_assert_cmpstr (text, ==, "￥199.00");
  g_assert_false (tai_layout_get_line (layout, 0)->raster);
  assert_text (doc, 24, "¥199.00\n");
}

static void
test_raster_mark (void)
{
  static const struct {
    const char *text;
    gboolean raster;
  } cases[] = {{"张三·李四", FALSE}, {"𠮷", TRUE}, {"㐂", TRUE},           {"䶮", FALSE}, {"é", FALSE},
               {"e\314\201", TRUE},  {"😀", TRUE},  {"\356\200\200", TRUE}, {"•", TRUE},   {"①—“”€", FALSE}};
  g_autoptr (TaiLayout) layout = tai_layout_new (TAI_CELLS_PRINTER, 24, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiDocument) doc = new_document ();

    g_test_message ("%s", cases[i].text);
    tai_document_add_text (doc, 0, cases[i].text);
    tai_layout_run (layout, doc);
    g_assert_cmpint (tai_layout_get_line (layout, 0)->raster, ==, cases[i].raster);
  }
}

/* --- Properties -------------------------------------------------------------------------------------------------------- */

static const char *const pieces[] = {"营业厅",
                                     "畅享套餐",
                                     "，",
                                     "。",
                                     "（",
                                     "）",
                                     "“",
                                     "”",
                                     "￥",
                                     "128.00",
                                     "19400001234",
                                     " ",
                                     "  ",
                                     "word",
                                     "supercalifragilisticexpialidocious-and-so-on-without-end",
                                     "\x1b@",
                                     "\x10\x04\x01",
                                     "\x1dV",
                                     "\n",
                                     "\t",
                                     "\x7f",
                                     "\302\233",
                                     "😀",
                                     "👨‍👩‍👧",
                                     "שלום",
                                     "\342\200\256evil",
                                     "e\314\201\314\202",
                                     "𠮷",
                                     "\356\200\200",
                                     "①",
                                     "元",
                                     "%",
                                     "٣",
                                     "-"};

static char *
random_text (GRand *rand)
{
  GString *text = g_string_new (NULL);

  for (guint n = g_rand_int_range (rand, 0, 14); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static void
add_random_block (TaiDocument *doc, GRand *rand)
{
  g_autofree char *a = random_text (rand), *b = random_text (rand), *c = random_text (rand),
                  *d = random_text (rand);
  const char *cells[] = {a, b, c, d, "1", "22", "333", "4444"};
  guint8 weights[8];
  TaiStyle style = g_rand_int_range (rand, 0, 32);

  for (guint i = 0; i < 8; i++)
    weights[i] = g_rand_int_range (rand, 0, 4);
  switch (g_rand_int_range (rand, 0, 7)) {
  case TAI_BLOCK_TEXT:
    tai_document_add_text (doc, style, a);
    break;
  case TAI_BLOCK_PAIR:
    tai_document_add_pair (doc, style, a, b);
    break;
  case TAI_BLOCK_ROW:
    tai_document_add_row (doc, style, g_rand_int_range (rand, 1, 9), cells, weights,
                          g_rand_int (rand) & 0xff);
    break;
  case TAI_BLOCK_RULE:
    tai_document_add_rule (doc, style & 1);
    break;
  case TAI_BLOCK_QR:
    tai_document_add_qr (doc, *a != '\0' ? a : "x",
                         b); /* one without payload is void: its caption is not told */
    break;
  case TAI_BLOCK_FIELD:
    tai_document_add_field (doc, a);
    break;
  default:
    tai_document_add_space (doc);
  }
}

/* Counts each printable character, so that two texts can be compared whatever their order and blanks. */
static void
count_characters (GHashTable *counts, TaiCells kind, const gunichar *cells, guint n, int sign)
{
  for (guint i = 0; i < n; i++) {
    gunichar c = cells[i];
    guint8 class = tai_cells_classify (kind, c);

    if (kind == TAI_CELLS_PRINTER && c == 0xa5)
      c = 0xffe5;
    if (class == TAI_CELL_DROP || c == ' ' || c == '\n' || c == '\t' || c == '_' || c == 0xff1a || c == '-' ||
        c == '=')
      continue;
    if (class == TAI_CELL_REPLACE)
      c = '?';
    g_hash_table_insert (
        counts, GUINT_TO_POINTER (c),
        GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (counts, GUINT_TO_POINTER (c))) + sign));
  }
}

static void
count_document (GHashTable *counts, TaiCells kind, TaiDocument *doc)
{
  for (guint i = 0; i < tai_document_get_n_blocks (doc); i++) {
    const TaiBlock *block = tai_document_get_block (doc, i);

    for (guint j = 0; j < block->n_text; j++) {
      glong n;
      g_autofree gunichar *cells = g_utf8_to_ucs4_fast (block->text[j], -1, &n);

      count_characters (counts, kind, cells, n, 1);
    }
  }
}

static void
check_document (TaiDocument *doc, TaiCells kind, guint columns)
{
  g_autoptr (TaiLayout) layout = tai_layout_new (kind, columns, 0);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer c, count;

  tai_layout_run (layout, doc);
  count_document (counts, kind, doc);
  for (guint i = 0; i < tai_layout_get_n_lines (layout); i++) {
    const TaiLayoutLine *line = tai_layout_get_line (layout, i);
    const gunichar *cells = tai_layout_get_cells (layout, line);

    g_assert_cmpuint (count_columns (layout, kind, line), ==, line->columns);
    g_assert_cmpuint (line->columns + tai_layout_get_indent (layout, line), <=, columns);
    for (guint j = 0; j < line->n_cells; j++) {
      guint8 class = tai_cells_classify (kind, cells[j]);

      g_assert_false (class & TAI_CELL_DROP); /* REPLACE too: no control is left */
      g_assert_true (line->raster || !(class & TAI_CELL_RASTER));
    }
    g_assert_true (line->n_cells == 0 || cells[line->n_cells - 1] != ' ');
    count_characters (counts, kind, cells, line->n_cells, -1);
  }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &c, &count))
    if (GPOINTER_TO_INT (count) != 0)
      g_error ("U+%04X: %d lost", GPOINTER_TO_UINT (c), GPOINTER_TO_INT (count));
}

static void
test_properties (void)
{
  for (guint seed = 1; seed <= 300; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    g_autoptr (TaiDocument) doc = new_document ();
    guint columns = g_rand_int_range (rand, TAI_LAYOUT_MIN_COLUMNS, TAI_LAYOUT_MAX_COLUMNS + 1);

    for (guint n = g_rand_int_range (rand, 1, 30); n > 0; n--)
      add_random_block (doc, rand);
    g_test_message ("seed %u, %u columns", seed, columns);
    check_document (doc, TAI_CELLS_TERMINAL, columns);
    check_document (doc, TAI_CELLS_PRINTER, columns);
  }
}

static void
test_all_widths (void)
{
  g_autoptr (TaiDocument) zh = sample_receipt_zh (), en = sample_receipt_en (), form = sample_form_zh ();

  for (guint columns = TAI_LAYOUT_MIN_COLUMNS; columns <= TAI_LAYOUT_MAX_COLUMNS; columns++)
    for (TaiCells kind = 0; kind < 2; kind++) {
      g_autoptr (TaiLayout) layout = tai_layout_new (kind, columns, 0);

      for (guint i = 0; i < 3; i++) {
        TaiDocument *doc = i == 0 ? zh : i == 1 ? en : form;

        tai_layout_run (layout, doc);
        for (guint j = 0; j < tai_layout_get_n_lines (layout); j++)
          g_assert_cmpuint (tai_layout_get_line (layout, j)->columns, <=, columns);
      }
    }
}

/* Every amount of a receipt ends at the right edge, Chinese or Latin before it. */
static void
test_right_edge (void)
{
  for (guint columns = TAI_LAYOUT_MIN_COLUMNS; columns <= TAI_LAYOUT_MAX_COLUMNS; columns++) {
    g_autoptr (TaiDocument) doc = new_document ();
    g_autoptr (TaiLayout) layout = tai_layout_new (TAI_CELLS_PRINTER, columns, 0);
    const char *labels[] = {"合计", "Total", "合 total 计", "·①“",
                            "首期账单首期账单首期账单首期账单首期账单"};
    guint n_amounts = 0;

    for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
      tai_document_add_pair (doc, 0, labels[i], "￥9.00");
    tai_layout_run (layout, doc);
    for (guint i = 0; i < tai_layout_get_n_lines (layout); i++) {
      g_autofree char *text = line_text (layout, i);

      if (!g_str_has_suffix (text, "￥9.00"))
        continue;
      n_amounts++;
      g_assert_cmpuint (tai_layout_get_line (layout, i)->columns, ==, columns);
    }
    g_assert_cmpuint (n_amounts, ==, G_N_ELEMENTS (labels));
  }
}

static void
test_longest_document (void)
{
  g_autoptr (TaiDocument) doc = new_document ();
  g_autofree char *text = g_strnfill (TAI_DOCUMENT_MAX_TEXT, 'x');
  const char *cells[] = {text, text, text, text, text, text, text, text};

  tai_document_add_row (doc, 0, 8, cells, NULL, 0xff);
  tai_document_add_pair (doc, TAI_STYLE_LARGE, text, text);
  for (guint i = 2; i < TAI_DOCUMENT_MAX_BLOCKS; i++)
    tai_document_add_text (doc, TAI_STYLE_LARGE, "营业厅 hall");
  check_document (doc, TAI_CELLS_PRINTER, 24);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/layout/widths", test_widths);
  g_test_add_func ("/printing/layout/dangerous-characters", test_dangerous_characters);
  g_test_add_func ("/printing/layout/classes", test_classes);
  g_test_add_func ("/printing/layout/pair", test_pair);
  g_test_add_func ("/printing/layout/pair-wraps-label", test_pair_wraps_label);
  g_test_add_func ("/printing/layout/pair-long-value", test_pair_long_value);
  g_test_add_func ("/printing/layout/pair-empty", test_pair_empty);
  g_test_add_func ("/printing/layout/row", test_row);
  g_test_add_func ("/printing/layout/row-stacks", test_row_stacks);
  g_test_add_func ("/printing/layout/text-alignment", test_text_alignment);
  g_test_add_func ("/printing/layout/paragraphs", test_paragraphs);
  g_test_add_func ("/printing/layout/chinese-breaks", test_chinese_breaks);
  g_test_add_func ("/printing/layout/values-stay-whole", test_values_stay_whole);
  g_test_add_func ("/printing/layout/field-and-rules", test_field_and_rules);
  g_test_add_func ("/printing/layout/title-and-marks", test_title_and_marks);
  g_test_add_func ("/printing/layout/hanging", test_hanging);
  g_test_add_func ("/printing/layout/large", test_large);
  g_test_add_func ("/printing/layout/qr", test_qr);
  g_test_add_func ("/printing/layout/yuan", test_yuan);
  g_test_add_func ("/printing/layout/raster-mark", test_raster_mark);
  g_test_add_func ("/printing/layout/properties", test_properties);
  g_test_add_func ("/printing/layout/all-widths", test_all_widths);
  g_test_add_func ("/printing/layout/right-edge", test_right_edge);
  g_test_add_func ("/printing/layout/longest-document", test_longest_document);
  return g_test_run ();
}
