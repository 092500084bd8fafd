/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of those who take payments: each as an outcome, an unknown one as no proof of anything. */
#include "tai-gateway-word.h"

static const struct {
  const char *house, *word;
  TaiGatewayOutcome outcome;
} words[] = {
    {"wechat", "SUCCESS", TAI_GATEWAY_SUCCEEDED},
    {"wechat", "USERPAYING", TAI_GATEWAY_AWAITING},
    {"wechat", "NOTPAY", TAI_GATEWAY_AWAITING},
    {"wechat", "REVOKED", TAI_GATEWAY_REVERSED},
    {"wechat", "CLOSED", TAI_GATEWAY_REVERSED},
    {"wechat", "REFUND", TAI_GATEWAY_REVERSED},
    {"wechat", "SYSTEMERROR", TAI_GATEWAY_UNKNOWN},
    {"wechat", "SYSTEM_ERROR", TAI_GATEWAY_UNKNOWN},
    {"wechat", "BANKERROR", TAI_GATEWAY_UNKNOWN},
    {"wechat", "NOTENOUGH", TAI_GATEWAY_FAILED},
    {"wechat", "PAYERROR", TAI_GATEWAY_FAILED},
    {"alipay", "10003", TAI_GATEWAY_AWAITING},
    {"alipay", "20000", TAI_GATEWAY_UNKNOWN},
    {"alipay", "TRADE_SUCCESS", TAI_GATEWAY_SUCCEEDED},
    {"alipay", "TRADE_CLOSED", TAI_GATEWAY_REVERSED},
    {"alipay", "WAIT_BUYER_PAY", TAI_GATEWAY_AWAITING},
    {"codepay", "0", TAI_GATEWAY_AWAITING},
    {"codepay", "1", TAI_GATEWAY_FAILED},
    {"codepay", "2", TAI_GATEWAY_SUCCEEDED},
    {"codepay", "3", TAI_GATEWAY_REVERSED},
    {"codepay", "110", TAI_GATEWAY_FAILED},
    {"codepay", "112", TAI_GATEWAY_UNKNOWN},
    {"codepay", "334", TAI_GATEWAY_REVERSED},
    {"codepay", "E04112", TAI_GATEWAY_UNKNOWN},
    {"codepay", "ET008", TAI_GATEWAY_REFUSED},
    {"tmf676", "done", TAI_GATEWAY_SUCCEEDED},
    {"wechat_refund", "SUCCESS", TAI_GATEWAY_SUCCEEDED},
    {"wechat_refund", "PROCESSING", TAI_GATEWAY_AWAITING},
    {"wechat_refund", "CLOSED", TAI_GATEWAY_FAILED},
    {"wechat_refund", "ABNORMAL", TAI_GATEWAY_UNKNOWN},
    {"wechat_refund", "NOT_ENOUGH", TAI_GATEWAY_REFUSED},
    {"wechat_refund", "FREQUENCY_LIMITED", TAI_GATEWAY_UNKNOWN},
    {"alipay_refund", "REFUND_SUCCESS", TAI_GATEWAY_SUCCEEDED},
    {"alipay_refund", "ACQ.SELLER_BALANCE_NOT_ENOUGH", TAI_GATEWAY_REFUSED},
    {"alipay_refund", "ACQ.SYSTEM_ERROR", TAI_GATEWAY_UNKNOWN},
};

static void
test_words (void)
{
  TaiGatewayOutcome outcome;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_assert_true (tai_gateway_word_read (words[i].house, words[i].word, &outcome));
    g_assert_cmpint (outcome, ==, words[i].outcome);
    g_assert_false (tai_gateway_word_is_not_there (words[i].house, words[i].word));
  }
}

/* Another house's word, a new one, or none. */
static void
test_unknown (void)
{
  static const char *const strange[] = {"TRADE_SUCCESS", "success", "SUCCESS ", "", NULL};
  TaiGatewayOutcome outcome = TAI_GATEWAY_SUCCEEDED;

  for (guint i = 0; i < G_N_ELEMENTS (strange); i++) {
    g_assert_false (tai_gateway_word_read ("wechat", strange[i], &outcome));
    g_assert_cmpint (outcome, ==, TAI_GATEWAY_UNKNOWN);
  }
}

static void
test_not_there (void)
{
  TaiGatewayOutcome outcome;

  g_assert_true (tai_gateway_word_is_not_there ("wechat", "ORDER_NOT_EXIST"));
  g_assert_true (tai_gateway_word_is_not_there ("alipay", "ACQ.TRADE_NOT_EXIST"));
  g_assert_true (tai_gateway_word_is_not_there ("codepay", "ET003"));
  g_assert_true (tai_gateway_word_is_not_there ("wechat_refund", "RESOURCE_NOT_EXISTS"));
  g_assert_false (tai_gateway_word_is_not_there ("wechat", "ACQ.TRADE_NOT_EXIST"));
  /* by itself it is no proof: the payment may still be under way */
  g_assert_true (tai_gateway_word_read ("wechat", "ORDER_NOT_EXIST", &outcome));
  g_assert_cmpint (outcome, ==, TAI_GATEWAY_UNKNOWN);
}

static void
test_outcomes (void)
{
  TaiGatewayOutcome back;

  for (TaiGatewayOutcome outcome = TAI_GATEWAY_AWAITING; outcome <= TAI_GATEWAY_REFUSED; outcome++) {
    g_assert_true (tai_gateway_outcome_from_text (tai_gateway_outcome_to_text (outcome), &back, NULL));
    g_assert_cmpint (back, ==, outcome);
  }
  g_assert_false (tai_gateway_outcome_from_text ("paid", &back, NULL));
  g_assert_false (tai_gateway_outcome_from_text (NULL, &back, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gateway-word/words", test_words);
  g_test_add_func ("/gateway-word/unknown", test_unknown);
  g_test_add_func ("/gateway-word/not-there", test_not_there);
  g_test_add_func ("/gateway-word/outcomes", test_outcomes);
  return g_test_run ();
}
