/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-counter.h"

G_BEGIN_DECLS

/* What the customer pays, on every step at the same place. Bound to the counter. Main thread. */
#define TAI_TYPE_MONEY_PANEL (tai_money_panel_get_type ())
G_DECLARE_FINAL_TYPE (TaiMoneyPanel, tai_money_panel, TAI, MONEY_PANEL, GtkWidget)

GtkWidget *tai_money_panel_new (TaiCounter *counter);

G_END_DECLS
