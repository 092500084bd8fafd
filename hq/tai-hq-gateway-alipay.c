/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Alipay's open gateway (RSA2): trade.pay (当面付 with the customer's code), trade.precreate (a QR to be shown), query, cancel.
 * Parameters are signed sorted; of an answer the very bytes of the response's member are verified. A cancel closes what is not
 * there, and gives back what was paid. A refund (trade.refund, trade.fastpay.refund.query) that is not there is asked for once more
 * under its number, of which Alipay gives back one.
 */
#define G_LOG_DOMAIN "tai-hq"

#include <string.h>

#include "tai-gateway-word.h"
#include "tai-hq-gateway-http.h"
#include "tai-hq-gateway-real.h"
#include "tai-json-money.h"

#define CHINA_MIN 480

/* ---- asking ---- */

static char *
make_time (gint64 now_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) there = g_date_time_add_minutes (utc, CHINA_MIN);
  return g_date_time_format (there, "%Y-%m-%d %H:%M:%S");
}

static char *
make_form (const HqReal *self, const char *method, const char *content, gint64 now_us)
{
  g_autofree char *time = make_time (now_us);
  const char *const parameters[] = {"app_id",      hq_real_get_text (self, "appid"),
                                    "method",      method,
                                    "format",      "JSON",
                                    "charset",     "utf-8",
                                    "sign_type",   "RSA2",
                                    "version",     "1.0",
                                    "timestamp",   time,
                                    "biz_content", content,
                                    NULL};
  g_autofree char *text = hq_sign_alipay_text (parameters);
  g_autofree char *signature = hq_signer_sign (self->signer, text, NULL);
  GString *form = g_string_new (NULL);
  explicit_bzero (text, strlen (text)); /* a payment code may stand in it */
  for (guint i = 0; parameters[i] != NULL; i += 2) {
    char *value = g_uri_escape_string (parameters[i + 1], NULL, FALSE);
    g_string_append_printf (form, "%s=%s&", parameters[i], value);
    explicit_bzero (value, strlen (value));
    g_free (value);
  }
  g_autofree char *escaped = signature != NULL ? g_uri_escape_string (signature, NULL, FALSE) : NULL;
  g_string_append_printf (form, "sign=%s", escaped ? escaped : "");
  return g_string_free (form, FALSE);
}

/* The bytes of the member that was signed: from its '{' to the last '}' before the signature. (transfer full) (nullable) */
static char *
find_signed (const char *body, const char *member)
{
  g_autofree char *key = g_strdup_printf ("\"%s\":", member);
  const char *start = strstr (body, key), *end = g_strrstr (body, ",\"sign\":");
  if (start == NULL || end == NULL)
    return NULL;
  start += strlen (key);
  return end > start && *start == '{' && end[-1] == '}' ? g_strndup (start, (gsize)(end - start)) : NULL;
}

/* The response's member when its signature is good; (transfer full) (nullable) */
static TaiJson *
read_reply (const HqReal *self, const char *method, const HqHttpReply *reply)
{
  g_autofree char *words = g_strdelimit (g_strdup (method), ".", '_');
  g_autofree char *member = g_strconcat (words, "_response", NULL);
  g_autofree char *text = find_signed (reply->body->str, member);
  g_autoptr (TaiJson) json = tai_json_parse (reply->body->str, (gssize)reply->body->len, NULL, NULL);
  const char *signature = json != NULL ? tai_json_require_string (json, "sign", NULL) : NULL;
  if (text == NULL || !hq_verifier_check (self->platform, text, signature))
    return NULL;
  return tai_json_parse (text, -1, NULL, NULL);
}

/* Of another order or another amount: nothing that we asked. */
static gboolean
is_about (const TaiJson *json, const HqContact *contact)
{
  gboolean is_refund = hq_contact_is_refund (contact);
  TaiMoney paid = is_refund ? contact->paid : contact->amount, said = paid;
  char number[33];
  const char *order = NULL, *total = NULL, *code = NULL;

  if (!tai_json_optional_string (json, "out_trade_no", &order, NULL) ||
      !tai_json_optional_string (json, "total_amount", &total, NULL) ||
      !tai_json_optional_string (json, "code", &code, NULL) ||
      (total != NULL && !tai_money_from_text (total, paid.currency, &said, NULL)))
    return FALSE;
  hq_gateway_order_number (is_refund ? &contact->original : &contact->id, number);
  /* an answer about a refund names that, and its reader looks */
  return order != NULL ? strcmp (order, number) == 0 && said.minor == paid.minor
                       : is_refund || g_strcmp0 (code, "10000") != 0;
}

static TaiJson *
call (const HqReal *self, const HqContact *contact, const char *method, const char *content, gint64 now_us,
      TaiGatewayAnswer *answer)
{
  g_autoptr (TaiJson) json = NULL;
  char *form = make_form (self, method, content, now_us);
  HqHttpRequest request = {
      hq_real_get_text (self, "url"), "POST", form, "application/x-www-form-urlencoded;charset=utf-8", NULL,
      hq_real_get_text (self, "ca")};
  g_auto (HqHttpReply) reply = {0};
  hq_http_send (&request, &reply);
  explicit_bzero (form, strlen (form));
  g_free (form);
  answer->outcome = reply.not_reached ? TAI_GATEWAY_NOT_REACHED : TAI_GATEWAY_UNKNOWN;
  json = reply.status == 200 ? read_reply (self, method, &reply) : NULL;
  return json != NULL && is_about (json, contact) ? g_steal_pointer (&json) : NULL;
}

/* ---- bodies ---- */

static char *
make_content (const HqContact *contact, const char *number, gboolean pays)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "out_trade_no", number);
  if (pays) {
    g_autofree char *amount = tai_money_to_text (contact->amount);
    tai_json_writer_add_string (writer, "total_amount", amount);
    tai_json_writer_add_string (writer, "subject", contact->subject ? contact->subject : "guitai");
    tai_json_writer_add_string (writer, "timeout_express", "3m");
  }
  if (pays && contact->code != NULL) {
    tai_json_writer_add_string (writer, "scene", "bar_code");
    tai_json_writer_add_string (writer, "auth_code", tai_pay_code_get_text (contact->code));
  }
  tai_json_writer_end_object (writer);
  return tai_json_writer_end_text (writer);
}

static char *
make_refund_content (const HqContact *contact, const char *number, gboolean asks)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  char order_number[33];
  hq_gateway_order_number (&contact->original, order_number);
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "out_trade_no", order_number);
  tai_json_writer_add_string (writer, "out_request_no", number);
  if (asks) {
    g_autofree char *amount = tai_money_to_text (contact->amount);
    tai_json_writer_add_string (writer, "refund_amount", amount);
  }
  tai_json_writer_end_object (writer);
  return tai_json_writer_end_text (writer);
}

/* ---- what it comes to ---- */

/* Of a success @good is the outcome; of all else the sub-code's, or the code's. FALSE: no success. */
static gboolean
take (const TaiJson *json, TaiGatewayOutcome good, TaiGatewayAnswer *answer)
{
  const char *code = NULL, *sub_code = NULL, *trade = NULL;
  if (json == NULL || !tai_json_optional_string (json, "code", &code, NULL) || code == NULL)
    return FALSE;
  tai_json_optional_string (json, "sub_code", &sub_code, NULL);
  tai_json_optional_string (json, "trade_no", &trade, NULL);
  answer->transaction = g_strdup (trade);
  answer->reason = g_strdup (sub_code ? sub_code : code);
  answer->outcome = good;
  if (strcmp (code, "10000") == 0)
    return TRUE;
  tai_gateway_word_read ("alipay", answer->reason, &answer->outcome);
  return FALSE;
}

static void
pay (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
     TaiGatewayAnswer *answer)
{
  const char *method = contact->code ? "alipay.trade.pay" : "alipay.trade.precreate", *qr = NULL;
  char *content = make_content (contact, number, TRUE);
  g_autoptr (TaiJson) json = call (self, contact, method, content, now_us, answer);
  explicit_bzero (content, strlen (content));
  g_free (content);
  if (!take (json, contact->code ? TAI_GATEWAY_SUCCEEDED : TAI_GATEWAY_AWAITING, answer) ||
      contact->code != NULL)
    return;
  tai_json_optional_string (json, "qr_code", &qr, NULL);
  answer->qr_text = g_strdup (qr);
}

static void
cancel (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
        TaiGatewayAnswer *answer)
{
  g_autofree char *content = make_content (contact, number, FALSE);
  g_autoptr (TaiJson) json = call (self, contact, "alipay.trade.cancel", content, now_us, answer);
  const char *retry = NULL;
  if (take (json, TAI_GATEWAY_REVERSED, answer) &&
      tai_json_optional_string (json, "retry_flag", &retry, NULL) && g_strcmp0 (retry, "Y") == 0)
    answer->outcome = TAI_GATEWAY_UNKNOWN;
}

static void
query (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
       TaiGatewayAnswer *answer)
{
  g_autofree char *content = make_content (contact, number, FALSE);
  g_autoptr (TaiJson) json = call (self, contact, "alipay.trade.query", content, now_us, answer);
  const char *status = NULL;
  if (take (json, TAI_GATEWAY_UNKNOWN, answer)) {
    tai_json_optional_string (json, "trade_status", &status, NULL);
    tai_gateway_word_read ("alipay", status, &answer->outcome);
    g_free (answer->reason);
    answer->reason = g_strdup (status);
    return;
  }
  if (!tai_gateway_word_is_not_there ("alipay", answer->reason))
    return;
  /* a shown QR is no trade before it is scanned; a code's may still be under way: closed, it never arrived */
  if (contact->shows && !contact->closing) {
    answer->outcome = TAI_GATEWAY_AWAITING;
    return;
  }
  g_auto (TaiGatewayAnswer) closed = {TAI_GATEWAY_UNKNOWN};
  cancel (self, contact, number, now_us, &closed);
  if (closed.outcome == TAI_GATEWAY_REVERSED)
    answer->outcome = TAI_GATEWAY_FAILED;
}

/* ---- refunds ---- */

/* Their query says what went, and nothing of what did not. TRUE: it did not. */
static gboolean
look_at_refund (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
                TaiGatewayAnswer *answer)
{
  g_autofree char *content = make_refund_content (contact, number, FALSE);
  g_autoptr (TaiJson) json =
      call (self, contact, "alipay.trade.fastpay.refund.query", content, now_us, answer);
  const char *code = NULL, *status = NULL, *amount = NULL, *said = NULL;
  answer->outcome = TAI_GATEWAY_UNKNOWN;
  if (json == NULL || !tai_json_optional_string (json, "code", &code, NULL) || g_strcmp0 (code, "10000") != 0)
    return FALSE;
  tai_json_optional_string (json, "refund_status", &status, NULL);
  tai_json_optional_string (json, "refund_amount", &amount, NULL);
  tai_json_optional_string (json, "out_request_no", &said, NULL);
  /* of what went, older answers name the amount and no status */
  if (status == NULL && amount != NULL)
    status = "REFUND_SUCCESS";
  if (status == NULL)
    return TRUE;
  if (g_strcmp0 (said, number) == 0 && tai_gateway_word_read ("alipay_refund", status, &answer->outcome)) {
    const char *trade = NULL;
    tai_json_optional_string (json, "trade_no", &trade, NULL);
    answer->transaction = g_strdup (trade);
  }
  answer->reason = g_strdup (status);
  return FALSE;
}

/* Asked for. "fund_change" says whether this very request moved money; where it did not, an earlier one may have. */
static void
refund (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
        TaiGatewayAnswer *answer)
{
  g_autofree char *content = make_refund_content (contact, number, TRUE);
  g_autoptr (TaiJson) json = call (self, contact, "alipay.trade.refund", content, now_us, answer);
  const char *change = NULL;
  g_auto (TaiGatewayAnswer) found = {TAI_GATEWAY_UNKNOWN};
  if (json == NULL)
    return;
  if (take (json, TAI_GATEWAY_UNKNOWN, answer)) {
    tai_json_optional_string (json, "fund_change", &change, NULL);
    answer->outcome = g_strcmp0 (change, "Y") == 0 ? TAI_GATEWAY_SUCCEEDED : TAI_GATEWAY_UNKNOWN;
  } else
    tai_gateway_word_read ("alipay_refund", answer->reason, &answer->outcome);
  if (answer->outcome == TAI_GATEWAY_SUCCEEDED ||
      (answer->outcome == TAI_GATEWAY_UNKNOWN && change == NULL) ||
      (look_at_refund (self, contact, number, now_us, &found) && answer->outcome == TAI_GATEWAY_REFUSED))
    return;
  tai_gateway_answer_clear (answer);
  *answer = found;
  found = (TaiGatewayAnswer){TAI_GATEWAY_UNKNOWN};
}

static const char *const texts[] = {"url", "appid", NULL};

const HqProvider hq_alipay = {"alipay",
                              texts,
                              {[TAI_GATEWAY_PAY] = pay,
                               [TAI_GATEWAY_QUERY] = query,
                               [TAI_GATEWAY_CANCEL] = cancel,
                               [TAI_GATEWAY_REFUND] = refund},
                              look_at_refund};
