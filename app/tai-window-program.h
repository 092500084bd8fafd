/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TaiWindowProgram: guitai. Opens the terminal on a worker with a main loop of its own, joins it with a face, and closes both
 * in the right order. The owner of the state folder while it runs: guitaictl hands its requests over.
 */
#define TAI_TYPE_WINDOW_PROGRAM (tai_window_program_get_type ())
G_DECLARE_FINAL_TYPE (TaiWindowProgram, tai_window_program, TAI, WINDOW_PROGRAM, AdwApplication)

TaiWindowProgram *tai_window_program_new (void);

G_END_DECLS
