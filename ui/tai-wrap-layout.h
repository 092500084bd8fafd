/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TaiWrapLayout: children side by side, in as many rows as large text needs, rather than cut. Main thread.
 */
#define TAI_TYPE_WRAP_LAYOUT (tai_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (TaiWrapLayout, tai_wrap_layout, TAI, WRAP_LAYOUT, GtkLayoutManager)

/* @spacing: between children and between rows; @stretches: what the first row leaves over is shared out among its children, and the
 * others stand under it. */
GtkLayoutManager *tai_wrap_layout_new (int spacing, gboolean stretches);
/* A plain container that is laid out so, called @name for who cannot see it. */
GtkWidget *tai_wrap_new (int spacing, const char *name);

G_END_DECLS
