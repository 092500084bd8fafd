/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When to send, when to wait. One timer; every event (poke, reply, timer) ends in a tick that looks at the whole and does
 * what can be done. Reachability is how the last real request ended: there is no ping that could be wrong (odoo#220954).
 */
#include "tai-sync-private.h"

#define OFFSET_WORTH_A_NOTE_US  (120 * G_USEC_PER_SEC)
#define FAILURES_UNTIL_BACK_OFF 3
#define BATCH_MAX               500 /* the protocol's */
#define EMPTY_LOAD_WAIT_US      G_USEC_PER_SEC

G_DEFINE_FINAL_TYPE (TaiSync, tai_sync, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
tai_sync_dispose (GObject *object)
{
  TaiSync *self = TAI_SYNC (object);

  self->running = FALSE;
  if (self->timer != 0 && self->ports.clock != NULL)
    tai_clock_cancel (self->ports.clock, self->timer);
  self->timer = 0;
  g_clear_object (&self->ports.store);
  g_clear_object (&self->ports.outbox);
  g_clear_object (&self->ports.headquarters);
  g_clear_object (&self->ports.desk);
  g_clear_object (&self->ports.clock);
  g_clear_object (&self->ports.entropy);
  G_OBJECT_CLASS (tai_sync_parent_class)->dispose (object);
}

static void
tai_sync_finalize (GObject *object)
{
  TaiSync *self = TAI_SYNC (object);

  g_queue_clear_full (&self->loaded, (GDestroyNotify)tai_outbox_row_free);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->destination, g_free);
  g_clear_pointer (&self->epoch, g_free);
  G_OBJECT_CLASS (tai_sync_parent_class)->finalize (object);
}

static void
tai_sync_class_init (TaiSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_sync_dispose;
  G_OBJECT_CLASS (klass)->finalize = tai_sync_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
tai_sync_init (TaiSync *self)
{
  g_queue_init (&self->loaded);
  self->marks = g_array_new (FALSE, FALSE, sizeof (TaiOutboxMark));
  self->words = g_ptr_array_new_with_free_func (g_free);
}

static gint64
or_default (gint64 value, gint64 standard)
{
  return value > 0 ? value : standard;
}

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

static void
set_state (TaiSync *self, TaiSyncState state)
{
  self->news |= self->figures.state != state;
  self->figures.state = state;
}

/* Time ------------------------------------------------------------------------------------------------------------- */

static gint64
monotonic (TaiSync *self)
{
  return tai_clock_monotonic (self->ports.clock);
}

gint64
tai_sync_queue_now (TaiSync *self)
{
  return self->queue_offset_us + monotonic (self);
}

static void tick_cb (gpointer data);

void
tai_sync_schedule (TaiSync *self, gint64 delay_ms)
{
  gint64 due_us = monotonic (self) + delay_ms * 1000;

  if (!self->running)
    return;
  if (self->timer != 0) {
    if (self->timer_due_us <= due_us)
      return;
    tai_clock_cancel (self->ports.clock, self->timer);
  }
  self->timer_due_us = due_us;
  self->timer = tai_clock_after (self->ports.clock, delay_ms, tick_cb, self);
}

gint64
tai_sync_back_off_ms (TaiSync *self, guint n)
{
  gint64 delay_ms = self->settings.backoff_min_ms;
  guint16 random;

  for (guint i = 0; i < n && delay_ms < self->settings.backoff_max_ms; i++)
    delay_ms *= 2;
  delay_ms = MIN (delay_ms, self->settings.backoff_max_ms);
  tai_entropy_fill (self->ports.entropy, (guint8 *)&random, sizeof random);
  /* Half to whole: thirty terminals must not come back in one breath. */
  return delay_ms / 2 + delay_ms * random / G_MAXUINT16 / 2;
}

static void
wait_ms (TaiSync *self, gint64 delay_ms, TaiSyncState state)
{
  self->trial++;
  self->not_before_us = monotonic (self) + delay_ms * 1000;
  set_state (self, state);
  self->figures.next_try_us = tai_clock_now (self->ports.clock) + delay_ms * 1000;
  tai_sync_put_back (self);
}

/* What a reply says of the line ------------------------------------------------------------------------------------ */

static void
note_clock (TaiSync *self, gint64 date_us)
{
  g_autofree char *detail = NULL;
  gint64 offset_us;

  if (date_us == 0)
    return;
  offset_us = date_us - tai_clock_now (self->ports.clock);
  self->figures.clock_offset_us = offset_us;
  if (ABS (offset_us - self->journalled_offset_us) < OFFSET_WORTH_A_NOTE_US)
    return;
  detail = g_strdup_printf ("offset %" G_GINT64_FORMAT " s", offset_us / G_USEC_PER_SEC);
  if (tai_desk_note (self->ports.desk, "clock_offset", self->destination, detail, NULL))
    self->journalled_offset_us = offset_us;
}

static void
set_on_line (TaiSync *self, gboolean on_line)
{
  self->news |= self->figures.on_line != on_line;
  self->figures.on_line = on_line;
  tai_desk_set_on_line (self->ports.desk, on_line);
}

static void
note_success (TaiSync *self, const TaiReply *reply)
{
  self->back_off_level = 0;
  self->n_failures = 0;
  self->figures.last_contact_us = tai_clock_now (self->ports.clock);
  self->figures.detail[0] = '\0';
  set_on_line (self, TRUE);
  note_clock (self, reply->date_us);
}

static void
note_failure (TaiSync *self, const TaiReply *reply, TaiVerdict verdict, const char *reason)
{
  gint64 delay_ms;

  self->news = TRUE;
  g_strlcpy (self->figures.detail, reason ? reason : "", sizeof self->figures.detail);
  if (verdict == TAI_VERDICT_PAUSE) {
    set_on_line (self, FALSE);
    wait_ms (self, self->settings.pause_ms, TAI_SYNC_PAUSED);
    return;
  }
  /* HQ stumbling over one message must not stop the others; over three in a row it is the line. */
  self->n_failures++;
  if (reply->line == TAI_LINE_OK && tai_verdict_is_hq (reply) && reply->retry_after_ms == 0 &&
      self->n_failures < FAILURES_UNTIL_BACK_OFF)
    return;
  set_on_line (self, FALSE);
  delay_ms = tai_sync_back_off_ms (self, self->back_off_level);
  if (self->back_off_level < 20)
    self->back_off_level++;
  wait_ms (self, MAX (delay_ms, MIN (reply->retry_after_ms, self->settings.backoff_max_ms)),
           TAI_SYNC_BACK_OFF);
}

void
tai_sync_note_reply (TaiSync *self, const TaiSyncFlight *flight, const TaiReply *reply, TaiVerdict verdict,
                     const char *reason)
{
  self->figures.n_requests++;
  if (verdict == TAI_VERDICT_ACKNOWLEDGED || verdict == TAI_VERDICT_REFUSED)
    note_success (self, reply);
  else if (flight->trial == self->trial)
    note_failure (self, reply, verdict, reason);
  if (self->running)
    tai_sync_schedule (self, 0);
  else
    tai_sync_flush (self, TRUE); /* stopped: nobody else will */
}

void
tai_sync_note_store_failure (TaiSync *self, const GError *error)
{
  self->news = TRUE;
  g_strlcpy (self->figures.detail, error->message, sizeof self->figures.detail);
  self->store_not_before_us = monotonic (self) + self->settings.backoff_min_ms * 1000;
}

void
tai_sync_expect_news (TaiSync *self)
{
  self->poll_ms = self->settings.poll_ms;
  self->next_poll_us = MIN (self->next_poll_us, monotonic (self) + self->poll_ms * 1000);
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
    schedule_us (self, self->next_poll_us - monotonic (self));
}

static void
update_state (TaiSync *self)
{
  gboolean busy = self->n_in_flight > 0 || self->asking || !g_queue_is_empty (&self->loaded);

  set_state (self, busy ? TAI_SYNC_BUSY : TAI_SYNC_IDLE);
  self->figures.next_try_us = 0;
}

static void
work (TaiSync *self)
{
  tai_sync_send_due (self);
  if (!self->polling && monotonic (self) >= self->next_poll_us)
    tai_sync_send_poll (self);
  update_state (self);
}

static void
tick_cb (gpointer data)
{
  TaiSync *self = g_object_ref (data); /* a listener may drop us */
  gint64 wait_us;

  self->timer = 0;
  if (monotonic (self) >= self->store_not_before_us)
    tai_sync_flush (self, FALSE);
  wait_us = MAX (self->not_before_us, self->store_not_before_us) - monotonic (self);
  if (self->running && wait_us <= 0)
    work (self);
  wait_us = MAX (self->not_before_us, self->store_not_before_us) - monotonic (self);
  if (wait_us > 0)
    schedule_us (self, wait_us);
  else
    schedule_next (self);
  if (self->marks->len > 0 && monotonic (self) >= self->store_not_before_us)
    tai_sync_schedule (self, TAI_SYNC_FLUSH_MS);
  if (self->news) {
    self->news = FALSE;
    g_signal_emit (self, signals[CHANGED], 0);
  }
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
