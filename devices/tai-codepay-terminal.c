/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver of bank terminals. Frames in, frames out, and a name for all that goes wrong ("trouble", NULL: none). Why so
 * suspicious: an answer that is taken for another's is somebody's money; one counts only with its request id, its order number
 * and, for money, its amount. Thread: the device's worker.
 */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-codepay-terminal.h"

#include <string.h>

#include "tai-codepay-frame.h"
#include "tai-codepay-message.h"
#include "tai-devices-error.h"
#include "tai-gateway-word.h"

#define HOUSE      "codepay"
#define MAX_SENDS  3
#define EXPIRES_S  100 /* below the patience of tai-tender.c: the terminal gives up before we do */
#define MAX_STALLS 64  /* starts of frames that one silence can turn out to be none */

struct _TaiCodepayTerminal {
  GObject parent_instance;
  TaiStream *stream; /* (owned) */
  TaiClock *clock;   /* (owned) */
  char *app_id;      /* (owned) */
  TaiCodepayTiming timing;
  gboolean real_only;
  TaiCodepayParser parser;
  guint8 last_id;

  /* what was heard on the open line */
  gboolean confirmed;
  guint8 sent, acked;
  gint64 heard_us, looked_us;

  /* the question that is open */
  char asked[TAI_CODEPAY_REQUEST_SIZE];
  TaiCodepayReply *reply; /* (owned) (nullable) */

  /* the sale or refund that the terminal has and has not told the end of; "": none */
  TaiUuid pending;
  char pending_request[TAI_CODEPAY_REQUEST_SIZE];
  TaiCodepayReply *pending_reply; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TaiCodepayTerminal, tai_codepay_terminal, G_TYPE_OBJECT)

typedef gboolean (*Heard) (const TaiCodepayTerminal *self);

/* The line ---------------------------------------------------------------------------------------------------------------- */

/* Takes @cause. */
static const char *
name_trouble (GError *cause)
{
  g_autoptr (GError) error = NULL;

  tai_devices_propagate_io (&error, cause);
  switch (error->code) {
  case TAI_DEVICES_ERROR_UNPLUGGED:
    return "unplugged";
  case TAI_DEVICES_ERROR_PERMISSION:
    return "permission";
  case TAI_DEVICES_ERROR_BUSY:
    return "busy";
  case TAI_DEVICES_ERROR_TIMED_OUT:
    return "no_answer";
  case TAI_DEVICES_ERROR_CANCELLED:
    return "cancelled";
  default:
    return "failed";
  }
}

static void
close_line (TaiCodepayTerminal *self)
{
  tai_stream_close (self->stream);
  tai_codepay_parser_wipe (&self->parser);
  self->confirmed = FALSE;
}

static const char *
write_frame (TaiCodepayTerminal *self, const TaiCodepayFrame *frame, GCancellable *cancellable)
{
  guint8 bytes[TAI_CODEPAY_MAX_FRAME];
  gsize size = tai_codepay_frame_build (frame, bytes);
  GError *cause = NULL;

  if (tai_stream_write_all (self->stream, bytes, size, self->timing.answer_ms, cancellable, &cause))
    return NULL;
  return name_trouble (cause);
}

/* One that nobody has asked for is forgotten: late, doubled, of another program. */
static void
take_message (TaiCodepayTerminal *self, const TaiCodepayFrame *frame)
{
  g_autoptr (TaiCodepayReply) reply = tai_codepay_reply_parse (frame->data, frame->size);

  if (reply == NULL)
    return;
  if (self->pending_reply == NULL && strcmp (reply->request_id, self->pending_request) == 0)
    self->pending_reply = g_steal_pointer (&reply);
  else if (self->reply == NULL && strcmp (reply->request_id, self->asked) == 0)
    self->reply = g_steal_pointer (&reply);
}

static const char *
take_frame (TaiCodepayTerminal *self, const TaiCodepayFrame *frame, GCancellable *cancellable)
{
  self->heard_us = tai_clock_monotonic (self->clock);
  if (frame->type == TAI_CODEPAY_CONFIRM)
    self->confirmed = TRUE;
  if (frame->type != TAI_CODEPAY_NORMAL)
    return NULL;
  if (frame->ack != 0)
    self->acked = frame->ack;
  if (frame->id == 0)
    return NULL;
  take_message (self, frame);
  return write_frame (self, &(TaiCodepayFrame){TAI_CODEPAY_NORMAL, frame->id, 0, NULL, 0}, cancellable);
}

static const char *
take_frames (TaiCodepayTerminal *self, GCancellable *cancellable)
{
  const char *trouble = NULL;
  TaiCodepayFrame frame;
  TaiCodepayParse parse;

  while (trouble == NULL &&
         (parse = tai_codepay_parser_next (&self->parser, &frame)) != TAI_CODEPAY_PARSE_MORE)
    if (parse == TAI_CODEPAY_PARSE_FRAME)
      trouble = take_frame (self, &frame, cancellable);
  return trouble;
}

/* Silence is no trouble; it ends what began as a frame and never became one. */
static const char *
receive (TaiCodepayTerminal *self, int timeout_ms, GCancellable *cancellable)
{
  gsize room;
  guint8 *bytes = tai_codepay_parser_room (&self->parser, &room);
  g_autoptr (GError) cause = NULL;
  gssize n = tai_stream_read (self->stream, bytes, room, MIN (timeout_ms, self->timing.stall_ms), cancellable,
                              &cause);

  if (n < 0 && !g_error_matches (cause, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT))
    return name_trouble (g_steal_pointer (&cause));
  if (n > 0) {
    tai_codepay_parser_add (&self->parser, (gsize)n);
    return take_frames (self, cancellable);
  }
  for (int i = 0; i < MAX_STALLS && timeout_ms >= self->timing.stall_ms; i++) {
    const char *trouble;
    if (!tai_codepay_parser_skip (&self->parser))
      break;
    trouble = take_frames (self, cancellable);
    if (trouble != NULL)
      return trouble;
  }
  return NULL;
}

static const char *
wait_for (TaiCodepayTerminal *self, Heard heard, int ms, gboolean *is_heard, GCancellable *cancellable)
{
  gint64 deadline = tai_clock_monotonic (self->clock) + (gint64)ms * 1000;
  int rest_ms = ms;

  while (!(*is_heard = heard (self)) && rest_ms >= 0) {
    const char *trouble = receive (self, rest_ms, cancellable);
    gint64 rest_us = deadline - tai_clock_monotonic (self->clock);
    if (trouble != NULL)
      return trouble;
    rest_ms = rest_us > 0 ? (int)((rest_us + 999) / 1000) : -1;
  }
  return NULL;
}

static gboolean
heard_confirmation (const TaiCodepayTerminal *self)
{
  return self->confirmed;
}

/* An answer says that the question came, too. */
static gboolean
heard_ack (const TaiCodepayTerminal *self)
{
  return self->acked == self->sent || self->reply != NULL || self->pending_reply != NULL;
}

static gboolean
heard_reply (const TaiCodepayTerminal *self)
{
  return self->reply != NULL;
}

static gboolean
heard_order (const TaiCodepayTerminal *self)
{
  return self->pending_reply != NULL;
}

static const char *
shake_hands (TaiCodepayTerminal *self, GCancellable *cancellable)
{
  static const TaiCodepayFrame handshake = {TAI_CODEPAY_HANDSHAKE, 0, 0, NULL, 0};

  for (int i = 0; i < MAX_SENDS; i++) {
    gboolean is_heard = FALSE;
    const char *trouble = write_frame (self, &handshake, cancellable);
    if (trouble == NULL)
      trouble = wait_for (self, heard_confirmation, self->timing.connect_ms, &is_heard, cancellable);
    if (trouble != NULL || is_heard)
      return trouble;
  }
  return "no_answer";
}

static const char *
open_line (TaiCodepayTerminal *self, GCancellable *cancellable)
{
  const char *trouble;
  GError *cause = NULL;

  if (tai_stream_is_open (self->stream))
    return NULL;
  if (!tai_stream_open (self->stream, cancellable, &cause))
    return name_trouble (cause);
  tai_stream_set_private (self->stream, TRUE);
  self->acked = 0;
  trouble =
      self->real_only && tai_stream_is_emulated (self->stream) ? "emulated" : shake_hands (self, cancellable);
  if (trouble != NULL)
    close_line (self);
  return trouble;
}

/* Messages ---------------------------------------------------------------------------------------------------------------- */

static const char *
send_message (TaiCodepayTerminal *self, const TaiCodepayRequest *request, GCancellable *cancellable)
{
  g_autoptr (GBytes) text = tai_codepay_request_render (request, self->app_id, tai_clock_now (self->clock));
  TaiCodepayFrame frame = {TAI_CODEPAY_NORMAL, 0, 0, NULL, 0};

  frame.data = g_bytes_get_data (text, &frame.size);
  self->last_id = self->last_id == G_MAXUINT8 ? 1 : self->last_id + 1;
  frame.id = self->sent = self->last_id;
  self->acked = 0;
  for (int i = 0; i < MAX_SENDS; i++) {
    gboolean is_heard = FALSE;
    const char *trouble = write_frame (self, &frame, cancellable);
    if (trouble == NULL)
      trouble = wait_for (self, heard_ack, self->timing.ack_ms, &is_heard, cancellable);
    if (trouble != NULL || is_heard)
      return trouble;
  }
  return "no_answer";
}

/* The clock is in it: a late answer to a question of a program that died is nobody's. */
static TaiCodepayRequest
make_request (TaiCodepayTerminal *self, TaiCodepayTopic topic, const TaiCardQuestion *question)
{
  TaiCodepayRequest request = {.topic = topic, .amount = question->amount, .expires_s = EXPIRES_S};

  tai_codepay_order_number (&question->payment_id, request.order);
  g_snprintf (request.request_id, sizeof request.request_id, "%.12s-%" G_GINT64_FORMAT "-%u", request.order,
              tai_clock_now (self->clock), self->last_id);
  return request;
}

/* Its answer is in @reply then. */
static const char *
converse (TaiCodepayTerminal *self, const TaiCodepayRequest *request, int ms, GCancellable *cancellable)
{
  gboolean is_heard = FALSE;
  const char *trouble;

  g_clear_pointer (&self->reply, tai_codepay_reply_free);
  g_strlcpy (self->asked, request->request_id, sizeof self->asked);
  trouble = send_message (self, request, cancellable);
  if (trouble == NULL)
    trouble = wait_for (self, heard_reply, ms, &is_heard, cancellable);
  self->asked[0] = '\0';
  return trouble == NULL && !is_heard ? "no_answer" : trouble;
}

/* Reading answers --------------------------------------------------------------------------------------------------------- */

static void
set_answer (TaiGatewayAnswer *answer, TaiGatewayOutcome outcome, const char *reason)
{
  tai_gateway_answer_clear (answer);
  answer->outcome = outcome;
  answer->reason = g_strdup (reason);
}

static gboolean
is_of_order (const TaiCodepayReply *reply, const TaiCardQuestion *question)
{
  char order[TAI_CODEPAY_ORDER_SIZE];

  tai_codepay_order_number (&question->payment_id, order);
  return g_strcmp0 (reply->order, order) == 0;
}

static gboolean
is_of_amount (const TaiCodepayReply *reply, TaiMoney amount)
{
  TaiMoney said;

  return reply->amount != NULL && tai_money_from_text (reply->amount, amount.currency, &said, NULL) &&
         said.minor == amount.minor &&
         (reply->currency == NULL || strcmp (reply->currency, tai_currency_to_code (amount.currency)) == 0);
}

static void
judge_status (const TaiCodepayReply *reply, const TaiCardQuestion *question, TaiGatewayAnswer *answer)
{
  TaiGatewayOutcome outcome;

  if (!tai_gateway_word_read (HOUSE, reply->status, &outcome)) {
    set_answer (answer, TAI_GATEWAY_UNKNOWN, "no_status");
    return;
  }
  if (outcome == TAI_GATEWAY_SUCCEEDED && !is_of_amount (reply, question->amount)) {
    set_answer (answer, TAI_GATEWAY_UNKNOWN, "amount_differs");
    return;
  }
  set_answer (answer, outcome, NULL);
  if (outcome == TAI_GATEWAY_SUCCEEDED && reply->transaction != NULL)
    answer->transaction = reply->card != NULL ? g_strdup_printf ("%s ****%s", reply->transaction, reply->card)
                                              : g_strdup (reply->transaction);
}

/* A code that nobody knows proves nothing, unless the terminal says beside it that the order has failed. */
static void
judge (const TaiCodepayReply *reply, const TaiCardQuestion *question, TaiGatewayAnswer *answer)
{
  gboolean is_ours = is_of_order (reply, question);
  TaiGatewayOutcome outcome, status;

  if (!is_ours && (reply->order != NULL || tai_codepay_reply_is_good (reply))) {
    set_answer (answer, TAI_GATEWAY_UNKNOWN, "other_order");
    return;
  }
  if (tai_codepay_reply_is_good (reply)) {
    judge_status (reply, question, answer);
    return;
  }
  tai_gateway_word_read (HOUSE, reply->code, &outcome);
  if ((outcome == TAI_GATEWAY_UNKNOWN || outcome == TAI_GATEWAY_REFUSED) && is_ours &&
      tai_gateway_word_read (HOUSE, reply->status, &status) && status == TAI_GATEWAY_FAILED)
    outcome = status;
  set_answer (answer, outcome, reply->code);
}

/* Questions --------------------------------------------------------------------------------------------------------------- */

static gboolean
is_over (TaiGatewayOutcome outcome)
{
  return outcome == TAI_GATEWAY_SUCCEEDED || outcome == TAI_GATEWAY_FAILED || outcome == TAI_GATEWAY_REVERSED;
}

static gboolean
is_pending (const TaiCodepayTerminal *self, const TaiCardQuestion *question)
{
  return strcmp (self->pending.text, question->payment_id.text) == 0;
}

static void
forget_pending (TaiCodepayTerminal *self)
{
  self->pending.text[0] = self->pending_request[0] = '\0';
  g_clear_pointer (&self->pending_reply, tai_codepay_reply_free);
}

static gboolean
is_alive (TaiCodepayTerminal *self)
{
  return tai_clock_monotonic (self->clock) - self->heard_us < (gint64)self->timing.alive_ms * 1000;
}

/* How the terminal says that the order stands; TRUE: it knows none of that number. One that has a customer before it may have no
 * time for questions; another is greeted afresh when it does not answer. */
static gboolean
look (TaiCodepayTerminal *self, const TaiCardQuestion *question, GCancellable *cancellable,
      TaiGatewayAnswer *answer)
{
  TaiCodepayRequest request = make_request (self, TAI_CODEPAY_QUERY, question);
  const char *trouble = converse (self, &request, self->timing.answer_ms, cancellable);

  self->looked_us = tai_clock_monotonic (self->clock);
  if (trouble != NULL) {
    set_answer (answer, TAI_GATEWAY_UNKNOWN, trouble);
    if (!is_pending (self, question) || !is_alive (self))
      close_line (self);
    return FALSE;
  }
  judge (self->reply, question, answer);
  return !tai_codepay_reply_is_good (self->reply) && tai_gateway_word_is_not_there (HOUSE, self->reply->code);
}

/* The terminal shall not ask for a card any more, nor begin to; whether it did, a look tells. */
static const char *
close_order (TaiCodepayTerminal *self, const TaiCardQuestion *question, GCancellable *cancellable)
{
  TaiCodepayRequest request = make_request (self, TAI_CODEPAY_CLOSE, question);

  return converse (self, &request, self->timing.answer_ms, cancellable);
}

/* An order that was under way inside the terminal when it was first asked for is there the second time, or closed. */
static void
look_twice (TaiCodepayTerminal *self, const TaiCardQuestion *question, GCancellable *cancellable,
            TaiGatewayAnswer *answer)
{
  const char *trouble;

  if (!look (self, question, cancellable, answer))
    return;
  trouble = close_order (self, question, cancellable);
  if (trouble != NULL)
    set_answer (answer, TAI_GATEWAY_UNKNOWN, trouble);
  else if (look (self, question, cancellable, answer))
    set_answer (answer, TAI_GATEWAY_FAILED, "never_arrived");
}

/* What the terminal says of the sale by itself. TRUE: it has said how it ended. */
static gboolean
take_pending (TaiCodepayTerminal *self, const TaiCardQuestion *question, TaiGatewayAnswer *answer)
{
  judge (self->pending_reply, question, answer);
  forget_pending (self);
  return is_over (answer->outcome);
}

/* A sale, or a refund: one conversation, whichever way the money goes. */
static void
pay (TaiCodepayTerminal *self, const TaiCardQuestion *question, GCancellable *cancellable,
     TaiGatewayAnswer *answer)
{
  TaiCodepayRequest request;
  gboolean is_heard = FALSE;
  const char *trouble = self->pending.text[0] != '\0' ? "busy" : open_line (self, cancellable);

  if (trouble != NULL) {
    set_answer (answer, TAI_GATEWAY_NOT_REACHED, trouble);
    return;
  }
  request = make_request (self, TAI_CODEPAY_ORDER, question);
  if (question->verb == TAI_GATEWAY_REFUND) {
    tai_codepay_order_number (&question->original_id, request.original);
    request.is_refund = TRUE;
  }
  self->pending = question->payment_id;
  self->looked_us = tai_clock_monotonic (self->clock);
  g_strlcpy (self->pending_request, request.request_id, sizeof self->pending_request);
  trouble = send_message (self, &request, cancellable);
  if (trouble == NULL)
    trouble = wait_for (self, heard_order, self->timing.linger_ms, &is_heard, cancellable);
  if (trouble != NULL) {
    set_answer (answer, TAI_GATEWAY_UNKNOWN, trouble);
    forget_pending (self);
  } else if (!is_heard)
    set_answer (answer, TAI_GATEWAY_AWAITING, "card");
  else if (!take_pending (self, question, answer))
    look_twice (self, question, cancellable, answer);
}

/* Stays for a customer who is at the terminal. TRUE: @answer says it all. */
static gboolean
linger (TaiCodepayTerminal *self, const TaiCardQuestion *question, GCancellable *cancellable,
        TaiGatewayAnswer *answer)
{
  gint64 look_us = self->looked_us + (gint64)self->timing.look_ms * 1000;
  gboolean is_heard = FALSE;
  const char *trouble = wait_for (self, heard_order, self->timing.linger_ms, &is_heard, cancellable);

  if (trouble == NULL && is_heard)
    return take_pending (self, question, answer);
  if (trouble != NULL || !is_alive (self)) {
    forget_pending (self);
    close_line (self);
    return FALSE;
  }
  set_answer (answer, TAI_GATEWAY_AWAITING, "card");
  return tai_clock_monotonic (self->clock) < look_us;
}

static void
query (TaiCodepayTerminal *self, const TaiCardQuestion *question, GCancellable *cancellable,
       TaiGatewayAnswer *answer)
{
  const char *trouble;

  if (is_pending (self, question) && linger (self, question, cancellable, answer))
    return;
  trouble = open_line (self, cancellable);
  if (trouble != NULL) {
    set_answer (answer, TAI_GATEWAY_UNKNOWN, trouble);
    return;
  }
  look_twice (self, question, cancellable, answer);
  if (!is_pending (self, question))
    return;
  if (is_over (answer->outcome) || !tai_stream_is_open (self->stream))
    forget_pending (self);
  else if (answer->outcome == TAI_GATEWAY_UNKNOWN && g_strcmp0 (answer->reason, "no_answer") == 0)
    set_answer (answer, TAI_GATEWAY_AWAITING, "card");
}

static void
take_back (TaiCodepayTerminal *self, const TaiCardQuestion *question, GCancellable *cancellable,
           TaiGatewayAnswer *answer)
{
  TaiCodepayRequest request = make_request (self, TAI_CODEPAY_ORDER, question);
  TaiGatewayOutcome outcome = TAI_GATEWAY_REVERSED;
  const char *trouble;

  tai_codepay_order_number (&question->payment_id, request.original);
  tai_codepay_void_number (&question->payment_id, request.order);
  trouble = converse (self, &request, self->timing.void_ms, cancellable);
  if (trouble != NULL) {
    set_answer (answer, TAI_GATEWAY_UNKNOWN, trouble);
    close_line (self);
    return;
  }
  if (!tai_codepay_reply_is_good (self->reply))
    tai_gateway_word_read (HOUSE, self->reply->code, &outcome);
  set_answer (answer, outcome, tai_codepay_reply_is_good (self->reply) ? NULL : self->reply->code);
  if (outcome == TAI_GATEWAY_UNKNOWN) /* it may have been taken back by an order whose answer was lost */
    look (self, question, cancellable, answer);
  if (answer->outcome == TAI_GATEWAY_SUCCEEDED || answer->outcome == TAI_GATEWAY_AWAITING)
    set_answer (answer, TAI_GATEWAY_UNKNOWN, "not_taken_back");
}

static void
cancel (TaiCodepayTerminal *self, const TaiCardQuestion *question, GCancellable *cancellable,
        TaiGatewayAnswer *answer)
{
  const char *trouble = open_line (self, cancellable);
  gboolean is_heard, was_pending = is_pending (self, question);

  if (trouble == NULL)
    trouble = close_order (self, question, cancellable);
  if (trouble == NULL && was_pending)
    trouble = wait_for (self, heard_order, self->timing.linger_ms, &is_heard, cancellable);
  if (was_pending)
    forget_pending (self);
  if (trouble != NULL) {
    set_answer (answer, TAI_GATEWAY_UNKNOWN, trouble);
    close_line (self);
    return;
  }
  if (look (self, question, cancellable, answer))
    set_answer (answer, TAI_GATEWAY_FAILED, "never_arrived");
  else if (answer->outcome == TAI_GATEWAY_SUCCEEDED)
    take_back (self, question, cancellable, answer);
  else if (answer->outcome == TAI_GATEWAY_AWAITING)
    set_answer (answer, TAI_GATEWAY_UNKNOWN, "card");
}

void
tai_codepay_terminal_ask (TaiCodepayTerminal *self, const TaiCardQuestion *question,
                          GCancellable *cancellable, TaiGatewayAnswer *answer)
{
  static void (*const verbs[]) (TaiCodepayTerminal *, const TaiCardQuestion *, GCancellable *,
                                TaiGatewayAnswer *) = {[TAI_GATEWAY_PAY] = pay,
                                                       [TAI_GATEWAY_QUERY] = query,
                                                       [TAI_GATEWAY_CANCEL] = cancel,
                                                       [TAI_GATEWAY_REFUND] = pay};

  g_return_if_fail (TAI_IS_CODEPAY_TERMINAL (self) && question != NULL && answer != NULL);
  g_return_if_fail (question->verb < G_N_ELEMENTS (verbs));
  verbs[question->verb](self, question, cancellable, answer);
  g_clear_pointer (&self->reply, tai_codepay_reply_free);
  if (self->pending.text[0] == '\0')
    close_line (self);
}

/* Object ------------------------------------------------------------------------------------------------------------------ */

static void
tai_codepay_terminal_finalize (GObject *object)
{
  TaiCodepayTerminal *self = TAI_CODEPAY_TERMINAL (object);

  forget_pending (self);
  tai_codepay_parser_wipe (&self->parser);
  g_clear_object (&self->stream);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->app_id, g_free);
  G_OBJECT_CLASS (tai_codepay_terminal_parent_class)->finalize (object);
}

static void
tai_codepay_terminal_class_init (TaiCodepayTerminalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_codepay_terminal_finalize;
}

static void
tai_codepay_terminal_init (TaiCodepayTerminal *self)
{
  self->timing = TAI_CODEPAY_TIMING_DEFAULT;
}

TaiCodepayTerminal *
tai_codepay_terminal_new (TaiStream *stream, TaiClock *clock, const char *app_id)
{
  TaiCodepayTerminal *self;

  g_return_val_if_fail (TAI_IS_STREAM (stream) && !tai_stream_is_open (stream), NULL);
  g_return_val_if_fail (TAI_IS_CLOCK (clock) && app_id != NULL, NULL);
  self = g_object_new (TAI_TYPE_CODEPAY_TERMINAL, NULL);
  self->stream = g_object_ref (stream);
  self->clock = g_object_ref (clock);
  self->app_id = g_strdup (app_id);
  return self;
}

void
tai_codepay_terminal_set_timing (TaiCodepayTerminal *self, TaiCodepayTiming timing)
{
  g_return_if_fail (TAI_IS_CODEPAY_TERMINAL (self));
  self->timing = timing;
}

void
tai_codepay_terminal_set_real_only (TaiCodepayTerminal *self, gboolean real_only)
{
  g_return_if_fail (TAI_IS_CODEPAY_TERMINAL (self));
  self->real_only = real_only;
}
