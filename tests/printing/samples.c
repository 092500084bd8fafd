/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Realistic papers. People, numbers and prices are made up. */
#include "samples.h"

static const guint8 item_weights[] = {5, 2, 3};
static const guint8 bill_weights[] = {7, 3, 3, 3};

static void
row3 (TaiDocument *doc, TaiStyle style, const char *a, const char *b, const char *c)
{
  const char *cells[] = {a, b, c};

  tai_document_add_row (doc, style, 3, cells, item_weights, 1 << 1 | 1 << 2);
}

static void
row4 (TaiDocument *doc, TaiStyle style, const char *a, const char *b, const char *c, const char *d)
{
  const char *cells[] = {a, b, c, d};

  tai_document_add_row (doc, style, 4, cells, bill_weights, 1 << 1 | 1 << 2 | 1 << 3);
}

static void
add_receipt_head_zh (TaiDocument *doc)
{
  tai_document_add_text (doc, TAI_STYLE_CENTER, "广州市天河区体育西路营业厅");
  tai_document_add_space (doc);
  tai_document_add_pair (doc, 0, "单号", "GZ021-03-A-20261122-000147");
  tai_document_add_pair (doc, 0, "时间", "2026-11-22 10:33:05");
  tai_document_add_pair (doc, 0, "台席/工号", "03 / 10217 陈晓");
  tai_document_add_rule (doc, FALSE);
}

static void
add_receipt_items_zh (TaiDocument *doc)
{
  tai_document_add_text (doc, TAI_STYLE_BOLD, "1. 新开户 19400001234");
  tai_document_add_text (doc, TAI_STYLE_BOLD, "   已受理·待生效");
  row3 (doc, 0, "畅享套餐59元", "首月按天", "19.67");
  row3 (doc, 0, "来电显示", "首月半价", "5.00");
  row3 (doc, 0, "SIM卡工本费", "1", "20.00");
  row3 (doc, 0, "预存话费", "", "100.00");
  tai_document_add_text (doc, TAI_STYLE_BOLD, "2. 充值缴费 16700005678");
  tai_document_add_text (doc, TAI_STYLE_BOLD, "   已收款·待到账");
  row3 (doc, 0, "充值", "", "50.00");
  tai_document_add_rule (doc, FALSE);
}

static void
add_receipt_bill_zh (TaiDocument *doc)
{
  tai_document_add_text (doc, TAI_STYLE_BOLD, "费用说明（新开户）");
  tai_document_add_pair (doc, 0, "今日实付", "￥120.00");
  tai_document_add_pair (doc, 0, "首期账单（11月22日至30日）", "￥24.67");
  tai_document_add_pair (doc, 0, "次月起每月", "￥69.00");
  tai_document_add_rule (doc, FALSE);
}

static void
add_receipt_money_zh (TaiDocument *doc)
{
  tai_document_add_pair (doc, TAI_STYLE_LARGE | TAI_STYLE_BOLD, "合计", "￥170.00");
  tai_document_add_pair (doc, 0, "大写", "人民币壹佰柒拾元整");
  tai_document_add_pair (doc, 0, "现金收", "￥200.00");
  tai_document_add_pair (doc, 0, "找零", "￥30.00");
  tai_document_add_rule (doc, TRUE);
}

static void
add_receipt_foot_zh (TaiDocument *doc)
{
  tai_document_add_text (doc, 0,
                         "新开户须经总部实名核验后生效，核验结果以短信通知。未生效前可凭本单撤单退费。");
  tai_document_add_space (doc);
  tai_document_add_qr (doc, SAMPLE_QR_URL, "扫码开具电子发票");
  tai_document_add_space (doc);
  tai_document_add_text (doc, TAI_STYLE_SMALL | TAI_STYLE_CENTER, "终端 03 序号 000147 校验 9F3A-61C2");
  tai_document_add_text (doc, TAI_STYLE_SMALL | TAI_STYLE_CENTER, "请妥善保管，客服热线 10000");
}

TaiDocument *
sample_receipt_zh (void)
{
  TaiDocument *doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "业务受理凭证", "zh_CN");

  add_receipt_head_zh (doc);
  tai_document_add_pair (doc, 0, "客户", "张*（尾号 02）");
  add_receipt_items_zh (doc);
  add_receipt_bill_zh (doc);
  add_receipt_money_zh (doc);
  add_receipt_foot_zh (doc);
  return doc;
}

TaiDocument *
sample_receipt_rare (void)
{
  TaiDocument *doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "业务受理凭证", "zh_CN");

  add_receipt_head_zh (doc);
  tai_document_add_pair (doc, 0, "客户", "𠮷㐂*（尾号 02）");
  tai_document_add_pair (doc, TAI_STYLE_BOLD | TAI_STYLE_LARGE, "𠮷先生", "¥8.00");
  add_receipt_money_zh (doc);
  return doc;
}

TaiDocument *
sample_receipt_en (void)
{
  TaiDocument *doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "Service receipt", "en");

  tai_document_add_text (doc, TAI_STYLE_CENTER, "Tiyu West Road Service Hall, Guangzhou");
  tai_document_add_space (doc);
  tai_document_add_pair (doc, 0, "Receipt", "GZ021-03-A-20261122-000147");
  tai_document_add_pair (doc, 0, "Time", "2026-11-22 10:33:05");
  tai_document_add_pair (doc, 0, "Desk / clerk", "03 / 10217");
  tai_document_add_rule (doc, FALSE);
  tai_document_add_text (doc, TAI_STYLE_BOLD, "1. New line 19400001234");
  tai_document_add_text (doc, TAI_STYLE_BOLD, "   accepted, not in force");
  row3 (doc, 0, "Unlimited 59 plan", "pro rata", "19.67");
  row3 (doc, 0, "Caller display", "half", "5.00");
  row3 (doc, 0, "SIM card", "1", "20.00");
  row3 (doc, 0, "Prepayment", "", "100.00");
  tai_document_add_text (doc, TAI_STYLE_BOLD, "2. Top-up 16700005678");
  tai_document_add_text (doc, TAI_STYLE_BOLD, "   paid, not credited yet");
  row3 (doc, 0, "Top-up", "", "50.00");
  tai_document_add_rule (doc, FALSE);
  tai_document_add_pair (doc, 0, "Paid today", "CNY 120.00");
  tai_document_add_pair (doc, 0, "First bill (22 to 30 November)", "CNY 24.67");
  tai_document_add_pair (doc, 0, "Each month after", "CNY 69.00");
  tai_document_add_rule (doc, FALSE);
  tai_document_add_pair (doc, TAI_STYLE_LARGE | TAI_STYLE_BOLD, "Total", "¥170.00");
  tai_document_add_pair (doc, 0, "Cash received", "¥200.00");
  tai_document_add_pair (doc, 0, "Change", "¥30.00");
  tai_document_add_rule (doc, TRUE);
  tai_document_add_text (
      doc, 0,
      "The new line comes into force after headquarters has checked the identity; the result is sent "
      "by SMS. Until then it can be cancelled and refunded with this receipt.");
  tai_document_add_space (doc);
  tai_document_add_qr (doc, SAMPLE_QR_URL, "Scan for the e-invoice");
  tai_document_add_space (doc);
  tai_document_add_text (doc, TAI_STYLE_SMALL | TAI_STYLE_CENTER, "Terminal 03 no. 000147 check 9F3A-61C2");
  return doc;
}

TaiDocument *
sample_form_zh (void)
{
  TaiDocument *doc = tai_document_new (TAI_DOCUMENT_FORM, "业务受理单", "zh_CN");

  tai_document_add_pair (doc, 0, "受理单号：GZ021-03-A-20261122-000147", "2026年11月22日 10:33");
  tai_document_add_pair (doc, 0, "营业厅：广州市天河区体育西路营业厅", "工号：10217");
  tai_document_add_rule (doc, TRUE);
  tai_document_add_text (doc, TAI_STYLE_BOLD | TAI_STYLE_LARGE, "一、客户信息");
  tai_document_add_pair (doc, 0, "姓名", "张*");
  tai_document_add_pair (doc, 0, "证件", "居民身份证 尾号 02（读卡核验）");
  tai_document_add_space (doc);
  tai_document_add_text (doc, TAI_STYLE_BOLD | TAI_STYLE_LARGE, "二、办理业务");
  row4 (doc, TAI_STYLE_BOLD, "业务", "今日（元）", "首期账单（元）", "次月起（元）");
  tai_document_add_rule (doc, FALSE);
  row4 (doc, 0, "新开户 19400001234（已受理·待生效）", "", "", "");
  row4 (doc, 0, "畅享套餐59元", "", "19.67", "59.00");
  row4 (doc, 0, "来电显示（客户本人勾选）", "", "5.00", "10.00");
  row4 (doc, 0, "SIM卡工本费", "20.00", "", "");
  row4 (doc, 0, "预存话费", "100.00", "", "");
  row4 (doc, 0, "充值缴费 16700005678（已收款·待到账）", "50.00", "", "");
  tai_document_add_rule (doc, FALSE);
  row4 (doc, TAI_STYLE_BOLD, "合计", "170.00", "24.67", "69.00");
  tai_document_add_space (doc);
  tai_document_add_pair (doc, TAI_STYLE_BOLD | TAI_STYLE_LARGE, "实收（现金）", "￥170.00");
  tai_document_add_pair (doc, 0, "大写", "人民币壹佰柒拾元整");
  tai_document_add_space (doc);
  tai_document_add_text (doc, TAI_STYLE_BOLD | TAI_STYLE_LARGE, "三、重要条款");
  tai_document_add_text (
      doc, TAI_STYLE_BOLD,
      "1. 协议期 24 个月。提前解除须支付剩余月费 30% 的违约金；靓号最低消费以本单所载为准。");
  tai_document_add_text (doc, TAI_STYLE_BOLD,
                         "2. 电话卡仅限本人使用，不得出租、出借、出售。违者依法承担责任。");
  tai_document_add_text (
      doc, 0,
      "3. 新开户在总部完成实名核验后生效。核验未通过的，本厅按本单全额退还已收费用，并告知原因和救济途径。");
  tai_document_add_text (
      doc, 0, "4. 您的姓名、证件号码、住址仅用于实名登记，在服务期间及终止后两年内保存，不作其他用途。");
  tai_document_add_text (doc, TAI_STYLE_SMALL,
                         "完整协议文本见随单电子版，可扫描下方二维码查看；本单与电子版具有同等效力。");
  tai_document_add_space (doc);
  tai_document_add_qr (doc, SAMPLE_QR_URL, "扫码查看协议、开具电子发票");
  tai_document_add_field (doc, "客户签名");
  tai_document_add_field (doc, "营业员签章");
  tai_document_add_space (doc);
  tai_document_add_text (doc, TAI_STYLE_SMALL | TAI_STYLE_RIGHT, "终端 03 序号 000147 校验 9F3A-61C2");
  return doc;
}

TaiDocument *
sample_report_zh (guint n_rows)
{
  TaiDocument *doc = tai_document_new (TAI_DOCUMENT_REPORT, "营业日报", "zh_CN");

  tai_document_add_pair (doc, 0, "营业厅：体育西路", "营业日：2026-11-22");
  tai_document_add_rule (doc, TRUE);
  row4 (doc, TAI_STYLE_BOLD, "单号", "业务", "方式", "金额");
  tai_document_add_rule (doc, FALSE);
  for (guint i = 0; i < n_rows; i++) {
    g_autofree char *number = g_strdup_printf ("A-20261122-%06u", i + 1);
    g_autofree char *amount = g_strdup_printf ("%u.%02u", i * 7 % 900 + 10, i * 13 % 100);

    row4 (doc, 0, number, i % 3 ? "充值缴费" : "新开户", i % 2 ? "现金" : "微信", amount);
  }
  return doc;
}

TaiDocument *
sample_receipt_lines (guint n_lines)
{
  TaiDocument *doc = tai_document_new (TAI_DOCUMENT_RECEIPT, "业务受理凭证", "zh_CN");

  tai_document_add_text (doc, TAI_STYLE_CENTER, "体育西路营业厅");
  tai_document_add_rule (doc, FALSE);
  for (guint i = 0; i + 6 < n_lines; i++) {
    g_autofree char *label = g_strdup_printf ("%02u 畅享套餐 %u 元", i + 1, 19 + i * 10);
    g_autofree char *value = g_strdup_printf ("%u.00", 19 + i * 10);

    tai_document_add_pair (doc, 0, label, value);
  }
  tai_document_add_rule (doc, TRUE);
  tai_document_add_pair (doc, TAI_STYLE_BOLD, "合计", "￥1280.00");
  tai_document_add_qr (doc, SAMPLE_QR_URL, "扫码开具电子发票");
  return doc;
}
