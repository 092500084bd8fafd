/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PDF, PNG and previews, judged by other programs: pdftotext, pdftoppm, pdffonts, zbarimg. The papers stay in the build
 * folder (tests/printing/papers) for people to look at.
 */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "papers.h"
#include "samples.h"
#include "surroundings.h"
#include "tai-page.h"
#include "tai-printing-error.h"
#include "tai-qr.h"

#define FORM_MAX_BYTES (150 * 1024)

static void
assert_pdf_says (const char *path, ...)
{
  g_autofree char *output = papers_run ("pdftotext", "-layout", path, "-", NULL);
  g_autofree char *text = NULL;
  va_list list;

  if (output == NULL)
    return;
  text = papers_squeeze (output);
  va_start (list, path);
  for (const char *phrase = va_arg (list, const char *); phrase; phrase = va_arg (list, const char *))
    if (!strstr (text, phrase))
      g_error ("\"%s\" is not in %s", phrase, text);
  va_end (list);
}

static void
assert_scans (const char *picture, const char *payload)
{
  g_autofree char *output = papers_run ("zbarimg", "-q", "--raw", picture, NULL);

  if (output)
    g_assert_cmpstr (g_strchomp (output), ==, payload);
}

/* --- What people hold in their hands ----------------------------------------------------------------------------------- */

static void
test_receipt_papers (void)
{
  static const struct {
    const char *name;
    TaiPaper paper;
  } papers[] = {{"58mm", TAI_PAPER_58MM}, {"80mm", TAI_PAPER_80MM}};

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++) {
    g_autoptr (TaiDocument) zh = sample_receipt_zh (), en = sample_receipt_en (),
                            rare = sample_receipt_rare ();
    g_autoptr (TaiDocument) copy = tai_document_copy_marked (zh, 1);
    TaiDocument *docs[] = {zh, en, copy, rare};
    const char *names[] = {"receipt-zh", "receipt-en", "receipt-copy", "receipt-rare"};

    for (guint j = 0; j < G_N_ELEMENTS (docs); j++) {
      g_autofree char *name = g_strdup_printf ("%s-%s.png", names[j], papers[i].name);
      g_autofree char *path = papers_render_png (docs[j], papers[i].paper, 0, name);

      if (j < 3)
        assert_scans (path, SAMPLE_QR_URL);
    }
  }
}

static void
test_receipt_pdf (void)
{
  g_autoptr (TaiDocument) doc = sample_receipt_zh ();
  g_autofree char *path = papers_render_pdf (doc, TAI_PAPER_58MM, "receipt-zh-58mm.pdf");
  g_autofree char *info = papers_run ("pdfinfo", path, NULL);

  assert_pdf_says (path, "业务受理凭证", "单号GZ021-03-A-20261122-000147", "已受理·待生效",
                   "今日实付￥120.00", "次月起每月￥69.00", "合计￥170.00", "人民币壹佰柒拾元整",
                   "找零￥30.00", "9F3A-61C2", NULL);
  if (info) {
    g_assert_nonnull (strstr (info, "Title:           业务受理凭证"));
    g_assert_nonnull (strstr (info, "Pages:           1\n"));
    g_assert_nonnull (strstr (info, "Page size:       136.197 x ")); /* 384 dots of 203 an inch */
  }
}

/* cairo alone embeds half a megabyte of subroutines a face. */
static void
assert_small (const char *path, goffset max_bytes)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, <, max_bytes);
}

static void
test_form (void)
{
  g_autoptr (TaiDocument) doc = sample_form_zh ();
  g_autofree char *path = papers_render_pdf (doc, TAI_PAPER_A4, "form-zh.pdf");
  g_autofree char *png = papers_render_png (doc, TAI_PAPER_A4, 0, "form-zh.png");
  g_autofree char *fonts = papers_run ("pdffonts", path, NULL);
  g_autofree char *info = papers_run ("pdfinfo", path, NULL);

  assert_pdf_says (path, "业务受理单", "受理单号：GZ021-03-A-20261122-000147",
                   "新开户19400001234（已受理·待生效）", "畅享套餐59元19.6759.00", "合计170.0024.6769.00",
                   "人民币壹佰柒拾元整", "客户签名：", "第1页共1页", NULL);
  assert_scans (png, SAMPLE_QR_URL);
  if (fonts) {
    g_assert_nonnull (strstr (fonts, "NotoSansCJK"));
    g_assert_null (strstr (fonts, " no  no ")); /* every face is embedded */
  }
  if (info)
    g_assert_nonnull (strstr (info, "(A4)"));
  assert_small (path, FORM_MAX_BYTES);
}

/* A code on the PDF is read after a printer of 203 dpi has made dots of it. */
static void
test_qr_from_pdf (void)
{
  g_autoptr (TaiDocument) form = sample_form_zh (), receipt = sample_receipt_zh ();
  TaiDocument *docs[] = {form, receipt};
  const char *names[] = {"qr-form", "qr-receipt"};

  for (guint i = 0; i < G_N_ELEMENTS (docs); i++) {
    g_autofree char *name = g_strconcat (names[i], ".pdf", NULL);
    g_autofree char *pdf = papers_render_pdf (docs[i], i == 0 ? TAI_PAPER_A4 : TAI_PAPER_58MM, name);
    g_autofree char *prefix = papers_path (names[i]);
    g_autofree char *png = g_strconcat (prefix, ".png", NULL);
    g_autofree char *output = papers_run ("pdftoppm", "-r", "203", "-png", "-singlefile", pdf, prefix, NULL);

    if (output)
      assert_scans (png, SAMPLE_QR_URL);
  }
}

static void
test_report_pages (void)
{
  g_autoptr (TaiDocument) doc = sample_report_zh (120);
  g_autoptr (TaiDocument) copy = tai_document_copy_marked (doc, 3);
  g_autoptr (TaiPage) page = tai_page_new (copy, TAI_PAPER_A4);
  g_autofree char *path = papers_render_pdf (copy, TAI_PAPER_A4, "report-zh.pdf");
  g_autofree char *png = papers_render_png (copy, TAI_PAPER_A4, 1, "report-zh-2.png");
  g_autofree char *last = NULL;
  g_autofree char *output = NULL;

  g_assert_cmpuint (tai_page_get_n_pages (page), ==, 3);
  assert_pdf_says (path, "第1页共3页", "第3页共3页", "营业日报补打第3次", "A-20261122-000120", NULL);
  output = papers_run ("pdftotext", "-layout", "-f", "2", "-l", "2", path, "-", NULL);
  if (output) {
    last = papers_squeeze (output);
    g_assert_nonnull (strstr (last, "单号业务方式金额")); /* the head of the table again */
  }
}

/* @n_lines, then what one signs for and four lines to sign on. */
static TaiDocument *
new_signed_form (guint n_lines)
{
  TaiDocument *doc = tai_document_new (TAI_DOCUMENT_FORM, "业务受理单", "zh_CN");

  for (guint i = 0; i < n_lines; i++)
    tai_document_add_text (doc, 0, "条款");
  tai_document_add_text (doc, TAI_STYLE_BOLD, "以上内容本人已经阅读");
  tai_document_add_field (doc, "客户签名");
  tai_document_add_field (doc, "日期");
  tai_document_add_field (doc, "经办人签名");
  tai_document_add_field (doc, "营业员签名");
  return doc;
}

/* However long a form is: the sentence and all the lines for names stand on one page; and what a little less air brings to one
 * page stands there, title and all. */
static void
test_signed_page (void)
{
  static const guint cases[][2] = {{30, 1}, {48, 1}, {54, 2}, {92, 2}, {94, 3}, {96, 3}, {98, 3}};

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++) {
    g_autoptr (TaiDocument) doc = new_signed_form (cases[c][0]);
    g_autoptr (TaiPage) page = tai_page_new (doc, TAI_PAPER_A4);
    g_autofree char *path = papers_render_pdf (doc, TAI_PAPER_A4, "signed.pdf");
    g_autofree char *number = g_strdup_printf ("%u", tai_page_get_n_pages (page));
    g_autofree char *output = papers_run ("pdftotext", "-f", number, "-l", number, path, "-", NULL);
    g_autofree char *last = output != NULL ? papers_squeeze (output) : NULL;

    if (last == NULL)
      return;
    for (guint i = 0; i < 3; i++) {
      static const char *const words[] = {"以上内容本人已经阅读", "客户签名", "营业员签名"};
      g_assert_nonnull (strstr (last, words[i]));
    }
    g_test_message ("%u lines: %s", cases[c][0], number);
    g_assert_cmpuint (tai_page_get_n_pages (page), ==, cases[c][1]);
  }
}

/* --- Limits, hostile text ---------------------------------------------------------------------------------------------- */

static void
test_pages_have_ends (void)
{
  g_autoptr (TaiDocument) doc = sample_receipt_zh ();
  g_autoptr (TaiPage) page = tai_page_new (doc, TAI_PAPER_80MM);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (tai_page_get_n_pages (page), ==, 1);
  g_assert_null (tai_page_render_png (page, 1, &error));
  g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_PAGE);
  g_clear_error (&error);
  g_assert_null (tai_page_render_image (page, 7, &error));
  g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_PAGE);
}

static void
test_default_papers (void)
{
  g_autoptr (TaiDocument) receipt = sample_receipt_en (), form = sample_form_zh (),
                          report = sample_report_zh (1);

  g_assert_cmpint (tai_page_get_default_paper (receipt), ==, TAI_PAPER_80MM);
  g_assert_cmpint (tai_page_get_default_paper (form), ==, TAI_PAPER_A4);
  g_assert_cmpint (tai_page_get_default_paper (report), ==, TAI_PAPER_A4);
}

static void
test_hostile_text (void)
{
  static const char *const texts[] = {"",
                                      "\x1b[2J\x07",
                                      "שלום 128.00 עולם",
                                      "\342\200\256"
                                      "00.821",
                                      "👨‍👩‍👧 😀",
                                      "e\314\201\314\202\314\203",
                                      "\356\200\200\363\260\200\200",
                                      "\n\n\n",
                                      "<b>not markup</b> & co",
                                      "𠮷㐂䶮"};
  g_autofree char *word = g_strnfill (TAI_DOCUMENT_MAX_TEXT, 'W');
  g_autofree char *lines = g_strnfill (TAI_DOCUMENT_MAX_TEXT, '\n');
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_FORM, word, "zh_CN");

  for (guint i = 0; i < G_N_ELEMENTS (texts) + 2; i++) {
    const char *text = i < G_N_ELEMENTS (texts) ? texts[i] : i == G_N_ELEMENTS (texts) ? word : lines;
    const char *cells[] = {text, text, text, text, text, text, text, text};

    tai_document_add_text (doc, i, text);
    tai_document_add_pair (doc, TAI_STYLE_LARGE, text, text);
    tai_document_add_row (doc, 0, 1 + i % 8, cells, NULL, i);
    tai_document_add_field (doc, text);
    tai_document_add_qr (doc, text, text);
  }
  for (TaiPaper paper = TAI_PAPER_A4; paper <= TAI_PAPER_80MM; paper++) {
    g_autofree char *path = papers_render_pdf (doc, paper, "hostile.pdf");

    assert_pdf_says (path, "<b>notmarkup</b>&co", "?[2J?", NULL);
  }
}

/* Direction overrides are gone: an amount stands as it was written. */
static void
test_no_turned_amounts (void)
{
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_FORM, "t", "en");
  g_autofree char *path = NULL;

  tai_document_add_text (doc, 0,
                         "pay \342\200\256"
                         "128.00\342\200\254 now");
  tai_document_add_text (doc, 0,
                         "\342\201\247"
                         "640.50\342\201\251");
  path = papers_render_pdf (doc, TAI_PAPER_A4, "turned.pdf");
  assert_pdf_says (path, "pay128.00now", "640.50", NULL);
}

/* A roll of two thousand blocks is longer than a picture may be: it becomes several, none is lost. */
static void
test_longest_roll (void)
{
  g_autoptr (TaiDocument) doc = sample_report_zh (TAI_DOCUMENT_MAX_BLOCKS);
  g_autoptr (TaiPage) page = tai_page_new (doc, TAI_PAPER_58MM);
  g_autoptr (TaiPage) a4 = tai_page_new (doc, TAI_PAPER_A4);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (tai_page_get_n_pages (page), >, 1);
  for (guint i = 0; i < tai_page_get_n_pages (page); i++) {
    g_autoptr (TaiImage) image = tai_page_render_image (page, i, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (image->height, <=, 32767);
  }
  g_assert_cmpuint (tai_page_get_n_pages (a4), >, 30);

  g_autofree char *path = papers_render_pdf (doc, TAI_PAPER_A4, "long.pdf");
  assert_pdf_says (path, "A-20261122-001996", "（内容超出限额，未完整打印）", NULL);
}

/* A payload that no code on this paper can hold is written out. */
static void
test_wide_qr (void)
{
  g_autofree char *payload = g_strnfill (505, 'k');
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "t", "en");
  g_autofree char *path = NULL;

  tai_document_add_qr (doc, payload, "caption");
  path = papers_render_pdf (doc, TAI_PAPER_58MM, "wide-qr.pdf");
  assert_pdf_says (path, payload, "caption", NULL);
}

/* --- The port ---------------------------------------------------------------------------------------------------------- */

static gboolean
is_dark (const TaiImage *image, guint x, guint y)
{
  const guint8 *pixel = (const guint8 *)g_bytes_get_data (image->pixels, NULL) + y * image->stride + 4 * x;

  g_assert_cmpuint (pixel[3], ==, 0xff);
  return pixel[0] + pixel[1] + pixel[2] < 3 * 128;
}

static void
test_preview_document (void)
{
  g_autoptr (TaiPreview) preview = tai_page_preview_new (-1);
  g_autoptr (TaiPreview) narrow = tai_page_preview_new (TAI_PAPER_58MM);
  g_autoptr (TaiDocument) receipt = sample_receipt_zh (), form = sample_form_zh ();
  g_autoptr (GError) error = NULL;
  guint n_pages = 0, ink = 0;
  g_autoptr (TaiImage) image = tai_preview_draw_document (preview, form, 0, &n_pages, &error);
  g_autoptr (TaiImage) roll = NULL;
  g_autoptr (TaiImage) thin = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (n_pages, ==, 1);
  g_assert_cmpuint (image->width, ==, 1678);
  g_assert_cmpuint (image->height, ==, 2374);
  roll = tai_preview_draw_document (preview, receipt, 0, NULL, &error);
  g_assert_cmpuint (roll->width, ==, 576);
  thin = tai_preview_draw_document (narrow, receipt, 0, NULL, &error);
  g_assert_cmpuint (thin->width, ==, 384);
  for (guint y = 0; y < thin->height; y++)
    for (guint x = 0; x < thin->width; x++)
      ink += is_dark (thin, x, y);
  g_assert_cmpuint (ink, >, thin->width * thin->height / 40);
  g_assert_null (tai_preview_draw_document (preview, receipt, 9, &n_pages, &error));
  g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_PAGE);
  g_assert_cmpuint (n_pages, ==, 1);
}

static void
test_preview_qr (void)
{
  g_autoptr (TaiPreview) preview = tai_page_preview_new (-1);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiImage) image = tai_preview_draw_qr (preview, SAMPLE_QR_URL, 300, &error);
  g_autoptr (TaiImage) tiny = NULL;
  g_autoptr (GString) pgm = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  g_autofree char *long_payload = g_strnfill (3000, 'x');

  g_assert_no_error (error);
  g_assert_cmpuint (image->width, ==, 45 * 6); /* version 5 and its quiet zone */
  g_assert_cmpuint (image->height, ==, image->width);
  pgm = g_string_new (NULL);
  g_string_printf (pgm, "P5\n%u %u\n255\n", image->width, image->height);
  for (guint y = 0; y < image->height; y++)
    for (guint x = 0; x < image->width; x++)
      g_string_append_c (pgm, is_dark (image, x, y) ? 0 : (char)0xff);
  bytes = g_bytes_new (pgm->str, pgm->len);
  path = papers_save (bytes, "preview-qr.pgm");
  assert_scans (path, SAMPLE_QR_URL);

  tiny = tai_preview_draw_qr (preview, SAMPLE_QR_URL, 1, &error);
  g_assert_cmpuint (tiny->width, ==, 45);
  g_assert_null (tai_preview_draw_qr (preview, long_payload, 300, &error));
  g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_QR_TOO_LONG);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/page/receipt-papers", test_receipt_papers);
  g_test_add_func ("/printing/page/receipt-pdf", test_receipt_pdf);
  g_test_add_func ("/printing/page/form", test_form);
  g_test_add_func ("/printing/page/qr-from-pdf", test_qr_from_pdf);
  g_test_add_func ("/printing/page/report-pages", test_report_pages);
  g_test_add_func ("/printing/page/signed-page", test_signed_page);
  g_test_add_func ("/printing/page/pages-have-ends", test_pages_have_ends);
  g_test_add_func ("/printing/page/default-papers", test_default_papers);
  g_test_add_func ("/printing/page/hostile-text", test_hostile_text);
  g_test_add_func ("/printing/page/no-turned-amounts", test_no_turned_amounts);
  g_test_add_func ("/printing/page/longest-roll", test_longest_roll);
  g_test_add_func ("/printing/page/wide-qr", test_wide_qr);
  g_test_add_func ("/printing/page/preview-document", test_preview_document);
  g_test_add_func ("/printing/page/preview-qr", test_preview_qr);
  result = g_test_run ();
  font_caches_drop ();
  return result;
}
