/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine's parts stand on: its state, its clock, the one timer. Runs none of them. */
#include "tai-sync-private.h"

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

void
tai_sync_tell (TaiSync *self)
{
  if (!self->news)
    return;
  self->news = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tai_sync_init (TaiSync *self)
{
  g_queue_init (&self->loaded);
  self->marks = g_array_new (FALSE, FALSE, sizeof (TaiOutboxMark));
  self->words = g_ptr_array_new_with_free_func (g_free);
}

void
tai_sync_set_state (TaiSync *self, TaiSyncState state)
{
  self->news |= self->figures.state != state;
  self->figures.state = state;
}

gint64
tai_sync_monotonic (TaiSync *self)
{
  return tai_clock_monotonic (self->ports.clock);
}

gint64
tai_sync_queue_now (TaiSync *self)
{
  return self->queue_offset_us + tai_sync_monotonic (self);
}

void
tai_sync_schedule (TaiSync *self, gint64 delay_ms)
{
  gint64 due_us = tai_sync_monotonic (self) + delay_ms * 1000;

  if (!self->running)
    return;
  if (self->timer != 0) {
    if (self->timer_due_us <= due_us)
      return;
    tai_clock_cancel (self->ports.clock, self->timer);
  }
  self->timer_due_us = due_us;
  self->timer = tai_clock_after (self->ports.clock, delay_ms, self->tick, self);
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

void
tai_sync_note_store_failure (TaiSync *self, const GError *error)
{
  self->news = TRUE;
  g_strlcpy (self->figures.detail, error->message, sizeof self->figures.detail);
  self->store_not_before_us = tai_sync_monotonic (self) + self->settings.backoff_min_ms * 1000;
}

void
tai_sync_expect_news (TaiSync *self)
{
  self->poll_ms = self->settings.poll_ms;
  self->next_poll_us = MIN (self->next_poll_us, tai_sync_monotonic (self) + self->poll_ms * 1000);
}
