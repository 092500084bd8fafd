/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TaiRow: one line of a list: what it is, more about it, and a figure at its end; with the words that a program means by it.
 * Named for who cannot see it. Main thread.
 */
#define TAI_TYPE_ROW (tai_row_get_type ())
G_DECLARE_FINAL_TYPE (TaiRow, tai_row, TAI, ROW, GtkListBoxRow)

/* @subtitle, @end: (nullable). @key: (nullable) whatever the list needs to know it again by. */
GtkWidget *tai_row_new (const char *title, const char *subtitle, const char *end, const char *key);
const char *tai_row_get_key (TaiRow *self);
/* A picture in front that tells a state: with its words, since a picture alone says nothing. NULL takes it away. */
void tai_row_set_mark (TaiRow *self, const char *icon, const char *words);
void tai_row_set_end (TaiRow *self, const char *end);

/* A long list comes a few rows in each frame. @rows (transfer full) (element-type TaiRow, floating) are all that @list holds from now on. Where they say what stood there
 * before nothing is touched; else the selection and the focus stay on the row with the same key. */
void tai_row_fill_list (GtkListBox *list, GPtrArray *rows);
/* All rows go. */
void tai_row_clear_list (GtkListBox *list);

/* Up and down choose another line while the focus stays where it is: TRUE when @keyval was one of them and there are lines. */
gboolean tai_row_step (GtkListBox *list, guint keyval);

G_END_DECLS
