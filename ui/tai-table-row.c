/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as a list of lines: what GtkColumnView of 4.8 does with Tab and with names is no help to who cannot see it. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-table-row.h"

#include "tai-accessible.h"

struct _TaiTableRow {
  GtkListBoxRow parent;
  char *key; /* (owned) (nullable) */
  gboolean is_marked;
};

G_DEFINE_FINAL_TYPE (TaiTableRow, tai_table_row, GTK_TYPE_LIST_BOX_ROW)

static void
tai_table_row_finalize (GObject *object)
{
  g_free (TAI_TABLE_ROW (object)->key);
  G_OBJECT_CLASS (tai_table_row_parent_class)->finalize (object);
}

static void
tai_table_row_class_init (TaiTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_table_row_finalize;
}

static void
tai_table_row_init (TaiTableRow *self)
{
}

const char *
tai_table_row_get_key (TaiTableRow *self)
{
  return self->key;
}

gboolean
tai_table_row_is_marked (TaiTableRow *self)
{
  return self->is_marked;
}

/* The table --------------------------------------------------------------------------------------------------------------- */

void
tai_table_init (TaiTable *self, const char *const *heads, guint n_columns, guint right, guint wide)
{
  *self = (TaiTable){.n_columns = n_columns, .right = right, .wide = wide};
  for (guint i = 0; i < n_columns; i++) {
    self->heads[i] = heads[i];
    self->groups[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  }
}

void
tai_table_clear (TaiTable *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    g_clear_object (&self->groups[i]);
}

static GtkWidget *
new_line (TaiTable *self, const char *const *cells)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);

  for (guint i = 0; i < self->n_columns; i++) {
    GtkWidget *label = gtk_label_new (cells[i]);
    gtk_label_set_xalign (GTK_LABEL (label), self->right & (1U << i) ? 1 : 0);
    gtk_widget_add_css_class (label, "numeric");
    gtk_widget_set_hexpand (label, i == self->wide);
    if (i == self->wide)
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    else
      gtk_size_group_add_widget (self->groups[i], label);
    gtk_box_append (GTK_BOX (box), label);
  }
  gtk_widget_add_css_class (box, "table-line");
  return box;
}

GtkWidget *
tai_table_new_head (TaiTable *self)
{
  GtkWidget *head = new_line (self, self->heads);

  gtk_widget_add_css_class (head, "table-head");
  return head;
}

static char *
describe (TaiTable *self, const char *const *cells, const char *mark)
{
  GString *name = g_string_new (mark);

  for (guint i = 0; i < self->n_columns; i++)
    if (cells[i] != NULL && *cells[i] != '\0')
      g_string_append_printf (name, "%s%s%s%s", name->len > 0 ? ", " : "", self->heads[i],
                              *self->heads[i] != '\0' ? " " : "", cells[i]);
  return g_string_free (name, FALSE);
}

GtkWidget *
tai_table_new_row (TaiTable *self, const char *const *cells, const char *key, const char *mark)
{
  TaiTableRow *row = g_object_new (TAI_TYPE_TABLE_ROW, NULL);
  g_autofree char *name = describe (self, cells, mark);

  row->key = g_strdup (key);
  row->is_marked = mark != NULL;
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), new_line (self, cells));
  if (mark != NULL) {
    gtk_widget_add_css_class (GTK_WIDGET (row), "marked");
    gtk_widget_set_tooltip_text (GTK_WIDGET (row), mark);
  }
  tai_ui_name (GTK_WIDGET (row), name);
  return GTK_WIDGET (row);
}
