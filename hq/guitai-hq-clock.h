/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/* The machine's clock, and timers of the one thread that makes it. */
#define HQ_TYPE_SYSTEM_CLOCK (hq_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (HqSystemClock, hq_system_clock, HQ, SYSTEM_CLOCK, GObject)

TaiClock *hq_system_clock_new (void); /* (transfer full) */

G_END_DECLS
