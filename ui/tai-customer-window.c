/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Filled anew with each picture; nothing is kept from one to the next. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-customer-window.h"

#include <glib/gi18n.h>

#include "tai-words.h"

/* With its border a code of four modules' white around 25 is a third larger; and it is drawn in whole pixels a module. */
#define QR_MM          90
#define QR_SIDE_MIN    280
#define QR_SIDE_MAX    900
#define USUAL_DPI      96
#define THANKS_MS      30000
#define SPACING        12
#define DEFAULT_WIDTH  1024
#define DEFAULT_HEIGHT 600

struct _TaiCustomerWindow {
  GtkWindow parent;
  TaiCounter *counter;     /* (owned) */
  TaiCustomerModel *model; /* (owned) */
  GtkStack *pages;
  GtkLabel *hall, *hall_small, *said, *left_title, *left, *paid;
  GtkGrid *lines;
  GtkLabel *figures[3];
  GtkWidget *figure_row;
  GtkImage *qr;
  TaiUuid thanked; /* the visit whose thanks are over */
  guint timer;     /* 0: none */
};

G_DEFINE_FINAL_TYPE (TaiCustomerWindow, tai_customer_window, GTK_TYPE_WINDOW)

/* Showing ------------------------------------------------------------------------------------------------------------------ */

static void
set_money (GtkLabel *label, TaiMoney money)
{
  g_autofree char *text = money.currency != 0 ? tai_words_money (money) : g_strdup ("");

  gtk_label_set_text (label, text);
}

static void
clear_lines (TaiCustomerWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_grid_remove (self->lines, child);
}

static void
show_lines (TaiCustomerWindow *self)
{
  clear_lines (self);
  for (guint i = 0; i < self->model->lines->len; i++) {
    const TaiCustomerLine *line = g_ptr_array_index (self->model->lines, i);
    GtkWidget *words = gtk_label_new (line->words), *amount = gtk_label_new (NULL);
    gtk_label_set_xalign (GTK_LABEL (words), 0);
    gtk_label_set_wrap (GTK_LABEL (words), TRUE);
    gtk_widget_set_hexpand (words, TRUE);
    gtk_widget_add_css_class (words, line->is_business ? "row-title" : "part");
    gtk_widget_add_css_class (amount, "numeric");
    gtk_label_set_xalign (GTK_LABEL (amount), 1);
    if (line->amount.minor != 0)
      set_money (GTK_LABEL (amount), line->amount);
    gtk_grid_attach (self->lines, words, 0, (int)i, 1, 1);
    gtk_grid_attach (self->lines, amount, 1, (int)i, 1, 1);
  }
}

static void
painted_cb (gpointer owner, TaiImage *image, guint n_pages, const GError *error)
{
  TaiCustomerWindow *self = owner;
  g_autoptr (GdkTexture) texture = NULL;

  if (image == NULL) {
    g_message ("code: %s", error->message);
    return;
  }
  texture = gdk_memory_texture_new ((int)image->width, (int)image->height, GDK_MEMORY_R8G8B8A8, image->pixels,
                                    image->stride);
  if (self->model->qr_text != NULL) {
    gtk_image_set_from_paintable (self->qr, GDK_PAINTABLE (texture));
    gtk_image_set_pixel_size (self->qr, (int)image->width);
  }
  tai_image_free (image);
}

guint
tai_customer_window_get_qr_side (int width_px, int width_mm)
{
  int side = width_mm > 0 ? QR_MM * width_px / width_mm : QR_MM * USUAL_DPI * 10 / 254;

  return (guint)CLAMP (side, QR_SIDE_MIN, QR_SIDE_MAX);
}

static guint
side_of (TaiCustomerWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  GdkMonitor *monitor =
      surface != NULL
          ? gdk_display_get_monitor_at_surface (gtk_widget_get_display (GTK_WIDGET (self)), surface)
          : NULL;
  GdkRectangle place = {0};

  if (monitor == NULL)
    return tai_customer_window_get_qr_side (0, 0);
  gdk_monitor_get_geometry (monitor, &place);
  return tai_customer_window_get_qr_side (place.width, gdk_monitor_get_width_mm (monitor));
}

static void
show_qr (TaiCustomerWindow *self, const char *before)
{
  gtk_widget_set_visible (GTK_WIDGET (self->qr), self->model->qr_text != NULL);
  if (g_strcmp0 (before, self->model->qr_text) == 0)
    return;
  gtk_image_clear (self->qr);
  if (self->model->qr_text != NULL)
    tai_counter_paint_qr (self->counter, self->model->qr_text, side_of (self), painted_cb, self);
}

static void
show_figures (TaiCustomerWindow *self)
{
  const TaiCustomerModel *model = self->model;

  set_money (self->figures[0], model->total);
  set_money (self->figures[1], model->first);
  set_money (self->figures[2], model->normal);
  gtk_widget_set_visible (self->figure_row, model->normal.currency != 0);
  gtk_label_set_text (self->left_title,
                      model->left.minor != model->total.minor ? _ ("Left to pay") : _ ("To pay today"));
  set_money (self->left, model->left);
  gtk_label_set_text (self->said, model->said != NULL ? model->said : "");
}

static void
show_thanks (TaiCustomerWindow *self)
{
  g_autofree char *total = tai_words_money (self->model->total);
  g_autofree char *received = tai_words_money (self->model->received);
  g_autofree char *change = tai_words_money (self->model->change);
  g_autofree char *words =
      self->model->received.currency != 0
          ? g_strdup_printf (_ ("Paid %s\nReceived in cash %s\nChange %s"), total, received, change)
          : g_strdup_printf (_ ("Paid %s"), total);

  gtk_label_set_text (self->paid, self->model->state == TAI_CUSTOMER_THANKS ? words : "");
}

static void
show (TaiCustomerWindow *self)
{
  static const char *const pages[] = {"idle", "visit", "visit", "thanks"};
  g_autoptr (TaiCustomerModel) before = self->model;
  const TaiVisitView *visit = tai_counter_get_visit (self->counter);
  gboolean is_over =
      visit != NULL && visit->state == TAI_VISIT_CLOSED && g_str_equal (visit->id.text, self->thanked.text);

  self->model = tai_customer_model_new (
      is_over ? NULL : visit, tai_counter_get_terminal (self->counter)->hall_name,
      tai_counter_is_locked (self->counter) || tai_counter_get_staff (self->counter) == NULL);
  gtk_label_set_text (self->hall, self->model->hall_name);
  gtk_label_set_text (self->hall_small, self->model->hall_name);
  show_lines (self);
  show_figures (self);
  show_qr (self, before != NULL ? before->qr_text : NULL);
  show_thanks (self);
  gtk_stack_set_visible_child_name (self->pages, pages[self->model->state]);
}

/* Thanks are read in a moment; what was paid is nobody else's business. */
static void
thanks_over_cb (gpointer data)
{
  TaiCustomerWindow *self = data;
  const TaiVisitView *visit = tai_counter_get_visit (self->counter);

  self->timer = 0;
  if (visit != NULL && visit->state == TAI_VISIT_CLOSED)
    self->thanked = visit->id;
  show (self);
}

static void
stop_timer (TaiCustomerWindow *self)
{
  if (self->timer != 0)
    tai_clock_cancel (tai_counter_get_clock (self->counter), self->timer);
  self->timer = 0;
}

static void
changed_cb (TaiCustomerWindow *self)
{
  gboolean was_thanks = self->model != NULL && self->model->state == TAI_CUSTOMER_THANKS;

  show (self);
  if (self->model->state != TAI_CUSTOMER_THANKS)
    stop_timer (self);
  else if (!was_thanks && self->timer == 0)
    self->timer = tai_clock_after (tai_counter_get_clock (self->counter), THANKS_MS, thanks_over_cb, self);
}

/* The window --------------------------------------------------------------------------------------------------------------- */

static GtkLabel *
add_label (GtkWidget *box, const char *text, const char *style, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
new_idle (TaiCustomerWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  self->hall = add_label (box, NULL, "hall", 0.5F);
  add_label (box, _ ("Welcome"), "said", 0.5F);
  gtk_label_set_justify (self->hall, GTK_JUSTIFY_CENTER);
  return box;
}

static GtkWidget *
new_figures (TaiCustomerWindow *self)
{
  const char *const titles[] = {_ ("Today"), _ ("First bill"), _ ("Each month after")};

  self->figure_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2 * SPACING);
  gtk_box_set_homogeneous (GTK_BOX (self->figure_row), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    add_label (box, titles[i], "dim-label", 0);
    self->figures[i] = add_label (box, NULL, "figure", 0);
    gtk_box_append (GTK_BOX (self->figure_row), box);
  }
  return self->figure_row;
}

static GtkWidget *
new_visit (TaiCustomerWindow *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2 * SPACING);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *lines = gtk_grid_new (), *qr = gtk_image_new ();

  self->hall_small = add_label (words, NULL, "dim-label", 0);
  self->lines = GTK_GRID (lines);
  gtk_grid_set_column_spacing (self->lines, 2 * SPACING);
  gtk_grid_set_row_spacing (self->lines, SPACING / 2);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), lines);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (words), scroller);
  gtk_box_append (GTK_BOX (words), new_figures (self));
  self->left_title = add_label (words, NULL, "said", 0);
  self->left = add_label (words, NULL, "total", 0);
  self->said = add_label (words, NULL, "said", 0);
  gtk_widget_set_hexpand (words, TRUE);
  self->qr = GTK_IMAGE (qr);
  gtk_widget_set_valign (qr, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (qr, "qr");
  gtk_accessible_update_property (GTK_ACCESSIBLE (qr), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Code that the customer scans"), -1);
  gtk_box_append (GTK_BOX (page), words);
  gtk_box_append (GTK_BOX (page), qr);
  return page;
}

static GtkWidget *
new_thanks (TaiCustomerWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  add_label (box, _ ("Thank you"), "hall", 0.5F);
  self->paid = add_label (box, NULL, "total", 0.5F);
  gtk_label_set_justify (self->paid, GTK_JUSTIFY_CENTER);
  return box;
}

static void
tai_customer_window_dispose (GObject *object)
{
  TaiCustomerWindow *self = TAI_CUSTOMER_WINDOW (object);

  if (self->counter != NULL) {
    stop_timer (self);
    g_signal_handlers_disconnect_by_data (self->counter, self);
  }
  g_clear_object (&self->counter);
  g_clear_pointer (&self->model, tai_customer_model_free);
  G_OBJECT_CLASS (tai_customer_window_parent_class)->dispose (object);
}

static void
tai_customer_window_class_init (TaiCustomerWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_customer_window_dispose;
}

static void
tai_customer_window_init (TaiCustomerWindow *self)
{
  self->pages = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->pages, GTK_STACK_TRANSITION_TYPE_NONE);
  gtk_stack_add_named (self->pages, new_idle (self), "idle");
  gtk_stack_add_named (self->pages, new_visit (self), "visit");
  gtk_stack_add_named (self->pages, new_thanks (self), "thanks");
  gtk_window_set_child (GTK_WINDOW (self), GTK_WIDGET (self->pages));
  gtk_widget_add_css_class (GTK_WIDGET (self), "customer");
}

/* The keys are the clerk's. */
static void
active_cb (TaiCustomerWindow *self, GParamSpec *spec, GtkWindow *main)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    gtk_window_present (main);
}

static void
choose_monitor (TaiCustomerWindow *self, guint number)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, number > 0 ? number - 1 : 1);

  /* alone, the only monitor is the clerk's */
  if (monitor != NULL && g_list_model_get_n_items (monitors) > 1)
    gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), monitor);
}

TaiCustomerWindow *
tai_customer_window_new (GtkApplication *application, TaiCounter *counter, GtkWindow *main, guint monitor)
{
  TaiCustomerWindow *self =
      g_object_new (TAI_TYPE_CUSTOMER_WINDOW, "application", application, "title", _ ("Customer display"),
                    "default-width", DEFAULT_WIDTH, "default-height", DEFAULT_HEIGHT, NULL);

  self->counter = g_object_ref (counter);
  g_signal_connect_swapped (counter, "notify::visit", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (counter, "notify::locked", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (counter, "notify::staff-number", G_CALLBACK (changed_cb), self);
  g_signal_connect_object (self, "notify::is-active", G_CALLBACK (active_cb), main, 0);
  g_signal_connect_object (main, "destroy", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  choose_monitor (self, monitor);
  show (self);
  return self;
}

const TaiCustomerModel *
tai_customer_window_get_model (TaiCustomerWindow *self)
{
  g_return_val_if_fail (TAI_IS_CUSTOMER_WINDOW (self), NULL);
  return self->model;
}
