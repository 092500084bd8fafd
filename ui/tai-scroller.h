/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TaiScroller: what is higher than the screen, scrolled up and down, never sideways; the focus is followed.
 *
 * GtkScrolledWindow takes Tab for itself when there is nothing in it that could have the focus, and keeps it: the walk round a page
 * ends there. This one is no stop on that walk. Takes all room there is. In templates: one child. Main thread.
 */
#define TAI_TYPE_SCROLLER (tai_scroller_get_type ())
G_DECLARE_FINAL_TYPE (TaiScroller, tai_scroller, TAI, SCROLLER, GtkWidget)

/* @child: (transfer floating) */
GtkWidget *tai_scroller_new (GtkWidget *child);

G_END_DECLS
