/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-counter.h"

G_BEGIN_DECLS

/* The line at the top: who works where, the line, the devices, the time. Bound to the counter. Main thread. */
#define TAI_TYPE_STATUS_BAR (tai_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (TaiStatusBar, tai_status_bar, TAI, STATUS_BAR, GtkWidget)

/* Pressed, a device's light activates "counter.light" with its number, the line's "counter.page" with "line". */
GtkWidget *tai_status_bar_new (TaiCounter *counter);
/* What a device's light means, what to do about it, and what its last fault was. (transfer full) */
char *tai_status_bar_explain (TaiCounter *counter, TaiStationDevice device);

G_END_DECLS
