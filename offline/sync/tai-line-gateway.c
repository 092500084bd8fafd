/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments through HQ, and the check of what comes back. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-line-gateway.h"

#include <string.h>

#include "tai-json-money.h"
#include "tai-limits.h"

struct _TaiLineGateway {
  GObject parent;
  TaiHeadquarters *hq; /* (owned) */
};

static void gateway_iface_init (TaiPaymentGatewayInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiLineGateway, tai_line_gateway, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PAYMENT_GATEWAY, gateway_iface_init))

/* A question under way. */
typedef struct {
  TaiLineGateway *self; /* (owned) */
  TaiGatewayVerb verb;
  TaiUuid id;
  TaiGatewayFunc done;
  gpointer data;
} Question;

/* Answers -------------------------------------------------------------------------------------------------------------- */

/* It goes to a screen and a QR as it is. */
static char *
dup_plain (const TaiJson *json, const char *name)
{
  const char *text = NULL;

  if (!tai_json_optional_string (json, name, &text, NULL) || text == NULL ||
      strlen (text) > TAI_LIMIT_FIELD_BYTES)
    return NULL;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return NULL;
  return g_strdup (text);
}

/* HQ has read it and says that it will not have it: nothing was written, nobody was asked. One from before refunds does not know the
 * path. */
static gboolean
is_refusal (const TaiJson *json, char **reason)
{
  static const char *const codes[] = {"invalid",      "no_terminal", "idempotency_key",
                                      "content_type", "path",        NULL};
  const char *code = NULL;

  if (!tai_json_optional_string (json, "code", &code, NULL) || code == NULL || !g_strv_contains (codes, code))
    return FALSE;
  *reason = g_strdup (code);
  return TRUE;
}

static void
read_answer (const Question *question, const TaiReply *reply, const TaiJson *json, TaiGatewayAnswer *answer)
{
  const char *id = NULL, *outcome = NULL;

  gboolean is_new = question->verb == TAI_GATEWAY_PAY || question->verb == TAI_GATEWAY_REFUND;

  if (reply->status / 100 == 4 && is_new && is_refusal (json, &answer->reason)) {
    answer->outcome = TAI_GATEWAY_FAILED;
    return;
  }
  if (reply->status != 200 || !tai_json_optional_string (json, "id", &id, NULL) ||
      !tai_json_optional_string (json, "outcome", &outcome, NULL) || outcome == NULL ||
      g_strcmp0 (id, question->id.text) != 0 ||
      !tai_gateway_outcome_from_text (outcome, &answer->outcome, NULL)) {
    answer->outcome = TAI_GATEWAY_UNKNOWN;
    return;
  }
  if (answer->outcome == TAI_GATEWAY_NOT_REACHED) /* HQ does not say that of itself */
    answer->outcome = TAI_GATEWAY_UNKNOWN;
  answer->reason = dup_plain (json, "reason");
  answer->transaction = dup_plain (json, "transaction");
  answer->qr_text = dup_plain (json, "qr");
}

static void
replied_cb (const TaiReply *reply, gpointer data)
{
  Question *question = data;
  g_auto (TaiGatewayAnswer) answer = {TAI_GATEWAY_UNKNOWN};
  g_autoptr (TaiJson) json = NULL;
  gsize size = 0;
  const char *bytes = reply->body != NULL ? g_bytes_get_data (reply->body, &size) : NULL;

  if (reply->line == TAI_LINE_NOT_REACHED)
    answer.outcome = TAI_GATEWAY_NOT_REACHED;
  else if (reply->line == TAI_LINE_OK && bytes != NULL) {
    json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
    if (json != NULL)
      read_answer (question, reply, json, &answer);
  }
  question->done (&answer, question->data);
  g_object_unref (question->self);
  g_free (question);
}

/* Questions ------------------------------------------------------------------------------------------------------------ */

static void
wipe_text_cb (gpointer data)
{
  char *text = data;

  explicit_bzero (text, strlen (text));
  g_free (text);
}

static GBytes *
make_body (const TaiGatewayRequest *request)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  char *text;

  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", request->payment_id->text);
  if (request->verb == TAI_GATEWAY_PAY) {
    tai_json_writer_add_money (writer, "amount", request->amount);
    tai_json_writer_add_string (writer, "provider", request->number != NULL ? "coupon" : request->provider);
    tai_json_writer_add_string (writer, "number", request->number);
    tai_json_writer_add_string (writer, "subject", request->subject);
    if (request->code != NULL)
      tai_json_writer_add_string (writer, "code", tai_pay_code_get_text (request->code));
  }
  if (request->verb == TAI_GATEWAY_REFUND) {
    tai_json_writer_add_money (writer, "amount", request->amount);
    tai_json_writer_add_string (writer, "original", request->original_id->text);
    tai_json_writer_add_string (writer, "order", request->order_id != NULL ? request->order_id->text : NULL);
  }
  tai_json_writer_end_object (writer);
  text = tai_json_writer_end_text (writer);
  return g_bytes_new_with_free_func (text, strlen (text), wipe_text_cb, text);
}

static void
send (TaiPaymentGateway *gateway, const TaiGatewayRequest *request, TaiGatewayFunc done, gpointer data)
{
  static const char *const paths[TAI_N_GATEWAY_VERBS] = {[TAI_GATEWAY_PAY] = TAI_PATH_PAY,
                                                         [TAI_GATEWAY_QUERY] = TAI_PATH_PAY_QUERY,
                                                         [TAI_GATEWAY_CANCEL] = TAI_PATH_PAY_CANCEL,
                                                         [TAI_GATEWAY_REFUND] = TAI_PATH_PAY_REFUND};
  TaiLineGateway *self = TAI_LINE_GATEWAY (gateway);
  gboolean is_new = request->verb == TAI_GATEWAY_PAY || request->verb == TAI_GATEWAY_REFUND;
  g_autoptr (GBytes) body = make_body (request);
  TaiRequest wire = {.method = "POST",
                     .path = paths[request->verb],
                     .body = body,
                     .content_type = "application/json",
                     .idempotency_key = request->payment_id->text,
                     .timeout_ms = is_new ? TAI_LINE_PAY_TIMEOUT_MS : TAI_LINE_PAY_LOOK_TIMEOUT_MS};
  Question *question = g_new0 (Question, 1);

  *question = (Question){g_object_ref (self), request->verb, *request->payment_id, done, data};
  tai_headquarters_send (self->hq, &wire, replied_cb, question);
}

static void
gateway_iface_init (TaiPaymentGatewayInterface *iface)
{
  iface->send = send;
  iface->gives_back = TRUE;
}

static void
tai_line_gateway_finalize (GObject *object)
{
  g_clear_object (&TAI_LINE_GATEWAY (object)->hq);
  G_OBJECT_CLASS (tai_line_gateway_parent_class)->finalize (object);
}

static void
tai_line_gateway_class_init (TaiLineGatewayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_line_gateway_finalize;
}

static void
tai_line_gateway_init (TaiLineGateway *self)
{
}

TaiLineGateway *
tai_line_gateway_new (TaiHeadquarters *hq)
{
  TaiLineGateway *self;

  g_return_val_if_fail (TAI_IS_HEADQUARTERS (hq), NULL);
  self = g_object_new (TAI_TYPE_LINE_GATEWAY, NULL);
  self->hq = g_object_ref (hq);
  return self;
}
