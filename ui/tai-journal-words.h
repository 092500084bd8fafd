/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an entry of the journal tells, in the desk's language; a kind that has no words here (a newer one, HQ's) is told as it
 * stands. Main thread. (transfer none) */
const char *tai_journal_words_get (const char *kind);
/* The kind that these words mean, for a search: the words themselves, or the beginning of them. (transfer none) (nullable) */
const char *tai_journal_words_find (const char *words);

G_END_DECLS
