/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * WeChat Pay v3: code payment (付款码) and Native; query, reverse (撤销), close, refund. Requests are signed with the merchant's
 * key, answers verified with the platform's. What is not there is reversed before it is called never arrived; a refund is asked for
 * once more under its number, of which WeChat gives back one.
 */
#define G_LOG_DOMAIN "tai-hq"

#include <string.h>

#include "tai-gateway-word.h"
#include "tai-hq-gateway-http.h"
#include "tai-hq-gateway-real.h"

#define PAY_PATH    "/v3/pay/transactions"
#define ORDER_PATH  PAY_PATH "/out-trade-no/%s"
#define REFUND_PATH "/v3/refund/domestic/refunds"
/* WeChat's own limit for both directions. */
#define ANSWER_FRESH_S 300

/* A signed answer: @word is what it says of the payment; (nullable). */
typedef struct {
  long status;
  gboolean not_reached, is_genuine;
  TaiJson *json; /* (owned) (nullable) */
} Answer;

static void
answer_clear (Answer *self)
{
  g_clear_pointer (&self->json, tai_json_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/* Genuine, and from now: a signature says nothing of what was asked, so an old answer could be played again. */
static gboolean
is_genuine (const HqReal *self, const HqHttpReply *reply, gint64 now_us)
{
  gint64 signed_s = 0;

  if (reply->timestamp == NULL || reply->nonce == NULL || reply->signature == NULL)
    return FALSE;
  if (!g_ascii_string_to_signed (reply->timestamp, 10, 0, G_MAXINT64 / G_USEC_PER_SEC, &signed_s, NULL) ||
      ABS (signed_s - now_us / G_USEC_PER_SEC) > ANSWER_FRESH_S)
    return FALSE;
  g_autofree char *text = hq_sign_wechat_answer (reply->timestamp, reply->nonce, reply->body->str);
  return hq_verifier_check (self->platform, text, reply->signature);
}

/* Nobody can tell it before: it is made of a signature of this very request. */
static char *
make_nonce (const HqReal *self, const char *target, gint64 now_us)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", now_us, target);
  g_autofree char *signature = hq_signer_sign (self->signer, text, NULL);
  char *nonce = g_compute_checksum_for_string (G_CHECKSUM_SHA256, signature ? signature : "", -1);
  nonce[32] = '\0';
  return nonce;
}

static char *
authorize (const HqReal *self, const char *method, const char *target, const char *body, gint64 now_us)
{
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, now_us / G_USEC_PER_SEC);
  g_autofree char *nonce = make_nonce (self, target, now_us);
  g_autofree char *text = hq_sign_wechat_request (method, target, timestamp, nonce, body);
  g_autofree char *signature = hq_signer_sign (self->signer, text, NULL);
  return signature != NULL
             ? hq_sign_wechat_header (hq_real_get_text (self, "mchid"), hq_real_get_text (self, "serial"),
                                      timestamp, nonce, signature)
             : NULL;
}

/* What became of a payment, of another order or another amount, is nothing that we asked. */
static gboolean
is_about (const TaiJson *json, const HqContact *contact)
{
  gboolean is_refund = hq_contact_is_refund (contact);
  gint64 paid = is_refund ? contact->paid.minor : contact->amount.minor, total = paid;
  const char *order = NULL;
  char number[33];

  if (!tai_json_optional_string (json, "out_trade_no", &order, NULL) ||
      !tai_json_optional_int (json, "amount.total", &total, NULL))
    return FALSE;
  hq_gateway_order_number (is_refund ? &contact->original : &contact->id, number);
  return order != NULL ? strcmp (order, number) == 0 && total == paid : !tai_json_has (json, "trade_state");
}

static void
call (const HqReal *self, const HqContact *contact, const char *method, const char *target, const char *body,
      gint64 now_us, Answer *answer)
{
  g_autofree char *url = g_strconcat (hq_real_get_text (self, "url"), target, NULL);
  g_autofree char *authorization = authorize (self, method, target, body ? body : "", now_us);
  HqHttpRequest request = {
      url, method, body, body ? "application/json" : NULL, authorization, hq_real_get_text (self, "ca")};
  g_auto (HqHttpReply) reply = {0};
  hq_http_send (&request, &reply);
  answer->status = reply.status;
  answer->not_reached = reply.not_reached;
  answer->is_genuine = reply.status != 0 && is_genuine (self, &reply, now_us);
  if (!answer->is_genuine || reply.body->len == 0)
    return;
  answer->json = tai_json_parse (reply.body->str, (gssize)reply.body->len, NULL, NULL);
  answer->is_genuine = answer->json == NULL || is_about (answer->json, contact);
}

/* ---- bodies ---- */

static TaiJsonWriter *
begin_body (const HqReal *self)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "appid", hq_real_get_text (self, "appid"));
  tai_json_writer_add_string (writer, "mchid", hq_real_get_text (self, "mchid"));
  return writer;
}

static char *
end_body (TaiJsonWriter *writer)
{
  tai_json_writer_end_object (writer);
  return tai_json_writer_end_text (writer);
}

static char *
pay_body (const HqReal *self, const HqContact *contact, const char *number)
{
  TaiJsonWriter *writer = begin_body (self);
  tai_json_writer_add_string (writer, "description", contact->subject ? contact->subject : "guitai");
  tai_json_writer_add_string (writer, "out_trade_no", number);
  tai_json_writer_add_object (writer, "amount");
  tai_json_writer_add_int (writer, "total", contact->amount.minor);
  tai_json_writer_add_string (writer, "currency", tai_currency_to_code (contact->amount.currency));
  tai_json_writer_end_object (writer);
  if (contact->code != NULL) {
    tai_json_writer_add_object (writer, "payer");
    tai_json_writer_add_string (writer, "auth_code", tai_pay_code_get_text (contact->code));
    tai_json_writer_end_object (writer);
  }
  return end_body (writer);
}

/* @paid: all of the payment */
static char *
refund_body (const HqContact *contact, const char *order_number, const char *number, TaiMoney paid)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "out_trade_no", order_number);
  tai_json_writer_add_string (writer, "out_refund_no", number);
  tai_json_writer_add_object (writer, "amount");
  tai_json_writer_add_int (writer, "refund", contact->amount.minor);
  tai_json_writer_add_int (writer, "total", paid.minor);
  tai_json_writer_add_string (writer, "currency", tai_currency_to_code (contact->amount.currency));
  tai_json_writer_end_object (writer);
  return end_body (writer);
}

/* ---- what it comes to ---- */

static const char *
word_of (const Answer *answer)
{
  const char *word = NULL;
  if (!answer->is_genuine || answer->json == NULL)
    return NULL;
  tai_json_optional_string (answer->json, answer->status / 100 == 2 ? "trade_state" : "code", &word, NULL);
  return word;
}

static void
take (const Answer *from, TaiGatewayAnswer *answer)
{
  const char *transaction = NULL, *word = word_of (from);
  answer->outcome = from->not_reached ? TAI_GATEWAY_NOT_REACHED : TAI_GATEWAY_UNKNOWN;
  if (word == NULL)
    return;
  tai_gateway_word_read ("wechat", word, &answer->outcome);
  answer->reason = g_strdup (word);
  if (tai_json_optional_string (from->json, "transaction_id", &transaction, NULL))
    answer->transaction = g_strdup (transaction);
}

static void
take_qr (const Answer *from, TaiGatewayAnswer *answer)
{
  const char *url = NULL;
  take (from, answer);
  if (!from->is_genuine || from->status != 200 ||
      !tai_json_optional_string (from->json, "code_url", &url, NULL) || url == NULL)
    return;
  answer->outcome = TAI_GATEWAY_AWAITING;
  answer->qr_text = g_strdup (url);
}

static void
pay (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
     TaiGatewayAnswer *answer)
{
  g_autofree char *body = pay_body (self, contact, number);
  g_auto (Answer) from = {0};
  call (self, contact, "POST", contact->code ? PAY_PATH "/codepay" : PAY_PATH "/native", body, now_us, &from);
  explicit_bzero (body, strlen (body));
  (contact->code ? take : take_qr) (&from, answer);
}

/* A shown QR that was paid in the moment of its closing: its own number is the refund's, too. */
static void
give_all_back (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
               TaiGatewayAnswer *answer)
{
  g_autofree char *body = refund_body (contact, number, number, contact->amount);
  const char *status = NULL;
  g_auto (Answer) from = {0};
  call (self, contact, "POST", REFUND_PATH, body, now_us, &from);
  take (&from, answer);
  if (from.is_genuine && from.status == 200 &&
      tai_json_optional_string (from.json, "status", &status, NULL) &&
      (g_strcmp0 (status, "SUCCESS") == 0 || g_strcmp0 (status, "PROCESSING") == 0))
    answer->outcome = TAI_GATEWAY_REVERSED;
}

/* Reverse takes back what was paid, too; close only what was not. */
static void
cancel (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
        TaiGatewayAnswer *answer)
{
  g_autofree char *target = g_strdup_printf (ORDER_PATH "/%s", number, contact->shows ? "close" : "reverse");
  g_autofree char *body = end_body (begin_body (self));
  g_auto (Answer) from = {0};
  call (self, contact, "POST", target, body, now_us, &from);
  if (contact->shows && g_strcmp0 (word_of (&from), "ORDERPAID") == 0) {
    give_all_back (self, contact, number, now_us, answer);
    return;
  }
  take (&from, answer);
  if (from.is_genuine && from.status / 100 == 2)
    answer->outcome = TAI_GATEWAY_REVERSED;
}

static void
query (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
       TaiGatewayAnswer *answer)
{
  g_autofree char *target =
      g_strdup_printf (ORDER_PATH "?mchid=%s", number, hq_real_get_text (self, "mchid"));
  g_auto (Answer) from = {0};
  call (self, contact, "GET", target, NULL, now_us, &from);
  take (&from, answer);
  if (!tai_gateway_word_is_not_there ("wechat", word_of (&from)))
    return;
  /* it may still be under way to them: closed first, then it never arrived */
  g_auto (TaiGatewayAnswer) closed = {TAI_GATEWAY_UNKNOWN};
  cancel (self, contact, number, now_us, &closed);
  if (closed.outcome == TAI_GATEWAY_REVERSED)
    answer->outcome = TAI_GATEWAY_FAILED;
}

/* ---- refunds ---- */

/* What an answer says of the refund; of a good one its number must be ours. TRUE: there is no such refund. */
static gboolean
take_refund (const Answer *from, const char *number, TaiGatewayAnswer *answer)
{
  const char *word = NULL, *said = NULL, *transaction = NULL;
  gboolean is_good = from->status / 100 == 2;
  tai_gateway_answer_clear (answer);
  answer->outcome = TAI_GATEWAY_UNKNOWN;
  if (!from->is_genuine || from->json == NULL)
    return FALSE;
  tai_json_optional_string (from->json, is_good ? "status" : "code", &word, NULL);
  tai_json_optional_string (from->json, "out_refund_no", &said, NULL);
  if (word == NULL || (is_good && g_strcmp0 (said, number) != 0))
    return FALSE;
  tai_gateway_word_read ("wechat_refund", word, &answer->outcome);
  answer->reason = g_strdup (word);
  if (tai_json_optional_string (from->json, "refund_id", &transaction, NULL))
    answer->transaction = g_strdup (transaction);
  return tai_gateway_word_is_not_there ("wechat_refund", word);
}

static gboolean
look_at_refund (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
                TaiGatewayAnswer *answer)
{
  g_autofree char *target = g_strdup_printf (REFUND_PATH "/%s", number);
  g_auto (Answer) from = {0};
  call (self, contact, "GET", target, NULL, now_us, &from);
  return take_refund (&from, number, answer);
}

/* One that is refused may be an earlier request's that went: what they have of it says so. */
static void
refund (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
        TaiGatewayAnswer *answer)
{
  char order_number[33];
  hq_gateway_order_number (&contact->original, order_number);
  g_autofree char *body = refund_body (contact, order_number, number, contact->paid);
  g_auto (TaiGatewayAnswer) found = {TAI_GATEWAY_UNKNOWN};
  g_auto (Answer) from = {0};
  call (self, contact, "POST", REFUND_PATH, body, now_us, &from);
  if (take_refund (&from, number, answer)) /* of a request: there is no such payment */
    answer->outcome = TAI_GATEWAY_REFUSED;
  if (from.not_reached)
    answer->outcome = TAI_GATEWAY_NOT_REACHED;
  if (answer->outcome != TAI_GATEWAY_REFUSED || look_at_refund (self, contact, number, now_us, &found))
    return;
  tai_gateway_answer_clear (answer);
  *answer = found;
  found = (TaiGatewayAnswer){TAI_GATEWAY_UNKNOWN};
}

static const char *const texts[] = {"url", "appid", "mchid", "serial", NULL};

const HqProvider hq_wechat = {"wechat",
                              texts,
                              {[TAI_GATEWAY_PAY] = pay,
                               [TAI_GATEWAY_QUERY] = query,
                               [TAI_GATEWAY_CANCEL] = cancel,
                               [TAI_GATEWAY_REFUND] = refund},
                              look_at_refund};
