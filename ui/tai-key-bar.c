/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buttons that flow into a second row rather than being cut. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-key-bar.h"

#include "tai-accessible.h"
#include "tai-widget.h"

struct _TaiKeyBar {
  GtkWidget parent;
  TaiKeyMap *map;      /* (owned) */
  const TaiKey *verbs; /* (nullable) */
  guint n;
};

G_DEFINE_FINAL_TYPE (TaiKeyBar, tai_key_bar, GTK_TYPE_WIDGET)

static int
natural_width_of (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
natural_height_of (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* From @child on, how many fit into @width; at least one. *@used: their width. */
static guint
count_row (GtkWidget *child, int width, int *used, int *height)
{
  guint n = 0;

  *used = *height = 0;
  for (; child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int one = natural_width_of (child);
    if (n > 0 && *used + one > width)
      break;
    *used += one;
    *height = MAX (*height, natural_height_of (child));
    n++;
  }
  return n;
}

static void
measure_width (TaiKeyBar *self, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    *minimum = MAX (*minimum, natural_width_of (child));
    *natural += natural_width_of (child);
  }
}

static void
tai_key_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int used, height, sum = 0;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_width (TAI_KEY_BAR (widget), minimum, natural);
    return;
  }
  while (child != NULL) {
    guint n = count_row (child, for_size < 0 ? G_MAXINT : for_size, &used, &height);
    sum += height;
    for (; n > 0; n--)
      child = gtk_widget_get_next_sibling (child);
  }
  *minimum = *natural = sum;
}

static void
tai_key_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  gboolean is_right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0, more = -1;

  while (child != NULL) {
    int used, row_height, x = 0;
    guint n = count_row (child, width, &used, &row_height);
    if (more < 0) /* what is left over is shared out in the first row; the others stand under it */
      more = MAX (width - used, 0) / (int)MAX (n, 1);
    for (; n > 0; n--) {
      int one = natural_width_of (child) + more;
      GtkAllocation place = {is_right_to_left ? width - x - one : x, y, one, row_height};
      gtk_widget_size_allocate (child, &place, -1);
      x += one;
      child = gtk_widget_get_next_sibling (child);
    }
    y += row_height;
  }
}

static GtkSizeRequestMode
tai_key_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
add_button (TaiKeyBar *self, TaiKey key)
{
  g_autofree char *key_name = tai_key_map_get_label (self->map, key);
  g_autofree char *text = g_strdup_printf ("%s %s", key_name, tai_key_get_label (key));
  GtkWidget *button = gtk_button_new_with_label (text);

  tai_ui_name (button, text);
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "counter.key");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", (gint32)key);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
}

static void
clear (TaiKeyBar *self)
{
  tai_widget_unparent_children (GTK_WIDGET (self));
}

static void
fill (TaiKeyBar *self)
{
  clear (self);
  for (guint i = 0; i < self->n; i++)
    if (self->verbs != NULL || tai_key_is_on_bar (i))
      add_button (self, self->verbs != NULL ? self->verbs[i] : i);
}

static void
tai_key_bar_dispose (GObject *object)
{
  TaiKeyBar *self = TAI_KEY_BAR (object);

  clear (self);
  g_clear_object (&self->map);
  G_OBJECT_CLASS (tai_key_bar_parent_class)->dispose (object);
}

static void
tai_key_bar_class_init (TaiKeyBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_key_bar_dispose;
  widget_class->measure = tai_key_bar_measure;
  widget_class->size_allocate = tai_key_bar_size_allocate;
  widget_class->get_request_mode = tai_key_bar_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "keybar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
}

static void
tai_key_bar_init (TaiKeyBar *self)
{
}

GtkWidget *
tai_key_bar_new (TaiKeyMap *map, const TaiKey *verbs, guint n)
{
  TaiKeyBar *self = g_object_new (TAI_TYPE_KEY_BAR, NULL);

  self->map = g_object_ref (map);
  self->verbs = verbs;
  self->n = verbs != NULL ? n : TAI_N_KEYS;
  g_signal_connect_object (map, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
  return GTK_WIDGET (self);
}
