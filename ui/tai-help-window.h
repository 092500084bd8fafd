/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-key-map.h"
#include "tai-screen.h"

G_BEGIN_DECLS

/* Windows that explain: each is shown over @parent, closes with Esc and gives the focus back. Main thread. */

/* What to do on a screen, the keys that work there, what happens without a line. */
void tai_help_window_show (GtkWindow *parent, TaiScreenId id, TaiKeyMap *keys);
/* All keys, and those of lists and fields that nobody binds. */
void tai_help_window_show_keys (GtkWindow *parent, TaiKeyMap *keys);
void tai_help_window_show_about (GtkWindow *parent);

G_END_DECLS
