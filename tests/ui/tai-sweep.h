/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TAI_SWEEP_COUNTER_MIN 44
#define TAI_SWEEP_KIOSK_MIN   56

/**
 * tai_sweep:
 * @part: a window or something in it; mapped, laid out
 * @target_min: smallest width and height of what can be touched, in pixels; 0: sizes are not looked at
 *
 * Walks what is mapped and looks for what a clerk with a keyboard, a finger or a screen reader would stumble over: a focusable widget
 * without a name, a target too small, one outside the window that cannot be scrolled to, two labels with the same mnemonic. Each is a
 * g_test_message. Returns how many.
 */
guint tai_sweep (GtkWidget *part, int target_min);
/* Fails the test if there are any. */
void tai_sweep_assert (GtkWidget *part, int target_min);

G_END_DECLS
