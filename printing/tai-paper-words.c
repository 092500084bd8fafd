/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of the hall's papers in both languages. Chinese as the halls say it, English as a guest understands it; short,
 * because a 58 mm roll has 32 columns, and without words of the trade, because a customer of seventy takes it home.
 * Constant data, any thread.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-paper-words.h"

#include <string.h>

enum { CHINESE, ENGLISH, N_LANGUAGES };

/* clang-format off */
static const char *const words[TAI_N_WORDS][N_LANGUAGES] = {
  [TAI_WORD_RECEIPT] = {"业务小票", "Receipt"},
  [TAI_WORD_CORRECTION_RECEIPT] = {"错缴更正申请单", "Wrong number: request to correct"},
  [TAI_WORD_RIGHT_NUMBER] = {"更正后号码", "Right number"},
  [TAI_WORD_REFUND_RECEIPT] = {"退费小票", "Refund receipt"},
  [TAI_WORD_CLOSE_SLIP] = {"日扎账单", "Till close slip"},
  [TAI_WORD_TILL_PREVIEW] = {"扎账预览", "Till preview"},
  [TAI_WORD_TILL_REPORT] = {"营业日报", "Daily till report"},
  [TAI_WORD_REFUSAL] = {"业务未能办理告知单", "Why we could not do it"},
  [TAI_WORD_TRAINING] = {"培训·不作凭证", "TRAINING\nNOT VALID"},
  [TAI_WORD_DEMO] = {"演示·不作凭证", "DEMONSTRATION\nNOT VALID"},

  [TAI_WORD_RECEIPT_NUMBER] = {"小票号", "Receipt"},
  [TAI_WORD_TIME] = {"时间", "Time"},
  [TAI_WORD_DESK_CLERK] = {"台席 / 工号", "Desk / clerk"},
  [TAI_WORD_CUSTOMER] = {"客户", "Customer"},
  [TAI_WORD_DOCUMENT_ENDS] = {"{1} 证件{2}", "{1} ID {2}"},
  [TAI_WORD_PHONE_NUMBER] = {"手机号码", "Number"},

  [TAI_WORD_REMOVED] = {"{1}（退订）", "{1} (ends)"},
  [TAI_WORD_TELL_FIRST] = {"首月账单{amount}（{price}）", "first bill {amount} ({price})"},
  [TAI_WORD_TELL_FIRST_PLAIN] = {"首月账单{amount}", "first bill {amount}"},
  [TAI_WORD_TELL_FIRST_DAYS] = {"首月账单{amount}（{price}，按{days}/{of}天计）", "first bill {amount} ({price} for {days} of {of} days)"},
  [TAI_WORD_TELL_FIRST_HALF] = {"首月账单{amount}（{price}的一半）", "first bill {amount} (half of {price})"},
  [TAI_WORD_TELL_FIRST_FREE] = {"首月免费", "first month free"},
  [TAI_WORD_TELL_NOT_YET] = {"{date}起生效", "from {date}"},
  [TAI_WORD_TELL_TRIAL] = {"免费试用到{date}", "free until {date}"},
  [TAI_WORD_TELL_ENDS] = {"到期自动停止，不收费", "then it ends by itself, at no cost"},
  [TAI_WORD_TELL_INCLUDED] = {"月费已含在融合套餐内", "its months are in the bundle"},
  [TAI_WORD_TELL_MONTHS] = {"之后{months}个月每月{price}", "then {price} a month for {months} months"},
  [TAI_WORD_TELL_ONE_MONTH] = {"之后1个月{price}", "then {price} for one month"},
  [TAI_WORD_TELL_ALWAYS] = {"以后每月{price}", "then {price} a month"},
  [TAI_WORD_TELL_NEW_MONTHS] = {"{date}起调价，{months}个月每月{price}", "new price from {date}: {price} a month for {months} months"},
  [TAI_WORD_TELL_NEW_ALWAYS] = {"{date}起调价，每月{price}", "new price from {date}: {price} a month"},
  [TAI_WORD_TELL_LESS_PERCENT] = {"{list}减{percent}%", "{list} less {percent} %"},
  [TAI_WORD_TELL_LESS_AMOUNT] = {"{list}减{off}", "{list} less {off}"},
  [TAI_WORD_TELL_AMOUNT_IS] = {"{amount}（{price}）", "{amount} ({price})"},
  [TAI_WORD_SUBTOTAL] = {"本项今日", "Today for this"},

  [TAI_WORD_STATE_ACCEPTED] = {"已受理·待生效", "Accepted,\nnot in force yet"},
  [TAI_WORD_STATE_PAID] = {"已收款·待到账", "Paid,\nnot credited yet"},
  [TAI_WORD_STATE_DONE] = {"办理完成", "Done"},
  [TAI_WORD_STATE_NOTED] = {"已登记·待处理", "Noted,\nto be answered"},
  [TAI_WORD_ACCEPTED_ON_LINE] = {"核验通过后才生效，结果用短信通知您。未通过的，已收的钱全部退还。",
                                 "It comes into force after the check; you get the result by SMS. If it is refused, all you "
                                 "paid for it is returned."},
  [TAI_WORD_ACCEPTED_OFF_LINE] = {"断网办理：资料已安全保存，联网后自动上传。核验通过后才生效，结果用短信通知您，不用再跑一趟。"
                                  "未通过的，已收的钱全部退还。",
                                  "The line is down: your order is safely kept and goes out by itself when the line is back. It "
                                  "comes into force after the check; you get the result by SMS and need not come again. If it is "
                                  "refused, all you paid for it is returned."},
  [TAI_WORD_PAID_ON_LINE] = {"正在入账，到账后用短信通知您。", "It is being credited; you get an SMS when it is there."},
  [TAI_WORD_PAID_OFF_LINE] = {"断网办理：钱已收到，联网后自动上传入账，到账后用短信通知您。请留好小票，不要重复缴费。",
                              "The line is down: we have your money and credit it by itself when the line is back; you get an "
                              "SMS then. Keep this paper and do not pay again."},
  [TAI_WORD_DONE_OFF_LINE] = {"断网办理：业务已经办好，记录联网后自动上传，不用再跑一趟。",
                              "The line is down: this is done all the same; the record goes out by itself when the line is "
                              "back. You need not come again."},
  [TAI_WORD_NOTED_OFF_LINE] = {"断网办理：已经记下，联网后自动上传，处理后联系您。",
                               "The line is down: it is written down and goes out by itself when the line is back. We will "
                               "contact you."},
  [TAI_WORD_NOTED_ON_LINE] = {"处理后联系您。", "We will contact you."},
  [TAI_WORD_NOTE_RESUME] = {"到账后48小时内恢复通话。", "Calls work again within 48 hours after it is credited."},
  [TAI_WORD_NOTE_SIM] = {"旧卡里的联系人不会转到新卡，请提前保存。", "Contacts on the old card do not move to the new one."},

  [TAI_WORD_DUE_TODAY] = {"今日应收", "To pay today"},
  [TAI_WORD_BACK_TODAY] = {"今日应退", "Back to you today"},
  [TAI_WORD_FIRST_BILL] = {"首月账单", "First bill"},
  [TAI_WORD_MONTHLY] = {"以后每月", "Each month after"},
  [TAI_WORD_MONTHLY_LATER] = {"优惠期满后每月", "Monthly after discount"},
  [TAI_WORD_MONTHLY_CHANGED] = {"调价后每月", "Monthly after change"},
  [TAI_WORD_TOTAL] = {"合计", "Total"},
  [TAI_WORD_REFUND_TOTAL] = {"应退", "Refund"},
  [TAI_WORD_CAPITALS] = {"大写", "In words"},
  [TAI_WORD_RECEIVED] = {"实收（{1}）", "Received ({1})"},
  [TAI_WORD_REFUNDED_BY] = {"实退（{1}）", "Returned ({1})"},
  [TAI_WORD_REFUND_SLIP] = {"退费凭条号", "Refund slip"},
  [TAI_WORD_TRANSACTION] = {"退费交易号", "Transaction"},
  [TAI_WORD_TO_CARD] = {"退回卡号", "To card"},
  [TAI_WORD_CHANGE] = {"找零", "Change"},
  [TAI_WORD_NOTHING_DUE] = {"今日不用付款", "Nothing to pay today"},
  [TAI_WORD_IN_DOUBT_MARK] = {"{1}（待核实）", "{1} (to be verified)"},
  [TAI_WORD_CASH] = {"现金", "Cash"},
  [TAI_WORD_CARD] = {"银行卡", "Card"},
  [TAI_WORD_QR_PAYMENT] = {"扫码支付", "QR payment"},
  [TAI_WORD_COUPON] = {"电子券", "Coupon"},
  [TAI_WORD_OTHER_TENDER] = {"其他方式", "Other"},

  [TAI_WORD_IF_YOU_CHANGE_YOUR_MIND] = {"如需撤单或返销", "To take it back"},
  [TAI_WORD_UNDO_SAME_DAY] = {"今天内可凭小票到本厅返销。过了今天，缴错号码的请带小票和证件来更正。",
                              "Today: bring this paper to this hall. Later, if the number was wrong: bring this paper and "
                              "your ID."},
  [TAI_WORD_UNDO_CANCEL] = {"生效前可凭小票和本人证件到本厅撤单退费。",
                            "Until it is in force: bring this paper and your ID to this hall; you get your money back."},
  [TAI_WORD_UNDO_RETURN] = {"退换按商品的规定办理，请带小票。", "Returns by the terms of the product; bring this paper."},

  [TAI_WORD_HOTLINE] = {"客服热线 {1}", "Help line {1}"},
  [TAI_WORD_THANKS] = {"谢谢光临", "Thank you"},
  [TAI_WORD_KEEP] = {"请妥善保管本单", "Please keep this paper"},
  [TAI_WORD_TERMINAL] = {"终端 {1}", "Terminal {1}"},
  [TAI_WORD_PROOF] = {"{1}. 序号 {2} 校验 {3}", "{1}. No. {2} check {3}"},
  [TAI_WORD_QR_CAPTION] = {"查单码：查询、撤单、返销时请出示", "Code to find this receipt"},

  [TAI_WORD_SERVICE_CONSENT] = {"本人于 {1} 确认订购", "agreed by the customer {1}"},
  [TAI_WORD_SERVICE_NO_CONSENT] = {"未确认", "not agreed"},
  [TAI_WORD_AFTER_TRIAL] = {"{1}；试用期满继续订购", "{1}; goes on after the trial"},
  [TAI_WORD_ITEM] = {"项目", "Item"},
  [TAI_WORD_WHOLE_VISIT] = {"本次共收（含小票上的其他业务）", "Paid in all (with what only the receipt lists)"},
  [TAI_WORD_TERMS_OF] = {"{1}（条款校验 {2}）", "{1} (check of the terms {2})"},
  [TAI_WORD_TERMS_LEFT_OUT] = {"条款太多，本单未能全部印出：签名前请向营业员索取全文。",
                               "The terms are too many for this form: ask for the full text before you sign."},
  [TAI_WORD_SIGN_CUSTOMER] = {"客户签名", "Customer's signature"},
  [TAI_WORD_SIGN_CLERK] = {"营业员签名", "Clerk's signature"},
  [TAI_WORD_SIGN_SUPERVISOR] = {"值班长签名", "Supervisor's signature"},

  [TAI_WORD_BUSINESS_DAY] = {"营业日", "Business day"},
  [TAI_WORD_TILL] = {"钱箱", "Till"},
  [TAI_WORD_CLERK] = {"工号", "Clerk"},
  [TAI_WORD_Z_NUMBER] = {"扎账号", "Close no."},
  [TAI_WORD_OPENED] = {"开班", "Opened"},
  [TAI_WORD_CLOSED] = {"扎账", "Closed"},
  [TAI_WORD_STILL_OPEN] = {"未扎账", "still open"},
  [TAI_WORD_PRINTED] = {"打印", "Printed"},
  [TAI_WORD_FLOAT] = {"备用金", "Float"},
  [TAI_WORD_EXPECTED] = {"应有现金", "Expected cash"},
  [TAI_WORD_COUNTED] = {"实点现金", "Counted cash"},
  [TAI_WORD_DIFFERENCE] = {"长短款", "Difference"},
  [TAI_WORD_OVER] = {"长款", "Over"},
  [TAI_WORD_SHORT] = {"短款", "Short"},
  [TAI_WORD_EVEN] = {"长短款", "Even"},
  [TAI_WORD_OPENING_DIFFERENCE] = {"开班差额 {1} {2}", "Opening difference {1} {2}"},
  [TAI_WORD_DAY_FIGURES] = {"当日与对比", "The day and others"},
  [TAI_WORD_YESTERDAY] = {"前一天", "Day before"},
  [TAI_WORD_WEEK_AGO] = {"上周同日", "Week before"},
  [TAI_WORD_SALES] = {"营业额（毛额）", "Sales (gross)"},
  [TAI_WORD_NET] = {"净额", "Net"},
  [TAI_WORD_OWN_ONLY] = {"仅本人数据", "Own figures only"},
  [TAI_WORD_BLIND_COUNT] = {"盲盘：日扎账之后才显示金额", "Blind count: amounts are told after the till is closed"},
  [TAI_WORD_BY_CLERK] = {"按工号", "By clerk"},
  [TAI_WORD_BY_BUSINESS] = {"按业务", "By business"},
  [TAI_WORD_BY_TENDER] = {"按支付方式", "By tender"},
  [TAI_WORD_BUSINESS] = {"业务", "Business"},
  [TAI_WORD_TENDER] = {"支付方式", "Tender"},
  [TAI_WORD_COUNT] = {"笔数", "Count"},
  [TAI_WORD_AMOUNT] = {"金额", "Amount"},
  [TAI_WORD_SUM] = {"合计", "Sum"},
  [TAI_WORD_NONE] = {"没有", "none"},
  [TAI_WORD_TIMES] = {"{1} ×{2}", "{1} ×{2}"},
  [TAI_WORD_SHIFTS] = {"班次", "Shifts"},
  [TAI_WORD_DRAWER_NOW] = {"钱箱应有现金", "Cash that should be in the drawer"},
  [TAI_WORD_REFUND_DUE] = {"待退费", "Refunds due"},
  [TAI_WORD_N_ORDERS] = {"业务笔数", "Orders"},
  [TAI_WORD_N_PAYMENTS] = {"收款笔数", "Payments"},
  [TAI_WORD_N_REPRINTS] = {"补打", "Reprints"},
  [TAI_WORD_N_UNDONE] = {"返销", "Undone"},
  [TAI_WORD_N_UNSENT] = {"待上传", "Waiting to upload"},
  [TAI_WORD_OLDEST_UNSENT] = {"最早一笔", "The oldest"},
  [TAI_WORD_N_IN_DOUBT] = {"待核实", "To be verified"},
  [TAI_WORD_OLDEST_IN_DOUBT] = {"最早待核实", "The oldest of them"},
  [TAI_WORD_N_QUARANTINED] = {"异常单", "Rejected records"},
  [TAI_WORD_OPEN_MATTERS] = {"未了事项", "Open matters"},
  [TAI_WORD_CLEAN] = {"都已了结", "all settled"},
  [TAI_WORD_JOURNAL_HEAD] = {"流水账校验 第{1}条", "Journal head, entry {1}"},
  [TAI_WORD_OF_TERMINAL] = {"数据来自本终端（钱箱 {1}），截至 {2}", "This terminal's figures (till {1}), as of {2}"},
  [TAI_WORD_OF_HQ] = {"数据来自总部（{1}，{2} 个终端），截至 {3}", "Headquarters' figures ({1}, {2} terminals), as of {3}"},
  [TAI_WORD_MONTHLY_REPORT] = {"营业月报", "Monthly till report"},
  [TAI_WORD_REPORT_MONTH] = {"月份", "Month"},
  [TAI_WORD_MONTH_BEFORE] = {"上月", "Month before"},
  [TAI_WORD_YEAR_AGO] = {"上年同月", "Year before"},
  [TAI_WORD_BY_DAY] = {"按日", "By day"},
  [TAI_WORD_BY_HOUR] = {"按时段", "By hour"},
  [TAI_WORD_HOUR] = {"时段", "Hour"},
  [TAI_WORD_BY_TERMINAL] = {"按终端", "By terminal"},
  [TAI_WORD_ONE_TERMINAL] = {"终端", "Terminal"},
  [TAI_WORD_BY_HALL] = {"按营业厅", "By hall"},
  [TAI_WORD_HALL] = {"营业厅", "Hall"},
  [TAI_WORD_N_FINDINGS] = {"核对不符", "What does not match"},
  [TAI_WORD_HEARD] = {"最近联系 {1}", "last heard of {1}"},
  [TAI_WORD_HEARD_WITH_GAPS] = {"最近联系 {1}，缺 {2} 条记录", "last heard of {1}, {2} records missing"},
  [TAI_WORD_NEVER] = {"从未", "never"},
  [TAI_WORD_REFUNDS] = {"退费", "Refunds"},
  [TAI_WORD_NO_SALES] = {"空开钱箱", "No sale"},
  [TAI_WORD_OVERRIDES] = {"现场授权", "Overrides"},
  [TAI_WORD_DETAIL] = {"明细：钱箱 {1}，工号 {2}", "Detail: till {1}, clerk {2}"},
  [TAI_WORD_DETAIL_TIME] = {"时间", "Time"},
  [TAI_WORD_DETAIL_WHAT] = {"事项", "What"},
  [TAI_WORD_DETAIL_RECEIPT] = {"小票号", "Receipt"},
  [TAI_WORD_DETAIL_OPENED] = {"开班清点", "Float counted"},
  [TAI_WORD_DETAIL_SALE] = {"收款", "Sale"},
  [TAI_WORD_DETAIL_OTHER] = {"其他现金进出", "Other cash"},
  [TAI_WORD_DETAIL_CLOSED] = {"扎账清点", "Drawer counted"},
  [TAI_WORD_CHAIN_WHOLE] = {"流水账第{1}至{2}条已逐条核对，无改动", "Journal entries {1} to {2} checked, all as they were written"},
  [TAI_WORD_CHAIN_BROKEN] = {"流水账第{1}条与记录不符，请勿再用本机，联系技术支持", "Journal entry {1} is not what was written: stop using this terminal and tell the help desk"},
  [TAI_WORD_CARRIED_OVER] = {"待核实结转", "To be verified, carried over"},
  [TAI_WORD_SUPPLEMENTS] = {"扎账后补充", "Supplements after the close"},
  [TAI_WORD_SUPPLEMENT] = {"补充{1} {2}", "No. {1}, {2}"},
  [TAI_WORD_SUPPLEMENT_UPLOADED] = {"待上传的记录已全部上传", "All that waited is uploaded"},
  [TAI_WORD_SUPPLEMENT_REFUSED] = {"总部未受理，转待退费", "Refused by headquarters, refund due"},
  [TAI_WORD_SUPPLEMENT_CANCELLED] = {"已撤单，转待退费", "Cancelled, refund due"},
  [TAI_WORD_SUPPLEMENT_UNDONE] = {"已返销，转待退费", "Taken back, refund due"},
  [TAI_WORD_SUPPLEMENT_REFUND] = {"退费给客户", "Given back to the customer"},
  [TAI_WORD_SUPPLEMENT_BY_SLIP] = {"凭退费单退给客户", "Given back elsewhere, with a slip"},
  [TAI_WORD_SUPPLEMENT_BY_GATEWAY] = {"原路退给客户", "Given back to what was paid with"},
  [TAI_WORD_SUPPLEMENT_TWICE] = {"重复退款，待追回", "Refund went twice, to be recovered"},
  [TAI_WORD_SUPPLEMENT_PUT_RIGHT] = {"重复退款已处理", "Refund that went twice was put right"},
  [TAI_WORD_SUPPLEMENT_RELEASED] = {"待退费已转其他台席", "Refund handed to another desk"},
  [TAI_WORD_SUPPLEMENT_FETCHED] = {"其他台席的待退费已转入", "Refund of another desk taken over"},
  [TAI_WORD_SUPPLEMENT_DOUBT] = {"付款待核实", "Payment to be verified"},
  [TAI_WORD_SUPPLEMENT_CAME] = {"待核实款项已到账", "Verified: the money came"},
  [TAI_WORD_SUPPLEMENT_GONE] = {"待核实款项未到账", "Verified: no money came"},
  [TAI_WORD_SUPPLEMENT_OTHER] = {"其他入账", "Other booking"},

  [TAI_WORD_BILL] = {"话费账单", "Bill"},
  [TAI_WORD_BILL_WITH_RECORDS] = {"话费账单及详单", "Bill with records"},
  [TAI_WORD_BILL_MONTH] = {"账期", "Month"},
  [TAI_WORD_BILL_PERIOD] = {"起止日期", "From – to"},
  [TAI_WORD_BILL_ACCOUNT] = {"账户", "Account"},
  [TAI_WORD_BILL_TOTAL] = {"本月合计", "This month"},
  [TAI_WORD_BILL_ARREARS] = {"往月欠费", "Open from before"},
  [TAI_WORD_BILL_TO_PAY] = {"应缴", "To pay"},
  [TAI_WORD_BILL_DUE] = {"请在此日前缴清", "Please pay by"},
  [TAI_WORD_BILL_USED] = {"用量", "Used"},
  [TAI_WORD_BILL_RECORDS] = {"详单", "Records"},
  [TAI_WORD_BILL_KIND] = {"类型", "Kind"},
  [TAI_WORD_BILL_PARTY] = {"对方号码", "Number"},
  [TAI_WORD_BILL_MORE] = {"还有{1}条没有印出，请按日期分次打印。", "{1} more are not on this paper: print fewer days at a time."},
  [TAI_WORD_BILL_PRIVATE] = {"内有个人信息，请妥善保管", "Personal: keep it safe"},

  [TAI_WORD_REFUSED_BUSINESS] = {"业务", "Business"},
  [TAI_WORD_REASON] = {"原因", "Reason"},
  [TAI_WORD_REASON_CODE] = {"原因代码", "Reason code"},
  [TAI_WORD_BRING] = {"再来办理请带", "To try again bring"},
  [TAI_WORD_MONEY_BACK] = {"应退给您", "Owed to you"},
  [TAI_WORD_MONEY_GONE_BACK] = {"已退给您", "Given back to you"},
  [TAI_WORD_APPROVED_BY] = {"授权人", "Approved by"},
  [TAI_WORD_APPEAL] = {"有异议怎么办", "If you do not agree"},
  [TAI_WORD_APPEAL_TEXT] = {"可以找本厅值班长，或拨打客服热线申请复核。对处理结果不满意的，可以向通信管理部门申诉。",
                            "Ask the supervisor of this hall or the help line for a review. If you are not content with the "
                            "answer, you may appeal to the communications authority."},
  [TAI_WORD_HOTLINE_LABEL] = {"客服热线", "Help line"},

  [TAI_WORD_PROMISE] = {"业务跟进凭条", "We will call you"},
  [TAI_WORD_PROMISE_PAYMENT] = {"您这笔付款是否到账还在核实，业务暂未办结。请不要重复付款。",
                                "Whether your payment came is being verified, and what you asked for is not finished. "
                                "Please do not pay again."},
  [TAI_WORD_PROMISE_PAPER] = {"您的业务已办理并已收款，小票暂时打印不出来。",
                              "Your business is done and paid. Its receipt cannot be printed at the moment."},
  [TAI_WORD_PROMISE_MONEY] = {"您的业务未能办理，应退您的款项还没有退。",
                              "Your business could not be done. The money is still owed to you."},
  [TAI_WORD_PROMISE_MONEY_CANCELLED] = {"您的业务已撤单，应退您的款项还没有退。",
                                        "Your business was cancelled. The money is still owed to you."},
  [TAI_WORD_PROMISE_MONEY_UNDONE] = {"您的业务已返销，应退您的款项还没有退。",
                                     "Your business was undone. The money is still owed to you."},
  [TAI_WORD_PROMISE_DO_PAYMENT] = {"我们会在{1}前核实清楚并打电话告诉您：已到账的，业务照常办结；没有到账的，您无需付款；多收的钱原路退回。",
                                   "By {1} we find out and call you: if the money came, your business is finished; if it "
                                   "did not, you owe nothing; what came twice goes back the way it came."},
  [TAI_WORD_PROMISE_DO_PAPER] = {"{1}前凭本条来本厅即可补打小票，我们也会打电话通知您。",
                                 "Bring this slip by {1} and you get the receipt; we call you, too."},
  [TAI_WORD_PROMISE_MONEY_ON_ITS_WAY] = {"应退您的款项正按原付款方式退回。",
                                         "The money owed to you is on its way back, the way it was paid."},
  [TAI_WORD_PROMISE_DO_MONEY_ON_ITS_WAY] =
      {"我们会在{1}前核实是否到账并打电话告诉您。请勿另行领取。",
       "By {1} we make sure that it went and call you. Please do not fetch it another way meanwhile."},
  [TAI_WORD_PROMISE_DO_MONEY] = {"{1}前凭本条来本厅领取退费；到时还没有办妥的，我们会打电话给您。",
                                 "Bring this slip by {1} and you get the money; if it is not settled by then, we call you."},
  [TAI_WORD_PROMISE_REFERENCE] = {"凭条号", "Reference"},
  [TAI_WORD_PROMISE_UNTIL] = {"最迟答复", "At the latest"},
  [TAI_WORD_PROMISE_WHO_CALLS] = {"由谁致电", "Who calls"},
  [TAI_WORD_PROMISE_YOUR_PHONE] = {"您的联系电话", "Your telephone"},
  [TAI_WORD_PROMISE_MERCHANT_ORDER] = {"商户订单号", "Merchant order"},
  [TAI_WORD_PROMISE_QR] = {"在本厅出示此码即可接着办", "Show this code at the counter"},
  [TAI_WORD_INVOICE] = {"开票码", "Code for your invoice"},
  [TAI_WORD_INVOICE_AMOUNT] = {"可开票金额", "May be invoiced"},
  [TAI_WORD_INVOICE_CAPTION] = {"开票码：扫码自助开具电子发票", "Scan to make your e-invoice"},
  [TAI_WORD_INVOICE_OLD_CODES] = {"此前的开票码已作废，请用新码", "Codes for an invoice that were printed before are no longer good"},
  [TAI_WORD_INVOICE_NOTHING_LEFT] = {"款项已全部退回，无可开票金额", "All of the money went back: there is nothing to invoice"},
};

#define NOTHING TAI_N_WORDS
#define SAME_DAY TAI_WORD_UNDO_SAME_DAY
#define CANCEL   TAI_WORD_UNDO_CANCEL
#define NOTED    TAI_WORD_STATE_NOTED

static const TaiPaperBusiness businesses[] = {
  {"top_up",          {"充值", "Top-up"},                          SAME_DAY, NOTHING, NOTHING},
  {"bill_payment",    {"缴费", "Bill payment"},                    SAME_DAY, NOTHING, NOTHING},
  {"new_line",        {"开户", "New line"},                        CANCEL,   NOTHING, NOTHING},
  {"port_in",         {"携号转入", "Number ported in"},            CANCEL,   NOTHING, NOTHING},
  {"transfer",        {"过户", "Transfer of ownership"},           CANCEL,   NOTHING, NOTHING},
  {"sim_replacement", {"补换卡", "SIM replacement"},               CANCEL,   NOTHING, TAI_WORD_NOTE_SIM},
  {"esim",            {"eSIM开通", "eSIM"},                        CANCEL,   NOTHING, NOTHING},
  {"plan_change",     {"套餐变更", "Plan change"},                 CANCEL,   NOTHING, NOTHING},
  {"service_add",     {"订购增值业务", "Service added"},           CANCEL,   NOTHING, NOTHING},
  {"service_remove",  {"退订增值业务", "Service ended"},           CANCEL,   NOTHING, NOTHING},
  {"suspend",         {"停机保号", "Line suspended"},              CANCEL,   NOTHING, NOTHING},
  {"resume",          {"复机", "Line resumed"},                    NOTHING,  NOTHING, TAI_WORD_NOTE_RESUME},
  {"close",           {"预销户", "Line closed (first step)"},      NOTHING,  NOTHING, NOTHING},
  {"port_out_code",   {"携转授权码", "Porting code"},              NOTHING,  NOTHING, NOTHING},
  {"detail_bill",     {"详单查询", "Call details"},                NOTHING,  NOTHING, NOTHING},
  {"change_details",  {"客户资料变更", "Change of details"},       NOTHING,  NOTHING, NOTHING},
  {"balance",         {"余额查询", "Balance"},                     NOTHING,  NOTHING, NOTHING},
  {"goods_sale",      {"购买商品", "Goods"},                       TAI_WORD_UNDO_RETURN, NOTHING, NOTHING},
  {"coupon",          {"电子券核销", "Coupon"},                    NOTHING,  NOTHING, NOTHING},
  {"ticket",          {"报障", "Fault report"},                    NOTHING,  NOTED,   NOTHING},
  {"complaint",       {"投诉", "Complaint"},                       NOTHING,  NOTED,   NOTHING},
  {"interaction",     {"服务记录", "Note of your visit"},          NOTHING,  NOTED,   NOTHING},
  {"refund",          {"退费", "Refund"},                          NOTHING,  NOTHING, NOTHING},
  {"undo",            {"返销", "Taken back the same day"},         NOTHING,  NOTHING, NOTHING},
  {"cancel",          {"撤单", "Order cancelled"},                 NOTHING,  NOTHING, NOTHING},
  {"correction",      {"错缴更正", "Wrong-number correction"},     NOTHING,  NOTHING, NOTHING},
};

typedef struct {
  const char *id;
  const char *name[N_LANGUAGES];
} Entry;

static const Entry document_kinds[] = {
  {"citizen_card", {"居民身份证", "Resident identity card"}},
  {"hmt_permit", {"港澳台居民居住证", "Residence permit (Hong Kong, Macao, Taiwan)"}},
  {"pr_2017", {"外国人永久居留身份证", "Permanent resident ID card"}},
  {"pr_2023", {"外国人永久居留身份证", "Permanent resident ID card"}},
  {"passport", {"护照", "Passport"}},
  {"travel_permit", {"通行证", "Travel permit"}},
};

static const Entry providers[] = {
  {"wechat", {"微信支付", "WeChat Pay"}},
  {"alipay", {"支付宝", "Alipay"}},
  {"unionpay", {"云闪付", "UnionPay"}},
};
/* clang-format on */

static guint
language_index (const char *language)
{
  return language && g_str_has_prefix (language, "zh") ? CHINESE : ENGLISH;
}

const char *
tai_paper_word (TaiPaperWord word, const char *language)
{
  g_return_val_if_fail (word < TAI_N_WORDS, "");

  return words[word][language_index (language)];
}

const TaiPaperBusiness *
tai_paper_find_business (const char *operation_id)
{
  for (guint i = 0; operation_id && i < G_N_ELEMENTS (businesses); i++)
    if (strcmp (businesses[i].id, operation_id) == 0)
      return &businesses[i];
  return NULL;
}

const char *
tai_paper_business_name (const char *operation_id, const char *language)
{
  const TaiPaperBusiness *business = tai_paper_find_business (operation_id);

  return business ? business->name[language_index (language)] : operation_id ? operation_id : "";
}

static const char *
find (const Entry *entries, guint n, const char *id, const char *language)
{
  for (guint i = 0; id && i < n; i++)
    if (strcmp (entries[i].id, id) == 0)
      return entries[i].name[language_index (language)];
  return NULL;
}

const char *
tai_paper_document_kind (const char *kind, const char *language)
{
  return find (document_kinds, G_N_ELEMENTS (document_kinds), kind, language);
}

const char *
tai_paper_provider (const char *provider, const char *language)
{
  const char *name = find (providers, G_N_ELEMENTS (providers), provider, language);

  return name ? name : provider ? provider : "";
}

const char *
tai_paper_tender (const char *tender, const char *language)
{
  static const struct {
    const char *id;
    TaiPaperWord word;
  } tenders[] = {
      {"cash", TAI_WORD_CASH},     {"card", TAI_WORD_CARD},          {"qr", TAI_WORD_QR_PAYMENT},
      {"coupon", TAI_WORD_COUPON}, {"other", TAI_WORD_OTHER_TENDER},
  };

  for (guint i = 0; tender && i < G_N_ELEMENTS (tenders); i++)
    if (strcmp (tenders[i].id, tender) == 0)
      return tai_paper_word (tenders[i].word, language);
  return tender ? tender : "";
}
