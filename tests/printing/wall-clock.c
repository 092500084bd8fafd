/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The port of time by the machine's own clocks. */
#include "wall-clock.h"

#define WALL_TYPE_CLOCK (wall_clock_get_type ())
G_DECLARE_FINAL_TYPE (WallClock, wall_clock, WALL, CLOCK, GObject)

struct _WallClock {
  GObject parent;
};

static void wall_clock_iface_init (TaiClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WallClock, wall_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_CLOCK, wall_clock_iface_init))

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

static void
wall_clock_iface_init (TaiClockInterface *iface)
{
  iface->now = now;
  iface->monotonic = monotonic;
}

static void
wall_clock_class_init (WallClockClass *klass)
{
}

static void
wall_clock_init (WallClock *self)
{
}

TaiClock *
wall_clock_new (void)
{
  return TAI_CLOCK (g_object_new (WALL_TYPE_CLOCK, NULL));
}
