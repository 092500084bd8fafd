/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of each business. The Chinese in this table is for the command box only, which takes Chinese in any language of
 * the desk; what is shown comes from po/, and a test holds the two together. Constant data, any thread.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-operation-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-operation.h"

#define MOST_ALIASES 6

typedef struct {
  const char *id;
  const char *title;
  const char *description;
  const char *chinese;
  const char *aliases[MOST_ALIASES + 1];
} Words;

/* clang-format off */
static const Words words[] = {
  {"top_up", N_ ("Top-up"), N_ ("Adds money to a number's balance"),
   "充值", {"话费充值", "交话费", "充话费", "预存"}},
  {"bill_payment", N_ ("Bill payment"), N_ ("Pays what is owed on a number's bills"),
   "缴费", {"交费", "缴话费", "补缴欠费", "账单缴费"}},
  {"new_line", N_ ("New line"), N_ ("Opens a number with SIM card and plan, by the customer's document"),
   "开户", {"新入网", "新开户", "入网", "办新卡", "选号开户"}},
  {"port_in", N_ ("Port-in"), N_ ("Brings a number from another operator, with the porting code"),
   "携号转入", {"携入", "携号转网", "携转"}},
  {"transfer", N_ ("Transfer of ownership"), N_ ("Gives a number to another holder; both must come"),
   "过户", {"更名过户", "更名", "机主变更"}},
  {"sim_replacement", N_ ("SIM replacement"), N_ ("Replaces a lost or broken SIM card; the number stays"),
   "补换卡", {"补卡", "换卡", "补办卡"}},
  {"esim", N_ ("eSIM activation"), N_ ("Puts a number into a device that has no card"),
   "eSIM开通", {"开通eSIM", "一号双终端"}},
  {"plan_change", N_ ("Plan change"), N_ ("Moves a number to another plan"),
   "套餐变更", {"变更套餐", "换套餐", "改套餐"}},
  {"service_add", N_ ("Service subscription"), N_ ("Puts value-added services on a number, each with the customer's own yes"),
   "订购增值业务", {"订购", "业务订购", "增值业务订购", "开通业务"}},
  {"service_remove", N_ ("Service unsubscription"), N_ ("Takes value-added services off a number"),
   "退订增值业务", {"退订", "业务退订", "增值业务退订", "取消业务"}},
  {"suspend", N_ ("Suspension, number kept"), N_ ("Stops a number for a time; it is kept for the customer"),
   "停机保号", {"报停", "停机", "挂失"}},
  {"resume", N_ ("Resumption of service"), N_ ("Puts a stopped number back into service once the debt is paid"),
   "复机", {"开机", "复开", "解挂"}},
  {"close", N_ ("Close of a line, first step"), N_ ("Stops a number for good; it is closed when the waiting time is over"),
   "预销户", {"销户", "销号", "注销"}},
  {"port_out_code", N_ ("Porting code"), N_ ("Gives the code with which another operator takes the number over"),
   "携转授权码", {"携出", "携号转出", "携出授权码"}},
  {"detail_bill", N_ ("Call detail"), N_ ("Prints calls and data of a month for the holder only"),
   "详单查询", {"详单", "通话详单", "清单", "打印详单"}},
  {"change_details", N_ ("Change of details"), N_ ("Corrects what is on file of a customer, from the document"),
   "客户资料变更", {"资料变更", "改资料", "补登记", "实名补登"}},
  {"balance", N_ ("Balance"), N_ ("Shows balance and debt of a number"),
   "余额查询", {"余额", "查余额", "话费查询", "查话费", "欠费查询"}},
  {"goods_sale", N_ ("Sale of goods"), N_ ("Sells handsets, accessories and cards over the counter"),
   "商品销售", {"卖商品", "终端销售", "配件", "手机销售"}},
  {"coupon", N_ ("Coupon redemption"), N_ ("Takes a customer's electronic coupon"),
   "电子券核销", {"核销", "兑券", "优惠券", "卡券"}},
  {"ticket", N_ ("Trouble ticket"), N_ ("Reports a fault and gives the customer its number"),
   "工单", {"报障", "故障报修", "报修"}},
  {"complaint", N_ ("Complaint"), N_ ("Writes down a complaint and gives the customer its number"),
   "投诉", {"投诉受理", "意见"}},
  {"interaction", N_ ("Service record"), N_ ("Writes down what a customer came for when nothing else does"),
   "服务记录", {"咨询", "接触记录", "来访登记"}},
  {"refund", N_ ("Refund"), N_ ("Gives money back for an earlier sale"),
   "退费", {"退款", "退预存", "退钱"}},
  {"undo", N_ ("Same-day undo"), N_ ("Takes back a business or payment of today"),
   "返销", {"返销业务", "缴费返销", "当日返销"}},
  {"cancel", N_ ("Order cancellation"), N_ ("Takes back an order that is not in force yet"),
   "撤单", {"取消订单", "撤销订单"}},
  {"correction", N_ ("Wrong-number correction"), N_ ("Moves a payment that went to the wrong number"),
   "错缴更正", {"缴错", "错充", "充错号码", "转账更正"}},
};
/* clang-format on */

static const Words *
find (const char *id)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].id, id) == 0)
      return &words[i];
  return NULL;
}

const char *
tai_operation_words_get_title (const char *operation_id)
{
  const Words *found = find (operation_id);

  return found != NULL ? _ (found->title) : operation_id;
}

const char *
tai_operation_words_get_description (const char *operation_id)
{
  const Words *found = find (operation_id);

  return found != NULL ? _ (found->description) : "";
}

void
tai_operation_words_add_to_finder (TaiFinder *finder)
{
  guint n;
  const TaiOperation *all = tai_operation_get_all (&n);

  g_return_if_fail (finder != NULL);

  for (guint i = 0; i < n; i++) {
    const Words *found = find (all[i].id);
    TaiFinderEntry entry = {.kind = TAI_FINDER_OPERATION, .id = all[i].id, .code = all[i].code};

    entry.title = found != NULL ? found->chinese : all[i].id;
    entry.title_en = found != NULL ? found->title : NULL;
    entry.aliases = found != NULL ? found->aliases : NULL;
    entry.number = all[i].number;
    entry.weight = TAI_FINDER_WEIGHT_OPERATION;
    tai_finder_add (finder, &entry);
  }
}
