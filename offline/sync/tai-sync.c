/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When to send, when to wait. One timer; every event (poke, reply, timer) ends in a tick that looks at the whole and does
 * what can be done.
 */
#include "tai-sync-private.h"

#define BATCH_MAX          500 /* the protocol's */
#define EMPTY_LOAD_WAIT_US G_USEC_PER_SEC

static gint64
or_default (gint64 value, gint64 standard)
{
  return value > 0 ? value : standard;
}

static void tick_cb (gpointer data);

TaiSync *
tai_sync_new (const TaiSyncPorts *ports, const char *destination, const TaiSyncSettings *settings)
{
  static const TaiSyncSettings none;
  TaiSync *self;

  g_return_val_if_fail (ports->store && ports->outbox && ports->headquarters && ports->desk, NULL);
  g_return_val_if_fail (ports->clock && ports->entropy && destination, NULL);

  if (settings == NULL)
    settings = &none;
  self = g_object_new (TAI_TYPE_SYNC, NULL);
  self->tick = tick_cb;
  self->ports.store = g_object_ref (ports->store);
  self->ports.outbox = g_object_ref (ports->outbox);
  self->ports.headquarters = g_object_ref (ports->headquarters);
  self->ports.desk = g_object_ref (ports->desk);
  self->ports.clock = g_object_ref (ports->clock);
  self->ports.entropy = g_object_ref (ports->entropy);
  self->destination = g_strdup (destination);
  self->settings.window = (guint)or_default (settings->window, 8);
  self->settings.batch = (guint)MIN (or_default (settings->batch, 1), BATCH_MAX);
  self->settings.timeout_ms = or_default (settings->timeout_ms, 30000);
  self->settings.backoff_min_ms = or_default (settings->backoff_min_ms, 1000);
  self->settings.backoff_max_ms = or_default (settings->backoff_max_ms, 300000);
  self->settings.pause_ms = or_default (settings->pause_ms, 300000);
  self->settings.poll_ms = or_default (settings->poll_ms, 2000);
  self->settings.idle_poll_ms = or_default (settings->idle_poll_ms, 60000);
  self->poll_ms = self->settings.poll_ms;
  self->queue_offset_us = tai_clock_now (ports->clock) - tai_clock_monotonic (ports->clock);
  return self;
}

/* The tick --------------------------------------------------------------------------------------------------------- */

/* Until something in the outbox can be tried; -1: a reply or a poke comes first. */
static gint64
wait_for_due_us (TaiSync *self)
{
  gint64 due_us, wait_us;

  if (self->asking || self->n_in_flight >= self->settings.window || !g_queue_is_empty (&self->loaded))
    return -1;
  due_us = tai_outbox_next_due_us (self->ports.outbox, self->destination);
  if (due_us == G_MAXINT64)
    return -1;
  wait_us = MAX (due_us - tai_sync_queue_now (self), 0);
  /* What is due but was not given waits for something else: no reason to spin. */
  return self->n_last_load == 0 ? MAX (wait_us, wait_us > 0 ? 0 : EMPTY_LOAD_WAIT_US) : wait_us;
}

static void
schedule_us (TaiSync *self, gint64 wait_us)
{
  wait_us = MAX (wait_us, 0);
  tai_sync_schedule (self, wait_us / 1000 + (wait_us % 1000 > 0));
}

static void
schedule_next (TaiSync *self)
{
  gint64 wait_us = wait_for_due_us (self);

  if (wait_us >= 0)
    schedule_us (self, wait_us);
  if (!self->polling)
    schedule_us (self, self->next_poll_us - tai_sync_monotonic (self));
}

static void
update_state (TaiSync *self)
{
  gboolean busy = self->n_in_flight > 0 || self->asking || !g_queue_is_empty (&self->loaded);

  tai_sync_set_state (self, busy ? TAI_SYNC_BUSY : TAI_SYNC_IDLE);
  self->figures.next_try_us = 0;
}

static void
work (TaiSync *self)
{
  tai_sync_send_due (self);
  if (!self->polling && tai_sync_monotonic (self) >= self->next_poll_us)
    tai_sync_send_poll (self);
  update_state (self);
}

static void
tick_cb (gpointer data)
{
  TaiSync *self = g_object_ref (data); /* a listener may drop us */
  gint64 wait_us;

  self->timer = 0;
  if (tai_sync_monotonic (self) >= self->store_not_before_us)
    tai_sync_flush (self, FALSE);
  wait_us = MAX (self->not_before_us, self->store_not_before_us) - tai_sync_monotonic (self);
  if (self->running && wait_us <= 0)
    work (self);
  wait_us = MAX (self->not_before_us, self->store_not_before_us) - tai_sync_monotonic (self);
  if (wait_us > 0)
    schedule_us (self, wait_us);
  else
    schedule_next (self);
  if (self->marks->len > 0 && tai_sync_monotonic (self) >= self->store_not_before_us)
    tai_sync_schedule (self, TAI_SYNC_FLUSH_MS);
  tai_sync_tell (self);
  g_object_unref (self);
}

gboolean
tai_sync_start (TaiSync *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_SYNC (self), FALSE);

  if (self->running)
    return TRUE;
  /* After a stop without a crash the replies of what is in flight still come. */
  if (self->n_in_flight == 0 && self->marks->len == 0 &&
      !tai_outbox_recover (self->ports.outbox, self->destination, error))
    return FALSE;
  self->running = TRUE;
  self->not_before_us = 0;
  self->next_poll_us = 0;
  tai_sync_schedule (self, 0);
  return TRUE;
}

void
tai_sync_stop (TaiSync *self)
{
  g_return_if_fail (TAI_IS_SYNC (self));

  if (!self->running)
    return;
  tai_sync_put_back (self);
  tai_sync_flush (self, TRUE);
  self->running = FALSE;
  if (self->timer != 0)
    tai_clock_cancel (self->ports.clock, self->timer);
  self->timer = 0;
  self->figures.state = TAI_SYNC_STOPPED;
}

void
tai_sync_poke (TaiSync *self)
{
  g_return_if_fail (TAI_IS_SYNC (self));
  self->not_before_us = 0;
  tai_sync_schedule (self, 0);
}

void
tai_sync_poll (TaiSync *self)
{
  g_return_if_fail (TAI_IS_SYNC (self));
  self->next_poll_us = 0;
  tai_sync_poke (self);
}

const TaiSyncFigures *
tai_sync_get_figures (TaiSync *self)
{
  g_return_val_if_fail (TAI_IS_SYNC (self), NULL);
  return &self->figures;
}

gboolean
tai_sync_is_idle (TaiSync *self)
{
  g_return_val_if_fail (TAI_IS_SYNC (self), TRUE);
  return self->n_in_flight == 0 && !self->asking && self->marks->len == 0 &&
         g_queue_is_empty (&self->loaded) &&
         tai_outbox_next_due_us (self->ports.outbox, self->destination) > tai_sync_queue_now (self);
}
