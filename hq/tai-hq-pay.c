/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Payments through headquarters: POST /guitai/v1/pay, /payRefund, /payQuery, /payCancel. What a terminal wants is written down first;
 * then, outside of the transaction, the provider is asked (HqContact); then its answer is written down and told. A payment's id is
 * its key, and a refund's: it is charged or given back once, and what a query or cancel finds unknown is refused for ever.
 *
 * The code that the customer shows goes from the request into the contact and nowhere else.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-pay-private.h"

#include <string.h>

#include "tai-hq-apply-private.h"
#include "tai-hq-coupon.h"
#include "tai-hq-finding.h"
#include "tai-json-money.h"

#define SUBJECT_MAX     120
#define PROVIDER_COUPON "coupon"

/* ---- answers ---- */

static const char *
outcome_of (const HqPayRow *row)
{
  static const struct {
    const char *state;
    TaiGatewayOutcome outcome;
  } outcomes[] = {{"awaiting", TAI_GATEWAY_AWAITING},
                  {"succeeded", TAI_GATEWAY_SUCCEEDED},
                  {"reversed", TAI_GATEWAY_REVERSED},
                  {"failed", TAI_GATEWAY_FAILED}};
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (strcmp (outcomes[i].state, row->state) == 0)
      return tai_gateway_outcome_to_text (outcomes[i].outcome);
  return tai_gateway_outcome_to_text (TAI_GATEWAY_UNKNOWN);
}

static void
respond (HqResponse *response, const char *id, const char *outcome, const char *reason,
         const char *transaction, const char *qr)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", id);
  tai_json_writer_add_string (writer, "outcome", outcome);
  tai_json_writer_add_string (writer, "reason", reason);
  tai_json_writer_add_string (writer, "transaction", transaction);
  tai_json_writer_add_string (writer, "qr", qr);
  tai_json_writer_end_object (writer);
  response->total = response->count = -1;
  hq_response_take_text (response, 200, tai_json_writer_end_text (writer));
}

static void
respond_row (HqResponse *response, const HqPayRow *row)
{
  gboolean waits = strcmp (row->state, "awaiting") == 0;
  respond (response, row->id, outcome_of (row), row->reason, row->transaction, waits ? row->qr : NULL);
}

void
hq_pay_answer_unknown (const HqContact *contact, const char *reason, HqResponse *response)
{
  respond (response, contact->id.text, tai_gateway_outcome_to_text (TAI_GATEWAY_UNKNOWN), reason, NULL, NULL);
}

static gboolean
is_over (const HqPayRow *row)
{
  return strcmp (row->state, "failed") == 0 || strcmp (row->state, "reversed") == 0;
}

/* Nobody has to be asked any more how it stands. */
static gboolean
is_known (const HqPayRow *row)
{
  return is_over (row) || strcmp (row->state, "succeeded") == 0;
}

/* It is another state, which its terminal is the first to ask about. */
static void
put (HqStore *store, HqPayRow *row, const char *what)
{
  hq_pay_plan (store, row, is_known (row));
  store->klass->pay_put (store, row);
  store->klass->pay_note (store, row, what);
}

/* ---- requests ---- */

static TaiJson *
read_body (HqCall *call, char id[37])
{
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const char *bytes = call->request->body != NULL ? g_bytes_get_data (call->request->body, &size) : "";
  g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, &error);
  const char *text = json != NULL ? tai_json_require_string (json, "id", &error) : NULL;
  if (text == NULL || !tai_uuid_is_valid (text)) {
    /* the parser's words may hold a piece of the body */
    hq_response_fail (call->response, 400, "invalid", json == NULL ? "no JSON" : "id: no UUID");
    return NULL;
  }
  if (call->request->idempotency_key != NULL && strcmp (call->request->idempotency_key, text) != 0) {
    hq_response_fail (call->response, 400, "idempotency_key", "it is not the payment's id");
    return NULL;
  }
  g_strlcpy (id, text, 37);
  return g_steal_pointer (&json);
}

static void
ask (HqCall *call, const HqPayRow *row, TaiGatewayVerb verb)
{
  call->response->contact = hq_pay_make_contact (call->store, row, verb, call->seat->row.klass);
}

/* Never came, never will. */
static void
refuse_for_ever (HqCall *call, const char *id)
{
  HqPayRow row = {.hall = hq_call_hall (call),
                  .id = id,
                  .terminal = call->seat->row.id,
                  .provider = "",
                  .state = "failed",
                  .reason = "never_arrived",
                  .since_us = call->request->now_us,
                  .changed_us = call->request->now_us};
  put (call->store, &row, "refused");
  respond_row (call->response, &row);
}

/* Coupons are headquarters' own: nobody else has to be asked, and a payment is over with its transaction. */
static gboolean
is_coupon (const HqPayRow *row)
{
  return strcmp (row->provider, PROVIDER_COUPON) == 0;
}

static HqCouponUse
make_use (HqCall *call, const HqPayRow *row)
{
  return (HqCouponUse){row->transaction,   row->id,     row->hall,
                       call->seat->row.id, row->amount, call->request->now_us};
}

static gboolean
is_provider (const char *text)
{
  static const char *const providers[] = {"wechat", "alipay", "unionpay", PROVIDER_COUPON, NULL};
  return g_strv_contains (providers, text);
}

/* Whose code it is says the code; else the body. */
static gboolean
read_pay (HqCall *call, TaiJson *json, HqPayRow *row, TaiPayCode **code, const char **subject)
{
  g_autoptr (GError) error = NULL;
  const char *text = NULL;
  if (!tai_json_require_money (json, "amount", &row->amount, &error) ||
      !tai_json_optional_string (json, "provider", &row->provider, &error) ||
      !tai_json_optional_string (json, "subject", subject, &error) ||
      !tai_json_optional_string (json, "number", &row->transaction, &error) ||
      !tai_json_optional_string (json, "code", &text, &error)) {
    hq_response_fail (call->response, 400, "invalid", error->message);
    return FALSE;
  }
  *code = text != NULL ? tai_pay_code_new (text) : NULL;
  tai_json_wipe_string (json, "code");
  row->shows = text == NULL;
  if (*code != NULL)
    row->provider = tai_pay_code_get_provider (*code);
  if (row->amount.minor <= 0 || (text != NULL && *code == NULL) || row->provider == NULL ||
      !is_provider (row->provider) || is_coupon (row) != (row->transaction != NULL) ||
      (*subject != NULL && strlen (*subject) > SUBJECT_MAX)) {
    hq_response_fail (call->response, 400, "invalid", "amount, provider, code, number or subject");
    g_clear_pointer (code, tai_pay_code_free);
    return FALSE;
  }
  return TRUE;
}

static void
take_coupon (HqCall *call, HqPayRow *row)
{
  HqCouponUse use = make_use (call, row);
  row->reason = hq_coupon_take (call->store, &use);
  row->state = row->reason == NULL ? "succeeded" : "failed";
  row->since_us = row->changed_us = call->request->now_us;
  put (call->store, row, "pay");
  respond_row (call->response, row);
}

static void
return_coupon (HqCall *call, HqPayRow *row)
{
  HqCouponUse use = make_use (call, row);
  hq_coupon_give_back (call->store, &use);
  row->state = "reversed";
  row->changed_us = call->request->now_us;
  put (call->store, row, "cancel");
  respond_row (call->response, row);
}

/* Durable before anybody hears of it. */
static void
want (HqCall *call, HqPayRow *row, TaiGatewayVerb verb, const char *what)
{
  row->state = "wanted";
  row->since_us = row->changed_us = call->request->now_us;
  put (call->store, row, what);
  ask (call, row, verb);
  hq_pay_answer_unknown (call->response->contact, NULL, call->response);
}

static void
take_new (HqCall *call, HqPayRow *row, TaiPayCode *code, const char *subject)
{
  want (call, row, TAI_GATEWAY_PAY, "pay");
  call->response->contact->subject = g_strdup (subject);
  call->response->contact->code = code;
}

/* It was here before: moves no money, answers how it stands. */
static void
take_again (HqCall *call, const HqPayRow *row, const HqPayRow *before)
{
  if (before->amount.currency != 0 &&
      (before->amount.minor != row->amount.minor || before->amount.currency != row->amount.currency ||
       g_strcmp0 (before->original, row->original) != 0)) {
    hq_response_fail (call->response, 422, "conflict",
                      "this id has another amount, or is of another payment");
    return;
  }
  respond_row (call->response, before);
  if (!is_known (before))
    ask (call, before, TAI_GATEWAY_QUERY);
}

void
hq_pay_post (HqCall *call)
{
  char id[37];
  TaiPayCode *code = NULL;
  const char *subject = NULL;
  g_auto (HqPayRow) before = {0};
  HqPayRow row = {.hall = hq_call_hall (call), .terminal = call->seat->row.id, .id = id};
  g_autoptr (TaiJson) json = read_body (call, id);
  if (json == NULL || !read_pay (call, json, &row, &code, &subject))
    return;
  if (call->store->klass->pay_find (call->store, row.hall, id, &before)) {
    g_clear_pointer (&code, tai_pay_code_free);
    take_again (call, &row, &before);
  } else if (is_coupon (&row)) {
    g_clear_pointer (&code, tai_pay_code_free);
    take_coupon (call, &row);
  } else
    take_new (call, &row, code, subject);
}

/* ---- refunds ---- */

static gboolean
read_refund (HqCall *call, TaiJson *json, HqPayRow *row, const char **order_id)
{
  g_autoptr (GError) error = NULL;
  row->original = tai_json_require_string (json, "original", &error);
  if (row->original == NULL || !tai_json_require_money (json, "amount", &row->amount, &error) ||
      !tai_json_optional_string (json, "order", order_id, &error)) {
    hq_response_fail (call->response, 400, "invalid", error->message);
    return FALSE;
  }
  if (row->amount.minor > 0 && tai_uuid_is_valid (row->original) && strcmp (row->original, row->id) != 0)
    return TRUE;
  hq_response_fail (call->response, 400, "invalid", "amount or original");
  return FALSE;
}

/* What the payment's message says it was for; one that has not come contradicts nobody, and is held against it when it comes. */
static gboolean
is_paid_for (HqCall *call, const HqPayRow *row, const char *order_id)
{
  g_auto (HqPaymentRow) payment = {0};
  if (order_id == NULL || !call->store->klass->payment_find (call->store, row->hall, row->original, &payment))
    return TRUE;
  return hq_finding_pays_for (call->store, &payment, order_id);
}

/* Why it is not given back; NULL: it is. */
static const char *
refuse_refund (HqCall *call, const HqPayRow *row, const HqPayRow *original, const char *order_id)
{
  gint64 gone, sum;
  if (original->original != NULL || is_coupon (original))
    return "payment_kind";
  if (strcmp (original->state, "succeeded") != 0)
    return "not_paid";
  if (!is_paid_for (call, row, order_id))
    return "order_other";
  gone = hq_finding_sum_refunds (call->store, row->hall, row->original, FALSE);
  if (row->amount.currency != original->amount.currency ||
      __builtin_add_overflow (gone, row->amount.minor, &sum) || sum > original->amount.minor)
    return "refund_amount";
  return NULL;
}

static void
take_new_refund (HqCall *call, HqPayRow *row, const char *order_id)
{
  g_auto (HqPayRow) original = {0};
  gboolean is_there = call->store->klass->pay_find (call->store, row->hall, row->original, &original);
  row->provider = is_there ? original.provider : "";
  row->reason = is_there ? refuse_refund (call, row, &original, order_id) : "payment_unknown";
  if (row->reason == NULL) {
    want (call, row, TAI_GATEWAY_REFUND, "refund");
    return;
  }
  row->state = "failed";
  row->since_us = row->changed_us = call->request->now_us;
  put (call->store, row, "refund");
  respond_row (call->response, row);
}

void
hq_pay_refund (HqCall *call)
{
  char id[37];
  const char *order_id = NULL;
  g_auto (HqPayRow) before = {0};
  HqPayRow row = {.hall = hq_call_hall (call), .terminal = call->seat->row.id, .id = id};
  g_autoptr (TaiJson) json = read_body (call, id);
  if (json == NULL || !read_refund (call, json, &row, &order_id))
    return;
  if (call->store->klass->pay_find (call->store, row.hall, id, &before))
    take_again (call, &row, &before);
  else
    take_new_refund (call, &row, order_id);
}

/* ---- how it stands, taking back ---- */

/* A refund is not taken back, and what is given back in parts is not given back whole. */
static gboolean
is_cancel_refused (HqCall *call, const HqPayRow *row)
{
  return !is_over (row) &&
         (row->original != NULL || hq_finding_sum_refunds (call->store, row->hall, row->id, FALSE) != 0);
}

static void
ask_about (HqCall *call, TaiGatewayVerb verb)
{
  char id[37];
  g_auto (HqPayRow) row = {0};
  g_autoptr (TaiJson) json = read_body (call, id);
  if (json == NULL)
    return;
  if (!call->store->klass->pay_find (call->store, hq_call_hall (call), id, &row)) {
    refuse_for_ever (call, id);
    return;
  }
  if (verb == TAI_GATEWAY_CANCEL && is_cancel_refused (call, &row)) {
    respond (call->response, id, tai_gateway_outcome_to_text (TAI_GATEWAY_REFUSED), "refunded", NULL, NULL);
    return;
  }
  if (verb == TAI_GATEWAY_CANCEL && is_coupon (&row) && !is_over (&row)) {
    return_coupon (call, &row);
    return;
  }
  respond_row (call->response, &row);
  if (is_over (&row) || (verb == TAI_GATEWAY_QUERY && is_known (&row)))
    return;
  if (verb == TAI_GATEWAY_CANCEL) { /* the intent is durable before anybody hears of it */
    row.state = "reversing";
    row.reason = NULL;
    row.changed_us = call->request->now_us;
    put (call->store, &row, "cancel");
  }
  ask (call, &row, verb);
}

void
hq_pay_query (HqCall *call)
{
  ask_about (call, TAI_GATEWAY_QUERY);
}

void
hq_pay_cancel (HqCall *call)
{
  ask_about (call, TAI_GATEWAY_CANCEL);
}

/* ---- what the provider said ---- */

/* What becomes of the row; NULL: nothing. A cancel ends nothing: the query after it does. A refund that is refused or closed has
 * failed, also when a query had it asked for once more. */
static const char *
next_state (const HqPayRow *row, TaiGatewayVerb verb, TaiGatewayOutcome outcome)
{
  gboolean reversing = strcmp (row->state, "reversing") == 0;
  if (row->original != NULL && (outcome == TAI_GATEWAY_REVERSED || outcome == TAI_GATEWAY_REFUSED))
    return "failed";
  switch (outcome) {
  case TAI_GATEWAY_SUCCEEDED:
    return reversing ? NULL : "succeeded";
  case TAI_GATEWAY_AWAITING:
    return reversing ? NULL : "awaiting";
  case TAI_GATEWAY_FAILED:
  case TAI_GATEWAY_REVERSED:
    if (verb == TAI_GATEWAY_CANCEL)
      return NULL;
    return outcome == TAI_GATEWAY_REVERSED || reversing ? "reversed" : "failed";
  case TAI_GATEWAY_REFUSED:
    return verb == TAI_GATEWAY_CANCEL ? "unknown" : NULL;
  case TAI_GATEWAY_UNKNOWN:
  case TAI_GATEWAY_NOT_REACHED:
  default:
    return strcmp (row->state, "wanted") == 0 ? "unknown" : NULL;
  }
}

static void
write_answer (HqStore *store, const HqContact *contact, const TaiGatewayAnswer *answer, gint64 now_us,
              HqPayRow *row)
{
  const char *state = next_state (row, contact->verb, answer->outcome);
  gboolean is_moved;
  if (state == NULL || is_over (row) || (row->original != NULL && is_known (row)))
    return;
  is_moved = strcmp (row->state, state) != 0;
  row->state = state;
  row->reason = answer->reason;
  row->transaction = answer->transaction;
  row->qr = answer->qr_text != NULL ? answer->qr_text : row->qr;
  row->changed_us = now_us;
  if (is_moved)
    hq_pay_plan (store, row, is_known (row));
  store->klass->pay_put (store, row);
  store->klass->pay_note (store, row, "answer");
  if (row->original != NULL)
    hq_finding_suspect (store, HQ_FINDING_REFUND, row->hall, row->original, row->terminal);
  /* its message may be here: a person decided before the provider did; and what is over is nobody's to look for any more */
  if (is_over (row) || store->klass->pay_is_claimed (store, row->hall, row->id))
    hq_finding_suspect (store, HQ_FINDING_GATEWAY, row->hall, row->id, row->terminal);
}

void
hq_pay_settle (HqStore *store, const HqContact *contact, const TaiGatewayAnswer *answer, gint64 now_us,
               HqResponse *response)
{
  g_auto (HqPayRow) row = {0};
  TaiGatewayOutcome outcome =
      answer->outcome == TAI_GATEWAY_NOT_REACHED ? TAI_GATEWAY_UNKNOWN : answer->outcome;
  g_return_if_fail (store != NULL && contact != NULL && answer != NULL && response != NULL);
  store->klass->begin (store);
  if (store->klass->pay_find (store, contact->hall, contact->id.text, &row)) {
    write_answer (store, contact, answer, now_us, &row);
    if (contact->is_own) /* whose terminal has been silent for so long */
      hq_finding_suspect (store, HQ_FINDING_GATEWAY, row.hall, row.id, row.terminal);
    /* what is over is over, whatever this answer says; else the terminal hears the provider's word */
    if (is_over (&row) || (row.original != NULL && is_known (&row)))
      respond_row (response, &row);
    else
      respond (response, row.id, tai_gateway_outcome_to_text (outcome), answer->reason, answer->transaction,
               outcome == TAI_GATEWAY_AWAITING ? row.qr : NULL);
  }
  hq_finding_settle (store, now_us);
  store->klass->commit (store);
  if (store->error == NULL && response->status != 0)
    return;
  hq_response_clear (response);
  hq_response_fail (response, 503, "store", "the store of headquarters cannot write now");
  response->retry_after_s = 5;
}
