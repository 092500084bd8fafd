/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tai-figure.h"

G_BEGIN_DECLS

/**
 * TaiFigureView: the figures of a report, one kind at a time: the chart, and below it its table. Actions "figures.other" goes
 * from the one to the other. Main thread.
 */
#define TAI_TYPE_FIGURE_VIEW (tai_figure_view_get_type ())
G_DECLARE_FINAL_TYPE (TaiFigureView, tai_figure_view, TAI, FIGURE_VIEW, GtkWidget)

/* @report: (nullable) (transfer none), must live as long as it is shown; NULL: nothing is. */
void tai_figure_view_show (TaiFigureView *self, const TaiTillReport *report);
/* The kind that the key of that place (0 to 4) means for this report; FALSE: it has none there. */
gboolean tai_figure_view_choose (TaiFigureView *self, guint place);
/* To the table's first line, where a reader begins; else to the chart. */
void tai_figure_view_take_focus (TaiFigureView *self);

G_END_DECLS
