/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/**
 * TaiSystemClock: the port TaiClock by the machine's own clocks. now() and monotonic() on any thread; a timer fires on the
 * thread-default main context of the thread that asked for it and is cancelled there.
 */
#define TAI_TYPE_SYSTEM_CLOCK (tai_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (TaiSystemClock, tai_system_clock, TAI, SYSTEM_CLOCK, GObject)

TaiSystemClock *tai_system_clock_new (void);
/* For tests of wrong clocks at terminals that are not in production (the host's rule): now() runs ahead by so much, or, where
 * negative, behind. Timers and monotonic() are as they are. */
void tai_system_clock_set_offset (TaiSystemClock *self, gint64 offset_us);

G_END_DECLS
