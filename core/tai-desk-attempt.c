/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a gateway is asked: one request at a time for each open payment, each answer read by the table of tai-tender.h, written
 * down, and only then acted on. A lost answer is never an outcome: it is asked for, slower and slower, until somebody knows or
 * a person decides. What cannot be written (a full disk) is asked for again: the gateway still knows. On the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-tender.h"

#include <string.h>

/* The line is dead or the gateway knows nothing: slower each time, up to this. */
#define SLOWEST_MS 60000
/* Repeating a cancel: WeChat wants a pause. */
#define AGAIN_MS 5000

struct _TaiDeskAttempt {
  TaiDesk *desk;       /* (nullable) the desk has ended */
  TaiVisit *visit;     /* (owned) */
  TaiPayment *payment; /* the visit's */
  TaiPayCode *code;    /* (owned) (nullable) until it was sent */
  TaiGatewayVerb verb, next;
  gint64 begun_us; /* monotonic */
  guint timer, n_failures;
  gboolean is_asking, shows_qr;
};
typedef struct _TaiDeskAttempt Attempt;

static void
attempt_clear (gpointer data)
{
  Attempt *self = data;

  g_clear_pointer (&self->code, tai_pay_code_free);
  g_clear_object (&self->visit);
}

static void
attempt_unref (gpointer attempt)
{
  g_rc_box_release_full (attempt, attempt_clear);
}

static void
stop_timer (Attempt *self)
{
  if (self->timer != 0)
    tai_clock_cancel (self->desk->ports.clock, self->timer);
  self->timer = 0;
}

/* The desk ends: an answer that is still under way finds nobody. */
void
tai_desk_attempt_drop (gpointer data)
{
  Attempt *self = data;

  stop_timer (self);
  self->desk = NULL;
  attempt_unref (self);
}

static Attempt *
find_attempt (TaiDesk *desk, const TaiPayment *payment)
{
  for (guint i = 0; i < desk->attempts->len; i++) {
    Attempt *attempt = g_ptr_array_index (desk->attempts, i);
    if (strcmp (attempt->payment->id.text, payment->id.text) == 0)
      return attempt;
  }
  return NULL;
}

static const TaiTenderTimes *
times_of (const Attempt *self)
{
  if (tai_payment_is_refund (self->payment))
    return tai_tender_get_refund_times (self->payment->tender);
  return tai_tender_get_times (self->payment->tender, self->payment->provider, self->shows_qr);
}

/* Asking --------------------------------------------------------------------------------------------------------------- */

static void answered_cb (const TaiGatewayAnswer *answer, gpointer data);
static void due_cb (gpointer data);

/* A refund is one order's. */
static const TaiUuid *
get_order (const TaiPayment *refund)
{
  return &g_array_index (refund->allocations, TaiAllocation, 0).order_id;
}

static void
ask (Attempt *self, TaiGatewayVerb verb)
{
  TaiDesk *desk = self->desk;
  TaiPaymentGateway *gateway = desk->gateways[self->payment->tender];
  gboolean is_refund = tai_payment_is_refund (self->payment);
  TaiGatewayRequest request = {.verb = verb,
                               .payment_id = &self->payment->id,
                               .original_id = is_refund ? &self->payment->original_id : NULL,
                               .order_id = is_refund ? get_order (self->payment) : NULL,
                               .amount = is_refund ? tai_money_negate (self->payment->amount)
                                                   : self->payment->amount,
                               .provider = self->payment->provider,
                               .subject = desk->terminal->hall_name,
                               .code = verb == TAI_GATEWAY_PAY ? self->code : NULL,
                               .number = self->payment->number};

  stop_timer (self);
  self->verb = verb;
  if (gateway == NULL) { /* it was taken away */
    self->next = verb;
    self->timer = tai_clock_after (desk->ports.clock, SLOWEST_MS, due_cb, self);
    return;
  }
  self->is_asking = TRUE;
  tai_payment_gateway_send (gateway, &request, answered_cb, g_rc_box_acquire (self));
  g_clear_pointer (&self->code, tai_pay_code_free); /* good once, and never needed again */
}

static void
due_cb (gpointer data)
{
  Attempt *self = data;

  self->timer = 0;
  ask (self, self->next);
}

static gint64
waited_ms (const Attempt *self)
{
  return (tai_clock_monotonic (self->desk->ports.clock) - self->begun_us) / 1000;
}

static gint64
wait_of (const Attempt *self)
{
  const TaiTenderTimes *times = times_of (self);
  gint64 wait = self->next == TAI_GATEWAY_CANCEL ? AGAIN_MS : times->query_every;

  /* The second question is as soon as any: most gateways stumble once. */
  if (self->n_failures > 0)
    return MIN (wait << CLAMP ((gint)self->n_failures - 2, 0, 5), SLOWEST_MS);
  return MAX (wait, MIN (waited_ms (self) / 5, times->slowest));
}

static void
schedule (Attempt *self, gint64 wait_ms)
{
  stop_timer (self);
  self->timer = tai_clock_after (self->desk->ports.clock, wait_ms, due_cb, self);
}

/* Answers -------------------------------------------------------------------------------------------------------------- */

/* A released payment is given back until it is: its visit may have been paid otherwise. A refund is only asked for: what the
 * customer has is his. */
static TaiTenderStep
read_answer (const Attempt *self, const TaiGatewayAnswer *answer)
{
  TaiTenderStep step = tai_tender_read_answer (self->payment->state, self->verb, answer->outcome);

  if (self->payment->released && step.to == TAI_PAYMENT_UNKNOWN && !tai_payment_is_refund (self->payment))
    step = (TaiTenderStep){self->payment->state, TAI_GATEWAY_CANCEL, FALSE, FALSE};
  return step;
}

static gboolean
write_move (Attempt *self, TaiPaymentState to, const char *detail, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) shift = NULL;

  if (!tai_desk_find_shift (self->desk, &shift, error) ||
      !tai_desk_add_payment_moves (self->desk, change, self->payment, &to, 1, detail, shift, error) ||
      !tai_desk_commit (self->desk, change, error))
    return FALSE;
  self->payment->state = to;
  g_free (self->payment->detail);
  self->payment->detail = g_strdup (detail);
  return TRUE;
}

/* FALSE: it cannot be written now. The gateway still knows. */
static gboolean
take_answer (Attempt *self, const TaiGatewayAnswer *answer, TaiPaymentState to)
{
  if (to == self->payment->state)
    return TRUE;
  if (to == TAI_PAYMENT_SUCCEEDED)
    return tai_desk_settle_payment (self->desk, self->visit, self->payment, answer->transaction, FALSE, NULL);
  return write_move (self, to, answer->reason, NULL);
}

static gboolean
proves_nothing (TaiGatewayOutcome outcome)
{
  return outcome == TAI_GATEWAY_UNKNOWN || outcome == TAI_GATEWAY_NOT_REACHED ||
         outcome == TAI_GATEWAY_REFUSED;
}

static gboolean
is_out_of_patience (const Attempt *self)
{
  return self->verb == TAI_GATEWAY_QUERY && tai_tender_is_open (self->payment->state) &&
         waited_ms (self) >= times_of (self)->patience;
}

/* A refund is not taken back: it is in doubt then, so that nobody has to wait for it, and asked for as before. */
static void
doubt_refund (Attempt *self)
{
  if (tai_payment_is_refund (self->payment) && is_out_of_patience (self) &&
      self->payment->state != TAI_PAYMENT_UNKNOWN && write_move (self, TAI_PAYMENT_UNKNOWN, "patience", NULL))
    tai_visit_tell (self->visit);
}

/* Out of patience: taken back directly after the last query, unless that is under way already. */
static gboolean
give_up_waiting (Attempt *self)
{
  return !tai_payment_is_refund (self->payment) && is_out_of_patience (self) &&
         self->payment->state != TAI_PAYMENT_REVERSING &&
         tai_desk_reverse_payment (self->desk, self->visit, self->payment, "patience", FALSE, NULL);
}

static void
go_on (Attempt *self, TaiTenderStep step)
{
  self->next = step.next;
  if (!step.is_over)
    doubt_refund (self);
  if (step.is_over)
    g_ptr_array_remove (self->desk->attempts, self);
  else if (give_up_waiting (self))
    ask (self, TAI_GATEWAY_CANCEL);
  else if (step.at_once && self->n_failures < 2)
    ask (self, step.next);
  else
    schedule (self, wait_of (self));
}

static void
answered_cb (const TaiGatewayAnswer *answer, gpointer data)
{
  Attempt *self = data;
  TaiTenderStep step;
  TaiPaymentState before;

  self->is_asking = FALSE;
  if (self->desk == NULL) {
    attempt_unref (self);
    return;
  }
  if (answer->qr_text != NULL && tai_tender_is_open (self->payment->state)) {
    g_free (self->payment->qr_text);
    self->payment->qr_text = g_strdup (answer->qr_text);
    self->shows_qr = TRUE;
  }
  before = self->payment->state;
  step = read_answer (self, answer);
  self->n_failures = proves_nothing (answer->outcome) ? self->n_failures + 1 : 0;
  if (!take_answer (self, answer, step.to))
    step = (TaiTenderStep){before, TAI_GATEWAY_QUERY, FALSE, FALSE};
  if (!tai_tender_is_open (self->payment->state))
    g_clear_pointer (&self->payment->qr_text, g_free);
  go_on (self, step);
  if (before != self->payment->state || answer->qr_text != NULL)
    tai_visit_tell (self->visit);
  attempt_unref (self);
}

/* For the verbs --------------------------------------------------------------------------------------------------------- */

static Attempt *
add_attempt (TaiDesk *desk, TaiVisit *visit, TaiPayment *payment)
{
  Attempt *self = g_rc_box_new0 (Attempt);

  self->desk = desk;
  self->visit = g_object_ref (visit);
  self->payment = payment;
  self->begun_us = tai_clock_monotonic (desk->ports.clock);
  g_ptr_array_add (desk->attempts, self);
  return self;
}

void
tai_desk_start_attempt (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, TaiPayCode *code)
{
  Attempt *attempt = add_attempt (self, visit, payment);

  attempt->code = code;
  attempt->shows_qr = code == NULL && payment->tender == TAI_TENDER_QR && !tai_payment_is_refund (payment);
  ask (attempt, tai_payment_is_refund (payment) ? TAI_GATEWAY_REFUND : TAI_GATEWAY_PAY);
}

void
tai_desk_press_attempt (TaiDesk *self, TaiVisit *visit, TaiPayment *payment, TaiGatewayVerb verb)
{
  Attempt *attempt = find_attempt (self, payment);

  if (attempt == NULL)
    attempt = add_attempt (self, visit, payment);
  attempt->next = verb;
  attempt->n_failures = 0;
  if (!attempt->is_asking)
    ask (attempt, verb);
}

TaiVisit *
tai_desk_find_attempted (TaiDesk *self, const TaiPayment *payment)
{
  Attempt *attempt = find_attempt (self, payment);

  return attempt != NULL ? g_object_ref (attempt->visit) : NULL;
}

void
tai_desk_follow_attempts (TaiDesk *self, TaiVisit *visit)
{
  for (guint i = 0; i < visit->payments->len; i++) {
    TaiPayment *payment = g_ptr_array_index (visit->payments, i);
    if (tai_tender_is_open (payment->state) && self->gateways[payment->tender] != NULL)
      tai_desk_press_attempt (self, visit, payment, TAI_GATEWAY_QUERY);
  }
}

gboolean
tai_desk_takes (TaiDesk *self, TaiTender tender)
{
  g_return_val_if_fail (TAI_IS_DESK (self) && tender < TAI_N_TENDERS, FALSE);
  return !(tai_tender_get_asks (tender) & TAI_TENDER_ASKS_GATEWAY) || self->gateways[tender] != NULL;
}

void
tai_desk_set_gateway (TaiDesk *self, TaiTender tender, TaiPaymentGateway *gateway)
{
  g_return_if_fail (TAI_IS_DESK (self) && tender < TAI_N_TENDERS);
  g_return_if_fail (gateway == NULL || TAI_IS_PAYMENT_GATEWAY (gateway));
  g_set_object (&self->gateways[tender], gateway);
}
