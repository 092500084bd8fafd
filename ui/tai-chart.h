/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TaiChartBar: one bar. (owned) strings.
 * @label: what it is of, short; @text: its figure as people read it
 * @value: how long it is; @other: what it is held against, in the same measure
 */
typedef struct {
  char *label, *text;
  gint64 value, other;
} TaiChartBar;
TaiChartBar *tai_chart_bar_new (const char *label, const char *text, gint64 value, gint64 other);
void tai_chart_bar_free (TaiChartBar *self);

/* UPRIGHT: columns side by side, for what follows in time; LYING: one below the other, with room for names. */
typedef enum { TAI_CHART_UPRIGHT, TAI_CHART_LYING } TaiChartKind;

/**
 * TaiChart: bars, drawn by lines that lie on pixels; dark and hatched, with every figure beside its bar, so that a copy in
 * black and white says the same. A keyboard goes from bar to bar, a screen reader is told each. Its table stands beside it:
 * who makes the bars makes them of its rows. Main thread.
 */
#define TAI_TYPE_CHART (tai_chart_get_type ())
G_DECLARE_FINAL_TYPE (TaiChart, tai_chart, TAI, CHART, GtkWidget)

/* @title: what is told. @bars: (nullable) (transfer none) (element-type TaiChartBar), kept by a reference. @value_name,
 * @other_name: (nullable) what dark and hatched bars are; without @other_name there are no hatched ones. */
void tai_chart_show (TaiChart *self, const char *title, TaiChartKind kind, GPtrArray *bars,
                     const char *value_name, const char *other_name);

G_END_DECLS
