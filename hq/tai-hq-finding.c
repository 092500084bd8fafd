/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does not match: the table of looks, and the looks at money. Others: tai-hq-finding-*.c. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-finding-private.h"

#include <string.h>

#include "tai-cash-move.h"
#include "tai-hq-invoice.h"
#include "tai-hq-sum.h"
#include "tai-json-money.h"
#include "tai-order.h"
#include "tai-supplement.h"

#define UNCLAIMED_AFTER_US (10 * G_TIME_SPAN_MINUTE)

/* ---- bags ---- */

typedef struct {
  guint n_in, n_out;
  TaiMoney in, out;
} Bag;

static gboolean
add_bag_cb (const HqTillRow *row, gpointer data)
{
  Bag *bag = data;
  const TaiCashMove *move = tai_cash_move_find (row->name);
  if (move != NULL && strcmp (move->to, TAI_ACCOUNT_IN_TRANSIT) == 0) {
    bag->n_in++;
    bag->in = row->amount;
  } else if (move != NULL && strcmp (move->from, TAI_ACCOUNT_IN_TRANSIT) == 0) {
    bag->n_out++;
    bag->out = row->amount;
  }
  return TRUE;
}

static char *
check_bag (HqStore *store, const char *hall, const char *subject)
{
  Bag bag = {0};
  GString *codes = NULL;
  HqTillFilter filter = {.hall = hall, .kind = tai_news_kind_to_text (TAI_NEWS_CASH), .subject = subject};
  store->klass->till_list (store, &filter, add_bag_cb, &bag);
  if (bag.n_in > 1 || bag.n_out > 1)
    hq_finding_add (&codes, "bag_twice");
  if (bag.n_out > 0 && bag.n_in == 0)
    hq_finding_add (&codes, "bag_unknown");
  else if (bag.n_out > 0 && (bag.in.minor != bag.out.minor || bag.in.currency != bag.out.currency))
    hq_finding_add (&codes, "bag_amount");
  return hq_finding_end (codes);
}

/* ---- drawers ---- */

/* A close has booked its difference: what is in the drawer is what was counted. */
static char *
check_drawer (HqStore *store, const char *hall, const char *subject)
{
  g_auto (HqShiftRow) shift = {0};
  if (!store->klass->shift_find (store, hall, subject, &shift) || shift.closed_us == 0)
    return NULL;
  if (shift.opened_us == 0)
    return g_strdup ("opening_missing");
  gint64 minor = hq_sum_get_drawer (store, hall, shift.day, subject);
  if (minor == shift.counted.minor)
    return NULL;
  g_autofree char *off = tai_money_to_text (tai_money (shift.counted.minor - minor, shift.counted.currency));
  return g_strdup_printf ("drawer_off %s", off);
}

/* ---- late money ---- */

typedef struct {
  HqStore *store;
  guint n_open;
  const HqLateRow *late; /* that is looked at */
  gboolean is_told;
} Late;

/* Named, or come before the terminal said that all has come. */
static gboolean
compare_supplement_cb (const HqSupplementRow *row, gpointer data)
{
  Late *self = data;
  gboolean is_all = strcmp (row->event, TAI_SUPPLEMENT_UPLOADED) == 0;
  self->is_told =
      g_strcmp0 (row->id, self->late->id) == 0 || (is_all && self->late->arrived_us <= row->arrived_us);
  return !self->is_told;
}

static gboolean
look_at_late_cb (const HqLateRow *row, gpointer data)
{
  Late *self = data;
  self->late = row;
  self->is_told = FALSE;
  self->store->klass->supplement_list (self->store, row->hall, row->shift, compare_supplement_cb, self);
  self->n_open += !self->is_told;
  return TRUE;
}

static char *
check_late (HqStore *store, const char *hall, const char *subject)
{
  Late self = {.store = store};
  store->klass->late_list (store, hall, subject, look_at_late_cb, &self);
  return self.n_open > 0 ? g_strdup_printf ("late %u", self.n_open) : NULL;
}

/* ---- days that are over ---- */

typedef struct {
  HqStore *store;
  const HqHallCloseRow *close;
  TaiMoney off;
  gint64 n_orders;
  GString *codes;
} Day;

static gboolean
take_from_day_cb (const HqSumRow *row, gpointer data)
{
  Day *self = data;
  if (strcmp (row->terminal, self->close->terminal) != 0 || row->amount.currency != self->off.currency)
    return TRUE;
  self->off.minor -= row->amount.minor;
  self->n_orders -= row->count;
  return TRUE;
}

static gboolean
look_at_close_cb (const HqHallCloseRow *row, gpointer data)
{
  Day *self = data;
  HqSumFilter filter = {
      .hall = row->hall, .from = row->day, .until = row->day, .kind = HQ_SUM_BUSINESS, .by_terminal = TRUE};
  self->close = row;
  self->off = row->sales;
  self->n_orders = row->n_orders;
  self->store->klass->sum_list (self->store, &filter, take_from_day_cb, self);
  if (self->off.minor == 0 && self->n_orders == 0)
    return TRUE;
  g_autofree char *off = tai_money_to_text (self->off);
  g_autofree char *code =
      g_strdup_printf ("hall_off %s %s %" G_GINT64_FORMAT, row->terminal, off, self->n_orders);
  hq_finding_add (&self->codes, code);
  return TRUE;
}

/* Each terminal of the hall closes what it knows. */
static char *
check_hall (HqStore *store, const char *hall, const char *subject)
{
  Day self = {.store = store};
  store->klass->hall_close_list (store, hall, subject, subject, look_at_close_cb, &self);
  return hq_finding_end (self.codes);
}

/* ---- messages that were given up ---- */

static char *
check_given_up (HqStore *store, const char *hall, const char *subject)
{
  g_auto (HqMessageRow) message = {0};
  gboolean is_taken = store->klass->message_find (store, hall, subject, &message) && message.status < 400;
  return is_taken ? g_strdup ("taken") : NULL;
}

/* ---- all ---- */

static const struct {
  const char *name;
  HqFindingCheck check;
} looks[HQ_N_FINDINGS] = {
    [HQ_FINDING_APPROVAL] = {"approval", hq_finding_check_approval},
    [HQ_FINDING_ACT] = {"act", hq_finding_check_act},
    [HQ_FINDING_BAG] = {"bag", check_bag},
    [HQ_FINDING_DRAWER] = {"drawer", check_drawer},
    [HQ_FINDING_LATE] = {"late", check_late},
    [HQ_FINDING_HALL] = {"hall", check_hall},
    [HQ_FINDING_GATEWAY] = {"gateway", hq_finding_check_gateway},
    [HQ_FINDING_GIVEN_UP] = {"given_up", check_given_up},
    [HQ_FINDING_BANK] = {"bank", hq_finding_check_bank},
    [HQ_FINDING_INVOICE] = {"invoice", hq_invoice_check},
};

const char *
hq_finding_get_name (HqFindingKind kind)
{
  return looks[kind].name;
}

static void
settle_one (HqStore *store, const HqSuspect *suspect, gint64 now_us)
{
  g_autofree char *detail = looks[suspect->kind].check (store, suspect->hall, suspect->subject);
  HqFindingRow row = {.hall = suspect->hall,
                      .kind = looks[suspect->kind].name,
                      .subject = suspect->subject,
                      .terminal = suspect->terminal,
                      .detail = detail,
                      .since_us = now_us,
                      .changed_us = now_us,
                      .is_open = TRUE};
  if (detail != NULL)
    store->klass->finding_put (store, &row);
  else
    store->klass->finding_close (store, row.hall, row.kind, row.subject, now_us);
}

void
hq_finding_settle (HqStore *store, gint64 now_us)
{
  GHashTableIter iter;
  gpointer suspect;
  if (store->suspects == NULL || g_hash_table_size (store->suspects) == 0)
    return;
  g_hash_table_iter_init (&iter, store->suspects);
  while (store->error == NULL && g_hash_table_iter_next (&iter, &suspect, NULL))
    settle_one (store, suspect, now_us);
  g_hash_table_remove_all (store->suspects);
}

static gboolean
suspect_pay_cb (const HqPayRow *row, gpointer data)
{
  hq_finding_suspect (data, HQ_FINDING_GATEWAY, row->hall, row->id, row->terminal);
  return TRUE;
}

void
hq_finding_look_around (HqStore *store, gint64 now_us)
{
  store->klass->pay_unclaimed (store, now_us - UNCLAIMED_AFTER_US, suspect_pay_cb, store);
  hq_finding_settle (store, now_us);
}
