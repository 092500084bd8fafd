/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TaiSteady: one child, whose width is the same whatever its height.
 *
 * GTK's horizontal boxes and windows ask "how wide would you be at this height?". A label that wraps answers by trying some twenty-five
 * widths, shaping its text for each: half of what showing a page cost. Nobody needs the answer, as our rows and pages take the width
 * that there is: around them, this asks only "how wide?" and "how high at this width?". Main thread.
 */
#define TAI_TYPE_STEADY (tai_steady_get_type ())
G_DECLARE_FINAL_TYPE (TaiSteady, tai_steady, TAI, STEADY, GtkWidget)

/* The same for a class of its own with one child and no layout manager. */
void tai_steady_teach (GtkWidgetClass *klass);

/* @child: (transfer floating). Expands as @child does. */
GtkWidget *tai_steady_new (GtkWidget *child);

G_END_DECLS
