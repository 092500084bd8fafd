/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Receipt and form, read as the customer reads them: figures, legal state, nothing personal beyond the masks, both languages
 * whole. What is compared is the laid out text with runs of blanks made one.
 */
#include <locale.h>
#include <string.h>

#include "sales.h"
#include "shipped-paperwork.h"
#include "surroundings.h"
#include "tai-escpos.h"
#include "tai-layout.h"
#include "tai-page.h"
#include "tai-paper-words.h"
#include "tai-plain-text.h"

#define ROLL 32
#define A4   88

typedef struct {
  TaiDocument *receipt, *form;
  char *text; /* of the receipt, blanks squeezed */
  char *form_text;
} Papers;

static void
papers_free (Papers *self)
{
  tai_document_unref (self->receipt);
  tai_document_unref (self->form);
  g_free (self->text);
  g_free (self->form_text);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Papers, papers_free)

static char *
squeeze (char *text)
{
  char *to = text;

  for (const char *from = text; *from; from++)
    if (*from != ' ' || (to > text && to[-1] != ' ' && to[-1] != '\n'))
      *to++ = *from;
  *to = '\0';
  return text;
}

static Papers *
write_papers (const Sale *sale)
{
  g_autoptr (TaiPaperwork) paperwork = shipped_paperwork ();
  Papers *self = g_new0 (Papers, 1);

  self->receipt = tai_paperwork_receipt (paperwork, &sale->sale);
  self->form = tai_paperwork_form (paperwork, &sale->sale);
  g_assert_cmpint (tai_document_get_type_ (self->receipt), ==, TAI_DOCUMENT_RECEIPT);
  g_assert_cmpint (tai_document_get_type_ (self->form), ==, TAI_DOCUMENT_FORM);
  self->text = squeeze (tai_plain_text_render (self->receipt, ROLL));
  self->form_text = squeeze (tai_plain_text_render (self->form, A4));
  return self;
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

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, what)) != NULL; p += strlen (what))
    n++;
  return n;
}

static gboolean
has_chinese (const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN || (c >= 0x3000 && c < 0x3040) ||
        (c >= 0xff00 && c < 0xfff0))
      return TRUE;
  }
  return FALSE;
}

/* Words -------------------------------------------------------------------------------------------------------------- */

static guint
blanks_of (const char *text)
{
  static const char *const places[] = {"1",      "2",    "3",  "amount", "price", "date",
                                       "months", "days", "of", "list",   "off",   "percent"};
  guint set = 0;

  for (const char *p = strchr (text, '{'); p; p = strchr (p + 1, '{')) {
    g_autofree char *place = g_strndup (p + 1, strcspn (p + 1, "}"));
    guint i = 0;

    while (i < G_N_ELEMENTS (places) && !g_str_equal (places[i], place))
      i++;
    g_assert_cmpuint (i, <, G_N_ELEMENTS (places)); /* a place that nobody fills would stand on the paper */
    set |= 1u << i;
  }
  return set;
}

static void
test_words_complete (void)
{
  for (guint i = 0; i < TAI_N_WORDS; i++) {
    const char *chinese = tai_paper_word (i, "zh_CN"), *english = tai_paper_word (i, "en");

    g_assert_nonnull (chinese);
    g_assert_nonnull (english);
    g_assert_true (has_chinese (chinese) || g_str_has_prefix (chinese, "{1} ×"));
    g_assert_false (has_chinese (english));
    g_assert_cmpuint (strlen (english), >, 0);
    g_assert_cmpuint (blanks_of (chinese), ==, blanks_of (english));
  }
  g_assert_cmpstr (tai_paper_word (TAI_WORD_RECEIPT, "zh-Hans"), ==, "业务小票");
  g_assert_cmpstr (tai_paper_word (TAI_WORD_RECEIPT, "en_GB"), ==, "Receipt");
  g_assert_cmpstr (tai_paper_word (TAI_WORD_RECEIPT, "fr"), ==, "Receipt");
  g_assert_cmpstr (tai_paper_word (TAI_WORD_RECEIPT, NULL), ==, "Receipt");
}

static void
test_words_of_every_business (void)
{
  guint n;
  const TaiOperation *operations = tai_operation_get_all (&n);

  for (guint i = 0; i < n; i++) {
    const TaiPaperBusiness *business = tai_paper_find_business (operations[i].id);

    g_assert_nonnull (business);
    g_assert_true (has_chinese (tai_paper_business_name (operations[i].id, "zh_CN")));
    g_assert_false (has_chinese (tai_paper_business_name (operations[i].id, "en")));
    /* What is accepted and not in force can be cancelled; the off-line table says so. */
    if (operations[i].offline == TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE &&
        !g_str_equal (operations[i].id, "cancel"))
      g_assert_cmpint (business->undo, ==, TAI_WORD_UNDO_CANCEL);
  }
  g_assert_null (tai_paper_find_business ("dance"));
  g_assert_cmpstr (tai_paper_business_name ("dance", "zh_CN"), ==, "dance");
  g_assert_cmpstr (tai_paper_business_name (NULL, "zh_CN"), ==, "");
}

static void
test_words_of_kinds (void)
{
  for (int kind = TAI_DOCUMENT_CITIZEN; kind <= TAI_DOCUMENT_TRAVEL_PERMIT; kind++) {
    g_assert_true (has_chinese (tai_paper_document_kind (tai_document_kind_to_text (kind), "zh_CN")));
    g_assert_false (has_chinese (tai_paper_document_kind (tai_document_kind_to_text (kind), "en")));
  }
  g_assert_null (tai_paper_document_kind ("library_card", "en"));
  g_assert_null (tai_paper_document_kind (NULL, "en"));
  for (int tender = TAI_TENDER_CASH; tender <= TAI_TENDER_OTHER; tender++) {
    g_assert_true (has_chinese (tai_paper_tender (tai_tender_to_text (tender), "zh_CN")));
    g_assert_false (has_chinese (tai_paper_tender (tai_tender_to_text (tender), "en")));
  }
  g_assert_cmpstr (tai_paper_tender ("shells", "zh_CN"), ==, "shells");
  g_assert_cmpstr (tai_paper_provider ("wechat", "zh_CN"), ==, "微信支付");
  g_assert_cmpstr (tai_paper_provider ("newpay", "zh_CN"), ==, "newpay");
}

/* Figures ------------------------------------------------------------------------------------------------------------ */

static void
test_receipt_figures (void)
{
  g_autoptr (Sale) sale = sale_family ("zh_CN", FALSE);
  g_autoptr (Papers) papers = write_papers (sale);
  static const char *const lines[] = {
      "小票号 H017-T2-A-20261121-0001\n",
      "时间 2026-11-21 09:05\n",
      "台席 / 工号 3 / 1042\n",
      "客户 张* 证件…2X\n",
      "1. 开户 194 0000 1234\n",
      "畅享59套餐\n",
      "首月账单13.77（59.00减30%，按\n10/30天计）\n",
      "之后5个月每月41.30（59.00减\n30%）\n",
      "以后每月59.00\n",
      "老客户七折\n",
      "来电显示\n",
      "首月账单5.00（10.00的一半）\n",
      "以后每月10.00\n",
      "SIM卡 20.00\n",
      "预存话费 100.00\n",
      "本项今日 ¥120.00\n",
      "2. 充值 167 0000 5678\n",
      "话费充值 50.00\n",
      "合计 ¥170.00\n",
      "大写 人民币壹佰柒拾元整\n",
      "实收（现金） ¥200.00\n",
      "找零 ¥30.00\n",
      "今日应收 ¥170.00\n",
      "首月账单 ¥18.77\n",
      "优惠期满后每月 ¥69.00\n",
      "开户：生效前可凭小票和本人证件到",
      "充值：今天内可凭小票到本厅返销。",
      "客服热线 10099\n",
      "终端 H017T2\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    assert_has (papers->text, lines[i]);
  g_assert_cmpuint (count (papers->text, "¥170.00"), ==, 2);
  /* the hall's own name of the month without a discount */
  assert_has_not (papers->text, "演示");
  assert_has_not (papers->text, "断网");
}

static void
test_receipt_proof (void)
{
  g_autoptr (Sale) sale = sale_family ("zh_CN", FALSE);
  g_autoptr (Papers) papers = write_papers (sale);
  g_autofree char *first = NULL, *second = NULL, *payload = NULL;
  char hex[2][65];

  for (guint i = 0; i < 2; i++)
    tai_digest_to_hex (((TaiOrder *)g_ptr_array_index (sale->orders, i))->content_hash, hex[i]);
  first = g_strdup_printf ("1. 序号 000148 校验 %.8s\n", hex[0]);
  second = g_strdup_printf ("2. 序号 000149 校验 %.8s\n", hex[1]);
  assert_has (papers->text, first);
  assert_has (papers->text, second);
  payload = g_strdup_printf ("H017-T2-A-20261121-0001#%.8s", hex[0]);
  for (guint i = 0; i < tai_document_get_n_blocks (papers->receipt); i++) {
    const TaiBlock *block = tai_document_get_block (papers->receipt, i);

    if (block->type == TAI_BLOCK_QR) {
      g_assert_cmpstr (block->text[0], ==, payload);
      return;
    }
  }
  g_assert_not_reached ();
}

static void
test_form_figures (void)
{
  g_autoptr (Sale) sale = sale_family ("zh_CN", FALSE);
  g_autoptr (Papers) papers = write_papers (sale);
  static const char *const lines[] = {
      "小票号 H017-T2-A-20261121-0001 时间 2026-11-21 09:05\n",
      "客户 张* 证件 居民身份证 …2X\n",
      "1. 开户 194 0000 1234 已受理·待生效\n",
      "套餐 畅享59套餐 SIM卡号 89860012345678901234\n",
      "来电显示 194 0000 1234 本人于 2026-11-21 09:04 确认订购\n",
      "项目 今日应收 首月账单",
      "SIM卡 20.00\n",
      "预存话费 100.00\n",
      "合计 120.00 18.77 69.00\n",
      "大写 人民币壹佰贰拾元整\n",
      "本次共收（含小票上的其他业务） ¥170.00\n",
      "电话卡只限本人使用",
      "只用于实名登记",
      "协议期24个月。提前解除协议的，须支付剩余月费30%的违约金。\n",
      "客户签名：",
      "日期：",
      "经办人签名（代办时）：",
      "营业员签名、营业厅盖章：",
      "） · 终端 H017T2 · H017-T2-A-20261121-0001\n",
      "序号 000148",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    assert_has (papers->form_text, lines[i]);
  /* the top-up needs no form */
  assert_has_not (papers->form_text, "167 0000 5678");
  assert_has_not (papers->form_text, "000149");
}

static void
test_form_alone (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", FALSE);
  g_autoptr (Papers) papers = NULL;
  TaiOrder *order = sale_add (sale, "service_add", "19400001234", "ring,video");

  ((TaiOrderItem *)g_ptr_array_index (order->items, 1))->consent_given = FALSE;
  sale_capture (sale);
  papers = write_papers (sale);
  assert_has_not (papers->form_text, "本次共收");
  assert_has_not (papers->form_text, "电话卡只限本人使用");
  assert_has (papers->form_text, "只用于实名登记");
  assert_has (papers->form_text, "来电显示 194 0000 1234 未确认\n");
  assert_has (papers->form_text, "视频会员 194 0000 1234 本人于 2026-11-21 09:04 确认订购\n");
  assert_has (papers->form_text, "视频会员：免费试用到2026-11-30");
  assert_has (papers->text, "视频会员\n免费试用到2026-11-30\n到期自动停止，不收费\n");
  assert_has (papers->form_text, "合计 0.00 5.00 10.00\n");
  /* the receipt tells that nothing is to pay, and what will be */
  assert_has (papers->text, "今日不用付款\n");
  assert_has (papers->text, "首月账单 ¥5.00\n以后每月 ¥10.00\n");
  assert_has_not (papers->text, "大写");
}

static void
test_next_month_and_removal (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", FALSE);
  g_autoptr (Papers) papers = NULL;

  sale_add (sale, "plan_change", "19400001234", "plan99");
  sale_add (sale, "service_remove", "19400001234", "ring");
  sale_capture (sale);
  papers = write_papers (sale);
  assert_has (papers->text, "畅享99套餐\n2026-12-01起生效\n以后每月99.00\n");
  assert_has (papers->text, "来电显示（退订）\n");
  assert_has (papers->form_text, "次月1日起按新套餐收费，当月仍按原套餐。\n");
}

static void
test_goods (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", FALSE);
  g_autoptr (Papers) papers = NULL;

  sale_add (sale, "goods_sale", NULL, "case*3");
  sale_pay_cash (sale, 8970);
  sale_capture (sale);
  papers = write_papers (sale);
  assert_has (papers->text, "购买商品\n办理完成\n手机保护壳 ×3 89.70\n");
  assert_has (papers->text, "人民币捌拾玖元柒角整");
  assert_has (papers->text, "退换按商品的规定办理");
  assert_has_not (papers->text, "找零");
  assert_has_not (papers->text, "首月账单");
}

static void
test_tenders (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", FALSE);
  g_autoptr (Papers) papers = NULL;
  TaiPayment *cash;

  sale_add (sale, "bill_payment", "16700005678", "topup=128.05");
  cash = sale_pay (sale, TAI_TENDER_CASH, NULL, 5000);
  cash->received = tai_money (10000, TAI_CNY);
  cash->change = tai_money (5000, TAI_CNY);
  sale_pay (sale, TAI_TENDER_QR, "wechat", 5000);
  sale_pay (sale, TAI_TENDER_CARD, NULL, 2000)->state = TAI_PAYMENT_UNKNOWN;
  sale_pay (sale, TAI_TENDER_QR, "newpay", 805);
  sale_pay (sale, TAI_TENDER_COUPON, NULL, 7777)->state = TAI_PAYMENT_FAILED;
  sale_capture (sale);
  papers = write_papers (sale);
  assert_has (papers->text, "合计 ¥128.05\n大写 人民币壹佰贰拾捌元零伍分\n");
  assert_has (papers->text, "实收（现金） ¥100.00\n找零 ¥50.00\n");
  assert_has (papers->text, "实收（微信支付） ¥50.00\n");
  assert_has (papers->text, "实收（银行卡）（待核实） ¥20.00\n");
  assert_has (papers->text, "实收（newpay） ¥8.05\n");
  assert_has_not (papers->text, "77.77");
}

/* A refund is read as money that comes back, never as a minus. */
static void
test_refund (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", FALSE);
  g_autoptr (Papers) papers = NULL;
  TaiOrder *order = sale_add (sale, "refund", NULL, NULL);
  TaiPayment *payment;

  order->today = tai_money (-5005, TAI_CNY);
  payment = sale_pay (sale, TAI_TENDER_CASH, NULL, -5005);
  payment->change = tai_money (0, TAI_CNY);
  sale_capture (sale);
  papers = write_papers (sale);
  g_assert_cmpstr (tai_document_get_title (papers->receipt), ==, "退费小票");
  assert_has (papers->text, "退费\n办理完成\n");
  assert_has (papers->text, "应退 ¥50.05\n大写 人民币伍拾元零伍分\n实退（现金） ¥50.05\n");
  assert_has_not (papers->text, "-¥");
  assert_has_not (papers->text, "负");
  assert_has_not (papers->text, "找零");
}

/* In a mixed visit the minus stands where it belongs, the total is what remains. */
static void
test_refund_beside_sale (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", FALSE);
  g_autoptr (Papers) papers = NULL;

  sale_add (sale, "top_up", "16700005678", "topup=30.00");
  sale_add (sale, "refund", NULL, NULL)->today = tai_money (-5000, TAI_CNY);
  sale_pay (sale, TAI_TENDER_CASH, NULL, -2000);
  sale_capture (sale);
  papers = write_papers (sale);
  assert_has (papers->text, "话费充值 30.00\n");
  assert_has (papers->text, "本项今日 -¥50.00\n");
  assert_has (papers->text, "应退 ¥20.00\n");
}

static void
test_foreign_money (void)
{
  g_autoptr (Sale) sale = sale_top_up ("zh_CN", FALSE);
  g_autoptr (Papers) papers = NULL;
  TaiOrder *order = g_ptr_array_index (sale->orders, 0);

  sale->sale.total = order->today = tai_money (1234, 414);
  papers = write_papers (sale);
  assert_has (papers->text, "合计 KWD 1.234\n");
  assert_has_not (papers->text, "大写");
}

/* Sums that cannot be made are not made up. */
static void
test_impossible_sums (void)
{
  g_autoptr (Sale) sale = sale_family ("zh_CN", FALSE);
  g_autoptr (Papers) papers = NULL;

  ((TaiOrder *)g_ptr_array_index (sale->orders, 0))->normal = tai_money (G_MAXINT64, TAI_CNY);
  ((TaiOrder *)g_ptr_array_index (sale->orders, 1))->normal = tai_money (1, TAI_CNY);
  ((TaiOrder *)g_ptr_array_index (sale->orders, 1))->first = tai_money (1, 392);
  papers = write_papers (sale);
  assert_has (papers->text, "首月账单 —\n优惠期满后每月 —\n");
  assert_has (papers->text, "合计 ¥170.00\n");
}

/* Legal state -------------------------------------------------------------------------------------------------------- */

static const struct {
  const char *operation;
  TaiOfflineRule rule;
  const char *state[2]; /* Chinese, English */
  const char *off_line; /* beginning of the sentence */
  const char *on_line;  /* NULL: none */
} states[] = {
    {"new_line",
     TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE,
     {"已受理·待生效\n", "Accepted,\nnot in force yet\n"},
     "断网办理：资料已安全保存",
     "核验通过后才生效"},
    {"sim_replacement",
     TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE,
     {"已受理·待生效\n", "Accepted,\nnot in force yet\n"},
     "断网办理：资料已安全保存",
     "核验通过后才生效"},
    {"top_up",
     TAI_OFFLINE_PAID_NOT_CREDITED,
     {"已收款·待到账\n", "Paid,\nnot credited yet\n"},
     "断网办理：钱已收到",
     "正在入账"},
    {"goods_sale", TAI_OFFLINE_COMPLETES, {"办理完成\n", "Done\n"}, "断网办理：业务已经办好", NULL},
    {"complaint",
     TAI_OFFLINE_COMPLETES,
     {"已登记·待处理\n", "Noted,\nto be answered\n"},
     "断网办理：已经记下",
     "处理后联系您"},
    {"close",
     TAI_OFFLINE_NOT_OFFERED,
     {"已受理·待生效\n", "Accepted,\nnot in force yet\n"},
     "断网办理：资料已安全保存",
     "核验通过后才生效"},
    {"balance", TAI_OFFLINE_NOT_OFFERED, {"办理完成\n", "Done\n"}, "断网办理：业务已经办好", NULL},
    /* tightened by headquarters */
    {"goods_sale",
     TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE,
     {"已受理·待生效\n", "Accepted,\nnot in force yet\n"},
     "断网办理：资料已安全保存",
     "核验通过后才生效"},
    {"top_up",
     TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE,
     {"已受理·待生效\n", "Accepted,\nnot in force yet\n"},
     "断网办理：资料已安全保存",
     "核验通过后才生效"},
};

static void
check_state (guint index, gboolean english, gboolean off_line)
{
  g_autoptr (Sale) sale = sale_new (english ? "en" : "zh_CN", off_line);
  g_autoptr (Papers) papers = NULL;
  const TaiOperation *operation = tai_operation_find (states[index].operation);
  TaiOrder *order =
      sale_add (sale, operation->id,
                operation->needs & (TAI_NEEDS_NUMBER | TAI_NEEDS_TARGET) ? "19400001234" : NULL, NULL);
  const TaiBlock *state = NULL;

  order->rule = states[index].rule;
  sale_capture (sale);
  papers = write_papers (sale);
  assert_has (papers->text, states[index].state[english]);
  for (guint i = 0; state == NULL && i < tai_document_get_n_blocks (papers->receipt); i++) {
    const TaiBlock *block = tai_document_get_block (papers->receipt, i);

    if (block->style & TAI_STYLE_LARGE)
      state = block;
  }
  g_assert_nonnull (state); /* the first large thing on the paper */
  g_assert_true (g_str_has_prefix (states[index].state[english], state->text[0]));
  if (english) {
    g_assert_cmpuint (count (papers->text, "The line is down"), ==, off_line ? 1 : 0);
    return;
  }
  g_assert_cmpuint (count (papers->text, states[index].off_line), ==, off_line ? 1 : 0);
  if (states[index].on_line && !off_line)
    assert_has (papers->text, states[index].on_line);
}

static void
test_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    for (guint english = 0; english < 2; english++)
      for (guint off_line = 0; off_line < 2; off_line++)
        check_state (i, english, off_line);
}

/* Two states in one visit: each sentence under its own, once. */
static void
test_mixed_states (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", TRUE);
  g_autoptr (Papers) papers = NULL;

  sale_add (sale, "sim_replacement", "19400001234", "sim");
  sale_add (sale, "resume", "19400001234", NULL);
  sale_add (sale, "sim_replacement", "16700005678", "sim");
  sale_pay_cash (sale, 4000);
  sale_capture (sale);
  papers = write_papers (sale);
  g_assert_cmpuint (count (papers->text, "已受理·待生效\n断网办理：资料已安全保存"), ==, 1);
  g_assert_cmpuint (count (papers->text, "已收款·待到账\n断网办理：钱已收到"), ==, 1);
  g_assert_cmpuint (count (papers->text, "旧卡里的联系人"), ==, 1);
  g_assert_cmpuint (count (papers->text, "48小时内恢复通话"), ==, 1);
  g_assert_cmpuint (count (papers->text, "补换卡：生效前"), ==, 1);
}

/* The words of the state on a 58 mm roll, at double width, on lines that break nowhere else. */
static void
test_states_fit_roll (void)
{
  static const TaiPaperWord large[] = {TAI_WORD_STATE_ACCEPTED, TAI_WORD_STATE_PAID, TAI_WORD_STATE_DONE,
                                       TAI_WORD_STATE_NOTED,    TAI_WORD_TRAINING,   TAI_WORD_DEMO};
  static const char *const languages[] = {"zh_CN", "en"};

  for (guint i = 0; i < G_N_ELEMENTS (large); i++)
    for (guint j = 0; j < 2; j++) {
      const char *word = tai_paper_word (large[i], languages[j]);
      g_autoptr (TaiDocument) document = tai_document_new (TAI_DOCUMENT_RECEIPT, "", languages[j]);
      g_autoptr (TaiLayout) layout = tai_layout_new (TAI_CELLS_PRINTER, ROLL, 0);

      tai_document_add_text (document, TAI_STYLE_LARGE, word);
      tai_layout_run (layout, document);
      g_assert_cmpuint (tai_layout_get_n_lines (layout), ==, 1 + count (word, "\n"));
    }
}

/* Personal data ------------------------------------------------------------------------------------------------------ */

static gboolean
bytes_have (GBytes *bytes, const char *what)
{
  return memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), what, strlen (what)) != NULL;
}

static void
test_nothing_personal (void)
{
  static const char *const secrets[] = {SALE_NAME, "伟国",   SALE_ID,  "110105194912", "19491231",
                                        "1231002", "建国路", "ref-11", SALE_ADDRESS};
  static const char *const languages[] = {"zh_CN", "en"};

  for (guint i = 0; i < 2; i++) {
    g_autoptr (Sale) sale = sale_family (languages[i], TRUE);
    g_autoptr (Papers) papers = write_papers (sale);
    g_autoptr (GBytes) receipt = tai_document_serialize (papers->receipt);
    g_autoptr (GBytes) form = tai_document_serialize (papers->form);

    g_assert_true (bytes_have (receipt, "张*") && bytes_have (form, "张*"));
    for (guint j = 0; j < G_N_ELEMENTS (secrets); j++) {
      g_assert_false (bytes_have (receipt, secrets[j]));
      g_assert_false (bytes_have (form, secrets[j]));
    }
  }
}

/* The code is for cameras of strangers too. */
static void
test_code_tells_nothing (void)
{
  g_autoptr (Sale) sale = sale_family ("zh_CN", FALSE);
  g_autoptr (Papers) papers = write_papers (sale);

  for (guint i = 0; i < tai_document_get_n_blocks (papers->receipt); i++) {
    const TaiBlock *block = tai_document_get_block (papers->receipt, i);

    if (block->type != TAI_BLOCK_QR)
      continue;
    g_assert_null (strstr (block->text[0], "://"));
    g_assert_null (strstr (block->text[0], "194000"));
    g_assert_null (strstr (block->text[0], "170"));
    g_assert_null (strstr (block->text[0], "张"));
  }
}

/* Languages ---------------------------------------------------------------------------------------------------------- */

static void
test_english (void)
{
  for (guint off_line = 0; off_line < 2; off_line++) {
    g_autoptr (Sale) sale = sale_family ("en", off_line);
    g_autoptr (Papers) papers = NULL;
    TaiOrder *order = g_ptr_array_index (sale->orders, 0);
    TaiOrderItem *plan = tai_order_find_item (order, TAI_OFFERING_PLAN);

    g_free (order->customer_mask);
    order->customer_mask = g_strdup ("S*");
    g_free (plan->key_terms);
    plan->key_terms = g_strdup ("24 months.");
    papers = write_papers (sale);
    g_assert_false (has_chinese (papers->text));
    g_assert_false (has_chinese (papers->form_text));
    assert_has (papers->text, "Customer S* ID …2X\n");
    assert_has (
        papers->text,
        "Unlimited 59\nfirst bill 13.77 (59.00 less\n30 % for 10 of 30 days)\nthen 41.30 (59.00 less 30 %) a\nmonth for 5 months\nthen 59.00 a month\n");
    assert_has (papers->text, "Total ¥170.00\nReceived (Cash) ¥200.00\nChange ¥30.00\n");
    assert_has (papers->text, "To pay today ¥170.00\nFirst bill ¥18.77\nMonthly after discount ¥69.00\n");
    assert_has (papers->form_text, "ID document Resident identity card …2X\n");
    assert_has (papers->form_text, "Sum 120.00 18.77 69.00\n");
  }
}

/* No Latin words in Chinese but those that the halls say. */
static void
test_chinese (void)
{
  g_autoptr (Sale) sale = sale_family ("zh_CN", TRUE);
  g_autoptr (Papers) papers = write_papers (sale);
  g_autoptr (GRegex) known = g_regex_new ("SIM|GB|H017\\S*|校验 [0-9a-f]{8}|#[0-9a-f]{8}", 0, 0, NULL);
  g_autofree char *receipt = g_regex_replace_literal (known, papers->text, -1, 0, "", 0, NULL);
  g_autofree char *form = g_regex_replace_literal (known, papers->form_text, -1, 0, "", 0, NULL);

  g_assert_false (g_regex_match_simple ("[A-Za-z]{2,}", receipt, 0, 0));
  g_assert_false (g_regex_match_simple ("[A-Za-z]{2,}", form, 0, 0));
}

/* The desk may run in any locale. */
static void
test_locale_is_not_asked (void)
{
  g_autoptr (Sale) sale = sale_family ("en", FALSE);
  g_autoptr (Papers) before = write_papers (sale), after = NULL;

  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  if (setlocale (LC_ALL, "zh_CN.UTF-8") == NULL)
    g_test_message ("no zh_CN.UTF-8 here: only LANGUAGE was changed");
  after = write_papers (sale);
  g_assert_cmpstr (before->text, ==, after->text);
  g_assert_cmpstr (before->form_text, ==, after->form_text);
  g_unsetenv ("LANGUAGE");
  setlocale (LC_ALL, "C.UTF-8");
}

/* Limits and gaps ---------------------------------------------------------------------------------------------------- */

static void
assert_fits (TaiDocument *document, guint columns)
{
  g_autoptr (TaiLayout) layout = tai_layout_new (TAI_CELLS_PRINTER, columns, 0);

  g_assert_false (tai_document_is_truncated (document));
  tai_layout_run (layout, document);
  for (guint i = 0; i < tai_layout_get_n_lines (layout); i++)
    g_assert_cmpuint (tai_layout_get_line (layout, i)->columns, <=, columns);
}

static void
test_sixteen_orders (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", TRUE);
  g_autoptr (Papers) papers = NULL;

  for (guint i = 0; i < 8; i++) {
    sale_add (sale, "new_line", "19400001234", "plan59,ring,sim,prepay");
    sale_add (sale, "top_up", "16700005678", "topup=0.01");
  }
  sale_pay_cash (sale, 100000);
  sale_capture (sale);
  papers = write_papers (sale);
  assert_fits (papers->receipt, ROLL);
  assert_has (papers->text, "16. 充值 167 0000 5678\n");
  assert_has (papers->text, "合计 ¥960.08\n大写 人民币玖佰陆拾元零捌分\n");
  assert_has (papers->text, "首月账单 ¥197.36\n以后每月 ¥552.00\n");
  assert_has (papers->text, "16. 序号 000163");
  g_assert_cmpuint (count (papers->text, "断网办理"), ==, 2);
  assert_has (papers->form_text, "8. 开户 194 0000 1234 已受理·待生效\n");
  assert_has (papers->form_text, "\n8. 开户 194 0000 1234\n畅享59套餐：首月账单19.67");
  assert_has (papers->form_text, "合计 960.00 197.36 552.00\n");
  /* the same terms once */
  g_assert_cmpuint (count (papers->form_text, "协议期24个月"), ==, 1);
}

/* The most that a visit can hold: the total and the signature are there all the same. */
static void
test_fullest_visit (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", TRUE);
  g_autoptr (Papers) papers = NULL;

  for (guint i = 0; i < 16; i++) {
    TaiOrder *order = sale_add (sale, "new_line", "19400001234", "plan59,prepay");

    for (guint j = 3; j < 64; j++) {
      TaiOrderItem *item = tai_order_add_item (order, "add", "ring");
      TaiItemPrice *price = tai_order_item_add_price (item, "p", "p", TAI_PRICE_RECURRING);

      item->offering_name = g_strdup ("来电显示");
      item->consent_needed = item->consent_given = TRUE;
      item->consent_time_us = SALE_TIME_US;
      item->key_terms = g_strnfill (1990, 'x');
      item->terms_hash = tai_digest_bytes (&price, sizeof price);
      price->today = tai_money (0, TAI_CNY);
      price->first = price->normal = tai_money (100, TAI_CNY);
      price->stretches = tai_stretch_list_new ();
      for (guint month = 0; month < 2; month++) {
        TaiStretch stretch = {month,
                              month == 0 ? 1 : TAI_MONTH_FOREVER,
                              price->first,
                              price->first,
                              price->first,
                              0,
                              0,
                              TAI_REASON_FULL,
                              0,
                              0};
        g_array_append_val (price->stretches, stretch);
      }
    }
  }
  sale_pay_cash (sale, 160000);
  sale_capture (sale);
  papers = write_papers (sale);
  assert_fits (papers->receipt, ROLL);
  assert_has (papers->text, "合计 ¥1600.00\n");
  assert_has (papers->text, "16. 序号 000163");
  assert_fits (papers->form, A4);
  assert_has (papers->form_text, "确认订购");
  assert_has (papers->form_text, "条款太多，本单未能全部印出");
  assert_has (papers->form_text, "客户签名：");
  assert_has (papers->form_text, "16. 序号 000163");
}

/* Long terms are on the form to the last character, large, above the signature. */
static void
test_long_terms (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", FALSE);
  g_autoptr (Papers) papers = NULL;
  g_autoptr (GString) terms = g_string_new (NULL), found = g_string_new (NULL);
  guint last_terms = 0, signature = 0;

  for (guint i = 0; i < 900; i++)
    g_string_append_unichar (terms, 0x4e00 + i);
  g_string_append (terms, "\n第二条。\n");
  for (guint i = 0; i < 900; i++)
    g_string_append_unichar (terms, 0x5e00 + i);
  sale_offer (sale, "long", "长约套餐", TAI_OFFERING_PLAN, TAI_PRICE_RECURRING, 1000)->key_terms =
      g_strdup (terms->str);
  sale_add (sale, "plan_change", "19400001234", "long");
  sale_capture (sale);
  papers = write_papers (sale);
  g_assert_false (tai_document_is_truncated (papers->form));
  for (guint i = 0; i < tai_document_get_n_blocks (papers->form); i++) {
    const TaiBlock *block = tai_document_get_block (papers->form, i);

    if (block->type == TAI_BLOCK_FIELD && signature == 0)
      signature = i;
    if (block->type != TAI_BLOCK_TEXT || !(block->style & TAI_STYLE_LARGE))
      continue;
    g_assert_true (g_utf8_validate (block->text[0], -1, NULL));
    g_string_append (found, block->text[0]);
    last_terms = i;
  }
  g_assert_cmpuint (last_terms, <, signature);
  g_string_replace (terms, "\n", "", 0);
  g_string_replace (found, "\n", "", 0);
  g_assert_cmpstr (found->str, ==, terms->str);
}

static void
test_long_names (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", FALSE);
  g_autoptr (Papers) papers = NULL;
  const char *name = "2026尊享全家福融合套餐129元档含500M宽带与三张副卡及国际漫游日包（老用户专享回馈版）";

  sale_offer (sale, "long", name, TAI_OFFERING_GOODS, TAI_PRICE_ONE_TIME, 9999999999);
  sale_add (sale, "goods_sale", NULL, "long");
  sale_pay_cash (sale, 9999999999);
  sale_capture (sale);
  papers = write_papers (sale);
  assert_fits (papers->receipt, ROLL);
  assert_fits (papers->receipt, 24);
  assert_has (papers->text, "版） 99999999.99\n");
  assert_has (papers->text, "¥99999999.99\n");
}

static void
test_missing_fields (void)
{
  g_autoptr (Sale) sale = sale_new ("zh_CN", TRUE);
  g_autoptr (Papers) papers = NULL;
  TaiOrder *order = sale_add (sale, "new_line", NULL, NULL);

  g_clear_pointer (&order->customer_mask, g_free);
  g_clear_pointer (&order->document_kind, g_free);
  tai_order_add_item (order, "add", "bare"); /* no name, no price */
  sale_capture (sale);
  order->terminal_seq = 0;
  g_clear_pointer (&sale->terminal->hall_name, g_free);
  g_clear_pointer (&sale->terminal->desk, g_free);
  g_clear_pointer (&sale->terminal->hotline, g_free);
  g_clear_pointer (&sale->terminal->language, g_free);
  g_clear_pointer (&sale->terminal->klass, g_free);
  sale->sale.clerk = NULL;
  papers = write_papers (sale);
  assert_has (papers->text, "开户\n");
  assert_has (papers->text, "bare\n");
  assert_has (papers->text, "演示·不作凭证\n");
  assert_has_not (papers->text, "台席");
  assert_has_not (papers->text, "热线");
  assert_has_not (papers->text, "序号");
  assert_has_not (papers->text, "(null)");
  assert_has (papers->form_text, "证件 …2X\n");
  assert_has_not (papers->form_text, "(null)");
}

static void
test_class_marks (void)
{
  g_autoptr (Sale) sale = sale_top_up ("en", FALSE);
  g_autoptr (Papers) training = NULL, demo = NULL;

  g_free (sale->terminal->klass);
  sale->terminal->klass = g_strdup ("training");
  training = write_papers (sale);
  assert_has (training->text, "TRAINING\nNOT VALID\n");
  assert_has (training->form_text, "TRAINING\nNOT VALID\n");
  g_free (sale->terminal->klass);
  sale->terminal->klass = g_strdup ("demo");
  demo = write_papers (sale);
  assert_has (demo->text, "DEMONSTRATION\nNOT VALID\n");
}

/* Through the printers. */
static void
test_printed (void)
{
  static const char *const languages[] = {"zh_CN", "en"};

  for (guint i = 0; i < 2; i++) {
    g_autoptr (Sale) sale = sale_family (languages[i], TRUE);
    g_autoptr (Papers) papers = write_papers (sale);
    g_autoptr (TaiEscpos) printer = tai_escpos_new (tai_escpos_profile_find ("58mm"), NULL);
    g_autoptr (GBytes) bytes = tai_escpos_encode (printer, papers->receipt);
    g_autoptr (TaiPage) page = tai_page_new (papers->form, TAI_PAPER_A4);
    g_autoptr (GBytes) pdf = tai_page_render_pdf (page, NULL);

    g_assert_cmpuint (g_bytes_get_size (bytes), >, 500);
    g_assert_nonnull (pdf);
    /* a new line with one plan: the signature is on the page of the terms */
    g_assert_cmpuint (tai_page_get_n_pages (page), ==, 1);
  }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/paperwork/words/complete", test_words_complete);
  g_test_add_func ("/paperwork/words/every-business", test_words_of_every_business);
  g_test_add_func ("/paperwork/words/kinds", test_words_of_kinds);
  g_test_add_func ("/paperwork/receipt/figures", test_receipt_figures);
  g_test_add_func ("/paperwork/receipt/proof", test_receipt_proof);
  g_test_add_func ("/paperwork/form/figures", test_form_figures);
  g_test_add_func ("/paperwork/form/alone", test_form_alone);
  g_test_add_func ("/paperwork/next-month-and-removal", test_next_month_and_removal);
  g_test_add_func ("/paperwork/goods", test_goods);
  g_test_add_func ("/paperwork/tenders", test_tenders);
  g_test_add_func ("/paperwork/refund", test_refund);
  g_test_add_func ("/paperwork/refund-beside-sale", test_refund_beside_sale);
  g_test_add_func ("/paperwork/foreign-money", test_foreign_money);
  g_test_add_func ("/paperwork/impossible-sums", test_impossible_sums);
  g_test_add_func ("/paperwork/states", test_states);
  g_test_add_func ("/paperwork/states/mixed", test_mixed_states);
  g_test_add_func ("/paperwork/states/fit-roll", test_states_fit_roll);
  g_test_add_func ("/paperwork/nothing-personal", test_nothing_personal);
  g_test_add_func ("/paperwork/code-tells-nothing", test_code_tells_nothing);
  g_test_add_func ("/paperwork/english", test_english);
  g_test_add_func ("/paperwork/chinese", test_chinese);
  g_test_add_func ("/paperwork/locale-is-not-asked", test_locale_is_not_asked);
  g_test_add_func ("/paperwork/sixteen-orders", test_sixteen_orders);
  g_test_add_func ("/paperwork/fullest-visit", test_fullest_visit);
  g_test_add_func ("/paperwork/long-terms", test_long_terms);
  g_test_add_func ("/paperwork/long-names", test_long_names);
  g_test_add_func ("/paperwork/missing-fields", test_missing_fields);
  g_test_add_func ("/paperwork/class-marks", test_class_marks);
  g_test_add_func ("/paperwork/printed", test_printed);
  status = g_test_run ();
  font_caches_drop ();
  return status;
}
