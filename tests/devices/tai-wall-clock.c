/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real time. Any thread. */
#include "tai-wall-clock.h"

struct _TaiWallClock {
  GObject parent_instance;
};

static void clock_iface_init (TaiClockInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiWallClock, tai_wall_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_CLOCK, clock_iface_init))

static gint64
now (TaiClock *self)
{
  return g_get_real_time ();
}

static gint64
monotonic (TaiClock *self)
{
  return g_get_monotonic_time ();
}

static void
clock_iface_init (TaiClockInterface *iface)
{
  iface->now = now;
  iface->monotonic = monotonic;
}

static void
tai_wall_clock_class_init (TaiWallClockClass *klass)
{
}

static void
tai_wall_clock_init (TaiWallClock *self)
{
}

TaiClock *
tai_wall_clock_new (void)
{
  return g_object_new (TAI_TYPE_WALL_CLOCK, NULL);
}
