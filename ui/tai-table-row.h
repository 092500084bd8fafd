/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TAI_TABLE_MAX_COLUMNS 8

/**
 * TaiTableRow: a line of a table in a GtkListBox: arrows go from line to line, Tab leaves the table. Named by all its cells with
 * their headings. Main thread.
 */
#define TAI_TYPE_TABLE_ROW (tai_table_row_get_type ())
G_DECLARE_FINAL_TYPE (TaiTableRow, tai_table_row, TAI, TABLE_ROW, GtkListBoxRow)

/**
 * TaiTable: the columns that rows share. @heads: static texts; bit i of @right: figures. @wide: the column that takes the room.
 * @groups: (owned)
 */
typedef struct {
  const char *heads[TAI_TABLE_MAX_COLUMNS];
  guint n_columns, right, wide;
  GtkSizeGroup *groups[TAI_TABLE_MAX_COLUMNS];
} TaiTable;
void tai_table_init (TaiTable *self, const char *const *heads, guint n_columns, guint right, guint wide);
void tai_table_clear (TaiTable *self);
/* The line of headings, to stand above the list. */
GtkWidget *tai_table_new_head (TaiTable *self);
/* @cells: (nullable elements). @key: (nullable) what the list needs to know it again by. @mark: (nullable) words for a line that
 * stands out. */
GtkWidget *tai_table_new_row (TaiTable *self, const char *const *cells, const char *key, const char *mark);
const char *tai_table_row_get_key (TaiTableRow *self);
gboolean tai_table_row_is_marked (TaiTableRow *self);

G_END_DECLS
