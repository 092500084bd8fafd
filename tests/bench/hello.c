/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The smallest libadwaita program: what any window costs on this machine. Argument: file for the frame log. */
#include <adwaita.h>
#include <glib-unix.h>

#include "tai-frame-log.h"

static TaiFrameLog *frames;
static const char *path;

static gboolean
quit_cb (gpointer data)
{
  g_clear_pointer (&frames, tai_frame_log_free);
  g_application_quit (data);
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GtkApplication *application, gpointer data)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), gtk_label_new ("Hello 你好"));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 720);
  frames = path != NULL ? tai_frame_log_new (window, path) : NULL;
  g_unix_signal_add (SIGTERM, quit_cb, application);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new ("org.guitai.Hello", G_APPLICATION_NON_UNIQUE);

  path = argc > 1 ? argv[1] : NULL;
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
