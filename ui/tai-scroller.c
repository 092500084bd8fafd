/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scrolled window that leaves the keyboard alone. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-scroller.h"

#include "tai-steady.h"

/* Two lines and a half: whoever sees less does not see that it is a list. */
#define HEIGHT_MIN 140

struct _TaiScroller {
  GtkWidget parent;
  GtkWidget *inside;
};

static GtkBuildableIface *parent_buildable;
static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiScroller, tai_scroller, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static gboolean
tai_scroller_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *view = gtk_widget_get_first_child (TAI_SCROLLER (widget)->inside);

  return view != NULL && gtk_widget_child_focus (view, direction);
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (TAI_SCROLLER (buildable)->inside),
                                   GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
tai_scroller_dispose (GObject *object)
{
  g_clear_pointer (&TAI_SCROLLER (object)->inside, gtk_widget_unparent);
  G_OBJECT_CLASS (tai_scroller_parent_class)->dispose (object);
}

static void
tai_scroller_class_init (TaiScrollerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_scroller_dispose;
  widget_class->focus = tai_scroller_focus;
  tai_steady_teach (widget_class);
  gtk_widget_class_set_css_name (widget_class, "scroller");
}

static void
tai_scroller_init (TaiScroller *self)
{
  GtkScrolledWindow *inside = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());

  gtk_scrolled_window_set_policy (inside, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (inside, HEIGHT_MIN);
  gtk_scrolled_window_set_propagate_natural_height (inside, TRUE);
  self->inside = GTK_WIDGET (inside);
  gtk_widget_set_focusable (self->inside, FALSE);
  gtk_widget_set_vexpand (self->inside, TRUE);
  gtk_widget_set_parent (self->inside, GTK_WIDGET (self));
}

GtkWidget *
tai_scroller_new (GtkWidget *child)
{
  TaiScroller *self = g_object_new (TAI_TYPE_SCROLLER, NULL);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->inside), child);
  return GTK_WIDGET (self);
}
