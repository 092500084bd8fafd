/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-wedge.h"

G_BEGIN_DECLS

/**
 * TaiScanCatcher: hears a scanner that plays keyboard wherever the focus is, in every window of the program.
 *
 * It stands before focus, shortcuts and input method. Keys that may be a scan are held back until TaiWedge has decided: at
 * most the gap limit and a frame after the last key for what a person types. A scan reaches no widget and no input method;
 * what was typed after all is put back into the display's queue in its order and goes its ordinary way. Main thread.
 *
 * A field that is a TaiProvisional is told the first of them at once, and does not keep its reader waiting.
 *
 * Signal "scanned" (const char *text): one frame after the scan's last key, so that what the listener opens does not get the
 * rest of it. tai_scan_classify (core) says what the text is.
 */
#define TAI_TYPE_SCAN_CATCHER (tai_scan_catcher_get_type ())
G_DECLARE_FINAL_TYPE (TaiScanCatcher, tai_scan_catcher, TAI, SCAN_CATCHER, GObject)

/* Watches all toplevels there are and will be. @profile (nullable): how the scanner is set. (transfer full) */
TaiScanCatcher *tai_scan_catcher_new (const TaiWedgeProfile *profile);
/* From now on. What is held is let go as typed. */
void tai_scan_catcher_set_profile (TaiScanCatcher *self, const TaiWedgeProfile *profile);

G_END_DECLS
