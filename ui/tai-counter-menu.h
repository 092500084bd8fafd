/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * TaiCounterMenu: the menu of the counter's window, the pages that are no step of a visit. Main thread.
 *
 * When it closes, the focus is where it was before it was opened: a clerk who only looked goes on typing, and the next Enter is
 * about what he typed.
 */
#define TAI_TYPE_COUNTER_MENU (tai_counter_menu_get_type ())
G_DECLARE_FINAL_TYPE (TaiCounterMenu, tai_counter_menu, TAI, COUNTER_MENU, GtkWidget)

GtkWidget *tai_counter_menu_new (void);

G_END_DECLS
