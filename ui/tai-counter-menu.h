/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The menu of the counter's window: the pages that are no step of a visit. Main thread.
 *
 * When it closes, the focus is where it was before it was opened: a clerk who only looked goes on typing, and the next Enter is
 * about what he typed.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *tai_counter_menu_new (void);

G_END_DECLS
