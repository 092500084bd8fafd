/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-chart.h"
#include "tai-table-row.h"
#include "tai-till-report.h"

G_BEGIN_DECLS

/**
 * TaiFigureKind: the ways in which a report is shown as a table and a chart of it. Which there are, with their titles and
 * columns, stands in one table; a new one is a row there.
 */
typedef enum {
  TAI_FIGURE_HOUR,
  TAI_FIGURE_BUSINESS,
  TAI_FIGURE_TENDER,
  TAI_FIGURE_CLERK,
  TAI_FIGURE_TERMINAL,
  TAI_FIGURE_HALL,
  TAI_FIGURE_DAY,
  TAI_N_FIGURES
} TaiFigureKind;

/* Hours are of a day, days of a month, terminals where there are more than one; a region has halls in place of clerks. */
gboolean tai_figure_is_of (TaiFigureKind kind, const TaiTillReport *report);
const char *tai_figure_get_title (TaiFigureKind kind); /* in the desk's language */

/**
 * TaiFigure: one of them, in words. The chart's bars and the table's rows are made of the same lines.
 * @heads: (transfer none); bit i of @right: figures; @wide: the column that takes the room
 * @rows: (owned) (element-type GStrv) of @n_columns; the last is the sum
 * @bars: (owned) (element-type TaiChartBar)
 * @value_name, @other_name: (nullable) (transfer none) for tai_chart_show()
 */
typedef struct {
  TaiFigureKind kind;
  const char *heads[TAI_TABLE_MAX_COLUMNS];
  guint n_columns, right, wide;
  GPtrArray *rows;
  GPtrArray *bars;
  TaiChartKind chart;
  const char *value_name, *other_name;
} TaiFigure;

/* Main thread, for its words. (transfer full) */
TaiFigure *tai_figure_new (TaiFigureKind kind, const TaiTillReport *report);
void tai_figure_free (TaiFigure *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiFigure, tai_figure_free)

G_END_DECLS
