/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-loop-clock.h"

struct _TaiLoopClock {
  GObject parent;
};

typedef struct {
  TaiTimerFunc func;
  gpointer data;
} Timer;

static void clock_init (TaiClockInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiLoopClock, tai_loop_clock, G_TYPE_OBJECT,
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
timer_cb (gpointer data)
{
  Timer *timer = data;

  timer->func (timer->data);
  return G_SOURCE_REMOVE;
}

static guint
after (TaiClock *clock, gint64 delay_ms, TaiTimerFunc func, gpointer data)
{
  GSource *source = delay_ms > 0 ? g_timeout_source_new ((guint)delay_ms) : g_idle_source_new ();
  Timer *timer = g_new (Timer, 1);
  guint id;

  *timer = (Timer){func, data};
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, timer_cb, timer, g_free);
  id = g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
  return id;
}

static void
cancel (TaiClock *clock, guint id)
{
  GSource *source = g_main_context_find_source_by_id (g_main_context_get_thread_default (), id);

  if (source != NULL)
    g_source_destroy (source);
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
tai_loop_clock_class_init (TaiLoopClockClass *klass)
{
}

static void
tai_loop_clock_init (TaiLoopClock *self)
{
}

TaiLoopClock *
tai_loop_clock_new (void)
{
  return g_object_new (TAI_TYPE_LOOP_CLOCK, NULL);
}

static gboolean
late_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

gboolean
tai_loop_wait (const guint *flag, guint n, gint64 deadline_ms)
{
  gboolean is_late = FALSE;
  guint id = g_timeout_add ((guint)deadline_ms, late_cb, &is_late);

  while (*flag < n && !is_late)
    g_main_context_iteration (NULL, TRUE);
  if (!is_late)
    g_source_remove (id);
  return *flag >= n;
}
