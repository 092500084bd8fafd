/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GtkPasswordEntry gives its text to anybody on the accessibility bus, so this is a widget without an editable inside: keys come from a
 * plain key controller, which no input method sees, and the dots are drawn. The CSS node is an entry's, so that frame, focus ring,
 * dark and high contrast are the theme's. Main thread.
 */
#include "tai-pin-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-pad-target.h"

#define HEIGHT_MIN 44

struct _TaiPinEntry {
  GtkWidget parent;

  char digits[TAI_PIN_ENTRY_DIGITS_MAX]; /* without a terminator */
  guint n_digits;
  guint digits_max;
  char *label; /* (owned) */
};

static void pad_target_init (TaiPadTargetInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiPinEntry, tai_pin_entry, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PAD_TARGET, pad_target_init))

enum { SIGNAL_CHANGED, SIGNAL_ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
update_name (TaiPinEntry *self)
{
  /* TRANSLATORS: what a screen reader says of a PIN field: its name, how many digits stand in it */
  g_autofree char *name =
      g_strdup_printf (ngettext ("%s, %u digit entered", "%s, %u digits entered", self->n_digits),
                       self->label, self->n_digits);

  tai_ui_name (GTK_WIDGET (self), name);
}

static void
changed (TaiPinEntry *self)
{
  update_name (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
tai_pin_entry_append_digit (TaiPinEntry *self, char digit)
{
  g_return_if_fail (TAI_IS_PIN_ENTRY (self));
  g_return_if_fail (g_ascii_isdigit (digit));

  if (self->n_digits >= self->digits_max) {
    gtk_widget_error_bell (GTK_WIDGET (self));
    return;
  }
  self->digits[self->n_digits++] = digit;
  changed (self);
}

void
tai_pin_entry_backspace (TaiPinEntry *self)
{
  g_return_if_fail (TAI_IS_PIN_ENTRY (self));

  if (self->n_digits == 0)
    return;
  explicit_bzero (self->digits + --self->n_digits, 1);
  changed (self);
}

void
tai_pin_entry_clear (TaiPinEntry *self)
{
  g_return_if_fail (TAI_IS_PIN_ENTRY (self));

  explicit_bzero (self->digits, sizeof self->digits);
  if (self->n_digits == 0)
    return;
  self->n_digits = 0;
  changed (self);
}

guint
tai_pin_entry_get_n_digits (TaiPinEntry *self)
{
  g_return_val_if_fail (TAI_IS_PIN_ENTRY (self), 0);

  return self->n_digits;
}

char *
tai_pin_entry_steal_pin (TaiPinEntry *self)
{
  char *pin;

  g_return_val_if_fail (TAI_IS_PIN_ENTRY (self), NULL);

  pin = g_strndup (self->digits, self->n_digits);
  tai_pin_entry_clear (self);
  return pin;
}

void
tai_pin_free (char *pin)
{
  if (pin != NULL)
    explicit_bzero (pin, strlen (pin));
  g_free (pin);
}

void
tai_pin_entry_set_label (TaiPinEntry *self, const char *label)
{
  g_return_if_fail (TAI_IS_PIN_ENTRY (self) && label != NULL);

  g_free (self->label);
  self->label = g_strdup (label);
  update_name (self);
}

GtkWidget *
tai_pin_entry_new (const char *label, guint digits_max)
{
  TaiPinEntry *self;

  g_return_val_if_fail (label != NULL && digits_max > 0 && digits_max <= TAI_PIN_ENTRY_DIGITS_MAX, NULL);

  self = g_object_new (TAI_TYPE_PIN_ENTRY, NULL);
  self->digits_max = digits_max;
  tai_pin_entry_set_label (self, label);
  return GTK_WIDGET (self);
}

static void
confirm (TaiPinEntry *self)
{
  if (self->n_digits > 0)
    g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
                TaiPinEntry *self)
{
  gunichar character = gdk_keyval_to_unicode (keyval);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval) {
  case GDK_KEY_BackSpace:
  case GDK_KEY_Delete:
  case GDK_KEY_KP_Delete:
    tai_pin_entry_backspace (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    if (self->n_digits == 0)
      return GDK_EVENT_PROPAGATE;
    tai_pin_entry_clear (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_ISO_Enter:
    confirm (self);
    return GDK_EVENT_STOP;
  default:
    break;
  }
  if (character >= '0' && character <= '9') {
    tai_pin_entry_append_digit (self, (char)character);
    return GDK_EVENT_STOP;
  }
  if (character < ' ')
    return GDK_EVENT_PROPAGATE;
  gtk_widget_error_bell (GTK_WIDGET (self)); /* a letter in a PIN is a mistake, not a shortcut of the page */
  return GDK_EVENT_STOP;
}

static void
clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, TaiPinEntry *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Dots are as large as the text of the widget, so that large text makes large dots. */
static int
get_em (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int em = PANGO_PIXELS (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);
  return MAX (em, 8);
}

static void
tai_pin_entry_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  TaiPinEntry *self = TAI_PIN_ENTRY (widget);
  int em = get_em (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL) {
    *minimum = *natural = MAX (HEIGHT_MIN, em * 3 / 2);
    return;
  }
  *minimum = em * (int)MIN (self->digits_max, 8);
  *natural = em * (int)(self->digits_max + 1);
}

static void
tai_pin_entry_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TaiPinEntry *self = TAI_PIN_ENTRY (widget);
  float step = (float)get_em (widget), radius = step * 0.28f,
        middle = (float)gtk_widget_get_height (widget) / 2;
  float room = (float)gtk_widget_get_width (widget) - 2 * radius;
  GdkRGBA color;

  /* more dots than room: closer, so that none is hidden */
  if (self->n_digits > 1)
    step = MIN (step, room / (float)self->n_digits);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (guint i = 0; i < self->n_digits; i++) {
    graphene_rect_t box =
        GRAPHENE_RECT_INIT (radius + step * (float)i, middle - radius, 2 * radius, 2 * radius);
    GskRoundedRect dot;

    gsk_rounded_rect_init_from_rect (&dot, &box, radius);
    gtk_snapshot_push_rounded_clip (snapshot, &dot);
    gtk_snapshot_append_color (snapshot, &color, &box);
    gtk_snapshot_pop (snapshot);
  }
}

static void
append (TaiPadTarget *target, const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      tai_pin_entry_append_digit (TAI_PIN_ENTRY (target), *text);
}

static void
pad_target_init (TaiPadTargetInterface *iface)
{
  iface->append = append;
  iface->backspace = (void (*) (TaiPadTarget *))tai_pin_entry_backspace;
  iface->clear = (void (*) (TaiPadTarget *))tai_pin_entry_clear;
  iface->confirm = (void (*) (TaiPadTarget *))confirm;
}

static void
tai_pin_entry_dispose (GObject *object)
{
  TaiPinEntry *self = TAI_PIN_ENTRY (object);

  explicit_bzero (self->digits, sizeof self->digits);
  self->n_digits = 0;
  g_clear_pointer (&self->label, g_free);
  G_OBJECT_CLASS (tai_pin_entry_parent_class)->dispose (object);
}

static void
tai_pin_entry_class_init (TaiPinEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_pin_entry_dispose;
  widget_class->measure = tai_pin_entry_measure;
  widget_class->snapshot = tai_pin_entry_snapshot;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", TAI_TYPE_PIN_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] =
      g_signal_new ("activate", TAI_TYPE_PIN_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "entry");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
}

static void
tai_pin_entry_init (TaiPinEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->digits_max = TAI_PIN_ENTRY_DIGITS_MAX;
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (click, "pressed", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "pin");
}
