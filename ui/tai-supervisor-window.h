/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-counter.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The supervisor's window: signs in, and is at home on the day's report. Sells nothing. Main thread. */
#define TAI_TYPE_SUPERVISOR_WINDOW (tai_supervisor_window_get_type ())
G_DECLARE_FINAL_TYPE (TaiSupervisorWindow, tai_supervisor_window, TAI, SUPERVISOR_WINDOW,
                      AdwApplicationWindow)

TaiSupervisorWindow *tai_supervisor_window_new (GtkApplication *application, TaiCounter *counter);

G_END_DECLS
