/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/* TaiWallClock: real time for tests that talk to a real pty. No timers. */
#define TAI_TYPE_WALL_CLOCK (tai_wall_clock_get_type ())
G_DECLARE_FINAL_TYPE (TaiWallClock, tai_wall_clock, TAI, WALL_CLOCK, GObject)

TaiClock *tai_wall_clock_new (void);

G_END_DECLS
