/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Constant data. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-gateway-word.h"

#include <string.h>

typedef struct {
  const char *house, *word;
  TaiGatewayOutcome outcome;
  gboolean is_not_there;
} Word;

static const Word words[] = {
    /* trade_state of a query, then codes of errors */
    {"wechat", "SUCCESS", TAI_GATEWAY_SUCCEEDED, FALSE},
    {"wechat", "REFUND", TAI_GATEWAY_REVERSED, FALSE},
    {"wechat", "NOTPAY", TAI_GATEWAY_AWAITING, FALSE},
    {"wechat", "USERPAYING", TAI_GATEWAY_AWAITING, FALSE},
    {"wechat", "ACCEPT", TAI_GATEWAY_AWAITING, FALSE},
    {"wechat", "CLOSED", TAI_GATEWAY_REVERSED, FALSE},
    {"wechat", "REVOKED", TAI_GATEWAY_REVERSED, FALSE},
    {"wechat", "PAYERROR", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "SYSTEMERROR", TAI_GATEWAY_UNKNOWN, FALSE},
    {"wechat", "SYSTEM_ERROR", TAI_GATEWAY_UNKNOWN, FALSE},
    {"wechat", "BANKERROR", TAI_GATEWAY_UNKNOWN, FALSE},
    {"wechat", "BANK_ERROR", TAI_GATEWAY_UNKNOWN, FALSE},
    {"wechat", "FREQUENCY_LIMITED", TAI_GATEWAY_UNKNOWN, FALSE},
    {"wechat", "FREQUENCY_LIMIT_EXCEED", TAI_GATEWAY_UNKNOWN, FALSE},
    {"wechat", "ORDERNOTEXIST", TAI_GATEWAY_UNKNOWN, TRUE},
    {"wechat", "ORDER_NOT_EXIST", TAI_GATEWAY_UNKNOWN, TRUE},
    {"wechat", "ORDERPAID", TAI_GATEWAY_UNKNOWN, FALSE},
    {"wechat", "ORDER_CLOSED", TAI_GATEWAY_REVERSED, FALSE},
    {"wechat", "ORDERCLOSED", TAI_GATEWAY_REVERSED, FALSE},
    {"wechat", "ORDERREVERSED", TAI_GATEWAY_REVERSED, FALSE},
    {"wechat", "NOTENOUGH", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "NOT_ENOUGH", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "AUTHCODEEXPIRE", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "AUTH_CODE_EXPIRED", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "AUTH_CODE_ERROR", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "AUTH_CODE_INVALID", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "NOAUTH", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "NO_AUTH", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "PARAM_ERROR", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "SIGN_ERROR", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "ACCOUNT_ERROR", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "RULE_LIMIT", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "TRADE_ERROR", TAI_GATEWAY_FAILED, FALSE},
    {"wechat", "REVERSE_EXPIRE", TAI_GATEWAY_REFUSED, FALSE},
    /* code of an answer, trade_status of a query, sub_code of a failure */
    {"alipay", "10003", TAI_GATEWAY_AWAITING, FALSE},
    {"alipay", "20000", TAI_GATEWAY_UNKNOWN, FALSE},
    {"alipay", "TRADE_SUCCESS", TAI_GATEWAY_SUCCEEDED, FALSE},
    {"alipay", "TRADE_FINISHED", TAI_GATEWAY_SUCCEEDED, FALSE},
    {"alipay", "WAIT_BUYER_PAY", TAI_GATEWAY_AWAITING, FALSE},
    {"alipay", "TRADE_CLOSED", TAI_GATEWAY_REVERSED, FALSE},
    {"alipay", "ACQ.SYSTEM_ERROR", TAI_GATEWAY_UNKNOWN, FALSE},
    {"alipay", "ACQ.TRADE_NOT_EXIST", TAI_GATEWAY_UNKNOWN, TRUE},
    {"alipay", "ACQ.TRADE_HAS_SUCCESS", TAI_GATEWAY_UNKNOWN, FALSE},
    {"alipay", "ACQ.TRADE_HAS_CLOSE", TAI_GATEWAY_REVERSED, FALSE},
    {"alipay", "ACQ.BUYER_BALANCE_NOT_ENOUGH", TAI_GATEWAY_FAILED, FALSE},
    {"alipay", "ACQ.PAYMENT_AUTH_CODE_INVALID", TAI_GATEWAY_FAILED, FALSE},
    {"alipay", "ACQ.PAYMENT_FAIL", TAI_GATEWAY_FAILED, FALSE},
    {"alipay", "ACQ.INVALID_PARAMETER", TAI_GATEWAY_FAILED, FALSE},
    {"alipay", "ACQ.ACCESS_FORBIDDEN", TAI_GATEWAY_FAILED, FALSE},
    {"alipay", "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR", TAI_GATEWAY_FAILED, FALSE},
    {"alipay", "ACQ.SELLER_BALANCE_NOT_ENOUGH", TAI_GATEWAY_REFUSED, FALSE},
    {"alipay", "ACQ.REASON_TRADE_REFUND_FEE_ERR", TAI_GATEWAY_REFUSED, FALSE},
    /* status of a refund, then codes of errors. Abnormal: the customer's bank sent it back, and a person decides at the house */
    {"wechat_refund", "SUCCESS", TAI_GATEWAY_SUCCEEDED, FALSE},
    {"wechat_refund", "PROCESSING", TAI_GATEWAY_AWAITING, FALSE},
    {"wechat_refund", "CLOSED", TAI_GATEWAY_FAILED, FALSE},
    {"wechat_refund", "ABNORMAL", TAI_GATEWAY_UNKNOWN, FALSE},
    {"wechat_refund", "SYSTEM_ERROR", TAI_GATEWAY_UNKNOWN, FALSE},
    {"wechat_refund", "FREQUENCY_LIMITED", TAI_GATEWAY_UNKNOWN, FALSE},
    {"wechat_refund", "RESOURCE_NOT_EXISTS", TAI_GATEWAY_UNKNOWN, TRUE},
    {"wechat_refund", "NOT_ENOUGH", TAI_GATEWAY_REFUSED, FALSE},
    {"wechat_refund", "USER_ACCOUNT_ABNORMAL", TAI_GATEWAY_REFUSED, FALSE},
    {"wechat_refund", "INVALID_REQUEST", TAI_GATEWAY_REFUSED, FALSE},
    {"wechat_refund", "PARAM_ERROR", TAI_GATEWAY_REFUSED, FALSE},
    {"wechat_refund", "NO_AUTH", TAI_GATEWAY_REFUSED, FALSE},
    {"wechat_refund", "MCH_NOT_EXISTS", TAI_GATEWAY_REFUSED, FALSE},
    /* refund_status of a query, code, sub_code. There are no words for "under way" */
    {"alipay_refund", "REFUND_SUCCESS", TAI_GATEWAY_SUCCEEDED, FALSE},
    {"alipay_refund", "20000", TAI_GATEWAY_UNKNOWN, FALSE},
    {"alipay_refund", "ACQ.SYSTEM_ERROR", TAI_GATEWAY_UNKNOWN, FALSE},
    {"alipay_refund", "ACQ.DISCORDANT_REPEAT_REQUEST", TAI_GATEWAY_UNKNOWN, FALSE},
    {"alipay_refund", "ACQ.TRADE_NOT_EXIST", TAI_GATEWAY_REFUSED, FALSE},
    {"alipay_refund", "ACQ.TRADE_STATUS_ERROR", TAI_GATEWAY_REFUSED, FALSE},
    {"alipay_refund", "ACQ.TRADE_HAS_FINISHED", TAI_GATEWAY_REFUSED, FALSE},
    {"alipay_refund", "ACQ.TRADE_HAS_CLOSE", TAI_GATEWAY_REFUSED, FALSE},
    {"alipay_refund", "ACQ.TRADE_NOT_ALLOW_REFUND", TAI_GATEWAY_REFUSED, FALSE},
    {"alipay_refund", "ACQ.SELLER_BALANCE_NOT_ENOUGH", TAI_GATEWAY_REFUSED, FALSE},
    {"alipay_refund", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", TAI_GATEWAY_REFUSED, FALSE},
    {"alipay_refund", "ACQ.REASON_TRADE_REFUND_FEE_ERR", TAI_GATEWAY_REFUSED, FALSE},
    {"alipay_refund", "ACQ.REASON_TRADE_BEEN_FREEZEN", TAI_GATEWAY_REFUSED, FALSE},
    {"alipay_refund", "ACQ.INVALID_PARAMETER", TAI_GATEWAY_REFUSED, FALSE},
    /* trans_status of an order, then codes of what is refused */
    {"codepay", "0", TAI_GATEWAY_AWAITING, FALSE},
    {"codepay", "9", TAI_GATEWAY_AWAITING, FALSE},
    {"codepay", "1", TAI_GATEWAY_FAILED, FALSE},
    {"codepay", "2", TAI_GATEWAY_SUCCEEDED, FALSE},
    {"codepay", "3", TAI_GATEWAY_REVERSED, FALSE},
    {"codepay", "110", TAI_GATEWAY_FAILED, FALSE},
    {"codepay", "112", TAI_GATEWAY_UNKNOWN, FALSE},
    {"codepay", "E04112", TAI_GATEWAY_UNKNOWN, FALSE},
    {"codepay", "E04111", TAI_GATEWAY_UNKNOWN, TRUE},
    {"codepay", "ET003", TAI_GATEWAY_UNKNOWN, TRUE},
    {"codepay", "334", TAI_GATEWAY_REVERSED, FALSE},
    {"codepay", "ET008", TAI_GATEWAY_REFUSED, FALSE},
    {"codepay", "CF008", TAI_GATEWAY_REFUSED, FALSE},
    {"codepay", "TS-D0004", TAI_GATEWAY_REFUSED, FALSE},
    {"codepay", "942", TAI_GATEWAY_REFUSED, FALSE},
    /* TMF676's payment states */
    {"tmf676", "initialized", TAI_GATEWAY_AWAITING, FALSE},
    {"tmf676", "pending", TAI_GATEWAY_AWAITING, FALSE},
    {"tmf676", "processing", TAI_GATEWAY_AWAITING, FALSE},
    {"tmf676", "done", TAI_GATEWAY_SUCCEEDED, FALSE},
    {"tmf676", "rejected", TAI_GATEWAY_FAILED, FALSE},
    {"tmf676", "failed", TAI_GATEWAY_FAILED, FALSE},
    {"tmf676", "cancelled", TAI_GATEWAY_REVERSED, FALSE},
};

static const Word *
find (const char *house, const char *word)
{
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].word, word) == 0 && strcmp (words[i].house, house) == 0)
      return &words[i];
  return NULL;
}

gboolean
tai_gateway_word_read (const char *house, const char *word, TaiGatewayOutcome *outcome)
{
  const Word *found;

  g_return_val_if_fail (house != NULL && outcome != NULL, FALSE);
  found = find (house, word);
  *outcome = found != NULL ? found->outcome : TAI_GATEWAY_UNKNOWN;
  return found != NULL;
}

gboolean
tai_gateway_word_is_not_there (const char *house, const char *word)
{
  const Word *found;

  g_return_val_if_fail (house != NULL, FALSE);
  found = find (house, word);
  return found != NULL && found->is_not_there;
}
