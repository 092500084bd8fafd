/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The papers of the till and the refusal slip, read as a supervisor and a refused customer read them. */
#include <string.h>

#include "papers.h"
#include "surroundings.h"
#include "tai-plain-text.h"
#include "tai-refusal-slip.h"
#include "tai-till-paper.h"

#define TIME_US G_GINT64_CONSTANT (1795223109000000) /* 2026-11-21T01:05:09Z */
#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define HEAD    "00112233445566778899aabbccddeeff00112233445566778899aabbccddee0f"

static TaiTerminal
terminal (const char *language)
{
  return (TaiTerminal){.id = (char *)"H017T2",
                       .desk = (char *)"3",
                       .till = (char *)"T2",
                       .klass = (char *)"production",
                       .hall_name = (char *)(language[0] == 'z' ? "中山路营业厅" : "Zhongshan Road Hall"),
                       .utc_offset_min = 480,
                       .currency = TAI_CNY,
                       .language = (char *)language,
                       .hotline = (char *)"10099"};
}

static TaiMoney
cny (gint64 fen)
{
  return tai_money (fen, TAI_CNY);
}

static TaiShift
shift (TaiShiftState state, gint64 expected, gint64 counted)
{
  return (TaiShift){.till = (char *)"T2",
                    .clerk = (char *)"1042",
                    .business_day = (char *)"2026-11-21",
                    .state = state,
                    .opened_us = TIME_US,
                    .closed_us = TIME_US + 8 * HOUR_US,
                    .float_amount = cny (50000),
                    .expected = cny (expected),
                    .counted = cny (counted),
                    .z_number = 12};
}

/* A report with lines of two clerks; lists are freed by the caller. */
static TaiTillReport
report (TaiReportLine *lines, guint n_business, guint n_tender)
{
  TaiTillReport self = {.business_day = (char *)"2026-11-21",
                        .drawer_expected = cny (110000),
                        .refund_due = cny (12000),
                        .n_orders = 12,
                        .n_payments = 9,
                        .n_reprints = 1,
                        .n_unsent = 3,
                        .n_in_doubt = 2,
                        .n_quarantined = 1,
                        .oldest_unsent_us = TIME_US,
                        .journal_head = HEAD,
                        .journal_seq = 4711};

  self.by_business = g_ptr_array_new ();
  self.by_tender = g_ptr_array_new ();
  self.by_event = g_ptr_array_new ();
  self.by_quarter = g_ptr_array_new ();
  self.shifts = g_ptr_array_new ();
  for (guint i = 0; i < n_business; i++)
    g_ptr_array_add (self.by_business, &lines[i]);
  for (guint i = 0; i < n_tender; i++)
    g_ptr_array_add (self.by_tender, &lines[n_business + i]);
  return self;
}

static void
report_clear (TaiTillReport *self)
{
  g_ptr_array_unref (self->by_business);
  g_ptr_array_unref (self->by_tender);
  g_ptr_array_unref (self->by_event);
  g_ptr_array_unref (self->by_quarter);
  g_ptr_array_unref (self->shifts);
}

#define LINE(of, sold, paid, times, ...)                                                                     \
  {                                                                                                          \
    .clerk = of, .business = sold, .tender = paid, .count = times, .amount = __VA_ARGS__                     \
  }

static TaiReportLine lines[] = {
    LINE ((char *)"1042", (char *)"top_up", NULL, 5, {25000, TAI_CNY}),
    LINE ((char *)"1042", (char *)"new_line", NULL, 4, {48000, TAI_CNY}),
    LINE ((char *)"1077", (char *)"top_up", NULL, 3, {15000, TAI_CNY}),
    LINE ((char *)"1077", (char *)"refund", NULL, 1, {-3000, TAI_CNY}),
    LINE ((char *)"1042", NULL, (char *)"cash", 6, {60000, TAI_CNY}),
    LINE ((char *)"1042", NULL, (char *)"qr", 3, {28000, TAI_CNY}),
    LINE ((char *)"1077", NULL, (char *)"cash", 1, {-3000, TAI_CNY}),
};

/* Laid out, runs of blanks made one. */
static char *
read_paper (TaiDocument *document, guint columns)
{
  char *text = tai_plain_text_render (document, columns), *to = text;

  g_assert_false (tai_document_is_truncated (document));
  tai_document_unref (document);
  for (const char *from = text; *from; from++)
    if (*from != ' ' || (to > text && to[-1] != ' ' && to[-1] != '\n'))
      *to++ = *from;
  *to = '\0';
  return text;
}

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
    g_error ("\"%s\" stands in\n%s", what, text);
}

static gboolean
has_chinese (const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

static void
test_slip (void)
{
  TaiTerminal place = terminal ("zh_CN");
  TaiTillReport facts = report (lines, 4, 3);
  TaiShift closed = shift (TAI_SHIFT_CLOSED, 110000, 107000);
  g_autofree char *text =
      read_paper (tai_till_paper_slip (&place, &facts, &closed, TIME_US + 9 * HOUR_US, TRUE), 32);
  static const char *const wanted[] = {
      "日扎账单\n",
      "扎账号 12\n",
      "营业日 2026-11-21\n",
      "工号 1042\n",
      "开班 2026-11-21 09:05\n",
      "扎账 2026-11-21 17:05\n",
      "打印 2026-11-21 18:05\n",
      "备用金 ¥500.00\n",
      "应有现金 ¥1100.00\n",
      "实点现金 ¥1070.00\n",
      "短款 ¥30.00\n",
      "充值 ×8 400.00\n",
      "开户 ×4 480.00\n",
      "营业额（毛额） ¥850.00\n",
      "净额 ¥850.00\n",
      "退费 ×1 -30.00\n",
      "现金 ×7 570.00\n",
      "扫码支付 ×3 280.00\n",
      "待上传 3\n",
      "最早一笔 2026-11-21 09:05\n",
      "待核实 2\n",
      "异常单 1\n",
      "待退费 ¥120.00\n",
      "补打 1\n",
      "营业员签名：",
      "值班长签名：",
      "流水账校验 第4711条\n",
      "00112233 44556677 8899aabb\nccddeeff",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    assert_has (text, wanted[i]);
  report_clear (&facts);
}

static void
test_slip_difference (void)
{
  TaiTerminal place = terminal ("zh_CN");
  TaiTillReport facts = report (lines, 0, 0);
  TaiShift over = shift (TAI_SHIFT_CLOSED, 110000, 110001), even = shift (TAI_SHIFT_CLOSED, 110000, 110000);
  g_autofree char *over_text = NULL, *even_text = NULL;

  facts.n_unsent = facts.n_in_doubt = facts.n_quarantined = facts.oldest_unsent_us = 0;
  facts.refund_due = cny (0);
  over_text = read_paper (tai_till_paper_slip (&place, &facts, &over, TIME_US, TRUE), 32);
  even_text = read_paper (tai_till_paper_slip (&place, &facts, &even, TIME_US, TRUE), 32);
  assert_has (over_text, "长款 ¥0.01\n");
  assert_has (even_text, "长短款 ¥0.00\n");
  assert_has (even_text, "未了事项\n--------------------------------\n都已了结\n");
  assert_has (even_text, "按业务\n--------------------------------\n没有\n");
  assert_has_not (even_text, "待上传");
  report_clear (&facts);
}

/* Who still has to count must not read what should come out. */
static void
test_preview_is_blind (void)
{
  TaiTerminal place = terminal ("zh_CN");
  TaiTillReport facts = report (lines, 4, 3);
  TaiShiftState states[] = {TAI_SHIFT_OPENING, TAI_SHIFT_OPEN, TAI_SHIFT_COUNTING};

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    TaiShift open = shift (states[i], 110000, 0);
    g_autofree char *text = read_paper (tai_till_paper_slip (&place, &facts, &open, TIME_US, TRUE), 32);

    assert_has (text, "扎账预览\n");
    assert_has (text, "扎账 未扎账\n");
    assert_has (text, "待上传 3\n");
    assert_has_not (text, "1100.00");
    assert_has_not (text, "500.00");
    assert_has_not (text, "570.00");
    assert_has_not (text, "850.00");
    assert_has_not (text, "扎账号");
    assert_has_not (text, "短款");
  }
  report_clear (&facts);
}

static TaiReportLine events[] = {
    {.clerk = (char *)"1042", .event = (char *)"refund", .count = 2, .amount = {6000, TAI_CNY}},
    {.clerk = (char *)"1077", .event = (char *)"reprint", .count = 1, .amount = {0, TAI_CNY}},
    {.clerk = (char *)"1077", .event = (char *)"drawer_opened", .count = 3, .amount = {0, TAI_CNY}},
    {.clerk = (char *)"1077", .event = (char *)"override", .count = 1, .amount = {50000, TAI_CNY}},
    {.clerk = (char *)"1077",
     .event = (char *)"dance",
     .count = 9,
     .amount = {0, TAI_CNY}}, /* a newer version's */
};
static TaiReportLine quarters[] = {
    {.quarter = (TIME_US + 8 * HOUR_US) / TAI_REPORT_QUARTER_US, .count = 1, .amount = {500, TAI_CNY}},
    {.quarter = TIME_US / TAI_REPORT_QUARTER_US, .count = 1, .amount = {2800, TAI_CNY}},
    {.quarter = TIME_US / TAI_REPORT_QUARTER_US + 2, .count = 1, .amount = {10000, TAI_CNY}},
};

static void
add_events (TaiTillReport *facts)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    g_ptr_array_add (facts->by_event, &events[i]);
  for (guint i = 0; i < G_N_ELEMENTS (quarters); i++)
    g_ptr_array_add (facts->by_quarter, &quarters[i]);
  facts->place = (char *)"T2";
  facts->n_terminals = 1;
  facts->as_of_us = TIME_US + 9 * HOUR_US;
  facts->utc_offset_min = 480;
}

static void
test_report (void)
{
  TaiTerminal place = terminal ("zh_CN");
  TaiTillReport facts = report (lines, 4, 3);
  TaiShift closed = shift (TAI_SHIFT_CLOSED, 110000, 107000), open = shift (TAI_SHIFT_OPEN, 0, 0);
  TaiDocument *paper;
  g_autofree char *text = NULL;
  static const char *const wanted[] = {
      "营业日报\n",
      "工号 业务 笔数 金额\n",
      "1042 充值 5 250.00\n",
      "1077 充值 3 150.00\n",
      "1077 退费 1 -30.00\n",
      "合计 13 850.00\n",
      "工号 笔数 金额 退费 返销 补打 空开钱箱 现场授权\n",
      "1042 9 730.00 2 / 60.00 0 0 0 0\n",
      "1077 4 120.00 0 0 1 3 1 / 500.00\n",
      "合计 13 850.00 2 / 60.00 0 1 3 1 / 500.00\n",
      "09:00 2 128.00\n",
      "营业额（毛额） ¥850.00\n",
      "退费 ¥60.00\n",
      "净额 ¥790.00\n",
      "17:00 1 5.00\n",
      "数据来自本终端（钱箱 T2），截至 2026-11-21 18:05\n",
      "1042 扫码支付 3 280.00\n",
      "合计 10 850.00\n",
      "钱箱应有现金 ¥1100.00\n",
      "T2 1042 09:05 17:05 500.00 1100.00 1070.00 -30.00\n",
      "T2 1042 09:05 未扎账 500.00\n",
      "待退费 ¥120.00\n",
      "值班长签名：",
      "00112233 44556677",
  };

  g_ptr_array_add (facts.shifts, &closed);
  g_ptr_array_add (facts.shifts, &open);
  add_events (&facts);
  paper = tai_till_paper_report (&place, &facts, TIME_US);
  g_assert_cmpint (tai_document_get_type_ (paper), ==, TAI_DOCUMENT_REPORT);
  text = read_paper (paper, 88);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    assert_has (text, wanted[i]);
  report_clear (&facts);
}

/* A month has its days, and its shifts name theirs; headquarters' figures say so. */
static void
test_month (void)
{
  TaiTerminal place = terminal ("zh_CN");
  TaiTillReport facts = report (lines, 4, 3);
  TaiShift closed = shift (TAI_SHIFT_CLOSED, 110000, 107000);
  TaiDayFigures day = {"2026-11-21", TRUE, {85000, TAI_CNY}, {0, 0}, {-3000, TAI_CNY}, 13, 10};
  g_autofree char *text = NULL;
  static const char *const wanted[] = {
      "营业月报\n",
      "月份 2026-11\n",
      "数据来自总部（H017，4 个终端），截至 2026-11-21 09:05\n",
      "2026-11-21 850.00 13 10 -30.00\n",
      "月份 2026-11-21 850.00 13 10 -30.00\n",
      "T2 1042 11-21 17:05 500.00 1100.00 1070.00 -30.00\n",
      "终端 笔数 金额 退费 返销 补打 空开钱箱 现场授权\n",
      "H017 13 850.00 0 0 0 0 0\n",
  };

  facts.business_day = (char *)"2026-11";
  facts.days = g_array_new (FALSE, FALSE, sizeof (TaiDayFigures));
  g_array_append_val (facts.days, day);
  facts.day = day;
  facts.is_from_hq = TRUE;
  facts.place = (char *)"H017";
  facts.n_terminals = 4;
  facts.as_of_us = TIME_US;
  g_ptr_array_add (facts.shifts, &closed);
  text = read_paper (tai_till_paper_report (&place, &facts, TIME_US), 88);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    assert_has (text, wanted[i]);
  g_array_unref (facts.days);
  report_clear (&facts);
}

/* Of a region: halls in the place of clerks, and how far headquarters' figures reach; what waits at a terminal is not told. */
static void
test_region (void)
{
  static TaiReportLine sold[] = {
      {.hall = (char *)"H017", .business = (char *)"top_up", .count = 5, .amount = {25000, TAI_CNY}},
      {.hall = (char *)"H018", .business = (char *)"top_up", .count = 3, .amount = {15000, TAI_CNY}},
      {.hall = (char *)"H017", .tender = (char *)"cash", .count = 5, .amount = {25000, TAI_CNY}},
      {.hall = (char *)"H018", .tender = (char *)"qr", .count = 3, .amount = {15000, TAI_CNY}},
  };
  TaiReportTerminal well = {(char *)"H017", (char *)"H017T2", TIME_US, 0};
  TaiReportTerminal gaps = {(char *)"H018", (char *)"H018T1", 0, 4};
  TaiTerminal place = terminal ("zh_CN");
  TaiTillReport facts = report (sold, 2, 2);
  g_autoptr (GPtrArray) terminals = g_ptr_array_new ();
  g_autofree char *text = NULL;
  static const char *const wanted[] = {
      "数据来自总部（4403，2 个终端），截至 2026-11-21 09:05\n",
      "营业厅 笔数 金额 退费 返销 补打 空开钱箱 现场授权\n",
      "H018 3 150.00 0 0 0 0 0\n",
      "营业厅 业务 笔数 金额\n",
      "H017 充值 5 250.00\n",
      "H018 扫码支付 3 150.00\n",
      "核对不符 2\n",
      "H017T2 最近联系 2026-11-21 09:05\n",
      "H018T1 最近联系 从未，缺 4 条记录\n",
  };

  g_ptr_array_add (terminals, &well);
  g_ptr_array_add (terminals, &gaps);
  facts.terminals = terminals;
  facts.n_findings = 2;
  facts.is_from_hq = TRUE;
  facts.place = (char *)"4403";
  facts.n_terminals = 2;
  facts.as_of_us = TIME_US;
  text = read_paper (tai_till_paper_report (&place, &facts, TIME_US), 88);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    assert_has (text, wanted[i]);
  assert_has_not (text, "待上传");
  assert_has_not (text, "都已了结");
  assert_has_not (text, "工号 笔数");
  report_clear (&facts);
}

static void
test_detail (void)
{
  TaiTerminal place = terminal ("zh_CN");
  TaiTillReport facts = report (lines, 4, 3);
  TaiShift closed = shift (TAI_SHIFT_CLOSED, 110000, 107000), blind = shift (TAI_SHIFT_OPEN, 0, 0);
  g_autoptr (TaiShiftMovement) sale = tai_shift_movement_new (TAI_MOVEMENT_SALE, TIME_US);
  g_autoptr (TaiShiftMovement) no_sale = tai_shift_movement_new (TAI_MOVEMENT_NO_SALE, TIME_US + HOUR_US);
  g_autoptr (GPtrArray) movements = g_ptr_array_new (), none = g_ptr_array_new (), all = g_ptr_array_new ();
  g_autofree char *text = NULL;

  sale->clerk = g_strdup ("1042");
  sale->operation = g_strdup ("top_up");
  sale->tender = g_strdup ("cash");
  sale->receipt_number = g_strdup ("H017-T2-A-20261121-0001");
  sale->amount = cny (5000);
  sale->balance = cny (55000);
  g_ptr_array_add (movements, sale);
  g_ptr_array_add (movements, no_sale);
  g_ptr_array_add (all, movements);
  g_ptr_array_add (all, none);
  g_ptr_array_add (facts.shifts, &closed);
  g_ptr_array_add (facts.shifts, &blind);
  facts.movements = all;
  text = read_paper (tai_till_paper_report (&place, &facts, TIME_US), 88);
  assert_has (text, "明细：钱箱 T2，工号 1042\n");
  assert_has (text, "09:05 充值 H017-T2-A-20261121-0001 1042 现金 50.00 550.00\n");
  assert_has (text, "10:05 空开钱箱");
  g_assert_null (strstr (strstr (text, "明细") + 1, "明细")); /* of the blind one none */
  report_clear (&facts);
}

/* For people to look at: the day with its detail, the close's slip, the preview. */
static void
test_seen (void)
{
  static const char *const languages[] = {"zh_CN", "en"};

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    TaiTerminal place = terminal (languages[i]);
    TaiTillReport facts = report (lines, 4, 3);
    TaiShift closed = shift (TAI_SHIFT_CLOSED, 110000, 107000), open = shift (TAI_SHIFT_OPEN, 0, 0);
    g_autoptr (TaiDocument) slip = NULL, preview = NULL, day = NULL;

    g_ptr_array_add (facts.shifts, &closed);
    g_ptr_array_add (facts.shifts, &open);
    add_events (&facts);
    slip = tai_till_paper_slip (&place, &facts, &closed, TIME_US + 9 * HOUR_US, TRUE);
    preview = tai_till_paper_slip (&place, &facts, &open, TIME_US + 9 * HOUR_US, TRUE);
    day = tai_till_paper_report (&place, &facts, TIME_US + 9 * HOUR_US);
    g_free (papers_show (slip, TAI_PAPER_58MM, "till-slip", languages[i]));
    g_free (papers_show (slip, TAI_PAPER_80MM, "till-slip", languages[i]));
    g_free (papers_show (preview, TAI_PAPER_80MM, "till-preview", languages[i]));
    g_free (papers_show (day, TAI_PAPER_A4, "report", languages[i]));
    report_clear (&facts);
  }
}

/* Nothing sold, nothing known, businesses of a newer version, sums that cannot be. */
static void
test_report_gaps (void)
{
  TaiTerminal place = terminal ("zh_CN");
  TaiTillReport empty = {.drawer_expected = {0, TAI_CNY}};
  TaiReportLine odd[] = {LINE (NULL, (char *)"dance", NULL, 1, {G_MAXINT64, TAI_CNY}),
                         LINE ((char *)"1042", (char *)"dance", NULL, 1, {1, TAI_CNY}),
                         LINE (NULL, NULL, (char *)"shells", 1, {5, TAI_CNY}),
                         LINE ((char *)"1042", NULL, (char *)"shells", 1, {5, 392})};
  TaiTillReport facts = report (odd, 2, 2);
  TaiShift closed = shift (TAI_SHIFT_CLOSED, 0, 0);
  g_autofree char *empty_text = read_paper (tai_till_paper_report (&place, &empty, TIME_US), 88);
  g_autofree char *empty_slip = read_paper (tai_till_paper_slip (&place, &empty, &closed, TIME_US, TRUE), 32);
  g_autofree char *text = read_paper (tai_till_paper_report (&place, &facts, TIME_US), 88);
  g_autofree char *slip = read_paper (tai_till_paper_slip (&place, &facts, &closed, TIME_US, TRUE), 32);

  assert_has (empty_text, "没有\n");
  assert_has (empty_text, "都已了结\n");
  assert_has_not (empty_text, "流水账");
  assert_has (empty_slip, "没有\n");
  assert_has (text, "dance 1 92233720368547758.07\n");
  assert_has (text, "合计 2 —\n");
  assert_has (slip, "dance ×2 —\n");
  assert_has (slip, "shells ×2 —\n");
  report_clear (&facts);
}

static void
test_english (void)
{
  TaiTerminal place = terminal ("en");
  TaiTillReport facts = report (lines, 4, 3);
  TaiShift closed = shift (TAI_SHIFT_CLOSED, 110000, 107000), open = shift (TAI_SHIFT_OPEN, 0, 0);
  g_autofree char *slip = NULL, *preview = NULL, *paper = NULL;

  g_ptr_array_add (facts.shifts, &closed);
  slip = read_paper (tai_till_paper_slip (&place, &facts, &closed, TIME_US, TRUE), 32);
  preview = read_paper (tai_till_paper_slip (&place, &facts, &open, TIME_US, TRUE), 32);
  paper = read_paper (tai_till_paper_report (&place, &facts, TIME_US), 88);
  g_assert_false (has_chinese (slip) || has_chinese (preview) || has_chinese (paper));
  assert_has (slip, "Short ¥30.00\n");
  assert_has (slip, "Cash ×7 570.00\n");
  assert_has (paper, "1077 Refund 1 -30.00\n");
  report_clear (&facts);
}

/* What is booked after the close stands on the slip in its own words, whatever it was; an event of a newer version has some as well. */
static void
test_supplements (void)
{
  static const struct {
    const char *event, *zh, *en;
  } cases[] = {{TAI_SUPPLEMENT_UPLOADED, "待上传的记录已全部上传", "All that waited is uploaded"},
               {"hq_refused", "总部未受理，转待退费", "Refused by headquarters, refund due"},
               {"hq_cancelled", "已撤单，转待退费", "Cancelled, refund due"},
               {"hq_undone", "已返销，转待退费", "Taken back, refund due"},
               {"refund_cash", "退费给客户", "Given back to the customer"},
               {"refund_part", "退费给客户", "Given back to the customer"},
               {"refund_by_slip", "凭退费单退给客户", "Given back elsewhere, with a slip"},
               {"refund_by_gateway", "原路退给客户", "Given back to what was paid with"},
               {"in_doubt", "付款待核实", "Payment to be verified"},
               {"doubt_succeeded", "待核实款项已到账", "Verified: the money came"},
               {"doubt_gone", "待核实款项未到账", "Verified: no money came"},
               {"dance", "其他入账", "Other booking"}};
  static const char *const languages[] = {"zh_CN", "en"};

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++) {
    TaiTerminal place = terminal (languages[i % 2]);
    TaiTillReport facts = report (lines, 4, 3);
    TaiShift closed = shift (TAI_SHIFT_CLOSED, 110000, 107000);
    g_autoptr (GPtrArray) supplements = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_supplement_free);
    TaiSupplement *one = tai_supplement_new (&closed.id, 4, 1, cases[i / 2].event);
    g_autofree char *slip = NULL, *line = NULL;

    one->amount = cny (5000);
    g_ptr_array_add (supplements, one);
    g_ptr_array_add (facts.shifts, &closed);
    facts.supplements = supplements;
    slip = read_paper (tai_till_paper_slip (&place, &facts, &closed, TIME_US, TRUE), 64);
    line = g_strdup_printf ("\n%s 50.00\n", i % 2 == 0 ? cases[i / 2].zh : cases[i / 2].en);
    assert_has (slip, line);
    report_clear (&facts);
  }
}

/* Refusal ------------------------------------------------------------------------------------------------------------ */

static void
test_refusal (void)
{
  TaiTerminal place = terminal ("zh_CN");
  TaiRefusal refusal = {.terminal = &place,
                        .time_us = TIME_US,
                        .clerk = "1042",
                        .operation = tai_operation_find ("new_line"),
                        .msisdn = "19400001234",
                        .customer_mask = "张*",
                        .reason = "您名下的号码已满五个，不能再开新号。",
                        .code = "five_lines",
                        .bring = "本人身份证",
                        .receipt_number = "H017-T2-A-20261121-0001",
                        .refund_due = cny (12000)};
  g_autofree char *text = read_paper (tai_refusal_slip_write (&refusal), 32);
  static const char *const wanted[] = {
      "业务未能办理告知单\n",
      "业务 开户\n",
      "手机号码 194 0000 1234\n",
      "客户 张*\n",
      "小票号 H017-T2-A-20261121-0001\n",
      "您名下的号码已满五个",
      "原因代码 five_lines\n",
      "再来办理请带\n本人身份证\n",
      "应退给您 ¥120.00\n",
      "有异议怎么办\n",
      "申诉",
      "客服热线 10099\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    assert_has (text, wanted[i]);
}

static void
test_refusal_least (void)
{
  TaiTerminal place = terminal ("en");
  TaiRefusal refusal = {.terminal = &place,
                        .time_us = TIME_US,
                        .operation = tai_operation_find ("transfer"),
                        .reason = "The document has expired."};
  g_autofree char *text = NULL;

  place.hotline = NULL;
  text = read_paper (tai_refusal_slip_write (&refusal), 32);
  g_assert_false (has_chinese (text));
  assert_has (text, "Why we could not do it\n");
  assert_has (text, "Business Transfer of ownership\n");
  assert_has (text, "The document has expired.\n");
  assert_has (text, "appeal");
  assert_has_not (text, "Owed to you");
  assert_has_not (text, "Customer");
  assert_has_not (text, "Help line");
  assert_has_not (text, "To try again bring");
  assert_has_not (text, "(null)");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/till-paper/slip", test_slip);
  g_test_add_func ("/till-paper/slip/difference", test_slip_difference);
  g_test_add_func ("/till-paper/preview-is-blind", test_preview_is_blind);
  g_test_add_func ("/till-paper/report", test_report);
  g_test_add_func ("/till-paper/report/gaps", test_report_gaps);
  g_test_add_func ("/till-paper/report/month", test_month);
  g_test_add_func ("/till-paper/report/region", test_region);
  g_test_add_func ("/till-paper/report/detail", test_detail);
  g_test_add_func ("/till-paper/english", test_english);
  g_test_add_func ("/till-paper/supplements", test_supplements);
  g_test_add_func ("/till-paper/seen", test_seen);
  g_test_add_func ("/refusal/all", test_refusal);
  g_test_add_func ("/refusal/least", test_refusal_least);
  status = g_test_run ();
  font_caches_drop ();
  return status;
}
