/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money that was credited goes back off the line, or over to the right one: as much as the order brought, once. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-take-back.h"

#include <string.h>

#include "tai-directory.h"
#include "tai-hq-line.h"
#include "tai-hq-order-move.h"

#define CLAIM_TAKE_BACK "take_back"

gboolean
hq_take_back_read (const TaiJson *task, HqTakeBack *what)
{
  const char *text = NULL;
  *what = HQ_TAKE_BACK_CANCEL;
  if (!tai_json_optional_string (task, "x-guitai.takeBack", &text, NULL))
    return FALSE;
  if (text == NULL)
    return TRUE;
  *what = strcmp (text, "undo") == 0 ? HQ_TAKE_BACK_UNDO : HQ_TAKE_BACK_CORRECTION;
  return strcmp (text, "undo") == 0 || strcmp (text, "correction") == 0;
}

typedef struct {
  HqStore *store;
  HqOrderRow *order;
  const TaiJson *task;
  TaiMoney amount; /* that the order brought */
  gint64 now_us;
} Work;

/* Off the balance; what a bill payment has settled is owed again. FALSE: it was used. */
static gboolean
debit (Work *work)
{
  g_auto (HqLineRow) line = {0};
  gint64 rest;
  if (work->order->msisdn == NULL ||
      !work->store->klass->line_find (work->store, work->order->msisdn, &line) ||
      line.balance.currency != work->amount.currency)
    return FALSE;
  rest = work->amount.minor - MIN (line.balance.minor, work->amount.minor);
  if (line.balance.minor < 0 || (rest > 0 && strcmp (work->order->operation, "bill_payment") != 0))
    return FALSE;
  line.balance.minor -= work->amount.minor - rest;
  if (rest > 0 && line.arrears.minor == 0)
    line.arrears_since_us = work->now_us;
  line.arrears.minor += rest;
  line.changed_us = work->now_us;
  work->store->klass->line_put (work->store, &line);
  return TRUE;
}

static const char *
undo (Work *work)
{
  const char *day = NULL;
  if (!tai_json_optional_string (work->task, "x-guitai.businessDay", &day, NULL) || day == NULL ||
      g_strcmp0 (day, work->order->day) != 0)
    return "another_day";
  return debit (work) ? NULL : "credit_used";
}

static const char *
correct (Work *work)
{
  g_auto (HqLineRow) line = {0};
  const char *target = NULL;
  if (strcmp (work->order->operation, "top_up") != 0)
    return "not_a_top_up";
  if (!tai_json_optional_string (work->task, "x-guitai.target", &target, NULL) || target == NULL ||
      g_strcmp0 (target, work->order->msisdn) == 0 ||
      !work->store->klass->line_find (work->store, target, &line))
    return "line_unknown";
  if (g_strcmp0 (line.status, tai_line_status_to_text (TAI_LINE_STATUS_CLOSED)) == 0)
    return "line_closed";
  if (line.balance.currency != work->amount.currency)
    return "currency";
  if (!debit (work))
    return "credit_used";
  if (!tai_money_add (line.balance, work->amount, &line.balance, NULL))
    return "amount";
  line.changed_us = work->now_us;
  work->store->klass->line_put (work->store, &line);
  return NULL;
}

static const char *
check (Work *work, const TaiJson *order)
{
  const char *operation = work->order->operation;
  if (operation == NULL || (strcmp (operation, "top_up") != 0 && strcmp (operation, "bill_payment") != 0) ||
      hq_fulfilment_of (work->store, work->order) != &hq_fulfilment_own)
    return "not_offered";
  if (strcmp (work->order->state, "completed") != 0)
    return "not_completed";
  return hq_line_get_due (order, &work->amount) && work->amount.minor > 0 ? NULL : "amount";
}

/* Once an order: the claim is the order's own, and it stays only with what was done. */
static const char *
carry_out (Work *work, HqTakeBack what)
{
  const HqStoreClass *klass = work->store->klass;
  const char *reason;
  if (klass->claim_has (work->store, CLAIM_TAKE_BACK, work->order->id, work->order->hall, work->order->id))
    return "taken_back";
  reason = what == HQ_TAKE_BACK_UNDO ? undo (work) : correct (work);
  if (reason == NULL)
    klass->claim_take (work->store, CLAIM_TAKE_BACK, work->order->id, 0, work->order->hall, work->order->id,
                       work->now_us);
  return reason;
}

int
hq_take_back_order (HqStore *store, HqOrderRow *order, HqCancelRow *task, gint64 now_us)
{
  g_autoptr (TaiJson) asked = hq_body_parse (task->body);
  g_autoptr (TaiJson) body = hq_body_parse (order->body);
  Work work = {.store = store, .order = order, .task = asked, .now_us = now_us};
  HqTakeBack what;
  const char *reason;
  g_autofree char *told = NULL;
  hq_take_back_read (asked, &what);
  reason = check (&work, body);
  if (reason == NULL)
    reason = carry_out (&work, what);
  task->state = reason == NULL ? "done" : "terminatedWithError";
  if (reason != NULL)
    told = g_strdup_printf ("%s_refused: %s", what == HQ_TAKE_BACK_UNDO ? "undo" : "correction", reason);
  if (reason == NULL && what == HQ_TAKE_BACK_UNDO)
    hq_order_undo (store, order, now_us);
  else
    hq_order_tell (store, order, reason != NULL ? told : "corrected", now_us);
  return 1;
}
