/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

/* Real time, for tests that talk to real sockets and programs. No timers. (transfer full) */
TaiClock *wall_clock_new (void);
