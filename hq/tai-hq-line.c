/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GET /guitai/v1/line/{msisdn}: what a counter sees of a number before it takes money for it. Only the mask of the owner leaves
 * headquarters, only the asking hall's own takings are shown, and each look leaves a row that is never changed.
 *
 * Who took money is read from the orders themselves: they are there the moment they arrive, paid or still waiting for the
 * payment's message, and an order is there once.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-line.h"

#include <string.h>

#include "tai-hq-body.h"
#include "tai-json-money.h"
#include "tai-numbers.h"

#define RECENT_US      (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define RECENT_MAX     20
#define SCAN_MAX       100 /* orders of one number in an hour: above it nobody serves a customer */
#define CLERK_MAX      32
#define CLOCK_SLACK_US (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)

typedef struct {
  TaiJsonWriter *writer;
  gint64 since_us;
  guint n_shown, n_scanned;
} RecentList;

/* When it was at the counter; a clock that is ahead of ours says nothing. */
static gint64
find_time (const HqOrderRow *order, const TaiJson *json)
{
  gint64 said_us;
  const char *said = tai_json_require_string (json, "requestedStartDate", NULL);
  if (said != NULL && tai_time_from_text (said, &said_us) && said_us <= order->order_us + CLOCK_SLACK_US)
    return said_us;
  return order->order_us;
}

/* What HQ refused or took back is no money of the line's. */
static gboolean
counts (const HqOrderRow *order)
{
  static const char *const void_states[] = {"rejected", "failed", "cancelled", NULL};
  return !hq_is_ours (void_states, order->state);
}

static void
write_payment (RecentList *self, const HqOrderRow *order, const TaiJson *json, TaiMoney due, gint64 time_us)
{
  g_autofree char *time = tai_time_to_text (time_us);
  tai_json_writer_begin_object (self->writer);
  tai_json_writer_add_money (self->writer, "amount", due);
  tai_json_writer_add_string (self->writer, "time", time);
  tai_json_writer_add_string (self->writer, "clerk", order->clerk);
  tai_json_writer_add_string (self->writer, "hall", order->hall);
  tai_json_writer_add_string (self->writer, "terminal", order->terminal);
  tai_json_writer_add_string (self->writer, "orderId",
                              order->external_id != NULL ? order->external_id : order->id);
  tai_json_writer_add_string (self->writer, "operation", order->operation);
  tai_json_writer_add_string (self->writer, "receipt",
                              tai_json_require_string (json, "x-guitai.receipt", NULL));
  tai_json_writer_end_object (self->writer);
  self->n_shown++;
}

static gboolean
write_payment_cb (const HqOrderRow *order, gpointer data)
{
  RecentList *self = data;
  TaiMoney due;
  self->n_scanned++;
  if (order->operation != NULL && order->clerk != NULL && counts (order)) {
    g_autoptr (TaiJson) json = hq_body_parse (order->body);
    gint64 time_us = find_time (order, json);
    if (time_us >= self->since_us && hq_line_get_due (json, &due) && due.minor > 0)
      write_payment (self, order, json, due, time_us);
  }
  return self->n_shown < RECENT_MAX && self->n_scanned < SCAN_MAX;
}

static void
write_plan (TaiJsonWriter *writer, const HqLineRow *line)
{
  if (line->plan == NULL)
    return;
  tai_json_writer_add_object (writer, "plan");
  tai_json_writer_add_string (writer, "id", line->plan);
  tai_json_writer_add_string (writer, "name", line->plan_name);
  tai_json_writer_add_string (writer, "nameEn", line->plan_name_en);
  tai_json_writer_end_object (writer);
}

static void
write_arrears (TaiJsonWriter *writer, const HqLineRow *line)
{
  tai_json_writer_add_object (writer, "arrears");
  tai_json_writer_add_string (writer, "unit", tai_currency_to_code (line->arrears.currency));
  tai_json_writer_key (writer, "value");
  tai_json_writer_amount (writer, line->arrears);
  if (line->arrears_since_us != 0) {
    g_autofree char *since = tai_time_to_text (line->arrears_since_us);
    tai_json_writer_add_string (writer, "since", since);
  }
  tai_json_writer_end_object (writer);
}

static void
respond_line (HqCall *call, const HqLineRow *line)
{
  RecentList recent = {tai_json_writer_new (), call->request->now_us - RECENT_US, 0, 0};
  tai_json_writer_begin_object (recent.writer);
  tai_json_writer_add_string (recent.writer, "msisdn", line->msisdn);
  tai_json_writer_add_string (recent.writer, "status", line->status);
  tai_json_writer_add_string (recent.writer, "ownerMask", line->owner);
  write_plan (recent.writer, line);
  tai_json_writer_add_money (recent.writer, "balance", line->balance);
  write_arrears (recent.writer, line);
  tai_json_writer_add_array (recent.writer, "recentPayments");
  call->store->klass->order_recent (call->store, hq_call_hall (call), line->msisdn, recent.since_us,
                                    write_payment_cb, &recent);
  tai_json_writer_end_array (recent.writer);
  tai_json_writer_end_object (recent.writer);
  hq_response_take_text (call->response, 200, tai_json_writer_end_text (recent.writer));
}

void
hq_line_get (HqCall *call)
{
  g_auto (HqQuery) query = {0};
  g_auto (HqLineRow) line = {0};
  if (!hq_query_parse (&query, call, RECENT_MAX))
    return;
  const char *clerk = hq_query_param (&query, "clerk");
  if (clerk != NULL && strlen (clerk) > CLERK_MAX) {
    hq_response_fail (call->response, 400, "query", "clerk: too long");
    return;
  }
  /* what cannot be a number is nobody's: no look, no row */
  if (!tai_msisdn_check (call->id, NULL)) {
    hq_response_fail (call->response, 404, "line_unknown", "no such line");
    return;
  }
  HqLookRow look = {.hall = hq_call_hall (call),
                    .terminal = call->seat->row.id,
                    .clerk = clerk,
                    .msisdn = call->id,
                    .found = call->store->klass->line_find (call->store, call->id, &line),
                    .at_us = call->request->now_us};
  call->store->klass->look_append (call->store, &look);
  if (look.found)
    respond_line (call, &line);
  else
    hq_response_fail (call->response, 404, "line_unknown", "no such line");
}
