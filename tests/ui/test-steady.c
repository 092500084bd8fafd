/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pages are made of: a width that is not searched for, a scrolled part that Tab passes through. */
#include "tai-scroller.h"
#include "tai-steady.h"

#include "tai-ui-rig.h"

/* Counts how often it is asked for a width at a height. */
typedef struct {
  GtkWidget parent;
  guint n_searches;
} Probe;
typedef GtkWidgetClass ProbeClass;
static GType probe_get_type (void);
G_DEFINE_TYPE (Probe, probe, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
probe_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
probe_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
               int *minimum_baseline, int *natural_baseline)
{
  ((Probe *)widget)->n_searches += orientation == GTK_ORIENTATION_HORIZONTAL && for_size >= 0;
  *minimum = 40;
  *natural = orientation == GTK_ORIENTATION_VERTICAL && for_size > 0 ? 20000 / for_size : 200;
}

static void
probe_class_init (ProbeClass *klass)
{
  klass->get_request_mode = probe_get_request_mode;
  klass->measure = probe_measure;
}

static void
probe_init (Probe *self)
{
}

/* Beside another in a row; GTK's own row asks, ours does not. */
static guint
count_searches (gboolean is_steady)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0),
            *probe = g_object_new (probe_get_type (), NULL);
  GtkWidget *window;
  guint n;

  gtk_box_append (GTK_BOX (row), is_steady ? tai_steady_new (probe) : probe);
  gtk_box_append (GTK_BOX (row), gtk_label_new ("beside"));
  window = tai_ui_rig_show (is_steady ? tai_steady_new (row) : row);
  tai_ui_rig_pass_ms (50);
  g_assert_cmpint (gtk_widget_get_width (probe), >=, 40);
  n = ((Probe *)probe)->n_searches;
  gtk_window_destroy (GTK_WINDOW (window));
  return n;
}

/* A child that wants the room that is left over gets it. */
static void
test_expand (void)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *label = gtk_label_new ("wide"), *window;

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), tai_steady_new (label));
  gtk_box_append (GTK_BOX (row), gtk_label_new ("beside"));
  gtk_widget_set_size_request (row, 400, 40);
  window = tai_ui_rig_show (tai_steady_new (row));
  tai_ui_rig_pass_ms (50);
  g_assert_cmpint (gtk_widget_get_width (label), >, 250);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_width (void)
{
  g_assert_cmpuint (count_searches (FALSE), >, 0);
  g_assert_cmpuint (count_searches (TRUE), ==, 0);
}

static void
test_tab (void)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *first = gtk_button_new_with_label ("first");
  GtkWidget *last = gtk_button_new_with_label ("last"), *window;

  gtk_box_append (GTK_BOX (column), first);
  gtk_box_append (GTK_BOX (column), tai_scroller_new (gtk_label_new ("nothing to focus")));
  gtk_box_append (GTK_BOX (column), last);
  window = tai_ui_rig_show (column);
  gtk_widget_grab_focus (first);
  g_assert_true (gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == last);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* More than fits: the focus is scrolled to, and the page does not make the window higher. */
static void
test_follow (void)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *button = NULL, *window;
  graphene_rect_t place;

  for (guint i = 0; i < 60; i++) {
    button = gtk_button_new_with_label ("one of many");
    gtk_box_append (GTK_BOX (column), button);
  }
  window = tai_ui_rig_show (tai_scroller_new (column));
  tai_ui_rig_pass_ms (50);
  g_assert_true (gtk_widget_compute_bounds (button, window, &place));
  g_assert_cmpfloat (place.origin.y, >, gtk_widget_get_height (window));
  gtk_widget_grab_focus (button);
  TAI_UI_WAIT (gtk_widget_compute_bounds (button, window, &place) &&
               place.origin.y + place.size.height <= gtk_widget_get_height (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/ui/steady/width", test_width);
  g_test_add_func ("/ui/steady/expand", test_expand);
  g_test_add_func ("/ui/scroller/tab", test_tab);
  g_test_add_func ("/ui/scroller/follow", test_follow);
  return g_test_run ();
}
