/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-counter.h"

G_BEGIN_DECLS

/* The visit on the left: who the customer is, what was chosen. Bound to the counter. Main thread. */
#define TAI_TYPE_VISIT_PANEL (tai_visit_panel_get_type ())
G_DECLARE_FINAL_TYPE (TaiVisitPanel, tai_visit_panel, TAI, VISIT_PANEL, GtkWidget)

GtkWidget *tai_visit_panel_new (TaiCounter *counter);

G_END_DECLS
