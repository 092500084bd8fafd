/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * POST /guitai/v1/till: news of a till. Taken like any message (once, by its key), kept as it came; shifts are rows that fill as
 * news of them come, in whatever order.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-till.h"

#include <string.h>

#include "tai-cash-move.h"
#include "tai-hq-bank.h"
#include "tai-hq-debt.h"
#include "tai-hq-finding.h"
#include "tai-hq-sum.h"
#include "tai-till-news-json.h"

/* ---- shifts ---- */

gboolean
hq_till_is_settled (const HqShiftRow *shift, const HqSequence *sequence, gint64 now_us)
{
  if (shift->closed_us == 0)
    return FALSE;
  return (shift->close_seq > 0 && hq_sequence_get_high_water (sequence) >= shift->close_seq) ||
         now_us >= shift->arrived_us + HQ_CLOSE_SETTLES_US;
}

void
hq_till_note_money (HqCall *call, const char *shift_id, const char *kind, const char *id, TaiMoney amount)
{
  HqStore *store = call->store;
  const HqTerminalRow *terminal = &call->seat->row;
  g_auto (HqShiftRow) shift = {0};
  if (shift_id == NULL || !store->klass->shift_find (store, terminal->hall, shift_id, &shift) ||
      shift.closed_us == 0)
    return;
  hq_finding_suspect (store, HQ_FINDING_DRAWER, terminal->hall, shift_id, terminal->id);
  hq_finding_suspect (store, HQ_FINDING_HALL, terminal->hall, shift.day, terminal->id);
  if (!hq_till_is_settled (&shift, &terminal->sequence, call->request->now_us))
    return;
  HqLateRow row = {.hall = terminal->hall,
                   .shift = shift_id,
                   .id = id,
                   .kind = kind,
                   .amount = amount,
                   .arrived_us = call->request->now_us};
  store->klass->late_append (store, &row);
  hq_finding_suspect (store, HQ_FINDING_LATE, terminal->hall, shift_id, terminal->id);
}

static void
fill_shift (HqIntake *self, HqShiftRow *shift, const TaiTillNews *news, char head[65])
{
  switch (news->kind) {
  case TAI_NEWS_OPENED:
    shift->clerk = news->clerk;
    shift->opened_us = news->time_us;
    shift->float_amount = news->counted;
    shift->opening_expected = news->expected;
    break;
  case TAI_NEWS_COUNTED:
    shift->n_counts++;
    break;
  case TAI_NEWS_CLOSED:
    tai_digest_to_hex (news->journal_head, head);
    shift->closed_us = news->time_us;
    shift->counted = news->counted;
    shift->expected = news->expected;
    shift->z_number = news->z_number;
    shift->journal_seq = news->journal_seq;
    shift->journal_head = head;
    shift->arrived_us = self->message.at_us;
    shift->close_seq = self->message.seq;
    break;
  case TAI_NEWS_SUPPLEMENT:
    shift->n_supplements = MAX (shift->n_supplements, news->number);
    break;
  case TAI_NEWS_HALL_CLOSED:
  case TAI_NEWS_CASH:
  case TAI_NEWS_APPROVAL:
  case TAI_NEWS_NOTE:
  case TAI_NEWS_GIVEN_UP:
  case TAI_NEWS_INVOICE:
  case TAI_NEWS_PROMISE:
  case TAI_NEWS_DEBT:
  default:
    g_assert_not_reached ();
  }
}

static void
take_shift (HqIntake *self, const TaiTillNews *news)
{
  HqStore *store = self->call->store;
  guint16 currency = news->counted.currency != 0 ? news->counted.currency : news->amount.currency;
  TaiMoney none = tai_money (0, currency);
  char head[65];
  g_auto (HqShiftRow) shift = {0};
  if (!store->klass->shift_find (store, self->message.hall, news->shift_id, &shift))
    shift = (HqShiftRow){.hall = self->message.hall,
                         .id = news->shift_id,
                         .terminal = self->message.terminal,
                         .till = news->till,
                         .clerk = news->clerk != NULL ? news->clerk : "",
                         .day = news->business_day,
                         .float_amount = none,
                         .opening_expected = none,
                         .counted = none,
                         .expected = none};
  if (shift.float_amount.currency == 0) /* so far it was named only */
    shift.float_amount = shift.opening_expected = shift.counted = shift.expected = none;
  fill_shift (self, &shift, news, head);
  store->klass->shift_put (store, &shift);
  if (shift.closed_us == 0)
    return;
  hq_finding_suspect (store, HQ_FINDING_DRAWER, self->message.hall, news->shift_id, self->message.terminal);
  hq_finding_suspect (store, HQ_FINDING_HALL, self->message.hall, shift.day, self->message.terminal);
}

/* ---- what is booked later, days that are over ---- */

static void
take_supplement (HqIntake *self, const TaiTillNews *news)
{
  HqSupplementRow row = {.hall = self->message.hall,
                         .shift = news->shift_id,
                         .number = news->number,
                         .event = news->name,
                         .id = news->subject,
                         .amount = news->amount,
                         .at_us = news->time_us,
                         .arrived_us = self->message.at_us};
  self->call->store->klass->supplement_append (self->call->store, &row);
  take_shift (self, news);
  hq_finding_suspect (self->call->store, HQ_FINDING_LATE, row.hall, row.shift, self->message.terminal);
}

static void
take_hall_close (HqIntake *self, const TaiTillNews *news)
{
  const TaiHallClose *close = news->hall;
  HqHallCloseRow row = {.hall = self->message.hall,
                        .day = news->business_day,
                        .terminal = self->message.terminal,
                        .clerk = news->clerk,
                        .number = close->number,
                        .sales = close->sales,
                        .drawers = close->drawers,
                        .safe = close->safe,
                        .in_bags = close->in_bags,
                        .n_orders = close->n_orders,
                        .n_shifts = close->n_shifts,
                        .n_left = close->n_left,
                        .at_us = news->time_us};
  self->call->store->klass->hall_close_put (self->call->store, &row);
  hq_finding_suspect (self->call->store, HQ_FINDING_HALL, row.hall, row.day, row.terminal);
}

/* ---- cash, approvals ---- */

static void
suspect (HqIntake *self, HqFindingKind kind, const char *subject)
{
  hq_finding_suspect (self->call->store, kind, self->message.hall, subject, self->message.terminal);
}

static void
take_cash (HqIntake *self, const TaiTillNews *news)
{
  const TaiCashMove *move = tai_cash_move_find (news->name);
  if (tai_till_news_get_drawer (news).currency != 0)
    hq_till_note_money (self->call, news->shift_id, "cash", self->id, news->amount);
  if (news->subject != NULL)
    suspect (self, HQ_FINDING_BAG, news->subject);
  if (news->slip != NULL) {
    g_autofree char *subject = hq_bank_subject (HQ_BANK_DEPOSIT, news->slip);
    suspect (self, HQ_FINDING_BANK, subject);
  }
  if (move != NULL && (move->needs & TAI_CASH_NEEDS_APPROVAL))
    suspect (self, HQ_FINDING_ACT, self->id);
}

static void
take_approval (HqIntake *self, const TaiTillNews *news)
{
  suspect (self, HQ_FINDING_APPROVAL, news->approval_id.text);
  if (news->act.text[0] != '\0')
    suspect (self, HQ_FINDING_ACT, news->act.text);
}

/* ---- messages that never come ---- */

/* Its number is explained from now on, and should it come after all it is not taken: the customer has been told otherwise. */
static void
take_given_up (HqIntake *self, const TaiTillNews *news)
{
  HqStore *store = self->call->store;
  HqSeat *seat = self->call->seat;
  g_auto (HqMessageRow) found = {0};
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  gboolean is_there = store->klass->message_find (store, self->message.hall, news->subject, &found);
  HqMessageRow row = {.hall = self->message.hall,
                      .key = news->subject,
                      .terminal = self->message.terminal,
                      .seq = news->message_seq,
                      .kind = is_there ? found.kind : HQ_MESSAGE_TILL,
                      .status = HQ_STATUS_GIVEN_UP,
                      .code = HQ_CODE_GIVEN_UP,
                      .sha256 = is_there ? found.sha256 : news->message_digest,
                      .at_us = self->message.at_us,
                      .body = is_there && found.body != NULL ? found.body : none};
  suspect (self, HQ_FINDING_GIVEN_UP, news->subject);
  if (!is_there)
    store->klass->message_insert (store, &row);
  else if (found.status >= 400)
    store->klass->message_update (store, &row);
  if (row.seq > 0 && !hq_sequence_has (&seat->row.sequence, row.seq) &&
      hq_sequence_may_add (&seat->row.sequence, row.seq))
    seat->is_moved = hq_sequence_add (&seat->row.sequence, row.seq);
}

/* ---- codes for invoices ---- */

static void
take_invoice (HqIntake *self, const TaiTillNews *news)
{
  suspect (self, HQ_FINDING_INVOICE, news->subject);
}

/* ---- taking ---- */

static gboolean
read_news (HqIntake *self)
{
  GError *error = NULL;
  const char *terminal = NULL;
  TaiTillNews *news = tai_till_news_from_json (self->json, &terminal, &error);
  if (news == NULL)
    return hq_intake_refuse_error (self, error);
  self->news = news;
  if (strcmp (terminal, self->message.terminal) != 0)
    return hq_intake_refuse (self, 403, "other_terminal", "terminal is not the certificate's");
  if (self->has_key && strcmp (self->message.key, news->id.text) != 0)
    return hq_intake_refuse (self, 400, "idempotency_key", "it is not the id");
  hq_intake_choose_id (self, news->id.text);
  return TRUE;
}

static void
insert_row (HqIntake *self, const TaiTillNews *news)
{
  gboolean is_approval = news->kind == TAI_NEWS_APPROVAL, is_given_up = news->kind == TAI_NEWS_GIVEN_UP;
  char token[65];
  HqTillRow row = {.hall = self->message.hall,
                   .id = self->id,
                   .key = self->message.key,
                   .terminal = self->message.terminal,
                   .kind = tai_news_kind_to_text (news->kind),
                   .name = news->name,
                   .shift = news->shift_id,
                   .day = news->business_day,
                   .clerk = news->clerk,
                   .subject = news->subject,
                   .ref = is_approval   ? news->approval_id.text
                          : is_given_up ? news->subject
                                        : NULL,
                   .act = news->act.text[0] != '\0' ? news->act.text : NULL,
                   .slip = news->slip,
                   .amount = news->amount,
                   .at_us = news->time_us,
                   .arrived_us = self->message.at_us};
  if (news->kind == TAI_NEWS_INVOICE) {
    tai_digest_to_hex (news->token, token);
    row.ref = token;
  }
  self->call->store->klass->till_insert (self->call->store, &row);
}

static gboolean
insert_news (HqIntake *self)
{
  static void (*const takes[TAI_N_NEWS]) (HqIntake *, const TaiTillNews *) = {
      [TAI_NEWS_OPENED] = take_shift,           [TAI_NEWS_COUNTED] = take_shift,
      [TAI_NEWS_CLOSED] = take_shift,           [TAI_NEWS_SUPPLEMENT] = take_supplement,
      [TAI_NEWS_HALL_CLOSED] = take_hall_close, [TAI_NEWS_CASH] = take_cash,
      [TAI_NEWS_APPROVAL] = take_approval,      [TAI_NEWS_GIVEN_UP] = take_given_up,
      [TAI_NEWS_INVOICE] = take_invoice,        [TAI_NEWS_DEBT] = hq_debt_take,
  };
  const TaiTillNews *news = self->news;
  insert_row (self, news);
  hq_sum_news (self->call->store, self->message.hall, self->message.terminal, news);
  if (takes[news->kind] != NULL)
    takes[news->kind](self, news);
  hq_call_suspect_act (self->call, self->message.key);
  return TRUE;
}

/* What was sent is known to who sent it. */
static void
answer_news (HqIntake *self, const HqMessageRow *stored)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", stored->resource);
  tai_json_writer_add_string (writer, "key", stored->key);
  tai_json_writer_end_object (writer);
  hq_response_take_text (self->call->response, 201, tai_json_writer_end_text (writer));
}

const HqIntakeClass hq_till_intake = {HQ_MESSAGE_TILL, NULL, NULL, read_news, insert_news, answer_news};

void
hq_till_post (HqCall *call)
{
  hq_message_take (call, &hq_till_intake);
}

static gboolean
suspect_approval_cb (const HqTillRow *row, gpointer data)
{
  HqCall *call = data;
  if (row->ref != NULL)
    hq_finding_suspect (call->store, HQ_FINDING_APPROVAL, row->hall, row->ref, row->terminal);
  return TRUE;
}

void
hq_call_suspect_act (HqCall *call, const char *key)
{
  HqTillFilter filter = {
      .hall = hq_call_hall (call), .kind = tai_news_kind_to_text (TAI_NEWS_APPROVAL), .act = key};
  call->store->klass->till_list (call->store, &filter, suspect_approval_cb, call);
}
