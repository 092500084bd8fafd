/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TaiPadTarget: what keys on the screen can be typed into, whatever it keeps its text in. Main thread.
 * @append: a digit, "00" or the decimal point
 */
#define TAI_TYPE_PAD_TARGET (tai_pad_target_get_type ())
G_DECLARE_INTERFACE (TaiPadTarget, tai_pad_target, TAI, PAD_TARGET, GtkWidget)
struct _TaiPadTargetInterface {
  GTypeInterface parent;
  void (*append) (TaiPadTarget *self, const char *text);
  void (*backspace) (TaiPadTarget *self);
  void (*clear) (TaiPadTarget *self);
  void (*confirm) (TaiPadTarget *self);
};

/* The same for any @widget: a TaiPadTarget, else an editable (at its cursor). Of another one: nothing, with a warning. */
void tai_pad_target_append (GtkWidget *widget, const char *text);
void tai_pad_target_backspace (GtkWidget *widget);
void tai_pad_target_clear (GtkWidget *widget);
void tai_pad_target_confirm (GtkWidget *widget);

G_END_DECLS
