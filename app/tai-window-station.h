/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-station.h"
#include "tai-terminal-host.h"

G_BEGIN_DECLS

/**
 * TaiWindowStation: the port TaiStation for a program with a window. The terminal lives on the worker; its figures are copied to
 * the main thread when they change. Reader and printers have threads of their own.
 *
 * Thread: main, but for what says "the worker".
 */
#define TAI_TYPE_WINDOW_STATION (tai_window_station_get_type ())
G_DECLARE_FINAL_TYPE (TaiWindowStation, tai_window_station, TAI, WINDOW_STATION, GObject)

/* @worker: the terminal's; ref'd. @clock: ref'd. */
TaiWindowStation *tai_window_station_new (TaiExecutor *worker, TaiClock *clock);
/* Thread: the worker. @host is there now, and until tai_window_station_detach(), which must come before it goes. */
void tai_window_station_attach (TaiWindowStation *self, TaiTerminalHost *host);
void tai_window_station_detach (TaiWindowStation *self);

/* The devices' threads end; waits for what they are at. The last call before the program ends; main thread. */
void tai_window_station_end (TaiWindowStation *self);

G_END_DECLS
