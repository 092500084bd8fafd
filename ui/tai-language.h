/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The language of the desk while the program runs, for a kiosk. What is shown already keeps its words: the face builds its
 * pages anew. Only under a UTF-8 locale: under plain "C" gettext asks nobody. Main thread.
 */

/* Once, at the start, before there are threads: afterwards the place of the variable in the environment does not move, so that
 * a thread that reads it meanwhile gets the old or the new value. */
void tai_language_init (void);
/* "zh_CN", "en". */
void tai_language_set (const char *language);
/* (transfer none) */
const char *tai_language_get (void);
gboolean tai_language_is_chinese (void);

G_END_DECLS
