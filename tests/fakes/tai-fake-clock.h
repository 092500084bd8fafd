/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/*
 * TaiFakeClock: virtual time. It stands still until it is advanced; then due timers fire inside the call, in the order of
 * their time (equal times: as they were set), each seeing the clock at its own time; timers that a timer sets fire too when
 * they are due. One thread.
 */
#define TAI_TYPE_FAKE_CLOCK (tai_fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (TaiFakeClock, tai_fake_clock, TAI, FAKE_CLOCK, GObject)

TaiFakeClock *tai_fake_clock_new (gint64 now_us);
/* The usual start of tests, 2026-11-22T01:00:00Z: nine in the morning of a Sunday in the hall. */
#define TAI_FAKE_CLOCK_MORNING_US G_GINT64_CONSTANT (1795309200000000)

void tai_fake_clock_advance (TaiFakeClock *self, gint64 ms);
/* Jumps to the next timer and fires it; FALSE: there is none. */
gboolean tai_fake_clock_fire_next (TaiFakeClock *self);
/* Someone sets the wall clock: the monotonic one and the timers don't notice. */
void tai_fake_clock_set_now (TaiFakeClock *self, gint64 now_us);
guint tai_fake_clock_get_n_timers (TaiFakeClock *self);

G_END_DECLS
