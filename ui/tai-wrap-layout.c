/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Children have their natural size; a row is as high as its highest. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-wrap-layout.h"

#include "tai-accessible.h"
#include "tai-widget.h"

struct _TaiWrapLayout {
  GtkLayoutManager parent;
  int spacing;
  gboolean stretches;
};

G_DEFINE_FINAL_TYPE (TaiWrapLayout, tai_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkWidget *
next_of (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
natural_of (GtkWidget *child, GtkOrientation orientation)
{
  int natural;

  gtk_widget_measure (child, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* From @child on, how many fit into @width; at least one. *@used: their width. */
static guint
count_row (const TaiWrapLayout *self, GtkWidget *child, int width, int *used, int *height)
{
  guint n = 0;

  *used = *height = 0;
  for (; child != NULL; child = next_of (gtk_widget_get_next_sibling (child))) {
    int one = natural_of (child, GTK_ORIENTATION_HORIZONTAL) + (n > 0 ? self->spacing : 0);
    if (n > 0 && *used + one > width)
      break;
    *used += one;
    *height = MAX (*height, natural_of (child, GTK_ORIENTATION_VERTICAL));
    n++;
  }
  return n;
}

static void
measure_width (const TaiWrapLayout *self, GtkWidget *first, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = first; child != NULL; child = next_of (gtk_widget_get_next_sibling (child))) {
    int one = natural_of (child, GTK_ORIENTATION_HORIZONTAL);
    *minimum = MAX (*minimum, one);
    *natural += one + (child != first ? self->spacing : 0);
  }
}

static void
measure (GtkLayoutManager *layout, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
         int *natural, int *minimum_baseline, int *natural_baseline)
{
  const TaiWrapLayout *self = TAI_WRAP_LAYOUT (layout);
  GtkWidget *child = next_of (gtk_widget_get_first_child (widget));
  int used, height, sum = 0;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_width (self, child, minimum, natural);
    return;
  }
  while (child != NULL) {
    guint n = count_row (self, child, for_size < 0 ? G_MAXINT : for_size, &used, &height);
    sum += height + (sum > 0 ? self->spacing : 0);
    for (; n > 0; n--)
      child = next_of (gtk_widget_get_next_sibling (child));
  }
  *minimum = *natural = sum;
}

static void
allocate (GtkLayoutManager *layout, GtkWidget *widget, int width, int height, int baseline)
{
  const TaiWrapLayout *self = TAI_WRAP_LAYOUT (layout);
  GtkWidget *child = next_of (gtk_widget_get_first_child (widget));
  gboolean is_right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0, more = self->stretches ? -1 : 0;

  while (child != NULL) {
    int used, row_height, x = 0;
    guint n = count_row (self, child, width, &used, &row_height);
    if (more < 0)
      more = MAX (width - used, 0) / (int)MAX (n, 1);
    for (; n > 0; n--) {
      int one = natural_of (child, GTK_ORIENTATION_HORIZONTAL) + more;
      GtkAllocation place = {is_right_to_left ? width - x - one : x, y, one, row_height};
      gtk_widget_size_allocate (child, &place, -1);
      x += one + self->spacing;
      child = next_of (gtk_widget_get_next_sibling (child));
    }
    y += row_height + self->spacing;
  }
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tai_wrap_layout_class_init (TaiWrapLayoutClass *klass)
{
  GTK_LAYOUT_MANAGER_CLASS (klass)->measure = measure;
  GTK_LAYOUT_MANAGER_CLASS (klass)->allocate = allocate;
  GTK_LAYOUT_MANAGER_CLASS (klass)->get_request_mode = get_request_mode;
}

static void
tai_wrap_layout_init (TaiWrapLayout *self)
{
}

GtkLayoutManager *
tai_wrap_layout_new (int spacing, gboolean stretches)
{
  TaiWrapLayout *self = g_object_new (TAI_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;
  self->stretches = stretches;
  return GTK_LAYOUT_MANAGER (self);
}

/* The container ------------------------------------------------------------------------------------------------------------ */

#define TAI_TYPE_WRAP (tai_wrap_get_type ())
G_DECLARE_FINAL_TYPE (TaiWrap, tai_wrap, TAI, WRAP, GtkWidget)
struct _TaiWrap {
  GtkWidget parent;
};
G_DEFINE_FINAL_TYPE (TaiWrap, tai_wrap, GTK_TYPE_WIDGET)

static void
tai_wrap_dispose (GObject *object)
{
  tai_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (tai_wrap_parent_class)->dispose (object);
}

static void
tai_wrap_class_init (TaiWrapClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_wrap_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tai_wrap_init (TaiWrap *self)
{
}

GtkWidget *
tai_wrap_new (int spacing, const char *name)
{
  GtkWidget *self = g_object_new (TAI_TYPE_WRAP, NULL);

  gtk_widget_set_layout_manager (self, tai_wrap_layout_new (spacing, FALSE));
  tai_ui_name (self, name);
  return self;
}
