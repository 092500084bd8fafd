/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scrolled window that leaves the keyboard alone, and keeps what has the focus in sight when what is around it grows. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-scroller.h"

#include "tai-steady.h"

/* Two lines and a half: whoever sees less does not see that it is a list. */
#define HEIGHT_MIN 140

struct _TaiScroller {
  GtkWidget parent;
  GtkWidget *inside;
  guint tick; /* 0: none */
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

/* The focus came before there was a place for it, or its place was pushed below the edge: GTK scrolls only when the focus moves. */
static gboolean
follow_focus_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  TaiScroller *self = TAI_SCROLLER (widget);
  GtkAdjustment *rows = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->inside));
  GtkWidget *view = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->inside));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  self->tick = 0;
  if (focus == NULL || view == NULL || !gtk_widget_is_ancestor (focus, view) ||
      !gtk_widget_compute_bounds (focus, view, &bounds) ||
      bounds.size.height > gtk_adjustment_get_page_size (rows))
    return G_SOURCE_REMOVE;
  bounds.origin.y += (float)gtk_adjustment_get_value (rows);
  gtk_adjustment_clamp_page (rows, bounds.origin.y, bounds.origin.y + bounds.size.height);
  return G_SOURCE_REMOVE;
}

static void
size_changed_cb (TaiScroller *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), follow_focus_cb, NULL, NULL);
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
  gtk_scrolled_window_set_overlay_scrolling (inside,
                                             FALSE); /* that there is more is seen before a hand comes near */
  gtk_scrolled_window_set_min_content_height (inside, HEIGHT_MIN);
  gtk_scrolled_window_set_propagate_natural_height (inside, TRUE);
  self->inside = GTK_WIDGET (inside);
  gtk_widget_set_focusable (self->inside, FALSE);
  gtk_widget_set_vexpand (self->inside, TRUE);
  gtk_widget_set_parent (self->inside, GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (inside), "changed",
                           G_CALLBACK (size_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
tai_scroller_new (GtkWidget *child)
{
  TaiScroller *self = g_object_new (TAI_TYPE_SCROLLER, NULL);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->inside), child);
  return GTK_WIDGET (self);
}
