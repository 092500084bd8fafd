/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-directory.h"
#include "tai-ports.h"

G_BEGIN_DECLS

/**
 * TaiWindowDirectory: the port TaiDirectory for another thread than the line's own: each look is asked on the terminal's worker,
 * its answer comes back where it was asked for. Main thread.
 */
#define TAI_TYPE_WINDOW_DIRECTORY (tai_window_directory_get_type ())
G_DECLARE_FINAL_TYPE (TaiWindowDirectory, tai_window_directory, TAI, WINDOW_DIRECTORY, GObject)

/* @directory: the worker's; touched there only. Both ref'd. */
TaiDirectory *tai_window_directory_new (TaiExecutor *worker, TaiDirectory *directory);

G_END_DECLS
