/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-day-check.h"
#include "tai-screen.h"

G_BEGIN_DECLS

/* What stands at the end of a day as lines of a list, for the close of a till and of the hall. Main thread. */

/* @items: (element-type TaiDayItem); what stops @stops is marked. An empty list is not shown. */
void tai_day_list_fill (GtkListBox *list, GPtrArray *items, TaiDayStops stops, TaiCounter *counter);
/* On its first line, if there is one. */
void tai_day_list_focus (GtkListBox *list);
/* Where it is settled. FALSE: nowhere in this window. */
gboolean tai_day_list_get_screen (GtkListBoxRow *row, TaiScreenId *id);

G_END_DECLS
