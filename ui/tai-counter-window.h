/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tai-screen.h"

G_BEGIN_DECLS

/**
 * TaiCounterWindow: the counter. Status above, visit on the left, one step in the middle, money on the right, keys below:
 * nothing of it ever moves. It goes from screen to screen as the flow of the business says; what the screens do is theirs.
 * Main thread.
 */
#define TAI_TYPE_COUNTER_WINDOW (tai_counter_window_get_type ())
G_DECLARE_FINAL_TYPE (TaiCounterWindow, tai_counter_window, TAI, COUNTER_WINDOW, AdwApplicationWindow)

TaiCounterWindow *tai_counter_window_new (GtkApplication *application, TaiCounter *counter);

G_END_DECLS
