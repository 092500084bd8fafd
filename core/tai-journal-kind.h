/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The kinds of the journal's entries: what is written is one of these, so that whoever reads the journal has words for each (the
 * window's stand in ui/tai-journal-words.c; a test holds them against this list). Pure; any thread.
 */
const char *const *tai_journal_kinds_list (void); /* NULL-terminated, (transfer none) */
gboolean tai_journal_kind_is_known (const char *kind);

G_END_DECLS
