/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-accessible.h"

void
tai_ui_name (GtkWidget *widget, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && text != NULL && text[0] != '\0');

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

void
tai_ui_describe (GtkWidget *widget, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (text != NULL && text[0] != '\0')
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

void
tai_ui_label_button (GtkButton *button, const char *label)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_BUTTON (button) && label != NULL);

  gtk_button_set_use_underline (button, TRUE);
  gtk_button_set_label (button, label);
  child = gtk_button_get_child (button);
  tai_ui_name (GTK_WIDGET (button), gtk_label_get_text (GTK_LABEL (child)));
}
