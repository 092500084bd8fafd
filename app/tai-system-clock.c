/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Time as this machine tells it; timers as sources of GLib. Ids are our own, because those of GLib are only unique within
 * one main context. The table is guarded: each worker has its timers here.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-system-clock.h"

typedef struct {
  TaiSystemClock *clock; /* not owned: the clock ends its timers */
  guint id;
  TaiTimerFunc func;
  gpointer data;
} Timer;

struct _TaiSystemClock {
  GObject parent;
  gint64 offset_us;
  GMutex lock;
  GHashTable *timers; /* (owned) (element-type guint GSource) (guarded by lock) */
  guint last_id;      /* (guarded by lock) */
};

static void clock_init (TaiClockInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiSystemClock, tai_system_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_CLOCK, clock_init))

static gint64
now (TaiClock *clock)
{
  return g_get_real_time () + TAI_SYSTEM_CLOCK (clock)->offset_us;
}

static gint64
monotonic (TaiClock *clock)
{
  return g_get_monotonic_time ();
}

static gboolean
fire_cb (gpointer data)
{
  Timer *timer = data;
  TaiTimerFunc func = timer->func;
  gpointer func_data = timer->data;

  g_mutex_lock (&timer->clock->lock);
  g_hash_table_remove (timer->clock->timers, GUINT_TO_POINTER (timer->id));
  g_mutex_unlock (&timer->clock->lock);
  func (func_data);
  return G_SOURCE_REMOVE;
}

static guint
after (TaiClock *clock, gint64 delay_ms, TaiTimerFunc func, gpointer data)
{
  TaiSystemClock *self = TAI_SYSTEM_CLOCK (clock);
  GSource *source = g_timeout_source_new ((guint)MIN (delay_ms, G_MAXINT));
  Timer *timer = g_new0 (Timer, 1);
  guint id;

  g_mutex_lock (&self->lock);
  do
    self->last_id++;
  while (self->last_id == 0 || g_hash_table_contains (self->timers, GUINT_TO_POINTER (self->last_id)));
  id = self->last_id;
  g_hash_table_insert (self->timers, GUINT_TO_POINTER (id), source);
  g_mutex_unlock (&self->lock);
  *timer = (Timer){self, id, func, data};
  g_source_set_callback (source, fire_cb, timer, g_free);
  g_source_attach (source, g_main_context_get_thread_default ());
  return id;
}

static void
end_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static void
cancel (TaiClock *clock, guint timer)
{
  TaiSystemClock *self = TAI_SYSTEM_CLOCK (clock);
  gpointer source = NULL;

  g_mutex_lock (&self->lock);
  g_hash_table_steal_extended (self->timers, GUINT_TO_POINTER (timer), NULL, &source);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&source, end_source);
}

static void
clock_init (TaiClockInterface *iface)
{
  iface->now = now;
  iface->monotonic = monotonic;
  iface->after = after;
  iface->cancel = cancel;
}

static void
tai_system_clock_finalize (GObject *object)
{
  TaiSystemClock *self = TAI_SYSTEM_CLOCK (object);

  g_clear_pointer (&self->timers, g_hash_table_unref);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (tai_system_clock_parent_class)->finalize (object);
}

static void
tai_system_clock_class_init (TaiSystemClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_system_clock_finalize;
}

static void
tai_system_clock_init (TaiSystemClock *self)
{
  g_mutex_init (&self->lock);
  self->timers = g_hash_table_new_full (NULL, NULL, NULL, end_source);
}

TaiSystemClock *
tai_system_clock_new (void)
{
  return g_object_new (TAI_TYPE_SYSTEM_CLOCK, NULL);
}

void
tai_system_clock_set_offset (TaiSystemClock *self, gint64 offset_us)
{
  g_return_if_fail (TAI_IS_SYSTEM_CLOCK (self));
  self->offset_us = offset_us;
}
