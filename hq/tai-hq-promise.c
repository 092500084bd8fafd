/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GET /guitai/v1/promise/{id}: a customer's slip, at any desk of the hall: where it is settled, how it stands, and whether that terminal was
 * heard of lately. Numbers are masked, only the asking hall's own is told, and each look leaves a row that is never changed.
 */
#define G_LOG_DOMAIN "tai-hq"

#include <string.h>

#include "tai-hq-debt.h"
#include "tai-json-money.h"
#include "tai-mask.h"
#include "tai-till-news-json.h"

#define CLERK_MAX 32

typedef struct {
  HqCall *call;
  TaiTillNews *news; /* (owned) (nullable) the last slip of it */
  char *terminal;    /* (owned) (nullable) that printed it */
  gboolean has_order, has_debt;
  HqOrderRow order; /* (owned) */
  HqDebtRow debt;   /* (owned) */
} Matter;

static void
matter_clear (Matter *self)
{
  g_clear_pointer (&self->news, tai_till_news_free);
  g_clear_pointer (&self->terminal, g_free);
  hq_order_row_clear (&self->order);
  hq_debt_row_clear (&self->debt);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matter, matter_clear)

static gboolean
take_slip_cb (const HqTillRow *row, gpointer data)
{
  Matter *self = data;
  g_autoptr (TaiJson) json = hq_body_parse (row->body);
  const char *terminal;
  TaiTillNews *news = json != NULL ? tai_till_news_from_json (json, &terminal, NULL) : NULL;
  if (news == NULL)
    return TRUE;
  g_clear_pointer (&self->news, tai_till_news_free);
  g_free (self->terminal);
  self->news = news;
  self->terminal = g_strdup (row->terminal);
  return TRUE;
}

static gboolean
find_matter (Matter *self, HqCall *call)
{
  HqTillFilter filter = {
      .hall = hq_call_hall (call), .kind = tai_news_kind_to_text (TAI_NEWS_PROMISE), .subject = call->id};
  self->call = call;
  call->store->klass->till_list (call->store, &filter, take_slip_cb, self);
  self->has_order = call->store->klass->order_find (call->store, filter.hall, call->id, &self->order);
  self->has_debt = call->store->klass->debt_find (call->store, filter.hall, call->id, &self->debt);
  return self->news != NULL || self->has_order || self->has_debt;
}

/* Where it is settled. */
static const char *
get_terminal (const Matter *self)
{
  if (self->has_debt)
    return self->debt.holder;
  return self->terminal != NULL ? self->terminal : self->order.terminal;
}

/* ---- the answer ---- */

static void
add_time (TaiJsonWriter *writer, const char *name, gint64 time_us)
{
  g_autofree char *time = time_us != 0 ? tai_time_to_text (time_us) : NULL;
  tai_json_writer_add_string (writer, name, time);
}

static void
write_terminal (TaiJsonWriter *writer, const Matter *self)
{
  g_auto (HqTerminalRow) row = {0};
  HqStore *store = self->call->store;
  tai_json_writer_add_string (writer, "terminal", get_terminal (self));
  if (store->klass->terminal_find (store, get_terminal (self), &row))
    add_time (writer, "lastContact", row.seen_us);
  add_time (writer, "time", self->call->request->now_us);
}

static void
write_slip (TaiJsonWriter *writer, const Matter *self)
{
  if (self->news == NULL)
    return;
  tai_json_writer_add_string (writer, "kind", self->news->name);
  add_time (writer, "given", self->news->time_us);
  tai_json_writer_add_string (writer, "givenBy", self->news->clerk);
  add_time (writer, "until", self->news->promised_us);
  if (!self->has_debt || self->debt.amount.currency == 0)
    tai_json_writer_add_money (writer, "amount", self->news->amount);
}

static void
write_order (TaiJsonWriter *writer, const Matter *self)
{
  if (!self->has_order)
    return;
  g_autofree char *msisdn = g_strdup (self->order.msisdn);
  g_autoptr (TaiJson) json = hq_body_parse (self->order.body);
  tai_mask_text (msisdn);
  tai_json_writer_add_object (writer, "order");
  tai_json_writer_add_string (writer, "state", self->order.state);
  tai_json_writer_add_string (writer, "operation", self->order.operation);
  tai_json_writer_add_string (writer, "msisdn", msisdn);
  tai_json_writer_add_string (writer, "receipt",
                              json != NULL ? tai_json_require_string (json, "x-guitai.receipt", NULL) : NULL);
  tai_json_writer_end_object (writer);
}

static void
write_debt (TaiJsonWriter *writer, const Matter *self)
{
  const HqDebtRow *debt = &self->debt;
  if (!self->has_debt)
    return;
  tai_json_writer_add_known_money (writer, "amount", debt->amount);
  tai_json_writer_add_object (writer, "debt");
  tai_json_writer_add_string (writer, "state",
                              hq_debt_is_paid (debt) ? "paid"
                              : debt->claim != NULL  ? "asked"
                                                     : "held");
  tai_json_writer_add_string (writer, "claimant", debt->claimant);
  add_time (writer, "since", debt->changed_us);
  tai_json_writer_end_object (writer);
}

static void
respond (HqCall *call, const Matter *matter)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", call->id);
  write_terminal (writer, matter);
  write_slip (writer, matter);
  write_order (writer, matter);
  write_debt (writer, matter);
  tai_json_writer_end_object (writer);
  hq_response_take_text (call->response, 200, tai_json_writer_end_text (writer));
}

static void
note_look (HqCall *call, const Matter *matter, const char *clerk, gboolean found)
{
  HqLookRow look = {.hall = hq_call_hall (call),
                    .terminal = call->seat->row.id,
                    .clerk = clerk,
                    .msisdn =
                        matter->has_order && matter->order.msisdn != NULL ? matter->order.msisdn : call->id,
                    .found = found,
                    .at_us = call->request->now_us};
  call->store->klass->look_append (call->store, &look);
}

void
hq_promise_get (HqCall *call)
{
  g_auto (HqQuery) query = {0};
  g_auto (Matter) matter = {0};
  if (!hq_query_parse (&query, call, 1))
    return;
  const char *clerk = hq_query_param (&query, "clerk");
  if (clerk != NULL && strlen (clerk) > CLERK_MAX) {
    hq_response_fail (call->response, 400, "query", "clerk: too long");
    return;
  }
  gboolean found = tai_uuid_is_valid (call->id) && find_matter (&matter, call);
  note_look (call, &matter, clerk, found);
  if (found)
    respond (call, &matter);
  else
    hq_response_fail (call->response, 404, "promise_unknown", "no such slip in this hall");
}
