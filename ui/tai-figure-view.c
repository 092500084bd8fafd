/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chart and table of one kind of figure. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-figure-view.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-row.h"
#include "tai-scroller.h"
#include "tai-widget.h"
#include "tai-wrap-layout.h"

#define SPACING 6

/* A key's place: hours are of a day and days of a month, clerks are of a hall and halls of a region, so they share one. */
static const struct {
  TaiFigureKind kinds[2];
} places[] = {
    {{TAI_FIGURE_HOUR, TAI_FIGURE_DAY}},          {{TAI_FIGURE_BUSINESS, TAI_FIGURE_BUSINESS}},
    {{TAI_FIGURE_TENDER, TAI_FIGURE_TENDER}},     {{TAI_FIGURE_CLERK, TAI_FIGURE_HALL}},
    {{TAI_FIGURE_TERMINAL, TAI_FIGURE_TERMINAL}},
};
#define N_PLACES G_N_ELEMENTS (places)

struct _TaiFigureView {
  GtkWidget parent;
  GtkToggleButton *buttons[N_PLACES];
  TaiChart *chart;
  AdwBin *head;
  GtkListBox *lines;
  TaiTable table;
  const TaiTillReport *report; /* (transfer none) (nullable) */
};

G_DEFINE_FINAL_TYPE (TaiFigureView, tai_figure_view, GTK_TYPE_WIDGET)

static gboolean
find_kind (const TaiTillReport *report, guint place, TaiFigureKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (places[place].kinds); i++)
    if (tai_figure_is_of (places[place].kinds[i], report)) {
      *kind = places[place].kinds[i];
      return TRUE;
    }
  return FALSE;
}

static guint
get_chosen (TaiFigureView *self)
{
  for (guint i = 0; i < N_PLACES; i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      return i;
  return 0;
}

/* Newer figures leave who reads the table in the line where he is. */
static void
show_table (TaiFigureView *self, const TaiFigure *figure)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->lines));
  int index = focus != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus)) : -1;
  GtkListBoxRow *row;

  tai_row_clear_list (self->lines);
  adw_bin_set_child (self->head, NULL);
  tai_table_clear (&self->table);
  tai_table_init (&self->table, figure->heads, figure->n_columns, figure->right, figure->wide);
  adw_bin_set_child (self->head, tai_table_new_head (&self->table));
  for (guint i = 0; i < figure->rows->len; i++)
    gtk_list_box_append (
        self->lines, tai_table_new_row (
                         &self->table, (const char *const *)g_ptr_array_index (figure->rows, i), NULL, NULL));
  tai_ui_name (GTK_WIDGET (self->lines), tai_figure_get_title (figure->kind));
  gtk_widget_set_visible (GTK_WIDGET (self->lines), figure->rows->len > 0);
  row = index >= 0 ? gtk_list_box_get_row_at_index (self->lines, MIN (index, (int)figure->rows->len - 1))
                   : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_chosen (TaiFigureView *self)
{
  g_autoptr (TaiFigure) figure = NULL;
  TaiFigureKind kind;

  if (self->report == NULL || !find_kind (self->report, get_chosen (self), &kind))
    return;
  figure = tai_figure_new (kind, self->report);
  tai_chart_show (self->chart, tai_figure_get_title (kind), figure->chart, figure->bars, figure->value_name,
                  figure->other_name);
  show_table (self, figure);
}

static void
toggled_cb (TaiFigureView *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    show_chosen (self);
}

void
tai_figure_view_show (TaiFigureView *self, const TaiTillReport *report)
{
  TaiFigureKind kind;

  g_return_if_fail (TAI_IS_FIGURE_VIEW (self));
  self->report = report;
  for (guint i = 0; i < N_PLACES; i++) {
    gboolean is_there = report != NULL && find_kind (report, i, &kind);
    gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), is_there);
    if (is_there) {
      /* Translators: a kind of figure and its key */
      g_autofree char *label = g_strdup_printf (_ ("%s Ctrl+%u"), tai_figure_get_title (kind), i + 1);
      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
    }
  }
  if (report == NULL) {
    tai_row_clear_list (self->lines);
    tai_chart_show (self->chart, NULL, TAI_CHART_UPRIGHT, NULL, NULL, NULL);
  } else if (!find_kind (report, get_chosen (self), &kind))
    gtk_toggle_button_set_active (self->buttons[1], TRUE);
  else
    show_chosen (self);
}

gboolean
tai_figure_view_choose (TaiFigureView *self, guint place)
{
  TaiFigureKind kind;

  g_return_val_if_fail (TAI_IS_FIGURE_VIEW (self) && place < N_PLACES, FALSE);
  if (self->report == NULL || !find_kind (self->report, place, &kind))
    return FALSE;
  gtk_toggle_button_set_active (self->buttons[place], TRUE);
  return TRUE;
}

void
tai_figure_view_take_focus (TaiFigureView *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->lines, 0);

  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->chart));
}

static void
other_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiFigureView *self = TAI_FIGURE_VIEW (widget);

  if (gtk_widget_has_focus (GTK_WIDGET (self->chart)))
    tai_figure_view_take_focus (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->chart));
}

/* The widget --------------------------------------------------------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  TaiFigureView *self = TAI_FIGURE_VIEW (object);

  tai_table_clear (&self->table);
  tai_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (tai_figure_view_parent_class)->dispose (object);
}

static void
tai_figure_view_class_init (TaiFigureViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "figureview");
  gtk_widget_class_install_action (widget_class, "figures.other", NULL, other_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "figures.other", NULL);
}

static GtkWidget *
new_buttons (TaiFigureView *self)
{
  GtkWidget *box = tai_wrap_new (SPACING, _ ("Kind of figure"));

  for (guint i = 0; i < N_PLACES; i++) {
    self->buttons[i] = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (""));
    if (i > 0)
      gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
    g_signal_connect_swapped (self->buttons[i], "toggled", G_CALLBACK (toggled_cb), self);
    gtk_widget_set_parent (GTK_WIDGET (self->buttons[i]), box);
  }
  gtk_toggle_button_set_active (self->buttons[0], TRUE);
  return box;
}

static void
tai_figure_view_init (TaiFigureView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING), *buttons = new_buttons (self);

  self->chart = g_object_new (TAI_TYPE_CHART, NULL);
  self->head = ADW_BIN (adw_bin_new ());
  self->lines = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->lines, GTK_SELECTION_BROWSE);
  gtk_widget_set_valign (GTK_WIDGET (self->lines), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->lines), "boxed-list");
  gtk_widget_set_vexpand (GTK_WIDGET (self->chart), TRUE);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chart));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->head));
  gtk_box_append (GTK_BOX (box), tai_scroller_new (GTK_WIDGET (self->lines)));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}
