/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars. Everything is drawn in the text's own colour, so that light, dark and paper are served by one picture. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-chart.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"

#define GAP     6.0
#define HATCH   5.0
#define LEGEND  14.0
#define MAX_BAR 56.0

struct _TaiChart {
  GtkWidget parent;
  char *title, *value_name, *other_name; /* (owned) (nullable) */
  TaiChartKind kind;
  GPtrArray *bars; /* (owned) (nullable) */
  guint chosen;
};

G_DEFINE_FINAL_TYPE (TaiChart, tai_chart, GTK_TYPE_WIDGET)

static const TaiChartBar *
get_bar (const TaiChart *self, guint i)
{
  return self->bars != NULL && i < self->bars->len ? g_ptr_array_index (self->bars, i) : NULL;
}

TaiChartBar *
tai_chart_bar_new (const char *label, const char *text, gint64 value, gint64 other)
{
  TaiChartBar *self = g_new0 (TaiChartBar, 1);

  self->label = g_strdup (label);
  self->text = g_strdup (text);
  self->value = value;
  self->other = other;
  return self;
}

void
tai_chart_bar_free (TaiChartBar *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_free (self->text);
  g_free (self);
}

/* Saying it --------------------------------------------------------------------------------------------------------------- */

static void
say (TaiChart *self)
{
  const TaiChartBar *bar = get_bar (self, self->chosen);
  g_autofree char *name = NULL;

  if (bar == NULL)
    name = g_strdup_printf (_ ("%s: nothing yet"), self->title != NULL ? self->title : "");
  else
    /* Translators: a chart, one of its bars and its figure; its place among the bars */
    name = g_strdup_printf (_ ("%s: %s, %s (%u of %u)"), self->title, bar->label, bar->text, self->chosen + 1,
                            self->bars->len);
  tai_ui_name (GTK_WIDGET (self), name);
}

static void
choose_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiChart *self = TAI_CHART (widget);
  int by = g_variant_get_int32 (parameter);

  if (self->bars == NULL || self->bars->len == 0)
    return;
  self->chosen = (guint)CLAMP ((int)self->chosen + by, 0, (int)self->bars->len - 1);
  say (self);
  gtk_widget_queue_draw (widget);
}

void
tai_chart_show (TaiChart *self, const char *title, TaiChartKind kind, GPtrArray *bars, const char *value_name,
                const char *other_name)
{
  g_return_if_fail (TAI_IS_CHART (self));
  g_free (self->title);
  g_free (self->value_name);
  g_free (self->other_name);
  g_clear_pointer (&self->bars, g_ptr_array_unref);
  self->title = g_strdup (title);
  self->value_name = g_strdup (value_name);
  self->other_name = g_strdup (other_name);
  self->kind = kind;
  self->bars = bars != NULL ? g_ptr_array_ref (bars) : NULL;
  self->chosen = 0;
  say (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Drawing it -------------------------------------------------------------------------------------------------------------- */

typedef struct {
  TaiChart *self;
  cairo_t *cr;
  double width, height, text_height;
  gint64 low, high; /* of all bars, with 0 among them */
  GdkRGBA ink, accent;
} Sheet;

static double
on_pixel (double value)
{
  return (double)(gint64)(value + 0.5);
}

static PangoLayout *
new_text (const Sheet *sheet, const char *text, double width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (sheet->self), text);

  if (width > 0) {
    pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  }
  return layout;
}

static double
get_text_width (const Sheet *sheet, const char *text)
{
  g_autoptr (PangoLayout) layout = new_text (sheet, text, 0);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static void
draw_text (const Sheet *sheet, const char *text, double x, double y, double width)
{
  g_autoptr (PangoLayout) layout = new_text (sheet, text, width);

  cairo_move_to (sheet->cr, x, y);
  pango_cairo_show_layout (sheet->cr, layout);
}

/* In the middle of what is between @x and @x + @width; as wide as it is. */
static void
draw_text_centred (const Sheet *sheet, const char *text, double x, double y, double width)
{
  double own = get_text_width (sheet, text);

  draw_text (sheet, text, on_pixel (x + (width - own) / 2), y, 0);
}

/* Slanted lines within a frame: read as "the other" on any printer. */
static void
draw_hatched (const Sheet *sheet, double x, double y, double width, double height)
{
  if (width < 1 || height < 1)
    return;
  cairo_save (sheet->cr);
  cairo_rectangle (sheet->cr, x, y, width, height);
  cairo_clip (sheet->cr);
  cairo_set_line_width (sheet->cr, 1);
  for (double at = -height; at < width; at += HATCH) {
    cairo_move_to (sheet->cr, x + at, y + height);
    cairo_line_to (sheet->cr, x + at + height, y);
  }
  cairo_stroke (sheet->cr);
  cairo_restore (sheet->cr);
  cairo_set_line_width (sheet->cr, 1);
  cairo_rectangle (sheet->cr, x + 0.5, y + 0.5, width - 1, height - 1);
  cairo_stroke (sheet->cr);
}

static void
draw_filled (const Sheet *sheet, double x, double y, double width, double height)
{
  gdk_cairo_set_source_rgba (sheet->cr, &sheet->accent);
  cairo_rectangle (sheet->cr, x, y, width, height);
  cairo_fill (sheet->cr);
  gdk_cairo_set_source_rgba (sheet->cr, &sheet->ink);
}

/* Round the chosen one, when the keyboard is here. */
static void
draw_chosen (const Sheet *sheet, double x, double y, double width, double height)
{
  if (!gtk_widget_has_visible_focus (GTK_WIDGET (sheet->self)))
    return;
  cairo_set_line_width (sheet->cr, 2);
  cairo_rectangle (sheet->cr, x - 2, y - 2, width + 4, height + 4);
  cairo_stroke (sheet->cr);
}

/* How far from the lowest @value stands, of @room pixels. */
static double
scale (const Sheet *sheet, gint64 value, double room)
{
  double span = (double)sheet->high - (double)sheet->low;

  return span > 0 ? on_pixel (((double)value - (double)sheet->low) / span * room) : 0;
}

static double
draw_legend (const Sheet *sheet)
{
  double x = 0;

  if (sheet->self->other_name == NULL)
    return 0;
  draw_filled (sheet, x, on_pixel ((sheet->text_height - LEGEND) / 2), LEGEND, LEGEND);
  x += LEGEND + GAP;
  draw_text (sheet, sheet->self->value_name, x, 0, 0);
  x = on_pixel (x + get_text_width (sheet, sheet->self->value_name) + 4 * GAP);
  draw_hatched (sheet, x, on_pixel ((sheet->text_height - LEGEND) / 2), LEGEND, LEGEND);
  draw_text (sheet, sheet->self->other_name, x + LEGEND + GAP, 0, 0);
  return on_pixel (sheet->text_height + GAP);
}

/* Upright ------------------------------------------------------------------------------------------------------------------ */

static double
get_widest (const Sheet *sheet)
{
  double widest = 0;

  for (guint i = 0; i < sheet->self->bars->len; i++)
    widest = MAX (widest, get_text_width (sheet, get_bar (sheet->self, i)->text));
  return widest;
}

static void
draw_upright (const Sheet *sheet, double top)
{
  guint n = sheet->self->bars->len;
  double bottom = on_pixel (sheet->height - sheet->text_height - GAP),
         line = on_pixel (sheet->text_height + GAP);
  double room = bottom - top - line, slot = sheet->width / n, zero = bottom - scale (sheet, 0, room);
  double widest = get_widest (sheet);
  guint every = (guint)(widest / MAX (slot - 2, 1)) +
                1; /* figures that would lie over each other are left to the table */

  for (guint i = 0; i < n; i++) {
    const TaiChartBar *bar = get_bar (sheet->self, i);
    double width = on_pixel (MIN (MAX_BAR, slot * 0.7)), x = on_pixel (slot * i + (slot - width) / 2);
    double y = bottom - scale (sheet, bar->value, room), height = MAX (zero - y, y - zero);
    draw_filled (sheet, x, MIN (y, zero), width, MAX (height, 1));
    if (i % every == 0 || i == sheet->self->chosen)
      draw_text_centred (sheet, bar->text, slot * i, MIN (y, zero) - line + GAP / 2, slot);
    draw_text_centred (sheet, bar->label, slot * i, bottom + GAP, slot);
    if (i == sheet->self->chosen)
      draw_chosen (sheet, x, MIN (y, zero), width, MAX (height, 1));
  }
  cairo_set_line_width (sheet->cr, 1);
  cairo_move_to (sheet->cr, 0, zero + 0.5);
  cairo_line_to (sheet->cr, sheet->width, zero + 0.5);
  cairo_stroke (sheet->cr);
}

/* Lying -------------------------------------------------------------------------------------------------------------------- */

static double
get_label_width (const Sheet *sheet)
{
  double widest = 0;

  for (guint i = 0; i < sheet->self->bars->len; i++)
    widest = MAX (widest, get_text_width (sheet, get_bar (sheet->self, i)->label));
  return on_pixel (MIN (widest, sheet->width / 4) + 2 * GAP);
}

static void
draw_lying_bar (const Sheet *sheet, guint i, double y, double slot, double left, double room)
{
  const TaiChartBar *bar = get_bar (sheet->self, i);
  gboolean has_other = sheet->self->other_name != NULL;
  double height = on_pixel (MIN (MAX_BAR, slot * 0.7)), own = on_pixel (has_other ? height * 0.6 : height);
  double zero = left + scale (sheet, 0, room), end = left + scale (sheet, bar->value, room);
  double x = MIN (zero, end), width = MAX (MAX (zero, end) - x, 1);
  double text_y = on_pixel (y + (height - sheet->text_height) / 2);

  draw_text (sheet, bar->label, 0, text_y, left - GAP);
  draw_filled (sheet, x, y, width, own);
  if (has_other)
    draw_hatched (sheet, zero, y + own, scale (sheet, bar->other, room) - (zero - left), height - own);
  end = MAX (MAX (zero, end), has_other ? left + scale (sheet, bar->other, room) : 0);
  draw_text (sheet, bar->text, end + GAP, text_y, 0);
  if (i == sheet->self->chosen)
    draw_chosen (sheet, x, y, width, own);
}

static void
draw_lying (const Sheet *sheet, double top)
{
  guint n = sheet->self->bars->len;
  double slot = (sheet->height - top) / n, left = get_label_width (sheet);
  double room = sheet->width - left - get_widest (sheet) - 2 * GAP;

  for (guint i = 0; i < n; i++)
    draw_lying_bar (sheet, i, on_pixel (top + slot * i + slot * 0.15), slot, left, MAX (room, 1));
  cairo_set_line_width (sheet->cr, 1);
  cairo_move_to (sheet->cr, left + scale (sheet, 0, room) - 0.5, top);
  cairo_line_to (sheet->cr, left + scale (sheet, 0, room) - 0.5, sheet->height);
  cairo_stroke (sheet->cr);
}

static void
find_range (Sheet *sheet)
{
  for (guint i = 0; i < sheet->self->bars->len; i++) {
    const TaiChartBar *bar = get_bar (sheet->self, i);
    sheet->low = MIN (sheet->low, bar->value);
    sheet->high = MAX (sheet->high, bar->value);
    if (sheet->self->other_name != NULL) {
      sheet->low = MIN (sheet->low, bar->other);
      sheet->high = MAX (sheet->high, bar->other);
    }
  }
}

static double
get_text_height (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "¥0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TaiChart *self = TAI_CHART (widget);
  Sheet sheet = {.self = self,
                 .width = gtk_widget_get_width (widget),
                 .height = gtk_widget_get_height (widget),
                 .text_height = get_text_height (widget)};
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  double top;

  sheet.cr = gtk_snapshot_append_cairo (snapshot,
                                        &GRAPHENE_RECT_INIT (0, 0, (float)sheet.width, (float)sheet.height));
  gtk_style_context_get_color (style, &sheet.ink);
  if (!gtk_style_context_lookup_color (style, "accent_bg_color", &sheet.accent))
    sheet.accent = sheet.ink;
  gdk_cairo_set_source_rgba (sheet.cr, &sheet.ink);
  if (self->bars == NULL || self->bars->len == 0)
    draw_text (&sheet, _ ("Nothing yet."), 0, 0, 0);
  else {
    find_range (&sheet);
    top = draw_legend (&sheet);
    if (self->kind == TAI_CHART_UPRIGHT)
      draw_upright (&sheet, top);
    else
      draw_lying (&sheet, top);
  }
  cairo_destroy (sheet.cr);
}

/* The widget --------------------------------------------------------------------------------------------------------------- */

/* A lying bar needs a line of text; a chart that has no room for them is scrolled. */
static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  TaiChart *self = TAI_CHART (widget);
  double line = get_text_height (widget);
  guint n = self->bars != NULL ? self->bars->len : 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = 200;
  else if (self->kind == TAI_CHART_LYING)
    *minimum = *natural = (int)((n + (self->other_name != NULL ? 1 : 0)) * (line * 1.5) + GAP);
  else
    *minimum = *natural = (int)(line * 7);
}

static void
state_flags_changed (GtkWidget *widget, GtkStateFlags before)
{
  gtk_widget_queue_draw (widget);
  GTK_WIDGET_CLASS (tai_chart_parent_class)->state_flags_changed (widget, before);
}

static void
finalize (GObject *object)
{
  TaiChart *self = TAI_CHART (object);

  g_free (self->title);
  g_free (self->value_name);
  g_free (self->other_name);
  g_clear_pointer (&self->bars, g_ptr_array_unref);
  G_OBJECT_CLASS (tai_chart_parent_class)->finalize (object);
}

static void
tai_chart_class_init (TaiChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct {
    guint key;
    int by;
  } keys[] = {
      {GDK_KEY_Left, -1}, {GDK_KEY_Up, -1},           {GDK_KEY_Right, 1},
      {GDK_KEY_Down, 1},  {GDK_KEY_Home, G_MININT16}, {GDK_KEY_End, G_MAXINT16},
  };

  G_OBJECT_CLASS (klass)->finalize = finalize;
  widget_class->snapshot = snapshot;
  widget_class->measure = measure;
  widget_class->state_flags_changed = state_flags_changed;
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_install_action (widget_class, "chart.choose", "i", choose_cb);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, "chart.choose", "i", keys[i].by);
}

static void
tai_chart_init (TaiChart *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  say (self);
}
