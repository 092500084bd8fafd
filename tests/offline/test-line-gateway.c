/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of HQ's answers to payments: only its own words are an outcome, all else proves nothing. */
#include "tai-line-gateway.h"
#include "tai-script-line.h"

#define ID                    "01940000-0000-7000-8000-000000000001"
#define CODE                  "130000000000000001"
#define ORIGINAL              "01940000-0000-7000-8000-000000000003"
#define ORDER                 "01940000-0000-7000-8000-000000000004"
#define ANSWER(outcome, more) "{\"id\":\"" ID "\",\"outcome\":\"" outcome "\"" more "}"

static void
answered_cb (const TaiGatewayAnswer *answer, gpointer data)
{
  TaiGatewayAnswer *copy = data;

  g_assert_cmpint ((int)copy->outcome, ==, -1); /* once */
  *copy = (TaiGatewayAnswer){answer->outcome, g_strdup (answer->reason), g_strdup (answer->transaction),
                             g_strdup (answer->qr_text)};
}

/* (transfer full) what it comes to, as "outcome reason transaction qr". */
static char *
ask (TaiGatewayVerb verb, int status, const char *body)
{
  g_autoptr (TaiScriptLine) line = tai_script_line_new ();
  g_autoptr (TaiLineGateway) gateway = tai_line_gateway_new (TAI_HEADQUARTERS (line));
  g_autoptr (TaiPayCode) code = tai_pay_code_new (CODE);
  g_auto (TaiGatewayAnswer) answer = {(TaiGatewayOutcome)-1};
  TaiUuid id = {ID}, original = {ORIGINAL}, order = {ORDER};
  TaiGatewayRequest request = {.verb = verb,
                               .payment_id = &id,
                               .amount = tai_money (17000, TAI_CNY),
                               .provider = "wechat",
                               .subject = "Hall 17",
                               .code = verb == TAI_GATEWAY_PAY ? code : NULL,
                               .original_id = verb == TAI_GATEWAY_REFUND ? &original : NULL,
                               .order_id = verb == TAI_GATEWAY_REFUND ? &order : NULL};

  tai_script_line_say (line, status, NULL, body);
  tai_payment_gateway_send (TAI_PAYMENT_GATEWAY (gateway), &request, answered_cb, &answer);
  while ((int)answer.outcome == -1)
    g_main_context_iteration (NULL, TRUE);
  return g_strdup_printf ("%s %s %s %s", tai_gateway_outcome_to_text (answer.outcome),
                          answer.reason ? answer.reason : "-", answer.transaction ? answer.transaction : "-",
                          answer.qr_text ? answer.qr_text : "-");
}

static void
test_answers (void)
{
  static const struct {
    TaiGatewayVerb verb;
    int status;
    const char *body, *expected;
  } cases[] = {
      {TAI_GATEWAY_PAY, 200, ANSWER ("succeeded", ",\"transaction\":\"T1\",\"reason\":\"SUCCESS\""),
       "succeeded SUCCESS T1 -"},
      {TAI_GATEWAY_PAY, 200, ANSWER ("awaiting", ",\"qr\":\"weixin://x\""), "awaiting - - weixin://x"},
      {TAI_GATEWAY_QUERY, 200, ANSWER ("failed", ",\"reason\":\"never_arrived\""),
       "failed never_arrived - -"},
      {TAI_GATEWAY_CANCEL, 200, ANSWER ("reversed", ""), "reversed - - -"},
      {TAI_GATEWAY_CANCEL, 200, ANSWER ("refused", ""), "refused - - -"},
      {TAI_GATEWAY_QUERY, 200, ANSWER ("unknown", ",\"reason\":\"SYSTEMERROR\""), "unknown SYSTEMERROR - -"},
      {TAI_GATEWAY_REFUND, 200, ANSWER ("succeeded", ",\"transaction\":\"R1\""), "succeeded - R1 -"},
      {TAI_GATEWAY_REFUND, 200, ANSWER ("awaiting", ",\"reason\":\"PROCESSING\""), "awaiting PROCESSING - -"},
      {TAI_GATEWAY_REFUND, 200, ANSWER ("failed", ",\"reason\":\"NOT_ENOUGH\""), "failed NOT_ENOUGH - -"},
      /* a headquarters from before refunds: the slip is the way */
      {TAI_GATEWAY_REFUND, 404, "{\"code\":\"path\"}", "failed path - -"},
      {TAI_GATEWAY_REFUND, 400, "{\"code\":\"invalid\"}", "failed invalid - -"},
      {TAI_GATEWAY_REFUND, 422, "{\"code\":\"conflict\"}", "unknown - - -"},
      {TAI_GATEWAY_REFUND, 0, NULL, "unknown - - -"},
      {TAI_GATEWAY_REFUND, 1, NULL, "not_reached - - -"},
      {TAI_GATEWAY_REFUND, 502, "<html>", "unknown - - -"},
      /* HQ refused to take it: nobody was asked */
      {TAI_GATEWAY_PAY, 400, "{\"code\":\"invalid\",\"status\":\"400\"}", "failed invalid - -"},
      {TAI_GATEWAY_PAY, 403, "{\"code\":\"no_terminal\"}", "failed no_terminal - -"},
      /* but a question that it refuses is no answer */
      {TAI_GATEWAY_QUERY, 400, "{\"code\":\"invalid\"}", "unknown - - -"},
      {TAI_GATEWAY_PAY, 422, "{\"code\":\"conflict\"}", "unknown - - -"},
      /* not HQ's words */
      {TAI_GATEWAY_PAY, 0, NULL, "unknown - - -"},
      {TAI_GATEWAY_PAY, 1, NULL, "not_reached - - -"},
      {TAI_GATEWAY_PAY, 503, "{\"code\":\"store\"}", "unknown - - -"},
      {TAI_GATEWAY_PAY, 502, "<html>", "unknown - - -"},
      {TAI_GATEWAY_PAY, 403, "<html>login</html>", "unknown - - -"},
      {TAI_GATEWAY_PAY, 200, "<html>login</html>", "unknown - - -"},
      {TAI_GATEWAY_PAY, 200, "{}", "unknown - - -"},
      {TAI_GATEWAY_PAY, 200, NULL, "unknown - - -"},
      {TAI_GATEWAY_PAY, 200, "{\"id\":\"" ID "\",\"outcome\":\"paid\"}", "unknown - - -"},
      {TAI_GATEWAY_PAY, 200, "{\"id\":\"" ID "\",\"outcome\":true}", "unknown - - -"},
      {TAI_GATEWAY_PAY, 200, ANSWER ("not_reached", ""), "unknown - - -"},
      {TAI_GATEWAY_PAY, 200, "{\"id\":\"01940000-0000-7000-8000-000000000002\",\"outcome\":\"succeeded\"}",
       "unknown - - -"},
      {TAI_GATEWAY_PAY, 200, ANSWER ("succeeded", ",\"transaction\":\"a\\u001bb\",\"reason\":7"),
       "succeeded - - -"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *found = ask (cases[i].verb, cases[i].status, cases[i].body);

    g_test_message ("%d %s", cases[i].status, cases[i].body);
    g_assert_cmpstr (found, ==, cases[i].expected);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-gateway/answers", test_answers);
  return g_test_run ();
}
