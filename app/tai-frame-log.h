/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TaiFrameLog: how a window draws, for the benchmarks, as lines of JSON: when its first frame was done; frames that took longer than half
 * of what a screen gives, with their page and where their time went; how long each key in a field took until its letter was painted; and when it is
 * freed, how long frames took and how long the main loop was ever away. Costs a wake-up each 4 ms: not for selling. Main thread.
 */
typedef struct _TaiFrameLog TaiFrameLog;

/* @window: not shown yet; ref'd. NULL when @path cannot be written. */
TaiFrameLog *tai_frame_log_new (GtkWidget *window, const char *path);
void tai_frame_log_free (TaiFrameLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiFrameLog, tai_frame_log_free)

G_END_DECLS
