/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What tests in an X session of their own share. Main thread. */

/* Until @condition, ten seconds at most. */
#define TAI_UI_WAIT(condition)                                                                               \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    gint64 deadline_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;                                      \
    while (!(condition)) {                                                                                   \
      if (g_get_monotonic_time () > deadline_us)                                                             \
        g_error ("%s:%d: not within 10 s: %s", __FILE__, __LINE__, #condition);                              \
      if (!g_main_context_iteration (NULL, FALSE))                                                           \
        g_usleep (1000);                                                                                     \
    }                                                                                                        \
  }                                                                                                          \
  G_STMT_END

/* gtk_test_init, libadwaita, the messages of the desk's language from the build. */
void tai_ui_rig_init (int *argc, char ***argv);
/* A window with @child alone, on the screen, active and laid out. gtk_window_destroy. */
GtkWidget *tai_ui_rig_show (GtkWidget *child);
/* Frames pass: what must not happen would happen now. */
void tai_ui_rig_pass_ms (guint ms);
/* xdotool with @words ("key --delay 70 1 2 BackSpace"), while the window lives on; all its keys have arrived. */
void tai_ui_rig_xdotool (const char *words);
/* The first descendant of @type. */
GtkWidget *tai_ui_rig_find (GtkWidget *widget, GType type);
/* @widget as it looks, into the file @name.png of the folder TAI_SHOTS, if that is set. */
void tai_ui_rig_shoot (GtkWidget *widget, const char *name);

G_END_DECLS
