/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-fake-clock.h"

typedef struct {
  guint id;
  gint64 due_us; /* monotonic */
  TaiTimerFunc func;
  gpointer data;
} Timer;

struct _TaiFakeClock {
  GObject parent;
  gint64 monotonic_us;
  gint64 offset_us; /* wall clock - monotonic */
  guint last_id;
  GArray *timers; /* (owned) of Timer, in the order of their ids */
};

static void clock_init (TaiClockInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFakeClock, tai_fake_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_CLOCK, clock_init))

static gint64
now (TaiClock *clock)
{
  TaiFakeClock *self = TAI_FAKE_CLOCK (clock);

  return self->monotonic_us + self->offset_us;
}

static gint64
monotonic (TaiClock *clock)
{
  return TAI_FAKE_CLOCK (clock)->monotonic_us;
}

static guint
after (TaiClock *clock, gint64 delay_ms, TaiTimerFunc func, gpointer data)
{
  TaiFakeClock *self = TAI_FAKE_CLOCK (clock);
  Timer timer = {++self->last_id, self->monotonic_us + delay_ms * 1000, func, data};

  g_array_append_val (self->timers, timer);
  return timer.id;
}

static void
cancel (TaiClock *clock, guint id)
{
  TaiFakeClock *self = TAI_FAKE_CLOCK (clock);

  for (guint i = 0; i < self->timers->len; i++) {
    if (g_array_index (self->timers, Timer, i).id == id) {
      g_array_remove_index (self->timers, i);
      return;
    }
  }
}

static void
clock_init (TaiClockInterface *iface)
{
  iface->now = now;
  iface->monotonic = monotonic;
  iface->after = after;
  iface->cancel = cancel;
}

/* Fires the first timer that is due at @until_us; FALSE: none is. */
static gboolean
fire_one (TaiFakeClock *self, gint64 until_us)
{
  guint first = G_MAXUINT;

  for (guint i = 0; i < self->timers->len; i++) {
    gint64 due_us = g_array_index (self->timers, Timer, i).due_us;

    if (due_us <= until_us &&
        (first == G_MAXUINT || due_us < g_array_index (self->timers, Timer, first).due_us))
      first = i;
  }
  if (first == G_MAXUINT)
    return FALSE;

  Timer timer = g_array_index (self->timers, Timer, first);

  g_array_remove_index (self->timers, first);
  self->monotonic_us = MAX (self->monotonic_us, timer.due_us);
  timer.func (timer.data);
  return TRUE;
}

void
tai_fake_clock_advance (TaiFakeClock *self, gint64 ms)
{
  g_assert (ms >= 0);

  gint64 until_us = self->monotonic_us + ms * 1000;

  while (fire_one (self, until_us))
    continue;
  /* A timer may itself have advanced the clock. */
  self->monotonic_us = MAX (self->monotonic_us, until_us);
}

gboolean
tai_fake_clock_fire_next (TaiFakeClock *self)
{
  return fire_one (self, G_MAXINT64);
}

void
tai_fake_clock_set_now (TaiFakeClock *self, gint64 now_us)
{
  self->offset_us = now_us - self->monotonic_us;
}

guint
tai_fake_clock_get_n_timers (TaiFakeClock *self)
{
  return self->timers->len;
}

static void
finalize (GObject *object)
{
  g_array_unref (TAI_FAKE_CLOCK (object)->timers);
  G_OBJECT_CLASS (tai_fake_clock_parent_class)->finalize (object);
}

static void
tai_fake_clock_class_init (TaiFakeClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_fake_clock_init (TaiFakeClock *self)
{
  self->timers = g_array_new (FALSE, FALSE, sizeof (Timer));
  /* Not 0 and not the wall clock: who mixes the two is seen. */
  self->monotonic_us = 1000 * G_USEC_PER_SEC;
}

TaiFakeClock *
tai_fake_clock_new (gint64 now_us)
{
  TaiFakeClock *self = g_object_new (TAI_TYPE_FAKE_CLOCK, NULL);

  tai_fake_clock_set_now (self, now_us);
  return self;
}
