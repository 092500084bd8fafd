/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question that is not handed on. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-steady.h"

#include "tai-widget.h"

struct _TaiSteady {
  GtkWidget parent;
};

G_DEFINE_FINAL_TYPE (TaiSteady, tai_steady, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size,
                        minimum, natural, minimum_baseline, natural_baseline);
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_size_allocate (child, &(GtkAllocation){0, 0, width, height}, baseline);
}

static void
tai_steady_dispose (GObject *object)
{
  tai_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (tai_steady_parent_class)->dispose (object);
}

static void
compute_expand (GtkWidget *widget, gboolean *horizontally, gboolean *vertically)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  *horizontally = child != NULL && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
  *vertically = child != NULL && gtk_widget_compute_expand (child, GTK_ORIENTATION_VERTICAL);
}

void
tai_steady_teach (GtkWidgetClass *klass)
{
  klass->compute_expand = compute_expand;
  klass->get_request_mode = get_request_mode;
  klass->measure = measure;
  klass->size_allocate = size_allocate;
}

static void
tai_steady_class_init (TaiSteadyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_steady_dispose;
  tai_steady_teach (widget_class);
  gtk_widget_class_set_css_name (widget_class, "steady");
}

static void
tai_steady_init (TaiSteady *self)
{
}

GtkWidget *
tai_steady_new (GtkWidget *child)
{
  GtkWidget *self = g_object_new (TAI_TYPE_STEADY, NULL);

  gtk_widget_set_parent (child, self);
  return self;
}
