/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What a screen reader says. GTK 4.8 joins an explicit label with the text of the widget's own label, so that a button with a
 * mnemonic is called "_Pay Pay": one name needs the other taken away. Main thread.
 */

/* The whole name of @widget. Every focusable widget has one; tests/ui/tai-sweep.h looks for those that have not. */
void tai_ui_name (GtkWidget *widget, const char *text);
/* More about it, said after the name: a message, the key. NULL: nothing more. */
void tai_ui_describe (GtkWidget *widget, const char *text);
/* A button's label with a mnemonic ("_Pay"), named by the label without it. */
void tai_ui_label_button (GtkButton *button, const char *label);

G_END_DECLS
