/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state engine: an acknowledged order waits for its payments, is judged, and then goes to who carries it out
 * (tai-hq-fulfilment.h). Each move is one row of the feed in the same transaction.
 */
#define G_LOG_DOMAIN "tai-hq"

#include <string.h>

#include "tai-hq-check.h"
#include "tai-hq-coupon.h"
#include "tai-hq-debt.h"
#include "tai-hq-fulfilment.h"
#include "tai-hq-line.h"
#include "tai-hq-order-move.h"
#include "tai-hq-sum.h"
#include "tai-hq-take-back.h"
#include "tai-json-money.h"

#define SECOND_US         G_GINT64_CONSTANT (1000000)
#define DAY_US            (86400 * SECOND_US)
#define PAYMENT_WAIT_DAYS 30
#define RETRY_MIN_US      SECOND_US
#define RETRY_MAX_US      (300 * SECOND_US)
#define WAITS_A_LOOK      8

/* @payment: the one that was looked at last: the orders of a sale are due together and name the same. */
typedef struct {
  HqStore *store;
  gint64 now_us;
  int moved;
  TaiJson *payment; /* (owned) (nullable) */
  char *payment_hall, *payment_id;
} Engine;

static void
engine_clear (Engine *self)
{
  g_clear_pointer (&self->payment, tai_json_free);
  g_clear_pointer (&self->payment_hall, g_free);
  g_clear_pointer (&self->payment_id, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Engine, engine_clear)

static void
refuse_order (Engine *self, HqOrderRow *order, const char *reason)
{
  hq_order_refuse (self->store, order, "rejected", reason, self->now_us);
  self->moved++;
}

typedef enum { COVER_WAITS, COVER_SHORT, COVER_COUPON, COVER_PAID } Cover;

/* NULL: it has not come yet. (transfer none) until the next call */
static const TaiJson *
find_payment (gpointer data, const char *hall, const char *id)
{
  Engine *self = data;
  g_auto (HqPaymentRow) row = {0};

  if (id == NULL || (g_strcmp0 (self->payment_id, id) == 0 && strcmp (self->payment_hall, hall) == 0))
    return id != NULL ? self->payment : NULL;
  if (!self->store->klass->payment_find (self->store, hall, id, &row))
    return NULL;
  engine_clear (self);
  self->payment_hall = g_strdup (hall);
  self->payment_id = g_strdup (id);
  return self->payment = hq_recent_parse (&self->store->recent, id, row.body);
}

/* The payments that the order names: all here, and together what was due at the counter. Nobody else's client says what was
 * due in a way that we know, so theirs are only waited for. */
static Cover
find_cover (Engine *self, const HqOrderRow *order, const TaiJson *json)
{
  const TaiJson *payments = tai_json_get_member (json, "payment");
  TaiMoney due = tai_money (0, TAI_CNY), paid;
  gboolean is_known = order->operation != NULL && hq_line_get_due (json, &due);
  paid = tai_money (0, due.currency);
  for (guint i = 0; i < tai_json_get_length (payments); i++) {
    const char *id = tai_json_require_string (tai_json_get_element (payments, i), "id", NULL);
    const TaiJson *payment = find_payment (self, order->hall, id);
    if (payment == NULL)
      return COVER_WAITS;
    if (is_known && !hq_coupon_settle (self->store, order->hall, payment, self->now_us))
      return COVER_COUPON;
    if (is_known && !hq_sum_add_share (payment, order, &paid))
      return COVER_SHORT;
  }
  return is_known && paid.minor < due.minor ? COVER_SHORT : COVER_PAID;
}

/* Looks again after an eighth of what it has waited, between a second and five minutes: what was paid when the line came back
 * is seen while the customer still stands there. */
static void
wait_for_payment (Engine *self, HqOrderRow *order)
{
  gint64 waited_us = self->now_us - order->order_us;
  gint64 days = hq_store_get_number (self->store, "payment_wait_days", PAYMENT_WAIT_DAYS);
  if (waited_us > days * DAY_US) {
    refuse_order (self, order, "payment_missing");
    return;
  }
  order->due_us = self->now_us + CLAMP (waited_us / WAITS_A_LOOK, RETRY_MIN_US, RETRY_MAX_US);
  self->store->klass->order_set_state (self->store, order);
}

static void
judge_order (Engine *self, HqOrderRow *order, const TaiJson *json)
{
  const char *reason = hq_check_order (self->store, order, json);
  if (reason != NULL)
    refuse_order (self, order, reason);
  else
    self->moved += hq_fulfilment_of_new (self->store)->begin (self->store, order, json, self->now_us);
}

static void
advance_order (Engine *self, HqOrderRow *order)
{
  g_autoptr (TaiJson) json = hq_recent_parse (&self->store->recent, order->id, order->body);
  if (strcmp (order->state, "acknowledged") != 0) {
    self->moved += hq_fulfilment_of (self->store, order)->go_on (self->store, order, json, self->now_us);
    return;
  }
  Cover cover = find_cover (self, order, json);
  if (cover == COVER_WAITS) {
    wait_for_payment (self, order);
    return;
  }
  hq_sum_shares (self->store, order, json, find_payment, self);
  if (cover == COVER_PAID)
    judge_order (self, order, json);
  else
    refuse_order (self, order, cover == COVER_SHORT ? "payment_short" : "coupon_used");
}

static void
carry_out_cancel (Engine *self, HqCancelRow *task)
{
  g_auto (HqOrderRow) order = {0};
  HqStore *store = self->store;
  gboolean found = store->klass->order_find (store, task->hall, task->order_id, &order);
  g_autoptr (TaiJson) body = hq_body_parse (task->body);
  HqTakeBack what;
  hq_take_back_read (body, &what);
  if (found && what != HQ_TAKE_BACK_CANCEL)
    self->moved += hq_take_back_order (store, &order, task, self->now_us);
  else if (found && hq_order_is_open (&order))
    self->moved += hq_fulfilment_of (store, &order)->cancel (store, &order, task, self->now_us);
  else
    task->state = "terminatedWithError";
  task->changed_us = self->now_us;
  task->due_us = 0;
  store->klass->cancel_set_state (store, task);
  self->moved++;
}

/* Cancellations first: what is asked for in time is not completed under its feet. */
static void
advance_all (Engine *self, guint max)
{
  g_autoptr (GPtrArray) tasks = self->store->klass->cancel_due (self->store, self->now_us, max);
  for (guint i = 0; i < tasks->len; i++)
    carry_out_cancel (self, tasks->pdata[i]);
  guint rest = max - MIN (max, tasks->len);
  self->moved += (int)hq_debt_expire (self->store, self->now_us, max);
  g_autoptr (GPtrArray) orders = self->store->klass->order_due (self->store, self->now_us, rest);
  for (guint i = 0; i < orders->len && self->store->error == NULL; i++)
    advance_order (self, orders->pdata[i]);
}

int
hq_advance (HqStore *store, gint64 now_us, guint max, gint64 *next_us)
{
  g_auto (Engine) self = {.store = store, .now_us = now_us};
  g_return_val_if_fail (store != NULL && max > 0, -1);
  gint64 next = store->error == NULL ? store->klass->next_due (store) : now_us;
  if (store->error == NULL && (next == 0 || next > now_us)) { /* the usual look writes nothing */
    if (next_us != NULL)
      *next_us = next;
    return 0;
  }
  store->klass->begin (store);
  advance_all (&self, max);
  next = store->klass->next_due (store);
  store->klass->commit (store);
  gboolean failed = store->error != NULL;
  if (failed)
    g_warning ("the state engine could not write: %s", store->error->message);
  if (next_us != NULL)
    *next_us = failed ? now_us + RETRY_MIN_US : next;
  return failed ? -1 : self.moved;
}
