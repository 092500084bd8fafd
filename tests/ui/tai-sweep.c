/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-sweep.h"

#include "tai-ui-rig.h"

typedef struct {
  GtkWidget *window;
  int target_min;
  guint n_found;
  GHashTable *mnemonics; /* keyval → the label's text */
} Sweep;

static void
found (Sweep *sweep, GtkWidget *widget, const char *what, const char *detail)
{
  g_test_message ("%s %s (%s)%s%s", G_OBJECT_TYPE_NAME (widget), gtk_widget_get_name (widget), what,
                  detail != NULL ? ": " : "", detail != NULL ? detail : "");
  sweep->n_found++;
}

static gboolean
is_named (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Insides of GTK's own that take the focus for the widget around them. */
static GtkWidget *
get_whole (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (GTK_IS_TEXT (widget) && GTK_IS_EDITABLE (parent))
    return parent;
  if (GTK_IS_TOGGLE_BUTTON (widget) && (GTK_IS_DROP_DOWN (parent) || GTK_IS_MENU_BUTTON (parent)))
    return parent;
  return widget;
}

/* Rows are named by what is in them; these only hold others, or are text to be marked. */
static gboolean
needs_no_name (GtkWidget *widget)
{
  const char *type = G_OBJECT_TYPE_NAME (widget);

  return GTK_IS_WINDOW (widget) || GTK_IS_LABEL (widget) || GTK_IS_SCROLLED_WINDOW (widget) ||
         GTK_IS_POPOVER (widget) || g_str_has_prefix (type, "GtkListItemWidget") ||
         g_str_has_prefix (type, "GtkColumnListView") || g_str_has_prefix (type, "GtkColumnViewRow");
}

static void
look_at_size (Sweep *sweep, GtkWidget *widget)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autofree char *size = NULL;
  graphene_rect_t bounds;

  /* frame and padding count: they are touched too */
  if (gtk_widget_compute_bounds (widget, widget, &bounds)) {
    width = (int)bounds.size.width;
    height = (int)bounds.size.height;
  }
  if (width >= sweep->target_min && height >= sweep->target_min)
    return;
  size = g_strdup_printf ("%d×%d of %d", width, height, sweep->target_min);
  found (sweep, widget, "too small", size);
}

/* Whether @widget scrolls in that direction: then what is outside can be brought in. */
static gboolean
scrolls (GtkWidget *widget, GtkOrientation orientation)
{
  GtkWidget *view = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkPolicyType policies[2];

  for (; view != NULL;
       view = gtk_widget_get_ancestor (gtk_widget_get_parent (view), GTK_TYPE_SCROLLED_WINDOW)) {
    gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (view), &policies[0], &policies[1]);
    if (policies[orientation == GTK_ORIENTATION_VERTICAL] != GTK_POLICY_NEVER)
      return TRUE;
  }
  return FALSE;
}

/* A pixel of a frame may lie on the edge. */
static void
look_at_place (Sweep *sweep, GtkWidget *widget)
{
  int width = gtk_widget_get_width (sweep->window), height = gtk_widget_get_height (sweep->window);
  g_autofree char *place = NULL;
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, sweep->window, &bounds))
    return;
  if ((scrolls (widget, GTK_ORIENTATION_HORIZONTAL) ||
       (bounds.origin.x >= -1 && bounds.origin.x + bounds.size.width <= (float)width + 1)) &&
      (scrolls (widget, GTK_ORIENTATION_VERTICAL) ||
       (bounds.origin.y >= -1 && bounds.origin.y + bounds.size.height <= (float)height + 1)))
    return;
  place = g_strdup_printf ("%d+%d, %d+%d in %d×%d", (int)bounds.origin.x, (int)bounds.size.width,
                           (int)bounds.origin.y, (int)bounds.size.height, width, height);
  found (sweep, widget, "outside the window", place);
}

static void
look_at_mnemonic (Sweep *sweep, GtkWidget *widget)
{
  guint keyval =
      GTK_IS_LABEL (widget) ? gtk_label_get_mnemonic_keyval (GTK_LABEL (widget)) : GDK_KEY_VoidSymbol;
  const char *other;

  if (keyval == GDK_KEY_VoidSymbol)
    return;
  other = g_hash_table_lookup (sweep->mnemonics, GUINT_TO_POINTER (keyval));
  if (other != NULL)
    found (sweep, widget, "same mnemonic", other);
  g_hash_table_insert (sweep->mnemonics, GUINT_TO_POINTER (keyval),
                       (gpointer)gtk_label_get_text (GTK_LABEL (widget)));
}

static void
look_at (Sweep *sweep, GtkWidget *widget)
{
  GtkWidget *whole = get_whole (widget);

  if (!gtk_widget_get_mapped (widget))
    return;
  if (gtk_widget_get_focusable (widget) && !needs_no_name (widget)) {
    if (!is_named (whole))
      found (sweep, whole, "no accessible name", NULL);
    if (sweep->target_min > 0)
      look_at_size (sweep, whole);
    look_at_place (sweep, whole);
  }
  look_at_mnemonic (sweep, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (sweep, child);
}

/* Which way down the width comes from: the widest child of the widest child. */
static void
tell_widest (GtkWidget *widget)
{
  g_autoptr (GString) way = g_string_new (NULL);

  while (widget != NULL) {
    GtkWidget *widest = NULL;
    int most = -1;

    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child)) {
      int least = 0;
      if (gtk_widget_get_visible (child) && gtk_widget_get_child_visible (child))
        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      if (least > most) {
        most = least;
        widest = child;
      }
    }
    if (widest != NULL)
      g_string_append_printf (way, " > %s %d", G_OBJECT_TYPE_NAME (widest), most);
    widget = widest;
  }
  g_test_message ("width:%s", way->str);
}

guint
tai_sweep (GtkWidget *part, int target_min)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (part));
  g_autoptr (GHashTable) mnemonics = g_hash_table_new (NULL, NULL);
  Sweep sweep = {window, target_min, 0, mnemonics};
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  GdkRectangle screen;

  g_assert_true (gtk_widget_get_mapped (window));
  gdk_monitor_get_geometry (gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface),
                            &screen);
  if (gtk_widget_get_width (window) > screen.width || gtk_widget_get_height (window) > screen.height) {
    found (&sweep, window, "larger than the screen", NULL);
    tell_widest (window);
  }
  look_at (&sweep, part);
  return sweep.n_found;
}

void
tai_sweep_assert (GtkWidget *part, int target_min)
{
  gint64 deadline_us = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  guint n;

  while ((n = tai_sweep (part, target_min)) > 0 && g_get_monotonic_time () < deadline_us)
    tai_ui_rig_pass_ms (100); /* a page that still moves in has no places yet */
  g_assert_cmpuint (n, ==, 0);
}
