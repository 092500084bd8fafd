/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a widget of our own does with its children when it goes: lets go of them all. For dispose; main thread. */
void tai_widget_unparent_children (GtkWidget *widget);

G_END_DECLS
