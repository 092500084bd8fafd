/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of all lists. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-row.h"

#include "tai-accessible.h"
#include "tai-steady.h"

struct _TaiRow {
  GtkListBoxRow parent;
  GtkWidget *mark, *title, *subtitle, *end;
  char *key;   /* (owned) (nullable) */
  char *words; /* (owned) (nullable) of the mark */
  char *name;  /* (owned) all that it says */
};

G_DEFINE_FINAL_TYPE (TaiRow, tai_row, GTK_TYPE_LIST_BOX_ROW)

static void
tai_row_finalize (GObject *object)
{
  TaiRow *self = TAI_ROW (object);

  g_free (self->key);
  g_free (self->words);
  g_free (self->name);
  G_OBJECT_CLASS (tai_row_parent_class)->finalize (object);
}

static void
tai_row_class_init (TaiRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_row_finalize;
}

static GtkWidget *
new_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
tai_row_init (TaiRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *middle = tai_steady_new (words);

  self->mark = gtk_image_new ();
  gtk_widget_set_visible (self->mark, FALSE);
  self->title = new_label ("row-title");
  self->subtitle = new_label ("dim-label");
  self->end = new_label ("numeric");
  gtk_label_set_wrap (GTK_LABEL (self->end), FALSE);
  gtk_widget_set_valign (middle, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), self->subtitle);
  gtk_box_append (GTK_BOX (box), self->mark);
  gtk_widget_set_hexpand (middle, TRUE);
  gtk_box_append (GTK_BOX (box), middle);
  gtk_box_append (GTK_BOX (box), self->end);
  gtk_widget_add_css_class (box, "row-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

static void
name_row (TaiRow *self)
{
  const char *parts[] = {self->words, gtk_label_get_text (GTK_LABEL (self->title)),
                         gtk_label_get_text (GTK_LABEL (self->subtitle)),
                         gtk_label_get_text (GTK_LABEL (self->end))};
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", parts[i]);
  if (name->len > 0)
    tai_ui_name (GTK_WIDGET (self), name->str);
  g_free (self->name);
  self->name = g_string_free (g_steal_pointer (&name), FALSE);
}

static void
set_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

GtkWidget *
tai_row_new (const char *title, const char *subtitle, const char *end, const char *key)
{
  TaiRow *self = g_object_new (TAI_TYPE_ROW, NULL);

  set_label (self->title, title);
  set_label (self->subtitle, subtitle);
  set_label (self->end, end);
  self->key = g_strdup (key);
  name_row (self);
  return GTK_WIDGET (self);
}

const char *
tai_row_get_key (TaiRow *self)
{
  return self->key;
}

void
tai_row_set_mark (TaiRow *self, const char *icon, const char *words)
{
  g_free (self->words);
  self->words = g_strdup (words);
  gtk_widget_set_visible (self->mark, icon != NULL);
  if (icon != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->mark), icon);
  name_row (self);
}

void
tai_row_set_end (TaiRow *self, const char *end)
{
  set_label (self->end, end);
  name_row (self);
}

/* Long lists -------------------------------------------------------------------------------------------------------------- */

/* Rows are laid out when they come: as many at once as a page shows, and the others a few in each frame, so that none is long. */
#define N_AT_ONCE   12
#define N_IN_FRAMES 6

/* The rows of a list that are still to come; on the list itself. */
typedef struct {
  GPtrArray *rows; /* (owned) (element-type TaiRow, ref'd) */
  guint n_shown;
} Coming;

static GQuark
coming_quark (void)
{
  return g_quark_from_static_string ("tai-row-coming");
}

static void
coming_free (gpointer data)
{
  Coming *self = data;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* FALSE: there are no more. */
static gboolean
show_some (GtkListBox *list, Coming *coming, guint n)
{
  for (; n > 0 && coming->n_shown < coming->rows->len; n--)
    gtk_list_box_append (list, g_ptr_array_index (coming->rows, coming->n_shown++));
  return coming->n_shown < coming->rows->len;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Coming *coming = g_object_get_qdata (G_OBJECT (widget), coming_quark ());

  if (coming != data)
    return G_SOURCE_REMOVE;
  if (show_some (GTK_LIST_BOX (widget), coming, N_IN_FRAMES))
    return G_SOURCE_CONTINUE;
  g_object_set_qdata (G_OBJECT (widget), coming_quark (), NULL);
  return G_SOURCE_REMOVE;
}

/* @rows: (transfer full). All up to the one that is called @key (nullable) come at once. */
static void
show_rows (GtkListBox *list, GPtrArray *rows, const char *key)
{
  Coming *coming = g_new0 (Coming, 1);
  guint n = N_AT_ONCE;

  coming->rows = rows;
  for (guint i = n; key != NULL && i < rows->len; i++)
    if (g_strcmp0 (((TaiRow *)g_ptr_array_index (rows, i))->key, key) == 0)
      n = i + 1;
  if (!show_some (list, coming, n)) {
    coming_free (coming);
    return;
  }
  g_object_set_qdata_full (G_OBJECT (list), coming_quark (), coming, coming_free);
  gtk_widget_add_tick_callback (GTK_WIDGET (list), tick_cb, coming, NULL);
}

/* The row at @i, be it still to come. (nullable) */
static TaiRow *
get_row (GtkListBox *list, guint i)
{
  Coming *coming = g_object_get_qdata (G_OBJECT (list), coming_quark ());

  if (coming != NULL)
    return i < coming->rows->len ? g_ptr_array_index (coming->rows, i) : NULL;
  return TAI_ROW (gtk_list_box_get_row_at_index (list, (int)i));
}

void
tai_row_clear_list (GtkListBox *list)
{
  GtkWidget *child;

  g_object_set_qdata (G_OBJECT (list), coming_quark (), NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

gboolean
tai_row_step (GtkListBox *list, guint keyval)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);
  int by = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;
  GtkListBoxRow *next;

  if (by == 0 || row == NULL)
    return FALSE;
  next = gtk_list_box_get_row_at_index (list, gtk_list_box_row_get_index (row) + by);
  if (next != NULL)
    gtk_list_box_select_row (list, next);
  return TRUE;
}

static gboolean
says_the_same (GtkListBox *list, GPtrArray *rows)
{
  for (guint i = 0; i <= rows->len; i++) {
    TaiRow *old = get_row (list, i);
    TaiRow *new = i < rows->len ? g_ptr_array_index (rows, i) : NULL;
    if (old == NULL || new == NULL)
      return old == NULL && new == NULL;
    if (g_strcmp0 (old->key, new->key) != 0 || g_strcmp0 (old->name, new->name) != 0)
      return FALSE;
  }
  return FALSE;
}

static void
find_again (GtkListBox *list, const char *key, gboolean has_focus)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (key != NULL && g_strcmp0 (TAI_ROW (row)->key, key) == 0)
      break;
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (list, 0);
  if (row != NULL && gtk_list_box_get_selection_mode (list) != GTK_SELECTION_NONE)
    gtk_list_box_select_row (list, row);
  if (row != NULL && has_focus)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

void
tai_row_fill_list (GtkListBox *list, GPtrArray *rows)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (list));
  GtkListBoxRow *chosen = focus != NULL ? GTK_LIST_BOX_ROW (focus) : gtk_list_box_get_selected_row (list);
  g_autofree char *key = chosen != NULL ? g_strdup (TAI_ROW (chosen)->key) : NULL;

  g_ptr_array_set_free_func (rows, g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_object_ref_sink (g_ptr_array_index (rows, i));
  gtk_widget_set_visible (GTK_WIDGET (list), rows->len > 0); /* an empty list swallows Tab */
  if (says_the_same (list, rows)) {
    g_ptr_array_unref (rows);
    return;
  }
  tai_row_clear_list (list);
  show_rows (list, rows, key);
  find_again (list, key, focus != NULL);
}
