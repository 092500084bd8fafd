/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/* TaiLoopClock: real time and real timers, for tests that talk to real sockets. The thread's default main context. */
#define TAI_TYPE_LOOP_CLOCK (tai_loop_clock_get_type ())
G_DECLARE_FINAL_TYPE (TaiLoopClock, tai_loop_clock, TAI, LOOP_CLOCK, GObject)

TaiLoopClock *tai_loop_clock_new (void);

/* Turns the default main context until *@flag is at least @n; FALSE after @deadline_ms. */
gboolean tai_loop_wait (const guint *flag, guint n, gint64 deadline_ms);

G_END_DECLS
