/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all faces need before they can be shown. Main thread. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-ui.h"

#include <gtk/gtk.h>

#include "tai-scroller.h"
#include "tai-steady.h"
#include "tai-ui-resources.h"

void
tai_ui_init (void)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  /* templates name them */
  g_type_ensure (TAI_TYPE_SCROLLER);
  g_type_ensure (TAI_TYPE_STEADY);
  tai_ui_register_resource (); /* a static library's own registration would not be linked in */
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/org/guitai/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  /* GtkApplication looked for them before they were registered */
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/org/guitai/Guitai/icons");
  /* nothing moves at a counter, and a blinking cursor draws all day */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
}
