/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Once, after GTK is there and before the first widget of ours: templates, style, and how a counter behaves (nothing moves). */
void tai_ui_init (void);

G_END_DECLS
