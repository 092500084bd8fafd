/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding up what comes. A sum is a row of which only count and amount grow; what to add is read off the body that came. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-sum.h"

#include <string.h>

#include "tai-date.h"
#include "tai-hq-body.h"
#include "tai-hq-line.h"
#include "tai-json-money.h"
#include "tai-order.h"
#include "tai-report-line.h"
#include "tai-till-news-json.h"

#define QUARTERS_OF_HOUR 4
#define WORD_MAX_BYTES   64
#define SETTING_DUE      "sums_are_due"

/* Text of a body that becomes part of a key: bounded, and "" when it is none. */
static const char *
get_word (const TaiJson *json, const char *path)
{
  const char *word = NULL;
  if (!tai_json_optional_string (json, path, &word, NULL) || word == NULL || strlen (word) > WORD_MAX_BYTES)
    return "";
  return word;
}

static const char *
bound (const char *word)
{
  return word != NULL && strlen (word) <= WORD_MAX_BYTES ? word : "";
}

/* Our terminals' days are days; whatever else stands there is nobody's business day. */
static gboolean
is_day (const char *day)
{
  TaiDate date;
  return day != NULL && strlen (day) == 10 && tai_date_from_text (day, &date);
}

/* ---- orders ---- */

static HqSumRow
start_order (const HqOrderRow *order, const TaiJson *json, const char *kind, TaiMoney amount)
{
  return (HqSumRow){.hall = order->hall,
                    .day = order->day,
                    .kind = kind,
                    .terminal = order->terminal,
                    .clerk = bound (order->clerk),
                    .operation = bound (order->operation),
                    .shift = get_word (json, "x-guitai.shift"),
                    .count = 1,
                    .amount = amount};
}

static gboolean
counts (const HqOrderRow *order)
{
  return order->operation != NULL && is_day (order->day);
}

static void
add_hour (HqStore *store, HqSumRow row, const TaiJson *json)
{
  const char *text = tai_json_require_string (json, "requestedStartDate", NULL);
  gint64 time_us;
  char name[24];
  if (text == NULL || !tai_time_from_text (text, &time_us) || time_us < 0)
    return;
  gint64 quarter = time_us / TAI_REPORT_QUARTER_US;
  g_snprintf (name, sizeof name, "%" G_GINT64_FORMAT, quarter - quarter % QUARTERS_OF_HOUR);
  row.kind = HQ_SUM_HOUR;
  row.operation = "";
  row.name = name;
  store->klass->sum_add (store, &row);
}

void
hq_sum_order (HqStore *store, const HqOrderRow *order, const TaiJson *json)
{
  TaiMoney due;
  if (!counts (order) || !hq_line_get_due (json, &due))
    return;
  HqSumRow row = start_order (order, json, HQ_SUM_BUSINESS, due);
  store->klass->sum_add (store, &row);
  add_hour (store, row, json);
}

gboolean
hq_sum_add_share (const TaiJson *payment, const HqOrderRow *order, TaiMoney *paid)
{
  const char *known = order->external_id != NULL ? order->external_id : order->id;
  const TaiJson *items = tai_json_get_member (payment, "paymentItem");
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    TaiMoney share;
    if (g_strcmp0 (tai_json_require_string (item, "item.id", NULL), known) == 0 &&
        tai_json_require_money (item, "totalAmount", &share, NULL) && share.currency == paid->currency &&
        !tai_money_add (*paid, share, paid, NULL))
      return FALSE;
  }
  return TRUE;
}

void
hq_sum_shares (HqStore *store, const HqOrderRow *order, const TaiJson *json, HqPaymentFinder find,
               gpointer data)
{
  const TaiJson *payments = tai_json_get_member (json, "payment");
  TaiMoney due;
  if (!counts (order) || !hq_line_get_due (json, &due))
    return;
  for (guint i = 0; i < tai_json_get_length (payments); i++) {
    const char *id = tai_json_require_string (tai_json_get_element (payments, i), "id", NULL);
    const TaiJson *payment = id != NULL ? find (data, order->hall, id) : NULL;
    HqSumRow row = start_order (order, json, HQ_SUM_PAID, tai_money (0, due.currency));
    if (payment == NULL || !hq_sum_add_share (payment, order, &row.amount))
      continue;
    row.name = get_word (payment, "x-guitai.tender");
    store->klass->sum_add (store, &row);
  }
}

void
hq_sum_end (HqStore *store, const HqOrderRow *order, const char *state)
{
  static const struct {
    const char *state, *event;
  } ends[] = {
      {HQ_TOLD_UNDONE, "undone"}, {"cancelled", "cancelled"}, {"rejected", "refused"}, {"failed", "refused"}};
  const char *event = NULL;
  TaiMoney due;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (strcmp (ends[i].state, state) == 0)
      event = ends[i].event;
  if (event == NULL || !counts (order) || order->body == NULL)
    return;
  g_autoptr (TaiJson) json = hq_recent_parse (&store->recent, order->id, order->body);
  if (!hq_line_get_due (json, &due))
    return;
  HqSumRow row = start_order (order, json, HQ_SUM_EVENT, due);
  row.name = event;
  store->klass->sum_add (store, &row);
}

/* ---- payments ---- */

/* Cash goes into the drawer of its shift, or comes out of it. */
static void
add_cash (HqStore *store, HqSumRow row)
{
  if (strcmp (row.name, tai_tender_to_text (TAI_TENDER_CASH)) != 0 || row.shift[0] == '\0')
    return;
  row.kind = HQ_SUM_DRAWER;
  row.clerk = row.operation = row.name = "";
  store->klass->sum_add (store, &row);
}

static void
add_tender (HqStore *store, HqSumRow row, const TaiJson *json)
{
  row.kind = HQ_SUM_TENDER;
  row.name = get_word (json, "x-guitai.tender");
  if (row.name[0] == '\0')
    return;
  store->klass->sum_add (store, &row);
  add_cash (store, row);
}

void
hq_sum_payment (HqStore *store, const HqPaymentRow *payment, const TaiJson *json)
{
  HqSumRow row = {.hall = payment->hall,
                  .day = payment->day,
                  .terminal = payment->terminal,
                  .clerk = get_word (json, "x-guitai.clerk"),
                  .shift = get_word (json, "x-guitai.shift"),
                  .count = 1};
  if (is_day (payment->day) && tai_json_require_money (json, "totalAmount", &row.amount, NULL))
    add_tender (store, row, json);
}

/* As a payment below 0, and as what it is, under the business of its order. */
void
hq_sum_refund (HqStore *store, const char *hall, const char *terminal, const TaiJson *json)
{
  g_auto (HqOrderRow) order = {0};
  const char *order_id = get_word (json, "x-guitai.order");
  gboolean is_further = FALSE;
  HqSumRow row = {.hall = hall,
                  .day = get_word (json, "x-guitai.businessDay"),
                  .kind = HQ_SUM_EVENT,
                  .terminal = terminal,
                  .clerk = get_word (json, "x-guitai.clerk"),
                  .name = tai_report_event_to_text (TAI_REPORT_EVENT_REFUND),
                  .shift = get_word (json, "x-guitai.shift"),
                  .count = 1};
  if (!is_day (row.day) || !tai_json_require_money (json, "totalAmount", &row.amount, NULL))
    return;
  if (order_id[0] != '\0' && store->klass->order_find (store, hall, order_id, &order))
    row.operation = bound (order.operation);
  if (tai_json_optional_bool (json, "x-guitai.further", &is_further, NULL) && is_further)
    row.count = 0; /* what goes back in several ways is given back once */
  store->klass->sum_add (store, &row);
  row.operation = NULL;
  row.count = 1;
  row.amount = tai_money_negate (row.amount);
  add_tender (store, row, json);
}

/* ---- tills ---- */

/* What reports count of it; (nullable). */
static const char *
get_event (const TaiTillNews *news)
{
  if (news->kind == TAI_NEWS_NOTE)
    return news->name;
  if (news->kind == TAI_NEWS_APPROVAL && news->approval_state == TAI_APPROVAL_GRANTED)
    return tai_report_event_to_text (TAI_REPORT_EVENT_OVERRIDE);
  return NULL;
}

void
hq_sum_news (HqStore *store, const char *hall, const char *terminal, const TaiTillNews *news)
{
  TaiMoney drawer = tai_till_news_get_drawer (news);
  HqSumRow row = {.hall = hall,
                  .day = news->business_day,
                  .terminal = terminal,
                  .shift = bound (news->shift_id),
                  .count = 1};
  if (!is_day (row.day))
    return;
  if (drawer.currency != 0 && news->shift_id != NULL) {
    row.kind = HQ_SUM_DRAWER;
    row.amount = drawer;
    store->klass->sum_add (store, &row);
  }
  row.name = bound (get_event (news));
  if (row.name[0] == '\0')
    return;
  row.kind = HQ_SUM_EVENT;
  row.clerk = bound (news->clerk);
  row.amount = news->amount;
  store->klass->sum_add (store, &row);
}

/* ---- drawers ---- */

static gboolean
add_minor_cb (const HqSumRow *row, gpointer data)
{
  *(gint64 *)data += row->amount.minor;
  return TRUE;
}

gint64
hq_sum_get_drawer (HqStore *store, const char *hall, const char *day, const char *shift)
{
  gint64 minor = 0;
  HqSumFilter filter = {.hall = hall, .from = day, .until = day, .kind = HQ_SUM_DRAWER, .shift = shift};
  store->klass->sum_list (store, &filter, add_minor_cb, &minor);
  return minor;
}

/* ---- all anew ---- */

typedef struct {
  HqStore *store;
  TaiJson *payment; /* (owned) (nullable) that was looked at last */
} Rebuild;

static const TaiJson *
find_payment_cb (gpointer data, const char *hall, const char *id)
{
  Rebuild *self = data;
  g_auto (HqPaymentRow) row = {0};
  g_clear_pointer (&self->payment, tai_json_free);
  if (self->store->klass->payment_find (self->store, hall, id, &row))
    self->payment = hq_recent_parse (&self->store->recent, id, row.body);
  return self->payment;
}

/* Judged: its payments were looked at, and were all here. */
static gboolean
was_judged (const HqOrderRow *order)
{
  gboolean waits = strcmp (order->state, "acknowledged") == 0 && order->due_us != 0;
  return !waits && g_strcmp0 (order->reason, "payment_missing") != 0;
}

static void
take_order (Rebuild *self, const HqMessageRow *message, const TaiJson *json)
{
  g_auto (HqOrderRow) order = {0};
  if (!self->store->klass->order_find (self->store, message->hall, message->resource, &order))
    return;
  hq_sum_order (self->store, &order, json);
  if (was_judged (&order))
    hq_sum_shares (self->store, &order, json, find_payment_cb, self);
  hq_sum_end (self->store, &order,
              g_strcmp0 (order.reason, HQ_REASON_UNDONE) == 0 ? HQ_TOLD_UNDONE : order.state);
}

static void
take_payment (Rebuild *self, const HqMessageRow *message, const TaiJson *json)
{
  g_auto (HqPaymentRow) payment = {0};
  if (self->store->klass->payment_find (self->store, message->hall, message->resource, &payment))
    hq_sum_payment (self->store, &payment, json);
}

static void
take_news (Rebuild *self, const HqMessageRow *message, const TaiJson *json)
{
  const char *terminal;
  g_autoptr (TaiTillNews) news = tai_till_news_from_json (json, &terminal, NULL);
  if (news != NULL)
    hq_sum_news (self->store, message->hall, message->terminal, news);
}

static gboolean
take_message_cb (const HqMessageRow *message, gpointer data)
{
  static void (*const takes[]) (Rebuild *, const HqMessageRow *, const TaiJson *) = {
      [HQ_MESSAGE_ORDER] = take_order, [HQ_MESSAGE_PAYMENT] = take_payment, [HQ_MESSAGE_TILL] = take_news};
  Rebuild *self = data;
  gsize size;
  const char *bytes = g_bytes_get_data (message->body, &size);
  if (message->kind >= G_N_ELEMENTS (takes) || takes[message->kind] == NULL)
    return TRUE;
  g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  if (json != NULL)
    takes[message->kind](self, message, json);
  return self->store->error == NULL;
}

static gboolean
take_refund_cb (const HqDocumentRow *row, gpointer data)
{
  Rebuild *self = data;
  g_autoptr (TaiJson) json = hq_body_parse (row->body);
  hq_sum_refund (self->store, row->hall, get_word (json, "x-guitai.terminal"), json);
  return self->store->error == NULL;
}

gboolean
hq_sum_is_due (HqStore *store)
{
  return hq_store_get_number (store, SETTING_DUE, 0) != 0;
}

gboolean
hq_sum_rebuild (HqStore *store)
{
  Rebuild self = {store, NULL};
  HqDocumentFilter refunds = {.kind = "Refund"};
  store->klass->begin (store);
  store->klass->sum_clear (store);
  store->klass->message_list (store, take_message_cb, &self);
  store->klass->document_list (store, &refunds, take_refund_cb, &self);
  store->klass->setting_put (store, SETTING_DUE, "0");
  store->klass->commit (store);
  tai_json_free (self.payment);
  return store->error == NULL;
}
