/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time of this machine for the worker: each timer is a source of its main context, found again by its number. */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-clock.h"

struct _HqSystemClock {
  GObject parent;
  GHashTable *timers; /* (owned) (element-type guint GSource) */
  guint last_id;
};

typedef struct {
  HqSystemClock *clock; /* (unowned) ends its timers */
  guint id;
  TaiTimerFunc func;
  gpointer data;
} Timer;

static void clock_init (TaiClockInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (HqSystemClock, hq_system_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_CLOCK, clock_init))

static gint64
now (TaiClock *clock)
{
  return g_get_real_time ();
}

static gint64
monotonic (TaiClock *clock)
{
  return g_get_monotonic_time ();
}

static gboolean
fire_cb (gpointer data)
{
  Timer timer = *(Timer *)data;
  g_hash_table_remove (timer.clock->timers, GUINT_TO_POINTER (timer.id));
  timer.func (timer.data);
  return G_SOURCE_REMOVE;
}

static guint
after (TaiClock *clock, gint64 delay_ms, TaiTimerFunc func, gpointer data)
{
  HqSystemClock *self = HQ_SYSTEM_CLOCK (clock);
  GSource *source = g_timeout_source_new ((guint)CLAMP (delay_ms, 0, G_MAXINT));
  Timer *timer = g_new (Timer, 1);
  *timer = (Timer){self, ++self->last_id, func, data};
  g_hash_table_insert (self->timers, GUINT_TO_POINTER (timer->id), source);
  g_source_set_callback (source, fire_cb, timer, g_free);
  g_source_attach (source, g_main_context_get_thread_default ());
  return timer->id;
}

static void
cancel (TaiClock *clock, guint timer)
{
  g_hash_table_remove (HQ_SYSTEM_CLOCK (clock)->timers, GUINT_TO_POINTER (timer));
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
hq_system_clock_finalize (GObject *object)
{
  g_hash_table_unref (HQ_SYSTEM_CLOCK (object)->timers);
  G_OBJECT_CLASS (hq_system_clock_parent_class)->finalize (object);
}

static void
hq_system_clock_class_init (HqSystemClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hq_system_clock_finalize;
}

static void
end_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static void
hq_system_clock_init (HqSystemClock *self)
{
  self->timers = g_hash_table_new_full (NULL, NULL, NULL, end_source);
}

TaiClock *
hq_system_clock_new (void)
{
  return g_object_new (HQ_TYPE_SYSTEM_CLOCK, NULL);
}
