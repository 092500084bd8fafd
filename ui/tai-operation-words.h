/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-finder.h"

G_BEGIN_DECLS

/*
 * The words of each business (TaiOperation) for people at the desk: the one place for windows and command line. Papers have
 * their own (printing/tai-paper-words.h): they follow the customer's language, these follow the desk's. Constant data; any
 * thread.
 */

/* In the language of the desk. An operation without words reads as its id. */
const char *tai_operation_words_get_title (const char *operation_id);
/* One line, without a full stop: what it does. "" without words. */
const char *tai_operation_words_get_description (const char *operation_id);

/* All operations with codes, Chinese and English titles and what else the halls call them, whatever the desk's language. */
void tai_operation_words_add_to_finder (TaiFinder *finder);

G_END_DECLS
