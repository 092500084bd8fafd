/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits in a buffer of the widget's own, a label to show them. The CSS node is an entry's: frame and focus are the theme's. */
#include "tai-digit-field.h"

#include <string.h>

#include "tai-accessible.h"
#include "tai-amount-text.h"
#include "tai-pad-target.h"
#include "tai-words.h"

#define SIZE       16
#define PLAIN_MAX  8
#define NUMBER_MAX 11
/* 99,999.99 at a kiosk is a typing error. */
#define AMOUNT_LIMIT_MINOR 9999999

struct _TaiDigitField {
  GtkWidget parent;
  GtkWidget *shown; /* (owned) */
  char text[SIZE];
  TaiDigitKind kind;
  char *label; /* (owned) */
};

static void pad_target_init (TaiPadTargetInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiDigitField, tai_digit_field, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PAD_TARGET, pad_target_init))

enum { SIGNAL_CHANGED, SIGNAL_ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];

/* 138 0013 8000, and its beginnings grouped the same, so that nothing jumps while it is typed. */
static char *
format (TaiDigitField *self)
{
  const char *text = self->text;

  if (self->kind == TAI_DIGIT_AMOUNT)
    return tai_amount_text_group (text);
  if (self->kind == TAI_DIGIT_PLAIN || strlen (text) <= 3)
    return g_strdup (text);
  return g_strdup_printf ("%.3s %.4s%s%s", text, text + 3, strlen (text) > 7 ? " " : "",
                          strlen (text) > 7 ? text + 7 : "");
}

static void
show (TaiDigitField *self)
{
  g_autofree char *shown = format (self);
  g_autofree char *name = g_strdup_printf ("%s: %s", self->label, shown);

  gtk_label_set_text (GTK_LABEL (self->shown), shown);
  tai_ui_name (GTK_WIDGET (self), *shown != '\0' ? name : self->label);
}

static gboolean
fits (TaiDigitField *self, const char *text)
{
  switch (self->kind) {
  case TAI_DIGIT_NUMBER:
    return strlen (text) <= NUMBER_MAX && strspn (text, "0123456789") == strlen (text);
  case TAI_DIGIT_PLAIN:
    return strlen (text) <= PLAIN_MAX && strspn (text, "0123456789") == strlen (text);
  case TAI_DIGIT_AMOUNT:
  default:
    return strlen (text) < SIZE &&
           tai_amount_text_check (text, tai_money (AMOUNT_LIMIT_MINOR, TAI_CNY)) == TAI_AMOUNT_PROBLEM_NONE;
  }
}

static void
append (TaiPadTarget *target, const char *text)
{
  TaiDigitField *self = TAI_DIGIT_FIELD (target);
  char longer[2 * SIZE];

  g_snprintf (longer, sizeof longer, "%s%s", self->text, text);
  if (!fits (self, longer)) {
    gtk_widget_error_bell (GTK_WIDGET (self));
    return;
  }
  g_strlcpy (self->text, longer, SIZE);
  explicit_bzero (longer, sizeof longer);
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
backspace (TaiPadTarget *target)
{
  TaiDigitField *self = TAI_DIGIT_FIELD (target);

  if (self->text[0] == '\0')
    return;
  self->text[strlen (self->text) - 1] = '\0';
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
clear (TaiPadTarget *target)
{
  tai_digit_field_clear (TAI_DIGIT_FIELD (target));
  g_signal_emit (target, signals[SIGNAL_CHANGED], 0);
}

static void
confirm (TaiPadTarget *target)
{
  g_signal_emit (target, signals[SIGNAL_ACTIVATE], 0);
}

static void
pad_target_init (TaiPadTargetInterface *iface)
{
  iface->append = append;
  iface->backspace = backspace;
  iface->clear = clear;
  iface->confirm = confirm;
}

void
tai_digit_field_clear (TaiDigitField *self)
{
  explicit_bzero (self->text, SIZE);
  show (self);
}

const char *
tai_digit_field_get_text (TaiDigitField *self)
{
  return self->text;
}

void
tai_digit_field_set_text (TaiDigitField *self, const char *text)
{
  explicit_bzero (self->text, SIZE);
  if (fits (self, text))
    g_strlcpy (self->text, text, SIZE);
  show (self);
}

gboolean
tai_digit_field_get_amount (TaiDigitField *self, guint16 currency, TaiMoney *amount)
{
  return tai_amount_text_to_money (self->text, currency, amount);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
                TaiDigitField *self)
{
  gunichar character = gdk_keyval_to_unicode (keyval);
  TaiPadTarget *target = TAI_PAD_TARGET (self);
  char text[2] = "";

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_BackSpace || keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete)
    backspace (target);
  else if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter)
    confirm (target);
  else if ((character >= '0' && character <= '9') || character == '.') {
    text[0] = (char)character;
    append (target, text);
  } else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, TaiDigitField *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
tai_digit_field_dispose (GObject *object)
{
  TaiDigitField *self = TAI_DIGIT_FIELD (object);

  explicit_bzero (self->text, SIZE);
  g_clear_pointer (&self->shown, gtk_widget_unparent);
  g_clear_pointer (&self->label, g_free);
  G_OBJECT_CLASS (tai_digit_field_parent_class)->dispose (object);
}

static void
tai_digit_field_class_init (TaiDigitFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_digit_field_dispose;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", TAI_TYPE_DIGIT_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] =
      g_signal_new ("activate", TAI_TYPE_DIGIT_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "entry");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
}

static void
tai_digit_field_init (TaiDigitField *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->shown = gtk_label_new (NULL);
  gtk_widget_set_hexpand (self->shown, TRUE);
  gtk_widget_set_parent (self->shown, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "digits");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (click, "pressed", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
tai_digit_field_new (const char *label, TaiDigitKind kind)
{
  TaiDigitField *self = g_object_new (TAI_TYPE_DIGIT_FIELD, NULL);

  self->kind = kind;
  self->label = g_strdup (label);
  show (self);
  return GTK_WIDGET (self);
}
