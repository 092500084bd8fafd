/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bills on A4 and on the roll, in both languages: figures, order, columns, limits. */
#include <gio/gio.h>
#include <string.h>

#include "tai-escpos-reader.h"
#include "papers.h"
#include "sales.h"
#include "shipped-paperwork.h"
#include "surroundings.h"
#include "tai-bill-paper.h"
#include "tai-escpos.h"
#include "tai-plain-text.h"

#define ROLL_COLUMNS 48
#define A4_COLUMNS   88
#define MINUTE_US    (60 * G_USEC_PER_SEC)
#define CNY(fen)     tai_money (fen, TAI_CNY)

static TaiBillPaper *
bill (gboolean chinese, guint n_records)
{
  TaiBillPaper *self = tai_bill_paper_new ("13800138000", "2026-10");
  TaiBillPaperGroup *group = tai_bill_paper_add_group (self, chinese ? "套餐费" : "Plans");

  tai_bill_paper_add_item (group, chinese ? "畅享59套餐" : "Unlimited 59", NULL, CNY (5900));
  tai_bill_paper_add_item (group, chinese ? "来电显示" : "Caller display", NULL, CNY (1000));
  group = tai_bill_paper_add_group (self, chinese ? "套餐外" : "Beyond the plan");
  tai_bill_paper_add_item (group, chinese ? "国内通话" : "Calls", chinese ? "123 分钟" : "123 min",
                           CNY (1845));
  tai_bill_paper_add_item (group, chinese ? "国内流量" : "Data", "3.25 GB", CNY (975));
  group = tai_bill_paper_add_group (self, chinese ? "优惠" : "Discounts");
  tai_bill_paper_add_item (group, chinese ? "老客户七折" : "30 % off", NULL, CNY (-1770));
  for (guint i = 0; i < n_records; i++)
    tai_bill_paper_add_record (self, SALE_TIME_US + (gint64)i * 37 * MINUTE_US,
                               i % 3 ? (chinese ? "主叫" : "Call") : (chinese ? "短信" : "SMS"),
                               "139****1234", i % 3 ? (chinese ? "3分20秒" : "3:20") : NULL,
                               CNY (i % 3 ? 60 : 10));
  self->customer_mask = g_strdup ("张*");
  self->from = g_strdup ("2026-10-01");
  self->until = g_strdup ("2026-10-31");
  self->total = CNY (7950);
  self->arrears = CNY (1230);
  self->to_pay = CNY (9180);
  self->due = g_strdup ("2026-11-25");
  return self;
}

static TaiDocument *
write_bill (const char *language, const TaiBillPaper *paper, gboolean on_roll)
{
  g_autoptr (Sale) hall = sale_new (language, FALSE);
  g_autoptr (TaiPaperwork) paperwork = shipped_paperwork ();

  return tai_paperwork_bill (paperwork, hall->terminal, paper, SALE_TIME_US, on_roll);
}

static void
assert_order (const char *text, const char *const *phrases)
{
  const char *from = text;

  for (guint i = 0; phrases[i] != NULL; i++) {
    const char *found = strstr (from, phrases[i]);

    if (found == NULL)
      g_error ("\"%s\" is missing or too early in\n%s", phrases[i], text);
    from = found + strlen (phrases[i]);
  }
}

static void
test_figures (void)
{
  static const char *const chinese[] = {"话费账单及详单",
                                        "138 0013 8000",
                                        "2026-10",
                                        "2026-10-01 – 2026-10-31",
                                        "张*",
                                        "本月合计",
                                        "¥79.50",
                                        "往月欠费",
                                        "¥12.30",
                                        "应缴",
                                        "¥91.80",
                                        "人民币玖拾壹元捌角",
                                        "请在此日前缴清",
                                        "2026-11-25",
                                        "套餐费",
                                        "69.00",
                                        "畅享59套餐",
                                        "59.00",
                                        "套餐外",
                                        "28.20",
                                        "123 分钟",
                                        "18.45",
                                        "优惠",
                                        "-17.70",
                                        "本月合计",
                                        "79.50",
                                        "详单",
                                        "11-21 09:05",
                                        "短信",
                                        "139****1234",
                                        "0.10",
                                        "11-21 09:42",
                                        "主叫",
                                        "3分20秒",
                                        "0.60",
                                        "10099",
                                        NULL};
  static const char *const english[] = {"Bill with records",
                                        "138 0013 8000",
                                        "This month",
                                        "¥79.50",
                                        "Open from before",
                                        "¥12.30",
                                        "To pay",
                                        "¥91.80",
                                        "Please pay by",
                                        "2026-11-25",
                                        "Plans",
                                        "Beyond the plan",
                                        "28.20",
                                        "Records",
                                        "11-21 09:05",
                                        "SMS",
                                        "Help line 10099",
                                        NULL};

  for (guint on_roll = 0; on_roll < 2; on_roll++)
    for (guint i = 0; i < 2; i++) {
      g_autoptr (TaiBillPaper) paper = bill (i == 0, 12);
      g_autoptr (TaiDocument) doc = write_bill (i == 0 ? "zh_CN" : "en", paper, on_roll);
      g_autofree char *text = tai_plain_text_render (doc, on_roll ? ROLL_COLUMNS : A4_COLUMNS);
      g_autofree char *name =
          g_strdup_printf ("bill-%s-%s.png", i == 0 ? "zh" : "en", on_roll ? "80mm" : "a4");

      assert_order (text, i == 0 ? chinese : english);
      g_assert_cmpint (tai_page_get_default_paper (doc), ==, on_roll ? TAI_PAPER_80MM : TAI_PAPER_A4);
      g_free (papers_render_png (doc, on_roll ? TAI_PAPER_80MM : TAI_PAPER_A4, 0, name));
    }
}

/* On the roll each record is one line whose amount ends at the right edge. */
static void
test_columns (void)
{
  g_autoptr (TaiBillPaper) paper = bill (TRUE, 20);
  g_autoptr (TaiDocument) doc = write_bill ("zh_CN", paper, TRUE);
  g_autoptr (TaiEscpos) escpos = tai_escpos_new (tai_escpos_profile_find ("80mm"), NULL);
  g_autoptr (GBytes) bytes = tai_escpos_encode (escpos, doc);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = tai_escpos_read_bytes (bytes, ROLL_COLUMNS, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++) {
    const TaiEscposItem *item = g_ptr_array_index (items, i);

    if (item->type != TAI_ESCPOS_ITEM_LINE || !g_str_has_prefix (item->text, "11-2"))
      continue;
    g_assert_cmpuint (item->columns, ==, ROLL_COLUMNS);
    n++;
  }
  g_assert_cmpuint (n, ==, 20);
}

static void
test_nothing_open (void)
{
  g_autoptr (TaiBillPaper) paper = bill (TRUE, 0);
  g_autoptr (TaiDocument) doc = NULL;
  g_autofree char *text = NULL;

  paper->arrears = (TaiMoney){0};
  paper->to_pay = CNY (0);
  doc = write_bill ("zh_CN", paper, FALSE);
  text = tai_plain_text_render (doc, A4_COLUMNS);
  g_assert_nonnull (strstr (text, "话费账单\n"));
  g_assert_nonnull (strstr (text, "¥0.00"));
  g_assert_null (strstr (text, "详单"));
  g_assert_null (strstr (text, "欠费")); /* not known is not none */
  g_assert_null (strstr (text, "缴清"));
}

/* A month of thousands of calls: what fits, how many are missing, and still its end. */
static void
test_too_many (void)
{
  g_autoptr (TaiBillPaper) paper = bill (TRUE, 5000);
  g_autoptr (TaiDocument) doc = write_bill ("zh_CN", paper, FALSE);
  g_autofree char *text = tai_plain_text_render (doc, A4_COLUMNS);

  g_assert_false (tai_document_is_truncated (doc));
  g_assert_nonnull (strstr (text, "还有3400条没有印出"));
  g_assert_nonnull (strstr (text, "客服热线 10099"));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bill/figures", test_figures);
  g_test_add_func ("/bill/columns", test_columns);
  g_test_add_func ("/bill/nothing-open", test_nothing_open);
  g_test_add_func ("/bill/too-many", test_too_many);
  status = g_test_run ();
  font_caches_drop ();
  return status;
}
