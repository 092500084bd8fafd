/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which requests are due on the way south: the rows that are due become errands, written as begun before they are given out;
 * and what a start finds half done. Inside the writer's transaction.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-south-private.h"

#include <string.h>

#include "tai-hq-fulfilment.h"

#define SECOND_US    G_GINT64_CONSTANT (1000000)
#define DAY_US       (86400 * SECOND_US)
#define SLACK_US     (10 * SECOND_US) /* on top of a request's own time before its errand counts as lost */
#define LIST_LIMIT   "100"
#define RECOVER_MAX  1000
#define DOUBT_DAYS   30 /* after a restore, for orders that do not say when they were made */
#define DOUBT_MARGIN DAY_US

void
hq_errand_free (HqErrand *self)
{
  g_free (self->hall);
  g_free (self->order_id);
  g_free (self->witness_id);
  g_free (self->witness_external_id);
  g_free (self->origin);
  g_free (self->path);
  g_free (self->key);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/* ---- one errand ---- */

static HqErrand *
new_errand (HqErrandKind kind, const HqSouthProfile *profile, const HqSouthRow *row, const char *method)
{
  HqErrand *self = g_new0 (HqErrand, 1);
  self->kind = kind;
  self->hall = g_strdup (row->hall);
  self->order_id = g_strdup (row->order_id);
  self->method = method;
  self->origin = g_strdup (profile->origin);
  self->timeout_us = profile->timeout_us;
  return self;
}

static char *
make_query (const HqSouthProfile *profile, const char *external_id)
{
  g_autofree char *escaped = g_uri_escape_string (external_id, NULL, FALSE);
  return g_strdup_printf ("%s/productOrder?%s=%s&limit=" LIST_LIMIT, profile->base_path,
                          profile->external_id_path, escaped);
}

/* The plan that the number has here: a plan change in TM Forum's form names what goes. (transfer full) (nullable) */
static char *
find_plan (HqStore *store, const HqOrderRow *order)
{
  g_auto (HqLineRow) line = {0};
  if (!hq_south_is_plan_change (order) || order->msisdn == NULL ||
      !store->klass->line_find (store, order->msisdn, &line))
    return NULL;
  return g_strdup (line.plan);
}

static GBytes *
write_order (HqStore *store, const HqSouthProfile *profile, const HqSouthRow *row)
{
  g_auto (HqOrderRow) order = {0};
  if (!store->klass->order_find (store, row->hall, row->order_id, &order))
    return NULL;
  g_autoptr (TaiJson) body = hq_body_parse (order.body);
  g_autofree char *plan = find_plan (store, &order);
  g_autoptr (TaiJson) value = hq_south_order_make (profile, &order, body, plan);
  return hq_south_order_write (profile, value);
}

static HqErrand *
begin_send (HqStore *store, const HqSouthProfile *profile, HqSouthRow *row, gint64 now_us)
{
  if (row->sends >= profile->send_limit) {
    hq_south_hold (store, row, "bss_no_answer", "it was sent and was not there, again and again", now_us);
    return NULL;
  }
  HqErrand *errand = new_errand (HQ_ERRAND_SEND, profile, row, "POST");
  errand->path = g_strconcat (profile->base_path, "/productOrder", NULL);
  errand->key = g_strdup (row->external_id);
  errand->body = write_order (store, profile, row);
  hq_south_step (row, HQ_SOUTH_SENDING, 0, now_us);
  row->sends++;
  row->sent_us = now_us;
  row->proof = HQ_PROOF_NONE;
  return errand;
}

/* First whether it filters at all, with an order that it certainly has; then the question itself. */
static HqErrand *
begin_ask (HqStore *store, const HqSouthProfile *profile, HqSouthRow *row)
{
  g_auto (HqSouthRow) witness = {0};
  gboolean may_prove = profile->filters && row->proof == HQ_PROOF_NONE &&
                       store->klass->south_witness (store, row->hall, row->order_id, &witness);
  HqErrand *errand = new_errand (may_prove ? HQ_ERRAND_PROVE : HQ_ERRAND_ASK, profile, row, "GET");
  errand->path = make_query (profile, may_prove ? witness.external_id : row->external_id);
  errand->witness_id = g_strdup (witness.foreign_id);
  errand->witness_external_id = g_strdup (witness.external_id);
  return errand;
}

static HqErrand *
begin_look (const HqSouthProfile *profile, const HqSouthRow *row)
{
  g_autofree char *escaped = g_uri_escape_string (row->foreign_id, NULL, FALSE);
  HqErrand *errand = new_errand (HQ_ERRAND_LOOK, profile, row, "GET");
  errand->path = g_strdup_printf ("%s/productOrder/%s?fields=id,state", profile->base_path, escaped);
  return errand;
}

static HqErrand *
begin_cancel (const HqSouthProfile *profile, HqSouthRow *row)
{
  HqErrand *errand = new_errand (HQ_ERRAND_CANCEL, profile, row, "POST");
  errand->path = g_strconcat (profile->base_path, "/cancelProductOrder", NULL);
  errand->key = g_strdup_printf ("cancel-%s", row->external_id);
  errand->body = hq_south_cancel_write (profile, row->foreign_id, "cancelled at the counter");
  row->cancel = HQ_SOUTH_CANCEL_SENDING;
  return errand;
}

/* Between two tries of a cancellation its order is looked at: it may be over meanwhile. */
static gboolean
wants_cancel (const HqSouthRow *row)
{
  return (row->cancel == HQ_SOUTH_CANCEL_WANTED || row->cancel == HQ_SOUTH_CANCEL_SENDING) &&
         row->tries % 2 == 0;
}

/* NULL: nothing is to be sent for it. What is safe to repeat comes back by itself when nobody answers for it. */
static HqErrand *
begin_errand (HqStore *store, const HqSouthProfile *profile, HqSouthRow *row, gint64 now_us)
{
  HqErrand *errand = NULL;
  switch (row->step) {
  case HQ_SOUTH_QUEUED:
    errand = begin_send (store, profile, row, now_us);
    break;
  case HQ_SOUTH_ASKING:
    errand = begin_ask (store, profile, row);
    break;
  case HQ_SOUTH_TAKEN:
    errand = wants_cancel (row) ? begin_cancel (profile, row) : begin_look (profile, row);
    break;
  default:
    break;
  }
  row->due_us =
      errand != NULL && errand->kind != HQ_ERRAND_SEND ? now_us + 2 * profile->timeout_us + SLACK_US : 0;
  return errand;
}

static void
take_all (HqStore *store, const HqSouthProfile *profile, GPtrArray *errands, gint64 now_us, guint max)
{
  g_autoptr (GPtrArray) rows = store->klass->south_due (store, now_us, max);
  for (guint i = 0; i < rows->len && store->error == NULL; i++) {
    HqErrand *errand = begin_errand (store, profile, rows->pdata[i], now_us);
    store->klass->south_put (store, rows->pdata[i]);
    if (errand != NULL)
      g_ptr_array_add (errands, errand);
  }
}

GPtrArray *
hq_south_take (HqStore *store, HqSouthLine *line, gint64 now_us, guint max, gint64 *next_us)
{
  GPtrArray *errands = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_errand_free);
  const HqSouthProfile *profile = store->profile != NULL ? store->profile->south : NULL;
  g_return_val_if_fail (line != NULL && next_us != NULL, errands);
  *next_us = profile != NULL ? line->rest_until_us : 0;
  if (profile == NULL || line->rest_until_us > now_us)
    return errands;
  store->klass->begin (store);
  take_all (store, profile, errands, now_us, max);
  *next_us = store->klass->south_next_due (store);
  store->klass->commit (store);
  if (store->error == NULL)
    return errands;
  g_warning ("nothing is handed on: %s", store->error->message);
  g_ptr_array_set_size (errands, 0);
  *next_us = now_us + SECOND_US;
  return errands;
}

/* ---- the start ---- */

static gboolean
collect_cb (const HqSouthRow *row, gpointer data)
{
  HqSouthRow *copy = g_memdup2 (row, sizeof *row);
  ((HqSouthRow *)row)->chunk = NULL; /* the copy's now */
  g_ptr_array_add (data, copy);
  return TRUE;
}

/* Everything at @from may be there. */
static void
doubt_all (HqStore *store, HqSouthStep from, gint64 now_us)
{
  guint n;
  do {
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_south_row_free);
    store->klass->south_list (store, from, RECOVER_MAX, collect_cb, rows);
    n = rows->len;
    for (guint i = 0; i < n; i++) {
      HqSouthRow *row = rows->pdata[i];
      row->step = HQ_SOUTH_SENDING; /* as far as this process knows */
      hq_south_step (row, HQ_SOUTH_ASKING, now_us, now_us);
      row->sent_us = now_us;
      row->proof = HQ_PROOF_NONE;
      store->klass->south_put (store, row);
    }
  } while (n > 0 && store->error == NULL);
}

/* A restored store has forgotten what went out after its backup. */
static gboolean
was_restored (HqStore *store)
{
  g_autofree char *epoch = store->klass->setting_get (store, "epoch");
  g_autofree char *known = store->klass->setting_get (store, "south_epoch");
  if (known == NULL)
    return hq_store_get_number (store, "feed_base", 0) != 0;
  return g_strcmp0 (epoch, known) != 0;
}

static void
note_epoch (HqStore *store, gint64 now_us)
{
  g_autofree char *epoch = store->klass->setting_get (store, "epoch");
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, now_us);
  if (was_restored (store)) {
    doubt_all (store, HQ_SOUTH_QUEUED, now_us);
    store->klass->setting_put (store, "south_doubt_us", time);
  }
  store->klass->setting_put (store, "south_epoch", epoch != NULL ? epoch : "");
}

gboolean
hq_south_recover (HqStore *store, gint64 now_us)
{
  store->klass->begin (store);
  doubt_all (store, HQ_SOUTH_SENDING, now_us);
  note_epoch (store, now_us);
  store->klass->commit (store);
  return store->error == NULL;
}

/* The first 48 bits of a UUIDv7 are milliseconds. -1: another kind of id. */
static gint64
made_us (const char *id)
{
  char hex[13];
  gint64 ms;
  if (!tai_uuid_is_valid (id) || id[14] != '7')
    return -1;
  memcpy (hex, id, 8);
  memcpy (hex + 8, id + 9, 4);
  hex[12] = '\0';
  ms = g_ascii_strtoll (hex, NULL, 16);
  return ms * 1000;
}

/* After a restore a terminal sends again what the lost store had, and that may be there already. */
static gboolean
is_in_doubt (HqStore *store, const char *id, gint64 now_us)
{
  gint64 restored_us = hq_store_get_number (store, "south_doubt_us", 0);
  gint64 order_us = made_us (id);
  if (restored_us == 0 || now_us > restored_us + DOUBT_DAYS * DAY_US)
    return FALSE;
  return order_us < restored_us + DOUBT_MARGIN;
}

/* ---- what the state engine calls ---- */

static int
begin_south (HqStore *store, HqOrderRow *order, const TaiJson *json, gint64 now_us)
{
  gboolean in_doubt = is_in_doubt (store, order->id, now_us);
  HqSouthRow row = {.hall = order->hall,
                    .order_id = order->id,
                    .external_id = order->external_id != NULL ? order->external_id : order->id,
                    .step = in_doubt ? HQ_SOUTH_ASKING : HQ_SOUTH_QUEUED,
                    .sent_us = in_doubt ? now_us : 0,
                    .changed_us = now_us,
                    .due_us = now_us};
  store->klass->south_insert (store, &row);
  order->due_us = 0;
  store->klass->order_set_state (store, order);
  return 1;
}

/* The worker moves it. */
static int
go_on_south (HqStore *store, HqOrderRow *order, const TaiJson *json, gint64 now_us)
{
  order->due_us = 0;
  store->klass->order_set_state (store, order);
  return 1;
}

static int
cancel_south (HqStore *store, HqOrderRow *order, HqCancelRow *task, gint64 now_us)
{
  g_auto (HqSouthRow) row = {0};
  if (!store->klass->south_find (store, order->hall, order->id, &row))
    return 0; /* the store failed */
  task->state = "inProgress";
  row.cancel = HQ_SOUTH_CANCEL_WANTED;
  if (row.step == HQ_SOUTH_QUEUED) {
    hq_south_cancel_here (store, &row, now_us);
    task->state = "done";
    return 1;
  }
  if (row.step == HQ_SOUTH_TAKEN) {
    row.tries = 0;
    row.due_us = now_us;
  }
  store->klass->south_put (store, &row);
  return 0;
}

const HqFulfilment hq_fulfilment_south = {"southbound", begin_south, go_on_south, cancel_south};
