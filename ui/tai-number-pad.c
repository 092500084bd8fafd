/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-number-pad.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-pad-target.h"

#define SPACING 8

/* What a key does: its text, or one of these. */
#define BACKSPACE "b"
#define CLEAR     "c"
#define CONFIRM   "e"

typedef struct {
  const char *does;
  int column, row, height;
} Key;

static const Key pin_keys[] = {
    {"1", 0, 0, 1}, {"2", 1, 0, 1}, {"3", 2, 0, 1}, {"4", 0, 1, 1},       {"5", 1, 1, 1}, {"6", 2, 1, 1},
    {"7", 0, 2, 1}, {"8", 1, 2, 1}, {"9", 2, 2, 1}, {BACKSPACE, 0, 3, 1}, {"0", 1, 3, 1}, {CONFIRM, 2, 3, 1},
};
static const Key amount_keys[] = {
    {"7", 0, 0, 1}, {"8", 1, 0, 1},     {"9", 2, 0, 1},   {BACKSPACE, 3, 0, 1}, {"4", 0, 1, 1},
    {"5", 1, 1, 1}, {"6", 2, 1, 1},     {CLEAR, 3, 1, 1}, {"1", 0, 2, 1},       {"2", 1, 2, 1},
    {"3", 2, 2, 1}, {CONFIRM, 3, 2, 2}, {"0", 0, 3, 1},   {"00", 1, 3, 1},      {".", 2, 3, 1},
};

struct _TaiNumberPad {
  GtkWidget parent;

  GtkWidget *grid;
  GtkWidget *target; /* (nullable) weak */
};

G_DEFINE_FINAL_TYPE (TaiNumberPad, tai_number_pad, GTK_TYPE_WIDGET)

static void
clicked_cb (TaiNumberPad *self, GtkButton *button)
{
  const char *does = gtk_widget_get_name (GTK_WIDGET (button));

  if (self->target == NULL)
    return;
  if (g_str_equal (does, BACKSPACE))
    tai_pad_target_backspace (self->target);
  else if (g_str_equal (does, CLEAR))
    tai_pad_target_clear (self->target);
  else if (g_str_equal (does, CONFIRM))
    tai_pad_target_confirm (self->target);
  else
    tai_pad_target_append (self->target, does);
}

static void
label_key (GtkWidget *button, const char *does)
{
  const char *label = does, *name = does;

  if (g_str_equal (does, BACKSPACE)) {
    label = C_ ("key of a number pad", "Delete");
    name = _ ("Delete the last digit");
  } else if (g_str_equal (does, CLEAR)) {
    name = label = C_ ("key of a number pad", "Clear");
  } else if (g_str_equal (does, CONFIRM)) {
    name = label = C_ ("key of a number pad", "OK");
    gtk_widget_add_css_class (button, "suggested-action");
  } else if (g_str_equal (does, ".")) {
    name = _ ("Decimal point");
  }
  gtk_widget_add_css_class (button, label == does ? "title-2" : "title-4");
  gtk_button_set_label (GTK_BUTTON (button), label);
  tai_ui_name (button, name);
}

static void
add_key (TaiNumberPad *self, const Key *key)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_name (button, key->does);
  label_key (button, key->does);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_size_request (button, TAI_NUMBER_PAD_KEY_MIN, TAI_NUMBER_PAD_KEY_MIN);
  gtk_widget_add_css_class (button, "numeric");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_grid_attach (GTK_GRID (self->grid), button, key->column, key->row, 1, key->height);
}

GtkWidget *
tai_number_pad_new (TaiNumberPadLayout layout)
{
  TaiNumberPad *self = g_object_new (TAI_TYPE_NUMBER_PAD, NULL);

  if (layout == TAI_NUMBER_PAD_PIN)
    for (gsize i = 0; i < G_N_ELEMENTS (pin_keys); i++)
      add_key (self, &pin_keys[i]);
  else
    for (gsize i = 0; i < G_N_ELEMENTS (amount_keys); i++)
      add_key (self, &amount_keys[i]);
  return GTK_WIDGET (self);
}

static void
target_gone_cb (gpointer user_data, GObject *gone)
{
  TaiNumberPad *self = user_data;

  self->target = NULL;
  if (self->grid != NULL)
    gtk_widget_set_sensitive (self->grid, FALSE);
}

void
tai_number_pad_set_target (TaiNumberPad *self, GtkWidget *target)
{
  g_return_if_fail (TAI_IS_NUMBER_PAD (self));
  g_return_if_fail (target == NULL || TAI_IS_PAD_TARGET (target) || GTK_IS_EDITABLE (target));

  if (self->target != NULL)
    g_object_weak_unref (G_OBJECT (self->target), target_gone_cb, self);
  self->target = target;
  if (target != NULL)
    g_object_weak_ref (G_OBJECT (target), target_gone_cb, self);
  gtk_widget_set_sensitive (self->grid, target != NULL);
}

/* One stop for Tab: who has a keyboard has digits on it. */
static gboolean
tai_number_pad_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if ((direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD) &&
      gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return gtk_widget_child_focus (TAI_NUMBER_PAD (widget)->grid, direction);
}

static void
tai_number_pad_dispose (GObject *object)
{
  TaiNumberPad *self = TAI_NUMBER_PAD (object);

  if (self->target != NULL)
    g_object_weak_unref (G_OBJECT (self->target), target_gone_cb, self);
  self->target = NULL;
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (tai_number_pad_parent_class)->dispose (object);
}

static void
tai_number_pad_class_init (TaiNumberPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_number_pad_dispose;
  widget_class->focus = tai_number_pad_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "numberpad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tai_number_pad_init (TaiNumberPad *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), SPACING);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), SPACING);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  gtk_widget_set_sensitive (self->grid, FALSE);
  tai_ui_name (GTK_WIDGET (self), _ ("Number pad"));
}
