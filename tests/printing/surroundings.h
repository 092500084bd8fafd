/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Gives back what Pango, cairo and fontconfig keep for the whole process, so that the leak checker sees only our own leaks. The
 * last call of a test program. */
void font_caches_drop (void);

/* Is the program of the system there? Else the caller skips, with its name. */
gboolean has_program (const char *name);
