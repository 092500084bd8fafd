/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tai_pin_prompt:
 * @file: (nullable) its first line is the PIN
 *
 * Where a PIN comes from without standing among a program's words, which every user of the machine can see: @file, else
 * GUITAI_PIN, else the terminal, without echo. Main thread; blocks. Errors: FILE, PIN_MISSING. (transfer full), to be wiped.
 */
char *tai_pin_prompt (const char *file, GError **error);

G_END_DECLS
