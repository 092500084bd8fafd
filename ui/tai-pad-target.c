/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-pad-target.h"

G_DEFINE_INTERFACE (TaiPadTarget, tai_pad_target, GTK_TYPE_WIDGET)

static void
tai_pad_target_default_init (TaiPadTargetInterface *iface)
{
}

void
tai_pad_target_append (GtkWidget *widget, const char *text)
{
  int position;

  g_return_if_fail (TAI_IS_PAD_TARGET (widget) || GTK_IS_EDITABLE (widget));

  if (TAI_IS_PAD_TARGET (widget)) {
    TAI_PAD_TARGET_GET_IFACE (widget)->append (TAI_PAD_TARGET (widget), text);
    return;
  }
  gtk_editable_delete_selection (GTK_EDITABLE (widget));
  position = gtk_editable_get_position (GTK_EDITABLE (widget));
  gtk_editable_insert_text (GTK_EDITABLE (widget), text, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (widget), position);
}

void
tai_pad_target_backspace (GtkWidget *widget)
{
  int position;

  g_return_if_fail (TAI_IS_PAD_TARGET (widget) || GTK_IS_EDITABLE (widget));

  if (TAI_IS_PAD_TARGET (widget)) {
    TAI_PAD_TARGET_GET_IFACE (widget)->backspace (TAI_PAD_TARGET (widget));
    return;
  }
  if (gtk_editable_get_selection_bounds (GTK_EDITABLE (widget), NULL, NULL)) {
    gtk_editable_delete_selection (GTK_EDITABLE (widget));
    return;
  }
  position = gtk_editable_get_position (GTK_EDITABLE (widget));
  if (position > 0)
    gtk_editable_delete_text (GTK_EDITABLE (widget), position - 1, position);
}

void
tai_pad_target_clear (GtkWidget *widget)
{
  g_return_if_fail (TAI_IS_PAD_TARGET (widget) || GTK_IS_EDITABLE (widget));

  if (TAI_IS_PAD_TARGET (widget))
    TAI_PAD_TARGET_GET_IFACE (widget)->clear (TAI_PAD_TARGET (widget));
  else
    gtk_editable_delete_text (GTK_EDITABLE (widget), 0, -1);
}

void
tai_pad_target_confirm (GtkWidget *widget)
{
  g_return_if_fail (TAI_IS_PAD_TARGET (widget) || GTK_IS_EDITABLE (widget));

  if (TAI_IS_PAD_TARGET (widget))
    TAI_PAD_TARGET_GET_IFACE (widget)->confirm (TAI_PAD_TARGET (widget));
  else
    gtk_widget_activate (widget);
}
