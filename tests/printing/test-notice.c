/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Templates on paper: the notice in large letters, measured; words that are there for one business only; what has no value.
 */
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "papers.h"
#include "sales.h"
#include "shipped-paperwork.h"
#include "surroundings.h"
#include "tai-plain-text.h"

#define A4_COLUMNS 88
/* 4 mm in points of 1/72 inch. */
#define LETTER_POINTS (4.0 * 72 / 25.4)
/* 4 mm in dots of 203 an inch. */
#define LETTER_DOTS 32

static void
assert_has (const char *text, const char *what)
{
  if (strstr (text, what) == NULL)
    g_error ("\"%s\" is missing in\n%s", what, text);
}

static void
assert_has_not (const char *text, const char *what)
{
  if (strstr (text, what) != NULL)
    g_error ("\"%s\" is in\n%s", what, text);
}

static TaiDocument *
write_notice (const Sale *sale)
{
  g_autoptr (TaiPaperwork) paperwork = shipped_paperwork ();

  return tai_paperwork_notice (paperwork, &sale->sale);
}

/* Each size of type on the PDF, as poppler sees it (a whole number of points). */
static void
assert_letters (const char *pdf)
{
  g_autofree char *xml = papers_run ("pdftohtml", "-xml", "-stdout", "-zoom", "1", "-i", pdf, NULL);
  guint n = 0;

  for (const char *p = xml; p != NULL && (p = strstr (p, "<fontspec")) != NULL; p++, n++) {
    const char *size = strstr (p, "size=\"");

    g_assert_nonnull (size);
    g_assert_cmpint (atoi (size + strlen ("size=\"")), >=, (int)(LETTER_POINTS + 0.5));
  }
  g_assert_true (xml == NULL || n > 0);
}

static void
assert_one_page (TaiDocument *notice, const char *name)
{
  g_autofree char *pdf = papers_render_pdf (notice, TAI_PAPER_A4, name);
  g_autofree char *info = papers_run ("pdfinfo", pdf, NULL);

  g_assert_cmpint (tai_page_get_default_paper (notice), ==, TAI_PAPER_A4);
  if (info != NULL)
    assert_has (info, "Pages:           1\n");
  assert_letters (pdf);
}

static void
test_family (void)
{
  static const char *const languages[] = {"zh_CN", "en"};
  static const char *const says[][6] = {
      {"今天办了什么", "开户  194 0000 1234", "畅享59套餐", "头 6 个月每月 ¥41.30，满了以后每月 ¥59.00。",
       "每月都收，收到您来停为止。", "随时能停"},
      {"Done today", "New line  194 0000 1234", "¥59.00", "¥41.30 a month for 6 months, then ¥59.00.",
       "Each month, until you stop it.", "Bring your ID"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autoptr (Sale) sale = sale_family (languages[i], FALSE);
    g_autoptr (TaiDocument) notice = write_notice (sale);
    g_autofree char *text = tai_plain_text_render (notice, A4_COLUMNS);
    g_autofree char *name = g_strdup_printf ("notice-%s.pdf", languages[i]);
    g_autofree char *picture = g_strdup_printf ("notice-%s.png", languages[i]);

    for (guint j = 0; j < G_N_ELEMENTS (says[i]); j++)
      assert_has (text, says[i][j]);
    assert_has (text, "10099");
    assert_has (text, "69.00"); /* together a month */
    assert_has_not (text, SALE_NAME);
    assert_has_not (text, "{");
    assert_one_page (notice, name);
    g_free (papers_render_png (notice, TAI_PAPER_A4, 0, picture));
  }
}

static void
test_nothing_monthly (void)
{
  g_autoptr (Sale) sale = sale_top_up ("zh_CN", TRUE);
  g_autoptr (TaiDocument) notice = write_notice (sale);
  g_autofree char *text = tai_plain_text_render (notice, A4_COLUMNS);

  assert_has (text, "今天办的没有每月费用");
  assert_has_not (text, "怎么办");
  assert_one_page (notice, "notice-top-up.pdf");
}

/* Any order: long names, many orders, no helpline; one page, no letter below 4 mm. */
static void
test_any_order (void)
{
  for (guint n = 1; n <= 40; n = n * 2 + 1) {
    g_autoptr (Sale) sale = sale_new (n % 4 == 1 ? "en" : "zh_CN", n % 4 == 3);
    g_autoptr (TaiDocument) notice = NULL;
    TaiOffering *service = sale_offer (
        sale, "long", "亲情关怀视频会员与国际漫游流量及固定电话宽带融合尊享包月服务（含老年人防诈骗提醒）",
        TAI_OFFERING_SERVICE, TAI_PRICE_RECURRING, 123456);

    g_assert_nonnull (service);
    for (guint i = 0; i < n; i++)
      sale_add (sale, "new_line", "19400001234", "plan59,long,off30");
    sale_pay_cash (sale, 10000000);
    sale_capture (sale);
    notice = write_notice (sale);
    assert_one_page (notice, "notice-any.pdf");
    g_free (papers_render_png (notice, TAI_PAPER_A4, 0, "notice-any.png"));
  }
}

/* The smallest letter there is, in dots of ink: a character that fills its square. */
static void
test_ink (void)
{
  g_autoptr (TaiDocument) notice = tai_document_new (TAI_DOCUMENT_NOTICE, "", "zh_CN");
  g_autoptr (TaiPage) page = NULL;
  g_autoptr (TaiImage) image = NULL;
  guint first = 0, last = 0;
  const guint8 *pixels;

  tai_document_add_text (notice, TAI_STYLE_SMALL, "国");
  for (guint i = 0; i < 28; i++) /* so that only the smallest type has room */
    tai_document_add_text (notice, 0, " ");
  page = tai_page_new (notice, TAI_PAPER_A4);
  image = tai_page_render_image (page, 0, NULL);
  pixels = g_bytes_get_data (image->pixels, NULL);
  for (guint y = 0; y < image->height / 4; y++)
    for (guint x = 0; x < image->width; x++)
      if (pixels[y * image->stride + 4 * x] < 128) {
        first = first ? first : y;
        last = y;
      }
  g_assert_cmpuint (last + 1 - first, >=, LETTER_DOTS);
}

/* Another business, other words: another section of the data. */
static void
test_conditions (void)
{
  g_autoptr (TaiTemplate) notice = shipped_template (TAI_TEMPLATE_NOTICE, NULL, NULL);
  g_autoptr (TaiTemplate) form = shipped_template (
      TAI_TEMPLATE_FORM, "{\"fees\": true},",
      "{\"fees\": true}, {\"text\": \"SUSPENDED\", \"when\": \"business:suspend\"}, "
      "{\"text\": \"NEW\", \"when\": \"business:new_line\"}, {\"text\": \"NOT NEW\", \"when\": \"!business:new_line\"}, "
      "{\"text\": \"{{HALL} {hall}\", \"when\": \"field:hall\"}, {\"text\": \"{customer}\"},");
  g_autoptr (TaiPaperwork) paperwork = tai_hall_paperwork_new (form, notice);
  g_autoptr (Sale) sale = sale_new ("zh_CN", FALSE);
  g_autoptr (TaiDocument) doc = NULL, other = NULL;
  g_autofree char *text = NULL, *other_text = NULL;

  sale_add (sale, "suspend", "19400001234", "");
  sale_capture (sale);
  doc = tai_paperwork_form (paperwork, &sale->sale);
  text = tai_plain_text_render (doc, A4_COLUMNS);
  assert_has (text, "\nSUSPENDED\nNOT NEW\n{HALL} 中山路营业厅\n");
  sale_add (sale, "new_line", "19400001235", "plan59");
  sale_capture (sale);
  other = tai_paperwork_form (paperwork, &sale->sale);
  other_text = tai_plain_text_render (other, A4_COLUMNS);
  assert_has (other_text, "\nSUSPENDED\nNEW\n{HALL}");
  assert_has_not (other_text, "NOT NEW");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice/family", test_family);
  g_test_add_func ("/notice/nothing-monthly", test_nothing_monthly);
  g_test_add_func ("/notice/any-order", test_any_order);
  g_test_add_func ("/notice/ink", test_ink);
  g_test_add_func ("/template/conditions", test_conditions);
  status = g_test_run ();
  font_caches_drop ();
  return status;
}
